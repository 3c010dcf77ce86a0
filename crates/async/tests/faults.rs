//! Faults that runtimes of this kind have been found to have, each with a test that this one does not.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Counted, everywhere};
use runahead_async::{
    Async, Deterministic, Error, ErrorKind, Pool, Reverse, Var, all, compute, dispatch, spawn, task,
};

#[test]
fn errors_are_not_sticky() {
    everywhere(|| {
        let mut a = Async::from(1);
        for round in 0..3 {
            dispatch(a.write(), |_| Err::<(), _>("on purpose"));
            a += 1; // fails too
            assert_eq!(a.wait().unwrap_err().kind(), ErrorKind::Failed);
            // Each way to write heals: a task, a place filled later, an assignment.
            match round {
                0 => dispatch(a.write(), |a| a.set(1)),
                1 => a.defer().set(1),
                _ => a.assign(&Async::from(1)),
            }
            a += 1;
            assert_eq!(*a.wait().unwrap(), 2);
        }
    });
}

#[test]
fn an_awaited_childs_error_is_not_swallowed() {
    everywhere(|| {
        let out = Async::from(0);
        let write = out.write();
        let parent = task("parent").spawn(async move {
            let child = task("child").spawn(async { Err::<i32, _>("the child's own") });
            write.await?.set(*child.read().await?);
            Ok::<_, Error>(())
        });
        for error in [parent.wait().unwrap_err(), out.wait().unwrap_err()] {
            assert_eq!(error.origin().name(), Some("child"));
            assert_eq!(error.through().last().unwrap().name(), Some("parent"));
            assert!(error.to_string().contains("the child's own"));
        }
        // Among several, too.
        let children = [1, 2, 3].map(|i| spawn(async move { if i == 2 { Err("second") } else { Ok(i) } }));
        let parent = spawn(async move {
            let mut sum = 0;
            for child in all(children.iter().collect::<Vec<_>>()).await {
                sum += *child?;
            }
            Ok::<i32, Error>(sum)
        });
        assert!(parent.wait().unwrap_err().to_string().contains("second"));
    });
}

#[test]
fn an_error_stays_an_error_where_a_missing_value_would_cancel() {
    everywhere(|| {
        let broken = Async::<u64>::new();
        task("origin").dispatch(broken.write(), |_| Err::<(), _>("on purpose"));
        let seen = compute(broken.read().or_cancel(), |value| *value);
        let error = seen.wait().unwrap_err();
        assert_eq!((error.kind(), error.origin().name()), (ErrorKind::Failed, Some("origin")));
    });
}

#[test]
fn readers_of_a_value_that_is_never_written_end_and_leak_nothing() {
    let count = Arc::new(AtomicUsize::new(0));
    let readers = || {
        let never = Async::<i32>::new();
        let kept = Counted::new(&count);
        dispatch(never.read(), move |_| drop(kept));
        let kept = Counted::new(&count);
        let maybe = compute(never.read().maybe(), move |never| (never.copied(), kept).0);
        let (kept, read) = (Counted::new(&count), never.read());
        let spawned = spawn(async move {
            let read = read.await.map(|value| *value);
            drop(kept);
            read
        });
        let (other, kept) = (Async::<i32>::new(), Counted::new(&count));
        dispatch(other.view(|x| x, |x| x).mutate(), move |_| drop(kept));
        drop((never, other));
        assert!(maybe.wait().unwrap().is_none());
        assert_eq!(spawned.wait().unwrap_err().kind(), ErrorKind::Unwritten);
    };
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        scheduler.run(readers);
        assert_eq!((scheduler.live_tasks(), count.load(Ordering::Relaxed)), (0, 0));
    }
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        pool.run(readers);
        drop(pool); // runs what is left
        assert_eq!(count.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn an_unseeded_gradient_neither_hangs_nor_leaks() {
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        scheduler.run(|| {
            let x = Var::from(2.0);
            let y = &x * &x;
            assert_eq!(*x.gradient().wait().unwrap(), 0.0);
            drop(y);
            // Not even asked for.
            let z = Var::from(1.0);
            let _unused = (&z + 1.0).sin();
            let sum = Reverse::<f64>::new();
            let read = sum.read();
            drop(sum);
            assert_eq!(read.wait().unwrap_err().kind(), ErrorKind::Unwritten);
        });
        assert_eq!(scheduler.live_tasks(), 0);
    }
}

#[test]
fn variables_leak_nothing() {
    /// A number that counts its instances.
    struct Number(f64, Counted);
    impl Clone for Number {
        fn clone(&self) -> Number {
            Number(self.0, self.1.clone())
        }
    }
    macro_rules! operators {
        ($($trait:ident $method:ident $op:tt)*) => {
            $(
                impl std::ops::$trait<&Number> for Number {
                    type Output = Number;
                    fn $method(self, other: &Number) -> Number {
                        Number(self.0 $op other.0, self.1)
                    }
                }
            )*
        };
    }
    operators! { Add add + Sub sub - Mul mul * }
    impl std::ops::Neg for Number {
        type Output = Number;
        fn neg(self) -> Number {
            Number(-self.0, self.1)
        }
    }
    impl runahead_async::Ring for Number {
        fn zero_like(&self) -> Number {
            Number(0.0, self.1.clone())
        }
    }
    let count = Arc::new(AtomicUsize::new(0));
    let graph = || {
        let number = |x| Number(x, Counted::new(&count));
        let x = Var::from(number(3.0));
        let y = Var::from(number(2.0));
        let unused = &x - &y;
        let held = &x * &y;
        let z = &held * &x + number(1.0) - -&y;
        z.seed(number(1.0));
        drop((z, unused));
        assert_eq!(x.gradient().wait().unwrap().0, 12.0);
        assert_eq!(y.gradient().wait().unwrap().0, 10.0);
        assert_eq!(held.gradient().wait().unwrap().0, 3.0);
    };
    for seed in 0..200 {
        Deterministic::new(seed).run(graph);
        assert_eq!(count.load(Ordering::Relaxed), 0);
    }
    for workers in [1, 2, 4] {
        let pool = Pool::new(workers);
        pool.run(graph);
        drop(pool);
        assert_eq!(count.load(Ordering::Relaxed), 0);
    }
}
