//! Tasks that are waited for together.

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use parking_lot::Mutex;

use crate::cancel::CancelToken;
use crate::error::Error;
use crate::task::TaskBuilder;
use crate::wait::block_on;
use crate::wakers::{Registered, Wakers};

/// Tasks that are waited for together, and cancelled together. A clone is the same group.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
/// use runahead_async::Group;
/// let done = Arc::new(AtomicUsize::new(0));
/// let group = Group::new();
/// for _ in 0..10 {
///     let done = Arc::clone(&done);
///     group.task().dispatch((), move |()| { done.fetch_add(1, Ordering::Relaxed); });
/// }
/// group.wait()?;
/// assert_eq!(done.load(Ordering::Relaxed), 10);
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[derive(Clone)]
pub struct Group(Arc<Inner>);

struct Inner {
    live: AtomicUsize,
    /// Those who wait until no task of the group is alive.
    waiting: Wakers,
    state: Mutex<State>,
    token: CancelToken,
}

#[derive(Default)]
struct State {
    /// The errors of tasks that ended in one, which nobody has taken, in the order in which they ended.
    errors: Vec<Error>,
    cancel_on_error: bool,
}

/// A group keeps so many errors.
const ERRORS_KEPT: usize = 100;

impl Group {
    /// A group without tasks.
    pub fn new() -> Group {
        Group::with_token(CancelToken::new())
    }

    /// A group whose tasks are cancelled with that token too.
    pub fn with_token(token: CancelToken) -> Group {
        let token = token.child();
        Group(Arc::new(Inner {
            live: AtomicUsize::new(0),
            waiting: Wakers::default(),
            state: Mutex::default(),
            token,
        }))
    }

    /// A group whose other tasks are cancelled when one of them fails.
    pub fn cancelling_on_error() -> Group {
        let group = Group::new();
        group.0.state.lock().cancel_on_error = true;
        group
    }

    /// Calls `f` with a group, and returns when all the group's tasks have ended; where `f` panics, they are cancelled
    /// first.
    ///
    /// ```
    /// use runahead_async::{Async, Group};
    /// let total = Async::from(0);
    /// Group::scope(|group| {
    ///     for i in 1..=4 {
    ///         group.task().dispatch(total.mutate(), move |total| *total += i);
    ///     }
    /// })?;
    /// assert!(total.is_ready());
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first error that one of the tasks ended in.
    #[track_caller]
    pub fn scope<R>(f: impl FnOnce(&Group) -> R) -> Result<R, Error> {
        struct WaitOnPanic(Group);
        impl Drop for WaitOnPanic {
            fn drop(&mut self) {
                if std::thread::panicking() {
                    self.0.cancel();
                    // There is nobody to be told, and the panic goes on.
                    drop(self.0.wait());
                }
            }
        }
        let group = WaitOnPanic(Group::new());
        let result = f(&group.0);
        group.0.wait()?;
        Ok(result)
    }

    /// A task of this group.
    #[track_caller]
    pub fn task(&self) -> TaskBuilder<'static> {
        TaskBuilder::new(Location::caller()).in_group(self)
    }

    /// How many of its tasks have not ended.
    pub fn live_tasks(&self) -> usize {
        self.0.live.load(Ordering::Acquire)
    }

    /// Cancels its tasks, as [`CancelToken::cancel`] does, and those that are made for it later.
    pub fn cancel(&self) {
        self.0.token.cancel();
    }

    /// The token that [`cancel`](Self::cancel) cancels.
    pub fn token(&self) -> &CancelToken {
        &self.0.token
    }

    /// Blocks until all tasks have ended, those included that are added meanwhile.
    ///
    /// # Errors
    /// The first error that a task ended in, once; or where nothing can run and tasks still wait for something.
    #[track_caller]
    pub fn wait(&self) -> Result<(), Error> {
        block_on(self.ended())?;
        self.first_error()
    }

    /// Takes the errors that tasks have ended in so far, in the order in which they ended; at most 100 are kept.
    pub fn take_errors(&self) -> Vec<Error> {
        let errors = std::mem::take(&mut self.0.state.lock().errors);
        errors.iter().for_each(Error::received);
        errors
    }

    fn first_error(&self) -> Result<(), Error> {
        match self.take_errors().into_iter().next() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        let registered = Registered::new(Arc::clone(&self.0), |inner| &inner.waiting);
        poll_fn(move |context| {
            registered.register(context.waker());
            if registered.owner().live.load(Ordering::SeqCst) == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
    }

    pub(crate) fn task_begins(&self) {
        self.0.live.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn task_ends(&self, error: Option<&Error>) {
        if let Some(error) = error {
            let mut state = self.0.state.lock();
            if state.errors.len() < ERRORS_KEPT {
                state.errors.push(error.clone());
            }
            let cancels = state.cancel_on_error;
            drop(state);
            if cancels {
                self.cancel();
            }
        }
        if self.0.live.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.0.waiting.wake_all();
        }
    }
}

impl Default for Group {
    fn default() -> Group {
        Group::new()
    }
}

impl fmt::Debug for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Group({} live tasks)", self.live_tasks())
    }
}

/// As [`Group::wait`], without blocking.
impl IntoFuture for &Group {
    type Output = Result<(), Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let group = self.clone();
        Box::pin(async move {
            group.ended().await;
            group.first_error()
        })
    }
}
