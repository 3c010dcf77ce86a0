//! What can be forked.

use crate::{Jit, Recorded, Result};

/// A function of recorded values, or something that has one. `K` tells kinds of such things apart, and is inferred.
pub trait Forward<I, K> {
    /// What it gives.
    type Output: Recorded;

    /// What messages and traces call it.
    fn name(&self) -> &'static str {
        "fork"
    }

    /// Records it.
    ///
    /// # Errors
    /// Where the input does not suit it.
    fn forward(&self, input: I) -> Result<Self::Output>;
}

/// A closure or function.
#[derive(Clone, Copy, Debug)]
pub enum ByFunction {}

impl<F, I, R> Forward<I, ByFunction> for F
where
    F: Fn(I) -> Result<R>,
    R: Recorded,
{
    type Output = R;

    fn forward(&self, input: I) -> Result<R> {
        self(input)
    }
}

/// A function made by [`jit`](crate::jit()).
#[derive(Clone, Copy, Debug)]
pub enum ByJit {}

impl<F, I, R> Forward<I, ByJit> for &Jit<F, I, R>
where
    F: Fn(I) -> Result<R>,
    R: Recorded,
{
    type Output = R;

    fn name(&self) -> &'static str {
        Jit::name(self)
    }

    fn forward(&self, input: I) -> Result<R> {
        self.record(input)
    }
}
