//! What a dispatched task holds: its accesses, ready to be counted, opened and finished.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::access::{Ending, MutBuffer, ReadBuffer, WriteBuffer, finish_write};
use crate::epoch::{Epoch, Waiter};
use crate::error::Error;
use crate::guard::{WriteSlot, mutable};
use crate::registry::AccessInfo;
use crate::task::{Header, Released, task_target};
use crate::value::RawAccess;

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
    /// Called once, after [`unmet`](Self::unmet), where the accesses will stay until they are finished.
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool;

    /// Whether anybody can read what is written: `None` where nothing is.
    fn wanted(&self) -> Option<bool> {
        None
    }

    /// Fetches what the turns' end will need.
    fn prefetch(&self);

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

/// The waiter of an access, where its turn had not come when that was counted.
#[derive(Default)]
struct Wait(Option<Waiter>);

impl Wait {
    #[inline]
    fn count(&mut self, waits: bool) -> usize {
        self.0 = waits.then(|| Waiter::new(NonNull::dangling()));
        waits.into()
    }

    /// Has `wait` register the waiter where there is one; it returns whether that waits. Whether the task can run now.
    ///
    /// # Safety
    /// As for [`Hold::register`].
    #[inline]
    unsafe fn register(
        &mut self,
        by: &mut Registration<'_>,
        wait: impl FnOnce(NonNull<Waiter>, &mut Released) -> bool,
    ) -> bool {
        let Some(waiter) = &mut self.0 else { return false };
        *waiter = Waiter::new(task_target(by.task));
        by.left -= 1;
        // SAFETY: where the access does not wait it has not been met, so the task is alive.
        !wait(NonNull::from(waiter), by.released) && unsafe { by.task.as_ref() }.met()
    }
}

#[doc(hidden)]
pub struct HeldRead<T> {
    wait: Wait,
    pub(crate) raw: RawAccess<T>,
}

impl<T: Send + Sync + 'static> Access for ReadBuffer<T> {
    type Args<'a> = &'a T;
    type Held = HeldRead<T>;

    #[inline]
    fn hold(self) -> HeldRead<T> {
        HeldRead { wait: Wait::default(), raw: self.into_raw() }
    }
}

impl<T: Send + Sync + 'static> Hold for HeldRead<T> {
    #[inline]
    fn unmet(&mut self) -> usize {
        // SAFETY: this holds a reader's unit.
        self.wait.count(unsafe { !Epoch::is_complete(self.raw.epoch()) })
    }

    #[inline]
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        let epoch = self.raw.epoch();
        // SAFETY: this holds a reader's unit, and stays in place as promised.
        unsafe { self.wait.register(by, |waiter, released| Epoch::wait_to_read(epoch, waiter, released)) }
    }

    #[inline]
    fn prefetch(&self) {
        self.raw.prefetch();
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
    wait: Wait,
    slot: ManuallyDrop<WriteSlot<T>>,
}

/// Registers a writer.
///
/// # Safety
/// As for [`Hold::register`]; `raw` is a writer's unit.
#[inline]
unsafe fn register_writer<T: 'static>(
    raw: &RawAccess<T>,
    wait: &mut Wait,
    by: &mut Registration<'_>,
) -> bool {
    let epoch = raw.epoch();
    // SAFETY: as promised.
    unsafe { wait.register(by, |waiter, _| Epoch::wait_to_write(epoch, waiter)) }
}

impl<T: Send + Sync + 'static> Access for WriteBuffer<T> {
    type Args<'a> = &'a mut WriteSlot<T>;
    type Held = HeldWrite<T>;

    #[inline]
    fn hold(self) -> HeldWrite<T> {
        HeldWrite { wait: Wait::default(), slot: ManuallyDrop::new(self.into_slot()) }
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
        self.wait.count(unsafe { !Epoch::is_ready(self.slot.raw.epoch()) })
    }

    #[inline]
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.slot.raw, &mut self.wait, by) }
    }

    #[inline]
    fn prefetch(&self) {
        self.slot.raw.prefetch();
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
    wait: Wait,
    raw: ManuallyDrop<RawAccess<T>>,
}

