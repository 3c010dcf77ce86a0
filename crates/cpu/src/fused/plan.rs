//! From what to compute to instructions over tiles.

use runahead_ir::{Binary, OpKind};
use smallvec::SmallVec;

use super::few::FewElements;
use super::fold::fold_for;
use super::pieces::Pieces;

use super::program::{ColumnFold, Extent, From, Input, Instruction, Kind, Program, Slot, Stage};
use super::recipe::{Argument, Leaf, Level, Mode, Operation, Recipe, Source};
use super::rows::FusedKernel;
use crate::kernel::{InPlace, Kernel, Unsupported};
use crate::ops::{Scalar, code_for};
use crate::tile::TileFn;

/// Bytes that the registers, operands and results of a tile should take together: most of an innermost cache.
const TILE_BYTES: usize = 32 << 10;
/// Elements of a tile: enough to make little of the cost of an instruction, at least.
const SMALLEST_TILE: usize = 512;
const LARGEST_TILE: usize = 2048;
/// Rows that are reduced stay whole up to this length.
const LONGEST_WHOLE_ROW: usize = 4096;

/// A kernel for a recipe.
pub(crate) fn build(recipe: &Recipe) -> Result<Box<dyn Kernel>, Unsupported> {
    let program = Planner::new(recipe).plan()?;
    Ok(match FewElements::of(recipe, &program.description) {
        Some(few) => Box::new(few),
        None => Box::new(FusedKernel::new(program)),
    })
}

/// A value while the program is planned: a step, a load, or the combination of a reduction with its initial value.
struct Value {
    kind: Kind,
    sources: [Read; 3],
    level: Level,
    size: usize,
    stage: usize,
    result: Option<usize>,
}

