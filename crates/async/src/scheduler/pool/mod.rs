//! The work-stealing pool.
//!
//! Each worker has a queue of its own, to which the tasks go that its tasks release; a worker takes the newest of
//! them, others steal the oldest. Tasks from other threads go to a shared queue, of which workers take batches. A task
//! that is released by the one that just ended runs next on the same worker, whose cache holds what it needs.
//!
//! A worker is a *place*: its queue and its index. The thread that holds the place runs its tasks, and gives it to a
//! spare thread when it blocks.

mod builder;
mod pause;
mod queue;
mod sleep;
mod topology;
mod worker;

use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crossbeam_utils::CachePadded;
use parking_lot::{Condvar, Mutex};

use crate::error::Error;
use crate::quiescence::{self, KnownThread, Mailbox};
use crate::registry::{Recording, Snapshot};
use crate::scheduler::reaper::Pointer;
use crate::scheduler::{Head, Scheduler, SchedulerRef, block_thread, reaper, with_current};
use crate::task::{Priority, Runnable, TaskBuilder};
use crate::wait::block_on;

pub use builder::PoolBuilder;
use pause::Pause;
pub(crate) use pause::paused_pools;
use queue::Queue;
use sleep::Sleep;
use topology::Affinity;
pub(crate) use worker::Worker;

/// A pool of worker threads that run tasks.
///
/// Dropping it runs what can run, then ends the threads. Tasks that still wait for something then are cancelled when
/// it comes. (Dropped by one of its own tasks it does the same, but without waiting for it.)
///
/// ```
/// use runahead_async::{Async, Pool, dispatch};
/// let pool = Pool::new(2);
/// let sum = pool.run(|| {
///     let sum = Async::from(0);
///     for i in 0..100 {
///         dispatch(sum.mutate(), move |sum| *sum += i);
///     }
///     sum
/// });
/// assert_eq!(*sum.wait()?, 4950);
/// # Ok::<(), runahead_async::Error>(())
/// ```
pub struct Pool {
    core: Pointer<Core>,
}

/// The part of a pool that its threads and tasks share.
pub(crate) struct Core {
    memory: reaper::Memory<Core>,
    head: Head,
    /// For tasks from threads that are not the pool's.
    injector: CachePadded<Queue>,
    /// For tasks of high and of low priority, whoever they come from.
    high_priority: CachePadded<Queue>,
    low_priority: CachePadded<Queue>,
    /// The workers' own queues.
    queues: Box<[CachePadded<Queue>]>,
    /// The cores and nodes that the workers belong to.
    affinity: Vec<Affinity>,
    /// For tasks that are to run on a node, where there are several.
    of_nodes: Box<[CachePadded<Queue>]>,
    sleep: Sleep,
    pause: Pause,
    closed: AtomicBool,
    name: Arc<str>,
    stack_size: Option<usize>,
    /// How many workers there are: one for each queue, or fewer where not all could be started.
    workers: AtomicUsize,
    /// Threads that gave up their place and have not ended the task that they blocked in.
    displaced: AtomicUsize,
    spares: Mutex<Spares>,
    /// Notified when a place is given to a spare, and when the pool closes.
    spares_changed: Condvar,
}

/// Threads without a place, and places without a thread.
#[derive(Default)]
struct Spares {
    /// Threads that wait for a place.
    waiting: usize,
    /// Places that were given to threads that wait, each of which is counted as active again.
    given: Vec<worker::Place>,
    /// Places for threads that are being started, or for whoever comes first.
    unclaimed: Vec<worker::Place>,
    /// All threads of the pool that have not ended.
    threads: usize,
    /// Threads that have been started and have not yet come for a place.
    starting: usize,
    /// How many threads have been started.
    started: usize,
    /// Where the one who drops the pool waits for the last thread's end.
    closer: Option<Arc<Mailbox<()>>>,
}

impl Pool {
    /// A pool of that many workers.
    ///
    /// # Panics
    /// Where `workers` is zero, or the operating system starts no thread. Where it starts some, the pool has
    /// [those](PoolBuilder::build).
    pub fn new(workers: usize) -> Pool {
        Pool::builder().workers(workers).build()
    }

