// RUN: verify
// Operations that run a region over elements.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<3xf32>; expected tensor<2xf32>}}
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimensions is 2; expected an axis below the rank 2}}
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{holds 1 twice}}
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 1, 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{an initial value is tensor<3xf32>; expected a scalar}}
  %0 = "stablehlo.reduce"(%a, %v) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the initial value of tensor<2x3xf32> is tensor<i32>}}
  %0 = "stablehlo.reduce"(%a, %i) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<i32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region has 0 parameters; expected 2}}
  %0 = "stablehlo.reduce"(%a, %s) ({ stablehlo.return %s : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected scalars of one type}}
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<i32>): stablehlo.return %x : tensor<f32> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce"(%a, %s) ({ ^bb0(%x: tensor<f64>, %y: tensor<f64>): stablehlo.return %x : tensor<f64> }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf64>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected as many initial values as inputs}}
  %0 = "stablehlo.reduce"(%a) ({ }) {dimensions = array<i64: 1>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2, 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<1x2xf32>}}
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2, 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{window_dimensions has 1 entries; expected 2}}
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{window_dimensions [0, 2] holds 0}}
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 0, 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{window_strides [1, 0] holds 0}}
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 1, 1>, window_strides = array<i64: 1, 0>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{would have the size -2 when padded}}
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 1, 1>, padding = dense<-2> : tensor<2x2xi64>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x2xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 3, 3>, padding = dense<1> : tensor<2x2xi64>, base_dilations = array<i64: 2, 1>, window_dilations = array<i64: 1, 2>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x1xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.reduce_window"(%a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 1073741824, 1>, window_dilations = array<i64: 536870912, 1>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<0x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.sort"(%a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }) {dimension = 1 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.sort"(%a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }) {dimension = -1 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimension is 2}}
  %0 = "stablehlo.sort"(%a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }) {dimension = 2 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the comparator does not return one tensor<i1>}}
  %0 = "stablehlo.sort"(%a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {dimension = 1 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the comparator's parameters do not fit}}
  %0 = "stablehlo.sort"(%a) ({ ^bb0(%x: tensor<f32>): stablehlo.return %x : tensor<f32> }) {dimension = 1 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  %0 = "stablehlo.select_and_scatter"(%m, %a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2, 1>} : (tensor<3x3xf32>, tensor<2x3xf32>, tensor<f32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the source is tensor<3x3xf32>; expected tensor<2x3xf32>}}
  %0 = "stablehlo.select_and_scatter"(%m, %m, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2, 1>} : (tensor<3x3xf32>, tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region that selects does not compare two elements}}
  %0 = "stablehlo.select_and_scatter"(%m, %a, %s) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }, { ^bb0(%x: tensor<f32>, %y: tensor<f32>): %z = stablehlo.add %x, %y : tensor<f32> stablehlo.return %z : tensor<f32> }) {window_dimensions = array<i64: 2, 1>} : (tensor<3x3xf32>, tensor<2x3xf32>, tensor<f32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{dimensions is [0]; expected all 2 axes in order}}
  %0 = "stablehlo.map"(%a) ({ ^bb0(%x: tensor<f32>): stablehlo.return %x : tensor<f32> }) {dimensions = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region's parameters do not fit}}
  %0 = "stablehlo.map"(%a) ({ ^bb0(%x: tensor<i32>): stablehlo.return %x : tensor<i32> }) {dimensions = array<i64: 0, 1>} : (tensor<2x3xf32>) -> tensor<2x3xi32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{k is 4 for tensor<2x3xf32>; expected at most 3}}
  %0:2 = chlo.top_k(%a, k = 4) : tensor<2x3xf32> -> (tensor<2x4xf32>, tensor<2x4xi32>)
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected at least one axis}}
  %0:2 = chlo.top_k(%s, k = 1) : tensor<f32> -> (tensor<1xf32>, tensor<1xi32>)
  return
}
