//! Tasks on the workers of a rayon thread pool.

use std::sync::Arc;

use rayon::ThreadPool;

use crate::scheduler::tickets::{self, Surroundings, Tickets};
use crate::scheduler::{Attached, Blocked, Scheduler};
use crate::task::Runnable;

/// A scheduler that runs tasks on the workers of a rayon thread pool, among the pool's own; [`Attached::rayon`] makes it
/// usable.
///
/// Where a task blocks on a value, a spare thread of the adapter's own runs others meanwhile.
///
/// Deadlocks go unnoticed: the pool's threads could still do something, for all that is known here.
///
/// ```
/// use std::sync::Arc;
/// use runahead_async::{Attached, RayonScheduler};
/// let pool = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap());
/// let attached = Attached::new(RayonScheduler::new(pool));
/// attached.task("hello").dispatch((), |()| println!("hello"));
/// attached.wait_idle().unwrap();
/// assert_eq!(attached.scheduler().spare_threads(), 0);
/// ```
pub struct RayonScheduler {
    pool: Arc<ThreadPool>,
    tickets: Arc<Tickets>,
}

impl RayonScheduler {
    /// A scheduler on that pool.
    pub fn new(pool: Arc<ThreadPool>) -> RayonScheduler {
        let tickets = Tickets::new(Surroundings { help: Box::new(|work| work()), block: |park| park() });
        RayonScheduler { pool, tickets }
    }

    /// How many threads were added while workers of the pool blocked.
    pub fn spare_threads(&self) -> usize {
        self.tickets.helpers()
    }
}

impl Attached<RayonScheduler> {
    /// Runs tasks on the workers of a rayon thread pool.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use runahead_async::{Async, Attached, dispatch};
    /// let pool = Arc::new(rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap());
    /// let tasks = Attached::rayon(pool);
    /// let a = Async::from(1);
    /// tasks.run(|| dispatch(a.mutate(), |a| *a += 1));
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn rayon(pool: Arc<ThreadPool>) -> Attached<RayonScheduler> {
        Attached::new(RayonScheduler::new(pool))
    }
}

impl Scheduler for RayonScheduler {
    fn schedule(&self, task: Runnable) {
        let ticket = self.tickets.add(task);
        self.pool.spawn(move || ticket.redeem());
    }

    fn block(&self, blocked: &Blocked<'_>) {
        if !tickets::is_host() && rayon::current_thread_index().is_some() {
            self.tickets.block(|| blocked.park());
        } else {
            blocked.park();
        }
    }

    fn close(&self) {
        self.tickets.close();
    }
}
