//! Recording a run while it goes on.

use std::collections::HashMap;
use std::thread::ThreadId;
use std::time::Instant;

use crate::error::Place;
use crate::registry::Spot;
use crate::registry::recording::{RecordedTask, Recording, Slice};

pub(super) struct Recorder {
    started: Instant,
    recording: Recording,
    lanes: HashMap<ThreadId, usize>,
}

impl Recorder {
    pub(super) fn new() -> Recorder {
        Recorder { started: Instant::now(), recording: Recording::default(), lanes: HashMap::new() }
    }

    /// A task has begun; returns its index.
    pub(super) fn task(&mut self, place: Place, spots: Vec<Spot>) -> usize {
        self.recording.tasks.push(RecordedTask { place, spots });
        self.recording.tasks.len() - 1
    }

    /// A task has got an access.
    pub(super) fn uses(&mut self, task: usize, spot: Spot) {
        self.recording.tasks[task].spots.push(spot);
    }

    /// This thread has run a task.
    pub(super) fn slice(&mut self, task: usize, started: Instant, ended: Instant) {
        let thread = std::thread::current();
        let lanes = &mut self.recording.lanes;
        let lane = *self.lanes.entry(thread.id()).or_insert_with(|| {
            lanes.push(thread.name().map_or_else(|| format!("thread {}", lanes.len() + 1), str::to_owned));
            lanes.len() - 1
        });
        let since = |instant: Instant| instant.saturating_duration_since(self.started);
        self.recording.slices.push(Slice { task, lane, start: since(started), end: since(ended) });
    }

    pub(super) fn finish(self) -> Recording {
        self.recording
    }
}
