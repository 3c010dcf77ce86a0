//! Products, by each factor.

use super::windows::{dilated, padding_back};
use super::*;

/// The product of the cotangent with the other factor, over the axes that this factor does not have.
pub(super) fn dot_general(
    l: &mut Linearizer<'_>,
    kind: &OpKind,
    numbers: &DotDimensions,
    operands: &[Operand],
    tape: &Tape<'_>,
    cotangent: ValueId,
    parts: &mut Parts,
) -> Differentiated<()> {
    let OpKind::DotGeneral { precision, algorithm, .. } = kind else { unreachable!("it is a product") };
    let (t, other, is_left) = match (operands[0], operands[1]) {
        (Operand::Tangent(t), Operand::Primal(other)) => (t, other, true),
        (Operand::Primal(other), Operand::Tangent(t)) => (t, other, false),
        _ => unreachable!("one factor is the tangent"),
    };
    let own_type = tape.ty(t).clone();
    let (own_batching, own_contracting, other_batching, other_contracting) = match is_left {
        true => {
            (&numbers.lhs_batching, &numbers.lhs_contracting, &numbers.rhs_batching, &numbers.rhs_contracting)
        }
        false => {
            (&numbers.rhs_batching, &numbers.rhs_contracting, &numbers.lhs_batching, &numbers.lhs_contracting)
        }
    };
    let free = |rank: usize, batching: &[usize], contracting: &[usize]| -> Vec<usize> {
        (0..rank).filter(|i| !batching.contains(i) && !contracting.contains(i)).collect()
    };
    let own_free = free(own_type.rank(), own_batching, own_contracting);
    let other_free = free(l.ty(other).rank(), other_batching, other_contracting);
    // In the result come batching axes, then the left factor's own, then the right's.
    let batches = own_batching.len();
    let skipped = if is_left { own_free.len() } else { 0 };
    let first = batches + skipped;
    let dimension_numbers = DotDimensions {
        lhs_batching: (0..batches).collect(),
        rhs_batching: other_batching.clone(),
        lhs_contracting: (first..first + other_free.len()).collect(),
        rhs_contracting: other_free,
    };
    let element = l.ty(other).element;
    let cotangent = converted(l, cotangent, element)?;
    let mut precision = precision.clone();
    if !is_left {
        precision.reverse();
    }
    let kind = OpKind::DotGeneral { dimension_numbers, precision, algorithm: algorithm.clone() };
    let product = l.builder.inferred(kind, &[cotangent, other], Vec::new())?[0];
    // Now come batching axes, this factor's own, then the contracted ones in the order of the other factor.
    let mut contracted: Vec<(usize, usize)> =
        other_contracting.iter().copied().zip(own_contracting.iter().copied()).collect();
    contracted.sort_unstable();
    let order: Vec<usize> = own_batching
        .iter()
        .copied()
        .chain(own_free)
        .chain(contracted.into_iter().map(|(_, own)| own))
        .collect();
    let turned = l.builder.transpose(product, &inverse(&order))?;
    parts.push((t, converted(l, turned, own_type.element)?));
    Ok(())
}

fn converted(l: &mut Linearizer<'_>, x: ValueId, element: ElementType) -> Differentiated<ValueId> {
    if l.ty(x).element == element {
        return Ok(x);
    }
    Ok(l.builder.convert(x, element)?)
}

pub(super) fn convolution(
    l: &mut Linearizer<'_>,
    c: &Convolution,
    operands: &[Operand],
    tape: &Tape<'_>,
    cotangent: ValueId,
    parts: &mut Parts,
) -> Differentiated<()> {
    let spatial = c.input_spatial_dimensions.len();
    match (operands[0], operands[1]) {
        (Operand::Tangent(t), Operand::Primal(kernel)) => {
            let ty = tape.ty(t).clone();
            let cotangent = converted(l, cotangent, l.ty(kernel).element)?;
            let part = by_input(l, c, &ty, kernel, cotangent)?;
            parts.push((t, converted(l, part, ty.element)?));
        }
        (Operand::Primal(input), Operand::Tangent(t)) => {
            let ty = tape.ty(t).clone();
            let cotangent = converted(l, cotangent, l.ty(input).element)?;
            let mut part = by_kernel(l, c, &ty, input, cotangent)?;
            let reversed: Vec<usize> = (0..spatial)
                .filter(|&i| c.window_reversal[i])
                .map(|i| c.kernel_spatial_dimensions[i])
                .collect();
            if !reversed.is_empty() {
                let kind = OpKind::Reverse { dimensions: reversed };
                part = l.builder.inferred(kind, &[part], Vec::new())?[0];
            }
            parts.push((t, converted(l, part, ty.element)?));
        }
        _ => unreachable!("one factor is the tangent"),
    }
    Ok(())
}

