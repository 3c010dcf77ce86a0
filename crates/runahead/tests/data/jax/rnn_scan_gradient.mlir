module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<3x5xf32>, %arg1: tensor<5x5xf32>, %arg2: tensor<5xf32>, %arg3: tensor<6x2x3xf32>) -> (tensor<3x5xf32> {jax.result_info = "result[0]"}, tensor<5x5xf32> {jax.result_info = "result[1]"}, tensor<5xf32> {jax.result_info = "result[2]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x5xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<5xf32>) -> tensor<1x5xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %6:10 = stablehlo.while(%iterArg = %arg3, %iterArg_13 = %arg0, %iterArg_14 = %arg1, %iterArg_15 = %1, %iterArg_16 = %c, %iterArg_17 = %0, %iterArg_18 = %2, %iterArg_19 = %3, %iterArg_20 = %4, %iterArg_21 = %5) : tensor<6x2x3xf32>, tensor<3x5xf32>, tensor<5x5xf32>, tensor<1x5xf32>, tensor<i64>, tensor<2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>
    cond {
      %c_22 = stablehlo.constant dense<6> : tensor<i64>
      %19 = stablehlo.compare LT, %iterArg_16, %c_22, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %19 : tensor<i1>
    } do {
      %19 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_16) : (tensor<6x2x3xf32>, tensor<i64>) -> tensor<2x3xf32>
      %20:5 = func.call @closed_call(%iterArg_13, %iterArg_14, %iterArg_15, %iterArg_17, %19) : (tensor<3x5xf32>, tensor<5x5xf32>, tensor<1x5xf32>, tensor<2x5xf32>, tensor<2x3xf32>) -> (tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>)
      %21 = func.call @dynamic_update_index_in_dim(%iterArg_18, %20#1, %iterArg_16) : (tensor<6x2x5xf32>, tensor<2x5xf32>, tensor<i64>) -> tensor<6x2x5xf32>
      %22 = func.call @dynamic_update_index_in_dim(%iterArg_19, %20#2, %iterArg_16) : (tensor<6x2x5xf32>, tensor<2x5xf32>, tensor<i64>) -> tensor<6x2x5xf32>
      %23 = func.call @dynamic_update_index_in_dim(%iterArg_20, %20#3, %iterArg_16) : (tensor<6x2x5xf32>, tensor<2x5xf32>, tensor<i64>) -> tensor<6x2x5xf32>
      %24 = func.call @dynamic_update_index_in_dim(%iterArg_21, %20#4, %iterArg_16) : (tensor<6x2x5xf32>, tensor<2x5xf32>, tensor<i64>) -> tensor<6x2x5xf32>
      %c_22 = stablehlo.constant dense<1> : tensor<i64>
      %25 = stablehlo.add %iterArg_16, %c_22 : tensor<i64>
      stablehlo.return %iterArg, %iterArg_13, %iterArg_14, %iterArg_15, %25, %20#0, %21, %22, %23, %24 : tensor<6x2x3xf32>, tensor<3x5xf32>, tensor<5x5xf32>, tensor<1x5xf32>, tensor<i64>, tensor<2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>
    }
    %7 = stablehlo.multiply %6#6, %6#6 : tensor<6x2x5xf32>
    %cst_4 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %9 = stablehlo.multiply %8, %6#6 : tensor<6x2x5xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %10 = stablehlo.reduce(%7 init: %cst_5) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<6x2x5xf32>, tensor<f32>) -> tensor<f32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<2x5xf32>
    %cst_7 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<6x2x5xf32>
    %13 = stablehlo.multiply %12, %9 : tensor<6x2x5xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<2x5xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<3x5xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<5x5xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %c_12 = stablehlo.constant dense<0> : tensor<i64>
    %18:11 = stablehlo.while(%iterArg = %13, %iterArg_13 = %arg3, %iterArg_14 = %6#7, %iterArg_15 = %6#8, %iterArg_16 = %6#9, %iterArg_17 = %arg1, %iterArg_18 = %c_12, %iterArg_19 = %15, %iterArg_20 = %16, %iterArg_21 = %17, %iterArg_22 = %14) : tensor<6x2x5xf32>, tensor<6x2x3xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<5x5xf32>, tensor<i64>, tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>
    cond {
      %c_23 = stablehlo.constant dense<6> : tensor<i64>
      %19 = stablehlo.compare LT, %iterArg_18, %c_23, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %19 : tensor<i1>
    } do {
      %c_23 = stablehlo.constant dense<6> : tensor<i64>
      %19 = stablehlo.subtract %c_23, %iterArg_18 : tensor<i64>
      %c_24 = stablehlo.constant dense<1> : tensor<i64>
      %20 = stablehlo.subtract %19, %c_24 : tensor<i64>
      %21 = func.call @dynamic_index_in_dim_0(%iterArg, %20) : (tensor<6x2x5xf32>, tensor<i64>) -> tensor<2x5xf32>
      %22 = func.call @dynamic_index_in_dim(%iterArg_13, %20) : (tensor<6x2x3xf32>, tensor<i64>) -> tensor<2x3xf32>
      %23 = func.call @dynamic_index_in_dim_0(%iterArg_14, %20) : (tensor<6x2x5xf32>, tensor<i64>) -> tensor<2x5xf32>
      %24 = func.call @dynamic_index_in_dim_0(%iterArg_15, %20) : (tensor<6x2x5xf32>, tensor<i64>) -> tensor<2x5xf32>
      %25 = func.call @dynamic_index_in_dim_0(%iterArg_16, %20) : (tensor<6x2x5xf32>, tensor<i64>) -> tensor<2x5xf32>
      %26:4 = func.call @closed_call_1(%iterArg_17, %iterArg_19, %iterArg_20, %iterArg_21, %iterArg_22, %21, %22, %23, %24, %25) : (tensor<5x5xf32>, tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x3xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>) -> (tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>)
      %c_25 = stablehlo.constant dense<1> : tensor<i64>
      %27 = stablehlo.add %iterArg_18, %c_25 : tensor<i64>
      stablehlo.return %iterArg, %iterArg_13, %iterArg_14, %iterArg_15, %iterArg_16, %iterArg_17, %27, %26#0, %26#1, %26#2, %26#3 : tensor<6x2x5xf32>, tensor<6x2x3xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<6x2x5xf32>, tensor<5x5xf32>, tensor<i64>, tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>
    }
    return %18#7, %18#8, %18#9 : tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<6x2x3xf32>, %arg1: tensor<i64>) -> tensor<2x3xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %c_0 = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 2, 3] : (tensor<6x2x3xf32>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<1x2x3xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x2x3xf32>) -> tensor<2x3xf32>
    return %1 : tensor<2x3xf32>
  }
  func.func private @closed_call(%arg0: tensor<3x5xf32>, %arg1: tensor<5x5xf32>, %arg2: tensor<1x5xf32>, %arg3: tensor<2x5xf32>, %arg4: tensor<2x3xf32>) -> (tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>) {
    %0 = stablehlo.dot_general %arg4, %arg0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x3xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
    %1 = stablehlo.dot_general %arg3, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5xf32>, tensor<5x5xf32>) -> tensor<2x5xf32>
    %2 = stablehlo.add %0, %1 : tensor<2x5xf32>
    %3 = stablehlo.broadcast_in_dim %arg2, dims = [0, 1] : (tensor<1x5xf32>) -> tensor<2x5xf32>
    %4 = stablehlo.add %2, %3 : tensor<2x5xf32>
    %5 = stablehlo.tanh %4 : tensor<2x5xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x5xf32>
    %7 = stablehlo.subtract %6, %5 : tensor<2x5xf32>
    return %5, %5, %arg3, %5, %7 : tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>, tensor<2x5xf32>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<6x2x5xf32>, %arg1: tensor<2x5xf32>, %arg2: tensor<i64>) -> tensor<6x2x5xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2] : (tensor<2x5xf32>) -> tensor<1x2x5xf32>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %c_0 = stablehlo.constant dense<0> : tensor<i64>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0 : (tensor<6x2x5xf32>, tensor<1x2x5xf32>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<6x2x5xf32>
    return %1 : tensor<6x2x5xf32>
  }
  func.func private @dynamic_index_in_dim_0(%arg0: tensor<6x2x5xf32>, %arg1: tensor<i64>) -> tensor<2x5xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %c_0 = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 2, 5] : (tensor<6x2x5xf32>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<1x2x5xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x2x5xf32>) -> tensor<2x5xf32>
    return %1 : tensor<2x5xf32>
  }
  func.func private @closed_call_1(%arg0: tensor<5x5xf32>, %arg1: tensor<3x5xf32>, %arg2: tensor<5x5xf32>, %arg3: tensor<5xf32>, %arg4: tensor<2x5xf32>, %arg5: tensor<2x5xf32>, %arg6: tensor<2x3xf32>, %arg7: tensor<2x5xf32>, %arg8: tensor<2x5xf32>, %arg9: tensor<2x5xf32>) -> (tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>) {
    %0 = stablehlo.add %arg4, %arg5 : tensor<2x5xf32>
    %1 = stablehlo.multiply %0, %arg9 : tensor<2x5xf32>
    %2 = stablehlo.multiply %1, %arg8 : tensor<2x5xf32>
    %3 = stablehlo.add %1, %2 : tensor<2x5xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<2x5xf32>, tensor<f32>) -> tensor<5xf32>
    %5 = stablehlo.reshape %4 : (tensor<5xf32>) -> tensor<1x5xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %6 = stablehlo.reduce(%5 init: %cst_0) applies stablehlo.add across dimensions = [0] : (tensor<1x5xf32>, tensor<f32>) -> tensor<5xf32>
    %7 = stablehlo.add %arg3, %6 : tensor<5xf32>
    %8 = stablehlo.dot_general %3, %arg7, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5xf32>, tensor<2x5xf32>) -> tensor<5x5xf32>
    %9 = stablehlo.transpose %8, dims = [1, 0] : (tensor<5x5xf32>) -> tensor<5x5xf32>
    %10 = stablehlo.add %arg2, %9 : tensor<5x5xf32>
    %11 = stablehlo.dot_general %3, %arg0, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x5xf32>, tensor<5x5xf32>) -> tensor<2x5xf32>
    %12 = stablehlo.dot_general %3, %arg6, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x5xf32>, tensor<2x3xf32>) -> tensor<5x3xf32>
    %13 = stablehlo.transpose %12, dims = [1, 0] : (tensor<5x3xf32>) -> tensor<3x5xf32>
    %14 = stablehlo.add %arg1, %13 : tensor<3x5xf32>
    return %14, %10, %7, %11 : tensor<3x5xf32>, tensor<5x5xf32>, tensor<5xf32>, tensor<2x5xf32>
  }
}
