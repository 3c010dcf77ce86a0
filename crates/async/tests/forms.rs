//! The forms in which values are accessed, under the pool and under many seeds of the deterministic scheduler.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::everywhere;
use runahead_async::{Async, Deterministic, Error, ErrorKind, all, compute, dispatch, spawn, task};

/// A value that nobody wrote.
fn unwritten<T: Send + Sync + 'static>() -> Async<T> {
    let value = Async::new();
    drop(value.write());
    value
}

/// A value whose writing failed.
fn failed() -> Async<i32> {
    let value = Async::new();
    task("fails").dispatch(value.write(), |_| "x".parse::<i32>().map(drop));
    value
}

#[test]
fn maybe_gives_none_where_nothing_was_written_and_keeps_errors() {
    everywhere(|| {
        let (there, missing, broken) = (Async::from(1), unwritten::<i32>(), failed());
        assert_eq!(there.read().maybe().wait().unwrap().as_deref(), Some(&1));
        assert!(missing.read().maybe().wait().unwrap().is_none());
        assert_eq!(broken.read().maybe().wait().unwrap_err().kind(), ErrorKind::Failed);

        let accesses = (there.read().maybe(), missing.read().maybe());
        let sum = compute(accesses, |(there, missing)| there.unwrap_or(&10) + missing.unwrap_or(&20));
        assert_eq!(*sum.wait().unwrap(), 21);
        let sum = compute(broken.read().maybe(), |broken| broken.copied());
        assert_eq!(sum.wait().unwrap_err().origin().name(), Some("fails"));

        let read = missing.read().maybe();
        let seen = spawn(async move { Ok::<_, Error>(read.await?.is_none()) });
        assert!(*seen.wait().unwrap());
    });
}

#[test]
fn maybe_waits_for_what_is_to_be_written() {
    everywhere(|| {
        let late = Async::new();
        let read = late.read().maybe();
        let seen = compute(late.read().maybe(), |late| late.copied());
        dispatch(late.write(), |late| late.set(3));
        assert_eq!(*seen.wait().unwrap(), Some(3));
        assert_eq!(read.wait().unwrap().as_deref(), Some(&3));
    });
}

#[test]
fn or_cancel_cancels_what_needs_a_missing_value_and_never_shows_it() {
    everywhere(|| {
        let called = Arc::new(AtomicUsize::new(0));
        let (missing, broken) = (unwritten::<i32>(), failed());
        for (value, kind) in [(&missing, ErrorKind::Cancelled), (&broken, ErrorKind::Failed)] {
            let out = Async::from(1);
            let called = Arc::clone(&called);
            dispatch((value.read().or_cancel(), out.mutate()), move |_| {
                called.fetch_add(1, Ordering::Relaxed);
            });
            assert_eq!(out.wait().unwrap_err().kind(), kind);
            assert_eq!(value.read().or_cancel().wait().unwrap_err().kind(), kind);
            let read = value.read().or_cancel();
            let spawned = spawn(async move { Ok::<_, Error>(*read.await?) });
            assert_eq!(spawned.wait().unwrap_err().kind(), kind);
        }
        assert_eq!(called.load(Ordering::Relaxed), 0);
        assert_eq!(*Async::from(4).read().or_cancel().wait().unwrap(), 4);
    });
}

#[test]
fn a_task_may_handle_the_error_of_what_it_reads() {
    everywhere(|| {
        let kinds: Vec<_> = [Async::from(1), unwritten(), failed()]
            .iter()
            .map(|value| compute(value.read().result(), |value| value.copied().map_err(|error| error.kind())))
            .collect();
        let kinds: Vec<_> = kinds.iter().map(|kind| *kind.wait().unwrap()).collect();
        assert_eq!(kinds, [Ok(1), Err(ErrorKind::Unwritten), Err(ErrorKind::Failed)]);
    });
}

