//! `runahead bench tasks` and `runahead bench metg`: what tasks cost.

use std::process::ExitCode;

use runahead_bench::{metg, tasks};
use serde::Serialize;

use crate::args::{MetgArgs, TasksArgs};
use crate::error::CliError;
use crate::output::Output;

/// Measures the overhead of tasks.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn tasks(args: &TasksArgs) -> Result<ExitCode, CliError> {
    let options =
        tasks::Options { workers: args.workers, tasks: args.tasks, runs: args.runs, others: !args.alone };
    let mut table = Table::new(args.json);
    table.head(format_args!("{:>12} {:>10} {:>10} {:>10}", "ns per task", "runahead", "tokio", "rayon"));
    let optional = |ns: Option<f64>| ns.map_or("-".into(), |ns| format!("{ns:.1}"));
    tasks::run(&options, |measured| {
        let (tokio, rayon) = (optional(measured.tokio_ns), optional(measured.rayon_ns));
        let line =
            format_args!("{:>12} {:10.1} {tokio:>10} {rayon:>10}", measured.case, measured.ns_per_task);
        table.row(measured, line);
    });
    table.result
}

/// Measures the smallest effective tasks.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn metg(args: &MetgArgs) -> Result<ExitCode, CliError> {
    let mut options = metg::Options { width: args.width, workers: args.workers, ..metg::Options::default() };
    if let Some(pattern) = args.pattern {
        options.patterns = vec![pattern];
    }
    let mut table = Table::new(args.json);
    table.head(format_args!("{:>14} {:>10} {:>11}", "pattern", "METG us", "iterations"));
    metg::run(&options, |measured| {
        let name = measured.pattern.name();
        table
            .row(measured, format_args!("{name:>14} {:10.3} {:11.1}", measured.metg_us, measured.iterations));
    });
    table.result
}

/// Rows that are printed as soon as they are there: as text below a head, or as JSON objects.
pub(super) struct Table {
    output: Output,
    json: bool,
    /// The first error in writing.
    pub(super) result: Result<ExitCode, CliError>,
}

impl Table {
    pub(super) fn new(json: bool) -> Table {
        Table { output: Output::new(), json, result: Ok(ExitCode::SUCCESS) }
    }

    pub(super) fn head(&mut self, head: impl std::fmt::Display) {
        if !self.json {
            self.line(head);
        }
    }

    pub(super) fn row(&mut self, row: &impl Serialize, line: impl std::fmt::Display) {
        match serde_json::to_string(row) {
            Ok(object) if self.json => self.line(object),
            _ => self.line(line),
        }
    }

    fn line(&mut self, line: impl std::fmt::Display) {
        if self.result.is_ok()
            && let Err(error) = self.output.line(line)
        {
            self.result = Err(error);
        }
    }
}
