module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<24xf32>) -> (tensor<24xf32> {jax.result_info = "result[0]"}, tensor<24xf32> {jax.result_info = "result[1]"}, tensor<24xf32> {jax.result_info = "result[2]"}, tensor<24xf32> {jax.result_info = "result[3]"}, tensor<24xi8> {jax.result_info = "result[4]"}, tensor<24xf32> {jax.result_info = "result[5]"}) {
    %0 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E4M3FN>
    %1 = stablehlo.convert %0 : (tensor<24xf8E4M3FN>) -> tensor<24xf32>
    %2 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E5M2>
    %3 = stablehlo.convert %2 : (tensor<24xf8E5M2>) -> tensor<24xf32>
    %4 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E4M3B11FNUZ>
    %5 = stablehlo.convert %4 : (tensor<24xf8E4M3B11FNUZ>) -> tensor<24xf32>
    %6 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E5M2FNUZ>
    %7 = stablehlo.convert %6 : (tensor<24xf8E5M2FNUZ>) -> tensor<24xf32>
    %8 = call @round(%arg0) : (tensor<24xf32>) -> tensor<24xf32>
    %c = stablehlo.constant dense<-4> : tensor<i64>
    %c_0 = stablehlo.constant dense<3> : tensor<i64>
    %9 = call @clip(%8, %c, %c_0) : (tensor<24xf32>, tensor<i64>, tensor<i64>) -> tensor<24xf32>
    %10 = stablehlo.convert %9 : (tensor<24xf32>) -> tensor<24xi8>
    %11 = stablehlo.convert %10 : (tensor<24xi8>) -> tensor<24xi4>
    %12 = stablehlo.add %11, %11 : tensor<24xi4>
    %13 = stablehlo.convert %12 : (tensor<24xi4>) -> tensor<24xi8>
    %14 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E5M2>
    %15 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf8E5M2>
    %16 = stablehlo.multiply %14, %15 : tensor<24xf8E5M2>
    %17 = stablehlo.convert %16 : (tensor<24xf8E5M2>) -> tensor<24xf32>
    return %1, %3, %5, %7, %13, %17 : tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xi8>, tensor<24xf32>
  }
  func.func private @round(%arg0: tensor<24xf32>) -> tensor<24xf32> {
    %0 = stablehlo.round_nearest_even %arg0 : tensor<24xf32>
    return %0 : tensor<24xf32>
  }
  func.func private @clip(%arg0: tensor<24xf32>, %arg1: tensor<i64>, %arg2: tensor<i64>) -> tensor<24xf32> {
    %0 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %2 = stablehlo.maximum %1, %arg0 : tensor<24xf32>
    %3 = stablehlo.convert %arg2 : (tensor<i64>) -> tensor<f32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %5 = stablehlo.minimum %4, %2 : tensor<24xf32>
    return %5 : tensor<24xf32>
  }
}
