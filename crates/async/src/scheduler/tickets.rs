//! What the adapters to other runtimes share.
//!
//! Tasks lie in a queue of the adapter's own. For each, the adapter submits a *ticket* to the runtime: whoever gets to run
//! it takes the oldest task. Where a worker of the runtime blocks inside a task, a *helper*, a thread of the adapter's
//! own, runs tasks from the queue in its place, until it goes on; a ticket may find the queue empty then. So tasks run
//! also where all of the runtime's workers block, and no task runs on top of a blocked one's stack.
//!
//! There are never more helpers at work than threads that block: a helper that blocks counts as one of these, too.

use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::quiescence::{KnownThread, Mailbox};
use crate::task::Runnable;
use crate::wait::Blocked;

#[derive(Default)]
pub(super) struct Tickets {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Runnable>,
    /// Threads that block inside a task.
    blocked: usize,
    /// Helpers that are at work.
    helping: usize,
    /// Helpers that sleep.
    resting: Vec<Arc<Mailbox<Order>>>,
    /// All helpers.
    helpers: usize,
    closed: bool,
}

enum Order {
    Help,
    Quit,
}

thread_local! {
    /// Whether this thread is inside a task of a ticket's or a helper's.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// The right to run one task.
pub(super) struct Ticket(Option<Arc<Tickets>>);

impl Ticket {
    /// Runs the oldest task, if there is one still.
    pub(super) fn redeem(mut self) {
        if let Some(task) = self.0.take().and_then(|tickets| tickets.take()) {
            run(task);
        }
    }
}

/// A ticket that the runtime throws away cancels a task: nobody would run it.
impl Drop for Ticket {
    fn drop(&mut self) {
        drop(self.0.take().and_then(|tickets| tickets.take()));
    }
}

fn run(task: Runnable) {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            INSIDE.set(self.0);
        }
    }
    let _restore = Restore(INSIDE.replace(true));
    task.run();
}

/// Whether this thread runs a task of an adapter's.
pub(super) fn is_inside() -> bool {
    INSIDE.get()
}

impl Tickets {
    /// Takes a task; the ticket is to be submitted to the runtime.
    pub(super) fn add(self: &Arc<Self>, task: Runnable) -> Ticket {
        self.state.lock().queue.push_back(task);
        self.help();
        Ticket(Some(Arc::clone(self)))
    }

    fn take(&self) -> Option<Runnable> {
        self.state.lock().queue.pop_front()
    }

    /// Has a helper work where a thread blocks and tasks can run.
    fn help(self: &Arc<Self>) {
        let resting = {
            let mut state = self.state.lock();
            if state.queue.is_empty() || state.helping >= state.blocked {
                return;
            }
            state.helping += 1;
            let resting = state.resting.pop();
            state.helpers += usize::from(resting.is_none());
            resting
        };
        match resting {
            Some(helper) => helper.leave(Order::Help),
            None => self.start_helper(),
        }
    }

    fn start_helper(self: &Arc<Self>) {
        let (tickets, known) = (Arc::clone(self), KnownThread::new());
        let helper = move || {
            tickets.work();
            drop(known);
        };
        if let Err(error) = std::thread::Builder::new().name("runahead-spare".into()).spawn(helper) {
            let mut state = self.state.lock();
            state.helping -= 1;
            state.helpers -= 1;
            tracing::warn!(%error, "no thread could be started in place of one that blocks");
        }
    }

    /// What a helper does.
    fn work(&self) {
        let me = Arc::new(Mailbox::default());
        loop {
            let task = {
                let mut state = self.state.lock();
                let task = if state.helping > state.blocked { None } else { state.queue.pop_front() };
                if task.is_none() {
                    state.helping -= 1;
                    if state.closed {
                        state.helpers -= 1;
                        return;
                    }
                    state.resting.push(Arc::clone(&me));
                }
                task
            };
            match task {
                Some(task) => run(task),
                None => match me.take() {
                    Order::Help => {}
                    Order::Quit => {
                        self.state.lock().helpers -= 1;
                        return;
                    }
                },
            }
        }
    }

    /// Blocks the thread by `park`, while a helper works in its place.
    pub(super) fn block(self: &Arc<Self>, blocked: &Blocked<'_>, park: impl FnOnce(&Blocked<'_>)) {
        struct Unblock<'t>(&'t Tickets);
        impl Drop for Unblock<'_> {
            fn drop(&mut self) {
                self.0.state.lock().blocked -= 1;
            }
        }
        self.state.lock().blocked += 1;
        let _unblock = Unblock(self);
        self.help();
        park(blocked);
    }

    /// How many helpers there are.
    pub(super) fn helpers(&self) -> usize {
        self.state.lock().helpers
    }

    /// Lets the helpers go that have nothing to do.
    pub(super) fn close(&self) {
        let resting = {
            let mut state = self.state.lock();
            state.closed = true;
            std::mem::take(&mut state.resting)
        };
        resting.iter().for_each(|helper| helper.leave(Order::Quit));
    }
}
