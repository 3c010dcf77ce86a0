//! `ragged_dot` as products and selections: what is not of a group is left out of it, not multiplied by zero.

use runahead_ir::{
    Binary, ComparisonDirection, Dims, DotDimensions, ElementType, OpKind, RaggedDotDimensions, TensorType,
    ValueId,
};

use super::wide;
use super::writer::{Writer, Written};

/// Writes the product whose result has that type.
pub(super) fn written_out(
    w: &mut Writer<'_>,
    d: &RaggedDotDimensions,
    operands: &[ValueId],
    result: &TensorType,
) -> Written<ValueId> {
    let &[lhs, rhs, sizes] = operands else { return Err(w.error("needs three operands")) };
    let widen = |w: &mut Writer<'_>, x: ValueId| wide::converted(w, x, wide::element(w.ty(x).element));
    let (lhs, rhs) = (widen(w, lhs)?, widen(w, rhs)?);
    // Products are added up over groups too, so they are rounded only after that.
    let element = match wide::element(result.element) {
        ElementType::BF16 | ElementType::F16 => ElementType::F32,
        other => other,
    };
    let (lhs_rank, rhs_rank) = (w.ty(lhs).rank(), w.ty(rhs).rank());
    let ragged = d.lhs_ragged[0];
    let product = if !d.rhs_group.is_empty() {
        // Every row by every group, of which its own is kept.
        let whole = product(w, &d.dot, lhs, rhs, element);
        let group = d.group_in_product(lhs_rank, rhs_rank);
        let place = |axis: usize| match d.dot.lhs_batching.iter().position(|&b| b == axis) {
            Some(batch) => batch,
            None => {
                let own = (0..axis)
                    .filter(|a| !d.dot.lhs_batching.contains(a) && !d.dot.lhs_contracting.contains(a));
                d.dot.lhs_batching.len() + own.count()
            }
        };
        let prefix: Vec<usize> = d.prefix(lhs_rank).into_iter().map(place).collect();
        let dims = w.ty(whole).dims.clone();
        let kept = membership(w, sizes, &dims, &prefix, place(ragged), group)?;
        let of_group = select(w, kept, whole)?;
        w.sum(of_group, &[group])?
    } else if d.dot.lhs_contracting.contains(&ragged) {
        // Both operands, a batch for each group.
        let groups = w.ty(sizes).dims.last().copied().unwrap_or(0);
        let position = d.dot.lhs_contracting.iter().position(|&axis| axis == ragged).unwrap_or(0);
        let on_the_right = |axis: usize| {
            let (lhs, rhs) = (&d.dot.lhs_batching, &d.dot.rhs_batching);
            let (of, to) = if lhs.contains(&axis) {
                (lhs, rhs)
            } else {
                (&d.dot.lhs_contracting, &d.dot.rhs_contracting)
            };
            of.iter().position(|&a| a == axis).map_or(0, |i| to[i])
        };
        let prefix = d.prefix(lhs_rank);
        let right: Vec<usize> = prefix.iter().map(|&axis| on_the_right(axis)).collect();
        let mut sides = Vec::new();
        for (operand, prefix, ragged) in
            [(lhs, &prefix, ragged), (rhs, &right, d.dot.rhs_contracting[position])]
        {
            let mut dims = w.ty(operand).dims.clone();
            let rank = dims.len();
            dims.push(groups);
            let kept = membership(w, sizes, &dims, prefix, ragged, rank)?;
            let axes: Vec<usize> = (0..rank).collect();
            let repeated = w.broadcast(operand, &dims, &axes);
            sides.push(select(w, kept, repeated)?);
        }
        let mut dot = d.dot.clone();
        dot.lhs_batching.insert(0, lhs_rank);
        dot.rhs_batching.insert(0, rhs_rank);
        product(w, &dot, sides[0], sides[1], element)
    } else {
        product(w, &d.dot, lhs, rhs, element)
    };
    wide::converted(w, product, result.element)
}

fn product(
    w: &mut Writer<'_>,
    d: &DotDimensions,
    lhs: ValueId,
    rhs: ValueId,
    element: ElementType,
) -> ValueId {
    let (a, b) = (w.ty(lhs).clone(), w.ty(rhs).clone());
    let own = |ty: &TensorType, batching: &[usize], contracting: &[usize]| -> Vec<usize> {
        let axes = (0..ty.rank()).filter(|axis| !batching.contains(axis) && !contracting.contains(axis));
        axes.map(|axis| ty.dims[axis]).collect()
    };
    let dims: Dims = d
        .lhs_batching
        .iter()
        .map(|&axis| a.dims[axis])
        .chain(own(&a, &d.lhs_batching, &d.lhs_contracting))
        .chain(own(&b, &d.rhs_batching, &d.rhs_contracting))
        .collect();
    let kind = OpKind::DotGeneral { dimension_numbers: d.clone(), precision: Vec::new(), algorithm: None };
    w.one(kind, &[lhs, rhs], TensorType::new(element, dims))
}

/// The elements where a condition holds, and zero elsewhere.
fn select(w: &mut Writer<'_>, kept: ValueId, x: ValueId) -> Written<ValueId> {
    let ty = w.ty(x).clone();
    let zero = w.splat(ty.clone(), 0.0)?;
    Ok(w.one(OpKind::Select, &[kept, x, zero], ty))
}

/// Whether an index along axis `ragged` is in the group that the index along axis `group` counts, in a space of those
/// sizes: groups follow one another, of sizes that may differ along the axes `prefix`.
fn membership(
    w: &mut Writer<'_>,
    sizes: ValueId,
    dims: &[usize],
    prefix: &[usize],
    ragged: usize,
    group: usize,
) -> Written<ValueId> {
    let index = ElementType::I64;
    let sizes = wide::converted(w, sizes, index)?;
    let ty = w.ty(sizes).clone();
    let none = w.splat(ty.clone(), 0.0)?;
    // A size below zero is none.
    let sizes = w.binary(Binary::Maximum, sizes, none);
    let (last, groups) = (ty.rank() - 1, ty.dims[ty.rank() - 1]);
    // Where each group ends: the sum of the sizes up to its own.
    let pairs = ty.with_dims(ty.dims.iter().copied().chain([groups]));
    let axes: Vec<usize> = (0..ty.rank()).collect();
    let repeated = w.broadcast(sizes, &pairs.dims, &axes);
    let of = w.one(OpKind::Iota { dimension: last }, &[], pairs.clone());
    let until = w.one(OpKind::Iota { dimension: last + 1 }, &[], pairs.clone());
    let counted = compare(w, ComparisonDirection::Le, of, until);
    let counted = select(w, counted, repeated)?;
    let ends = w.sum(counted, &[last])?;
    let starts = w.binary(Binary::Subtract, ends, sizes);

    let mut axes = if last == 0 { Vec::new() } else { prefix.to_vec() };
    axes.push(group);
    let (starts, ends) = (w.broadcast(starts, dims, &axes), w.broadcast(ends, dims, &axes));
    let at = w.one(OpKind::Iota { dimension: ragged }, &[], TensorType::new(index, dims.iter().copied()));
    let begun = compare(w, ComparisonDirection::Ge, at, starts);
    let not_ended = compare(w, ComparisonDirection::Lt, at, ends);
    Ok(w.binary(Binary::And, begun, not_ended))
}

fn compare(w: &mut Writer<'_>, direction: ComparisonDirection, a: ValueId, b: ValueId) -> ValueId {
    let ty = TensorType::new(ElementType::Bool, w.ty(a).dims.iter().copied());
    w.one(OpKind::Compare { direction, compare_type: None }, &[a, b], ty)
}
