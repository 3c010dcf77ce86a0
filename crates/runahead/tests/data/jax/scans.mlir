module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<3x10xf32>) -> (tensor<3x10xf32> {jax.result_info = "result[0]"}, tensor<3x10xf32> {jax.result_info = "result[1]"}, tensor<3x10xf32> {jax.result_info = "result[2]"}, tensor<3x10xf32> {jax.result_info = "result[3]"}, tensor<3x10xf32> {jax.result_info = "result[4]"}) {
    %0 = call @cumsum(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    %1 = call @cumprod(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    %2 = call @cummax(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    %3 = call @cumlogsumexp(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    %4 = stablehlo.slice %arg0 [0:3, 0:9:2] : (tensor<3x10xf32>) -> tensor<3x5xf32>
    %5 = stablehlo.slice %arg0 [0:3, 1:10:2] : (tensor<3x10xf32>) -> tensor<3x5xf32>
    %6 = stablehlo.multiply %4, %5 : tensor<3x5xf32>
    %7 = stablehlo.slice %6 [0:3, 0:4:2] : (tensor<3x5xf32>) -> tensor<3x2xf32>
    %8 = stablehlo.slice %6 [0:3, 1:5:2] : (tensor<3x5xf32>) -> tensor<3x2xf32>
    %9 = stablehlo.multiply %7, %8 : tensor<3x2xf32>
    %10 = stablehlo.slice %9 [0:3, 0:1:2] : (tensor<3x2xf32>) -> tensor<3x1xf32>
    %11 = stablehlo.slice %9 [0:3, 1:2:2] : (tensor<3x2xf32>) -> tensor<3x1xf32>
    %12 = stablehlo.multiply %10, %11 : tensor<3x1xf32>
    %13 = stablehlo.slice %12 [0:3, 0:0] : (tensor<3x1xf32>) -> tensor<3x0xf32>
    %14 = stablehlo.slice %9 [0:3, 2:2:2] : (tensor<3x2xf32>) -> tensor<3x0xf32>
    %15 = stablehlo.multiply %13, %14 : tensor<3x0xf32>
    %16 = stablehlo.slice %9 [0:3, 0:1] : (tensor<3x2xf32>) -> tensor<3x1xf32>
    %17 = stablehlo.concatenate %16, %15, dim = 1 : (tensor<3x1xf32>, tensor<3x0xf32>) -> tensor<3x1xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %18 = stablehlo.pad %17, %cst, low = [0, 0], high = [0, 1], interior = [0, 1] : (tensor<3x1xf32>, tensor<f32>) -> tensor<3x2xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.pad %12, %cst_0, low = [0, 1], high = [0, 0], interior = [0, 1] : (tensor<3x1xf32>, tensor<f32>) -> tensor<3x2xf32>
    %20 = stablehlo.add %18, %19 : tensor<3x2xf32>
    %21 = stablehlo.slice %6 [0:3, 2:5:2] : (tensor<3x5xf32>) -> tensor<3x2xf32>
    %22 = stablehlo.multiply %20, %21 : tensor<3x2xf32>
    %23 = stablehlo.slice %6 [0:3, 0:1] : (tensor<3x5xf32>) -> tensor<3x1xf32>
    %24 = stablehlo.concatenate %23, %22, dim = 1 : (tensor<3x1xf32>, tensor<3x2xf32>) -> tensor<3x3xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %25 = stablehlo.pad %24, %cst_1, low = [0, 0], high = [0, 0], interior = [0, 1] : (tensor<3x3xf32>, tensor<f32>) -> tensor<3x5xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %26 = stablehlo.pad %20, %cst_2, low = [0, 1], high = [0, 1], interior = [0, 1] : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x5xf32>
    %27 = stablehlo.add %25, %26 : tensor<3x5xf32>
    %28 = stablehlo.slice %27 [0:3, 0:4] : (tensor<3x5xf32>) -> tensor<3x4xf32>
    %29 = stablehlo.slice %arg0 [0:3, 2:10:2] : (tensor<3x10xf32>) -> tensor<3x4xf32>
    %30 = stablehlo.multiply %28, %29 : tensor<3x4xf32>
    %31 = stablehlo.slice %arg0 [0:3, 0:1] : (tensor<3x10xf32>) -> tensor<3x1xf32>
    %32 = stablehlo.concatenate %31, %30, dim = 1 : (tensor<3x1xf32>, tensor<3x4xf32>) -> tensor<3x5xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %33 = stablehlo.pad %32, %cst_3, low = [0, 0], high = [0, 1], interior = [0, 1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3x10xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %34 = stablehlo.pad %27, %cst_4, low = [0, 1], high = [0, 0], interior = [0, 1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3x10xf32>
    %35 = stablehlo.add %33, %34 : tensor<3x10xf32>
    return %0, %1, %2, %3, %35 : tensor<3x10xf32>, tensor<3x10xf32>, tensor<3x10xf32>, tensor<3x10xf32>, tensor<3x10xf32>
  }
  func.func private @cumsum(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %0 = call @cumsum_0(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    return %0 : tensor<3x10xf32>
  }
  func.func private @cumsum_0(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1, 1>, padding = dense<[[0, 0], [9, 0]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 1>, window_dimensions = array<i64: 1, 10>, window_strides = array<i64: 1, 1>}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %2 = stablehlo.add %arg1, %arg2 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<3x10xf32>, tensor<f32>) -> tensor<3x10xf32>
    return %1 : tensor<3x10xf32>
  }
  func.func private @cumprod(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %0 = call @cumprod_1(%arg0) : (tensor<3x10xf32>) -> tensor<3x10xf32>
    return %0 : tensor<3x10xf32>
  }
  func.func private @cumprod_1(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0 = "stablehlo.reduce_window"(%arg0, %cst) <{base_dilations = array<i64: 1, 1>, padding = dense<[[0, 0], [9, 0]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 1>, window_dimensions = array<i64: 1, 10>, window_strides = array<i64: 1, 1>}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %1 = stablehlo.multiply %arg1, %arg2 : tensor<f32>
      stablehlo.return %1 : tensor<f32>
    }) : (tensor<3x10xf32>, tensor<f32>) -> tensor<3x10xf32>
    return %0 : tensor<3x10xf32>
  }
  func.func private @cummax(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{base_dilations = array<i64: 1, 1>, padding = dense<[[0, 0], [9, 0]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 1>, window_dimensions = array<i64: 1, 10>, window_strides = array<i64: 1, 1>}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %2 = stablehlo.maximum %arg1, %arg2 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<3x10xf32>, tensor<f32>) -> tensor<3x10xf32>
    return %1 : tensor<3x10xf32>
  }
  func.func private @cumlogsumexp(%arg0: tensor<3x10xf32>) -> tensor<3x10xf32> {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = "stablehlo.reduce_window"(%arg0, %cst) <{base_dilations = array<i64: 1, 1>, padding = dense<[[0, 0], [9, 0]]> : tensor<2x2xi64>, window_dilations = array<i64: 1, 1>, window_dimensions = array<i64: 1, 10>, window_strides = array<i64: 1, 1>}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %1 = stablehlo.maximum %arg1, %arg2 : tensor<f32>
      %2 = stablehlo.subtract %arg1, %arg2 : tensor<f32>
      %3 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.add %arg1, %arg2 : tensor<f32>
      %5 = stablehlo.abs %2 : tensor<f32>
      %6 = stablehlo.negate %5 : tensor<f32>
      %7 = stablehlo.exponential %6 : tensor<f32>
      %8 = stablehlo.log_plus_one %7 : tensor<f32>
      %9 = stablehlo.add %1, %8 : tensor<f32>
      %10 = stablehlo.select %3, %4, %9 : tensor<i1>, tensor<f32>
      stablehlo.return %10 : tensor<f32>
    }) : (tensor<3x10xf32>, tensor<f32>) -> tensor<3x10xf32>
    return %0 : tensor<3x10xf32>
  }
}
