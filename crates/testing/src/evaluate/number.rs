//! Elements as numbers: integers in 128 bits, real and complex numbers in double precision, each with how far off it may be.

use std::sync::{Arc, OnceLock};

use num_complex::Complex64;
use runahead_ir::{ElementType, TensorType, float};

/// One element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An integer or a boolean.
    Integer(i128),
    /// Exactly this number of a floating-point type.
    Real(f64),
    /// A number at most that far from this one; infinitely far where it is at the end of the type's range, or beyond.
    Near(f64, f64),
    /// Exactly this complex number.
    Complex(Complex64),
    /// A complex number whose parts are at most that far from this one's.
    NearComplex(Complex64, f64),
    /// What the specification leaves open.
    Any,
}

use Number::*;

/// A tensor of numbers.
#[derive(Clone, Debug)]
pub struct Tensor {
    /// Its type.
    pub ty: TensorType,
    /// Its elements, in order.
    pub numbers: Arc<Vec<Number>>,
}

impl Tensor {
    /// A tensor of those numbers.
    ///
    /// # Panics
    /// Where there are not as many as the type has.
    pub fn new(ty: TensorType, numbers: Vec<Number>) -> Tensor {
        assert_eq!(ty.element_count(), Some(numbers.len()), "{ty}");
        Tensor { ty, numbers: Arc::new(numbers) }
    }

    /// A tensor from the bytes of its elements.
    pub fn decode(ty: &TensorType, bytes: &[u8]) -> Tensor {
        let size = ty.element.size();
        let numbers = bytes.chunks_exact(size).map(|bytes| number(ty.element, bytes)).collect();
        Tensor::new(ty.clone(), numbers)
    }

    /// A tensor of which nothing is known.
    pub fn open(ty: &TensorType) -> Tensor {
        Tensor::new(ty.clone(), vec![Any; ty.element_count().unwrap_or(0)])
    }

    /// The number at an index.
    pub fn at(&self, index: &[usize]) -> Number {
        self.numbers[linear(&self.ty.dims, index)]
    }

    /// The only number.
    pub fn scalar(&self) -> Number {
        self.numbers[0]
    }

    /// The sum of the numbers' sizes.
    pub fn weight(&self) -> f64 {
        self.numbers.iter().map(|number| number.size()).filter(|size| size.is_finite()).sum()
    }

    /// The sum of how far off the numbers may be.
    pub fn error(&self) -> f64 {
        self.numbers.iter().map(|number| number.error()).sum()
    }

    /// The tensor, whose numbers may be so much further off.
    pub fn off_by(self, error: f64) -> Tensor {
        let numbers = self.numbers.iter().map(|number| number.off_by(error)).collect();
        Tensor::new(self.ty, numbers)
    }
}

impl Number {
    /// The zero of a type.
    pub fn zero(element: ElementType) -> Number {
        Integer(0).converted(element)
    }

    /// The integer, where it is known.
    pub fn integer(self) -> Option<i128> {
        if let Integer(value) = self { Some(value) } else { None }
    }

    /// Whether it is known not to be a number.
    pub(super) fn is_nan(&self) -> bool {
        matches!(self, Real(value) if value.is_nan())
    }

    /// Whether it is known to be finite.
    pub(super) fn is_finite(self) -> bool {
        self.size().is_finite() && self.error().is_finite()
    }

    /// The magnitude, about.
    pub fn size(self) -> f64 {
        match self {
            Integer(value) => (value as f64).abs(),
            Real(value) | Near(value, _) => value.abs(),
            Complex(value) | NearComplex(value, _) => value.norm(),
            Any => 0.0,
        }
    }

    /// How far off it may be.
    pub fn error(self) -> f64 {
        match self {
            Near(_, error) | NearComplex(_, error) => error,
            Any => f64::INFINITY,
            _ => 0.0,
        }
    }

    /// The number, which may be so much further off.
    pub fn off_by(self, error: f64) -> Number {
        match self {
            _ if error == 0.0 => self,
            Real(value) if value.is_nan() => self,
            _ if !error.is_finite() => Any,
            Integer(value) => Near(value as f64, error),
            Real(value) => Near(value, error),
            Near(value, more) => Near(value, error + more),
            Complex(value) => NearComplex(value, error),
            NearComplex(value, more) => NearComplex(value, error + more),
            Any => Any,
        }
    }

    /// The power of two that is the last bit of the number: of all of which it is a multiple, whatever it is. Infinite for
    /// zero, and zero for what may be off.
    pub(super) fn unit(self) -> f64 {
        match self {
            Real(value) => unit(value),
            Complex(value) => unit(value.re).min(unit(value.im)),
            Integer(value) => unit(value as f64),
            Near(..) | NearComplex(..) | Any => 0.0,
        }
    }

