//! Functions that are computed in `f64` for every float type, and on parts of `f64` for every complex one.
//!
//! Each is a type, so that it can be a parameter of the loops that are compiled for it.

use std::marker::PhantomData;

use half::{bf16, f16};
use runahead_ir::float;

use super::complex::{self, Plane, Wide as Pair};
use super::elementwise::{Wide, tile_of};
use crate::element::{Bool, Element};
use crate::halves::{Loop, through_f32};
use crate::math::{lanes, special};
use crate::simd::Machine;
use crate::tile::{Map1, Map2, TileFn, tile1};

/// The floats, to and from `f64`.
pub(super) trait Float: Element {
    fn wide(self) -> f64;
    fn narrow(wide: f64) -> Self;
    /// The next number of the type from here towards another.
    fn next_towards(self, other: Self) -> Self;
}

macro_rules! floats {
    ($($t:ty, $bits:ty, |$a:ident| $wide:expr, |$b:ident| $narrow:expr;)*) => {$(
        impl Float for $t {
            #[inline(always)]
            fn wide(self) -> f64 {
                let $a = self;
                $wide
            }
            #[inline(always)]
            fn narrow($b: f64) -> $t {
                $narrow
            }
            fn next_towards(self, other: $t) -> $t {
                if self.is_nan() || other.is_nan() {
                    return <$t>::NAN;
                }
                if self == other {
                    return other;
                }
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                let bits = self.to_bits();
                if bits & !SIGN == 0 {
                    // From zero, to the smallest number on the other's side.
                    return <$t>::from_bits(1 | other.to_bits() & SIGN);
                }
                let outwards = (other > self) == (bits & SIGN == 0);
                <$t>::from_bits(if outwards { bits + 1 } else { bits - 1 })
            }
        }
    )*};
}

floats! {
    bf16, u16, |a| a.to_f64(), |b| float::bf16_from_f64(b);
    f16, u16, |a| a.to_f64(), |b| float::f16_from_f64(b);
    f32, u32, |a| a.into(), |b| b as f32;
    f64, u64, |a| a, |b| b;
}

/// A function of a real number.
pub(super) trait Function {
    fn of(x: f64) -> f64;
    /// Whether there is vector code for narrower floats.
    const HAS_LANES: bool = false;
    /// The function of a narrower float, to be rounded to its type.
    #[inline(always)]
    fn lane<M: Machine>(x: f64) -> f64 {
        Self::of(x)
    }
}

/// A function of two real numbers.
pub(super) trait Function2 {
    fn of(x: f64, y: f64) -> f64;
}

/// A function of a complex number.
pub(super) trait ComplexFunction {
    fn of(z: Pair) -> Pair;
}

/// A function of two complex numbers.
pub(super) trait ComplexFunction2 {
    fn of(x: Pair, y: Pair) -> Pair;
}

macro_rules! functions {
    ($Trait:ident $arguments:tt -> $ty:ty { $($name:ident => $body:expr,)* }) => {
        $(functions!(@one $Trait $arguments $ty, $name, $body);)*
    };
    (@one $Trait:ident ($($argument:tt)*) $ty:ty, $name:ident, $body:expr) => {
        pub(super) struct $name;
        impl $Trait for $name {
            fn of($($argument)*) -> $ty {
                $body
            }
        }
    };
}

/// Functions with another form for floats narrower than `f64`.
macro_rules! laned {
    ($($name:ident, |$x:ident| $body:expr, $lane:ident;)*) => {$(
        pub(super) struct $name;
        impl Function for $name {
            fn of($x: f64) -> f64 {
                $body
            }
            const HAS_LANES: bool = true;
            #[inline(always)]
            fn lane<M: Machine>(x: f64) -> f64 {
                lanes::$lane::<M>(x)
            }
        }
    )*};
}

laned! {
    InverseCosine, |x| x.acos(), acos;
    // The library's is no NaN for numbers below -2.
    InverseHyperbolicCosine, |x| if x < 1.0 { f64::NAN } else { libm::acosh(x) }, acosh;
    InverseSine, |x| x.asin(), asin;
    InverseHyperbolicSine, |x| libm::asinh(x), asinh;
    InverseTangent, |x| x.atan(), atan;
    InverseHyperbolicTangent, |x| libm::atanh(x), atanh;
    Erf, |x| libm::erf(x), erf;
    Erfc, |x| libm::erfc(x), erfc;
    ErfInv, |x| special::erf_inv(x), erf_inv;
}

