//! What a dispatched task holds: its accesses, ready to be counted, opened and finished.

use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr::NonNull;

use crate::access::{Ending, MutBuffer, ReadBuffer, WriteBuffer, finish_write};
use crate::epoch::{Epoch, Waiter};
use crate::error::Error;
use crate::guard::{WriteSlot, mutable};
use crate::registry::AccessInfo;
use crate::task::{Header, Released, task_target};
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
    /// Whether it is exactly one access.
    const IS_ONE: bool = false;

    /// Registers the task with the epochs whose turn has not come; returns how many. Some may have come by then.
    ///
    /// # Safety
    /// Called once, where the accesses will stay until they are finished.
    unsafe fn register(&mut self, task: NonNull<Header>, released: &mut Released) -> u32;

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

#[doc(hidden)]
pub struct HeldRead<T> {
    pub(crate) raw: RawAccess<T>,
    waiter: MaybeUninit<Waiter>,
}

impl<T: Send + Sync + 'static> Access for ReadBuffer<T> {
    type Args<'a> = &'a T;
    type Held = HeldRead<T>;

    #[inline]
    fn hold(self) -> HeldRead<T> {
        HeldRead { raw: self.into_raw(), waiter: MaybeUninit::uninit() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldRead<T> {
    const IS_ONE: bool = true;

    #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, released: &mut Released) -> u32 {
        // SAFETY: this holds a reader's unit, and stays in place as promised.
        unsafe {
            if Epoch::is_complete(self.raw.epoch()) {
                return 0;
            }
            let waiter = NonNull::from(self.waiter.write(Waiter::new(task_target(task))));
            Epoch::wait_to_read(self.raw.epoch(), waiter, released).into()
        }
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
    slot: ManuallyDrop<WriteSlot<T>>,
    waiter: MaybeUninit<Waiter>,
}

/// Registers a writer.
///
/// # Safety
/// As for [`Hold::register`]; `raw` is a writer's unit.
#[inline]
unsafe fn register_writer<T: 'static>(
    raw: &RawAccess<T>,
    waiter: &mut MaybeUninit<Waiter>,
    task: NonNull<Header>,
) -> u32 {
    // SAFETY: as promised.
    unsafe {
        if Epoch::is_ready(raw.epoch()) {
            return 0;
        }
        let waiter = NonNull::from(waiter.write(Waiter::new(task_target(task))));
        Epoch::wait_to_write(raw.epoch(), waiter).into()
    }
}

impl<T: Send + Sync + 'static> Access for WriteBuffer<T> {
    type Args<'a> = &'a mut WriteSlot<T>;
    type Held = HeldWrite<T>;

    #[inline]
    fn hold(self) -> HeldWrite<T> {
        HeldWrite { slot: ManuallyDrop::new(self.into_slot()), waiter: MaybeUninit::uninit() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldWrite<T> {
    const IS_ONE: bool = true;

    #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, _released: &mut Released) -> u32 {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.slot.raw, &mut self.waiter, task) }
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
        Ok(&mut self.slot)
    }
}

#[doc(hidden)]
pub struct HeldMut<T> {
    raw: ManuallyDrop<RawAccess<T>>,
    waiter: MaybeUninit<Waiter>,
}

impl<T: Send + Sync + 'static> Access for MutBuffer<T> {
    type Args<'a> = &'a mut T;
    type Held = HeldMut<T>;

    #[inline]
    fn hold(self) -> HeldMut<T> {
        HeldMut { raw: ManuallyDrop::new(self.into_raw()), waiter: MaybeUninit::uninit() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldMut<T> {
    const IS_ONE: bool = true;

    #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, _released: &mut Released) -> u32 {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.raw, &mut self.waiter, task) }
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

impl<A: Access> Access for Vec<A> {
    type Args<'a>
        = Vec<A::Args<'a>>
    where
        Self: 'a;
    type Held = ManuallyDrop<Vec<A::Held>>;

    #[inline]
    fn hold(self) -> Self::Held {
        ManuallyDrop::new(self.into_iter().map(A::hold).collect())
    }
}

impl<H: Hold> Hold for ManuallyDrop<Vec<H>> {
    #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, released: &mut Released) -> u32 {
        // SAFETY: the elements stay where they are, since the vector never grows.
        self.iter_mut().map(|held| unsafe { held.register(task, released) }).sum()
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: each element is finished once and not dropped; only the vector's own memory is.
        unsafe {
            self.iter_mut().for_each(|held| held.finish(error, released));
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

    #[inline]
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

    #[inline]
    fn hold(self) -> Self::Held {
        self.map(A::hold)
    }
}

impl<H: Hold> Hold for Option<H> {
    #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, released: &mut Released) -> u32 {
        // SAFETY: passed on.
        self.as_mut().map_or(0, |held| unsafe { held.register(task, released) })
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        if let Some(held) = self {
            // SAFETY: passed on.
            unsafe { held.finish(error, released) }
        }
    }
}

impl<H: Open> Open for Option<H> {
    type Args<'a>
        = Option<H::Args<'a>>
    where
        Self: 'a;

    #[inline]
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
    unsafe fn register(&mut self, _task: NonNull<Header>, _released: &mut Released) -> u32 {
        0
    }

    fn describe(&self, _into: &mut Vec<AccessInfo>) {}

    #[inline]
    unsafe fn finish(&mut self, _error: Option<&Error>, _released: &mut Released) {}
}

impl Open for () {
    type Args<'a> = ();

    #[inline]
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

                #[inline]
    fn hold(self) -> Self::Held {
                    ($(self.$index.hold(),)*)
                }
            }

            impl<$($name: Hold),*> Hold for ($($name,)*) {
                #[inline]
    unsafe fn register(&mut self, task: NonNull<Header>, released: &mut Released) -> u32 {
                    // SAFETY: passed on.
                    unsafe { 0 $(+ self.$index.register(task, released))* }
                }

                fn describe(&self, into: &mut Vec<AccessInfo>) {
                    $(self.$index.describe(into);)*
                }

                #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
                    // SAFETY: passed on.
                    unsafe { $(self.$index.finish(error, released);)* }
                }
            }

            impl<$($name: Open),*> Open for ($($name,)*) {
                type Args<'a>
        = ($($name::Args<'a>,)*)
    where
        Self: 'a;

                #[inline]
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