#[test]
fn trying_never_waits_and_leaves_no_trace() {
    everywhere(|| {
        let a = Async::from(1);
        let place = a.defer();
        assert!(a.try_read().is_none() && a.try_write().is_none() && a.try_mutate().is_none());
        let (mut read, mut write, mut mutate) = (a.read(), a.write(), a.mutate());
        assert!(read.try_read().is_none() && write.try_write().is_none() && mutate.try_mutate().is_none());
        place.set(2);
        assert_eq!(*read.try_read().unwrap().unwrap(), 2);
        write.try_write().unwrap().set(3);
        *mutate.try_mutate().unwrap().unwrap() += 1;
        assert_eq!(*a.try_read().unwrap().unwrap(), 4);
        a.try_write().unwrap().set(5);
        *a.try_mutate().unwrap().unwrap() += 1;
        assert_eq!(*a.wait().unwrap(), 6);
        assert_eq!(failed().wait().unwrap_err().kind(), ErrorKind::Failed);
        assert!(unwritten::<i32>().try_mutate().unwrap().is_err());
    });
}

#[test]
fn a_try_that_fails_in_a_task_is_not_marked_by_its_error() {
    everywhere(|| {
        let (a, gate) = (Async::from(1), Async::<i32>::new());
        let held = a.read();
        let handle = a.clone();
        let failed = spawn(async move {
            assert!(handle.try_write().is_none() && handle.try_mutate().is_none());
            Err::<(), _>("gives up")
        });
        assert_eq!(failed.wait().unwrap_err().kind(), ErrorKind::Failed);
        drop((held, gate));
        assert_eq!(*a.wait().unwrap(), 1);
    });
}

#[test]
fn values_are_taken_and_the_place_is_then_unwritten_until_it_is_written() {
    struct Moved(i32); // neither Clone nor Default
    everywhere(|| {
        let a = Async::from(Moved(1));
        let b = a.take();
        assert_eq!(b.wait().unwrap().0, 1);
        assert_eq!(a.wait().err().unwrap().kind(), ErrorKind::Unwritten);
        dispatch(a.write(), |a| a.set_with(|| Moved(2)));
        assert_eq!(a.mutate().wait().unwrap().take().0, 2);
        assert_eq!(a.wait().err().unwrap().kind(), ErrorKind::Unwritten);
        let c = a.take();
        assert_eq!(c.wait().err().unwrap().kind(), ErrorKind::Unwritten);
        dispatch(a.write(), |a| a.get_or_set_with(|| Moved(3)).0 += 1);
        assert_eq!(a.into_value().unwrap().0, 4);
        // Taking an error gives it, and leaves it.
        let broken = failed();
        let taken = broken.take();
        assert_eq!(taken.wait().unwrap_err().kind(), ErrorKind::Failed);
        assert_eq!(broken.wait().unwrap_err().through().len(), 0);
    });
}

#[test]
fn guards_are_released_early() {
    everywhere(|| {
        let (a, b) = (Async::from(1), Async::from(1));
        let (write, mutate) = (a.write(), b.mutate());
        let failed = spawn(async move {
            let mut a = write.await?;
            a.set(2);
            a.release();
            let mut b = mutate.await?;
            *b = 2;
            b.release();
            Err::<(), Error>(unwritten::<i32>().wait().unwrap_err())
        });
        assert!(failed.wait().is_err());
        let read = a.wait().unwrap();
        assert_eq!((*read, *b.wait().unwrap()), (2, 2));
        read.release();
        assert!(a.try_write().is_some());
    });
}

#[test]
fn copies_and_assignments_are_scheduled_in_program_order() {
    everywhere(|| {
        let (a, b) = (Async::from(1), Async::new());
        let first = a.copy();
        dispatch(a.mutate(), |a| *a = 2);
        b.assign(&a);
        dispatch(a.mutate(), |a| *a = 3);
        let third = a.copy();
        a.assign(&first);
        a.assign(&a.clone());
        a.assign(&a.view(|a| a, |a| a));
        let values = [&first, &b, &third, &a].map(|value| *value.wait().unwrap());
        assert_eq!(values, [1, 2, 3, 1]);
        b.assign(&failed());
        assert_eq!(b.wait().unwrap_err().origin().name(), Some("fails"));
        b.assign(5); // healed
        assert_eq!(*b.wait().unwrap(), 5);
        b.assign(a.clone());
        assert_eq!(*b.wait().unwrap(), 1);
    });
}

