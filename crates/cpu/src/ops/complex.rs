//! Functions of complex numbers.
//!
//! They are computed on parts of `f64`, by formulas that neither cancel nor overflow where the result does not, and
//! rounded once for parts of `f32`. The inverse functions follow Kahan, "Branch Cuts for Complex Elementary Functions".

use std::f64::consts::{FRAC_PI_2, LN_2};

use num_complex::Complex;

use super::number::Field;
use crate::element::Element;
use crate::math::special::Double;

/// The parts that complex numbers have.
pub(crate) trait Part: Element + Field {}

impl Part for f32 {}
impl Part for f64 {}

/// A complex number that functions are computed on.
pub(crate) type Wide = Complex<f64>;

/// Complex numbers and their functions.
pub(crate) trait Plane: Element {
    type Part: Part;
    fn new(re: Self::Part, im: Self::Part) -> Self;
    fn re(self) -> Self::Part;
    fn im(self) -> Self::Part;
    fn size(self) -> Self::Part;
    fn conjugate(self) -> Self;
    fn all_finite(self) -> bool;
    fn widened(self) -> Wide;
    fn narrowed(wide: Wide) -> Self;
}

macro_rules! planes {
    ($($part:ident, |$z:ident| $size:expr;)*) => {$(
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
            #[inline(always)]
            fn size(self) -> $part {
                let $z = self;
                $size
            }
            #[inline(always)]
            fn conjugate(self) -> Self {
                self.conj()
            }
            #[inline(always)]
            fn all_finite(self) -> bool {
                self.re.abs() < $part::INFINITY && self.im.abs() < $part::INFINITY
            }
            fn widened(self) -> Wide {
                Complex { re: self.re.into(), im: self.im.into() }
            }
            fn narrowed(wide: Wide) -> Self {
                Complex { re: wide.re as $part, im: wide.im as $part }
            }
        }
    )*};
}

planes! {
    f32, |z| {
        // The squares are exact in `f64`, and within its range.
        let (re, im) = (f64::from(z.re), f64::from(z.im));
        let size = (re * re + im * im).sqrt() as f32;
        // Infinity comes before NaN.
        if z.re.abs() == f32::INFINITY || z.im.abs() == f32::INFINITY { f32::INFINITY } else { size }
    };
    f64, |z| z.re.hypot(z.im);
}

const fn complex(re: f64, im: f64) -> Wide {
    Complex { re, im }
}

/// The number turned by a quarter: `iz`.
fn turned(z: Wide) -> Wide {
    complex(-z.im, z.re)
}

/// The number turned back by a quarter: `-iz`.
fn turned_back(z: Wide) -> Wide {
    complex(z.im, -z.re)
}

/// A product that is zero where a factor is, whatever the other.
fn times(a: f64, b: f64) -> f64 {
    if b == 0.0 { b.copysign(a) * 1f64.copysign(b) } else { a * b }
}

pub(super) fn exponential(z: Wide) -> Wide {
    if z.re == f64::NEG_INFINITY && !z.im.is_finite() {
        return complex(0.0, 0.0);
    }
    let (sin, cos) = z.im.sin_cos();
    if z.re > 709.0 && z.re < 1500.0 {
        // The exponential alone may be too large where its product is not.
        let half = (z.re / 2.0).exp();
        return complex(half * cos * half, times(half, times(half, sin)));
    }
    let size = z.re.exp();
    complex(size * cos, times(size, sin))
}

pub(super) fn exponential_minus_one(z: Wide) -> Wide {
    // exp(a + bi) - 1 = expm1(a) cos b - 2 sin²(b/2) + i exp(a) sin b
    let half = (z.im / 2.0).sin();
    let whole = exponential(z);
    let near = z.re.abs() < 1.0 && z.im.abs() < 2.0;
    let re = if near { z.re.exp_m1() * z.im.cos() - 2.0 * half * half } else { whole.re - 1.0 };
    complex(re, whole.im)
}

/// `(x² + y² + c) / 2` as the argument of a logarithm of one plus it.
fn half_log_of_square_near_one(x: f64, y: f64, linear: f64, constant: f64) -> f64 {
    let square = Double::product(x, x).plus(Double::product(y, y));
    let rest = square.plus(Double::product(linear, x)).plus_f64(constant);
    0.5 * rest.value().ln_1p()
}

pub(super) fn logarithm(z: Wide) -> Wide {
    complex(logarithm_of_size(z), z.im.atan2(z.re))
}

