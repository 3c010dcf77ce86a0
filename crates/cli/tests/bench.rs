//! `runahead bench`.

mod common;

use common::{Folder, assert_refused, command, f32s, i32s, runahead, shared, stdout_of};
use serde_json::Value;

const SCALE: &str = "module @jit_scale {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<3xi32>) -> (tensor<4xf32>, tensor<3xi32>) {
    %0 = stablehlo.add %arg0, %arg0 : tensor<4xf32>
    %1 = stablehlo.add %arg1, %arg1 : tensor<3xi32>
    return %0, %1 : tensor<4xf32>, tensor<3xi32>
  }
}
";

/// A folder with the program and its inputs, and their paths.
fn scale() -> (Folder, String, String) {
    let folder = Folder::new();
    let program = folder.file("scale.mlir", SCALE);
    let inputs = [("arg0", f32s(&[4], &[1.0, 2.0, -4.0, 0.5])), ("arg1", i32s(&[1, 2, 3]))];
    let inputs = folder.arrays("inputs.npz", &inputs);
    (folder, program, inputs)
}

fn object(stdout: &str) -> Value {
    let lines: Vec<&str> = stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{stdout}");
    serde_json::from_str(lines[0]).unwrap()
}

#[test]
fn json_has_exactly_these_fields() {
    let (_folder, program, inputs) = scale();
    let object = object(&stdout_of(["bench", &program, "--inputs", &inputs, "--json"]));
    let mut fields: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    let expected =
        ["compile_ms", "max_abs_diff", "max_rel_diff", "median_us", "min_us", "peak_bytes", "program"];
    assert_eq!(fields, expected);
    assert_eq!(object["program"], program);
    assert_eq!((&object["max_abs_diff"], &object["max_rel_diff"]), (&Value::Null, &Value::Null));
    let (median, min) = (object["median_us"].as_f64().unwrap(), object["min_us"].as_f64().unwrap());
    assert!(0.0 < min && min <= median);
    // Arguments and results.
    assert!(object["peak_bytes"].as_u64().unwrap() >= 2 * (16 + 12));
}

