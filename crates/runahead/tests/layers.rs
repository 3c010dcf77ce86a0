//! Layers in every mode, against what JAX computes: `data/nn/make.py` says how the arrays were made.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::{difference, parts};
use runahead::nn::{
    AttentionOptions, BatchNorm, BlockOptions, BlockStyle, Conv1d, Conv2d, Dropout, Embedding, Gru,
    LayerNorm, Linear, LoraLinear, Lstm, Module, MultiHeadAttention, Parameter, Phase, RmsNorm, Sequential,
    Source, Store, TransformerBlock,
};
use runahead::ops::{self, Convolving};
use runahead::{
    ElementType, Lazy, Literal, Recorded, Recording, Result, Tensor, Value, device, files, gradients,
};

/// Arrays by the names of parameters.
type Named = Vec<(String, Literal)>;

/// What a case has: inputs, results, parameters.
#[derive(Default)]
struct Arrays {
    inputs: Vec<Literal>,
    outputs: Vec<Literal>,
    parameters: Vec<(String, Literal)>,
    /// By the number of the result.
    weights: Vec<(usize, Literal)>,
    /// By the parameter's name, and by the input's number.
    gradients: (Named, Vec<(usize, Literal)>),
}

fn arrays() -> BTreeMap<String, Arrays> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nn/layers.npz");
    let mut cases = BTreeMap::<_, Arrays>::new();
    for (name, literal) in files::read(path).unwrap() {
        let (case, kind) = name.split_once('/').unwrap();
        let case = cases.entry(case.to_owned()).or_default();
        let (kind, name) = kind.split_once('/').unwrap_or((kind, ""));
        let number = || name.parse().unwrap();
        match kind {
            "p" => case.parameters.push((name.to_owned(), literal)),
            "w" => case.weights.push((number(), literal)),
            "gp" => case.gradients.0.push((name.to_owned(), literal)),
            "gx" => case.gradients.1.push((number(), literal)),
            // Members come in the order in which they were written.
            input if input.starts_with("in") => case.inputs.push(literal),
            _ => case.outputs.push(literal),
        }
    }
    cases
}

/// A module of several inputs as one of a list of them, whose results are those of the module and then its state.
struct Listed<M, F> {
    module: M,
    phase: Phase,
    arrange: F,
    state: Vec<Parameter>,
}

impl<M: Module, F: Fn(Vec<Lazy>) -> M::Input + Send + Sync> Listed<M, F> {
    fn check_all(&self, name: &str, arrays: &Arrays) {
        let device = device("cpu:32").unwrap();
        let inputs: Vec<Tensor> =
            arrays.inputs.iter().map(|input| Tensor::from_literal(input, &device).unwrap()).collect();
        let before: Vec<Lazy> = self.state.iter().map(Parameter::get).collect();
        let again = || self.state.iter().zip(&before).for_each(|(state, old)| state.set(old).unwrap());
        let results = |mode: &str, found: Vec<Tensor>| {
            let states = self.state.iter().map(|state| state.get().eval().unwrap());
            let found: Vec<Tensor> = found.into_iter().chain(states).collect();
            assert_eq!(found.len(), arrays.outputs.len(), "{name} gives another number of results");
            for (found, expected) in found.iter().zip(&arrays.outputs) {
                if let Some(difference) = difference(&found.to_literal().unwrap(), expected, 4e-6) {
                    panic!("{name} {mode} {difference}");
                }
            }
        };
        let now = self.call_in(self.phase, &inputs).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            self.state.iter().all(|state| state.get().is_evaluated()),
            "{name}: its state is computed too"
        );
        results("now", now);
        again();
        let later: Vec<_> = inputs.iter().map(Tensor::to_async).collect();
        let later = self.call_in(self.phase, &later).unwrap();
        results("later", later.into_iter().map(|tensor| tensor.wait().unwrap()).collect());
        again();
        let lazy: Vec<_> = inputs.iter().map(Tensor::lazy).collect();
        let lazy = self.call_in(self.phase, &lazy).unwrap();
        results("lazily", lazy.into_iter().map(|lazy| lazy.eval().unwrap()).collect());
        again();
        self.check_gradients(name, arrays, &inputs).unwrap_or_else(|error| panic!("{name}: {error}"));
    }

    fn check_gradients(&self, name: &str, arrays: &Arrays, inputs: &[Tensor]) -> Result<()> {
        let inputs: Vec<Lazy> = inputs.iter().map(Tensor::lazy).collect();
        let parameters = self.parameters();
        let values: Vec<Lazy> = parameters.iter().map(Parameter::get).collect();
        let mut outputs = self.forward(inputs.clone(), self.phase)?;
        outputs.extend(self.state.iter().map(Parameter::get));
        let mut loss = ops::zeros([], ElementType::F32, Recording)?;
        for (output, weight) in &arrays.weights {
            loss = ops::add(loss, ops::sum(ops::multiply(&outputs[*output], weight)?, [])?)?;
        }
        let (by_parameter, by_input) = &arrays.gradients;
        let place = |name: &str| parameters.iter().position(|parameter| parameter.name() == name).unwrap();
        let wrt = by_parameter.iter().map(|(name, _)| &values[place(name)]);
        let wrt: Vec<&Lazy> = wrt.chain(by_input.iter().map(|(input, _)| &inputs[*input])).collect();
        let expected = by_parameter.iter().map(|(name, value)| (name.clone(), value));
        let expected =
            expected.chain(by_input.iter().map(|(input, value)| (format!("input {input}"), value)));
        for (found, (by, expected)) in gradients(&loss, &wrt)?.iter().zip(expected) {
            let found = found.eval()?.to_literal()?;
            let largest = |x: &Literal| parts(x).into_iter().fold(0f64, |largest, x| largest.max(x.abs()));
            if largest(expected) < 1e-6 && largest(&found) < 1e-5 {
                // A bias of keys moves all scores alike, so its gradient is zero but for rounding.
                continue;
            }
            if let Some(difference) = difference(&found, expected, 1e-5) {
                panic!("the gradient of {name} by {by} {difference}");
            }
        }
        Ok(())
    }
}

