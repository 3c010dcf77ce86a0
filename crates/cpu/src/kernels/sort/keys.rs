//! Elements as unsigned integers in the same order.

use half::{bf16, f16};
use runahead_ir::ElementType;

use super::order::{Equal, Order};
use crate::element::{Bool, Element, elements};

/// Elements that are ordered by unsigned integers.
trait Keyed: Element {
    /// The integer; of 32 bits at most for elements of four bytes or less.
    fn key(self, equal: Equal) -> u64;
}

macro_rules! keyed_integers {
    ($($t:ty: $unsigned:ty, $flip:expr;)*) => {
        $(impl Keyed for $t {
            #[inline(always)]
            fn key(self, _: Equal) -> u64 {
                (self as $unsigned ^ $flip).into()
            }
        })*
    };
}

keyed_integers! {
    i8: u8, 1 << 7;
    i16: u16, 1 << 15;
    i32: u32, 1 << 31;
    i64: u64, 1 << 63;
    u8: u8, 0;
    u16: u16, 0;
    u32: u32, 0;
    u64: u64, 0;
}

impl Keyed for Bool {
    #[inline(always)]
    fn key(self, _: Equal) -> u64 {
        self.0.into()
    }
}

macro_rules! keyed_floats {
    ($($t:ty: $bits:ty, $infinity:expr;)*) => {
        $(impl Keyed for $t {
            #[inline(always)]
            fn key(self, equal: Equal) -> u64 {
                const SIGN: $bits = 1 << (<$bits>::BITS - 1);
                let bits = self.to_bits();
                let magnitude = bits & !SIGN;
                let bits = if equal.nans && magnitude > $infinity { $infinity + 1 } else { bits };
                let bits = if equal.zeros && magnitude == 0 { 0 } else { bits };
                // Negative numbers are ordered against their bits, and below the others.
                (if bits & SIGN != 0 { !bits } else { bits | SIGN }).into()
            }
        })*
    };
}

keyed_floats! {
    f16: u16, 0x7C00;
    bf16: u16, 0x7F80;
    f32: u32, 0x7F80_0000;
    f64: u64, 0x7FF0_0000_0000_0000;
}

/// Writes a key for each element of a row: unsigned integers, as wide as the elements, in the order asked for.
pub(in crate::kernels) fn keys(row: &[u8], order: &Order, to: &mut [u64]) {
    use ElementType::*;
    let write = match order.element {
        Bool => keys_as::<crate::element::Bool>,
        I8 | I4 | I2 => keys_as::<i8>,
        I16 => keys_as::<i16>,
        I32 => keys_as::<i32>,
        I64 => keys_as::<i64>,
        U8 | U4 | U2 => keys_as::<u8>,
        U16 => keys_as::<u16>,
        U32 => keys_as::<u32>,
        U64 => keys_as::<u64>,
        F16 => keys_as::<f16>,
        BF16 => keys_as::<bf16>,
        F32 => keys_as::<f32>,
        F64 => keys_as::<f64>,
        // No order is made for other types: see `has_keys`.
        _ => |_: &[u8], _: &Order, _: &mut [u64]| {},
    };
    write(row, order, to);
}

/// Whether elements of this type have keys.
pub(in crate::kernels) fn has_keys(element: ElementType) -> bool {
    use ElementType::*;
    element == Bool || element.is_integer() || matches!(element, F16 | BF16 | F32 | F64)
}

fn keys_as<T: Keyed>(row: &[u8], order: &Order, to: &mut [u64]) {
    let flip = if order.descending { u64::MAX >> (64 - 8 * size_of::<T>()) } else { 0 };
    for (key, x) in to.iter_mut().zip(elements::<T>(row)) {
        *key = x.key(order.equal) ^ flip;
    }
}
