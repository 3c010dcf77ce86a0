//! From every element type to every other.
//!
//! A number is rounded once, from its own value to the nearest of the target. Floats become integers by truncation,
//! clamped to the range, NaN to zero; anything but zero becomes `true`; a complex number becomes real, and boolean, by
//! its real part alone.

use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::float;

use crate::element::{Bool, Element};

/// The types that Rust's `as` converts between.
pub(crate) trait Primitive: Copy {
    fn is_zero(self) -> bool;
    fn as_i8(self) -> i8;
    fn as_i16(self) -> i16;
    fn as_i32(self) -> i32;
    fn as_i64(self) -> i64;
    fn as_u8(self) -> u8;
    fn as_u16(self) -> u16;
    fn as_u32(self) -> u32;
    fn as_u64(self) -> u64;
    fn as_f32(self) -> f32;
    fn as_f64(self) -> f64;
    fn as_bf16(self) -> bf16;
    fn as_f16(self) -> f16;
}

macro_rules! primitives {
    ($($t:ty, to halves by |$x:ident| $bf16:expr, $f16:expr;)*) => {$(
        impl Primitive for $t {
            #[inline(always)]
            fn is_zero(self) -> bool {
                self == 0 as $t
            }
            #[inline(always)]
            fn as_i8(self) -> i8 {
                self as i8
            }
            #[inline(always)]
            fn as_i16(self) -> i16 {
                self as i16
            }
            #[inline(always)]
            fn as_i32(self) -> i32 {
                self as i32
            }
            #[inline(always)]
            fn as_i64(self) -> i64 {
                self as i64
            }
            #[inline(always)]
            fn as_u8(self) -> u8 {
                self as u8
            }
            #[inline(always)]
            fn as_u16(self) -> u16 {
                self as u16
            }
            #[inline(always)]
            fn as_u32(self) -> u32 {
                self as u32
            }
            #[inline(always)]
            fn as_u64(self) -> u64 {
                self as u64
            }
            #[inline(always)]
            fn as_f32(self) -> f32 {
                self as f32
            }
            #[inline(always)]
            fn as_f64(self) -> f64 {
                self as f64
            }
            #[inline(always)]
            fn as_bf16(self) -> bf16 {
                let $x = self;
                $bf16
            }
            #[inline(always)]
            fn as_f16(self) -> f16 {
                let $x = self;
                $f16
            }
        }
    )*};
}

primitives! {
    i8, to halves by |x| bf16::from_f32(x.into()), f16::from_f32(x.into());
    i16, to halves by |x| bf16::from_f32(x.into()), f16::from_f32(x.into());
    u8, to halves by |x| bf16::from_f32(x.into()), f16::from_f32(x.into());
    u16, to halves by |x| bf16::from_f32(x.into()), f16::from_f32(x.into());
    i32, to halves by |x| float::bf16_from_f64(x.into()), float::f16_from_f64(x.into());
    u32, to halves by |x| float::bf16_from_f64(x.into()), float::f16_from_f64(x.into());
    i64, to halves by |x| float::bf16_from_f64(odd(x)), float::f16_from_f64(odd(x));
    u64, to halves by |x| float::bf16_from_f64(odd(x)), float::f16_from_f64(odd(x));
    f32, to halves by |x| bf16::from_f32(x), f16::from_f32(x);
    f64, to halves by |x| float::bf16_from_f64(x), float::f16_from_f64(x);
}

/// An integer of 64 bits as an `f64` that narrower types round as they would round the integer.
#[inline(always)]
fn odd(x: impl Into<i128>) -> f64 {
    float::f64_to_odd(x.into())
}

/// A type to convert from: by way of a primitive that holds all its values, and an imaginary part.
pub(crate) trait ConvertFrom: Element {
    type Primitive: Primitive;
    fn real(self) -> Self::Primitive;
    fn imaginary(self) -> Self::Primitive;
}

/// A type to convert to.
pub(crate) trait ConvertTo: Element {
    fn of<P: Primitive>(real: P, imaginary: P) -> Self;
}

/// Converts an element.
#[inline(always)]
pub(crate) fn convert<A: ConvertFrom, B: ConvertTo>(value: A) -> B {
    B::of(value.real(), value.imaginary())
}

macro_rules! conversions {
    ($($t:ty: $primitive:ty, $as:ident, |$x:ident| $real:expr, $imaginary:expr;)*) => {$(
        impl ConvertFrom for $t {
            type Primitive = $primitive;
            #[inline(always)]
            fn real(self) -> $primitive {
                let $x = self;
                $real
            }
            #[inline(always)]
            fn imaginary(self) -> $primitive {
                let _x = self;
                $imaginary
            }
        }

        impl ConvertTo for $t {
            #[inline(always)]
            fn of<P: Primitive>(real: P, _: P) -> $t {
                real.$as()
            }
        }
    )*};
}

conversions! {
    i8: i8, as_i8, |x| x, 0;
    i16: i16, as_i16, |x| x, 0;
    i32: i32, as_i32, |x| x, 0;
    i64: i64, as_i64, |x| x, 0;
    u8: u8, as_u8, |x| x, 0;
    u16: u16, as_u16, |x| x, 0;
    u32: u32, as_u32, |x| x, 0;
    u64: u64, as_u64, |x| x, 0;
    f32: f32, as_f32, |x| x, 0.0;
    f64: f64, as_f64, |x| x, 0.0;
    bf16: f32, as_bf16, |x| x.to_f32(), 0.0;
    f16: f32, as_f16, |x| x.to_f32(), 0.0;
}

impl ConvertFrom for Bool {
    type Primitive = u8;
    #[inline(always)]
    fn real(self) -> u8 {
        self.0
    }
    #[inline(always)]
    fn imaginary(self) -> u8 {
        0
    }
}

impl ConvertTo for Bool {
    #[inline(always)]
    fn of<P: Primitive>(real: P, _: P) -> Bool {
        Bool::from(!real.is_zero())
    }
}

macro_rules! complex_conversions {
    ($($part:ty, $as:ident;)*) => {$(
        impl ConvertFrom for Complex<$part> {
            type Primitive = $part;
            #[inline(always)]
            fn real(self) -> $part {
                self.re
            }
            #[inline(always)]
            fn imaginary(self) -> $part {
                self.im
            }
        }

        impl ConvertTo for Complex<$part> {
            #[inline(always)]
            fn of<P: Primitive>(real: P, imaginary: P) -> Self {
                Complex { re: real.$as(), im: imaginary.$as() }
            }
        }
    )*};
}

complex_conversions! {
    f32, as_f32;
    f64, as_f64;
}
