//! Running a self-checking program.

use std::path::{Path, PathBuf};
use std::time::Instant;

use runahead::asynchronous::{Async, Error, ErrorKind, task};
use runahead::ir::{Location, Module, ReadError, read_sections, verify};
use runahead::{Device, Literal, read_program};

use super::extract::{Check, Expected, take_out};
use super::probes::Probes;
use super::report::{Failure, Report};
use crate::text::one_line;

/// What came of a program, in how many milliseconds.
struct Verdict {
    result: Result<(), Failure>,
    ms: f64,
}

/// The verdicts on a file's sections, each with the section's number, or why the file cannot be read.
type Sections = Result<Vec<(usize, Async<Verdict>)>, Failure>;

/// A file whose programs are on their way.
pub(super) struct Checked(Async<Sections>);

/// Checks the programs of a file; returns at once.
pub(super) fn check_file(path: PathBuf, device: Device) -> Checked {
    Checked(task("read").spawn(async move { Ok::<_, Error>(read(&path, &device)) }))
}

/// Reads a file and makes a task of every program in it.
fn read(path: &Path, device: &Device) -> Sections {
    let name = path.to_string_lossy();
    let bytes = read_program(path).map_err(|error| {
        let message = error.to_string();
        let message = message.strip_prefix(&format!("{name}: ")).unwrap_or(&message);
        Failure { place: None, reason: one_line(message) }
    })?;
    let sections = read_sections(&name, bytes).into_iter().enumerate();
    // A file may begin or end with a separator.
    let sections = sections.filter(|(_, section)| !section.as_ref().is_ok_and(is_empty));
    let sections: Vec<_> = sections
        .map(|(i, section)| {
            let device = device.clone();
            let verdict = task("check").spawn(async move { Ok::<_, Error>(judge(section, &device).await) });
            (i + 1, verdict)
        })
        .collect();
    if sections.is_empty() {
        return Err(Failure { place: None, reason: "the file holds no program".to_owned() });
    }
    Ok(sections)
}

fn is_empty(module: &Module) -> bool {
    module.functions.is_empty() && module.name.is_none() && module.attributes.is_empty()
}

async fn judge(section: Result<Module, ReadError>, device: &Device) -> Verdict {
    let started = Instant::now();
    let result = match section {
        Ok(module) => run(module, device).await,
        Err(error) => Err(Failure { place: Some(error.place()), reason: one_line(&error.message()) }),
    };
    let ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    Verdict { result, ms }
}

/// Runs a program and what it checks.
async fn run(mut module: Module, device: &Device) -> Result<(), Failure> {
    verify(&module).map_err(|errors| {
        let first = &errors[0];
        let more = more(errors.len() - 1, "error");
        Failure {
            place: place(&module, first.location),
            reason: one_line(&format!("{}: {}{more}", first.operation, first.message)),
        }
    })?;
    let checks = take_out(&mut module).map_err(|unsuitable| Failure {
        place: place(&module, unsuitable.location),
        reason: unsuitable.reason,
    })?;
    let probes = Probes::watch(&mut module);
    let executable = device.compile(&module).map_err(|error| compile_failure(&module, &error.to_string()))?;
    let failed = |reason: String| Failure { place: None, reason: one_line(&reason) };
    let results = executable.execute(&[]).map_err(|error| failed(error.to_string()))?;
    let downloads: Vec<_> = results.iter().map(|buffer| buffer.to_host()).collect();
    let mut literals = Vec::with_capacity(downloads.len());
    for download in &downloads {
        literals.push(download.await.map_err(|error| failed(message(&error)))?.clone());
    }
    compare(&module, &checks, &literals, &probes)
}

/// Makes every comparison; the failure is the first that does not hold.
fn compare(module: &Module, checks: &[Check], results: &[Literal], probes: &Probes) -> Result<(), Failure> {
    let holds = |check: &Check| {
        let got = &results[check.got];
        match &check.expected {
            Expected::Result(i) => check.rule.check(got, &results[*i]),
            Expected::Constant(literal) => check.rule.check(got, literal),
            Expected::Seen { probe, iteration } => {
                check.rule.check(got, &probes.seen(probe, *iteration, got.ty())?)
            }
        }
    };
    let mut broken = checks.iter().filter_map(|check| Some((check, holds(check).err()?)));
    let Some((check, reason)) = broken.next() else { return Ok(()) };
    let reason = format!("{}: {reason}{}", check.name, more(broken.count(), "check"));
    Err(Failure { place: place(module, check.location), reason })
}

/// What is said of what else failed.
fn more(count: usize, what: &str) -> String {
    match count {
        0 => String::new(),
        1 => format!("; 1 more {what} fails"),
        _ => format!("; {count} more {what}s fail"),
    }
}

/// The line and column of a place, as in `12:5`, or the byte.
fn place(module: &Module, location: Location) -> Option<String> {
    module.source.as_ref()?.place(location)
}

/// Splits a compiler's first line into the place that it begins with, if it does, and the reason.
fn compile_failure(module: &Module, message: &str) -> Failure {
    let mut lines = message.lines();
    let first = lines.next().unwrap_or("it does not compile");
    let more = more(lines.count(), "error");
    let place_and_reason = module.source.as_ref().and_then(|source| {
        let rest = first.strip_prefix(source.name())?.strip_prefix(':')?;
        let (place, reason) = rest.split_once(": ")?;
        let is_place = place.starts_with("byte ") || place.bytes().all(|b| b.is_ascii_digit() || b == b':');
        is_place.then_some((place, reason))
    });
    let (place, reason) = match place_and_reason {
        Some((place, reason)) => (Some(place.to_owned()), reason),
        None => (None, first),
    };
    Failure { place, reason: format!("{reason}{more}") }
}

/// What is said of an error that came with a value. A panic is a mistake of this program's, not of the one it runs.
fn message(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Panicked => format!("internal error: {error}"),
        _ => error.to_string(),
    }
}

/// Waits for the programs of a file, one after the other.
pub(super) fn reports(path: &Path, checked: Checked) -> Vec<Report> {
    let file = path.to_string_lossy().into_owned();
    let failure = |error: Error| Failure { place: None, reason: one_line(&message(&error)) };
    let report = |section, sections, result: Result<(), Failure>, ms| {
        let passed = result.is_ok();
        let (reason, place) =
            result.err().map_or((None, None), |failure| (Some(failure.reason), failure.place));
        Report { file: file.clone(), section, passed, reason, place, ms, sections }
    };
    let sections = match checked.0.wait() {
        Err(error) => return vec![report(1, 1, Err(failure(error)), 0.0)],
        Ok(sections) => sections.clone(),
    };
    let sections = match sections {
        Err(failure) => return vec![report(1, 1, Err(failure), 0.0)],
        Ok(sections) => sections,
    };
    let verdict = |(number, verdict): &(usize, Async<Verdict>)| match verdict.wait() {
        Err(error) => report(*number, sections.len(), Err(failure(error)), 0.0),
        Ok(verdict) => report(*number, sections.len(), verdict.result.clone(), verdict.ms),
    };
    sections.iter().map(verdict).collect()
}
