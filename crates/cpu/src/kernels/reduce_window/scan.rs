//! Windows that hold an element and all before it, or all behind it: running sums and their relatives.

use smallvec::SmallVec;

use super::super::combine::{Combiner, Scan};
use super::super::copy::fill;
use super::super::parallel::{for_each_column_block_mut, for_each_part_mut, parts_for_bytes, split_point};
use super::super::window::WindowAxis;
use crate::ops::Scalar;
use crate::region::ScalarProgram;

/// A scan along the middle one of three axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ScanShape {
    outer: usize,
    len: usize,
    inner: usize,
    /// Whether the scan runs from the end.
    reverse: bool,
}

impl ScanShape {
    /// The scan that a window comes down to, if it does.
    pub(super) fn new(axes: &[WindowAxis]) -> Option<ScanShape> {
        let (at, axis) = axes.iter().enumerate().find(|(_, axis)| !axis.is_trivial())?;
        let others_trivial = axes[at + 1..].iter().all(WindowAxis::is_trivial);
        let len = axis.input;
        let plain = axis.stride == 1 && axis.input_dilation == 1 && axis.window_dilation == 1;
        if !(others_trivial && plain && len > 0 && axis.window == len && axis.output == len) {
            return None;
        }
        let reverse = match axis.low {
            0 => true,
            low if low == len as i64 - 1 => false,
            _ => return None,
        };
        let size = |axes: &[WindowAxis]| axes.iter().map(|axis| axis.input).product();
        Some(ScanShape { outer: size(&axes[..at]), len, inner: size(&axes[at + 1..]), reverse })
    }

    /// The place of step `step` along the axis.
    fn at(&self, step: usize) -> usize {
        if self.reverse { self.len - 1 - step } else { step }
    }
}

pub(super) fn rows(
    shape: &ScanShape,
    combiner: &Combiner,
    from: &[u8],
    initial: Scalar,
    to: &mut [u8],
    width: usize,
) {
    let ScanShape { outer, len, inner, reverse } = *shape;
    let parts = parts_for_bytes(2 * to.len());
    if inner == 1 {
        // Groups of rows that are scanned side by side stay whole.
        let groups = outer.div_ceil(8);
        let parts = parts.min(groups);
        let bound = |part| (split_point(groups, parts, part) * 8).min(outer) * len * width;
        return for_each_part_mut(to, parts, &bound, &|part, to| {
            let from = &from[bound(part)..bound(part + 1)];
            (combiner.scan)(Scan { initial, from, to, row: len, reverse });
        });
    }
    let slice = len * inner * width;
    let parts = parts.min(inner.div_ceil(16));
    let bound = |part| (split_point(inner.div_ceil(16), parts, part) * 16).min(inner) * width;
    for (from, to) in from.chunks_exact(slice).zip(to.chunks_exact_mut(slice)) {
        for_each_column_block_mut(to, inner * width, parts, &bound, &|part, mut to| {
            let source = |step: usize| &from[shape.at(step) * inner * width..][bound(part)..bound(part + 1)];
            let first = to.row(shape.at(0));
            fill(first, width, initial);
            (combiner.rows)(first, source(0));
            for step in 1..len {
                let (before, row) = to.two_rows(shape.at(step - 1), shape.at(step));
                row.copy_from_slice(before);
                (combiner.rows)(row, source(step));
            }
        });
    }
}

pub(super) fn program(
    shape: &ScanShape,
    program: &ScalarProgram,
    inputs: &[&[u8]],
    initial: &[Scalar],
    results: &mut [&mut [u8]],
    widths: &[usize],
) {
    let mut machine = program.machine();
    let count = initial.len();
    let mut arguments: SmallVec<[Scalar; 4]> = initial.iter().chain(initial).copied().collect();
    for lane in 0..shape.outer * shape.inner {
        let start = lane / shape.inner * shape.len * shape.inner + lane % shape.inner;
        arguments[..count].copy_from_slice(initial);
        for step in 0..shape.len {
            let at = start + shape.at(step) * shape.inner;
            // From the end, what was combined stands behind the element: a body need not commute.
            let (element, before) = if shape.reverse && step > 0 { (0, count) } else { (count, 0) };
            for (i, (input, &width)) in inputs.iter().zip(widths).enumerate() {
                arguments[element + i] = Scalar::from_bytes(&input[at * width..][..width]);
            }
            let combined = machine.run(&arguments);
            for ((result, value), &width) in results.iter_mut().zip(combined).zip(widths) {
                result[at * width..][..width].copy_from_slice(value.bytes(width));
            }
            let next = if shape.reverse { count } else { before };
            arguments[next..next + count].copy_from_slice(combined);
        }
    }
}
