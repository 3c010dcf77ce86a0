//! A scheduler that runs one thing at a time, in an order that its seed picks.

use std::panic::Location;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::quiescence::{KnownThread, Mailbox};
use crate::registry::{Recording, Registry, Snapshot, deadlock_report};
use crate::scheduler::choices::Choices;
use crate::scheduler::reaper::Pointer;
use crate::scheduler::{Blocked, Head, Scheduler, SchedulerRef, block_thread, reaper, with_current};
use crate::task::{Runnable, TaskBuilder};
use crate::wait::Parker;

/// A scheduler for tests: tasks run one at a time, and a seed picks which of those that can run goes next, so that a
/// run can be repeated and many interleavings tried.
///
/// Tasks run only while [`run`](Self::run)'s closure waits for a value, and when it has returned, until nothing can run
/// any more. It is meant for one thread: where a value is to be written by a thread that this scheduler knows nothing
/// of, waiting for it can end in an error of kind `Deadlock`.
///
/// ```
/// use runahead_async::{Async, Deterministic, dispatch};
/// for seed in 0..100 {
///     let product = Deterministic::new(seed).run(|| {
///         let a = Async::from(1);
///         dispatch(a.mutate(), |a| *a += 2);
///         dispatch(a.mutate(), |a| *a *= 5);
///         *a.wait().unwrap()
///     });
///     assert_eq!(product, 15);
/// }
/// ```
pub struct Deterministic {
    core: Pointer<Core>,
}

/// Threads pass a baton: whoever has it runs, all others wait. A thread that blocks passes it to a carrier, a thread
/// that picks what goes next: a task, which it runs, or a blocked thread that has been woken, to which it passes the
/// baton.
struct Core {
    memory: reaper::Memory<Core>,
    state: Mutex<State>,
    head: Head,
}

struct State {
    runnable: Vec<Item>,
    choices: Choices,
    /// How many things may be picked before the baton goes back to the thread that waits; `None` for as many as there
    /// are.
    allowed: Option<u64>,
    /// The threads that wait in `run_until_idle`: more than one where it is called by a task.
    idle_waiters: Vec<Arc<Turn>>,
    idle_carriers: Vec<Arc<Turn>>,
    /// Threads that block, in the order in which they began to.
    blocked: Vec<Arc<Parker>>,
    closed: bool,
}

enum Item {
    Task(Runnable),
    /// A blocked thread that has been woken.
    Thread(Arc<Turn>),
}

/// Where a thread waits for the baton.
type Turn = Mailbox<Order>;

#[derive(PartialEq)]
enum Order {
    Go,
    Quit,
}

impl Deterministic {
    /// A scheduler whose choices that seed makes.
    pub fn new(seed: u64) -> Deterministic {
        Deterministic::with(Choices::seeded(seed))
    }

    /// A scheduler that makes these [choices](Self::choices), which another one has made; when it has made them all, and
    /// where there is no such choice because the program is another one, it takes any.
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use runahead_async::{Deterministic, dispatch};
    /// let order_of = |scheduler: &Deterministic| {
    ///     let order = Arc::new(Mutex::new(Vec::new()));
    ///     scheduler.run(|| {
    ///         for i in 0..10 {
    ///             let order = Arc::clone(&order);
    ///             dispatch((), move |()| order.lock().unwrap().push(i));
    ///         }
    ///     });
    ///     Arc::into_inner(order).unwrap().into_inner().unwrap()
    /// };
    /// let first = Deterministic::new(7);
    /// let order = order_of(&first);
    /// assert_eq!(order_of(&Deterministic::replay(first.choices())), order);
    /// ```
    pub fn replay(choices: impl Into<Vec<u32>>) -> Deterministic {
        Deterministic::with(Choices::replayed(choices.into()))
    }

    fn with(choices: Choices) -> Deterministic {
        let core = reaper::leak(Core {
            memory: reaper::Memory::default(),
            state: Mutex::new(State {
                runnable: Vec::new(),
                choices,
                allowed: None,
                idle_waiters: Vec::new(),
                idle_carriers: Vec::new(),
                blocked: Vec::new(),
                closed: false,
            }),
            head: Head::new("deterministic".into(), 0, Some(Registry::new()), None),
        });
        Deterministic { core }
    }

