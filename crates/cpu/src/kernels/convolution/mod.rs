//! `convolution`: products of a kernel with each window of the input.
//!
//! Operands are brought into one order of axes (batch, space, features; for the kernel window, input features, output
//! features), which most programs have them in already. There a convolution is a matrix product of the windows laid
//! out as rows, some at a time, with the kernel; with one input feature to a group it is computed in place.

mod depthwise;
mod patches;

use num_complex::Complex;
use runahead_ir::{Convolution, Dims, ElementType};

use self::patches::Patches;
use super::copy::StridedCopy;
use super::dot_general::{Finish, Gemm, Multiply, Preparation, compute_type};
use super::parallel::{ColumnBlock, for_each_part_mut, most_threads_for, split_point, threads_for};
use super::scratch::Carver;
use super::shape::{Strides, operand, plain, product, result, row_major, shown};
use super::window::WindowAxis;
use crate::element::{elements, elements_mut};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

/// Bytes of windows that are laid out at a time: they stay in the second cache while they are multiplied.
const PATCH_BYTES: usize = 256 << 10;

/// Multiplications that are worth another thread.
const PRODUCTS_PER_PART: usize = 1 << 18;

#[derive(Debug)]
struct Convolve {
    description: String,
    compute: ElementType,
    input: Preparation,
    kernel: Preparation,
    finish: Finish,
    shape: Shape,
}

/// A convolution with its axes in order.
#[derive(Clone, Debug)]
struct Shape {
    patches: Patches,
    /// Output features, of all groups.
    features: usize,
    /// Groups of features, and of the batch; one of them is 1.
    feature_groups: usize,
    batch_groups: usize,
    /// Positions of the window: all places of the output, without its features.
    positions: usize,
    /// Positions that are laid out at a time.
    tile: usize,
}

impl Shape {
    fn groups(&self) -> usize {
        self.feature_groups * self.batch_groups
    }

    /// Whether the windows are the input itself, as for a kernel of one element.
    fn is_product(&self) -> bool {
        self.groups() == 1 && self.patches.is_identity()
    }

    fn is_depthwise(&self) -> bool {
        self.patches.channels == 1 && self.feature_groups > 1
    }

    /// Elements of one thread's windows.
    fn tile_len(&self) -> usize {
        let none = self.is_product() || self.is_depthwise() || self.work() == 0;
        if none { 0 } else { self.tile.saturating_mul(self.patches.len()) }
    }

    fn tiles(&self) -> usize {
        self.positions.div_ceil(self.tile.max(1))
    }

    /// Elements of the windows of all threads that there ever are.
    fn windows_len(&self) -> usize {
        let threads = most_threads_for(self.work(), PRODUCTS_PER_PART).min(self.tiles());
        threads.saturating_mul(self.tile_len())
    }

    fn work(&self) -> usize {
        self.positions.saturating_mul(self.features).saturating_mul(self.patches.len())
    }
}

