//! The report of a deadlock.

use std::fmt::Write;
use std::sync::Arc;

use crate::registry::snapshot::{Collected, Phase, Snapshot, TaskInfo, TaskState, TaskWait};
use crate::registry::{ENROLLED, Inner, Registry, VARIABLE};
use crate::scheduler;
use crate::wait::Parker;

/// A report lists this many tasks; the rest is counted.
const TASKS_LISTED: usize = 50;

/// Lists the threads that block, the tasks that wait, what each waits for and who was to write it, and which tasks wait
/// for each other in a circle: the tasks of one registry, or else of all schedulers that leave it to the process to find
/// deadlocks. Where a scheduler has no registry it says so.
pub(crate) fn deadlock_report(blocked: &[Arc<Parker>], registry: Option<&Registry>) -> String {
    let (registries, unlisted): (Vec<Arc<Inner>>, _) = match registry {
        Some(registry) => (vec![Arc::clone(&registry.0)], Vec::new()),
        None => {
            let registries = ENROLLED.lock().iter().filter_map(|registry| registry.upgrade()).collect();
            (registries, scheduler::unlisted_tasks())
        }
    };
    let mut collected = Collected::new(!unlisted.is_empty());
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
    if let Some(circle) = circle(&snapshot) {
        let _ = write!(text, "\n{} tasks wait for each other in a circle", circle.len());
        for task in circle {
            let _ = write!(text, "\n  task {}", task.place);
            describe_held(&mut text, &snapshot, task);
            describe_waits(&mut text, &snapshot, task);
        }
    }
    if !registries.is_empty() {
        list_tasks(&mut text, &snapshot);
    }
    for (name, tasks) in unlisted {
        let _ = write!(
            text,
            "\n{tasks} tasks of the scheduler {name} are alive and not listed, since it has no registry: set {VARIABLE}=1, or \
             make the pool with `.registry(true)`, to see what they wait for"
        );
    }
    text
}

fn list_tasks(text: &mut String, snapshot: &Snapshot) {
    let _ = write!(text, "\n{} tasks wait", snapshot.tasks.len());
    for task in snapshot.tasks.iter().take(TASKS_LISTED) {
        let _ = write!(text, "\n  task {}", task.place);
        if matches!(task.state, TaskState::Runnable | TaskState::Running) {
            let _ = write!(text, " is {}", task.state);
        }
        describe_waits(text, snapshot, task);
    }
    if snapshot.tasks.len() > TASKS_LISTED {
        let _ = write!(text, "\n  and {} more tasks", snapshot.tasks.len() - TASKS_LISTED);
    }
}

fn describe_waits(text: &mut String, snapshot: &Snapshot, task: &TaskInfo) {
    for wait in &task.waits_for {
        text.push_str("\n    ");
        let _ = snapshot.describe_wait(text, Some(task), wait);
    }
}

/// What the task has had its turn of, and keeps.
fn describe_held(text: &mut String, snapshot: &Snapshot, task: &TaskInfo) {
    for epoch in &snapshot.epochs {
        let verb = match epoch.phase {
            Phase::Writing if epoch.writer == Some(task.id) => "write",
            Phase::Reading if epoch.readers.contains(&task.id) => "read",
            _ => continue,
        };
        let _ = write!(text, "\n    holds the value made at {}, to {verb} it", epoch.made_at);
    }
}

/// Tasks of which each waits for the next one, and the last for the first, where there are such.
fn circle(snapshot: &Snapshot) -> Option<Vec<&TaskInfo>> {
    let index_of = |task: &TaskInfo| snapshot.tasks.binary_search_by_key(&task.id, |task| task.id).ok();
    let causes = |at: usize| {
        let task = &snapshot.tasks[at];
        task.waits_for.iter().filter_map(move |wait| snapshot.cause(task, wait)).filter_map(index_of)
    };
    let mut seen = vec![false; snapshot.tasks.len()];
    for start in 0..snapshot.tasks.len() {
        // The tasks on the way from `start`, each with those that it waits for and that were not looked at.
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        if !std::mem::replace(&mut seen[start], true) {
            path.push((start, causes(start).collect()));
        }
        while let Some((_, next)) = path.last_mut() {
            let Some(next) = next.pop() else {
                path.pop();
                continue;
            };
            if let Some(begin) = path.iter().position(|(at, _)| *at == next) {
                return Some(path[begin..].iter().map(|(at, _)| &snapshot.tasks[*at]).collect());
            }
            if !std::mem::replace(&mut seen[next], true) {
                path.push((next, causes(next).collect()));
            }
        }
    }
    None
}
