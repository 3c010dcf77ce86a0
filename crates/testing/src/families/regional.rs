//! Operations that run a region over elements.

use runahead_ir::{Built, ElementType, OpKind, TensorType, Type, ValueId, Window};

use super::{none, one};
use crate::generate::Generator;

fn inputs(g: &mut Generator<'_>, rank: usize) -> (Vec<ValueId>, Vec<ElementType>, Vec<usize>) {
    let dims = g.dims(rank);
    let count = g.choices.one_of(&[1, 1, 2, 3]);
    let elements: Vec<ElementType> = (0..count).map(|_| g.element()).collect();
    let inputs = elements.iter().map(|&element| g.operand(element, &dims)).collect();
    (inputs, elements, dims)
}

/// Initial values: where orders must not matter, those that change nothing.
fn initial(
    g: &mut Generator<'_>,
    elements: &[ElementType],
    region: &runahead_ir::Region,
) -> Built<Vec<ValueId>> {
    let mut values = Vec::new();
    for (&element, op) in elements.iter().zip(&region.ops) {
        values.push(match op.kind {
            OpKind::Binary(op) if g.orderless => match op.neutral(element) {
                Some(bytes) => g.builder.splat(TensorType::scalar(element), &bytes)?,
                None => return none(),
            },
            _ => g.operand(element, &[]),
        });
    }
    Ok(values)
}

pub(super) fn reduce(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(5);
    let (mut operands, elements, _) = inputs(g, rank);
    let dimensions = g.choices.some_below(rank);
    let body = g.combiner(&elements)?;
    operands.extend(initial(g, &elements, &body)?);
    Ok(g.builder.inferred(OpKind::Reduce { dimensions }, &operands, vec![body])?.to_vec())
}

fn window(g: &mut Generator<'_>, rank: usize, dilated: bool) -> Window {
    let mut w = Window {
        dimensions: Vec::new(),
        strides: Vec::new(),
        base_dilations: Vec::new(),
        window_dilations: Vec::new(),
        padding: Vec::new(),
    };
    for _ in 0..rank {
        w.dimensions.push(g.choices.one_of(&[1, 2, 3, 1, 5, 17]));
        w.strides.push(g.choices.one_of(&[1, 1, 2, 3]));
        w.base_dilations.push(if dilated { g.choices.one_of(&[1, 1, 1, 2]) } else { 1 });
        w.window_dilations.push(if dilated { g.choices.one_of(&[1, 1, 1, 2]) } else { 1 });
        w.padding.push((g.choices.one_of(&[0, 1, -1, 2, 16]), g.choices.one_of(&[0, 1, -1, 2])));
    }
    w
}

pub(super) fn reduce_window(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(4);
    let (mut operands, elements, _) = inputs(g, rank);
    let window = window(g, rank, true);
    let body = g.combiner(&elements)?;
    operands.extend(initial(g, &elements, &body)?);
    Ok(g.builder.inferred(OpKind::ReduceWindow(Box::new(window)), &operands, vec![body])?.to_vec())
}

pub(super) fn select_and_scatter(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, element, dims) = g.of_rank(rank);
    let mut window = window(g, rank, false);
    window.padding.iter_mut().for_each(|p| *p = (p.0.max(0), p.1.max(0)));
    let size = |i: usize| {
        let padded = dims[i] as i64 + window.padding[i].0 + window.padding[i].1;
        let steps = (padded - window.dimensions[i] as i64).div_euclid(window.strides[i] as i64) + 1;
        steps.max(0) as usize
    };
    let source: Vec<usize> = (0..rank).map(size).collect();
    let source = g.operand(element, &source);
    let scalar: Type = TensorType::scalar(element).into();
    let select =
        g.region(vec![scalar.clone(), scalar], |g, values| Ok(vec![g.compare(values[0], values[1])?]))?;
    let scatter = g.combiner(&[element])?;
    let initial = initial(g, &[element], &scatter)?[0];
    let kind = OpKind::SelectAndScatter(Box::new(window));
    Ok(g.builder.inferred(kind, &[x, source, initial], vec![select, scatter])?.to_vec())
}

pub(super) fn map(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(4);
    let (operands, elements, _) = inputs(g, rank);
    let scalars = elements.iter().map(|&e| TensorType::scalar(e).into()).collect();
    let body = g.region(scalars, |g, values| Ok(vec![g.scalar_expression(values[0])?]))?;
    let dimensions = (0..rank).collect();
    Ok(g.builder.inferred(OpKind::Map { dimensions }, &operands, vec![body])?.to_vec())
}

pub(super) fn sort(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (operands, elements, _) = inputs(g, rank);
    let dimension = g.choices.below(rank);
    let scalars =
        elements.iter().flat_map(|&e| [TensorType::scalar(e).into(), TensorType::scalar(e).into()]).collect();
    let ordered = !elements[0].is_complex();
    let comparator = g.region(scalars, |g, values| {
        if g.orderless && !ordered {
            return none();
        }
        if g.orderless {
            use runahead_ir::ComparisonDirection::*;
            let direction = g.choices.one_of(&[Lt, Gt]);
            return Ok(vec![g.builder.compare(direction, values[0], values[1])?]);
        }
        Ok(vec![g.compare(values[0], values[1])?])
    })?;
    let is_stable = g.orderless || g.choices.once_in(2);
    Ok(g.builder.inferred(OpKind::Sort { dimension, is_stable }, &operands, vec![comparator])?.to_vec())
}

pub(super) fn top_k(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(3);
    let (x, _, dims) = g.of_rank(rank);
    let k = g.choices.below(dims[rank - 1] + 1);
    one(g, OpKind::TopK { k }, &[x])
}
