//! What memory is used for.

use std::fmt;

use runahead_runtime::{DeviceReport, MemoryUse};

use crate::devices;

/// So many tensors of a device are shown.
const SHOWN: usize = 20;

/// What the memory of all devices is used for, at one moment: shown as a table, or as [JSON](Self::to_json).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryReport {
    /// The devices that were asked for so far and hold or held anything.
    pub devices: Vec<DeviceReport>,
}

/// What the memory of all devices is used for now.
///
/// ```
/// use runahead::{Tensor, memory_report};
/// let device = runahead::device("cpu:4")?;
/// let weights = Tensor::from_slice(&[0f32; 1000], [10, 100], &device)?.named("layer.weight");
/// let report = memory_report();
/// assert!(report.to_string().contains("layer.weight"), "{report}");
/// let of_device = report.devices.iter().find(|report| &*report.device == "cpu:4").unwrap();
/// assert_eq!((of_device.memory.live, of_device.named[0].bytes), (4000, 4000));
/// assert_eq!(report.to_json()["devices"].as_array().unwrap().len(), report.devices.len());
/// # Ok::<(), runahead::TensorError>(())
/// ```
pub fn memory_report() -> MemoryReport {
    let reports = devices::all().into_iter().map(|device| device.memory_report());
    MemoryReport { devices: reports.filter(|report| report.memory.peak > 0).collect() }
}

impl MemoryReport {
    /// The report as JSON: `{"devices": [{"device", "live", "peak", "budget", "arenas", "constants", "programs", "cached",
    /// "unnamed", "tensors": [{"name", "type", "bytes", "ready"}]}]}`, in bytes.
    pub fn to_json(&self) -> serde_json::Value {
        let device = |report: &DeviceReport| {
            let MemoryUse { live, peak, budget, temporary, constants, programs } = report.memory;
            let tensors = report.named.iter().map(|tensor| {
                serde_json::json!({
                    "name": &*tensor.name,
                    "type": tensor.ty.to_string(),
                    "bytes": tensor.bytes,
                    "ready": tensor.ready,
                })
            });
            serde_json::json!({
                "device": &*report.device,
                "live": live,
                "peak": peak,
                "budget": budget,
                "arenas": temporary,
                "constants": constants,
                "programs": programs,
                "cached": report.cached,
                "unnamed": report.unnamed(),
                "tensors": tensors.collect::<Vec<_>>(),
            })
        };
        serde_json::json!({ "devices": self.devices.iter().map(device).collect::<Vec<_>>() })
    }
}

/// A table of the devices, then one of each device's largest tensors that have names.
impl fmt::Display for MemoryReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = ["device", "live", "peak", "budget", "arenas", "programs", "constants", "free, kept"];
        let mut rows = vec![header.map(String::from)];
        for report in &self.devices {
            let MemoryUse { live, peak, budget, temporary, constants, programs } = report.memory;
            rows.push([
                report.device.to_string(),
                size(live),
                size(peak),
                budget.map_or("none".into(), size),
                size(temporary),
                programs.to_string(),
                size(constants),
                size(report.cached),
            ]);
        }
        table(f, &rows)?;
        for report in self.devices.iter().filter(|report| !report.named.is_empty()) {
            writeln!(f, "\nlargest tensors of {}", report.device)?;
            let row = |name: &str, ty: &str, bytes| [name.to_owned(), ty.to_owned(), size(bytes)];
            let named = report.named.iter().take(SHOWN);
            let mut rows: Vec<_> =
                named.map(|tensor| row(&tensor.name, &tensor.ty.to_string(), tensor.bytes)).collect();
            if let Some(rest) = report.named.get(SHOWN..).filter(|rest| !rest.is_empty()) {
                let bytes = rest.iter().map(|tensor| tensor.bytes).sum();
                rows.push(row(&format!("{} more", rest.len()), "", bytes));
            }
            rows.push(row("without a name", "", report.unnamed()));
            table(f, &rows)?;
        }
        Ok(())
    }
}

/// Columns wide enough for what is in them, numbers to the right.
fn table<const N: usize>(f: &mut fmt::Formatter<'_>, rows: &[[String; N]]) -> fmt::Result {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    for row in rows {
        write!(f, "{:<1$}", row[0], widths[0])?;
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let is_number = cell.starts_with(|c: char| c.is_ascii_digit());
            match is_number || rows[0].len() > 3 {
                true => write!(f, "  {cell:>width$}")?,
                false => write!(f, "  {cell:<width$}")?,
            }
        }
        writeln!(f)?;
    }
    Ok(())
}

/// A number of bytes for people to read.
fn size(bytes: usize) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut units = UNITS.iter();
    let mut unit = units.next();
    while value >= 1024.0 && units.len() > 0 {
        value /= 1024.0;
        unit = units.next();
    }
    format!("{value:.1} {}", unit.unwrap_or(&""))
}