    /// A pool to be configured.
    pub fn builder() -> PoolBuilder {
        PoolBuilder::new()
    }

    /// The pool that runs tasks where no other scheduler was chosen: as many workers as the process may use cores, or
    /// as the environment variable `RUNAHEAD_THREADS` says when the pool is first used.
    pub fn global() -> &'static Pool {
        static GLOBAL: OnceLock<Pool> = OnceLock::new();
        GLOBAL.get_or_init(|| {
            let asked = std::env::var("RUNAHEAD_THREADS").ok().and_then(|n| n.parse().ok());
            match asked {
                Some(workers) if workers > 0 => Pool::new(workers),
                _ => Pool::builder().build(),
            }
        })
    }

    /// Calls `f` on this thread with the pool as its current scheduler.
    pub fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        with_current(self.scheduler(), f)
    }

    /// A task of that name on this pool.
    #[track_caller]
    pub fn task(&self, name: impl Into<Arc<str>>) -> TaskBuilder<'_> {
        // SAFETY: the builder borrows the pool.
        unsafe { TaskBuilder::on(self.scheduler(), name.into(), Location::caller()) }
    }

    /// The number of workers.
    pub fn workers(&self) -> usize {
        self.core().workers()
    }

    /// How many tasks have begun and not ended. While tasks begin and end it may be too high; zero is exact.
    pub fn live_tasks(&self) -> usize {
        self.core().head.live_tasks()
    }

    /// Blocks until no task of the pool is alive.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    /// use runahead_async::{Pool, dispatch};
    /// static DONE: AtomicUsize = AtomicUsize::new(0);
    /// let pool = Pool::new(2);
    /// pool.run(|| {
    ///     for _ in 0..100 {
    ///         dispatch((), |()| { DONE.fetch_add(1, Ordering::Relaxed); });
    ///     }
    /// });
    /// pool.wait_idle()?;
    /// assert_eq!(DONE.load(Ordering::Relaxed), 100);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where nothing can run and tasks still wait for something; called by a task of the pool, therefore, since that
    /// one waits for itself.
    #[track_caller]
    pub fn wait_idle(&self) -> Result<(), Error> {
        block_on(self.core().head.wait_idle())
    }

    /// How many threads the pool has beyond its workers: those that were added while workers blocked. They are kept for
    /// the next time.
    ///
    /// ```
    /// use runahead_async::{Async, Pool};
    /// let pool = Pool::new(1);
    /// let (a, b) = (Async::new(), Async::new());
    /// let read = a.read();
    /// pool.task("blocks").dispatch(b.write(), move |b| b.set(*read.wait().unwrap()));
    /// assert_eq!(pool.spare_threads(), 0);
    /// pool.task("writes").dispatch(a.write(), |a| a.set(1));
    /// b.wait()?;
    /// assert!(pool.spare_threads() <= 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn spare_threads(&self) -> usize {
        self.threads().saturating_sub(self.workers())
    }

    /// How many groups of cores the workers are spread over: the machine's NUMA nodes, or what was
    /// [asked for](PoolBuilder::nodes).
    ///
    /// ```
    /// assert!(runahead_async::Pool::new(1).nodes() >= 1);
    /// ```
    pub fn nodes(&self) -> usize {
        self.core().of_nodes.len().max(1)
    }

    /// Has the workers end what they run and take nothing more. Tasks can still be submitted; none of those runs before
    /// the pool is [resumed](Self::resume), which dropping it does, too.
    ///
    /// Who waits for a paused pool waits until somebody resumes it. Where there is no thread left that could, the wait
    /// ends in an error that says so.
    ///
    /// ```
    /// use runahead_async::{Async, Pool};
    /// let pool = Pool::new(2);
    /// let a = Async::from(1);
    /// pool.pause();
    /// pool.task("double").dispatch(a.mutate(), |a| *a *= 2);
    /// assert!(pool.is_paused() && !a.is_ready());
    /// pool.resume();
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn pause(&self) {
        let core = self.core();
        core.pause.start(&core.name);
    }

    /// Has the workers of a paused pool go on.
    ///
    /// ```
    /// use runahead_async::Pool;
    /// let pool = Pool::new(1);
    /// pool.pause();
    /// pool.resume();
    /// assert!(!pool.is_paused());
    /// ```
    pub fn resume(&self) {
        let core = self.core();
        if core.pause.end(&core.name) {
            core.sleep.wake_all();
        }
    }

    /// Whether the pool is paused.
    pub fn is_paused(&self) -> bool {
        self.core().pause.is_on()
    }

    /// What the live tasks do at this moment, and the epochs that they hold; nothing where the pool has no
    /// [registry](PoolBuilder::registry).
    ///
    /// ```
    /// use runahead_async::{Async, Pool};
    /// let pool = Pool::builder().workers(2).registry(true).build();
    /// let a = Async::<i32>::new();
    /// pool.task("read").dispatch(a.read(), |_| ());
    /// let text = pool.snapshot().to_string();
    /// assert!(text.contains("waits to read the value made at"), "{text}");
    /// ```
    pub fn snapshot(&self) -> Snapshot {
        self.core().head.snapshot()
    }

    /// Begins to record which tasks begin, how they depend on each other and when each runs, where the pool has a
    /// [registry](PoolBuilder::registry). What was recorded before and not taken is lost.
    ///
    /// ```
    /// use runahead_async::Pool;
    /// let pool = Pool::builder().workers(2).registry(true).build();
    /// pool.start_recording();
    /// pool.task("one").dispatch((), |()| ());
    /// pool.wait_idle()?;
    /// assert_eq!(pool.take_recording().tasks().len(), 1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn start_recording(&self) {
        self.core().head.start_recording();
    }

    /// Ends the recording and returns it; an empty one where none was begun.
    ///
    /// ```
    /// use runahead_async::Pool;
    /// assert_eq!(Pool::new(1).take_recording().tasks().len(), 0);
    /// ```
    pub fn take_recording(&self) -> Recording {
        self.core().head.take_recording()
    }

    /// How many threads the pool has: its workers, and those that were added while workers blocked.
    pub fn threads(&self) -> usize {
        self.core().spares.lock().threads
    }

    fn core(&self) -> &'static Core {
        // SAFETY: the pool leaves its core when it is dropped, and hands out the reference only to what borrows it, to
        // tasks, and to threads that have ended by then.
        unsafe { self.core.core() }
    }

    pub(crate) fn scheduler(&self) -> SchedulerRef {
        SchedulerRef::new(&self.core().head)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.resume();
        let core = self.core();
        // A task of the pool itself cannot wait for its own end: then the last thread tidies up.
        let waits = Worker::with(|worker| worker.is_none_or(|worker| !worker.is_of(core)));
        let ended = Arc::new(Mailbox::default());
        {
            let mut spares = core.spares.lock();
            spares.closer = waits.then(|| Arc::clone(&ended));
            if spares.threads == 0 {
                // None could be started.
                ended.leave(());
            }
        }
        core.closed.store(true, Ordering::SeqCst);
        core.sleep.wake_all();
        // Locked, so that it is not missed by one who has looked whether the pool is closed and is about to wait.
        let spares = core.spares.lock();
        core.spares_changed.notify_all();
        drop(spares);
        if waits {
            block_thread(|| ended.take());
            // SAFETY: the threads have ended, and nobody but tasks that wait for something knows of the core.
            unsafe { reaper::leave(Pointer::to(core)) };
        }
    }
}

