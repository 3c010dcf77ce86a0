//! Functions of tensors side by side.
//!
//! [`fork`] starts a function on recorded values, [`fork_host`] any function; both return at once. `callee` is what can be
//! forked, `host` has the forks of any function, `wait` waits for several.

mod callee;
mod host;
mod wait;

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use runahead_async::{CancelToken, all};
use runahead_runtime::Buffer;

use crate::tensor::{Arguments, Done, Inputs, Outputs, Parts, evaluate_behind, operand};
use crate::{Input, Lazy, Mode, Operand, Operands, Result, Value};

pub use callee::{ByFunction, ByJit, ByModule, Forward};
pub use host::HostFork;
pub use wait::{Forked, Selected, Together, select, wait, wait_all};

/// What a fork of such a function on such operands gives, before it is there.
pub type ForkOf<C, K, O> = <<C as Forward<<O as Operands>::Recorded, K>>::Output as Value>::In<
    <<O as Operands>::Mode as Mode>::WithLater,
>;

/// Starts a function of recorded values, compiled as one program; returns at once, with its results on their way.
///
/// The function is recorded by the call, so that the types of the results, and what is wrong with the operands, are known
/// when it returns. It is compiled, where it was not before, and run beside what the program does next. Where an operand
/// is recorded itself, the function becomes a part of what it belongs to, and the fork gives recorded values.
///
/// Forks may be waited for inside others, to any depth: a worker that waits is stood in for.
///
/// ```
/// use runahead::{Lazy, Tensor, fork, ops, wait};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0], [3], &device)?;
/// let squares = fork(|x: Lazy| ops::multiply(&x, &x), &x)?;
/// let exponentials = fork(|x: Lazy| ops::exp(x), &x)?;
/// // A fork is taken wherever a tensor in flight is.
/// let sum = fork(|(a, b): (Lazy, Lazy)| ops::add(a, b), (&squares, &exponentials))?;
/// let (squares, sum) = wait((squares, sum))?;
/// assert_eq!(squares.to_vec::<f32>()?, [1.0, 4.0, 9.0]);
/// assert!((sum.to_vec::<f32>()?[0] - (1.0 + 1f32.exp())).abs() < 1e-6);
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// Those of the function, with the types of the operands; where operands are on several devices. That the program cannot
/// be compiled or run is found at the results.
pub fn fork<C, K, O>(callee: C, operands: O) -> Result<Fork<ForkOf<C, K, O>>>
where
    O: Operands,
    C: Forward<O::Recorded, K>,
{
    ForkOptions::new().fork(callee, operands)
}

/// Starts any function, of the host's too; returns at once. What it calls may wait, and may fork in turn.
///
/// ```
/// use runahead::{Tensor, fork_host, ops, wait};
/// let device = runahead::device("cpu")?;
/// let load = |from: f32| {
///     let device = device.clone();
///     // Work of the host, then of the device.
///     fork_host(move || ops::exp(Tensor::from_slice(&[from; 4], [4], &device)?.to_async()))
/// };
/// let (a, b) = wait((load(0.0), load(1.0)))?;
/// assert_eq!(ops::add(a, b)?.wait()?.to_vec::<f32>()?, [1.0 + 1f32.exp(); 4]);
/// # Ok::<(), runahead::TensorError>(())
/// ```
pub fn fork_host<F, T>(function: F) -> HostFork<T>
where
    F: FnOnce() -> Result<T> + Send + 'static,
    T: Send + Sync + 'static,
{
    ForkOptions::new().fork_host(function)
}

/// What a fork may be asked for beside its work.
///
/// ```
/// use std::time::Instant;
/// use runahead::{ForkOptions, Lazy, Tensor, ops};
/// let x = Tensor::from_slice(&[1f32], [1], &runahead::device("cpu")?)?;
/// let late = ForkOptions::new().named("late").deadline(Instant::now());
/// let error = late.fork(|x: Lazy| ops::exp(x), &x)?.wait().unwrap_err();
/// assert!(error.to_string().contains("its deadline has passed"), "{error}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ForkOptions {
    name: Option<Arc<str>>,
    token: Option<CancelToken>,
    deadline: Option<Instant>,
}

thread_local! {
    /// The token of the fork that runs on this thread.
    static CURRENT: RefCell<Option<CancelToken>> = const { RefCell::new(None) };
}

impl ForkOptions {
    /// No wishes.
    pub fn new() -> ForkOptions {
        ForkOptions::default()
    }

    /// Gives the fork a name, for errors, reports and traces.
    pub fn named(mut self, name: impl Into<Arc<str>>) -> ForkOptions {
        self.name = Some(name.into());
        self
    }

    /// Has the fork cancelled with the token, in place of that of the fork that this one is made in.
    pub fn cancel_by(mut self, token: &CancelToken) -> ForkOptions {
        self.token = Some(token.clone());
        self
    }

    /// Has the fork cancelled where it is not done by then.
    pub fn deadline(mut self, deadline: Instant) -> ForkOptions {
        self.deadline = Some(deadline);
        self
    }

