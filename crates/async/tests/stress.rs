//! Much of everything at once. `RUNAHEAD_STRESS=10` does ten times as much.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use runahead_async::{Async, Constant, Error, ErrorKind, Pool, dispatch, parallel_for, spawn, task};

/// So many, under Miri few, and more where more were asked for.
fn times(count: usize) -> usize {
    let factor = std::env::var("RUNAHEAD_STRESS").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    if cfg!(miri) { count.min(10) } else { count * factor }
}

#[test]
fn threads_that_work_on_shared_values() {
    const THREADS: usize = 4;
    let count = times(20_000);
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        // Each value holds the last number that each thread added, and a sum.
        let values: Vec<_> = (0..3).map(|_| Async::from(([0; THREADS], 0))).collect();
        thread::scope(|scope| {
            for me in 0..THREADS {
                let (pool, values) = (&pool, &values);
                scope.spawn(move || {
                    for number in 1..=count {
                        pool.task("add").dispatch(values[number % 3].mutate(), move |(last, sum)| {
                            assert!(last[me] < number, "what a thread adds is added in its order");
                            last[me] = number;
                            *sum += number;
                        });
                        if number % 1000 == me {
                            let read = values[me % 3].wait().unwrap();
                            assert!(me % 3 != number % 3 || read.0[me] == number);
                        }
                    }
                });
            }
        });
        let sum: usize = values.iter().map(|value| value.wait().unwrap().1).sum();
        assert_eq!(sum, THREADS * count * (count + 1) / 2);
    }
}

#[test]
fn tasks_of_any_size_wait_for_many_values() {
    // The last values of the list lie outside of the task, and those behind the table far from its begin.
    let pool = Pool::new(2);
    pool.run(|| {
        let values: Vec<_> = (0..40).map(|_| Async::new()).collect();
        let sums: Vec<_> = (0..times(1000))
            .map(|_| {
                let (few, sum) = (std::array::from_fn(|i| values[i].read()), Async::new());
                let many: Vec<_> = values.iter().map(Async::read).collect();
                let accesses = (few, Constant([1_u64; 100]), many, values[39].read(), sum.write());
                dispatch(accesses, |(few, table, many, last, sum): ([&u64; 7], _, _, _, _)| {
                    let parts: u64 = few.into_iter().chain(many).chain(table).sum();
                    sum.set(parts + last);
                });
                sum
            })
            .collect();
        for (number, value) in values.iter().enumerate().rev() {
            dispatch(value.write(), move |value| value.set(number as u64));
        }
        let again: Vec<_> = values.iter().map(Async::read).collect();
        dispatch(again, |values| assert!(values.into_iter().copied().eq(0..40)));
        for sum in sums {
            assert_eq!(*sum.wait().unwrap(), (0..7).sum::<u64>() + (0..40).sum::<u64>() + 100 + 39);
        }
    });
    pool.wait_idle().unwrap();
}

#[test]
fn readers_see_whole_writes() {
    let pool = Pool::new(2);
    pool.run(|| {
        let value = Async::from([0; 8]);
        let seen = Arc::new(AtomicUsize::new(0));
        for number in 1..=times(10_000) {
            dispatch(value.write(), move |value| value.set([number; 8]));
            for _ in 0..3 {
                let seen = Arc::clone(&seen);
                dispatch(value.read(), move |value| {
                    assert_eq!(*value, [number; 8]);
                    seen.fetch_add(1, Ordering::Relaxed);
                });
            }
        }
        drop(value.mutate().wait());
        assert_eq!(seen.load(Ordering::Relaxed), 3 * times(10_000));
    });
}

