//! Dispatched closures.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;

use crate::contain;
use crate::error::{Error, ErrorKind, Outcome};
use crate::scheduler::{self, SchedulerRef};
use crate::slab;
use crate::task::header::Vtable;
use crate::task::hold::{Access, Hold, Open, Registration};
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
pub fn task(name: impl Into<Arc<str>>) -> TaskBuilder<'static> {
    TaskBuilder { name: Some(name.into()), ..TaskBuilder::new(Location::caller()) }
}

/// A task to be: how it is called and where it will run.
#[derive(Clone)]
#[must_use = "nothing happens before `dispatch` or `spawn`"]
pub struct TaskBuilder<'s> {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) location: &'static Location<'static>,
    scheduler: Option<SchedulerRef>,
    /// The scheduler, where one was chosen, is alive as long as the builder, since it counts only tasks.
    borrowed: PhantomData<&'s ()>,
}

impl<'s> TaskBuilder<'s> {
    pub(crate) fn new(location: &'static Location<'static>) -> TaskBuilder<'static> {
        TaskBuilder { name: None, location, scheduler: None, borrowed: PhantomData }
    }

    /// # Safety
    /// The scheduler's core is alive for `'s`.
    pub(crate) unsafe fn on(
        scheduler: SchedulerRef,
        name: Arc<str>,
        location: &'static Location<'static>,
    ) -> TaskBuilder<'s> {
        TaskBuilder { name: Some(name), location, scheduler: Some(scheduler), borrowed: PhantomData }
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
        let mut held = access.hold();
        // Counted before anybody can take off.
        let unmet = held.unmet();
        let vtable = const {
            &Vtable {
                size: size_of::<DispatchedTask<A::Held, F>>(),
                run: run::<A, F, R>,
                cancel: cancel::<A, F>,
            }
        };
        let task = slab::new(DispatchedTask::<A::Held, F> {
            header: Header::new(vtable, scheduler, self.name, self.location, unmet),
            held: ManuallyDrop::new(held),
            f: ManuallyDrop::new(f),
        });
        scheduler.task_begins();
        let mut released = Released::new();
        // SAFETY: the task stays where it is until it has run. It is ours until the last of the accesses that were counted
        // is registered.
        unsafe {
            let header = task.cast::<Header>();
            let held: &mut A::Held = &mut (*task.as_ptr()).held;
            if let Some(registry) = scheduler.registry() {
                let mut accesses = Vec::new();
                held.describe(&mut accesses);
                registry.begin(header.as_ptr() as usize, header.as_ref().place(), accesses);
            }
            let mut registration = Registration { task: header, left: unmet, released: &mut released };
            if unmet == 0 || held.register(&mut registration) {
                scheduler.schedule(Runnable::from_task(header));
            }
        }
        released.submit();
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
        let block = task.cast::<DispatchedTask<A::Held, F>>();
        let task = &mut *block.as_ptr();
        let scheduler = task.header.scheduler;
        // To end the turns takes exclusive operations, one by one, on lines that other threads have written.
        task.held.prefetch();
        let f = ManuallyDrop::take(&mut task.f);
        let running = scheduler.registry().map(|registry| registry.runs(block.as_ptr() as usize));
        let (held, header) = (&mut task.held, &task.header);
        let result = catch_unwind(AssertUnwindSafe(|| match held.open() {
            Ok(args) => f(args).into_result().map_err(|error| Error::from_task(error, header.place())),
            Err(error) => {
                contain::contained(|| drop(f));
                Err(error.passed(header.place()))
            }
        }));
        let result = result.unwrap_or_else(|payload| Err(Error::from_panic(payload, header.place())));
        drop(running);
        let released = finish(block, result.err());
        released.submit_at_end();
        scheduler.task_ends();
    }
}

unsafe fn cancel<A: Access, F>(task: NonNull<Header>) {
    // SAFETY: as in `run`.
    unsafe {
        let block = task.cast::<DispatchedTask<A::Held, F>>();
        let task = &mut *block.as_ptr();
        let scheduler = task.header.scheduler;
        contain::contained(|| ManuallyDrop::drop(&mut task.f));
        let cancelled = Error::new(ErrorKind::Cancelled, task.header.place());
        let released = finish(block, Some(cancelled));
        released.submit();
        scheduler.task_ends();
    }
}

/// Ends the task's turns and frees it; returns what that releases.
///
/// # Safety
/// All the task's turns have come and none is finished; its closure is gone; the task is not used afterwards.
unsafe fn finish<H: Hold, F>(task: NonNull<DispatchedTask<H, F>>, error: Option<Error>) -> Released {
    let mut released = Released::new();
    // SAFETY: as promised; the closure and what was held are not dropped again.
    unsafe {
        let this = &mut *task.as_ptr();
        if let Some(registry) = this.header.scheduler.registry() {
            registry.end(task.as_ptr() as usize);
        }
        this.held.finish(error.as_ref(), &mut released);
        std::ptr::drop_in_place(&mut this.header);
        slab::free_block(task);
    }
    released
}
