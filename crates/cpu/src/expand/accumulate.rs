//! Operations that combine many elements by a region: reductions, their relatives over windows and places, and those
//! between processes.
//!
//! What they combine is brought to the types that the region computes in, which may be wider than the elements. A region
//! that rounds to a float of at most 16 bits is made one of `f32`, so that a sum is rounded once, at its end, however
//! many elements it has and in whatever pieces it is added up.

use std::collections::HashMap;

use runahead_ir::{Binary, ElementType, Literal, Op, OpKind, Region, TensorType, Unary, ValueId, float};
use smallvec::SmallVec;

use super::wide;
use super::writer::{Writer, Written};
use crate::kernels::pools;
use crate::ops::is_narrow;

/// How many times the elements of its updates the operand of a scatter has to have, for the scatter to be done where the
/// operand is: else it is cheaper to widen all of it.
const SPARSE: usize = 4;
/// Cumulative sums of so few elements are rounded one by one.
const SHORT_SCAN: usize = 8;
/// Updates from so few places are.
pub(crate) const FEW_PLACES: usize = 2;

/// Writes an operation that combines elements; `None` where it is another, or one whose operands are of its region's types
/// and whose region may stay as it is.
pub(super) fn written_out(
    w: &mut Writer<'_>,
    op: Option<&Op>,
    kind: &OpKind,
    operands: &[ValueId],
    regions: &[Region],
    declared: &[TensorType],
) -> Written<Option<Vec<ValueId>>> {
    let Some(body) = regions.last().filter(|_| combines(kind)) else { return Ok(None) };
    if body.returns.iter().any(|&value| w.ty(value).quantization.is_some()) {
        return Ok(None);
    }
    if matches!(kind, OpKind::Reduce { dimensions } if dimensions.is_empty()) {
        // Each element is all that there is to combine.
        let inputs = operands.iter().zip(declared);
        return inputs
            .map(|(&input, ty)| wide::converted(w, input, ty.element))
            .collect::<Written<_>>()
            .map(Some);
    }
    let widened = if stays_narrow(w, kind, operands, body, declared) { None } else { widened(w, body)? };
    let body = widened.as_ref().unwrap_or(body);
    let types: Vec<ElementType> = body.returns.iter().map(|&value| w.ty(value).element).collect();
    let wanted = operand_types(kind, operands.len(), &types);
    let elements: Vec<ElementType> = operands.iter().map(|&v| w.ty(v).element).collect();
    let fits =
        wanted.iter().zip(&elements).all(|(wanted, found)| wanted.is_none_or(|wanted| wanted == *found));
    if fits && widened.is_none() {
        return Ok(None);
    }
    // Fused loops read halves as they are when they add them up.
    let read_in_place = |i: usize| {
        let known = matches!(body.combiner(), Some(Binary::Add | Binary::Multiply));
        let halves = matches!(elements[i], ElementType::BF16 | ElementType::F16);
        i == 0 && known && halves && types[0] == ElementType::F32 && matches!(kind, OpKind::Reduce { .. })
    };
    let mut brought = Vec::new();
    for (i, (&operand, wanted)) in operands.iter().zip(&wanted).enumerate() {
        brought.push(match wanted {
            Some(wanted) if !read_in_place(i) => wide::converted(w, operand, *wanted)?,
            _ => operand,
        });
    }
    let mut regions = regions.to_vec();
    if let Some(last) = regions.last_mut() {
        *last = body.clone();
    }
    if let [select, _] = &mut regions[..] {
        *select = retyped(w, select, types[0])?;
    }
    let result =
        |(i, ty): (usize, &TensorType)| TensorType { element: types[i.min(types.len() - 1)], ..ty.clone() };
    let results = declared.iter().enumerate().map(result).collect();
    let wide = match op {
        Some(op) => w.emit_in(op, kind.clone(), &brought, results, regions),
        None => w.emit(kind.clone(), &brought, results, regions),
    };
    let narrow = wide.into_iter().zip(declared).map(|(value, ty)| wide::converted(w, value, ty.element));
    narrow.collect::<Written<_>>().map(Some)
}

