//! What schedulers know of a task.

use std::mem::ManuallyDrop;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::Waker;

use smallvec::SmallVec;

use crate::contain;
use crate::epoch::{End, Notified};
use crate::error::Place;
use crate::scheduler::SchedulerRef;
use crate::task::frame;

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
pub struct Runnable(ManuallyDrop<Kind>);

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
        Runnable(ManuallyDrop::new(Kind::Task(task)))
    }

    pub(crate) fn from_future(future: async_task::Runnable<SchedulerRef>) -> Runnable {
        Runnable(ManuallyDrop::new(Kind::Future(future)))
    }

    /// Runs the task on this thread: to its end where it is a closure, until it next waits where it is a future.
    pub fn run(self) {
        // SAFETY: the runnable is not used again, nor dropped.
        match unsafe { ManuallyDrop::take(&mut ManuallyDrop::new(self).0) } {
            // SAFETY: a runnable owns its task, which is given up here.
            Kind::Task(task) => unsafe { (task.as_ref().vtable.run)(task) },
            Kind::Future(future) => {
                future.run();
            }
        }
    }

    fn scheduler(&self) -> SchedulerRef {
        match &*self.0 {
            // SAFETY: the runnable owns the task, so it is alive.
            Kind::Task(task) => unsafe { task.as_ref() }.scheduler,
            Kind::Future(future) => *future.metadata(),
        }
    }
}

impl Drop for Runnable {
    fn drop(&mut self) {
        // SAFETY: the runnable is not used again.
        let kind = unsafe { ManuallyDrop::take(&mut self.0) };
        // Flat, since what is cancelled may release others, which are cancelled in turn; and not as a part of the task
        // that this thread polls, if it does.
        contain::flat(move || {
            frame::outside(|| match kind {
                // SAFETY: a runnable owns its task, which is given up here.
                Kind::Task(task) => unsafe { (task.as_ref().vtable.cancel)(task) },
                Kind::Future(future) => drop(future),
            });
        });
    }
}

/// What a release leads to, to be done when it is over.
pub(crate) struct Released {
    tasks: SmallVec<[Runnable; 2]>,
    others: Vec<Other>,
}

enum Other {
    Wake(Waker),
    End(End),
}

impl Released {
    pub(crate) fn new() -> Released {
        Released { tasks: SmallVec::new(), others: Vec::new() }
    }

    /// Wakes the futures and schedules the tasks.
    pub(crate) fn submit(mut self) {
        self.settle();
        for task in self.tasks {
            task.scheduler().schedule(task);
        }
    }

    /// [`submit`](Self::submit) at the end of a task: the first released task is to run next on this thread, where it
    /// is a worker.
    pub(crate) fn submit_at_end(mut self) {
        self.settle();
        let mut tasks = self.tasks.into_iter();
        let first = tasks.next();
        tasks.for_each(|task| task.scheduler().schedule(task));
        if let Some(first) = first {
            first.scheduler().schedule_next(first);
        }
    }

    /// Ends turns, which may release more, and wakes futures.
    fn settle(&mut self) {
        while !self.others.is_empty() {
            for other in std::mem::take(&mut self.others) {
                match other {
                    Other::Wake(waker) => contain::contained(|| waker.wake()),
                    Other::End(end) => end(self),
                }
            }
        }
    }
}

impl Notified for Released {
    fn task(&mut self, task: NonNull<Header>) {
        // SAFETY: the task's last dependency has been met, which happens once.
        self.tasks.push(unsafe { Runnable::from_task(task) });
    }

    fn wake(&mut self, waker: Waker) {
        self.others.push(Other::Wake(waker));
    }

    fn end(&mut self, end: End) {
        self.others.push(Other::End(end));
    }
}
