//! The order of copies that take place at once.
//!
//! A copy may be done when no other one has yet to read what it overwrites. Where copies go round (two values that a loop
//! exchanges), one of them goes by way of spare memory. See Boissinot et al., *Revisiting out-of-SSA translation* (2009),
//! for the problem and this solution.

use std::collections::HashMap;

use super::super::draft::{Cells, Copy, Draft, Part, Step, Tick};
use super::live::{Ranges, reads, writes};
use super::merge::Buffers;

/// For each tick with parallel copies those that are left, in an order in which they can be done.
pub(super) type Sequences = HashMap<Tick, Vec<Move>>;

/// A copy from one place to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) from: Part,
    pub(super) to: Part,
}

/// Orders all copies of a program. While some are done, all memory that they touch is in use.
pub(super) fn sequences(draft: &mut Draft, buffers: &mut Buffers) -> Sequences {
    let mut groups = Vec::new();
    collect(&draft.steps, &mut groups);
    groups.push((draft.end, draft.returns.clone()));
    let mut sequences = Sequences::new();
    for (tick, copies) in groups {
        let moves = sequence(&copies, tick, &mut draft.cells, buffers);
        let now = Ranges::of(reads(tick), writes(tick));
        for cell in moves.iter().flat_map(|m| [m.from.cell, m.to.cell]) {
            buffers.extend(cell, &now);
        }
        if !moves.is_empty() {
            sequences.insert(tick, moves);
        }
    }
    sequences
}

fn collect(steps: &[Step], groups: &mut Vec<(Tick, Vec<Copy>)>) {
    for step in steps {
        match step {
            Step::Run(_) => {}
            Step::While(repeat) => {
                groups.push((repeat.entry, repeat.entry_copies()));
                groups.push((repeat.back, repeat.back_copies()));
                collect(&repeat.condition, groups);
                collect(&repeat.body, groups);
            }
            Step::Choose(choose) => {
                for branch in &choose.branches {
                    groups.push((branch.end, branch.returns.clone()));
                    collect(&branch.steps, groups);
                }
            }
        }
    }
}

fn sequence(copies: &[Copy], tick: Tick, cells: &mut Cells, buffers: &mut Buffers) -> Vec<Move> {
    let mut left: Vec<Move> = copies
        .iter()
        .map(|copy| Move { from: copy.from, to: cells.whole(copy.to) })
        .filter(|m| {
            m.to.len > 0
                && !(buffers.share(m.from.cell, m.to.cell) && m.from.len == m.to.len && m.from.start == 0)
        })
        .collect();
    let mut done = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let overwrites = |m: &Move, other: &Move| m != other && buffers.share(m.to.cell, other.from.cell);
        match left.iter().position(|m| !left.iter().any(|other| overwrites(m, other))) {
            Some(free) => done.push(left.remove(free)),
            None => {
                // They go round. What the first one overwrites is brought to safety.
                let first = left.remove(0);
                for other in &mut left {
                    if buffers.share(first.to.cell, other.from.cell) {
                        let from = other.from;
                        let spare = buffers.add(cells, from.len, Ranges::of(reads(tick), writes(tick)));
                        done.push(Move { from, to: cells.whole(spare) });
                        other.from = cells.whole(spare);
                    }
                }
                done.push(first);
            }
        }
    }
    done
}
