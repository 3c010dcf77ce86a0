//! Follows the names of values through memory.
//!
//! The state is what each byte of memory is known to hold: the names of values, of which there may be several for one
//! byte (a loop's result is what its parameter was), or none. A kernel's operands must carry the names that it claims to
//! read; then its results' bytes get theirs. A copy moves names with the bytes.
//!
//! A loop is proved by induction. At its start each carried value's claimed place must hold the initial value, and at the
//! end of the body the next value. Between, that place holds the parameter; of everything else only those bytes keep their
//! names that nothing in the loop writes, since a turn may come after another. What a choice leaves is what all of its
//! branches leave: the results in their claimed places, and what none of them wrote.

use smallvec::SmallVec;

use super::spans::Sizes;
use super::{BranchClaim, CarriedClaim, Claim, Claims, Name};
use crate::compile::graph::{Graph, Val};
use crate::plan::{Action, Home, Span};

/// Walks the plan.
pub(super) fn check(
    graph: &Graph,
    actions: &[Action],
    claims: &Claims,
    sizes: &Sizes<'_>,
) -> Result<(), String> {
    let bytes = |val: Val| graph.bytes(val);
    let mut memory = Memory::new(sizes);
    for (i, &val) in claims.parameters.iter().enumerate() {
        let span = Span { home: Home::Parameter(i), start: 0, len: bytes(val) };
        memory.write(&span, Some(whole(val)));
    }
    for &(val, span) in &claims.constants {
        if span.home != Home::Constants || !is_constant(graph, val, &span, sizes.constants) {
            return Err(format!("{span:?} does not hold the constant {val:?}"));
        }
        memory.write(&span, Some(whole(val)));
    }
    let walk = Walk { graph };
    walk.actions(actions, &claims.body, &mut memory)?;
    for (i, (name, span)) in claims.returns.iter().enumerate() {
        let holder = sizes.parameters.iter().position(|parameter| parameter.result == Some(i));
        let home = holder.map_or(Home::Result(i), Home::Parameter);
        if span.home != home || span.start != 0 {
            return Err(format!("result {i} is left in {span:?}"));
        }
        memory.expect(span, *name, || format!("result {i}"))?;
    }
    Ok(())
}

/// Whether a span of the constants' memory holds a constant's elements.
fn is_constant(graph: &Graph, val: Val, span: &Span, constants: &[u8]) -> bool {
    let end = span.start.saturating_add(span.len);
    let (Some(literal), Some(bytes)) = (&graph.info(val).literal, constants.get(span.start..end)) else {
        return false;
    };
    match literal.as_splat() {
        Some(element) => bytes.len() == graph.bytes(val) && bytes.chunks(element.len()).all(|x| x == element),
        None => *bytes == *literal.to_dense(),
    }
}

fn whole(val: Val) -> Name {
    Name { val, start: 0 }
}

struct Walk<'a> {
    graph: &'a Graph,
}

