//! Element types, as the interface numbers them.

use runahead::ElementType;
use runahead::pjrt::element;
use runahead_pjrt_sys::PJRT_Buffer_Type;

use crate::error::Fault;

/// The element type of a number.
pub(crate) fn from_raw(raw: PJRT_Buffer_Type) -> Result<ElementType, Fault> {
    element::from_raw(raw).ok_or_else(|| Fault::unimplemented(format!("there are no buffers of {raw:?}")))
}

/// The number of an element type.
pub(crate) fn to_raw(ty: ElementType) -> Result<PJRT_Buffer_Type, Fault> {
    let none = || Fault::unimplemented(format!("the interface has no number for elements of {ty}"));
    element::to_raw(ty).ok_or_else(none)
}
