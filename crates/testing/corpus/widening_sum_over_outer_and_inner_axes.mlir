// A sum of bf16 in f32 over the first and the last axis: it panicked.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<3xf32>
    %1 = stablehlo.constant dense<[-9.000000e+00, -1.500000e+01, 1.200000e+01]> : tensor<3xf32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<3xf32>, tensor<3xf32>) -> ()
    return
  }
  func.func private @program() -> tensor<3xf32> {
    %0 = stablehlo.constant dense<"0x00C040C000C080C00000404080C0803F803F404080BF80C0803F000000C080C08040803F00C080404040000080BF80C040C00040000040C040C0004000C080400040803F80C040C080BF80BF000080BF4040803F80BF80C0404000C080BF8040803F404000C0404040C080C000000040000000C0803F80404040804080BF000080BF80BF004040C040C080C080BF00C080C0803F80BF80C0004080C00000803F80400000804080BF4040804000404040803F0000"> : tensor<2x3x15xbf16>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [0, 2] : (tensor<2x3x15xbf16>, tensor<f32>) -> tensor<3xf32>
    return %2 : tensor<3xf32>
  }
}
