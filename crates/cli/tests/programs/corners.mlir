// Corners of the specification: signed zeros, nothing to combine, groups of processes, messages.

func.func @complex_to_boolean() {
  %x = stablehlo.constant dense<[(0.0, 1.0), (-0.0, 2.0), (1.0, 0.0), (0x7FC00000, 0.0)]> : tensor<4xcomplex<f32>>
  %b = stablehlo.convert %x : (tensor<4xcomplex<f32>>) -> tensor<4xi1>
  check.expect_eq_const %b, dense<[false, false, true, true]> : tensor<4xi1>
  %y = stablehlo.optimization_barrier %x : tensor<4xcomplex<f32>>
  %c = stablehlo.convert %y : (tensor<4xcomplex<f32>>) -> tensor<4xi1>
  check.expect_eq_const %c, dense<[false, false, true, true]> : tensor<4xi1>
  %z = stablehlo.constant dense<[(0.0, 1.0), (2.0, -0.0)]> : tensor<2xcomplex<f64>>
  %d = stablehlo.convert %z : (tensor<2xcomplex<f64>>) -> tensor<2xi1>
  check.expect_eq_const %d, dense<[false, true]> : tensor<2xi1>
  return
}

// -----

func.func @zeros_f32_1_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf32>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf32>
  %i = stablehlo.divide %one, %r : tensor<1x1xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<1x1xf32>
  return
}

// -----

func.func @zeros_f32_1_1_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf32>
  %y = stablehlo.constant dense<2.0> : tensor<1x7xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf32>, tensor<1x7xf32>) -> tensor<1x7xf32>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf32>
  %i = stablehlo.divide %one, %r : tensor<1x7xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<1x7xf32>
  return
}

// -----

func.func @zeros_f32_7_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x1xf32>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x1xf32>, tensor<1x1xf32>) -> tensor<7x1xf32>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf32>
  %i = stablehlo.divide %one, %r : tensor<7x1xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<7x1xf32>
  return
}

// -----

func.func @zeros_f32_5_1_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x1xf32>
  %y = stablehlo.constant dense<2.0> : tensor<1x6xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x1xf32>, tensor<1x6xf32>) -> tensor<5x6xf32>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf32>
  %i = stablehlo.divide %one, %r : tensor<5x6xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<5x6xf32>
  return
}

// -----

func.func @zeros_f32_5_2_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x2xf32>
  %y = stablehlo.constant dense<2.0> : tensor<2x6xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x2xf32>, tensor<2x6xf32>) -> tensor<5x6xf32>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf32>
  %i = stablehlo.divide %one, %r : tensor<5x6xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<5x6xf32>
  return
}

// -----

func.func @zeros_f32_1_9_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x9xf32>
  %y = stablehlo.constant dense<2.0> : tensor<9x7xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x9xf32>, tensor<9x7xf32>) -> tensor<1x7xf32>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf32>
  %i = stablehlo.divide %one, %r : tensor<1x7xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<1x7xf32>
  return
}

// -----

func.func @zeros_f32_7_9_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x9xf32>
  %y = stablehlo.constant dense<2.0> : tensor<9x1xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x9xf32>, tensor<9x1xf32>) -> tensor<7x1xf32>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf32>
  %i = stablehlo.divide %one, %r : tensor<7x1xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<7x1xf32>
  return
}

// -----

func.func @zeros_f32_1_40_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x40xf32>
  %y = stablehlo.constant dense<2.0> : tensor<40x1xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x40xf32>, tensor<40x1xf32>) -> tensor<1x1xf32>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf32>
  %i = stablehlo.divide %one, %r : tensor<1x1xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<1x1xf32>
  return
}

// -----

func.func @zeros_f32_33_17_65() {
  %x = stablehlo.constant dense<-0.0> : tensor<33x17xf32>
  %y = stablehlo.constant dense<2.0> : tensor<17x65xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<33x17xf32>, tensor<17x65xf32>) -> tensor<33x65xf32>
  %one = stablehlo.constant dense<1.0> : tensor<33x65xf32>
  %i = stablehlo.divide %one, %r : tensor<33x65xf32>
  check.expect_eq_const %i, dense<0x7F800000> : tensor<33x65xf32>
  return
}

// -----

func.func @zeros_f64_1_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf64>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf64>, tensor<1x1xf64>) -> tensor<1x1xf64>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf64>
  %i = stablehlo.divide %one, %r : tensor<1x1xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<1x1xf64>
  return
}

// -----

func.func @zeros_f64_1_1_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf64>
  %y = stablehlo.constant dense<2.0> : tensor<1x7xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf64>, tensor<1x7xf64>) -> tensor<1x7xf64>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf64>
  %i = stablehlo.divide %one, %r : tensor<1x7xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<1x7xf64>
  return
}

// -----

