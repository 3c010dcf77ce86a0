//! Operations on the representation of numbers: quantization, fewer bits, other types of the same bits.

use runahead_ir::{ElementType, TensorType};

use super::number::Number::{self, Any, Complex, Integer, Near, Real};
use super::number::{Tensor, indices, number};

fn scale(ty: &TensorType, index: &[usize]) -> (f64, f64, f64, f64) {
    let q = ty.quantization.as_ref().expect("a quantized type");
    let i = q.axis.map_or(0, |axis| index[axis]);
    (q.scales[i], q.zero_points[i] as f64, q.storage_min as f64, q.storage_max as f64)
}

pub(super) fn quantize(x: &Tensor, to: &TensorType) -> Tensor {
    let quantized = |at: Vec<usize>| {
        let (scale, zero, min, max) = scale(to, &at);
        match x.at(&at) {
            Real(value) if !value.is_nan() => {
                Integer(((value / scale).round_ties_even() + zero).clamp(min, max) as i128)
            }
            Near(value, error) if error.is_finite() => {
                let quantized = ((value / scale).round_ties_even() + zero).clamp(min, max);
                Near(quantized, error / scale)
            }
            _ => Any,
        }
    };
    Tensor::new(to.clone(), indices(&to.dims).map(quantized).collect()).off_by(1.0)
}

pub(super) fn dequantize(x: &Tensor, to: &TensorType) -> Tensor {
    let expressed = |at: Vec<usize>| {
        let (scale, zero, ..) = scale(&x.ty, &at);
        let real = |value: f64| (value - zero) * scale;
        match x.at(&at) {
            Integer(value) => Real(real(value as f64)).rounded(to.element),
            Near(value, error) => Near(real(value), 1.01 * scale * error).rounded(to.element),
            _ => Any,
        }
    };
    Tensor::new(to.clone(), indices(&to.dims).map(expressed).collect())
}

/// Rounded to fewer bits, where the number is normal in them.
pub(super) fn reduced(x: Number, exponent_bits: u32, mantissa_bits: u32) -> Number {
    let Real(value) = x else { return Any };
    if value == 0.0 || value.is_infinite() {
        return x;
    }
    let exponent = value.abs().log2().floor();
    let bias = f64::from((1u32 << (exponent_bits - 1)) - 1);
    if value.is_nan()
        || !value.is_normal()
        || exponent >= bias
        || exponent <= 1.0 - bias
        || mantissa_bits == 0
    {
        return Any;
    }
    let step = (exponent - f64::from(mantissa_bits.min(52))).exp2();
    if !step.is_normal() { Any } else { Real((value / step).round_ties_even() * step) }
}

pub(super) fn bitcast(x: &Tensor, to: &TensorType) -> Vec<Number> {
    let bits = |number: &Number, element: ElementType| -> Option<Vec<bool>> {
        let part = element.real_part();
        let pattern = |number: &Number| -> Option<u128> {
            match number {
                Integer(value) => Some(*value as u128),
                // There are several patterns of what is no number.
                Real(value) if value.is_nan() => None,
                Real(value) => Some(runahead_ir::float::encode(part, *value).into()),
                _ => None,
            }
        };
        let patterns = match number {
            Complex(value) => vec![pattern(&Real(value.re))?, pattern(&Real(value.im))?],
            other => vec![pattern(other)?],
        };
        let width = part.bits();
        Some(patterns.iter().flat_map(|p| (0..width).map(move |i| p >> i & 1 == 1)).collect())
    };
    let (from, width) = (x.ty.element, to.element.bits());
    let all: Vec<Option<bool>> = x
        .numbers
        .iter()
        .flat_map(|number| match bits(number, from) {
            Some(bits) => bits.into_iter().map(Some).collect::<Vec<_>>(),
            None => vec![None; from.bits()],
        })
        .collect();
    let number = |bits: &[Option<bool>]| {
        let mut bytes = vec![0u8; to.element.size()];
        for (i, bit) in bits.iter().enumerate() {
            match bit {
                Some(bit) => bytes[i / 8] |= u8::from(*bit) << (i % 8),
                None => return Any,
            }
        }
        number(to.element, &bytes)
    };
    match to.element_count() {
        Some(0) => Vec::new(),
        _ => all.chunks(width).map(number).collect(),
    }
}
