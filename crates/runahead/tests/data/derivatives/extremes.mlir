module @jit__lambda attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<3x2xf32>) -> (tensor<2xf32> {jax.result_info = "result[0]"}, tensor<3x2xf32> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [0] : (tensor<3x2xf32>, tensor<f32>) -> tensor<2xf32>
    %1 = stablehlo.reverse %arg0, dims = [0] : tensor<3x2xf32>
    %2 = stablehlo.minimum %arg0, %1 : tensor<3x2xf32>
    return %0, %2 : tensor<2xf32>, tensor<3x2xf32>
  }
}
