module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<24xf32>, %arg1: tensor<24xf32>) -> (tensor<24xcomplex<f32>> {jax.result_info = "result[0]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[1]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[2]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[3]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[4]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[5]"}, tensor<24xf32> {jax.result_info = "result[6]"}, tensor<24xf32> {jax.result_info = "result[7]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[8]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[9]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[10]"}, tensor<24xcomplex<f32>> {jax.result_info = "result[11]"}) {
    %0 = stablehlo.complex %arg0, %arg1 : tensor<24xcomplex<f32>>
    %1 = stablehlo.exponential %0 : tensor<24xcomplex<f32>>
    %2 = stablehlo.log %0 : tensor<24xcomplex<f32>>
    %3 = stablehlo.sqrt %0 : tensor<24xcomplex<f32>>
    %4 = stablehlo.real %0 : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %5 = stablehlo.imag %0 : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %7 = stablehlo.compare EQ, %4, %6, FLOAT : (tensor<24xf32>, tensor<24xf32>) -> tensor<24xi1>
    %8 = stablehlo.sine %4 : tensor<24xf32>
    %9 = stablehlo.cosine %4 : tensor<24xf32>
    %10 = stablehlo.exponential_minus_one %5 : tensor<24xf32>
    %11 = stablehlo.negate %5 : tensor<24xf32>
    %12 = stablehlo.exponential_minus_one %11 : tensor<24xf32>
    %13 = stablehlo.subtract %10, %12 : tensor<24xf32>
    %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %15 = stablehlo.divide %13, %14 : tensor<24xf32>
    %16 = stablehlo.add %10, %12 : tensor<24xf32>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %18 = stablehlo.add %16, %17 : tensor<24xf32>
    %cst_2 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %20 = stablehlo.divide %18, %19 : tensor<24xf32>
    %21 = stablehlo.multiply %8, %20 : tensor<24xf32>
    %22 = stablehlo.multiply %9, %15 : tensor<24xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<24xf32>
    %24 = stablehlo.complex %23, %22 : tensor<24xcomplex<f32>>
    %25 = stablehlo.complex %21, %22 : tensor<24xcomplex<f32>>
    %26 = stablehlo.select %7, %24, %25 : tensor<24xi1>, tensor<24xcomplex<f32>>
    %27 = stablehlo.tanh %0 : tensor<24xcomplex<f32>>
    %cst_4 = stablehlo.constant dense<(2.500000e+00,0.000000e+00)> : tensor<complex<f32>>
    %28 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<complex<f32>>) -> tensor<24xcomplex<f32>>
    %29 = stablehlo.power %0, %28 : tensor<24xcomplex<f32>>
    %30 = stablehlo.abs %0 : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %31 = call @angle(%0) : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %cst_5 = stablehlo.constant dense<(1.000000e+00,0.000000e+00)> : tensor<complex<f32>>
    %32 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<complex<f32>>) -> tensor<24xcomplex<f32>>
    %33 = stablehlo.add %0, %32 : tensor<24xcomplex<f32>>
    %34 = stablehlo.divide %0, %33 : tensor<24xcomplex<f32>>
    %35 = chlo.asin %0 : tensor<24xcomplex<f32>> -> tensor<24xcomplex<f32>>
    %36 = chlo.atan %0 : tensor<24xcomplex<f32>> -> tensor<24xcomplex<f32>>
    %37 = chlo.cosh %0 : tensor<24xcomplex<f32>> -> tensor<24xcomplex<f32>>
    return %1, %2, %3, %26, %27, %29, %30, %31, %34, %35, %36, %37 : tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xf32>, tensor<24xf32>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>, tensor<24xcomplex<f32>>
  }
  func.func private @angle(%arg0: tensor<24xcomplex<f32>>) -> tensor<24xf32> {
    %0 = stablehlo.real %arg0 : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %1 = stablehlo.imag %arg0 : (tensor<24xcomplex<f32>>) -> tensor<24xf32>
    %2 = stablehlo.atan2 %1, %0 : tensor<24xf32>
    return %2 : tensor<24xf32>
  }
}
