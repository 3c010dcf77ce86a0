//! Functions of complex numbers.

use num_complex::Complex;

use super::number::Field;
use crate::element::Element;

/// The parts that complex numbers have.
pub(crate) trait Part: Element + Field {}

/// Complex numbers and their functions.
pub(crate) trait Plane: Element {
    type Part: Part;
    fn new(re: Self::Part, im: Self::Part) -> Self;
    fn re(self) -> Self::Part;
    fn im(self) -> Self::Part;
    fn size(self) -> Self::Part;
    fn conjugate(self) -> Self;
    fn cube_root(self) -> Self;
    fn exponential(self) -> Self;
    fn exponential_minus_one(self) -> Self;
    fn logarithm(self) -> Self;
    fn logarithm_plus_one(self) -> Self;
    fn logistic(self) -> Self;
    fn root(self) -> Self;
    fn reciprocal_root(self) -> Self;
    fn sine(self) -> Self;
    fn cosine(self) -> Self;
    fn tangent(self) -> Self;
    fn hyperbolic_tangent(self) -> Self;
    fn power(self, exponent: Self) -> Self;
    fn angle(self, x: Self) -> Self;
    fn all_finite(self) -> bool;
}

macro_rules! planes {
    ($($part:ident),*) => {$(
        impl Part for $part {}

        impl Plane for Complex<$part> {
            type Part = $part;
            #[inline(always)]
            fn new(re: $part, im: $part) -> Self {
                Complex { re, im }
            }
            #[inline(always)]
            fn re(self) -> $part {
                self.re
            }
            #[inline(always)]
            fn im(self) -> $part {
                self.im
            }
            fn size(self) -> $part {
                self.norm()
            }
            fn conjugate(self) -> Self {
                self.conj()
            }
            fn cube_root(self) -> Self {
                self.powf(1.0 / 3.0)
            }
            fn exponential(self) -> Self {
                self.exp()
            }
            fn exponential_minus_one(self) -> Self {
                // exp(a + bi) - 1 = expm1(a) cos b - 2 sin²(b/2) + i exp(a) sin b, without cancellation near zero.
                let half = (self.im / 2.0).sin();
                Complex::new(self.re.exp_m1() * self.im.cos() - 2.0 * half * half, self.re.exp() * self.im.sin())
            }
            fn logarithm(self) -> Self {
                self.ln()
            }
            fn logarithm_plus_one(self) -> Self {
                let (a, b) = (self.re, self.im);
                let re = if a.abs() < 0.5 && b.abs() < 0.5 {
                    (a * (2.0 + a) + b * b).ln_1p() / 2.0
                } else {
                    (a + 1.0).hypot(b).ln()
                };
                Complex::new(re, b.atan2(a + 1.0))
            }
            fn logistic(self) -> Self {
                divide(Complex::new(1.0, 0.0), (-self).exp() + 1.0)
            }
            fn root(self) -> Self {
                self.sqrt()
            }
            fn reciprocal_root(self) -> Self {
                divide(Complex::new(1.0, 0.0), self.sqrt())
            }
            fn sine(self) -> Self {
                self.sin()
            }
            fn cosine(self) -> Self {
                self.cos()
            }
            fn tangent(self) -> Self {
                self.tan()
            }
            fn hyperbolic_tangent(self) -> Self {
                self.tanh()
            }
            fn power(self, exponent: Self) -> Self {
                if exponent == Complex::new(0.0, 0.0) {
                    return Complex::new(1.0, 0.0);
                }
                if self == Complex::new(0.0, 0.0) {
                    return if exponent.re > 0.0 { self } else { Complex::new(<$part>::INFINITY, 0.0) };
                }
                self.powc(exponent)
            }
            fn angle(self, x: Self) -> Self {
                // atan2(y, x) = -i log((x + iy) / sqrt(x² + y²))
                let i = Complex::new(0.0, 1.0);
                -i * divide(x + i * self, (x * x + self * self).sqrt()).ln()
            }
            fn all_finite(self) -> bool {
                self.is_finite()
            }
        }
    )*};
}

planes!(f32, f64);

/// The quotient, by Smith's method, which does not overflow where the quotient does not.
pub(super) fn divide<T>(a: Complex<T>, b: Complex<T>) -> Complex<T>
where
    T: num_complex::ComplexFloat<Real = T> + PartialOrd,
{
    if b.re.abs() >= b.im.abs() {
        let ratio = b.im / b.re;
        // A divisor without an imaginary part gives the parts' quotients, infinities and NaN included.
        if b.im == T::zero() {
            return Complex { re: a.re / b.re, im: a.im / b.re };
        }
        let size = b.re + b.im * ratio;
        Complex { re: (a.re + a.im * ratio) / size, im: (a.im - a.re * ratio) / size }
    } else {
        let ratio = b.re / b.im;
        let size = b.re * ratio + b.im;
        Complex { re: (a.re * ratio + a.im) / size, im: (a.im * ratio - a.re) / size }
    }
}
