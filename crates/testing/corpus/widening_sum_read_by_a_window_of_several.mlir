// A sum in a wider type that a window of several operands reads.
module {
  func.func public @main() {
    %0 = call @program() : () -> tensor<6x4xi32>
    %1 = stablehlo.constant dense<[[-2147483648, -216, -216, -216], [-2147483648, -216, -216, -216], [-2147483648, -216, -216, -216], [-2147483648, -216, -216, -216], [-2147483648, -216, -216, -216], [-2147483648, -216, -216, -216]]> : tensor<6x4xi32>
    stablehlo.custom_call @check.expect_eq(%0, %1) {has_side_effect = true} : (tensor<6x4xi32>, tensor<6x4xi32>) -> ()
    return
  }
  func.func private @program() -> tensor<6x4xi32> {
    %0 = stablehlo.constant dense<-3.000000e+00> : tensor<1x9x8xf32>
    %1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %2 = stablehlo.reduce(%0 init: %1) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<1x9x8xf32>, tensor<f64>) -> tensor<f64>
    %3 = stablehlo.convert %2 : (tensor<f64>) -> tensor<i32>
    %4 = stablehlo.constant dense<0> : tensor<5x8xi32>
    %5 = stablehlo.constant dense<false> : tensor<5x8xi1>
    %6 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i32>) -> tensor<5x8xi32>
    %7 = stablehlo.constant dense<0> : tensor<i32>
    %8 = stablehlo.constant dense<false> : tensor<i1>
    %9 = stablehlo.constant dense<-2147483648> : tensor<i32>
    %10:3 = "stablehlo.reduce_window"(%4, %5, %6, %7, %8, %9) <{base_dilations = array<i64: 2, 1>, padding = dense<[[0, 1], [2, 1]]> : tensor<2x2xi64>, window_dimensions = array<i64: 5, 2>, window_strides = array<i64: 1, 3>}> ({
    ^bb0(%arg0: tensor<i32>, %arg1: tensor<i1>, %arg2: tensor<i32>, %arg3: tensor<i32>, %arg4: tensor<i1>, %arg5: tensor<i32>):
      %11 = stablehlo.xor %arg0, %arg3 : tensor<i32>
      %12 = stablehlo.add %arg1, %arg4 : tensor<i1>
      %13 = stablehlo.maximum %arg2, %arg5 : tensor<i32>
      stablehlo.return %11, %12, %13 : tensor<i32>, tensor<i1>, tensor<i32>
    }) : (tensor<5x8xi32>, tensor<5x8xi1>, tensor<5x8xi32>, tensor<i32>, tensor<i1>, tensor<i32>) -> (tensor<6x4xi32>, tensor<6x4xi1>, tensor<6x4xi32>)
    return %10#2 : tensor<6x4xi32>
  }
}
