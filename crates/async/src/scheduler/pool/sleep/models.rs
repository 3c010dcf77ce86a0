//! How workers sleep and are woken, model-checked; see the models of [epochs](crate::epoch) for how to run them.
//!
//! In each model there are tasks that meet: each ends only when all of them run, so that a worker that sleeps while there is
//! a task for it is a deadlock, which loom finds.

use std::collections::VecDeque;
use std::sync::Arc;

use loom::sync::atomic::{AtomicBool, Ordering};
use loom::sync::{Condvar, Mutex};
use loom::thread;

use super::Sleep;

/// Where a worker sleeps until it is left a message.
#[derive(Default)]
pub(super) struct Mailbox<M> {
    message: Mutex<Option<M>>,
    changed: Condvar,
}

impl<M> Mailbox<M> {
    pub(super) fn leave(&self, message: M) {
        *self.message.lock().unwrap() = Some(message);
        self.changed.notify_one();
    }

    pub(super) fn take(&self) -> M {
        let mut state = self.message.lock().unwrap();
        loop {
            match state.take() {
                Some(message) => return message,
                None => state = self.changed.wait(state).unwrap(),
            }
        }
    }
}

/// A pool with one queue, whose tasks all meet.
struct Pool {
    sleep: Sleep,
    /// How many tasks there are.
    queue: Mutex<VecDeque<()>>,
    met: Mutex<usize>,
    arrived: Condvar,
    ended: AtomicBool,
}

impl Pool {
    fn new(workers: usize) -> Arc<Pool> {
        Arc::new(Pool {
            sleep: Sleep::new(workers),
            queue: Mutex::default(),
            met: Mutex::default(),
            arrived: Condvar::new(),
            ended: AtomicBool::new(false),
        })
    }

    fn add(&self) {
        self.queue.lock().unwrap().push_back(());
        self.sleep.wake_one();
    }

    fn take(&self) -> bool {
        self.queue.lock().unwrap().pop_front().is_some()
    }

    fn has_queued(&self) -> bool {
        !self.queue.lock().unwrap().is_empty()
    }

    /// Arrives, and waits until so many have.
    fn meet(&self, count: usize) {
        let mut met = self.met.lock().unwrap();
        *met += 1;
        self.arrived.notify_all();
        while *met < count {
            met = self.arrived.wait(met).unwrap();
        }
    }

    fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
        self.sleep.wake_all();
    }

    fn is_ended(&self) -> bool {
        self.ended.load(Ordering::SeqCst)
    }

    /// What a worker does, which looks once before it sleeps.
    fn work(&self, index: usize, meeting: usize) {
        loop {
            self.sleep.search();
            while !self.take() {
                if self.is_ended() {
                    return self.sleep.found(|| self.has_queued());
                }
                self.sleep.sleep(index, || self.is_ended() || self.has_queued());
            }
            self.sleep.found(|| self.has_queued());
            self.meet(meeting);
        }
    }
}

/// Explores a model, with no more than so many interruptions of threads that could go on.
fn model(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(preemptions));
    builder.check(model);
}

#[test]
fn a_task_finds_the_one_worker() {
    model(4, || {
        let pool = Pool::new(1);
        let worker = thread::spawn({
            let pool = Arc::clone(&pool);
            move || pool.work(0, 2)
        });
        pool.add();
        pool.meet(2);
        pool.end();
        worker.join().unwrap();
    });
}

#[test]
fn tasks_that_meet_find_a_worker_each() {
    model(3, || {
        let pool = Pool::new(2);
        let workers: Vec<_> = (0..2)
            .map(|index| {
                let pool = Arc::clone(&pool);
                thread::spawn(move || pool.work(index, 3))
            })
            .collect();
        pool.add();
        pool.add();
        pool.meet(3);
        pool.end();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
    });
}
