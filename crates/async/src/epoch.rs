//! The epochs of a value and the order that they put accesses into. `epoch/README.md` tells the protocol with its races.
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
//! a count of readers. Each event is one addition to that word, and the result says whether this event was the one
//! that completed or drained the epoch. So exactly one thread acts on each transition, without locks or retries.
//!
//! An acquired read costs no addition: while the epoch is the last one, the count in the word goes down (wrapping around)
//! with every reader that releases, and those that were acquired are counted in [`Timeline::acquired`], under the lock
//! that acquiring takes anyway. The addition that closes the epoch adds them.
//!
//! # Invariants
//!
//! 1. A read buffer, or the guard made of it, holds one unit of the count; a write buffer, or its guard, is the writer.
//!    Either may touch the epoch until it releases. Nobody touches an epoch after releasing it, save the one who drained
//!    it.
//! 2. New units come only from [`Timeline::read`] on the last epoch, under the tail's lock, and by cloning a unit that is
//!    held. So a closed epoch's count, once zero, stays zero.
//! 3. A writer that releases before the epoch is ready leaves the rest to whoever makes it ready.
//! 4. Whoever waits (`WRITER_WAITS`, `READERS_WAIT`) does not release before being notified.
//! 5. Readers that wait stand in a list. The first one of them says so by setting `READERS_WAIT`, after it has entered the
//!    list. Where that comes before the epoch is complete, whoever completes it notifies the list, and the reader that
//!    set the flag, who waits for that, keeps the epoch alive meanwhile. Where it comes after, that reader notifies the
//!    list itself. Either way the list is taken once, and a mark is left that tells who comes later not to wait.

use std::ptr::{self, NonNull};

use crate::slab;
#[cfg(not(loom))]
use crate::sync::spin_loop;
use crate::sync::{AtomicPtr, AtomicU64, Ordering, Plain, fence, prefetch, prefetch_task};

#[cfg(all(test, loom))]
mod models;
mod several;
mod waiter;

pub(crate) use several::Several;
use waiter::notified_mark;
pub(crate) use waiter::{Link, Notified, Waiter};

const READY: u64 = 1;
const WRITTEN: u64 = 2;
const CLOSED: u64 = 4;
/// The writer's [`Waiter`] stands in `writer` and is to be notified when the epoch becomes ready.
const WRITER_WAITS: u64 = 8;
/// Readers stand in `readers` and are to be notified when the epoch becomes complete.
const READERS_WAIT: u64 = 16;
/// One reader.
const HOLD: u64 = 32;

const COMPLETE: u64 = READY | WRITTEN;
const DRAINED: u64 = READY | WRITTEN | CLOSED;
const WAITS: u64 = WRITER_WAITS | READERS_WAIT;

/// One epoch of a value; see the [module](self). It is short, so that a value of two words lies in one cache line with it.
pub(crate) struct Epoch {
    state: AtomicU64,
    /// The readers that wait, each a [`Waiter`], the last one first; [`notified_mark`] when they have been notified.
    readers: AtomicPtr<()>,
    /// The writer, where it waits.
    writer: Plain<Option<Waiter>>,
    /// The epoch after this one, set before `CLOSED`; null at the end of the timeline.
    next: Plain<*mut Epoch>,
    /// The value that the epoch is one of; with the lowest bit set ([`EMBEDDED`]) where the epoch is the timeline's own
    /// first one, which is not freed by itself. Accesses find the value here, which makes them shorter. Set before the first
    /// one is acquired.
    owner: Plain<NonNull<()>>,
}

const EMBEDDED: usize = 1;

/// An epoch with an allocation of its own.
#[repr(C)]
struct OwnEpoch {
    epoch: Epoch,
    number: Plain<u32>,
}

/// How far an epoch has come, as reports show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    Pending,
    Ready,
    Complete,
}

/// What a release leads to, for the caller who knows the value's type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use]
pub(crate) enum AfterRelease {
    Nothing,
    /// The timeline is at its end and nobody holds anything: this value is to be destroyed.
    Destroy(NonNull<()>),
}