    /// As [`fork`](fork()).
    ///
    /// # Errors
    /// As for [`fork`](fork()).
    pub fn fork<C, K, O>(self, callee: C, operands: O) -> Result<Fork<ForkOf<C, K, O>>>
    where
        O: Operands,
        C: Forward<O::Recorded, K>,
    {
        let token = self.token();
        let called = callee.name();
        let mut inputs = Inputs::new();
        operands.inputs(&mut inputs);
        let record = |recorded: Vec<Lazy>| {
            Ok(Parts::of(callee.forward(operands.recorded(&mut recorded.into_iter()))?))
        };
        let done = <<O::Mode as Mode>::WithLater as Mode>::run(
            |_| {
                let mut buffers = Arguments::new();
                let device = operand::buffers(called, &inputs, operands.place(), &mut buffers)?;
                let leaf = |(buffer, input): (Cow<'_, Buffer>, &Input<'_>)| match input {
                    Input::Donated(_) => Lazy::donated(buffer.into_owned()),
                    _ => Lazy::buffer(buffer.into_owned()),
                };
                let Parts { tensors, lengths } =
                    record(buffers.into_iter().zip(&inputs).map(leaf).collect())?;
                let name = self.name.as_deref().unwrap_or(called);
                let tensors = evaluate_behind(name, &tensors, &device, &token)?;
                Ok(Done { tensors, lengths })
            },
            || record(operand::recorded(&inputs)?),
        );
        let Done { tensors, lengths } =
            done.map_err(|error| error.within(called, || operand::describe(&inputs)))?;
        let outputs = C::Output::assemble::<<O::Mode as Mode>::WithLater>(
            &mut tensors.into_iter(),
            &mut lengths.iter().copied(),
        );
        Ok(Fork { outputs, token })
    }

    /// As [`fork_host`].
    pub fn fork_host<F, T>(self, function: F) -> HostFork<T>
    where
        F: FnOnce() -> Result<T> + Send + 'static,
        T: Send + Sync + 'static,
    {
        let token = self.token();
        HostFork::start(self.name.unwrap_or_else(|| "fork".into()), token, function)
    }

    /// The token of the fork to be.
    fn token(&self) -> CancelToken {
        let outer = self.token.clone().or_else(|| CURRENT.with_borrow(Option::clone));
        match (outer, self.deadline) {
            (Some(outer), Some(deadline)) => outer.child_until(deadline),
            (Some(outer), None) => outer.child(),
            (None, Some(deadline)) => CancelToken::at(deadline),
            (None, None) => CancelToken::new(),
        }
    }
}

/// Calls `f` as a fork with that token: forks that are made in it are cancelled with it.
fn within<R>(token: &CancelToken, f: impl FnOnce() -> R) -> R {
    struct Restore(Option<CancelToken>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }
    let _restore = Restore(CURRENT.replace(Some(token.clone())));
    f()
}

/// A function that was started by [`fork`](fork()), and its results on their way.
///
/// It derefs to the results, and is taken wherever a tensor in flight is. Dropping it does not stop it.
#[must_use = "the results are had by waiting for a fork, or by giving it on"]
pub struct Fork<T> {
    outputs: T,
    token: CancelToken,
}

impl<T> Fork<T> {
    /// The results, on their way.
    pub fn into_outputs(self) -> T {
        self.outputs
    }

    /// Gives the function up: where it has not begun, the results get an error; one that loops ends.
    pub fn cancel(&self) {
        self.token.cancel();
    }
}

impl<T: Outputs> Fork<T> {
    /// Whether the results are there, or will not come because something failed.
    pub fn is_ready(&self) -> bool {
        let mut buffers = Vec::new();
        self.outputs.buffers(&mut buffers);
        buffers.iter().all(|buffer| buffer.is_ready())
    }

    /// Blocks until the results are there.
    ///
    /// # Errors
    /// Where the function failed or was cancelled, or what it was given failed.
    #[track_caller]
    pub fn wait(self) -> Result<T::Ready> {
        all((arrived(&self.outputs),)).wait()?.0?;
        Ok(self.outputs.into_ready())
    }
}

/// Ends when the values are there.
fn arrived<T: Outputs>(outputs: &T) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    let mut buffers = Vec::new();
    outputs.buffers(&mut buffers);
    let events: Vec<_> = buffers.iter().map(|buffer| buffer.ready()).collect();
    Box::pin(async move { Ok(all(events).await.into_iter().collect::<Result<(), _>>()?) })
}

impl<T> Deref for Fork<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.outputs
    }
}

impl<T: Operand> Operand for Fork<T> {
    type Mode = T::Mode;
    fn input(&self) -> Input<'_> {
        self.outputs.input()
    }
}

impl<T: Outputs + Send + 'static> IntoFuture for Fork<T> {
    type Output = Result<T::Ready>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T::Ready>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let arrived = arrived(&self.outputs);
        Box::pin(async move {
            arrived.await?;
            Ok(self.outputs.into_ready())
        })
    }
}

/// Shows the results as they are now; never waits.
impl<T: fmt::Debug> fmt::Debug for Fork<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fork({:?})", self.outputs)
    }
}
