//! Types of elements, as the interface calls them.

use runahead_ir::{ElementType, TensorType};
use runahead_pjrt_sys::PJRT_Buffer_Type;

use crate::Error;

const TYPES: [(ElementType, PJRT_Buffer_Type); 28] = [
    (ElementType::Bool, PJRT_Buffer_Type::PRED),
    (ElementType::I2, PJRT_Buffer_Type::S2),
    (ElementType::I4, PJRT_Buffer_Type::S4),
    (ElementType::I8, PJRT_Buffer_Type::S8),
    (ElementType::I16, PJRT_Buffer_Type::S16),
    (ElementType::I32, PJRT_Buffer_Type::S32),
    (ElementType::I64, PJRT_Buffer_Type::S64),
    (ElementType::U2, PJRT_Buffer_Type::U2),
    (ElementType::U4, PJRT_Buffer_Type::U4),
    (ElementType::U8, PJRT_Buffer_Type::U8),
    (ElementType::U16, PJRT_Buffer_Type::U16),
    (ElementType::U32, PJRT_Buffer_Type::U32),
    (ElementType::U64, PJRT_Buffer_Type::U64),
    (ElementType::F4E2M1FN, PJRT_Buffer_Type::F4E2M1FN),
    (ElementType::F8E3M4, PJRT_Buffer_Type::F8E3M4),
    (ElementType::F8E4M3, PJRT_Buffer_Type::F8E4M3),
    (ElementType::F8E4M3FN, PJRT_Buffer_Type::F8E4M3FN),
    (ElementType::F8E4M3FNUZ, PJRT_Buffer_Type::F8E4M3FNUZ),
    (ElementType::F8E4M3B11FNUZ, PJRT_Buffer_Type::F8E4M3B11FNUZ),
    (ElementType::F8E5M2, PJRT_Buffer_Type::F8E5M2),
    (ElementType::F8E5M2FNUZ, PJRT_Buffer_Type::F8E5M2FNUZ),
    (ElementType::F8E8M0FNU, PJRT_Buffer_Type::F8E8M0FNU),
    (ElementType::BF16, PJRT_Buffer_Type::BF16),
    (ElementType::F16, PJRT_Buffer_Type::F16),
    (ElementType::F32, PJRT_Buffer_Type::F32),
    (ElementType::F64, PJRT_Buffer_Type::F64),
    (ElementType::C64, PJRT_Buffer_Type::C64),
    (ElementType::C128, PJRT_Buffer_Type::C128),
];

/// What the interface calls elements of a type, where it has them.
pub fn to_raw(element: ElementType) -> Option<PJRT_Buffer_Type> {
    TYPES.iter().find(|(known, _)| *known == element).map(|(_, raw)| *raw)
}

/// The type of elements that the interface calls so.
pub fn from_raw(raw: PJRT_Buffer_Type) -> Option<ElementType> {
    TYPES.iter().find(|(_, known)| *known == raw).map(|(element, _)| *element)
}

/// What plugins call the elements of a type.
pub(crate) fn to_plugin(ty: &TensorType) -> Result<PJRT_Buffer_Type, Error> {
    if ty.quantization.is_some() {
        return Err(Error::Unsupported(format!("PJRT has no quantized tensors, so none of {ty}")));
    }
    let none = || Error::Unsupported(format!("PJRT has no elements of type {}", ty.element));
    to_raw(ty.element).ok_or_else(none)
}

/// Whether elements can come in bytes of which only the low bits count, or count as true or not; see [`normalize`].
pub fn is_narrow(element: ElementType) -> bool {
    normal(element).is_some()
}

/// Makes elements as they are kept here of those that somebody else gave: narrow integers extended by their sign or by
/// zeros, zeros above other bits, and booleans 0 or 1.
pub fn normalize(element: ElementType, bytes: &mut [u8]) {
    if let Some(normal) = normal(element) {
        bytes.iter_mut().for_each(|byte| *byte = normal(*byte));
    }
}

fn normal(element: ElementType) -> Option<fn(u8) -> u8> {
    use ElementType::*;
    match element {
        Bool => Some(|byte| u8::from(byte != 0)),
        I2 => Some(|byte| ((byte << 6) as i8 >> 6) as u8),
        I4 => Some(|byte| ((byte << 4) as i8 >> 4) as u8),
        U2 => Some(|byte| byte & 0x03),
        U4 | F4E2M1FN => Some(|byte| byte & 0x0f),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_low_bits_count() {
        let normal = |ty, mut byte| {
            normalize(ty, std::slice::from_mut(&mut byte));
            byte
        };
        assert_eq!(normal(ElementType::I4, 0x0e) as i8, -2);
        assert_eq!(normal(ElementType::I4, 0xf3) as i8, 3);
        assert_eq!(normal(ElementType::I2, 0x02) as i8, -2);
        assert_eq!(normal(ElementType::U4, 0xff), 15);
        assert_eq!(normal(ElementType::Bool, 7), 1);
        assert_eq!(normal(ElementType::I8, 0xf3), 0xf3);
        assert!(is_narrow(ElementType::U2) && !is_narrow(ElementType::I8));
    }

    #[test]
    fn every_type_but_two_has_a_number() {
        let without: Vec<_> = ElementType::ALL.into_iter().filter(|&ty| to_raw(ty).is_none()).collect();
        assert_eq!(without, [ElementType::F6E2M3FN, ElementType::F6E3M2FN]);
        for ty in ElementType::ALL.into_iter().filter(|ty| !without.contains(ty)) {
            assert_eq!(from_raw(to_raw(ty).unwrap()), Some(ty));
        }
    }
}
