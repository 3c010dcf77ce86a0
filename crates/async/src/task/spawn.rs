//! Spawned futures.

use std::future::Future;
use std::panic::{AssertUnwindSafe, Location, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::access::{WriteBuffer, fail_write, write_now};
use crate::cancel::CancelWaker;
use crate::contain;
use crate::error::{Error, ErrorKind, Place};
use crate::registry::Registry;
use crate::scheduler::SchedulerRef;
use crate::task::frame::Frame;
use crate::task::{FutureMetadata, Options, Priority, Runnable, TaskBuilder};
use crate::value::Async;

/// Runs a future on the current scheduler; returns what it will give as an asynchronous value, at once.
///
/// Where the future returns an error or panics, its result gets an error that names this task, and so does every value
/// that it held for writing: the buffers and guards that it has not dropped before it last awaited.
///
/// ```
/// use runahead_async::{Async, Error, spawn};
/// let a = Async::from(20);
/// let read = a.read();
/// let b = spawn(async move { Ok::<_, Error>(*read.await? + 1) });
/// assert_eq!(*b.wait()?, 21);
/// # Ok::<(), Error>(())
/// ```
#[track_caller]
pub fn spawn<F, T, E>(future: F) -> Async<T>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + Sync + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    TaskBuilder::new(Location::caller()).spawn(future)
}

pub(crate) fn spawn_task<F, T, E>(mut builder: TaskBuilder<'_>, future: F) -> Async<T>
where
    F: Future<Output = Result<T, E>> + Send + 'static,
    T: Send + Sync + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    let result = Async::new_at(builder.location);
    let scheduler = builder.scheduler();
    builder.enter_budget(scheduler);
    let (place, bytes) = (builder.place(), builder.bytes());
    let options = builder.options;
    let (mut priority, mut node) = (Priority::Normal, None);
    let mut cancelled = Vec::new();
    if let Some(options) = &options {
        options.begin();
        (priority, node) = (options.priority, options.node);
        cancelled.extend(options.tokens.iter().cloned().map(CancelWaker::new));
    }
    let work = Work {
        frame: SendFrame(Frame::new(place.clone())),
        output: Some(result.write().cancel_if_unwritten()),
        future: Some(future),
        options,
        cancelled,
        live: Live::new(scheduler, &place, bytes, &result),
    };
    let (runnable, task) = async_task::Builder::new()
        .metadata(FutureMetadata { scheduler, priority, node })
        .spawn(|_| work, move |runnable| scheduler.schedule(Runnable::from_future(runnable)));
    task.detach();
    runnable.schedule();
    result
}

/// Counts and lists a task of the scheduler while it lives.
struct Live {
    scheduler: SchedulerRef,
    /// An allocation, for an address that no other live task has.
    identity: Option<Box<u8>>,
    bytes: u64,
}

impl Live {
    fn new<T: Send + Sync>(scheduler: SchedulerRef, place: &Place, bytes: u64, result: &Async<T>) -> Live {
        scheduler.task_begins();
        let identity = scheduler.registry().map(|registry| {
            let identity = Box::new(0);
            let task = std::ptr::from_ref(&*identity) as usize;
            registry.begin(task, place.clone(), vec![result.result_info()]);
            identity
        });
        Live { scheduler, identity, bytes }
    }

    /// The registry that lists the task, and the task's identity there.
    fn listed(&self) -> Option<(&'static Registry, usize)> {
        let identity = self.identity.as_deref()?;
        Some((self.scheduler.registry()?, std::ptr::from_ref(identity) as usize))
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        if let Some((registry, identity)) = self.listed() {
            registry.end(identity);
        }
        self.scheduler.task_ends(self.bytes);
    }
}

/// A frame that moves between threads with its task.
struct SendFrame(Frame);

// SAFETY: the frame holds ends only while the task is polled, since `Work::poll` flushes it before it returns; and
// while it is polled the task does not move.
unsafe impl Send for SendFrame {}

pin_project! {
    /// A spawned future, its result and what it has dropped.
    struct Work<F, T>
    where
        T: Send,
        T: Sync,
        T: 'static,
    {
        frame: SendFrame,
        output: Option<WriteBuffer<T>>,
        #[pin]
        future: Option<F>,
        options: Option<Arc<Options>>,
        // The tokens that cancel the task, each with a waker.
        cancelled: Vec<CancelWaker>,
        // Last, since the others may release values when they are dropped.
        live: Live,
    }

    /// Cancels a task that has not ended.
    impl<F, T> PinnedDrop for Work<F, T>
    where
        T: Send,
        T: Sync,
        T: 'static,
    {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            let Some(output) = this.output.take() else { return };
            let frame = &this.frame.0;
            frame.enter(|| contain::contained(|| this.future.set(None)));
            let cancelled = Error::new(ErrorKind::Cancelled, frame.place().clone());
            frame.flush(Some(&cancelled));
            fail_write(output, cancelled.clone());
            if let Some(options) = this.options.take() {
                options.end(Some(&cancelled));
            }
        }
    }
}

impl<F, T, E> Future for Work<F, T>
where
    F: Future<Output = Result<T, E>>,
    T: Send + Sync + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let frame = &this.frame.0;
        let running = this.live.listed().map(|(registry, identity)| registry.runs(identity));
        let (output, options) = (&*this.output, &*this.options);
        let refusal = options
            .as_ref()
            .and_then(|options| options.refusal(|| output.as_ref().is_none_or(WriteBuffer::is_wanted)));
        // Before the future is polled, which may be the last time for long. A token that is cancelled just now wakes it.
        let mut cancelled_now = false;
        for waker in this.cancelled.iter_mut() {
            cancelled_now |= waker.is_cancelled(cx.waker());
        }
        if cancelled_now && refusal.is_none() {
            cx.waker().wake_by_ref();
        }
        let result = frame.enter(|| {
            if let Some(refusal) = refusal {
                contain::contained(|| this.future.as_mut().set(None));
                return Some(Err(refusal));
            }
            let polled = catch_unwind(AssertUnwindSafe(|| {
                let future = this.future.as_mut().as_pin_mut().expect("a task is not polled after its end");
                let Poll::Ready(result) = future.poll(cx) else { return None };
                this.future.as_mut().set(None);
                Some(result.map_err(|error| Error::from_task(error.into(), frame.place().clone())))
            }));
            polled.unwrap_or_else(|payload| {
                // What the future still holds is dropped inside the frame too, to be marked with the rest.
                contain::contained(|| this.future.as_mut().set(None));
                Some(Err(Error::from_panic(payload, frame.place().clone())))
            })
        });
        let error = result.as_ref().and_then(|result| result.as_ref().err());
        frame.flush(error);
        let Some(result) = result else {
            if let Some(running) = running {
                running.suspend();
            }
            return Poll::Pending;
        };
        let error = result.as_ref().err().cloned();
        if let Some(output) = this.output.take() {
            match result {
                Ok(value) => write_now(output, value),
                Err(error) => fail_write(output, error),
            }
        }
        if let Some(options) = this.options.take() {
            options.end(error.as_ref());
        }
        Poll::Ready(())
    }
}
