//! Asynchronous values.

mod parallel;

pub use parallel::{parallel_for, parallelism};
