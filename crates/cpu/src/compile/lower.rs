//! From a graph to steps over buffers.
//!
//! Where a value is computed is settled here: in memory of its own, in that of an operand that is not needed any more (a
//! parameter's, too, where that is given for keeps), in that of the loop's value that it becomes in the next round, or in that of the branch's result.

use std::collections::{HashMap, HashSet};

use runahead_ir::{ElementType, Module};
use smallvec::SmallVec;

use super::CompileOptions;
use super::buffers::{Buffer, Buffers, Part, Places};
use super::fusion::{self, Unit};
use super::graph::{Block, Graph, Node, Val, Work};
use super::needs::for_each_read;
use super::recipe;
use crate::error::CompileError;
use crate::fused;
use crate::kernel::Kernel;
use crate::kernels::kernel_for;
use crate::plan::{Action, Home, Span, Step};

/// An action whose memory has no place yet.
pub(super) enum Draft {
    Run {
        kernel: Box<dyn Kernel>,
        operands: Vec<Part>,
        results: Vec<Part>,
        scratch: Option<Part>,
        shared: Vec<Option<usize>>,
    },
    Copy {
        from: Part,
        to: Part,
    },
    While {
        condition: Vec<Draft>,
        predicate: Part,
        body: Vec<Draft>,
    },
    Choose {
        index: Part,
        index_type: ElementType,
        branches: Vec<Vec<Draft>>,
    },
}

/// Drafts the actions of a block.
pub(super) fn lower(
    module: &Module,
    options: &CompileOptions,
    graph: &Graph,
    block: &Block<'_>,
    buffers: &mut Buffers,
) -> Result<Vec<Draft>, CompileError> {
    let mut lowering = Lowering { module, options, graph, buffers };
    lowering.block(block, &HashMap::new())
}

/// Brings what the program returns to the results' memory: by computing it there, or where that cannot be (a parameter,
/// a constant, a value returned twice) by a copy at the end. What was computed in the memory of a parameter that is given
/// for keeps stays there.
pub(super) fn return_values(
    graph: &Graph,
    block: &Block<'_>,
    buffers: &mut Buffers,
    drafts: &mut Vec<Draft>,
) {
    for (i, &returned) in block.returns.iter().enumerate() {
        let part = buffers.part(graph, returned);
        let whole = part == buffers.whole(part.buffer);
        if whole && buffers.is_free(part.buffer) {
            buffers.move_to(part.buffer, Home::Result(i));
        } else if !(whole && buffers.leave_in(part.buffer, i)) {
            buffers.tick();
            buffers.touch(part.buffer);
            let result = buffers.add_at(part.len, Home::Result(i), 0);
            drafts.push(Draft::Copy { from: part, to: buffers.whole(result) });
        }
    }
}

/// The actions, once everything has a place.
pub(super) fn placed(drafts: Vec<Draft>, places: &Places) -> Vec<Action> {
    let spans = |parts: Vec<Part>| parts.into_iter().map(|part| places.span(part)).collect();
    drafts
        .into_iter()
        .filter_map(|draft| {
            Some(match draft {
                Draft::Run { kernel, operands, results, scratch, shared } => Action::Run(Step {
                    kernel,
                    operands: spans(operands),
                    results: spans(results),
                    scratch: scratch.map_or(Span::EMPTY, |part| places.span(part)),
                    shared,
                }),
                Draft::Copy { from, to } => {
                    let (from, to) = (places.span(from), places.span(to));
                    if from == to || from.len == 0 {
                        return None;
                    }
                    Action::Copy { from, to }
                }
                Draft::While { condition, predicate, body } => Action::While {
                    condition: placed(condition, places),
                    predicate: places.span(predicate),
                    body: placed(body, places),
                },
                Draft::Choose { index, index_type, branches } => Action::Choose {
                    index: places.span(index),
                    index_type,
                    branches: branches.into_iter().map(|branch| placed(branch, places)).collect(),
                },
            })
        })
        .collect()
}

struct Lowering<'a> {
    module: &'a Module,
    options: &'a CompileOptions,
    graph: &'a Graph,
    buffers: &'a mut Buffers,
}

/// When the values of a block are used: units are counted in the order in which they run.
struct Uses {
    /// The unit that computes a value; a block's parameters are there before the first.
    defined: HashMap<Val, usize>,
    /// The last unit that reads a value; beyond all units where the block returns it.
    last: HashMap<Val, usize>,
    /// Values that another unit reads than the one that computes them, or that the block returns.
    shared: HashSet<Val>,
}

