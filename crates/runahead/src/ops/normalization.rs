//! Values brought to a common mean and deviation.

use super::{add, mean_keep, multiply, reshape, rsqrt, square, subtract};
use crate::{Exactly, Lazy, Operand, Output, Result, TensorError, operation};

/// The last axis with its mean taken away and divided by its deviation: `(x - mean) / √(variance + epsilon)`, then
/// scaled by `weight` and moved by `bias`, of the last axis' size, where they are given.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 3.0, 10.0, 30.0], [2, 2], &device)?;
/// let weight = Tensor::from_slice(&[1f32, 2.0], [2], &device)?;
/// let y = ops::layer_norm(&x, Some(&weight), None::<&Tensor>, 0.0)?;
/// assert_eq!(y.to_vec::<f32>()?, [-1.0, 2.0, -1.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no axis, shapes do not suit, or elements are no floats of one type.
pub fn layer_norm<X: Operand, W: Operand, B: Operand>(
    x: X,
    weight: Option<W>,
    bias: Option<B>,
    epsilon: f64,
) -> Result<Output<(X, W, B)>> {
    operation("layer_norm", (x, weight, bias), Exactly(epsilon), |(x, weight, bias), epsilon| {
        let centred = subtract(&x, mean_keep(&x, [-1])?)?;
        let variance = mean_keep(square(&centred)?, [-1])?;
        let normal = multiply(centred, rsqrt(add(variance, epsilon.0)?)?)?;
        scaled(normal, &x, weight, bias)
    })
}

/// The last axis divided by its root mean square: `x / √(mean(x²) + epsilon)`, then scaled by `weight`, of the last
/// axis' size, where it is given.
///
/// # Errors
/// Where there is no axis, the shape does not suit, or elements are no floats of one type.
pub fn rms_norm<X: Operand, W: Operand>(x: X, weight: Option<W>, epsilon: f64) -> Result<Output<(X, W)>> {
    operation("rms_norm", (x, weight), Exactly(epsilon), |(x, weight), epsilon| {
        let power = mean_keep(square(&x)?, [-1])?;
        let normal = multiply(&x, rsqrt(add(power, epsilon.0)?)?)?;
        scaled(normal, &x, weight, None)
    })
}

fn scaled(normal: Lazy, x: &Lazy, weight: Option<Lazy>, bias: Option<Lazy>) -> Result<Lazy> {
    let size = x.dims().last().copied().unwrap_or(1);
    for (name, given) in [("weight", &weight), ("bias", &bias)] {
        if let Some(given) = given
            && given.dims() != [size]
        {
            let message = format!("the {name} is {}; expected one axis of size {size}", given.ty());
            return Err(TensorError::invalid(message));
        }
    }
    let scaled = weight.map_or(Ok(normal.clone()), |weight| multiply(normal, weight))?;
    bias.map_or(Ok(scaled.clone()), |bias| add(scaled, bias))
}

/// Each channel (axis 1) with the given mean taken away and divided by the root of the given variance, then scaled and
/// moved; all four have an element for each channel. For training, take [`mean`](super::mean) and the variance of the
/// batch.
///
/// # Errors
/// Where shapes do not suit, or elements are no floats of one type.
#[allow(clippy::type_complexity)] // There are that many operands.
pub fn batch_norm<X: Operand, M: Operand, V: Operand, W: Operand, B: Operand>(
    x: X,
    mean: M,
    variance: V,
    weight: Option<W>,
    bias: Option<B>,
    epsilon: f64,
) -> Result<Output<(X, M, V, W, B)>> {
    let operands = (x, mean, variance, weight, bias);
    operation("batch_norm", operands, Exactly(epsilon), |(x, mean, variance, weight, bias), epsilon| {
        let centred = subtract(&x, per_channel(&x, "mean", &mean)?)?;
        let scale = rsqrt(add(per_channel(&x, "variance", &variance)?, epsilon.0)?)?;
        let mut y = multiply(centred, scale)?;
        if let Some(weight) = weight {
            y = multiply(y, per_channel(&x, "weight", &weight)?)?;
        }
        if let Some(bias) = bias {
            y = add(y, per_channel(&x, "bias", &bias)?)?;
        }
        Ok(y)
    })
}

/// Channels (axis 1) in so many groups of one size, each brought to mean 0 and deviation 1 over its channels and all
/// later axes, then scaled by `weight` and moved by `bias`, which have an element for each channel.
///
/// # Errors
/// Where the number of channels is no multiple of that of groups, shapes do not suit, or elements are no floats of one
/// type.
pub fn group_norm<X: Operand, W: Operand, B: Operand>(
    x: X,
    groups: usize,
    weight: Option<W>,
    bias: Option<B>,
    epsilon: f64,
) -> Result<Output<(X, W, B)>> {
    let attributes = (groups, Exactly(epsilon));
    operation("group_norm", (x, weight, bias), attributes, |(x, weight, bias), (groups, epsilon)| {
        let dims = x.dims().to_vec();
        if dims.len() < 2 || *groups == 0 || dims[1] % groups != 0 {
            let message = format!("{} has no channels that make {groups} groups along axis 1", x.ty());
            return Err(TensorError::invalid(message));
        }
        let rest = dims[1] / groups * dims[2..].iter().product::<usize>();
        let grouped = reshape(&x, [dims[0], *groups, rest])?;
        let centred = subtract(&grouped, mean_keep(&grouped, [2])?)?;
        let variance = mean_keep(square(&centred)?, [2])?;
        let mut y = reshape(multiply(centred, rsqrt(add(variance, epsilon.0)?)?)?, &dims)?;
        if let Some(weight) = weight {
            y = multiply(y, per_channel(&x, "weight", &weight)?)?;
        }
        if let Some(bias) = bias {
            y = add(y, per_channel(&x, "bias", &bias)?)?;
        }
        Ok(y)
    })
}

/// What has an element for each channel, in a shape that is broadcast along the other axes.
fn per_channel(x: &Lazy, name: &str, given: &Lazy) -> Result<Lazy> {
    let channels = x.dims().get(1).copied();
    if given.dims().len() != 1 || channels != Some(given.dims()[0]) {
        let message =
            format!("the {name} is {}; expected an element for each of axis 1 of {}", given.ty(), x.ty());
        return Err(TensorError::invalid(message));
    }
    let mut dims = vec![1; x.dims().len() - 1];
    dims[0] = given.dims()[0];
    reshape(given, dims)
}
