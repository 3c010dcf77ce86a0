//! What a check asks for.

use runahead::Literal;

use super::parts::{Part, Parts};
use super::{comparable, element_text, ulp};

/// How near two tensors must be. Integers and booleans must be equal under every rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Rule {
    /// Floats are identical.
    Identical,
    /// Floats are so many ULP apart.
    Ulps {
        /// At least.
        min: u64,
        /// At most.
        max: u64,
    },
    /// Floats are apart by no more than this.
    Within(f64),
}

impl Rule {
    /// Compares two tensors.
    ///
    /// # Errors
    /// A line that says which element is the first that breaks the rule, what it is and what it should be, and how many
    /// do.
    pub(crate) fn check(self, got: &Literal, expected: &Literal) -> Result<(), String> {
        if !comparable(got.ty(), expected.ty()) {
            return Err(format!("got {}, expected {}", got.ty(), expected.ty()));
        }
        let (ours, theirs) = (Parts::of(got), Parts::of(expected));
        let count = ours.elements();
        let holds = |i: &usize| ours.element(*i).zip(theirs.element(*i)).all(|(a, b)| self.holds(a, b));
        let mut broken = (0..count).filter(|i| !holds(i));
        let Some(first) = broken.next() else { return Ok(()) };
        let how_many = 1 + broken.count();
        let mut message = element_text(got, expected, first);
        let pairs = ours.element(first).zip(theirs.element(first)).filter(|(a, b)| !self.holds(*a, *b));
        message += &self.distance_text(pairs);
        if count > 1 {
            message += &format!(" ({how_many} of {count} elements)");
        }
        Err(message)
    }

    fn holds(self, got: Part, expected: Part) -> bool {
        let (Part::Float(ty, a), Part::Float(_, b)) = (got, expected) else { return got == expected };
        match self {
            Rule::Identical => a == b || got.value().is_nan() && expected.value().is_nan(),
            Rule::Ulps { min, max } => ulp::ulps(ty, a, b).is_some_and(|ulps| (min..=max).contains(&ulps)),
            Rule::Within(tolerance) => got.distance(expected) <= tolerance,
        }
    }

