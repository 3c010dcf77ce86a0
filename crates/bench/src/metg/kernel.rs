//! What a task computes.

use std::hint::black_box;

/// Doubles that are computed on at once.
const LANES: usize = 64;

/// Floating-point operations in one iteration: a multiplication and an addition for each.
pub(super) const FLOPS: usize = 2 * LANES;

/// Computes `a = a * a + a` on 64 doubles so many times.
pub(super) fn compute(iterations: u64) {
    // Small enough that the values stay finite for ever: they go to zero from below.
    let mut lanes: [f64; LANES] = std::array::from_fn(|lane| -0.1 / (lane + 1) as f64);
    for _ in 0..black_box(iterations) {
        for a in &mut lanes {
            *a = *a * *a + *a;
        }
    }
    black_box(&lanes);
}
