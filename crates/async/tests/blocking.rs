//! Tasks that block, on workers of the same pool and of others, and pools that are dropped meanwhile.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use runahead_async::{Async, Deterministic, Error, Pool, dispatch, parallel_for, spawn};

#[test]
fn a_worker_that_blocks_inside_another_pool_gives_up_its_place() {
    let (p, q) = (Pool::new(1), Arc::new(Pool::new(1)));
    let (x, y) = (Async::<i32>::new(), Async::new());
    p.run(|| {
        let (write, read) = (x.write(), x.read());
        let q = Arc::clone(&q);
        dispatch(y.write(), move |y| y.set(q.run(|| *read.wait().unwrap() + 1)));
        dispatch(write, |x| x.set(1));
        assert_eq!(*y.wait().unwrap(), 2);
    });
}

#[test]
fn a_worker_that_runs_a_deterministic_scheduler_gives_up_its_place() {
    let pool = Pool::new(1);
    let (x, y) = (Async::<i32>::new(), Async::new());
    pool.run(|| {
        let (write, read) = (x.write(), x.read());
        let started = Async::new();
        let on_start = started.write();
        let read_start = started.read();
        dispatch(y.write(), move |y| {
            let value = Deterministic::new(0).run(|| {
                dispatch(on_start, |started| started.set(()));
                *spawn(async { Ok::<_, Error>(1) }).wait().unwrap()
            });
            y.set(value + *read.wait().unwrap());
        });
        dispatch((read_start, write), |(_, x)| x.set(1));
        assert_eq!(*y.wait().unwrap(), 2);
    });
}

#[test]
fn what_a_blocked_task_releases_still_runs_when_its_pool_is_dropped() {
    for _ in 0..if cfg!(miri) { 3 } else { 300 } {
        let ran = Arc::new(AtomicUsize::new(0));
        let gate = Async::<()>::new();
        let open = gate.write();
        let pool = Pool::new(1);
        let read = gate.read();
        let chain = Async::from(0);
        let entered = Arc::new(AtomicBool::new(false));
        let inside = Arc::clone(&entered);
        pool.task("blocks").dispatch(chain.mutate(), move |_| {
            inside.store(true, Ordering::Release);
            read.wait().unwrap();
        });
        for _ in 0..10 {
            let ran = Arc::clone(&ran);
            pool.task("after").dispatch(chain.mutate(), move |_| {
                ran.fetch_add(1, Ordering::Relaxed);
            });
        }
        while !entered.load(Ordering::Acquire) {
            std::thread::yield_now();
        }
        let opener = std::thread::spawn(move || open.wait().unwrap().set(()));
        drop(pool);
        opener.join().unwrap();
        assert_eq!(ran.load(Ordering::Relaxed), 10);
    }
}

#[test]
fn pools_with_spare_threads_are_dropped_again_and_again() {
    for _ in 0..if cfg!(miri) { 5 } else { 500 } {
        let pool = Pool::new(1);
        let (a, b) = (Async::<i32>::new(), Async::new());
        let (write, read) = (a.write(), a.read());
        pool.task("reads").dispatch(b.write(), move |b| b.set(*read.wait().unwrap()));
        pool.task("writes").dispatch(write, |a| a.set(1));
        assert_eq!(*b.wait().unwrap(), 1);
    }
}

#[test]
fn a_pool_dropped_by_one_of_its_own_tasks() {
    let pool = Arc::new(Pool::new(1));
    let done = Async::new();
    let (open, gate) = std::sync::mpsc::channel();
    let own = Arc::clone(&pool);
    pool.task("drops").dispatch(done.write(), move |done| {
        let () = gate.recv().unwrap();
        drop(own);
        done.set(1);
    });
    drop(pool);
    open.send(()).unwrap();
    assert_eq!(*done.wait().unwrap(), 1);
}

#[test]
fn a_task_that_yields_forever_leaves_the_others_their_turn() {
    struct Yield(bool);
    impl Future for Yield {
        type Output = ();
        fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
            if std::mem::replace(&mut self.0, true) {
                return Poll::Ready(());
            }
            cx.waker().wake_by_ref();
            Poll::Pending
        }
    }
    let pool = Pool::new(1);
    let flag = Arc::new(AtomicBool::new(false));
    let (seen, set) = (Arc::clone(&flag), Arc::clone(&flag));
    let outer = pool.task("both").spawn(async move {
        spawn(async move {
            set.store(true, Ordering::Release);
            Ok::<_, Error>(())
        });
        Ok::<_, Error>(spawn(async move {
            while !seen.load(Ordering::Acquire) {
                Yield(false).await;
            }
            Ok::<_, Error>(())
        }))
    });
    outer.wait().unwrap().wait().unwrap();
}

#[test]
fn the_body_of_a_parallel_for_may_block() {
    for workers in [1, 2, 3] {
        Pool::new(workers).run(|| {
            let done = Async::new();
            dispatch(done.write(), |done| {
                let sum = AtomicUsize::new(0);
                parallel_for(20, &|i| {
                    let value = spawn(async move { Ok::<_, Error>(i) });
                    sum.fetch_add(*value.wait().unwrap(), Ordering::Relaxed);
                });
                done.set(sum.into_inner());
            });
            assert_eq!(*done.wait().unwrap(), 190);
        });
    }
}
