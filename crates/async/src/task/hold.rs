//! What a dispatched task holds: its accesses, ready to be counted, opened and finished.

mod keep;
mod several;

pub use keep::Keep;

use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::Arc;

use crate::access::{Ending, MutBuffer, ReadBuffer, WriteBuffer, finish_write};
use crate::epoch::{Epoch, Link};
use crate::error::Error;
use crate::guard::{OwnedSlot, Waits, WriteSlot, mutable};
use crate::registry::AccessInfo;
use crate::task::header::{forget_waiter, reading_waiter, writing_waiter};
use crate::task::{Header, Released};
use crate::value::RawAccess;
use crate::wait::WakerWaiter;

/// What can be given to [`dispatch`](crate::dispatch()): buffers, and tuples, arrays, vectors and options of them.
///
/// The closure gets `&T` for a [`ReadBuffer`], `&mut T` for a [`MutBuffer`] and [`&mut WriteSlot<T>`](WriteSlot) for a
/// [`WriteBuffer`], in the shape in which the buffers were given.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something that a task can wait for",
    note = "give buffers from `read()`, `write()` and `mutate()`, or tuples, arrays, vectors and options of them"
)]
pub trait Access: Send + 'static {
    /// What the closure gets.
    type Args<'a>
    where
        Self: 'a;
    #[doc(hidden)]
    type Held: Hold + for<'a> Open<Args<'a> = Self::Args<'a>> + Send + 'static;
    #[doc(hidden)]
    fn hold(self) -> Self::Held;
}

/// Accesses inside a task's allocation.
#[doc(hidden)]
pub trait Hold {
    /// Counts the accesses whose turn has not come, which are to be registered.
    fn unmet(&mut self) -> usize;

    /// Registers the task with the epochs of the accesses that were counted; whether the task can run now, because the
    /// turns of all have come meanwhile. When none is left to be registered the task may be gone, unless it can run.
    ///
    /// # Safety
    /// Called once, after [`unmet`](Self::unmet), where the accesses will stay until they are finished. It takes a pointer
    /// because others may free what is registered before it returns. Whoever notifies the task of one access
    /// [looks at](Self::prefetch_epochs) all of them meanwhile, so there must be no mutable reference to any.
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool;

    /// Whether anybody can read what is written: `None` where nothing is.
    fn wanted(&self) -> Option<bool> {
        None
    }

    /// Fetches the epochs, as the turns of some have come and those of others may not have: what the task itself holds is
    /// all that is used for it.
    fn prefetch_epochs(&self);

    /// Fetches what the turns' end will need.
    fn prefetch(&self);

    /// Fetches those that the turns' end will release first, once what [`prefetch`](Self::prefetch) fetches is likely to be
    /// there.
    fn prefetch_released(&self) {}

    /// Adds what the accesses are, for a registry.
    fn describe(&self, into: &mut Vec<AccessInfo>);

    /// Ends all turns and gives up all units; what was held for writing gets the error, if there is one.
    ///
    /// # Safety
    /// All turns have come; nothing is used afterwards, nor dropped.
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released);
}

/// Access to what is held, once all turns have come.
#[doc(hidden)]
pub trait Open {
    type Args<'a>
    where
        Self: 'a;
    /// # Safety
    /// All turns have come, and nothing is finished yet.
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error>;
}

/// The registering of a task's accesses.
#[doc(hidden)]
pub struct Registration<'r> {
    pub(crate) task: NonNull<Header>,
    /// How many accesses are to be registered still: while there are some, the task cannot run.
    pub(crate) left: usize,
    pub(crate) released: &'r mut Released,
}

impl Registration<'_> {
    /// Has `wait` register the task with an epoch; it returns whether the access waits. Whether the task can run now.
    ///
    /// # Safety
    /// As for [`Hold::register`], of an access that was counted.
    #[inline]
    unsafe fn one(&mut self, wait: impl FnOnce(NonNull<Header>, &mut Released) -> bool) -> bool {
        self.left -= 1;
        // SAFETY: where the access does not wait it has not been met, so the task is alive.
        !wait(self.task, self.released) && unsafe { self.task.as_ref() }.met()
    }
}

#[doc(hidden)]
pub struct HeldRead<T> {
    /// Notes whether the turn had not come when that was counted.
    link: Link,
    pub(crate) raw: RawAccess<T>,
}

