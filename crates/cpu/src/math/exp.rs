//! The exponential and what is made of it.
//!
//! All of them split `x = n ln 2 + r` with a whole `n` and `|r| ≤ ½ ln 2`, and take `exp(r) - 1` from a polynomial.

use crate::simd::Machine;

/// Added to a number below 2²², leaves its nearest whole number in the low bits of the sum.
const ROUNDER: f32 = 12_582_912.0;
/// `ln 2` in two parts, the first with so few bits that its product with `n` is exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// The `n` of the split, as a float and as an integer, and `exp(r) - 1`.
#[inline(always)]
pub(super) fn split<M: Machine>(x: f32) -> (i32, f32) {
    let shifted = M::mul_add32(x, std::f32::consts::LOG2_E, ROUNDER);
    let n = shifted - ROUNDER;
    let whole = (shifted.to_bits() as i32).wrapping_sub(ROUNDER.to_bits() as i32);
    let r = M::mul_add32(-n, LN_2_HIGH, x);
    let r = M::mul_add32(-n, LN_2_LOW, r);
    (whole, expm1_near_zero::<M>(r))
}

/// `exp(r) - 1` for `|r| ≤ ½ ln 2`: `r + r² p(r)`.
#[inline(always)]
fn expm1_near_zero<M: Machine>(r: f32) -> f32 {
    let p = 0.000_199_142_29;
    let p = M::mul_add32(p, r, 0.001_394_105);
    let p = M::mul_add32(p, r, 0.008_333_273);
    let p = M::mul_add32(p, r, 0.041_666_355);
    let p = M::mul_add32(p, r, 0.166_666_67);
    let p = M::mul_add32(p, r, 0.5);
    M::mul_add32(r * r, p, r)
}

/// `2ⁿ`, for `-126 ≤ n ≤ 127`.
#[inline(always)]
pub(super) fn power_of_two(n: i32) -> f32 {
    f32::from_bits((n.wrapping_add(127) as u32) << 23)
}

/// `x` moved into a range; NaN stays NaN.
#[inline(always)]
pub(super) fn clamped(x: f32, low: f32, high: f32) -> f32 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// `eˣ`.
#[inline(always)]
pub(crate) fn exp<M: Machine>(x: f32) -> f32 {
    // Beyond these the result is zero or infinite.
    let (n, q) = split::<M>(clamped(x, -104.0, 89.0));
    // In two steps, so that neither power overflows and a subnormal result is rounded once.
    let half = n >> 1;
    (1.0 + q) * power_of_two(half) * power_of_two(n - half)
}

/// `eˣ - 1`, without the cancellation near zero.
#[inline(always)]
pub(crate) fn exp_minus_one<M: Machine>(x: f32) -> f32 {
    // 2ⁿ(1 + q) - 1, at half size so that 2ⁿ does not overflow before the result does.
    let (n, q) = split::<M>(clamped(x, -20.0, 89.0));
    let half = power_of_two(n - 1);
    let result = 2.0 * M::mul_add32(half, q, half - 0.5);
    if x == 0.0 { x } else { result }
}

/// `1 / (1 + e⁻ˣ)`.
#[inline(always)]
pub(crate) fn logistic<M: Machine>(x: f32) -> f32 {
    let (n, q) = split::<M>(clamped(-x, -104.0, 104.0));
    // Large divisors are scaled down with the dividend, so that they do not overflow before the result is zero.
    let (dividend, n) = if n > 64 { (1.0 / (1u64 << 63) as f32, n - 63) } else { (1.0, n) };
    let n = if n < -126 { -126 } else { n };
    let power = power_of_two(n);
    // The larger term comes last, so that one rounding is to the divisor's full size.
    let (small, large) = if n > 0 { (dividend, power) } else { (power, dividend) };
    dividend / (M::mul_add32(power, q, small) + large)
}
