//! No size in a program leads to an allocation that was not agreed to: neither when it is read and compiled nor when it runs.
//!
//! Every byte is counted by the process's allocator, which stops it where there are too many. So the tests take turns.

mod allocator;
mod programs;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use allocator::{Counting, within};
use programs::{ABSURD, mutated};
use runahead_cpu::{CompileOptions, Limits, Process, Program, UNCOUNTED_BYTES, compile, coverage_programs};
use runahead_ir::{parse, verify};
use runahead_runtime::{AlignedBytes, Processes};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What programs may have here: little, so that what they take beyond it is seen.
const LIMITS: Limits = Limits { bytes: 4 << 20, operations: 1 << 12 };

/// What reading, checking and compiling a program takes that says as much as these do, beside constants and tables.
const COMPILING: usize = 4 << 20;

/// Programs of no more bytes than this are run.
const RUN_BYTES: usize = 64 << 10;

/// What a run may take without a word, once threads have what they keep.
const LITTLE: usize = 256 << 10;

/// How often the loops of a program may turn in one run.
const MOST_TURNS: usize = 16;

fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Reads, checks and compiles a text within bounds.
fn compiled(text: &str, limits: Limits) -> Option<Program> {
    let options = CompileOptions { limits, processes: Processes::default(), ..CompileOptions::default() };
    // Constants and tables are what stays; either may be as much as the limit, and a table is made of parts.
    let most = limits.bytes.saturating_add(COMPILING);
    let compile = || {
        let module = parse("absurd.mlir", text).ok()?;
        verify(&module).ok()?;
        compile(&module, &options).inspect_err(|error| assert!(!error.to_string().is_empty())).ok()
    };
    within(most, text, compile).0
}

/// Runs a program on zeros; gives its results, and the most bytes that it took beside inputs, results and arena.
fn run(text: &str, program: &Program) -> (Vec<AlignedBytes>, usize) {
    let bytes = |ty: &runahead_ir::TensorType| AlignedBytes::zeroed(ty.byte_count().unwrap()).unwrap();
    let inputs: Vec<AlignedBytes> = program.parameters().iter().map(|p| bytes(&p.ty)).collect();
    let inputs: Vec<&[u8]> = inputs.iter().map(|input| &input[..]).collect();
    let mut results: Vec<AlignedBytes> = program.results().iter().map(bytes).collect();
    let mut arena = AlignedBytes::zeroed(program.arena_bytes()).unwrap();
    let turns = AtomicUsize::new(0);
    let stop = move || turns.fetch_add(1, Ordering::Relaxed) >= MOST_TURNS;
    let process = Process::alone(Some(Default::default())).stopped_by(Arc::new(stop));
    let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|result| &mut result[..]).collect();
    let most = program.allocated_bytes().saturating_add(UNCOUNTED_BYTES);
    let ((), taken) = within(most, text, || program.run_as(&process, &inputs, &mut slices, &mut arena));
    (results, taken)
}

/// Bytes of all that a run needs.
fn run_bytes(program: &Program) -> usize {
    let types = program.parameters().iter().map(|p| &p.ty).chain(program.results());
    types.map(|ty| ty.byte_count().unwrap()).fold(program.arena_bytes(), usize::saturating_add)
}

/// Whatever the text says, it is refused or runs in bounded memory.
fn check(text: &str) -> Outcome {
    let Some(program) = compiled(text, LIMITS) else { return Outcome::Refused };
    // Nobody feeds what waits for the host.
    if run_bytes(&program) > RUN_BYTES || text.contains("infeed") {
        return Outcome::Compiled;
    }
    run(text, &program);
    Outcome::Ran
}

/// Why a text is refused, if it is.
fn refusal(text: &str) -> Option<String> {
    let module = match parse("absurd.mlir", text) {
        Ok(module) => module,
        Err(error) => return Some(error.to_string()),
    };
    if let Err(errors) = verify(&module) {
        return Some(errors[0].to_string());
    }
    let options = CompileOptions { limits: LIMITS, ..CompileOptions::default() };
    compile(&module, &options).err().map(|error| error.to_string())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Refused,
    Compiled,
    Ran,
}

#[test]
fn every_number_of_every_operation_may_be_absurd() {
    let _alone = alone();
    let (mut ran, mut refused) = (0, 0);
    for ty in ["f32", "bf16", "i8", "ui64", "complex<f32>"] {
        for (_, program) in coverage_programs(ty) {
            for text in mutated(&program) {
                match check(&text) {
                    Outcome::Ran => ran += 1,
                    Outcome::Refused => refused += 1,
                    Outcome::Compiled => {}
                }
            }
        }
    }
    assert!(ran > 1000 && refused > 10_000, "{ran} ran, {refused} were refused");
}

