//! One element of any type.

use crate::element::Element;

/// The bytes of one element, whatever its type; bytes beyond the element's size are zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C, align(16))]
pub(crate) struct Scalar([u8; 16]);

impl Scalar {
    /// That element.
    #[inline(always)]
    pub(crate) fn of<T: Element>(value: T) -> Scalar {
        let mut bytes = [0; 16];
        bytes[..size_of::<T>()].copy_from_slice(bytemuck::bytes_of(&value));
        Scalar(bytes)
    }

    /// The element as a `T`, which it must be.
    #[inline(always)]
    pub(crate) fn get<T: Element>(self) -> T {
        bytemuck::pod_read_unaligned(&self.0[..size_of::<T>()])
    }

    /// The element whose bytes these are, at most 16.
    #[inline(always)]
    pub(crate) fn from_bytes(element: &[u8]) -> Scalar {
        let mut bytes = [0; 16];
        bytes[..element.len()].copy_from_slice(element);
        Scalar(bytes)
    }

    /// The first `size` bytes: those of an element of that size.
    #[inline(always)]
    pub(crate) fn bytes(&self, size: usize) -> &[u8] {
        &self.0[..size]
    }
}
