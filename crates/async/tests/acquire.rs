//! Several accesses acquired as one step.

mod common;

use std::sync::Barrier;

use runahead_async::{Async, Pool, acquire, dispatch};

use common::everywhere;

const ROUNDS: usize = if cfg!(miri) { 20 } else { 5000 };

/// Runs each function on a thread of its own, again and again, beginning together.
fn crosswise<const N: usize>(functions: [&(dyn Fn() + Sync); N]) {
    let barrier = Barrier::new(N);
    let pool = Pool::new(2);
    std::thread::scope(|threads| {
        for function in functions {
            threads.spawn(|| {
                pool.run(|| {
                    for round in 0..ROUNDS {
                        if round % 50 == 0 {
                            barrier.wait();
                        }
                        function();
                    }
                });
            });
        }
    });
    // Before the values are waited for: where two tasks wait for each other, this ends in an error.
    pool.wait_idle().unwrap();
}

#[test]
fn two_threads_change_two_values_crosswise() {
    let (a, b) = (Async::from(0u64), Async::from(0u64));
    crosswise([
        &|| {
            dispatch(acquire((a.mutating(), b.mutating())), |(a, b)| {
                *a += 1;
                *b += 1;
            });
        },
        &|| {
            dispatch(acquire((b.mutating(), a.mutating())), |(b, a)| {
                assert_eq!(*a, *b);
                *a += 1;
                *b += 1;
            });
        },
    ]);
    assert_eq!((*a.wait().unwrap(), *b.wait().unwrap()), (2 * ROUNDS as u64, 2 * ROUNDS as u64));
}

#[test]
fn readers_and_writers_of_three_values_see_them_as_one() {
    let [a, b, c] = [0u64; 3].map(Async::from);
    crosswise([
        &|| {
            dispatch(acquire((a.mutating(), b.mutating(), c.writing())), |(a, b, c)| {
                *a += 1;
                *b += 1;
                c.set(*a);
            })
        },
        &|| {
            dispatch(acquire([c.reading(), a.reading(), b.reading()]), |all| {
                assert!(all.iter().all(|x| **x == *all[0]), "{all:?}");
            })
        },
        &|| {
            dispatch(acquire(vec![b.mutating(), c.mutating(), a.mutating()]), |all| {
                all.into_iter().for_each(|x| *x += 1);
            })
        },
        &|| {
            dispatch(
                acquire((Some(b.reading()), None::<runahead_async::Reading<'_, u64>>, a.reading())),
                |(b, _, a)| {
                    assert_eq!(b, Some(a));
                },
            )
        },
    ]);
    let total = 2 * ROUNDS as u64;
    assert_eq!([&a, &b, &c].map(|x| *x.wait().unwrap()), [total; 3]);
}

#[test]
fn operators_on_two_values_are_one_step() {
    let (a, b) = (Async::from(1u64), Async::from(1u64));
    let view = b.view(|b| b, |b| b);
    crosswise([
        &|| {
            let mut this = a.clone();
            this *= &b;
        },
        &|| {
            let mut this = b.clone();
            this *= &a;
        },
        &|| a.assign(&view),
        &|| drop(&view + &a),
        &|| dispatch(acquire((b.mutating(), a.mutating())), |(b, a)| std::mem::swap(a, b)),
    ]);
    assert_eq!((*a.wait().unwrap(), *b.wait().unwrap()), (1, 1));
}

#[test]
fn of_one_value_places_are_taken_in_their_order() {
    everywhere(|| {
        let a = Async::from(1);
        let (before, change, after, last) = acquire((a.reading(), a.mutating(), a.reading(), a.writing()));
        dispatch(change, |a| *a += 1);
        assert_eq!(*before.wait().unwrap(), 1);
        assert_eq!(*after.wait().unwrap(), 2);
        drop(last);
        assert_eq!(*a.wait().unwrap(), 2);
        // Nothing at all, and very many.
        let ((), nothing) = ((), acquire(Vec::<runahead_async::Reading<'_, i32>>::new()));
        assert!(nothing.is_empty());
        let values: Vec<_> = (0..100).map(Async::from).collect();
        let reads = acquire(values.iter().rev().chain(&values).map(Async::reading).collect::<Vec<_>>());
        let sum: i32 = reads.into_iter().map(|read| *read.wait().unwrap()).sum();
        assert_eq!(sum, 9900);
    });
}

#[test]
fn a_value_that_was_never_written_is_acquired_with_others() {
    everywhere(|| {
        let (a, b) = (Async::<i32>::new(), Async::from(1));
        let (early, write, read) = acquire((a.reading(), a.writing(), b.reading()));
        dispatch((write, read), |(a, b)| a.set(b + 1));
        assert_eq!(*early.wait().unwrap(), 2);
    });
}
