//! Run tensor programs ahead of the device.
//!
//! # Programs
//!
//! A [`Program`] is StableHLO, read from a file or a string and verified. Compiled for a [`Device`] it becomes an
//! [`Executable`]. That takes [`Buffer`]s, tensors on the device, and gives buffers, and it gives them at once: each is
//! on its way, and may be given to the next execution as if it were there. Only who asks for data waits for it.
//!
//! ```
//! use runahead::{Literal, Program};
//!
//! let device = runahead::device("cpu")?;
//! let program = Program::from_text(
//!     "step.mlir",
//!     "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
//!        %y = stablehlo.sqrt %x : tensor<2xf32>
//!        return %y : tensor<2xf32>
//!      }",
//! )?;
//! let sqrt = program.compile(&device)?;
//!
//! let mut x = device.upload(&Literal::from_elements([2], &[256f32, 65536.0])?)?;
//! for _ in 0..3 {
//!     x = sqrt.execute(&[&x])?.remove(0); // submitted; perhaps not even begun
//! }
//! let host = x.to_host(); // on its way too
//! assert_eq!(host.wait()?.to_elements::<f32>().unwrap(), [2.0, 4.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Tensors in three modes
//!
//! Operations on tensors need no program. [`ops`] has them; what an operation is given decides when it runs: of
//! [`Tensor`]s it has run when the call returns; with an [`Async<Tensor>`](Async) among its operands it is submitted; with
//! a [`Lazy`] it is recorded, and what was recorded is compiled as one program when a value is asked for. Shapes and types
//! are known and checked at the call in every mode.
//!
//! ```
//! use runahead::{Operations, Tensor, ops};
//!
//! let device = runahead::device("cpu")?;
//! let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
//! let now = ops::matmul(&x, &x)?.sum([0])?;
//! let later = ops::matmul(x.to_async(), &x)?.sum([0])?; // on its way
//! let lazy = ops::matmul(x.lazy(), &x)?.sum([0])?; // nothing computed
//! assert_eq!(later.dims(), [2]);
//! assert_eq!(now.to_vec::<f32>()?, [22.0, 32.0]);
//! assert_eq!(later.wait()?.to_vec::<f32>()?, lazy.eval()?.to_vec::<f32>()?);
//! println!("{now}"); // as NumPy shows it
//! # Ok::<(), runahead::TensorError>(())
//! ```
//!
//! # What is where
//!
//! - [`Tensor`], [`AsyncTensor`] and [`Lazy`] are tensors; [`ops`] has the operations, [`Operations`] the same as methods,
//!   [`operation`] makes one of your own, [`jit`] compiles a function of tensors as one program.
//! - [`fork`](fork()) and [`fork_host`] start functions side by side, [`wait`], [`wait_all`] and [`select`] wait for them.
//! - [`donate`] gives a tensor to a call for keeps, so that it is updated in place; [`capture`](capture()) makes one program
//!   of those that a function calls. [`memory_report`] shows what memory is used for, [`synchronize`] waits for a device.
//! - [`grad`], [`value_and_grad`], [`vjp`], [`jvp`] and [`gradients`] are derivatives of functions of tensors.
//! - [`nn`] has layers and models with named parameters, [`optim`] what trains them.
//! - [`device`] finds devices by name; [`Device`] uploads, compiles and counts memory. [`pjrt`] has the devices of XLA and of
//!   other PJRT plugins.
//! - [`Program`] loads programs and calls them, [`files`] reads and writes `.npy`, `.npz` and `.safetensors`.
//! - [`Stream`] feeds a long array block after block, with several blocks in flight.
//! - [`Recorder`] notes what ran when, and [`chrome_trace`] writes it for Perfetto.
//! - [`asynchronous`] has the values and tasks that all of this is made of; they are of use without tensors too.
//! - [`ir`] has StableHLO as data. [`coverage`] tells which operations are supported on which types.
//! - [`register_custom_call`] gives programs functions of your own to call; [`feeds`] has the queues of a device that
//!   `infeed` and `outfeed` use.
//!
//! # Where things wait
//!
//! [`Executable::execute`], [`Device::upload`] and [`Buffer::to_host`] do not, unless the device was given a memory
//! budget ([`Device::set_budget`]) and it is spent. `wait` blocks its thread, and may be called in a task. In an
//! asynchronous function, await instead: buffers' events and values on their way are futures that need no particular
//! runtime.
//!
//! So it is in tokio: `.await` tensors and forks, and start what computes on the host, or compiles, by [`fork`](fork()) and
//! [`fork_host`], whose work is done by the pool's threads. With the feature `tokio` the runtime's own workers may be the
//! pool: see `asynchronous::TokioScheduler`.
//!
//! # When something fails
//!
//! What is wrong with a call is its error: a shape, a type, a device. What goes wrong later travels with the values, and
//! comes out where data is asked for, with the task that it began in.

mod capture;
mod devices;
mod differentiate;
pub mod files;
mod fork;
mod jit;
mod neighbours;
pub mod nn;
mod operations;
mod operators;
pub mod ops;
pub mod optim;
mod program;
mod report;
mod stream;
mod tensor;
mod trace;

pub use capture::{Replay, capture};
pub use devices::{DeviceError, OPTIONS_VARIABLE, device, feeds, synchronize};
pub use differentiate::{grad, gradients, jvp, value_and_grad, vjp};
pub use fork::{
    ByFunction, ByJit, ByModule, Fork, ForkOf, ForkOptions, Forked, Forward, HostFork, Selected, Together,
    fork, fork_host, select, wait, wait_all,
};
pub use jit::{Jit, jit};
pub use operations::Operations;
pub use program::{Program, ProgramError, read_program};
pub use report::{MemoryReport, memory_report};
pub use runahead_async as asynchronous;
pub use runahead_cpu::{
    CallSite, Coverage, CustomFunction, Feed, Feeds, Support, UNSUPPORTED_OPERATIONS, coverage,
    coverage_types, register_custom_call,
};
pub use runahead_ir as ir;
pub use runahead_ir::{ElementType, Literal, TensorType};
pub use runahead_pjrt as pjrt;
pub use runahead_runtime::{
    ADOPTED_ALIGNMENT, AdoptError, AlignedBytes, BudgetExceeded, Buffer, CompileError, Device, DeviceReport,
    Event, Executable, ExecuteError, Gone, HostView, InCall, Lane, MemoryUse, NamedBuffer,
    ParallelExecutable, Parameter, Processes, Recorder, Signature, Span, Submission, Viewing, busy_time,
    overlap_time,
};
pub use stream::{Stream, StreamError};
pub use tensor::{
    AllInFlight, Async, AsyncTensor, Attributes, Donation, Donor, Exactly, InFlight, Input, Later, Lazily,
    Lazy, Mode, Now, Number, Operand, Operands, Output, Outputs, Place, Recorded, Recording, Result, Tensor,
    TensorError, TensorView, Traced, Value, donate, operation,
};
pub use trace::chrome_trace;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../ARCHITECTURE.md")]
struct Architecture;
