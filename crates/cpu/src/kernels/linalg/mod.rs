//! Linear algebra: `cholesky`, `triangular_solve`, and the targets of `custom_call` that stand for LAPACK.
//!
//! Everything is computed in double precision by `runahead-linalg`, which knows matrices only.
//!
//! - `stack`: running one of them on each matrix of a stack, to and from the tensors' own elements;
//! - `lapack`: the table of targets.

pub(super) mod lapack;
mod stack;

use runahead_ir::{ElementType, TriangularTranspose};
use runahead_linalg::{Matrix, Spectral, Transpose, Triangle, cholesky, solve_triangular};

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
    let transpose = match transpose {
        TriangularTranspose::NoTranspose => Transpose::None,
        TriangularTranspose::Transpose => Transpose::Plain,
        TriangularTranspose::Adjoint => Transpose::Conjugate,
    };
    kernel(site, "triangular_solve", Solve { left, triangle: Triangle { lower, unit_diagonal, transpose } })
}

/// A kernel for a task on the matrices in the last two axes of the operands.
fn kernel(site: Site<'_>, name: &'static str, task: impl Task) -> Result<Box<dyn Kernel>, Unsupported> {
    let element = operand(site, 0)?.element;
    if !matches!(element, ElementType::F32 | ElementType::F64 | ElementType::C64 | ElementType::C128) {
        return Err(Unsupported(format!(
            "of {}; expected f32, f64, complex<f32> or complex<f64>",
            operand(site, 0)?
        )));
    }
    stack::kernel(site, name, element, task)
}
