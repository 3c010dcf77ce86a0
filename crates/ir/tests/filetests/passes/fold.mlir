// RUN: verify, fold, dce
func.func @main(%a: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>) {
  %0 = stablehlo.reshape %a : (tensor<2x3xf32>) -> tensor<6xf32>
  %1 = stablehlo.reshape %0 : (tensor<6xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.reshape %0 : (tensor<6xf32>) -> tensor<3x2xf32>
  %3 = stablehlo.transpose %a, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %4 = stablehlo.transpose %3, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %5 = stablehlo.transpose %4, dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
  return %1, %2, %5, %4 : tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>
}
//| func.func @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>) {
//| %0 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<3x2xf32>
//| %1 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
//| return %arg0, %0, %arg0, %1 : tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x3xf32>, tensor<3x2xf32>
//| }
// -----
// Splats spread; other constants only change shape.
func.func @main() -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<1xf32>, tensor<2x1xi32>, tensor<2x2xi32>) {
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %2 = stablehlo.slice %0 [0:1, 0:1] : (tensor<2x3xf32>) -> tensor<1x1xf32>
  %3 = stablehlo.reshape %2 : (tensor<1x1xf32>) -> tensor<1xf32>
  %d = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %4 = stablehlo.reshape %d : (tensor<2xi32>) -> tensor<2x1xi32>
  %5 = stablehlo.broadcast_in_dim %d, dims = [0] : (tensor<2xi32>) -> tensor<2x2xi32>
  return %0, %1, %3, %4, %5 : tensor<2x3xf32>, tensor<3x2xf32>, tensor<1xf32>, tensor<2x1xi32>, tensor<2x2xi32>
}
//| func.func @main() -> (tensor<2x3xf32>, tensor<3x2xf32>, tensor<1xf32>, tensor<2x1xi32>, tensor<2x2xi32>) {
//| %0 = stablehlo.constant dense<1.000000e+00> : tensor<2x3xf32>
//| %1 = stablehlo.constant dense<1.000000e+00> : tensor<3x2xf32>
//| %2 = stablehlo.constant dense<1.000000e+00> : tensor<1xf32>
//| %3 = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
//| %4 = stablehlo.constant dense<[[1], [2]]> : tensor<2x1xi32>
//| %5 = stablehlo.broadcast_in_dim %3, dims = [0] : (tensor<2xi32>) -> tensor<2x2xi32>
//| return %0, %1, %2, %4, %5 : tensor<2x3xf32>, tensor<3x2xf32>, tensor<1xf32>, tensor<2x1xi32>, tensor<2x2xi32>
//| }
// -----
// What changes nothing is left out.
func.func @main(%a: tensor<2x3xf32>, %b: tensor<2x3xf32>, %v: tensor<f32>) -> tensor<2x3xf32> {
  %0 = stablehlo.convert %a : tensor<2x3xf32>
  %1 = stablehlo.slice %0 [0:2, 0:3] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %2 = stablehlo.pad %1, %v, low = [0, 0], high = [0, 0], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %3 = stablehlo.reverse %2, dims = [] : tensor<2x3xf32>
  %4 = stablehlo.concatenate %3, dim = 0 : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %p = stablehlo.constant dense<false> : tensor<i1>
  %6 = stablehlo.select %p, %b, %5 : tensor<i1>, tensor<2x3xf32>
  %7 = stablehlo.tuple %6, %b : tuple<tensor<2x3xf32>, tensor<2x3xf32>>
  %8 = stablehlo.get_tuple_element %7[0] : (tuple<tensor<2x3xf32>, tensor<2x3xf32>>) -> tensor<2x3xf32>
  return %8 : tensor<2x3xf32>
}
//| func.func @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>, %arg2: tensor<f32>) -> tensor<2x3xf32> {
//| return %arg0 : tensor<2x3xf32>
//| }
// -----
// What changes something, or is negative padding that only looks like none, stays.
func.func @main(%a: tensor<3x3xf32>, %v: tensor<f32>) -> (tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>) {
  %0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
  %1 = stablehlo.pad %a, %v, low = [1, 0], high = [-1, 0], interior = [0, 0] : (tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xf32>
  %2 = stablehlo.broadcast_in_dim %a, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
  return %0, %1, %2 : tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>
}
//| func.func @main(%arg0: tensor<3x3xf32>, %arg1: tensor<f32>) -> (tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>) {
//| %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
//| %1 = stablehlo.pad %arg0, %arg1, low = [1, 0], high = [-1, 0], interior = [0, 0] : (tensor<3x3xf32>, tensor<f32>) -> tensor<3x3xf32>
//| %2 = stablehlo.broadcast_in_dim %arg0, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
//| return %0, %1, %2 : tensor<3x3xf32>, tensor<3x3xf32>, tensor<3x3xf32>
//| }
