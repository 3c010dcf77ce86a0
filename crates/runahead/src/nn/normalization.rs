//! Values brought to a common mean and deviation.

use super::module::{check_input, in_layer};
use super::{Init, Module, Parameter, Phase, Source};
use crate::{Lazy, Result, ops};

/// The last axis brought to mean 0 and deviation 1, then scaled by `weight` and moved by `bias`, both of its size.
///
/// ```
/// use runahead::nn::{LayerNorm, Module, Store};
/// use runahead::Tensor;
/// let device = runahead::device("cpu")?;
/// let norm = LayerNorm::new(2, 0.0, &Store::fresh(1, &device).source())?;
/// let x = Tensor::from_slice(&[1f32, 3.0], [1, 2], &device)?;
/// assert_eq!(norm.call(&x)?.to_vec::<f32>()?, [-1.0, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LayerNorm {
    path: String,
    weight: Parameter,
    bias: Option<Parameter>,
    epsilon: f64,
}

impl LayerNorm {
    /// A layer with a bias.
    ///
    /// # Errors
    /// Where the source has no `weight` and `bias` of that size.
    pub fn new(size: usize, epsilon: f64, source: &Source) -> Result<LayerNorm> {
        let bias = source.get_with([size], "bias", Init::Zeros)?;
        Ok(LayerNorm { bias: Some(bias), ..LayerNorm::without_bias(size, epsilon, source)? })
    }

    /// A layer without a bias.
    ///
    /// # Errors
    /// Where the source has no `weight` of that size.
    pub fn without_bias(size: usize, epsilon: f64, source: &Source) -> Result<LayerNorm> {
        let weight = source.get_with([size], "weight", Init::Ones)?;
        Ok(LayerNorm { path: source.path().to_owned(), weight, bias: None, epsilon })
    }
}

impl Module for LayerNorm {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        in_layer("layer norm", &self.path, &[&x], || {
            check_input(&x, -1, &self.weight, self.weight.dims()[0])?;
            let bias = self.bias.as_ref().map(Parameter::get);
            ops::layer_norm(&x, Some(self.weight.get()), bias, self.epsilon)
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        visit(&self.weight);
        self.bias.iter().for_each(visit);
    }
}

/// The last axis divided by its root mean square, then scaled by `weight`, of its size.
///
/// ```
/// use runahead::nn::{Module, RmsNorm, Store};
/// use runahead::Tensor;
/// let device = runahead::device("cpu")?;
/// let norm = RmsNorm::new(2, 0.0, &Store::fresh(1, &device).source())?;
/// let x = Tensor::from_slice(&[3f32, 3.0], [1, 2], &device)?;
/// assert_eq!(norm.call(&x)?.to_vec::<f32>()?, [1.0, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct RmsNorm {
    path: String,
    weight: Parameter,
    epsilon: f64,
}

impl RmsNorm {
    /// A layer for an axis of that size.
    ///
    /// # Errors
    /// Where the source has no `weight` of that size.
    pub fn new(size: usize, epsilon: f64, source: &Source) -> Result<RmsNorm> {
        let weight = source.get_with([size], "weight", Init::Ones)?;
        Ok(RmsNorm { path: source.path().to_owned(), weight, epsilon })
    }
}

impl Module for RmsNorm {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        in_layer("rms norm", &self.path, &[&x], || ops::rms_norm(&x, Some(self.weight.get()), self.epsilon))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        visit(&self.weight);
    }
}

