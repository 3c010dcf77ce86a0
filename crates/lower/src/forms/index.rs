//! What carries elements to or from places that operands name.

use runahead_ir::{GatherDimensions, ScatterDimensions};
use smallvec::SmallVec;

use super::copy;
use crate::loops::body::Body;
use crate::loops::{Argument, Tensor, Writer};

type Index = SmallVec<[Argument; 6]>;

/// Where a slice of those sizes begins, by the scalars that say so: moved until it is inside.
fn starts(writer: &mut Writer, scalars: &[Tensor], dims: &[usize], sizes: &[usize]) -> Index {
    let mut starts = Index::new();
    for ((scalar, &dim), &size) in scalars.iter().zip(dims).zip(sizes) {
        let last = (dim - size) as i64;
        starts.push(match last {
            0 => Argument::index(0),
            _ => {
                let start = writer.read(scalar.at(&[]));
                let start = writer.to_index(start);
                writer.clamp(start, last)
            }
        });
    }
    starts
}

/// The steps to an index of a part that begins at `starts`.
fn steps(tensor: &Tensor, starts: &[Argument], index: &[Argument]) -> SmallVec<[(Argument, i64); 6]> {
    let strides = tensor.strides();
    starts.iter().zip(&strides).chain(index.iter().zip(&strides)).map(|(&at, &stride)| (at, stride)).collect()
}

pub(super) fn dynamic_slice(writer: &mut Writer, sizes: &[usize], operands: &[Tensor], to: &Tensor) {
    let from = &operands[0];
    let starts = starts(writer, &operands[1..], &from.dims, sizes);
    writer.nest(sizes, &mut |writer, index| {
        let value = writer.read(from.at_sum(0, &steps(from, &starts, index)));
        writer.write(to.at(index), value);
    });
}

pub(super) fn dynamic_update_slice(writer: &mut Writer, operands: &[Tensor], to: &Tensor) {
    let update = &operands[1];
    let starts = starts(writer, &operands[2..], &to.dims, &update.dims);
    copy(writer, &operands[0], to);
    writer.nest(&update.dims, &mut |writer, index| {
        let value = writer.read(update.at(index));
        writer.write(to.at_sum(0, &steps(to, &starts, index)), value);
    });
}

/// How index vectors become places: for each axis of the tensor where its start comes from.
struct Vectors<'a> {
    /// The components of the vectors, each a tensor of the batch's shape.
    components: &'a [Tensor],
    /// For each axis of the tensor, the component of the vector along it.
    component: SmallVec<[Option<usize>; 6]>,
    /// For each axis of the tensor, the axis of the batch that it goes with.
    batching: SmallVec<[Option<usize>; 6]>,
}

impl<'a> Vectors<'a> {
    fn new(
        rank: usize,
        components: &'a [Tensor],
        vector_dim: usize,
        map: &[usize],
        batching: &[usize],
        indices_batching: &[usize],
    ) -> Vectors<'a> {
        let component = (0..rank).map(|axis| map.iter().position(|&a| a == axis)).collect();
        let batching = (0..rank)
            .map(|axis| {
                let axis = indices_batching[batching.iter().position(|&a| a == axis)?];
                Some(axis - usize::from(axis > vector_dim))
            })
            .collect();
        Vectors { components, component, batching }
    }

    /// The start along an axis of the tensor for an index of the batch, as it is; `None` where it is 0.
    fn start(&self, writer: &mut Writer, axis: usize, batch: &[Argument]) -> Option<Start> {
        if let Some(batching) = self.batching[axis] {
            return Some(Start::Inside(batch[batching]));
        }
        let start = writer.read(self.components[self.component[axis]?].at(batch));
        Some(Start::Named(writer.to_index(start)))
    }
}

/// A start along an axis.
enum Start {
    /// An index of the tensor, surely.
    Inside(Argument),
    /// What the index vector says.
    Named(Argument),
}

