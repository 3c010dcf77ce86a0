//! Functions of `f64` that compile to vector code: polynomials without branches.
//!
//! Most are for `f32`, whose numbers are widened, computed with here and rounded once. These are within `1e-9` of the true
//! value, relative to it, so that an `f32` is within 0.51 units in the last place. Those that `f64` itself is computed with
//! say so: they are within 2 units in the last place of `f64`.
//!
//! Coefficients without another source are those of the polynomial through the Chebyshev nodes of the interval named.

mod circular;
mod error_function;
mod exponential;
mod inverse_circular;
mod logarithm;
mod power;

pub(crate) use circular::{
    BEYOND_DOUBLE, BEYOND_SINGLE, cosine, cosine_of_single, sine, sine_of_single, tangent_of_single,
};
pub(crate) use error_function::{erf, erf_inv, erfc};
pub(crate) use exponential::{exp, exp_minus_one, hyperbolic_cosine, hyperbolic_sine, logistic};
pub(crate) use inverse_circular::{acos, asin, atan, atan2};
pub(crate) use logarithm::{acosh, asinh, atanh, log, log_plus_one};
pub(crate) use power::{cube_root, power};

use crate::simd::Machine;

/// Added to a number below 2⁵¹, leaves its nearest whole number in the low bits of the sum.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// The polynomial with these coefficients, the constant first.
#[inline(always)]
fn polynomial<M: Machine, const N: usize>(x: f64, coefficients: [f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    let mut i = N - 1;
    while i > 0 {
        i -= 1;
        sum = M::mul_add64(sum, x, coefficients[i]);
    }
    sum
}

/// `x` moved into a range; NaN stays NaN.
#[inline(always)]
fn clamped(x: f64, low: f64, high: f64) -> f64 {
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// A whole number below 2⁵¹ as a float.
#[inline(always)]
fn whole(n: i64) -> f64 {
    f64::from_bits(ROUNDER.to_bits().wrapping_add(n as u64)) - ROUNDER
}

#[cfg(test)]
mod tests;
