// RUN: verify
// Loops, branches, tuples, tokens.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%y: tensor<i32>): stablehlo.return %y : tensor<i32> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the condition returns tensor<i32>; expected tensor<i1>}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): stablehlo.return %x : tensor<i32> }, { ^bb0(%y: tensor<i32>): stablehlo.return %y : tensor<i32> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the body returns tensor<f32>; expected the types of the loop: tensor<i32>}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%y: tensor<i32>): stablehlo.return %s : tensor<f32> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the body's parameters are tensor<f32>; expected those of the loop: tensor<i32>}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%y: tensor<f32>): stablehlo.return %i : tensor<i32> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the body's parameters are nothing}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { stablehlo.return %i : tensor<i32> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<f32>; expected tensor<i32>}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }, { ^bb0(%y: tensor<i32>): stablehlo.return %y : tensor<i32> }) : (tensor<i32>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{1 regions are given; expected 2}}
  %0 = "stablehlo.while"(%i) ({ ^bb0(%x: tensor<i32>): %z = stablehlo.compare LT, %x, %x : (tensor<i32>, tensor<i32>) -> tensor<i1> stablehlo.return %z : tensor<i1> }) : (tensor<i32>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  %0 = "stablehlo.if"(%b) ({ stablehlo.return %s : tensor<f32> }, { stablehlo.return %s : tensor<f32> }) : (tensor<i1>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the operand is tensor<i32>; expected tensor<i1>}}
  %0 = "stablehlo.if"(%i) ({ stablehlo.return %s : tensor<f32> }, { stablehlo.return %s : tensor<f32> }) : (tensor<i32>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{branch 1 returns tensor<i32>; expected what the first returns: tensor<f32>}}
  %0 = "stablehlo.if"(%b) ({ stablehlo.return %s : tensor<f32> }, { stablehlo.return %i : tensor<i32> }) : (tensor<i1>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{branch 0 has parameters; expected none}}
  %0 = "stablehlo.if"(%b) ({ ^bb0(%x: tensor<f32>): stablehlo.return %x : tensor<f32> }, { stablehlo.return %s : tensor<f32> }) : (tensor<i1>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<i32>; expected tensor<f32>}}
  %0 = "stablehlo.if"(%b) ({ stablehlo.return %s : tensor<f32> }, { stablehlo.return %s : tensor<f32> }) : (tensor<i1>) -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{0 regions are given; expected 1}}
  %0 = "stablehlo.case"(%i) : (tensor<i32>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the operand is tensor<i1>; expected tensor<i32>}}
  %0 = "stablehlo.case"(%b) ({ stablehlo.return %s : tensor<f32> }) : (tensor<i1>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tuple<tensor<f32>, tensor<i32>>}}
  %0 = "stablehlo.tuple"(%s, %i) : (tensor<f32>, tensor<i32>) -> tuple<tensor<f32>>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected a tuple}}
  %0 = "stablehlo.get_tuple_element"(%s) {index = 0 : i32} : (tensor<f32>) -> tensor<f32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{an operand is tensor<f32>; expected !stablehlo.token}}
  %0 = "stablehlo.after_all"(%s) : (tensor<f32>) -> !stablehlo.token
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<f32>, tensor<i32>}}
  %0:2 = "stablehlo.optimization_barrier"(%s, %i) : (tensor<f32>, tensor<i32>) -> (tensor<i32>, tensor<f32>)
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  check.expect_eq %a, %a : tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected operands of one type}}
  "check.expect_eq"(%a, %v) : (tensor<2x3xf32>, tensor<3xf32>) -> ()
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{the operand is tensor<2x3xf32> and the constant tensor<3xf32>}}
  "check.expect_eq_const"(%a) {value = dense<0.0> : tensor<3xf32>} : (tensor<2x3xf32>) -> ()
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected tensor<ui32>}}
  %0 = "stablehlo.replica_id"() : () -> tensor<i32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  // expected-error@+1 {{an operand is tensor<2x3xf32>; expected !stablehlo.token}}
  %0 = "stablehlo.outfeed"(%t, %a) : (!stablehlo.token, tensor<2x3xf32>) -> !stablehlo.token
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %x3: tensor<2x8x4xf32>, %k3: tensor<3x4x6xf32>, %b: tensor<i1>, %t: !stablehlo.token) {
  %0 = "other.op"(%a, %t) ({ stablehlo.return %a : tensor<2x3xf32> }) : (tensor<2x3xf32>, !stablehlo.token) -> tensor<9xf32>
  return
}