func.func @zeros_f64_7_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x1xf64>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x1xf64>, tensor<1x1xf64>) -> tensor<7x1xf64>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf64>
  %i = stablehlo.divide %one, %r : tensor<7x1xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<7x1xf64>
  return
}

// -----

func.func @zeros_f64_5_1_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x1xf64>
  %y = stablehlo.constant dense<2.0> : tensor<1x6xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x1xf64>, tensor<1x6xf64>) -> tensor<5x6xf64>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf64>
  %i = stablehlo.divide %one, %r : tensor<5x6xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<5x6xf64>
  return
}

// -----

func.func @zeros_f64_5_2_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x2xf64>
  %y = stablehlo.constant dense<2.0> : tensor<2x6xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x2xf64>, tensor<2x6xf64>) -> tensor<5x6xf64>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf64>
  %i = stablehlo.divide %one, %r : tensor<5x6xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<5x6xf64>
  return
}

// -----

func.func @zeros_f64_1_9_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x9xf64>
  %y = stablehlo.constant dense<2.0> : tensor<9x7xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x9xf64>, tensor<9x7xf64>) -> tensor<1x7xf64>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf64>
  %i = stablehlo.divide %one, %r : tensor<1x7xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<1x7xf64>
  return
}

// -----

func.func @zeros_f64_7_9_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x9xf64>
  %y = stablehlo.constant dense<2.0> : tensor<9x1xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x9xf64>, tensor<9x1xf64>) -> tensor<7x1xf64>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf64>
  %i = stablehlo.divide %one, %r : tensor<7x1xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<7x1xf64>
  return
}

// -----

func.func @zeros_f64_1_40_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x40xf64>
  %y = stablehlo.constant dense<2.0> : tensor<40x1xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x40xf64>, tensor<40x1xf64>) -> tensor<1x1xf64>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf64>
  %i = stablehlo.divide %one, %r : tensor<1x1xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<1x1xf64>
  return
}

// -----

func.func @zeros_f64_33_17_65() {
  %x = stablehlo.constant dense<-0.0> : tensor<33x17xf64>
  %y = stablehlo.constant dense<2.0> : tensor<17x65xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<33x17xf64>, tensor<17x65xf64>) -> tensor<33x65xf64>
  %one = stablehlo.constant dense<1.0> : tensor<33x65xf64>
  %i = stablehlo.divide %one, %r : tensor<33x65xf64>
  check.expect_eq_const %i, dense<0x7FF0000000000000> : tensor<33x65xf64>
  return
}

// -----

func.func @zeros_f16_1_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf16>, tensor<1x1xf16>) -> tensor<1x1xf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf16>
  %i = stablehlo.divide %one, %r : tensor<1x1xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<1x1xf16>
  return
}

// -----

func.func @zeros_f16_1_1_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x7xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xf16>, tensor<1x7xf16>) -> tensor<1x7xf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf16>
  %i = stablehlo.divide %one, %r : tensor<1x7xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<1x7xf16>
  return
}

// -----

func.func @zeros_f16_7_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x1xf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x1xf16>, tensor<1x1xf16>) -> tensor<7x1xf16>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf16>
  %i = stablehlo.divide %one, %r : tensor<7x1xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<7x1xf16>
  return
}

// -----

func.func @zeros_f16_5_1_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x1xf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x6xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x1xf16>, tensor<1x6xf16>) -> tensor<5x6xf16>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf16>
  %i = stablehlo.divide %one, %r : tensor<5x6xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<5x6xf16>
  return
}

// -----

func.func @zeros_f16_5_2_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x2xf16>
  %y = stablehlo.constant dense<2.0> : tensor<2x6xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x2xf16>, tensor<2x6xf16>) -> tensor<5x6xf16>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xf16>
  %i = stablehlo.divide %one, %r : tensor<5x6xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<5x6xf16>
  return
}

// -----

func.func @zeros_f16_1_9_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x9xf16>
  %y = stablehlo.constant dense<2.0> : tensor<9x7xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x9xf16>, tensor<9x7xf16>) -> tensor<1x7xf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xf16>
  %i = stablehlo.divide %one, %r : tensor<1x7xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<1x7xf16>
  return
}

// -----

func.func @zeros_f16_7_9_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x9xf16>
  %y = stablehlo.constant dense<2.0> : tensor<9x1xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x9xf16>, tensor<9x1xf16>) -> tensor<7x1xf16>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xf16>
  %i = stablehlo.divide %one, %r : tensor<7x1xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<7x1xf16>
  return
}

// -----

func.func @zeros_f16_1_40_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x40xf16>
  %y = stablehlo.constant dense<2.0> : tensor<40x1xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x40xf16>, tensor<40x1xf16>) -> tensor<1x1xf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xf16>
  %i = stablehlo.divide %one, %r : tensor<1x1xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<1x1xf16>
  return
}

