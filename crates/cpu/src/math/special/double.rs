//! Sums of two `f64`, for where one is not precise enough.

/// A number as the sum of a double and what it leaves over: about 106 bits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Double {
    high: f64,
    low: f64,
}

impl Double {
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
        renormal(high, rest + self.low + other.low)
    }

    /// The sum with a double.
    pub(crate) fn plus_f64(self, x: f64) -> Double {
        self.plus(Double::of(x))
    }

    /// The product.
    pub(crate) fn times(self, other: Double) -> Double {
        let product = Double::product(self.high, other.high);
        renormal(product.high, product.low + self.high * other.low + self.low * other.high)
    }

    /// The quotient by a double.
    pub(crate) fn over(self, x: f64) -> Double {
        let high = self.high / x;
        let product = Double::product(high, x);
        let rest = (self.high - product.high) - product.low + self.low;
        renormal(high, rest / x)
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
    }
}
