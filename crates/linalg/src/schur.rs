//! Schur forms, by the shifted QR algorithm with implicit shifts (Golub and Van Loan, "Matrix Computations", 7.5).

use num_complex::Complex;

use crate::matrix::{Matrix, Number};
use crate::reflect::hessenberg_form;

/// A Schur form `a = z t zᴴ`: `t` upper triangular, or, of real matrices, with blocks of two rows for pairs of complex
/// eigenvalues, in LAPACK's standard form; `z` orthogonal or unitary; and the eigenvalues, in the order of the diagonal.
pub struct SchurForm<T> {
    /// The triangular matrix.
    pub t: Matrix<T>,
    /// The Schur vectors, as columns.
    pub z: Matrix<T>,
    /// The eigenvalues.
    pub values: Vec<Complex<f64>>,
}

/// A block of two rows or more whose eigenvalues do not part after so many sweeps is given up.
const MOST_SWEEPS: usize = 300;

/// After each so many sweeps without success the shift is chosen otherwise, so that no cycle lasts.
const PATIENCE: usize = 10;

/// A rotation of two rows or columns.
#[derive(Clone, Copy)]
struct Rotation<T> {
    cos: f64,
    sin: T,
}

impl<T: Number> Rotation<T> {
    /// Rows `k` and `k + 1` in those columns: `[c s; -s̄ c]` from the left.
    fn rows(self, a: &mut Matrix<T>, k: usize, columns: std::ops::Range<usize>) {
        let c = T::of(self.cos);
        for j in columns {
            let (x, y) = (a[(k, j)], a[(k + 1, j)]);
            a[(k, j)] = c * x + self.sin * y;
            a[(k + 1, j)] = c * y - self.sin.conjugate() * x;
        }
    }

    /// Columns `k` and `k + 1` in the first rows: its adjoint from the right.
    fn columns(self, a: &mut Matrix<T>, k: usize, rows: usize) {
        let c = T::of(self.cos);
        for i in 0..rows {
            let (x, y) = (a[(i, k)], a[(i, k + 1)]);
            a[(i, k)] = c * x + self.sin.conjugate() * y;
            a[(i, k + 1)] = c * y - self.sin * x;
        }
    }
}

/// Where the active block that ends before row `end` begins; what lies left of it is negligible, and set to zero.
fn begin_of_block<T: Number>(t: &mut Matrix<T>, end: usize) -> usize {
    let mut begin = end - 1;
    while begin > 0 {
        let near = t[(begin - 1, begin - 1)].size() + t[(begin, begin)].size();
        // Where both are zero the matrix's norm counts, which is one.
        let near = if near > 0.0 { near } else { 1.0 };
        if t[(begin, begin - 1)].size() <= f64::EPSILON * near {
            t[(begin, begin - 1)] = T::zero();
            break;
        }
        begin -= 1;
    }
    begin
}

/// The Hessenberg form of a matrix divided by its norm, so that no product of elements leaves the range of numbers; the
/// basis; the norm.
fn scaled_hessenberg_form<T: Number>(a: &Matrix<T>) -> (Matrix<T>, Matrix<T>, f64) {
    let norm = a.data.iter().fold(0.0, |norm, x| f64::hypot(norm, x.size()));
    let norm = if norm > 0.0 { norm } else { 1.0 };
    let (h, z) = hessenberg_form(&Matrix::from_fn(a.rows, a.columns, |i, j| a[(i, j)] / T::of(norm)));
    (h, z, norm)
}

fn multiplied<T: Number>(a: &Matrix<T>, factor: f64) -> Matrix<T> {
    Matrix::from_fn(a.rows, a.columns, |i, j| a[(i, j)] * T::of(factor))
}

