//! Updates of half-wide floats that are added up, or multiplied, before they are rounded.
//!
//! What goes to one element is brought together by sorting the places of the operand, so that its sum is kept in `f32`
//! until it is complete and no memory is needed for sums elsewhere.

use half::{bf16, f16};
use runahead_ir::{Binary, ElementType};

use crate::element::{Element, elements, elements_mut};

/// A run of elements that is updated: where it begins in the operand, its turn among those that begin there, and where its
/// updates begin.
pub(super) type Run = [usize; 3];

/// Combines the elements with updates, run by run of as many that begin at these offsets, and rounds once.
pub(super) type AddUp = fn(to: &mut [u8], updates: &[u8], runs: &[Run]);

/// What combines elements of that type by that operation, where their type is too narrow to do so one by one.
pub(super) fn add_up(by: Binary, element: ElementType) -> Option<AddUp> {
    match (by, element) {
        (Binary::Add, ElementType::BF16) => {
            Some(|to, updates, runs| run::<bf16>(to, updates, runs, |a, b| a + b))
        }
        (Binary::Add, ElementType::F16) => {
            Some(|to, updates, runs| run::<f16>(to, updates, runs, |a, b| a + b))
        }
        (Binary::Multiply, ElementType::BF16) => {
            Some(|to, updates, runs| run::<bf16>(to, updates, runs, |a, b| a * b))
        }
        (Binary::Multiply, ElementType::F16) => {
            Some(|to, updates, runs| run::<f16>(to, updates, runs, |a, b| a * b))
        }
        _ => None,
    }
}

/// A float that `f32` holds.
trait Half: Element {
    fn wide(self) -> f32;
    fn rounded(wide: f32) -> Self;
}

macro_rules! halves {
    ($($t:ty),*) => {$(
        impl Half for $t {
            fn wide(self) -> f32 {
                self.to_f32()
            }
            fn rounded(wide: f32) -> $t {
                <$t>::from_f32(wide)
            }
        }
    )*};
}

halves!(bf16, f16);

fn run<T: Half>(to: &mut [u8], updates: &[u8], runs: &[Run], combine: impl Fn(f32, f32) -> f32) {
    /// Elements that are combined at a time.
    const CHUNK: usize = 256;
    let (to, updates) = (elements_mut::<T>(to), elements::<T>(updates));
    let mut sums = [0.0; CHUNK];
    for (chunk, to) in to.chunks_mut(CHUNK).enumerate() {
        let sums = &mut sums[..to.len()];
        sums.iter_mut().zip(&*to).for_each(|(sum, to)| *sum = to.wide());
        for [_, _, from] in runs {
            let updates = &updates[from + chunk * CHUNK..][..sums.len()];
            sums.iter_mut().zip(updates).for_each(|(sum, update)| *sum = combine(*sum, update.wide()));
        }
        to.iter_mut().zip(sums).for_each(|(to, sum)| *to = T::rounded(*sum));
    }
}