impl Core {
    fn workers(&self) -> usize {
        self.workers.load(Ordering::Relaxed)
    }

    /// Gives up the places beyond so many workers, for which no thread could be started.
    fn make_do_with(&self, workers: usize) {
        let too_many = self.queues.len() - workers;
        self.workers.store(workers, Ordering::SeqCst);
        self.spares.lock().unclaimed.drain(..too_many);
    }

    /// Starts a thread that takes a place.
    fn start_thread(&'static self) -> std::io::Result<()> {
        let number = {
            let mut spares = self.spares.lock();
            spares.threads += 1;
            spares.starting += 1;
            spares.started += 1;
            spares.started
        };
        let known = KnownThread::new();
        let mut builder = std::thread::Builder::new().name(format!("{}-{number}", self.name));
        if let Some(bytes) = self.stack_size {
            builder = builder.stack_size(bytes);
        }
        let core = Pointer::to(self);
        let started = builder.spawn(move || worker::main(core, known));
        if started.is_err() {
            let mut spares = self.spares.lock();
            spares.threads -= 1;
            spares.starting -= 1;
        }
        started.map(drop)
    }

    /// Gives a place to a thread that has none.
    fn hand_over(&'static self, place: worker::Place) {
        let mut spares = self.spares.lock();
        if spares.waiting > spares.given.len() {
            quiescence::wakes();
            spares.given.push(place);
            drop(spares);
            self.spares_changed.notify_all();
        } else {
            spares.unclaimed.push(place);
            let comes = spares.starting >= spares.unclaimed.len();
            drop(spares);
            if !comes && let Err(error) = self.start_thread() {
                tracing::warn!(%error, "no thread could be started in place of one that blocks");
            }
        }
    }

