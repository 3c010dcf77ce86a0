//! The cases with tokio: a task for each, ordered by the channels that tokio has for it.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::sync::{SetOnce, oneshot};

use super::{READERS, Run, side};

/// A runtime that is kept for all cases.
pub(super) struct Runtime(tokio::runtime::Runtime);

/// Tells when as many tasks have ended as there are.
struct Countdown {
    left: AtomicUsize,
    done: std::sync::Mutex<Option<oneshot::Sender<()>>>,
}

impl Countdown {
    fn one_ends(&self) {
        if self.left.fetch_sub(1, Ordering::AcqRel) == 1
            && let Some(done) = self.done.lock().expect("nobody panics").take()
        {
            // The one who waits is the one who made it.
            let _ = done.send(());
        }
    }
}

impl Runtime {
    pub(super) fn new(workers: usize) -> Runtime {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).build();
        Runtime(runtime.expect("threads can be started"))
    }

    /// Has a task submit the others, and waits until all have told that they end.
    fn time(&self, tasks: usize, submit: impl FnOnce(&Arc<Countdown>) + Send + 'static) -> Run {
        let (sender, receiver) = oneshot::channel();
        let countdown =
            Arc::new(Countdown { left: AtomicUsize::new(tasks), done: std::sync::Mutex::new(Some(sender)) });
        let start = Instant::now();
        self.0.spawn(async move { submit(&countdown) });
        self.0.block_on(receiver).expect("all tasks end");
        Run { tasks, seconds: start.elapsed().as_secs_f64() }
    }
}

pub(super) fn independent(runtime: &Runtime, tasks: usize) -> Run {
    runtime.time(tasks, move |countdown| {
        for i in 0..tasks {
            let countdown = Arc::clone(countdown);
            tokio::spawn(async move {
                black_box(i);
                countdown.one_ends();
            });
        }
    })
}

pub(super) fn chain(runtime: &Runtime, tasks: usize) -> Run {
    runtime.time(tasks, move |countdown| {
        let (first, mut before) = oneshot::channel();
        for _ in 0..tasks {
            let countdown = Arc::clone(countdown);
            let (sender, receiver) = oneshot::channel();
            let input = std::mem::replace(&mut before, receiver);
            tokio::spawn(async move {
                let value: usize = input.await.expect("the task before ends");
                // After the last task there is nobody.
                let _ = sender.send(value + 1);
                countdown.one_ends();
            });
        }
        first.send(0).expect("the first task waits");
    })
}

pub(super) fn wavefront(runtime: &Runtime, tasks: usize) -> Run {
    let side = side(tasks);
    runtime.time(side * side, move |countdown| {
        let given = || {
            let (sender, receiver) = oneshot::channel();
            sender.send(1u64).expect("the receiver is there");
            receiver
        };
        let mut above: Vec<_> = (0..side).map(|_| given()).collect();
        for _ in 0..side {
            let mut left = given();
            for cell in &mut above {
                let countdown = Arc::clone(countdown);
                let (down, below) = oneshot::channel();
                let (right, next) = oneshot::channel();
                let inputs = (std::mem::replace(cell, below), std::mem::replace(&mut left, next));
                tokio::spawn(async move {
                    let above = inputs.0.await.expect("the task above ends");
                    let value = above.wrapping_add(inputs.1.await.expect("the task to the left ends"));
                    // At the table's edge there is nobody.
                    let _ = (down.send(value), right.send(value));
                    countdown.one_ends();
                });
            }
        }
    })
}

pub(super) fn fan_out(runtime: &Runtime, tasks: usize) -> Run {
    /// What a group's readers share.
    struct Group {
        value: SetOnce<usize>,
        readers: AtomicUsize,
        next: std::sync::Mutex<Option<oneshot::Sender<()>>>,
    }
    let groups = tasks.div_ceil(READERS);
    // Only readers are counted: a group's writer ends before its readers.
    runtime.time(groups * READERS, move |countdown| {
        let (first, mut may_write) = oneshot::channel();
        for number in 0..groups {
            let (sender, receiver) = oneshot::channel();
            let group = Arc::new(Group {
                value: SetOnce::new(),
                readers: AtomicUsize::new(READERS),
                next: std::sync::Mutex::new(Some(sender)),
            });
            let before = std::mem::replace(&mut may_write, receiver);
            let writes = Arc::clone(&group);
            tokio::spawn(async move {
                before.await.expect("the readers before end");
                writes.value.set(number).expect("nobody else writes");
            });
            for _ in 0..READERS {
                let (countdown, group) = (Arc::clone(countdown), Arc::clone(&group));
                tokio::spawn(async move {
                    assert_eq!(*group.value.wait().await, number);
                    if group.readers.fetch_sub(1, Ordering::AcqRel) == 1
                        && let Some(next) = group.next.lock().expect("nobody panics").take()
                    {
                        // After the last group there is nobody.
                        let _ = next.send(());
                    }
                    countdown.one_ends();
                });
            }
        }
        first.send(()).expect("the first writer waits");
    })
}
