//! What a plugin tells of itself.

use crate::*;

structs! {
    PJRT_Plugin_Initialize_Args {
    }
    PJRT_Plugin_Attributes_Args {
        attributes: *const PJRT_NamedValue,
        num_attributes: usize,
    }
}
