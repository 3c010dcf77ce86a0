//! Factors whose products are the matrices, and spectra that belong to them.

mod common;

use common::{Random, close_within, random};
use num_complex::Complex;
use runahead_linalg::{
    self as linalg, Matrix, Number, Spectral, Transpose, Triangle, cholesky, inverse, left_of, lu, normalize,
    solve_triangular, solve_tridiagonal, solve_tridiagonal_perturbed,
};

#[track_caller]
fn close<T: Number>(found: &Matrix<T>, expected: &Matrix<T>) {
    close_within(1e-10, found, expected);
}

fn positive_definite<T: Number>(source: &mut Random, n: usize) -> Matrix<T> {
    let a: Matrix<T> = random(source, n, n);
    let mut product = a.times(&a.adjoint());
    (0..n).for_each(|i| product[(i, i)] += T::of(1.0));
    product
}

fn factorizations<T: Spectral>() {
    let mut source = Random::new(7);
    for n in [1, 2, 3, 5, 8] {
        let a: Matrix<T> = positive_definite(&mut source, n);
        for lower in [true, false] {
            let mut factor = a.clone();
            // What lies on the other side is not looked at.
            let nan = T::of(f64::NAN);
            (0..n).for_each(|i| {
                (0..n).filter(|&j| (i > j) != lower && i != j).for_each(|j| factor[(i, j)] = nan)
            });
            assert_eq!(cholesky(&mut factor, lower), 0);
            factor.keep_triangle(lower, 0);
            let adjoint = factor.adjoint();
            close(&if lower { factor.times(&adjoint) } else { adjoint.times(&factor) }, &a);
        }
        for columns in [n, n + 2] {
            for rows in [n, n + 3] {
                let a: Matrix<T> = random(&mut source, rows, columns);
                let mut packed = a.clone();
                let (pivots, info) = lu(&mut packed);
                assert_eq!(info, 0);
                let k = rows.min(columns);
                let mut left =
                    Matrix::from_fn(rows, k, |i, j| if i == j { T::of(1.0) } else { packed[(i, j)] });
                left.keep_triangle(true, 0);
                let mut right = Matrix::from_fn(k, columns, |i, j| packed[(i, j)]);
                right.keep_triangle(false, 0);
                let mut exchanged = a.clone();
                pivots.iter().enumerate().for_each(|(i, &p)| exchanged.swap_rows(i, p as usize - 1));
                close(&left.times(&right), &exchanged);

                let mut packed = a.clone();
                let taus = linalg::qr(&mut packed);
                let mut q =
                    Matrix::from_fn(rows, rows, |i, j| if j < columns { packed[(i, j)] } else { T::zero() });
                q = linalg::product_of_reflections(&q, &taus);
                close(&q.adjoint().times(&q), &Matrix::identity(rows, rows));
                let mut r = packed.clone();
                r.keep_triangle(false, 0);
                close(&q.times(&r), &a);
                let mut product = a.clone();
                linalg::multiply_by_reflections(&packed, &taus, &mut product, true, true);
                close(&product, &r);
                let mut product = a.adjoint();
                linalg::multiply_by_reflections(&packed, &taus, &mut product, false, false);
                close(&product, &r.adjoint());

                let mut packed = a.clone();
                let mut order = vec![0; columns];
                let taus = linalg::pivoted_qr(&mut packed, &mut order);
                let chosen = Matrix::from_fn(rows, columns, |i, j| a[(i, order[j] as usize - 1)]);
                let mut product = chosen;
                linalg::multiply_by_reflections(&packed, &taus, &mut product, true, true);
                packed.keep_triangle(false, 0);
                close(&product, &packed);
            }
        }
    }
}

fn solving<T: Spectral>() {
    let mut source = Random::new(9);
    for n in [1, 4, 6] {
        let mut a: Matrix<T> = random(&mut source, n, n);
        (0..n).for_each(|i| a[(i, i)] += T::of(4.0));
        close(&inverse(&a).unwrap().times(&a), &Matrix::identity(n, n));
        for lower in [true, false] {
            for unit_diagonal in [true, false] {
                for transpose in [Transpose::None, Transpose::Plain, Transpose::Conjugate] {
                    for left in [true, false] {
                        let triangle = Triangle { lower, unit_diagonal, transpose };
                        let mut meant = a.clone();
                        meant.keep_triangle(lower, 0);
                        if unit_diagonal {
                            (0..n).for_each(|i| meant[(i, i)] = T::of(1.0));
                        }
                        let meant = match transpose {
                            Transpose::None => meant,
                            Transpose::Plain => Matrix::from_fn(n, n, |i, j| meant[(j, i)]),
                            Transpose::Conjugate => meant.adjoint(),
                        };
                        let b: Matrix<T> =
                            if left { random(&mut source, n, 3) } else { random(&mut source, 3, n) };
                        let mut x = b.clone();
                        solve_triangular(&a, &mut x, triangle, left);
                        close(&if left { meant.times(&x) } else { x.times(&meant) }, &b);
                    }
                }
            }
        }
        let full: Matrix<T> = random(&mut source, n, n);
        let within = |i: usize, j: usize| if i.abs_diff(j) <= 1 { full[(i, j)] } else { T::zero() };
        let tridiagonal = Matrix::from_fn(n, n, within);
        let b: Matrix<T> = random(&mut source, n, 2);
        let mut x = b.clone();
        let mut lower: Vec<T> = (1..n).map(|i| full[(i, i - 1)]).collect();
        let mut diagonal: Vec<T> = (0..n).map(|i| full[(i, i)]).collect();
        let mut upper: Vec<T> = (1..n).map(|i| full[(i - 1, i)]).collect();
        let (mut others, mut same) = ([lower.clone(), diagonal.clone(), upper.clone()], b.clone());
        assert_eq!(solve_tridiagonal(&mut lower, &mut diagonal, &mut upper, &mut x), 0);
        close(&tridiagonal.times(&x), &b);
        let [lower, diagonal, upper] = &mut others;
        solve_tridiagonal_perturbed(lower, diagonal, upper, &mut same);
        close(&same, &x);
    }
}

