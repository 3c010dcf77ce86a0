//! What tasks know of the scheduler that runs them.

use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Poll;

use crossbeam_utils::CachePadded;

use crate::registry::{Recording, Registry, Snapshot};
use crate::scheduler::reaper::{Visit, Visitors};
use crate::scheduler::{Budget, Scheduler, Worker};
use crate::task::Runnable;
use crate::wait::Blocked;
use crate::wakers::{Registered, Wakers};

/// The part of a scheduler's core that tasks use, whichever scheduler it is.
pub(crate) struct Head {
    /// What the scheduler is called, for reports.
    name: Arc<str>,
    /// Set before the first task knows of it.
    scheduler: OnceLock<&'static dyn Scheduler>,
    registry: Option<Registry>,
    budget: Option<Budget>,
    live: LiveTasks,
    /// Those who wait until no task is alive.
    idle: Wakers,
    visitors: Visitors,
}

impl Head {
    /// `places` says how many places of workers have counters of their own.
    pub(super) fn new(
        name: Arc<str>,
        places: usize,
        registry: Option<Registry>,
        budget: Option<Budget>,
    ) -> Head {
        Head {
            name,
            scheduler: OnceLock::new(),
            registry,
            budget,
            live: LiveTasks::new(places),
            idle: Wakers::default(),
            visitors: Visitors::default(),
        }
    }

    pub(super) fn set(&self, scheduler: &'static dyn Scheduler) {
        assert!(self.scheduler.set(scheduler).is_ok(), "a head belongs to one scheduler");
    }

    pub(super) fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// How many tasks have begun and not ended. It may be too high while tasks begin and end, never too low.
    pub(super) fn live_tasks(&self) -> usize {
        self.live.count()
    }

    /// Whether nobody will use the core any more, once it was left.
    pub(super) fn is_unused(&self) -> bool {
        // In this order: whoever has queued or ended the last task has come in before that task was counted as ended.
        self.live_tasks() == 0 && self.visitors.are_gone()
    }

    pub(super) fn visitors(&self) -> &Visitors {
        &self.visitors
    }

    /// Keeps the core while a thread that does not belong to it is inside.
    pub(super) fn visit(&self) -> Visit {
        self.visitors.enter()
    }

    pub(super) fn budget(&self) -> Option<&Budget> {
        self.budget.as_ref()
    }

    pub(super) fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        self.registry.as_ref().map(Registry::snapshot).unwrap_or_default()
    }

    pub(super) fn start_recording(&self) {
        self.registry.iter().for_each(Registry::start_recording);
    }

    pub(super) fn take_recording(&self) -> Recording {
        self.registry.as_ref().map(Registry::take_recording).unwrap_or_default()
    }

    /// Wakes those who wait for it, where no task is alive.
    #[inline]
    pub(super) fn tell_if_idle(&self) {
        if !self.idle.is_empty() {
            self.tell();
        }
    }

    #[cold]
    fn tell(&self) {
        if self.live.count() == 0 {
            self.idle.wake_all();
        }
    }

    /// Ends when no task is alive.
    pub(super) fn wait_idle(&self) -> impl Future<Output = ()> {
        let registered = Registered::new(self, |head| &head.idle);
        poll_fn(move |context| {
            registered.register(context.waker());
            if registered.owner().live.count() == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
    }

    pub(super) fn place_counter(&self, place: usize) -> &PlaceCounter {
        &self.live.places[place]
    }
}

/// A scheduler as tasks know it: for ever, so that a task costs no reference count.
#[derive(Clone, Copy)]
pub(crate) struct SchedulerRef(&'static Head);

impl SchedulerRef {
    pub(crate) fn new(head: &'static Head) -> SchedulerRef {
        SchedulerRef(head)
    }

    fn scheduler(self) -> &'static dyn Scheduler {
        *self.0.scheduler.get().expect("a scheduler is set before tasks know of it")
    }

    /// Keeps the scheduler's core, for one who is not borrowed from it.
    pub(crate) fn visit(self) -> Visit {
        self.0.visit()
    }

    #[inline]
    pub(crate) fn registry(self) -> Option<&'static Registry> {
        self.0.registry.as_ref()
    }

    #[inline]
    pub(crate) fn budget(self) -> Option<&'static Budget> {
        self.0.budget.as_ref()
    }

    #[inline]
    pub(crate) fn schedule(self, task: Runnable) {
        self.scheduler().schedule(task);
    }

    pub(crate) fn schedule_all(self, tasks: &mut dyn Iterator<Item = Runnable>) {
        self.scheduler().schedule_all(tasks);
    }

    pub(crate) fn is(self, other: SchedulerRef) -> bool {
        std::ptr::eq(self.0, other.0)
    }

    #[inline]
    pub(crate) fn schedule_next(self, task: Runnable) {
        self.scheduler().schedule_next(task);
    }

    pub(crate) fn parallelism(self) -> usize {
        self.scheduler().parallelism()
    }

    pub(crate) fn is_asleep(self) -> bool {
        self.scheduler().is_asleep()
    }

    pub(crate) fn block(self, blocked: &Blocked<'_>) {
        self.scheduler().block(blocked);
    }

    /// A task has been made for this scheduler; it may not be runnable yet.
    #[inline]
    pub(crate) fn task_begins(self) {
        if !Worker::count(self.0, |counter| add_alone(&counter.begun)) {
            self.0.live.begun.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A task of this scheduler, which held so many bytes, has ended, or was cancelled.
    #[inline]
    pub(crate) fn task_ends(self, bytes: u64) {
        if let Some(budget) = &self.0.budget {
            budget.leave(bytes);
        }
        if !Worker::count(self.0, |counter| add_alone(&counter.ended)) {
            let _visit = self.0.visit();
            self.0.live.ended.fetch_add(1, Ordering::SeqCst);
            self.0.tell_if_idle();
        }
    }
}

/// Counts tasks: those that begin or end on a worker in the counters of its place, others in counters for all.
struct LiveTasks {
    begun: CachePadded<AtomicU64>,
    ended: AtomicU64,
    places: Box<[CachePadded<PlaceCounter>]>,
}

/// The counters of a worker's place, changed only by the thread that has the place.
#[derive(Default)]
pub(crate) struct PlaceCounter {
    begun: AtomicU64,
    ended: AtomicU64,
}

/// Adds one to a counter that nobody else changes.
#[inline]
fn add_alone(counter: &AtomicU64) {
    counter.store(counter.load(Ordering::Relaxed) + 1, Ordering::Release);
}

impl LiveTasks {
    fn new(places: usize) -> LiveTasks {
        LiveTasks {
            begun: CachePadded::default(),
            ended: AtomicU64::new(0),
            places: (0..places).map(|_| CachePadded::default()).collect(),
        }
    }

    fn count(&self) -> usize {
        // What has ended is counted first: each of those is then found among what has begun. So zero means that there
        // was a moment when nothing was alive.
        let load = |counter: &AtomicU64| counter.load(Ordering::Acquire);
        let ended: u64 = load(&self.ended) + self.places.iter().map(|place| load(&place.ended)).sum::<u64>();
        let begun: u64 = load(&self.begun) + self.places.iter().map(|place| load(&place.begun)).sum::<u64>();
        (begun - ended) as usize
    }
}
