//! What schedulers know of a task.

use std::mem::ManuallyDrop;
use std::panic::Location;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::task::Waker;

use crate::contain;
use crate::epoch::{Link, Notified, Waiter};
use crate::error::Place;
use crate::scheduler::{self, SchedulerRef};
use crate::task::frame;
use crate::task::options::{Options, Priority};
use crate::wait::WakerWaiter;
use crate::{slab, sync};

/// The head of a dispatched task's allocation, and of other pieces of work that a queue holds.
#[repr(C)]
#[doc(hidden)]
pub(crate) struct Header {
    vtable: &'static Vtable,
    pub(crate) scheduler: SchedulerRef,
    /// An address without anything there: how many accesses there are whose turn has not come, in its lower half; in the
    /// upper one, how many lines ahead a task is likely to be whose turns come soon after. Then, in the list of
    /// [`Released`] tasks, the next one.
    link: AtomicPtr<Header>,
    label: Label,
}

/// Where a task was made; or, with the lowest bit set, its [`Options`], which say that too, and which the label shares.
struct Label(NonNull<()>);

const OPTIONS: usize = 1;

impl Label {
    #[inline]
    fn new(location: &'static Location<'static>, options: Option<Arc<Options>>) -> Label {
        match options {
            None => Label(NonNull::from(location).cast()),
            Some(options) => {
                let options = NonNull::new(Arc::into_raw(options).cast_mut()).expect("an address");
                Label(options.cast().map_addr(|address| address | OPTIONS))
            }
        }
    }

    #[inline]
    fn options(&self) -> Option<NonNull<Options>> {
        let pointer = self.0.as_ptr();
        // `new` has marked an address that is not null.
        (pointer.addr() & OPTIONS != 0)
            .then(|| NonNull::new(pointer.map_addr(|address| address & !OPTIONS)).expect("an address").cast())
    }
}

impl Drop for Label {
    #[inline]
    fn drop(&mut self) {
        if let Some(options) = self.options() {
            // SAFETY: the label has a part in its options, which are an `Arc`'s.
            drop(unsafe { Arc::from_raw(options.as_ptr()) });
        }
    }
}

/// What can be done with a task; to run or cancel it, once it is runnable, consumes it.
pub(crate) struct Vtable {
    /// How long the task is, in bytes.
    pub(crate) size: usize,
    /// Fetches what the task will use; it does not consume it.
    pub(crate) prefetch: unsafe fn(NonNull<Header>),
    pub(crate) run: unsafe fn(NonNull<Header>),
    pub(crate) cancel: unsafe fn(NonNull<Header>),
}

impl Header {
    /// The head of something that waits for the turn of that many accesses.
    #[inline]
    pub(crate) fn new(
        vtable: &'static Vtable,
        scheduler: SchedulerRef,
        location: &'static Location<'static>,
        options: Option<Arc<Options>>,
        unmet: usize,
    ) -> Header {
        debug_assert!(u32::try_from(unmet).is_ok(), "accesses lie in memory, each in several bytes");
        let link = AtomicPtr::new(std::ptr::without_provenance_mut(unmet));
        Header { vtable, scheduler, link, label: Label::new(location, options) }
    }

    pub(crate) fn place(&self) -> Place {
        match self.options() {
            Some(options) => options.place(),
            // SAFETY: a label that has no options was made of a `&'static Location`.
            None => Place::new(None, unsafe { self.label.0.cast().as_ref() }),
        }
    }

    #[inline]
    pub(crate) fn options(&self) -> Option<&Options> {
        // SAFETY: the label has a part in its options.
        self.label.options().map(|options| unsafe { options.as_ref() })
    }

    /// Takes the options of a task that has ended.
    ///
    /// # Safety
    /// The header is not used afterwards, nor dropped.
    #[inline]
    pub(crate) unsafe fn into_options(this: NonNull<Header>) -> Option<Arc<Options>> {
        // SAFETY: the label has a part in its options, which are an `Arc`'s, and nobody uses it again.
        unsafe { this.as_ref().label.options().map(|options| Arc::from_raw(options.as_ptr())) }
    }

