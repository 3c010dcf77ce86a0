//! `runahead run`: a program on real data, once or for block after block.

mod labels;
mod report;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use runahead::files;
use runahead::{
    Buffer, Executable, Literal, Program, Recorder, Signature, Span, Stream, chrome_trace, device,
};
use serde_json::json;

use crate::args::{Assignment, RunArgs};
use crate::error::CliError;
use crate::output::Output;
use crate::{inputs, program};

use labels::accuracy;
use report::{Mode, Report};

/// Runs a program and tells what it took.
///
/// # Errors
/// On bad input.
pub(crate) fn run(args: &RunArgs) -> Result<ExitCode, CliError> {
    let job = Job::load(args)?;
    let modes: &[Mode] = match (args.compare, args.sync) {
        (true, _) => &[Mode::Synchronous, Mode::RunAhead],
        (false, true) => &[Mode::Synchronous],
        (false, false) => &[Mode::RunAhead],
    };
    job.warm_up()?;
    let mut output = Output::new();
    let mut reports = Vec::new();
    for &mode in modes {
        let run = job.run(mode)?;
        // Written before the figures, so that figures are only given of what is there.
        if reports.len() + 1 == modes.len() {
            job.write(&run)?;
        }
        if !args.json {
            output.line(&run.report)?;
        }
        reports.push(run.report.json());
    }
    if args.json {
        output.line(json!({"program": args.program.display().to_string(), "runs": reports}))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A compiled program with its arguments.
struct Job<'a> {
    args: &'a RunArgs,
    program: Executable,
    /// The arguments on the device; `None` for those that are streamed.
    fixed: Vec<Option<Buffer>>,
    /// The streamed arrays, in the order of their arguments.
    streamed: Vec<Literal>,
    labels: Option<Literal>,
}

/// What came of a run.
struct Run {
    results: Vec<Literal>,
    spans: Vec<Span>,
    report: Report,
}

impl<'a> Job<'a> {
    fn load(args: &'a RunArgs) -> Result<Job<'a>, CliError> {
        let device = device(&args.device)?;
        let program = program::compile(&args.program, &Program::load(&args.program)?, &device)?;
        let streams = streams(args, program.signature())?;
        let positions: Vec<usize> = streams.keys().copied().collect();
        let fixed = inputs::bind(&args.program, program.signature(), &args.inputs, &positions)?
            .iter()
            .map(|value| value.as_ref().map(|value| device.upload(value)).transpose())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| CliError::in_file(&args.program, error))?;
        let streamed = streams.into_values().map(inputs::read_one).collect::<Result<Vec<_>, _>>()?;
        let labels = args.labels.as_deref().map(inputs::read_one).transpose()?;
        Ok(Job { args, program, fixed, streamed, labels })
    }

    /// Runs one block that does not count, so that what a first run costs (memory that the system hands out, threads
    /// that start) is in none of the figures.
    fn warm_up(&self) -> Result<(), CliError> {
        if self.streamed.is_empty() {
            return self.once().map(drop);
        }
        let stream = self.stream()?;
        let rows = stream.rows();
        let first = self.streamed.iter().map(|array| leading_rows(array, rows));
        stream.run(&first.collect::<Vec<_>>(), |_| {}).map(drop).map_err(|error| self.failed(error))
    }

    fn run(&self, mode: Mode) -> Result<Run, CliError> {
        let device = self.program.device();
        let recorder = Arc::new(Recorder::new());
        device.set_recorder(Some(Arc::clone(&recorder)));
        device.reset_peak();
        let started = Instant::now();
        let results = match self.streamed.first() {
            None => self.once(),
            Some(array) => self.feed(mode, array.ty().dims[0], &recorder),
        };
        let wall = started.elapsed();
        device.set_recorder(None);
        let results = results?;
        let items = self.streamed.first().map_or(1, |array| array.ty().dims[0]);
        let accuracy = match (&self.labels, results.first()) {
            (Some(labels), Some(scores)) => {
                Some(accuracy(scores, labels).map_err(|error| self.in_labels(error))?)
            }
            (Some(_), None) => {
                return Err(self.in_labels("the program has no results to compare them with".into()));
            }
            (None, _) => None,
        };
        let spans = recorder.spans();
        let peak = device.memory_use().peak;
        let report = Report::new(mode, items, wall, &spans, peak, accuracy);
        Ok(Run { results, spans, report })
    }

    /// Executes the program on the arguments as they are.
    fn once(&self) -> Result<Vec<Literal>, CliError> {
        let arguments: Vec<&Buffer> = self.fixed.iter().flatten().collect();
        let results = self.program.execute(&arguments).map_err(|error| self.failed(error))?;
        let on_host: Vec<_> = results.iter().map(Buffer::to_host).collect();
        on_host
            .iter()
            .map(|result| result.wait().map(|literal| literal.clone()).map_err(|error| self.failed(error)))
            .collect()
    }

    /// Feeds the streamed arrays to the program, with a progress bar where somebody watches.
    fn feed(&self, mode: Mode, items: usize, recorder: &Arc<Recorder>) -> Result<Vec<Literal>, CliError> {
        let mut stream = self.stream()?.recorder(Arc::clone(recorder));
        if mode == Mode::Synchronous {
            stream = stream.synchronous();
        }
        let bar = progress_bar(items);
        let results = stream.run(&self.streamed, |rows| bar.inc(rows as u64));
        bar.finish_and_clear();
        results.map_err(|error| self.failed(error))
    }

    fn stream(&self) -> Result<Stream<'_>, CliError> {
        let stream = Stream::new(&self.program, self.fixed.clone()).map_err(|error| self.failed(error))?;
        Ok(stream.in_flight(self.args.in_flight))
    }

    /// Writes results and trace where they were asked for.
    fn write(&self, run: &Run) -> Result<(), CliError> {
        if let Some(path) = &self.args.output {
            write_results(path, &run.results)?;
        }
        if let Some(path) = &self.args.trace {
            files::write_text(path, &chrome_trace(&run.spans))?;
        }
        Ok(())
    }

    fn failed(&self, error: impl std::fmt::Display) -> CliError {
        CliError::in_file(&self.args.program, error)
    }

    fn in_labels(&self, error: String) -> CliError {
        let path = self.args.labels.as_deref().unwrap_or(Path::new("labels"));
        CliError::in_file(path, error)
    }
}

