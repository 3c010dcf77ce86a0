//! Operations that make one element of many.

use runahead_ir::{Binary, Literal, OpKind, TensorType};

use super::elementwise::divide;
use super::{axes, reshape};
use crate::{Lazy, Operand, Output, Result, TensorError, Traced, operation};

/// Reduces axes by an operation that has a neutral value.
fn reduce(op: Binary, x: &Lazy, axes: &[usize], keep: bool) -> Result<Lazy> {
    let Some(neutral) = op.neutral(x.element()) else {
        return Err(TensorError::invalid(format!("elements are {}; expected numbers", x.element())));
    };
    let initial = Lazy::constant(Literal::new(TensorType::scalar(x.element()), neutral)?);
    let body = Traced::binary(op, x.element())?;
    let kind = OpKind::Reduce { dimensions: axes.to_vec() };
    let reduced = Lazy::record_with(kind, &[x, &initial], vec![body])?.remove(0);
    if !keep {
        return Ok(reduced);
    }
    let kept = x.dims().iter().enumerate().map(|(axis, &size)| if axes.contains(&axis) { 1 } else { size });
    reshape(reduced, kept.collect::<Vec<_>>())
}

macro_rules! reductions {
    ($($(#[$doc:meta])* $name:ident, $keep:ident = $op:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// No axes named are all of them.
        ///
        /// # Errors
        /// Where one is no axis or is named twice, or the operation is not defined on the elements.
        pub fn $name<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
            operation(stringify!($name), x, axes.as_ref().to_vec(), |x, named| {
                reduce(Binary::$op, &x, &axes::axes(&x, named)?, false)
            })
        }

        #[doc = concat!("As [`", stringify!($name), "`], with the axes kept, of size 1.")]
        ///
        /// # Errors
        #[doc = concat!("As for [`", stringify!($name), "`].")]
        pub fn $keep<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
            operation(stringify!($name), x, axes.as_ref().to_vec(), |x, named| {
                reduce(Binary::$op, &x, &axes::axes(&x, named)?, true)
            })
        }
    )*};
}

reductions! {
    /// The sum along axes.
    sum, sum_keep = Add;
    /// The product along axes.
    prod, prod_keep = Multiply;
    /// The greatest value along axes; NaN where there is one.
    max, max_keep = Maximum;
    /// The least value along axes; NaN where there is one.
    min, min_keep = Minimum;
    /// Whether all are true along axes.
    all, all_keep = And;
    /// Whether any is true along axes.
    any, any_keep = Or;
}

/// The mean along axes. No axes named are all of them.
///
/// # Errors
/// Where one is no axis or is named twice, or elements are no floats.
pub fn mean<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
    operation("mean", x, axes.as_ref().to_vec(), |x, named| {
        let count = mean_of(&x, named)?;
        divide(sum(&x, named)?, count)
    })
}

/// As [`mean`], with the axes kept, of size 1.
///
/// # Errors
/// As for [`mean`].
pub fn mean_keep<X: Operand>(x: X, axes: impl AsRef<[isize]>) -> Result<Output<X>> {
    operation("mean", x, axes.as_ref().to_vec(), |x, named| {
        let count = mean_of(&x, named)?;
        divide(sum_keep(&x, named)?, count)
    })
}

/// How many elements a mean is taken of.
fn mean_of(x: &Lazy, named: &[isize]) -> Result<f64> {
    if !x.element().is_float() && !x.element().is_complex() {
        let message = format!("elements are {}; cast them to a float", x.element());
        return Err(TensorError::invalid(message));
    }
    Ok(axes::axes(x, named)?.iter().map(|&axis| x.dims()[axis]).product::<usize>() as f64)
}
