module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<40xf64>) -> (tensor<40xf64> {jax.result_info = "result[0]"}, tensor<40xf64> {jax.result_info = "result[1]"}, tensor<40xf64> {jax.result_info = "result[2]"}, tensor<40xf64> {jax.result_info = "result[3]"}, tensor<40xf64> {jax.result_info = "result[4]"}, tensor<40xf64> {jax.result_info = "result[5]"}, tensor<40xf64> {jax.result_info = "result[6]"}, tensor<40xf64> {jax.result_info = "result[7]"}, tensor<40xf64> {jax.result_info = "result[8]"}, tensor<40xf64> {jax.result_info = "result[9]"}, tensor<40xf64> {jax.result_info = "result[10]"}, tensor<40xf64> {jax.result_info = "result[11]"}, tensor<40xf64> {jax.result_info = "result[12]"}, tensor<40xf64> {jax.result_info = "result[13]"}) {
    %0 = stablehlo.tanh %arg0 : tensor<40xf64>
    %1 = chlo.sinh %arg0 : tensor<40xf64> -> tensor<40xf64>
    %2 = chlo.cosh %arg0 : tensor<40xf64> -> tensor<40xf64>
    %3 = chlo.asin %0 : tensor<40xf64> -> tensor<40xf64>
    %4 = chlo.acos %0 : tensor<40xf64> -> tensor<40xf64>
    %5 = chlo.atan %arg0 : tensor<40xf64> -> tensor<40xf64>
    %6 = chlo.asinh %arg0 : tensor<40xf64> -> tensor<40xf64>
    %7 = stablehlo.multiply %arg0, %arg0 : tensor<40xf64>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %8 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<40xf64>
    %9 = stablehlo.add %8, %7 : tensor<40xf64>
    %10 = call @arccosh(%9) : (tensor<40xf64>) -> tensor<40xf64>
    %11 = chlo.atanh %0 : tensor<40xf64> -> tensor<40xf64>
    %12 = stablehlo.cbrt %arg0 : tensor<40xf64>
    %13 = stablehlo.multiply %arg0, %arg0 : tensor<40xf64>
    %14 = stablehlo.log_plus_one %13 : tensor<40xf64>
    %15 = stablehlo.exponential_minus_one %arg0 : tensor<40xf64>
    %16 = stablehlo.tan %arg0 : tensor<40xf64>
    %17 = stablehlo.atan2 %arg0, %0 : tensor<40xf64>
    %18 = chlo.erf_inv %0 : tensor<40xf64> -> tensor<40xf64>
    return %1, %2, %3, %4, %5, %6, %10, %11, %12, %14, %15, %16, %17, %18 : tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>, tensor<40xf64>
  }
  func.func private @arccosh(%arg0: tensor<40xf64>) -> tensor<40xf64> {
    %0 = chlo.acosh %arg0 : tensor<40xf64> -> tensor<40xf64>
    return %0 : tensor<40xf64>
  }
}
