//! Errors that nobody received are told of, once. In a process of its own, since the hook is one for all.

use std::sync::{Arc, Mutex};

use runahead_async::{Async, Deterministic, Error, Group, dispatch, on_unreceived_error, spawn, task};

/// The names of the tasks whose errors were told of while `test` ran under that seed.
fn told(seed: u64, test: impl Fn()) -> Vec<String> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let tells = Arc::clone(&told);
    on_unreceived_error(move |error| {
        tells.lock().unwrap().push(error.origin().name().unwrap_or("?").to_owned())
    });
    Deterministic::new(seed).run(test);
    let mut told = std::mem::take(&mut *told.lock().unwrap());
    told.sort();
    told
}

fn fails(name: &'static str, value: &Async<i32>) {
    task(name).dispatch(value.write(), |_| Err::<(), _>("on purpose"));
}

#[test]
#[expect(clippy::assertions_on_constants, reason = "a closure that only panics has no type")]
fn each_error_is_received_or_told_of_once() {
    for seed in 0..100 {
        let names = told(seed, || {
            // Nothing could carry it.
            task("no outputs").dispatch((), |()| Err::<(), _>("on purpose"));
            task("panics").dispatch((), |()| assert!(false, "on purpose"));
            // Its value is dropped, and so is what another task made of it.
            let (a, b) = (Async::new(), Async::<i32>::new());
            fails("dropped", &a);
            dispatch((a.read(), b.write()), |(a, b)| b.set(*a));
            // Healed before anybody saw it.
            let healed = Async::new();
            fails("healed", &healed);
            dispatch(healed.write(), |healed| healed.set(1));
            assert_eq!(*healed.wait().unwrap(), 1);
            // Waited for.
            let waited = Async::new();
            fails("waited for", &waited);
            waited.wait().unwrap_err();
            // Waited for by way of a task that passed it on.
            let passed = Async::new();
            fails("passed on", &passed);
            let read = passed.read();
            spawn(async move { Ok::<_, Error>(*read.await?) }).wait().unwrap_err();
            // Passed on into a value that nobody reads.
            let lost = Async::new();
            fails("lost on the way", &lost);
            let read = lost.read();
            drop(spawn(async move { Ok::<_, Error>(*read.await?) }));
            // Handled by a task.
            let handled = Async::new();
            fails("handled", &handled);
            let read = handled.read();
            assert!(*spawn(async move { Ok::<_, Error>(read.await.is_err()) }).wait().unwrap());
            // Taken by a sink, and by a group.
            task("sink").on_error(|_| ()).dispatch((), |()| Err::<(), _>("on purpose"));
            let group = Group::new();
            group.task().named("group").dispatch((), |()| Err::<(), _>("on purpose"));
            group.wait().unwrap_err();
            let forgotten = Group::new();
            forgotten.task().named("forgotten group").dispatch((), |()| Err::<(), _>("on purpose"));
            // Cancelling is no error that somebody must hear of.
            drop(Async::<i32>::new().write().cancel_if_unwritten());
        });
        let expected = ["dropped", "forgotten group", "healed", "lost on the way", "no outputs", "panics"];
        assert_eq!(names, expected, "seed {seed}");
    }
}
