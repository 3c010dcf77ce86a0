//! Running a fused loop that reduces its rows into one.
//!
//! The rows of a batch are cut into chunks, each reduced by itself, and the chunks' rows are combined in order. The
//! chunks depend on the shape alone, so that the result is the same on any number of threads.

use runahead_runtime::AlignedBytes;

use super::program::{From, Program};
use super::recipe::Level;
use super::rows::{FusedKernel, run_tiles};
use crate::kernel::Operand;
use crate::split::parallel_pieces;
use crate::tile::{Grid, Source, Target, TileFn};

/// Elements that a chunk has, about.
const CHUNK: usize = 1 << 16;
/// Rows that a chunk has at least, so that combining costs little beside them.
const FEWEST_ROWS: usize = 32;
/// Rows that a chunk has at most, so that sums stay accurate.
const MOST_ROWS: usize = 1024;
/// Tasks beyond which a kernel needs no more chunks.
const ENOUGH_TASKS: usize = 16;

impl FusedKernel {
    /// Chunks in each batch, and the rows of each but the last.
    fn chunks(&self) -> (usize, usize) {
        let Program { batches, rows, cols, .. } = *self.program();
        let wanted = (rows * cols / CHUNK)
            .min(rows / FEWEST_ROWS)
            .min(ENOUGH_TASKS.div_ceil(batches.max(1)))
            .max(rows / MOST_ROWS);
        let size = rows.div_ceil(wanted.max(1)).max(1);
        (rows.div_ceil(size).max(1), size)
    }

    /// Memory for the rows that chunks reduce to, where there are several.
    pub(super) fn partial_bytes(&self) -> usize {
        let program = self.program();
        match self.chunks() {
            (1, _) => 0,
            (chunks, _) => {
                let row: usize = program.column_folds.iter().map(|f| self.row_bytes(f.slot)).sum();
                program.batches * chunks * row
            }
        }
    }

    fn row_bytes(&self, slot: usize) -> usize {
        self.program().cols * self.program().slots[slot].size
    }

    pub(super) fn run_columns(
        &self,
        operands: &[Operand<'_>],
        results: &mut [&mut [u8]],
        scratch: &mut [u8],
    ) {
        let program = self.program();
        let (batches, rows, cols) = (program.batches, program.rows, program.cols);
        if batches == 0 || cols == 0 {
            return;
        }
        let (chunks, chunk_rows) = self.chunks();
        let range = |task: usize| {
            let (batch, chunk) = (task / chunks, task % chunks);
            let start = batch * rows + (chunk * chunk_rows).min(rows);
            start..batch * rows + ((chunk + 1) * chunk_rows).min(rows)
        };
        let is_fold = |slot: usize| program.slots[slot].level == Level::Column;

        // What the tasks write: the results, or partial rows in their place.
        let mut partials: Vec<(usize, &mut [u8])> = Vec::new();
        let mut scratch = scratch;
        if chunks > 1 {
            for fold in &program.column_folds {
                let (partial, rest) = scratch.split_at_mut(batches * chunks * self.row_bytes(fold.slot));
                partials.push((fold.slot, partial));
                scratch = rest;
            }
        }
        {
            let mut written: Vec<&mut [u8]> = Vec::new();
            let mut left = &mut partials[..];
            for (slot, result) in results.iter_mut().enumerate() {
                if chunks > 1 && is_fold(slot) {
                    // Results and reductions are in the same order.
                    let at =
                        left.iter().position(|(s, _)| *s == slot).expect("every reduction has partial rows");
                    let (before, after) = std::mem::take(&mut left).split_at_mut(at + 1);
                    written.push(&mut *before[at].1);
                    left = after;
                } else {
                    written.push(result);
                }
            }
            let piece = |slot: usize, task: usize| {
                if is_fold(slot) {
                    let row = self.row_bytes(slot);
                    task * row..(task + 1) * row
                } else {
                    let row = self.row_bytes(slot);
                    range(task).start * row..range(task).end * row
                }
            };
            parallel_pieces(&mut written, batches * chunks, &piece, &|task, mut pieces| {
                for fold in &program.column_folds {
                    let size = program.slots[fold.slot].size;
                    let identity = fold.fold.identity;
                    pieces[fold.slot]
                        .chunks_exact_mut(size)
                        .for_each(|to| to.copy_from_slice(identity.bytes(size)));
                }
                let rows = range(task);
                self.with_slots(operands, pieces, (rows.start, 0), |task| {
                    run_tiles(task, rows.clone(), 0..cols)
                });
            });
        }
        for fold in &program.column_folds {
            let row = self.row_bytes(fold.slot);
            let partial = partials.iter().find(|(slot, _)| *slot == fold.slot).map(|(_, partial)| &**partial);
            for batch in 0..batches {
                let result = &mut results[fold.slot][batch * row..][..row];
                if let Some(partial) = partial {
                    result.copy_from_slice(&partial[batch * chunks * row..][..row]);
                    for chunk in 1..chunks {
                        let more = &partial[(batch * chunks + chunk) * row..][..row];
                        combine(
                            fold.combine,
                            result,
                            Source { bytes: more, row_stride: cols, per_column: true },
                            cols,
                        );
                    }
                }
                let initial = match fold.initial {
                    From::Constant(c) if program.constants[c] == fold.fold.identity => continue,
                    From::Constant(c) => program.constants[c].bytes(16),
                    From::Input(input) => {
                        let input = &program.inputs[input];
                        &operands[input.operand].bytes()[input.offset * input.size..][..input.size]
                    }
                    _ => unreachable!("a reduction begins with a leaf"),
                };
                combine(fold.combine, result, Source::constant(initial), cols);
            }
        }
    }
}

/// Combines a row with what is to be added to it.
fn combine(code: TileFn, row: &mut [u8], with: Source<'_>, cols: usize) {
    let sum = Grid { rows: 1, cols };
    let copy = AlignedBytes::copy_of(row).expect("there is memory for a row");
    let own = Source { bytes: &copy, row_stride: cols, per_column: true };
    code(sum, &[own, with, Source::NONE], Target { bytes: row, row_stride: cols });
}
