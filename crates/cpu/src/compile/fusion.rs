//! Which nodes of a block run in one fused loop.
//!
//! Nodes are taken in order. An elementwise operation or a reduction joins the group that computes one of its operands
//! where it fits that group's iteration space, and where no path through nodes outside leads from the group to another
//! of its operands (the group would have to run before and after them). Groups that meet in an operation merge by the
//! same rules.

use std::collections::{BTreeSet, HashMap};

use runahead_ir::Dims;

use super::graph::{Block, Graph, Val, Work};
use super::view::without_ones;
use crate::fused::{Level, Mode};

/// Rows longer than this are not kept in cache for what follows a reduction over them.
const LONGEST_KEPT_ROW: usize = 1 << 15;
/// Nodes that a group has at most.
const LARGEST_GROUP: usize = 192;

/// What runs as one step.
#[derive(Debug)]
pub(super) struct Unit {
    /// The nodes, in the block's order; several only in a fused group.
    pub(super) nodes: Vec<usize>,
    /// The iteration space, for a fused group.
    pub(super) space: Option<Space>,
}

/// The iteration space of a fused group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Space {
    pub(super) dims: Dims,
    pub(super) mode: Mode,
}

/// The units of a block in an order in which they can run, and the level of each value that a fused group computes.
pub(super) fn group(graph: &Graph, block: &Block<'_>) -> (Vec<Unit>, HashMap<Val, Level>) {
    let mut grouping = Grouping {
        graph,
        block,
        producers: HashMap::new(),
        unit_of: Vec::with_capacity(block.nodes.len()),
        units: Vec::new(),
        levels: HashMap::new(),
        readers: HashMap::new(),
        ranks: Vec::new(),
        read_by: vec![Vec::new(); block.nodes.len()],
    };
    for node in 0..block.nodes.len() {
        grouping.place(node);
        grouping.rank(node);
        for &result in &block.nodes[node].results {
            grouping.producers.insert(result, node);
        }
    }
    let order = grouping.order();
    let mut units: Vec<Option<Unit>> = grouping.units.into_iter().map(Some).collect();
    let units = order.into_iter().filter_map(|u| units[u].take()).collect();
    (units, grouping.levels)
}

struct Grouping<'a, 'm> {
    graph: &'a Graph,
    block: &'a Block<'m>,
    producers: HashMap<Val, usize>,
    unit_of: Vec<usize>,
    /// A unit without nodes was merged into another.
    units: Vec<Unit>,
    levels: HashMap<Val, Level>,
    /// The fused groups that read a value from outside, element by element.
    readers: HashMap<Val, Vec<usize>>,
    /// For each unit a number above those of all units that it reads from.
    ranks: Vec<usize>,
    /// For each node the nodes that read what it computes.
    read_by: Vec<Vec<usize>>,
}

impl Grouping<'_, '_> {
    fn place(&mut self, node: usize) {
        let placed = match &self.block.nodes[node].work {
            Work::Map(_) => self.place_map(node),
            Work::Reduce { dimensions, .. } => {
                let input = self.block.nodes[node].operands[0];
                let dims = self.graph.dims(input);
                let mode = Mode::of_reduction(dims, dimensions).expect("seen when the graph was built");
                self.place_reduce(node, input, without_ones(dims), mode)
            }
            _ => self.add(node, None),
        };
        self.unit_of.push(placed);
    }

    fn add(&mut self, node: usize, space: Option<Space>) -> usize {
        self.units.push(Unit { nodes: vec![node], space });
        self.ranks.push(0);
        self.units.len() - 1
    }

    /// Ranks the unit of a node that was placed, and notes what the node reads.
    fn rank(&mut self, node: usize) {
        let unit = self.unit_of[node];
        for source in self.sources(node) {
            self.read_by[source].push(node);
            let from = self.unit_of[source];
            if from != unit {
                self.ranks[unit] = self.ranks[unit].max(self.ranks[from] + 1);
            }
        }
        self.raise_readers(unit);
    }

