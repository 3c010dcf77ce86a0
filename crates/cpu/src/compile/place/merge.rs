//! Which values share a buffer.
//!
//! Two values may, where they are never needed at the same time, are of the same size, and nothing but they decides what
//! is in the buffer: constants and parameters that are not donated share with nobody. One overlap is allowed: an operand
//! that a kernel reads for the last time, and the result that it can compute in its place.
//!
//! Pairs are tried in the order of what sharing saves: copies in the innermost loops first, then other copies, then the
//! memory of results in place. Donated parameters come last, to hold a result that is not there already.

use std::collections::HashMap;

use super::super::draft::{Cell, Cells, Copy, Draft, Kind, Run, Step, Tick};
use super::Donations;
use super::live::{Ranges, reads, writes};

/// Which buffer each cell is in.
#[derive(Debug)]
pub(super) struct Buffers {
    /// Of each cell another one in the same buffer, or itself.
    parent: Vec<usize>,
    /// The buffer of each cell that is its own parent.
    buffers: Vec<Buffer>,
}

/// Memory that holds one value after the other.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    pub(super) bytes: usize,
    /// When it holds something that is needed.
    pub(super) live: Ranges,
    /// The parameter whose memory it is.
    pub(super) parameter: Option<usize>,
    /// The result that is in it in the end.
    pub(super) result: Option<usize>,
    /// The constant whose memory it is: where it begins.
    pub(super) constant: Option<usize>,
    /// Whether anything may write to it.
    writable: bool,
    /// The kernels that compute a result in place in it.
    in_place_at: Vec<Tick>,
    /// How many cells are in it.
    cells: usize,
}

impl Buffer {
    /// Whether it is the memory of a parameter that is given for keeps.
    pub(super) fn is_donated(&self) -> bool {
        self.parameter.is_some() && self.writable
    }

    /// A buffer that anything may be in.
    fn new(bytes: usize, live: Ranges) -> Buffer {
        Buffer {
            bytes,
            live,
            parameter: None,
            result: None,
            constant: None,
            writable: true,
            in_place_at: Vec::new(),
            cells: 1,
        }
    }
}

impl Buffers {
    /// A buffer for each cell.
    fn new(cells: &Cells, live: Vec<Ranges>, donated: &[usize]) -> Buffers {
        let buffer = |(cell, live): (Cell, Ranges)| {
            let mut buffer = Buffer::new(cells.bytes(cell), live);
            match cells.kind(cell) {
                Kind::Computed => {}
                Kind::Result(i) => buffer.result = Some(i),
                Kind::Constant(at) => (buffer.constant, buffer.writable) = (Some(at), false),
                Kind::Parameter(i) => (buffer.parameter, buffer.writable) = (Some(i), donated.contains(&i)),
            }
            buffer
        };
        Buffers { parent: (0..cells.len()).collect(), buffers: cells.iter().zip(live).map(buffer).collect() }
    }

    /// The cell that stands for all in a cell's buffer.
    pub(super) fn leader(&self, cell: Cell) -> Cell {
        let mut at = cell.0;
        while self.parent[at] != at {
            at = self.parent[at];
        }
        Cell(at)
    }

    /// The buffer of a cell.
    pub(super) fn buffer(&self, cell: Cell) -> &Buffer {
        &self.buffers[self.leader(cell).0]
    }

