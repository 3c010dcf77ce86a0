module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<7xf32>, %arg1: tensor<i32>) -> (tensor<7xf32> {jax.result_info = "result[0]"}, tensor<7xf32> {jax.result_info = "result[1]"}) {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %c_0 = stablehlo.constant dense<0> : tensor<i64>
    %0:3 = stablehlo.while(%iterArg = %c_0, %iterArg_4 = %c, %iterArg_5 = %arg0) : tensor<i64>, tensor<i64>, tensor<7xf32>
    cond {
      %c_6 = stablehlo.constant dense<5> : tensor<i64>
      %6 = stablehlo.compare LT, %iterArg, %c_6, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %6 : tensor<i1>
    } do {
      %6:2 = func.call @closed_call(%iterArg_4, %iterArg_5) : (tensor<i64>, tensor<7xf32>) -> (tensor<i64>, tensor<7xf32>)
      %c_6 = stablehlo.constant dense<1> : tensor<i64>
      %7 = stablehlo.add %iterArg, %c_6 : tensor<i64>
      stablehlo.return %7, %6#0, %6#1 : tensor<i64>, tensor<i64>, tensor<7xf32>
    }
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.compare GT, %arg1, %c_1, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %2 = stablehlo.convert %1 : (tensor<i1>) -> tensor<i32>
    %3 = "stablehlo.case"(%2) ({
      %6 = stablehlo.cosine %0#2 : tensor<7xf32>
      stablehlo.return %6 : tensor<7xf32>
    }, {
      %6 = stablehlo.sine %0#2 : tensor<7xf32>
      stablehlo.return %6 : tensor<7xf32>
    }) : (tensor<i32>) -> tensor<7xf32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %c_3 = stablehlo.constant dense<2> : tensor<i32>
    %4 = stablehlo.clamp %c_2, %arg1, %c_3 : tensor<i32>
    %5 = "stablehlo.case"(%4) ({
      %6 = stablehlo.exponential %0#2 : tensor<7xf32>
      stablehlo.return %6 : tensor<7xf32>
    }, {
      %6 = stablehlo.tanh %0#2 : tensor<7xf32>
      stablehlo.return %6 : tensor<7xf32>
    }, {
      %6 = stablehlo.abs %0#2 : tensor<7xf32>
      stablehlo.return %6 : tensor<7xf32>
    }) : (tensor<i32>) -> tensor<7xf32>
    return %3, %5 : tensor<7xf32>, tensor<7xf32>
  }
  func.func private @closed_call(%arg0: tensor<i64>, %arg1: tensor<7xf32>) -> (tensor<i64>, tensor<7xf32>) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg0, %c : tensor<i64>
    %c_0 = stablehlo.constant dense<1> : tensor<i64>
    %1 = stablehlo.add %arg0, %c_0 : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %2 = stablehlo.compare LT, %1, %c_1, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    %3 = stablehlo.convert %1 : tensor<i64>
    %c_2 = stablehlo.constant dense<7> : tensor<i64>
    %4 = stablehlo.add %3, %c_2 : tensor<i64>
    %5 = stablehlo.select %2, %4, %1 : tensor<i1>, tensor<i64>
    %6 = stablehlo.dynamic_slice %arg1, %5, sizes = [1] : (tensor<7xf32>, tensor<i64>) -> tensor<1xf32>
    %7 = stablehlo.reshape %6 : (tensor<1xf32>) -> tensor<f32>
    %c_3 = stablehlo.constant dense<0> : tensor<i64>
    %8 = stablehlo.compare LT, %arg0, %c_3, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    %c_4 = stablehlo.constant dense<7> : tensor<i64>
    %9 = stablehlo.add %arg0, %c_4 : tensor<i64>
    %10 = stablehlo.select %8, %9, %arg0 : tensor<i1>, tensor<i64>
    %11 = stablehlo.convert %10 : (tensor<i64>) -> tensor<i32>
    %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<i32>) -> tensor<1xi32>
    %13 = "stablehlo.scatter"(%arg1, %12, %7) <{indices_are_sorted = true, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0]>, unique_indices = true}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %14 = stablehlo.add %arg2, %arg3 : tensor<f32>
      stablehlo.return %14 : tensor<f32>
    }) : (tensor<7xf32>, tensor<1xi32>, tensor<f32>) -> tensor<7xf32>
    return %0, %13 : tensor<i64>, tensor<7xf32>
  }
}
