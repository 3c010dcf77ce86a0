//! The memory of values before it has a place: who has which buffer, and from when to when.

use std::collections::HashMap;

use runahead_ir::Literal;
use runahead_runtime::{ALIGNMENT, AlignedBytes};

use super::graph::{Graph, Val};
use super::memory::{Interval, assign};
use crate::plan::{Home, Span};

/// A buffer of a [`Buffers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Buffer(usize);

/// All buffers of a program.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    buffers: Vec<Info>,
    /// The buffer of each value that is in memory.
    of: HashMap<Val, Buffer>,
    /// The constants that are in memory, and where. They are written out when all is known to fit.
    constants: Vec<(usize, Literal)>,
    /// Bytes of constants.
    pub(super) constant_bytes: usize,
    /// For each donated parameter its buffer, and the result that is in it in the end.
    donated: Vec<Given>,
    /// Time goes on with each step of the program; what is in a loop or a branch has its own times.
    now: usize,
}

#[derive(Debug)]
struct Info {
    bytes: usize,
    /// `None` for a place in the arena that is not known yet.
    home: Option<(Home, usize)>,
    first: usize,
    last: usize,
}

/// The memory of a parameter that is given for keeps.
#[derive(Clone, Copy, Debug)]
struct Given {
    parameter: usize,
    buffer: Buffer,
    result: Option<usize>,
}

/// A part of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) buffer: Buffer,
    pub(super) start: usize,
    pub(super) len: usize,
}

impl Buffers {
    /// A buffer for the arena.
    pub(super) fn add(&mut self, bytes: usize) -> Buffer {
        self.buffers.push(Info { bytes, home: None, first: usize::MAX, last: 0 });
        Buffer(self.buffers.len() - 1)
    }

    /// A buffer with a place of its own.
    pub(super) fn add_at(&mut self, bytes: usize, home: Home, start: usize) -> Buffer {
        self.buffers.push(Info { bytes, home: Some((home, start)), first: 0, last: usize::MAX });
        Buffer(self.buffers.len() - 1)
    }

    /// The buffer of a parameter that is given for keeps: others may use it once it is not in use any more.
    pub(super) fn add_donated(&mut self, bytes: usize, parameter: usize) -> Buffer {
        let home = Some((Home::Parameter(parameter), 0));
        self.buffers.push(Info { bytes, home, first: 0, last: 0 });
        let buffer = Buffer(self.buffers.len() - 1);
        self.donated.push(Given { parameter, buffer, result: None });
        buffer
    }

    /// The next point in time.
    pub(super) fn tick(&mut self) -> usize {
        self.now += 1;
        self.now
    }

    /// Notes that a buffer is in use now.
    pub(super) fn touch(&mut self, buffer: Buffer) {
        let info = &mut self.buffers[buffer.0];
        info.first = info.first.min(self.now);
        info.last = info.last.max(self.now);
    }

    /// Keeps everything that a loop or branch used from outside in use until now: a loop comes back to it.
    pub(super) fn keep_since(&mut self, start: usize) {
        for info in &mut self.buffers {
            if info.first < start && info.last >= start {
                info.last = info.last.max(self.now);
            }
        }
    }

    /// Gives a value a buffer.
    pub(super) fn set(&mut self, val: Val, buffer: Buffer) {
        self.of.insert(val, buffer);
    }

    /// The buffer of a value that is in memory.
    pub(super) fn get(&self, val: Val) -> Option<Buffer> {
        self.of.get(&val).copied()
    }

    /// Whether the buffer is to be placed in the arena.
    pub(super) fn is_free(&self, buffer: Buffer) -> bool {
        self.buffers[buffer.0].home.is_none()
    }

    /// Whether a step may overwrite the buffer that reads it for the last time.
    pub(super) fn may_be_overwritten(&self, buffer: Buffer) -> bool {
        self.is_free(buffer) || self.donated.iter().any(|given| given.buffer == buffer)
    }

    /// Leaves a result where it is, in the buffer of a parameter that is given for keeps; `false` where that is none, or
    /// has a result already.
    pub(super) fn leave_in(&mut self, buffer: Buffer, result: usize) -> bool {
        let free = |given: &&mut Given| given.buffer == buffer && given.result.is_none();
        let Some(given) = self.donated.iter_mut().find(free) else { return false };
        given.result = Some(result);
        self.buffers[buffer.0].last = usize::MAX;
        true
    }

    /// The result that is in a parameter's memory in the end.
    pub(super) fn result_in(&self, parameter: usize) -> Option<usize> {
        self.donated.iter().find(|given| given.parameter == parameter)?.result
    }

