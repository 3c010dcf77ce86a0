// Operations whose shapes are operands, and those that only hand on.

func.func @sizes_that_follow_from_constants() {
  %x = stablehlo.constant dense<[1, 2, 3, 4, 5, 6]> : tensor<6xi32>
  %two = stablehlo.constant dense<2> : tensor<1xi32>
  %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<6xi32>) -> tensor<i32>
  %n1 = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
  %half = stablehlo.divide %n1, %two : tensor<1xi32>
  %shape = stablehlo.concatenate %two, %half, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
  %r = stablehlo.dynamic_reshape %x, %shape : (tensor<6xi32>, tensor<2xi32>) -> tensor<?x?xi32>
  %t = stablehlo.transpose %r, dims = [1, 0] : (tensor<?x?xi32>) -> tensor<?x?xi32>
  %s = stablehlo.add %t, %t : tensor<?x?xi32>
  %flat = stablehlo.dynamic_reshape %s, %n1 : (tensor<?x?xi32>, tensor<1xi32>) -> tensor<6xi32>
  check.expect_eq_const %flat, dense<[2, 8, 4, 10, 6, 12]> : tensor<6xi32>
  return
}

// -----

func.func @dynamic_forms() {
  %shape = stablehlo.constant dense<[2, 3]> : tensor<2xi64>
  %i = stablehlo.dynamic_iota %shape, dim = 1 : (tensor<2xi64>) -> tensor<2x3xi32>
  check.expect_eq_const %i, dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi32>
  %x = stablehlo.constant dense<[10, 20, 30]> : tensor<3xi32>
  %b = stablehlo.dynamic_broadcast_in_dim %x, %shape, dims = [1] : (tensor<3xi32>, tensor<2xi64>) -> tensor<2x3xi32>
  check.expect_eq_const %b, dense<[[10, 20, 30], [10, 20, 30]]> : tensor<2x3xi32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %one = stablehlo.constant dense<1> : tensor<1xi64>
  %none = stablehlo.constant dense<0> : tensor<1xi64>
  %p = stablehlo.dynamic_pad %x, %zero, %one, %none, %one : (tensor<3xi32>, tensor<i32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<6xi32>
  check.expect_eq_const %p, dense<[0, 10, 0, 20, 0, 30]> : tensor<6xi32>
  %three = stablehlo.constant dense<3> : tensor<1xi64>
  %two = stablehlo.constant dense<2> : tensor<1xi64>
  %s = stablehlo.real_dynamic_slice %x, %none, %three, %two : (tensor<3xi32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2xi32>
  check.expect_eq_const %s, dense<[10, 30]> : tensor<2xi32>
  %at = stablehlo.constant dense<[[2], [0]]> : tensor<2x1xi64>
  %g = "stablehlo.dynamic_gather"(%x, %at, %one) {dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false} : (tensor<3xi32>, tensor<2x1xi64>, tensor<1xi64>) -> tensor<2x1xi32>
  check.expect_eq_const %g, dense<[[30], [10]]> : tensor<2x1xi32>
  return
}

// -----

func.func @tuples_tokens_and_barriers() {
  %x = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %y = stablehlo.constant dense<3.0> : tensor<f32>
  %t = stablehlo.create_token : !stablehlo.token
  %a = stablehlo.after_all %t, %t : !stablehlo.token
  %inner = stablehlo.tuple %x, %a : tuple<tensor<2xi32>, !stablehlo.token>
  %outer = stablehlo.tuple %y, %inner : tuple<tensor<f32>, tuple<tensor<2xi32>, !stablehlo.token>>
  %got = stablehlo.get_tuple_element %outer[1] : (tuple<tensor<f32>, tuple<tensor<2xi32>, !stablehlo.token>>) -> tuple<tensor<2xi32>, !stablehlo.token>
  %x2 = stablehlo.get_tuple_element %got[0] : (tuple<tensor<2xi32>, !stablehlo.token>) -> tensor<2xi32>
  %b:2 = stablehlo.optimization_barrier %x2, %y : tensor<2xi32>, tensor<f32>
  check.expect_eq_const %b#0, dense<[1, 2]> : tensor<2xi32>
  check.expect_eq_const %b#1, dense<3.0> : tensor<f32>
  return
}

// -----

func.func @bits() {
  %x = stablehlo.constant dense<[1.0, -2.0]> : tensor<2xf32>
  %h = stablehlo.bitcast_convert %x : (tensor<2xf32>) -> tensor<2x2xui16>
  check.expect_eq_const %h, dense<[[0, 16256], [0, 49152]]> : tensor<2x2xui16>
  %back = stablehlo.bitcast_convert %h : (tensor<2x2xui16>) -> tensor<2xf32>
  check.expect_eq_const %back, dense<[1.0, -2.0]> : tensor<2xf32>
  return
}

// -----

module {
  func.func @main() {
    %x = stablehlo.constant dense<[1.0, 4.0]> : tensor<2xf32>
    %r = stablehlo.composite "my.root" %x {decomposition = @root, version = 1 : i32} : (tensor<2xf32>) -> tensor<2xf32>
    check.expect_eq_const %r, dense<[1.0, 2.0]> : tensor<2xf32>
    return
  }
  func.func private @root(%x: tensor<2xf32>) -> tensor<2xf32> {
    %r = stablehlo.sqrt %x : tensor<2xf32>
    return %r : tensor<2xf32>
  }
}
