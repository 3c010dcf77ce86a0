//! Fused loops as loops of scalars.

use runahead_ir::{Binary, Dims, ElementType, TensorType, Unary};
use runahead_lower::loops::{Argument, Constant, Operation as Scalar, Place, Tensor, Writer};
use smallvec::SmallVec;

use crate::fused::{Argument as From, Leaf, Level, Mode, Operation, Piece, Recipe, Source};

/// Columns of a row whose values are all kept until the row is done.
const SHORT_ROW: usize = 16;

/// About how many scalar operations a recipe's loops do; the most there is where they would compute too much again.
pub(super) fn work(recipe: &Recipe) -> usize {
    let elements = recipe.dims.iter().fold(1usize, |product, &size| product.saturating_mul(size));
    let steps = recipe.steps.len() + recipe.leaves.len() + recipe.results.len();
    let again = is_again(recipe) && recipe.steps.iter().any(|step| is_costly(&step.operation));
    let together =
        !recipe.pieces.is_empty() && (recipe.mode != Mode::Flat || boxes(recipe).len() > MOST_BOXES);
    if again || together {
        return usize::MAX;
    }
    elements.saturating_mul(steps).saturating_mul(if is_again(recipe) { 2 } else { 1 })
}

/// Elements of a fused loop, at least, for code of its own.
const FEWEST_ELEMENTS: usize = 4096;
/// Elements that lie next to each other in what a loop reads, for which a tile is not worth what it costs.
const SHORTEST_RUN: usize = 24;

/// Whether code of its own computes a fused loop quicker than tiles: where what it reads lies together a few elements at a
/// time only, so that tiles are made of short rows, and each operation is an instruction or a few.
pub(crate) fn suits(recipe: &Recipe) -> bool {
    let elements = recipe.dims.iter().fold(1usize, |product, &size| product.saturating_mul(size));
    let pays = match super::using() {
        super::Use::Nothing => false,
        super::Use::All => elements > 0 && work(recipe) != usize::MAX,
        super::Use::Worthwhile => {
            elements >= FEWEST_ELEMENTS
                && !recipe.steps.iter().any(|step| is_costly(&step.operation))
                && has_short_runs(recipe)
        }
    };
    pays && super::is_on()
}

/// Whether tiles of a fused loop would be made of short rows, or of what is put together, which would be copied to them.
fn has_short_runs(recipe: &Recipe) -> bool {
    let together = !recipe.pieces.is_empty();
    match recipe.mode {
        Mode::Flat if together => boxes(recipe).len() <= MOST_BOXES,
        Mode::Flat => crate::fused::shortest_run(recipe) <= SHORTEST_RUN,
        Mode::Rows(split) => {
            let columns = recipe.dims[split..].iter().product::<usize>();
            !together && split > 0 && columns <= SHORTEST_RUN && !is_again(recipe)
        }
        Mode::Columns(..) => false,
    }
}

/// Boxes of a loop over what is put together, at most, that are worth code of their own.
const MOST_BOXES: usize = 32;

/// Whether what is computed for the elements of a row is computed again for each reduction that others follow.
fn is_again(recipe: &Recipe) -> bool {
    let Mode::Rows(split) = recipe.mode else { return false };
    let columns: usize = recipe.dims[split..].iter().product();
    columns > SHORT_ROW && stages(recipe).into_iter().max().unwrap_or(0) > 0
}

fn is_costly(operation: &Operation) -> bool {
    use Unary::{Abs, Convert, Negate, Not, Sqrt};
    match operation {
        Operation::Map(code) => match code.operation {
            Scalar::Unary(unary) => !matches!(unary, Abs | Convert | Negate | Not | Sqrt),
            Scalar::Binary(binary) => matches!(binary, Binary::Power | Binary::Atan2 | Binary::Remainder),
            _ => false,
        },
        Operation::Reduce(_) => false,
    }
}

