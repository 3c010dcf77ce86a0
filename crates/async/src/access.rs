//! Buffers: places in line, acquired in program order and awaited later, or given to a dispatched task.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::contain;
use crate::epoch::Epoch;
use crate::error::{Error, Place};
use crate::guard::{MutGuard, OwnedSlot, ReadGuard, WriteGuard};
use crate::registry;
use crate::task::{End, Released, frame};
use crate::value::{RawAccess, Slot};
use crate::wait::{WakerWaiter, block_on};

mod claim;
#[cfg(all(test, loom))]
mod models;

use claim::{Claim, Reading, Writing};

/// A place in line for reading. Await it, wait for it, or give it to [`dispatch`](crate::dispatch()).
///
/// A clone reads the same epoch. Dropping it gives the place up.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct ReadBuffer<T: Send + Sync + 'static> {
    /// `None` once it has given its guard.
    claim: Option<Claim<T, Reading>>,
}

/// A place in line for writing a value, whatever is there before.
///
/// Dropping it without writing leaves the value as it was.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct WriteBuffer<T: Send + Sync + 'static> {
    claim: Option<Claim<T, Writing>>,
    cancel_if_unwritten: bool,
}

/// A place in line for changing the value that is there.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct MutBuffer<T: Send + Sync + 'static> {
    claim: Option<Claim<T, Writing>>,
}

/// How a writer's turn ends where it did not write.
pub(crate) enum Ending {
    /// The value stays as it is.
    Keep,
    /// Readers get an error of kind `Cancelled`.
    Cancel,
    /// Readers get this error.
    Fail(Error),
}

impl Ending {
    /// Leaves the slot as readers are to find it.
    ///
    /// # Safety
    /// `raw` is the writer's unit of a ready epoch.
    unsafe fn apply<T: 'static>(self, raw: &RawAccess<T>) {
        let error = match self {
            Ending::Keep => return,
            Ending::Cancel => raw.cancelled(),
            Ending::Fail(error) => error,
        };
        // SAFETY: as promised.
        let slot = unsafe { raw.slot() };
        contain::dispose(std::mem::replace(slot, Slot::Failed(error)));
    }
}

/// Ends a writer's turn that has come.
///
/// # Safety
/// `raw` is the writer's unit of a ready epoch, nothing is queued for it, and it is not used again.
#[inline]
pub(crate) unsafe fn finish_write<T: Send + Sync + 'static>(
    raw: &RawAccess<T>,
    ending: Ending,
    released: &mut Released,
) {
    // SAFETY: as promised.
    unsafe {
        ending.apply(raw);
        raw.release_write(released);
    }
}

/// Ends a writer's turn, now or, where its turn has not come and something is to be left in the slot, then.
fn end_write<T: Send + Sync + 'static>(claim: Claim<T, Writing>, ending: Ending, released: &mut Released) {
    match ending {
        // What is there stays, so that the place need not wait for its turn.
        Ending::Keep => claim.release(released),
        // SAFETY: the unit's turn has come by then, and it passes to this.
        _ => claim.when_come(move |raw, released| unsafe { finish_write(&raw, ending, released) }, released),
    }
}

/// Ends the turn of a guard or buffer that was dropped. Inside a spawned task that takes effect when it next awaits or
/// ends, because an error that ends it marks what it held for writing; unless the turn is `done` for good.
fn dropped_write<T: Send + Sync + 'static>(claim: Claim<T, Writing>, ending: Ending, done: bool) {
    let mut end = Some(move |error: Option<&Error>, released: &mut Released| {
        end_write(claim, error.cloned().map_or(ending, Ending::Fail), released);
    });
    if !done {
        frame::with(|frame| {
            if let (Some(frame), Some(end)) = (frame, end.take_if(|_| frame.is_some())) {
                frame.defer(Box::new(end));
            }
        });
    }
    if let Some(end) = end {
        let mut released = Released::new();
        end(None, &mut released);
        released.submit();
    }
}

