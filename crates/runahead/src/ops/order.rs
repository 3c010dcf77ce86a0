//! Operations by the order of elements.

use runahead_ir::{Binary, ComparisonDirection, ComparisonType, ElementType, OpKind, TensorType, Window};

use super::elementwise::{compare, record};
use super::{axes, creation, narrow};
use crate::{Lazy, Operand, Output, Result, TensorError, Traced, operation};

/// The index of the greatest element along an axis, as `i64`: of the first one, or of the first NaN.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[1f32, 5.0, 5.0, 2.0, 0.0, 1.0], [2, 3], &runahead::device("cpu")?)?;
/// assert_eq!(ops::argmax(&x, 1)?.to_vec::<i64>()?, [1, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such axis, it is empty, or elements have no order.
pub fn argmax<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("argmax", x, axis, |x, &axis| extreme(&x, axis, ComparisonDirection::Gt))
}

/// The index of the least element along an axis, as `i64`: of the first one, or of the first NaN.
///
/// # Errors
/// As for [`argmax`].
pub fn argmin<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("argmin", x, axis, |x, &axis| extreme(&x, axis, ComparisonDirection::Lt))
}

fn extreme(x: &Lazy, axis: isize, better: ComparisonDirection) -> Result<Lazy> {
    let axis = axes::axis(x, axis)?;
    if x.dims()[axis] == 0 {
        return Err(TensorError::invalid(format!("axis {axis} of {} is empty; expected elements", x.ty())));
    }
    let op = if better == ComparisonDirection::Gt { Binary::Maximum } else { Binary::Minimum };
    let Some(worst) = op.neutral(x.element()) else {
        return Err(TensorError::invalid(format!(
            "elements are {}; expected a type that has an order",
            x.element()
        )));
    };
    let indices = creation::iota(x.dims(), ElementType::I64, axis)?;
    let (value, index) = (TensorType::scalar(x.element()), TensorType::scalar(ElementType::I64));
    let initial = [
        creation::splat(&[], x.element(), &worst)?,
        creation::splat(&[], ElementType::I64, &i64::MAX.to_le_bytes())?,
    ];
    let body = Traced::new([value.clone(), index.clone(), value, index], |p| {
        let [a, i, b, j] = p else { unreachable!("there are four parameters") };
        // A NaN is better than all that is none; of equals, the first is taken.
        let is_nan = |x: &Lazy| compare(ComparisonDirection::Ne, x, x);
        let better_a = super::or(compare(better, a, b)?, is_nan(a)?)?;
        let equal = super::or(compare(ComparisonDirection::Eq, a, b)?, super::and(is_nan(a)?, is_nan(b)?)?)?;
        let first = super::and(&equal, compare(ComparisonDirection::Lt, i, j)?)?;
        let b_is_nan_alone = super::and(is_nan(b)?, super::not(is_nan(a)?)?)?;
        let take_a = super::and(super::select(equal, first, better_a)?, super::not(b_is_nan_alone)?)?;
        Ok(vec![super::select(&take_a, a, b)?, super::select(&take_a, i, j)?])
    })?;
    let kind = OpKind::Reduce { dimensions: vec![axis] };
    let operands = [x, &indices, &initial[0], &initial[1]];
    Ok(Lazy::record_with(kind, &operands, vec![body])?.remove(1))
}

/// The elements along an axis in ascending order, and where each was: its index as `i64`. Equal elements keep their
/// order; NaN come last.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[3f32, 1.0, 2.0], [3], &runahead::device("cpu")?)?;
/// let (sorted, places) = ops::sort(&x, 0, false)?;
/// assert_eq!(sorted.to_vec::<f32>()?, [1.0, 2.0, 3.0]);
/// assert_eq!(places.to_vec::<i64>()?, [1, 2, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such axis, or elements have no order.
pub fn sort<X: Operand>(x: X, axis: isize, descending: bool) -> Result<Output<X, (Lazy, Lazy)>> {
    operation("sort", x, (axis, descending), |x, &(axis, descending)| {
        let dimension = axes::axis(&x, axis)?;
        if x.element().is_complex() {
            return Err(TensorError::invalid(format!(
                "elements are {}; expected a type that has an order",
                x.element()
            )));
        }
        let indices = creation::iota(x.dims(), ElementType::I64, dimension)?;
        let (value, index) = (TensorType::scalar(x.element()), TensorType::scalar(ElementType::I64));
        let body = Traced::new([value.clone(), value, index.clone(), index], |p| {
            let direction = if descending { ComparisonDirection::Gt } else { ComparisonDirection::Lt };
            let order = if x.element().is_float() {
                ComparisonType::TotalOrder
            } else {
                runahead_ir::default_comparison_type(x.element())
            };
            let kind = OpKind::Compare { direction, compare_type: Some(order) };
            Ok(vec![record(kind, &[&p[0], &p[1]])?])
        })?;
        let kind = OpKind::Sort { dimension, is_stable: true };
        let mut sorted = Lazy::record_with(kind, &[&x, &indices], vec![body])?;
        let places = sorted.remove(1);
        Ok((sorted.remove(0), places))
    })
}

/// The `k` greatest elements along an axis in descending order, and their indices as `i64`.
///
/// # Errors
/// Where there is no such axis, it has fewer elements, or elements have no order.
pub fn top_k<X: Operand>(x: X, k: usize, axis: isize) -> Result<Output<X, (Lazy, Lazy)>> {
    operation("top_k", x, (k, axis), |x, &(k, axis)| {
        let at = axes::axis(&x, axis)?;
        if x.dims()[at] < k {
            let message = format!("axis {at} has {} elements; expected {k} or more", x.dims()[at]);
            return Err(TensorError::invalid(message));
        }
        let (sorted, places) = sort(&x, axis, true)?;
        Ok((narrow(sorted, axis, 0, k)?, narrow(places, axis, 0, k)?))
    })
}

/// The sums of each element along an axis and all before it.
///
/// # Errors
/// Where there is no such axis, or elements are no numbers.
pub fn cumsum<X: Operand>(x: X, axis: isize) -> Result<Output<X>> {
    operation("cumsum", x, axis, |x, &axis| {
        let axis = axes::axis(&x, axis)?;
        let (rank, size) = (x.dims().len(), x.dims()[axis]);
        if size == 0 {
            return Ok(x);
        }
        let Some(zero) = Binary::Add.neutral(x.element()) else {
            return Err(TensorError::invalid(format!("elements are {}; expected numbers", x.element())));
        };
        let along = |size: usize, others: usize| -> Vec<usize> {
            (0..rank).map(|i| if i == axis { size } else { others }).collect()
        };
        let window = Window {
            dimensions: along(size, 1),
            strides: vec![1; rank],
            base_dilations: vec![1; rank],
            window_dilations: vec![1; rank],
            padding: (0..rank).map(|i| if i == axis { (size as i64 - 1, 0) } else { (0, 0) }).collect(),
        };
        let initial = creation::splat(&[], x.element(), &zero)?;
        let body = Traced::binary(Binary::Add, x.element())?;
        let kind = OpKind::ReduceWindow(Box::new(window));
        Ok(Lazy::record_with(kind, &[&x, &initial], vec![body])?.remove(0))
    })
}
