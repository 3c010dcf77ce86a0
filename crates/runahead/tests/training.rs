//! Training: steps from a loss to new parameters, against what JAX and optax compute (`data/nn/make.py`), and bit for bit
//! against themselves.

mod common;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use common::difference;
use runahead::nn::{
    BatchNorm, Dropout, Linear, LoraLinear, Module, Parameter, Phase, Sequential, Source, Store,
};
use runahead::optim::{AdamW, Clip, Optimizer, Sgd};
use runahead::{
    Device, ElementType, Lane, Literal, Operations, Recorder, Result, Tensor, device, files, ops,
};

fn arrays() -> HashMap<String, Literal> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nn/optimisers.npz");
    files::read(path).unwrap().into_iter().collect()
}

fn network(source: &Source) -> Result<Sequential> {
    Ok(Sequential::new()
        .with(Linear::without_bias(4, 8, &source.pp("first"))?)
        .with(BatchNorm::new(8, &source.pp("norm"))?)
        .with_fn(ops::relu)
        .with(Linear::new(8, 3, &source.pp("second"))?))
}

fn literals(parameters: &[Parameter]) -> Vec<Literal> {
    parameters.iter().map(|parameter| parameter.get().eval().unwrap().to_literal().unwrap()).collect()
}

#[test]
fn a_network_learns_as_with_jax_and_optax() -> Result<()> {
    let device = device("cpu:38")?;
    let arrays = arrays();
    let tensor = |name: &str| Tensor::from_literal(&arrays[name], &device);
    let store = Store::new(&device);
    for name in arrays.keys().filter_map(|name| name.strip_prefix("training/p/")) {
        store.push(name, tensor(&format!("training/p/{name}"))?)?;
    }
    let model = store.build(network)?;
    let rule = AdamW { decay: 0.01, ..AdamW::default() };
    let mut optimizer = Optimizer::new(rule, model.parameters(), 0.05)?.with_clip(Clip::Norm(0.5));
    for step in 0..5 {
        let x = tensor(&format!("training/x/{step}"))?;
        let logits = model.call_in(Phase::Training, x.lazy())?;
        let loss = ops::cross_entropy(logits, tensor(&format!("training/labels/{step}"))?)?;
        let loss = optimizer.step(&loss)?.wait()?.to_literal()?;
        if let Some(difference) = difference(&loss, &arrays[&format!("training/loss/{step}")], 5e-6) {
            panic!("the loss of step {step} {difference}");
        }
    }
    for parameter in model.parameters() {
        let expected = &arrays[&format!("training/after/{}", parameter.name())];
        if let Some(difference) = difference(&parameter.get().eval()?.to_literal()?, expected, 2e-5) {
            panic!("{} {difference}", parameter.name());
        }
    }
    Ok(())
}

/// A network with all kinds of state, and what trains it.
fn learner(device: &Device) -> Result<(Sequential, Optimizer<AdamW>)> {
    let source = Store::fresh(5, device).source();
    let model = network(&source)?.with(Dropout::new(0.5, &source.pp("dropout"))?);
    let optimizer = Optimizer::new(AdamW::default(), model.parameters(), 0.01)?;
    Ok((model, optimizer))
}

fn steps(model: &Sequential, optimizer: &mut Optimizer<AdamW>, numbers: std::ops::Range<u64>) -> Result<()> {
    for number in numbers {
        let x = ops::randn([16, 4], ElementType::F32, number, &device("cpu:38")?)?;
        let labels = ops::argmax(&x, -1)?.minimum(2)?;
        let logits = model.forward(x.lazy(), Phase::Training)?;
        optimizer.step(&ops::cross_entropy(logits, labels)?)?;
    }
    Ok(())
}

#[test]
fn training_that_is_resumed_gives_the_same_bits() -> Result<()> {
    let device = device("cpu:38")?;
    let folder = tempfile::tempdir().unwrap();
    let (whole, mut optimizer) = learner(&device)?;
    steps(&whole, &mut optimizer, 0..6)?;

    let (first, mut optimizer) = learner(&device)?;
    steps(&first, &mut optimizer, 0..3)?;
    first.save(folder.path().join("model.safetensors"))?;
    optimizer.save(folder.path().join("optimizer.safetensors"))?;

    let (second, mut optimizer) = learner(&device)?;
    second.load(folder.path().join("model.safetensors"))?;
    optimizer.load(folder.path().join("optimizer.safetensors"))?;
    steps(&second, &mut optimizer, 3..6)?;
    assert_eq!(literals(&second.parameters()), literals(&whole.parameters()));
    assert_ne!(literals(&first.parameters()), literals(&whole.parameters()));
    Ok(())
}

