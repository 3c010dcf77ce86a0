//! The overhead of tasks that do nothing.

mod ours;
mod rayon;
mod tokio;

use serde::Serialize;

use crate::statistics::median;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Options {
    /// Workers of each runtime. The program that submits runs on one of them.
    pub workers: usize,
    /// Tasks in each case: those of a wavefront are the largest square below, and a `fan_out` has whole groups.
    pub tasks: usize,
    /// How often each is run; the median counts.
    pub runs: usize,
    /// Whether tokio and rayon are measured too.
    pub others: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { workers: 2, tasks: 1_000_000, runs: 5, others: true }
    }
}

/// What one case costs.
#[derive(Clone, Debug, Serialize)]
pub struct Measurement {
    /// The case's name.
    pub case: &'static str,
    /// Nanoseconds from the first submission to the last task's end, divided by the number of tasks.
    pub ns_per_task: f64,
    /// The same for tokio, where it was run and can express the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokio_ns: Option<f64>,
    /// The same for rayon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rayon_ns: Option<f64>,
}

/// Readers of each write in the case `fan_out`.
const READERS: usize = 1000;

/// A case: its name, what it is, and how each runtime does it: with how many tasks, in how many seconds.
struct Case {
    name: &'static str,
    about: &'static str,
    ours: fn(&ours::Runtime, usize) -> Run,
    tokio: Option<fn(&tokio::Runtime, usize) -> Run>,
    rayon: Option<fn(&rayon::Runtime, usize) -> Run>,
}

/// One run of a case.
struct Run {
    tasks: usize,
    seconds: f64,
}

impl Run {
    fn ns_per_task(&self) -> f64 {
        self.seconds * 1e9 / self.tasks as f64
    }
}

const CASES: &[Case] = &[
    Case {
        name: "independent",
        about: "tasks without accesses",
        ours: ours::independent,
        tokio: Some(tokio::independent),
        rayon: Some(rayon::independent),
    },
    Case {
        name: "chain",
        about: "mutations of one value",
        ours: ours::chain,
        tokio: Some(tokio::chain),
        rayon: Some(rayon::chain),
    },
    Case {
        name: "wavefront",
        about: "each cell of a table reads the ones above and to the left",
        ours: ours::wavefront,
        tokio: Some(tokio::wavefront),
        rayon: Some(rayon::wavefront),
    },
    Case {
        name: "fan_out",
        about: "a write, then 1000 readers, and so on; per reader",
        ours: ours::fan_out,
        tokio: Some(tokio::fan_out),
        rayon: Some(rayon::fan_out),
    },
    Case {
        name: "epoch",
        about: "a write and a read of one value, and so on; per pair",
        ours: ours::epoch,
        tokio: None,
        rayon: None,
    },
    Case {
        name: "reverse_mode",
        about: "a product of variables, forward and backward; a tenth as many",
        ours: |runtime, tasks| ours::reverse_mode(runtime, tasks.div_ceil(10)),
        tokio: None,
        rayon: None,
    },
    Case {
        name: "ready_read",
        about: "a value that is there is read; no task",
        ours: ours::ready_read,
        tokio: None,
        rayon: None,
    },
];

/// The cases' names and what they are.
pub fn cases() -> impl Iterator<Item = (&'static str, &'static str)> {
    CASES.iter().map(|case| (case.name, case.about))
}

/// Measures all cases, and calls `each` with every one as soon as it is measured.
///
/// # Panics
/// Where threads cannot be started, or there are no workers, tasks or runs.
pub fn run(options: &Options, mut each: impl FnMut(&Measurement)) -> Vec<Measurement> {
    assert!(options.workers > 0 && options.tasks > 0 && options.runs > 0, "nothing to be measured");
    let ours = ours::Runtime::new(options.workers);
    let tokio = options.others.then(|| tokio::Runtime::new(options.workers));
    let rayon = options.others.then(|| rayon::Runtime::new(options.workers));
    let measure = |case: &Case| {
        let mut times = (Vec::new(), Vec::new(), Vec::new());
        // The first round warms up.
        for round in 0..=options.runs {
            let ours = (case.ours)(&ours, options.tasks).ns_per_task();
            let tokio =
                tokio.as_ref().zip(case.tokio).map(|(runtime, f)| f(runtime, options.tasks).ns_per_task());
            let rayon =
                rayon.as_ref().zip(case.rayon).map(|(runtime, f)| f(runtime, options.tasks).ns_per_task());
            if round > 0 {
                times.0.push(ours);
                times.1.extend(tokio);
                times.2.extend(rayon);
            }
        }
        let some_median = |times: Vec<f64>| (!times.is_empty()).then(|| median(times));
        Measurement {
            case: case.name,
            ns_per_task: median(times.0),
            tokio_ns: some_median(times.1),
            rayon_ns: some_median(times.2),
        }
    };
    CASES.iter().map(measure).inspect(|measurement| each(measurement)).collect()
}

/// The side of the largest square table of no more than so many cells.
fn side(tasks: usize) -> usize {
    tasks.isqrt().max(1)
}

#[cfg(test)]
mod tests {
    use super::{Options, cases, run};

    #[test]
    fn every_case_is_measured_beside_the_others() {
        let options = Options { workers: 2, tasks: 2000, runs: 1, others: true };
        let mut told = Vec::new();
        let measurements = run(&options, |measurement| told.push(measurement.case));
        assert_eq!(told, cases().map(|(name, _)| name).collect::<Vec<_>>());
        for measurement in &measurements {
            assert!(measurement.ns_per_task > 0.0, "{measurement:?}");
            let compared = !["epoch", "reverse_mode", "ready_read"].contains(&measurement.case);
            assert_eq!(measurement.tokio_ns.is_some(), compared, "{measurement:?}");
            assert_eq!(measurement.rayon_ns.is_some(), compared, "{measurement:?}");
        }
    }
}
