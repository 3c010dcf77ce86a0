//! The contract of asynchronous values, under the pool and under many seeds of the deterministic scheduler.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};

use common::{Counted, everywhere, nested};
use runahead_async::{Async, Deterministic, Error, ErrorKind, Keep, Pool, dispatch, spawn, task};

#[test]
fn a_read_sees_the_write_before_it_and_no_later_one() {
    everywhere(|| {
        let a = Async::from(1);
        let first = a.read();
        dispatch(a.write(), |a| a.set(2));
        let second = a.read();
        dispatch(a.mutate(), |a| *a += 10);
        let third = a.read();
        // Awaited in another order than acquired: the order of acquiring counts. (Each must be let go before a
        // later write can run.)
        assert_eq!(*first.wait().unwrap(), 1);
        assert_eq!(*second.wait().unwrap(), 2);
        assert_eq!(*third.wait().unwrap(), 12);
    });
}

#[test]
fn a_read_of_a_new_value_sees_its_first_write() {
    everywhere(|| {
        let a = Async::new();
        let read = a.read();
        assert!(!a.is_ready());
        dispatch(a.write(), |a| a.set(5));
        assert_eq!(*read.wait().unwrap(), 5);
        assert!(a.is_ready());
    });
}

#[test]
fn readers_of_one_epoch_run_at_once() {
    // Each reader waits for the other, so this ends only if both run together.
    let pool = Pool::new(2);
    pool.run(|| {
        let a = Async::from(());
        let barrier = Arc::new(std::sync::Barrier::new(2));
        let done = Async::from(0);
        for _ in 0..2 {
            let barrier = Arc::clone(&barrier);
            dispatch(a.read(), move |_| {
                barrier.wait();
            });
        }
        dispatch((a.write(), done.mutate()), |(a, done)| {
            a.set(());
            *done = 1;
        });
        assert_eq!(*done.wait().unwrap(), 1);
    });
}

#[test]
fn the_same_value_may_be_read_and_written_by_one_program_in_any_mix() {
    everywhere(|| {
        let x = Async::from(1u64);
        let y = Async::from(1u64);
        let z = Async::new();
        for _ in 0..20 {
            dispatch((x.read(), y.mutate()), |(x, y)| *y = y.wrapping_mul(3).wrapping_add(*x));
            dispatch((y.read(), x.mutate()), |(y, x)| *x ^= y);
            dispatch((x.read(), y.read(), z.write()), |(x, y, z)| z.set(x.wrapping_add(*y)));
        }
        let (mut ex, mut ey, mut ez) = (1u64, 1u64, 0);
        for _ in 0..20 {
            ey = ey.wrapping_mul(3).wrapping_add(ex);
            ex ^= ey;
            ez = ex.wrapping_add(ey);
        }
        assert_eq!((*x.wait().unwrap(), *y.wait().unwrap(), *z.wait().unwrap()), (ex, ey, ez));
    });
}

#[test]
fn a_writer_that_does_not_write_leaves_the_old_value() {
    everywhere(|| {
        let a = Async::from(3);
        drop(a.write());
        dispatch(a.write(), |_| {});
        assert_eq!(*a.wait().unwrap(), 3);
        let b = Async::<i32>::new();
        drop(b.write());
        assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    });
}

#[test]
fn a_writer_may_be_dropped_before_its_turn() {
    everywhere(|| {
        let a = Async::from(0);
        dispatch(a.mutate(), |a| *a += 1);
        let dropped = a.write();
        let cancelled = a.write().cancel_if_unwritten();
        let healed = a.write();
        let read = a.read();
        drop((dropped, cancelled));
        dispatch(healed, |a| a.set(9));
        assert_eq!(*read.wait().unwrap(), 9);
        dispatch(a.mutate(), |a| *a += 1);
        drop(a.write().cancel_if_unwritten());
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    });
}

