//! Using memory again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use foldhash::fast::RandomState;
use parking_lot::Mutex;

use crate::AlignedBytes;

/// Free memory that is kept, at most: what a run gives back beyond it returns to the system.
const KEPT_BYTES: usize = 1 << 30;

/// Memory of at most so many bytes is kept by the thread that gave it back, where it is found without a lock.
const LITTLE_BYTES: usize = 16 << 10;

/// So many pieces of little memory are kept by each thread.
const LITTLE_KEPT: usize = 8;

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

thread_local! {
    /// Little memory that the thread gave back, what was given back last at the end.
    static LITTLE: RefCell<Little> = const { RefCell::new(Little(Vec::new())) };
}

/// Little memory, and where it is for all.
struct Little(Vec<(AlignedBytes, Arc<Recycler>)>);

impl Drop for Little {
    fn drop(&mut self) {
        self.0.drain(..).for_each(|(bytes, home)| home.give_back(bytes));
    }
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
        if len <= LITTLE_BYTES
            && let Some(little) = self.take_little(len)
        {
            return Some(little);
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

    /// That many bytes of those that this thread gave back, where there are.
    #[inline]
    fn take_little(self: &Arc<Self>, len: usize) -> Option<Recycled> {
        let take = |Little(kept): &mut Little| {
            let at = kept.iter().rposition(|(bytes, home)| bytes.len() == len && Arc::ptr_eq(home, self))?;
            let (bytes, home) = kept.remove(at);
            Some(Recycled { bytes: ManuallyDrop::new(bytes), home: Some(home) })
        };
        LITTLE.try_with(|little| take(&mut little.borrow_mut())).ok()?
    }

    /// Free memory that is kept for all threads, in bytes.
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
    #[inline]
    fn drop(&mut self) {
        // SAFETY: `bytes` is not used again.
        let bytes = unsafe { ManuallyDrop::take(&mut self.bytes) };
        let Some(home) = self.home.take() else { return };
        let left = if bytes.len() <= LITTLE_BYTES { keep_little(bytes, home) } else { Some((bytes, home)) };
        if let Some((bytes, home)) = left {
            home.give_back(bytes);
        }
    }
}

/// Keeps memory for this thread; gives what it has kept for longest, where that is too much, or the memory itself where the
/// thread is ending.
#[inline]
fn keep_little(bytes: AlignedBytes, home: Arc<Recycler>) -> Option<(AlignedBytes, Arc<Recycler>)> {
    let mut given = Some((bytes, home));
    let oldest = LITTLE.try_with(|little| {
        let Little(kept) = &mut *little.borrow_mut();
        let oldest = (kept.len() == LITTLE_KEPT).then(|| kept.remove(0));
        kept.extend(given.take());
        oldest
    });
    given.or(oldest.ok().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_used_again_for_the_same_size() {
        let recycler = Arc::new(Recycler::new());
        let mut first = recycler.take(100_000).unwrap();
        first.fill(7);
        let at = first.as_ptr();
        drop(first);
        assert_eq!(recycler.free_bytes(), 100_000);
        let other = recycler.take(99_999).unwrap();
        let again = recycler.take(100_000).unwrap();
        assert_eq!((again.as_ptr(), again[0], recycler.free_bytes()), (at, 7, 0));
        drop((other, again));
        assert_eq!(recycler.free_bytes(), 199_999);
    }

    #[test]
    fn little_memory_is_used_again_by_the_thread_first() {
        let (recycler, other) = (Arc::new(Recycler::new()), Arc::new(Recycler::new()));
        let first = recycler.take(1000).unwrap();
        let at = first.as_ptr();
        drop(first);
        assert_eq!(recycler.free_bytes(), 0);
        // Neither another size nor another recycler's.
        let others = (recycler.take(999).unwrap(), other.take(1000).unwrap());
        assert!(others.0.as_ptr() != at && others.1.as_ptr() != at);
        assert_eq!(recycler.take(1000).unwrap().as_ptr(), at);
        // What is kept for long, and what an ended thread kept, is for all.
        let many: Vec<_> = (1..=LITTLE_KEPT).map(|len| recycler.take(len).unwrap()).collect();
        drop(many);
        assert_eq!(recycler.free_bytes(), 1000);
        let here = Arc::clone(&recycler);
        std::thread::spawn(move || drop(here.take(1001))).join().unwrap();
        assert_eq!(recycler.free_bytes(), 2001);
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
