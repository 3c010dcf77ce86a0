//! What a task costs: nanoseconds per task from the first submission to the last end, on two workers, the best and the
//! median of several runs.
//!
//! ```sh
//! cargo bench -p runahead-async --bench tasks -- [PATTERN] [--inside] [--runs N]
//! ```
//!
//! Tasks are submitted by a thread outside the pool, or with `--inside` by a task in it. `PATTERN` picks the benches
//! whose names contain it.

use std::time::Instant;

use runahead_async::{Async, Pool, dispatch};

const TASKS: usize = 1_000_000;
const SIDE: usize = 1000;

/// Name, how many tasks it counts, and what it does.
type Bench = (&'static str, usize, fn());

const BENCHES: &[Bench] = &[
    ("independent", TASKS, independent),
    ("chain", TASKS, chain),
    ("wavefront 1000x1000", SIDE * SIDE, wavefront),
    ("wavefront in place", SIDE * SIDE, wavefront_in_place),
    ("1 writer, 1000 readers", TASKS, fan_out),
    ("write + read epochs", TASKS, write_read_epochs),
    ("read of a ready value", TASKS, ready_reads),
    ("acquire and drop a read", TASKS, acquire),
];

/// Tasks that have no accesses.
fn independent() {
    for i in 0..TASKS {
        dispatch((), move |()| {
            std::hint::black_box(i);
        });
    }
}

/// Every task mutates the same value.
fn chain() {
    let value = Async::from(0u64);
    for _ in 0..TASKS {
        dispatch(value.mutate(), |value| *value += 1);
    }
}

/// Each cell of a table is computed from the one above and the one to the left.
fn wavefront() {
    let mut row: Vec<_> = (0..=SIDE as u64).map(Async::from).collect();
    for i in 1..=SIDE {
        row[0] = Async::from(i as u64);
        for j in 1..=SIDE {
            let cell = Async::new();
            dispatch((row[j].read(), row[j - 1].read(), cell.write()), |(above, left, cell)| {
                cell.set(above.wrapping_add(*left));
            });
            row[j] = cell;
        }
    }
}

/// The same, each cell in the place of the one above.
fn wavefront_in_place() {
    let mut row: Vec<_> = (0..=SIDE as u64).map(Async::from).collect();
    for i in 1..=SIDE {
        row[0] = Async::from(i as u64);
        for j in 1..=SIDE {
            dispatch((row[j - 1].read(), row[j].mutate()), |(left, cell)| *cell = cell.wrapping_add(*left));
        }
    }
}

/// A value is written, then read by a thousand tasks, and so on.
fn fan_out() {
    let value = Async::from(0u64);
    for i in 0..TASKS {
        if i % 1001 == 0 {
            dispatch(value.mutate(), |value| *value += 1);
        } else {
            dispatch(value.read(), |value| {
                std::hint::black_box(*value);
            });
        }
    }
}

/// Writes and reads of one value take turns.
fn write_read_epochs() {
    let value = Async::from(0u64);
    for _ in 0..TASKS / 2 {
        dispatch(value.write(), |value| value.set(1));
        dispatch(value.read(), |value| {
            std::hint::black_box(*value);
        });
    }
}

/// No task: a value that is there is waited for.
fn ready_reads() {
    let value = Async::from(1u64);
    for _ in 0..TASKS {
        std::hint::black_box(*value.wait().unwrap());
    }
}

/// No task: a read is acquired and given up.
fn acquire() {
    let value = Async::from(1u64);
    for _ in 0..TASKS {
        drop(std::hint::black_box(value.read()));
    }
}

fn main() {
    let mut pattern = String::new();
    let (mut inside, mut runs) = (false, 7);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--inside" => inside = true,
            "--runs" => runs = arguments.next().and_then(|n| n.parse().ok()).expect("a number of runs"),
            // Given by cargo.
            "--bench" => {}
            other => pattern = other.into(),
        }
    }
    println!(
        "ns per task, submitted from {} the pool: best, median",
        if inside { "inside" } else { "outside" }
    );
    for (name, tasks, bench) in BENCHES.iter().filter(|(name, ..)| name.contains(&pattern)) {
        let mut times: Vec<f64> = (0..=runs).map(|_| run(*bench, inside) * 1e9 / *tasks as f64).collect();
        // The first one warms up.
        times.remove(0);
        times.sort_by(f64::total_cmp);
        println!("{name:>24} {:8.1} {:8.1}", times[0], times[times.len() / 2]);
    }
}

/// Seconds from the first submission to the last task's end.
fn run(bench: fn(), inside: bool) -> f64 {
    let pool = Pool::new(2);
    // The workers are awake and have allocated what they need.
    pool.run(|| Async::from(()).mutate().wait().map(drop)).unwrap();
    let start = Instant::now();
    if inside {
        pool.task("submits").dispatch((), move |()| bench());
    } else {
        pool.run(bench);
    }
    pool.wait_idle().unwrap();
    start.elapsed().as_secs_f64()
}
