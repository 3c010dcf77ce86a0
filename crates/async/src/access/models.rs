//! Buffers from when they are acquired to their release, and their way into tasks, model-checked: see the models of the
//! [epochs](crate::epoch).
//!
//! A buffer is polled, so that a waiter is queued for it, and then completes in one of several ways, while what is before
//! it ends on another thread. Loom checks that the value is used by one writer or by readers at a time, that epochs,
//! waiters and values are not used after they were freed, and that none is leaked.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use loom::alloc::Track;
use loom::cell::UnsafeCell;
use loom::sync::Notify;
use loom::thread;

use crate::scheduler::{Attached, Scheduler};
use crate::task::Runnable;
use crate::value::Async;
use crate::{MutBuffer, ReadBuffer};

/// A number that loom watches.
struct Watched(UnsafeCell<u32>, #[expect(dead_code, reason = "for loom")] Track<()>);

// SAFETY: what the models check.
unsafe impl Sync for Watched {}

impl Watched {
    fn new(number: u32) -> Watched {
        Watched(UnsafeCell::new(number), Track::new(()))
    }

    fn get(&self) -> u32 {
        // SAFETY: loom checks that nobody writes it.
        self.0.with(|number| unsafe { *number })
    }

    fn add(&mut self, more: u32) {
        // SAFETY: loom checks that nobody else uses it.
        self.0.with_mut(|number| unsafe { *number += more });
    }
}

/// How a buffer completes that was polled.
#[derive(Clone, Copy)]
enum Way {
    Try,
    Poll,
    Drop,
    Dispatch,
}

const WAYS: [Way; 4] = [Way::Try, Way::Poll, Way::Drop, Way::Dispatch];

/// Tasks lie here until the model runs them.
#[derive(Clone, Default)]
struct ByHand(Arc<Mutex<Vec<Runnable>>>);

impl Scheduler for ByHand {
    fn schedule(&self, task: Runnable) {
        self.0.lock().unwrap().push(task);
    }
}

impl ByHand {
    /// Waits for a task and runs it.
    fn run_one(&self) {
        until(|| self.0.lock().unwrap().pop()).run();
    }
}

fn until<R>(mut look: impl FnMut() -> Option<R>) -> R {
    loop {
        if let Some(found) = look() {
            return found;
        }
        thread::yield_now();
    }
}

/// Tells the model's thread that waits.
struct Tells(Notify);

impl Wake for Tells {
    fn wake(self: Arc<Self>) {
        self.0.notify();
    }
}

/// Polls until the future is done; `look` is called in between, and ends this where it finds something.
fn wait<F: Future + Unpin, R>(
    future: &mut F,
    done: impl Fn(F::Output) -> R,
    mut look: impl FnMut(&mut F) -> Option<R>,
) -> R {
    let tells = Arc::new(Tells(Notify::new()));
    let waker = Waker::from(Arc::clone(&tells));
    loop {
        if let Poll::Ready(output) = Pin::new(&mut *future).poll(&mut Context::from_waker(&waker)) {
            return done(output);
        }
        tells.0.wait();
        if let Some(found) = look(future) {
            return found;
        }
    }
}

fn poll<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
    match Pin::new(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Polls so many times, then completes the read in that way; it sees `expected`.
fn read(mut buffer: ReadBuffer<Watched>, polls: usize, way: Way, expected: u32) {
    let check = move |value: &Watched| assert_eq!(value.get(), expected);
    for _ in 0..polls {
        if let Some(value) = poll(&mut buffer) {
            return check(&value.unwrap());
        }
    }
    match way {
        Way::Try => check(&wait(&mut buffer, |value| value, ReadBuffer::try_read).unwrap()),
        Way::Poll => check(&wait(&mut buffer, |value| value, |_| None).unwrap()),
        Way::Drop => drop(buffer),
        Way::Dispatch => {
            let scheduler = ByHand::default();
            let attached = Attached::new(scheduler.clone());
            attached.task("read").dispatch(buffer, move |value| check(value));
            scheduler.run_one();
        }
    }
}

/// Polls so many times, then completes the change in that way, which adds one unless it is dropped.
fn change(mut buffer: MutBuffer<Watched>, polls: usize, way: Way) {
    for _ in 0..polls {
        if let Some(value) = poll(&mut buffer) {
            return value.unwrap().add(1);
        }
    }
    match way {
        Way::Try => wait(&mut buffer, |value| value, MutBuffer::try_mutate).unwrap().add(1),
        Way::Poll => wait(&mut buffer, |value| value, |_| None).unwrap().add(1),
        Way::Drop => drop(buffer),
        Way::Dispatch => {
            let scheduler = ByHand::default();
            let attached = Attached::new(scheduler.clone());
            attached.task("change").dispatch(buffer, |value| value.add(1));
            scheduler.run_one();
        }
    }
}

fn model(preemptions: usize, model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(preemptions));
    builder.check(model);
}

#[test]
fn a_read_that_was_polled_completes_while_its_writer_ends() {
    for way in WAYS {
        for polls in 0..3 {
            model(3, move || {
                let value = Async::<Watched>::new();
                let (mut write, buffer) = (value.write(), value.read());
                drop(value);
                let writer = thread::spawn(move || write.try_write().unwrap().set(Watched::new(1)));
                read(buffer, polls, way, 1);
                writer.join().unwrap();
            });
        }
    }
}

#[test]
fn a_change_that_was_polled_completes_while_what_is_before_ends() {
    for way in WAYS {
        for polls in 0..3 {
            model(3, move || {
                let value = Async::<Watched>::new();
                let (mut write, buffer) = (value.write(), value.mutate());
                drop(value);
                let writer = thread::spawn(move || write.try_write().unwrap().set(Watched::new(1)));
                change(buffer, polls, way);
                writer.join().unwrap();
            });
        }
    }
}

#[test]
fn two_reads_that_were_polled_complete_while_their_writer_ends() {
    for (first, second) in [(Way::Try, Way::Try), (Way::Poll, Way::Drop), (Way::Drop, Way::Try)] {
        model(2, move || {
            let value = Async::<Watched>::new();
            let mut write = value.write();
            let (mine, other) = (value.read(), value.read());
            drop(value);
            let reader = thread::spawn(move || read(other, 1, first, 1));
            let writer = thread::spawn(move || write.try_write().unwrap().set(Watched::new(1)));
            read(mine, 1, second, 1);
            writer.join().unwrap();
            reader.join().unwrap();
        });
    }
}

#[test]
fn a_read_and_the_change_after_it_complete_while_the_writer_before_ends() {
    for (reads, changes) in [(Way::Try, Way::Try), (Way::Drop, Way::Try), (Way::Try, Way::Drop)] {
        model(2, move || {
            let value = Async::<Watched>::new();
            let mut write = value.write();
            let (first, second) = (value.read(), value.mutate());
            drop(value);
            let reader = thread::spawn(move || read(first, 1, reads, 1));
            let writer = thread::spawn(move || write.try_write().unwrap().set(Watched::new(1)));
            change(second, 1, changes);
            writer.join().unwrap();
            reader.join().unwrap();
        });
    }
}

/// The task is registered with two epochs, while those before them end.
#[test]
fn a_task_is_registered_while_the_writers_before_it_end() {
    for polls in 0..2 {
        model(3, move || {
            let (a, b) = (Async::<Watched>::new(), Async::<Watched>::new());
            let (mut write_a, mut write_b) = (a.write(), b.write());
            let (mut read, mut change) = (a.read(), b.mutate());
            drop((a, b));
            let first = thread::spawn(move || write_a.try_write().unwrap().set(Watched::new(1)));
            let scheduler = ByHand::default();
            let attached = Attached::new(scheduler.clone());
            let ready = polls > 0 && (poll(&mut read).is_some() | poll(&mut change).is_some());
            if !ready {
                attached.task("sum").dispatch((read, change), |(a, b)| b.add(a.get()));
            }
            write_b.try_write().unwrap().set(Watched::new(1));
            if !ready {
                scheduler.run_one();
            }
            first.join().unwrap();
        });
    }
}
