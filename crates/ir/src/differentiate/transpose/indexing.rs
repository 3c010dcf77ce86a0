//! Gathers and scatters, each the other's transpose where indices are in bounds.

use super::*;
use crate::{GatherDimensions, ScatterDimensions};

pub(super) fn scatter_add(
    l: &mut Linearizer<'_>,
    kind: OpKind,
    operands: &[ValueId],
) -> Differentiated<ValueId> {
    let scalar = l.ty(operands[0]).with_dims([]);
    let region = l.builder.combining(Binary::Add, scalar)?;
    Ok(l.builder.inferred(kind, operands, vec![region])?[0])
}

/// For each entry of an index vector, the greatest that leaves the slice inside, in the shape of the indices.
fn greatest(
    l: &mut Linearizer<'_>,
    map: &[usize],
    slice_sizes: &[usize],
    index_vector_dim: usize,
    indices: ValueId,
    operand: &TensorType,
) -> Differentiated<ValueId> {
    let ty = l.ty(indices);
    // What the type of indices cannot say is beyond every index.
    let bits = ty.element.bits() as u32 - u32::from(ty.element.is_signed_integer());
    let most = if bits >= 63 { i64::MAX as usize } else { (1 << bits) - 1 };
    let greatest = map.iter().map(|&axis| (operand.dims[axis] - slice_sizes[axis]).min(most) as f64);
    let values = numbers(l, ty.element, greatest.collect::<Vec<_>>().into_iter())?;
    if index_vector_dim == ty.rank() {
        let scalar = l.builder.reshape(values, &[])?;
        return Ok(l.builder.broadcast_in_dim(scalar, &ty.dims, &[])?);
    }
    Ok(l.builder.broadcast_in_dim(values, &ty.dims, &[index_vector_dim])?)
}

/// Indices as a gather takes them: moved to where its slices are inside.
pub(super) fn clamped(
    l: &mut Linearizer<'_>,
    numbers: &GatherDimensions,
    slice_sizes: &[usize],
    indices: ValueId,
    operand: &TensorType,
) -> Differentiated<ValueId> {
    if numbers.start_index_map.is_empty() {
        return Ok(indices);
    }
    let most =
        greatest(l, &numbers.start_index_map, slice_sizes, numbers.index_vector_dim, indices, operand)?;
    let zero = l.number_like(indices, 0.0)?;
    let positive = l.binary(Binary::Maximum, indices, zero)?;
    l.binary(Binary::Minimum, positive, most)
}

/// What a scatter's updates would go to, and zeros for those that are left out, since they are not inside.
pub(super) fn gather_in_bounds(
    l: &mut Linearizer<'_>,
    numbers: &ScatterDimensions,
    x: ValueId,
    indices: ValueId,
    updates: &TensorType,
) -> Differentiated<ValueId> {
    let operand = l.ty(x);
    let kind = gather_of(numbers, &operand, updates);
    let OpKind::Gather { slice_sizes, .. } = &kind else { unreachable!("it is a gather") };
    let slice_sizes = slice_sizes.clone();
    let gathered = l.builder.inferred(kind, &[x, indices], Vec::new())?[0];
    let map = &numbers.scatter_dims_to_operand_dims;
    if map.is_empty() {
        return Ok(gathered);
    }
    let most = greatest(l, map, &slice_sizes, numbers.index_vector_dim, indices, &operand)?;
    let zero = l.number_like(indices, 0.0)?;
    let from_zero = l.compare(ComparisonDirection::Ge, indices, zero)?;
    let to_most = l.compare(ComparisonDirection::Le, indices, most)?;
    let mut inside = l.binary(Binary::And, from_zero, to_most)?;
    if numbers.index_vector_dim < l.ty(indices).rank() {
        inside = l.builder.reduce(Binary::And, inside, &[numbers.index_vector_dim])?;
    }
    let outer: Vec<usize> = (0..updates.rank()).filter(|i| !numbers.update_window_dims.contains(i)).collect();
    let inside = l.builder.broadcast_in_dim(inside, &updates.dims, &outer)?;
    let zeros = l.number_like(gathered, 0.0)?;
    l.select(inside, gathered, zeros)
}
