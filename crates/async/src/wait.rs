//! Waiting: a future's by waker, a thread's by blocking.

use std::future::{Future, IntoFuture};
use std::panic::Location;
use std::pin::pin;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use parking_lot::{Condvar, Mutex, MutexGuard};

use crate::contain;
use crate::epoch::{Link, Waiter};
use crate::error::{Error, ErrorKind, Place};
use crate::quiescence;
use crate::registry::{self, AccessInfo};
use crate::scheduler;
use crate::sync;
use crate::task::{End, Header, Released, frame, waker_waiter};

/// A waiter that wakes a future, or does what the future left to be done when it was dropped.
#[repr(C)]
pub(crate) struct WakerWaiter {
    /// First, so that a pointer to it is one to the whole.
    link: Link,
    /// Wakers are cloned, dropped and woken outside the lock: all of that is a program's own code.
    then: sync::Mutex<Then>,
}

enum Then {
    Wake(Waker),
    End(End),
    /// The turn that a task waits for has come: its future was polled before it was given to the task.
    Meet(TaskPointer),
    Notified,
}

struct TaskPointer(NonNull<Header>);

// SAFETY: a task is met on whichever thread what it waits for comes.
unsafe impl Send for TaskPointer {}

impl WakerWaiter {
    fn new(then: Then) -> Arc<WakerWaiter> {
        Arc::new(WakerWaiter { link: Link::new(true), then: sync::Mutex::new(then) })
    }

    /// Passes one reference to the epoch that will notify it; `register` says whether it will.
    fn register(this: &Arc<WakerWaiter>, register: impl FnOnce(Waiter) -> bool) -> bool {
        let given = Arc::into_raw(Arc::clone(this)).cast_mut();
        // SAFETY: an `Arc`'s pointer is not null.
        let waits = register(waker_waiter(unsafe { NonNull::new_unchecked(given) }));
        if !waits {
            // SAFETY: nobody took the reference.
            drop(unsafe { Arc::from_raw(given) });
        }
        waits
    }

    /// # Safety
    /// It waits, and this is called once.
    pub(crate) unsafe fn notify(waiter: NonNull<WakerWaiter>, notified: &mut Released) {
        // SAFETY: `register` passed on one reference.
        let this = unsafe { Arc::from_raw(waiter.as_ptr()) };
        match this.replace(Then::Notified) {
            Then::Wake(waker) => notified.wake(waker),
            Then::End(end) => notified.end(end),
            // SAFETY: `meet` has put it there, whose caller waits for one turn more until this.
            Then::Meet(task) => unsafe { notified.meet(task.0) },
            Then::Notified => unreachable!("a waiter is notified once"),
        }
    }

    fn replace(&self, then: Then) -> Then {
        std::mem::replace(&mut *self.then.lock(), then)
    }

    /// Puts `new` in the place of a waker; gives it back where the waiter has been notified.
    fn replace_waker(&self, new: Then) -> Result<Then, Then> {
        let mut then = self.then.lock();
        if matches!(*then, Then::Notified) { Err(new) } else { Ok(std::mem::replace(&mut *then, new)) }
    }

    /// Queues a waiter with this future's waker; `None` where `register` says that there is nothing to wait for.
    pub(crate) fn queue(
        cx: &mut Context<'_>,
        register: impl FnOnce(Waiter) -> bool,
    ) -> Option<Arc<WakerWaiter>> {
        let new = WakerWaiter::new(Then::Wake(cx.waker().clone()));
        if WakerWaiter::register(&new, register) {
            return Some(new);
        }
        drop(new.replace(Then::Notified));
        None
    }

    /// Has this future woken instead of the one before: `false` where the waiter has been notified.
    pub(crate) fn wake_later(&self, cx: &mut Context<'_>) -> bool {
        match &*self.then.lock() {
            Then::Notified => return false,
            Then::Wake(waker) if waker.will_wake(cx.waker()) => return true,
            _ => {}
        }
        match self.replace_waker(Then::Wake(cx.waker().clone())) {
            Ok(before) => {
                contain::contained(|| drop(before));
                true
            }
            Err(_) => false,
        }
    }

