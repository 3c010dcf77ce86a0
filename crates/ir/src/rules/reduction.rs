//! Operations that run a region over elements.

use super::contraction::{check_steps, window_size};
use super::*;
use crate::Window;

/// The scalars that a region combines two sets of, one for each input. The inputs' elements may be narrower.
pub(super) fn combiner(region: &Signature, inputs: &[&TensorType]) -> Ruled<Vec<TensorType>> {
    let count = inputs.len();
    ensure!(
        region.parameters.len() == 2 * count,
        "the region has {} parameters; expected {}, two for each input",
        region.parameters.len(),
        2 * count
    );
    ensure!(
        region.returns.len() == count,
        "the region returns {} values; expected {count}, one for each input",
        region.returns.len()
    );
    let mut scalars = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        let (a, b, r) = (&region.parameters[i], &region.parameters[count + i], &region.returns[i]);
        let (Type::Tensor(scalar), true) = (r, agrees(a, b, true) && agrees(a, r, true)) else {
            return problem(format!("the region makes {r} of {a} and {b}; expected scalars of one type"));
        };
        ensure!(
            scalar.rank() == 0 && promotes(input, scalar),
            "the region computes with {scalar} for {input}; expected scalars of its elements"
        );
        scalars.push(scalar.clone());
    }
    Ok(scalars)
}

/// Whether a reduction may compute with wider elements than those that it is given.
fn promotes(from: &TensorType, to: &TensorType) -> bool {
    let (a, b) = (from.element, to.element);
    same_element(from, to)
        || a.bits() <= b.bits()
            && (a.is_float() && b.is_float()
                || a.is_signed_integer() && b.is_signed_integer()
                || a.is_unsigned_integer() && b.is_unsigned_integer()
                || a.is_complex() && b.is_complex())
}

/// Inputs of one shape, then as many scalars that are their initial values.
fn inputs_and_initial<'t>(operands: &[&'t Type]) -> Ruled<(Vec<&'t TensorType>, Vec<&'t TensorType>)> {
    let count = operands.len() / 2;
    ensure!(
        count > 0 && operands.len() == 2 * count,
        "{} operands are given; expected as many initial values as inputs",
        operands.len()
    );
    let mut inputs = all_tensors(operands)?;
    let initial = inputs.split_off(count);
    for (input, initial) in inputs.iter().zip(&initial) {
        ensure!(
            same_dims(&input.dims, &inputs[0].dims),
            "the inputs are {} and {input}; expected one shape",
            inputs[0]
        );
        check_scalar("an initial value", initial)?;
        ensure!(
            promotes(input, initial) || promotes(initial, input),
            "the initial value of {input} is {initial}; expected the same elements"
        );
    }
    Ok((inputs, initial))
}

fn reduced(inputs: &[&TensorType], scalars: Vec<TensorType>, dims: &[usize]) -> Inferred {
    debug_assert_eq!(inputs.len(), scalars.len());
    Inferred::Types(scalars.into_iter().map(|s| s.with_dims(dims.iter().copied()).into()).collect())
}

pub(super) fn reduce(dimensions: &[usize], operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    let (inputs, _) = inputs_and_initial(operands)?;
    check_axes("dimensions", dimensions, inputs[0].rank())?;
    let scalars = combiner(region, &inputs)?;
    let kept = inputs[0].dims.iter().enumerate().filter(|(i, _)| !dimensions.contains(i));
    let dims: Dims = kept.map(|(_, &d)| d).collect();
    Ok(reduced(&inputs, scalars, &dims))
}

/// The shape of what a window leaves of a shape.
fn windowed(window: &Window, x: &TensorType) -> Ruled<Dims> {
    for (what, list) in [
        ("window_dimensions", &window.dimensions),
        ("window_strides", &window.strides),
        ("base_dilations", &window.base_dilations),
        ("window_dilations", &window.window_dilations),
    ] {
        check_length(what, list.len(), x.rank())?;
        check_steps(what, list)?;
    }
    check_length("padding", window.padding.len(), x.rank())?;
    (0..x.rank())
        .map(|i| {
            window_size(
                &format!("axis {i} of the result"),
                x.dims[i],
                window.base_dilations[i],
                window.padding[i],
                window.dimensions[i],
                window.window_dilations[i],
                window.strides[i],
            )
        })
        .collect()
}

pub(super) fn reduce_window(window: &Window, operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    let (inputs, _) = inputs_and_initial(operands)?;
    let dims = windowed(window, inputs[0])?;
    let scalars = combiner(region, &inputs)?;
    Ok(reduced(&inputs, scalars, &dims))
}

pub(super) fn select_and_scatter(
    window: &Window,
    operands: &[&Type],
    regions: &[Signature],
) -> Ruled<Inferred> {
    let [x, source, initial] = tensors(operands)?;
    let dims = windowed(window, x)?;
    ensure!(
        same_dims(&dims, &source.dims) && same_element(x, source),
        "the source is {source}; expected {}",
        x.with_dims(dims.iter().copied())
    );
    check_scalar("the initial value", initial)?;
    ensure!(same_element(initial, x), "the initial value is {initial} for {x}; expected the same elements");
    let [select, scatter] = regions else { return problem("expected two regions: select and scatter") };
    let scalar = Type::Tensor(x.with_dims([]));
    let predicate = Type::Tensor(TensorType::scalar(ElementType::Bool));
    let takes_two =
        select.parameters.len() == 2 && select.parameters.iter().all(|p| agrees(&scalar, p, true));
    ensure!(
        takes_two && select.returns == [predicate],
        "the region that selects does not compare two elements; expected (%a: {scalar}, %b: {scalar}) and a result \
         of type tensor<i1>"
    );
    let scalars = combiner(scatter, &[x])?;
    Ok(reduced(&[x], scalars, &x.dims))
}

