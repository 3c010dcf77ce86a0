//! The elementwise operations, as types that loops are compiled for.

use std::marker::PhantomData;

use runahead_ir::ElementType;

use super::complex::Plane;
use super::convert::{ConvertFrom, ConvertTo, convert};
use super::number::{Bits, Field, Ordered, Remainder, Ring, Shift, TotalOrder};
use super::real::Real;
use crate::element::{Bool, Element};
use crate::halves::{self, Half, Loop, through_f32};
use crate::simd::Machine;
use crate::tile::{Map1, Map2, Map3, TileFn, tile1, tile2, tile3};

/// How loops over a type's elements are compiled.
pub(super) trait Wide: Element {
    /// Whether the machine has vector instructions for the type's arithmetic.
    const WIDE: bool;
    /// The type that its operations are computed in.
    type In: Wide<In = Self::In>;
    /// For types of 16 bits, how elements become those of that type.
    const HALF: Option<Half> = None;
}

macro_rules! wide {
    ($($t:ty = $wide:literal,)*) => {$(
        impl Wide for $t {
            const WIDE: bool = $wide;
            type In = $t;
        }
    )*};
}

wide! {
    Bool = true,
    i8 = true,
    i16 = true,
    i32 = true,
    i64 = true,
    u8 = true,
    u16 = true,
    u32 = true,
    u64 = true,
    f32 = true,
    f64 = true,
    num_complex::Complex<f32> = true,
    num_complex::Complex<f64> = true,
}

impl Wide for half::bf16 {
    const WIDE: bool = false;
    type In = f32;
    const HALF: Option<Half> = Some(halves::BF16);
}

impl Wide for half::f16 {
    const WIDE: bool = false;
    type In = f32;
    const HALF: Option<Half> = Some(halves::F16);
}

/// The loop of an operation on elements of `T`; `$wide` is the operation on elements of `T::In`.
macro_rules! tile_of {
    ($T:ident, $arity:literal, $tile:ident, $wide:ty) => {
        if $T::HALF.is_none() {
            $tile::<Self>
        } else {
            |grid, sources, target| {
                let half = const { $T::HALF.expect("only types of 16 bits get here") };
                let of_f32 = Loop { tile: <$wide>::TILE, size: size_of::<Self::Out>() };
                through_f32(half, $arity, of_f32, grid, sources, target)
            }
        }
    };
}
pub(super) use tile_of;

