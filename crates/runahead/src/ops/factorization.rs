//! Matrices as products of simpler ones, and what that solves.

use std::sync::Arc;

use runahead_ir::{
    Attribute, Attributes, CustomCall, ElementType, OpKind, TensorType, TriangularTranspose, Type,
};

use super::elementwise::{record, same_element};
use super::linear_algebra::{fitting, matrix, square_matrix, symmetric};
use super::{reshape, take_along};
use crate::{Lazy, Operand, Output, Result, TensorError, operation};

/// The singular value decomposition of the matrices of the last two axes: `u`, `s` and `vt` with `u diag(s) vt` the
/// matrix, where `s` descends and there are no more columns of `u` and rows of `vt` than the lesser side of the matrix.
/// Complex matrices have real `s`. Each pair of vectors is known but for its sign.
///
/// ```
/// use runahead::{Tensor, ops};
/// let a = Tensor::from_slice(&[0f32, 2.0, 3.0, 0.0], [2, 2], &runahead::device("cpu")?)?;
/// let (u, s, vt) = ops::svd(&a)?;
/// assert_eq!(s.to_vec::<f32>()?, [3.0, 2.0]);
/// assert_eq!(ops::matmul(ops::multiply(u, s)?, vt)?.to_vec::<f32>()?, [0.0, 2.0, 3.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there are fewer than two axes, or elements are not `f32`, `f64`, `c64` or `c128`.
pub fn svd<X: Operand>(x: X) -> Result<Output<X, (Lazy, Lazy, Lazy)>> {
    operation("svd", x, (), |x, ()| {
        let (letter, real) = lapack(&x)?;
        let (batch, rows, columns) = matrix(&x)?;
        let least = rows.min(columns);
        let ty = |element, last: &[usize]| TensorType::new(element, [batch, last].concat());
        let element = x.element();
        let results = [
            x.ty().clone(),
            ty(real, &[least]),
            ty(element, &[rows, least]),
            ty(element, &[least, columns]),
            ty(ElementType::I32, &[]),
        ];
        let mut found = call(&format!("lapack_{letter}gesdd_ffi"), &[("mode", 'S')], &x, results)?;
        let (vt, u, s) = (found.remove(3), found.remove(2), found.remove(1));
        Ok((u, s, vt))
    })
}

/// The eigenvalues of the symmetric, or complex Hermitian, matrices of the last two axes, which ascend and are real, and
/// the orthonormal eigenvectors as columns: `w` and `v` with `v diag(w) vᴴ` the matrix. The mean of the matrix and its
/// adjoint is taken. Each vector is known but for its sign.
///
/// ```
/// use runahead::{Tensor, ops};
/// let a = Tensor::from_slice(&[2f32, 1.0, 1.0, 2.0], [2, 2], &runahead::device("cpu")?)?;
/// let (w, v) = ops::eigh(&a)?;
/// assert!(w.to_vec::<f32>()?.iter().zip([1.0, 3.0]).all(|(w, expected)| (w - expected).abs() < 1e-6));
/// assert_eq!(v.dims(), [2, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the last two axes are no square matrix, or elements are not `f32`, `f64`, `c64` or `c128`.
pub fn eigh<X: Operand>(x: X) -> Result<Output<X, (Lazy, Lazy)>> {
    operation("eigh", x, (), |x, ()| {
        let (letter, real) = lapack(&x)?;
        let size = square_matrix(&x)?;
        let batch = &x.dims()[..x.dims().len() - 2];
        let ty = |element, last: &[usize]| TensorType::new(element, [batch, last].concat());
        let results = [x.ty().clone(), ty(real, &[size]), ty(ElementType::I32, &[])];
        let name = if x.element().is_complex() { "heevd" } else { "syevd" };
        let options = [("mode", 'V'), ("uplo", 'L')];
        let mut found = call(&format!("lapack_{letter}{name}_ffi"), &options, &symmetric(&x)?, results)?;
        let (values, vectors) = (found.remove(1), found.remove(0));
        Ok((values, vectors))
    })
}

