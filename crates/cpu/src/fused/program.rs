//! A fused loop as instructions over tiles.

use smallvec::SmallVec;

use super::fold::Fold;
use super::pieces::Pieces;
use super::recipe::{Level, Mode};
use crate::kernel::InPlace;
use crate::ops::Scalar;
use crate::tile::TileFn;

/// A fused loop, ready to run.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) description: String,
    pub(super) mode: Mode,
    /// How many matrices there are, and the rows and columns of each. Only [`Mode::Columns`] has several, which follow
    /// one another row by row.
    pub(super) batches: usize,
    pub(super) rows: usize,
    pub(super) cols: usize,
    /// The rows and columns of a tile; at the edges it is smaller.
    pub(super) tile_rows: usize,
    pub(super) tile_cols: usize,
    pub(super) constants: Vec<Scalar>,
    pub(super) inputs: Vec<Input>,
    pub(super) pieces: Vec<Pieces>,
    /// The memory that instructions write. The results come first, in their order, then registers.
    pub(super) slots: Vec<Slot>,
    pub(super) results: usize,
    pub(super) stages: Vec<Stage>,
    /// Reductions into rows, and the slot that each is for.
    pub(super) column_folds: Vec<ColumnFold>,
    pub(super) in_place: Vec<InPlace>,
    /// A register large enough for any tile, for an instruction that overwrites what it reads.
    pub(super) spare: usize,
}

/// Instructions that run before, and for each tile along a block of rows.
#[derive(Debug, Default)]
pub(super) struct Stage {
    /// On values of the rows, once for the block.
    pub(super) before: Vec<Instruction>,
    /// On each tile along the block.
    pub(super) body: Vec<Instruction>,
}

#[derive(Debug)]
pub(super) struct Instruction {
    pub(super) kind: Kind,
    pub(super) sources: [From; 3],
    pub(super) to: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A loop over the tile.
    Map(TileFn),
    /// A reduction along the rows of the first source.
    Rows(Fold),
    /// A reduction of the first source's rows into one.
    Columns(Fold),
    /// The elements of an input that no loop can address by itself.
    Load,
    /// The elements of what is put together: these pieces of the program.
    Pieces(usize),
}

/// Where a loop finds an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Nowhere,
    Constant(usize),
    Input(usize),
    Slot(usize),
}

/// A kernel's operand as the instructions read it. Where several read the same operand in different ways it has several
/// inputs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Input {
    pub(super) operand: usize,
    pub(super) size: usize,
    pub(super) level: Level,
    /// Elements from the operand's first to the space's first.
    pub(super) offset: usize,
    /// Sizes and strides of the axes that make up the rows, and the columns; outermost first.
    pub(super) outer: SmallVec<[(usize, usize); 4]>,
    pub(super) inner: SmallVec<[(usize, usize); 4]>,
}

/// Memory that instructions write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    /// The size of an element.
    pub(super) size: usize,
    pub(super) level: Level,
    pub(super) extent: Extent,
}

/// How much of the space a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it: a result.
    Result,
    /// A tile.
    Tile,
    /// A block of rows: what a later stage needs of an earlier one.
    Block,
}

/// A reduction into rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnFold {
    pub(super) fold: Fold,
    /// The operation itself, to combine partial results with.
    pub(super) combine: TileFn,
    pub(super) slot: usize,
    /// What the reduction begins with.
    pub(super) initial: From,
}

impl Input {
    /// The one stride of the rows, where there is one.
    pub(super) fn row_stride(&self) -> Option<usize> {
        one_stride(&self.outer)
    }

    /// The one stride of the columns, where there is one.
    pub(super) fn column_stride(&self) -> Option<usize> {
        one_stride(&self.inner)
    }

    /// Whether loops can address the operand where it is.
    pub(super) fn is_direct(&self) -> bool {
        match self.level {
            Level::Row => matches!(self.row_stride(), Some(0 | 1)),
            _ => self.row_stride().is_some() && matches!(self.column_stride(), Some(0 | 1)),
        }
    }
}

fn one_stride(axes: &[(usize, usize)]) -> Option<usize> {
    match axes {
        [] => Some(0),
        [(_, stride)] => Some(*stride),
        _ => None,
    }
}