#[test]
fn results_are_compared() {
    let (folder, program, inputs) = scale();
    let expected = [("out0", f32s(&[4], &[2.0, 4.0, -8.0, 1.5])), ("out1", i32s(&[2, 4, 6]))];
    let expected = folder.arrays("expected.npz", &expected);
    let args = ["bench", &program, "--inputs", &inputs, "--expect", &expected];
    let with = |more: &[&str]| runahead(args.iter().chain(more));

    let ran = with(&["--json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let object = object(&ran.stdout);
    assert_eq!((object["max_abs_diff"].as_f64(), object["max_rel_diff"].as_f64()), (Some(0.5), Some(0.0625)));
    assert_eq!(with(&["--tolerance", "0.0625"]).code, Some(0));
    assert_eq!(with(&["--tolerance", "0.0624", "--threads", "1"]).code, Some(1));

    let text = with(&[]).stdout;
    assert!(text.contains("out0         differs by 5.000e-1 at most"), "{text}");
    assert!(text.contains("element [3]: got 1.0, expected 1.5"), "{text}");
    assert!(text.contains("out1         as expected"), "{text}");
}

#[test]
fn integers_are_exact_whatever_is_tolerated() {
    let (folder, program, inputs) = scale();
    let expected = [("out0", f32s(&[4], &[2.0, 4.0, -8.0, 1.0])), ("out1", i32s(&[2, 4, 7]))];
    let expected = folder.arrays("expected.npz", &expected);
    let ran = runahead(["bench", &program, "--inputs", &inputs, "--expect", &expected, "--tolerance", "10"]);
    assert_eq!(ran.code, Some(1), "{}", ran.stdout);
}

#[test]
fn a_nan_is_infinitely_far_from_a_number() {
    let folder = Folder::new();
    let program = folder.file(
        "nan.mlir",
        "func.func @main() -> tensor<2xf32> {
  %0 = stablehlo.constant dense<[0x7FC00000, 1.0]> : tensor<2xf32>
  return %0 : tensor<2xf32>
}",
    );
    let with = |values: [f32; 2]| {
        let expected = folder.arrays("expected.npz", &[("out0", f32s(&[2], &values))]);
        runahead(["bench", &program, "--expect", &expected, "--json"])
    };
    assert_eq!(with([f32::NAN, 1.0]).code, Some(0));
    let ran = with([2.0, 1.0]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(object(&ran.stdout)["max_rel_diff"].as_f64(), Some(f64::MAX));
}

#[test]
fn what_is_expected_must_fit() {
    let (folder, program, inputs) = scale();
    let expected = [("out0", f32s(&[2, 2], &[0.0; 4])), ("out2", i32s(&[1]))];
    let expected = folder.arrays("expected.npz", &expected);
    assert_refused(
        ["bench", &program, "--inputs", &inputs, "--expect", &expected],
        &[
            &expected,
            "array \"out0\": the result is tensor<4xf32>, but this is tensor<2x2xf32>",
            "reshape((4,))",
            "array \"out2\": there is no result of that name",
            "array \"out1\" is missing",
            "out1  tensor<3xi32>",
        ],
    );
}

#[test]
fn options_are_checked() {
    let (_folder, program, inputs) = scale();
    let args = ["bench", &program, "--inputs", &inputs];
    for (wrong, part) in [
        (["--threads", "0"], "a whole number from 1 to 1024"),
        (["--threads", "many"], "a whole number from 1 to 1024"),
        (["--tolerance", "-1"], "tolerance"),
        (["--tolerance", "NaN"], "not negative"),
        (["--input", "arg0"], "arg0=x.npy"),
    ] {
        assert_refused(args.iter().chain(&wrong), &[part]);
    }
}

#[test]
fn the_suite_s_programs_run() {
    let Some(folder) = shared("perf/programs") else { return };
    let program = folder.join("tiny_add.mlir");
    let arrays = Folder::new();
    let inputs = [("arg0", f32s(&[4], &[1.0, 2.0, 3.0, 4.0])), ("arg1", f32s(&[4], &[0.5; 4]))];
    let inputs = arrays.arrays("inputs.npz", &inputs);
    let expected = arrays.arrays("expected.npz", &[("out0", f32s(&[4], &[1.5, 2.5, 3.5, 4.5]))]);
    stdout_of(["bench", program.to_str().unwrap(), "--inputs", &inputs, "--expect", &expected]);
}

#[test]
fn tasks_are_measured_beside_other_runtimes() {
    let stdout = stdout_of(["bench", "tasks", "--json", "--tasks", "2000", "--runs", "1"]);
    let objects: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cases: Vec<&str> = objects.iter().map(|object| object["case"].as_str().unwrap()).collect();
    assert_eq!(
        cases,
        ["independent", "chain", "wavefront", "fan_out", "epoch", "reverse_mode", "ready_read"]
    );
    for object in &objects {
        assert!(object["ns_per_task"].as_f64().unwrap() > 0.0, "{object}");
    }
    assert!(objects[0]["tokio_ns"].as_f64().unwrap() > 0.0 && objects[0]["rayon_ns"].as_f64().unwrap() > 0.0);

    let text = stdout_of(["bench", "tasks", "--alone", "--tasks", "1000", "--runs", "1"]);
    assert_eq!(text.lines().count(), 1 + cases.len(), "{text}");
}

#[test]
fn operations_are_measured_in_each_mode() {
    let stdout = stdout_of(["bench", "modes", "--json", "--rounds", "1"]);
    let cases: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 10);
    assert_eq!(cases[0]["case"], "add_4");
    for case in &cases {
        for key in ["now_us", "later_us", "lazy_us", "lazy_first_us"] {
            assert!(case[key].as_f64().unwrap() > 0.0, "{key} of {case}");
        }
        assert!(case["candle_us"].is_null() != cfg!(feature = "candle"), "{case}");
    }
}

#[test]
fn executions_are_measured_natively_and_through_plugins_that_are_there() {
    let mut command = command(["bench", "dispatch", "--json", "--rounds", "1"]);
    for name in ["VIRTUAL_ENV", "CONDA_PREFIX", "RUNAHEAD_PJRT_PLUGINS"] {
        command.env_remove(name);
    }
    let plugin = std::env::var("RUNAHEAD_XLA_CPU_PLUGIN").ok();
    if let Some(path) = &plugin {
        command.args(["--plugin", &format!("xla-cpu={path}")]);
    }
    let stdout = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let cases: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> = cases.iter().map(|case| case["case"].as_str().unwrap()).collect();
    assert_eq!(names, ["native", "xla-cpu", "runahead"]);
    for (case, is_there) in cases.iter().zip([true, plugin.is_some(), false]) {
        for key in ["enqueue_us", "value_us"] {
            assert_eq!(case[key].as_f64().is_some_and(|us| us > 0.0), is_there, "{key} of {case}");
        }
    }
    assert_eq!(cases[1]["c_enqueue_us"].is_number(), plugin.is_some());
}

#[test]
fn the_smallest_effective_tasks_are_measured() {
    let stdout = stdout_of(["bench", "metg", "--pattern", "stencil_1d", "--width", "4", "--json"]);
    let object = object(&stdout);
    assert_eq!(object["pattern"], "stencil_1d");
    assert!(object["metg_us"].as_f64().unwrap() > 0.0 && object["peak_flops"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_cannot_be_measured_is_refused() {
    assert_refused(["bench", "metg", "--pattern", "ring"], &["ring", "stencil_1d"]);
    assert_refused(["bench", "tasks", "--workers", "0"], &["--workers"]);
    assert_refused(["bench"], &["PROGRAM"]);
}