// -----

func.func @zeros_f16_33_17_65() {
  %x = stablehlo.constant dense<-0.0> : tensor<33x17xf16>
  %y = stablehlo.constant dense<2.0> : tensor<17x65xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<33x17xf16>, tensor<17x65xf16>) -> tensor<33x65xf16>
  %one = stablehlo.constant dense<1.0> : tensor<33x65xf16>
  %i = stablehlo.divide %one, %r : tensor<33x65xf16>
  check.expect_eq_const %i, dense<0x7C00> : tensor<33x65xf16>
  return
}

// -----

func.func @zeros_bf16_1_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xbf16>, tensor<1x1xbf16>) -> tensor<1x1xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xbf16>
  %i = stablehlo.divide %one, %r : tensor<1x1xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<1x1xbf16>
  return
}

// -----

func.func @zeros_bf16_1_1_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x1xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x7xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x1xbf16>, tensor<1x7xbf16>) -> tensor<1x7xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xbf16>
  %i = stablehlo.divide %one, %r : tensor<1x7xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<1x7xbf16>
  return
}

// -----

func.func @zeros_bf16_7_1_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x1xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x1xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x1xbf16>, tensor<1x1xbf16>) -> tensor<7x1xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xbf16>
  %i = stablehlo.divide %one, %r : tensor<7x1xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<7x1xbf16>
  return
}

// -----

func.func @zeros_bf16_5_1_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x1xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<1x6xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x1xbf16>, tensor<1x6xbf16>) -> tensor<5x6xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xbf16>
  %i = stablehlo.divide %one, %r : tensor<5x6xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<5x6xbf16>
  return
}

// -----

func.func @zeros_bf16_5_2_6() {
  %x = stablehlo.constant dense<-0.0> : tensor<5x2xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<2x6xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<5x2xbf16>, tensor<2x6xbf16>) -> tensor<5x6xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<5x6xbf16>
  %i = stablehlo.divide %one, %r : tensor<5x6xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<5x6xbf16>
  return
}

// -----

func.func @zeros_bf16_1_9_7() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x9xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<9x7xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x9xbf16>, tensor<9x7xbf16>) -> tensor<1x7xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x7xbf16>
  %i = stablehlo.divide %one, %r : tensor<1x7xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<1x7xbf16>
  return
}

// -----

func.func @zeros_bf16_7_9_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<7x9xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<9x1xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<7x9xbf16>, tensor<9x1xbf16>) -> tensor<7x1xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<7x1xbf16>
  %i = stablehlo.divide %one, %r : tensor<7x1xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<7x1xbf16>
  return
}

// -----

func.func @zeros_bf16_1_40_1() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x40xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<40x1xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<1x40xbf16>, tensor<40x1xbf16>) -> tensor<1x1xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1x1xbf16>
  %i = stablehlo.divide %one, %r : tensor<1x1xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<1x1xbf16>
  return
}

// -----

func.func @zeros_bf16_33_17_65() {
  %x = stablehlo.constant dense<-0.0> : tensor<33x17xbf16>
  %y = stablehlo.constant dense<2.0> : tensor<17x65xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<33x17xbf16>, tensor<17x65xbf16>) -> tensor<33x65xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<33x65xbf16>
  %i = stablehlo.divide %one, %r : tensor<33x65xbf16>
  check.expect_eq_const %i, dense<0x7F80> : tensor<33x65xbf16>
  return
}

// -----

func.func @zeros_of_a_batch() {
  %x = stablehlo.constant dense<-0.0> : tensor<3x2x1xf32>
  %y = stablehlo.constant dense<2.0> : tensor<3x1x2xf32>
  %r = stablehlo.dot_general %x, %y, batching_dims = [0] x [0], contracting_dims = [2] x [1] : (tensor<3x2x1xf32>, tensor<3x1x2xf32>) -> tensor<3x2x2xf32>
  check.expect_eq_const %r, dense<0.0> : tensor<3x2x2xf32>
  return
}

// -----

func.func @zeros_without_contraction() {
  %x = stablehlo.constant dense<-0.0> : tensor<4xf32>
  %y = stablehlo.constant dense<2.0> : tensor<3xf32>
  %r = "stablehlo.dot_general"(%x, %y) <{dot_dimension_numbers = #stablehlo.dot<>}> : (tensor<4xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  check.expect_eq_const %r, dense<0.0> : tensor<4x3xf32>
  return
}

// -----

func.func @zeros_depthwise() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x5x4xf32>
  %k = stablehlo.constant dense<2.0> : tensor<2x1x4xf32>
  %r = "stablehlo.convolution"(%x, %k) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, feature_group_count = 4 : i64}> : (tensor<1x5x4xf32>, tensor<2x1x4xf32>) -> tensor<1x4x4xf32>
  check.expect_eq_const %r, dense<0.0> : tensor<1x4x4xf32>
  return
}