#[test]
fn several_are_awaited_at_once_and_each_error_is_kept() {
    everywhere(|| {
        let (a, b, c) = (Async::from(1), failed(), unwritten::<i32>());
        let (x, y, z) = all((a.read(), b.read(), c.mutate())).wait().unwrap();
        assert_eq!(*x.unwrap(), 1);
        assert_eq!(y.unwrap_err().kind(), ErrorKind::Failed);
        assert_eq!(z.err().unwrap().kind(), ErrorKind::Unwritten);

        let late: Vec<_> = (0..5).map(|_| Async::new()).collect();
        let waiting = all(late.iter().map(|late| late.read()).collect::<Vec<_>>());
        let sum = spawn(async move {
            waiting.await.into_iter().map(|late| late.map(|late| *late)).sum::<Result<i32, Error>>()
        });
        for (i, late) in late.iter().enumerate().rev() {
            dispatch(late.write(), move |late| late.set(i as i32));
        }
        assert_eq!(*sum.wait().unwrap(), 10);
        assert!(all(Vec::<Async<i32>>::new().iter().collect::<Vec<_>>()).wait().unwrap().is_empty());
    });
}

#[test]
fn views_are_ordered_with_their_owner_and_keep_it_alive() {
    everywhere(|| {
        let list = Async::from(vec![1, 2, 3]);
        let second = list.view(|list| &list[1], |list| &mut list[1]);
        let before = second.read();
        dispatch(second.mutate(), |second| *second *= 10);
        dispatch(list.mutate(), |list| list.iter_mut().for_each(|x| *x += 1));
        let tail = list.view(|list| &list[1..], |list| &mut list[1..]);
        let last = tail.view(|tail| &tail[1], |tail| &mut tail[1]);
        dispatch(last.mutate(), |last| *last += 100);
        let sum = compute((second.read(), last.read(), tail.read()), |(second, last, tail)| {
            second + last + tail.iter().sum::<i32>()
        });
        drop(list);
        assert_eq!(*before.wait().unwrap(), 2);
        assert_eq!(*sum.wait().unwrap(), 2 * (21 + 104));
        assert_eq!((*second.wait().unwrap(), second.is_ready()), (21, true));
        let read = second.clone();
        let awaited = spawn(async move { Ok::<_, Error>(*(&read).await?) });
        assert_eq!(*awaited.wait().unwrap(), 21);
    });
}

#[test]
fn a_part_that_is_not_there_is_an_error_and_the_owner_is_not_harmed() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    everywhere(|| {
        let list = Async::from(vec![1]);
        let ninth = list.view(|list| &list[9], |list| &mut list[9]);
        assert_eq!(ninth.wait().unwrap_err().kind(), ErrorKind::Panicked);
        assert_eq!(ninth.mutate().wait().err().unwrap().kind(), ErrorKind::Panicked);
        let seen = compute(ninth.read(), |ninth| *ninth);
        assert_eq!(seen.wait().unwrap_err().kind(), ErrorKind::Panicked);
        assert_eq!(*list.wait().unwrap(), [1]);
        // A task that was to change the part failed with what it held.
        dispatch(ninth.mutate(), |ninth| *ninth = 1);
        assert_eq!(list.wait().unwrap_err().kind(), ErrorKind::Panicked);
    });
    std::panic::set_hook(hook);
}

