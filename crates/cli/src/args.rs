//! What can be said on the command line.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand};
use runahead_bench::metg::Pattern;

/// Runs StableHLO programs with the host ahead of the device.
#[derive(Debug, Parser)]
#[command(name = "runahead", version, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 done, 1 a check failed, 2 bad input.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run a program, once or for block after block of a stream
    Run(RunArgs),
    /// Run self-checking programs
    Check(CheckArgs),
    /// Measure how long a program takes, and how exact it is
    Bench(BenchArgs),
    /// Show a program's signature, operations, plan and memory
    Inspect(InspectArgs),
    /// List the devices
    Devices,
}

/// What every command that runs a program is given to run it on.
#[derive(Args, Debug, Default)]
pub(crate) struct InputArgs {
    /// Arrays named as the program's arguments: by name or by position (`arg0`, `0`)
    ///
    /// May be given several times. Example: --inputs weights.safetensors --inputs batch.npz
    #[arg(long, value_name = "FILE.npz|FILE.safetensors")]
    pub(crate) inputs: Vec<PathBuf>,

    /// One argument from a file of one array
    ///
    /// ARG is the argument's name or position. May be given several times. Examples: --input images=test.npy,
    /// --input arg0=x.npy, --input 1=y.npy
    #[arg(long, value_name = "ARG=FILE.npy")]
    pub(crate) input: Vec<Assignment>,
}

/// An argument and the file that holds its value, written `ARG=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The argument's name or position.
    pub(crate) argument: String,
    pub(crate) file: PathBuf,
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Assignment, String> {
        match text.split_once('=') {
            Some((argument, file)) if !argument.is_empty() && !file.is_empty() => {
                Ok(Assignment { argument: argument.to_owned(), file: file.into() })
            }
            _ => Err("give an argument and a file, as in arg0=x.npy".to_owned()),
        }
    }
}

#[derive(Args, Debug)]
#[command(after_help = "Example:
  runahead run model.mlir --inputs weights.safetensors --stream images=images.npy --labels labels.npy --compare")]
pub(crate) struct RunArgs {
    /// A StableHLO program, as text such as jax.jit(f).lower(...).as_text() gives or as bytecode such as
    /// jax.export.export(...)(...).mlir_module_serialized
    pub(crate) program: PathBuf,

    #[command(flatten)]
    pub(crate) inputs: InputArgs,

    /// Cut this file's leading axis into blocks of the argument's shape, and run the program on each
    ///
    /// The last block is padded, and the results are trimmed to the file's length. May be given for several
    /// arguments, with files of one length. Example: --stream images=test_images.npy
    #[arg(long, value_name = "ARG=FILE.npy")]
    pub(crate) stream: Vec<Assignment>,

    /// Where to write the results: one .npz or .safetensors file with out0, out1, …, or a folder of .npy files
    ///
    /// A file appears under its name only when it is whole. Example: --output results.npz
    #[arg(long, value_name = "FILE.npz|DIR")]
    pub(crate) output: Option<PathBuf>,

    /// Integer labels, one for each item of the stream: the accuracy of the first result is told
    ///
    /// Example: --labels test_labels.npy
    #[arg(long, value_name = "FILE.npy")]
    pub(crate) labels: Option<PathBuf>,

    /// The device to run on: `cpu`, `pjrt:PATH` of a PJRT plugin, or the name of one that is installed, such as `xla-cpu`
    ///
    /// `cpu` is `cpu:0`; there are as many virtual ones as asked for. `runahead devices` lists what is installed.
    /// Examples: --device cpu:1, --device xla-cpu, --device pjrt:/opt/plugin.so:1
    #[arg(long, value_name = "NAME[:N]", default_value = "cpu")]
    pub(crate) device: String,

    /// Wait for each step before the next begins
    #[arg(long, conflicts_with = "compare")]
    pub(crate) sync: bool,

    /// Run synchronously first, then asynchronously, and show both
    #[arg(long)]
    pub(crate) compare: bool,

