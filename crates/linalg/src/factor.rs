//! Factorizations into triangular matrices, and solving with those.

use crate::matrix::{Matrix, Number};

/// What is done to a matrix first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transpose {
    /// Nothing.
    None,
    /// It is transposed.
    Plain,
    /// It is transposed and conjugated.
    Conjugate,
}

/// A triangular matrix to solve with, within another.
#[derive(Clone, Copy, Debug)]
pub struct Triangle {
    /// Whether it is the lower triangle.
    pub lower: bool,
    /// Whether the diagonal is taken to be one.
    pub unit_diagonal: bool,
    /// What is done to it first.
    pub transpose: Transpose,
}

/// Replaces a triangle of a positive definite matrix by its Cholesky factor. Gives 0, or the number (from 1) of the
/// first leading minor that is not positive.
pub fn cholesky<T: Number>(a: &mut Matrix<T>, lower: bool) -> usize {
    // Of the upper triangle, the conjugate transpose is meant: `at` finds its elements.
    let at = |i: usize, j: usize| if lower { (i, j) } else { (j, i) };
    let value = |a: &Matrix<T>, i, j| if lower { a[at(i, j)] } else { a[at(i, j)].conjugate() };
    for j in 0..a.rows {
        let square = (0..j).fold(value(a, j, j).real(), |sum, k| {
            let x = value(a, j, k);
            sum - (x * x.conjugate()).real()
        });
        if square.is_nan() || square <= 0.0 {
            return j + 1;
        }
        let root = square.sqrt();
        a[(j, j)] = T::of(root);
        for i in j + 1..a.rows {
            let sum = (0..j).fold(value(a, i, j), |sum, k| sum - value(a, i, k) * value(a, j, k).conjugate());
            let x = sum / T::of(root);
            a[at(i, j)] = if lower { x } else { x.conjugate() };
        }
    }
    0
}

/// Replaces `b` by the `x` with `op(a) x = b`, or `x op(a) = b`.
pub fn solve_triangular<T: Number>(a: &Matrix<T>, b: &mut Matrix<T>, triangle: Triangle, left: bool) {
    let n = a.rows;
    let transposed = triangle.transpose != Transpose::None;
    let element = |i: usize, j: usize| match triangle.transpose {
        Transpose::None => a[(i, j)],
        Transpose::Plain => a[(j, i)],
        Transpose::Conjugate => a[(j, i)].conjugate(),
    };
    let forward = (triangle.lower != transposed) == left;
    let order: Vec<usize> = if forward { (0..n).collect() } else { (0..n).rev().collect() };
    let vectors = if left { b.columns } else { b.rows };
    for v in 0..vectors {
        let at = |i: usize| if left { (i, v) } else { (v, i) };
        for (done, &i) in order.iter().enumerate() {
            let sum = order[..done]
                .iter()
                .fold(b[at(i)], |sum, &k| sum - b[at(k)] * if left { element(i, k) } else { element(k, i) });
            b[at(i)] = if triangle.unit_diagonal { sum } else { sum / element(i, i) };
        }
    }
}

/// LU with the largest pivot of each column: the factors in the place of the matrix, the rows exchanged (from 1), and 0
/// or the number of the first pivot that is zero.
pub fn lu<T: Number>(a: &mut Matrix<T>) -> (Vec<i32>, usize) {
    let mut singular = 0;
    let mut pivots = Vec::new();
    for k in 0..a.rows.min(a.columns) {
        let size = |a: &Matrix<T>, i: usize| a[(i, k)].real().abs() + a[(i, k)].imaginary().abs();
        // The first of the largest, as it is in LAPACK.
        let pivot = (k..a.rows).fold(k, |best, i| if size(a, i) > size(a, best) { i } else { best });
        pivots.push(pivot as i32 + 1);
        if a[(pivot, k)] == T::zero() {
            singular = if singular == 0 { k + 1 } else { singular };
            continue;
        }
        a.swap_rows(k, pivot);
        for i in k + 1..a.rows {
            let factor = a[(i, k)] / a[(k, k)];
            a[(i, k)] = factor;
            for j in k + 1..a.columns {
                let product = factor * a[(k, j)];
                a[(i, j)] -= product;
            }
        }
    }
    (pivots, singular)
}