    /// The turn of one access has come; whether it was the last one that the task waited for.
    #[inline]
    pub(crate) fn met(&self) -> bool {
        let one_is_left = |link: *mut Header| link.addr() as u32 == 1;
        // One alone is the last: nobody else has any to take off.
        one_is_left(self.link.load(Ordering::Acquire))
            || one_is_left(self.link.fetch_byte_sub(1, Ordering::AcqRel))
    }

    /// Notes where a task is likely to be whose turns come soon after this one's: an address that is fetched, and not used
    /// otherwise.
    ///
    /// # Safety
    /// The task is alive, and nobody knows of it yet.
    #[inline]
    pub(crate) unsafe fn set_follower(this: NonNull<Header>, follower: NonNull<u8>) {
        let lines = (follower.addr().get().wrapping_sub(this.addr().get()) as isize) / sync::LINE as isize;
        // SAFETY: as promised.
        let link = unsafe { &this.as_ref().link };
        if usize::BITS == 64
            && let Ok(lines) = i32::try_from(lines)
        {
            let upper = (lines as isize as usize) << (usize::BITS / 2);
            let unmet = link.load(Ordering::Relaxed).addr();
            link.store(std::ptr::without_provenance_mut(upper | unmet), Ordering::Relaxed);
        }
    }

    /// Fetches the task that was noted, where this one waits for more than the access whose turn has come.
    ///
    /// # Safety
    /// The task is alive: that access has not been [met](Self::met).
    #[inline]
    unsafe fn prefetch_follower(this: NonNull<Header>) {
        // SAFETY: as promised.
        let link = unsafe { this.as_ref() }.link.load(Ordering::Relaxed).addr();
        let lines = link as isize >> (usize::BITS / 2);
        if link as u32 > 1 && lines != 0 {
            let follower = this.as_ptr().wrapping_byte_offset(lines * sync::LINE as isize);
            sync::prefetch_task(follower);
        }
    }
}

/// A task that can run now, as a scheduler queues it.
///
/// Dropping it instead of running it cancels the task: the values that it was to write get an error of kind
/// `Cancelled`.
///
/// It is one word: a pointer to a `Header`, or, with the lowest bit set, to a future that is to be polled.
#[repr(transparent)]
pub struct Runnable(NonNull<()>);

type Future = async_task::Runnable<FutureMetadata>;

/// What schedulers need to know of a future.
pub(crate) struct FutureMetadata {
    pub(crate) scheduler: SchedulerRef,
    pub(crate) priority: Priority,
    pub(crate) node: Option<usize>,
}

enum Kind {
    Task(NonNull<Header>),
    Future(Future),
}

