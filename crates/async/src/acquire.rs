//! Acquiring several accesses as one step.

use std::ptr::NonNull;

use smallvec::SmallVec;

use crate::access::{MutBuffer, ReadBuffer, WriteBuffer};
use crate::epoch::{Several, Timeline};
use crate::value::{Async, RawAccess};

/// Takes places in line on several values as one step: for any two such acquisitions, from whichever threads, one is before
/// the other on every value that they have in common.
///
/// Places that are taken one by one, as in `dispatch((a.mutate(), b.mutate()), …)`, are in the order of *this* thread. Where
/// another thread takes places on the same values crosswise at the same time, each may come first on one of them, and both
/// wait for ever. Taken as one step, they cannot.
///
/// What is to be acquired is said by [`reading`](Async::reading), [`writing`](Async::writing) and
/// [`mutating`](Async::mutating), in tuples, arrays, vectors and options; buffers are given in the same shape. Of a value
/// that is there several times, places are taken in the order in which they are given.
///
/// ```
/// use runahead_async::{Async, acquire, dispatch};
/// let (a, b) = (Async::from(1), Async::from(10));
/// std::thread::scope(|threads| {
///     threads.spawn(|| {
///         dispatch(acquire((a.mutating(), b.mutating())), |(a, b)| std::mem::swap(a, b));
///     });
///     threads.spawn(|| {
///         dispatch(acquire((b.mutating(), a.mutating())), |(b, a)| std::mem::swap(a, b));
///     });
/// });
/// assert_eq!((*a.wait()?, *b.wait()?), (1, 10));
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[inline]
pub fn acquire<R: Request>(request: R) -> R::Places {
    let mut timelines = Timelines(SmallVec::new());
    request.timelines(&mut timelines);
    // SAFETY: the request borrows the values, and nobody's code is called while they are locked.
    unsafe {
        let mut locked = Locked(Several::lock(&mut timelines.0));
        request.take(&mut locked)
    }
}

/// What [`acquire`] takes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say what is to be acquired",
    note = "give what `reading()`, `writing()` and `mutating()` return, or tuples, arrays, vectors and options of these"
)]
pub trait Request {
    /// The places in line.
    type Places;

    #[doc(hidden)]
    fn timelines(&self, into: &mut Timelines);

    /// # Safety
    /// What [`timelines`](Self::timelines) gave is locked. No code of a user's is called.
    #[doc(hidden)]
    unsafe fn take(self, locked: &mut Locked) -> Self::Places;
}

/// The timelines of which accesses are to be acquired.
#[doc(hidden)]
pub struct Timelines(SmallVec<[NonNull<Timeline>; 4]>);

/// Those, locked.
#[doc(hidden)]
pub struct Locked(Several);

/// A read that is to be acquired; from [`Async::reading`].
#[must_use = "nothing is acquired before this is given to `acquire`"]
pub struct Reading<'a, T: Send + Sync + 'static>(&'a Async<T>);

/// A write that is to be acquired; from [`Async::writing`].
#[must_use = "nothing is acquired before this is given to `acquire`"]
pub struct Writing<'a, T: Send + Sync + 'static>(&'a Async<T>);

/// A change that is to be acquired; from [`Async::mutating`].
#[must_use = "nothing is acquired before this is given to `acquire`"]
pub struct Mutating<'a, T: Send + Sync + 'static>(&'a Async<T>);

/// Places that are to be taken with others, by [`acquire`].
impl<T: Send + Sync + 'static> Async<T> {
    /// A [`read`](Self::read) that is to be acquired with others; see [`acquire`].
    ///
    /// ```
    /// use runahead_async::{Async, acquire};
    /// let (a, b) = (Async::from(1), Async::from(2));
    /// let (a, b) = acquire((a.reading(), b.reading()));
    /// assert_eq!(*a.wait()? + *b.wait()?, 3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[inline]
    pub fn reading(&self) -> Reading<'_, T> {
        Reading(self)
    }

    /// A [`write`](Self::write) that is to be acquired with others; see [`acquire`].
    ///
    /// ```
    /// use runahead_async::{Async, acquire, dispatch};
    /// let (a, b) = (Async::from(1), Async::new());
    /// dispatch(acquire((a.reading(), b.writing())), |(a, b)| b.set(a + 1));
    /// assert_eq!(*b.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[inline]
    pub fn writing(&self) -> Writing<'_, T> {
        Writing(self)
    }

    /// A [`mutate`](Self::mutate) that is to be acquired with others; see [`acquire`].
    ///
    /// ```
    /// use runahead_async::{Async, acquire, dispatch};
    /// let values: Vec<_> = (0..3).map(Async::from).collect();
    /// let all: Vec<_> = values.iter().map(Async::mutating).collect();
    /// dispatch(acquire(all), |values| values.into_iter().for_each(|value| *value += 1));
    /// assert_eq!(*values[2].wait()?, 3);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[inline]
    pub fn mutating(&self) -> Mutating<'_, T> {
        Mutating(self)
    }
}

