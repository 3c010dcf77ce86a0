//! Operations that rearrange elements or make them up.

use super::*;

pub(super) fn broadcast(sizes: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    Inferred::one(x.with_dims(sizes.iter().chain(&x.dims).copied()))
}

pub(super) fn transpose(permutation: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    check_length("the permutation", permutation.len(), x.rank())?;
    check_axes("the permutation", permutation, x.rank())?;
    let mut result = x.with_dims(pick(&x.dims, permutation));
    result.quantization = moved_quantization(x, |axis| permutation.iter().position(|&p| p == axis));
    Inferred::one(result)
}

/// A tensor's quantization after its axes moved: the axis of its scales moves along.
fn moved_quantization(
    x: &TensorType,
    place: impl Fn(usize) -> Option<usize>,
) -> Option<std::sync::Arc<crate::Quantization>> {
    x.quantization.as_ref().map(|q| match q.axis {
        Some(axis) => crate::Quantization { axis: place(axis).or(q.axis), ..(**q).clone() }.into(),
        None => std::sync::Arc::clone(q),
    })
}

pub(super) fn reverse(dimensions: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    check_axes("dimensions", dimensions, x.rank())?;
    Inferred::one(x.clone())
}

pub(super) fn concatenate(dimension: usize, operands: &[&Type]) -> Ruled<Inferred> {
    let all = all_tensors(operands)?;
    let Some((first, rest)) = all.split_first() else {
        return problem("there are no operands; expected at least 1");
    };
    check_axis("dimension", dimension, first.rank())?;
    let mut dims = first.dims.clone();
    for other in rest {
        let fits = other.rank() == first.rank()
            && other.element == first.element
            && (0..dims.len()).all(|i| i == dimension || same_size(dims[i], other.dims[i]));
        ensure!(
            fits,
            "the operands are {first} and {other}; expected the same elements and the same sizes but along axis \
             {dimension}"
        );
        for (i, d) in dims.iter_mut().enumerate() {
            *d = match (i == dimension, *d, other.dims[i]) {
                (true, DYNAMIC, _) | (true, _, DYNAMIC) => DYNAMIC,
                (true, a, b) => size("the result", a as i128 + b as i128)?,
                (false, a, b) => a.min(b),
            };
        }
    }
    Inferred::one(first.with_dims(dims))
}

pub(super) fn slice(
    start: &[usize],
    limit: &[usize],
    strides: &[usize],
    operands: &[&Type],
) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    for (what, list) in [("start_indices", start), ("limit_indices", limit), ("strides", strides)] {
        check_length(what, list.len(), x.rank())?;
    }
    let mut dims = Dims::new();
    for i in 0..x.rank() {
        let (from, to, stride, size) = (start[i], limit[i], strides[i], x.dims[i]);
        ensure!(
            from <= to && (to <= size || size == DYNAMIC) && to <= isize::MAX as usize,
            "axis {i} of {x} is cut from {from} to {to}; expected 0 <= start <= limit <= size"
        );
        ensure!(stride >= 1, "the stride of axis {i} is 0; expected at least 1");
        dims.push((to - from).div_ceil(stride));
    }
    Inferred::one(x.with_dims(dims))
}

pub(super) fn pad(low: &[i64], high: &[i64], interior: &[i64], operands: &[&Type]) -> Ruled<Inferred> {
    let [x, value] = tensors(operands)?;
    check_scalar("the padding value", value)?;
    ensure!(value.element == x.element, "the padding value is {value} for {x}; expected the same elements");
    let lists = [("edge_padding_low", low), ("edge_padding_high", high), ("interior_padding", interior)];
    for (what, list) in lists {
        check_length(what, list.len(), x.rank())?;
    }
    let mut dims = Dims::new();
    for i in 0..x.rank() {
        ensure!(interior[i] >= 0, "the interior padding of axis {i} is {}; expected at least 0", interior[i]);
        if x.dims[i] == DYNAMIC {
            dims.push(DYNAMIC);
            continue;
        }
        for (what, distance) in [("low", low[i]), ("high", high[i]), ("interior", interior[i])] {
            check_distance(&format!("the {what} padding of axis {i}"), distance.into())?;
        }
        let inner = x.dims[i] as i128 + (x.dims[i] as i128 - 1).max(0) * i128::from(interior[i]);
        check_distance(&format!("the length of axis {i} with its interior padding"), inner)?;
        dims.push(size(
            &format!("axis {i} of the result"),
            inner + i128::from(low[i]) + i128::from(high[i]),
        )?);
    }
    Inferred::one(x.with_dims(dims))
}

