//! Adapts the classifier of `examples/digits`, as JAX trained it, to images that are turned by a quarter, through matrices
//! of low rank beside its last two:
//!
//! ```sh
//! cargo run --release -p runahead --example finetune_lora [EPOCHS] [RANK]
//! ```

mod digits;

use std::path::{Path, PathBuf};

use digits::Result;
use digits::classifier::Classifier;
use digits::images::Images;
use digits::{curve, training};
use runahead::nn::{Module, Parameter, Store};
use runahead::{Device, Operations, Tensor, files};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let epochs: usize = arguments.next().map_or(Ok(20), |epochs| epochs.parse())?;
    let rank: usize = arguments.next().map_or(Ok(8), |rank| rank.parse())?;
    let folder = PathBuf::from("target/finetune_lora");
    std::fs::create_dir_all(&folder)?;

    let device = runahead::device("cpu")?;
    let (images, test) = Images::load()?;
    let store = trained(&device)?;
    let base = store.build(Classifier::new)?;
    let show = |what: &str, model: &Classifier, images: &Images| -> Result<usize> {
        let correct = training::correct(model, images, &device)?;
        println!(
            "{what}: {correct} of {} ({:.2}%)",
            images.len(),
            100.0 * correct as f64 / images.len() as f64
        );
        Ok(correct)
    };
    show("upright, as trained", &base, &test)?;
    let before = show("turned, as trained", &base, &test.turned())?;

    // The same parameters, and fresh ones beside them.
    let adapted = Classifier::adapted(&store.with_seed(7).source(), rank)?;
    let parameters = adapted.parameters();
    let count = |trainable: bool| -> usize {
        let chosen = parameters.iter().filter(|parameter| parameter.is_trainable() == trainable);
        chosen.map(|parameter| parameter.dims().iter().product::<usize>()).sum()
    };
    println!("{} numbers are trained, {} are frozen", count(true), count(false));
    let report = training::train(&adapted, &images.turned(), epochs, 5e-3, &device)?;
    println!(
        "{} steps in {:.2?}, of which the host waited {:.2?}",
        report.losses.len(),
        report.took,
        report.waited
    );
    curve::write(&folder.join("loss.svg"), "training loss of each step", &report.losses)?;

    let adaptation = folder.join("adaptation.safetensors");
    let trained: Vec<&Parameter> = parameters.iter().filter(|parameter| parameter.is_trainable()).collect();
    let arrays =
        trained.iter().map(|parameter| Ok((parameter.name(), parameter.get().eval()?.to_literal()?)));
    files::write(&adaptation, &arrays.collect::<runahead::Result<Vec<_>>>()?)?;
    let after = show("turned, adapted", &adapted, &test.turned())?;
    println!("written: adaptation.safetensors and loss.svg in {}", folder.display());
    if epochs >= 5 && after < before + test.len() / 4 {
        return Err("expected a quarter of the images more than before".into());
    }
    Ok(())
}

/// The parameters that JAX trained, laid out as the classifier has them: channels before places, outputs before inputs.
fn trained(device: &Device) -> Result<Store> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/digits/weights.safetensors");
    let store = Store::new(device);
    for (name, literal) in files::read(path)? {
        let value = Tensor::from_literal(&literal, device)?;
        let value = match (&*name, value.dims().len()) {
            (_, 4) => value.permute([3, 2, 0, 1])?,
            ("hidden_weight", _) => {
                value.reshape([4, 4, 32, 64])?.permute([3, 2, 0, 1])?.reshape([64, 512])?
            }
            (_, 2) => value.transpose(0, 1)?,
            _ => value,
        };
        store.push(&name.replace('_', "."), value)?;
    }
    Ok(store)
}