/// Each channel (axis 1) brought to mean 0 and deviation 1, then scaled by `weight` and moved by `bias`. In training by the
/// mean and the variance of the batch, which `running_mean` and `running_var` follow; in inference by those.
///
/// ```
/// use runahead::nn::{BatchNorm, Module, Phase, Store};
/// use runahead::Tensor;
/// let device = runahead::device("cpu")?;
/// let norm = BatchNorm::new(1, &Store::fresh(1, &device).source())?.with_momentum(1.0);
/// let x = Tensor::from_slice(&[1f32, 3.0], [2, 1], &device)?;
/// let y = norm.call_in(Phase::Training, &x)?.to_vec::<f32>()?;
/// assert!((y[0] + 1.0).abs() < 1e-4 && (y[1] - 1.0).abs() < 1e-4);
/// assert_eq!(norm.running_mean().get().eval()?.to_vec::<f32>()?, [2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct BatchNorm {
    path: String,
    weight: Parameter,
    bias: Parameter,
    running_mean: Parameter,
    running_var: Parameter,
    epsilon: f64,
    momentum: f64,
}

impl BatchNorm {
    /// A layer for so many channels, with an epsilon of 1e-5 and a momentum of 0.1.
    ///
    /// # Errors
    /// Where the source has no `weight`, `bias`, `running_mean` and `running_var` of that size.
    pub fn new(channels: usize, source: &Source) -> Result<BatchNorm> {
        Ok(BatchNorm {
            path: source.path().to_owned(),
            weight: source.get_with([channels], "weight", Init::Ones)?,
            bias: source.get_with([channels], "bias", Init::Zeros)?,
            running_mean: source.state([channels], "running_mean", Init::Zeros)?,
            running_var: source.state([channels], "running_var", Init::Ones)?,
            epsilon: 1e-5,
            momentum: 0.1,
        })
    }

    /// The same layer with another number to add to variances.
    pub fn with_epsilon(self, epsilon: f64) -> BatchNorm {
        BatchNorm { epsilon, ..self }
    }

    /// The same layer with another share of each batch in the running statistics.
    pub fn with_momentum(self, momentum: f64) -> BatchNorm {
        BatchNorm { momentum, ..self }
    }

    /// The mean that inference takes.
    pub fn running_mean(&self) -> &Parameter {
        &self.running_mean
    }

    /// The variance that inference takes. It follows that of batches as samples: the sum of squares by one less than there
    /// are elements.
    pub fn running_var(&self) -> &Parameter {
        &self.running_var
    }

    /// The mean and the variance of a batch; the running ones follow them.
    fn statistics(&self, x: &Lazy) -> Result<(Lazy, Lazy)> {
        let axes: Vec<isize> = (0..x.dims().len() as isize).filter(|&axis| axis != 1).collect();
        let mean = ops::mean_keep(x, &axes)?;
        let variance = ops::mean_keep(ops::square(ops::subtract(x, &mean)?)?, &axes)?;
        let channels = [self.weight.dims()[0]];
        let (mean, variance) = (ops::reshape(mean, channels)?, ops::reshape(variance, channels)?);
        let count = x.dims().iter().product::<usize>() / channels[0].max(1);
        let unbiased = ops::multiply(&variance, count as f64 / count.saturating_sub(1).max(1) as f64)?;
        for (running, of_batch) in [(&self.running_mean, &mean), (&self.running_var, &unbiased)] {
            running.update(|old| {
                let kept = ops::multiply(old, 1.0 - self.momentum)?;
                Ok((ops::add(kept, ops::multiply(of_batch, self.momentum)?)?, ()))
            })?;
        }
        Ok((mean, variance))
    }
}

impl Module for BatchNorm {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        in_layer("batch norm", &self.path, &[&x], || {
            check_input(&x, 1, &self.weight, self.weight.dims()[0])?;
            let (mean, variance) = match phase {
                Phase::Training => self.statistics(&x)?,
                Phase::Inference => (self.running_mean.get(), self.running_var.get()),
            };
            let (weight, bias) = (Some(self.weight.get()), Some(self.bias.get()));
            ops::batch_norm(&x, mean, variance, weight, bias, self.epsilon)
        })
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        [&self.weight, &self.bias, &self.running_mean, &self.running_var].into_iter().for_each(visit);
    }
}
