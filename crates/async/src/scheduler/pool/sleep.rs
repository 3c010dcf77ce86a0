//! How workers go to sleep and are woken: `sleep/README.md` tells it with its states.
//!
//! A worker that finds no work first *searches*: it looks again many times, since parking and waking costs thousands
//! of times what a task may cost. Then it *sleeps*. Whoever adds a task wakes a sleeper, unless a worker searches
//! already; a searcher that finds work, and was the last to search, wakes the next one where there is more, so that no
//! task waits while a worker sleeps.
//!
//! The race to close: a worker decides to sleep, or to search no more, while a task is added. The worker announces it, then
//! looks once more into every queue, under its lock; the other adds the task, under the same lock, then looks who sleeps
//! and who searches. Whoever has the lock second sees what the first has done before.

#[cfg(all(test, loom))]
mod models;

use crossbeam_utils::CachePadded;

#[cfg(not(all(test, loom)))]
use crate::quiescence::Mailbox;
use crate::sync::{AtomicU64, Mutex, Ordering};
#[cfg(all(test, loom))]
use models::Mailbox;

pub(super) struct Sleep {
    /// Workers that search in the low half of the word, workers that sleep in the high half.
    counts: CachePadded<AtomicU64>,
    sleepers: Mutex<Vec<usize>>,
    /// Where each worker parks.
    parkers: Vec<CachePadded<Mailbox<()>>>,
}

const SEARCHER: u64 = 1;
const SLEEPER: u64 = 1 << 32;

impl Sleep {
    pub(super) fn new(workers: usize) -> Sleep {
        Sleep {
            counts: CachePadded::new(AtomicU64::new(0)),
            sleepers: Mutex::new(Vec::new()),
            parkers: (0..workers).map(|_| CachePadded::default()).collect(),
        }
    }

    /// A task has been added to a queue: wakes a worker where one sleeps and none searches.
    #[inline]
    pub(super) fn wake_one(&self) {
        let counts = self.counts.load(Ordering::Relaxed);
        if counts >= SLEEPER && counts.is_multiple_of(SLEEPER) {
            self.wake_a_sleeper();
        }
    }

    fn wake_a_sleeper(&self) {
        let Some(index) = self.sleepers.lock().pop() else { return };
        // The woken worker searches from here on, so that not every task that is added now wakes another one.
        self.counts.fetch_add(SEARCHER.wrapping_sub(SLEEPER), Ordering::SeqCst);
        self.parkers[index].leave(());
    }

    /// Wakes all that sleep.
    pub(super) fn wake_all(&self) {
        let sleepers = std::mem::take(&mut *self.sleepers.lock());
        for index in sleepers {
            self.counts.fetch_add(SEARCHER.wrapping_sub(SLEEPER), Ordering::SeqCst);
            self.parkers[index].leave(());
        }
    }

    /// Whether so many workers sleep.
    pub(super) fn all_sleep(&self, workers: usize) -> bool {
        self.counts.load(Ordering::SeqCst) / SLEEPER == workers as u64
    }

    /// A worker begins to search.
    pub(super) fn search(&self) {
        self.counts.fetch_add(SEARCHER, Ordering::SeqCst);
    }

    /// A worker has found work in searching, or stops for another reason; `more` says whether there is work that it has not
    /// taken.
    pub(super) fn found(&self, more: impl FnOnce() -> bool) {
        let before = self.counts.fetch_sub(SEARCHER, Ordering::SeqCst);
        if before % SLEEPER == SEARCHER && before >= SLEEPER && more() {
            self.wake_a_sleeper();
        }
    }

    /// Sleeps until woken, and searches then; `look` says whether there is work after all.
    pub(super) fn sleep(&self, index: usize, look: impl FnOnce() -> bool) {
        self.sleepers.lock().push(index);
        self.counts.fetch_add(SLEEPER.wrapping_sub(SEARCHER), Ordering::SeqCst);
        if look() {
            let mut sleepers = self.sleepers.lock();
            if let Some(at) = sleepers.iter().position(|&other| other == index) {
                sleepers.swap_remove(at);
                self.counts.fetch_add(SEARCHER.wrapping_sub(SLEEPER), Ordering::SeqCst);
                return;
            }
            // Somebody took this worker off the list and is about to wake it.
        }
        self.parkers[index].take();
    }
}
