//! Inputs that do not fit, and files that are broken: one message each, with exit status 2.

mod common;

use std::fs;

use common::{Folder, assert_refused, f32s, i32s, stdout_of};
use runahead::Literal;

const PROGRAM: &str = "module @jit_f {
  func.func public @main(%arg0: tensor<2x3xf32> {jax.arg_info = \"images\"}, %arg1: tensor<2xi32>) -> tensor<2x3xf32> {
    %0 = stablehlo.add %arg0, %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}
";

struct Setting {
    folder: Folder,
    program: String,
}

fn setting() -> Setting {
    let folder = Folder::new();
    let program = folder.file("program.mlir", PROGRAM);
    Setting { folder, program }
}

fn images() -> Literal {
    f32s(&[2, 3], &[1.0; 6])
}

fn labels() -> Literal {
    i32s(&[1, 2])
}

impl Setting {
    /// The command on a file of arrays.
    #[track_caller]
    fn refuses(&self, arrays: &[(&str, Literal)], parts: &[&str]) {
        let file = self.folder.arrays("inputs.npz", arrays);
        let parts: Vec<&str> =
            [&*self.program, "the inputs do not fit"].iter().chain(parts).copied().collect();
        assert_refused(["bench", &self.program, "--inputs", &file], &parts);
    }

    /// The command on a program.
    #[track_caller]
    fn refuses_program(&self, text: impl AsRef<[u8]>, parts: &[&str]) {
        let file = self.folder.file("other.mlir", text);
        for command in ["bench", "inspect"] {
            let parts: Vec<&str> = [&*file].iter().chain(parts).copied().collect();
            assert_refused([command, &file], &parts);
        }
    }

    /// The command on a file of inputs with these bytes.
    #[track_caller]
    fn refuses_bytes(&self, name: &str, bytes: &[u8], parts: &[&str]) {
        let file = self.folder.file(name, bytes);
        let parts: Vec<&str> = [&*file].iter().chain(parts).copied().collect();
        if name.ends_with(".npy") {
            assert_refused(["bench", &self.program, "--input", &format!("images={file}")], &parts);
        } else {
            assert_refused(["bench", &self.program, "--inputs", &file], &parts);
        }
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        let arrays = [("images", images()), ("arg1", labels())];
        let arrays = if name.ends_with(".npy") { &arrays[..1] } else { &arrays[..] };
        fs::read(self.folder.arrays(name, arrays)).unwrap()
    }
}

#[test]
fn arguments_are_known_by_name_and_by_position() {
    let Setting { folder, program } = setting();
    let both = folder.arrays("both.npz", &[("images", images()), ("arg1", labels())]);
    let tensors = folder.arrays("labels.safetensors", &[("1", labels())]);
    let one = folder.arrays("images.npy", &[("any", images())]);
    stdout_of(["bench", &program, "--inputs", &both]);
    for name in ["images", "arg0", "0"] {
        stdout_of(["bench", &program, "--inputs", &tensors, "--input", &format!("{name}={one}")]);
    }
}

#[test]
fn missing_arguments() {
    let setting = setting();
    setting.refuses(
        &[("images", images())],
        &[
            "arg1 is missing; give --input arg1=FILE.npy",
            "the program takes:",
            "arg0 (images)  tensor<2x3xf32>",
        ],
    );
    assert_refused(["bench", &setting.program], &["images is missing", "arg1 is missing"]);
}

#[test]
fn arguments_that_are_not_there() {
    let arrays = [("images", images()), ("arg1", labels()), ("arg2", labels()), ("bias", labels())];
    setting().refuses(&arrays, &["no argument \"arg2\"; leave it out", "no argument \"bias\""]);
}

#[test]
fn arguments_given_twice() {
    let setting = setting();
    setting.refuses(
        &[("images", images()), ("arg0", images()), ("arg1", labels())],
        &["array \"arg0\": images is given by", "array \"images\" too; leave one out"],
    );
}

#[test]
fn arguments_of_another_type_or_shape() {
    let setting = setting();
    let doubles = Literal::from_elements([2, 3], &[1.0f64; 6]).unwrap();
    setting.refuses(
        &[("images", doubles), ("arg1", i32s(&[1, 2, 3]))],
        &[
            "images is tensor<2x3xf32>, but this is tensor<2x3xf64>; convert it, in NumPy by x.astype(\"float32\")",
            "arg1 is tensor<2xi32>, but this is tensor<3xi32>; give an array of the shape (2,)",
        ],
    );
    setting.refuses(&[("images", f32s(&[3, 2], &[1.0; 6]))], &["x.reshape((2, 3))", "arg1 is missing"]);
}

#[test]
fn files_that_are_not_there() {
    let Setting { folder, program } = setting();
    let missing = folder.path("missing.npz");
    let missing = missing.to_str().unwrap();
    assert_refused(["bench", &program, "--inputs", missing], &[missing, "no such file"]);
    assert_refused(["bench", &program, "--input", &format!("0={missing}")], &[missing, "no such file"]);
    assert_refused(["bench", &program, "--inputs", &folder.root()], &[&folder.root()]);
    let other = folder.file("inputs.txt", "1 2 3");
    assert_refused(["bench", &program, "--inputs", &other], &[&other, ".npy, .npz or .safetensors"]);
    let one = folder.arrays("images.npy", &[("any", images())]);
    assert_refused(["bench", &program, "--inputs", &one], &[&one, "--input ARG=FILE.npy"]);
    for command in ["bench", "inspect"] {
        let missing = folder.path("missing.mlir");
        let missing = missing.to_str().unwrap();
        assert_refused([command, missing], &[missing, "No such file"]);
        assert_refused([command, &folder.root()], &[&folder.root()]);
    }
}

#[test]
fn files_that_were_cut_short() {
    let setting = setting();
    for name in ["cut.npy", "cut.npz", "cut.safetensors"] {
        let whole = setting.bytes(name);
        for length in [0, 1, 7, 9, whole.len() / 2, whole.len() - 1] {
            setting.refuses_bytes(name, &whole[..length], &[]);
        }
        setting.refuses_bytes(name, &whole[..whole.len() - 1], &["the inputs do not fit"]);
    }
}

#[test]
fn files_of_another_kind() {
    let setting = setting();
    for name in ["text.npy", "text.npz", "text.safetensors"] {
        setting.refuses_bytes(name, b"this is plain text, and not what its name says", &[]);
    }
    let npz = setting.bytes("inputs.npz");
    setting.refuses_bytes("inputs.safetensors", &npz, &["it looks like .npz"]);
}

fn npy(shape: &str, data: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

fn safetensors(header: &str, data: &[u8]) -> Vec<u8> {
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.extend(data);
    bytes
}

#[test]
fn files_that_lie_about_their_size() {
    let setting = setting();
    setting.refuses_bytes(
        "a.npy",
        &npy("(2, 4)", &[0; 24]),
        &["the data take 32 bytes, but there are only 24"],
    );
    setting.refuses_bytes("a.npy", &npy("(2, 2)", &[0; 24]), &["the file goes on"]);
    let lying = r#"{"images":{"dtype":"F32","shape":[2,3],"data_offsets":[0,20]}}"#;
    setting.refuses_bytes("a.safetensors", &safetensors(lying, &[0; 20]), &["images", "takes 24"]);
    let beyond = r#"{"images":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}"#;
    setting.refuses_bytes("a.safetensors", &safetensors(beyond, &[0; 20]), &["images", "20"]);
}

#[test]
fn shapes_whose_size_overflows() {
    let setting = setting();
    let large = "4294967296, 4294967296, 4294967296";
    setting.refuses_bytes(
        "a.npy",
        &npy(&format!("({large})"), &[0; 24]),
        &["more bytes than a machine can address"],
    );
    let header = format!(r#"{{"images":{{"dtype":"F32","shape":[{large}],"data_offsets":[0,24]}}}}"#);
    setting.refuses_bytes("a.safetensors", &safetensors(&header, &[0; 24]), &["images"]);
    setting.refuses_program(
        "func.func @main(%x: tensor<4294967296x4294967296x4294967296xf32>) { return }",
        &["other.mlir:1:"],
    );
}

#[test]
fn programs_that_are_none() {
    let setting = setting();
    setting.refuses_program("a letter", &[":1:1: ", "expected"]);
    setting.refuses_program([0xC3, 0x28], &["not UTF-8"]);
    setting.refuses_program("", &[]);
    setting.refuses_program(
        "func.func @main(%a: tensor<4xf32>) -> tensor<5xf32> {\n  return %a : tensor<4xf32>\n}",
        &["other.mlir:2:3", "tensor<5xf32>"],
    );
}

#[test]
fn operations_that_are_not_supported() {
    let setting = setting();
    setting.refuses_program(
        "func.func @main(%x: tensor<1xi32>) -> tensor<?xf32> {
  %y = stablehlo.dynamic_iota %x, dim = 0 : (tensor<1xi32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}",
        &["other.mlir:2:8: ", "stablehlo.dynamic_iota", "not known when the program is compiled"],
    );
    setting.refuses_program(
        "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = stablehlo.custom_call @my_kernel(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}",
        &["other.mlir:2:8: ", "custom_call"],
    );
}