// -----

func.func @zeros_pointwise() {
  %x = stablehlo.constant dense<-0.0> : tensor<1x5x1xf32>
  %k = stablehlo.constant dense<2.0> : tensor<1x1x3xf32>
  %r = "stablehlo.convolution"(%x, %k) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, feature_group_count = 1 : i64}> : (tensor<1x5x1xf32>, tensor<1x1x3xf32>) -> tensor<1x5x3xf32>
  check.expect_eq_const %r, dense<0.0> : tensor<1x5x3xf32>
  return
}

// -----

func.func @zeros_summed() {
  %x = stablehlo.constant dense<-0.0> : tensor<3x5xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %n = stablehlo.constant dense<-0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3xf32>
  check.expect_eq_const %r, dense<0.0> : tensor<3xf32>
  %s = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [0] : (tensor<3x5xf32>, tensor<f32>) -> tensor<5xf32>
  check.expect_eq_const %s, dense<0.0> : tensor<5xf32>
  return
}

// -----

// Over no axes there is nothing to combine: each element is its own result, whatever the initial value.
func.func @no_axes() {
  %s = stablehlo.constant dense<-5> : tensor<i16>
  %z = stablehlo.constant dense<0> : tensor<i16>
  %r = stablehlo.reduce(%s init: %z) applies stablehlo.maximum across dimensions = [] : (tensor<i16>, tensor<i16>) -> tensor<i16>
  check.expect_eq_const %r, dense<-5> : tensor<i16>
  %x = stablehlo.constant dense<[-1.5, 2.0]> : tensor<2xf32>
  %seven = stablehlo.constant dense<7.0> : tensor<f32>
  %t = stablehlo.reduce(%x init: %seven) applies stablehlo.add across dimensions = [] : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  check.expect_eq_const %t, dense<[-1.5, 2.0]> : tensor<2xf32>
  %i = stablehlo.constant dense<3> : tensor<i32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %y = stablehlo.constant dense<-8.0> : tensor<f32>
  %am:2 = "stablehlo.reduce"(%y, %i, %low, %zero) <{dimensions = array<i64>}> ({
    ^bb0(%a: tensor<f32>, %ai: tensor<i32>, %b: tensor<f32>, %bi: tensor<i32>):
      %more = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %v = stablehlo.select %more, %a, %b : tensor<i1>, tensor<f32>
      %vi = stablehlo.select %more, %ai, %bi : tensor<i1>, tensor<i32>
      stablehlo.return %v, %vi : tensor<f32>, tensor<i32>
  }) : (tensor<f32>, tensor<i32>, tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
  check.expect_eq_const %am#0, dense<-8.0> : tensor<f32>
  check.expect_eq_const %am#1, dense<3> : tensor<i32>
  return
}

// -----

// Arrays without elements.
func.func @empty() {
  %x = stablehlo.constant dense<> : tensor<0x3xf32>
  %y = stablehlo.constant dense<> : tensor<3x0xbf16>
  %z = stablehlo.constant dense<2.0> : tensor<f32>
  %zb = stablehlo.constant dense<2.0> : tensor<bf16>
  %columns = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [0] : (tensor<0x3xf32>, tensor<f32>) -> tensor<3xf32>
  check.expect_eq_const %columns, dense<2.0> : tensor<3xf32>
  %rows = stablehlo.reduce(%x init: %z) applies stablehlo.add across dimensions = [1] : (tensor<0x3xf32>, tensor<f32>) -> tensor<0xf32>
  check.expect_eq_const %rows, dense<> : tensor<0xf32>
  %all = stablehlo.reduce(%x init: %z) applies stablehlo.multiply across dimensions = [0, 1] : (tensor<0x3xf32>, tensor<f32>) -> tensor<f32>
  check.expect_eq_const %all, dense<2.0> : tensor<f32>
  %narrow = stablehlo.reduce(%y init: %zb) applies stablehlo.add across dimensions = [1] : (tensor<3x0xbf16>, tensor<bf16>) -> tensor<3xbf16>
  check.expect_eq_const %narrow, dense<2.0> : tensor<3xbf16>
  %yt = stablehlo.transpose %y, dims = [1, 0] : (tensor<3x0xbf16>) -> tensor<0x3xbf16>
  %dot = stablehlo.dot_general %y, %yt, contracting_dims = [1] x [0] : (tensor<3x0xbf16>, tensor<0x3xbf16>) -> tensor<3x3xf32>
  check.expect_eq_const %dot, dense<0.0> : tensor<3x3xf32>
  %outer = stablehlo.dot_general %yt, %y, contracting_dims = [1] x [0] : (tensor<0x3xbf16>, tensor<3x0xbf16>) -> tensor<0x0xf32>
  check.expect_eq_const %outer, dense<> : tensor<0x0xf32>
  %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
  %zero = stablehlo.constant dense<0> : tensor<i32>
  %i = stablehlo.iota dim = 0 : tensor<0x3xi32>
  %am:2 = "stablehlo.reduce"(%x, %i, %low, %zero) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<f32>, %ai: tensor<i32>, %b: tensor<f32>, %bi: tensor<i32>):
      %more = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %v = stablehlo.select %more, %a, %b : tensor<i1>, tensor<f32>
      %vi = stablehlo.select %more, %ai, %bi : tensor<i1>, tensor<i32>
      stablehlo.return %v, %vi : tensor<f32>, tensor<i32>
  }) : (tensor<0x3xf32>, tensor<0x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>)
  check.expect_eq_const %am#0, dense<0xFF800000> : tensor<3xf32>
  check.expect_eq_const %am#1, dense<0> : tensor<3xi32>
  %rev = stablehlo.reverse %x, dims = [0] : tensor<0x3xf32>
  %cat = stablehlo.concatenate %rev, %x, dim = 0 : (tensor<0x3xf32>, tensor<0x3xf32>) -> tensor<0x3xf32>
  check.expect_eq_const %cat, dense<> : tensor<0x3xf32>
  %wide = stablehlo.constant dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %cat1 = stablehlo.concatenate %x, %wide, dim = 0 : (tensor<0x3xf32>, tensor<1x3xf32>) -> tensor<1x3xf32>
  check.expect_eq_const %cat1, dense<[[1.0, 2.0, 3.0]]> : tensor<1x3xf32>
  %none = stablehlo.slice %wide [0:0, 0:3] : (tensor<1x3xf32>) -> tensor<0x3xf32>
  %sum = stablehlo.add %none, %x : tensor<0x3xf32>
  %exp = stablehlo.exponential %sum : tensor<0x3xf32>
  %win = "stablehlo.reduce_window"(%exp, %z) <{window_dimensions = array<i64: 2, 1>, padding = dense<[[1, 1], [0, 0]]> : tensor<2x2xi64>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %m = stablehlo.maximum %a, %b : tensor<f32>
      stablehlo.return %m : tensor<f32>
  }) : (tensor<0x3xf32>, tensor<f32>) -> tensor<1x3xf32>
  check.expect_eq_const %win, dense<2.0> : tensor<1x3xf32>
  %cs = "stablehlo.reduce_window"(%exp, %z) <{window_dimensions = array<i64: 1, 3>, padding = dense<[[0, 0], [2, 0]]> : tensor<2x2xi64>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %m = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %m : tensor<f32>
  }) : (tensor<0x3xf32>, tensor<f32>) -> tensor<0x3xf32>
  check.expect_eq_const %cs, dense<> : tensor<0x3xf32>
  %at = stablehlo.constant dense<> : tensor<0x1xi32>
  %got = "stablehlo.gather"(%wide, %at) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1, 3>}> : (tensor<1x3xf32>, tensor<0x1xi32>) -> tensor<0x3xf32>
  check.expect_eq_const %got, dense<> : tensor<0x3xf32>
  %vals, %idx = chlo.top_k(%wide, k = 0) : tensor<1x3xf32> -> (tensor<1x0xf32>, tensor<1x0xi32>)
  check.expect_eq_const %idx, dense<> : tensor<1x0xi32>
  %con = stablehlo.convert %x : (tensor<0x3xf32>) -> tensor<0x3xf64>
  check.expect_eq_const %con, dense<> : tensor<0x3xf64>
  %sel = "stablehlo.select_and_scatter"(%wide, %none, %z) <{window_dimensions = array<i64: 2, 1>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = stablehlo.compare GE, %a, %b : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }, {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %c : tensor<f32>
  }) : (tensor<1x3xf32>, tensor<0x3xf32>, tensor<f32>) -> tensor<1x3xf32>
  check.expect_eq_const %sel, dense<2.0> : tensor<1x3xf32>
  return
}

