//! The CPU backend.

#![allow(dead_code)] // Until the plan uses the kernels.

mod backend;
mod compile;
mod element;
mod error;
mod fused;
mod kernel;
mod kernels;
mod math;
mod ops;
mod plan;
mod region;
mod run;
mod simd;
mod split;
#[cfg(test)]
mod testing;
mod tile;

pub use backend::CpuBackend;
pub use compile::{CompileOptions, compile};
pub use error::CompileError;
pub use plan::{Parameter, PlanDescription, Program, SpanDescription, StepDescription};
