//! Errors that travel with values.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::mem::ManuallyDrop;
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::contain;
use crate::task::frame;
use crate::unreceived;

/// Places that an error passed through beyond this many are counted, not kept.
const PLACES_KEPT: usize = 16;

/// Why a value cannot be read.
///
/// An error is made once, where something went wrong, and travels with the values that were to come of it: a task
/// that reads a failed value fails in turn, and its error names the first origin and the way from there. Clones are
/// cheap and the same error.
///
/// ```
/// use runahead_async::{Async, ErrorKind, dispatch, task};
/// let a = Async::<i32>::new();
/// let b = Async::<i32>::new();
/// task("parse").dispatch(a.write(), |a| -> Result<(), std::num::ParseIntError> {
///     a.set("seven".parse()?);
///     Ok(())
/// });
/// dispatch((a.read(), b.write()), |(a, b)| b.set(a + 1));
/// let error = b.wait().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Failed);
/// assert_eq!(error.origin().name(), Some("parse"));
/// assert!(error.to_string().contains("invalid digit found in string"));
/// assert_eq!(error.through().len(), 1);
/// ```
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    failure: Arc<Failure>,
    through: Vec<Place>,
    omitted: usize,
}

/// What went wrong, wherever it travelled.
struct Failure {
    kind: ErrorKind,
    message: Option<Arc<str>>,
    source: Option<Source>,
    origin: Place,
    /// Whether somebody was told.
    receipt: AtomicU8,
}

/// Nobody was told.
const UNRECEIVED: u8 = 0;
/// A task that awaited it was told, and may pass it on.
const RECEIVED_BY_TASK: u8 = 1;
/// The program was told.
const RECEIVED: u8 = 2;

impl Drop for Failure {
    fn drop(&mut self) {
        let matters = matches!(self.kind, ErrorKind::Failed | ErrorKind::Panicked);
        if matters && *self.receipt.get_mut() == UNRECEIVED {
            unreceived::report(&Error::of(Failure {
                kind: self.kind,
                message: self.message.take(),
                source: self.source.take(),
                origin: self.origin.clone(),
                receipt: AtomicU8::new(RECEIVED),
            }));
        }
    }
}

/// The error that a task returned. It may hold an [`Error`] in turn, and so on, so it is dropped flat.
#[derive(Clone)]
struct Source(ManuallyDrop<Arc<dyn StdError + Send + Sync>>);

impl Source {
    fn new(error: Box<dyn StdError + Send + Sync>) -> Source {
        Source(ManuallyDrop::new(Arc::from(error)))
    }

    fn get(&self) -> &(dyn StdError + Send + Sync + 'static) {
        &**self.0
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        // SAFETY: the source is not used again.
        contain::dispose(unsafe { ManuallyDrop::take(&mut self.0) });
    }
}

/// What kind of thing went wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The value was never written, and now nobody will.
    Unwritten,
    /// The work was given up before it was done.
    Cancelled,
    /// A task returned an error.
    Failed,
    /// A task panicked.
    Panicked,
    /// Nothing can run, so what is waited for can never come.
    Deadlock,
}

/// A task, or where a value was made: a place in the program.
#[derive(Clone)]
pub struct Place {
    name: Option<Arc<str>>,
    location: &'static Location<'static>,
}

impl Place {
    pub(crate) fn new(name: Option<Arc<str>>, location: &'static Location<'static>) -> Place {
        Place { name, location }
    }

    /// The name of the task, where it was given one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Where the task was dispatched or spawned, or the value made.
    pub fn location(&self) -> &'static Location<'static> {
        self.location
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} ({})", self.location),
            None => self.location.fmt(f),
        }
    }
}

impl Error {
    /// An error of that kind that begins at a place.
    pub(crate) fn new(kind: ErrorKind, origin: Place) -> Error {
        Error::of(Failure { kind, message: None, source: None, origin, receipt: AtomicU8::new(UNRECEIVED) })
    }

    pub(crate) fn with_message(kind: ErrorKind, message: impl Into<Arc<str>>, origin: Place) -> Error {
        let message = Some(message.into());
        Error::of(Failure { kind, message, source: None, origin, receipt: AtomicU8::new(UNRECEIVED) })
    }

    fn of(failure: Failure) -> Error {
        Error(Arc::new(Inner { failure: Arc::new(failure), through: Vec::new(), omitted: 0 }))
    }

