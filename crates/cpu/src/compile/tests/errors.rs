//! Programs that are refused.

use runahead_ir::parse;

use crate::compile::{CompileOptions, compile};

#[track_caller]
fn refused(text: &str) -> String {
    compile(&parse("bad.mlir", text).unwrap(), &CompileOptions::default()).unwrap_err().to_string()
}

#[test]
fn an_operation_without_a_kernel_is_named_with_its_place() {
    let error = refused(
        "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = \"stablehlo.custom_call\"(%x) {call_target_name = \"elsewhere\"} : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}",
    );
    assert!(error.starts_with("bad.mlir:2:"), "{error}");
    assert!(error.contains("stablehlo.custom_call"), "{error}");
}

#[test]
fn an_operation_on_other_types_is_refused() {
    let error = refused(
        "func.func @main(%x: tensor<4xf8E5M2>) -> tensor<4xf8E5M2> {
  %y = stablehlo.add %x, %x : tensor<4xf8E5M2>
  return %y : tensor<4xf8E5M2>
}",
    );
    assert!(error.contains("stablehlo.add"), "{error}");
    assert!(error.contains("f8E5M2"), "{error}");
}

#[test]
fn unknown_shapes_are_refused() {
    let error = refused(
        "func.func @main(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = stablehlo.add %x, %x : tensor<?xf32>
  return %y : tensor<?xf32>
}",
    );
    assert!(error.contains("unknown shape, tensor<?xf32>"), "{error}");
}

#[test]
fn tokens_are_refused() {
    let error = refused(
        "func.func @main(%x: tensor<f32>) -> tensor<f32> {
  %t = stablehlo.create_token : !stablehlo.token
  return %x : tensor<f32>
}",
    );
    assert!(error.contains("!stablehlo.token"), "{error}");
}

#[test]
fn a_module_without_a_main_function_is_refused() {
    assert!(refused("module {}").contains("no function @main"));
}

#[test]
fn an_invalid_program_is_refused() {
    let error = refused(
        "func.func @main(%x: tensor<2xf32>) -> tensor<3xf32> {
  %y = \"stablehlo.add\"(%x, %x) : (tensor<2xf32>, tensor<2xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}",
    );
    assert!(error.contains("stablehlo.add is not valid"), "{error}");
}
