//! Windows combined row by row: pooling.

use super::super::combine::Combiner;
use super::super::copy::fill;
use super::super::parallel::{for_each_chunk_mut, parts_for_bytes};
use super::super::window::{Moving, WindowAxis};
use crate::ops::Scalar;

/// Elements of an input's row that a block of positions passes over.
const BLOCK: usize = 1024;

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
    let last = axes.iter().rposition(|axis| !axis.is_trivial()).unwrap_or(0);
    let unit = WindowAxis::unit();
    let row = axes.get(last).unwrap_or(&unit);
    let outer = &axes[..last.min(axes.len())];
    let run: usize = axes.iter().skip(last + 1).map(|axis| axis.output).product();
    // A few positions at a time, so that memory is read in its order whichever parts of the window come first.
    let positions = (BLOCK / run.saturating_mul(row.stride).max(1)).max(1);
    let parts = parts_for_bytes(from.len() + to.len());
    for_each_chunk_mut(to, row.output * run * width, parts, &|number, to| {
        fill(to, width, initial);
        let lines = Moving::at(outer, number);
        for block in (0..row.output).step_by(positions) {
            let end = (block + positions).min(row.output);
            let taps = row.taps_over(block..end);
            lines.for_each(|line| {
                let line = &from[line * row.input * run * width..][..row.input * run * width];
                for tap in taps.clone() {
                    let (inside, first) = row.positions(tap);
                    let (start, end) = (inside.start.max(block), inside.end.min(end));
                    if start >= end {
                        continue;
                    }
                    let to = &mut to[start * run * width..end * run * width];
                    let line = &line[(first + (start - inside.start) * row.stride) * run * width..];
                    if row.stride == 1 {
                        (combiner.rows)(to, &line[..to.len()]);
                    } else {
                        (combiner.strided)(to, line, run, row.stride.saturating_mul(run));
                    }
                }
            });
        }
    });
}
