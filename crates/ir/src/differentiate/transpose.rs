//! Steps that are one operation: run on tangents, and transposed.

use smallvec::SmallVec;

use super::Differentiated;
use super::linearize::Linearizer;
use super::rules::{gather_of, inverse, scatter_of, windowed};
use super::tape::{Operand, Tangent, Tape};
use crate::{
    Binary, ComparisonDirection, Convolution, DotDimensions, ElementType, FftType, Literal, OpKind,
    TensorType, TriangularTranspose, Type, Unary, ValueId, Window, float,
};

mod indexing;
mod products;
mod windows;

/// Cotangents for tangents.
type Parts = SmallVec<[(Tangent, ValueId); 2]>;

/// The result of a step on tangents that are known.
pub(super) fn run(
    l: &mut Linearizer<'_>,
    kind: &OpKind,
    operands: &[Operand],
    ty: &TensorType,
    known: &[Option<ValueId>],
) -> Differentiated<ValueId> {
    let value = |operand: &Operand| match operand {
        Operand::Primal(value) => *value,
        Operand::Tangent(tangent) => known[tangent.0 as usize].expect("steps come in order"),
    };
    let values: Vec<ValueId> = operands.iter().map(value).collect();
    match kind {
        OpKind::Reduce { dimensions } => l.sum_over(values[0], dimensions),
        OpKind::ReduceWindow(window) => windows::sums(l, values[0], window.as_ref().clone()),
        OpKind::Scatter { .. } => indexing::scatter_add(l, kind.clone(), &values),
        OpKind::SelectAndScatter(window) => windows::take_greatest(l, values[0], values[1], window),
        _ => Ok(l.builder.op(kind.clone(), &values, [ty.clone().into()], Vec::new())[0]),
    }
}

