//! A buffer's unit of an epoch, together with what is queued on the epoch for it.

use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::Context;

use crate::epoch::{Epoch, Waiter};
use crate::registry;
use crate::task::{End, Released, frame};
use crate::value::RawAccess;
use crate::wait::WakerWaiter;

/// A unit that has not been used: an access from when it is acquired until its turn comes.
///
/// Once it has been polled, a waiter is queued on the epoch, and the unit must not be released, nor queued again, before
/// that waiter has been notified: whoever notifies still uses the epoch. So a claim owns both, and gives the unit only to
///
/// * [`redeem`](Self::redeem), when the turn has come and nothing is queued any more,
/// * [`when_come`](Self::when_come), which has something done with it then,
/// * [`into_held`](Self::into_held), which passes on what is queued as well.
pub(crate) struct Claim<T, K> {
    raw: RawAccess<T>,
    waiter: Option<Arc<WakerWaiter>>,
    kind: PhantomData<fn() -> K>,
}

/// Reading or writing.
pub(crate) trait Kind: 'static {
    const WRITES: bool;

    /// Whether the epoch has come so far that the access may go.
    ///
    /// # Safety
    /// The caller holds a unit of this kind.
    unsafe fn has_come(epoch: NonNull<Epoch>) -> bool;

    /// Queues a waiter; `false` where the turn has come and it was not queued.
    ///
    /// # Safety
    /// The caller holds a unit of this kind for which nothing was queued before, and keeps it until the waiter has been
    /// notified.
    unsafe fn queue(epoch: NonNull<Epoch>, waiter: Waiter, released: &mut Released) -> bool;
}

pub(crate) enum Reading {}
pub(crate) enum Writing {}

impl Kind for Reading {
    const WRITES: bool = false;

    #[inline]
    unsafe fn has_come(epoch: NonNull<Epoch>) -> bool {
        // SAFETY: as promised.
        unsafe { Epoch::is_complete(epoch) }
    }

    unsafe fn queue(epoch: NonNull<Epoch>, waiter: Waiter, released: &mut Released) -> bool {
        // SAFETY: as promised; the waiter's link stays in place, since it is in an `Arc` of which the epoch has a part.
        unsafe { Epoch::wait_to_read(epoch, waiter, released) }
    }
}

impl Kind for Writing {
    const WRITES: bool = true;

    #[inline]
    unsafe fn has_come(epoch: NonNull<Epoch>) -> bool {
        // SAFETY: as promised.
        unsafe { Epoch::is_ready(epoch) }
    }

    unsafe fn queue(epoch: NonNull<Epoch>, waiter: Waiter, _released: &mut Released) -> bool {
        // SAFETY: as promised.
        unsafe { Epoch::wait_to_write(epoch, waiter) }
    }
}

