//! Sums of two `f64`, for where one is not precise enough.

/// A number as the sum of a double and what it leaves over: about 106 bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Double {
    high: f64,
    low: f64,
}

pub(crate) const PI: Double = Double { high: std::f64::consts::PI, low: 1.224_646_799_147_353_2e-16 };
const LN_2: Double = Double { high: std::f64::consts::LN_2, low: 2.319_046_813_846_299_6e-17 };

impl Double {
    /// A number and what it leaves over, at most half a unit in its last place.
    pub(crate) const fn with_rest(high: f64, low: f64) -> Double {
        Double { high, low }
    }

    /// The exact sum of two numbers.
    pub(crate) fn sum(a: f64, b: f64) -> Double {
        let (high, low) = two_sum(a, b);
        Double { high, low }
    }

    /// That number.
    pub(crate) fn of(x: f64) -> Double {
        Double { high: x, low: 0.0 }
    }

    /// The exact product of two numbers.
    pub(crate) fn product(a: f64, b: f64) -> Double {
        let high = a * b;
        Double { high, low: a.mul_add(b, -high) }
    }

    /// The sum.
    pub(crate) fn plus(self, other: Double) -> Double {
        let (high, rest) = two_sum(self.high, other.high);
        let (low, least) = two_sum(self.low, other.low);
        let sum = renormal(high, rest + low);
        renormal(sum.high, sum.low + least)
    }

    /// The difference.
    pub(crate) fn minus(self, other: Double) -> Double {
        self.plus(other.negated())
    }

    /// The number of the other sign.
    pub(crate) fn negated(self) -> Double {
        Double { high: -self.high, low: -self.low }
    }

    /// The sum with a double.
    pub(crate) fn plus_f64(self, x: f64) -> Double {
        self.plus(Double::of(x))
    }

    /// The product.
    pub(crate) fn times(self, other: Double) -> Double {
        let product = Double::product(self.high, other.high);
        let crossed = self.high.mul_add(other.low, self.low.mul_add(other.high, self.low * other.low));
        renormal(product.high, product.low + crossed)
    }

    /// The quotient by a double.
    pub(crate) fn over(self, x: f64) -> Double {
        let high = self.high / x;
        let product = Double::product(high, x);
        let rest = (self.high - product.high) - product.low + self.low;
        renormal(high, rest / x)
    }

    /// The quotient.
    pub(crate) fn divided_by(self, other: Double) -> Double {
        // Digit by digit, each of 53 bits.
        let first = self.high / other.high;
        let rest = self.minus(other.times(Double::of(first)));
        let second = rest.high / other.high;
        let third = rest.minus(other.times(Double::of(second))).high / other.high;
        renormal(first, second).plus_f64(third)
    }

    /// The power by a whole number.
    pub(crate) fn powi(self, exponent: u32) -> Double {
        let (mut power, mut square, mut left) = (Double::of(1.0), self, exponent);
        while left > 0 {
            if left % 2 == 1 {
                power = power.times(square);
            }
            square = square.times(square);
            left /= 2;
        }
        power
    }

    /// The natural logarithm of a positive number that is not subnormal.
    pub(crate) fn ln(self) -> Double {
        // x = 2ᵉ z with z near one, and ln z = 2 artanh((z - 1) / (z + 1)) = 2 Σ uᵏ/k over odd k.
        let e = (self.high * std::f64::consts::FRAC_1_SQRT_2).log2().ceil();
        let scale = (-e).exp2();
        let z = Double { high: self.high * scale, low: self.low * scale };
        let u = z.plus_f64(-1.0).divided_by(z.plus_f64(1.0));
        let square = u.times(u);
        let sum = (0..23).rev().fold(Double::of(0.0), |sum, i| {
            let k = 2.0 * f64::from(i) + 1.0;
            sum.times(square).plus(Double::of(2.0).over(k))
        });
        LN_2.times(Double::of(e)).plus(sum.times(u))
    }

    /// The cosine over the sine of an angle of at most `π/2` that is not zero.
    pub(crate) fn cotangent(self) -> Double {
        let square = self.times(self);
        // Σ (-x²)ⁱ / (2i)! and x Σ (-x²)ⁱ / (2i + 1)!
        let series = |odd: f64| {
            (1..19).rev().fold(Double::of(1.0), |sum, i| {
                let last = 2.0 * f64::from(i) + odd;
                Double::of(1.0).minus(sum.times(square).over((last - 1.0) * last))
            })
        };
        series(0.0).divided_by(self.times(series(1.0)))
    }

    /// The nearest double.
    pub(crate) fn value(self) -> f64 {
        self.high + self.low
    }
}

/// A sum and what rounding it left over.
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

fn renormal(high: f64, low: f64) -> Double {
    let sum = high + low;
    Double { high: sum, low: low - (sum - high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_double_drops_is_kept() {
        let tiny = 2f64.powi(-80);
        let sum = Double::of(1.0).plus_f64(tiny).plus_f64(-1.0);
        assert_eq!(sum.value(), tiny);
        let x = 1.0 + 2f64.powi(-40);
        let square = Double::product(x, x).plus_f64(-1.0).plus_f64(-(2f64.powi(-39)));
        assert_eq!(square.value(), tiny);
        let third = Double::of(1.0).over(3.0);
        assert!((third.times(Double::of(3.0)).plus_f64(-1.0).value()).abs() < 2f64.powi(-100));
        let quotient = Double::of(1.0).divided_by(third);
        assert!(quotient.plus_f64(-3.0).value().abs() < 2f64.powi(-100));
    }

    #[test]
    fn functions_fit_together() {
        let near = |found: Double, expected: Double, what: &str| {
            let error = found.minus(expected).value().abs() / expected.value().abs().max(1.0);
            assert!(error < 2f64.powi(-100), "{what}: {error:e}");
        };
        for i in 1..60 {
            let x = Double::of(f64::from(i)).over(7.0);
            near(x.powi(5).ln(), x.ln().times(Double::of(5.0)), "the logarithm of a power");
            near(x.times(PI).ln(), x.ln().plus(PI.ln()), "the logarithm of a product");
            // cot x = (cot² x/2 - 1) / (2 cot x/2)
            let angle = PI.over(2.0).times(Double::of(f64::from(i)).over(60.0));
            let half = angle.over(2.0).cotangent();
            let double = half.times(half).plus_f64(-1.0).divided_by(half.plus(half));
            near(angle.cotangent(), double, "the cotangent of half an angle");
        }
        near(Double::of(2.0).ln(), LN_2, "ln 2");
        near(PI.over(4.0).cotangent(), Double::of(1.0), "cot π/4");
        near(Double::of(3.0).powi(60), Double::of(3f64.powi(30)).times(Double::of(3f64.powi(30))), "3⁶⁰");
    }
}
