// One to the power of a NaN that is not quiet: it was NaN.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<4xf32>
    %1 = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<4xf32>, tensor<4xf32>) -> ()
    return
  }
  func.func private @program() -> tensor<4xf32> {
    %0 = stablehlo.constant dense<1.000000e+00> : tensor<4xf32>
    %1 = stablehlo.constant dense<[0xFFB4575C, 0x7FA00001, 0x7FC00000, 0x7F800000]> : tensor<4xf32>
    %2 = stablehlo.power %0, %1 : tensor<4xf32>
    return %2 : tensor<4xf32>
  }
}
