//! Operands brought to the type that a product is computed in, and results brought back.

use half::slice::HalfFloatSliceExt;
use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::ElementType;

use super::super::parallel::{for_each_part_mut, parts_for_bytes, split_point};
use crate::element::{Element, elements, elements_mut};

/// Converts all elements of the first slice into the second, which holds as many.
pub(super) type Conversion = fn(&[u8], &mut [u8]);

/// The type in which products with a result of this type are computed: as wide as the result, at least 32 bits.
///
/// Integers wrap around, so that the low bits of a wider sum are the narrow sum.
pub(in crate::kernels) fn compute_type(result: ElementType) -> Option<ElementType> {
    use ElementType::*;
    match result {
        BF16 | F16 | F32 => Some(F32),
        F64 | C64 | C128 => Some(result),
        Bool | I2 | I4 | I8 | I16 | I32 | U2 | U4 | U8 | U16 | U32 => Some(I32),
        I64 | U64 => Some(I64),
        _ => None,
    }
}

/// How an operand is brought to the type of the computation; `Ok(None)` where it has it, `Err` where there is no way.
pub(super) fn widen(from: ElementType, to: ElementType) -> Result<Option<Conversion>, ()> {
    use ElementType::*;
    Ok(Some(match (from, to) {
        (F32, F32) | (F64, F64) | (C64, C64) | (C128, C128) | (I32 | U32, I32) | (I64 | U64, I64) => {
            return Ok(None);
        }
        (BF16, F32) => |from, to| elements::<bf16>(from).convert_to_f32_slice(elements_mut(to)),
        (F16, F32) => |from, to| elements::<f16>(from).convert_to_f32_slice(elements_mut(to)),
        (I8 | I4 | I2, F32) => |from, to| map(from, to, |x: i8| f32::from(x)),
        (U8 | U4 | U2, F32) => |from, to| map(from, to, |x: u8| f32::from(x)),
        (BF16, F64) => |from, to| map(from, to, |x: bf16| f64::from(x)),
        (F16, F64) => |from, to| map(from, to, |x: f16| f64::from(x)),
        (F32, F64) => |from, to| map(from, to, |x: f32| f64::from(x)),
        (I16, F32) => |from, to| map(from, to, |x: i16| f32::from(x)),
        (U16, F32) => |from, to| map(from, to, |x: u16| f32::from(x)),
        (I32, F32) => |from, to| map(from, to, |x: i32| x as f32),
        (U32, F32) => |from, to| map(from, to, |x: u32| x as f32),
        (I64, F32) => |from, to| map(from, to, |x: i64| x as f32),
        (U64, F32) => |from, to| map(from, to, |x: u64| x as f32),
        (I8 | I4 | I2, F64) => |from, to| map(from, to, |x: i8| f64::from(x)),
        (U8 | U4 | U2, F64) => |from, to| map(from, to, |x: u8| f64::from(x)),
        (I16, F64) => |from, to| map(from, to, |x: i16| f64::from(x)),
        (U16, F64) => |from, to| map(from, to, |x: u16| f64::from(x)),
        (I32, F64) => |from, to| map(from, to, |x: i32| f64::from(x)),
        (U32, F64) => |from, to| map(from, to, |x: u32| f64::from(x)),
        (I64, F64) => |from, to| map(from, to, |x: i64| x as f64),
        (U64, F64) => |from, to| map(from, to, |x: u64| x as f64),
        (C64, C128) => {
            |from, to| map(from, to, |x: Complex<f32>| Complex::new(f64::from(x.re), f64::from(x.im)))
        }
        (Bool | U8 | U4 | U2, I32) => |from, to| map(from, to, |x: u8| i32::from(x)),
        (I8 | I4 | I2, I32) => |from, to| map(from, to, |x: i8| i32::from(x)),
        (I16, I32) => |from, to| map(from, to, |x: i16| i32::from(x)),
        (U16, I32) => |from, to| map(from, to, |x: u16| i32::from(x)),
        (I64 | U64, I32) => |from, to| map(from, to, |x: i64| x as i32),
        (Bool | U8 | U4 | U2, I64) => |from, to| map(from, to, |x: u8| i64::from(x)),
        (I8 | I4 | I2, I64) => |from, to| map(from, to, |x: i8| i64::from(x)),
        (I16, I64) => |from, to| map(from, to, |x: i16| i64::from(x)),
        (U16, I64) => |from, to| map(from, to, |x: u16| i64::from(x)),
        (I32, I64) => |from, to| map(from, to, |x: i32| i64::from(x)),
        (U32, I64) => |from, to| map(from, to, |x: u32| i64::from(x)),
        _ => return Err(()),
    }))
}

/// How a result is brought from the type of the computation to its own; `None` where it has it.
pub(super) fn narrow(to: ElementType) -> Option<Conversion> {
    use ElementType::*;
    Some(match to {
        BF16 => |from, to| elements_mut::<bf16>(to).convert_from_f32_slice(elements(from)),
        F16 => |from, to| elements_mut::<f16>(to).convert_from_f32_slice(elements(from)),
        Bool => |from, to| map(from, to, |x: i32| u8::from(x != 0)),
        I2 => |from, to| map(from, to, |x: i32| ((x << 6) as i8) >> 6),
        I4 => |from, to| map(from, to, |x: i32| ((x << 4) as i8) >> 4),
        U2 => |from, to| map(from, to, |x: i32| x as u8 & 3),
        U4 => |from, to| map(from, to, |x: i32| x as u8 & 15),
        I8 | U8 => |from, to| map(from, to, |x: i32| x as u8),
        I16 | U16 => |from, to| map(from, to, |x: i32| x as u16),
        _ => return None,
    })
}

fn map<S: Element, D: Element>(from: &[u8], to: &mut [u8], convert: impl Fn(S) -> D) {
    for (to, from) in elements_mut::<D>(to).iter_mut().zip(elements::<S>(from)) {
        *to = convert(*from);
    }
}

/// Converts with the threads there are; `count` elements.
pub(super) fn convert(conversion: Conversion, from: &[u8], to: &mut [u8], count: usize) {
    if count == 0 {
        return;
    }
    let (from_size, to_size) = (from.len() / count, to.len() / count);
    let parts = parts_for_bytes(from.len() + to.len()).min(count);
    let first = |part| split_point(count, parts, part);
    for_each_part_mut(to, parts, &|part| first(part) * to_size, &|part, to| {
        conversion(&from[first(part) * from_size..first(part + 1) * from_size], to);
    });
}
