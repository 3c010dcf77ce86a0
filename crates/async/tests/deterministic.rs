//! The deterministic scheduler: steps, and runs that are repeated.

use std::sync::{Arc, Mutex};

use runahead_async::{Async, Deterministic, ErrorKind, dispatch, spawn, task};

/// The order in which ten tasks run, some of which block on others.
fn order_under(scheduler: &Deterministic) -> Vec<i32> {
    let order = Arc::new(Mutex::new(Vec::new()));
    scheduler.run(|| {
        let gate = Async::new();
        for i in 0..10 {
            let (order, read) = (Arc::clone(&order), gate.read());
            dispatch((), move |()| {
                if i % 3 == 0 {
                    read.wait().unwrap();
                }
                order.lock().unwrap().push(i);
            });
        }
        dispatch(gate.write(), |gate| gate.set(()));
    });
    Arc::into_inner(order).unwrap().into_inner().unwrap()
}

#[test]
fn a_run_is_repeated_by_its_choices() {
    let mut orders = std::collections::HashSet::new();
    for seed in 0..200 {
        let first = Deterministic::new(seed);
        let order = order_under(&first);
        let again = Deterministic::replay(first.choices());
        assert_eq!(order_under(&again), order);
        assert_eq!((again.choices(), again.steps()), (first.choices(), first.steps()));
        orders.insert(order);
    }
    assert!(orders.len() > 100, "only {} orders", orders.len());
}

#[test]
fn choices_that_do_not_fit_do_no_harm() {
    for choices in [vec![], vec![u32::MAX; 3], vec![5; 1000]] {
        assert_eq!(order_under(&Deterministic::replay(choices)).len(), 10);
    }
}

#[test]
fn each_step_runs_one_thing() {
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        let a = Async::from(0);
        for _ in 0..5 {
            scheduler.task("add").dispatch(a.mutate(), |a| *a += 1);
        }
        let mut steps = 0;
        while scheduler.step() {
            steps += 1;
            assert_eq!((scheduler.steps(), scheduler.live_tasks()), (steps, 5 - steps as usize));
        }
        assert_eq!(*a.wait().unwrap(), 5);
    }
}

#[test]
fn stepping_does_not_call_a_wait_a_deadlock_but_running_until_idle_does() {
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        let (a, b) = (Async::<i32>::new(), Async::new());
        let read = a.read();
        scheduler.task("blocks").dispatch(b.write(), move |b| b.set(read.wait().unwrap_err().kind()));
        assert!(scheduler.step() && !scheduler.step() && !scheduler.step());
        assert_eq!(scheduler.live_tasks(), 1);
        scheduler.run_until_idle();
        assert_eq!((*b.wait().unwrap(), scheduler.live_tasks()), (ErrorKind::Deadlock, 0));
    }
}

#[test]
fn a_step_goes_on_with_a_blocked_task() {
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        let (a, b) = (Async::new(), Async::new());
        let read = a.read();
        let sum = scheduler.run(|| spawn(async { Ok::<_, runahead_async::Error>(1) }));
        scheduler.task("blocks").dispatch(b.write(), move |b| b.set(*read.wait().unwrap() + 1));
        while scheduler.step() {}
        assert_eq!(scheduler.live_tasks(), 1);
        scheduler.task("writes").dispatch(a.write(), |a| a.set(1));
        assert!(scheduler.step() && scheduler.step() && !scheduler.step());
        assert_eq!((*b.wait().unwrap(), *sum.wait().unwrap(), scheduler.live_tasks()), (2, 1, 0));
    }
}

#[test]
fn steps_and_waits_mix() {
    let scheduler = Deterministic::new(1);
    let a = Async::from(0);
    for _ in 0..10 {
        scheduler.task("add").dispatch(a.mutate(), |a| *a += 1);
    }
    assert!(scheduler.step() && scheduler.step());
    assert_eq!(scheduler.live_tasks(), 8);
    let seen = scheduler.run(|| {
        task("add").dispatch(a.mutate(), |a| *a += 1);
        *a.wait().unwrap()
    });
    assert_eq!((seen, scheduler.step()), (11, false));
}