pub(super) fn map(dimensions: &[usize], operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    let inputs = all_tensors(operands)?;
    let Some(first) = inputs.first() else {
        return problem("there are no operands; expected at least 1");
    };
    for input in &inputs {
        ensure!(
            same_dims(&input.dims, &first.dims),
            "the operands are {first} and {input}; expected one shape"
        );
    }
    ensure!(
        dimensions.iter().copied().eq(0..first.rank()),
        "dimensions is {dimensions:?}; expected all {} axes in order",
        first.rank()
    );
    let fits = region.parameters.len() == inputs.len()
        && inputs
            .iter()
            .zip(&region.parameters)
            .all(|(x, p)| agrees(&Type::Tensor(x.with_dims([])), p, true));
    ensure!(fits, "the region's parameters do not fit; expected a scalar for each operand");
    match &region.returns[..] {
        [Type::Tensor(scalar)] if scalar.rank() == 0 => {
            Inferred::one(scalar.with_dims(first.dims.iter().copied()))
        }
        _ => problem("the region does not return one scalar; expected that"),
    }
}

pub(super) fn sort(dimension: usize, operands: &[&Type], region: &Signature) -> Ruled<Inferred> {
    let inputs = all_tensors(operands)?;
    let Some(first) = inputs.first() else {
        return problem("there are no operands; expected at least 1");
    };
    check_axis("dimension", dimension, first.rank())?;
    for input in &inputs {
        ensure!(
            same_dims(&input.dims, &first.dims),
            "the operands are {first} and {input}; expected one shape"
        );
    }
    let expected = inputs.iter().flat_map(|x| [x, x]).map(|x| Type::Tensor(x.with_dims([])));
    let fits = region.parameters.len() == 2 * inputs.len()
        && expected.zip(&region.parameters).all(|(e, p)| agrees(&e, p, true));
    ensure!(
        fits,
        "the comparator's parameters do not fit; expected two scalars for each operand, side by side"
    );
    ensure!(
        region.returns == [Type::Tensor(TensorType::scalar(ElementType::Bool))],
        "the comparator does not return one tensor<i1>; expected that"
    );
    Ok(Inferred::Types(operands.iter().map(|&t| t.clone()).collect()))
}

pub(super) fn top_k(k: usize, operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    let Some((&last, rest)) = x.dims.split_last() else {
        return problem(format!("the operand is {x}; expected at least one axis"));
    };
    ensure!(k <= last, "k is {k} for {x}; expected at most {last}");
    ensure!(!x.element.is_complex(), "the operand is {x}; expected elements that have an order");
    let values = x.with_dims(rest.iter().copied().chain([k]));
    let indices = TensorType::new(ElementType::I32, values.dims.iter().copied());
    Ok(Inferred::Types(vec![values.into(), indices.into()]))
}

/// `counts` are those of the inputs and the outputs.
pub(super) fn scan(
    dimension: usize,
    counts: [usize; 2],
    given: Option<usize>,
    operands: &[&Type],
    region: &Signature,
) -> Ruled<Inferred> {
    let [inputs, outputs] = counts;
    let all = all_tensors(operands)?;
    ensure!(
        inputs <= all.len(),
        "{inputs} inputs are announced, but {} operands are given; expected as many at least",
        all.len()
    );
    let (inputs, carried) = all.split_at(inputs);
    ensure!(!inputs.is_empty() || outputs > 0, "there are neither inputs nor outputs; expected some");
    let mut length = given;
    let mut elements = Vec::new();
    for input in inputs {
        check_axis("dimension", dimension, input.rank())?;
        let size = input.dims[dimension];
        ensure!(
            length.is_none_or(|length| same_size(length, size)),
            "the input {input} is {size} long along axis {dimension}; expected {} as said or as the others are",
            length.unwrap_or(size)
        );
        length = Some(length.map_or(size, |length| length.min(size)));
        let mut dims = input.dims.clone();
        dims.remove(dimension);
        elements.push(Type::Tensor(TensorType { dims, ..(*input).clone() }));
    }
    let Some(length) = length else {
        return problem(
            "there are no inputs and no scan_dim_size; expected one of them to say how long the axis is",
        );
    };
    let carried: Vec<Type> = carried.iter().map(|&t| t.clone().into()).collect();
    let takes: Vec<&Type> = elements.iter().chain(&carried).collect();
    let fits = |given: &[Type], expected: &[&Type]| {
        given.len() == expected.len() && given.iter().zip(expected).all(|(g, e)| agrees(e, g, false))
    };
    ensure!(
        fits(&region.parameters, &takes),
        "the region takes {}; expected {}: an element of each input, and what is carried",
        list(&region.parameters),
        list(takes.iter().copied())
    );
    let returned = region.returns.split_at_checked(outputs);
    let Some((returned, next)) = returned.filter(|(_, n)| fits(n, &carried.iter().collect::<Vec<_>>()))
    else {
        return problem(format!(
            "the region returns {}; expected {outputs} elements of outputs, and {}",
            list(&region.returns),
            list(&carried)
        ));
    };
    let mut results = Vec::new();
    for output in returned {
        let Type::Tensor(element) = output else {
            return problem(format!("the region returns {output}; expected a tensor"));
        };
        ensure!(
            dimension <= element.rank(),
            "dimension is {dimension} for outputs of {element}; expected at most {}",
            element.rank()
        );
        let mut dims = element.dims.clone();
        dims.insert(dimension, length);
        results.push(TensorType { dims, ..element.clone() }.into());
    }
    results.extend(next.iter().cloned());
    Ok(Inferred::Types(results))
}
