//! Whether a tokio runtime stays awake beside programs: the longest gap of a heartbeat of one millisecond, alone, beside
//! closures that compute for 50 ms on the runtime's own workers by the feature `tokio`, and beside the same on a pool.
//!
//! ```sh
//! cargo bench -p runahead-async --features tokio --bench heartbeat
//! ```

use std::time::{Duration, Instant};

use runahead_async::{Async, Attached, Pool, dispatch};

/// How long a heartbeat is watched.
const WATCHED: Duration = Duration::from_secs(3);

/// The longest and the middle gap between two beats.
fn gaps(runtime: &tokio::runtime::Runtime) -> (Duration, Duration) {
    let beats = runtime.spawn(async {
        let mut gaps = Vec::new();
        let mut interval = tokio::time::interval(Duration::from_millis(1));
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let begin = Instant::now();
        let mut last = Instant::now();
        while begin.elapsed() < WATCHED {
            interval.tick().await;
            let now = Instant::now();
            gaps.push(now - last);
            last = now;
        }
        gaps
    });
    let mut gaps = runtime.block_on(beats).expect("the heartbeat ends");
    gaps.sort_unstable();
    (gaps[gaps.len() - 1], gaps[gaps.len() / 2])
}

fn compute() {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(50) {
        std::hint::spin_loop();
    }
}

/// Programs that compute all the time, a few at once.
fn programs() -> Vec<Async<u64>> {
    let values: Vec<Async<u64>> = (0..8).map(|_| Async::from(0)).collect();
    for value in &values {
        for _ in 0..10 {
            dispatch(value.mutate(), |value| {
                compute();
                *value += 1;
            });
        }
    }
    values
}

fn show(what: &str, (longest, middle): (Duration, Duration)) {
    println!(
        "{what:<32} longest gap {:>8.2} ms, middle {:>6.2} ms",
        longest.as_secs_f64() * 1e3,
        middle.as_secs_f64() * 1e3
    );
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build();
    let runtime = runtime.expect("a runtime can be started");
    show("alone", gaps(&runtime));
    let attached = Attached::tokio(runtime.handle().clone());
    let values = attached.run(programs);
    show("beside tasks of the runtime's", gaps(&runtime));
    drop(values);
    attached.wait_idle().expect("the tasks end");
    let pool = Pool::new(2);
    let values = pool.run(programs);
    show("beside tasks of a pool's", gaps(&runtime));
    drop(values);
    pool.wait_idle().expect("the tasks end");
}
