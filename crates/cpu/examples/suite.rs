//! Runs programs on their inputs, compares with expected outputs and times them.
//!
//!     cargo run --release -p runahead-cpu --example suite -- DIR [--plan] [--alone] [NAME..]
//!
//! Programs run on a worker of the global pool, so that kernels split their work over its threads; with `--alone` on one
//! thread. `--plan` prints each program's steps first.
//!
//! `DIR` holds `NAME.mlir`, `NAME.npz` (arg0, arg1, …) and `NAME.expected.npz` (out0, …), as NumPy's `savez` writes them.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use runahead_async::{Async, dispatch};
use runahead_cpu::{CompileOptions, Program, compile};
use runahead_ir::{ElementType, TensorType};
use runahead_runtime::AlignedBytes;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag =
        |name: &str| arguments.iter().position(|a| a == name).map(|at| arguments.remove(at)).is_some();
    let (show_plan, alone) = (flag("--plan"), flag("--alone"));
    let [folder, names @ ..] = &arguments[..] else { return Err("needs a folder".into()) };
    let mut names = names.to_vec();
    if names.is_empty() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "mlir") {
                names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            }
        }
        names.sort();
    }
    println!(
        "{:24} {:>12} {:>12} {:>10} {:>12}",
        "program", "median us", "error", "compile us", "arena bytes"
    );
    for name in names {
        let (folder, program) = (PathBuf::from(folder), name.clone());
        let run = move || one(&folder, &program, show_plan).unwrap_or_else(|error| error.to_string());
        let line = if alone {
            run()
        } else {
            let line = Async::new();
            dispatch(line.write(), move |line| line.set(run()));
            line.wait()?.clone()
        };
        println!("{name:24} {line}");
    }
    Ok(())
}

fn one(folder: &Path, name: &str, show_plan: bool) -> Result<String, Box<dyn Error>> {
    let text = std::fs::read_to_string(folder.join(format!("{name}.mlir")))?;
    let module = runahead_ir::parse(name, text)?;
    let start = Instant::now();
    let program = compile(&module, &CompileOptions::default())?;
    let compiled = start.elapsed();
    if show_plan {
        for step in program.describe().steps {
            let places = |spans: &[runahead_cpu::SpanDescription]| {
                let shown: Vec<_> =
                    spans.iter().map(|s| format!("{}+{}:{}", s.memory, s.start, s.bytes)).collect();
                shown.join(", ")
            };
            println!(
                "{:indent$}{} [{}] -> [{}]",
                "",
                step.work,
                places(&step.operands),
                places(&step.results),
                indent = 2 * step.depth
            );
        }
    }
    let arrays = read_npz(&folder.join(format!("{name}.npz")))?;
    let expected = read_npz(&folder.join(format!("{name}.expected.npz")))?;
    let inputs: Vec<AlignedBytes> = (0..program.parameters().len())
        .map(|i| {
            let bytes = arrays.get(&format!("arg{i}")).ok_or(format!("no input arg{i}"))?;
            AlignedBytes::copy_of(bytes).ok_or_else(|| "no memory".to_string())
        })
        .collect::<Result<_, String>>()?;
    let mut runner = Runner::new(&program, &inputs).ok_or("no memory")?;
    runner.run();
    let mut worst = 0.0f64;
    for (i, ty) in program.results().iter().enumerate() {
        let expected = expected.get(&format!("out{i}")).ok_or(format!("no output out{i}"))?;
        worst = worst.max(distance(ty, &runner.results[i], expected)?);
    }
    let once = runner.time(1);
    let repeats = (Duration::from_millis(20).as_nanos() / once.as_nanos().max(1)).clamp(1, 100_000) as u32;
    let mut samples: Vec<Duration> = (0..15).map(|_| runner.time(repeats) / repeats).collect();
    samples.sort();
    let micros = |d: Duration| d.as_nanos() as f64 / 1000.0;
    Ok(format!(
        "{:12.2} {worst:12.2e} {:10.0} {:12}",
        micros(samples[samples.len() / 2]),
        micros(compiled),
        program.arena_bytes()
    ))
}

