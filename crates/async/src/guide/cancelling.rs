//! Groups, cancellation and deadlines.
//!
//! # Groups
//!
//! A [`Group`](crate::Group) is waited for as one: it ends when all its tasks have, and gives the first error.
//!
//! ```
//! use runahead_async::Group;
//! let group = Group::cancelling_on_error();
//! for i in 0..10 {
//!     group.task().dispatch((), move |()| if i == 3 { Err("the third fails") } else { Ok(()) });
//! }
//! assert!(group.wait().unwrap_err().to_string().contains("the third fails"));
//! ```
//!
//! [`Group::scope`](crate::Group::scope) waits also where the closure panics, so that nothing runs on behind its back.
//!
//! # Tokens
//!
//! A [`CancelToken`](crate::CancelToken) says that work is not needed any more. A task that has not begun is not run; a
//! future is dropped where it awaits; a closure that runs goes on, unless it looks at the token itself. What was to be
//! written gets an error of kind [`Cancelled`](crate::ErrorKind::Cancelled), in its turn: cancelling never changes the order.
//!
//! ```
//! use runahead_async::{Async, CancelToken, ErrorKind, task};
//! let service = CancelToken::new();
//! let request = service.child(); // cancelled with the service, or alone
//! let (input, output) = (Async::<i32>::new(), Async::new());
//! task("work").cancel_by(&request).dispatch((input.read(), output.write()), |(x, y)| y.set(*x));
//! request.cancel();
//! input.write().wait()?.set(1);
//! assert_eq!(output.wait().unwrap_err().kind(), ErrorKind::Cancelled);
//! assert!(!service.is_cancelled());
//! # Ok::<(), runahead_async::Error>(())
//! ```
//!
//! # Deadlines
//!
//! [`deadline`](crate::TaskBuilder::deadline) and [`CancelToken::at`](crate::CancelToken::at) cancel when a time has come. A
//! deadline is forgotten with its token, so a service may give an hour to each of millions of requests. It does not keep a
//! deadlock from being noticed, unless a future awaits it: then the wait ends when the deadline comes.
//!
//! [`while_wanted`](crate::TaskBuilder::while_wanted) needs no token: the task is cancelled where nobody is left who could
//! read what it writes.
