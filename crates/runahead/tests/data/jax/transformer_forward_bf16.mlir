module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16x8xf32>, %arg1: tensor<11x8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8x8xf32>, %arg5: tensor<7x8xf32>, %arg6: tensor<8x24xf32>, %arg7: tensor<8x16xf32>, %arg8: tensor<2x7xi32>) -> (tensor<2x7x11xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.convert %arg0 : (tensor<16x8xf32>) -> tensor<16x8xbf16>
    %1 = stablehlo.convert %arg1 : (tensor<11x8xf32>) -> tensor<11x8xbf16>
    %2 = stablehlo.convert %arg2 : (tensor<8xf32>) -> tensor<8xbf16>
    %3 = stablehlo.convert %arg3 : (tensor<8xf32>) -> tensor<8xbf16>
    %4 = stablehlo.convert %arg4 : (tensor<8x8xf32>) -> tensor<8x8xbf16>
    %5 = stablehlo.convert %arg5 : (tensor<7x8xf32>) -> tensor<7x8xbf16>
    %6 = stablehlo.convert %arg6 : (tensor<8x24xf32>) -> tensor<8x24xbf16>
    %7 = stablehlo.convert %arg7 : (tensor<8x16xf32>) -> tensor<8x16xbf16>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %8 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x7xi32>
    %9 = stablehlo.compare LT, %arg8, %8, SIGNED : (tensor<2x7xi32>, tensor<2x7xi32>) -> tensor<2x7xi1>
    %c_0 = stablehlo.constant dense<11> : tensor<i32>
    %10 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x7xi32>
    %11 = stablehlo.add %arg8, %10 : tensor<2x7xi32>
    %12 = stablehlo.select %9, %11, %arg8 : tensor<2x7xi1>, tensor<2x7xi32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<2x7xi32>) -> tensor<2x7x1xi32>
    %14 = "stablehlo.gather"(%1, %13) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 8>}> : (tensor<11x8xbf16>, tensor<2x7x1xi32>) -> tensor<2x7x8xbf16>
    %15 = stablehlo.broadcast_in_dim %5, dims = [1, 2] : (tensor<7x8xbf16>) -> tensor<1x7x8xbf16>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<1x7x8xbf16>) -> tensor<2x7x8xbf16>
    %17 = stablehlo.add %14, %16 : tensor<2x7x8xbf16>
    %18 = stablehlo.convert %17 : (tensor<2x7x8xbf16>) -> tensor<2x7x8xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.reduce(%18 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %20 = stablehlo.broadcast_in_dim %19, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %22 = stablehlo.divide %20, %21 : tensor<2x7x1xf32>
    %23 = stablehlo.convert %22 : (tensor<2x7x1xf32>) -> tensor<2x7x1xbf16>
    %24 = stablehlo.broadcast_in_dim %23, dims = [0, 1, 2] : (tensor<2x7x1xbf16>) -> tensor<2x7x8xbf16>
    %25 = stablehlo.subtract %17, %24 : tensor<2x7x8xbf16>
    %26 = stablehlo.broadcast_in_dim %2, dims = [2] : (tensor<8xbf16>) -> tensor<1x1x8xbf16>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0, 1, 2] : (tensor<1x1x8xbf16>) -> tensor<2x7x8xbf16>
    %28 = stablehlo.multiply %27, %25 : tensor<2x7x8xbf16>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %29 = call @_var(%17, %c_2) : (tensor<2x7x8xbf16>, tensor<i64>) -> tensor<2x7x1xbf16>
    %cst_3 = stablehlo.constant dense<1.001360e-05> : tensor<bf16>
    %30 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<bf16>) -> tensor<2x7x1xbf16>
    %31 = stablehlo.add %29, %30 : tensor<2x7x1xbf16>
    %32 = stablehlo.rsqrt %31 : tensor<2x7x1xbf16>
    %33 = stablehlo.broadcast_in_dim %32, dims = [0, 1, 2] : (tensor<2x7x1xbf16>) -> tensor<2x7x8xbf16>
    %34 = stablehlo.multiply %28, %33 : tensor<2x7x8xbf16>
    %35 = stablehlo.dot_general %34, %6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xbf16>, tensor<8x24xbf16>) -> tensor<2x7x24xbf16>
    %36 = stablehlo.reshape %35 : (tensor<2x7x24xbf16>) -> tensor<2x7x3x2x4xbf16>
    %37 = stablehlo.transpose %36, dims = [2, 0, 3, 1, 4] : (tensor<2x7x3x2x4xbf16>) -> tensor<3x2x2x7x4xbf16>
    %38 = stablehlo.slice %37 [0:1, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xbf16>) -> tensor<1x2x2x7x4xbf16>
    %39 = stablehlo.reshape %38 : (tensor<1x2x2x7x4xbf16>) -> tensor<2x2x7x4xbf16>
    %40 = stablehlo.slice %37 [1:2, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xbf16>) -> tensor<1x2x2x7x4xbf16>
    %41 = stablehlo.reshape %40 : (tensor<1x2x2x7x4xbf16>) -> tensor<2x2x7x4xbf16>
    %42 = stablehlo.slice %37 [2:3, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xbf16>) -> tensor<1x2x2x7x4xbf16>
    %43 = stablehlo.reshape %42 : (tensor<1x2x2x7x4xbf16>) -> tensor<2x2x7x4xbf16>
    %44 = stablehlo.transpose %41, dims = [0, 1, 3, 2] : (tensor<2x2x7x4xbf16>) -> tensor<2x2x4x7xbf16>
    %45 = stablehlo.dot_general %39, %44, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x7x4xbf16>, tensor<2x2x4x7xbf16>) -> tensor<2x2x7x7xbf16>
    %cst_4 = stablehlo.constant dense<2.000000e+00> : tensor<bf16>
    %46 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<bf16>) -> tensor<2x2x7x7xbf16>
    %47 = stablehlo.divide %45, %46 : tensor<2x2x7x7xbf16>
    %c_5 = stablehlo.constant dense<true> : tensor<i1>
    %48 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<i1>) -> tensor<7x7xi1>
    %49 = call @tril(%48) : (tensor<7x7xi1>) -> tensor<7x7xi1>
    %cst_6 = stablehlo.constant dense<-3.389530e+38> : tensor<bf16>
    %50 = call @_where_0(%49, %47, %cst_6) : (tensor<7x7xi1>, tensor<2x2x7x7xbf16>, tensor<bf16>) -> tensor<2x2x7x7xbf16>
    %cst_7 = stablehlo.constant dense<0xFF80> : tensor<bf16>
    %51 = stablehlo.reduce(%50 init: %cst_7) applies stablehlo.maximum across dimensions = [3] : (tensor<2x2x7x7xbf16>, tensor<bf16>) -> tensor<2x2x7xbf16>
    %cst_8 = stablehlo.constant dense<0xFF80> : tensor<bf16>
    %52 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<bf16>) -> tensor<2x2x7xbf16>
    %53 = stablehlo.maximum %52, %51 : tensor<2x2x7xbf16>
    %54 = stablehlo.broadcast_in_dim %53, dims = [0, 1, 2] : (tensor<2x2x7xbf16>) -> tensor<2x2x7x1xbf16>
    %55 = stablehlo.broadcast_in_dim %54, dims = [0, 1, 2, 3] : (tensor<2x2x7x1xbf16>) -> tensor<2x2x7x7xbf16>
    %56 = stablehlo.subtract %50, %55 : tensor<2x2x7x7xbf16>
    %57 = stablehlo.exponential %56 : tensor<2x2x7x7xbf16>
    %58 = stablehlo.convert %57 : (tensor<2x2x7x7xbf16>) -> tensor<2x2x7x7xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %59 = stablehlo.reduce(%58 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<2x2x7x7xf32>, tensor<f32>) -> tensor<2x2x7xf32>
    %60 = stablehlo.broadcast_in_dim %59, dims = [0, 1, 2] : (tensor<2x2x7xf32>) -> tensor<2x2x7x1xf32>
    %61 = stablehlo.convert %60 : (tensor<2x2x7x1xf32>) -> tensor<2x2x7x1xbf16>
    %62 = stablehlo.broadcast_in_dim %61, dims = [0, 1, 2, 3] : (tensor<2x2x7x1xbf16>) -> tensor<2x2x7x7xbf16>
    %63 = stablehlo.divide %57, %62 : tensor<2x2x7x7xbf16>
    %64 = stablehlo.dot_general %63, %43, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x7x7xbf16>, tensor<2x2x7x4xbf16>) -> tensor<2x2x7x4xbf16>
    %65 = stablehlo.transpose %64, dims = [0, 2, 1, 3] : (tensor<2x2x7x4xbf16>) -> tensor<2x7x2x4xbf16>
    %66 = stablehlo.reshape %65 : (tensor<2x7x2x4xbf16>) -> tensor<2x7x8xbf16>
    %67 = stablehlo.dot_general %66, %4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xbf16>, tensor<8x8xbf16>) -> tensor<2x7x8xbf16>
    %68 = stablehlo.add %17, %67 : tensor<2x7x8xbf16>
    %69 = stablehlo.convert %68 : (tensor<2x7x8xbf16>) -> tensor<2x7x8xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %70 = stablehlo.reduce(%69 init: %cst_10) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %71 = stablehlo.broadcast_in_dim %70, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_11 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %72 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %73 = stablehlo.divide %71, %72 : tensor<2x7x1xf32>
    %74 = stablehlo.convert %73 : (tensor<2x7x1xf32>) -> tensor<2x7x1xbf16>
    %75 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2] : (tensor<2x7x1xbf16>) -> tensor<2x7x8xbf16>
    %76 = stablehlo.subtract %68, %75 : tensor<2x7x8xbf16>
    %77 = stablehlo.broadcast_in_dim %3, dims = [2] : (tensor<8xbf16>) -> tensor<1x1x8xbf16>
    %78 = stablehlo.broadcast_in_dim %77, dims = [0, 1, 2] : (tensor<1x1x8xbf16>) -> tensor<2x7x8xbf16>
    %79 = stablehlo.multiply %78, %76 : tensor<2x7x8xbf16>
    %c_12 = stablehlo.constant dense<0> : tensor<i64>
    %80 = call @_var(%68, %c_12) : (tensor<2x7x8xbf16>, tensor<i64>) -> tensor<2x7x1xbf16>
    %cst_13 = stablehlo.constant dense<1.001360e-05> : tensor<bf16>
    %81 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<bf16>) -> tensor<2x7x1xbf16>
    %82 = stablehlo.add %80, %81 : tensor<2x7x1xbf16>
    %83 = stablehlo.rsqrt %82 : tensor<2x7x1xbf16>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2] : (tensor<2x7x1xbf16>) -> tensor<2x7x8xbf16>
    %85 = stablehlo.multiply %79, %84 : tensor<2x7x8xbf16>
    %86 = stablehlo.dot_general %85, %7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xbf16>, tensor<8x16xbf16>) -> tensor<2x7x16xbf16>
    %87 = stablehlo.multiply %86, %86 : tensor<2x7x16xbf16>
    %88 = stablehlo.multiply %87, %86 : tensor<2x7x16xbf16>
    %cst_14 = stablehlo.constant dense<4.467770e-02> : tensor<bf16>
    %89 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<bf16>) -> tensor<2x7x16xbf16>
    %90 = stablehlo.multiply %89, %88 : tensor<2x7x16xbf16>
    %91 = stablehlo.add %86, %90 : tensor<2x7x16xbf16>
    %cst_15 = stablehlo.constant dense<7.968750e-01> : tensor<bf16>
    %92 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<bf16>) -> tensor<2x7x16xbf16>
    %93 = stablehlo.multiply %92, %91 : tensor<2x7x16xbf16>
    %94 = stablehlo.tanh %93 : tensor<2x7x16xbf16>
    %cst_16 = stablehlo.constant dense<1.000000e+00> : tensor<bf16>
    %95 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<bf16>) -> tensor<2x7x16xbf16>
    %96 = stablehlo.add %95, %94 : tensor<2x7x16xbf16>
    %cst_17 = stablehlo.constant dense<5.000000e-01> : tensor<bf16>
    %97 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<bf16>) -> tensor<2x7x16xbf16>
    %98 = stablehlo.multiply %97, %96 : tensor<2x7x16xbf16>
    %99 = stablehlo.multiply %86, %98 : tensor<2x7x16xbf16>
    %100 = stablehlo.dot_general %99, %0, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x16xbf16>, tensor<16x8xbf16>) -> tensor<2x7x8xbf16>
    %101 = stablehlo.add %68, %100 : tensor<2x7x8xbf16>
    %102 = stablehlo.transpose %1, dims = [1, 0] : (tensor<11x8xbf16>) -> tensor<8x11xbf16>
    %103 = stablehlo.dot_general %101, %102, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xbf16>, tensor<8x11xbf16>) -> tensor<2x7x11xbf16>
    %104 = stablehlo.convert %103 : (tensor<2x7x11xbf16>) -> tensor<2x7x11xf32>
    return %104 : tensor<2x7x11xf32>
  }
  func.func private @_var(%arg0: tensor<2x7x8xbf16>, %arg1: tensor<i64>) -> tensor<2x7x1xbf16> {
    %0 = stablehlo.convert %arg0 : (tensor<2x7x8xbf16>) -> tensor<2x7x8xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_0 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %4 = stablehlo.divide %2, %3 : tensor<2x7x1xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %6 = stablehlo.subtract %0, %5 : tensor<2x7x8xf32>
    %7 = chlo.square %6 : tensor<2x7x8xf32> -> tensor<2x7x8xf32>
    %8 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<f32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %9 = stablehlo.subtract %cst_1, %8 : tensor<f32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %10 = stablehlo.reduce(%7 init: %cst_2) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %12 = stablehlo.broadcast_in_dim %9, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %13 = stablehlo.divide %11, %12 : tensor<2x7x1xf32>
    %14 = stablehlo.convert %13 : (tensor<2x7x1xf32>) -> tensor<2x7x1xbf16>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %15 = stablehlo.compare GT, %9, %cst_3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %cst_4 = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %16 = call @_where(%15, %14, %cst_4) : (tensor<i1>, tensor<2x7x1xbf16>, tensor<f64>) -> tensor<2x7x1xbf16>
    return %16 : tensor<2x7x1xbf16>
  }
  func.func private @_where(%arg0: tensor<i1>, %arg1: tensor<2x7x1xbf16>, %arg2: tensor<f64>) -> tensor<2x7x1xbf16> {
    %0 = stablehlo.convert %arg2 : (tensor<f64>) -> tensor<bf16>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<bf16>) -> tensor<2x7x1xbf16>
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<i1>, tensor<2x7x1xbf16>
    return %2 : tensor<2x7x1xbf16>
  }
  func.func private @tril(%arg0: tensor<7x7xi1>) -> tensor<7x7xi1> {
    %0 = stablehlo.iota dim = 0 : tensor<7x7xi64>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<7x7xi64>
    %2 = stablehlo.add %0, %1 : tensor<7x7xi64>
    %3 = stablehlo.iota dim = 1 : tensor<7x7xi64>
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<7x7xi64>, tensor<7x7xi64>) -> tensor<7x7xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<7x7xi1>
    %6 = stablehlo.select %4, %arg0, %5 : tensor<7x7xi1>, tensor<7x7xi1>
    return %6 : tensor<7x7xi1>
  }
  func.func private @_where_0(%arg0: tensor<7x7xi1>, %arg1: tensor<2x2x7x7xbf16>, %arg2: tensor<bf16>) -> tensor<2x2x7x7xbf16> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<7x7xi1>) -> tensor<2x2x7x7xi1>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<bf16>) -> tensor<2x2x7x7xbf16>
    %2 = stablehlo.select %0, %arg1, %1 : tensor<2x2x7x7xi1>, tensor<2x2x7x7xbf16>
    return %2 : tensor<2x2x7x7xbf16>
  }
}
