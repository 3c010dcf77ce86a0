//! Householder reflections `I - τ v vᴴ`, with LAPACK's choice of signs and its packed forms.

use crate::matrix::{Matrix, Number};

/// The reflection that carries a vector to a multiple of the first unit vector: what its first element becomes, and `τ`.
/// The vector's other elements become those of `v`, whose first is one.
fn reflection<T: Number>(first: T, others: &mut [T]) -> (T, T) {
    let norm = others.iter().fold(0.0f64, |norm, x| norm.hypot(x.size()));
    if norm == 0.0 && first.imaginary() == 0.0 {
        return (first, T::zero());
    }
    let size = first.size().hypot(norm);
    let beta = if first.real() < 0.0 { size } else { -size };
    let scale = first - T::of(beta);
    others.iter_mut().for_each(|x| *x = *x / scale);
    let tau = T::from_parts((beta - first.real()) / beta, -first.imaginary() / beta);
    (T::of(beta), tau)
}

/// The vector of the reflection that is packed below the diagonal element of a column, from row `from` on.
fn vector<T: Number>(packed: &Matrix<T>, from: usize, column: usize) -> Vec<T> {
    (from..packed.rows).map(|i| if i == from { T::of(1.0) } else { packed[(i, column)] }).collect()
}

/// Applies `I - τ v vᴴ` from the left to the rows from `row` on, in those columns.
fn reflect_rows<T: Number>(a: &mut Matrix<T>, v: &[T], tau: T, row: usize, columns: std::ops::Range<usize>) {
    for j in columns {
        let product =
            v.iter().enumerate().fold(T::zero(), |sum, (i, v)| sum + v.conjugate() * a[(row + i, j)]);
        for (i, &v) in v.iter().enumerate() {
            a[(row + i, j)] -= tau * v * product;
        }
    }
}

/// Applies `I - τ v vᴴ` from the right to the columns from `column` on, in all rows.
fn reflect_columns<T: Number>(a: &mut Matrix<T>, v: &[T], tau: T, column: usize) {
    for i in 0..a.rows {
        let product = v.iter().enumerate().fold(T::zero(), |sum, (j, &v)| sum + a[(i, column + j)] * v);
        for (j, v) in v.iter().enumerate() {
            a[(i, column + j)] -= product * tau * v.conjugate();
        }
    }
}

/// Makes column `column` zero below row `row` by a reflection, which is packed there.
fn eliminate<T: Number>(a: &mut Matrix<T>, row: usize, column: usize) -> T {
    let mut others: Vec<T> = (row + 1..a.rows).map(|i| a[(i, column)]).collect();
    let (beta, tau) = reflection(a[(row, column)], &mut others);
    a[(row, column)] = beta;
    others.into_iter().enumerate().for_each(|(i, x)| a[(row + 1 + i, column)] = x);
    tau
}

/// QR in the place of the matrix: R above, the reflections' vectors below; gives the `τ`s.
pub fn qr<T: Number>(a: &mut Matrix<T>) -> Vec<T> {
    (0..a.rows.min(a.columns))
        .map(|k| {
            let tau = eliminate(a, k, k);
            let v = vector(a, k, k);
            reflect_rows(a, &v, tau.conjugate(), k, k + 1..a.columns);
            tau
        })
        .collect()
}

/// QR that takes the column of the largest norm next. A column whose entry in `order` is not zero comes first; at the
/// end `order` holds where each column came from, counted from 1.
pub fn pivoted_qr<T: Number>(a: &mut Matrix<T>, order: &mut [i32]) -> Vec<T> {
    let mut fixed = 0;
    let wanted: Vec<bool> = order.iter().map(|&o| o != 0).collect();
    order.iter_mut().enumerate().for_each(|(i, o)| *o = i as i32 + 1);
    for (j, wanted) in wanted.into_iter().enumerate() {
        if wanted {
            a.swap_columns(fixed, j);
            order.swap(fixed, j);
            fixed += 1;
        }
    }
    let mut taus = Vec::new();
    for k in 0..a.rows.min(a.columns) {
        if k >= fixed {
            let norm = |j: usize| (k..a.rows).fold(0.0f64, |norm, i| norm.hypot(a[(i, j)].size()));
            let (mut best, mut largest) = (k, norm(k));
            for j in k + 1..a.columns {
                if norm(j) > largest {
                    (best, largest) = (j, norm(j));
                }
            }
            a.swap_columns(k, best);
            order.swap(k, best);
        }
        let tau = eliminate(a, k, k);
        let v = vector(a, k, k);
        reflect_rows(a, &v, tau.conjugate(), k, k + 1..a.columns);
        taus.push(tau);
    }
    taus
}