pub(super) fn kernel(site: Site<'_>, c: &Convolution) -> Result<Box<dyn Kernel>, Unsupported> {
    let (input, kernel, to) = (operand(site, 0)?, operand(site, 1)?, result(site, 0)?);
    let unsupported = || Unsupported(format!("of {input} and {kernel} to {to}"));
    let compute = compute_type(plain(to)?).ok_or_else(unsupported)?;

    let order = |first: usize, space: &[usize], last: usize| -> Vec<usize> {
        [first].into_iter().chain(space.iter().copied()).chain([last]).collect()
    };
    let input_order = order(c.input_batch_dimension, &c.input_spatial_dimensions, c.input_feature_dimension);
    let mut kernel_order = c.kernel_spatial_dimensions.clone();
    kernel_order.extend([c.kernel_input_feature_dimension, c.kernel_output_feature_dimension]);
    let output_order =
        order(c.output_batch_dimension, &c.output_spatial_dimensions, c.output_feature_dimension);

    let rank = c.input_spatial_dimensions.len();
    let axis = |i: usize| WindowAxis {
        input: input.dims[c.input_spatial_dimensions[i]],
        window: kernel.dims[c.kernel_spatial_dimensions[i]],
        output: to.dims[c.output_spatial_dimensions[i]],
        stride: c.window_strides[i],
        low: c.padding[i].0,
        input_dilation: c.lhs_dilation[i],
        window_dilation: c.rhs_dilation[i],
    };
    let all_channels = input.dims[c.input_feature_dimension];
    let patches = Patches {
        axes: (0..rank).map(axis).collect(),
        all_channels,
        channels: kernel.dims[c.kernel_input_feature_dimension],
    };
    let features = to.dims[c.output_feature_dimension];
    let positions = product(&output_order[..=rank].iter().map(|&a| to.dims[a]).collect::<Dims>());
    let rows = (PATCH_BYTES / patches.len().saturating_mul(compute.size()).max(1)).clamp(24, 960);
    // A few rounds of as many tiles as any machine has threads for, of whole groups of rows of a matrix product.
    let tiles = positions.div_ceil(rows).next_multiple_of(8).max(1);
    let shape = Shape {
        features,
        feature_groups: c.feature_group_count,
        batch_groups: c.batch_group_count,
        positions,
        tile: positions.div_ceil(tiles).next_multiple_of(12).min(positions.max(1)),
        patches,
    };

    let pack = |dims: &[usize], order: &[usize], reversed: &[bool]| {
        let size = |&axis: &usize| dims[axis];
        let in_order = order.iter().filter(|&&a| dims[a] != 1).is_sorted();
        let as_it_is = (in_order && !reversed.contains(&true)) || product(dims) == 0;
        (!as_it_is).then(|| {
            let mut strides = row_major(dims);
            let mut start = 0;
            for (&axis, _) in order.iter().zip(reversed).filter(|(_, reversed)| **reversed) {
                start += (dims[axis] - 1) * strides[axis] as usize;
                strides[axis] = -strides[axis];
            }
            let strides: Strides = order.iter().map(|&a| strides[a]).collect();
            let sizes: Dims = order.iter().map(size).collect();
            StridedCopy::dense(1, &sizes, &strides).starting_at(start)
        })
    };
    let prepare = |element: ElementType, dims: &[usize], order: &[usize], reversed: &[bool]| {
        Preparation::new(element, compute, pack(dims, order, reversed), product(dims)).ok_or_else(unsupported)
    };
    // Where the result's axes are in another order, a copy puts them there in the end.
    let unpack = (!output_order.iter().filter(|&&a| to.dims[a] != 1).is_sorted()).then(|| {
        let sizes: Dims = output_order.iter().map(|&a| to.dims[a]).collect();
        let strides = row_major(&sizes);
        let place = |axis| output_order.iter().position(|&a| a == axis).expect("an axis of the result");
        let from: Strides = (0..to.rank()).map(|axis| strides[place(axis)]).collect();
        StridedCopy::dense(1, &to.dims, &from)
    });
    Ok(Box::new(Convolve {
        description: format!(
            "convolution {} by {} to {}",
            shown(&input.dims),
            shown(&kernel.dims),
            shown(&to.dims)
        ),
        compute,
        input: prepare(plain(input)?, &input.dims, &input_order, &[])?,
        kernel: prepare(plain(kernel)?, &kernel.dims, &kernel_order, &c.window_reversal)?,
        finish: Finish::new(to.element, compute, unpack, product(&to.dims)),
        shape,
    }))
}

impl Kernel for Convolve {
    fn describe(&self) -> String {
        self.description.clone()
    }

