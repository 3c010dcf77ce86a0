//! Cancelling work that nobody needs any more.

use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::contain;
use crate::timer;

/// Cancels the tasks that were given it ([`TaskBuilder::cancel_by`](crate::TaskBuilder::cancel_by)).
///
/// A dispatched task that has not begun is not run; what it was to write gets an error of kind
/// [`Cancelled`](crate::ErrorKind::Cancelled) when its turn comes. A spawned one is dropped where it awaits, with what it
/// holds. A closure that runs goes on: it may look at the token itself. A clone is the same token.
///
/// ```
/// use runahead_async::{Async, CancelToken, ErrorKind, task};
/// let token = CancelToken::new();
/// let (input, result) = (Async::<i32>::new(), Async::new());
/// task("double").cancel_by(&token).dispatch((input.read(), result.write()), |(x, y)| y.set(2 * x));
/// token.cancel();
/// let mut late = input.write().wait()?;
/// late.set(1);
/// drop(late);
/// assert_eq!(result.wait().unwrap_err().kind(), ErrorKind::Cancelled);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[derive(Clone)]
pub struct CancelToken(Arc<Inner>);

struct Inner {
    cancelled: AtomicBool,
    /// Whether it was a deadline that cancelled it.
    late: AtomicBool,
    /// Cancelling this cancels the token too.
    parent: Option<CancelToken>,
    /// Those who await the cancellation of this token or a child.
    wakers: Mutex<HashMap<u64, Waker>>,
}

impl CancelToken {
    /// A token that is not cancelled.
    pub fn new() -> CancelToken {
        CancelToken::with_parent(None)
    }

    fn with_parent(parent: Option<CancelToken>) -> CancelToken {
        CancelToken(Arc::new(Inner {
            cancelled: AtomicBool::new(false),
            late: AtomicBool::new(false),
            parent,
            wakers: Mutex::default(),
        }))
    }

    /// A token that is cancelled when its deadline has passed, or before that.
    ///
    /// ```
    /// use std::time::Instant;
    /// use runahead_async::{Async, CancelToken, ErrorKind, spawn, task};
    /// let never = Async::<i32>::new();
    /// let read = never.read();
    /// let waits = task("waits")
    ///     .cancel_by(&CancelToken::at(Instant::now()))
    ///     .spawn(async move { Ok::<_, runahead_async::Error>(*read.await?) });
    /// assert_eq!(waits.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    /// ```
    pub fn at(deadline: Instant) -> CancelToken {
        CancelToken::new().until(deadline)
    }

    /// A token that is cancelled with this one, when its deadline has passed, or before that.
    ///
    /// ```
    /// use std::time::Instant;
    /// use runahead_async::CancelToken;
    /// let all = CancelToken::new();
    /// let one = all.child_until(Instant::now() + std::time::Duration::from_secs(3600));
    /// all.cancel();
    /// assert!(one.is_cancelled());
    /// ```
    pub fn child_until(&self, deadline: Instant) -> CancelToken {
        self.child().until(deadline)
    }

    fn until(self, deadline: Instant) -> CancelToken {
        let token = self;
        let weak = Arc::downgrade(&token.0);
        timer::at(deadline, move || {
            if let Some(inner) = weak.upgrade() {
                inner.late.store(true, Ordering::Relaxed);
                CancelToken(inner).cancel();
            }
        });
        token
    }

    /// A token that is cancelled when that time has passed, or before.
    pub fn after(time: Duration) -> CancelToken {
        match Instant::now().checked_add(time) {
            Some(deadline) => CancelToken::at(deadline),
            // Later than the clock can say.
            None => CancelToken::new(),
        }
    }

    /// A token that is cancelled with this one, and can be cancelled without it.
    ///
    /// ```
    /// use runahead_async::CancelToken;
    /// let (all, other) = (CancelToken::new(), CancelToken::new());
    /// let one = all.child();
    /// all.cancel();
    /// assert!(one.is_cancelled() && !other.is_cancelled());
    /// ```
    pub fn child(&self) -> CancelToken {
        CancelToken::with_parent(Some(self.clone()))
    }

    /// Cancels the tasks that have this token or a child of it.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::SeqCst);
        let wakers = std::mem::take(&mut *self.0.wakers.lock());
        wakers.into_values().for_each(|waker| contain::contained(|| waker.wake()));
    }

    /// Whether this token, or one that it is a child of, was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.chain().any(|token| token.0.cancelled.load(Ordering::SeqCst))
    }

    /// Ends when the token is cancelled.
    ///
    /// ```
    /// use runahead_async::{CancelToken, Error, spawn};
    /// let token = CancelToken::new();
    /// let waiting = token.clone();
    /// let done = spawn(async move { Ok::<_, Error>(waiting.cancelled().await) });
    /// token.cancel();
    /// done.wait()?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn cancelled(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut registered = CancelWaker::new(self.clone());
        poll_fn(
            move |context| {
                if registered.is_cancelled(context.waker()) { Poll::Ready(()) } else { Poll::Pending }
            },
        )
    }

    pub(crate) fn reason(&self) -> &'static str {
        if self.chain().any(|token| token.0.late.load(Ordering::Relaxed)) {
            "its deadline has passed"
        } else {
            "its token was cancelled"
        }
    }

    /// This token, its parent, and so on.
    fn chain(&self) -> impl Iterator<Item = &CancelToken> {
        std::iter::successors(Some(self), |token| token.0.parent.as_ref())
    }
}

impl Default for CancelToken {
    fn default() -> CancelToken {
        CancelToken::new()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_cancelled() { "CancelToken(cancelled)" } else { "CancelToken" })
    }
}

/// A waker that is woken when a token is cancelled, as long as this lives.
pub(crate) struct CancelWaker {
    token: CancelToken,
    key: u64,
}

impl CancelWaker {
    pub(crate) fn new(token: CancelToken) -> CancelWaker {
        static KEYS: AtomicU64 = AtomicU64::new(0);
        CancelWaker { token, key: KEYS.fetch_add(1, Ordering::Relaxed) }
    }

    /// Whether the token is cancelled; where it is not, the waker is woken when it is.
    pub(crate) fn is_cancelled(&mut self, waker: &Waker) -> bool {
        for token in self.token.chain() {
            let mut wakers = token.0.wakers.lock();
            // Looked at under the lock that `cancel` takes after it has said so.
            if token.0.cancelled.load(Ordering::SeqCst) {
                return true;
            }
            match wakers.get(&self.key) {
                Some(known) if known.will_wake(waker) => {}
                _ => drop(wakers.insert(self.key, waker.clone())),
            }
        }
        false
    }
}

impl Drop for CancelWaker {
    fn drop(&mut self) {
        for token in self.token.chain() {
            let waker = token.0.wakers.lock().remove(&self.key);
            contain::contained(|| drop(waker));
        }
    }
}
