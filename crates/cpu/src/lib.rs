//! The CPU backend: StableHLO programs compiled to plans and run on the host.
//!
//! [`compile`] turns a module into a [`Program`]: a list of steps, each a kernel with its operands and results at known
//! places of known memory. [`Program::run`] goes through the list. Nothing is looked up, allocated or decided while a
//! program runs; whatever can be known beforehand was settled by the compiler.
//!
//! ```text
//!   Module ─build─▶ Graph ─fusion─▶ units ─lower─▶ steps over buffers ─memory─▶ Program ─run─▶ results
//!            │                        │              │
//!   calls inlined, views        fused loops,     in place, in the result's memory,
//!   and constants seen          other kernels    in the loop's: copies are what is left
//! ```
//!
//! Four ideas carry it:
//!
//! - **Views.** What only moves elements (`broadcast_in_dim`, `reshape`, slices, transposes of outer axes) is noted as
//!   strides over another value. Fused loops read through the strides; a dense view is a part of the other's memory.
//!   Nothing is copied until a kernel needs it copied.
//! - **Fused loops.** Elementwise operations, what is broadcast to them and the reductions between them become one
//!   loop over tiles that stay in the innermost cache ([`fused`]). Each instruction of it is one plain loop over slices,
//!   compiled for the widest vectors that the machine has ([`simd`]). So a softmax or a norm reads its operand once and
//!   writes its result once, in one step.
//! - **Code.** Loops whose steps are small, and what tiles are not made for, become machine code ([`native`]).
//! - **One arena.** Every value has a time from its first use to its last. Values that are not in use together share
//!   memory; a result takes the place of an operand that ends there; what a loop carries stays where it is.
//!
//! # Through the rooms
//!
//! - `expand/`: what is done to a module first, so that fewer operations and types are left.
//! - `compile/`: the compiler, a file for each arrow above and `check`, which proves of each plan what running relies
//!   on; `plan` is what it makes, `run` how that runs, and where all its `unsafe` is.
//! - `native/`: machine code of loops, of any reduction, of gathers and scatters.
//! - `fused/`: fused loops: what to compute, instructions over tiles, running them. `tile` has the loops themselves.
//! - `kernels/`: everything else: one file for each family of operations, each a [`kernel::Kernel`].
//! - `ops/`: what elementwise operations mean, once for all element types; `math/`: functions of `f32` as vector code;
//!   `region`: bodies of scalar operations, for kernels that take any.
//! - `backend`: programs as tasks on a device's buffers.
//!
//! # What must hold
//!
//! The compiler never panics on a program that a user wrote: it verifies first and refuses what it cannot run, naming
//! the operation and its place. A kernel knows nothing of plans, programs or devices: it gets slices and fills slices.
//! Results do not depend on the number of threads, on timing, or on what memory held before.
#![allow(rustdoc::private_intra_doc_links)] // The page is for readers of the code as much as for users.

mod backend;
mod compile;
mod coverage;
mod custom_call;
mod element;
mod error;
mod expand;
mod feed;
mod fused;
mod halves;
mod kernel;
mod kernels;
mod math;
mod native;
mod ops;
mod plan;
mod process;
mod region;
mod run;
mod simd;
mod split;
#[cfg(test)]
mod testing;
mod tile;

pub use backend::CpuBackend;
pub use compile::{CompileOptions, Limits, UNCOUNTED_BYTES, compile};
pub use coverage::{Coverage, Support, UNSUPPORTED_OPERATIONS, coverage, coverage_programs, coverage_types};
pub use custom_call::{CallSite, CustomFunction, register_custom_call};
pub use error::CompileError;
pub use feed::{Feed, Feeds};
pub use plan::{Parameter, PlanDescription, Program, SpanDescription, StepDescription};
pub use process::Process;
pub use run::Input;
pub use runahead_runtime::Processes;
