//! Host memory that kernels compute in.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// The alignment of all host memory, in bytes: a cache line, and the widest vector there is.
pub const ALIGNMENT: usize = 64;

/// The least alignment of memory that a backend which computes in the host's memory takes as it is: that of the largest
/// elements, and what allocators give.
pub const ADOPTED_ALIGNMENT: usize = 16;

/// Bytes aligned to [`ALIGNMENT`], always initialised.
pub struct AlignedBytes {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: the bytes are owned by this value alone and reached only through `&self` and `&mut self`.
unsafe impl Send for AlignedBytes {}
// SAFETY: as above; `&AlignedBytes` gives only `&[u8]`.
unsafe impl Sync for AlignedBytes {}

impl AlignedBytes {
    /// That many zero bytes; `None` where memory is exhausted or the size is beyond what an allocation can have.
    pub fn zeroed(len: usize) -> Option<AlignedBytes> {
        if len == 0 {
            return Some(AlignedBytes { start: Self::layout(1)?.dangling_ptr(), len });
        }
        // SAFETY: the layout is not of size zero.
        let start = NonNull::new(unsafe { alloc_zeroed(Self::layout(len)?) })?;
        Some(AlignedBytes { start, len })
    }

    /// A copy of these bytes; `None` where memory is exhausted.
    pub fn copy_of(bytes: &[u8]) -> Option<AlignedBytes> {
        let mut copy = AlignedBytes::zeroed(bytes.len())?;
        copy.copy_from_slice(bytes);
        Some(copy)
    }

    fn layout(len: usize) -> Option<Layout> {
        Layout::from_size_align(len, ALIGNMENT).ok()
    }
}

impl Drop for AlignedBytes {
    fn drop(&mut self) {
        if let (true, Some(layout)) = (self.len > 0, Self::layout(self.len)) {
            // SAFETY: allocated in `zeroed` with this layout, and dropped once.
            unsafe { dealloc(self.start.as_ptr(), layout) }
        }
    }
}

impl Deref for AlignedBytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        // SAFETY: `start` points to `len` initialised bytes that this value owns (or `len` is 0 and it dangles).
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl DerefMut for AlignedBytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `deref`, and `&mut self` makes the access exclusive.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) }
    }
}

impl std::fmt::Debug for AlignedBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlignedBytes({})", self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_aligned_zero_and_kept() {
        for len in [0, 1, 63, 64, 4097] {
            let mut bytes = AlignedBytes::zeroed(len).unwrap();
            assert_eq!(bytes.as_ptr() as usize % ALIGNMENT, 0);
            assert!(bytes.iter().all(|&b| b == 0));
            bytes.fill(7);
            assert_eq!(&*AlignedBytes::copy_of(&bytes).unwrap(), &vec![7; len][..]);
        }
    }

    #[test]
    fn a_size_beyond_any_allocation_is_refused() {
        assert!(AlignedBytes::zeroed(usize::MAX).is_none());
        assert!(AlignedBytes::zeroed(isize::MAX as usize).is_none());
    }
}
