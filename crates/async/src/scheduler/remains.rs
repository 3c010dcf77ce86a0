//! What is left of a scheduler that was dropped while tasks knew of it.
//!
//! A task points to its scheduler without a reference count. So a scheduler's core outlives the scheduler until its last
//! task has ended: it lies here, and whenever the next scheduler is dropped, those that nobody needs any more are freed.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::scheduler::{Head, Scheduler};

/// The part of a scheduler that its tasks know of.
pub(super) trait Core: Scheduler + Sized {
    /// Where it keeps the pointer that it can be freed by: a reference to it does not allow that.
    fn memory(&self) -> &Memory<Self>;

    /// What its tasks use.
    fn head(&self) -> &Head;
}

pub(super) type Memory<C> = AtomicPtr<C>;

/// Counts the threads that are inside a core and do not belong to it: the last task may have ended, and the core be due,
/// before the call that has queued or ended it returns.
#[derive(Default)]
pub(super) struct Visitors(AtomicUsize);

/// A thread's visit. When it ends, the core is not touched any more.
pub(super) struct Visit(*const AtomicUsize);

impl Visitors {
    /// The caller knows of a task that has not ended, or of the scheduler.
    pub(super) fn enter(&self) -> Visit {
        self.0.fetch_add(1, Ordering::SeqCst);
        Visit(&raw const self.0)
    }

    pub(super) fn are_gone(&self) -> bool {
        self.0.load(Ordering::SeqCst) == 0
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        // SAFETY: the core is kept by the count until this.
        unsafe { &*self.0 }.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Makes a core live until it is [left](leave).
pub(super) fn leak<C: Core>(core: C) -> Pointer<C> {
    let memory = Box::into_raw(Box::new(core));
    // SAFETY: just made; it is freed only by `leave`, whose caller promises that nobody uses it any more.
    let core = unsafe { &*memory };
    core.memory().store(memory, Ordering::Relaxed);
    core.head().set(core);
    Pointer::to(core)
}

trait Remains {
    fn is_unused(&self) -> bool;
}

impl<C: Core> Remains for C {
    fn is_unused(&self) -> bool {
        self.head().is_unused()
    }
}

struct Left(NonNull<dyn Remains>);

// SAFETY: a core may be shared and freed by any thread.
unsafe impl Send for Left {}

static LEFT: Mutex<Vec<Left>> = Mutex::new(Vec::new());

/// A core, for those that may outlive it or free it: a reference among a function's arguments, or in them, would have to
/// be valid until the function returns.
pub(super) struct Pointer<C>(NonNull<C>);

// SAFETY: a core may be shared.
unsafe impl<C: Core> Send for Pointer<C> {}
// SAFETY: as above.
unsafe impl<C: Core> Sync for Pointer<C> {}

impl<C: Core> Pointer<C> {
    pub(super) fn to(core: &C) -> Pointer<C> {
        let memory = core.memory().load(Ordering::Relaxed);
        Pointer(NonNull::new(memory).expect("a core lives in memory that was leaked"))
    }

    /// # Safety
    /// The core is not freed while the reference is used.
    pub(super) unsafe fn core(&self) -> &'static C {
        // SAFETY: as promised.
        unsafe { self.0.as_ref() }
    }
}

/// Frees the core when no task is left.
///
/// # Safety
/// The core comes from [`leak`], no thread is inside it, and only its tasks will use it, until each has told that it
/// ended.
pub(super) unsafe fn leave<C: Core>(core: Pointer<C>) {
    let mut left = LEFT.lock();
    left.push(Left(core.0));
    // SAFETY: a core that is left is alive until it is taken out here.
    let unused = left.extract_if(.., |left| unsafe { left.0.as_ref() }.is_unused()).collect::<Vec<_>>();
    drop(left);
    for core in unused {
        // SAFETY: nobody uses it any more, and it was taken out by us.
        drop(unsafe { Box::from_raw(core.0.as_ptr()) });
    }
}
