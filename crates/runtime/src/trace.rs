//! What ran when: spans of time on the host, on devices and in transfers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

/// Where a span belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Work that the host does to prepare and consume data.
    Host,
    /// Executions of a device, under its name.
    Device(Arc<str>),
    /// Transfers to and from a device, under its name.
    Transfers(Arc<str>),
}

/// A piece of work and when it was done, since the recorder's start.
#[derive(Clone, Debug)]
pub struct Span {
    /// Where it was done.
    pub lane: Lane,
    /// What it was.
    pub name: Arc<str>,
    /// When it began.
    pub start: Duration,
    /// When it ended.
    pub end: Duration,
    /// The number of the thread that did it, counted from 0 in the order in which threads first did something.
    pub thread: u32,
}

/// Collects spans.
pub struct Recorder {
    started: Instant,
    spans: Mutex<Vec<Span>>,
}

impl Default for Recorder {
    fn default() -> Recorder {
        Recorder { started: Instant::now(), spans: Mutex::default() }
    }
}

impl Recorder {
    /// A recorder that starts now.
    pub fn new() -> Recorder {
        Recorder::default()
    }

    /// Does some work and notes when it was done.
    pub fn record<R>(&self, lane: Lane, name: impl Into<Arc<str>>, work: impl FnOnce() -> R) -> R {
        let start = self.started.elapsed();
        let result = work();
        self.note(lane, name, start);
        result
    }

    /// The time since the start.
    pub fn now(&self) -> Duration {
        self.started.elapsed()
    }

    /// Notes what was done from that time until now.
    pub fn note(&self, lane: Lane, name: impl Into<Arc<str>>, start: Duration) {
        let end = self.started.elapsed();
        let span = Span { lane, name: name.into(), start, end, thread: thread_number() };
        self.spans.lock().push(span);
    }

    /// The spans so far, in the order in which they ended.
    pub fn spans(&self) -> Vec<Span> {
        self.spans.lock().clone()
    }
}

fn thread_number() -> u32 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static THREADS: AtomicU32 = AtomicU32::new(0);
    thread_local! {
        static NUMBER: u32 = THREADS.fetch_add(1, Ordering::Relaxed);
    }
    NUMBER.with(|&number| number)
}

/// For how long at least one span of those given was under way.
///
/// ```
/// use std::time::Duration;
/// use runahead_runtime::busy_time;
/// let ms = Duration::from_millis;
/// assert_eq!(busy_time([(ms(0), ms(10)), (ms(5), ms(12)), (ms(20), ms(21))]), ms(13));
/// ```
pub fn busy_time(spans: impl IntoIterator<Item = (Duration, Duration)>) -> Duration {
    merged(spans).into_iter().map(|(start, end)| end - start).sum()
}

/// For how long a span of each kind was under way at once.
///
/// ```
/// use std::time::Duration;
/// use runahead_runtime::overlap_time;
/// let ms = Duration::from_millis;
/// assert_eq!(overlap_time([(ms(0), ms(10)), (ms(20), ms(30))], [(ms(5), ms(22))]), ms(7));
/// ```
pub fn overlap_time(
    a: impl IntoIterator<Item = (Duration, Duration)>,
    b: impl IntoIterator<Item = (Duration, Duration)>,
) -> Duration {
    let (a, b) = (merged(a), merged(b));
    let (mut i, mut j, mut total) = (0, 0, Duration::ZERO);
    while let (Some(&(a_start, a_end)), Some(&(b_start, b_end))) = (a.get(i), b.get(j)) {
        total += a_end.min(b_end).saturating_sub(a_start.max(b_start));
        if a_end < b_end {
            i += 1;
        } else {
            j += 1;
        }
    }
    total
}

/// The spans as disjoint ones, in order.
fn merged(spans: impl IntoIterator<Item = (Duration, Duration)>) -> Vec<(Duration, Duration)> {
    let mut spans: Vec<_> = spans.into_iter().collect();
    spans.sort();
    let mut merged: Vec<(Duration, Duration)> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}
