//! The tasks of a scheduler that have begun and not ended, and what they wait for: for snapshots, for the report of a
//! deadlock, and for recordings of a run.
//!
//! A scheduler has a registry where one was asked for. Everything here hangs on that one question.

mod current;
mod graph;
mod recorder;
mod recording;
mod report;
mod snapshot;
mod timeline;

use std::collections::HashMap;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Weak};

use parking_lot::Mutex;

use crate::epoch::{Epoch, Progress};
use crate::error::Place;
use crate::wait::{Parker, WakerWaiter};

pub(crate) use current::{Running, awaits, block, collect, uses};
use recorder::Recorder;
pub use recording::{Dependency, DependencyKind, Recording};
pub(crate) use report::deadlock_report;
pub use snapshot::{EpochInfo, Phase, Snapshot, TaskInfo, TaskState, TaskWait};

/// The tasks of one scheduler that are alive.
pub(crate) struct Registry(Arc<Inner>);

struct Inner {
    listed: Mutex<Listed>,
}

#[derive(Default)]
struct Listed {
    tasks: HashMap<usize, Entry>,
    recorder: Option<Recorder>,
    /// How many recordings have been begun: tells whether an entry is part of the present one.
    recordings: u64,
}

struct Entry {
    /// Counts tasks, of all schedulers, so that they are listed in the order in which they began.
    number: u64,
    place: Place,
    stage: Stage,
    /// What the task was made with: a dispatched task holds it until it ends.
    accesses: Vec<AccessInfo>,
    /// The recording that the task is part of, and its index there.
    recorded: Option<(u64, usize)>,
}

enum Stage {
    /// It has not run yet.
    Submitted,
    Runs,
    /// It runs, and its thread blocks there.
    Blocks(Arc<Parker>),
    /// A future that has returned to wait for these.
    Suspended(Vec<AccessInfo>),
}

/// One access to one epoch of a value.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    /// Tells values apart, those of the past too.
    pub(crate) value: u64,
    pub(crate) epoch: u32,
    pub(crate) writes: bool,
    pub(crate) made_at: &'static Location<'static>,
}

/// An access that a task waits for or holds.
#[doc(hidden)]
#[derive(Clone)]
pub struct AccessInfo {
    pub(crate) spot: Spot,
    pub(crate) turn: Turn,
}

/// How to tell whether an access's turn has come.
#[derive(Clone)]
pub(crate) enum Turn {
    /// A dispatched task holds a unit of that epoch, until it ends.
    Held(NonNull<Epoch>),
    /// A future awaits it by that waiter, or did.
    Awaited(Arc<WakerWaiter>),
    /// It came when the access was acquired.
    Come,
}

// SAFETY: an epoch is looked at only under the registry's lock, while the task that holds it is listed. Such a task has
// its units: it is listed before it can run, and taken off the list, under the lock, before it gives them up.
unsafe impl Send for AccessInfo {}
// SAFETY: as above.
unsafe impl Sync for AccessInfo {}

impl AccessInfo {
    /// # Safety
    /// Where the task holds the access by a unit, it has not given it up.
    unsafe fn waits(&self) -> bool {
        match &self.turn {
            // SAFETY: as promised.
            Turn::Held(epoch) if self.spot.writes => unsafe { !Epoch::is_ready(*epoch) },
            // SAFETY: as promised.
            Turn::Held(epoch) => unsafe { !Epoch::is_complete(*epoch) },
            Turn::Awaited(waiter) => waiter.is_waiting(),
            Turn::Come => false,
        }
    }

    /// How far the epoch has come, as far as this access tells.
    ///
    /// # Safety
    /// As for [`waits`](Self::waits).
    unsafe fn progress(&self) -> Progress {
        match &self.turn {
            // SAFETY: as promised.
            Turn::Held(epoch) => unsafe { Epoch::progress(*epoch) },
            Turn::Awaited(waiter) if waiter.is_waiting() => Progress::Pending,
            _ if self.spot.writes => Progress::Ready,
            _ => Progress::Complete,
        }
    }
}

/// The number by which registries know a value, from the place where it keeps it.
pub(crate) fn identity(kept: &AtomicU64) -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    match kept.load(Ordering::Relaxed) {
        0 => {
            let new = LAST.fetch_add(1, Ordering::Relaxed) + 1;
            kept.compare_exchange(0, new, Ordering::Relaxed, Ordering::Relaxed)
                .map_or_else(|first| first, |_| new)
        }
        known => known,
    }
}