/// Writes a value in the first epoch of its timeline, where the writer's turn is there from the start.
pub(crate) fn write_now<T: Send + Sync + 'static>(buffer: WriteBuffer<T>, value: T) {
    fill(buffer, Slot::Value(value));
}

/// Ends a writer's turn with an error.
pub(crate) fn fail_write<T: Send + Sync + 'static>(mut buffer: WriteBuffer<T>, error: Error) {
    if let Some(claim) = buffer.claim.take() {
        dropped_write(claim, Ending::Fail(error), true);
    }
}

/// [`dropped_write`] for guards.
///
/// # Safety
/// This is the writer's unit, passed on, whose turn has come, and nothing is queued for it.
pub(crate) unsafe fn end_write_of_guard<T: Send + Sync + 'static>(
    raw: RawAccess<T>,
    ending: Ending,
    done: bool,
) {
    // SAFETY: as promised.
    dropped_write(unsafe { Claim::new(raw) }, ending, done);
}

/// Gives up a place with that error for readers.
pub(crate) fn give_up<T: Send + Sync + 'static>(mut buffer: WriteBuffer<T>, error: Error) {
    if let Some(claim) = buffer.claim.take() {
        dropped_write(claim, Ending::Fail(error), false);
    }
}

/// Ends a turn that nobody awaits with these contents: now, or, where it has not come, when it does. Nothing is scheduled
/// for it.
pub(crate) fn fill<T: Send + Sync + 'static>(mut buffer: WriteBuffer<T>, contents: Slot<T>) {
    let Some(claim) = buffer.claim.take() else { return };
    let mut released = Released::new();
    // SAFETY: the writer's unit passes to this when its turn has come.
    let write = |raw: RawAccess<T>, released: &mut Released| unsafe {
        contain::dispose(std::mem::replace(raw.slot(), contents));
        raw.release_write(released);
    };
    claim.when_come(write, &mut released);
    released.submit();
}

impl<T: Send + Sync + 'static> ReadBuffer<T> {
    /// The unit is a reader's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> ReadBuffer<T> {
        // SAFETY: as said.
        ReadBuffer { claim: Some(unsafe { Claim::new(raw) }) }
    }

    #[inline]
    fn claim(&self) -> &Claim<T, Reading> {
        self.claim.as_ref().expect("a buffer is not used after it gave its guard")
    }

    /// The unit, for a task to hold, with nothing queued for it.
    #[inline]
    pub(crate) fn into_held(mut self) -> RawAccess<T> {
        let claim = self.claim.take().expect("a buffer is not dispatched after it gave its guard");
        match claim.into_held() {
            (raw, None) => raw,
            (raw, Some(queued)) => fresh_unit(raw, &queued),
        }
    }

    /// Whether awaiting would give the guard at once.
    #[inline]
    pub fn is_ready(&self) -> bool {
        self.claim().has_come()
    }

    /// Waits for the value and reads it.
    ///
    /// # Errors
    /// Where the value was not written, or a task that was to write it failed, or where nothing can run and the value
    /// can never come.
    #[inline]
    #[track_caller]
    pub fn wait(mut self) -> Result<ReadGuard<T>, Error> {
        if let Some(raw) = Claim::redeem_from(&mut self.claim) {
            frame::flush();
            registry::uses(&raw, false);
            // SAFETY: the unit passes to the guard, and the epoch is complete.
            return unsafe { ReadGuard::new(raw) };
        }
        block_on(self).and_then(|read| read)
    }

    /// What awaiting would give, where it would give it at once; else `None`, and the place is kept. It never waits.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::new();
    /// let mut read = a.read();
    /// assert!(read.try_read().is_none());
    /// a.write().wait()?.set(1);
    /// assert_eq!(*read.try_read().unwrap()?, 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the buffer has given its guard already.
    pub fn try_read(&mut self) -> Option<Result<ReadGuard<T>, Error>> {
        assert!(self.claim.is_some(), "a buffer is not used after it gave its guard");
        let raw = Claim::redeem_from(&mut self.claim)?;
        // SAFETY: the unit passes to the guard, and the epoch is complete.
        Some(unsafe { ReadGuard::new(raw) })
    }

    /// The unit, once the epoch is complete and nothing is queued for it.
    pub(crate) fn poll_raw(&mut self, cx: &mut Context<'_>) -> Poll<RawAccess<T>> {
        Claim::poll(&mut self.claim, cx).map_or(Poll::Pending, Poll::Ready)
    }
}

