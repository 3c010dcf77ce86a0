//! Parameters: where they come from, and their way to files and back.

use std::fs;

use runahead::nn::{
    Dropout, Embedding, Init, Linear, LoraLinear, Mismatch, Module, Parameter, Sequential, Source, Store,
};
use runahead::{AsyncTensor, Device, ElementType, Literal, Result, Tensor, TensorError, device, files, ops};

fn cpu() -> Device {
    device("cpu:34").unwrap()
}

fn model(source: &Source) -> Result<Sequential> {
    Ok(Sequential::new()
        .with(Linear::new(4, 3, &source.pp("first"))?)
        .with(Dropout::new(0.5, &source.pp("drop"))?)
        .with(Linear::without_bias(3, 2, &source.pp("second"))?))
}

fn elements(parameter: &Parameter) -> Vec<f32> {
    parameter.get().eval().unwrap().to_vec().unwrap()
}

/// What an initializer gives for a shape.
fn drawn(init: Init, dims: &[usize]) -> Vec<f32> {
    elements(&Store::fresh(7, &cpu()).source().get_with(dims, "weight", init).unwrap())
}

fn mean_and_deviation(elements: &[f32]) -> (f64, f64) {
    let mean = elements.iter().map(|&x| f64::from(x)).sum::<f64>() / elements.len() as f64;
    let square = elements.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>();
    (mean, (square / elements.len() as f64).sqrt())
}

#[test]
fn fresh_parameters_are_distributed_as_said() {
    assert_eq!(drawn(Init::Zeros, &[3]), [0.0; 3]);
    assert_eq!(drawn(Init::Ones, &[3]), [1.0; 3]);
    assert_eq!(drawn(Init::Constant(0.25), &[3]), [0.25; 3]);
    // 100 outputs, 50 inputs, a window of 2.
    let dims = [100, 50, 2];
    let (fan_in, fan_out) = (100f64, 200f64);
    let cases = [
        (Init::Uniform { low: -1.0, high: 3.0 }, 1.0, 4.0 / 12f64.sqrt()),
        (Init::Normal { mean: -2.0, deviation: 0.5 }, -2.0, 0.5),
        (Init::KaimingUniform, 0.0, (2.0 / fan_in).sqrt()),
        (Init::KaimingNormal, 0.0, (2.0 / fan_in).sqrt()),
        (Init::XavierUniform, 0.0, (2.0 / (fan_in + fan_out)).sqrt()),
        (Init::XavierNormal, 0.0, (2.0 / (fan_in + fan_out)).sqrt()),
    ];
    for (init, mean, deviation) in cases {
        let drawn = drawn(init, &dims);
        let (found_mean, found_deviation) = mean_and_deviation(&drawn);
        assert!((found_mean - mean).abs() < 0.05 * deviation, "{init:?}: {found_mean}");
        assert!((found_deviation / deviation - 1.0).abs() < 0.03, "{init:?}: {found_deviation}");
        // What is uniform has its bounds.
        let farthest = drawn.iter().map(|&x| (f64::from(x) - mean).abs()).fold(0.0, f64::max) / deviation;
        let uniform = matches!(init, Init::Uniform { .. } | Init::KaimingUniform | Init::XavierUniform);
        assert_eq!(farthest < 3f64.sqrt() * 1.0001, uniform, "{init:?}: {farthest}");
    }
}

#[test]
fn random_numbers_depend_on_seed_and_name_alone() -> Result<()> {
    let init = Init::Normal { mean: 0.0, deviation: 1.0 };
    let of = |seed: u64, path: &str, device: &str| {
        let store = Store::fresh(seed, &runahead::device(device).unwrap());
        elements(&store.source().pp(path).get_with([8], "weight", init).unwrap())
    };
    let first = of(1, "a", "cpu:34");
    assert_eq!(of(1, "a", "cpu:35"), first);
    assert_ne!(of(2, "a", "cpu:34"), first);
    assert_ne!(of(1, "b", "cpu:34"), first);
    // Whatever was asked for before.
    let store = Store::fresh(1, &cpu());
    store.source().get([3, 3], "other")?;
    assert_eq!(elements(&store.source().pp("a").get_with([8], "weight", init)?), first);
    Ok(())
}

#[test]
fn models_are_saved_and_loaded() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let x = ops::randn([5, 4], ElementType::F32, 3, &cpu())?;
    let saved = model(&Store::fresh(1, &cpu()).source().pp("net"))?;
    let expected = saved.call(&x)?.to_vec::<f32>()?;
    for name in ["model.safetensors", "model.npz"] {
        let path = folder.path().join(name);
        saved.save(&path)?;
        let built = Store::open(&path, &cpu())?.build(|source| model(&source.pp("net")))?;
        assert_eq!(built.call(&x)?.to_vec::<f32>()?, expected);
        let other = model(&Store::fresh(2, &cpu()).source().pp("net"))?;
        assert_ne!(other.call(&x)?.to_vec::<f32>()?, expected);
        other.load(&path)?;
        assert_eq!(other.call(&x)?.to_vec::<f32>()?, expected);
        // The generator's state too.
        let states = [&saved, &other].map(|model| {
            let parameters = model.parameters();
            let generator = parameters.iter().find(|parameter| parameter.name() == "net.drop.generator");
            generator.unwrap().get().eval().unwrap().to_vec::<u64>().unwrap()
        });
        assert_eq!(states[0], states[1]);
    }
    Ok(())
}