    /// As a complex number, about.
    pub fn complex(self) -> Option<Complex64> {
        match self {
            Integer(value) => Some(Complex64::new(value as f64, 0.0)),
            Real(value) | Near(value, _) => Some(Complex64::new(value, 0.0)),
            Complex(value) | NearComplex(value, _) => Some(value),
            Any => None,
        }
    }

    /// The number as an element of a type: wrapped or rounded.
    pub fn rounded(self, element: ElementType) -> Number {
        match self {
            Integer(value) => Integer(wrapped(element, value)),
            Real(value) => {
                let result = rounded(element, value);
                // What is beyond the range of the narrow types is not settled.
                let end = element.bits() < 16 && value.abs() > 0.9 * largest(element);
                let least = element == ElementType::F8E8M0FNU && value <= float::decode(element, 1);
                if end || least { Near(result, f64::INFINITY) } else { Real(result) }
            }
            Near(value, error) => near_rounded(element, value, error),
            Complex(value) => {
                let part = element.real_part();
                Complex(Complex64::new(rounded(part, value.re), rounded(part, value.im)))
            }
            NearComplex(value, error) => {
                let part = element.real_part();
                NearComplex(value, error + rounding(part, value.norm()))
            }
            Any => Any,
        }
    }

    /// The number as an element of another type.
    pub fn converted(self, element: ElementType) -> Number {
        if element.is_complex() {
            let complex = self.complex().map_or(Any, |value| Complex(value).rounded(element));
            return complex.off_by(self.error());
        }
        match self {
            Any => Any,
            Near(_, error) if error.is_infinite() => Any,
            Complex(value) => Real(value.re).converted(element),
            NearComplex(value, error) => Near(value.re, error).converted(element),
            Integer(value) if element == ElementType::Bool => Integer((value != 0).into()),
            Real(value) if element == ElementType::Bool => Integer((value != 0.0).into()),
            Near(value, error) if element == ElementType::Bool => {
                if value.abs() > error {
                    Integer(1)
                } else {
                    Any
                }
            }
            Integer(value) if element.is_float() => integer_to_float(element, value),
            Real(_) | Near(..) if element.is_float() => self.rounded(element),
            Integer(_) => self.rounded(element),
            // Beyond the range anything may come.
            Real(value) => {
                let (low, high) = range(element);
                let whole = value.trunc();
                let inside = whole >= low as f64 && whole <= high as f64 && whole.abs() < 9e18;
                if inside { Integer(whole as i128) } else { Any }
            }
            Near(value, error) => {
                let (low, high) =
                    (Real(value - error).converted(element), Real(value + error).converted(element));
                if low == high { low } else { Any }
            }
        }
    }
}

/// Rounded once, from the integer.
fn integer_to_float(element: ElementType, value: i128) -> Number {
    let near = value as f64;
    let double = match element {
        ElementType::F32 => return Real(f64::from(value as f32)),
        ElementType::F64 => near,
        // So that the second rounding is the only one: toward zero, and the last bit says that there was more.
        _ if near as i128 != value => {
            let toward_zero =
                if (near as i128).abs() > value.abs() { f64::from_bits(near.to_bits() - 1) } else { near };
            f64::from_bits(toward_zero.to_bits() | 1)
        }
        _ => near,
    };
    Real(double).rounded(element)
}

fn near_rounded(element: ElementType, value: f64, error: f64) -> Number {
    let largest = largest(element);
    let result = rounded(element, value);
    if !error.is_finite() {
        return Near(result, error);
    }
    if value.abs() + error >= 0.9 * largest {
        // What is at the end wherever it is: the least of it is not before the end, or not a number.
        let is_before = rounded(element, f64::max(value.abs() - error, 0.0)) < 0.9 * largest;
        return if is_before { Any } else { Near(result, f64::INFINITY) };
    }
    let off = (result - value).abs();
    let off = if off.is_finite() { off } else { 0.0 };
    Near(result, error + off + rounding(element, value.abs() + error))
}

/// How far off a number of about that size is by one rounding, at most: among the subnormal numbers by as much as the least
/// of them, however small the number is.
pub(super) fn rounding(element: ElementType, size: f64) -> f64 {
    epsilon(element) * size + tiny(element)
}

/// What a bound of a few products loses where these are below the numbers of double precision, in which bounds are computed.
pub(super) const UNDERFLOW: f64 = f64::from_bits(4);

/// How far off a product may be by how far off its factors may be; they are given by their sizes.
pub(super) fn product_error((x, e): (f64, f64), (y, f): (f64, f64)) -> f64 {
    if e == 0.0 && f == 0.0 { 0.0 } else { x * f + y * e + e * f + UNDERFLOW }
}

/// The power of two that is the last bit of a number; infinite for zero.
fn unit(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return f64::INFINITY;
    }
    let bits = x.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let exponent = (bits >> 52 & 0x7FF) as i32;
    let last = if mantissa == 0 { 52 } else { mantissa.trailing_zeros() as i32 };
    2f64.powi(exponent.max(1) - 1075 + last)
}