impl Walk<'_> {
    fn actions(&self, actions: &[Action], claims: &[Claim], memory: &mut Memory) -> Result<(), String> {
        if actions.len() != claims.len() {
            return Err(format!("{} actions, {} claims", actions.len(), claims.len()));
        }
        actions.iter().zip(claims).try_for_each(|(action, claim)| self.action(action, claim, memory))
    }

    fn action(&self, action: &Action, claim: &Claim, memory: &mut Memory) -> Result<(), String> {
        match (action, claim) {
            (Action::Run(step), Claim::Run { operands, results }) => {
                let fits = step.operands.len() == operands.len() && step.results.len() == results.len();
                if !fits {
                    return Err(format!("{}: claims other operands or results", step.kernel.describe()));
                }
                for (i, (span, &name)) in step.operands.iter().zip(operands).enumerate() {
                    memory.expect(span, name, || format!("operand {i} of {}", step.kernel.describe()))?;
                }
                memory.write(&step.scratch, None);
                for (span, &val) in step.results.iter().zip(results) {
                    if span.len != self.graph.bytes(val) {
                        return Err(format!("{}: writes {val:?} to {span:?}", step.kernel.describe()));
                    }
                    memory.write(span, Some(whole(val)));
                }
                Ok(())
            }
            (Action::Copy { from, to }, Claim::Copy) => {
                memory.copy(from, to);
                Ok(())
            }
            (
                Action::While { condition, predicate: predicate_span, body },
                Claim::While { condition: condition_claims, predicate, body: body_claims, carried },
            ) => {
                let place = |c: &CarriedClaim| (c.span, c.initial);
                for (i, (span, initial)) in carried.iter().map(place).enumerate() {
                    memory.expect(&span, initial, || format!("carried value {i} at a loop's entry"))?;
                }
                for_each_write(&[condition, body], &mut |span| memory.write(span, None));
                for c in carried {
                    if c.span.len != self.graph.bytes(c.parameter) {
                        return Err(format!("a loop carries {:?} in {:?}", c.parameter, c.span));
                    }
                    memory.add_name(&c.span, whole(c.parameter));
                }
                self.actions(condition, condition_claims, memory)?;
                memory.expect(predicate_span, *predicate, || "a loop's predicate".into())?;
                let mut turn = memory.clone();
                self.actions(body, body_claims, &mut turn)?;
                for (i, c) in carried.iter().enumerate() {
                    turn.expect(&c.span, c.next, || {
                        format!("carried value {i} at the end of a loop's body")
                    })?;
                }
                for c in carried {
                    if memory.holds(&c.span, whole(c.parameter)) {
                        memory.add_name(&c.span, whole(c.result));
                    }
                }
                Ok(())
            }
            (
                Action::Choose { index: index_span, branches, .. },
                Claim::Choose { index, branches: branch_claims, results },
            ) => {
                memory.expect(index_span, *index, || "the index of a choice".into())?;
                if branches.len() != branch_claims.len() {
                    return Err("a choice claims another number of branches".into());
                }
                let mut places: Option<Vec<Span>> = None;
                for (branch, BranchClaim { body, returns }) in branches.iter().zip(branch_claims) {
                    let mut inside = memory.clone();
                    self.actions(branch, body, &mut inside)?;
                    for (i, (name, span)) in returns.iter().enumerate() {
                        inside.expect(span, *name, || format!("result {i} of a branch"))?;
                    }
                    let spans: Vec<Span> = returns.iter().map(|(_, span)| *span).collect();
                    if spans.len() != results.len() || *places.get_or_insert_with(|| spans.clone()) != spans {
                        return Err("the branches of a choice leave their results in other places".into());
                    }
                }
                let branches: Vec<&Vec<Action>> = branches.iter().collect();
                for_each_write(&branches, &mut |span| memory.write(span, None));
                for (span, &val) in places.unwrap_or_default().iter().zip(results) {
                    memory.add_name(span, whole(val));
                }
                Ok(())
            }
            _ => Err("an action of one kind with a claim of another".into()),
        }
    }
}

/// Calls `write` for each span that the actions write, at any depth.
fn for_each_write(actions: &[&Vec<Action>], write: &mut dyn FnMut(&Span)) {
    for action in actions.iter().flat_map(|actions| actions.iter()) {
        match action {
            Action::Run(step) => step.results.iter().chain([&step.scratch]).for_each(&mut *write),
            Action::Copy { to, .. } => write(to),
            Action::While { condition, body, .. } => for_each_write(&[condition, body], write),
            Action::Choose { branches, .. } => {
                for_each_write(&branches.iter().collect::<Vec<_>>(), write);
            }
            // Refused where it is met: machine code is made of what was proved.
            Action::Native(_) => {}
        }
    }
}

/// What is known of the bytes of every memory.
#[derive(Clone, Debug)]
struct Memory {
    /// For each memory ranges in ascending order, apart from each other. What is in none holds nothing that is known.
    homes: Vec<Vec<Range>>,
    parameters: usize,
}

/// Bytes that hold parts of values.
#[derive(Clone, Debug)]
struct Range {
    start: usize,
    end: usize,
    /// What the bytes from `start` on hold.
    names: SmallVec<[Name; 1]>,
}

impl Range {
    /// The part of a range within those bounds.
    fn within(&self, start: usize, end: usize) -> Range {
        let from = self.start.max(start);
        let names = self.names.iter().map(|name| Name { start: name.start + from - self.start, ..*name });
        Range { start: from, end: self.end.min(end), names: names.collect() }
    }
}

