// RUN: verify
// Functions, calls, and the types of values.
func.func @f(%a: tensor<f32>) -> tensor<i32> {
  // expected-error@+1 {{return: tensor<f32> is returned; expected the declared results: tensor<i32>}}
  return %a : tensor<f32>
}
// -----
func.func @f(%a: tensor<f32>) -> (tensor<f32>, tensor<f32>) {
  // expected-error@+1 {{tensor<f32> is returned; expected the declared results: tensor<f32>, tensor<f32>}}
  return %a : tensor<f32>
}
// -----
func.func @f(%a: tensor<f32>) {
  // expected-error@+1 {{func.call: there is no function @g; expected one of the module's}}
  call @g(%a) : (tensor<f32>) -> ()
  return
}
// -----
func.func @f(%a: tensor<f32>) {
  // expected-error@+1 {{the operands are tensor<f32>; expected those of @g: tensor<i32>}}
  %0 = call @g(%a) : (tensor<f32>) -> tensor<i32>
  return
}
func.func @g(%a: tensor<i32>) -> tensor<i32> { return %a : tensor<i32> }
// -----
func.func @f(%a: tensor<i32>) {
  // expected-error@+1 {{the results are nothing; expected those of @g: tensor<i32>}}
  call @g(%a) : (tensor<i32>) -> ()
  return
}
func.func @g(%a: tensor<i32>) -> tensor<i32> { return %a : tensor<i32> }
// -----
// expected-error@+1 {{@f: it is part of a circle of calls, or calls one; expected calls that end}}
func.func @f() {
  call @g() : () -> ()
  return
}
// expected-error@+1 {{@g: it is part of a circle of calls}}
func.func @g() {
  call @f() : () -> ()
  return
}
// -----
// expected-error@+1 {{@f: it is part of a circle of calls}}
func.func @f(%p: tensor<i1>) {
  "stablehlo.if"(%p) ({
    func.call @f(%p) : (tensor<i1>) -> ()
    stablehlo.return
  }, {
    stablehlo.return
  }) : (tensor<i1>) -> ()
  return
}
// -----
func.func @f(%a: tensor<f32>) {
  // expected-error@+1 {{there is no function @nowhere}}
  %0 = stablehlo.composite "a.b" %a {decomposition = @nowhere} : (tensor<f32>) -> tensor<f32>
  // expected-error@+1 {{there is no function @neither}}
  %1 = stablehlo.custom_call @x(%a) {called_computations = [@neither]} : (tensor<f32>) -> tensor<f32>
  // expected-error@+1 {{output_operand_aliases names an operand or a result that is not there}}
  %2 = stablehlo.custom_call @x(%a) {output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 1, operand_tuple_indices = []>]} : (tensor<f32>) -> tensor<f32>
  // expected-error@+1 {{shares the memory of an operand of type tensor<f32>; expected one type}}
  %3 = stablehlo.custom_call @x(%a) {output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [], operand_index = 0, operand_tuple_indices = []>]} : (tensor<f32>) -> tensor<2xf32>
  return
}
// -----
// expected-error@+1 {{@f: tensor<99999999999x99999999999xf32> does not fit in memory; expected less than 2^63 bytes}}
func.func @f(%a: tensor<99999999999x99999999999xf32>) {
  return
}
// -----
func.func @f() {
  // expected-error@+1 {{stablehlo.iota: tensor<9223372036854775807xf32> does not fit in memory}}
  %0 = stablehlo.iota dim = 0 : tensor<9223372036854775807xf32>
  return
}
// -----
// expected-error@+1 {{is quantized along axis 1; expected one below 1}}
func.func @f(%a: tensor<2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>) {
  return
}
// -----
// expected-error@+1 {{has 2 scales and 2 zero points; expected 3 of each}}
func.func @f(%a: tensor<3x!quant.uniform<i8:f32:0, {0.5, 0.25:3}>>) {
  return
}
// -----
// Two errors are both reported.
func.func @f(%a: tensor<2xf32>) {
  // expected-error@+1 {{stablehlo.and}}
  %0 = stablehlo.and %a, %a : tensor<2xf32>
  // expected-error@+1 {{stablehlo.iota}}
  %1 = stablehlo.iota dim = 1 : tensor<2xf32>
  return
}
// -----
// Sizes that are not known agree with any.
func.func @f(%a: tensor<?x3xf32>, %b: tensor<2x?xf32>) -> tensor<2x3xf32> {
  %0 = "stablehlo.add"(%a, %b) : (tensor<?x3xf32>, tensor<2x?xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
