//! Pools that are paused, pinned and spread over nodes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use runahead_async::{Async, Deterministic, Pool, dispatch, parallel_for, parallelism};

#[test]
fn a_paused_pool_runs_nothing_and_a_resumed_one_everything_once() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        for _ in 0..50 {
            let ran: Arc<Vec<AtomicUsize>> = Arc::new((0..100).map(|_| AtomicUsize::new(0)).collect());
            let chain = Async::from(0);
            pool.pause();
            pool.run(|| {
                for i in 0..100 {
                    let ran = Arc::clone(&ran);
                    let count = move || ran[i].fetch_add(1, Ordering::Relaxed);
                    match i % 2 {
                        0 => dispatch((), move |()| {
                            _ = count();
                        }),
                        _ => dispatch(chain.mutate(), move |chain| *chain += 1 + count()),
                    }
                }
            });
            // Whoever wanted to run them had the time to.
            for _ in 0..100 {
                std::thread::yield_now();
            }
            assert!(ran.iter().all(|ran| ran.load(Ordering::Relaxed) == 0));
            assert!(pool.is_paused() && pool.live_tasks() == 100);
            pool.resume();
            pool.wait_idle().unwrap();
            assert!(ran.iter().all(|ran| ran.load(Ordering::Relaxed) == 1));
            assert_eq!(*chain.wait().unwrap(), 50);
        }
    }
}

#[test]
fn a_task_that_runs_when_its_pool_is_paused_ends_and_what_it_releases_waits() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        let (inside, entered) = std::sync::mpsc::channel();
        let (leave, left) = std::sync::mpsc::channel();
        let (a, b) = (Async::new(), Async::new());
        let read = a.read();
        pool.task("runs").dispatch(a.write(), move |a| {
            inside.send(()).unwrap();
            let () = left.recv().unwrap();
            a.set(1);
        });
        pool.task("after").dispatch((read, b.write()), |(a, b)| b.set(a + 1));
        entered.recv().unwrap();
        pool.pause();
        leave.send(()).unwrap();
        assert_eq!(*a.wait().unwrap(), 1);
        assert!(!b.is_ready());
        pool.resume();
        assert_eq!(*b.wait().unwrap(), 2);
    }
}

#[test]
fn waiting_for_a_paused_pool_ends_when_it_is_resumed() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        pool.pause();
        let a = Async::new();
        pool.task("writes").dispatch(a.write(), |a| a.set(1));
        std::thread::scope(|scope| {
            scope.spawn(|| assert_eq!(*a.wait().unwrap(), 1));
            pool.resume();
        });
    }
}

#[test]
fn pools_are_paused_and_resumed_while_they_work() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        let sum = Async::from(0);
        let ran = Arc::new(AtomicUsize::new(0));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..200 {
                    pool.pause();
                    pool.pause();
                    std::thread::yield_now();
                    pool.resume();
                }
            });
            pool.run(|| {
                for _ in 0..20_000 {
                    let ran = Arc::clone(&ran);
                    dispatch(sum.mutate(), |sum| *sum += 1);
                    dispatch((), move |()| {
                        _ = ran.fetch_add(1, Ordering::Relaxed);
                    });
                }
            });
        });
        pool.wait_idle().unwrap();
        assert_eq!((*sum.wait().unwrap(), ran.load(Ordering::Relaxed)), (20_000, 20_000));
    }
}

#[test]
fn a_paused_pool_that_is_dropped_runs_what_it_has() {
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        pool.pause();
        let a = Async::from(0);
        for _ in 0..10 {
            pool.task("add").dispatch(a.mutate(), |a| *a += 1);
        }
        drop(pool);
        assert_eq!(*a.wait().unwrap(), 10);
    }
}

#[test]
fn blocked_workers_of_a_paused_pool_go_on_when_it_is_resumed() {
    let pool = Pool::new(1);
    let (a, b) = (Async::new(), Async::new());
    let (read, write) = (a.read(), a.write());
    let (inside, entered) = std::sync::mpsc::channel();
    pool.task("blocks").dispatch(b.write(), move |b| {
        inside.send(()).unwrap();
        b.set(*read.wait().unwrap());
    });
    entered.recv().unwrap();
    pool.pause();
    pool.task("writes").dispatch(write, |a| a.set(1));
    pool.resume();
    assert_eq!(*b.wait().unwrap(), 1);
    assert!(pool.spare_threads() <= 1);
}

