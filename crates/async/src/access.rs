//! Buffers: places in line, acquired in program order and awaited later, or given to a dispatched task.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use crate::contain;
use crate::epoch::Epoch;
use crate::error::{Error, Place};
use crate::guard::{MutGuard, ReadGuard, WriteGuard, WriteSlot};
use crate::registry;
use crate::task::{End, Released, frame};
use crate::value::{RawAccess, Slot};
use crate::wait::{WakerWaiter, block_on};

/// A place in line for reading. Await it, wait for it, or give it to [`dispatch`](crate::dispatch()).
///
/// A clone reads the same epoch. Dropping it gives the place up.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct ReadBuffer<T: Send + Sync + 'static> {
    raw: Option<RawAccess<T>>,
    waiter: Option<Arc<WakerWaiter>>,
}

/// A place in line for writing a value, whatever is there before.
///
/// Dropping it without writing leaves the value as it was.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct WriteBuffer<T: Send + Sync + 'static> {
    raw: Option<RawAccess<T>>,
    waiter: Option<Arc<WakerWaiter>>,
    cancel_if_unwritten: bool,
}

/// A place in line for changing the value that is there.
#[must_use = "a dropped buffer gives up its place in line"]
pub struct MutBuffer<T: Send + Sync + 'static> {
    raw: Option<RawAccess<T>>,
    waiter: Option<Arc<WakerWaiter>>,
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
/// `raw` is the writer's unit of a ready epoch, does not wait, and is not used again.
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
pub(crate) fn end_write<T: Send + Sync + 'static>(
    raw: RawAccess<T>,
    ending: Ending,
    waiter: Option<Arc<WakerWaiter>>,
    released: &mut Released,
) {
    // SAFETY: the caller passes on the writer's unit; it ends here or in `end`, once.
    unsafe {
        if Epoch::is_ready(raw.epoch()) && waiter.as_ref().is_none_or(|waiter| waiter.is_notified()) {
            return finish_write(&raw, ending, released);
        }
        if waiter.is_none() && matches!(ending, Ending::Keep) {
            return raw.release_write(released);
        }
        let epoch = raw.epoch();
        let end: End = Box::new(move |released| {
            finish_write(&raw, ending, released);
        });
        let not_waiting = match waiter {
            Some(waiter) => waiter.end_when_notified(end),
            None => WakerWaiter::with_end(end, |waiter| Epoch::wait_to_write(epoch, waiter)),
        };
        if let Some(end) = not_waiting {
            end(released);
        }
    }
}

/// Ends the turn of a guard or buffer that was dropped. Inside a spawned task that takes effect when it next awaits or
/// ends, because an error that ends it marks what it held for writing; unless the turn is `done` for good.
fn dropped_write<T: Send + Sync + 'static>(
    raw: RawAccess<T>,
    ending: Ending,
    waiter: Option<Arc<WakerWaiter>>,
    done: bool,
) {
    let mut end = Some(move |error: Option<&Error>, released: &mut Released| {
        end_write(raw, error.cloned().map_or(ending, Ending::Fail), waiter, released);
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
    let mut slot = buffer.into_slot();
    slot.set(value);
    end_write_of_guard(slot.raw, Ending::Keep, true);
}

/// Ends a writer's turn with an error.
pub(crate) fn fail_write<T: Send + Sync + 'static>(buffer: WriteBuffer<T>, error: Error) {
    end_write_of_guard(buffer.into_slot().raw, Ending::Fail(error), true);
}

/// [`dropped_write`] for guards, whose turn has come.
pub(crate) fn end_write_of_guard<T: Send + Sync + 'static>(raw: RawAccess<T>, ending: Ending, done: bool) {
    dropped_write(raw, ending, None, done);
}

/// Gives up a place with that error for readers.
pub(crate) fn give_up<T: Send + Sync + 'static>(buffer: WriteBuffer<T>, error: Error) {
    dropped_write(buffer.into_slot().raw, Ending::Fail(error), None, false);
}

