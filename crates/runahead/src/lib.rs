//! Run tensor programs ahead of the device.

mod devices;
pub mod files;
mod program;
mod stream;
mod trace;

pub use devices::{DeviceError, device};
pub use program::{Program, ProgramError, read_text};
pub use runahead_async as asynchronous;
pub use runahead_ir as ir;
pub use runahead_ir::{ElementType, Literal, TensorType};
pub use runahead_runtime::{
    BudgetExceeded, Buffer, CompileError, Device, Event, Executable, ExecuteError, Lane, MemoryUse,
    Parameter, Recorder, Signature, Span, busy_time, overlap_time,
};
pub use stream::{Stream, StreamError};
pub use trace::chrome_trace;
