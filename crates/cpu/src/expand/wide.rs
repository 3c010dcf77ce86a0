//! Operations on types that are computed in wider ones: quantized and narrow types, and the half-wide floats of linear
//! algebra.

use runahead_ir::{Binary, ElementType, Literal, Op, OpKind, TensorType, Type, Unary, ValueId};

use super::quantized::{dequantized, quantized};
use super::writer::{Writer, Written};
use crate::ops::is_narrow;

/// The type that a narrow one is computed in; any other type itself.
pub(super) fn element(ty: ElementType) -> ElementType {
    match ty {
        ElementType::I2 | ElementType::I4 => ElementType::I8,
        ElementType::U2 | ElementType::U4 => ElementType::U8,
        narrow if is_narrow(narrow) => ElementType::F32,
        other => other,
    }
}

/// Writes an operation that computes with elements in the types that it is computed in; `None` where those are its own
/// or it only moves elements.
pub(super) fn computed(
    w: &mut Writer<'_>,
    op: &Op,
    operands: &[ValueId],
    results: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let linear_algebra = matches!(op.kind, OpKind::Cholesky { .. } | OpKind::TriangularSolve { .. });
    let half = |ty: &TensorType| matches!(ty.element, ElementType::F16 | ElementType::BF16);
    let special =
        |ty: &TensorType| ty.quantization.is_some() || is_narrow(ty.element) || linear_algebra && half(ty);
    // The wider type that a product's operands bring, where its result is narrower: it is computed in that, and rounded.
    let brought = widest_factor(w, &op.kind, operands, results);
    let any = operands.iter().any(|&v| special(w.ty(v))) || results.iter().any(special) || brought.is_some();
    if !any || !computes(&op.kind) {
        return Ok(None);
    }
    match (&op.kind, operands) {
        (OpKind::Unary(Unary::Convert | Unary::UniformQuantize | Unary::UniformDequantize), &[x]) => {
            let x = dequantized(w, x)?;
            return Ok(Some(vec![narrowed(w, x, &results[0])?]));
        }
        (OpKind::Unary(op @ (Unary::CountLeadingZeros | Unary::PopulationCount)), &[x]) => {
            return Ok(Some(vec![counted(w, *op, x)?]));
        }
        (OpKind::Binary(Binary::ShiftRightLogical), &[x, by]) if w.ty(x).element.is_signed_integer() => {
            return Ok(Some(vec![shifted_as(
                w,
                Binary::ShiftRightLogical,
                x,
                by,
                unsigned(w.ty(x).element),
            )?]));
        }
        (OpKind::Binary(Binary::ShiftRightArithmetic), &[x, by]) if w.ty(x).element.is_unsigned_integer() => {
            return Ok(Some(vec![shifted_as(
                w,
                Binary::ShiftRightArithmetic,
                x,
                by,
                signed(w.ty(x).element),
            )?]));
        }
        _ => {}
    }
    let mut widened = Vec::new();
    for &operand in operands {
        let numbers = dequantized(w, operand)?;
        let from = w.ty(numbers).clone();
        let to = if linear_algebra && half(&from) { ElementType::F32 } else { element(from.element) };
        widened.push(w.convert(numbers, to));
    }
    let wide_types: Vec<Type> = widened.iter().map(|&v| w.ty(v).clone().into()).collect();
    if let Err(problem) = runahead_ir::infer(&op.kind, &wide_types.iter().collect::<Vec<_>>(), &[]) {
        return Err(w.error(format!("is not defined on these types: {problem}")));
    }
    let types = results.iter().map(|ty| {
        let expressed = ty.quantization.as_ref().map_or(ty.element, |q| q.expressed);
        let to = if linear_algebra && half(ty) { ElementType::F32 } else { element(expressed) };
        let to = brought.unwrap_or(to);
        TensorType { element: to, quantization: None, ..ty.clone() }
    });
    let types: Vec<TensorType> = types.collect();
    let wide = w.emit_in(op, op.kind.clone(), &widened, types, Vec::new());
    let mut narrow = Vec::new();
    for (value, ty) in wide.into_iter().zip(results) {
        narrow.push(narrowed(w, value, ty)?);
    }
    Ok(Some(narrow))
}