/// What a step's result's cotangent gives its tangents.
pub(super) fn transpose(
    l: &mut Linearizer<'_>,
    kind: &OpKind,
    operands: &[Operand],
    tape: &Tape<'_>,
    cotangent: ValueId,
) -> Differentiated<Parts> {
    let mut parts = Parts::new();
    let coefficient = |i: usize| match operands[i] {
        Operand::Primal(value) => value,
        Operand::Tangent(_) => unreachable!("this operand is a coefficient"),
    };
    let tangent = |i: usize| operands[i].tangent();
    let ty = |tangent: Tangent| tape.ty(tangent).clone();
    match kind {
        OpKind::Binary(Binary::Add) => {
            for operand in operands.iter().filter_map(|operand| operand.tangent()) {
                parts.push((operand, cotangent));
            }
        }
        OpKind::Binary(op @ (Binary::Multiply | Binary::Divide)) => {
            let t = tangent(0).expect("the first operand of a scaling is the tangent");
            parts.push((t, l.binary(*op, cotangent, coefficient(1))?));
        }
        OpKind::Binary(Binary::Complex) => {
            if let Some(t) = tangent(0) {
                parts.push((t, l.unary(Unary::Real, cotangent)?));
            }
            if let Some(t) = tangent(1) {
                let imaginary = l.unary(Unary::Imag, cotangent)?;
                parts.push((t, l.unary(Unary::Negate, imaginary)?));
            }
        }
        OpKind::Select => {
            let predicate = coefficient(0);
            let zeros = l.number_like(cotangent, 0.0)?;
            if let Some(t) = tangent(1) {
                parts.push((t, l.select(predicate, cotangent, zeros)?));
            }
            if let Some(t) = tangent(2) {
                parts.push((t, l.select(predicate, zeros, cotangent)?));
            }
        }
        OpKind::Concatenate { dimension } => {
            let mut start = 0;
            let whole = l.ty(cotangent);
            for operand in operands {
                let size = match *operand {
                    Operand::Primal(value) => l.ty(value).dims[*dimension],
                    Operand::Tangent(tangent) => tape.ty(tangent).dims[*dimension],
                };
                if let Some(t) = operand.tangent() {
                    let mut from = vec![0; whole.rank()];
                    let mut limit = whole.dims.to_vec();
                    (from[*dimension], limit[*dimension]) = (start, start + size);
                    parts.push((t, l.builder.slice(cotangent, &from, &limit, &vec![1; whole.rank()])?));
                }
                start += size;
            }
        }
        OpKind::Pad { low, high, interior } => {
            padding(l, operands, tape, cotangent, [low, high, interior], &mut parts)?
        }
        OpKind::DynamicUpdateSlice => {
            let update = match operands[1] {
                Operand::Primal(value) => l.ty(value),
                Operand::Tangent(tangent) => ty(tangent),
            };
            let indices: Vec<ValueId> = (2..operands.len()).map(coefficient).collect();
            if let Some(t) = tangent(0) {
                let zeros = l.zeros(&update)?;
                let operands = [&[cotangent, zeros], &indices[..]].concat();
                parts.push((t, l.builder.inferred(OpKind::DynamicUpdateSlice, &operands, Vec::new())?[0]));
            }
            if let Some(t) = tangent(1) {
                let kind = OpKind::DynamicSlice { sizes: update.dims.to_vec() };
                let operands = [&[cotangent], &indices[..]].concat();
                parts.push((t, l.builder.inferred(kind, &operands, Vec::new())?[0]));
            }
        }
        OpKind::DotGeneral { dimension_numbers, .. } => {
            products::dot_general(l, kind, dimension_numbers, operands, tape, cotangent, &mut parts)?;
        }
        OpKind::Convolution(convolution) => {
            products::convolution(l, convolution, operands, tape, cotangent, &mut parts)?;
        }
        OpKind::TriangularSolve { left_side, lower, unit_diagonal, transpose_a } => {
            let t = tangent(1).expect("the right-hand side is the tangent");
            let mut matrix = coefficient(0);
            let transpose_a = match transpose_a {
                TriangularTranspose::NoTranspose => TriangularTranspose::Transpose,
                TriangularTranspose::Transpose => TriangularTranspose::NoTranspose,
                TriangularTranspose::Adjoint => {
                    if l.ty(matrix).element.is_complex() {
                        matrix = l.unary(Unary::ChloConj, matrix)?;
                    }
                    TriangularTranspose::NoTranspose
                }
            };
            let (left_side, lower, unit_diagonal) = (*left_side, *lower, *unit_diagonal);
            let kind = OpKind::TriangularSolve { left_side, lower, unit_diagonal, transpose_a };
            parts.push((t, l.builder.inferred(kind, &[matrix, cotangent], Vec::new())?[0]));
        }
        OpKind::Scatter { dimension_numbers, .. } => {
            let indices = coefficient(1);
            if let Some(t) = tangent(0) {
                parts.push((t, cotangent));
            }
            if let Some(t) = tangent(2) {
                let updates = ty(t);
                parts.push((
                    t,
                    indexing::gather_in_bounds(l, dimension_numbers, cotangent, indices, &updates)?,
                ));
            }
        }
        OpKind::SelectAndScatter(window) => {
            let t = tangent(1).expect("what is taken is the tangent");
            parts.push((t, windows::put_greatest(l, coefficient(0), cotangent, window, &ty(t))?));
        }
        _ => {
            let t = tangent(0).expect("the first operand is the tangent");
            let part = single(l, kind, operands, &ty(t), cotangent)?;
            parts.push((t, part));
        }
    }
    Ok(parts)
}