// -----

// A scatter window of which a part is outside updates nothing, as in XLA: its text, and this file, have rows and windows.
func.func @windows_partly_outside() {
  %x = stablehlo.constant dense<0> : tensor<4x3xi32>
  %at = stablehlo.constant dense<[[3, 0], [-1, 0], [1, 1], [0, 2]]> : tensor<4x2xi32>
  %u = stablehlo.constant dense<[[[1, 1], [1, 1]], [[2, 2], [2, 2]], [[3, 4], [5, 6]], [[7, 7], [7, 7]]]> : tensor<4x2x2xi32>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1, 2], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      %s = stablehlo.add %a, %b : tensor<i32>
      stablehlo.return %s : tensor<i32>
  }) : (tensor<4x3xi32>, tensor<4x2xi32>, tensor<4x2x2xi32>) -> tensor<4x3xi32>
  check.expect_eq_const %r, dense<[[0, 0, 0], [0, 3, 4], [0, 5, 6], [0, 0, 0]]> : tensor<4x3xi32>
  %s = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1, 2], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 1>, unique_indices = true}> ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      stablehlo.return %b : tensor<i32>
  }) : (tensor<4x3xi32>, tensor<4x2xi32>, tensor<4x2x2xi32>) -> tensor<4x3xi32>
  check.expect_eq_const %s, dense<[[0, 0, 0], [0, 3, 4], [0, 5, 6], [0, 0, 0]]> : tensor<4x3xi32>
  %t = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1, 2], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<i32>, %b: tensor<i32>):
      %d = stablehlo.subtract %b, %a : tensor<i32>
      stablehlo.return %d : tensor<i32>
  }) : (tensor<4x3xi32>, tensor<4x2xi32>, tensor<4x2x2xi32>) -> tensor<4x3xi32>
  check.expect_eq_const %t, dense<[[0, 0, 0], [0, 3, 4], [0, 5, 6], [0, 0, 0]]> : tensor<4x3xi32>
  return
}

