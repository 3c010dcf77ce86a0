//! The gamma function's logarithm and its derivatives.

use std::sync::LazyLock;

use super::{Double, below_zero};

/// `B₂ₖ / (2k)!` for `k` from 1.
const BERNOULLI_BY_FACTORIAL: [f64; 12] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
    -3617.0 / 10_670_622_842_880_000.0,
    43_867.0 / 5_109_094_217_170_944_000.0,
    -174_611.0 / 802_857_662_698_291_200_000.0,
    77_683.0 / 14_101_100_039_391_805_440_000.0,
    -236_364_091.0 / 1_693_824_136_731_743_669_452_800_000.0,
];

/// The logarithm of the gamma function's absolute value.
pub(crate) fn lgamma(x: f64) -> f64 {
    // Where the gamma function has a pole there is no sign to ask for.
    if x.is_infinite() {
        f64::INFINITY
    } else if (-100.0..0.0).contains(&x) && x != x.floor() {
        // Further below, none of the numbers summed is much larger than the sum.
        below_zero::lgamma(x)
    } else {
        libm::lgamma(x)
    }
}

/// The derivative of [`lgamma`]; NaN at its poles, zero and the negative integers.
pub(crate) fn digamma(x: f64) -> f64 {
    if x.is_nan() || x == f64::NEG_INFINITY || x <= 0.0 && x == x.floor() {
        return f64::NAN;
    }
    if x < 0.0 {
        return below_zero::digamma(x);
    }
    let from_root = (x - ROOT) - ROOT_REST;
    // Further away the logarithm below is no longer much larger than the result.
    if from_root.abs() < 0.75 {
        return NEAR_ROOT.iter().rev().fold(0.0, |sum, c| (sum + c) * from_root);
    }
    if (2.0..ROOT + 1.75).contains(&x) {
        return digamma(x - 1.0) + 1.0 / (x - 1.0);
    }
    let (mut x, mut shift) = (x, Double::of(0.0));
    while x < 12.0 {
        shift = shift.plus(Double::of(-1.0).over(x));
        x += 1.0;
    }
    // ln x - 1/(2x) - Σ B₂ₖ / (2k x²ᵏ)
    let square = 1.0 / (x * x);
    let mut factorial = 1.0;
    let (mut power, mut sum) = (1.0, 0.0);
    for (k, b) in BERNOULLI_BY_FACTORIAL.iter().enumerate().take(9) {
        let twice = 2.0 * (k as f64 + 1.0);
        // (2k - 1)! turns the quotient into B₂ₖ / 2k.
        factorial *= if k == 0 { 1.0 } else { (twice - 2.0) * (twice - 1.0) };
        power *= square;
        sum += b * factorial * power;
    }
    shift.plus_f64(x.ln()).plus_f64(-0.5 / x).plus_f64(-sum).value()
}

/// The positive zero of [`digamma`], as a double and what that leaves over.
const ROOT: f64 = 1.461_632_144_968_362_2;
const ROOT_REST: f64 = 9.549_995_429_965_697e-17;

/// Taylor coefficients of [`digamma`] at its zero, from the linear one: `ψ⁽ᵏ⁾/k! = (-1)ᵏ⁺¹ ζ(k + 1, x)`.
static NEAR_ROOT: LazyLock<[f64; 64]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
        sign * zeta(i as f64 + 2.0, ROOT)
    })
});

