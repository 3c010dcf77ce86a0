//! What a task may be asked for beside its work.

use std::panic::Location;
use std::sync::Arc;

use crate::cancel::CancelToken;
use crate::contain;
use crate::error::{Error, ErrorKind, Place};
use crate::group::Group;

/// How soon a task is to run, once it can. Tasks of a pool that can run are taken in this order, save that what has waited
/// long is taken in between; the deterministic scheduler picks any.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Priority {
    /// When there is nothing else to do.
    Low,
    /// As most tasks.
    #[default]
    Normal,
    /// Before all others.
    High,
}

type Sink = Arc<dyn Fn(&Error) + Send + Sync>;

/// What few tasks have.
#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) location: &'static Location<'static>,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) priority: Priority,
    /// The node of the machine that the task is to run on.
    pub(crate) node: Option<usize>,
    /// Whether the task is cancelled where nobody can read what it writes.
    pub(crate) while_wanted: bool,
    pub(crate) tokens: Vec<CancelToken>,
    pub(crate) groups: Vec<Group>,
    pub(crate) sinks: Vec<Sink>,
    /// Bytes that the task's work holds.
    pub(crate) bytes: u64,
}

impl Options {
    pub(crate) fn new(location: &'static Location<'static>) -> Options {
        Options {
            location,
            name: None,
            priority: Priority::Normal,
            node: None,
            while_wanted: false,
            tokens: Vec::new(),
            groups: Vec::new(),
            sinks: Vec::new(),
            bytes: 0,
        }
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.name.clone(), self.location)
    }

    /// A task with these options has been made.
    pub(crate) fn begin(&self) {
        self.groups.iter().for_each(Group::task_begins);
    }

    /// Why the task is not to run, or not to go on. `wanted` says whether anybody can read what it writes.
    pub(crate) fn refusal(&self, wanted: impl FnOnce() -> bool) -> Option<Error> {
        let reason = if let Some(token) = self.tokens.iter().find(|token| token.is_cancelled()) {
            token.reason()
        } else if self.while_wanted && !wanted() {
            "nobody wants what it computes"
        } else {
            return None;
        };
        Some(Error::with_message(ErrorKind::Cancelled, reason, self.place()))
    }

    /// The task has ended, and what it held is released.
    pub(crate) fn end(&self, error: Option<&Error>) {
        if let Some(error) = error {
            for sink in &self.sinks {
                error.received();
                contain::contained(|| sink(error));
            }
        }
        self.groups.iter().for_each(|group| group.task_ends(error));
    }
}
