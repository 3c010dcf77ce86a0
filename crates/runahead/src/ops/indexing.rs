//! Elements by their indices.

use runahead_ir::{Binary, ElementType, GatherDimensions, OpKind, ScatterDimensions};

use super::elementwise::record;
use super::{axes, cast, creation, eq, reshape};
use crate::{Lazy, Operand, Output, Result, TensorError, Traced, operation};

/// Fails where indices are no integers.
fn integers(indices: &Lazy) -> Result<()> {
    if indices.element().is_integer() {
        return Ok(());
    }
    Err(TensorError::invalid(format!("indices are {}; expected integers", indices.element())))
}

/// The slices of `x` along an axis that the indices name: the axis is replaced by the indices' axes. Indices outside
/// are moved to the nearest end.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0, 5.0, 6.0], [3, 2], &device)?;
/// let indices = Tensor::from_slice(&[2i32, 0], [2], &device)?;
/// assert_eq!(ops::index_select(&x, &indices, 0)?.to_vec::<f32>()?, [5.0, 6.0, 1.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such axis, it is empty, or indices are no integers.
pub fn index_select<X: Operand, I: Operand>(x: X, indices: I, axis: isize) -> Result<Output<(X, I)>> {
    operation("index_select", (x, indices), axis, |(x, indices), &axis| {
        integers(&indices)?;
        let axis = axes::axis(&x, axis)?;
        let added = indices.dims().len();
        let mut slice_sizes = x.dims().to_vec();
        slice_sizes[axis] = 1;
        let dimension_numbers = GatherDimensions {
            offset_dims: (0..axis).chain(axis + added..x.dims().len() - 1 + added).collect(),
            collapsed_slice_dims: vec![axis],
            start_index_map: vec![axis],
            index_vector_dim: added,
            ..GatherDimensions::default()
        };
        let kind = OpKind::Gather { dimension_numbers, slice_sizes, indices_are_sorted: false };
        record(kind, &[&x, &indices])
    })
}

/// The rows of a table that the indices name: an embedding.
///
/// # Errors
/// Where the table has no rows, or indices are no integers.
pub fn embedding<T: Operand, I: Operand>(table: T, indices: I) -> Result<Output<(T, I)>> {
    operation("embedding", (table, indices), (), |(table, indices), ()| index_select(table, indices, 0))
}

/// For each index, the element of `x` at that index of an axis and at the index's own place along the others: what
/// [`sort`](super::sort) and [`argmax`](super::argmax) give indices for. Other axes have the same sizes.
///
/// # Errors
/// Where there is no such axis, other sizes differ, or indices are no integers.
pub fn take_along<X: Operand, I: Operand>(x: X, indices: I, axis: isize) -> Result<Output<(X, I)>> {
    operation("take_along", (x, indices), axis, |(x, indices), &axis| {
        integers(&indices)?;
        let axis = axes::axis(&x, axis)?;
        let rank = x.dims().len();
        let fits =
            indices.dims().len() == rank && (0..rank).all(|i| i == axis || x.dims()[i] == indices.dims()[i]);
        if !fits {
            let message = format!(
                "{} does not suit {}; expected the same sizes but along axis {axis}",
                indices.ty(),
                x.ty()
            );
            return Err(TensorError::invalid(message));
        }
        let others: Vec<usize> = (0..rank).filter(|&i| i != axis).collect();
        let dimension_numbers = GatherDimensions {
            collapsed_slice_dims: vec![axis],
            operand_batching_dims: others.clone(),
            start_indices_batching_dims: others,
            start_index_map: vec![axis],
            index_vector_dim: rank,
            ..GatherDimensions::default()
        };
        let kind =
            OpKind::Gather { dimension_numbers, slice_sizes: vec![1; rank], indices_are_sorted: false };
        record(kind, &[&x, &indices])
    })
}

/// `x` with updates added to its slices along an axis that the indices name; several for one slice are all added.
/// Indices outside are left out.
///
/// ```
/// use runahead::{ElementType, Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let x = ops::zeros([3], ElementType::F32, &device)?;
/// let indices = Tensor::from_slice(&[1i32, 1, 2], [3], &device)?;
/// let updates = Tensor::from_slice(&[1f32, 2.0, 4.0], [3], &device)?;
/// assert_eq!(ops::scatter_add(&x, &indices, &updates, 0)?.to_vec::<f32>()?, [0.0, 3.0, 4.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such axis, indices are no integers of one axis, or updates have another shape than the slices
/// together.
pub fn scatter_add<X: Operand, I: Operand, U: Operand>(
    x: X,
    indices: I,
    updates: U,
    axis: isize,
) -> Result<Output<(X, I, U)>> {
    operation("scatter_add", (x, indices, updates), axis, |(x, indices, updates), &axis| {
        integers(&indices)?;
        let axis = axes::axis(&x, axis)?;
        let mut expected = x.dims().to_vec();
        if let [count] = indices.dims() {
            expected[axis] = *count;
        }
        if indices.dims().len() != 1 || updates.dims() != expected {
            let message = format!(
                "updates are {}; expected the shape {expected:?}, and indices of one axis",
                updates.ty()
            );
            return Err(TensorError::invalid(message));
        }
        let rank = x.dims().len();
        let dimension_numbers = ScatterDimensions {
            update_window_dims: (0..rank).filter(|&i| i != axis).collect(),
            inserted_window_dims: vec![axis],
            scatter_dims_to_operand_dims: vec![axis],
            index_vector_dim: 1,
            ..ScatterDimensions::default()
        };
        let body = Traced::binary(Binary::Add, x.element())?;
        let kind = OpKind::Scatter { dimension_numbers, indices_are_sorted: false, unique_indices: false };
        Ok(Lazy::record_with(kind, &[&x, &indices, &updates], vec![body])?.remove(0))
    })
}

/// For each index a row of that many elements: one at the index, zero elsewhere.
///
/// # Errors
/// Where indices are no integers.
pub fn one_hot<I: Operand>(indices: I, classes: usize, element: ElementType) -> Result<Output<I>> {
    operation("one_hot", indices, (classes, element), |indices, &(classes, element)| {
        integers(&indices)?;
        let mut dims = indices.dims().to_vec();
        dims.push(1);
        let counted = creation::iota(&[classes], indices.element(), 0)?;
        cast(eq(reshape(&indices, dims)?, counted)?, element)
    })
}
