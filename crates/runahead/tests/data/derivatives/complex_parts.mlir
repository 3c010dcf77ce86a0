module @jit__lambda attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) -> (tensor<4xf32> {jax.result_info = "result[0]"}, tensor<4xcomplex<f32>> {jax.result_info = "result[1]"}, tensor<4xf32> {jax.result_info = "result[2]"}) {
    %0 = stablehlo.complex %arg0, %arg1 : tensor<4xcomplex<f32>>
    %1 = stablehlo.abs %0 : (tensor<4xcomplex<f32>>) -> tensor<4xf32>
    %2 = stablehlo.sine %arg0 : tensor<4xf32>
    %3 = stablehlo.multiply %arg0, %arg1 : tensor<4xf32>
    %4 = stablehlo.complex %2, %3 : tensor<4xcomplex<f32>>
    %5 = stablehlo.complex %arg0, %arg1 : tensor<4xcomplex<f32>>
    %6 = stablehlo.multiply %5, %5 : tensor<4xcomplex<f32>>
    %7 = stablehlo.imag %6 : (tensor<4xcomplex<f32>>) -> tensor<4xf32>
    return %1, %4, %7 : tensor<4xf32>, tensor<4xcomplex<f32>>, tensor<4xf32>
  }
}
