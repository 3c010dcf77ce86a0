//! The epochs of a value and the order that they put accesses into.
//!
//! A value's [`Timeline`] is a singly linked list of [`Epoch`]s. Each has at most one writer and any number of
//! readers. An epoch is
//!
//! * *ready* when the epoch before it is drained: its writer may go;
//! * *complete* when it is ready and its writer has released: its readers may go;
//! * *closed* when the next epoch is linked behind it, or when nobody is left who could acquire anything;
//! * *drained* when it is complete and closed and nobody holds it: then the next epoch becomes ready, or, at the
//!   timeline's end, the value itself is destroyed.
//!
//! All of it lies in one word, [`Epoch::state`]: the flags `READY`, `WRITTEN`, `CLOSED`, which are only ever set, and
//! a count of holders. Each event is one addition to that word, and the result says whether this event was the one
//! that completed or drained the epoch. So exactly one thread acts on each transition, without locks or retries.
//!
//! # Invariants
//!
//! 1. A read buffer, a write buffer and the guard made of either hold one unit of the count. Whoever holds a unit may
//!    touch the epoch. Nobody touches an epoch after giving up their unit, save the one who drained it.
//! 2. New units come only from [`Timeline::read`] and [`Timeline::write`] on the last epoch, under the tail's lock,
//!    and by cloning a unit that is held. So a closed epoch's count, once zero, stays zero.
//! 3. A writer's unit is given up only when the epoch is ready. A writer that releases earlier leaves its unit to
//!    whoever makes the epoch ready.
//! 4. A writer that waits (`WRITER_WAITS`) does not release before it is notified.
//! 5. Whoever makes an epoch complete holds the writer's unit while notifying the readers that wait.

use std::ptr::{self, NonNull};
use std::task::Waker;

#[cfg(not(loom))]
use crate::sync::spin_loop;
use crate::sync::{AtomicPtr, AtomicU64, Ordering, Plain, fence};

#[cfg(all(test, loom))]
mod models;

const READY: u64 = 1;
const WRITTEN: u64 = 2;
const CLOSED: u64 = 4;
/// The writer's [`Waiter`] stands in `writer` and is to be notified when the epoch becomes ready.
const WRITER_WAITS: u64 = 8;
const HOLD: u64 = 16;

const COMPLETE: u64 = READY | WRITTEN;
const DRAINED: u64 = READY | WRITTEN | CLOSED;

/// Something that waits for an epoch: embedded in a dispatched task, or allocated for a future that awaits.
#[repr(C)]
pub(crate) struct Waiter {
    /// The next in the list of waiting readers; used by the list alone.
    next: Plain<*const Waiter>,
    /// Called once, when what it waits for has come. The waiter may be gone when this returns.
    notify: unsafe fn(NonNull<Waiter>, &mut dyn Notified),
}

// SAFETY: `next` is written by the thread that pushes the waiter and read by the thread that took the list, with a
// release and an acquire on the list's head between them.
unsafe impl Send for Waiter {}
// SAFETY: as above.
unsafe impl Sync for Waiter {}

impl Waiter {
    pub(crate) fn new(notify: unsafe fn(NonNull<Waiter>, &mut dyn Notified)) -> Waiter {
        Waiter { next: Plain::new(ptr::null()), notify }
    }
}

/// Where notified waiters put what they lead to, to be done when the epochs are in order again: none of it may run
/// inside a transition, since it may panic, and may lead to the next transition of the same timeline.
#[doc(hidden)]
pub trait Notified {
    /// A task whose last dependency has been met.
    fn task(&mut self, task: NonNull<crate::task::Header>);

    /// A future that is to be polled again.
    fn wake(&mut self, waker: Waker);

    /// The end of a turn that was given up before it came.
    fn end(&mut self, end: End);
}

/// Ends a turn.
pub(crate) type End = Box<dyn FnOnce(&mut dyn Notified) + Send>;

