//! Running the instructions of a fused loop on one tile after the other.

use smallvec::SmallVec;

use super::program::{Extent, From, Input, Instruction, Kind, Program};
use super::recipe::Level;
use crate::kernel::Operand;
use crate::kernels::by_width;
use crate::tile::{Grid, Source, Target};

/// The memory that instructions write.
pub(super) type Slots<'a> = SmallVec<[&'a mut [u8]; 16]>;

/// What one thread runs: a part of the space, with memory of its own to write.
pub(super) struct Task<'a> {
    pub(super) program: &'a Program,
    pub(super) operands: &'a [Operand<'a>],
    /// As the program's slots. Results begin at the task's first element.
    pub(super) slots: Slots<'a>,
    /// The row and column that the task begins at; rows are counted through all batches.
    pub(super) first_row: usize,
    pub(super) first_col: usize,
}

/// A tile of the space.
#[derive(Clone, Copy)]
pub(super) struct Tile {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) grid: Grid,
    /// Whether it is the first of its block of rows.
    pub(super) first: bool,
}

impl<'a> Task<'a> {
    /// Runs a stage's instructions on the rows of a block.
    pub(super) fn before(&mut self, stage: usize, tile: Tile) {
        let program = self.program;
        for instruction in &program.stages[stage].before {
            self.run(instruction, Level::Row, tile);
        }
    }

    /// Runs a stage's instructions on a tile.
    pub(super) fn body(&mut self, stage: usize, tile: Tile) {
        let program = self.program;
        for instruction in &program.stages[stage].body {
            self.run(instruction, Level::Element, tile);
        }
    }

    fn run(&mut self, instruction: &Instruction, level: Level, tile: Tile) {
        let conflict = instruction.sources.iter().any(|&from| self.slot_read(from) == Some(instruction.to));
        let to = if conflict { self.program.spare } else { instruction.to };
        let memory = std::mem::take(&mut self.slots[to]);
        // Where it conflicts the instruction writes the spare register, laid out like any register of a tile.
        let (start, row_stride) = match level {
            Level::Row => (self.start_of_rows(instruction.to, tile), tile.grid.rows),
            _ if conflict => (0, tile.grid.cols),
            _ => self.start_of_elements(instruction.to, tile),
        };
        let grid = match level {
            Level::Row => Grid { rows: 1, cols: tile.grid.rows },
            _ => tile.grid,
        };
        let bytes = &mut memory[start..];
        match instruction.kind {
            Kind::Map(code) => {
                let sources = instruction.sources.map(|from| self.source(from, level, tile));
                code(grid, &sources, Target { bytes, row_stride });
            }
            Kind::Rows(fold) => {
                let rows = self.start_of_rows(instruction.to, tile);
                let source = self.source(instruction.sources[0], Level::Element, tile);
                (fold.along_rows)(tile.grid, &source, &mut bytes[rows..], tile.first);
            }
            Kind::Columns(fold) => {
                let source = self.source(instruction.sources[0], Level::Element, tile);
                (fold.into_row)(tile.grid, &source, bytes);
            }
            Kind::Pieces(pieces) => {
                let pieces = &self.program.pieces[pieces];
                for row in 0..grid.rows {
                    let first = match level {
                        Level::Row => tile.row,
                        _ => (tile.row + row) * self.program.cols + tile.col,
                    };
                    let to = &mut bytes[row * row_stride * pieces.size..][..grid.cols * pieces.size];
                    pieces.read(self.operands, first, to);
                }
            }
            Kind::Load => {
                let From::Input(input) = instruction.sources[0] else { unreachable!("loads read inputs") };
                let input = &self.program.inputs[input];
                match self.operands[input.operand] {
                    Operand::Bytes(from) => load(input, from, level, tile, grid, bytes, row_stride),
                    Operand::InResult(_) => {
                        unreachable!("only operands in step with a result share its memory")
                    }
                }
            }
        }
        self.slots[to] = memory;
        if conflict {
            self.copy_from_spare(instruction.to, tile);
        }
    }

    fn copy_from_spare(&mut self, to: usize, tile: Tile) {
        let size = self.program.slots[to].size;
        let (start, row_stride) = self.start_of_elements(to, tile);
        let spare = std::mem::take(&mut self.slots[self.program.spare]);
        let Grid { rows, cols } = tile.grid;
        for row in 0..rows {
            let target = &mut self.slots[to][start + row * row_stride * size..][..cols * size];
            target.copy_from_slice(&spare[row * cols * size..][..cols * size]);
        }
        self.slots[self.program.spare] = spare;
    }

    /// The slot that an instruction reads there, directly or as an operand in a result's memory.
    fn slot_read(&self, from: From) -> Option<usize> {
        match from {
            From::Slot(slot) => Some(slot),
            From::Input(input) => match self.operands[self.program.inputs[input].operand] {
                Operand::InResult(result) => Some(result),
                Operand::Bytes(_) => None,
            },
            _ => None,
        }
    }