#[test]
fn places_are_reserved_in_order_and_filled_later() {
    everywhere(|| {
        let a = Async::from(1);
        let (before, place) = (a.read(), a.defer());
        let after = a.read();
        dispatch(a.mutate(), |a| *a *= 2);
        let second = a.defer();
        dispatch(a.mutate(), |a| *a += 1);
        second.set(100); // before its turn, which waits for `place`
        assert!(!a.is_ready());
        assert_eq!(*before.wait().unwrap(), 1);
        place.set(5);
        assert_eq!(*after.wait().unwrap(), 5);
        assert_eq!(*a.wait().unwrap(), 101);

        let (b, source) = (Async::new(), Async::from(7));
        b.defer().set_from(&source);
        let place = b.defer();
        dispatch(place.into_write(), |b| b.set(8));
        assert_eq!(*b.wait().unwrap(), 8);
        drop(b.defer().into_write());
        assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        b.defer().fail("on purpose");
        assert!(b.wait().unwrap_err().to_string().contains("on purpose"));
    });
}

#[test]
fn places_that_are_dropped_unfilled_say_so() {
    everywhere(|| {
        let a = Async::from(1);
        let place = a.defer();
        let read = a.read();
        let late = compute(a.read(), |a| *a);
        drop(place);
        let error = read.wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unwritten);
        assert!(error.to_string().contains("forms.rs") && error.to_string().contains("dropped unfilled"));
        assert_eq!(late.wait().unwrap_err().kind(), ErrorKind::Unwritten);
        // A writer after it heals.
        dispatch(a.write(), |a| a.set(2));
        assert_eq!(*a.wait().unwrap(), 2);
        // A task that fails holding one gives it the task's error.
        let place = a.defer();
        let failed = task("holds").spawn(async move {
            let _place = place;
            Err::<(), _>("fails")
        });
        assert!(failed.wait().is_err());
        assert_eq!(a.wait().unwrap_err().origin().name(), Some("holds"));
    });
}

#[test]
fn promises_are_read_before_they_are_set() {
    use runahead_async::Promise;
    everywhere(|| {
        let (kept, broken, failed) = (Promise::new(), Promise::<i32>::new(), Promise::<i32>::new());
        let doubled = kept.value().map(|value| value * 2);
        let values = [broken.value(), failed.value()];
        let chained = Promise::new();
        let last = chained.value();
        chained.set_from(&doubled);
        kept.set(4);
        failed.fail("no luck");
        drop(broken);
        assert_eq!(*last.wait().unwrap(), 8);
        let kinds = values.map(|value| value.wait().unwrap_err().kind());
        assert_eq!(kinds, [ErrorKind::Unwritten, ErrorKind::Failed]);
    });
    // Set by a thread that no scheduler knows of.
    let promise = runahead_async::Promise::new();
    let value = promise.value();
    let thread = std::thread::spawn(move || promise.set(1));
    assert_eq!(*value.wait().unwrap(), 1);
    thread.join().unwrap();
}

#[test]
fn a_place_needs_no_scheduler_to_be_filled() {
    let (a, gate) = (Async::from(1), Async::from(0));
    let scheduler = Deterministic::new(0);
    scheduler.task("never runs").dispatch((gate.read(), a.mutate()), |(_, a)| *a = 2);
    a.defer().set(3);
    assert!(!a.is_ready());
    drop(scheduler);
    assert_eq!(*a.wait().unwrap(), 3);
}

#[test]
fn long_chains_of_each_form_need_no_stack() {
    const LINKS: usize = if cfg!(miri) { 50 } else { 100_000 };
    let links = || {
        Deterministic::new(0).run(|| {
            let a = Async::from(0);
            let first = a.defer();
            let places: Vec<_> = (0..LINKS).map(|_| a.defer()).collect();
            let list = a.view(|a| a, |a| a);
            let changes: Vec<_> = (0..LINKS).map(|_| list.mutate()).collect();
            places.into_iter().rev().enumerate().for_each(|(i, place)| place.set(i));
            drop(changes);
            first.set(7);
            assert_eq!(*a.wait().unwrap(), 0);

            let first = Async::<u32>::new();
            let gate = first.defer();
            let mut last = first;
            for _ in 0..LINKS {
                last = last.copy();
            }
            drop(gate);
            let error = last.wait().unwrap_err();
            assert_eq!((error.kind(), error.through().len()), (ErrorKind::Unwritten, 16.min(LINKS)));
        });
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(links).unwrap().join().unwrap();
}