    /// Ranks those above a unit that read from it, and those above them that read from these.
    fn raise_readers(&mut self, unit: usize) {
        let mut waiting = vec![unit];
        while let Some(unit) = waiting.pop() {
            for &node in &self.units[unit].nodes {
                for &reader in &self.read_by[node] {
                    let reader = self.unit_of[reader];
                    if reader != unit && self.ranks[reader] <= self.ranks[unit] {
                        self.ranks[reader] = self.ranks[unit] + 1;
                        waiting.push(reader);
                    }
                }
            }
        }
    }

    fn place_map(&mut self, node: usize) -> usize {
        let result = self.block.nodes[node].results[0];
        let dims = without_ones(self.graph.dims(result));
        let mut home: Option<(usize, Level)> = None;
        for &operand in &self.block.nodes[node].operands {
            let Some(unit) = self.producing_unit(self.graph.info(operand).view.base) else { continue };
            if home.is_some_and(|(u, _)| u == unit) {
                continue;
            }
            match home {
                None => {
                    for level in [Level::Element, Level::Row] {
                        if self.fits(node, unit, &dims, level) && self.can_join(node, unit) {
                            home = Some((unit, level));
                            break;
                        }
                    }
                }
                Some((u, level)) => {
                    if self.fits_after_merge(node, &dims, level, u, unit) {
                        self.merge(u, unit);
                    }
                }
            }
        }
        let (unit, level) = match home {
            Some((unit, level)) => {
                self.units[unit].nodes.push(node);
                (unit, level)
            }
            None => (self.add(node, Some(Space { dims, mode: Mode::Flat })), Level::Element),
        };
        self.levels.insert(result, level);
        if level == Level::Element {
            for &operand in &self.block.nodes[node].operands {
                let info = self.graph.info(operand);
                if info.view.offset == 0 && info.view.is_dense(&info.ty.dims) {
                    self.readers.entry(info.view.base).or_default().push(unit);
                }
            }
        }
        unit
    }

    fn place_reduce(&mut self, node: usize, input: Val, dims: Dims, mode: Mode) -> usize {
        let result = self.block.nodes[node].results[0];
        let view = &self.graph.info(input).view;
        let level = if matches!(mode, Mode::Rows(_)) { Level::Row } else { Level::Column };
        self.levels.insert(result, level);
        let space = Space { dims, mode };
        let dense = view.offset == 0 && view.is_dense(self.graph.dims(input));
        let mut candidates = Vec::new();
        if dense {
            candidates.extend(self.producing_unit(view.base));
            candidates.extend(self.readers.get(&view.base).into_iter().flatten().rev().take(8));
        }
        let initial = self.producing_unit(self.graph.info(self.block.nodes[node].operands[1]).view.base);
        let home = candidates.into_iter().find(|&unit| {
            let Some(have) = &self.units[unit].space else { return false };
            // A value at another level has another meaning as an input.
            let level = self.levels.get(&view.base).copied();
            let produced_here = self.producing_unit(view.base) == Some(unit);
            (have.dims == space.dims || have.mode == Mode::Flat && self.reshapes(unit, &space.dims))
                && (have.mode == Mode::Flat || have.mode == mode)
                && (!produced_here || level == Some(Level::Element))
                && initial != Some(unit)
                && self.can_join(node, unit)
        });
        let unit = match home {
            Some(unit) => {
                self.units[unit].nodes.push(node);
                self.units[unit].space = Some(space);
                unit
            }
            None => self.add(node, Some(space)),
        };
        if dense {
            self.readers.entry(view.base).or_default().push(unit);
        }
        unit
    }

    /// Whether a group without reductions can go over a space of other axes with as many elements.
    fn reshapes(&self, unit: usize, dims: &Dims) -> bool {
        self.units[unit].nodes.iter().all(|&node| {
            self.block.nodes[node].operands.iter().all(|&operand| {
                let info = self.graph.info(operand);
                let produced_here = self.producing_unit(info.view.base) == Some(unit);
                let count = |dims: &[usize]| dims.iter().product::<usize>();
                (info.pieces.is_none() || without_ones(&info.ty.dims) == *dims)
                    && count(&info.ty.dims) == count(dims)
                    && (produced_here
                        || self.graph.splat(operand).is_some()
                        || info.view.reshaped(&info.ty.dims, dims).is_some())
            })
        })
    }

