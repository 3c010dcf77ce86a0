//! `runahead devices`: what programs can run on here.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use runahead::asynchronous::Pool;
use runahead::pjrt::{Client, InstalledPlugin, PLUGINS_VARIABLE, Plugin, installed_plugins};

use crate::error::CliError;
use crate::output::Output;
use crate::text::{bytes, table};

/// Lists the devices.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn devices() -> Result<ExitCode, CliError> {
    let device = runahead::device("cpu")?;
    let simd = simd_features();
    let rows = [
        ("threads", format!("{} (RUNAHEAD_THREADS=N changes that)", Pool::global().workers())),
        ("vectors", if simd.is_empty() { "none that are known".to_owned() } else { simd.join(" ") }),
        ("memory", memory_bytes().map_or_else(|| "unknown".to_owned(), bytes)),
    ];
    let rows = rows.map(|(name, value)| vec![name.to_owned(), value]);
    let mut output = Output::new();
    output.line(device.name())?;
    table(&rows, &[]).into_iter().try_for_each(|line| output.line(line))?;
    output.line("")?;
    output.line(
        "cpu:1, cpu:2, … are virtual devices on the same threads, each with its own buffers: --device cpu:1",
    )?;
    output.line("")?;
    plugins(&mut output)?;
    Ok(ExitCode::SUCCESS)
}

/// Lists the plugins that are installed, each by what starting it brings.
fn plugins(output: &mut Output) -> Result<(), CliError> {
    let installed = installed_plugins();
    if installed.is_empty() {
        return output.line(format_args!(
            "no PJRT plugin is installed: none in the active Python environment, none in {PLUGINS_VARIABLE}=NAME=PATH; \
             --device pjrt:PATH uses one by its path"
        ));
    }
    for InstalledPlugin { name, path, source } in installed {
        output.line(format_args!("{name}"))?;
        let mut rows = vec![("plugin", path.display().to_string()), ("from", source)];
        rows.extend(started(&path));
        let rows: Vec<_> = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
        table(&rows, &[]).into_iter().try_for_each(|line| output.line(line))?;
    }
    output.line("")?;
    output
        .line("PJRT plugins are used by their names, their devices by number: --device NAME, --device NAME:1")
}

/// What a plugin tells when it is started, or why it does not start.
fn started(path: &Path) -> Vec<(&'static str, String)> {
    let plugin = match Plugin::load(path) {
        Ok(plugin) => plugin,
        Err(error) => return vec![("error", error.to_string())],
    };
    let (major, minor) = plugin.api_version();
    let mut rows = vec![("API", format!("{major}.{minor}"))];
    match Client::new(plugin, &[]) {
        Ok(client) => {
            let devices = client.devices().iter().map(|device| match &*device.kind {
                "" => device.description.clone(),
                kind => format!("{} ({kind})", device.description),
            });
            rows.push(("devices", devices.collect::<Vec<_>>().join(", ")));
        }
        Err(error) => rows.push(("error", error.to_string())),
    }
    rows
}

/// The vector instructions of this machine that kernels may use.
fn simd_features() -> Vec<&'static str> {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    let features = [
        ("sse4.2", is_x86_feature_detected!("sse4.2")),
        ("avx", is_x86_feature_detected!("avx")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("f16c", is_x86_feature_detected!("f16c")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx512bw", is_x86_feature_detected!("avx512bw")),
        ("avx512vnni", is_x86_feature_detected!("avx512vnni")),
        ("avx512bf16", is_x86_feature_detected!("avx512bf16")),
    ];
    #[cfg(target_arch = "aarch64")]
    let features = [
        ("neon", std::arch::is_aarch64_feature_detected!("neon")),
        ("fp16", std::arch::is_aarch64_feature_detected!("fp16")),
        ("bf16", std::arch::is_aarch64_feature_detected!("bf16")),
        ("sve", std::arch::is_aarch64_feature_detected!("sve")),
    ];
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
    let features: [(&str, bool); 0] = [];
    features.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// The memory that this process may use: the machine's, or less where a control group says so. Known on Linux only.
fn memory_bytes() -> Option<usize> {
    let machine = fs::read_to_string("/proc/meminfo").ok()?;
    let line = machine.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: usize = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    let limit = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let limit = limit.and_then(|text| text.trim().parse().ok()).unwrap_or(usize::MAX);
    Some(kib.saturating_mul(1024).min(limit))
}
