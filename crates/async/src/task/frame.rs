//! The spawned task that a thread polls, and what it has dropped but not yet released.
//!
//! A task that ends in an error marks every value that it held for writing. Its guards are locals that the `?` has
//! dropped before the error is seen; so inside a task a dropped writer's turn ends only when the task next awaits or
//! ends, and then it is known how.

use std::cell::{Cell, RefCell};

use crate::error::{Error, Place};
use crate::task::Released;

/// Ends a writer's turn, well or with an error.
type End = Box<dyn FnOnce(Option<&Error>, &mut Released)>;

pub(crate) struct Frame {
    place: Place,
    ends: RefCell<Vec<End>>,
}

thread_local! {
    static FRAME: Cell<Option<*const Frame>> = const { Cell::new(None) };
}

/// Calls `f` with the frame of the task that this thread polls, if it polls one.
#[inline]
pub(crate) fn with<R>(f: impl FnOnce(Option<&Frame>) -> R) -> R {
    // SAFETY: `Frame::enter` sets the pointer only while it borrows the frame.
    f(FRAME.get().map(|frame| unsafe { &*frame }))
}

/// Ends the turns of what this thread's task has dropped, since it awaits something and may wait for those. That it need
/// not wait makes no difference: whether it must is not determined by the program, and what an error marks must be.
#[inline]
pub(crate) fn flush() {
    with(|frame| frame.map(|frame| frame.flush(None)));
}

/// Calls `f` as if this thread polled no task: for what is not the task's doing.
pub(crate) fn outside<R>(f: impl FnOnce() -> R) -> R {
    let _restore = Restore(FRAME.take());
    f()
}

struct Restore(Option<*const Frame>);

impl Drop for Restore {
    fn drop(&mut self) {
        FRAME.set(self.0);
    }
}

impl Frame {
    pub(crate) fn new(place: Place) -> Frame {
        Frame { place, ends: RefCell::new(Vec::new()) }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Calls `f` with this as the thread's frame.
    pub(crate) fn enter<R>(&self, f: impl FnOnce() -> R) -> R {
        let _restore = Restore(FRAME.replace(Some(self)));
        f()
    }

    /// Leaves the end of a writer's turn to [`flush`](Self::flush).
    pub(crate) fn defer(&self, end: End) {
        self.ends.borrow_mut().push(end);
    }

    /// Ends the turns of what the task has dropped so far, in that order.
    pub(crate) fn flush(&self, error: Option<&Error>) {
        // What ends may be the last that holds a value, whose destructor may drop more.
        while !self.ends.borrow().is_empty() {
            let mut released = Released::new();
            for end in self.ends.take() {
                end(error, &mut released);
            }
            released.submit();
        }
    }
}
