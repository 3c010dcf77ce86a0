//! `runahead bench dispatch`: what an execution costs, natively and through plugins.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use runahead::pjrt::{Client, DeviceBuffer, Form, HostUse, Plugin, bare, installed_plugins};
use runahead::{Buffer, Device, Executable, InCall, Literal, Program};
use serde::Serialize;

use super::runtime::Table;
use crate::args::DispatchArgs;
use crate::error::CliError;

/// How long each way is measured in each round, about.
const SAMPLE: Duration = Duration::from_millis(10);
/// The most calls in a sample.
const MOST_CALLS: usize = 10_000;

/// The plugins that are measured where they are there.
const PLUGINS: [&str; 2] = ["xla-cpu", "runahead"];

const ADD: &str =
    "module @add { func.func public @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %z = stablehlo.add %x, %y : tensor<4xf32>
  return %z : tensor<4xf32>
} }";

/// Microseconds for an execution, the median of the rounds. What cannot be measured is `None`.
#[derive(Default, Serialize)]
struct Measured {
    case: String,
    /// To submit it, in a chain.
    enqueue_us: Option<f64>,
    /// To submit it and have the value on the host.
    value_us: Option<f64>,
    /// The same by the plugin's functions alone.
    c_enqueue_us: Option<f64>,
    c_value_us: Option<f64>,
}

/// Measures what there is.
///
/// # Errors
/// Where a plugin that is there fails, or standard output cannot be written.
pub(crate) fn dispatch(args: &DispatchArgs) -> Result<ExitCode, CliError> {
    let mut table = Table::new(args.json);
    table.head(format_args!(
        "{:>16} {:>10} {:>10} {:>12} {:>10}",
        "us per call", "enqueue", "value", "C: enqueue", "value"
    ));
    let mut row = |measured: Measured| {
        let us = |us: Option<f64>| us.map_or("-".into(), |us| format!("{us:.2}"));
        let Measured { case, enqueue_us, value_us, c_enqueue_us, c_value_us } = &measured;
        let shown = [*enqueue_us, *value_us, *c_enqueue_us, *c_value_us].map(us);
        let [enqueue, value, c_enqueue, c_value] = &shown;
        table.row(
            &measured,
            format_args!("{case:>16} {enqueue:>10} {value:>10} {c_enqueue:>12} {c_value:>10}"),
        );
    };
    row(native(args.rounds).map_err(|error| CliError::new(format!("dispatch: {error}")))?);
    for (name, path) in plugins(args) {
        let measured = match path {
            Some(path) => through(&name, path, args.rounds)
                .map_err(|error| CliError::new(format!("dispatch through {name}: {error}")))?,
            None => Measured { case: name, ..Measured::default() },
        };
        row(measured);
    }
    table.result
}

/// The plugins to measure, with their libraries where they are there.
fn plugins(args: &DispatchArgs) -> Vec<(String, Option<PathBuf>)> {
    let installed = installed_plugins();
    let known = |name: &str| {
        let given = args.plugin.iter().find(|given| given.argument == name).map(|given| given.file.clone());
        given.or_else(|| Some(installed.iter().find(|plugin| plugin.name == name)?.path.clone()))
    };
    let others = args.plugin.iter().map(|given| &*given.argument).filter(|name| !PLUGINS.contains(name));
    PLUGINS.into_iter().chain(others).map(|name| (name.to_owned(), known(name))).collect()
}

/// A way to execute so many times.
type Way<'a> = Box<dyn FnMut(usize) -> Result<(), Box<dyn Error>> + 'a>;

fn native(rounds: usize) -> Result<Measured, Box<dyn Error>> {
    let device = runahead::device("cpu")?;
    let [enqueue, value] = ways(&device)?;
    let medians = medians(&mut [enqueue, value], rounds, || Ok(device.synchronize()?))?;
    Ok(Measured {
        case: "native".into(),
        enqueue_us: Some(medians[0]),
        value_us: Some(medians[1]),
        ..Measured::default()
    })
}

fn through(name: &str, path: PathBuf, rounds: usize) -> Result<Measured, Box<dyn Error>> {
    let client = Client::new(Plugin::load(path)?, &[])?;
    let device = client.device(name, 0, Form::default())?;
    let [enqueue, value] = ways(&device)?;

    let program =
        client.compile(Program::from_text("add.mlir", ADD)?.module(), &[0], &[], Form::default())?;
    let operand = operand()?;
    let upload =
        || DeviceBuffer::from_host(&client, 0, operand.ty(), operand.to_dense(), HostUse::UntilCopied, || {});
    let (x, y) = (upload()?, upload()?);
    let bytes = operand.to_dense().len();
    let mut ways = vec![enqueue, value];
    ways.push(Box::new(|calls| Ok(bare::chain(&program, &x, &y, calls, None)?)));
    ways.push(Box::new(|calls| Ok(bare::chain(&program, &x, &y, calls, Some(bytes))?)));
    let medians = medians(&mut ways, rounds, || Ok(device.synchronize()?))?;
    Ok(Measured {
        case: name.into(),
        enqueue_us: Some(medians[0]),
        value_us: Some(medians[1]),
        c_enqueue_us: Some(medians[2]),
        c_value_us: Some(medians[3]),
    })
}

fn operand() -> Result<Literal, Box<dyn Error>> {
    Ok(Literal::from_elements([4], &[1.0f32, 2.0, 3.0, 4.0])?)
}

/// To submit, and to submit and fetch, on a device.
fn ways(device: &Device) -> Result<[Way<'static>; 2], Box<dyn Error>> {
    let add = Program::from_text("add.mlir", ADD)?.compile(device)?;
    let operand = operand()?;
    let (x, y) = (device.upload(&operand)?, device.upload(&operand)?);
    let enqueue = {
        let (add, x, y) = (add.clone(), x.clone(), y.clone());
        move |calls| {
            let mut x = x.clone();
            for _ in 0..calls {
                x = executed(&add, &x, &y)?;
            }
            Ok(())
        }
    };
    let value = move |calls| {
        let mut x = x.clone();
        for _ in 0..calls {
            let mut results = add.submission(&[&x, &y]).in_call(InCall::Any).submit()?;
            x = results.remove(0);
            x.to_host().wait()?;
        }
        Ok(())
    };
    Ok([Box::new(enqueue), Box::new(value)])
}

fn executed(add: &Executable, x: &Buffer, y: &Buffer) -> Result<Buffer, Box<dyn Error>> {
    Ok(add.execute(&[x, y])?.remove(0))
}

/// The median of each way's microseconds per call, over rounds in which each is measured once. What was submitted is waited
/// for between the measurements.
fn medians(
    ways: &mut [Way<'_>],
    rounds: usize,
    synchronize: impl Fn() -> Result<(), Box<dyn Error>>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let timed = |way: &mut Way<'_>, calls: usize| -> Result<f64, Box<dyn Error>> {
        let started = Instant::now();
        way(calls)?;
        let took = started.elapsed();
        synchronize()?;
        Ok(took.as_secs_f64() * 1e6 / calls as f64)
    };
    let mut calls = Vec::with_capacity(ways.len());
    for way in ways.iter_mut() {
        timed(way, 100)?;
        let once = timed(way, 100)?;
        calls.push(((SAMPLE.as_secs_f64() * 1e6 / once) as usize).clamp(1, MOST_CALLS));
    }
    let mut times = vec![Vec::with_capacity(rounds); ways.len()];
    for _ in 0..rounds {
        for ((way, times), &calls) in ways.iter_mut().zip(&mut times).zip(&calls) {
            times.push(timed(way, calls)?);
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Ok(times.iter_mut().map(median).collect())
}