impl Epoch {
    #[inline]
    fn new(state: u64, owner: NonNull<()>) -> Epoch {
        Epoch {
            state: AtomicU64::new(state),
            readers: AtomicPtr::new(ptr::null_mut()),
            writer: Plain::new(None),
            next: Plain::new(ptr::null_mut()),
            owner: Plain::new(owner),
        }
    }

    /// The value.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    #[inline]
    pub(crate) unsafe fn owner(this: NonNull<Epoch>) -> NonNull<()> {
        // SAFETY: the caller keeps the epoch alive, and the field was set before the caller's access was acquired. It was an
        // address without the mark.
        unsafe {
            let owner = this.as_ref().owner.get();
            NonNull::new_unchecked(owner.as_ptr().map_addr(|address| address & !EMBEDDED))
        }
    }

    /// # Safety
    /// As for [`owner`](Self::owner).
    #[inline]
    unsafe fn is_embedded(this: NonNull<Epoch>) -> bool {
        // SAFETY: as promised.
        unsafe { this.as_ref().owner.get() }.addr().get() & EMBEDDED != 0
    }

    /// How many epochs of the value were before this one (modulo 2^32): for reports and recordings. It is set under the
    /// tail's lock, while nobody holds the epoch.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit, or has the tail locked.
    unsafe fn number_of<'a>(this: NonNull<Epoch>) -> &'a Plain<u32> {
        // SAFETY: the caller keeps the epoch alive, and the owner with it, which begins with its timeline.
        unsafe {
            if Epoch::is_embedded(this) {
                &Epoch::owner(this).cast::<Timeline>().as_ref().first_number
            } else {
                &this.cast::<OwnEpoch>().as_ref().number
            }
        }
    }

    /// How many epochs of the value were before this one (modulo 2^32).
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    pub(crate) unsafe fn number(this: NonNull<Epoch>) -> u32 {
        // SAFETY: the caller keeps the epoch alive, and so keeps it from being used as another one.
        unsafe { Epoch::number_of(this).get() }
    }

