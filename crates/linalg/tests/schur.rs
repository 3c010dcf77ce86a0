//! Schur forms: unitary vectors, a triangular matrix in standard form, and together the matrix.

mod common;

use common::{Random, close_within, random};
use num_complex::Complex;
use runahead_linalg::{Matrix, Spectral};

#[track_caller]
fn check<T: Spectral>(a: &Matrix<T>) -> Vec<Complex<f64>> {
    let n = a.rows;
    let scale = a.data.iter().fold(1e-300, |scale: f64, x| scale.hypot(x.size()));
    let form = T::schur(a).expect("the iteration converges");
    close_within(1e-12, &form.z.adjoint().times(&form.z), &Matrix::identity(n, n));
    close_within(1e-12 * scale, &form.z.times(&form.t).times(&form.z.adjoint()), a);
    let mut i = 0;
    while i < n {
        let pair = i + 1 < n && form.t[(i + 1, i)] != T::zero();
        let rows = if pair { 2 } else { 1 };
        (i + rows..n).for_each(|below| {
            (i..i + rows).for_each(|j| assert_eq!(form.t[(below, j)], T::zero(), "({below}, {j})"));
        });
        let corner = form.t[(i, i)];
        if pair {
            assert!(!T::IS_COMPLEX);
            assert_eq!(corner, form.t[(i + 1, i + 1)], "a pair's block has equal elements on its diagonal");
            let product = form.t[(i, i + 1)].real() * form.t[(i + 1, i)].real();
            assert!(product < 0.0, "the eigenvalues of the block at {i} are real");
            let expected = Complex::new(corner.real(), (-product).sqrt());
            assert!((form.values[i] - expected).norm() <= 1e-14 * expected.norm());
            assert_eq!(form.values[i + 1], form.values[i].conj());
        } else {
            assert_eq!(form.values[i], Complex::new(corner.real(), corner.imaginary()));
        }
        i += rows;
    }
    form.values
}

fn random_matrices<T: Spectral>() {
    for n in [0, 1, 2, 3, 4, 5, 8, 13, 40] {
        for seed in 0..20 {
            let a: Matrix<T> = random(&mut Random::new(seed), n, n);
            let mut found = check(&a);
            let (mut expected, _) = T::general(&a).unwrap();
            for value in expected.drain(..) {
                let distance = |x: &Complex<f64>| (x - value).norm();
                let nearest =
                    (0..found.len()).min_by(|&i, &j| distance(&found[i]).total_cmp(&distance(&found[j])));
                let nearest = found.swap_remove(nearest.unwrap());
                assert!(distance(&nearest) < 1e-8, "{nearest} for {value}");
            }
        }
    }
}

/// Matrices that iterations without a change of shifts do not part, with one eigenvalue, with none but zeros, with numbers
/// of all sizes.
fn odd_matrices<T: Spectral>() {
    for n in [2, 3, 4, 7, 12] {
        let one = T::of(1.0);
        check(&Matrix::<T>::zeros(n, n));
        check(&Matrix::<T>::identity(n, n));
        check(&Matrix::from_fn(n, n, |i, j| if (i + 1) % n == j { one } else { T::zero() }));
        check(&Matrix::from_fn(n, n, |i, j| if i + 1 == j || i == j { one } else { T::zero() }));
        check(&Matrix::from_fn(n, n, |i, j| if j + 1 == i || i == j { one } else { T::zero() }));
        check(&Matrix::from_fn(n, n, |_, _| one));
        check(&Matrix::from_fn(n, n, |i, j| T::of((i * n + j) as f64)));
        let a: Matrix<T> = random(&mut Random::new(n as u64), n, n);
        check(&Matrix::from_fn(n, n, |i, j| a[(i, j)] * T::of(1e150)));
        check(&Matrix::from_fn(n, n, |i, j| a[(i, j)] * T::of(1e-150)));
        check(&Matrix::from_fn(n, n, |i, j| a[(i, j)] * T::of(10f64.powi(3 * (i as i32 - j as i32)))));
    }
}

#[test]
fn random_real_matrices() {
    random_matrices::<f64>();
}

#[test]
fn random_complex_matrices() {
    random_matrices::<Complex<f64>>();
}

#[test]
fn odd_real_matrices() {
    odd_matrices::<f64>();
}

#[test]
fn odd_complex_matrices() {
    odd_matrices::<Complex<f64>>();
}

#[test]
fn numbers_that_are_not_finite_have_none() {
    assert!(f64::schur(&Matrix::from_fn(3, 3, |i, _| if i == 1 { f64::NAN } else { 1.0 })).is_none());
    assert!(Complex::<f64>::schur(&Matrix::from_fn(2, 2, |_, _| Complex::new(0.0, f64::INFINITY))).is_none());
}

/// Blocks whose eigenvalues are nearly one, so that rounding decides whether they are real.
#[test]
fn nearly_defective_blocks() {
    for step in -400..400 {
        for exponent in [-2, -5, -7, -8] {
            let d = 10f64.powi(exponent);
            let c = -d * d * (1.0 + f64::from(step) * f64::EPSILON / 8.0);
            check(&Matrix { rows: 2, columns: 2, data: vec![1.0 + d, 1.0, c, 1.0 - d] });
            check(&Matrix { rows: 2, columns: 2, data: vec![d, 1.0 / 3.0, 3.0 * c, -d] });
        }
    }
}
