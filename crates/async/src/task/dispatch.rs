//! Dispatched closures.

use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;
use std::time::Instant;

use crate::cancel::CancelToken;
use crate::contain;
use crate::error::{Error, ErrorKind, Outcome, Place};
use crate::group::Group;
use crate::scheduler::{self, Budget, SchedulerRef, Visit, Worker};
use crate::task::header::Vtable;
use crate::task::hold::{Access, Hold, Open, Registration};
use crate::task::{Header, Options, Priority, Released, Runnable};
use crate::value::Async;
use crate::{slab, sync};

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
    TaskBuilder::new(Location::caller()).named(name)
}

/// A task to be: how it is called, where it will run, and what it is asked for beside its work.
///
/// One that was made by a scheduler borrows it, and so cannot outlive it:
///
/// ```compile_fail,E0505
/// use runahead_async::Pool;
/// let pool = Pool::new(1);
/// let late = pool.task("late");
/// drop(pool);
/// late.dispatch((), |()| ());
/// ```
///
/// ```compile_fail,E0515
/// use runahead_async::{Pool, TaskBuilder};
/// fn of_a_pool_that_is_gone() -> TaskBuilder<'static> {
///     let pool = Pool::new(1);
///     pool.task("late")
/// }
/// ```
#[must_use = "nothing happens before `dispatch` or `spawn`"]
pub struct TaskBuilder<'s> {
    pub(crate) location: &'static Location<'static>,
    pub(crate) options: Option<Arc<Options>>,
    /// The scheduler that was chosen, if one was.
    chosen: Option<Chosen>,
    /// The scheduler's budget has counted the task.
    admission: Option<Admission>,
    here: bool,
    borrowed: PhantomData<&'s ()>,
}

/// A builder's scheduler. A scheduler counts its tasks alone, so the builder borrows it, or else visits it.
struct Chosen {
    scheduler: SchedulerRef,
    visit: Option<Visit>,
}

impl Clone for Chosen {
    fn clone(&self) -> Chosen {
        Chosen { scheduler: self.scheduler, visit: self.visit.as_ref().map(|_| self.scheduler.visit()) }
    }
}

/// A task's place in a budget, given up where the task is never submitted.
struct Admission {
    /// The budget that counts the task, and so many bytes; `None` once that is the task's own affair.
    counted: Option<(&'static Budget, u64)>,
    /// Keeps the budget's scheduler.
    _visit: Visit,
}

impl Drop for Admission {
    fn drop(&mut self) {
        if let Some((budget, bytes)) = self.counted {
            budget.leave(bytes);
        }
    }
}

impl Clone for TaskBuilder<'_> {
    /// Another task of the same kind, which a budget has not counted yet.
    fn clone(&self) -> Self {
        TaskBuilder {
            location: self.location,
            options: self.options.clone(),
            chosen: self.chosen.clone(),
            admission: None,
            here: self.here,
            borrowed: PhantomData,
        }
    }
}

