//! `scatter`: updates combined into places of the operand that another operand names.

use runahead_ir::{Dims, ElementType, ScatterDimensions};
use smallvec::SmallVec;

use super::combine::{Body, Combiner};
use super::copy::{StridedCopy, copy_bytes};
use super::parallel::{for_each_part_mut, parts_for_bytes, split_point};
use super::places::{NOWHERE, Places};
use super::shape::{Strides, for_each_index, index_type, operand, product, row_major, shown};
use crate::kernel::{InPlace, Kernel, Operand, Site, Unsupported};
use crate::ops::Scalar;
use crate::region::ScalarProgram;

#[derive(Debug)]
struct Scatter {
    description: String,
    /// Operands that are updated: the first ones. The indices follow, then the updates.
    inputs: usize,
    indices: ElementType,
    widths: SmallVec<[usize; 2]>,
    places: Places,
    /// The stride in the updates of each axis of places.
    update_strides: Strides,
    dims: Dims,
    window: Window,
    body: Body,
}

/// The part of the operand that one place updates.
#[derive(Debug)]
struct Window {
    /// The size along each axis of the operand; 1 along those that updates do not have.
    sizes: Dims,
    /// The stride in the updates along each axis of the operand.
    updates: Strides,
    /// The window's elements in the operand and in the updates.
    copy: StridedCopy,
    /// Elements of a window, where windows are runs of memory that are either the same or apart, inside the operand
    /// or out of it.
    run: Option<usize>,
}

pub(super) fn kernel(site: Site<'_>, dimensions: &ScatterDimensions) -> Result<Box<dyn Kernel>, Unsupported> {
    let inputs = site.op.operands.len() / 2;
    let (to, starts, updates) = (operand(site, 0)?, operand(site, inputs)?, operand(site, inputs + 1)?);
    let mut widths = SmallVec::new();
    for i in 0..inputs {
        widths.push(operand(site, i)?.element.size());
    }
    let places = Places::new(
        &to.dims,
        &starts.dims,
        dimensions.index_vector_dim,
        &dimensions.scatter_dims_to_operand_dims,
        &dimensions.input_batching_dims,
        &dimensions.scatter_indices_batching_dims,
    );
    let strides = row_major(&updates.dims);
    let is_window = |axis: &usize| dimensions.update_window_dims.contains(axis);
    let update_strides =
        (0..updates.rank()).filter(|axis| !is_window(axis)).map(|axis| strides[axis]).collect();
    let region = site.op.regions.first().ok_or_else(|| Unsupported("without a body".into()))?;
    Ok(Box::new(Scatter {
        description: format!("scatter {} updates into {}", shown(&places.dims), shown(&to.dims)),
        inputs,
        indices: index_type(starts)?,
        window: Window::new(to.element.size(), &to.dims, &updates.dims, dimensions, &places),
        widths,
        places,
        update_strides,
        dims: to.dims.clone(),
        body: Body::new(region, site.function)?,
    }))
}

impl Window {
    fn new(
        width: usize,
        dims: &[usize],
        updates: &[usize],
        d: &ScatterDimensions,
        places: &Places,
    ) -> Window {
        let (to_strides, update_strides) = (row_major(dims), row_major(updates));
        let mut sizes: Dims = dims.iter().map(|_| 1).collect();
        let mut strides: Strides = dims.iter().map(|_| 0).collect();
        let inserted =
            |axis: &usize| d.inserted_window_dims.contains(axis) || d.input_batching_dims.contains(axis);
        let axes = (0..dims.len()).filter(|axis| !inserted(axis));
        for (axis, &update_axis) in axes.zip(&d.update_window_dims) {
            sizes[axis] = updates[update_axis];
            strides[axis] = update_strides[update_axis];
        }
        let copy = StridedCopy::new(width, &sizes, &to_strides, &strides);
        let len = product(&sizes);
        let apart = places.strides().all(|stride| stride.is_multiple_of(len.max(1)));
        let whole = d.scatter_dims_to_operand_dims.iter().all(|&axis| sizes[axis] == 1);
        let fits = sizes.iter().zip(dims).all(|(size, dim)| size <= dim);
        let run = (copy.is_contiguous() && len > 0 && apart && whole && fits).then_some(len);
        Window { sizes, updates: strides, copy, run }
    }
}

