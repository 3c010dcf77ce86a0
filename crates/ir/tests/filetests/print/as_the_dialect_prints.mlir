// RUN: verify
// What the dialect's own printer makes of the other files here.
module {
  func.func @main(%arg0: tensor<2x3xf32>, %arg1: tensor<i1>, %arg2: !stablehlo.token) -> tensor<2x3xf32> attributes {w = array<i1: true, false>, x = #stablehlo.channel_handle<handle = 1, type = 2>, y = dense<[true, false, true]> : tensor<3xi1>, z = dense<true> : tensor<30xi1>} {
    %c = stablehlo.constant dense<true> : tensor<3xi1>
    %c_0 = stablehlo.constant dense<true> : tensor<30xi1>
    %c_1 = stablehlo.constant dense<[1, 2, -3]> : tensor<3xi4>
    %cst = stablehlo.constant dense<(1.000000e+00,2.000000e+00)> : tensor<3xcomplex<f32>>
    %cst_2 = stablehlo.constant dense<[(1.000000e+00,2.000000e+00), (0x7FC00000,3.000000e+00)]> : tensor<2xcomplex<f32>>
    %cst_3 = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf8E4M3FN>
    %cst_4 = stablehlo.constant dense<[1.000000e+00, 5.000000e-01]> : tensor<2xf4E2M1FN>
    %cst_5 = stablehlo.constant dense<> : tensor<0xf32>
    %cst_6 = stablehlo.constant dense<> : tensor<3x0xf32>
    %c_7 = stablehlo.constant dense<[63, -1]> : tensor<2xi8>
    %c_8 = stablehlo.constant dense<[255, 1]> : tensor<2xui8>
    %0 = stablehlo.while(%iterArg = %arg0) : tensor<2x3xf32> attributes {"a b" = 1 : index, dd = {a = 1 : i64}, ff = 1.000000e+00 : f64, mhlo.foo = 1.500000e+00 : f32, n = 3 : i64, q = @foo::@bar, t = tensor<3x?xf32, #stablehlo.bounds<?, 3>>, u, xx = #stablehlo<precision HIGH>}
    cond {
      stablehlo.return %arg1 : tensor<i1>
    } do {
      stablehlo.return %iterArg : tensor<2x3xf32>
    }
    %c_9 = stablehlo.constant dense<0> : tensor<i32>
    %1 = "stablehlo.case"(%c_9) ({
      stablehlo.return %0 : tensor<2x3xf32>
    }, {
      stablehlo.return %arg0 : tensor<2x3xf32>
    }) : (tensor<i32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}
// -----
module {
  func.func @d(%arg0: tensor<f32>) -> tensor<f32> {
    return %arg0 : tensor<f32>
  }
  func.func @f(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i1>, %arg3: !stablehlo.token, %arg4: tensor<i32>, %arg5: tensor<2xi64>, %arg6: tensor<2xui64>) {
    %0 = stablehlo.composite "a.b" %arg0 {composite_attributes = {k = 1 : i64}, decomposition = @d, version = 3 : i32} : (tensor<f32>) -> tensor<f32>
    %1 = stablehlo.after_all %arg3, %arg3 : !stablehlo.token
    %2 = "stablehlo.all_gather"(%arg1) <{all_gather_dim = 1 : i64, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x3xf32>) -> tensor<2x6xf32>
    %3 = "stablehlo.all_reduce"(%arg1) <{replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %27 = stablehlo.add %arg7, %arg8 : tensor<f32>
      stablehlo.return %27 : tensor<f32>
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %4 = "stablehlo.all_to_all"(%arg1) <{concat_dimension = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<1x6xf32>
    %5 = "stablehlo.collective_broadcast"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %6 = "stablehlo.collective_permute"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, source_target_pairs = dense<[[0, 1], [1, 2]]> : tensor<2x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %7 = "stablehlo.cross-replica-sum"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %8 = "stablehlo.reduce_scatter"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = 0 : i64}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %27 = stablehlo.add %arg7, %arg8 : tensor<f32>
      stablehlo.return %27 : tensor<f32>
    }) : (tensor<2x3xf32>) -> tensor<1x3xf32>
    %9 = stablehlo.create_token : !stablehlo.token
    %10:2 = "stablehlo.infeed"(%arg3) <{infeed_config = "abc", layout = [[0, 1]]}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
    %11 = "stablehlo.outfeed"(%arg1, %arg3) <{outfeed_config = ""}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
    %12 = "stablehlo.send"(%arg1, %arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 2>, is_host_transfer = true}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
    %13:2 = "stablehlo.recv"(%arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 3>, is_host_transfer = true}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
    %14 = stablehlo.partition_id : tensor<ui32>
    %15 = stablehlo.replica_id : tensor<ui32>
    %16 = stablehlo.tuple %arg0, %arg1 : tuple<tensor<f32>, tensor<2x3xf32>>
    %17 = stablehlo.get_tuple_element %16[1] : (tuple<tensor<f32>, tensor<2x3xf32>>) -> tensor<2x3xf32>
    %18:2 = stablehlo.optimization_barrier %arg0, %arg1 : tensor<f32>, tensor<2x3xf32>
    stablehlo.optimization_barrier()
    %19 = "stablehlo.if"(%arg2) ({
      stablehlo.return %arg0 : tensor<f32>
    }, {
      stablehlo.return %arg0 : tensor<f32>
    }) : (tensor<i1>) -> tensor<f32>
    %20:2 = stablehlo.custom_call @foo(%arg0, %arg1) {api_version = 2 : i32, backend_config = "bar", called_computations = [@d], has_side_effect = true, mhlo.xx = 3 : i32, operand_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>], output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], result_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>]} : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
    %21 = stablehlo.custom_call @foo(%arg0) {api_version = 4 : i32, backend_config = {a = 1 : i32}} : (tensor<f32>) -> tensor<f32>
    %22 = "stablehlo.map"(%arg1, %arg1) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %27 = stablehlo.add %arg7, %arg8 : tensor<f32>
      stablehlo.return %27 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %23 = stablehlo.reduce(%arg1 init: %arg0) across dimensions = [1] {foo = 3 : i64} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
     reducer(%arg7: tensor<f32>, %arg8: tensor<f32>)  {
      %27 = stablehlo.add %arg8, %arg7 : tensor<f32>
      stablehlo.return %27 : tensor<f32>
    }
    %24:2 = stablehlo.reduce(%arg1 init: %arg0), (%arg1 init: %arg0) across dimensions = [1] {foo = 3 : i64} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
     reducer(%arg7: tensor<f32>, %arg9: tensor<f32>) (%arg8: tensor<f32>, %arg10: tensor<f32>)  {
      %27 = stablehlo.add %arg8, %arg7 : tensor<f32>
      stablehlo.return %27, %arg10 : tensor<f32>, tensor<f32>
    }
    %25 = "stablehlo.case"(%arg4) ({
      stablehlo.return %arg0 : tensor<f32>
    }, {
      stablehlo.return %arg0 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    %26 = stablehlo.rng %arg0, %arg0, %arg5, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
    %output_state, %output = stablehlo.rng_bit_generator %arg6, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x2xui64>)
    return
  }
}
// -----
module {
  func.func @f(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i32>, %arg3: tensor<2xi64>, %arg4: tensor<3x3xf32>, %arg5: tensor<3xf32>, %arg6: tensor<2x3xcomplex<f32>>, %arg7: tensor<4x4x4x4xf32>, %arg8: tensor<3x3x4x8xf32>, %arg9: tensor<2x3xi1>, %arg10: tensor<2x3xf32>, %arg11: tensor<2x2xi64>, %arg12: tensor<2x3xf32>, %arg13: tensor<5x3x7xf32>, %arg14: tensor<5xi64>, %arg15: tensor<i1>) {
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
    %39 = stablehlo.add %arg10, %arg10 {a.b = 3 : i64} : tensor<2x3xf32>
    %40 = stablehlo.exponential %arg1 {result_accuracy = #stablehlo.result_accuracy<ulps = 10, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<2x3xf32>
    %41 = stablehlo.exponential %arg1 {result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>} : tensor<2x3xf32>
    %42 = stablehlo.abs %arg6 : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    %43 = stablehlo.atan2 %arg1, %arg1 : tensor<2x3xf32>
    %44 = stablehlo.is_finite %arg1 : (tensor<2x3xf32>) -> tensor<2x3xi1>
    %output, %batch_mean, %batch_var = "stablehlo.batch_norm_training"(%arg1, %arg5, %arg5) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>)
    %45 = chlo.erf %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    %values, %indices = chlo.top_k(%arg1, k = 2) : tensor<2x3xf32> -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %46 = chlo.next_after %arg1, %arg1 : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<2x3xf32>
    %47 = chlo.broadcast_add %arg1, %arg0 : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %48 = chlo.broadcast_compare %arg1, %arg0 {compare_type = #chlo<comparison_type FLOAT>, comparison_direction = #chlo<comparison_direction LT>} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>
    %49 = chlo.constant dense<1> : tensor<2xi32>
    %50 = "chlo.constant_like"(%arg1) <{value = 1.000000e+00 : f32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %51 = chlo.conj %arg6 : tensor<2x3xcomplex<f32>> -> tensor<2x3xcomplex<f32>>
    %52 = chlo.is_inf %arg1 : tensor<2x3xf32> -> tensor<2x3xi1>
    %53 = "chlo.ragged_dot"(%arg12, %arg13, %arg14) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<2x3xf32>, tensor<5x3x7xf32>, tensor<5xi64>) -> tensor<2x7xf32>
    %54 = chlo.polygamma %arg1, %arg1 : tensor<2x3xf32>, tensor<2x3xf32> -> tensor<2x3xf32>
    %55 = chlo._asin_acos_kernel %arg6 : tensor<2x3xcomplex<f32>> -> tensor<2x3xcomplex<f32>>
    %56 = chlo.broadcast_select %arg9, %arg1, %arg0 : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %57 = chlo.mulhi %arg2, %arg2 : tensor<i32>, tensor<i32> -> tensor<i32>
    %58 = chlo.erf_inv %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    %59 = chlo.tan %arg1 {foo} : tensor<2x3xf32> -> tensor<2x3xf32>
    %60 = chlo.square %arg1 : tensor<2x3xf32> -> tensor<2x3xf32>
    return
  }
}
// -----
"builtin.module"() ({
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<i1>, !stablehlo.token) -> tensor<2x3xf32>, sym_name = "main"}> ({
  ^bb0(%arg0: tensor<2x3xf32>, %arg1: tensor<i1>, %arg2: !stablehlo.token):
    %0 = "stablehlo.constant"() <{value = dense<true> : tensor<3xi1>}> : () -> tensor<3xi1>
    %1 = "stablehlo.constant"() <{value = dense<true> : tensor<30xi1>}> : () -> tensor<30xi1>
    %2 = "stablehlo.constant"() <{value = dense<[1, 2, -3]> : tensor<3xi4>}> : () -> tensor<3xi4>
    %3 = "stablehlo.constant"() <{value = dense<(1.000000e+00,2.000000e+00)> : tensor<3xcomplex<f32>>}> : () -> tensor<3xcomplex<f32>>
    %4 = "stablehlo.constant"() <{value = dense<[(1.000000e+00,2.000000e+00), (0x7FC00000,3.000000e+00)]> : tensor<2xcomplex<f32>>}> : () -> tensor<2xcomplex<f32>>
    %5 = "stablehlo.constant"() <{value = dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf8E4M3FN>}> : () -> tensor<2xf8E4M3FN>
    %6 = "stablehlo.constant"() <{value = dense<[1.000000e+00, 5.000000e-01]> : tensor<2xf4E2M1FN>}> : () -> tensor<2xf4E2M1FN>
    %7 = "stablehlo.constant"() <{value = dense<> : tensor<0xf32>}> : () -> tensor<0xf32>
    %8 = "stablehlo.constant"() <{value = dense<> : tensor<3x0xf32>}> : () -> tensor<3x0xf32>
    %9 = "stablehlo.constant"() <{value = dense<[63, -1]> : tensor<2xi8>}> : () -> tensor<2xi8>
    %10 = "stablehlo.constant"() <{value = dense<[255, 1]> : tensor<2xui8>}> : () -> tensor<2xui8>
    %11 = "stablehlo.while"(%arg0) ({
    ^bb0(%arg4: tensor<2x3xf32>):
      "stablehlo.return"(%arg1) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg3: tensor<2x3xf32>):
      "stablehlo.return"(%arg3) : (tensor<2x3xf32>) -> ()
    }) {"a b" = 1 : index, dd = {a = 1 : i64}, ff = 1.000000e+00 : f64, mhlo.foo = 1.500000e+00 : f32, n = 3 : i64, q = @foo::@bar, t = tensor<3x?xf32, #stablehlo.bounds<?, 3>>, u, xx = #stablehlo<precision HIGH>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %12 = "stablehlo.constant"() <{value = dense<0> : tensor<i32>}> : () -> tensor<i32>
    %13 = "stablehlo.case"(%12) ({
      "stablehlo.return"(%11) : (tensor<2x3xf32>) -> ()
    }, {
      "stablehlo.return"(%arg0) : (tensor<2x3xf32>) -> ()
    }) : (tensor<i32>) -> tensor<2x3xf32>
    "func.return"(%11) : (tensor<2x3xf32>) -> ()
  }) {w = array<i1: true, false>, x = #stablehlo.channel_handle<handle = 1, type = 2>, y = dense<[true, false, true]> : tensor<3xi1>, z = dense<true> : tensor<30xi1>} : () -> ()
}) : () -> ()
// -----
"builtin.module"() ({
  "func.func"() <{function_type = (tensor<f32>) -> tensor<f32>, sym_name = "d"}> ({
  ^bb0(%arg19: tensor<f32>):
    "func.return"(%arg19) : (tensor<f32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<2x3xf32>, tensor<i1>, !stablehlo.token, tensor<i32>, tensor<2xi64>, tensor<2xui64>) -> (), sym_name = "f"}> ({
  ^bb0(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i1>, %arg3: !stablehlo.token, %arg4: tensor<i32>, %arg5: tensor<2xi64>, %arg6: tensor<2xui64>):
    %0 = "stablehlo.composite"(%arg0) <{composite_attributes = {k = 1 : i64}, decomposition = @d, name = "a.b", version = 3 : i32}> : (tensor<f32>) -> tensor<f32>
    %1 = "stablehlo.after_all"(%arg3, %arg3) : (!stablehlo.token, !stablehlo.token) -> !stablehlo.token
    %2 = "stablehlo.all_gather"(%arg1) <{all_gather_dim = 1 : i64, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x3xf32>) -> tensor<2x6xf32>
    %3 = "stablehlo.all_reduce"(%arg1) <{replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>}> ({
    ^bb0(%arg17: tensor<f32>, %arg18: tensor<f32>):
      %32 = "stablehlo.add"(%arg17, %arg18) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%32) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %4 = "stablehlo.all_to_all"(%arg1) <{concat_dimension = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<1x6xf32>
    %5 = "stablehlo.collective_broadcast"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %6 = "stablehlo.collective_permute"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, source_target_pairs = dense<[[0, 1], [1, 2]]> : tensor<2x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %7 = "stablehlo.cross-replica-sum"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %8 = "stablehlo.reduce_scatter"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = 0 : i64}> ({
    ^bb0(%arg15: tensor<f32>, %arg16: tensor<f32>):
      %31 = "stablehlo.add"(%arg15, %arg16) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%31) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>) -> tensor<1x3xf32>
    %9 = "stablehlo.create_token"() : () -> !stablehlo.token
    %10:2 = "stablehlo.infeed"(%arg3) <{infeed_config = "abc", layout = [[0, 1]]}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
    %11 = "stablehlo.outfeed"(%arg1, %arg3) <{outfeed_config = ""}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
    %12 = "stablehlo.send"(%arg1, %arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 2>, is_host_transfer = true}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
    %13:2 = "stablehlo.recv"(%arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 3>, is_host_transfer = true}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
    %14 = "stablehlo.partition_id"() : () -> tensor<ui32>
    %15 = "stablehlo.replica_id"() : () -> tensor<ui32>
    %16 = "stablehlo.tuple"(%arg0, %arg1) : (tensor<f32>, tensor<2x3xf32>) -> tuple<tensor<f32>, tensor<2x3xf32>>
    %17 = "stablehlo.get_tuple_element"(%16) <{index = 1 : i32}> : (tuple<tensor<f32>, tensor<2x3xf32>>) -> tensor<2x3xf32>
    %18:2 = "stablehlo.optimization_barrier"(%arg0, %arg1) : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
    "stablehlo.optimization_barrier"() : () -> ()
    %19 = "stablehlo.if"(%arg2) ({
      "stablehlo.return"(%arg0) : (tensor<f32>) -> ()
    }, {
      "stablehlo.return"(%arg0) : (tensor<f32>) -> ()
    }) : (tensor<i1>) -> tensor<f32>
    %20:2 = "stablehlo.custom_call"(%arg0, %arg1) <{api_version = 2 : i32, backend_config = "bar", call_target_name = "foo", called_computations = [@d], has_side_effect = true, operand_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>], output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], result_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>]}> {mhlo.xx = 3 : i32} : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
    %21 = "stablehlo.custom_call"(%arg0) <{api_version = 4 : i32, backend_config = {a = 1 : i32}, call_target_name = "foo"}> : (tensor<f32>) -> tensor<f32>
    %22 = "stablehlo.map"(%arg1, %arg1) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%arg13: tensor<f32>, %arg14: tensor<f32>):
      %30 = "stablehlo.add"(%arg13, %arg14) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%30) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %23 = "stablehlo.reduce"(%arg1, %arg0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%arg11: tensor<f32>, %arg12: tensor<f32>):
      %29 = "stablehlo.add"(%arg12, %arg11) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%29) : (tensor<f32>) -> ()
    }) {foo = 3 : i64} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    %24:2 = "stablehlo.reduce"(%arg1, %arg1, %arg0, %arg0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>, %arg9: tensor<f32>, %arg10: tensor<f32>):
      %28 = "stablehlo.add"(%arg8, %arg7) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%28, %arg10) : (tensor<f32>, tensor<f32>) -> ()
    }) {foo = 3 : i64} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
    %25 = "stablehlo.case"(%arg4) ({
      "stablehlo.return"(%arg0) : (tensor<f32>) -> ()
    }, {
      "stablehlo.return"(%arg0) : (tensor<f32>) -> ()
    }) : (tensor<i32>) -> tensor<f32>
    %26 = "stablehlo.rng"(%arg0, %arg0, %arg5) <{rng_distribution = #stablehlo<rng_distribution UNIFORM>}> : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
    %27:2 = "stablehlo.rng_bit_generator"(%arg6) <{rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>}> : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x2xui64>)
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
// -----
"builtin.module"() ({
  "func.func"() <{function_type = (tensor<f32>, tensor<2x3xf32>, tensor<i32>, tensor<2xi64>, tensor<3x3xf32>, tensor<3xf32>, tensor<2x3xcomplex<f32>>, tensor<4x4x4x4xf32>, tensor<3x3x4x8xf32>, tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x2xi64>, tensor<2x3xf32>, tensor<5x3x7xf32>, tensor<5xi64>, tensor<i1>) -> (), sym_name = "f"}> ({
  ^bb0(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i32>, %arg3: tensor<2xi64>, %arg4: tensor<3x3xf32>, %arg5: tensor<3xf32>, %arg6: tensor<2x3xcomplex<f32>>, %arg7: tensor<4x4x4x4xf32>, %arg8: tensor<3x3x4x8xf32>, %arg9: tensor<2x3xi1>, %arg10: tensor<2x3xf32>, %arg11: tensor<2x2xi64>, %arg12: tensor<2x3xf32>, %arg13: tensor<5x3x7xf32>, %arg14: tensor<5xi64>, %arg15: tensor<i1>):
    %0 = "stablehlo.dot"(%arg1, %arg4) <{precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %1 = "stablehlo.dot_general"(%arg1, %arg4) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %2 = "stablehlo.convolution"(%arg7, %arg8) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 1, 1>, padding = dense<1> : tensor<2x2xi64>, precision_config = [#stablehlo<precision HIGH>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, false>, window_strides = array<i64: 1, 1>}> : (tensor<4x4x4x4xf32>, tensor<3x3x4x8xf32>) -> tensor<4x4x4x8xf32>
    %3 = "stablehlo.dynamic_conv"(%arg7, %arg8, %arg11) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, window_strides = array<i64: 1, 1>}> : (tensor<4x4x4x4xf32>, tensor<3x3x4x8xf32>, tensor<2x2xi64>) -> tensor<4x4x4x8xf32>
    %4 = "stablehlo.einsum"(%arg1, %arg4) <{einsum_config = "ab,bc->ac"}> : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
    %5 = "stablehlo.unary_einsum"(%arg1) <{einsum_config = "ab->a"}> : (tensor<2x3xf32>) -> tensor<2xf32>
    %6 = "stablehlo.cholesky"(%arg4) <{lower = true}> : (tensor<3x3xf32>) -> tensor<3x3xf32>
    %7 = "stablehlo.triangular_solve"(%arg4, %arg4) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose NO_TRANSPOSE>, unit_diagonal = false}> : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
    %8 = "stablehlo.fft"(%arg6) <{fft_length = array<i64: 3>, fft_type = #stablehlo<fft_type FFT>}> : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    %9 = "stablehlo.batch_norm_inference"(%arg1, %arg5, %arg5, %arg5, %arg5) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    %10 = "stablehlo.compare"(%arg1, %arg1) <{compare_type = #stablehlo<comparison_type TOTALORDER>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
    %11 = "stablehlo.select"(%arg9, %arg1, %arg1) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %12 = "stablehlo.select"(%arg15, %arg1, %arg1) : (tensor<i1>, tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %13 = "stablehlo.clamp"(%arg0, %arg1, %arg0) : (tensor<f32>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %14 = "stablehlo.reduce_precision"(%arg1) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %15 = "stablehlo.bitcast_convert"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xi32>
    %16 = "stablehlo.iota"() <{iota_dimension = 1 : i64}> : () -> tensor<2x3xi32>
    %17 = "stablehlo.dynamic_iota"(%arg3) <{iota_dimension = 1 : i64}> : (tensor<2xi64>) -> tensor<?x?xi32>
    %18 = "stablehlo.broadcast_in_dim"(%arg5) <{broadcast_dimensions = array<i64: 1>}> : (tensor<3xf32>) -> tensor<2x3xf32>
    %19 = "stablehlo.dynamic_broadcast_in_dim"(%arg5, %arg3) <{broadcast_dimensions = array<i64: 1>, known_expanding_dimensions = array<i64>, known_nonexpanding_dimensions = array<i64: 0>}> : (tensor<3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    %20 = "stablehlo.broadcast"(%arg5) <{broadcast_sizes = array<i64: 2>}> : (tensor<3xf32>) -> tensor<2x3xf32>
    %21 = "stablehlo.reshape"(%arg1) : (tensor<2x3xf32>) -> tensor<6xf32>
    %22 = "stablehlo.dynamic_reshape"(%arg1, %arg3) : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<?x?xf32>
    %23 = "stablehlo.transpose"(%arg1) <{permutation = array<i64: 1, 0>}> : (tensor<2x3xf32>) -> tensor<3x2xf32>
    %24 = "stablehlo.reverse"(%arg1) <{dimensions = array<i64: 1, 0>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %25 = "stablehlo.concatenate"(%arg1, %arg1) <{dimension = 0 : i64}> : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
    %26 = "stablehlo.slice"(%arg1) <{limit_indices = array<i64: 2, 3>, start_indices = array<i64: 0, 1>, strides = array<i64: 1, 2>}> : (tensor<2x3xf32>) -> tensor<2x1xf32>
    %27 = "stablehlo.real_dynamic_slice"(%arg1, %arg3, %arg3, %arg3) : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
    %28 = "stablehlo.dynamic_slice"(%arg1, %arg2, %arg2) <{slice_sizes = array<i64: 1, 1>}> : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x1xf32>
    %29 = "stablehlo.dynamic_update_slice"(%arg1, %28, %arg2, %arg2) : (tensor<2x3xf32>, tensor<1x1xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    %30 = "stablehlo.pad"(%arg1, %arg0) <{edge_padding_high = array<i64: -1, 2>, edge_padding_low = array<i64: 0, 1>, interior_padding = array<i64: 0, 1>}> : (tensor<2x3xf32>, tensor<f32>) -> tensor<1x8xf32>
    %31 = "stablehlo.dynamic_pad"(%arg1, %arg0, %arg3, %arg3, %arg3) : (tensor<2x3xf32>, tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<?x?xf32>
    %32 = "stablehlo.torch_index_select"(%arg1, %arg3) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3xf32>
    %33 = "stablehlo.get_dimension_size"(%arg1) <{dimension = 1 : i64}> : (tensor<2x3xf32>) -> tensor<i32>
    %34 = "stablehlo.set_dimension_size"(%arg1, %arg2) <{dimension = 1 : i64}> : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x?xf32, #stablehlo.bounds<?, 3>>
    %35 = "stablehlo.complex"(%arg1, %arg1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xcomplex<f32>>
    %36 = "stablehlo.real"(%arg6) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    %37 = "stablehlo.convert"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xf64>
    %38 = "stablehlo.convert"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %39 = "stablehlo.add"(%arg10, %arg10) {a.b = 3 : i64} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %40 = "stablehlo.exponential"(%arg1) <{result_accuracy = #stablehlo.result_accuracy<ulps = 10, mode = #stablehlo.result_accuracy_mode<TOLERANCE>>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %41 = "stablehlo.exponential"(%arg1) <{result_accuracy = #stablehlo.result_accuracy<mode = #stablehlo.result_accuracy_mode<HIGHEST>>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %42 = "stablehlo.abs"(%arg6) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    %43 = "stablehlo.atan2"(%arg1, %arg1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %44 = "stablehlo.is_finite"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xi1>
    %45:3 = "stablehlo.batch_norm_training"(%arg1, %arg5, %arg5) <{epsilon = 1.000000e-03 : f32, feature_index = 1 : i64}> : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>)
    %46 = "chlo.erf"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %47:2 = "chlo.top_k"(%arg1) <{k = 2 : i64}> : (tensor<2x3xf32>) -> (tensor<2x2xf32>, tensor<2x2xi32>)
    %48 = "chlo.next_after"(%arg1, %arg1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %49 = "chlo.broadcast_add"(%arg1, %arg0) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %50 = "chlo.broadcast_compare"(%arg1, %arg0) <{compare_type = #chlo<comparison_type FLOAT>, comparison_direction = #chlo<comparison_direction LT>}> : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xi1>
    %51 = "chlo.constant"() <{value = dense<1> : tensor<2xi32>}> : () -> tensor<2xi32>
    %52 = "chlo.constant_like"(%arg1) <{value = 1.000000e+00 : f32}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %53 = "chlo.conj"(%arg6) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    %54 = "chlo.is_inf"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xi1>
    %55 = "chlo.ragged_dot"(%arg12, %arg13, %arg14) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<2x3xf32>, tensor<5x3x7xf32>, tensor<5xi64>) -> tensor<2x7xf32>
    %56 = "chlo.polygamma"(%arg1, %arg1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %57 = "chlo._asin_acos_kernel"(%arg6) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    %58 = "chlo.broadcast_select"(%arg9, %arg1, %arg0) : (tensor<2x3xi1>, tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    %59 = "chlo.mulhi"(%arg2, %arg2) : (tensor<i32>, tensor<i32>) -> tensor<i32>
    %60 = "chlo.erf_inv"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %61 = "chlo.tan"(%arg1) {foo} : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %62 = "chlo.square"(%arg1) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    "func.return"() : () -> ()
  }) : () -> ()
}) : () -> ()