/// The transpose of a step of one tangent, the first operand, of a type.
fn single(
    l: &mut Linearizer<'_>,
    kind: &OpKind,
    operands: &[Operand],
    ty: &TensorType,
    cotangent: ValueId,
) -> Differentiated<ValueId> {
    let rank = ty.rank();
    match kind {
        OpKind::Unary(op @ (Unary::Negate | Unary::ChloConj)) => l.unary(*op, cotangent),
        OpKind::Unary(Unary::Real) => {
            let zeros = l.number_like(cotangent, 0.0)?;
            l.binary(Binary::Complex, cotangent, zeros)
        }
        OpKind::Unary(Unary::Imag) => {
            let zeros = l.number_like(cotangent, 0.0)?;
            let negative = l.unary(Unary::Negate, cotangent)?;
            l.binary(Binary::Complex, zeros, negative)
        }
        OpKind::Unary(Unary::Convert) => {
            let mut cotangent = cotangent;
            if l.ty(cotangent).element.is_complex() && !ty.element.is_complex() {
                cotangent = l.unary(Unary::Real, cotangent)?;
            }
            Ok(l.builder.convert(cotangent, ty.element)?)
        }
        OpKind::ReducePrecision { .. } => {
            Ok(l.builder.op(kind.clone(), &[cotangent], [ty.clone().into()], vec![])[0])
        }
        OpKind::Reshape => Ok(l.builder.reshape(cotangent, &ty.dims)?),
        OpKind::Transpose { permutation } => Ok(l.builder.transpose(cotangent, &inverse(permutation))?),
        OpKind::Reverse { .. } => Ok(l.builder.inferred(kind.clone(), &[cotangent], Vec::new())?[0]),
        OpKind::Broadcast { sizes } => l.sum_over(cotangent, &(0..sizes.len()).collect::<Vec<_>>()),
        OpKind::BroadcastInDim { dimensions } => {
            // Axes that were added or repeated are summed; those left come in the result's order.
            let wide = l.ty(cotangent);
            let kept: Vec<usize> = (0..rank).filter(|&i| ty.dims[i] == wide.dims[dimensions[i]]).collect();
            let is_kept = |axis: &usize| kept.iter().any(|&i| dimensions[i] == *axis);
            let summed: Vec<usize> = (0..wide.rank()).filter(|axis| !is_kept(axis)).collect();
            let sum = l.sum_over(cotangent, &summed)?;
            let mut order = kept.clone();
            order.sort_by_key(|&i| dimensions[i]);
            let permutation: Vec<usize> =
                kept.iter().map(|i| order.iter().position(|j| j == i).expect("it is among them")).collect();
            let turned = l.builder.transpose(sum, &permutation)?;
            Ok(l.builder.reshape(turned, &ty.dims)?)
        }
        OpKind::Slice { start, strides, .. } => {
            let narrow = l.ty(cotangent);
            let reach = |i: usize| match narrow.dims[i] {
                0 => 0,
                size => (size - 1) * strides[i] + 1,
            };
            let low = start.iter().map(|&start| start as i64).collect();
            let high = (0..rank).map(|i| (ty.dims[i] - start[i] - reach(i)) as i64).collect();
            let interior = strides.iter().map(|&stride| stride as i64 - 1).collect();
            pad(l, cotangent, OpKind::Pad { low, high, interior })
        }
        OpKind::DynamicSlice { .. } => {
            let zeros = l.zeros(ty)?;
            let indices = operands[1..].iter().map(|operand| match operand {
                Operand::Primal(value) => *value,
                Operand::Tangent(_) => unreachable!("indices have no tangents"),
            });
            let operands: Vec<ValueId> = [zeros, cotangent].into_iter().chain(indices).collect();
            Ok(l.builder.inferred(OpKind::DynamicUpdateSlice, &operands, Vec::new())?[0])
        }
        OpKind::Gather { dimension_numbers, slice_sizes, .. } => {
            let Operand::Primal(indices) = operands[1] else { unreachable!("indices have no tangents") };
            let indices = indexing::clamped(l, dimension_numbers, slice_sizes, indices, ty)?;
            let zeros = l.zeros(ty)?;
            indexing::scatter_add(l, scatter_of(dimension_numbers), &[zeros, indices, cotangent])
        }
        OpKind::Reduce { dimensions } => {
            let kept: Vec<usize> = (0..rank).filter(|i| !dimensions.contains(i)).collect();
            Ok(l.builder.broadcast_in_dim(cotangent, &ty.dims, &kept)?)
        }
        OpKind::ReduceWindow(window) => windows::spread(l, cotangent, window, ty),
        OpKind::Fft { fft_type, length } => fft(l, *fft_type, length, ty, cotangent),
        _ => unreachable!("no rule makes steps of {}", kind.name()),
    }
}

/// The value with zeros around and between.
fn pad(l: &mut Linearizer<'_>, x: ValueId, kind: OpKind) -> Differentiated<ValueId> {
    let zero = l.ty(x).with_dims([]);
    let zero = l.zeros(&zero)?;
    Ok(l.builder.inferred(kind, &[x, zero], Vec::new())?[0])
}