/// The types of the operands and results, as lists of elements.
pub(super) fn tensors(recipe: &Recipe) -> (Vec<TensorType>, Vec<TensorType>) {
    let mut operands: Vec<TensorType> = Vec::new();
    let mut reach = |operand: usize, element: ElementType, end: usize| {
        while operands.len() <= operand {
            operands.push(TensorType::new(element, [0]));
        }
        let dims = [operands[operand].dims[0].max(end)];
        operands[operand] = TensorType::new(element, dims);
    };
    for leaf in &recipe.leaves {
        if let Source::Pieces(number) = leaf.source {
            for piece in &recipe.pieces[number] {
                let sizes = piece.low.iter().zip(&piece.high).map(|(low, high)| high - low - 1);
                let end = 1 + piece.offset + sizes.zip(&piece.strides).map(|(s, d)| s * d).sum::<usize>();
                reach(piece.operand, leaf.element, end);
            }
        }
        let Source::Operand(operand) = leaf.source else { continue };
        let end = 1
            + leaf.offset
            + leaf.strides.iter().zip(&leaf_dims(recipe, leaf)).map(|(s, d)| s * (d - 1)).sum::<usize>();
        reach(operand, leaf.element, end);
    }
    let result = |&step: &usize| {
        TensorType::new(recipe.steps[step].element, [count_of(recipe, recipe.steps[step].level)])
    };
    (operands, recipe.results.iter().map(result).collect())
}

/// The sizes of the axes that a leaf's strides are for.
fn leaf_dims(recipe: &Recipe, leaf: &Leaf) -> Dims {
    recipe.dims.iter().copied().take(leaf.strides.len()).collect()
}

/// The axes that values at a level have.
fn axes_of(recipe: &Recipe, level: Level) -> SmallVec<[usize; 6]> {
    let rank = recipe.dims.len();
    match (level, recipe.mode) {
        (Level::Row, Mode::Rows(split)) => (0..split).collect(),
        (Level::Column, Mode::Columns(first, split)) => (0..first).chain(split..rank).collect(),
        _ => (0..rank).collect(),
    }
}

fn count_of(recipe: &Recipe, level: Level) -> usize {
    axes_of(recipe, level).iter().map(|&axis| recipe.dims[axis]).product()
}

/// For each step the number of reductions along the row that must be done before it.
fn stages(recipe: &Recipe) -> Vec<usize> {
    let mut stages: Vec<usize> = Vec::with_capacity(recipe.steps.len());
    for step in &recipe.steps {
        let ready = |argument: &From| match *argument {
            From::Step(s) => {
                stages[s] + usize::from(matches!(recipe.steps[s].operation, Operation::Reduce(_)))
            }
            From::Leaf(_) => 0,
        };
        stages.push(step.arguments.iter().map(ready).max().unwrap_or(0));
    }
    stages
}

/// Writes a recipe's loops.
pub(super) fn write(recipe: &Recipe, writer: &mut Writer, operands: &[Tensor], results: &[Tensor]) {
    let mut body = Body { recipe, operands, results, base: recipe.dims.iter().map(|_| 0).collect() };
    match recipe.mode {
        // What is put together is read piece by piece: a nest for each box of the space in which every leaf is one piece.
        Mode::Flat => {
            for (low, high) in boxes(recipe) {
                let sizes: Dims = low.iter().zip(&high).map(|(low, high)| high - low).collect();
                body.base = low.iter().map(|&low| low as i64).collect();
                body.nest(writer, &sizes);
            }
        }
        Mode::Rows(split) => body.rows(writer, split),
        Mode::Columns(first, split) => body.columns(writer, first, split),
    }
}

/// The boxes of the space in which every leaf is one piece: all of it where none is put together.
fn boxes(recipe: &Recipe) -> Vec<(Dims, Dims)> {
    let mut boxes: Vec<(Dims, Dims)> = vec![(Dims::new(), Dims::new())];
    for (axis, &size) in recipe.dims.iter().enumerate() {
        let mut cuts: Vec<usize> = [0, size].to_vec();
        let pieces = recipe.pieces.iter().flatten();
        cuts.extend(pieces.flat_map(|piece| [piece.low[axis], piece.high[axis]]));
        cuts.sort_unstable();
        cuts.dedup();
        boxes = boxes
            .iter()
            .flat_map(|(low, high)| {
                cuts.windows(2).map(move |cut| {
                    let (mut low, mut high) = (low.clone(), high.clone());
                    low.push(cut[0]);
                    high.push(cut[1]);
                    (low, high)
                })
            })
            .collect();
    }
    boxes
}

