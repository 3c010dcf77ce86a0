//! Operations of one element, by their definitions.

use std::f64::consts::PI;

use num_complex::Complex64;
use runahead_ir::{Binary, ComparisonDirection, ElementType, Unary};

use super::number::Number::{self, Any, Complex, Integer, Near, NearComplex, Real};
use super::number::{UNDERFLOW, largest, product_error, rounding};

/// How many units in the last place functions may be off: some are evaluated by formulas that are worse than others.
const UNITS: f64 = 24.0;

/// A function of one element of a type.
pub(super) fn unary(op: Unary, x: Number, from: ElementType, to: ElementType) -> Number {
    let result = match (op, x) {
        (_, Any) => Any,
        (Unary::Convert, _) => return x.converted(to),
        (_, Integer(value)) => of_integer(op, value, from),
        (_, Near(..)) if !from.is_float() => Any,
        (_, Near(value, error)) => of_near(op, value, error),
        (_, Real(value)) => of_real(op, value),
        (_, Complex(value)) => of_complex(op, value),
        (_, NearComplex(value, error)) => of_near_complex(op, value, error),
    };
    match is_exact(op, from) || matches!(result, Integer(_)) {
        true => result.rounded(to),
        false => about(result, to),
    }
}

/// Whether the operation's result is the nearest that there is.
fn is_exact(op: Unary, element: ElementType) -> bool {
    use Unary::*;
    if element.is_complex() {
        return matches!(op, Negate | Real | Imag | ChloConj);
    }
    matches!(
        op,
        Abs | Ceil
            | Floor
            | Imag
            | IsFinite
            | Negate
            | Not
            | Real
            | RoundNearestAfz
            | RoundNearestEven
            | Sign
            | Sqrt
            | ChloConj
            | ChloSquare
            | ChloIsInf
            | ChloIsNegInf
            | ChloIsPosInf
    )
}

/// The result of a function, rounded to a type, as far off as functions may be.
fn about(result: Number, to: ElementType) -> Number {
    let part = to.real_part();
    if !part.is_float() {
        return result.rounded(to);
    }
    let end = result.size() > 0.9 * largest(part);
    let rounded = result.rounded(to);
    match rounded {
        Real(value) if value.is_nan() => rounded,
        Real(value) if end => Near(value, f64::INFINITY),
        _ => rounded.off_by(UNITS * rounding(part, result.size())),
    }
}

/// A function of what is near a number: as far off as it is at the ends.
fn of_near(op: Unary, x: f64, error: f64) -> Number {
    use Unary::*;
    if !error.is_finite() {
        return Any;
    }
    let ends = [of_real(op, x - error), of_real(op, x), of_real(op, x + error)];
    // Between the ends it may turn.
    let turns = matches!(
        op,
        Sine | Cosine
            | Tan
            | ChloTan
            | ChloLgamma
            | ChloDigamma
            | ChloErfc
            | ChloCosh
            | ChloSquare
            | Abs
            | ChloBesselI1e
    );
    match ends {
        [Number::Real(low), Number::Real(middle), Number::Real(high)] => {
            if [low, middle, high].iter().any(|x| x.is_nan()) {
                // The function ends between the ends, or before.
                return if low.is_nan() && middle.is_nan() && high.is_nan() {
                    Number::Real(f64::NAN)
                } else {
                    Any
                };
            }
            let spread = (low - middle).abs().max((high - middle).abs());
            let curved = if turns { error * error + 1e-3 * error } else { 0.0 };
            let wild = turns && (error > 0.1 || spread > 1.0) && !matches!(op, Abs | ChloSquare);
            if spread.is_finite() && !wild { Near(middle, 1.5 * spread + curved + UNDERFLOW) } else { Any }
        }
        [low, middle, high] if low == middle && middle == high => middle,
        _ => Any,
    }
}

