//! The atomics that the lock-free parts use: the standard library's, or loom's when they are model-checked.

#[cfg(loom)]
pub(crate) use loom::{
    sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence},
    thread::yield_now,
};
#[cfg(not(loom))]
pub(crate) use std::{
    sync::atomic::{AtomicPtr, AtomicU64, Ordering, fence},
    thread::yield_now,
};

#[cfg(not(loom))]
pub(crate) use parking_lot::Mutex;

/// As the lock that stands here otherwise.
#[cfg(loom)]
pub(crate) struct Mutex<T>(loom::sync::Mutex<T>);

#[cfg(loom)]
impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Mutex<T> {
        Mutex(loom::sync::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> loom::sync::MutexGuard<'_, T> {
        self.0.lock().expect("no model panics while it has something locked")
    }
}

/// Tells the processor that this thread waits for another; the system too, when it has for long.
#[cfg(not(loom))]
pub(crate) fn spin_loop(round: u32) {
    if round > 64 {
        yield_now();
    } else {
        std::hint::spin_loop();
    }
}

/// A plain field of something shared, which a protocol keeps from being used by two threads at a time. The model checker
/// sees whether it does.
#[cfg(loom)]
pub(crate) struct Plain<T>(loom::cell::UnsafeCell<T>);

#[cfg(loom)]
impl<T: Copy> Plain<T> {
    pub(crate) fn new(value: T) -> Plain<T> {
        Plain(loom::cell::UnsafeCell::new(value))
    }

    /// # Safety
    /// Nobody sets it meanwhile.
    pub(crate) unsafe fn get(&self) -> T {
        // SAFETY: as promised.
        self.0.with(|value| unsafe { *value })
    }

    /// # Safety
    /// Nobody uses it meanwhile.
    pub(crate) unsafe fn set(&self, new: T) {
        // SAFETY: as promised.
        self.0.with_mut(|value| unsafe { *value = new });
    }
}

/// A plain field of something shared, which a protocol keeps from being used by two threads at a time.
#[cfg(not(loom))]
pub(crate) struct Plain<T>(std::cell::UnsafeCell<T>);

#[cfg(not(loom))]
impl<T: Copy> Plain<T> {
    pub(crate) fn new(value: T) -> Plain<T> {
        Plain(std::cell::UnsafeCell::new(value))
    }

    /// # Safety
    /// Nobody sets it meanwhile.
    #[inline]
    pub(crate) unsafe fn get(&self) -> T {
        // SAFETY: as promised.
        unsafe { *self.0.get() }
    }

    /// # Safety
    /// Nobody uses it meanwhile.
    #[inline]
    pub(crate) unsafe fn set(&self, new: T) {
        // SAFETY: as promised.
        unsafe { *self.0.get() = new }
    }
}

/// How long a cache line is, or a multiple of that.
pub(crate) const LINE: usize = 64;

/// Fetches a cache line that is about to be used, and that another thread may use still.
#[inline]
pub(crate) fn prefetch<T>(address: *const T) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a prefetch has no effect that a program can see, whatever the address.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}

/// Fetches the line of a task or of what waits, and the one after it, where the rest of a task lies.
#[inline]
pub(crate) fn prefetch_task<T>(address: *const T) {
    prefetch(address);
    prefetch(address.wrapping_byte_add(LINE));
}

/// Fetches a cache line that is about to be written, and takes it away from the other cores.
#[inline]
pub(crate) fn prefetch_write<T>(address: *const T) {
    // By name, since the compiler makes an ordinary prefetch of `_mm_prefetch` where it knows only of the oldest x86-64.
    // Processors that do not know the instruction do nothing.
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: a prefetch has no effect that a program can see, whatever the address.
    unsafe {
        std::arch::asm!("prefetchw [{}]", in(reg) address, options(nostack, preserves_flags, readonly));
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = address;
}