/// A number as the nearest of a type.
pub(super) fn rounded(element: ElementType, value: f64) -> f64 {
    match element {
        ElementType::F64 => value,
        ElementType::F32 => f64::from(value as f32),
        _ => float::decode(element, float::encode(element, value)),
    }
}

/// The smallest positive number of a type.
pub(super) fn tiny(element: ElementType) -> f64 {
    match element {
        ElementType::F64 => f64::from_bits(1),
        ElementType::F32 => f64::from(f32::from_bits(1)),
        _ => float::decode(element, 1).abs(),
    }
}

/// The largest finite number of a type.
pub(super) fn largest(element: ElementType) -> f64 {
    static NARROW: OnceLock<Vec<(ElementType, f64)>> = OnceLock::new();
    match element {
        ElementType::F64 => f64::MAX,
        ElementType::F32 => f32::MAX.into(),
        _ => {
            let narrow = NARROW.get_or_init(|| {
                let floats = ElementType::ALL.into_iter().filter(|e| e.is_float() && e.bits() <= 16);
                let largest = |e: ElementType| {
                    let all = (0..1u64 << e.bits()).map(|bits| float::decode(e, bits));
                    (e, all.filter(|x| x.is_finite()).fold(0.0, f64::max))
                };
                floats.map(largest).collect()
            });
            narrow.iter().find(|(e, _)| *e == element).map_or(f64::MAX, |(_, largest)| *largest)
        }
    }
}

/// The least and the greatest integer of a type.
pub(super) fn range(element: ElementType) -> (i128, i128) {
    let bits = element.bits();
    match element.is_signed_integer() {
        true => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        false => (0, (1 << bits) - 1),
    }
}

/// An integer as its low bits stand for one of a type.
pub(super) fn wrapped(element: ElementType, value: i128) -> i128 {
    let unused = 128 - element.bits() as u32;
    match element.is_signed_integer() {
        true => value << unused >> unused,
        false => ((value as u128) << unused >> unused) as i128,
    }
}

/// The bits of an element in memory.
pub(super) fn bits(bytes: &[u8]) -> u64 {
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(wide)
}

/// The number that the bytes of an element stand for.
pub(super) fn number(element: ElementType, bytes: &[u8]) -> Number {
    if element.is_complex() {
        let part = element.real_part();
        let (re, im) = bytes.split_at(part.size());
        return Complex(Complex64::new(float::decode(part, bits(re)), float::decode(part, bits(im))));
    }
    match element.is_float() {
        true => Real(float::decode(element, bits(bytes))),
        false => Integer(wrapped(element, bits(bytes).into())),
    }
}

/// The distance of neighbouring numbers around one, relative to it.
pub fn epsilon(element: ElementType) -> f64 {
    let element = element.real_part();
    if element == ElementType::F8E8M0FNU {
        return 1.0;
    }
    let one = float::encode(element, 1.0);
    float::decode(element, one + 1) - 1.0
}

/// Whether a number that was found may stand for the one that was expected.
pub fn close(element: ElementType, expected: Number, found: Number) -> bool {
    let part = element.real_part();
    // At the end of the range a number of the allowed distance may be infinite, or the type's way to say so.
    let end = |value: f64| !value.is_finite() || value.abs() >= 0.9 * largest(part);
    let near = |expected: f64, found: f64, error: f64| {
        let least = part == ElementType::F8E8M0FNU && expected <= float::decode(part, 1);
        // What is too small is the smallest number, or none where it became zero on the way.
        let same = expected == found || expected.is_nan() && found.is_nan() || least;
        same || error.is_finite() && (expected - found).abs() <= error || end(expected) && end(found)
    };
    match (expected, found) {
        (Any, _) => true,
        (Integer(a), Integer(b)) => a == b,
        (Near(a, error), Integer(b)) => (a - b as f64).abs() <= error,
        (Real(a), Real(b)) => a == b || a.is_nan() && b.is_nan(),
        (Near(a, error), Real(b)) => near(a, b, error),
        (Complex(a), Complex(b)) | (NearComplex(a, _), Complex(b)) => {
            // What is infinite or not a number in a part depends on the formula.
            let open = !a.re.is_finite() || !a.im.is_finite() || a.norm() * 2.0 >= largest(part);
            let error = expected.error();
            open || near(a.re, b.re, error) && near(a.im, b.im, error)
        }
        _ => false,
    }
}

/// The place of an index among the elements.
pub(super) fn linear(dims: &[usize], index: &[usize]) -> usize {
    dims.iter().zip(index).fold(0, |at, (size, i)| at * size + i)
}

/// Every index of a shape, in order.
pub(super) fn indices(dims: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
    let dims = dims.to_vec();
    let count: usize = dims.iter().product();
    (0..count).map(move |mut at| {
        let mut index = vec![0; dims.len()];
        for axis in (0..dims.len()).rev() {
            index[axis] = at % dims[axis];
            at /= dims[axis];
        }
        index
    })
}
