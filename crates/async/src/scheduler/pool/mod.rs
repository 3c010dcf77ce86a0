//! The work-stealing pool.
//!
//! Each worker has a queue of its own, to which the tasks go that its tasks release; a worker takes the newest of
//! them, others steal the oldest. Tasks from other threads go to a shared queue, of which workers take batches. A task
//! that is released by the one that just ended runs next on the same worker, whose cache holds what it needs.
//!
//! A worker is a *place*: its queue and its index. The thread that holds the place runs its tasks, and gives it to a
//! spare thread when it blocks.

mod injector;
mod sleep;
mod worker;

use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use crossbeam_utils::CachePadded;
use parking_lot::{Condvar, Mutex};

use crate::quiescence::{self, KnownThread};
use crate::scheduler::{Blocked, Scheduler, SchedulerRef, builder_on, with_current};
use crate::task::{Runnable, TaskBuilder};

use injector::Injector;
use sleep::Sleep;
pub(crate) use worker::Worker;

/// A pool of worker threads that run tasks.
///
/// Dropping it runs what can run, then ends the threads. Tasks that still wait for something then are cancelled when
/// it comes.
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
    core: &'static Core,
}

/// How a pool is to be.
#[derive(Clone, Debug)]
pub struct PoolBuilder {
    workers: usize,
    name: Arc<str>,
}

/// The part of a pool that its threads and tasks share.
pub(crate) struct Core {
    injector: Injector,
    stealers: Vec<crossbeam_deque::Stealer<Runnable>>,
    sleep: Sleep,
    live: LiveTasks,
    closed: AtomicBool,
    name: Arc<str>,
    spares: Mutex<Spares>,
    /// Notified when a place is given to a spare, when the pool closes, and when a thread ends.
    spares_changed: Condvar,
}

/// Threads without a place, and places without a thread.
#[derive(Default)]
struct Spares {
    /// Threads that wait for a place.
    waiting: usize,
    /// Places that were given up for a spare thread to take.
    places: Vec<worker::Place>,
    /// All threads of the pool that have not ended.
    threads: usize,
}

impl Pool {
    /// A pool of that many workers.
    ///
    /// # Panics
    /// Where `workers` is zero or the operating system refuses to start a thread.
    pub fn new(workers: usize) -> Pool {
        Pool::builder().workers(workers).build()
    }

    /// A pool to be configured.
    pub fn builder() -> PoolBuilder {
        let workers = std::thread::available_parallelism().map_or(1, |n| n.get());
        PoolBuilder { workers, name: "runahead".into() }
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
    pub fn task(&self, name: impl Into<Arc<str>>) -> TaskBuilder {
        let builder = TaskBuilder::new(Location::caller());
        builder_on(self.scheduler(), TaskBuilder { name: Some(name.into()), ..builder })
    }

    /// The number of workers.
    pub fn workers(&self) -> usize {
        self.core.stealers.len()
    }

    /// How many tasks have begun and not ended. Exact only while nothing begins or ends.
    pub fn live_tasks(&self) -> usize {
        self.core.live.count()
    }

    /// How many threads the pool has: its workers, and those that were added while workers blocked.
    pub fn threads(&self) -> usize {
        self.core.spares.lock().threads
    }

    pub(crate) fn scheduler(&self) -> SchedulerRef {
        SchedulerRef::new(self.core)
    }
}

impl PoolBuilder {
    /// How many workers the pool will have; by default, as many as the process may use cores.
    ///
    /// # Panics
    /// Where `workers` is zero.
    pub fn workers(mut self, workers: usize) -> PoolBuilder {
        assert!(workers > 0, "a pool needs at least one worker");
        self.workers = workers;
        self
    }

    /// What the pool's threads are called, before a dash and a number.
    pub fn name(mut self, name: impl Into<Arc<str>>) -> PoolBuilder {
        self.name = name.into();
        self
    }

    /// Starts the pool.
    ///
    /// # Panics
    /// Where the operating system refuses to start a thread.
    pub fn build(self) -> Pool {
        let queues: Vec<_> = (0..self.workers).map(|_| crossbeam_deque::Worker::new_lifo()).collect();
        let core: &'static Core = Box::leak(Box::new(Core {
            injector: Injector::default(),
            stealers: queues.iter().map(|queue| queue.stealer()).collect(),
            sleep: Sleep::new(self.workers),
            live: LiveTasks::default(),
            closed: AtomicBool::new(false),
            name: self.name,
            spares: Mutex::default(),
            spares_changed: Condvar::new(),
        }));
        for (index, queue) in queues.into_iter().enumerate() {
            core.start_thread(worker::Place::new(index, queue));
        }
        Pool { core }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let core = self.core;
        core.closed.store(true, Ordering::SeqCst);
        core.sleep.wake_all();
        core.spares_changed.notify_all();
        let mut spares = core.spares.lock();
        while spares.threads > 0 {
            core.spares_changed.wait(&mut spares);
        }
        drop(spares);
        // What came after the last worker had looked.
        core.injector.close().into_iter().for_each(drop);
        if core.live.count() == 0 {
            // SAFETY: the core comes from `Box::leak`; its threads have ended, and no task is left that knows of it.
            drop(unsafe { Box::from_raw(std::ptr::from_ref(core).cast_mut()) });
        }
    }
}

impl Core {
    fn start_thread(&'static self, place: worker::Place) {
        let number = {
            let mut spares = self.spares.lock();
            spares.threads += 1;
            spares.threads
        };
        let known = KnownThread::new();
        std::thread::Builder::new()
            .name(format!("{}-{number}", self.name))
            .spawn(move || worker::main(self, place, known))
            .expect("a worker thread can be started");
    }

    /// Gives a place to a thread that has none.
    fn hand_over(&'static self, place: worker::Place) {
        let mut spares = self.spares.lock();
        if spares.waiting > spares.places.len() {
            quiescence::wakes();
            spares.places.push(place);
            drop(spares);
            self.spares_changed.notify_all();
        } else {
            drop(spares);
            self.start_thread(place);
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

impl Scheduler for Core {
    fn schedule(&self, task: Runnable) {
        let task = Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) => worker.push(task),
            _ => Some(task),
        });
        if let Some(task) = task
            && let Err(task) = self.injector.push(task)
        {
            return drop(task);
        }
        self.sleep.wake_one();
    }

    fn schedule_next(&self, task: Runnable) {
        let task = Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) => worker.push_next(task),
            _ => Some(task),
        });
        if let Some(task) = task {
            self.schedule(task);
        }
    }

    fn block(&self, blocked: &Blocked<'_>) {
        Worker::with(|worker| match worker {
            Some(worker) if worker.is_of(self) => worker.block(blocked),
            _ => blocked.park(),
        });
    }

    fn task_begins(&self) {
        self.live.add(1);
    }

    fn task_ends(&self) {
        self.live.add(-1);
    }
}

/// Counts tasks in several cells, so that threads rarely meet on one.
#[derive(Default)]
struct LiveTasks([CachePadded<AtomicI64>; 8]);

impl LiveTasks {
    fn add(&self, n: i64) {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        thread_local! {
            static CELL: usize = THREADS.fetch_add(1, Ordering::Relaxed) % 8;
        }
        self.0[CELL.with(|&cell| cell)].fetch_add(n, Ordering::AcqRel);
    }

    fn count(&self) -> usize {
        self.0.iter().map(|cell| cell.load(Ordering::Acquire)).sum::<i64>().max(0) as usize
    }
}
