//! The atomics that the lock-free parts use: the standard library's, or loom's when they are model-checked.

#[cfg(loom)]
pub(crate) use loom::{
    sync::atomic::{AtomicPtr, AtomicU64, Ordering},
    thread::yield_now,
};
#[cfg(not(loom))]
pub(crate) use std::{
    sync::atomic::{AtomicPtr, AtomicU64, Ordering},
    thread::yield_now,
};

/// Tells the processor, or the model checker, that this thread waits for another.
pub(crate) fn spin_loop(round: u32) {
    if cfg!(loom) || round > 64 {
        yield_now();
    } else {
        std::hint::spin_loop();
    }
}
