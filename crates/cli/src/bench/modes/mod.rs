//! `runahead bench modes`: what an operation on tensors costs now, later and lazily, beside candle.

#[cfg(feature = "candle")]
mod candle;
mod cases;

use std::error::Error;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use runahead::{AsyncTensor, Device, Lazy, Literal, Tensor};
use serde::Serialize;

use super::runtime::Table;
use crate::args::ModesArgs;
use crate::error::CliError;
use cases::Case;

/// How long each way is measured in each round, about.
const SAMPLE: Duration = Duration::from_millis(10);
/// The most calls in a sample.
const MOST_CALLS: usize = 2000;

/// Microseconds for a call, the median of the rounds.
#[derive(Serialize)]
struct Measured {
    case: &'static str,
    /// Each call on tensors that are there.
    now_us: f64,
    /// Calls on the results of calls before, waited for once.
    later_us: f64,
    /// Each call recorded and evaluated, its program being there.
    lazy_us: f64,
    /// The first such call, which compiles its program.
    lazy_first_us: f64,
    /// Each call of candle; none where this was built without it.
    candle_us: Option<f64>,
}

/// Measures the cases.
///
/// # Errors
/// Where a case fails, or standard output cannot be written.
pub(crate) fn modes(args: &ModesArgs) -> Result<ExitCode, CliError> {
    let mut table = Table::new(args.json);
    table.head(format_args!(
        "{:>24} {:>10} {:>10} {:>10} {:>12} {:>10}",
        "us per call", "now", "later", "lazily", "lazily first", "candle"
    ));
    let failed = |error: Box<dyn Error>| CliError::new(format!("modes: {error}"));
    for case in cases::all().map_err(|error| failed(error.into()))? {
        let measured = measure(&case, args.rounds).map_err(failed)?;
        let candle = measured.candle_us.map_or("-".into(), |us| format!("{us:.2}"));
        table.row(
            &measured,
            format_args!(
                "{:>24} {:10.2} {:10.2} {:10.2} {:12.0} {candle:>10}",
                measured.case, measured.now_us, measured.later_us, measured.lazy_us, measured.lazy_first_us
            ),
        );
    }
    table.result
}

/// A way to call a case so many times.
type Way<'a> = Box<dyn FnMut(usize) -> Result<(), Box<dyn Error>> + 'a>;

fn measure(case: &Case, rounds: usize) -> Result<Measured, Box<dyn Error>> {
    let device = runahead::device("cpu")?;
    let tensors = upload(&case.operands, &device)?;
    let lazies: Vec<Lazy> = tensors.iter().map(Tensor::lazy).collect();
    let futures: Vec<AsyncTensor> = tensors.iter().map(Tensor::to_async).collect();

    let started = Instant::now();
    black_box((case.lazily)(&lazies)?.eval()?);
    let lazy_first_us = started.elapsed().as_secs_f64() * 1e6;

    let mut ways: Vec<Way<'_>> = vec![
        Box::new(|calls| {
            for _ in 0..calls {
                black_box((case.now)(&tensors)?);
            }
            Ok(())
        }),
        Box::new(|calls| {
            let mut operands = futures.clone();
            for _ in 0..calls {
                operands[0] = (case.later)(&operands)?;
            }
            operands[0].wait()?;
            Ok(())
        }),
        Box::new(|calls| {
            for _ in 0..calls {
                black_box((case.lazily)(&lazies)?.eval()?);
            }
            Ok(())
        }),
    ];
    #[cfg(feature = "candle")]
    {
        let operands = case.operands.iter().map(candle::tensor).collect::<Result<Vec<_>, _>>()?;
        ways.push(Box::new(move |calls| {
            for _ in 0..calls {
                black_box((case.candle)(&operands)?);
            }
            Ok(())
        }));
    }
    let medians = medians(&mut ways, rounds)?;
    Ok(Measured {
        case: case.name,
        now_us: medians[0],
        later_us: medians[1],
        lazy_us: medians[2],
        lazy_first_us,
        candle_us: medians.get(3).copied(),
    })
}

fn upload(operands: &[Literal], device: &Device) -> Result<Vec<Tensor>, Box<dyn Error>> {
    operands.iter().map(|literal| Ok(Tensor::from_literal(literal, device)?)).collect()
}

/// The median of each way's microseconds per call, over rounds in which each is measured once.
fn medians(ways: &mut [Way<'_>], rounds: usize) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut calls = Vec::with_capacity(ways.len());
    for way in ways.iter_mut() {
        way(3)?;
        let started = Instant::now();
        way(1)?;
        let once = started.elapsed().as_nanos().max(1);
        calls.push((SAMPLE.as_nanos() / once).clamp(1, MOST_CALLS as u128) as usize);
    }
    let mut times = vec![Vec::with_capacity(rounds); ways.len()];
    for _ in 0..rounds {
        for ((way, times), &calls) in ways.iter_mut().zip(&mut times).zip(&calls) {
            let started = Instant::now();
            way(calls)?;
            times.push(started.elapsed().as_secs_f64() * 1e6 / calls as f64);
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Ok(times.iter_mut().map(median).collect())
}
