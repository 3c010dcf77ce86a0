//! Fourier transforms of any length, by `rustfft`.

use std::sync::Arc;

use num_complex::Complex;
use rustfft::FftPlanner;
pub use rustfft::{Fft, FftDirection, FftNum};

/// What can be transformed: `f32` and `f64`.
pub trait Fourier: FftNum {
    /// A plan for transforms of that length, unnormalized: there and back multiplies by the length.
    ///
    /// ```
    /// use num_complex::Complex;
    /// use runahead_linalg::{Fft, FftDirection, Fourier};
    /// let mut data = [1.0, 0.0, 0.0, 0.0].map(|re| Complex::new(re, 0.0));
    /// f64::plan(4, FftDirection::Forward).process(&mut data);
    /// assert_eq!(data, [Complex::new(1.0, 0.0); 4]);
    /// ```
    fn plan(length: usize, direction: FftDirection) -> Arc<dyn Fft<Self>>;
}

/// Bytes of memory that a plan for transforms of that length has, and that it takes to make it, at most.
///
/// ```
/// // Of an absurd length, as many as there are.
/// assert_eq!(runahead_linalg::fourier_table_bytes::<f32>(usize::MAX), usize::MAX);
/// ```
pub fn fourier_table_bytes<T>(length: usize) -> usize {
    // A length with large prime factors is transformed by convolutions, which take transforms of up to four times that
    // length, each with factors for all its elements at every level that it is split at, of which each has less than the one
    // above. What little lengths have in code of their own is a constant.
    const NUMBERS: usize = 16;
    const LITTLE: usize = 64 << 10;
    length.saturating_mul(NUMBERS * size_of::<Complex<T>>()).saturating_add(LITTLE)
}

// Not generic, so that what a planner leads to is compiled in this crate.

impl Fourier for f32 {
    fn plan(length: usize, direction: FftDirection) -> Arc<dyn Fft<f32>> {
        FftPlanner::new().plan_fft(length, direction)
    }
}

impl Fourier for f64 {
    fn plan(length: usize, direction: FftDirection) -> Arc<dyn Fft<f64>> {
        FftPlanner::new().plan_fft(length, direction)
    }
}