pub(super) fn get_dimension_size(dimension: usize, operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    check_axis("dimension", dimension, x.rank())?;
    Inferred::one(TensorType::scalar(ElementType::I32))
}

pub(super) fn check_set_dimension_size(dimension: usize, operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let ([x, size], result) = (tensors(operands)?, one_result(results)?);
    check_scalar("the size", size)?;
    ensure!(size.element == ElementType::I32, "the size is {size}; expected tensor<i32>");
    check_axis("dimension", dimension, x.rank())?;
    let fits = x.element == result.element
        && x.rank() == result.rank()
        && (0..x.rank()).all(|i| i == dimension || same_size(x.dims[i], result.dims[i]));
    ensure!(
        fits,
        "the operand is {x} and the result {result}; expected them to differ along axis {dimension} only"
    );
    // A size that is fixed cannot be more than there is.
    let (from, to) = (x.dims[dimension], result.dims[dimension]);
    ensure!(
        to == DYNAMIC || to <= from,
        "axis {dimension} grows from {from} to {to}; expected at most {from}"
    );
    Ok(())
}

pub(super) fn check_same_element(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let (x, result) = (tensor(operands, 0)?, one_result(results)?);
    ensure!(
        same_element(x, result),
        "the operand is {x} and the result {result}; expected the same elements"
    );
    Ok(())
}

pub(super) fn check_reshape(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let ([x], result) = (tensors(operands)?, one_result(results)?);
    ensure!(
        x.element == result.element,
        "the operand is {x} and the result {result}; expected the same elements"
    );
    if x.is_static() && result.is_static() {
        let (from, to) = (x.element_count(), result.element_count());
        ensure!(
            from.is_some() && from == to,
            "the operand is {x} and the result {result}; expected as many elements in both"
        );
    }
    Ok(())
}

pub(super) fn check_dynamic_reshape(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    arity(operands, 2)?;
    check_shape_operand(operands, 1, results)?;
    check_reshape(&operands[..1], results)
}

/// The operand that holds the shape of the result: integers, one for each axis.
pub(super) fn check_shape_operand(operands: &[&Type], index: usize, results: &[&Type]) -> Ruled<()> {
    // Shapes may be tensors of `index`, which no other operation computes with.
    if let Some(Type::Other(_)) = operands.get(index) {
        return Ok(());
    }
    let (shape, result) = (tensor(operands, index)?, one_result(results)?);
    ensure!(
        shape.element.is_integer() && shape.rank() == 1 && same_size(shape.dims[0], result.rank()),
        "the shape is {shape} for a result of type {result}; expected {} integers in a tensor of rank 1",
        result.rank()
    );
    Ok(())
}

/// `real_dynamic_slice` and `dynamic_pad`: `count` operands from `first` on hold an integer for each axis.
pub(super) fn check_per_axis(operands: &[&Type], results: &[&Type], first: usize, count: usize) -> Ruled<()> {
    arity(operands, first + count)?;
    let (x, result) = (tensor(operands, 0)?, one_result(results)?);
    ensure!(
        x.element == result.element && x.rank() == result.rank(),
        "the operand is {x} and the result {result}; expected the same elements and rank"
    );
    if first == 2 {
        let value = tensor(operands, 1)?;
        check_scalar("the padding value", value)?;
        ensure!(
            value.element == x.element,
            "the padding value is {value} for {x}; expected the same elements"
        );
    }
    (first..first + count).try_for_each(|i| check_shape_operand(operands, i, results))
}

pub(super) fn check_iota(dimension: usize, results: &[&Type]) -> Ruled<()> {
    let result = one_result(results)?;
    check_axis("iota_dimension", dimension, result.rank())?;
    ensure!(result.element != ElementType::Bool, "the result is {result}; expected numbers");
    Ok(())
}

pub(super) fn check_broadcast_in_dim(
    dimensions: &[usize],
    operands: &[&Type],
    results: &[&Type],
) -> Ruled<()> {
    let (x, result) = (tensor(operands, 0)?, one_result(results)?);
    ensure!(
        x.element == result.element,
        "the operand is {x} and the result {result}; expected the same elements"
    );
    check_length("broadcast_dimensions", dimensions.len(), x.rank())?;
    check_axes("broadcast_dimensions", dimensions, result.rank())?;
    for (i, &to) in dimensions.iter().enumerate() {
        ensure!(
            x.dims[i] == 1 || same_size(x.dims[i], result.dims[to]),
            "axis {i} of {x} becomes axis {to} of {result}; expected a size of 1 or the same size"
        );
    }
    Ok(())
}
