//! What the tasks of a scheduler do at one moment, as plain data.

use std::fmt;
use std::panic::Location;

use crate::epoch::Progress;
use crate::error::Place;
use crate::registry::{AccessInfo, Inner, Stage};

/// The live tasks of a scheduler at one moment, and the epochs of values that they hold or wait for.
///
/// Tasks are listed in the order in which they began, epochs by value and number.
///
/// ```
/// use runahead_async::{Async, Deterministic, TaskState, task};
/// let scheduler = Deterministic::new(0);
/// let (a, b) = (Async::<i32>::new(), Async::new());
/// scheduler.task("fill").dispatch(a.write(), |a| a.set(1));
/// scheduler.task("copy").dispatch((a.read(), b.write()), |(a, b)| b.set(*a));
/// let snapshot = scheduler.snapshot();
/// assert_eq!(snapshot.tasks[0].state, TaskState::Runnable);
/// assert_eq!(snapshot.tasks[1].state, TaskState::Waiting);
/// let wait = &snapshot.tasks[1].waits_for[0];
/// assert_eq!(snapshot.cause(&snapshot.tasks[1], wait).unwrap().place.name(), Some("fill"));
/// println!("{snapshot}");
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Snapshot {
    /// The tasks that have begun and not ended.
    pub tasks: Vec<TaskInfo>,
    /// The epochs that they are known to hold or to wait for.
    pub epochs: Vec<EpochInfo>,
    /// Whether other tasks are alive that are in no list.
    others_are_alive: bool,
}

/// A live task.
///
/// ```
/// use runahead_async::Deterministic;
/// let scheduler = Deterministic::new(0);
/// scheduler.task("later").dispatch((), |()| ());
/// let snapshot = scheduler.snapshot();
/// assert!(snapshot.tasks[0].to_string().starts_with("later ("));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TaskInfo {
    /// Tells tasks apart, those of other schedulers too.
    pub id: u64,
    /// Its name, and where it was dispatched or spawned.
    pub place: Place,
    /// What it does.
    pub state: TaskState,
    /// What it waits for, where that are values.
    pub waits_for: Vec<TaskWait>,
}

/// What a live task does.
///
/// ```
/// use runahead_async::TaskState;
/// assert_eq!(TaskState::Blocked.to_string(), "blocked");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TaskState {
    /// It waits for something, without a thread.
    Waiting,
    /// It could run.
    Runnable,
    /// A thread runs it.
    Running,
    /// A thread runs it, and blocks.
    Blocked,
}

/// A place in line that a task waits for.
///
/// ```
/// use runahead_async::{Async, Deterministic};
/// let scheduler = Deterministic::new(0);
/// let a = Async::<i32>::new();
/// scheduler.task("read").dispatch(a.read(), |_| ());
/// assert!(!scheduler.snapshot().tasks[0].waits_for[0].writes);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TaskWait {
    /// Tells values apart.
    pub value: u64,
    /// How many epochs of the value were before this one.
    pub epoch: u32,
    /// Where the value was made.
    pub made_at: &'static Location<'static>,
    /// Whether the task is to write it.
    pub writes: bool,
}

/// An epoch of a value that a live task holds or waits for.
///
/// ```
/// use runahead_async::{Async, Deterministic, Phase};
/// let scheduler = Deterministic::new(0);
/// let a = Async::from(1);
/// scheduler.task("read").dispatch(a.read(), |_| ());
/// scheduler.task("change").dispatch(a.mutate(), |a| *a += 1);
/// let epochs = scheduler.snapshot().epochs;
/// assert_eq!((epochs[0].phase, epochs[1].phase), (Phase::Reading, Phase::Pending));
/// assert!(epochs[0].writer.is_none() && epochs[1].writer.is_some());
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EpochInfo {
    /// Tells values apart.
    pub value: u64,
    /// How many epochs of the value were before this one.
    pub number: u32,
    /// Where the value was made.
    pub made_at: &'static Location<'static>,
    /// How far it has come.
    pub phase: Phase,
    /// The task that writes it, where that is one of the snapshot's and has not ended.
    pub writer: Option<u64>,
    /// The snapshot's tasks that read it.
    pub readers: Vec<u64>,
}

