//! The cases with asynchronous values.

use std::hint::black_box;
use std::time::Instant;

use runahead_async::{Async, Pool, Var, dispatch};

use super::{READERS, Run, side};

/// A pool that is kept for all cases.
pub(super) struct Runtime(Pool);

impl Runtime {
    pub(super) fn new(workers: usize) -> Runtime {
        Runtime(Pool::new(workers))
    }

    /// Has a task submit the others, and waits until all have ended.
    fn time(&self, tasks: usize, submit: impl FnOnce() + Send + 'static) -> Run {
        let start = Instant::now();
        self.0.task("submit").dispatch((), move |()| submit());
        self.0.wait_idle().expect("every task can run");
        Run { tasks, seconds: start.elapsed().as_secs_f64() }
    }
}

pub(super) fn independent(runtime: &Runtime, tasks: usize) -> Run {
    runtime.time(tasks, move || {
        for i in 0..tasks {
            dispatch((), move |()| {
                black_box(i);
            });
        }
    })
}

pub(super) fn chain(runtime: &Runtime, tasks: usize) -> Run {
    let value = Async::from(0usize);
    let submitted = value.clone();
    let run = runtime.time(tasks, move || {
        for _ in 0..tasks {
            dispatch(submitted.mutate(), |value| *value += 1);
        }
    });
    assert_eq!(*value.wait().expect("no task fails"), tasks);
    run
}

pub(super) fn wavefront(runtime: &Runtime, tasks: usize) -> Run {
    let side = side(tasks);
    let last = Async::from(0u64);
    let result = last.write();
    let run = runtime.time(side * side, move || {
        // Of the row above what lies to the right, of this row what lies to the left.
        let mut row: Vec<_> = (0..=side).map(|_| Async::from(1u64)).collect();
        for _ in 0..side {
            row[0] = Async::from(1);
            for j in 1..=side {
                let cell = Async::new();
                dispatch((row[j].read(), row[j - 1].read(), cell.write()), |(above, left, cell)| {
                    cell.set(above.wrapping_add(*left));
                });
                row[j] = cell;
            }
        }
        dispatch((row[side].read(), result), |(cell, result)| result.set(*cell));
    });
    assert_eq!(*last.wait().expect("no task fails"), paths(side));
    run
}

/// How many paths lead through a table, modulo 2^64: the last cell of the wavefront.
fn paths(side: usize) -> u64 {
    let mut row = vec![1u64; side + 1];
    for _ in 0..side {
        for j in 1..=side {
            row[j] = row[j].wrapping_add(row[j - 1]);
        }
    }
    row[side]
}

pub(super) fn fan_out(runtime: &Runtime, tasks: usize) -> Run {
    let groups = tasks.div_ceil(READERS);
    runtime.time(groups * READERS, move || {
        let value = Async::from(0usize);
        for group in 0..groups {
            dispatch(value.mutate(), |value| *value += 1);
            for _ in 0..READERS {
                dispatch(value.read(), move |value| assert_eq!(*value, group + 1));
            }
        }
    })
}

pub(super) fn epoch(runtime: &Runtime, tasks: usize) -> Run {
    runtime.time(tasks, move || {
        let value = Async::from(0usize);
        for i in 0..tasks {
            dispatch(value.write(), move |value| value.set(i));
            dispatch(value.read(), move |value| assert_eq!(*value, i));
        }
    })
}

pub(super) fn reverse_mode(runtime: &Runtime, tasks: usize) -> Run {
    // The gradient of xⁿ at 1 is n.
    let gradient = Async::from(0.0);
    let result = gradient.write();
    let run = runtime.time(tasks, move || {
        let x = Var::from(1.0);
        let mut product = Var::from(1.0);
        for _ in 0..tasks {
            product = &product * &x;
        }
        product.backward();
        dispatch((x.gradient().read(), result), |(gradient, result)| result.set(*gradient));
    });
    assert_eq!(*gradient.wait().expect("no task fails"), tasks as f64);
    run
}

pub(super) fn ready_read(_runtime: &Runtime, tasks: usize) -> Run {
    let value = Async::from(1usize);
    let start = Instant::now();
    let mut sum = 0;
    for _ in 0..tasks {
        sum += *black_box(&value).wait().expect("the value is there");
    }
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(sum, tasks);
    Run { tasks, seconds }
}
