//! The elements of constants as they are kept in bytecode, to literals and back.
//!
//! Both keep them row-major and little-endian, a byte for each element of a type narrower than that. But bytecode packs
//! booleans, eight to a byte, and says of elements that are all equal only one.

use std::sync::Arc;

use crate::text::extend;
use crate::{ElementType, Literal, TensorType};

/// The literal of a type and its elements; else what is wrong.
pub(super) fn literal(ty: TensorType, data: &[u8]) -> Result<Literal, String> {
    let size = ty.element.size();
    let Some(count) = ty.element_count() else {
        return Err(format!("{ty} has no size that fits in memory; expected a type that has"));
    };
    if ty.element == ElementType::Bool {
        return booleans(ty, count, data);
    }
    let narrow = |byte: &u8| extend(ty.element, *byte);
    let bytes: Vec<u8> =
        if ty.element.bits() < 8 { data.iter().map(narrow).collect() } else { data.to_vec() };
    let result = if data.len() == size && count != 1 {
        Literal::splat(ty.clone(), bytes)
    } else {
        Literal::new(ty.clone(), bytes)
    };
    result.map_err(|_| {
        format!(
            "{} bytes are given for {ty}; expected {} or {size}, for one that all are",
            data.len(),
            count * size
        )
    })
}

/// The text of a list of indices, whose type is given as text: orders of axes are written so.
pub(super) fn indices(ty: &str, data: &[u8]) -> Result<Arc<str>, String> {
    let count = ty.strip_prefix("tensor<").and_then(|rest| rest.strip_suffix("xindex>"));
    let count: Option<usize> = count.and_then(|count| count.parse().ok());
    let is_splat = data.len() == 8 && count != Some(0);
    if count.is_none_or(|count| Some(data.len()) != count.checked_mul(8) && !is_splat) {
        return Err(format!(
            "{} bytes are given for `{ty}`; expected a tensor of numbers and its elements",
            data.len()
        ));
    }
    let mut numbers: Vec<i64> = data.as_chunks().0.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect();
    numbers.dedup();
    Ok(match (&numbers[..], data.is_empty()) {
        (_, true) => format!("dense<> : {ty}"),
        ([same], _) => format!("dense<{same}> : {ty}"),
        _ => format!(
            "dense<{:?}> : {ty}",
            data.as_chunks().0.iter().map(|b| i64::from_le_bytes(*b)).collect::<Vec<_>>()
        ),
    }
    .into())
}

fn booleans(ty: TensorType, count: usize, data: &[u8]) -> Result<Literal, String> {
    let wrong = |ty: &TensorType| {
        Err(format!("{} bytes are given for {ty}; expected {}", data.len(), count.div_ceil(8)))
    };
    // Some writers of the past did not pack.
    let unpacked = data.len() == count && count != 1;
    let result = if data.len() == count.div_ceil(8) && !unpacked {
        // A byte of ones for all says so for fewer than eight too.
        let bytes: Vec<u8> = (0..count).map(|i| data[i / 8] >> (i % 8) & 1).collect();
        Literal::new(ty.clone(), bytes)
    } else if unpacked {
        Literal::new(ty.clone(), data.iter().map(|&b| u8::from(b != 0)).collect::<Vec<u8>>())
    } else if let &[byte] = data {
        Literal::splat(ty.clone(), [u8::from(byte != 0)])
    } else {
        return wrong(&ty);
    };
    result.or_else(|_| wrong(&ty))
}

/// The elements of a literal as bytecode keeps them.
pub(super) fn data(literal: &Literal) -> Vec<u8> {
    let element = literal.ty().element;
    let count = literal.ty().element_count().unwrap_or(0);
    let plain = match literal.as_splat() {
        Some(one) if count > 1 => one.into(),
        _ => literal.to_dense(),
    };
    if element == ElementType::Bool {
        if plain.len() == 1 && count > 1 {
            return vec![if plain[0] != 0 { 0xFF } else { 0 }];
        }
        let mut packed = vec![0; plain.len().div_ceil(8)];
        plain.iter().enumerate().for_each(|(i, &b)| packed[i / 8] |= u8::from(b != 0) << (i % 8));
        return packed;
    }
    let mask = if element.bits() < 8 { (1u8 << element.bits()) - 1 } else { 0xFF };
    plain.iter().map(|&b| b & mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bools(count: usize, data: &[u8]) -> Vec<u8> {
        literal(TensorType::new(ElementType::Bool, [count]), data).unwrap().to_dense().to_vec()
    }

    #[test]
    fn booleans_packed_or_not() {
        assert_eq!(bools(3, &[0b101]), [1, 0, 1]);
        assert_eq!(bools(3, &[1, 0, 1]), [1, 0, 1]);
        assert_eq!(bools(9, &[0, 1]), [0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(bools(1, &[1]), [1]);
        assert_eq!(bools(1, &[0xFF]), [1]);
        assert_eq!(bools(2, &[0xFF]), [1, 1]);
        assert_eq!(bools(20, &[0xFF]), [1; 20]);
        assert_eq!(bools(0, &[]), []);
        assert!(literal(TensorType::new(ElementType::Bool, [20]), &[1, 2]).is_err());
    }

    #[test]
    fn elements_there_and_back() {
        for (ty, bytes) in [
            (TensorType::new(ElementType::I4, [2]), vec![0xF8, 7]),
            (TensorType::new(ElementType::Bool, [10]), vec![1, 0, 0, 1, 1, 0, 1, 0, 1, 1]),
            (TensorType::new(ElementType::F32, [0]), vec![]),
            (TensorType::new(ElementType::C64, []), vec![1, 2, 3, 4, 5, 6, 7, 8]),
        ] {
            let given = Literal::new(ty.clone(), bytes).unwrap();
            assert_eq!(literal(ty, &data(&given)).unwrap(), given);
        }
        for ty in [ElementType::Bool, ElementType::U2] {
            let given = Literal::splat(TensorType::new(ty, [1000]), [1]).unwrap();
            assert_eq!(data(&given).len(), 1);
            assert_eq!(literal(given.ty().clone(), &data(&given)).unwrap(), given);
        }
    }
}
