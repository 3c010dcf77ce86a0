//! Schedulers of the program's own.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use runahead_async::{Async, Attached, Error, ErrorKind, Runnable, Scheduler, spawn, task};

/// Tasks lie here until the test runs them.
#[derive(Clone, Default)]
struct ByHand(Arc<Mutex<VecDeque<Runnable>>>);

impl Scheduler for ByHand {
    fn schedule(&self, task: Runnable) {
        self.0.lock().unwrap().push_back(task);
    }
}

impl ByHand {
    fn run_all(&self) -> usize {
        let next = || self.0.lock().unwrap().pop_front();
        std::iter::from_fn(next).map(Runnable::run).count()
    }
}

#[test]
fn tasks_run_when_the_scheduler_runs_them() {
    let queue = ByHand::default();
    let attached = Attached::new(queue.clone());
    let a = Async::from(1);
    attached.task("add").dispatch(a.mutate(), |a| *a += 1);
    let read = a.read();
    let sum = attached.run(|| spawn(async move { Ok::<_, Error>(*read.await? + 10) }));
    assert!(!a.is_ready() && attached.live_tasks() == 2);
    assert!(queue.run_all() >= 2);
    assert_eq!((*a.wait().unwrap(), *sum.wait().unwrap(), attached.live_tasks()), (2, 12, 0));
    attached.wait_idle().unwrap();
}

#[test]
fn what_a_task_submits_stays_on_its_scheduler() {
    let queue = ByHand::default();
    let attached = Attached::new(queue.clone());
    let ran = Arc::new(AtomicUsize::new(0));
    let inner = Arc::clone(&ran);
    attached.task("outer").dispatch((), move |()| {
        task("inner").dispatch((), move |()| {
            inner.fetch_add(1, Ordering::Relaxed);
        });
    });
    assert_eq!((queue.run_all(), ran.load(Ordering::Relaxed)), (2, 1));
}

#[test]
fn a_dropped_runnable_cancels_its_task() {
    let queue = ByHand::default();
    let attached = Attached::new(queue.clone());
    let a = Async::<i32>::new();
    attached.task("never").dispatch(a.write(), |a| a.set(1));
    queue.0.lock().unwrap().clear();
    assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
}

#[test]
fn tasks_outlive_the_handle_on_their_scheduler() {
    let queue = ByHand::default();
    let attached = Attached::new(queue.clone());
    let (gate, a) = (Async::<i32>::new(), Async::new());
    attached.task("late").dispatch((gate.read(), a.write()), |(gate, a)| a.set(gate + 1));
    drop(attached);
    gate.write().wait().unwrap().set(1);
    // Frees what nobody needs; the queued task needs its scheduler.
    drop(Attached::new(ByHand::default()));
    assert_eq!(queue.run_all(), 1);
    assert_eq!(*a.wait().unwrap(), 2);
}

#[test]
fn a_scheduler_is_dropped_with_its_last_task() {
    struct Told(ByHand, mpsc::Sender<()>);
    impl Scheduler for Told {
        fn schedule(&self, task: Runnable) {
            self.0.schedule(task);
        }
    }
    impl Drop for Told {
        fn drop(&mut self) {
            let _ = self.1.send(());
        }
    }
    let (queue, (tell, dropped)) = (ByHand::default(), mpsc::channel());
    let attached = Attached::new(Told(queue.clone(), tell));
    attached.task("last").dispatch((), |()| ());
    drop(attached);
    assert!(dropped.try_recv().is_err());
    queue.run_all();
    while dropped.try_recv().is_err() {
        // Another test's thread may be about to look.
        drop(Attached::new(ByHand::default()));
        std::thread::yield_now();
    }
}
