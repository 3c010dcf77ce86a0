//! What the adapters to other runtimes share.
//!
//! Tasks lie in a queue of the adapter's own. For each, the adapter submits a *ticket* to the runtime: whoever gets to run
//! it takes the oldest task. Where a worker of the runtime blocks inside a task, a *helper*, a thread of the adapter's
//! own, runs tasks from the queue in its place, until it goes on; a ticket may find the queue empty then. So tasks run
//! also where all of the runtime's workers block, and no task runs on top of a blocked one's stack.
//!
//! There are never more helpers at work than threads that block: a helper that blocks counts as one of these, too.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::quiescence::{KnownThread, Mailbox};
use crate::task::Runnable;

pub(super) struct Tickets {
    state: Mutex<State>,
    surroundings: Surroundings,
}

type Around = dyn Fn(&mut dyn FnMut()) + Send + Sync;

/// What a runtime wants around calls.
pub(super) struct Surroundings {
    /// Around all that a helper does.
    pub(super) help: Box<Around>,
    /// Around what blocks a worker of the runtime.
    pub(super) block: fn(&mut dyn FnMut()),
}

#[derive(Default)]
struct State {
    queue: VecDeque<Runnable>,
    /// Threads of the runtime that run tasks until there is none.
    #[cfg(feature = "tokio")]
    running: usize,
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

/// The thread that runs a task of an adapter's.
#[derive(Clone)]
struct Host {
    tickets: Arc<Tickets>,
    is_helper: bool,
}

thread_local! {
    static HOST: RefCell<Option<Host>> = const { RefCell::new(None) };
}

/// The right to run one task.
pub(super) struct Ticket(Option<Arc<Tickets>>);

/// The right to run tasks until there is none.
#[cfg(feature = "tokio")]
pub(super) struct Run(Arc<Tickets>);

#[cfg(feature = "tokio")]
impl Run {
    pub(super) fn drain(self) {
        while let Some(task) = self.0.take_or_end_run() {
            run(task, Host { tickets: Arc::clone(&self.0), is_helper: false });
        }
    }
}

impl Ticket {
    /// Begins to run tasks; `None` where so many threads do so already, of which one comes to this task, too, or where
    /// there is no task any more.
    #[cfg(feature = "tokio")]
    pub(super) fn begin_run(mut self, most: usize) -> Option<Run> {
        let tickets = self.0.take()?;
        {
            let mut state = tickets.state.lock();
            if state.running >= most || state.queue.is_empty() {
                return None;
            }
            state.running += 1;
        }
        Some(Run(tickets))
    }

    /// Runs the oldest task, if there is one still.
    pub(super) fn redeem(mut self) {
        let Some(tickets) = self.0.take() else { return };
        if let Some(task) = tickets.take() {
            run(task, Host { tickets, is_helper: false });
        }
    }
}

/// A ticket that the runtime throws away cancels a task: nobody would run it.
impl Drop for Ticket {
    fn drop(&mut self) {
        drop(self.0.take().and_then(|tickets| tickets.take()));
    }
}

fn run(task: Runnable, host: Host) {
    struct Restore(Option<Host>);
    impl Drop for Restore {
        fn drop(&mut self) {
            HOST.set(self.0.take());
        }
    }
    let _restore = Restore(HOST.replace(Some(host)));
    task.run();
}

/// Whether this thread runs a task of an adapter's.
pub(super) fn is_host() -> bool {
    HOST.with_borrow(Option::is_some)
}

/// Blocks the thread by `park`, while a helper works in its place where it runs a task of an adapter's.
pub(super) fn stand_in(mut park: impl FnMut()) {
    match HOST.with_borrow(Option::clone) {
        None => park(),
        Some(Host { tickets, is_helper: true }) => tickets.block(park),
        Some(Host { tickets, is_helper: false }) => tickets.block(|| (tickets.surroundings.block)(&mut park)),
    }
}

impl Tickets {
    pub(super) fn new(surroundings: Surroundings) -> Arc<Tickets> {
        Arc::new(Tickets { state: Mutex::default(), surroundings })
    }

    /// Takes a task; the ticket is to be submitted to the runtime.
    pub(super) fn add(self: &Arc<Self>, task: Runnable) -> Ticket {
        self.state.lock().queue.push_back(task);
        self.help();
        Ticket(Some(Arc::clone(self)))
    }

    fn take(&self) -> Option<Runnable> {
        self.state.lock().queue.pop_front()
    }

    /// Takes a task for a thread that runs until there is none; where there is none it does not run any more.
    #[cfg(feature = "tokio")]
    fn take_or_end_run(&self) -> Option<Runnable> {
        let mut state = self.state.lock();
        let task = state.queue.pop_front();
        state.running -= usize::from(task.is_none());
        task
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
            (tickets.surroundings.help)(&mut || tickets.work());
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
    fn work(self: &Arc<Self>) {
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
                Some(task) => run(task, Host { tickets: Arc::clone(self), is_helper: true }),
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
    pub(super) fn block(self: &Arc<Self>, park: impl FnOnce()) {
        struct Unblock<'t>(&'t Tickets);
        impl Drop for Unblock<'_> {
            fn drop(&mut self) {
                self.0.state.lock().blocked -= 1;
            }
        }
        self.state.lock().blocked += 1;
        let _unblock = Unblock(self);
        self.help();
        park();
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
