//! Events: something that will have happened, with an error where it failed.

use std::ffi::c_void;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use parking_lot::{Condvar, Mutex};
use runahead_pjrt_sys::*;

use crate::entry::entries;
use crate::error::{self, Fault};
use crate::fork;
use crate::handle::{self, object};

/// An event. Clones are the same event.
#[derive(Clone)]
pub(crate) struct Event(State);

object!(Event as PJRT_Event);

#[derive(Clone)]
enum State {
    /// It has happened, before anybody could wait.
    Happened,
    Pending(Arc<Pending>),
}

#[derive(Default)]
struct Pending {
    outcome: Mutex<Outcome>,
    happened: Condvar,
}

#[derive(Default)]
struct Outcome {
    result: Option<Result<(), Fault>>,
    /// Who is to be told.
    callbacks: Vec<Callback>,
}

enum Callback {
    /// A caller's.
    Raw {
        function: unsafe extern "C" fn(error: *mut PJRT_Error, user_arg: *mut c_void),
        argument: *mut c_void,
    },
    Own(Box<dyn FnOnce() + Send>),
}

// SAFETY: the interface's contract: callbacks are called from any thread.
unsafe impl Send for Callback {}

impl Callback {
    fn call(self, result: Result<(), Fault>) {
        match self {
            // SAFETY: the caller's function with the caller's argument, called once.
            Callback::Raw { function, argument } => unsafe { function(error::raw(result), argument) },
            Callback::Own(function) => function(),
        }
    }
}

/// What makes an event happen; where it is dropped before, the event fails.
pub(crate) struct Completion(Option<Arc<Pending>>);

impl Event {
    /// One that has happened.
    pub(crate) fn happened() -> Event {
        Event(State::Happened)
    }

    /// One that happens when it is told to.
    pub(crate) fn pending() -> (Event, Completion) {
        let pending = Arc::<Pending>::default();
        (Event(State::Pending(Arc::clone(&pending))), Completion(Some(pending)))
    }

    /// One that happens when the future ends, which nobody else needs to poll.
    ///
    /// The future is polled by whatever thread wakes it, and dropped as soon as it has ended: so places in line that it
    /// holds are given up whether or not anybody looks at the event.
    pub(crate) fn of<E: Into<Fault> + 'static>(
        mut future: impl Future<Output = Result<(), E>> + Send + Unpin + 'static,
    ) -> Event {
        match Pin::new(&mut future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Ok(())) => Event::happened(),
            Poll::Ready(Err(error)) => {
                let (event, completion) = Event::pending();
                completion.complete(Err(error.into()));
                event
            }
            Poll::Pending => {
                let (event, completion) = Event::pending();
                let watch = Arc::new(Watch {
                    state: Mutex::new(WatchState::Waits(future, completion)),
                    _error: std::marker::PhantomData::<fn() -> E>,
                });
                watch.poll();
                event
            }
        }
    }

    fn result(&self) -> Option<Result<(), Fault>> {
        match &self.0 {
            State::Happened => Some(Ok(())),
            State::Pending(pending) => pending.outcome.lock().result.clone(),
        }
    }

    fn wait(&self) -> Result<(), Fault> {
        let State::Pending(pending) = &self.0 else { return Ok(()) };
        let mut outcome = pending.outcome.lock();
        loop {
            if let Some(result) = &outcome.result {
                return result.clone();
            }
            // Nobody is there any more to make it happen.
            fork::check()?;
            pending.happened.wait(&mut outcome);
        }
    }

    /// Calls a function when it has happened, or failed.
    pub(crate) fn then(&self, function: impl FnOnce() + Send + 'static) {
        self.tell(Callback::Own(Box::new(function)));
    }

    fn tell(&self, callback: Callback) {
        let State::Pending(pending) = &self.0 else { return callback.call(Ok(())) };
        let mut outcome = pending.outcome.lock();
        match &outcome.result {
            None if fork::is_child() => {
                drop(outcome);
                callback.call(fork::check());
            }
            None => outcome.callbacks.push(callback),
            Some(result) => {
                let result = result.clone();
                drop(outcome);
                callback.call(result);
            }
        }
    }
}

impl Completion {
    /// The event has happened, or failed.
    pub(crate) fn complete(mut self, result: Result<(), Fault>) {
        self.end(result);
    }

    fn end(&mut self, result: Result<(), Fault>) {
        let Some(pending) = self.0.take() else { return };
        let callbacks = {
            let mut outcome = pending.outcome.lock();
            outcome.result = Some(result.clone());
            pending.happened.notify_all();
            std::mem::take(&mut outcome.callbacks)
        };
        callbacks.into_iter().for_each(|callback| callback.call(result.clone()));
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        self.end(Err(Fault::new(PJRT_Error_Code::ABORTED, "what was to happen was given up")));
    }
}

/// A future that is polled by whoever wakes it.
struct Watch<F, E> {
    state: Mutex<WatchState<F>>,
    _error: std::marker::PhantomData<fn() -> E>,
}

/// It is never locked while the future is polled or dropped, since either may wake it, on this thread too.
enum WatchState<F> {
    Waits(F, Completion),
    /// A thread polls it; and it was woken meanwhile, so that the thread is to poll it again.
    Polled {
        again: bool,
    },
    Ended,
}

