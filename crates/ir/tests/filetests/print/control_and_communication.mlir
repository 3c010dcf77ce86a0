// RUN: verify
func.func @d(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }
func.func @f(%a: tensor<f32>, %b: tensor<2x3xf32>, %p: tensor<i1>, %t: !stablehlo.token, %i: tensor<i32>, %i64: tensor<2xi64>, %u: tensor<2xui64>) {
  %z = "stablehlo.composite"(%a) {name="a.b", decomposition=@d, composite_attributes={k = 1 : i64}, version=3:i32} : (tensor<f32>) -> tensor<f32>
  %1 = "stablehlo.after_all"(%t, %t) : (!stablehlo.token, !stablehlo.token) -> !stablehlo.token
  %2 = "stablehlo.all_gather"(%b) {all_gather_dim = 1 : i64, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, use_global_device_ids} : (tensor<2x3xf32>) -> tensor<2x6xf32>
  %3 = "stablehlo.all_reduce"(%b) ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) {replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %4 = "stablehlo.all_to_all"(%b) {split_dimension = 0 : i64, concat_dimension = 1 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x3xf32>) -> tensor<1x6xf32>
  %5 = "stablehlo.collective_broadcast"(%b) {replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %6 = "stablehlo.collective_permute"(%b) {source_target_pairs = dense<[[0, 1], [1, 2]]> : tensor<2x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %7 = "stablehlo.cross-replica-sum"(%b) {replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %8 = "stablehlo.reduce_scatter"(%b) ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) {scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x3xf32>) -> tensor<1x3xf32>
  %9 = stablehlo.create_token : !stablehlo.token
  %10:2 = "stablehlo.infeed"(%t) {infeed_config = "abc", layout=[[0, 1]]} : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
  %11 = "stablehlo.outfeed"(%b, %t) {outfeed_config = ""} : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
  %12 = "stablehlo.send"(%b, %t) {channel_handle = #stablehlo.channel_handle<handle = 0, type = 2>, is_host_transfer = true} : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
  %13:2 = "stablehlo.recv"(%t) {channel_handle = #stablehlo.channel_handle<handle = 0, type = 3>, is_host_transfer = true} : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
  %14 = "stablehlo.partition_id"() : () -> tensor<ui32>
  %15 = "stablehlo.replica_id"() : () -> tensor<ui32>
  %16 = "stablehlo.tuple"(%a, %b) : (tensor<f32>, tensor<2x3xf32>) -> tuple<tensor<f32>, tensor<2x3xf32>>
  %17 = "stablehlo.get_tuple_element"(%16) {index = 1 : i32} : (tuple<tensor<f32>, tensor<2x3xf32>>) -> tensor<2x3xf32>
  %18:2 = "stablehlo.optimization_barrier"(%a, %b) : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
  "stablehlo.optimization_barrier"() : () -> ()
  %19 = "stablehlo.if"(%p) ({ "stablehlo.return"(%a) : (tensor<f32>) -> () }, { stablehlo.return %a : tensor<f32> }) : (tensor<i1>) -> tensor<f32>
  %20:2 = "stablehlo.custom_call"(%a, %b) {call_target_name = "foo", has_side_effect = true, backend_config = "bar", api_version = 2 : i32, called_computations = [@d], operand_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>], result_layouts = [dense<> : tensor<0xindex>, dense<[1,0]> : tensor<2xindex>], output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], mhlo.xx = 3 : i32} : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
  %21 = "stablehlo.custom_call"(%a) {call_target_name = "foo", backend_config = {a = 1 : i32}, api_version = 4 : i32} : (tensor<f32>) -> tensor<f32>
  %22 = "stablehlo.map"(%b, %b) ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %x, %y : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) {dimensions = array<i64: 0, 1>} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %23 = "stablehlo.reduce"(%b, %a) ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>):
    %s = stablehlo.add %y, %x : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) {dimensions = array<i64: 1>, foo = 3} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
  %24:2 = "stablehlo.reduce"(%b, %b, %a, %a) ({
  ^bb0(%x: tensor<f32>, %y: tensor<f32>, %z1: tensor<f32>, %w: tensor<f32>):
    %s = stablehlo.add %y, %x : tensor<f32>
    stablehlo.return %s, %w : tensor<f32>, tensor<f32>
  }) {dimensions = array<i64: 1>, foo = 3} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
  %25 = "stablehlo.case"(%i) ({ stablehlo.return %a : tensor<f32> }, { stablehlo.return %a : tensor<f32> }) : (tensor<i32>) -> tensor<f32>
  %26 = "stablehlo.rng"(%a, %a, %i64) {rng_distribution = #stablehlo<rng_distribution UNIFORM>} : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
  %27:2 = "stablehlo.rng_bit_generator"(%u) {rng_algorithm = #stablehlo<rng_algorithm THREE_FRY>} : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x2xui64>)
  return
}
//| func.func @d(%arg0: tensor<f32>) -> tensor<f32> {
//| return %arg0 : tensor<f32>
//| }
//| func.func @f(%arg0: tensor<f32>, %arg1: tensor<2x3xf32>, %arg2: tensor<i1>, %arg3: !stablehlo.token, %arg4: tensor<i32>, %arg5: tensor<2xi64>, %arg6: tensor<2xui64>) {
//| %0 = stablehlo.composite "a.b" %arg0 {composite_attributes = {k = 1 : i64}, decomposition = @d, version = 3 : i32} : (tensor<f32>) -> tensor<f32>
//| %1 = stablehlo.after_all %arg3, %arg3 : !stablehlo.token
//| %2 = "stablehlo.all_gather"(%arg1) <{all_gather_dim = 1 : i64, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>, use_global_device_ids}> : (tensor<2x3xf32>) -> tensor<2x6xf32>
//| %3 = "stablehlo.all_reduce"(%arg1) <{replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>}> ({
//| ^bb0(%arg7: tensor<f32>, %arg8: tensor<f32>):
//| %4 = stablehlo.add %arg7, %arg8 : tensor<f32>
//| stablehlo.return %4 : tensor<f32>
//| }) : (tensor<2x3xf32>) -> tensor<2x3xf32>
//| %5 = "stablehlo.all_to_all"(%arg1) <{concat_dimension = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, split_count = 2 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<1x6xf32>
//| %6 = "stablehlo.collective_broadcast"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, replica_groups = dense<[[2, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
//| %7 = "stablehlo.collective_permute"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>, source_target_pairs = dense<[[0, 1], [1, 2]]> : tensor<2x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
//| %8 = "stablehlo.cross-replica-sum"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
//| %9 = "stablehlo.reduce_scatter"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, scatter_dimension = 0 : i64}> ({
//| ^bb0(%arg9: tensor<f32>, %arg10: tensor<f32>):
//| %10 = stablehlo.add %arg9, %arg10 : tensor<f32>
//| stablehlo.return %10 : tensor<f32>
//| }) : (tensor<2x3xf32>) -> tensor<1x3xf32>
//| %11 = stablehlo.create_token : !stablehlo.token
//| %12:2 = "stablehlo.infeed"(%arg3) <{infeed_config = "abc"}> {layout = [[0 : i64, 1 : i64]]} : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
//| %13 = "stablehlo.outfeed"(%arg1, %arg3) <{outfeed_config = ""}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
//| %14 = "stablehlo.send"(%arg1, %arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 2>, is_host_transfer = true}> : (tensor<2x3xf32>, !stablehlo.token) -> !stablehlo.token
//| %15:2 = "stablehlo.recv"(%arg3) <{channel_handle = #stablehlo.channel_handle<handle = 0, type = 3>, is_host_transfer = true}> : (!stablehlo.token) -> (tensor<2x3xf32>, !stablehlo.token)
//| %16 = stablehlo.partition_id : tensor<ui32>
//| %17 = stablehlo.replica_id : tensor<ui32>
//| %18 = stablehlo.tuple %arg0, %arg1 : tuple<tensor<f32>, tensor<2x3xf32>>
//| %19 = stablehlo.get_tuple_element %18[1] : (tuple<tensor<f32>, tensor<2x3xf32>>) -> tensor<2x3xf32>
//| %20:2 = stablehlo.optimization_barrier %arg0, %arg1 : tensor<f32>, tensor<2x3xf32>
//| stablehlo.optimization_barrier()
//| %21 = "stablehlo.if"(%arg2) ({
//| stablehlo.return %arg0 : tensor<f32>
//| }, {
//| stablehlo.return %arg0 : tensor<f32>
//| }) : (tensor<i1>) -> tensor<f32>
//| %22:2 = stablehlo.custom_call @foo(%arg0, %arg1) {api_version = 2 : i32, backend_config = "bar", called_computations = [@d], has_side_effect = true, output_operand_aliases = [#stablehlo.output_operand_alias<output_tuple_indices = [0], operand_index = 0, operand_tuple_indices = []>], operand_layouts = [dense<> : tensor<0xindex>, dense<[1, 0]> : tensor<2xindex>], result_layouts = [dense<> : tensor<0xindex>, dense<[1,0]> : tensor<2xindex>], mhlo.xx = 3 : i32} : (tensor<f32>, tensor<2x3xf32>) -> (tensor<f32>, tensor<2x3xf32>)
//| %23 = stablehlo.custom_call @foo(%arg0) {api_version = 4 : i32, backend_config = {a = 1 : i32}} : (tensor<f32>) -> tensor<f32>
//| %24 = "stablehlo.map"(%arg1, %arg1) <{dimensions = array<i64: 0, 1>}> ({
//| ^bb0(%arg11: tensor<f32>, %arg12: tensor<f32>):
//| %25 = stablehlo.add %arg11, %arg12 : tensor<f32>
//| stablehlo.return %25 : tensor<f32>
//| }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
//| %26 = stablehlo.reduce(%arg1 init: %arg0) across dimensions = [1] {foo = 3 : i64} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
//| reducer(%arg13: tensor<f32>, %arg14: tensor<f32>) {
//| %27 = stablehlo.add %arg14, %arg13 : tensor<f32>
//| stablehlo.return %27 : tensor<f32>
//| }
//| %28:2 = stablehlo.reduce(%arg1 init: %arg0), (%arg1 init: %arg0) across dimensions = [1] {foo = 3 : i64} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
//| reducer(%arg15: tensor<f32>, %arg16: tensor<f32>) (%arg17: tensor<f32>, %arg18: tensor<f32>) {
//| %29 = stablehlo.add %arg17, %arg15 : tensor<f32>
//| stablehlo.return %29, %arg18 : tensor<f32>, tensor<f32>
//| }
//| %30 = "stablehlo.case"(%arg4) ({
//| stablehlo.return %arg0 : tensor<f32>
//| }, {
//| stablehlo.return %arg0 : tensor<f32>
//| }) : (tensor<i32>) -> tensor<f32>
//| %31 = stablehlo.rng %arg0, %arg0, %arg5, distribution = UNIFORM : (tensor<f32>, tensor<f32>, tensor<2xi64>) -> tensor<2x3xf32>
//| %32:2 = stablehlo.rng_bit_generator %arg6, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2x2xui64>)
//| return
//| }
