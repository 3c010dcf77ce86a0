//! The network of `examples/digits/train.py`.

use runahead::nn::{Conv2d, Layer, Linear, LoraLinear, Module, Parameter, Phase, Source};
use runahead::ops::{self, Convolving};
use runahead::{Lazy, Result};

/// Two convolutions, a pool, a hidden layer and one of logits.
pub(crate) struct Classifier {
    convolutions: [Conv2d; 2],
    hidden: Layer,
    output: Layer,
}

impl Classifier {
    pub(crate) fn new(source: &Source) -> Result<Classifier> {
        Classifier::with(source, |inputs, outputs, source| {
            Ok(Box::new(Linear::new(inputs, outputs, source)?))
        })
    }

    /// The same, frozen, with matrices of low rank beside those of the last two layers.
    pub(crate) fn adapted(source: &Source, rank: usize) -> Result<Classifier> {
        let model = Classifier::with(source, |inputs, outputs, source| {
            let base = Linear::new(inputs, outputs, source)?;
            Ok(Box::new(LoraLinear::new(base, rank, 2.0 * rank as f64, source)?))
        })?;
        for convolution in &model.convolutions {
            convolution.visit(&mut |parameter| parameter.set_trainable(false));
        }
        Ok(model)
    }

    fn with(source: &Source, linear: impl Fn(usize, usize, &Source) -> Result<Layer>) -> Result<Classifier> {
        let same = Convolving { padding: 1, ..Convolving::default() };
        Ok(Classifier {
            convolutions: [
                Conv2d::new(1, 16, 3, same, &source.pp("conv1"))?,
                Conv2d::new(16, 32, 3, same, &source.pp("conv2"))?,
            ],
            hidden: linear(512, 64, &source.pp("hidden"))?,
            output: linear(64, 10, &source.pp("output"))?,
        })
    }
}

impl Module for Classifier {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, images: Lazy, phase: Phase) -> Result<Lazy> {
        let mut x = images;
        for convolution in &self.convolutions {
            x = ops::relu(convolution.forward(x, phase)?)?;
        }
        let x = ops::max_pool(x, [2, 2], [2, 2])?;
        let x = ops::reshape(&x, [x.dims()[0], 512])?;
        let x = ops::relu(self.hidden.forward(x, phase)?)?;
        self.output.forward(x, phase)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.convolutions.iter().for_each(|convolution| convolution.visit(visit));
        self.hidden.visit(visit);
        self.output.visit(visit);
    }
}
