//! Running a fused loop whose rows do not depend on each other.

use std::cell::Cell;
use std::ops::Range;

use runahead_runtime::{ALIGNMENT, AlignedBytes};

use super::program::{Extent, Program};
use super::recipe::{Level, Mode};
use super::single::Single;
use super::tiles::{Slots, Task, Tile};
use crate::kernel::{InPlace, Kernel, Operand};
use crate::split::{Pieces, parallel_pieces};
use crate::tile::Grid;

/// Elements times instructions that a thread should have to do, at least.
const SMALLEST_TASK: usize = 1 << 15;

/// The kernel of a fused loop.
#[derive(Debug)]
pub(super) struct FusedKernel {
    program: Program,
    /// Where each register begins in a thread's memory, and the end of the last.
    registers: Vec<usize>,
    single: Option<Single>,
}

impl FusedKernel {
    pub(super) fn new(program: Program) -> FusedKernel {
        let mut end = 0;
        let mut registers = Vec::with_capacity(program.slots.len() + 1 - program.results);
        for slot in &program.slots[program.results..] {
            registers.push(end);
            let elements = match (slot.level, slot.extent) {
                (Level::Row, _) => program.tile_rows,
                (_, Extent::Block) => program.tile_rows * program.cols,
                _ => program.tile_rows * program.tile_cols,
            };
            end += (elements * slot.size).next_multiple_of(ALIGNMENT);
        }
        registers.push(end);
        FusedKernel { single: Single::of(&program), program, registers }
    }

    /// Runs `body` with the slots of a task: these pieces of the results, and registers of the thread.
    pub(super) fn with_slots<'p>(
        &self,
        operands: &[Operand<'_>],
        pieces: Pieces<'p>,
        first: (usize, usize),
        body: impl FnOnce(&mut Task<'_>),
    ) {
        with_thread_memory(*self.registers.last().expect("there is an end"), |mut memory| {
            let mut slots = Slots::new();
            for piece in pieces {
                slots.push(piece);
            }
            for bounds in self.registers.windows(2) {
                let (register, rest) = memory.split_at_mut(bounds[1] - bounds[0]);
                slots.push(register);
                memory = rest;
            }
            let mut task =
                Task { program: &self.program, operands, slots, first_row: first.0, first_col: first.1 };
            body(&mut task);
        });
    }

    fn run_single(&self, single: &Single, operands: &[Operand<'_>], results: &mut [&mut [u8]]) {
        if !single.uses_registers {
            return single.run(&self.program, operands, results);
        }
        let pieces = results.iter_mut().map(|result| &mut **result).collect();
        self.with_slots(operands, pieces, (0, 0), |task| {
            single.run(&self.program, operands, &mut task.slots)
        });
    }

    /// Into how many tasks to split work that can be split at `places` places.
    pub(super) fn tasks(&self, places: usize) -> usize {
        let program = &self.program;
        let instructions: usize = program.stages.iter().map(|s| s.body.len()).sum();
        let work = program.batches * program.rows * program.cols * instructions.max(1);
        crate::kernels::parts_for(work, SMALLEST_TASK).min(places.max(1))
    }

    fn run_rows(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]]) {
        let program = &self.program;
        let (rows, cols) = (program.rows, program.cols);
        if rows == 0 || cols == 0 && program.mode == Mode::Flat {
            return;
        }
        // A single row is split along its columns, where nothing reduces it.
        if rows == 1 && program.mode == Mode::Flat {
            let tiles = cols.div_ceil(program.tile_cols);
            let tasks = self.tasks(tiles);
            let range = |task: usize| {
                (tiles * task / tasks * program.tile_cols)
                    ..(tiles * (task + 1) / tasks * program.tile_cols).min(cols)
            };
            let piece = |result: usize, task: usize| scaled(range(task), program.slots[result].size);
            parallel_pieces(results, tasks, &piece, &|task, pieces| {
                let range = range(task);
                self.with_slots(operands, pieces, (0, range.start), |task| {
                    run_tiles(task, 0..1, range.clone());
                });
            });
            return;
        }
        let blocks = rows.div_ceil(program.tile_rows);
        let tasks = self.tasks(blocks);
        let range = |task: usize| {
            (blocks * task / tasks * program.tile_rows)
                ..(blocks * (task + 1) / tasks * program.tile_rows).min(rows)
        };
        let piece = |result: usize, task: usize| {
            let slot = program.slots[result];
            let width = if slot.level == Level::Row { 1 } else { cols };
            scaled(range(task), width * slot.size)
        };
        parallel_pieces(results, tasks, &piece, &|task, pieces| {
            let range = range(task);
            self.with_slots(operands, pieces, (range.start, 0), |task| {
                run_tiles(task, range.clone(), 0..cols);
            });
        });
    }

    pub(super) fn program(&self) -> &Program {
        &self.program
    }
}

fn scaled(range: Range<usize>, by: usize) -> Range<usize> {
    range.start * by..range.end * by
}

/// Runs all stages on these rows and columns, a block of rows at a time.
pub(super) fn run_tiles(task: &mut Task<'_>, rows: Range<usize>, cols: Range<usize>) {
    let program = task.program;
    for row in rows.clone().step_by(program.tile_rows) {
        let height = program.tile_rows.min(rows.end - row);
        let grid = Grid { rows: height, cols: 0 };
        for stage in 0..program.stages.len() {
            task.before(stage, Tile { row, col: cols.start, grid, first: true });
            // A row without columns still reduces to something.
            let mut col = cols.start;
            loop {
                let width = program.tile_cols.min(cols.end - col);
                let grid = Grid { rows: height, cols: width };
                task.body(stage, Tile { row, col, grid, first: col == cols.start });
                col += width;
                if col >= cols.end {
                    break;
                }
            }
        }
    }
}

impl Kernel for FusedKernel {
    fn describe(&self) -> String {
        self.program.description.clone()
    }

    fn in_place(&self) -> Vec<InPlace> {
        self.program.in_place.clone()
    }

    fn scratch_bytes(&self) -> usize {
        self.partial_bytes()
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        if let Some(single) = &self.single
            && operands.iter().all(|operand| matches!(operand, Operand::Bytes(_)))
        {
            return self.run_single(single, operands, results);
        }
        match self.program.mode {
            Mode::Columns(..) => self.run_columns(operands, results, scratch),
            _ => self.run_rows(operands, results),
        }
    }
}

/// Runs `body` with so many bytes of memory that belongs to the thread and holds anything.
fn with_thread_memory(bytes: usize, body: impl FnOnce(&mut [u8])) {
    thread_local! {
        static MEMORY: Cell<Option<AlignedBytes>> = const { Cell::new(None) };
    }
    // While it is taken, another kernel that runs on this thread makes memory of its own.
    let mut memory = match MEMORY.take() {
        Some(memory) if memory.len() >= bytes => memory,
        _ => AlignedBytes::zeroed(bytes.next_power_of_two()).expect("there is memory for a tile's registers"),
    };
    body(&mut memory);
    MEMORY.set(Some(memory));
}
