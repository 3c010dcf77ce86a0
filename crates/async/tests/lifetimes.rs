//! What outlives what: builders and tasks their schedulers, tokens their children, wakers their futures.

use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use runahead_async::{
    Async, Attached, CancelToken, Error, ErrorKind, Group, Pool, Runnable, Scheduler, dispatch, spawn, task,
};

/// Completes a future by polling it again and again.
fn complete<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_builder_outlives_its_pool() {
    for budget in [false, true] {
        let pool = Pool::builder().workers(1);
        let pool = if budget { pool.max_tasks(2) } else { pool }.build();
        let builder = pool.run(|| complete(task("late").admitted()));
        let another = builder.clone();
        drop(pool);
        let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
        builder.dispatch(a.write(), |a| a.set(1));
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        let b_task = another.spawn(async { Ok::<_, Error>(1) });
        assert_eq!(b_task.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        drop(b);
    }
}

#[test]
fn a_builder_that_is_being_admitted_outlives_its_pool() {
    let pool = Pool::builder().workers(1).max_tasks(1).build();
    let gate = Async::<()>::new();
    let open = gate.write();
    pool.task("first").dispatch(gate.read(), |()| ());
    let mut second = Box::pin(task("second").admitted());
    let mut context = Context::from_waker(Waker::noop());
    // Nothing can run in the pool, so it may be let in, or not.
    let polled = pool.run(|| second.as_mut().poll(&mut context).map(drop));
    drop(pool);
    drop(open);
    if polled.is_pending() {
        drop(complete(second));
    }
}

/// Tasks lie here until the test runs them; counts how many of it there are.
struct ByHand(Arc<Mutex<Vec<Runnable>>>, Arc<AtomicUsize>);

impl ByHand {
    fn new(queue: &Arc<Mutex<Vec<Runnable>>>, count: &Arc<AtomicUsize>) -> Attached<ByHand> {
        count.fetch_add(1, Ordering::SeqCst);
        Attached::new(ByHand(Arc::clone(queue), Arc::clone(count)))
    }
}

impl Drop for ByHand {
    fn drop(&mut self) {
        self.1.fetch_sub(1, Ordering::SeqCst);
        // A scheduler's own code may submit tasks; they are the global pool's.
        dispatch((), |()| ());
    }
}

impl Scheduler for ByHand {
    fn schedule(&self, task: Runnable) {
        self.0.lock().unwrap().push(task);
    }
}

#[test]
fn a_dropped_scheduler_is_freed_with_its_last_task() {
    let (queue, count) = (Arc::default(), Arc::default());
    let attached = ByHand::new(&queue, &count);
    let gate = Async::<()>::new();
    let open = gate.write();
    attached.task("queued").dispatch((), |()| ());
    attached.task("waits").dispatch(gate.read(), |()| ());
    drop(attached);
    let take = || queue.lock().unwrap().pop();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    take().unwrap().run();
    assert_eq!(count.load(Ordering::SeqCst), 1);
    open.wait().unwrap().set(());
    take().unwrap().run();
    assert_eq!(count.load(Ordering::SeqCst), 0);
    // Without tasks, at once; and with one that is cancelled, with that.
    drop(ByHand::new(&queue, &count));
    assert_eq!(count.load(Ordering::SeqCst), 0);
    let attached = ByHand::new(&queue, &count);
    let future = attached.run(|| spawn(async { Ok::<_, Error>(1) }));
    drop(attached);
    drop(take());
    assert_eq!(future.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn schedulers_are_freed_while_their_tasks_end_on_many_threads() {
    let count = Arc::default();
    for _ in 0..if cfg!(miri) { 5 } else { 500 } {
        let queue = Arc::default();
        let attached = ByHand::new(&queue, &count);
        for _ in 0..6 {
            attached.task("short").dispatch((), |()| ());
        }
        let tasks = std::mem::take(&mut *queue.lock().unwrap());
        let threads: Vec<_> = tasks.into_iter().map(|task| std::thread::spawn(move || task.run())).collect();
        drop(attached);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(count.load(Ordering::SeqCst), 0);
    }
}

#[test]
fn chains_of_tokens_are_dropped_flat() {
    let depth = if cfg!(miri) { 1000 } else { 1_000_000 };
    let mut token = CancelToken::new();
    for _ in 0..depth {
        token = token.child();
    }
    let other = token.child();
    drop(token);
    assert!(!other.is_cancelled());
    drop(other);
}

#[derive(Default)]
struct Counting(AtomicUsize);

impl Wake for Counting {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Polls often, with as many wakers; how many are kept.
fn kept_wakers<F: Future + ?Sized>(mut future: Pin<&mut F>) -> usize {
    let wakers: Vec<Arc<Counting>> = (0..100).map(|_| Arc::default()).collect();
    for waker in &wakers {
        let waker = Waker::from(Arc::clone(waker));
        for _ in 0..3 {
            assert!(future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
    }
    wakers.iter().map(|waker| Arc::strong_count(waker) - 1).sum()
}

#[test]
fn a_future_that_is_polled_often_has_one_waker() {
    let pool = Pool::builder().workers(1).max_tasks(1).build();
    let gate = Async::<()>::new();
    let open = gate.write();
    let group = Group::new();
    pool.task("waits").in_group(&group).dispatch(gate.read(), |()| ());
    let token = CancelToken::new().child();
    for _ in 0..3 {
        // Once a future is dropped, none.
        assert_eq!(kept_wakers(std::pin::pin!((&group).into_future())), 1);
        assert_eq!(
            kept_wakers(std::pin::pin!(token.cancelled())),
            2,
            "one for the token, one for its parent"
        );
        assert_eq!(kept_wakers(std::pin::pin!(gate.read())), 1);
    }
    let waker = Arc::<Counting>::default();
    let given = Waker::from(Arc::clone(&waker));
    let mut wait = Box::pin((&group).into_future());
    assert!(wait.as_mut().poll(&mut Context::from_waker(&given)).is_pending());
    drop(open);
    let _ = pool.wait_idle();
    assert_eq!(waker.0.load(Ordering::SeqCst), 1);
    assert!(wait.as_mut().poll(&mut Context::from_waker(&given)).is_ready());
    drop((wait, given));
    assert_eq!(Arc::strong_count(&waker), 1);
}

#[test]
fn what_is_released_here_runs_while_the_task_goes_on() {
    let pool = Pool::new(2);
    let (a, b, done) = (Async::<i32>::new(), Async::new(), Async::new());
    pool.run(|| {
        let write = a.write();
        let (read, write_b) = (a.read(), b.write());
        dispatch((read, write_b), |(a, b)| b.set(a + 1));
        let seen = b.clone();
        dispatch(done.write(), move |done| {
            task("here").here().dispatch(write, |a| a.set(1));
            // Without blocking: the other worker must be able to take it.
            while !seen.is_ready() {
                std::hint::spin_loop();
            }
            done.set(());
        });
    });
    done.wait().unwrap();
    assert_eq!(*b.wait().unwrap(), 2);
}

#[test]
fn a_pool_whose_threads_cannot_all_be_started_runs_with_fewer() {
    // As large as the address space of a process allows for a few of them, if for any.
    match Pool::builder().workers(16).stack_size(30 << 40).try_build() {
        Err(error) => assert_ne!(error.to_string(), ""),
        Ok(pool) => {
            assert!(pool.workers() < 16 && pool.workers() == pool.threads(), "{}", pool.workers());
            let sum = Async::from(0);
            pool.run(|| {
                for i in 0..1000 {
                    dispatch(sum.mutate(), move |sum| *sum += i);
                    dispatch((), |()| ());
                }
            });
            pool.wait_idle().unwrap();
            assert_eq!(*sum.wait().unwrap(), 499_500);
        }
    }
}

#[test]
fn a_deadline_that_is_awaited_comes() {
    let never = Async::<i32>::new();
    let (read, write) = (never.read(), never.write());
    let waits = task("waits")
        .deadline(Instant::now() + Duration::from_millis(30))
        .spawn(async move { Ok::<_, Error>(*read.await?) });
    let error = waits.wait().unwrap_err();
    assert!(error.kind() == ErrorKind::Cancelled && error.to_string().contains("deadline"), "{error}");
    drop(write);
}
