module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<6xf64>) -> (tensor<6xf64> {jax.result_info = "result[0]"}, tensor<20xf64> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<20xf64>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %1:3 = stablehlo.while(%iterArg = %c, %iterArg_0 = %arg0, %iterArg_1 = %0) : tensor<i64>, tensor<6xf64>, tensor<20xf64>
    cond {
      %c_2 = stablehlo.constant dense<20> : tensor<i64>
      %2 = stablehlo.compare LT, %iterArg, %c_2, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    } do {
      %2:2 = func.call @closed_call(%iterArg_0) : (tensor<6xf64>) -> (tensor<6xf64>, tensor<f64>)
      %3 = func.call @dynamic_update_index_in_dim(%iterArg_1, %2#1, %iterArg) : (tensor<20xf64>, tensor<f64>, tensor<i64>) -> tensor<20xf64>
      %c_2 = stablehlo.constant dense<1> : tensor<i64>
      %4 = stablehlo.add %iterArg, %c_2 : tensor<i64>
      stablehlo.return %4, %2#0, %3 : tensor<i64>, tensor<6xf64>, tensor<20xf64>
    }
    return %1#1, %1#2 : tensor<6xf64>, tensor<20xf64>
  }
  func.func private @closed_call(%arg0: tensor<6xf64>) -> (tensor<6xf64>, tensor<f64>) {
    %0 = call @_roll_static(%arg0) : (tensor<6xf64>) -> tensor<6xf64>
    %1 = call @_roll_static_0(%arg0) : (tensor<6xf64>) -> tensor<6xf64>
    %2 = call @_roll_static_1(%arg0) : (tensor<6xf64>) -> tensor<6xf64>
    %3 = stablehlo.subtract %1, %2 : tensor<6xf64>
    %4 = stablehlo.multiply %0, %3 : tensor<6xf64>
    %5 = stablehlo.subtract %4, %arg0 : tensor<6xf64>
    %cst = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %7 = stablehlo.add %5, %6 : tensor<6xf64>
    %cst_0 = stablehlo.constant dense<5.000000e-03> : tensor<f64>
    %8 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %9 = stablehlo.multiply %8, %7 : tensor<6xf64>
    %10 = stablehlo.add %arg0, %9 : tensor<6xf64>
    %11 = call @_roll_static(%10) : (tensor<6xf64>) -> tensor<6xf64>
    %12 = call @_roll_static_0(%10) : (tensor<6xf64>) -> tensor<6xf64>
    %13 = call @_roll_static_1(%10) : (tensor<6xf64>) -> tensor<6xf64>
    %14 = stablehlo.subtract %12, %13 : tensor<6xf64>
    %15 = stablehlo.multiply %11, %14 : tensor<6xf64>
    %16 = stablehlo.subtract %15, %10 : tensor<6xf64>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %17 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %18 = stablehlo.add %16, %17 : tensor<6xf64>
    %cst_2 = stablehlo.constant dense<5.000000e-03> : tensor<f64>
    %19 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %20 = stablehlo.multiply %19, %18 : tensor<6xf64>
    %21 = stablehlo.add %arg0, %20 : tensor<6xf64>
    %22 = call @_roll_static(%21) : (tensor<6xf64>) -> tensor<6xf64>
    %23 = call @_roll_static_0(%21) : (tensor<6xf64>) -> tensor<6xf64>
    %24 = call @_roll_static_1(%21) : (tensor<6xf64>) -> tensor<6xf64>
    %25 = stablehlo.subtract %23, %24 : tensor<6xf64>
    %26 = stablehlo.multiply %22, %25 : tensor<6xf64>
    %27 = stablehlo.subtract %26, %21 : tensor<6xf64>
    %cst_3 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %28 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %29 = stablehlo.add %27, %28 : tensor<6xf64>
    %cst_4 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %30 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %31 = stablehlo.multiply %30, %29 : tensor<6xf64>
    %32 = stablehlo.add %arg0, %31 : tensor<6xf64>
    %33 = call @_roll_static(%32) : (tensor<6xf64>) -> tensor<6xf64>
    %34 = call @_roll_static_0(%32) : (tensor<6xf64>) -> tensor<6xf64>
    %35 = call @_roll_static_1(%32) : (tensor<6xf64>) -> tensor<6xf64>
    %36 = stablehlo.subtract %34, %35 : tensor<6xf64>
    %37 = stablehlo.multiply %33, %36 : tensor<6xf64>
    %38 = stablehlo.subtract %37, %32 : tensor<6xf64>
    %cst_5 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %39 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %40 = stablehlo.add %38, %39 : tensor<6xf64>
    %cst_6 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %41 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %42 = stablehlo.multiply %41, %18 : tensor<6xf64>
    %43 = stablehlo.add %7, %42 : tensor<6xf64>
    %cst_7 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %44 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %45 = stablehlo.multiply %44, %29 : tensor<6xf64>
    %46 = stablehlo.add %43, %45 : tensor<6xf64>
    %47 = stablehlo.add %46, %40 : tensor<6xf64>
    %cst_8 = stablehlo.constant dense<0.0016666666666666668> : tensor<f64>
    %48 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %49 = stablehlo.multiply %48, %47 : tensor<6xf64>
    %50 = stablehlo.add %arg0, %49 : tensor<6xf64>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %51 = stablehlo.reduce(%arg0 init: %cst_9) applies stablehlo.add across dimensions = [0] : (tensor<6xf64>, tensor<f64>) -> tensor<f64>
    return %50, %51 : tensor<6xf64>, tensor<f64>
  }
  func.func private @_roll_static(%arg0: tensor<6xf64>) -> tensor<6xf64> {
    %0 = stablehlo.slice %arg0 [5:6] : (tensor<6xf64>) -> tensor<1xf64>
    %1 = stablehlo.slice %arg0 [0:5] : (tensor<6xf64>) -> tensor<5xf64>
    %2 = stablehlo.concatenate %0, %1, dim = 0 : (tensor<1xf64>, tensor<5xf64>) -> tensor<6xf64>
    return %2 : tensor<6xf64>
  }
  func.func private @_roll_static_0(%arg0: tensor<6xf64>) -> tensor<6xf64> {
    %0 = stablehlo.slice %arg0 [1:6] : (tensor<6xf64>) -> tensor<5xf64>
    %1 = stablehlo.slice %arg0 [0:1] : (tensor<6xf64>) -> tensor<1xf64>
    %2 = stablehlo.concatenate %0, %1, dim = 0 : (tensor<5xf64>, tensor<1xf64>) -> tensor<6xf64>
    return %2 : tensor<6xf64>
  }
  func.func private @_roll_static_1(%arg0: tensor<6xf64>) -> tensor<6xf64> {
    %0 = stablehlo.slice %arg0 [4:6] : (tensor<6xf64>) -> tensor<2xf64>
    %1 = stablehlo.slice %arg0 [0:4] : (tensor<6xf64>) -> tensor<4xf64>
    %2 = stablehlo.concatenate %0, %1, dim = 0 : (tensor<2xf64>, tensor<4xf64>) -> tensor<6xf64>
    return %2 : tensor<6xf64>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<20xf64>, %arg1: tensor<f64>, %arg2: tensor<i64>) -> tensor<20xf64> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f64>) -> tensor<1xf64>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2 : (tensor<20xf64>, tensor<1xf64>, tensor<i64>) -> tensor<20xf64>
    return %1 : tensor<20xf64>
  }
}
