//! Whole programs, compiled and run.

mod control;
mod convert;
mod errors;
mod halves;
mod memory;
mod random;
mod reductions;
mod reference;
mod types;
