//! The PJRT C API as Rust sees it: structures, constants and the table of functions, with no code behind them.
//!
//! PJRT is how a machine-learning program speaks to a device. A plugin is a shared library with one exported function,
//! `GetPjrtApi`, which returns a [`PJRT_Api`]: a table of functions. Each takes one pointer to a structure of arguments,
//! named after it (`PJRT_Event_Await` takes a [`PJRT_Event_Await_Args`]), fills what is an output in it, and returns an
//! error or null. `runahead-pjrt` calls such tables; `runahead-plugin` exports one.
//!
//! The names, the order of fields and their meaning are those of `pjrt_c_api.h` of the OpenXLA project at version
//! [`PJRT_API_MAJOR`]`.`[`PJRT_API_MINOR`], whose comments are the reference for each function.
//!
//! # Versions
//!
//! The interface grows at its ends only: functions at the end of the table, fields at the end of structures. So both
//! sides say how much they know: every structure begins with its `struct_size`, and the table with its own and with a
//! version. Whoever reads a structure first asks whether the field lies within that size ([`has_field!`]), whoever calls
//! a function whether the table reaches to it ([`has_field!`] of [`PJRT_Api`]). [`new`](PJRT_Event_Await_Args::new) of
//! each structure gives one with every field zero and the size that this crate knows.
//!
//! ```
//! use runahead_pjrt_sys::*;
//!
//! let mut args = PJRT_Event_Await_Args::new();
//! assert_eq!(args.struct_size, PJRT_Event_Await_Args::STRUCT_SIZE);
//! assert!(has_field!(&args, PJRT_Event_Await_Args, event));
//! args.struct_size = 16; // a caller that knows no event
//! assert!(!has_field!(&args, PJRT_Event_Await_Args, event));
//! ```

// Names and meanings are the header's, which documents them.
#![allow(missing_docs, non_camel_case_types, non_snake_case, non_upper_case_globals)]

#[macro_use]
mod macros;
mod api;
mod base;
mod buffer;
mod client;
mod device;
mod error;
mod event;
mod executable;
mod execute;
mod key_value;
mod memory;
mod plugin;
mod topology;
mod transfer;

pub use api::*;
pub use base::*;
pub use buffer::*;
pub use client::*;
pub use device::*;
pub use error::*;
pub use event::*;
pub use executable::*;
pub use execute::*;
pub use key_value::*;
pub use memory::*;
pub use plugin::*;
pub use topology::*;
pub use transfer::*;

/// The first number of the version that this crate declares. Tables of another one cannot be used.
pub const PJRT_API_MAJOR: std::ffi::c_int = 0;

/// The second number of the version that this crate declares; it grows with every addition.
pub const PJRT_API_MINOR: std::ffi::c_int = 81;

/// The size of the field that a function gives, in bytes; for [`has_field!`].
#[doc(hidden)]
pub const fn size_of_field<T, F>(_: fn(&T) -> &F) -> usize {
    std::mem::size_of::<F>()
}