#[test]
fn parallel_loops_in_tasks_and_in_each_other() {
    for workers in [1, 2, 4] {
        Pool::new(workers).run(|| {
            let sums: Vec<_> = (0..times(200))
                .map(|_| {
                    let sum = Async::new();
                    dispatch(sum.write(), |sum| {
                        let total = AtomicUsize::new(0);
                        parallel_for(10, &|i| {
                            parallel_for(10, &|j| {
                                total.fetch_add(10 * i + j, Ordering::Relaxed);
                            });
                        });
                        sum.set(total.into_inner());
                    });
                    sum
                })
                .collect();
            assert!(sums.iter().all(|sum| *sum.wait().unwrap() == 4950));
        });
    }
}

#[test]
fn parallel_loops_that_panic() {
    std::panic::set_hook(Box::new(|info| {
        if thread::current().name().is_some_and(|name| !name.starts_with("runahead")) {
            eprintln!("{info}");
        }
    }));
    for workers in [1, 2, 4] {
        Pool::new(workers).run(|| {
            for round in 0..times(200) {
                let (a, calls) = (Async::from(0), Arc::new(AtomicUsize::new(0)));
                let counted = Arc::clone(&calls);
                task("loop").dispatch(a.mutate(), move |a| {
                    parallel_for(100, &|i| {
                        counted.fetch_add(1, Ordering::Relaxed);
                        assert!(i % 10 != round % 10, "at {}", round % 10);
                    });
                    *a = 1;
                });
                let error = a.wait().unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Panicked);
                assert!(error.to_string().contains(&format!("at {}", round % 10)), "{error}");
                // The loop is over: nothing calls its body any more.
                assert!(calls.load(Ordering::Relaxed) <= 100);
                assert_eq!(Arc::strong_count(&calls), 1);
            }
        });
    }
}

#[test]
fn a_chain_of_ten_million_epochs_on_a_small_stack() {
    let links = times(10_000_000);
    let chain = move || {
        let pool = Pool::new(2);
        // Run while it is built.
        let a = Async::from(0);
        pool.run(|| (0..links).for_each(|_| dispatch(a.mutate(), |a| *a += 1)));
        assert_eq!(*a.wait().unwrap(), links);
        // Built, then run.
        let b = Async::from(0);
        let gate = b.mutate();
        pool.run(|| (0..links).for_each(|_| dispatch(b.mutate(), |b| *b += 1)));
        drop(gate);
        assert_eq!(*b.wait().unwrap(), links);
        // The same with readers between the writers, and writers that are given up.
        let c = Async::from(0);
        let gate = c.mutate();
        pool.run(|| {
            for _ in 0..links / 40 {
                dispatch(c.read(), |_| {});
                dispatch(c.mutate(), |c| *c += 1);
                drop(c.write());
            }
        });
        drop(gate);
        assert_eq!(*c.wait().unwrap(), links / 40);
        // Built, then dropped.
        let d = Async::from(0);
        let buffers: Vec<_> = (0..links).map(|_| (d.mutate(), d.read())).collect();
        drop(d);
        drop(buffers);
    };
    thread::Builder::new().stack_size(2 << 20).spawn(chain).unwrap().join().unwrap();
}

