//! Scratch memory cut into pieces.

use runahead_runtime::ALIGNMENT;

/// Hands out aligned pieces of scratch memory, one after the other.
pub(super) struct Carver<'a>(&'a mut [u8]);

impl<'a> Carver<'a> {
    pub(super) fn new(scratch: &'a mut [u8]) -> Self {
        Carver(scratch)
    }

    /// The scratch memory that a piece of so many bytes takes; the most there is where that is more.
    pub(super) fn size(bytes: usize) -> usize {
        bytes.checked_next_multiple_of(ALIGNMENT).unwrap_or(usize::MAX)
    }

    /// A piece of so many bytes, holding anything.
    ///
    /// # Panics
    /// Where so much is not left.
    pub(super) fn take(&mut self, bytes: usize) -> &'a mut [u8] {
        let (piece, rest) = std::mem::take(&mut self.0).split_at_mut(Carver::size(bytes));
        self.0 = rest;
        &mut piece[..bytes]
    }
}