    /// Puts results into the memory of parameters that are given for keeps and are not in use any more when the result
    /// comes to be, those first that `wanted` says of a parameter; and then, in the same way, what would be in the arena.
    pub(super) fn use_donated(&mut self, wanted: &dyn Fn(usize) -> Option<usize>) {
        for by_wish in [true, false] {
            for at in 0..self.donated.len() {
                let Given { parameter, buffer, result } = self.donated[at];
                if result.is_some() || by_wish && wanted(parameter).is_none() {
                    continue;
                }
                let fits = |info: &&mut Info| match info.home {
                    Some((Home::Result(i), 0)) => !by_wish || wanted(parameter) == Some(i),
                    _ => false,
                };
                let Info { bytes, last, .. } = self.buffers[buffer.0];
                let mut fitting = self.buffers.iter_mut().filter(fits);
                let Some(info) = fitting.find(|info| info.bytes == bytes && info.first > last) else {
                    continue;
                };
                let Some((Home::Result(i), _)) = info.home.replace((Home::Parameter(parameter), 0)) else {
                    unreachable!("a result's buffer was looked for");
                };
                self.donated[at].result = Some(i);
            }
        }
        let mut waiting: Vec<usize> = (0..self.buffers.len())
            .filter(|&b| self.buffers[b].home.is_none() && self.buffers[b].first <= self.buffers[b].last)
            .collect();
        waiting.sort_by_key(|&b| (std::cmp::Reverse(self.buffers[b].bytes), self.buffers[b].first, b));
        for Given { parameter, buffer, .. } in self.donated.iter().filter(|given| given.result.is_none()) {
            let Info { bytes, last, .. } = self.buffers[buffer.0];
            let mut taken: Vec<(usize, usize)> = vec![(0, last)];
            waiting.retain(|&b| {
                let info = &mut self.buffers[b];
                let apart = taken.iter().all(|&(first, last)| info.last < first || last < info.first);
                if info.bytes <= bytes && apart {
                    taken.push((info.first, info.last));
                    info.home = Some((Home::Parameter(*parameter), 0));
                    return false;
                }
                true
            });
        }
    }

    /// The size of a buffer.
    pub(super) fn bytes(&self, buffer: Buffer) -> usize {
        self.buffers[buffer.0].bytes
    }

    /// Gives a buffer of the arena a place elsewhere.
    pub(super) fn move_to(&mut self, buffer: Buffer, home: Home) {
        self.buffers[buffer.0].home = Some((home, 0));
    }

    /// All of a buffer.
    pub(super) fn whole(&self, buffer: Buffer) -> Part {
        Part { buffer, start: 0, len: self.buffers[buffer.0].bytes }
    }

    /// Where a value is: a constant is put into memory when it is first asked for.
    pub(super) fn part(&mut self, graph: &Graph, val: Val) -> Part {
        let (root, start) = graph.storage(val);
        let buffer = self.get(root).unwrap_or_else(|| {
            let literal = graph.info(root).literal.as_ref().expect("what is no constant was computed before");
            let at = self.constant_bytes.checked_next_multiple_of(ALIGNMENT).unwrap_or(usize::MAX);
            self.constant_bytes = at.saturating_add(graph.bytes(root));
            self.constants.push((at, literal.clone()));
            let buffer = self.add_at(graph.bytes(root), Home::Constants, at);
            self.set(root, buffer);
            buffer
        });
        Part { buffer, start, len: graph.bytes(val) }
    }

    /// The memory of the constants; `None` where it cannot be had.
    pub(super) fn constants(&self) -> Option<AlignedBytes> {
        let mut memory = AlignedBytes::zeroed(self.constant_bytes)?;
        for (at, literal) in &self.constants {
            let bytes = literal.ty().byte_count()?;
            literal.write_to(&mut memory[*at..at + bytes]);
        }
        Some(memory)
    }

    /// Places all buffers: what turns parts into spans, and the bytes of the arena.
    pub(super) fn place(&self) -> (Places, usize) {
        let in_arena: Vec<usize> =
            (0..self.buffers.len()).filter(|&b| self.buffers[b].home.is_none()).collect();
        let intervals: Vec<Interval> = in_arena
            .iter()
            .map(|&b| {
                let Info { bytes, first, last, .. } = self.buffers[b];
                // A buffer that nothing touches needs no memory.
                let bytes = if first <= last { bytes } else { 0 };
                Interval { first, last, bytes }
            })
            .collect();
        let (offsets, total) = assign(&intervals);
        let mut places: Vec<(Home, usize)> =
            self.buffers.iter().map(|info| info.home.unwrap_or((Home::Arena, 0))).collect();
        for (b, offset) in in_arena.into_iter().zip(offsets) {
            places[b] = (Home::Arena, offset);
        }
        (Places(places), total)
    }
}

/// Where each buffer is.
pub(super) struct Places(Vec<(Home, usize)>);

impl Places {
    /// The bytes of a part.
    pub(super) fn span(&self, part: Part) -> Span {
        let (home, start) = self.0[part.buffer.0];
        Span { home, start: start + part.start, len: part.len }
    }
}
