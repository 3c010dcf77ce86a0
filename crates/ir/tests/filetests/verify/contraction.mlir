// RUN: verify
// Products.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected elements of one kind}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<3x2xf32>; expected tensor<2x3xf32>}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<3x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{contracting axis 0 of tensor<2x3xf32> meets axis 0 of tensor<3x3xf32>; expected one size}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [0] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the batching and contracting axes of the left operand is 2}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [2] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{1 and 2 contracting axes are given; expected as many on both sides}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0, 1] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{holds 1 twice}}
  %0 = stablehlo.dot_general %a, %m, batching_dims = [1] x [0], contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{precision_config has 1 entries}}
  %0 = stablehlo.dot_general %a, %m, contracting_dims = [1] x [0], precision = [HIGH] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected the same elements}}
  %0 = stablehlo.dot_general %a, %n, contracting_dims = [1] x [1] : (tensor<2x3xf32>, tensor<2x3xi32>) -> tensor<2x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.dot %a, %m : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected vectors or matrices}}
  %0 = stablehlo.dot %m, %a : (tensor<3x3xf32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.einsum %a, %m, config = "ab,bc->ac" : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{names an axis that no operand has}}
  %0 = stablehlo.einsum %a, %m, config = "ab,bc->ad" : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{axis `a` is 2 and 3 long}}
  %0 = stablehlo.einsum %a, %m, config = "ab,ac->bc" : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{names 1 operands; expected 2}}
  %0 = stablehlo.einsum %a, %m, config = "ab->ac" : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {stride = [2], pad = [[1, 1]], rhs_dilate = [2]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x3x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<2x8x6xf32>; expected tensor<2x6x6xf32>}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x8x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{window_strides [0] holds 0; expected at least 1}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {stride = [0]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{window_strides has 2 entries; expected 1}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {stride = [1, 1]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{would have the size -2 when padded}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {pad = [[-5, -5]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{takes 4 features; expected 2}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected multiples of 3}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 3 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one of them to be 1}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 2 : i64, feature_group_count = 2 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one of them to be 1}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 0 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{with 0 spatial axes; expected two axes more in each}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, f]x[i, o]->[b, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the output's layout has 4 entries; expected 3}}
  %0 = stablehlo.convolution(%x3, %k3) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, 1, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x4xf32>, tensor<3x4x6xf32>) -> tensor<2x6x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x4xbf16>, %i: tensor<2x3xi8>, %j: tensor<3x4xi32>, %c: tensor<3x4xcomplex<f32>>) {
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x4xbf16>) -> tensor<2x4xf32>
  %1 = stablehlo.dot_general %i, %j, contracting_dims = [1] x [0] : (tensor<2x3xi8>, tensor<3x4xi32>) -> tensor<2x4xi32>
  %2 = stablehlo.dot %a, %b : (tensor<2x3xf32>, tensor<3x4xbf16>) -> tensor<2x4xf64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %c: tensor<3x4xcomplex<f32>>) {
  // expected-error@+1 {{or others of one kind}}
  %0 = stablehlo.dot_general %a, %c, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x4xcomplex<f32>>) -> tensor<2x4xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %b: tensor<3x4xbf16>) {
  // expected-error@+1 {{expected elements of one kind}}
  %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x4xbf16>) -> tensor<2x4xi32>
  return
}
