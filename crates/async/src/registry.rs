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
use crate::wait::Parker;

/// A report lists this many tasks; the rest is counted.
const TASKS_LISTED: usize = 50;

/// The tasks that are alive.
#[derive(Default)]
pub struct Registry {
    tasks: Mutex<HashMap<usize, Entry>>,
    begun: AtomicUsize,
}

struct Entry {
    /// Counts tasks, so that a report lists them in the order in which they began.
    order: usize,
    place: Place,
    accesses: Vec<AccessInfo>,
}

/// An access that a task holds.
#[derive(Clone)]
#[doc(hidden)]
pub struct AccessInfo {
    /// Tells values apart.
    pub(crate) value: usize,
    pub(crate) made_at: &'static Location<'static>,
    pub(crate) epoch: NonNull<Epoch>,
    pub(crate) writes: bool,
}

// SAFETY: the epoch is looked at only in `Registry::report`, while the task that holds it is alive and not running.
unsafe impl Send for AccessInfo {}

impl Registry {
    /// A task has begun, under an identity that no other live task has.
    pub(crate) fn begin(&self, task: usize, place: Place, accesses: Vec<AccessInfo>) {
        let order = self.begun.fetch_add(1, Ordering::Relaxed);
        self.tasks.lock().insert(task, Entry { order, place, accesses });
    }

    /// A spawned task has gone to wait for something.
    pub(crate) fn awaits(&self, task: usize, access: Option<AccessInfo>) {
        if let Some(entry) = self.tasks.lock().get_mut(&task) {
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
                // SAFETY: the task is alive and does not run, so it holds the unit that keeps the epoch alive.
                let waits = unsafe {
                    if access.writes {
                        !Epoch::is_ready(access.epoch)
                    } else {
                        !Epoch::is_complete(access.epoch)
                    }
                };
                if !waits {
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
