//! Fused loops: elementwise operations, the broadcasts that feed them and the reductions that follow, in one pass over
//! cache-sized tiles.
//!
//! A [`Recipe`] says what to compute: operations over one iteration space, each on results of earlier ones or on
//! *leaves* (operands seen through strides, or constants). [`build`] makes a kernel of it.
//!
//! The iteration space is a matrix. Three kinds of reduction fix which axes are its rows and its columns:
//!
//! - none ([`Mode::Flat`]): the columns are as many trailing axes as all leaves walk through with one stride;
//! - over the last axes ([`Mode::Rows`]): each row reduces to one value, and later operations may use it in every
//!   column of its row, so that softmax and the norms are one kernel that reads its operand once;
//! - over the first, or middle, axes ([`Mode::Columns`]): rows are added up into one row.
//!
//! A tile is some rows by some columns, small enough that what the instructions leave for each other stays in the
//! innermost cache. Every instruction is one of [`tile`](crate::tile)'s loops over it.
//!
//! - `recipe`: what to compute; `program`: how, in tiles; `plan`: from the one to the other;
//! - `fold`: loops that reduce; `tiles`: running instructions; `rows`, `columns`, `single`: running a program;
//! - `few`: running a recipe for a few elements, without tiles.

mod columns;
mod few;
mod fold;
mod pieces;
mod plan;
mod program;
mod recipe;
mod rows;
mod single;
mod tiles;

pub(crate) use fold::identity;
pub(crate) use plan::{build, shortest_run};
pub(crate) use recipe::{Argument, Leaf, Level, Mode, Operation, Piece, Recipe, Source, Step};
