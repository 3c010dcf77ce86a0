//! Running a test under many schedulers.

use runahead_async::{Deterministic, Pool};

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
