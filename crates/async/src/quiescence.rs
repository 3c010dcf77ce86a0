//! Finding out that nothing can run any more.
//!
//! Threads that sleep or block here are counted as *inactive*. When all threads of the process are, nobody is left who
//! could ever wake a thread that blocks, and its wait ends in an error. A process may have threads that know nothing of
//! this crate and yet hold a buffer, so it is the operating system that is asked how many threads there are; where it
//! cannot be asked (so far: elsewhere than on Linux), or where another thread lives on, a deadlock goes unnoticed.
//!
//! A thread counts itself as inactive, and whoever wakes it counts it as active before it can run. So a thread that has
//! been woken is never taken for one that sleeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::wait::Parker;

/// Threads that sleep or block.
static INACTIVE: AtomicUsize = AtomicUsize::new(0);

/// Threads of pools and other schedulers.
static KNOWN: AtomicUsize = AtomicUsize::new(0);

/// Threads that block, waiting for a value.
static BLOCKED: Mutex<Vec<Arc<Parker>>> = Mutex::new(Vec::new());

/// A thread of a scheduler, while it lives.
pub(crate) struct KnownThread(());

impl KnownThread {
    /// Called by the one who starts the thread, so that it is known before it runs.
    pub(crate) fn new() -> KnownThread {
        KNOWN.fetch_add(1, Ordering::SeqCst);
        KnownThread(())
    }
}

impl Drop for KnownThread {
    fn drop(&mut self) {
        KNOWN.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A thread is about to sleep; whoever wakes it calls [`wakes`].
pub(crate) fn sleeps() {
    INACTIVE.fetch_add(1, Ordering::SeqCst);
    check();
}

/// A thread that sleeps is about to be woken.
pub(crate) fn wakes() {
    INACTIVE.fetch_sub(1, Ordering::SeqCst);
}

/// A thread is about to block on a value; when it is woken, [`unblocks`] follows.
pub(crate) fn blocks(parker: &Arc<Parker>) {
    BLOCKED.lock().push(Arc::clone(parker));
    sleeps();
}

/// A thread that blocked goes on; [`wakes`] has been called.
pub(crate) fn unblocks(parker: &Arc<Parker>) {
    BLOCKED.lock().retain(|other| !Arc::ptr_eq(other, parker));
}

/// Ends the waits of all threads that block, where nobody is left to wake one.
fn check() {
    let inactive = INACTIVE.load(Ordering::SeqCst);
    // The main thread, at least, is not one of the known: where all are inactive, more are than are known. Asking the
    // system comes last, since it takes microseconds.
    if inactive <= KNOWN.load(Ordering::SeqCst) || thread_count() != Some(inactive) {
        return;
    }
    // Locked to the end, so that none of them blocks again before all have been woken.
    let blocked = BLOCKED.lock();
    let mut report = format!("{} threads block", blocked.len());
    for parker in &*blocked {
        report.push_str(&format!("\n  in {}", parker.place()));
    }
    for parker in &*blocked {
        parker.deadlocked(report.clone());
    }
}

/// How many threads the process has.
#[cfg(target_os = "linux")]
fn thread_count() -> Option<usize> {
    // The fields after the command's name, which ends with the last parenthesis; see proc(5).
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    stat.rsplit(')').next()?.split_ascii_whitespace().nth(17)?.parse().ok()
}

#[cfg(not(target_os = "linux"))]
fn thread_count() -> Option<usize> {
    None
}
