//! Loops and choices.

use crate::testing::{cast, compiled, run};

fn run_i32(text: &str, inputs: &[&[i32]]) -> Vec<Vec<i32>> {
    let inputs: Vec<&[u8]> = inputs.iter().map(|i| bytemuck::cast_slice(i)).collect();
    run(&compiled(text), &inputs).iter().map(|r| cast(r)).collect()
}

#[test]
fn a_loop_counts() {
    let text = "func.func @main(%n: tensor<i32>) -> (tensor<i32>, tensor<i32>) {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %r:2 = stablehlo.while(%i = %zero, %product = %one) : tensor<i32>, tensor<i32>
      cond {
        %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %more : tensor<i1>
      } do {
        %next = stablehlo.add %i, %one : tensor<i32>
        %p = stablehlo.multiply %product, %next : tensor<i32>
        stablehlo.return %next, %p : tensor<i32>, tensor<i32>
      }
      return %r#0, %r#1 : tensor<i32>, tensor<i32>
    }";
    for n in [0, 1, 7] {
        assert_eq!(run_i32(text, &[&[n]]), [[n], [(1..=n).product()]]);
    }
}

#[test]
fn carried_values_change_places() {
    // Fibonacci, and three values that go round: each round reads what another writes.
    let text = "func.func @main(%a: tensor<3xi32>, %b: tensor<3xi32>, %c: tensor<3xi32>, %n: tensor<i32>)
        -> (tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<i32>) {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %r:6 = stablehlo.while(%x = %a, %y = %b, %z = %c, %i = %zero, %f = %zero, %g = %one)
          : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<i32>, tensor<i32>, tensor<i32>
      cond {
        %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %more : tensor<i1>
      } do {
        %next = stablehlo.add %i, %one : tensor<i32>
        %h = stablehlo.add %f, %g : tensor<i32>
        stablehlo.return %y, %z, %x, %next, %g, %h
          : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<i32>, tensor<i32>, tensor<i32>
      }
      return %r#0, %r#1, %r#2, %r#4 : tensor<3xi32>, tensor<3xi32>, tensor<3xi32>, tensor<i32>
    }";
    let (a, b, c) = ([1, 2, 3], [4, 5, 6], [7, 8, 9]);
    let found = run_i32(text, &[&a, &b, &c, &[10]]);
    assert_eq!(found, [b.to_vec(), c.to_vec(), a.to_vec(), vec![55]]);
    assert_eq!(run_i32(text, &[&a, &b, &c, &[0]]), [a.to_vec(), b.to_vec(), c.to_vec(), vec![0]]);
}

#[test]
fn what_a_loop_does_not_change_is_not_copied() {
    let text = "func.func @main(%x: tensor<1000xf32>, %n: tensor<i32>) -> tensor<1000xf32> {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %start = stablehlo.constant dense<0.0> : tensor<1000xf32>
      %r:3 = stablehlo.while(%i = %zero, %same = %x, %sum = %start) : tensor<i32>, tensor<1000xf32>, tensor<1000xf32>
      cond {
        %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %more : tensor<i1>
      } do {
        %next = stablehlo.add %i, %one : tensor<i32>
        %s = stablehlo.add %sum, %same : tensor<1000xf32>
        stablehlo.return %next, %same, %s : tensor<i32>, tensor<1000xf32>, tensor<1000xf32>
      }
      return %r#2 : tensor<1000xf32>
    }";
    let program = compiled(text);
    let x: Vec<f32> = (0..1000).map(|i| i as f32).collect();
    let found = run(&program, &[bytemuck::cast_slice(&x), bytemuck::bytes_of(&3i32)]);
    assert_eq!(cast::<f32>(&found[0]), x.iter().map(|x| 3.0 * x).collect::<Vec<_>>());
    // The sum is kept in the result's memory, and copies are made only to begin with.
    assert!(program.arena_bytes() < 1000, "{} bytes", program.arena_bytes());
    let inside = program.describe().steps.into_iter().filter(|s| s.depth > 0);
    assert!(inside.clone().all(|step| step.work != "copy"), "{:?}", inside.collect::<Vec<_>>());
}