/// The first columns of the product of the reflections that are packed in a matrix, in as many as the matrix has.
pub fn product_of_reflections<T: Number>(packed: &Matrix<T>, taus: &[T]) -> Matrix<T> {
    let mut q = Matrix::identity(packed.rows, packed.columns);
    for (k, &tau) in taus.iter().enumerate().rev() {
        let v = vector(packed, k, k);
        reflect_rows(&mut q, &v, tau, k, 0..packed.columns);
    }
    q
}

/// Multiplies a matrix by the product of packed reflections, or its conjugate transpose.
pub fn multiply_by_reflections<T: Number>(
    packed: &Matrix<T>,
    taus: &[T],
    c: &mut Matrix<T>,
    left: bool,
    transpose: bool,
) {
    let count = taus.len();
    let forward = left == transpose;
    for step in 0..count {
        let k = if forward { step } else { count - 1 - step };
        let tau = if transpose { taus[k].conjugate() } else { taus[k] };
        let v = vector(packed, k, k);
        if left {
            reflect_rows(c, &v, tau, k, 0..c.columns);
        } else {
            reflect_columns(c, &v, tau, k);
        }
    }
}

/// The Hessenberg form of the rows and columns from `low` to `high` (from 1), with the reflections packed below.
pub fn hessenberg<T: Number>(a: &mut Matrix<T>, low: usize, high: usize) -> Vec<T> {
    let mut taus = vec![T::zero(); a.rows.saturating_sub(1)];
    for k in low.max(1) - 1..high.saturating_sub(1).min(taus.len()) {
        let tau = eliminate(a, k + 1, k);
        let v = vector(a, k + 1, k);
        reflect_columns(a, &v, tau, k + 1);
        reflect_rows(a, &v, tau.conjugate(), k + 1, k + 1..a.columns);
        taus[k] = tau;
    }
    taus
}

/// The Hessenberg form `h` of a matrix, with zeros below, and `q` with `a = q h qᴴ`.
pub(crate) fn hessenberg_form<T: Number>(a: &Matrix<T>) -> (Matrix<T>, Matrix<T>) {
    let n = a.rows;
    let mut h = a.clone();
    let taus = hessenberg(&mut h, 1, n);
    let mut q = Matrix::identity(n, n);
    for (k, &tau) in taus.iter().enumerate().rev() {
        let v = vector(&h, k + 1, k);
        reflect_rows(&mut q, &v, tau, k + 1, 0..n);
    }
    h.keep_triangle(false, -1);
    (h, q)
}

/// The tridiagonal form of a Hermitian matrix of which one triangle is given: the packed matrix, the diagonal, the
/// off-diagonal, and the `τ`s.
pub fn tridiagonal<T: Number>(a: &Matrix<T>, lower: bool) -> (Matrix<T>, Vec<f64>, Vec<f64>, Vec<T>) {
    let n = a.rows;
    let mut full = Matrix::from_fn(n, n, |i, j| match (i == j, (i > j) == lower) {
        (true, _) => T::of(a[(i, j)].real()),
        (false, true) => a[(i, j)],
        (false, false) => a[(j, i)].conjugate(),
    });
    // The upper form goes from the last column to the first: it is the lower form of the matrix read backwards, of
    // which the elements are the conjugates of those mirrored.
    if !lower {
        full = Matrix::from_fn(n, n, |i, j| full[(n - 1 - i, n - 1 - j)]);
    }
    let taus = hessenberg(&mut full, 1, n);
    let mut diagonal: Vec<f64> = (0..n).map(|i| full[(i, i)].real()).collect();
    let mut off: Vec<f64> = (1..n).map(|i| full[(i, i - 1)].real()).collect();
    let mut taus = taus;
    if !lower {
        full = Matrix::from_fn(n, n, |i, j| full[(n - 1 - i, n - 1 - j)]);
        diagonal.reverse();
        off.reverse();
        taus.reverse();
    }
    let mut packed = a.clone();
    for i in 0..n {
        for j in 0..n {
            if i == j || (i > j) == lower {
                packed[(i, j)] = full[(i, j)];
            }
        }
    }
    (packed, diagonal, off, taus)
}
