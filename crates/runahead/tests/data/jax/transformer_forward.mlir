module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16x8xf32>, %arg1: tensor<11x8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8x8xf32>, %arg5: tensor<7x8xf32>, %arg6: tensor<8x24xf32>, %arg7: tensor<8x16xf32>, %arg8: tensor<2x7xi32>) -> (tensor<2x7x11xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x7xi32>
    %1 = stablehlo.compare LT, %arg8, %0, SIGNED : (tensor<2x7xi32>, tensor<2x7xi32>) -> tensor<2x7xi1>
    %c_0 = stablehlo.constant dense<11> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x7xi32>
    %3 = stablehlo.add %arg8, %2 : tensor<2x7xi32>
    %4 = stablehlo.select %1, %3, %arg8 : tensor<2x7xi1>, tensor<2x7xi32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<2x7xi32>) -> tensor<2x7x1xi32>
    %6 = "stablehlo.gather"(%arg1, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 8>}> : (tensor<11x8xf32>, tensor<2x7x1xi32>) -> tensor<2x7x8xf32>
    %7 = stablehlo.broadcast_in_dim %arg5, dims = [1, 2] : (tensor<7x8xf32>) -> tensor<1x7x8xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1, 2] : (tensor<1x7x8xf32>) -> tensor<2x7x8xf32>
    %9 = stablehlo.add %6, %8 : tensor<2x7x8xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %10 = stablehlo.reduce(%9 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %13 = stablehlo.divide %11, %12 : tensor<2x7x1xf32>
    %14 = stablehlo.broadcast_in_dim %13, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %15 = stablehlo.subtract %9, %14 : tensor<2x7x8xf32>
    %16 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x7x8xf32>
    %18 = stablehlo.multiply %17, %15 : tensor<2x7x8xf32>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %19 = call @_var(%9, %c_2) : (tensor<2x7x8xf32>, tensor<i64>) -> tensor<2x7x1xf32>
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %20 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %21 = stablehlo.add %19, %20 : tensor<2x7x1xf32>
    %22 = stablehlo.rsqrt %21 : tensor<2x7x1xf32>
    %23 = stablehlo.broadcast_in_dim %22, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %24 = stablehlo.multiply %18, %23 : tensor<2x7x8xf32>
    %25 = stablehlo.dot_general %24, %arg6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xf32>, tensor<8x24xf32>) -> tensor<2x7x24xf32>
    %26 = stablehlo.reshape %25 : (tensor<2x7x24xf32>) -> tensor<2x7x3x2x4xf32>
    %27 = stablehlo.transpose %26, dims = [2, 0, 3, 1, 4] : (tensor<2x7x3x2x4xf32>) -> tensor<3x2x2x7x4xf32>
    %28 = stablehlo.slice %27 [0:1, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xf32>) -> tensor<1x2x2x7x4xf32>
    %29 = stablehlo.reshape %28 : (tensor<1x2x2x7x4xf32>) -> tensor<2x2x7x4xf32>
    %30 = stablehlo.slice %27 [1:2, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xf32>) -> tensor<1x2x2x7x4xf32>
    %31 = stablehlo.reshape %30 : (tensor<1x2x2x7x4xf32>) -> tensor<2x2x7x4xf32>
    %32 = stablehlo.slice %27 [2:3, 0:2, 0:2, 0:7, 0:4] : (tensor<3x2x2x7x4xf32>) -> tensor<1x2x2x7x4xf32>
    %33 = stablehlo.reshape %32 : (tensor<1x2x2x7x4xf32>) -> tensor<2x2x7x4xf32>
    %34 = stablehlo.transpose %31, dims = [0, 1, 3, 2] : (tensor<2x2x7x4xf32>) -> tensor<2x2x4x7xf32>
    %35 = stablehlo.dot_general %29, %34, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x7x4xf32>, tensor<2x2x4x7xf32>) -> tensor<2x2x7x7xf32>
    %cst_4 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %36 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<2x2x7x7xf32>
    %37 = stablehlo.divide %35, %36 : tensor<2x2x7x7xf32>
    %c_5 = stablehlo.constant dense<true> : tensor<i1>
    %38 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<i1>) -> tensor<7x7xi1>
    %39 = call @tril(%38) : (tensor<7x7xi1>) -> tensor<7x7xi1>
    %cst_6 = stablehlo.constant dense<-3.40282347E+38> : tensor<f32>
    %40 = call @_where_0(%39, %37, %cst_6) : (tensor<7x7xi1>, tensor<2x2x7x7xf32>, tensor<f32>) -> tensor<2x2x7x7xf32>
    %cst_7 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %41 = stablehlo.reduce(%40 init: %cst_7) applies stablehlo.maximum across dimensions = [3] : (tensor<2x2x7x7xf32>, tensor<f32>) -> tensor<2x2x7xf32>
    %cst_8 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %42 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<2x2x7xf32>
    %43 = stablehlo.maximum %42, %41 : tensor<2x2x7xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<2x2x7xf32>) -> tensor<2x2x7x1xf32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0, 1, 2, 3] : (tensor<2x2x7x1xf32>) -> tensor<2x2x7x7xf32>
    %46 = stablehlo.subtract %40, %45 : tensor<2x2x7x7xf32>
    %47 = stablehlo.exponential %46 : tensor<2x2x7x7xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %48 = stablehlo.reduce(%47 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<2x2x7x7xf32>, tensor<f32>) -> tensor<2x2x7xf32>
    %49 = stablehlo.broadcast_in_dim %48, dims = [0, 1, 2] : (tensor<2x2x7xf32>) -> tensor<2x2x7x1xf32>
    %50 = stablehlo.broadcast_in_dim %49, dims = [0, 1, 2, 3] : (tensor<2x2x7x1xf32>) -> tensor<2x2x7x7xf32>
    %51 = stablehlo.divide %47, %50 : tensor<2x2x7x7xf32>
    %52 = stablehlo.dot_general %51, %33, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x7x7xf32>, tensor<2x2x7x4xf32>) -> tensor<2x2x7x4xf32>
    %53 = stablehlo.transpose %52, dims = [0, 2, 1, 3] : (tensor<2x2x7x4xf32>) -> tensor<2x7x2x4xf32>
    %54 = stablehlo.reshape %53 : (tensor<2x7x2x4xf32>) -> tensor<2x7x8xf32>
    %55 = stablehlo.dot_general %54, %arg4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xf32>, tensor<8x8xf32>) -> tensor<2x7x8xf32>
    %56 = stablehlo.add %9, %55 : tensor<2x7x8xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %57 = stablehlo.reduce(%56 init: %cst_10) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %58 = stablehlo.broadcast_in_dim %57, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_11 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %59 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %60 = stablehlo.divide %58, %59 : tensor<2x7x1xf32>
    %61 = stablehlo.broadcast_in_dim %60, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %62 = stablehlo.subtract %56, %61 : tensor<2x7x8xf32>
    %63 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %64 = stablehlo.broadcast_in_dim %63, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x7x8xf32>
    %65 = stablehlo.multiply %64, %62 : tensor<2x7x8xf32>
    %c_12 = stablehlo.constant dense<0> : tensor<i64>
    %66 = call @_var(%56, %c_12) : (tensor<2x7x8xf32>, tensor<i64>) -> tensor<2x7x1xf32>
    %cst_13 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %67 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %68 = stablehlo.add %66, %67 : tensor<2x7x1xf32>
    %69 = stablehlo.rsqrt %68 : tensor<2x7x1xf32>
    %70 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %71 = stablehlo.multiply %65, %70 : tensor<2x7x8xf32>
    %72 = stablehlo.dot_general %71, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xf32>, tensor<8x16xf32>) -> tensor<2x7x16xf32>
    %73 = stablehlo.multiply %72, %72 : tensor<2x7x16xf32>
    %74 = stablehlo.multiply %73, %72 : tensor<2x7x16xf32>
    %cst_14 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %75 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<2x7x16xf32>
    %76 = stablehlo.multiply %75, %74 : tensor<2x7x16xf32>
    %77 = stablehlo.add %72, %76 : tensor<2x7x16xf32>
    %cst_15 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %78 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<2x7x16xf32>
    %79 = stablehlo.multiply %78, %77 : tensor<2x7x16xf32>
    %80 = stablehlo.tanh %79 : tensor<2x7x16xf32>
    %cst_16 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %81 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<2x7x16xf32>
    %82 = stablehlo.add %81, %80 : tensor<2x7x16xf32>
    %cst_17 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %83 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<2x7x16xf32>
    %84 = stablehlo.multiply %83, %82 : tensor<2x7x16xf32>
    %85 = stablehlo.multiply %72, %84 : tensor<2x7x16xf32>
    %86 = stablehlo.dot_general %85, %arg0, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x16xf32>, tensor<16x8xf32>) -> tensor<2x7x8xf32>
    %87 = stablehlo.add %56, %86 : tensor<2x7x8xf32>
    %88 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %89 = stablehlo.dot_general %87, %88, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x7x8xf32>, tensor<8x11xf32>) -> tensor<2x7x11xf32>
    return %89 : tensor<2x7x11xf32>
  }
  func.func private @_var(%arg0: tensor<2x7x8xf32>, %arg1: tensor<i64>) -> tensor<2x7x1xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %cst_0 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %3 = stablehlo.divide %1, %2 : tensor<2x7x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<2x7x1xf32>) -> tensor<2x7x8xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x7x8xf32>
    %6 = chlo.square %5 : tensor<2x7x8xf32> -> tensor<2x7x8xf32>
    %7 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<f32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %8 = stablehlo.subtract %cst_1, %7 : tensor<f32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %9 = stablehlo.reduce(%6 init: %cst_2) applies stablehlo.add across dimensions = [2] : (tensor<2x7x8xf32>, tensor<f32>) -> tensor<2x7xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<2x7xf32>) -> tensor<2x7x1xf32>
    %11 = stablehlo.broadcast_in_dim %8, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %12 = stablehlo.divide %10, %11 : tensor<2x7x1xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %13 = stablehlo.compare GT, %8, %cst_3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %cst_4 = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %14 = call @_where(%13, %12, %cst_4) : (tensor<i1>, tensor<2x7x1xf32>, tensor<f64>) -> tensor<2x7x1xf32>
    return %14 : tensor<2x7x1xf32>
  }
  func.func private @_where(%arg0: tensor<i1>, %arg1: tensor<2x7x1xf32>, %arg2: tensor<f64>) -> tensor<2x7x1xf32> {
    %0 = stablehlo.convert %arg2 : (tensor<f64>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2x7x1xf32>
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<i1>, tensor<2x7x1xf32>
    return %2 : tensor<2x7x1xf32>
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
  func.func private @_where_0(%arg0: tensor<7x7xi1>, %arg1: tensor<2x2x7x7xf32>, %arg2: tensor<f32>) -> tensor<2x2x7x7xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<7x7xi1>) -> tensor<2x2x7x7xi1>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<2x2x7x7xf32>
    %2 = stablehlo.select %0, %arg1, %1 : tensor<2x2x7x7xi1>, tensor<2x2x7x7xf32>
    return %2 : tensor<2x2x7x7xf32>
  }
}
