//! The Rust types that stand for element types, and the step from an [`ElementType`] known at run time to a generic
//! function.

use bytemuck::Pod;
use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::ElementType;

/// A boolean element: one byte, 0 or 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub(crate) struct Bool(pub(crate) u8);

impl From<bool> for Bool {
    fn from(value: bool) -> Bool {
        Bool(value.into())
    }
}

/// A type that tensors hold in memory as it is.
pub(crate) trait Element: Pod + Send + Sync + PartialEq + std::fmt::Debug {
    /// The element type that this stands for.
    const TYPE: ElementType;
}

macro_rules! elements {
    ($($rust:ty => $name:ident,)*) => {
        $(impl Element for $rust {
            const TYPE: ElementType = ElementType::$name;
        })*
    };
}

elements! {
    Bool => Bool,
    i8 => I8,
    i16 => I16,
    i32 => I32,
    i64 => I64,
    u8 => U8,
    u16 => U16,
    u32 => U32,
    u64 => U64,
    bf16 => BF16,
    f16 => F16,
    f32 => F32,
    f64 => F64,
    Complex<f32> => C64,
    Complex<f64> => C128,
}

/// Views bytes as elements.
///
/// # Panics
/// Where the bytes are not aligned for `T` or not a whole number of elements; memory of a plan always is.
pub(crate) fn elements<T: Element>(bytes: &[u8]) -> &[T] {
    bytemuck::cast_slice(bytes)
}

/// Views bytes as elements that can be written.
///
/// # Panics
/// As [`elements`] does.
pub(crate) fn elements_mut<T: Element>(bytes: &mut [u8]) -> &mut [T] {
    bytemuck::cast_slice_mut(bytes)
}