/// Marks a list of waiting readers that has been notified: who comes later need not wait.
fn notified_mark() -> *mut Waiter {
    NonNull::<Waiter>::dangling().as_ptr()
}

/// One epoch of a value; see the [module](self).
pub(crate) struct Epoch {
    state: AtomicU64,
    /// The epoch after this one, set before `CLOSED`; null at the end of the timeline.
    next: AtomicPtr<Epoch>,
    /// The readers that wait, the last one first; [`notified_mark`] when the epoch is complete.
    readers: AtomicPtr<Waiter>,
    /// The writer's waiter, where it waits.
    writer: AtomicPtr<Waiter>,
    /// Whether a writer has been given out; guarded by the tail's lock.
    has_writer: Plain<bool>,
    /// Whether the epoch is the timeline's own first one, which is not freed by itself.
    embedded: bool,
}

/// What a release leads to, for the caller who knows the value's type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub(crate) enum AfterRelease {
    Nothing,
    /// The timeline is at its end and nobody holds anything: the value is to be destroyed.
    Destroy,
}

impl Epoch {
    fn new(state: u64, has_writer: bool, embedded: bool) -> Epoch {
        let readers = if state & COMPLETE == COMPLETE { notified_mark() } else { ptr::null_mut() };
        Epoch {
            state: AtomicU64::new(state),
            next: AtomicPtr::new(ptr::null_mut()),
            readers: AtomicPtr::new(readers),
            writer: AtomicPtr::new(ptr::null_mut()),
            has_writer: Plain::new(has_writer),
            embedded,
        }
    }

    /// Whether the writer may go.
    ///
    /// # Safety
    /// The caller holds a unit.
    pub(crate) unsafe fn is_ready(this: NonNull<Epoch>) -> bool {
        // SAFETY: the unit keeps the epoch alive.
        unsafe { this.as_ref() }.state.load(Ordering::Acquire) & READY != 0
    }

    /// Whether readers may go.
    ///
    /// # Safety
    /// The caller holds a unit.
    pub(crate) unsafe fn is_complete(this: NonNull<Epoch>) -> bool {
        // SAFETY: the unit keeps the epoch alive.
        unsafe { this.as_ref() }.state.load(Ordering::Acquire) & COMPLETE == COMPLETE
    }

    /// Lets a reader wait; `false` where it need not, because the epoch is complete.
    ///
    /// # Safety
    /// The caller holds a reader's unit, and the waiter stays in place until it is notified.
    pub(crate) unsafe fn wait_to_read(this: NonNull<Epoch>, waiter: NonNull<Waiter>) -> bool {
        // SAFETY: the unit keeps the epoch alive.
        let epoch = unsafe { this.as_ref() };
        let mut head = epoch.readers.load(Ordering::Acquire);
        loop {
            if head == notified_mark() {
                return false;
            }
            // SAFETY: until the exchange below succeeds nobody else knows of the waiter.
            unsafe { waiter.as_ref().next.set(head) };
            match epoch.readers.compare_exchange_weak(
                head,
                waiter.as_ptr(),
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => return true,
                Err(now) => head = now,
            }
        }
    }

    /// Lets the writer wait; `false` where it need not, because the epoch is ready.
    ///
    /// # Safety
    /// The caller holds the writer's unit, has not waited before, does not release before it is notified, and the
    /// waiter stays in place until then.
    pub(crate) unsafe fn wait_to_write(this: NonNull<Epoch>, waiter: NonNull<Waiter>) -> bool {
        // SAFETY: the unit keeps the epoch alive.
        let epoch = unsafe { this.as_ref() };
        epoch.writer.store(waiter.as_ptr(), Ordering::Relaxed);
        epoch.state.fetch_add(WRITER_WAITS, Ordering::AcqRel) & READY == 0
    }

