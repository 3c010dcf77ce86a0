// The greatest of u8 in u32, of which nothing is read in the end: it panicked.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<0x0x1xui32>
    %1 = stablehlo.constant dense<> : tensor<0x0x1xui32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<0x0x1xui32>, tensor<0x0x1xui32>) -> ()
    return
  }
  func.func private @program() -> tensor<0x0x1xui32> {
    %0 = stablehlo.constant dense<"0x000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"> : tensor<1x6x16x1xui8>
    %1 = stablehlo.constant dense<0> : tensor<ui32>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.maximum across dimensions = [0] : (tensor<1x6x16x1xui8>, tensor<ui32>) -> tensor<6x16x1xui32>
    %3 = stablehlo.slice %2 [5:5, 16:16, 0:1] : (tensor<6x16x1xui32>) -> tensor<0x0x1xui32>
    return %3 : tensor<0x0x1xui32>
  }
}