// -----

module @gather_replicas {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x4xi64> {
    %r = "stablehlo.all_gather"(%x) {all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<1x2xi64>) -> tensor<1x4xi64>
    return %r : tensor<1x4xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>)
    check.expect_eq_const %r#0, dense<[[1, 2, 5, 6]]> : tensor<1x4xi64>
    check.expect_eq_const %r#1, dense<[[3, 4, 7, 8]]> : tensor<1x4xi64>
    check.expect_eq_const %r#2, dense<[[1, 2, 5, 6]]> : tensor<1x4xi64>
    check.expect_eq_const %r#3, dense<[[3, 4, 7, 8]]> : tensor<1x4xi64>
    return
  }
}

// -----

module @gather_replicas_and_partitions {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x8xi64> {
    %r = "stablehlo.all_gather"(%x) {all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<1x2xi64>) -> tensor<1x8xi64>
    return %r : tensor<1x8xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x8xi64>, tensor<1x8xi64>, tensor<1x8xi64>, tensor<1x8xi64>)
    check.expect_eq_const %r#0, dense<[[1, 2, 5, 6, 3, 4, 7, 8]]> : tensor<1x8xi64>
    check.expect_eq_const %r#1, dense<[[1, 2, 5, 6, 3, 4, 7, 8]]> : tensor<1x8xi64>
    check.expect_eq_const %r#2, dense<[[1, 2, 5, 6, 3, 4, 7, 8]]> : tensor<1x8xi64>
    check.expect_eq_const %r#3, dense<[[1, 2, 5, 6, 3, 4, 7, 8]]> : tensor<1x8xi64>
    return
  }
}

// -----

module @gather_partitions_of_each_replica {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x4xi64> {
    %r = "stablehlo.all_gather"(%x) {all_gather_dim = 1 : i64, replica_groups = dense<[[0], [1]]> : tensor<2x1xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<1x2xi64>) -> tensor<1x4xi64>
    return %r : tensor<1x4xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>)
    check.expect_eq_const %r#0, dense<[[1, 2, 3, 4]]> : tensor<1x4xi64>
    check.expect_eq_const %r#1, dense<[[1, 2, 3, 4]]> : tensor<1x4xi64>
    check.expect_eq_const %r#2, dense<[[5, 6, 7, 8]]> : tensor<1x4xi64>
    check.expect_eq_const %r#3, dense<[[5, 6, 7, 8]]> : tensor<1x4xi64>
    return
  }
}

// -----

module @gather_flattened {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x4xi64> {
    %r = "stablehlo.all_gather"(%x) {all_gather_dim = 1 : i64, replica_groups = dense<[[3, 0], [1, 2]]> : tensor<2x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, use_global_device_ids} : (tensor<1x2xi64>) -> tensor<1x4xi64>
    return %r : tensor<1x4xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>, tensor<1x4xi64>)
    check.expect_eq_const %r#0, dense<[[7, 8, 1, 2]]> : tensor<1x4xi64>
    check.expect_eq_const %r#1, dense<[[3, 4, 5, 6]]> : tensor<1x4xi64>
    check.expect_eq_const %r#2, dense<[[3, 4, 5, 6]]> : tensor<1x4xi64>
    check.expect_eq_const %r#3, dense<[[7, 8, 1, 2]]> : tensor<1x4xi64>
    return
  }
}

// -----

