//! Powers and roots of `f32`.

use super::clamped;
use super::exponential::exp_of_moderate;
use super::logarithm::log_of_regular;
use crate::simd::Machine;

/// `x` to the power of `y`, with C's results for zeros, infinities and NaN.
#[inline(always)]
pub(crate) fn power<M: Machine>(x: f64, y: f64) -> f64 {
    let size = x.abs();
    // Beyond these, the result is zero or infinite in `f32`.
    let exponent = clamped(y * log_of_regular::<M>(size), -200.0, 200.0);
    let result = exp_of_moderate::<M>(exponent);
    let result = if exponent == 200.0 { f64::INFINITY } else { result };
    let result = if exponent == -200.0 { 0.0 } else { result };
    let is_whole = y.trunc() == y;
    let half = 0.5 * y;
    let is_odd = is_whole && half.trunc() != half;
    let result = if x.is_sign_negative() && is_odd { -result } else { result };
    let result = if x < 0.0 && x > f64::NEG_INFINITY && !is_whole { f64::NAN } else { result };
    // Where the logarithm is zero, infinity and NaN do not matter; nor does NaN to the power of zero.
    let is_one = x == 1.0 || y == 0.0 || x == -1.0 && y.abs() == f64::INFINITY;
    if is_one { 1.0 } else { result }
}

/// The cube root.
#[inline(always)]
pub(crate) fn cube_root<M: Machine>(x: f64) -> f64 {
    let size = x.abs();
    let regular = if size > 0.0 && size < f64::INFINITY { size } else { 1.0 };
    // Bits are almost a logarithm: those of `x^(-1/3)` are a constant less a third of those of `x`. This is within 5 parts
    // of a hundred of it.
    let third = ((regular.to_bits() >> 32) * 0x5555_5556) >> 32;
    let mut root = f64::from_bits(0x553e_f0ff_u64.wrapping_sub(third) << 32);
    // Newton's steps for `1/root³ = x`, each of which squares the relative error.
    let mut step = 0;
    while step < 4 {
        let cube = root * root * root;
        root *= M::mul_add64(-regular * (1.0 / 3.0), cube, 4.0 / 3.0);
        step += 1;
    }
    let result = (regular * root * root).copysign(x);
    if size > 0.0 && size < f64::INFINITY { result } else { x }
}
