//! Waiting for several forks.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use runahead_async::all;

use super::{Fork, HostFork, arrived};
use crate::tensor::Outputs;
use crate::{AsyncTensor, Result, TensorError};

/// Something that was started: a fork, or a tensor in flight.
pub trait Forked {
    /// What it gives.
    type Value;
    /// Ends when it is there, or failed.
    #[doc(hidden)]
    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>>;
    /// What it gave; it has ended.
    #[doc(hidden)]
    fn finish(self) -> Result<Self::Value>;
}

impl<T: Outputs> Forked for Fork<T> {
    type Value = T::Ready;

    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let arrived = arrived(&self.outputs);
        Box::pin(async { drop(arrived.await) })
    }

    fn finish(self) -> Result<T::Ready> {
        self.wait()
    }
}

impl<T: Send + Sync + 'static> Forked for HostFork<T> {
    type Value = T;

    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.ended()
    }

    fn finish(self) -> Result<T> {
        self.wait()
    }
}

impl Forked for AsyncTensor {
    type Value = crate::Tensor;

    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let ready = self.as_buffer().ready();
        Box::pin(async { drop(ready.await) })
    }

    fn finish(self) -> Result<crate::Tensor> {
        self.wait()
    }
}

/// Several forks that [`wait`] takes: a tuple of up to eight.
pub trait Together {
    /// What they give.
    type Values;
    #[doc(hidden)]
    fn wait(self) -> Result<Self::Values>;
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {
        $(impl<$($name: Forked),*> Together for ($($name,)*) {
            type Values = ($($name::Value,)*);

            #[track_caller]
            fn wait(self) -> Result<Self::Values> {
                all(vec![$(self.$index.ended()),*]).wait()?;
                Ok(($(self.$index.finish()?,)*))
            }
        })*
    };
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}

/// Blocks until all forks have ended; gives what each gave, in its place. In asynchronous code await them one after the
/// other: they are under way already.
///
/// ```
/// use runahead::{fork_host, wait};
/// let (text, number) = wait((fork_host(|| Ok("text")), fork_host(|| Ok(7))))?;
/// assert_eq!((text, number), ("text", 7));
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// The first error in the order of the forks; or where nothing can run, and one of them can never end.
#[track_caller]
pub fn wait<W: Together>(forks: W) -> Result<W::Values> {
    forks.wait()
}

/// Blocks until all forks have ended; gives what they gave, in their order.
///
/// ```
/// use runahead::{fork_host, wait_all};
/// let squares = wait_all((0..4).map(|i| fork_host(move || Ok(i * i))))?;
/// assert_eq!(squares, [0, 1, 4, 9]);
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// As for [`wait`].
#[track_caller]
pub fn wait_all<F: Forked>(forks: impl IntoIterator<Item = F>) -> Result<Vec<F::Value>> {
    let forks: Vec<F> = forks.into_iter().collect();
    all(forks.iter().map(F::ended).collect::<Vec<_>>()).wait()?;
    forks.into_iter().map(F::finish).collect()
}

/// The first fork that ended, from [`select`].
#[derive(Debug)]
pub struct Selected<F: Forked> {
    /// Which it was.
    pub index: usize,
    /// What it gave.
    pub value: Result<F::Value>,
    /// The others, in their order.
    pub rest: Vec<F>,
}

/// Blocks until one of the forks has ended; of several, the first in their order is taken.
///
/// ```
/// use runahead::asynchronous::Async;
/// use runahead::{fork_host, select};
/// let never = Async::<i32>::new();
/// let read = never.read();
/// let first = select([fork_host(move || Ok(*read.wait()?)), fork_host(|| Ok(7))])?;
/// assert_eq!((first.index, first.value?, first.rest.len()), (1, 7, 1));
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// Where there is no fork, or nothing can run, and none of them can ever end.
#[track_caller]
pub fn select<F: Forked>(forks: impl IntoIterator<Item = F>) -> Result<Selected<F>> {
    let mut rest: Vec<F> = forks.into_iter().collect();
    if rest.is_empty() {
        return Err(TensorError::invalid("there is no fork to be waited for").within("select", Vec::new));
    }
    let mut ends: Vec<_> = rest.iter().map(F::ended).collect();
    let first = poll_fn(move |context| {
        // Each is polled until one has ended, so that each will wake.
        match ends.iter_mut().position(|end| end.as_mut().poll(context).is_ready()) {
            Some(index) => Poll::Ready(index),
            None => Poll::Pending,
        }
    });
    let (index,) = all((first,)).wait()?;
    let value = rest.remove(index).finish();
    Ok(Selected { index, value, rest })
}
