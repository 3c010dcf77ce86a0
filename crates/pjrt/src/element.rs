//! Types of elements, as plugins call them.

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

/// What plugins call the elements of a type.
pub(crate) fn to_plugin(ty: &TensorType) -> Result<PJRT_Buffer_Type, Error> {
    if ty.quantization.is_some() {
        return Err(Error::Unsupported(format!("PJRT has no quantized tensors, so none of {ty}")));
    }
    let known = TYPES.iter().find(|(element, _)| *element == ty.element);
    known
        .map(|(_, plugin)| *plugin)
        .ok_or_else(|| Error::Unsupported(format!("PJRT has no elements of type {}", ty.element)))
}

/// The type of elements that a plugin calls so.
pub(crate) fn from_plugin(ty: PJRT_Buffer_Type) -> Option<ElementType> {
    TYPES.iter().find(|(_, plugin)| *plugin == ty).map(|(element, _)| *element)
}

/// Makes elements as they are kept here of those that a plugin gave: narrow signed integers come with zeros above.
pub(crate) fn widen(element: ElementType, bytes: &mut [u8]) {
    if let ElementType::I2 | ElementType::I4 = element {
        let above = 8 - element.bits();
        bytes.iter_mut().for_each(|byte| *byte = ((*byte << above) as i8 >> above) as u8);
    }
}
