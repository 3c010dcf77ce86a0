//! Memory for what comes and goes with every task: tasks, epochs, values.
//!
//! Blocks are of a few sizes. A thread keeps two *magazines* of free ones of each size, singly linked lists of at most
//! [`MAGAZINE`] blocks: it frees into and allocates from the first, and exchanges whole magazines with a depot that all
//! threads share. So where one thread allocates and another frees, as with tasks, memory goes round at the cost of one
//! lock for every magazine. Fresh blocks are cut from chunks, which are kept for good: a program needs as much memory as
//! its tasks ever needed at a time.
//!
//! Sizes and addresses are multiples of [`LINE`]: blocks are as long as cache lines, or twice as long and so on, and lie on their borders, so that threads that use
//! neighbouring blocks do not get in each other's way.
//!
//! Under loom and Miri every block is an allocation of its own, so that they see where one is used after it was freed.

use std::alloc::{Layout, alloc, handle_alloc_error};
use std::cell::UnsafeCell;
use std::ptr::{self, NonNull};

use parking_lot::Mutex;

use crate::sync::{self, LINE};

/// The number of sizes.
const SIZES: usize = 6;

/// Blocks in a magazine.
const MAGAZINE: usize = 64;

/// Blocks that are cut from a chunk.
const CHUNK: usize = 16 * MAGAZINE;

const POOLED: bool = cfg!(not(any(loom, miri)));

/// A free block.
struct Free {
    next: *mut Free,
}

/// The free blocks that a thread keeps of one size.
struct Cache {
    /// The magazine in use.
    head: *mut Free,
    count: usize,
    /// A full magazine, or null.
    full: *mut Free,
    /// Where the rest of a chunk begins, and how many blocks it is.
    fresh: *mut u8,
    fresh_blocks: usize,
}

/// What threads share of one size.
struct Depot {
    /// Full magazines.
    full: Vec<*mut Free>,
    /// What ended threads left: magazines that are not full, and rests of chunks.
    parts: Vec<(*mut Free, usize)>,
    fresh: Vec<(*mut u8, usize)>,
}

// SAFETY: free blocks belong to whoever holds the list that they are on.
unsafe impl Send for Depot {}

static DEPOTS: [Mutex<Depot>; SIZES] =
    [const { Mutex::new(Depot { full: Vec::new(), parts: Vec::new(), fresh: Vec::new() }) }; SIZES];

struct Caches([UnsafeCell<Cache>; SIZES]);

thread_local! {
    static CACHES: Caches = const { Caches([const { UnsafeCell::new(Cache::EMPTY) }; SIZES]) };
}

impl Drop for Caches {
    fn drop(&mut self) {
        for (size, cache) in self.0.iter_mut().enumerate() {
            cache.get_mut().leave(size);
        }
    }
}

impl Cache {
    const EMPTY: Cache = Cache {
        head: ptr::null_mut(),
        count: 0,
        full: ptr::null_mut(),
        fresh: ptr::null_mut(),
        fresh_blocks: 0,
    };

    /// Gives all blocks to the depot.
    fn leave(&mut self, size: usize) {
        let cache = std::mem::replace(self, Cache::EMPTY);
        let mut depot = DEPOTS[size].lock();
        if !cache.full.is_null() {
            depot.full.push(cache.full);
        }
        if !cache.head.is_null() {
            depot.parts.push((cache.head, cache.count));
        }
        if cache.fresh_blocks > 0 {
            depot.fresh.push((cache.fresh, cache.fresh_blocks));
        }
    }
}

/// The index of the size for values of this type, where there is one.
const fn size_of_blocks<T>() -> Option<usize> {
    let size = size_of::<T>().div_ceil(LINE);
    if POOLED && size >= 1 && size <= SIZES && align_of::<T>() <= LINE { Some(size - 1) } else { None }
}

/// Moves a value into a block. It lives until [`free`] or [`take`].
#[inline]
pub(crate) fn new<T>(value: T) -> NonNull<T> {
    let Some(size) = (const { size_of_blocks::<T>() }) else {
        return NonNull::from(Box::leak(Box::new(value)));
    };
    let block = allocate(size).cast::<T>();
    // SAFETY: the block is ours and large enough.
    unsafe { block.write(value) };
    block
}

/// Drops a value and frees its block.
///
/// # Safety
/// The value is from [`new`], and is not used again.
#[inline]
pub(crate) unsafe fn free<T>(value: NonNull<T>) {
    // SAFETY: as promised.
    unsafe {
        if std::mem::needs_drop::<T>() {
            drop(take(value));
        } else {
            free_block(value);
        }
    }
}