/// The Schur form of a complex matrix of finite numbers; `None` where the iteration does not converge.
pub(crate) fn complex(a: &Matrix<Complex<f64>>) -> Option<SchurForm<Complex<f64>>> {
    let n = a.rows;
    let (mut t, mut z, norm) = scaled_hessenberg_form(a);
    let (mut end, mut sweeps) = (n, 0);
    while end > 1 {
        let begin = begin_of_block(&mut t, end);
        if begin == end - 1 {
            (end, sweeps) = (end - 1, 0);
            continue;
        }
        sweeps += 1;
        if sweeps > MOST_SWEEPS {
            return None;
        }
        let last = end - 1;
        let shift = if sweeps % PATIENCE == 0 {
            Complex::from(t[(last, last - 1)].norm() + t[(last - 1, last - 1)].norm())
        } else {
            // The eigenvalue of the last two rows that is nearer to the last element.
            let (a, b, c, d) =
                (t[(last - 1, last - 1)], t[(last - 1, last)], t[(last, last - 1)], t[(last, last)]);
            let half = (a - d) / 2.0;
            let root = (half * half + b * c).sqrt();
            let sum = if (half + root).norm() > (half - root).norm() { half + root } else { half - root };
            if sum.norm() > 0.0 { d - b * c / sum } else { d }
        };
        let (mut x, mut y) = (t[(begin, begin)] - shift, t[(begin + 1, begin)]);
        for k in begin..last {
            let size = x.norm().hypot(y.norm());
            // With `c` real, as `[c s; -s̄ c]` carries (x, y) to a multiple of (1, 0).
            let turn = match (size > 0.0, x.norm() > 0.0) {
                (false, _) => Rotation { cos: 1.0, sin: Complex::from(0.0) },
                (true, false) => Rotation { cos: 0.0, sin: y.conj() / y.norm() },
                (true, true) => Rotation { cos: x.norm() / size, sin: x / x.norm() * y.conj() / size },
            };
            turn.rows(&mut t, k, k.saturating_sub(1).max(begin)..n);
            turn.columns(&mut t, k, (k + 3).min(end));
            turn.columns(&mut z, k, n);
            if k > begin {
                t[(k + 1, k - 1)] = Complex::from(0.0);
            }
            if k + 2 < end {
                (x, y) = (t[(k + 1, k)], t[(k + 2, k)]);
            }
        }
    }
    t.keep_triangle(false, 0);
    let t = multiplied(&t, norm);
    let values = (0..n).map(|i| t[(i, i)]).collect();
    Some(SchurForm { t, z, values })
}

/// The Schur form of a real matrix of finite numbers; `None` where the iteration does not converge.
pub(crate) fn real(a: &Matrix<f64>) -> Option<SchurForm<f64>> {
    let n = a.rows;
    let (mut t, mut z, norm) = scaled_hessenberg_form(a);
    let (mut end, mut sweeps) = (n, 0);
    while end > 1 {
        let begin = begin_of_block(&mut t, end);
        if begin == end - 1 {
            (end, sweeps) = (end - 1, 0);
        } else if begin == end - 2 {
            settle_pair(&mut t, &mut z, begin);
            (end, sweeps) = (end - 2, 0);
        } else {
            sweeps += 1;
            if sweeps > MOST_SWEEPS {
                return None;
            }
            double_sweep(&mut t, &mut z, begin, end, sweeps % PATIENCE == 0);
        }
    }
    t.keep_triangle(false, -1);
    let t = multiplied(&t, norm);
    let values = eigenvalues(&t);
    Some(SchurForm { t, z, values })
}

/// The eigenvalues of a matrix in standard form, in the order of its diagonal.
fn eigenvalues(t: &Matrix<f64>) -> Vec<Complex<f64>> {
    let mut values: Vec<Complex<f64>> = (0..t.rows).map(|i| Complex::from(t[(i, i)])).collect();
    for i in 1..t.rows {
        // Zero but between the rows of a pair.
        let imaginary = t[(i - 1, i)].abs().sqrt() * t[(i, i - 1)].abs().sqrt();
        values[i - 1].im += imaginary;
        values[i].im -= imaginary;
    }
    values
}

