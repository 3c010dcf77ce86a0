//! Events of a plugin, and what is to happen after them.

use std::cell::Cell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use runahead_async::Promise;
use runahead_pjrt_sys::{PJRT_Error, PJRT_Event};

use crate::Error;
use crate::args::{args, call};
use crate::plugin::Plugin;

/// Something that a plugin was given to do, which will end.
pub struct Event {
    plugin: Plugin,
    raw: NonNull<PJRT_Event>,
}

// SAFETY: by the interface's rules an event's functions may be called from any thread, and from several at once.
unsafe impl Send for Event {}
// SAFETY: as above.
unsafe impl Sync for Event {}

impl Event {
    /// # Safety
    /// The pointer is null or an event of the plugin's that nobody else has.
    pub(crate) unsafe fn new(plugin: Plugin, raw: *mut PJRT_Event) -> Option<Event> {
        Some(Event { plugin, raw: NonNull::new(raw)? })
    }

    /// Whether it has ended, well or not.
    ///
    /// # Errors
    /// Where the plugin fails to tell.
    #[inline]
    pub fn is_ready(&self) -> Result<bool, Error> {
        let mut args = args!(self.plugin, PJRT_Event_IsReady_Args { event: self.raw.as_ptr() });
        // SAFETY: the event is alive.
        unsafe { call!(self.plugin, PJRT_Event_IsReady, args) }?;
        Ok(args.is_ready)
    }

    /// Blocks the calling thread until it has ended.
    ///
    /// # Errors
    /// Where it ended badly.
    pub fn wait(&self) -> Result<(), Error> {
        let mut args = args!(self.plugin, PJRT_Event_Await_Args { event: self.raw.as_ptr() });
        // SAFETY: the event is alive.
        unsafe { call!(self.plugin, PJRT_Event_Await, args) }
    }

    /// How it ended, where it has.
    ///
    /// # Errors
    /// Where the plugin fails to tell whether it has.
    fn outcome(&self) -> Result<Option<Result<(), Error>>, Error> {
        if !self.is_ready()? {
            return Ok(None);
        }
        let mut args = args!(self.plugin, PJRT_Event_Error_Args { event: self.raw.as_ptr() });
        // SAFETY: the event is alive, and has ended.
        Ok(Some(unsafe { call!(self.plugin, PJRT_Event_Error, args) }))
    }

    /// Has a function called when it has ended, with how: on this thread where it has already, else on one of the
    /// plugin's. Where the plugin fails to tell when it ends, the function is called with that error, on this thread.
    pub fn then(self, then: impl FnOnce(Result<(), Error>) + Send + 'static) {
        self.then_with((), |outcome, _| then(outcome));
    }

    /// As [`then`](Self::then), with something that the plugin uses until then, such as memory, which the function is
    /// given back. Where the plugin fails to tell when it ends, nobody knows for how long it goes on to use that: then it is
    /// kept for ever, and the function gets nothing.
    pub(crate) fn then_with<L: Send + 'static>(
        self,
        lent: L,
        then: impl FnOnce(Result<(), Error>, Option<L>) + Send + 'static,
    ) {
        match self.outcome() {
            Ok(Some(outcome)) => return then(outcome, Some(lent)),
            Ok(None) => {}
            Err(error) => {
                std::mem::forget(lent);
                return then(Err(error), None);
            }
        }
        let plugin = self.plugin;
        let callback = Box::into_raw(Box::new(Called { plugin, lent, then }));
        let mut args = args!(
            plugin,
            PJRT_Event_OnReady_Args {
                event: self.raw.as_ptr(),
                callback: Some(trampoline_of(callback)),
                user_arg: callback.cast(),
            }
        );
        // SAFETY: the event is alive, and the callback takes what is given for it.
        let registered = unsafe { call!(plugin, PJRT_Event_OnReady, args) };
        if let Err(error) = registered {
            // SAFETY: made above, and who failed to register it does not call it.
            let Called { lent, then, .. } = *unsafe { Box::from_raw(callback) };
            std::mem::forget(lent);
            then(Err(error), None);
        }
    }

    /// Its end as an asynchronous value.
    pub fn into_async(self) -> runahead_async::Async<()> {
        let promise = Promise::new();
        let value = promise.value();
        self.then(move |outcome| match outcome {
            Ok(()) => promise.set(()),
            Err(error) => promise.fail(error),
        });
        value
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        let mut args = args!(self.plugin, PJRT_Event_Destroy_Args { event: self.raw.as_ptr() });
        // SAFETY: the event is this value's alone. Nothing is to be done where that fails.
        drop(unsafe { call!(self.plugin, PJRT_Event_Destroy, args) });
    }
}

thread_local! {
    /// Whether this thread is a plugin's, and calls back.
    static CALLS_BACK: Cell<bool> = const { Cell::new(false) };
}

/// Whether the calling thread is a plugin's, in a callback: then it must not wait for the plugin's threads to end.
pub(crate) fn calls_back() -> bool {
    CALLS_BACK.get()
}

type Callback = unsafe extern "C" fn(error: *mut PJRT_Error, user_arg: *mut c_void);

/// What a callback of the plugin's is given.
struct Called<L, F> {
    plugin: Plugin,
    lent: L,
    then: F,
}

fn trampoline_of<L, F: FnOnce(Result<(), Error>, Option<L>)>(_callback: *mut Called<L, F>) -> Callback {
    trampoline::<L, F>
}