impl<T: Send + Sync + 'static> Access for ReadBuffer<T> {
    type Args<'a> = &'a T;
    type Held = HeldRead<T>;

    #[inline]
    fn hold(self) -> HeldRead<T> {
        HeldRead { link: Link::new(false), raw: self.into_held() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldRead<T> {
    #[inline]
    fn unmet(&mut self) -> usize {
        // SAFETY: this holds a reader's unit.
        let waits = unsafe { !Epoch::is_complete(self.raw.epoch()) };
        self.link = Link::new(waits);
        waits.into()
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: this holds a reader's unit, and stays in place as promised; whoever notifies the task only looks at the
        // unit, and the link is in no list yet.
        unsafe {
            if !this.as_ref().link.waits() {
                return false;
            }
            let (epoch, link) = (this.as_ref().raw.epoch(), NonNull::from(&this.as_ref().link));
            by.one(|task, released| {
                let waiter = reading_waiter(task, link);
                let waits = Epoch::wait_to_read(epoch, waiter, released);
                if !waits {
                    forget_waiter(waiter);
                }
                waits
            })
        }
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.raw.prefetch_epoch();
    }

    #[inline]
    fn prefetch(&self) {
        self.raw.prefetch();
    }

    #[inline]
    fn prefetch_released(&self) {
        // SAFETY: this holds a reader's unit.
        unsafe { Epoch::prefetch_after_read(self.raw.epoch()) }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.raw.info(false));
    }

    #[inline]
    unsafe fn finish(&mut self, _error: Option<&Error>, released: &mut Released) {
        // SAFETY: the unit is given up once, as promised.
        unsafe { self.raw.release_read(released) }
    }
}

impl<T: Send + Sync + 'static> Open for HeldRead<T> {
    type Args<'a> = &'a T;

    #[inline]
    unsafe fn open(&mut self) -> Result<&T, Error> {
        // SAFETY: the epoch is complete, as promised.
        unsafe { self.raw.value() }
    }
}

#[doc(hidden)]
pub struct HeldWrite<T> {
    slot: ManuallyDrop<OwnedSlot<T>>,
}

/// What a writer's unit waits for that a task is to hold.
#[inline]
fn queued(waiter: Option<Arc<WakerWaiter>>) -> Waits {
    match waiter {
        None => Waits::No,
        Some(waiter) => {
            // The epoch has the same address; `take_over` has this part back.
            std::mem::forget(waiter);
            Waits::Queued
        }
    }
}

/// Looks whether a writer's turn has come.
///
/// # Safety
/// The caller holds the epoch's writer's unit.
#[inline]
unsafe fn count_writer(epoch: NonNull<Epoch>, waits: &mut Waits) -> usize {
    // SAFETY: as promised.
    if *waits == Waits::No && unsafe { !Epoch::is_ready(epoch) } {
        *waits = Waits::Queues;
    }
    (*waits != Waits::No).into()
}

/// Registers a writer, where it waits.
///
/// # Safety
/// As for [`Hold::register`]; the caller holds the epoch's writer's unit.
#[inline]
unsafe fn register_writer(epoch: NonNull<Epoch>, waits: Waits, by: &mut Registration<'_>) -> bool {
    // SAFETY: as promised.
    unsafe {
        match waits {
            Waits::No => false,
            Waits::Queues => by.one(|task, _| Epoch::wait_to_write(epoch, writing_waiter(task))),
            Waits::Queued => by.one(|task, _| take_over(epoch, task)),
        }
    }
}

/// Has a task met by the waiter that is queued for its writer's unit; `false` where that has been notified.
///
/// # Safety
/// As for [`register_writer`], of a unit that is [`Waits::Queued`].
#[cold]
unsafe fn take_over(epoch: NonNull<Epoch>, task: NonNull<Header>) -> bool {
    // SAFETY: the unit was polled, so that the epoch's writer is a `WakerWaiter`, of which a part is the task's, which is
    // given up here.
    unsafe {
        let (waiter, _) = Epoch::queued_writer(epoch).into_parts();
        let waiter = Arc::from_raw(waiter.cast::<WakerWaiter>().as_ptr());
        waiter.meet(task)
    }
}

