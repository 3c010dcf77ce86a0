//! What elementwise operations mean: for one element of one type, in every form that kernels call.
//!
//! - `number`: arithmetic, order and bits of each element type;
//! - `real`, `complex`: functions of real and complex numbers;
//! - `convert`: from every type to every other;
//! - `functions`: functions that are computed in `f64` whatever the type;
//! - `narrow`: types of which there are only conversions;
//! - `elementwise`: the operations, as types that a loop is compiled for;
//! - `table`: from an operation and the types of its operands to compiled [`Code`].
//!
//! A meaning is written once. [`Code`] holds it compiled as a loop over tiles and as a function of [`Scalar`]s.

mod complex;
mod convert;
mod elementwise;
mod functions;
mod narrow;
mod number;
mod real;
mod scalar;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use number::{Bits, Ordered, Remainder, Ring};
pub(crate) use real::Real;
pub(crate) use scalar::Scalar;
pub(crate) use table::{Code, code_for, is_narrow};