    /// Takes another reader's unit.
    ///
    /// # Safety
    /// The caller holds a reader's unit.
    pub(crate) unsafe fn clone_reader(this: NonNull<Epoch>) {
        // SAFETY: the unit keeps the epoch alive.
        unsafe { this.as_ref() }.state.fetch_add(HOLD, Ordering::Relaxed);
    }

    /// Gives up a reader's unit.
    ///
    /// # Safety
    /// The caller holds a reader's unit and does not touch the epoch, nor the value, afterwards.
    pub(crate) unsafe fn release_reader(this: NonNull<Epoch>, notified: &mut dyn Notified) -> AfterRelease {
        // SAFETY: the unit keeps the epoch alive for this addition, and the caller's promise is passed on.
        unsafe {
            let old = this.as_ref().state.fetch_sub(HOLD, Ordering::AcqRel);
            if is_drained(old - HOLD) { drained(this, notified) } else { AfterRelease::Nothing }
        }
    }

    /// Ends the writer's turn, or gives it up before it came.
    ///
    /// # Safety
    /// The caller holds the writer's unit, does not wait to write, and does not touch the epoch, nor the value,
    /// afterwards.
    pub(crate) unsafe fn release_writer(this: NonNull<Epoch>, notified: &mut dyn Notified) -> AfterRelease {
        // SAFETY: the unit keeps the epoch alive; where the epoch is not ready the unit is left to the one who makes
        // it ready (invariant 3), else it is this thread's until `complete` gives it up.
        unsafe {
            let old = this.as_ref().state.fetch_add(WRITTEN, Ordering::AcqRel);
            if old & READY == 0 {
                return AfterRelease::Nothing;
            }
            if complete(this, notified) { drained(this, notified) } else { AfterRelease::Nothing }
        }
    }
}

fn is_drained(state: u64) -> bool {
    state & !WRITER_WAITS == DRAINED
}

/// Notifies the readers that wait and gives up the writer's unit; whether that drained the epoch.
///
/// # Safety
/// The epoch is ready and written, and the caller has its writer's unit.
unsafe fn complete(epoch: NonNull<Epoch>, notified: &mut dyn Notified) -> bool {
    // SAFETY: the unit keeps the epoch alive.
    let epoch = unsafe { epoch.as_ref() };
    let last = epoch.readers.swap(notified_mark(), Ordering::AcqRel);
    // SAFETY: the swap took the list: every waiter on it stays in place until it is notified, which only we do.
    unsafe { notify_in_order(last, notified) };
    is_drained(epoch.state.fetch_sub(HOLD, Ordering::AcqRel) - HOLD)
}

/// Notifies a list that has its last member first, the first member first.
///
/// # Safety
/// The caller owns the list, and each waiter on it stays in place until it is notified.
unsafe fn notify_in_order(mut last: *const Waiter, notified: &mut dyn Notified) {
    let mut first: *const Waiter = ptr::null();
    while !last.is_null() {
        // SAFETY: `last` is a waiter on the list that we own.
        unsafe {
            let before = (*last).next.get();
            (*last).next.set(first);
            first = std::mem::replace(&mut last, before);
        }
    }
    while let Some(waiter) = NonNull::new(first.cast_mut()) {
        // SAFETY: as above; the next one is read before this one may vanish.
        unsafe {
            first = waiter.as_ref().next.get();
            (waiter.as_ref().notify)(waiter, notified);
        }
    }
}

/// Passes readiness along the timeline from a drained epoch.
///
/// # Safety
/// The epoch is drained, and the caller is the one whose event drained it.
unsafe fn drained(mut epoch: NonNull<Epoch>, notified: &mut dyn Notified) -> AfterRelease {
    loop {
        // SAFETY: a drained epoch is touched by nobody but the one who drained it.
        let next = unsafe {
            let next = epoch.as_ref().next.load(Ordering::Relaxed);
            free(epoch);
            next
        };
        let Some(next) = NonNull::new(next) else { return AfterRelease::Destroy };
        // SAFETY: an epoch that is not ready cannot drain, so it is alive. Afterwards it is touched only where its
        // writer waits (which keeps its unit until it is notified) or has released (which left its unit to us).
        unsafe {
            let old = next.as_ref().state.fetch_add(READY, Ordering::AcqRel);
            if old & WRITTEN == 0 {
                if old & WRITER_WAITS != 0 {
                    let writer = NonNull::new_unchecked(next.as_ref().writer.load(Ordering::Relaxed));
                    (writer.as_ref().notify)(writer, notified);
                }
                return AfterRelease::Nothing;
            }
            if !complete(next, notified) {
                return AfterRelease::Nothing;
            }
        }
        epoch = next;
    }
}