/// Hurwitz's zeta function, `Σ (q + n)⁻ˢ` over `n` from 0.
///
/// Infinite at `s = 1`, NaN below. For a `q` that is not positive: NaN unless `s` is an integer; where also `q` is one,
/// a term is infinite.
pub(crate) fn zeta(s: f64, q: f64) -> f64 {
    if s.is_nan() || q.is_nan() || s < 1.0 {
        return f64::NAN;
    }
    if s == 1.0 {
        return f64::INFINITY;
    }
    if q <= 0.0 {
        if s != s.floor() {
            return f64::NAN;
        }
        if q == q.floor() {
            return if s % 2.0 == 0.0 { f64::INFINITY } else { f64::NAN };
        }
        return below_zero::zeta(s, q);
    }
    if q.is_infinite() || s.is_infinite() {
        return if s.is_infinite() && q <= 1.0 && q > 0.0 {
            if q == 1.0 { 1.0 } else { f64::INFINITY }
        } else {
            0.0
        };
    }
    let mut at = q;
    let mut sum = Double::of(0.0);
    // As far as the formula for the rest needs: its terms grow by (s + 2k)² / (2π at)².
    let far = 12.0 + s;
    loop {
        let term = at.powf(-s);
        sum = sum.plus_f64(term);
        at += 1.0;
        // Terms fall from 1 on; where they are too small to be there at all, so are those that follow.
        if at > far || at > 1.0 && term.abs() <= sum.value().abs() * 1e-20 || !sum.value().is_finite() {
            break;
        }
    }
    if !sum.value().is_finite() {
        return sum.value();
    }
    // Euler and Maclaurin's formula for the rest: x¹⁻ˢ/(s - 1) + x⁻ˢ/2 + Σ B₂ₖ/(2k)! s(s+1)…(s+2k-2) x⁻ˢ⁻²ᵏ⁺¹
    let power = at.powf(-s);
    let main = at.powf(1.0 - s) / (s - 1.0);
    let mut rest = power / 2.0;
    let mut factor = power * s / at;
    for (k, b) in BERNOULLI_BY_FACTORIAL.iter().enumerate() {
        let term = b * factor;
        rest += term;
        if term.abs() < main.abs() * f64::EPSILON / 8.0 {
            break;
        }
        let next = s + 2.0 * k as f64;
        factor *= (next + 1.0) * (next + 2.0) / (at * at);
    }
    sum.plus_f64(main).plus_f64(rest).value()
}

/// The derivative of [`digamma`] of order `n`, which must be a whole number and not negative; else NaN.
pub(crate) fn polygamma(n: f64, x: f64) -> f64 {
    if !n.is_finite() || n < 0.0 || n != n.floor() {
        return f64::NAN;
    }
    if n == 0.0 {
        return digamma(x);
    }
    let value = zeta(n + 1.0, x);
    let factorial = libm::tgamma(n + 1.0);
    let size = if factorial.is_finite() && value != 0.0 {
        factorial * value
    } else {
        (lgamma(n + 1.0) + value.abs().ln()).exp().copysign(value)
    };
    if n % 2.0 == 0.0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;

    fn close(found: f64, expected: f64, what: &str) {
        assert!((found / expected - 1.0).abs() < 4.0 * f64::EPSILON, "{what}: {found} for {expected}");
    }

    #[test]
    fn known_values() {
        let euler = 0.577_215_664_901_532_9;
        close(digamma(1.0), -euler, "ψ(1)");
        close(digamma(0.5), -euler - 2.0 * 2f64.ln(), "ψ(1/2)");
        close(digamma(2.0), 1.0 - euler, "ψ(2)");
        // Close to a zero of its own.
        assert!((digamma(-0.5) - (2.0 - euler - 2.0 * 2f64.ln())).abs() < 4.0 * f64::EPSILON);
        close(digamma(100.0), 4.600_161_852_738_087, "ψ(100)");
        close(zeta(2.0, 1.0), PI * PI / 6.0, "ζ(2)");
        close(zeta(4.0, 1.0), PI.powi(4) / 90.0, "ζ(4)");
        close(zeta(2.0, 0.5), PI * PI / 2.0, "ζ(2, 1/2)");
        close(zeta(3.0, 1.0), 1.202_056_903_159_594_2, "ζ(3)");
        close(polygamma(1.0, 1.0), PI * PI / 6.0, "ψ'(1)");
        close(polygamma(2.0, 1.0), -2.0 * 1.202_056_903_159_594_2, "ψ''(1)");
        assert_eq!(zeta(1.0, 2.0), f64::INFINITY);
        assert!(zeta(0.5, 2.0).is_nan() && polygamma(1.5, 2.0).is_nan() && digamma(-3.0).is_nan());
    }

    #[test]
    fn recurrences_hold() {
        for i in 1..400 {
            let x = f64::from(i) * 0.0713;
            let difference = digamma(x + 1.0) - digamma(x);
            let size = digamma(x).abs().max(1.0 / x).max(1.0);
            assert!((difference - 1.0 / x).abs() < 8.0 * f64::EPSILON * size, "ψ at {x}");
            for s in [1.5, 2.0, 3.25, 7.0] {
                let (here, next) = (zeta(s, x), zeta(s, x + 1.0));
                assert!((here - next - x.powf(-s)).abs() < 8.0 * f64::EPSILON * here, "ζ({s}, {x})");
            }
        }
    }

    #[test]
    fn the_root_is_a_root() {
        let step = 2f64.powi(-30);
        let slope = zeta(2.0, ROOT);
        assert!((digamma(ROOT + step) / (slope * (step - ROOT_REST)) - 1.0).abs() < 1e-8);
        assert!(digamma(ROOT).abs() < 1e-15);
    }
}
