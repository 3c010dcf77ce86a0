//! Axes and shapes that users write, checked.

use crate::{Lazy, Result, TensorError};

/// The axis that is meant: counted from the end where it is negative.
pub(super) fn axis(x: &Lazy, axis: isize) -> Result<usize> {
    axis_of(x.dims().len(), axis).ok_or_else(|| {
        TensorError::invalid(format!("axis {axis} is none of {}; expected {}", x.ty(), range(x.dims().len())))
    })
}

/// The axis that is meant among so many.
pub(super) fn axis_of(rank: usize, axis: isize) -> Option<usize> {
    let counted = if axis < 0 { rank.checked_sub(axis.unsigned_abs())? } else { axis.unsigned_abs() };
    (counted < rank).then_some(counted)
}

fn range(rank: usize) -> String {
    match rank {
        0 => "a tensor that has axes".to_owned(),
        rank => format!("-{rank} to {}", rank - 1),
    }
}

/// The axes that are meant, in ascending order; each may be named once. None named are all.
pub(super) fn axes(x: &Lazy, named: &[isize]) -> Result<Vec<usize>> {
    if named.is_empty() {
        return Ok((0..x.dims().len()).collect());
    }
    let mut axes = named.iter().map(|&named| axis(x, named)).collect::<Result<Vec<_>>>()?;
    axes.sort_unstable();
    match axes.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(TensorError::invalid(format!("axis {} is named twice in {named:?}", pair[0]))),
        None => Ok(axes),
    }
}

/// The shape that two shapes have when each size of one is repeated to the other's, from the last axis on.
pub(super) fn broadcast_dims(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let size = |dims: &[usize], axis: usize| (axis + dims.len()).checked_sub(rank).map_or(1, |i| dims[i]);
    let both = (0..rank).map(|axis| match (size(a, axis), size(b, axis)) {
        (a, b) if a == b => Some(a),
        (1, other) | (other, 1) => Some(other),
        _ => None,
    });
    both.collect()
}

/// The value repeated to a shape that it can be broadcast to.
pub(super) fn broadcast_to(x: &Lazy, dims: &[usize]) -> Result<Lazy> {
    if x.dims() == dims {
        return Ok(x.clone());
    }
    if broadcast_dims(x.dims(), dims).as_deref() != Some(dims) {
        let message = format!(
            "{} cannot be broadcast to {dims:?}; each size must be the same or 1, from the last axis on",
            x.ty()
        );
        return Err(TensorError::invalid(message));
    }
    let first = dims.len() - x.dims().len();
    let dimensions = (first..dims.len()).collect();
    let ty = x.ty().with_dims(dims.iter().copied());
    Lazy::record_as(runahead_ir::OpKind::BroadcastInDim { dimensions }, &[x], ty)
}

/// Both repeated to the shape that they have together.
pub(super) fn broadcast_both(a: &Lazy, b: &Lazy) -> Result<(Lazy, Lazy)> {
    let Some(dims) = broadcast_dims(a.dims(), b.dims()) else {
        let message = format!(
            "shapes {:?} and {:?} cannot be broadcast to one; each size must be the same or 1, from the last axis on",
            a.dims(),
            b.dims()
        );
        return Err(TensorError::invalid(message));
    };
    Ok((broadcast_to(a, &dims)?, broadcast_to(b, &dims)?))
}
