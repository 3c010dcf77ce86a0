//! Modules: their state, their parameters, and what is said where something does not fit.

use runahead::nn::{
    AttentionOptions, BatchNorm, BlockOptions, Conv2d, Dropout, Embedding, Gru, Linear, LoraLinear, Module,
    ModuleList, MultiHeadAttention, Parameter, Phase, Sequential, Store, TransformerBlock,
};
use runahead::ops::{self, Convolving};
use runahead::{Device, ElementType, Lazy, Operations, Result, Tensor, device};

fn cpu() -> Device {
    device("cpu:33").unwrap()
}

fn random(dims: &[usize], seed: u64) -> Tensor {
    ops::randn(dims, ElementType::F32, seed, &cpu()).unwrap()
}

fn fresh() -> Store {
    Store::fresh(42, &cpu())
}

fn message<T>(result: Result<T>) -> String {
    result.map(drop).unwrap_err().to_string()
}

#[test]
fn what_does_not_fit_is_said_at_the_call_in_every_mode() -> Result<()> {
    let linear = Linear::new(3, 4, &fresh().source().pp("encoder").pp(0))?;
    let x = random(&[2, 5], 1);
    let expected = "linear encoder.0 of tensor<2x5xf32>: axis -1 has size 5; encoder.0.weight, tensor<4x3xf32>, \
                    takes 3";
    assert_eq!(message(linear.call(&x)), expected);
    assert_eq!(message(linear.call(x.to_async())), expected);
    assert_eq!(message(linear.call(x.lazy())), expected);
    assert_eq!(
        message(linear.call(ops::cast(random(&[2, 3], 1), ElementType::F64)?)),
        "linear encoder.0 of tensor<2x3xf64>: elements are f64; encoder.0.weight, tensor<4x3xf32>, takes f32"
    );
    Ok(())
}

#[test]
fn errors_lead_from_the_model_to_the_layer() -> Result<()> {
    let options = BlockOptions::new(AttentionOptions::new(8, 2));
    let block = TransformerBlock::new(options, &fresh().source().pp("h").pp(3))?;
    assert_eq!(
        message(block.call(random(&[2, 4, 6], 1))),
        "layer norm h.3.attention_norm of tensor<2x4x6xf32>: axis -1 has size 6; h.3.attention_norm.weight, \
         tensor<8xf32>, takes 8"
    );
    let attention = MultiHeadAttention::new(AttentionOptions::new(8, 2), &fresh().source().pp("a"))?;
    assert_eq!(
        message(attention.call(random(&[2, 8], 1))),
        "attention a of tensor<2x8xf32>, tensor<2x8xf32>: an input is tensor<2x8xf32>; expected axes of batch, length \
         and size"
    );
    let gru = Gru::new(3, 4, &fresh().source().pp("gru"))?;
    assert_eq!(
        message(gru.with_state().call((random(&[2, 5, 3], 1), random(&[3, 4], 1)))),
        "gru gru of tensor<2x5x3xf32>, tensor<3x4xf32>: a state is tensor<3x4xf32>; expected the shape [2, 4]"
    );
    let conv = Conv2d::new(4, 6, 3, Convolving { groups: 2, ..Convolving::default() }, &fresh().source())?;
    assert_eq!(
        message(conv.call(random(&[1, 3, 8, 8], 1))),
        "convolution of tensor<1x3x8x8xf32>: axis 1 has size 3; weight, tensor<6x2x3x3xf32>, takes 4"
    );
    let embedding = Embedding::new(5, 3, &fresh().source().pp("words"))?;
    assert_eq!(
        message(embedding.call(random(&[2], 1))),
        "embedding words: embedding: index_select of tensor<2xf32>: indices are f32; expected integers"
    );
    Ok(())
}

