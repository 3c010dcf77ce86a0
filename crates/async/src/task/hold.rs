//! What a dispatched task holds: its accesses, ready to be counted, opened and finished.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;
use std::sync::atomic::Ordering;

use crate::access::{Ending, MutBuffer, ReadBuffer, WriteBuffer, end_write};
use crate::epoch::{Epoch, Notified, Waiter};
use crate::error::Error;
use crate::guard::{WriteSlot, mutable};
use crate::registry::AccessInfo;
use crate::task::Header;
use crate::value::RawAccess;

/// What can be given to [`dispatch`](crate::dispatch()): buffers, and tuples, vectors and options of them.
///
/// The closure gets `&T` for a [`ReadBuffer`], `&mut T` for a [`MutBuffer`] and [`&mut WriteSlot<T>`](WriteSlot) for a
/// [`WriteBuffer`], in the shape in which the buffers were given.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something that a task can wait for",
    note = "give buffers from `read()`, `write()` and `mutate()`, or tuples, vectors and options of them"
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
    /// Registers the task with the epochs whose turn has not come; returns how many.
    ///
    /// # Safety
    /// Called once, where the accesses will stay until they are finished.
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize;

    /// Adds what the accesses are, for a registry.
    fn describe(&self, into: &mut Vec<AccessInfo>);

    /// Ends all turns and gives up all units; what was held for writing gets the error, if there is one.
    ///
    /// # Safety
    /// All turns have come; nothing is used afterwards, nor dropped.
    unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified);
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

/// A waiter of a dispatched task.
#[repr(C)]
struct TaskWaiter {
    /// First, so that a pointer to it is one to the whole.
    waiter: Waiter,
    task: NonNull<Header>,
}

impl TaskWaiter {
    fn new() -> TaskWaiter {
        TaskWaiter { waiter: Waiter::new(TaskWaiter::notify), task: NonNull::dangling() }
    }

    unsafe fn notify(waiter: NonNull<Waiter>, notified: &mut dyn Notified) {
        // SAFETY: the waiter is the first field of a `TaskWaiter`, and its task is alive until its count is zero.
        unsafe {
            let task = waiter.cast::<TaskWaiter>().as_ref().task;
            if task.as_ref().unmet.fetch_sub(1, Ordering::AcqRel) == 1 {
                notified.task(task);
            }
        }
    }
}

// SAFETY: the pointer is used only by `notify`, as described there, on whichever thread.
unsafe impl Send for TaskWaiter {}

#[doc(hidden)]
pub struct HeldRead<T> {
    pub(crate) raw: RawAccess<T>,
    waiter: TaskWaiter,
}

impl<T: Send + Sync + 'static> Access for ReadBuffer<T> {
    type Args<'a> = &'a T;
    type Held = HeldRead<T>;

    fn hold(self) -> HeldRead<T> {
        HeldRead { raw: self.into_raw(), waiter: TaskWaiter::new() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldRead<T> {
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
        // SAFETY: this holds a reader's unit, and stays in place as promised.
        unsafe {
            if Epoch::is_complete(self.raw.epoch()) {
                return 0;
            }
            self.waiter.task = task;
            Epoch::wait_to_read(self.raw.epoch(), NonNull::from(&mut self.waiter).cast()).into()
        }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.raw.info(false));
    }

    unsafe fn finish(&mut self, _error: Option<&Error>, notified: &mut dyn Notified) {
        // SAFETY: the unit is given up once, as promised.
        unsafe { self.raw.release_read(notified) }
    }
}

impl<T: Send + Sync + 'static> Open for HeldRead<T> {
    type Args<'a> = &'a T;

    unsafe fn open(&mut self) -> Result<&T, Error> {
        // SAFETY: the epoch is complete, as promised.
        unsafe { self.raw.value() }
    }
}

#[doc(hidden)]
pub struct HeldWrite<T> {
    slot: ManuallyDrop<WriteSlot<T>>,
    waiter: TaskWaiter,
}

/// Registers a writer.
///
/// # Safety
/// As for [`Hold::register`]; `raw` is a writer's unit.
unsafe fn register_writer<T: 'static>(
    raw: &RawAccess<T>,
    waiter: &mut TaskWaiter,
    task: NonNull<Header>,
) -> usize {
    // SAFETY: as promised.
    unsafe {
        if Epoch::is_ready(raw.epoch()) {
            return 0;
        }
        waiter.task = task;
        Epoch::wait_to_write(raw.epoch(), NonNull::from(waiter).cast()).into()
    }
}

impl<T: Send + Sync + 'static> Access for WriteBuffer<T> {
    type Args<'a> = &'a mut WriteSlot<T>;
    type Held = HeldWrite<T>;

    fn hold(self) -> HeldWrite<T> {
        HeldWrite { slot: ManuallyDrop::new(self.into_slot()), waiter: TaskWaiter::new() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldWrite<T> {
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.slot.raw, &mut self.waiter, task) }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.slot.raw.info(true));
    }

    unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified) {
        // SAFETY: the slot is not used again.
        let slot = unsafe { ManuallyDrop::take(&mut self.slot) };
        let ending = error.cloned().map_or_else(|| slot.ending(), Ending::Fail);
        end_write(slot.raw, ending, None, notified);
    }
}