    /// Has the task met when the turn comes; `false` where it has come.
    ///
    /// # Safety
    /// The task waits for this turn, and no other waiter meets it for that.
    pub(crate) unsafe fn meet(&self, task: NonNull<Header>) -> bool {
        match self.replace_waker(Then::Meet(TaskPointer(task))) {
            Ok(waker) => {
                contain::contained(|| drop(waker));
                true
            }
            Err(_) => false,
        }
    }

    /// Leaves the end of the turn to the one who notifies; gives it back where that has happened.
    pub(crate) fn end_when_notified(&self, end: End) -> Option<End> {
        match self.replace_waker(Then::End(end)) {
            Ok(waker) => {
                contain::contained(|| drop(waker));
                None
            }
            Err(Then::End(end)) => Some(end),
            Err(_) => unreachable!("what was not put in place comes back"),
        }
    }

    /// Has a turn ended when it comes; gives the end back where `register` says that it has come.
    pub(crate) fn with_end(end: End, register: impl FnOnce(Waiter) -> bool) -> Option<End> {
        let this = WakerWaiter::new(Then::End(end));
        if WakerWaiter::register(&this, register) {
            return None;
        }
        match this.replace(Then::Notified) {
            Then::End(end) => Some(end),
            _ => unreachable!("nobody else knows of the waiter"),
        }
    }

    pub(crate) fn is_notified(&self) -> bool {
        matches!(*self.then.lock(), Then::Notified)
    }

    /// Whether a future waits still.
    pub(crate) fn is_waiting(&self) -> bool {
        matches!(*self.then.lock(), Then::Wake(_))
    }
}

/// Where a blocked thread waits to be woken.
pub(crate) struct Parker {
    state: Mutex<ParkerState>,
    /// Whether the thread is counted as inactive; guarded by `state`.
    inactive: AtomicBool,
    changed: Condvar,
    /// What the thread waits in, for the report of a deadlock.
    place: Place,
    /// What the thread waits for, where that are values.
    waits_for: Mutex<Vec<AccessInfo>>,
    /// Told when the thread is woken, where it is for a scheduler to say when it goes on.
    woken: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

#[derive(PartialEq)]
enum ParkerState {
    Waiting,
    Woken,
    Deadlocked(String),
}

impl Parker {
    pub(crate) fn new(place: Place) -> Arc<Parker> {
        let state = Mutex::new(ParkerState::Waiting);
        let inactive = AtomicBool::new(false);
        let (waits_for, woken) = (Mutex::default(), Mutex::default());
        Arc::new(Parker { state, inactive, changed: Condvar::new(), place, waits_for, woken })
    }

    /// What the thread waits for.
    pub(crate) fn waits_for(&self) -> MutexGuard<'_, Vec<AccessInfo>> {
        self.waits_for.lock()
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Has `woken` called once: when the thread is woken, or at once where it has been.
    pub(crate) fn on_wake(&self, woken: Box<dyn FnOnce() + Send>) {
        let state = self.state.lock();
        if *state == ParkerState::Waiting {
            *self.woken.lock() = Some(woken);
        } else {
            drop(state);
            woken();
        }
    }

    pub(crate) fn is_woken(&self) -> bool {
        *self.state.lock() != ParkerState::Waiting
    }

    /// Blocks the thread until it is woken.
    pub(crate) fn park(self: &Arc<Self>) {
        {
            let state = self.state.lock();
            if *state != ParkerState::Waiting {
                return;
            }
            self.inactive.store(true, Ordering::Relaxed);
        }
        quiescence::blocks(self);
        let mut look_again = quiescence::LOOK_AGAIN;
        let mut state = self.state.lock();
        while *state == ParkerState::Waiting {
            if self.changed.wait_for(&mut state, look_again).timed_out() {
                look_again = (look_again * 2).min(quiescence::LOOK_AGAIN_AT_MOST);
                MutexGuard::unlocked(&mut state, quiescence::check);
            }
        }
        drop(state);
        quiescence::unblocks(self);
    }

