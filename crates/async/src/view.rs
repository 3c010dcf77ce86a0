//! Parts of values.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::access::{MutBuffer, ReadBuffer};
use crate::error::{Error, Place};
use crate::form::HeldWith;
use crate::guard::{MutGuard, ReadGuard};
use crate::task::{Access, HeldMut, HeldRead, Open};
use crate::value::Async;
use crate::wait::block_on;

/// A handle on a part of a value: an element of a vector, a field. It is read and changed as an [`Async`] is, keeps the
/// whole alive, and is ordered with it: a read of a part sees what was done to the whole before, and the other way
/// round.
///
/// Parts of one value share its timeline, so a change of one part goes after reads of another. Values that are to change
/// at the same time are better kept apart.
///
/// ```
/// use runahead_async::{Async, dispatch};
/// let list = Async::from(vec![1, 2, 3]);
/// let second = list.view(|list| &list[1], |list| &mut list[1]);
/// dispatch(second.mutate(), |second| *second *= 10);
/// dispatch(list.mutate(), |list| list.iter_mut().for_each(|x| *x += 1));
/// assert_eq!(*second.wait()?, 21);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// Where the part is not there, because the function that should find it panics, its reader gets that as an error.
///
/// ```
/// use runahead_async::{Async, ErrorKind};
/// # std::panic::set_hook(Box::new(|_| {}));
/// let list = Async::from(vec![1]);
/// let ninth = list.view(|list| &list[9], |list| &mut list[9]);
/// assert_eq!(ninth.wait().unwrap_err().kind(), ErrorKind::Panicked);
/// ```
pub struct View<T: Send + Sync + 'static, U: ?Sized + 'static> {
    owner: Async<T>,
    part: Part<T, U>,
}

/// Where the part is.
struct Part<T, U: ?Sized> {
    lens: Arc<dyn Lens<T, U>>,
    made_at: &'static Location<'static>,
}

trait Lens<T, U: ?Sized>: Send + Sync {
    fn get<'a>(&self, whole: &'a T) -> &'a U;
    fn get_mut<'a>(&self, whole: &'a mut T) -> &'a mut U;
}

impl<T, U: ?Sized, G, M> Lens<T, U> for (G, M)
where
    G: Fn(&T) -> &U + Send + Sync,
    M: Fn(&mut T) -> &mut U + Send + Sync,
{
    fn get<'a>(&self, whole: &'a T) -> &'a U {
        self.0(whole)
    }

    fn get_mut<'a>(&self, whole: &'a mut T) -> &'a mut U {
        self.1(whole)
    }
}

impl<T, U: ?Sized> Part<T, U> {
    /// Looks whether the part is there.
    fn check(&self, look: impl FnOnce(&dyn Lens<T, U>)) -> Result<(), Error> {
        catch_unwind(AssertUnwindSafe(|| look(&*self.lens)))
            .map_err(|payload| Error::from_panic(payload, Place::new(None, self.made_at)))
    }
}

impl<T, U: ?Sized> Clone for Part<T, U> {
    fn clone(&self) -> Part<T, U> {
        Part { lens: Arc::clone(&self.lens), made_at: self.made_at }
    }
}

