// One rule of docs/numerics.md a function.

func.func @nan_in_maximum_and_minimum() {
  %ma = stablehlo.constant dense<[0x7FC00000, 1.0, 0x7FC00000]> : tensor<3xf32>
  %mb = stablehlo.constant dense<[1.0, 0x7FC00000, 0x7F800000]> : tensor<3xf32>
  %m = stablehlo.maximum %ma, %mb : tensor<3xf32>
  check.expect_eq_const %m, dense<[0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<3xf32>
  %mp = stablehlo.optimization_barrier %ma : tensor<3xf32>
  %mq = stablehlo.maximum %mp, %mb : tensor<3xf32>
  check.expect_eq_const %mq, dense<[0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<3xf32>
  %na = stablehlo.constant dense<[0x7FC0, 1.0]> : tensor<2xbf16>
  %nb = stablehlo.constant dense<[1.0, 0x7FC0]> : tensor<2xbf16>
  %n = stablehlo.minimum %na, %nb : tensor<2xbf16>
  check.expect_eq_const %n, dense<[0x7FC0, 0x7FC0]> : tensor<2xbf16>
  %np = stablehlo.optimization_barrier %na : tensor<2xbf16>
  %nq = stablehlo.minimum %np, %nb : tensor<2xbf16>
  check.expect_eq_const %nq, dense<[0x7FC0, 0x7FC0]> : tensor<2xbf16>
  %x = stablehlo.constant dense<[[1.0, 0x7FC00000, 2.0], [1.0, 3.0, 2.0]]> : tensor<2x3xf32>
  %z = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) applies stablehlo.maximum across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  check.expect_eq_const %r, dense<[0x7FC00000, 3.0]> : tensor<2xf32>
  return
}

// -----

// Negative zero is less than positive zero.
func.func @zeros_in_maximum_and_minimum() {
  %ma = stablehlo.constant dense<[0.0, -0.0, -0.0]> : tensor<3xf32>
  %mb = stablehlo.constant dense<[-0.0, 0.0, -0.0]> : tensor<3xf32>
  %m = stablehlo.maximum %ma, %mb : tensor<3xf32>
  %mi = stablehlo.bitcast_convert %m : (tensor<3xf32>) -> tensor<3xi32>
  check.expect_eq_const %mi, dense<[0, 0, -2147483648]> : tensor<3xi32>
  %na = stablehlo.constant dense<[0.0, -0.0, 0.0]> : tensor<3xf32>
  %nb = stablehlo.constant dense<[-0.0, 0.0, 0.0]> : tensor<3xf32>
  %n = stablehlo.minimum %na, %nb : tensor<3xf32>
  %ni = stablehlo.bitcast_convert %n : (tensor<3xf32>) -> tensor<3xi32>
  check.expect_eq_const %ni, dense<[-2147483648, -2147483648, 0]> : tensor<3xi32>
  return
}

// -----

// The maximum with the lower bound, then the minimum with the upper one: where they cross, the upper one.
func.func @nan_in_clamp() {
  %l = stablehlo.constant dense<[0.0, 0x7FC00000, 0.0, 2.0]> : tensor<4xf32>
  %x = stablehlo.constant dense<[0x7FC00000, 0.5, 0.5, 0.0]> : tensor<4xf32>
  %h = stablehlo.constant dense<[1.0, 1.0, 0x7FC00000, 1.0]> : tensor<4xf32>
  %r = stablehlo.clamp %l, %x, %h : tensor<4xf32>
  check.expect_eq_const %r, dense<[0x7FC00000, 0x7FC00000, 0x7FC00000, 1.0]> : tensor<4xf32>
  %y = stablehlo.optimization_barrier %x : tensor<4xf32>
  %s = stablehlo.clamp %l, %y, %h : tensor<4xf32>
  check.expect_eq_const %s, dense<[0x7FC00000, 0x7FC00000, 0x7FC00000, 1.0]> : tensor<4xf32>
  return
}

// -----

func.func @nan_in_comparisons() {
  %x = stablehlo.constant dense<[0x7FC00000, 1.0, -0.0]> : tensor<3xf32>
  %y = stablehlo.constant dense<[0x7FC00000, 0x7FC00000, 0.0]> : tensor<3xf32>
  %eq = stablehlo.compare EQ, %x, %y : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %eq, dense<[false, false, true]> : tensor<3xi1>
  %ne = stablehlo.compare NE, %x, %y : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %ne, dense<[true, true, false]> : tensor<3xi1>
  %ge = stablehlo.compare GE, %x, %y : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %ge, dense<[false, false, true]> : tensor<3xi1>
  %lt = stablehlo.compare LT, %x, %y, TOTALORDER : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %lt, dense<[false, true, true]> : tensor<3xi1>
  return
}

// -----

// In the total order, which JAX sorts by, a negative NaN comes first, -0 before 0, and NaN last.
func.func @nan_in_sort() {
  %x = stablehlo.constant dense<[2.0, 0x7FC00000, -0.0, 0.0, 0xFF800000, 0xFFC00000, -0.0, 1.0]> : tensor<8xf32>
  %i = stablehlo.iota dim = 0 : tensor<8xi32>
  %r:2 = "stablehlo.sort"(%x, %i) <{dimension = 0 : i64, is_stable = true}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>, %c: tensor<i32>, %d: tensor<i32>):
    %p = stablehlo.compare LT, %a, %b, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<8xf32>, tensor<8xi32>) -> (tensor<8xf32>, tensor<8xi32>)
  check.expect_eq_const %r#1, dense<[5, 4, 2, 6, 3, 7, 0, 1]> : tensor<8xi32>
  return
}

// -----

// Equal elements stay in their order, whether stability is asked for or not.
func.func @ties_in_sort() {
  %x = stablehlo.constant dense<[2, 1, 2, 1, 2, 1]> : tensor<6xi32>
  %i = stablehlo.iota dim = 0 : tensor<6xi32>
  %r:2 = "stablehlo.sort"(%x, %i) <{dimension = 0 : i64, is_stable = false}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>, %c: tensor<i32>, %d: tensor<i32>):
    %p = stablehlo.compare GT, %a, %b : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  }) : (tensor<6xi32>, tensor<6xi32>) -> (tensor<6xi32>, tensor<6xi32>)
  check.expect_eq_const %r#1, dense<[0, 2, 4, 1, 3, 5]> : tensor<6xi32>
  return
}

