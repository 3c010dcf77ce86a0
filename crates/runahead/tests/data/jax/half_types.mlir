module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<24xf32>, %arg1: tensor<24xf32>) -> (tensor<24xf32> {jax.result_info = "result[0]"}, tensor<24xf32> {jax.result_info = "result[1]"}, tensor<24xf32> {jax.result_info = "result[2]"}, tensor<24xf32> {jax.result_info = "result[3]"}, tensor<f32> {jax.result_info = "result[4]"}, tensor<f32> {jax.result_info = "result[5]"}, tensor<24xf32> {jax.result_info = "result[6]"}, tensor<24xf32> {jax.result_info = "result[7]"}, tensor<24xf32> {jax.result_info = "result[8]"}, tensor<24xf32> {jax.result_info = "result[9]"}, tensor<24xf32> {jax.result_info = "result[10]"}, tensor<24xf32> {jax.result_info = "result[11]"}, tensor<f32> {jax.result_info = "result[12]"}, tensor<f32> {jax.result_info = "result[13]"}, tensor<24xf32> {jax.result_info = "result[14]"}, tensor<24xf32> {jax.result_info = "result[15]"}) {
    %0 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xbf16>
    %1 = stablehlo.convert %arg1 : (tensor<24xf32>) -> tensor<24xbf16>
    %2 = stablehlo.add %0, %1 : tensor<24xbf16>
    %3 = stablehlo.multiply %0, %1 : tensor<24xbf16>
    %4 = stablehlo.exponential %0 : tensor<24xbf16>
    %cst = stablehlo.constant dense<0xFF80> : tensor<bf16>
    %5 = stablehlo.reduce(%0 init: %cst) applies stablehlo.maximum across dimensions = [0] : (tensor<24xbf16>, tensor<bf16>) -> tensor<bf16>
    %cst_0 = stablehlo.constant dense<0xFF80> : tensor<bf16>
    %6 = stablehlo.maximum %cst_0, %5 : tensor<bf16>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<bf16>) -> tensor<1xbf16>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<1xbf16>) -> tensor<24xbf16>
    %9 = stablehlo.subtract %0, %8 : tensor<24xbf16>
    %10 = stablehlo.exponential %9 : tensor<24xbf16>
    %11 = stablehlo.convert %10 : (tensor<24xbf16>) -> tensor<24xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %12 = stablehlo.reduce(%11 init: %cst_1) applies stablehlo.add across dimensions = [0] : (tensor<24xf32>, tensor<f32>) -> tensor<f32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<f32>) -> tensor<1xf32>
    %14 = stablehlo.convert %13 : (tensor<1xf32>) -> tensor<1xbf16>
    %15 = stablehlo.broadcast_in_dim %14, dims = [0] : (tensor<1xbf16>) -> tensor<24xbf16>
    %16 = stablehlo.divide %10, %15 : tensor<24xbf16>
    %17 = stablehlo.multiply %0, %1 : tensor<24xbf16>
    %18 = stablehlo.convert %17 : (tensor<24xbf16>) -> tensor<24xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.reduce(%18 init: %cst_2) applies stablehlo.add across dimensions = [0] : (tensor<24xf32>, tensor<f32>) -> tensor<f32>
    %20 = stablehlo.convert %19 : (tensor<f32>) -> tensor<bf16>
    %21 = stablehlo.dot_general %0, %1, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<24xbf16>, tensor<24xbf16>) -> tensor<bf16>
    %22 = stablehlo.multiply %1, %1 : tensor<24xbf16>
    %23 = stablehlo.multiply %22, %1 : tensor<24xbf16>
    %cst_3 = stablehlo.constant dense<4.467770e-02> : tensor<bf16>
    %24 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<bf16>) -> tensor<24xbf16>
    %25 = stablehlo.multiply %24, %23 : tensor<24xbf16>
    %26 = stablehlo.add %1, %25 : tensor<24xbf16>
    %cst_4 = stablehlo.constant dense<7.968750e-01> : tensor<bf16>
    %27 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<bf16>) -> tensor<24xbf16>
    %28 = stablehlo.multiply %27, %26 : tensor<24xbf16>
    %29 = stablehlo.tanh %28 : tensor<24xbf16>
    %cst_5 = stablehlo.constant dense<1.000000e+00> : tensor<bf16>
    %30 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<bf16>) -> tensor<24xbf16>
    %31 = stablehlo.add %30, %29 : tensor<24xbf16>
    %cst_6 = stablehlo.constant dense<5.000000e-01> : tensor<bf16>
    %32 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<bf16>) -> tensor<24xbf16>
    %33 = stablehlo.multiply %32, %31 : tensor<24xbf16>
    %34 = stablehlo.multiply %1, %33 : tensor<24xbf16>
    %35 = stablehlo.abs %1 : tensor<24xbf16>
    %36 = stablehlo.rsqrt %35 : tensor<24xbf16>
    %37 = stablehlo.convert %arg0 : (tensor<24xf32>) -> tensor<24xf16>
    %38 = stablehlo.convert %arg1 : (tensor<24xf32>) -> tensor<24xf16>
    %39 = stablehlo.add %37, %38 : tensor<24xf16>
    %40 = stablehlo.multiply %37, %38 : tensor<24xf16>
    %41 = stablehlo.exponential %37 : tensor<24xf16>
    %cst_7 = stablehlo.constant dense<0xFC00> : tensor<f16>
    %42 = stablehlo.reduce(%37 init: %cst_7) applies stablehlo.maximum across dimensions = [0] : (tensor<24xf16>, tensor<f16>) -> tensor<f16>
    %cst_8 = stablehlo.constant dense<0xFC00> : tensor<f16>
    %43 = stablehlo.maximum %cst_8, %42 : tensor<f16>
    %44 = stablehlo.broadcast_in_dim %43, dims = [] : (tensor<f16>) -> tensor<1xf16>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0] : (tensor<1xf16>) -> tensor<24xf16>
    %46 = stablehlo.subtract %37, %45 : tensor<24xf16>
    %47 = stablehlo.exponential %46 : tensor<24xf16>
    %48 = stablehlo.convert %47 : (tensor<24xf16>) -> tensor<24xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %49 = stablehlo.reduce(%48 init: %cst_9) applies stablehlo.add across dimensions = [0] : (tensor<24xf32>, tensor<f32>) -> tensor<f32>
    %50 = stablehlo.broadcast_in_dim %49, dims = [] : (tensor<f32>) -> tensor<1xf32>
    %51 = stablehlo.convert %50 : (tensor<1xf32>) -> tensor<1xf16>
    %52 = stablehlo.broadcast_in_dim %51, dims = [0] : (tensor<1xf16>) -> tensor<24xf16>
    %53 = stablehlo.divide %47, %52 : tensor<24xf16>
    %54 = stablehlo.multiply %37, %38 : tensor<24xf16>
    %55 = stablehlo.convert %54 : (tensor<24xf16>) -> tensor<24xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %56 = stablehlo.reduce(%55 init: %cst_10) applies stablehlo.add across dimensions = [0] : (tensor<24xf32>, tensor<f32>) -> tensor<f32>
    %57 = stablehlo.convert %56 : (tensor<f32>) -> tensor<f16>
    %58 = stablehlo.dot_general %37, %38, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<24xf16>, tensor<24xf16>) -> tensor<f16>
    %59 = stablehlo.multiply %38, %38 : tensor<24xf16>
    %60 = stablehlo.multiply %59, %38 : tensor<24xf16>
    %cst_11 = stablehlo.constant dense<4.470830e-02> : tensor<f16>
    %61 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f16>) -> tensor<24xf16>
    %62 = stablehlo.multiply %61, %60 : tensor<24xf16>
    %63 = stablehlo.add %38, %62 : tensor<24xf16>
    %cst_12 = stablehlo.constant dense<7.978520e-01> : tensor<f16>
    %64 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f16>) -> tensor<24xf16>
    %65 = stablehlo.multiply %64, %63 : tensor<24xf16>
    %66 = stablehlo.tanh %65 : tensor<24xf16>
    %cst_13 = stablehlo.constant dense<1.000000e+00> : tensor<f16>
    %67 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f16>) -> tensor<24xf16>
    %68 = stablehlo.add %67, %66 : tensor<24xf16>
    %cst_14 = stablehlo.constant dense<5.000000e-01> : tensor<f16>
    %69 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f16>) -> tensor<24xf16>
    %70 = stablehlo.multiply %69, %68 : tensor<24xf16>
    %71 = stablehlo.multiply %38, %70 : tensor<24xf16>
    %72 = stablehlo.abs %38 : tensor<24xf16>
    %73 = stablehlo.rsqrt %72 : tensor<24xf16>
    %74 = stablehlo.convert %2 : (tensor<24xbf16>) -> tensor<24xf32>
    %75 = stablehlo.convert %3 : (tensor<24xbf16>) -> tensor<24xf32>
    %76 = stablehlo.convert %4 : (tensor<24xbf16>) -> tensor<24xf32>
    %77 = stablehlo.convert %16 : (tensor<24xbf16>) -> tensor<24xf32>
    %78 = stablehlo.convert %20 : (tensor<bf16>) -> tensor<f32>
    %79 = stablehlo.convert %21 : (tensor<bf16>) -> tensor<f32>
    %80 = stablehlo.convert %34 : (tensor<24xbf16>) -> tensor<24xf32>
    %81 = stablehlo.convert %36 : (tensor<24xbf16>) -> tensor<24xf32>
    %82 = stablehlo.convert %39 : (tensor<24xf16>) -> tensor<24xf32>
    %83 = stablehlo.convert %40 : (tensor<24xf16>) -> tensor<24xf32>
    %84 = stablehlo.convert %41 : (tensor<24xf16>) -> tensor<24xf32>
    %85 = stablehlo.convert %53 : (tensor<24xf16>) -> tensor<24xf32>
    %86 = stablehlo.convert %57 : (tensor<f16>) -> tensor<f32>
    %87 = stablehlo.convert %58 : (tensor<f16>) -> tensor<f32>
    %88 = stablehlo.convert %71 : (tensor<24xf16>) -> tensor<24xf32>
    %89 = stablehlo.convert %73 : (tensor<24xf16>) -> tensor<24xf32>
    return %74, %75, %76, %77, %78, %79, %80, %81, %82, %83, %84, %85, %86, %87, %88, %89 : tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<f32>, tensor<f32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<f32>, tensor<f32>, tensor<24xf32>, tensor<24xf32>
  }
}
