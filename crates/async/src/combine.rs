//! Values made of other values.

use std::error::Error as StdError;
use std::panic::Location;

use crate::error::Error;
use crate::guard::{MutGuard, ReadGuard, WriteGuard};
use crate::operand::Operand;
use crate::task::{Access, TaskBuilder};
use crate::value::Async;

/// Runs a closure as [`dispatch`](crate::dispatch()) does, and gives what it returns as a value.
///
/// ```
/// use runahead_async::{Async, compute};
/// let (a, b) = (Async::from(6), Async::from(7));
/// let product = compute((a.read(), b.read()), |(a, b)| a * b);
/// assert_eq!(*product.wait()?, 42);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[track_caller]
pub fn compute<A, F, R>(access: A, f: F) -> Async<R>
where
    A: Access,
    F: for<'a> FnOnce(A::Args<'a>) -> R + Send + 'static,
    R: Send + Sync + 'static,
{
    let location = Location::caller();
    let result = Async::new_at(location);
    TaskBuilder::new(location).dispatch((access, result.write()), |(args, result)| result.set(f(args)));
    result
}

/// Forms that never wait. What they find depends on how far the tasks have come, so it may differ from run to run.
impl<T: Send + Sync + 'static> Async<T> {
    /// Reads what the writes acquired so far leave, where that is there already; else `None`.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let place = a.defer();
    /// assert!(a.try_read().is_none());
    /// place.set(2);
    /// assert_eq!(*a.try_read().unwrap()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[inline]
    pub fn try_read(&self) -> Option<Result<ReadGuard<T>, Error>> {
        self.read_if_ready()
    }

    /// Writes the value, where everything acquired so far is over already; else `None`, and the value stays as it is.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let read = a.wait()?;
    /// assert!(a.try_write().is_none());
    /// drop(read);
    /// a.try_write().unwrap().set(2);
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn try_write(&self) -> Option<WriteGuard<T>> {
        let mut buffer = self.write();
        let guard = buffer.try_write();
        buffer.pass_over();
        guard
    }

    /// Changes the value, where everything acquired so far is over already; else `None`.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// *a.try_mutate().unwrap()? += 1;
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn try_mutate(&self) -> Option<Result<MutGuard<T>, Error>> {
        let mut buffer = self.mutate();
        let guard = buffer.try_mutate();
        buffer.pass_over();
        guard
    }
}

/// Copying and moving.
impl<T: Send + Sync + 'static> Async<T> {
    /// A copy of the value as it is now, in program order, with a timeline of its own.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let a = Async::from(1);
    /// let before = a.copy();
    /// dispatch(a.mutate(), |a| *a = 2);
    /// assert_eq!((*before.wait()?, *a.wait()?), (1, 2));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn copy(&self) -> Async<T>
    where
        T: Clone,
    {
        compute(self.read(), T::clone)
    }

    /// Writes a copy of what the other value is now, in program order, when that is there; or a plain value. An error of
    /// the other one becomes this one's.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let (a, b) = (Async::from(1), Async::from(2));
    /// a.assign(&b);
    /// b.assign(3);
    /// assert_eq!((*a.wait()?, *b.wait()?), (2, 3));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn assign(&self, other: impl Operand<Value = T>)
    where
        T: Clone,
    {
        let task = TaskBuilder::new(Location::caller());
        if other.address() == Some(self.address()) {
            // A task cannot write a value behind its own read of it, so what it reads is a copy.
            let copy = compute(other.access(), T::clone);
            task.dispatch((copy.write(), self.write()), |(copy, this)| {
                copy.take().map(|value| this.set(value))
            });
        } else {
            task.dispatch(other.acquire_with(self.writing()), |(other, this)| this.set(other.clone()));
        }
    }

    /// Moves the value, as it is now in program order, to a timeline of its own. Here readers then find that nothing was
    /// written, until something is.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind};
    /// let a = Async::from(vec![1, 2, 3]);
    /// let b = a.take();
    /// assert_eq!(*b.wait()?, [1, 2, 3]);
    /// assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn take(&self) -> Async<T> {
        let location = Location::caller();
        let result = Async::new_at(location);
        let task = TaskBuilder::new(location);
        // Two tasks, so that an error that there is no value becomes the result's alone.
        let moved: Async<Result<T, Error>> = Async::new_at(location);
        task.clone().dispatch((self.write(), moved.write()), |(this, moved)| moved.set(this.take()));
        task.dispatch((moved.write(), result.write()), |(moved, result)| -> Result<(), Error> {
            result.set(moved.take()??);
            Ok(())
        });
        result
    }

    /// Waits until everything acquired so far is over, and moves the value out.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let a = Async::from(String::from("a"));
    /// dispatch(a.mutate(), |a| a.push('b'));
    /// let text: String = a.into_value()?;
    /// assert_eq!(text, "ab");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where the value was not written, or a task that was to write it failed, or where nothing can run and its turn can
    /// never come.
    #[track_caller]
    pub fn into_value(self) -> Result<T, Error> {
        Ok(self.mutate().wait()?.take())
    }
}

/// Computing with the value.
impl<T: Send + Sync + 'static> Async<T> {
    /// What the function makes of the value.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let length = Async::from("four").map(|text| text.len());
    /// assert_eq!(*length.wait()?, 4);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn map<R: Send + Sync + 'static>(&self, f: impl FnOnce(&T) -> R + Send + 'static) -> Async<R> {
        compute(self.read(), f)
    }

    /// What the function makes of the value, where it may fail.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let number = Async::from("x7").try_map(|text| text.parse::<i32>());
    /// assert!(number.wait().unwrap_err().to_string().contains("invalid digit"));
    /// ```
    #[track_caller]
    pub fn try_map<R, E>(&self, f: impl FnOnce(&T) -> Result<R, E> + Send + 'static) -> Async<R>
    where
        R: Send + Sync + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + 'static,
    {
        let location = Location::caller();
        let result = Async::new_at(location);
        let task = TaskBuilder::new(location);
        task.dispatch((self.read(), result.write()), |(value, result)| {
            f(value).map(|value| result.set(value))
        });
        result
    }

    /// What the function makes of this value and another one, or a plain value.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let (text, times) = (Async::from("ab"), Async::from(2));
    /// let repeated = text.zip(&times, |text, times| text.repeat(*times));
    /// assert_eq!(*repeated.wait()?, "abab");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn zip<O: Operand, R: Send + Sync + 'static>(
        &self,
        other: O,
        f: impl FnOnce(&T, &O::Value) -> R + Send + 'static,
    ) -> Async<R> {
        compute(self.acquire_both(other), move |(value, other)| f(value, other))
    }

    /// What the function makes of the value, where that is asynchronous itself: a copy of it, when it is there.
    ///
    /// ```
    /// use runahead_async::{Async, spawn, Error};
    /// let n = Async::from(10);
    /// let sum = n.then(|&n| spawn(async move { Ok::<_, Error>((1..=n).sum::<i32>()) }));
    /// assert_eq!(*sum.wait()?, 55);
    /// # Ok::<(), Error>(())
    /// ```
    #[track_caller]
    pub fn then<R: Clone + Send + Sync + 'static>(
        &self,
        f: impl FnOnce(&T) -> Async<R> + Send + 'static,
    ) -> Async<R> {
        let read = self.read();
        TaskBuilder::new(Location::caller()).spawn(async move {
            let next = f(&*read.await?).read();
            let value = R::clone(&*next.await?);
            Ok::<R, Error>(value)
        })
    }
}
