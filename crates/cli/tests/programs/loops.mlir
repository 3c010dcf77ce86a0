// What loops and branches carry, and what they do it with: each function names the pattern. The results were worked out by
// hand from the definitions.

func.func @two_values_change_places() {
  %n = stablehlo.constant dense<3> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %a = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %b = stablehlo.constant dense<[7, 8]> : tensor<2xi32>
  %r:3 = stablehlo.while(%i = %zero, %x = %a, %y = %b) : tensor<i32>, tensor<2xi32>, tensor<2xi32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %next, %y, %x : tensor<i32>, tensor<2xi32>, tensor<2xi32>
  }
  check.expect_eq_const %r#1, dense<[7, 8]> : tensor<2xi32>
  check.expect_eq_const %r#2, dense<[1, 2]> : tensor<2xi32>
  return
}

// -----

func.func @one_value_goes_to_two_and_a_constant_to_another() {
  %n = stablehlo.constant dense<2> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %a = stablehlo.constant dense<10> : tensor<i32>
  %b = stablehlo.constant dense<20> : tensor<i32>
  %c = stablehlo.constant dense<30> : tensor<i32>
  %five = stablehlo.constant dense<5> : tensor<i32>
  // (x, y, z) becomes (z, z, 5): (10, 20, 30), (30, 30, 5), (5, 5, 5).
  %r:4 = stablehlo.while(%i = %zero, %x = %a, %y = %b, %z = %c) : tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %next, %z, %z, %five : tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>
  }
  check.expect_eq_const %r#1, dense<5> : tensor<i32>
  check.expect_eq_const %r#2, dense<5> : tensor<i32>
  check.expect_eq_const %r#3, dense<5> : tensor<i32>
  return
}

// -----

func.func @an_outer_value_is_carried_and_read_after_the_loop() {
  %n = stablehlo.constant dense<2> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %start = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %outer = stablehlo.add %start, %start : tensor<3xi32>
  // (x, y) becomes (outer, x + y): ([2, 4, 6], [1, 2, 3]), ([2, 4, 6], [3, 6, 9]), ([2, 4, 6], [5, 10, 15]).
  %r:3 = stablehlo.while(%i = %zero, %x = %outer, %y = %start) : tensor<i32>, tensor<3xi32>, tensor<3xi32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i32>
    %sum = stablehlo.add %x, %y : tensor<3xi32>
    stablehlo.return %next, %outer, %sum : tensor<i32>, tensor<3xi32>, tensor<3xi32>
  }
  check.expect_eq_const %outer, dense<[2, 4, 6]> : tensor<3xi32>
  check.expect_eq_const %r#1, dense<[2, 4, 6]> : tensor<3xi32>
  check.expect_eq_const %r#2, dense<[5, 10, 15]> : tensor<3xi32>
  return
}

// -----

func.func @a_value_is_updated_in_place_and_its_old_elements_are_read_later() {
  %n = stablehlo.constant dense<3> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %start = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  // Element i becomes 9, and what the elements added up to before is added up.
  %r:3 = stablehlo.while(%i = %zero, %x = %start, %t = %zero) : tensor<i32>, tensor<4xi32>, tensor<i32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i32>
    %nine = stablehlo.constant dense<9> : tensor<1xi32>
    %updated = stablehlo.dynamic_update_slice %x, %nine, %i : (tensor<4xi32>, tensor<1xi32>, tensor<i32>) -> tensor<4xi32>
    %sum = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<4xi32>, tensor<i32>) -> tensor<i32>
    %u = stablehlo.add %t, %sum : tensor<i32>
    stablehlo.return %next, %updated, %u : tensor<i32>, tensor<4xi32>, tensor<i32>
  }
  check.expect_eq_const %r#1, dense<[9, 9, 9, 4]> : tensor<4xi32>
  // 10 + 18 + 25.
  check.expect_eq_const %r#2, dense<53> : tensor<i32>
  return
}

// -----

