//! Windows combined row by row: pooling.

use std::ops::Range;

use smallvec::SmallVec;

use super::super::combine::Combiner;
use super::super::copy::fill;
use super::super::parallel::{for_each_chunk_mut, parts_for_bytes};
use super::super::window::{Moving, WindowAxis};
use crate::ops::Scalar;

/// Elements of an input's row that a block of positions passes over.
pub(super) const BLOCK: usize = 1024;

/// Rows that windows are combined in: along the last axis that they move on, of runs of elements that they do not.
pub(super) struct Rows<'a> {
    pub(super) outer: &'a [WindowAxis],
    pub(super) row: WindowAxis,
    /// Elements of a run.
    pub(super) run: usize,
    /// How many positions are combined at a time, so that memory is read in its order whichever parts of the window come
    /// first.
    pub(super) positions: usize,
}

impl Rows<'_> {
    pub(super) fn of(axes: &[WindowAxis]) -> Rows<'_> {
        let last = axes.iter().rposition(|axis| !axis.is_trivial()).unwrap_or(0);
        let row = axes.get(last).copied().unwrap_or(WindowAxis::unit());
        let run: usize = axes.iter().skip(last + 1).map(|axis| axis.output).product();
        let positions = (BLOCK / run.saturating_mul(row.stride).max(1)).max(1);
        Rows { outer: &axes[..last.min(axes.len())], row, run, positions }
    }

    /// What some parts of the window lie on in a block of positions, in order: the same in every line.
    pub(super) fn under(&self, taps: Range<usize>, block: &Range<usize>) -> SmallVec<[Under; TAPS]> {
        let under = |tap| {
            let (inside, first) = self.row.positions(tap);
            let (start, end) = (inside.start.max(block.start), inside.end.min(block.end));
            let first = || first + (start - inside.start) * self.row.stride;
            (start < end).then(|| Under { at: start - block.start..end - block.start, first: first() })
        };
        taps.filter_map(under).collect()
    }
}

/// Parts of a window that are looked at together.
pub(super) const TAPS: usize = 16;

/// Where a part of the window lies on elements of a line.
pub(super) struct Under {
    /// At which positions of the block.
    pub(super) at: Range<usize>,
    /// On which element of the line at the first of them; those at the others are a stride apart.
    pub(super) first: usize,
}

/// Goes through a range in steps, of which the last may be shorter.
pub(super) fn pieces(range: Range<usize>, step: usize) -> impl Iterator<Item = Range<usize>> {
    range.clone().step_by(step).map(move |start| start..(start + step).min(range.end))
}

/// Combines each row of the result, along the last axis that the window moves on, with the rows of the input that
/// each part of the window passes over.
pub(super) fn run(
    axes: &[WindowAxis],
    combiner: &Combiner,
    from: &[u8],
    initial: Scalar,
    to: &mut [u8],
    width: usize,
) {
    let rows = Rows::of(axes);
    let (row, run) = (&rows.row, rows.run);
    let parts = parts_for_bytes(from.len() + to.len());
    for_each_chunk_mut(to, row.output * run * width, parts, &|number, to| {
        fill(to, width, initial);
        let lines = Moving::at(rows.outer, number);
        for block in pieces(0..row.output, rows.positions) {
            let to = &mut to[block.start * run * width..block.end * run * width];
            for taps in pieces(row.taps_over(block.clone()), TAPS) {
                let under = rows.under(taps, &block);
                lines.for_each(|line| {
                    let line = &from[line * row.input * run * width..][..row.input * run * width];
                    for Under { at, first } in &under {
                        let to = &mut to[at.start * run * width..at.end * run * width];
                        let line = &line[first * run * width..];
                        if row.stride == 1 {
                            (combiner.rows)(to, &line[..to.len()]);
                        } else {
                            (combiner.strided)(to, line, run, row.stride.saturating_mul(run));
                        }
                    }
                });
            }
        }
    });
}
