//! What schedulers know of a task.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem::ManuallyDrop;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use smallvec::SmallVec;

use crate::epoch::Notified;
use crate::error::Place;
use crate::scheduler::SchedulerRef;

/// The head of a dispatched task's allocation, and of other pieces of work that a queue holds.
#[repr(C)]
#[doc(hidden)]
pub struct Header {
    pub(crate) vtable: &'static Vtable,
    pub(crate) scheduler: SchedulerRef,
    /// Accesses whose turn has not come, plus a bias while they are being registered.
    pub(crate) unmet: AtomicUsize,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) location: &'static Location<'static>,
}

/// What can be done with a task that is runnable; either consumes it.
pub(crate) struct Vtable {
    pub(crate) run: unsafe fn(NonNull<Header>),
    pub(crate) cancel: unsafe fn(NonNull<Header>),
}

impl Header {
    /// The head of something that waits for nothing.
    pub(crate) fn new(
        vtable: &'static Vtable,
        scheduler: SchedulerRef,
        name: Option<Arc<str>>,
        location: &'static Location<'static>,
    ) -> Header {
        Header { vtable, scheduler, unmet: AtomicUsize::new(0), name, location }
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.name.clone(), self.location)
    }
}

/// A task that can run now, as a scheduler queues it.
///
/// Dropping it instead of running it cancels the task: the values that it was to write get an error of kind
/// `Cancelled`.
pub struct Runnable(Kind);

enum Kind {
    Task(NonNull<Header>),
    Future(async_task::Runnable<SchedulerRef>),
}

// SAFETY: a runnable owns its task, and everything in a task is `Send`.
unsafe impl Send for Runnable {}

impl Runnable {
    /// # Safety
    /// The task is runnable, and nobody else will run or cancel it.
    pub(crate) unsafe fn from_task(task: NonNull<Header>) -> Runnable {
        Runnable(Kind::Task(task))
    }

    pub(crate) fn from_future(future: async_task::Runnable<SchedulerRef>) -> Runnable {
        Runnable(Kind::Future(future))
    }

    /// Runs the task on this thread: to its end where it is a closure, until it next waits where it is a future.
    pub fn run(self) {
        // SAFETY: the runnable is not used again, nor dropped.
        match unsafe { std::ptr::read(&ManuallyDrop::new(self).0) } {
            // SAFETY: a runnable owns its task, which is given up here.
            Kind::Task(task) => unsafe { (task.as_ref().vtable.run)(task) },
            Kind::Future(future) => {
                future.run();
            }
        }
    }

    fn scheduler(&self) -> SchedulerRef {
        match &self.0 {
            // SAFETY: the runnable owns the task, so it is alive.
            Kind::Task(task) => unsafe { task.as_ref() }.scheduler,
            Kind::Future(future) => *future.metadata(),
        }
    }
}

impl Drop for Runnable {
    fn drop(&mut self) {
        if let Kind::Task(task) = self.0 {
            cancel(task);
        }
    }
}

/// Cancels a task, and those that are cancelled because of it, one after another rather than inside each other.
fn cancel(task: NonNull<Header>) {
    thread_local! {
        static CANCELLED: RefCell<Option<VecDeque<NonNull<Header>>>> = const { RefCell::new(None) };
    }
    let nested = CANCELLED.with_borrow_mut(|cancelled| match cancelled {
        Some(cancelled) => {
            cancelled.push_back(task);
            true
        }
        None => {
            *cancelled = Some(VecDeque::from([task]));
            false
        }
    });
    if nested {
        return;
    }
    let next = || CANCELLED.with_borrow_mut(|cancelled| cancelled.as_mut().and_then(VecDeque::pop_front));
    while let Some(task) = next() {
        // SAFETY: whoever queued the task owned it, and gave it up.
        unsafe { (task.as_ref().vtable.cancel)(task) }
    }
    CANCELLED.set(None);
}

/// The tasks that a release has made runnable, to be handed to their schedulers when the release is over.
///
/// Cancelling a task releases in turn; collecting the tasks first is what keeps that from recursing.
pub(crate) struct Released {
    tasks: SmallVec<[Runnable; 2]>,
}

impl Released {
    pub(crate) fn new() -> Released {
        Released { tasks: SmallVec::new() }
    }

    /// Schedules the tasks.
    pub(crate) fn submit(self) {
        for task in self.tasks {
            task.scheduler().schedule(task);
        }
    }

    /// Schedules the tasks at the end of a task, the first of them to run next on this thread where it is a worker.
    pub(crate) fn submit_at_end(mut self) {
        let rest = if self.tasks.len() > 1 { self.tasks.drain(1..).collect() } else { SmallVec::new() };
        if let Some(first) = self.tasks.pop() {
            first.scheduler().schedule_next(first);
        }
        Released { tasks: rest }.submit();
    }
}

impl Notified for Released {
    fn task(&mut self, task: NonNull<Header>) {
        // SAFETY: the task's last dependency has been met, which happens once.
        self.tasks.push(unsafe { Runnable::from_task(task) });
    }
}