impl Memory {
    fn new(sizes: &Sizes<'_>) -> Memory {
        let parameters = sizes.parameters.len();
        Memory { homes: vec![Vec::new(); parameters + sizes.results.len() + 2], parameters }
    }

    fn index(&self, home: Home) -> usize {
        match home {
            Home::Constants => 0,
            Home::Arena => 1,
            Home::Parameter(i) => 2 + i,
            Home::Result(i) => 2 + self.parameters + i,
        }
    }

    /// The ranges that overlap a span, by position.
    fn overlapping(ranges: &[Range], span: &Span) -> std::ops::Range<usize> {
        let first = ranges.partition_point(|range| range.end <= span.start);
        let count = ranges[first..].partition_point(|range| range.start < span.start + span.len);
        first..first + count
    }

    /// Whether all bytes of a span hold what the name says.
    fn holds(&self, span: &Span, name: Name) -> bool {
        if span.len == 0 {
            return true;
        }
        let ranges = &self.homes[self.index(span.home)];
        let mut at = span.start;
        for range in &ranges[Memory::overlapping(ranges, span)] {
            let wanted =
                |have: &Name| have.val == name.val && have.start + span.start == name.start + range.start;
            if range.start > at || !range.names.iter().any(wanted) {
                return false;
            }
            at = range.end;
        }
        at >= span.start + span.len
    }

    fn expect(&self, span: &Span, name: Name, what: impl FnOnce() -> String) -> Result<(), String> {
        if self.holds(span, name) {
            return Ok(());
        }
        let ranges = &self.homes[self.index(span.home)];
        let found = &ranges[Memory::overlapping(ranges, span)];
        Err(format!("{} has to find {name:?} in {span:?}, and finds {found:?}", what()))
    }

    /// Overwrites a span: with a name, or with what is not known.
    fn write(&mut self, span: &Span, name: Option<Name>) {
        let new = name.map(|name| Range {
            start: span.start,
            end: span.start + span.len,
            names: SmallVec::from_slice(&[name]),
        });
        self.replace(span, new);
    }

    fn replace(&mut self, span: &Span, new: impl IntoIterator<Item = Range>) {
        if span.len == 0 {
            return;
        }
        let index = self.index(span.home);
        let ranges = &mut self.homes[index];
        let at = Memory::overlapping(ranges, span);
        let (start, end) = (span.start, span.start + span.len);
        let before =
            ranges[at.clone()].first().filter(|range| range.start < start).map(|r| r.within(0, start));
        let after =
            ranges[at.clone()].last().filter(|range| range.end > end).map(|r| r.within(end, usize::MAX));
        let all: SmallVec<[Range; 3]> = before.into_iter().chain(new).chain(after).collect();
        ranges.splice(at, all);
    }

    /// Moves the names with the bytes.
    fn copy(&mut self, from: &Span, to: &Span) {
        let ranges = &self.homes[self.index(from.home)];
        let moved: Vec<Range> = ranges[Memory::overlapping(ranges, from)]
            .iter()
            .map(|range| {
                let part = range.within(from.start, from.start + from.len);
                let moved = |at: usize| at - from.start + to.start;
                Range { start: moved(part.start), end: moved(part.end), names: part.names }
            })
            .collect();
        self.replace(to, moved);
    }

    /// Gives the bytes of a span one more name.
    fn add_name(&mut self, span: &Span, name: Name) {
        let ranges = &self.homes[self.index(span.home)];
        let end = span.start + span.len;
        let named = |at: usize| Name { start: name.start + at - span.start, ..name };
        let (mut named_ranges, mut at) = (Vec::new(), span.start);
        let gap = |from: usize, to: usize| Range {
            start: from,
            end: to,
            names: SmallVec::from_slice(&[named(from)]),
        };
        for range in &ranges[Memory::overlapping(ranges, span)] {
            let mut range = range.within(span.start, end);
            if range.start > at {
                named_ranges.push(gap(at, range.start));
            }
            at = range.end;
            range.names.push(named(range.start));
            named_ranges.push(range);
        }
        if at < end {
            named_ranges.push(gap(at, end));
        }
        self.replace(span, named_ranges);
    }
}
