//! The inverse of the error function.

use std::f64::consts::PI;

/// The `y` with `erf(y) = x`; NaN outside of `[-1, 1]`.
pub(crate) fn erf_inv(x: f64) -> f64 {
    let size = x.abs();
    if size >= 1.0 || size.is_nan() {
        return if size == 1.0 { f64::INFINITY.copysign(x) } else { f64::NAN };
    }
    // Below this, the next term of the series is beyond the last place.
    if size < 1e-9 {
        return x * (PI.sqrt() / 2.0);
    }
    let mut y = rough(size);
    // Halley's steps, each of which triples the digits of the guess: six of them, or near one fewer. From a half on,
    // what is compared is the complement, which is exact there.
    for _ in 0..8 {
        let error = if size < 0.5 { libm::erf(y) - size } else { (1.0 - size) - libm::erfc(y) };
        let slope = 2.0 / PI.sqrt() * (-y * y).exp();
        let step = error / slope;
        y -= step / (1.0 + y * step);
        if step.abs() < y * f64::EPSILON {
            break;
        }
    }
    y.copysign(x)
}

/// Giles's approximation in single precision, of a positive argument.
fn rough(x: f64) -> f64 {
    let w = -((1.0 - x) * (1.0 + x)).ln();
    let (w, coefficients) = if w < 5.0 {
        (
            w - 2.5,
            [
                2.810_226_36e-8,
                3.432_739_39e-7,
                -3.523_387_7e-6,
                -4.391_506_54e-6,
                0.000_218_580_87,
                -0.001_253_725_03,
                -0.004_177_681_64,
                0.246_640_727,
                1.501_409_41,
            ],
        )
    } else {
        (
            w.sqrt() - 3.0,
            [
                -0.000_200_214_257,
                0.000_100_950_558,
                0.001_349_343_22,
                -0.003_673_428_44,
                0.005_739_507_73,
                -0.007_622_461_3,
                0.009_438_870_47,
                1.001_674_06,
                2.832_976_82,
            ],
        )
    };
    coefficients.into_iter().fold(0.0, |sum, c| sum * w + c) * x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_inverse() {
        for i in 1..2000 {
            let x = f64::from(i) / 2000.0;
            let y = erf_inv(x);
            // The error of `erf` at `y` counts as much as the slope carries it back.
            assert!((libm::erf(y) - x).abs() <= 4.0 * f64::EPSILON * x, "{x}");
            assert_eq!(erf_inv(-x), -y);
        }
        for exponent in 2..16 {
            let x = 1.0 - 10f64.powi(-exponent);
            let y = erf_inv(x);
            // Of the complement, an error of `y` in the last place is `2 y²` times as many.
            let allowed = 4.0 * f64::EPSILON * (1.0 + 2.0 * y * y);
            assert!((libm::erfc(y) / (1.0 - x) - 1.0).abs() < allowed, "{x}");
        }
        assert_eq!(erf_inv(1.0), f64::INFINITY);
        assert_eq!(erf_inv(-1.0), f64::NEG_INFINITY);
        assert!(erf_inv(1.5).is_nan() && erf_inv(f64::NAN).is_nan());
        assert!(erf_inv(-0.0).is_sign_negative());
    }
}
