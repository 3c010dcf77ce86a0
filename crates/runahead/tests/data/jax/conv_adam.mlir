module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<3x3x2x4xf32>, %arg2: tensor<2x2x4x6xf32>, %arg3: tensor<6x5xf32>, %arg4: tensor<4xf32>, %arg5: tensor<3x3x2x4xf32>, %arg6: tensor<2x2x4x6xf32>, %arg7: tensor<6x5xf32>, %arg8: tensor<4xf32>, %arg9: tensor<3x3x2x4xf32>, %arg10: tensor<2x2x4x6xf32>, %arg11: tensor<6x5xf32>, %arg12: tensor<3x8x8x2xf32>, %arg13: tensor<3xi32>) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<4xf32> {jax.result_info = "result[1]"}, tensor<3x3x2x4xf32> {jax.result_info = "result[2]"}, tensor<2x2x4x6xf32> {jax.result_info = "result[3]"}, tensor<6x5xf32> {jax.result_info = "result[4]"}, tensor<4xf32> {jax.result_info = "result[5]"}, tensor<3x3x2x4xf32> {jax.result_info = "result[6]"}, tensor<2x2x4x6xf32> {jax.result_info = "result[7]"}, tensor<6x5xf32> {jax.result_info = "result[8]"}, tensor<4xf32> {jax.result_info = "result[9]"}, tensor<3x3x2x4xf32> {jax.result_info = "result[10]"}, tensor<2x2x4x6xf32> {jax.result_info = "result[11]"}, tensor<6x5xf32> {jax.result_info = "result[12]"}) {
    %0 = stablehlo.convolution(%arg12, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x8x8x2xf32>, tensor<3x3x2x4xf32>) -> tensor<3x8x8x4xf32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [3] : (tensor<4xf32>) -> tensor<1x1x1x4xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2, 3] : (tensor<1x1x1x4xf32>) -> tensor<3x8x8x4xf32>
    %3 = stablehlo.add %0, %2 : tensor<3x8x8x4xf32>
    %4 = call @relu(%3) : (tensor<3x8x8x4xf32>) -> tensor<3x8x8x4xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x8x8x4xf32>
    %6 = stablehlo.compare GT, %3, %5, FLOAT : (tensor<3x8x8x4xf32>, tensor<3x8x8x4xf32>) -> tensor<3x8x8x4xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3x8x8x4xf32>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<f32>
    %9 = "stablehlo.reduce_window"(%4, %8) <{base_dilations = array<i64: 1, 1, 1, 1>, padding = dense<0> : tensor<4x2xi64>, window_dilations = array<i64: 1, 1, 1, 1>, window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg14: tensor<f32>, %arg15: tensor<f32>):
      %134 = stablehlo.maximum %arg14, %arg15 : tensor<f32>
      stablehlo.return %134 : tensor<f32>
    }) : (tensor<3x8x8x4xf32>, tensor<f32>) -> tensor<3x4x4x4xf32>
    %10 = stablehlo.convolution(%9, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x4x4x4xf32>, tensor<2x2x4x6xf32>) -> tensor<3x2x2x6xf32>
    %11:3 = call @silu(%10) : (tensor<3x2x2x6xf32>) -> (tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>)
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %12 = stablehlo.reduce(%11#0 init: %cst_2) applies stablehlo.add across dimensions = [1, 2] : (tensor<3x2x2x6xf32>, tensor<f32>) -> tensor<3x6xf32>
    %cst_3 = stablehlo.constant dense<4.000000e+00> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<3x6xf32>
    %14 = stablehlo.divide %12, %13 : tensor<3x6xf32>
    %15 = stablehlo.dot_general %14, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x6xf32>, tensor<6x5xf32>) -> tensor<3x5xf32>
    %16:3 = call @log_softmax(%15) : (tensor<3x5xf32>) -> (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x1xf32>)
    %17 = stablehlo.broadcast_in_dim %arg13, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %18:2 = call @take_along_axis(%16#0, %17) : (tensor<3x5xf32>, tensor<3x1xi32>) -> (tensor<3x1xf32>, tensor<3x1x1xi32>)
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.reduce(%18#0 init: %cst_4) applies stablehlo.add across dimensions = [0, 1] : (tensor<3x1xf32>, tensor<f32>) -> tensor<f32>
    %cst_5 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %20 = stablehlo.divide %19, %cst_5 : tensor<f32>
    %21 = stablehlo.negate %20 : tensor<f32>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %22 = stablehlo.negate %cst_6 : tensor<f32>
    %cst_7 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %23 = stablehlo.divide %22, %cst_7 : tensor<f32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f32>) -> tensor<3x1xf32>
    %25 = call @take_along_axis_0(%18#1, %24) : (tensor<3x1x1xi32>, tensor<3x1xf32>) -> tensor<3x5xf32>
    %26 = call @log_softmax_1(%16#1, %16#2, %25) : (tensor<3x5xf32>, tensor<3x1xf32>, tensor<3x5xf32>) -> tensor<3x5xf32>
    %27 = stablehlo.dot_general %26, %14, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x5xf32>, tensor<3x6xf32>) -> tensor<5x6xf32>
    %28 = stablehlo.transpose %27, dims = [1, 0] : (tensor<5x6xf32>) -> tensor<6x5xf32>
    %29 = stablehlo.dot_general %26, %arg3, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<3x5xf32>, tensor<6x5xf32>) -> tensor<3x6xf32>
    %cst_8 = stablehlo.constant dense<4.000000e+00> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<3x6xf32>
    %31 = stablehlo.divide %29, %30 : tensor<3x6xf32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 3] : (tensor<3x6xf32>) -> tensor<3x2x2x6xf32>
    %33 = call @silu_2(%11#1, %11#2, %10, %32) : (tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>) -> tensor<3x2x2x6xf32>
    %34 = stablehlo.convolution(%9, %33) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {stride = [1, 1], pad = [[0, 0], [0, 0]], lhs_dilate = [1, 1], rhs_dilate = [2, 2], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x4x4x4xf32>, tensor<3x2x2x6xf32>) -> tensor<2x2x4x6xf32>
    %35 = stablehlo.reverse %arg2, dims = [0, 1] : tensor<2x2x4x6xf32>
    %36 = stablehlo.convolution(%33, %35) dim_numbers = [b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [2, 2], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x2x2x6xf32>, tensor<2x2x4x6xf32>) -> tensor<3x4x4x4xf32>
    %cst_9 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %37 = stablehlo.pad %4, %cst_9, low = [0, 0, 0, 0], high = [0, 0, 0, 0], interior = [0, 0, 0, 0] : (tensor<3x8x8x4xf32>, tensor<f32>) -> tensor<3x8x8x4xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %38 = "stablehlo.select_and_scatter"(%37, %36, %cst_10) <{padding = dense<0> : tensor<4x2xi64>, window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg14: tensor<f32>, %arg15: tensor<f32>):
      %134 = stablehlo.compare GE, %arg14, %arg15, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %134 : tensor<i1>
    }, {
    ^bb0(%arg14: tensor<f32>, %arg15: tensor<f32>):
      %134 = stablehlo.add %arg14, %arg15 : tensor<f32>
      stablehlo.return %134 : tensor<f32>
    }) : (tensor<3x8x8x4xf32>, tensor<3x4x4x4xf32>, tensor<f32>) -> tensor<3x8x8x4xf32>
    %39 = stablehlo.slice %38 [0:3, 0:8, 0:8, 0:4] : (tensor<3x8x8x4xf32>) -> tensor<3x8x8x4xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %40 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<3x8x8x4xf32>
    %41 = stablehlo.select %6, %39, %40 : tensor<3x8x8x4xi1>, tensor<3x8x8x4xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %42 = stablehlo.reduce(%41 init: %cst_12) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<3x8x8x4xf32>, tensor<f32>) -> tensor<4xf32>
    %43 = stablehlo.reshape %42 : (tensor<4xf32>) -> tensor<1x1x1x4xf32>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %44 = stablehlo.reduce(%43 init: %cst_13) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<1x1x1x4xf32>, tensor<f32>) -> tensor<4xf32>
    %45 = stablehlo.convolution(%arg12, %41) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<3x8x8x2xf32>, tensor<3x8x8x4xf32>) -> tensor<3x3x2x4xf32>
    %cst_14 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %46 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %47 = stablehlo.multiply %46, %arg4 : tensor<4xf32>
    %cst_15 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %48 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %49 = stablehlo.multiply %48, %44 : tensor<4xf32>
    %50 = stablehlo.add %47, %49 : tensor<4xf32>
    %cst_16 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %51 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %52 = stablehlo.multiply %51, %arg5 : tensor<3x3x2x4xf32>
    %cst_17 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %53 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %54 = stablehlo.multiply %53, %45 : tensor<3x3x2x4xf32>
    %55 = stablehlo.add %52, %54 : tensor<3x3x2x4xf32>
    %cst_18 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %57 = stablehlo.multiply %56, %arg6 : tensor<2x2x4x6xf32>
    %cst_19 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %58 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %59 = stablehlo.multiply %58, %34 : tensor<2x2x4x6xf32>
    %60 = stablehlo.add %57, %59 : tensor<2x2x4x6xf32>
    %cst_20 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %61 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %62 = stablehlo.multiply %61, %arg7 : tensor<6x5xf32>
    %cst_21 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %63 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %64 = stablehlo.multiply %63, %28 : tensor<6x5xf32>
    %65 = stablehlo.add %62, %64 : tensor<6x5xf32>
    %cst_22 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %66 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %67 = stablehlo.multiply %66, %arg8 : tensor<4xf32>
    %cst_23 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %68 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %69 = stablehlo.multiply %68, %44 : tensor<4xf32>
    %70 = stablehlo.multiply %69, %44 : tensor<4xf32>
    %71 = stablehlo.add %67, %70 : tensor<4xf32>
    %cst_24 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %72 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %73 = stablehlo.multiply %72, %arg9 : tensor<3x3x2x4xf32>
    %cst_25 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %74 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %75 = stablehlo.multiply %74, %45 : tensor<3x3x2x4xf32>
    %76 = stablehlo.multiply %75, %45 : tensor<3x3x2x4xf32>
    %77 = stablehlo.add %73, %76 : tensor<3x3x2x4xf32>
    %cst_26 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %78 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %79 = stablehlo.multiply %78, %arg10 : tensor<2x2x4x6xf32>
    %cst_27 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %80 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %81 = stablehlo.multiply %80, %34 : tensor<2x2x4x6xf32>
    %82 = stablehlo.multiply %81, %34 : tensor<2x2x4x6xf32>
    %83 = stablehlo.add %79, %82 : tensor<2x2x4x6xf32>
    %cst_28 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %84 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %85 = stablehlo.multiply %84, %arg11 : tensor<6x5xf32>
    %cst_29 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %86 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %87 = stablehlo.multiply %86, %28 : tensor<6x5xf32>
    %88 = stablehlo.multiply %87, %28 : tensor<6x5xf32>
    %89 = stablehlo.add %85, %88 : tensor<6x5xf32>
    %cst_30 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %90 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %91 = stablehlo.divide %50, %90 : tensor<4xf32>
    %cst_31 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %92 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %93 = stablehlo.multiply %92, %91 : tensor<4xf32>
    %cst_32 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %94 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %95 = stablehlo.divide %71, %94 : tensor<4xf32>
    %96 = stablehlo.sqrt %95 : tensor<4xf32>
    %cst_33 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %97 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %98 = stablehlo.add %96, %97 : tensor<4xf32>
    %99 = stablehlo.divide %93, %98 : tensor<4xf32>
    %100 = stablehlo.subtract %arg0, %99 : tensor<4xf32>
    %cst_34 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %101 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %102 = stablehlo.divide %55, %101 : tensor<3x3x2x4xf32>
    %cst_35 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %103 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %104 = stablehlo.multiply %103, %102 : tensor<3x3x2x4xf32>
    %cst_36 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %105 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %106 = stablehlo.divide %77, %105 : tensor<3x3x2x4xf32>
    %107 = stablehlo.sqrt %106 : tensor<3x3x2x4xf32>
    %cst_37 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %108 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<3x3x2x4xf32>
    %109 = stablehlo.add %107, %108 : tensor<3x3x2x4xf32>
    %110 = stablehlo.divide %104, %109 : tensor<3x3x2x4xf32>
    %111 = stablehlo.subtract %arg1, %110 : tensor<3x3x2x4xf32>
    %cst_38 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %113 = stablehlo.divide %60, %112 : tensor<2x2x4x6xf32>
    %cst_39 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %115 = stablehlo.multiply %114, %113 : tensor<2x2x4x6xf32>
    %cst_40 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %116 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %117 = stablehlo.divide %83, %116 : tensor<2x2x4x6xf32>
    %118 = stablehlo.sqrt %117 : tensor<2x2x4x6xf32>
    %cst_41 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %119 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<2x2x4x6xf32>
    %120 = stablehlo.add %118, %119 : tensor<2x2x4x6xf32>
    %121 = stablehlo.divide %115, %120 : tensor<2x2x4x6xf32>
    %122 = stablehlo.subtract %arg2, %121 : tensor<2x2x4x6xf32>
    %cst_42 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %123 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %124 = stablehlo.divide %65, %123 : tensor<6x5xf32>
    %cst_43 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %125 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %126 = stablehlo.multiply %125, %124 : tensor<6x5xf32>
    %cst_44 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %127 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %128 = stablehlo.divide %89, %127 : tensor<6x5xf32>
    %129 = stablehlo.sqrt %128 : tensor<6x5xf32>
    %cst_45 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %130 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<6x5xf32>
    %131 = stablehlo.add %129, %130 : tensor<6x5xf32>
    %132 = stablehlo.divide %126, %131 : tensor<6x5xf32>
    %133 = stablehlo.subtract %arg3, %132 : tensor<6x5xf32>
    return %21, %100, %111, %122, %133, %50, %55, %60, %65, %71, %77, %83, %89 : tensor<f32>, tensor<4xf32>, tensor<3x3x2x4xf32>, tensor<2x2x4x6xf32>, tensor<6x5xf32>, tensor<4xf32>, tensor<3x3x2x4xf32>, tensor<2x2x4x6xf32>, tensor<6x5xf32>, tensor<4xf32>, tensor<3x3x2x4xf32>, tensor<2x2x4x6xf32>, tensor<6x5xf32>
  }
  func.func private @relu(%arg0: tensor<3x8x8x4xf32>) -> tensor<3x8x8x4xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x8x8x4xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<3x8x8x4xf32>
    return %1 : tensor<3x8x8x4xf32>
  }
  func.func private @silu(%arg0: tensor<3x2x2x6xf32>) -> (tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>) {
    %0 = stablehlo.negate %arg0 : tensor<3x2x2x6xf32>
    %1 = stablehlo.exponential %0 : tensor<3x2x2x6xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x2x2x6xf32>
    %3 = stablehlo.add %2, %1 : tensor<3x2x2x6xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3x2x2x6xf32>
    %5 = stablehlo.divide %4, %3 : tensor<3x2x2x6xf32>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<3x2x2x6xf32>
    %7 = stablehlo.subtract %6, %5 : tensor<3x2x2x6xf32>
    %8 = stablehlo.multiply %5, %7 : tensor<3x2x2x6xf32>
    %9 = stablehlo.multiply %arg0, %5 : tensor<3x2x2x6xf32>
    return %9, %8, %5 : tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>, tensor<3x2x2x6xf32>
  }
  func.func private @log_softmax(%arg0: tensor<3x5xf32>) -> (tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x1xf32>) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.maximum %1, %0 : tensor<3xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<3xf32>) -> tensor<3x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<3x1xf32>) -> tensor<3x5xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<3x5xf32>
    %6 = stablehlo.exponential %5 : tensor<3x5xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<3xf32>) -> tensor<3x1xf32>
    %9 = stablehlo.log %8 : tensor<3x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<3x1xf32>) -> tensor<3x5xf32>
    %11 = stablehlo.subtract %5, %10 : tensor<3x5xf32>
    return %11, %6, %8 : tensor<3x5xf32>, tensor<3x5xf32>, tensor<3x1xf32>
  }
  func.func private @take_along_axis(%arg0: tensor<3x5xf32>, %arg1: tensor<3x1xi32>) -> (tensor<3x1xf32>, tensor<3x1x1xi32>) {
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
    %13 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [1], operand_batching_dims = [0], start_indices_batching_dims = [0], start_index_map = [1], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1>}> : (tensor<3x5xf32>, tensor<3x1x1xi32>) -> tensor<3x1xf32>
    %cst = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x1xf32>
    %15 = stablehlo.select %12, %13, %14 : tensor<3x1xi1>, tensor<3x1xf32>
    return %15, %5 : tensor<3x1xf32>, tensor<3x1x1xi32>
  }
  func.func private @take_along_axis_0(%arg0: tensor<3x1x1xi32>, %arg1: tensor<3x1xf32>) -> tensor<3x5xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x5xf32>
    %1 = "stablehlo.scatter"(%0, %arg0, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [1], input_batching_dims = [0], scatter_indices_batching_dims = [0], scatter_dims_to_operand_dims = [1], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<3x5xf32>, tensor<3x1x1xi32>, tensor<3x1xf32>) -> tensor<3x5xf32>
    return %1 : tensor<3x5xf32>
  }
  func.func private @log_softmax_1(%arg0: tensor<3x5xf32>, %arg1: tensor<3x1xf32>, %arg2: tensor<3x5xf32>) -> tensor<3x5xf32> {
    %0 = stablehlo.negate %arg2 : tensor<3x5xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<3x5xf32>, tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.reshape %1 : (tensor<3xf32>) -> tensor<3x1xf32>
    %3 = stablehlo.divide %2, %arg1 : tensor<3x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<3x1xf32>, tensor<f32>) -> tensor<3xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<3xf32>) -> tensor<3x5xf32>
    %6 = stablehlo.multiply %5, %arg0 : tensor<3x5xf32>
    %7 = stablehlo.add %arg2, %6 : tensor<3x5xf32>
    return %7 : tensor<3x5xf32>
  }
  func.func private @silu_2(%arg0: tensor<3x2x2x6xf32>, %arg1: tensor<3x2x2x6xf32>, %arg2: tensor<3x2x2x6xf32>, %arg3: tensor<3x2x2x6xf32>) -> tensor<3x2x2x6xf32> {
    %0 = stablehlo.multiply %arg2, %arg3 : tensor<3x2x2x6xf32>
    %1 = stablehlo.multiply %arg3, %arg1 : tensor<3x2x2x6xf32>
    %2 = stablehlo.multiply %0, %arg0 : tensor<3x2x2x6xf32>
    %3 = stablehlo.add %1, %2 : tensor<3x2x2x6xf32>
    return %3 : tensor<3x2x2x6xf32>
  }
}
