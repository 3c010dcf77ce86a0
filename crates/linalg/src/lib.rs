//! Factorizations and spectra of dense matrices in double precision, real and complex, with LAPACK's packed forms and
//! choices of signs.
//!
//! - [`Matrix`] and [`Number`] are what everything here is computed with;
//! - [`cholesky`], [`lu`], [`solve_triangular`], [`solve_tridiagonal`], [`inverse`]: triangular factors and solving;
//! - [`qr`], [`pivoted_qr`], [`hessenberg`], [`tridiagonal`] and products of the reflections that they leave;
//! - [`Spectral`]: eigenvalues and singular values, by `faer`, and Schur forms;
//! - [`Fourier`]: Fourier transforms, by `rustfft`, in single precision too.
//!
//! It knows nothing of tensors and programs. It is a crate of its own because what `faer` and `rustfft` are instantiated for
//! takes long to compile and never changes.

mod factor;
mod fourier;
mod matrix;
mod reflect;
mod schur;
mod spectral;

pub use factor::{
    Transpose, Triangle, cholesky, inverse, lu, solve_triangular, solve_tridiagonal,
    solve_tridiagonal_perturbed,
};
pub use fourier::{Fft, FftDirection, FftNum, Fourier, fourier_table_bytes};
pub use matrix::{Matrix, Number};
pub use reflect::{hessenberg, multiply_by_reflections, pivoted_qr, product_of_reflections, qr, tridiagonal};
pub use schur::SchurForm;
pub use spectral::{Eigen, Spectral, left_of, normalize};