    /// The node that the task is to run on, where there are several.
    #[inline]
    fn node_of(&self, task: &Runnable) -> Option<usize> {
        if self.of_nodes.is_empty() {
            return None;
        }
        task.preferred_node().map(|node| node % self.of_nodes.len())
    }

    /// Queues a task where it belongs: one of normal priority in the calling worker's own queue, by `push`, where that
    /// takes it.
    #[inline]
    fn queue(&self, task: Runnable, push: impl FnOnce(Runnable) -> Result<(), Runnable>) {
        let pushed = match task.priority() {
            Priority::Normal => match self.node_of(&task) {
                None => push(task).or_else(|task| self.injector.push(task)),
                Some(node) => self.of_nodes[node].push(task),
            },
            Priority::High => self.high_priority.push(task),
            Priority::Low => self.low_priority.push(task),
        };
        match pushed {
            Ok(()) => self.sleep.wake_one(),
            // The pool is closed.
            Err(task) => drop(task),
        }
    }

    /// Whether a task may run next on whichever worker has released it.
    #[inline]
    fn may_be_next(&self, task: &Runnable) -> bool {
        task.priority() != Priority::Low && self.node_of(task).is_none()
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

impl reaper::Core for Core {
    fn memory(&self) -> &reaper::Memory<Core> {
        &self.memory
    }

    fn head(&self) -> &Head {
        &self.head
    }
}

impl Scheduler for Core {
    fn parallelism(&self) -> usize {
        self.workers()
    }

    fn schedule(&self, task: Runnable) {
        Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) => self.queue(task, |task| worker.push(task)),
            // The pool's own threads keep it by being there.
            _ => {
                let _visit = self.head.visit();
                self.queue(task, Err);
            }
        });
    }

    fn schedule_all(&self, tasks: &mut dyn Iterator<Item = Runnable>) {
        let mut others = Vec::new();
        let pushed = Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) => {
                let mut normal = tasks.filter_map(|task| match task.priority() {
                    Priority::Normal if self.node_of(&task).is_none() => Some(task),
                    _ => {
                        others.push(task);
                        None
                    }
                });
                worker.push_all(&mut normal)
            }
            _ => false,
        });
        if pushed {
            self.sleep.wake_one();
        }
        tasks.chain(others).for_each(|task| self.schedule(task));
    }

    fn is_asleep(&self) -> bool {
        // The threads of a pool that was dropped have ended.
        let has_ended = || self.is_closed() && self.spares.lock().threads == 0;
        !self.pause.is_surely_on() && (self.sleep.all_sleep(self.workers()) || has_ended())
    }

    fn schedule_next(&self, task: Runnable) {
        let pushed = Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) && self.may_be_next(&task) => worker.push_next(task),
            _ => Err(task),
        });
        if let Err(task) = pushed {
            self.schedule(task);
        }
    }
}
