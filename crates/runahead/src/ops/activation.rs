//! What neural networks put between their layers.

use super::{add, divide, erf, exp, log, max_keep, maximum, multiply, sigmoid, squeeze, subtract, sum_keep};
use crate::{Operand, Output, Result, operation};

/// The value where it is positive, zero elsewhere.
///
/// # Errors
/// Where elements have no order.
pub fn relu<X: Operand>(x: X) -> Result<Output<X>> {
    operation("relu", x, (), |x, ()| maximum(x, 0))
}

/// The value times its probability to be greater than a normally distributed one: `x/2 (1 + erf(x/√2))`.
///
/// # Errors
/// Where elements are no floats.
pub fn gelu<X: Operand>(x: X) -> Result<Output<X>> {
    operation("gelu", x, (), |x, ()| {
        let probability = add(erf(multiply(&x, std::f64::consts::FRAC_1_SQRT_2)?)?, 1)?;
        multiply(multiply(x, 0.5)?, probability)
    })
}

/// The value times its sigmoid.
///
/// # Errors
/// Where elements are no floats.
pub fn silu<X: Operand>(x: X) -> Result<Output<X>> {
    operation("silu", x, (), |x, ()| multiply(&x, sigmoid(&x)?))
}

/// Exponentials along an axis, scaled so that their sum is one.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[0f32, 0.0, 1000.0, 1000.0], [2, 2], &runahead::device("cpu")?)?;
/// assert_eq!(ops::softmax(&x, -1)?.to_vec::<f32>()?, [0.5; 4]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such axis, or elements are no floats.
pub fn softmax<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("softmax", x, axis, |x, &axis| {
        let powers = exp(subtract(&x, max_keep(&x, [axis])?)?)?;
        divide(&powers, sum_keep(&powers, [axis])?)
    })
}

/// The logarithm of [`softmax`], exact where that is near zero.
///
/// # Errors
/// As for [`softmax`].
pub fn log_softmax<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("log_softmax", x, axis, |x, &axis| {
        let shifted = subtract(&x, max_keep(&x, [axis])?)?;
        subtract(&shifted, log(sum_keep(exp(&shifted)?, [axis])?)?)
    })
}

/// The logarithm of the sum of exponentials along an axis.
///
/// # Errors
/// As for [`softmax`].
pub fn logsumexp<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("logsumexp", x, axis, |x, &axis| {
        let greatest = max_keep(&x, [axis])?;
        let total = log(sum_keep(exp(subtract(x, &greatest)?)?, [axis])?)?;
        squeeze(add(total, greatest)?, [axis])
    })
}
