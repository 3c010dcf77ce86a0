//! What waits for an epoch, and who is told of it.

use std::ptr::{self, NonNull};

use crate::sync::Plain;

/// Who waits for an epoch: an address whose lowest bits ([`Waiter::MARKS`]) are left to [`Notified`], which knows by them
/// what it is. At the address without them lies the waiter's [`Link`], where it waits to read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiter(pub(super) NonNull<()>);

impl Waiter {
    /// The bits of the address that are free for marks.
    pub(crate) const MARKS: usize = align_of::<Link>() - 1;

    /// `mark` has none but the free bits, and the address has none of them.
    #[inline]
    pub(crate) fn new(address: NonNull<()>, mark: usize) -> Waiter {
        debug_assert!(mark & !Waiter::MARKS == 0 && address.addr().get() & Waiter::MARKS == 0);
        Waiter(address.map_addr(|address| address | mark))
    }

    /// What it was made of.
    #[inline]
    pub(crate) fn into_parts(self) -> (NonNull<()>, usize) {
        // SAFETY: the address was one without the mark.
        let address =
            unsafe { NonNull::new_unchecked(self.0.as_ptr().map_addr(|address| address & !Waiter::MARKS)) };
        (address, self.0.addr().get() & Waiter::MARKS)
    }

    /// # Safety
    /// It waits to read, or is about to: the link is in place.
    #[inline]
    pub(super) unsafe fn link<'a>(self) -> &'a Link {
        // SAFETY: as promised.
        unsafe { self.into_parts().0.cast().as_ref() }
    }
}

/// The link of a reader in the list of those that wait: embedded in a dispatched task, or in an allocation of its own.
#[repr(C, align(8))]
pub(crate) struct Link(pub(super) Plain<*mut ()>);

// SAFETY: the link is written by the thread that pushes the waiter and read by the thread that took the list, with a
// release and an acquire on the list's head between them.
unsafe impl Send for Link {}
// SAFETY: as above.
unsafe impl Sync for Link {}

impl Link {
    /// A link that is in no list; whether it is to be in one is noted in it.
    #[inline]
    pub(crate) fn new(waits: bool) -> Link {
        Link(Plain::new(if waits { notified_mark() } else { ptr::null_mut() }))
    }

    /// What was noted, until the link is in a list.
    #[inline]
    ///
    /// # Safety
    /// The link was not given to a waiter that waits.
    pub(crate) unsafe fn waits(&self) -> bool {
        // SAFETY: nobody sets it before it is in a list, as promised.
        unsafe { !self.0.get().is_null() }
    }
}

/// Where it is noted what a transition leads to, to be done when the epochs are in order again: none of it may run
/// inside a transition, since it may panic, and may lead to the next transition of the same timeline.
pub(crate) trait Notified {
    /// What this waiter waited for has come. The waiter may be gone when this returns.
    ///
    /// # Safety
    /// Called once for each waiter that waits.
    unsafe fn notify(&mut self, waiter: Waiter);
}

/// Marks a list of waiting readers that has been notified: who comes later need not wait.
pub(super) fn notified_mark() -> *mut () {
    NonNull::<Link>::dangling().as_ptr().cast()
}
