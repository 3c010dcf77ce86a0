//! Values in flight.

use std::cell::UnsafeCell;
use std::fmt;
use std::future::IntoFuture;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::access::{MutBuffer, ReadBuffer, WriteBuffer};
use crate::contain;
use crate::epoch::{AfterRelease, Epoch, Timeline};
use crate::error::{Error, ErrorKind, Place};
use crate::guard::ReadGuard;
use crate::registry::{self, AccessInfo, Spot, Turn};
use crate::task::Released;
use crate::wait::WakerWaiter;
use crate::{slab, sync};

/// A value with a timeline: whoever acquires access takes a place in line, in program order, and gets the value when
/// that place comes.
///
/// Reads see the write before them, and the next write waits for them. A clone is another handle on the same value.
/// What is acquired stays valid when the handles are gone; when nothing is left that could reach the value, it is
/// dropped.
///
/// ```
/// use runahead_async::{Async, dispatch};
/// let total = Async::from(0);
/// for i in 1..=10 {
///     dispatch(total.mutate(), move |total| *total += i);
/// }
/// assert_eq!(*total.wait()?, 55);
/// # Ok::<(), runahead_async::Error>(())
/// ```
pub struct Async<T: Send + Sync + 'static> {
    cell: NonNull<Cell<T>>,
}

/// What a value holds between its accesses.
pub(crate) enum Slot<T> {
    Empty,
    Value(T),
    Failed(Error),
}

/// A value and its timeline. What acquiring touches lies in one cache line, and what running touches begins with the next.
///
/// It is destroyed by whoever drains the timeline's last epoch, or closes a timeline that is drained.
#[repr(C)]
pub(crate) struct Cell<T> {
    timeline: Timeline,
    made_at: &'static Location<'static>,
    /// What registries know the value by; zero until one asks.
    identity: AtomicU64,
    _rest_of_line: [MaybeUninit<u64>; 2],
    /// With the slot of a small value it makes one more line.
    first: Epoch,
    slot: UnsafeCell<Slot<T>>,
}

const _: () = assert!(cfg!(loom) || std::mem::offset_of!(Cell<u8>, first) == 64);

impl<T> Cell<T> {
    /// # Safety
    /// The cell is alive.
    #[inline]
    unsafe fn timeline(this: NonNull<Cell<T>>) -> NonNull<Timeline> {
        // SAFETY: a place in a live allocation.
        unsafe { NonNull::new_unchecked(&raw mut (*this.as_ptr()).timeline) }
    }
}

impl<T: 'static> Cell<T> {
    /// Destroys the value where that is what a release leads to.
    ///
    /// # Safety
    /// `after` is what the release of an access, or the drop of a handle, gave, and the value was a cell of this type.
    #[inline]
    unsafe fn destroy_after(after: AfterRelease) {
        let AfterRelease::Destroy(cell) = after else { return };
        let this = cell.cast::<Cell<T>>();
        // SAFETY: cells come from `slab::new`, and the timeline tells one caller, when nobody else is left.
        unsafe {
            let slot = (*this.as_ptr()).slot.get();
            if std::mem::needs_drop::<T>() || matches!(*slot, Slot::Failed(_)) {
                contain::dispose(std::mem::replace(&mut *slot, Slot::Empty));
            }
            slab::free_block(this);
        }
    }
}

// SAFETY: a handle gives access to the value only by way of the timeline, which hands out either one writer or many
// readers at a time, on any thread: as a reader-writer lock does, so `T` must be `Send` and `Sync`, as it always is.
unsafe impl<T: Send + Sync + 'static> Send for Async<T> {}
// SAFETY: as above.
unsafe impl<T: Send + Sync + 'static> Sync for Async<T> {}

