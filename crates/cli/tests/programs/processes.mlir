module @all_gather {
  func.func @ag(%operand : tensor<2x2xi64>) -> tensor<2x4xi64> {
    %r = "stablehlo.all_gather"(%operand) {all_gather_dim = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>, channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>} : (tensor<2x2xi64>) -> tensor<2x4xi64>
    return %r : tensor<2x4xi64>
  }
  func.func @main() {
    %a = stablehlo.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
    %b = stablehlo.constant dense<[[5, 6], [7, 8]]> : tensor<2x2xi64>
    %r:2 = "interpreter.run_parallel"(%a, %b) {programs = [[@ag], [@ag]]} : (tensor<2x2xi64>, tensor<2x2xi64>) -> (tensor<2x4xi64>, tensor<2x4xi64>)
    check.expect_eq_const %r#0, dense<[[1, 2, 5, 6], [3, 4, 7, 8]]> : tensor<2x4xi64>
    check.expect_eq_const %r#1, dense<[[1, 2, 5, 6], [3, 4, 7, 8]]> : tensor<2x4xi64>
    func.return
  }
}
// -----
module @all_reduce_partitions {
  func.func @ar(%operand : tensor<4xi64>) -> tensor<4xi64> {
    %r = "stablehlo.all_reduce"(%operand) ({
      ^bb0(%x: tensor<i64>, %y: tensor<i64>):
        %s = stablehlo.add %x, %y : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {replica_groups = dense<[[0], [1]]> : tensor<2x1xi64>, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>} : (tensor<4xi64>) -> tensor<4xi64>
    return %r : tensor<4xi64>
  }
  func.func @main() {
    %a = stablehlo.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
    %b = stablehlo.constant dense<[5, 6, 7, 8]> : tensor<4xi64>
    %r:4 = "interpreter.run_parallel"(%a, %b, %a, %a) {programs = [["ar", "ar"], ["ar", "ar"]]} : (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>) -> (tensor<4xi64>, tensor<4xi64>, tensor<4xi64>, tensor<4xi64>)
    check.expect_eq_const %r#0, dense<[6, 8, 10, 12]> : tensor<4xi64>
    func.return
  }
}
// -----
module @infeed {
  func.func @q0() -> (tensor<2xi64>, tensor<i1>) {
    %a = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
    %t = stablehlo.constant dense<true> : tensor<i1>
    return %a, %t : tensor<2xi64>, tensor<i1>
  }
  func.func @q1() -> (tensor<2xi64>, tensor<i1>) {
    %a = stablehlo.constant dense<[3, 4]> : tensor<2xi64>
    %t = stablehlo.constant dense<false> : tensor<i1>
    return %a, %t : tensor<2xi64>, tensor<i1>
  }
  func.func @p() -> (tensor<2xi64>, tensor<2xi64>) {
    %t = stablehlo.after_all : !stablehlo.token
    %r0:3 = "stablehlo.infeed"(%t) <{infeed_config = "", layout = [[0], []]}> : (!stablehlo.token) -> (tensor<2xi64>, tensor<i1>, !stablehlo.token)
    %r1:3 = "stablehlo.infeed"(%r0#2) <{infeed_config = "", layout = [[0], []]}> : (!stablehlo.token) -> (tensor<2xi64>, tensor<i1>, !stablehlo.token)
    %o = "stablehlo.outfeed"(%r0#0, %r1#2) <{outfeed_config = ""}> : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    return %r0#0, %r1#0 : tensor<2xi64>, tensor<2xi64>
  }
  func.func @main() {
    %r:2 = "interpreter.run_parallel"() {infeed = [@q0, @q1], programs = [[@p]]} : () -> (tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#0, dense<[1, 2]> : tensor<2xi64>
    check.expect_eq_const %r#1, dense<[3, 4]> : tensor<2xi64>
    func.return
  }
}
// -----
module @send_recv {
  func.func @send(%x : tensor<2xi64>) -> !stablehlo.token {
    %t = stablehlo.create_token : !stablehlo.token
    %r = "stablehlo.send"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, is_host_transfer = false} : (tensor<2xi64>, !stablehlo.token) -> !stablehlo.token
    return %r : !stablehlo.token
  }
  func.func @recv(%t0: !stablehlo.token) -> (tensor<2xi64>, !stablehlo.token) {
    %r:2 = "stablehlo.recv"(%t0) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, is_host_transfer = false} : (!stablehlo.token) -> (tensor<2xi64>, !stablehlo.token)
    return %r#0, %r#1 : tensor<2xi64>, !stablehlo.token
  }
  func.func @main() {
    %x = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
    %t = stablehlo.create_token : !stablehlo.token
    %r:3 = "interpreter.run_parallel"(%x, %t) {programs = [[@send], [@recv]]} : (tensor<2xi64>, !stablehlo.token) -> (!stablehlo.token, tensor<2xi64>, !stablehlo.token)
    check.expect_eq_const %r#1, dense<[1, 2]> : tensor<2xi64>
    func.return
  }
}
// -----
module @a2a_perm_bcast_rs {
  func.func @f(%x : tensor<2x4xi64>) -> (tensor<4x2xi64>, tensor<2x4xi64>, tensor<2x4xi64>, tensor<2x2xi64>, tensor<ui32>, tensor<ui32>) {
    %a = "stablehlo.all_to_all"(%x) {split_dimension = 1 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x4xi64>) -> tensor<4x2xi64>
    %b = "stablehlo.collective_permute"(%x) {source_target_pairs = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x4xi64>) -> tensor<2x4xi64>
    %c = "stablehlo.collective_broadcast"(%x) {replica_groups = dense<[[1, 0]]> : tensor<1x2xi64>} : (tensor<2x4xi64>) -> tensor<2x4xi64>
    %d = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%p: tensor<i64>, %q: tensor<i64>):
        %s = stablehlo.add %p, %q : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {scatter_dimension = 1 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x4xi64>) -> tensor<2x2xi64>
    %e = stablehlo.replica_id : tensor<ui32>
    %f = stablehlo.partition_id : tensor<ui32>
    return %a, %b, %c, %d, %e, %f : tensor<4x2xi64>, tensor<2x4xi64>, tensor<2x4xi64>, tensor<2x2xi64>, tensor<ui32>, tensor<ui32>
  }
  func.func @main() {
    %x = stablehlo.constant dense<[[1, 2, 3, 4], [5, 6, 7, 8]]> : tensor<2x4xi64>
    %y = stablehlo.constant dense<[[11, 12, 13, 14], [15, 16, 17, 18]]> : tensor<2x4xi64>
    %r:12 = "interpreter.run_parallel"(%x, %y) {programs = [[@f], [@f]]} : (tensor<2x4xi64>, tensor<2x4xi64>) -> (tensor<4x2xi64>, tensor<2x4xi64>, tensor<2x4xi64>, tensor<2x2xi64>, tensor<ui32>, tensor<ui32>, tensor<4x2xi64>, tensor<2x4xi64>, tensor<2x4xi64>, tensor<2x2xi64>, tensor<ui32>, tensor<ui32>)
    check.expect_eq_const %r#0, dense<[[1, 2], [5, 6], [11, 12], [15, 16]]> : tensor<4x2xi64>
    check.expect_eq_const %r#6, dense<[[3, 4], [7, 8], [13, 14], [17, 18]]> : tensor<4x2xi64>
    check.expect_eq_const %r#1, dense<0> : tensor<2x4xi64>
    check.expect_eq_const %r#7, dense<[[1, 2, 3, 4], [5, 6, 7, 8]]> : tensor<2x4xi64>
    check.expect_eq_const %r#2, dense<[[11, 12, 13, 14], [15, 16, 17, 18]]> : tensor<2x4xi64>
    check.expect_eq_const %r#3, dense<[[12, 14], [20, 22]]> : tensor<2x2xi64>
    check.expect_eq_const %r#9, dense<[[16, 18], [24, 26]]> : tensor<2x2xi64>
    check.expect_eq_const %r#10, dense<1> : tensor<ui32>
    check.expect_eq_const %r#5, dense<0> : tensor<ui32>
    func.return
  }
}
// -----
module @to_the_first {
  func.func @f(%x : tensor<2xi64>) -> (tensor<2xi64>, tensor<2xi64>) {
    %a = "stablehlo.collective_reduce"(%x) ({
      ^bb0(%p: tensor<i64>, %q: tensor<i64>):
        %s = stablehlo.subtract %p, %q : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {replica_groups = dense<[[2, 0], [1, -1]]> : tensor<2x2xi64>} : (tensor<2xi64>) -> tensor<2xi64>
    %b = "stablehlo.collective_permute"(%x) {source_target_pairs = dense<[[0, 0], [1, 2]]> : tensor<2x2xi64>} : (tensor<2xi64>) -> tensor<2xi64>
    return %a, %b : tensor<2xi64>, tensor<2xi64>
  }
  func.func @main() {
    %x = stablehlo.constant dense<[1, 2]> : tensor<2xi64>
    %y = stablehlo.constant dense<[10, 20]> : tensor<2xi64>
    %z = stablehlo.constant dense<[100, 200]> : tensor<2xi64>
    %r:6 = "interpreter.run_parallel"(%x, %y, %z) {programs = [[@f], [@f], [@f]]} : (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %r#0, dense<0> : tensor<2xi64>
    check.expect_eq_const %r#1, dense<[1, 2]> : tensor<2xi64>
    check.expect_eq_const %r#2, dense<[10, 20]> : tensor<2xi64>
    check.expect_eq_const %r#3, dense<0> : tensor<2xi64>
    check.expect_eq_const %r#4, dense<[99, 198]> : tensor<2xi64>
    check.expect_eq_const %r#5, dense<[10, 20]> : tensor<2xi64>
    func.return
  }
}
// -----
module @along_an_axis_of_a_mesh {
  func.func @f(%x : tensor<i64>) -> tensor<i64> {
    %a = "stablehlo.all_reduce"(%x) ({
      ^bb0(%p: tensor<i64>, %q: tensor<i64>):
        %s = stablehlo.add %p, %q : tensor<i64>
        stablehlo.return %s : tensor<i64>
    }) {
      replica_groups = #stablehlo.replica_group_mesh_axes<mesh = #stablehlo.mesh<axes = [#stablehlo.mesh_axis<name = "x", size = 2>, #stablehlo.mesh_axis<name = "y", size = 2>]>, axes = [#stablehlo.axis_ref<name = "x">]>,
      channel_handle = #stablehlo.channel_handle<handle = 0, type = 0>
    } : (tensor<i64>) -> tensor<i64>
    return %a : tensor<i64>
  }
  func.func @main() {
    %a = stablehlo.constant dense<1> : tensor<i64>
    %b = stablehlo.constant dense<2> : tensor<i64>
    %c = stablehlo.constant dense<4> : tensor<i64>
    %d = stablehlo.constant dense<8> : tensor<i64>
    %r:4 = "interpreter.run_parallel"(%a, %b, %c, %d) {programs = [[@f], [@f], [@f], [@f]]} : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>) -> (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>)
    check.expect_eq_const %r#0, dense<5> : tensor<i64>
    check.expect_eq_const %r#1, dense<10> : tensor<i64>
    check.expect_eq_const %r#2, dense<5> : tensor<i64>
    check.expect_eq_const %r#3, dense<10> : tensor<i64>
    func.return
  }
}
