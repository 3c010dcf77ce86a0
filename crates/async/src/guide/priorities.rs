//! Priorities: what runs first.
//!
//! Data decides what *can* run; a [`Priority`](crate::Priority) decides what of that runs first.
//!
//! ```
//! use runahead_async::{Async, Pool, Priority};
//! let pool = Pool::new(1);
//! let order = Async::from(Vec::new());
//! pool.pause(); // so that all are there when the first is picked
//! for (name, priority) in [("low", Priority::Low), ("normal", Priority::Normal), ("high", Priority::High)] {
//!     let order = order.clone();
//!     pool.task(name).priority(priority).dispatch((), move |()| order.mutate().wait().unwrap().push(name));
//! }
//! pool.resume();
//! pool.wait_idle()?;
//! assert_eq!(*order.wait()?, ["high", "normal", "low"]);
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! `High` goes before everything that is queued: use it for the few tasks on the critical path, such as the panel of a
//! factorisation, or what answers a person. `Low` runs when there is nothing else. Priorities are no deadlines: a task that
//! runs is not interrupted, and now and then a worker takes what has waited longest, so that nothing starves.
//!
//! [`here`](crate::TaskBuilder::here) goes further: the calling thread runs the closure before the call returns, if all that
//! it needs is there. What it releases is offered to the other workers at once.
