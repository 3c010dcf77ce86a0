module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<9x4xf32>, %arg1: tensor<2x6xi32>, %arg2: tensor<2x6x4xf32>) -> (tensor<9x4xf32> {jax.result_info = "result[0]"}, tensor<9x4xf32> {jax.result_info = "result[1]"}) {
    %0 = call @_one_hot(%arg1) : (tensor<2x6xi32>) -> tensor<2x6x9xf64>
    %1 = stablehlo.convert %0 : tensor<2x6x9xf64>
    %2 = stablehlo.convert %arg0 : (tensor<9x4xf32>) -> tensor<9x4xf64>
    %3 = stablehlo.dot_general %1, %2, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x6x9xf64>, tensor<9x4xf64>) -> tensor<2x6x4xf64>
    %4 = stablehlo.convert %arg2 : (tensor<2x6x4xf32>) -> tensor<2x6x4xf64>
    %5 = stablehlo.multiply %3, %4 : tensor<2x6x4xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %6 = stablehlo.reduce(%5 init: %cst) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x6x4xf64>, tensor<f64>) -> tensor<f64>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<2x6x4xf64>
    %8 = stablehlo.multiply %7, %4 : tensor<2x6x4xf64>
    %9 = stablehlo.dot_general %8, %0, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<2x6x4xf64>, tensor<2x6x9xf64>) -> tensor<4x9xf64>
    %10 = stablehlo.transpose %9, dims = [1, 0] : (tensor<4x9xf64>) -> tensor<9x4xf64>
    %11 = stablehlo.convert %10 : (tensor<9x4xf64>) -> tensor<9x4xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %12 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %13 = stablehlo.compare LT, %arg1, %12, SIGNED : (tensor<2x6xi32>, tensor<2x6xi32>) -> tensor<2x6xi1>
    %c_1 = stablehlo.constant dense<9> : tensor<i32>
    %14 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<2x6xi32>
    %15 = stablehlo.add %arg1, %14 : tensor<2x6xi32>
    %16 = stablehlo.select %13, %15, %arg1 : tensor<2x6xi1>, tensor<2x6xi32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %18 = "stablehlo.gather"(%arg0, %17) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 4>}> : (tensor<9x4xf32>, tensor<2x6x1xi32>) -> tensor<2x6x4xf32>
    %19 = stablehlo.multiply %18, %arg2 : tensor<2x6x4xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %20 = stablehlo.reduce(%19 init: %cst_2) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<2x6x4xf32>, tensor<f32>) -> tensor<f32>
    %cst_3 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<2x6x4xf32>
    %22 = stablehlo.multiply %21, %arg2 : tensor<2x6x4xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<9x4xf32>
    %24 = "stablehlo.scatter"(%23, %17, %22) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg3: tensor<f32>, %arg4: tensor<f32>):
      %25 = stablehlo.add %arg3, %arg4 : tensor<f32>
      stablehlo.return %25 : tensor<f32>
    }) : (tensor<9x4xf32>, tensor<2x6x1xi32>, tensor<2x6x4xf32>) -> tensor<9x4xf32>
    return %24, %11 : tensor<9x4xf32>, tensor<9x4xf32>
  }
  func.func private @_one_hot(%arg0: tensor<2x6xi32>) -> tensor<2x6x9xf64> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0, 1] : (tensor<2x6xi32>) -> tensor<2x6x1xi32>
    %1 = stablehlo.iota dim = 2 : tensor<1x1x9xi32>
    %2 = stablehlo.broadcast_in_dim %0, dims = [0, 1, 2] : (tensor<2x6x1xi32>) -> tensor<2x6x9xi32>
    %3 = stablehlo.broadcast_in_dim %1, dims = [0, 1, 2] : (tensor<1x1x9xi32>) -> tensor<2x6x9xi32>
    %4 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<2x6x9xi32>, tensor<2x6x9xi32>) -> tensor<2x6x9xi1>
    %5 = stablehlo.convert %4 : (tensor<2x6x9xi1>) -> tensor<2x6x9xf64>
    return %5 : tensor<2x6x9xf64>
  }
}
