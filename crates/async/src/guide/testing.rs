//! Testing with the deterministic scheduler.
//!
//! Order is fixed by the program, so most programs give the same under every schedule, and a plain test on a pool is enough.
//! Where a program's own code depends on the schedule (`try_read`, atomics, channels, cancellation), run it under
//! [`Deterministic`](crate::Deterministic): one task at a time, in an order that a seed picks.
//!
//! ```
//! use runahead_async::{Async, CancelToken, Deterministic, ErrorKind, task};
//! let (mut cancelled, mut done) = (0, 0);
//! for seed in 0..100 {
//!     Deterministic::new(seed).run(|| {
//!         let token = CancelToken::new();
//!         let result = Async::new();
//!         let ends = token.clone();
//!         task("cancel").dispatch((), move |()| ends.cancel());
//!         task("work").cancel_by(&token).dispatch(result.write(), |result| result.set(1));
//!         // Whichever goes first, there is a value or that error.
//!         match result.wait() {
//!             Ok(value) => done += *value,
//!             Err(error) => {
//!                 assert_eq!(error.kind(), ErrorKind::Cancelled);
//!                 cancelled += 1;
//!             }
//!         };
//!     });
//! }
//! assert!(done > 0 && cancelled > 0 && done + cancelled == 100);
//! ```
//!
//! A seed that fails is repeated by running it again; [`choices`](crate::Deterministic::choices) and
//! [`replay`](crate::Deterministic::replay) repeat it also after the program has changed a little.
//! [`step`](crate::Deterministic::step) runs one thing at a time, for tests that look at what is there in between. Under this
//! scheduler a deadlock is found at once, and its report is complete.
