// RUN: verify
// Writing at places that are values.
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the result is tensor<2x3xf32>; expected tensor<3x3xf32>}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the updates are tensor<2x3xf32>; expected tensor<2x2xf32> for the indices tensor<2xi32>}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{update_window_dims is 2}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected 2 together}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0, 1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{an index has 1 entries in tensor<2xi32>; expected 2}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0, 1], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the updates are tensor<3xf32>; expected the rank 2}}
  %0 = "stablehlo.scatter"(%m, %j, %v) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return %y : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region has 1 parameters; expected 2}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>): stablehlo.return %x : tensor<f32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region returns 0 values; expected 1}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<f32>, %y: tensor<f32>): stablehlo.return }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{the region computes with tensor<i32> for tensor<3x3xf32>}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<i32>, %y: tensor<i32>): stablehlo.return %x : tensor<i32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
// -----
func.func @f(%a: tensor<2x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>, %i: tensor<i32>, %m: tensor<3x3xf32>, %n: tensor<2x3xi32>, %p: tensor<2x3xi1>, %c: tensor<2x3xcomplex<f32>>, %q: tensor<2x3x!quant.uniform<i8:f32, 0.5>>, %k: tensor<4xi64>, %j: tensor<2xi32>, %t: !stablehlo.token) {
  // expected-error@+1 {{expected scalars of its elements}}
  %0 = "stablehlo.scatter"(%m, %j, %a) ({ ^bb0(%x: tensor<3xf32>, %y: tensor<3xf32>): stablehlo.return %x : tensor<3xf32> }) {scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>} : (tensor<3x3xf32>, tensor<2xi32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}
