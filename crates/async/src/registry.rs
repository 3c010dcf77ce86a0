//! The tasks of a scheduler that have begun and not ended, and what they wait for: for the report of a deadlock.

use std::collections::HashMap;
use std::fmt::Write;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::epoch::Epoch;
use crate::error::Place;
use crate::wait::{Parker, WakerWaiter};

/// A report lists this many tasks; the rest is counted.
const TASKS_LISTED: usize = 50;

/// The tasks that are alive.
#[derive(Default)]
pub(crate) struct Registry {
    tasks: Mutex<HashMap<usize, Entry>>,
    begun: AtomicUsize,
}

struct Entry {
    /// Counts tasks, so that a report lists them in the order in which they began.
    order: usize,
    place: Place,
    /// Whether it runs, or blocks: it may have given up its accesses since it began to.
    runs: bool,
    accesses: Vec<AccessInfo>,
}

/// An access that a task waits for or holds.
#[doc(hidden)]
pub struct AccessInfo {
    /// Tells values apart.
    pub(crate) value: usize,
    pub(crate) made_at: &'static Location<'static>,
    pub(crate) turn: Turn,
    pub(crate) writes: bool,
}

/// How to tell whether an access's turn has come.
pub(crate) enum Turn {
    /// A dispatched task holds a unit of that epoch, until it runs.
    Held(NonNull<Epoch>),
    /// A spawned task awaits it by that waiter, or did.
    Awaited(Arc<WakerWaiter>),
}

// SAFETY: an epoch is looked at only in `Registry::report`, while the task that holds it is listed and has not run.
unsafe impl Send for AccessInfo {}

impl AccessInfo {
    /// # Safety
    /// Where the task holds the access by a unit, it has not given it up.
    unsafe fn waits(&self) -> bool {
        match &self.turn {
            // SAFETY: as promised.
            Turn::Held(epoch) if self.writes => unsafe { !Epoch::is_ready(*epoch) },
            // SAFETY: as promised.
            Turn::Held(epoch) => unsafe { !Epoch::is_complete(*epoch) },
            Turn::Awaited(waiter) => waiter.is_waiting(),
        }
    }
}

impl Registry {
    /// A task has begun, under an identity that no other live task has.
    pub(crate) fn begin(&self, task: usize, place: Place, accesses: Vec<AccessInfo>) {
        let order = self.begun.fetch_add(1, Ordering::Relaxed);
        self.tasks.lock().insert(task, Entry { order, place, runs: false, accesses });
    }

    /// A task has begun to run.
    pub(crate) fn runs(&self, task: usize) {
        if let Some(entry) = self.tasks.lock().get_mut(&task) {
            entry.runs = true;
        }
    }

    /// A spawned task has gone to wait for something.
    pub(crate) fn awaits(&self, task: usize, access: Option<AccessInfo>) {
        if let Some(entry) = self.tasks.lock().get_mut(&task) {
            entry.runs = false;
            entry.accesses = access.into_iter().collect();
        }
    }

    pub(crate) fn end(&self, task: usize) {
        self.tasks.lock().remove(&task);
    }

    /// Lists the waiting tasks, what each waits for and who was to write it.
    ///
    /// It must be called while no task runs.
    pub(crate) fn report(&self, blocked: &[Arc<Parker>]) -> String {
        let tasks = self.tasks.lock();
        let mut entries: Vec<&Entry> = tasks.values().collect();
        entries.sort_by_key(|entry| entry.order);
        let mut text = format!("{} tasks wait", entries.len());
        for parker in blocked {
            let _ = write!(text, "\n  blocked in {}", parker.place());
        }
        for entry in entries.iter().take(TASKS_LISTED) {
            let _ = write!(text, "\n  task {}", entry.place);
            for access in &entry.accesses {
                // SAFETY: the task has not run, so it holds what it was made with.
                if entry.runs || !unsafe { access.waits() } {
                    continue;
                }
                let verb = if access.writes { "write" } else { "read" };
                let _ = write!(text, "\n    waits to {verb} the value made at {}", access.made_at);
                let mut writers = entries.iter().filter(|other| {
                    !std::ptr::eq(**other, *entry)
                        && other.accesses.iter().any(|theirs| theirs.writes && theirs.value == access.value)
                });
                let _ = match writers.next() {
                    Some(writer) => write!(text, ", which task {} is to write", writer.place),
                    None => write!(text, ", which no waiting task is to write"),
                };
            }
        }
        if entries.len() > TASKS_LISTED {
            let _ = write!(text, "\n  and {} more tasks", entries.len() - TASKS_LISTED);
        }
        text
    }
}