#[test]
fn options_that_cannot_be_are_refused() {
    let source = fresh().source();
    let uneven = AttentionOptions { shared_heads: 3, ..AttentionOptions::new(8, 4) };
    assert_eq!(
        message(MultiHeadAttention::new(uneven, &source.pp("a"))),
        "attention a: 4 heads that share 3 do not suit a size of 8; expected divisors of one another"
    );
    assert!(message(MultiHeadAttention::new(AttentionOptions::new(8, 0), &source)).contains("0 heads"));
    let groups = Convolving { groups: 0, ..Convolving::default() };
    assert!(message(Conv2d::new(2, 2, 3, groups, &source)).contains("do not make 0 groups"));
    assert_eq!(
        message(Dropout::new(1.5, &source.pp("d"))),
        "dropout d: the probability is 1.5; expected one from 0 to 1"
    );
    assert!(Dropout::new(f64::NAN, &source).is_err());
    let base = Linear::new(2, 2, &source).unwrap();
    assert!(message(LoraLinear::new(base, 0, 1.0, &source)).contains("the rank is 0"));
    assert!(Linear::new(usize::MAX, usize::MAX, &source).is_err());
}

#[test]
fn a_call_is_one_program() -> Result<()> {
    // A device of its own: what other tests do on theirs is not to be seen.
    let device = device("cpu:44")?;
    let source = Store::fresh(42, &device).source();
    let model = Sequential::new()
        .with(Linear::new(4, 8, &source.pp(0))?)
        .with_fn(ops::gelu)
        .with(Linear::new(8, 2, &source.pp(1))?);
    let x = ops::randn([3, 4], ElementType::F32, 1, &device)?;
    model.call(&x)?; // parameters are there
    let recorder = std::sync::Arc::new(runahead::Recorder::new());
    device.set_recorder(Some(recorder.clone()));
    model.call(&x)?;
    device.set_recorder(None);
    let runs = recorder.spans().into_iter().filter(|span| matches!(span.lane, runahead::Lane::Device(_)));
    assert_eq!(runs.count(), 1);
    Ok(())
}

#[test]
fn tied_weights_are_one_parameter() -> Result<()> {
    let embedding = Embedding::new(5, 3, &fresh().source().pp("words"))?;
    let head = Linear::of(embedding.weight().clone(), None);
    struct Tied(Embedding, Linear);
    impl Module for Tied {
        type Input = Lazy;
        type Output = Lazy;
        fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
            self.1.forward(self.0.forward(x, phase)?, phase)
        }
        fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
            self.0.visit(visit);
            self.1.visit(visit);
        }
    }
    let model = Tied(embedding, head);
    assert_eq!(model.parameters().len(), 1);
    model.0.weight().set(ops::ones([5, 3], ElementType::F32, &cpu())?)?;
    let words = Tensor::from_slice(&[1i32], [1], &cpu())?;
    assert_eq!(model.call(&words)?.to_vec::<f32>()?, [3.0; 5]);
    Ok(())
}

#[test]
fn dropout_scales_what_it_keeps_and_never_repeats() -> Result<()> {
    let dropout = Dropout::new(0.25, &fresh().source().pp("d"))?;
    let x = ops::ones([100, 100], ElementType::F32, &cpu())?;
    let draw = || dropout.call_in(Phase::Training, &x).and_then(|y| y.to_vec::<f32>());
    let (first, second) = (draw()?, draw()?);
    assert_ne!(first, second);
    for drawn in [first, second] {
        assert!(drawn.iter().all(|&y| y == 0.0 || y == 1.0 / 0.75));
        let kept = drawn.iter().filter(|&&y| y > 0.0).count();
        assert!((7300..7700).contains(&kept), "{kept}");
    }
    // In inference nothing is drawn.
    let state = dropout.parameters()[0].get().eval()?.to_vec::<u64>()?;
    dropout.call(&x)?;
    assert_eq!(dropout.parameters()[0].get().eval()?.to_vec::<u64>()?, state);
    for (probability, expected) in [(0.0, 1.0), (1.0, 0.0)] {
        let dropout = Dropout::new(probability, &fresh().source())?;
        assert_eq!(dropout.call_in(Phase::Training, &x)?.to_vec::<f32>()?, [expected; 10_000]);
    }
    // The same seed and name draw the same, another name something else.
    let again = |path: &str| -> Result<Vec<f32>> {
        Dropout::new(0.25, &fresh().source().pp(path))?.call_in(Phase::Training, &x)?.to_vec()
    };
    assert_eq!(again("d")?, again("d")?);
    assert_ne!(again("d")?, again("e")?);
    Ok(())
}

