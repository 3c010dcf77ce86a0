// RUN: verify
// Aliases of types and attributes, and names that need quotes.
#c = #stablehlo.channel_handle<handle = 3, type = 1>
#list = [#c, 1, "two\0Athree \"four\" \\"]
!v = tensor<4xf32>
!q = !quant.uniform<i8:f32, 1.0e-5:-3>
module @"a module" attributes {m.list = #list, "b c" = unit, d = @f::@"g h", e = (!v) -> (), i = true} {
  func.func @"a function"(%0: !v, %q: tensor<2x!q>) -> (!v, tensor<2x!q>) {
    %1:2 = "any.thing"(%0) {handle = #c} : (!v) -> (!v, tuple<!v, tensor<i1>>) loc("here")
    %a, %b = stablehlo.optimization_barrier %1#0, %q : !v, tensor<2x!q>
    return %a, %b : !v, tensor<2x!q>
  }
}
//| func.func @"a function"(%arg0: tensor<4xf32>, %arg1: tensor<2x!quant.uniform<i8:f32, 1.000000e-05:-3>>) -> (tensor<4xf32>, tensor<2x!quant.uniform<i8:f32, 1.000000e-05:-3>>) {
//| %0:2 = "any.thing"(%arg0) {handle = #stablehlo.channel_handle<handle = 3, type = 1>} : (tensor<4xf32>) -> (tensor<4xf32>, tuple<tensor<4xf32>, tensor<i1>>)
//| %1:2 = stablehlo.optimization_barrier %0#0, %arg1 : tensor<4xf32>, tensor<2x!quant.uniform<i8:f32, 1.000000e-05:-3>>
//| return %1#0, %1#1 : tensor<4xf32>, tensor<2x!quant.uniform<i8:f32, 1.000000e-05:-3>>
//| }
