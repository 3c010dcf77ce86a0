//! `scatter`: updates combined into places of the operand that another operand names.

use runahead_ir::{Dims, ElementType, ScatterDimensions};
use smallvec::SmallVec;

use self::sums::{AddUp, Run, add_up};
use super::combine::{Body, Combiner};
use super::copy::{StridedCopy, copy_bytes};
use super::parallel::{for_each_part_mut, parts_for_bytes, split_point};
use super::places::{NOWHERE, Places};
use super::scratch::Carver;
use super::shape::{Strides, index_type, operand, product, row_major, shown};
use crate::expand::FEW_PLACES;
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
    /// In place of the body, where several updates of one element are added up before they are rounded.
    add_up: Option<AddUp>,
}

/// The part of the operand that one place updates.
#[derive(Debug)]
struct Window {
    /// The size along each axis of the operand; 1 along those that updates do not have.
    sizes: Dims,
    /// The window's elements in the operand and in the updates.
    copy: StridedCopy,
    /// Elements of a window, where windows are runs of memory that are either the same or apart, inside the operand
    /// or out of it.
    run: Option<usize>,
}

pub(super) fn kernel(
    site: Site<'_>,
    dimensions: &ScatterDimensions,
    unique_indices: bool,
) -> Result<Box<dyn Kernel>, Unsupported> {
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
    let repeats = !unique_indices && product(&places.dims) > FEW_PLACES;
    let add_up = region.combiner().filter(|_| repeats).and_then(|by| add_up(by, to.element));
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
        add_up,
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
        Window { sizes, copy, run }
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
        let runs = if self.add_up.is_some() { self.most_runs() * size_of::<Run>() } else { 0 };
        Carver::size(self.places.scratch_bytes()) + Carver::size(runs)
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
        // A window that reaches out of the operand comes out as nowhere and updates nothing, as in XLA.
        let bound = |axis: usize, start: i64| {
            let last = self.dims[axis].checked_sub(self.window.sizes[axis])?;
            usize::try_from(start).ok().filter(|&start| start <= last)
        };
        let mut scratch = Carver::new(scratch);
        let memory = scratch.take(self.places.scratch_bytes());
        let offsets = self.places.offsets(indices, self.indices, memory, &bound);
        if let Some(add_up) = self.add_up {
            let runs = scratch.take(self.most_runs() * size_of::<Run>());
            return self.add_up(add_up, offsets, updates[0], results[0], bytemuck::cast_slice_mut(runs));
        }
        match &self.body {
            Body::Program(program) => self.run_program(program, offsets, &updates, results),
            Body::Assign => {
                for (i, result) in results.iter_mut().enumerate() {
                    self.combine(offsets, updates[i], result, self.widths[i], &|to, with| {
                        to.copy_from_slice(with);
                    });
                }
            }
            Body::Rows(Combiner { rows, .. }) => {
                self.combine(offsets, updates[0], results[0], self.widths[0], rows);
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
        offsets: &[usize],
        updates: &[u8],
        result: &mut [u8],
        width: usize,
        combine: &(dyn Fn(&mut [u8], &[u8]) + Sync),
    ) {
        if let Some(len) = self.window.run {
            return self.combine_runs(offsets, updates, result, len * width, width, combine);
        }
        self.for_each_run(offsets, &mut |to, from, len| {
            let with = &updates[from * width..][..len * width];
            combine(&mut result[to * width..][..len * width], with);
        });
    }

    /// Gives the runs of elements of all windows, place after place: where each begins in the operand and in the updates,
    /// and its length.
    fn for_each_run(&self, offsets: &[usize], body: &mut dyn FnMut(usize, usize, usize)) {
        for (place, &offset) in offsets.iter().enumerate().filter(|(_, offset)| **offset != NOWHERE) {
            self.window.copy.for_each_run(offset, self.update_start(place), body);
        }
    }

    /// The most runs that windows are taken as, for updates that are added up.
    fn most_runs(&self) -> usize {
        let elements = if self.window.run.is_some() { 1 } else { product(&self.window.sizes) };
        product(&self.places.dims) * elements
    }

    /// Combines each element with all of its updates, in the order of their places. Each thread takes a part of the operand.
    fn add_up(
        &self,
        add_up: AddUp,
        offsets: &[usize],
        updates: &[u8],
        result: &mut [u8],
        memory: &mut [Run],
    ) {
        let mut count = 0;
        let mut add = |to: usize, from: usize| {
            memory[count] = [to, count, from];
            count += 1;
        };
        match self.window.run {
            // Windows are the same or apart, so each is a run.
            Some(_) => (offsets.iter().enumerate())
                .filter(|(_, offset)| **offset != NOWHERE)
                .for_each(|(place, &offset)| add(offset, self.update_start(place))),
            // Windows overlap as they like, so each element is one.
            None => {
                self.for_each_run(offsets, &mut |to, from, len| (0..len).for_each(|i| add(to + i, from + i)))
            }
        }
        let runs = &mut memory[..count];
        runs.sort_unstable();
        let runs = &*runs;
        let (len, width) = (self.window.run.unwrap_or(1), self.widths[0]);
        let most = result.len() / (len * width);
        let parts = parts_for_bytes(3 * count * len * width).min(most.max(1));
        let first = |part| split_point(most, parts, part) * len * width;
        for_each_part_mut(result, parts, &first, &|part, result| {
            let start = first(part) / width;
            let from = runs.partition_point(|run| run[0] < start);
            let end = runs.partition_point(|run| run[0] < start + result.len() / width);
            for together in runs[from..end].chunk_by(|a, b| a[0] == b[0]) {
                let at = (together[0][0] - start) * width;
                add_up(&mut result[at..at + len * width], updates, together);
            }
        });
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
        offsets: &[usize],
        updates: &[&[u8]],
        results: &mut [&mut [u8]],
    ) {
        let mut machine = program.machine();
        let mut arguments: SmallVec<[Scalar; 4]> = SmallVec::from_elem(Scalar::default(), 2 * self.inputs);
        let mut combine = |to: usize, from: usize| {
            for (i, &width) in self.widths.iter().enumerate() {
                arguments[i] = Scalar::from_bytes(&results[i][to * width..][..width]);
                arguments[self.inputs + i] = Scalar::from_bytes(&updates[i][from * width..][..width]);
            }
            let combined = machine.run(&arguments);
            for ((result, combined), &width) in results.iter_mut().zip(combined).zip(&self.widths) {
                result[to * width..][..width].copy_from_slice(combined.bytes(width));
            }
        };
        self.for_each_run(offsets, &mut |to, from, len| (0..len).for_each(|i| combine(to + i, from + i)));
    }
}

mod sums;
#[cfg(test)]
mod tests;
