//! Gradients that are not to be too large.

use crate::{Lazy, Result, TensorError, ops};

/// How gradients are limited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clip {
    /// Each element to so much above and below zero.
    Value(f64),
    /// All together, scaled down to that norm where theirs is greater.
    Norm(f64),
}

impl Clip {
    pub(super) fn apply(self, gradients: &[Lazy]) -> Result<Vec<Lazy>> {
        match self {
            Clip::Value(limit) => clip_by_value(gradients, limit),
            Clip::Norm(limit) => clip_by_norm(gradients, limit),
        }
    }
}

/// Records each element moved to between `-limit` and `limit`.
///
/// # Errors
/// Where the limit is not positive.
pub fn clip_by_value(gradients: &[Lazy], limit: f64) -> Result<Vec<Lazy>> {
    check("clip_by_value", limit)?;
    gradients.iter().map(|gradient| ops::clamp(gradient, -limit, limit)).collect()
}

/// Records the gradients, scaled so that the root of the sum of all their squares is no more than `limit`.
///
/// ```
/// use runahead::{Tensor, optim::clip_by_norm};
/// let gradient = Tensor::from_slice(&[3f32, 4.0], [2], &runahead::device("cpu")?)?.lazy();
/// let clipped = clip_by_norm(&[gradient], 1.0)?;
/// assert_eq!(clipped[0].eval()?.to_vec::<f32>()?, [0.6, 0.8]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the limit is not positive.
pub fn clip_by_norm(gradients: &[Lazy], limit: f64) -> Result<Vec<Lazy>> {
    check("clip_by_norm", limit)?;
    let Some(first) = gradients.first() else { return Ok(Vec::new()) };
    let element = first.element();
    let squares = gradients.iter().map(|gradient| ops::cast(ops::sum(ops::square(gradient)?, [])?, element));
    let squares = squares.collect::<Result<Vec<_>>>()?;
    let norm = ops::sqrt(ops::sum(ops::stack(squares, 0)?, [])?)?;
    let scale = ops::divide(limit, ops::maximum(norm, limit)?)?;
    gradients.iter().map(|gradient| ops::multiply(gradient, ops::cast(&scale, gradient.element())?)).collect()
}

fn check(name: &'static str, limit: f64) -> Result<()> {
    if limit > 0.0 {
        return Ok(());
    }
    let message = format!("the limit is {limit}; expected a positive number");
    Err(TensorError::invalid(message).within(name, Vec::new))
}