/// Whether an operand's elements are read where the result's are written, each before it is and nowhere else.
pub(super) fn is_in_step(recipe: &Recipe, operand: usize, result: usize) -> bool {
    let dense = crate::compile::view::row_major(&recipe.dims);
    let size = recipe.steps[recipe.results[result]].element.size();
    let in_step =
        |leaf: &Leaf| leaf.offset == 0 && leaf.strides[..] == dense[..] && leaf.element.size() == size;
    recipe.mode == Mode::Flat
        && recipe.leaves.iter().filter(|leaf| leaf.source == Source::Operand(operand)).all(in_step)
        && !recipe.pieces.iter().flatten().any(|piece| piece.operand == operand)
}

/// For the loops that [`write`] makes of a recipe, from which index along the first axis on each goes: where the first axis
/// is that of the outermost loops.
pub(super) fn starts(recipe: &Recipe) -> Option<Vec<usize>> {
    let is_plain = recipe.mode == Mode::Flat && !recipe.dims.is_empty();
    is_plain.then(|| boxes(recipe).iter().map(|(low, _)| low[0]).collect())
}

struct Body<'a> {
    recipe: &'a Recipe,
    operands: &'a [Tensor],
    results: &'a [Tensor],
    /// What an index of a loop is counted from, along each axis.
    base: SmallVec<[i64; 6]>,
}

/// The values of leaves and steps that are known.
#[derive(Clone)]
struct Values {
    leaves: Vec<Option<Argument>>,
    steps: Vec<Option<Argument>>,
}

impl Values {
    fn new(recipe: &Recipe) -> Values {
        Values { leaves: vec![None; recipe.leaves.len()], steps: vec![None; recipe.steps.len()] }
    }
}

