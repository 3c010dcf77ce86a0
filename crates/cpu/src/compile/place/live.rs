//! When each value is needed.
//!
//! A tick has two halves: at `2 · tick` a step begins to read, at `2 · tick + 1` it has written. A kernel's operands and
//! results are needed in both, since it writes while it reads. Of parallel copies the sources are needed in the first
//! half and the targets from the second half on, since all is read before anything is written.
//!
//! Ticks follow the text, execution does not; these rules make up for it:
//!
//! - what a loop reads of what was there before it is needed until the loop's end: it comes back to it;
//! - a loop's parameter is written at its entry and at the end of the body, is needed from there to the last read of a
//!   turn, and up to the test if the loop's result is: the result is what the parameter holds then;
//! - what only one branch reads is needed up to that read in this branch, and not at all in the others.

use super::super::draft::{Cell, Draft, Kind, Part, Step, Tick, While};

/// Times, both ends included, in ascending order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ranges(pub(super) Vec<(usize, usize)>);

impl Ranges {
    /// One range.
    pub(super) fn of(first: usize, last: usize) -> Ranges {
        Ranges(vec![(first, last)])
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first time.
    pub(super) fn first(&self) -> usize {
        self.0.first().map_or(usize::MAX, |range| range.0)
    }

    /// The times of both.
    pub(super) fn union(&self, other: &Ranges) -> Ranges {
        let mut all: Vec<(usize, usize)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::with_capacity(all.len());
        for (first, last) in all {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        Ranges(joined)
    }

    /// The times that both have in common.
    pub(super) fn overlaps<'a>(&'a self, other: &'a Ranges) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (mut a, mut b) = (0, 0);
        std::iter::from_fn(move || {
            loop {
                let (&(a_first, a_last), &(b_first, b_last)) = (self.0.get(a)?, other.0.get(b)?);
                if a_last < b_last {
                    a += 1;
                } else {
                    b += 1;
                }
                let common = (a_first.max(b_first), a_last.min(b_last));
                if common.0 <= common.1 {
                    return Some(common);
                }
            }
        })
    }

    /// Whether both have a time in common.
    pub(super) fn meets(&self, other: &Ranges) -> bool {
        self.overlaps(other).next().is_some()
    }

    /// Whether a range begins at that time.
    pub(super) fn begins_at(&self, time: usize) -> bool {
        self.0.binary_search_by_key(&time, |range| range.0).is_ok()
    }

    /// Whether a range ends at that time.
    pub(super) fn ends_at(&self, time: usize) -> bool {
        self.0.binary_search_by_key(&time, |range| range.1).is_ok()
    }
}

/// When a tick's reads begin.
pub(super) fn reads(tick: Tick) -> usize {
    2 * tick
}

/// When a tick's writes are done.
pub(super) fn writes(tick: Tick) -> usize {
    2 * tick + 1
}

/// When each cell is needed.
pub(super) fn live(draft: &Draft) -> Vec<Ranges> {
    let count = draft.cells.len();
    let mut walk =
        Walk { needed_until: vec![None; count], opened: Vec::new(), ranges: vec![Vec::new(); count] };
    for copy in &draft.returns {
        walk.define(copy.to, writes(draft.end), writes(draft.end));
    }
    for copy in &draft.returns {
        walk.read(copy.from, reads(draft.end));
    }
    walk.steps(&draft.steps);
    for &parameter in &draft.parameters {
        walk.define(parameter, 0, 0);
    }
    // Constants are always there, and nothing else is in their memory.
    let constant = |cell: Cell| matches!(draft.cells.kind(cell), Kind::Constant(_));
    draft.cells.iter().filter(|&cell| constant(cell)).for_each(|cell| walk.ranges[cell.0].clear());
    walk.ranges
        .into_iter()
        .map(|mut ranges| {
            ranges.reverse();
            Ranges(ranges).union(&Ranges::default())
        })
        .collect()
}

/// A walk through the program from its end.
struct Walk {
    /// For each cell that is needed at this point, until when.
    needed_until: Vec<Option<usize>>,
    /// The cells that became needed, in the order of the walk.
    opened: Vec<Cell>,
    /// The ranges of each cell so far, the last one first.
    ranges: Vec<Vec<(usize, usize)>>,
}

impl Walk {
    fn read(&mut self, part: Part, time: usize) {
        self.need(part.cell, time);
    }

    /// Notes that a cell is needed until that time, unless it is needed longer.
    fn need(&mut self, cell: Cell, until: usize) {
        let needed_until = &mut self.needed_until[cell.0];
        if needed_until.is_none() {
            *needed_until = Some(until);
            self.opened.push(cell);
        }
    }

