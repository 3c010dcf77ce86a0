//! Matrices.

use runahead_ir::{DotDimensions, OpKind, Precision};

use super::module::{check_input, in_layer};
use super::{Init, Module, Parameter, Phase, Source};
use crate::{Lazy, Result, ops};

/// `x wᵀ + b` along the last axis: `weight` is `[outputs, inputs]`, `bias` is `[outputs]`, as PyTorch has them.
///
/// ```
/// use runahead::nn::{Linear, Module, Store};
/// use runahead::Tensor;
/// let device = runahead::device("cpu")?;
/// let store = Store::new(&device);
/// store.push("weight", Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?)?;
/// store.push("bias", Tensor::from_slice(&[10f32, 20.0], [2], &device)?)?;
/// let linear = store.build(|source| Linear::new(2, 2, source))?;
/// let x = Tensor::from_slice(&[1f32, 1.0], [1, 2], &device)?;
/// assert_eq!(linear.call(&x)?.to_vec::<f32>()?, [13.0, 27.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linear {
    path: String,
    weight: Parameter,
    bias: Option<Parameter>,
}

impl Linear {
    /// A layer with a bias.
    ///
    /// # Errors
    /// Where the source has no `weight` and `bias` of those shapes.
    pub fn new(inputs: usize, outputs: usize, source: &Source) -> Result<Linear> {
        let bias = source.get_with([outputs], "bias", Init::bias(inputs))?;
        Ok(Linear { bias: Some(bias), ..Linear::without_bias(inputs, outputs, source)? })
    }

    /// A layer without a bias.
    ///
    /// # Errors
    /// Where the source has no `weight` of that shape.
    pub fn without_bias(inputs: usize, outputs: usize, source: &Source) -> Result<Linear> {
        let weight = source.get_with([outputs, inputs], "weight", Init::KaimingUniform)?;
        Ok(Linear { path: source.path().to_owned(), weight, bias: None })
    }

    /// A layer of parameters that there are: one that shares another layer's weight, say.
    pub fn of(weight: Parameter, bias: Option<Parameter>) -> Linear {
        let path = weight.name().strip_suffix(".weight").unwrap_or(weight.name()).to_owned();
        Linear { path, weight, bias }
    }

    /// The weight.
    pub fn weight(&self) -> &Parameter {
        &self.weight
    }

    /// The bias, where there is one.
    pub fn bias(&self) -> Option<&Parameter> {
        self.bias.as_ref()
    }
}

/// `x wᵀ`, without a transposed copy.
pub(super) fn product(x: &Lazy, weight: &Lazy) -> Result<Lazy> {
    let last = x.dims().len().saturating_sub(1);
    let dimension_numbers =
        DotDimensions { lhs_contracting: vec![last], rhs_contracting: vec![1], ..DotDimensions::default() };
    let kind =
        OpKind::DotGeneral { dimension_numbers, precision: vec![Precision::Default; 2], algorithm: None };
    Ok(Lazy::record(kind, &[x, weight])?.remove(0))
}

/// A product with a parameter, and a bias added.
pub(super) fn affine(x: &Lazy, weight: &Parameter, bias: Option<&Parameter>) -> Result<Lazy> {
    check_input(x, -1, weight, weight.dims()[1])?;
    let product = product(x, &weight.get())?;
    bias.map_or(Ok(product.clone()), |bias| ops::add(product, bias.get()))
}

impl Module for Linear {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
        in_layer("linear", &self.path, &[&x], || affine(&x, &self.weight, self.bias.as_ref()))
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        visit(&self.weight);
        self.bias.iter().for_each(visit);
    }
}
