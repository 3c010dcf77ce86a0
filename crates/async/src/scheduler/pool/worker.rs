//! What a thread of the pool does.

use std::cell::Cell;
use std::sync::atomic::Ordering;

use crate::quiescence::{self, KnownThread};
use crate::scheduler::pool::Core;
use crate::scheduler::pool::queue::Queue;
use crate::scheduler::pool::topology::keep_to;
use crate::scheduler::reaper::{self, Pointer};
use crate::scheduler::{Head, PlaceCounter, Scheduler, SchedulerRef, with_current};
use crate::task::Runnable;

/// How often a worker without work looks again before it sleeps, at least twice: some tens of microseconds.
const SEARCHES: u32 = if cfg!(miri) { 2 } else { 2000 };

/// Each time that it has looked for a task so often, a worker takes one of those that have waited longest.
const IN_TURN: u32 = 61;

/// A worker's index, and with it its queue; whichever thread has it is the worker.
pub(super) struct Place(usize);

impl Place {
    pub(super) fn new(index: usize) -> Place {
        Place(index)
    }
}

/// The calling thread as one of a pool's.
pub(crate) struct Worker {
    core: &'static Core,
    /// `None` after the thread has blocked, until its task has ended.
    place: Cell<Option<Taken>>,
    /// The task to run next.
    next: Cell<Option<Runnable>>,
    /// Where to begin to steal.
    victim: Cell<usize>,
    /// How often the worker has looked for a task.
    finds: Cell<u32>,
}

/// A place that a thread has taken, and what belongs to it.
#[derive(Clone, Copy)]
struct Taken {
    index: usize,
    queue: &'static Queue,
    counter: &'static PlaceCounter,
}

thread_local! {
    static WORKER: Cell<*const Worker> = const { Cell::new(std::ptr::null()) };
}

impl Worker {
    /// Calls `f` with the calling thread's worker, where it is one.
    #[inline]
    pub(crate) fn with<R>(f: impl FnOnce(Option<&Worker>) -> R) -> R {
        // SAFETY: `work` sets the pointer to a worker that lives as long as the thread runs tasks.
        f(unsafe { WORKER.get().as_ref() })
    }

    /// Where the calling thread is a worker, gives its place to another one, since it is about to block.
    pub(crate) fn leave_place() {
        Worker::with(|worker| worker.map(Worker::leave));
    }

    /// Where the calling thread is a worker that was to run a task next, lets others have that task.
    pub(crate) fn offer_next() {
        Worker::with(|worker| {
            if let Some(worker) = worker
                && let Some(task) = worker.next.take()
            {
                worker.core.schedule(task);
            }
        });
    }

    pub(crate) fn scheduler(&self) -> SchedulerRef {
        SchedulerRef::new(&self.core.head)
    }

    /// Calls `f` with the counter of the calling thread's place, where it has one in that head's pool.
    #[inline]
    pub(crate) fn count(head: &Head, f: impl FnOnce(&PlaceCounter)) -> bool {
        Worker::with(|worker| {
            let worker = worker.filter(|worker| std::ptr::eq(&raw const worker.core.head, head));
            worker.and_then(|worker| worker.place.get()).map(|place| f(place.counter)).is_some()
        })
    }

    #[inline]
    pub(super) fn is_of(&self, core: &Core) -> bool {
        std::ptr::eq(self.core, core)
    }

    /// How many workers the pool has.
    fn workers(&self) -> usize {
        self.core.queues.len()
    }

    /// Queues a task here; gives it back where the thread has no place.
    #[inline]
    pub(super) fn push(&self, task: Runnable) -> Result<(), Runnable> {
        match self.place.get() {
            Some(place) => place.queue.push(task),
            None => Err(task),
        }
    }

    /// Queues tasks here; `false` where the thread has no place.
    pub(super) fn push_all(&self, tasks: &mut dyn Iterator<Item = Runnable>) -> bool {
        self.place.get().map(|place| place.queue.extend(tasks)).is_some()
    }

