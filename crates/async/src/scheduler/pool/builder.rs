//! Making a pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use crossbeam_utils::CachePadded;
use parking_lot::{Condvar, Mutex};

use crate::registry::{self, Registry};
use crate::scheduler::pool::pause::Pause;
use crate::scheduler::pool::sleep::Sleep;
use crate::scheduler::pool::topology::Topology;
use crate::scheduler::pool::worker;
use crate::scheduler::pool::{Core, Pool};
use crate::scheduler::{Budget, Head, reaper};

/// How a pool is to be.
#[derive(Clone, Debug)]
pub struct PoolBuilder {
    workers: usize,
    name: Arc<str>,
    registry: bool,
    pin: bool,
    stack_size: Option<usize>,
    nodes: Option<usize>,
    max_tasks: Option<usize>,
    max_bytes: Option<u64>,
}

impl PoolBuilder {
    pub(super) fn new() -> PoolBuilder {
        let workers = std::thread::available_parallelism().map_or(1, |n| n.get());
        PoolBuilder {
            workers,
            name: "runahead".into(),
            registry: registry::is_asked_for(),
            pin: false,
            stack_size: None,
            nodes: None,
            max_tasks: None,
            max_bytes: None,
        }
    }

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

    /// Whether each worker keeps to a core of its own, as far as there are cores. It is off by default: a pinned worker
    /// cannot get out of the way of what else runs on its core. (So far, on Linux only.)
    ///
    /// ```
    /// use runahead_async::{Pool, dispatch};
    /// let pool = Pool::builder().workers(2).pin(true).build();
    /// pool.run(|| dispatch((), |()| ()));
    /// pool.wait_idle()?;
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn pin(mut self, pin: bool) -> PoolBuilder {
        self.pin = pin;
        self
    }

    /// The size of the stack of each of the pool's threads, in bytes; by default, what the standard library's threads have.
    ///
    /// ```
    /// use runahead_async::{Pool, dispatch};
    /// let pool = Pool::builder().workers(1).stack_size(16 << 20).build();
    /// pool.run(|| dispatch((), |()| ()));
    /// pool.wait_idle()?;
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn stack_size(mut self, bytes: usize) -> PoolBuilder {
        self.stack_size = Some(bytes);
        self
    }

    /// How many groups the machine's cores are to be split into: workers keep to their group's cores and take tasks from
    /// workers of their own group first. By default these are the machine's NUMA nodes, as far as Linux tells.
    ///
    /// ```
    /// use runahead_async::Pool;
    /// assert_eq!(Pool::builder().workers(4).nodes(2).build().nodes(), 2);
    /// ```
    ///
    /// # Panics
    /// Where `nodes` is zero.
    pub fn nodes(mut self, nodes: usize) -> PoolBuilder {
        assert!(nodes > 0, "cores are in one group, at least");
        self.nodes = Some(nodes);
        self
    }

    /// Whether the pool keeps a list of its live tasks, for [snapshots](Pool::snapshot), [recordings](Pool::start_recording)
    /// and reports of deadlocks that say which task waits for which. Each task runs in a `tracing` span then. It is off
    /// by default, since it costs some hundred nanoseconds for each task; the environment variable `RUNAHEAD_REGISTRY`, set to
    /// something else than `0`, turns it on for every pool that is not told otherwise, the global one too.
    ///
    /// ```
    /// use runahead_async::{Async, Pool};
    /// let pool = Pool::builder().workers(1).registry(true).build();
    /// let a = Async::<i32>::new();
    /// pool.task("waits").dispatch(a.read(), |_| ());
    /// assert_eq!(pool.snapshot().tasks[0].place.name(), Some("waits"));
    /// ```
    pub fn registry(mut self, registry: bool) -> PoolBuilder {
        self.registry = registry;
        self
    }

    /// The most tasks that may be in flight: begun and not ended, whether they run or wait. Who submits more waits until
    /// a quarter of them have ended; [`TaskBuilder::admitted`](crate::TaskBuilder::admitted) does so without blocking. Where that cannot come to pass,
    /// because they wait for what is submitted later, more are let in.
    ///
    /// ```
    /// use runahead_async::{Async, Pool, dispatch};
    /// let pool = Pool::builder().workers(2).max_tasks(100).build();
    /// let sum = Async::from(0u64);
    /// pool.run(|| {
    ///     for i in 0..10_000 {
    ///         dispatch(sum.mutate(), move |sum| *sum += i); // now and then this waits
    ///     }
    /// });
    /// assert_eq!(*sum.wait()?, 49_995_000);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where it is zero.
    pub fn max_tasks(mut self, tasks: usize) -> PoolBuilder {
        assert!(tasks > 0, "no task could ever run");
        self.max_tasks = Some(tasks);
        self
    }

    /// The most bytes that tasks in flight may hold, as they say by [`TaskBuilder::holds_bytes`](crate::TaskBuilder::holds_bytes). As with
    /// [`max_tasks`](Self::max_tasks), who submits more waits. A task that alone holds more runs alone.
    pub fn max_bytes(mut self, bytes: u64) -> PoolBuilder {
        self.max_bytes = Some(bytes);
        self
    }

    /// Starts the pool. Where the operating system does not start as many threads as there are to be workers, the pool has
    /// as many as it does, [says so](Pool::workers), and sends an event to [`tracing`].
    ///
    /// # Panics
    /// Where it starts none.
    pub fn build(self) -> Pool {
        self.try_build().expect("at least one worker thread can be started")
    }

    /// As [`build`](Self::build), with an error where no thread can be started.
    ///
    /// ```
    /// use runahead_async::Pool;
    /// assert_eq!(Pool::builder().workers(2).try_build()?.workers(), 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// The operating system's, for the first thread.
    pub fn try_build(self) -> std::io::Result<Pool> {
        let topology = Topology::of_machine();
        let topology = match self.nodes {
            Some(nodes) => topology.split(nodes),
            None => topology,
        };
        let bounded = self.max_tasks.is_some() || self.max_bytes.is_some();
        let budget = bounded
            .then(|| Budget::new(self.max_tasks.unwrap_or(usize::MAX), self.max_bytes.unwrap_or(u64::MAX)));
        let registry = self.registry.then(|| Registry::new().enroll());
        let nodes = if topology.nodes() > 1 { topology.nodes() } else { 0 };
        let core = reaper::leak(Core {
            memory: reaper::Memory::default(),
            head: Head::new(Arc::clone(&self.name), self.workers, registry, budget),
            injector: CachePadded::default(),
            high_priority: CachePadded::default(),
            low_priority: CachePadded::default(),
            queues: (0..self.workers).map(|_| CachePadded::default()).collect(),
            affinity: topology.affinity(self.workers, self.pin),
            of_nodes: (0..nodes).map(|_| CachePadded::default()).collect(),
            sleep: Sleep::new(self.workers),
            pause: Pause::default(),
            closed: AtomicBool::new(false),
            name: self.name,
            stack_size: self.stack_size,
            workers: AtomicUsize::new(self.workers),
            displaced: AtomicUsize::new(0),
            spares: Mutex::default(),
            spares_changed: Condvar::new(),
        });
        let pool = Pool { core };
        let core = pool.core();
        core.spares.lock().unclaimed.extend((0..self.workers).map(worker::Place::new));
        for started in 0..self.workers {
            if let Err(error) = core.start_thread() {
                if started == 0 {
                    return Err(error);
                }
                tracing::warn!(%error, "a pool has {started} workers instead of {}", self.workers);
                core.make_do_with(started);
                break;
            }
        }
        Ok(pool)
    }
}
