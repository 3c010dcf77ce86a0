//! Finding out that nothing can run any more.
//!
//! Threads that sleep or block here are counted as *inactive*. When all threads of the process are, nobody is left who
//! could ever wake a thread that blocks, and its wait ends in an error. A process may have threads that know nothing of
//! this crate and yet hold a buffer, so it is the operating system that is asked how many threads there are; where it
//! cannot be asked (so far: elsewhere than on Linux), or where another thread lives on, a deadlock goes unnoticed.
//!
//! A thread counts itself as inactive, and whoever wakes it counts it as active before it can run. So a thread that has
//! been woken is never taken for one that sleeps. Since the system's answer is about another moment than the count, the
//! count is looked at before and after, together with a number that every change of it raises: where both are the same,
//! the count held when the system answered.
//!
//! Each thread looks when it becomes inactive, and threads that block look again from time to time: the last thread to
//! be active may be one that we do not hear of, or one that is ending, which the system counts a little longer than we.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

use crate::registry::deadlock_report;
use crate::wait::Parker;

/// Threads that sleep or block in the low half, the number of changes in the high half.
static INACTIVE: AtomicU64 = AtomicU64::new(0);

const THREAD: u64 = 1;
const CHANGE: u64 = 1 << 32;

/// Threads of pools and other schedulers.
static KNOWN: AtomicUsize = AtomicUsize::new(0);

/// Threads that block, waiting for a value.
static BLOCKED: Mutex<Vec<Arc<Parker>>> = Mutex::new(Vec::new());

/// How long a thread that blocks waits before it first looks again.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The longest that it waits between two looks.
pub(crate) const LOOK_AGAIN_AT_MOST: Duration = Duration::from_secs(1);

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
    INACTIVE.fetch_add(CHANGE + THREAD, Ordering::SeqCst);
    check();
}

/// A thread that sleeps is about to be woken.
pub(crate) fn wakes() {
    INACTIVE.fetch_add(CHANGE - THREAD, Ordering::SeqCst);
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
pub(crate) fn check() {
    let before = INACTIVE.load(Ordering::SeqCst);
    // A thread that was woken before it had counted itself may have left the count below zero for a moment.
    let inactive = before as u32 as usize;
    // The main thread, at least, is not one of the known: where all are inactive, more are than are known. Asking the
    // system comes last, since it takes microseconds.
    if inactive <= KNOWN.load(Ordering::SeqCst)
        || thread_count() != Some(inactive)
        || INACTIVE.load(Ordering::SeqCst) != before
    {
        return;
    }
    // Locked to the end, so that none of them blocks again before all have been woken.
    let blocked = BLOCKED.lock();
    if INACTIVE.load(Ordering::SeqCst) != before {
        return;
    }
    let report = deadlock_report(&blocked, None);
    for parker in &*blocked {
        parker.deadlocked(report.clone());
    }
}

/// How many threads the process has.
#[cfg(all(target_os = "linux", not(miri)))]
fn thread_count() -> Option<usize> {
    // The fields after the command's name, which ends with the last parenthesis; see proc(5).
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    stat.rsplit(')').next()?.split_ascii_whitespace().nth(17)?.parse().ok()
}

#[cfg(any(not(target_os = "linux"), miri))]
fn thread_count() -> Option<usize> {
    None
}

/// Where a thread sleeps, counted as inactive, until another one leaves it a message.
pub(crate) struct Mailbox<M> {
    state: Mutex<MailboxState<M>>,
    changed: Condvar,
}

struct MailboxState<M> {
    message: Option<M>,
    /// Whether the thread is counted as inactive, or is about to count itself.
    inactive: bool,
}

impl<M> Default for Mailbox<M> {
    fn default() -> Mailbox<M> {
        let state = MailboxState { message: None, inactive: false };
        Mailbox { state: Mutex::new(state), changed: Condvar::new() }
    }
}

impl<M> Mailbox<M> {
    /// Wakes the thread, or keeps it from falling asleep.
    pub(crate) fn leave(&self, message: M) {
        let mut state = self.state.lock();
        if std::mem::replace(&mut state.inactive, false) {
            wakes();
        }
        state.message = Some(message);
        // Still locked: the mailbox may be gone as soon as the thread can see the message.
        self.changed.notify_one();
    }

    /// Sleeps until there is a message, and takes it.
    pub(crate) fn take(&self) -> M {
        let mut state = self.state.lock();
        if state.message.is_none() {
            state.inactive = true;
            drop(state);
            sleeps();
            state = self.state.lock();
        }
        loop {
            match state.message.take() {
                Some(message) => return message,
                None => self.changed.wait(&mut state),
            }
        }
    }
}
