//! Windows combined row by row: pooling.

use super::super::combine::Combiner;
use super::super::parallel::{for_each_chunk_mut, parts_for_bytes};
use super::super::window::{WindowAxis, line_under};
use super::index_of;
use crate::ops::Scalar;

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
    let lines: usize = outer.iter().map(|axis| axis.window).product();
    let parts = parts_for_bytes(from.len() + to.len());
    for_each_chunk_mut(to, row.output * run * width, parts, &|number, to| {
        to.chunks_exact_mut(width).for_each(|to| to.copy_from_slice(initial.bytes(width)));
        let position = index_of(number, outer.iter().map(|axis| axis.output));
        for line in 0..lines {
            let Some(line) = line_under(outer, &position, line) else { continue };
            let line = &from[line * row.input * run * width..][..row.input * run * width];
            for tap in 0..row.window {
                let (positions, first) = row.positions(tap);
                if positions.is_empty() {
                    continue;
                }
                let to = &mut to[positions.start * run * width..positions.end * run * width];
                let line = &line[first * run * width..];
                if row.stride == 1 {
                    (combiner.rows)(to, &line[..to.len()]);
                } else {
                    (combiner.strided)(to, line, run, row.stride * run);
                }
            }
        }
    });
}
