//! Programs of all kinds, compiled and run within bounds: what fuzzing and the tests of the corpus share.
#![allow(dead_code, unreachable_pub)] // Each test and target uses a part.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use runahead_cpu::{CompileOptions, Input, Limits, Parameter, Process, Program, compile};
use runahead_ir::{Module, OpKind, TensorType, parse, verify};
use runahead_runtime::AlignedBytes;
use runahead_testing::choices::random_bytes;
use runahead_testing::values::{Draw, elements};
use runahead_testing::{cost, generate};

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
    if !random {
        // All of the inputs, or some.
        let kept = if seed.is_multiple_of(4) { 0 } else { seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 7 };
        let donated: Vec<usize> = (0..inputs.len()).filter(|i| kept >> (i % 57) & 1 == 0).collect();
        let options = CompileOptions { donated, ..options };
        let donating = compile(module, &options).expect("it compiles where nothing is donated");
        let third = run_on(&donating, &inputs, 0xFF);
        assert!(first == third, "donating {:?} matters\n{module}", options.donated);
    }
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

/// Runs a program on memory that holds the byte everywhere, with the inputs given for keeps that it takes so; gives the
/// results where it ends.
pub fn run_on(program: &Program, inputs: &[Vec<u8>], byte: u8) -> Option<Vec<Vec<u8>>> {
    let memory = |bytes: usize| {
        let mut memory = AlignedBytes::zeroed(bytes).expect("little memory");
        memory.fill(byte);
        memory
    };
    let mut inputs: Vec<AlignedBytes> =
        inputs.iter().map(|bytes| AlignedBytes::copy_of(bytes).expect("little memory")).collect();
    let size = |ty: &TensorType| ty.byte_count().expect("a size");
    let own = program.results().iter().enumerate().map(|(i, ty)| match program.is_in_parameter(i) {
        true => 0,
        false => size(ty),
    });
    let mut results: Vec<AlignedBytes> = own.map(memory).collect();
    let mut arena = memory(program.arena_bytes());
    let turns = AtomicUsize::new(0);
    let stop = move || turns.fetch_add(1, Ordering::Relaxed) >= MOST_TURNS;
    let process = Process::alone(None).stopped_by(Arc::new(stop));
    let give = |(bytes, parameter): (_, &Parameter)| match parameter.donated {
        true => Input::Keep(bytes),
        false => Input::Read(bytes),
    };
    let given = inputs.iter_mut().map(|bytes| &mut bytes[..]).zip(program.parameters()).map(give);
    program.run_on(&process, given, results.iter_mut().map(|result| &mut result[..]), &mut arena);
    let value = |i: usize| match program.parameters().iter().position(|p| p.result == Some(i)) {
        Some(parameter) => inputs[parameter].to_vec(),
        None => results[i].to_vec(),
    };
    process.failure().is_none().then(|| (0..results.len()).map(value).collect())
}

/// Choices by a seed, more for some than for others.
pub fn seeded(seed: u64) -> Vec<u8> {
    random_bytes(seed, 8 + (seed % 120) as usize)
}
