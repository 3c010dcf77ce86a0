//! What is printed about a measurement.

use std::path::Path;

use serde::Serialize;

use crate::compare::Difference;
use crate::text::{bytes, table};

/// A measurement.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    program: String,
    compile_ms: f64,
    median_us: f64,
    min_us: f64,
    peak_bytes: usize,
    max_abs_diff: Option<f64>,
    max_rel_diff: Option<f64>,
}

impl Report {
    pub(super) fn new(
        program: &Path,
        compile_ms: f64,
        median_us: f64,
        min_us: f64,
        peak_bytes: usize,
        differences: Option<&[Difference]>,
    ) -> Report {
        // JSON has no infinity; its largest number is beyond every tolerance too.
        let largest = |of: fn(&Difference) -> f64| {
            differences.map(|all| all.iter().map(of).fold(0.0, f64::max).min(f64::MAX))
        };
        Report {
            program: program.to_string_lossy().into_owned(),
            compile_ms: round(compile_ms),
            median_us: round(median_us),
            min_us: round(min_us),
            peak_bytes,
            max_abs_diff: largest(|difference| difference.max_abs),
            max_rel_diff: largest(|difference| difference.max_rel),
        }
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| unreachable!("a report is plain data: {error}"))
    }

    /// The report for people.
    pub(super) fn lines(&self, differences: &[Difference], tolerance: f64) -> Vec<String> {
        let mut rows = vec![
            vec!["compile".into(), format!("{} ms", self.compile_ms)],
            vec!["median".into(), format!("{} us", self.median_us)],
            vec!["minimum".into(), format!("{} us", self.min_us)],
            vec!["peak memory".into(), bytes(self.peak_bytes)],
        ];
        for (i, difference) in differences.iter().enumerate() {
            rows.push(vec![format!("out{i}"), difference_text(difference, tolerance)]);
        }
        let mut lines = vec![self.program.clone()];
        lines.extend(table(&rows, &[]));
        lines
    }
}

/// How far a result is from what was expected, and whether that is too far.
fn difference_text(difference: &Difference, tolerance: f64) -> String {
    let Difference { max_abs, max_rel, worst, must_be_equal } = difference;
    let Some(worst) = worst else { return "as expected".to_owned() };
    let allowed = match (difference.is_within(tolerance), must_be_equal) {
        (true, _) => String::new(),
        (false, false) => format!(", more than {tolerance:e}"),
        (false, true) => ", though integers must be equal".to_owned(),
    };
    format!("differs by {max_abs:.3e} at most, {max_rel:.3e} of the largest expected{allowed}; {worst}")
}

/// Rounds to what a measurement tells: a thousandth.
fn round(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
