//! Elements as numbers: integers in 128 bits, real and complex numbers in double precision.

use num_complex::Complex64;
use runahead_ir::{ElementType, TensorType, float};

/// One element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    Integer(i128),
    Real(f64),
    Complex(Complex64),
    /// What the specification leaves open.
    Any,
}

use Number::*;

/// A tensor of numbers.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub ty: TensorType,
    pub numbers: Vec<Number>,
    /// How far off numbers may be, beside what rounding the true ones may do.
    pub slack: f64,
}

impl Tensor {
    pub fn new(ty: TensorType, numbers: Vec<Number>) -> Tensor {
        assert_eq!(ty.element_count(), Some(numbers.len()), "{ty}");
        Tensor { ty, numbers, slack: 0.0 }
    }

    pub fn decode(ty: &TensorType, bytes: &[u8]) -> Tensor {
        let size = ty.element.size();
        let numbers = bytes.chunks_exact(size).map(|bytes| number(ty.element, bytes)).collect();
        Tensor::new(ty.clone(), numbers)
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
}

impl Number {
    pub fn zero(element: ElementType) -> Number {
        Integer(0).converted(element)
    }

    pub fn integer(self) -> Option<i128> {
        if let Integer(value) = self { Some(value) } else { None }
    }

    pub fn size(self) -> f64 {
        match self {
            Integer(value) => (value as f64).abs(),
            Real(value) => value.abs(),
            Complex(value) => value.norm(),
            Any => 0.0,
        }
    }

    pub fn complex(self) -> Option<Complex64> {
        match self {
            Integer(value) => Some(Complex64::new(value as f64, 0.0)),
            Real(value) => Some(Complex64::new(value, 0.0)),
            Complex(value) => Some(value),
            Any => None,
        }
    }

    /// The number as an element of a type: wrapped or rounded.
    pub fn rounded(self, element: ElementType) -> Number {
        match self {
            Integer(value) => Integer(wrapped(element, value)),
            Real(value) => Real(rounded(element, value)),
            Complex(value) => {
                let part = element.real_part();
                Complex(Complex64::new(rounded(part, value.re), rounded(part, value.im)))
            }
            Any => Any,
        }
    }

    /// The number as an element of another type.
    pub fn converted(self, element: ElementType) -> Number {
        if element.is_complex() {
            return self.complex().map_or(Any, |value| Complex(value).rounded(element));
        }
        match self {
            Any => Any,
            // Whether a number without a real part is true, the specification's two rules say differently.
            Complex(value) if element == ElementType::Bool && value.re == 0.0 && value.im != 0.0 => Any,
            Complex(value) => Real(value.re).converted(element),
            Integer(value) if element == ElementType::Bool => Integer((value != 0).into()),
            Real(value) if element == ElementType::Bool => Integer((value != 0.0).into()),
            Integer(value) if element.is_float() => Real(match element {
                ElementType::F32 => f64::from(value as f32),
                _ => rounded(element, value as f64),
            }),
            Real(value) if element.is_float() => Real(value).rounded(element),
            Integer(_) => self.rounded(element),
            // Beyond the range anything may come.
            Real(value) => {
                let (low, high) = range(element);
                let whole = value.trunc();
                let inside = whole >= low as f64 && whole <= high as f64 && whole.abs() < 9e18;
                if inside { Integer(whole as i128) } else { Any }
            }
        }
    }
}

fn rounded(element: ElementType, value: f64) -> f64 {
    match element {
        ElementType::F64 => value,
        ElementType::F32 => f64::from(value as f32),
        _ => float::decode(element, float::encode(element, value)),
    }
}

/// The least and the greatest integer of a type.
pub fn range(element: ElementType) -> (i128, i128) {
    let bits = element.bits();
    match element.is_signed_integer() {
        true => (-(1 << (bits - 1)), (1 << (bits - 1)) - 1),
        false => (0, (1 << bits) - 1),
    }
}

fn wrapped(element: ElementType, value: i128) -> i128 {
    let unused = 128 - element.bits() as u32;
    match element.is_signed_integer() {
        true => value << unused >> unused,
        false => ((value as u128) << unused >> unused) as i128,
    }
}

/// The bits of an element in memory.
pub fn bits(bytes: &[u8]) -> u64 {
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(wide)
}

pub fn number(element: ElementType, bytes: &[u8]) -> Number {
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
pub fn close(element: ElementType, expected: Number, found: Number, slack: f64) -> bool {
    // Functions may be a few units off, and some are evaluated by formulas that are worse.
    const UNITS: f64 = 24.0;
    let part = element.real_part();
    let near = |expected: f64, found: f64, size: f64| {
        let exact = expected == found || expected.is_nan() && found.is_nan();
        if exact || !part.is_float() {
            return exact;
        }
        let tiny = f64::from_bits(1).max(match part {
            ElementType::F64 => 0.0,
            ElementType::F32 => f64::from(f32::from_bits(1)),
            // Their smallest numbers are large, and come sooner.
            _ => float::decode(part, 1).abs(),
        });
        let allowed = UNITS * (epsilon(part) * size + tiny) + slack;
        // At the end of the range a number of the allowed distance may be infinite, or the type's way to say so.
        let largest = rounded(part, f64::MAX);
        let end = |value: f64| !value.is_finite() || value.abs() >= 0.9 * largest.abs();
        if part == ElementType::F8E8M0FNU && expected <= float::decode(part, 1) {
            // What is too small is the smallest number, or none where it became zero on the way.
            return true;
        }
        (expected - found).abs() <= allowed || end(expected) && end(found)
    };
    match (expected, found) {
        (Any, _) => true,
        (Integer(a), Integer(b)) => a == b || slack >= 1.0 && ((a - b) as f64).abs() <= slack,
        (Real(a), Real(b)) => near(a, b, a.abs()),
        (Complex(a), Complex(b)) => {
            // What is infinite or not a number in a part depends on the formula.
            let open = !a.re.is_finite() || !a.im.is_finite() || a.norm() * 2.0 >= rounded(part, f64::MAX);
            open || near(a.re, b.re, a.norm()) && near(a.im, b.im, a.norm())
        }
        _ => false,
    }
}

pub fn linear(dims: &[usize], index: &[usize]) -> usize {
    dims.iter().zip(index).fold(0, |at, (size, i)| at * size + i)
}

/// Every index of a shape, in order.
pub fn indices(dims: &[usize]) -> impl Iterator<Item = Vec<usize>> + use<> {
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