/// Of padding, the inside is the operand's and the sum of the rest the padding value's.
fn padding(
    l: &mut Linearizer<'_>,
    operands: &[Operand],
    tape: &Tape<'_>,
    cotangent: ValueId,
    [low, high, interior]: [&Vec<i64>; 3],
    parts: &mut Parts,
) -> Differentiated<()> {
    let ty = match operands[0] {
        Operand::Primal(value) => l.ty(value),
        Operand::Tangent(tangent) => tape.ty(tangent).clone(),
    };
    // Padding by less takes away, and brings back as zeros what padding had cut.
    let less = |amounts: &[i64]| amounts.iter().map(|&amount| -amount).collect();
    let around = OpKind::Pad { low: less(low), high: less(high), interior: vec![0; ty.rank()] };
    let around = pad(l, cotangent, around)?;
    let strides: Vec<usize> = interior.iter().map(|&between| between as usize + 1).collect();
    let limit = l.ty(around).dims.to_vec();
    let inside = l.builder.slice(around, &vec![0; ty.rank()], &limit, &strides)?;
    if let Some(t) = operands[0].tangent() {
        parts.push((t, inside));
    }
    if let Some(t) = operands[1].tangent() {
        let all = |ty: &TensorType| (0..ty.rank()).collect::<Vec<_>>();
        let whole = l.sum_over(cotangent, &all(&ty))?;
        let inside = l.sum_over(inside, &all(&ty))?;
        parts.push((t, l.binary(Binary::Subtract, whole, inside)?));
    }
    Ok(())
}

/// The matrix of a Fourier transform is symmetric; real transforms leave half of it out.
fn fft(
    l: &mut Linearizer<'_>,
    fft_type: FftType,
    length: &[usize],
    ty: &TensorType,
    cotangent: ValueId,
) -> Differentiated<ValueId> {
    let rank = ty.rank();
    let transform = |l: &mut Linearizer<'_>, fft_type, x| -> Differentiated<ValueId> {
        let kind = OpKind::Fft { fft_type, length: length.to_vec() };
        Ok(l.builder.inferred(kind, &[x], Vec::new())?[0])
    };
    match fft_type {
        FftType::Fft | FftType::Ifft => transform(l, fft_type, cotangent),
        FftType::Rfft => {
            // The transform of all, of which the first half was kept.
            let mut high = vec![0; rank];
            high[rank - 1] = (ty.dims[rank - 1] - l.ty(cotangent).dims[rank - 1]) as i64;
            let all = pad(l, cotangent, OpKind::Pad { low: vec![0; rank], high, interior: vec![0; rank] })?;
            let back = transform(l, FftType::Fft, all)?;
            l.unary(Unary::Real, back)
        }
        FftType::Irfft => {
            // Frequencies but the first, and the last of an even length, stand for two, one of which is conjugated.
            let spectrum = transform(l, FftType::Rfft, cotangent)?;
            let count = ty.dims[rank - 1];
            let is_odd = length.last().is_some_and(|n| n % 2 == 1);
            let total: usize = length.iter().product();
            let weights = (0..count).map(|i| {
                let is_single = i == 0 || (i == count - 1 && !is_odd);
                (if is_single { 1.0 } else { 2.0 }) / total as f64
            });
            let weights = numbers(l, ty.element, weights)?;
            let weights = l.builder.broadcast_in_dim(weights, &ty.dims, &[rank - 1])?;
            let weighted = l.multiply(spectrum, weights)?;
            l.unary(Unary::ChloConj, weighted)
        }
    }
}

/// A vector of numbers.
fn numbers(
    l: &mut Linearizer<'_>,
    element: ElementType,
    values: impl ExactSizeIterator<Item = f64>,
) -> Differentiated<ValueId> {
    let ty = TensorType::new(element, [values.len()]);
    let bytes: Vec<u8> = values.flat_map(|value| float::element_bytes(element, value)).collect();
    let literal = Literal::new(ty, bytes).map_err(|error| crate::Problem(error.to_string()))?;
    Ok(l.constant(literal))
}
