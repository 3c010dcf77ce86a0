//! Bessel functions.

use std::f64::consts::PI;

use super::Double;

/// The modified Bessel function of the first kind of order one, times `exp(-|x|)`.
pub(crate) fn bessel_i1e(x: f64) -> f64 {
    let size = x.abs();
    if size.is_nan() || size == 0.0 {
        return x;
    }
    if size.is_infinite() {
        return 0.0f64.copysign(x);
    }
    let value = if size < 32.0 { series(size) * (-size).exp() } else { asymptotic(size) };
    value.copysign(x)
}

/// `Σ (x/2)²ᵏ⁺¹ / (k! (k+1)!)`, all of whose terms are positive.
fn series(x: f64) -> f64 {
    let half = x / 2.0;
    let square = Double::product(half, half);
    let terms = 20 + (2.0 * x) as u32;
    let nested = (1..=terms).rev().fold(Double::of(1.0), |sum, k| {
        let k = f64::from(k);
        sum.times(square).over(k * (k + 1.0)).plus_f64(1.0)
    });
    nested.value() * half
}

/// `(1 - 3/(8x) + 3·(-5)/(2! (8x)²) - …) / √(2πx)`, whose terms shrink until the last place for `x` from 32.
fn asymptotic(x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for k in 1..40u32 {
        let odd = f64::from(2 * k - 1);
        term *= -(4.0 - odd * odd) / (f64::from(k) * 8.0 * x);
        sum += term;
        if term.abs() < f64::EPSILON / 4.0 {
            break;
        }
    }
    sum / (2.0 * PI * x).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The integral of `exp(x (cos t - 1)) cos t` over half a turn, by the trapezoidal rule, which converges
    /// geometrically for periodic functions.
    fn by_integral(x: f64) -> f64 {
        let steps = 4000;
        let sum: f64 = (0..=steps)
            .map(|i| {
                let t = PI * f64::from(i) / f64::from(steps);
                let weight = if i == 0 || i == steps { 0.5 } else { 1.0 };
                // cos t - 1 without cancellation.
                weight * (-2.0 * x * (t / 2.0).sin().powi(2)).exp() * t.cos()
            })
            .sum();
        sum / f64::from(steps)
    }

    #[test]
    fn it_is_the_integral() {
        for i in 1..200 {
            let x = f64::from(i) * 0.37;
            let (found, expected) = (bessel_i1e(x), by_integral(x));
            assert!((found / expected - 1.0).abs() < 1e-13, "{x}: {found} {expected}");
            assert_eq!(bessel_i1e(-x), -found);
        }
        let (below, above) = (series(32.0) * (-32.0f64).exp(), asymptotic(32.0));
        assert!((below / above - 1.0).abs() <= 3.0 * f64::EPSILON);
    }
}
