//! The devices of this machine.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use runahead_cpu::CpuBackend;
use runahead_runtime::Device;

/// There are this many virtual CPU devices at most.
const MAX_CPU_DEVICES: usize = 1024;

/// Why there is no device of a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// The platform is not one that exists.
    #[error("there is no device {name:?}; give `cpu` or `cpu:N`")]
    UnknownPlatform {
        /// What was asked for.
        name: String,
    },
    /// What follows the colon is no number of a device.
    #[error("{name:?} has no device number; after `cpu:` comes a number below {MAX_CPU_DEVICES}")]
    BadOrdinal {
        /// What was asked for.
        name: String,
    },
}

/// The device of that name: `cpu` or `cpu:0`, `cpu:1`, …
///
/// CPU devices are virtual: each has its own buffers and its own account of memory, and all share the same workers. The
/// same name gives the same device.
///
/// ```
/// let device = runahead::device("cpu:1")?;
/// assert_eq!(device.name(), "cpu:1");
/// assert_eq!(device, runahead::device("cpu:1")?);
/// assert!(runahead::device("abacus").is_err());
/// # Ok::<(), runahead::DeviceError>(())
/// ```
///
/// # Errors
/// Where there is no such device.
pub fn device(name: &str) -> Result<Device, DeviceError> {
    let (platform, ordinal) = name.split_once(':').unwrap_or((name, "0"));
    if platform != "cpu" {
        return Err(DeviceError::UnknownPlatform { name: name.to_owned() });
    }
    match ordinal.parse() {
        Ok(ordinal) if ordinal < MAX_CPU_DEVICES => Ok(cpu(ordinal)),
        _ => Err(DeviceError::BadOrdinal { name: name.to_owned() }),
    }
}

fn cpu(ordinal: usize) -> Device {
    struct Cpu {
        backend: Arc<CpuBackend>,
        devices: Mutex<Vec<Device>>,
    }
    static CPU: OnceLock<Cpu> = OnceLock::new();
    let cpu = CPU.get_or_init(|| Cpu { backend: Arc::new(CpuBackend::new()), devices: Mutex::default() });
    let mut devices = cpu.devices.lock();
    while devices.len() <= ordinal {
        let next = Device::new(Arc::clone(&cpu.backend) as _, devices.len());
        devices.push(next);
    }
    devices[ordinal].clone()
}