/// A sweep with two shifts at once, the eigenvalues of the last two rows, so that complex ones need no complex numbers.
fn double_sweep(t: &mut Matrix<f64>, z: &mut Matrix<f64>, begin: usize, end: usize, otherwise: bool) {
    let (n, last) = (t.rows, end - 1);
    let (trace, determinant) = if otherwise {
        let size = t[(last, last - 1)].abs() + t[(last - 1, last - 2)].abs();
        let center = t[(last, last)] + 0.75 * size;
        (2.0 * center, center * center + 0.4375 * size * size)
    } else {
        let (a, b, c, d) =
            (t[(last - 1, last - 1)], t[(last - 1, last)], t[(last, last - 1)], t[(last, last)]);
        (a + d, a * d - b * c)
    };
    // The first column of t² - trace t + determinant.
    let (a, b, c, d) =
        (t[(begin, begin)], t[(begin, begin + 1)], t[(begin + 1, begin)], t[(begin + 1, begin + 1)]);
    let mut column =
        [a * a + b * c - trace * a + determinant, c * (a + d - trace), c * t[(begin + 2, begin + 1)]];
    for k in begin..last {
        let rows = (end - k).min(3);
        if k > begin {
            (0..rows).for_each(|i| column[i] = t[(k + i, k - 1)]);
        }
        let scale = column[..rows].iter().fold(0.0f64, |most, x| most.max(x.abs()));
        if scale == 0.0 {
            continue;
        }
        // The reflection I - 2 v vᵀ / vᵀv that carries the column to a multiple of the first unit vector.
        let mut v = [0.0; 3];
        (0..rows).for_each(|i| v[i] = column[i] / scale);
        let size = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        v[0] += if v[0] < 0.0 { -size } else { size };
        let factor = 2.0 / v.iter().map(|x| x * x).sum::<f64>();
        for j in k.saturating_sub(1).max(begin)..n {
            let product = factor * (0..rows).map(|i| v[i] * t[(k + i, j)]).sum::<f64>();
            (0..rows).for_each(|i| t[(k + i, j)] -= product * v[i]);
        }
        for (m, count) in [(&mut *t, (k + 4).min(end)), (&mut *z, n)] {
            for i in 0..count {
                let product = factor * (0..rows).map(|j| m[(i, k + j)] * v[j]).sum::<f64>();
                (0..rows).for_each(|j| m[(i, k + j)] -= product * v[j]);
            }
        }
        if k > begin {
            (1..rows).for_each(|i| t[(k + i, k - 1)] = 0.0);
        }
    }
}

/// Brings a block of two rows to standard form: triangular where its eigenvalues are real, else with equal elements on
/// the diagonal.
fn settle_pair(t: &mut Matrix<f64>, z: &mut Matrix<f64>, k: usize) {
    let n = t.rows;
    let turn = |t: &mut Matrix<f64>, z: &mut Matrix<f64>, cos: f64, sin: f64| {
        let rotation = Rotation { cos, sin };
        rotation.rows(t, k, k..n);
        rotation.columns(t, k, k + 2);
        rotation.columns(z, k, n);
    };
    loop {
        let (a, b, c, d) = (t[(k, k)], t[(k, k + 1)], t[(k + 1, k)], t[(k + 1, k + 1)]);
        if c == 0.0 {
            return;
        }
        let half = (a - d) / 2.0;
        let size = half.abs().max(b.abs()).max(c.abs());
        let discriminant = (half / size).powi(2) + (b / size) * (c / size);
        if discriminant >= 0.0 {
            // The first column of the rotation is an eigenvector.
            let far = half + half.signum() * size * discriminant.sqrt();
            let length = far.hypot(c);
            turn(t, z, far / length, c / length);
            t[(k + 1, k)] = 0.0;
            return;
        }
        if half == 0.0 {
            return;
        }
        // The rotation by φ makes the diagonal equal where tan 2φ = (d - a) / (b + c). Where the eigenvalues are nearly one,
        // rounding may make them real by that.
        let angle = 0.5 * f64::atan2(d - a, b + c);
        turn(t, z, angle.cos(), angle.sin());
        let mean = (t[(k, k)] + t[(k + 1, k + 1)]) / 2.0;
        (t[(k, k)], t[(k + 1, k + 1)]) = (mean, mean);
    }
}
