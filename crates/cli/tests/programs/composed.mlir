// Operations that are written out in others, with results evaluated by their definitions.

func.func @einsums() {
  %a = stablehlo.constant dense<[[[-1.05, 0.18, -0.52, 0.42], [0.5, -1.74, -1.95, 1.35], [-0.96, -1.06, 1.98, -0.12]], [[1.35, -0.09, 0.56, -1.4], [0.54, 1.47, 0.09, 0.97], [0.69, -1.74, 1.03, 0.36]]]> : tensor<2x3x4xf64>
  %b = stablehlo.constant dense<[[[-0.79, -1.88], [1.46, -0.11], [0.88, 1.52], [0.86, 1.68]], [[-0.42, 1.2], [-0.22, 1.74], [1.52, -1.61], [-1.46, -1.13]], [[1.86, -0.26], [0.51, -0.8], [0.03, -0.46], [-0.6, 0.34]]]> : tensor<3x4x2xf64>
  %batched = "stablehlo.einsum"(%a, %b) {einsum_config = "ijk,jkl->lij"} : (tensor<2x3x4xf64>, tensor<3x4x2xf64>) -> tensor<2x2x3xf64>
  check.expect_almost_eq_const %batched, dense<[[[0.9959, -4.7622, -2.1948], [-1.9091, -1.8296, 0.2108999999999999]], [[1.8693999999999997, -0.8135999999999999, 0.14600000000000007], [-4.0289, 1.9648000000000003, 0.8612000000000002]]]> : tensor<2x2x3xf64>
  %contracted = "stablehlo.einsum"(%a, %b) {einsum_config = "ijk,jkl->il"} : (tensor<2x3x4xf64>, tensor<3x4x2xf64>) -> tensor<2x2xf64>
  check.expect_almost_eq_const %contracted, dense<[[-5.9611, 1.2018], [-3.5277999999999996, -1.2028999999999996]]> : tensor<2x2xf64>
  %m = stablehlo.constant dense<[[0.34, 1.62, 0.73], [1.72, 1.43, 1.96], [0.69, -1.35, 1.44]]> : tensor<3x3xf64>
  %diagonal = "stablehlo.unary_einsum"(%m) {einsum_config = "ii->i"} : (tensor<3x3xf64>) -> tensor<3xf64>
  check.expect_almost_eq_const %diagonal, dense<[0.34, 1.43, 1.44]> : tensor<3xf64>
  %trace = "stablehlo.unary_einsum"(%m) {einsum_config = "ii->"} : (tensor<3x3xf64>) -> tensor<f64>
  check.expect_almost_eq_const %trace, dense<3.21> : tensor<f64>
  %sums = "stablehlo.unary_einsum"(%m) {einsum_config = "ab->b"} : (tensor<3x3xf64>) -> tensor<3xf64>
  check.expect_almost_eq_const %sums, dense<[2.75, 1.6999999999999997, 4.13]> : tensor<3xf64>
  return
}

// -----

func.func @index_select() {
  %x = stablehlo.constant dense<[[[1.86, 1.62, 0.28], [0.86, -1.16, 1.33], [0.29, -0.86, -1.75], [1.42, 1.96, -1.65]], [[1.2, -0.36, -1.4], [-0.82, 1.08, 1.49], [-1.82, 0.46, -1.82], [0.87, -0.68, 1.52]]]> : tensor<2x4x3xf64>
  %i = stablehlo.constant dense<[[2, 0], [1, 3]]> : tensor<2x2xi32>
  %batched = "stablehlo.torch_index_select"(%x, %i) {dim = 1 : i64, batch_dims = 1 : i64} : (tensor<2x4x3xf64>, tensor<2x2xi32>) -> tensor<2x2x3xf64>
  check.expect_eq_const %batched, dense<[[[0.29, -0.86, -1.75], [1.86, 1.62, 0.28]], [[-0.82, 1.08, 1.49], [0.87, -0.68, 1.52]]]> : tensor<2x2x3xf64>
  %j = stablehlo.constant dense<[3, 1]> : tensor<2xi32>
  %plain = "stablehlo.torch_index_select"(%x, %j) {dim = 1 : i64, batch_dims = 0 : i64} : (tensor<2x4x3xf64>, tensor<2xi32>) -> tensor<2x2x3xf64>
  check.expect_eq_const %plain, dense<[[[1.42, 1.96, -1.65], [0.86, -1.16, 1.33]], [[0.87, -0.68, 1.52], [-0.82, 1.08, 1.49]]]> : tensor<2x2x3xf64>
  return
}

// -----

