//! What operations on values and variables cost: nanoseconds per operation from the first submission to the last end, on
//! two workers, the best and the median of several runs.
//!
//! ```sh
//! cargo bench -p runahead-async --bench values -- [PATTERN] [--runs N]
//! ```
//!
//! `PATTERN` picks the benches whose names contain it.

use std::time::Instant;

use runahead_async::{Async, Pool, Reverse, Var, reduce, scan};

/// Name, how many operations it counts, and what it does with so many.
type Bench = (&'static str, usize, fn(usize));

const BENCHES: &[Bench] = &[
    ("x = x + 1", 100_000, add),
    ("x += 1", 100_000, add_assign),
    ("reduce", 100_000, reduction),
    ("scan", 100_000, scanning),
    ("reverse sum", 100_000, reverse_sum),
    ("Var product, forward", 100_000, product_forward),
    ("Var product, 100", 100, product),
    ("Var product, 100,000", 100_000, product),
    ("Var chain of sines, 100,000", 100_000, sines),
];

fn add(n: usize) {
    let mut x = Async::from(0.0);
    for _ in 0..n {
        x = &x + 1.0;
    }
    x.wait().unwrap();
}

fn add_assign(n: usize) {
    let mut x = Async::from(0.0);
    for _ in 0..n {
        x += 1.0;
    }
    x.wait().unwrap();
}

fn values(n: usize) -> Vec<Async<f64>> {
    (0..n).map(|i| Async::from(i as f64)).collect()
}

fn reduction(n: usize) {
    reduce(&values(n), |a, b| a + b).unwrap().wait().unwrap();
}

fn scanning(n: usize) {
    scan(&values(n), |a, b| a + b).last().unwrap().wait().unwrap();
}

fn reverse_sum(n: usize) {
    let mut sum = Reverse::new();
    for value in values(n) {
        sum += &value;
    }
    sum.finish().wait().unwrap();
}

fn product_forward(n: usize) {
    let x = Var::from(1.0000001);
    let mut y = Var::from(1.0);
    for _ in 0..n {
        y = &y * &x;
    }
    y.wait().unwrap();
}

fn product(n: usize) {
    let x = Var::from(1.0000001);
    let mut y = Var::from(1.0);
    for _ in 0..n {
        y = &y * &x;
    }
    y.backward();
    x.gradient().wait().unwrap();
}

fn sines(n: usize) {
    let x = Var::from(1.0);
    let mut y = x.clone();
    for _ in 0..n {
        y = y.sin();
    }
    y.backward();
    x.gradient().wait().unwrap();
}

fn main() {
    let mut pattern = String::new();
    let mut runs = 7;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--runs" => runs = arguments.next().and_then(|n| n.parse().ok()).expect("a number of runs"),
            // Given by cargo.
            "--bench" => {}
            other => pattern = other.into(),
        }
    }
    println!("ns per operation: best, median");
    for (name, operations, bench) in BENCHES.iter().filter(|(name, ..)| name.contains(&pattern)) {
        // Short ones are repeated, so that the clock does not count.
        let times = 100_000 / operations;
        let mut all: Vec<f64> =
            (0..=runs).map(|_| run(*bench, *operations, times) * 1e9 / (operations * times) as f64).collect();
        // The first one warms up.
        all.remove(0);
        all.sort_by(f64::total_cmp);
        println!("{name:>28} {:8.1} {:8.1}", all[0], all[all.len() / 2]);
    }
}

/// Seconds from the first submission to the last task's end.
fn run(bench: fn(usize), operations: usize, times: usize) -> f64 {
    let pool = Pool::new(2);
    // The workers are awake and have allocated what they need.
    pool.run(|| Async::from(()).mutate().wait().map(drop)).unwrap();
    let start = Instant::now();
    for _ in 0..times {
        pool.run(|| bench(operations));
    }
    while pool.live_tasks() > 0 {
        std::hint::spin_loop();
    }
    start.elapsed().as_secs_f64()
}