    /// All buffers, each with the cell that stands for it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Cell, &Buffer)> {
        let leads = |&(i, _): &(usize, &Buffer)| self.parent[i] == i;
        self.buffers.iter().enumerate().filter(leads).map(|(i, buffer)| (Cell(i), buffer))
    }

    /// Whether two cells are in one buffer.
    pub(super) fn share(&self, a: Cell, b: Cell) -> bool {
        self.leader(a) == self.leader(b)
    }

    /// A buffer of its own for a new cell.
    pub(super) fn add(&mut self, cells: &mut Cells, bytes: usize, live: Ranges) -> Cell {
        let cell = cells.add(bytes, Kind::Computed);
        self.parent.push(cell.0);
        self.buffers.push(Buffer::new(bytes, live));
        cell
    }

    /// Notes that a buffer is needed at some more times.
    pub(super) fn extend(&mut self, cell: Cell, live: &Ranges) {
        let leader = self.leader(cell).0;
        self.buffers[leader].live = self.buffers[leader].live.union(live);
    }

    /// Puts two buffers into one, whatever they hold.
    pub(super) fn unite(&mut self, a: Cell, b: Cell) {
        let (mut a, mut b) = (self.leader(a).0, self.leader(b).0);
        if a == b {
            return;
        }
        // The one with more cells leads, so that ways to leaders stay short.
        if self.buffers[a].cells < self.buffers[b].cells {
            std::mem::swap(&mut a, &mut b);
        }
        let other = self.buffers[b].clone();
        let buffer = &mut self.buffers[a];
        buffer.live = buffer.live.union(&other.live);
        buffer.parameter = buffer.parameter.or(other.parameter);
        buffer.result = buffer.result.or(other.result);
        buffer.in_place_at.extend(other.in_place_at);
        buffer.cells += other.cells;
        self.parent[b] = a;
    }

    /// Puts two buffers into one, where what is in them is never needed at the same time; `false` where it is.
    fn merge(&mut self, a: Cell, b: Cell, pairs: &InPlacePairs) -> bool {
        let (a, b) = (self.leader(a), self.leader(b));
        if a == b {
            return true;
        }
        let (x, y) = (&self.buffers[a.0], &self.buffers[b.0]);
        let both = |one: Option<usize>, other: Option<usize>| one.is_some() && other.is_some();
        if !x.writable
            || !y.writable
            || x.bytes != y.bytes
            || both(x.parameter, y.parameter)
            || both(x.result, y.result)
        {
            return false;
        }
        let mut touched = Vec::new();
        for (first, last) in x.live.overlaps(&y.live) {
            for tick in first / 2..=last / 2 {
                let whole = first <= reads(tick) && writes(tick) <= last;
                let fresh = !x.in_place_at.contains(&tick) && !y.in_place_at.contains(&tick);
                let agreed = whole
                    && fresh
                    && pairs.at(tick).iter().any(|&(operand, result)| {
                        let (operand, result) = (self.leader(operand), self.leader(result));
                        (operand, result) == (a, b) || (operand, result) == (b, a)
                    });
                if !agreed {
                    return false;
                }
                touched.push(tick);
            }
        }
        self.unite(a, b);
        let leader = self.leader(a).0;
        self.buffers[leader].in_place_at.extend(touched);
        true
    }
}

/// For each kernel the operands that end with it, and the results that it can compute in their place.
#[derive(Default)]
struct InPlacePairs {
    by_tick: HashMap<Tick, Vec<(Cell, Cell)>>,
    /// All of them, in the order of the program.
    all: Vec<(Cell, Cell)>,
}

impl InPlacePairs {
    fn at(&self, tick: Tick) -> &[(Cell, Cell)] {
        self.by_tick.get(&tick).map_or(&[], |pairs| pairs)
    }

    fn add(&mut self, run: &Run, cells: &Cells, live: &[Ranges]) {
        for pair in &run.in_place {
            let (part, result) = (run.operands[pair.operand], run.results[pair.result]);
            let alone = run.operands.iter().filter(|other| other.cell == part.cell).count() == 1;
            let whole = part == cells.whole(part.cell) && part.len == cells.bytes(result);
            let ends =
                live[part.cell.0].ends_at(writes(run.tick)) && live[result.0].begins_at(reads(run.tick));
            let own = !matches!(cells.kind(part.cell), Kind::Constant(_));
            if alone && whole && ends && own {
                self.by_tick.entry(run.tick).or_default().push((part.cell, result));
                self.all.push((part.cell, result));
            }
        }
    }
}

