//! The queue of tasks that come from outside the pool.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_utils::CachePadded;
use parking_lot::Mutex;

use crate::task::Runnable;

/// The most tasks that a worker takes at once.
const BATCH: usize = 64;

/// A first-in, first-out queue that workers take batches of.
#[derive(Default)]
pub(super) struct Injector {
    queue: CachePadded<Mutex<Queue>>,
    len: CachePadded<AtomicUsize>,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Runnable>,
    closed: bool,
}

impl Injector {
    /// Adds a task; gives it back where the queue is closed.
    pub(super) fn push(&self, task: Runnable) -> Result<(), Runnable> {
        let mut queue = self.queue.lock();
        if queue.closed {
            return Err(task);
        }
        queue.tasks.push_back(task);
        self.len.store(queue.tasks.len(), Ordering::Release);
        Ok(())
    }

    /// Takes the oldest task, and gives some more to `more`: this worker's share of what there is.
    pub(super) fn take(&self, workers: usize, mut more: impl FnMut(Runnable)) -> Option<Runnable> {
        if self.is_empty() {
            return None;
        }
        let mut queue = self.queue.lock();
        let share = (queue.tasks.len() / workers).min(BATCH);
        let first = queue.tasks.pop_front();
        // The receiver takes the newest first, so the oldest goes last.
        let rest = share.saturating_sub(1).min(queue.tasks.len());
        queue.tasks.drain(..rest).rev().for_each(&mut more);
        self.len.store(queue.tasks.len(), Ordering::Release);
        first
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len.load(Ordering::Acquire) == 0
    }

    /// Takes no more tasks; returns those that are left.
    pub(super) fn close(&self) -> VecDeque<Runnable> {
        let mut queue = self.queue.lock();
        queue.closed = true;
        self.len.store(0, Ordering::Release);
        std::mem::take(&mut queue.tasks)
    }
}
