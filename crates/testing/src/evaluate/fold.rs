//! Reductions by one operation, in any order.

use num_complex::Complex64;
use runahead_ir::{Binary, ElementType};

use super::elementwise::binary;
use super::number::Number::{self, Any, Complex, NearComplex, Real};
use super::number::{epsilon, largest};
use super::products::order_error;

/// In which type sums are held until they are complete.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Those of half precision in single precision.
    Wide,
    /// In the elements' own.
    Own,
}

/// What an operation that may be taken in any order makes of an initial value and items, in elements of a type.
pub(super) fn fold(
    op: Binary,
    element: ElementType,
    held: Held,
    first: Number,
    items: impl Iterator<Item = Number>,
) -> Number {
    let numbers: Vec<Number> = std::iter::once(first).chain(items).map(|n| n.converted(element)).collect();
    match op {
        _ if numbers.len() == 1 => numbers[0],
        Binary::Add if element.is_float() => sum(element, held, &numbers),
        Binary::Add if element.is_complex() => complex_sum(element, held, &numbers),
        Binary::Multiply if element.is_float() => product(element, &numbers),
        Binary::Multiply if element.is_complex() => Any,
        _ => numbers[1..].iter().fold(numbers[0], |a, &b| binary(op, a, b, element, element)),
    }
}

fn sum(element: ElementType, held: Held, numbers: &[Number]) -> Number {
    let held = match element {
        ElementType::BF16 | ElementType::F16 if held == Held::Wide => ElementType::F32,
        other => other,
    };
    let (mut total, mut weight, mut error, mut least) = (0.0, 0.0, 0.0, f64::INFINITY);
    let mut beyond = 0.0;
    let mut negative_zero = true;
    for number in numbers {
        let (Real(x) | Number::Near(x, _)) = *number else { return Any };
        if !number.error().is_finite() {
            return Any;
        }
        negative_zero &= x == 0.0 && x.is_sign_negative();
        if x.is_finite() {
            total += x;
            weight += x.abs();
            least = f64::min(least, number.unit());
        } else {
            beyond += x;
        }
        error += number.error();
    }
    let error = error + order_error(held, weight, least, numbers.len());
    if !error.is_finite() || weight >= 0.9 * largest(element) {
        return Any;
    }
    if beyond != 0.0 {
        return Real(beyond);
    }
    if negative_zero {
        return Real(-0.0);
    }
    Real(total).off_by(error).rounded(element)
}

fn complex_sum(element: ElementType, held: Held, numbers: &[Number]) -> Number {
    let part = element.real_part();
    let side = |of: fn(Complex64) -> f64| {
        let parts: Option<Vec<Number>> =
            numbers.iter().map(|n| Some(Real(of(n.complex()?)).off_by(n.error()))).collect();
        parts.map_or(Any, |parts| sum(part, held, &parts))
    };
    match (side(|z| z.re), side(|z| z.im)) {
        (Real(re), Real(im)) => Complex(Complex64::new(re, im)),
        (Any, _) | (_, Any) => Any,
        (re, im) => {
            let value = |n: Number| n.complex().map_or(f64::NAN, |z| z.re);
            NearComplex(Complex64::new(value(re), value(im)), re.error().max(im.error()))
        }
    }
}

fn product(element: ElementType, numbers: &[Number]) -> Number {
    let (mut product, mut relative, mut up, mut down, mut whole) = (1.0, 0.0, 1.0f64, 1.0f64, true);
    for number in numbers {
        let (Real(x) | Number::Near(x, _)) = *number else { return Any };
        if !x.is_finite() || number.error() > 0.1 * x.abs() {
            return Any;
        }
        product *= x;
        if x != 0.0 {
            relative += 1.5 * number.error() / x.abs();
        }
        up *= x.abs().max(1.0);
        down *= if x == 0.0 { 1.0 } else { x.abs().min(1.0) };
        whole &= x.trunc() == x && number.error() == 0.0;
    }
    let epsilon = epsilon(element);
    let least = super::number::tiny(element) / epsilon;
    if whole && up <= 2.0 / epsilon && up < 0.9 * largest(element) {
        return Real(product);
    }
    if up >= 0.9 * largest(element) || down <= 2.0 * least || relative > 0.5 {
        return Any;
    }
    Real(product).off_by(product.abs() * (relative + 2.0 * epsilon * numbers.len() as f64)).rounded(element)
}
