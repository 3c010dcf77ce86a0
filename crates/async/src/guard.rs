//! What awaiting a buffer gives: access to the value while the guard lives.

use std::fmt;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};

use crate::access::{Ending, end_write_of_guard};
use crate::error::Error;
use crate::task::Released;
use crate::value::{RawAccess, Slot};

/// Reads the value; writes that come after wait until the guard is dropped.
///
/// It may be sent to another thread, and shared by threads, as may what it guards: other values cannot be guarded.
///
/// ```
/// use runahead_async::Async;
/// let guard = Async::from(vec![1, 2]).wait()?;
/// assert_eq!(std::thread::spawn(move || guard.len()).join().unwrap(), 2);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// ```compile_fail,E0277
/// use std::cell::Cell;
/// use runahead_async::Async;
/// let guard = Async::from(Cell::new(1)).wait();
/// ```
///
/// ```compile_fail,E0277
/// use std::rc::Rc;
/// use runahead_async::ReadGuard;
/// fn sent(guard: ReadGuard<Rc<i32>>) {
///     std::thread::spawn(move || drop(guard));
/// }
/// ```
pub struct ReadGuard<T: Send + Sync + 'static>(ManuallyDrop<RawAccess<T>>);

impl<T: Send + Sync + 'static> ReadGuard<T> {
    /// # Safety
    /// This is a reader's unit, passed on to the guard, and the epoch is complete.
    #[inline]
    pub(crate) unsafe fn new(raw: RawAccess<T>) -> Result<ReadGuard<T>, Error> {
        let guard = ReadGuard(ManuallyDrop::new(raw));
        // SAFETY: the epoch is complete; on an error the guard releases the unit.
        unsafe { guard.0.value() }.inspect_err(Error::received)?;
        Ok(guard)
    }

    /// As [`new`](Self::new), with `None` where nothing was written.
    ///
    /// # Safety
    /// As for [`new`](Self::new).
    pub(crate) unsafe fn maybe(raw: RawAccess<T>) -> Result<Option<ReadGuard<T>>, Error> {
        let guard = ReadGuard(ManuallyDrop::new(raw));
        // SAFETY: the epoch is complete; where there is no value the guard releases the unit.
        let there = unsafe { guard.0.maybe_value() }.inspect_err(Error::received)?.is_some();
        Ok(there.then_some(guard))
    }

    /// Ends the turn here, as dropping the guard does.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// a.wait()?.release();
    /// assert!(a.try_write().is_some());
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn release(self) {}
}

impl<T: Send + Sync + 'static> Deref for ReadGuard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the guard holds a reader's unit of a complete epoch.
        match unsafe { self.0.value() } {
            Ok(value) => value,
            Err(_) => unreachable!("a read guard is made only where there is a value"),
        }
    }
}

impl<T: Send + Sync + 'static> Drop for ReadGuard<T> {
    #[inline]
    fn drop(&mut self) {
        let mut released = Released::new();
        // SAFETY: the guard's own unit, which is not used again.
        unsafe { self.0.release_read(&mut released) };
        released.submit();
    }
}

/// Guards show what they guard: `println!("{}", value.wait()?)`.
macro_rules! shown {
    ($($guard:ident)*) => {
        $(
            impl<T: Send + Sync + fmt::Debug + 'static> fmt::Debug for $guard<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }

            impl<T: Send + Sync + fmt::Display + 'static> fmt::Display for $guard<T> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    (**self).fmt(f)
                }
            }
        )*
    };
}

shown! { ReadGuard MutGuard }

/// A writer's place in line, once it has come: what a dispatched closure gets for a [`WriteBuffer`], and what a
/// [`WriteGuard`] derefs to.
///
/// It is only ever had by reference, and has no size, so that it stays with the task or guard whose place it is: two of
/// them cannot be exchanged.
///
/// ```compile_fail,E0277
/// use runahead_async::{Async, dispatch};
/// let (a, b) = (Async::from(1), Async::from(2));
/// dispatch((a.write(), b.write()), |(a, b)| std::mem::swap(a, b));
/// ```
///
/// ```compile_fail,E0277
/// use runahead_async::Async;
/// let (a, b) = (Async::from(1), Async::from(2));
/// let (mut a, mut b) = (a.write().wait().unwrap(), b.write().wait().unwrap());
/// std::mem::swap(&mut *a, &mut *b);
/// ```
///
/// Nor does it leave the task or guard, for another thread:
///
/// ```compile_fail,E0521
/// use runahead_async::{Async, dispatch};
/// let a = Async::from(1);
/// dispatch(a.write(), |a| drop(std::thread::spawn(move || a.set(2))));
/// ```
///
/// [`WriteBuffer`]: crate::WriteBuffer
#[repr(C)]
pub struct WriteSlot<T> {
    owned: OwnedSlot<T>,
    /// No elements; a type that ends with them has no size.
    unsized_end: [()],
}