module @reduce_replicas {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.all_reduce"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[6, 8]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[10, 12]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[6, 8]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[10, 12]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @reduce_replicas_and_partitions {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.all_reduce"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[16, 20]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[16, 20]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[16, 20]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[16, 20]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @reduce_flattened {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.all_reduce"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {replica_groups = dense<[[0, 3], [1, 2]]> : tensor<2x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, use_global_device_ids} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[8, 10]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[8, 10]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[8, 10]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[8, 10]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @scatter_replicas {
  func.func @f(%x: tensor<4xi64>) -> tensor<2xi64> {
    %r = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<4xi64>) -> tensor<2xi64>
    return %r : tensor<2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %i1 = stablehlo.constant dense<[10, 20, 30, 40]> : tensor<4xi64>
    %i2 = stablehlo.constant dense<[100, 200, 300, 400]> : tensor<4xi64>
    %i3 = stablehlo.constant dense<[1000, 2000, 3000, 4000]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#0, dense<[101, 202]> : tensor<2xi64>
    check.expect_eq_const %r#1, dense<[1010, 2020]> : tensor<2xi64>
    check.expect_eq_const %r#2, dense<[303, 404]> : tensor<2xi64>
    check.expect_eq_const %r#3, dense<[3030, 4040]> : tensor<2xi64>
    return
  }
}

// -----

module @scatter_replicas_and_partitions {
  func.func @f(%x: tensor<4xi64>) -> tensor<1xi64> {
    %r = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<4xi64>) -> tensor<1xi64>
    return %r : tensor<1xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %i1 = stablehlo.constant dense<[10, 20, 30, 40]> : tensor<4xi64>
    %i2 = stablehlo.constant dense<[100, 200, 300, 400]> : tensor<4xi64>
    %i3 = stablehlo.constant dense<[1000, 2000, 3000, 4000]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>)
    check.expect_eq_const %r#0, dense<1111> : tensor<1xi64>
    check.expect_eq_const %r#1, dense<3333> : tensor<1xi64>
    check.expect_eq_const %r#2, dense<2222> : tensor<1xi64>
    check.expect_eq_const %r#3, dense<4444> : tensor<1xi64>
    return
  }
}

// -----

module @scatter_flattened {
  func.func @f(%x: tensor<4xi64>) -> tensor<2xi64> {
    %r = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%a: tensor<i64>, %b: tensor<i64>):
        %s = stablehlo.add %a, %b : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {scatter_dimension = 0 : i64, replica_groups = dense<[[3, 0], [1, 2]]> : tensor<2x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, use_global_device_ids} : (tensor<4xi64>) -> tensor<2xi64>
    return %r : tensor<2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %i1 = stablehlo.constant dense<[10, 20, 30, 40]> : tensor<4xi64>
    %i2 = stablehlo.constant dense<[100, 200, 300, 400]> : tensor<4xi64>
    %i3 = stablehlo.constant dense<[1000, 2000, 3000, 4000]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#0, dense<[3003, 4004]> : tensor<2xi64>
    check.expect_eq_const %r#1, dense<[110, 220]> : tensor<2xi64>
    check.expect_eq_const %r#2, dense<[330, 440]> : tensor<2xi64>
    check.expect_eq_const %r#3, dense<[1001, 2002]> : tensor<2xi64>
    return
  }
}

// -----

module @exchange_replicas {
  func.func @f(%x: tensor<4xi64>) -> tensor<4xi64> {
    %r = "stablehlo.all_to_all"(%x) {split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<4xi64>) -> tensor<4xi64>
    return %r : tensor<4xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %i1 = stablehlo.constant dense<[10, 20, 30, 40]> : tensor<4xi64>
    %i2 = stablehlo.constant dense<[100, 200, 300, 400]> : tensor<4xi64>
    %i3 = stablehlo.constant dense<[1000, 2000, 3000, 4000]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>)
    check.expect_eq_const %r#0, dense<[1, 2, 100, 200]> : tensor<4xi64>
    check.expect_eq_const %r#1, dense<[10, 20, 1000, 2000]> : tensor<4xi64>
    check.expect_eq_const %r#2, dense<[3, 4, 300, 400]> : tensor<4xi64>
    check.expect_eq_const %r#3, dense<[30, 40, 3000, 4000]> : tensor<4xi64>
    return
  }
}

// -----

module @exchange_partitions {
  func.func @f(%x: tensor<4xi64>) -> tensor<4xi64> {
    %r = "stablehlo.all_to_all"(%x) {split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<4xi64>) -> tensor<4xi64>
    return %r : tensor<4xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %i1 = stablehlo.constant dense<[10, 20, 30, 40]> : tensor<4xi64>
    %i2 = stablehlo.constant dense<[100, 200, 300, 400]> : tensor<4xi64>
    %i3 = stablehlo.constant dense<[1000, 2000, 3000, 4000]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>)
    check.expect_eq_const %r#0, dense<[1, 2, 10, 20]> : tensor<4xi64>
    check.expect_eq_const %r#1, dense<[3, 4, 30, 40]> : tensor<4xi64>
    check.expect_eq_const %r#2, dense<[100, 200, 1000, 2000]> : tensor<4xi64>
    check.expect_eq_const %r#3, dense<[300, 400, 3000, 4000]> : tensor<4xi64>
    return
  }
}