    /// Takes a task to run next here; gives it back where it cannot, or the one that it takes the place of.
    #[inline]
    pub(super) fn push_next(&self, task: Runnable) -> Result<(), Runnable> {
        if self.place.get().is_none() {
            return Err(task);
        }
        self.next.replace(Some(task)).map_or(Ok(()), Err)
    }

    /// Gives this thread's place to another one.
    fn leave(&self) {
        let Some(place) = self.place.take() else { return };
        if let Some(task) = self.next.take() {
            let pushed = place.queue.push(task);
            debug_assert!(pushed.is_ok(), "a worker's queue is never closed");
        }
        self.core.displaced.fetch_add(1, Ordering::SeqCst);
        self.core.hand_over(Place(place.index));
    }

    /// Finds a task: the next one, the newest of its own, the oldest of the shared queue, the oldest of another's. Another
    /// worker's only task is taken `at_last`, where a look before has found nothing: its owner is likely to run it about
    /// now, and to take it away costs both of them more than to run it.
    #[inline]
    fn find(&self, at_last: bool) -> Option<Runnable> {
        let place = self.place.get()?;
        let finds = self.finds.get().wrapping_add(1);
        self.finds.set(finds);
        if finds.is_multiple_of(IN_TURN)
            && let Some(task) = self.find_neglected(place)
        {
            return Some(task);
        }
        if !self.core.high_priority.is_empty()
            && let Some(task) = self.core.high_priority.pop_oldest()
        {
            return Some(task);
        }
        self.next.take().or_else(|| place.queue.pop()).or_else(|| self.find_elsewhere(place, at_last))
    }

    fn find_elsewhere(&self, place: Taken, at_last: bool) -> Option<Runnable> {
        if let Some(task) = self.find_on_node(place).or_else(|| self.find_injected(place)) {
            return Some(task);
        }
        if let Some(task) = self.steal_where(place, at_last, |victim| self.is_near(place, victim)) {
            return Some(task);
        }
        let elsewhere =
            if self.core.of_nodes.is_empty() { None } else { self.find_on_other_nodes(place, at_last) };
        elsewhere.or_else(|| self.core.low_priority.pop_oldest())
    }

    #[inline]
    fn steal_where(&self, place: Taken, at_last: bool, may_rob: impl Fn(usize) -> bool) -> Option<Runnable> {
        let workers = self.workers();
        for _ in 0..workers {
            let victim = (self.victim.get() + 1) % workers;
            self.victim.set(victim);
            if victim == place.index || !may_rob(victim) {
                continue;
            }
            let queue = &self.core.queues[victim];
            if (at_last || queue.len() > 1)
                && let Some(task) = self.steal(place, queue, 2)
            {
                return Some(task);
            }
        }
        None
    }

    /// Whether a worker belongs to the same node.
    #[inline]
    fn is_near(&self, place: Taken, other: usize) -> bool {
        self.core.of_nodes.is_empty()
            || self.core.affinity[place.index].node == self.core.affinity[other].node
    }

    /// Finds a task that is to run on this worker's node.
    #[inline]
    fn find_on_node(&self, place: Taken) -> Option<Runnable> {
        if self.core.of_nodes.is_empty() {
            return None;
        }
        self.core.of_nodes[self.core.affinity[place.index].node].pop_oldest()
    }

    /// Finds a task of another node's workers, or else one that is to run there.
    #[cold]
    fn find_on_other_nodes(&self, place: Taken, at_last: bool) -> Option<Runnable> {
        let stolen = self.steal_where(place, at_last, |victim| !self.is_near(place, victim));
        stolen.or_else(|| self.core.of_nodes.iter().find_map(|queue| queue.pop_oldest()))
    }

    /// Puts a task back that was taken while the pool is paused, and sleeps until it is resumed.
    #[cold]
    fn put_back(&self, task: Runnable) {
        let Some(place) = self.place.get() else { return };
        let pushed = place.queue.push(task);
        debug_assert!(pushed.is_ok(), "a worker's queue is never closed");
        let Core { sleep, pause, .. } = self.core;
        sleep.search();
        while pause.is_on() {
            sleep.sleep(place.index, || !pause.is_surely_on());
        }
        sleep.found(|| self.core.has_queued());
    }

