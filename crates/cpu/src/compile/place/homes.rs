//! The place of each buffer: the memory of a parameter or a result, or a part of the arena.

use std::collections::HashMap;

use super::super::draft::{Cell, Draft, Part};
use super::arena::{Needed, assign};
use super::live::Ranges;
use super::merge::Buffers;
use crate::plan::{Home, Span};

/// Where each buffer is.
pub(super) struct Homes {
    /// By the cell that stands for a buffer.
    pub(super) places: HashMap<Cell, (Home, usize)>,
    pub(super) arena_bytes: usize,
}

impl Homes {
    /// The bytes of a part.
    pub(super) fn span(&self, buffers: &Buffers, part: Part) -> Span {
        let (home, start) = self.places[&buffers.leader(part.cell)];
        Span { home, start: start + part.start, len: part.len }
    }
}

/// Finds a place for each buffer. What would be in the arena is put into donated parameters where it fits while their
/// memory is not needed.
pub(super) fn homes(draft: &Draft, buffers: &Buffers) -> Homes {
    let mut places = HashMap::new();
    let mut waiting: Vec<Cell> = Vec::new();
    for (cell, buffer) in buffers.iter() {
        let place = match (buffer.constant, buffer.parameter, buffer.result) {
            (Some(at), ..) => (Home::Constants, at),
            (_, Some(parameter), _) => (Home::Parameter(parameter), 0),
            (_, _, Some(result)) => (Home::Result(result), 0),
            // What nothing needs has no bytes anywhere.
            _ if buffer.live.is_empty() || buffer.bytes == 0 => (Home::Arena, 0),
            _ => {
                waiting.push(cell);
                continue;
            }
        };
        places.insert(cell, place);
    }
    // The largest first, then in the order of the program.
    waiting.sort_by_key(|&cell| {
        let buffer = buffers.buffer(cell);
        (std::cmp::Reverse(buffer.bytes), buffer.live.first(), cell)
    });
    for (i, &parameter) in draft.parameters.iter().enumerate() {
        let memory = buffers.buffer(parameter);
        if !memory.is_donated() {
            continue;
        }
        let mut taken: Ranges = memory.live.clone();
        waiting.retain(|&cell| {
            let buffer = buffers.buffer(cell);
            let fits = buffer.bytes <= memory.bytes && !buffer.live.meets(&taken);
            if fits {
                taken = taken.union(&buffer.live);
                places.insert(cell, (Home::Parameter(i), 0));
            }
            !fits
        });
    }
    let needed: Vec<Needed<'_>> = waiting
        .iter()
        .map(|&cell| Needed { live: &buffers.buffer(cell).live, bytes: buffers.buffer(cell).bytes })
        .collect();
    let (offsets, arena_bytes) = assign(&needed);
    places.extend(waiting.into_iter().zip(offsets).map(|(cell, offset)| (cell, (Home::Arena, offset))));
    Homes { places, arena_bytes }
}
