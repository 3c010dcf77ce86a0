//! Products: `dot`, `dot_general`, `einsum`, `convolution`.

use super::*;
use crate::{Convolution, DotDimensions, Precision, RaggedDotDimensions};

/// The elements of a product: of the operands' kind, of any width; those of integers may be floats.
pub(super) fn check_element(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let result = one_result(results)?;
    for operand in operands.iter().take(2) {
        let Type::Tensor(x) = operand else { continue };
        let (a, b) = (x.element, result.element);
        let fits = same_element(x, result)
            || a.is_float() && b.is_float()
            || a.is_integer() && (b.is_integer() || b.is_float())
            || a.is_complex() && b.is_complex();
        ensure!(
            fits,
            "the operands' elements are {a} and the result's {b}; expected elements of one kind, or floats of integers"
        );
    }
    Ok(())
}

/// Whether elements of two operands are multiplied with each other: those of one kind, of any widths.
fn check_factors(a: &TensorType, b: &TensorType) -> Ruled<()> {
    let both = |kind: fn(ElementType) -> bool| kind(a.element) && kind(b.element);
    let fits = same_element(a, b)
        || both(ElementType::is_float)
        || both(ElementType::is_integer)
        || both(ElementType::is_complex);
    ensure!(fits, "the operands are {a} and {b}; expected the same elements, or others of one kind");
    Ok(())
}

/// A product's type where none is declared: the wider of the operands' types.
fn product_type<'t>(a: &'t TensorType, b: &'t TensorType) -> &'t TensorType {
    if b.element.bits() > a.element.bits() { b } else { a }
}

fn check_precision(precision: &[Precision]) -> Ruled<()> {
    ensure!(
        matches!(precision.len(), 0 | 2),
        "precision_config has {} entries; expected one for each operand",
        precision.len()
    );
    Ok(())
}

pub(super) fn dot(precision: &[Precision], operands: &[&Type]) -> Ruled<Inferred> {
    let [a, b] = tensors(operands)?;
    check_precision(precision)?;
    let ranks = (1..=2).contains(&a.rank()) && (1..=2).contains(&b.rank());
    check_factors(a, b)?;
    ensure!(
        ranks && same_size(a.dims[a.rank() - 1], b.dims[0]),
        "the operands are {a} and {b}; expected vectors or matrices, the last axis of the one as long as the first of \
         the other"
    );
    Ok(Inferred::Shape(
        product_type(a, b).with_dims(a.dims[..a.rank() - 1].iter().chain(&b.dims[1..]).copied()),
    ))
}

pub(super) fn dot_general(d: &DotDimensions, precision: &[Precision], operands: &[&Type]) -> Ruled<Inferred> {
    let [a, b] = tensors(operands)?;
    check_precision(precision)?;
    check_factors(a, b)?;
    let joined = |x: &[usize], y: &[usize]| -> Vec<usize> { x.iter().chain(y).copied().collect() };
    let (ours, theirs) =
        (joined(&d.lhs_batching, &d.lhs_contracting), joined(&d.rhs_batching, &d.rhs_contracting));
    check_axes("the batching and contracting axes of the left operand", &ours, a.rank())?;
    check_axes("the batching and contracting axes of the right operand", &theirs, b.rank())?;
    for (what, x, y) in [
        ("batching", &d.lhs_batching, &d.rhs_batching),
        ("contracting", &d.lhs_contracting, &d.rhs_contracting),
    ] {
        ensure!(
            x.len() == y.len(),
            "{} and {} {what} axes are given; expected as many on both sides",
            x.len(),
            y.len()
        );
        for (&i, &j) in x.iter().zip(y) {
            ensure!(
                same_size(a.dims[i], b.dims[j]),
                "{what} axis {i} of {a} meets axis {j} of {b}; expected one size"
            );
        }
    }
    let free = |t: &TensorType, used: &[usize]| -> Vec<usize> {
        (0..t.rank()).filter(|i| !used.contains(i)).map(|i| t.dims[i]).collect()
    };
    let batch = pick(&a.dims, &d.lhs_batching);
    let dims = batch.into_iter().chain(free(a, &ours)).chain(free(b, &theirs));
    Ok(Inferred::Shape(product_type(a, b).with_dims(dims)))
}

