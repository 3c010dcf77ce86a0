module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16x8xf64>, %arg1: tensor<11x8xf64>, %arg2: tensor<8xf64>, %arg3: tensor<8xf64>, %arg4: tensor<8x8xf64>, %arg5: tensor<7x8xf64>, %arg6: tensor<8x24xf64>, %arg7: tensor<8x16xf64>, %arg8: tensor<16x8xf64>, %arg9: tensor<11x8xf64>, %arg10: tensor<8xf64>, %arg11: tensor<8xf64>, %arg12: tensor<8x8xf64>, %arg13: tensor<7x8xf64>, %arg14: tensor<8x24xf64>, %arg15: tensor<8x16xf64>, %arg16: tensor<16x8xf64>, %arg17: tensor<11x8xf64>, %arg18: tensor<8xf64>, %arg19: tensor<8xf64>, %arg20: tensor<8x8xf64>, %arg21: tensor<7x8xf64>, %arg22: tensor<8x24xf64>, %arg23: tensor<8x16xf64>, %arg24: tensor<2x7xi32>) -> (tensor<f64> {jax.result_info = "result[0]"}, tensor<16x8xf64> {jax.result_info = "result[1]"}, tensor<11x8xf64> {jax.result_info = "result[2]"}, tensor<8xf64> {jax.result_info = "result[3]"}, tensor<8xf64> {jax.result_info = "result[4]"}, tensor<8x8xf64> {jax.result_info = "result[5]"}, tensor<7x8xf64> {jax.result_info = "result[6]"}, tensor<8x24xf64> {jax.result_info = "result[7]"}, tensor<8x16xf64> {jax.result_info = "result[8]"}, tensor<16x8xf64> {jax.result_info = "result[9]"}, tensor<11x8xf64> {jax.result_info = "result[10]"}, tensor<8xf64> {jax.result_info = "result[11]"}, tensor<8xf64> {jax.result_info = "result[12]"}, tensor<8x8xf64> {jax.result_info = "result[13]"}, tensor<7x8xf64> {jax.result_info = "result[14]"}, tensor<8x24xf64> {jax.result_info = "result[15]"}, tensor<8x16xf64> {jax.result_info = "result[16]"}, tensor<16x8xf64> {jax.result_info = "result[17]"}, tensor<11x8xf64> {jax.result_info = "result[18]"}, tensor<8xf64> {jax.result_info = "result[19]"}, tensor<8xf64> {jax.result_info = "result[20]"}, tensor<8x8xf64> {jax.result_info = "result[21]"}, tensor<7x8xf64> {jax.result_info = "result[22]"}, tensor<8x24xf64> {jax.result_info = "result[23]"}, tensor<8x16xf64> {jax.result_info = "result[24]"}) {
    %0 = stablehlo.slice %arg24 [0:2, 0:6] : (tensor<2x7xi32>) -> tensor<2x6xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %2 = stablehlo.compare LT, %0, %1, SIGNED : (tensor<2x6xi32>, tensor<2x6xi32>) -> tensor<2x6xi1>
    %c_0 = stablehlo.constant dense<11> : tensor<i32>
    %3 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %4 = stablehlo.add %0, %3 : tensor<2x6xi32>
    %5 = stablehlo.select %2, %4, %0 : tensor<2x6xi1>, tensor<2x6xi32>
    %6 = stablehlo.broadcast_in_dim %5, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %7 = "stablehlo.gather"(%arg1, %6) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 8>}> : (tensor<11x8xf64>, tensor<2x6x1xi32>) -> tensor<2x6x8xf64>
    %8 = stablehlo.slice %arg5 [0:6, 0:8] : (tensor<7x8xf64>) -> tensor<6x8xf64>
    %9 = stablehlo.broadcast_in_dim %8, dims = [1, 2] : (tensor<6x8xf64>) -> tensor<1x6x8xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<1x6x8xf64>) -> tensor<2x6x8xf64>
    %11 = stablehlo.add %7, %10 : tensor<2x6x8xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %12 = stablehlo.reduce(%11 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %14 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %15 = stablehlo.divide %13, %14 : tensor<2x6x1xf64>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %17 = stablehlo.subtract %11, %16 : tensor<2x6x8xf64>
    %18 = stablehlo.broadcast_in_dim %arg2, dims = [2] : (tensor<8xf64>) -> tensor<1x1x8xf64>
    %19 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x1x8xf64>) -> tensor<2x6x8xf64>
    %20 = stablehlo.multiply %19, %17 : tensor<2x6x8xf64>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %21:5 = call @_var(%11, %c_2) : (tensor<2x6x8xf64>, tensor<i64>) -> (tensor<2x6x1xf64>, tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>)
    %cst_3 = stablehlo.constant dense<1.000000e-05> : tensor<f64>
    %22 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %23 = stablehlo.add %21#0, %22 : tensor<2x6x1xf64>
    %24 = stablehlo.rsqrt %23 : tensor<2x6x1xf64>
    %25 = stablehlo.divide %24, %23 : tensor<2x6x1xf64>
    %cst_4 = stablehlo.constant dense<-5.000000e-01> : tensor<f64>
    %26 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %27 = stablehlo.multiply %26, %25 : tensor<2x6x1xf64>
    %28 = stablehlo.broadcast_in_dim %24, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %29 = stablehlo.multiply %20, %28 : tensor<2x6x8xf64>
    %30 = stablehlo.dot_general %29, %arg6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<8x24xf64>) -> tensor<2x6x24xf64>
    %31 = stablehlo.reshape %30 : (tensor<2x6x24xf64>) -> tensor<2x6x3x2x4xf64>
    %32 = stablehlo.transpose %31, dims = [2, 0, 3, 1, 4] : (tensor<2x6x3x2x4xf64>) -> tensor<3x2x2x6x4xf64>
    %33 = stablehlo.slice %32 [0:1, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %34 = stablehlo.reshape %33 : (tensor<1x2x2x6x4xf64>) -> tensor<2x2x6x4xf64>
    %35 = stablehlo.slice %32 [1:2, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %36 = stablehlo.reshape %35 : (tensor<1x2x2x6x4xf64>) -> tensor<2x2x6x4xf64>
    %37 = stablehlo.slice %32 [2:3, 0:2, 0:2, 0:6, 0:4] : (tensor<3x2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %38 = stablehlo.reshape %37 : (tensor<1x2x2x6x4xf64>) -> tensor<2x2x6x4xf64>
    %39 = stablehlo.transpose %36, dims = [0, 1, 3, 2] : (tensor<2x2x6x4xf64>) -> tensor<2x2x4x6xf64>
    %40 = stablehlo.dot_general %34, %39, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf64>, tensor<2x2x4x6xf64>) -> tensor<2x2x6x6xf64>
    %cst_5 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %41 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f64>) -> tensor<2x2x6x6xf64>
    %42 = stablehlo.divide %40, %41 : tensor<2x2x6x6xf64>
    %c_6 = stablehlo.constant dense<true> : tensor<i1>
    %43 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<i1>) -> tensor<6x6xi1>
    %44 = call @tril(%43) : (tensor<6x6xi1>) -> tensor<6x6xi1>
    %cst_7 = stablehlo.constant dense<-1.7976931348623157E+308> : tensor<f64>
    %45:3 = call @_where_0(%44, %42, %cst_7) : (tensor<6x6xi1>, tensor<2x2x6x6xf64>, tensor<f64>) -> (tensor<2x2x6x6xf64>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>)
    %cst_8 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %46 = stablehlo.reduce(%45#0 init: %cst_8) applies stablehlo.maximum across dimensions = [3] : (tensor<2x2x6x6xf64>, tensor<f64>) -> tensor<2x2x6xf64>
    %47 = stablehlo.reshape %46 : (tensor<2x2x6xf64>) -> tensor<2x2x6x1xf64>
    %48 = stablehlo.broadcast_in_dim %47, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf64>) -> tensor<2x2x6x6xf64>
    %49 = stablehlo.compare EQ, %45#0, %48, FLOAT : (tensor<2x2x6x6xf64>, tensor<2x2x6x6xf64>) -> tensor<2x2x6x6xi1>
    %50 = stablehlo.convert %49 : (tensor<2x2x6x6xi1>) -> tensor<2x2x6x6xf64>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %51 = stablehlo.reduce(%50 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf64>, tensor<f64>) -> tensor<2x2x6xf64>
    %cst_10 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %52 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %53 = stablehlo.maximum %52, %46 : tensor<2x2x6xf64>
    %54 = stablehlo.compare EQ, %46, %53, FLOAT : (tensor<2x2x6xf64>, tensor<2x2x6xf64>) -> tensor<2x2x6xi1>
    %cst_11 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %55 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %56 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %57 = stablehlo.select %54, %55, %56 : tensor<2x2x6xi1>, tensor<2x2x6xf64>
    %cst_13 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %58 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %59 = stablehlo.compare EQ, %58, %53, FLOAT : (tensor<2x2x6xf64>, tensor<2x2x6xf64>) -> tensor<2x2x6xi1>
    %cst_14 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %60 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %cst_15 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %61 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f64>) -> tensor<2x2x6xf64>
    %62 = stablehlo.select %59, %60, %61 : tensor<2x2x6xi1>, tensor<2x2x6xf64>
    %63 = stablehlo.divide %57, %62 : tensor<2x2x6xf64>
    %64 = stablehlo.broadcast_in_dim %53, dims = [0, 1, 2] : (tensor<2x2x6xf64>) -> tensor<2x2x6x1xf64>
    %65 = stablehlo.broadcast_in_dim %64, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf64>) -> tensor<2x2x6x6xf64>
    %66 = stablehlo.subtract %45#0, %65 : tensor<2x2x6x6xf64>
    %67 = stablehlo.exponential %66 : tensor<2x2x6x6xf64>
    %cst_16 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %68 = stablehlo.reduce(%67 init: %cst_16) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf64>, tensor<f64>) -> tensor<2x2x6xf64>
    %69 = stablehlo.broadcast_in_dim %68, dims = [0, 1, 2] : (tensor<2x2x6xf64>) -> tensor<2x2x6x1xf64>
    %70 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf64>) -> tensor<2x2x6x6xf64>
    %71 = stablehlo.divide %67, %70 : tensor<2x2x6x6xf64>
    %72 = stablehlo.multiply %69, %69 : tensor<2x2x6x1xf64>
    %cst_17 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %73 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f64>) -> tensor<2x2x6x1xf64>
    %74 = stablehlo.divide %73, %72 : tensor<2x2x6x1xf64>
    %75 = stablehlo.dot_general %71, %38, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf64>, tensor<2x2x6x4xf64>) -> tensor<2x2x6x4xf64>
    %76 = stablehlo.transpose %75, dims = [0, 2, 1, 3] : (tensor<2x2x6x4xf64>) -> tensor<2x6x2x4xf64>
    %77 = stablehlo.reshape %76 : (tensor<2x6x2x4xf64>) -> tensor<2x6x8xf64>
    %78 = stablehlo.dot_general %77, %arg4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<8x8xf64>) -> tensor<2x6x8xf64>
    %79 = stablehlo.add %11, %78 : tensor<2x6x8xf64>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %80 = stablehlo.reduce(%79 init: %cst_18) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %81 = stablehlo.broadcast_in_dim %80, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %cst_19 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %82 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %83 = stablehlo.divide %81, %82 : tensor<2x6x1xf64>
    %84 = stablehlo.broadcast_in_dim %83, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %85 = stablehlo.subtract %79, %84 : tensor<2x6x8xf64>
    %86 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<8xf64>) -> tensor<1x1x8xf64>
    %87 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<1x1x8xf64>) -> tensor<2x6x8xf64>
    %88 = stablehlo.multiply %87, %85 : tensor<2x6x8xf64>
    %c_20 = stablehlo.constant dense<0> : tensor<i64>
    %89:5 = call @_var(%79, %c_20) : (tensor<2x6x8xf64>, tensor<i64>) -> (tensor<2x6x1xf64>, tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>)
    %cst_21 = stablehlo.constant dense<1.000000e-05> : tensor<f64>
    %90 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %91 = stablehlo.add %89#0, %90 : tensor<2x6x1xf64>
    %92 = stablehlo.rsqrt %91 : tensor<2x6x1xf64>
    %93 = stablehlo.divide %92, %91 : tensor<2x6x1xf64>
    %cst_22 = stablehlo.constant dense<-5.000000e-01> : tensor<f64>
    %94 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %95 = stablehlo.multiply %94, %93 : tensor<2x6x1xf64>
    %96 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %97 = stablehlo.multiply %88, %96 : tensor<2x6x8xf64>
    %98 = stablehlo.dot_general %97, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<8x16xf64>) -> tensor<2x6x16xf64>
    %99 = stablehlo.multiply %98, %98 : tensor<2x6x16xf64>
    %100 = stablehlo.multiply %99, %98 : tensor<2x6x16xf64>
    %101 = stablehlo.multiply %98, %98 : tensor<2x6x16xf64>
    %cst_23 = stablehlo.constant dense<3.000000e+00> : tensor<f64>
    %102 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %103 = stablehlo.multiply %102, %101 : tensor<2x6x16xf64>
    %cst_24 = stablehlo.constant dense<4.471500e-02> : tensor<f64>
    %104 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %105 = stablehlo.multiply %104, %100 : tensor<2x6x16xf64>
    %106 = stablehlo.add %98, %105 : tensor<2x6x16xf64>
    %cst_25 = stablehlo.constant dense<0.79788456080286541> : tensor<f64>
    %107 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %108 = stablehlo.multiply %107, %106 : tensor<2x6x16xf64>
    %109 = stablehlo.tanh %108 : tensor<2x6x16xf64>
    %cst_26 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %110 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %111 = stablehlo.subtract %110, %109 : tensor<2x6x16xf64>
    %cst_27 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %112 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %113 = stablehlo.add %112, %109 : tensor<2x6x16xf64>
    %cst_28 = stablehlo.constant dense<5.000000e-01> : tensor<f64>
    %114 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %115 = stablehlo.multiply %114, %113 : tensor<2x6x16xf64>
    %116 = stablehlo.multiply %98, %115 : tensor<2x6x16xf64>
    %117 = stablehlo.dot_general %116, %arg0, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf64>, tensor<16x8xf64>) -> tensor<2x6x8xf64>
    %118 = stablehlo.add %79, %117 : tensor<2x6x8xf64>
    %119 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<11x8xf64>) -> tensor<8x11xf64>
    %120 = stablehlo.dot_general %118, %119, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<8x11xf64>) -> tensor<2x6x11xf64>
    %121:3 = call @log_softmax(%120) : (tensor<2x6x11xf64>) -> (tensor<2x6x11xf64>, tensor<2x6x11xf64>, tensor<2x6x1xf64>)
    %122 = stablehlo.slice %arg24 [0:2, 1:7] : (tensor<2x7xi32>) -> tensor<2x6xi32>
    %123 = stablehlo.broadcast_in_dim %122, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %124:2 = call @take_along_axis(%121#0, %123) : (tensor<2x6x11xf64>, tensor<2x6x1xi32>) -> (tensor<2x6x1xf64>, tensor<2x6x1x1xi32>)
    %cst_29 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %125 = stablehlo.reduce(%124#0 init: %cst_29) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<f64>
    %cst_30 = stablehlo.constant dense<1.200000e+01> : tensor<f64>
    %126 = stablehlo.divide %125, %cst_30 : tensor<f64>
    %127 = stablehlo.negate %126 : tensor<f64>
    %cst_31 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %128 = stablehlo.negate %cst_31 : tensor<f64>
    %cst_32 = stablehlo.constant dense<1.200000e+01> : tensor<f64>
    %129 = stablehlo.divide %128, %cst_32 : tensor<f64>
    %130 = stablehlo.broadcast_in_dim %129, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %131 = call @take_along_axis_1(%124#1, %130) : (tensor<2x6x1x1xi32>, tensor<2x6x1xf64>) -> tensor<2x6x11xf64>
    %132 = call @log_softmax_2(%121#1, %121#2, %131) : (tensor<2x6x11xf64>, tensor<2x6x1xf64>, tensor<2x6x11xf64>) -> tensor<2x6x11xf64>
    %133 = stablehlo.dot_general %132, %118, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x11xf64>, tensor<2x6x8xf64>) -> tensor<11x8xf64>
    %134 = stablehlo.transpose %133, dims = [1, 0] : (tensor<11x8xf64>) -> tensor<8x11xf64>
    %135 = stablehlo.dot_general %132, %119, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x11xf64>, tensor<8x11xf64>) -> tensor<2x6x8xf64>
    %136 = stablehlo.transpose %134, dims = [1, 0] : (tensor<8x11xf64>) -> tensor<11x8xf64>
    %137 = stablehlo.dot_general %135, %116, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<2x6x16xf64>) -> tensor<8x16xf64>
    %138 = stablehlo.transpose %137, dims = [1, 0] : (tensor<8x16xf64>) -> tensor<16x8xf64>
    %139 = stablehlo.dot_general %135, %arg0, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<16x8xf64>) -> tensor<2x6x16xf64>
    %140 = stablehlo.multiply %98, %139 : tensor<2x6x16xf64>
    %141 = stablehlo.multiply %139, %115 : tensor<2x6x16xf64>
    %cst_33 = stablehlo.constant dense<5.000000e-01> : tensor<f64>
    %142 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %143 = stablehlo.multiply %142, %140 : tensor<2x6x16xf64>
    %144 = stablehlo.multiply %143, %111 : tensor<2x6x16xf64>
    %145 = stablehlo.multiply %144, %109 : tensor<2x6x16xf64>
    %146 = stablehlo.add %144, %145 : tensor<2x6x16xf64>
    %cst_34 = stablehlo.constant dense<0.79788456080286541> : tensor<f64>
    %147 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %148 = stablehlo.multiply %147, %146 : tensor<2x6x16xf64>
    %149 = stablehlo.add %141, %148 : tensor<2x6x16xf64>
    %cst_35 = stablehlo.constant dense<4.471500e-02> : tensor<f64>
    %150 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f64>) -> tensor<2x6x16xf64>
    %151 = stablehlo.multiply %150, %148 : tensor<2x6x16xf64>
    %152 = stablehlo.multiply %151, %103 : tensor<2x6x16xf64>
    %153 = stablehlo.add %149, %152 : tensor<2x6x16xf64>
    %154 = stablehlo.dot_general %153, %97, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf64>, tensor<2x6x8xf64>) -> tensor<16x8xf64>
    %155 = stablehlo.transpose %154, dims = [1, 0] : (tensor<16x8xf64>) -> tensor<8x16xf64>
    %156 = stablehlo.dot_general %153, %arg7, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x16xf64>, tensor<8x16xf64>) -> tensor<2x6x8xf64>
    %157 = stablehlo.multiply %88, %156 : tensor<2x6x8xf64>
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %158 = stablehlo.reduce(%157 init: %cst_36) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %159 = stablehlo.reshape %158 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %160 = stablehlo.broadcast_in_dim %92, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %161 = stablehlo.multiply %156, %160 : tensor<2x6x8xf64>
    %162 = stablehlo.multiply %159, %95 : tensor<2x6x1xf64>
    %163 = call @_var_3(%89#1, %89#2, %89#3, %89#4, %162) : (tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>, tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %164 = stablehlo.add %135, %163 : tensor<2x6x8xf64>
    %165 = stablehlo.broadcast_in_dim %86, dims = [0, 1, 2] : (tensor<1x1x8xf64>) -> tensor<2x6x8xf64>
    %166 = stablehlo.multiply %165, %161 : tensor<2x6x8xf64>
    %167 = stablehlo.multiply %161, %85 : tensor<2x6x8xf64>
    %cst_37 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %168 = stablehlo.reduce(%167 init: %cst_37) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<8xf64>
    %169 = stablehlo.reshape %168 : (tensor<8xf64>) -> tensor<1x1x8xf64>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %170 = stablehlo.reduce(%169 init: %cst_38) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x8xf64>, tensor<f64>) -> tensor<8xf64>
    %171 = stablehlo.negate %166 : tensor<2x6x8xf64>
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %172 = stablehlo.reduce(%171 init: %cst_39) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %173 = stablehlo.reshape %172 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %174 = stablehlo.add %164, %166 : tensor<2x6x8xf64>
    %cst_40 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %175 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %176 = stablehlo.divide %173, %175 : tensor<2x6x1xf64>
    %cst_41 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %177 = stablehlo.reduce(%176 init: %cst_41) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<2x6xf64>
    %178 = stablehlo.broadcast_in_dim %177, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x8xf64>
    %179 = stablehlo.add %174, %178 : tensor<2x6x8xf64>
    %180 = stablehlo.dot_general %179, %77, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<2x6x8xf64>) -> tensor<8x8xf64>
    %181 = stablehlo.transpose %180, dims = [1, 0] : (tensor<8x8xf64>) -> tensor<8x8xf64>
    %182 = stablehlo.dot_general %179, %arg4, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x8xf64>, tensor<8x8xf64>) -> tensor<2x6x8xf64>
    %183 = stablehlo.reshape %182 : (tensor<2x6x8xf64>) -> tensor<2x6x2x4xf64>
    %184 = stablehlo.transpose %183, dims = [0, 2, 1, 3] : (tensor<2x6x2x4xf64>) -> tensor<2x2x6x4xf64>
    %185 = stablehlo.dot_general %184, %71, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf64>, tensor<2x2x6x6xf64>) -> tensor<2x2x4x6xf64>
    %186 = stablehlo.transpose %185, dims = [0, 1, 3, 2] : (tensor<2x2x4x6xf64>) -> tensor<2x2x6x4xf64>
    %187 = stablehlo.dot_general %184, %38, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x4xf64>, tensor<2x2x6x4xf64>) -> tensor<2x2x6x6xf64>
    %188 = stablehlo.broadcast_in_dim %74, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf64>) -> tensor<2x2x6x6xf64>
    %189 = stablehlo.multiply %187, %188 : tensor<2x2x6x6xf64>
    %190 = stablehlo.multiply %189, %67 : tensor<2x2x6x6xf64>
    %cst_42 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %191 = stablehlo.reduce(%190 init: %cst_42) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x6xf64>, tensor<f64>) -> tensor<2x2x6xf64>
    %192 = stablehlo.reshape %191 : (tensor<2x2x6xf64>) -> tensor<2x2x6x1xf64>
    %193 = stablehlo.negate %192 : tensor<2x2x6x1xf64>
    %194 = stablehlo.broadcast_in_dim %69, dims = [0, 1, 2, 3] : (tensor<2x2x6x1xf64>) -> tensor<2x2x6x6xf64>
    %195 = stablehlo.divide %187, %194 : tensor<2x2x6x6xf64>
    %cst_43 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %196 = stablehlo.reduce(%193 init: %cst_43) applies stablehlo.add across dimensions = [3] : (tensor<2x2x6x1xf64>, tensor<f64>) -> tensor<2x2x6xf64>
    %197 = stablehlo.broadcast_in_dim %196, dims = [0, 1, 2] : (tensor<2x2x6xf64>) -> tensor<2x2x6x6xf64>
    %198 = stablehlo.add %195, %197 : tensor<2x2x6x6xf64>
    %199 = stablehlo.multiply %198, %67 : tensor<2x2x6x6xf64>
    %200 = call @_where_5(%45#1, %45#2, %199) : (tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>, tensor<2x2x6x6xf64>) -> tensor<2x2x6x6xf64>
    %cst_44 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %201 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f64>) -> tensor<2x2x6x6xf64>
    %202 = stablehlo.divide %200, %201 : tensor<2x2x6x6xf64>
    %203 = stablehlo.dot_general %202, %34, batching_dims = [0, 1] x [0, 1], contracting_dims = [2] x [2], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf64>, tensor<2x2x6x4xf64>) -> tensor<2x2x6x4xf64>
    %204 = stablehlo.transpose %203, dims = [0, 1, 3, 2] : (tensor<2x2x6x4xf64>) -> tensor<2x2x4x6xf64>
    %205 = stablehlo.dot_general %202, %39, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<2x2x6x6xf64>, tensor<2x2x4x6xf64>) -> tensor<2x2x6x4xf64>
    %206 = stablehlo.transpose %204, dims = [0, 1, 3, 2] : (tensor<2x2x4x6xf64>) -> tensor<2x2x6x4xf64>
    %207 = stablehlo.broadcast_in_dim %186, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %cst_45 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %208 = stablehlo.pad %207, %cst_45, low = [2, 0, 0, 0, 0], high = [0, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf64>, tensor<f64>) -> tensor<3x2x2x6x4xf64>
    %209 = stablehlo.broadcast_in_dim %206, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %cst_46 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %210 = stablehlo.pad %209, %cst_46, low = [1, 0, 0, 0, 0], high = [1, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf64>, tensor<f64>) -> tensor<3x2x2x6x4xf64>
    %211 = stablehlo.add %208, %210 : tensor<3x2x2x6x4xf64>
    %212 = stablehlo.broadcast_in_dim %205, dims = [1, 2, 3, 4] : (tensor<2x2x6x4xf64>) -> tensor<1x2x2x6x4xf64>
    %cst_47 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %213 = stablehlo.pad %212, %cst_47, low = [0, 0, 0, 0, 0], high = [2, 0, 0, 0, 0], interior = [0, 0, 0, 0, 0] : (tensor<1x2x2x6x4xf64>, tensor<f64>) -> tensor<3x2x2x6x4xf64>
    %214 = stablehlo.add %211, %213 : tensor<3x2x2x6x4xf64>
    %215 = stablehlo.transpose %214, dims = [1, 3, 0, 2, 4] : (tensor<3x2x2x6x4xf64>) -> tensor<2x6x3x2x4xf64>
    %216 = stablehlo.reshape %215 : (tensor<2x6x3x2x4xf64>) -> tensor<2x6x24xf64>
    %217 = stablehlo.dot_general %216, %29, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x24xf64>, tensor<2x6x8xf64>) -> tensor<24x8xf64>
    %218 = stablehlo.transpose %217, dims = [1, 0] : (tensor<24x8xf64>) -> tensor<8x24xf64>
    %219 = stablehlo.dot_general %216, %arg6, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x24xf64>, tensor<8x24xf64>) -> tensor<2x6x8xf64>
    %220 = stablehlo.multiply %20, %219 : tensor<2x6x8xf64>
    %cst_48 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %221 = stablehlo.reduce(%220 init: %cst_48) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %222 = stablehlo.reshape %221 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %223 = stablehlo.broadcast_in_dim %24, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %224 = stablehlo.multiply %219, %223 : tensor<2x6x8xf64>
    %225 = stablehlo.multiply %222, %27 : tensor<2x6x1xf64>
    %226 = call @_var_3(%21#1, %21#2, %21#3, %21#4, %225) : (tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>, tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %227 = stablehlo.add %179, %226 : tensor<2x6x8xf64>
    %228 = stablehlo.broadcast_in_dim %18, dims = [0, 1, 2] : (tensor<1x1x8xf64>) -> tensor<2x6x8xf64>
    %229 = stablehlo.multiply %228, %224 : tensor<2x6x8xf64>
    %230 = stablehlo.multiply %224, %17 : tensor<2x6x8xf64>
    %cst_49 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %231 = stablehlo.reduce(%230 init: %cst_49) applies stablehlo.add across dimensions = [0, 1] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<8xf64>
    %232 = stablehlo.reshape %231 : (tensor<8xf64>) -> tensor<1x1x8xf64>
    %cst_50 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %233 = stablehlo.reduce(%232 init: %cst_50) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x8xf64>, tensor<f64>) -> tensor<8xf64>
    %234 = stablehlo.negate %229 : tensor<2x6x8xf64>
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %235 = stablehlo.reduce(%234 init: %cst_51) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %236 = stablehlo.reshape %235 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %237 = stablehlo.add %227, %229 : tensor<2x6x8xf64>
    %cst_52 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %238 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %239 = stablehlo.divide %236, %238 : tensor<2x6x1xf64>
    %cst_53 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %240 = stablehlo.reduce(%239 init: %cst_53) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<2x6xf64>
    %241 = stablehlo.broadcast_in_dim %240, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x8xf64>
    %242 = stablehlo.add %237, %241 : tensor<2x6x8xf64>
    %cst_54 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %243 = stablehlo.reduce(%242 init: %cst_54) applies stablehlo.add across dimensions = [0] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<6x8xf64>
    %244 = stablehlo.reshape %243 : (tensor<6x8xf64>) -> tensor<1x6x8xf64>
    %cst_55 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %245 = stablehlo.reduce(%244 init: %cst_55) applies stablehlo.add across dimensions = [0] : (tensor<1x6x8xf64>, tensor<f64>) -> tensor<6x8xf64>
    %cst_56 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %246 = stablehlo.pad %245, %cst_56, low = [0, 0], high = [1, 0], interior = [0, 0] : (tensor<6x8xf64>, tensor<f64>) -> tensor<7x8xf64>
    %cst_57 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %247 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %248 = "stablehlo.scatter"(%247, %6, %242) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg25: tensor<f64>, %arg26: tensor<f64>):
      %426 = stablehlo.add %arg25, %arg26 : tensor<f64>
      stablehlo.return %426 : tensor<f64>
    }) : (tensor<11x8xf64>, tensor<2x6x1xi32>, tensor<2x6x8xf64>) -> tensor<11x8xf64>
    %249 = stablehlo.add %136, %248 : tensor<11x8xf64>
    %cst_58 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %250 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %251 = stablehlo.multiply %250, %arg8 : tensor<16x8xf64>
    %cst_59 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %252 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %253 = stablehlo.multiply %252, %138 : tensor<16x8xf64>
    %254 = stablehlo.add %251, %253 : tensor<16x8xf64>
    %cst_60 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %255 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %256 = stablehlo.multiply %255, %arg9 : tensor<11x8xf64>
    %cst_61 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %257 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %258 = stablehlo.multiply %257, %249 : tensor<11x8xf64>
    %259 = stablehlo.add %256, %258 : tensor<11x8xf64>
    %cst_62 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %260 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %261 = stablehlo.multiply %260, %arg10 : tensor<8xf64>
    %cst_63 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %262 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %263 = stablehlo.multiply %262, %233 : tensor<8xf64>
    %264 = stablehlo.add %261, %263 : tensor<8xf64>
    %cst_64 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %265 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %266 = stablehlo.multiply %265, %arg11 : tensor<8xf64>
    %cst_65 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %267 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %268 = stablehlo.multiply %267, %170 : tensor<8xf64>
    %269 = stablehlo.add %266, %268 : tensor<8xf64>
    %cst_66 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %270 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %271 = stablehlo.multiply %270, %arg12 : tensor<8x8xf64>
    %cst_67 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %272 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %273 = stablehlo.multiply %272, %181 : tensor<8x8xf64>
    %274 = stablehlo.add %271, %273 : tensor<8x8xf64>
    %cst_68 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %275 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %276 = stablehlo.multiply %275, %arg13 : tensor<7x8xf64>
    %cst_69 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %277 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %278 = stablehlo.multiply %277, %246 : tensor<7x8xf64>
    %279 = stablehlo.add %276, %278 : tensor<7x8xf64>
    %cst_70 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %280 = stablehlo.broadcast_in_dim %cst_70, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %281 = stablehlo.multiply %280, %arg14 : tensor<8x24xf64>
    %cst_71 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %282 = stablehlo.broadcast_in_dim %cst_71, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %283 = stablehlo.multiply %282, %218 : tensor<8x24xf64>
    %284 = stablehlo.add %281, %283 : tensor<8x24xf64>
    %cst_72 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %285 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %286 = stablehlo.multiply %285, %arg15 : tensor<8x16xf64>
    %cst_73 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %287 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %288 = stablehlo.multiply %287, %155 : tensor<8x16xf64>
    %289 = stablehlo.add %286, %288 : tensor<8x16xf64>
    %cst_74 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %290 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %291 = stablehlo.multiply %290, %arg16 : tensor<16x8xf64>
    %cst_75 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %292 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %293 = stablehlo.multiply %292, %138 : tensor<16x8xf64>
    %294 = stablehlo.multiply %293, %138 : tensor<16x8xf64>
    %295 = stablehlo.add %291, %294 : tensor<16x8xf64>
    %cst_76 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %296 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %297 = stablehlo.multiply %296, %arg17 : tensor<11x8xf64>
    %cst_77 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %298 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %299 = stablehlo.multiply %298, %249 : tensor<11x8xf64>
    %300 = stablehlo.multiply %299, %249 : tensor<11x8xf64>
    %301 = stablehlo.add %297, %300 : tensor<11x8xf64>
    %cst_78 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %302 = stablehlo.broadcast_in_dim %cst_78, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %303 = stablehlo.multiply %302, %arg18 : tensor<8xf64>
    %cst_79 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %304 = stablehlo.broadcast_in_dim %cst_79, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %305 = stablehlo.multiply %304, %233 : tensor<8xf64>
    %306 = stablehlo.multiply %305, %233 : tensor<8xf64>
    %307 = stablehlo.add %303, %306 : tensor<8xf64>
    %cst_80 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %308 = stablehlo.broadcast_in_dim %cst_80, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %309 = stablehlo.multiply %308, %arg19 : tensor<8xf64>
    %cst_81 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %310 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %311 = stablehlo.multiply %310, %170 : tensor<8xf64>
    %312 = stablehlo.multiply %311, %170 : tensor<8xf64>
    %313 = stablehlo.add %309, %312 : tensor<8xf64>
    %cst_82 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %314 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %315 = stablehlo.multiply %314, %arg20 : tensor<8x8xf64>
    %cst_83 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %316 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %317 = stablehlo.multiply %316, %181 : tensor<8x8xf64>
    %318 = stablehlo.multiply %317, %181 : tensor<8x8xf64>
    %319 = stablehlo.add %315, %318 : tensor<8x8xf64>
    %cst_84 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %320 = stablehlo.broadcast_in_dim %cst_84, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %321 = stablehlo.multiply %320, %arg21 : tensor<7x8xf64>
    %cst_85 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %322 = stablehlo.broadcast_in_dim %cst_85, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %323 = stablehlo.multiply %322, %246 : tensor<7x8xf64>
    %324 = stablehlo.multiply %323, %246 : tensor<7x8xf64>
    %325 = stablehlo.add %321, %324 : tensor<7x8xf64>
    %cst_86 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %326 = stablehlo.broadcast_in_dim %cst_86, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %327 = stablehlo.multiply %326, %arg22 : tensor<8x24xf64>
    %cst_87 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %328 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %329 = stablehlo.multiply %328, %218 : tensor<8x24xf64>
    %330 = stablehlo.multiply %329, %218 : tensor<8x24xf64>
    %331 = stablehlo.add %327, %330 : tensor<8x24xf64>
    %cst_88 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %332 = stablehlo.broadcast_in_dim %cst_88, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %333 = stablehlo.multiply %332, %arg23 : tensor<8x16xf64>
    %cst_89 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %334 = stablehlo.broadcast_in_dim %cst_89, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %335 = stablehlo.multiply %334, %155 : tensor<8x16xf64>
    %336 = stablehlo.multiply %335, %155 : tensor<8x16xf64>
    %337 = stablehlo.add %333, %336 : tensor<8x16xf64>
    %cst_90 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %338 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %339 = stablehlo.divide %254, %338 : tensor<16x8xf64>
    %cst_91 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %340 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %341 = stablehlo.multiply %340, %339 : tensor<16x8xf64>
    %cst_92 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %342 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %343 = stablehlo.divide %295, %342 : tensor<16x8xf64>
    %344 = stablehlo.sqrt %343 : tensor<16x8xf64>
    %cst_93 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %345 = stablehlo.broadcast_in_dim %cst_93, dims = [] : (tensor<f64>) -> tensor<16x8xf64>
    %346 = stablehlo.add %344, %345 : tensor<16x8xf64>
    %347 = stablehlo.divide %341, %346 : tensor<16x8xf64>
    %348 = stablehlo.subtract %arg0, %347 : tensor<16x8xf64>
    %cst_94 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %349 = stablehlo.broadcast_in_dim %cst_94, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %350 = stablehlo.divide %259, %349 : tensor<11x8xf64>
    %cst_95 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %351 = stablehlo.broadcast_in_dim %cst_95, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %352 = stablehlo.multiply %351, %350 : tensor<11x8xf64>
    %cst_96 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %353 = stablehlo.broadcast_in_dim %cst_96, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %354 = stablehlo.divide %301, %353 : tensor<11x8xf64>
    %355 = stablehlo.sqrt %354 : tensor<11x8xf64>
    %cst_97 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %356 = stablehlo.broadcast_in_dim %cst_97, dims = [] : (tensor<f64>) -> tensor<11x8xf64>
    %357 = stablehlo.add %355, %356 : tensor<11x8xf64>
    %358 = stablehlo.divide %352, %357 : tensor<11x8xf64>
    %359 = stablehlo.subtract %arg1, %358 : tensor<11x8xf64>
    %cst_98 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %360 = stablehlo.broadcast_in_dim %cst_98, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %361 = stablehlo.divide %264, %360 : tensor<8xf64>
    %cst_99 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %362 = stablehlo.broadcast_in_dim %cst_99, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %363 = stablehlo.multiply %362, %361 : tensor<8xf64>
    %cst_100 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %364 = stablehlo.broadcast_in_dim %cst_100, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %365 = stablehlo.divide %307, %364 : tensor<8xf64>
    %366 = stablehlo.sqrt %365 : tensor<8xf64>
    %cst_101 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %367 = stablehlo.broadcast_in_dim %cst_101, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %368 = stablehlo.add %366, %367 : tensor<8xf64>
    %369 = stablehlo.divide %363, %368 : tensor<8xf64>
    %370 = stablehlo.subtract %arg2, %369 : tensor<8xf64>
    %cst_102 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %371 = stablehlo.broadcast_in_dim %cst_102, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %372 = stablehlo.divide %269, %371 : tensor<8xf64>
    %cst_103 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %373 = stablehlo.broadcast_in_dim %cst_103, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %374 = stablehlo.multiply %373, %372 : tensor<8xf64>
    %cst_104 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %375 = stablehlo.broadcast_in_dim %cst_104, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %376 = stablehlo.divide %313, %375 : tensor<8xf64>
    %377 = stablehlo.sqrt %376 : tensor<8xf64>
    %cst_105 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %378 = stablehlo.broadcast_in_dim %cst_105, dims = [] : (tensor<f64>) -> tensor<8xf64>
    %379 = stablehlo.add %377, %378 : tensor<8xf64>
    %380 = stablehlo.divide %374, %379 : tensor<8xf64>
    %381 = stablehlo.subtract %arg3, %380 : tensor<8xf64>
    %cst_106 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %382 = stablehlo.broadcast_in_dim %cst_106, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %383 = stablehlo.divide %274, %382 : tensor<8x8xf64>
    %cst_107 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %384 = stablehlo.broadcast_in_dim %cst_107, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %385 = stablehlo.multiply %384, %383 : tensor<8x8xf64>
    %cst_108 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %386 = stablehlo.broadcast_in_dim %cst_108, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %387 = stablehlo.divide %319, %386 : tensor<8x8xf64>
    %388 = stablehlo.sqrt %387 : tensor<8x8xf64>
    %cst_109 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %389 = stablehlo.broadcast_in_dim %cst_109, dims = [] : (tensor<f64>) -> tensor<8x8xf64>
    %390 = stablehlo.add %388, %389 : tensor<8x8xf64>
    %391 = stablehlo.divide %385, %390 : tensor<8x8xf64>
    %392 = stablehlo.subtract %arg4, %391 : tensor<8x8xf64>
    %cst_110 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %393 = stablehlo.broadcast_in_dim %cst_110, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %394 = stablehlo.divide %279, %393 : tensor<7x8xf64>
    %cst_111 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %395 = stablehlo.broadcast_in_dim %cst_111, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %396 = stablehlo.multiply %395, %394 : tensor<7x8xf64>
    %cst_112 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %397 = stablehlo.broadcast_in_dim %cst_112, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %398 = stablehlo.divide %325, %397 : tensor<7x8xf64>
    %399 = stablehlo.sqrt %398 : tensor<7x8xf64>
    %cst_113 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %400 = stablehlo.broadcast_in_dim %cst_113, dims = [] : (tensor<f64>) -> tensor<7x8xf64>
    %401 = stablehlo.add %399, %400 : tensor<7x8xf64>
    %402 = stablehlo.divide %396, %401 : tensor<7x8xf64>
    %403 = stablehlo.subtract %arg5, %402 : tensor<7x8xf64>
    %cst_114 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %404 = stablehlo.broadcast_in_dim %cst_114, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %405 = stablehlo.divide %284, %404 : tensor<8x24xf64>
    %cst_115 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %406 = stablehlo.broadcast_in_dim %cst_115, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %407 = stablehlo.multiply %406, %405 : tensor<8x24xf64>
    %cst_116 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %408 = stablehlo.broadcast_in_dim %cst_116, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %409 = stablehlo.divide %331, %408 : tensor<8x24xf64>
    %410 = stablehlo.sqrt %409 : tensor<8x24xf64>
    %cst_117 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %411 = stablehlo.broadcast_in_dim %cst_117, dims = [] : (tensor<f64>) -> tensor<8x24xf64>
    %412 = stablehlo.add %410, %411 : tensor<8x24xf64>
    %413 = stablehlo.divide %407, %412 : tensor<8x24xf64>
    %414 = stablehlo.subtract %arg6, %413 : tensor<8x24xf64>
    %cst_118 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %415 = stablehlo.broadcast_in_dim %cst_118, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %416 = stablehlo.divide %289, %415 : tensor<8x16xf64>
    %cst_119 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %417 = stablehlo.broadcast_in_dim %cst_119, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %418 = stablehlo.multiply %417, %416 : tensor<8x16xf64>
    %cst_120 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %419 = stablehlo.broadcast_in_dim %cst_120, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %420 = stablehlo.divide %337, %419 : tensor<8x16xf64>
    %421 = stablehlo.sqrt %420 : tensor<8x16xf64>
    %cst_121 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %422 = stablehlo.broadcast_in_dim %cst_121, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %423 = stablehlo.add %421, %422 : tensor<8x16xf64>
    %424 = stablehlo.divide %418, %423 : tensor<8x16xf64>
    %425 = stablehlo.subtract %arg7, %424 : tensor<8x16xf64>
    return %127, %348, %359, %370, %381, %392, %403, %414, %425, %254, %259, %264, %269, %274, %279, %284, %289, %295, %301, %307, %313, %319, %325, %331, %337 : tensor<f64>, tensor<16x8xf64>, tensor<11x8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x8xf64>, tensor<7x8xf64>, tensor<8x24xf64>, tensor<8x16xf64>, tensor<16x8xf64>, tensor<11x8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x8xf64>, tensor<7x8xf64>, tensor<8x24xf64>, tensor<8x16xf64>, tensor<16x8xf64>, tensor<11x8xf64>, tensor<8xf64>, tensor<8xf64>, tensor<8x8xf64>, tensor<7x8xf64>, tensor<8x24xf64>, tensor<8x16xf64>
  }
  func.func private @_var(%arg0: tensor<2x6x8xf64>, %arg1: tensor<i64>) -> (tensor<2x6x1xf64>, tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %cst_0 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %3 = stablehlo.divide %1, %2 : tensor<2x6x1xf64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x8xf64>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x6x8xf64>
    %6 = chlo.square %5 : tensor<2x6x8xf64> -> tensor<2x6x8xf64>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f64>
    %7 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<2x6x8xf64>
    %8 = stablehlo.multiply %7, %5 : tensor<2x6x8xf64>
    %9 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<f64>
    %cst_2 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %10 = stablehlo.subtract %cst_2, %9 : tensor<f64>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %11 = stablehlo.reduce(%6 init: %cst_3) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %13 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %14 = stablehlo.divide %12, %13 : tensor<2x6x1xf64>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %15 = stablehlo.compare GT, %10, %cst_4, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
    %cst_5 = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %16:2 = call @_where(%15, %14, %cst_5) : (tensor<i1>, tensor<2x6x1xf64>, tensor<f64>) -> (tensor<2x6x1xf64>, tensor<2x6x1xf64>)
    return %16#0, %8, %10, %15, %16#1 : tensor<2x6x1xf64>, tensor<2x6x8xf64>, tensor<f64>, tensor<i1>, tensor<2x6x1xf64>
  }
  func.func private @_where(%arg0: tensor<i1>, %arg1: tensor<2x6x1xf64>, %arg2: tensor<f64>) -> (tensor<2x6x1xf64>, tensor<2x6x1xf64>) {
    %0 = stablehlo.convert %arg2 : tensor<f64>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<i1>, tensor<2x6x1xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    return %2, %3 : tensor<2x6x1xf64>, tensor<2x6x1xf64>
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
  func.func private @_where_0(%arg0: tensor<6x6xi1>, %arg1: tensor<2x2x6x6xf64>, %arg2: tensor<f64>) -> (tensor<2x2x6x6xf64>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<6x6xi1>) -> tensor<2x2x6x6xi1>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f64>) -> tensor<2x2x6x6xf64>
    %2 = stablehlo.select %0, %arg1, %1 : tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x2x6x6xf64>
    return %2, %0, %3 : tensor<2x2x6x6xf64>, tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>
  }
  func.func private @log_softmax(%arg0: tensor<2x6x11xf64>) -> (tensor<2x6x11xf64>, tensor<2x6x11xf64>, tensor<2x6x1xf64>) {
    %cst = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [2] : (tensor<2x6x11xf64>, tensor<f64>) -> tensor<2x6xf64>
    %cst_0 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<2x6xf64>
    %2 = stablehlo.maximum %1, %0 : tensor<2x6xf64>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x11xf64>
    %5 = stablehlo.subtract %arg0, %4 : tensor<2x6x11xf64>
    %6 = stablehlo.exponential %5 : tensor<2x6x11xf64>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<2x6x11xf64>, tensor<f64>) -> tensor<2x6xf64>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %9 = stablehlo.log %8 : tensor<2x6x1xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<2x6x1xf64>) -> tensor<2x6x11xf64>
    %11 = stablehlo.subtract %5, %10 : tensor<2x6x11xf64>
    return %11, %6, %8 : tensor<2x6x11xf64>, tensor<2x6x11xf64>, tensor<2x6x1xf64>
  }
  func.func private @take_along_axis(%arg0: tensor<2x6x11xf64>, %arg1: tensor<2x6x1xi32>) -> (tensor<2x6x1xf64>, tensor<2x6x1x1xi32>) {
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
    %13 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [2], operand_batching_dims = [0, 1], start_indices_batching_dims = [0, 1], start_index_map = [2], index_vector_dim = 3>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1, 1>}> : (tensor<2x6x11xf64>, tensor<2x6x1x1xi32>) -> tensor<2x6x1xf64>
    %cst = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %14 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %15 = stablehlo.select %12, %13, %14 : tensor<2x6x1xi1>, tensor<2x6x1xf64>
    return %15, %5 : tensor<2x6x1xf64>, tensor<2x6x1x1xi32>
  }
  func.func private @take_along_axis_1(%arg0: tensor<2x6x1x1xi32>, %arg1: tensor<2x6x1xf64>) -> tensor<2x6x11xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x6x11xf64>
    %1 = "stablehlo.scatter"(%0, %arg0, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [2], input_batching_dims = [0, 1], scatter_indices_batching_dims = [0, 1], scatter_dims_to_operand_dims = [2], index_vector_dim = 3>, unique_indices = false}> ({
    ^bb0(%arg2: tensor<f64>, %arg3: tensor<f64>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f64>
      stablehlo.return %2 : tensor<f64>
    }) : (tensor<2x6x11xf64>, tensor<2x6x1x1xi32>, tensor<2x6x1xf64>) -> tensor<2x6x11xf64>
    return %1 : tensor<2x6x11xf64>
  }
  func.func private @log_softmax_2(%arg0: tensor<2x6x11xf64>, %arg1: tensor<2x6x1xf64>, %arg2: tensor<2x6x11xf64>) -> tensor<2x6x11xf64> {
    %0 = stablehlo.negate %arg2 : tensor<2x6x11xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x11xf64>, tensor<f64>) -> tensor<2x6xf64>
    %2 = stablehlo.reshape %1 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %3 = stablehlo.divide %2, %arg1 : tensor<2x6x1xf64>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<2x6xf64>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x11xf64>
    %6 = stablehlo.multiply %5, %arg0 : tensor<2x6x11xf64>
    %7 = stablehlo.add %arg2, %6 : tensor<2x6x11xf64>
    return %7 : tensor<2x6x11xf64>
  }
  func.func private @_var_3(%arg0: tensor<2x6x8xf64>, %arg1: tensor<f64>, %arg2: tensor<i1>, %arg3: tensor<2x6x1xf64>, %arg4: tensor<2x6x1xf64>) -> tensor<2x6x8xf64> {
    %0 = call @_where_4(%arg2, %arg3, %arg4) : (tensor<i1>, tensor<2x6x1xf64>, tensor<2x6x1xf64>) -> tensor<2x6x1xf64>
    %1 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %2 = stablehlo.divide %0, %1 : tensor<2x6x1xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %3 = stablehlo.reduce(%2 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<2x6xf64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x8xf64>
    %5 = stablehlo.multiply %4, %arg0 : tensor<2x6x8xf64>
    %6 = stablehlo.negate %5 : tensor<2x6x8xf64>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.reduce(%6 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<2x6x8xf64>, tensor<f64>) -> tensor<2x6xf64>
    %8 = stablehlo.reshape %7 : (tensor<2x6xf64>) -> tensor<2x6x1xf64>
    %cst_1 = stablehlo.constant dense<8.000000e+00> : tensor<f64>
    %9 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %10 = stablehlo.divide %8, %9 : tensor<2x6x1xf64>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %11 = stablehlo.reduce(%10 init: %cst_2) applies stablehlo.add across dimensions = [2] : (tensor<2x6x1xf64>, tensor<f64>) -> tensor<2x6xf64>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<2x6xf64>) -> tensor<2x6x8xf64>
    %13 = stablehlo.add %5, %12 : tensor<2x6x8xf64>
    return %13 : tensor<2x6x8xf64>
  }
  func.func private @_where_4(%arg0: tensor<i1>, %arg1: tensor<2x6x1xf64>, %arg2: tensor<2x6x1xf64>) -> tensor<2x6x1xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x6x1xf64>
    %1 = stablehlo.select %arg0, %arg2, %0 : tensor<i1>, tensor<2x6x1xf64>
    return %1 : tensor<2x6x1xf64>
  }
  func.func private @_where_5(%arg0: tensor<2x2x6x6xi1>, %arg1: tensor<2x2x6x6xf64>, %arg2: tensor<2x2x6x6xf64>) -> tensor<2x2x6x6xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<2x2x6x6xf64>
    %1 = stablehlo.select %arg0, %arg2, %0 : tensor<2x2x6x6xi1>, tensor<2x2x6x6xf64>
    return %1 : tensor<2x2x6x6xf64>
  }
}
