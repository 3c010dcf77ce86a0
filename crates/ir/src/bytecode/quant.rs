//! The types of the quant dialect.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::Read;
use super::pool::{Known, Pool};
use crate::{ElementType, Quantization, Type};

/// Set in a type's flags where its stored integers have a sign.
const SIGNED: u64 = 1;

/// The parts of a quantized type in the order in which both dialects that have them write them: flags, storage,
/// expressed.
struct Parts {
    storage: ElementType,
    expressed: ElementType,
}

impl Parts {
    fn read<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Parts> {
        let flags = cursor.varint()?;
        let at = cursor.at;
        let storage = element(&pool.ty(cursor)?);
        let expressed = element(&pool.ty(cursor)?);
        // The storage type is written without its sign, which is among the flags.
        let storage = match storage {
            Some(storage) if flags & SIGNED == 0 => unsigned(storage),
            other => other,
        };
        match (storage, expressed.filter(|e| e.is_float())) {
            (Some(storage), Some(expressed)) if Quantization::storage_range(storage).is_some() => {
                Ok(Parts { storage, expressed })
            }
            _ => {
                let message =
                    "a quantized type stores and stands for something else; expected integers for floats";
                Err(cursor.fault(at, message))
            }
        }
    }

    /// The type, once everything about it is read.
    fn known(
        self,
        cursor: &Cursor<'_>,
        range: (i64, i64),
        axis: Option<u64>,
        scales: Vec<f64>,
        zero_points: Vec<i64>,
    ) -> Read<Known> {
        let Parts { storage, expressed } = self;
        let within =
            Quantization::storage_range(storage).is_some_and(|(low, high)| low <= range.0 && range.1 <= high);
        if !within || range.0 >= range.1 {
            let message =
                format!("{}:{} is no range of {storage}; expected one within its values", range.0, range.1);
            return cursor.fail(message);
        }
        if scales.is_empty() || scales.len() != zero_points.len() {
            let (a, b) = (scales.len(), zero_points.len());
            return cursor
                .fail(format!("there are {a} scales and {b} zero points; expected as many of both"));
        }
        if !scales.iter().all(|scale| scale.is_finite() && *scale > 0.0) {
            return cursor.fail("a scale is of no use; expected all above zero");
        }
        let axis = match axis.map(usize::try_from) {
            None => None,
            Some(Ok(axis)) => Some(axis),
            Some(Err(_)) => {
                return cursor.fail("the axis of a quantized type is too large; expected one of its tensor");
            }
        };
        let (storage_min, storage_max) = range;
        let quantization = Quantization { expressed, storage_min, storage_max, axis, scales, zero_points };
        Ok(Known::Quantized(storage, Arc::new(quantization)))
    }
}

fn element(ty: &Type) -> Option<ElementType> {
    match ty {
        Type::Other(name) => ElementType::from_name(name),
        _ => None,
    }
}

/// The unsigned type as wide as a signed one.
fn unsigned(element: ElementType) -> Option<ElementType> {
    Some(match element {
        ElementType::I2 => ElementType::U2,
        ElementType::I4 => ElementType::U4,
        ElementType::I8 => ElementType::U8,
        ElementType::I16 => ElementType::U16,
        ElementType::I32 => ElementType::U32,
        other => return other.is_unsigned_integer().then_some(other),
    })
}

/// A double by its bits.
pub(super) fn double(cursor: &mut Cursor<'_>) -> Read<f64> {
    Ok(f64::from_bits(cursor.bits(64)? as u64))
}

/// A type with one scale, after its number.
pub(super) fn uniform<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let parts = Parts::read(pool, cursor)?;
    let scale = double(cursor)?;
    let zero_point = cursor.signed()?;
    let range = (cursor.signed()?, cursor.signed()?);
    parts.known(cursor, range, None, vec![scale], vec![zero_point])
}

/// A type with a scale for each index along an axis, after its number.
pub(super) fn per_axis<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let parts = Parts::read(pool, cursor)?;
    let axis = cursor.varint()?;
    let range = (cursor.signed()?, cursor.signed()?);
    let count = cursor.count("scales")?;
    let scales = (0..count).map(|_| double(cursor)).collect::<Read<_>>()?;
    let zero_points = cursor.signed_list()?;
    parts.known(cursor, range, Some(axis), scales, zero_points)
}

pub(super) fn ty<'a>(pool: &mut Pool<'a>, cursor: &mut Cursor<'a>) -> Read<Known> {
    let at = cursor.at;
    match cursor.varint()? {
        4 => uniform(pool, cursor),
        5 => per_axis(pool, cursor),
        code => {
            let message =
                format!("type {code} of the quant dialect is not read; expected a uniform one, 4 or 5");
            Err(cursor.fault(at, message))
        }
    }
}