    /// How far the parts that break the rule are apart, and what would be allowed; nothing where the numbers say it all.
    fn distance_text(self, broken: impl Iterator<Item = (Part, Part)>) -> String {
        let mut texts = broken.filter_map(|(got, expected)| match (self, got, expected) {
            (Rule::Ulps { min, max }, Part::Float(ty, a), Part::Float(_, b)) => {
                Some(match ulp::ulps(ty, a, b) {
                    None => format!(", infinitely many ULP apart, {max} allowed"),
                    Some(ulps) if ulps < min => format!(", {ulps} ULP apart, at least {min} asked for"),
                    Some(ulps) => format!(", {ulps} ULP apart, {max} allowed"),
                })
            }
            (Rule::Within(tolerance), Part::Float(..), _) => {
                Some(format!(", {:e} apart, {tolerance:e} allowed", got.distance(expected)))
            }
            _ => None,
        });
        texts.next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use runahead::{ElementType, TensorType};

    use super::*;

    fn f32s(values: &[f32]) -> Literal {
        Literal::from_elements([values.len()], values).unwrap()
    }

    fn refusal(rule: Rule, got: &Literal, expected: &Literal) -> String {
        rule.check(got, expected).unwrap_err()
    }

    const CLOSE: Rule = Rule::Ulps { min: 0, max: 3 };

    #[test]
    fn identical_means_bits_but_for_nan() {
        let nans = [0x7FC0_0000u32, 0xFFC0_0001].map(f32::from_bits);
        assert_eq!(Rule::Identical.check(&f32s(&[nans[0], 0.0]), &f32s(&[nans[1], 0.0])), Ok(()));
        assert_eq!(
            refusal(Rule::Identical, &f32s(&[1.0, -0.0, 3.0]), &f32s(&[1.0, 0.0, 4.0])),
            "element [1]: got -0.0, expected 0.0 (2 of 3 elements)"
        );
        assert!(Rule::Identical.check(&f32s(&[nans[0]]), &f32s(&[1.0])).is_err());
    }

    #[test]
    fn ulps_are_counted_between_bounds() {
        let x = 1.0f32;
        let up = |n: usize| (0..n).fold(x, |x, _| x.next_up());
        assert_eq!(CLOSE.check(&f32s(&[up(3), -0.0]), &f32s(&[x, 0.0])), Ok(()));
        assert_eq!(
            refusal(CLOSE, &f32s(&[up(5)]), &f32s(&[x])),
            "element [0]: got 1.0000006, expected 1.0, 5 ULP apart, 3 allowed"
        );
        assert_eq!(
            refusal(CLOSE, &f32s(&[f32::INFINITY]), &f32s(&[f32::MAX])),
            "element [0]: got inf, expected 3.4028235e38, infinitely many ULP apart, 3 allowed"
        );
        let exactly_one = Rule::Ulps { min: 1, max: 1 };
        assert_eq!(exactly_one.check(&f32s(&[up(1)]), &f32s(&[x])), Ok(()));
        assert_eq!(
            refusal(exactly_one, &f32s(&[x]), &f32s(&[x])),
            "element [0]: got 1.0, expected 1.0, 0 ULP apart, at least 1 asked for"
        );
    }

    #[test]
    fn tolerance_is_absolute() {
        let rule = Rule::Within(1e-3);
        let inf = f32::INFINITY;
        assert_eq!(rule.check(&f32s(&[1.0005, inf, f32::NAN]), &f32s(&[1.0, inf, f32::NAN])), Ok(()));
        assert_eq!(
            refusal(rule, &f32s(&[1.25]), &f32s(&[1.0])),
            "element [0]: got 1.25, expected 1.0, 2.5e-1 apart, 1e-3 allowed"
        );
        assert!(rule.check(&f32s(&[inf]), &f32s(&[-inf])).is_err());
    }

    #[test]
    fn integers_are_equal_under_every_rule() {
        let (a, b) = ([[7i32, 8], [9, 10]].concat(), [[7i32, 8], [9, 11]].concat());
        let (a, b) =
            (Literal::from_elements([2, 2], &a).unwrap(), Literal::from_elements([2, 2], &b).unwrap());
        for rule in [Rule::Identical, CLOSE, Rule::Within(5.0)] {
            assert_eq!(rule.check(&a, &a), Ok(()));
            assert_eq!(refusal(rule, &a, &b), "element [1,1]: got 10, expected 11 (1 of 4 elements)");
        }
    }

    #[test]
    fn the_farther_part_of_a_complex_number_counts() {
        let complex = |re: f32, im: f32| {
            let bytes = [re, im].map(f32::to_le_bytes).concat();
            Literal::new(TensorType::scalar(ElementType::C64), bytes).unwrap()
        };
        assert_eq!(CLOSE.check(&complex(1.0, -0.0), &complex(1.0, 0.0)), Ok(()));
        assert_eq!(
            refusal(CLOSE, &complex(1.0, 2.0), &complex(1.0, f32::NAN)),
            "got (1.0, 2.0), expected (1.0, NaN), infinitely many ULP apart, 3 allowed"
        );
        assert!(Rule::Within(1e-3).check(&complex(1.0, 2.0), &complex(1.0, 2.1)).is_err());
    }

    #[test]
    fn types_must_agree() {
        let x = f32s(&[1.0]);
        let y = Literal::from_elements([1, 1], &[1.0f32]).unwrap();
        assert_eq!(refusal(CLOSE, &x, &y), "got tensor<1xf32>, expected tensor<1x1xf32>");
        assert_eq!(CLOSE.check(&f32s(&[]), &f32s(&[])), Ok(()));
    }
}
