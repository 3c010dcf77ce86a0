//! The smallest tasks that are worth their overhead.
//!
//! A table of points is computed step by step. The task of a point at a step reads what some points of the step before
//! left, checks that it is what it must be, computes for a while, and leaves its own. How long it computes is varied: the
//! *minimum effective task granularity*, METG(50%), is the shortest time per task (wall time, times workers, divided by
//! tasks) at which all workers together reach half of their peak, the floating-point rate of long tasks that depend on
//! nothing.
//!
//! The patterns, two sets of fields and the kernel (`a = a * a + a` on 64 doubles) are those of Task Bench.

mod kernel;
mod pattern;

use std::time::Instant;

use runahead_async::{Async, Pool, WriteSlot, dispatch};
use serde::Serialize;

pub use pattern::Pattern;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Options {
    /// The patterns.
    pub patterns: Vec<Pattern>,
    /// Points in each step.
    pub width: usize,
    /// The pool's workers; the program that submits runs on one of them.
    pub workers: usize,
    /// How often each task size is tried; the best counts.
    pub tries: usize,
    /// About how many tasks each try has.
    pub tasks: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { patterns: Pattern::ALL.to_vec(), width: 8, workers: 2, tries: 9, tasks: 20_000 }
    }
}

/// What one pattern needs.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// The pattern.
    pub pattern: Pattern,
    /// METG(50%) in microseconds.
    pub metg_us: f64,
    /// How often the kernel was repeated in each task there.
    pub iterations: f64,
    /// The peak, in floating-point operations per second.
    pub peak_flops: f64,
}

/// A point of the field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Point {
    step: u32,
    point: u32,
}

/// One try: wall seconds and tasks.
struct Run {
    seconds: f64,
    tasks: usize,
}

impl Run {
    fn flops(&self, iterations: u64) -> f64 {
        self.tasks as f64 * iterations as f64 * kernel::FLOPS as f64 / self.seconds
    }

    /// Microseconds of all workers for one task.
    fn granularity_us(&self, workers: usize) -> f64 {
        self.seconds * 1e6 * workers as f64 / self.tasks as f64
    }
}

/// Measures all patterns, and calls `each` with every one as soon as it is measured.
///
/// # Panics
/// Where threads cannot be started, there is nothing to measure, or a task sees what it must not.
pub fn run(options: &Options, mut each: impl FnMut(&Measurement)) -> Vec<Measurement> {
    assert!(options.width > 0 && options.workers > 0 && options.tries > 0, "nothing to be measured");
    let pool = Pool::new(options.workers);
    let metg = |pattern: &Pattern| {
        // The peak is measured with each pattern: the machine may have become slower.
        let peak = peak(&pool, options);
        let best = |iterations| best(&pool, *pattern, iterations, options);
        let (iterations, metg_us) = smallest(peak / 2.0, options.workers, best);
        Measurement { pattern: *pattern, metg_us, iterations, peak_flops: peak }
    };
    options.patterns.iter().map(metg).inspect(|measurement| each(measurement)).collect()
}

/// Floating-point operations per second of long tasks without dependencies.
fn peak(pool: &Pool, options: &Options) -> f64 {
    const ITERATIONS: u64 = 4000;
    let few = Options { tasks: 400, ..options.clone() };
    let run = best(pool, Pattern::Trivial, ITERATIONS, &few);
    run.flops(ITERATIONS)
}

/// The fastest of several tries.
fn best(pool: &Pool, pattern: Pattern, iterations: u64, options: &Options) -> Run {
    let steps = options.tasks.div_ceil(options.width).max(2);
    let tries = (0..options.tries).map(|_| compute(pool, pattern, options.width, steps, iterations));
    tries.min_by(|a, b| a.seconds.total_cmp(&b.seconds)).expect("at least one try")
}

/// How often the kernel must be repeated to reach so many operations per second, and the microseconds per task there.
fn smallest(flops: f64, workers: usize, run: impl Fn(u64) -> Run) -> (f64, f64) {
    let reaches = |iterations: u64| {
        let run = run(iterations);
        (run.flops(iterations), run.granularity_us(workers))
    };
    let (mut below, mut above) = ((0, (0.0, 0.0)), (1, reaches(1)));
    while above.1.0 < flops && above.0 < 1 << 20 {
        let double = above.0 * 2;
        (below, above) = (above, (double, reaches(double)));
    }
    while above.0 - below.0 > 1 {
        let between = (above.0 + below.0) / 2;
        let measured = (between, reaches(between));
        if measured.1.0 < flops { below = measured } else { above = measured }
    }
    // Between the last size that does not reach it and the first one that does, by straight line.
    let part = if below.0 == 0 { 1.0 } else { (flops - below.1.0) / (above.1.0 - below.1.0) };
    let between = |below: f64, above: f64| below + part.clamp(0.0, 1.0) * (above - below);
    (between(below.0 as f64, above.0 as f64), between(below.1.1, above.1.1))
}