/// The files to be streamed, by the positions of the arguments that they are for.
fn streams<'a>(args: &'a RunArgs, signature: &Signature) -> Result<BTreeMap<usize, &'a Path>, CliError> {
    let mut streams = BTreeMap::new();
    for Assignment { argument, file } in &args.stream {
        let wrong =
            |problem: &str| CliError::in_file(&args.program, format!("--stream {argument}: {problem}"));
        let position = signature.position(argument).ok_or_else(|| {
            let names = (0..signature.parameters.len()).map(|i| signature.parameter_name(i));
            let names = names.collect::<Vec<_>>().join(", ");
            wrong(&format!("the program has no such argument; it takes {names}"))
        })?;
        if streams.insert(position, file.as_path()).is_some() {
            return Err(wrong("the argument is given twice; leave one out"));
        }
    }
    Ok(streams)
}

/// The first rows of an array, or all where it has fewer.
fn leading_rows(array: &Literal, rows: usize) -> Literal {
    let ty = array.ty();
    let Some(&all) = ty.dims.first() else { return array.clone() };
    let kept = rows.min(all);
    let ty = ty.with_dims(std::iter::once(kept).chain(ty.dims[1..].iter().copied()));
    let bytes = array.to_dense();
    let len = ty.byte_count().unwrap_or(0).min(bytes.len());
    Literal::new(ty, &bytes[..len]).unwrap_or_else(|_| array.clone())
}

/// A bar on a terminal, and nothing anywhere else.
fn progress_bar(items: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} items, {per_sec}, {eta} left");
    ProgressBar::new(items as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Writes results as out0, out1, …: to one file where the name ends as one of arrays does, else to a folder of `.npy`
/// files.
fn write_results(path: &Path, results: &[Literal]) -> Result<(), CliError> {
    let named: Vec<(String, &Literal)> =
        results.iter().enumerate().map(|(i, result)| (format!("out{i}"), result)).collect();
    if path.extension().is_some() && !path.is_dir() {
        return Ok(files::write(path, &named)?);
    }
    std::fs::create_dir_all(path).map_err(|error| {
        CliError::in_file(
            path,
            format!("the folder cannot be made: {error}; give another place for the results"),
        )
    })?;
    for (name, result) in named {
        files::write_npy(path.join(name).with_extension("npy"), result)?;
    }
    Ok(())
}
