module {
  func.func @d(%arg0: tensor<f32>) -> tensor<f32> {
    return %arg0 : tensor<f32>
  }
  func.func @f(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i1>, %arg3: !stablehlo.token, %arg4: tensor<i32>, %arg5: tensor<2xi64>, %arg6: tensor<2xui64>) {
    %0 = stablehlo.composite "a.b" %arg0 {composite_attributes = {k = 1 : i64}, decomposition = @d, version = 3 : i32} : (tensor<f32>) -> tensor<f32>
    %1 = stablehlo.after_all %arg3, %arg3 : !stablehlo.token
    %2 = "stablehlo.all_gather"(%arg1) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x3xf32>) -> tensor<2x6xf32>
    %3 = "stablehlo.all_reduce"(%arg1) <{replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>}> ({
    ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
      %27 = stablehlo.add %arg7, %arg8 : tensor<f32>
      stablehlo.return %27 : tensor<f32>
    }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %4 = "stablehlo.all_to_all"(%arg1) <{concat_dimension = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<1x6xf32>
    %5 = "stablehlo.collective_broadcast"(%arg1) <{replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    %6 = "stablehlo.collective_permute"(%arg1) <{source_target_pairs = dense<[[0, 1], [1, 2]]> : tensor<2x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
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
