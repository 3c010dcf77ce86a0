module @jit__lambda attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<8xf32>) -> (tensor<8xf64> {jax.result_info = "result"}) {
    %0 = stablehlo.reduce_precision %arg0, format = e8m10 : tensor<8xf32>
    %1 = stablehlo.convert %arg0 : (tensor<8xf32>) -> tensor<8xf64>
    %2 = stablehlo.convert %0 : (tensor<8xf32>) -> tensor<8xf64>
    %3 = stablehlo.multiply %2, %1 : tensor<8xf64>
    return %3 : tensor<8xf64>
  }
}