pub(super) fn gather(
    writer: &mut Writer,
    d: &GatherDimensions,
    sizes: &[usize],
    operands: &[Tensor],
    to: &Tensor,
) {
    let (from, components) = (&operands[0], &operands[1..]);
    let vectors = Vectors::new(
        from.dims.len(),
        components,
        d.index_vector_dim,
        &d.start_index_map,
        &d.operand_batching_dims,
        &d.start_indices_batching_dims,
    );
    let skipped =
        |axis: usize| d.collapsed_slice_dims.contains(&axis) || d.operand_batching_dims.contains(&axis);
    let window: SmallVec<[usize; 6]> = (0..from.dims.len()).filter(|&axis| !skipped(axis)).collect();
    let batch_axes: SmallVec<[usize; 6]> =
        (0..to.dims.len()).filter(|axis| !d.offset_dims.contains(axis)).collect();
    let (from_strides, to_strides) = (from.strides(), to.strides());
    let batch_dims: SmallVec<[usize; 6]> = batch_axes.iter().map(|&axis| to.dims[axis]).collect();
    writer.nest(&batch_dims, &mut |writer, batch| {
        let mut at: SmallVec<[(Argument, i64); 6]> = SmallVec::new();
        for axis in 0..from.dims.len() {
            let start = match vectors.start(writer, axis, batch) {
                None => continue,
                Some(Start::Inside(start)) => start,
                Some(Start::Named(start)) => writer.clamp(start, (from.dims[axis] - sizes[axis]) as i64),
            };
            at.push((start, from_strides[axis]));
        }
        let batch_at: SmallVec<[(Argument, i64); 6]> =
            batch.iter().zip(&batch_axes).map(|(&index, &axis)| (index, to_strides[axis])).collect();
        let window_sizes: SmallVec<[usize; 6]> = window.iter().map(|&axis| sizes[axis]).collect();
        writer.nest(&window_sizes, &mut |writer, offset| {
            let mut from_at = at.clone();
            from_at.extend(offset.iter().zip(&window).map(|(&o, &axis)| (o, from_strides[axis])));
            let mut to_at = batch_at.clone();
            to_at.extend(offset.iter().zip(&d.offset_dims).map(|(&o, &axis)| (o, to_strides[axis])));
            let value = writer.read(from.at_sum(0, &from_at));
            writer.write(to.at_sum(0, &to_at), value);
        });
    });
}

pub(super) fn scatter(
    writer: &mut Writer,
    d: &ScatterDimensions,
    body: &Body,
    operands: &[Tensor],
    results: &[Tensor],
) {
    let inputs = results.len();
    let (components, updates) = operands[inputs..].split_at(operands.len() - 2 * inputs);
    operands.iter().zip(results).for_each(|(from, to)| copy(writer, from, to));
    if results[0].count() == 0 {
        return;
    }
    let dims = &results[0].dims;
    let vectors = Vectors::new(
        dims.len(),
        components,
        d.index_vector_dim,
        &d.scatter_dims_to_operand_dims,
        &d.input_batching_dims,
        &d.scatter_indices_batching_dims,
    );
    let skipped =
        |axis: usize| d.inserted_window_dims.contains(&axis) || d.input_batching_dims.contains(&axis);
    let window: SmallVec<[usize; 6]> = (0..dims.len()).filter(|&axis| !skipped(axis)).collect();
    let update_dims = &updates[0].dims;
    let batch_axes: SmallVec<[usize; 6]> =
        (0..update_dims.len()).filter(|axis| !d.update_window_dims.contains(axis)).collect();
    let window_sizes: SmallVec<[usize; 6]> =
        d.update_window_dims.iter().map(|&axis| update_dims[axis]).collect();
    let (strides, update_strides) = (results[0].strides(), updates[0].strides());
    // A window of which any part is outside updates nothing.
    let size = |axis: usize| window.iter().position(|&a| a == axis).map_or(1, |i| window_sizes[i]);
    let batch_dims: SmallVec<[usize; 6]> = batch_axes.iter().map(|&axis| update_dims[axis]).collect();
    writer.nest(&batch_dims, &mut |writer, batch| {
        let mut conditions: SmallVec<[Argument; 6]> = SmallVec::new();
        let mut at: SmallVec<[(Argument, i64); 6]> = SmallVec::new();
        for axis in 0..dims.len() {
            let start = match vectors.start(writer, axis, batch) {
                None => continue,
                Some(Start::Inside(start)) => start,
                Some(Start::Named(start)) => {
                    let starts = dims[axis] as i64 - size(axis) as i64 + 1;
                    conditions.push(writer.is_below(start, starts.max(0)));
                    start
                }
            };
            at.push((start, strides[axis]));
        }
        let batch_at: SmallVec<[(Argument, i64); 6]> =
            batch.iter().zip(&batch_axes).map(|(&index, &axis)| (index, update_strides[axis])).collect();
        guarded(writer, &conditions, &mut |writer| {
            writer.nest(&window_sizes, &mut |writer, offset| {
                let mut to_at = at.clone();
                to_at.extend(offset.iter().zip(&window).map(|(&o, &axis)| (o, strides[axis])));
                let mut from_at = batch_at.clone();
                let offsets = offset.iter().zip(&d.update_window_dims);
                from_at.extend(offsets.map(|(&o, &axis)| (o, update_strides[axis])));
                let mut arguments: SmallVec<[Argument; 4]> =
                    results.iter().map(|to| writer.read(to.at_sum(0, &to_at))).collect();
                arguments.extend(updates.iter().map(|update| writer.read(update.at_sum(0, &from_at))));
                let combined = body.write(writer, &arguments);
                results
                    .iter()
                    .zip(combined)
                    .for_each(|(to, value)| writer.write(to.at_sum(0, &to_at), value));
            });
        });
    });
}

/// Does something where all conditions hold.
fn guarded(writer: &mut Writer, conditions: &[Argument], then: &mut dyn FnMut(&mut Writer)) {
    match conditions.split_first() {
        None => then(writer),
        Some((&first, rest)) => writer.when(first, |writer| guarded(writer, rest, then)),
    }
}
