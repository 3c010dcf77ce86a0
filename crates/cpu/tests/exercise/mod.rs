//! Programs of all kinds, compiled and run within bounds: what fuzzing and the tests of the corpus share.
#![allow(dead_code, unreachable_pub)] // Each test and target uses a part.

pub mod choices;
mod cost;
pub mod generate;
pub mod operations;
pub mod values;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_cpu::{CompileOptions, Limits, Process, Program, compile};
use runahead_ir::{Module, OpKind, TensorType, parse, verify};
use runahead_runtime::AlignedBytes;

use choices::random_bytes;
use values::{Draw, elements};

/// The most that a program may be: much more than programs of this kind need, and little for a machine.
pub const LIMITS: Limits = Limits { bytes: 1 << 22, operations: 1 << 12 };

/// How often the loops of a program may turn in one run.
const MOST_TURNS: usize = 64;

/// Compiles and runs whatever the text is.
pub fn text(text: &str) {
    let Ok(module) = parse("t.mlir", text) else { return };
    if verify(&module).is_ok() {
        run(&module, 1);
    }
}

/// Compiles and runs the program that choices make.
pub fn choices(bytes: &[u8]) {
    let module = generate::program(bytes);
    if let Err(errors) = verify(&module) {
        panic!("{}\nin\n{module}", errors[0]);
    }
    run(&module, bytes.len() as u64);
}

/// Compiles a valid module and, where it takes little time, runs it on values drawn by a seed; gives the results where it
/// ends.
pub fn run(module: &Module, seed: u64) -> Option<Vec<Vec<u8>>> {
    let options = CompileOptions { limits: LIMITS, ..CompileOptions::default() };
    let program = compile(module, &options).inspect_err(|error| drop(error.to_string())).ok()?;
    if cost::of(module) > cost::MOST {
        return None;
    }
    let inputs = inputs(&program, seed, Draw::Any);
    let first = run_on(&program, &inputs, 0xFF);
    let second = run_on(&program, &inputs, 0x01);
    // Every run of `rng` gives other numbers.
    let mut random = false;
    for function in &module.functions {
        function.for_each_op(|op| random |= matches!(op.kind, OpKind::Rng { .. }));
    }
    assert!(random || first == second, "what memory held before matters\n{module}");
    first
}

/// The elements of a program's inputs.
pub fn inputs(program: &Program, seed: u64, draw: Draw) -> Vec<Vec<u8>> {
    program
        .parameters()
        .iter()
        .enumerate()
        .map(|(i, parameter)| elements(&parameter.ty, seed.wrapping_add(i as u64), draw))
        .collect()
}

/// Runs a program on memory that holds the byte everywhere; gives the results where it ends.
pub fn run_on(program: &Program, inputs: &[Vec<u8>], byte: u8) -> Option<Vec<Vec<u8>>> {
    let memory = |bytes: usize| {
        let mut memory = AlignedBytes::zeroed(bytes).expect("little memory");
        memory.fill(byte);
        memory
    };
    let inputs: Vec<AlignedBytes> =
        inputs.iter().map(|bytes| AlignedBytes::copy_of(bytes).expect("little memory")).collect();
    let inputs: Vec<&[u8]> = inputs.iter().map(|bytes| &bytes[..]).collect();
    let size = |ty: &TensorType| ty.byte_count().expect("a size");
    let mut results: Vec<AlignedBytes> = program.results().iter().map(|ty| memory(size(ty))).collect();
    let mut arena = memory(program.arena_bytes());
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|result| &mut result[..]).collect();
    let turns = AtomicUsize::new(0);
    let stop = move || turns.fetch_add(1, Ordering::Relaxed) >= MOST_TURNS;
    let process = Process::alone(None).stopped_by(Arc::new(stop));
    program.run_as(&process, &inputs, &mut slices, &mut arena);
    process.failure().is_none().then(|| results.iter().map(|result| result.to_vec()).collect())
}

/// Choices by a seed, more for some than for others.
pub fn seeded(seed: u64) -> Vec<u8> {
    random_bytes(seed, 8 + (seed % 120) as usize)
}
