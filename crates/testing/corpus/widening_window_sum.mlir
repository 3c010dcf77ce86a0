// A sum of f32 in f64 over windows: it panicked.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<1xf64>
    %1 = stablehlo.constant dense<1.200000e+01> : tensor<1xf64>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<1xf64>, tensor<1xf64>) -> ()
    return
  }
  func.func private @program() -> tensor<1xf64> {
    %0 = stablehlo.constant dense<4.000000e+00> : tensor<4xf32>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %2 = "stablehlo.reduce_window"(%0, %1) <{padding = dense<[[0, -1]]> : tensor<1x2xi64>, window_dimensions = array<i64: 3>}> ({
    ^bb0(%arg0: tensor<f64>, %arg1: tensor<f64>):
      %3 = stablehlo.add %arg0, %arg1 : tensor<f64>
      stablehlo.return %3 : tensor<f64>
    }) : (tensor<4xf32>, tensor<f64>) -> tensor<1xf64>
    return %2 : tensor<1xf64>
  }
}
