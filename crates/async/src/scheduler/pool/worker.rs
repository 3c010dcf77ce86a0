//! What a thread of the pool does.

use std::cell::{Cell, RefCell};

use crossbeam_deque::Steal;

use crate::quiescence::{self, KnownThread};
use crate::scheduler::pool::Core;
use crate::scheduler::{Blocked, SchedulerRef, with_current};
use crate::task::Runnable;

/// How often a worker without work looks again before it sleeps: some tens of microseconds.
const SEARCHES: u32 = 2000;

/// After this many tasks of its own a worker looks at the shared queue, so that what comes from outside has its turn.
const OWN_TASKS: u32 = 61;

/// A worker's index and queue; whichever thread has it is the worker.
pub(super) struct Place {
    index: usize,
    queue: crossbeam_deque::Worker<Runnable>,
    /// Where to begin to steal.
    victim: usize,
    tasks_run: u32,
}

impl Place {
    pub(super) fn new(index: usize, queue: crossbeam_deque::Worker<Runnable>) -> Place {
        Place { index, queue, victim: index, tasks_run: 0 }
    }
}

/// The calling thread as one of a pool's.
pub(crate) struct Worker {
    core: &'static Core,
    /// `None` after the thread has blocked, until its task has ended.
    place: RefCell<Option<Place>>,
    /// The task to run next.
    next: Cell<Option<Runnable>>,
}

thread_local! {
    static WORKER: Cell<Option<*const Worker>> = const { Cell::new(None) };
}

impl Worker {
    /// Calls `f` with the calling thread's worker, where it is one.
    pub(crate) fn with<R>(f: impl FnOnce(Option<&Worker>) -> R) -> R {
        // SAFETY: `main` sets the pointer to a worker that lives as long as the thread runs tasks.
        f(WORKER.get().map(|worker| unsafe { &*worker }))
    }

    pub(super) fn is_of(&self, core: &Core) -> bool {
        std::ptr::eq(self.core, core)
    }

    /// How many workers the pool has.
    pub(crate) fn workers(&self) -> usize {
        self.core.stealers.len()
    }

    /// Queues a task here; gives it back where the thread has no place.
    pub(super) fn push(&self, task: Runnable) -> Option<Runnable> {
        match &*self.place.borrow() {
            Some(place) => {
                place.queue.push(task);
                None
            }
            None => Some(task),
        }
    }

    /// Takes a task to run next here; gives it back where it cannot.
    pub(super) fn push_next(&self, task: Runnable) -> Option<Runnable> {
        if self.place.borrow().is_none() {
            return Some(task);
        }
        self.next.replace(Some(task))
    }

    /// Blocks the thread; its place goes to another one.
    pub(super) fn block(&self, blocked: &Blocked<'_>) {
        if let Some(task) = self.next.take() {
            // The place goes with its queue, so what was to run next here must be in it.
            if let Some(task) = self.push(task) {
                self.core.injector.push(task).unwrap_or_else(drop);
            }
        }
        if let Some(place) = self.place.take() {
            self.core.hand_over(place);
        }
        blocked.park();
    }

    /// Finds a task: the next one, the newest of its own, the oldest of the shared queue, the oldest of another's.
    fn find(&self) -> Option<Runnable> {
        if let Some(task) = self.next.take() {
            return Some(task);
        }
        let mut place = self.place.borrow_mut();
        let place = place.as_mut()?;
        place.tasks_run += 1;
        let outside_first = place.tasks_run % OWN_TASKS == 0;
        let from_outside = || self.core.injector.take(self.workers(), |task| place.queue.push(task));
        if outside_first && let Some(task) = from_outside() {
            return Some(task);
        }
        if let Some(task) = place.queue.pop() {
            return Some(task);
        }
        if let Some(task) = from_outside() {
            return Some(task);
        }
        let workers = self.workers();
        for _ in 0..workers {
            place.victim = (place.victim + 1) % workers;
            if place.victim == place.index {
                continue;
            }
            loop {
                match self.core.stealers[place.victim].steal() {
                    Steal::Success(task) => return Some(task),
                    Steal::Empty => break,
                    Steal::Retry => std::hint::spin_loop(),
                }
            }
        }
        None
    }

    /// Finds a task, searching and sleeping if need be; `None` when the pool is closed and nothing is left to run.
    fn find_or_sleep(&self) -> Option<Runnable> {
        if let Some(task) = self.find() {
            return Some(task);
        }
        let index = self.place.borrow().as_ref()?.index;
        let sleep = &self.core.sleep;
        sleep.search();
        loop {
            for round in 0..SEARCHES {
                if let Some(task) = self.find() {
                    sleep.found();
                    return Some(task);
                }
                if round % 64 == 63 {
                    std::thread::yield_now();
                } else {
                    std::hint::spin_loop();
                }
            }
            if self.core.is_closed() {
                sleep.found();
                return None;
            }
            sleep.sleep(index, || self.core.is_closed() || self.core.has_work());
        }
    }
}

impl Core {
    fn has_work(&self) -> bool {
        !self.injector.is_empty() || self.stealers.iter().any(|stealer| !stealer.is_empty())
    }

    /// Waits for a place; `None` when the pool is closed.
    fn wait_for_place(&self) -> Option<Place> {
        let mut spares = self.spares.lock();
        spares.waiting += 1;
        drop(spares);
        quiescence::sleeps();
        let mut spares = self.spares.lock();
        while spares.places.is_empty() && !self.is_closed() {
            self.spares_changed.wait(&mut spares);
        }
        spares.waiting -= 1;
        let place = spares.places.pop();
        if place.is_none() {
            quiescence::wakes();
        }
        place
    }
}

/// A thread of the pool: runs the tasks of its place, then those of others that it is given.
pub(super) fn main(core: &'static Core, place: Place, _known: KnownThread) {
    let worker = Worker { core, place: RefCell::new(Some(place)), next: Cell::new(None) };
    WORKER.set(Some(&worker));
    with_current(SchedulerRef::new(core), || {
        loop {
            while let Some(task) = worker.find_or_sleep() {
                task.run();
            }
            if worker.place.borrow().is_some() {
                break;
            }
            let place = core.wait_for_place();
            if place.is_none() {
                break;
            }
            worker.place.replace(place);
        }
    });
    WORKER.set(None);
    drop(worker);
    let mut spares = core.spares.lock();
    spares.threads -= 1;
    core.spares_changed.notify_all();
}
