//! Fourier transforms of any length, by `rustfft`.

use std::sync::Arc;

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
