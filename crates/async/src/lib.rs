//! Asynchronous values: code that reads as sequential, and runs in parallel, in one order for all.
//!
//! An [`Async<T>`](Async) is a value with a timeline of *epochs*. Each has at most one writer, then any number of
//! readers; the next one's writer goes when they are done. Whoever wants access *acquires* it, with
//! [`read`](Async::read), [`write`](Async::write) or [`mutate`](Async::mutate), and so takes a place in line, in program
//! order. What is acquired is a buffer, which may be sent to any thread, awaited, waited for, or given to a task. When
//! its turn comes is a matter of scheduling; what it sees is not.
//!
//! ```
//! use runahead_async::{Async, dispatch};
//!
//! let a = Async::from(1);
//! let b = Async::new();
//! dispatch((a.read(), b.write()), |(a, b)| b.set(a + 10)); // sees 1
//! dispatch(a.mutate(), |a| *a = 100); // goes after that read
//! dispatch((a.read(), b.mutate()), |(a, b)| *b += a);
//! assert_eq!((*a.wait()?, *b.wait()?), (100, 111));
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! The [`guide`] goes through all of it, from the first value to gradients and deadlocks.
//!
//! # Computing with values
//!
//! Operators, comparisons and functions make values of values: `&a + &b`, `a.lt(3)`, `x.exp()`, [`map`](Async::map),
//! [`zip`](Async::zip), [`reduce`], [`scan`]. [`View`]s are parts of values; [`Defer`] and [`Promise`] are places that
//! are filled later. A [`Var`] has a gradient, which a [`Reverse`] value is the plain form of: read first, summed later.
//!
//! ```
//! use runahead_async::{Async, Var};
//! let x = Async::from(2.0);
//! assert_eq!(*(&x * &x + 1.0).wait()?, 5.0);
//! let x = Var::from(x);
//! (&x * &x + 1.0).backward();
//! assert_eq!(*x.gradient().wait()?, 4.0);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Tasks
//!
//! [`dispatch`](dispatch()) takes buffers and a closure, which runs when the turn of all of them has come: it counts what
//! it waits for and is never polled. [`spawn`](spawn()) takes a future, which awaits its buffers itself, and gives the
//! future's result as another asynchronous value. [`task`](task()) names either, for errors and reports.
//!
//! ```
//! use runahead_async::{Async, Error, spawn};
//!
//! let (total, bonus) = (Async::from(1), Async::from(2));
//! let (mut_total, read_bonus) = (total.mutate(), bonus.read());
//! let seen = spawn(async move {
//!     let mut total = mut_total.await?;
//!     *total += *read_bonus.await?;
//!     Ok::<i32, Error>(*total)
//! });
//! assert_eq!((*seen.wait()?, *total.wait()?), (3, 3));
//! # Ok::<(), Error>(())
//! ```
//!
//! # When something goes wrong
//!
//! A task that returns an error or panics marks what it held for writing. Whoever reads that gets an [`Error`] that says
//! where it began and which tasks it came through; the next write heals the value. A value that nobody wrote is an error
//! too, for its reader, and never an unconstructed `T`.
//!
//! # Waiting
//!
//! Any thread may block on a value, a task's included: a worker that blocks hands its place to a spare thread, and no
//! task ever runs on top of a blocked one's stack. So nested waits end, with one worker as with many. Where nothing can
//! run any more, a wait ends in an error of kind [`ErrorKind::Deadlock`].
//!
//! # Seeing it
//!
//! Where a pool has a [registry](PoolBuilder::registry), and always under [`Deterministic`], a [`Snapshot`] lists the live
//! tasks, what each waits for and who was to write it, and so does the report of a deadlock. A [`Recording`] is a whole
//! run: its dependency graph for Graphviz, its timeline for Chrome's and Perfetto's viewers.
//!
//! # Schedulers
//!
//! [`Pool`] is the default: worker threads that steal from each other. [`Deterministic`] runs one thing at a time, in an
//! order that a seed picks: a test tries a thousand interleavings, and repeats the one that failed. [`Scheduler`] is the
//! small trait behind both, and [`Attached`] makes use of one of the program's own; the features `tokio` and `rayon`
//! bring adapters to those runtimes. [`parallel_for`] splits one piece of work over a pool's workers from inside a task.
//!
//! # Where the `unsafe` is
//!
//! In the epochs, which say who may touch a value and when, and in what is built directly on them: the value's cell,
//! guards, accesses, the allocation of a task, `parallel_for`. Each module says what must hold. The interface is safe.

/// The README's program.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[macro_use]
mod tuples;

mod access;
mod acquire;
mod all;
mod cancel;
mod combine;
mod contain;
mod defer;
mod epoch;
mod error;
mod fold;
mod form;
mod group;
mod guard;
pub mod guide;
mod operand;
mod operators;
mod parallel;
mod quiescence;
mod registry;
mod reverse;
mod scalar;
mod scheduler;
mod slab;
mod sync;
mod task;
mod timer;
mod unreceived;
mod value;
mod var;
mod view;
mod wait;
mod wakers;

pub use access::{MutBuffer, ReadBuffer, WriteBuffer};
pub use acquire::{Mutating, Reading, Request, Writing, acquire};
pub use all::{All, Several, all};
pub use cancel::CancelToken;
pub use combine::compute;
pub use defer::{Defer, Promise};
pub use error::{Error, ErrorKind, Outcome, Place};
pub use fold::{reduce, scan};
pub use form::{MaybeRead, ReadOrCancel, ReadResult};
pub use group::Group;
pub use guard::{MutGuard, ReadGuard, WriteGuard, WriteSlot};
pub use operand::{Constant, Operand};
pub use parallel::{parallel_for, parallelism};
pub use registry::{
    Dependency, DependencyKind, EpochInfo, Phase, Recording, Snapshot, TaskInfo, TaskState, TaskWait,
};
pub use reverse::Reverse;
pub use scalar::{Additive, Ring, Scalar};
#[cfg(feature = "rayon")]
pub use scheduler::RayonScheduler;
#[cfg(feature = "tokio")]
pub use scheduler::TokioScheduler;
pub use scheduler::{Attached, Blocked, Deterministic, Pool, PoolBuilder, Scheduler};
pub use task::{Access, Keep, Priority, Runnable, TaskBuilder, dispatch, spawn, task};
pub use unreceived::on_unreceived_error;
pub use value::Async;
pub use var::Var;
pub use view::{MutView, MutViewGuard, ReadView, ReadViewGuard, View};
pub use wait::blocking;
