//! Floating-point types of every width, to and from `f64`.
//!
//! `f64` holds every value of every narrower type, so it is the common ground on which the narrow formats are read,
//! written and computed with. Rounding is to nearest, ties to even.

use half::{bf16, f16};

use crate::ElementType;

/// What the largest exponents of a narrow format stand for.
#[derive(Clone, Copy, PartialEq)]
enum Special {
    /// Infinities and NaNs, as in IEEE 754.
    Ieee,
    /// All ones is NaN and there are no infinities (`FN`).
    OneNan,
    /// Negative zero's place is NaN; there are no infinities and no negative zero (`FNUZ`).
    ZeroNan,
    /// Finite numbers only.
    None,
}

struct Format {
    exponent_bits: u32,
    mantissa_bits: u32,
    bias: i32,
    special: Special,
}

impl Format {
    /// The bits of the largest finite magnitude.
    fn largest(&self) -> u64 {
        let all = (1 << (self.exponent_bits + self.mantissa_bits)) - 1;
        match self.special {
            Special::Ieee => all - (1 << self.mantissa_bits),
            Special::OneNan => all - 1,
            Special::ZeroNan | Special::None => all,
        }
    }
}

fn format(element: ElementType) -> Option<Format> {
    use ElementType::*;
    let (exponent_bits, mantissa_bits, bias, special) = match element {
        F4E2M1FN => (2, 1, 1, Special::None),
        F6E2M3FN => (2, 3, 1, Special::None),
        F6E3M2FN => (3, 2, 3, Special::None),
        F8E3M4 => (3, 4, 3, Special::Ieee),
        F8E4M3 => (4, 3, 7, Special::Ieee),
        F8E4M3FN => (4, 3, 7, Special::OneNan),
        F8E4M3FNUZ => (4, 3, 8, Special::ZeroNan),
        F8E4M3B11FNUZ => (4, 3, 11, Special::ZeroNan),
        F8E5M2 => (5, 2, 15, Special::Ieee),
        F8E5M2FNUZ => (5, 2, 16, Special::ZeroNan),
        _ => return None,
    };
    Some(Format { exponent_bits, mantissa_bits, bias, special })
}

/// The number that the bits of a floating-point type stand for.
///
/// ```
/// use runahead_ir::{float, ElementType};
/// assert_eq!(float::decode(ElementType::F8E4M3FN, 0x3A), 1.25);
/// assert!(float::decode(ElementType::F8E4M3FN, 0x7F).is_nan());
/// ```
///
/// # Panics
/// Where the type is no real floating-point type.
pub fn decode(element: ElementType, bits: u64) -> f64 {
    match element {
        ElementType::F64 => return f64::from_bits(bits),
        ElementType::F32 => return f32::from_bits(bits as u32).into(),
        ElementType::F16 => return f16::from_bits(bits as u16).into(),
        ElementType::BF16 => return bf16::from_bits(bits as u16).into(),
        ElementType::F8E8M0FNU => {
            return if bits == 0xFF { f64::NAN } else { 2f64.powi(bits as i32 - 127) };
        }
        _ => {}
    }
    let format = format(element).unwrap_or_else(|| panic!("{element} is no floating-point type"));
    let width = format.exponent_bits + format.mantissa_bits;
    let negative = bits >> width & 1 == 1;
    let magnitude = bits & ((1 << width) - 1);
    if format.special == Special::ZeroNan && negative && magnitude == 0 {
        return f64::NAN;
    }
    let mantissa = magnitude & ((1 << format.mantissa_bits) - 1);
    let exponent = (magnitude >> format.mantissa_bits) as i32;
    let value = if magnitude > format.largest() {
        if format.special == Special::Ieee && mantissa == 0 { f64::INFINITY } else { f64::NAN }
    } else {
        let implicit = if exponent > 0 { 1 << format.mantissa_bits } else { 0 };
        let scale = exponent.max(1) - format.bias - format.mantissa_bits as i32;
        (mantissa + implicit) as f64 * 2f64.powi(scale)
    };
    if negative { -value } else { value }
}

/// The bytes of a number as an element of any type: rounded to it where that is a float, the real part of a complex one,
/// wrapped where it is an integer.
///
/// ```
/// use runahead_ir::{float, ElementType};
/// assert_eq!(float::element_bytes(ElementType::F32, 0.5), 0.5f32.to_le_bytes());
/// assert_eq!(float::element_bytes(ElementType::I16, -1.0), [0xFF, 0xFF]);
/// ```
pub fn element_bytes(element: ElementType, value: f64) -> Vec<u8> {
    let part = element.real_part();
    let bits = if part.is_float() { encode(part, value) } else { value as i64 as u64 };
    let mut bytes = bits.to_le_bytes()[..part.size()].to_vec();
    bytes.resize(element.size(), 0);
    bytes
}

