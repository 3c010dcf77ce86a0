//! Where values are kept.

use runahead_ir::parse;

use crate::compile::{CompileOptions, compile};
use crate::testing::{cast, compiled, run};

#[test]
fn parameters_and_constants_are_returned_as_copies() {
    let text = "func.func @main(%x: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi32>, tensor<3x1xi32>, tensor<2xi32>) {
      %c = stablehlo.constant dense<[7, 8, 9]> : tensor<3xi32>
      %r = stablehlo.reshape %x : (tensor<3xi32>) -> tensor<3x1xi32>
      %s = stablehlo.constant dense<5> : tensor<2xi32>
      return %x, %c, %r, %s : tensor<3xi32>, tensor<3xi32>, tensor<3x1xi32>, tensor<2xi32>
    }";
    let found = run(&compiled(text), &[bytemuck::cast_slice(&[1i32, 2, 3])]);
    let found: Vec<Vec<i32>> = found.iter().map(|r| cast(r)).collect();
    assert_eq!(found, [vec![1, 2, 3], vec![7, 8, 9], vec![1, 2, 3], vec![5, 5]]);
}

#[test]
fn a_value_returned_twice_is_computed_once() {
    let text = "func.func @main(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
      %y = stablehlo.add %x, %x : tensor<3xf32>
      return %y, %y : tensor<3xf32>, tensor<3xf32>
    }";
    let program = compiled(text);
    let found = run(&program, &[bytemuck::cast_slice(&[1.0f32, 2.0, 3.0])]);
    assert!(found.iter().all(|r| cast::<f32>(r) == [2.0, 4.0, 6.0]));
    let work: Vec<String> = program.describe().steps.into_iter().map(|s| s.work).collect();
    assert_eq!(work[1..], ["copy"]);
}

#[test]
fn a_result_is_computed_where_it_is_returned() {
    let text = "func.func @main(%x: tensor<64x64xf32>) -> tensor<64x64xf32> {
      %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
      %z = stablehlo.tanh %y : tensor<64x64xf32>
      return %z : tensor<64x64xf32>
    }";
    let program = compiled(text);
    // The product is replaced by what is made of it, in the result's memory.
    assert_eq!(program.arena_bytes(), 0);
    let x: Vec<f32> = (0..4096).map(|i| if i % 65 == 0 { 0.5 } else { 0.0 }).collect();
    let found = cast::<f32>(&run(&program, &[bytemuck::cast_slice(&x)])[0]);
    assert!(found.iter().enumerate().all(|(i, &y)| {
        let expected = if i % 65 == 0 { 0.25f32.tanh() } else { 0.0 };
        (y - expected).abs() <= 1e-7
    }));
}

#[test]
fn a_slice_of_outer_rows_is_read_in_place() {
    let text = "func.func @main(%x: tensor<4x32xf32>, %y: tensor<32x8xf32>) -> tensor<2x8xf32> {
      %z = stablehlo.slice %x [1:3, 0:32] : (tensor<4x32xf32>) -> tensor<2x32xf32>
      %w = stablehlo.dot_general %z, %y, contracting_dims = [1] x [0] : (tensor<2x32xf32>, tensor<32x8xf32>) -> tensor<2x8xf32>
      return %w : tensor<2x8xf32>
    }";
    let program = compiled(text);
    assert_eq!(program.describe().steps.len(), 1);
    let x: Vec<f32> = (0..128).map(|i| (i % 7) as f32).collect();
    let y: Vec<f32> = (0..256).map(|i| (i % 5) as f32).collect();
    let found = cast::<f32>(&run(&program, &[bytemuck::cast_slice(&x), bytemuck::cast_slice(&y)])[0]);
    for (i, &found) in found.iter().enumerate() {
        let expected: f32 = (0..32).map(|k| x[(1 + i / 8) * 32 + k] * y[k * 8 + i % 8]).sum();
        assert_eq!(found, expected);
    }
}

#[test]
#[should_panic(expected = "an input of type tensor<3xf32>")]
fn inputs_of_another_size_are_refused() {
    let program = compiled(
        "func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
          %y = stablehlo.add %x, %x : tensor<3xf32>
          return %y : tensor<3xf32>
        }",
    );
    run(&program, &[&[0; 8]]);
}