/// # Safety
/// Nobody touches the epoch any more.
unsafe fn free(epoch: NonNull<Epoch>) {
    // SAFETY: epochs that are not embedded come from `Box` in `Timeline::write`.
    unsafe {
        if !epoch.as_ref().embedded {
            drop(Box::from_raw(epoch.as_ptr()));
        }
    }
}

/// The epochs of one value, from the first one that is not drained to the last.
///
/// It must not move once an access has been acquired.
pub(crate) struct Timeline {
    /// Handles by which accesses can be acquired.
    handles: AtomicU64,
    /// The last epoch; null while a thread has it locked.
    tail: AtomicPtr<Epoch>,
    first: Epoch,
}

impl Timeline {
    /// The timeline of a value that is there (its first epoch is complete) or has yet to be written.
    pub(crate) fn new(written: bool) -> Timeline {
        let state = if written { READY | WRITTEN } else { READY };
        Timeline {
            handles: AtomicU64::new(1),
            tail: AtomicPtr::new(ptr::null_mut()),
            first: Epoch::new(state, written, true),
        }
    }

    /// Makes the timeline usable, once it is where it will stay.
    pub(crate) fn settle(this: NonNull<Timeline>) {
        // SAFETY: the caller has just made the timeline; only raw places are taken of it.
        unsafe {
            let first = &raw mut (*this.as_ptr()).first;
            (*this.as_ptr()).tail.store(first, Ordering::Release);
        }
    }

    /// Counts another handle.
    pub(crate) fn add_handle(&self) {
        self.handles.fetch_add(1, Ordering::Relaxed);
    }

    /// Gives up a handle; the last one closes the timeline.
    ///
    /// It takes a pointer because the timeline may be gone before this returns.
    ///
    /// # Safety
    /// The caller gives up the handle that it has, and does not touch the timeline afterwards, save to destroy the value
    /// where told to.
    pub(crate) unsafe fn drop_handle(this: NonNull<Timeline>, notified: &mut dyn Notified) -> AfterRelease {
        // SAFETY: the handle keeps the timeline alive until the count reaches zero; then nobody can acquire any more.
        unsafe {
            if this.as_ref().handles.fetch_sub(1, Ordering::Release) > 1 {
                return AfterRelease::Nothing;
            }
            fence(Ordering::Acquire);
            Timeline::close(this, notified)
        }
    }

    #[cfg(not(loom))]
    fn lock(&self) -> NonNull<Epoch> {
        let mut round = 0;
        loop {
            if let Some(tail) = NonNull::new(self.tail.swap(ptr::null_mut(), Ordering::Acquire)) {
                return tail;
            }
            while self.tail.load(Ordering::Relaxed).is_null() {
                round += 1;
                spin_loop(round);
            }
        }
    }

    /// As above, without stores that change nothing: the model checker would try how many of them there can be.
    #[cfg(loom)]
    fn lock(&self) -> NonNull<Epoch> {
        loop {
            if let Some(tail) = NonNull::new(self.tail.load(Ordering::Relaxed))
                && self
                    .tail
                    .compare_exchange(tail.as_ptr(), ptr::null_mut(), Ordering::Acquire, Ordering::Relaxed)
                    .is_ok()
            {
                return tail;
            }
            crate::sync::yield_now();
        }
    }

