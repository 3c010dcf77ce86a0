//! What several tests share: running a test under many schedulers, counting what lives.

#![allow(dead_code)] // Each test file uses a part of this.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_async::{Async, Deterministic, Pool, dispatch};

/// Runs a test under pools of several sizes, one of them with a registry, and under many interleavings.
///
/// Under Miri pools are left out where the environment variable `WITHOUT_POOLS` is set, because the deques that they
/// use do not pass its check of borrows.
pub(crate) fn everywhere(test: impl Fn()) {
    let (workers, seeds): (&[usize], u64) = match cfg!(miri) {
        true if std::env::var_os("WITHOUT_POOLS").is_some() => (&[], 4),
        true => (&[2], 1),
        false => (&[1, 2, 4], 200),
    };
    for &workers in workers {
        Pool::new(workers).run(&test);
    }
    if let Some(&workers) = workers.last() {
        let pool = Pool::builder().workers(workers).registry(true).build();
        pool.start_recording();
        pool.run(&test);
        pool.wait_idle().unwrap();
        let snapshot = pool.snapshot();
        assert!(snapshot.tasks.is_empty(), "{snapshot}");
        drop(pool.take_recording().to_chrome_trace());
    }
    for seed in 0..seeds {
        Deterministic::new(seed).run(&test);
    }
}

/// Counts its instances.
pub(crate) struct Counted(Arc<AtomicUsize>);

impl Counted {
    pub(crate) fn new(count: &Arc<AtomicUsize>) -> Counted {
        count.fetch_add(1, Ordering::SeqCst);
        Counted(Arc::clone(count))
    }
}

impl Clone for Counted {
    fn clone(&self) -> Counted {
        Counted::new(&self.0)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Waits inside tasks, to some depth; gives how many leaves there are.
pub(crate) fn nested(depth: u32) -> u64 {
    if depth == 0 {
        return 1;
    }
    let (a, b) = (Async::new(), Async::new());
    dispatch(a.write(), move |a| a.set(nested(depth - 1)));
    dispatch(b.write(), move |b| b.set(nested(depth - 1)));
    *a.wait().unwrap() + *b.wait().unwrap()
}
