//! Elements left out in training.

use super::module::in_layer;
use super::{Module, Parameter, Phase, Source};
use crate::ops::{self, creation};
use crate::{ElementType, Lazy, Result, TensorError};

/// In training, sets each element to zero with a given probability and scales the others so that the mean stays; in
/// inference, gives what it is given.
///
/// Which ones follows from `generator`, the state of a counter-based generator: a parameter that is saved with the model,
/// so that a run that is resumed drops the same. Files need not have it.
///
/// ```
/// use runahead::nn::{Dropout, Module, Phase, Store};
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let dropout = Dropout::new(0.5, &Store::fresh(1, &device).source())?;
/// let x = ops::ones([1000], ElementType::F32, &device)?;
/// let y = dropout.call_in(Phase::Training, &x)?.to_vec::<f32>()?;
/// assert!(y.iter().all(|&y| y == 0.0 || y == 2.0));
/// assert_eq!(dropout.call(&x)?.to_vec::<f32>()?, [1.0; 1000]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Dropout {
    path: String,
    probability: f64,
    generator: Parameter,
}

impl Dropout {
    /// A layer that leaves out elements with that probability.
    ///
    /// # Errors
    /// Where the probability is not between 0 and 1, or the source has something else called `generator`.
    pub fn new(probability: f64, source: &Source) -> Result<Dropout> {
        let path = source.path().to_owned();
        if !(0.0..=1.0).contains(&probability) {
            let message = format!("the probability is {probability}; expected one from 0 to 1");
            return in_layer("dropout", &path, &[], || Err(TensorError::invalid(message)));
        }
        Ok(Dropout { path, probability, generator: source.generator("generator")? })
    }
}

impl Module for Dropout {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        if phase == Phase::Inference || self.probability == 0.0 {
            return Ok(x);
        }
        in_layer("dropout", &self.path, &[&x], || {
            let drawn = self.generator.update(|state| {
                let (drawn, next) = creation::uniform(state, x.dims(), ElementType::F32)?;
                Ok((next, drawn))
            })?;
            let kept = ops::ge(drawn, self.probability)?;
            // Where all are left out there is nothing to scale.
            let scale = if self.probability < 1.0 { 1.0 / (1.0 - self.probability) } else { 0.0 };
            ops::select(kept, ops::multiply(&x, scale)?, 0.0)
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        visit(&self.generator);
    }
}