    /// The unit that computes a value, if this block does.
    fn producing_unit(&self, val: Val) -> Option<usize> {
        self.producers.get(&val).map(|&node| self.unit_of[node])
    }

    /// Whether every operand that the unit computes can be used at this level of its space.
    fn fits(&self, node: usize, unit: usize, dims: &Dims, level: Level) -> bool {
        let Some(space) = &self.units[unit].space else { return false };
        self.in_space(space, dims, level) && self.operands_fit(node, &[unit], space, level)
    }

    fn in_space(&self, space: &Space, dims: &Dims, level: Level) -> bool {
        match (level, space.mode) {
            (Level::Element, _) => space.dims == *dims,
            (Level::Row, Mode::Rows(split)) => space.dims[..split] == dims[..],
            _ => false,
        }
    }

    fn operands_fit(&self, node: usize, units: &[usize], space: &Space, level: Level) -> bool {
        let reduces = matches!(self.block.nodes[node].work, Work::Reduce { .. });
        self.block.nodes[node].operands.iter().enumerate().all(|(i, &operand)| {
            let info = self.graph.info(operand);
            if let Some(pieces) = &info.pieces {
                // An element's pieces are at other indices than the element, so none may be of this loop.
                let is_here = |val: Val| self.producing_unit(val).is_some_and(|unit| units.contains(&unit));
                return !pieces.iter().any(|piece| is_here(piece.view.base));
            }
            match self.producing_unit(info.view.base) {
                Some(unit) if units.contains(&unit) => {}
                _ => return true,
            }
            // What a reduction begins with is read from memory.
            if reduces && i == 1 {
                return false;
            }
            let Some(&have) = self.levels.get(&info.view.base) else { return false };
            let dense = info.view.offset == 0 && info.view.is_dense(&info.ty.dims);
            match (have, level) {
                (Level::Element, Level::Element) | (Level::Row, Level::Row) => dense,
                (Level::Row, Level::Element) => self.is_row_value(operand, space),
                _ => false,
            }
        })
    }

    /// Whether an operand repeats a value of each row along the row.
    fn is_row_value(&self, operand: Val, space: &Space) -> bool {
        let Mode::Rows(split) = space.mode else { return false };
        let columns: usize = space.dims[split..].iter().product();
        let info = self.graph.info(operand);
        let strides =
            info.ty.dims.iter().zip(&info.view.strides).filter(|(size, _)| **size != 1).map(|(_, s)| *s);
        let mut expected = super::view::row_major(&space.dims[..split]).to_vec();
        expected.resize(space.dims.len(), 0);
        columns <= LONGEST_KEPT_ROW && info.view.offset == 0 && strides.eq(expected)
    }

    fn fits_after_merge(&self, node: usize, dims: &Dims, level: Level, a: usize, b: usize) -> bool {
        let (Some(x), Some(y)) = (&self.units[a].space, &self.units[b].space) else { return false };
        let mode = match (x.mode, y.mode) {
            (one, Mode::Flat) | (Mode::Flat, one) => one,
            (one, other) if one == other => one,
            _ => return false,
        };
        let space = Space { dims: x.dims.clone(), mode };
        x.dims == y.dims
            && self.in_space(&space, dims, level)
            && self.operands_fit(node, &[a, b], &space, level)
            && self.values_between_fit(a, b, &space)
            && self.units[a].nodes.len() + self.units[b].nodes.len() < LARGEST_GROUP
            && self.inputs_avoid(&self.units[a].nodes, &[a, b])
            && self.inputs_avoid(&self.units[b].nodes, &[a, b])
            && self.inputs_avoid(&[node], &[a, b])
    }

