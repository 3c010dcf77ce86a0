//! What schedulers know of a task.

use std::cell::Cell;
use std::mem::ManuallyDrop;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Waker;

use crate::contain;
use crate::epoch::{Notified, Target};
use crate::error::Place;
use crate::scheduler::SchedulerRef;
use crate::task::frame;
use crate::wait::WakerWaiter;

/// The head of a dispatched task's allocation, and of other pieces of work that a queue holds.
#[repr(C)]
#[doc(hidden)]
pub struct Header {
    vtable: &'static Vtable,
    pub(crate) scheduler: SchedulerRef,
    /// The next in the list of [`Released`] tasks.
    next: Cell<Option<NonNull<Header>>>,
    /// Accesses whose turn has not come, plus a bias while they are being registered.
    pub(crate) unmet: AtomicU32,
    location: &'static Location<'static>,
    /// What few tasks have.
    extras: Option<Box<Extras>>,
}

struct Extras {
    name: Arc<str>,
}

/// What can be done with a task that is runnable; either consumes it.
pub(crate) struct Vtable {
    pub(crate) run: unsafe fn(NonNull<Header>),
    pub(crate) cancel: unsafe fn(NonNull<Header>),
}

impl Header {
    /// The head of something that waits for that many accesses.
    #[inline]
    pub(crate) fn new(
        vtable: &'static Vtable,
        scheduler: SchedulerRef,
        name: Option<Arc<str>>,
        location: &'static Location<'static>,
        unmet: u32,
    ) -> Header {
        let extras = name.map(|name| Box::new(Extras { name }));
        Header { vtable, scheduler, next: Cell::new(None), unmet: AtomicU32::new(unmet), location, extras }
    }

    pub(crate) fn place(&self) -> Place {
        Place::new(self.extras.as_ref().map(|extras| Arc::clone(&extras.name)), self.location)
    }
}

/// A task that can run now, as a scheduler queues it.
///
/// Dropping it instead of running it cancels the task: the values that it was to write get an error of kind
/// `Cancelled`.
///
/// It is one word: a pointer to a [`Header`], or, with the lowest bit set, to a future that is to be polled.
#[repr(transparent)]
pub struct Runnable(NonNull<()>);

type Future = async_task::Runnable<SchedulerRef>;

enum Kind {
    Task(NonNull<Header>),
    Future(Future),
}

const FUTURE: usize = 1;

// SAFETY: a runnable owns its task, and everything in a task is `Send`.
unsafe impl Send for Runnable {}

impl Runnable {
    /// # Safety
    /// The task is runnable, and nobody else will run or cancel it.
    #[inline]
    pub(crate) unsafe fn from_task(task: NonNull<Header>) -> Runnable {
        Runnable(task.cast())
    }

    pub(crate) fn from_future(future: Future) -> Runnable {
        let future = future.into_raw();
        // Polled tasks have pointers in their heads, so they lie on even addresses.
        debug_assert_eq!(future.addr().get() & FUTURE, 0);
        Runnable(future.map_addr(|address| address | FUTURE))
    }

    #[inline]
    fn into_kind(self) -> Kind {
        let pointer = ManuallyDrop::new(self).0;
        if pointer.addr().get() & FUTURE == 0 {
            return Kind::Task(pointer.cast());
        }
        // SAFETY: the address without the mark is a task's, so it is not null, and it was given up in `from_future`.
        unsafe {
            let future = NonNull::new_unchecked(pointer.as_ptr().map_addr(|address| address & !FUTURE));
            Kind::Future(Future::from_raw(future))
        }
    }

    /// Runs the task on this thread: to its end where it is a closure, until it next waits where it is a future.
    #[inline]
    pub fn run(self) {
        match self.into_kind() {
            // SAFETY: a runnable owns its task, which is given up here.
            Kind::Task(task) => unsafe { (task.as_ref().vtable.run)(task) },
            Kind::Future(future) => {
                future.run();
            }
        }
    }
}

impl Drop for Runnable {
    fn drop(&mut self) {
        let kind = Runnable(self.0).into_kind();
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
#[doc(hidden)]
pub struct Released {
    /// Tasks that can run, linked by their heads in the order in which they were released.
    first: Option<NonNull<Header>>,
    last: Option<NonNull<Header>>,
    others: Vec<Other>,
}

enum Other {
    Wake(Waker),
    End(End),
}

/// Ends a turn that was given up before it came.
pub(crate) type End = Box<dyn FnOnce(&mut Released) + Send>;

/// Marks the target of a [`WakerWaiter`]; others are tasks.
const WAKER: usize = 1;

/// What is notified when a dispatched task's access may go.
#[inline]
pub(crate) fn task_target(task: NonNull<Header>) -> Target {
    task.cast()
}

/// What is notified when what a future awaits is there.
pub(crate) fn waker_target(waiter: NonNull<WakerWaiter>) -> Target {
    waiter.cast().map_addr(|address| address | WAKER)
}

impl Released {
    #[inline]
    pub(crate) fn new() -> Released {
        Released { first: None, last: None, others: Vec::new() }
    }

    /// Wakes the futures and schedules the tasks.
    #[inline]
    pub(crate) fn submit(mut self) {
        self.settle();
        while let Some(task) = self.next_task() {
            submit(task);
        }
    }

    /// [`submit`](Self::submit) at the end of a task: the first released task is to run next on this thread, where it
    /// is a worker.
    #[inline]
    pub(crate) fn submit_at_end(mut self) {
        self.settle();
        let Some(first) = self.next_task() else { return };
        while let Some(task) = self.next_task() {
            submit(task);
        }
        // SAFETY: as in `submit`.
        unsafe { first.as_ref().scheduler.schedule_next(Runnable::from_task(first)) };
    }

    /// A task that can run.
    #[inline]
    pub(crate) fn task(&mut self, task: NonNull<Header>) {
        match self.last.replace(task) {
            // SAFETY: a task on the list is alive, and nobody else knows that it can run.
            Some(last) => unsafe { last.as_ref().next.set(Some(task)) },
            None => self.first = Some(task),
        }
    }

    pub(crate) fn wake(&mut self, waker: Waker) {
        self.others.push(Other::Wake(waker));
    }

    pub(crate) fn end(&mut self, end: End) {
        self.others.push(Other::End(end));
    }

    #[inline]
    fn next_task(&mut self) -> Option<NonNull<Header>> {
        let task = self.first?;
        // SAFETY: as in `task`.
        self.first = unsafe { task.as_ref() }.next.get();
        Some(task)
    }

    /// Ends turns, which may release more, and wakes futures.
    #[inline]
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

#[inline]
fn submit(task: NonNull<Header>) {
    // SAFETY: the task was released: its last dependency has been met, which happens once.
    unsafe { task.as_ref().scheduler.schedule(Runnable::from_task(task)) };
}

impl Notified for Released {
    #[inline]
    unsafe fn notify(&mut self, target: Target) {
        if target.addr().get() & WAKER != 0 {
            // SAFETY: a `WakerWaiter` made this target, and is notified once.
            unsafe {
                let waiter = NonNull::new_unchecked(target.as_ptr().map_addr(|address| address & !WAKER));
                WakerWaiter::notify(waiter.cast(), self);
            }
            return;
        }
        let task = target.cast::<Header>();
        // SAFETY: a task is alive until its count is zero, and each of its waiters takes one off. One alone is the last.
        unsafe {
            let unmet = &task.as_ref().unmet;
            if unmet.load(Ordering::Acquire) == 1 || unmet.fetch_sub(1, Ordering::AcqRel) == 1 {
                self.task(task);
            }
        }
    }
}