impl<M: Module, F: Fn(Vec<Lazy>) -> M::Input + Send + Sync> Module for Listed<M, F> {
    type Input = Vec<Lazy>;
    type Output = Vec<Lazy>;

    fn forward(&self, inputs: Vec<Lazy>, phase: Phase) -> Result<Vec<Lazy>> {
        let mut tensors = Vec::new();
        self.module.forward((self.arrange)(inputs), phase)?.parts(&mut tensors, &mut Default::default());
        Ok(tensors)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.module.visit(visit);
    }
}

/// Each case of the file, once.
struct Cases(BTreeMap<String, Arrays>, BTreeSet<String>);

impl Cases {
    /// Checks a module that is built from the case's parameters, all of them.
    fn check<M: Module>(
        &mut self,
        name: &str,
        build: impl FnOnce(&Source) -> Result<M>,
        arrange: impl Fn(Vec<Lazy>) -> M::Input + Send + Sync,
        phase: Phase,
        state: &[&str],
    ) where
        M::Output: Value,
    {
        let arrays = &self.0[name];
        self.1.remove(name);
        let store = Store::new(&device("cpu:32").unwrap());
        for (name, value) in &arrays.parameters {
            store.push(name, Tensor::from_literal(value, store.device()).unwrap()).unwrap();
        }
        let module = store.build(build).unwrap_or_else(|error| panic!("{name}: {error}"));
        let parameters = module.parameters();
        assert_eq!(parameters.len(), arrays.parameters.len(), "{name} shows all its parameters");
        let state = state.iter().map(|&name| parameters.iter().find(|p| p.name() == name).unwrap().clone());
        let state = state.collect();
        Listed { module, phase, arrange, state }.check_all(name, arrays);
    }

    /// As `check`, for inference on one tensor.
    fn one<M: Module<Input = Lazy>>(&mut self, name: &str, build: impl FnOnce(&Source) -> Result<M>) {
        self.check(name, build, |mut x| x.remove(0), Phase::Inference, &[]);
    }
}

/// A part of a module, as one that owns the whole.
macro_rules! whole {
    ($name:ident, $Module:ty, $part:ident, $Input:ty, $Output:ty) => {
        struct $name($Module);
        impl Module for $name {
            type Input = $Input;
            type Output = $Output;
            fn forward(&self, input: $Input, phase: Phase) -> Result<$Output> {
                self.0.$part().forward(input, phase)
            }
            fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
                self.0.$part().visit(visit);
            }
        }
    };
}

