//! Where in memory each value is while it is needed.
//!
//! The textbook way from values with one definition each to places that are written many times:
//!
//! 1. [`live`]: when each value is needed, over the whole of the structured control flow;
//! 2. [`merge`]: values that a copy joins, that a kernel can compute in place of each other, or that a donated parameter
//!    can hold, share a *buffer* where they are never needed at the same time;
//! 3. [`copies`]: what is left of each set of parallel copies is brought into an order, by way of spare memory where they
//!    go round;
//! 4. [`homes`]: each buffer gets a place, in a parameter, a result, the constants or the arena;
//! 5. [`emit`]: the steps with those places, and what they claim to read and to compute, for the
//!    [proof](super::check) of the plan.
//!
//! A value that a loop carries is the loop's parameter (at the start of each turn) and its result (when the condition
//! fails): one buffer, which the initial value is copied to at the entry and the next value at the end of the body.
//! Whether a copy is needed is decided by step 2 alone, for a loop as for a branch and for what the program returns.

mod arena;
mod copies;
mod emit;
mod homes;
mod live;
mod merge;

use super::check::Claims;
use super::draft::Draft;
use crate::plan::Action;
use copies::sequences;
use emit::emit;
use homes::homes;
use live::live;
use merge::merge;

/// A program with a place for everything.
pub(super) struct Placed {
    pub(super) actions: Vec<Action>,
    /// What the actions claim to read and to compute.
    pub(super) claims: Claims,
    pub(super) arena_bytes: usize,
    /// For each parameter the result that is in its memory in the end.
    pub(super) results_in: Vec<Option<usize>>,
}

/// What the caller of the program gives for keeps.
pub(super) struct Donations<'a> {
    /// The parameters.
    pub(super) donated: &'a [usize],
    /// The result that the program asks to have in a parameter's memory.
    pub(super) wanted: &'a dyn Fn(usize) -> Option<usize>,
}

/// Finds a place for every value of a program.
pub(super) fn place(mut draft: Draft, donations: &Donations<'_>) -> Placed {
    let live = live(&draft);
    let mut buffers = merge(&draft, live, donations);
    let sequences = sequences(&mut draft, &mut buffers);
    let homes = homes(&draft, &buffers);
    emit(draft, &buffers, &sequences, &homes)
}

#[cfg(test)]
mod tests;
