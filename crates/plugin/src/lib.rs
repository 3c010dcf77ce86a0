//! Runahead as a PJRT plugin: a shared library by which JAX, or whoever speaks PJRT's C API, runs programs on Runahead.
//!
//! The library exports [`GetPjrtApi`], which gives a table of functions. A caller makes a client of it, which has devices;
//! it hands over programs as StableHLO, mostly as portable artifacts, and buffers, and has programs executed on buffers.
//! Everything behind the table is `runahead`: its devices, its buffers, its executables. What this crate adds is the
//! border: C's view of these objects, and the promise that nothing that a caller does wrong ends the process.
//!
//! ```text
//!   PJRT_Client ─┬─ PJRT_Device, PJRT_Memory, …Description, …Topology       runahead::Device
//!                ├─ PJRT_Buffer ── PJRT_Event                               runahead::Buffer, Event
//!                └─ PJRT_LoadedExecutable ── PJRT_Executable                runahead::Executable, ParallelExecutable
//! ```
//!
//! # The way through
//!
//! - `table` is the table, `entry` how its functions are written down: a caller's structure is copied as far as both sides
//!   know it, panics are caught, and an `Err` becomes a `PJRT_Error` (`error`). `handle` says how an address becomes an
//!   object again, or an error where that was destroyed.
//! - A file for each kind of object: `plugin`, `client`, `device`, `memory`, `topology`, `buffer`, `event`, `executable`,
//!   `loaded`.
//! - `host` moves data between the caller's memory and buffers, in the layouts of `layout`, of the types of `element`.
//! - `program` compiles programs, once for each content, with the options of `options` (`overrides` checks the
//!   compiler's); `settle` takes out what means nothing here, `partition` finds what one device does where there are several, by `spread`, `tokens` replaces what buffers cannot hold; `cost`
//!   counts operations.
//! - `execute` is the hot path. `callback` lets programs call functions of the host. `fork` knows copies of the process.
//!
//! # Where things happen
//!
//! Nothing here waits, but for three calls that have to: `PJRT_Event_Await`, and those that give the address of data.
//! An execution takes places in line and returns; what it is given may be on its way, and so is what it gives. A small
//! program whose arguments are there is executed within the call, as that takes less time than to wake a worker. Callbacks
//! of events are called by whatever thread made the event happen, or at once.
//!
//! # Memory
//!
//! On devices that compute in the host's memory, callers' memory becomes a buffer's without a copy where its semantics
//! allow that and it is aligned; the caller is told when the last user of it is done. The other way, a buffer's memory is
//! shown to who holds an external reference to it, and stays as it is until the last of these is given back: to donate such
//! a buffer gives it up without using its memory again, so that nobody waits for who looks at it.
//!
//! # What must hold
//!
//! An object that a handle leads to is never moved, and its slot never returned to the system. Whoever destroys an object
//! has the only use of it; that is the interface's contract, and all that callers are trusted with beyond the sizes and
//! addresses in their structures.
//!
//! # What there is not
//!
//! Layouts other than row-major on the device; callbacks for `send` and `recv`; transfers in parts. All of these are errors
//! that say so.

#![allow(non_snake_case)] // Functions are called as the interface calls them.

mod buffer;
mod callback;
mod client;
mod cost;
mod device;
mod element;
mod entry;
mod error;
mod event;
mod executable;
mod execute;
mod fork;
mod handle;
mod host;
mod layout;
mod loaded;
mod memory;
mod options;
mod overrides;
mod partition;
mod plugin;
mod program;
mod settle;
mod spread;
mod table;
mod tokens;
mod topology;

use runahead_pjrt_sys::PJRT_Api;

pub use callback::{RunaheadAwaitDevices, RunaheadSetHostCallback, RunaheadTakeHostFailure};

/// The plugin's table of functions: what a caller that has loaded the library asks for.
#[unsafe(no_mangle)]
pub extern "C" fn GetPjrtApi() -> *const PJRT_Api {
    &raw const table::TABLE.0
}