impl<'s> TaskBuilder<'s> {
    #[inline]
    pub(crate) fn new(location: &'static Location<'static>) -> TaskBuilder<'static> {
        TaskBuilder {
            location,
            options: None,
            chosen: None,
            admission: None,
            here: false,
            borrowed: PhantomData,
        }
    }

    /// # Safety
    /// The scheduler's core is alive for `'s`.
    pub(crate) unsafe fn on(
        scheduler: SchedulerRef,
        name: Arc<str>,
        location: &'static Location<'static>,
    ) -> TaskBuilder<'s> {
        let mut builder: TaskBuilder<'s> = TaskBuilder::new(location);
        builder.chosen = Some(Chosen { scheduler, visit: None });
        builder.named(name)
    }

    #[inline]
    pub(crate) fn scheduler(&self) -> SchedulerRef {
        self.chosen.as_ref().map_or_else(scheduler::current_or_global, |chosen| chosen.scheduler)
    }

    fn with(mut self, set: impl FnOnce(&mut Options)) -> TaskBuilder<'s> {
        let location = self.location;
        set(Arc::make_mut(self.options.get_or_insert_with(|| Arc::new(Options::new(location)))));
        self
    }

    /// Gives the task a name, for errors, reports and traces.
    pub fn named(self, name: impl Into<Arc<str>>) -> TaskBuilder<'s> {
        self.with(|options| options.name = Some(name.into()))
    }

    /// How soon the task is to run, once it can.
    ///
    /// ```
    /// use runahead_async::{Async, Priority, task};
    /// let a = Async::from(1);
    /// task("urgent").priority(Priority::High).dispatch(a.mutate(), |a| *a += 1);
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn priority(self, priority: Priority) -> TaskBuilder<'s> {
        self.with(|options| options.priority = priority)
    }

    /// Has the task run on a worker of that NUMA node (modulo the number of nodes) of a pool, where one is free: data that
    /// it uses lies there. Workers of other nodes take it last. Where there is but one node, it says nothing.
    ///
    /// ```
    /// use runahead_async::{Async, Pool};
    /// let pool = Pool::builder().workers(2).nodes(2).build();
    /// let a = Async::from(1);
    /// pool.task("near").prefer_node(1).dispatch(a.mutate(), |a| *a += 1);
    /// assert_eq!(*a.wait()?, 2);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn prefer_node(self, node: usize) -> TaskBuilder<'s> {
        self.with(|options| options.node = Some(node))
    }

    /// Has the task cancelled with the token. It may be given several.
    pub fn cancel_by(self, token: &CancelToken) -> TaskBuilder<'s> {
        self.with(|options| options.tokens.push(token.clone()))
    }

    /// Has the task cancelled where it is not done by then: [`cancel_by`](Self::cancel_by) a token of its own.
    pub fn deadline(self, deadline: Instant) -> TaskBuilder<'s> {
        let token = CancelToken::at(deadline);
        self.cancel_by(&token)
    }

    /// Has the task cancelled where nobody can read what it writes when it is to run, or, as a future, to go on: all
    /// handles on those values and all reads of them are gone. A task that writes nothing is always wanted.
    ///
    /// ```
    /// use runahead_async::{Async, task};
    /// let (input, result) = (Async::<i32>::new(), Async::<i32>::new());
    /// fn expensive(_: i32) -> i32 { panic!("never called") }
    /// task("expensive").while_wanted().dispatch((input.read(), result.write()), |(x, y)| y.set(expensive(*x)));
    /// drop(result);
    /// input.write().wait()?.set(1);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn while_wanted(self) -> TaskBuilder<'s> {
        self.with(|options| options.while_wanted = true)
    }

    /// Adds the task to a group. It is cancelled with it.
    pub fn in_group(self, group: &Group) -> TaskBuilder<'s> {
        self.with(|options| {
            options.groups.push(group.clone());
            options.tokens.push(group.token().clone());
        })
    }

    /// Has the error that the task ends in, if it does, also given to `sink`, on whichever thread it ends.
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use runahead_async::task;
    /// let (sender, errors) = mpsc::channel();
    /// task("parse")
    ///     .on_error(move |error| sender.send(error.to_string()).unwrap())
    ///     .dispatch((), |()| "seven".parse::<i32>().map(drop));
    /// assert!(errors.recv().unwrap().contains("invalid digit"));
    /// ```
    pub fn on_error(self, sink: impl Fn(&Error) + Send + Sync + 'static) -> TaskBuilder<'s> {
        self.with(|options| options.sinks.push(Arc::new(sink)))
    }

    /// Has a dispatched closure run by the calling thread before the call returns, where all that it needs is there: for
    /// work that is over sooner than another thread would begin it, and that the caller is about to wait for. Where
    /// something is missing it is a task like others.
    ///
    /// ```
    /// use runahead_async::{Async, task};
    /// let (a, b) = (Async::from(1), Async::new());
    /// task("small").here().dispatch((a.read(), b.write()), |(a, b)| b.set(a + 1));
    /// assert!(b.is_ready());
    /// ```
    pub fn here(mut self) -> TaskBuilder<'s> {
        self.here = true;
        self
    }

    /// Says how many bytes the task's work holds, for the bound that [`max_bytes`](crate::PoolBuilder::max_bytes) sets.
    pub fn holds_bytes(self, bytes: u64) -> TaskBuilder<'s> {
        self.with(|options| options.bytes = bytes)
    }

    /// Suspends the calling task until the scheduler's budget has room for this one, instead of blocking in `dispatch` or
    /// `spawn`. Call it last.
    ///
    /// ```
    /// use runahead_async::{Async, Error, Pool, spawn, task};
    /// let pool = Pool::builder().workers(1).max_tasks(10).build();
    /// let sum = Async::from(0);
    /// let total = sum.clone();
    /// let all = pool.run(|| spawn(async move {
    ///     for i in 0..100 {
    ///         task("add").admitted().await.dispatch(total.mutate(), move |sum| *sum += i);
    ///     }
    ///     Ok::<_, Error>(())
    /// }));
    /// all.wait()?;
    /// assert_eq!(*sum.wait()?, 4950);
    /// # Ok::<(), Error>(())
    /// ```
    pub async fn admitted(mut self) -> TaskBuilder<'s> {
        let chosen = self.chosen.get_or_insert_with(|| {
            let scheduler = scheduler::current_or_global();
            // The scheduler may be dropped before the task is submitted, or before this has ended.
            Chosen { scheduler, visit: Some(scheduler.visit()) }
        });
        let scheduler = chosen.scheduler;
        if let Some(budget) = scheduler.budget().filter(|_| self.admission.is_none()) {
            let (bytes, _visit) = (self.bytes(), scheduler.visit());
            budget.enter(bytes, scheduler).await;
            self.admission = Some(Admission { counted: Some((budget, bytes)), _visit });
        }
        self
    }

    pub(crate) fn place(&self) -> Place {
        self.options.as_ref().map_or_else(|| Place::new(None, self.location), |options| options.place())
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.options.as_ref().map_or(0, |options| options.bytes)
    }

    /// Has the scheduler's budget count the task, and waits for that.
    #[inline]
    pub(crate) fn enter_budget(&mut self, scheduler: SchedulerRef) {
        let Some(budget) = scheduler.budget() else { return };
        match self.admission.take() {
            // The task leaves the budget when it ends.
            Some(mut admission) => admission.counted = None,
            None => budget.enter_blocking(self.bytes(), scheduler),
        }
    }

    /// As [`dispatch`](dispatch()), for this task.
    pub fn dispatch<A, F, R>(mut self, access: A, f: F)
    where
        A: Access,
        F: for<'a> FnOnce(A::Args<'a>) -> R + Send + 'static,
        R: Outcome,
    {
        let scheduler = self.scheduler();
        let here = self.here;
        self.enter_budget(scheduler);
        if let Some(options) = &self.options {
            options.begin();
        }
        let mut held = access.hold();
        // Counted before anybody can take off.
        let unmet = held.unmet();
        let vtable = const {
            &Vtable {
                size: size_of::<DispatchedTask<A::Held, F>>(),
                prefetch: prefetch::<A, F>,
                run: run::<A, F, R>,
                cancel: cancel::<A, F>,
            }
        };
        let task = slab::new(DispatchedTask::<A::Held, F> {
            header: Header::new(vtable, scheduler, self.location, self.options, unmet),
            held: ManuallyDrop::new(held),
            f: ManuallyDrop::new(f),
        });
        if unmet > 1
            && let Some(follower) = slab::upcoming::<DispatchedTask<A::Held, F>>(FOLLOWS)
        {
            // SAFETY: just made.
            unsafe { Header::set_follower(task.cast(), follower) };
        }
        scheduler.task_begins();
        let mut released = Released::new();
        // SAFETY: the task stays where it is until it has run. It is ours until the last of the accesses that were counted
        // is registered.
        unsafe {
            let header = task.cast::<Header>();
            let held = NonNull::new_unchecked(&raw mut (*task.as_ptr()).held).cast::<A::Held>();
            if let Some(registry) = scheduler.registry() {
                let mut accesses = Vec::new();
                held.as_ref().describe(&mut accesses);
                registry.begin(header.as_ptr() as usize, header.as_ref().place(), accesses);
            }
            let mut registration = Registration { task: header, left: unmet, released: &mut released };
            if unmet == 0 || A::Held::register(held, &mut registration) {
                let runnable = Runnable::from_task(header);
                if here {
                    runnable.run();
                    // What it has released need not wait for the task that runs here.
                    Worker::offer_next();
                } else {
                    scheduler.schedule(runnable);
                }
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

/// How many allocations later a task is made that is fetched when the turn of one access of this one has come: those of a
/// wavefront or a stencil come in the order in which they were made.
const FOLLOWS: usize = 8;

/// Begins with a cache line, from which waiters are told; see `header`.
#[repr(C, align(64))]
struct DispatchedTask<H, F> {
    header: Header,
    held: ManuallyDrop<H>,
    f: ManuallyDrop<F>,
}

const _: () = assert!(align_of::<DispatchedTask<(), ()>>() == sync::LINE);

unsafe fn prefetch<A: Access, F>(task: NonNull<Header>) {
    // SAFETY: the task was made by `dispatch` with these types, and is alive; what it holds is not changed before it runs.
    unsafe { (*task.cast::<DispatchedTask<A::Held, F>>().as_ptr()).held.prefetch_epochs() }
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
        let refusal = header.options().and_then(|options| options.refusal(|| held.wanted() != Some(false)));
        // By now the epochs are likely to be there; what waits for them is fetched while the closure runs.
        held.prefetch_released();
        let result = catch_unwind(AssertUnwindSafe(|| {
            if let Some(refusal) = refusal {
                contain::contained(|| drop(f));
                return Err(refusal);
            }
            match held.open() {
                Ok(args) => f(args).into_result().map_err(|error| Error::from_task(error, header.place())),
                Err(error) => {
                    contain::contained(|| drop(f));
                    Err(error.passed(header.place()))
                }
            }
        }));
        let result = result.unwrap_or_else(|payload| Err(Error::from_panic(payload, header.place())));
        drop(running);
        let (released, bytes) = finish(block, result.err());
        released.submit_at_end();
        scheduler.task_ends(bytes);
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
        let (released, bytes) = finish(block, Some(cancelled));
        released.submit();
        scheduler.task_ends(bytes);
    }
}

/// Ends the task's turns and frees it; returns what that releases, and how many bytes the task held.
///
/// # Safety
/// All the task's turns have come and none is finished; its closure is gone; the task is not used afterwards.
unsafe fn finish<H: Hold, F>(task: NonNull<DispatchedTask<H, F>>, error: Option<Error>) -> (Released, u64) {
    let mut released = Released::new();
    // SAFETY: as promised; the closure and what was held are not dropped again.
    let options = unsafe {
        let this = &mut *task.as_ptr();
        if let Some(registry) = this.header.scheduler.registry() {
            registry.end(task.as_ptr() as usize);
        }
        this.held.finish(error.as_ref(), &mut released);
        let options = Header::into_options(task.cast());
        slab::free_block(task);
        options
    };
    let bytes = options.as_ref().map_or(0, |options| options.bytes);
    if let Some(options) = options {
        options.end(error.as_ref());
    }
    (released, bytes)
}
