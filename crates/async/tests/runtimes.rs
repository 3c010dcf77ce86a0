//! The adapters to tokio and rayon.
#![cfg(all(feature = "tokio", feature = "rayon"))]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_async::{
    Async, Attached, Deterministic, Error, ErrorKind, Pool, RayonScheduler, Scheduler, TokioScheduler,
    dispatch, spawn,
};
use tokio::runtime::{Builder, Runtime};

fn runtime(workers: usize) -> Runtime {
    Builder::new_multi_thread().worker_threads(workers).build().unwrap()
}

fn rayon_pool(workers: usize) -> Arc<rayon::ThreadPool> {
    Arc::new(rayon::ThreadPoolBuilder::new().num_threads(workers).build().unwrap())
}

/// Runs a test under both, with 1, 2 and 4 workers.
fn everywhere(on_tokio: impl Fn(&Attached<TokioScheduler>), on_rayon: impl Fn(&Attached<RayonScheduler>)) {
    for workers in [1, 2, 4] {
        let runtime = runtime(workers);
        on_tokio(&Attached::tokio(runtime.handle().clone()));
        on_rayon(&Attached::rayon(rayon_pool(workers)));
    }
}

fn chains_and_fans<S: Scheduler>(attached: &Attached<S>) {
    let (sum, ran) = (Async::from(0), Arc::new(AtomicUsize::new(0)));
    attached.run(|| {
        for i in 0..2000 {
            dispatch(sum.mutate(), move |sum| *sum += i);
            let (read, ran) = (sum.read(), Arc::clone(&ran));
            dispatch(read, move |_| {
                ran.fetch_add(1, Ordering::Relaxed);
            });
        }
        let read = sum.read();
        let seen = spawn(async move { Ok::<_, Error>(*read.await?) });
        assert_eq!((*sum.wait().unwrap(), *seen.wait().unwrap()), (1_999_000, 1_999_000));
    });
    attached.wait_idle().unwrap();
    assert_eq!((ran.load(Ordering::Relaxed), attached.live_tasks()), (2000, 0));
}

#[test]
fn tasks_run_in_order() {
    everywhere(chains_and_fans, chains_and_fans);
}

/// Each level waits for tasks of the next one: many more block than there are workers.
fn fork(depth: usize) -> i32 {
    if depth == 0 {
        return 1;
    }
    let branches: Vec<_> = (0..2)
        .map(|_| {
            let result = Async::new();
            dispatch(result.write(), move |result| result.set(fork(depth - 1)));
            result
        })
        .collect();
    branches.iter().map(|branch| *branch.wait().unwrap()).sum()
}

fn nested_waits<S: Scheduler>(attached: &Attached<S>) {
    for _ in 0..10 {
        assert_eq!(attached.run(|| fork(5)), 32);
        let inside = Async::new();
        attached.task("inside").dispatch(inside.write(), |inside| inside.set(fork(5)));
        assert_eq!(*inside.wait().unwrap(), 32);
    }
}

#[test]
fn waiting_inside_tasks_never_deadlocks() {
    everywhere(nested_waits, nested_waits);
    let runtime = runtime(1);
    let attached = Attached::tokio(runtime.handle().clone());
    nested_waits(&attached);
    assert!(attached.scheduler().spare_threads() > 0);
}

#[test]
fn the_waiting_task_is_the_runtimes_only_thread() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let attached = Attached::tokio(runtime.handle().clone());
    runtime.block_on(async {
        let a = Async::from(1);
        attached.task("double").dispatch(a.mutate(), |a| *a *= 2);
        // Blocks the thread that would run the task.
        assert_eq!(attached.run(|| *a.wait().unwrap()), 2);
        attached.task("double").dispatch(a.mutate(), |a| *a *= 2);
        assert_eq!(*a.read().await.unwrap(), 4);
    });
}

#[test]
fn a_blocked_task_waits_for_a_future_of_the_runtimes_own() {
    for workers in [1, 2, 4] {
        let runtime = runtime(workers);
        let attached = Attached::tokio(runtime.handle().clone());
        for _ in 0..50 {
            let (a, b) = (Async::new(), Async::new());
            let (write, read) = (a.write(), a.read());
            attached.task("blocks").dispatch(b.write(), move |b| {
                tokio::spawn(async move { write.await.unwrap().set(1) });
                b.set(*read.wait().unwrap());
            });
            assert_eq!(*b.wait().unwrap(), 1);
        }
    }
}

#[test]
fn a_runtime_that_is_shut_down_cancels_its_tasks() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let attached = Attached::tokio(runtime.handle().clone());
    let (before, after) = (Async::<i32>::new(), Async::<i32>::new());
    attached.task("before").dispatch(before.write(), |before| before.set(1));
    drop(runtime);
    attached.task("after").dispatch(after.write(), |after| after.set(1));
    for value in [before, after] {
        assert_eq!(value.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    }
    assert_eq!(attached.live_tasks(), 0);
}

#[test]
fn adapters_come_and_go_while_their_tasks_end() {
    let (runtime, pool) = (runtime(2), rayon_pool(2));
    for _ in 0..300 {
        let (a, b) = (Async::from(0), Async::from(0));
        let (on_tokio, on_rayon) =
            (Attached::tokio(runtime.handle().clone()), Attached::rayon(Arc::clone(&pool)));
        for _ in 0..3 {
            on_tokio.task("add").dispatch(a.mutate(), |a| *a += 1);
            on_rayon.task("add").dispatch(b.mutate(), |b| *b += 1);
        }
        drop((on_tokio, on_rayon));
        assert_eq!((*a.wait().unwrap(), *b.wait().unwrap()), (3, 3));
    }
}

/// A task of `attached` waits, on behalf of another scheduler, for one that only `attached` can run.
fn waits_under_other_schedulers<S: Scheduler>(attached: &Attached<S>) {
    let pool = Arc::new(Pool::new(1));
    for round in 0..60 {
        let (a, b) = (Async::new(), Async::new());
        let (write, read) = (a.write(), a.read());
        let pool = Arc::clone(&pool);
        let nested = Attached::rayon(rayon_pool(1));
        attached.task("waits").dispatch(b.write(), move |b| {
            let wait = || *read.wait().unwrap();
            b.set(match round % 3 {
                0 => pool.run(wait),
                1 => nested.run(wait),
                _ => {
                    Deterministic::new(0).run(|| {
                        let inner = spawn(async { Ok::<_, Error>(0) });
                        *inner.wait().unwrap()
                    }) + wait()
                }
            });
        });
        attached.task("writes").dispatch(write, |a| a.set(1));
        assert_eq!(*b.wait().unwrap(), 1);
    }
}

#[test]
fn a_worker_that_waits_on_behalf_of_another_scheduler_is_stood_in_for() {
    everywhere(waits_under_other_schedulers, waits_under_other_schedulers);
}

#[test]
fn spare_threads_are_inside_the_runtime_too() {
    let runtime = runtime(1);
    let attached = Attached::tokio(runtime.handle().clone());
    for _ in 0..50 {
        let (a, b) = (Async::new(), Async::new());
        let (write, read) = (a.write(), a.read());
        attached.task("blocks").dispatch(b.write(), move |b| b.set(*read.wait().unwrap()));
        attached.task("spawns").dispatch((), move |()| {
            tokio::spawn(async move { write.await.unwrap().set(1) });
        });
        assert_eq!(*b.wait().unwrap(), 1);
    }
}
