//! Reductions: of sums, the sum of tangents; of extremes, the tangents of those that were taken.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::Tangent;
use super::Applied;
use crate::{Binary, ComparisonDirection, OpKind, ValueId, Window};

/// What one operand is reduced by, and its tangent; none, and a note of it, where it is not so simple.
fn simple<'f>(l: &mut Linearizer<'f>, a: &Applied<'f>, t: &[Option<Tangent>]) -> Option<(Binary, Tangent)> {
    let reason = match (t, a.op.regions[0].combiner()) {
        ([Some(t), None], Some(op)) => return Some((op, *t)),
        ([_, _], _) => {
            "its initial value or its region is not simple; expected a constant, and one operation"
        }
        _ => "it reduces several operands together; expected one",
    };
    l.unsupported(a.op, reason);
    None
}

pub(super) fn reduce<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    dimensions: &[usize],
) -> Differentiated<Option<Tangent>> {
    let Some((op, t)) = simple(l, a, t) else { return Ok(None) };
    let (x, y) = (a.x(), a.y());
    let element = l.ty(y).element;
    let t = l.convert(t, element);
    let x = if l.ty(x).element == element { x } else { l.builder.convert(x, element)? };
    let weighted = match op {
        Binary::Add => t,
        Binary::Maximum | Binary::Minimum => {
            let share = share_of_extreme(l, x, y, dimensions)?;
            l.scale(t, share)
        }
        Binary::Multiply => {
            let others = product_of_others(l, x, dimensions)?;
            l.scale(t, others)
        }
        _ => {
            l.unsupported(a.op, format!("it reduces by {}; expected a sum, product or extreme", op.name()));
            return Ok(None);
        }
    };
    let ty = l.ty(y);
    Ok(Some(l.step(a.op.kind.clone(), [weighted.into()], ty)))
}

/// One over how often the extreme is there where it is, and zero elsewhere.
fn share_of_extreme(
    l: &mut Linearizer<'_>,
    x: ValueId,
    y: ValueId,
    dimensions: &[usize],
) -> Differentiated<ValueId> {
    let ty = l.ty(x);
    let kept: Vec<usize> = (0..ty.rank()).filter(|i| !dimensions.contains(i)).collect();
    let repeated = l.builder.broadcast_in_dim(y, &ty.dims, &kept)?;
    let is_extreme = l.compare(ComparisonDirection::Eq, x, repeated)?;
    let is_extreme = l.builder.convert(is_extreme, ty.element)?;
    let count = l.sum_over(is_extreme, dimensions)?;
    let one = l.number_like(count, 1.0)?;
    let count = l.binary(Binary::Maximum, count, one)?;
    let count = l.builder.broadcast_in_dim(count, &ty.dims, &kept)?;
    l.binary(Binary::Divide, is_extreme, count)
}

/// For each element the product of those that it is reduced with, itself left out; right where some are zero too.
fn product_of_others(l: &mut Linearizer<'_>, x: ValueId, dimensions: &[usize]) -> Differentiated<ValueId> {
    let ty = l.ty(x);
    let kept: Vec<usize> = (0..ty.rank()).filter(|i| !dimensions.contains(i)).collect();
    // The reduced axes become one, the first.
    let order: Vec<usize> = dimensions.iter().chain(&kept).copied().collect();
    let size: usize = dimensions.iter().map(|&i| ty.dims[i]).product();
    let turned = l.builder.transpose(x, &order)?;
    let flat: Vec<usize> = std::iter::once(size).chain(kept.iter().map(|&i| ty.dims[i])).collect();
    let flat = l.builder.reshape(turned, &flat)?;
    let before = products_along(l, flat, size, true)?;
    let after = products_along(l, flat, size, false)?;
    let others = l.multiply(before, after)?;
    let turned: Vec<usize> = order.iter().map(|&i| ty.dims[i]).collect();
    let others = l.builder.reshape(others, &turned)?;
    l.builder.transpose(others, &inverse(&order)).map_err(Into::into)
}

/// The products of all elements before each along the first axis, or of all after it.
fn products_along(l: &mut Linearizer<'_>, x: ValueId, size: usize, before: bool) -> Differentiated<ValueId> {
    if size == 0 {
        return Ok(x);
    }
    let ty = l.ty(x);
    let mut window = Window {
        dimensions: vec![1; ty.rank()],
        strides: vec![1; ty.rank()],
        base_dilations: vec![1; ty.rank()],
        window_dilations: vec![1; ty.rank()],
        padding: vec![(0, 0); ty.rank()],
    };
    // Windows of one less than all, moved to one side by one.
    window.dimensions[0] = size;
    window.padding[0] = if before { (size as i64, -1) } else { (-1, size as i64) };
    let one = l.number(&ty.with_dims([]), 1.0)?;
    windowed(l, Binary::Multiply, x, one, window)
}

/// `reduce_window` by one operation.
pub(in super::super) fn windowed(
    l: &mut Linearizer<'_>,
    op: Binary,
    x: ValueId,
    initial: ValueId,
    window: Window,
) -> Differentiated<ValueId> {
    let scalar = l.ty(initial);
    let region = l.builder.combining(op, scalar)?;
    Ok(l.builder.inferred(OpKind::ReduceWindow(Box::new(window)), &[x, initial], vec![region])?[0])
}

pub(in super::super) fn inverse(permutation: &[usize]) -> Vec<usize> {
    let mut inverse = vec![0; permutation.len()];
    permutation.iter().enumerate().for_each(|(i, &from)| inverse[from] = i);
    inverse
}

pub(super) fn reduce_window<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    window: &Window,
) -> Differentiated<Option<Tangent>> {
    let Some((op, t)) = simple(l, a, t) else { return Ok(None) };
    let (x, y) = (a.x(), a.y());
    let ty = l.ty(y);
    let t = l.convert(t, ty.element);
    match op {
        Binary::Add => Ok(Some(l.step(a.op.kind.clone(), [t.into()], ty))),
        Binary::Maximum | Binary::Minimum => {
            let is_plain =
                window.base_dilations.iter().chain(&window.window_dilations).all(|&dilation| dilation == 1);
            if !is_plain {
                l.unsupported(a.op, "its window is dilated; expected dilations of 1");
                return Ok(None);
            }
            // The least are the greatest of the negative.
            let mut keys = x;
            if l.ty(keys).element != ty.element {
                keys = l.builder.convert(keys, ty.element)?;
            }
            if op == Binary::Minimum {
                keys = l.unary(crate::Unary::Negate, keys)?;
            }
            let kind = OpKind::SelectAndScatter(Box::new(window.clone()));
            Ok(Some(l.step(kind, [keys.into(), t.into()], ty)))
        }
        _ => {
            l.unsupported(a.op, format!("it reduces by {}; expected a sum or an extreme", op.name()));
            Ok(None)
        }
    }
}