#[test]
fn nobody_left_to_write_is_an_error_for_who_reads() {
    everywhere(|| {
        let a = Async::<i32>::new();
        let read = a.read();
        drop(a);
        assert_eq!(read.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    });
}

#[test]
fn an_error_travels_names_its_origin_and_heals() {
    everywhere(|| {
        let (a, b, c) = (Async::<i32>::new(), Async::new(), Async::from(7));
        task("origin").dispatch((a.write(), c.mutate()), |(a, _)| -> Result<(), std::num::ParseIntError> {
            a.set("12x".parse()?);
            Ok(())
        });
        task("between").dispatch((a.read(), b.write()), |(a, b)| b.set(a + 1));
        let error = b.wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Failed);
        assert_eq!(error.origin().name(), Some("origin"));
        assert!(error.origin().location().file().ends_with("contract.rs"));
        assert_eq!(error.through()[0].name(), Some("between"));
        assert!(error.downcast_ref::<std::num::ParseIntError>().is_some());
        assert_eq!(c.wait().unwrap_err().origin().name(), Some("origin"));
        // A failed value cannot be changed, but it can be written.
        dispatch(c.mutate(), |c| *c += 1);
        assert_eq!(c.wait().unwrap_err().kind(), ErrorKind::Failed);
        dispatch(c.write(), |c| c.set(1));
        dispatch(c.mutate(), |c| *c += 1);
        assert_eq!(*c.wait().unwrap(), 2);
    });
}

#[test]
fn a_panic_becomes_an_error_with_its_message_and_the_pool_survives() {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    everywhere(|| {
        let a = Async::from(0);
        task("panics").dispatch(a.mutate(), |a| assert!(*a > 0, "at {}", 42));
        let error = a.wait().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Panicked);
        assert!(error.to_string().contains("panics") && error.to_string().contains("at 42"), "{error}");
        dispatch(a.write(), |a| a.set(1));
        assert_eq!(*a.wait().unwrap(), 1);
    });
    std::panic::set_hook(hook);
}

#[test]
fn a_spawned_task_awaits_fails_and_marks_what_it_held() {
    everywhere(|| {
        let (a, b, c) = (Async::from(1), Async::from(2), Async::from(3));
        let (read, mut_b, write_c) = (a.read(), b.mutate(), c.write());
        let sum = spawn(async move {
            let a = read.await?;
            let mut b = mut_b.await?;
            *b += *a;
            let mut c = write_c.await?;
            c.set(*b * 10);
            Ok::<_, Error>(*a + *b)
        });
        assert_eq!((*sum.wait().unwrap(), *b.wait().unwrap(), *c.wait().unwrap()), (4, 3, 30));

        let (mut_b, write_c, write_a) = (b.mutate(), c.write(), a.write());
        let failed = task("fails").spawn(async move {
            let mut b = mut_b.await?;
            *b = 100;
            let _a = write_a;
            let _c = write_c;
            Err::<(), Error>(spawn(async { "x".parse::<i32>() }).wait().unwrap_err())
        });
        assert_eq!(failed.wait().unwrap_err().kind(), ErrorKind::Failed);
        for value in [&a, &b, &c] {
            let error = value.wait().unwrap_err();
            assert_eq!(error.through().last().unwrap().name(), Some("fails"));
        }
    });
}

#[test]
fn what_a_task_let_go_before_it_awaited_is_not_marked() {
    everywhere(|| {
        let (a, b) = (Async::from(1), Async::from(1));
        let (mut_a, mut_a2, mut_b) = (a.mutate(), a.mutate(), b.mutate());
        let failed = spawn(async move {
            *mut_a.await? = 2;
            *mut_a2.await? = 3;
            let mut b = mut_b.await?;
            *b = 2;
            b.release();
            Err::<(), Error>(unwritten())
        });
        assert_eq!(failed.wait().unwrap_err().kind(), ErrorKind::Unwritten);
        assert_eq!(*b.wait().unwrap(), 2);
    });
}

/// Some error.
fn unwritten() -> Error {
    let read = Async::<()>::new().read();
    read.wait().unwrap_err()
}

#[test]
fn waiting_inside_tasks_to_any_depth_needs_no_more_than_one_worker() {
    for workers in [1, 2] {
        Pool::new(workers)
            .run(|| assert_eq!(nested(if cfg!(miri) { 2 } else { 6 }), if cfg!(miri) { 4 } else { 64 }));
    }
    for seed in 0..if cfg!(miri) { 1 } else { 20 } {
        assert_eq!(Deterministic::new(seed).run(|| nested(2)), 4);
    }
}

