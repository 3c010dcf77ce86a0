//! What carries elements to other places.

use runahead_ir::Dims;
use smallvec::SmallVec;

use super::copy;
use crate::loops::{Argument, Tensor, Writer};

pub(super) fn iota(writer: &mut Writer, dimension: usize, to: &Tensor) {
    writer.nest(&to.dims, &mut |writer, index| {
        let value = writer.converted(index[dimension], to.element);
        writer.write(to.at(index), value);
    });
}

pub(super) fn broadcast(writer: &mut Writer, dimensions: &[usize], from: &Tensor, to: &Tensor) {
    writer.nest(&to.dims, &mut |writer, index| {
        let at: SmallVec<[Argument; 6]> = dimensions
            .iter()
            .zip(&from.dims)
            .map(|(&axis, &size)| if size == 1 { Argument::index(0) } else { index[axis] })
            .collect();
        let value = writer.read(from.at(&at));
        writer.write(to.at(index), value);
    });
}

pub(super) fn transpose(writer: &mut Writer, permutation: &[usize], from: &Tensor, to: &Tensor) {
    writer.nest(&to.dims, &mut |writer, index| {
        let mut at: SmallVec<[Argument; 6]> = SmallVec::from_elem(Argument::index(0), index.len());
        permutation.iter().zip(index).for_each(|(&axis, &index)| at[axis] = index);
        let value = writer.read(from.at(&at));
        writer.write(to.at(index), value);
    });
}

pub(super) fn reverse(writer: &mut Writer, dimensions: &[usize], from: &Tensor, to: &Tensor) {
    let strides = from.strides();
    writer.nest(&to.dims, &mut |writer, index| {
        let mut offset = 0;
        let mut steps: SmallVec<[(Argument, i64); 6]> = SmallVec::new();
        for (axis, &index) in index.iter().enumerate() {
            if dimensions.contains(&axis) {
                offset += (from.dims[axis] as i64 - 1) * strides[axis];
                steps.push((index, -strides[axis]));
            } else {
                steps.push((index, strides[axis]));
            }
        }
        let value = writer.read(from.at_sum(offset, &steps));
        writer.write(to.at(index), value);
    });
}

pub(super) fn slice(writer: &mut Writer, start: &[usize], strides: &[usize], from: &Tensor, to: &Tensor) {
    let offset = start.iter().zip(from.strides()).map(|(&start, stride)| start as i64 * stride).sum();
    writer.nest(&to.dims, &mut |writer, index| {
        let steps: SmallVec<[(Argument, i64); 6]> = index
            .iter()
            .zip(from.strides())
            .zip(strides)
            .map(|((&index, stride), &step)| (index, stride * step as i64))
            .collect();
        let value = writer.read(from.at_sum(offset, &steps));
        writer.write(to.at(index), value);
    });
}

pub(super) fn concatenate(writer: &mut Writer, dimension: usize, operands: &[Tensor], to: &Tensor) {
    let mut before = 0;
    for from in operands {
        place(writer, from, to, |axis| if axis == dimension { (before, 1) } else { (0, 1) });
        before += from.dims[dimension] as i64;
    }
}

/// Writes a tensor into another: along each axis from some index on, with some step.
fn place(writer: &mut Writer, from: &Tensor, to: &Tensor, along: impl Fn(usize) -> (i64, i64)) {
    let strides = to.strides();
    let offset = (0..to.dims.len()).map(|axis| along(axis).0 * strides[axis]).sum();
    writer.nest(&from.dims, &mut |writer, index| {
        let steps: SmallVec<[(Argument, i64); 6]> =
            index.iter().enumerate().map(|(axis, &index)| (index, strides[axis] * along(axis).1)).collect();
        let value = writer.read(from.at(index));
        writer.write(to.at_sum(offset, &steps), value);
    });
}

pub(super) fn pad(writer: &mut Writer, low: &[i64], interior: &[i64], operands: &[Tensor], to: &Tensor) {
    let (from, padding) = (&operands[0], &operands[1]);
    if low.iter().chain(interior).all(|&size| size == 0) && from.dims == to.dims {
        return copy(writer, from, to);
    }
    writer.nest(&to.dims, &mut |writer, index| {
        let value = writer.read(padding.at(&[]));
        writer.write(to.at(index), value);
    });
    // The indices of the operand whose elements are within the result.
    let mut first: SmallVec<[i64; 6]> = SmallVec::new();
    let mut counts = Dims::new();
    for axis in 0..low.len() {
        let step = interior[axis] + 1;
        let start = (-low[axis]).max(0);
        let start = start / step + i64::from(start % step != 0);
        let end = to.dims[axis] as i64 - 1 - low[axis];
        let end = if end < 0 { 0 } else { (end / step + 1).min(from.dims[axis] as i64) };
        first.push(start);
        counts.push((end - start).max(0) as usize);
    }
    if counts.contains(&0) {
        return;
    }
    let (to_strides, from_strides) = (to.strides(), from.strides());
    let from_offset = first.iter().zip(&from_strides).map(|(first, stride)| first * stride).sum();
    let to_offset =
        (0..low.len()).map(|axis| (low[axis] + first[axis] * (interior[axis] + 1)) * to_strides[axis]).sum();
    writer.nest(&counts, &mut |writer, index| {
        let steps = |strides: &dyn Fn(usize) -> i64| -> SmallVec<[(Argument, i64); 6]> {
            index.iter().enumerate().map(|(axis, &index)| (index, strides(axis))).collect()
        };
        let value = writer.read(from.at_sum(from_offset, &steps(&|axis| from_strides[axis])));
        let to = to.at_sum(to_offset, &steps(&|axis| to_strides[axis] * (interior[axis] + 1)));
        writer.write(to, value);
    });
}
