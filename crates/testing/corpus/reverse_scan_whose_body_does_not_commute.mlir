// What was combined stands behind the element where a scan runs from the end: it was given in front.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<2xi32>
    %1 = stablehlo.constant dense<[-10, 5]> : tensor<2xi32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<2xi32>, tensor<2xi32>) -> ()
    return
  }
  func.func private @program() -> tensor<2xi32> {
    %0 = stablehlo.constant dense<[-3, 5]> : tensor<2xi32>
    %1 = stablehlo.constant dense<1> : tensor<i32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3:2 = "stablehlo.reduce_window"(%0, %0, %1, %2) <{padding = dense<[[0, 1]]> : tensor<1x2xi64>, window_dimensions = array<i64: 2>}> ({
    ^bb0(%arg0: tensor<i32>, %arg1: tensor<i32>, %arg2: tensor<i32>, %arg3: tensor<i32>):
      %4 = stablehlo.multiply %arg0, %arg2 : tensor<i32>
      %5 = stablehlo.multiply %arg1, %arg2 : tensor<i32>
      %6 = stablehlo.add %5, %arg3 : tensor<i32>
      stablehlo.return %4, %6 : tensor<i32>, tensor<i32>
    }) : (tensor<2xi32>, tensor<2xi32>, tensor<i32>, tensor<i32>) -> (tensor<2xi32>, tensor<2xi32>)
    return %3#1 : tensor<2xi32>
  }
}