/// Operations from one element to one of the same type (or of the type named after the bound).
macro_rules! map1 {
    ($($name:ident<T: $bound:ident> -> $out:ty, vector $vector:expr, $M:ident, |$a:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: $bound + Wide> Map1 for $name<T>
        where
            T::In: $bound,
        {
            type A = T;
            type Out = $out;
            const VECTOR: bool = $vector;
            const TILE: TileFn = tile_of!(T, 1, tile1, $name<T::In>);
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
    CubeRoot<T: Real> -> T, vector is_single::<T>(), M, |a| a.cube_root::<M>();
    Root<T: Real> -> T, vector T::WIDE, _M, |a| a.root();
    ReciprocalRoot<T: Real> -> T, vector T::WIDE, _M, |a| a.reciprocal_root();
    Exponential<T: Real> -> T, vector T::WIDE, M, |a| a.exponential::<M>();
    ExponentialMinusOne<T: Real> -> T, vector T::WIDE, M, |a| a.exponential_minus_one::<M>();
    Logarithm<T: Real> -> T, vector T::WIDE, M, |a| a.logarithm::<M>();
    LogarithmPlusOne<T: Real> -> T, vector T::WIDE, M, |a| a.logarithm_plus_one::<M>();
    Logistic<T: Real> -> T, vector T::WIDE, M, |a| a.logistic::<M>();
    HyperbolicTangent<T: Real> -> T, vector is_single::<T>(), M, |a| a.hyperbolic_tangent::<M>();
    IsFinite<T: Real> -> Bool, vector T::WIDE, _M, |a| Bool::from(a.finite());
    ComplexSize<T: Plane> -> T::Part, vector size_of::<T>() == 8, _M, |a| a.size();
    RealPart<T: Plane> -> T::Part, vector T::WIDE, _M, |a| a.re();
    ImaginaryPart<T: Plane> -> T::Part, vector T::WIDE, _M, |a| a.im();
    Conjugate<T: Plane> -> T, vector T::WIDE, _M, |a| a.conjugate();
    ComplexIsFinite<T: Plane> -> Bool, vector T::WIDE, _M, |a| Bool::from(a.all_finite());
}

/// The operation that changes nothing.
pub(super) struct Same<T>(PhantomData<T>);

impl<T: Element> Map1 for Same<T> {
    type A = T;
    type Out = T;
    const VECTOR: bool = false;
    #[inline(always)]
    fn apply<M: Machine>(a: T) -> T {
        a
    }
}

/// Functions of angles, of which some are too large for vector code.
macro_rules! circular {
    ($($name:ident => $function:ident, $lane:ident, vector $vector:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: Real + Wide> Map1 for $name<T>
        where
            T::In: Real,
        {
            type A = T;
            type Out = T;
            const VECTOR: bool = $vector;
            const TILE: TileFn = tile_of!(T, 1, tile1, $name<T::In>);
            const HAS_RARE: bool = true;
            #[inline(always)]
            fn apply<M: Machine>(a: T) -> T {
                a.$function::<M>()
            }
            #[inline(always)]
            fn lane<M: Machine>(a: T) -> T {
                a.$lane::<M>()
            }
            #[inline(always)]
            fn is_rare(a: T) -> bool {
                a.is_large_angle()
            }
        }
    )*};
}

circular! {
    Cosine => cosine, cosine_of_small, vector T::WIDE;
    Sine => sine, sine_of_small, vector T::WIDE;
    Tangent => tangent, tangent_of_small, vector is_single::<T>();
}

/// Whether functions of the type are vector code that those of `f64` are not.
const fn is_single<T: Element>() -> bool {
    matches!(T::TYPE, ElementType::F32)
}

/// Whether the machine divides vectors of the type.
const fn is_real<T: Element>() -> bool {
    matches!(T::TYPE, ElementType::F32 | ElementType::F64)
}

/// Whether integers of the type are divided as doubles.
const fn is_int32<T: Element>() -> bool {
    matches!(T::TYPE, ElementType::I32 | ElementType::U32)
}

const fn is_common<T: Element>() -> bool {
    use ElementType::*;
    matches!(T::TYPE, Bool | I8 | U8 | I16 | U16 | I32 | U32 | I64 | U64 | F32 | F64)
}

const fn is_central<T: Element>() -> bool {
    matches!(T::TYPE, ElementType::F32 | ElementType::I32 | ElementType::U32)
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
    ($($name:ident<T: $bound:ident> -> $out:ty, vector $vector:expr, $M:ident, |$a:ident, $b:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: $bound + Wide> Map2 for $name<T>
        where
            T::In: $bound,
        {
            type A = T;
            type B = T;
            type Out = $out;
            const VECTOR: bool = $vector;
            const TILE: TileFn = tile_of!(T, 2, tile2, $name<T::In>);
            #[inline(always)]
            fn apply<$M: Machine>($a: T, $b: T) -> $out {
                $body
            }
        }
    )*};
}

map2! {
    Add<T: Ring> -> T, vector T::WIDE, _M, |a, b| a.plus(b);
    Multiply<T: Ring> -> T, vector T::WIDE, _M, |a, b| a.times(b);
    Subtract<T: Field> -> T, vector T::WIDE, _M, |a, b| a.minus(b);
    Divide<T: Field> -> T, vector is_real::<T>() || is_int32::<T>(), _M, |a, b| a.over(b);
    RemainderOf<T: Remainder> -> T, vector is_int32::<T>(), _M, |a, b| a.remainder(b);
    Power<T: Remainder> -> T, vector is_single::<T>(), M, |a, b| a.power::<M>(b);
    Angle<T: Real> -> T, vector is_single::<T>(), M, |a, b| a.angle::<M>(b);
    Maximum<T: Ordered> -> T, vector T::WIDE, _M, |a, b| a.larger(b);
    Minimum<T: Ordered> -> T, vector T::WIDE, _M, |a, b| a.smaller(b);
    And<T: Bits> -> T, vector T::WIDE, _M, |a, b| a.and(b);
    Or<T: Bits> -> T, vector T::WIDE, _M, |a, b| a.or(b);
    Xor<T: Bits> -> T, vector T::WIDE, _M, |a, b| a.xor(b);
    ShiftLeft<T: Shift> -> T, vector T::WIDE, _M, |a, b| a.shifted_left(b);
    ShiftRight<T: Shift> -> T, vector T::WIDE, _M, |a, b| a.shifted_right(b);
    ShiftRightSigned<T: Shift> -> T, vector T::WIDE, _M, |a, b| a.shifted_right_signed(b);
    Equal<T: Element> -> Bool, vector T::WIDE, _M, |a, b| Bool::from(a == b);
    NotEqual<T: Element> -> Bool, vector T::WIDE, _M, |a, b| Bool::from(a != b);
    Less<T: Ordered> -> Bool, vector T::WIDE, _M, |a, b| Bool::from(a.less(b));
    LessOrEqual<T: Ordered> -> Bool, vector T::WIDE, _M, |a, b| Bool::from(a.less_or_equal(b));
}

/// Comparisons by the total order, which compare bits, so that no type is widened for them.
macro_rules! total_orders {
    ($($name:ident => |$a:ident, $b:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: TotalOrder> Map2 for $name<T> {
            type A = T;
            type B = T;
            type Out = Bool;
            const VECTOR: bool = true;
            #[inline(always)]
            fn apply<M: Machine>(a: T, b: T) -> Bool {
                let ($a, $b) = (a.key(), b.key());
                Bool::from($body)
            }
        }
    )*};
}

total_orders! {
    TotalEqual => |a, b| a == b;
    TotalNotEqual => |a, b| a != b;
    TotalLess => |a, b| a < b;
    TotalLessOrEqual => |a, b| a <= b;
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
    const VECTOR: bool = true;
    #[inline(always)]
    fn apply<M: Machine>(a: Bool, b: T, c: T) -> T {
        if a.0 != 0 { b } else { c }
    }
}

/// The second operand, moved between the first and the third.
pub(super) struct Clamp<T>(PhantomData<T>);

impl<T: Ordered + Wide> Map3 for Clamp<T>
where
    T::In: Ordered,
{
    type A = T;
    type B = T;
    type C = T;
    type Out = T;
    // Fused loops clamp by a maximum and a minimum.
    const VECTOR: bool = false;
    const TILE: TileFn = tile_of!(T, 3, tile3, Clamp<T::In>);
    #[inline(always)]
    fn apply<M: Machine>(low: T, x: T, high: T) -> T {
        x.larger(low).smaller(high)
    }
}