impl<T: Send + Sync + 'static> ReadBuffer<T> {
    /// The unit is a reader's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> ReadBuffer<T> {
        ReadBuffer { raw: Some(raw), waiter: None }
    }

    #[inline]
    fn raw(&self) -> &RawAccess<T> {
        self.raw.as_ref().expect("a buffer is not used after it gave its guard")
    }

    /// The unit, for a task to hold.
    #[inline]
    pub(crate) fn into_raw(mut self) -> RawAccess<T> {
        self.raw.take().expect("a buffer is not dispatched after it gave its guard")
    }

    /// Whether awaiting would give the guard at once.
    #[inline]
    pub fn is_ready(&self) -> bool {
        // SAFETY: the buffer holds a reader's unit.
        unsafe { Epoch::is_complete(self.raw().epoch()) }
    }

    /// Waits for the value and reads it.
    ///
    /// # Errors
    /// Where the value was not written, or a task that was to write it failed, or where nothing can run and the value
    /// can never come.
    #[inline]
    #[track_caller]
    pub fn wait(self) -> Result<ReadGuard<T>, Error> {
        if self.is_ready() {
            frame::flush();
            registry::uses(self.raw(), false);
            // SAFETY: the unit passes to the guard, and the epoch is complete.
            return unsafe { ReadGuard::new(self.into_raw()) };
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
        if !self.is_ready() {
            return None;
        }
        let raw = self.raw.take()?;
        // SAFETY: the unit passes to the guard, and the epoch is complete.
        Some(unsafe { ReadGuard::new(raw) })
    }

    /// The unit, once the epoch is complete.
    pub(crate) fn poll_raw(&mut self, cx: &mut Context<'_>) -> Poll<RawAccess<T>> {
        frame::flush();
        if !self.is_ready() {
            let epoch = self.raw().epoch();
            let mut released = Released::new();
            // SAFETY: the buffer holds a reader's unit, which is not released before the waiter is notified.
            let waits = WakerWaiter::wait(&mut self.waiter, cx, |waiter| unsafe {
                Epoch::wait_to_read(epoch, waiter, &mut released)
            });
            released.submit();
            if waits {
                registry::awaits(self.raw(), false, &self.waiter);
                return Poll::Pending;
            }
        }
        registry::uses(self.raw(), false);
        Poll::Ready(self.raw.take().expect("a buffer is not polled after it gave its guard"))
    }
}

impl<T: Send + Sync + 'static> Clone for ReadBuffer<T> {
    fn clone(&self) -> ReadBuffer<T> {
        // SAFETY: the buffer holds a reader's unit.
        ReadBuffer::new(unsafe { self.raw().clone_read() })
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
        let Some(raw) = self.raw.take() else { return };
        let mut released = Released::new();
        match &self.waiter {
            // SAFETY: the buffer's own unit, which is not used again.
            None => unsafe { raw.release_read(&mut released) },
            // While it waits it cannot be released.
            Some(waiter) => {
                // SAFETY: as above.
                let end: End = Box::new(move |released| unsafe { raw.release_read(released) });
                if let Some(end) = waiter.end_when_notified(end) {
                    end(&mut released);
                }
            }
        }
        released.submit();
    }
}

/// Whether a writer's turn has come, and nobody is about to notify its waiter any more.
fn writer_may_go<T: Send + Sync + 'static>(raw: &RawAccess<T>, waiter: &Option<Arc<WakerWaiter>>) -> bool {
    // SAFETY: the caller holds the writer's unit.
    unsafe { Epoch::is_ready(raw.epoch()) && waiter.as_ref().is_none_or(|waiter| waiter.is_notified()) }
}

/// Waits until a writer's turn has come: `true` where it has.
fn poll_write<T: Send + Sync + 'static>(
    raw: &RawAccess<T>,
    waiter: &mut Option<Arc<WakerWaiter>>,
    cx: &mut Context<'_>,
) -> bool {
    frame::flush();
    let epoch = raw.epoch();
    // SAFETY: the caller holds the writer's unit.
    if waiter.is_none() && unsafe { Epoch::is_ready(epoch) } {
        registry::uses(raw, true);
        return true;
    }
    // SAFETY: as above; the waiter is registered once, and a buffer that is dropped before it is notified leaves its
    // ending to it.
    let waits = WakerWaiter::wait(waiter, cx, |waiter| unsafe { Epoch::wait_to_write(epoch, waiter) });
    if waits {
        registry::awaits(raw, true, waiter);
    } else {
        registry::uses(raw, true);
    }
    !waits
}