#[test]
fn a_step_is_one_program() -> Result<()> {
    let device = device("cpu:39")?;
    let model = network(&Store::fresh(5, &device).source())?;
    let mut optimizer = Optimizer::new(Sgd::default(), model.parameters(), 0.1)?;
    let x = ops::randn([16, 4], ElementType::F32, 1, &device)?;
    let labels = ops::zeros([16], ElementType::I32, &device)?;
    let recorder = Arc::new(Recorder::new());
    literals(&model.parameters());
    device.set_recorder(Some(Arc::clone(&recorder)));
    for _ in 0..4 {
        let logits = model.forward(x.lazy(), Phase::Training)?;
        let right = logits.argmax(-1)?.eq(0)?.cast(ElementType::I32)?.sum([])?;
        let loss = ops::cross_entropy(logits, &labels)?;
        let results = optimizer.step_with(&loss, &[right])?;
        assert_eq!((results[0].dims(), results[1].element()), (&[][..], ElementType::I32));
        // The parameters are on their way, and so is what they keep from training.
        assert!(model.parameters().iter().all(|parameter| parameter.get().is_evaluated()));
        results[1].wait()?;
    }
    device.set_recorder(None);
    let runs = recorder.spans().into_iter().filter(|span| matches!(span.lane, Lane::Device(_))).count();
    assert_eq!(runs, 4);
    Ok(())
}

#[test]
fn only_the_adaptation_is_trained() -> Result<()> {
    let device = device("cpu:38")?;
    let source = Store::fresh(1, &device).source();
    let model = LoraLinear::new(Linear::new(4, 3, &source)?, 2, 2.0, &source)?;
    let before = literals(&model.parameters());
    let mut optimizer = Optimizer::new(AdamW::default(), model.parameters(), 0.01)?;
    for seed in 0..3 {
        let x = ops::randn([8, 4], ElementType::F32, seed, &device)?;
        let loss = model.forward(x.lazy(), Phase::Training)?.square()?.mean([])?;
        optimizer.step(&loss)?;
    }
    let changed: Vec<bool> =
        literals(&model.parameters()).iter().zip(&before).map(|(after, before)| after != before).collect();
    assert_eq!(changed, [false, false, true, true]);
    Ok(())
}

#[test]
fn a_loss_that_is_none_is_refused() -> Result<()> {
    let device = device("cpu:38")?;
    let model = Linear::new(4, 3, &Store::fresh(1, &device).source())?;
    let mut optimizer = Optimizer::new(Sgd::default(), model.parameters(), 0.01)?;
    let y = model.forward(ops::ones([2, 4], ElementType::F32, &device)?.lazy(), Phase::Training)?;
    let error = optimizer.step(&y).unwrap_err().to_string();
    assert!(error.contains("expected a scalar of floats"), "{error}");
    assert_eq!(optimizer.steps(), 0);
    // A loss that does not depend on the parameters leaves them.
    let before = literals(&model.parameters());
    optimizer.step(&ops::ones([], ElementType::F32, &device)?.lazy())?;
    assert_eq!(literals(&model.parameters()), before);
    Ok(())
}

#[test]
fn states_are_updated_in_place() -> Result<()> {
    const BYTES: usize = 4 << 18;
    let device = device("cpu:43")?;
    let x = Parameter::new("x", ops::ones([BYTES / 4], ElementType::F32, &device)?)?;
    let mut optimizer = Optimizer::new(AdamW::default(), vec![x.clone()], 0.01)?;
    let mut step = || optimizer.step(&x.get().square()?.sum([])?)?.wait();
    for _ in 0..2 {
        step()?;
    }
    // The parameter, its mean and its mean square; and beside them the next parameter, since others may hold this one.
    device.reset_peak();
    let live = device.memory_use().live;
    let report = runahead::memory_report();
    let report = report.devices.iter().find(|report| &*report.device == "cpu:43").unwrap();
    let mut names: Vec<&str> = report.named.iter().map(|buffer| &*buffer.name).collect();
    names.sort_unstable();
    assert_eq!(names, ["mean.x", "square.x", "x"]);
    step()?;
    let peak = device.memory_use().peak;
    assert!(live >= 3 * BYTES && peak < live + BYTES + BYTES / 4, "{live} bytes live, {peak} at the peak");
    Ok(())
}