/// Whether the operation combines elements by its last region.
fn combines(kind: &OpKind) -> bool {
    use OpKind::*;
    matches!(
        kind,
        Reduce { .. }
            | ReduceWindow(_)
            | Scatter { .. }
            | SelectAndScatter(_)
            | AllReduce { .. }
            | ReduceScatter { .. }
            | CollectiveReduce { .. }
    )
}

/// The types that operands have to have for a region of these; `None` for indices.
fn operand_types(kind: &OpKind, count: usize, types: &[ElementType]) -> Vec<Option<ElementType>> {
    let inputs = types.len();
    (0..count)
        .map(|i| match kind {
            OpKind::Scatter { .. } if i == inputs => None,
            OpKind::Scatter { .. } => Some(types[if i < inputs { i } else { i - inputs - 1 }]),
            OpKind::Reduce { .. } | OpKind::ReduceWindow(_) => Some(types[i % inputs]),
            _ => Some(types[0]),
        })
        .collect()
}

/// Whether narrow floats are combined in their own type: where the specification's reference results, which round after each
/// operation, are matched to the last place by doing so; where no element of a scatter is combined with several others; and
/// where the kernel itself keeps sums of halves wide: that of windows that are combined row by row, and that of a scatter to
/// a large operand of which little is touched, which adds up what goes to one element before it rounds.
fn stays_narrow(
    w: &Writer<'_>,
    kind: &OpKind,
    operands: &[ValueId],
    body: &Region,
    declared: &[TensorType],
) -> bool {
    let known = matches!(body.combiner(), Some(Binary::Add | Binary::Multiply));
    let first = w.ty(operands[0]);
    let has_kernel = |element: ElementType| matches!(element, ElementType::BF16 | ElementType::F16);
    match (kind, operands) {
        (OpKind::ReduceWindow(window), _) => {
            let cumulative = (0..first.rank()).any(|axis| {
                let (low, high) = window.padding[axis];
                window.dimensions[axis] == first.dims[axis] && low + high + 1 == first.dims[axis] as i64
            });
            let short = cumulative && window.dimensions.iter().product::<usize>() <= SHORT_SCAN;
            let halves = known && has_kernel(w.ty(body.parameters[0]).element);
            short || halves && pools(window, &first.dims, &declared[0].dims)
        }
        (OpKind::Scatter { dimension_numbers, unique_indices, .. }, &[_, _, updates]) => {
            let updates = w.ty(updates);
            let is_window = |axis: &usize| dimension_numbers.update_window_dims.contains(axis);
            let places: usize =
                (0..updates.rank()).filter(|axis| !is_window(axis)).map(|axis| updates.dims[axis]).product();
            let count = |ty: &TensorType| ty.dims.iter().product::<usize>();
            *unique_indices
                || places <= FEW_PLACES
                || known && has_kernel(first.element) && count(first) / SPARSE > count(updates)
        }
        _ => false,
    }
}

/// Whether the type is of floats that sums are not kept in.
fn is_half(ty: &TensorType) -> bool {
    let narrow = ty.element.is_float() && is_narrow(ty.element);
    ty.quantization.is_none() && (narrow || matches!(ty.element, ElementType::BF16 | ElementType::F16))
}

/// The type of a value in a widened region.
fn wide_type(ty: &TensorType) -> TensorType {
    if is_half(ty) { TensorType { element: ElementType::F32, ..ty.clone() } } else { ty.clone() }
}

