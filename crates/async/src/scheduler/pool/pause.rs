//! Pools that are paused: their workers end what they run, and take nothing.
//!
//! A worker looks whether the pool is paused after it has taken a task, and puts that back where it is. So a task that
//! was submitted after the pool was paused never runs before it is resumed: who takes it from a queue sees what was done
//! before it came there.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

/// What the paused pools are called: where all threads wait, it may be because nobody resumes them.
static PAUSED: Mutex<Vec<Arc<str>>> = Mutex::new(Vec::new());

pub(crate) fn paused_pools() -> Vec<Arc<str>> {
    PAUSED.lock().clone()
}

#[derive(Default)]
pub(super) struct Pause(AtomicBool);

impl Pause {
    #[inline]
    pub(super) fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// For a worker that has announced that it sleeps.
    pub(super) fn is_surely_on(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    pub(super) fn start(&self, pool: &Arc<str>) {
        if !self.0.swap(true, Ordering::SeqCst) {
            PAUSED.lock().push(Arc::clone(pool));
        }
    }

    /// Returns whether it was on.
    pub(super) fn end(&self, pool: &Arc<str>) -> bool {
        let was_on = self.0.swap(false, Ordering::SeqCst);
        if was_on {
            let mut paused = PAUSED.lock();
            if let Some(index) = paused.iter().position(|other| Arc::ptr_eq(other, pool)) {
                paused.swap_remove(index);
            }
        }
        was_on
    }
}
