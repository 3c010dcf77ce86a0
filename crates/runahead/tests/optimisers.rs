//! Optimisers, against what optax computes: `data/nn/make.py` says how the arrays were made.

mod common;

use std::collections::HashMap;
use std::path::Path;

use common::difference;
use runahead::nn::{Parameter, Store};
use runahead::optim::{AdamW, Clip, Optimizer, Rule, Schedule, Sgd, clip_by_norm, clip_by_value};
use runahead::{ElementType, Lazy, Literal, Operations, Result, Tensor, device, files, ops};

fn arrays() -> HashMap<String, Literal> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nn/optimisers.npz");
    files::read(path).unwrap().into_iter().collect()
}

fn tensor(literal: &Literal) -> Tensor {
    Tensor::from_literal(literal, &device("cpu:36").unwrap()).unwrap()
}

fn parameters(arrays: &HashMap<String, Literal>, case: &str) -> Vec<Parameter> {
    ["a", "b"]
        .map(|name| Parameter::new(name, tensor(&arrays[&format!("{case}/p/{name}")])).unwrap())
        .to_vec()
}

fn gradients(arrays: &HashMap<String, Literal>, case: &str, step: usize) -> Vec<Lazy> {
    ["a", "b"].map(|name| tensor(&arrays[&format!("{case}/g/{step}/{name}")]).lazy()).to_vec()
}

fn check<R: Rule>(case: &str, rule: R, rate: impl Into<Schedule>, clip: Option<Clip>) {
    let arrays = arrays();
    let parameters = parameters(&arrays, case);
    let mut optimizer = Optimizer::new(rule, parameters.clone(), rate).unwrap();
    if let Some(clip) = clip {
        optimizer = optimizer.with_clip(clip);
    }
    for step in 0..6 {
        optimizer.update(&gradients(&arrays, case, step)).unwrap();
        // Some steps are computed together.
        if step % 2 == 0 {
            optimizer.submit(&[]).unwrap();
        }
        if step == 3 {
            continue;
        }
        for parameter in &parameters {
            let found = parameter.get().eval().unwrap().to_literal().unwrap();
            let expected = &arrays[&format!("{case}/after/{step}/{}", parameter.name())];
            if let Some(difference) = difference(&found, expected, 2e-6) {
                panic!("{case}, step {step}: {} {difference}", parameter.name());
            }
        }
    }
    assert_eq!(optimizer.steps(), 6);
}

#[test]
fn trajectories_are_those_of_optax() {
    check("sgd", Sgd::default(), 0.1, None);
    check("sgd_momentum", Sgd { momentum: 0.9, ..Sgd::default() }, 0.1, None);
    check("sgd_nesterov", Sgd { momentum: 0.9, nesterov: true, decay: 0.05 }, 0.1, None);
    check("adamw", AdamW { decay: 0.02, ..AdamW::default() }, 0.05, None);
    let adam = AdamW { beta1: 0.8, beta2: 0.99, epsilon: 1e-6, decay: 0.0 };
    check("adam_scheduled", adam, Schedule::Cosine { from: 0.1, to: 0.0, steps: 5 }, None);
    check("clipped_by_norm", Sgd::default(), 0.5, Some(Clip::Norm(1.0)));
    check("clipped_by_value", Sgd::default(), 0.5, Some(Clip::Value(0.4)));
}

#[test]
fn schedules_are_those_of_optax() {
    let schedules = [
        ("linear", Schedule::Linear { from: 0.5, to: 0.1, steps: 20 }),
        ("cosine", Schedule::Cosine { from: 0.5, to: 0.1, steps: 20 }),
        ("exponential", Schedule::Exponential { from: 0.5, factor: 0.5, steps: 7 }),
        ("step", Schedule::Step { from: 0.5, factor: 0.5, steps: 7 }),
        ("piecewise", Schedule::Piecewise(vec![(0, 0.5), (5, 0.25), (12, 0.025)])),
        ("warmup", Schedule::Cosine { from: 0.5, to: 0.1, steps: 20 }.after_warmup(0.05, 6)),
    ];
    let arrays = arrays();
    for (name, schedule) in schedules {
        let expected = arrays[&format!("schedule/{name}")].to_elements::<f64>().unwrap();
        for (step, expected) in expected.into_iter().enumerate() {
            let found = schedule.rate(step as u64);
            assert!((found - expected).abs() < 1e-7, "{name}, step {step}: {found} is not {expected}");
        }
    }
}

