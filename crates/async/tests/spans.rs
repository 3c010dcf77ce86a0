//! The spans that tasks run in where there is a registry. A program of its own test, since a subscriber is everybody's.

use std::fmt::Debug;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use runahead_async::{Async, Pool, dispatch};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static INSIDE: AtomicU64 = AtomicU64::new(0);

struct Spans(AtomicU64);

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields(format!("{} ", span.metadata().name()));
        span.record(&mut fields);
        NAMES.lock().unwrap().push(fields.0);
        Id::from_u64(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {
        INSIDE.fetch_add(1, Ordering::SeqCst);
    }

    fn exit(&self, _: &Id) {
        INSIDE.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn a_task_runs_in_a_span_that_names_it_where_there_is_a_registry() {
    tracing::subscriber::set_global_default(Spans(AtomicU64::new(0))).unwrap();
    let (with, without) = (Pool::builder().workers(1).registry(true).build(), Pool::new(1));
    let (a, b) = (Async::new(), Async::new());
    with.task("seen").dispatch(a.write(), |a| a.set(INSIDE.load(Ordering::SeqCst)));
    with.wait_idle().unwrap();
    without.task("unseen").dispatch(b.write(), |b| b.set(INSIDE.load(Ordering::SeqCst)));
    assert_eq!((*a.wait().unwrap(), *b.wait().unwrap()), (1, 0));
    with.run(|| dispatch(a.mutate(), |_| -> () { panic!("inside the span") }));
    with.wait_idle().unwrap();
    assert!(a.wait().is_err());
    assert_eq!(INSIDE.load(Ordering::SeqCst), 0);
    let names = NAMES.lock().unwrap();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(
        names[0].starts_with("task name=\"seen\" location=") && names[0].contains("spans.rs"),
        "{names:?}"
    );
}