/// The bits of the number of a floating-point type that is nearest to `value`.
///
/// Beyond the largest finite number: infinity where the type has one, else NaN where it has one, else the largest
/// number. A NaN becomes the type's quiet NaN, or zero where it has none.
///
/// # Panics
/// Where the type is no real floating-point type.
pub fn encode(element: ElementType, value: f64) -> u64 {
    match element {
        ElementType::F64 => return value.to_bits(),
        ElementType::F32 => return (value as f32).to_bits().into(),
        ElementType::F16 => return f16_from_f64(value).to_bits().into(),
        ElementType::BF16 => return bf16_from_f64(value).to_bits().into(),
        ElementType::F8E8M0FNU => return encode_exponent(value),
        _ => {}
    }
    let format = format(element).unwrap_or_else(|| panic!("{element} is no floating-point type"));
    let width = format.exponent_bits + format.mantissa_bits;
    let sign = u64::from(value.is_sign_negative()) << width;
    let quiet_nan = match format.special {
        Special::Ieee => sign | (format.largest() + 1) | 1 << (format.mantissa_bits - 1),
        Special::OneNan => sign | (format.largest() + 1),
        Special::ZeroNan => 1 << width,
        Special::None => 0,
    };
    if value.is_nan() {
        return quiet_nan;
    }
    let overflow = match format.special {
        Special::Ieee => sign | (format.largest() + 1),
        Special::None => sign | format.largest(),
        _ => quiet_nan,
    };
    let magnitude = value.abs();
    if magnitude.is_infinite() {
        return overflow;
    }
    // The exponent field of an `f64`; below its normal range everything rounds to zero here.
    let exponent = (magnitude.to_bits() >> 52) as i32 - 1023;
    let smallest = 1 - format.bias;
    let unit = exponent.max(smallest) - format.mantissa_bits as i32;
    let steps = (magnitude * 2f64.powi(-unit)).round_ties_even() as u64;
    // Steps beyond the implicit one carry into the exponent by themselves.
    let bits = if exponent < smallest {
        steps
    } else {
        (((exponent + format.bias) as u64) << format.mantissa_bits) + steps - (1 << format.mantissa_bits)
    };
    if bits > format.largest() {
        overflow
    } else if bits == 0 && format.special == Special::ZeroNan {
        0
    } else {
        sign | bits
    }
}

/// The `f16` nearest to a number, rounded once.
///
/// ```
/// // By way of `f32` it would come to lie in the middle of two numbers, and go to the even one.
/// assert_eq!(runahead_ir::float::f16_from_f64(1.0 + 2f64.powi(-11) + 2f64.powi(-40)).to_f32(), 1.0 + 2f32.powi(-10));
/// ```
#[inline(always)]
pub fn f16_from_f64(value: f64) -> f16 {
    f16::from_f32(f32_to_odd(value))
}

/// The `bf16` nearest to a number, rounded once.
#[inline(always)]
pub fn bf16_from_f64(value: f64) -> bf16 {
    bf16::from_f32(f32_to_odd(value))
}

/// A number rounded to one of its two neighbours in `f32`: to itself where it is one, else to that whose last bit is
/// set. What is rounded to at least two bits fewer after this is as if rounded once.
#[inline(always)]
fn f32_to_odd(value: f64) -> f32 {
    let nearest = value as f32;
    let back = f64::from(nearest);
    let bits = nearest.to_bits();
    if back == value || value.is_nan() || bits & 1 == 1 {
        return nearest;
    }
    // The other neighbour is odd: nearer to zero where the nearest was farther from it than the number.
    f32::from_bits(if back.abs() > value.abs() { bits - 1 } else { bits + 1 })
}

/// An integer of at most 64 bits as an `f64` that any type of at most 40 bits of precision rounds as it would round the
/// integer.
#[inline(always)]
pub fn f64_to_odd(value: i128) -> f64 {
    // What an `f64` does not hold of 64 bits. If any of it is set, so is the last bit that is kept.
    const BEYOND: u128 = (1 << 11) - 1;
    let size = value.unsigned_abs();
    let kept = if size >> 53 == 0 { size } else { size & !BEYOND | u128::from(size & BEYOND != 0) << 11 };
    let number = kept as f64;
    if value < 0 { -number } else { number }
}