impl Body<'_> {
    /// The loops of a box of the space without reductions. The outermost axis is always a loop.
    fn nest(&self, writer: &mut Writer, sizes: &[usize]) {
        let element = &mut |writer: &mut Writer, index: &[Argument]| {
            let mut values = Values::new(self.recipe);
            self.steps(writer, &mut values, index, &|_| true);
            self.write(writer, &values, index, Level::Element, &|_| true);
        };
        match sizes.split_first() {
            None => element(writer, &[]),
            Some((&outer, inner)) => writer.turns(outer, &mut |writer, first| {
                writer.nest(inner, &mut |writer, index| {
                    let index: SmallVec<[Argument; 6]> = [first].iter().chain(index).copied().collect();
                    element(writer, &index);
                });
            }),
        }
    }

    /// Computes steps at the level of elements that are not known yet, those that `wanted` says and that can be.
    fn steps(
        &self,
        writer: &mut Writer,
        values: &mut Values,
        index: &[Argument],
        wanted: &dyn Fn(usize) -> bool,
    ) {
        for s in 0..self.recipe.steps.len() {
            let step = &self.recipe.steps[s];
            let is_map = matches!(step.operation, Operation::Map(_));
            if values.steps[s].is_none() && is_map && step.level == Level::Element && wanted(s) {
                self.map(writer, values, index, s);
            }
        }
    }

    fn map(&self, writer: &mut Writer, values: &mut Values, index: &[Argument], s: usize) {
        let step = &self.recipe.steps[s];
        let Operation::Map(code) = step.operation else { return };
        let arguments: SmallVec<[Argument; 3]> =
            step.arguments.iter().map(|&argument| self.argument(writer, values, index, argument)).collect();
        values.steps[s] = Some(writer.compute(code.operation, &arguments, step.element));
    }

    fn argument(
        &self,
        writer: &mut Writer,
        values: &mut Values,
        index: &[Argument],
        argument: From,
    ) -> Argument {
        match argument {
            From::Step(step) => values.steps[step].expect("a step uses earlier ones"),
            From::Leaf(leaf) => {
                if let Some(known) = values.leaves[leaf] {
                    return known;
                }
                let value = self.leaf(writer, &self.recipe.leaves[leaf], index);
                values.leaves[leaf] = Some(value);
                value
            }
        }
    }

    fn leaf(&self, writer: &mut Writer, leaf: &Leaf, index: &[Argument]) -> Argument {
        match leaf.source {
            Source::Constant(constant) => {
                Argument::Constant(Constant::new(leaf.element, constant.bytes(leaf.element.size())))
            }
            Source::Operand(operand) => {
                self.element(writer, operand, leaf.offset as i64, &leaf.strides, index)
            }
            Source::Pieces(number) => {
                // All of the box is in one piece.
                let inside = |piece: &&Piece| {
                    let mut axes = self.base.iter().zip(&piece.low).zip(&piece.high);
                    axes.all(|((&base, &low), &high)| (low as i64..high as i64).contains(&base))
                };
                let piece = self.recipe.pieces[number].iter().find(inside).expect("the pieces are all of it");
                let before: i64 =
                    piece.low.iter().zip(&piece.strides).map(|(&low, &stride)| (low * stride) as i64).sum();
                self.element(writer, piece.operand, piece.offset as i64 - before, &piece.strides, index)
            }
        }
    }

    /// Reads an element of an operand.
    fn element(
        &self,
        writer: &mut Writer,
        operand: usize,
        offset: i64,
        strides: &[usize],
        index: &[Argument],
    ) -> Argument {
        let base: i64 = self.base.iter().zip(strides).map(|(base, &stride)| base * stride as i64).sum();
        let steps: SmallVec<[(Argument, i64); 6]> =
            index.iter().zip(strides).map(|(&at, &stride)| (at, stride as i64)).collect();
        writer.read(self.operands[operand].at_sum(offset + base, &steps))
    }

    /// Where a result of that level has its element for an index of the space.
    fn place(&self, result: usize, index: &[Argument], level: Level) -> Place {
        let axes = axes_of(self.recipe, level);
        let mut steps: SmallVec<[(Argument, i64); 6]> = SmallVec::new();
        let (mut stride, mut offset) = (1, 0);
        for &axis in axes.iter().rev() {
            steps.push((index[axis], stride));
            offset += self.base[axis] * stride;
            stride *= self.recipe.dims[axis] as i64;
        }
        self.results[result].at_sum(offset, &steps)
    }

    /// Writes the results of a level that `wanted` says.
    fn write(
        &self,
        writer: &mut Writer,
        values: &Values,
        index: &[Argument],
        level: Level,
        wanted: &dyn Fn(usize) -> bool,
    ) {
        for (result, &step) in self.recipe.results.iter().enumerate() {
            if self.recipe.steps[step].level == level
                && wanted(step)
                && let Some(value) = values.steps[step]
            {
                writer.write(self.place(result, index, level), value);
            }
        }
    }

    /// The reductions along the row that can begin when so many others are done.
    fn reductions(&self, stages: &[usize], stage: usize) -> Vec<usize> {
        let is_reduction = |&s: &usize| matches!(self.recipe.steps[s].operation, Operation::Reduce(_));
        (0..self.recipe.steps.len()).filter(|&s| stages[s] == stage).filter(is_reduction).collect()
    }

    fn rows(&self, writer: &mut Writer, split: usize) {
        let recipe = self.recipe;
        let stages = stages(recipe);
        let last = stages.iter().copied().max().unwrap_or(0);
        let columns: usize = recipe.dims[split..].iter().product();
        writer.nest(&recipe.dims[..split], &mut |writer, row| {
            let mut of_row = Values::new(recipe);
            // Values of the elements of a short row, which are computed once.
            let mut of_elements: Vec<Values> = Vec::new();
            for stage in 0..=last {
                self.row_steps(writer, &mut of_row, row, &stages, stage);
                let reductions = self.reductions(&stages, stage);
                let initial: SmallVec<[Argument; 4]> = reductions.iter().map(|&s| self.identity(s)).collect();
                let folded = if columns <= SHORT_ROW {
                    of_elements.resize_with(columns, || Values::new(recipe));
                    let mut folded = initial;
                    for (column, values) in of_elements.iter_mut().enumerate() {
                        let mut index: SmallVec<[Argument; 6]> = SmallVec::from_slice(row);
                        index.extend(unflattened(column, &recipe.dims[split..]));
                        folded =
                            self.pass(writer, values, &of_row, &index, &stages, stage, &reductions, &folded);
                    }
                    folded
                } else {
                    let dims = &recipe.dims[split..];
                    writer.fold(dims, &initial, &mut |writer, column, folded| {
                        let index: SmallVec<[Argument; 6]> = row.iter().chain(column).copied().collect();
                        let mut values = Values::new(recipe);
                        self.pass(writer, &mut values, &of_row, &index, &stages, stage, &reductions, folded)
                    })
                };
                for (&s, value) in reductions.iter().zip(folded) {
                    let begin = self.argument(writer, &mut of_row, row, recipe.steps[s].arguments[1]);
                    of_row.steps[s] = Some(self.reduced(writer, s, begin, value));
                }
            }
            self.row_steps(writer, &mut of_row, row, &stages, last + 1);
            self.write(writer, &of_row, row, Level::Row, &|_| true);
        });
    }

    /// Computes the steps at the level of rows that can be computed when so many reductions are done.
    fn row_steps(
        &self,
        writer: &mut Writer,
        of_row: &mut Values,
        row: &[Argument],
        stages: &[usize],
        stage: usize,
    ) {
        for (s, step) in self.recipe.steps.iter().enumerate() {
            let is_map = matches!(step.operation, Operation::Map(_));
            if is_map && step.level == Level::Row && stages[s] <= stage && of_row.steps[s].is_none() {
                self.map(writer, of_row, row, s);
            }
        }
    }

    /// What is done for an element of a row in one pass over it; gives what the reductions are then.
    #[allow(clippy::too_many_arguments)]
    fn pass(
        &self,
        writer: &mut Writer,
        values: &mut Values,
        of_row: &Values,
        index: &[Argument],
        stages: &[usize],
        stage: usize,
        reductions: &[usize],
        folded: &[Argument],
    ) -> SmallVec<[Argument; 4]> {
        for (value, known) in values.steps.iter_mut().zip(&of_row.steps) {
            if value.is_none() {
                *value = *known;
            }
        }
        let needed = self.needed(stages, stage, reductions);
        self.steps(writer, values, index, &|s| needed[s] && stages[s] <= stage);
        self.write(writer, values, index, Level::Element, &|s| stages[s] == stage);
        let mut next: SmallVec<[Argument; 4]> = SmallVec::new();
        for (&s, &folded) in reductions.iter().zip(folded) {
            let value = self.argument(writer, values, index, self.recipe.steps[s].arguments[0]);
            next.push(self.combined(writer, s, folded, value));
        }
        next
    }

    /// The steps that a pass over a row needs: for its reductions, and for results that it is the first to know.
    fn needed(&self, stages: &[usize], stage: usize, reductions: &[usize]) -> Vec<bool> {
        let mut needed = vec![false; self.recipe.steps.len()];
        for &s in &self.recipe.results {
            needed[s] |= self.recipe.steps[s].level == Level::Element && stages[s] == stage;
        }
        let mark = |needed: &mut Vec<bool>, argument: From| {
            if let From::Step(s) = argument {
                needed[s] = true;
            }
        };
        reductions.iter().for_each(|&s| mark(&mut needed, self.recipe.steps[s].arguments[0]));
        for s in (0..needed.len()).rev() {
            if needed[s] && matches!(self.recipe.steps[s].operation, Operation::Map(_)) {
                self.recipe.steps[s].arguments.iter().for_each(|&argument| mark(&mut needed, argument));
            }
        }
        needed
    }

    fn columns(&self, writer: &mut Writer, first: usize, split: usize) {
        let recipe = self.recipe;
        let rank = recipe.dims.len();
        // Results at the level of elements first: reductions then compute again what they need.
        let writes = recipe.results.iter().any(|&s| recipe.steps[s].level == Level::Element);
        if writes {
            writer.nest(&recipe.dims, &mut |writer, index| {
                let mut values = Values::new(recipe);
                self.steps(writer, &mut values, index, &|_| true);
                self.write(writer, &values, index, Level::Element, &|_| true);
            });
        }
        let kept: Dims = (0..first).chain(split..rank).map(|axis| recipe.dims[axis]).collect();
        let reductions = self.reductions(&vec![0; recipe.steps.len()], 0);
        let needed = self.needed(&vec![usize::MAX; recipe.steps.len()], 0, &reductions);
        writer.nest(&kept, &mut |writer, outer| {
            let initial: SmallVec<[Argument; 4]> = reductions.iter().map(|&s| self.identity(s)).collect();
            let index_of = |inner: &[Argument]| -> SmallVec<[Argument; 6]> {
                outer[..first].iter().chain(inner).chain(&outer[first..]).copied().collect()
            };
            let folded = writer.fold(&recipe.dims[first..split], &initial, &mut |writer, inner, folded| {
                let index = index_of(inner);
                let mut values = Values::new(recipe);
                self.steps(writer, &mut values, &index, &|s| needed[s]);
                let mut next: SmallVec<[Argument; 4]> = SmallVec::new();
                for (&s, &folded) in reductions.iter().zip(folded) {
                    let value = self.argument(writer, &mut values, &index, recipe.steps[s].arguments[0]);
                    next.push(self.combined(writer, s, folded, value));
                }
                next
            });
            let zeros: SmallVec<[Argument; 6]> = SmallVec::from_elem(Argument::index(0), split - first);
            let index = index_of(&zeros);
            let mut values = Values::new(recipe);
            for (&s, value) in reductions.iter().zip(folded) {
                let begin = self.argument(writer, &mut values, &index, recipe.steps[s].arguments[1]);
                values.steps[s] = Some(self.reduced(writer, s, begin, value));
            }
            self.write(writer, &values, &index, Level::Column, &|_| true);
        });
    }

    /// What a reduction goes by, and the type that it folds in.
    fn reduction(&self, s: usize) -> (Binary, ElementType) {
        let step = &self.recipe.steps[s];
        let Operation::Reduce(by) = step.operation else { unreachable!("asked of reductions") };
        let wide = match step.element {
            ElementType::F16 | ElementType::BF16 => ElementType::F32,
            element => element,
        };
        (by, wide)
    }

    /// What a reduction folds from.
    fn identity(&self, s: usize) -> Argument {
        let (by, wide) = self.reduction(s);
        let identity = crate::fused::identity(by, wide, wide).expect("what a recipe reduces by has one");
        Argument::Constant(Constant::new(wide, identity.bytes(wide.size())))
    }

    /// One more element for a reduction.
    fn combined(&self, writer: &mut Writer, s: usize, folded: Argument, value: Argument) -> Argument {
        let (by, wide) = self.reduction(s);
        let value = writer.converted(value, wide);
        writer.compute(Scalar::Binary(by), &[folded, value], wide)
    }

    /// The value of a reduction: what was folded, combined with what it begins with.
    fn reduced(&self, writer: &mut Writer, s: usize, begin: Argument, folded: Argument) -> Argument {
        let (by, wide) = self.reduction(s);
        let begin = writer.converted(begin, wide);
        let value = writer.compute(Scalar::Binary(by), &[begin, folded], wide);
        writer.converted(value, self.recipe.steps[s].element)
    }
}

/// The index that a number counted through all axes stands for.
fn unflattened(mut number: usize, dims: &[usize]) -> SmallVec<[Argument; 6]> {
    let mut index: SmallVec<[Argument; 6]> = SmallVec::from_elem(Argument::index(0), dims.len());
    for (at, &size) in index.iter_mut().zip(dims).rev() {
        *at = Argument::index((number % size) as i64);
        number /= size;
    }
    index
}