#[test]
fn sizes_that_belong_together_may_be_absurd() {
    let _alone = alone();
    for &(name, template) in programs::TEMPLATES {
        let mut outcomes = Vec::new();
        for &size in ABSURD.iter().filter(|&&size| size > 8) {
            outcomes.push(check(&programs::filled(template, size)));
        }
        // Of a moderate size it is valid, so that sizes are what the others are refused for.
        assert_eq!(refusal(&programs::filled(template, 12)), None, "{name} of size 12");
        // What is computed of little is computed whatever the sizes of what it is computed by.
        println!("{name}: {outcomes:?}");
    }
}

#[test]
fn refusals_say_what_where_and_how_much() {
    let _alone = alone();
    let refusal = |text: &str, bytes: usize| {
        let options = CompileOptions { limits: Limits { bytes, ..LIMITS }, ..CompileOptions::default() };
        let module = parse("large.mlir", text).unwrap();
        compile(&module, &options).unwrap_err().to_string()
    };
    let fft = "func.func @main(%x: tensor<1024xcomplex<f32>>) -> tensor<1024xcomplex<f32>> {
  %r = stablehlo.fft %x, type = FFT, length = [1024] : (tensor<1024xcomplex<f32>>) -> tensor<1024xcomplex<f32>>
  return %r : tensor<1024xcomplex<f32>>
}";
    let error = refusal(fft, 10_000);
    assert!(error.starts_with("large.mlir:2:8: stablehlo.fft needs tables of "), "{error}");
    assert!(error.contains("more than the limit of 10000 bytes; use smaller tensors"), "{error}");
    let iota = "func.func @main() -> tensor<1024xf32> {
  %r = stablehlo.iota dim = 0 : tensor<1024xf32>
  return %r : tensor<1024xf32>
}";
    let error = refusal(iota, 1000);
    assert!(
        error.contains("large.mlir:2:8: stablehlo.iota needs a value, tensor<1024xf32>, of 4096 bytes"),
        "{error}"
    );
}

#[test]
fn tables_count_together() {
    let _alone = alone();
    // Each transform has tables of a quarter of the limit or so.
    let line = |i: usize| {
        format!(
            "%{} = stablehlo.fft %{i}, type = FFT, length = [8192] : (tensor<8192xcomplex<f32>>) -> tensor<8192xcomplex<f32>>\n",
            i + 1
        )
    };
    let program = |count: usize| {
        let lines: String = (0..count).map(line).collect();
        format!(
            "func.func @main(%0: tensor<8192xcomplex<f32>>) -> tensor<8192xcomplex<f32>> {{\n{lines}return %{count} : tensor<8192xcomplex<f32>>\n}}"
        )
    };
    let two = compiled(&program(2), LIMITS).expect("two have room");
    assert!(two.constant_bytes() > LIMITS.bytes / 4 && two.constant_bytes() <= LIMITS.bytes);
    assert!(compiled(&program(20), LIMITS).is_none());
}

#[test]
fn what_a_run_takes_was_declared() {
    let _alone = alone();
    let limits = Limits { bytes: 1 << 30, operations: 1 << 20 };
    for (name, text) in programs::large() {
        let program = compiled(&text, limits).unwrap_or_else(|| panic!("{name} compiles"));
        // What threads keep is taken when they first take part, which may be in any run; what a run takes, in each.
        let taken = (0..8).map(|_| run(&text, &program).1).min().unwrap_or(usize::MAX);
        let declared = program.allocated_bytes();
        assert!(taken <= declared + LITTLE, "{name}: {taken} bytes, {declared} declared");
    }
}

#[test]
fn scratch_goes_with_the_work_and_not_with_the_threads() {
    let _alone = alone();
    let limits = Limits { bytes: 1 << 30, operations: 1 << 20 };
    let sort = |rows: usize, len: usize| {
        programs::SORT.replace("{rows}", &rows.to_string()).replace("{len}", &len.to_string())
    };
    let arena = |rows, len| compiled(&sort(rows, len), limits).unwrap().arena_bytes();
    // One row is sorted by one thread, whatever the machine has: two keys, a number and an element for each.
    assert!(arena(1, 1 << 20) <= (8 + 8 + 4 + 4 + 4) << 20);
    assert_eq!(arena(1, 64), arena(30, 64), "short rows are not worth a second thread");
}
