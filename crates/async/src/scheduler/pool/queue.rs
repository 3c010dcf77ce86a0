//! A queue of tasks that can run: one for each worker, and one for what comes from outside the pool.
//!
//! Its lock is held for a few nanoseconds at a time, by its owner nearly always, so to take it costs one exchange and to
//! leave it a plain store: no more than a lock-free deque needs. And a thief can take many tasks at once, which is what
//! makes small tasks cheap: each theft costs the owner a few misses of its cache. Nobody but the owner waits for the
//! lock: thieves go elsewhere.

use std::cell::UnsafeCell;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use smallvec::SmallVec;

use crate::task::Runnable;

/// The most tasks that are taken from a queue at once.
const BATCH: usize = 256;

/// Tasks taken at once, the oldest first.
pub(super) type Batch = SmallVec<[Runnable; BATCH]>;

#[derive(Default)]
pub(super) struct Queue {
    locked: AtomicBool,
    /// How many tasks there are, for a look without the lock; changed under it.
    len: AtomicUsize,
    tasks: UnsafeCell<Tasks>,
}

#[derive(Default)]
struct Tasks {
    /// The oldest first.
    queue: VecDeque<Runnable>,
    closed: bool,
}

// SAFETY: the tasks are used only under the lock.
unsafe impl Send for Queue {}
// SAFETY: as above.
unsafe impl Sync for Queue {}

/// The lock, held.
struct Guard<'q>(&'q Queue);

impl Guard<'_> {
    #[inline]
    fn tasks(&mut self) -> &mut Tasks {
        // SAFETY: the lock is held, and the borrow of the guard makes this the only reference.
        unsafe { &mut *self.0.tasks.get() }
    }
}

impl Drop for Guard<'_> {
    #[inline]
    fn drop(&mut self) {
        let len = self.tasks().queue.len();
        self.0.len.store(len, Ordering::Relaxed);
        self.0.locked.store(false, Ordering::Release);
    }
}

impl Queue {
    #[inline]
    fn try_lock(&self) -> Option<Guard<'_>> {
        (!self.locked.swap(true, Ordering::Acquire)).then(|| Guard(self))
    }

    #[inline]
    fn lock(&self) -> Guard<'_> {
        loop {
            if let Some(guard) = self.try_lock() {
                return guard;
            }
            self.wait_for_lock();
        }
    }

    #[cold]
    fn wait_for_lock(&self) {
        let mut rounds = 0;
        while self.locked.load(Ordering::Relaxed) {
            rounds += 1;
            // Its holder may have been interrupted.
            if rounds % 256 == 0 {
                std::thread::yield_now();
            } else {
                std::hint::spin_loop();
            }
        }
    }

    /// Adds a task; gives it back where the queue is closed.
    #[inline]
    pub(super) fn push(&self, task: Runnable) -> Result<(), Runnable> {
        let mut guard = self.lock();
        let tasks = guard.tasks();
        if tasks.closed {
            return Err(task);
        }
        tasks.queue.push_back(task);
        Ok(())
    }

    /// Adds tasks to a worker's queue, which is never closed.
    pub(super) fn extend(&self, tasks: impl Iterator<Item = Runnable>) {
        self.lock().tasks().queue.extend(tasks);
    }

    /// Takes the newest task.
    #[inline]
    pub(super) fn pop(&self) -> Option<Runnable> {
        // Only the owner adds to it, so it need not lock to see that there is nothing.
        if self.is_empty() {
            return None;
        }
        let mut guard = self.lock();
        let queue = &mut guard.tasks().queue;
        let task = queue.pop_back();
        if let Some(next) = queue.back() {
            next.prefetch();
        }
        task
    }

    /// Takes the oldest task.
    pub(super) fn pop_oldest(&self) -> Option<Runnable> {
        if self.is_empty() {
            return None;
        }
        self.lock().tasks().queue.pop_front()
    }

    /// Takes the oldest tasks: one out of `share` of all there are, but at least one, where there is one and nobody else
    /// is at the queue.
    pub(super) fn steal(&self, share: usize) -> Batch {
        let mut batch = Batch::new();
        if self.is_empty() {
            return batch;
        }
        if let Some(mut guard) = self.try_lock() {
            let queue = &mut guard.tasks().queue;
            let count = queue.len().div_ceil(share).min(BATCH);
            batch.extend(queue.drain(..count));
        }
        batch
    }

    /// How many tasks there were a moment ago.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no task, for one who is about to sleep: who adds one later sees what this thread did before.
    pub(super) fn is_surely_empty(&self) -> bool {
        self.lock().tasks().queue.is_empty()
    }

    /// Takes no more tasks; returns those that are left.
    pub(super) fn close(&self) -> VecDeque<Runnable> {
        let mut guard = self.lock();
        guard.tasks().closed = true;
        std::mem::take(&mut guard.tasks().queue)
    }
}
