// RUN: verify
// Operations that go through tensors element by element.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.add %a, %a : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{stablehlo.add: the operands are tensor<2x3xf32> and tensor<3xf32>; expected operands of one type}}
  %0 = "stablehlo.add"(%a, %v) : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected operands of one type}}
  %0 = "stablehlo.add"(%a, %n) : (tensor<2x3xf32>, tensor<2x3xi32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<2x3xf64>; expected tensor<2x3xf32>}}
  %0 = "stablehlo.add"(%a, %a) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{1 operands are given; expected 2}}
  %0 = "stablehlo.add"(%a) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{1 regions are given; expected 0}}
  %0 = "stablehlo.negate"(%a) ({ stablehlo.return }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{operand 0 is !stablehlo.token; expected a tensor}}
  %0 = "stablehlo.negate"(%t) : (!stablehlo.token) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the results are tensor<2x3xf32>, tensor<2x3xf32>; expected tensor<2x3xf32>}}
  %0:2 = "stablehlo.negate"(%a) : (tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>)
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected booleans or integers}}
  %0 = stablehlo.and %a, %a : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected integers}}
  %0 = stablehlo.shift_left %p, %p : tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected numbers}}
  %0 = stablehlo.subtract %p, %p : tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected floats or complex numbers}}
  %0 = stablehlo.sine %n : tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected floats}}
  %0 = stablehlo.floor %c : tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected integers}}
  %0 = stablehlo.popcnt %a : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected signed integers, floats or complex numbers}}
  %0 = stablehlo.abs %p : tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<2x3xcomplex<f32>>; expected tensor<2x3xf32>}}
  %0 = stablehlo.abs %c : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.abs %c : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<2x3xi1>}}
  %0 = stablehlo.is_finite %a : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<2x3xcomplex<f32>>}}
  %0 = "stablehlo.complex"(%a, %a) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xcomplex<f64>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected floats}}
  %0 = "stablehlo.complex"(%n, %n) : (tensor<2x3xi32>, tensor<2x3xi32>) -> tensor<2x3xcomplex<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one shape}}
  %0 = stablehlo.convert %a : (tensor<2x3xf32>) -> tensor<3x2xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.convert %a : (tensor<2x3xf32>) -> tensor<2x3xi8>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the predicate is tensor<2x3xf32>; expected a tensor of i1}}
  %0 = stablehlo.select %a, %a, %a : tensor<2x3xf32>, tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected a scalar or the values' shape}}
  %0 = "stablehlo.select"(%p, %m, %m) : (tensor<2x3xi1>, tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the minimum is tensor<3xf32> for tensor<2x3xf32>}}
  %0 = "stablehlo.clamp"(%v, %a, %s) : (tensor<3xf32>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{the maximum is tensor<i32> for tensor<2x3xf32>}}
  %0 = "stablehlo.clamp"(%s, %a, %i) : (tensor<f32>, tensor<2x3xf32>, tensor<i32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{elements of type f32 are compared as SIGNED; expected FLOAT or none}}
  %0 = stablehlo.compare LT, %a, %a, SIGNED : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<2x3xi1>}}
  %0 = stablehlo.compare LT, %a, %a : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected operands of one type}}
  %0 = stablehlo.compare LT, %a, %n : (tensor<2x3xf32>, tensor<2x3xi32>) -> tensor<2x3xi1>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected floats}}
  %0 = stablehlo.reduce_precision %n, format = e5m10 : tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{exponent_bits is 0; expected at least 1}}
  %0 = stablehlo.reduce_precision %a, format = e0m10 : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.bitcast_convert %a : (tensor<2x3xf32>) -> tensor<2x3x4xi8>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.bitcast_convert %k : (tensor<4xi64>) -> tensor<4x2xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected one shape for elements of one width, or a last axis of 4}}
  %0 = stablehlo.bitcast_convert %a : (tensor<2x3xf32>) -> tensor<2x3xi8>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{or a last axis of 2}}
  %0 = stablehlo.bitcast_convert %a : (tensor<2x3xf32>) -> tensor<2xi64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{complex elements on both sides or on neither}}
  %0 = stablehlo.bitcast_convert %c : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xi64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected a quantized tensor}}
  %0 = stablehlo.uniform_dequantize %a : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.uniform_dequantize %q : (tensor<2x3x!quant.uniform<i8:f32, 0.5>>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  %0 = stablehlo.add %q, %q : (tensor<2x3x!quant.uniform<i8:f32, 0.5>>, tensor<2x3x!quant.uniform<i8:f32, 0.5>>) -> tensor<2x3x!quant.uniform<i8:f32, 0.25:3>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<2x3xi1>}}
  %0 = chlo.is_inf %a : tensor<2x3xf32> -> tensor<2x3xf32>
  return
}
