//! An allocator that counts, and stops the process where somebody asks for more than was agreed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The system's allocator, counted.
pub(crate) struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
/// The most that may be live; the most there is while nothing is measured.
static MOST: AtomicUsize = AtomicUsize::new(usize::MAX);
/// What is being done, for the message.
static DOING: Mutex<String> = Mutex::new(String::new());

fn add(bytes: usize) {
    let live = LIVE.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
    PEAK.fetch_max(live, Ordering::Relaxed);
    if live > MOST.load(Ordering::Relaxed) {
        MOST.store(usize::MAX, Ordering::Relaxed);
        let doing = DOING.lock().map(|doing| doing.clone()).unwrap_or_default();
        eprintln!("{bytes} bytes are asked for, more than there may be\n{doing}");
        eprintln!("{}", std::backtrace::Backtrace::force_capture());
        std::process::abort();
    }
}

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        // SAFETY: as the caller makes sure.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        add(layout.size());
        // SAFETY: as the caller makes sure.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller makes sure.
        unsafe { System.dealloc(at, layout) }
    }
}

/// Does something that may have no more than `most` bytes at the same time beyond what there is; gives the most that it had.
pub(crate) fn within<R>(most: usize, doing: &str, work: impl FnOnce() -> R) -> (R, usize) {
    doing.clone_into(&mut DOING.lock().unwrap());
    let before = LIVE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    MOST.store(before.saturating_add(most), Ordering::Relaxed);
    let result = work();
    MOST.store(usize::MAX, Ordering::Relaxed);
    (result, PEAK.load(Ordering::Relaxed).saturating_sub(before))
}