/// Where a task keeps what it was asked for.
enum Asked<'r> {
    Task(Option<&'r Options>),
    /// The runnable's own, borrowed.
    Future(ManuallyDrop<Future>),
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

    fn scheduler(&self) -> SchedulerRef {
        let kind = ManuallyDrop::new(Runnable(self.0).into_kind());
        match &*kind {
            // SAFETY: the runnable owns the task, so it is alive.
            Kind::Task(task) => unsafe { task.as_ref() }.scheduler,
            Kind::Future(future) => future.metadata().scheduler,
        }
    }

    /// How soon the task is to run.
    #[inline]
    pub fn priority(&self) -> Priority {
        match self.asked() {
            Asked::Task(options) => options.map_or(Priority::Normal, |options| options.priority),
            Asked::Future(future) => future.metadata().priority,
        }
    }

    /// The NUMA node that the task is to run on, where one was [asked for](crate::TaskBuilder::prefer_node).
    #[inline]
    pub fn preferred_node(&self) -> Option<usize> {
        match self.asked() {
            Asked::Task(options) => options.and_then(|options| options.node),
            Asked::Future(future) => future.metadata().node,
        }
    }

    /// What the task was asked for beside its work.
    #[inline]
    fn asked(&self) -> Asked<'_> {
        if self.0.addr().get() & FUTURE == 0 {
            // SAFETY: the runnable owns the task, so it is alive.
            return Asked::Task(unsafe { self.0.cast::<Header>().as_ref().options() });
        }
        match Runnable(self.0).into_kind() {
            Kind::Future(future) => Asked::Future(ManuallyDrop::new(future)),
            Kind::Task(_) => Asked::Task(None),
        }
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

    /// Fetches what is needed first to run it.
    #[inline]
    pub(crate) fn prefetch(&self) {
        sync::prefetch(self.0.as_ptr());
    }

    /// Runs the task on this thread: to its end where it is a closure, until it next waits where it is a future.
    pub fn run(self) {
        scheduler::with_current(self.scheduler(), || self.run_here());
    }

    /// Runs the task on a thread whose current scheduler is the task's.
    #[inline]
    pub(crate) fn run_here(self) {
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
    /// Tasks that can run, linked by their heads, the one that was released last first. All are one scheduler's, since
    /// it is rare that there is another: its tasks are among the others.
    tasks: Option<NonNull<Header>>,
    #[expect(clippy::box_collection, reason = "nearly always absent, and then one word")]
    others: Option<Box<Vec<Other>>>,
}

enum Other {
    Schedule(Runnable),
    Wake(Waker),
    End(End),
}

/// Ends a turn that was given up before it came.
pub(crate) type End = Box<dyn FnOnce(&mut Released) + Send>;

/// The marks of what waits. A link in a task is marked with how many cache lines after the task's begin it lies: tasks
/// begin with a line, so the address and the mark tell the task's.
const WAKER: usize = Waiter::MARKS;
const FAR: usize = WAKER - 1;

/// A waiter for a task whose link would lie too far from its begin, or in another allocation.
#[repr(C)]
struct FarWaiter {
    /// First, so that a pointer to it is one to the whole.
    link: Link,
    task: NonNull<Header>,
}

/// What is notified when the turn of a task's writing access has come.
#[inline]
pub(crate) fn writing_waiter(task: NonNull<Header>) -> Waiter {
    Waiter::new(task.cast(), 0)
}

/// What is notified when the turn of a task's reading access has come; the link is the access's.
#[inline]
pub(crate) fn reading_waiter(task: NonNull<Header>, link: NonNull<Link>) -> Waiter {
    let lines = (link.addr().get() / sync::LINE).wrapping_sub(task.addr().get() / sync::LINE);
    if lines < FAR {
        // By way of the task, since it is the task that is made of it again.
        Waiter::new(task.with_addr(link.addr()).cast(), lines)
    } else {
        far_waiter(task)
    }
}

#[cold]
fn far_waiter(task: NonNull<Header>) -> Waiter {
    Waiter::new(slab::new(FarWaiter { link: Link::new(true), task }).cast(), FAR)
}

/// Frees a waiter that was not taken.
///
/// # Safety
/// It is from [`reading_waiter`] and does not wait.
#[inline]
pub(crate) unsafe fn forget_waiter(waiter: Waiter) {
    let (address, mark) = waiter.into_parts();
    if mark == FAR {
        // SAFETY: `far_waiter` has made it, and nobody else knows of it.
        unsafe { slab::free(address.cast::<FarWaiter>()) };
    }
}

/// What is notified when what a future awaits is there.
pub(crate) fn waker_waiter(waiter: NonNull<WakerWaiter>) -> Waiter {
    Waiter::new(waiter.cast(), WAKER)
}

impl Released {
    #[inline]
    pub(crate) fn new() -> Released {
        Released { tasks: None, others: None }
    }

    /// Wakes the futures and schedules the tasks.
    #[inline(always)]
    pub(crate) fn submit(self) {
        if !self.is_empty() {
            self.submit_some();
        }
    }

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.tasks.is_none() && self.others.is_none()
    }

    #[inline(never)]
    fn submit_some(mut self) {
        self.settle();
        self.schedule_all();
    }

    /// [`submit`](Self::submit) at the end of a task: one of the released tasks is to run next on this thread, where it
    /// is a worker.
    #[inline(always)]
    pub(crate) fn submit_at_end(self) {
        if !self.is_empty() {
            self.submit_some_at_end();
        }
    }

    fn submit_some_at_end(mut self) {
        self.settle();
        if let Some((scheduler, next)) = self.next() {
            self.schedule_all();
            scheduler.schedule_next(next);
        }
    }

    fn schedule_all(&mut self) {
        let Some((scheduler, first)) = self.next() else { return };
        if self.tasks.is_none() {
            scheduler.schedule(first);
        } else {
            let rest = std::iter::from_fn(|| self.next().map(|(_, task)| task));
            scheduler.schedule_all(&mut std::iter::once(first).chain(rest));
        }
    }

    /// Takes the first task.
    #[inline]
    fn next(&mut self) -> Option<(SchedulerRef, Runnable)> {
        let task = self.tasks?;
        // SAFETY: a task that was released is alive and nobody else's: its last dependency has been met, which happens
        // once.
        unsafe {
            self.tasks = NonNull::new(task.as_ref().link.load(Ordering::Relaxed));
            Some((task.as_ref().scheduler, Runnable::from_task(task)))
        }
    }

    /// A task that can run.
    #[inline]
    fn task(&mut self, task: NonNull<Header>) {
        // SAFETY: as in `next`.
        unsafe {
            if let Some(first) = self.tasks
                && !first.as_ref().scheduler.is(task.as_ref().scheduler)
            {
                self.others.get_or_insert_default().push(Other::Schedule(Runnable::from_task(task)));
                return;
            }
            let next = self.tasks.map_or(std::ptr::null_mut(), NonNull::as_ptr);
            task.as_ref().link.store(next, Ordering::Relaxed);
        }
        self.tasks = Some(task);
    }

    /// A turn that a task waits for has come.
    ///
    /// # Safety
    /// The task waits for one turn more than it was told of.
    #[inline]
    pub(crate) unsafe fn meet(&mut self, task: NonNull<Header>) {
        // SAFETY: a task is alive until its count is zero, and this turn is counted.
        unsafe {
            // Also where the task waits for more: many others may run before it, which has its epochs there by then.
            (task.as_ref().vtable.prefetch)(task);
            Header::prefetch_follower(task);
            if task.as_ref().met() {
                // It will be run soon, and was written by another thread.
                for offset in (0..task.as_ref().vtable.size).step_by(sync::LINE).skip(1) {
                    sync::prefetch(task.as_ptr().wrapping_byte_add(offset));
                }
                self.task(task);
            }
        }
    }

    pub(crate) fn wake(&mut self, waker: Waker) {
        self.others.get_or_insert_default().push(Other::Wake(waker));
    }

    pub(crate) fn end(&mut self, end: End) {
        self.others.get_or_insert_default().push(Other::End(end));
    }

    /// Ends turns, which may release more, and wakes futures.
    #[inline]
    fn settle(&mut self) {
        while let Some(others) = self.others.take() {
            for other in *others {
                match other {
                    Other::Schedule(task) => task.scheduler().schedule(task),
                    Other::Wake(waker) => contain::contained(|| waker.wake()),
                    Other::End(end) => end(self),
                }
            }
        }
    }
}

