//! Writing what ran when as a Chrome trace, which Perfetto and `chrome://tracing` open.

use std::collections::BTreeMap;

use runahead_runtime::{Lane, Span};
use serde_json::json;

/// Spans as a Chrome trace: JSON with a process for each lane, and in it a row for each thread that worked there.
///
/// ```
/// use runahead::{Lane, Recorder, chrome_trace};
/// let recorder = Recorder::new();
/// recorder.record(Lane::Host, "prepare", || ());
/// let trace = chrome_trace(&recorder.spans());
/// assert!(trace.contains("\"name\":\"prepare\""));
/// ```
pub fn chrome_trace(spans: &[Span]) -> String {
    let mut processes: BTreeMap<&Lane, usize> = spans.iter().map(|span| (&span.lane, 0)).collect();
    for (number, process) in processes.values_mut().enumerate() {
        *process = number + 1;
    }
    let names = processes.iter().map(|(lane, process)| {
        let name = match lane {
            Lane::Host => "host".to_owned(),
            Lane::Device(device) => format!("device {device}"),
            Lane::Transfers(device) => format!("transfers {device}"),
        };
        json!({"ph": "M", "name": "process_name", "pid": process, "args": {"name": name}})
    });
    let microseconds = |time: std::time::Duration| time.as_nanos() as f64 / 1e3;
    let events = spans.iter().map(|span| {
        json!({
            "ph": "X",
            "name": &*span.name,
            "pid": processes[&span.lane],
            "tid": span.thread,
            "ts": microseconds(span.start),
            "dur": microseconds(span.end - span.start),
        })
    });
    json!({"traceEvents": names.chain(events).collect::<Vec<_>>(), "displayTimeUnit": "ms"}).to_string()
}
