//! The epochs' protocol, model-checked: loom runs each model under every interleaving and every outcome that the memory
//! orderings allow.
//!
//! ```sh
//! RUSTFLAGS="--cfg loom" cargo test -p runahead-async --release --lib --target-dir target/loom
//! ```
//!
//! A model acquires accesses, then threads start, finish or give them up. An access whose turn has not come waits, and
//! whoever notifies it does what it was to do, as with dispatched tasks. All models check
//!
//! * that no two threads use the value at a time, save to read (loom watches the value's cell, and likewise the plain
//!   fields of the protocol);
//! * that each access sees what it must (`sees` gives the values that are right);
//! * that each access that waits is notified once, and that nothing is left waiting;
//! * that the value is destroyed once, by then, and that nothing is leaked or used after it was freed.

use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use loom::alloc::Track;
use loom::cell::UnsafeCell;
use loom::thread;

use super::{AfterRelease, Epoch, Link, Notified, Several, Timeline, Waiter};

/// What is counted over a model's run, outside of what loom explores.
#[derive(Default)]
struct Counts {
    destroyed: AtomicUsize,
    /// Accesses that were acquired.
    acquired: AtomicUsize,
    /// Accesses that were finished or given up.
    ended: AtomicUsize,
}

/// A value as [`crate::value`] has it.
#[repr(C)]
struct Value {
    timeline: Timeline,
    first: Epoch,
    data: UnsafeCell<u32>,
    counts: Arc<Counts>,
    _leak_check: Track<()>,
}

/// A handle on a value.
struct Handle(NonNull<Value>);

// SAFETY: what the models check.
unsafe impl Send for Handle {}

/// An access of a value: a unit of one of its epochs, and what to do with it.
#[repr(C)]
struct Access {
    link: Link,
    value: NonNull<Value>,
    epoch: NonNull<Epoch>,
    action: Action,
    _leak_check: Track<()>,
}

