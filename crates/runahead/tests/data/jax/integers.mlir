module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<20xi32>, %arg1: tensor<20xi32>) -> (tensor<20xi32> {jax.result_info = "result[0]"}, tensor<20xi32> {jax.result_info = "result[1]"}, tensor<20xi32> {jax.result_info = "result[2]"}, tensor<20xi32> {jax.result_info = "result[3]"}, tensor<20xi32> {jax.result_info = "result[4]"}, tensor<20xi32> {jax.result_info = "result[5]"}, tensor<20xi32> {jax.result_info = "result[6]"}, tensor<20xi32> {jax.result_info = "result[7]"}, tensor<20xi32> {jax.result_info = "result[8]"}, tensor<20xi32> {jax.result_info = "result[9]"}, tensor<20xi8> {jax.result_info = "result[10]"}, tensor<20xui8> {jax.result_info = "result[11]"}, tensor<20xi64> {jax.result_info = "result[12]"}) {
    %0 = call @floor_divide(%arg0, %arg1) : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
    %1 = call @remainder(%arg0, %arg1) : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
    %2 = stablehlo.and %arg0, %arg1 : tensor<20xi32>
    %3 = stablehlo.xor %arg0, %arg1 : tensor<20xi32>
    %c = stablehlo.constant dense<7> : tensor<i32>
    %4 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %5 = stablehlo.and %arg1, %4 : tensor<20xi32>
    %6 = stablehlo.shift_left %arg0, %5 : tensor<20xi32>
    %c_0 = stablehlo.constant dense<7> : tensor<i32>
    %7 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %8 = stablehlo.and %arg1, %7 : tensor<20xi32>
    %9 = stablehlo.shift_right_arithmetic %arg0, %8 : tensor<20xi32>
    %10 = stablehlo.popcnt %arg0 : tensor<20xi32>
    %11 = stablehlo.count_leading_zeros %arg0 : tensor<20xi32>
    %12 = stablehlo.abs %arg0 : tensor<20xi32>
    %13 = stablehlo.multiply %12, %12 : tensor<20xi32>
    %14 = stablehlo.multiply %13, %12 : tensor<20xi32>
    %15 = call @gcd(%arg0, %arg1) : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
    %16 = stablehlo.convert %arg0 : (tensor<20xi32>) -> tensor<20xi8>
    %17 = stablehlo.convert %arg0 : (tensor<20xi32>) -> tensor<20xui8>
    %18 = stablehlo.convert %arg0 : (tensor<20xi32>) -> tensor<20xi64>
    %19 = stablehlo.convert %arg1 : (tensor<20xi32>) -> tensor<20xi64>
    %20 = stablehlo.multiply %18, %19 : tensor<20xi64>
    return %0, %1, %2, %3, %6, %9, %10, %11, %14, %15, %16, %17, %20 : tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi32>, tensor<20xi8>, tensor<20xui8>, tensor<20xi64>
  }
  func.func private @floor_divide(%arg0: tensor<20xi32>, %arg1: tensor<20xi32>) -> tensor<20xi32> {
    %0 = stablehlo.divide %arg0, %arg1 : tensor<20xi32>
    %1 = stablehlo.sign %arg0 : tensor<20xi32>
    %2 = stablehlo.sign %arg1 : tensor<20xi32>
    %3 = stablehlo.compare NE, %1, %2, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %4 = stablehlo.remainder %arg0, %arg1 : tensor<20xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %7 = stablehlo.and %3, %6 : tensor<20xi1>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %8 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %9 = stablehlo.subtract %0, %8 : tensor<20xi32>
    %10 = call @_where(%7, %9, %0) : (tensor<20xi1>, tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
    return %10 : tensor<20xi32>
  }
  func.func private @_where(%arg0: tensor<20xi1>, %arg1: tensor<20xi32>, %arg2: tensor<20xi32>) -> tensor<20xi32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<20xi1>, tensor<20xi32>
    return %0 : tensor<20xi32>
  }
  func.func private @remainder(%arg0: tensor<20xi32>, %arg1: tensor<20xi32>) -> tensor<20xi32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %1 = stablehlo.compare EQ, %arg1, %0, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %3 = call @_where(%1, %2, %arg1) : (tensor<20xi1>, tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
    %4 = stablehlo.remainder %arg0, %3 : tensor<20xi32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %7 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %8 = stablehlo.compare LT, %4, %7, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %c_3 = stablehlo.constant dense<0> : tensor<i32>
    %9 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %10 = stablehlo.compare LT, %3, %9, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
    %11 = stablehlo.compare NE, %8, %10, UNSIGNED : (tensor<20xi1>, tensor<20xi1>) -> tensor<20xi1>
    %12 = stablehlo.and %11, %6 : tensor<20xi1>
    %13 = stablehlo.add %4, %3 : tensor<20xi32>
    %14 = stablehlo.select %12, %13, %4 : tensor<20xi1>, tensor<20xi32>
    return %14 : tensor<20xi32>
  }
  func.func private @gcd(%arg0: tensor<20xi32>, %arg1: tensor<20xi32>) -> tensor<20xi32> {
    %0 = stablehlo.abs %arg0 : tensor<20xi32>
    %1 = stablehlo.abs %arg1 : tensor<20xi32>
    %2:2 = stablehlo.while(%iterArg = %0, %iterArg_0 = %1) : tensor<20xi32>, tensor<20xi32>
    cond {
      %c = stablehlo.constant dense<0> : tensor<i32>
      %3 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<20xi32>
      %4 = stablehlo.compare NE, %iterArg_0, %3, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
      %c_1 = stablehlo.constant dense<false> : tensor<i1>
      %5 = stablehlo.reduce(%4 init: %c_1) applies stablehlo.or across dimensions = [0] : (tensor<20xi1>, tensor<i1>) -> tensor<i1>
      stablehlo.return %5 : tensor<i1>
    } do {
      %c = stablehlo.constant dense<0> : tensor<i32>
      %3 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<20xi32>
      %4 = stablehlo.compare NE, %iterArg_0, %3, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
      %5 = func.call @_where(%4, %iterArg_0, %iterArg) : (tensor<20xi1>, tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
      %c_1 = stablehlo.constant dense<0> : tensor<i32>
      %6 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<20xi32>
      %7 = stablehlo.compare NE, %iterArg_0, %6, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
      %8 = stablehlo.remainder %iterArg, %iterArg_0 : tensor<20xi32>
      %c_2 = stablehlo.constant dense<0> : tensor<i32>
      %9 = func.call @_where_0(%7, %8, %c_2) : (tensor<20xi1>, tensor<20xi32>, tensor<i32>) -> tensor<20xi32>
      %10 = stablehlo.compare LT, %5, %9, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
      %11 = func.call @_where(%10, %9, %5) : (tensor<20xi1>, tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
      %12 = stablehlo.compare LT, %5, %9, SIGNED : (tensor<20xi32>, tensor<20xi32>) -> tensor<20xi1>
      %13 = func.call @_where(%12, %5, %9) : (tensor<20xi1>, tensor<20xi32>, tensor<20xi32>) -> tensor<20xi32>
      stablehlo.return %11, %13 : tensor<20xi32>, tensor<20xi32>
    }
    return %2#0 : tensor<20xi32>
  }
  func.func private @_where_0(%arg0: tensor<20xi1>, %arg1: tensor<20xi32>, %arg2: tensor<i32>) -> tensor<20xi32> {
    %0 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<i32>) -> tensor<20xi32>
    %1 = stablehlo.select %arg0, %arg1, %0 : tensor<20xi1>, tensor<20xi32>
    return %1 : tensor<20xi32>
  }
}