    /// The error of a task that returned `error`. One that is an [`Error`] already, because it was read from a value,
    /// goes on from there.
    pub(crate) fn from_task(error: Box<dyn StdError + Send + Sync>, task: Place) -> Error {
        match error.downcast::<Error>() {
            Ok(error) => {
                // The task that was told has passed it on.
                let receipt = &error.0.failure.receipt;
                let _ = receipt.compare_exchange(
                    RECEIVED_BY_TASK,
                    UNRECEIVED,
                    Ordering::Relaxed,
                    Ordering::Relaxed,
                );
                error.passed(task)
            }
            Err(error) => Error::of(Failure {
                kind: ErrorKind::Failed,
                message: None,
                source: Some(Source::new(error)),
                origin: task,
                receipt: AtomicU8::new(UNRECEIVED),
            }),
        }
    }

    pub(crate) fn from_panic(payload: Box<dyn Any + Send>, task: Place) -> Error {
        let message = payload
            .downcast_ref::<&'static str>()
            .copied()
            .or_else(|| payload.downcast_ref::<String>().map(|s| s.as_str()))
            .unwrap_or("a panic without a message");
        let error = Error::with_message(ErrorKind::Panicked, message, task);
        contain::drop_payload(payload);
        error
    }

    /// The program is told of the error, or a task that awaited it is.
    pub(crate) fn received(&self) {
        let by_task = frame::with(|frame| frame.is_some());
        let receipt = if by_task { RECEIVED_BY_TASK } else { RECEIVED };
        self.0.failure.receipt.fetch_max(receipt, Ordering::Relaxed);
    }

    /// This error after it passed through a task that read it.
    pub(crate) fn passed(&self, task: Place) -> Error {
        let mut inner = Inner::clone(&self.0);
        if inner.through.len() < PLACES_KEPT {
            inner.through.push(task);
        } else {
            inner.omitted += 1;
        }
        Error(Arc::new(inner))
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.failure.kind
    }

    /// The task that failed; for a value that was never written, where it was made.
    pub fn origin(&self) -> &Place {
        &self.0.failure.origin
    }

    /// The tasks that the error came through on the way here, the first one first; at most 16 are kept.
    pub fn through(&self) -> &[Place] {
        &self.0.through
    }

    /// The error that a task returned, where it is of that type.
    ///
    /// ```
    /// use runahead_async::{Async, dispatch};
    /// let a = Async::<i32>::new();
    /// dispatch(a.write(), |a| "x".parse().map(|x| a.set(x)));
    /// let error = a.wait().unwrap_err();
    /// assert!(error.downcast_ref::<std::num::ParseIntError>().is_some());
    /// ```
    pub fn downcast_ref<E: StdError + 'static>(&self) -> Option<&E> {
        self.0.failure.source.as_ref().and_then(|source| source.get().downcast_ref())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { failure, through, omitted } = &*self.0;
        let Failure { kind, message, source, origin, .. } = &**failure;
        match kind {
            ErrorKind::Unwritten => write!(f, "the value made at {origin} was never written")?,
            ErrorKind::Cancelled => write!(f, "{origin} was cancelled")?,
            ErrorKind::Failed => write!(f, "{origin} failed")?,
            ErrorKind::Panicked => write!(f, "{origin} panicked")?,
            ErrorKind::Deadlock => write!(f, "nothing can run, and what {origin} waits for cannot come")?,
        }
        if let Some(message) = message {
            write!(f, ": {message}")?;
        }
        if let Some(source) = source {
            write!(f, ": {}", source.get())?;
        }
        for place in through {
            write!(f, "\n  read by {place}")?;
        }
        if *omitted > 0 {
            write!(f, "\n  and {omitted} more")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}, {self})", self.0.failure.kind)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.failure.source.as_ref().map(|source| source.get() as &(dyn StdError + 'static))
    }
}

/// What a task may return: nothing, or a `Result` whose error marks the values that the task was to write.
pub trait Outcome {
    #[doc(hidden)]
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>>;
}

impl Outcome for () {
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>> {
        Ok(())
    }
}

impl<E: Into<Box<dyn StdError + Send + Sync>>> Outcome for Result<(), E> {
    fn into_result(self) -> Result<(), Box<dyn StdError + Send + Sync>> {
        self.map_err(Into::into)
    }
}
