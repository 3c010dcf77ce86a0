//! The elementwise operations, as types that loops are compiled for.

use std::marker::PhantomData;

use runahead_ir::ElementType;

use super::complex::Plane;
use super::convert::{ConvertFrom, ConvertTo, convert};
use super::number::{Bits, Field, Ordered, Remainder, Ring, Shift, TotalOrder};
use super::real::Real;
use crate::element::{Bool, Element};
use crate::simd::Machine;
use crate::tile::{Map1, Map2, Map3};

/// Types whose arithmetic the machine has vector instructions for.
pub(super) trait Wide {
    const WIDE: bool;
}

macro_rules! wide {
    ($($t:ty = $wide:literal,)*) => {$(
        impl Wide for $t {
            const WIDE: bool = $wide;
        }
    )*};
}

wide! {
    Bool = true,
    i8 = false,
    i16 = false,
    i32 = true,
    i64 = false,
    u8 = false,
    u16 = false,
    u32 = true,
    u64 = true,
    half::bf16 = false,
    half::f16 = false,
    f32 = true,
    f64 = true,
    num_complex::Complex<f32> = false,
    num_complex::Complex<f64> = false,
}

/// Operations from one element to one of the same type (or of the type named after the bound).
macro_rules! map1 {
    ($($name:ident<T: $bound:ident> -> $out:ty, vector $vector:expr, $M:ident, |$a:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: $bound + Wide> Map1 for $name<T> {
            type A = T;
            type Out = $out;
            const VECTOR: bool = $vector;
            #[inline(always)]
            fn apply<$M: Machine>($a: T) -> $out {
                $body
            }
        }
    )*};
}

map1! {
    Absolute<T: Remainder> -> T, vector T::WIDE, _M, |a| a.magnitude();
    Negate<T: Field> -> T, vector T::WIDE, _M, |a| a.negated();
    Sign<T: Field> -> T, vector T::WIDE, _M, |a| a.signum_or_zero();
    Square<T: Field> -> T, vector T::WIDE, _M, |a| super::real::square(a);
    Not<T: Bits> -> T, vector T::WIDE, _M, |a| a.inverted();
    Ones<T: Shift> -> T, vector false, _M, |a| a.ones();
    LeadingZeros<T: Shift> -> T, vector false, _M, |a| a.leading_zeros();
    Ceiling<T: Real> -> T, vector T::WIDE, _M, |a| a.ceiling();
    Floor<T: Real> -> T, vector T::WIDE, _M, |a| a.floored();
    RoundAway<T: Real> -> T, vector T::WIDE, _M, |a| a.rounded_away();
    RoundEven<T: Real> -> T, vector T::WIDE, _M, |a| a.rounded_even();
    CubeRoot<T: Real> -> T, vector false, _M, |a| a.cube_root();
    Root<T: Real> -> T, vector T::WIDE, _M, |a| a.root();
    ReciprocalRoot<T: Real> -> T, vector T::WIDE, _M, |a| a.reciprocal_root();
    Cosine<T: Real> -> T, vector false, M, |a| a.cosine::<M>();
    Sine<T: Real> -> T, vector false, M, |a| a.sine::<M>();
    Tangent<T: Real> -> T, vector false, _M, |a| a.tangent();
    Exponential<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.exponential::<M>();
    ExponentialMinusOne<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.exponential_minus_one::<M>();
    Logarithm<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.logarithm::<M>();
    LogarithmPlusOne<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.logarithm_plus_one::<M>();
    Logistic<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.logistic::<M>();
    HyperbolicTangent<T: Real> -> T, vector T::WIDE && size_of::<T>() == 4, M, |a| a.hyperbolic_tangent::<M>();
    IsFinite<T: Real> -> Bool, vector T::WIDE, _M, |a| Bool::from(a.finite());
    ComplexSize<T: Plane> -> T::Part, vector false, _M, |a| a.size();
    RealPart<T: Plane> -> T::Part, vector false, _M, |a| a.re();
    ImaginaryPart<T: Plane> -> T::Part, vector false, _M, |a| a.im();
    Conjugate<T: Plane> -> T, vector false, _M, |a| a.conjugate();
    ComplexIsFinite<T: Plane> -> Bool, vector false, _M, |a| Bool::from(a.all_finite());
    Same<T: Element> -> T, vector false, _M, |a| a;
}

const fn is_common<T: Element>() -> bool {
    use ElementType::*;
    matches!(T::TYPE, Bool | I8 | U8 | I32 | U32 | BF16 | F32 | F64)
}

const fn is_central<T: Element>() -> bool {
    matches!(T::TYPE, ElementType::F32 | ElementType::I32)
}

/// A conversion.
pub(super) struct Convert<A, B>(PhantomData<(A, B)>);

