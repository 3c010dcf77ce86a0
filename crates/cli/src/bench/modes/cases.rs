//! What is measured: functions of tensors in each mode, and what they are given.

use runahead::ir::LiteralError;
use runahead::{AsyncTensor, Lazy, Literal, Result, Tensor, ops};

#[cfg(feature = "candle")]
use super::candle;

/// A function whose result has the type of its first operand, so that it can be applied to it again.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) now: fn(&[Tensor]) -> Result<Tensor>,
    pub(super) later: fn(&[AsyncTensor]) -> Result<AsyncTensor>,
    pub(super) lazily: fn(&[Lazy]) -> Result<Lazy>,
    #[cfg(feature = "candle")]
    pub(super) candle: candle::Function,
    pub(super) operands: Vec<Literal>,
}

/// The same function in each mode, and its like of candle.
macro_rules! case {
    ($name:expr, $candle:ident, |$x:ident| $body:expr, [$($operand:expr),*]) => {
        Case {
            name: $name,
            now: |$x| $body,
            later: |$x| $body,
            lazily: |$x| $body,
            #[cfg(feature = "candle")]
            candle: candle::$candle,
            operands: vec![$($operand?),*],
        }
    };
}

/// Every case, in the order of the table.
pub(super) fn all() -> std::result::Result<Vec<Case>, LiteralError> {
    Ok(vec![
        case!("add_4", add, |x| ops::add(&x[0], &x[1]), [waves([4], 1.0), waves([4], 1e-3)]),
        case!("add_1024", add, |x| ops::add(&x[0], &x[1]), [waves([1024], 1.0), waves([1024], 1e-3)]),
        case!("matmul_64", matmul, |x| ops::matmul(&x[0], &x[1]), [waves([64, 64], 1.0), turned(64)]),
        case!("matmul_128", matmul, |x| ops::matmul(&x[0], &x[1]), [waves([128, 128], 1.0), turned(128)]),
        case!(
            "lora_4x512_rank_8",
            lora,
            |x| ops::lora(&x[0], &x[1], &x[2], &x[3], 0.5),
            [waves([4, 512], 1.0), turned(512), waves([512, 8], 1e-3), waves([8, 512], 1e-3)]
        ),
        case!(
            "matmul_add_scale_softmax",
            chain,
            |x| {
                let sum = ops::add(ops::matmul(&x[0], &x[1])?, &x[2])?;
                ops::softmax(ops::multiply(sum, 0.125)?, -1)
            },
            [waves([128, 128], 1.0), turned(128), waves([128], 1.0)]
        ),
        case!("softmax_1024", softmax, |x| ops::softmax(&x[0], -1), [waves([1024, 1024], 1.0)]),
        case!(
            "layer_norm_1024",
            layer_norm,
            |x| ops::layer_norm(&x[0], Some(&x[1]), Some(&x[2]), 1e-5),
            [waves([1024, 1024], 1.0), waves([1024], 1.0), waves([1024], 1.0)]
        ),
        case!(
            "rms_norm_1024",
            rms_norm,
            |x| ops::rms_norm(&x[0], Some(&x[1]), 1e-5),
            [waves([1024, 1024], 1.0), waves([1024], 1.0)]
        ),
        case!(
            "ten_operations",
            ten_operations,
            |x| {
                let (a, b) = (&x[0], &x[1]);
                let c = ops::tanh(ops::multiply(ops::add(a, b)?, a)?)?;
                let d = ops::exp(ops::negate(ops::square(&c)?)?)?;
                let e = ops::subtract(ops::multiply(&d, b)?, &c)?;
                ops::maximum(ops::multiply(e, 0.5)?, a)
            },
            [waves([256, 256], 1.0), waves([256, 256], 0.5)]
        ),
    ])
}

/// Numbers that are neither zero nor alike.
fn waves<const N: usize>(dims: [usize; N], size: f32) -> std::result::Result<Literal, LiteralError> {
    let count = dims.iter().product::<usize>();
    let values: Vec<f32> = (0..count).map(|i| size * (0.7 * i as f32 + 0.3).sin()).collect();
    Literal::from_elements(dims, &values)
}

/// A matrix that moves columns, so that products with it neither grow nor fade.
fn turned(size: usize) -> std::result::Result<Literal, LiteralError> {
    let element = |i: usize| if (i / size + 7) % size == i % size { 1.0f32 } else { 0.0 };
    let values: Vec<f32> = (0..size * size).map(element).collect();
    Literal::from_elements([size, size], &values)
}
