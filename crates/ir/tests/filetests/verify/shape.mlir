// RUN: verify
// Operations that rearrange elements or make them up.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{iota_dimension is 2; expected an axis below the rank 2}}
  %0 = stablehlo.iota dim = 2 : tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{iota_dimension is 0; expected an axis below the rank 0}}
  %0 = stablehlo.iota dim = 0 : tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected numbers}}
  %0 = stablehlo.iota dim = 0 : tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{axis 0 of tensor<3xf32> becomes axis 0 of tensor<2x3xf32>; expected a size of 1 or the same size}}
  %0 = stablehlo.broadcast_in_dim %v, dims = [0] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{broadcast_dimensions is 2; expected an axis below the rank 2}}
  %0 = stablehlo.broadcast_in_dim %v, dims = [2] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{broadcast_dimensions has 0 entries; expected 1}}
  %0 = stablehlo.broadcast_in_dim %v, dims = [] : (tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{holds 1 twice}}
  %0 = stablehlo.broadcast_in_dim %m, dims = [1, 1] : (tensor<3x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected the same elements}}
  %0 = stablehlo.broadcast_in_dim %v, dims = [1] : (tensor<3xf32>) -> tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<3x2xf32>; expected tensor<2x3xf32>}}
  %0 = stablehlo.broadcast %v, sizes = [2] : (tensor<3xf32>) -> tensor<3x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected as many elements in both}}
  %0 = stablehlo.reshape %a : (tensor<2x3xf32>) -> tensor<5xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected the same elements}}
  %0 = stablehlo.reshape %a : (tensor<2x3xf32>) -> tensor<6xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.reshape %a : (tensor<2x3xf32>) -> tensor<1x6x1xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<2x3xf32>; expected tensor<3x2xf32>}}
  %0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the permutation [1, 1] holds 1 twice}}
  %0 = stablehlo.transpose %a, dims = [1, 1] : (tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the permutation has 1 entries; expected 2}}
  %0 = stablehlo.transpose %a, dims = [0] : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimensions is 2; expected an axis below the rank 2}}
  %0 = stablehlo.reverse %a, dims = [2] : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{holds 0 twice}}
  %0 = stablehlo.reverse %a, dims = [0, 0] : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.concatenate %a, %m, dim = 0 : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<5x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the same sizes but along axis 1}}
  %0 = stablehlo.concatenate %a, %m, dim = 1 : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x6xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimension is 2}}
  %0 = stablehlo.concatenate %a, %a, dim = 2 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{there are no operands; expected at least 1}}
  %0 = "stablehlo.concatenate"() {dimension = 0 : i64} : () -> tensor<4x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{axis 1 of tensor<2x3xf32> is cut from 0 to 4; expected 0 <= start <= limit <= size}}
  %0 = stablehlo.slice %a [0:2, 0:4] : (tensor<2x3xf32>) -> tensor<2x4xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{cut from 1 to 0}}
  %0 = stablehlo.slice %a [1:0, 0:3] : (tensor<2x3xf32>) -> tensor<0x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the stride of axis 1 is 0; expected at least 1}}
  %0 = stablehlo.slice %a [0:2, 0:3:0] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{start_indices has 1 entries; expected 2}}
  %0 = stablehlo.slice %a [0:2] : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.slice %a [0:2, 0:3:2] : (tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{axis 1 of the result would have the size -1}}
  %0 = stablehlo.pad %a, %s, low = [0, 0], high = [0, -4], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x0xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the interior padding of axis 0 is -1; expected at least 0}}
  %0 = stablehlo.pad %a, %s, low = [0, 0], high = [0, 0], interior = [-1, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the padding value is tensor<3xf32>; expected a scalar}}
  %0 = stablehlo.pad %a, %v, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected the same elements}}
  %0 = stablehlo.pad %a, %i, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{edge_padding_low has 1 entries; expected 2}}
  %0 = stablehlo.pad %a, %s, low = [0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.pad %a, %s, low = [1, -1], high = [0, 2], interior = [2, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the low padding of axis 0 is 9223372036854775807; expected at most}}
  %0 = stablehlo.pad %a, %s, low = [9223372036854775807, 0], high = [9223372036854775807, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<5x4xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimension is 2}}
  %0 = stablehlo.get_dimension_size %a, dim = 2 : (tensor<2x3xf32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{axis 1 grows from 3 to 4}}
  %0 = stablehlo.set_dimension_size %a, %i, dim = 1 : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x4xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected 2 integers in a tensor of rank 1}}
  %0 = stablehlo.dynamic_reshape %a, %k : (tensor<2x3xf32>, tensor<4xi64>) -> tensor<?x?xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.dynamic_broadcast_in_dim %v, %k, dims = [3] : (tensor<3xf32>, tensor<4xi64>) -> tensor<?x?x?x?xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected 2 integers}}
  %0 = stablehlo.real_dynamic_slice %a, %k, %k, %k : (tensor<2x3xf32>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> tensor<?x?xf32>
  return
}