#[test]
fn schedules_of_no_steps_end_at_once() {
    assert_eq!(Schedule::Linear { from: 1.0, to: 2.0, steps: 0 }.rate(0), 2.0);
    assert_eq!(Schedule::Exponential { from: 1.0, factor: 0.5, steps: 0 }.rate(0), 1.0);
    assert_eq!(Schedule::Constant(3.0).after_warmup(0.0, 0).rate(0), 3.0);
    assert_eq!(Schedule::Piecewise(Vec::new()).rate(5), 0.0);
    assert_eq!(Schedule::Piecewise(vec![(3, 1.0), (5, 2.0)]).rate(0), 1.0);
    assert_eq!(Schedule::Step { from: 1.0, factor: 0.5, steps: 1 }.rate(u64::MAX), 0.0);
}

#[test]
fn a_run_that_is_resumed_gives_the_same_bits() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let arrays = arrays();
    let rule = AdamW { decay: 0.02, ..AdamW::default() };
    let rate = || Schedule::Cosine { from: 0.1, to: 0.0, steps: 6 };
    let bits = |parameters: &[Parameter]| -> Vec<Literal> {
        parameters.iter().map(|p| p.get().eval().unwrap().to_literal().unwrap()).collect()
    };
    let whole = parameters(&arrays, "adamw");
    let mut optimizer = Optimizer::new(rule, whole.clone(), rate())?;
    for step in 0..6 {
        optimizer.update(&gradients(&arrays, "adamw", step))?;
        optimizer.submit(&[])?;
    }

    let first = parameters(&arrays, "adamw");
    let mut optimizer = Optimizer::new(rule, first.clone(), rate())?;
    for step in 0..3 {
        optimizer.update(&gradients(&arrays, "adamw", step))?;
        optimizer.submit(&[])?;
    }
    let path = folder.path().join("optimizer.safetensors");
    optimizer.save(&path)?;
    let names: Vec<String> = files::read(&path)?.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["steps", "mean.a", "mean.b", "square.a", "square.b"]);

    let second: Vec<Parameter> =
        first.iter().map(|p| Parameter::new(p.name(), p.get().eval().unwrap()).unwrap()).collect();
    let mut optimizer = Optimizer::new(rule, second.clone(), rate())?;
    optimizer.load(&path)?;
    assert_eq!(optimizer.steps(), 3);
    for step in 3..6 {
        optimizer.update(&gradients(&arrays, "adamw", step))?;
        optimizer.submit(&[])?;
    }
    assert_eq!(bits(&second), bits(&whole));

    let mut other = Optimizer::new(Sgd { momentum: 0.9, ..Sgd::default() }, second, 0.1)?;
    let error = other.load(&path).unwrap_err().to_string();
    assert!(error.contains("missing: momentum.a, tensor<2x3xf32>"), "{error}");
    assert!(error.contains("extra: mean.a"), "{error}");
    assert_eq!(other.steps(), 0);
    Ok(())
}

#[test]
fn every_step_is_the_same_program() -> Result<()> {
    let device = device("cpu:37")?;
    let x = Parameter::new("x", ops::ones([4], ElementType::F32, &device)?)?;
    let rate = Schedule::Linear { from: 0.1, to: 0.0, steps: 50 };
    let mut optimizer = Optimizer::new(AdamW::default(), vec![x.clone()], rate)?;
    let mut form = None;
    for _ in 0..3 {
        optimizer.update(&[x.get().multiply(2)?])?;
        let text = x.get().to_module()?.to_string();
        assert_eq!(*form.get_or_insert_with(|| text.clone()), text);
        optimizer.submit(&[])?;
        assert!(x.get().is_evaluated());
    }
    Ok(())
}