    fn unlock(&self, tail: NonNull<Epoch>) {
        self.tail.store(tail.as_ptr(), Ordering::Release);
    }

    /// Acquires a read of the last epoch.
    pub(crate) fn read(&self) -> NonNull<Epoch> {
        let tail = self.lock();
        // SAFETY: the last epoch is not closed, so it is alive while the tail is locked.
        unsafe { tail.as_ref() }.state.fetch_add(HOLD, Ordering::Relaxed);
        self.unlock(tail);
        tail
    }

    /// Acquires a write: of the last epoch where that has had no writer, else of a new one behind it.
    pub(crate) fn write(&self) -> NonNull<Epoch> {
        let tail = self.lock();
        // SAFETY: the last epoch is not closed, so it is alive while the tail is locked, and the lock guards
        // `has_writer`.
        unsafe {
            let last = tail.as_ref();
            if !last.has_writer.get() {
                last.has_writer.set(true);
                last.state.fetch_add(HOLD, Ordering::Relaxed);
                self.unlock(tail);
                return tail;
            }
            // Complete, open and held by nobody: nobody but us knows of it, so it can serve as the next epoch.
            if last.state.load(Ordering::Acquire) & !WRITER_WAITS == COMPLETE {
                last.readers.store(ptr::null_mut(), Ordering::Relaxed);
                last.state.store(READY | HOLD, Ordering::Relaxed);
                self.unlock(tail);
                return tail;
            }
            let next = NonNull::from(Box::leak(Box::new(Epoch::new(HOLD, true, false))));
            last.next.store(next.as_ptr(), Ordering::Relaxed);
            self.unlock(next);
            if is_drained(last.state.fetch_add(CLOSED, Ordering::AcqRel) | CLOSED) {
                // Nobody waits on the new epoch yet, so there is nobody to notify, and it is not at its end.
                let after = drained(tail, &mut Nobody);
                debug_assert_eq!(after, AfterRelease::Nothing);
            }
            next
        }
    }

    /// Whether the last epoch is complete.
    pub(crate) fn is_complete(&self) -> bool {
        let tail = self.lock();
        // SAFETY: the last epoch is alive while the tail is locked.
        let complete = unsafe { tail.as_ref() }.state.load(Ordering::Acquire) & COMPLETE == COMPLETE;
        self.unlock(tail);
        complete
    }

    /// Ends the timeline: nothing will be acquired any more. Where the last epoch never had a writer its readers are
    /// let go as they are.
    ///
    /// # Safety
    /// Nobody acquires afterwards, and on [`AfterRelease::Nothing`] the caller does not touch the timeline again: the
    /// last holder destroys the value.
    unsafe fn close(this: NonNull<Timeline>, notified: &mut dyn Notified) -> AfterRelease {
        // SAFETY: the timeline is alive until it is closed.
        let tail = unsafe { this.as_ref() }.lock();
        // SAFETY: nobody else acquires, so the tail stays alive until we close it; the unit that is added for a writer
        // who never came keeps it alive in `release_writer`'s stead.
        unsafe {
            let last = tail.as_ref();
            let no_writer = !last.has_writer.get();
            if no_writer {
                last.has_writer.set(true);
                last.state.fetch_add(HOLD, Ordering::Relaxed);
            }
            if is_drained(last.state.fetch_add(CLOSED, Ordering::AcqRel) | CLOSED) {
                return drained(tail, notified);
            }
            if no_writer {
                return Epoch::release_writer(tail, notified);
            }
        }
        AfterRelease::Nothing
    }
}

struct Nobody;

const NOBODY: &str = "nobody waits for an epoch that was just made";

impl Notified for Nobody {
    fn task(&mut self, _task: NonNull<crate::task::Header>) {
        unreachable!("{NOBODY}");
    }

    fn wake(&mut self, _waker: Waker) {
        unreachable!("{NOBODY}");
    }

    fn end(&mut self, _end: End) {
        unreachable!("{NOBODY}");
    }
}