impl<T: Send + Sync + 'static> Async<T> {
    /// A handle on a part of the value, found by these functions: the first for reading, the second for changing.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let pair = Async::from((1, "one"));
    /// let name = pair.view(|pair| &pair.1, |pair| &mut pair.1);
    /// assert_eq!(*name.wait()?, "one");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn view<U, G, M>(&self, get: G, get_mut: M) -> View<T, U>
    where
        U: ?Sized + 'static,
        G: Fn(&T) -> &U + Send + Sync + 'static,
        M: Fn(&mut T) -> &mut U + Send + Sync + 'static,
    {
        let part = Part { lens: Arc::new((get, get_mut)), made_at: Location::caller() };
        View { owner: self.clone(), part }
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> View<T, U> {
    /// Takes a place in the owner's line for reading the part.
    ///
    /// ```
    /// use runahead_async::{Async, compute};
    /// let list = Async::from(vec![1, 2, 3]);
    /// let rest = list.view(|list| &list[1..], |list| &mut list[1..]);
    /// let sum = compute(rest.read(), |rest| rest.iter().sum::<i32>());
    /// assert_eq!(*sum.wait()?, 5);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn read(&self) -> ReadView<T, U> {
        self.read_by(self.owner.read())
    }

    /// A read of the part by a read of the owner.
    pub(crate) fn read_by(&self, buffer: ReadBuffer<T>) -> ReadView<T, U> {
        ReadView { buffer, part: self.part.clone() }
    }

    /// Takes a place in the owner's line for changing the part.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let list = Async::from(vec![1, 2, 3]);
    /// let rest = list.view(|list| &list[1..], |list| &mut list[1..]);
    /// dispatch(rest.mutate(), |rest| rest.fill(0));
    /// assert_eq!(*list.wait()?, [1, 0, 0]);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn mutate(&self) -> MutView<T, U> {
        MutView { buffer: self.owner.mutate(), part: self.part.clone() }
    }

    /// Whether everything that was to be written to the owner has been. It never waits.
    pub fn is_ready(&self) -> bool {
        self.owner.is_ready()
    }

    /// Waits for the part and reads it: `self.read().wait()`.
    ///
    /// # Errors
    /// Where the owner was not written, a task that was to write it failed, or the part is not there.
    #[track_caller]
    pub fn wait(&self) -> Result<ReadViewGuard<T, U>, Error> {
        self.read().wait()
    }

    /// The value that this is a part of.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let pair = Async::from((1, 2));
    /// let first = pair.view(|pair| &pair.0, |pair| &mut pair.0);
    /// assert!(first.owner().is_same(&pair));
    /// ```
    pub fn owner(&self) -> &Async<T> {
        &self.owner
    }

    /// A handle on a part of the part.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let pairs = Async::from(vec![(1, 'a'), (2, 'b')]);
    /// let last = pairs.view(|pairs| &pairs[1], |pairs| &mut pairs[1]);
    /// let letter = last.view(|pair| &pair.1, |pair| &mut pair.1);
    /// assert_eq!(*letter.wait()?, 'b');
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn view<V, G, M>(&self, get: G, get_mut: M) -> View<T, V>
    where
        V: ?Sized + 'static,
        G: Fn(&U) -> &V + Send + Sync + 'static,
        M: Fn(&mut U) -> &mut V + Send + Sync + 'static,
    {
        let (outer, outer_mut) = (Arc::clone(&self.part.lens), Arc::clone(&self.part.lens));
        self.owner.view(move |whole| get(outer.get(whole)), move |whole| get_mut(outer_mut.get_mut(whole)))
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Clone for View<T, U> {
    fn clone(&self) -> View<T, U> {
        View { owner: self.owner.clone(), part: self.part.clone() }
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> IntoFuture for &View<T, U> {
    type Output = Result<ReadViewGuard<T, U>, Error>;
    type IntoFuture = ReadView<T, U>;

    /// A read acquired now.
    fn into_future(self) -> ReadView<T, U> {
        self.read()
    }
}

/// A place in line for reading a part. Await it, wait for it, or give it to a task, which gets `&U`.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct ReadView<T: Send + Sync + 'static, U: ?Sized + 'static> {
    buffer: ReadBuffer<T>,
    part: Part<T, U>,
}

/// A place in line for changing a part. Await it, wait for it, or give it to a task, which gets `&mut U`.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct MutView<T: Send + Sync + 'static, U: ?Sized + 'static> {
    buffer: MutBuffer<T>,
    part: Part<T, U>,
}

/// Reads a part; writes of the owner that come after wait until the guard is dropped.
pub struct ReadViewGuard<T: Send + Sync + 'static, U: ?Sized + 'static> {
    guard: ReadGuard<T>,
    part: Part<T, U>,
}

/// Changes a part.
pub struct MutViewGuard<T: Send + Sync + 'static, U: ?Sized + 'static> {
    guard: MutGuard<T>,
    part: Part<T, U>,
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> ReadView<T, U> {
    /// Waits for the part and reads it.
    ///
    /// # Errors
    /// Where the owner was not written, a task that was to write it failed, or the part is not there; or where nothing
    /// can run and the owner can never come.
    #[track_caller]
    pub fn wait(self) -> Result<ReadViewGuard<T, U>, Error> {
        block_on(self).and_then(|read| read)
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> MutView<T, U> {
    /// Waits for this writer's turn and for the part.
    ///
    /// # Errors
    /// Where there is nothing to change, or the part is not there; or where nothing can run and the turn can never come.
    #[track_caller]
    pub fn wait(self) -> Result<MutViewGuard<T, U>, Error> {
        block_on(self).and_then(|write| write)
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Future for ReadView<T, U> {
    type Output = Result<ReadViewGuard<T, U>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.buffer).poll(cx).map(|guard| {
            let guard = ReadViewGuard { guard: guard?, part: self.part.clone() };
            guard.part.check(|lens| _ = lens.get(&guard.guard))?;
            Ok(guard)
        })
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Future for MutView<T, U> {
    type Output = Result<MutViewGuard<T, U>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.buffer).poll(cx).map(|guard| {
            let mut guard = MutViewGuard { guard: guard?, part: self.part.clone() };
            guard.part.check(|lens| _ = lens.get_mut(&mut guard.guard))?;
            Ok(guard)
        })
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Deref for ReadViewGuard<T, U> {
    type Target = U;

    fn deref(&self) -> &U {
        self.part.lens.get(&self.guard)
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Deref for MutViewGuard<T, U> {
    type Target = U;

    fn deref(&self) -> &U {
        self.part.lens.get(&self.guard)
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> DerefMut for MutViewGuard<T, U> {
    fn deref_mut(&mut self) -> &mut U {
        self.part.lens.get_mut(&mut self.guard)
    }
}

/// Guards show what they guard.
macro_rules! shown {
    ($($guard:ident)*) => {
        $(
            impl<T: Send + Sync + 'static, U: ?Sized + fmt::Debug + 'static> fmt::Debug for $guard<T, U> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }

            impl<T: Send + Sync + 'static, U: ?Sized + fmt::Display + 'static> fmt::Display for $guard<T, U> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }
        )*
    };
}

shown! { ReadViewGuard MutViewGuard }

/// How what is held of the owner is opened.
#[doc(hidden)]
pub struct AsPart<T, U: ?Sized>(Part<T, U>);

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Access for ReadView<T, U> {
    type Args<'a> = &'a U;
    type Held = HeldWith<HeldRead<T>, AsPart<T, U>>;

    fn hold(self) -> Self::Held {
        HeldWith::new(self.buffer.hold(), AsPart(self.part))
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Open for HeldWith<HeldRead<T>, AsPart<T, U>> {
    type Args<'a> = &'a U;

    unsafe fn open(&mut self) -> Result<&U, Error> {
        // SAFETY: passed on.
        Ok(self.with.0.lens.get(unsafe { self.held.open() }?))
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Access for MutView<T, U> {
    type Args<'a> = &'a mut U;
    type Held = HeldWith<HeldMut<T>, AsPart<T, U>>;

    fn hold(self) -> Self::Held {
        HeldWith::new(self.buffer.hold(), AsPart(self.part))
    }
}

impl<T: Send + Sync + 'static, U: ?Sized + 'static> Open for HeldWith<HeldMut<T>, AsPart<T, U>> {
    type Args<'a> = &'a mut U;

    unsafe fn open(&mut self) -> Result<&mut U, Error> {
        // SAFETY: passed on.
        Ok(self.with.0.lens.get_mut(unsafe { self.held.open() }?))
    }
}
