//! Running a fused loop over so little that one tile holds it: nothing is split, and where its instructions read and write
//! is known beforehand.

use super::program::{From, Kind, Program};
use super::recipe::Mode;
use crate::kernel::Operand;
use crate::tile::{Grid, Source, Target, TileFn};

/// A loop without reductions whose space is one tile, and whose instructions address their operands where they are.
#[derive(Debug)]
pub(super) struct Single {
    grid: Grid,
    instructions: Vec<Instruction>,
    /// Whether they write more than the results.
    pub(super) uses_registers: bool,
}

#[derive(Debug)]
struct Instruction {
    code: TileFn,
    sources: [Place; 3],
    to: usize,
}

/// Where an instruction finds an operand.
#[derive(Clone, Copy, Debug)]
enum Place {
    Nowhere,
    Constant(usize),
    Slot(usize),
    Operand { operand: usize, start: usize, row_stride: usize, per_column: bool },
}

impl Single {
    /// The program as such a loop, where it is one.
    pub(super) fn of(program: &Program) -> Option<Single> {
        let fits = (1..=program.tile_rows).contains(&program.rows)
            && (1..=program.tile_cols).contains(&program.cols);
        let [stage] = &program.stages[..] else { return None };
        if program.mode != Mode::Flat || !fits || !stage.before.is_empty() {
            return None;
        }
        let place = |from| match from {
            From::Nowhere => Place::Nowhere,
            From::Constant(constant) => Place::Constant(constant),
            From::Slot(slot) => Place::Slot(slot),
            From::Input(input) => {
                let input = &program.inputs[input];
                Place::Operand {
                    operand: input.operand,
                    start: input.offset * input.size,
                    row_stride: input.row_stride().unwrap_or(0),
                    per_column: input.column_stride() == Some(1),
                }
            }
        };
        let instructions = stage.body.iter().map(|instruction| match instruction.kind {
            // What overwrites what it reads needs the spare register.
            Kind::Map(code) if !instruction.sources.contains(&From::Slot(instruction.to)) => {
                Some(Instruction { code, sources: instruction.sources.map(place), to: instruction.to })
            }
            _ => None,
        });
        Some(Single {
            grid: Grid { rows: program.rows, cols: program.cols },
            instructions: instructions.collect::<Option<_>>()?,
            uses_registers: stage.body.iter().any(|instruction| instruction.to >= program.results),
        })
    }

    /// Runs it; `slots` are the program's, and no operand is in a result's memory.
    pub(super) fn run(&self, program: &Program, operands: &[Operand<'_>], slots: &mut [&mut [u8]]) {
        for Instruction { code, sources, to } in &self.instructions {
            let bytes = std::mem::take(&mut slots[*to]);
            let source = |i: usize| match sources[i] {
                Place::Nowhere => Source::NONE,
                Place::Constant(constant) => Source::constant(program.constants[constant].bytes(16)),
                Place::Slot(slot) => {
                    Source { bytes: &*slots[slot], row_stride: self.grid.cols, per_column: true }
                }
                Place::Operand { operand, start, row_stride, per_column } => {
                    Source { bytes: &operands[operand].bytes()[start..], row_stride, per_column }
                }
            };
            let sources = [source(0), source(1), source(2)];
            code(self.grid, &sources, Target { bytes: &mut *bytes, row_stride: self.grid.cols });
            slots[*to] = bytes;
        }
    }
}