#[derive(Clone, Copy)]
enum Action {
    /// To read one of these.
    Read(&'static [u32]),
    /// To find one of these, and write.
    Write(&'static [u32], u32),
}

// SAFETY: what the models check.
unsafe impl Send for Access {}

/// Accesses whose turn has come.
#[derive(Default)]
struct Notifications(Vec<Box<Access>>);

impl Notified for Notifications {
    unsafe fn notify(&mut self, waiter: Waiter) {
        // SAFETY: it is one of our accesses, given up when it began to wait.
        self.0.push(unsafe { Box::from_raw(waiter.into_parts().0.cast::<Access>().as_ptr()) });
    }
}

impl Notifications {
    fn run(mut self) {
        while let Some(access) = self.0.pop() {
            access.finish(&mut self);
        }
    }
}

impl Handle {
    fn new(value: Option<u32>, counts: &Arc<Counts>) -> Handle {
        let (timeline, first) = Timeline::new(value.is_some());
        let value = NonNull::from(Box::leak(Box::new(Value {
            timeline,
            first,
            data: UnsafeCell::new(value.unwrap_or(0)),
            counts: Arc::clone(counts),
            _leak_check: Track::new(()),
        })));
        // SAFETY: just made.
        unsafe {
            let first = NonNull::new_unchecked(&raw mut (*value.as_ptr()).first);
            (*value.as_ptr()).timeline.settle(first, value.cast());
        };
        Handle(value)
    }

    fn value(&self) -> &Value {
        // SAFETY: the handle keeps it alive.
        unsafe { self.0.as_ref() }
    }

    fn access(&self, epoch: NonNull<Epoch>, action: Action) -> Box<Access> {
        Access::new(self.0, epoch, action)
    }

    fn read(&self, sees: &'static [u32]) -> Box<Access> {
        self.access(self.value().timeline.read(), Action::Read(sees))
    }

    /// A read of what is there, where nobody is about to write.
    fn read_if_complete(&self, sees: &'static [u32]) -> Option<Box<Access>> {
        let epoch = self.value().timeline.read_if_complete()?;
        Some(self.access(epoch, Action::Read(sees)))
    }

    fn write(&self, sees: &'static [u32], value: u32) -> Box<Access> {
        self.access(self.value().timeline.write(), Action::Write(sees, value))
    }
}

impl Clone for Handle {
    fn clone(&self) -> Handle {
        self.value().timeline.add_handle();
        Handle(self.0)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let mut notifications = Notifications::default();
        // SAFETY: the handle is given up.
        unsafe {
            let timeline = NonNull::new_unchecked(&raw mut (*self.0.as_ptr()).timeline);
            let after = Timeline::drop_handle(timeline, &mut notifications);
            destroy_after(after);
        }
        notifications.run();
    }
}

/// # Safety
/// `after` is what a release gave.
unsafe fn destroy_after(after: AfterRelease) {
    if let AfterRelease::Destroy(value) = after {
        // SAFETY: the timeline says so, once.
        let value = unsafe { Box::from_raw(value.cast::<Value>().as_ptr()) };
        value.data.with_mut(|_| ());
        value.counts.destroyed.fetch_add(1, Relaxed);
    }
}

impl Access {
    fn new(value: NonNull<Value>, epoch: NonNull<Epoch>, action: Action) -> Box<Access> {
        // SAFETY: the caller has just acquired the unit, which keeps the value alive.
        unsafe { value.as_ref() }.counts.acquired.fetch_add(1, Relaxed);
        Box::new(Access { link: Link::new(true), value, epoch, action, _leak_check: Track::new(()) })
    }

    fn clone_read(&self) -> Box<Access> {
        // SAFETY: the access is a reader.
        unsafe { Epoch::clone_reader(self.epoch) };
        Access::new(self.value, self.epoch, self.action)
    }

    /// Does what is to be done, now or when the turn comes.
    fn start(self: Box<Access>) {
        let access = NonNull::from(Box::leak(self));
        let mut notifications = Notifications::default();
        // SAFETY: the access stays where it is until it is notified, or is ours again at once. A pointer to its link, the
        // first field, is one to the whole.
        unsafe {
            let Access { epoch, action, .. } = *access.as_ref();
            let waiter = Waiter::new(access.cast(), 0);
            let waits = match action {
                Action::Read(_) => {
                    !Epoch::is_complete(epoch) && Epoch::wait_to_read(epoch, waiter, &mut notifications)
                }
                Action::Write(..) => !Epoch::is_ready(epoch) && Epoch::wait_to_write(epoch, waiter),
            };
            if !waits {
                Box::from_raw(access.as_ptr()).finish(&mut notifications);
            }
        }
        notifications.run();
    }

    /// Does what is to be done.
    fn finish(self: Box<Access>, notifications: &mut Notifications) {
        // SAFETY: the unit keeps the value alive, and the turn has come.
        let data = unsafe { &self.value.as_ref().data };
        // SAFETY: the unit is held.
        unsafe {
            match self.action {
                Action::Read(_) => Epoch::prefetch_after_read(self.epoch),
                Action::Write(..) => Epoch::prefetch_after_write(self.epoch),
            }
        }
        match self.action {
            Action::Read(sees) => data.with(|data| {
                // SAFETY: loom checks it.
                assert!(sees.contains(unsafe { &*data }));
            }),
            Action::Write(sees, new) => data.with_mut(|data| {
                // SAFETY: loom checks it.
                assert!(sees.contains(&std::mem::replace(unsafe { &mut *data }, new)));
            }),
        }
        self.release(notifications);
    }

    /// Gives the place up, whether or not its turn has come.
    fn give_up(self: Box<Access>) {
        let mut notifications = Notifications::default();
        self.release(&mut notifications);
        notifications.run();
    }

    fn release(self: Box<Access>, notifications: &mut Notifications) {
        // SAFETY: the unit is ours and is not used again.
        unsafe {
            self.value.as_ref().counts.ended.fetch_add(1, Relaxed);
            let after = match self.action {
                Action::Read(_) => Epoch::release_reader(self.epoch, notifications),
                Action::Write(..) => Epoch::release_writer(self.epoch, notifications),
            };
            destroy_after(after);
        }
    }
}

/// Explores a model of one value. The model gets the first handle, and has joined its threads when it returns.
///
/// At most four times in a run a thread is interrupted where it could go on, which is more than a bug in such a protocol
/// is likely to need; `LOOM_MAX_PREEMPTIONS` sets another bound.
fn model(value: Option<u32>, model: impl Fn(Handle) + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(4));
    builder.check(move || {
        let counts = Arc::new(Counts::default());
        model(Handle::new(value, &counts));
        assert_eq!(counts.ended.load(Relaxed), counts.acquired.load(Relaxed), "something waits for ever");
        assert_eq!(counts.destroyed.load(Relaxed), 1, "the value is destroyed once");
    });
}

#[test]
fn a_writer_and_readers_that_may_wait() {
    model(None, |handle| {
        let (write, first, second) = (handle.write(&[0], 1), handle.read(&[1]), handle.read(&[1]));
        drop(handle);
        let writer = thread::spawn(move || write.start());
        let reader = thread::spawn(move || first.start());
        second.start();
        writer.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn a_reader_and_a_writer_end_while_the_next_writer_is_linked() {
    model(None, |handle| {
        let (write, read) = (handle.write(&[0], 1), handle.read(&[1]));
        let writer = thread::spawn(move || write.start());
        let reader = thread::spawn(move || read.start());
        handle.write(&[1], 2).start();
        handle.read(&[2]).start();
        drop(handle);
        writer.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn what_is_there_is_read_while_writers_end_and_come() {
    model(Some(1), |handle| {
        let write = handle.write(&[1], 2);
        let others = handle.clone();
        let writer = thread::spawn(move || write.start());
        let reader = thread::spawn(move || {
            // Of the first value there can be none any more.
            others.read_if_complete(&[2, 3]).map(Access::start);
        });
        handle.write(&[2], 3).start();
        drop(handle);
        writer.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn a_writer_is_given_up_before_its_turn() {
    model(Some(1), |handle| {
        let (read, given_up, write) = (handle.read(&[1]), handle.write(&[], 2), handle.write(&[1], 3));
        let last = handle.read(&[3]);
        drop(handle);
        let giver = thread::spawn(move || given_up.give_up());
        let reader = thread::spawn(move || read.start());
        write.start();
        last.start();
        giver.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn a_row_of_writers_is_given_up_while_the_first_ends() {
    model(Some(1), |handle| {
        let (read, first, second) = (handle.read(&[1]), handle.write(&[], 2), handle.write(&[], 3));
        let last = handle.read(&[1]);
        drop(handle);
        let giver = thread::spawn(move || second.give_up());
        let reader = thread::spawn(move || read.start());
        first.give_up();
        last.start();
        giver.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn a_value_that_nobody_writes_is_closed_while_readers_wait() {
    model(None, |handle| {
        let (first, second) = (handle.read(&[0]), handle.read(&[0]));
        let reader = thread::spawn(move || first.start());
        let other = thread::spawn(move || second.give_up());
        drop(handle);
        reader.join().unwrap();
        other.join().unwrap();
    });
}

#[test]
fn a_value_is_closed_while_its_writer_and_its_reader_end() {
    model(Some(1), |handle| {
        let (read, write) = (handle.read(&[1]), handle.write(&[1], 2));
        let reader = thread::spawn(move || read.start());
        let writer = thread::spawn(move || write.start());
        drop(handle);
        reader.join().unwrap();
        writer.join().unwrap();
    });
}

#[test]
fn a_reader_is_cloned_while_the_next_writer_comes() {
    model(Some(1), |handle| {
        let read = handle.read(&[1]);
        let reader = thread::spawn(move || {
            let clone = read.clone_read();
            read.start();
            clone.start();
        });
        handle.write(&[1], 2).start();
        let writer = thread::spawn(move || handle.write(&[2], 3).start());
        reader.join().unwrap();
        writer.join().unwrap();
    });
}

#[test]
fn the_last_epoch_serves_again_while_another_thread_acquires() {
    model(Some(1), |handle| {
        let other = handle.clone();
        let thread = thread::spawn(move || other.write(&[1, 3], 2).start());
        handle.write(&[1, 2], 3).start();
        handle.read(&[2, 3]).start();
        drop(handle);
        thread.join().unwrap();
    });
}

#[test]
fn the_last_epoch_serves_again_after_a_reader_on_another_thread() {
    model(Some(1), |handle| {
        let read = handle.read(&[1]);
        let thread = thread::spawn(move || read.start());
        handle.write(&[1], 2).start();
        handle.write(&[2], 3).start();
        handle.read(&[3]).start();
        drop(handle);
        thread.join().unwrap();
    });
}

#[test]
fn two_handles_are_dropped_while_a_writer_ends() {
    model(None, |handle| {
        let write = handle.write(&[0], 1);
        let other = handle.clone();
        let writer = thread::spawn(move || write.start());
        let dropper = thread::spawn(move || drop(other));
        drop(handle);
        writer.join().unwrap();
        dropper.join().unwrap();
    });
}

#[test]
fn two_handles_are_dropped_while_a_reader_ends() {
    model(None, |handle| {
        let read = handle.read(&[0]);
        let other = handle.clone();
        let reader = thread::spawn(move || read.start());
        let dropper = thread::spawn(move || drop(other));
        drop(handle);
        reader.join().unwrap();
        dropper.join().unwrap();
    });
}

#[test]
fn two_readers_begin_to_wait_while_the_writer_ends() {
    model(None, |handle| {
        let write = handle.write(&[0], 1);
        let (first, second, third) = (handle.read(&[1]), handle.read(&[1]), handle.read(&[1]));
        drop(handle);
        let writer = thread::spawn(move || write.start());
        let reader = thread::spawn(move || first.start());
        second.start();
        third.give_up();
        writer.join().unwrap();
        reader.join().unwrap();
    });
}

#[test]
fn a_reader_begins_to_wait_while_its_writer_is_given_up_and_the_one_before_ends() {
    model(Some(1), |handle| {
        let (first, given_up, read) = (handle.write(&[1], 2), handle.write(&[], 3), handle.read(&[2]));
        drop(handle);
        let writer = thread::spawn(move || first.start());
        let giver = thread::spawn(move || given_up.give_up());
        read.start();
        writer.join().unwrap();
        giver.join().unwrap();
    });
}

/// Two values, of which two threads acquire accesses as one step, in orders that are each other's reverse.
fn crosswise(
    accesses: impl Fn(&mut Several, [NonNull<Timeline>; 2]) -> [NonNull<Epoch>; 2] + Sync + Send + Copy + 'static,
) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(3));
    builder.check(move || {
        let counts = Arc::new(Counts::default());
        let values = [Handle::new(Some(0), &counts), Handle::new(Some(0), &counts)];
        let others = [values[1].clone(), values[0].clone()];
        let acquire = move |values: [Handle; 2]| {
            let timelines = values.each_ref().map(|handle| NonNull::from(&handle.value().timeline));
            let epochs = {
                // SAFETY: the handles keep the timelines.
                let mut several = unsafe { Several::lock(&mut timelines.clone()) };
                accesses(&mut several, timelines)
            };
            // SAFETY: the units are held until they are given up below.
            let numbers = epochs.map(|epoch| unsafe { Epoch::number(epoch) });
            assert_eq!(numbers[0], numbers[1], "first on one value, second on the other");
            for (handle, epoch) in values.iter().zip(epochs) {
                handle.access(epoch, Action::Write(&[0], 0)).start();
            }
        };
        let other = thread::spawn(move || acquire(others));
        acquire(values);
        other.join().unwrap();
        assert_eq!(counts.ended.load(Relaxed), counts.acquired.load(Relaxed), "something waits for ever");
        assert_eq!(counts.destroyed.load(Relaxed), 2, "each value is destroyed once");
    });
}

#[test]
fn two_threads_acquire_two_values_crosswise() {
    crosswise(|several, [a, b]| [several.write(a), several.write(b)]);
}

/// Of two that each write one value and read the other, the second reads what the first writes: not neither, which would
/// let each wait for the other's read to end, where a task holds both.
#[test]
fn two_threads_write_one_of_two_values_and_read_the_other() {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(3));
    builder.check(move || {
        let counts = Arc::new(Counts::default());
        let values = [Handle::new(Some(0), &counts), Handle::new(Some(0), &counts)];
        let others = [values[1].clone(), values[0].clone()];
        let behind = Arc::new(AtomicUsize::new(0));
        let acquire = |values: [Handle; 2], behind: &AtomicUsize| {
            let timelines = values.each_ref().map(|handle| NonNull::from(&handle.value().timeline));
            let [write, read] = {
                // SAFETY: the handles keep the timelines.
                let mut several = unsafe { Several::lock(&mut timelines.clone()) };
                [several.write(timelines[0]), several.read(timelines[1])]
            };
            // SAFETY: the unit is held until it is given up below.
            behind.fetch_add(unsafe { Epoch::number(read) } as usize, Relaxed);
            values[0].access(write, Action::Write(&[0], 1)).start();
            values[1].access(read, Action::Read(&[0, 1])).start();
        };
        let other = {
            let behind = Arc::clone(&behind);
            thread::spawn(move || acquire(others, &behind))
        };
        acquire(values, &behind);
        other.join().unwrap();
        assert_eq!(behind.load(Relaxed), 1, "one reads what the other writes");
        assert_eq!(counts.ended.load(Relaxed), counts.acquired.load(Relaxed), "something waits for ever");
        assert_eq!(counts.destroyed.load(Relaxed), 2, "each value is destroyed once");
    });
}
