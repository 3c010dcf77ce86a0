//! Children of the process, made by `fork`.
//!
//! Such a child has one thread, and none of the workers: what it submitted would never be done. So whatever needs them is
//! refused there, at once and with the reason.

use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use runahead_pjrt_sys::PJRT_Error_Code;

use crate::error::Fault;

static IS_CHILD: AtomicBool = AtomicBool::new(false);

/// Whether this process is a copy of one that had a client.
pub(crate) fn is_child() -> bool {
    IS_CHILD.load(Ordering::Relaxed)
}

/// Why a copy of a process that had a client cannot do it.
pub(crate) fn refused() -> Fault {
    Fault::new(
        PJRT_Error_Code::FAILED_PRECONDITION,
        "this process was forked from one that used Runahead, and has none of its threads; start it anew instead, as \
         multiprocessing.get_context(\"spawn\") does, or fork before Runahead is used",
    )
}

/// An error in a copy of a process that had a client.
pub(crate) fn check() -> Result<(), Fault> {
    if is_child() { Err(refused()) } else { Ok(()) }
}

/// Has copies of the process know what they are.
pub(crate) fn watch() {
    #[cfg(unix)]
    {
        unsafe extern "C" {
            fn pthread_atfork(
                prepare: Option<extern "C" fn()>,
                parent: Option<extern "C" fn()>,
                child: Option<extern "C" fn()>,
            ) -> std::ffi::c_int;
        }
        extern "C" fn child() {
            IS_CHILD.store(true, Ordering::Relaxed);
        }
        static WATCHING: Once = Once::new();
        WATCHING.call_once(|| {
            // SAFETY: the system's function, with a function that does what is allowed in such a child, and stays.
            unsafe { pthread_atfork(None, None, Some(child)) };
        });
    }
}