/// The type of a product's operand that is wider than its result's and than what products are computed in else.
fn widest_factor(
    w: &Writer<'_>,
    kind: &OpKind,
    operands: &[ValueId],
    results: &[TensorType],
) -> Option<ElementType> {
    let product = matches!(kind, OpKind::Dot { .. } | OpKind::DotGeneral { .. } | OpKind::Convolution(_));
    let of = results.first().filter(|_| product)?.element;
    let wide = operands.iter().map(|&v| w.ty(v).element);
    wide.into_iter().find(|&wide| {
        wide == ElementType::F64 && of.is_float() && of != wide
            || wide == ElementType::C128 && of == ElementType::C64
    })
}

/// Whether an operation computes with elements itself. Others move them, or leave it to a region.
fn computes(kind: &OpKind) -> bool {
    use OpKind::*;
    matches!(
        kind,
        Unary(_)
            | Binary(_)
            | Clamp
            | Compare { .. }
            | ReducePrecision { .. }
            | Iota { .. }
            | Dot { .. }
            | DotGeneral { .. }
            | Convolution(_)
            | TopK { .. }
            | Rng { .. }
            | RngBitGenerator { .. }
            | Cholesky { .. }
            | TriangularSolve { .. }
    )
}

/// A value as elements of the type of a result: quantized, rounded, wrapped.
pub(super) fn narrowed(w: &mut Writer<'_>, x: ValueId, to: &TensorType) -> Written<ValueId> {
    if to.quantization.is_some() { quantized(w, x, to) } else { converted(w, x, to.element) }
}

/// A value converted to any type, by way of those that conversions are defined on.
pub(super) fn converted(w: &mut Writer<'_>, x: ValueId, to: ElementType) -> Written<ValueId> {
    use ElementType::*;
    let from = w.ty(x).element;
    if from == to {
        return Ok(x);
    }
    let x = w.convert(x, element(from));
    let from = element(from);
    if !is_narrow(to) {
        return Ok(w.convert(x, to));
    }
    if to.is_float() {
        // Rounded once: from a type that holds what there is.
        let through = match from {
            F32 | F64 | I64 | U64 => from,
            Bool | I8 | I16 | U8 | U16 | F16 | BF16 | C64 => F32,
            _ => F64,
        };
        let x = w.convert(x, through);
        return Ok(w.convert(x, to));
    }
    let byte = element(to);
    let x = if from.is_float() || from.is_complex() {
        let real = w.convert(x, from.real_part());
        let (low, high) = range(to);
        let scalar = TensorType::scalar(from.real_part());
        let (low, high) = (w.splat(scalar.clone(), low)?, w.splat(scalar, high)?);
        let ty = w.ty(real).clone();
        w.one(OpKind::Clamp, &[low, real, high], ty)
    } else {
        x
    };
    let x = w.convert(x, byte);
    Ok(w.convert(x, to))
}

/// The least and the greatest number of a narrow integer type.
fn range(ty: ElementType) -> (f64, f64) {
    let count = f64::from(1u32 << ty.bits());
    if ty.is_signed_integer() { (-count / 2.0, count / 2.0 - 1.0) } else { (0.0, count - 1.0) }
}

fn unsigned(ty: ElementType) -> ElementType {
    match ty {
        ElementType::I2 => ElementType::U2,
        ElementType::I4 => ElementType::U4,
        other => other,
    }
}

fn signed(ty: ElementType) -> ElementType {
    match ty {
        ElementType::U2 => ElementType::I2,
        ElementType::U4 => ElementType::I4,
        other => other,
    }
}

/// A shift to the right of the bits as those of another type of as many.
fn shifted_as(
    w: &mut Writer<'_>,
    op: Binary,
    x: ValueId,
    by: ValueId,
    through: ElementType,
) -> Written<ValueId> {
    let to = w.ty(x).element;
    let x = converted(w, x, through)?;
    let by = converted(w, by, through)?;
    let (x, by) = (w.convert(x, element(through)), w.convert(by, element(through)));
    let shifted = w.binary(op, x, by);
    converted(w, shifted, to)
}

/// Bits counted in a narrow integer: those of its byte that are not its own count as they are known to be.
fn counted(w: &mut Writer<'_>, op: Unary, x: ValueId) -> Written<ValueId> {
    let to = w.ty(x).element;
    let bits = converted(w, x, unsigned(to))?;
    let bits = w.convert(bits, ElementType::U8);
    let mut count = w.unary(op, bits);
    if op == Unary::CountLeadingZeros {
        let ty = w.ty(count).clone();
        let literal = Literal::splat(ty, vec![8 - to.bits() as u8]);
        let unused = w.constant(literal.map_err(|error| w.error(error.to_string()))?);
        count = w.binary(Binary::Subtract, count, unused);
    }
    converted(w, count, to)
}