func.func @a_loop_ends_by_a_flag_that_it_carries() {
  %false = stablehlo.constant dense<false> : tensor<i1>
  %one = stablehlo.constant dense<1> : tensor<i8>
  %limit = stablehlo.constant dense<5> : tensor<i8>
  %zero = stablehlo.constant dense<0> : tensor<i8>
  %r:2 = stablehlo.while(%done = %false, %i = %zero) : tensor<i1>, tensor<i8>
  cond {
    %more = stablehlo.not %done : tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i8>
    %end = stablehlo.compare GE, %next, %limit : (tensor<i8>, tensor<i8>) -> tensor<i1>
    stablehlo.return %end, %next : tensor<i1>, tensor<i8>
  }
  check.expect_eq_const %r#0, dense<true> : tensor<i1>
  check.expect_eq_const %r#1, dense<5> : tensor<i8>
  return
}

// -----

func.func @a_condition_returns_what_is_carried() {
  %true = stablehlo.constant dense<true> : tensor<i1>
  %one = stablehlo.constant dense<1> : tensor<i8>
  %three = stablehlo.constant dense<3> : tensor<i8>
  %zero = stablehlo.constant dense<0> : tensor<i8>
  %r:2 = stablehlo.while(%go = %true, %i = %zero) : tensor<i1>, tensor<i8>
  cond {
    stablehlo.return %go : tensor<i1>
  } do {
    %next = stablehlo.add %i, %one : tensor<i8>
    %more = stablehlo.compare LT, %next, %three : (tensor<i8>, tensor<i8>) -> tensor<i1>
    stablehlo.return %more, %next : tensor<i1>, tensor<i8>
  }
  check.expect_eq_const %r#0, dense<false> : tensor<i1>
  check.expect_eq_const %r#1, dense<3> : tensor<i8>
  return
}

// -----

func.func @a_condition_computes_with_what_is_carried() {
  %start = stablehlo.constant dense<[5, 1, 4]> : tensor<3xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %limit = stablehlo.constant dense<40> : tensor<i32>
  // As long as the first of the sorted elements and all of them together are below 40.
  %r:2 = stablehlo.while(%x = %start, %turns = %zero) : tensor<3xi32>, tensor<i32>
  cond {
    %sorted = "stablehlo.sort"(%x) ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      %less = stablehlo.compare LT, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %less : tensor<i1>
    }) {dimension = 0 : i64, is_stable = true} : (tensor<3xi32>) -> tensor<3xi32>
    %first = stablehlo.slice %sorted [0:1] : (tensor<3xi32>) -> tensor<1xi32>
    %least = stablehlo.reshape %first : (tensor<1xi32>) -> tensor<i32>
    %sum = stablehlo.reduce(%x init: %least) applies stablehlo.add across dimensions = [0] : (tensor<3xi32>, tensor<i32>) -> tensor<i32>
    %more = stablehlo.compare LT, %sum, %limit : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %twice = stablehlo.add %x, %x : tensor<3xi32>
    %t = stablehlo.add %turns, %one : tensor<i32>
    stablehlo.return %twice, %t : tensor<3xi32>, tensor<i32>
  }
  // 11, 22, 44.
  check.expect_eq_const %r#0, dense<[20, 4, 16]> : tensor<3xi32>
  check.expect_eq_const %r#1, dense<2> : tensor<i32>
  return
}

// -----

func.func @inner_loops_and_branches_pass_values_on() {
  %n = stablehlo.constant dense<3> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %ten = stablehlo.constant dense<10> : tensor<i32>
  // An inner loop exchanges p and q as often as i says; then a branch swaps them again where i is odd, or adds to p.
  //   i = 0: (1, 10) -> (11, 10); i = 1: (10, 11) -> (11, 10); i = 2: (11, 10) -> (21, 10).
  %r:3 = stablehlo.while(%i = %zero, %p = %one, %q = %ten) : tensor<i32>, tensor<i32>, tensor<i32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %inner:3 = stablehlo.while(%j = %zero, %a = %p, %b = %q) : tensor<i32>, tensor<i32>, tensor<i32>
    cond {
      %more = stablehlo.compare LT, %j, %i : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %more : tensor<i1>
    } do {
      %k = stablehlo.add %j, %one : tensor<i32>
      stablehlo.return %k, %b, %a : tensor<i32>, tensor<i32>, tensor<i32>
    }
    %bit = stablehlo.and %i, %one : tensor<i32>
    %odd = stablehlo.compare EQ, %bit, %one : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %chosen:2 = "stablehlo.if"(%odd) ({
      stablehlo.return %inner#2, %inner#1 : tensor<i32>, tensor<i32>
    }, {
      %sum = stablehlo.add %inner#1, %ten : tensor<i32>
      stablehlo.return %sum, %inner#2 : tensor<i32>, tensor<i32>
    }) : (tensor<i1>) -> (tensor<i32>, tensor<i32>)
    %next = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %next, %chosen#0, %chosen#1 : tensor<i32>, tensor<i32>, tensor<i32>
  }
  check.expect_eq_const %r#1, dense<21> : tensor<i32>
  check.expect_eq_const %r#2, dense<10> : tensor<i32>
  return
}