impl Value {
    /// Whether it is computed once for a block of rows; a reduction is computed tile by tile.
    fn runs_before_tiles(&self) -> bool {
        self.level == Level::Row && !matches!(self.kind, Kind::Rows(_))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Read {
    Nowhere,
    Constant(usize),
    Input(usize),
    Value(usize),
}

struct Planner<'a> {
    recipe: &'a Recipe,
    rows: usize,
    cols: usize,
    batches: usize,
    /// The first of the axes that are the columns.
    split: usize,
    constants: Vec<Scalar>,
    inputs: Vec<Input>,
    values: Vec<Value>,
    /// The value of each step.
    of_step: Vec<usize>,
    /// The value that each input is loaded to, for steps on elements and on rows.
    loaded: Vec<[Option<usize>; 2]>,
    pieces: Vec<Pieces>,
    /// The value that each pieces of the recipe are loaded to, for steps on elements and on rows.
    put_together: Vec<[Option<usize>; 2]>,
    column_folds: Vec<(super::fold::Fold, TileFn, usize, Read)>,
}

impl<'a> Planner<'a> {
    fn new(recipe: &'a Recipe) -> Planner<'a> {
        let dims = &recipe.dims;
        let product = |range: &[usize]| range.iter().product::<usize>();
        let (batches, split) = match recipe.mode {
            Mode::Flat => (1, flat_split(recipe)),
            Mode::Rows(split) => (1, split),
            Mode::Columns(first, split) => (product(&dims[..first]), split),
        };
        let rows = match recipe.mode {
            Mode::Columns(first, split) => product(&dims[first..split]),
            _ => product(&dims[..split]),
        };
        Planner {
            recipe,
            rows,
            cols: product(&dims[split..]),
            batches,
            split,
            constants: Vec::new(),
            inputs: Vec::new(),
            values: Vec::new(),
            of_step: Vec::new(),
            loaded: Vec::new(),
            pieces: Vec::new(),
            put_together: vec![[None; 2]; recipe.pieces.len()],
            column_folds: Vec::new(),
        }
    }

    fn plan(mut self) -> Result<Program, Unsupported> {
        for index in 0..self.recipe.steps.len() {
            self.step(index)?;
        }
        self.sink();
        Ok(self.emit())
    }

    fn step(&mut self, index: usize) -> Result<(), Unsupported> {
        let recipe = self.recipe;
        let step = &recipe.steps[index];
        let result = recipe.results.iter().position(|&r| r == index);
        let size = step.element.size();
        let value = match step.operation {
            Operation::Map(code) => {
                let mut sources = [Read::Nowhere; 3];
                for (slot, &argument) in sources.iter_mut().zip(&step.arguments) {
                    *slot = self.read(argument, step.level);
                }
                if let Some(constant) = code.constant {
                    sources[code.arity] = self.constant(constant);
                }
                self.add(Kind::Map(code.tile), sources, step.level, size, result)
            }
            Operation::Reduce(by) => {
                let from = match step.arguments[0] {
                    Argument::Leaf(leaf) => recipe.leaves[leaf].element,
                    Argument::Step(step) => recipe.steps[step].element,
                };
                let missing = || Unsupported(format!("by {} of {from} to {}", by.name(), step.element));
                let fold = fold_for(by, from, step.element).ok_or_else(missing)?;
                let combine = combination(by, step.element).ok_or_else(missing)?;
                let source = self.read(step.arguments[0], Level::Element);
                let sources = [source, Read::Nowhere, Read::Nowhere];
                let initial = self.read(step.arguments[1], step.level);
                if step.level == Level::Column {
                    let value = self.add(Kind::Columns(fold), sources, Level::Column, size, result);
                    self.column_folds.push((fold, combine, value, initial));
                    value
                } else {
                    let unneeded = matches!(initial, Read::Constant(c) if self.constants[c] == fold.identity);
                    let folded_result = if unneeded { result } else { None };
                    let folded = self.add(Kind::Rows(fold), sources, Level::Row, size, folded_result);
                    if unneeded {
                        folded
                    } else {
                        let sources = [Read::Value(folded), initial, Read::Nowhere];
                        self.add(Kind::Map(combine), sources, Level::Row, size, result)
                    }
                }
            }
        };
        self.of_step.push(value);
        Ok(())
    }

    fn add(
        &mut self,
        kind: Kind,
        sources: [Read; 3],
        level: Level,
        size: usize,
        result: Option<usize>,
    ) -> usize {
        let ready = |read: &Read| match *read {
            Read::Value(v) => {
                self.values[v].stage + usize::from(matches!(self.values[v].kind, Kind::Rows(_)))
            }
            _ => 0,
        };
        let stage = sources.iter().map(ready).max().unwrap_or(0);
        self.values.push(Value { kind, sources, level, size, stage, result });
        self.values.len() - 1
    }

    fn constant(&mut self, constant: Scalar) -> Read {
        let known = self.constants.iter().position(|&c| c == constant);
        Read::Constant(known.unwrap_or_else(|| {
            self.constants.push(constant);
            self.constants.len() - 1
        }))
    }

    /// Where a step of that level finds its argument.
    fn read(&mut self, argument: Argument, level: Level) -> Read {
        let leaf = match argument {
            Argument::Step(step) => return Read::Value(self.of_step[step]),
            Argument::Leaf(leaf) => &self.recipe.leaves[leaf],
        };
        let operand = match leaf.source {
            Source::Constant(constant) => return self.constant(constant),
            Source::Operand(operand) => operand,
            Source::Pieces(number) => return self.put_together(number, leaf, level),
        };
        let input = self.input(leaf, operand);
        let known = self.inputs.iter().position(|i| *i == input);
        let index = known.unwrap_or_else(|| {
            self.inputs.push(input);
            self.loaded.push([None; 2]);
            self.inputs.len() - 1
        });
        if self.inputs[index].is_direct() {
            return Read::Input(index);
        }
        let on_rows = usize::from(level == Level::Row);
        let value = self.loaded[index][on_rows].unwrap_or_else(|| {
            let size = self.inputs[index].size;
            self.add(Kind::Load, [Read::Input(index), Read::Nowhere, Read::Nowhere], level, size, None)
        });
        self.loaded[index][on_rows] = Some(value);
        Read::Value(value)
    }

    fn put_together(&mut self, number: usize, leaf: &Leaf, level: Level) -> Read {
        let on_rows = usize::from(level == Level::Row);
        let value = self.put_together[number][on_rows].unwrap_or_else(|| {
            let axes = if level == Level::Row { self.split } else { self.recipe.dims.len() };
            self.pieces.push(Pieces {
                dims: self.recipe.dims[..axes].to_vec(),
                pieces: self.recipe.pieces[number].clone(),
                size: leaf.element.size(),
            });
            let kind = Kind::Pieces(self.pieces.len() - 1);
            self.add(kind, [Read::Nowhere; 3], level, leaf.element.size(), None)
        });
        self.put_together[number][on_rows] = Some(value);
        Read::Value(value)
    }

    fn input(&self, leaf: &Leaf, operand: usize) -> Input {
        let dims = &self.recipe.dims;
        // A value for the whole space may stand at any level.
        let everywhere = leaf.strides.iter().all(|&s| s == 0);
        let (outer, inner) = match leaf.level {
            _ if everywhere => (SmallVec::new(), SmallVec::new()),
            Level::Row => (merged(&dims[..self.split], &leaf.strides), SmallVec::new()),
            _ => (
                merged(&dims[..self.split], &leaf.strides[..self.split]),
                merged(&dims[self.split..], &leaf.strides[self.split..]),
            ),
        };
        Input { operand, size: leaf.element.size(), level: leaf.level, offset: leaf.offset, outer, inner }
    }

    /// Moves values that are made of nothing but inputs, constants and values of the rows to the stage that first
    /// needs them, so that they need not be kept until then.
    fn sink(&mut self) {
        let mut needed: Vec<Option<usize>> = vec![None; self.values.len()];
        for v in (0..self.values.len()).rev() {
            let value = &self.values[v];
            let movable = value.level == Level::Element
                && value.result.is_none()
                && matches!(value.kind, Kind::Map(_) | Kind::Load | Kind::Pieces(_))
                && value.sources.iter().all(|source| match *source {
                    Read::Value(s) => self.values[s].level == Level::Row,
                    _ => true,
                });
            let stage = if movable { needed[v].unwrap_or(value.stage) } else { value.stage };
            self.values[v].stage = stage;
            for source in self.values[v].sources {
                if let Read::Value(s) = source {
                    needed[s] = Some(needed[s].map_or(stage, |n| n.min(stage)));
                }
            }
        }
    }

    fn emit(mut self) -> Program {
        // Within a stage values of the rows come first; ties keep the order of the steps.
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_by_key(|&v| (self.values[v].stage, !self.values[v].runs_before_tiles()));
        let mut last_use = vec![0; self.values.len()];
        let mut last_stage = vec![0; self.values.len()];
        let mut position = vec![0; self.values.len()];
        for (at, &v) in order.iter().enumerate() {
            position[v] = at;
            (last_use[v], last_stage[v]) = (last_use[v].max(at), last_stage[v].max(self.values[v].stage));
            for source in self.values[v].sources {
                if let Read::Value(s) = source {
                    last_use[s] = last_use[s].max(at);
                    last_stage[s] = last_stage[s].max(self.values[v].stage);
                }
            }
        }
        let (tile_rows, tile_cols) = self.tile(&order, &last_use);
        let whole_rows = tile_cols == self.cols;

        let mut slots: Vec<Slot> = self
            .recipe
            .results
            .iter()
            .map(|&step| {
                let value = &self.values[self.of_step[step]];
                Slot { size: value.size, level: value.level, extent: Extent::Result }
            })
            .collect();
        let results = slots.len();
        let mut slot_of = vec![usize::MAX; self.values.len()];
        let mut free: Vec<usize> = Vec::new();
        let mut stages: Vec<Stage> = Vec::new();
        for (at, &v) in order.iter().enumerate() {
            let value = &self.values[v];
            slot_of[v] = value.result.unwrap_or_else(|| {
                let kept = value.level == Level::Element && !whole_rows && last_stage[v] > value.stage;
                let extent = if kept { Extent::Block } else { Extent::Tile };
                let same = |s: &Slot| s.size == value.size && s.level == value.level && s.extent == extent;
                match free.iter().position(|&slot| same(&slots[slot])) {
                    Some(known) => free.swap_remove(known),
                    None => {
                        slots.push(Slot { size: value.size, level: value.level, extent });
                        slots.len() - 1
                    }
                }
            });
            let from = |read: Read| match read {
                Read::Nowhere => From::Nowhere,
                Read::Constant(c) => From::Constant(c),
                Read::Input(i) => From::Input(i),
                Read::Value(s) => From::Slot(slot_of[s]),
            };
            let instruction =
                Instruction { kind: value.kind, sources: value.sources.map(from), to: slot_of[v] };
            // What a row's tiles reduce to is there only after the last of them, so a register of a stage is free again
            // only in the next one.
            let stage = value.stage;
            stages.resize_with(stages.len().max(stage + 1), Stage::default);
            match value.runs_before_tiles() {
                true => stages[stage].before.push(instruction),
                false => stages[stage].body.push(instruction),
            }
            let mut released: SmallVec<[usize; 3]> = SmallVec::new();
            let mut release = |s: usize, last: usize| {
                if last == at && self.values[s].result.is_none() && !released.contains(&slot_of[s]) {
                    released.push(slot_of[s]);
                }
            };
            for source in value.sources {
                if let Read::Value(s) = source {
                    release(s, last_use[s]);
                }
            }
            release(v, last_use[v]);
            // Values of the rows live across the tiles of a row, where an instruction runs again and again.
            free.extend(released.iter().copied().filter(|&s| slots[s].level != Level::Row));
        }
        let largest = slots.iter().map(|s| s.size).max().unwrap_or(1);
        let spare = slots.len();
        slots.push(Slot { size: largest, level: Level::Element, extent: Extent::Tile });
        let column_folds = std::mem::take(&mut self.column_folds)
            .into_iter()
            .map(|(fold, combine, value, initial)| {
                let initial = match initial {
                    Read::Constant(c) => From::Constant(c),
                    Read::Input(i) => From::Input(i),
                    _ => From::Nowhere,
                };
                ColumnFold { fold, combine, slot: slot_of[value], initial }
            })
            .collect();
        let in_place = self.in_place(&slots[..results], &order, &position);
        Program {
            description: self.describe(),
            mode: self.recipe.mode,
            batches: self.batches,
            rows: self.rows,
            cols: self.cols,
            tile_rows,
            tile_cols,
            constants: self.constants,
            inputs: self.inputs,
            pieces: self.pieces,
            slots,
            results,
            stages,
            column_folds,
            in_place,
            spare,
        }
    }

    /// The size of a tile.
    fn tile(&self, order: &[usize], last_use: &[usize]) -> (usize, usize) {
        let mut most = 1;
        for at in 0..order.len() {
            let live = |&(from, &v): &(usize, &usize)| {
                from <= at && at <= last_use[v] && self.values[v].level == Level::Element
            };
            most = most.max(order.iter().enumerate().filter(live).count());
        }
        let size = self.values.iter().map(|v| v.size).max().unwrap_or(1);
        let streams = most + self.inputs.len();
        let elements = (TILE_BYTES / (size * streams)).clamp(SMALLEST_TILE, LARGEST_TILE) / 64 * 64;
        let (rows, cols) = (self.rows.max(1), self.cols.max(1));
        match self.recipe.mode {
            Mode::Rows(_) if cols <= elements.max(LONGEST_WHOLE_ROW) => {
                ((elements / cols).clamp(1, rows), cols)
            }
            Mode::Columns(..) => {
                let wide = cols.min(1024);
                ((2 * elements / wide).max(4).min(rows), wide)
            }
            _ if cols <= elements => ((elements / cols).clamp(1, rows), cols),
            _ => (1, elements),
        }
    }

    /// Which operands may share memory with which results: those that are read in step with the result and not after
    /// it was written.
    fn in_place(&self, results: &[Slot], order: &[usize], position: &[usize]) -> Vec<InPlace> {
        let mut pairs: Vec<InPlace> = Vec::new();
        for (index, input) in self.inputs.iter().enumerate() {
            let reads = |pieces: &Pieces| pieces.pieces.iter().any(|piece| piece.operand == input.operand);
            let alone = self.inputs.iter().filter(|other| other.operand == input.operand).count() == 1
                && !self.pieces.iter().any(reads);
            let (rows, cols) = (self.batches * self.rows, self.cols);
            let in_step = input.level == Level::Element
                && input.offset == 0
                && (cols == 1 || input.column_stride() == Some(1))
                && (rows == 1 || input.row_stride() == Some(cols));
            if !alone || !in_step {
                continue;
            }
            let last_read = order
                .iter()
                .filter(|&&v| self.values[v].sources.contains(&Read::Input(index)))
                .map(|&v| position[v])
                .max()
                .unwrap_or(0);
            for (result, slot) in results.iter().enumerate() {
                let value = self.of_step[self.recipe.results[result]];
                if slot.level == Level::Element && slot.size == input.size && last_read <= position[value] {
                    pairs.push(InPlace { operand: input.operand, result });
                }
            }
        }
        pairs
    }

    fn describe(&self) -> String {
        let dims: Vec<String> = self.recipe.dims.iter().map(|d| d.to_string()).collect();
        let reductions =
            self.recipe.steps.iter().filter(|s| matches!(s.operation, Operation::Reduce(_))).count();
        let kind = match self.recipe.mode {
            Mode::Flat => "elementwise",
            Mode::Rows(_) => "rows",
            Mode::Columns(..) => "columns",
        };
        let mut text = format!("fused {kind} {}: {} operations", dims.join("x"), self.recipe.steps.len());
        if reductions > 0 {
            text += &format!(", {reductions} of them reductions");
        }
        text
    }
}

/// How many elements a fused loop without reductions goes over with one stride in all that it reads.
pub(crate) fn shortest_run(recipe: &Recipe) -> usize {
    recipe.dims[flat_split(recipe)..].iter().product()
}

/// The first axis of the longest run of last axes that every leaf walks through with one stride.
fn flat_split(recipe: &Recipe) -> usize {
    let dims = &recipe.dims;
    let joined = |axis: usize| {
        let walks = |leaf: &Leaf| leaf.strides[axis - 1] == leaf.strides[axis] * dims[axis];
        recipe.leaves.iter().filter(|l| matches!(l.source, Source::Operand(_))).all(walks)
    };
    let mut split = dims.len().saturating_sub(1);
    while split > 0 && joined(split) {
        split -= 1;
    }
    split
}

/// Axes and their strides, with those joined that one stride walks through.
fn merged(dims: &[usize], strides: &[usize]) -> SmallVec<[(usize, usize); 4]> {
    let mut axes: SmallVec<[(usize, usize); 4]> = SmallVec::new();
    for (&size, &stride) in dims.iter().zip(strides) {
        match axes.last_mut() {
            Some((length, step)) if *step == stride * size => (*length, *step) = (*length * size, stride),
            _ => axes.push((size, stride)),
        }
    }
    axes
}

/// The operation of a reduction as a loop over two operands.
fn combination(by: Binary, element: runahead_ir::ElementType) -> Option<TileFn> {
    code_for(&OpKind::Binary(by), &[element; 2], element).map(|code| code.tile)
}
