//! By how much results differ.

use runahead::Literal;

use super::element_text;
use super::parts::{Part, Parts};

/// By how much a tensor differs from what was expected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    /// The largest absolute difference of two elements.
    pub(crate) max_abs: f64,
    /// That, over the largest absolute value that is finite among those expected. Where all of those are zero, zero or
    /// infinite, as the difference is.
    pub(crate) max_rel: f64,
    /// Whether the elements are integers or booleans, which must be equal.
    pub(crate) must_be_equal: bool,
    /// The element that differs most, where one does: its index, what was got and what was expected.
    pub(crate) worst: Option<String>,
}

impl Difference {
    /// Whether the difference is within a share of the largest expected value; for integers, whether there is none.
    pub(crate) fn is_within(&self, tolerance: f64) -> bool {
        if self.must_be_equal { self.max_abs == 0.0 } else { self.max_rel <= tolerance }
    }
}

/// Measures by how much a tensor differs from what was expected, which is of the same element type and shape.
pub(crate) fn difference(got: &Literal, expected: &Literal) -> Difference {
    let (ours, theirs) = (Parts::of(got), Parts::of(expected));
    let (mut max_abs, mut largest, mut worst) = (0.0, 0.0f64, None);
    for i in 0..ours.elements().min(theirs.elements()) {
        let apart = length(ours.element(i).zip(theirs.element(i)).map(|(a, b)| a.distance(b)));
        if apart > max_abs {
            (max_abs, worst) = (apart, Some(i));
        }
        let size = length(theirs.element(i).map(Part::value));
        if size.is_finite() {
            largest = largest.max(size);
        }
    }
    let element = expected.ty().element;
    Difference {
        max_abs,
        max_rel: match (max_abs, largest) {
            (0.0, _) => 0.0,
            (_, 0.0) => f64::INFINITY,
            _ => max_abs / largest,
        },
        must_be_equal: !element.is_float() && !element.is_complex(),
        worst: worst.map(|i| element_text(got, expected, i)),
    }
}

/// The absolute value of a number of one part or two.
fn length(parts: impl Iterator<Item = f64>) -> f64 {
    // In this order an only part comes out as it is.
    parts.fold(0.0, |length: f64, part| if length == 0.0 { part.abs() } else { length.hypot(part) })
}

#[cfg(test)]
mod tests {
    use runahead::{ElementType, TensorType};

    use super::*;

    fn of(got: &[f32], expected: &[f32]) -> (f64, f64) {
        let literal = |values: &[f32]| Literal::from_elements([values.len()], values).unwrap();
        let difference = difference(&literal(got), &literal(expected));
        (difference.max_abs, difference.max_rel)
    }

    #[test]
    fn the_share_is_of_the_largest_expected_value() {
        assert_eq!(of(&[1.0, -4.5], &[1.25, -4.0]), (0.5, 0.125));
        assert_eq!(of(&[1.0], &[1.0]), (0.0, 0.0));
        assert_eq!(of(&[], &[]), (0.0, 0.0));
        assert_eq!(of(&[0.5], &[0.0]), (0.5, f64::INFINITY));
        assert_eq!(of(&[0.0], &[-0.0]), (0.0, 0.0));
    }

    #[test]
    fn what_is_not_finite_equals_its_like_and_counts_for_no_size() {
        let (inf, nan) = (f32::INFINITY, f32::NAN);
        assert_eq!(of(&[nan, inf, 3.0], &[nan, inf, 4.0]), (1.0, 0.25));
        assert_eq!(of(&[nan], &[1.0]), (f64::INFINITY, f64::INFINITY));
        assert_eq!(of(&[1.0], &[nan]), (f64::INFINITY, f64::INFINITY));
        assert_eq!(of(&[inf], &[-inf]), (f64::INFINITY, f64::INFINITY));
    }

    #[test]
    fn integers_must_be_equal() {
        let literal = |values: &[i64]| Literal::from_elements([values.len()], values).unwrap();
        let apart = difference(&literal(&[1 << 60]), &literal(&[(1 << 60) + 1]));
        assert_eq!((apart.max_abs, apart.is_within(1.0)), (1.0, false));
        assert_eq!(
            apart.worst.unwrap(),
            format!("element [0]: got {}, expected {}", 1u64 << 60, (1u64 << 60) + 1)
        );
        assert!(difference(&literal(&[5]), &literal(&[5])).is_within(0.0));
    }

    #[test]
    fn complex_numbers_are_apart_by_an_absolute_value() {
        let complex = |re: f64, im: f64| {
            let bytes = [re, im].map(f64::to_le_bytes).concat();
            Literal::new(TensorType::scalar(ElementType::C128), bytes).unwrap()
        };
        let apart = difference(&complex(4.0, 6.0), &complex(1.0, 2.0));
        assert_eq!((apart.max_abs, apart.must_be_equal), (5.0, false));
        let apart = difference(&complex(f64::NAN, 1.0), &complex(f64::NAN, 2.0));
        assert_eq!(apart.max_abs, 1.0);
    }
}
