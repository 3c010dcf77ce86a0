//! The devices of this machine.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use runahead_cpu::{CpuBackend, Feeds};
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

/// The queues between the host and the device of that name: what a program's `infeed` takes from and `outfeed` adds to.
///
/// An `infeed` waits until the host has put something into the queue.
///
/// ```
/// let feeds = runahead::feeds("cpu:2")?;
/// feeds.infeed.put(vec![runahead::Literal::from_elements([2], &[1.0f32, 2.0])?]);
/// let text = "func.func @main() -> tensor<2xf32> {
///     %t = stablehlo.create_token : !stablehlo.token
///     %x, %u = \"stablehlo.infeed\"(%t) {infeed_config = \"\", layout = [[0]]}
///         : (!stablehlo.token) -> (tensor<2xf32>, !stablehlo.token)
///     %y = stablehlo.add %x, %x : tensor<2xf32>
///     %v = \"stablehlo.outfeed\"(%y, %u) {outfeed_config = \"\"} : (tensor<2xf32>, !stablehlo.token) -> !stablehlo.token
///     return %y : tensor<2xf32>
/// }";
/// let program = runahead::Program::from_text("feed", text)?.compile(&runahead::device("cpu:2")?)?;
/// let results = program.execute(&[])?;
/// let given = results[0].to_host().wait()?.clone();
/// assert_eq!(given.to_elements::<f32>(), Some(vec![2.0, 4.0]));
/// assert_eq!(feeds.outfeed.take(), Some(vec![given]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where there is no such device.
pub fn feeds(name: &str) -> Result<Feeds, DeviceError> {
    device(name)?;
    let ordinal = name.split_once(':').and_then(|(_, ordinal)| ordinal.parse().ok()).unwrap_or(0);
    Ok(the_cpu().backend.feeds(ordinal))
}

/// Blocks until all that was submitted to a device before has ended: operations, programs and transfers. What failed is
/// found at what it was to write.
///
/// ```
/// use runahead::{Tensor, ops, synchronize};
/// let device = runahead::device("cpu:3")?;
/// let x = Tensor::from_slice(&[1f32, 2.0], [2], &device)?;
/// let y = ops::exp(x.to_async())?;
/// synchronize(&device)?;
/// assert!(y.is_ready());
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// Where nothing can run, and something that was submitted can never end.
#[track_caller]
pub fn synchronize(device: &Device) -> Result<(), runahead_async::Error> {
    device.synchronize()
}

/// The devices that were asked for so far.
pub(crate) fn all() -> Vec<Device> {
    the_cpu().devices.lock().clone()
}

/// The CPU backend of this process and its devices.
struct Cpu {
    backend: Arc<CpuBackend>,
    devices: Mutex<Vec<Device>>,
}

fn the_cpu() -> &'static Cpu {
    static CPU: OnceLock<Cpu> = OnceLock::new();
    CPU.get_or_init(|| Cpu { backend: Arc::new(CpuBackend::new()), devices: Mutex::default() })
}

fn cpu(ordinal: usize) -> Device {
    let cpu = the_cpu();
    let mut devices = cpu.devices.lock();
    while devices.len() <= ordinal {
        let next = Device::new(Arc::clone(&cpu.backend) as _, devices.len());
        devices.push(next);
    }
    devices[ordinal].clone()
}
