//! What can be forked.

use crate::nn::{Module, Phase};
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

/// A [`Module`], for inference.
///
/// ```
/// use runahead::nn::{Linear, Store};
/// use runahead::{ElementType, fork, ops, wait};
/// let device = runahead::device("cpu")?;
/// let source = Store::fresh(1, &device).source();
/// let (left, right) = (Linear::new(4, 8, &source.pp("left"))?, Linear::new(4, 8, &source.pp("right"))?);
/// let x = ops::randn([2, 4], ElementType::F32, 1, &device)?;
/// let (left, right) = wait((fork(&left, &x)?, fork(&right, &x)?))?;
/// assert_eq!(ops::add(left, right)?.dims(), [2, 8]);
/// # Ok::<(), runahead::TensorError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum ByModule {}

impl<M: Module> Forward<M::Input, ByModule> for &M {
    type Output = M::Output;

    fn name(&self) -> &'static str {
        "module"
    }

    fn forward(&self, input: M::Input) -> Result<M::Output> {
        Module::forward(*self, input, Phase::Inference)
    }
}
