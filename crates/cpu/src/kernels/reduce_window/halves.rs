//! Windows over half-wide floats, combined row by row in `f32` and rounded once.
//!
//! Elements are widened a piece of a row at a time, which stays in the innermost cache for all parts of the window that lie
//! on it.

use std::ops::Range;

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};
use runahead_ir::ElementType;

use super::super::combine::Combiner;
use super::super::parallel::{for_each_part_mut, parts_for_bytes, split_point};
use super::super::window::{Moving, WindowAxis};
use super::pool::{BLOCK, Rows, TAPS, Under, pieces};
use crate::element::{elements, elements_mut};
use crate::ops::Scalar;

/// Elements that are widened at a time; a block of positions passes over at most half as many.
const PIECE: usize = 4 * BLOCK;

/// A type of half-wide floats.
#[derive(Clone, Copy, Debug)]
pub(super) enum Half {
    Bf16,
    F16,
}

impl Half {
    pub(super) fn of(element: ElementType) -> Option<Half> {
        match element {
            ElementType::BF16 => Some(Half::Bf16),
            ElementType::F16 => Some(Half::F16),
            _ => None,
        }
    }

    fn value(self, scalar: Scalar) -> f32 {
        match self {
            Half::Bf16 => scalar.get::<bf16>().to_f32(),
            Half::F16 => scalar.get::<f16>().to_f32(),
        }
    }

    fn widen(self, from: &[u8], to: &mut [f32]) {
        match self {
            Half::Bf16 => elements::<bf16>(from).convert_to_f32_slice(to),
            Half::F16 => elements::<f16>(from).convert_to_f32_slice(to),
        }
    }

    fn narrow(self, from: &[f32], to: &mut [u8]) {
        match self {
            Half::Bf16 => elements_mut::<bf16>(to).convert_from_f32_slice(from),
            Half::F16 => elements_mut::<f16>(to).convert_from_f32_slice(from),
        }
    }
}

/// Bytes of an element.
const WIDTH: usize = 2;

/// As [`pool::run`](super::pool::run), with a combiner of `f32`.
pub(super) fn run(
    axes: &[WindowAxis],
    half: Half,
    combiner: &Combiner,
    from: &[u8],
    initial: Scalar,
    to: &mut [u8],
) {
    let rows = Rows::of(axes);
    let initial = half.value(initial);
    let (input, output) = (rows.row.input * rows.run * WIDTH, rows.row.output * rows.run * WIDTH);
    let count = to.len() / output;
    let parts = parts_for_bytes(from.len() + to.len()).clamp(1, count);
    let bound = |part| split_point(count, parts, part) * output;
    for_each_part_mut(to, parts, &bound, &|part, to| {
        let mut pooling = Pooling::new(&rows, half, combiner, initial);
        let first = split_point(count, parts, part);
        for (i, to) in to.chunks_exact_mut(output).enumerate() {
            let lines = Moving::at(rows.outer, first + i);
            pooling.row(to, &|body| lines.for_each(|line| body(&from[line * input..][..input])));
        }
    });
}

/// Calls a function with each line of the input that a window lies on.
type Lines<'a> = dyn Fn(&mut dyn FnMut(&[u8])) + 'a;

/// What rows of the result are made with.
struct Pooling<'a> {
    rows: &'a Rows<'a>,
    half: Half,
    combiner: &'a Combiner,
    initial: f32,
    /// Elements of a run that are combined at a time: of long ones, of which each block has one, a part.
    columns: usize,
    /// How many neighbouring parts of the window lie on a piece.
    group: usize,
    sums: [f32; BLOCK],
    piece: [f32; PIECE],
}

impl<'a> Pooling<'a> {
    fn new(rows: &'a Rows<'a>, half: Half, combiner: &'a Combiner, initial: f32) -> Pooling<'a> {
        let (row, run) = (&rows.row, rows.run);
        let columns = run.min(BLOCK);
        let reach = (rows.positions - 1) * row.stride + 1;
        let more = if columns < run { 0 } else { (PIECE / run).saturating_sub(reach) / row.window_dilation };
        Pooling {
            rows,
            half,
            combiner,
            initial,
            columns,
            group: (1 + more).min(TAPS),
            sums: [0.0; BLOCK],
            piece: [0.0; PIECE],
        }
    }

    /// Makes a row of the result of the input's lines that the window lies on there.
    fn row(&mut self, to: &mut [u8], lines: &Lines<'_>) {
        let Rows { row, run, positions, .. } = self.rows;
        for block in pieces(0..row.output, *positions) {
            for columns in pieces(0..*run, self.columns) {
                let count = block.len() * columns.len();
                self.sums[..count].fill(self.initial);
                for taps in pieces(row.taps_over(block.clone()), self.group) {
                    let under = self.rows.under(taps, &block);
                    lines(&mut |line| self.combine(line, &under, &columns));
                }
                let to = &mut to[(block.start * run + columns.start) * WIDTH..][..count * WIDTH];
                self.half.narrow(&self.sums[..count], to);
            }
        }
    }

    /// Combines a block's sums with what lies under some parts of the window on a line.
    fn combine(&mut self, line: &[u8], under: &[Under], columns: &Range<usize>) {
        let Rows { row, run, .. } = self.rows;
        let end = |under: &Under| under.first + (under.at.len() - 1) * row.stride + 1;
        let begin = under.iter().map(|under| under.first).min().unwrap_or(0);
        let end = under.iter().map(end).max().unwrap_or(0);
        let width = columns.len();
        let piece = &mut self.piece[..(end - begin) * width];
        self.half.widen(&line[(begin * run + columns.start) * WIDTH..][..piece.len() * WIDTH], piece);
        for Under { at, first } in under {
            let to: &mut [u8] = bytemuck::cast_slice_mut(&mut self.sums[at.start * width..at.end * width]);
            let with: &[u8] = bytemuck::cast_slice(&piece[(first - begin) * width..]);
            if row.stride == 1 {
                (self.combiner.rows)(to, &with[..to.len()]);
            } else {
                (self.combiner.strided)(to, with, width, row.stride.saturating_mul(width));
            }
        }
    }
}
