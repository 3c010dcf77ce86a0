//! The proof of a plan: that running it touches only what it may, and that each read finds the value that the graph means.
//!
//! - [`spans`]: every span lies within its memory, and what a step writes overlaps nothing else that it touches. This is
//!   what the `unsafe` of [`run`](crate::run) rests on.
//! - [`graph`]: what the actions claim to compute and to read is what the graph's nodes compute and read.
//! - [`labels`]: memory is labelled with the names of values, byte range by byte range. The walk follows the actions: a
//!   read has to find its name, a write leaves its own.
//!
//! None of the three shares code with the passes that made the plan, and none believes them: all they take are the
//! finished actions, the graph, and the claims that stand beside the actions. A claim that is wrong fails.

mod graph;
mod labels;
mod spans;

use super::graph::{Block, Graph, Val};
use crate::plan::{Action, Span};
pub(super) use spans::Sizes;
#[cfg(test)]
pub(super) use spans::check as check_spans;

/// Some bytes of a value, from `start` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) val: Val,
    pub(super) start: usize,
}

/// What a plan claims.
#[derive(Debug)]
pub(super) struct Claims {
    /// The values of the program's parameters.
    pub(super) parameters: Vec<Val>,
    /// The constants, and where they are.
    pub(super) constants: Vec<(Val, Span)>,
    pub(super) body: Vec<Claim>,
    /// What the program returns, and where it is in the end.
    pub(super) returns: Vec<(Name, Span)>,
}

/// What an action claims to read and to compute.
#[derive(Debug)]
pub(super) enum Claim {
    /// A kernel's operands and results.
    Run {
        operands: Vec<Name>,
        results: Vec<Val>,
    },
    /// A copy moves names with the bytes.
    Copy,
    While {
        condition: Vec<Claim>,
        predicate: Name,
        body: Vec<Claim>,
        carried: Vec<CarriedClaim>,
    },
    /// For each branch its claims, and what it leaves for each of the results, and where.
    Choose {
        index: Name,
        branches: Vec<BranchClaim>,
        results: Vec<Val>,
    },
}

/// What a branch claims.
#[derive(Debug)]
pub(super) struct BranchClaim {
    pub(super) body: Vec<Claim>,
    /// What it leaves for each of the choice's results, and where.
    pub(super) returns: Vec<(Name, Span)>,
}

/// What a loop claims of a value that it carries: it is in `span` at the start of each turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct CarriedClaim {
    pub(super) initial: Name,
    pub(super) parameter: Val,
    pub(super) next: Name,
    pub(super) result: Val,
    pub(super) span: Span,
}

/// Proves a plan.
///
/// # Errors
/// What is wrong with it: a mistake of the compiler's.
pub(super) fn check(
    graph: &Graph,
    block: &Block<'_>,
    actions: &[Action],
    claims: &Claims,
    sizes: &Sizes<'_>,
) -> Result<(), String> {
    spans::check(actions, sizes)?;
    graph::check(graph, block, claims)?;
    labels::check(graph, actions, claims, sizes)
}
