//! What a program's own code does wrong, at whatever place it is called from, neither stops a pool nor loses a turn.

mod common;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use runahead_async::{Async, Deterministic, Error, ErrorKind, dispatch, parallel_for, spawn, task};

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a destructor panics");
    }
}

fn everywhere(test: impl Fn()) {
    // The panics of other threads than the test's own are meant.
    std::panic::set_hook(Box::new(|info| {
        if std::thread::current().name().is_some_and(|name| name.contains("::")) {
            eprintln!("{info}");
        }
    }));
    common::everywhere(test);
}

#[test]
fn a_value_that_panics_when_it_is_dropped() {
    everywhere(|| {
        let (a, b) = (Async::from(Bomb), Async::from(Bomb));
        // Replaced in a task, by an error, and destroyed with the value.
        task("replaces").dispatch(a.write(), |a| a.set(Bomb));
        assert_eq!(a.wait().err().unwrap().kind(), ErrorKind::Panicked);
        task("fails").dispatch(b.mutate(), |_| Err::<(), _>("wrong"));
        assert_eq!(b.wait().err().unwrap().kind(), ErrorKind::Failed);
        let c = Async::from(Bomb);
        let after = Async::new();
        dispatch((c.read(), after.write()), |(_, after)| after.set(1));
        drop(c);
        assert_eq!(*after.wait().unwrap(), 1);
        let write = after.write().cancel_if_unwritten();
        drop(write);
        assert_eq!(after.wait().unwrap_err().kind(), ErrorKind::Cancelled);
    });
}

#[test]
fn a_closure_that_panics_when_it_is_dropped_unrun() {
    everywhere(|| {
        let (a, b) = (Async::<i32>::new(), Async::new());
        let bomb = Bomb;
        drop(a.write());
        task("unrun").dispatch((a.read(), b.write()), move |(a, b)| {
            let _bomb = &bomb;
            b.set(*a);
        });
        assert_eq!(b.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    });
}

#[test]
fn cancelled_tasks_that_panic_when_they_are_dropped() {
    everywhere(|| {
        let scheduler = Deterministic::new(0);
        let (a, b, c) = (Async::from(1), Async::from(1), Async::from(1));
        let (bomb, another) = (Bomb, Bomb);
        scheduler.task("closure").dispatch(a.mutate(), move |_| drop(bomb));
        let write = b.mutate();
        let result = scheduler.task("future").spawn(async move {
            let _write = write;
            let _bomb = another;
            Ok::<_, Error>(())
        });
        scheduler.task("other").dispatch(c.mutate(), |_| {});
        drop(scheduler);
        for value in [&a, &b, &c] {
            assert_eq!(value.wait().unwrap_err().kind(), ErrorKind::Cancelled);
        }
        let error = result.wait().unwrap_err();
        assert_eq!((error.kind(), error.origin().name()), (ErrorKind::Cancelled, Some("future")));
    });
}

#[test]
fn a_spawned_task_that_panics_in_every_way() {
    struct Fails;
    impl From<Fails> for Box<dyn std::error::Error + Send + Sync> {
        fn from(_: Fails) -> Self {
            panic!("an error's conversion panics")
        }
    }
    struct PanicsTwice(#[allow(dead_code)] Bomb);
    impl Future for PanicsTwice {
        type Output = Result<i32, Error>;
        fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
            panic!("a future panics")
        }
    }
    everywhere(|| {
        assert_eq!(spawn(PanicsTwice(Bomb)).wait().unwrap_err().kind(), ErrorKind::Panicked);
        let converts = spawn(async { Err::<i32, _>(Fails) });
        assert_eq!(converts.wait().unwrap_err().kind(), ErrorKind::Panicked);
        let payload = spawn(async {
            std::panic::panic_any(Bomb);
            #[allow(unreachable_code)]
            Ok::<i32, Error>(1)
        });
        assert_eq!(payload.wait().unwrap_err().kind(), ErrorKind::Panicked);
        let a = Async::from(1);
        dispatch(a.mutate(), |_| std::panic::panic_any(Bomb) as ());
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Panicked);
        assert_eq!(*spawn(async { Ok::<_, Error>(2) }).wait().unwrap(), 2);
    });
}

#[test]
fn a_waker_that_panics_wakes_the_others_nevertheless() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("a waker panics");
        }
    }
    everywhere(|| {
        let a = Async::new();
        let gate = a.write();
        let mut first = Box::pin(a.read());
        let waker = Waker::from(Arc::new(Panics));
        assert!(first.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        let read = a.read();
        let second = spawn(async move { Ok::<_, Error>(*read.await? + 1) });
        gate.wait().unwrap().set(1);
        assert_eq!(*second.wait().unwrap(), 2);
        drop(first);
        dispatch(a.write(), |a| a.set(3));
        assert_eq!(*a.wait().unwrap(), 3);
    });
}

#[test]
fn parallel_for_hands_on_one_panic_of_many() {
    everywhere(|| {
        let a = Async::from(0);
        task("parallel").dispatch(a.mutate(), |_| parallel_for(100, &|_| std::panic::panic_any(Bomb)));
        assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Panicked);
        dispatch(a.write(), |a| a.set(1));
        assert_eq!(*a.wait().unwrap(), 1);
    });
}