whole!(MaskedAttention, MultiHeadAttention, masked, (Lazy, Lazy), Lazy);
whole!(AttentionAcross, MultiHeadAttention, across, (Lazy, Lazy), Lazy);
whole!(GruWithState, Gru, with_state, (Lazy, Lazy), (Lazy, Lazy));
whole!(LstmWithState, Lstm, with_state, (Lazy, Lazy, Lazy), (Lazy, Lazy, Lazy));

fn two(mut x: Vec<Lazy>) -> (Lazy, Lazy) {
    (x.remove(0), x.remove(0))
}

fn three(mut x: Vec<Lazy>) -> (Lazy, Lazy, Lazy) {
    (x.remove(0), x.remove(0), x.remove(0))
}

#[test]
fn layers_compute_what_jax_does_in_every_mode() {
    let arrays = arrays();
    let open = arrays.keys().cloned().collect();
    let mut cases = Cases(arrays, open);
    cases.one("linear", |source| Linear::new(3, 4, source));
    cases.one("linear_without_bias", |source| Linear::without_bias(3, 4, source));
    cases.one("embedding", |source| Embedding::new(7, 3, source));
    let how = Convolving { stride: 2, padding: 1, dilation: 2, groups: 1 };
    cases.one("conv1d", |source| Conv1d::new(3, 5, 3, how, source));
    let how = Convolving { stride: 2, padding: 1, dilation: 1, groups: 2 };
    cases.one("conv2d", |source| Conv2d::new(4, 6, 3, how, source));
    cases.one("layer_norm", |source| LayerNorm::new(6, 1e-5, source));
    cases.one("rms_norm", |source| RmsNorm::new(6, 1e-5, source));
    cases.one("batch_norm", |source| BatchNorm::new(3, source));
    let (training, first) = (Phase::Training, |mut x: Vec<Lazy>| x.remove(0));
    let running = ["running_mean", "running_var"];
    for name in ["batch_norm_training", "batch_norm_vectors"] {
        cases.check(name, |source| BatchNorm::new(3, source), first, training, &running);
    }
    cases.check("dropout", |source| Dropout::new(0.3, source), first, training, &["generator"]);
    cases.one("lora", |source| LoraLinear::new(Linear::new(6, 5, source)?, 2, 8.0, source));

    let grouped = AttentionOptions {
        causal: true,
        shared_heads: 2,
        rotary: Some(10_000.0),
        ..AttentionOptions::new(16, 4)
    };
    cases.one("attention", |source| MultiHeadAttention::new(grouped, source));
    let inference = Phase::Inference;
    let options = AttentionOptions { bias: false, ..AttentionOptions::new(8, 2) };
    let masked = |source: &Source| Ok(MaskedAttention(MultiHeadAttention::new(options, source)?));
    cases.check("attention_masked", masked, two, inference, &[]);
    let options = AttentionOptions::new(8, 2);
    let across = |source: &Source| Ok(AttentionAcross(MultiHeadAttention::new(options, source)?));
    cases.check("attention_across", across, two, inference, &[]);
    let options = BlockOptions::new(AttentionOptions { causal: true, ..options });
    cases.one("block_gelu", |source| TransformerBlock::new(options, source));
    let attention = AttentionOptions { rotary: Some(500.0), bias: false, ..grouped };
    let options = BlockOptions { style: BlockStyle::GatedSilu, hidden: 24, ..BlockOptions::new(attention) };
    cases.one("block_gated", |source| TransformerBlock::new(options, source));

    cases.one("gru", |source| Gru::new(3, 4, source));
    cases.check("gru_state", |source| Ok(GruWithState(Gru::new(3, 4, source)?)), two, inference, &[]);
    cases.one("lstm", |source| Lstm::new(3, 4, source));
    cases.check("lstm_state", |source| Ok(LstmWithState(Lstm::new(3, 4, source)?)), three, inference, &[]);
    cases.one("sequential", |source| {
        let (first, second) = (Linear::new(3, 5, &source.pp(0))?, Linear::new(5, 2, &source.pp(1))?);
        Ok(Sequential::new().with(first).with_fn(ops::relu).with(second))
    });
    assert!(cases.1.is_empty(), "nothing computes {:?}", cases.1);
}
