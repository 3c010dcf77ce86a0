//! The task that a thread runs, as its registry knows it; and what a future that is being polled waits for.

use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Instant;

use tracing::span::EnteredSpan;

use crate::error::Place;
use crate::registry::{AccessInfo, Registry, Stage};
use crate::value::RawAccess;
use crate::wait::{Parker, WakerWaiter};

#[derive(Clone, Copy)]
struct Current {
    registry: &'static Registry,
    task: usize,
}

thread_local! {
    static CURRENT: Cell<Option<Current>> = const { Cell::new(None) };
    /// What has been awaited in vain, where somebody wants to know.
    static AWAITED: RefCell<Option<Vec<AccessInfo>>> = const { RefCell::new(None) };
}

/// A listed task, while this thread runs it.
pub(crate) struct Running {
    current: Current,
    before: Option<Current>,
    awaited_before: Option<Vec<AccessInfo>>,
    /// Where the task is being recorded.
    started: Option<Instant>,
    _span: EnteredSpan,
    /// It speaks of the thread that made it.
    _here: PhantomData<*const ()>,
}

impl Running {
    pub(super) fn new(
        registry: &'static Registry,
        task: usize,
        place: Option<Place>,
        recorded: bool,
    ) -> Running {
        let name = place.as_ref().and_then(Place::name).unwrap_or_default();
        let location = place.as_ref().map(|place| tracing::field::display(place.location()));
        let span = tracing::info_span!("task", name, location).entered();
        let current = Current { registry, task };
        Running {
            current,
            before: CURRENT.replace(Some(current)),
            awaited_before: AWAITED.replace(Some(Vec::new())),
            started: recorded.then(Instant::now),
            _span: span,
            _here: PhantomData,
        }
    }

    /// The task, a future, has returned to wait for what it has awaited.
    pub(crate) fn suspend(self) {
        let awaited = AWAITED.take().unwrap_or_default();
        self.current.registry.set_stage(self.current.task, Stage::Suspended(awaited));
    }
}

impl Drop for Running {
    #[cold]
    #[inline(never)]
    fn drop(&mut self) {
        CURRENT.set(self.before);
        let awaited = AWAITED.replace(self.awaited_before.take());
        drop(awaited);
        let Current { registry, task } = self.current;
        if let Some(started) = self.started {
            registry.record(task, |recorder, index| recorder.slice(index, started, Instant::now()));
        }
    }
}

/// Notes that the task that this thread runs has got that access.
#[inline]
pub(crate) fn uses<T: 'static>(raw: &RawAccess<T>, writes: bool) {
    if let Some(current) = CURRENT.get() {
        note_use(current, raw, writes);
    }
}

#[cold]
fn note_use<T: 'static>(current: Current, raw: &RawAccess<T>, writes: bool) {
    let spot = raw.spot(writes);
    current.registry.record(current.task, |recorder, index| recorder.uses(index, spot));
}

/// Notes what is awaited in vain, where somebody wants to know.
pub(crate) fn awaits<T: 'static>(raw: &RawAccess<T>, writes: bool, waiter: &Option<Arc<WakerWaiter>>) {
    let Some(waiter) = waiter else { return };
    AWAITED.with_borrow_mut(|awaited| {
        if let Some(awaited) = awaited {
            awaited.push(raw.info_awaited(writes, waiter));
        }
    });
}

/// Calls `poll`; returns what it has awaited in vain, too.
pub(crate) fn collect<R>(poll: impl FnOnce() -> R) -> (R, Vec<AccessInfo>) {
    struct Restore(Option<Vec<AccessInfo>>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let collected = AWAITED.replace(self.0.take());
            drop(collected);
        }
    }
    let _restore = Restore(AWAITED.replace(Some(Vec::new())));
    let result = poll();
    let awaited = AWAITED.with_borrow_mut(|awaited| awaited.as_mut().map(std::mem::take));
    (result, awaited.unwrap_or_default())
}

/// The task that this thread runs, where it is listed, blocks there until what is returned is dropped.
pub(crate) fn block(parker: &Arc<Parker>) -> Blocking {
    let current = CURRENT.get();
    if let Some(Current { registry, task }) = current {
        registry.set_stage(task, Stage::Blocks(Arc::clone(parker)));
    }
    Blocking(current)
}

pub(crate) struct Blocking(Option<Current>);

impl Drop for Blocking {
    fn drop(&mut self) {
        if let Some(Current { registry, task }) = self.0 {
            registry.set_stage(task, Stage::Runs);
        }
    }
}
