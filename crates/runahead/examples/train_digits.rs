//! Trains the classifier of `examples/digits` from scratch, and reads the test images with it:
//!
//! ```sh
//! cargo run --release -p runahead --example train_digits [EPOCHS] [FOLDER]
//! ```
//!
//! A step, from the images to the new parameters, is one program, which is submitted; the host prepares the batches after
//! it meanwhile. The folder gets `digits.safetensors`, the parameters, and `loss.svg`.

mod digits;

use std::path::PathBuf;

use digits::Result;
use digits::classifier::Classifier;
use digits::images::Images;
use digits::{curve, training};
use runahead::nn::{Module, Store};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let epochs: usize = arguments.next().map_or(Ok(15), |epochs| epochs.parse())?;
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "target/train_digits".to_owned()));
    std::fs::create_dir_all(&folder)?;

    let device = runahead::device("cpu")?;
    let (images, test) = Images::load()?;
    let model = Classifier::new(&Store::fresh(7, &device).source())?;
    let report = training::train(&model, &images, epochs, 2e-3, &device)?;

    model.save(folder.join("digits.safetensors"))?;
    curve::write(&folder.join("loss.svg"), "training loss of each step", &report.losses)?;
    let steps = report.losses.len();
    println!(
        "{steps} steps in {:.2?}, of which the host waited {:.2?}: {:.0} images per second",
        report.took,
        report.waited,
        steps as f64 * 64.0 / report.took.as_secs_f64()
    );
    let correct = training::correct(&model, &test, &device)?;
    let share = correct as f64 / test.len() as f64;
    println!("test images: {correct} of {} read correctly ({:.2}%)", test.len(), 100.0 * share);
    println!("written: digits.safetensors and loss.svg in {}", folder.display());
    if epochs >= 5 && share < 0.96 {
        return Err("expected at least 96%".into());
    }
    Ok(())
}
