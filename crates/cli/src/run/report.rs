//! What a run took, and how much of it overlapped.

use std::fmt;
use std::time::Duration;

use runahead::{Lane, Span, busy_time, overlap_time};
use serde_json::json;

/// How a program was fed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Each step waited for.
    Synchronous,
    /// Several blocks in flight.
    RunAhead,
}

/// The figures of one run.
pub(crate) struct Report {
    pub(crate) mode: Mode,
    /// Rows that were fed, or 1 where nothing was streamed.
    pub(crate) items: usize,
    pub(crate) wall: Duration,
    pub(crate) host_busy: Duration,
    pub(crate) device_busy: Duration,
    pub(crate) transfers_busy: Duration,
    /// While the device computed, the host or a transfer was at work too.
    pub(crate) overlap: Duration,
    pub(crate) peak_bytes: usize,
    pub(crate) accuracy: Option<Accuracy>,
}

/// How many of the results were right.
#[derive(Clone, Copy)]
pub(crate) struct Accuracy {
    pub(crate) right: usize,
    pub(crate) of: usize,
}

impl Accuracy {
    pub(crate) fn fraction(self) -> f64 {
        self.right as f64 / (self.of as f64).max(1.0)
    }
}

impl Report {
    pub(crate) fn new(
        mode: Mode,
        items: usize,
        wall: Duration,
        spans: &[Span],
        peak_bytes: usize,
        accuracy: Option<Accuracy>,
    ) -> Report {
        let on = |lane: fn(&Lane) -> bool| {
            spans.iter().filter(move |span| lane(&span.lane)).map(|span| (span.start, span.end))
        };
        let device = || on(|lane| matches!(lane, Lane::Device(_)));
        let beside = on(|lane| !matches!(lane, Lane::Device(_)));
        Report {
            mode,
            items,
            wall,
            host_busy: busy_time(on(|lane| matches!(lane, Lane::Host))),
            device_busy: busy_time(device()),
            transfers_busy: busy_time(on(|lane| matches!(lane, Lane::Transfers(_)))),
            overlap: overlap_time(device(), beside),
            peak_bytes,
            accuracy,
        }
    }

    fn items_per_second(&self) -> f64 {
        self.items as f64 / self.wall.as_secs_f64().max(1e-9)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        json!({
            "mode": match self.mode { Mode::Synchronous => "sync", Mode::RunAhead => "run-ahead" },
            "items": self.items,
            "items_per_second": self.items_per_second(),
            "wall_ms": ms(self.wall),
            "host_busy_ms": ms(self.host_busy),
            "device_busy_ms": ms(self.device_busy),
            "transfers_busy_ms": ms(self.transfers_busy),
            "overlap_ms": ms(self.overlap),
            "peak_bytes": self.peak_bytes,
            "accuracy": self.accuracy.map(Accuracy::fraction),
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
        let mode = match self.mode {
            Mode::Synchronous => "synchronous: each step waited for",
            Mode::RunAhead => "run ahead: several blocks in flight",
        };
        writeln!(f, "{mode}")?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, value: String| writeln!(f, "  {name:<18}{value}");
        let per_second = format!("{:.0} per second", self.items_per_second());
        row(f, "items", format!("{} ({per_second})", self.items))?;
        row(f, "wall time", ms(self.wall))?;
        row(f, "host busy", ms(self.host_busy))?;
        row(f, "device busy", ms(self.device_busy))?;
        row(f, "transfers busy", ms(self.transfers_busy))?;
        let share = 100.0 * self.overlap.as_secs_f64() / self.device_busy.as_secs_f64().max(1e-9);
        row(f, "overlapped", format!("{} ({share:.0}% of the device's time)", ms(self.overlap)))?;
        row(f, "peak memory", format!("{} bytes", self.peak_bytes))?;
        if let Some(accuracy) = self.accuracy {
            let Accuracy { right, of } = accuracy;
            row(f, "accuracy", format!("{:.2}% ({right} of {of})", 100.0 * accuracy.fraction()))?;
        }
        Ok(())
    }
}