fn logarithm_of_size(z: Wide) -> f64 {
    let (x, y) = (z.re.abs(), z.im.abs());
    let size = x.hypot(y);
    if size > 0.5 && size < 2.0 {
        return half_log_of_square_near_one(x, y, 0.0, -1.0);
    }
    if size.is_infinite() && x.is_finite() && y.is_finite() {
        return (x / 2.0).hypot(y / 2.0).ln() + LN_2;
    }
    if size < f64::MIN_POSITIVE && size > 0.0 {
        let up = 2f64.powi(200);
        return (x * up).hypot(y * up).ln() - 200.0 * LN_2;
    }
    size.ln()
}

pub(super) fn logarithm_plus_one(z: Wide) -> Wide {
    let (x, y) = (z.re, z.im);
    let near = x.abs() < 3.0 && y.abs() < 2.0;
    let square = Double::product(x, x).plus(Double::product(y, y)).plus_f64(2.0 * x).value();
    let re = if near && square > -0.9 && square < 3.0 {
        half_log_of_square_near_one(x, y, 2.0, 0.0)
    } else {
        logarithm_of_size(complex(1.0 + x, y))
    };
    complex(re, y.atan2(1.0 + x))
}

pub(super) fn logistic(z: Wide) -> Wide {
    let decayed = exponential(if z.re < 0.0 { z } else { -z });
    let numerator = if z.re < 0.0 { decayed } else { complex(1.0, 0.0) };
    divide(numerator, complex(1.0 + decayed.re, decayed.im))
}

pub(super) fn root(z: Wide) -> Wide {
    let (x, y) = (z.re, z.im);
    if x == 0.0 && y == 0.0 {
        return complex(0.0, y);
    }
    if y.is_infinite() {
        return complex(f64::INFINITY, y);
    }
    if x.is_infinite() {
        return if x > 0.0 {
            complex(x, if y.is_nan() { y } else { 0f64.copysign(y) })
        } else {
            complex(if y.is_nan() { y } else { 0.0 }, f64::INFINITY.copysign(y))
        };
    }
    // Kept from overflow and from what is lost below the normal numbers.
    let scale = if x.abs().max(y.abs()) > 1e300 {
        -4
    } else if x.abs().max(y.abs()) < 1e-290 {
        104
    } else {
        0
    };
    let (x, y) = (x * 2f64.powi(scale), y * 2f64.powi(scale));
    let larger = ((x.abs() + x.hypot(y)) / 2.0).sqrt();
    let back = 2f64.powi(-scale / 2);
    if x >= 0.0 {
        complex(larger * back, y / (2.0 * larger) * back)
    } else {
        complex((y / (2.0 * larger)).abs() * back, larger.copysign(y) * back)
    }
}

pub(super) fn reciprocal_root(z: Wide) -> Wide {
    divide(complex(1.0, 0.0), root(z))
}

pub(super) fn cube_root(z: Wide) -> Wide {
    let size = z.re.hypot(z.im).cbrt();
    let (sin, cos) = (z.im.atan2(z.re) / 3.0).sin_cos();
    complex(times(size, cos), times(size, sin))
}

/// `sinh a · s` and `cosh a · c` without the overflow of the one factor alone.
fn hyperbolic(a: f64, s: f64, c: f64) -> (f64, f64) {
    if a.abs() < 709.0 || !a.is_finite() {
        return (times(a.sinh(), s), times(a.cosh(), c));
    }
    // Beyond, both are half the exponential.
    let root = (a.abs() / 2.0).exp();
    let half = |factor: f64| times(root, times(root / 2.0, factor));
    (half(s) * 1f64.copysign(a), half(c))
}

pub(super) fn hyperbolic_sine(z: Wide) -> Wide {
    let (sin, cos) = z.im.sin_cos();
    let (re, im) = hyperbolic(z.re, cos, sin);
    complex(re, im)
}

pub(super) fn hyperbolic_cosine(z: Wide) -> Wide {
    let (sin, cos) = z.im.sin_cos();
    let (im, re) = hyperbolic(z.re, sin, cos);
    complex(re, im)
}

pub(super) fn sine(z: Wide) -> Wide {
    turned_back(hyperbolic_sine(turned(z)))
}

pub(super) fn cosine(z: Wide) -> Wide {
    hyperbolic_cosine(turned(z))
}

pub(super) fn hyperbolic_tangent(z: Wide) -> Wide {
    let (x, y) = (z.re, z.im);
    // By the rules of C also where both parts are so near to certain numbers that the angle does not matter.
    if x.is_finite() && !y.is_finite() {
        return complex(f64::NAN, f64::NAN);
    }
    if x.abs() > 22.0 {
        let decayed = if y.is_finite() { 2.0 * (2.0 * y).sin() * (-2.0 * x.abs()).exp() } else { 0.0 };
        return complex(1f64.copysign(x), if decayed == 0.0 { 0f64.copysign(y) } else { decayed });
    }
    let t = y.tan();
    let beta = 1.0 + t * t;
    let s = x.sinh();
    let rho = (1.0 + s * s).sqrt();
    if t.is_infinite() {
        return complex(rho / s, 1.0 / t);
    }
    let denominator = 1.0 + beta * s * s;
    complex(beta * rho * s / denominator, t / denominator)
}

