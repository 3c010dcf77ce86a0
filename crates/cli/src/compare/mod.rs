//! How far two tensors are apart, and whether that is near enough.
//!
//! All comparisons of results are defined here. They go element by element, on the host:
//!
//! - **Identical.** Bit for bit, so that 0 and -0 differ; any NaN equals any NaN.
//! - **ULP apart.** How many steps from one number of the type to the next lie between two numbers. 0 and -0 are one
//!   number. An infinity or a NaN is no steps from its like, and infinitely many from everything else.
//! - **Apart.** The absolute difference, as a double. Infinities of one sign, and NaNs, are not apart; an infinity or a
//!   NaN and anything else are infinitely far apart.
//!
//! A complex number is as far from another, in ULP and where a check asks for the difference, as the farther of its
//! parts; in the figures of [`difference`], as the absolute value of the complex difference says. Integers and
//! booleans are equal or not, except that [`difference`] tells by how much they differ. Quantized elements are the
//! integers that are stored.

mod difference;
mod parts;
mod rule;
mod ulp;

pub(crate) use difference::{Difference, difference};
pub(crate) use rule::Rule;

use runahead::{Literal, TensorType};

/// Whether two types hold elements of one type in one shape, so that they can be compared.
pub(crate) fn comparable(a: &TensorType, b: &TensorType) -> bool {
    a.element == b.element && a.dims == b.dims
}

/// The index of the element at a position of a row-major tensor, as in `[1,2]`; nothing for a scalar.
fn index_text(ty: &TensorType, mut position: usize) -> String {
    let mut index: Vec<String> = Vec::new();
    for &size in ty.dims.iter().rev() {
        index.push((position % size.max(1)).to_string());
        position /= size.max(1);
    }
    index.reverse();
    if index.is_empty() { String::new() } else { format!("[{}]", index.join(",")) }
}

/// What is said of an element: where it is, what was got, and what was expected.
fn element_text(got: &Literal, expected: &Literal, position: usize) -> String {
    let index = index_text(got.ty(), position);
    let place = if index.is_empty() { String::new() } else { format!("element {index}: ") };
    let text = |literal| parts::Parts::of(literal).element_text(position);
    format!("{place}got {}, expected {}", text(got), text(expected))
}