    fn find_injected(&self, place: Taken) -> Option<Runnable> {
        self.steal(place, &self.core.injector, self.workers())
    }

    /// Takes one out of `share` of another queue's tasks: the oldest to be run, the rest for this place's own queue.
    fn steal(&self, place: Taken, queue: &Queue, share: usize) -> Option<Runnable> {
        let mut batch = queue.steal(share);
        if batch.len() > 1 {
            // The newest in the queue is taken first.
            place.queue.extend(batch.drain(1..).rev());
        }
        batch.pop()
    }

    /// Finds a task that could wait for ever while there are newer ones: the oldest of the shared queue, the
    /// oldest of this worker's own, one of low priority.
    #[cold]
    fn find_neglected(&self, place: Taken) -> Option<Runnable> {
        match self.finds.get() / IN_TURN % 3 {
            0 => self.find_injected(place),
            1 => place.queue.pop_oldest(),
            _ => self.core.low_priority.pop_oldest(),
        }
    }

    /// Finds a task, searching and sleeping if need be; `None` when the thread has no place any more, or the pool is
    /// closed and nothing is left to run.
    fn find_or_sleep(&self) -> Option<Runnable> {
        let index = self.place.get()?.index;
        self.core.head.tell_if_idle();
        let sleep = &self.core.sleep;
        sleep.search();
        loop {
            for round in 0..SEARCHES {
                if let Some(task) = self.find(round > 0) {
                    sleep.found(|| self.core.has_queued());
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
                let last = self.find(true);
                sleep.found(|| self.core.has_queued());
                return last;
            }
            sleep.sleep(index, || self.core.may_end() || self.core.has_work());
        }
    }

    /// Runs tasks until the thread has no place any more, or the pool is closed and nothing is left to run.
    fn run_tasks(&self) {
        while let Some(task) = self.find(false).or_else(|| self.find_or_sleep()) {
            if self.core.pause.is_on() {
                self.put_back(task);
            } else {
                task.run_here();
            }
        }
    }
}

impl Core {
    /// Whether a task is in a queue, for a worker that has announced that it sleeps, or searches no more.
    fn has_queued(&self) -> bool {
        [&self.high_priority, &self.injector, &self.low_priority]
            .into_iter()
            .chain(&self.queues)
            .chain(&self.of_nodes)
            .any(|queue| !queue.is_surely_empty())
    }

    /// Whether a task can run, for a worker that has announced that it sleeps.
    fn has_work(&self) -> bool {
        self.head.tell_if_idle();
        let work = self.has_queued();
        if let Some(budget) = self.head.budget()
            && !work
            && !self.pause.is_surely_on()
            && self.sleep.all_sleep(self.workers())
        {
            budget.let_one_in();
        }
        work
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
        let worker = Worker {
            core: self,
            place: Cell::new(None),
            next: Cell::new(None),
            victim: Cell::new(0),
            finds: Cell::new(0),
        };
        WORKER.set(&worker);
        with_current(worker.scheduler(), || {
            let mut starts = true;
            while let Some(place) = self.wait_for_place(std::mem::take(&mut starts)) {
                let (queue, counter) = (&*self.queues[place.0], self.head.place_counter(place.0));
                worker.place.set(Some(Taken { index: place.0, queue, counter }));
                keep_to(&self.affinity[place.0].cores);
                worker.run_tasks();
                if worker.place.take().is_some() {
                    break;
                }
                self.comes_back();
            }
        });
        WORKER.set(std::ptr::null());
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
    let core_of_the_last = unsafe { core.core() };
    let Core { high_priority, injector, low_priority, of_nodes, .. } = core_of_the_last;
    for queue in [high_priority, injector, low_priority].into_iter().chain(of_nodes) {
        drop(queue.close());
    }
    match closer {
        Some(closer) => closer.leave(()),
        // SAFETY: nobody waits to do it, and no other thread is left.
        None => unsafe { reaper::leave(core) },
    }
}
