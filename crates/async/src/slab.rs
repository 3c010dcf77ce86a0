//! Memory for what comes and goes with every task: tasks, epochs, values.
//!
//! Blocks are of a few sizes. A thread keeps free ones of each size in two *magazines*, stacks of at most [`MAGAZINE`]
//! addresses: it frees into and allocates from the first, and exchanges whole magazines with a depot that all threads
//! share (after Bonwick and Adams, "Magazines and Vmem", 2001). So where one thread allocates and another frees, as with
//! tasks, memory goes round at the cost of one lock for every magazine. A free block is not touched, since it is likely to
//! lie in another core's cache; the ones that come next are fetched ahead of their use.
//!
//! Fresh blocks are cut from chunks, and chunks from large regions, for which the system is asked to use huge pages: blocks
//! come back in any order, and a program with many tasks in flight would else miss an address translation with each of
//! them. Regions are kept for good: a program needs as much memory as its tasks ever needed at a time.
//!
//! Sizes and addresses are multiples of [`LINE`], so that threads that use neighbouring blocks do not get in each other's
//! way.
//!
//! Under loom, Miri and sanitizers (`--cfg sanitized`) every block is an allocation of its own, so that they see where one
//! is used after it was freed.

use std::alloc::{Layout, alloc, handle_alloc_error};
use std::cell::UnsafeCell;
use std::ptr::{self, NonNull};

use parking_lot::Mutex;

use crate::sync::{self, LINE};

/// The number of sizes.
const SIZES: usize = 8;

/// Blocks in a magazine.
const MAGAZINE: usize = 64;

/// Blocks that are cut from a chunk.
const CHUNK: usize = 4 * MAGAZINE;

/// The bytes of a region, and what its address is a multiple of.
const REGION: usize = 2 << 20;

/// How many allocations ahead a block is fetched: the time of so many tasks is about what main memory takes.
const AHEAD: usize = 16;

const POOLED: bool = cfg!(not(any(loom, miri, sanitized)));

/// Free blocks, the one freed last at the end; never more than [`MAGAZINE`].
type Magazine = Vec<Block>;

/// A free block, owned by the list that it is on.
#[derive(Clone, Copy)]
struct Block(NonNull<u8>);

// SAFETY: nobody else uses the memory of a free block.
unsafe impl Send for Block {}

/// A part of a region that no block has been cut from yet.
struct Fresh {
    begin: *mut u8,
    bytes: usize,
}

// SAFETY: nobody else uses the memory.
unsafe impl Send for Fresh {}

impl Fresh {
    const NONE: Fresh = Fresh { begin: ptr::null_mut(), bytes: 0 };

    /// Cuts so many bytes off, where there are as many.
    #[inline]
    fn cut(&mut self, bytes: usize) -> Option<NonNull<u8>> {
        if self.bytes < bytes {
            return None;
        }
        let begin = NonNull::new(self.begin)?;
        self.begin = self.begin.wrapping_add(bytes);
        self.bytes -= bytes;
        Some(begin)
    }
}

/// The free blocks that a thread keeps of one size.
struct Cache {
    /// The magazine in use.
    loaded: Magazine,
    /// A full magazine, or an empty one.
    other: Magazine,
    /// The rest of a chunk.
    fresh: Fresh,
}

/// What threads share of one size.
struct Depot {
    full: Vec<Magazine>,
    empty: Vec<Magazine>,
    /// What ended threads left: magazines that are neither full nor empty, and rests of chunks.
    parts: Vec<Magazine>,
    fresh: Vec<Fresh>,
}

static DEPOTS: [Mutex<Depot>; SIZES] = [const {
    Mutex::new(Depot { full: Vec::new(), empty: Vec::new(), parts: Vec::new(), fresh: Vec::new() })
}; SIZES];

