// RUN: verify

func.func @scan(%x: tensor<2x3xf32>, %c: tensor<2xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) {
  %r:2 = chlo.scan(%x) inits (%c) dimension=1 attributes {is_associative = true, is_reverse = true} {
  ^bb0(%a: tensor<2xf32>, %b: tensor<2xf32>):
    %s = stablehlo.add %a, %b : tensor<2xf32>
    stablehlo.return %s, %s : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2x3xf32>, tensor<2xf32>) -> (tensor<2x3xf32>, tensor<2xf32>)
  return %r#0, %r#1 : tensor<2x3xf32>, tensor<2xf32>
}
//| func.func @scan(%arg0: tensor<2x3xf32>, %arg1: tensor<2xf32>) -> (tensor<2x3xf32>, tensor<2xf32>) {
//| %0:2 = "chlo.scan"(%arg0, %arg1) <{dimension = 1 : i64, is_reverse = true, operandSegmentSizes = array<i32: 1, 1>, resultSegmentSizes = array<i32: 1, 1>}> ({
//| ^bb0(%arg2: tensor<2xf32>, %arg3: tensor<2xf32>):
//| %1 = stablehlo.add %arg2, %arg3 : tensor<2xf32>
//| stablehlo.return %1, %1 : tensor<2xf32>, tensor<2xf32>
//| }) {is_associative = true} : (tensor<2x3xf32>, tensor<2xf32>) -> (tensor<2x3xf32>, tensor<2xf32>)
//| return %0#0, %0#1 : tensor<2x3xf32>, tensor<2xf32>
//| }
// -----

func.func @scan_takes_elements(%x: tensor<2x3xf32>, %c: tensor<2xf32>) {
  // expected-error@+1 {{the region takes tensor<2x3xf32>, tensor<2xf32>; expected tensor<2xf32>, tensor<2xf32>}}
  %r:2 = chlo.scan(%x) inits(%c) dimension=1 {
  ^bb0(%a: tensor<2x3xf32>, %b: tensor<2xf32>):
    stablehlo.return %b, %b : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2x3xf32>, tensor<2xf32>) -> (tensor<2x3xf32>, tensor<2xf32>)
  return
}
// -----

func.func @scan_carries_one_type(%x: tensor<3xf32>, %c: tensor<f32>) {
  // expected-error@+1 {{the region returns tensor<f32>, tensor<i1>; expected 1 elements of outputs, and tensor<f32>}}
  %r:2 = chlo.scan(%x) inits(%c) dimension=0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %p = stablehlo.is_finite %a : (tensor<f32>) -> tensor<i1>
    stablehlo.return %a, %p : tensor<f32>, tensor<i1>
  } : (tensor<3xf32>, tensor<f32>) -> (tensor<3xf32>, tensor<f32>)
  return
}
// -----

func.func @scan_has_a_length(%c: tensor<f32>) {
  // expected-error@+1 {{there are no inputs and no scan_dim_size}}
  %r:2 = chlo.scan() inits(%c) dimension=0 {
  ^bb0(%b: tensor<f32>):
    stablehlo.return %b, %b : tensor<f32>, tensor<f32>
  } : (tensor<f32>) -> (tensor<3xf32>, tensor<f32>)
  return
}
// -----

func.func @scan_has_one_length(%x: tensor<3xf32>, %y: tensor<4xf32>) {
  // expected-error@+1 {{the input tensor<4xf32> is 4 long along axis 0; expected 3}}
  %r = chlo.scan(%x, %y) inits() dimension=0 {
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  } : (tensor<3xf32>, tensor<4xf32>) -> tensor<3xf32>
  return
}
// -----

func.func @ragged_dot_has_an_axis_of_groups(%x: tensor<4x3xf32>, %y: tensor<3x2xf32>, %g: tensor<2xi64>) {
  // expected-error@+1 {{rhs_group_dimensions is []; expected one axis}}
  %r = "chlo.ragged_dot"(%x, %y, %g) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [0]>} : (tensor<4x3xf32>, tensor<3x2xf32>, tensor<2xi64>) -> tensor<4x2xf32>
  return
}
// -----

func.func @ragged_dot_has_a_size_for_each_group(%x: tensor<4x3xf32>, %y: tensor<5x3x2xf32>, %g: tensor<2xi64>) {
  // expected-error@+1 {{has 5 groups, but 2 sizes are given}}
  %r = "chlo.ragged_dot"(%x, %y, %g) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>} : (tensor<4x3xf32>, tensor<5x3x2xf32>, tensor<2xi64>) -> tensor<4x2xf32>
  return
}
// -----

func.func @ragged_dot_has_sizes_along_axes_before_the_ragged(%x: tensor<4x3xf32>, %y: tensor<3x2xf32>, %g: tensor<4x2xi64>) {
  // expected-error@+1 {{the group sizes are tensor<4x2xi64>; expected integers for each group, for all or each index along axes []}}
  %r = "chlo.ragged_dot"(%x, %y, %g) {ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>} : (tensor<4x3xf32>, tensor<3x2xf32>, tensor<4x2xi64>) -> tensor<2x4x2xf32>
  return
}
