//! The devices of this machine.

use std::collections::HashMap;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use runahead_cpu::{CpuBackend, Feeds};
use runahead_pjrt::{
    AttributeValue, Client, Form, InstalledPlugin, LoadError, PLUGINS_VARIABLE, Plugin, installed_plugins,
};
use runahead_runtime::Device;

/// There are this many virtual CPU devices at most.
const MAX_CPU_DEVICES: usize = 1024;

/// What names a plugin by its path.
const PJRT: &str = "pjrt:";

/// The environment variable with options for plugins' clients: `name=value`, several separated by commas.
pub const OPTIONS_VARIABLE: &str = "RUNAHEAD_PJRT_OPTIONS";

/// Why there is no device of a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// The platform is not one that exists.
    #[error(
        "there is no device {name:?}; give `cpu`, `cpu:N`, `pjrt:PATH` of a PJRT plugin, or the name of one that is \
         installed: {installed}"
    )]
    UnknownPlatform {
        /// What was asked for.
        name: String,
        /// The plugins that are installed, and how to install one.
        installed: String,
    },
    /// What follows the colon is no number of a device.
    #[error("{name:?} has no device number; after `cpu:` comes a number below {MAX_CPU_DEVICES}")]
    BadOrdinal {
        /// What was asked for.
        name: String,
    },
    /// The device has no queues between the host and programs.
    #[error("{name:?} has no queues for infeed and outfeed; those of `cpu` have")]
    NoQueues {
        /// What was asked for.
        name: String,
    },
    /// The plugin cannot be used.
    #[error(transparent)]
    Plugin(#[from] LoadError),
    /// The plugin's devices do not start, or there is none of that number.
    #[error("{name:?}: {error}")]
    Start {
        /// What was asked for.
        name: String,
        /// Why.
        error: runahead_pjrt::Error,
    },
    /// The options in the environment are none.
    #[error("{OPTIONS_VARIABLE} has {found:?}; expected name=value, several separated by commas")]
    BadOption {
        /// What is no option.
        found: String,
    },
}

/// The device of that name: `cpu` or `cpu:0`, `cpu:1`, …; `pjrt:PATH` or `pjrt:PATH:0`, … for those of a PJRT plugin, a
/// shared library; `xla-cpu`, `cuda` and the like, with a number or without, for those of a plugin that is
/// [installed](runahead_pjrt::installed_plugins).
///
/// CPU devices are virtual: each has its own buffers and its own account of memory, and all share the same workers. A
/// plugin is started when the first of its devices is asked for, with the options that the environment variable
/// `RUNAHEAD_PJRT_OPTIONS` has for it, as in `cpu_device_count=2`. The same name gives the same device.
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
/// Where there is no such device, or its plugin does not start.
pub fn device(name: &str) -> Result<Device, DeviceError> {
    if let Some(path) = name.strip_prefix(PJRT) {
        let (path, ordinal) = numbered(path);
        return pjrt(name, &format!("{PJRT}{path}"), Path::new(path), ordinal);
    }
    let (platform, ordinal) = name.split_once(':').unwrap_or((name, "0"));
    if platform == "cpu" {
        return match ordinal.parse() {
            Ok(ordinal) if ordinal < MAX_CPU_DEVICES => Ok(cpu(ordinal)),
            _ => Err(DeviceError::BadOrdinal { name: name.to_owned() }),
        };
    }
    let installed = installed_plugins();
    let (platform, ordinal) = numbered(name);
    match installed.iter().find(|plugin| plugin.name == platform) {
        Some(plugin) => pjrt(name, platform, &plugin.path, ordinal),
        None => {
            let installed = described(&installed);
            Err(DeviceError::UnknownPlatform { name: name.to_owned(), installed })
        }
    }
}

/// A name and the number after its last colon, or 0: paths may have colons, too.
fn numbered(name: &str) -> (&str, usize) {
    match name.rsplit_once(':').map(|(before, number)| (before, number.parse())) {
        Some((before, Ok(number))) => (before, number),
        _ => (name, 0),
    }
}

fn described(installed: &[InstalledPlugin]) -> String {
    if installed.is_empty() {
        return format!(
            "none; `pip install xla-cpu-pjrt` in the active Python environment brings `xla-cpu`, and \
             {PLUGINS_VARIABLE}=NAME=PATH names any other"
        );
    }
    let names: Vec<&str> = installed.iter().map(|plugin| &*plugin.name).collect();
    names.join(", ")
}

/// The plugins that were started, by their names.
#[derive(Default)]
struct Pjrt {
    clients: HashMap<String, (PathBuf, Client)>,
    devices: Vec<(String, usize, Device)>,
}

fn the_pjrt() -> &'static Mutex<Pjrt> {
    static PJRT: OnceLock<Mutex<Pjrt>> = OnceLock::new();
    PJRT.get_or_init(Mutex::default)
}

/// A device of a plugin.
fn pjrt(asked: &str, platform: &str, path: &Path, ordinal: usize) -> Result<Device, DeviceError> {
    let mut pjrt = the_pjrt().lock();
    let known = pjrt.devices.iter().find(|(name, number, _)| name == platform && *number == ordinal);
    if let Some((.., device)) = known {
        return Ok(device.clone());
    }
    let failed = |error| DeviceError::Start { name: asked.to_owned(), error };
    let client = match pjrt.clients.get(platform) {
        Some((of, client)) if of == path => client.clone(),
        _ => {
            let client = Client::new(Plugin::load(path)?, &options()?).map_err(failed)?;
            pjrt.clients.insert(platform.to_owned(), (path.to_owned(), client.clone()));
            client
        }
    };
    let device = client.device(platform, ordinal, Form::default()).map_err(failed)?;
    pjrt.devices.push((platform.to_owned(), ordinal, device.clone()));
    Ok(device)
}

/// The options for plugins' clients that the environment has.
fn options() -> Result<Vec<(String, AttributeValue)>, DeviceError> {
    let given = env::var(OPTIONS_VARIABLE).unwrap_or_default();
    let options = given.split(',').map(str::trim).filter(|option| !option.is_empty());
    options
        .map(|option| match option.split_once('=') {
            Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), AttributeValue::parse(value))),
            _ => Err(DeviceError::BadOption { found: option.to_owned() }),
        })
        .collect()
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
/// Where there is no such device, or it is not one of the CPU backend's: others have no such queues.
pub fn feeds(name: &str) -> Result<Feeds, DeviceError> {
    let (platform, ordinal) = name.split_once(':').unwrap_or((name, "0"));
    if platform != "cpu" {
        return Err(DeviceError::NoQueues { name: name.to_owned() });
    }
    device(name)?;
    Ok(the_cpu().backend.feeds(ordinal.parse().unwrap_or(0)))
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
    let mut all = the_cpu().devices.lock().clone();
    all.extend(the_pjrt().lock().devices.iter().map(|(.., device)| device.clone()));
    all
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