#[test]
fn several_files_are_one_store() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let literal = |dims: &[usize], x: f32| {
        Literal::splat(runahead::TensorType::new(ElementType::F32, dims.iter().copied()), x.to_le_bytes())
    };
    files::write(folder.path().join("1.safetensors"), &[("weight", literal(&[2, 3], 2.0)?)])?;
    files::write(folder.path().join("2.safetensors"), &[("bias", literal(&[2], 1.0)?)])?;
    let index = folder.path().join("model.safetensors.index.json");
    fs::write(&index, r#"{"weight_map": {"weight": "1.safetensors", "bias": "2.safetensors"}}"#).unwrap();
    let linear = Store::open(&index, &cpu())?.build(|source| Linear::new(3, 2, source))?;
    assert_eq!(linear.call(ops::ones([1, 3], ElementType::F32, &cpu())?)?.to_vec::<f32>()?, [7.0, 7.0]);
    Ok(())
}

fn mismatch<T>(result: Result<T>) -> (Mismatch, String) {
    match result.map(drop).unwrap_err() {
        error @ TensorError::Parameters(_) => {
            let text = error.to_string();
            let TensorError::Parameters(mismatch) = error else { unreachable!() };
            (Mismatch::clone(&mismatch), text)
        }
        other => panic!("{other}"),
    }
}

#[test]
fn all_that_does_not_fit_is_told_together() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.safetensors");
    let array = |dims: &[usize], element| Tensor::to_literal(&ops::zeros(dims, element, &cpu()).unwrap());
    files::write(
        &path,
        &[
            ("first.weight", array(&[3, 5], ElementType::F32)?),
            ("first.bias", array(&[3], ElementType::I32)?),
            ("third.weight", array(&[1], ElementType::F32)?),
            ("third.bias", array(&[1], ElementType::F32)?),
        ],
    )?;
    let expected = format!(
        "{} does not hold the model's parameters\n  missing: second.weight, tensor<2x3xf32>\n  \
         ill-shaped: first.bias is tensor<3xi32>; expected tensor<3xf32>\n  \
         ill-shaped: first.weight is tensor<3x5xf32>; expected tensor<3x4xf32>\n  \
         extra: third.bias\n  extra: third.weight",
        path.display()
    );
    let (building, text) = mismatch(Store::open(&path, &cpu())?.build(model));
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&text), sorted(&expected));
    assert_eq!(building.missing().len(), 1);
    assert_eq!(building.ill_shaped().len(), 2);
    assert_eq!(building.extra(), ["third.bias", "third.weight"]);

    let fresh = model(&Store::fresh(1, &cpu()).source())?;
    let before: Vec<_> =
        fresh.parameters().iter().map(|p| p.get().eval().unwrap().to_literal().unwrap()).collect();
    let (_, text) = mismatch(fresh.load(&path));
    assert_eq!(sorted(&text), sorted(&expected));
    let after: Vec<_> =
        fresh.parameters().iter().map(|p| p.get().eval().unwrap().to_literal().unwrap()).collect();
    assert_eq!(before, after, "nothing is set");

    let (_, text) = mismatch(Store::open(&path, &cpu())?.build_part(model));
    assert!(!text.contains("extra"), "{text}");
    // Without `build`, the first one is told.
    let (one, _) = mismatch(Store::open(&path, &cpu())?.source().get([2, 3], "second.weight"));
    assert_eq!(
        one.missing(),
        [("second.weight".to_owned(), runahead::TensorType::new(ElementType::F32, [2, 3]))]
    );
    Ok(())
}

#[test]
fn many_names_are_told_in_part() {
    let store = Store::new(&cpu());
    for i in 0..100 {
        store.push(&format!("x{i:03}"), ops::zeros([1], ElementType::F32, &cpu()).unwrap()).unwrap();
    }
    let (all, text) = mismatch(store.build(|_| Ok(())));
    assert_eq!(all.extra().len(), 100);
    assert!(text.ends_with("extra: x019\n  … and 80 more"), "{text}");
}

#[test]
fn floats_are_cast_to_what_is_asked_for() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.safetensors");
    files::write(&path, &[("weight", Literal::from_elements([2], &[0.1f64, 3.0])?)])?;
    let store = Store::open(&path, &cpu())?;
    let weight = store.source().with_element(ElementType::BF16).get([2], "weight")?;
    assert_eq!(weight.ty().to_string(), "tensor<2xbf16>");
    let back = ops::cast(weight.get(), ElementType::F32)?.eval()?.to_vec::<f32>()?;
    assert_eq!(back, [0.100_097_656, 3.0]);
    Ok(())
}

