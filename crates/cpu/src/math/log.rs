//! The logarithm.

use crate::simd::Machine;

const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;
/// The bits of `√½`: mantissas run from here to `√2`.
const LEAST_MANTISSA: i32 = 0x3f35_04f3;

/// `ln x` for a positive normal `x`, plus `carry`.
///
/// With `x = 2ⁿ (1 + f)`: `n ln 2 + f - f²/2 + f³ p(f)`.
#[inline(always)]
fn log_of_normal<M: Machine>(x: f32, exponent: f32, carry: f32) -> f32 {
    let bits = x.to_bits() as i32;
    let n = bits.wrapping_sub(LEAST_MANTISSA) >> 23;
    let f = f32::from_bits(bits.wrapping_sub(n << 23) as u32) - 1.0;
    let n = n as f32 + exponent;
    let p = -0.076_344_93;
    let p = M::mul_add32(p, f, 0.127_615_75);
    let p = M::mul_add32(p, f, -0.131_601_83);
    let p = M::mul_add32(p, f, 0.142_017_59);
    let p = M::mul_add32(p, f, -0.166_233_57);
    let p = M::mul_add32(p, f, 0.200_012_27);
    let p = M::mul_add32(p, f, -0.250_008_2);
    let p = M::mul_add32(p, f, 0.333_333_3);
    let square = f * f;
    let small = M::mul_add32(n, LN_2_LOW, carry);
    let small = M::mul_add32(square * f, p, small);
    let small = M::mul_add32(square, -0.5, small);
    M::mul_add32(n, LN_2_HIGH, small + f)
}

/// The result for what is not a positive finite number: NaN below zero, minus infinity at zero.
#[inline(always)]
fn with_limits(x: f32, log: f32) -> f32 {
    let log = if x == 0.0 { f32::NEG_INFINITY } else { log };
    let log = if x < 0.0 { f32::NAN } else { log };
    // Infinity and NaN are their own logarithm.
    if x < f32::INFINITY { log } else { x }
}

/// `ln x`.
#[inline(always)]
pub(crate) fn log<M: Machine>(x: f32) -> f32 {
    let subnormal = x < f32::MIN_POSITIVE;
    let scaled = if subnormal { x * 8_388_608.0 } else { x };
    let exponent = if subnormal { -23.0 } else { 0.0 };
    with_limits(x, log_of_normal::<M>(scaled, exponent, 0.0))
}

/// `ln(1 + x)`, without the rounding of `1 + x`.
#[inline(always)]
pub(crate) fn log_plus_one<M: Machine>(x: f32) -> f32 {
    let sum = 1.0 + x;
    // What the sum lost, whichever of its terms is larger.
    let lost = if sum >= 2.0 { 1.0 - (sum - x) } else { x - (sum - 1.0) };
    let log = log_of_normal::<M>(sum, 0.0, lost / sum);
    let log = with_limits(sum, log);
    if x == 0.0 { x } else { log }
}
