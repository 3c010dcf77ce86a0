//! Frees the cores of schedulers that were dropped.
//!
//! A task points to its scheduler without a reference count, so a scheduler's core outlives the scheduler until its last
//! task has ended. A thread that does not belong to the scheduler *visits* the core while it is inside, and so does a task
//! builder that may outlive the scheduler: the last task may have ended, and the core be due, before the call that has
//! queued or ended it returns.
//!
//! One word counts the visits and says whether the scheduler was dropped. Whoever ends the last visit of a core that was
//! [left](leave) has it reaped: it is freed where it has no live task and no visit. Every task that ends on a thread of its
//! own does so in a visit, so that the last one frees the core. A core that is left lies in a table; whoever takes it out
//! of there, under the table's lock, frees it, so that it is freed once, and whoever looks at it finds it alive.

use std::collections::BTreeMap;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::contain;
use crate::scheduler::{Head, Scheduler, without_current};

/// The part of a scheduler that its tasks know of.
pub(super) trait Core: Scheduler + Sized {
    /// Where it keeps the pointer that it can be freed by: a reference to it does not allow that.
    fn memory(&self) -> &Memory<Self>;

    /// What its tasks use.
    fn head(&self) -> &Head;
}

pub(super) type Memory<C> = AtomicPtr<C>;

/// The visits of a core, each counted by [`VISIT`], and whether it was left ([`LEFT`]).
#[derive(Default)]
pub(super) struct Visitors(AtomicUsize);

const LEFT: usize = 1;
const VISIT: usize = 2;

/// Keeps a core. When it ends, the core is not touched any more.
pub(crate) struct Visit(NonNull<Visitors>);

// SAFETY: the count is atomic, and kept by the visit itself.
unsafe impl Send for Visit {}
// SAFETY: as above.
unsafe impl Sync for Visit {}

impl Visitors {
    /// The caller knows of a task that has not ended, of another visit, or of the scheduler.
    pub(super) fn enter(&self) -> Visit {
        self.0.fetch_add(VISIT, Ordering::SeqCst);
        Visit(NonNull::from(self))
    }

    pub(super) fn are_gone(&self) -> bool {
        self.0.load(Ordering::SeqCst) < VISIT
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        // SAFETY: the core is kept by the visit until this.
        let before = unsafe { self.0.as_ref() }.0.fetch_sub(VISIT, Ordering::SeqCst);
        if before == VISIT | LEFT {
            reap(self.0.as_ptr() as usize);
        }
    }
}

/// Makes a core live until it is [left](leave).
pub(super) fn leak<C: Core>(core: C) -> Pointer<C> {
    let memory = Box::into_raw(Box::new(core));
    // SAFETY: just made; it is freed only by `leave`, whose caller promises that nobody uses it any more.
    let core = unsafe { &*memory };
    core.memory().store(memory, Ordering::Relaxed);
    core.head().set(core);
    HEADS.lock().push(HeadPointer(NonNull::from(core.head())));
    Pointer::to(core)
}

trait HasHead {
    fn head(&self) -> &Head;
}

impl<C: Core> HasHead for C {
    fn head(&self) -> &Head {
        Core::head(self)
    }
}

/// The heads of all cores.
static HEADS: Mutex<Vec<HeadPointer>> = Mutex::new(Vec::new());

struct HeadPointer(NonNull<Head>);

// SAFETY: a head may be shared.
unsafe impl Send for HeadPointer {}

/// The schedulers whose live tasks are not listed, and how many there are.
pub(crate) fn unlisted_tasks() -> Vec<(Arc<str>, usize)> {
    let heads = HEADS.lock();
    // SAFETY: a head is taken out before it is freed, and they are locked.
    let heads = heads.iter().map(|head| unsafe { head.0.as_ref() });
    let unlisted = heads.filter(|head| head.registry().is_none());
    unlisted.map(|head| (Arc::clone(head.name()), head.live_tasks())).filter(|(_, live)| *live > 0).collect()
}

struct LeftCore(NonNull<dyn HasHead>);

// SAFETY: a core may be shared and freed by any thread.
unsafe impl Send for LeftCore {}

/// The cores that were left and are in use still, by the addresses of their visitors.
static LEFT_CORES: Mutex<BTreeMap<usize, LeftCore>> = Mutex::new(BTreeMap::new());

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

/// Frees the core when no task is left, and nobody visits it.
///
/// # Safety
/// The core comes from [`leak`], none of its own threads is inside it, and only its tasks and visitors will use it, until
/// each has told that it ended.
pub(super) unsafe fn leave<C: Core>(core: Pointer<C>) {
    let address = {
        let mut left = LEFT_CORES.lock();
        // SAFETY: nobody frees it before it is in the table, which is locked.
        let visitors = unsafe { core.0.as_ref() }.head().visitors();
        left.insert(visitors.address(), LeftCore(core.0));
        visitors.0.fetch_or(LEFT, Ordering::SeqCst);
        visitors.address()
    };
    reap(address);
}

/// Frees the core whose visitors have that address, where it is left and nobody uses it.
///
/// It may have been freed, and another core be there: that one is looked at the same way.
#[cold]
fn reap(visitors: usize) {
    let core = {
        let mut left = LEFT_CORES.lock();
        // SAFETY: a core in the table is alive until it is taken out of there.
        let unused = |core: &LeftCore| unsafe { core.0.as_ref() }.head().is_unused();
        if left.get(&visitors).is_some_and(unused) { left.remove(&visitors) } else { None }
    };
    if let Some(core) = core {
        // SAFETY: nobody uses it any more, and it was taken out by us.
        let core = unsafe { Box::from_raw(core.0.as_ptr()) };
        HEADS.lock().retain(|head| !std::ptr::eq(head.0.as_ptr(), core.head()));
        // A scheduler of the program's own is dropped with it, on a thread whose current scheduler it may have been.
        without_current(|| contain::contained(|| drop(core)));
    }
}
