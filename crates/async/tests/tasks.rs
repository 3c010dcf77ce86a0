//! What tasks can be asked for: groups, cancellation, priorities, sinks, bounds.

mod common;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{Counted, everywhere};
use parking_lot::Mutex;
use runahead_async::{
    Async, CancelToken, Deterministic, Error, ErrorKind, Group, Pool, Priority, dispatch, spawn, task,
};

fn cancelled(error: &Error) -> bool {
    error.kind() == ErrorKind::Cancelled
}

#[test]
fn a_group_waits_for_its_tasks_and_gives_their_first_error_once() {
    everywhere(|| {
        let (total, group) = (Async::from(0), Group::new());
        for i in 0..20 {
            group.task().dispatch(total.mutate(), move |total| *total += i);
        }
        let read = total.read();
        let doubled = group.task().named("double").spawn(async move { Ok::<_, Error>(2 * *read.await?) });
        group.wait().unwrap();
        assert_eq!(group.live_tasks(), 0);
        assert!(total.is_ready() && doubled.is_ready());
        assert_eq!(*doubled.wait().unwrap(), 380);

        group.task().named("fails").dispatch((), |()| Err::<(), _>("on purpose"));
        let error = group.wait().unwrap_err();
        assert_eq!(error.origin().name(), Some("fails"));
        group.wait().expect("the error was taken");
    });
}

#[test]
fn a_group_is_awaited_inside_a_task() {
    everywhere(|| {
        let parent = spawn(async {
            let group = Group::new();
            let value = Async::from(1);
            group.task().dispatch(value.mutate(), |value| *value += 1);
            (&group).await?;
            let value = *value.wait()?;
            Ok::<_, Error>(value)
        });
        assert_eq!(*parent.wait().unwrap(), 2);
    });
}

#[test]
fn a_scope_ends_after_its_tasks_also_where_it_panics() {
    everywhere(|| {
        let ended = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&ended);
        Group::scope(|group| {
            for _ in 0..10 {
                let ended = Arc::clone(&counted);
                group.task().dispatch((), move |()| {
                    ended.fetch_add(1, Ordering::Relaxed);
                });
            }
        })
        .unwrap();
        assert_eq!(ended.load(Ordering::Relaxed), 10);

        // A task of a scope that panics is cancelled where it has not begun: this one never could.
        let never = Async::<i32>::new();
        let result = catch_unwind(AssertUnwindSafe(|| {
            Group::scope(|group| {
                let read = never.read();
                let _waits = group.task().spawn(async move { Ok::<_, Error>(*read.await?) });
                panic!("on purpose");
            })
        }));
        assert!(result.is_err());
    });
}

#[test]
fn a_failure_cancels_the_rest_of_a_group_that_says_so() {
    everywhere(|| {
        let group = Group::cancelling_on_error();
        let never = Async::<i32>::new();
        let read = never.read();
        let waits = group.task().spawn(async move { Ok::<_, Error>(*read.await?) });
        group.task().named("fails").dispatch((), |()| Err::<(), _>("on purpose"));
        assert_eq!(group.wait().unwrap_err().origin().name(), Some("fails"));
        assert!(cancelled(&waits.wait().unwrap_err()));
    });
}

#[test]
fn a_token_cancels_what_has_not_begun_and_what_awaits() {
    everywhere(|| {
        let (input, never) = (Async::<i32>::new(), Async::<i32>::new());
        let (token, other) = (CancelToken::new(), CancelToken::new());
        let (result, kept) = (Async::new(), Async::new());
        let write = input.write();
        task("dropped").cancel_by(&token).dispatch((input.read(), result.write()), |(x, y)| y.set(*x));
        task("kept").cancel_by(&other).dispatch((input.read(), kept.write()), |(x, y)| y.set(*x));
        let read = never.read();
        let held = Async::from(1);
        let holds = held.write();
        let waits = task("awaits").cancel_by(&token.child()).spawn(async move {
            let _holds = holds.await?;
            Ok::<_, Error>(*read.await?)
        });
        token.cancel();
        assert!(cancelled(&waits.wait().unwrap_err()));
        assert!(cancelled(&held.wait().unwrap_err()), "what it held for writing is marked");
        let mut guard = write.wait().unwrap();
        guard.set(7);
        drop(guard);
        let error = result.wait().unwrap_err();
        assert!(cancelled(&error) && error.to_string().contains("token"), "{error}");
        assert_eq!(error.origin().name(), Some("dropped"));
        assert_eq!(*kept.wait().unwrap(), 7);
        // What was cancelled heals as other errors do.
        dispatch(result.write(), |result| result.set(8));
        assert_eq!(*result.wait().unwrap(), 8);
    });
}

