// A sum in a wider type over no axes: the elements were read as if they were of the wider type.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<7xf32>
    %1 = stablehlo.constant dense<[1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00]> : tensor<7xf32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<7xf32>, tensor<7xf32>) -> ()
    return
  }
  func.func private @program() -> tensor<7xf32> {
    %0 = stablehlo.constant dense<1.000000e+00> : tensor<7xf16>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [] : (tensor<7xf16>, tensor<f32>) -> tensor<7xf32>
    return %2 : tensor<7xf32>
  }
}