/// Computes all steps.
fn compute(pool: &Pool, pattern: Pattern, width: usize, steps: usize, iterations: u64) -> Run {
    let last = Async::new();
    let result = last.write();
    // Made beforehand, since a program knows what it reads.
    let dependencies =
        |step| (0..width).map(move |point| pattern.dependencies(step, point, width)).collect::<Vec<_>>();
    let table: Vec<_> = (0..steps.min(Pattern::PERIOD)).map(dependencies).collect();
    let start = Instant::now();
    pool.task("submit").dispatch((), move |()| {
        let field = || (0..width).map(|_| Async::<Point>::new()).collect::<Vec<_>>();
        let fields = [field(), field()];
        for step in 0..steps {
            let (read, written) = (&fields[(step + 1) % 2], &fields[step % 2]);
            let dependencies = &table[if step < Pattern::PERIOD {
                step
            } else {
                Pattern::PERIOD / 2 + step % (Pattern::PERIOD / 2)
            }];
            for (point, inputs) in dependencies.iter().enumerate().take(pattern.width(step, width)) {
                let task = Task { step: step as u32, point: point as u32, iterations: iterations as u32 };
                match inputs.len() {
                    0 => task.submit::<0>(read, inputs, &written[point]),
                    1 => task.submit::<1>(read, inputs, &written[point]),
                    2 => task.submit::<2>(read, inputs, &written[point]),
                    3 => task.submit::<3>(read, inputs, &written[point]),
                    4 => task.submit::<4>(read, inputs, &written[point]),
                    5 => task.submit::<5>(read, inputs, &written[point]),
                    6 => task.submit::<6>(read, inputs, &written[point]),
                    7 => task.submit::<7>(read, inputs, &written[point]),
                    8 => task.submit::<8>(read, inputs, &written[point]),
                    _ => task.submit_many(read, inputs, &written[point]),
                }
            }
        }
        let ends: Vec<_> = fields.iter().flatten().map(Async::read).collect();
        dispatch((ends, result), |(_, result)| result.set(()));
    });
    last.wait().expect("every task sees what it must");
    Run {
        seconds: start.elapsed().as_secs_f64(),
        tasks: (0..steps).map(|step| pattern.width(step, width)).sum(),
    }
}

/// The task of a point at a step: short, as what a program captures should be.
#[derive(Clone, Copy)]
struct Task {
    step: u32,
    point: u32,
    iterations: u32,
}

impl Task {
    /// Submits it with its inputs in an array, as a program with a known number of them would.
    fn submit<const N: usize>(self, field: &[Async<Point>], inputs: &[usize], out: &Async<Point>) {
        let inputs: [u32; N] = std::array::from_fn(|i| inputs[i] as u32);
        let values = inputs.map(|input| field[input as usize].read());
        dispatch((values, out.write()), move |(values, out)| self.run(&values, &inputs, out));
    }

    /// Submits it with any number of inputs.
    fn submit_many(self, field: &[Async<Point>], inputs: &[usize], out: &Async<Point>) {
        let inputs: Vec<u32> = inputs.iter().map(|&input| input as u32).collect();
        let values: Vec<_> = inputs.iter().map(|&input| field[input as usize].read()).collect();
        dispatch((values, out.write()), move |(values, out)| self.run(&values, &inputs, out));
    }

    fn run(self, values: &[&Point], inputs: &[u32], out: &mut WriteSlot<Point>) {
        for (value, &input) in values.iter().zip(inputs) {
            let expected = Point { step: self.step - 1, point: input };
            assert_eq!(**value, expected, "read by point {} at step {}", self.point, self.step);
        }
        kernel::compute(self.iterations.into());
        out.set(Point { step: self.step, point: self.point });
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, Pattern, run};

    #[test]
    fn every_pattern_is_measured() {
        let options = Options { tries: 1, tasks: 200, ..Options::default() };
        let measurements = run(&options, |_| ());
        assert_eq!(measurements.iter().map(|measured| measured.pattern).collect::<Vec<_>>(), Pattern::ALL);
        for measurement in measurements {
            assert!(measurement.metg_us > 0.0 && measurement.peak_flops > 0.0, "{measurement:?}");
        }
    }
}
