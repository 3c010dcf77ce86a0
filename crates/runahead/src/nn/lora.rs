//! Matrices adapted by ones of low rank.

use std::sync::Arc;

use parking_lot::Mutex;

use super::linear::{affine, product};
use super::module::in_layer;
use super::{Init, Linear, Module, Parameter, Phase, Source};
use crate::{Lazy, Result, TensorError, ops};

/// A [`Linear`] that is frozen, and a product of two narrow matrices that is learned beside it:
/// `x wᵀ + b + scale (x aᵀ) bᵀ`. `lora_a` is `[rank, inputs]` and random where it is fresh, `lora_b` is
/// `[outputs, rank]` and zero, so that nothing changes before it is trained.
///
/// ```
/// use runahead::nn::{Linear, LoraLinear, Module, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let source = Store::fresh(1, &device).source();
/// let base = Linear::new(8, 4, &source)?;
/// let adapted = LoraLinear::new(base, 2, 16.0, &source)?;
/// let x = ops::ones([1, 8], ElementType::F32, &device)?;
/// let before = adapted.call(&x)?.to_vec::<f32>()?;
/// adapted.merge()?; // one product from here on
/// assert_eq!(adapted.call(&x)?.to_vec::<f32>()?, before);
/// adapted.unmerge()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LoraLinear {
    path: String,
    base: Linear,
    a: Parameter,
    b: Parameter,
    scale: f64,
    /// The base's weight before it was merged.
    unmerged: Arc<Mutex<Option<Lazy>>>,
}

impl LoraLinear {
    /// Adapts a layer, whose parameters are frozen, by matrices of that rank; `alpha / rank` is the scale.
    ///
    /// # Errors
    /// Where the rank is 0, or the source has no `lora_a` and `lora_b` of those shapes.
    pub fn new(base: Linear, rank: usize, alpha: f64, source: &Source) -> Result<LoraLinear> {
        let path = source.path().to_owned();
        if rank == 0 {
            let error = TensorError::invalid("the rank is 0; expected at least 1");
            return in_layer("lora", &path, &[], || Err(error));
        }
        base.visit(&mut |parameter| parameter.set_trainable(false));
        let [outputs, inputs] = [base.weight().dims()[0], base.weight().dims()[1]];
        Ok(LoraLinear {
            a: source.get_with([rank, inputs], "lora_a", Init::KaimingUniform)?,
            b: source.get_with([outputs, rank], "lora_b", Init::Zeros)?,
            scale: alpha / rank as f64,
            unmerged: Arc::default(),
            path,
            base,
        })
    }

    /// The frozen layer.
    pub fn base(&self) -> &Linear {
        &self.base
    }

    /// Whether the adaptation is in the base's weight.
    pub fn is_merged(&self) -> bool {
        self.unmerged.lock().is_some()
    }

    /// Adds the adaptation to the base's weight, so that applying the layer costs no more than the base. Does nothing where
    /// it is merged. Unmerge to train, and to save the two apart.
    ///
    /// # Errors
    /// Where the sum cannot be recorded.
    pub fn merge(&self) -> Result<()> {
        let mut unmerged = self.unmerged.lock();
        if unmerged.is_none() {
            let old = self.base.weight().update(|weight| {
                let adaptation = ops::multiply(ops::matmul(self.b.get(), self.a.get())?, self.scale)?;
                Ok((ops::add(weight, adaptation)?, weight.clone()))
            })?;
            *unmerged = Some(old);
        }
        Ok(())
    }

    /// Gives the base its weight back, bit for bit. Does nothing where it is not merged.
    ///
    /// # Errors
    /// None that a merged layer could have.
    pub fn unmerge(&self) -> Result<()> {
        match self.unmerged.lock().take() {
            Some(weight) => self.base.weight().set(weight),
            None => Ok(()),
        }
    }
}

impl Module for LoraLinear {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        in_layer("lora", &self.path, &[&x], || {
            let base = affine(&x, self.base.weight(), self.base.bias())?;
            if self.is_merged() {
                return Ok(base);
            }
            let adapted = product(&product(&x, &self.a.get())?, &self.b.get())?;
            ops::add(base, ops::multiply(adapted, self.scale)?)
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.base.visit(visit);
        visit(&self.a);
        visit(&self.b);
    }
}
