//! Forks of any function.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use runahead_async::{Async, CancelToken, task};

use super::within;
use crate::Result;

/// A function that was started by [`fork_host`](crate::fork_host), and its result on its way.
#[must_use = "the result is had by waiting for a fork"]
pub struct HostFork<T: Send + Sync + 'static> {
    value: Async<T>,
    token: CancelToken,
}

impl<T: Send + Sync + 'static> HostFork<T> {
    pub(super) fn start(
        name: Arc<str>,
        token: CancelToken,
        function: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> HostFork<T> {
        let value = Async::new();
        let inside = token.clone();
        task(name)
            .cancel_by(&token)
            .dispatch(value.write(), move |value| within(&inside, function).map(|result| value.set(result)));
        HostFork { value, token }
    }

    /// Gives the function up where it has not begun, and the forks that were made in it.
    pub fn cancel(&self) {
        self.token.cancel();
    }

    /// Whether the function has ended.
    pub fn is_ready(&self) -> bool {
        self.value.is_ready()
    }

    /// Blocks until the function has ended.
    ///
    /// # Errors
    /// That of the function, or that it panicked or was cancelled.
    #[track_caller]
    pub fn wait(self) -> Result<T> {
        Ok(self.value.into_value()?)
    }

    /// Ends when the function has.
    pub(super) fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let ended = self.value.read();
        Box::pin(async { drop(ended.await) })
    }
}

impl<T: Send + Sync + 'static> IntoFuture for HostFork<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let value = self.value.mutate();
        Box::pin(async { Ok(value.await?.take()) })
    }
}

/// Tells whether the function has ended; never waits.
impl<T: Send + Sync + 'static> fmt::Debug for HostFork<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostFork({})", if self.is_ready() { "ready" } else { "pending" })
    }
}
