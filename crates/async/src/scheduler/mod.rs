//! Who runs tasks, and where.
//!
//! [`Pool`] is the default: worker threads that steal from each other. [`Deterministic`] runs one task at a time in an
//! order that a seed picks. Others are made by implementing [`Scheduler`], and used by way of [`Attached`]; the features
//! `tokio` and `rayon` bring one each.
//!
//! The *current* scheduler is the one that runs the calling task, or the one whose `run` the thread is in, else the
//! [global pool](Pool::global).
//!
//! # Waiting inside a task
//!
//! A task that blocks on a value must not keep others from running, and must not run others on top of its own stack:
//! what lies below a blocked task cannot go on before what lies above it has ended, and may be what it waits for. So a
//! worker that blocks hands its place, with the queue that belongs to it, to a spare thread, and becomes a spare itself
//! when its task has ended.

mod attached;
mod budget;
mod choices;
mod deterministic;
mod head;
mod pool;
#[cfg(feature = "rayon")]
mod rayon;
mod reaper;
#[cfg(any(feature = "tokio", feature = "rayon"))]
mod tickets;
#[cfg(feature = "tokio")]
mod tokio;

use std::cell::Cell;

#[cfg(feature = "rayon")]
pub use self::rayon::RayonScheduler;
#[cfg(feature = "tokio")]
pub use self::tokio::TokioScheduler;
pub use attached::Attached;
pub(crate) use budget::Budget;
pub use deterministic::Deterministic;
pub(crate) use head::{Head, PlaceCounter, SchedulerRef};
pub use pool::{Pool, PoolBuilder};
pub(crate) use pool::{Worker, paused_pools};
pub(crate) use reaper::{Visit, unlisted_tasks};

use crate::task::Runnable;
pub use crate::wait::Blocked;

/// Something that runs tasks.
pub trait Scheduler: Send + Sync + 'static {
    /// Takes a task that is runnable, to run it some time on whatever thread. It is called from any thread, also from
    /// inside a task; it must not run the task itself.
    fn schedule(&self, task: Runnable);

    /// Takes a task that a task on this thread has released in ending; the best choice to run next here.
    fn schedule_next(&self, task: Runnable) {
        self.schedule(task);
    }

    /// Takes several tasks that are runnable. Those that have waited longest come first.
    fn schedule_all(&self, tasks: &mut dyn Iterator<Item = Runnable>) {
        tasks.for_each(|task| self.schedule(task));
    }

    /// How many threads [`parallel_for`](crate::parallel_for) may use: one where what it takes would run no sooner for that.
    fn parallelism(&self) -> usize {
        1
    }

    /// Whether all its threads sleep, since nothing can run.
    fn is_asleep(&self) -> bool {
        false
    }

    /// Blocks the calling thread until what it waits for is there. Where it is one of the scheduler's own, other tasks
    /// must go on elsewhere.
    fn block(&self, blocked: &Blocked<'_>) {
        blocked.park();
    }

    /// The last handle by which tasks could be submitted is gone; live tasks may still come.
    fn close(&self) {}
}

thread_local! {
    static CURRENT: Cell<Option<SchedulerRef>> = const { Cell::new(None) };
}

/// The current scheduler, where one was chosen.
pub(crate) fn current() -> Option<SchedulerRef> {
    CURRENT.get()
}

pub(crate) fn current_or_global() -> SchedulerRef {
    current().unwrap_or_else(|| Pool::global().scheduler())
}

/// Blocks the thread by `park`. Where it is a worker, of whichever scheduler, another thread takes its place.
pub(crate) fn block_thread(park: impl FnMut()) {
    Worker::leave_place();
    #[cfg(any(feature = "tokio", feature = "rayon"))]
    tickets::stand_in(park);
    #[cfg(not(any(feature = "tokio", feature = "rayon")))]
    {
        let mut park = park;
        park();
    }
}

/// Calls `f` with `scheduler` as the thread's current one.
pub(crate) fn with_current<R>(scheduler: SchedulerRef, f: impl FnOnce() -> R) -> R {
    let _restore = Restore(CURRENT.replace(Some(scheduler)));
    f()
}

/// Calls `f` as if no scheduler had been chosen.
fn without_current<R>(f: impl FnOnce() -> R) -> R {
    let _restore = Restore(CURRENT.take());
    f()
}

struct Restore(Option<SchedulerRef>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0);
    }
}
