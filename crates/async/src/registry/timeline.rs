//! A recording's timeline, in the JSON that Chrome's and Perfetto's viewers read.

use std::fmt::Write;
use std::time::Duration;

use crate::registry::recording::{Recording, Slice};

impl Recording {
    /// The timeline as a Chrome trace: a lane for each thread, a bar for each time that a task ran, an arrow for each
    /// [dependency](Self::dependencies).
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic, task};
    /// let scheduler = Deterministic::new(0);
    /// scheduler.start_recording();
    /// scheduler.run(|| {
    ///     let a = Async::from(1);
    ///     task("double").dispatch(a.mutate(), |a| *a *= 2);
    ///     task("print").dispatch(a.read(), |a| println!("{a}"));
    /// });
    /// let trace = scheduler.take_recording().to_chrome_trace();
    /// assert!(trace.starts_with("{\"traceEvents\":["));
    /// assert!(trace.contains("\"name\":\"double\""));
    /// assert!(trace.contains("\"ph\":\"s\"") && trace.contains("\"ph\":\"f\""));
    /// ```
    pub fn to_chrome_trace(&self) -> String {
        let mut events = Events::default();
        for (lane, name) in self.lanes.iter().enumerate() {
            let name = quoted(name);
            events.add(|text| {
                write!(
                    text,
                    "{{\"ph\":\"M\",\"pid\":1,\"tid\":{lane},\"name\":\"thread_name\",\"args\":{{\"name\":{name}}}}}"
                )
            });
        }
        let mut slices_of = vec![Vec::new(); self.tasks.len()];
        for slice in &self.slices {
            slices_of[slice.task].push(slice);
            let place = &self.tasks[slice.task].place;
            let location = quoted(&place.location().to_string());
            let name = place.name().map_or_else(|| location.clone(), quoted);
            let (lane, start) = (slice.lane, micros(slice.start));
            let long = micros(slice.end.saturating_sub(slice.start));
            events.add(|text| {
                write!(
                    text,
                    "{{\"ph\":\"X\",\"pid\":1,\"tid\":{lane},\"ts\":{start},\"dur\":{long},\"cat\":\"task\",\
                     \"name\":{name},\"args\":{{\"location\":{location},\"task\":{}}}}}",
                    slice.task
                )
            });
        }
        for (id, dependency) in self.dependencies().into_iter().enumerate() {
            let Some((from, to)) = arrow(&slices_of[dependency.from], &slices_of[dependency.to]) else {
                continue;
            };
            // An arrow ends in the bar that its time lies in.
            for (ph, slice, at) in [("s", from, from.end), ("f\",\"bp\":\"e", to, to.start)] {
                events.add(|text| {
                    write!(
                        text,
                        "{{\"ph\":\"{ph}\",\"pid\":1,\"tid\":{},\"ts\":{},\"id\":{id},\"cat\":\"dependency\",\
                         \"name\":\"{}\"}}",
                        slice.lane,
                        micros(at),
                        dependency.kind
                    )
                });
            }
        }
        events.finish()
    }
}

/// The bars that an arrow joins: the last of the task that goes first, and the first one of the other behind that.
fn arrow<'s>(from: &[&'s Slice], to: &[&'s Slice]) -> Option<(&'s Slice, &'s Slice)> {
    let from = *from.last()?;
    // A future may have released what the other waits for some time before its own end.
    let to = to.iter().find(|slice| slice.start >= from.end).or(to.last())?;
    Some((from, to))
}

#[derive(Default)]
struct Events(String);

impl Events {
    fn add(&mut self, write: impl FnOnce(&mut String) -> std::fmt::Result) {
        self.0.push_str(if self.0.is_empty() { "{\"traceEvents\":[\n" } else { ",\n" });
        // A string can always be written to.
        let _ = write(&mut self.0);
    }

    fn finish(mut self) -> String {
        if self.0.is_empty() {
            self.0.push_str("{\"traceEvents\":[");
        }
        self.0.push_str("\n]}\n");
        self.0
    }
}

/// Microseconds, with the nanoseconds behind the point.
fn micros(time: Duration) -> String {
    format!("{}.{:03}", time.as_micros(), time.subsec_nanos() % 1000)
}

/// A text as a JSON string.
fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            control if control < ' ' => {
                let _ = write!(json, "\\u{:04x}", control as u32);
            }
            other => json.push(other),
        }
    }
    json.push('"');
    json
}
