// RUN: verify, dce
func.func @main(%a: tensor<4xf32>, %t: !stablehlo.token) -> tensor<4xf32> {
  %0 = stablehlo.sine %a : tensor<4xf32>
  %1 = stablehlo.cosine %0 : tensor<4xf32>
  %2 = stablehlo.custom_call @pure(%1) : (tensor<4xf32>) -> tensor<4xf32>
  %3 = stablehlo.custom_call @noisy(%a) {has_side_effect = true} : (tensor<4xf32>) -> tensor<4xf32>
  %4 = "stablehlo.outfeed"(%a, %t) : (tensor<4xf32>, !stablehlo.token) -> !stablehlo.token
  return %a : tensor<4xf32>
}
//| func.func @main(%arg0: tensor<4xf32>, %arg1: !stablehlo.token) -> tensor<4xf32> {
//| %0 = stablehlo.custom_call @noisy(%arg0) {has_side_effect = true} : (tensor<4xf32>) -> tensor<4xf32>
//| %1 = "stablehlo.outfeed"(%arg0, %arg1) <{outfeed_config = ""}> : (tensor<4xf32>, !stablehlo.token) -> !stablehlo.token
//| return %arg0 : tensor<4xf32>
//| }
// -----
// What only a region uses is used; what a region makes and does not use is not.
func.func @main(%a: tensor<f32>, %p: tensor<i1>) -> tensor<f32> {
  %0 = stablehlo.sine %a : tensor<f32>
  %1 = stablehlo.cosine %a : tensor<f32>
  %2 = "stablehlo.if"(%p) ({
    %3 = stablehlo.add %0, %0 : tensor<f32>
    %4 = stablehlo.multiply %1, %1 : tensor<f32>
    stablehlo.return %3 : tensor<f32>
  }, {
    stablehlo.return %a : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  return %2 : tensor<f32>
}
//| func.func @main(%arg0: tensor<f32>, %arg1: tensor<i1>) -> tensor<f32> {
//| %0 = stablehlo.sine %arg0 : tensor<f32>
//| %1 = "stablehlo.if"(%arg1) ({
//| %2 = stablehlo.add %0, %0 : tensor<f32>
//| stablehlo.return %2 : tensor<f32>
//| }, {
//| stablehlo.return %arg0 : tensor<f32>
//| }) : (tensor<i1>) -> tensor<f32>
//| return %1 : tensor<f32>
//| }
// -----
// A loop that nobody needs goes; one that speaks stays.
func.func @main(%a: tensor<i32>) {
  %0 = stablehlo.while(%x = %a) : tensor<i32>
  cond {
    %p = stablehlo.compare LT, %x, %a : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.return %x : tensor<i32>
  }
  %1 = stablehlo.while(%x = %a) : tensor<i32>
  cond {
    %p = stablehlo.compare GT, %x, %a : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %p : tensor<i1>
  } do {
    stablehlo.custom_call @print(%x) {has_side_effect = true} : (tensor<i32>) -> ()
    stablehlo.return %x : tensor<i32>
  }
  return
}
//| func.func @main(%arg0: tensor<i32>) {
//| %0 = stablehlo.while(%arg1 = %arg0) : tensor<i32>
//| cond {
//| %1 = stablehlo.compare GT, %arg1, %arg0 : (tensor<i32>, tensor<i32>) -> tensor<i1>
//| stablehlo.return %1 : tensor<i1>
//| } do {
//| stablehlo.custom_call @print(%arg1) {has_side_effect = true} : (tensor<i32>) -> ()
//| stablehlo.return %arg1 : tensor<i32>
//| }
//| return
//| }
