//! Events: something that will have happened, with an error where it failed.

use std::ffi::c_void;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use parking_lot::{Condvar, Mutex};
use runahead_pjrt_sys::*;

use crate::entry::entries;
use crate::error::{self, Fault};
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
                    under_way: Mutex::new(Some((future, completion))),
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
    under_way: Mutex<Option<(F, Completion)>>,
    _error: std::marker::PhantomData<fn() -> E>,
}

impl<F, E> Watch<F, E>
where
    F: Future<Output = Result<(), E>> + Send + Unpin + 'static,
    E: Into<Fault> + 'static,
{
    fn poll(self: &Arc<Self>) {
        let waker = Waker::from(Arc::clone(self));
        let mut under_way = self.under_way.lock();
        let Some((future, _)) = &mut *under_way else { return };
        let Poll::Ready(result) = Pin::new(future).poll(&mut Context::from_waker(&waker)) else { return };
        let ended = under_way.take();
        drop(under_way);
        if let Some((future, completion)) = ended {
            drop(future);
            completion.complete(result.map_err(Into::into));
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