functions! {
    Function (x: f64) -> f64 {
        BesselI1e => special::bessel_i1e(x),
        Digamma => special::digamma(x),
        LogGamma => special::lgamma(x),
        ImaginaryOfReal => {
            let _ = x;
            0.0
        },
    }
}

functions! {
    Function2 (x: f64, y: f64) -> f64 {
        Polygamma => special::polygamma(x, y),
        Zeta => special::zeta(x, y),
    }
}

functions! {
    ComplexFunction (z: Pair) -> Pair {
        ComplexCubeRoot => complex::cube_root(z),
        ComplexExponential => complex::exponential(z),
        ComplexExponentialMinusOne => complex::exponential_minus_one(z),
        ComplexLogarithm => complex::logarithm(z),
        ComplexLogarithmPlusOne => complex::logarithm_plus_one(z),
        ComplexLogistic => complex::logistic(z),
        ComplexRoot => complex::root(z),
        ComplexReciprocalRoot => complex::reciprocal_root(z),
        ComplexSine => complex::sine(z),
        ComplexCosine => complex::cosine(z),
        ComplexTangent => complex::tangent(z),
        ComplexHyperbolicTangent => complex::hyperbolic_tangent(z),
        ComplexHyperbolicCosine => complex::hyperbolic_cosine(z),
        ComplexHyperbolicSine => complex::hyperbolic_sine(z),
        ComplexInverseSineParts => complex::inverse_sine_parts(z),
        ComplexInverseCosine => complex::inverse_cosine(z),
        ComplexInverseHyperbolicCosine => complex::inverse_hyperbolic_cosine(z),
        ComplexInverseSine => complex::inverse_sine(z),
        ComplexInverseHyperbolicSine => complex::inverse_hyperbolic_sine(z),
        ComplexInverseTangent => complex::inverse_tangent(z),
        ComplexInverseHyperbolicTangent => complex::inverse_hyperbolic_tangent(z),
    }
}

functions! {
    ComplexFunction2 (x: Pair, y: Pair) -> Pair {
        ComplexPower => complex::power(x, y),
        ComplexAngle => complex::angle(x, y),
        ComplexRemainder => complex::remainder(x, y),
    }
}

macro_rules! through {
    ($($name:ident<T: $bound:ident, F: $function:ident> as $Map:ident, $wide:ident, $narrow:ident, $($argument:ident: $Type:ident),*;)*) => {$(
        /// A function on the elements of one type.
        pub(super) struct $name<T, F>(PhantomData<(T, F)>);
        impl<T: $bound, F: $function> $Map for $name<T, F> {
            $(type $Type = T;)*
            type Out = T;
            const VECTOR: bool = false;
            #[inline(always)]
            fn apply<M: Machine>($($argument: T),*) -> T {
                T::$narrow(F::of($($argument.$wide()),*))
            }
        }
    )*};
}

through! {
    Through2<T: Float, F: Function2> as Map2, wide, narrow, a: A, b: B;
    ThroughPlane<T: Plane, F: ComplexFunction> as Map1, widened, narrowed, a: A;
    ThroughPlane2<T: Plane, F: ComplexFunction2> as Map2, widened, narrowed, a: A, b: B;
}

/// A function of a real number on the elements of one type.
pub(super) struct Through<T, F>(PhantomData<(T, F)>);

impl<T: Float + Wide, F: Function> Map1 for Through<T, F> {
    type A = T;
    type Out = T;
    const VECTOR: bool = F::HAS_LANES && size_of::<T>() == 4;
    const TILE: TileFn = if F::HAS_LANES { tile_of!(T, 1, tile1, Through<f32, F>) } else { tile1::<Self> };
    #[inline(always)]
    fn apply<M: Machine>(a: T) -> T {
        T::narrow(if size_of::<T>() < 8 { F::lane::<M>(a.wide()) } else { F::of(a.wide()) })
    }
}

