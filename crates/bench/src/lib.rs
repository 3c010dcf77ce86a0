//! What a task costs.
//!
//! [`tasks`] measures the overhead of tasks that do nothing, in the patterns that programs have: independent ones, a chain,
//! a wavefront, one writer and many readers. The same work is done by tokio and rayon where they can express it, in the
//! same run, round after round, so that a busy machine slows all of them.
//!
//! [`metg`] measures how small tasks may be: the *minimum effective task granularity* of Task Bench (Slaughter et al.,
//! "Task Bench: A Parameterized Benchmark for Evaluating Parallel Runtime Performance", SC 2020), at which half of the
//! processor's peak is reached.
//!
//! Both are what `runahead bench tasks` and `runahead bench metg` print; `cargo bench -p runahead-bench` runs them without
//! the rest of the workspace.

pub mod metg;
mod statistics;
pub mod tasks;
