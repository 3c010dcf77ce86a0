//! Operations that move elements.

use runahead_ir::{Built, OpKind, TensorType, ValueId};

use super::one;
use crate::generate::Generator;

pub(super) fn iota(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, dims) = (g.element(), g.shape());
    let dimension = g.choices.below(dims.len());
    Ok(vec![g.builder.iota(TensorType::new(element, dims), dimension)?])
}

pub(super) fn broadcast_in_dim(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let to = g.shape();
    let order = g.choices.permutation(to.len());
    let axes: Vec<usize> = order.into_iter().take(g.choices.below(to.len() + 1)).collect();
    let axes = if g.choices.once_in(3) {
        axes
    } else {
        let mut axes = axes;
        axes.sort_unstable();
        axes
    };
    let from: Vec<usize> = axes.iter().map(|&axis| if g.choices.once_in(4) { 1 } else { to[axis] }).collect();
    let element = g.element();
    let x = g.operand(element, &from);
    Ok(vec![g.builder.broadcast_in_dim(x, &to, &axes)?])
}

pub(super) fn broadcast(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = g.choices.below(3);
    let (element, dims, sizes) = (g.element(), g.dims(rank), vec![g.choices.below(4); g.choices.below(3)]);
    let x = g.operand(element, &dims);
    one(g, OpKind::Broadcast { sizes }, &[x])
}

pub(super) fn reshape(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let mut dims = g.dims_of(x);
    for _ in 0..g.choices.below(4) {
        let at = g.choices.below(dims.len() + 1);
        match g.choices.below(3) {
            0 => dims.insert(at, 1),
            1 if at + 1 < dims.len() => {
                let joined = dims.remove(at) * dims[at];
                dims[at] = joined;
            }
            _ if at < dims.len() => {
                let parts = g.choices.one_of(&[2, 3, 4, 8]);
                if dims[at].is_multiple_of(parts) && dims[at] > 0 {
                    dims[at] /= parts;
                    dims.insert(at, parts);
                }
            }
            _ => (),
        }
    }
    Ok(vec![g.builder.reshape(x, &dims)?])
}

pub(super) fn transpose(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let rank = g.dims_of(x).len();
    let permutation = g.choices.permutation(rank);
    Ok(vec![g.builder.transpose(x, &permutation)?])
}

pub(super) fn reverse(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let rank = g.dims_of(x).len();
    let dimensions = g.choices.some_below(rank);
    one(g, OpKind::Reverse { dimensions }, &[x])
}

pub(super) fn concatenate(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(4);
    let (element, dims) = (g.element(), g.dims(rank));
    let dimension = g.choices.below(rank);
    let mut parts = Vec::new();
    for _ in 0..1 + g.choices.below(4) {
        let mut part = dims.clone();
        part[dimension] = g.choices.one_of(&[dims[dimension], 1, 2, 0, 3]);
        parts.push(g.operand(element, &part));
    }
    Ok(vec![g.builder.concatenate(&parts, dimension)?])
}

pub(super) fn slice(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (mut start, mut limit, mut strides) = (Vec::new(), Vec::new(), Vec::new());
    for size in g.dims_of(x) {
        let from = g.choices.below(size + 1);
        start.push(from);
        limit.push(from + g.choices.below(size - from + 1));
        strides.push(1 + g.choices.below(4));
    }
    Ok(vec![g.builder.slice(x, &start, &limit, &strides)?])
}

pub(super) fn pad(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let (mut low, mut high, mut interior) = (Vec::new(), Vec::new(), Vec::new());
    for _ in g.dims_of(x) {
        low.push(g.choices.below(6) as i64 - 2);
        high.push(g.choices.below(6) as i64 - 2);
        interior.push([0, 0, 0, 1, 2][g.choices.below(5)]);
    }
    let scalar = g.tensor(x).expect("a tensor").with_dims([]);
    let value = g.typed_operand(scalar);
    one(g, OpKind::Pad { low, high, interior }, &[x, value])
}
