//! `runahead check`: self-checking programs.
//!
//! `files` finds the programs, `extract` makes of a program that checks itself one that returns what is to be checked,
//! `probes` keeps what is seen on the way, `program` runs it and compares, `report` says what came of it. Programs are
//! tasks of the pool, so that as many run at once as there are workers; their reports come in order.

mod extract;
mod files;
mod probes;
mod program;
mod report;

use std::process::ExitCode;

use crate::args::CheckArgs;
use crate::error::{self, CliError};
use crate::output::Output;
use report::Tally;

/// Checks every program of the files and folders given.
///
/// # Errors
/// Where one of them is not there.
pub(crate) fn check(args: &CheckArgs) -> Result<ExitCode, CliError> {
    let files = files::find(&args.paths)?;
    let device = runahead::device("cpu")?;
    let checked: Vec<_> =
        files.iter().map(|file| program::check_file(file.clone(), device.clone())).collect();

    let mut output = Output::new();
    let mut tally = Tally::default();
    for (file, checked) in files.iter().zip(checked) {
        for report in program::reports(file, checked) {
            tally.count(&report);
            if args.json {
                output.line(report.to_json())?;
            } else if let Some(line) = report.to_line() {
                output.line(line)?;
            }
        }
    }
    if args.json {
        error::say(&tally);
    } else {
        output.line(&tally)?;
    }
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(error::CHECK_FAILED) })
}