#[test]
fn a_deadline_cancels_what_waits_too_long() {
    for workers in [1, 2] {
        Pool::new(workers).run(|| {
            let never = Async::<i32>::new();
            let read = never.read();
            let soon = Instant::now() + Duration::from_millis(5);
            let waits = task("late").deadline(soon).spawn(async move { Ok::<_, Error>(*read.await?) });
            let error = waits.wait().unwrap_err();
            assert!(cancelled(&error) && error.to_string().contains("deadline"), "{error}");
            let in_time = task("in time").deadline(Instant::now() + Duration::from_secs(3600));
            assert_eq!(*in_time.spawn(async { Ok::<_, Error>(1) }).wait().unwrap(), 1);
        });
    }
}

#[test]
fn what_nobody_wants_is_not_computed() {
    everywhere(|| {
        let ran = Arc::new(AtomicUsize::new(0));
        let input = Async::<i32>::new();
        let write = input.write();
        let (unwanted, wanted, read) = (Async::<i32>::new(), Async::<i32>::new(), Async::<i32>::new());
        for output in [&unwanted, &wanted, &read] {
            let ran = Arc::clone(&ran);
            task("compute").while_wanted().dispatch((input.read(), output.write()), move |(x, y)| {
                ran.fetch_add(1, Ordering::Relaxed);
                y.set(*x);
            });
        }
        let last_interest = read.read();
        drop((unwanted, read));
        let mut guard = write.wait().unwrap();
        guard.set(3);
        drop(guard);
        assert_eq!((*wanted.wait().unwrap(), *last_interest.wait().unwrap()), (3, 3));
        assert_eq!(ran.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn errors_go_to_sinks_too() {
    everywhere(|| {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = |name: &'static str| {
            let seen = Arc::clone(&seen);
            move |error: &Error| seen.lock().push(format!("{name}: {}", error.origin()))
        };
        let value = Async::<i32>::new();
        let failing = task("fails").on_error(sink("first")).on_error(sink("second"));
        failing.dispatch(value.write(), |_| Err::<(), _>("on purpose"));
        task("well").on_error(sink("never")).dispatch((), |()| ());
        assert_eq!(value.wait().unwrap_err().origin().name(), Some("fails"));
        // The sinks are told when the task has ended, which may be after its value is there.
        task("spawned").on_error(sink("third")).spawn(async { Err::<(), _>("too") }).wait().unwrap_err();
        let all = || seen.lock().len() == 3;
        while !all() {
            spawn(async { Ok::<_, Error>(()) }).wait().unwrap();
        }
        let seen = seen.lock();
        assert!(seen.iter().all(|line| !line.starts_with("never")), "{seen:?}");
        assert!(seen.iter().any(|line| line.starts_with("first: fails")), "{seen:?}");
    });
}

#[test]
fn the_more_urgent_task_runs_first() {
    let pool = Pool::new(1);
    let order = Arc::new(Mutex::new(Vec::new()));
    // One task submits them all, so that none runs before all are there.
    let submitted = Arc::clone(&order);
    pool.task("submit").dispatch((), move |()| {
        for (priority, name) in [
            (Priority::Low, "low"),
            (Priority::Normal, "normal"),
            (Priority::High, "high"),
            (Priority::Low, "low"),
        ] {
            let order = Arc::clone(&submitted);
            task(name).priority(priority).dispatch((), move |()| order.lock().push(name));
        }
        let order = Arc::clone(&submitted);
        task("future").priority(Priority::High).spawn(async move {
            order.lock().push("high");
            Ok::<_, Error>(())
        });
    });
    pool.wait_idle().unwrap();
    assert_eq!(*order.lock(), ["high", "high", "normal", "low", "low"]);
}

#[test]
fn a_budget_bounds_the_tasks_in_flight() {
    for workers in [1, 2, 4] {
        let pool = Pool::builder().workers(workers).max_tasks(10).build();
        let (live, most) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
        pool.run(|| {
            for _ in 0..1000 {
                let counted = Counted::new(&live);
                most.fetch_max(live.load(Ordering::SeqCst), Ordering::SeqCst);
                task("counted").dispatch((), move |()| drop(counted));
            }
        });
        pool.wait_idle().unwrap();
        // One more is counted before its submission waits.
        assert!(most.load(Ordering::Relaxed) <= 11, "{}", most.load(Ordering::Relaxed));
        assert_eq!(live.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn a_budget_of_bytes_lets_the_large_run_alone() {
    let pool = Pool::builder().workers(2).max_bytes(100).build();
    let (small, large) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    pool.run(|| {
        for i in 0..200 {
            let (small, large) = (Arc::clone(&small), Arc::clone(&large));
            if i % 50 == 0 {
                task("large").holds_bytes(1000).dispatch((), move |()| {
                    large.store(true, Ordering::SeqCst);
                    assert_eq!(small.load(Ordering::SeqCst), 0);
                    large.store(false, Ordering::SeqCst);
                });
            } else {
                task("small").holds_bytes(60).dispatch((), move |()| {
                    assert_eq!(small.fetch_add(1, Ordering::SeqCst), 0, "two do not fit");
                    assert!(!large.load(Ordering::SeqCst));
                    small.fetch_sub(1, Ordering::SeqCst);
                });
            }
        }
    });
    pool.wait_idle().unwrap();
}

#[test]
fn who_submits_from_a_task_suspends_or_blocks_until_there_is_room() {
    for workers in [1, 2] {
        let pool = Pool::builder().workers(workers).max_tasks(3).build();
        let total = Async::from(0);
        let (blocking, suspending) = (total.clone(), total.clone());
        pool.task("blocks").dispatch((), move |()| {
            for _ in 0..100 {
                dispatch(blocking.mutate(), |total| *total += 1);
            }
        });
        let suspends = pool.task("suspends").spawn(async move {
            for _ in 0..100 {
                task("add").admitted().await.dispatch(suspending.mutate(), |total| *total += 1);
            }
            // Not submitted, so it gives its room up.
            drop(task("not submitted").admitted().await);
            Ok::<_, Error>(())
        });
        suspends.wait().unwrap();
        pool.wait_idle().unwrap();
        assert_eq!(*total.wait().unwrap(), 200);
    }
}

#[test]
fn dropping_a_deterministic_scheduler_ends_its_groups() {
    let scheduler = Deterministic::new(1);
    let group = Group::new();
    let result = catch_unwind(AssertUnwindSafe(|| {
        scheduler.run(|| {
            group.task().dispatch((), |()| ());
            panic!("on purpose");
        })
    }));
    assert!(result.is_err());
    drop(scheduler);
    assert!(cancelled(&group.wait().unwrap_err()));
}

#[test]
fn a_spent_budget_lets_in_what_the_others_wait_for() {
    for workers in [1, 2] {
        let pool = Pool::builder().workers(workers).max_tasks(4).build();
        let (input, total) = (Async::<u64>::new(), Async::from(0));
        let write = input.write();
        pool.run(|| {
            // All of them wait for what is submitted last.
            for _ in 0..20 {
                dispatch((input.read(), total.mutate()), |(input, total)| *total += input);
            }
            dispatch(write, |input| input.set(3));
        });
        pool.wait_idle().unwrap();
        assert_eq!(*total.wait().unwrap(), 60);
    }
}