fn of_near_complex(op: Unary, z: Complex64, error: f64) -> Number {
    use Unary::*;
    match op {
        Real => Near(z.re, error),
        Imag => Near(z.im, error),
        Abs => Near(z.norm(), 1.5 * error),
        Negate => NearComplex(-z, error),
        ChloConj => NearComplex(z.conj(), error),
        _ => Any,
    }
}

fn of_integer(op: Unary, x: i128, element: ElementType) -> Number {
    use Unary::*;
    let bits = element.bits() as u32;
    let pattern = (x as u128) << (128 - bits) >> (128 - bits);
    Integer(match op {
        Abs => x.abs(),
        Negate => -x,
        Sign => x.signum(),
        Not if element == ElementType::Bool => 1 - x,
        Not => !x,
        PopulationCount => pattern.count_ones().into(),
        CountLeadingZeros => (pattern.leading_zeros() - (128 - bits)).into(),
        ChloSquare => x.wrapping_mul(x),
        _ => return Any,
    })
}

fn of_real(op: Unary, x: f64) -> Number {
    use Unary::*;
    let logical = |value: bool| Integer(value.into());
    Number::Real(match op {
        IsFinite => return logical(x.is_finite()),
        ChloIsInf => return logical(x.is_infinite()),
        ChloIsNegInf => return logical(x == f64::NEG_INFINITY),
        ChloIsPosInf => return logical(x == f64::INFINITY),
        Abs => x.abs(),
        Cbrt => x.cbrt(),
        Ceil => x.ceil(),
        Floor => x.floor(),
        Cosine => x.cos(),
        Sine => x.sin(),
        Tan | ChloTan => x.tan(),
        Exponential => x.exp(),
        ExponentialMinusOne => x.exp_m1(),
        Log => x.ln(),
        LogPlusOne => x.ln_1p(),
        Logistic => 1.0 / (1.0 + (-x).exp()),
        Negate => -x,
        Real => x,
        Imag => 0.0,
        RoundNearestAfz => x.round(),
        RoundNearestEven => x.round_ties_even(),
        Rsqrt => 1.0 / x.sqrt(),
        Sign if x == 0.0 || x.is_nan() => x,
        Sign => x.signum(),
        Sqrt => x.sqrt(),
        Tanh => x.tanh(),
        ChloAcos => x.acos(),
        // The library's is a number for numbers below -2.
        ChloAcosh => {
            if x < 1.0 {
                f64::NAN
            } else {
                libm::acosh(x)
            }
        }
        ChloAsin => x.asin(),
        ChloAsinh => libm::asinh(x),
        ChloAtan => x.atan(),
        ChloAtanh => libm::atanh(x),
        ChloConj => x,
        ChloCosh => x.cosh(),
        ChloSinh => x.sinh(),
        ChloSquare => x * x,
        ChloErf => libm::erf(x),
        ChloErfc => libm::erfc(x),
        ChloLgamma => libm::lgamma(x),
        ChloErfInv if x.abs() < 0.999 && x.abs() > 1e-3 => erf_inv(x),
        ChloDigamma if x > 0.0 && x < 1e6 && (x - 1.46).abs() > 0.2 => digamma(x),
        ChloBesselI1e if x.abs() < 50.0 && x.abs() > 0.1 => bessel_i1e(x),
        _ => return Any,
    })
}

/// By bisection.
fn erf_inv(x: f64) -> f64 {
    let (mut low, mut high) = (-4.0, 4.0);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if libm::erf(middle) < x { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// By the recurrence, to where the asymptotic series is exact.
fn digamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < 20.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    sum + x.ln() - 0.5 / x - y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y / 240.0)))
}

/// By its integral over a circle, where the trapezoidal rule converges fast.
fn bessel_i1e(x: f64) -> f64 {
    const STEPS: usize = 400;
    let term = |i: usize| {
        let cosine = (PI * (2 * i + 1) as f64 / (2 * STEPS) as f64).cos();
        (x * cosine - x.abs()).exp() * cosine
    };
    (0..STEPS).map(term).sum::<f64>() / STEPS as f64
}

