// RUN: verify, cse
func.func @main(%a: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %c = stablehlo.constant dense<1.0> : tensor<4xf32>
  %d = stablehlo.constant dense<[1.0, 1.0, 1.0, 1.0]> : tensor<4xf32>
  %e = stablehlo.constant dense<2.0> : tensor<4xf32>
  %0 = stablehlo.add %a, %c : tensor<4xf32>
  %1 = stablehlo.add %a, %d : tensor<4xf32>
  %2 = stablehlo.add %a, %e : tensor<4xf32>
  %3 = stablehlo.multiply %0, %1 : tensor<4xf32>
  return %3, %2 : tensor<4xf32>, tensor<4xf32>
}
//| func.func @main(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
//| %0 = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
//| %1 = stablehlo.constant dense<2.000000e+00> : tensor<4xf32>
//| %2 = stablehlo.add %arg0, %0 : tensor<4xf32>
//| %3 = stablehlo.add %arg0, %1 : tensor<4xf32>
//| %4 = stablehlo.multiply %2, %2 : tensor<4xf32>
//| return %4, %3 : tensor<4xf32>, tensor<4xf32>
//| }
// -----
// Not across the branches of an `if`, but from around them.
func.func @main(%a: tensor<f32>, %p: tensor<i1>) -> tensor<f32> {
  %0 = stablehlo.sine %a : tensor<f32>
  %1 = "stablehlo.if"(%p) ({
    %2 = stablehlo.sine %a : tensor<f32>
    %3 = stablehlo.cosine %2 : tensor<f32>
    stablehlo.return %3 : tensor<f32>
  }, {
    %2 = stablehlo.cosine %0 : tensor<f32>
    stablehlo.return %2 : tensor<f32>
  }) : (tensor<i1>) -> tensor<f32>
  %4 = stablehlo.cosine %0 : tensor<f32>
  %5 = stablehlo.add %1, %4 : tensor<f32>
  return %5 : tensor<f32>
}
//| func.func @main(%arg0: tensor<f32>, %arg1: tensor<i1>) -> tensor<f32> {
//| %0 = stablehlo.sine %arg0 : tensor<f32>
//| %1 = "stablehlo.if"(%arg1) ({
//| %2 = stablehlo.cosine %0 : tensor<f32>
//| stablehlo.return %2 : tensor<f32>
//| }, {
//| %3 = stablehlo.cosine %0 : tensor<f32>
//| stablehlo.return %3 : tensor<f32>
//| }) : (tensor<i1>) -> tensor<f32>
//| %4 = stablehlo.cosine %0 : tensor<f32>
//| %5 = stablehlo.add %1, %4 : tensor<f32>
//| return %5 : tensor<f32>
//| }
// -----
// Random numbers, barriers and what is not known are not the same twice; conversions to other types are not equal.
func.func @main(%a: tensor<f32>, %s: tensor<1xi64>) -> tensor<f32> {
  %0 = stablehlo.rng %a, %a, %s, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<2xf32>
  %1 = stablehlo.rng %a, %a, %s, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<2xf32>
  %2 = stablehlo.optimization_barrier %a : tensor<f32>
  %3 = stablehlo.optimization_barrier %a : tensor<f32>
  %4 = "other.thing"(%a) : (tensor<f32>) -> tensor<f32>
  %5 = "other.thing"(%a) : (tensor<f32>) -> tensor<f32>
  %6 = stablehlo.convert %a : (tensor<f32>) -> tensor<f64>
  %7 = stablehlo.convert %a : (tensor<f32>) -> tensor<f16>
  return %a : tensor<f32>
}
//| func.func @main(%arg0: tensor<f32>, %arg1: tensor<1xi64>) -> tensor<f32> {
//| %0 = stablehlo.rng %arg0, %arg0, %arg1, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<2xf32>
//| %1 = stablehlo.rng %arg0, %arg0, %arg1, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<2xf32>
//| %2 = stablehlo.optimization_barrier %arg0 : tensor<f32>
//| %3 = stablehlo.optimization_barrier %arg0 : tensor<f32>
//| %4 = "other.thing"(%arg0) : (tensor<f32>) -> tensor<f32>
//| %5 = "other.thing"(%arg0) : (tensor<f32>) -> tensor<f32>
//| %6 = stablehlo.convert %arg0 : (tensor<f32>) -> tensor<f64>
//| %7 = stablehlo.convert %arg0 : (tensor<f32>) -> tensor<f16>
//| return %arg0 : tensor<f32>
//| }
