//! What a fused loop computes.

use runahead_ir::{Binary, Dims, ElementType};

use crate::ops::{Code, Scalar};

/// Operations over one iteration space.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    /// The sizes of the space's axes, none of them 1.
    pub(crate) dims: Dims,
    pub(crate) mode: Mode,
    pub(crate) leaves: Vec<Leaf>,
    /// What leaves are put together of: boxes of the axes that the leaf is for, which together are all.
    pub(crate) pieces: Vec<Vec<Piece>>,
    /// In an order in which each uses earlier ones.
    pub(crate) steps: Vec<Step>,
    /// The steps whose values are the kernel's results.
    pub(crate) results: Vec<usize>,
}

/// Which axes a space's reductions go over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// There is no reduction.
    Flat,
    /// From this axis on to the last.
    Rows(usize),
    /// From the first of these axes up to the second, which is not the end.
    Columns(usize, usize),
}

impl Mode {
    /// How a reduction of a tensor of `dims` over the axes `over` (some of them not of size 1) can be run; `None` where
    /// the axes are not next to each other.
    pub(crate) fn of_reduction(dims: &[usize], over: &[usize]) -> Option<Mode> {
        let reduced: Vec<bool> =
            (0..dims.len()).filter(|&axis| dims[axis] != 1).map(|axis| over.contains(&axis)).collect();
        let start = reduced.iter().position(|&r| r)?;
        let end = reduced.iter().rposition(|&r| r)? + 1;
        if reduced[start..end].contains(&false) {
            return None;
        }
        Some(if end == reduced.len() { Mode::Rows(start) } else { Mode::Columns(start, end) })
    }
}

/// Where in the space a value has its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Everywhere.
    Element,
    /// One for each row.
    Row,
    /// One for each column, for each batch of rows that is reduced.
    Column,
}

/// Something to read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaf {
    pub(crate) source: Source,
    pub(crate) element: ElementType,
    /// The first element, and the elements from one index to the next of each axis: of the space, or of its rows' axes
    /// where the leaf is read by steps at [`Level::Row`].
    pub(crate) offset: usize,
    pub(crate) strides: Vec<usize>,
    pub(crate) level: Level,
}

/// A box of a leaf's elements.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The first index along each axis, and the one after the last.
    pub(crate) low: Vec<usize>,
    pub(crate) high: Vec<usize>,
    pub(crate) operand: usize,
    /// The element that the first index stands for, and the elements from one index to the next.
    pub(crate) offset: usize,
    pub(crate) strides: Vec<usize>,
}

/// Where a leaf's elements are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Source {
    /// In this operand of the kernel.
    Operand(usize),
    /// All are this one.
    Constant(Scalar),
    /// In several operands: these pieces of the recipe.
    Pieces(usize),
}

/// An operation and what it is applied to.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) operation: Operation,
    pub(crate) arguments: Vec<Argument>,
    /// The type of the value.
    pub(crate) element: ElementType,
    pub(crate) level: Level,
}

/// What a step does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operation {
    /// An elementwise operation, at the step's level.
    Map(Code),
    /// The reduction of the first argument, combined with the second, which is one for the whole space.
    Reduce(Binary),
}

/// What a step is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    Leaf(usize),
    Step(usize),
}
