//! Dense matrices of numbers in double precision.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Index, IndexMut, Mul, MulAssign, Neg, Sub, SubAssign};

use num_complex::Complex;

/// A real or complex number in double precision.
pub trait Number:
    Copy
    + Debug
    + Send
    + Sync
    + PartialEq
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + 'static
{
    /// Whether there are imaginary parts.
    const IS_COMPLEX: bool;
    /// A number of its parts; the imaginary one is dropped where there is none.
    fn from_parts(re: f64, im: f64) -> Self;
    /// The real part.
    fn real(self) -> f64;
    /// The imaginary part.
    fn imaginary(self) -> f64;
    /// The conjugate.
    fn conjugate(self) -> Self;
    /// The absolute value.
    fn size(self) -> f64 {
        self.real().hypot(self.imaginary())
    }
    /// A real number.
    fn of(re: f64) -> Self {
        Self::from_parts(re, 0.0)
    }
    /// Zero.
    fn zero() -> Self {
        Self::of(0.0)
    }
}

impl Number for f64 {
    const IS_COMPLEX: bool = false;
    fn from_parts(re: f64, _: f64) -> f64 {
        re
    }
    fn real(self) -> f64 {
        self
    }
    fn imaginary(self) -> f64 {
        0.0
    }
    fn conjugate(self) -> f64 {
        self
    }
}

impl Number for Complex<f64> {
    const IS_COMPLEX: bool = true;
    fn from_parts(re: f64, im: f64) -> Self {
        Complex { re, im }
    }
    fn real(self) -> f64 {
        self.re
    }
    fn imaginary(self) -> f64 {
        self.im
    }
    fn conjugate(self) -> Self {
        self.conj()
    }
}

/// A matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix<T> {
    /// The number of rows.
    pub rows: usize,
    /// The number of columns.
    pub columns: usize,
    /// The numbers, row after row.
    pub data: Vec<T>,
}

impl<T: Number> Matrix<T> {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Matrix<T> {
        Matrix { rows, columns, data: vec![T::zero(); rows * columns] }
    }

    /// Ones on the diagonal, zeros elsewhere.
    pub fn identity(rows: usize, columns: usize) -> Matrix<T> {
        let mut identity = Matrix::zeros(rows, columns);
        (0..rows.min(columns)).for_each(|i| identity[(i, i)] = T::of(1.0));
        identity
    }

    /// A matrix of the numbers that a function gives for each row and column.
    pub fn from_fn(rows: usize, columns: usize, at: impl Fn(usize, usize) -> T) -> Matrix<T> {
        let data = (0..rows * columns).map(|i| at(i / columns.max(1), i % columns.max(1))).collect();
        Matrix { rows, columns, data }
    }

    /// Sets all numbers.
    pub fn fill(&mut self, value: T) {
        self.data.fill(value);
    }

    /// The conjugate transpose.
    pub fn adjoint(&self) -> Matrix<T> {
        Matrix::from_fn(self.columns, self.rows, |i, j| self[(j, i)].conjugate())
    }

    /// Exchanges two rows.
    pub fn swap_rows(&mut self, a: usize, b: usize) {
        (0..self.columns).for_each(|j| self.data.swap(a * self.columns + j, b * self.columns + j));
    }

    /// Exchanges two columns.
    pub fn swap_columns(&mut self, a: usize, b: usize) {
        (0..self.rows).for_each(|i| self.data.swap(i * self.columns + a, i * self.columns + b));
    }

    /// Sets to zero what lies on the other side of a diagonal, the main one or another parallel to it.
    pub fn keep_triangle(&mut self, lower: bool, diagonal: isize) {
        for i in 0..self.rows {
            for j in 0..self.columns {
                let above = j as isize - i as isize - diagonal;
                if if lower { above > 0 } else { above < 0 } {
                    self[(i, j)] = T::zero();
                }
            }
        }
    }

    /// The product with another matrix.
    ///
    /// # Panics
    /// Where the other has not as many rows as this one has columns.
    pub fn times(&self, other: &Matrix<T>) -> Matrix<T> {
        Matrix::from_fn(self.rows, other.columns, |i, j| {
            (0..self.columns).fold(T::zero(), |sum, k| sum + self[(i, k)] * other[(k, j)])
        })
    }
}

impl<T> Index<(usize, usize)> for Matrix<T> {
    type Output = T;
    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.data[i * self.columns + j]
    }
}

impl<T> IndexMut<(usize, usize)> for Matrix<T> {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.data[i * self.columns + j]
    }
}
