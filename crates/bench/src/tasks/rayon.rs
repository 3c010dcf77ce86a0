//! The cases with rayon, which knows no dependencies: a task spawns those that may run after it.

use std::hint::black_box;
use std::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize, Ordering};
use std::time::Instant;

use rayon::Scope;

use super::{READERS, Run, side};

/// A pool that is kept for all cases.
pub(super) struct Runtime(rayon::ThreadPool);

impl Runtime {
    pub(super) fn new(workers: usize) -> Runtime {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(workers).build();
        Runtime(pool.expect("threads can be started"))
    }

    /// Has a task of the pool submit the others, and waits until all have ended.
    fn time<'scope>(&self, tasks: usize, submit: impl FnOnce(&Scope<'scope>) + Send) -> Run {
        let start = Instant::now();
        self.0.scope(submit);
        Run { tasks, seconds: start.elapsed().as_secs_f64() }
    }
}

pub(super) fn independent(runtime: &Runtime, tasks: usize) -> Run {
    runtime.time(tasks, move |scope| {
        for i in 0..tasks {
            scope.spawn(move |_| {
                black_box(i);
            });
        }
    })
}

pub(super) fn chain(runtime: &Runtime, tasks: usize) -> Run {
    fn step<'s>(scope: &Scope<'s>, value: &'s AtomicUsize, left: usize) {
        scope.spawn(move |scope| {
            value.fetch_add(1, Ordering::Relaxed);
            if left > 1 {
                step(scope, value, left - 1);
            }
        });
    }
    let value = AtomicUsize::new(0);
    let run = runtime.time(tasks, |scope| step(scope, &value, tasks));
    assert_eq!(value.into_inner(), tasks);
    run
}

pub(super) fn wavefront(runtime: &Runtime, tasks: usize) -> Run {
    struct Table {
        side: usize,
        cells: Vec<AtomicU64>,
        /// How many of the cells that each one reads are computed.
        ready: Vec<AtomicU8>,
    }
    fn cell<'s>(scope: &Scope<'s>, table: &'s Table, i: usize, j: usize) {
        let at = |i: usize, j: usize| i * table.side + j;
        let value = |there: bool, at: usize| if there { table.cells[at].load(Ordering::Relaxed) } else { 1 };
        let above = value(i > 0, at(i, j).wrapping_sub(table.side));
        let left = value(j > 0, at(i, j).wrapping_sub(1));
        table.cells[at(i, j)].store(above.wrapping_add(left), Ordering::Relaxed);
        for (i, j) in [(i, j + 1), (i + 1, j)] {
            if i < table.side && j < table.side {
                let needed = u8::from(i > 0) + u8::from(j > 0);
                if table.ready[at(i, j)].fetch_add(1, Ordering::AcqRel) + 1 == needed {
                    scope.spawn(move |scope| cell(scope, table, i, j));
                }
            }
        }
    }
    let side = side(tasks);
    let table = Table {
        side,
        cells: (0..side * side).map(|_| AtomicU64::new(0)).collect(),
        ready: (0..side * side).map(|_| AtomicU8::new(0)).collect(),
    };
    runtime.time(side * side, |scope| scope.spawn(|scope| cell(scope, &table, 0, 0)))
}

pub(super) fn fan_out(runtime: &Runtime, tasks: usize) -> Run {
    struct Value {
        value: AtomicUsize,
        readers: AtomicUsize,
    }
    fn group<'s>(scope: &Scope<'s>, shared: &'s Value, left: usize) {
        let written = shared.value.fetch_add(1, Ordering::Relaxed) + 1;
        shared.readers.store(READERS, Ordering::Relaxed);
        for _ in 0..READERS {
            scope.spawn(move |scope| {
                assert_eq!(shared.value.load(Ordering::Relaxed), written);
                if shared.readers.fetch_sub(1, Ordering::AcqRel) == 1 && left > 1 {
                    group(scope, shared, left - 1);
                }
            });
        }
    }
    let groups = tasks.div_ceil(READERS);
    let shared = Value { value: AtomicUsize::new(0), readers: AtomicUsize::new(0) };
    runtime.time(groups * READERS, |scope| scope.spawn(|scope| group(scope, &shared, groups)))
}