/// A product of which an axis is in groups, one after the other, as long as the third operand says: where it is the left
/// operand's own, each group has a right operand of its own; where it is contracted, each has a result of its own; where it
/// is batched, groups make no difference.
pub(super) fn ragged_dot(
    d: &RaggedDotDimensions,
    precision: &[Precision],
    operands: &[&Type],
) -> Ruled<Inferred> {
    let [a, b, sizes] = tensors(operands)?;
    let &[ragged] = &d.lhs_ragged[..] else {
        return problem(format!("lhs_ragged_dimensions is {:?}; expected one axis", d.lhs_ragged));
    };
    check_axis("lhs_ragged_dimensions", ragged, a.rank())?;
    check_axes("rhs_group_dimensions", &d.rhs_group, b.rank())?;
    let own = !d.dot.lhs_batching.contains(&ragged) && !d.dot.lhs_contracting.contains(&ragged);
    ensure!(
        d.rhs_group.len() == usize::from(own),
        "rhs_group_dimensions is {:?}; expected {}",
        d.rhs_group,
        if own { "one axis" } else { "none where the ragged axis is batched or contracted" }
    );
    ensure!(
        !d.rhs_group.iter().any(|g| d.dot.rhs_batching.contains(g) || d.dot.rhs_contracting.contains(g)),
        "rhs_group_dimensions {:?} is batched or contracted too; expected an axis of its own",
        d.rhs_group
    );
    let prefix = d.prefix(a.rank());
    let Some((&groups, given)) = sizes.dims.split_last() else {
        return problem(format!("the group sizes are {sizes}; expected at least one axis"));
    };
    ensure!(
        sizes.element.is_integer() && (given.is_empty() || same_dims(given, &pick(&a.dims, &prefix))),
        "the group sizes are {sizes}; expected integers for each group, for all or each index along axes {prefix:?} of {a}"
    );
    let whole = dot_general(&d.dot, precision, &operands[..2])?;
    let Inferred::Shape(whole) = whole else { return Ok(whole) };
    let mut dims = whole.dims.clone();
    if let &[group] = &d.rhs_group[..] {
        ensure!(
            same_size(b.dims[group], groups),
            "the right operand {b} has {} groups, but {groups} sizes are given; expected as many",
            b.dims[group]
        );
        dims.remove(d.group_in_product(a.rank(), b.rank()));
    } else if d.dot.lhs_contracting.contains(&ragged) {
        dims.insert(0, groups);
    }
    Ok(Inferred::Shape(whole.with_dims(dims)))
}

impl RaggedDotDimensions {
    /// The axes of the left operand along which group sizes may differ: the batched ones and, of those that are what the
    /// ragged one is (the operand's own, contracted), the ones before it.
    pub fn prefix(&self, lhs_rank: usize) -> Vec<usize> {
        let d = &self.dot;
        let Some(&ragged) = self.lhs_ragged.first() else { return Vec::new() };
        let before = |axes: &[usize]| -> Vec<usize> {
            axes.iter().copied().take_while(|&axis| axis != ragged).collect()
        };
        if d.lhs_batching.contains(&ragged) {
            return before(&d.lhs_batching);
        }
        let own: Vec<usize> = (0..lhs_rank)
            .filter(|axis| !d.lhs_batching.contains(axis) && !d.lhs_contracting.contains(axis))
            .collect();
        let alike = if d.lhs_contracting.contains(&ragged) { &d.lhs_contracting } else { &own };
        [d.lhs_batching.clone(), before(alike)].concat()
    }