impl<T: Send + Sync + 'static, K: Kind> Claim<T, K> {
    /// # Safety
    /// This is a unit of that kind, which passes to the claim, and nothing is queued for it.
    #[inline]
    pub(crate) unsafe fn new(raw: RawAccess<T>) -> Claim<T, K> {
        Claim { raw, waiter: None, kind: PhantomData }
    }

    /// The unit, to look at.
    #[inline]
    pub(crate) fn unit(&self) -> &RawAccess<T> {
        &self.raw
    }

    /// Whether the turn has come, and nothing is queued (any more).
    #[inline]
    pub(crate) fn has_come(&self) -> bool {
        // SAFETY: the claim holds a unit of its kind.
        unsafe { K::has_come(self.raw.epoch()) && self.is_free() }
    }

    /// Whether nothing is queued for the unit.
    #[inline]
    fn is_free(&self) -> bool {
        self.waiter.as_ref().is_none_or(|waiter| waiter.is_notified())
    }

    /// The unit, where its turn has come and nothing is queued.
    #[inline]
    pub(crate) fn redeem(self) -> Result<RawAccess<T>, Claim<T, K>> {
        if self.has_come() { Ok(self.raw) } else { Err(self) }
    }

    /// As [`redeem`](Self::redeem), of what a buffer has; the claim stays there where it is not redeemed.
    #[inline]
    pub(crate) fn redeem_from(this: &mut Option<Claim<T, K>>) -> Option<RawAccess<T>> {
        this.take_if(|claim| claim.has_come()).map(|claim| claim.raw)
    }

    /// The unit when its turn has come; else the future is woken when it has.
    pub(crate) fn poll(this: &mut Option<Claim<T, K>>, cx: &mut Context<'_>) -> Option<RawAccess<T>> {
        frame::flush();
        let claim = this.as_mut().expect("a buffer is not polled after it gave its guard");
        if claim.waits(cx) {
            registry::awaits(&claim.raw, K::WRITES, &claim.waiter);
            return None;
        }
        registry::uses(&claim.raw, K::WRITES);
        this.take().map(|claim| claim.raw)
    }

    /// Queues the future, once; later only its waker is exchanged.
    fn waits(&mut self, cx: &mut Context<'_>) -> bool {
        if let Some(waiter) = &self.waiter {
            return waiter.wake_later(cx);
        }
        let epoch = self.raw.epoch();
        // SAFETY: the claim holds a unit of its kind.
        if unsafe { K::has_come(epoch) } {
            return false;
        }
        let mut released = Released::new();
        // SAFETY: as above; nothing is queued, and the claim keeps the unit until the waiter has been notified.
        self.waiter = WakerWaiter::queue(cx, |waiter| unsafe { K::queue(epoch, waiter, &mut released) });
        released.submit();
        // Readers may have been notified by what was released.
        !self.has_come()
    }

    /// Does something with the unit when its turn has come and nothing is queued: now, or else when that is so.
    pub(crate) fn when_come(
        self,
        then: impl FnOnce(RawAccess<T>, &mut Released) + Send + 'static,
        released: &mut Released,
    ) {
        let Claim { raw, waiter, .. } = match self.redeem() {
            Ok(raw) => return then(raw, released),
            Err(claim) => claim,
        };
        let epoch = raw.epoch();
        let end: End = Box::new(move |released| then(raw, released));
        let left = match waiter {
            Some(waiter) => waiter.end_when_notified(end),
            // SAFETY: the unit is in the end, which is not called before the waiter has been notified; nothing else is
            // queued for it.
            None => WakerWaiter::with_end(end, |waiter| unsafe { K::queue(epoch, waiter, released) }),
        };
        if let Some(end) = left {
            end(released);
        }
    }

    /// The unit, for a task to hold, and the waiter where one is queued that has not been notified.
    #[inline]
    pub(crate) fn into_held(self) -> (RawAccess<T>, Option<Arc<WakerWaiter>>) {
        let queued = if self.is_free() { None } else { self.waiter };
        (self.raw, queued)
    }
}

impl<T: Send + Sync + 'static> Claim<T, Reading> {
    /// Another claim to read the same epoch.
    pub(crate) fn another(&self) -> Claim<T, Reading> {
        // SAFETY: the claim holds a reader's unit, and the new unit is the new claim's.
        unsafe { Claim::new(self.raw.clone_read()) }
    }

    /// Gives the place up.
    #[inline]
    pub(crate) fn release(self, released: &mut Released) {
        if self.is_free() {
            // SAFETY: the claim's own unit, for which nothing is queued.
            unsafe { self.raw.release_read(released) };
        } else {
            // SAFETY: as above, by then.
            self.when_come(|raw, released| unsafe { raw.release_read(released) }, released);
        }
    }
}

impl<T: Send + Sync + 'static> Claim<T, Writing> {
    /// Gives the place up, and leaves the value as it is.
    pub(crate) fn release(self, released: &mut Released) {
        if self.is_free() {
            // SAFETY: the claim's own unit, for which nothing is queued.
            unsafe { self.raw.release_write(released) };
        } else {
            // SAFETY: as above, by then.
            self.when_come(|raw, released| unsafe { raw.release_write(released) }, released);
        }
    }
}
