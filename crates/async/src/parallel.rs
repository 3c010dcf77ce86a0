//! Splitting one piece of work over the workers of a pool.

use std::any::Any;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::contain;
use crate::quiescence::Mailbox;
use crate::scheduler::current_or_global;
use crate::task::{Header, Runnable, Vtable};

/// How often the caller looks whether the others are done before it sleeps.
const SPINS: u32 = if cfg!(miri) { 10 } else { 10_000 };

/// Runs `body(0)`, …, `body(count - 1)`, in any order and side by side where the current scheduler is a pool with idle
/// workers, and returns when all of them are done.
///
/// The calling thread does its share, so the call makes progress whatever the workers do. Under a scheduler that is no
/// pool it is a plain loop.
///
/// ```
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use runahead_async::{Async, dispatch, parallel_for};
/// let sum = Async::new();
/// dispatch(sum.write(), |sum| {
///     let total = AtomicUsize::new(0);
///     parallel_for(100, &|i| { total.fetch_add(i, Ordering::Relaxed); });
///     sum.set(total.into_inner());
/// });
/// assert_eq!(*sum.wait()?, 4950);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// # Panics
/// Where `body` panics, with the first panic's payload, after all that had begun is done.
pub fn parallel_for(count: usize, body: &(dyn Fn(usize) + Sync)) {
    let helpers = if count > 1 { parallelism().min(count) - 1 } else { 0 };
    if helpers == 0 {
        return (0..count).for_each(body);
    }
    let scheduler = current_or_global();
    // SAFETY: the lifetime is only erased: `body` is called for indices below `count`, and this function does not
    // return before all of those calls have.
    let body: *const (dyn Fn(usize) + Sync) =
        unsafe { std::mem::transmute::<&(dyn Fn(usize) + Sync), &'static (dyn Fn(usize) + Sync)>(body) };
    let work = Arc::new(Work {
        count,
        next: AtomicUsize::new(0),
        unfinished: AtomicUsize::new(count),
        body,
        panicked: AtomicBool::new(false),
        panic: Mutex::new(None),
        finished: Mailbox::default(),
    });
    for _ in 0..helpers {
        let helper = Box::new(Helper {
            header: Header::new(&VTABLE, scheduler, Location::caller(), None, 0),
            work: Arc::clone(&work),
        });
        // SAFETY: the helper's allocation begins with its header and is given up to the runnable.
        scheduler.schedule(unsafe { Runnable::from_task(NonNull::from(Box::leak(helper)).cast()) });
    }
    work.take_part();
    work.wait();
    let panic = work.panic.lock().take();
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
}

/// How many threads [`parallel_for`] would use here: as many as the current pool has workers, or 1.
pub fn parallelism() -> usize {
    current_or_global().parallelism()
}

/// What the threads that take part share.
struct Work {
    count: usize,
    next: AtomicUsize,
    unfinished: AtomicUsize,
    /// Called only for indices below `count`, each once.
    body: *const (dyn Fn(usize) + Sync),
    /// Whether a call has panicked: then no more are begun.
    panicked: AtomicBool,
    panic: Mutex<Option<Box<dyn Any + Send>>>,
    /// Told when the last call is done.
    finished: Mailbox<()>,
}

// SAFETY: `body` points to what may be shared between threads.
unsafe impl Send for Work {}
// SAFETY: as above.
unsafe impl Sync for Work {}

impl Work {
    /// Takes indices while there are any. A helper that comes late finds none, and does not touch the body.
    fn take_part(&self) {
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            if index >= self.count {
                return;
            }
            if !self.panicked.load(Ordering::Relaxed) {
                // SAFETY: the caller of `parallel_for` does not return before this call is counted as finished.
                let body = unsafe { &*self.body };
                if let Err(payload) = catch_unwind(AssertUnwindSafe(|| body(index))) {
                    self.keep_panic(payload);
                }
            }
            if self.unfinished.fetch_sub(1, Ordering::AcqRel) == 1 {
                self.finished.leave(());
            }
        }
    }

    /// Waits for those who still compute. They run already, so this ends without other tasks having to.
    fn wait(&self) {
        for _ in 0..SPINS {
            if self.unfinished.load(Ordering::Acquire) == 0 {
                return;
            }
            std::hint::spin_loop();
        }
        self.finished.take();
    }

    /// Keeps the first panic, for the caller.
    fn keep_panic(&self, payload: Box<dyn Any + Send>) {
        self.panicked.store(true, Ordering::Relaxed);
        let mut kept = self.panic.lock();
        if kept.is_none() {
            *kept = Some(payload);
        } else {
            drop(kept);
            contain::drop_payload(payload);
        }
    }
}

/// An offer to another worker to take part.
#[repr(C)]
struct Helper {
    header: Header,
    work: Arc<Work>,
}

static VTABLE: Vtable = Vtable { size: size_of::<Helper>(), prefetch: |_| (), run: help, cancel: decline };

unsafe fn help(helper: NonNull<Header>) {
    // SAFETY: made by `parallel_for` and given up to us.
    let helper = unsafe { Box::from_raw(helper.cast::<Helper>().as_ptr()) };
    helper.work.take_part();
}

unsafe fn decline(helper: NonNull<Header>) {
    // SAFETY: as in `help`.
    drop(unsafe { Box::from_raw(helper.cast::<Helper>().as_ptr()) });
}