impl<T: Send + Sync + 'static> WriteBuffer<T> {
    /// The unit is the writer's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> WriteBuffer<T> {
        WriteBuffer { raw: Some(raw), waiter: None, cancel_if_unwritten: false }
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
        self.raw.as_ref().is_some_and(|raw| writer_may_go(raw, &self.waiter))
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
        let raw = self.raw.as_ref().expect("a buffer is not used after it gave its guard");
        if !writer_may_go(raw, &self.waiter) {
            return None;
        }
        self.slot().map(WriteGuard::new)
    }

    /// Where the value was made.
    pub(crate) fn made_at(&self) -> Place {
        self.raw.as_ref().expect("a buffer is not used after it gave its guard").made_at()
    }

    /// Gives up the place, for good also inside a task that fails afterwards.
    pub(crate) fn pass_over(mut self) {
        if let Some(slot) = self.slot() {
            dropped_write(slot.raw, Ending::Keep, self.waiter.take(), true);
        }
    }

    /// Whether anybody can read what is written here.
    pub(crate) fn is_wanted(&self) -> bool {
        // SAFETY: the buffer holds the writer's unit.
        self.raw.as_ref().is_none_or(|raw| unsafe { Epoch::is_wanted(raw.epoch()) })
    }

    /// The writer's slot, for a task to hold.
    #[inline]
    pub(crate) fn into_slot(mut self) -> WriteSlot<T> {
        self.slot().expect("a buffer is not dispatched after it gave its guard")
    }

    #[inline]
    fn slot(&mut self) -> Option<WriteSlot<T>> {
        let raw = self.raw.take()?;
        Some(WriteSlot { raw, written: false, cancel_if_unwritten: self.cancel_if_unwritten, waits: false })
    }
}

impl<T: Send + Sync + 'static> Future for WriteBuffer<T> {
    type Output = Result<WriteGuard<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let raw = this.raw.as_ref().expect("a buffer is not polled after it gave its guard");
        if !poll_write(raw, &mut this.waiter, cx) {
            return Poll::Pending;
        }
        let slot = this.slot().expect("a buffer is not polled after it gave its guard");
        Poll::Ready(Ok(WriteGuard::new(slot)))
    }
}

impl<T: Send + Sync + 'static> Drop for WriteBuffer<T> {
    fn drop(&mut self) {
        if let Some(slot) = self.slot() {
            let ending = slot.ending();
            dropped_write(slot.raw, ending, self.waiter.take(), false);
        }
    }
}

impl<T: Send + Sync + 'static> MutBuffer<T> {
    /// The unit is the writer's and passes to the buffer.
    #[inline]
    pub(crate) fn new(raw: RawAccess<T>) -> MutBuffer<T> {
        MutBuffer { raw: Some(raw), waiter: None }
    }

    /// The unit, for a task to hold.
    #[inline]
    pub(crate) fn into_raw(mut self) -> RawAccess<T> {
        self.raw.take().expect("a buffer is not dispatched after it gave its guard")
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
        let raw = self.raw.as_ref().expect("a buffer is not used after it gave its guard");
        if !writer_may_go(raw, &self.waiter) {
            return None;
        }
        let raw = self.raw.take()?;
        // SAFETY: the writer's unit passes to the guard, and its turn has come.
        Some(unsafe { MutGuard::new(raw) })
    }

    /// Gives up the place, for good also inside a task that fails afterwards.
    pub(crate) fn pass_over(mut self) {
        if let Some(raw) = self.raw.take() {
            dropped_write(raw, Ending::Keep, self.waiter.take(), true);
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
        let this = &mut *self;
        let raw = this.raw.as_ref().expect("a buffer is not polled after it gave its guard");
        if !poll_write(raw, &mut this.waiter, cx) {
            return Poll::Pending;
        }
        let raw = this.raw.take().expect("a buffer is not polled after it gave its guard");
        // SAFETY: the writer's unit passes to the guard, and its turn has come.
        Poll::Ready(unsafe { MutGuard::new(raw) })
    }
}

impl<T: Send + Sync + 'static> Drop for MutBuffer<T> {
    fn drop(&mut self) {
        if let Some(raw) = self.raw.take() {
            dropped_write(raw, Ending::Keep, self.waiter.take(), false);
        }
    }
}
