//! Doing something when a time has come.
//!
//! One thread waits for the earliest time. It is started when it is first needed, and counts as inactive while nothing is
//! due, so that a deadlock is noticed though it is there; while something is, the program is not stuck.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::OnceLock;
use std::time::Instant;

use parking_lot::{Condvar, Mutex};

use crate::contain;
use crate::quiescence::{self, KnownThread};

type Action = Box<dyn FnOnce() + Send>;

struct Timer {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The earliest first.
    due: BinaryHeap<Reverse<Due>>,
    /// Whether the thread waits for something to become due, and is counted as inactive.
    idle: bool,
    /// Orders those of one time.
    count: u64,
}

struct Due {
    at: Instant,
    number: u64,
    action: Action,
}

impl PartialEq for Due {
    fn eq(&self, other: &Due) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Due) -> std::cmp::Ordering {
        (self.at, self.number).cmp(&(other.at, other.number))
    }
}

/// Calls `action` on a thread of its own when the time has come; at once where it has passed.
pub(crate) fn at(at: Instant, action: impl FnOnce() + Send + 'static) {
    if at <= Instant::now() {
        return contain::contained(action);
    }
    static TIMER: OnceLock<Timer> = OnceLock::new();
    let timer = TIMER.get_or_init(|| Timer { state: Mutex::default(), changed: Condvar::new() });
    static THREAD: OnceLock<()> = OnceLock::new();
    THREAD.get_or_init(|| {
        let known = KnownThread::new();
        let thread = std::thread::Builder::new().name("runahead-timer".into());
        thread.spawn(move || timer.run(known)).expect("a thread can be started");
    });
    let mut state = timer.state.lock();
    let number = state.count;
    state.count += 1;
    state.due.push(Reverse(Due { at, number, action: Box::new(action) }));
    if std::mem::take(&mut state.idle) {
        quiescence::wakes();
    }
    timer.changed.notify_one();
}

impl Timer {
    fn run(&self, _known: KnownThread) {
        let mut state = self.state.lock();
        loop {
            match state.due.peek() {
                None => {
                    state.idle = true;
                    drop(state);
                    quiescence::sleeps();
                    state = self.state.lock();
                    while state.idle {
                        self.changed.wait(&mut state);
                    }
                }
                Some(Reverse(due)) if due.at <= Instant::now() => {
                    if let Some(Reverse(due)) = state.due.pop() {
                        drop(state);
                        contain::contained(due.action);
                        state = self.state.lock();
                    }
                }
                Some(Reverse(due)) => {
                    let at = due.at;
                    self.changed.wait_until(&mut state, at);
                }
            }
        }
    }
}
