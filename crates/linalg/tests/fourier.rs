//! The memory that plans of Fourier transforms take.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_linalg::{FftDirection, Fourier, fourier_table_bytes};

/// The system's allocator, counted.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: as the caller makes sure.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: as the caller makes sure.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes that it takes to plan transforms of a length, beyond what there was.
fn taken<T: Fourier>(length: usize) -> usize {
    let before = LIVE.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    drop(T::plan(length, FftDirection::Forward));
    PEAK.load(Ordering::Relaxed) - before
}

#[test]
fn plans_take_no_more_than_their_length_says() {
    // Powers, products of small and of large primes, and primes, with little and with much below them.
    let lengths = [
        (1..=256).collect::<Vec<_>>(),
        (8..=20).map(|power| 1 << power).collect(),
        (1..12).map(|power| 3usize.pow(power)).collect(),
        vec![1009, 4099, 10_007, 65_537, 100_003, 131_071, 524_287, 1_000_003],
        vec![2 * 10_007, 1009 * 1013, 7 * 100_003, 30_030, 510_510, 19 * 23 * 29, 41 * 43 * 47, 59 * 61 * 67],
    ]
    .concat();
    let mut most = 0.0f64;
    for length in lengths {
        for (found, allowed) in [
            (taken::<f32>(length), fourier_table_bytes::<f32>(length)),
            (taken::<f64>(length), fourier_table_bytes::<f64>(length)),
        ] {
            assert!(found <= allowed, "length {length}: {found} bytes, {allowed} allowed");
            most = most.max(found as f64 / allowed as f64);
        }
    }
    println!("at most {most:.2} of what is allowed");
}
