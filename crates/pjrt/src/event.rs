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
    pub(crate) fn outcome(&self) -> Option<Result<(), Error>> {
        match self.is_ready() {
            Ok(false) => return None,
            Ok(true) => {}
            Err(error) => return Some(Err(error)),
        }
        let mut args = args!(self.plugin, PJRT_Event_Error_Args { event: self.raw.as_ptr() });
        // SAFETY: the event is alive, and has ended.
        Some(unsafe { call!(self.plugin, PJRT_Event_Error, args) })
    }

    /// Has a function called when it has ended, with how: on this thread where it has already, else on one of the
    /// plugin's.
    pub fn then(self, then: impl FnOnce(Result<(), Error>) + Send + 'static) {
        if let Some(outcome) = self.outcome() {
            return then(outcome);
        }
        let plugin = self.plugin;
        let callback = Box::into_raw(Box::new((plugin, then)));
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
            let (_, then) = *unsafe { Box::from_raw(callback) };
            then(Err(error));
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

fn trampoline_of<F: FnOnce(Result<(), Error>)>(_callback: *mut (Plugin, F)) -> Callback {
    trampoline::<F>
}

/// # Safety
/// `callback` is a box of a plugin and such a function, given here; the error is null or the plugin's, given here too.
unsafe extern "C" fn trampoline<F: FnOnce(Result<(), Error>)>(error: *mut PJRT_Error, callback: *mut c_void) {
    // SAFETY: as promised.
    let (plugin, then) = *unsafe { Box::from_raw(callback.cast::<(Plugin, F)>()) };
    // SAFETY: as promised.
    let outcome = unsafe { plugin.check(error, "an event") };
    let before = CALLS_BACK.replace(true);
    // A panic must not go through the plugin's frames; it has been reported by the hook.
    drop(catch_unwind(AssertUnwindSafe(|| then(outcome))));
    CALLS_BACK.set(before);
}
