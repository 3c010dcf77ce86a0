//! A run that was recorded: its tasks, what each read and wrote, and when it ran on which thread.

use std::time::Duration;

use crate::error::Place;
use crate::registry::Spot;

/// A recorded run: the tasks that began while it was recorded, how they depend on each other by the values that they
/// read and write, and when each ran on which thread.
///
/// ```
/// use runahead_async::{Async, DependencyKind, Pool, task};
/// let pool = Pool::builder().workers(2).registry(true).build();
/// pool.start_recording();
/// pool.run(|| {
///     let a = Async::new();
///     task("make").dispatch(a.write(), |a| a.set(1));
///     task("use").dispatch(a.read(), |_| ());
/// });
/// pool.wait_idle()?;
/// let recording = pool.take_recording();
/// let names: Vec<_> = recording.tasks().map(|task| task.name().unwrap().to_owned()).collect();
/// assert_eq!(names, ["make", "use"]);
/// let dependencies = recording.dependencies();
/// assert_eq!((dependencies[0].from, dependencies[0].to), (0, 1));
/// assert_eq!(dependencies[0].kind, DependencyKind::ReadAfterWrite);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Recording {
    pub(super) tasks: Vec<RecordedTask>,
    pub(super) slices: Vec<Slice>,
    /// The names of the threads.
    pub(super) lanes: Vec<String>,
}

#[derive(Clone)]
pub(super) struct RecordedTask {
    pub(super) place: Place,
    pub(super) spots: Vec<Spot>,
}

impl std::fmt::Debug for RecordedTask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} with {} accesses", self.place, self.spots.len())
    }
}

/// A thread has run a task, from then to then since the recording began.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    pub(super) task: usize,
    pub(super) lane: usize,
    pub(super) start: Duration,
    pub(super) end: Duration,
}

/// That one task of a [`Recording`] goes after another, because of a value.
///
/// ```
/// use runahead_async::{Dependency, DependencyKind};
/// let dependency = Dependency { from: 0, to: 1, kind: DependencyKind::WriteAfterRead };
/// assert!(dependency.from < dependency.to);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Dependency {
    /// The index of the task that goes first.
    pub from: usize,
    /// The index of the task that goes after it.
    pub to: usize,
    /// Why.
    pub kind: DependencyKind,
}

/// Why one task goes after another.
///
/// ```
/// use runahead_async::DependencyKind;
/// assert_eq!(DependencyKind::ReadAfterWrite.to_string(), "read after write");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DependencyKind {
    /// It reads what the other writes.
    ReadAfterWrite,
    /// It writes what the other has to have read before.
    WriteAfterRead,
    /// It writes, or changes, what the other has written.
    WriteAfterWrite,
}

impl std::fmt::Display for DependencyKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            DependencyKind::ReadAfterWrite => "read after write",
            DependencyKind::WriteAfterRead => "write after read",
            DependencyKind::WriteAfterWrite => "write after write",
        })
    }
}

impl Recording {
    /// The tasks, in the order in which they began.
    pub fn tasks(&self) -> impl ExactSizeIterator<Item = &Place> {
        self.tasks.iter().map(|task| &task.place)
    }

    /// How the tasks depend on each other: one entry for each pair of tasks and each kind, sorted.
    ///
    /// Tasks depend on each other where they use neighbouring epochs of a value. What threads that run no task do in
    /// between is not recorded: a task that reads what such a thread has written depends on nothing.
    pub fn dependencies(&self) -> Vec<Dependency> {
        let mut accesses: Vec<(u64, u32, usize, bool)> = Vec::new();
        for (index, task) in self.tasks.iter().enumerate() {
            accesses.extend(task.spots.iter().map(|spot| (spot.value, spot.epoch, index, spot.writes)));
        }
        accesses.sort_unstable();
        accesses.dedup();
        let mut dependencies = Vec::new();
        let mut depend = |from: usize, to: usize, kind| {
            if from != to {
                dependencies.push(Dependency { from, to, kind });
            }
        };
        for value in accesses.chunk_by(|one, next| one.0 == next.0) {
            let mut before: &[(u64, u32, usize, bool)] = &[];
            for epoch in value.chunk_by(|one, next| one.1 == next.1) {
                for &(.., writer, _) in epoch.iter().filter(|access| access.3) {
                    for &(.., task, writes) in before {
                        let kind = match writes {
                            true => DependencyKind::WriteAfterWrite,
                            false => DependencyKind::WriteAfterRead,
                        };
                        depend(task, writer, kind);
                    }
                    for &(.., reader, _) in epoch.iter().filter(|access| !access.3) {
                        depend(writer, reader, DependencyKind::ReadAfterWrite);
                    }
                }
                before = epoch;
            }
        }
        dependencies.sort_unstable();
        dependencies.dedup();
        dependencies
    }
}
