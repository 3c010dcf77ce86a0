//! What tasks know of the scheduler that runs them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crossbeam_utils::CachePadded;

use crate::registry::Registry;
use crate::scheduler::{Scheduler, Worker};
use crate::task::Runnable;
use crate::wait::Blocked;

/// The part of a scheduler's core that tasks use, whichever scheduler it is.
pub(crate) struct Head {
    /// Set before the first task knows of it.
    scheduler: OnceLock<&'static dyn Scheduler>,
    registry: Option<Registry>,
    live: LiveTasks,
}

impl Head {
    /// `places` says how many places of workers have counters of their own.
    pub(super) fn new(places: usize, registry: Option<Registry>) -> Head {
        Head { scheduler: OnceLock::new(), registry, live: LiveTasks::new(places) }
    }

    pub(super) fn set(&self, scheduler: &'static dyn Scheduler) {
        assert!(self.scheduler.set(scheduler).is_ok(), "a head belongs to one scheduler");
    }

    /// How many tasks have begun and not ended. It may be too high while tasks begin and end, never too low.
    pub(super) fn live_tasks(&self) -> usize {
        self.live.count()
    }

    pub(super) fn registry(&self) -> Option<&Registry> {
        self.registry.as_ref()
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

    #[inline]
    pub(crate) fn registry(self) -> Option<&'static Registry> {
        self.0.registry.as_ref()
    }

    #[inline]
    pub(crate) fn schedule(self, task: Runnable) {
        self.scheduler().schedule(task);
    }

    #[inline]
    pub(crate) fn schedule_next(self, task: Runnable) {
        self.scheduler().schedule_next(task);
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

    /// A task of this scheduler has ended, or was cancelled.
    #[inline]
    pub(crate) fn task_ends(self) {
        if !Worker::count(self.0, |counter| add_alone(&counter.ended)) {
            self.0.live.ended.fetch_add(1, Ordering::Release);
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