    /// Where the axis of the groups, which is the right operand's own, is in the product without groups.
    ///
    /// # Panics
    /// Where there is no such axis.
    pub fn group_in_product(&self, lhs_rank: usize, rhs_rank: usize) -> usize {
        let d = &self.dot;
        let group = self.rhs_group[0];
        let own = |axis: &usize| !d.rhs_batching.contains(axis) && !d.rhs_contracting.contains(axis);
        let before = (0..rhs_rank).filter(own).take_while(|&axis| axis != group).count();
        lhs_rank - d.lhs_contracting.len() + before
    }
}

/// `ab,bc->ac`: one lower-case or upper-case letter for each axis.
pub(super) fn einsum(config: &str, operands: &[&Type], count: usize) -> Ruled<Inferred> {
    arity(operands, count)?;
    let all = all_tensors(operands)?;
    let config: String = config.chars().filter(|c| !c.is_whitespace()).collect();
    let Some((inputs, output)) = config.split_once("->") else {
        return problem(format!("the configuration is `{config}`; expected one such as `ab,bc->ac`"));
    };
    let inputs: Vec<&str> = inputs.split(',').collect();
    ensure!(inputs.len() == count, "`{config}` names {} operands; expected {count}", inputs.len());
    let mut sizes = [None; 128];
    for (labels, x) in inputs.iter().zip(&all) {
        ensure!(same_element(x, all[0]), "the operands are {} and {x}; expected the same elements", all[0]);
        ensure!(
            labels.len() == x.rank() && labels.bytes().all(|c| c.is_ascii_alphabetic()),
            "`{labels}` stands for {x}; expected a letter for each axis"
        );
        for (label, &of) in labels.bytes().zip(&x.dims) {
            let known = sizes[label as usize].get_or_insert(of);
            ensure!(
                same_size(*known, of),
                "axis `{}` is {known} and {of} long; expected one size",
                label as char
            );
            *known = (*known).min(of);
        }
    }
    let dims: Option<Dims> = output.bytes().map(|c| sizes.get(c as usize).copied().flatten()).collect();
    match dims {
        Some(dims) => Inferred::one(all[0].with_dims(dims)),
        None => problem(format!(
            "`{output}` names an axis that no operand has; expected the letters of `{config}`"
        )),
    }
}

/// The size of an axis after a window went over it.
pub(super) fn window_size(
    what: &str,
    base: usize,
    base_dilation: usize,
    (low, high): (i64, i64),
    window: usize,
    window_dilation: usize,
    stride: usize,
) -> Ruled<usize> {
    if base == DYNAMIC || window == DYNAMIC {
        return Ok(DYNAMIC);
    }
    let dilated = |n: usize, by: usize| if n == 0 { 0 } else { (n as i128 - 1) * by as i128 + 1 };
    for (part, distance) in [
        ("low padding", i128::from(low)),
        ("high padding", i128::from(high)),
        ("stride", stride as i128),
        ("dilation", base_dilation.max(window_dilation) as i128),
        ("dilated operand", dilated(base, base_dilation)),
        ("dilated window", dilated(window, window_dilation)),
    ] {
        check_distance(&format!("the {part} along {what}"), distance)?;
    }
    let padded = dilated(base, base_dilation) + i128::from(low) + i128::from(high);
    ensure!(padded >= 0, "{what} would have the size {padded} when padded; expected at least 0");
    let reach = dilated(window, window_dilation);
    if padded == 0 || reach > padded {
        return Ok(0);
    }
    size(what, (padded - reach) / stride as i128 + 1)
}

/// Whether a window's steps are steps at all.
pub(super) fn check_steps(what: &str, steps: &[usize]) -> Ruled<()> {
    ensure!(!steps.contains(&0), "{what} {steps:?} holds 0; expected at least 1 for each axis");
    Ok(())
}

pub(super) fn convolution(c: &Convolution, operands: &[&Type]) -> Ruled<Inferred> {
    let [x, kernel] = tensors(operands)?;
    shaped_convolution(c, x, kernel, false)
}

