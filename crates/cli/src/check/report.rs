//! What came of the programs.

use std::fmt;

use serde::Serialize;

/// What came of a program.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// The file, as it was given or found.
    pub(super) file: String,
    /// Which of the file's sections the program is, counted from 1.
    pub(super) section: usize,
    pub(super) passed: bool,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// The line and column that the reason concerns, as in `12:5`, or the byte of bytecode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
    /// Milliseconds from the program's verification to its verdict.
    pub(super) ms: f64,
    /// How many sections the file has.
    #[serde(skip)]
    pub(super) sections: usize,
}

/// Why a program failed, and the place where that is known.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    pub(super) place: Option<String>,
    pub(super) reason: String,
}

impl Report {
    /// The line that is printed for a program that failed.
    pub(super) fn to_line(&self) -> Option<String> {
        let reason = self.reason.as_deref()?;
        let place = self.place.as_ref().map_or_else(String::new, |place| format!(":{place}"));
        let section = if self.sections > 1 { format!("section {}: ", self.section) } else { String::new() };
        Some(format!("{}{place}: {section}{reason}", self.file))
    }

    /// The object that is printed for any program.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| unreachable!("a report is plain data: {error}"))
    }
}

/// How many programs passed and failed.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Tally {
    pub(super) fn count(&mut self, report: &Report) {
        *if report.passed { &mut self.passed } else { &mut self.failed } += 1;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}
