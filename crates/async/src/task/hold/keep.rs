//! What a task keeps until its turns have ended.

use std::mem::ManuallyDrop;
use std::ptr::NonNull;

use crate::contain;
use crate::error::Error;
use crate::registry::AccessInfo;
use crate::task::Released;
use crate::task::hold::{Access, Hold, Open, Registration};

/// A value among a task's accesses that nothing waits for: the task keeps it until the turns of the accesses before it
/// have ended, when what it wrote can be read. The closure gets `&T`.
///
/// ```
/// use std::sync::mpsc;
/// use runahead_async::{Async, Keep, dispatch};
/// let (result, (done, is_done)) = (Async::new(), mpsc::channel::<()>());
/// dispatch((result.write(), Keep(done)), |(result, _)| result.set(1));
/// // The channel is closed when the task has let go of its end.
/// assert!(is_done.recv().is_err());
/// assert!(result.is_ready());
/// ```
pub struct Keep<T>(pub T);

impl<T: Send + 'static> Access for Keep<T> {
    type Args<'a> = &'a T;
    type Held = HeldValue<T>;

    #[inline]
    fn hold(self) -> HeldValue<T> {
        HeldValue(ManuallyDrop::new(self.0))
    }
}

#[doc(hidden)]
pub struct HeldValue<T>(ManuallyDrop<T>);

impl<T: 'static> Hold for HeldValue<T> {
    #[inline]
    fn unmet(&mut self) -> usize {
        0
    }

    #[inline]
    unsafe fn register(_: NonNull<Self>, _: &mut Registration<'_>) -> bool {
        false
    }

    #[inline]
    fn prefetch_epochs(&self) {}

    #[inline]
    fn prefetch(&self) {}

    fn describe(&self, _: &mut Vec<AccessInfo>) {}

    #[inline]
    unsafe fn finish(&mut self, _: Option<&Error>, _: &mut Released) {
        // SAFETY: it is not used again, as promised.
        let value = unsafe { ManuallyDrop::take(&mut self.0) };
        contain::dispose(value);
    }
}

impl<T: 'static> Open for HeldValue<T> {
    type Args<'a> = &'a T;

    #[inline]
    unsafe fn open(&mut self) -> Result<&T, Error> {
        Ok(&self.0)
    }
}
