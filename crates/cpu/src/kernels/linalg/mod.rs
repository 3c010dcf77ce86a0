//! Linear algebra: `cholesky`, `triangular_solve`, and the targets of `custom_call` that stand for LAPACK.
//!
//! - `matrix`: small dense matrices of `f64` or complex `f64`, which everything here is computed in;
//! - `factor`: factorizations that LAPACK has a packed form for;
//! - `reflect`: Householder reflections: QR, Hessenberg and tridiagonal forms;
//! - `spectral`: eigenvalues and singular values, by `faer`;
//! - `stack`: running one of them on each matrix of a stack, to and from the tensors' own elements;
//! - `lapack`: the table of targets.

mod factor;
pub(super) mod lapack;
mod matrix;
mod reflect;
mod spectral;
mod stack;

use runahead_ir::{ElementType, TriangularTranspose};

use self::factor::{Triangle, cholesky, solve_triangular};
use self::matrix::Matrix;
use self::spectral::Spectral;
use self::stack::{Stacks, Task};
use super::shape::operand;
use crate::kernel::{Kernel, Site, Unsupported};

/// A kernel for `cholesky`.
pub(super) fn cholesky_kernel(site: Site<'_>, lower: bool) -> Result<Box<dyn Kernel>, Unsupported> {
    #[derive(Debug)]
    struct Cholesky {
        lower: bool,
    }
    impl Task for Cholesky {
        fn run<T: Spectral>(&self, stacks: &mut Stacks<'_, '_>) {
            stacks.for_each(|matrices| {
                let mut a: Matrix<T> = matrices.read(0);
                if cholesky(&mut a, self.lower) != 0 {
                    a.fill(T::from_parts(f64::NAN, f64::NAN));
                }
                a.keep_triangle(self.lower, 0);
                matrices.write(0, &a);
            });
        }
    }
    kernel(site, "cholesky", Cholesky { lower })
}

/// A kernel for `triangular_solve`.
pub(super) fn triangular_kernel(
    site: Site<'_>,
    left: bool,
    lower: bool,
    unit_diagonal: bool,
    transpose: TriangularTranspose,
) -> Result<Box<dyn Kernel>, Unsupported> {
    #[derive(Debug)]
    struct Solve {
        left: bool,
        triangle: Triangle,
    }
    impl Task for Solve {
        fn run<T: Spectral>(&self, stacks: &mut Stacks<'_, '_>) {
            stacks.for_each(|matrices| {
                let (a, mut b): (Matrix<T>, Matrix<T>) = (matrices.read(0), matrices.read(1));
                solve_triangular(&a, &mut b, self.triangle, self.left);
                matrices.write(0, &b);
            });
        }
    }
    kernel(site, "triangular_solve", Solve { left, triangle: Triangle { lower, unit_diagonal, transpose } })
}

/// A kernel for a task on the matrices in the last two axes of the operands.
fn kernel(site: Site<'_>, name: &'static str, task: impl Task) -> Result<Box<dyn Kernel>, Unsupported> {
    let element = operand(site, 0)?.element;
    if !matches!(element, ElementType::F32 | ElementType::F64 | ElementType::C64 | ElementType::C128) {
        return Err(Unsupported(format!("of {}; expected f32, f64, complex<f32> or complex<f64>", operand(site, 0)?)));
    }
    stack::kernel(site, name, element, task)
}

#[cfg(test)]
mod tests;