// -----

module @broadcast_replicas {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.collective_broadcast"(%x) {replica_groups = dense<[[1, 0]]> : tensor<1x2xi64>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[5, 6]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[7, 8]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[5, 6]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[7, 8]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @broadcast_partitions {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.collective_broadcast"(%x) {replica_groups = dense<[[1, 0]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[3, 4]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[3, 4]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[7, 8]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[7, 8]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @permute_replicas {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.collective_permute"(%x) {source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[0, 0]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[0, 0]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[1, 2]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[3, 4]]> : tensor<1x2xi64>
    return
  }
}

// -----

module @permute_partitions {
  func.func @f(%x: tensor<1x2xi64>) -> tensor<1x2xi64> {
    %r = "stablehlo.collective_permute"(%x) {source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<1x2xi64>) -> tensor<1x2xi64>
    return %r : tensor<1x2xi64>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<[[1, 2]]> : tensor<1x2xi64>
    %i1 = stablehlo.constant dense<[[3, 4]]> : tensor<1x2xi64>
    %i2 = stablehlo.constant dense<[[5, 6]]> : tensor<1x2xi64>
    %i3 = stablehlo.constant dense<[[7, 8]]> : tensor<1x2xi64>
    %r:4 = "interpreter.run_parallel"(%i0, %i1, %i2, %i3) {programs = [[@f, @f], [@f, @f]]} : (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>) -> (tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>, tensor<1x2xi64>)
    check.expect_eq_const %r#0, dense<[[0, 0]]> : tensor<1x2xi64>
    check.expect_eq_const %r#1, dense<[[1, 2]]> : tensor<1x2xi64>
    check.expect_eq_const %r#2, dense<[[0, 0]]> : tensor<1x2xi64>
    check.expect_eq_const %r#3, dense<[[5, 6]]> : tensor<1x2xi64>
    return
  }
}

// -----

// What is sent to the host comes to the process that receives from the host on the channel, in order.
module @messages_by_the_host {
  func.func @send(%x: tensor<2xi64>, %t: !stablehlo.token) -> !stablehlo.token {
    %r0 = "stablehlo.send"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true} : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    %y = stablehlo.add %x, %x : tensor<2xi64>
    %r1 = "stablehlo.send"(%y, %r0) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 2>, is_host_transfer = true} : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    return %r1 : !stablehlo.token
  }
  func.func @recv(%t: !stablehlo.token) -> (tensor<2xi64>, tensor<2xi64>) {
    %r0:2 = "stablehlo.recv"(%t) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 3>, is_host_transfer = true} : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    %r1:2 = "stablehlo.recv"(%r0#1) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 3>, is_host_transfer = true} : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    return %r0#0, %r1#0 : tensor<2xi64>, tensor<2xi64>
  }
  func.func @main() {
    %x = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
    %t = stablehlo.after_all : !stablehlo.token
    %r:3 = "interpreter.run_parallel"(%x, %t, %t) {programs = [[@send], [@recv]]} : (tensor<2xi64>, !stablehlo.token, !stablehlo.token) -> (!stablehlo.token, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#1, dense<[1, 2]> : tensor<2xi64>
    check.expect_eq_const %r#2, dense<[2, 4]> : tensor<2xi64>
    return
  }
}

// -----

// Two processes that send each other something on one channel: each has the other's.
module @messages_in_pairs {
  func.func @swap(%x: tensor<2xi64>) -> tensor<2xi64> {
    %t = stablehlo.after_all : !stablehlo.token
    %s = "stablehlo.send"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false, source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>} : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    %r:2 = "stablehlo.recv"(%s) {channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false, source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>} : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    return %r#0 : tensor<2xi64>
  }
  func.func @main() {
    %x = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
    %y = stablehlo.constant dense<[3, 4]> : tensor<2xi64>
    %r:2 = "interpreter.run_parallel"(%x, %y) {programs = [[@swap], [@swap]]} : (tensor<2xi64>, tensor<2xi64>) -> (tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#0, dense<[3, 4]> : tensor<2xi64>
    check.expect_eq_const %r#1, dense<[1, 2]> : tensor<2xi64>
    %q:4 = "interpreter.run_parallel"(%x, %y, %y, %x) {programs = [[@swap, @swap], [@swap, @swap]]} : (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %q#0, dense<[3, 4]> : tensor<2xi64>
    check.expect_eq_const %q#3, dense<[3, 4]> : tensor<2xi64>
    return
  }
}