    /// Notes that a cell is written from `first` to `last`, and not needed before.
    fn define(&mut self, cell: Cell, first: usize, last: usize) {
        let until = self.needed_until[cell.0].take().map_or(last, |until| until.max(last));
        self.ranges[cell.0].push((first, until));
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps.iter().rev() {
            match step {
                Step::Run(run) => {
                    let (first, last) = (reads(run.tick), writes(run.tick));
                    run.results.iter().chain(&run.scratch).for_each(|&cell| self.define(cell, first, last));
                    run.operands.iter().for_each(|&part| self.read(part, last));
                }
                Step::While(repeat) => self.repeat(repeat),
                Step::Choose(choose) => {
                    for &result in &choose.results {
                        if let Some(until) = self.needed_until[result.0].take() {
                            self.ranges[result.0].push((reads(choose.exit), until));
                        }
                    }
                    let mut before = Vec::new();
                    for branch in choose.branches.iter().rev() {
                        let opened = self.opened.len();
                        for copy in &branch.returns {
                            self.define(copy.to, writes(branch.end), writes(branch.end));
                        }
                        branch.returns.iter().for_each(|copy| self.read(copy.from, reads(branch.end)));
                        self.steps(&branch.steps);
                        // What this branch needs from outside, and what comes after the choice does not.
                        for cell in self.opened.split_off(opened) {
                            if let Some(until) = self.needed_until[cell.0].take() {
                                self.ranges[cell.0].push((reads(branch.start), until));
                                before.push(cell);
                            }
                        }
                    }
                    before.into_iter().for_each(|cell| self.need(cell, writes(choose.start)));
                    self.read(choose.index, writes(choose.start));
                }
            }
        }
    }

    fn repeat(&mut self, repeat: &While) {
        let mut result_needed = vec![false; repeat.carried.len()];
        for (carried, needed) in repeat.carried.iter().zip(&mut result_needed) {
            if let Some(until) = self.needed_until[carried.result.0].take() {
                self.ranges[carried.result.0].push((reads(repeat.exit), until));
                *needed = true;
            }
        }
        for cell in read_from_outside(repeat) {
            self.need(cell, writes(repeat.back));
        }
        for carried in &repeat.carried {
            self.define(carried.parameter, writes(repeat.back), writes(repeat.back));
        }
        repeat.carried.iter().for_each(|carried| self.read(carried.next, reads(repeat.back)));
        self.steps(&repeat.body);
        for (carried, &needed) in repeat.carried.iter().zip(&result_needed) {
            if needed {
                self.need(carried.parameter, writes(repeat.test));
            }
        }
        self.read(repeat.predicate, writes(repeat.test));
        self.steps(&repeat.condition);
        for carried in &repeat.carried {
            self.define(carried.parameter, writes(repeat.entry), writes(repeat.entry));
        }
        repeat.carried.iter().for_each(|carried| self.read(carried.initial, reads(repeat.entry)));
    }
}

/// The cells that a loop's condition and body read and that are computed before the loop.
fn read_from_outside(repeat: &While) -> Vec<Cell> {
    let (mut read, mut inside) = (Vec::new(), std::collections::HashSet::new());
    inside.extend(repeat.carried.iter().map(|carried| carried.parameter));
    read.extend(repeat.carried.iter().map(|carried| carried.next.cell));
    read.push(repeat.predicate.cell);
    for steps in [&repeat.condition, &repeat.body] {
        collect(steps, &mut read, &mut inside);
    }
    read.sort_unstable();
    read.dedup();
    read.retain(|cell| !inside.contains(cell));
    read
}

fn collect(steps: &[Step], read: &mut Vec<Cell>, defined: &mut std::collections::HashSet<Cell>) {
    for step in steps {
        match step {
            Step::Run(run) => {
                read.extend(run.operands.iter().map(|part| part.cell));
                defined.extend(run.results.iter().chain(&run.scratch));
            }
            Step::While(repeat) => {
                for carried in &repeat.carried {
                    read.extend([carried.initial.cell, carried.next.cell]);
                    defined.extend([carried.parameter, carried.result]);
                }
                read.push(repeat.predicate.cell);
                collect(&repeat.condition, read, defined);
                collect(&repeat.body, read, defined);
            }
            Step::Choose(choose) => {
                read.push(choose.index.cell);
                defined.extend(&choose.results);
                for branch in &choose.branches {
                    read.extend(branch.returns.iter().map(|copy| copy.from.cell));
                    collect(&branch.steps, read, defined);
                }
            }
        }
    }
}