    fn scratch_bytes(&self) -> usize {
        let patches = Carver::size(self.shape.windows_len().saturating_mul(self.compute.size()));
        [self.input.scratch_bytes(), self.kernel.scratch_bytes(), self.finish.scratch_bytes()]
            .into_iter()
            .fold(patches, usize::saturating_add)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        if results[0].is_empty() {
            return;
        }
        let mut scratch = Carver::new(scratch);
        let input = self.input.run(operands[0].bytes(), &mut scratch);
        let kernel = self.kernel.run(operands[1].bytes(), &mut scratch);
        self.finish.run(results[0], &mut scratch, |out, scratch| {
            let patches = scratch.take(self.shape.windows_len() * self.compute.size());
            match self.compute {
                ElementType::F32 => self.shape.convolve::<f32>(input, kernel, out, patches),
                ElementType::F64 => self.shape.convolve::<f64>(input, kernel, out, patches),
                ElementType::C64 => self.shape.convolve::<Complex<f32>>(input, kernel, out, patches),
                ElementType::C128 => self.shape.convolve::<Complex<f64>>(input, kernel, out, patches),
                ElementType::I64 => self.shape.convolve::<i64>(input, kernel, out, patches),
                _ => self.shape.convolve::<i32>(input, kernel, out, patches),
            }
        });
    }
}

impl Shape {
    fn convolve<T: Multiply>(&self, input: &[u8], kernel: &[u8], out: &mut [u8], patches: &mut [u8]) {
        let (input, kernel, out) = (elements::<T>(input), elements::<T>(kernel), elements_mut::<T>(out));
        if self.is_product() {
            let gemm = self.gemm(self.positions, self.features);
            return gemm.run_parallel(input, kernel, out);
        }
        if self.is_depthwise() {
            return depthwise::convolve(self, input, kernel, out);
        }
        let patches = elements_mut::<T>(patches);
        // Parts are whole tiles, so that how work is divided does not show in the result: a matrix product of
        // another shape may be summed in another order. Each part lays out windows in memory of its own.
        let tiles = self.tiles();
        let parts = threads_for(self.work(), PRODUCTS_PER_PART).min(tiles);
        let tile_len = self.tile_len();
        let first = |part| (split_point(tiles, parts, part) * self.tile).min(self.positions);
        let shared = super::parallel::SharedMut::new(patches);
        for_each_part_mut(out, parts, &|part| first(part) * self.features, &|part, out| {
            // SAFETY: parts have different numbers, and their memory does not overlap.
            let patches = unsafe { shared.part(part * tile_len, tile_len) };
            self.convolve_range(first(part), input, kernel, out, patches);
        });
    }

    /// Computes the output from position `first` on, as much as there is of it.
    fn convolve_range<T: Multiply>(
        &self,
        first: usize,
        input: &[T],
        kernel: &[T],
        out: &mut [T],
        patches: &mut [T],
    ) {
        let len = self.patches.len();
        let group_features = self.features / self.groups();
        let group_batch = self.positions * self.patches.input_len() / self.patches.output_len().max(1);
        for (tile, out) in out.chunks_mut(self.tile * self.features).enumerate() {
            let rows = out.len() / self.features;
            let first = first + tile * self.tile;
            for group in 0..self.groups() {
                // A group of features has channels of its own, a group of the batch inputs of its own.
                let start = match self.feature_groups > 1 {
                    true => group * self.patches.channels,
                    false => group * group_batch,
                };
                let patches = &mut patches[..rows * len];
                if len > 0 {
                    self.patches.lay_out(input, start, first, patches);
                }
                let column = group * group_features;
                let mut out = ColumnBlock::whole(&mut out[column..], rows, group_features, self.features);
                let kernel = &kernel[column.min(kernel.len())..];
                self.gemm(rows, group_features).run(patches, kernel, &mut out, false);
            }
        }
    }

    fn gemm(&self, rows: usize, features: usize) -> Gemm {
        let k = self.patches.len();
        Gemm { m: rows, n: features, k, lhs_row: k, lhs_column: 1, rhs_row: self.features, rhs_column: 1 }
    }
}

#[cfg(test)]
mod tests;
