//! The exponential and what is made of it.

use super::{ROUNDER, clamped, polynomial};
use crate::simd::Machine;

/// `ln 2` in two parts, the first of 32 bits, so that its product with `n` is exact (FreeBSD's `e_exp.c`).
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// `(exp(r) - 1 - r) / r²` for `|r| ≤ ½ ln 2`.
const EXP: [f64; 10] = [
    0.500_000_000_000_000_1,
    0.166_666_666_666_666_69,
    0.041_666_666_666_624_04,
    0.008_333_333_333_330_055,
    0.001_388_888_891_725_875_9,
    0.000_198_412_698_630_882_55,
    2.480_152_122_598_643_2e-5,
    2.755_726_840_619_079_5e-6,
    2.762_012_171_738_193_3e-7,
    2.510_041_108_201_49e-8,
];

/// `x = n ln 2 + r` with a whole `n` and `|r| ≤ ½ ln 2`: `n`, and `exp(r) - 1`.
#[inline(always)]
fn split<M: Machine>(x: f64) -> (i64, f64) {
    let shifted = M::mul_add64(x, std::f64::consts::LOG2_E, ROUNDER);
    let n = shifted - ROUNDER;
    let whole = shifted.to_bits().wrapping_sub(ROUNDER.to_bits()) as i64;
    let high = x - n * LN_2_HIGH;
    let low = n * LN_2_LOW;
    let r = high - low;
    let lost = (high - r) - low;
    let p = polynomial::<M, 10>(r, EXP);
    (whole, r + M::mul_add64(r * r, p, lost))
}

/// `2ⁿ`, for `-1022 ≤ n ≤ 1023`.
#[inline(always)]
fn power_of_two(n: i64) -> f64 {
    f64::from_bits((n.wrapping_add(1023) as u64) << 52)
}

/// `eˣ` for `|x| ≤ 700`.
#[inline(always)]
pub(super) fn exp_of_moderate<M: Machine>(x: f64) -> f64 {
    let (n, q) = split::<M>(x);
    (1.0 + q) * power_of_two(n)
}

/// `eˣ`, for `f64` too.
#[inline(always)]
pub(crate) fn exp<M: Machine>(x: f64) -> f64 {
    // Beyond these the result is zero or infinite.
    let (n, q) = split::<M>(clamped(x, -746.0, 710.0));
    // In two steps, so that neither power overflows and a subnormal result is rounded once.
    let half = n >> 1;
    (1.0 + q) * power_of_two(half) * power_of_two(n - half)
}

/// `eˣ - 1`, without the cancellation near zero, for `f64` too.
#[inline(always)]
pub(crate) fn exp_minus_one<M: Machine>(x: f64) -> f64 {
    // 2ⁿ(1 + q) - 1, at half size so that 2ⁿ does not overflow before the result does.
    let (n, q) = split::<M>(clamped(x, -40.0, 710.0));
    let half = power_of_two(n - 1);
    let result = 2.0 * M::mul_add64(half, q, half - 0.5);
    if x == 0.0 { x } else { result }
}

/// `1 / (1 + e⁻ˣ)`, for `f64` too.
#[inline(always)]
pub(crate) fn logistic<M: Machine>(x: f64) -> f64 {
    let decayed = exp::<M>(-x.abs());
    (if x < 0.0 { decayed } else { 1.0 }) / (1.0 + decayed)
}

/// The hyperbolic sine of an `f32`.
#[inline(always)]
pub(crate) fn hyperbolic_sine<M: Machine>(x: f64) -> f64 {
    // Beyond this the result is infinite in `f32`.
    let e = exp_minus_one::<M>(clamped(x.abs(), 0.0, 100.0));
    (0.5 * (e + e / (e + 1.0))).copysign(x)
}

/// The hyperbolic cosine of an `f32`.
#[inline(always)]
pub(crate) fn hyperbolic_cosine<M: Machine>(x: f64) -> f64 {
    let e = exp_of_moderate::<M>(clamped(x.abs(), 0.0, 100.0));
    0.5 * (e + 1.0 / e)
}