/// A region that computes in `f32` where this one computes in narrower floats; `None` where it rounds nothing to those, as
/// one that only selects, or does other than arithmetic with them.
fn widened(w: &mut Writer<'_>, region: &Region) -> Written<Option<Region>> {
    let narrow = |values: &[ValueId]| values.iter().any(|&value| is_half(w.ty(value)));
    let is_exact = |op: &Op| {
        matches!(
            op.kind,
            OpKind::Constant(_)
                | OpKind::Binary(Binary::Maximum | Binary::Minimum)
                | OpKind::Unary(Unary::Negate | Unary::Abs | Unary::Sign)
                | OpKind::Compare { .. }
                | OpKind::Select
                | OpKind::Clamp
                | OpKind::Reshape
                | OpKind::BroadcastInDim { .. }
                | OpKind::Transpose { .. }
        )
    };
    let is_arithmetic = |op: &Op| {
        matches!(
            op.kind,
            OpKind::Binary(Binary::Add | Binary::Subtract | Binary::Multiply | Binary::Divide)
                | OpKind::Unary(Unary::Convert)
        )
    };
    let rounds = |op: &Op| !is_exact(op) && narrow(&op.results);
    let is_other = |op: &Op| {
        let touches = narrow(&op.operands) || narrow(&op.results);
        touches && !is_exact(op) && !is_arithmetic(op) || op.results.len() != 1 || !op.regions.is_empty()
    };
    if !region.ops.iter().any(rounds) || region.ops.iter().any(is_other) {
        return Ok(None);
    }
    let mut of: HashMap<ValueId, ValueId> = HashMap::new();
    let mut parameters = Vec::new();
    for &parameter in &region.parameters {
        let ty = wide_type(w.ty(parameter));
        let wide = w.add(ty);
        of.insert(parameter, wide);
        parameters.push(wide);
    }
    let mut ops = Vec::new();
    for op in &region.ops {
        let (from, ty) = (op.results[0], wide_type(w.ty(op.results[0])));
        let operands: SmallVec<[ValueId; 3]> =
            op.operands.iter().map(|value| of.get(value).copied().unwrap_or(*value)).collect();
        if let (OpKind::Unary(Unary::Convert), &[x]) = (&op.kind, &operands[..])
            && w.ty(x).element == ty.element
        {
            of.insert(from, x);
            continue;
        }
        let kind = match &op.kind {
            OpKind::Constant(literal) if is_half(literal.ty()) => {
                OpKind::Constant(wide_literal(w, literal, &ty)?)
            }
            other => other.clone(),
        };
        let result = w.add(ty);
        of.insert(from, result);
        ops.push(Op { kind, operands, results: SmallVec::from_slice(&[result]), ..op.clone() });
    }
    let returns = region.returns.iter().map(|value| of.get(value).copied().unwrap_or(*value)).collect();
    Ok(Some(Region { parameters, ops, returns, return_location: region.return_location }))
}

/// A constant of narrow floats as one of `f32`, which holds them all.
fn wide_literal(w: &Writer<'_>, literal: &Literal, ty: &TensorType) -> Written<Literal> {
    let element = literal.ty().element;
    let wide = |bytes: &[u8]| {
        let mut bits = [0; 8];
        bits[..bytes.len()].copy_from_slice(bytes);
        (float::decode(element, u64::from_le_bytes(bits)) as f32).to_le_bytes()
    };
    let bytes: Vec<u8> = literal.to_dense().chunks_exact(element.size()).flat_map(wide).collect();
    Literal::new(ty.clone(), bytes).map_err(|error| w.error(error.to_string()))
}

/// A region of two scalars for scalars of a type that holds all of theirs. Comparing is the same for both; what else there
/// is takes them in their own type.
fn retyped(w: &mut Writer<'_>, region: &Region, to: ElementType) -> Written<Region> {
    let types: Vec<TensorType> = region.parameters.iter().map(|&value| w.ty(value).clone()).collect();
    if types.iter().all(|ty| ty.element == to) {
        return Ok(region.clone());
    }
    let compares = matches!(&region.ops[..], [op] if matches!(op.kind, OpKind::Compare { .. }));
    let given: Vec<TensorType> = types.iter().map(|ty| TensorType { element: to, ..ty.clone() }).collect();
    w.written_region(&given, |w, given| {
        let mut of: HashMap<ValueId, ValueId> = HashMap::new();
        for ((&parameter, &given), ty) in region.parameters.iter().zip(given).zip(&types) {
            let own = if compares { given } else { wide::converted(w, given, ty.element)? };
            of.insert(parameter, own);
        }
        for op in &region.ops {
            let operands: Vec<ValueId> =
                op.operands.iter().map(|value| of.get(value).copied().unwrap_or(*value)).collect();
            let results = op.results.iter().map(|&value| w.ty(value).clone()).collect();
            let new = w.emit_in(op, op.kind.clone(), &operands, results, op.regions.clone());
            of.extend(op.results.iter().copied().zip(new));
        }
        Ok(region.returns.iter().map(|value| of.get(value).copied().unwrap_or(*value)).collect())
    })
}
