//! Asynchronous values.

mod access;
mod contain;
mod epoch;
mod error;
mod guard;
mod parallel;
mod quiescence;
mod registry;
mod scheduler;
mod sync;
mod task;
mod value;
mod wait;

pub use access::{MutBuffer, ReadBuffer, WriteBuffer};
pub use error::{Error, ErrorKind, Outcome, Place};
pub use guard::{MutGuard, ReadGuard, WriteGuard, WriteSlot};
pub use parallel::{parallel_for, parallelism};
pub use scheduler::{Blocked, Deterministic, Pool, PoolBuilder, Scheduler};
pub use task::{Access, Runnable, TaskBuilder, dispatch, spawn, task};
pub use value::Async;
