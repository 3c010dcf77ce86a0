// The greatest of f32 in f64: it panicked.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<f64>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<f64>, tensor<f64>) -> ()
    return
  }
  func.func private @program() -> tensor<f64> {
    %0 = stablehlo.constant dense<[0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00]> : tensor<5xf32>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.maximum across dimensions = [0] : (tensor<5xf32>, tensor<f64>) -> tensor<f64>
    return %2 : tensor<f64>
  }
}
