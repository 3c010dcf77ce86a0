//! How long executions take.

use std::collections::VecDeque;
use std::error::Error;
use std::time::{Duration, Instant};

use runahead::{Buffer, Executable};

/// How many times a sample is taken.
const SAMPLES: usize = 15;
/// How long a sample takes, about.
const SAMPLE: Duration = Duration::from_millis(20);
/// The most executions in a sample.
const MOST_EXECUTIONS: usize = 2000;
/// How many executions' results are kept until a sample ends.
///
/// Executions end in about the order in which they were submitted: when the last of them have ended, so have the rest.
const KEPT: usize = 8;

/// Microseconds per execution, over the samples.
pub(super) struct Times {
    pub(super) median_us: f64,
    pub(super) min_us: f64,
}

/// Measures executions that are submitted one after the other without waiting in between.
///
/// # Errors
/// Where an execution fails.
pub(super) fn measure(executable: &Executable, arguments: &[&Buffer]) -> Result<Times, Box<dyn Error>> {
    let sample = |executions| sample(executable, arguments, executions);
    let mut once = sample(1)?;
    for _ in 0..2 {
        once = once.min(sample(1)?);
    }
    let executions = executions_in(SAMPLE, once);
    let mut times = Vec::with_capacity(SAMPLES);
    for _ in 0..SAMPLES {
        times.push(sample(executions)?.as_secs_f64() * 1e6 / executions as f64);
    }
    times.sort_by(f64::total_cmp);
    Ok(Times { median_us: times[SAMPLES / 2], min_us: times[0] })
}

/// How many executions make a sample.
fn executions_in(sample: Duration, once: Duration) -> usize {
    let executions = sample.as_nanos() / once.as_nanos().max(1);
    executions.clamp(1, MOST_EXECUTIONS as u128) as usize
}

/// The time from the first submission until everything has ended.
fn sample(
    executable: &Executable,
    arguments: &[&Buffer],
    executions: usize,
) -> Result<Duration, Box<dyn Error>> {
    let mut kept = VecDeque::with_capacity(KEPT + 1);
    let started = Instant::now();
    for _ in 0..executions {
        kept.push_back(executable.execute(arguments)?);
        if kept.len() > KEPT {
            kept.pop_front();
        }
    }
    for result in kept.iter().flatten() {
        result.ready().wait()?;
    }
    Ok(started.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_a_bounded_number_of_executions() {
        let count = |micros| executions_in(SAMPLE, Duration::from_micros(micros));
        assert_eq!([0, 1, 100, 15_000, 21_000, 10_000_000].map(count), [2000, 2000, 200, 1, 1, 1]);
    }
}
