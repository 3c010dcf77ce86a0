//! The operations on tensors.
//!
//! Each is one function that takes operands in any mode and gives its result in the mode that follows: a [`Tensor`] of
//! tensors, an [`AsyncTensor`] where one is in flight, a [`Lazy`] where one is recorded. Plain numbers may stand for
//! scalars; they take the element type of the first tensor that is not of booleans. Shapes of elementwise operations are broadcast as NumPy
//! does. Axes may be counted from the end, as -1. There is a method for each in [`Operations`](crate::Operations).
//!
//! [`Tensor`]: crate::Tensor
//! [`AsyncTensor`]: crate::AsyncTensor
//! [`Lazy`]: crate::Lazy

mod activation;
mod attention;
mod axes;
mod control;
mod convolution;
pub(crate) mod creation;
mod einsum;
mod elementwise;
mod factorization;
mod indexing;
mod linear_algebra;
mod loss;
mod normalization;
mod order;
mod product;
mod reduction;
mod shape;

pub use activation::*;
pub use attention::*;
pub use control::*;
pub use convolution::*;
pub use creation::*;
pub use einsum::*;
pub use elementwise::*;
pub use factorization::*;
pub use indexing::*;
pub use linear_algebra::*;
pub use loss::*;
pub use normalization::*;
pub use order::*;
pub use product::*;
pub use reduction::*;
pub use shape::*;
