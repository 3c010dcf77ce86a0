//! Operations on elements.

use runahead_ir::{
    Binary, Built, ComparisonType, ElementType, Literal, OpKind, Quantization, TensorType, Unary, ValueId,
};

use super::{none, one, typed};
use crate::generate::Generator;
use crate::values::{Draw, elements};

pub(super) fn unary(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let op = g.choices.one_of(Unary::ALL);
    let x = g.any();
    match g.builder.unary(op, x) {
        Ok(result) => Ok(vec![result]),
        // Most functions are of floats.
        Err(_) => {
            let (element, dims) = (g.float(), g.shape());
            let x = g.operand(element, &dims);
            Ok(vec![g.builder.unary(op, x)?])
        }
    }
}

pub(super) fn binary(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let op = g.choices.one_of(Binary::ALL);
    let x = g.any();
    let apply = |g: &mut Generator<'_>, x: ValueId| {
        let Some(ty) = g.tensor(x).cloned() else { return none() };
        let y = g.typed_operand(ty);
        Ok(vec![g.builder.binary(op, x, y)?])
    };
    apply(g, x).or_else(|_| {
        let (element, dims) = (g.float(), g.shape());
        let x = g.operand(element, &dims);
        apply(g, x)
    })
}

pub(super) fn convert(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (x, to) = (g.any(), g.element());
    Ok(vec![g.builder.convert(x, to)?])
}

pub(super) fn quantize(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let dims = g.shape();
    let x = g.operand(F32, &dims);
    let storage = g.choices.one_of(&[I8, U8, I16, I4, U4, I32]);
    let bits = storage.bits() as u32;
    let (min, max) = match storage.is_signed_integer() {
        true => (-(1i64 << (bits - 1)), (1i64 << (bits - 1)) - 1),
        false => (0, (1i64 << bits) - 1),
    };
    let axis = (!dims.is_empty() && g.choices.once_in(2)).then(|| g.choices.below(dims.len()));
    let count = axis.map_or(1, |axis| dims[axis]);
    let scales = (0..count).map(|_| f64::from(g.choices.one_of(&[0.5f32, 0.25, 1.0, 0.1]))).collect();
    let zero_points = (0..count).map(|_| g.choices.below(4) as i64).collect();
    let quantization =
        Quantization { expressed: F32, storage_min: min, storage_max: max, axis, scales, zero_points };
    let mut ty = TensorType::new(storage, dims);
    ty.quantization = Some(std::sync::Arc::new(quantization));
    let q = g.builder.typed(OpKind::Unary(Unary::UniformQuantize), &[x], ty)?;
    let mut last = q;
    if g.choices.once_in(2) {
        let op = g.choices.one_of(&[Binary::Add, Binary::Multiply, Binary::Maximum, Binary::Subtract]);
        let ty = g.tensor(q).cloned().expect("a tensor");
        last = g.builder.typed(OpKind::Binary(op), &[q, q], ty)?;
    }
    one(g, OpKind::Unary(Unary::UniformDequantize), &[last])
}

pub(super) fn select(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let y = g.typed_operand(ty.clone());
    let shape = if g.choices.once_in(4) { Vec::new() } else { ty.dims.to_vec() };
    let p = g.operand(ElementType::Bool, &shape);
    Ok(vec![g.builder.select(p, x, y)?])
}

pub(super) fn clamp(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let scalar = ty.with_dims([]);
    let low =
        if g.choices.once_in(2) { g.typed_operand(scalar.clone()) } else { g.typed_operand(ty.clone()) };
    let high = if g.choices.once_in(2) { g.typed_operand(scalar) } else { g.typed_operand(ty) };
    one(g, OpKind::Clamp, &[low, x, high])
}

pub(super) fn compare(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let ty = g.tensor(x).cloned().expect("a tensor");
    let element = ty.element;
    let y = g.typed_operand(ty);
    if element.is_float() && g.choices.once_in(2) {
        use runahead_ir::ComparisonDirection::*;
        let direction = g.choices.one_of(&[Lt, Gt, Le, Ge, Eq, Ne]);
        let kind = OpKind::Compare { direction, compare_type: Some(ComparisonType::TotalOrder) };
        return one(g, kind, &[x, y]);
    }
    Ok(vec![g.compare(x, y)?])
}

pub(super) fn reduce_precision(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (exponent_bits, mantissa_bits) = (1 + g.choices.below(15) as u32, g.choices.below(60) as u32);
    one(g, OpKind::ReducePrecision { exponent_bits, mantissa_bits }, &[x])
}

pub(super) fn bitcast_convert(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (x, to) = (g.any(), g.element());
    let mut dims = g.dims_of(x);
    let (from_bits, to_bits) = (g.element_of(x).bits(), to.bits());
    if from_bits > to_bits {
        dims.push(from_bits / to_bits);
    } else if from_bits < to_bits {
        dims.pop();
    }
    typed(g, OpKind::BitcastConvert, &[x], TensorType::new(to, dims))
}

pub(super) fn constant(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, dims, seed) = (g.element(), g.shape(), g.choices.below(256) as u64);
    let ty = TensorType::new(element, dims);
    if g.choices.once_in(2) {
        let value = elements(&TensorType::scalar(element), seed, Draw::Any);
        return Ok(vec![g.builder.splat(ty, &value)?]);
    }
    let bytes = elements(&ty, seed, Draw::Any);
    let Ok(literal) = Literal::new(ty, bytes) else { return none() };
    Ok(vec![g.builder.constant(literal)])
}
