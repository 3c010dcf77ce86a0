//! Where values are kept.

use runahead_ir::parse;

use crate::compile::{CompileOptions, compile};
use crate::plan::{Program, StepDescription};
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
fn a_part_without_elements_is_read_nowhere() {
    // It begins where its operand's memory ends.
    let text = "func.func @main(%x: tensor<4x32xf32>, %y: tensor<32x8xf32>) -> (tensor<0x8xf32>, tensor<4x32xf32>) {
      %a = stablehlo.add %x, %x : tensor<4x32xf32>
      %z = stablehlo.slice %a [4:4, 0:32] : (tensor<4x32xf32>) -> tensor<0x32xf32>
      %w = stablehlo.dot_general %z, %y, contracting_dims = [1] x [0] : (tensor<0x32xf32>, tensor<32x8xf32>) -> tensor<0x8xf32>
      return %w, %a : tensor<0x8xf32>, tensor<4x32xf32>
    }";
    let found =
        run(&compiled(text), &[bytemuck::cast_slice(&[1.0f32; 128]), bytemuck::cast_slice(&[0.0f32; 256])]);
    assert_eq!((found[0].len(), cast::<f32>(&found[1])), (0, vec![2.0; 128]));
}

/// Compiles a program for parameters that are donated; gives the results that are in each one's memory, and the steps.
fn donating(text: &str, donated: &[usize]) -> (Program, Vec<Option<usize>>, Vec<StepDescription>) {
    let options = CompileOptions { donated: donated.to_vec(), ..CompileOptions::default() };
    let program = compile(&parse("test", text).unwrap(), &options).unwrap();
    let results = program.parameters().iter().map(|parameter| parameter.result).collect();
    let steps = program.describe().steps;
    (program, results, steps)
}

#[test]
fn the_last_step_that_reads_a_donated_parameter_writes_in_place() {
    let text = "func.func @main(%x: tensor<100xf32>, %y: tensor<100xf32>) -> tensor<100xf32> {
      %z = stablehlo.add %x, %y : tensor<100xf32>
      return %z : tensor<100xf32>
    }";
    let (_, results, steps) = donating(text, &[0]);
    assert_eq!(results, [Some(0), None]);
    assert_eq!(steps[0].results[0].memory, "parameter 0");
    let (_, results, _) = donating(text, &[1]);
    assert_eq!(results, [None, Some(0)]);
    let (_, results, steps) = donating(text, &[]);
    assert_eq!((results, &*steps[0].results[0].memory), (vec![None, None], "result 0"));
}

#[test]
fn a_parameter_that_is_returned_is_not_copied_where_it_is_donated() {
    let text = "func.func @main(%x: tensor<100xf32>) -> (tensor<100xf32>, tensor<100xf32>) {
      return %x, %x : tensor<100xf32>, tensor<100xf32>
    }";
    let (_, results, steps) = donating(text, &[0]);
    assert_eq!((results, steps.len()), (vec![Some(0)], 1));
}

#[test]
fn a_result_of_another_kind_takes_the_memory_when_it_is_free() {
    // The product cannot be computed in place, but what follows comes after the last use of the parameter.
    let text = "func.func @main(%x: tensor<32x32xf32>) -> tensor<32x32xf32> {
      %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
      %z = stablehlo.dot_general %y, %y, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
      return %z : tensor<32x32xf32>
    }";
    let (_, results, _) = donating(text, &[0]);
    assert_eq!(results, [Some(0)]);
}

#[test]
fn working_memory_lies_in_donated_parameters() {
    let text = "func.func @main(%x: tensor<32x32xf32>, %w: tensor<32x8xf32>) -> tensor<32x8xf32> {
      %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
      %z = stablehlo.dot_general %y, %y, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x32xf32>) -> tensor<32x32xf32>
      %v = stablehlo.dot_general %z, %w, contracting_dims = [1] x [0] : (tensor<32x32xf32>, tensor<32x8xf32>) -> tensor<32x8xf32>
      return %v : tensor<32x8xf32>
    }";
    let (kept, ..) = donating(text, &[]);
    let (given, results, _) = donating(text, &[0]);
    assert_eq!(results, [None, None]);
    assert!(
        given.arena_bytes() + 4096 <= kept.arena_bytes(),
        "{} {}",
        given.arena_bytes(),
        kept.arena_bytes()
    );
}

#[test]
fn a_program_says_which_result_a_parameter_becomes() {
    let program = |attribute: &str| {
        format!(
            "func.func @main(%x: tensor<4x4xf32> {attribute}) -> (tensor<4x4xf32>, tensor<4x4xf32>) {{
              %y = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
              %z = stablehlo.dot_general %y, %y, contracting_dims = [1] x [0] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
              %v = stablehlo.dot_general %y, %y, contracting_dims = [0] x [1] : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
              return %z, %v : tensor<4x4xf32>, tensor<4x4xf32>
            }}"
        )
    };
    for wanted in [0, 1] {
        let text = program(&format!("{{tf.aliasing_output = {wanted} : i32}}"));
        assert_eq!(donating(&text, &[0]).1, [Some(wanted)]);
        // It is a wish of the program; whether anything is given is the caller's to say.
        assert_eq!(donating(&text, &[]).1, [None]);
    }
    assert!(donating(&program("{jax.buffer_donor = true}"), &[0]).1[0].is_some());
}

#[test]
fn a_loop_carries_a_donated_parameter_in_place() {
    let text = "func.func @main(%x: tensor<100xf32>) -> tensor<100xf32> {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %i, %y = stablehlo.while(%a = %zero, %b = %x) : tensor<i32>, tensor<100xf32>
      cond {
        %n = stablehlo.constant dense<5> : tensor<i32>
        %p = stablehlo.compare LT, %a, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %p : tensor<i1>
      } do {
        %one = stablehlo.constant dense<1> : tensor<i32>
        %j = stablehlo.add %a, %one : tensor<i32>
        %c = stablehlo.add %b, %b : tensor<100xf32>
        stablehlo.return %j, %c : tensor<i32>, tensor<100xf32>
      }
      return %y : tensor<100xf32>
    }";
    let (_, results, steps) = donating(text, &[0]);
    assert_eq!(results, [Some(0)]);
    assert!(
        steps
            .iter()
            .all(|step| step.results.iter().all(|span| span.bytes < 400 || span.memory == "parameter 0"))
    );
}

#[test]
#[should_panic(expected = "given for keeps where the program takes it so")]
fn a_program_for_donated_inputs_does_not_overwrite_others() {
    let text = "func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
      %y = stablehlo.add %x, %x : tensor<3xf32>
      return %y : tensor<3xf32>
    }";
    run(&donating(text, &[0]).0, &[&[0; 12]]);
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
