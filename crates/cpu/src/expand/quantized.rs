//! Quantized tensors: integers that stand for `(stored - zero_point) * scale`.
//!
//! The specification defines arithmetic on them as dequantization, arithmetic on what they stand for, and quantization
//! of the result. That is what is written.

use runahead_ir::{Binary, ElementType, OpKind, Quantization, TensorType, Unary, ValueId};

use super::wide;
use super::writer::{Writer, Written};

/// The numbers that a quantized tensor stands for.
pub(super) fn dequantized(w: &mut Writer<'_>, x: ValueId) -> Written<ValueId> {
    let ty = w.ty(x).clone();
    let Some(q) = &ty.quantization else { return Ok(x) };
    let stored = storage(w, x, &ty);
    let from_zero = if q.zero_points.iter().all(|&z| z == 0) {
        stored
    } else {
        // A difference of two 32-bit integers needs more than 32 bits.
        let exact = if ty.element.bits() < 32 { ElementType::I32 } else { ElementType::I64 };
        let stored = w.convert(stored, exact);
        let zero = per_axis(w, q, &ty.dims, exact, |i| q.zero_points[i] as f64)?;
        w.binary(Binary::Subtract, stored, zero)
    };
    let numbers = w.convert(from_zero, q.expressed);
    let scale = per_axis(w, q, &ty.dims, q.expressed, |i| q.scales[i])?;
    Ok(w.binary(Binary::Multiply, numbers, scale))
}

/// A tensor of floats as a quantized one: the nearest steps, clamped to the storage's range.
pub(super) fn quantized(w: &mut Writer<'_>, x: ValueId, to: &TensorType) -> Written<ValueId> {
    let Some(q) = &to.quantization else { return Ok(x) };
    let x = wide::converted(w, x, q.expressed)?;
    let scale = per_axis(w, q, &to.dims, q.expressed, |i| q.scales[i])?;
    let steps = w.binary(Binary::Divide, x, scale);
    let mut steps = w.unary(Unary::RoundNearestEven, steps);
    if q.zero_points.iter().any(|&z| z != 0) {
        let zero = per_axis(w, q, &to.dims, q.expressed, |i| q.zero_points[i] as f64)?;
        steps = w.binary(Binary::Add, steps, zero);
    }
    let scalar = TensorType::scalar(q.expressed);
    let low = w.splat(scalar.clone(), q.storage_min as f64)?;
    let high = w.splat(scalar, q.storage_max as f64)?;
    let ty = w.ty(steps).clone();
    let clamped = w.one(OpKind::Clamp, &[low, steps, high], ty);
    let stored = wide::converted(w, clamped, to.element)?;
    // The same integers, with what they stand for.
    Ok(w.one(OpKind::Reshape, &[stored], to.clone()))
}

/// The integers of a quantized tensor, in a type that arithmetic is defined on.
fn storage(w: &mut Writer<'_>, x: ValueId, ty: &TensorType) -> ValueId {
    let plain = TensorType { quantization: None, ..ty.clone() };
    let stored = w.one(OpKind::Reshape, &[x], plain);
    let wide = wide::element(ty.element);
    w.convert(stored, wide)
}

/// A number for each element: the same for all, or one for each index along the quantized axis.
fn per_axis(
    w: &mut Writer<'_>,
    q: &Quantization,
    dims: &[usize],
    element: ElementType,
    value: impl Fn(usize) -> f64,
) -> Written<ValueId> {
    match q.axis {
        None => w.splat(TensorType::new(element, dims.iter().copied()), value(0)),
        Some(axis) => {
            let values: Vec<f64> = (0..q.scales.len()).map(value).collect();
            let values = w.vector(element, &values)?;
            Ok(w.broadcast(values, dims, &[axis]))
        }
    }
}
