//! Dispatched closures.

use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::error::{Error, ErrorKind, Outcome};
use crate::scheduler::{self, SchedulerRef};
use crate::task::header::Vtable;
use crate::task::hold::{Access, Hold, Open};
use crate::task::{Header, Released, Runnable};
use crate::value::Async;

/// Runs a closure when its accesses' turns have come, on the current scheduler; returns at once.
///
/// The closure gets the values behind its buffers (see [`Access`]) and returns nothing or a `Result`. Where a value
/// that it was to read or mutate has failed, or was never written, it is not called, and what it was to write gets that
/// error. Where it returns an error or panics, what it was to write gets an error that names this task.
///
/// ```
/// use runahead_async::{Async, dispatch};
/// let (a, b, c) = (Async::from(2), Async::from(3), Async::new());
/// dispatch((a.read(), b.read(), c.write()), |(a, b, c)| c.set(a * b));
/// assert_eq!(*c.wait()?, 6);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[track_caller]
pub fn dispatch<A, F, R>(access: A, f: F)
where
    A: Access,
    F: for<'a> FnOnce(A::Args<'a>) -> R + Send + 'static,
    R: Outcome,
{
    TaskBuilder::new(Location::caller()).dispatch(access, f);
}

/// A task with a name, for errors, reports and traces.
///
/// ```
/// use runahead_async::{Async, task};
/// let a = Async::from(1);
/// task("increment").dispatch(a.mutate(), |a| *a += 1);
/// assert_eq!(*a.wait()?, 2);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[track_caller]
pub fn task(name: impl Into<Arc<str>>) -> TaskBuilder {
    TaskBuilder { name: Some(name.into()), ..TaskBuilder::new(Location::caller()) }
}

/// A task to be: how it is called and where it will run.
#[derive(Clone)]
#[must_use = "nothing happens before `dispatch` or `spawn`"]
pub struct TaskBuilder {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) location: &'static Location<'static>,
    pub(crate) scheduler: Option<SchedulerRef>,
}

impl TaskBuilder {
    pub(crate) fn new(location: &'static Location<'static>) -> TaskBuilder {
        TaskBuilder { name: None, location, scheduler: None }
    }

    pub(crate) fn scheduler(&self) -> SchedulerRef {
        self.scheduler.unwrap_or_else(scheduler::current_or_global)
    }

    /// As [`dispatch`](dispatch()), for this task.
    pub fn dispatch<A, F, R>(self, access: A, f: F)
    where
        A: Access,
        F: for<'a> FnOnce(A::Args<'a>) -> R + Send + 'static,
        R: Outcome,
    {
        let scheduler = self.scheduler();
        let task = Box::new(DispatchedTask::<A::Held, F> {
            header: Header::new(
                &Vtable { run: run::<A, F, R>, cancel: cancel::<A, F> },
                scheduler,
                self.name,
                self.location,
            ),
            held: ManuallyDrop::new(access.hold()),
            f: ManuallyDrop::new(f),
        });
        task.header.unmet.store(BIAS, Ordering::Relaxed);
        scheduler.task_begins();
        let task = NonNull::from(Box::leak(task));
        // SAFETY: the task is ours until its count of unmet accesses is zero, which the bias keeps it from being, and
        // it stays where it is until it has run.
        unsafe {
            let header = task.cast::<Header>();
            let held: &mut A::Held = &mut (*task.as_ptr()).held;
            if let Some(registry) = scheduler.registry() {
                let mut accesses = Vec::new();
                held.describe(&mut accesses);
                registry.begin(header.as_ptr() as usize, header.as_ref().place(), accesses);
            }
            let unmet = held.register(header);
            // Nobody else knows of a task without unmet accesses; else the last of us to count makes it runnable.
            if unmet == 0
                || (*header.as_ptr()).unmet.fetch_sub(BIAS - unmet, Ordering::AcqRel) == BIAS - unmet
            {
                scheduler.schedule(Runnable::from_task(header));
            }
        }
    }

    /// As [`spawn`](crate::spawn()), for this task.
    pub fn spawn<F, T, E>(self, future: F) -> Async<T>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
        T: Send + Sync + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        crate::task::spawn::spawn_task(self, future)
    }
}

/// Keeps the count above zero while accesses are registered, since their turns may come meanwhile.
const BIAS: usize = usize::MAX / 2;

#[repr(C)]
struct DispatchedTask<H, F> {
    header: Header,
    held: ManuallyDrop<H>,
    f: ManuallyDrop<F>,
}

unsafe fn run<A, F, R>(task: NonNull<Header>)
where
    A: Access,
    F: for<'a> FnOnce(A::Args<'a>) -> R + Send + 'static,
    R: Outcome,
{
    // SAFETY: the task was made by `dispatch` with these types and is given up to us; all its turns have come.
    unsafe {
        let mut task = Box::from_raw(task.cast::<DispatchedTask<A::Held, F>>().as_ptr());
        let f = ManuallyDrop::take(&mut task.f);
        let result = match task.held.open() {
            Ok(args) => match catch_unwind(AssertUnwindSafe(|| f(args).into_result())) {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => Err(Error::from_task(error, task.header.place())),
                Err(panic) => Err(Error::from_panic(&*panic, task.header.place())),
            },
            Err(error) => Err(error.passed(task.header.place())),
        };
        finish(task, result.err());
    }
}

unsafe fn cancel<A: Access, F>(task: NonNull<Header>) {
    // SAFETY: as in `run`.
    unsafe {
        let mut task = Box::from_raw(task.cast::<DispatchedTask<A::Held, F>>().as_ptr());
        ManuallyDrop::drop(&mut task.f);
        let cancelled = Error::new(ErrorKind::Cancelled, task.header.place());
        finish(task, Some(cancelled));
    }
}

/// Ends the task's turns and frees it; what that makes runnable goes first.
///
/// # Safety
/// All the task's turns have come and none is finished.
unsafe fn finish<H: Hold, F>(mut task: Box<DispatchedTask<H, F>>, error: Option<Error>) {
    let mut released = Released::new();
    if let Some(registry) = task.header.scheduler.registry() {
        registry.end(std::ptr::from_ref(&task.header) as usize);
    }
    // SAFETY: as promised.
    unsafe { task.held.finish(error.as_ref(), &mut released) };
    let scheduler = task.header.scheduler;
    drop(task);
    released.submit_at_end();
    scheduler.task_ends();
}