#[test]
fn parameters_may_be_on_their_way() -> Result<()> {
    // The file's data come when it is too late to stop: the parameter is there before they are.
    let gate = std::sync::Arc::new((std::sync::Mutex::new(false), std::sync::Condvar::new()));
    let opened = gate.clone();
    let ty = runahead::TensorType::new(ElementType::F32, [2]);
    let buffer = cpu().upload_from(ty, move |memory| {
        let mut open = opened.0.lock().unwrap();
        while !*open {
            open = opened.1.wait(open).unwrap();
        }
        memory.copy_from_slice(&[2f32, 3.0].map(f32::to_le_bytes).concat());
        Ok::<(), std::io::Error>(())
    })?;
    let weight = Parameter::new("weight", AsyncTensor::from_buffer(buffer))?;
    let doubled = ops::multiply(weight.get(), 2)?.eval_async()?;
    assert!(!doubled.is_ready());
    *gate.0.lock().unwrap() = true;
    gate.1.notify_all();
    assert_eq!(doubled.wait()?.to_vec::<f32>()?, [4.0, 6.0]);
    Ok(())
}

#[test]
fn stores_are_changed_by_name() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.safetensors");
    files::write(
        &path,
        &[("a", Literal::from_elements([1], &[1f32])?), ("b", Literal::from_elements([1], &[2f32])?)],
    )?;
    let store = Store::open(&path, &cpu())?;
    assert_eq!(store.names(), ["a", "b"]);
    assert_eq!(store.pull("a")?.wait()?.to_vec::<f32>()?, [1.0]);
    assert!(store.remove("a") && !store.contains("a") && !store.remove("a"));
    let error = store.pull("a").unwrap_err().to_string();
    assert_eq!(error, format!("a: {} holds no such parameter", path.display()));
    store.push("c", Tensor::from_slice(&[3f32], [1], &cpu())?)?;
    let c = store.source().get([1], "c")?;
    store.push("c", Tensor::from_slice(&[4f32], [1], &cpu())?)?;
    assert_eq!(elements(&c), [4.0]);
    assert!(store.push("c", Tensor::from_slice(&[4f32; 2], [2], &cpu())?).is_err());
    store.push("a", Tensor::from_slice(&[5f32; 2], [2], &cpu())?)?;
    let copy = folder.path().join("copy.npz");
    store.save(&copy)?;
    let saved = files::read(&copy)?;
    let values: Vec<_> = saved.iter().map(|(name, x)| (&**name, x.to_elements::<f32>().unwrap())).collect();
    assert_eq!(values, [("a", vec![5.0, 5.0]), ("b", vec![2.0]), ("c", vec![4.0])]);
    Ok(())
}

#[test]
fn what_a_file_lacks_is_made_where_that_is_wanted() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("base.safetensors");
    let base = Linear::new(4, 3, &Store::fresh(1, &cpu()).source())?;
    base.save(&path)?;
    let adapt = |source: &Source| LoraLinear::new(Linear::new(4, 3, source)?, 2, 1.0, source);
    assert!(mismatch(Store::open(&path, &cpu())?.build(adapt)).1.contains("missing: lora_a"));
    let adapted = Store::open(&path, &cpu())?.with_seed(1).build(adapt)?;
    assert_eq!(elements(adapted.base().weight()), elements(base.weight()));
    let fresh = Store::fresh(1, &cpu()).source().get([2, 4], "lora_a")?;
    assert_eq!(elements(&adapted.parameters()[2]), elements(&fresh));
    Ok(())
}

#[test]
fn two_parameters_of_one_name_are_not_saved() -> Result<()> {
    struct Two(Linear, Linear);
    impl Module for Two {
        type Input = runahead::Lazy;
        type Output = runahead::Lazy;
        fn forward(&self, x: runahead::Lazy, _: runahead::nn::Phase) -> Result<runahead::Lazy> {
            Ok(x)
        }
        fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
            self.0.visit(visit);
            self.1.visit(visit);
        }
    }
    let make = || Linear::without_bias(2, 2, &Store::fresh(1, &cpu()).source());
    let folder = tempfile::tempdir().unwrap();
    let error = Two(make()?, make()?).save(folder.path().join("x.npz")).unwrap_err().to_string();
    assert!(error.contains("array \"weight\": two arrays have the same name"), "{error}");
    Ok(())
}

#[test]
fn a_file_that_is_no_model_is_refused() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.safetensors");
    fs::write(&path, b"not a file of arrays").unwrap();
    let error = Store::open(&path, &cpu()).unwrap_err();
    assert!(matches!(error, TensorError::File(_)), "{error:?}");
    let embedding = Embedding::new(2, 2, &Store::fresh(1, &cpu()).source())?;
    assert_eq!(embedding.load(&path).unwrap_err().to_string(), error.to_string());
    assert!(
        Store::open(folder.path().join("none.npz"), &cpu()).unwrap_err().to_string().contains("no such file")
    );
    Ok(())
}
