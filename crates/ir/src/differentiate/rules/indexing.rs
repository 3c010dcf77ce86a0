//! Operations that take and put elements at places that are values.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::Tangent;
use super::Applied;
use crate::{
    Binary, ComparisonDirection, ElementType, GatherDimensions, Op, OpKind, Region, ScatterDimensions,
    TensorType, Type, ValueId,
};

pub(super) fn scatter<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    numbers: &ScatterDimensions,
    unique: bool,
) -> Differentiated<Option<Tangent>> {
    let [x, indices, updates] = a.operands[..] else {
        l.unsupported(a.op, "it scatters into several operands together; expected one");
        return Ok(None);
    };
    let region = &a.op.regions[0];
    let (mut into, mut from) = (t[0], t[2]);
    match region.combiner() {
        Some(Binary::Add) => {}
        _ if region.ops.is_empty() && region.returns[0] == region.parameters[1] => {
            // An element is replaced by the last update that goes there; so each update is numbered from 1.
            let winners = winners(l, a, numbers)?;
            let zero = l.number_like(winners.at_elements, 0.0)?;
            let untouched = l.compare(ComparisonDirection::Eq, winners.at_elements, zero)?;
            into = l.choose(untouched, into, None)?;
            if !unique {
                let wins = l.compare(ComparisonDirection::Eq, winners.at_updates, winners.own_numbers)?;
                from = l.choose(wins, from, None)?;
            }
        }
        _ => {
            l.unsupported(a.op, "its region is not simple; expected it to add, or to return the update");
            return Ok(None);
        }
    }
    let ty = l.ty(x);
    let updates_type = l.ty(updates);
    let (into, from) = (l.or_zeros(into, &ty)?, l.or_zeros(from, &updates_type)?);
    Ok(Some(l.step(a.op.kind.clone(), [into, indices.into(), from], ty)))
}

struct Winners {
    /// For each element, the number of the update that it has; 0 for none.
    at_elements: ValueId,
    /// For each update, the number of the one that its element has.
    at_updates: ValueId,
    own_numbers: ValueId,
}

fn winners(l: &mut Linearizer<'_>, a: &Applied<'_>, numbers: &ScatterDimensions) -> Differentiated<Winners> {
    let [x, indices, updates] = a.operands[..] else { unreachable!("the caller looked") };
    let (elements, updates) = (l.ty(x), l.ty(updates));
    let index = |ty: &TensorType| TensorType::new(ElementType::I64, ty.dims.iter().copied());
    let outer: Vec<usize> = (0..updates.rank()).filter(|i| !numbers.update_window_dims.contains(i)).collect();
    let sizes: Vec<usize> = outer.iter().map(|&i| updates.dims[i]).collect();
    let count = TensorType::new(ElementType::I64, [sizes.iter().product()]);
    let counted = l.builder.iota(count, 0)?;
    let one = l.number_like(counted, 1.0)?;
    let counted = l.binary(Binary::Add, counted, one)?;
    let counted = l.builder.reshape(counted, &sizes)?;
    let own_numbers = l.builder.broadcast_in_dim(counted, &updates.dims, &outer)?;
    let nothing = l.zeros(&index(&elements))?;
    let scalar: Type = TensorType::scalar(ElementType::I64).into();
    let region = l.builder.region([scalar.clone(), scalar], |_, p| Ok(vec![p[1]]))?;
    let at_elements =
        l.builder.inferred(a.op.kind.clone(), &[nothing, indices, own_numbers], vec![region])?[0];
    let kind = gather_of(numbers, &elements, &updates);
    let at_updates = l.builder.inferred(kind, &[at_elements, indices], Vec::new())?[0];
    Ok(Winners { at_elements, at_updates, own_numbers })
}

/// The gather that reads where a scatter writes.
pub(in super::super) fn gather_of(
    numbers: &ScatterDimensions,
    operand: &TensorType,
    updates: &TensorType,
) -> OpKind {
    let mut window = numbers.update_window_dims.iter().map(|&i| updates.dims[i]);
    let is_one =
        |i: &usize| numbers.inserted_window_dims.contains(i) || numbers.input_batching_dims.contains(i);
    let slice_sizes = (0..operand.rank())
        .map(|i| if is_one(&i) { 1 } else { window.next().expect("a size for each axis of the window") })
        .collect();
    let dimension_numbers = GatherDimensions {
        offset_dims: numbers.update_window_dims.clone(),
        collapsed_slice_dims: numbers.inserted_window_dims.clone(),
        operand_batching_dims: numbers.input_batching_dims.clone(),
        start_indices_batching_dims: numbers.scatter_indices_batching_dims.clone(),
        start_index_map: numbers.scatter_dims_to_operand_dims.clone(),
        index_vector_dim: numbers.index_vector_dim,
    };
    OpKind::Gather { dimension_numbers, slice_sizes, indices_are_sorted: false }
}