#[test]
fn a_wait_inside_a_task_for_what_its_caller_writes_later() {
    // Would hang if the waiting task ran on top of the thread that is to write.
    everywhere(|| {
        let (a, b, c) = (Async::from(0), Async::<i32>::new(), Async::new());
        let write_b = b.write();
        let read_b = b.read();
        dispatch(a.mutate(), |a| *a = 1);
        dispatch(c.write(), move |c| c.set(*read_b.clone().wait().unwrap() + 1));
        assert_eq!(*a.wait().unwrap(), 1);
        dispatch(write_b, |b| b.set(5));
        assert_eq!(*c.wait().unwrap(), 6);
    });
}

#[test]
fn a_long_chain_is_built_run_and_dropped_on_a_small_stack() {
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(|| {
            const LINKS: u64 = if cfg!(miri) { 100 } else { 300_000 };
            // Run by workers while it is built; run afterwards; and never run.
            let pool = Pool::new(1);
            let a = Async::from(0u64);
            pool.run(|| (0..LINKS).for_each(|_| dispatch(a.mutate(), |a| *a += 1)));
            assert_eq!(*a.wait().unwrap(), LINKS);

            let b = Async::from(0u64);
            let gate = b.mutate();
            pool.run(|| (0..LINKS).for_each(|_| dispatch(b.mutate(), |b| *b += 1)));
            let buffers: Vec<_> = (0..LINKS).map(|_| b.write()).collect();
            drop(buffers);
            drop(gate);
            assert_eq!(*b.wait().unwrap(), LINKS);

            let c = Async::from(0u64);
            let scheduler = Deterministic::new(1);
            let gate = c.mutate();
            for _ in 0..LINKS {
                scheduler.task("never").dispatch(c.mutate(), |c| *c += 1);
            }
            drop(scheduler);
            drop(gate);
            assert_eq!(c.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        })
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn nothing_is_leaked_and_each_value_is_dropped_once() {
    let count = Arc::new(AtomicUsize::new(0));
    everywhere(|| {
        let a = Async::from(Counted::new(&count));
        let b = Async::<Counted>::new();
        let inner = Arc::clone(&count);
        dispatch(a.mutate(), move |a| *a = Counted::new(&inner));
        let inner = Arc::clone(&count);
        dispatch((a.read(), b.write()), move |(_, b)| b.set(Counted::new(&inner)));
        let (read, mutate) = (a.read(), b.mutate());
        let waited = spawn(async move {
            let _read = read.await?;
            let _mutate = mutate.await?;
            Ok::<_, Error>(())
        });
        let never = b.read();
        waited.wait().unwrap();
        drop(never);
    });
    assert_eq!(count.load(Ordering::Relaxed), 0);
}

#[test]
fn a_deadlock_ends_the_wait_with_a_report() {
    for seed in 0..if cfg!(miri) { 2 } else { 50 } {
        let scheduler = Deterministic::new(seed);
        let error = scheduler.run(|| {
            let (a, b) = (Async::<i32>::new(), Async::<i32>::new());
            let (read_a, read_b, write_a, write_b) = (a.read(), b.read(), a.write(), b.write());
            task("left").dispatch((read_a, write_b), |(a, b)| b.set(*a));
            task("right").dispatch((read_b, write_a), |(b, a)| a.set(*b));
            a.wait().unwrap_err()
        });
        assert_eq!(error.kind(), ErrorKind::Deadlock);
        let text = error.to_string();
        assert!(text.contains("task left") && text.contains("task right"), "{text}");
        assert!(text.contains("waits to read the value made at"), "{text}");
        assert!(text.contains(", which task right"), "{text}");
    }
}

#[test]
fn a_scheduler_may_be_dropped_with_tasks_queued() {
    let a = Async::from(1);
    let scheduler = Deterministic::new(0);
    scheduler.task("queued").dispatch(a.mutate(), |a| *a += 1);
    drop(scheduler);
    assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
}

#[test]
fn dropping_a_pool_runs_what_can_run() {
    let sum = Async::from(0);
    let pool = Pool::new(2);
    pool.run(|| (0..1000).for_each(|i| dispatch(sum.mutate(), move |sum| *sum += i)));
    drop(pool);
    assert!(sum.is_ready());
    assert_eq!(*sum.wait().unwrap(), 499_500);
}

#[test]
fn the_same_seed_runs_the_same_way() {
    let order = |seed| {
        let log = Arc::new(parking_lot::Mutex::new(Vec::new()));
        Deterministic::new(seed).run(|| {
            for i in 0..20 {
                let log = Arc::clone(&log);
                dispatch((), move |()| log.lock().push(i));
            }
        });
        log.lock().clone()
    };
    assert_eq!(order(1), order(1));
    assert_ne!(order(1), order(2));
}

#[test]
fn vectors_and_options_of_buffers_are_accesses() {
    everywhere(|| {
        let parts: Vec<_> = (0..10).map(Async::from).collect();
        let total = Async::new();
        let reads: Vec<_> = parts.iter().map(|part| part.read()).collect();
        dispatch((reads, Some(total.write())), |(parts, total)| {
            total.unwrap().set(parts.into_iter().sum::<i32>());
        });
        assert_eq!(*total.wait().unwrap(), 45);
    });
}

/// Tells at its drop whether a value can be had.
struct Tells(Async<i32>, mpsc::Sender<bool>);

impl Drop for Tells {
    fn drop(&mut self) {
        self.1.send(self.0.is_ready()).unwrap();
    }
}

#[test]
fn what_is_kept_goes_when_the_turns_have_ended_however_the_task_ended() {
    everywhere(|| {
        let (told, tells) = mpsc::channel();
        let (a, b, c) = (Async::new(), Async::new(), Async::new());
        let keep = |value: &Async<i32>| Keep(Tells(value.clone(), told.clone()));
        dispatch((a.write(), keep(&a)), |(a, _)| a.set(1));
        dispatch((b.write(), keep(&b)), |(_, _)| Err::<(), _>("wrong"));
        let gone: Async<i32> = Async::new();
        let missing = gone.read();
        drop(gone);
        dispatch((missing, c.write(), keep(&c)), |(_, c, _)| c.set(1));
        assert_eq!((*a.wait().unwrap(), b.wait().is_err(), c.wait().is_err()), (1, true, true));
        assert_eq!(tells.iter().take(3).collect::<Vec<_>>(), [true; 3]);
    });
}

#[test]
fn vectors_longer_than_a_task_holds_in_itself_are_accesses() {
    everywhere(|| {
        for count in [0, 1, 4, 5, 9] {
            let parts: Vec<Async<usize>> = (0..count).map(|_| Async::new()).collect();
            let sum = Async::new();
            let reads: Vec<_> = parts.iter().map(Async::read).collect();
            dispatch((reads, sum.write()), |(parts, sum)| sum.set(parts.into_iter().sum::<usize>()));
            let writes: Vec<_> = parts.iter().map(Async::write).collect();
            dispatch(writes, |parts| parts.into_iter().enumerate().for_each(|(i, part)| part.set(i)));
            assert_eq!(*sum.wait().unwrap(), (0..count).sum::<usize>());
        }
    });
}

#[test]
fn a_future_that_is_dropped_while_it_waits_gives_up_its_place() {
    use std::future::Future;
    use std::task::{Context, Poll, Waker};
    everywhere(|| {
        let a = Async::from(0);
        let gate = a.mutate();
        let mut read = Box::pin(a.read());
        let mut write = Box::pin(a.write());
        let mut cancel = Box::pin(a.write().cancel_if_unwritten());
        let last = a.read();
        let mut cx = Context::from_waker(Waker::noop());
        assert!(matches!(read.as_mut().poll(&mut cx), Poll::Pending));
        assert!(matches!(write.as_mut().poll(&mut cx), Poll::Pending));
        assert!(matches!(cancel.as_mut().poll(&mut cx), Poll::Pending));
        drop((read, write));
        *gate.wait().unwrap() = 1;
        assert!(!last.is_ready());
        drop(cancel);
        assert_eq!(last.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    });
}

#[test]
fn what_a_failing_task_marks_does_not_depend_on_what_was_ready() {
    for b_is_ready in [false, true] {
        everywhere(|| {
            let (a, b) = (Async::from(1), Async::from(1));
            let gate = b.write();
            let (mut_a, mut_b) = (a.mutate(), b.mutate());
            if b_is_ready {
                drop(gate);
            } else {
                dispatch(gate, |_| {});
            }
            let error = unwritten();
            let failed = spawn(async move {
                *mut_a.await? = 2;
                *mut_b.await? = 2;
                Err::<(), Error>(error)
            });
            assert_eq!(failed.wait().unwrap_err().kind(), ErrorKind::Unwritten);
            assert_eq!(*a.wait().unwrap(), 2);
            assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Unwritten);
        });
    }
}