impl<T: Send + Sync + 'static> Async<T> {
    /// A value that is yet to be written. Reads acquired before the first write see that write.
    #[inline]
    #[track_caller]
    pub fn new() -> Async<T> {
        Async::new_at(Location::caller())
    }

    /// A value that is yet to be written, made for the sake of that place.
    #[inline]
    pub(crate) fn new_at(made_at: &'static Location<'static>) -> Async<T> {
        Async::with_slot(Slot::Empty, made_at)
    }

    #[inline]
    fn with_slot(slot: Slot<T>, made_at: &'static Location<'static>) -> Async<T> {
        let written = !matches!(slot, Slot::Empty);
        let (timeline, first) = Timeline::new(written);
        let cell = slab::new(Cell {
            timeline,
            made_at,
            identity: AtomicU64::new(0),
            _rest_of_line: [MaybeUninit::uninit(); 2],
            first,
            slot: UnsafeCell::new(slot),
        });
        // SAFETY: just made, and the epoch stays where it is until the cell is destroyed.
        unsafe {
            let first = NonNull::new_unchecked(&raw mut (*cell.as_ptr()).first);
            (*cell.as_ptr()).timeline.settle(first, cell.cast());
        }
        Async { cell }
    }

    #[inline]
    fn timeline(&self) -> &Timeline {
        // SAFETY: the handle keeps the cell alive.
        unsafe { &(*self.cell.as_ptr()).timeline }
    }

    #[inline]
    pub(crate) fn timeline_pointer(&self) -> NonNull<Timeline> {
        // SAFETY: the handle keeps the cell alive.
        unsafe { Cell::timeline(self.cell) }
    }

    /// Takes a place in line for reading what the writes acquired so far leave.
    #[inline]
    pub fn read(&self) -> ReadBuffer<T> {
        // SAFETY: the unit that `read` acquires is the buffer's.
        ReadBuffer::new(unsafe { RawAccess::new(self.timeline().read()) })
    }

    /// A read of what is there already, where that is what the writes acquired so far leave.
    #[inline]
    pub(crate) fn read_if_ready(&self) -> Option<Result<ReadGuard<T>, Error>> {
        let epoch = self.timeline().read_if_complete()?;
        // SAFETY: the unit that was acquired passes to the guard, and the epoch is complete.
        Some(unsafe { ReadGuard::new(RawAccess::new(epoch)) })
    }

    /// Takes a place in line for writing the value, whatever it is before.
    #[inline]
    pub fn write(&self) -> WriteBuffer<T> {
        // SAFETY: the unit that `write` acquires is the buffer's.
        WriteBuffer::new(unsafe { RawAccess::new(self.timeline().write()) })
    }

    /// Takes a place in line for changing the value that is there.
    #[inline]
    pub fn mutate(&self) -> MutBuffer<T> {
        // SAFETY: the unit that `write` acquires is the buffer's.
        MutBuffer::new(unsafe { RawAccess::new(self.timeline().write()) })
    }

    /// Whether everything that was to be written has been, so that a read acquired now need not wait. It never waits.
    ///
    /// A value whose writing failed is ready: there is nothing to wait for.
    #[inline]
    pub fn is_ready(&self) -> bool {
        self.timeline().is_complete()
    }

    /// Whether both are handles on the same value.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// assert!(a.is_same(&a.clone()) && !a.is_same(&Async::from(1)));
    /// ```
    pub fn is_same(&self, other: &Async<T>) -> bool {
        self.cell == other.cell
    }

    /// The first epoch's write, as the task that gives the value holds it.
    pub(crate) fn result_info(&self) -> AccessInfo {
        // SAFETY: the handle keeps the cell alive.
        let cell = unsafe { self.cell.as_ref() };
        let spot =
            Spot { value: registry::identity(&cell.identity), epoch: 0, writes: true, made_at: cell.made_at };
        AccessInfo { spot, turn: Turn::Come }
    }

    /// Where the value is, which tells values apart while a handle lives.
    pub(crate) fn address(&self) -> usize {
        self.cell.as_ptr() as usize
    }

    /// Waits for the value and reads it: `self.read().wait()`.
    ///
    /// # Errors
    /// Where the value was not written, or a task that was to write it failed.
    #[inline]
    #[track_caller]
    pub fn wait(&self) -> Result<ReadGuard<T>, Error> {
        self.read().wait()
    }
}

impl<T: Send + Sync + 'static> From<T> for Async<T> {
    #[inline]
    #[track_caller]
    fn from(value: T) -> Async<T> {
        Async::with_slot(Slot::Value(value), Location::caller())
    }
}

impl<T: Send + Sync + 'static> Default for Async<T> {
    #[track_caller]
    fn default() -> Async<T> {
        Async::new()
    }
}

impl<T: Send + Sync + 'static> Clone for Async<T> {
    fn clone(&self) -> Async<T> {
        self.timeline().add_handle();
        Async { cell: self.cell }
    }
}

impl<T: Send + Sync + 'static> Drop for Async<T> {
    #[inline]
    fn drop(&mut self) {
        let mut released = Released::new();
        // SAFETY: this handle is given up, and the cell is destroyed where the timeline says so.
        unsafe {
            Cell::<T>::destroy_after(Timeline::drop_handle(Cell::timeline(self.cell), &mut released));
        }
        released.submit();
    }
}

/// Never waits: it tells whether the value is ready, not what it is.
impl<T: Send + Sync + 'static> fmt::Debug for Async<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_ready() { "Async(ready)" } else { "Async(pending)" })
    }
}

impl<T: Send + Sync + 'static> IntoFuture for &Async<T> {
    type Output = Result<ReadGuard<T>, Error>;
    type IntoFuture = ReadBuffer<T>;

    /// A read acquired now.
    fn into_future(self) -> ReadBuffer<T> {
        self.read()
    }
}

/// One unit of one epoch of a value: the part that buffers and guards of all kinds share.
///
/// It does not release by itself, since reads and writes release differently.
pub(crate) struct RawAccess<T> {
    epoch: NonNull<Epoch>,
    value: PhantomData<*const Cell<T>>,
}

// SAFETY: as for `Async`: a unit may be used and released on any thread.
unsafe impl<T: Send + Sync> Send for RawAccess<T> {}
// SAFETY: a shared unit gives at most `&T`.
unsafe impl<T: Send + Sync> Sync for RawAccess<T> {}