impl<T: Send + Sync + 'static> Access for WriteBuffer<T> {
    type Args<'a> = &'a mut WriteSlot<T>;
    type Held = HeldWrite<T>;

    #[inline]
    fn hold(self) -> HeldWrite<T> {
        let (mut slot, waiter) = self.into_held();
        slot.waits = queued(waiter);
        HeldWrite { slot: ManuallyDrop::new(slot) }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldWrite<T> {
    fn wanted(&self) -> Option<bool> {
        // SAFETY: this holds a writer's unit.
        Some(unsafe { Epoch::is_wanted(self.slot.raw.epoch()) })
    }

    #[inline]
    fn unmet(&mut self) -> usize {
        // SAFETY: this holds a writer's unit.
        unsafe { count_writer(self.slot.raw.epoch(), &mut self.slot.waits) }
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: this holds a writer's unit, and nobody changes it before all are registered.
        unsafe { register_writer(this.as_ref().slot.raw.epoch(), this.as_ref().slot.waits, by) }
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.slot.raw.prefetch_epoch();
    }

    #[inline]
    fn prefetch(&self) {
        self.slot.raw.prefetch();
    }

    #[inline]
    fn prefetch_released(&self) {
        // SAFETY: this holds a writer's unit.
        unsafe { Epoch::prefetch_after_write(self.slot.raw.epoch()) }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.slot.raw.info(true));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: the slot is not used again.
        let slot = unsafe { ManuallyDrop::take(&mut self.slot) };
        let ending = error.cloned().map_or_else(|| slot.ending(), Ending::Fail);
        // SAFETY: the writer's turn has come, and its unit is not used again.
        unsafe { finish_write(&slot.raw, ending, released) }
    }
}

impl<T: Send + Sync + 'static> Open for HeldWrite<T> {
    type Args<'a> = &'a mut WriteSlot<T>;

    #[inline]
    unsafe fn open(&mut self) -> Result<&mut WriteSlot<T>, Error> {
        Ok(self.slot.open())
    }
}

#[doc(hidden)]
pub struct HeldMut<T> {
    waits: Waits,
    raw: ManuallyDrop<RawAccess<T>>,
}

impl<T: Send + Sync + 'static> Access for MutBuffer<T> {
    type Args<'a> = &'a mut T;
    type Held = HeldMut<T>;

    #[inline]
    fn hold(self) -> HeldMut<T> {
        let (raw, waiter) = self.into_held();
        HeldMut { waits: queued(waiter), raw: ManuallyDrop::new(raw) }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldMut<T> {
    fn wanted(&self) -> Option<bool> {
        // SAFETY: this holds a writer's unit.
        Some(unsafe { Epoch::is_wanted(self.raw.epoch()) })
    }

    #[inline]
    fn unmet(&mut self) -> usize {
        // SAFETY: this holds a writer's unit.
        unsafe { count_writer(self.raw.epoch(), &mut self.waits) }
    }

    #[inline]
    unsafe fn register(this: NonNull<Self>, by: &mut Registration<'_>) -> bool {
        // SAFETY: as for `HeldWrite`.
        unsafe { register_writer(this.as_ref().raw.epoch(), this.as_ref().waits, by) }
    }

    #[inline]
    fn prefetch_epochs(&self) {
        self.raw.prefetch_epoch();
    }

    #[inline]
    fn prefetch(&self) {
        self.raw.prefetch();
    }

    #[inline]
    fn prefetch_released(&self) {
        // SAFETY: this holds a writer's unit.
        unsafe { Epoch::prefetch_after_write(self.raw.epoch()) }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.raw.info(true));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: the unit is not used again.
        let raw = unsafe { ManuallyDrop::take(&mut self.raw) };
        // SAFETY: the writer's turn has come, and its unit is not used again.
        unsafe { finish_write(&raw, error.cloned().map_or(Ending::Keep, Ending::Fail), released) }
    }
}

impl<T: Send + Sync + 'static> Open for HeldMut<T> {
    type Args<'a> = &'a mut T;

    #[inline]
    unsafe fn open(&mut self) -> Result<&mut T, Error> {
        // SAFETY: the writer's turn has come, and `&mut self` makes the access exclusive.
        unsafe { mutable(&self.raw) }
    }
}
