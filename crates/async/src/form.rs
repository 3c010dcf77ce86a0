//! Other forms in which a read gives its value: none where there is none, cancelling what needs it, or with its error.

use std::future::Future;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

use crate::access::ReadBuffer;
use crate::contain;
use crate::error::{Error, ErrorKind};
use crate::guard::ReadGuard;
use crate::registry::AccessInfo;
use crate::task::{Access, HeldRead, Hold, Open, Registration, Released};
use crate::wait::block_on;

/// A place in line for reading a value that need not be there; see [`ReadBuffer::maybe`].
#[must_use = "a dropped buffer gives up its place in line"]
pub struct MaybeRead<T: Send + Sync + 'static>(ReadBuffer<T>);

/// A place in line for reading a value without which its task is cancelled; see [`ReadBuffer::or_cancel`].
#[must_use = "a dropped buffer gives up its place in line"]
pub struct ReadOrCancel<T: Send + Sync + 'static>(ReadBuffer<T>);

/// A place in line for reading a value or its error; see [`ReadBuffer::result`].
#[must_use = "a dropped buffer gives up its place in line"]
pub struct ReadResult<T: Send + Sync + 'static>(ReadBuffer<T>);

/// A term of a sum: absent where it was not written or was cancelled.
pub(crate) struct Addend<T: Send + Sync + 'static>(pub(crate) ReadBuffer<T>);

impl<T: Send + Sync + 'static> ReadBuffer<T> {
    /// Reads the value where there is one: a task gets `Option<&T>`, awaiting gives an optional guard. It is `None`
    /// where nothing was written; where what was to write the value failed, it is that error still.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let (bonus, pay) = (Async::<u32>::new(), Async::from(100));
    /// drop(bonus.write()); // nobody will write it
    /// dispatch((bonus.read().maybe(), pay.mutate()), |(bonus, pay)| *pay += bonus.unwrap_or(&0));
    /// assert_eq!(*pay.wait()?, 100);
    /// assert!(bonus.read().maybe().wait()?.is_none());
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn maybe(self) -> MaybeRead<T> {
        MaybeRead(self)
    }

    /// Cancels the task where nothing was written: it is not called, and what it was to write gets an error of kind
    /// [`Cancelled`](ErrorKind::Cancelled). Where what was to write the value failed, it is that error still.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind, dispatch};
    /// let (a, b) = (Async::<u32>::new(), Async::new());
    /// drop(a.write()); // nobody will write it
    /// dispatch((a.read().or_cancel(), b.write()), |(a, b)| b.set(a + 1));
    /// assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    /// ```
    pub fn or_cancel(self) -> ReadOrCancel<T> {
        ReadOrCancel(self)
    }

    /// Gives a dispatched task the error too, as a `Result<&T, Error>`, for it to handle; it runs in any case.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let (a, b) = (Async::<i32>::new(), Async::new());
    /// dispatch(a.write(), |a| "seven".parse().map(|n| a.set(n)));
    /// dispatch((a.read().result(), b.write()), |(a, b)| b.set(a.copied().unwrap_or(7)));
    /// assert_eq!(*b.wait()?, 7);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn result(self) -> ReadResult<T> {
        ReadResult(self)
    }
}

impl<T: Send + Sync + 'static> MaybeRead<T> {
    /// Waits for what was to be written and reads it; `None` where nothing was.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// assert_eq!(a.read().maybe().wait()?.as_deref(), Some(&1));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where a task that was to write the value failed, or where nothing can run and the value can never come.
    #[track_caller]
    pub fn wait(self) -> Result<Option<ReadGuard<T>>, Error> {
        block_on(self).and_then(|read| read)
    }
}

impl<T: Send + Sync + 'static> ReadOrCancel<T> {
    /// Waits for the value and reads it.
    ///
    /// ```
    /// use runahead_async::Async;
    /// assert_eq!(*Async::from(1).read().or_cancel().wait()?, 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Of kind `Cancelled` where nothing was written. Where a task that was to write the value failed, its error. Or
    /// where nothing can run and the value can never come.
    #[track_caller]
    pub fn wait(self) -> Result<ReadGuard<T>, Error> {
        block_on(self).and_then(|read| read)
    }
}

