//! The report of a deadlock.

use std::fmt::Write;
use std::sync::Arc;

use crate::registry::snapshot::{Collected, TaskState, TaskWait};
use crate::registry::{ENROLLED, Inner, Registry};
use crate::scheduler;
use crate::wait::Parker;

/// A report lists this many tasks; the rest is counted.
const TASKS_LISTED: usize = 50;

/// Lists the threads that block, the tasks that wait, what each waits for and who was to write it: the tasks of one
/// registry, or else of all schedulers that leave it to the process to find deadlocks.
pub(crate) fn deadlock_report(blocked: &[Arc<Parker>], registry: Option<&Registry>) -> String {
    let registries: Vec<Arc<Inner>> = match registry {
        Some(registry) => vec![Arc::clone(&registry.0)],
        None => ENROLLED.lock().iter().filter_map(|registry| registry.upgrade()).collect(),
    };
    let mut collected = Collected::default();
    registries.iter().for_each(|registry| collected.add(registry));
    let snapshot = collected.finish();
    let mut text = format!("{} threads block", blocked.len());
    for parker in blocked {
        let _ = write!(text, "\n  blocked in {}", parker.place());
        for access in parker.waits_for().iter() {
            text.push_str("\n    ");
            let _ = snapshot.describe_wait(&mut text, None, &TaskWait::from(access));
        }
    }
    for pool in scheduler::paused_pools() {
        let _ = write!(text, "\n  the pool {pool} is paused, and nobody is left to resume it");
    }
    if registries.is_empty() {
        return text;
    }
    let _ = write!(text, "\n{} tasks wait", snapshot.tasks.len());
    for task in snapshot.tasks.iter().take(TASKS_LISTED) {
        let _ = write!(text, "\n  task {}", task.place);
        if matches!(task.state, TaskState::Runnable | TaskState::Running) {
            let _ = write!(text, " is {}", task.state);
        }
        for wait in &task.waits_for {
            text.push_str("\n    ");
            let _ = snapshot.describe_wait(&mut text, Some(task), wait);
        }
    }
    if snapshot.tasks.len() > TASKS_LISTED {
        let _ = write!(text, "\n  and {} more tasks", snapshot.tasks.len() - TASKS_LISTED);
    }
    text
}
