//! Awaiting several buffers at once.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Error;
use crate::wait::block_on;

/// Awaits several buffers or other futures, and gives what each of them gives, in the shape in which they were given: a
/// tuple or a vector. Each error is kept; none hides another.
///
/// ```
/// use runahead_async::{Async, ErrorKind, all, dispatch};
/// let (a, b) = (Async::from(1), Async::<i32>::new());
/// drop(b.write()); // nobody will write it
/// let (a, b) = all((a.read(), b.read())).wait()?;
/// assert_eq!((*a?, b.unwrap_err().kind()), (1, ErrorKind::Unwritten));
///
/// let parts: Vec<_> = (0..4).map(Async::from).collect();
/// let parts = all(parts.iter().map(|part| part.read()).collect::<Vec<_>>()).wait()?;
/// let sum = parts.into_iter().map(|part| part.map(|part| *part)).sum::<Result<i32, _>>()?;
/// assert_eq!(sum, 6);
/// # Ok::<(), runahead_async::Error>(())
/// ```
pub fn all<S: Several>(several: S) -> All<S> {
    All(several.start())
}

/// Several futures that are awaited at once; see [`all`].
#[must_use = "nothing is awaited before this is"]
pub struct All<S: Several>(S::Started);

/// What [`all`] takes: tuples and vectors of buffers, of handles, and of other futures that may be moved.
pub trait Several {
    /// What each gives, in the shape in which they were given.
    type Outputs;
    #[doc(hidden)]
    type Started: Started<Outputs = Self::Outputs> + Unpin;
    #[doc(hidden)]
    fn start(self) -> Self::Started;
}

#[doc(hidden)]
pub trait Started {
    type Outputs;
    /// Polls those that are not done; whether all are.
    fn poll_all(&mut self, cx: &mut Context<'_>) -> bool;
    /// What they gave; all are done.
    fn outputs(&mut self) -> Self::Outputs;
}

impl<S: Several> All<S> {
    /// Waits until all are done.
    ///
    /// # Errors
    /// Where nothing can run, and one of them can never come.
    #[track_caller]
    pub fn wait(self) -> Result<S::Outputs, Error> {
        block_on(self)
    }
}

impl<S: Several> Future for All<S> {
    type Output = S::Outputs;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Outputs> {
        if self.0.poll_all(cx) { Poll::Ready(self.0.outputs()) } else { Poll::Pending }
    }
}

/// One of them.
#[doc(hidden)]
pub enum One<F: Future> {
    Waits(F),
    Done(F::Output),
    Gone,
}

// A future that is never pinned itself, only its `F`, which may be moved.
impl<F: Future + Unpin> Unpin for One<F> {}

impl<F: Future + Unpin> One<F> {
    fn poll(&mut self, cx: &mut Context<'_>) -> bool {
        if let One::Waits(future) = self {
            match Pin::new(future).poll(cx) {
                Poll::Ready(output) => *self = One::Done(output),
                Poll::Pending => return false,
            }
        }
        true
    }

    fn output(&mut self) -> F::Output {
        match std::mem::replace(self, One::Gone) {
            One::Done(output) => output,
            _ => panic!("`all` is not polled after it is done"),
        }
    }
}

impl<F: IntoFuture<IntoFuture: Unpin>> Several for Vec<F> {
    type Outputs = Vec<F::Output>;
    type Started = Vec<One<F::IntoFuture>>;

    fn start(self) -> Self::Started {
        self.into_iter().map(|future| One::Waits(future.into_future())).collect()
    }
}

impl<F: Future + Unpin> Started for Vec<One<F>> {
    type Outputs = Vec<F::Output>;

    fn poll_all(&mut self, cx: &mut Context<'_>) -> bool {
        // Each is polled, so that each will wake.
        self.iter_mut().filter_map(|one| (!one.poll(cx)).then_some(())).count() == 0
    }

    fn outputs(&mut self) -> Vec<F::Output> {
        self.iter_mut().map(One::output).collect()
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {
        $(
            impl<$($name: IntoFuture<IntoFuture: Unpin>),*> Several for ($($name,)*) {
                type Outputs = ($($name::Output,)*);
                type Started = ($(One<$name::IntoFuture>,)*);

                fn start(self) -> Self::Started {
                    ($(One::Waits(self.$index.into_future()),)*)
                }
            }

            impl<$($name: Future + Unpin),*> Started for ($(One<$name>,)*) {
                type Outputs = ($($name::Output,)*);

                fn poll_all(&mut self, cx: &mut Context<'_>) -> bool {
                    // Not `&&`, as above.
                    true $(& self.$index.poll(cx))*
                }

                fn outputs(&mut self) -> Self::Outputs {
                    ($(self.$index.output(),)*)
                }
            }
        )*
    };
}

up_to_eight! { tuples }
