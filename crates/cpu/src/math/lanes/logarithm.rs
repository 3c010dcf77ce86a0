//! The logarithm and what is made of it.

use super::{polynomial, whole};
use crate::simd::Machine;

/// `ln 2` in two parts, the first of 32 bits, so that its product with a whole number is exact.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// The bits of `√½`: mantissas run from here to `√2`.
const LEAST_MANTISSA: i64 = 0x3fe6_a09e_667f_3bcd;

/// `(ln((1 + s)/(1 - s)) - 2s) / s³` in `s²` (FreeBSD's `e_log.c`).
const LOG: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// `ln x` for a positive normal `x`, plus `carry`.
///
/// With `x = 2ⁿ (1 + f)` and `s = f / (2 + f)`: `n ln 2 + f - f²/2 + s (f²/2 + s² p(s²))`, as in FreeBSD's `e_log.c`.
#[inline(always)]
fn log_of_normal<M: Machine>(x: f64, exponent: f64, carry: f64) -> f64 {
    let bits = x.to_bits() as i64;
    let n = bits.wrapping_sub(LEAST_MANTISSA) >> 52;
    let f = f64::from_bits(bits.wrapping_sub(n << 52) as u64) - 1.0;
    let n = whole(n) + exponent;
    let s = f / (2.0 + f);
    let square = s * s;
    let r = square * polynomial::<M, 7>(square, LOG);
    let half = 0.5 * f * f;
    let small = M::mul_add64(s, half + r, M::mul_add64(n, LN_2_LOW, carry));
    n * LN_2_HIGH - ((half - small) - f)
}

/// The result for what is not a positive finite number: NaN below zero, minus infinity at zero.
#[inline(always)]
fn with_limits(x: f64, log: f64) -> f64 {
    let log = if x == 0.0 { f64::NEG_INFINITY } else { log };
    let log = if x < 0.0 { f64::NAN } else { log };
    // Infinity and NaN are their own logarithm.
    if x < f64::INFINITY { log } else { x }
}

/// `ln x` for an `x` that is not subnormal.
#[inline(always)]
pub(super) fn log_of_regular<M: Machine>(x: f64) -> f64 {
    with_limits(x, log_of_normal::<M>(x, 0.0, 0.0))
}

/// `ln x`, for `f64` too.
#[inline(always)]
pub(crate) fn log<M: Machine>(x: f64) -> f64 {
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal { x * 18_014_398_509_481_984.0 } else { x };
    let exponent = if subnormal { -54.0 } else { 0.0 };
    with_limits(x, log_of_normal::<M>(scaled, exponent, 0.0))
}

/// `ln(1 + x)`, without the rounding of `1 + x`, for `f64` too.
#[inline(always)]
pub(crate) fn log_plus_one<M: Machine>(x: f64) -> f64 {
    let sum = 1.0 + x;
    // What the sum lost, whichever of its terms is larger.
    let lost = if sum >= 2.0 { 1.0 - (sum - x) } else { x - (sum - 1.0) };
    let log = with_limits(sum, log_of_normal::<M>(sum, 0.0, lost / sum));
    if x == 0.0 { x } else { log }
}

/// The inverse hyperbolic sine of an `f32`.
#[inline(always)]
pub(crate) fn asinh<M: Machine>(x: f64) -> f64 {
    let size = x.abs();
    let root = M::mul_add64(size, size, 1.0).sqrt();
    let result = log_plus_one::<M>(size + size * size / (1.0 + root));
    (if size < f64::INFINITY { result } else { size }).copysign(x)
}

/// The inverse hyperbolic cosine of an `f32`.
#[inline(always)]
pub(crate) fn acosh<M: Machine>(x: f64) -> f64 {
    let above = x - 1.0;
    let result = log_plus_one::<M>(above + (above * (above + 2.0)).sqrt());
    if above < 0.0 { f64::NAN } else { result }
}

/// The inverse hyperbolic tangent of an `f32`.
#[inline(always)]
pub(crate) fn atanh<M: Machine>(x: f64) -> f64 {
    let size = x.abs();
    (0.5 * log_plus_one::<M>(2.0 * size / (1.0 - size))).copysign(x)
}
