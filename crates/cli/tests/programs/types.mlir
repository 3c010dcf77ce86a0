// Arithmetic on types that are computed in others: quantized, narrow integers, narrow floats.

func.func @quantized_add() {
  %a = stablehlo.constant dense<[1.0, -2.0, 3.5, 60.0]> : tensor<4xf32>
  %b = stablehlo.constant dense<[0.5, 0.75, -1.0, 60.0]> : tensor<4xf32>
  %qa = stablehlo.uniform_quantize %a : (tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 0.5:3>>
  %qb = stablehlo.uniform_quantize %b : (tensor<4xf32>) -> tensor<4x!quant.uniform<i8:f32, 0.25>>
  %s = "stablehlo.add"(%qa, %qb) : (tensor<4x!quant.uniform<i8:f32, 0.5:3>>, tensor<4x!quant.uniform<i8:f32, 0.25>>) -> tensor<4x!quant.uniform<i8:f32, 1.0:-1>>
  %d = stablehlo.uniform_dequantize %s : (tensor<4x!quant.uniform<i8:f32, 1.0:-1>>) -> tensor<4xf32>
  // 1.5 and -1.25 go to the nearest whole numbers, half-way ones to the even; 60 is held at 31.75 of b, and fits in the sum.
  check.expect_eq_const %d, dense<[2.0, -1.0, 2.0, 92.0]> : tensor<4xf32>
  return
}

// -----

func.func @quantized_per_axis() {
  %a = stablehlo.constant dense<[[1.0, 1.0], [-3.0, 100.0]]> : tensor<2x2xf32>
  %q = stablehlo.uniform_quantize %a : (tensor<2x2xf32>) -> tensor<2x2x!quant.uniform<i8:f32:1, {0.5:2, 0.1:-10}>>
  %bits = stablehlo.bitcast_convert %q : (tensor<2x2x!quant.uniform<i8:f32:1, {0.5:2, 0.1:-10}>>) -> tensor<2x2xi8>
  check.expect_eq_const %bits, dense<[[4, 0], [-4, 127]]> : tensor<2x2xi8>
  %t = stablehlo.transpose %q, dims = [1, 0] : (tensor<2x2x!quant.uniform<i8:f32:1, {0.5:2, 0.1:-10}>>) -> tensor<2x2x!quant.uniform<i8:f32:0, {0.5:2, 0.1:-10}>>
  %d = stablehlo.uniform_dequantize %t : (tensor<2x2x!quant.uniform<i8:f32:0, {0.5:2, 0.1:-10}>>) -> tensor<2x2xf32>
  check.expect_almost_eq_const %d, dense<[[1.0, -3.0], [1.0, 13.7]]> : tensor<2x2xf32>
  return
}

// -----

func.func @quantized_product_and_sum() {
  %a = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %q = stablehlo.uniform_quantize %a : (tensor<2x2xf32>) -> tensor<2x2x!quant.uniform<i8:f32, 0.5>>
  %p = stablehlo.dot_general %q, %q, contracting_dims = [1] x [0] : (tensor<2x2x!quant.uniform<i8:f32, 0.5>>, tensor<2x2x!quant.uniform<i8:f32, 0.5>>) -> tensor<2x2x!quant.uniform<i32:f32, 0.25>>
  %d = stablehlo.uniform_dequantize %p : (tensor<2x2x!quant.uniform<i32:f32, 0.25>>) -> tensor<2x2xf32>
  check.expect_eq_const %d, dense<[[7.0, 10.0], [15.0, 22.0]]> : tensor<2x2xf32>
  %zero = stablehlo.constant dense<0.0> : tensor<f32>
  %init = stablehlo.uniform_quantize %zero : (tensor<f32>) -> tensor<!quant.uniform<i8:f32, 0.5>>
  %r = "stablehlo.reduce"(%q, %init) ({
    ^bb0(%x: tensor<!quant.uniform<i8:f32, 0.5>>, %y: tensor<!quant.uniform<i8:f32, 0.5>>):
      %s = stablehlo.add %x, %y : tensor<!quant.uniform<i8:f32, 0.5>>
      stablehlo.return %s : tensor<!quant.uniform<i8:f32, 0.5>>
  }) {dimensions = array<i64: 0>} : (tensor<2x2x!quant.uniform<i8:f32, 0.5>>, tensor<!quant.uniform<i8:f32, 0.5>>) -> tensor<2x!quant.uniform<i8:f32, 0.5>>
  %rd = stablehlo.uniform_dequantize %r : (tensor<2x!quant.uniform<i8:f32, 0.5>>) -> tensor<2xf32>
  check.expect_eq_const %rd, dense<[4.0, 6.0]> : tensor<2xf32>
  return
}

// -----

func.func @narrow_integers() {
  %a = stablehlo.constant dense<[7, -8, -3, 5]> : tensor<4xi4>
  %b = stablehlo.constant dense<[1, 1, 2, -2]> : tensor<4xi4>
  %sum = stablehlo.add %a, %b : tensor<4xi4>
  check.expect_eq_const %sum, dense<[-8, -7, -1, 3]> : tensor<4xi4>
  %product = stablehlo.multiply %a, %b : tensor<4xi4>
  check.expect_eq_const %product, dense<[7, -8, -6, 6]> : tensor<4xi4>
  %logical = stablehlo.shift_right_logical %a, %b : tensor<4xi4>
  check.expect_eq_const %logical, dense<[3, 4, 3, 0]> : tensor<4xi4>
  %left = stablehlo.shift_left %a, %b : tensor<4xi4>
  check.expect_eq_const %left, dense<[-2, 0, 4, 0]> : tensor<4xi4>
  %zeros = stablehlo.count_leading_zeros %a : tensor<4xi4>
  check.expect_eq_const %zeros, dense<[1, 0, 0, 1]> : tensor<4xi4>
  %ones = stablehlo.popcnt %a : tensor<4xi4>
  check.expect_eq_const %ones, dense<[3, 1, 3, 2]> : tensor<4xi4>
  %less = stablehlo.compare LT, %a, %b : (tensor<4xi4>, tensor<4xi4>) -> tensor<4xi1>
  check.expect_eq_const %less, dense<[false, true, true, false]> : tensor<4xi1>
  %not = stablehlo.not %a : tensor<4xi4>
  check.expect_eq_const %not, dense<[-8, 7, 2, -6]> : tensor<4xi4>
  return
}

// -----

func.func @narrow_unsigned_integers() {
  %a = stablehlo.constant dense<[3, 2, 1, 0]> : tensor<4xui2>
  %b = stablehlo.constant dense<[1, 3, 2, 1]> : tensor<4xui2>
  %difference = stablehlo.subtract %a, %b : tensor<4xui2>
  check.expect_eq_const %difference, dense<[2, 3, 3, 3]> : tensor<4xui2>
  %arithmetic = stablehlo.shift_right_arithmetic %a, %b : tensor<4xui2>
  check.expect_eq_const %arithmetic, dense<[3, 3, 0, 0]> : tensor<4xui2>
  %not = stablehlo.not %a : tensor<4xui2>
  check.expect_eq_const %not, dense<[0, 1, 2, 3]> : tensor<4xui2>
  %zero = stablehlo.constant dense<0> : tensor<4xui2>
  %quotient = stablehlo.divide %a, %zero : tensor<4xui2>
  check.expect_eq_const %quotient, dense<3> : tensor<4xui2>
  return
}

// -----

func.func @narrow_conversions() {
  %x = stablehlo.constant dense<[100.0, -100.0, 2.75, 0x7FC00000]> : tensor<4xf32>
  %i = stablehlo.convert %x : (tensor<4xf32>) -> tensor<4xi4>
  check.expect_eq_const %i, dense<[7, -8, 2, 0]> : tensor<4xi4>
  %w = stablehlo.constant dense<[17, -9, 300]> : tensor<3xi32>
  %n = stablehlo.convert %w : (tensor<3xi32>) -> tensor<3xi4>
  check.expect_eq_const %n, dense<[1, 7, -4]> : tensor<3xi4>
  %f = stablehlo.convert %n : (tensor<3xi4>) -> tensor<3xf8E5M2>
  %g = stablehlo.convert %f : (tensor<3xf8E5M2>) -> tensor<3xf64>
  check.expect_eq_const %g, dense<[1.0, 7.0, -4.0]> : tensor<3xf64>
  return
}

// -----

func.func @narrow_floats() {
  %a = stablehlo.constant dense<[1.0, 448.0, 0.0625, -1.5]> : tensor<4xf8E4M3FN>
  %b = stablehlo.constant dense<[0.0625, 448.0, 0.5, 3.0]> : tensor<4xf8E4M3FN>
  %s = stablehlo.add %a, %b : tensor<4xf8E4M3FN>
  %w = stablehlo.convert %s : (tensor<4xf8E4M3FN>) -> tensor<4xf32>
  // 1.0625 lies between 1 and 1.125, 896 beyond all numbers.
  check.expect_eq_const %w, dense<[1.0, 0x7FC00000, 0.5625, 1.5]> : tensor<4xf32>
  %m = stablehlo.maximum %a, %b : tensor<4xf8E4M3FN>
  check.expect_eq_const %m, dense<[1.0, 448.0, 0.5, 3.0]> : tensor<4xf8E4M3FN>
  %r = "stablehlo.sort"(%b) ({
    ^bb0(%p: tensor<f8E4M3FN>, %q: tensor<f8E4M3FN>):
      %c = stablehlo.compare GT, %p, %q : (tensor<f8E4M3FN>, tensor<f8E4M3FN>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }) {dimension = 0 : i64} : (tensor<4xf8E4M3FN>) -> tensor<4xf8E4M3FN>
  check.expect_eq_const %r, dense<[448.0, 3.0, 0.5, 0.0625]> : tensor<4xf8E4M3FN>
  return
}