#[test]
fn state_is_recorded_with_what_is_recorded() -> Result<()> {
    let norm = BatchNorm::new(2, &fresh().source())?.with_momentum(0.5);
    let x = Tensor::from_slice(&[1f32, 10.0, 3.0, 30.0], [2, 2], &cpu())?;
    let recorded = norm.call_in(Phase::Training, x.lazy())?;
    assert!(!norm.running_mean().get().is_evaluated());
    norm.call_in(Phase::Training, recorded)?;
    // Two recordings: first the means 2 and 20, then those of what has been normalized, zero.
    assert_eq!(norm.running_mean().get().eval()?.to_vec::<f32>()?, [0.5, 5.0]);
    // A call that runs computes what was pending.
    norm.call(&x)?;
    assert!(norm.running_var().get().is_evaluated());
    Ok(())
}

#[test]
fn lora_is_merged_and_unmerged_exactly() -> Result<()> {
    let source = fresh().source();
    let adapted = LoraLinear::new(Linear::new(6, 5, &source)?, 2, 3.0, &source)?;
    adapted.parameters()[3].set(random(&[5, 2], 2))?;
    assert_eq!(adapted.parameters()[3].name(), "lora_b");
    let trainable: Vec<bool> = adapted.parameters().iter().map(Parameter::is_trainable).collect();
    assert_eq!(trainable, [false, false, true, true]);

    let x = random(&[4, 6], 3);
    let apart = adapted.call(&x)?.to_vec::<f32>()?;
    let weight = adapted.base().weight().get().eval()?.to_vec::<f32>()?;
    adapted.merge()?;
    adapted.merge()?;
    assert!(adapted.is_merged());
    assert_ne!(adapted.base().weight().get().eval()?.to_vec::<f32>()?, weight);
    for (merged, apart) in adapted.call(&x)?.to_vec::<f32>()?.iter().zip(&apart) {
        assert!((merged - apart).abs() < 1e-5, "{merged} is not {apart}");
    }
    adapted.unmerge()?;
    adapted.unmerge()?;
    assert_eq!(adapted.base().weight().get().eval()?.to_vec::<f32>()?, weight);
    assert_eq!(adapted.call(&x)?.to_vec::<f32>()?, apart);
    Ok(())
}

#[test]
fn narrow_parameters_make_narrow_models() -> Result<()> {
    let source = fresh().source().with_element(ElementType::BF16);
    let gru = Gru::new(3, 4, &source)?;
    let x = ops::cast(random(&[2, 5, 3], 1), ElementType::BF16)?;
    assert_eq!(gru.call(&x)?.element(), ElementType::BF16);
    Ok(())
}

#[test]
fn a_sequence_of_no_steps_has_no_outputs() -> Result<()> {
    let gru = Gru::new(3, 4, &fresh().source())?;
    let x = ops::zeros([2, 0, 3], ElementType::F32, &cpu())?;
    let state = random(&[2, 4], 1);
    let (outputs, last) = gru.with_state().call((&x, &state))?;
    assert_eq!(outputs.dims(), [2, 0, 4]);
    assert_eq!(last.to_vec::<f32>()?, state.to_vec::<f32>()?);
    Ok(())
}

#[test]
fn lists_hold_modules_of_any_kind() -> Result<()> {
    let source = fresh().source().pp("layers");
    let layers: ModuleList = [
        Box::new(Linear::new(3, 3, &source.pp(0))?) as runahead::nn::Layer,
        Box::new(Sequential::new().with_fn(ops::relu)),
    ]
    .into_iter()
    .collect();
    let x = random(&[2, 3], 1);
    let y = layers.iter().try_fold(x.lazy(), |x, layer| layer.forward(x, Phase::Inference))?.eval()?;
    assert_eq!(y.to_vec::<f32>()?, layers[0].call(&x)?.relu()?.to_vec::<f32>()?);
    let mut names = Vec::new();
    layers.visit(&mut |parameter| names.push(parameter.name().to_owned()));
    assert_eq!(
        names,
        ["layers.0.bias", "layers.0.weight"].map(str::to_owned).into_iter().rev().collect::<Vec<_>>()
    );
    Ok(())
}

#[test]
fn loops_check_their_bodies() {
    let x = random(&[2], 1).lazy();
    let error = ops::for_loop(3, vec![x], |_, carried| Ok(vec![ops::cast(&carried[0], ElementType::F64)?]));
    assert_eq!(
        message(error),
        "for_loop of tensor<2xf32>: the body gives tensor<2xf64>; expected tensor<2xf32>"
    );
}