impl<T: Send + Sync + 'static> Access for MutBuffer<T> {
    type Args<'a> = &'a mut T;
    type Held = HeldMut<T>;

    #[inline]
    fn hold(self) -> HeldMut<T> {
        HeldMut { wait: Wait::default(), raw: ManuallyDrop::new(self.into_raw()) }
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
        self.wait.count(unsafe { !Epoch::is_ready(self.raw.epoch()) })
    }

    #[inline]
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        // SAFETY: this holds a writer's unit, and stays in place as promised.
        unsafe { register_writer(&self.raw, &mut self.wait, by) }
    }

    #[inline]
    fn prefetch(&self) {
        self.raw.prefetch();
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
    fn unmet(&mut self) -> usize {
        self.iter_mut().map(H::unmet).sum()
    }

    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        // By pointer: a reference to all elements would end the epochs' claims to those that are registered.
        let (first, count) = (self.as_mut_ptr(), self.len());
        let mut index = 0;
        // When none is left the vector may be gone.
        while by.left > 0 && index < count {
            // SAFETY: the elements stay where they are, since the vector never grows.
            if unsafe { (*first.add(index)).register(by) } {
                return true;
            }
            index += 1;
        }
        false
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
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

impl<A: Access, const N: usize> Access for [A; N] {
    type Args<'a>
        = [A::Args<'a>; N]
    where
        Self: 'a;
    type Held = [A::Held; N];

    #[inline]
    fn hold(self) -> Self::Held {
        self.map(A::hold)
    }
}

impl<H: Hold, const N: usize> Hold for [H; N] {
    #[inline]
    fn unmet(&mut self) -> usize {
        self.iter_mut().map(H::unmet).sum()
    }

    #[inline]
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        // When none is left the task may be gone.
        // SAFETY: passed on.
        (0..N).any(|index| by.left > 0 && unsafe { self[index].register(by) })
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
    }

    fn describe(&self, into: &mut Vec<AccessInfo>) {
        self.iter().for_each(|held| held.describe(into));
    }

    #[inline]
    unsafe fn finish(&mut self, error: Option<&Error>, released: &mut Released) {
        // SAFETY: passed on.
        self.iter_mut().for_each(|held| unsafe { held.finish(error, released) });
    }
}

impl<H: Open, const N: usize> Open for [H; N] {
    type Args<'a>
        = [H::Args<'a>; N]
    where
        Self: 'a;

    #[inline]
    unsafe fn open<'a>(&'a mut self) -> Result<Self::Args<'a>, Error> {
        let mut first_error = None;
        // SAFETY: passed on.
        let args = self.each_mut().map(|held| match unsafe { held.open() } {
            Ok(args) => Some(args),
            Err(error) => {
                first_error.get_or_insert(error);
                None
            }
        });
        match first_error {
            Some(error) => Err(error),
            None => Ok(args.map(|args| args.expect("there was no error"))),
        }
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
    fn unmet(&mut self) -> usize {
        self.as_mut().map_or(0, H::unmet)
    }

    #[inline]
    unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
        // SAFETY: passed on.
        self.as_mut().is_some_and(|held| unsafe { held.register(by) })
    }

    fn wanted(&self) -> Option<bool> {
        self.iter().filter_map(H::wanted).reduce(|a, b| a || b)
    }

    #[inline]
    fn prefetch(&self) {
        self.iter().for_each(H::prefetch);
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
    #[inline]
    fn unmet(&mut self) -> usize {
        0
    }

    #[inline]
    unsafe fn register(&mut self, _by: &mut Registration<'_>) -> bool {
        false
    }

    #[inline]
    fn prefetch(&self) {}

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
                fn unmet(&mut self) -> usize {
                    0 $(+ self.$index.unmet())*
                }

                #[inline]
                unsafe fn register(&mut self, by: &mut Registration<'_>) -> bool {
                    // When none is left the task may be gone.
                    // SAFETY: passed on.
                    $(if by.left > 0 && unsafe { self.$index.register(by) } {
                        return true;
                    })*
                    false
                }

                fn wanted(&self) -> Option<bool> {
                    [$(self.$index.wanted()),*].into_iter().flatten().reduce(|a, b| a || b)
                }

                #[inline]
                fn prefetch(&self) {
                    $(self.$index.prefetch();)*
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

up_to_eight! { tuples }
