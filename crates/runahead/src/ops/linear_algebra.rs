//! Factorizations of matrices, and solves.

use runahead_ir::{Binary, ComparisonDirection, ElementType, OpKind, TriangularTranspose};

use super::axes::broadcast_dims;
use super::elementwise::{compare, record, same_element};
use super::{add, axes, creation, multiply, select, transpose};
use crate::{Lazy, Operand, Output, Result, TensorError, operation};

/// The matrices of the last two axes with zeros above a diagonal: the main one is 0, those above have positive numbers.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[1i32, 2, 3, 4], [2, 2], &runahead::device("cpu")?)?;
/// assert_eq!(ops::tril(&x, 0)?.to_vec::<i32>()?, [1, 0, 3, 4]);
/// assert_eq!(ops::triu(&x, 1)?.to_vec::<i32>()?, [0, 2, 0, 0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there are fewer than two axes, or elements have no zero.
pub fn tril<X: Operand>(x: X, diagonal: i64) -> Result<Output<X>> {
    operation("tril", x, diagonal, |x, &diagonal| triangle(&x, diagonal, ComparisonDirection::Le))
}

/// The matrices of the last two axes with zeros below a diagonal; see [`tril`].
///
/// # Errors
/// As for [`tril`].
pub fn triu<X: Operand>(x: X, diagonal: i64) -> Result<Output<X>> {
    operation("triu", x, diagonal, |x, &diagonal| triangle(&x, diagonal, ComparisonDirection::Ge))
}

/// The elements whose column less their row stands so to the number of the diagonal.
fn triangle(x: &Lazy, diagonal: i64, kept: ComparisonDirection) -> Result<Lazy> {
    let (_, rows, columns) = matrix(x)?;
    let zero =
        if x.element() == ElementType::Bool { Some(vec![0]) } else { Binary::Add.neutral(x.element()) };
    let Some(zero) = zero else {
        return Err(TensorError::invalid(format!(
            "elements are {}; expected a type that has a zero",
            x.element()
        )));
    };
    let dims = [rows, columns];
    let rows = add(creation::iota(&dims, ElementType::I64, 0)?, diagonal)?;
    let columns = creation::iota(&dims, ElementType::I64, 1)?;
    let mask = compare(kept, &columns, &rows)?;
    select(mask, x, creation::splat(&[], x.element(), &zero)?)
}

/// The lower triangular `l` with `l lᴴ` the matrix of the last two axes; the mean of the matrix and its adjoint is taken.
/// Where that is not positive definite, the elements are NaN.
///
/// ```
/// use runahead::{Tensor, ops};
/// let a = Tensor::from_slice(&[4f32, 2.0, 2.0, 5.0], [2, 2], &runahead::device("cpu")?)?;
/// assert_eq!(ops::cholesky(&a)?.to_vec::<f32>()?, [2.0, 0.0, 1.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the last two axes are no square matrix, or elements are no floats or complex numbers.
pub fn cholesky<X: Operand>(x: X) -> Result<Output<X>> {
    operation("cholesky", x, (), |x, ()| {
        square_matrix(&x)?;
        let factor = record(OpKind::Cholesky { lower: true }, &[&symmetric(&x)?])?;
        triangle(&factor, 0, ComparisonDirection::Le)
    })
}

/// The solution `x` of `a x = b`, where `a` is a triangular matrix in the last two axes: lower or upper, of which the other
/// triangle is not read. Axes before the last two are broadcast.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let a = Tensor::from_slice(&[2f32, 0.0, 1.0, 4.0], [2, 2], &device)?;
/// let b = Tensor::from_slice(&[2f32, 9.0], [2, 1], &device)?;
/// assert_eq!(ops::triangular_solve(&a, &b, true)?.to_vec::<f32>()?, [1.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the shapes do not fit, or elements are of several types or no floats or complex numbers.
pub fn triangular_solve<A: Operand, B: Operand>(a: A, b: B, lower: bool) -> Result<Output<(A, B)>> {
    operation("triangular_solve", (a, b), lower, |(a, b), &lower| {
        same_element(&a, &b)?;
        let (matrix, right) = fitting(&a, &b)?;
        let transpose_a = TriangularTranspose::NoTranspose;
        let kind = OpKind::TriangularSolve { left_side: true, lower, unit_diagonal: false, transpose_a };
        record(kind, &[&matrix, &right])
    })
}

/// The axes before the last two, and those.
pub(super) fn matrix(x: &Lazy) -> Result<(&[usize], usize, usize)> {
    match x.dims() {
        [batch @ .., rows, columns] => Ok((batch, *rows, *columns)),
        _ => Err(TensorError::invalid(format!("{} holds no matrices; expected two axes or more", x.ty()))),
    }
}

/// A square matrix and what stands to the right of its equation, with one batch.
pub(super) fn fitting(a: &Lazy, b: &Lazy) -> Result<(Lazy, Lazy)> {
    let size = square_matrix(a)?;
    let (b_batch, rows, _) = matrix(b)?;
    if rows != size {
        let message =
            format!("{} has another number of rows; expected {size} in its last but one axis", b.ty());
        return Err(TensorError::invalid(message));
    }
    let (a_batch, a_matrix) = a.dims().split_at(a.dims().len() - 2);
    let Some(batch) = broadcast_dims(a_batch, b_batch) else {
        let message = format!("batches {a_batch:?} and {b_batch:?} cannot be broadcast to one");
        return Err(TensorError::invalid(message));
    };
    let b_matrix = &b.dims()[b_batch.len()..];
    let matrix = axes::broadcast_to(a, &[&batch, a_matrix].concat())?;
    Ok((matrix, axes::broadcast_to(b, &[&batch, b_matrix].concat())?))
}

/// The mean of square matrices and their adjoints.
pub(super) fn symmetric(x: &Lazy) -> Result<Lazy> {
    let adjoint = transpose(x, -2, -1)?;
    let adjoint = if x.element().is_complex() { super::conj(adjoint)? } else { adjoint };
    multiply(add(x, adjoint)?, 0.5)
}

/// The size of the square matrices of the last two axes.
pub(super) fn square_matrix(x: &Lazy) -> Result<usize> {
    match *x.dims() {
        [.., rows, columns] if rows == columns => Ok(rows),
        _ => Err(TensorError::invalid(format!("{} holds no square matrices in its last two axes", x.ty()))),
    }
}