#[test]
fn loops_nest() {
    let text = "func.func @main(%n: tensor<i32>) -> tensor<i32> {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %one = stablehlo.constant dense<1> : tensor<i32>
      %r:2 = stablehlo.while(%i = %zero, %t = %zero) : tensor<i32>, tensor<i32>
      cond {
        %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %more : tensor<i1>
      } do {
        %next = stablehlo.add %i, %one : tensor<i32>
        %inner:2 = stablehlo.while(%j = %zero, %u = %t) : tensor<i32>, tensor<i32>
        cond {
          %more = stablehlo.compare LT, %j, %next : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %more : tensor<i1>
        } do {
          %k = stablehlo.add %j, %one : tensor<i32>
          %v = stablehlo.add %u, %k : tensor<i32>
          stablehlo.return %k, %v : tensor<i32>, tensor<i32>
        }
        stablehlo.return %next, %inner#1 : tensor<i32>, tensor<i32>
      }
      return %r#1 : tensor<i32>
    }";
    for n in [0, 1, 5] {
        let expected: i32 = (1..=n).flat_map(|i| 1..=i).sum();
        assert_eq!(run_i32(text, &[&[n]]), [[expected]]);
    }
}

#[test]
fn a_condition_chooses_a_branch() {
    let text = "func.func @main(%p: tensor<i1>, %x: tensor<2xi32>) -> (tensor<2xi32>, tensor<2xi32>) {
      %c = stablehlo.constant dense<[10, 20]> : tensor<2xi32>
      %r:2 = \"stablehlo.if\"(%p) ({
        %y = stablehlo.add %x, %c : tensor<2xi32>
        stablehlo.return %y, %y : tensor<2xi32>, tensor<2xi32>
      }, {
        stablehlo.return %x, %c : tensor<2xi32>, tensor<2xi32>
      }) : (tensor<i1>) -> (tensor<2xi32>, tensor<2xi32>)
      return %r#0, %r#1 : tensor<2xi32>, tensor<2xi32>
    }";
    let program = compiled(text);
    let x = [1i32, 2];
    let choose = |p: u8| -> Vec<Vec<i32>> {
        run(&program, &[&[p], bytemuck::cast_slice(&x)]).iter().map(|r| cast(r)).collect()
    };
    assert_eq!(choose(1), [[11, 22], [11, 22]]);
    assert_eq!(choose(0), [[1, 2], [10, 20]]);
}

#[test]
fn an_index_chooses_a_branch_and_the_last_for_any_other() {
    let text = "func.func @main(%i: tensor<i32>, %x: tensor<i32>) -> tensor<i32> {
      %r = \"stablehlo.case\"(%i) ({
        stablehlo.return %x : tensor<i32>
      }, {
        %y = stablehlo.negate %x : tensor<i32>
        stablehlo.return %y : tensor<i32>
      }, {
        %y = stablehlo.multiply %x, %x : tensor<i32>
        stablehlo.return %y : tensor<i32>
      }) : (tensor<i32>) -> tensor<i32>
      return %r : tensor<i32>
    }";
    for (i, expected) in [(0, 7), (1, -7), (2, 49), (3, 49), (-1, 49), (i32::MAX, 49)] {
        assert_eq!(run_i32(text, &[&[i], &[7]]), [[expected]], "branch {i}");
    }
}

#[test]
fn bodies_use_numbers_from_outside() {
    // As bytecode has it, where several operations use the same constant.
    let text = "func.func @main(%x: tensor<4xi32>) -> (tensor<4xi32>, tensor<i32>) {
      %zero = stablehlo.constant dense<0> : tensor<i32>
      %two = stablehlo.constant dense<2> : tensor<i32>
      %nine = stablehlo.constant dense<9> : tensor<i32>
      %y = sdy.sharding_constraint %x <@mesh, [{\"i\"}]> : tensor<4xi32>
      %sorted = \"stablehlo.sort\"(%y) ({
        ^bb0(%a: tensor<i32>, %b: tensor<i32>):
          %c = stablehlo.remainder %a, %two : tensor<i32>
          %d = stablehlo.remainder %b, %two : tensor<i32>
          %less = stablehlo.compare LT, %c, %d : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %less : tensor<i1>
      }) {dimension = 0 : i64, is_stable = true} : (tensor<4xi32>) -> tensor<4xi32>
      %most = \"stablehlo.reduce\"(%y, %zero) ({
        ^bb0(%a: tensor<i32>, %b: tensor<i32>):
          %c = stablehlo.maximum %a, %b : tensor<i32>
          %d = stablehlo.minimum %c, %nine : tensor<i32>
          stablehlo.return %d : tensor<i32>
      }) {dimensions = array<i64: 0>} : (tensor<4xi32>, tensor<i32>) -> tensor<i32>
      return %sorted, %most : tensor<4xi32>, tensor<i32>
    }";
    assert_eq!(run_i32(text, &[&[3, 2, 11, 4]]), [vec![2, 4, 3, 11], vec![9]]);
}