/// Moves a value out of its block and frees the block.
///
/// # Safety
/// As for [`free`].
#[inline]
pub(crate) unsafe fn take<T>(value: NonNull<T>) -> T {
    // SAFETY: as promised.
    unsafe {
        let out = value.read();
        free_block(value);
        out
    }
}

/// Frees a block whose value has been moved out or dropped.
///
/// # Safety
/// The block is from [`new`], and neither it nor the value is used again.
#[inline]
pub(crate) unsafe fn free_block<T>(block: NonNull<T>) {
    match const { size_of_blocks::<T>() } {
        Some(size) => release(size, block.cast()),
        // SAFETY: `new` has taken it from a box of that type.
        None => drop(unsafe { Box::from_raw(block.cast::<std::mem::MaybeUninit<T>>().as_ptr()) }),
    }
}

#[inline]
fn allocate(size: usize) -> NonNull<u8> {
    CACHES
        .try_with(|caches| {
            // SAFETY: nothing that is called here calls back, so this is the only reference.
            let cache = unsafe { &mut *caches.0[size].get() };
            match NonNull::new(cache.head) {
                Some(block) => {
                    // SAFETY: a free block of ours.
                    cache.head = unsafe { block.as_ref().next };
                    cache.count -= 1;
                    prefetch(cache.head, size);
                    block.cast()
                }
                None => refill(cache, size),
            }
        })
        .unwrap_or_else(|_| {
            // The thread is ending.
            let mut cache = Cache::EMPTY;
            let block = refill(&mut cache, size);
            cache.leave(size);
            block
        })
}

#[inline]
fn release(size: usize, block: NonNull<u8>) {
    let block = block.cast::<Free>().as_ptr();
    let done = CACHES.try_with(|caches| {
        // SAFETY: as in `allocate`.
        let cache = unsafe { &mut *caches.0[size].get() };
        if cache.count == MAGAZINE {
            exchange_full(cache, size);
        }
        // SAFETY: the block is ours now.
        unsafe { (*block).next = cache.head };
        cache.head = block;
        cache.count += 1;
    });
    if done.is_err() {
        // SAFETY: as above.
        unsafe { (*block).next = ptr::null_mut() };
        DEPOTS[size].lock().parts.push((block, 1));
    }
}

/// Makes room in a cache whose magazine is full.
#[cold]
#[inline(never)]
fn exchange_full(cache: &mut Cache, size: usize) {
    if !cache.full.is_null() {
        DEPOTS[size].lock().full.push(cache.full);
    }
    cache.full = std::mem::replace(&mut cache.head, ptr::null_mut());
    cache.count = 0;
}

/// Takes a block for a cache that has no free one at hand.
#[inline(never)]
fn refill(cache: &mut Cache, size: usize) -> NonNull<u8> {
    let bytes = (size + 1) * LINE;
    if cache.full.is_null() && cache.fresh_blocks == 0 {
        let mut depot = DEPOTS[size].lock();
        if let Some(full) = depot.full.pop() {
            cache.full = full;
        } else if let Some((head, count)) = depot.parts.pop() {
            (cache.head, cache.count) = (head, count);
        } else if let Some((fresh, blocks)) = depot.fresh.pop() {
            (cache.fresh, cache.fresh_blocks) = (fresh, blocks);
        } else {
            drop(depot);
            let layout = Layout::from_size_align(bytes * CHUNK, LINE).expect("a chunk's size is small");
            // SAFETY: the size is not zero.
            cache.fresh = unsafe { alloc(layout) };
            if cache.fresh.is_null() {
                handle_alloc_error(layout);
            }
            cache.fresh_blocks = CHUNK;
        }
    }
    if !cache.full.is_null() {
        cache.head = std::mem::replace(&mut cache.full, ptr::null_mut());
        cache.count = MAGAZINE;
    }
    if let Some(block) = NonNull::new(cache.head) {
        // SAFETY: a free block of ours.
        cache.head = unsafe { block.as_ref().next };
        cache.count -= 1;
        return block.cast();
    }
    let block = cache.fresh;
    cache.fresh_blocks -= 1;
    // SAFETY: the chunk has that many blocks.
    unsafe {
        cache.fresh = block.add(bytes);
        NonNull::new_unchecked(block)
    }
}

/// Fetches a free block that is likely to be the next to be used, and was last used by another core.
#[inline]
fn prefetch(block: *mut Free, size: usize) {
    for line in 0..=size {
        sync::prefetch(block.cast::<u8>().wrapping_add(line * LINE));
    }
}