fn of_complex(op: Unary, z: Complex64) -> Number {
    use Unary::*;
    let one = Complex64::new(1.0, 0.0);
    // Where a definition takes small differences, it needs more precision than there is here.
    let tame = z.norm() > 1e-3 && z.norm() < 20.0;
    Number::Complex(match op {
        Abs => return Number::Real(z.norm()),
        Real => return Number::Real(z.re),
        Imag => return Number::Real(z.im),
        Negate => -z,
        Sign if z == Complex64::ZERO => z,
        Sign if z.norm().is_normal() => z / z.norm(),
        ChloConj => z.conj(),
        ChloSquare => z * z,
        Exponential => z.exp(),
        Sine if tame => z.sin(),
        Cosine if tame => z.cos(),
        Sqrt if tame => z.sqrt(),
        Rsqrt if tame => one / z.sqrt(),
        Log if tame && (z.norm() - 1.0).abs() > 0.1 => z.ln(),
        LogPlusOne if tame && ((z + one).norm() - 1.0).abs() > 0.1 => Complex64::new(1.0 + z.re, z.im).ln(),
        ExponentialMinusOne if tame && (z.exp() - one).norm() > 0.1 => z.exp() - one,
        Logistic if tame && (one + (-z).exp()).norm() > 0.1 => one / (one + (-z).exp()),
        Tanh if tame && z.cosh().norm() > 0.1 => z.sinh() / z.cosh(),
        Tan | ChloTan if tame && z.cos().norm() > 0.1 => z.sin() / z.cos(),
        ChloSinh if tame => z.sinh(),
        ChloCosh if tame => z.cosh(),
        _ => return Any,
    })
}

/// An operation on two elements of a type.
pub(super) fn binary(op: Binary, a: Number, b: Number, element: ElementType, to: ElementType) -> Number {
    let result = match (a, b) {
        (Any, _) | (_, Any) => Any,
        (Integer(a), Integer(b)) if element == ElementType::Bool => logical(op, a, b),
        (Integer(a), Integer(b)) => integers(op, a, b, element),
        (Real(a), Real(b)) => reals(op, a, b, element),
        (Complex(a), Complex(b)) => complexes(op, a, b),
        _ if element.is_complex() => near_complexes(op, a, b),
        _ if element.is_float() && to.is_float() => nears(op, a, b, element),
        _ => Any,
    };
    let exact = match op {
        Binary::Add
        | Binary::Subtract
        | Binary::Maximum
        | Binary::Minimum
        | Binary::Remainder
        | Binary::Complex => true,
        Binary::Multiply | Binary::Divide => {
            !element.is_complex() || op == Binary::Multiply && is_whole_product(a, b)
        }
        Binary::ChloNextAfter => true,
        _ => false,
    };
    if exact || matches!(result, Integer(_)) { result.rounded(to) } else { about(result, to) }
}

/// Whether the parts of two complex numbers are whole and so small that their products are.
fn is_whole_product(a: Number, b: Number) -> bool {
    let small = |x: f64| x.trunc() == x && x.abs() < 1024.0;
    match (a, b) {
        (Complex(a), Complex(b)) => [a.re, a.im, b.re, b.im].into_iter().all(small),
        _ => true,
    }
}

/// Both parts of a number that may be off.
fn known(x: Number) -> Option<(f64, f64)> {
    match x {
        Real(x) => Some((x, 0.0)),
        Near(x, error) if error.is_finite() => Some((x, error)),
        _ => None,
    }
}

