//! Errors: a code of the interface and a message.

use std::ffi::c_char;
use std::fmt;

use runahead::pjrt::proto::Malformed;
use runahead::{BudgetExceeded, CompileError, ExecuteError};
use runahead_pjrt_sys::*;

use crate::entry::{self, entries};
use crate::handle::{self, object};

/// Why a call failed, or what was to happen did not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) code: PJRT_Error_Code,
    pub(crate) message: String,
}

object!(Fault as PJRT_Error);

impl Fault {
    pub(crate) fn new(code: PJRT_Error_Code, message: impl Into<String>) -> Fault {
        Fault { code, message: message.into() }
    }

    /// The caller gave what it should not.
    pub(crate) fn invalid(message: impl Into<String>) -> Fault {
        Fault::new(PJRT_Error_Code::INVALID_ARGUMENT, message)
    }

    /// What is asked for does not exist here.
    pub(crate) fn unimplemented(message: impl Into<String>) -> Fault {
        Fault::new(PJRT_Error_Code::UNIMPLEMENTED, message)
    }

    /// The error as the interface hands it over: the receiver's, to be destroyed.
    pub(crate) fn into_raw(self) -> *mut PJRT_Error {
        handle::create(self)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.code, self.message)
    }
}

impl std::error::Error for Fault {}

/// The error, or null where there is none.
pub(crate) fn raw(result: Result<(), Fault>) -> *mut PJRT_Error {
    result.map_or_else(Fault::into_raw, |()| std::ptr::null_mut())
}

impl From<Malformed> for Fault {
    fn from(error: Malformed) -> Fault {
        Fault::invalid(error.to_string())
    }
}

/// What travelled with a value instead of its data.
impl From<runahead::asynchronous::Error> for Fault {
    fn from(error: runahead::asynchronous::Error) -> Fault {
        use runahead::asynchronous::ErrorKind;
        let code = match error.kind() {
            ErrorKind::Cancelled => PJRT_Error_Code::CANCELLED,
            ErrorKind::Deadlock => PJRT_Error_Code::ABORTED,
            _ if error.downcast_ref::<BudgetExceeded>().is_some() => PJRT_Error_Code::RESOURCE_EXHAUSTED,
            _ => PJRT_Error_Code::INTERNAL,
        };
        Fault::new(code, error.to_string())
    }
}

impl From<CompileError> for Fault {
    fn from(error: CompileError) -> Fault {
        Fault::invalid(error.to_string())
    }
}

impl From<BudgetExceeded> for Fault {
    fn from(error: BudgetExceeded) -> Fault {
        Fault::new(PJRT_Error_Code::RESOURCE_EXHAUSTED, error.to_string())
    }
}

impl From<ExecuteError> for Fault {
    fn from(error: ExecuteError) -> Fault {
        let code = match error {
            ExecuteError::Budget { .. } => PJRT_Error_Code::RESOURCE_EXHAUSTED,
            _ => PJRT_Error_Code::INVALID_ARGUMENT,
        };
        Fault::new(code, error.to_string())
    }
}

entries! {
    fn PJRT_Error_GetCode(args: PJRT_Error_GetCode_Args, code) {
        // SAFETY: the caller's error, or null.
        args.code = unsafe { handle::get::<Fault>(args.error.cast_mut()) }?.code;
        Ok(())
    }
}

/// Destroys an error; null, and one that was destroyed, are left alone.
pub(crate) unsafe extern "C" fn PJRT_Error_Destroy(args: *mut PJRT_Error_Destroy_Args) {
    // SAFETY: null, or the caller's structure.
    let Some(args) = (unsafe { entry::optional(args) }) else { return };
    // SAFETY: the caller's error, or null.
    drop(unsafe { handle::destroy::<Fault>(args.error) });
}

/// The text of an error, which lives as long as it does.
pub(crate) unsafe extern "C" fn PJRT_Error_Message(args: *mut PJRT_Error_Message_Args) {
    let tell = |args: &mut PJRT_Error_Message_Args| {
        // SAFETY: the caller's error, or null.
        let message = match unsafe { handle::get::<Fault>(args.error.cast_mut()) } {
            Ok(fault) => &*fault.message,
            Err(_) => "this is no error",
        };
        args.message = message.as_ptr().cast::<c_char>();
        args.message_size = message.len();
    };
    // SAFETY: null, or the caller's structure. One without room for the text is left as it is.
    unsafe { entry::with_structure(args, PJRT_Error_Message_Args::STRUCT_SIZE, tell) };
}
