//! A training loop whose host is ahead of the device.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use runahead::nn::{Module, Phase};
use runahead::optim::{AdamW, Clip, Optimizer, Schedule};
use runahead::{AsyncTensor, Device, ElementType, Operations, ops};

use super::Result;
use super::classifier::Classifier;
use super::images::{Images, Random};

const BATCH: usize = 64;
/// Steps that may be under way at once: enough for the device never to wait, few enough for memory to stay bounded.
const AHEAD: usize = 4;

/// What a training was like.
pub(crate) struct Report {
    /// The loss of each step.
    pub(crate) losses: Vec<f32>,
    pub(crate) took: Duration,
    /// How long the host waited for the device.
    pub(crate) waited: Duration,
}

/// Trains what of the classifier is trainable for so many rounds over the images.
pub(crate) fn train(
    model: &Classifier,
    images: &Images,
    epochs: usize,
    rate: f64,
    device: &Device,
) -> Result<Report> {
    let steps = epochs * (images.len() / BATCH);
    let schedule = Schedule::Cosine { from: rate, to: 0.0, steps: steps as u64 };
    let mut optimizer =
        Optimizer::new(AdamW::default(), model.parameters(), schedule)?.with_clip(Clip::Norm(5.0));
    let bar = ProgressBar::new(steps as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos}/{len} steps, {elapsed}, {msg}")?);

    let (mut random, mut in_flight) = (Random(7), VecDeque::new());
    let mut report =
        Report { losses: Vec::with_capacity(steps), took: Duration::ZERO, waited: Duration::ZERO };
    let begin = Instant::now();
    let mut collect = |loss: AsyncTensor| -> Result<()> {
        let asked = Instant::now();
        let loss = loss.wait()?.to_scalar()?;
        report.waited += asked.elapsed();
        report.losses.push(loss);
        bar.set_message(format!("loss {loss:.4}"));
        bar.inc(1);
        Ok(())
    };
    for _ in 0..epochs {
        let order = random.shuffled(images.len());
        for chosen in order.chunks_exact(BATCH) {
            // This batch is prepared while the device computes those before.
            let (x, labels) = images.batch(chosen, device)?;
            let logits = model.forward(x.lazy(), Phase::Training)?;
            let loss = ops::cross_entropy(logits, labels)?;
            in_flight.push_back(optimizer.step(&loss)?);
            if in_flight.len() > AHEAD {
                in_flight.pop_front().into_iter().try_for_each(&mut collect)?;
            }
        }
    }
    in_flight.into_iter().try_for_each(&mut collect)?;
    bar.finish();
    report.took = begin.elapsed();
    Ok(report)
}

/// How many of the images are read correctly.
pub(crate) fn correct(model: &Classifier, images: &Images, device: &Device) -> Result<usize> {
    let (x, labels) = images.all(device)?;
    let read = model.call(x)?.argmax(-1)?.cast(ElementType::I32)?;
    let count = read.eq(labels)?.cast(ElementType::I32)?.sum([])?.wait()?;
    Ok(usize::try_from(count.to_scalar::<i32>()?)?)
}
