//! Functions of `f32` that compile to vector code: polynomials without branches, at most 2 units in the last place
//! from the true value, right for NaN, infinities, zeros and subnormal numbers. [`lanes`] has those that take more digits on
//! the way, and those of `f64`; [`special`] what is seldom called.

mod exp;
pub(crate) mod lanes;
mod log;
pub(crate) mod special;
mod tanh;

pub(crate) use exp::{exp, exp_minus_one, logistic};
pub(crate) use log::{log, log_plus_one};
pub(crate) use tanh::tanh;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Fused, Plain};

    /// Distance from the true value in units in the last place of the nearest float.
    fn ulps(found: f32, truth: f64) -> f64 {
        let nearest = truth as f32;
        if found.to_bits() == nearest.to_bits() || found.is_nan() && nearest.is_nan() {
            return 0.0;
        }
        if nearest.is_infinite() || nearest.is_nan() || found.is_nan() || found.is_infinite() {
            return f64::INFINITY;
        }
        let unit = f64::from(nearest.abs().max(f32::MIN_POSITIVE).next_up())
            - f64::from(nearest.abs().max(f32::MIN_POSITIVE));
        (f64::from(found) - truth).abs() / unit
    }

    /// Every 509th float: all signs, exponents and classes.
    fn stratified() -> impl Iterator<Item = f32> {
        (0..=u32::MAX).step_by(509).map(f32::from_bits)
    }

    fn special() -> [f32; 14] {
        let tiny = f32::from_bits(1);
        let (big, small) = (f32::MAX, f32::MIN_POSITIVE);
        [
            0.0,
            -0.0,
            1.0,
            -1.0,
            f32::INFINITY,
            f32::NEG_INFINITY,
            f32::NAN,
            tiny,
            -tiny,
            big,
            -big,
            small,
            -small,
            0.5,
        ]
    }

    #[track_caller]
    fn check(name: &str, fused: fn(f32) -> f32, plain: fn(f32) -> f32, truth: fn(f64) -> f64) {
        for (kind, function, limit) in [("fused", fused, 2.0), ("plain", plain, 3.0)] {
            let mut worst = (0.0, 0.0);
            for x in stratified().chain(special()) {
                let error = ulps(function(x), truth(f64::from(x)));
                if error > worst.0 {
                    worst = (error, x);
                }
            }
            assert!(worst.0 <= limit, "{name} ({kind}) is {} ulp off at {:e}", worst.0, worst.1);
        }
        // Zeros keep their sign where the function does.
        assert_eq!(fused(-0.0).to_bits(), (truth(-0.0) as f32).to_bits(), "{name} of -0");
    }

    #[test]
    fn exponentials_are_accurate() {
        check("exp", exp::<Fused>, exp::<Plain>, f64::exp);
        check("expm1", exp_minus_one::<Fused>, exp_minus_one::<Plain>, f64::exp_m1);
        check("logistic", logistic::<Fused>, logistic::<Plain>, |x| {
            let e = (-x.abs()).exp();
            (if x < 0.0 { e } else { 1.0 }) / (1.0 + e)
        });
    }

    #[test]
    fn logarithms_are_accurate() {
        check("log", log::<Fused>, log::<Plain>, f64::ln);
        check("log1p", log_plus_one::<Fused>, log_plus_one::<Plain>, f64::ln_1p);
    }

    #[test]
    fn tanh_is_accurate() {
        check("tanh", tanh::<Fused>, tanh::<Plain>, f64::tanh);
    }
}
