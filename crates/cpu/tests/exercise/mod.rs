//! Programs of all kinds, compiled and run within bounds: what fuzzing and the tests of the corpus share.
#![allow(dead_code, unreachable_pub)] // Each test and target uses a part.

mod runner;

use runahead_cpu::{CompileOptions, Limits, Program, compile};
use runahead_ir::{Module, OpKind, parse, verify};
use runahead_testing::choices::random_bytes;
use runahead_testing::values::{Draw, elements};
use runahead_testing::{cost, generate};
use runner::Fault;

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

/// Runs a program as [`runner::run_on`] does; gives the results where it ends.
pub fn run_on(program: &Program, inputs: &[Vec<u8>], byte: u8) -> Option<Vec<Vec<u8>>> {
    match runner::run_on(program, inputs, byte, MOST_TURNS) {
        Ok(results) => Some(results),
        Err(Fault::Stops(_)) => None,
        Err(Fault::Overwrites(i)) => panic!("argument {i} is overwritten, and was not given for keeps"),
    }
}

/// Choices by a seed, more for some than for others.
pub fn seeded(seed: u64) -> Vec<u8> {
    random_bytes(seed, 8 + (seed % 120) as usize)
}