/// A slot, where its owner keeps it.
#[repr(C)]
pub(crate) struct OwnedSlot<T> {
    pub(crate) raw: RawAccess<T>,
    written: bool,
    cancel_if_unwritten: bool,
    /// How a task that holds it is told when the turn comes.
    pub(crate) waits: Waits,
}

/// How a task that holds a writer's unit is told that its turn has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// It has come.
    No,
    /// The task is to be queued on the epoch.
    Queues,
    /// A waiter is queued already, by which the unit was polled before the task had it; a part in it is the task's.
    Queued,
}

impl<T> OwnedSlot<T> {
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>, cancel_if_unwritten: bool) -> OwnedSlot<T> {
        OwnedSlot { raw, written: false, cancel_if_unwritten, waits: Waits::No }
    }

    /// The slot for a closure, or for whoever has the guard: the turn has come.
    #[inline]
    pub(crate) fn open(&mut self) -> &mut WriteSlot<T> {
        let slot = std::ptr::slice_from_raw_parts_mut(std::ptr::from_mut(self).cast::<()>(), 0);
        // SAFETY: a `WriteSlot` is laid out as an `OwnedSlot` and no elements of no size after it, so it covers the same
        // memory, which is borrowed as long.
        unsafe { &mut *(slot as *mut WriteSlot<T>) }
    }

    /// As [`open`](Self::open).
    fn as_slot(&self) -> &WriteSlot<T> {
        let slot = std::ptr::slice_from_raw_parts(std::ptr::from_ref(self).cast::<()>(), 0);
        // SAFETY: as in `open`.
        unsafe { &*(slot as *const WriteSlot<T>) }
    }

    #[inline]
    pub(crate) fn ending(&self) -> Ending {
        if self.cancel_if_unwritten && !self.written { Ending::Cancel } else { Ending::Keep }
    }
}

impl<T: 'static> WriteSlot<T> {
    /// Writes the value. What was there before is dropped, also an error: the value is healed.
    #[inline]
    pub fn set(&mut self, value: T) {
        // SAFETY: a slot is handed out only when the writer's turn has come, and `&mut self` makes its use exclusive.
        *unsafe { self.owned.raw.slot() } = Slot::Value(value);
        self.owned.written = true;
    }

    /// The value that is there, from before or from [`set`](Self::set).
    pub fn get_mut(&mut self) -> Option<&mut T> {
        // SAFETY: as in `set`.
        match unsafe { self.owned.raw.slot() } {
            Slot::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Writes what `make` gives, built in its place where the compiler can: `T` needs no `Default`. Where `make` panics
    /// the slot stays as it was.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let table = Async::new();
    /// dispatch(table.write(), |table| table.set_with(|| [0u8; 4096]));
    /// assert_eq!(table.wait()?.len(), 4096);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn set_with(&mut self, make: impl FnOnce() -> T) {
        self.set(make());
    }

    /// The value that is there, or else the one that `make` gives, which is written: where nothing was written before,
    /// and where what was to write it failed.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let sum = Async::new();
    /// for i in 1..=3 {
    ///     dispatch(sum.write(), move |sum| *sum.get_or_set_with(|| 0) += i);
    /// }
    /// assert_eq!(*sum.wait()?, 6);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn get_or_set_with(&mut self, make: impl FnOnce() -> T) -> &mut T {
        if self.get_mut().is_none() {
            self.set(make());
        }
        self.get_mut().expect("it has just been written where it was not there")
    }

    /// Moves the value out. Readers then find that nothing was written, until something is.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind, dispatch};
    /// let (from, to) = (Async::from(String::from("moved")), Async::new());
    /// dispatch((from.write(), to.write()), |(from, to)| from.take().map(|text| to.set(text)));
    /// assert_eq!(*to.wait()?, "moved");
    /// assert_eq!(from.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where there is no value: it was never written, or what was to write it failed. The slot stays as it is then.
    pub fn take(&mut self) -> Result<T, Error> {
        // SAFETY: as in `set`.
        let slot = unsafe { self.owned.raw.slot() };
        match std::mem::replace(slot, Slot::Empty) {
            Slot::Value(value) => {
                self.owned.written = false;
                Ok(value)
            }
            Slot::Failed(error) => {
                *slot = Slot::Failed(error.clone());
                Err(error)
            }
            Slot::Empty => Err(self.owned.raw.unwritten()),
        }
    }
}

/// Writes the value. Dropping it without [`set`](WriteSlot::set) leaves the value as it was before.
pub struct WriteGuard<T: Send + Sync + 'static>(ManuallyDrop<OwnedSlot<T>>);

