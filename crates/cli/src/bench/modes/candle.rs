//! The cases as one writes them with candle.

use candle_core::{Device, Result, Tensor};
use candle_nn::ops;
use runahead::Literal;

pub(super) type Function = fn(&[Tensor]) -> Result<Tensor>;

/// A tensor of such numbers on candle's CPU backend.
pub(super) fn tensor(literal: &Literal) -> Result<Tensor> {
    let values = literal.to_elements::<f32>().unwrap_or_default();
    Tensor::from_vec(values, &literal.ty().dims[..], &Device::Cpu)
}

pub(super) fn add(x: &[Tensor]) -> Result<Tensor> {
    &x[0] + &x[1]
}

pub(super) fn matmul(x: &[Tensor]) -> Result<Tensor> {
    x[0].matmul(&x[1])
}

pub(super) fn lora(x: &[Tensor]) -> Result<Tensor> {
    x[0].matmul(&x[1])? + (x[0].matmul(&x[2])?.matmul(&x[3])? * 0.5)?
}

pub(super) fn chain(x: &[Tensor]) -> Result<Tensor> {
    ops::softmax_last_dim(&(x[0].matmul(&x[1])?.broadcast_add(&x[2])? * 0.125)?)
}

pub(super) fn softmax(x: &[Tensor]) -> Result<Tensor> {
    ops::softmax_last_dim(&x[0])
}

pub(super) fn layer_norm(x: &[Tensor]) -> Result<Tensor> {
    ops::layer_norm(&x[0], &x[1], &x[2], 1e-5)
}

pub(super) fn rms_norm(x: &[Tensor]) -> Result<Tensor> {
    ops::rms_norm(&x[0], &x[1], 1e-5)
}

pub(super) fn ten_operations(x: &[Tensor]) -> Result<Tensor> {
    let (a, b) = (&x[0], &x[1]);
    let c = (a + b)?.mul(a)?.tanh()?;
    let d = c.sqr()?.neg()?.exp()?;
    let e = (d.mul(b)? - &c)?;
    (e * 0.5)?.maximum(a)
}