fn nears(op: Binary, a: Number, b: Number, element: ElementType) -> Number {
    use Binary::*;
    let (Some((x, e)), Some((y, f))) = (known(a), known(b)) else { return Any };
    let Number::Real(result) = reals(op, x, y, element) else { return Any };
    let error = match op {
        Add | Subtract => e + f,
        Multiply => product_error((x.abs(), e), (y.abs(), f)),
        Divide if y.abs() > 2.0 * f => {
            let least = y.abs() - f;
            e / least + result.abs() * (f / least) + UNDERFLOW
        }
        Maximum | Minimum => {
            let one_is = |first: bool| if first { a } else { b };
            if (x - y).abs() > e + f {
                return one_is((x > y) == (op == Maximum));
            }
            e.max(f)
        }
        Power | Atan2 => {
            let corners = [(x - e, y - f), (x - e, y + f), (x + e, y - f), (x + e, y + f)];
            let off = corners.map(|(x, y)| match reals(op, x, y, element) {
                Number::Real(corner) => (corner - result).abs(),
                _ => f64::NAN,
            });
            if off.iter().any(|off| !off.is_finite()) {
                return Any;
            }
            let spread = off.into_iter().fold(0.0, f64::max);
            // Beside a jump the corners do not tell.
            if spread > 0.1 * (1.0 + result.abs()) { return Any } else { 2.0 * spread }
        }
        _ => return Any,
    };
    if error.is_finite() && result.is_finite() { Near(result, error) } else { Any }
}

fn near_complexes(op: Binary, a: Number, b: Number) -> Number {
    let (Some(x), Some(y)) = (a.complex(), b.complex()) else { return Any };
    let (e, f) = (a.error(), b.error());
    match op {
        Binary::Add => NearComplex(x + y, e + f),
        Binary::Subtract => NearComplex(x - y, e + f),
        Binary::Multiply => NearComplex(x * y, 2.0 * product_error((x.norm(), e), (y.norm(), f))),
        _ => Any,
    }
}

fn logical(op: Binary, a: i128, b: i128) -> Number {
    use Binary::*;
    Integer(match op {
        Add | Or | Maximum => a | b,
        Multiply | And | Minimum => a & b,
        Xor => a ^ b,
        _ => return Any,
    })
}

fn integers(op: Binary, a: i128, b: i128, element: ElementType) -> Number {
    use Binary::*;
    let bits = element.bits() as i128;
    let pattern = |x: i128| ((x as u128) << (128 - bits) >> (128 - bits)) as i128;
    let signed = |x: i128| pattern(x) << (128 - bits) >> (128 - bits);
    let shift = (0..bits).contains(&b);
    Integer(match op {
        Add => a + b,
        Subtract => a - b,
        Multiply => a.wrapping_mul(b),
        Divide if b != 0 => a / b,
        Remainder if b != 0 => a % b,
        Maximum => a.max(b),
        Minimum => a.min(b),
        And => a & b,
        Or => a | b,
        Xor => a ^ b,
        ShiftLeft if shift => a << b,
        ShiftRightArithmetic if shift => signed(a) >> b,
        ShiftRightLogical if shift => pattern(a) >> b,
        ChloMulhi => match element.is_signed_integer() {
            true => (a * b) >> bits,
            false => ((a as u128).wrapping_mul(b as u128) >> bits) as i128,
        },
        Power if (0..1 << 16).contains(&b) => (0..b).fold(1i128, |power, _| signed(power.wrapping_mul(a))),
        _ => return Any,
    })
}

fn reals(op: Binary, a: f64, b: f64, element: ElementType) -> Number {
    use Binary::*;
    let nan = a.is_nan() || b.is_nan();
    Real(match op {
        Complex => return Number::Complex(Complex64::new(a, b)),
        Add => a + b,
        Subtract => a - b,
        Multiply => a * b,
        Divide => a / b,
        Remainder => a % b,
        Maximum | Minimum if nan => f64::NAN,
        Maximum if a == b => {
            if a.is_sign_negative() {
                b
            } else {
                a
            }
        }
        Minimum if a == b => {
            if a.is_sign_negative() {
                a
            } else {
                b
            }
        }
        Maximum => a.max(b),
        Minimum => a.min(b),
        Power => a.powf(b),
        Atan2 => a.atan2(b),
        ChloNextAfter if element == ElementType::F64 && !nan && a != b && a != 0.0 => {
            if (b > a) == (a > 0.0) {
                f64::from_bits(a.to_bits() + 1)
            } else {
                f64::from_bits(a.to_bits() - 1)
            }
        }
        ChloZeta if a > 1.5 && b > 0.0 && a < 60.0 => zeta(a, b),
        ChloPolygamma if a == 0.0 && b > 0.0 && b < 1e6 && (b - 1.46).abs() > 0.2 => digamma(b),
        ChloPolygamma if a == 1.0 && b > 0.01 && b < 1e6 => zeta(2.0, b),
        ChloPolygamma if a == 2.0 && b > 0.01 && b < 1e6 => -2.0 * zeta(3.0, b),
        _ => return Any,
    })
}

