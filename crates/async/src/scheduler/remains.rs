//! What is left of a scheduler that was dropped while tasks knew of it.
//!
//! A task points to its scheduler without a reference count. So a scheduler's core outlives the scheduler until its last
//! task has ended: it lies here, and whenever the next scheduler is dropped, those that nobody needs any more are freed.

use std::ptr::NonNull;

use parking_lot::Mutex;

use crate::scheduler::Scheduler;

/// The part of a scheduler that its tasks know of; made by `Box::leak`.
pub(super) trait Core: Scheduler {
    /// Whether no task is left.
    fn is_unused(&self) -> bool;
}

struct Left(NonNull<dyn Core>);

// SAFETY: a core may be shared and freed by any thread.
unsafe impl Send for Left {}

static LEFT: Mutex<Vec<Left>> = Mutex::new(Vec::new());

/// Frees the core when no task is left.
///
/// # Safety
/// The core comes from `Box::leak`, no thread is inside it, and only its tasks will use it, until each has told that it
/// ended.
pub(super) unsafe fn leave(core: NonNull<dyn Core>) {
    let mut left = LEFT.lock();
    left.push(Left(core));
    // SAFETY: a core that is left is alive until it is taken out here.
    let unused = left.extract_if(.., |left| unsafe { left.0.as_ref() }.is_unused()).collect::<Vec<_>>();
    drop(left);
    for core in unused {
        // SAFETY: nobody uses it any more, and it was taken out by us.
        drop(unsafe { Box::from_raw(core.0.as_ptr()) });
    }
}