impl<T: 'static> RawAccess<T> {
    /// # Safety
    /// The epoch is one of a `Cell<T>`, and the caller passes on a unit of it.
    #[inline]
    pub(crate) unsafe fn new(epoch: NonNull<Epoch>) -> RawAccess<T> {
        RawAccess { epoch, value: PhantomData }
    }

    #[inline]
    pub(crate) fn epoch(&self) -> NonNull<Epoch> {
        self.epoch
    }

    #[inline]
    fn cell(&self) -> *mut Cell<T> {
        // SAFETY: the unit keeps the epoch alive.
        unsafe { Epoch::owner(self.epoch) }.cast().as_ptr()
    }

    /// Another read of the same epoch.
    ///
    /// # Safety
    /// This is a reader's unit.
    pub(crate) unsafe fn clone_read(&self) -> RawAccess<T> {
        // SAFETY: as promised.
        unsafe { Epoch::clone_reader(self.epoch) };
        RawAccess { epoch: self.epoch, value: PhantomData }
    }

    /// The value, for a reader.
    ///
    /// # Safety
    /// The unit is held, the epoch is complete, and no mutable reference to the slot exists.
    #[inline]
    pub(crate) unsafe fn value(&self) -> Result<&T, Error> {
        // SAFETY: in a complete epoch only readers reach the slot, until all units are released.
        match unsafe { &*(*self.cell()).slot.get() } {
            Slot::Value(value) => Ok(value),
            Slot::Failed(error) => Err(error.clone()),
            Slot::Empty => Err(self.unwritten()),
        }
    }

    /// As [`value`](Self::value), with `None` where nothing was written.
    ///
    /// # Safety
    /// As for [`value`](Self::value).
    pub(crate) unsafe fn maybe_value(&self) -> Result<Option<&T>, Error> {
        // SAFETY: as in `value`.
        match unsafe { &*(*self.cell()).slot.get() } {
            Slot::Value(value) => Ok(Some(value)),
            Slot::Failed(error) => Err(error.clone()),
            Slot::Empty => Ok(None),
        }
    }

    /// The slot, for a writer.
    ///
    /// # Safety
    /// This is the writer's unit, the epoch is ready, and the reference is used by the writer alone until it releases.
    #[allow(clippy::mut_from_ref)]
    #[inline]
    pub(crate) unsafe fn slot(&self) -> &mut Slot<T> {
        // SAFETY: between ready and written the writer alone reaches the slot.
        unsafe { &mut *(*self.cell()).slot.get() }
    }

    /// The error that the value was never written.
    pub(crate) fn unwritten(&self) -> Error {
        Error::new(ErrorKind::Unwritten, self.made_at())
    }

    /// The error that the value's writer was cancelled.
    pub(crate) fn cancelled(&self) -> Error {
        Error::new(ErrorKind::Cancelled, self.made_at())
    }

    /// Fetches the epoch.
    #[inline]
    pub(crate) fn prefetch_epoch(&self) {
        sync::prefetch(self.epoch.as_ptr());
    }

    /// Fetches what is needed to use and to release the access.
    #[inline]
    pub(crate) fn prefetch(&self) {
        self.prefetch_epoch();
        // SAFETY: only the place is taken.
        sync::prefetch(unsafe { &raw const (*self.cell()).slot });
    }

    /// The access as a task that has yet to run holds it.
    pub(crate) fn info(&self, writes: bool) -> AccessInfo {
        self.info_with(writes, Turn::Held(self.epoch))
    }

    /// The access as a future awaits it.
    pub(crate) fn info_awaited(&self, writes: bool, waiter: &Arc<WakerWaiter>) -> AccessInfo {
        self.info_with(writes, Turn::Awaited(Arc::clone(waiter)))
    }

    fn info_with(&self, writes: bool, turn: Turn) -> AccessInfo {
        AccessInfo { spot: self.spot(writes), turn }
    }

    /// Which epoch of which value this is.
    pub(crate) fn spot(&self, writes: bool) -> Spot {
        // SAFETY: the unit keeps the cell and the epoch alive; only parts that are atomic or never change are used.
        unsafe {
            let identity = &(*self.cell()).identity;
            let epoch = Epoch::number(self.epoch);
            Spot { value: registry::identity(identity), epoch, writes, made_at: (*self.cell()).made_at }
        }
    }

    pub(crate) fn made_at(&self) -> Place {
        // SAFETY: the unit keeps the cell alive, and `made_at` never changes.
        Place::new(None, unsafe { (*self.cell()).made_at })
    }

    /// Gives up a reader's unit.
    ///
    /// # Safety
    /// This is a reader's unit; it is not used afterwards.
    #[inline]
    pub(crate) unsafe fn release_read(&self, released: &mut Released) {
        // SAFETY: as promised; the cell outlives the last epoch, which only `Destroy` ends.
        unsafe {
            Cell::<T>::destroy_after(Epoch::release_reader(self.epoch, released));
        }
    }

    /// Ends the writer's turn.
    ///
    /// # Safety
    /// This is the writer's unit; it does not wait; it is not used afterwards.
    #[inline]
    pub(crate) unsafe fn release_write(&self, released: &mut Released) {
        // SAFETY: as above.
        unsafe {
            Cell::<T>::destroy_after(Epoch::release_writer(self.epoch, released));
        }
    }
}
