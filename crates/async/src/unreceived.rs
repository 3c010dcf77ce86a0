//! Errors that nobody received.

use std::sync::Arc;

use parking_lot::RwLock;

use crate::contain;
use crate::error::Error;

type Hook = Arc<dyn Fn(&Error) + Send + Sync>;

static HOOK: RwLock<Option<Hook>> = RwLock::new(None);

/// Has `hook` called with every error that a task ended in and nobody received: no value that carried it was waited for,
/// awaited or read with its error, no group or sink took it. It is called once for each, on the thread that lets go of the
/// last value that carried it, in place of the hook before. In any case an event is sent to [`tracing`].
///
/// ```
/// use std::sync::mpsc;
/// use runahead_async::{dispatch, on_unreceived_error};
/// let (sender, errors) = mpsc::channel();
/// on_unreceived_error(move |error| sender.send(error.to_string()).unwrap());
/// dispatch((), |()| "seven".parse::<i32>().map(drop));
/// assert!(errors.recv().unwrap().contains("invalid digit"));
/// ```
pub fn on_unreceived_error(hook: impl Fn(&Error) + Send + Sync + 'static) {
    let before = HOOK.write().replace(Arc::new(hook));
    contain::contained(|| drop(before));
}

/// Tells of an error that nobody will receive.
pub(crate) fn report(error: &Error) {
    contain::contained(|| tracing::error!(%error, "an error that nobody received"));
    let hook = HOOK.read().clone();
    if let Some(hook) = hook {
        contain::contained(|| hook(error));
    }
}