// -----

// NaN is more than infinity; of equal elements the one of the lower index comes first.
func.func @nan_and_ties_in_top_k() {
  %x = stablehlo.constant dense<[1.0, 3.0, 0x7FC00000, 3.0, 0x7F800000, 1.0]> : tensor<6xf32>
  %v, %i = chlo.top_k(%x, k = 5) : tensor<6xf32> -> (tensor<5xf32>, tensor<5xi32>)
  check.expect_eq_const %i, dense<[2, 4, 1, 3, 0]> : tensor<5xi32>
  return
}

// -----

// As JAX writes it: the region decides, and meets elements in the order of their indices.
func.func @nan_and_ties_in_argmax() {
  %x = stablehlo.constant dense<[[1.0, 3.0, 3.0, 2.0], [1.0, 0x7FC00000, 5.0, 0x7FC00000]]> : tensor<2x4xf32>
  %i = stablehlo.iota dim = 1 : tensor<2x4xi32>
  %z = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %o = stablehlo.constant dense<0> : tensor<i32>
  %r:2 = "stablehlo.reduce"(%x, %i, %z, %o) <{dimensions = array<i64: 1>}> ({
  ^bb0(%a: tensor<f32>, %ai: tensor<i32>, %b: tensor<f32>, %bi: tensor<i32>):
    %more = stablehlo.compare GT, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %nan = stablehlo.compare NE, %a, %a : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %first = stablehlo.or %more, %nan : tensor<i1>
    %same = stablehlo.compare EQ, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %lower = stablehlo.compare LT, %ai, %bi : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %tie = stablehlo.and %same, %lower : tensor<i1>
    %index = stablehlo.or %first, %tie : tensor<i1>
    %v = stablehlo.select %first, %a, %b : tensor<i1>, tensor<f32>
    %vi = stablehlo.select %index, %ai, %bi : tensor<i1>, tensor<i32>
    stablehlo.return %v, %vi : tensor<f32>, tensor<i32>
  }) : (tensor<2x4xf32>, tensor<2x4xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
  check.expect_eq_const %r#1, dense<[1, 1]> : tensor<2xi32>
  return
}

// -----

func.func @signed_zeros() {
  %aa = stablehlo.constant dense<[-0.0, -0.0, 1.0]> : tensor<3xf32>
  %ab = stablehlo.constant dense<[-0.0, 0.0, -1.0]> : tensor<3xf32>
  %a = stablehlo.add %aa, %ab : tensor<3xf32>
  %ai = stablehlo.bitcast_convert %a : (tensor<3xf32>) -> tensor<3xi32>
  check.expect_eq_const %ai, dense<[-2147483648, 0, 0]> : tensor<3xi32>
  %sa = stablehlo.constant dense<[-0.0, 0.0]> : tensor<2xf32>
  %sb = stablehlo.constant dense<[0.0, 0.0]> : tensor<2xf32>
  %s = stablehlo.subtract %sa, %sb : tensor<2xf32>
  %si = stablehlo.bitcast_convert %s : (tensor<2xf32>) -> tensor<2xi32>
  check.expect_eq_const %si, dense<[-2147483648, 0]> : tensor<2xi32>
  %pa = stablehlo.constant dense<[-0.0, -1.0]> : tensor<2xf16>
  %pb = stablehlo.constant dense<[1.0, 0.0]> : tensor<2xf16>
  %p = stablehlo.multiply %pa, %pb : tensor<2xf16>
  %pi = stablehlo.bitcast_convert %p : (tensor<2xf16>) -> tensor<2xi16>
  check.expect_eq_const %pi, dense<[-32768, -32768]> : tensor<2xi16>
  %x = stablehlo.constant dense<[-0.0, 0.0]> : tensor<2xf32>
  %g = stablehlo.sign %x : tensor<2xf32>
  %gi = stablehlo.bitcast_convert %g : (tensor<2xf32>) -> tensor<2xi32>
  check.expect_eq_const %gi, dense<[-2147483648, 0]> : tensor<2xi32>
  %r = stablehlo.sqrt %x : tensor<2xf32>
  %ri = stablehlo.bitcast_convert %r : (tensor<2xf32>) -> tensor<2xi32>
  check.expect_eq_const %ri, dense<[-2147483648, 0]> : tensor<2xi32>
  return
}

// -----

func.func @integers_wrap() {
  %aa = stablehlo.constant dense<[127, -128]> : tensor<2xi8>
  %ab = stablehlo.constant dense<[1, -1]> : tensor<2xi8>
  %a = stablehlo.add %aa, %ab : tensor<2xi8>
  check.expect_eq_const %a, dense<[-128, 127]> : tensor<2xi8>
  %ap = stablehlo.optimization_barrier %aa : tensor<2xi8>
  %aq = stablehlo.add %ap, %ab : tensor<2xi8>
  check.expect_eq_const %aq, dense<[-128, 127]> : tensor<2xi8>
  %ma = stablehlo.constant dense<[2147483647, 65536]> : tensor<2xi32>
  %mb = stablehlo.constant dense<[2, 65536]> : tensor<2xi32>
  %m = stablehlo.multiply %ma, %mb : tensor<2xi32>
  check.expect_eq_const %m, dense<[-2, 0]> : tensor<2xi32>
  %mp = stablehlo.optimization_barrier %ma : tensor<2xi32>
  %mq = stablehlo.multiply %mp, %mb : tensor<2xi32>
  check.expect_eq_const %mq, dense<[-2, 0]> : tensor<2xi32>
  %sa = stablehlo.constant dense<[0]> : tensor<1xui16>
  %sb = stablehlo.constant dense<[1]> : tensor<1xui16>
  %s = stablehlo.subtract %sa, %sb : tensor<1xui16>
  check.expect_eq_const %s, dense<[65535]> : tensor<1xui16>
  %sp = stablehlo.optimization_barrier %sa : tensor<1xui16>
  %sq = stablehlo.subtract %sp, %sb : tensor<1xui16>
  check.expect_eq_const %sq, dense<[65535]> : tensor<1xui16>
  %na = stablehlo.constant dense<[7, -8]> : tensor<2xi4>
  %nb = stablehlo.constant dense<[2, -1]> : tensor<2xi4>
  %n = stablehlo.multiply %na, %nb : tensor<2xi4>
  check.expect_eq_const %n, dense<[-2, -8]> : tensor<2xi4>
  %np = stablehlo.optimization_barrier %na : tensor<2xi4>
  %nq = stablehlo.multiply %np, %nb : tensor<2xi4>
  check.expect_eq_const %nq, dense<[-2, -8]> : tensor<2xi4>
  %x = stablehlo.constant dense<[-128, 5]> : tensor<2xi8>
  %g = stablehlo.negate %x : tensor<2xi8>
  check.expect_eq_const %g, dense<[-128, -5]> : tensor<2xi8>
  %b = stablehlo.abs %x : tensor<2xi8>
  check.expect_eq_const %b, dense<[-128, 5]> : tensor<2xi8>
  return
}

// -----

// All bits are set in a quotient by zero; a remainder by zero is the dividend.
func.func @integers_divided_by_zero() {
  %da = stablehlo.constant dense<[7, -7, 0, -2147483648]> : tensor<4xi32>
  %db = stablehlo.constant dense<[0, 0, 0, -1]> : tensor<4xi32>
  %d = stablehlo.divide %da, %db : tensor<4xi32>
  check.expect_eq_const %d, dense<[-1, -1, -1, -2147483648]> : tensor<4xi32>
  %dp = stablehlo.optimization_barrier %da : tensor<4xi32>
  %dq = stablehlo.divide %dp, %db : tensor<4xi32>
  check.expect_eq_const %dq, dense<[-1, -1, -1, -2147483648]> : tensor<4xi32>
  %ua = stablehlo.constant dense<[7, 0]> : tensor<2xui8>
  %ub = stablehlo.constant dense<[0, 0]> : tensor<2xui8>
  %u = stablehlo.divide %ua, %ub : tensor<2xui8>
  check.expect_eq_const %u, dense<[255, 255]> : tensor<2xui8>
  %up = stablehlo.optimization_barrier %ua : tensor<2xui8>
  %uq = stablehlo.divide %up, %ub : tensor<2xui8>
  check.expect_eq_const %uq, dense<[255, 255]> : tensor<2xui8>
  %ra = stablehlo.constant dense<[7, -7, -2147483648]> : tensor<3xi32>
  %rb = stablehlo.constant dense<[0, 0, -1]> : tensor<3xi32>
  %r = stablehlo.remainder %ra, %rb : tensor<3xi32>
  check.expect_eq_const %r, dense<[7, -7, 0]> : tensor<3xi32>
  %rp = stablehlo.optimization_barrier %ra : tensor<3xi32>
  %rq = stablehlo.remainder %rp, %rb : tensor<3xi32>
  check.expect_eq_const %rq, dense<[7, -7, 0]> : tensor<3xi32>
  %va = stablehlo.constant dense<[7]> : tensor<1xui16>
  %vb = stablehlo.constant dense<[0]> : tensor<1xui16>
  %v = stablehlo.remainder %va, %vb : tensor<1xui16>
  check.expect_eq_const %v, dense<[7]> : tensor<1xui16>
  %vp = stablehlo.optimization_barrier %va : tensor<1xui16>
  %vq = stablehlo.remainder %vp, %vb : tensor<1xui16>
  check.expect_eq_const %vq, dense<[7]> : tensor<1xui16>
  return
}

// -----

func.func @floats_divided_by_zero() {
  %da = stablehlo.constant dense<[1.0, -1.0, 0.0, 1.0]> : tensor<4xf32>
  %db = stablehlo.constant dense<[0.0, 0.0, 0.0, -0.0]> : tensor<4xf32>
  %d = stablehlo.divide %da, %db : tensor<4xf32>
  check.expect_eq_const %d, dense<[0x7F800000, 0xFF800000, 0x7FC00000, 0xFF800000]> : tensor<4xf32>
  %dp = stablehlo.optimization_barrier %da : tensor<4xf32>
  %dq = stablehlo.divide %dp, %db : tensor<4xf32>
  check.expect_eq_const %dq, dense<[0x7F800000, 0xFF800000, 0x7FC00000, 0xFF800000]> : tensor<4xf32>
  %ra = stablehlo.constant dense<[1.0, -5.5, 5.5]> : tensor<3xf32>
  %rb = stablehlo.constant dense<[0.0, 2.0, 0x7F800000]> : tensor<3xf32>
  %r = stablehlo.remainder %ra, %rb : tensor<3xf32>
  check.expect_eq_const %r, dense<[0x7FC00000, -1.5, 5.5]> : tensor<3xf32>
  %rp = stablehlo.optimization_barrier %ra : tensor<3xf32>
  %rq = stablehlo.remainder %rp, %rb : tensor<3xf32>
  check.expect_eq_const %rq, dense<[0x7FC00000, -1.5, 5.5]> : tensor<3xf32>
  return
}

// -----

func.func @shifts_beyond_the_width() {
  %la = stablehlo.constant dense<[1, 1, 1, -1]> : tensor<4xi32>
  %lb = stablehlo.constant dense<[31, 32, -1, 100]> : tensor<4xi32>
  %l = stablehlo.shift_left %la, %lb : tensor<4xi32>
  check.expect_eq_const %l, dense<[-2147483648, 0, 0, 0]> : tensor<4xi32>
  %lp = stablehlo.optimization_barrier %la : tensor<4xi32>
  %lq = stablehlo.shift_left %lp, %lb : tensor<4xi32>
  check.expect_eq_const %lq, dense<[-2147483648, 0, 0, 0]> : tensor<4xi32>
  %ra = stablehlo.constant dense<[-1, -1, -1]> : tensor<3xi32>
  %rb = stablehlo.constant dense<[31, 32, -1]> : tensor<3xi32>
  %r = stablehlo.shift_right_logical %ra, %rb : tensor<3xi32>
  check.expect_eq_const %r, dense<[1, 0, 0]> : tensor<3xi32>
  %rp = stablehlo.optimization_barrier %ra : tensor<3xi32>
  %rq = stablehlo.shift_right_logical %rp, %rb : tensor<3xi32>
  check.expect_eq_const %rq, dense<[1, 0, 0]> : tensor<3xi32>
  %aa = stablehlo.constant dense<[-8, -8, 8, -8]> : tensor<4xi32>
  %ab = stablehlo.constant dense<[1, 32, 40, -1]> : tensor<4xi32>
  %a = stablehlo.shift_right_arithmetic %aa, %ab : tensor<4xi32>
  check.expect_eq_const %a, dense<[-4, -1, 0, -1]> : tensor<4xi32>
  %ap = stablehlo.optimization_barrier %aa : tensor<4xi32>
  %aq = stablehlo.shift_right_arithmetic %ap, %ab : tensor<4xi32>
  check.expect_eq_const %aq, dense<[-4, -1, 0, -1]> : tensor<4xi32>
  %ba = stablehlo.constant dense<[1, 1]> : tensor<2xui8>
  %bb = stablehlo.constant dense<[7, 8]> : tensor<2xui8>
  %b = stablehlo.shift_left %ba, %bb : tensor<2xui8>
  check.expect_eq_const %b, dense<[128, 0]> : tensor<2xui8>
  %bp = stablehlo.optimization_barrier %ba : tensor<2xui8>
  %bq = stablehlo.shift_left %bp, %bb : tensor<2xui8>
  check.expect_eq_const %bq, dense<[128, 0]> : tensor<2xui8>
  return
}

// -----

func.func @powers_of_integers() {
  %pa = stablehlo.constant dense<[2, 2, -1, 1, 0, 3]> : tensor<6xi32>
  %pb = stablehlo.constant dense<[31, -1, -3, -5, 0, 0]> : tensor<6xi32>
  %p = stablehlo.power %pa, %pb : tensor<6xi32>
  check.expect_eq_const %p, dense<[-2147483648, 0, -1, 1, 1, 1]> : tensor<6xi32>
  %pp = stablehlo.optimization_barrier %pa : tensor<6xi32>
  %pq = stablehlo.power %pp, %pb : tensor<6xi32>
  check.expect_eq_const %pq, dense<[-2147483648, 0, -1, 1, 1, 1]> : tensor<6xi32>
  return
}

// -----

// One to any power, and anything to the power of zero: NaN too, quiet or not.
func.func @powers_that_are_one() {
  %f32a = stablehlo.constant dense<[1.0, 1.0, 1.0, 0x7FC00000, 0xFFB4575C, 0x7F800000]> : tensor<6xf32>
  %f32b = stablehlo.constant dense<[0x7FC00000, 0xFFB4575C, 0x7F800000, 0.0, -0.0, 0.0]> : tensor<6xf32>
  %f32c = stablehlo.power %f32a, %f32b : tensor<6xf32>
  check.expect_eq_const %f32c, dense<1.0> : tensor<6xf32>
  %f32d = stablehlo.optimization_barrier %f32a : tensor<6xf32>
  %f32e = stablehlo.power %f32d, %f32b : tensor<6xf32>
  check.expect_eq_const %f32e, dense<1.0> : tensor<6xf32>
  %f64a = stablehlo.constant dense<[1.0, 1.0, 1.0, 0x7FF8000000000000, 0x7FF4000000000001, 0xFFF0000000000000]> : tensor<6xf64>
  %f64b = stablehlo.constant dense<[0x7FF8000000000000, 0x7FF4000000000001, 0xFFF0000000000000, 0.0, -0.0, 0.0]> : tensor<6xf64>
  %f64c = stablehlo.power %f64a, %f64b : tensor<6xf64>
  check.expect_eq_const %f64c, dense<1.0> : tensor<6xf64>
  %f64d = stablehlo.optimization_barrier %f64a : tensor<6xf64>
  %f64e = stablehlo.power %f64d, %f64b : tensor<6xf64>
  check.expect_eq_const %f64e, dense<1.0> : tensor<6xf64>
  %bf16a = stablehlo.constant dense<[1.0, 1.0, 1.0, 0x7FC0, 0x7FA0, 0xFF80]> : tensor<6xbf16>
  %bf16b = stablehlo.constant dense<[0x7FC0, 0x7FA0, 0xFF80, 0.0, -0.0, 0.0]> : tensor<6xbf16>
  %bf16c = stablehlo.power %bf16a, %bf16b : tensor<6xbf16>
  check.expect_eq_const %bf16c, dense<1.0> : tensor<6xbf16>
  %bf16d = stablehlo.optimization_barrier %bf16a : tensor<6xbf16>
  %bf16e = stablehlo.power %bf16d, %bf16b : tensor<6xbf16>
  check.expect_eq_const %bf16e, dense<1.0> : tensor<6xbf16>
  %f16a = stablehlo.constant dense<[1.0, 1.0, 1.0, 0x7E00, 0x7D00, 0x7C00]> : tensor<6xf16>
  %f16b = stablehlo.constant dense<[0x7E00, 0x7D00, 0x7C00, 0.0, -0.0, 0.0]> : tensor<6xf16>
  %f16c = stablehlo.power %f16a, %f16b : tensor<6xf16>
  check.expect_eq_const %f16c, dense<1.0> : tensor<6xf16>
  %f16d = stablehlo.optimization_barrier %f16a : tensor<6xf16>
  %f16e = stablehlo.power %f16d, %f16b : tensor<6xf16>
  check.expect_eq_const %f16e, dense<1.0> : tensor<6xf16>
  return
}

// -----

// Truncated, held in the range; NaN becomes 0.
func.func @floats_to_integers() {
  %aa = stablehlo.constant dense<[1.9, -1.9, 3.0e9, -3.0e9, 0x7FC00000, 0x7F800000]> : tensor<6xf32>
  %ab = stablehlo.convert %aa : (tensor<6xf32>) -> tensor<6xi32>
  check.expect_eq_const %ab, dense<[1, -1, 2147483647, -2147483648, 0, 2147483647]> : tensor<6xi32>
  %ac = stablehlo.optimization_barrier %aa : tensor<6xf32>
  %ad = stablehlo.convert %ac : (tensor<6xf32>) -> tensor<6xi32>
  check.expect_eq_const %ad, dense<[1, -1, 2147483647, -2147483648, 0, 2147483647]> : tensor<6xi32>
  %ba = stablehlo.constant dense<[-1.0, 1.9e19, 0x7FF8000000000000]> : tensor<3xf64>
  %bb = stablehlo.convert %ba : (tensor<3xf64>) -> tensor<3xui64>
  check.expect_eq_const %bb, dense<[0, 18446744073709551615, 0]> : tensor<3xui64>
  %bc = stablehlo.optimization_barrier %ba : tensor<3xf64>
  %bd = stablehlo.convert %bc : (tensor<3xf64>) -> tensor<3xui64>
  check.expect_eq_const %bd, dense<[0, 18446744073709551615, 0]> : tensor<3xui64>
  %ca = stablehlo.constant dense<[300.0, -300.0, 0x7FC0]> : tensor<3xbf16>
  %cb = stablehlo.convert %ca : (tensor<3xbf16>) -> tensor<3xi8>
  check.expect_eq_const %cb, dense<[127, -128, 0]> : tensor<3xi8>
  %cc = stablehlo.optimization_barrier %ca : tensor<3xbf16>
  %cd = stablehlo.convert %cc : (tensor<3xbf16>) -> tensor<3xi8>
  check.expect_eq_const %cd, dense<[127, -128, 0]> : tensor<3xi8>
  %da = stablehlo.constant dense<[300.0, -1.5]> : tensor<2xf16>
  %db = stablehlo.convert %da : (tensor<2xf16>) -> tensor<2xui8>
  check.expect_eq_const %db, dense<[255, 0]> : tensor<2xui8>
  %dc = stablehlo.optimization_barrier %da : tensor<2xf16>
  %dd = stablehlo.convert %dc : (tensor<2xf16>) -> tensor<2xui8>
  check.expect_eq_const %dd, dense<[255, 0]> : tensor<2xui8>
  %ea = stablehlo.constant dense<[9.0, -9.0, 2.5]> : tensor<3xf32>
  %eb = stablehlo.convert %ea : (tensor<3xf32>) -> tensor<3xi4>
  check.expect_eq_const %eb, dense<[7, -8, 2]> : tensor<3xi4>
  %ec = stablehlo.optimization_barrier %ea : tensor<3xf32>
  %ed = stablehlo.convert %ec : (tensor<3xf32>) -> tensor<3xi4>
  check.expect_eq_const %ed, dense<[7, -8, 2]> : tensor<3xi4>
  %fa = stablehlo.constant dense<[9.3e18, -9.3e18]> : tensor<2xf64>
  %fb = stablehlo.convert %fa : (tensor<2xf64>) -> tensor<2xi64>
  check.expect_eq_const %fb, dense<[9223372036854775807, -9223372036854775808]> : tensor<2xi64>
  %fc = stablehlo.optimization_barrier %fa : tensor<2xf64>
  %fd = stablehlo.convert %fc : (tensor<2xf64>) -> tensor<2xi64>
  check.expect_eq_const %fd, dense<[9223372036854775807, -9223372036854775808]> : tensor<2xi64>
  return
}

// -----

func.func @integers_to_narrower_integers() {
  %aa = stablehlo.constant dense<[300, -129, 255]> : tensor<3xi32>
  %ab = stablehlo.convert %aa : (tensor<3xi32>) -> tensor<3xi8>
  check.expect_eq_const %ab, dense<[44, 127, -1]> : tensor<3xi8>
  %ac = stablehlo.optimization_barrier %aa : tensor<3xi32>
  %ad = stablehlo.convert %ac : (tensor<3xi32>) -> tensor<3xi8>
  check.expect_eq_const %ad, dense<[44, 127, -1]> : tensor<3xi8>
  %ba = stablehlo.constant dense<[17, -1]> : tensor<2xi64>
  %bb = stablehlo.convert %ba : (tensor<2xi64>) -> tensor<2xui4>
  check.expect_eq_const %bb, dense<[1, 15]> : tensor<2xui4>
  %bc = stablehlo.optimization_barrier %ba : tensor<2xi64>
  %bd = stablehlo.convert %bc : (tensor<2xi64>) -> tensor<2xui4>
  check.expect_eq_const %bd, dense<[1, 15]> : tensor<2xui4>
  %ca = stablehlo.constant dense<[256, 0]> : tensor<2xi32>
  %cb = stablehlo.convert %ca : (tensor<2xi32>) -> tensor<2xi1>
  check.expect_eq_const %cb, dense<[true, false]> : tensor<2xi1>
  %cc = stablehlo.optimization_barrier %ca : tensor<2xi32>
  %cd = stablehlo.convert %cc : (tensor<2xi32>) -> tensor<2xi1>
  check.expect_eq_const %cd, dense<[true, false]> : tensor<2xi1>
  return
}

// -----

func.func @numbers_to_booleans() {
  %aa = stablehlo.constant dense<[0.5, -0.0, 0x7FC00000]> : tensor<3xf32>
  %ab = stablehlo.convert %aa : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %ab, dense<[true, false, true]> : tensor<3xi1>
  %ac = stablehlo.optimization_barrier %aa : tensor<3xf32>
  %ad = stablehlo.convert %ac : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq_const %ad, dense<[true, false, true]> : tensor<3xi1>
  %ba = stablehlo.constant dense<[(0.0, 1.0), (1.0, 0.0)]> : tensor<2xcomplex<f32>>
  %bb = stablehlo.convert %ba : (tensor<2xcomplex<f32>>) -> tensor<2xi1>
  check.expect_eq_const %bb, dense<[false, true]> : tensor<2xi1>
  %bc = stablehlo.optimization_barrier %ba : tensor<2xcomplex<f32>>
  %bd = stablehlo.convert %bc : (tensor<2xcomplex<f32>>) -> tensor<2xi1>
  check.expect_eq_const %bd, dense<[false, true]> : tensor<2xi1>
  return
}

// -----

// Infinity where the type has one, else NaN where it has one, else the largest number.
func.func @floats_to_narrower_floats_out_of_range() {
  %aa = stablehlo.constant dense<[65519.0, 65520.0, -1.0e6, 2.0e-8, 3.0e-8]> : tensor<5xf32>
  %ab = stablehlo.convert %aa : (tensor<5xf32>) -> tensor<5xf16>
  check.expect_eq_const %ab, dense<[65504.0, 0x7C00, 0xFC00, 0.0, 0x0001]> : tensor<5xf16>
  %ac = stablehlo.optimization_barrier %aa : tensor<5xf32>
  %ad = stablehlo.convert %ac : (tensor<5xf32>) -> tensor<5xf16>
  check.expect_eq_const %ad, dense<[65504.0, 0x7C00, 0xFC00, 0.0, 0x0001]> : tensor<5xf16>
  %ba = stablehlo.constant dense<[448.0, 464.0, 465.0, 0x7FC00000]> : tensor<4xf32>
  %bb = stablehlo.convert %ba : (tensor<4xf32>) -> tensor<4xf8E4M3FN>
  check.expect_eq_const %bb, dense<[448.0, 448.0, 0x7F, 0x7F]> : tensor<4xf8E4M3FN>
  %bc = stablehlo.optimization_barrier %ba : tensor<4xf32>
  %bd = stablehlo.convert %bc : (tensor<4xf32>) -> tensor<4xf8E4M3FN>
  check.expect_eq_const %bd, dense<[448.0, 448.0, 0x7F, 0x7F]> : tensor<4xf8E4M3FN>
  %ca = stablehlo.constant dense<[57344.0, 61439.0, 61440.0]> : tensor<3xf32>
  %cb = stablehlo.convert %ca : (tensor<3xf32>) -> tensor<3xf8E5M2>
  check.expect_eq_const %cb, dense<[57344.0, 57344.0, 0x7C]> : tensor<3xf8E5M2>
  %cc = stablehlo.optimization_barrier %ca : tensor<3xf32>
  %cd = stablehlo.convert %cc : (tensor<3xf32>) -> tensor<3xf8E5M2>
  check.expect_eq_const %cd, dense<[57344.0, 57344.0, 0x7C]> : tensor<3xf8E5M2>
  %da = stablehlo.constant dense<[1.0e39, -1.0e39]> : tensor<2xf64>
  %db = stablehlo.convert %da : (tensor<2xf64>) -> tensor<2xf32>
  check.expect_eq_const %db, dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>
  %dc = stablehlo.optimization_barrier %da : tensor<2xf64>
  %dd = stablehlo.convert %dc : (tensor<2xf64>) -> tensor<2xf32>
  check.expect_eq_const %dd, dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>
  %ea = stablehlo.constant dense<[7.0, -100.0]> : tensor<2xf32>
  %eb = stablehlo.convert %ea : (tensor<2xf32>) -> tensor<2xf4E2M1FN>
  check.expect_eq_const %eb, dense<[6.0, -6.0]> : tensor<2xf4E2M1FN>
  %ec = stablehlo.optimization_barrier %ea : tensor<2xf32>
  %ed = stablehlo.convert %ec : (tensor<2xf32>) -> tensor<2xf4E2M1FN>
  check.expect_eq_const %ed, dense<[6.0, -6.0]> : tensor<2xf4E2M1FN>
  return
}

// -----

func.func @conversions_round_once() {
  %aa = stablehlo.constant dense<[1.0039062500000002, 1.00390625, 1.0117187499999998, 1.01171875]> : tensor<4xf64>
  %ab = stablehlo.convert %aa : (tensor<4xf64>) -> tensor<4xbf16>
  check.expect_eq_const %ab, dense<[1.0078125, 1.0, 1.0078125, 1.015625]> : tensor<4xbf16>
  %ac = stablehlo.optimization_barrier %aa : tensor<4xf64>
  %ad = stablehlo.convert %ac : (tensor<4xf64>) -> tensor<4xbf16>
  check.expect_eq_const %ad, dense<[1.0078125, 1.0, 1.0078125, 1.015625]> : tensor<4xbf16>
  %ba = stablehlo.constant dense<[1.0004882812500002, 1.00048828125, 1.0014648437499998]> : tensor<3xf64>
  %bb = stablehlo.convert %ba : (tensor<3xf64>) -> tensor<3xf16>
  check.expect_eq_const %bb, dense<[0x3C01, 1.0, 0x3C01]> : tensor<3xf16>
  %bc = stablehlo.optimization_barrier %ba : tensor<3xf64>
  %bd = stablehlo.convert %bc : (tensor<3xf64>) -> tensor<3xf16>
  check.expect_eq_const %bd, dense<[0x3C01, 1.0, 0x3C01]> : tensor<3xf16>
  %ca = stablehlo.constant dense<[1.0625000000000002, 1.0625]> : tensor<2xf64>
  %cb = stablehlo.convert %ca : (tensor<2xf64>) -> tensor<2xf8E4M3FN>
  check.expect_eq_const %cb, dense<[1.125, 1.0]> : tensor<2xf8E4M3FN>
  %cc = stablehlo.optimization_barrier %ca : tensor<2xf64>
  %cd = stablehlo.convert %cc : (tensor<2xf64>) -> tensor<2xf8E4M3FN>
  check.expect_eq_const %cd, dense<[1.125, 1.0]> : tensor<2xf8E4M3FN>
  %da = stablehlo.constant dense<[2049, 2051, 4097, 4099]> : tensor<4xi64>
  %db = stablehlo.convert %da : (tensor<4xi64>) -> tensor<4xf16>
  check.expect_eq_const %db, dense<[2048.0, 2052.0, 4096.0, 4.100000e+03]> : tensor<4xf16>
  %dc = stablehlo.optimization_barrier %da : tensor<4xi64>
  %dd = stablehlo.convert %dc : (tensor<4xi64>) -> tensor<4xf16>
  check.expect_eq_const %dd, dense<[2048.0, 2052.0, 4096.0, 4.100000e+03]> : tensor<4xf16>
  %ea = stablehlo.constant dense<[16842753, 16842752, 36169534507319297, 36169534507319296, -36169534507319297]> : tensor<5xi64>
  %eb = stablehlo.convert %ea : (tensor<5xi64>) -> tensor<5xbf16>
  check.expect_eq_const %eb, dense<[0x4B81, 0x4B80, 0x5B01, 0x5B00, 0xDB01]> : tensor<5xbf16>
  %ec = stablehlo.optimization_barrier %ea : tensor<5xi64>
  %ed = stablehlo.convert %ec : (tensor<5xi64>) -> tensor<5xbf16>
  check.expect_eq_const %ed, dense<[0x4B81, 0x4B80, 0x5B01, 0x5B00, 0xDB01]> : tensor<5xbf16>
  %fa = stablehlo.constant dense<[9259400833873739777, 9259400833873739776, 18446744073709551615]> : tensor<3xui64>
  %fb = stablehlo.convert %fa : (tensor<3xui64>) -> tensor<3xbf16>
  check.expect_eq_const %fb, dense<[0x5F01, 0x5F00, 0x5F80]> : tensor<3xbf16>
  %fc = stablehlo.optimization_barrier %fa : tensor<3xui64>
  %fd = stablehlo.convert %fc : (tensor<3xui64>) -> tensor<3xbf16>
  check.expect_eq_const %fd, dense<[0x5F01, 0x5F00, 0x5F80]> : tensor<3xbf16>
  %ga = stablehlo.constant dense<[16777217, 9007199791611905, -9007199791611905]> : tensor<3xi64>
  %gb = stablehlo.convert %ga : (tensor<3xi64>) -> tensor<3xf32>
  check.expect_eq_const %gb, dense<[0x4B800000, 0x5A000001, 0xDA000001]> : tensor<3xf32>
  %gc = stablehlo.optimization_barrier %ga : tensor<3xi64>
  %gd = stablehlo.convert %gc : (tensor<3xi64>) -> tensor<3xf32>
  check.expect_eq_const %gd, dense<[0x4B800000, 0x5A000001, 0xDA000001]> : tensor<3xf32>
  %ha = stablehlo.constant dense<[9, 11, 13]> : tensor<3xi64>
  %hb = stablehlo.convert %ha : (tensor<3xi64>) -> tensor<3xf8E5M2>
  check.expect_eq_const %hb, dense<[8.0, 12.0, 12.0]> : tensor<3xf8E5M2>
  %hc = stablehlo.optimization_barrier %ha : tensor<3xi64>
  %hd = stablehlo.convert %hc : (tensor<3xi64>) -> tensor<3xf8E5M2>
  check.expect_eq_const %hd, dense<[8.0, 12.0, 12.0]> : tensor<3xf8E5M2>
  return
}

// -----

// Each operation is computed in f32 and rounded.
func.func @arithmetic_of_halves_rounds_once() {
  %aa = stablehlo.constant dense<[256.0, 1.0]> : tensor<2xbf16>
  %ab = stablehlo.constant dense<[1.0, 0.00390625]> : tensor<2xbf16>
  %a = stablehlo.add %aa, %ab : tensor<2xbf16>
  check.expect_eq_const %a, dense<[256.0, 1.0]> : tensor<2xbf16>
  %ap = stablehlo.optimization_barrier %aa : tensor<2xbf16>
  %aq = stablehlo.add %ap, %ab : tensor<2xbf16>
  check.expect_eq_const %aq, dense<[256.0, 1.0]> : tensor<2xbf16>
  %ma = stablehlo.constant dense<[0x3C01, 300.0]> : tensor<2xf16>
  %mb = stablehlo.constant dense<[0x3C01, 300.0]> : tensor<2xf16>
  %m = stablehlo.multiply %ma, %mb : tensor<2xf16>
  check.expect_eq_const %m, dense<[0x3C02, 0x7C00]> : tensor<2xf16>
  %mp = stablehlo.optimization_barrier %ma : tensor<2xf16>
  %mq = stablehlo.multiply %mp, %mb : tensor<2xf16>
  check.expect_eq_const %mq, dense<[0x3C02, 0x7C00]> : tensor<2xf16>
  return
}

// -----

// Nothing is flushed to zero.
func.func @subnormals_are_numbers() {
  %aa = stablehlo.constant dense<[0x00000001, 0x00000003]> : tensor<2xf32>
  %ab = stablehlo.constant dense<[0x00000001, 0x80000001]> : tensor<2xf32>
  %a = stablehlo.add %aa, %ab : tensor<2xf32>
  check.expect_eq_const %a, dense<[0x00000002, 0x00000002]> : tensor<2xf32>
  %ap = stablehlo.optimization_barrier %aa : tensor<2xf32>
  %aq = stablehlo.add %ap, %ab : tensor<2xf32>
  check.expect_eq_const %aq, dense<[0x00000002, 0x00000002]> : tensor<2xf32>
  %ma = stablehlo.constant dense<[0x00800000, 0x00000002]> : tensor<2xf32>
  %mb = stablehlo.constant dense<[0.5, 0.5]> : tensor<2xf32>
  %m = stablehlo.multiply %ma, %mb : tensor<2xf32>
  check.expect_eq_const %m, dense<[0x00400000, 0x00000001]> : tensor<2xf32>
  %mp = stablehlo.optimization_barrier %ma : tensor<2xf32>
  %mq = stablehlo.multiply %mp, %mb : tensor<2xf32>
  check.expect_eq_const %mq, dense<[0x00400000, 0x00000001]> : tensor<2xf32>
  %ba = stablehlo.constant dense<[0x0001]> : tensor<1xbf16>
  %bb = stablehlo.constant dense<[0x0001]> : tensor<1xbf16>
  %b = stablehlo.add %ba, %bb : tensor<1xbf16>
  check.expect_eq_const %b, dense<[0x0002]> : tensor<1xbf16>
  %bp = stablehlo.optimization_barrier %ba : tensor<1xbf16>
  %bq = stablehlo.add %bp, %bb : tensor<1xbf16>
  check.expect_eq_const %bq, dense<[0x0002]> : tensor<1xbf16>
  %ha = stablehlo.constant dense<[0x0400]> : tensor<1xf16>
  %hb = stablehlo.constant dense<[0.5]> : tensor<1xf16>
  %h = stablehlo.multiply %ha, %hb : tensor<1xf16>
  check.expect_eq_const %h, dense<[0x0200]> : tensor<1xf16>
  %hp = stablehlo.optimization_barrier %ha : tensor<1xf16>
  %hq = stablehlo.multiply %hp, %hb : tensor<1xf16>
  check.expect_eq_const %hq, dense<[0x0200]> : tensor<1xf16>
  %da = stablehlo.constant dense<[0x0000000000000001]> : tensor<1xf64>
  %db = stablehlo.constant dense<[0x0000000000000001]> : tensor<1xf64>
  %d = stablehlo.add %da, %db : tensor<1xf64>
  check.expect_eq_const %d, dense<[0x0000000000000002]> : tensor<1xf64>
  %dp = stablehlo.optimization_barrier %da : tensor<1xf64>
  %dq = stablehlo.add %dp, %db : tensor<1xf64>
  check.expect_eq_const %dq, dense<[0x0000000000000002]> : tensor<1xf64>
  %x = stablehlo.constant dense<0x00000001> : tensor<70x3xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [0] : (tensor<70x3xf32>, tensor<f32>) -> tensor<3xf32>
  check.expect_eq_const %r, dense<0x00000046> : tensor<3xf32>
  %two = stablehlo.constant dense<2.0> : tensor<3x1xf32>
  %p = stablehlo.dot_general %x, %two, contracting_dims = [1] x [0] : (tensor<70x3xf32>, tensor<3x1xf32>) -> tensor<70x1xf32>
  check.expect_eq_const %p, dense<0x00000006> : tensor<70x1xf32>
  return
}

// -----

// And away from zero where a program asks for that.
func.func @halves_to_the_even() {
  %x = stablehlo.constant dense<[0.5, 1.5, 2.5, -0.5, -2.5, 0.49999997]> : tensor<6xf32>
  %e = stablehlo.round_nearest_even %x : tensor<6xf32>
  check.expect_eq_const %e, dense<[0.0, 2.0, 2.0, -0.0, -2.0, 0.0]> : tensor<6xf32>
  %a = stablehlo.round_nearest_afz %x : tensor<6xf32>
  check.expect_eq_const %a, dense<[1.0, 2.0, 3.0, -1.0, -3.0, 0.0]> : tensor<6xf32>
  return
}

// -----

func.func @slices_are_moved_inside() {
  %x = stablehlo.constant dense<[0, 1, 2, 3]> : tensor<4xi32>
  %high = stablehlo.constant dense<3> : tensor<i32>
  %low = stablehlo.constant dense<-5> : tensor<i32>
  %s = stablehlo.dynamic_slice %x, %high, sizes = [2] : (tensor<4xi32>, tensor<i32>) -> tensor<2xi32>
  check.expect_eq_const %s, dense<[2, 3]> : tensor<2xi32>
  %t = stablehlo.dynamic_slice %x, %low, sizes = [2] : (tensor<4xi32>, tensor<i32>) -> tensor<2xi32>
  check.expect_eq_const %t, dense<[0, 1]> : tensor<2xi32>
  %u = stablehlo.constant dense<[8, 9]> : tensor<2xi32>
  %v = stablehlo.dynamic_update_slice %x, %u, %high : (tensor<4xi32>, tensor<2xi32>, tensor<i32>) -> tensor<4xi32>
  check.expect_eq_const %v, dense<[0, 1, 8, 9]> : tensor<4xi32>
  %at = stablehlo.constant dense<[[3], [-5], [1]]> : tensor<3x1xi32>
  %g = "stablehlo.gather"(%x, %at) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 2>}> : (tensor<4xi32>, tensor<3x1xi32>) -> tensor<3x2xi32>
  check.expect_eq_const %g, dense<[[2, 3], [0, 1], [1, 2]]> : tensor<3x2xi32>
  return
}

