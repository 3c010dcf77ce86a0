//! `runahead run`: once, block after block, and on input that does not fit.

mod common;

use std::fs;
use std::path::Path;

use common::{Folder, assert_refused, f32s, i32s, stdout_of};
use runahead::{Literal, files};
use serde_json::Value;

/// Adds a bias to blocks of four rows of two, and sums the block.
const PROGRAM: &str = "module @jit_f {
  func.func public @main(%arg0: tensor<2xf32> loc(\"bias\"), %arg1: tensor<4x2xf32> loc(\"rows\"))
      -> (tensor<4x2xf32>, tensor<f32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<2xf32>) -> tensor<4x2xf32>
    %1 = stablehlo.add %arg1, %0 : tensor<4x2xf32>
    %cst = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = stablehlo.reduce(%arg1 init: %cst) applies stablehlo.add across dimensions = [0, 1] : (tensor<4x2xf32>, tensor<f32>) -> tensor<f32>
    return %1, %2 : tensor<4x2xf32>, tensor<f32>
  }
}
";

struct Setting {
    folder: Folder,
    program: String,
    bias: String,
    rows: String,
}

/// The program, its bias, and ten rows: two whole blocks and a half.
fn setting() -> Setting {
    let folder = Folder::new();
    let program = folder.file("program.mlir", PROGRAM);
    let bias = folder.arrays("bias.npz", &[("bias", f32s(&[2], &[10.0, 20.0]))]);
    let values: Vec<f32> = (0..20u8).map(f32::from).collect();
    let rows = folder.arrays("rows.npy", &[("rows", f32s(&[10, 2], &values))]);
    Setting { folder, program, bias, rows }
}

impl Setting {
    fn path(&self, name: &str) -> String {
        self.folder.path(name).to_str().unwrap().to_owned()
    }

    /// The arguments of a streamed run, and more.
    fn streamed<'a>(&'a self, more: &[&'a str], stream: &'a str) -> Vec<&'a str> {
        let mut args = vec!["run", &self.program, "--inputs", &self.bias, "--stream", stream];
        args.extend(more);
        args
    }
}

fn array(arrays: &[(String, Literal)], name: &str) -> Literal {
    arrays.iter().find(|(n, _)| n == name).unwrap().1.clone()
}

#[test]
fn a_stream_is_cut_padded_and_trimmed() {
    let setting = setting();
    let (out, stream) = (setting.path("out.npz"), format!("rows={}", setting.rows));
    for more in [&["--sync"][..], &["--in-flight", "1"], &["--in-flight", "64"], &["--compare"], &[]] {
        let more = [&["--output", &out], more].concat();
        stdout_of(setting.streamed(&more, &stream));
        let results = files::read_npz(&out).unwrap();
        let rows = array(&results, "out0").to_elements::<f32>().unwrap();
        let expected: Vec<f32> =
            (0..20u8).map(|i| f32::from(i) + if i % 2 == 0 { 10.0 } else { 20.0 }).collect();
        assert_eq!(rows, expected);
        // A result without rows is kept for each block; the last block's padding counts as zeros.
        let sums = array(&results, "out1");
        assert_eq!(sums.ty().to_string(), "tensor<3xf32>");
        assert_eq!(sums.to_elements::<f32>().unwrap(), [28.0, 92.0, 70.0]);
        fs::remove_file(&out).unwrap();
    }
}

#[test]
fn a_program_runs_once_on_its_inputs() {
    let setting = setting();
    let block = setting.folder.arrays("block.npy", &[("", f32s(&[4, 2], &[1.0; 8]))]);
    let (folder, block) = (setting.path("results"), format!("1={block}"));
    let text = stdout_of([
        "run",
        &setting.program,
        "--inputs",
        &setting.bias,
        "--input",
        &block,
        "--output",
        &folder,
        "--device",
        "cpu:2",
    ]);
    assert!(text.contains("wall time"), "{text}");
    let read = |name| files::read_npy(Path::new(&folder).join(name)).unwrap();
    assert_eq!(read("out0.npy").to_elements::<f32>().unwrap(), [11.0, 21.0].repeat(4));
    assert_eq!(read("out1.npy").to_elements::<f32>().unwrap(), [8.0]);
}

#[test]
fn an_empty_stream_gives_empty_results() {
    let setting = setting();
    let empty = setting.folder.arrays("empty.npy", &[("", f32s(&[0, 2], &[]))]);
    let (out, stream) = (setting.path("out.npz"), format!("rows={empty}"));
    stdout_of(setting.streamed(&["--output", &out], &stream));
    let results = files::read_npz(&out).unwrap();
    assert_eq!(array(&results, "out0").ty().to_string(), "tensor<0x2xf32>");
}

#[test]
fn json_has_the_figures_of_each_run() {
    let setting = setting();
    let stream = format!("rows={}", setting.rows);
    // The larger score of each row is the second one.
    let labels = setting.folder.arrays("labels.npy", &[("", i32s(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 0]))]);
    let text = stdout_of(setting.streamed(&["--compare", "--json", "--labels", &labels], &stream));
    let object: Value = serde_json::from_str(&text).unwrap();
    let runs = object["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 2);
    for (run, mode) in runs.iter().zip(["sync", "run-ahead"]) {
        assert_eq!(run["mode"], mode);
        assert_eq!(run["items"], 10);
        assert_eq!(run["accuracy"], 0.9);
        for figure in ["items_per_second", "wall_ms", "device_busy_ms", "peak_bytes"] {
            assert!(run[figure].as_f64().unwrap() > 0.0, "{figure} in {text}");
        }
        assert!(run["overlap_ms"].as_f64().unwrap() <= run["device_busy_ms"].as_f64().unwrap());
    }
}

