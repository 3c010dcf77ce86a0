//! Eigenvalues and singular values, by `faer`, and Schur forms.

use faer::{Mat, Side};
use num_complex::Complex;

use crate::factor::inverse;
use crate::matrix::{Matrix, Number};
use crate::schur::{self, SchurForm};

/// Complex eigenvalues, and the matrix whose columns are their eigenvectors.
pub type Eigen = (Vec<Complex<f64>>, Matrix<Complex<f64>>);

/// The numbers that spectra are computed of. There is none where a number is not finite, or the method does not converge.
pub trait Spectral: Number {
    /// The eigenvalues of a Hermitian matrix, ascending, and its eigenvectors as columns; only one triangle is read.
    fn self_adjoint(a: &Matrix<Self>, lower: bool) -> Option<(Vec<f64>, Matrix<Self>)>;
    /// Left singular vectors as columns, singular values, descending, and right singular vectors as rows; all of them or
    /// as many as there are values.
    fn singular(a: &Matrix<Self>, full: bool) -> Option<(Matrix<Self>, Vec<f64>, Matrix<Self>)>;
    /// The eigenvalues and eigenvectors of any square matrix.
    fn general(a: &Matrix<Self>) -> Option<Eigen>;
    /// The Schur form of a square matrix.
    fn schur(a: &Matrix<Self>) -> Option<SchurForm<Self>>;
}

fn finite<T: Number>(a: &Matrix<T>) -> bool {
    a.data.iter().all(|x| x.real().is_finite() && x.imaginary().is_finite())
}

macro_rules! spectral {
    ($($t:ty, |$value:ident| $real:expr, $schur:path;)*) => {$(
        impl Spectral for $t {
            fn self_adjoint(a: &Matrix<$t>, lower: bool) -> Option<(Vec<f64>, Matrix<$t>)> {
                if !finite(a) {
                    return None;
                }
                let side = if lower { Side::Lower } else { Side::Upper };
                let found = Mat::from_fn(a.rows, a.columns, |i, j| a[(i, j)]).self_adjoint_eigen(side).ok()?;
                let values = found.S().column_vector().iter().map(|&$value| $real).collect();
                let u = found.U();
                Some((values, Matrix::from_fn(a.rows, a.rows, |i, j| u[(i, j)])))
            }

            fn singular(a: &Matrix<$t>, full: bool) -> Option<(Matrix<$t>, Vec<f64>, Matrix<$t>)> {
                if !finite(a) {
                    return None;
                }
                let dense = Mat::from_fn(a.rows, a.columns, |i, j| a[(i, j)]);
                let found = if full { dense.svd() } else { dense.thin_svd() }.ok()?;
                let values = found.S().column_vector().iter().map(|&$value| $real).collect();
                let (u, v) = (found.U(), found.V());
                let left = Matrix::from_fn(u.nrows(), u.ncols(), |i, j| u[(i, j)]);
                let right = Matrix::from_fn(v.ncols(), v.nrows(), |i, j| v[(j, i)].conjugate());
                Some((left, values, right))
            }

            fn general(a: &Matrix<$t>) -> Option<Eigen> {
                if !finite(a) {
                    return None;
                }
                let found = Mat::from_fn(a.rows, a.columns, |i, j| a[(i, j)]).eigen().ok()?;
                let values = found.S().column_vector().iter().copied().collect();
                let u = found.U();
                Some((values, Matrix::from_fn(a.rows, a.rows, |i, j| u[(i, j)])))
            }

            fn schur(a: &Matrix<$t>) -> Option<SchurForm<$t>> {
                if finite(a) { $schur(a) } else { None }
            }
        }
    )*};
}

spectral! {
    f64, |x| x, schur::real;
    Complex<f64>, |x| x.re, schur::complex;
}

/// Scales each column to length one, with its largest element real, as LAPACK does; where `a` is real, eigenvectors of
/// real eigenvalues stay real by that.
pub fn normalize(vectors: &mut Matrix<Complex<f64>>) {
    for j in 0..vectors.columns {
        let norm = (0..vectors.rows).fold(0.0f64, |norm, i| norm.hypot(vectors[(i, j)].size()));
        let largest = (0..vectors.rows).map(|i| vectors[(i, j)]).max_by(|a, b| a.norm().total_cmp(&b.norm()));
        let Some(largest) = largest.filter(|x| x.norm() > 0.0 && norm.is_finite()) else { continue };
        let turn = largest.conj() / largest.norm() / norm;
        (0..vectors.rows).for_each(|i| vectors[(i, j)] *= turn);
    }
}

/// The left eigenvectors that go with right ones: `uᴴ a = λ uᴴ`.
pub fn left_of(right: &Matrix<Complex<f64>>) -> Option<Matrix<Complex<f64>>> {
    let mut left = inverse(right)?.adjoint();
    normalize(&mut left);
    Some(left)
}
