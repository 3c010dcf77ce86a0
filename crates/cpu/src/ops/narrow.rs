//! Floats and integers narrower than the machine's: only conversions are defined on them. All else is computed in a
//! wider type, which the compiler puts around the operation.

use std::marker::PhantomData;

use runahead_ir::{ElementType, float};

use crate::element::Element;
use crate::simd::Machine;
use crate::tile::Map1;

/// A type whose elements stand in the low bits of a byte.
pub(super) trait Narrow: Element {
    fn byte(self) -> u8;
    fn of_byte(byte: u8) -> Self;
}

macro_rules! narrow_types {
    ($($name:ident,)*) => {$(
        #[derive(Clone, Copy, PartialEq, Debug, bytemuck::Pod, bytemuck::Zeroable)]
        #[repr(transparent)]
        pub(super) struct $name(u8);

        impl Element for $name {
            const TYPE: ElementType = ElementType::$name;
        }

        impl Narrow for $name {
            fn byte(self) -> u8 {
                self.0
            }
            fn of_byte(byte: u8) -> $name {
                $name(byte)
            }
        }
    )*};
}

narrow_types! {
    I2, I4, U2, U4,
    F4E2M1FN, F6E2M3FN, F6E3M2FN, F8E3M4, F8E4M3, F8E4M3FN, F8E4M3FNUZ, F8E4M3B11FNUZ, F8E5M2, F8E5M2FNUZ, F8E8M0FNU,
}

/// From a narrow float to `f32`, which holds all its values.
pub(super) struct Widen<T>(PhantomData<T>);

impl<T: Narrow> Map1 for Widen<T> {
    type A = T;
    type Out = f32;
    const VECTOR: bool = false;
    fn apply<M: Machine>(a: T) -> f32 {
        float::decode(T::TYPE, a.byte().into()) as f32
    }
}

/// From a number to the nearest narrow float, the even one of two as near.
pub(super) struct Round<A, T>(PhantomData<(A, T)>);

/// Numbers that narrow floats are made of.
pub(super) trait Number: Element {
    /// The number, or for one that `f64` does not hold another that every narrow float is as near to.
    fn wide(self) -> f64;
}

impl Number for f32 {
    fn wide(self) -> f64 {
        self.into()
    }
}

impl Number for f64 {
    fn wide(self) -> f64 {
        self
    }
}

impl Number for i64 {
    fn wide(self) -> f64 {
        float::f64_to_odd(self.into())
    }
}

impl Number for u64 {
    fn wide(self) -> f64 {
        float::f64_to_odd(self.into())
    }
}

impl<A: Number, T: Narrow> Map1 for Round<A, T> {
    type A = A;
    type Out = T;
    const VECTOR: bool = false;
    fn apply<M: Machine>(a: A) -> T {
        T::of_byte(float::encode(T::TYPE, a.wide()) as u8)
    }
}

/// From a byte to a narrow integer: the low bits, extended by the sign where there is one.
pub(super) struct Wrap<T>(PhantomData<T>);

impl<T: Narrow> Map1 for Wrap<T> {
    type A = u8;
    type Out = T;
    const VECTOR: bool = false;
    fn apply<M: Machine>(a: u8) -> T {
        let unused = 8 - T::TYPE.bits() as u32;
        let up = a << unused;
        T::of_byte(if T::TYPE.is_signed_integer() { (up as i8 >> unused) as u8 } else { up >> unused })
    }
}