#[test]
fn pools_that_are_dropped_with_work_in_flight() {
    for round in 0..times(300) {
        let pool = Pool::new(1 + round % 3);
        let values: Vec<_> = (0..4).map(|_| Async::from(0)).collect();
        let gate = Async::<()>::new();
        let hold = gate.write();
        for i in 0..100 {
            pool.task("some")
                .dispatch((values[i % 4].read(), values[(i + 1) % 4].mutate()), |(a, b)| *b += *a + 1);
        }
        // These cannot run before the pool is gone.
        let never = Async::<i32>::new();
        pool.task("never").dispatch((gate.read(), never.write()), |(_, never)| never.set(1));
        let read = gate.read();
        let future = pool.task("never").spawn(async move {
            read.await?;
            Ok::<_, Error>(())
        });
        drop(pool);
        // What could run has.
        assert!(values.iter().all(|value| value.is_ready()));
        hold.wait().unwrap().set(());
        assert_eq!(never.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        assert_eq!(future.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    }
}

#[test]
fn workers_that_block_are_replaced_by_the_same_spare_threads() {
    let pool = Pool::new(2);
    pool.run(|| {
        for _ in 0..times(2000) {
            let (a, b) = (Async::new(), Async::new());
            let read = a.read();
            dispatch(b.write(), move |b| {
                let inner = spawn(async { Ok::<_, Error>(1) });
                b.set(*inner.wait().unwrap() + *read.wait().unwrap());
            });
            dispatch(a.write(), |a| a.set(1));
            assert_eq!(*b.wait().unwrap(), 2);
        }
    });
    // Two that block at a time, two that have their places, and some that were on their way between.
    assert!(pool.threads() <= 8, "{} threads", pool.threads());
}

/// An executor of one future, which knows nothing of this crate.
fn foreign_block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn futures_that_a_foreign_executor_awaits() {
    let pool = Pool::new(2);
    thread::scope(|scope| {
        for me in 0..3 {
            let pool = &pool;
            scope.spawn(move || {
                for round in 0..times(2000) {
                    let (a, b) = (Async::from(me), Async::new());
                    pool.task("work").dispatch((a.read(), b.write()), move |(a, b)| b.set(*a + round));
                    let (mutate, write) = (b.mutate(), a.write());
                    pool.task("more").dispatch(b.mutate(), |b| *b += 1);
                    foreign_block_on(async {
                        *mutate.await? += 10;
                        write.await?.set(7);
                        assert_eq!(*(&b).await?, me + round + 11);
                        assert_eq!(*(&a).await?, 7);
                        Ok::<_, Error>(())
                    })
                    .unwrap();
                }
            });
        }
    });
}

/// Counts how often it is woken.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Release);
    }
}

#[test]
fn a_future_that_moves_between_threads_with_each_poll() {
    for _ in 0..times(300) {
        let pool = Pool::new(1);
        let a = Async::new();
        let write = a.write();
        let mut read = a.read();
        // Each polls with a waker of its own; the last one's counts.
        let woken: Vec<_> = (0..3).map(|_| Arc::new(Count::default())).collect();
        for count in &woken {
            let waker = Waker::from(Arc::clone(count));
            let polls = move || {
                assert!(Pin::new(&mut read).poll(&mut Context::from_waker(&waker)).is_pending());
                read
            };
            read = thread::spawn(polls).join().unwrap();
        }
        pool.run(|| dispatch(write, |a| a.set(1)));
        while woken[2].0.load(Ordering::Acquire) == 0 {
            thread::yield_now();
        }
        assert!(woken[..2].iter().all(|count| count.0.load(Ordering::Acquire) == 0));
        assert_eq!(*foreign_block_on(read).unwrap(), 1);
    }
}

#[test]
fn wakers_that_are_changed_while_they_are_woken() {
    let pool = Pool::new(1);
    for _ in 0..times(2000) {
        let a = Async::new();
        let mut read = a.read();
        pool.task("write").dispatch(a.write(), |a| a.set(1));
        // Other wakers than the last may be woken or not; the last one must be.
        for _ in 0..10 {
            if Pin::new(&mut read).poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                read = a.read();
            }
        }
        assert_eq!(*foreign_block_on(read).unwrap(), 1);
    }
}

#[test]
fn a_pool_is_dropped_while_another_thread_releases_its_last_task() {
    for _ in 0..300 {
        let pool = Pool::new(1);
        let (input, output) = (Async::new(), Async::new());
        let write = input.write();
        pool.run(|| dispatch((input.read(), output.write()), |(x, y)| y.set(x + 1)));
        let releases = std::thread::spawn(move || write.wait().unwrap().set(1));
        assert_eq!(*output.wait().unwrap(), 2);
        // What the pool leaves is freed here, or with the next pool, where the thread is inside still.
        drop(pool);
        releases.join().unwrap();
    }
}