/// The region that chunks are cut from.
static REST: Mutex<Fresh> = Mutex::new(Fresh::NONE);

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
    const EMPTY: Cache = Cache { loaded: Vec::new(), other: Vec::new(), fresh: Fresh::NONE };

    /// Gives all blocks to the depot.
    fn leave(&mut self, size: usize) {
        let cache = std::mem::replace(self, Cache::EMPTY);
        let mut depot = DEPOTS[size].lock();
        for magazine in [cache.loaded, cache.other] {
            match magazine.len() {
                0 => {}
                MAGAZINE => depot.full.push(magazine),
                _ => depot.parts.push(magazine),
            }
        }
        if cache.fresh.bytes > 0 {
            depot.fresh.push(cache.fresh);
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
            match cache.loaded.pop() {
                Some(block) => {
                    if let Some(ahead) = cache.loaded.len().checked_sub(AHEAD) {
                        fetch(cache.loaded[ahead], size);
                    }
                    block.0
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

/// Where a value of this type is likely to lie that is made here so many allocations later, where that is known.
#[inline]
pub(crate) fn upcoming<T>(count: usize) -> Option<NonNull<u8>> {
    let size = const { size_of_blocks::<T>() }?;
    let block = CACHES.try_with(|caches| {
        // SAFETY: as in `allocate`.
        let cache = unsafe { &*caches.0[size].get() };
        cache.loaded.len().checked_sub(count).map(|at| cache.loaded[at].0)
    });
    block.ok()?
}

#[inline]
fn release(size: usize, block: NonNull<u8>) {
    let block = Block(block);
    let done = CACHES.try_with(|caches| {
        // SAFETY: as in `allocate`.
        let cache = unsafe { &mut *caches.0[size].get() };
        if cache.loaded.len() == cache.loaded.capacity() {
            make_room(cache, size);
        }
        cache.loaded.push(block);
    });
    if done.is_err() {
        DEPOTS[size].lock().parts.push(vec![block]);
    }
}

/// Makes room in a cache whose magazine is full, or was never made.
#[cold]
#[inline(never)]
fn make_room(cache: &mut Cache, size: usize) {
    // What an ended thread left may be shorter.
    if cache.loaded.len() < MAGAZINE {
        cache.loaded.reserve_exact(MAGAZINE - cache.loaded.len());
        return;
    }
    std::mem::swap(&mut cache.loaded, &mut cache.other);
    if !cache.loaded.is_empty() {
        let mut depot = DEPOTS[size].lock();
        let empty = depot.empty.pop().unwrap_or_default();
        depot.full.push(std::mem::replace(&mut cache.loaded, empty));
    }
    cache.loaded.reserve_exact(MAGAZINE);
}

/// Takes a block for a cache whose magazine is empty.
#[cold]
#[inline(never)]
fn refill(cache: &mut Cache, size: usize) -> NonNull<u8> {
    let bytes = (size + 1) * LINE;
    if !cache.other.is_empty() {
        std::mem::swap(&mut cache.loaded, &mut cache.other);
    } else if cache.fresh.bytes == 0 {
        let mut depot = DEPOTS[size].lock();
        if let Some(magazine) = depot.full.pop().or_else(|| depot.parts.pop()) {
            let empty = std::mem::replace(&mut cache.loaded, magazine);
            if empty.capacity() > 0 {
                depot.empty.push(empty);
            }
        } else if let Some(fresh) = depot.fresh.pop() {
            cache.fresh = fresh;
        }
    }
    if let Some(block) = cache.loaded.pop() {
        cache.loaded.iter().rev().take(AHEAD).for_each(|&next| fetch(next, size));
        return block.0;
    }
    if cache.fresh.bytes == 0 {
        cache.fresh = Fresh { begin: cut_chunk(bytes * CHUNK).as_ptr(), bytes: bytes * CHUNK };
    }
    cache.fresh.cut(bytes).expect("the rest of a chunk is whole blocks")
}

/// Takes memory for fresh blocks.
fn cut_chunk(bytes: usize) -> NonNull<u8> {
    let mut rest = REST.lock();
    if let Some(chunk) = rest.cut(bytes) {
        return chunk;
    }
    let layout = Layout::from_size_align(REGION, REGION).expect("a region's size is a power of two");
    // SAFETY: the size is not zero.
    let begin = unsafe { alloc(layout) };
    if begin.is_null() {
        handle_alloc_error(layout);
    }
    #[cfg(target_os = "linux")]
    // SAFETY: the region is ours. Advice changes nothing that a program can see; where it is not taken, pages are small.
    unsafe {
        let _ = rustix::mm::madvise(begin.cast(), REGION, rustix::mm::Advice::LinuxHugepage);
    }
    // The rest of the last region is lost: less than a chunk.
    *rest = Fresh { begin, bytes: REGION };
    rest.cut(bytes).expect("a chunk is shorter than a region")
}

const _: () = assert!(SIZES * LINE * CHUNK <= REGION);

/// Fetches a block that is likely to be used soon, and was last used by another core.
#[inline]
fn fetch(block: Block, size: usize) {
    for line in 0..=size {
        sync::prefetch_write(block.0.as_ptr().wrapping_add(line * LINE));
    }
}