/// The QR decomposition of the matrices of the last two axes: `q` with orthonormal columns and `r` upper triangular, whose
/// product is the matrix, with as many columns of `q` and rows of `r` as the lesser side of the matrix.
///
/// ```
/// use runahead::{Tensor, ops};
/// let a = Tensor::from_slice(&[3f32, 4.0], [2, 1], &runahead::device("cpu")?)?;
/// let (q, r) = ops::qr(&a)?;
/// assert_eq!((q.dims(), r.to_vec::<f32>()?), (&[2, 1][..], vec![-5.0]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there are fewer than two axes, or elements are not `f32`, `f64`, `c64` or `c128`.
pub fn qr<X: Operand>(x: X) -> Result<Output<X, (Lazy, Lazy)>> {
    operation("qr", x, (), |x, ()| {
        lapack(&x)?;
        let (batch, rows, columns) = matrix(&x)?;
        let least = rows.min(columns);
        let ty = |last: [usize; 2]| TensorType::new(x.element(), [batch, &last].concat());
        let mut found = call("runahead.qr", &[], &x, [ty([rows, least]), ty([least, columns])])?;
        let (r, q) = (found.remove(1), found.remove(0));
        Ok((q, r))
    })
}

/// The solution `x` of `a x = b` for the square matrices in the last two axes, by LU with pivots. Axes before the last two
/// are broadcast. Where `a` is singular, there are infinities and NaN.
///
/// ```
/// use runahead::{Tensor, ops};
/// let device = runahead::device("cpu")?;
/// let a = Tensor::from_slice(&[0f32, 2.0, 4.0, 0.0], [2, 2], &device)?;
/// let b = Tensor::from_slice(&[6f32, 4.0], [2, 1], &device)?;
/// assert_eq!(ops::solve(&a, &b)?.to_vec::<f32>()?, [1.0, 3.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the shapes do not fit, or elements are of several types or not `f32`, `f64`, `c64` or `c128`.
pub fn solve<A: Operand, B: Operand>(a: A, b: B) -> Result<Output<(A, B)>> {
    operation("solve", (a, b), (), |(a, b), ()| {
        same_element(&a, &b)?;
        lapack(&a)?;
        let (a, b) = fitting(&a, &b)?;
        let (batch, rows, _) = matrix(&a)?;
        let order = TensorType::new(ElementType::I32, [batch, &[rows]].concat());
        let mut found = call("runahead.lu", &[], &a, [a.ty().clone(), order])?;
        let (order, factors) = (found.remove(1), found.remove(0));
        let order = reshape(order, [batch, &[rows, 1]].concat())?;
        let order = super::broadcast(order, b.dims())?;
        let permuted = take_along(&b, order, -2)?;
        let triangle = |lower, b: &Lazy| {
            let transpose_a = TriangularTranspose::NoTranspose;
            let kind = OpKind::TriangularSolve { left_side: true, lower, unit_diagonal: lower, transpose_a };
            record(kind, &[&factors, b])
        };
        triangle(false, &triangle(true, &permuted)?)
    })
}

/// The letter by which LAPACK calls the elements, and the type of their real parts.
fn lapack(x: &Lazy) -> Result<(char, ElementType)> {
    match x.element() {
        ElementType::F32 => Ok(('s', ElementType::F32)),
        ElementType::F64 => Ok(('d', ElementType::F64)),
        ElementType::C64 => Ok(('c', ElementType::F32)),
        ElementType::C128 => Ok(('z', ElementType::F64)),
        other => Err(TensorError::invalid(format!("elements are {other}; expected f32, f64, c64 or c128"))),
    }
}

/// A `custom_call`, with options that are letters.
fn call<const N: usize>(
    target: &str,
    options: &[(&str, char)],
    x: &Lazy,
    results: [TensorType; N],
) -> Result<Vec<Lazy>> {
    let byte = |letter: char| Attribute::Integer(letter as i128, Type::Other("ui8".into()));
    let options = options.iter().map(|&(name, letter)| (Arc::from(name), byte(letter)));
    let call = CustomCall {
        target: target.into(),
        has_side_effect: false,
        backend_config: Some(Attribute::Dictionary(Attributes(options.collect()))),
        api_version: 4,
        called_computations: Vec::new(),
        output_operand_aliases: Vec::new(),
    };
    Lazy::record_all(OpKind::CustomCall(Box::new(call)), &[x], results)
}
