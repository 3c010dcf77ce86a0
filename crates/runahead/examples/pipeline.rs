//! Data prepared while the device computes: trains the classifier of `examples/digits` on distorted images, first each step
//! after the other, then with the host ahead, and shows when which of the two worked.
//!
//! ```sh
//! cargo run --release -p runahead --example pipeline [STEPS]
//! ```
//!
//! The device has one worker, the host's thread is the other. What distorting an image costs is chosen so that preparing
//! a batch takes about as long as a step of training on it.

mod digits;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use digits::Result;
use digits::classifier::Classifier;
use digits::images::{Images, Random};
use runahead::asynchronous::Pool;
use runahead::nn::{Module, Phase, Store};
use runahead::optim::{AdamW, Optimizer, Schedule};
use runahead::{Device, Lane, Recorder, Span, busy_time, ops, overlap_time};

const BATCH: usize = 96;
/// Columns of a timeline.
const WIDTH: usize = 72;

fn main() -> Result<()> {
    let steps: usize = std::env::args().nth(1).map_or(Ok(40), |steps| steps.parse())?;
    Pool::new(1).run(|| compare(steps))
}

fn compare(steps: usize) -> Result<()> {
    let device = runahead::device("cpu")?;
    let (images, _) = Images::load()?;
    let taps = taps(&images, &device)?;
    println!("{steps} steps of {BATCH} images, each pixel the mean of {taps} by {taps} points");

    let in_turn = train(&images, steps, taps, 0, &device)?;
    in_turn.show("one after the other");
    let ahead = train(&images, steps, taps, 2, &device)?;
    ahead.show("the host ahead");

    if in_turn.losses != ahead.losses {
        return Err("the losses of both runs differ".into());
    }
    let ratio = in_turn.took.as_secs_f64() / ahead.took.as_secs_f64();
    println!("\n{ratio:.2} times as many steps per second, with the same losses");
    Ok(())
}

/// What a training was like.
struct Run {
    took: Duration,
    losses: Vec<f32>,
    spans: Vec<Span>,
}

/// Trains, with so many steps under way at most while a batch is prepared.
fn train(images: &Images, steps: usize, taps: usize, ahead: usize, device: &Device) -> Result<Run> {
    let model = Classifier::new(&Store::fresh(7, device).source())?;
    let mut optimizer = Optimizer::new(AdamW::default(), model.parameters(), Schedule::Constant(1e-3))?;
    let mut random = Random(7);
    let order = random.shuffled(images.len());
    let mut batches = order.chunks_exact(BATCH).cycle();
    let recorder = Arc::new(Recorder::new());
    device.set_recorder(Some(Arc::clone(&recorder)));

    let (mut in_flight, mut losses) = (VecDeque::new(), Vec::with_capacity(steps));
    let begin = Instant::now();
    for _ in 0..steps {
        let chosen = batches.next().ok_or("there are too few images")?;
        let prepare = || images.distorted(chosen, taps, &mut random, device);
        let (x, labels) = recorder.record(Lane::Host, "prepare", prepare)?;
        let logits = model.forward(x.lazy(), Phase::Training)?;
        in_flight.push_back(optimizer.step(&ops::cross_entropy(logits, labels)?)?);
        while in_flight.len() > ahead {
            losses.extend(in_flight.pop_front().map(|loss| loss.wait()?.to_scalar::<f32>()).transpose()?);
        }
    }
    for loss in in_flight {
        losses.push(loss.wait()?.to_scalar()?);
    }
    let took = begin.elapsed();
    device.set_recorder(None);
    Ok(Run { took, losses, spans: recorder.spans() })
}

/// How many points make a pixel, so that preparing a batch takes as long as training on it.
fn taps(images: &Images, device: &Device) -> Result<usize> {
    const FIRST: usize = 8;
    let run = train(images, 8, FIRST, 0, device)?;
    // The first steps compile their programs.
    let typical = |lane: fn(&Lane) -> bool| {
        let mut times = times(&run.spans, lane).map(|(from, to)| to - from).collect::<Vec<_>>();
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let ratio = typical(is_device) / typical(is_host);
    Ok(((FIRST as f64 * ratio.sqrt()).round() as usize).clamp(1, 100))
}

fn is_host(lane: &Lane) -> bool {
    *lane == Lane::Host
}

fn is_device(lane: &Lane) -> bool {
    matches!(lane, Lane::Device(_))
}

fn times(spans: &[Span], lane: fn(&Lane) -> bool) -> impl Iterator<Item = (Duration, Duration)> {
    spans.iter().filter(move |span| lane(&span.lane)).map(|span| (span.start, span.end))
}

impl Run {
    /// Prints how long it took, and when host and device worked, for the steps in the middle.
    fn show(&self, title: &str) {
        let steps = self.losses.len();
        let busy = |lane| busy_time(times(&self.spans, lane));
        let both = overlap_time(times(&self.spans, is_host), times(&self.spans, is_device));
        println!(
            "\n{title}: {:.1?} a step (host at work for {:.1?}, device for {:.1?}, both at once for {:.1?})",
            self.took / steps as u32,
            busy(is_host) / steps as u32,
            busy(is_device) / steps as u32,
            both / steps as u32,
        );
        let shown = self.took.min(self.took / steps as u32 * 8);
        let from = (self.took - shown) / 2;
        for (name, lane) in [("host", is_host as fn(&Lane) -> bool), ("device", is_device)] {
            println!("{name:>8} {}", timeline(times(&self.spans, lane), from, shown));
        }
    }
}

/// A row with a mark wherever work was done for at least half of a column's time.
fn timeline(spans: impl Iterator<Item = (Duration, Duration)>, from: Duration, length: Duration) -> String {
    let spans: Vec<_> = spans.collect();
    let column = length / WIDTH as u32;
    let is_busy = |at: u32| {
        let (start, end) = (from + column * at, from + column * (at + 1));
        overlap_time(spans.iter().copied(), [(start, end)]) * 2 >= column
    };
    (0..WIDTH as u32).map(|at| if is_busy(at) { '█' } else { '·' }).collect()
}
