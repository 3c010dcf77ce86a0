//! `runahead bench`: how long a program takes, and how exact it is; what tasks cost.

mod dispatch;
mod expect;
mod measure;
mod modes;
mod report;
mod runtime;

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use runahead::asynchronous::Pool;
use runahead::{Buffer, Executable, Literal, Program};

use crate::args::{BenchArgs, BenchCommand, ProgramBenchArgs};
use crate::compare::Difference;
use crate::error::{self, CliError};
use crate::inputs;
use crate::output::Output;
use crate::program::{compile, failed};
use measure::Times;
use report::Report;

/// Measures a program, or what was asked for instead.
///
/// # Errors
/// On bad input.
pub(crate) fn bench(args: &BenchArgs) -> Result<ExitCode, CliError> {
    match (&args.what, &args.program) {
        (Some(BenchCommand::Tasks(args)), _) => runtime::tasks(args),
        (Some(BenchCommand::Metg(args)), _) => runtime::metg(args),
        (Some(BenchCommand::Modes(args)), _) => modes::modes(args),
        (Some(BenchCommand::Dispatch(args)), _) => dispatch::dispatch(args),
        (None, Some(program)) => bench_program(program, &args.with),
        (None, None) => unreachable!("the command line names a program where it names nothing else"),
    }
}

fn bench_program(path: &Path, args: &ProgramBenchArgs) -> Result<ExitCode, CliError> {
    let (report, differences) = match args.threads {
        Some(threads) => Pool::new(threads).run(|| measured(path, args)),
        None => measured(path, args),
    }?;
    let mut output = Output::new();
    if args.json {
        output.line(report.to_json())?;
    } else {
        report.lines(&differences, args.tolerance).into_iter().try_for_each(|line| output.line(line))?;
    }
    let exact = differences.iter().all(|difference| difference.is_within(args.tolerance));
    Ok(if exact { ExitCode::SUCCESS } else { ExitCode::from(error::CHECK_FAILED) })
}

fn measured(path: &Path, args: &ProgramBenchArgs) -> Result<(Report, Vec<Difference>), CliError> {
    let program = Program::load(path)?;
    let device = runahead::device(&args.device)?;
    let started = Instant::now();
    let executable = compile(path, &program, &device)?;
    let compile_ms = started.elapsed().as_secs_f64() * 1e3;

    let literals = inputs::bind(path, executable.signature(), &args.inputs, &[])?;
    let expected = match &args.expect {
        Some(file) => Some(expect::read(file, executable.signature())?),
        None => None,
    };
    let arguments = literals
        .iter()
        .flatten()
        .map(|literal| device.upload(literal).map_err(|error| failed(path, error)))
        .collect::<Result<Vec<Buffer>, _>>()?;
    let arguments: Vec<&Buffer> = arguments.iter().collect();
    for argument in &arguments {
        argument.ready().wait().map_err(|error| failed(path, error))?;
    }

    // One execution alone, for its results and its memory: several in flight hold several times as much.
    device.reset_peak();
    let results = execute(&executable, &arguments).map_err(|error| failed(path, error))?;
    let peak_bytes = device.memory_use().peak;
    let differences = expected.map(|expected| expect::differences(&results, &expected));
    drop(results);

    let times = measure::measure(&executable, &arguments).map_err(|error| failed(path, error))?;
    let Times { median_us, min_us } = times;
    let report = Report::new(path, compile_ms, median_us, min_us, peak_bytes, differences.as_deref());
    Ok((report, differences.unwrap_or_default()))
}

/// Executes a program once and fetches its results.
fn execute(
    executable: &Executable,
    arguments: &[&Buffer],
) -> Result<Vec<Literal>, Box<dyn std::error::Error>> {
    let results = executable.execute(arguments)?;
    let downloads: Vec<_> = results.iter().map(Buffer::to_host).collect();
    downloads.iter().map(|download| Ok(download.wait()?.clone())).collect()
}
