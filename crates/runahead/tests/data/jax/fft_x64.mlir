module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<2x9xf64>) -> (tensor<2x9xf64> {jax.result_info = "result[0]"}, tensor<2x9xf64> {jax.result_info = "result[1]"}) {
    %0 = call @fft(%arg0) : (tensor<2x9xf64>) -> tensor<2x9xcomplex<f64>>
    %1 = stablehlo.abs %0 : (tensor<2x9xcomplex<f64>>) -> tensor<2x9xf64>
    %2 = call @fft_0(%arg0) : (tensor<2x9xf64>) -> tensor<2x5xcomplex<f64>>
    %3 = stablehlo.abs %2 : (tensor<2x5xcomplex<f64>>) -> tensor<2x5xf64>
    %4 = stablehlo.real %2 : (tensor<2x5xcomplex<f64>>) -> tensor<2x5xf64>
    %5 = stablehlo.imag %2 : (tensor<2x5xcomplex<f64>>) -> tensor<2x5xf64>
    %6 = stablehlo.negate %5 : tensor<2x5xf64>
    %7 = stablehlo.complex %4, %6 : tensor<2x5xcomplex<f64>>
    %8 = stablehlo.convert %3 : (tensor<2x5xf64>) -> tensor<2x5xcomplex<f64>>
    %cst = stablehlo.constant dense<(0.000000e+00,0.000000e+00)> : tensor<complex<f64>>
    %9 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<complex<f64>>) -> tensor<2x5xcomplex<f64>>
    %10 = stablehlo.compare EQ, %8, %9, FLOAT : (tensor<2x5xcomplex<f64>>, tensor<2x5xcomplex<f64>>) -> tensor<2x5xi1>
    %cst_0 = stablehlo.constant dense<(1.000000e+00,0.000000e+00)> : tensor<complex<f64>>
    %11 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<complex<f64>>) -> tensor<2x5xcomplex<f64>>
    %12 = stablehlo.select %10, %11, %8 : tensor<2x5xi1>, tensor<2x5xcomplex<f64>>
    %13 = stablehlo.divide %7, %12 : tensor<2x5xcomplex<f64>>
    %14 = stablehlo.multiply %3, %3 : tensor<2x5xf64>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %15 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<2x5xf64>
    %16 = stablehlo.multiply %15, %3 : tensor<2x5xf64>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %17 = stablehlo.reduce(%14 init: %cst_2) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x5xf64>, tensor<f64>) -> tensor<f64>
    %cst_3 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %18 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f64>) -> tensor<2x5xf64>
    %19 = stablehlo.multiply %18, %16 : tensor<2x5xf64>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %20 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f64>) -> tensor<2x5xf64>
    %21 = stablehlo.complex %19, %20 : tensor<2x5xcomplex<f64>>
    %22 = stablehlo.multiply %21, %13 : tensor<2x5xcomplex<f64>>
    %23 = call @fft_1(%22) : (tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64>
    return %1, %23 : tensor<2x9xf64>, tensor<2x9xf64>
  }
  func.func private @fft(%arg0: tensor<2x9xf64>) -> tensor<2x9xcomplex<f64>> {
    %0 = stablehlo.convert %arg0 : (tensor<2x9xf64>) -> tensor<2x9xcomplex<f64>>
    %1 = stablehlo.fft %0, type = FFT, length = [9] : (tensor<2x9xcomplex<f64>>) -> tensor<2x9xcomplex<f64>>
    return %1 : tensor<2x9xcomplex<f64>>
  }
  func.func private @fft_0(%arg0: tensor<2x9xf64>) -> tensor<2x5xcomplex<f64>> {
    %0 = stablehlo.fft %arg0, type = RFFT, length = [9] : (tensor<2x9xf64>) -> tensor<2x5xcomplex<f64>>
    return %0 : tensor<2x5xcomplex<f64>>
  }
  func.func private @fft_1(%arg0: tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64> {
    %0 = call @_rfft_transpose(%arg0) : (tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64>
    return %0 : tensor<2x9xf64>
  }
  func.func private @_rfft_transpose(%arg0: tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64> {
    %cst = stablehlo.constant dense<(2.000000e+00,0.000000e+00)> : tensor<complex<f64>>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<complex<f64>>) -> tensor<5xcomplex<f64>>
    %cst_0 = stablehlo.constant dense<(1.000000e+00,0.000000e+00)> : tensor<complex<f64>>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<complex<f64>>) -> tensor<1xcomplex<f64>>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %2 = stablehlo.dynamic_update_slice %0, %1, %c : (tensor<5xcomplex<f64>>, tensor<1xcomplex<f64>>, tensor<i64>) -> tensor<5xcomplex<f64>>
    %3 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<5xcomplex<f64>>) -> tensor<1x5xcomplex<f64>>
    %4 = stablehlo.real %arg0 : (tensor<2x5xcomplex<f64>>) -> tensor<2x5xf64>
    %5 = stablehlo.imag %arg0 : (tensor<2x5xcomplex<f64>>) -> tensor<2x5xf64>
    %6 = stablehlo.negate %5 : tensor<2x5xf64>
    %7 = stablehlo.complex %4, %6 : tensor<2x5xcomplex<f64>>
    %8 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<1x5xcomplex<f64>>) -> tensor<2x5xcomplex<f64>>
    %9 = stablehlo.divide %7, %8 : tensor<2x5xcomplex<f64>>
    %10 = call @fft_2(%9) : (tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64>
    %cst_1 = stablehlo.constant dense<9.000000e+00> : tensor<f64>
    %11 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<2x9xf64>
    %12 = stablehlo.multiply %11, %10 : tensor<2x9xf64>
    return %12 : tensor<2x9xf64>
  }
  func.func private @fft_2(%arg0: tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64> {
    %0 = stablehlo.fft %arg0, type = IRFFT, length = [9] : (tensor<2x5xcomplex<f64>>) -> tensor<2x9xf64>
    return %0 : tensor<2x9xf64>
  }
}
