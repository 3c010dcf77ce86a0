//! What a plugin's functions fail with.

use std::ffi::{c_char, c_int};
use std::fmt;

use runahead_pjrt_sys::{PJRT_Error, PJRT_Error_Code};

use crate::args::args;
use crate::plugin::Plugin;

/// Why a plugin did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A function of the plugin's failed.
    #[error("{code}: {message} (from {function} of {plugin})")]
    Failed {
        /// What kind of failure it is.
        code: Code,
        /// What the plugin says.
        message: String,
        /// The function of the C API.
        function: &'static str,
        /// The plugin.
        plugin: String,
    },
    /// The plugin lacks a function: its version of the API is older, or it leaves the function out.
    #[error(
        "{plugin} has no {function}: it implements version {}.{} of the PJRT C API, or leaves that out; use a newer plugin",
        version.0, version.1
    )]
    Missing {
        /// The function of the C API.
        function: &'static str,
        /// The plugin.
        plugin: String,
        /// The version that it implements.
        version: (i32, i32),
    },
    /// What was asked for cannot be said by the API, or not to this plugin.
    #[error("{0}")]
    Unsupported(String),
}

impl Error {
    /// The kind of failure, where a function of the plugin's failed.
    pub fn code(&self) -> Option<Code> {
        match self {
            Error::Failed { code, .. } => Some(*code),
            _ => None,
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $constant:ident,)*) => {
        /// The kinds of failures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
            /// One that this crate does not know.
            Other(c_int),
        }

        impl Code {
            fn new(code: PJRT_Error_Code) -> Code {
                match code {
                    $(PJRT_Error_Code::$constant => Code::$code,)*
                    PJRT_Error_Code(other) => Code::Other(other),
                }
            }
        }

        impl fmt::Display for Code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Code::$code => f.write_str(stringify!($constant)),)*
                    Code::Other(code) => write!(f, "error code {code}"),
                }
            }
        }
    };
}

codes! {
    /// Somebody gave it up.
    Cancelled CANCELLED,
    /// Nothing better is known.
    Unknown UNKNOWN,
    /// What was given is wrong in itself.
    InvalidArgument INVALID_ARGUMENT,
    /// Time ran out.
    DeadlineExceeded DEADLINE_EXCEEDED,
    /// There is no such thing.
    NotFound NOT_FOUND,
    /// There is such a thing already.
    AlreadyExists ALREADY_EXISTS,
    /// It is not allowed.
    PermissionDenied PERMISSION_DENIED,
    /// Memory, most often, is used up.
    ResourceExhausted RESOURCE_EXHAUSTED,
    /// What was given is wrong in the state that the plugin is in.
    FailedPrecondition FAILED_PRECONDITION,
    /// It was broken off.
    Aborted ABORTED,
    /// A number is beyond its bounds.
    OutOfRange OUT_OF_RANGE,
    /// The plugin does not do that.
    Unimplemented UNIMPLEMENTED,
    /// A mistake of the plugin's own.
    Internal INTERNAL,
    /// Not at this time.
    Unavailable UNAVAILABLE,
    /// Data is lost.
    DataLoss DATA_LOSS,
    /// Who asks is not known.
    Unauthenticated UNAUTHENTICATED,
}

/// The bytes that a plugin points to, as text.
///
/// # Safety
/// The pointer is null, or there are so many bytes behind it.
pub(crate) unsafe fn text(start: *const c_char, size: usize) -> String {
    // SAFETY: as promised.
    String::from_utf8_lossy(unsafe { slice(start.cast(), size) }).into_owned()
}

/// What a plugin points to; nothing where it points to null.
///
/// # Safety
/// The pointer is null, or there are so many values behind it, which stay for `'a`.
pub(crate) unsafe fn slice<'a, T>(start: *const T, len: usize) -> &'a [T] {
    match start.is_null() || len == 0 {
        true => &[],
        // SAFETY: as promised.
        false => unsafe { std::slice::from_raw_parts(start, len) },
    }
}

impl Plugin {
    /// What a function of the plugin's returned, as a result.
    ///
    /// # Safety
    /// `error` is null or an error of this plugin's that nobody else has.
    #[inline]
    pub(crate) unsafe fn check(&self, error: *mut PJRT_Error, function: &'static str) -> Result<(), Error> {
        match error.is_null() {
            true => Ok(()),
            // SAFETY: as promised.
            false => Err(unsafe { self.take_error(error, function) }),
        }
    }

    /// # Safety
    /// `error` is an error of this plugin's that nobody else has.
    #[cold]
    unsafe fn take_error(&self, error: *mut PJRT_Error, function: &'static str) -> Error {
        let table = self.table();
        let mut message = String::from("the plugin gives no message");
        let mut code = Code::Unknown;
        if let Some(get) = table.PJRT_Error_Message {
            let mut args = args!(self, PJRT_Error_Message_Args { error: error });
            // SAFETY: the error is alive; its text lives as long.
            message = unsafe {
                get(args.as_mut_ptr());
                text(args.message, args.message_size)
            };
        }
        if let Some(get) = table.PJRT_Error_GetCode {
            let mut args = args!(self, PJRT_Error_GetCode_Args { error: error });
            // SAFETY: the error is alive. An error about the error is let go of: there is nothing to be learnt from it.
            if unsafe { get(args.as_mut_ptr()) }.is_null() {
                code = Code::new(args.code);
            }
        }
        if let Some(destroy) = table.PJRT_Error_Destroy {
            let mut args = args!(self, PJRT_Error_Destroy_Args { error: error });
            // SAFETY: nobody else has the error, and it is not used again.
            unsafe { destroy(args.as_mut_ptr()) };
        }
        Error::Failed { code, message, function, plugin: self.name() }
    }
}
