//! Tasks: pieces of work that schedulers run.
//!
//! There are two kinds. A [dispatched closure](dispatch) holds its accesses in its own allocation, counts those whose
//! turn has not come, and is scheduled when the count is zero; it is never polled. A [spawned future](spawn) awaits its
//! accesses itself. To a scheduler both are a [`Runnable`].

mod dispatch;
pub(crate) mod frame;
mod header;
mod hold;
mod options;
mod spawn;

pub use dispatch::{TaskBuilder, dispatch, task};
pub use header::Runnable;
pub(crate) use header::{End, FutureMetadata, Header, Released, Vtable, waker_waiter};
pub use hold::{Access, Keep};
pub(crate) use hold::{HeldMut, HeldRead, Hold, Open, Registration};
pub(crate) use options::Options;
pub use options::Priority;
pub use spawn::spawn;
