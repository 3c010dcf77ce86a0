//! Schedulers of the program's own, made usable for tasks.

use std::panic::Location;
use std::sync::Arc;

use crate::error::Error;
use crate::registry::{Recording, Registry, Snapshot};
use crate::scheduler::reaper::Pointer;
use crate::scheduler::{Blocked, Head, Scheduler, SchedulerRef, reaper, with_current};
use crate::task::{Runnable, TaskBuilder};
use crate::wait::block_on;

/// A [`Scheduler`] of the program's own, or an adapter, with what tasks need beside it.
///
/// Dropping it [closes](Scheduler::close) the scheduler. Tasks that are in its queues then may still run; the scheduler
/// is dropped when they are gone.
///
/// ```
/// use std::sync::mpsc;
/// use runahead_async::{Async, Attached, Runnable, Scheduler, dispatch};
///
/// /// Sends tasks to a thread that runs them, one by one.
/// struct OneThread(mpsc::Sender<Runnable>);
///
/// impl Scheduler for OneThread {
///     fn schedule(&self, task: Runnable) {
///         let _ = self.0.send(task);
///     }
/// }
///
/// let (sender, tasks) = mpsc::channel::<Runnable>();
/// let thread = std::thread::spawn(move || tasks.into_iter().for_each(Runnable::run));
/// let attached = Attached::new(OneThread(sender));
/// let sum = attached.run(|| {
///     let sum = Async::from(0);
///     for i in 0..100 {
///         dispatch(sum.mutate(), move |sum| *sum += i);
///     }
///     sum
/// });
/// assert_eq!(*sum.wait()?, 4950);
/// # Ok::<(), runahead_async::Error>(())
/// ```
pub struct Attached<S: Scheduler> {
    core: Pointer<Core<S>>,
}

struct Core<S> {
    memory: reaper::Memory<Core<S>>,
    head: Head,
    scheduler: S,
}

impl<S: Scheduler> Attached<S> {
    /// Makes the scheduler usable. Its live tasks are listed where the environment variable `RUNAHEAD_REGISTRY` is set to
    /// something else than `0`.
    pub fn new(scheduler: S) -> Attached<S> {
        Attached::with(scheduler, Registry::where_asked_for())
    }

    /// Makes the scheduler usable, with a list of its live tasks; see [`PoolBuilder::registry`](crate::PoolBuilder::registry).
    ///
    /// ```
    /// use runahead_async::{Attached, Runnable, Scheduler};
    /// struct Never;
    /// impl Scheduler for Never {
    ///     fn schedule(&self, task: Runnable) {
    ///         drop(task); // cancels it
    ///     }
    /// }
    /// let attached = Attached::with_registry(Never);
    /// attached.start_recording();
    /// attached.task("never").dispatch((), |()| ());
    /// assert_eq!(attached.take_recording().tasks().len(), 1);
    /// assert!(attached.snapshot().tasks.is_empty());
    /// ```
    pub fn with_registry(scheduler: S) -> Attached<S> {
        Attached::with(scheduler, Some(Registry::new().enroll()))
    }

    fn with(scheduler: S, registry: Option<Registry>) -> Attached<S> {
        let head = Head::new(std::any::type_name::<S>().into(), 0, registry, None);
        Attached { core: reaper::leak(Core { memory: reaper::Memory::default(), head, scheduler }) }
    }

    fn core(&self) -> &Core<S> {
        // SAFETY: the core is left when this is dropped.
        unsafe { self.core.core() }
    }

    fn scheduler_ref(&self) -> SchedulerRef {
        // SAFETY: as above; builders borrow this, tasks are counted, and `run` ends before.
        SchedulerRef::new(unsafe { &self.core.core().head })
    }

    /// The scheduler itself.
    ///
    /// ```
    /// # use std::sync::Mutex;
    /// use runahead_async::{Attached, Runnable, Scheduler};
    /// #[derive(Default)]
    /// struct Listed(Mutex<Vec<Runnable>>);
    /// impl Scheduler for Listed {
    ///     fn schedule(&self, task: Runnable) {
    ///         self.0.lock().unwrap().push(task);
    ///     }
    /// }
    /// let attached = Attached::new(Listed::default());
    /// attached.task("later").dispatch((), |()| ());
    /// assert_eq!(attached.live_tasks(), 1);
    /// let tasks = std::mem::take(&mut *attached.scheduler().0.lock().unwrap());
    /// tasks.into_iter().for_each(Runnable::run);
    /// assert_eq!(attached.live_tasks(), 0);
    /// attached.wait_idle()?;
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn scheduler(&self) -> &S {
        &self.core().scheduler
    }

    /// Calls `f` on this thread with this as its current scheduler.
    pub fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        with_current(self.scheduler_ref(), f)
    }

    /// A task of that name on this scheduler.
    #[track_caller]
    pub fn task(&self, name: impl Into<Arc<str>>) -> TaskBuilder<'_> {
        // SAFETY: the builder borrows the scheduler.
        unsafe { TaskBuilder::on(self.scheduler_ref(), name.into(), Location::caller()) }
    }

    /// How many tasks have begun and not ended. While tasks begin and end it may be too high; zero is exact.
    pub fn live_tasks(&self) -> usize {
        self.core().head.live_tasks()
    }

    /// Blocks until no task is alive.
    ///
    /// # Errors
    /// Where nothing can run and tasks still wait for something.
    #[track_caller]
    pub fn wait_idle(&self) -> Result<(), Error> {
        self.run(|| block_on(self.core().head.wait_idle()))
    }

    /// As [`Pool::snapshot`](crate::Pool::snapshot): nothing, unless it was made [with a registry](Self::with_registry).
    pub fn snapshot(&self) -> Snapshot {
        self.core().head.snapshot()
    }

    /// As [`Pool::start_recording`](crate::Pool::start_recording).
    pub fn start_recording(&self) {
        self.core().head.start_recording();
    }

    /// As [`Pool::take_recording`](crate::Pool::take_recording).
    pub fn take_recording(&self) -> Recording {
        self.core().head.take_recording()
    }
}

impl<S: Scheduler> Drop for Attached<S> {
    fn drop(&mut self) {
        self.core().scheduler.close();
        // SAFETY: what is inside is counted, and so are the tasks.
        unsafe { reaper::leave(Pointer::to(self.core())) };
    }
}

impl<S: Scheduler> reaper::Core for Core<S> {
    fn memory(&self) -> &reaper::Memory<Core<S>> {
        &self.memory
    }

    fn head(&self) -> &Head {
        &self.head
    }
}

impl<S: Scheduler> Core<S> {
    /// Calls `f` with the scheduler. The core is not touched any more when the call has been taken off the count.
    fn enter<R>(&self, f: impl FnOnce(&S) -> R) -> R {
        let _visit = self.head.visit();
        f(&self.scheduler)
    }
}

impl<S: Scheduler> Scheduler for Core<S> {
    fn schedule(&self, task: Runnable) {
        self.enter(|scheduler| scheduler.schedule(task));
    }

    fn schedule_next(&self, task: Runnable) {
        self.enter(|scheduler| scheduler.schedule_next(task));
    }

    fn schedule_all(&self, tasks: &mut dyn Iterator<Item = Runnable>) {
        self.enter(|scheduler| scheduler.schedule_all(tasks));
    }

    fn is_asleep(&self) -> bool {
        self.enter(Scheduler::is_asleep)
    }

    fn block(&self, blocked: &Blocked<'_>) {
        self.enter(|scheduler| scheduler.block(blocked));
    }
}