/// Another unit to read the same epoch, in the place of one for which a waiter is queued: that one is released when the
/// waiter has been notified.
#[cold]
fn fresh_unit<T: Send + Sync + 'static>(raw: RawAccess<T>, queued: &Arc<WakerWaiter>) -> RawAccess<T> {
    // SAFETY: it is a reader's unit.
    let fresh = unsafe { raw.clone_read() };
    // SAFETY: the unit is released once, when nothing is queued for it any more.
    let end: End = Box::new(move |released| unsafe { raw.release_read(released) });
    if let Some(end) = queued.end_when_notified(end) {
        let mut released = Released::new();
        end(&mut released);
        released.submit();
    }
    fresh
}

impl<T: Send + Sync + 'static> Clone for ReadBuffer<T> {
    fn clone(&self) -> ReadBuffer<T> {
        ReadBuffer { claim: Some(self.claim().another()) }
    }
}

impl<T: Send + Sync + 'static> Future for ReadBuffer<T> {
    type Output = Result<ReadGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: the unit passes to the guard, and the epoch is complete.
        self.poll_raw(cx).map(|raw| unsafe { ReadGuard::new(raw) })
    }
}

impl<T: Send + Sync + 'static> Drop for ReadBuffer<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(claim) = self.claim.take() else { return };
        let mut released = Released::new();
        claim.release(&mut released);
        released.submit();
    }
}

impl<T: Send + Sync + 'static> WriteBuffer<T> {
    /// The unit is the writer's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> WriteBuffer<T> {
        // SAFETY: as said.
        WriteBuffer { claim: Some(unsafe { Claim::new(raw) }), cancel_if_unwritten: false }
    }

    fn claim(&self) -> &Claim<T, Writing> {
        self.claim.as_ref().expect("a buffer is not used after it gave its guard")
    }

    /// Where the place is given up without writing, readers get an error of kind `Cancelled` instead of what the value
    /// was before.
    ///
    /// ```
    /// use runahead_async::{Async, ErrorKind};
    /// let a = Async::from(1);
    /// drop(a.write().cancel_if_unwritten());
    /// assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    /// ```
    pub fn cancel_if_unwritten(mut self) -> WriteBuffer<T> {
        self.cancel_if_unwritten = true;
        self
    }

    /// Whether awaiting would give the guard at once.
    #[inline]
    pub fn is_ready(&self) -> bool {
        self.claim().has_come()
    }

    /// Waits for this writer's turn.
    ///
    /// # Errors
    /// Where nothing can run and the turn can never come.
    #[track_caller]
    pub fn wait(self) -> Result<WriteGuard<T>, Error> {
        block_on(self).and_then(|write| write)
    }

    /// What awaiting would give, where it would give it at once; else `None`, and the place is kept. It never waits.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let (read, mut write) = (a.wait()?, a.write());
    /// assert!(write.try_write().is_none());
    /// drop(read);
    /// write.try_write().unwrap().set(2);
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the buffer has given its guard already.
    pub fn try_write(&mut self) -> Option<WriteGuard<T>> {
        assert!(self.claim.is_some(), "a buffer is not used after it gave its guard");
        let raw = Claim::redeem_from(&mut self.claim)?;
        Some(self.guard(raw))
    }

    /// The unit has been redeemed.
    fn guard(&self, raw: RawAccess<T>) -> WriteGuard<T> {
        WriteGuard::new(OwnedSlot::new(raw, self.cancel_if_unwritten))
    }

    fn ending(&self) -> Ending {
        if self.cancel_if_unwritten { Ending::Cancel } else { Ending::Keep }
    }

    /// Where the value was made.
    pub(crate) fn made_at(&self) -> Place {
        self.claim().unit().made_at()
    }

    /// Gives up the place, for good also inside a task that fails afterwards.
    pub(crate) fn pass_over(mut self) {
        if let Some(claim) = self.claim.take() {
            dropped_write(claim, Ending::Keep, true);
        }
    }

    /// Whether anybody can read what is written here.
    pub(crate) fn is_wanted(&self) -> bool {
        // SAFETY: the buffer holds the writer's unit.
        self.claim.as_ref().is_none_or(|claim| unsafe { Epoch::is_wanted(claim.unit().epoch()) })
    }

    /// The slot, for a task to hold, and the waiter where one is queued.
    #[inline]
    pub(crate) fn into_held(mut self) -> (OwnedSlot<T>, Option<Arc<WakerWaiter>>) {
        let claim = self.claim.take().expect("a buffer is not dispatched after it gave its guard");
        let (raw, queued) = claim.into_held();
        (OwnedSlot::new(raw, self.cancel_if_unwritten), queued)
    }
}

