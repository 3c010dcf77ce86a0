//! Element types, as the interface numbers them.

use runahead::ElementType;
use runahead_pjrt_sys::PJRT_Buffer_Type;

use crate::error::Fault;

const TYPES: [(PJRT_Buffer_Type, ElementType); 28] = {
    use ElementType::*;
    use PJRT_Buffer_Type as T;
    [
        (T::PRED, Bool),
        (T::S2, I2),
        (T::S4, I4),
        (T::S8, I8),
        (T::S16, I16),
        (T::S32, I32),
        (T::S64, I64),
        (T::U2, U2),
        (T::U4, U4),
        (T::U8, U8),
        (T::U16, U16),
        (T::U32, U32),
        (T::U64, U64),
        (T::F4E2M1FN, F4E2M1FN),
        (T::F8E3M4, F8E3M4),
        (T::F8E4M3, F8E4M3),
        (T::F8E4M3FN, F8E4M3FN),
        (T::F8E4M3FNUZ, F8E4M3FNUZ),
        (T::F8E4M3B11FNUZ, F8E4M3B11FNUZ),
        (T::F8E5M2, F8E5M2),
        (T::F8E5M2FNUZ, F8E5M2FNUZ),
        (T::F8E8M0FNU, F8E8M0FNU),
        (T::BF16, BF16),
        (T::F16, F16),
        (T::F32, F32),
        (T::F64, F64),
        (T::C64, C64),
        (T::C128, C128),
    ]
};

/// The element type of a number.
pub(crate) fn from_raw(raw: PJRT_Buffer_Type) -> Result<ElementType, Fault> {
    let found = TYPES.iter().find(|(known, _)| *known == raw);
    found.map(|(_, ty)| *ty).ok_or_else(|| Fault::unimplemented(format!("there are no buffers of {raw:?}")))
}

/// The number of an element type.
pub(crate) fn to_raw(ty: ElementType) -> Result<PJRT_Buffer_Type, Fault> {
    let found = TYPES.iter().find(|(_, known)| *known == ty);
    let none = || Fault::unimplemented(format!("the interface has no number for elements of {ty}"));
    found.map(|(raw, _)| *raw).ok_or_else(none)
}

/// What is to be done to a caller's bytes of elements narrower than a byte, of which only the low bits count: Runahead keeps
/// narrow integers extended by their sign or by zeros, and zeros above other bits.
pub(crate) fn normalize(ty: ElementType) -> Option<fn(u8) -> u8> {
    use ElementType::*;
    match ty {
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
        let normal = |ty, byte| normalize(ty).unwrap()(byte);
        assert_eq!(normal(ElementType::I4, 0x0e) as i8, -2);
        assert_eq!(normal(ElementType::I4, 0xf3) as i8, 3);
        assert_eq!(normal(ElementType::I2, 0x02) as i8, -2);
        assert_eq!(normal(ElementType::U4, 0xff), 15);
        assert_eq!(normal(ElementType::Bool, 7), 1);
        assert!(normalize(ElementType::I8).is_none());
    }

    #[test]
    fn every_type_but_two_has_a_number() {
        let without: Vec<_> = ElementType::ALL.into_iter().filter(|&ty| to_raw(ty).is_err()).collect();
        assert_eq!(without, [ElementType::F6E2M3FN, ElementType::F6E3M2FN]);
        for ty in ElementType::ALL.into_iter().filter(|ty| !without.contains(ty)) {
            assert_eq!(from_raw(to_raw(ty).unwrap()).unwrap(), ty);
        }
    }
}