impl Kernel for Scatter {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        (0..self.inputs).map(|i| InPlace { operand: i, result: i }).collect()
    }

    fn scratch_bytes(&self) -> usize {
        self.places.scratch_bytes()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        for (operand, result) in operands.iter().zip(results.iter_mut()) {
            if let Operand::Bytes(bytes) = operand {
                copy_bytes(result, bytes);
            }
        }
        if product(&self.window.sizes) == 0 || results[0].is_empty() {
            return;
        }
        let indices = operands[self.inputs].bytes();
        let updates: SmallVec<[&[u8]; 2]> = operands[self.inputs + 1..].iter().map(|o| o.bytes()).collect();
        // Windows that reach out of the operand come out as nowhere.
        let bound = |axis: usize, start: i64| {
            let last = self.dims[axis].checked_sub(self.window.sizes[axis])?;
            usize::try_from(start).ok().filter(|&start| start <= last)
        };
        let offsets = self.places.offsets(indices, self.indices, scratch, &bound);
        match &self.body {
            Body::Program(program) => self.run_program(program, indices, &updates, results),
            Body::Assign => {
                for (i, result) in results.iter_mut().enumerate() {
                    self.combine(indices, offsets, updates[i], result, self.widths[i], &|to, with| {
                        to.copy_from_slice(with);
                    });
                }
            }
            Body::Rows(Combiner { rows, .. }) => {
                self.combine(indices, offsets, updates[0], results[0], self.widths[0], rows);
            }
        }
    }
}

impl Scatter {
    /// The offset in the updates of the window of place `place`.
    fn update_start(&self, mut place: usize) -> usize {
        let mut offset = 0;
        for (&size, &stride) in self.places.dims.iter().zip(&self.update_strides).rev() {
            offset += place % size * stride as usize;
            place /= size;
        }
        offset
    }

    /// Combines runs of elements, place after place.
    fn combine(
        &self,
        indices: &[u8],
        offsets: &[usize],
        updates: &[u8],
        result: &mut [u8],
        width: usize,
        combine: &(dyn Fn(&mut [u8], &[u8]) + Sync),
    ) {
        if let Some(len) = self.window.run {
            return self.combine_runs(offsets, updates, result, len * width, width, combine);
        }
        for (place, &offset) in offsets.iter().enumerate() {
            let start = self.update_start(place);
            if offset == NOWHERE {
                // Elements inside count even where others of the window are outside.
                self.for_each_inside(indices, place, |to, from| {
                    let with = &updates[from * width..][..width];
                    combine(&mut result[to * width..][..width], with);
                });
            } else {
                self.window.copy.for_each_run(offset, start, &mut |to, from, len| {
                    let with = &updates[from * width..][..len * width];
                    combine(&mut result[to * width..][..len * width], with);
                });
            }
        }
    }

    /// Combines windows that are runs of so many bytes. Each thread takes a part of the operand and goes through all
    /// places, so that every element sees its updates in their order.
    fn combine_runs(
        &self,
        offsets: &[usize],
        updates: &[u8],
        result: &mut [u8],
        bytes: usize,
        width: usize,
        combine: &(dyn Fn(&mut [u8], &[u8]) + Sync),
    ) {
        let runs = result.len() / bytes;
        let parts = parts_for_bytes(3 * offsets.len() * bytes).min(runs.max(1));
        let first = |part| split_point(runs, parts, part) * bytes;
        for_each_part_mut(result, parts, &first, &|part, result| {
            let start = first(part);
            for (place, &offset) in offsets.iter().enumerate() {
                let at = offset.wrapping_mul(width).wrapping_sub(start);
                if offset != NOWHERE && at < result.len() {
                    let with = &updates[self.update_start(place) * width..][..bytes];
                    combine(&mut result[at..at + bytes], with);
                }
            }
        });
    }

    fn run_program(
        &self,
        program: &ScalarProgram,
        indices: &[u8],
        updates: &[&[u8]],
        results: &mut [&mut [u8]],
    ) {
        let mut machine = program.machine();
        let mut arguments: SmallVec<[Scalar; 4]> = SmallVec::from_elem(Scalar::default(), 2 * self.inputs);
        for place in 0..product(&self.places.dims) {
            self.for_each_inside(indices, place, |to, from| {
                for (i, &width) in self.widths.iter().enumerate() {
                    arguments[i] = Scalar::from_bytes(&results[i][to * width..][..width]);
                    arguments[self.inputs + i] = Scalar::from_bytes(&updates[i][from * width..][..width]);
                }
                let combined = machine.run(&arguments);
                for ((result, combined), &width) in results.iter_mut().zip(combined).zip(&self.widths) {
                    result[to * width..][..width].copy_from_slice(combined.bytes(width));
                }
            });
        }
    }

    /// Gives the offsets in the operand and in the updates of a window's elements that lie inside the operand.
    fn for_each_inside(&self, indices: &[u8], place: usize, mut body: impl FnMut(usize, usize)) {
        let start = self.places.coordinates(indices, self.indices, place, self.dims.len());
        let update_start = self.update_start(place);
        for_each_index(&self.window.sizes, |index| {
            let (mut to, mut from) = (0, update_start);
            for axis in 0..index.len() {
                let at = start[axis].saturating_add(index[axis] as i64);
                let Some(at) = usize::try_from(at).ok().filter(|&at| at < self.dims[axis]) else { return };
                to = to * self.dims[axis] + at;
                from += index[axis] * self.window.updates[axis] as usize;
            }
            body(to, from);
        });
    }
}

#[cfg(test)]
mod tests;