struct Runner<'a> {
    program: &'a Program,
    inputs: Vec<&'a [u8]>,
    results: Vec<AlignedBytes>,
    arena: AlignedBytes,
}

impl<'a> Runner<'a> {
    fn new(program: &'a Program, inputs: &'a [AlignedBytes]) -> Option<Runner<'a>> {
        Some(Runner {
            program,
            inputs: inputs.iter().map(|i| &i[..]).collect(),
            results: program
                .results()
                .iter()
                .map(|ty| AlignedBytes::zeroed(ty.byte_count()?))
                .collect::<Option<_>>()?,
            arena: AlignedBytes::zeroed(program.arena_bytes())?,
        })
    }

    fn run(&mut self) {
        let mut results: Vec<&mut [u8]> = self.results.iter_mut().map(|r| &mut r[..]).collect();
        self.program.run(&self.inputs, &mut results, &mut self.arena);
    }

    fn time(&mut self, repeats: u32) -> Duration {
        let start = Instant::now();
        (0..repeats).for_each(|_| self.run());
        start.elapsed()
    }
}

/// The largest difference, relative to the largest expected value.
fn distance(ty: &TensorType, found: &[u8], expected: &[u8]) -> Result<f64, String> {
    let numbers = |bytes: &[u8]| -> Result<Vec<f64>, String> {
        let words = bytes.chunks_exact(4).map(|b| [b[0], b[1], b[2], b[3]]);
        match ty.element {
            ElementType::F32 => Ok(words.map(|b| f64::from(f32::from_le_bytes(b))).collect()),
            ElementType::U32 => Ok(words.map(|b| f64::from(u32::from_le_bytes(b))).collect()),
            ElementType::I32 => Ok(words.map(|b| f64::from(i32::from_le_bytes(b))).collect()),
            other => Err(format!("results of {other} are not compared")),
        }
    };
    let (found, expected) = (numbers(found)?, numbers(expected)?);
    if found.len() != expected.len() {
        return Err(format!("{} elements instead of {}", found.len(), expected.len()));
    }
    let largest = expected.iter().fold(0.0f64, |m, x| m.max(x.abs())).max(f64::MIN_POSITIVE);
    Ok(found
        .iter()
        .zip(&expected)
        .map(|(f, e)| {
            if f == e {
                0.0
            } else if f.is_nan() {
                f64::INFINITY
            } else {
                (f - e).abs() / largest
            }
        })
        .fold(0.0, f64::max))
}

/// The arrays of a `.npz` without compression: the bytes that follow each `.npy` header, by name.
fn read_npz(path: &Path) -> Result<HashMap<String, Vec<u8>>, Box<dyn Error>> {
    let file = std::fs::read(path)?;
    let u16_at = |at: usize| u16::from_le_bytes([file[at], file[at + 1]]) as usize;
    let u32_at = |at: usize| u16_at(at) | u16_at(at + 2) << 16;
    let end = file.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or("not a zip file")?;
    let (count, mut at) = (u16_at(end + 10), u32_at(end + 16));
    let mut arrays = HashMap::new();
    for _ in 0..count {
        if u16_at(at + 10) != 0 {
            return Err("compressed".into());
        }
        let (name_len, extra, comment) = (u16_at(at + 28), u16_at(at + 30), u16_at(at + 32));
        let name = String::from_utf8_lossy(&file[at + 46..at + 46 + name_len]).into_owned();
        let (size, local) = (u32_at(at + 24), u32_at(at + 42));
        let data = local + 30 + u16_at(local + 26) + u16_at(local + 28);
        let header = 10 + u16_at(data + 8);
        arrays.insert(name.trim_end_matches(".npy").to_string(), file[data + header..data + size].to_vec());
        at += 46 + name_len + extra + comment;
    }
    Ok(arrays)
}
