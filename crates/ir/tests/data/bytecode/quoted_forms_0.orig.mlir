module {
  func.func @f(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i32>, %arg3: tensor<2xi64>, %arg4: tensor<3x3xf32>, %arg5: tensor<3xf32>, %arg6: tensor<2x3xcomplex<f32>>, %arg7: tensor<4x4x4x4xf32>, %arg8: tensor<3x3x4x8xf32>, %arg9: tensor<2x3xi1>, %arg10: tensor<2x3x!quant.uniform<i8:f32, 5.000000e-01:3>>, %arg11: tensor<2x2xi64>, %arg12: tensor<2x3xf32>, %arg13: tensor<5x3x7xf32>, %arg14: tensor<5xi64>, %arg15: tensor<i1>) {
    %0 = stablehlo.dot %arg1, %arg4, precision = [HIGH, DEFAULT] : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %1 = stablehlo.dot_general %arg1, %arg4, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %2 = stablehlo.convolution(%arg7, %arg8) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[1, 1], [1, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [false, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>]} : (tensor<4x4x4x4xf32>, tensor<3x3x4x8xf32>) -> tensor<4x4x4x8xf32>
    %3 = "stablehlo.dynamic_conv"(%arg7, %arg8, %arg11) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, window_strides = array<i64: 1, 1>}> : (tensor<4x4x4x4xf32>, tensor<3x3x4x8xf32>, tensor<2x2xi64>) -> tensor<4x4x4x8xf32>
    %4 = stablehlo.einsum %arg1, %arg4, config = "ab,bc->ac" : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %5 = stablehlo.unary_einsum %arg1, config = "ab->a" : (tensor<2x3xf32>) -> tensor<2xf32>
    %6 = stablehlo.cholesky %arg4, lower = true : tensor<3x3xf32>
    %7 = "stablehlo.triangular_solve"(%arg4, %arg4) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose NO_TRANSPOSE>, unit_diagonal = false}> : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
    %8 = stablehlo.fft %arg6, type = FFT, length = [3] : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    %9 = "stablehlo.batch_norm_inference"(%arg1, %arg5, %arg5, %arg5, %arg5) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    %10 = stablehlo.compare LT, %arg1, %arg1, TOTALORDER : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %11 = stablehlo.select %arg9, %arg1, %arg1 : tensor<2x3xi1>, tensor<2x3xf32>
    %12 = stablehlo.select %arg15, %arg1, %arg1 : tensor<i1>, tensor<2x3xf32>
    %13 = stablehlo.clamp %arg0, %arg1, %arg0 : (tensor<f32>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %14 = stablehlo.reduce_precision %arg1, format = e5m10 : tensor<2x3xf32>
    %15 = stablehlo.bitcast_convert %arg1 : (tensor<2x3xf32>) -> tensor<2x3xi32>
    %16 = stablehlo.iota dim = 1 : tensor<2x3xi32>
    %17 = stablehlo.dynamic_iota %arg3, dim = 1 : (tensor<2xi64>) -> tensor<?x?xi32>
    %18 = stablehlo.broadcast_in_dim %arg5, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    %19 = stablehlo.dynamic_broadcast_in_dim %arg5, %arg3, dims = [1] {known_expanding_dimensions = array<i64>, known_nonexpanding_dimensions = array<i64: 0>} : (tensor<3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    %20 = stablehlo.broadcast %arg5, sizes = [2] : (tensor<3xf32>) -> tensor<2x3xf32>
    %21 = stablehlo.reshape %arg1 : (tensor<2x3xf32>) -> tensor<6xf32>
    %22 = stablehlo.dynamic_reshape %arg1, %arg3 : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    %23 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
    %24 = stablehlo.reverse %arg1, dims = [1, 0] : tensor<2x3xf32>
    %25 = stablehlo.concatenate %arg1, %arg1, dim = 0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
    %26 = stablehlo.slice %arg1 [0:2, 1:3:2] : (tensor<2x3xf32>) -> tensor<2x1xf32>
    %27 = stablehlo.real_dynamic_slice %arg1, %arg3, %arg3, %arg3 : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
    %28 = stablehlo.dynamic_slice %arg1, %arg2, %arg2, sizes = [1, 1] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x1xf32>
    %29 = stablehlo.dynamic_update_slice %arg1, %28, %arg2, %arg2 : (tensor<2x3xf32>, tensor<1x1xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    %30 = stablehlo.pad %arg1, %arg0, low = [0, 1], high = [-1, 2], interior = [0, 1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x8xf32>
    %31 = stablehlo.dynamic_pad %arg1, %arg0, %arg3, %arg3, %arg3 : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
    %32 = "stablehlo.torch_index_select"(%arg1, %arg3) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
    %33 = stablehlo.get_dimension_size %arg1, dim = 1 : (tensor<2x3xf32>) -> tensor<i32>
    %34 = stablehlo.set_dimension_size %arg1, %arg2, dim = 1 : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x?xf32, #stablehlo.bounds<?, 3>>
    %35 = stablehlo.complex %arg1, %arg1 : tensor<2x3xcomplex<f32>>
    %36 = stablehlo.real %arg6 : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    %37 = stablehlo.convert %arg1 : (tensor<2x3xf32>) -> tensor<2x3xf64>
    %38 = stablehlo.convert %arg1 : tensor<2x3xf32>
    %39 = stablehlo.add %arg10, %arg10 {a.b = 3 : i64} : tensor<2x3x!quant.uniform<i8:f32, 5.000000e-01:3>>
    %40 = stablehlo.exponential %arg1 {result_accuracy = #stablehlo.result_accuracy<ulps = 10, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2x3xf32>
    %41 = stablehlo.exponential %arg1 {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2x3xf32>
    %42 = stablehlo.abs %arg6 : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    %43 = stablehlo.atan2 %arg1, %arg1 : tensor<2x3xf32>
    %44 = stablehlo.is_finite %arg1 : (tensor<2x3xf32>) -> tensor<2x3xi1>
    %output, %batch_mean, %batch_var = "stablehlo.batch_norm_training"(%arg1, %arg5, %arg5) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>)
    %45 = stablehlo.uniform_quantize %arg1 : (tensor<2x3xf32>) -> tensor<2x3x!quant.uniform<i8<-127:127>:f32:1, {5.000000e-01,2.500000e-01:4,1.000000e-01}>>
    %46 = chlo.erf %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    %values, %indices = chlo.top_k(%arg1, k = 2) : tensor<2x3xf32> -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %47 = chlo.next_after %arg1, %arg1 : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<2x3xf32>
    %48 = chlo.broadcast_add %arg1, %arg0 : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %49 = chlo.broadcast_compare %arg1, %arg0 {compare_type = #chlo<comparison_type FLOAT>, comparison_direction = #chlo<comparison_direction LT>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>
    %50 = chlo.constant dense<1> : tensor<2xi32>
    %51 = "chlo.constant_like"(%arg1) <{value = 1.000000e+00 : f32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %52 = chlo.conj %arg6 : tensor<2x3xcomplex<f32>> -> tensor<2x3xcomplex<f32>>
    %53 = chlo.is_inf %arg1 : tensor<2x3xf32> -> tensor<2x3xi1>
    %54 = "chlo.ragged_dot"(%arg12, %arg13, %arg14) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<2x3xf32>, tensor<5x3x7xf32>, tensor<5xi64>) -> tensor<2x7xf32>
    %55 = chlo.polygamma %arg1, %arg1 : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<2x3xf32>
    %56 = chlo._asin_acos_kernel %arg6 : tensor<2x3xcomplex<f32>> -> tensor<2x3xcomplex<f32>>
    %57 = chlo.broadcast_select %arg9, %arg1, %arg0 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %58 = chlo.mulhi %arg2, %arg2 : tensor<i32>, tensor<i32> -> tensor<i32>
    %59 = chlo.erf_inv %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    %60 = chlo.tan %arg1 {foo} : tensor<2x3xf32> -> tensor<2x3xf32>
    %61 = chlo.square %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    return
  }
}