impl Uses {
    fn of(graph: &Graph, block: &Block<'_>, units: &[Unit]) -> Uses {
        let mut uses = Uses { defined: HashMap::new(), last: HashMap::new(), shared: HashSet::new() };
        for (u, unit) in units.iter().enumerate() {
            for &node in &unit.nodes {
                let node = &block.nodes[node];
                uses.defined.extend(node.results.iter().map(|&result| (result, u)));
                for_each_read(graph, node, &mut |val| {
                    // The memory may be another value's.
                    for val in [val, graph.storage(val).0] {
                        uses.last.insert(val, u);
                        if uses.defined.get(&val).is_some_and(|&defined| defined != u) {
                            uses.shared.insert(val);
                        }
                    }
                });
            }
        }
        for &returned in &block.returns {
            let root = graph.storage(returned).0;
            uses.last.insert(root, units.len());
            uses.shared.insert(root);
        }
        uses
    }

    /// Whether a value of this block is not needed any more after a unit.
    fn ends_at(&self, val: Val, unit: usize, parameters: &[Val]) -> bool {
        (self.defined.contains_key(&val) || parameters.contains(&val)) && self.last.get(&val) == Some(&unit)
    }
}

impl Lowering<'_> {
    /// Drafts a block whose values in `wanted` are computed in those buffers.
    fn block(
        &mut self,
        block: &Block<'_>,
        wanted: &HashMap<Val, Buffer>,
    ) -> Result<Vec<Draft>, CompileError> {
        let (units, levels) = fusion::group(self.graph, block);
        let uses = Uses::of(self.graph, block, &units);
        let mut drafts = Vec::new();
        for (u, unit) in units.iter().enumerate() {
            let first = &block.nodes[unit.nodes[0]];
            let fits = Fits { block, uses: &uses, unit: u, wanted };
            match (&unit.space, &first.work) {
                (Some(space), _) => {
                    let needed = |val: Val| uses.shared.contains(&val);
                    let fused = recipe::of_group(self.graph, block, unit, space, &levels, &needed);
                    let kernel = fused::build(&fused.recipe).map_err(|e| self.error(first, e.0))?;
                    self.kernel(kernel, &fused.operands, &fused.results, &fits, &mut drafts);
                }
                (None, Work::While { condition, body }) => {
                    self.repeat(first, condition, body, &fits, &mut drafts)?;
                }
                (None, Work::Choose { branches }) => self.choose(first, branches, &fits, &mut drafts)?,
                (None, _) => {
                    let kernel = kernel_for(first.site(self.module, self.options))
                        .map_err(|e| self.error(first, e.0))?;
                    self.kernel(kernel, &first.operands, &first.results, &fits, &mut drafts);
                }
            }
        }
        Ok(drafts)
    }

    fn error(&self, node: &Node<'_>, reason: String) -> CompileError {
        let place = self.module.source.as_ref().map(|s| s.describe(node.op.location)).unwrap_or_default();
        CompileError::new(node.op.kind.name(), place, reason)
    }

    /// Drafts a kernel's step.
    fn kernel(
        &mut self,
        kernel: Box<dyn Kernel>,
        operands: &[Val],
        results: &[Val],
        fits: &Fits<'_, '_>,
        drafts: &mut Vec<Draft>,
    ) {
        self.buffers.tick();
        let parts: Vec<Part> = operands.iter().map(|&val| self.buffers.part(self.graph, val)).collect();
        let mut shared = vec![None; operands.len()];
        let mut buffers: SmallVec<[Option<Buffer>; 2]> =
            results.iter().map(|val| fits.wanted.get(val).copied()).collect();
        let mut pairs = kernel.in_place();
        // The memory of a donated parameter first: what is there needs none elsewhere.
        pairs.sort_by_key(|pair| self.buffers.is_free(parts[pair.operand].buffer));
        for pair in pairs {
            let (part, bytes) = (parts[pair.operand], self.graph.bytes(results[pair.result]));
            let root = self.graph.storage(operands[pair.operand]).0;
            let alone = parts.iter().filter(|other| other.buffer == part.buffer).count() == 1;
            let taken = buffers.contains(&Some(part.buffer));
            let wanted_here = buffers[pair.result] == Some(part.buffer);
            let whole = part == self.buffers.whole(part.buffer) && part.len == bytes;
            if (wanted_here || buffers[pair.result].is_none() && !taken)
                && shared[pair.operand].is_none()
                && alone
                && whole
                && self.buffers.may_be_overwritten(part.buffer)
                && fits.ends_here(root)
            {
                buffers[pair.result] = Some(part.buffer);
                shared[pair.operand] = Some(pair.result);
            }
        }
        for (i, buffer) in buffers.iter_mut().enumerate() {
            // What was wanted may hold an operand by now. The result then comes there later, by a copy.
            let holds_operand = |b: Buffer| {
                parts.iter().zip(&shared).any(|(part, shared)| part.buffer == b && *shared != Some(i))
            };
            *buffer = buffer.filter(|&b| !holds_operand(b));
        }
        let mut result_parts = Vec::new();
        for (&result, buffer) in results.iter().zip(buffers) {
            let buffer = buffer.unwrap_or_else(|| self.buffers.add(self.graph.bytes(result)));
            self.buffers.set(result, buffer);
            self.buffers.touch(buffer);
            result_parts.push(self.buffers.whole(buffer));
        }
        parts.iter().for_each(|part| self.buffers.touch(part.buffer));
        let scratch = match kernel.scratch_bytes() {
            0 => None,
            bytes => {
                let buffer = self.buffers.add(bytes);
                self.buffers.touch(buffer);
                Some(self.buffers.whole(buffer))
            }
        };
        drafts.push(Draft::Run { kernel, operands: parts, results: result_parts, scratch, shared });
    }

    fn copy(&mut self, from: Part, to: Buffer, drafts: &mut Vec<Draft>) {
        self.buffers.tick();
        self.buffers.touch(from.buffer);
        self.buffers.touch(to);
        if from != self.buffers.whole(to) {
            drafts.push(Draft::Copy { from, to: self.buffers.whole(to) });
        }
    }

    /// Drafts a loop. Each carried value has one buffer, which the body's next value is computed in where the last
    /// one is not needed any more by then, and copied to where not.
    fn repeat(
        &mut self,
        node: &Node<'_>,
        condition: &Block<'_>,
        body: &Block<'_>,
        fits: &Fits<'_, '_>,
        drafts: &mut Vec<Draft>,
    ) -> Result<(), CompileError> {
        let before = self.buffers.tick();
        let mut read_inside = Vec::new();
        for block in [condition, body] {
            block
                .nodes
                .iter()
                .for_each(|inner| for_each_read(self.graph, inner, &mut |val| read_inside.push(val)));
            read_inside.extend(block.returns.iter().map(|&val| self.graph.storage(val).0));
        }
        let mut carried: Vec<Buffer> = Vec::new();
        for ((&initial, &parameter), &result) in node.operands.iter().zip(&body.parameters).zip(&node.results)
        {
            let part = self.buffers.part(self.graph, initial);
            let root = self.graph.storage(initial).0;
            let wanted = fits.wanted.get(&result).copied();
            let own = wanted.is_none()
                && self.buffers.may_be_overwritten(part.buffer)
                && part == self.buffers.whole(part.buffer)
                && part.len == self.graph.bytes(parameter)
                && fits.ends_here(root)
                && !read_inside.contains(&root)
                && node.operands.iter().filter(|&&o| self.graph.storage(o).0 == root).count() == 1;
            let others = node.operands.iter().filter(|&&other| other != initial);
            let needed = self.buffers_of(others.chain(&read_inside));
            let buffer = match wanted {
                _ if own => part.buffer,
                Some(wanted) if !needed.contains(&wanted) => wanted,
                _ => self.buffers.add(self.graph.bytes(parameter)),
            };
            self.copy(part, buffer, drafts);
            carried.push(buffer);
            self.buffers.set(parameter, buffer);
        }
        let start = self.buffers.tick();
        carried.iter().for_each(|&buffer| self.buffers.touch(buffer));

        let condition_drafts = self.block(condition, &HashMap::new())?;
        self.buffers.tick();
        let predicate = self.buffers.part(self.graph, condition.returns[0]);
        self.buffers.touch(predicate.buffer);

        let wanted = self.next_values(body, &carried);
        let mut body_drafts = self.block(body, &wanted)?;
        self.carry_over(body, &carried, &mut body_drafts);
        self.buffers.tick();
        carried.iter().for_each(|&buffer| self.buffers.touch(buffer));
        self.buffers.keep_since(start.min(before + 1));
        self.buffers.keep_since(start);

        for (&result, &buffer) in node.results.iter().zip(&carried) {
            self.buffers.set(result, buffer);
        }
        drafts.push(Draft::While { condition: condition_drafts, predicate, body: body_drafts });
        Ok(())
    }

    /// The buffers of those of the values that are in memory.
    fn buffers_of<'v>(&self, values: impl Iterator<Item = &'v Val>) -> HashSet<Buffer> {
        values.filter_map(|&val| self.buffers.get(self.graph.storage(val).0)).collect()
    }

    /// The values that a body returns and can compute in the carried buffers: what was there is read for the last time
    /// before.
    fn next_values(&self, body: &Block<'_>, carried: &[Buffer]) -> HashMap<Val, Buffer> {
        let (units, _) = fusion::group(self.graph, body);
        let uses = Uses::of(self.graph, body, &units);
        let mut wanted = HashMap::new();
        for ((&returned, &parameter), &buffer) in body.returns.iter().zip(&body.parameters).zip(carried) {
            let (root, start) = self.graph.storage(returned);
            let Some(&defined) = uses.defined.get(&root) else { continue };
            let last_read = uses.last.get(&parameter);
            if start == 0
                && self.graph.bytes(root) == self.graph.bytes(parameter)
                && last_read.is_none_or(|&last| last < defined)
                && !wanted.contains_key(&root)
            {
                wanted.insert(root, buffer);
            }
        }
        wanted
    }

    /// Copies the values that a body returns to the carried buffers where they are not there already.
    fn carry_over(&mut self, body: &Block<'_>, carried: &[Buffer], drafts: &mut Vec<Draft>) {
        let mut moves: Vec<(Part, Buffer)> = Vec::new();
        for (&returned, &buffer) in body.returns.iter().zip(carried) {
            let part = self.buffers.part(self.graph, returned);
            if part != self.buffers.whole(buffer) {
                moves.push((part, buffer));
            }
        }
        // What another move overwrites is brought to safety first.
        let overwritten: Vec<Buffer> = moves.iter().map(|&(_, to)| to).collect();
        for (from, _) in &mut moves {
            if overwritten.contains(&from.buffer) {
                let safe = self.buffers.add(from.len);
                self.copy(*from, safe, drafts);
                *from = self.buffers.whole(safe);
            }
        }
        for (from, to) in moves {
            self.copy(from, to, drafts);
        }
    }

    /// Drafts a choice among branches, each of which computes its results in the same buffers.
    fn choose(
        &mut self,
        node: &Node<'_>,
        branches: &[Block<'_>],
        fits: &Fits<'_, '_>,
        drafts: &mut Vec<Draft>,
    ) -> Result<(), CompileError> {
        let start = self.buffers.tick();
        let index = self.buffers.part(self.graph, node.operands[0]);
        self.buffers.touch(index.buffer);
        let mut read_inside = vec![node.operands[0]];
        for branch in branches {
            branch
                .nodes
                .iter()
                .for_each(|inner| for_each_read(self.graph, inner, &mut |val| read_inside.push(val)));
            read_inside.extend(branch.returns.iter().map(|&val| self.graph.storage(val).0));
        }
        let needed = self.buffers_of(read_inside.iter());
        let results: Vec<Buffer> = node
            .results
            .iter()
            .map(|result| {
                let wanted = fits.wanted.get(result).copied().filter(|wanted| !needed.contains(wanted));
                wanted.unwrap_or_else(|| self.buffers.add(self.graph.bytes(*result)))
            })
            .collect();
        results.iter().for_each(|&buffer| self.buffers.touch(buffer));
        let mut branch_drafts = Vec::new();
        for branch in branches {
            let computed: Vec<Val> = branch.nodes.iter().flat_map(|n| n.results.iter().copied()).collect();
            let mut wanted = HashMap::new();
            for (&returned, &buffer) in branch.returns.iter().zip(&results) {
                let (root, start) = self.graph.storage(returned);
                let whole = start == 0 && self.graph.bytes(root) == self.buffers.bytes(buffer);
                if whole && computed.contains(&root) {
                    wanted.entry(root).or_insert(buffer);
                }
            }
            let mut inner = self.block(branch, &wanted)?;
            for (&returned, &buffer) in branch.returns.iter().zip(&results) {
                let part = self.buffers.part(self.graph, returned);
                self.copy(part, buffer, &mut inner);
            }
            branch_drafts.push(inner);
        }
        self.buffers.tick();
        results.iter().for_each(|&buffer| self.buffers.touch(buffer));
        self.buffers.keep_since(start);
        for (&result, &buffer) in node.results.iter().zip(&results) {
            self.buffers.set(result, buffer);
        }
        let index_type = self.graph.info(node.operands[0]).ty.element;
        drafts.push(Draft::Choose { index, index_type, branches: branch_drafts });
        Ok(())
    }
}

/// What a unit may do with memory.
struct Fits<'a, 'm> {
    block: &'a Block<'m>,
    uses: &'a Uses,
    unit: usize,
    /// Values that have to be computed in these buffers.
    wanted: &'a HashMap<Val, Buffer>,
}

impl Fits<'_, '_> {
    /// Whether a value of the block is not needed any more after this unit.
    fn ends_here(&self, val: Val) -> bool {
        self.uses.ends_at(val, self.unit, &self.block.parameters)
    }
}
