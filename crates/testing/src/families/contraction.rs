//! Sums of products.

use runahead_ir::{Built, Convolution, DotDimensions, OpKind, Precision, TensorType, ValueId};

use super::{none, typed};
use crate::generate::Generator;

fn precision() -> Vec<Precision> {
    vec![Precision::Default; 2]
}

pub(super) fn dot(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let sizes = g.dims(3);
    let element = g.element();
    let lhs = if g.choices.once_in(2) { vec![sizes[1]] } else { vec![sizes[0], sizes[1]] };
    let rhs = if g.choices.once_in(2) { vec![sizes[1]] } else { vec![sizes[1], sizes[2]] };
    let (a, b) = (g.operand(element, &lhs), g.operand(element, &rhs));
    let dims: Vec<usize> = lhs[..lhs.len() - 1].iter().chain(&rhs[1..]).copied().collect();
    typed(g, OpKind::Dot { precision: precision() }, &[a, b], TensorType::new(element, dims))
}

pub(super) fn dot_general(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    // Each axis is batched, contracted, or one side's own.
    let rank = 1 + g.choices.below(5);
    let sizes = g.dims(rank);
    let (mut lhs, mut rhs) = (Vec::new(), Vec::new());
    for axis in 0..rank {
        let role = g.choices.below(4);
        if role != 2 {
            lhs.push((axis, role));
        }
        if role != 3 {
            rhs.push((axis, role));
        }
    }
    for side in [&mut lhs, &mut rhs] {
        let order = g.choices.permutation(side.len());
        *side = order.into_iter().map(|i| side[i]).collect();
    }
    let place = |side: &[(usize, usize)], axis| side.iter().position(|&(a, _)| a == axis);
    let mut numbers = DotDimensions::default();
    for (at, &(axis, role)) in lhs.iter().enumerate() {
        let Some(other) = place(&rhs, axis) else { continue };
        let (left, right) = match role {
            0 => (&mut numbers.lhs_contracting, &mut numbers.rhs_contracting),
            _ => (&mut numbers.lhs_batching, &mut numbers.rhs_batching),
        };
        left.push(at);
        right.push(other);
    }
    let element = g.element();
    let shape =
        |side: &[(usize, usize)]| -> Vec<usize> { side.iter().map(|&(axis, _)| sizes[axis]).collect() };
    let (a, b) = (g.operand(element, &shape(&lhs)), g.operand(element, &shape(&rhs)));
    Ok(vec![g.builder.dot_general(a, b, numbers)?])
}

pub(super) fn convolution(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let spatial = g.choices.one_of(&[1, 2, 2, 0, 3]);
    let (groups, batches) = g.choices.one_of(&[(1, 1), (1, 1), (2, 1), (1, 2), (3, 1)]);
    let batch = g.choices.one_of(&[1, 2, 0, 3]) * batches;
    let features = g.choices.one_of(&[1, 2, 3, 0, 8]);
    let outputs = g.choices.one_of(&[1, 2, 3, 0, 8]) * groups * batches;
    let mut c = Convolution {
        input_batch_dimension: 0,
        input_feature_dimension: 0,
        input_spatial_dimensions: Vec::new(),
        kernel_input_feature_dimension: 0,
        kernel_output_feature_dimension: 0,
        kernel_spatial_dimensions: Vec::new(),
        output_batch_dimension: 0,
        output_feature_dimension: 0,
        output_spatial_dimensions: Vec::new(),
        window_strides: Vec::new(),
        padding: Vec::new(),
        lhs_dilation: Vec::new(),
        rhs_dilation: Vec::new(),
        window_reversal: Vec::new(),
        feature_group_count: groups,
        batch_group_count: batches,
        precision: precision(),
    };
    let orders: [Vec<usize>; 3] = [(); 3].map(|()| match g.choices.once_in(2) {
        true => g.choices.permutation(spatial + 2),
        false => [vec![0, spatial + 1], (1..=spatial).collect()].concat(),
    });
    let mut layouts = orders.into_iter();
    let mut layout = || {
        let order = layouts.next().expect("three");
        (order[0], order[1], order[2..].to_vec())
    };
    (c.input_batch_dimension, c.input_feature_dimension, c.input_spatial_dimensions) = layout();
    (c.kernel_input_feature_dimension, c.kernel_output_feature_dimension, c.kernel_spatial_dimensions) =
        layout();
    (c.output_batch_dimension, c.output_feature_dimension, c.output_spatial_dimensions) = layout();
    let (mut lhs, mut rhs) = (vec![0; spatial + 2], vec![0; spatial + 2]);
    lhs[c.input_batch_dimension] = batch;
    lhs[c.input_feature_dimension] = features * groups;
    rhs[c.kernel_input_feature_dimension] = features;
    rhs[c.kernel_output_feature_dimension] = outputs;
    for i in 0..spatial {
        lhs[c.input_spatial_dimensions[i]] = g.choices.one_of(&[3, 5, 1, 8, 0, 2, 11]);
        rhs[c.kernel_spatial_dimensions[i]] = g.choices.one_of(&[1, 3, 2, 0, 5]);
        c.window_strides.push(g.choices.one_of(&[1, 2, 3]));
        c.padding.push((g.choices.below(5) as i64 - 1, g.choices.below(5) as i64 - 1));
        c.lhs_dilation.push(g.choices.one_of(&[1, 1, 2, 3]));
        c.rhs_dilation.push(g.choices.one_of(&[1, 1, 2, 3]));
        c.window_reversal.push(g.choices.once_in(4));
    }
    let element = g.element();
    let (x, kernel) = (g.operand(element, &lhs), g.operand(element, &rhs));
    let kind = OpKind::Convolution(Box::new(c));
    let operands = [g.builder.type_of(x).clone(), g.builder.type_of(kernel).clone()];
    match runahead_ir::infer(&kind, &[&operands[0], &operands[1]], &[])? {
        runahead_ir::Inferred::Shape(ty) => typed(g, kind, &[x, kernel], ty),
        _ => none(),
    }
}
