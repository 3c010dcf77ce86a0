//! Schur forms: unitary vectors, a triangular matrix in standard form, and together the matrix.

use num_complex::Complex;
use runahead_linalg::{Matrix, Number, Spectral};

#[track_caller]
fn close<T: Number>(found: &Matrix<T>, expected: &Matrix<T>, scale: f64) {
    assert_eq!((found.rows, found.columns), (expected.rows, expected.columns));
    for (a, b) in found.data.iter().zip(&expected.data) {
        assert!((*a - *b).size() <= 1e-12 * scale, "{a:?} for {b:?}");
    }
}

#[track_caller]
fn check<T: Spectral>(a: &Matrix<T>) -> Vec<Complex<f64>> {
    let n = a.rows;
    let scale = a.data.iter().fold(1e-300, |scale: f64, x| scale.hypot(x.size()));
    let form = T::schur(a).expect("the iteration converges");
    close(&form.z.adjoint().times(&form.z), &Matrix::identity(n, n), 1.0);
    close(&form.z.times(&form.t).times(&form.z.adjoint()), a, scale);
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

fn random<T: Number>(seed: u64, n: usize) -> Matrix<T> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut float = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 22) - 2.0
    };
    let mut matrix = Matrix::zeros(n, n);
    matrix.data.iter_mut().for_each(|x| *x = T::from_parts(float(), float()));
    matrix
}

fn random_matrices<T: Spectral>() {
    for n in [0, 1, 2, 3, 4, 5, 8, 13, 40] {
        for seed in 0..20 {
            let a: Matrix<T> = random(seed, n);
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
        let a: Matrix<T> = random(n as u64, n);
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