#[test]
fn a_singular_tridiagonal_matrix_gives_what_it_makes_nothing_of() {
    // Differences of second order: the eigenvalues are 2 - 2 cos(kπ/(n + 1)).
    for n in [1usize, 2, 3, 10, 50] {
        for k in 1..=n {
            let value = 2.0 - 2.0 * (std::f64::consts::PI * k as f64 / (n as f64 + 1.0)).cos();
            let (mut lower, mut diagonal, mut upper) =
                (vec![-1.0; n - 1], vec![2.0 - value; n], vec![-1.0; n - 1]);
            let mut x: Matrix<f64> = random(&mut Random::new(k as u64), n, 1);
            assert!(x.data.iter().any(|&x| x != 0.0));
            solve_tridiagonal_perturbed(&mut lower, &mut diagonal, &mut upper, &mut x);
            let size = x.data.iter().fold(0.0, |size: f64, x| size.hypot(*x));
            assert!(size.is_finite() && size > 1e6, "{n}, {k}: {size}");
            let at = |i: usize| if (1..=n).contains(&i) { x.data[i - 1] / size } else { 0.0 };
            for i in 1..=n {
                let row = (2.0 - value) * at(i) - at(i - 1) - at(i + 1);
                assert!(row.abs() < 1e-9, "{n}, {k}: row {i} gives {row:e}");
            }
        }
    }
    let mut zero = [vec![0.0], vec![0.0; 2], vec![0.0]];
    let mut x = Matrix { rows: 2, columns: 1, data: vec![1.0, -1.0] };
    let [lower, diagonal, upper] = &mut zero;
    solve_tridiagonal_perturbed(lower, diagonal, upper, &mut x);
    assert!(x.data.iter().all(|x: &f64| x.is_finite()));
}

fn spectra<T: Spectral>() {
    let mut source = Random::new(11);
    for n in [1, 2, 5] {
        let a: Matrix<T> = positive_definite(&mut source, n);
        for lower in [true, false] {
            let (values, vectors) = T::self_adjoint(&a, lower).unwrap();
            assert!(values.is_sorted());
            let scaled = Matrix::from_fn(n, n, |i, j| vectors[(i, j)] * T::of(values[j]));
            close(&scaled.times(&vectors.adjoint()), &a);

            let (packed, diagonal, off, taus) = linalg::tridiagonal(&a, lower);
            let tridiagonal = Matrix::from_fn(n, n, |i, j| match i.abs_diff(j) {
                0 => T::of(diagonal[i]),
                1 => T::of(off[i.min(j)]),
                _ => T::zero(),
            });
            let (of_tridiagonal, _) = T::self_adjoint(&tridiagonal, true).unwrap();
            values.iter().zip(&of_tridiagonal).for_each(|(a, b)| assert!((a - b).abs() < 1e-10));
            assert_eq!((packed.rows, taus.len()), (n, n - 1));
        }
        let mut form = a.clone();
        let taus = linalg::hessenberg(&mut form, 1, n);
        assert_eq!(taus.len(), n - 1);
        for (rows, columns) in [(n, n), (n + 2, n), (n, n + 3)] {
            let a: Matrix<T> = random(&mut source, rows, columns);
            for full in [true, false] {
                let (left, values, right) = T::singular(&a, full).unwrap();
                let k = rows.min(columns);
                assert_eq!((left.columns, right.rows), if full { (rows, columns) } else { (k, k) });
                let scaled = Matrix::from_fn(rows, k, |i, j| left[(i, j)] * T::of(values[j]));
                let right = Matrix::from_fn(k, columns, |i, j| right[(i, j)]);
                close(&scaled.times(&right), &a);
            }
        }
        let a: Matrix<T> = random(&mut source, n, n);
        let wide = Matrix::from_fn(n, n, |i, j| Complex::new(a[(i, j)].real(), a[(i, j)].imaginary()));
        let (values, mut vectors) = T::general(&a).unwrap();
        normalize(&mut vectors);
        close(&wide.times(&vectors), &Matrix::from_fn(n, n, |i, j| vectors[(i, j)] * values[j]));
        let left = left_of(&vectors).unwrap().adjoint();
        close(&left.times(&wide), &Matrix::from_fn(n, n, |i, j| values[i] * left[(i, j)]));
    }
    let nan = Matrix::from_fn(2, 2, |_, _| T::of(f64::NAN));
    assert!(
        T::self_adjoint(&nan, true).is_none()
            && T::singular(&nan, true).is_none()
            && T::general(&nan).is_none()
    );
}

#[test]
fn factors_multiply_to_the_matrix() {
    factorizations::<f64>();
    factorizations::<Complex<f64>>();
}

#[test]
fn solutions_solve() {
    solving::<f64>();
    solving::<Complex<f64>>();
}

#[test]
fn spectra_compose_to_the_matrix() {
    spectra::<f64>();
    spectra::<Complex<f64>>();
}

#[test]
fn a_matrix_that_is_not_positive_definite_is_told() {
    let mut a = Matrix { rows: 2, columns: 2, data: vec![1.0, 2.0, 2.0, 1.0] };
    assert_eq!(cholesky(&mut a, true), 2);
    let mut singular = Matrix::<f64>::zeros(2, 2);
    assert_eq!(lu(&mut singular).1, 1);
}
