//! What makes operations reductions: the values that they begin with, and that order does not matter.

use crate::{Binary, ElementType, float};

impl Binary {
    /// Whether operands may be exchanged.
    pub(crate) fn is_commutative(self) -> bool {
        use Binary::*;
        matches!(self, Add | And | Maximum | Minimum | Multiply | Or | Xor)
    }

    /// The bytes of the element that leaves every other as it is: 0 for `add` and `or`, 1 for `multiply` and `and`,
    /// the least value for `maximum`, the greatest for `minimum`. None for other operations and types.
    ///
    /// ```
    /// use runahead_ir::{Binary, ElementType};
    /// assert_eq!(Binary::Maximum.neutral(ElementType::I8), Some(vec![0x80]));
    /// assert_eq!(Binary::Multiply.neutral(ElementType::F32), Some(1f32.to_le_bytes().to_vec()));
    /// assert_eq!(Binary::Divide.neutral(ElementType::F32), None);
    /// ```
    pub fn neutral(self, element: ElementType) -> Option<Vec<u8>> {
        if element.is_complex() {
            let part = element.real_part();
            let imaginary = vec![0; part.size()];
            return match self {
                Binary::Add | Binary::Multiply => Some([self.neutral(part)?, imaginary].concat()),
                _ => None,
            };
        }
        let bits =
            if element.is_float() { self.neutral_float(element)? } else { self.neutral_integer(element)? };
        Some(bits.to_le_bytes()[..element.size()].to_vec())
    }

    fn neutral_float(self, element: ElementType) -> Option<u64> {
        let value = match self {
            Binary::Add => 0.0,
            Binary::Multiply => 1.0,
            Binary::Maximum => f64::NEG_INFINITY,
            Binary::Minimum => f64::INFINITY,
            _ => return None,
        };
        let bits = float::encode(element, value);
        if !float::decode(element, bits).is_nan() {
            return Some(bits);
        }
        if value.is_finite() {
            // A type without zero has nothing that adds nothing.
            return None;
        }
        // A type without infinities begins at its largest magnitude.
        let finite = (0..1u64 << element.bits()).filter(|&b| float::decode(element, b).is_finite());
        let key = |&b: &u64| (float::decode(element, b) * value.signum()).to_bits() as i64;
        finite.filter(|&b| float::decode(element, b) * value.signum() >= 0.0).max_by_key(key)
    }

    fn neutral_integer(self, element: ElementType) -> Option<u64> {
        let all = u64::MAX >> (64 - element.bits());
        let (least, greatest) = if element.is_signed_integer() {
            // Sign-extended, as narrow integers are kept.
            (!(all >> 1), all >> 1)
        } else {
            (0, all)
        };
        Some(match self {
            Binary::Add | Binary::Or | Binary::Xor => 0,
            Binary::Multiply => 1,
            Binary::And if element.is_signed_integer() => u64::MAX,
            Binary::And => all,
            Binary::Maximum => least,
            Binary::Minimum => greatest,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_types() {
        use ElementType::*;
        assert_eq!(Binary::Minimum.neutral(I4), Some(vec![7]));
        assert_eq!(Binary::Maximum.neutral(I4), Some(vec![0xF8]));
        assert_eq!(Binary::And.neutral(Bool), Some(vec![1]));
        assert_eq!(Binary::Maximum.neutral(F4E2M1FN), Some(vec![0xF]));
        assert_eq!(Binary::Maximum.neutral(F8E4M3FN), Some(vec![0xFE]));
        assert_eq!(Binary::Minimum.neutral(F8E4M3FNUZ), Some(vec![0x7F]));
        assert_eq!(Binary::Maximum.neutral(F8E5M2), Some(vec![0xFC]));
        assert_eq!(Binary::Add.neutral(F8E8M0FNU), None);
        assert_eq!(Binary::Minimum.neutral(F8E8M0FNU), Some(vec![0xFE]));
        assert_eq!(Binary::Multiply.neutral(C64), Some([1f32.to_le_bytes(), [0; 4]].concat()));
    }
}
