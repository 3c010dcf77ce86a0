//! Operations that move elements.

use runahead_ir::OpKind;

use super::axes;
use super::elementwise::record;
use crate::{Lazy, Operand, Operands, Output, Result, TensorError, operation};

/// The same elements, row-major, in another shape.
///
/// # Errors
/// Where the shape has another number of elements.
pub fn reshape<X: Operand>(x: X, dims: impl AsRef<[usize]>) -> Result<Output<X>> {
    operation("reshape", x, dims.as_ref().to_vec(), |x, dims| {
        let ty = x.ty().with_dims(dims.iter().copied());
        Lazy::record_as(OpKind::Reshape, &[&x], ty)
    })
}

/// The axes in another order: axis `i` of the result is axis `permutation[i]` of `x`.
///
/// # Errors
/// Where `permutation` does not name each axis once.
pub fn permute<X: Operand>(x: X, permutation: impl AsRef<[isize]>) -> Result<Output<X>> {
    operation("permute", x, permutation.as_ref().to_vec(), |x, permutation| {
        let permutation = permutation.iter().map(|&axis| axes::axis(&x, axis)).collect::<Result<_>>()?;
        record(OpKind::Transpose { permutation }, &[&x])
    })
}

/// Two axes exchanged.
///
/// # Errors
/// Where one is no axis.
pub fn transpose<X: Operand>(x: X, a: isize, b: isize) -> Result<Output<X>> {
    operation("transpose", x, (a, b), |x, &(a, b)| {
        let mut permutation: Vec<usize> = (0..x.dims().len()).collect();
        permutation.swap(axes::axis(&x, a)?, axes::axis(&x, b)?);
        record(OpKind::Transpose { permutation }, &[&x])
    })
}

/// The value repeated to a shape, by NumPy's rules.
///
/// # Errors
/// Where the shape is not one that the value can be broadcast to.
pub fn broadcast<X: Operand>(x: X, dims: impl AsRef<[usize]>) -> Result<Output<X>> {
    operation("broadcast", x, dims.as_ref().to_vec(), |x, dims| axes::broadcast_to(&x, dims))
}

/// Tensors one after the other along an axis.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[1i32, 2], [1, 2], &runahead::device("cpu")?)?;
/// assert_eq!(ops::concat(&[&x, &x], 0)?.dims(), [2, 2]);
/// assert_eq!(ops::concat(vec![x.to_async(); 3], 1)?.dims(), [1, 6]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there are none, sizes of other axes differ, or elements are of several types.
pub fn concat<X: Operands<Recorded = Vec<Lazy>>>(tensors: X, axis: isize) -> Result<Output<X>> {
    operation("concat", tensors, axis, |tensors: Vec<Lazy>, &axis| {
        let Some(first) = tensors.first() else {
            return Err(TensorError::invalid("there are no tensors; expected at least one"));
        };
        let dimension = axes::axis(first, axis)?;
        record(OpKind::Concatenate { dimension }, &tensors.iter().collect::<Vec<_>>())
    })
}

/// The parts of an axis, in as many pieces of given sizes.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[1i32, 2, 3], [3], &runahead::device("cpu")?)?;
/// let parts = ops::split(x.to_async(), [1, 2], 0)?; // each is a value of its own
/// assert_eq!(parts[1].wait()?.to_vec::<i32>()?, [2, 3]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the sizes are not together that of the axis.
pub fn split<X: Operand>(x: X, sizes: impl AsRef<[usize]>, axis: isize) -> Result<Output<X, Vec<Lazy>>> {
    operation("split", x, (sizes.as_ref().to_vec(), axis), |x, (sizes, axis)| {
        let axis = axes::axis(&x, *axis)?;
        let (total, size) =
            (sizes.iter().fold(0usize, |sum, &size| sum.saturating_add(size)), x.dims()[axis]);
        if total != size {
            let message =
                format!("the sizes {sizes:?} are {total} together; expected {size}, the size of axis {axis}");
            return Err(TensorError::invalid(message));
        }
        let mut from = 0;
        let parts = sizes.iter().map(|&size| {
            from += size;
            narrow_to(&x, axis, from - size, from)
        });
        parts.collect::<Result<Vec<_>>>()
    })
}

/// Records the part of an axis from one index up to and without another.
pub(super) fn narrow_to(x: &Lazy, axis: usize, from: usize, to: usize) -> Result<Lazy> {
    let (mut start, mut limit) = (vec![0; x.dims().len()], x.dims().to_vec());
    (start[axis], limit[axis]) = (from, to);
    record(OpKind::Slice { strides: vec![1; start.len()], start, limit }, &[x])
}