/// How far an epoch has come. (One that is drained, so that the next may begin, is held by nobody, and not listed.)
///
/// ```
/// use runahead_async::Phase;
/// assert_eq!(Phase::Pending.to_string(), "pending");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Phase {
    /// Those of the epoch before are not done.
    Pending,
    /// Its writer may go.
    Writing,
    /// Its writer is done: its readers may go.
    Reading,
}

impl From<&AccessInfo> for TaskWait {
    fn from(access: &AccessInfo) -> TaskWait {
        let spot = access.spot;
        TaskWait { value: spot.value, epoch: spot.epoch, made_at: spot.made_at, writes: spot.writes }
    }
}

/// A snapshot in the making, of one registry or of several.
pub(super) struct Collected {
    tasks: Vec<TaskInfo>,
    accesses: Vec<HeldAccess>,
    others_are_alive: bool,
}

struct HeldAccess {
    task: u64,
    what: TaskWait,
    phase: Phase,
}

impl Collected {
    /// `others_are_alive` says whether tasks are alive that are in no list.
    pub(super) fn new(others_are_alive: bool) -> Collected {
        Collected { tasks: Vec::new(), accesses: Vec::new(), others_are_alive }
    }

    pub(super) fn add(&mut self, registry: &Inner) {
        let listed = registry.listed.lock();
        for entry in listed.tasks.values() {
            let mut waits_for = self.hold(entry.number, &entry.accesses);
            let state = match &entry.stage {
                Stage::Submitted if waits_for.is_empty() => TaskState::Runnable,
                Stage::Submitted => TaskState::Waiting,
                Stage::Runs => TaskState::Running,
                Stage::Blocks(parker) => {
                    waits_for = self.hold(entry.number, &parker.waits_for());
                    TaskState::Blocked
                }
                Stage::Suspended(awaited) => {
                    waits_for = self.hold(entry.number, awaited);
                    // What is awaited and is not a value tells nobody whether it has come.
                    match waits_for.is_empty() && !awaited.is_empty() {
                        true => TaskState::Runnable,
                        false => TaskState::Waiting,
                    }
                }
            };
            self.tasks.push(TaskInfo { id: entry.number, place: entry.place.clone(), state, waits_for });
        }
    }

    /// Adds accesses of a task; returns those whose turn has not come. Their registry's lock is held.
    fn hold(&mut self, task: u64, accesses: &[AccessInfo]) -> Vec<TaskWait> {
        let mut waits_for = Vec::new();
        for access in accesses {
            // SAFETY: the task is listed, and the lock is held.
            let (waits, progress) = unsafe { (access.waits(), access.progress()) };
            let phase = match progress {
                Progress::Pending => Phase::Pending,
                Progress::Ready => Phase::Writing,
                Progress::Complete => Phase::Reading,
            };
            let what = TaskWait::from(access);
            self.accesses.push(HeldAccess { task, what, phase });
            if waits {
                waits_for.push(what);
            }
        }
        waits_for
    }

    pub(super) fn finish(mut self) -> Snapshot {
        self.tasks.sort_by_key(|task| task.id);
        self.accesses.sort_by_key(|access| (access.what.value, access.what.epoch, access.task));
        let mut epochs: Vec<EpochInfo> = Vec::new();
        for HeldAccess { task, what, phase } in self.accesses {
            let same =
                epochs.last().is_some_and(|last| (last.value, last.number) == (what.value, what.epoch));
            if !same {
                let TaskWait { value, epoch, made_at, .. } = what;
                epochs.push(EpochInfo {
                    value,
                    number: epoch,
                    made_at,
                    phase,
                    writer: None,
                    readers: Vec::new(),
                });
            }
            let Some(epoch) = epochs.last_mut() else { continue };
            epoch.phase = epoch.phase.max(phase);
            if what.writes {
                epoch.writer = Some(task);
            } else if epoch.readers.last() != Some(&task) {
                epoch.readers.push(task);
            }
        }
        Snapshot { tasks: self.tasks, epochs, others_are_alive: self.others_are_alive }
    }
}

