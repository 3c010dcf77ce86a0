//! From a graph to steps over values: every unit of fused or single operations becomes a kernel. Where the values are
//! kept is settled later, by [`place`](super::place).

use std::collections::{HashMap, HashSet};

use runahead_ir::Module;
use runahead_lower::forms::{Form, Source};

use super::CompileOptions;
use super::demands::admit;
use super::draft::{Branch, Carried, Cell, Cells, Choose, Copy, Draft, Kind, Part, Run, Step, Tick, While};
use super::fusion::{self, Unit};
use super::graph::{Block, Graph, Node, Val, Work};
use super::needs::for_each_read;
use super::recipe;
use crate::error::CompileError;
use crate::fused;
use crate::kernel::Kernel;
use crate::kernels::kernel_for;
use crate::native::{self, Seen, StepForm};

/// The steps of a program.
pub(super) fn lower(
    module: &Module,
    options: &CompileOptions,
    graph: &Graph,
    block: &Block<'_>,
) -> Result<Draft, CompileError> {
    let mut lowering =
        Lowering { module, options, graph, cells: Cells::default(), now: 0, tables: 0, depth: 0 };
    let parameters = block
        .parameters
        .iter()
        .enumerate()
        .map(|(i, &val)| lowering.cells.define(graph, val, Kind::Parameter(i)))
        .collect();
    let steps = lowering.block(block)?;
    let mut returns = Vec::new();
    for (i, &val) in block.returns.iter().enumerate() {
        let from = lowering.part(val)?;
        returns.push(Copy { from, to: lowering.cells.add(from.len, Kind::Result(i)) });
    }
    let end = lowering.tick();
    Ok(Draft { cells: lowering.cells, parameters, steps, returns, end })
}

struct Lowering<'a> {
    module: &'a Module,
    options: &'a CompileOptions,
    graph: &'a Graph,
    cells: Cells,
    now: Tick,
    /// Bytes of the tables of all kernels so far.
    tables: usize,
    /// How many loops and choices are around what is lowered.
    depth: usize,
}