impl<T: Send + Sync + 'static> WriteGuard<T> {
    /// The writer's turn has come, and the slot's unit passes to the guard.
    pub(crate) fn new(slot: OwnedSlot<T>) -> WriteGuard<T> {
        WriteGuard(ManuallyDrop::new(slot))
    }

    /// Ends the turn here, also inside a task that fails afterwards.
    ///
    /// ```
    /// use runahead_async::{Async, spawn};
    /// let a = Async::from(1);
    /// let write = a.write();
    /// let failed = spawn(async move {
    ///     write.await?.release(); // not written: the value stays, and is not marked
    ///     Err::<(), Box<dyn std::error::Error + Send + Sync>>("fails".into())
    /// });
    /// assert!(failed.wait().is_err());
    /// assert_eq!(*a.wait()?, 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn release(self) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is not used again, and the turn of a guard's unit has come.
        unsafe {
            let slot = ManuallyDrop::take(&mut this.0);
            let ending = slot.ending();
            end_write_of_guard(slot.raw, ending, true);
        }
    }
}

impl<T: Send + Sync + 'static> Deref for WriteGuard<T> {
    type Target = WriteSlot<T>;

    #[inline]
    fn deref(&self) -> &WriteSlot<T> {
        self.0.as_slot()
    }
}

impl<T: Send + Sync + 'static> DerefMut for WriteGuard<T> {
    fn deref_mut(&mut self) -> &mut WriteSlot<T> {
        self.0.open()
    }
}

/// It tells whether a value is there, and shows that.
impl<T: Send + Sync + fmt::Debug + 'static> fmt::Debug for WriteGuard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // SAFETY: the guard is the writer, and a shared reference to it is had.
        match unsafe { self.0.raw.maybe_value() } {
            Ok(Some(value)) => f.debug_tuple("WriteGuard").field(value).finish(),
            _ => f.write_str("WriteGuard"),
        }
    }
}

impl<T: Send + Sync + 'static> Drop for WriteGuard<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the slot is not used again, and the turn of a guard's unit has come.
        unsafe {
            let slot = ManuallyDrop::take(&mut self.0);
            let ending = slot.ending();
            // A value that was written is done; what happens to the task later does not unmake it.
            end_write_of_guard(slot.raw, ending, slot.written);
        }
    }
}

/// Changes the value that is there.
pub struct MutGuard<T: Send + Sync + 'static>(ManuallyDrop<RawAccess<T>>);

impl<T: Send + Sync + 'static> MutGuard<T> {
    /// # Safety
    /// This is the writer's unit, passed on to the guard, and the epoch is ready.
    pub(crate) unsafe fn new(raw: RawAccess<T>) -> Result<MutGuard<T>, Error> {
        let guard = MutGuard(ManuallyDrop::new(raw));
        // SAFETY: the writer's turn has come, and the reference does not leave this function.
        unsafe { mutable(&guard.0) }.inspect_err(Error::received)?;
        Ok(guard)
    }

    /// Moves the value out and ends the turn. Readers then find that nothing was written, until something is.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind};
    /// let a = Async::from(vec![1, 2]);
    /// let list: Vec<i32> = a.mutate().wait()?.take();
    /// assert_eq!(list, [1, 2]);
    /// assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn take(self) -> T {
        // SAFETY: the guard is the writer.
        match std::mem::replace(unsafe { self.0.slot() }, Slot::Empty) {
            Slot::Value(value) => value,
            _ => unreachable!("a mutable guard is made only where there is a value"),
        }
    }

    /// Ends the turn here: the change stays, also where the task fails afterwards.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let mut guard = a.mutate().wait()?;
    /// *guard += 1;
    /// guard.release();
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn release(self) {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: `this` is not used again, and the turn of a guard's unit has come.
        unsafe { end_write_of_guard(ManuallyDrop::take(&mut this.0), Ending::Keep, true) };
    }
}

/// The value that a mutation changes, where there is one.
///
/// # Safety
/// As for [`RawAccess::slot`].
#[allow(clippy::mut_from_ref)]
#[inline]
pub(crate) unsafe fn mutable<T: 'static>(raw: &RawAccess<T>) -> Result<&mut T, Error> {
    // SAFETY: as promised.
    match unsafe { raw.slot() } {
        Slot::Value(value) => Ok(value),
        Slot::Failed(error) => Err(error.clone()),
        Slot::Empty => Err(raw.unwritten()),
    }
}

impl<T: Send + Sync + 'static> Deref for MutGuard<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the guard is the writer, and shared references to it give shared references to the value.
        match unsafe { mutable(&self.0) } {
            Ok(value) => value,
            Err(_) => unreachable!("a mutable guard is made only where there is a value"),
        }
    }
}

impl<T: Send + Sync + 'static> DerefMut for MutGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard is the writer, and `&mut self` makes the access exclusive.
        match unsafe { mutable(&self.0) } {
            Ok(value) => value,
            Err(_) => unreachable!("a mutable guard is made only where there is a value"),
        }
    }
}

impl<T: Send + Sync + 'static> Drop for MutGuard<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the unit is not used again, and the turn of a guard's unit has come.
        unsafe { end_write_of_guard(ManuallyDrop::take(&mut self.0), Ending::Keep, false) };
    }
}
