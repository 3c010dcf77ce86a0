//! Operations at places that are values.

use runahead_ir::{Built, GatherDimensions, OpKind, ScatterDimensions, ValueId};

use super::one;
use crate::generate::Generator;

fn starts(g: &mut Generator<'_>, rank: usize) -> Vec<ValueId> {
    let element = g.index();
    (0..rank).map(|_| g.operand(element, &[])).collect()
}

pub(super) fn dynamic_slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes = dims.iter().map(|&size| g.choices.below(size + 1)).collect();
    let mut operands = vec![x];
    operands.extend(starts(g, dims.len()));
    one(g, OpKind::DynamicSlice { sizes }, &operands)
}

pub(super) fn dynamic_update_slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes: Vec<usize> = dims.iter().map(|&size| g.choices.below(size + 1)).collect();
    let element = g.element_of(x);
    let mut operands = vec![x, g.operand(element, &sizes)];
    operands.extend(starts(g, dims.len()));
    one(g, OpKind::DynamicUpdateSlice, &operands)
}

/// How index vectors address a tensor: the parts that gather and scatter share.
struct Addressing {
    x: ValueId,
    dims: Vec<usize>,
    indices: ValueId,
    index_vector_dim: usize,
    map: Vec<usize>,
    /// Axes of the tensor that have no axis in the window.
    without: Vec<usize>,
    batching: Vec<usize>,
    indices_batching: Vec<usize>,
    /// The sizes of the window along each axis of the tensor.
    window: Vec<usize>,
    /// The shape of the indices without the axis of the vectors.
    places: Vec<usize>,
}

fn addressing(g: &mut Generator<'_>) -> Addressing {
    let rank = 1 + g.choices.below(4);
    let (x, _, dims) = g.of_rank(rank);
    let order = g.choices.permutation(rank);
    let batching: Vec<usize> = order
        .iter()
        .copied()
        .take(if g.choices.once_in(3) { 1 } else { 0 })
        .filter(|&a| dims[a] > 0)
        .collect();
    let free: Vec<usize> = order.into_iter().filter(|axis| !batching.contains(axis)).collect();
    let map: Vec<usize> = free.iter().copied().take(g.choices.below(free.len() + 1)).collect();
    let mut without: Vec<usize> = free.iter().copied().filter(|_| g.choices.once_in(2)).collect();
    without.sort_unstable();
    let window: Vec<usize> = (0..rank)
        .map(|axis| match without.contains(&axis) || batching.contains(&axis) {
            true => dims[axis].min(1),
            false => match g.choices.once_in(2) {
                true => dims[axis],
                false => g.choices.below(dims[axis] + 1),
            },
        })
        .collect();
    let place_rank = g.choices.below(3);
    let mut places: Vec<usize> = (0..place_rank).map(|_| g.choices.one_of(&[1, 2, 3, 5, 0, 16])).collect();
    let mut indices_batching = Vec::new();
    for &axis in &batching {
        indices_batching.push(places.len());
        places.push(dims[axis]);
    }
    let index_vector_dim = g.choices.below(places.len() + 1);
    let mut shape = places.clone();
    // Where there is one component, the axis may be left out.
    if map.len() != 1 || index_vector_dim != places.len() || g.choices.once_in(2) {
        shape.insert(index_vector_dim, map.len());
        indices_batching.iter_mut().for_each(|axis| *axis += usize::from(*axis >= index_vector_dim));
    }
    let element = g.index();
    let indices = g.operand(element, &shape);
    Addressing {
        x,
        dims,
        indices,
        index_vector_dim,
        map,
        without,
        batching,
        indices_batching,
        window,
        places,
    }
}

/// Some axes of a result for windows, in order, and the shape with the window's and the places' sizes put together.
fn joined(g: &mut Generator<'_>, window: &[usize], places: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let rank = window.len() + places.len();
    let mut axes = g.choices.permutation(rank);
    axes.truncate(window.len());
    axes.sort_unstable();
    let (mut window, mut places) = (window.iter(), places.iter());
    let dims = (0..rank)
        .map(|axis| *if axes.contains(&axis) { window.next() } else { places.next() }.expect("as many"))
        .collect();
    (axes, dims)
}

pub(super) fn gather(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let a = addressing(g);
    let kept: Vec<usize> = (0..a.dims.len())
        .filter(|axis| !a.without.contains(axis) && !a.batching.contains(axis))
        .map(|axis| a.window[axis])
        .collect();
    let (offset_dims, _) = joined(g, &kept, &a.places);
    let dimension_numbers = GatherDimensions {
        offset_dims,
        collapsed_slice_dims: a.without,
        operand_batching_dims: a.batching,
        start_indices_batching_dims: a.indices_batching,
        start_index_map: a.map,
        index_vector_dim: a.index_vector_dim,
    };
    let kind = OpKind::Gather { dimension_numbers, slice_sizes: a.window, indices_are_sorted: false };
    one(g, kind, &[a.x, a.indices])
}

pub(super) fn scatter(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let a = addressing(g);
    let kept: Vec<usize> = (0..a.dims.len())
        .filter(|axis| !a.without.contains(axis) && !a.batching.contains(axis))
        .map(|axis| a.window[axis])
        .collect();
    let (update_window_dims, dims) = joined(g, &kept, &a.places);
    let element = g.element_of(a.x);
    let updates = g.operand(element, &dims);
    let body = g.combiner(&[element])?;
    let dimension_numbers = ScatterDimensions {
        update_window_dims,
        inserted_window_dims: a.without,
        input_batching_dims: a.batching,
        scatter_indices_batching_dims: a.indices_batching,
        scatter_dims_to_operand_dims: a.map,
        index_vector_dim: a.index_vector_dim,
    };
    let kind = OpKind::Scatter { dimension_numbers, indices_are_sorted: false, unique_indices: false };
    Ok(g.builder.inferred(kind, &[a.x, a.indices, updates], vec![body])?.to_vec())
}

pub(super) fn torch_index_select(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, _, dims) = g.of_rank(rank);
    let dim = g.choices.below(rank);
    let batch_dims = g.choices.below(dim + 1);
    let mut shape = dims[..batch_dims].to_vec();
    shape.push(g.choices.below(5));
    let element = g.index();
    let indices = g.operand(element, &shape);
    one(g, OpKind::TorchIndexSelect { dim, batch_dims }, &[x, indices])
}

pub(super) fn get_dimension_size(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dimension = g.choices.below(g.dims_of(x).len());
    one(g, OpKind::GetDimensionSize { dimension }, &[x])
}