pub(super) fn dynamic_convolution(c: &Convolution, operands: &[&Type]) -> Ruled<Inferred> {
    let [x, kernel, padding] = tensors(operands)?;
    let spatial = c.input_spatial_dimensions.len();
    ensure!(
        padding.element.is_integer() && same_dims(&padding.dims, &[spatial, 2]),
        "the padding is {padding}; expected a pair of integers for each of {spatial} spatial axes"
    );
    shaped_convolution(c, x, kernel, true)
}

fn shaped_convolution(
    c: &Convolution,
    x: &TensorType,
    kernel: &TensorType,
    padded_later: bool,
) -> Ruled<Inferred> {
    let spatial = c.input_spatial_dimensions.len();
    ensure!(
        x.rank() == spatial + 2 && kernel.rank() == x.rank(),
        "the operands are {x} and {kernel} with {spatial} spatial axes; expected two axes more in each"
    );
    check_factors(x, kernel)?;
    let layouts = [
        ("input", [c.input_batch_dimension, c.input_feature_dimension], &c.input_spatial_dimensions),
        (
            "kernel",
            [c.kernel_input_feature_dimension, c.kernel_output_feature_dimension],
            &c.kernel_spatial_dimensions,
        ),
        ("output", [c.output_batch_dimension, c.output_feature_dimension], &c.output_spatial_dimensions),
    ];
    for (what, named, axes) in layouts {
        let all: Vec<usize> = named.into_iter().chain(axes.iter().copied()).collect();
        check_length(&format!("the {what}'s layout"), all.len(), x.rank())?;
        check_axes(&format!("the {what}'s layout"), &all, x.rank())?;
    }
    check_precision(&c.precision)?;
    for (what, steps) in [
        ("window_strides", &c.window_strides),
        ("lhs_dilation", &c.lhs_dilation),
        ("rhs_dilation", &c.rhs_dilation),
    ] {
        check_length(what, steps.len(), spatial)?;
        check_steps(what, steps)?;
    }
    check_length("padding", c.padding.len(), spatial)?;
    check_length("window_reversal", c.window_reversal.len(), spatial)?;

    let (batch, features) = (x.dims[c.input_batch_dimension], x.dims[c.input_feature_dimension]);
    let kernel_features = kernel.dims[c.kernel_input_feature_dimension];
    let outputs = kernel.dims[c.kernel_output_feature_dimension];
    let (groups, batches) = (c.feature_group_count, c.batch_group_count);
    ensure!(
        groups >= 1 && batches >= 1 && (groups == 1 || batches == 1),
        "feature_group_count is {groups} and batch_group_count {batches}; expected one of them to be 1"
    );
    let divides = |n: usize, by: usize| n == DYNAMIC || n.is_multiple_of(by);
    ensure!(
        divides(features, groups) && divides(outputs, groups),
        "{features} input and {outputs} output features are in {groups} groups; expected multiples of {groups}"
    );
    ensure!(
        divides(batch, batches) && divides(outputs, batches),
        "a batch of {batch} and {outputs} output features are in {batches} groups; expected multiples of {batches}"
    );
    ensure!(
        features == DYNAMIC || same_size(features / groups, kernel_features),
        "the kernel {kernel} takes {kernel_features} features; expected {}, those of {x} in {groups} groups",
        features / groups
    );
    let mut dims = Dims::from_elem(0, x.rank());
    dims[c.output_batch_dimension] = if batch == DYNAMIC { DYNAMIC } else { batch / batches };
    dims[c.output_feature_dimension] = outputs;
    for i in 0..spatial {
        dims[c.output_spatial_dimensions[i]] = if padded_later {
            DYNAMIC
        } else {
            window_size(
                &format!("spatial axis {i} of the result"),
                x.dims[c.input_spatial_dimensions[i]],
                c.lhs_dilation[i],
                c.padding[i],
                kernel.dims[c.kernel_spatial_dimensions[i]],
                c.rhs_dilation[i],
                c.window_strides[i],
            )?
        };
    }
    Ok(Inferred::Shape(product_type(x, kernel).with_dims(dims)))
}
