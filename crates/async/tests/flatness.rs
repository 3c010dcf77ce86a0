//! Nothing recurses over a timeline, whatever ends it: each of these chains is longer than a small stack is deep.

use std::sync::Arc;

use runahead_async::{Async, Deterministic, Error, ErrorKind, dispatch, spawn};

const LINKS: usize = if cfg!(miri) { 50 } else { 200_000 };

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1 << 20).spawn(test).unwrap().join().unwrap();
}

#[test]
fn buffers_that_were_dropped_before_their_turn_and_cancel() {
    on_a_small_stack(|| {
        let a = Async::from(0);
        let gate = a.mutate();
        for _ in 0..LINKS {
            drop(a.write().cancel_if_unwritten());
        }
        drop(gate);
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    });
}

#[test]
fn buffers_that_were_polled_and_dropped() {
    use std::task::{Context, Waker};
    on_a_small_stack(|| {
        let a = Async::from(7);
        let gate = a.mutate();
        for _ in 0..LINKS {
            let mut write = Box::pin(a.mutate());
            assert!(write.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        }
        drop(gate);
        assert_eq!(*a.wait().unwrap(), 7);
    });
}

#[test]
fn spawned_tasks_that_are_cancelled() {
    on_a_small_stack(|| {
        let a = Async::from(0);
        let gate = a.mutate();
        let scheduler = Deterministic::new(0);
        scheduler.run(|| {
            for _ in 0..LINKS {
                let write = a.mutate();
                spawn(async move {
                    *write.await? += 1;
                    Ok::<_, Error>(())
                });
            }
        });
        drop(scheduler);
        drop(gate);
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    });
}

#[test]
fn spawned_tasks_that_each_await_the_one_before() {
    on_a_small_stack(|| {
        for cancelled in [false, true] {
            let first = Async::new();
            let gate = first.write();
            let mut last = first;
            let scheduler = Deterministic::new(0);
            scheduler.run(|| {
                for _ in 0..LINKS {
                    let read = last.read();
                    last = spawn(async move { Ok::<_, Error>(*read.await? + 1) });
                }
            });
            if cancelled {
                drop(scheduler);
                drop(gate);
                assert_eq!(last.wait().unwrap_err().kind(), ErrorKind::Cancelled);
            } else {
                gate.wait().unwrap().set(0);
                assert_eq!(*scheduler.run(|| last.wait()).unwrap(), LINKS);
            }
        }
    });
}

#[derive(Debug)]
struct Wrapped(#[allow(dead_code)] Error);

impl std::fmt::Display for Wrapped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("wrapped")
    }
}

impl std::error::Error for Wrapped {}

#[test]
fn errors_that_each_wrap_the_one_before() {
    on_a_small_stack(|| {
        let mut last = Async::<()>::new();
        drop(last.write());
        Deterministic::new(0).run(|| {
            for _ in 0..LINKS {
                let read = last.read();
                last = spawn(async move {
                    read.await.map_err(Wrapped)?;
                    Ok::<_, Wrapped>(())
                });
            }
        });
        assert_eq!(last.wait().unwrap_err().kind(), ErrorKind::Failed);
    });
}

#[test]
fn values_that_each_hold_the_one_before() {
    struct Link(#[allow(dead_code)] Option<Async<Link>>);
    on_a_small_stack(|| {
        let mut last = Async::from(Link(None));
        for _ in 0..LINKS {
            last = Async::from(Link(Some(last)));
        }
    });
}

#[test]
fn closures_that_each_hold_a_handle_of_the_one_before() {
    on_a_small_stack(|| {
        let first = Async::<Arc<()>>::new();
        let gate = first.write();
        let mut last = first;
        let scheduler = Deterministic::new(0);
        scheduler.run(|| {
            for _ in 0..LINKS {
                let next = Async::new();
                let (read, write) = (last.read(), next.write());
                let before = std::mem::replace(&mut last, next);
                dispatch((read, write), move |(value, next)| {
                    next.set(Arc::clone(value));
                    drop(before);
                });
            }
        });
        drop((scheduler, gate));
        assert!(last.wait().is_err());
    });
}