/// The registries of schedulers that leave it to the whole process to find deadlocks.
static ENROLLED: Mutex<Vec<Weak<Inner>>> = Mutex::new(Vec::new());

/// Whether the environment asks for registries everywhere.
pub(crate) fn is_asked_for() -> bool {
    static ASKED: LazyLock<bool> =
        LazyLock::new(|| std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty() && value != "0"));
    *ASKED
}

/// The environment variable that asks for registries.
const VARIABLE: &str = "RUNAHEAD_REGISTRY";

impl Registry {
    /// A registry of the process's, where the environment asks for one.
    pub(crate) fn where_asked_for() -> Option<Registry> {
        is_asked_for().then(|| Registry::new().enroll())
    }

    pub(crate) fn new() -> Registry {
        Registry(Arc::new(Inner { listed: Mutex::default() }))
    }

    /// Has the registry's tasks listed in the report of a deadlock of the whole process.
    pub(crate) fn enroll(self) -> Registry {
        let mut enrolled = ENROLLED.lock();
        enrolled.retain(|other| other.strong_count() > 0);
        enrolled.push(Arc::downgrade(&self.0));
        drop(enrolled);
        self
    }

    /// A task has begun, under an identity that no other live task has.
    pub(crate) fn begin(&self, task: usize, place: Place, accesses: Vec<AccessInfo>) {
        static BEGUN: AtomicU64 = AtomicU64::new(0);
        let number = BEGUN.fetch_add(1, Ordering::Relaxed);
        let mut listed = self.0.listed.lock();
        let recordings = listed.recordings;
        let recorded = listed.recorder.as_mut().map(|recorder| {
            let spots = accesses.iter().map(|access| access.spot).collect();
            (recordings, recorder.task(place.clone(), spots))
        });
        listed.tasks.insert(task, Entry { number, place, stage: Stage::Submitted, accesses, recorded });
    }

    /// A task has begun to run, until what is returned is dropped.
    ///
    /// It is boxed, and this cold, so that the code that runs tasks stays small where there is no registry.
    #[cold]
    #[inline(never)]
    pub(crate) fn runs(&'static self, task: usize) -> Box<Running> {
        let entry = self.change(task, |entry| {
            let before = std::mem::replace(&mut entry.stage, Stage::Runs);
            (before, entry.place.clone(), entry.recorded.is_some())
        });
        // Outside the lock: what the task has waited for may be the last to hold a waker.
        let (place, recorded) = entry.map(|(_, place, recorded)| (place, recorded)).unzip();
        Box::new(Running::new(self, task, place, recorded.unwrap_or_default()))
    }

    pub(crate) fn end(&self, task: usize) {
        let ended = self.0.listed.lock().tasks.remove(&task);
        // Outside the lock: it may be the last to hold a waker.
        drop(ended);
    }

    fn set_stage(&self, task: usize, stage: Stage) {
        let before = self.change(task, |entry| std::mem::replace(&mut entry.stage, stage));
        drop(before);
    }

    fn change<R>(&self, task: usize, change: impl FnOnce(&mut Entry) -> R) -> Option<R> {
        self.0.listed.lock().tasks.get_mut(&task).map(change)
    }

    /// Calls `f` with the recorder and the task's index there, where it is being recorded.
    fn record<R>(&self, task: usize, f: impl FnOnce(&mut Recorder, usize) -> R) -> Option<R> {
        let mut listed = self.0.listed.lock();
        let (recording, index) = listed.tasks.get(&task)?.recorded?;
        if recording != listed.recordings {
            return None;
        }
        listed.recorder.as_mut().map(|recorder| f(recorder, index))
    }

    /// Begins to record.
    pub(crate) fn start_recording(&self) {
        let mut listed = self.0.listed.lock();
        listed.recordings += 1;
        listed.recorder = Some(Recorder::new());
    }

    /// Ends the recording and returns it.
    pub(crate) fn take_recording(&self) -> Recording {
        let recorder = self.0.listed.lock().recorder.take();
        recorder.map(Recorder::finish).unwrap_or_default()
    }

    /// What the tasks do at this moment.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut collected = snapshot::Collected::new(false);
        collected.add(&self.0);
        collected.finish()
    }
}