pub(super) fn tangent(z: Wide) -> Wide {
    turned_back(hyperbolic_tangent(turned(z)))
}

/// `√(1 - z)` and `√(1 + z)`.
fn roots(z: Wide) -> (Wide, Wide) {
    (root(complex(1.0 - z.re, -z.im)), root(complex(1.0 + z.re, z.im)))
}

pub(super) fn inverse_cosine(z: Wide) -> Wide {
    let (minus, plus) = roots(z);
    let im = plus.re * minus.im - plus.im * minus.re;
    complex(2.0 * minus.re.atan2(plus.re), libm::asinh(im))
}

pub(super) fn inverse_sine(z: Wide) -> Wide {
    let (minus, plus) = roots(z);
    let re = minus.re * plus.re - minus.im * plus.im;
    let im = minus.re * plus.im - minus.im * plus.re;
    complex(z.re.atan2(re), libm::asinh(im))
}

/// What the inverse sine and cosine are made of: the real part of `√(1 - z) √(1 + z)`, and the size of the inverse sine's
/// imaginary part.
pub(super) fn inverse_sine_parts(z: Wide) -> Wide {
    let (minus, plus) = roots(z);
    complex(minus.re * plus.re - minus.im * plus.im, inverse_sine(z).im.abs())
}

pub(super) fn inverse_hyperbolic_cosine(z: Wide) -> Wide {
    let (minus, plus) = (root(complex(z.re - 1.0, z.im)), root(complex(z.re + 1.0, z.im)));
    let re = minus.re * plus.re + minus.im * plus.im;
    complex(libm::asinh(re), 2.0 * minus.im.atan2(plus.re))
}

pub(super) fn inverse_hyperbolic_sine(z: Wide) -> Wide {
    turned_back(inverse_sine(turned(z)))
}

pub(super) fn inverse_hyperbolic_tangent(z: Wide) -> Wide {
    let (x, y) = (z.re, z.im);
    let size = x.abs().max(y.abs());
    if size > 1e150 {
        // 1/z, turned to the branch.
        let re = if x.is_infinite() || y.is_infinite() {
            0f64.copysign(x)
        } else {
            (x / size) / size / ((x / size).powi(2) + (y / size).powi(2))
        };
        return complex(re, FRAC_PI_2.copysign(y));
    }
    let minus = 1.0 - x.abs();
    let re = 0.25 * (4.0 * x.abs() / (minus * minus + y * y)).ln_1p();
    let below = Double::product(minus, 1.0 + x.abs()).plus(Double::product(-y, y)).value();
    complex(re.copysign(x), 0.5 * (2.0 * y).atan2(below))
}

pub(super) fn inverse_tangent(z: Wide) -> Wide {
    turned_back(inverse_hyperbolic_tangent(turned(z)))
}

pub(super) fn power(z: Wide, exponent: Wide) -> Wide {
    let zero = complex(0.0, 0.0);
    if exponent == zero {
        return complex(1.0, 0.0);
    }
    if z == zero {
        return if exponent.re > 0.0 { z } else { complex(f64::INFINITY, 0.0) };
    }
    exponential(exponent * logarithm(z))
}

/// `atan2(y, x) = -i log((x + iy) / √(x² + y²))`
pub(super) fn angle(y: Wide, x: Wide) -> Wide {
    turned_back(logarithm(divide(x + turned(y), root(x * x + y * y))))
}

/// `x - y d`, where `d` is the quotient with its parts truncated.
pub(super) fn remainder(x: Wide, y: Wide) -> Wide {
    let quotient = divide(x, y);
    x - y * complex(quotient.re.trunc(), quotient.im.trunc())
}

/// The quotient of two numbers of one type.
pub(super) fn quotient<T: Plane>(a: T, b: T) -> T {
    T::narrowed(divide(a.widened(), b.widened()))
}

/// The number of size one in the direction of another; zero for zero.
pub(super) fn direction<T: Plane>(z: T) -> T {
    let z = z.widened();
    let size = z.re.hypot(z.im);
    T::narrowed(if size == 0.0 { complex(0.0, 0.0) } else { complex(z.re / size, z.im / size) })
}

/// The quotient, by Smith's method, which does not overflow where the quotient does not.
fn divide(a: Wide, b: Wide) -> Wide {
    if b.re.abs() >= b.im.abs() {
        let ratio = b.im / b.re;
        // A divisor without an imaginary part gives the parts' quotients, infinities and NaN included.
        if b.im == 0.0 {
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