/// The inverse, by LU; without one where the matrix is singular.
pub fn inverse<T: Number>(a: &Matrix<T>) -> Option<Matrix<T>> {
    let mut factors = a.clone();
    let (pivots, singular) = lu(&mut factors);
    if singular != 0 {
        return None;
    }
    let mut x = Matrix::identity(a.rows, a.rows);
    pivots.iter().enumerate().for_each(|(i, &pivot)| x.swap_rows(i, pivot as usize - 1));
    let lower = Triangle { lower: true, unit_diagonal: true, transpose: Transpose::None };
    solve_triangular(&factors, &mut x, lower, true);
    solve_triangular(&factors, &mut x, Triangle { lower: false, unit_diagonal: false, ..lower }, true);
    Some(x)
}

/// Solves with a tridiagonal matrix, by elimination with exchanges of neighbouring rows. The diagonals are replaced by
/// those of the factor (the lower one by its second upper one); 0, or the number of the pivot that is zero.
pub fn solve_tridiagonal<T: Number>(
    lower: &mut [T],
    diagonal: &mut [T],
    upper: &mut [T],
    b: &mut Matrix<T>,
) -> usize {
    eliminate_tridiagonal(lower, diagonal, upper, b);
    if let Some(zero) = diagonal.iter().position(|&pivot| pivot == T::zero()) {
        return zero + 1;
    }
    substitute_tridiagonal(lower, diagonal, upper, b);
    0
}

/// As [`solve_tridiagonal`]; pivots that rounding could have made of zero are replaced by such ones, so that there is a
/// solution always: a very large one, along what the matrix makes next to nothing of.
pub fn solve_tridiagonal_perturbed<T: Number>(
    lower: &mut [T],
    diagonal: &mut [T],
    upper: &mut [T],
    b: &mut Matrix<T>,
) {
    let elements = lower.iter().chain(&*diagonal).chain(&*upper);
    let scale = elements.fold(0.0, |scale: f64, x| scale.max(x.size()));
    let least = f64::EPSILON * if scale == 0.0 { 1.0 } else { scale };
    eliminate_tridiagonal(lower, diagonal, upper, b);
    for pivot in diagonal.iter_mut() {
        let size = pivot.size();
        if size < least {
            *pivot = if size == 0.0 { T::of(least) } else { *pivot * T::of(least / size) };
        }
    }
    substitute_tridiagonal(lower, diagonal, upper, b);
}

fn eliminate_tridiagonal<T: Number>(lower: &mut [T], diagonal: &mut [T], upper: &mut [T], b: &mut Matrix<T>) {
    let n = diagonal.len();
    for i in 0..n.saturating_sub(1) {
        let below = lower[i];
        lower[i] = T::zero();
        if below == T::zero() {
            continue;
        }
        if diagonal[i].size() >= below.size() {
            let factor = below / diagonal[i];
            let product = factor * upper[i];
            diagonal[i + 1] -= product;
            for j in 0..b.columns {
                let product = factor * b[(i, j)];
                b[(i + 1, j)] -= product;
            }
        } else {
            let factor = diagonal[i] / below;
            diagonal[i] = below;
            let next = diagonal[i + 1];
            diagonal[i + 1] = upper[i] - factor * next;
            upper[i] = next;
            if i + 2 < n {
                lower[i] = upper[i + 1];
                upper[i + 1] = -(factor * upper[i + 1]);
            }
            for j in 0..b.columns {
                let (here, next) = (b[(i, j)], b[(i + 1, j)]);
                b[(i, j)] = next;
                b[(i + 1, j)] = here - factor * next;
            }
        }
    }
}

fn substitute_tridiagonal<T: Number>(lower: &[T], diagonal: &[T], upper: &[T], b: &mut Matrix<T>) {
    let n = diagonal.len();
    for j in 0..b.columns {
        for i in (0..n).rev() {
            let mut sum = b[(i, j)];
            if i + 1 < n {
                sum -= upper[i] * b[(i + 1, j)];
            }
            if i + 2 < n {
                sum -= lower[i] * b[(i + 2, j)];
            }
            b[(i, j)] = sum / diagonal[i];
        }
    }
}