impl Snapshot {
    /// The task of that id.
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic};
    /// let scheduler = Deterministic::new(0);
    /// let a = Async::<i32>::new();
    /// scheduler.task("fill").dispatch(a.write(), |a| a.set(1));
    /// let snapshot = scheduler.snapshot();
    /// let writer = snapshot.epochs[0].writer.and_then(|id| snapshot.task(id));
    /// assert_eq!(writer.unwrap().place.name(), Some("fill"));
    /// ```
    pub fn task(&self, id: u64) -> Option<&TaskInfo> {
        let index = self.tasks.binary_search_by_key(&id, |task| task.id).ok()?;
        self.tasks.get(index)
    }

    /// Another task that has to go before that task's wait can end, where one is known: for a read, the one that is to
    /// write; for a write, one of those that are to read or to write before it.
    pub fn cause(&self, task: &TaskInfo, wait: &TaskWait) -> Option<&TaskInfo> {
        let end =
            self.epochs.partition_point(|epoch| (epoch.value, epoch.number) <= (wait.value, wait.epoch));
        let before = self.epochs[..end].iter().rev().take_while(|epoch| epoch.value == wait.value);
        let mut candidates = before.filter_map(|epoch| {
            let readers = if epoch.number < wait.epoch && wait.writes { &epoch.readers[..] } else { &[] };
            readers.iter().chain(&epoch.writer).copied().find(|&other| other != task.id)
        });
        candidates.next().and_then(|id| self.task(id))
    }

    /// Says what a task waits for, and for whom.
    pub(super) fn describe_wait(
        &self,
        f: &mut impl fmt::Write,
        task: Option<&TaskInfo>,
        wait: &TaskWait,
    ) -> fmt::Result {
        let verb = if wait.writes { "write" } else { "read" };
        write!(f, "waits to {verb} the value made at {}", wait.made_at)?;
        let nobody = TaskInfo {
            id: u64::MAX,
            place: Place::new(None, wait.made_at),
            state: TaskState::Blocked,
            waits_for: Vec::new(),
        };
        match self.cause(task.unwrap_or(&nobody), wait) {
            Some(cause) if wait.writes => write!(f, ", after task {}", cause.place),
            Some(cause) => write!(f, ", which task {} is to write", cause.place),
            None if wait.writes => write!(f, ", which no listed task holds"),
            None if self.others_are_alive => {
                write!(f, ", which no waiting task is to write of those that are listed")
            }
            None => write!(f, ", which no waiting task is to write"),
        }
    }
}

impl fmt::Display for TaskState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TaskState::Waiting => "waiting",
            TaskState::Runnable => "runnable",
            TaskState::Running => "running",
            TaskState::Blocked => "blocked",
        })
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Pending => "pending",
            Phase::Writing => "ready to be written",
            Phase::Reading => "complete, being read",
        })
    }
}

impl fmt::Display for TaskInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.state)
    }
}

/// A line for each task and what it waits for, then a line for each epoch.
impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} tasks", self.tasks.len())?;
        for task in &self.tasks {
            write!(f, "\n  {task}")?;
            for wait in &task.waits_for {
                write!(f, "\n    ")?;
                self.describe_wait(f, Some(task), wait)?;
            }
        }
        write!(f, "\n{} epochs", self.epochs.len())?;
        for epoch in &self.epochs {
            write!(f, "\n  epoch {} of the value made at {}: {}", epoch.number, epoch.made_at, epoch.phase)?;
            if let Some(writer) = epoch.writer.and_then(|id| self.task(id)) {
                write!(f, "\n    written by {}", writer.place)?;
            }
            for reader in epoch.readers.iter().filter_map(|&id| self.task(id)) {
                write!(f, "\n    read by {}", reader.place)?;
            }
        }
        Ok(())
    }
}
