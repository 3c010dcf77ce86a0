//! Doing something when a time has come.
//!
//! One thread waits for the earliest time. It is started when it is first needed. It counts as inactive unless somebody
//! *awaits* an alarm: that something will be cancelled in an hour says nothing about whether the program is stuck now,
//! unless a future waits for just that.

use std::collections::BTreeMap;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

use crate::contain;
use crate::quiescence::{self, KnownThread};

type Action = Box<dyn FnOnce() + Send>;

static TIMER: Timer = Timer {
    state: Mutex::new(State {
        due: BTreeMap::new(),
        awaited: 0,
        set: 0,
        has_thread: false,
        acts: false,
        inactive: false,
    }),
    changed: Condvar::new(),
};

struct Timer {
    state: Mutex<State>,
    changed: Condvar,
}

/// A time, and a number that orders those of one time.
type Due = (Instant, u64);

struct State {
    due: BTreeMap<Due, Entry>,
    /// How many futures await one of those.
    awaited: usize,
    /// How many alarms have been set.
    set: u64,
    has_thread: bool,
    /// Whether the thread calls an action.
    acts: bool,
    /// Whether the thread is counted as inactive. Whoever changes what that depends on counts it; see
    /// [`Timer::change`].
    inactive: bool,
}

struct Entry {
    action: Action,
    awaited: usize,
}

/// An action that is called when its time comes, unless this is dropped before.
pub(crate) struct Alarm(Due);

/// Calls `action` on a thread of its own when the time has come, unless the alarm is dropped before; at once where it has
/// passed.
pub(crate) fn at(at: Instant, action: impl FnOnce() + Send + 'static) -> Option<Alarm> {
    if at <= Instant::now() {
        contain::contained(action);
        return None;
    }
    let due = TIMER.change(|state| {
        state.start_thread();
        let due = (at, state.set);
        state.set += 1;
        state.due.insert(due, Entry { action: Box::new(action), awaited: 0 });
        if state.due.first_key_value().is_some_and(|(first, _)| *first == due) {
            TIMER.changed.notify_one();
        }
        due
    });
    Some(Alarm(due))
}

impl Alarm {
    /// Somebody begins to await that the time comes.
    pub(crate) fn begin_to_await(&self) {
        TIMER.change(|state| {
            if let Some(entry) = state.due.get_mut(&self.0) {
                entry.awaited += 1;
                state.awaited += 1;
            }
        });
    }

    /// Somebody awaits it no longer.
    pub(crate) fn cease_to_await(&self) {
        TIMER.change(|state| {
            // Not where it has come.
            if let Some(entry) = state.due.get_mut(&self.0) {
                entry.awaited -= 1;
                state.awaited -= 1;
            }
        });
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        let action = TIMER.change(|state| {
            let entry = state.due.remove(&self.0)?;
            state.awaited -= entry.awaited;
            Some(entry.action)
        });
        contain::contained(|| drop(action));
    }
}

impl Timer {
    /// Changes the state, and counts the thread as active or inactive as that demands.
    fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> R {
        let (result, falls_asleep) = {
            let mut state = self.state.lock();
            let result = change(&mut state);
            (result, state.falls_asleep())
        };
        if falls_asleep {
            quiescence::sleeps();
        }
        result
    }

    fn run(&self, _known: KnownThread) {
        loop {
            contain::contained(self.next());
            self.change(|state| state.acts = false);
        }
    }

    /// Waits for the next action to be due.
    fn next(&self) -> Action {
        let mut state = self.state.lock();
        loop {
            match state.due.first_entry() {
                Some(first) if first.key().0 <= Instant::now() => {
                    let entry = first.remove();
                    state.awaited -= entry.awaited;
                    state.acts = true;
                    let falls_asleep = state.falls_asleep();
                    debug_assert!(!falls_asleep, "a thread that acts is active");
                    return entry.action;
                }
                Some(first) => {
                    let at = first.key().0;
                    self.changed.wait_until(&mut state, at);
                }
                None => self.changed.wait(&mut state),
            }
        }
    }
}

impl State {
    /// Starts the thread where there is none. Where none can be started, alarms wait until one can.
    fn start_thread(&mut self) {
        if self.has_thread {
            return;
        }
        let known = KnownThread::new();
        let thread = std::thread::Builder::new().name("runahead-timer".into());
        match thread.spawn(move || TIMER.run(known)) {
            Ok(_) => self.has_thread = true,
            Err(error) => tracing::warn!(%error, "no thread could be started to wait for deadlines"),
        }
    }

    /// Notes whether the thread is active. Where it has just become inactive, the caller is to count it so, when the state
    /// is not locked any more.
    fn falls_asleep(&mut self) -> bool {
        let inactive = self.has_thread && !self.acts && self.awaited == 0;
        let changes = std::mem::replace(&mut self.inactive, inactive) != inactive;
        if changes && !inactive {
            quiescence::wakes();
        }
        changes && inactive
    }
}
