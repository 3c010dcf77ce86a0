//! Programs of absurd sizes: refused with place and reason, or run in little memory.

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{Folder, assert_refused, shared};
use runahead::Literal;
use runahead::ir::{Type, parse};

#[test]
fn programs_of_absurd_sizes_are_refused_with_place_and_reason() {
    let folder = Folder::new();
    let fft = folder.file(
        "fft.mlir",
        "func.func @main(%x: tensor<1000000000000xcomplex<f32>>) -> tensor<1000000000000xcomplex<f32>> {
  %r = stablehlo.fft %x, type = FFT, length = [1000000000000] : (tensor<1000000000000xcomplex<f32>>) -> tensor<1000000000000xcomplex<f32>>
  return %r : tensor<1000000000000xcomplex<f32>>
}",
    );
    assert_refused(["inspect", &fft], &["fft.mlir:1:1", "8000000000000 bytes, more than the limit of"]);
    let twice = folder.file(
        "twice.mlir",
        "func.func @main(%a: tensor<2x2xf32>, %b: tensor<2x2x2xf32>) -> tensor<2x2x2xf32> {
  %r = \"chlo.broadcast_add\"(%a, %b) {broadcast_dimensions = array<i64: 0, 0>} : (tensor<2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  return %r : tensor<2x2x2xf32>
}",
    );
    assert_refused(["inspect", &twice], &["twice.mlir:2:8", "broadcast_dimensions [0, 0] holds 0 twice"]);
}

/// Kibibytes of address space that the command has here: a few times what it takes to start.
const ADDRESS_SPACE: usize = 6 << 20;

/// Runs the command with little address space. It must end well or refuse its input; says whether it did not refuse it.
fn ends_within_bounds(args: &[&str]) -> bool {
    let script = format!("ulimit -v {ADDRESS_SPACE}; exec \"$0\" \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_runahead")]).args(args);
    let Output { status, stderr, .. } = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&stderr);
    assert!(matches!(status.code(), Some(0 | 2)), "{args:?}: {status}\n{stderr}");
    assert!(!stderr.contains("panicked"), "{args:?}: {stderr}");
    status.code() == Some(0)
}

/// A file of zeros for all arguments of a program.
fn zeros(folder: &Folder, program: &Path) -> String {
    let module = parse("program", &*std::fs::read_to_string(program).unwrap()).unwrap();
    let main = module.main().unwrap();
    let arrays: Vec<(String, Literal)> = main
        .body
        .parameters
        .iter()
        .enumerate()
        .map(|(i, &parameter)| {
            let Type::Tensor(ty) = main.type_of(parameter) else { panic!("an argument is a tensor") };
            (format!("arg{i}"), Literal::splat(ty.clone(), vec![0; ty.element.size()]).unwrap())
        })
        .collect();
    let arrays: Vec<(&str, Literal)> = arrays.iter().map(|(name, array)| (&**name, array.clone())).collect();
    folder.arrays("zeros.npz", &arrays)
}

#[test]
#[cfg(target_os = "linux")]
fn shared_programs_are_refused_or_run_in_little_memory() {
    let Some(cases) = shared("cases/bounds") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(cases).unwrap() {
        let program = entry.unwrap().path();
        if program.extension().is_none_or(|extension| extension != "mlir") {
            continue;
        }
        count += 1;
        let path = program.to_str().unwrap();
        if ends_within_bounds(&["inspect", path]) {
            let folder = Folder::new();
            ends_within_bounds(&["run", path, "--inputs", &zeros(&folder, &program)]);
        }
    }
    assert!(count > 0, "there are no programs");
}