#[test]
fn pinned_pools_and_pools_of_several_nodes_work_as_others_do() {
    for workers in [1, 2, 4] {
        for nodes in [1, 2, 3] {
            let pool = Pool::builder().workers(workers).nodes(nodes).pin(nodes == 2).build();
            assert_eq!(pool.nodes(), nodes);
            let (sum, ran) = (Async::from(0), Arc::new(AtomicUsize::new(0)));
            pool.run(|| {
                for i in 0..2000 {
                    let ran = Arc::clone(&ran);
                    dispatch((), move |()| {
                        _ = ran.fetch_add(1, Ordering::Relaxed);
                    });
                    dispatch(sum.mutate(), move |sum| *sum += i);
                }
                let (read, all) = (sum.read(), Async::new());
                dispatch(all.write(), move |all| {
                    let parts = AtomicUsize::new(0);
                    parallel_for(50, &|i| {
                        _ = parts.fetch_add(i, Ordering::Relaxed);
                    });
                    all.set(*read.wait().unwrap() + parts.into_inner());
                });
                assert_eq!(*all.wait().unwrap(), 1999 * 1000 + 1225);
            });
            pool.wait_idle().unwrap();
            assert_eq!(ran.load(Ordering::Relaxed), 2000);
        }
    }
}

#[test]
fn a_thread_that_is_no_worker_shares_its_work_with_the_current_pool() {
    let pool = Pool::new(2);
    pool.run(|| {
        assert_eq!(parallelism(), 2);
        for _ in 0..200 {
            // Each call waits for the other, so they run side by side.
            let (met, calls) = (Barrier::new(2), AtomicUsize::new(0));
            parallel_for(2, &|_| {
                met.wait();
                _ = calls.fetch_add(1, Ordering::Relaxed);
            });
            assert_eq!(calls.into_inner(), 2);
        }
        // A paused pool helps nobody, and nobody waits for it.
        pool.pause();
        let sum = AtomicUsize::new(0);
        parallel_for(100, &|i| _ = sum.fetch_add(i, Ordering::Relaxed));
        assert_eq!(sum.into_inner(), 4950);
        pool.resume();
    });
    pool.wait_idle().unwrap();
    assert_eq!(Pool::new(1).run(parallelism), 1);
    assert_eq!(Deterministic::new(1).run(parallelism), 1);
}

#[test]
fn tasks_that_prefer_a_node_run_once_wherever_there_is_a_worker() {
    for (workers, nodes) in [(1, 2), (2, 2), (4, 2), (4, 3), (2, 1)] {
        let pool = Pool::builder().workers(workers).nodes(nodes).build();
        let (sum, ran) = (Async::from(0), Arc::new(AtomicUsize::new(0)));
        for node in 0..500 {
            let count = Arc::clone(&ran);
            pool.task("free").prefer_node(node).dispatch((), move |()| {
                count.fetch_add(1, Ordering::Relaxed);
            });
            pool.task("chained").prefer_node(node).dispatch(sum.mutate(), |sum| *sum += 1);
            let read = sum.read();
            let count = Arc::clone(&ran);
            pool.task("future").prefer_node(node).spawn(async move {
                read.await?;
                count.fetch_add(1, Ordering::Relaxed);
                Ok::<_, runahead_async::Error>(())
            });
        }
        pool.wait_idle().unwrap();
        assert_eq!((*sum.wait().unwrap(), ran.load(Ordering::Relaxed)), (500, 1000));
    }
}

#[test]
fn workers_of_all_nodes_run_at_the_same_time() {
    let pool = Pool::builder().workers(2).nodes(2).build();
    for _ in 0..100 {
        let gate = Arc::new(std::sync::Barrier::new(2));
        let names: Vec<Async<Option<String>>> = (0..2).map(|_| Async::new()).collect();
        for (node, name) in names.iter().enumerate() {
            let gate = Arc::clone(&gate);
            pool.task("meets").prefer_node(node).dispatch(name.write(), move |name| {
                gate.wait();
                name.set(std::thread::current().name().map(str::to_owned));
            });
        }
        assert_ne!(*names[0].wait().unwrap(), *names[1].wait().unwrap());
    }
}
