module @jit__lambda attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<5xcomplex<f64>>, %arg1: tensor<5xcomplex<f64>>) -> (tensor<5xcomplex<f64>> {jax.result_info = "result"}) {
    %0 = stablehlo.exponential %arg0 : tensor<5xcomplex<f64>>
    %1 = stablehlo.multiply %0, %arg1 : tensor<5xcomplex<f64>>
    %cst = stablehlo.constant dense<(2.000000e+00,0.000000e+00)> : tensor<complex<f64>>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<complex<f64>>) -> tensor<5xcomplex<f64>>
    %3 = stablehlo.add %arg0, %2 : tensor<5xcomplex<f64>>
    %4 = stablehlo.divide %1, %3 : tensor<5xcomplex<f64>>
    %5 = stablehlo.tanh %arg1 : tensor<5xcomplex<f64>>
    %6 = stablehlo.real %5 : (tensor<5xcomplex<f64>>) -> tensor<5xf64>
    %7 = stablehlo.imag %5 : (tensor<5xcomplex<f64>>) -> tensor<5xf64>
    %8 = stablehlo.negate %7 : tensor<5xf64>
    %9 = stablehlo.complex %6, %8 : tensor<5xcomplex<f64>>
    %10 = stablehlo.add %4, %9 : tensor<5xcomplex<f64>>
    %11 = stablehlo.multiply %arg0, %arg1 : tensor<5xcomplex<f64>>
    %12 = stablehlo.sqrt %11 : tensor<5xcomplex<f64>>
    %13 = stablehlo.add %10, %12 : tensor<5xcomplex<f64>>
    return %13 : tensor<5xcomplex<f64>>
  }
}