impl<T: Send + Sync + 'static> ReadResult<T> {
    /// Waits for the value and reads it, as [`ReadBuffer::wait`] does.
    ///
    /// ```
    /// use runahead_async::Async;
    /// assert_eq!(*Async::from(1).read().result().wait()?, 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// As there.
    #[track_caller]
    pub fn wait(self) -> Result<ReadGuard<T>, Error> {
        self.0.wait()
    }
}

impl<T: Send + Sync + 'static> Future for MaybeRead<T> {
    type Output = Result<Option<ReadGuard<T>>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the unit passes to the guard, and the epoch is complete.
        self.0.poll_raw(cx).map(|raw| unsafe { ReadGuard::maybe(raw) })
    }
}

impl<T: Send + Sync + 'static> Future for ReadOrCancel<T> {
    type Output = Result<ReadGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll_raw(cx).map(|raw| {
            let missing = raw.cancelled();
            // SAFETY: the unit passes to the guard, and the epoch is complete.
            unsafe { ReadGuard::maybe(raw) }?.ok_or(missing)
        })
    }
}

impl<T: Send + Sync + 'static> Future for ReadResult<T> {
    type Output = Result<ReadGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx)
    }
}

/// What is held, together with something that says how it is opened.
#[doc(hidden)]
pub struct HeldWith<H, W> {
    pub(crate) held: H,
    pub(crate) with: ManuallyDrop<W>,
}

impl<H, W> HeldWith<H, W> {
    pub(crate) fn new(held: H, with: W) -> HeldWith<H, W> {
        HeldWith { held, with: ManuallyDrop::new(with) }
    }
}

impl<H: Hold, W: 'static> Hold for HeldWith<H, W> {
    #[inline]
    fn unmet(&mut self) -> usize {
        self.held.unmet()
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: passed on.
        unsafe { H::register(NonNull::new_unchecked(&raw mut (*this.as_ptr()).held), by) }
    }

    fn wanted(&self) -> Option<bool> {
        self.held.wanted()
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.held.prefetch_epochs();
    }

    #[inline]
    fn prefetch(&self) {
        self.held.prefetch();
    }

    #[inline]
    fn prefetch_released(&self) {
        self.held.prefetch_released();
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.held.describe(into);
    }

    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: passed on; nothing is used again, so `with` is dropped once.
        unsafe {
            self.held.finish(error, released);
            contain::dispose(ManuallyDrop::take(&mut self.with));
        }
    }
}

// How a read is opened: one type for each form.

#[doc(hidden)]
pub struct AsMaybe;
#[doc(hidden)]
pub struct AsOrCancel;
#[doc(hidden)]
pub struct AsResult;
pub(crate) struct AsAddend;

macro_rules! forms {
    ($($buffer:ident $form:ident: $args:ty, |$raw:ident| $open:expr;)*) => {
        $(
            impl<T: Send + Sync + 'static> Access for $buffer<T> {
                type Args<'a> = $args;
                type Held = HeldWith<HeldRead<T>, $form>;

                fn hold(self) -> Self::Held {
                    HeldWith::new(self.0.hold(), $form)
                }
            }

            impl<T: Send + Sync + 'static> Open for HeldWith<HeldRead<T>, $form> {
                type Args<'a> = $args;

                unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
                    let $raw = &self.held.raw;
                    // SAFETY: the epoch is complete, as promised.
                    unsafe { $open }
                }
            }
        )*
    };
}

forms! {
    MaybeRead AsMaybe: Option<&'a T>, |raw| raw.maybe_value();
    ReadOrCancel AsOrCancel: &'a T, |raw| raw.maybe_value()?.ok_or_else(|| raw.cancelled());
    ReadResult AsResult: Result<&'a T, Error>, |raw| Ok(raw.value().inspect_err(Error::received));
    Addend AsAddend: Result<Option<&'a T>, Error>, |raw| Ok(match raw.maybe_value() {
        Err(error) if error.kind() == ErrorKind::Cancelled => Ok(None),
        value => value,
    });
}
