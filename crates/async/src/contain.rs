//! Calling a program's own code (destructors, wakers) from places that must go on whatever that code does.
//!
//! A panic in it is caught and dropped: the panic hook has told of it, and there is nobody whom it would concern, since
//! it is not determined which thread lets go of a thing last. And it is called *flat*: what one destructor makes
//! others do is done after it, not inside it, so that no chain of values, tasks or errors is too long for the stack.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

type Job = Box<dyn FnOnce()>;

thread_local! {
    /// The jobs that wait for the one that this thread is inside of. A plain pointer, so that it can be used as long as
    /// the thread lives.
    static WAITING: Cell<Option<*const RefCell<VecDeque<Job>>>> = const { Cell::new(None) };
}

/// Calls `job`, and drops its panic.
pub(crate) fn contained(job: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(job)) {
        drop_payload(payload);
    }
}

/// Drops what a panic left, which may panic in turn.
pub(crate) fn drop_payload(payload: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // What is not a plain message could panic again, and so on for ever.
        if !another.is::<&'static str>() && !another.is::<String>() {
            std::mem::forget(another);
        }
    }
}

/// Calls `job`, contained: now, or, where this thread is inside another such job, after that one.
pub(crate) fn flat(job: impl FnOnce() + 'static) {
    if let Some(waiting) = WAITING.get() {
        // SAFETY: the pointer is set only while the queue that it points to is alive, below on this thread's stack.
        unsafe { &*waiting }.borrow_mut().push_back(Box::new(job));
        return;
    }
    struct Unset;
    impl Drop for Unset {
        fn drop(&mut self) {
            WAITING.set(None);
        }
    }
    let waiting = RefCell::new(VecDeque::new());
    WAITING.set(Some(&raw const waiting));
    let _unset = Unset;
    contained(job);
    loop {
        let next = waiting.borrow_mut().pop_front();
        match next {
            Some(job) => contained(job),
            None => break,
        }
    }
}

/// Drops a value, flat.
pub(crate) fn dispose<T: 'static>(value: T) {
    if std::mem::needs_drop::<T>() {
        flat(move || drop(value));
    }
}
