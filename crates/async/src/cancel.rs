//! Cancelling work that nobody needs any more.

use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Poll, Waker};
use std::time::{Duration, Instant};

use crate::timer::{self, Alarm};
use crate::wakers::{Key, Wakers};

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
    wakers: Wakers,
    /// Where it has a deadline, what cancels it then, as long as the token is there.
    alarm: OnceLock<Alarm>,
}

/// Flat, since each token may be the last to hold its parent.
impl Drop for Inner {
    fn drop(&mut self) {
        let mut next = self.parent.take();
        while let Some(token) = next {
            next = Arc::into_inner(token.0).and_then(|mut parent| parent.parent.take());
        }
    }
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
            wakers: Wakers::default(),
            alarm: OnceLock::new(),
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

    /// The deadline of a token that was just made.
    fn until(self, deadline: Instant) -> CancelToken {
        let weak = Arc::downgrade(&self.0);
        let alarm = timer::at(deadline, move || {
            if let Some(inner) = weak.upgrade() {
                inner.late.store(true, Ordering::Relaxed);
                CancelToken(inner).cancel();
            }
        });
        if let Some(alarm) = alarm {
            // Nobody else has set it.
            let _ = self.0.alarm.set(alarm);
        }
        self
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
        self.0.wakers.wake_all();
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
    key: Key,
    registered: bool,
}

impl CancelWaker {
    pub(crate) fn new(token: CancelToken) -> CancelWaker {
        CancelWaker { token, key: Key::new(), registered: false }
    }

    /// Whether the token is cancelled; where it is not, the waker is woken when it is.
    pub(crate) fn is_cancelled(&mut self, waker: &Waker) -> bool {
        if !std::mem::replace(&mut self.registered, true) {
            self.alarms().for_each(Alarm::begin_to_await);
        }
        self.token.chain().for_each(|token| token.0.wakers.register(self.key, waker));
        self.token.is_cancelled()
    }

    fn alarms(&self) -> impl Iterator<Item = &Alarm> {
        self.token.chain().filter_map(|token| token.0.alarm.get())
    }
}

impl Drop for CancelWaker {
    fn drop(&mut self) {
        if self.registered {
            self.token.chain().for_each(|token| token.0.wakers.remove(self.key));
            self.alarms().for_each(Alarm::cease_to_await);
        }
    }
}