    fn core(&self) -> &'static Core {
        // SAFETY: the scheduler leaves its core when it is dropped, and hands out the reference only to what borrows it,
        // to tasks, and to threads that are done by then.
        unsafe { self.core.core() }
    }

    /// Calls `f` with this as the current scheduler, then runs tasks until none can run.
    pub fn run<R>(&self, f: impl FnOnce() -> R) -> R {
        let result = with_current(SchedulerRef::new(&self.core().head), f);
        self.run_until_idle();
        result
    }

    /// Runs tasks until none can run.
    pub fn run_until_idle(&self) {
        self.run_at_most(None);
    }

    /// Runs one thing, where one can run: a task, or a part of one between two waits. Returns whether there was one.
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic};
    /// let scheduler = Deterministic::new(0);
    /// let a = Async::from(1);
    /// scheduler.task("first").dispatch(a.mutate(), |a| *a += 1);
    /// scheduler.task("second").dispatch(a.mutate(), |a| *a *= 10);
    /// assert!(scheduler.step());
    /// assert_eq!(scheduler.live_tasks(), 1);
    /// assert!(scheduler.step() && !scheduler.step());
    /// assert_eq!(*a.wait()?, 20);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn step(&self) -> bool {
        if self.core().state.lock().runnable.is_empty() {
            return false;
        }
        self.run_at_most(Some(1));
        true
    }

    fn run_at_most(&self, things: Option<u64>) {
        let me = Arc::new(Turn::default());
        let before = {
            let mut state = self.core().state.lock();
            state.idle_waiters.push(Arc::clone(&me));
            std::mem::replace(&mut state.allowed, things)
        };
        block_thread(|| {
            self.core().pass_baton();
            me.take();
        });
        self.core().state.lock().allowed = before;
    }

    /// A task of that name on this scheduler.
    #[track_caller]
    pub fn task(&self, name: impl Into<Arc<str>>) -> TaskBuilder<'_> {
        // SAFETY: the builder borrows the scheduler.
        unsafe { TaskBuilder::on(SchedulerRef::new(&self.core().head), name.into(), Location::caller()) }
    }

    /// How many tasks have begun and not ended: those that can run, and those that wait for something.
    pub fn live_tasks(&self) -> usize {
        self.core().head.live_tasks()
    }

    /// What the live tasks do at this moment, and the epochs that they hold.
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic};
    /// let scheduler = Deterministic::new(0);
    /// let a = Async::<i32>::new();
    /// scheduler.task("read").dispatch(a.read(), |_| ());
    /// assert_eq!(scheduler.snapshot().tasks[0].waits_for.len(), 1);
    /// ```
    pub fn snapshot(&self) -> Snapshot {
        self.core().head.snapshot()
    }

    /// Begins to record which tasks begin, how they depend on each other and when each runs. What was recorded before
    /// and not taken is lost.
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic, dispatch};
    /// let scheduler = Deterministic::new(0);
    /// scheduler.start_recording();
    /// scheduler.run(|| {
    ///     let a = Async::from(0);
    ///     dispatch(a.mutate(), |a| *a += 1);
    ///     dispatch(a.mutate(), |a| *a += 1);
    /// });
    /// assert_eq!(scheduler.take_recording().dependencies().len(), 1);
    /// ```
    pub fn start_recording(&self) {
        self.core().head.start_recording();
    }

    /// Ends the recording and returns it; an empty one where none was begun.
    pub fn take_recording(&self) -> Recording {
        self.core().head.take_recording()
    }

    /// How many things have been run so far.
    pub fn steps(&self) -> u64 {
        self.core().state.lock().choices.made.len() as u64
    }

    /// What was picked so far, step by step: which of the things that could run, for [`replay`](Self::replay).
    pub fn choices(&self) -> Vec<u32> {
        self.core().state.lock().choices.made.clone()
    }
}