/// The cotangent, spread by the strides, convolved with the kernel turned around, inputs and outputs exchanged.
fn by_input(
    l: &mut Linearizer<'_>,
    c: &Convolution,
    ty: &TensorType,
    kernel: ValueId,
    cotangent: ValueId,
) -> Differentiated<ValueId> {
    let spatial = c.input_spatial_dimensions.len();
    let (kernel_type, out) = (l.ty(kernel), l.ty(cotangent));
    let groups = c.feature_group_count.max(c.batch_group_count);
    let mut kernel = kernel;
    if groups > 1 {
        kernel = axis_to_axis(
            l,
            kernel,
            c.kernel_output_feature_dimension,
            c.kernel_input_feature_dimension,
            groups,
        )?;
    }
    let padding = (0..spatial).map(|i| {
        let window = dilated(kernel_type.dims[c.kernel_spatial_dimensions[i]], c.rhs_dilation[i]);
        let input = dilated(ty.dims[c.input_spatial_dimensions[i]], c.lhs_dilation[i]);
        let output = dilated(out.dims[c.output_spatial_dimensions[i]], c.window_strides[i]);
        padding_back(window, input, output, c.padding[i].0)
    });
    let transposed = Convolution {
        input_batch_dimension: c.output_batch_dimension,
        input_feature_dimension: c.output_feature_dimension,
        input_spatial_dimensions: c.output_spatial_dimensions.clone(),
        kernel_input_feature_dimension: c.kernel_output_feature_dimension,
        kernel_output_feature_dimension: c.kernel_input_feature_dimension,
        kernel_spatial_dimensions: c.kernel_spatial_dimensions.clone(),
        output_batch_dimension: c.input_batch_dimension,
        output_feature_dimension: c.input_feature_dimension,
        output_spatial_dimensions: c.input_spatial_dimensions.clone(),
        window_strides: c.lhs_dilation.clone(),
        padding: padding.collect(),
        lhs_dilation: c.window_strides.clone(),
        rhs_dilation: c.rhs_dilation.clone(),
        window_reversal: c.window_reversal.iter().map(|reversed| !reversed).collect(),
        feature_group_count: groups,
        batch_group_count: 1,
        precision: c.precision.clone(),
    };
    let part = convolve(l, transposed, cotangent, kernel)?;
    if c.batch_group_count > 1 {
        let (feature, batch) = (c.input_feature_dimension, c.input_batch_dimension);
        return axis_to_axis(l, part, feature, batch, c.batch_group_count);
    }
    Ok(part)
}

/// The input convolved with the cotangent as a kernel, batches summed as features are.
fn by_kernel(
    l: &mut Linearizer<'_>,
    c: &Convolution,
    ty: &TensorType,
    input: ValueId,
    cotangent: ValueId,
) -> Differentiated<ValueId> {
    let spatial = c.input_spatial_dimensions.len();
    let (input_type, out) = (l.ty(input), l.ty(cotangent));
    let (feature_group_count, batch_group_count) = match c.batch_group_count {
        1 => (1, c.feature_group_count),
        groups => (groups, 1),
    };
    let padding = (0..spatial).map(|i| {
        let window = dilated(ty.dims[c.kernel_spatial_dimensions[i]], c.rhs_dilation[i]);
        let input = dilated(input_type.dims[c.input_spatial_dimensions[i]], c.lhs_dilation[i]);
        let output = dilated(out.dims[c.output_spatial_dimensions[i]], c.window_strides[i]);
        let low = c.padding[i].0;
        (low, output - input + window - low - 1)
    });
    let transposed = Convolution {
        input_batch_dimension: c.input_feature_dimension,
        input_feature_dimension: c.input_batch_dimension,
        input_spatial_dimensions: c.input_spatial_dimensions.clone(),
        kernel_input_feature_dimension: c.output_batch_dimension,
        kernel_output_feature_dimension: c.output_feature_dimension,
        kernel_spatial_dimensions: c.output_spatial_dimensions.clone(),
        output_batch_dimension: c.kernel_input_feature_dimension,
        output_feature_dimension: c.kernel_output_feature_dimension,
        output_spatial_dimensions: c.kernel_spatial_dimensions.clone(),
        window_strides: c.rhs_dilation.clone(),
        padding: padding.collect(),
        lhs_dilation: c.lhs_dilation.clone(),
        rhs_dilation: c.window_strides.clone(),
        window_reversal: vec![false; spatial],
        feature_group_count,
        batch_group_count,
        precision: c.precision.clone(),
    };
    convolve(l, transposed, input, cotangent)
}

fn convolve(l: &mut Linearizer<'_>, c: Convolution, x: ValueId, kernel: ValueId) -> Differentiated<ValueId> {
    Ok(l.builder.inferred(OpKind::Convolution(Box::new(c)), &[x, kernel], Vec::new())?[0])
}

/// Takes the groups of an axis, which come first in it, to the front of another.
fn axis_to_axis(
    l: &mut Linearizer<'_>,
    x: ValueId,
    from: usize,
    to: usize,
    groups: usize,
) -> Differentiated<ValueId> {
    let ty = l.ty(x);
    let rank = ty.rank();
    // Apart: the groups stand before the axis that they come from.
    let mut apart: Vec<usize> = ty.dims.to_vec();
    apart[from] /= groups;
    apart.insert(from, groups);
    let split = l.builder.reshape(x, &apart)?;
    let place = |axis: usize| if axis < from { axis } else { axis + 1 };
    let mut permutation = Vec::with_capacity(rank + 1);
    for axis in 0..rank {
        if axis == to {
            permutation.push(from);
        }
        permutation.push(place(axis));
    }
    let turned = l.builder.transpose(split, &permutation)?;
    let mut joined: Vec<usize> = ty.dims.to_vec();
    joined[from] /= groups;
    joined[to] *= groups;
    Ok(l.builder.reshape(turned, &joined)?)
}
