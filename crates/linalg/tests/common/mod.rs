//! What several tests share.

use runahead_linalg::{Matrix, Number};

/// Numbers that look random and are the same each time.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number between -2 and 2.
    pub(crate) fn float(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / f64::from(1 << 22) - 2.0
    }
}

pub(crate) fn random<T: Number>(random: &mut Random, rows: usize, columns: usize) -> Matrix<T> {
    let mut matrix = Matrix::zeros(rows, columns);
    matrix.data.iter_mut().for_each(|x| *x = T::from_parts(random.float(), random.float()));
    matrix
}

/// Whether all numbers are that near to the expected ones.
#[track_caller]
pub(crate) fn close_within<T: Number>(tolerance: f64, found: &Matrix<T>, expected: &Matrix<T>) {
    assert_eq!((found.rows, found.columns), (expected.rows, expected.columns));
    for (a, b) in found.data.iter().zip(&expected.data) {
        assert!((*a - *b).size() < tolerance, "{a:?} for {b:?}");
    }
}
