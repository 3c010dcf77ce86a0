//! Places that are reserved now and filled later.

use std::error::Error as StdError;
use std::panic::Location;

use crate::access::{WriteBuffer, fill, give_up};
use crate::error::{Error, ErrorKind, Place};
use crate::task::TaskBuilder;
use crate::value::{Async, Slot};

/// A write's place in line that is filled when its value is known, maybe long after operations behind it were queued.
///
/// It is got by [`Async::defer`]. Who reads behind it waits until it is filled. Dropped unfilled, it leaves an error
/// that says so.
///
/// ```
/// use runahead_async::{Async, dispatch};
/// let a = Async::from(1);
/// let place = a.defer();
/// dispatch(a.mutate(), |a| *a *= 2); // goes after the place is filled
/// place.set(21);
/// assert_eq!(*a.wait()?, 42);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[must_use = "a place that is dropped unfilled is an error for its readers"]
pub struct Defer<T: Send + Sync + 'static> {
    /// None once it is filled.
    buffer: Option<WriteBuffer<T>>,
    reserved_at: &'static Location<'static>,
}

/// A value that is set once, and can be read before.
///
/// ```
/// use runahead_async::{Promise, dispatch, Async};
/// let promise = Promise::new();
/// let (value, doubled) = (promise.value(), Async::new());
/// dispatch((value.read(), doubled.write()), |(value, doubled)| doubled.set(2 * value));
/// promise.set(21);
/// assert_eq!(*doubled.wait()?, 42);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// Dropped before it is set, it leaves an error for who reads the value:
///
/// ```
/// use runahead_async::{ErrorKind, Promise};
/// let value = Promise::<i32>::new().value();
/// let error = value.wait().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Unwritten);
/// assert!(error.to_string().contains("dropped unfilled"));
/// ```
#[must_use = "a promise that is dropped before it is set is an error for who reads its value"]
pub struct Promise<T: Send + Sync + 'static> {
    value: Async<T>,
    place: Defer<T>,
}

impl<T: Send + Sync + 'static> Async<T> {
    /// Takes a place in line for writing, to be filled later; see [`Defer`].
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let place = a.defer();
    /// let next = &a + 1; // waits for the place
    /// place.set(10);
    /// assert_eq!(*next.wait()?, 11);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn defer(&self) -> Defer<T> {
        Defer { buffer: Some(self.write()), reserved_at: Location::caller() }
    }
}

impl<T: Send + Sync + 'static> Defer<T> {
    fn take(&mut self) -> WriteBuffer<T> {
        self.buffer.take().expect("a place is filled once, since that consumes it")
    }

    /// Fills the place. It never waits: where the turn has not come, the value is left there to be written when it does.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let (first, second) = (a.defer(), a.defer());
    /// second.set(2);
    /// first.set(1);
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn set(mut self, value: T) {
        fill(self.take(), Slot::Value(value));
    }

    /// Fills the place with an error, which is the origin of what its readers get.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind};
    /// let a = Async::from(1);
    /// a.defer().fail("the network is down");
    /// let error = a.wait().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Failed);
    /// assert!(error.to_string().contains("the network is down"));
    /// ```
    #[track_caller]
    pub fn fail(mut self, error: impl Into<Box<dyn StdError + Send + Sync>>) {
        let error = Error::from_task(error.into(), Place::new(None, Location::caller()));
        fill(self.take(), Slot::Failed(error));
    }

    /// Fills the place with a copy of what the other value is now, in program order, when that is there.
    ///
    /// ```
    /// use runahead_async::{Async, Promise};
    /// let (promise, source) = (Promise::new(), Async::new());
    /// let value = promise.value();
    /// let late = source.defer();
    /// promise.set_from(&source);
    /// late.set(5);
    /// assert_eq!(*value.wait()?, 5);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn set_from(mut self, other: &Async<T>)
    where
        T: Clone,
    {
        let task = TaskBuilder::new(Location::caller());
        task.dispatch((other.read(), self.take()), |(other, place)| place.set(other.clone()));
    }

    /// The place as a buffer, to give to a task: where the task does not write, readers get an error of kind
    /// `Cancelled`.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let a = Async::from(1);
    /// let place = a.defer();
    /// dispatch(place.into_write(), |a| a.set(2));
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn into_write(mut self) -> WriteBuffer<T> {
        self.take().cancel_if_unwritten()
    }
}

impl<T: Send + Sync + 'static> Drop for Defer<T> {
    fn drop(&mut self) {
        if let Some(buffer) = self.buffer.take() {
            let message =
                format!("the place for it that was reserved at {} was dropped unfilled", self.reserved_at);
            let error = Error::with_message(ErrorKind::Unwritten, message, buffer.made_at());
            give_up(buffer, error);
        }
    }
}

impl<T: Send + Sync + 'static> Promise<T> {
    /// A value to be set.
    ///
    /// ```
    /// use runahead_async::Promise;
    /// let promise = Promise::new();
    /// let next = promise.value() + 1;
    /// promise.set(1);
    /// assert_eq!(*next.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    #[allow(clippy::new_without_default)] // A promise that nobody made on purpose is an error for its readers.
    pub fn new() -> Promise<T> {
        let value = Async::new();
        let place = value.defer();
        Promise { value, place }
    }

    /// The value.
    ///
    /// ```
    /// use runahead_async::Promise;
    /// let promise = Promise::new();
    /// let value = promise.value();
    /// assert!(!value.is_ready());
    /// promise.set(1);
    /// assert!(value.is_ready());
    /// ```
    pub fn value(&self) -> Async<T> {
        self.value.clone()
    }

    /// Sets the value. It never waits.
    ///
    /// ```
    /// use runahead_async::Promise;
    /// let promise = Promise::new();
    /// let value = promise.value();
    /// std::thread::spawn(move || promise.set("from another thread"));
    /// assert_eq!(*value.wait()?, "from another thread");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn set(self, value: T) {
        self.place.set(value);
    }

    /// Sets the value to an error; see [`Defer::fail`].
    ///
    /// ```
    /// use runahead_async::Promise;
    /// let promise = Promise::<i32>::new();
    /// let value = promise.value();
    /// promise.fail("no answer");
    /// assert!(value.wait().unwrap_err().to_string().contains("no answer"));
    /// ```
    #[track_caller]
    pub fn fail(self, error: impl Into<Box<dyn StdError + Send + Sync>>) {
        self.place.fail(error);
    }

    /// Sets the value to a copy of another one, when that is there; see [`Defer::set_from`].
    ///
    /// ```
    /// use runahead_async::{Async, Promise};
    /// let promise = Promise::new();
    /// let value = promise.value();
    /// promise.set_from(&Async::from(5));
    /// assert_eq!(*value.wait()?, 5);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn set_from(self, other: &Async<T>)
    where
        T: Clone,
    {
        self.place.set_from(other);
    }

    /// The write's place as a buffer, to give to a task; see [`Defer::into_write`].
    ///
    /// ```
    /// use runahead_async::{Promise, dispatch};
    /// let promise = Promise::new();
    /// let value = promise.value();
    /// dispatch(promise.into_write(), |value| value.set(5));
    /// assert_eq!(*value.wait()?, 5);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn into_write(self) -> WriteBuffer<T> {
        self.place.into_write()
    }
}