    /// The byte of a slot that a tile begins at, and the elements from one of its rows to the next.
    fn start_of_elements(&self, slot: usize, tile: Tile) -> (usize, usize) {
        let program = self.program;
        let info = program.slots[slot];
        let (first, stride) = match (info.level, info.extent) {
            (Level::Element, Extent::Result) => {
                let row = tile.row - self.first_row;
                (row * program.cols + tile.col - self.first_col, program.cols)
            }
            (Level::Element, Extent::Tile) => (0, tile.grid.cols),
            (Level::Element, Extent::Block) => (tile.col, program.cols),
            // One row of results, however many rows are reduced into it.
            (Level::Column, _) => (tile.col, 0),
            // Rows are addressed by `start_of_rows`.
            (Level::Row, _) => (0, 0),
        };
        (first * info.size, stride)
    }

    /// The byte of a slot that holds values of rows which a tile's first row begins at.
    fn start_of_rows(&self, slot: usize, tile: Tile) -> usize {
        let info = self.program.slots[slot];
        match info.extent {
            Extent::Result => (tile.row - self.first_row) * info.size,
            _ => 0,
        }
    }

    // Inlined, as are those it calls: a source that is returned in memory is read back before it is written in full.
    #[inline(always)]
    fn source(&self, from: From, level: Level, tile: Tile) -> Source<'_> {
        let program = self.program;
        match from {
            From::Nowhere => Source::NONE,
            From::Constant(constant) => Source::constant(program.constants[constant].bytes(16)),
            From::Slot(slot) => self.slot(slot, level, tile),
            From::Input(input) => {
                let input = &program.inputs[input];
                match self.operands[input.operand] {
                    Operand::InResult(result) => self.slot(result, level, tile),
                    Operand::Bytes(bytes) => direct(input, bytes, level, tile),
                }
            }
        }
    }

    #[inline(always)]
    fn slot(&self, slot: usize, level: Level, tile: Tile) -> Source<'_> {
        let memory = &*self.slots[slot];
        if self.program.slots[slot].level == Level::Row {
            let bytes = &memory[self.start_of_rows(slot, tile)..];
            return match level {
                Level::Row => Source { bytes, row_stride: tile.grid.rows, per_column: true },
                _ => Source { bytes, row_stride: 1, per_column: false },
            };
        }
        let (start, row_stride) = self.start_of_elements(slot, tile);
        Source { bytes: &memory[start..], row_stride, per_column: true }
    }
}

/// An input that loops address where it is.
#[inline(always)]
fn direct<'b>(input: &Input, bytes: &'b [u8], level: Level, tile: Tile) -> Source<'b> {
    let row_stride = input.row_stride().unwrap_or(0);
    let column_stride = input.column_stride().unwrap_or(0);
    let whole = |start: usize| &bytes[start * input.size..];
    match level {
        Level::Row => Source {
            bytes: whole(input.offset + tile.row * row_stride),
            row_stride: row_stride * tile.grid.rows,
            per_column: row_stride == 1,
        },
        _ => Source {
            bytes: whole(input.offset + tile.row * row_stride + tile.col * column_stride),
            row_stride,
            per_column: column_stride == 1,
        },
    }
}

/// Copies what a tile reads of an input to a register.
fn load(input: &Input, from: &[u8], level: Level, tile: Tile, grid: Grid, to: &mut [u8], row_stride: usize) {
    by_width!(input.size, T => {
        let (from, to) = (bytemuck::cast_slice::<u8, T>(from), bytemuck::cast_slice_mut::<u8, T>(to));
        for row in 0..grid.rows {
            let to = &mut to[row * row_stride..][..grid.cols];
            if level == Level::Row {
                walk(&input.outer, tile.row, to.len(), |i, at| to[i] = from[input.offset + at]);
                continue;
            }
            let start = input.offset + place(&input.outer, tile.row + row);
            match (input.column_stride(), &input.inner[..]) {
                (Some(1), _) => to.copy_from_slice(&from[start + tile.col..][..grid.cols]),
                (_, inner) => walk(inner, tile.col, to.len(), |i, at| to[i] = from[start + at]),
            }
        }
    })
}

/// The offset of an index counted through all axes.
fn place(axes: &[(usize, usize)], mut index: usize) -> usize {
    let mut at = 0;
    for &(size, stride) in axes.iter().rev() {
        at += index % size * stride;
        index /= size;
    }
    at
}

/// Calls `visit(i, offset)` for the `count` indices from `first` on, `i` counted from 0.
fn walk(axes: &[(usize, usize)], first: usize, count: usize, mut visit: impl FnMut(usize, usize)) {
    let Some((&(size, stride), outer)) = axes.split_last() else {
        return (0..count).for_each(|i| visit(i, 0));
    };
    let mut i = 0;
    while i < count {
        let index = first + i;
        let (start, step) = (place(outer, index / size), index % size);
        let run = (size - step).min(count - i);
        for j in 0..run {
            visit(i + j, start + (step + j) * stride);
        }
        i += run;
    }
}
