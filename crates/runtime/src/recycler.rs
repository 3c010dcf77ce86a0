//! Using memory again.

use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::AlignedBytes;

/// Free memory that is kept, at most: what a run gives back beyond it returns to the system.
const KEPT_BYTES: usize = 1 << 30;

/// Memory that was given back, to be used again for the same size.
///
/// Fresh memory costs a page fault every few kilobytes, which for large tensors takes longer than to compute them.
/// Programs ask for the same sizes over and over.
#[derive(Default)]
pub struct Recycler {
    free: Mutex<Free>,
}

#[derive(Default)]
struct Free {
    by_size: HashMap<usize, Vec<AlignedBytes>, RandomState>,
    bytes: usize,
}

/// Memory that goes back to its recycler when it is dropped.
pub struct Recycled {
    bytes: ManuallyDrop<AlignedBytes>,
    /// None for no bytes.
    home: Option<Arc<Recycler>>,
}

impl Recycler {
    /// A recycler that keeps nothing yet.
    pub fn new() -> Recycler {
        Recycler::default()
    }

    /// That many bytes, of any value; `None` where memory is exhausted.
    pub fn take(self: &Arc<Self>, len: usize) -> Option<Recycled> {
        if len == 0 {
            return Some(Recycled { bytes: ManuallyDrop::new(AlignedBytes::zeroed(0)?), home: None });
        }
        let kept = {
            let mut free = self.free.lock();
            let kept = free.by_size.get_mut(&len).and_then(Vec::pop);
            if kept.is_some() {
                free.bytes -= len;
            }
            kept
        };
        let bytes = match kept {
            Some(bytes) => bytes,
            None => AlignedBytes::zeroed(len)?,
        };
        Some(Recycled { bytes: ManuallyDrop::new(bytes), home: Some(Arc::clone(self)) })
    }

    /// Free memory that is kept, in bytes.
    pub fn free_bytes(&self) -> usize {
        self.free.lock().bytes
    }

    fn give_back(&self, bytes: AlignedBytes) {
        let len = bytes.len();
        let mut free = self.free.lock();
        // What is never asked for again must not keep out what is.
        let too_many = len > KEPT_BYTES - free.bytes.min(KEPT_BYTES);
        let dropped = if too_many { std::mem::take(&mut free.by_size) } else { HashMap::default() };
        if too_many {
            free.bytes = 0;
        }
        if len <= KEPT_BYTES {
            free.bytes += len;
            free.by_size.entry(len).or_default().push(bytes);
        }
        drop(free);
        drop(dropped);
    }
}

impl Recycled {
    /// The memory itself.
    pub fn bytes_mut(&mut self) -> &mut AlignedBytes {
        &mut self.bytes
    }
}

impl Deref for Recycled {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl DerefMut for Recycled {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

impl Drop for Recycled {
    fn drop(&mut self) {
        // SAFETY: `bytes` is not used again.
        let bytes = unsafe { ManuallyDrop::take(&mut self.bytes) };
        match &self.home {
            Some(home) => home.give_back(bytes),
            None => drop(bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_for_the_same_size() {
        let recycler = Arc::new(Recycler::new());
        let mut first = recycler.take(1000).unwrap();
        first.fill(7);
        let at = first.as_ptr();
        drop(first);
        assert_eq!(recycler.free_bytes(), 1000);
        let other = recycler.take(999).unwrap();
        let again = recycler.take(1000).unwrap();
        assert_eq!((again.as_ptr(), again[0], recycler.free_bytes()), (at, 7, 0));
        drop((other, again));
        assert_eq!(recycler.free_bytes(), 1999);
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let recycler = Arc::new(Recycler::new());
        for len in 1..100 {
            drop(recycler.take(len << 20));
            assert!(recycler.free_bytes() <= KEPT_BYTES);
        }
        assert!(recycler.free_bytes() > 0);
        assert!(recycler.take(isize::MAX as usize).is_none());
    }
}