// -----

func.func @updates_of_one_element_come_in_order() {
  %x = stablehlo.constant dense<0.0> : tensor<3xf32>
  %at = stablehlo.constant dense<[[1], [1], [1]]> : tensor<3x1xi32>
  %u = stablehlo.constant dense<[1.0, 2.0, 4.0]> : tensor<3xf32>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.subtract %b, %a : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) : (tensor<3xf32>, tensor<3x1xi32>, tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq_const %r, dense<[0.0, 3.0, 0.0]> : tensor<3xf32>
  %l = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    stablehlo.return %b : tensor<f32>
  }) : (tensor<3xf32>, tensor<3x1xi32>, tensor<3xf32>) -> tensor<3xf32>
  check.expect_eq_const %l, dense<[0.0, 4.0, 0.0]> : tensor<3xf32>
  return
}

// -----

func.func @products_of_integers_wrap() {
  %x = stablehlo.constant dense<100> : tensor<1x3xi8>
  %y = stablehlo.constant dense<100> : tensor<3x1xi8>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x3xi8>, tensor<3x1xi8>) -> tensor<1x1xi8>
  check.expect_eq_const %r, dense<48> : tensor<1x1xi8>
  %s = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x3xi8>, tensor<3x1xi8>) -> tensor<1x1xi32>
  check.expect_eq_const %s, dense<30000> : tensor<1x1xi32>
  return
}

// -----

// What is below the normal numbers of the format becomes zero, as in XLA.
func.func @precision_is_reduced_with_zeros_below() {
  %x = stablehlo.constant dense<[1.00048828125, 65520.0, 1.0e-7, 0x7FC00000, -1.0e-7]> : tensor<5xf32>
  %r = stablehlo.reduce_precision %x, format = e5m10 : tensor<5xf32>
  check.expect_eq_const %r, dense<[1.0, 0x7F800000, 0.0, 0x7FC00000, -0.0]> : tensor<5xf32>
  return
}
