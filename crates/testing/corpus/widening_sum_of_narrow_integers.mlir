// A sum of i16 in i32: elements were read in pairs.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<i32>
    %1 = stablehlo.constant dense<-10> : tensor<i32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<i32>, tensor<i32>) -> ()
    return
  }
  func.func private @program() -> tensor<i32> {
    %0 = stablehlo.constant dense<-2> : tensor<5x1xi16>
    %1 = stablehlo.constant dense<0> : tensor<i32>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [0, 1] : (tensor<5x1xi16>, tensor<i32>) -> tensor<i32>
    return %2 : tensor<i32>
  }
}