macro_rules! requests {
    ($($request:ident $buffer:ident $acquire:ident;)*) => {
        $(
            impl<T: Send + Sync + 'static> Request for $request<'_, T> {
                type Places = $buffer<T>;

                #[inline]
                fn timelines(&self, into: &mut Timelines) {
                    into.0.push(self.0.timeline_pointer());
                }

                #[inline]
                unsafe fn take(self, locked: &mut Locked) -> $buffer<T> {
                    let epoch = locked.0.$acquire(self.0.timeline_pointer());
                    // SAFETY: the unit that was acquired is the buffer's, of the value's kind.
                    $buffer::new(unsafe { RawAccess::new(epoch) })
                }
            }
        )*
    };
}

requests! {
    Reading ReadBuffer read;
    Writing WriteBuffer write;
    Mutating MutBuffer write;
}

impl<R: Request> Request for Vec<R> {
    type Places = Vec<R::Places>;

    fn timelines(&self, into: &mut Timelines) {
        self.iter().for_each(|request| request.timelines(into));
    }

    unsafe fn take(self, locked: &mut Locked) -> Vec<R::Places> {
        // SAFETY: passed on.
        self.into_iter().map(|request| unsafe { request.take(locked) }).collect()
    }
}

impl<R: Request> Request for SmallVec<[R; 4]> {
    type Places = SmallVec<[R::Places; 4]>;

    #[inline]
    fn timelines(&self, into: &mut Timelines) {
        self.iter().for_each(|request| request.timelines(into));
    }

    #[inline]
    unsafe fn take(self, locked: &mut Locked) -> SmallVec<[R::Places; 4]> {
        // SAFETY: passed on.
        self.into_iter().map(|request| unsafe { request.take(locked) }).collect()
    }
}

impl<R: Request, const N: usize> Request for [R; N] {
    type Places = [R::Places; N];

    #[inline]
    fn timelines(&self, into: &mut Timelines) {
        self.iter().for_each(|request| request.timelines(into));
    }

    #[inline]
    unsafe fn take(self, locked: &mut Locked) -> [R::Places; N] {
        // SAFETY: passed on.
        self.map(|request| unsafe { request.take(locked) })
    }
}

impl<R: Request> Request for Option<R> {
    type Places = Option<R::Places>;

    #[inline]
    fn timelines(&self, into: &mut Timelines) {
        self.iter().for_each(|request| request.timelines(into));
    }

    #[inline]
    unsafe fn take(self, locked: &mut Locked) -> Option<R::Places> {
        // SAFETY: passed on.
        self.map(|request| unsafe { request.take(locked) })
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {
        $(
            impl<$($name: Request),*> Request for ($($name,)*) {
                type Places = ($($name::Places,)*);

                #[inline]
                fn timelines(&self, into: &mut Timelines) {
                    $(self.$index.timelines(into);)*
                }

                #[inline]
                unsafe fn take(self, locked: &mut Locked) -> Self::Places {
                    // SAFETY: passed on.
                    unsafe { ($(self.$index.take(locked),)*) }
                }
            }
        )*
    };
}

up_to_eight! { tuples }