func.func @batch_norm() {
  %x = stablehlo.constant dense<[[[1.92, 0.02], [1.99, -0.76]], [[-1.69, 0.4], [-1.87, -1.21]], [[-0.37, 0.44], [-1.38, -1.83]]]> : tensor<3x2x2xf64>
  %g = stablehlo.constant dense<[[[1.47, -0.74], [1.83, 1.59]], [[-0.49, -0.16], [0.08, 0.58]], [[0.38, 0.24], [0.48, 1.76]]]> : tensor<3x2x2xf64>
  %scale = stablehlo.constant dense<[1.5, -0.5]> : tensor<2xf64>
  %offset = stablehlo.constant dense<[0.25, 1.0]> : tensor<2xf64>
  %r, %mean, %variance = "stablehlo.batch_norm_training"(%x, %scale, %offset) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<3x2x2xf64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<3x2x2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_almost_eq_const %r, dense<[[[2.758148664286894, 0.11065840753961698], [-0.0713722087771278, 0.9684890526830257]], [[-2.2720828235329327, 0.6401564588890725], [1.388214870945124, 1.1386481681946872]], [[-0.43277380305587676, 0.6958930958732257], [1.2029305007213147, 1.3730896162329762]]]> : tensor<3x2x2xf64>
  check.expect_almost_eq_const %mean, dense<[0.12, -0.8433333333333334]> : tensor<2xf64>
  check.expect_almost_eq_const %variance, dense<[1.1578333333333333, 1.7474555555555558]> : tensor<2xf64>
  %inferred = "stablehlo.batch_norm_inference"(%x, %scale, %offset, %mean, %variance) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<3x2x2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) -> tensor<3x2x2xf64>
  check.expect_almost_eq_const %inferred, dense<[[[2.758148664286894, 0.11065840753961698], [-0.0713722087771278, 0.9684890526830257]], [[-2.2720828235329327, 0.6401564588890725], [1.388214870945124, 1.1386481681946872]], [[-0.43277380305587676, 0.6958930958732257], [1.2029305007213147, 1.3730896162329762]]]> : tensor<3x2x2xf64>
  %gx, %gs, %go = "stablehlo.batch_norm_grad"(%x, %scale, %mean, %variance, %g) {epsilon = 0.001 : f32, feature_index = 1 : i64} : (tensor<3x2x2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<3x2x2xf64>) -> (tensor<3x2x2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_almost_eq_const %gx, dense<[[[0.6402672358074568, -1.1244991430903184], [0.015612093351435872, -0.19383361475888702]], [[0.4070693711444306, -0.5792544696792135], [0.25597422972367667, 0.1389558825559689]], [[0.7059826386157652, -0.049565632798120866], [0.1582113720255407, -0.3749199629199395]]]> : tensor<3x2x2xf64>
  check.expect_almost_eq_const %gs, dense<[3.207364775253097, 2.290392112302671]> : tensor<2xf64>
  check.expect_almost_eq_const %go, dense<[0.7, 6.32]> : tensor<2xf64>
  return
}

// -----

func.func @chlo_broadcasts() {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %y = stablehlo.constant dense<[[10], [20]]> : tensor<2x1xi32>
  %s = "chlo.broadcast_add"(%x, %y) : (tensor<3xi32>, tensor<2x1xi32>) -> tensor<2x3xi32>
  check.expect_eq_const %s, dense<[[11, 12, 13], [21, 22, 23]]> : tensor<2x3xi32>
  %z = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %c = "chlo.broadcast_compare"(%s, %z) {broadcast_dimensions = array<i64: 0>, comparison_direction = #stablehlo<comparison_direction GT>} : (tensor<2x3xi32>, tensor<2xi32>) -> tensor<2x3xi1>
  check.expect_eq_const %c, dense<true> : tensor<2x3xi1>
  %l = "chlo.constant_like"(%s) {value = 7 : i32} : (tensor<2x3xi32>) -> tensor<2x3xi32>
  check.expect_eq_const %l, dense<7> : tensor<2x3xi32>
  return
}

// -----

func.func @linear_algebra() {
  %a = stablehlo.constant dense<[[4.0, 2.0], [2.0, 10.0]]> : tensor<2x2xf32>
  %f = "stablehlo.cholesky"(%a) {lower = true} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  check.expect_almost_eq_const %f, dense<[[2.0, 0.0], [1.0, 3.0]]> : tensor<2x2xf32>
  %u = "stablehlo.cholesky"(%a) {lower = false} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  check.expect_almost_eq_const %u, dense<[[2.0, 1.0], [0.0, 3.0]]> : tensor<2x2xf32>
  %b = stablehlo.constant dense<[[2.0], [7.0]]> : tensor<2x1xf32>
  %x = "stablehlo.triangular_solve"(%f, %b) {left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>} : (tensor<2x2xf32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  check.expect_almost_eq_const %x, dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %h = stablehlo.convert %a : (tensor<2x2xf32>) -> tensor<2x2xbf16>
  %hf = "stablehlo.cholesky"(%h) {lower = true} : (tensor<2x2xbf16>) -> tensor<2x2xbf16>
  check.expect_eq_const %hf, dense<[[2.0, 0.0], [1.0, 3.0]]> : tensor<2x2xbf16>
  return
}
