module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4xf64>, %arg1: tensor<3x3x2x4xf64>, %arg2: tensor<2x2x4x6xf64>, %arg3: tensor<6x5xf64>, %arg4: tensor<4xf64>, %arg5: tensor<3x3x2x4xf64>, %arg6: tensor<2x2x4x6xf64>, %arg7: tensor<6x5xf64>, %arg8: tensor<4xf64>, %arg9: tensor<3x3x2x4xf64>, %arg10: tensor<2x2x4x6xf64>, %arg11: tensor<6x5xf64>, %arg12: tensor<3x8x8x2xf64>, %arg13: tensor<3xi32>) -> (tensor<f64> {jax.result_info = "result[0]"}, tensor<4xf64> {jax.result_info = "result[1]"}, tensor<3x3x2x4xf64> {jax.result_info = "result[2]"}, tensor<2x2x4x6xf64> {jax.result_info = "result[3]"}, tensor<6x5xf64> {jax.result_info = "result[4]"}, tensor<4xf64> {jax.result_info = "result[5]"}, tensor<3x3x2x4xf64> {jax.result_info = "result[6]"}, tensor<2x2x4x6xf64> {jax.result_info = "result[7]"}, tensor<6x5xf64> {jax.result_info = "result[8]"}, tensor<4xf64> {jax.result_info = "result[9]"}, tensor<3x3x2x4xf64> {jax.result_info = "result[10]"}, tensor<2x2x4x6xf64> {jax.result_info = "result[11]"}, tensor<6x5xf64> {jax.result_info = "result[12]"}) {
    %0 = stablehlo.convolution(%arg12, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x8x8x2xf64>, tensor<3x3x2x4xf64>) -> tensor<3x8x8x4xf64>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [3] : (tensor<4xf64>) -> tensor<1x1x1x4xf64>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2, 3] : (tensor<1x1x1x4xf64>) -> tensor<3x8x8x4xf64>
    %3 = stablehlo.add %0, %2 : tensor<3x8x8x4xf64>
    %4 = call @relu(%3) : (tensor<3x8x8x4xf64>) -> tensor<3x8x8x4xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<3x8x8x4xf64>
    %6 = stablehlo.compare GT, %3, %5, FLOAT : (tensor<3x8x8x4xf64>, tensor<3x8x8x4xf64>) -> tensor<3x8x8x4xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<3x8x8x4xf64>
    %cst_1 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %8 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<f64>
    %9 = "stablehlo.reduce_window"(%4, %8) <{base_dilations = array<i64: 1, 1, 1, 1>, padding = dense<0> : tensor<4x2xi64>, window_dilations = array<i64: 1, 1, 1, 1>, window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg14: tensor<f64>, %arg15: tensor<f64>):
      %134 = stablehlo.maximum %arg14, %arg15 : tensor<f64>
      stablehlo.return %134 : tensor<f64>
    }) : (tensor<3x8x8x4xf64>, tensor<f64>) -> tensor<3x4x4x4xf64>
    %10 = stablehlo.convolution(%9, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x4x4x4xf64>, tensor<2x2x4x6xf64>) -> tensor<3x2x2x6xf64>
    %11:3 = call @silu(%10) : (tensor<3x2x2x6xf64>) -> (tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>)
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %12 = stablehlo.reduce(%11#0 init: %cst_2) applies stablehlo.add across dimensions = [1, 2] : (tensor<3x2x2x6xf64>, tensor<f64>) -> tensor<3x6xf64>
    %cst_3 = stablehlo.constant dense<4.000000e+00> : tensor<f64>
    %13 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f64>) -> tensor<3x6xf64>
    %14 = stablehlo.divide %12, %13 : tensor<3x6xf64>
    %15 = stablehlo.dot_general %14, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x6xf64>, tensor<6x5xf64>) -> tensor<3x5xf64>
    %16:3 = call @log_softmax(%15) : (tensor<3x5xf64>) -> (tensor<3x5xf64>, tensor<3x5xf64>, tensor<3x1xf64>)
    %17 = stablehlo.broadcast_in_dim %arg13, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %18:2 = call @take_along_axis(%16#0, %17) : (tensor<3x5xf64>, tensor<3x1xi32>) -> (tensor<3x1xf64>, tensor<3x1x1xi32>)
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %19 = stablehlo.reduce(%18#0 init: %cst_4) applies stablehlo.add across dimensions = [0, 1] : (tensor<3x1xf64>, tensor<f64>) -> tensor<f64>
    %cst_5 = stablehlo.constant dense<3.000000e+00> : tensor<f64>
    %20 = stablehlo.divide %19, %cst_5 : tensor<f64>
    %21 = stablehlo.negate %20 : tensor<f64>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %22 = stablehlo.negate %cst_6 : tensor<f64>
    %cst_7 = stablehlo.constant dense<3.000000e+00> : tensor<f64>
    %23 = stablehlo.divide %22, %cst_7 : tensor<f64>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f64>) -> tensor<3x1xf64>
    %25 = call @take_along_axis_0(%18#1, %24) : (tensor<3x1x1xi32>, tensor<3x1xf64>) -> tensor<3x5xf64>
    %26 = call @log_softmax_1(%16#1, %16#2, %25) : (tensor<3x5xf64>, tensor<3x1xf64>, tensor<3x5xf64>) -> tensor<3x5xf64>
    %27 = stablehlo.dot_general %26, %14, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x5xf64>, tensor<3x6xf64>) -> tensor<5x6xf64>
    %28 = stablehlo.transpose %27, dims = [1, 0] : (tensor<5x6xf64>) -> tensor<6x5xf64>
    %29 = stablehlo.dot_general %26, %arg3, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<3x5xf64>, tensor<6x5xf64>) -> tensor<3x6xf64>
    %cst_8 = stablehlo.constant dense<4.000000e+00> : tensor<f64>
    %30 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f64>) -> tensor<3x6xf64>
    %31 = stablehlo.divide %29, %30 : tensor<3x6xf64>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 3] : (tensor<3x6xf64>) -> tensor<3x2x2x6xf64>
    %33 = call @silu_2(%11#1, %11#2, %10, %32) : (tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>) -> tensor<3x2x2x6xf64>
    %34 = stablehlo.convolution(%9, %33) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [2, 2], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x4x4x4xf64>, tensor<3x2x2x6xf64>) -> tensor<2x2x4x6xf64>
    %35 = stablehlo.reverse %arg2, dims = [0, 1] : tensor<2x2x4x6xf64>
    %36 = stablehlo.convolution(%33, %35) dim_numbers = [b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [2, 2], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x2x2x6xf64>, tensor<2x2x4x6xf64>) -> tensor<3x4x4x4xf64>
    %cst_9 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %37 = stablehlo.pad %4, %cst_9, low = [0, 0, 0, 0], high = [0, 0, 0, 0], interior = [0, 0, 0, 0] : (tensor<3x8x8x4xf64>, tensor<f64>) -> tensor<3x8x8x4xf64>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %38 = "stablehlo.select_and_scatter"(%37, %36, %cst_10) <{padding = dense<0> : tensor<4x2xi64>, window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg14: tensor<f64>, %arg15: tensor<f64>):
      %134 = stablehlo.compare GE, %arg14, %arg15, FLOAT : (tensor<f64>, tensor<f64>) -> tensor<i1>
      stablehlo.return %134 : tensor<i1>
    }, {
    ^bb0(%arg14: tensor<f64>, %arg15: tensor<f64>):
      %134 = stablehlo.add %arg14, %arg15 : tensor<f64>
      stablehlo.return %134 : tensor<f64>
    }) : (tensor<3x8x8x4xf64>, tensor<3x4x4x4xf64>, tensor<f64>) -> tensor<3x8x8x4xf64>
    %39 = stablehlo.slice %38 [0:3, 0:8, 0:8, 0:4] : (tensor<3x8x8x4xf64>) -> tensor<3x8x8x4xf64>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %40 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f64>) -> tensor<3x8x8x4xf64>
    %41 = stablehlo.select %6, %39, %40 : tensor<3x8x8x4xi1>, tensor<3x8x8x4xf64>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %42 = stablehlo.reduce(%41 init: %cst_12) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<3x8x8x4xf64>, tensor<f64>) -> tensor<4xf64>
    %43 = stablehlo.reshape %42 : (tensor<4xf64>) -> tensor<1x1x1x4xf64>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %44 = stablehlo.reduce(%43 init: %cst_13) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<1x1x1x4xf64>, tensor<f64>) -> tensor<4xf64>
    %45 = stablehlo.convolution(%arg12, %41) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x8x8x2xf64>, tensor<3x8x8x4xf64>) -> tensor<3x3x2x4xf64>
    %cst_14 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %46 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %47 = stablehlo.multiply %46, %arg4 : tensor<4xf64>
    %cst_15 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %48 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %49 = stablehlo.multiply %48, %44 : tensor<4xf64>
    %50 = stablehlo.add %47, %49 : tensor<4xf64>
    %cst_16 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %51 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %52 = stablehlo.multiply %51, %arg5 : tensor<3x3x2x4xf64>
    %cst_17 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %53 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %54 = stablehlo.multiply %53, %45 : tensor<3x3x2x4xf64>
    %55 = stablehlo.add %52, %54 : tensor<3x3x2x4xf64>
    %cst_18 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %56 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %57 = stablehlo.multiply %56, %arg6 : tensor<2x2x4x6xf64>
    %cst_19 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %58 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %59 = stablehlo.multiply %58, %34 : tensor<2x2x4x6xf64>
    %60 = stablehlo.add %57, %59 : tensor<2x2x4x6xf64>
    %cst_20 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %61 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %62 = stablehlo.multiply %61, %arg7 : tensor<6x5xf64>
    %cst_21 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %63 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %64 = stablehlo.multiply %63, %28 : tensor<6x5xf64>
    %65 = stablehlo.add %62, %64 : tensor<6x5xf64>
    %cst_22 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %66 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %67 = stablehlo.multiply %66, %arg8 : tensor<4xf64>
    %cst_23 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %68 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %69 = stablehlo.multiply %68, %44 : tensor<4xf64>
    %70 = stablehlo.multiply %69, %44 : tensor<4xf64>
    %71 = stablehlo.add %67, %70 : tensor<4xf64>
    %cst_24 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %72 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %73 = stablehlo.multiply %72, %arg9 : tensor<3x3x2x4xf64>
    %cst_25 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %74 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %75 = stablehlo.multiply %74, %45 : tensor<3x3x2x4xf64>
    %76 = stablehlo.multiply %75, %45 : tensor<3x3x2x4xf64>
    %77 = stablehlo.add %73, %76 : tensor<3x3x2x4xf64>
    %cst_26 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %78 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %79 = stablehlo.multiply %78, %arg10 : tensor<2x2x4x6xf64>
    %cst_27 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %80 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %81 = stablehlo.multiply %80, %34 : tensor<2x2x4x6xf64>
    %82 = stablehlo.multiply %81, %34 : tensor<2x2x4x6xf64>
    %83 = stablehlo.add %79, %82 : tensor<2x2x4x6xf64>
    %cst_28 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %84 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %85 = stablehlo.multiply %84, %arg11 : tensor<6x5xf64>
    %cst_29 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %86 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %87 = stablehlo.multiply %86, %28 : tensor<6x5xf64>
    %88 = stablehlo.multiply %87, %28 : tensor<6x5xf64>
    %89 = stablehlo.add %85, %88 : tensor<6x5xf64>
    %cst_30 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %90 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %91 = stablehlo.divide %50, %90 : tensor<4xf64>
    %cst_31 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %92 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %93 = stablehlo.multiply %92, %91 : tensor<4xf64>
    %cst_32 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %94 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %95 = stablehlo.divide %71, %94 : tensor<4xf64>
    %96 = stablehlo.sqrt %95 : tensor<4xf64>
    %cst_33 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %97 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f64>) -> tensor<4xf64>
    %98 = stablehlo.add %96, %97 : tensor<4xf64>
    %99 = stablehlo.divide %93, %98 : tensor<4xf64>
    %100 = stablehlo.subtract %arg0, %99 : tensor<4xf64>
    %cst_34 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %101 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %102 = stablehlo.divide %55, %101 : tensor<3x3x2x4xf64>
    %cst_35 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %103 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %104 = stablehlo.multiply %103, %102 : tensor<3x3x2x4xf64>
    %cst_36 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %105 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %106 = stablehlo.divide %77, %105 : tensor<3x3x2x4xf64>
    %107 = stablehlo.sqrt %106 : tensor<3x3x2x4xf64>
    %cst_37 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %108 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f64>) -> tensor<3x3x2x4xf64>
    %109 = stablehlo.add %107, %108 : tensor<3x3x2x4xf64>
    %110 = stablehlo.divide %104, %109 : tensor<3x3x2x4xf64>
    %111 = stablehlo.subtract %arg1, %110 : tensor<3x3x2x4xf64>
    %cst_38 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %112 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %113 = stablehlo.divide %60, %112 : tensor<2x2x4x6xf64>
    %cst_39 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %114 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %115 = stablehlo.multiply %114, %113 : tensor<2x2x4x6xf64>
    %cst_40 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %116 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %117 = stablehlo.divide %83, %116 : tensor<2x2x4x6xf64>
    %118 = stablehlo.sqrt %117 : tensor<2x2x4x6xf64>
    %cst_41 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %119 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f64>) -> tensor<2x2x4x6xf64>
    %120 = stablehlo.add %118, %119 : tensor<2x2x4x6xf64>
    %121 = stablehlo.divide %115, %120 : tensor<2x2x4x6xf64>
    %122 = stablehlo.subtract %arg2, %121 : tensor<2x2x4x6xf64>
    %cst_42 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %123 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %124 = stablehlo.divide %65, %123 : tensor<6x5xf64>
    %cst_43 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %125 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %126 = stablehlo.multiply %125, %124 : tensor<6x5xf64>
    %cst_44 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %127 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %128 = stablehlo.divide %89, %127 : tensor<6x5xf64>
    %129 = stablehlo.sqrt %128 : tensor<6x5xf64>
    %cst_45 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %130 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f64>) -> tensor<6x5xf64>
    %131 = stablehlo.add %129, %130 : tensor<6x5xf64>
    %132 = stablehlo.divide %126, %131 : tensor<6x5xf64>
    %133 = stablehlo.subtract %arg3, %132 : tensor<6x5xf64>
    return %21, %100, %111, %122, %133, %50, %55, %60, %65, %71, %77, %83, %89 : tensor<f64>, tensor<4xf64>, tensor<3x3x2x4xf64>, tensor<2x2x4x6xf64>, tensor<6x5xf64>, tensor<4xf64>, tensor<3x3x2x4xf64>, tensor<2x2x4x6xf64>, tensor<6x5xf64>, tensor<4xf64>, tensor<3x3x2x4xf64>, tensor<2x2x4x6xf64>, tensor<6x5xf64>
  }
  func.func private @relu(%arg0: tensor<3x8x8x4xf64>) -> tensor<3x8x8x4xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<3x8x8x4xf64>
    %1 = stablehlo.maximum %arg0, %0 : tensor<3x8x8x4xf64>
    return %1 : tensor<3x8x8x4xf64>
  }
  func.func private @silu(%arg0: tensor<3x2x2x6xf64>) -> (tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>) {
    %0 = stablehlo.negate %arg0 : tensor<3x2x2x6xf64>
    %1 = stablehlo.exponential %0 : tensor<3x2x2x6xf64>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<3x2x2x6xf64>
    %3 = stablehlo.add %2, %1 : tensor<3x2x2x6xf64>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<3x2x2x6xf64>
    %5 = stablehlo.divide %4, %3 : tensor<3x2x2x6xf64>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<3x2x2x6xf64>
    %7 = stablehlo.subtract %6, %5 : tensor<3x2x2x6xf64>
    %8 = stablehlo.multiply %5, %7 : tensor<3x2x2x6xf64>
    %9 = stablehlo.multiply %arg0, %5 : tensor<3x2x2x6xf64>
    return %9, %8, %5 : tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>, tensor<3x2x2x6xf64>
  }
  func.func private @log_softmax(%arg0: tensor<3x5xf64>) -> (tensor<3x5xf64>, tensor<3x5xf64>, tensor<3x1xf64>) {
    %cst = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<3x5xf64>, tensor<f64>) -> tensor<3xf64>
    %cst_0 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<3xf64>
    %2 = stablehlo.maximum %1, %0 : tensor<3xf64>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<3xf64>) -> tensor<3x1xf64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<3x1xf64>) -> tensor<3x5xf64>
    %5 = stablehlo.subtract %arg0, %4 : tensor<3x5xf64>
    %6 = stablehlo.exponential %5 : tensor<3x5xf64>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<3x5xf64>, tensor<f64>) -> tensor<3xf64>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<3xf64>) -> tensor<3x1xf64>
    %9 = stablehlo.log %8 : tensor<3x1xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<3x1xf64>) -> tensor<3x5xf64>
    %11 = stablehlo.subtract %5, %10 : tensor<3x5xf64>
    return %11, %6, %8 : tensor<3x5xf64>, tensor<3x5xf64>, tensor<3x1xf64>
  }
  func.func private @take_along_axis(%arg0: tensor<3x5xf64>, %arg1: tensor<3x1xi32>) -> (tensor<3x1xf64>, tensor<3x1x1xi32>) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<3x1xi32>
    %1 = stablehlo.compare LT, %arg1, %0, SIGNED : (tensor<3x1xi32>, tensor<3x1xi32>) -> tensor<3x1xi1>
    %c_0 = stablehlo.constant dense<5> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<3x1xi32>
    %3 = stablehlo.add %arg1, %2 : tensor<3x1xi32>
    %4 = stablehlo.select %1, %3, %arg1 : tensor<3x1xi1>, tensor<3x1xi32>
    %5 = stablehlo.reshape %4 : (tensor<3x1xi32>) -> tensor<3x1x1xi32>
    %c_1 = stablehlo.constant dense<4> : tensor<1xi32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %6 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<3x1x1xi32>
    %7 = stablehlo.compare GE, %5, %6, SIGNED : (tensor<3x1x1xi32>, tensor<3x1x1xi32>) -> tensor<3x1x1xi1>
    %8 = stablehlo.broadcast_in_dim %c_1, dims = [2] : (tensor<1xi32>) -> tensor<1x1x1xi32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2] : (tensor<1x1x1xi32>) -> tensor<3x1x1xi32>
    %10 = stablehlo.compare LE, %5, %9, SIGNED : (tensor<3x1x1xi32>, tensor<3x1x1xi32>) -> tensor<3x1x1xi1>
    %11 = stablehlo.and %7, %10 : tensor<3x1x1xi1>
    %c_3 = stablehlo.constant dense<true> : tensor<i1>
    %12 = stablehlo.reduce(%11 init: %c_3) applies stablehlo.and across dimensions = [2] : (tensor<3x1x1xi1>, tensor<i1>) -> tensor<3x1xi1>
    %13 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1>}> : (tensor<3x5xf64>, tensor<3x1x1xi32>) -> tensor<3x1xf64>
    %cst = stablehlo.constant dense<0x7FF8000000000000> : tensor<f64>
    %14 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<3x1xf64>
    %15 = stablehlo.select %12, %13, %14 : tensor<3x1xi1>, tensor<3x1xf64>
    return %15, %5 : tensor<3x1xf64>, tensor<3x1x1xi32>
  }
  func.func private @take_along_axis_0(%arg0: tensor<3x1x1xi32>, %arg1: tensor<3x1xf64>) -> tensor<3x5xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<3x5xf64>
    %1 = "stablehlo.scatter"(%0, %arg0, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg2: tensor<f64>, %arg3: tensor<f64>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f64>
      stablehlo.return %2 : tensor<f64>
    }) : (tensor<3x5xf64>, tensor<3x1x1xi32>, tensor<3x1xf64>) -> tensor<3x5xf64>
    return %1 : tensor<3x5xf64>
  }
  func.func private @log_softmax_1(%arg0: tensor<3x5xf64>, %arg1: tensor<3x1xf64>, %arg2: tensor<3x5xf64>) -> tensor<3x5xf64> {
    %0 = stablehlo.negate %arg2 : tensor<3x5xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<3x5xf64>, tensor<f64>) -> tensor<3xf64>
    %2 = stablehlo.reshape %1 : (tensor<3xf64>) -> tensor<3x1xf64>
    %3 = stablehlo.divide %2, %arg1 : tensor<3x1xf64>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<3x1xf64>, tensor<f64>) -> tensor<3xf64>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<3xf64>) -> tensor<3x5xf64>
    %6 = stablehlo.multiply %5, %arg0 : tensor<3x5xf64>
    %7 = stablehlo.add %arg2, %6 : tensor<3x5xf64>
    return %7 : tensor<3x5xf64>
  }
  func.func private @silu_2(%arg0: tensor<3x2x2x6xf64>, %arg1: tensor<3x2x2x6xf64>, %arg2: tensor<3x2x2x6xf64>, %arg3: tensor<3x2x2x6xf64>) -> tensor<3x2x2x6xf64> {
    %0 = stablehlo.multiply %arg2, %arg3 : tensor<3x2x2x6xf64>
    %1 = stablehlo.multiply %arg3, %arg1 : tensor<3x2x2x6xf64>
    %2 = stablehlo.multiply %0, %arg0 : tensor<3x2x2x6xf64>
    %3 = stablehlo.add %1, %2 : tensor<3x2x2x6xf64>
    return %3 : tensor<3x2x2x6xf64>
  }
}
