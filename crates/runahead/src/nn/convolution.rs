//! Convolutions.

use super::module::{check_input, in_layer};
use super::{Init, Module, Parameter, Phase, Source};
use crate::ops::{self, Convolving};
use crate::{Lazy, Result, TensorError};

macro_rules! convolutions {
    ($($(#[$doc:meta])* $Layer:ident, $name:literal, $operation:ident, $spatial:literal, $dims:literal, $example:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// ```
        #[doc = concat!("use runahead::nn::{", stringify!($Layer), ", Module, Store};")]
        /// use runahead::{ElementType, ops, ops::Convolving};
        /// let device = runahead::device("cpu")?;
        /// let how = Convolving { padding: 1, ..Convolving::default() };
        #[doc = concat!("let layer = ", stringify!($Layer), "::new(3, 16, 3, how, &Store::fresh(1, &device).source())?;")]
        #[doc = concat!("let x = ops::randn(", $example, ", ElementType::F32, 1, &device)?;")]
        #[doc = concat!("assert_eq!(layer.call(&x)?.dims(), ", $dims, ");")]
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Clone, Debug)]
        pub struct $Layer {
            path: String,
            weight: Parameter,
            bias: Option<Parameter>,
            how: Convolving,
        }

        impl $Layer {
            /// A layer with a bias and a window of that size along each axis.
            ///
            /// # Errors
            /// Where channels do not make as many groups, or the source has no `weight` and `bias` of those shapes.
            pub fn new(inputs: usize, outputs: usize, size: usize, how: Convolving, source: &Source) -> Result<$Layer> {
                let layer = $Layer::without_bias(inputs, outputs, size, how, source)?;
                let fan: usize = layer.weight.dims()[1..].iter().product();
                let bias = source.get_with([outputs], "bias", Init::bias(fan))?;
                Ok($Layer { bias: Some(bias), ..layer })
            }

            /// A layer without a bias.
            ///
            /// # Errors
            /// As for [`new`](Self::new).
            pub fn without_bias(
                inputs: usize,
                outputs: usize,
                size: usize,
                how: Convolving,
                source: &Source,
            ) -> Result<$Layer> {
                let mut dims = vec![outputs, grouped($name, source, inputs, outputs, how.groups)?];
                dims.extend([size; $spatial]);
                let weight = source.get_with(dims, "weight", Init::KaimingUniform)?;
                Ok($Layer { path: source.path().to_owned(), weight, bias: None, how })
            }

            /// The kernel.
            pub fn weight(&self) -> &Parameter {
                &self.weight
            }

            /// The bias, where there is one.
            pub fn bias(&self) -> Option<&Parameter> {
                self.bias.as_ref()
            }
        }

        impl Module for $Layer {
            type Input = Lazy;
            type Output = Lazy;

            fn forward(&self, x: Lazy, _: Phase) -> Result<Lazy> {
                in_layer($name, &self.path, &[&x], || {
                    check_input(&x, 1, &self.weight, self.weight.dims()[1].saturating_mul(self.how.groups))?;
                    let y = ops::$operation(&x, self.weight.get(), self.how)?;
                    let Some(bias) = &self.bias else { return Ok(y) };
                    let channels = ops::reshape(bias.get(), [&[bias.dims()[0]][..], &[1; $spatial]].concat())?;
                    ops::add(y, channels)
                })
            }

            fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
                visit(&self.weight);
                self.bias.iter().for_each(visit);
            }
        }
    )*};
}

convolutions! {
    /// A convolution of `[batch, channels, length]`: `weight` is `[outputs, inputs of a group, size]`, `bias` is
    /// `[outputs]`.
    Conv1d, "convolution", conv1d, 1, "[1, 16, 8]", "[1, 3, 8]";
    /// A convolution of `[batch, channels, height, width]`: `weight` is `[outputs, inputs of a group, size, size]`, `bias`
    /// is `[outputs]`.
    Conv2d, "convolution", conv2d, 2, "[1, 16, 8, 8]", "[1, 3, 8, 8]";
}

/// The inputs of a group.
fn grouped(
    name: &'static str,
    source: &Source,
    inputs: usize,
    outputs: usize,
    groups: usize,
) -> Result<usize> {
    in_layer(name, source.path(), &[], || {
        if groups == 0 || !inputs.is_multiple_of(groups) || !outputs.is_multiple_of(groups) {
            let message =
                format!("{inputs} inputs and {outputs} outputs do not make {groups} groups of one size");
            return Err(TensorError::invalid(message));
        }
        Ok(inputs / groups)
    })
}
