//! How far predictions are from what was to be predicted.

use super::{log_softmax, mean, negate, one_hot, select, square, subtract, sum};
use crate::{Operand, Output, Result, TensorError, operation};

/// The mean of the squared differences.
///
/// # Errors
/// Where shapes cannot be broadcast to one, or elements are no floats of one type.
pub fn mse<P: Operand, T: Operand>(predictions: P, targets: T) -> Result<Output<(P, T)>> {
    operation("mse", (predictions, targets), (), |(predictions, targets), ()| {
        mean(square(subtract(predictions, targets)?)?, [])
    })
}

/// The mean over all but the last axis of `-log softmax(logits)[label]`.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let logits = Tensor::from_slice(&[0f32, 0.0, 0.0, 0.0], [2, 2], &device)?;
/// let labels = Tensor::from_slice(&[0i32, 1], [2], &device)?;
/// let loss = ops::cross_entropy(&logits, &labels)?.to_scalar::<f32>()?;
/// assert!((loss - 2f32.ln()).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is not a label for each row of logits, labels are no integers, or logits no floats.
pub fn cross_entropy<L: Operand, I: Operand>(logits: L, labels: I) -> Result<Output<(L, I)>> {
    operation("cross_entropy", (logits, labels), (), |(logits, labels), ()| {
        let Some((&classes, rows)) = logits.dims().split_last() else {
            return Err(TensorError::invalid("the logits are a scalar; expected an axis of classes"));
        };
        if rows != labels.dims() {
            let message = format!("the labels are {}; expected the shape {rows:?}", labels.ty());
            return Err(TensorError::invalid(message));
        }
        let chosen = one_hot(&labels, classes, runahead_ir::ElementType::Bool)?;
        let logs = log_softmax(&logits, -1)?;
        mean(negate(sum(select(chosen, logs, 0.0)?, [-1])?)?, [])
    })
}
