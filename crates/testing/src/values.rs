//! Elements to compute with.

use runahead_ir::{ElementType, TensorType, float};

use crate::choices::{Choices, random_bytes};

/// How elements are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// Anything, the numbers at the edges among them.
    Any,
    /// Small numbers, of which sums and products are near the true ones.
    Small,
    /// Small whole numbers, of which sums and products are exact.
    Whole,
}

/// The bytes of a tensor's elements, drawn by a seed.
pub fn elements(ty: &TensorType, seed: u64, draw: Draw) -> Vec<u8> {
    let count = ty.element_count().expect("a size");
    let random = random_bytes(seed, 9 * count);
    let mut bytes = Vec::with_capacity(count * ty.element.size());
    for random in random.chunks_exact(9) {
        push(&mut bytes, ty.element, &mut Choices::new(random), draw);
    }
    bytes
}

fn push(bytes: &mut Vec<u8>, element: ElementType, choices: &mut Choices<'_>, draw: Draw) {
    if element.is_complex() {
        let part = element.real_part();
        push(bytes, part, choices, draw);
        return push(bytes, part, choices, draw);
    }
    let bits = match element {
        ElementType::Bool => choices.below(2) as u64,
        _ if element.is_float() => float_bits(element, choices, draw),
        _ => integer_bits(element, choices, draw),
    };
    bytes.extend(&bits.to_le_bytes()[..element.size()]);
}

fn integer_bits(element: ElementType, choices: &mut Choices<'_>, draw: Draw) -> u64 {
    let unused = 64 - element.bits() as u32;
    let any = match (draw, choices.below(4)) {
        (Draw::Any, 0) => u64::from_le_bytes([0; 8].map(|_: u8| choices.byte())),
        (Draw::Any, 1) => choices.one_of(&[u64::MAX, 1 << 63, i64::MAX as u64, 1 << (63 - unused), 0]),
        _ => (choices.below(16) as u64).wrapping_sub(if element.is_signed_integer() { 8 } else { 0 }),
    };
    match element.is_signed_integer() {
        true => ((any as i64) << unused >> unused) as u64,
        false => any << unused >> unused,
    }
}

fn float_bits(element: ElementType, choices: &mut Choices<'_>, draw: Draw) -> u64 {
    let bits = element.bits() as u32;
    match (draw, choices.below(4)) {
        (Draw::Any, 0) => u64::from_le_bytes([0; 8].map(|_: u8| choices.byte())) >> (64 - bits),
        (Draw::Any, 1) => {
            let value =
                choices.one_of(&[0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1.0, -1.0, 0.5]);
            float::encode(element, value)
        }
        (Draw::Whole, _) => float::encode(element, choices.below(9) as f64 - 4.0),
        _ => float::encode(element, (choices.below(65) as f64 - 32.0) / 16.0),
    }
}