/// The hyperbolic sine and cosine.
///
/// CHLO defines them as `exp(x + ln ½) ∓ exp(ln ½ - x)`. Rounding those sums to `f32` costs some units in the last place
/// where `x` is large, which programs that were tested elsewhere have in their results; so `f32` follows the definition,
/// up to so many units away from the true value as the specification's test vectors are: eight for the sine, two for the
/// cosine.
pub(super) trait Hyperbolic: Float {
    fn sine<M: Machine>(self) -> Self {
        Self::narrow(self.wide().sinh())
    }
    fn cosine<M: Machine>(self) -> Self {
        Self::narrow(self.wide().cosh())
    }
}

impl Hyperbolic for bf16 {}
impl Hyperbolic for f16 {}
impl Hyperbolic for f64 {}

impl Hyperbolic for f32 {
    #[inline(always)]
    fn sine<M: Machine>(self) -> f32 {
        let truth = lanes::hyperbolic_sine::<M>(self.wide()) as f32;
        let (plus, minus) = defined_by::<M>(self);
        let moved = towards(truth, plus - minus, 8);
        // Where it is small the definition cancels.
        if self.abs() < 1.0 { truth } else { moved }
    }
    #[inline(always)]
    fn cosine<M: Machine>(self) -> f32 {
        let (plus, minus) = defined_by::<M>(self);
        towards(lanes::hyperbolic_cosine::<M>(self.wide()) as f32, plus + minus, 2)
    }
}

/// `exp(x + ln ½)` and `exp(ln ½ - x)` in `f32`.
#[inline(always)]
fn defined_by<M: Machine>(x: f32) -> (f32, f32) {
    let half = -std::f32::consts::LN_2;
    (lanes::exp::<M>((x + half).wide()) as f32, lanes::exp::<M>((half - x).wide()) as f32)
}

/// The true value, moved towards another of its sign by so many units in the last place at most. Both are one or more.
#[inline(always)]
fn towards(truth: f32, other: f32, units: i32) -> f32 {
    // Away from zero, bits count the units.
    let size = truth.to_bits() as i32 & i32::MAX;
    let other_size = other.to_bits() as i32 & i32::MAX;
    let (low, high) = (size.wrapping_sub(units), size.wrapping_add(units));
    let nearer = if other_size < low { low } else { other_size };
    let nearer = if nearer > high { high } else { nearer };
    let moved = f32::from_bits(nearer as u32).copysign(truth);
    let largest = f32::INFINITY.to_bits() as i32;
    if high < largest && other_size < largest { moved } else { truth }
}

macro_rules! hyperbolic {
    ($($name:ident => $method:ident;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: Hyperbolic> Map1 for $name<T> {
            type A = T;
            type Out = T;
            const VECTOR: bool = size_of::<T>() == 4;
            #[inline(always)]
            fn apply<M: Machine>(a: T) -> T {
                a.$method::<M>()
            }
        }
    )*};
}

hyperbolic! {
    HyperbolicSine => sine;
    HyperbolicCosine => cosine;
}

/// The neighbour of a number in the direction of another.
pub(super) struct NextAfter<T>(PhantomData<T>);

impl<T: Float> Map2 for NextAfter<T> {
    type A = T;
    type B = T;
    type Out = T;
    const VECTOR: bool = false;
    fn apply<M: Machine>(a: T, b: T) -> T {
        a.next_towards(b)
    }
}

macro_rules! classes {
    ($($name:ident => |$x:ident| $body:expr;)*) => {$(
        pub(super) struct $name<T>(PhantomData<T>);
        impl<T: Float> Map1 for $name<T> {
            type A = T;
            type Out = Bool;
            const VECTOR: bool = false;
            fn apply<M: Machine>(a: T) -> Bool {
                let $x = a.wide();
                Bool::from($body)
            }
        }
    )*};
}

classes! {
    IsInfinite => |x| x.is_infinite();
    IsPositiveInfinity => |x| x == f64::INFINITY;
    IsNegativeInfinity => |x| x == f64::NEG_INFINITY;
}