    /// How many blocks may be in flight at once
    ///
    /// Example: --in-flight 8
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = count(65536))]
    pub(crate) in_flight: usize,

    /// Write what ran when as Chrome trace JSON, which Perfetto opens
    ///
    /// Example: --trace trace.json
    #[arg(long, value_name = "FILE.json")]
    pub(crate) trace: Option<PathBuf>,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "\
A program is self-checking where it takes no arguments and calls stablehlo.custom_call @check.expect_eq,
@check.expect_close, @check.expect_almost_eq or @check.eq, or an operation of the check dialect.

Examples:
  runahead check add.mlir
  runahead check tests/programs --json")]
pub(crate) struct CheckArgs {
    /// Programs, or folders whose .mlir and .mlirbc files are checked, those in folders below included
    ///
    /// Lines that begin with `// -----` separate programs within a file.
    #[arg(required = true, value_name = "PROGRAM|DIR")]
    pub(crate) paths: Vec<PathBuf>,

    /// Print a JSON object for each program: file, section, passed, reason, place (line:column), ms
    ///
    /// The line `N passed, N failed` then goes to standard error.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  runahead bench matmul.mlir --inputs matmul.npz
  runahead bench matmul.mlir --inputs matmul.npz --expect matmul.expected.npz --tolerance 1e-5 --threads 2 --json
  runahead bench tasks")]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct BenchArgs {
    /// What to measure instead of a program
    #[command(subcommand)]
    pub(crate) what: Option<BenchCommand>,

    /// A StableHLO program, as text or as bytecode
    #[arg(required = true)]
    pub(crate) program: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) with: ProgramBenchArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// Measure what tasks cost, beside tokio and rayon
    Tasks(TasksArgs),
    /// Measure how small tasks may be: Task Bench's METG(50%)
    Metg(MetgArgs),
    /// Measure what operations on tensors cost now, later and lazily, beside candle
    Modes(ModesArgs),
    /// Measure what an execution costs, natively and through PJRT plugins
    Dispatch(DispatchArgs),
}

#[derive(Args, Debug)]
#[command(
    after_help = "Each case is called on tensors that are there (now), on results of calls before, waited for once (later), and
recorded and evaluated (lazily), in turn with the same work done by candle on the CPU; the median of the rounds counts.

Example:
  runahead bench modes --json"
)]
pub(crate) struct ModesArgs {
    /// How often each case is measured
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = count(1000))]
    pub(crate) rounds: usize,

    /// Print a JSON object for each case: case, now_us, later_us, lazy_us, lazy_first_us, candle_us (null where this was
    /// built without the feature `candle`)
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Each case adds two arrays of four f32, each time to the result of the time before. It is submitted so many times in
a row (enqueue), and submitted and brought to the host, each time (value); through a plugin's functions in C alone, too. The
median of the rounds counts.

Examples:
  runahead bench dispatch --json
  runahead bench dispatch --plugin runahead=target/release/librunahead_plugin.so"
)]
pub(crate) struct DispatchArgs {
    /// A PJRT plugin to measure, by the path of its library, or the path to one of the names that are measured anyway:
    /// `xla-cpu` and `runahead`
    ///
    /// May be given several times. Without it they are sought among the plugins that are installed.
    #[arg(long, value_name = "NAME=PATH")]
    pub(crate) plugin: Vec<Assignment>,

    /// How often each case is measured
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = count(1000))]
    pub(crate) rounds: usize,

    /// Print a JSON object for each case: case, enqueue_us, value_us, c_enqueue_us, c_value_us (null where there is no such
    /// plugin)
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Each case is run several times in turn with the same work done by tokio and rayon, where they can
express it, and the median counts: nanoseconds from the first submission to the last task's end, for each task.