impl<F, E> Watch<F, E>
where
    F: Future<Output = Result<(), E>> + Send + Unpin + 'static,
    E: Into<Fault> + 'static,
{
    fn poll(self: &Arc<Self>) {
        let Some((mut future, completion)) = self.begin() else { return };
        let waker = Waker::from(Arc::clone(self));
        let result = loop {
            match Pin::new(&mut future).poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(result) => break result,
                Poll::Pending => {
                    let mut state = self.state.lock();
                    if !matches!(*state, WatchState::Polled { again: true }) {
                        *state = WatchState::Waits(future, completion);
                        return;
                    }
                    *state = WatchState::Polled { again: false };
                }
            }
        };
        *self.state.lock() = WatchState::Ended;
        drop(future);
        completion.complete(result.map_err(Into::into));
    }

    /// Takes the future, where it waits; where it is being polled, has it polled again.
    fn begin(&self) -> Option<(F, Completion)> {
        let mut state = self.state.lock();
        match std::mem::replace(&mut *state, WatchState::Polled { again: false }) {
            WatchState::Waits(future, completion) => Some((future, completion)),
            WatchState::Polled { .. } => {
                *state = WatchState::Polled { again: true };
                None
            }
            WatchState::Ended => {
                *state = WatchState::Ended;
                None
            }
        }
    }
}

impl<F, E> Wake for Watch<F, E>
where
    F: Future<Output = Result<(), E>> + Send + Unpin + 'static,
    E: Into<Fault> + 'static,
{
    fn wake(self: Arc<Self>) {
        self.poll();
    }
}

entries! {
    fn PJRT_Event_Destroy(args: PJRT_Event_Destroy_Args, event) {
        // SAFETY: the caller's event.
        unsafe { handle::destroy::<Event>(args.event) }.map(drop)
    }

    fn PJRT_Event_IsReady(args: PJRT_Event_IsReady_Args, is_ready) {
        // SAFETY: the caller's event.
        args.is_ready = unsafe { handle::get::<Event>(args.event) }?.result().is_some();
        Ok(())
    }

    fn PJRT_Event_Error(args: PJRT_Event_Error_Args, event) {
        // SAFETY: the caller's event.
        let event = unsafe { handle::get::<Event>(args.event) }?;
        let not_yet = || Fault::new(PJRT_Error_Code::FAILED_PRECONDITION, "the event has not happened yet");
        event.result().ok_or_else(not_yet)?
    }

    fn PJRT_Event_Await(args: PJRT_Event_Await_Args, event) {
        // SAFETY: the caller's event. It may be destroyed by a callback meanwhile, so what is waited for is a clone.
        let event = unsafe { handle::get::<Event>(args.event) }?.clone();
        event.wait()
    }

    fn PJRT_Event_OnReady(args: PJRT_Event_OnReady_Args, user_arg) {
        // SAFETY: the caller's event. The callback may destroy it, so a clone is told.
        let event = unsafe { handle::get::<Event>(args.event) }?.clone();
        let function = args.callback.ok_or_else(|| Fault::invalid("there is no callback"))?;
        event.tell(Callback::Raw { function, argument: args.user_arg });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use runahead::asynchronous::Async;

    use super::*;

    unsafe extern "C" fn count(error: *mut PJRT_Error, argument: *mut c_void) {
        // SAFETY: the counter below, and an error that is this function's now.
        unsafe {
            let counter = &*argument.cast::<AtomicUsize>();
            counter.fetch_add(if error.is_null() { 1 } else { 100 }, Ordering::Relaxed);
            let mut args = PJRT_Error_Destroy_Args::new();
            args.error = error;
            crate::error::PJRT_Error_Destroy(&mut args);
        }
    }

    #[test]
    fn everybody_is_told_once_before_and_after() {
        let counter = AtomicUsize::new(0);
        let callback = || Callback::Raw { function: count, argument: (&raw const counter).cast_mut().cast() };
        let (event, completion) = Event::pending();
        event.tell(callback());
        assert!(event.result().is_none());
        completion.complete(Ok(()));
        event.tell(callback());
        assert_eq!(counter.load(Ordering::Relaxed), 2);
        assert_eq!(event.wait(), Ok(()));
        let (event, completion) = Event::pending();
        event.tell(callback());
        drop(completion);
        assert_eq!(counter.load(Ordering::Relaxed), 102);
        assert!(event.wait().is_err());
    }

    #[test]
    fn a_future_may_wake_itself_while_it_is_polled_and_dropped() {
        /// Wakes at each poll, and when it is dropped.
        struct Hasty(usize, Option<Waker>);
        impl Future for Hasty {
            type Output = Result<(), Fault>;
            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                self.1 = Some(context.waker().clone());
                context.waker().wake_by_ref();
                self.0 -= 1;
                if self.0 == 0 { Poll::Ready(Ok(())) } else { Poll::Pending }
            }
        }
        impl Drop for Hasty {
            fn drop(&mut self) {
                self.1.take().unwrap().wake();
            }
        }
        for polls in 1..5 {
            assert_eq!(Event::of(Hasty(polls, None)).wait(), Ok(()));
        }
    }

    #[test]
    fn an_event_of_a_value_gives_up_its_place_by_itself() {
        let value = Async::new();
        let write = value.write();
        let mut read = value.read();
        let event = Event::of(Box::pin(async move { (&mut read).await.map(drop) }));
        assert!(event.result().is_none());
        write.wait().unwrap().set(1);
        assert_eq!(event.wait(), Ok(()));
        // The next writer would wait for the event's read.
        value.write().wait().unwrap().set(2);
    }
}
