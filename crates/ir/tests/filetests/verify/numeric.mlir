// RUN: verify
// Normalization, linear algebra, Fourier transforms, random numbers.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected square matrices in its last two axes}}
  %0 = stablehlo.cholesky %a, lower = true : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected square matrices}}
  %0 = stablehlo.cholesky %v, lower = true : tensor<3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{a second last axis as long as the matrix}}
  %0 = "stablehlo.triangular_solve"(%m, %a) {left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>} : (tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.triangular_solve"(%m, %a) {left_side = false, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>} : (tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.fft %c, type = FFT, length = [3] : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected them to be [4]}}
  %0 = stablehlo.fft %c, type = FFT, length = [4] : (tensor<2x3xcomplex<f32>>) -> tensor<2x4xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.fft %a, type = RFFT, length = [3] : (tensor<2x3xf32>) -> tensor<2x2xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.fft %c, type = IRFFT, length = [5] : (tensor<2x3xcomplex<f32>>) -> tensor<2x5xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected complex numbers}}
  %0 = stablehlo.fft %a, type = FFT, length = [3] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected f32 or f64}}
  %0 = stablehlo.fft %n, type = RFFT, length = [3] : (tensor<2x3xi32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one to three lengths}}
  %0 = stablehlo.fft %c, type = FFT, length = [] : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one to three lengths}}
  %0 = stablehlo.fft %c, type = FFT, length = [1, 2, 3] : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{operand 1 is tensor<3xf32>; expected tensor<2xf32>}}
  %0 = "stablehlo.batch_norm_inference"(%a, %v, %v, %v, %v) {epsilon = 1.0e-3 : f32, feature_index = 0 : i64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{feature_index is 2}}
  %0 = "stablehlo.batch_norm_inference"(%a, %v, %v, %v, %v) {epsilon = 1.0e-3 : f32, feature_index = 2 : i64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>}}
  %0:3 = "stablehlo.batch_norm_training"(%a, %v, %v) {epsilon = 1.0e-3 : f32, feature_index = 1 : i64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<2xf32>)
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected two scalars of one type}}
  %0 = stablehlo.rng %s, %i, %k, distribution = UNIFORM : (tensor<f32>, tensor<i32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected 1 integers}}
  %0 = stablehlo.rng %s, %s, %k, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<4xi64>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the state of ThreeFry is tensor<4xi64>}}
  %0:2 = stablehlo.rng_bit_generator %k, algorithm = THREE_FRY : (tensor<4xi64>) -> (tensor<4xi64>, tensor<2xui32>)
  return
}

// -----

func.func @normal_numbers_are_floats(%a: tensor<i32>, %s: tensor<1xi64>) {
  // expected-error@+1 {{the parameters are tensor<i32> for NORMAL numbers; expected floats}}
  %0 = stablehlo.rng %a, %a, %s, distribution = NORMAL : (tensor<i32>, tensor<i32>, tensor<1xi64>) -> tensor<4xi32>
  return
}