#[test]
fn a_trace_has_lanes_for_host_device_and_transfers() {
    let setting = setting();
    let (trace, stream) = (setting.path("trace.json"), format!("rows={}", setting.rows));
    stdout_of(setting.streamed(&["--trace", &trace], &stream));
    let trace: Value = serde_json::from_str(&fs::read_to_string(trace).unwrap()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let named = |name: &str| events.iter().filter(|event| event["name"] == name).count();
    assert_eq!(named("process_name"), 3);
    assert_eq!((named("prepare"), named("upload"), named("jit_f"), named("download")), (3, 3, 3, 6));
    assert!(events.iter().filter(|event| event["ph"] == "X").all(|event| event["dur"].is_number()));
}

#[test]
fn streams_that_do_not_fit_are_refused() {
    let setting = setting();
    let out = setting.path("out.npz");
    let file = |name: &str, array: Literal| setting.folder.arrays(name, &[("", array)]);
    for (stream, parts) in [
        (
            format!("rows={}", file("wide.npy", f32s(&[4, 3], &[0.0; 12]))),
            &["rows", "tensor<4x3xf32>", "tensor<4x2xf32>"][..],
        ),
        (format!("rows={}", file("ints.npy", i32s(&[1, 2]))), &["rows", "tensor<2xi32>"]),
        (format!("rows={}", file("scalar.npy", f32s(&[], &[1.0]))), &["rows", "tensor<f32>"]),
        (format!("columns={}", setting.rows), &["columns", "bias, rows"]),
        (format!("bias={}", setting.rows), &["bias", "otherwise"]),
        (format!("rows={}", setting.path("nothing.npy")), &["nothing.npy"]),
        ("rows".to_owned(), &["rows", "arg0=x.npy"]),
    ] {
        assert_refused(setting.streamed(&["--output", &out], &stream), parts);
        assert!(!Path::new(&out).exists(), "nothing is written for bad input");
    }
}

#[test]
fn labels_that_do_not_fit_are_refused() {
    let setting = setting();
    let (out, stream) = (setting.path("out.npz"), format!("rows={}", setting.rows));
    for labels in [i32s(&[1, 2]), f32s(&[10], &[0.0; 10])] {
        let labels = setting.folder.arrays("labels.npy", &[("", labels)]);
        let more = ["--labels", &*labels, "--output", &*out];
        assert_refused(setting.streamed(&more, &stream), &[&labels, "integer"]);
        assert!(!Path::new(&out).exists());
    }
}

#[test]
fn devices_and_places_that_are_not_there_are_refused() {
    let setting = setting();
    let stream = format!("rows={}", setting.rows);
    for device in ["gpu", "cpu:x", "cpu:-1", "cpu:999999999", "cpu:"] {
        assert_refused(setting.streamed(&["--device", device], &stream), &[device, "cpu"]);
    }
    let nowhere = setting.path("no/such/folder/out.npz");
    assert_refused(setting.streamed(&["--output", &nowhere], &stream), &[&nowhere]);
    assert_refused(setting.streamed(&["--trace", &nowhere], &stream), &[&nowhere]);
    let strange = setting.path("out.xyz");
    assert_refused(setting.streamed(&["--output", &strange], &stream), &[&strange]);
    assert_refused(setting.streamed(&["--in-flight", "0"], &stream), &["--in-flight"]);
}

#[test]
fn an_output_that_is_there_is_replaced_as_a_whole() {
    let setting = setting();
    let out = setting.folder.file("out.npz", "before");
    let wide = setting.folder.arrays("wide.npy", &[("", f32s(&[4, 3], &[0.0; 12]))]);
    let bad = format!("rows={wide}");
    assert_refused(setting.streamed(&["--output", &out], &bad), &[]);
    assert_eq!(fs::read_to_string(&out).unwrap(), "before");
    let good = format!("rows={}", setting.rows);
    stdout_of(setting.streamed(&["--output", &out], &good));
    assert_eq!(files::read_npz(&out).unwrap().len(), 2);
    let leftovers: Vec<_> = fs::read_dir(setting.folder.path("")).unwrap().collect();
    assert_eq!(leftovers.len(), 5, "{leftovers:?}");
}

#[test]
fn the_digits_are_read_at_least_as_well_as_promised() {
    let example = |name: &str| format!("{}/../../examples/digits/{name}", env!("CARGO_MANIFEST_DIR"));
    let images = format!("images={}", example("test_images.npy"));
    let text = stdout_of([
        "run",
        &example("classifier.mlir"),
        "--inputs",
        &example("weights.safetensors"),
        "--stream",
        &images,
        "--labels",
        &example("test_labels.npy"),
        "--compare",
        "--json",
    ]);
    let object: Value = serde_json::from_str(&text).unwrap();
    for run in object["runs"].as_array().unwrap() {
        assert!(run["accuracy"].as_f64().unwrap() >= 0.95, "{text}");
    }
}