/// # Safety
/// `callback` is a box of such a structure, given here; the error is null or the plugin's, given here too.
unsafe extern "C" fn trampoline<L, F>(error: *mut PJRT_Error, callback: *mut c_void)
where
    F: FnOnce(Result<(), Error>, Option<L>),
{
    // SAFETY: as promised.
    let Called { plugin, lent, then } = *unsafe { Box::from_raw(callback.cast::<Called<L, F>>()) };
    // SAFETY: as promised.
    let outcome = unsafe { plugin.check(error, "an event") };
    let before = CALLS_BACK.replace(true);
    // A panic must not go through the plugin's frames; it has been reported by the hook.
    drop(catch_unwind(AssertUnwindSafe(|| then(outcome, Some(lent)))));
    CALLS_BACK.set(before);
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use parking_lot::Mutex;
    use runahead_pjrt_sys::*;

    use super::*;

    /// What errors of these tables are: nothing but an address.
    static ERROR: u8 = 0;

    fn fail() -> *mut PJRT_Error {
        (&raw const ERROR).cast_mut().cast()
    }

    unsafe extern "C" fn message(args: *mut PJRT_Error_Message_Args) {
        let text = "broken";
        // SAFETY: the caller's structure.
        unsafe { ((*args).message, (*args).message_size) = (text.as_ptr().cast(), text.len()) };
    }

    unsafe extern "C" fn code(args: *mut PJRT_Error_GetCode_Args) -> *mut PJRT_Error {
        // SAFETY: the caller's structure.
        unsafe { (*args).code = PJRT_Error_Code::INTERNAL };
        std::ptr::null_mut()
    }

    unsafe extern "C" fn destroy_error(_: *mut PJRT_Error_Destroy_Args) {}

    unsafe extern "C" fn destroy_event(_: *mut PJRT_Event_Destroy_Args) -> *mut PJRT_Error {
        std::ptr::null_mut()
    }

    unsafe extern "C" fn is_ready(args: *mut PJRT_Event_IsReady_Args) -> *mut PJRT_Error {
        // SAFETY: the caller's structure.
        unsafe { (*args).is_ready = true };
        std::ptr::null_mut()
    }

    unsafe extern "C" fn is_pending(args: *mut PJRT_Event_IsReady_Args) -> *mut PJRT_Error {
        // SAFETY: the caller's structure.
        unsafe { (*args).is_ready = false };
        std::ptr::null_mut()
    }

    unsafe extern "C" fn does_not_tell(_: *mut PJRT_Event_IsReady_Args) -> *mut PJRT_Error {
        fail()
    }

    unsafe extern "C" fn ended_badly(_: *mut PJRT_Event_Error_Args) -> *mut PJRT_Error {
        fail()
    }

    unsafe extern "C" fn takes_no_callback(_: *mut PJRT_Event_OnReady_Args) -> *mut PJRT_Error {
        fail()
    }

    unsafe extern "C" fn calls_back_badly(args: *mut PJRT_Event_OnReady_Args) -> *mut PJRT_Error {
        // SAFETY: the caller's structure, and its callback, called once.
        unsafe { (*args).callback.unwrap()(fail(), (*args).user_arg) };
        std::ptr::null_mut()
    }

    fn event(set: impl FnOnce(&mut PJRT_Api)) -> Event {
        let mut table = PJRT_Api::new();
        table.pjrt_api_version.minor_version = 81;
        table.PJRT_Error_Message = Some(message);
        table.PJRT_Error_GetCode = Some(code);
        table.PJRT_Error_Destroy = Some(destroy_error);
        table.PJRT_Event_Destroy = Some(destroy_event);
        set(&mut table);
        // SAFETY: the functions do what they should; an event is an address that none of them looks at.
        unsafe {
            let plugin = Plugin::from_table(Path::new("fake.so"), &table).unwrap();
            Event::new(plugin, NonNull::<u64>::dangling().as_ptr().cast()).unwrap()
        }
    }

    /// Lends memory until the event; how many still have it afterwards, beside this function, and what was told.
    fn lend(event: Event) -> (usize, (bool, bool)) {
        let (memory, calls) = (Arc::new(()), Arc::new(AtomicUsize::new(0)));
        let told = Arc::new(Mutex::new(None));
        {
            let (calls, told) = (Arc::clone(&calls), Arc::clone(&told));
            event.then_with(Arc::clone(&memory), move |outcome, lent| {
                calls.fetch_add(1, Ordering::SeqCst);
                *told.lock() = Some((outcome.is_ok(), lent.is_some()));
            });
        }
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        let told = told.lock().take().unwrap();
        (Arc::strong_count(&memory) - 1, told)
    }

    #[test]
    fn what_was_lent_comes_back_when_the_event_has_ended_badly() {
        let ended = event(|table| {
            table.PJRT_Event_IsReady = Some(is_ready);
            table.PJRT_Event_Error = Some(ended_badly);
        });
        assert_eq!(lend(ended), (0, (false, true)));
        let ends = event(|table| {
            table.PJRT_Event_IsReady = Some(is_pending);
            table.PJRT_Event_OnReady = Some(calls_back_badly);
        });
        assert_eq!(lend(ends), (0, (false, true)));
    }

    #[test]
    fn what_was_lent_is_kept_where_the_plugin_does_not_tell_when_the_event_ends() {
        let silent = event(|table| table.PJRT_Event_IsReady = Some(does_not_tell));
        assert_eq!(lend(silent), (1, (false, false)));
        let without = event(|_| ());
        assert_eq!(lend(without), (1, (false, false)));
        let deaf = event(|table| {
            table.PJRT_Event_IsReady = Some(is_pending);
            table.PJRT_Event_OnReady = Some(takes_no_callback);
        });
        assert_eq!(lend(deaf), (1, (false, false)));
    }
}