/// Cancels the tasks that can run; those that wait for something are cancelled when they could run. Where tasks block,
/// because the closure that ran them panicked, their waits end in an error.
impl Drop for Deterministic {
    fn drop(&mut self) {
        let tasks = {
            let mut state = self.core().state.lock();
            state.closed = true;
            let is_task = |item: &mut Item| matches!(item, Item::Task(_));
            state.runnable.extract_if(.., is_task).collect::<Vec<_>>()
        };
        drop(tasks);
        let threads_wait = {
            let state = self.core().state.lock();
            !state.blocked.is_empty() || !state.runnable.is_empty()
        };
        if threads_wait {
            self.run_until_idle();
        }
        let carriers = std::mem::take(&mut self.core().state.lock().idle_carriers);
        carriers.iter().for_each(|carrier| carrier.leave(Order::Quit));
        // SAFETY: the caller has the baton, so every carrier was idle, and one that is told to quit does not look back.
        unsafe { reaper::leave(Pointer::to(self.core())) };
    }
}

impl reaper::Core for Core {
    fn memory(&self) -> &reaper::Memory<Core> {
        &self.memory
    }

    fn head(&self) -> &Head {
        &self.head
    }
}

impl Core {
    /// Lets a carrier go; the caller does not have the baton afterwards.
    fn pass_baton(&'static self) {
        let carrier = self.state.lock().idle_carriers.pop().unwrap_or_else(|| {
            let turn = Arc::new(Turn::default());
            let carrier = Arc::clone(&turn);
            let known = KnownThread::new();
            let core = Pointer::to(self);
            std::thread::Builder::new()
                .name("deterministic".into())
                .spawn(move || carrier_main(core, carrier, known))
                .expect("a thread can be started");
            turn
        });
        carrier.leave(Order::Go);
    }

    /// Runs tasks until it is another thread's turn, and returns that; the carrier is idle then.
    fn carry(&'static self, me: &Arc<Turn>) -> Arc<Turn> {
        let mut state = self.state.lock();
        let next = loop {
            match state.pick() {
                Some(Item::Task(task)) => {
                    drop(state);
                    with_current(SchedulerRef::new(&self.head), || task.run_here());
                    state = self.state.lock();
                }
                Some(Item::Thread(thread)) => break thread,
                None if state.blocked.is_empty() || state.allowed == Some(0) => {
                    break state.idle_waiters.pop().expect("a thread waits while a carrier has the baton");
                }
                None => {
                    let blocked = std::mem::take(&mut state.blocked);
                    drop(state);
                    let report = deadlock_report(&blocked, self.head.registry());
                    blocked.iter().for_each(|parker| parker.deadlocked(report.clone()));
                    state = self.state.lock();
                }
            }
        };
        // Idle before the baton goes, so that a scheduler that is dropped then finds every carrier.
        state.idle_carriers.push(Arc::clone(me));
        next
    }
}

/// What a carrier does.
fn carrier_main(core: Pointer<Core>, me: Arc<Turn>, _known: KnownThread) {
    while me.take() == Order::Go {
        // SAFETY: the core is freed by a thread that has the baton, which this one has until it passes it on.
        let next = unsafe { core.core() }.carry(&me);
        next.leave(Order::Go);
    }
}

impl Core {
    fn myself(&self) -> &'static Core {
        // SAFETY: every core comes from `Box::leak`, and is freed only when no thread is inside any more.
        unsafe { &*std::ptr::from_ref(self) }
    }
}

impl State {
    /// Takes one of what can run.
    fn pick(&mut self) -> Option<Item> {
        if self.runnable.is_empty() || self.allowed == Some(0) {
            return None;
        }
        self.allowed = self.allowed.map(|allowed| allowed - 1);
        let choice = self.choices.next(self.runnable.len());
        Some(self.runnable.swap_remove(choice))
    }
}

impl Scheduler for Core {
    fn schedule(&self, task: Runnable) {
        let _visit = self.head.visit();
        let mut state = self.state.lock();
        if state.closed {
            drop(state);
            drop(task);
        } else {
            state.runnable.push(Item::Task(task));
        }
    }

    fn block(&self, blocked: &Blocked<'_>) {
        let core = self.myself();
        let me = Arc::new(Turn::default());
        let parker = blocked.0;
        core.state.lock().blocked.push(Arc::clone(parker));
        let woken = {
            let (me, parker) = (Arc::clone(&me), Arc::downgrade(parker));
            move || {
                let mut state = core.state.lock();
                state.blocked.retain(|other| !std::ptr::eq(Arc::as_ptr(other), parker.as_ptr()));
                state.runnable.push(Item::Thread(Arc::clone(&me)));
            }
        };
        parker.on_wake(Box::new(woken));
        block_thread(|| {
            core.pass_baton();
            me.take();
        });
    }
}