impl<T: Send + Sync + 'static> Open for HeldWrite<T> {
    type Args<'a> = &'a mut WriteSlot<T>;

    unsafe fn open(&mut self) -> Result<&mut WriteSlot<T>, Error> {
        Ok(&mut self.slot)
    }
}

#[doc(hidden)]
pub struct HeldMut<T> {
    raw: ManuallyDrop<RawAccess<T>>,
    waiter: TaskWaiter,
}

impl<T: Send + Sync + 'static> Access for MutBuffer<T> {
    type Args<'a> = &'a mut T;
    type Held = HeldMut<T>;

    fn hold(self) -> HeldMut<T> {
        HeldMut { raw: ManuallyDrop::new(self.into_raw()), waiter: TaskWaiter::new() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldMut<T> {
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.raw, &mut self.waiter, task) }
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        into.push(self.raw.info(true));
    }

    unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified) {
        // SAFETY: the unit is not used again.
        let raw = unsafe { ManuallyDrop::take(&mut self.raw) };
        end_write(raw, error.cloned().map_or(Ending::Keep, Ending::Fail), None, notified);
    }
}

impl<T: Send + Sync + 'static> Open for HeldMut<T> {
    type Args<'a> = &'a mut T;

    unsafe fn open(&mut self) -> Result<&mut T, Error> {
        // SAFETY: the writer's turn has come, and `&mut self` makes the access exclusive.
        unsafe { mutable(&self.raw) }
    }
}

impl<A: Access> Access for Vec<A> {
    type Args<'a>
        = Vec<A::Args<'a>>
    where
        Self: 'a;
    type Held = ManuallyDrop<Vec<A::Held>>;

    fn hold(self) -> Self::Held {
        ManuallyDrop::new(self.into_iter().map(A::hold).collect())
    }
}

impl<H: Hold> Hold for ManuallyDrop<Vec<H>> {
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
        // SAFETY: the elements stay where they are, since the vector never grows.
        self.iter_mut().map(|held| unsafe { held.register(task) }).sum()
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified) {
        // SAFETY: each element is finished once and not dropped; only the vector's own memory is.
        unsafe {
            self.iter_mut().for_each(|held| held.finish(error, notified));
            let mut all = ManuallyDrop::take(self);
            all.set_len(0);
        }
    }
}

impl<H: Open> Open for ManuallyDrop<Vec<H>> {
    type Args<'a>
        = Vec<H::Args<'a>>
    where
        Self: 'a;

    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        // SAFETY: passed on.
        self.iter_mut().map(|held| unsafe { held.open() }).collect()
    }
}

impl<A: Access> Access for Option<A> {
    type Args<'a>
        = Option<A::Args<'a>>
    where
        Self: 'a;
    type Held = Option<A::Held>;

    fn hold(self) -> Self::Held {
        self.map(A::hold)
    }
}

impl<H: Hold> Hold for Option<H> {
    unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
        // SAFETY: passed on.
        self.as_mut().map_or(0, |held| unsafe { held.register(task) })
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified) {
        if let Some(held) = self {
            // SAFETY: passed on.
            unsafe { held.finish(error, notified) }
        }
    }
}

impl<H: Open> Open for Option<H> {
    type Args<'a>
        = Option<H::Args<'a>>
    where
        Self: 'a;

    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        // SAFETY: passed on.
        self.as_mut().map(|held| unsafe { held.open() }).transpose()
    }
}

/// A task that depends on nothing; its closure gets `()`.
impl Access for () {
    type Args<'a> = ();
    type Held = ();

    fn hold(self) {}
}

impl Hold for () {
    unsafe fn register(&mut self, _task: NonNull<Header>) -> usize {
        0
    }

    fn describe(&self, _into: &mut Vec<AccessInfo>) {}

    unsafe fn finish(&mut self, _error: Option<&Error>, _notified: &mut dyn Notified) {}
}

impl Open for () {
    type Args<'a> = ();

    unsafe fn open(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => {
        $(
            impl<$($name: Access),*> Access for ($($name,)*) {
                type Args<'a>
        = ($($name::Args<'a>,)*)
    where
        Self: 'a;
                type Held = ($($name::Held,)*);

                fn hold(self) -> Self::Held {
                    ($(self.$index.hold(),)*)
                }
            }

            impl<$($name: Hold),*> Hold for ($($name,)*) {
                unsafe fn register(&mut self, task: NonNull<Header>) -> usize {
                    // SAFETY: passed on.
                    unsafe { 0 $(+ self.$index.register(task))* }
                }

                fn describe(&self, into: &mut Vec<AccessInfo>) {
                    $(self.$index.describe(into);)*
                }

                unsafe fn finish(&mut self, error: Option<&Error>, notified: &mut dyn Notified) {
                    // SAFETY: passed on.
                    unsafe { $(self.$index.finish(error, notified);)* }
                }
            }

            impl<$($name: Open),*> Open for ($($name,)*) {
                type Args<'a>
        = ($($name::Args<'a>,)*)
    where
        Self: 'a;

                unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
                    // SAFETY: passed on.
                    unsafe { Ok(($(self.$index.open()?,)*)) }
                }
            }
        )*
    };
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
