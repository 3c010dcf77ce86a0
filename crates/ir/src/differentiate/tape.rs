//! Steps that are linear in tangents.

use smallvec::SmallVec;

use super::DifferentiateError;
use crate::{Op, OpKind, TensorType, ValueId};

/// The tangent of a value: what a small change of the inputs changes it by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Tangent(pub(super) u32);

/// What a step takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    /// A value of the new function, which is a coefficient.
    Primal(ValueId),
    Tangent(Tangent),
}

/// A step; it is linear in its tangents together.
#[derive(Debug)]
pub(super) enum Step<'f> {
    /// An operation with one result. Those with a region are sums: `reduce`, `reduce_window` and `scatter` take no initial
    /// value and add; `select_and_scatter` stands for its transpose, which picks a tangent from each window by the
    /// greatest primal there.
    Op { kind: OpKind, operands: SmallVec<[Operand; 3]>, result: Tangent },
    /// An operation with branches.
    Branches(Box<Branches<'f>>),
    /// A loop.
    Loop(Box<Loop<'f>>),
    /// What there is no rule for: an error, where the derivative needs it.
    Unsupported { error: DifferentiateError, operands: Vec<Tangent>, results: Vec<Tangent> },
}

/// `if` or `case`, to be linearized within the derivative's branches.
#[derive(Debug)]
pub(super) struct Branches<'f> {
    pub(super) op: &'f Op,
    /// Which branch, in the new function.
    pub(super) index: ValueId,
    /// Values of the old function that branches use and that have tangents.
    pub(super) captured: Vec<(ValueId, Tangent)>,
    /// The results that have tangents, by their place.
    pub(super) results: Vec<(usize, Tangent)>,
}

/// `while`, to be linearized within the derivative's loop.
#[derive(Debug)]
pub(super) struct Loop<'f> {
    pub(super) op: &'f Op,
    /// Values of the old function that the body uses from outside and that have tangents.
    pub(super) captured: Vec<(ValueId, Tangent)>,
    /// What is carried and has a tangent, by its place; the tangent it starts with, if it has one there; the result's.
    pub(super) carried: Vec<(usize, Option<Tangent>, Tangent)>,
    /// For reverse mode, how the turns began.
    pub(super) turns: Option<Turns>,
    /// For forward mode, what is carried first.
    pub(super) initial: Vec<ValueId>,
}

/// What each turn of a loop began with.
#[derive(Debug)]
pub(super) struct Turns {
    pub(super) count: usize,
    /// For each carried value, its values in all turns, one after the other; or the one value that it has in all.
    pub(super) kept: Vec<Kept>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kept {
    Each(ValueId),
    Same(ValueId),
}

/// Steps in the order in which they run.
#[derive(Default, Debug)]
pub(super) struct Tape<'f> {
    pub(super) types: Vec<TensorType>,
    pub(super) steps: Vec<Step<'f>>,
}

impl<'f> Tape<'f> {
    pub(super) fn tangent(&mut self, ty: TensorType) -> Tangent {
        self.types.push(ty);
        Tangent(u32::try_from(self.types.len() - 1).expect("fewer tangents than values"))
    }

    pub(super) fn ty(&self, tangent: Tangent) -> &TensorType {
        &self.types[tangent.0 as usize]
    }

    /// Which steps the tangents depend on.
    pub(super) fn needed(&self, wanted: impl IntoIterator<Item = Tangent>) -> Vec<bool> {
        let mut needed = vec![false; self.types.len()];
        wanted.into_iter().for_each(|tangent| needed[tangent.0 as usize] = true);
        let mut steps = vec![false; self.steps.len()];
        for (step, keep) in self.steps.iter().zip(&mut steps).rev() {
            *keep = step.results().iter().any(|result| needed[result.0 as usize]);
            if *keep {
                step.operands().iter().for_each(|operand| needed[operand.0 as usize] = true);
            }
        }
        steps
    }
}

impl Step<'_> {
    pub(super) fn results(&self) -> SmallVec<[Tangent; 2]> {
        match self {
            Step::Op { result, .. } => SmallVec::from_slice(&[*result]),
            Step::Branches(branches) => branches.results.iter().map(|&(_, tangent)| tangent).collect(),
            Step::Loop(turns) => turns.carried.iter().map(|&(_, _, result)| result).collect(),
            Step::Unsupported { results, .. } => results.iter().copied().collect(),
        }
    }

    fn operands(&self) -> SmallVec<[Tangent; 3]> {
        let of_captured = |captured: &[(ValueId, Tangent)]| -> SmallVec<[Tangent; 3]> {
            captured.iter().map(|&(_, tangent)| tangent).collect()
        };
        match self {
            Step::Op { operands, .. } => operands.iter().filter_map(|operand| operand.tangent()).collect(),
            Step::Branches(branches) => of_captured(&branches.captured),
            Step::Loop(turns) => {
                let mut all = of_captured(&turns.captured);
                all.extend(turns.carried.iter().filter_map(|&(_, initial, _)| initial));
                all
            }
            Step::Unsupported { operands, .. } => operands.iter().copied().collect(),
        }
    }
}

impl Operand {
    pub(super) fn tangent(self) -> Option<Tangent> {
        match self {
            Operand::Tangent(tangent) => Some(tangent),
            Operand::Primal(_) => None,
        }
    }
}

impl From<ValueId> for Operand {
    fn from(value: ValueId) -> Operand {
        Operand::Primal(value)
    }
}

impl From<Tangent> for Operand {
    fn from(tangent: Tangent) -> Operand {
        Operand::Tangent(tangent)
    }
}
