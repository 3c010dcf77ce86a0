//! The spawned task that a thread polls, and what it has dropped but not yet released.
//!
//! A task that ends in an error marks every value that it held for writing. Its guards are locals that the `?` has
//! dropped before the error is seen; so inside a task a dropped writer's turn ends only when the task next awaits or
//! ends, and then it is known how.

use std::cell::{Cell, RefCell};

use crate::epoch::Notified;
use crate::error::{Error, Place};
use crate::registry::AccessInfo;
use crate::task::Released;

/// Ends a writer's turn, well or with an error.
type End = Box<dyn FnOnce(Option<&Error>, &mut dyn Notified)>;

pub(crate) struct Frame {
    place: Place,
    ends: RefCell<Vec<End>>,
    /// The access that the task last began to wait for.
    awaited: Cell<Option<AccessInfo>>,
}

thread_local! {
    static FRAME: Cell<Option<*const Frame>> = const { Cell::new(None) };
}

/// Calls `f` with the frame of the task that this thread polls, if it polls one.
pub(crate) fn with<R>(f: impl FnOnce(Option<&Frame>) -> R) -> R {
    // SAFETY: `Frame::enter` sets the pointer only while it borrows the frame.
    f(FRAME.get().map(|frame| unsafe { &*frame }))
}

impl Frame {
    pub(crate) fn new(place: Place) -> Frame {
        Frame { place, ends: RefCell::new(Vec::new()), awaited: Cell::new(None) }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Calls `f` with this as the thread's frame.
    pub(crate) fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        struct Restore(Option<*const Frame>);
        impl Drop for Restore {
            fn drop(&mut self) {
                FRAME.set(self.0);
            }
        }
        let _restore = Restore(FRAME.replace(Some(self)));
        f()
    }

    /// Notes that the task waits for an access; ends the turns of what it has dropped, since it may wait for those.
    pub(crate) fn awaits(&self, access: AccessInfo) {
        self.flush(None);
        self.awaited.set(Some(access));
    }

    pub(crate) fn take_awaited(&self) -> Option<AccessInfo> {
        self.awaited.take()
    }

    /// Leaves the end of a writer's turn to [`flush`](Self::flush).
    pub(crate) fn defer(&self, end: End) {
        self.ends.borrow_mut().push(end);
    }

    /// Ends the turns of what the task has dropped so far, in that order.
    pub(crate) fn flush(&self, error: Option<&Error>) {
        if self.ends.borrow().is_empty() {
            return;
        }
        let mut released = Released::new();
        for end in self.ends.take() {
            end(error, &mut released);
        }
        released.submit();
    }
}