#[test]
fn frozen_parameters_stay_and_state_is_submitted() -> Result<()> {
    let device = device("cpu:36")?;
    let one = || ops::ones([2], ElementType::F32, &device);
    let [trained, frozen, state] =
        ["trained", "frozen", "state"].map(|n| Parameter::new(n, one().unwrap()).unwrap());
    frozen.set_trainable(false);
    state.set_trainable(false);
    let all = vec![trained.clone(), frozen.clone(), state.clone()];
    let mut optimizer = Optimizer::new(Sgd::default(), all, 1.0)?;
    assert_eq!(optimizer.trained().map(Parameter::name).collect::<Vec<_>>(), ["trained"]);
    state.set(state.get().multiply(3)?)?;
    optimizer.update(&[one()?.lazy()])?;
    let loss = trained.get().sum([])?;
    let loss = optimizer.submit(&[loss])?;
    assert!(trained.get().is_evaluated() && state.get().is_evaluated());
    assert_eq!(loss.len(), 1);
    assert_eq!(loss[0].wait()?.to_scalar::<f32>()?, 0.0);
    assert_eq!(frozen.get().eval()?.to_vec::<f32>()?, [1.0; 2]);
    assert_eq!(state.get().eval()?.to_vec::<f32>()?, [3.0; 2]);
    Ok(())
}

#[test]
fn narrow_parameters_keep_wide_states() -> Result<()> {
    let device = device("cpu:36")?;
    let x = Parameter::new("x", ops::ones([2], ElementType::BF16, &device)?)?;
    let mut optimizer = Optimizer::new(Sgd { momentum: 0.9, ..Sgd::default() }, vec![x.clone()], 0.5)?;
    let folder = tempfile::tempdir().unwrap();
    optimizer.update(&[ops::ones([2], ElementType::BF16, &device)?.lazy()])?;
    assert_eq!(ops::cast(x.get(), ElementType::F32)?.eval()?.to_vec::<f32>()?, [0.5; 2]);
    optimizer.save(folder.path().join("x.npz"))?;
    let saved = files::read(folder.path().join("x.npz"))?;
    assert_eq!(saved[1].1.ty().to_string(), "tensor<2xf32>");
    Ok(())
}

#[test]
fn gradients_that_do_not_fit_are_refused() -> Result<()> {
    let device = device("cpu:36")?;
    let x = Store::fresh(1, &device).source().pp("layer").get([2], "x")?;
    let mut optimizer = Optimizer::new(Sgd::default(), vec![x], 0.5)?;
    let error = optimizer.update(&[]).unwrap_err().to_string();
    assert_eq!(error, "update: there are 0 gradients; expected 1, one for each parameter");
    let wrong = ops::ones([3], ElementType::F32, &device)?.lazy();
    let error = optimizer.update(std::slice::from_ref(&wrong)).unwrap_err().to_string();
    assert_eq!(error, "layer.x: its gradient is tensor<3xf32>; expected tensor<2xf32>");
    assert_eq!(optimizer.steps(), 0);
    assert!(clip_by_norm(std::slice::from_ref(&wrong), 0.0).is_err());
    assert!(clip_by_value(&[wrong], f64::NAN).is_err());
    let counted = Parameter::new("n", ops::ones([2], ElementType::I32, &device)?)?;
    let error = Optimizer::new(Sgd::default(), vec![counted], 0.5).map(drop).unwrap_err().to_string();
    assert_eq!(error, "n: it is tensor<2xi32>, and cannot be trained; expected floats");
    Ok(())
}

#[test]
fn gradients_within_the_norm_stay_as_they_are() -> Result<()> {
    let device = device("cpu:36")?;
    let x = Tensor::from_slice(&[0.3f32, -0.4], [2], &device)?;
    assert_eq!(clip_by_norm(&[x.lazy()], 0.6)?[0].eval()?.to_vec::<f32>()?, [0.3, -0.4]);
    assert_eq!(clip_by_norm(&[x.lazy().multiply(0)?], 0.6)?[0].eval()?.to_vec::<f32>()?, [0.0, -0.0]);
    Ok(())
}