impl Lowering<'_> {
    fn tick(&mut self) -> Tick {
        self.now += 1;
        self.now
    }

    fn block(&mut self, block: &Block<'_>) -> Result<Vec<Step>, CompileError> {
        let (units, levels) = fusion::group(self.graph, block);
        let needed = needed_outside(self.graph, block, &units);
        let mut steps = Vec::with_capacity(units.len());
        for unit in &units {
            let first = &block.nodes[unit.nodes[0]];
            steps.push(match (&unit.space, &first.work) {
                (Some(space), _) => {
                    let fused = recipe::of_group(self.graph, block, unit, space, &levels, &needed);
                    let mut kernel = fused::build(&fused.recipe).map_err(|e| self.error(first, e.0))?;
                    if native::suits(&fused.recipe) {
                        let form = StepForm::Fused(fused.recipe.clone());
                        if let Some(code) = native::kernel(&form, kernel.describe()) {
                            kernel = code;
                        }
                    }
                    self.admit(first, &mut *kernel)?;
                    let form = self.is_inside().then(|| Box::new(StepForm::Fused(fused.recipe)));
                    Step::Run(self.kernel(kernel, form, &fused.operands, &fused.results)?)
                }
                (None, Work::While { condition, body }) => Step::While(self.repeat(first, condition, body)?),
                (None, Work::Choose { branches }) => Step::Choose(self.choose(first, branches)?),
                (None, Work::Code(form)) => Step::Run(self.code(first, form)?),
                (None, _) => {
                    let mut kernel = kernel_for(first.site(self.module, self.options))
                        .map_err(|e| self.error(first, e.0))?;
                    self.admit(first, &mut *kernel)?;
                    let form = self.is_inside().then(|| Form::of(first.op, first.function)).flatten();
                    let form = form.map(|form| {
                        let ty = |source: &Source| &self.graph.info(first.operands[source.operand]).ty;
                        let seen = form.sources().iter().map(|s| Seen::of(s, ty(s))).collect();
                        Box::new(StepForm::Operation(Box::new(form), seen))
                    });
                    Step::Run(self.kernel(kernel, form, &first.operands, &first.results)?)
                }
            });
        }
        Ok(steps)
    }

    /// An operation that becomes machine code by itself.
    fn code(&mut self, node: &Node<'_>, form: &Form) -> Result<Run, CompileError> {
        let seen: Vec<Seen> = node
            .operands
            .iter()
            .enumerate()
            .map(|(i, &operand)| {
                let view = &self.graph.info(operand).view;
                let ty = self.graph.info(view.base).ty.clone();
                Seen { operand: i, ty, offset: view.offset, strides: view.strides.clone() }
            })
            .collect();
        let form = StepForm::Operation(Box::new(form.clone()), seen);
        let plain = kernel_for(node.site(self.module, self.options)).map_err(|e| self.error(node, e.0))?;
        let bases: Vec<Val> =
            node.operands.iter().map(|&operand| self.graph.info(operand).view.base).collect();
        let kernel = native::kernel(&form, plain.describe())
            .ok_or_else(|| self.error(node, "has no machine code; please report this program".into()))?;
        self.kernel(kernel, self.is_inside().then(|| Box::new(form)), &bases, &node.results)
    }

    /// Whether what is lowered is inside of a loop or a choice, so that it may become machine code.
    fn is_inside(&self) -> bool {
        self.depth > 0 && native::is_on()
    }

    fn error(&self, node: &Node<'_>, reason: String) -> CompileError {
        let place = self.module.source.as_ref().map(|s| s.describe(node.op.location)).unwrap_or_default();
        CompileError::new(node.op.kind.name(), place, reason)
    }

    /// Makes a kernel's tables; refuses one that needs more memory than a program may.
    fn admit(&mut self, node: &Node<'_>, kernel: &mut dyn Kernel) -> Result<(), CompileError> {
        let limits = self.options.limits;
        admit(kernel, &mut self.tables, limits.bytes)
            .map_err(|(what, bytes)| self.error(node, limits.exceeded(what, bytes)))
    }

    /// Where a value is.
    fn part(&mut self, val: Val) -> Result<Part, CompileError> {
        self.cells.part(self.graph, val).ok_or_else(|| {
            let reason = format!(
                "reads a value of type {} before it is computed; please report this program",
                self.graph.info(val).ty
            );
            CompileError::new("the compiler", String::new(), reason)
        })
    }

    fn define(&mut self, val: Val) -> Cell {
        self.cells.define(self.graph, val, Kind::Computed)
    }

    fn kernel(
        &mut self,
        kernel: Box<dyn Kernel>,
        form: Option<Box<StepForm>>,
        operands: &[Val],
        results: &[Val],
    ) -> Result<Run, CompileError> {
        let operands = operands.iter().map(|&val| self.part(val)).collect::<Result<_, _>>()?;
        let results = results.iter().map(|&val| self.define(val)).collect();
        let scratch = match kernel.scratch_bytes() {
            0 => None,
            bytes => Some(self.cells.add(bytes, Kind::Computed)),
        };
        let in_place = kernel.in_place();
        Ok(Run { tick: self.tick(), kernel, form, operands, results, scratch, in_place })
    }

    fn repeat(
        &mut self,
        node: &Node<'_>,
        condition: &Block<'_>,
        body: &Block<'_>,
    ) -> Result<While, CompileError> {
        let initial = node.operands.iter().map(|&val| self.part(val)).collect::<Result<Vec<_>, _>>()?;
        self.depth += 1;
        let entry = self.tick();
        let parameters: Vec<Cell> = body.parameters.iter().map(|&val| self.define(val)).collect();
        let condition_steps = self.block(condition)?;
        let predicate = self.part(condition.returns[0])?;
        let test = self.tick();
        let body_steps = self.block(body)?;
        let next = body.returns.iter().map(|&val| self.part(val)).collect::<Result<Vec<_>, _>>()?;
        let back = self.tick();
        self.depth -= 1;
        let exit = self.tick();
        let carried = (0..parameters.len())
            .map(|i| Carried {
                initial: initial[i],
                parameter: parameters[i],
                next: next[i],
                result: self.define(node.results[i]),
            })
            .collect();
        Ok(While {
            entry,
            condition: condition_steps,
            test,
            predicate,
            body: body_steps,
            back,
            exit,
            carried,
        })
    }

    fn choose(&mut self, node: &Node<'_>, blocks: &[Block<'_>]) -> Result<Choose, CompileError> {
        let index = self.part(node.operands[0])?;
        let index_type = self.graph.info(node.operands[0]).ty.element;
        let start = self.tick();
        let results: Vec<Cell> = node.results.iter().map(|&val| self.define(val)).collect();
        let mut branches = Vec::new();
        self.depth += 1;
        for block in blocks {
            let start = self.tick();
            let steps = self.block(block)?;
            let mut returns = Vec::new();
            for (&val, &to) in block.returns.iter().zip(&results) {
                returns.push(Copy { from: self.part(val)?, to });
            }
            branches.push(Branch { start, steps, end: self.tick(), returns });
        }
        self.depth -= 1;
        Ok(Choose { start, index, index_type, branches, exit: self.tick(), results })
    }
}

/// Whether a value is read by another unit than the one that computes it, or returned by the block, so that it is needed
/// in memory.
fn needed_outside(graph: &Graph, block: &Block<'_>, units: &[Unit]) -> impl Fn(Val) -> bool + use<> {
    let mut unit_of: HashMap<Val, usize> = HashMap::new();
    let mut needed: HashSet<Val> = block.returns.iter().map(|&val| graph.storage(val).0).collect();
    for (u, unit) in units.iter().enumerate() {
        for &node in &unit.nodes {
            let node = &block.nodes[node];
            for_each_read(graph, node, &mut |val| {
                // The memory may be another value's.
                for val in [val, graph.storage(val).0] {
                    if unit_of.get(&val).is_some_and(|&computed| computed != u) {
                        needed.insert(val);
                    }
                }
            });
            unit_of.extend(node.results.iter().map(|&result| (result, u)));
        }
    }
    move |val| needed.contains(&val)
}
