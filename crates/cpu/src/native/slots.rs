//! Which elements of memory can be kept in registers.
//!
//! An element is kept where every statement that may touch one of its bytes reads or writes exactly that element, at a
//! place that is known. What a loop carries in memory, and what its steps leave for each other, then costs nothing; it is
//! loaded before the code begins and stored at its end.

use std::collections::{BTreeMap, HashMap};

use runahead_lower::loops::{Bytes, Loops, Place, Statement};

/// Elements that are kept, at most.
const MOST: usize = 192;

/// An element of memory: the memory, and the first byte.
pub(super) type Slot = (usize, i64);

/// An element that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    /// The first type that it is used as.
    pub(super) element: runahead_ir::ElementType,
    /// Whether something is written there.
    pub(super) written: bool,
}

/// The elements that can be kept.
pub(super) fn find(loops: &Loops) -> HashMap<Slot, Kept> {
    let mut found = Found::default();
    found.list(&loops.statements);
    let mut kept = HashMap::new();
    for (&memory, slots) in &found.slots {
        let others = found.others.get(&memory).map_or(&[][..], Vec::as_slice);
        let mut end = 0;
        let mut slots = slots.iter().peekable();
        while let Some((&start, slot)) = slots.next() {
            let bytes = Bytes { start: start as usize, len: slot.size };
            let before = end;
            end = end.max(bytes.start + bytes.len);
            let next = slots.peek().map_or(usize::MAX, |(start, _)| **start as usize);
            let alone = before <= bytes.start && bytes.start + bytes.len <= next && slot.is_one_size;
            if alone && !others.iter().any(|other| other.overlap(&bytes)) && kept.len() < MOST {
                kept.insert((memory, start), Kept { element: slot.element, written: slot.written });
            }
        }
    }
    kept
}

#[derive(Default)]
struct Found {
    /// The elements at known places of each memory.
    slots: BTreeMap<usize, BTreeMap<i64, Seen>>,
    /// What else is touched.
    others: BTreeMap<usize, Vec<Bytes>>,
}

struct Seen {
    element: runahead_ir::ElementType,
    written: bool,
    /// Bytes of the largest element that begins here.
    size: usize,
    is_one_size: bool,
}

impl Found {
    fn list(&mut self, statements: &[Statement]) {
        for statement in statements {
            match statement {
                Statement::Read { from, .. } => self.place(from, false),
                Statement::Write { to, .. } => self.place(to, true),
                Statement::Copy { from, to } => {
                    self.other(from.0, from.1);
                    self.other(to.0, Bytes { start: to.1, len: from.1.len });
                }
                Statement::Call { touches, .. } => {
                    touches.iter().for_each(|&(memory, bytes)| self.other(memory, bytes))
                }
                _ => statement.bodies().into_iter().for_each(|body| self.list(body)),
            }
        }
    }

    fn other(&mut self, memory: usize, bytes: Bytes) {
        let others = self.others.entry(memory).or_default();
        if bytes.len > 0 && others.last() != Some(&bytes) {
            others.push(bytes);
        }
    }

    fn place(&mut self, place: &Place, written: bool) {
        if !place.terms.is_empty() || place.start < 0 {
            return self.other(place.memory, place.within);
        }
        let slots = self.slots.entry(place.memory).or_default();
        let seen = slots.entry(place.start).or_insert(Seen {
            element: place.element,
            written: false,
            size: place.element.size(),
            is_one_size: true,
        });
        seen.written |= written;
        seen.size = seen.size.max(place.element.size());
        seen.is_one_size &= seen.element.size() == place.element.size();
    }
}
