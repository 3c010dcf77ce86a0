//! Devices, the buffers on them, and the programs compiled for them: what backends have in common.
//!
//! A [`Device`] belongs to a [`Backend`]. It takes host data ([`Device::upload`]), compiles programs
//! ([`Device::compile`]) and counts the memory that buffers and submitted work hold ([`Device::memory_use`]). A
//! [`Buffer`] is a tensor on a device whose type is known at once and whose data is an asynchronous value: it may still
//! be on its way. An [`Executable`] takes buffers and gives buffers ([`Executable::execute`]), and returns before
//! anything is computed; what it was given need not have been computed either. [`Buffer::to_host`] brings data back,
//! again as a value on its way. So data alone orders the work, a chain of executions is submitted without waiting, and
//! errors arrive where the data was to.
//!
//! Submitting blocks in one case: where the device's budget ([`Device::set_budget`]) is spent, the submitter waits until
//! work in flight has freed memory. Devices that compute in the host's memory have a budget from the start, the
//! [machine's memory](machine_memory).
//!
//! A backend implements [`Backend`] and [`Compiled`]. It never waits either: it gets the places in line of what it reads
//! and writes, see [`Launch`]. This crate knows no backend; `runahead` puts them together.

mod backend;
mod buffer;
mod capture;
mod device;
mod executable;
mod fence;
mod forms;
mod ledger;
mod machine;
mod memory;
mod parallel;
mod recycler;
mod report;
mod submission;
mod trace;

pub use backend::{
    Backend, Call, Charges, CompileError, Compiled, CompiledParallel, Contents, Context, DeviceMemory,
    DeviceRecorder, HostOwned, Immediate, InCall, Launch, Parameter, Processes, Signature, Source,
};
pub use buffer::{Buffer, Event, Gone, HostView, Viewing};
pub use capture::{Capture, Captured};
pub use device::{AdoptError, Device};
pub use executable::{Executable, ExecuteError};
pub use ledger::{BudgetExceeded, Charge, InFlight, Ledger, MemoryUse};
pub use machine::machine_memory;
pub use memory::{ADOPTED_ALIGNMENT, ALIGNMENT, AlignedBytes};
pub use parallel::ParallelExecutable;
pub use recycler::{Recycled, Recycler};
pub use report::{DeviceReport, NamedBuffer};
pub use submission::{Reservation, Submission};
pub use trace::{Lane, Recorder, Span, busy_time, overlap_time};
