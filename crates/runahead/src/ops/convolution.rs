//! Windows that move over axes: convolutions and pooling.

use runahead_ir::{Binary, Convolution, OpKind, Precision, Window};

use super::elementwise::{record, same_element};
use super::{creation, divide};
use crate::{Lazy, Operand, Output, Result, TensorError, Traced, operation};

/// How a convolution's window moves over the spatial axes, all of which have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Convolving {
    /// Elements from one place of the window to the next.
    pub stride: usize,
    /// Zeros before and behind each axis.
    pub padding: usize,
    /// Elements from one of the kernel's to the next.
    pub dilation: usize,
    /// Groups of channels that are convolved apart.
    pub groups: usize,
}

impl Default for Convolving {
    fn default() -> Convolving {
        Convolving { stride: 1, padding: 0, dilation: 1, groups: 1 }
    }
}

macro_rules! convolutions {
    ($($(#[$doc:meta])* $name:ident, $transposed:ident: $spatial:literal;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// Where shapes do not suit, or elements are of several types.
        pub fn $name<X: Operand, K: Operand>(x: X, kernel: K, how: Convolving) -> Result<Output<(X, K)>> {
            operation(stringify!($name), (x, kernel), how, |(x, kernel), how| convolve(&x, &kernel, $spatial, how))
        }

        #[doc = concat!("What goes backwards through [`", stringify!($name), "`]: each element adds the kernel, times itself, \
            to a window of the result.")]
        ///
        /// The kernel has axes of input channels, of output channels in each group, and spatial ones, as PyTorch's has.
        ///
        /// # Errors
        /// Where shapes do not suit, or elements are of several types.
        pub fn $transposed<X: Operand, K: Operand>(x: X, kernel: K, how: Convolving) -> Result<Output<(X, K)>> {
            operation(stringify!($transposed), (x, kernel), how, |(x, kernel), how| {
                convolve_transposed(&x, &kernel, $spatial, how)
            })
        }
    )*};
}

convolutions! {
    /// The convolution of `[batch, channels, length]` with a kernel of `[output channels, channels in a group, length]`.
    conv1d, conv_transpose1d: 1;
    /// The convolution of `[batch, channels, height, width]` with a kernel of
    /// `[output channels, channels in a group, height, width]`.
    conv2d, conv_transpose2d: 2;
}

fn check(x: &Lazy, kernel: &Lazy, spatial: usize, how: &Convolving) -> Result<()> {
    same_element(x, kernel)?;
    for tensor in [x, kernel] {
        if tensor.dims().len() != spatial + 2 {
            let message =
                format!("{} has {} axes; expected {}", tensor.ty(), tensor.dims().len(), spatial + 2);
            return Err(TensorError::invalid(message));
        }
    }
    let numbers = [("stride", how.stride), ("dilation", how.dilation), ("number of groups", how.groups)];
    match numbers.into_iter().find(|&(_, number)| number == 0) {
        Some((name, _)) => Err(TensorError::invalid(format!("the {name} is 0; expected at least 1"))),
        None => Ok(()),
    }
}

/// A padding as the IR has it.
fn padding(size: usize) -> Result<i64> {
    i64::try_from(size).map_err(|_| TensorError::invalid(format!("a padding of {size} is too much")))
}

/// A convolution of batches of channels with every window, by a kernel of outputs of inputs.
fn plain(spatial: usize) -> Convolution {
    let axes: Vec<usize> = (2..spatial + 2).collect();
    Convolution {
        input_batch_dimension: 0,
        input_feature_dimension: 1,
        input_spatial_dimensions: axes.clone(),
        kernel_input_feature_dimension: 1,
        kernel_output_feature_dimension: 0,
        kernel_spatial_dimensions: axes.clone(),
        output_batch_dimension: 0,
        output_feature_dimension: 1,
        output_spatial_dimensions: axes,
        window_strides: vec![1; spatial],
        padding: vec![(0, 0); spatial],
        lhs_dilation: vec![1; spatial],
        rhs_dilation: vec![1; spatial],
        window_reversal: vec![false; spatial],
        feature_group_count: 1,
        batch_group_count: 1,
        precision: vec![Precision::Default; 2],
    }
}

fn convolve(x: &Lazy, kernel: &Lazy, spatial: usize, how: &Convolving) -> Result<Lazy> {
    check(x, kernel, spatial, how)?;
    let pad = padding(how.padding)?;
    let convolution = Convolution {
        window_strides: vec![how.stride; spatial],
        padding: vec![(pad, pad); spatial],
        rhs_dilation: vec![how.dilation; spatial],
        feature_group_count: how.groups,
        ..plain(spatial)
    };
    record(OpKind::Convolution(Box::new(convolution)), &[x, kernel])
}

fn convolve_transposed(x: &Lazy, kernel: &Lazy, spatial: usize, how: &Convolving) -> Result<Lazy> {
    check(x, kernel, spatial, how)?;
    let (dims, groups) = (kernel.dims(), how.groups);
    if x.dims()[1] != dims[0] || dims[0] % groups != 0 {
        let message = format!("{} channels meet a kernel {} in {groups} groups", x.dims()[1], kernel.ty());
        return Err(TensorError::invalid(message));
    }
    // From [groups × inputs, outputs, …] to [groups × outputs, inputs, …].
    let (inputs, outputs) = (dims[0] / groups, dims[1]);
    let window = &dims[2..];
    let mut permutation: Vec<isize> = (0..spatial as isize + 3).collect();
    permutation.swap(1, 2);
    let apart = super::reshape(kernel, [&[groups, inputs, outputs], window].concat())?;
    let turned = super::permute(apart, permutation)?;
    let kernel = super::reshape(turned, [&[groups * outputs, inputs], window].concat())?;
    let pads = window.iter().map(|&size| {
        let reach = size.saturating_sub(1).saturating_mul(how.dilation);
        Ok(padding(reach)? - padding(how.padding)?)
    });
    let convolution = Convolution {
        padding: pads.map(|pad| pad.map(|pad| (pad, pad))).collect::<Result<_>>()?,
        lhs_dilation: vec![how.stride; spatial],
        rhs_dilation: vec![how.dilation; spatial],
        window_reversal: vec![true; spatial],
        feature_group_count: groups,
        ..plain(spatial)
    };
    record(OpKind::Convolution(Box::new(convolution)), &[x, &kernel])
}

/// The greatest of each window over the last axes, as many as the window has sizes.
///
/// # Errors
/// Where there are fewer axes, sizes and strides are not as many and positive, or elements have no order.
pub fn max_pool<X: Operand>(
    x: X,
    window: impl AsRef<[usize]>,
    strides: impl AsRef<[usize]>,
) -> Result<Output<X>> {
    let attributes = (window.as_ref().to_vec(), strides.as_ref().to_vec());
    operation("max_pool", x, attributes, |x, (window, strides)| pool(&x, window, strides, Binary::Maximum))
}

/// The mean of each window over the last axes, as many as the window has sizes.
///
/// # Errors
/// Where there are fewer axes, sizes and strides are not as many and positive, or elements are no floats.
pub fn avg_pool<X: Operand>(
    x: X,
    window: impl AsRef<[usize]>,
    strides: impl AsRef<[usize]>,
) -> Result<Output<X>> {
    let attributes = (window.as_ref().to_vec(), strides.as_ref().to_vec());
    operation("avg_pool", x, attributes, |x, (window, strides)| {
        divide(pool(&x, window, strides, Binary::Add)?, window.iter().product::<usize>() as f64)
    })
}

fn pool(x: &Lazy, window: &[usize], strides: &[usize], op: Binary) -> Result<Lazy> {
    let Some(first) = x.dims().len().checked_sub(window.len()).filter(|_| window.len() == strides.len())
    else {
        let message = format!("a window {window:?} with strides {strides:?} does not suit {}", x.ty());
        return Err(TensorError::invalid(message));
    };
    let rank = x.dims().len();
    let along = |sizes: &[usize]| -> Vec<usize> { [&vec![1; first], sizes].concat() };
    let kind = OpKind::ReduceWindow(Box::new(Window {
        dimensions: along(window),
        strides: along(strides),
        base_dilations: vec![1; rank],
        window_dilations: vec![1; rank],
        padding: vec![(0, 0); rank],
    }));
    let Some(neutral) = op.neutral(x.element()) else {
        return Err(TensorError::invalid(format!("elements are {}; expected numbers", x.element())));
    };
    let initial = creation::splat(&[], x.element(), &neutral)?;
    let body = Traced::binary(op, x.element())?;
    Ok(Lazy::record_with(kind, &[x, &initial], vec![body])?.remove(0))
}
