//! How much submitted work there may be at once.

use std::future::{Future, poll_fn};
use std::task::Poll;

use parking_lot::Mutex;

use crate::scheduler::SchedulerRef;
use crate::wait::block_on;
use crate::wakers::{Registered, Wakers};

/// A bound on the tasks that have begun and not ended, and on the bytes that they say they hold.
pub(crate) struct Budget {
    max_tasks: usize,
    max_bytes: u64,
    spent: Mutex<Spent>,
    waiting: Wakers,
}

#[derive(Default)]
struct Spent {
    tasks: usize,
    bytes: u64,
    /// Tasks that may be counted beyond the bounds.
    overdraft: usize,
}

impl Budget {
    pub(super) fn new(max_tasks: usize, max_bytes: u64) -> Budget {
        Budget { max_tasks, max_bytes, spent: Mutex::default(), waiting: Wakers::default() }
    }

    /// Counts a task, blocking until there is room for it. Where nothing else can run any more, it is counted beyond the
    /// bounds: those that have begun may wait for it.
    pub(crate) fn enter_blocking(&self, bytes: u64, scheduler: SchedulerRef) {
        if !self.try_enter(bytes) && block_on(self.enter(bytes, scheduler)).is_err() {
            let mut spent = self.spent.lock();
            spent.tasks += 1;
            spent.bytes += bytes;
        }
    }

    /// Counts a task when there is room for it.
    pub(crate) fn enter(&self, bytes: u64, scheduler: SchedulerRef) -> impl Future<Output = ()> + Send {
        let registered = Registered::new(self, |budget| &budget.waiting);
        poll_fn(move |context| {
            if self.try_enter(bytes) {
                return Poll::Ready(());
            }
            registered.register(context.waker());
            if self.try_enter(bytes) {
                return Poll::Ready(());
            }
            // Whoever is the last to fall asleep after this looks who waits.
            if scheduler.is_asleep() {
                self.let_one_in();
            }
            Poll::Pending
        })
    }

    /// Counts a task if there is room. One that alone is more than the budget has room when there is no other.
    fn try_enter(&self, bytes: u64) -> bool {
        let mut spent = self.spent.lock();
        let fits = spent.bytes.checked_add(bytes).is_some_and(|bytes| bytes <= self.max_bytes);
        let fits = spent.tasks == 0 || (spent.tasks < self.max_tasks && fits);
        if !fits && spent.overdraft == 0 {
            return false;
        }
        spent.overdraft -= usize::from(!fits);
        spent.tasks += 1;
        spent.bytes += bytes;
        true
    }

    /// Nothing can run at the moment: lets one in who waits, if somebody does, since those who have begun may wait for
    /// what is submitted next.
    pub(super) fn let_one_in(&self) {
        if !self.waiting.is_empty() {
            self.spent.lock().overdraft = 1;
            self.waiting.wake_all();
        }
    }

    /// A task has ended.
    pub(crate) fn leave(&self, bytes: u64) {
        let room = {
            let mut spent = self.spent.lock();
            spent.tasks -= 1;
            spent.bytes -= bytes;
            // Not before a quarter is free, so that one who submits much does not wait for every single task.
            let quarter_is_free = spent.tasks <= self.max_tasks - self.max_tasks.div_ceil(4)
                && spent.bytes <= self.max_bytes - self.max_bytes.div_ceil(4);
            quarter_is_free || spent.tasks == 0
        };
        if room && !self.waiting.is_empty() {
            self.waiting.wake_all();
        }
    }
}