/// The nearest power of two, the larger of two as near; NaN for what has none (zero, negative, infinite, NaN).
fn encode_exponent(value: f64) -> u64 {
    if !value.is_finite() || value <= 0.0 {
        return 0xFF;
    }
    let field = (value.to_bits() >> 52) as i64 - 1023 + 127;
    let up = value.to_bits() >> 51 & 1 == 1;
    (field + i64::from(up)).clamp(0, 0xFF) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats() -> impl Iterator<Item = ElementType> {
        ElementType::ALL.into_iter().filter(|t| t.is_float())
    }

    #[test]
    fn every_narrow_number_comes_back() {
        for element in floats().filter(|t| t.size() == 1) {
            for bits in 0..1u64 << element.bits() {
                let value = decode(element, bits);
                let back = encode(element, value);
                if value.is_nan() {
                    assert!(decode(element, back).is_nan(), "{element} {bits:#x}");
                } else {
                    assert_eq!(back, bits, "{element} {bits:#x} {value}");
                }
            }
        }
    }

    /// All halves and the numbers in the middle of two neighbours, with those next to the middle on either side.
    #[test]
    fn doubles_are_rounded_to_halves_once() {
        for element in [ElementType::F16, ElementType::BF16] {
            let infinity = encode(element, f64::INFINITY);
            for bits in 0..infinity {
                let low = decode(element, bits);
                assert_eq!(encode(element, low), bits, "{element} {low:e}");
                // Beyond the largest number the next would be as far as the one before it.
                let high = if bits + 1 < infinity {
                    decode(element, bits + 1)
                } else {
                    2.0 * low - decode(element, bits - 1)
                };
                let middle = low + (high - low) / 2.0;
                for sign in [1.0, -1.0] {
                    let negative = if sign < 0.0 { 0x8000 } else { 0 };
                    let found = |value: f64| encode(element, sign * value) ^ negative;
                    assert_eq!(found(middle), bits + bits % 2, "{element} {middle:e}");
                    assert_eq!(found(middle.next_down()), bits, "{element} below {middle:e}");
                    assert_eq!(found(middle.next_up()), bits + 1, "{element} above {middle:e}");
                }
            }
            assert_eq!(encode(element, f64::MAX), infinity);
            assert_eq!(encode(element, -f64::INFINITY), infinity | 0x8000);
            assert_eq!(encode(element, f64::from_bits(1)), 0);
            assert_eq!(encode(element, -f64::from_bits(1)), 0x8000);
            assert!(decode(element, encode(element, f64::NAN)).is_nan());
        }
    }

    #[test]
    fn integers_keep_what_decides_their_rounding() {
        for bit in 1..63 {
            for offset in -3i128..=3 {
                for sign in [1, -1] {
                    let value = sign * ((1i128 << bit) + (1i128 << bit.max(12) >> 12) + offset);
                    let odd = f64_to_odd(value);
                    let exact = odd as i128;
                    // On the same side of every number of at most 40 bits, or equal to it.
                    let unit = 1i128 << (127 - value.unsigned_abs().leading_zeros() as i32 - 39).max(0);
                    let below = value.div_euclid(unit) * unit;
                    assert_eq!((exact > below, exact < below + unit), (value > below, true), "{value}");
                }
            }
        }
    }

    #[test]
    fn between_two_numbers_the_nearer_is_taken() {
        for element in floats().filter(|t| t.size() == 1 && *t != ElementType::F8E8M0FNU) {
            let last = format(element).unwrap().largest();
            for bits in 0..last {
                let (low, high) = (decode(element, bits), decode(element, bits + 1));
                let middle = (low + high) / 2.0;
                assert_eq!(encode(element, middle), bits + bits % 2, "{element} {middle}");
                assert_eq!(encode(element, (low + 3.0 * high) / 4.0), bits + 1);
                assert_eq!(encode(element, (3.0 * low + high) / 4.0), bits);
            }
        }
    }

    #[test]
    fn beyond_the_largest() {
        use ElementType::*;
        assert_eq!(encode(F4E2M1FN, 9.0), 0x7);
        assert_eq!(encode(F8E4M3FN, 5.0e5), 0x7F);
        assert_eq!(encode(F8E4M3FN, -5.0e5), 0xFF);
        assert_eq!(encode(F8E5M2, f64::INFINITY), 0x7C);
        assert_eq!(encode(F8E5M2FNUZ, 1e9), 0x80);
        assert_eq!(encode(F8E8M0FNU, 3.0), 129);
        assert_eq!(encode(F8E8M0FNU, 2.9), 128);
        assert_eq!(encode(F8E8M0FNU, 0.0), 0xFF);
        assert_eq!(encode(F8E5M2FNUZ, -0.0), 0);
    }
}