// -----

func.func @the_values_of_each_turn_are_kept() {
  %n = stablehlo.constant dense<4> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<i32>
  %none = stablehlo.constant dense<0> : tensor<4x2xi32>
  %start = stablehlo.constant dense<[1, -1]> : tensor<2xi32>
  // A scan that puts out the carried value as it was, and as it becomes in the next turn.
  %r:4 = stablehlo.while(%i = %zero, %x = %start, %old = %none, %new = %none)
      : tensor<i32>, tensor<2xi32>, tensor<4x2xi32>, tensor<4x2xi32>
  cond {
    %more = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %more : tensor<i1>
  } do {
    %twice = stablehlo.add %x, %x : tensor<2xi32>
    %a = stablehlo.reshape %x : (tensor<2xi32>) -> tensor<1x2xi32>
    %b = stablehlo.reshape %twice : (tensor<2xi32>) -> tensor<1x2xi32>
    %olds = stablehlo.dynamic_update_slice %old, %a, %i, %zero : (tensor<4x2xi32>, tensor<1x2xi32>, tensor<i32>, tensor<i32>) -> tensor<4x2xi32>
    %news = stablehlo.dynamic_update_slice %new, %b, %i, %zero : (tensor<4x2xi32>, tensor<1x2xi32>, tensor<i32>, tensor<i32>) -> tensor<4x2xi32>
    %next = stablehlo.add %i, %one : tensor<i32>
    stablehlo.return %next, %twice, %olds, %news : tensor<i32>, tensor<2xi32>, tensor<4x2xi32>, tensor<4x2xi32>
  }
  check.expect_eq_const %r#1, dense<[16, -16]> : tensor<2xi32>
  check.expect_eq_const %r#2, dense<[[1, -1], [2, -2], [4, -4], [8, -8]]> : tensor<4x2xi32>
  check.expect_eq_const %r#3, dense<[[2, -2], [4, -4], [8, -8], [16, -16]]> : tensor<4x2xi32>
  return
}

// -----

func.func @a_loop_that_does_not_turn_returns_what_it_was_given() {
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %a = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %b = stablehlo.add %a, %a : tensor<2xi32>
  %r:2 = stablehlo.while(%x = %b, %y = %b) : tensor<2xi32>, tensor<2xi32>
  cond {
    %never = stablehlo.compare LT, %zero, %zero : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %never : tensor<i1>
  } do {
    %sum = stablehlo.add %x, %y : tensor<2xi32>
    stablehlo.return %y, %sum : tensor<2xi32>, tensor<2xi32>
  }
  check.expect_eq_const %r#0, dense<[2, 4]> : tensor<2xi32>
  check.expect_eq_const %r#1, dense<[2, 4]> : tensor<2xi32>
  return
}

// -----

func.func @a_reduction_begins_with_the_result_of_another() {
  %x = stablehlo.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %y = stablehlo.constant dense<[4.0, 5.0, 6.0]> : tensor<3xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %s = stablehlo.negate %r : tensor<f32>
  %b = stablehlo.reduce(%y init: %s) applies stablehlo.add across dimensions = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
  %p = stablehlo.multiply %b, %r : tensor<f32>
  check.expect_eq_const %b, dense<9.0> : tensor<f32>
  check.expect_eq_const %p, dense<54.0> : tensor<f32>
  return
}
