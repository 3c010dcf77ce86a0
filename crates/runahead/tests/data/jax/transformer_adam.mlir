module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16x8xf32>, %arg1: tensor<11x8xf32>, %arg2: tensor<8xf32>, %arg3: tensor<8xf32>, %arg4: tensor<8x8xf32>, %arg5: tensor<7x8xf32>, %arg6: tensor<8x24xf32>, %arg7: tensor<8x16xf32>, %arg8: tensor<16x8xf32>, %arg9: tensor<11x8xf32>, %arg10: tensor<8xf32>, %arg11: tensor<8xf32>, %arg12: tensor<8x8xf32>, %arg13: tensor<7x8xf32>, %arg14: tensor<8x24xf32>, %arg15: tensor<8x16xf32>, %arg16: tensor<16x8xf32>, %arg17: tensor<11x8xf32>, %arg18: tensor<8xf32>, %arg19: tensor<8xf32>, %arg20: tensor<8x8xf32>, %arg21: tensor<7x8xf32>, %arg22: tensor<8x24xf32>, %arg23: tensor<8x16xf32>, %arg24: tensor<2x7xi32>) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<16x8xf32> {jax.result_info = "result[1]"}, tensor<11x8xf32> {jax.result_info = "result[2]"}, tensor<8xf32> {jax.result_info = "result[3]"}, tensor<8xf32> {jax.result_info = "result[4]"}, tensor<8x8xf32> {jax.result_info = "result[5]"}, tensor<7x8xf32> {jax.result_info = "result[6]"}, tensor<8x24xf32> {jax.result_info = "result[7]"}, tensor<8x16xf32> {jax.result_info = "result[8]"}, tensor<16x8xf32> {jax.result_info = "result[9]"}, tensor<11x8xf32> {jax.result_info = "result[10]"}, tensor<8xf32> {jax.result_info = "result[11]"}, tensor<8xf32> {jax.result_info = "result[12]"}, tensor<8x8xf32> {jax.result_info = "result[13]"}, tensor<7x8xf32> {jax.result_info = "result[14]"}, tensor<8x24xf32> {jax.result_info = "result[15]"}, tensor<8x16xf32> {jax.result_info = "result[16]"}, tensor<16x8xf32> {jax.result_info = "result[17]"}, tensor<11x8xf32> {jax.result_info = "result[18]"}, tensor<8xf32> {jax.result_info = "result[19]"}, tensor<8xf32> {jax.result_info = "result[20]"}, tensor<8x8xf32> {jax.result_info = "result[21]"}, tensor<7x8xf32> {jax.result_info = "result[22]"}, tensor<8x24xf32> {jax.result_info = "result[23]"}, tensor<8x16xf32> {jax.result_info = "result[24]"}) {
    %0 = stablehlo.slice %arg24 [0:2, 0:6] : (tensor<2x7xi32>) -> tensor<2x6xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %2 = stablehlo.compare LT, %0, %1, SIGNED : (tensor<2x6xi32>, tensor<2x6xi32>) -> tensor<2x6xi1>
    %c_0 = stablehlo.constant dense<11> : tensor<i32>
    %3 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %4 = stablehlo.add %0, %3 : tensor<2x6xi32>
    %5 = stablehlo.select %2, %4, %0 : tensor<2x6xi1>, tensor<2x6xi32>
    %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %7 = "stablehlo.gather"(%arg1, %6) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 8>}> : (tensor<11x8xf32>, tensor<2x6x1xi32>) -> tensor<2x6x8xf32>
    %8 = stablehlo.slice %arg5 [0:6, 0:8] : (tensor<7x8xf32>) -> tensor<6x8xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [1, 2] : (tensor<6x8xf32>) -> tensor<1x6x8xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<1x6x8xf32>) -> tensor<2x6x8xf32>
    %11 = stablehlo.add %7, %10 : tensor<2x6x8xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %12 = stablehlo.reduce(%11 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %15 = stablehlo.divide %13, %14 : tensor<2x6x1xf32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %17 = stablehlo.subtract %11, %16 : tensor<2x6x8xf32>
    %18 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x6x8xf32>
    %20 = stablehlo.multiply %19, %17 : tensor<2x6x8xf32>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %21:5 = call @_var(%11, %c_2) : (tensor<2x6x8xf32>, tensor<i64>) -> (tensor<2x6x1xf32>, tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>)
    %cst_3 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %22 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %23 = stablehlo.add %21#0, %22 : tensor<2x6x1xf32>
    %24 = stablehlo.rsqrt %23 : tensor<2x6x1xf32>
    %25 = stablehlo.divide %24, %23 : tensor<2x6x1xf32>
    %cst_4 = stablehlo.constant dense<-5.000000e-01> : tensor<f32>
    %26 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %27 = stablehlo.multiply %26, %25 : tensor<2x6x1xf32>
    %28 = stablehlo.broadcast_in_dim %24, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %29 = stablehlo.multiply %20, %28 : tensor<2x6x8xf32>
    %30 = stablehlo.dot_general %29, %arg6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<8x24xf32>) -> tensor<2x6x24xf32>
    %31 = stablehlo.reshape %30 : (tensor<2x6x24xf32>) -> tensor<2x6x3x2x4xf32>
    %32 = stablehlo.transpose %31, dims = [2, 0, 3, 1, 4] : (tensor<2x6x3x2x4xf32>) -> tensor<3x2x2x6x4xf32>
    %33 = stablehlo.slice %32 [0:1, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %34 = stablehlo.reshape %33 : (tensor<1x2x2x6x4xf32>) -> tensor<2x2x6x4xf32>
    %35 = stablehlo.slice %32 [1:2, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %36 = stablehlo.reshape %35 : (tensor<1x2x2x6x4xf32>) -> tensor<2x2x6x4xf32>
    %37 = stablehlo.slice %32 [2:3, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %38 = stablehlo.reshape %37 : (tensor<1x2x2x6x4xf32>) -> tensor<2x2x6x4xf32>
    %39 = stablehlo.transpose %36, dims = [0, 1, 3, 2] : (tensor<2x2x6x4xf32>) -> tensor<2x2x4x6xf32>
    %40 = stablehlo.dot_general %34, %39, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x4x6xf32>) -> tensor<2x2x6x6xf32>
    %cst_5 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %41 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<2x2x6x6xf32>
    %42 = stablehlo.divide %40, %41 : tensor<2x2x6x6xf32>
    %c_6 = stablehlo.constant dense<true> : tensor<i1>
    %43 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<i1>) -> tensor<6x6xi1>
    %44 = call @tril(%43) : (tensor<6x6xi1>) -> tensor<6x6xi1>
    %cst_7 = stablehlo.constant dense<-3.40282347E+38> : tensor<f32>
    %45:3 = call @_where_0(%44, %42, %cst_7) : (tensor<6x6xi1>, tensor<2x2x6x6xf32>, tensor<f32>) -> (tensor<2x2x6x6xf32>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>)
    %cst_8 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %46 = stablehlo.reduce(%45#0 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<2x2x6x6xf32>, tensor<f32>) -> tensor<2x2x6xf32>
    %47 = stablehlo.reshape %46 : (tensor<2x2x6xf32>) -> tensor<2x2x6x1xf32>
    %48 = stablehlo.broadcast_in_dim %47, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf32>) -> tensor<2x2x6x6xf32>
    %49 = stablehlo.compare EQ, %45#0, %48, FLOAT : (tensor<2x2x6x6xf32>, tensor<2x2x6x6xf32>) -> tensor<2x2x6x6xi1>
    %50 = stablehlo.convert %49 : (tensor<2x2x6x6xi1>) -> tensor<2x2x6x6xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %51 = stablehlo.reduce(%50 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf32>, tensor<f32>) -> tensor<2x2x6xf32>
    %cst_10 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %52 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %53 = stablehlo.maximum %52, %46 : tensor<2x2x6xf32>
    %54 = stablehlo.compare EQ, %46, %53, FLOAT : (tensor<2x2x6xf32>, tensor<2x2x6xf32>) -> tensor<2x2x6xi1>
    %cst_11 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %55 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %57 = stablehlo.select %54, %55, %56 : tensor<2x2x6xi1>, tensor<2x2x6xf32>
    %cst_13 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %58 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %59 = stablehlo.compare EQ, %58, %53, FLOAT : (tensor<2x2x6xf32>, tensor<2x2x6xf32>) -> tensor<2x2x6xi1>
    %cst_14 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %60 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %cst_15 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %61 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<2x2x6xf32>
    %62 = stablehlo.select %59, %60, %61 : tensor<2x2x6xi1>, tensor<2x2x6xf32>
    %63 = stablehlo.divide %57, %62 : tensor<2x2x6xf32>
    %64 = stablehlo.broadcast_in_dim %53, dims = [0, 1, 2] : (tensor<2x2x6xf32>) -> tensor<2x2x6x1xf32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf32>) -> tensor<2x2x6x6xf32>
    %66 = stablehlo.subtract %45#0, %65 : tensor<2x2x6x6xf32>
    %67 = stablehlo.exponential %66 : tensor<2x2x6x6xf32>
    %cst_16 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %68 = stablehlo.reduce(%67 init: %cst_16) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf32>, tensor<f32>) -> tensor<2x2x6xf32>
    %69 = stablehlo.broadcast_in_dim %68, dims = [0, 1, 2] : (tensor<2x2x6xf32>) -> tensor<2x2x6x1xf32>
    %70 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf32>) -> tensor<2x2x6x6xf32>
    %71 = stablehlo.divide %67, %70 : tensor<2x2x6x6xf32>
    %72 = stablehlo.multiply %69, %69 : tensor<2x2x6x1xf32>
    %cst_17 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %73 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<2x2x6x1xf32>
    %74 = stablehlo.divide %73, %72 : tensor<2x2x6x1xf32>
    %75 = stablehlo.dot_general %71, %38, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf32>, tensor<2x2x6x4xf32>) -> tensor<2x2x6x4xf32>
    %76 = stablehlo.transpose %75, dims = [0, 2, 1, 3] : (tensor<2x2x6x4xf32>) -> tensor<2x6x2x4xf32>
    %77 = stablehlo.reshape %76 : (tensor<2x6x2x4xf32>) -> tensor<2x6x8xf32>
    %78 = stablehlo.dot_general %77, %arg4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<8x8xf32>) -> tensor<2x6x8xf32>
    %79 = stablehlo.add %11, %78 : tensor<2x6x8xf32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %80 = stablehlo.reduce(%79 init: %cst_18) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %cst_19 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %82 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %83 = stablehlo.divide %81, %82 : tensor<2x6x1xf32>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %85 = stablehlo.subtract %79, %84 : tensor<2x6x8xf32>
    %86 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x6x8xf32>
    %88 = stablehlo.multiply %87, %85 : tensor<2x6x8xf32>
    %c_20 = stablehlo.constant dense<0> : tensor<i64>
    %89:5 = call @_var(%79, %c_20) : (tensor<2x6x8xf32>, tensor<i64>) -> (tensor<2x6x1xf32>, tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>)
    %cst_21 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %90 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %91 = stablehlo.add %89#0, %90 : tensor<2x6x1xf32>
    %92 = stablehlo.rsqrt %91 : tensor<2x6x1xf32>
    %93 = stablehlo.divide %92, %91 : tensor<2x6x1xf32>
    %cst_22 = stablehlo.constant dense<-5.000000e-01> : tensor<f32>
    %94 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %95 = stablehlo.multiply %94, %93 : tensor<2x6x1xf32>
    %96 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %97 = stablehlo.multiply %88, %96 : tensor<2x6x8xf32>
    %98 = stablehlo.dot_general %97, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<8x16xf32>) -> tensor<2x6x16xf32>
    %99 = stablehlo.multiply %98, %98 : tensor<2x6x16xf32>
    %100 = stablehlo.multiply %99, %98 : tensor<2x6x16xf32>
    %101 = stablehlo.multiply %98, %98 : tensor<2x6x16xf32>
    %cst_23 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %102 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %103 = stablehlo.multiply %102, %101 : tensor<2x6x16xf32>
    %cst_24 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %104 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %105 = stablehlo.multiply %104, %100 : tensor<2x6x16xf32>
    %106 = stablehlo.add %98, %105 : tensor<2x6x16xf32>
    %cst_25 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %107 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %108 = stablehlo.multiply %107, %106 : tensor<2x6x16xf32>
    %109 = stablehlo.tanh %108 : tensor<2x6x16xf32>
    %cst_26 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %110 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %111 = stablehlo.subtract %110, %109 : tensor<2x6x16xf32>
    %cst_27 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %113 = stablehlo.add %112, %109 : tensor<2x6x16xf32>
    %cst_28 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %115 = stablehlo.multiply %114, %113 : tensor<2x6x16xf32>
    %116 = stablehlo.multiply %98, %115 : tensor<2x6x16xf32>
    %117 = stablehlo.dot_general %116, %arg0, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf32>, tensor<16x8xf32>) -> tensor<2x6x8xf32>
    %118 = stablehlo.add %79, %117 : tensor<2x6x8xf32>
    %119 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %120 = stablehlo.dot_general %118, %119, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<8x11xf32>) -> tensor<2x6x11xf32>
    %121:3 = call @log_softmax(%120) : (tensor<2x6x11xf32>) -> (tensor<2x6x11xf32>, tensor<2x6x11xf32>, tensor<2x6x1xf32>)
    %122 = stablehlo.slice %arg24 [0:2, 1:7] : (tensor<2x7xi32>) -> tensor<2x6xi32>
    %123 = stablehlo.broadcast_in_dim %122, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %124:2 = call @take_along_axis(%121#0, %123) : (tensor<2x6x11xf32>, tensor<2x6x1xi32>) -> (tensor<2x6x1xf32>, tensor<2x6x1x1xi32>)
    %cst_29 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %125 = stablehlo.reduce(%124#0 init: %cst_29) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<f32>
    %cst_30 = stablehlo.constant dense<1.200000e+01> : tensor<f32>
    %126 = stablehlo.divide %125, %cst_30 : tensor<f32>
    %127 = stablehlo.negate %126 : tensor<f32>
    %cst_31 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %128 = stablehlo.negate %cst_31 : tensor<f32>
    %cst_32 = stablehlo.constant dense<1.200000e+01> : tensor<f32>
    %129 = stablehlo.divide %128, %cst_32 : tensor<f32>
    %130 = stablehlo.broadcast_in_dim %129, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %131 = call @take_along_axis_1(%124#1, %130) : (tensor<2x6x1x1xi32>, tensor<2x6x1xf32>) -> tensor<2x6x11xf32>
    %132 = call @log_softmax_2(%121#1, %121#2, %131) : (tensor<2x6x11xf32>, tensor<2x6x1xf32>, tensor<2x6x11xf32>) -> tensor<2x6x11xf32>
    %133 = stablehlo.dot_general %132, %118, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x11xf32>, tensor<2x6x8xf32>) -> tensor<11x8xf32>
    %134 = stablehlo.transpose %133, dims = [1, 0] : (tensor<11x8xf32>) -> tensor<8x11xf32>
    %135 = stablehlo.dot_general %132, %119, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x11xf32>, tensor<8x11xf32>) -> tensor<2x6x8xf32>
    %136 = stablehlo.transpose %134, dims = [1, 0] : (tensor<8x11xf32>) -> tensor<11x8xf32>
    %137 = stablehlo.dot_general %135, %116, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<2x6x16xf32>) -> tensor<8x16xf32>
    %138 = stablehlo.transpose %137, dims = [1, 0] : (tensor<8x16xf32>) -> tensor<16x8xf32>
    %139 = stablehlo.dot_general %135, %arg0, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<16x8xf32>) -> tensor<2x6x16xf32>
    %140 = stablehlo.multiply %98, %139 : tensor<2x6x16xf32>
    %141 = stablehlo.multiply %139, %115 : tensor<2x6x16xf32>
    %cst_33 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %142 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %143 = stablehlo.multiply %142, %140 : tensor<2x6x16xf32>
    %144 = stablehlo.multiply %143, %111 : tensor<2x6x16xf32>
    %145 = stablehlo.multiply %144, %109 : tensor<2x6x16xf32>
    %146 = stablehlo.add %144, %145 : tensor<2x6x16xf32>
    %cst_34 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %147 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %148 = stablehlo.multiply %147, %146 : tensor<2x6x16xf32>
    %149 = stablehlo.add %141, %148 : tensor<2x6x16xf32>
    %cst_35 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %150 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<2x6x16xf32>
    %151 = stablehlo.multiply %150, %148 : tensor<2x6x16xf32>
    %152 = stablehlo.multiply %151, %103 : tensor<2x6x16xf32>
    %153 = stablehlo.add %149, %152 : tensor<2x6x16xf32>
    %154 = stablehlo.dot_general %153, %97, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf32>, tensor<2x6x8xf32>) -> tensor<16x8xf32>
    %155 = stablehlo.transpose %154, dims = [1, 0] : (tensor<16x8xf32>) -> tensor<8x16xf32>
    %156 = stablehlo.dot_general %153, %arg7, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf32>, tensor<8x16xf32>) -> tensor<2x6x8xf32>
    %157 = stablehlo.multiply %88, %156 : tensor<2x6x8xf32>
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %158 = stablehlo.reduce(%157 init: %cst_36) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %159 = stablehlo.reshape %158 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %160 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %161 = stablehlo.multiply %156, %160 : tensor<2x6x8xf32>
    %162 = stablehlo.multiply %159, %95 : tensor<2x6x1xf32>
    %163 = call @_var_3(%89#1, %89#2, %89#3, %89#4, %162) : (tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>, tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %164 = stablehlo.add %135, %163 : tensor<2x6x8xf32>
    %165 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x6x8xf32>
    %166 = stablehlo.multiply %165, %161 : tensor<2x6x8xf32>
    %167 = stablehlo.multiply %161, %85 : tensor<2x6x8xf32>
    %cst_37 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %168 = stablehlo.reduce(%167 init: %cst_37) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<8xf32>
    %169 = stablehlo.reshape %168 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %170 = stablehlo.reduce(%169 init: %cst_38) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %171 = stablehlo.negate %166 : tensor<2x6x8xf32>
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %172 = stablehlo.reduce(%171 init: %cst_39) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %173 = stablehlo.reshape %172 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %174 = stablehlo.add %164, %166 : tensor<2x6x8xf32>
    %cst_40 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %175 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %176 = stablehlo.divide %173, %175 : tensor<2x6x1xf32>
    %cst_41 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %177 = stablehlo.reduce(%176 init: %cst_41) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %178 = stablehlo.broadcast_in_dim %177, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x8xf32>
    %179 = stablehlo.add %174, %178 : tensor<2x6x8xf32>
    %180 = stablehlo.dot_general %179, %77, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<2x6x8xf32>) -> tensor<8x8xf32>
    %181 = stablehlo.transpose %180, dims = [1, 0] : (tensor<8x8xf32>) -> tensor<8x8xf32>
    %182 = stablehlo.dot_general %179, %arg4, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf32>, tensor<8x8xf32>) -> tensor<2x6x8xf32>
    %183 = stablehlo.reshape %182 : (tensor<2x6x8xf32>) -> tensor<2x6x2x4xf32>
    %184 = stablehlo.transpose %183, dims = [0, 2, 1, 3] : (tensor<2x6x2x4xf32>) -> tensor<2x2x6x4xf32>
    %185 = stablehlo.dot_general %184, %71, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x6xf32>) -> tensor<2x2x4x6xf32>
    %186 = stablehlo.transpose %185, dims = [0, 1, 3, 2] : (tensor<2x2x4x6xf32>) -> tensor<2x2x6x4xf32>
    %187 = stablehlo.dot_general %184, %38, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf32>, tensor<2x2x6x4xf32>) -> tensor<2x2x6x6xf32>
    %188 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf32>) -> tensor<2x2x6x6xf32>
    %189 = stablehlo.multiply %187, %188 : tensor<2x2x6x6xf32>
    %190 = stablehlo.multiply %189, %67 : tensor<2x2x6x6xf32>
    %cst_42 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %191 = stablehlo.reduce(%190 init: %cst_42) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf32>, tensor<f32>) -> tensor<2x2x6xf32>
    %192 = stablehlo.reshape %191 : (tensor<2x2x6xf32>) -> tensor<2x2x6x1xf32>
    %193 = stablehlo.negate %192 : tensor<2x2x6x1xf32>
    %194 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf32>) -> tensor<2x2x6x6xf32>
    %195 = stablehlo.divide %187, %194 : tensor<2x2x6x6xf32>
    %cst_43 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %196 = stablehlo.reduce(%193 init: %cst_43) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x1xf32>, tensor<f32>) -> tensor<2x2x6xf32>
    %197 = stablehlo.broadcast_in_dim %196, dims = [0, 1, 2] : (tensor<2x2x6xf32>) -> tensor<2x2x6x6xf32>
    %198 = stablehlo.add %195, %197 : tensor<2x2x6x6xf32>
    %199 = stablehlo.multiply %198, %67 : tensor<2x2x6x6xf32>
    %200 = call @_where_5(%45#1, %45#2, %199) : (tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>, tensor<2x2x6x6xf32>) -> tensor<2x2x6x6xf32>
    %cst_44 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %201 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<2x2x6x6xf32>
    %202 = stablehlo.divide %200, %201 : tensor<2x2x6x6xf32>
    %203 = stablehlo.dot_general %202, %34, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf32>, tensor<2x2x6x4xf32>) -> tensor<2x2x6x4xf32>
    %204 = stablehlo.transpose %203, dims = [0, 1, 3, 2] : (tensor<2x2x6x4xf32>) -> tensor<2x2x4x6xf32>
    %205 = stablehlo.dot_general %202, %39, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf32>, tensor<2x2x4x6xf32>) -> tensor<2x2x6x4xf32>
    %206 = stablehlo.transpose %204, dims = [0, 1, 3, 2] : (tensor<2x2x4x6xf32>) -> tensor<2x2x6x4xf32>
    %207 = stablehlo.broadcast_in_dim %186, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %cst_45 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %208 = stablehlo.pad %207, %cst_45, low = [2, 0, 0, 0, 0], high = [0, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf32>, tensor<f32>) -> tensor<3x2x2x6x4xf32>
    %209 = stablehlo.broadcast_in_dim %206, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %cst_46 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %210 = stablehlo.pad %209, %cst_46, low = [1, 0, 0, 0, 0], high = [1, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf32>, tensor<f32>) -> tensor<3x2x2x6x4xf32>
    %211 = stablehlo.add %208, %210 : tensor<3x2x2x6x4xf32>
    %212 = stablehlo.broadcast_in_dim %205, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf32>) -> tensor<1x2x2x6x4xf32>
    %cst_47 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %213 = stablehlo.pad %212, %cst_47, low = [0, 0, 0, 0, 0], high = [2, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf32>, tensor<f32>) -> tensor<3x2x2x6x4xf32>
    %214 = stablehlo.add %211, %213 : tensor<3x2x2x6x4xf32>
    %215 = stablehlo.transpose %214, dims = [1, 3, 0, 2, 4] : (tensor<3x2x2x6x4xf32>) -> tensor<2x6x3x2x4xf32>
    %216 = stablehlo.reshape %215 : (tensor<2x6x3x2x4xf32>) -> tensor<2x6x24xf32>
    %217 = stablehlo.dot_general %216, %29, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x24xf32>, tensor<2x6x8xf32>) -> tensor<24x8xf32>
    %218 = stablehlo.transpose %217, dims = [1, 0] : (tensor<24x8xf32>) -> tensor<8x24xf32>
    %219 = stablehlo.dot_general %216, %arg6, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x24xf32>, tensor<8x24xf32>) -> tensor<2x6x8xf32>
    %220 = stablehlo.multiply %20, %219 : tensor<2x6x8xf32>
    %cst_48 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %221 = stablehlo.reduce(%220 init: %cst_48) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %222 = stablehlo.reshape %221 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %223 = stablehlo.broadcast_in_dim %24, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %224 = stablehlo.multiply %219, %223 : tensor<2x6x8xf32>
    %225 = stablehlo.multiply %222, %27 : tensor<2x6x1xf32>
    %226 = call @_var_3(%21#1, %21#2, %21#3, %21#4, %225) : (tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>, tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %227 = stablehlo.add %179, %226 : tensor<2x6x8xf32>
    %228 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x1x8xf32>) -> tensor<2x6x8xf32>
    %229 = stablehlo.multiply %228, %224 : tensor<2x6x8xf32>
    %230 = stablehlo.multiply %224, %17 : tensor<2x6x8xf32>
    %cst_49 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %231 = stablehlo.reduce(%230 init: %cst_49) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<8xf32>
    %232 = stablehlo.reshape %231 : (tensor<8xf32>) -> tensor<1x1x8xf32>
    %cst_50 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %233 = stablehlo.reduce(%232 init: %cst_50) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x8xf32>, tensor<f32>) -> tensor<8xf32>
    %234 = stablehlo.negate %229 : tensor<2x6x8xf32>
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %235 = stablehlo.reduce(%234 init: %cst_51) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %236 = stablehlo.reshape %235 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %237 = stablehlo.add %227, %229 : tensor<2x6x8xf32>
    %cst_52 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %238 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %239 = stablehlo.divide %236, %238 : tensor<2x6x1xf32>
    %cst_53 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %240 = stablehlo.reduce(%239 init: %cst_53) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %241 = stablehlo.broadcast_in_dim %240, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x8xf32>
    %242 = stablehlo.add %237, %241 : tensor<2x6x8xf32>
    %cst_54 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %243 = stablehlo.reduce(%242 init: %cst_54) applies stablehlo.add across dimensions = [0] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<6x8xf32>
    %244 = stablehlo.reshape %243 : (tensor<6x8xf32>) -> tensor<1x6x8xf32>
    %cst_55 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %245 = stablehlo.reduce(%244 init: %cst_55) applies stablehlo.add across dimensions = [0] : (tensor<1x6x8xf32>, tensor<f32>) -> tensor<6x8xf32>
    %cst_56 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %246 = stablehlo.pad %245, %cst_56, low = [0, 0], high = [1, 0], interior = [0, 0] : (tensor<6x8xf32>, tensor<f32>) -> tensor<7x8xf32>
    %cst_57 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %247 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %248 = "stablehlo.scatter"(%247, %6, %242) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg25: tensor<f32>, %arg26: tensor<f32>):
      %426 = stablehlo.add %arg25, %arg26 : tensor<f32>
      stablehlo.return %426 : tensor<f32>
    }) : (tensor<11x8xf32>, tensor<2x6x1xi32>, tensor<2x6x8xf32>) -> tensor<11x8xf32>
    %249 = stablehlo.add %136, %248 : tensor<11x8xf32>
    %cst_58 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %250 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %251 = stablehlo.multiply %250, %arg8 : tensor<16x8xf32>
    %cst_59 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %252 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %253 = stablehlo.multiply %252, %138 : tensor<16x8xf32>
    %254 = stablehlo.add %251, %253 : tensor<16x8xf32>
    %cst_60 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %255 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %256 = stablehlo.multiply %255, %arg9 : tensor<11x8xf32>
    %cst_61 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %257 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %258 = stablehlo.multiply %257, %249 : tensor<11x8xf32>
    %259 = stablehlo.add %256, %258 : tensor<11x8xf32>
    %cst_62 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %260 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %261 = stablehlo.multiply %260, %arg10 : tensor<8xf32>
    %cst_63 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %262 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %263 = stablehlo.multiply %262, %233 : tensor<8xf32>
    %264 = stablehlo.add %261, %263 : tensor<8xf32>
    %cst_64 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %265 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %266 = stablehlo.multiply %265, %arg11 : tensor<8xf32>
    %cst_65 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %267 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %268 = stablehlo.multiply %267, %170 : tensor<8xf32>
    %269 = stablehlo.add %266, %268 : tensor<8xf32>
    %cst_66 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %270 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %271 = stablehlo.multiply %270, %arg12 : tensor<8x8xf32>
    %cst_67 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %272 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %273 = stablehlo.multiply %272, %181 : tensor<8x8xf32>
    %274 = stablehlo.add %271, %273 : tensor<8x8xf32>
    %cst_68 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %275 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %276 = stablehlo.multiply %275, %arg13 : tensor<7x8xf32>
    %cst_69 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %277 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %278 = stablehlo.multiply %277, %246 : tensor<7x8xf32>
    %279 = stablehlo.add %276, %278 : tensor<7x8xf32>
    %cst_70 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %280 = stablehlo.broadcast_in_dim %cst_70, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %281 = stablehlo.multiply %280, %arg14 : tensor<8x24xf32>
    %cst_71 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %282 = stablehlo.broadcast_in_dim %cst_71, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %283 = stablehlo.multiply %282, %218 : tensor<8x24xf32>
    %284 = stablehlo.add %281, %283 : tensor<8x24xf32>
    %cst_72 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %285 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %286 = stablehlo.multiply %285, %arg15 : tensor<8x16xf32>
    %cst_73 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %287 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %288 = stablehlo.multiply %287, %155 : tensor<8x16xf32>
    %289 = stablehlo.add %286, %288 : tensor<8x16xf32>
    %cst_74 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %290 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %291 = stablehlo.multiply %290, %arg16 : tensor<16x8xf32>
    %cst_75 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %292 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %293 = stablehlo.multiply %292, %138 : tensor<16x8xf32>
    %294 = stablehlo.multiply %293, %138 : tensor<16x8xf32>
    %295 = stablehlo.add %291, %294 : tensor<16x8xf32>
    %cst_76 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %296 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %297 = stablehlo.multiply %296, %arg17 : tensor<11x8xf32>
    %cst_77 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %298 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %299 = stablehlo.multiply %298, %249 : tensor<11x8xf32>
    %300 = stablehlo.multiply %299, %249 : tensor<11x8xf32>
    %301 = stablehlo.add %297, %300 : tensor<11x8xf32>
    %cst_78 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %302 = stablehlo.broadcast_in_dim %cst_78, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %303 = stablehlo.multiply %302, %arg18 : tensor<8xf32>
    %cst_79 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %304 = stablehlo.broadcast_in_dim %cst_79, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %305 = stablehlo.multiply %304, %233 : tensor<8xf32>
    %306 = stablehlo.multiply %305, %233 : tensor<8xf32>
    %307 = stablehlo.add %303, %306 : tensor<8xf32>
    %cst_80 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %308 = stablehlo.broadcast_in_dim %cst_80, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %309 = stablehlo.multiply %308, %arg19 : tensor<8xf32>
    %cst_81 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %310 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %311 = stablehlo.multiply %310, %170 : tensor<8xf32>
    %312 = stablehlo.multiply %311, %170 : tensor<8xf32>
    %313 = stablehlo.add %309, %312 : tensor<8xf32>
    %cst_82 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %314 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %315 = stablehlo.multiply %314, %arg20 : tensor<8x8xf32>
    %cst_83 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %316 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %317 = stablehlo.multiply %316, %181 : tensor<8x8xf32>
    %318 = stablehlo.multiply %317, %181 : tensor<8x8xf32>
    %319 = stablehlo.add %315, %318 : tensor<8x8xf32>
    %cst_84 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %320 = stablehlo.broadcast_in_dim %cst_84, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %321 = stablehlo.multiply %320, %arg21 : tensor<7x8xf32>
    %cst_85 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %322 = stablehlo.broadcast_in_dim %cst_85, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %323 = stablehlo.multiply %322, %246 : tensor<7x8xf32>
    %324 = stablehlo.multiply %323, %246 : tensor<7x8xf32>
    %325 = stablehlo.add %321, %324 : tensor<7x8xf32>
    %cst_86 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %326 = stablehlo.broadcast_in_dim %cst_86, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %327 = stablehlo.multiply %326, %arg22 : tensor<8x24xf32>
    %cst_87 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %328 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %329 = stablehlo.multiply %328, %218 : tensor<8x24xf32>
    %330 = stablehlo.multiply %329, %218 : tensor<8x24xf32>
    %331 = stablehlo.add %327, %330 : tensor<8x24xf32>
    %cst_88 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %332 = stablehlo.broadcast_in_dim %cst_88, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %333 = stablehlo.multiply %332, %arg23 : tensor<8x16xf32>
    %cst_89 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %334 = stablehlo.broadcast_in_dim %cst_89, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %335 = stablehlo.multiply %334, %155 : tensor<8x16xf32>
    %336 = stablehlo.multiply %335, %155 : tensor<8x16xf32>
    %337 = stablehlo.add %333, %336 : tensor<8x16xf32>
    %cst_90 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %338 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %339 = stablehlo.divide %254, %338 : tensor<16x8xf32>
    %cst_91 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %340 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %341 = stablehlo.multiply %340, %339 : tensor<16x8xf32>
    %cst_92 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %342 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %343 = stablehlo.divide %295, %342 : tensor<16x8xf32>
    %344 = stablehlo.sqrt %343 : tensor<16x8xf32>
    %cst_93 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %345 = stablehlo.broadcast_in_dim %cst_93, dims = [] : (tensor<f32>) -> tensor<16x8xf32>
    %346 = stablehlo.add %344, %345 : tensor<16x8xf32>
    %347 = stablehlo.divide %341, %346 : tensor<16x8xf32>
    %348 = stablehlo.subtract %arg0, %347 : tensor<16x8xf32>
    %cst_94 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %349 = stablehlo.broadcast_in_dim %cst_94, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %350 = stablehlo.divide %259, %349 : tensor<11x8xf32>
    %cst_95 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %351 = stablehlo.broadcast_in_dim %cst_95, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %352 = stablehlo.multiply %351, %350 : tensor<11x8xf32>
    %cst_96 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %353 = stablehlo.broadcast_in_dim %cst_96, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %354 = stablehlo.divide %301, %353 : tensor<11x8xf32>
    %355 = stablehlo.sqrt %354 : tensor<11x8xf32>
    %cst_97 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %356 = stablehlo.broadcast_in_dim %cst_97, dims = [] : (tensor<f32>) -> tensor<11x8xf32>
    %357 = stablehlo.add %355, %356 : tensor<11x8xf32>
    %358 = stablehlo.divide %352, %357 : tensor<11x8xf32>
    %359 = stablehlo.subtract %arg1, %358 : tensor<11x8xf32>
    %cst_98 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %360 = stablehlo.broadcast_in_dim %cst_98, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %361 = stablehlo.divide %264, %360 : tensor<8xf32>
    %cst_99 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %362 = stablehlo.broadcast_in_dim %cst_99, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %363 = stablehlo.multiply %362, %361 : tensor<8xf32>
    %cst_100 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %364 = stablehlo.broadcast_in_dim %cst_100, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %365 = stablehlo.divide %307, %364 : tensor<8xf32>
    %366 = stablehlo.sqrt %365 : tensor<8xf32>
    %cst_101 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %367 = stablehlo.broadcast_in_dim %cst_101, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %368 = stablehlo.add %366, %367 : tensor<8xf32>
    %369 = stablehlo.divide %363, %368 : tensor<8xf32>
    %370 = stablehlo.subtract %arg2, %369 : tensor<8xf32>
    %cst_102 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %371 = stablehlo.broadcast_in_dim %cst_102, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %372 = stablehlo.divide %269, %371 : tensor<8xf32>
    %cst_103 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %373 = stablehlo.broadcast_in_dim %cst_103, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %374 = stablehlo.multiply %373, %372 : tensor<8xf32>
    %cst_104 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %375 = stablehlo.broadcast_in_dim %cst_104, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %376 = stablehlo.divide %313, %375 : tensor<8xf32>
    %377 = stablehlo.sqrt %376 : tensor<8xf32>
    %cst_105 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %378 = stablehlo.broadcast_in_dim %cst_105, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %379 = stablehlo.add %377, %378 : tensor<8xf32>
    %380 = stablehlo.divide %374, %379 : tensor<8xf32>
    %381 = stablehlo.subtract %arg3, %380 : tensor<8xf32>
    %cst_106 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %382 = stablehlo.broadcast_in_dim %cst_106, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %383 = stablehlo.divide %274, %382 : tensor<8x8xf32>
    %cst_107 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %384 = stablehlo.broadcast_in_dim %cst_107, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %385 = stablehlo.multiply %384, %383 : tensor<8x8xf32>
    %cst_108 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %386 = stablehlo.broadcast_in_dim %cst_108, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %387 = stablehlo.divide %319, %386 : tensor<8x8xf32>
    %388 = stablehlo.sqrt %387 : tensor<8x8xf32>
    %cst_109 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %389 = stablehlo.broadcast_in_dim %cst_109, dims = [] : (tensor<f32>) -> tensor<8x8xf32>
    %390 = stablehlo.add %388, %389 : tensor<8x8xf32>
    %391 = stablehlo.divide %385, %390 : tensor<8x8xf32>
    %392 = stablehlo.subtract %arg4, %391 : tensor<8x8xf32>
    %cst_110 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %393 = stablehlo.broadcast_in_dim %cst_110, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %394 = stablehlo.divide %279, %393 : tensor<7x8xf32>
    %cst_111 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %395 = stablehlo.broadcast_in_dim %cst_111, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %396 = stablehlo.multiply %395, %394 : tensor<7x8xf32>
    %cst_112 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %397 = stablehlo.broadcast_in_dim %cst_112, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %398 = stablehlo.divide %325, %397 : tensor<7x8xf32>
    %399 = stablehlo.sqrt %398 : tensor<7x8xf32>
    %cst_113 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %400 = stablehlo.broadcast_in_dim %cst_113, dims = [] : (tensor<f32>) -> tensor<7x8xf32>
    %401 = stablehlo.add %399, %400 : tensor<7x8xf32>
    %402 = stablehlo.divide %396, %401 : tensor<7x8xf32>
    %403 = stablehlo.subtract %arg5, %402 : tensor<7x8xf32>
    %cst_114 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %404 = stablehlo.broadcast_in_dim %cst_114, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %405 = stablehlo.divide %284, %404 : tensor<8x24xf32>
    %cst_115 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %406 = stablehlo.broadcast_in_dim %cst_115, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %407 = stablehlo.multiply %406, %405 : tensor<8x24xf32>
    %cst_116 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %408 = stablehlo.broadcast_in_dim %cst_116, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %409 = stablehlo.divide %331, %408 : tensor<8x24xf32>
    %410 = stablehlo.sqrt %409 : tensor<8x24xf32>
    %cst_117 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %411 = stablehlo.broadcast_in_dim %cst_117, dims = [] : (tensor<f32>) -> tensor<8x24xf32>
    %412 = stablehlo.add %410, %411 : tensor<8x24xf32>
    %413 = stablehlo.divide %407, %412 : tensor<8x24xf32>
    %414 = stablehlo.subtract %arg6, %413 : tensor<8x24xf32>
    %cst_118 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %415 = stablehlo.broadcast_in_dim %cst_118, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %416 = stablehlo.divide %289, %415 : tensor<8x16xf32>
    %cst_119 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %417 = stablehlo.broadcast_in_dim %cst_119, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %418 = stablehlo.multiply %417, %416 : tensor<8x16xf32>
    %cst_120 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %419 = stablehlo.broadcast_in_dim %cst_120, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %420 = stablehlo.divide %337, %419 : tensor<8x16xf32>
    %421 = stablehlo.sqrt %420 : tensor<8x16xf32>
    %cst_121 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %422 = stablehlo.broadcast_in_dim %cst_121, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %423 = stablehlo.add %421, %422 : tensor<8x16xf32>
    %424 = stablehlo.divide %418, %423 : tensor<8x16xf32>
    %425 = stablehlo.subtract %arg7, %424 : tensor<8x16xf32>
    return %127, %348, %359, %370, %381, %392, %403, %414, %425, %254, %259, %264, %269, %274, %279, %284, %289, %295, %301, %307, %313, %319, %325, %331, %337 : tensor<f32>, tensor<16x8xf32>, tensor<11x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<7x8xf32>, tensor<8x24xf32>, tensor<8x16xf32>, tensor<16x8xf32>, tensor<11x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<7x8xf32>, tensor<8x24xf32>, tensor<8x16xf32>, tensor<16x8xf32>, tensor<11x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<8x8xf32>, tensor<7x8xf32>, tensor<8x24xf32>, tensor<8x16xf32>
  }
  func.func private @_var(%arg0: tensor<2x6x8xf32>, %arg1: tensor<i64>) -> (tensor<2x6x1xf32>, tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %cst_0 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %3 = stablehlo.divide %1, %2 : tensor<2x6x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x8xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x6x8xf32>
    %6 = chlo.square %5 : tensor<2x6x8xf32> -> tensor<2x6x8xf32>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<2x6x8xf32>
    %8 = stablehlo.multiply %7, %5 : tensor<2x6x8xf32>
    %9 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<f32>
    %cst_2 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %10 = stablehlo.subtract %cst_2, %9 : tensor<f32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.reduce(%6 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %13 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %14 = stablehlo.divide %12, %13 : tensor<2x6x1xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %15 = stablehlo.compare GT, %10, %cst_4, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %cst_5 = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %16:2 = call @_where(%15, %14, %cst_5) : (tensor<i1>, tensor<2x6x1xf32>, tensor<f64>) -> (tensor<2x6x1xf32>, tensor<2x6x1xf32>)
    return %16#0, %8, %10, %15, %16#1 : tensor<2x6x1xf32>, tensor<2x6x8xf32>, tensor<f32>, tensor<i1>, tensor<2x6x1xf32>
  }
  func.func private @_where(%arg0: tensor<i1>, %arg1: tensor<2x6x1xf32>, %arg2: tensor<f64>) -> (tensor<2x6x1xf32>, tensor<2x6x1xf32>) {
    %0 = stablehlo.convert %arg2 : (tensor<f64>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<i1>, tensor<2x6x1xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    return %2, %3 : tensor<2x6x1xf32>, tensor<2x6x1xf32>
  }
  func.func private @tril(%arg0: tensor<6x6xi1>) -> tensor<6x6xi1> {
    %0 = stablehlo.iota dim = 0 : tensor<6x6xi64>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<6x6xi64>
    %2 = stablehlo.add %0, %1 : tensor<6x6xi64>
    %3 = stablehlo.iota dim = 1 : tensor<6x6xi64>
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<6x6xi64>, tensor<6x6xi64>) -> tensor<6x6xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<6x6xi1>
    %6 = stablehlo.select %4, %arg0, %5 : tensor<6x6xi1>, tensor<6x6xi1>
    return %6 : tensor<6x6xi1>
  }
  func.func private @_where_0(%arg0: tensor<6x6xi1>, %arg1: tensor<2x2x6x6xf32>, %arg2: tensor<f32>) -> (tensor<2x2x6x6xf32>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<6x6xi1>) -> tensor<2x2x6x6xi1>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<2x2x6x6xf32>
    %2 = stablehlo.select %0, %arg1, %1 : tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x2x6x6xf32>
    return %2, %0, %3 : tensor<2x2x6x6xf32>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>
  }
  func.func private @log_softmax(%arg0: tensor<2x6x11xf32>) -> (tensor<2x6x11xf32>, tensor<2x6x11xf32>, tensor<2x6x1xf32>) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [2] : (tensor<2x6x11xf32>, tensor<f32>) -> tensor<2x6xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<2x6xf32>
    %2 = stablehlo.maximum %1, %0 : tensor<2x6xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x11xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x6x11xf32>
    %6 = stablehlo.exponential %5 : tensor<2x6x11xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<2x6x11xf32>, tensor<f32>) -> tensor<2x6xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %9 = stablehlo.log %8 : tensor<2x6x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<2x6x1xf32>) -> tensor<2x6x11xf32>
    %11 = stablehlo.subtract %5, %10 : tensor<2x6x11xf32>
    return %11, %6, %8 : tensor<2x6x11xf32>, tensor<2x6x11xf32>, tensor<2x6x1xf32>
  }
  func.func private @take_along_axis(%arg0: tensor<2x6x11xf32>, %arg1: tensor<2x6x1xi32>) -> (tensor<2x6x1xf32>, tensor<2x6x1x1xi32>) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x6x1xi32>
    %1 = stablehlo.compare LT, %arg1, %0, SIGNED : (tensor<2x6x1xi32>, tensor<2x6x1xi32>) -> tensor<2x6x1xi1>
    %c_0 = stablehlo.constant dense<11> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x6x1xi32>
    %3 = stablehlo.add %arg1, %2 : tensor<2x6x1xi32>
    %4 = stablehlo.select %1, %3, %arg1 : tensor<2x6x1xi1>, tensor<2x6x1xi32>
    %5 = stablehlo.reshape %4 : (tensor<2x6x1xi32>) -> tensor<2x6x1x1xi32>
    %c_1 = stablehlo.constant dense<10> : tensor<1xi32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %6 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<2x6x1x1xi32>
    %7 = stablehlo.compare GE, %5, %6, SIGNED : (tensor<2x6x1x1xi32>, tensor<2x6x1x1xi32>) -> tensor<2x6x1x1xi1>
    %8 = stablehlo.broadcast_in_dim %c_1, dims = [3] : (tensor<1xi32>) -> tensor<1x1x1x1xi32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2, 3] : (tensor<1x1x1x1xi32>) -> tensor<2x6x1x1xi32>
    %10 = stablehlo.compare LE, %5, %9, SIGNED : (tensor<2x6x1x1xi32>, tensor<2x6x1x1xi32>) -> tensor<2x6x1x1xi1>
    %11 = stablehlo.and %7, %10 : tensor<2x6x1x1xi1>
    %c_3 = stablehlo.constant dense<true> : tensor<i1>
    %12 = stablehlo.reduce(%11 init: %c_3) applies stablehlo.and across dimensions = [3] : (tensor<2x6x1x1xi1>, tensor<i1>) -> tensor<2x6x1xi1>
    %13 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [2], operand_batching_dims = [0, 1], start_indices_batching_dims = [0, 1], start_index_map = [2], index_vector_dim = 3>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1, 1>}> : (tensor<2x6x11xf32>, tensor<2x6x1x1xi32>) -> tensor<2x6x1xf32>
    %cst = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %15 = stablehlo.select %12, %13, %14 : tensor<2x6x1xi1>, tensor<2x6x1xf32>
    return %15, %5 : tensor<2x6x1xf32>, tensor<2x6x1x1xi32>
  }
  func.func private @take_along_axis_1(%arg0: tensor<2x6x1x1xi32>, %arg1: tensor<2x6x1xf32>) -> tensor<2x6x11xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x6x11xf32>
    %1 = "stablehlo.scatter"(%0, %arg0, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [2], input_batching_dims = [0, 1], scatter_indices_batching_dims = [0, 1], scatter_dims_to_operand_dims = [2], index_vector_dim = 3>, unique_indices = false}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<2x6x11xf32>, tensor<2x6x1x1xi32>, tensor<2x6x1xf32>) -> tensor<2x6x11xf32>
    return %1 : tensor<2x6x11xf32>
  }
  func.func private @log_softmax_2(%arg0: tensor<2x6x11xf32>, %arg1: tensor<2x6x1xf32>, %arg2: tensor<2x6x11xf32>) -> tensor<2x6x11xf32> {
    %0 = stablehlo.negate %arg2 : tensor<2x6x11xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x11xf32>, tensor<f32>) -> tensor<2x6xf32>
    %2 = stablehlo.reshape %1 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %3 = stablehlo.divide %2, %arg1 : tensor<2x6x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x11xf32>
    %6 = stablehlo.multiply %5, %arg0 : tensor<2x6x11xf32>
    %7 = stablehlo.add %arg2, %6 : tensor<2x6x11xf32>
    return %7 : tensor<2x6x11xf32>
  }
  func.func private @_var_3(%arg0: tensor<2x6x8xf32>, %arg1: tensor<f32>, %arg2: tensor<i1>, %arg3: tensor<2x6x1xf32>, %arg4: tensor<2x6x1xf32>) -> tensor<2x6x8xf32> {
    %0 = call @_where_4(%arg2, %arg3, %arg4) : (tensor<i1>, tensor<2x6x1xf32>, tensor<2x6x1xf32>) -> tensor<2x6x1xf32>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %2 = stablehlo.divide %0, %1 : tensor<2x6x1xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %3 = stablehlo.reduce(%2 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x8xf32>
    %5 = stablehlo.multiply %4, %arg0 : tensor<2x6x8xf32>
    %6 = stablehlo.negate %5 : tensor<2x6x8xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf32>, tensor<f32>) -> tensor<2x6xf32>
    %8 = stablehlo.reshape %7 : (tensor<2x6xf32>) -> tensor<2x6x1xf32>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %9 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %10 = stablehlo.divide %8, %9 : tensor<2x6x1xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.reduce(%10 init: %cst_2) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf32>, tensor<f32>) -> tensor<2x6xf32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<2x6xf32>) -> tensor<2x6x8xf32>
    %13 = stablehlo.add %5, %12 : tensor<2x6x8xf32>
    return %13 : tensor<2x6x8xf32>
  }
  func.func private @_where_4(%arg0: tensor<i1>, %arg1: tensor<2x6x1xf32>, %arg2: tensor<2x6x1xf32>) -> tensor<2x6x1xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x6x1xf32>
    %1 = stablehlo.select %arg0, %arg2, %0 : tensor<i1>, tensor<2x6x1xf32>
    return %1 : tensor<2x6x1xf32>
  }
  func.func private @_where_5(%arg0: tensor<2x2x6x6xi1>, %arg1: tensor<2x2x6x6xf32>, %arg2: tensor<2x2x6x6xf32>) -> tensor<2x2x6x6xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x2x6x6xf32>
    %1 = stablehlo.select %arg0, %arg2, %0 : tensor<2x2x6x6xi1>, tensor<2x2x6x6xf32>
    return %1 : tensor<2x2x6x6xf32>
  }
}
