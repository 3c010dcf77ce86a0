//! `scan` as a loop that takes a slice of each input and writes one of each output.

use runahead_ir::{Binary, ComparisonDirection, ElementType, Op, OpKind, TensorType, ValueId};

use super::writer::{Writer, Written};

/// Writes the loop; gives the outputs, then what is carried last.
pub(super) fn written_out<'m>(
    w: &mut Writer<'m>,
    op: &'m Op,
    operands: &[ValueId],
    declared: &[TensorType],
) -> Written<Vec<ValueId>> {
    let &OpKind::Scan { dimension, inputs, outputs, is_reverse, scan_dim_size, .. } = &op.kind else {
        return Err(w.error("is no scan"));
    };
    let (inputs, carried) = operands.split_at(inputs);
    let length = match inputs.first() {
        Some(&input) => w.ty(input).dims[dimension],
        None => scan_dim_size.unwrap_or(0),
    };
    let mut first = vec![integer(w, 0)?];
    for ty in &declared[..outputs] {
        let dims =
            ty.dims.iter().enumerate().map(|(axis, &size)| if axis == dimension { length } else { size });
        let ty = ty.with_dims(dims);
        if !ty.is_static() {
            return Err(w.error(format!("has an output of unknown shape, {ty}")));
        }
        first.push(w.splat(ty, 0.0)?);
    }
    first.extend(carried);
    if length == 0 {
        return Ok(first[1..].to_vec());
    }
    let types: Vec<TensorType> = first.iter().map(|&value| w.ty(value).clone()).collect();

    let condition = w.written_region(&types, |w, values| {
        let end = integer(w, length)?;
        let kind = OpKind::Compare { direction: ComparisonDirection::Lt, compare_type: None };
        Ok(vec![w.one(kind, &[values[0], end], TensorType::scalar(ElementType::Bool))])
    })?;
    let body = w.written_region(&types, |w, values| {
        let mut at = values[0];
        if is_reverse {
            let last = integer(w, length - 1)?;
            at = w.binary(Binary::Subtract, last, at);
        }
        let mut arguments = Vec::new();
        for &input in inputs {
            let mut sizes = w.ty(input).dims.to_vec();
            sizes[dimension] = 1;
            let ty = w.ty(input).with_dims(sizes.iter().copied());
            let operands = indexed(w, vec![input], at, dimension)?;
            let slice = w.one(OpKind::DynamicSlice { sizes: sizes.clone() }, &operands, ty);
            sizes.remove(dimension);
            arguments.push(w.reshape(slice, &sizes));
        }
        arguments.extend(&values[1 + outputs..]);
        let returns = w.inlined(&op.regions[0], arguments)?;
        let one = integer(w, 1)?;
        let mut next = vec![w.binary(Binary::Add, values[0], one)];
        for (&output, &element) in values[1..=outputs].iter().zip(&returns) {
            let mut sizes = w.ty(element).dims.to_vec();
            sizes.insert(dimension, 1);
            let slice = w.reshape(element, &sizes);
            let operands = indexed(w, vec![output, slice], at, dimension)?;
            let ty = w.ty(output).clone();
            next.push(w.one(OpKind::DynamicUpdateSlice, &operands, ty));
        }
        next.extend(&returns[outputs..]);
        Ok(next)
    })?;
    Ok(w.emit(OpKind::While, &first, types, vec![condition, body]).split_off(1))
}

fn integer(w: &mut Writer<'_>, value: usize) -> Written<ValueId> {
    w.splat(TensorType::scalar(ElementType::I64), value as f64)
}

/// The operands with start indices behind them: `at` along an axis of the first, zero along the others.
fn indexed(
    w: &mut Writer<'_>,
    mut operands: Vec<ValueId>,
    at: ValueId,
    axis: usize,
) -> Written<Vec<ValueId>> {
    let zero = integer(w, 0)?;
    let rank = w.ty(operands[0]).rank();
    operands.extend((0..rank).map(|i| if i == axis { at } else { zero }));
    Ok(operands)
}