/// The scatter that adds where a gather reads.
pub(in super::super) fn scatter_of(numbers: &GatherDimensions) -> OpKind {
    let dimension_numbers = ScatterDimensions {
        update_window_dims: numbers.offset_dims.clone(),
        inserted_window_dims: numbers.collapsed_slice_dims.clone(),
        input_batching_dims: numbers.operand_batching_dims.clone(),
        scatter_indices_batching_dims: numbers.start_indices_batching_dims.clone(),
        scatter_dims_to_operand_dims: numbers.start_index_map.clone(),
        index_vector_dim: numbers.index_vector_dim,
    };
    OpKind::Scatter { dimension_numbers, indices_are_sorted: false, unique_indices: false }
}

/// Sorts numbers along with what is sorted, so that tangents can be taken in the same order.
pub(super) fn sort<'f>(
    l: &mut Linearizer<'f>,
    op: &'f Op,
    dimension: usize,
    is_stable: bool,
) -> Differentiated<()> {
    let known = op.operands.iter().position(|value| l.counting.get(value) == Some(&dimension));
    let places = match known {
        Some(i) => l.copy(op)?[i],
        None => sort_with_places(l, op, dimension, is_stable)?,
    };
    for (&operand, &result) in op.operands.iter().zip(&op.results) {
        if let Some(tangent) = l.tangent(operand) {
            let taken = take_along(l, tangent, places, dimension)?;
            l.tangents.insert(result, taken);
        }
    }
    Ok(())
}

fn sort_with_places<'f>(
    l: &mut Linearizer<'f>,
    op: &'f Op,
    dimension: usize,
    is_stable: bool,
) -> Differentiated<ValueId> {
    let mut operands: Vec<ValueId> = op.operands.iter().map(|&value| l.value(value)).collect();
    let ty = TensorType::new(ElementType::I64, l.ty(operands[0]).dims.iter().copied());
    operands.push(l.builder.iota(ty, dimension)?);
    let mut region: Region = l.copy_region(&op.regions[0])?;
    let scalar: Type = TensorType::scalar(ElementType::I64).into();
    let (more, around) = l.builder.open_region([scalar.clone(), scalar]);
    l.builder.close_region(Vec::new(), around);
    region.parameters.extend(more);
    let sorted = l.builder.inferred(OpKind::Sort { dimension, is_stable }, &operands, vec![region])?;
    l.set_values(&op.results, &sorted);
    Ok(sorted[op.results.len()])
}

pub(super) fn top_k<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: Option<Tangent>,
) -> Differentiated<Option<Tangent>> {
    let Some(t) = t else { return Ok(None) };
    let last = l.ty(a.x()).rank() - 1;
    take_along(l, t, a.results[1], last).map(Some)
}

/// The elements at places along an axis: `result[i, j] = x[i, places[i, j]]`.
fn take_along(
    l: &mut Linearizer<'_>,
    t: Tangent,
    places: ValueId,
    dimension: usize,
) -> Differentiated<Tangent> {
    let places_type = l.ty(places);
    let rank = places_type.rank();
    let others: Vec<usize> = (0..rank).filter(|&i| i != dimension).collect();
    let vectors: Vec<usize> = places_type.dims.iter().copied().chain([1]).collect();
    let indices = l.builder.reshape(places, &vectors)?;
    let dimension_numbers = GatherDimensions {
        offset_dims: Vec::new(),
        collapsed_slice_dims: vec![dimension],
        operand_batching_dims: others.clone(),
        start_indices_batching_dims: others,
        start_index_map: vec![dimension],
        index_vector_dim: rank,
    };
    let kind = OpKind::Gather { dimension_numbers, slice_sizes: vec![1; rank], indices_are_sorted: false };
    let ty = l.tape.ty(t).with_dims(places_type.dims.iter().copied());
    Ok(l.step(kind, [t.into(), indices.into()], ty))
}