impl<A: ConvertFrom, B: ConvertTo> Map1 for Convert<A, B> {
    type A = A;
    type Out = B;
    // There are many conversions: those from and to the commonest types are vector code.
    const VECTOR: bool = is_common::<A>() && is_common::<B>() && (is_central::<A>() || is_central::<B>());
    #[inline(always)]
    fn apply<M: Machine>(a: A) -> B {
        convert(a)
    }
}

/// Operations from two elements of one type.
macro_rules! map2 {
    ($($name:ident<T: $bound:ident> -> $out:ty, vector $vector:expr, |$a:ident, $b:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: $bound + Wide> Map2 for $name<T> {
            type A = T;
            type B = T;
            type Out = $out;
            const VECTOR: bool = $vector;
            #[inline(always)]
            fn apply<M: Machine>($a: T, $b: T) -> $out {
                $body
            }
        }
    )*};
}

map2! {
    Add<T: Ring> -> T, vector T::WIDE, |a, b| a.plus(b);
    Multiply<T: Ring> -> T, vector T::WIDE, |a, b| a.times(b);
    Subtract<T: Field> -> T, vector T::WIDE, |a, b| a.minus(b);
    Divide<T: Field> -> T, vector T::WIDE, |a, b| a.over(b);
    RemainderOf<T: Remainder> -> T, vector false, |a, b| a.remainder(b);
    Power<T: Remainder> -> T, vector false, |a, b| a.power(b);
    Angle<T: Real> -> T, vector false, |a, b| a.angle(b);
    Maximum<T: Ordered> -> T, vector T::WIDE, |a, b| a.larger(b);
    Minimum<T: Ordered> -> T, vector T::WIDE, |a, b| a.smaller(b);
    And<T: Bits> -> T, vector T::WIDE, |a, b| a.and(b);
    Or<T: Bits> -> T, vector T::WIDE, |a, b| a.or(b);
    Xor<T: Bits> -> T, vector T::WIDE, |a, b| a.xor(b);
    ShiftLeft<T: Shift> -> T, vector T::WIDE, |a, b| a.shifted_left(b);
    ShiftRight<T: Shift> -> T, vector T::WIDE, |a, b| a.shifted_right(b);
    ShiftRightSigned<T: Shift> -> T, vector T::WIDE, |a, b| a.shifted_right_signed(b);
    Equal<T: Element> -> Bool, vector T::WIDE, |a, b| Bool::from(a == b);
    NotEqual<T: Element> -> Bool, vector T::WIDE, |a, b| Bool::from(a != b);
    Less<T: Ordered> -> Bool, vector T::WIDE, |a, b| Bool::from(a.less(b));
    LessOrEqual<T: Ordered> -> Bool, vector T::WIDE, |a, b| Bool::from(a.less_or_equal(b));
    TotalEqual<T: TotalOrder> -> Bool, vector false, |a, b| Bool::from(a.key() == b.key());
    TotalNotEqual<T: TotalOrder> -> Bool, vector false, |a, b| Bool::from(a.key() != b.key());
    TotalLess<T: TotalOrder> -> Bool, vector false, |a, b| Bool::from(a.key() < b.key());
    TotalLessOrEqual<T: TotalOrder> -> Bool, vector false, |a, b| Bool::from(a.key() <= b.key());
}

/// A complex number of its parts.
pub(super) struct Complex<T>(PhantomData<T>);

impl<T: Plane> Map2 for Complex<T> {
    type A = T::Part;
    type B = T::Part;
    type Out = T;
    const VECTOR: bool = false;
    #[inline(always)]
    fn apply<M: Machine>(a: T::Part, b: T::Part) -> T {
        T::new(a, b)
    }
}

/// Cuts exponent and mantissa to the sizes given as the second operand.
pub(super) struct ReducePrecision<T>(PhantomData<T>);

impl<T: Real> Map2 for ReducePrecision<T> {
    type A = T;
    type B = u32;
    type Out = T;
    const VECTOR: bool = false;
    #[inline(always)]
    fn apply<M: Machine>(a: T, sizes: u32) -> T {
        a.reduced(sizes)
    }
}

/// The second operand where the first is true, the third where not.
pub(super) struct Select<T>(PhantomData<T>);

impl<T: Element> Map3 for Select<T> {
    type A = Bool;
    type B = T;
    type C = T;
    type Out = T;
    const VECTOR: bool = size_of::<T>() == 4 || size_of::<T>() == 8;
    #[inline(always)]
    fn apply<M: Machine>(a: Bool, b: T, c: T) -> T {
        if a.0 != 0 { b } else { c }
    }
}

/// The second operand, moved between the first and the third.
pub(super) struct Clamp<T>(PhantomData<T>);

impl<T: Ordered + Wide> Map3 for Clamp<T> {
    type A = T;
    type B = T;
    type C = T;
    type Out = T;
    // Fused loops clamp by a maximum and a minimum.
    const VECTOR: bool = false;
    #[inline(always)]
    fn apply<M: Machine>(low: T, x: T, high: T) -> T {
        x.larger(low).smaller(high)
    }
}
