//! What a thread of the pool does.

use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;

use crossbeam_deque::Steal;

use crate::quiescence::{self, KnownThread};
use crate::scheduler::pool::Core;
use crate::scheduler::remains::{self, Pointer};
use crate::scheduler::{Head, PlaceCounter, SchedulerRef, with_current};
use crate::task::Runnable;

/// How often a worker without work looks again before it sleeps: some tens of microseconds.
const SEARCHES: u32 = if cfg!(miri) { 2 } else { 2000 };

/// Each time that it has looked for a task so often, a worker takes one of those that have waited longest.
const IN_TURN: u32 = 61;

/// A worker's index and queue; whichever thread has it is the worker.
pub(super) struct Place {
    index: usize,
    queue: crossbeam_deque::Worker<Runnable>,
    /// Where to begin to steal.
    victim: usize,
    /// How often the worker has looked for a task.
    finds: u32,
}

impl Place {
    pub(super) fn new(index: usize, queue: crossbeam_deque::Worker<Runnable>) -> Place {
        Place { index, queue, victim: index, finds: 0 }
    }
}

/// The calling thread as one of a pool's.
pub(crate) struct Worker {
    core: &'static Core,
    /// `None` after the thread has blocked, until its task has ended.
    place: RefCell<Option<Place>>,
    /// The place's counter of tasks.
    counter: Cell<Option<&'static PlaceCounter>>,
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

    /// Where the calling thread is a worker, gives its place to another one, since it is about to block.
    pub(crate) fn leave_place() {
        Worker::with(|worker| worker.map(Worker::leave));
    }

    pub(crate) fn scheduler(&self) -> SchedulerRef {
        SchedulerRef::new(&self.core.head)
    }

    /// Calls `f` with the counter of the calling thread's place, where it has one in that head's pool.
    #[inline]
    pub(crate) fn count(head: &Head, f: impl FnOnce(&PlaceCounter)) -> bool {
        Worker::with(|worker| {
            let counter = worker.filter(|worker| std::ptr::eq(&raw const worker.core.head, head));
            counter.and_then(|worker| worker.counter.get()).map(f).is_some()
        })
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

    /// Gives this thread's place to another one.
    fn leave(&self) {
        let Some(place) = self.place.take() else { return };
        self.counter.set(None);
        if let Some(task) = self.next.take() {
            place.queue.push(task);
        }
        self.core.displaced.fetch_add(1, Ordering::SeqCst);
        self.core.hand_over(place);
    }

    /// Finds a task: the next one, the newest of its own, the oldest of the shared queue, the oldest of another's.
    fn find(&self) -> Option<Runnable> {
        let mut place = self.place.borrow_mut();
        let place = place.as_mut()?;
        place.finds = place.finds.wrapping_add(1);
        if place.finds % IN_TURN == 0
            && let Some(task) = self.find_neglected(place)
        {
            return Some(task);
        }
        if let Some(task) = self.next.take().or_else(|| place.queue.pop()) {
            return Some(task);
        }
        if let Some(task) = self.find_outside(place) {
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

    fn find_outside(&self, place: &Place) -> Option<Runnable> {
        self.core.injector.take(self.workers(), |task| place.queue.push(task))
    }

    /// Finds a task that could wait for ever while there are newer ones: the oldest of the shared queue or the oldest
    /// of this worker's own.
    fn find_neglected(&self, place: &Place) -> Option<Runnable> {
        if (place.finds / IN_TURN).is_multiple_of(2) {
            self.find_outside(place)
        } else {
            self.core.stealers[place.index].steal().success()
        }
    }

    /// Finds a task, searching and sleeping if need be; `None` when the thread has no place any more, or the pool is
    /// closed and nothing is left to run.
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
            if self.core.may_end() {
                // What a displaced thread has left before it came back.
                let last = self.find();
                sleep.found();
                return last;
            }
            sleep.sleep(index, || self.core.may_end() || self.core.has_work());
        }
    }
}

impl Core {
    fn has_work(&self) -> bool {
        !self.injector.is_empty() || self.stealers.iter().any(|stealer| !stealer.is_empty())
    }

    /// Whether workers without work may end: no more tasks can come, save from threads outside.
    fn may_end(&self) -> bool {
        self.is_closed() && self.displaced.load(Ordering::SeqCst) == 0
    }

    /// A thread that gave up its place has ended its task.
    fn comes_back(&self) {
        if self.displaced.fetch_sub(1, Ordering::SeqCst) == 1 && self.is_closed() {
            self.sleep.wake_all();
        }
    }

    /// Waits for a place; `None` when the pool is closed. `starts` says whether the thread comes for its first one.
    fn wait_for_place(&self, starts: bool) -> Option<Place> {
        let mut spares = self.spares.lock();
        if starts {
            spares.starting -= 1;
        }
        if let Some(place) = spares.unclaimed.pop() {
            return Some(place);
        }
        if self.is_closed() {
            return None;
        }
        spares.waiting += 1;
        drop(spares);
        quiescence::sleeps();
        let mut spares = self.spares.lock();
        while spares.given.is_empty() && !self.is_closed() {
            self.spares_changed.wait(&mut spares);
        }
        spares.waiting -= 1;
        let place = spares.given.pop();
        if place.is_none() {
            quiescence::wakes();
        }
        place
    }

    /// What a thread of the pool does: takes places and runs their tasks.
    fn work(&'static self) {
        let worker =
            Worker { core: self, place: RefCell::new(None), counter: Cell::new(None), next: Cell::new(None) };
        WORKER.set(Some(&worker));
        with_current(worker.scheduler(), || {
            let mut starts = true;
            while let Some(place) = self.wait_for_place(std::mem::take(&mut starts)) {
                worker.counter.set(Some(self.head.place_counter(place.index)));
                worker.place.replace(Some(place));
                while let Some(task) = worker.find_or_sleep() {
                    task.run();
                }
                if worker.place.take().is_some() {
                    worker.counter.set(None);
                    break;
                }
                self.comes_back();
            }
        });
        WORKER.set(None);
    }
}

pub(super) fn main(core: Pointer<Core>, _known: KnownThread) {
    // SAFETY: the core is freed when its last thread has left, by that thread or by the one that it tells.
    let (last, closer) = unsafe {
        core.core().work();
        let mut spares = core.core().spares.lock();
        spares.threads -= 1;
        let last = spares.threads == 0;
        (last, spares.closer.take_if(|_| last))
    };
    if !last {
        return;
    }
    // What came after the last worker had looked.
    // SAFETY: as above.
    drop(unsafe { core.core() }.injector.close());
    match closer {
        Some(closer) => closer.leave(()),
        // SAFETY: nobody waits to do it, and no other thread is left.
        None => unsafe { remains::leave(core) },
    }
}