/// By its first terms, and the series of Euler and Maclaurin for the rest.
fn zeta(s: f64, q: f64) -> f64 {
    const TERMS: usize = 30;
    let sum: f64 = (0..TERMS).map(|n| (q + n as f64).powf(-s)).sum();
    let at = q + TERMS as f64;
    let mut rest = at.powf(1.0 - s) / (s - 1.0) + 0.5 * at.powf(-s);
    let mut term = s * at.powf(-s - 1.0);
    for (i, coefficient) in
        [1.0 / 12.0, -1.0 / 720.0, 1.0 / 30240.0, -1.0 / 1_209_600.0].into_iter().enumerate()
    {
        rest += coefficient * term;
        let k = 2.0 * i as f64;
        term *= (s + k + 1.0) * (s + k + 2.0) / (at * at);
    }
    sum + rest
}

fn complexes(op: Binary, a: Complex64, b: Complex64) -> Number {
    use Binary::*;
    let tame = |z: Complex64| z.norm() > 1e-3 && z.norm() < 20.0;
    Number::Complex(match op {
        Add => a + b,
        Subtract => a - b,
        Multiply => a * b,
        Divide if tame(a) && tame(b) => a / b,
        Power if tame(a) && tame(b) => (b * a.ln()).exp(),
        Maximum if [a.re, a.im, b.re, b.im].iter().all(|x| x.is_finite()) => {
            if (a.re, a.im) >= (b.re, b.im) {
                a
            } else {
                b
            }
        }
        Minimum if [a.re, a.im, b.re, b.im].iter().all(|x| x.is_finite()) => {
            if (a.re, a.im) <= (b.re, b.im) {
                a
            } else {
                b
            }
        }
        _ => return Any,
    })
}

/// In the total order, or the usual one.
pub(super) fn compare(direction: ComparisonDirection, total: bool, a: Number, b: Number) -> Number {
    use ComparisonDirection::*;
    use std::cmp::Ordering;
    let order = match (a, b) {
        (Any, _) | (_, Any) => return Any,
        (Integer(a), Integer(b)) => Some(a.cmp(&b)),
        (Near(..), _) | (_, Near(..)) => match (known(a), known(b)) {
            (Some((x, e)), Some((y, f))) if (x - y).abs() > e + f => x.partial_cmp(&y),
            _ => return Any,
        },
        (Real(a), Real(b)) if total && (a.is_nan() || b.is_nan()) => return Any,
        (Real(a), Real(b)) if total => Some(a.total_cmp(&b)),
        (Real(a), Real(b)) => a.partial_cmp(&b),
        // By the real parts, then by the imaginary ones.
        (Complex(a), Complex(b)) => match a.re.partial_cmp(&b.re) {
            Some(Ordering::Equal) => a.im.partial_cmp(&b.im),
            order => order,
        },
        _ => return Any,
    };
    let holds = match direction {
        Eq => order == Some(Ordering::Equal),
        Ne => order != Some(Ordering::Equal),
        Lt => order == Some(Ordering::Less),
        Gt => order == Some(Ordering::Greater),
        Le => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Ge => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
    };
    Integer(holds.into())
}
