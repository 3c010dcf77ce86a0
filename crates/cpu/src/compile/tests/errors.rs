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
        "func.func @main(%x: tensor<3x4xi32>, %y: tensor<4x2xi32>) -> tensor<3x2xi1> {
  %z = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<3x4xi32>, tensor<4x2xi32>) -> tensor<3x2xi1>
  return %z : tensor<3x2xi1>
}",
    );
    assert!(error.contains("stablehlo.dot_general"), "{error}");
    assert!(error.contains("i1"), "{error}");
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
fn collectives_with_processes_that_are_not_there_are_refused() {
    let error = refused(
        "func.func @main(%x: tensor<2xf32>) -> tensor<4xf32> {
  %y = \"stablehlo.all_gather\"(%x) {all_gather_dim = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}",
    );
    assert!(error.contains("bad.mlir:2:") && error.contains("replica 1"), "{error}");
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

#[test]
fn a_slice_whose_known_bounds_give_another_size_is_refused() {
    let error = refused(
        "func.func @main(%x: tensor<3xi32>) -> tensor<2xi32> {
  %none = stablehlo.constant dense<0> : tensor<1xi64>
  %two = stablehlo.constant dense<2> : tensor<1xi64>
  %s = stablehlo.real_dynamic_slice %x, %none, %two, %two : (tensor<3xi32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2xi32>
  return %s : tensor<2xi32>
}",
    );
    assert!(error.starts_with("bad.mlir:4:"), "{error}");
    assert!(error.contains("has a result of tensor<1xi32>; expected tensor<2xi32>"), "{error}");
}

#[test]
fn calls_of_approx_top_k_that_do_not_fit_are_refused() {
    let program = |option: &str, called: &str, kept: usize| {
        format!(
            "func.func @above(%a: tensor<f32>, %b: tensor<f32>) -> tensor<i1> {{
  %c = stablehlo.compare GT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
  return %c : tensor<i1>
}}
func.func @sum(%a: tensor<f32>, %b: tensor<f32>) -> tensor<f32> {{
  %c = stablehlo.add %a, %b : tensor<f32>
  return %c : tensor<f32>
}}
func.func @main(%x: tensor<4xf32>, %least: tensor<f32>) -> tensor<{kept}xf32> {{
  %y = stablehlo.custom_call @ApproxTopK(%x, %least) {{called_computations = [{called}], mhlo.backend_config = {{{option}}}}} : (tensor<4xf32>, tensor<f32>) -> tensor<{kept}xf32>
  return %y : tensor<{kept}xf32>
}}"
        )
    };
    let fits = parse("fits.mlir", program("reduction_dim = 0 : i64", "@above", 3)).unwrap();
    compile(&fits, &CompileOptions::default()).unwrap();
    for (option, called, kept, reason) in [
        ("reduction_dim = 1 : i64", "@above", 3, "lacks the option reduction_dim"),
        ("top_k = 3 : i64", "@above", 3, "lacks the option reduction_dim"),
        ("reduction_dim = 0 : i64", "@above", 5, "keeps tensor<5xf32> of tensor<4xf32>"),
        ("reduction_dim = 0 : i64", "", 3, "calls no function or several"),
        ("reduction_dim = 0 : i64", "@sum", 3, "expected a function of (tensor<f32>, tensor<f32>) to i1"),
    ] {
        let error = refused(&program(option, called, kept));
        assert!(error.starts_with("bad.mlir:10:") && error.contains(reason), "{error}");
    }
}