    /// How far the epoch has come.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    pub(crate) unsafe fn progress(this: NonNull<Epoch>) -> Progress {
        // SAFETY: the caller keeps the epoch alive.
        let state = unsafe { this.as_ref() }.state.load(Ordering::Acquire);
        match state & COMPLETE {
            COMPLETE => Progress::Complete,
            READY => Progress::Ready,
            _ => Progress::Pending,
        }
    }

    /// Whether the writer may go.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    #[inline]
    pub(crate) unsafe fn is_ready(this: NonNull<Epoch>) -> bool {
        // SAFETY: the caller keeps the epoch alive.
        unsafe { this.as_ref() }.state.load(Ordering::Acquire) & READY != 0
    }

    /// Whether readers may go.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    #[inline]
    pub(crate) unsafe fn is_complete(this: NonNull<Epoch>) -> bool {
        // SAFETY: the caller keeps the epoch alive.
        unsafe { this.as_ref() }.state.load(Ordering::Acquire) & COMPLETE == COMPLETE
    }

    /// Whether anybody has or can acquire access after this epoch's writer.
    ///
    /// # Safety
    /// The caller is the writer.
    pub(crate) unsafe fn is_wanted(this: NonNull<Epoch>) -> bool {
        // SAFETY: an epoch that is not written cannot drain, so it is alive; the next one is set before the epoch is
        // closed, and not changed after.
        unsafe {
            let state = this.as_ref().state.load(Ordering::Acquire);
            state & CLOSED == 0 || state / HOLD > 0 || !this.as_ref().next.get().is_null()
        }
    }

    /// Lets a reader wait; `false` where it need not, because the epoch is complete. Where it is `true` the reader may
    /// have been notified by then.
    ///
    /// # Safety
    /// The caller holds a reader's unit until it is notified, and the waiter's link stays in place until then.
    #[inline]
    pub(crate) unsafe fn wait_to_read<N: Notified>(
        this: NonNull<Epoch>,
        waiter: Waiter,
        notified: &mut N,
    ) -> bool {
        // SAFETY: the unit keeps the epoch alive: it is released only after the waiter was notified, by whoever takes the
        // list. Until the reader who sets the flag has returned, that can only be one who saw the flag before that.
        let epoch = unsafe { this.as_ref() };
        let mut head = epoch.readers.load(Ordering::Acquire);
        loop {
            if head == notified_mark() {
                return false;
            }
            // SAFETY: until the exchange below succeeds nobody else knows of the waiter.
            unsafe { waiter.link().0.set(head) };
            match epoch.readers.compare_exchange_weak(
                head,
                waiter.0.as_ptr(),
                Ordering::AcqRel,
                Ordering::Acquire,
            ) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        // Only the first in the list sets the flag: those behind it were pushed before the mark, so whoever leaves the
        // mark on the first one's account finds them too. They must not touch the epoch any more.
        if head.is_null() {
            let old = epoch.state.fetch_or(READERS_WAIT, Ordering::AcqRel);
            if old & COMPLETE == COMPLETE {
                // SAFETY: nobody else takes the list, since the flag was not set when the epoch became complete, and only
                // the first in the list sets it. Our own unit is held until we are notified, which is in here.
                unsafe { notify_readers(epoch, notified) };
            }
        }
        true
    }

    /// Fetches what the writer's release leads to: the reader that is notified first, where one waits, and the next epoch.
    ///
    /// # Safety
    /// The caller is the writer or holds a unit.
    #[inline]
    pub(crate) unsafe fn prefetch_after_write(this: NonNull<Epoch>) {
        // SAFETY: the caller keeps the epoch alive, and the next one is set before the flag. Only its address is used, and that
        // of the reader.
        unsafe {
            prefetch_task(this.as_ref().readers.load(Ordering::Relaxed));
            if this.as_ref().state.load(Ordering::Acquire) & CLOSED != 0 {
                prefetch(this.as_ref().next.get());
            }
        }
    }

    /// Fetches what a reader's release leads to, where it is the last one: the writer of the next epoch, where it waits, and
    /// what its release leads to.
    ///
    /// # Safety
    /// The caller holds a reader's unit of the epoch, which is complete.
    #[inline]
    pub(crate) unsafe fn prefetch_after_read(this: NonNull<Epoch>) {
        // SAFETY: the unit keeps the epoch alive, and with it the next one, which is not ready before this one is drained. Each
        // field that is used was set before the flag that was seen.
        unsafe {
            if this.as_ref().state.load(Ordering::Acquire) & !WAITS != DRAINED + HOLD {
                return;
            }
            if let Some(next) = NonNull::new(this.as_ref().next.get())
                && next.as_ref().state.load(Ordering::Acquire) & WRITER_WAITS != 0
                && let Some(writer) = next.as_ref().writer.get()
            {
                prefetch_task(writer.0.as_ptr());
                Epoch::prefetch_after_write(next);
            }
        }
    }

    /// Lets the writer wait; `false` where it need not, because the epoch is ready.
    ///
    /// # Safety
    /// The caller is the writer, has not waited before, and does not release before it is notified.
    #[inline]
    pub(crate) unsafe fn wait_to_write(this: NonNull<Epoch>, waiter: Waiter) -> bool {
        // SAFETY: the writer keeps the epoch alive, and the field is read only by one who has seen the flag.
        unsafe {
            let epoch = this.as_ref();
            epoch.writer.set(Some(waiter));
            epoch.state.fetch_add(WRITER_WAITS, Ordering::AcqRel) & READY == 0
        }
    }

    /// The waiter that was queued for the writer.
    ///
    /// # Safety
    /// The caller is the writer, and [`wait_to_write`](Self::wait_to_write) has returned `true`.
    pub(crate) unsafe fn queued_writer(this: NonNull<Epoch>) -> Waiter {
        // SAFETY: the writer keeps the epoch alive, and the field is not set again: a writer waits once.
        unsafe { this.as_ref().writer.get().unwrap_unchecked() }
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
    /// The caller holds a reader's unit, does not wait with it, and does not touch the epoch, nor the value, afterwards.
    #[inline]
    pub(crate) unsafe fn release_reader<N: Notified>(this: NonNull<Epoch>, notified: &mut N) -> AfterRelease {
        // SAFETY: the unit keeps the epoch alive for this addition, and the caller's promise is passed on.
        unsafe {
            let old = this.as_ref().state.fetch_sub(HOLD, Ordering::AcqRel);
            if is_drained(old.wrapping_sub(HOLD)) { drained(this, notified) } else { AfterRelease::Nothing }
        }
    }

    /// Ends the writer's turn, or gives it up before it came.
    ///
    /// # Safety
    /// The caller is the writer, does not wait to write, and does not touch the epoch, nor the value, afterwards.
    #[inline]
    pub(crate) unsafe fn release_writer<N: Notified>(this: NonNull<Epoch>, notified: &mut N) -> AfterRelease {
        // SAFETY: an epoch that is not written cannot drain, so it is alive for this addition.
        unsafe {
            let old = this.as_ref().state.fetch_add(WRITTEN, Ordering::AcqRel);
            if old & READY != 0 && completed(this, old, WRITTEN, notified) {
                drained(this, notified)
            } else {
                AfterRelease::Nothing
            }
        }
    }
}

#[inline]
fn is_drained(state: u64) -> bool {
    state & !WAITS == DRAINED
}

/// Notifies the readers of an epoch that has become complete, where some wait; whether the epoch is drained.
///
/// # Safety
/// The epoch's state was `old`, and the caller's addition of `event` has completed the epoch.
#[inline]
unsafe fn completed<N: Notified>(epoch: NonNull<Epoch>, old: u64, event: u64, notified: &mut N) -> bool {
    if old & READERS_WAIT != 0 {
        // SAFETY: the reader who set the flag keeps the epoch alive (invariant 5).
        unsafe { notify_readers(epoch.as_ref(), notified) };
        // The readers are not done.
        return false;
    }
    is_drained(old.wrapping_add(event))
}

/// Notifies the readers that wait, the last one first.
///
/// # Safety
/// The epoch is complete, and by invariant 5 it is for the caller to notify them.
unsafe fn notify_readers<N: Notified>(epoch: &Epoch, notified: &mut N) {
    let mut waiting = epoch.readers.swap(notified_mark(), Ordering::AcqRel);
    while let Some(waiter) = NonNull::new(waiting).map(Waiter) {
        // SAFETY: the swap took the list: every waiter on it stays in place until it is notified, which only we do. The
        // next one is read before this one may vanish.
        unsafe {
            waiting = waiter.link().0.get();
            prefetch_task(waiting);
            notified.notify(waiter);
        }
    }
}

/// Passes readiness along the timeline from a drained epoch.
///
/// # Safety
/// The epoch is drained, and the caller is the one whose event drained it.
unsafe fn drained<N: Notified>(mut epoch: NonNull<Epoch>, notified: &mut N) -> AfterRelease {
    loop {
        // SAFETY: a drained epoch is touched by nobody but the one who drained it.
        let (next, owner) = unsafe {
            let both = (epoch.as_ref().next.get(), Epoch::owner(epoch));
            free(epoch);
            both
        };
        let Some(next) = NonNull::new(next) else { return AfterRelease::Destroy(owner) };
        // SAFETY: an epoch that is not ready cannot drain, so it is alive. Afterwards it is touched only where its
        // writer waits (which does not release before it is notified), where it has readers to notify, or where it is
        // drained.
        unsafe {
            let old = next.as_ref().state.fetch_add(READY, Ordering::AcqRel);
            if old & WRITTEN == 0 {
                if old & WRITER_WAITS != 0 {
                    notified.notify(next.as_ref().writer.get().unwrap_unchecked());
                }
                return AfterRelease::Nothing;
            }
            if !completed(next, old, READY, notified) {
                return AfterRelease::Nothing;
            }
        }
        epoch = next;
    }
}

/// # Safety
/// Nobody touches the epoch any more.
unsafe fn free(epoch: NonNull<Epoch>) {
    // SAFETY: epochs that are not embedded come from the slab in `Timeline::write`.
    unsafe {
        if !Epoch::is_embedded(epoch) {
            slab::free(epoch.cast::<OwnEpoch>());
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
    /// How many reads of the last epoch have been acquired; guarded by the tail's lock.
    acquired: Plain<u64>,
    /// Whether the last epoch's writer has been given out; guarded by the tail's lock.
    has_writer: Plain<bool>,
    /// The first epoch's number; see [`Epoch::number_of`].
    first_number: Plain<u32>,
}

impl Timeline {
    /// The timeline of a value that is there or has yet to be written, with the first epoch, which lies with the value.
    #[inline]
    pub(crate) fn new(written: bool) -> (Timeline, Epoch) {
        let state = if written { READY | WRITTEN } else { READY };
        let timeline = Timeline {
            handles: AtomicU64::new(1),
            tail: AtomicPtr::new(ptr::null_mut()),
            acquired: Plain::new(0),
            has_writer: Plain::new(written),
            first_number: Plain::new(0),
        };
        (timeline, Epoch::new(state, NonNull::dangling()))
    }

    /// Makes the timeline usable, once it and its first epoch are where they will stay: in the owner, which
    /// begins with the timeline, and which [`AfterRelease::Destroy`] will name.
    ///
    /// # Safety
    /// The first epoch is the one that [`new`](Self::new) gave with this timeline, and nobody knows of either yet.
    #[inline]
    pub(crate) unsafe fn settle(&self, first: NonNull<Epoch>, owner: NonNull<()>) {
        // SAFETY: as promised.
        unsafe { first.as_ref().owner.set(owner.map_addr(|address| address | EMBEDDED)) };
        self.tail.store(first.as_ptr(), Ordering::Release);
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
    #[inline]
    pub(crate) unsafe fn drop_handle<N: Notified>(this: NonNull<Timeline>, notified: &mut N) -> AfterRelease {
        // SAFETY: the handle keeps the timeline alive until the count reaches zero; then nobody can acquire any more.
        unsafe {
            let handles = &this.as_ref().handles;
            // Nobody else can make another of the only one.
            if handles.load(Ordering::Acquire) > 1 {
                if handles.fetch_sub(1, Ordering::Release) > 1 {
                    return AfterRelease::Nothing;
                }
                fence(Ordering::Acquire);
            }
            Timeline::close(this, notified)
        }
    }

    #[cfg(not(loom))]
    #[inline]
    fn lock(&self) -> NonNull<Epoch> {
        if let Some(tail) = NonNull::new(self.tail.swap(ptr::null_mut(), Ordering::Acquire)) {
            return tail;
        }
        self.lock_contended()
    }

    #[cfg(not(loom))]
    #[cold]
    fn lock_contended(&self) -> NonNull<Epoch> {
        let mut round = 0;
        loop {
            while self.tail.load(Ordering::Relaxed).is_null() {
                round += 1;
                spin_loop(round);
            }
            if let Some(tail) = NonNull::new(self.tail.swap(ptr::null_mut(), Ordering::Acquire)) {
                return tail;
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

    #[inline]
    fn unlock(&self, tail: NonNull<Epoch>) {
        self.tail.store(tail.as_ptr(), Ordering::Release);
    }

    /// Acquires a read of the last epoch.
    #[inline]
    pub(crate) fn read(&self) -> NonNull<Epoch> {
        let tail = self.lock();
        // SAFETY: the tail is locked.
        unsafe { self.count_read() };
        self.unlock(tail);
        tail
    }

    /// Counts a read of the last epoch.
    ///
    /// # Safety
    /// The caller has the tail locked.
    #[inline]
    unsafe fn count_read(&self) {
        // SAFETY: as promised.
        unsafe { self.acquired.set(self.acquired.get() + 1) };
    }

    /// Acquires a read of the last epoch where that is complete.
    #[inline]
    pub(crate) fn read_if_complete(&self) -> Option<NonNull<Epoch>> {
        let tail = self.lock();
        // SAFETY: the last epoch is alive while the tail is locked, which guards the count.
        let complete = unsafe {
            let complete = tail.as_ref().state.load(Ordering::Acquire) & COMPLETE == COMPLETE;
            self.acquired.set(self.acquired.get() + u64::from(complete));
            complete
        };
        self.unlock(tail);
        complete.then_some(tail)
    }

    /// Acquires a write: of the last epoch where that has had no writer, else of a new one behind it.
    #[inline]
    pub(crate) fn write(&self) -> NonNull<Epoch> {
        let tail = self.lock();
        // SAFETY: the tail is locked, and unlocked once.
        unsafe { self.write_locked(tail, |last| self.unlock(last)) }
    }

    /// Acquires a write, as [`write`](Self::write) does, and gives `unlock` what is the last epoch then.
    ///
    /// # Safety
    /// The caller has the tail locked, which is given.
    #[inline]
    unsafe fn write_locked(
        &self,
        tail: NonNull<Epoch>,
        unlock: impl FnOnce(NonNull<Epoch>),
    ) -> NonNull<Epoch> {
        // SAFETY: the last epoch is not closed, so it is alive while the tail is locked, and the lock guards the rest. Once
        // it is unlocked, only this function closes the epoch that was the last, which keeps that one alive.
        unsafe {
            let last = tail.as_ref();
            if !self.has_writer.get() {
                self.has_writer.set(true);
                unlock(tail);
                return tail;
            }
            let acquired = self.acquired.get();
            self.acquired.set(0);
            let state = last.state.load(Ordering::Acquire);
            // Complete, open and held by nobody: nobody but us knows of it, so it can serve as the next epoch.
            if (state & !WAITS).wrapping_add(acquired * HOLD) == COMPLETE {
                last.readers.store(ptr::null_mut(), Ordering::Relaxed);
                let number = Epoch::number_of(tail);
                number.set(number.get().wrapping_add(1));
                last.state.store(READY, Ordering::Relaxed);
                unlock(tail);
                return tail;
            }
            let number = Plain::new(Epoch::number_of(tail).get().wrapping_add(1));
            let next =
                slab::new(OwnEpoch { epoch: Epoch::new(0, Epoch::owner(tail)), number }).cast::<Epoch>();
            last.next.set(next.as_ptr());
            unlock(next);
            let closing = CLOSED + acquired * HOLD;
            if is_drained(last.state.fetch_add(closing, Ordering::AcqRel).wrapping_add(closing)) {
                // Nobody waits for the new epoch's readiness yet, and it is not at its end.
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
    /// Nobody acquires, now or later, and on [`AfterRelease::Nothing`] the caller does not touch the timeline again: the
    /// last holder destroys the value.
    unsafe fn close<N: Notified>(this: NonNull<Timeline>, notified: &mut N) -> AfterRelease {
        // SAFETY: the timeline is alive until it is closed. Nobody else acquires, so the tail is not locked, and the last
        // epoch stays alive until this addition.
        unsafe {
            let timeline = this.as_ref();
            let tail = NonNull::new_unchecked(timeline.tail.load(Ordering::Relaxed));
            let closing = CLOSED + timeline.acquired.get() * HOLD;
            let drains = if timeline.has_writer.get() {
                let old = tail.as_ref().state.fetch_add(closing, Ordering::AcqRel);
                is_drained(old.wrapping_add(closing))
            } else {
                // Only the first epoch can lack a writer, and that is ready.
                let event = closing + WRITTEN;
                let old = tail.as_ref().state.fetch_add(event, Ordering::AcqRel);
                completed(tail, old, event, notified)
            };
            if drains { drained(tail, notified) } else { AfterRelease::Nothing }
        }
    }
}

struct Nobody;

impl Notified for Nobody {
    unsafe fn notify(&mut self, _waiter: Waiter) {
        unreachable!("nobody waits for an epoch that was just made");
    }
}
