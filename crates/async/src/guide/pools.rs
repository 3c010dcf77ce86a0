//! Pools and budgets: where tasks run, and how many may be in flight.
//!
//! # Choosing a pool
//!
//! Tasks go to the *current* scheduler: the one that runs the calling task, or whose `run` the thread is in, else the
//! [global pool](crate::Pool::global), which has as many workers as the process may use cores (`RUNAHEAD_THREADS` sets
//! another number). A pool of your own is a value; dropping it runs what can run and then ends its threads.
//!
//! ```
//! use runahead_async::{Async, Pool, dispatch};
//! let pool = Pool::builder().workers(2).name("solver").build();
//! let sum = Async::from(0u64);
//! pool.run(|| {
//!     for i in 0..1000 {
//!         dispatch(sum.mutate(), move |sum| *sum += i); // on the pool
//!     }
//! });
//! pool.wait_idle()?;
//! assert_eq!(*sum.wait()?, 499_500);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! One pool for a program is nearly always right: two pools compete for the same cores. Give a pool of its own to work that
//! must not be slowed down by the rest, and to work that blocks in other libraries for long.
//!
//! [`pin`](crate::PoolBuilder::pin) keeps each worker on a core, [`nodes`](crate::PoolBuilder::nodes) groups workers by NUMA
//! node, and [`prefer_node`](crate::TaskBuilder::prefer_node) sends a task to where its data is. Where the system does not
//! start as many threads as were asked for, the pool has fewer workers ([`workers`](crate::Pool::workers) tells).
//!
//! # Bounding what is in flight
//!
//! Submitting is faster than computing, so a program that submits without end fills the memory. A *budget* bounds the tasks
//! that have begun and not ended, or the bytes that they hold. Who submits beyond it waits.
//!
//! ```
//! use runahead_async::{Async, Pool};
//! let pool = Pool::builder().workers(2).max_tasks(64).max_bytes(1 << 20).build();
//! let total = Async::from(0);
//! for block in 0..1000usize {
//!     pool.task("block").holds_bytes(4096).dispatch(total.mutate(), move |total| *total += block);
//! }
//! assert_eq!(*total.wait()?, 499_500);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! In a future, [`admitted`](crate::TaskBuilder::admitted) waits without blocking the thread. Where all that has begun waits
//! for something that is still to be submitted, the budget lets more in, one by one, rather than have the program hang.