/// A copy of all of a value, which is not needed where both are in one buffer.
struct Joined {
    copy: Copy,
    /// The copies that take place at the same time.
    group: Tick,
    depth: usize,
}

/// What sharing memory may save.
#[derive(Default)]
struct Wishes {
    pairs: InPlacePairs,
    copies: Vec<Joined>,
    /// A loop's parameters and results.
    same: Vec<(Cell, Cell)>,
}

impl Wishes {
    fn collect(&mut self, steps: &[Step], cells: &Cells, live: &[Ranges], depth: usize) {
        for step in steps {
            match step {
                Step::Run(run) => self.pairs.add(run, cells, live),
                Step::While(repeat) => {
                    self.same.extend(repeat.carried.iter().map(|c| (c.parameter, c.result)));
                    self.copies(repeat.entry_copies(), repeat.entry, depth);
                    self.copies(repeat.back_copies(), repeat.back, depth + 1);
                    self.collect(&repeat.condition, cells, live, depth + 1);
                    self.collect(&repeat.body, cells, live, depth + 1);
                }
                Step::Choose(choose) => {
                    for branch in &choose.branches {
                        self.copies(branch.returns.iter().copied(), branch.end, depth);
                        self.collect(&branch.steps, cells, live, depth);
                    }
                }
            }
        }
    }

    fn copies(&mut self, copies: impl IntoIterator<Item = Copy>, group: Tick, depth: usize) {
        self.copies.extend(copies.into_iter().map(|copy| Joined { copy, group, depth }));
    }
}

/// Decides which cells share a buffer.
pub(super) fn merge(draft: &Draft, live: Vec<Ranges>, donations: &Donations<'_>) -> Buffers {
    let cells = &draft.cells;
    let mut wishes = Wishes::default();
    wishes.collect(&draft.steps, cells, &live, 0);
    wishes.copies(draft.returns.iter().copied(), draft.end, 0);
    let Wishes { pairs, mut copies, same } = wishes;

    let mut buffers = Buffers::new(cells, live, donations.donated);
    for (parameter, result) in same {
        // One is needed in the loop only, the other after it.
        buffers.unite(parameter, result);
    }
    copies.sort_by_key(|joined| std::cmp::Reverse((joined.depth, cells.bytes(joined.copy.to))));
    let mut left: HashMap<Tick, Vec<Copy>> = HashMap::new();
    for Joined { copy, group, .. } in copies {
        let whole = copy.from == cells.whole(copy.from.cell);
        if !(whole && buffers.merge(copy.from.cell, copy.to, &pairs)) {
            left.entry(group).or_default().push(copy);
        }
    }
    // Donated memory first: what is there needs none elsewhere.
    for donated in [true, false] {
        for &(operand, result) in &pairs.all {
            if buffers.buffer(operand).parameter.is_some() == donated
                && !goes_round(&buffers, &left, operand, result)
            {
                buffers.merge(operand, result, &pairs);
            }
        }
    }
    for by_wish in [true, false] {
        for &i in donations.donated {
            let Some(&parameter) = draft.parameters.get(i) else { continue };
            let wanted = (donations.wanted)(i);
            for (r, copy) in draft.returns.iter().enumerate() {
                if buffers.buffer(parameter).result.is_none() && (!by_wish || wanted == Some(r)) {
                    buffers.merge(parameter, copy.to, &pairs);
                }
            }
        }
    }
    buffers
}

/// Whether a result in place of an operand would make copies that take place at once go round, where they do not now: it
/// is the source of one, and the operand's buffer is the target of another.
fn goes_round(buffers: &Buffers, left: &HashMap<Tick, Vec<Copy>>, operand: Cell, result: Cell) -> bool {
    left.values().any(|copies| {
        let of = |cell: Cell, buffer: Cell| buffers.share(cell, buffer);
        copies.iter().any(|copy| of(copy.from.cell, result) && !of(copy.to, operand))
            && copies.iter().any(|copy| of(copy.to, operand) && !of(copy.from.cell, result))
    })
}
