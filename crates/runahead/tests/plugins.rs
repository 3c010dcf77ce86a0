//! Tensors, programs and modules on the devices of XLA's plugin, whose library `RUNAHEAD_XLA_CPU_PLUGIN` names, compared
//! with the CPU backend.

use std::env;

use runahead::nn::{Linear, Module, Phase, Sequential, Store};
use runahead::optim::{AdamW, Optimizer, Schedule};
use runahead::{
    Async, Device, ElementType, Lazy, Operations, Result, Tensor, capture, device, donate, fork, grad, jit,
    ops, wait,
};

/// XLA's device and ours; none, with a line that says so, where there is no plugin.
fn devices() -> Option<[Device; 2]> {
    let Some(path) = env::var_os("RUNAHEAD_XLA_CPU_PLUGIN") else {
        let required = env::var("RUNAHEAD_REQUIRE_PLUGINS").unwrap_or_default();
        assert!(!required.contains("RUNAHEAD_XLA_CPU_PLUGIN"), "no plugin is named");
        println!("left out: RUNAHEAD_XLA_CPU_PLUGIN names no plugin");
        return None;
    };
    let name = format!("pjrt:{}", path.to_string_lossy());
    let there = device(&name).unwrap();
    assert_eq!(there.name(), format!("{name}:0"));
    assert_eq!(device(&format!("{name}:0")).unwrap(), there);
    assert!(device(&format!("{name}:7")).unwrap_err().to_string().contains("there is no device 7"));
    let ours = device("cpu").unwrap();
    assert_eq!([there.is_host(), ours.is_host()], [false, true]);
    Some([there, ours])
}

/// Whether both devices give about the same.
fn agree(on: impl Fn(&Device) -> Result<Tensor>) -> Result<()> {
    let Some(devices) = devices() else { return Ok(()) };
    let [xla, ours] = devices.map(|device| {
        let tensor = on(&device)?;
        assert_eq!(tensor.device(), &device);
        tensor.to_vec::<f32>()
    });
    let (xla, ours) = (xla?, ours?);
    assert_eq!(xla.len(), ours.len());
    for (xla, ours) in xla.iter().zip(&ours) {
        assert!((xla - ours).abs() <= 1e-4 * ours.abs().max(1.0), "{xla} is not {ours}");
    }
    Ok(())
}

#[test]
fn operations_run_in_every_mode() -> Result<()> {
    let operands = |device: &Device| -> Result<[Tensor; 2]> {
        let x = ops::randn([16, 24], ElementType::F32, 1, device)?;
        Ok([x, ops::randn([24, 8], ElementType::F32, 2, device)?])
    };
    agree(|device| {
        let [x, w] = operands(device)?;
        ops::matmul(&x, &w)?.softmax(-1)
    })?;
    agree(|device| {
        let [x, w] = operands(device)?;
        let later: Async<Tensor> = ops::matmul(x.to_async(), &w)?.gelu()?;
        later.wait()
    })?;
    agree(|device| {
        let [x, w] = operands(device)?;
        ops::layer_norm(ops::matmul(x.lazy(), &w)?, None::<Lazy>, None::<Lazy>, 1e-5)?.eval()
    })
}

#[test]
fn tensors_are_looked_at_and_printed() -> Result<()> {
    let Some([device, _]) = devices() else { return Ok(()) };
    let x = Tensor::from_vec(vec![1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
    assert_eq!(&*x.view::<f32>()?, [1.0, 2.0, 3.0, 4.0]);
    assert!(x.to_string().contains("3"), "{x}");
    let y = ops::add(x.to_async(), &x)?;
    assert!(y.to_string().contains("8"), "{y}");
    assert!(format!("{y:?}").contains(device.name()));
    let elsewhere = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &runahead::device("cpu")?)?;
    let error = ops::add(&x, &elsewhere).unwrap_err().to_string();
    assert!(error.contains("cpu:0") && error.contains(device.name()), "{error}");
    Ok(())
}

#[test]
fn functions_are_compiled_forked_donated_captured_and_derived() -> Result<()> {
    agree(|device| {
        let x = ops::randn([4, 4], ElementType::F32, 3, device)?;
        let left = fork(|x: Lazy| ops::matmul(&x, &x), &x)?;
        let right = fork(|x: Lazy| x.exp()?.sum([0]), &x)?;
        let both = fork(|(a, b): (Lazy, Lazy)| ops::add(a, b), (&left, &right))?;
        let (left, both) = wait((left, both))?;
        let step = jit("step", |(w, g): (Lazy, Lazy)| ops::subtract(w, g.multiply(0.1)?));
        let mut w = left.to_async();
        for _ in 0..10 {
            w = step.call((donate(w), &both))?;
        }
        w.wait()
    })?;
    agree(|device| {
        let x = ops::randn([4, 4], ElementType::F32, 4, device)?;
        let slope = jit("slope", |x: Lazy| grad(|x: Lazy| ops::multiply(x.tanh()?, &x)?.sum([0, 1]))(x));
        slope.call(&x)
    })?;
    agree(|device| {
        let x = ops::randn([4, 4], ElementType::F32, 5, device)?;
        let replay = capture("twice", x.to_async(), |x| ops::matmul(ops::exp(&x)?, &x))?;
        replay.replay(x.to_async())?.wait()
    })
}

#[test]
fn a_model_trains() -> Result<()> {
    agree(|device| {
        let source = Store::fresh(42, device).source();
        let model = Sequential::new()
            .with(Linear::new(8, 16, &source.pp("hidden"))?)
            .with_fn(ops::relu)
            .with(Linear::new(16, 4, &source.pp("output"))?);
        let rate = Schedule::Cosine { from: 1e-2, to: 0.0, steps: 10 };
        let mut optimizer = Optimizer::new(AdamW::default(), model.parameters(), rate)?;
        let labels = ops::argmax(ops::randn([32, 4], ElementType::F32, 1, device)?, -1)?;
        let mut losses = Vec::new();
        for step in 0..10 {
            let images = ops::randn([32, 8], ElementType::F32, step, device)?;
            let logits = model.forward(images.lazy(), Phase::Training)?;
            losses.push(optimizer.step(&ops::cross_entropy(logits, &labels)?)?.wait()?);
        }
        ops::stack(losses, 0)
    })
}