Example:
  runahead bench tasks --json"
)]
pub(crate) struct TasksArgs {
    /// How many tasks each case has
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = count(100_000_000))]
    pub(crate) tasks: usize,

    /// How often each case is run
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = count(1000))]
    pub(crate) runs: usize,

    /// How many workers each runtime has
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = count(1024))]
    pub(crate) workers: usize,

    /// Leave tokio and rayon out
    #[arg(long)]
    pub(crate) alone: bool,

    /// Print a JSON object for each case: case, ns_per_task, and tokio_ns and rayon_ns where they were run
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "METG(50%) is the shortest time per task (wall time, times workers, divided by tasks) at which half of the peak rate
of floating-point operations is reached; see Slaughter et al., \"Task Bench\", SC 2020.

Example:
  runahead bench metg --pattern stencil_1d"
)]
pub(crate) struct MetgArgs {
    /// One pattern instead of all: trivial, no_comm, stencil_1d, fft, tree, nearest, random_nearest, spread, all_to_all
    #[arg(long, value_name = "P")]
    pub(crate) pattern: Option<Pattern>,

    /// How many points each step has
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = count(4096))]
    pub(crate) width: usize,

    /// How many workers the pool has
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = count(1024))]
    pub(crate) workers: usize,

    /// Print a JSON object for each pattern: pattern, metg_us, iterations, peak_flops
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ProgramBenchArgs {
    #[command(flatten)]
    pub(crate) inputs: InputArgs,

    /// The results to expect, named out0, out1, …
    ///
    /// Example: --expect matmul.expected.npz
    #[arg(long, value_name = "FILE.npz|FILE.safetensors")]
    pub(crate) expect: Option<PathBuf>,

    /// The largest difference that is allowed, as a share of the largest absolute value expected of the same result
    ///
    /// Integers and booleans must always be exact. Example: --tolerance 1e-5
    #[arg(long, value_name = "R", default_value_t = 1e-4, value_parser = tolerance, allow_negative_numbers = true)]
    pub(crate) tolerance: f64,

    /// The device to run on: `cpu`, `pjrt:PATH` of a PJRT plugin, or the name of one that is installed, such as `xla-cpu`
    ///
    /// Example: --device xla-cpu
    #[arg(long, value_name = "NAME[:N]", default_value = "cpu")]
    pub(crate) device: String,

    /// How many threads compute: all cores unless given. A plugin has threads of its own
    #[arg(long, value_name = "N", value_parser = count(1024))]
    pub(crate) threads: Option<usize>,

    /// Print one JSON object: program, compile_ms, median_us, min_us, peak_bytes, max_abs_diff, max_rel_diff
    ///
    /// The differences are null without --expect. An infinite one, which is what a NaN in only one of two results
    /// makes, is given as the largest number that a double holds.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  runahead inspect model.mlir
  runahead inspect --coverage")]
pub(crate) struct InspectArgs {
    /// A StableHLO program, as text or as bytecode
    #[arg(required_unless_present = "coverage")]
    pub(crate) program: Option<PathBuf>,

    /// Show which operations are supported on which types, by compiling a small program of each
    #[arg(long, conflicts_with = "program")]
    pub(crate) coverage: bool,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// Reads a number from 1 up to a limit.
fn count(limit: usize) -> impl Fn(&str) -> Result<usize, String> + Clone {
    move |text| match text.parse() {
        Ok(n) if (1..=limit).contains(&n) => Ok(n),
        _ => Err(format!("give a whole number from 1 to {limit}")),
    }
}

fn tolerance(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(r) if r >= 0.0 => Ok(r),
        _ => Err("give a number that is not negative, such as 1e-5".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn assignments_are_split_at_the_first_sign() {
        let parsed: Assignment = "x=a=b.npy".parse().unwrap();
        assert_eq!(parsed, Assignment { argument: "x".into(), file: "a=b.npy".into() });
        for wrong in ["x", "=x.npy", "x=", ""] {
            assert!(wrong.parse::<Assignment>().is_err(), "{wrong}");
        }
    }
}