    fn set(&self, new: ParkerState) {
        {
            let mut state = self.state.lock();
            if *state != ParkerState::Waiting {
                return;
            }
            *state = new;
            if self.inactive.swap(false, Ordering::Relaxed) {
                quiescence::wakes();
            }
            self.changed.notify_all();
        }
        let woken = self.woken.lock().take();
        if let Some(woken) = woken {
            woken();
        }
    }

    /// Ends the wait: nothing can run.
    pub(crate) fn deadlocked(&self, report: String) {
        self.set(ParkerState::Deadlocked(report));
    }

    /// Makes ready for another wait; an error where this one ended in a deadlock.
    fn reset(&self) -> Result<(), Error> {
        match std::mem::replace(&mut *self.state.lock(), ParkerState::Waiting) {
            ParkerState::Deadlocked(report) => {
                Err(Error::with_message(ErrorKind::Deadlock, report, self.place.clone()))
            }
            _ => Ok(()),
        }
    }
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.set(ParkerState::Woken);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.set(ParkerState::Woken);
    }
}

/// Blocks the thread until the future is done.
///
/// On a worker thread the tasks that were its own go on elsewhere meanwhile; see [`scheduler`].
///
/// # Errors
/// Where nothing can run that could ever wake the future.
#[track_caller]
pub(crate) fn block_on<F: IntoFuture>(future: F) -> Result<F::Output, Error> {
    let caller = Location::caller();
    let mut future = pin!(future.into_future());
    if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return Ok(output);
    }
    frame::with(|frame| frame.map(|frame| frame.flush(None)));
    let place = frame::with(|frame| frame.map(|frame| frame.place().clone()));
    let parker = Parker::new(place.unwrap_or_else(|| Place::new(None, caller)));
    let waker = Waker::from(Arc::clone(&parker));
    let scheduler = scheduler::current();
    loop {
        let poll = || future.as_mut().poll(&mut Context::from_waker(&waker));
        let (polled, awaited) = registry::collect(poll);
        if let Poll::Ready(output) = polled {
            return Ok(output);
        }
        *parker.waits_for() = awaited;
        let blocking = registry::block(&parker);
        match scheduler {
            Some(scheduler) => scheduler.block(&Blocked(&parker)),
            None => Blocked(&parker).park(),
        }
        drop(blocking);
        // What is awaited knows the parker by its waker.
        let waited = std::mem::take(&mut *parker.waits_for());
        drop(waited);
        parker.reset()?;
    }
}

/// Calls a function that may block the thread in ways that this crate knows nothing of: a call of the system, a lock, another
/// language. On a worker thread the tasks that were its own go on elsewhere meanwhile, as where it waits for a value.
///
/// ```
/// use runahead_async::{Error, blocking, spawn};
/// let (give, take) = std::sync::mpsc::channel();
/// let taken = spawn(async move { blocking(|| take.recv()) });
/// spawn(async move { give.send(7) });
/// assert_eq!(*taken.wait()?, 7);
/// # Ok::<(), Error>(())
/// ```
pub fn blocking<R>(f: impl FnOnce() -> R) -> R {
    frame::with(|frame| frame.map(|frame| frame.flush(None)));
    let (mut f, mut result) = (Some(f), None);
    scheduler::block_thread(|| {
        if let Some(f) = f.take() {
            result = Some(f());
        }
    });
    match result {
        Some(result) => result,
        None => unreachable!("the thread was blocked by the function"),
    }
}

/// A thread that waits, as a [`Scheduler`](crate::Scheduler) sees it.
pub struct Blocked<'a>(pub(crate) &'a Arc<Parker>);

impl Blocked<'_> {
    /// Blocks the thread until what it waits for is there. Where it is a worker of a pool, another thread takes its
    /// place.
    pub fn park(&self) {
        scheduler::block_thread(|| self.0.park());
    }

    /// Whether what the thread waits for is there.
    pub fn is_over(&self) -> bool {
        self.0.is_woken()
    }
}
