// RUN: verify, inline
func.func @main(%a: tensor<4xf32>, %n: tensor<i32>) -> (tensor<4xf32>, tensor<i32>) {
  %0:2 = call @outer(%a, %n) : (tensor<4xf32>, tensor<i32>) -> (tensor<4xf32>, tensor<i32>)
  return %0#0, %0#1 : tensor<4xf32>, tensor<i32>
}
func.func private @outer(%a: tensor<4xf32>, %n: tensor<i32>) -> (tensor<4xf32>, tensor<i32>) {
  %0 = func.call @inner(%a) : (tensor<4xf32>) -> tensor<4xf32>
  return %0, %n : tensor<4xf32>, tensor<i32>
}
func.func private @inner(%a: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.sine %a : tensor<4xf32>
  return %0 : tensor<4xf32>
}
//| func.func @main(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> (tensor<4xf32>, tensor<i32>) {
//| %0 = stablehlo.sine %arg0 : tensor<4xf32>
//| return %0, %arg1 : tensor<4xf32>, tensor<i32>
//| }
// -----
// A call inside a loop, whose body uses values from around it; and a composite.
func.func @main(%a: tensor<4xf32>, %n: tensor<i32>) -> tensor<4xf32> {
  %0:2 = stablehlo.while(%x = %a, %i = %n) : tensor<4xf32>, tensor<i32>
  cond {
    %1 = stablehlo.compare GT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %1 = func.call @step(%x, %a) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    stablehlo.return %1, %i : tensor<4xf32>, tensor<i32>
  }
  %1 = stablehlo.composite "my.step" %0#0, %a {decomposition = @step} : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}
func.func private @step(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
  %0 = stablehlo.add %a, %b : tensor<4xf32>
  return %0 : tensor<4xf32>
}
//| func.func @main(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> tensor<4xf32> {
//| %0:2 = stablehlo.while(%arg2 = %arg0, %arg3 = %arg1) : tensor<4xf32>, tensor<i32>
//| cond {
//| %1 = stablehlo.compare GT, %arg3, %arg1, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
//| stablehlo.return %1 : tensor<i1>
//| } do {
//| %2 = stablehlo.add %arg2, %arg0 : tensor<4xf32>
//| stablehlo.return %2, %arg3 : tensor<4xf32>, tensor<i32>
//| }
//| %3 = stablehlo.add %0#0, %arg0 : tensor<4xf32>
//| return %3 : tensor<4xf32>
//| }
// -----
// Functions that a custom call names stay.
func.func @main(%a: tensor<f32>) -> tensor<f32> {
  %0 = call @identity(%a) : (tensor<f32>) -> tensor<f32>
  %1 = stablehlo.custom_call @other(%0) {called_computations = [@kept]} : (tensor<f32>) -> tensor<f32>
  return %1 : tensor<f32>
}
func.func private @kept(%a: tensor<f32>) -> tensor<f32> {
  return %a : tensor<f32>
}
func.func private @identity(%a: tensor<f32>) -> tensor<f32> {
  return %a : tensor<f32>
}
//| func.func @main(%arg0: tensor<f32>) -> tensor<f32> {
//| %0 = stablehlo.custom_call @other(%arg0) {called_computations = [@kept]} : (tensor<f32>) -> tensor<f32>
//| return %0 : tensor<f32>
//| }
//| func.func private @kept(%arg0: tensor<f32>) -> tensor<f32> {
//| return %arg0 : tensor<f32>
//| }
