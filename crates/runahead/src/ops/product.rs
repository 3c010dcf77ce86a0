//! Products of matrices.

use runahead_ir::{DotDimensions, OpKind, Precision};

use super::axes::{broadcast_dims, broadcast_to};
use super::elementwise::{record, same_element};
use super::reshape;
use crate::{Lazy, Operand, Output, Result, TensorError, operation};

/// The product of matrices: of the last two axes, for each index of the axes before, which are broadcast. A vector
/// counts as a row on the left and as a column on the right, as in NumPy.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let a = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
/// let b = Tensor::from_slice(&[1f32, 1.0], [2], &device)?;
/// assert_eq!(ops::matmul(&a, &b)?.to_vec::<f32>()?, [3.0, 7.0]);
///
/// let error = ops::matmul(&a, Tensor::from_slice(&[0f32; 3], [3, 1], &device)?).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "matmul of tensor<2x2xf32>, tensor<3x1xf32>: 2 columns meet 3 rows; expected as many"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the shapes do not fit, or elements are of several types.
pub fn matmul<A: Operand, B: Operand>(a: A, b: B) -> Result<Output<(A, B)>> {
    operation("matmul", (a, b), (), |(a, b), ()| {
        same_element(&a, &b)?;
        if a.dims().is_empty() || b.dims().is_empty() {
            return Err(TensorError::invalid("a scalar is no matrix; multiply instead"));
        }
        // Vectors become matrices, and what that added is taken away from the result.
        let (row, column) = (a.dims().len() == 1, b.dims().len() == 1);
        let a = if row { reshape(&a, [1, a.dims()[0]])? } else { a };
        let b = if column { reshape(&b, [b.dims()[0], 1])? } else { b };
        let product = matrices(&a, &b)?;
        let mut dims = product.dims().to_vec();
        if column {
            dims.pop();
        }
        if row {
            dims.remove(dims.len() - if column { 1 } else { 2 });
        }
        if row || column { reshape(&product, dims) } else { Ok(product) }
    })
}

fn matrices(a: &Lazy, b: &Lazy) -> Result<Lazy> {
    let (a_batch, a_matrix) = a.dims().split_at(a.dims().len() - 2);
    let (b_batch, b_matrix) = b.dims().split_at(b.dims().len() - 2);
    if a_matrix[1] != b_matrix[0] {
        let message = format!("{} columns meet {} rows; expected as many", a_matrix[1], b_matrix[0]);
        return Err(TensorError::invalid(message));
    }
    let precision = vec![Precision::Default; 2];
    if b_batch.is_empty() {
        // One matrix for all: the axes before are rows.
        let last = a.dims().len() - 1;
        let dimension_numbers = DotDimensions {
            lhs_contracting: vec![last],
            rhs_contracting: vec![0],
            ..DotDimensions::default()
        };
        return record(OpKind::DotGeneral { dimension_numbers, precision, algorithm: None }, &[a, b]);
    }
    let Some(batch) = broadcast_dims(a_batch, b_batch) else {
        let message = format!("batches {a_batch:?} and {b_batch:?} cannot be broadcast to one");
        return Err(TensorError::invalid(message));
    };
    let a = broadcast_to(a, &[&batch, a_matrix].concat())?;
    let b = broadcast_to(b, &[&batch, b_matrix].concat())?;
    let batching: Vec<usize> = (0..batch.len()).collect();
    let dimension_numbers = DotDimensions {
        lhs_batching: batching.clone(),
        rhs_batching: batching,
        lhs_contracting: vec![batch.len() + 1],
        rhs_contracting: vec![batch.len()],
    };
    record(OpKind::DotGeneral { dimension_numbers, precision, algorithm: None }, &[&a, &b])
}