impl Notified for Released {
    #[inline]
    unsafe fn notify(&mut self, waiter: Waiter) {
        let (address, mark) = waiter.into_parts();
        // SAFETY: what waits was made by one of the functions above, and is notified once. A task is alive until its count
        // is zero, and each of its waiters takes one off.
        unsafe {
            let task = match mark {
                WAKER => return WakerWaiter::notify(address.cast(), self),
                FAR => slab::take(address.cast::<FarWaiter>()).task,
                lines => {
                    let begin = |link: usize| (link & !(sync::LINE - 1)) - lines * sync::LINE;
                    NonNull::new_unchecked(address.as_ptr().map_addr(begin)).cast::<Header>()
                }
            };
            self.meet(task);
        }
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;
    use crate::Pool;

    static VTABLE: Vtable = Vtable {
        size: size_of::<Header>(),
        prefetch: |_| (),
        run: |_| unreachable!(),
        cancel: |_| unreachable!(),
    };

    #[test]
    fn turns_are_counted_whatever_follows() {
        let pool = Pool::new(1);
        for lines in [0, 1, -1, i64::from(i32::MAX), i64::from(i32::MIN), i64::from(i32::MAX) + 1] {
            let header = Header::new(&VTABLE, pool.scheduler(), Location::caller(), None, 3);
            let this = NonNull::from(&header);
            let follower = this.as_ptr().wrapping_byte_offset(lines as isize * sync::LINE as isize);
            // SAFETY: the header is here, and is used by nobody else.
            unsafe {
                Header::set_follower(this, NonNull::new(follower).unwrap().cast());
                Header::prefetch_follower(this);
            }
            assert_eq!([(); 3].map(|()| header.met()), [false, false, true], "{lines} lines ahead");
        }
    }
}
