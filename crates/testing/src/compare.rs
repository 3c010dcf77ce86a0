//! What was found beside what was expected.

use std::fmt;

use crate::evaluate::{Number, Tensor, close};

/// A number that is not the one that was expected.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The result that it is in.
    pub result: usize,
    /// Its place among the result's elements.
    pub element: usize,
    /// What was expected.
    pub expected: Number,
    /// What was found.
    pub found: Number,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { result, element, expected, found } = self;
        write!(f, "element {element} of result {result}: expected {expected:?}, found {found:?}")
    }
}

/// How many numbers are settled.
pub fn settled(expected: &Tensor) -> usize {
    expected.numbers.iter().filter(|&&number| number != Number::Any).count()
}

/// Compares the bytes of results with what was expected of them.
///
/// # Errors
/// The first number that differs.
pub fn compare(expected: &[Tensor], found: &[Vec<u8>]) -> Result<(), Difference> {
    for (result, (expected, found)) in expected.iter().zip(found).enumerate() {
        let found = Tensor::decode(&expected.ty, found);
        for (element, (&e, &f)) in expected.numbers.iter().zip(found.numbers.iter()).enumerate() {
            if !close(expected.ty.element, e, f) {
                return Err(Difference { result, element, expected: e, found: f });
            }
        }
    }
    Ok(())
}
