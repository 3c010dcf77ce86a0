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

/// The part of an axis from an index on, of so many elements.
///
/// # Errors
/// Where there is no such axis, or it ends before.
pub fn narrow<X: Operand>(x: X, axis: isize, from: usize, count: usize) -> Result<Output<X>> {
    operation("narrow", x, (axis, from, count), |x, &(axis, from, count)| {
        let axis = axes::axis(&x, axis)?;
        match from.checked_add(count) {
            Some(to) if to <= x.dims()[axis] => narrow_to(&x, axis, from, to),
            _ => {
                let message =
                    format!("{count} elements from {from} are more than axis {axis} of {} has", x.ty());
                Err(TensorError::invalid(message))
            }
        }
    })
}

/// Every `step`-th element of each axis from `start` up to and without `end`.
///
/// # Errors
/// Where there is not one of each for every axis, or they are out of range.
pub fn slice<X: Operand>(
    x: X,
    start: impl AsRef<[usize]>,
    end: impl AsRef<[usize]>,
    step: impl AsRef<[usize]>,
) -> Result<Output<X>> {
    let attributes = (start.as_ref().to_vec(), end.as_ref().to_vec(), step.as_ref().to_vec());
    operation("slice", x, attributes, |x, (start, end, step)| {
        let (start, limit, strides) = (start.clone(), end.clone(), step.clone());
        record(OpKind::Slice { start, limit, strides }, &[&x])
    })
}

/// The axis in so many parts, as equal as can be: the first ones have one element more where it cannot.
///
/// # Errors
/// Where there is no such axis, or no part is asked for.
pub fn chunk<X: Operand>(x: X, parts: usize, axis: isize) -> Result<Output<X, Vec<Lazy>>> {
    operation("chunk", x, (parts, axis), |x, &(parts, axis)| {
        let size = x.dims()[axes::axis(&x, axis)?];
        if parts == 0 {
            return Err(TensorError::invalid("0 parts are asked for; expected at least one"));
        }
        if parts > size.max(1) {
            return Err(TensorError::invalid(format!(
                "{parts} parts are asked for; the axis has {size} elements"
            )));
        }
        let sizes: Vec<usize> = (0..parts).map(|i| size / parts + usize::from(i < size % parts)).collect();
        split(x, sizes, axis)
    })
}

/// Tensors of one shape side by side along a new axis.
///
/// # Errors
/// Where there are none, shapes differ, or elements are of several types.
pub fn stack<X: Operands<Recorded = Vec<Lazy>>>(tensors: X, axis: isize) -> Result<Output<X>> {
    operation("stack", tensors, axis, |tensors: Vec<Lazy>, &axis| {
        let grown = tensors.iter().map(|tensor| unsqueeze(tensor, axis)).collect::<Result<Vec<_>>>()?;
        concat(grown, axis)
    })
}

/// The same elements with a new axis of size 1, which is `axis` of the result.
///
/// # Errors
/// Where the result has no such axis.
pub fn unsqueeze<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("unsqueeze", x, axis, |x, &axis| {
        let mut dims = x.dims().to_vec();
        let Some(at) = axes::axis_of(dims.len() + 1, axis) else {
            let message = format!("axis {axis} is none of {} axes", dims.len() + 1);
            return Err(TensorError::invalid(message));
        };
        dims.insert(at, 1);
        reshape(x, dims)
    })
}

/// The same elements without the axes named, each of size 1; without all of size 1, where none is named.
///
/// # Errors
/// Where one named is no axis of size 1.
pub fn squeeze<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
    operation("squeeze", x, axes.as_ref().to_vec(), |x, named| {
        let dims = x.dims();
        let gone = match named.is_empty() {
            true => (0..dims.len()).filter(|&axis| dims[axis] == 1).collect(),
            false => axes::axes(&x, named)?,
        };
        if let Some(&axis) = gone.iter().find(|&&axis| dims[axis] != 1) {
            let message = format!("axis {axis} of {} has size {}; expected 1", x.ty(), dims[axis]);
            return Err(TensorError::invalid(message));
        }
        let kept = (0..dims.len()).filter(|axis| !gone.contains(axis)).map(|axis| dims[axis]);
        reshape(&x, kept.collect::<Vec<_>>())
    })
}

/// The elements in reverse order along axes.
///
/// # Errors
/// Where one is no axis.
pub fn flip<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
    operation("flip", x, axes.as_ref().to_vec(), |x, named| {
        record(OpKind::Reverse { dimensions: axes::axes(&x, named)? }, &[&x])
    })
}

/// More elements, all of one value, before and behind those of each axis.
///
/// # Errors
/// Where there is not a pair for every axis, or the value is no scalar of the elements' type.
pub fn pad<X: Operand, V: Operand>(
    x: X,
    before_and_behind: impl AsRef<[(usize, usize)]>,
    value: V,
) -> Result<Output<(X, V)>> {
    operation("pad", (x, value), before_and_behind.as_ref().to_vec(), |(x, value), pairs| {
        if pairs.len() != x.dims().len() {
            let message =
                format!("{} pairs are given for {}; expected one for each axis", pairs.len(), x.ty());
            return Err(TensorError::invalid(message));
        }
        let sizes = |size: usize| {
            i64::try_from(size).map_err(|_| TensorError::invalid(format!("{size} is too many")))
        };
        let low = pairs.iter().map(|&(low, _)| sizes(low)).collect::<Result<Vec<_>>>()?;
        let high = pairs.iter().map(|&(_, high)| sizes(high)).collect::<Result<Vec<_>>>()?;
        record(OpKind::Pad { interior: vec![0; low.len()], low, high }, &[&x, &value])
    })
}
