//! `runahead inspect`.

mod common;

use common::{Folder, stdout_of};

const PROGRAM: &str = "module @jit_f {
  func.func public @main(%arg0: tensor<64x64xf32> {jax.arg_info = \"images\"}, %arg1: tensor<64x64xf32>) -> tensor<64x64xf32> {
    %0 = call @twice(%arg0) : (tensor<64x64xf32>) -> tensor<64x64xf32>
    %1 = stablehlo.dot_general %0, %arg1, contracting_dims = [1] x [0] : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
    return %1 : tensor<64x64xf32>
  }
  func.func private @twice(%arg0: tensor<64x64xf32>) -> tensor<64x64xf32> {
    %0 = stablehlo.add %arg0, %arg0 : tensor<64x64xf32>
    %1 = stablehlo.add %0, %arg0 : tensor<64x64xf32>
    return %1 : tensor<64x64xf32>
  }
}
";

#[test]
fn a_program_is_shown_to_people() {
    let folder = Folder::new();
    let program = folder.file("program.mlir", PROGRAM);
    let text = stdout_of(["inspect", &program]);
    let expected = format!(
        "{program} (@jit_f)

arguments: 2
  images  tensor<64x64xf32>  16.0 KiB
  arg1    tensor<64x64xf32>  16.0 KiB

results: 1
  out0  tensor<64x64xf32>  16.0 KiB

operations: 4
  stablehlo.add          2
  func.call              1
  stablehlo.dot_general  1

plan: "
    );
    assert!(text.starts_with(&expected), "{text}");
    let memory = text.split("\n\nmemory\n").nth(1).unwrap();
    assert!(
        memory.starts_with("  arguments    32.0 KiB  (32768 bytes)\n  results      16.0 KiB"),
        "{memory}"
    );
    assert_eq!(memory.lines().count(), 5);
}

#[test]
fn json_says_the_same() {
    let folder = Folder::new();
    let program = folder.file("program.mlir", PROGRAM);
    let text = stdout_of(["inspect", "--json", &program]);
    let object: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(object["name"], "jit_f");
    assert_eq!(object["arguments"][0]["name"], "images");
    assert_eq!(object["arguments"][1]["type"], "tensor<64x64xf32>");
    assert_eq!(object["results"][0]["bytes"], 16384);
    assert_eq!(object["operations"][0], serde_json::json!({"name": "stablehlo.add", "count": 2}));
    assert!(!object["plan"].as_array().unwrap().is_empty());
    let memory = &object["memory"];
    let sum: u64 = ["argument_bytes", "result_bytes", "temporary_bytes", "constant_bytes"]
        .iter()
        .map(|part| memory[part].as_u64().unwrap())
        .sum();
    assert_eq!(memory["peak_bytes"].as_u64(), Some(sum));
}

#[test]
fn coverage_is_a_table_of_operations_by_types() {
    let text = stdout_of(["inspect", "--coverage"]);
    let add = text.lines().find(|line| line.trim_start().starts_with("stablehlo.add ")).unwrap();
    assert_eq!(add.matches('+').count(), 31, "{add}");
    assert!(text.lines().any(|line| line.contains("operations of StableHLO and")), "{text}");

    let rows: Vec<serde_json::Value> = stdout_of(["inspect", "--coverage", "--json"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let fft = rows.iter().find(|row| row["operation"] == "stablehlo.fft").unwrap();
    assert_eq!(fft["supported"], serde_json::json!(["complex<f32>", "complex<f64>"]));
    assert!(rows.len() >= 150);
}
