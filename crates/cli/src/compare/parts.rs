//! Elements as numbers.

use std::sync::Arc;

use runahead::ir::float;
use runahead::{ElementType, Literal};

/// The numbers of a tensor: each element is one, or two where it is complex.
pub(super) struct Parts {
    /// The type of a part.
    ty: ElementType,
    bytes: Arc<[u8]>,
    /// Parts of an element.
    per_element: usize,
}

/// A number: an element, or a part of a complex one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// An integer, or a boolean as 0 or 1.
    Integer(i128),
    /// The bits of a floating-point number.
    Float(ElementType, u64),
}

impl Parts {
    pub(super) fn of(literal: &Literal) -> Parts {
        let element = literal.ty().element;
        let per_element = if element.is_complex() { 2 } else { 1 };
        Parts { ty: element.real_part(), bytes: literal.to_dense(), per_element }
    }

    pub(super) fn elements(&self) -> usize {
        self.bytes.len() / self.ty.size() / self.per_element
    }

    /// The parts of an element.
    pub(super) fn element(&self, position: usize) -> impl Iterator<Item = Part> + '_ {
        let first = position * self.per_element;
        (first..first + self.per_element).map(|part| self.part(part))
    }

    fn part(&self, position: usize) -> Part {
        let size = self.ty.size();
        let mut bytes = [0; 8];
        bytes[..size].copy_from_slice(&self.bytes[position * size..][..size]);
        let bits = u64::from_le_bytes(bytes);
        if self.ty.is_float() {
            Part::Float(self.ty, bits)
        } else if self.ty.is_signed_integer() {
            let unused = 64 - 8 * size as u32;
            Part::Integer(((bits << unused) as i64 >> unused).into())
        } else {
            Part::Integer(bits.into())
        }
    }

    /// An element as text, as in `1.5`, `-3` or `(1.0, 2.0)`.
    pub(super) fn element_text(&self, position: usize) -> String {
        let texts: Vec<String> = self.element(position).map(Part::text).collect();
        match &texts[..] {
            [one] => one.clone(),
            several => format!("({})", several.join(", ")),
        }
    }
}

impl Part {
    /// The number as a double; a large integer is rounded.
    pub(super) fn value(self) -> f64 {
        match self {
            Part::Integer(value) => value as f64,
            Part::Float(ty, bits) => float::decode(ty, bits),
        }
    }

    /// The fewest digits that tell the number from others of its type.
    fn text(self) -> String {
        match self {
            Part::Integer(value) => value.to_string(),
            Part::Float(ElementType::F64, bits) => format!("{:?}", f64::from_bits(bits)),
            // Every narrower number is an `f32` too.
            Part::Float(..) => format!("{:?}", self.value() as f32),
        }
    }

    /// The absolute difference.
    pub(super) fn distance(self, other: Part) -> f64 {
        if let (Part::Integer(a), Part::Integer(b)) = (self, other) {
            return a.abs_diff(b) as f64;
        }
        let (a, b) = (self.value(), other.value());
        if a == b || a.is_nan() && b.is_nan() {
            0.0
        } else if a.is_finite() && b.is_finite() {
            (a - b).abs()
        } else {
            f64::INFINITY
        }
    }
}

#[cfg(test)]
mod tests {
    use runahead::TensorType;

    use super::*;

    fn texts(literal: &Literal) -> Vec<String> {
        let parts = Parts::of(literal);
        (0..parts.elements()).map(|i| parts.element_text(i)).collect()
    }

    #[test]
    fn elements_are_read_by_type() {
        let bytes = |element, bytes: &[u8]| {
            Literal::new(TensorType::new(element, [bytes.len() / element.size()]), bytes).unwrap()
        };
        assert_eq!(texts(&bytes(ElementType::I8, &[0xFF, 0x7F])), ["-1", "127"]);
        assert_eq!(texts(&bytes(ElementType::U8, &[0xFF, 0x7F])), ["255", "127"]);
        assert_eq!(texts(&bytes(ElementType::Bool, &[0, 1])), ["0", "1"]);
        assert_eq!(texts(&bytes(ElementType::U64, &[0xFF; 8])), [u64::MAX.to_string()]);
        assert_eq!(texts(&bytes(ElementType::I64, &[0xFF; 8])), ["-1"]);
        assert_eq!(texts(&bytes(ElementType::BF16, &[0x80, 0x3F])), ["1.0"]);
        assert_eq!(texts(&bytes(ElementType::F8E4M3FN, &[0x7F, 0x38])), ["NaN", "1.0"]);
        assert_eq!(texts(&Literal::from_elements([1], &[0.1f32]).unwrap()), ["0.1"]);
        let complex = bytes(ElementType::C64, &[1.0f32, -0.0].map(f32::to_le_bytes).concat());
        assert_eq!(texts(&complex), ["(1.0, -0.0)"]);
    }

    #[test]
    fn distances_of_what_is_not_finite() {
        let part = |value: f64| Part::Float(ElementType::F64, value.to_bits());
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        assert_eq!(part(1.0).distance(part(-2.0)), 3.0);
        assert_eq!(part(inf).distance(part(inf)), 0.0);
        assert_eq!(part(nan).distance(part(-nan)), 0.0);
        assert_eq!(part(inf).distance(part(-inf)), inf);
        assert_eq!(part(inf).distance(part(1.0)), inf);
        assert_eq!(part(nan).distance(part(1.0)), inf);
        assert_eq!(part(nan).distance(part(inf)), inf);
        assert_eq!(part(0.0).distance(part(-0.0)), 0.0);
        assert_eq!(
            Part::Integer(i64::MIN.into()).distance(Part::Integer(u64::MAX.into())),
            1.5 * 2f64.powi(64)
        );
    }
}