impl<T: Send + Sync + 'static> Future for WriteBuffer<T> {
    type Output = Result<WriteGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match Claim::poll(&mut self.claim, cx) {
            Some(raw) => Poll::Ready(Ok(self.guard(raw))),
            None => Poll::Pending,
        }
    }
}

impl<T: Send + Sync + 'static> Drop for WriteBuffer<T> {
    fn drop(&mut self) {
        if let Some(claim) = self.claim.take() {
            dropped_write(claim, self.ending(), false);
        }
    }
}

impl<T: Send + Sync + 'static> MutBuffer<T> {
    /// The unit is the writer's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> MutBuffer<T> {
        // SAFETY: as said.
        MutBuffer { claim: Some(unsafe { Claim::new(raw) }) }
    }

    /// The unit, for a task to hold, and the waiter where one is queued.
    #[inline]
    pub(crate) fn into_held(mut self) -> (RawAccess<T>, Option<Arc<WakerWaiter>>) {
        let claim = self.claim.take().expect("a buffer is not dispatched after it gave its guard");
        claim.into_held()
    }

    /// What awaiting would give, where it would give it at once; else `None`, and the place is kept. It never waits.
    ///
    /// ```
    /// use runahead_async::Async;
    /// let a = Async::from(1);
    /// let (read, mut change) = (a.wait()?, a.mutate());
    /// assert!(change.try_mutate().is_none());
    /// drop(read);
    /// *change.try_mutate().unwrap()? += 1;
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the buffer has given its guard already.
    pub fn try_mutate(&mut self) -> Option<Result<MutGuard<T>, Error>> {
        assert!(self.claim.is_some(), "a buffer is not used after it gave its guard");
        let raw = Claim::redeem_from(&mut self.claim)?;
        // SAFETY: the writer's unit passes to the guard, and its turn has come.
        Some(unsafe { MutGuard::new(raw) })
    }

    /// Gives up the place, for good also inside a task that fails afterwards.
    pub(crate) fn pass_over(mut self) {
        if let Some(claim) = self.claim.take() {
            dropped_write(claim, Ending::Keep, true);
        }
    }

    /// Waits for this writer's turn and for the value.
    ///
    /// # Errors
    /// Where there is no value to change: it was never written, or what was to write it failed. Or where nothing can
    /// run and the turn can never come.
    #[track_caller]
    pub fn wait(self) -> Result<MutGuard<T>, Error> {
        block_on(self).and_then(|write| write)
    }
}

impl<T: Send + Sync + 'static> Future for MutBuffer<T> {
    type Output = Result<MutGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match Claim::poll(&mut self.claim, cx) {
            // SAFETY: the writer's unit passes to the guard, and its turn has come.
            Some(raw) => Poll::Ready(unsafe { MutGuard::new(raw) }),
            None => Poll::Pending,
        }
    }
}

impl<T: Send + Sync + 'static> Drop for MutBuffer<T> {
    fn drop(&mut self) {
        if let Some(claim) = self.claim.take() {
            dropped_write(claim, Ending::Keep, false);
        }
    }
}
