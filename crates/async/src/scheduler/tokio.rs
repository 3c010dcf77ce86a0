//! Tasks on the workers of a tokio runtime.

use std::sync::Arc;

use tokio::runtime::{Handle, RuntimeFlavor};

use crate::scheduler::tickets::{self, Surroundings, Ticket, Tickets};
use crate::scheduler::{Attached, Blocked, Scheduler};
use crate::task::Runnable;

/// A scheduler that runs tasks on the workers of a tokio runtime, among the runtime's own; [`Attached::tokio`] makes it
/// usable.
///
/// As many threads run tasks as the runtime has workers. While one does, the runtime's own tasks go on on another thread, as
/// [`block_in_place`](tokio::task::block_in_place) arranges it, so that closures may compute for long.
///
/// Where a task blocks on a value, a spare thread of the adapter's own runs others meanwhile, and the runtime's own tasks
/// go on, too. Where the runtime is shut down, tasks that it has not run are cancelled.
///
/// Deadlocks go unnoticed: the runtime's threads could still do something, for all that is known here.
///
/// ```
/// use runahead_async::{Attached, TokioScheduler};
/// let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
/// let attached = Attached::new(TokioScheduler::new(runtime.handle().clone()));
/// attached.task("hello").dispatch((), |()| println!("hello"));
/// attached.wait_idle().unwrap();
/// assert_eq!(attached.scheduler().spare_threads(), 0);
/// ```
pub struct TokioScheduler {
    handle: Handle,
    tickets: Arc<Tickets>,
    /// How many workers the runtime has, where it has several threads.
    workers: usize,
}

impl TokioScheduler {
    /// A scheduler on that runtime.
    pub fn new(handle: Handle) -> TokioScheduler {
        let inside = handle.clone();
        let tickets = Tickets::new(Surroundings {
            help: Box::new(move |work| {
                let _inside = inside.enter();
                work();
            }),
            block: block_worker,
        });
        let workers = match handle.runtime_flavor() {
            RuntimeFlavor::MultiThread => handle.metrics().num_workers(),
            _ => 0,
        };
        TokioScheduler { handle, tickets, workers }
    }

    /// How many threads were added while workers of the runtime blocked.
    pub fn spare_threads(&self) -> usize {
        self.tickets.helpers()
    }

    fn is_single(&self) -> bool {
        self.handle.runtime_flavor() == RuntimeFlavor::CurrentThread
    }
}

/// Runs tasks on a worker, while the runtime's own tasks go on elsewhere.
async fn run_tasks(ticket: Ticket, workers: usize) {
    if let Some(run) = ticket.begin_run(workers) {
        tokio::task::block_in_place(|| run.drain());
    }
}

/// Has the tasks of the runtime's own that this worker has queued go on elsewhere.
fn block_worker(park: &mut dyn FnMut()) {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::MultiThread => tokio::task::block_in_place(park),
        _ => park(),
    }
}

impl Attached<TokioScheduler> {
    /// Runs tasks on the workers of a tokio runtime.
    ///
    /// ```
    /// use runahead_async::{Async, Attached, dispatch};
    /// let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    /// let tasks = Attached::tokio(runtime.handle().clone());
    /// let a = Async::from(1);
    /// tasks.run(|| dispatch(a.mutate(), |a| *a += 1));
    /// runtime.block_on(async { assert_eq!(*a.read().await.unwrap(), 2) });
    /// ```
    pub fn tokio(handle: Handle) -> Attached<TokioScheduler> {
        Attached::new(TokioScheduler::new(handle))
    }
}

impl Scheduler for TokioScheduler {
    fn schedule(&self, task: Runnable) {
        let ticket = self.tickets.add(task);
        drop(match self.workers {
            1.. => self.handle.spawn(run_tasks(ticket, self.workers)),
            0 => self.handle.spawn(async move { ticket.redeem() }),
        });
    }

    fn block(&self, blocked: &Blocked<'_>) {
        // In a runtime of one thread, that may be the very thread that blocks, whatever it does.
        if !tickets::is_host() && (self.is_single() || Handle::try_current().is_ok()) {
            self.tickets.block(|| blocked.park());
        } else {
            blocked.park();
        }
    }

    fn close(&self) {
        self.tickets.close();
    }
}