    /// Whether what one of two units reads of the other can be read inside a group.
    fn values_between_fit(&self, a: usize, b: usize, space: &Space) -> bool {
        [(a, b), (b, a)].into_iter().all(|(reader, read)| {
            self.units[reader].nodes.iter().all(|&node| {
                let level = self.levels.get(&self.block.nodes[node].results[0]);
                level.is_some_and(|&level| self.operands_fit(node, &[read], space, level))
            })
        })
    }

    fn merge(&mut self, into: usize, from: usize) {
        let nodes = std::mem::take(&mut self.units[from].nodes);
        for &node in &nodes {
            self.unit_of[node] = into;
        }
        let Some(space) = self.units[from].space.take() else { return };
        self.units[into].nodes.extend(nodes);
        self.units[into].nodes.sort_unstable();
        if let Some(have) = &mut self.units[into].space
            && have.mode == Mode::Flat
        {
            have.mode = space.mode;
        }
        for readers in self.readers.values_mut() {
            readers.iter_mut().filter(|unit| **unit == from).for_each(|unit| *unit = into);
        }
        self.ranks[into] = self.ranks[into].max(self.ranks[from]);
        self.raise_readers(into);
    }

    fn can_join(&self, node: usize, unit: usize) -> bool {
        self.units[unit].nodes.len() < LARGEST_GROUP && self.inputs_avoid(&[node], &[unit])
    }

    /// Whether no operand of the nodes that comes from outside the units depends on one of the units.
    fn inputs_avoid(&self, nodes: &[usize], units: &[usize]) -> bool {
        // What ranks no higher reads from none of them.
        let lowest = units.iter().map(|&unit| self.ranks[unit]).min().unwrap_or(0);
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<usize> = Vec::new();
        let push = |node: usize, waiting: &mut Vec<usize>, seen: &mut BTreeSet<usize>, outside: bool| {
            for source in self.sources(node) {
                let unit = self.unit_of[source];
                if units.contains(&unit) {
                    if outside {
                        return false;
                    }
                } else if self.ranks[unit] > lowest && seen.insert(unit) {
                    waiting.push(unit);
                }
            }
            true
        };
        for &node in nodes {
            push(node, &mut waiting, &mut seen, false);
        }
        while let Some(unit) = waiting.pop() {
            for &node in &self.units[unit].nodes {
                if !push(node, &mut waiting, &mut seen, true) {
                    return false;
                }
            }
        }
        true
    }

    /// The nodes whose results a node reads, those read in its regions included.
    fn sources(&self, node: usize) -> Vec<usize> {
        let mut sources = Vec::new();
        super::needs::for_each_read(self.graph, &self.block.nodes[node], &mut |val| {
            sources.extend(self.producers.get(&val));
        });
        sources
    }

    /// The units, each after those that it reads from; else in the block's order.
    fn order(&self) -> Vec<usize> {
        let live = (0..self.units.len()).filter(|&u| !self.units[u].nodes.is_empty());
        let mut missing = vec![0; self.units.len()];
        let mut readers: Vec<Vec<usize>> = vec![Vec::new(); self.units.len()];
        // What has effects stands in a unit of its own, and comes after what had some before it.
        let mut last_effect = None;
        for unit in live.clone() {
            let mut sources: BTreeSet<usize> = self.units[unit]
                .nodes
                .iter()
                .flat_map(|&node| self.sources(node))
                .map(|source| self.unit_of[source])
                .filter(|&source| source != unit)
                .collect();
            if let &[node] = &self.units[unit].nodes[..]
                && self.block.nodes[node].has_effects()
            {
                sources.extend(last_effect.replace(unit));
            }
            missing[unit] = sources.len();
            sources.into_iter().for_each(|source| readers[source].push(unit));
        }
        let place = |unit: usize| (self.units[unit].nodes.last().copied(), unit);
        let mut ready: BTreeSet<_> = live.filter(|&u| missing[u] == 0).map(place).collect();
        let mut order = Vec::new();
        while let Some((_, unit)) = ready.pop_first() {
            order.push(unit);
            for &reader in &readers[unit] {
                missing[reader] -= 1;
                if missing[reader] == 0 {
                    ready.insert(place(reader));
                }
            }
        }
        order
    }
}
