module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16xf32>, %arg1: tensor<12xf32>, %arg2: tensor<5xf32>, %arg3: tensor<8x16xf32>, %arg4: tensor<16x12xf32>, %arg5: tensor<12x5xf32>, %arg6: tensor<16xf32>, %arg7: tensor<12xf32>, %arg8: tensor<5xf32>, %arg9: tensor<8x16xf32>, %arg10: tensor<16x12xf32>, %arg11: tensor<12x5xf32>, %arg12: tensor<16xf32>, %arg13: tensor<12xf32>, %arg14: tensor<5xf32>, %arg15: tensor<8x16xf32>, %arg16: tensor<16x12xf32>, %arg17: tensor<12x5xf32>, %arg18: tensor<6x8xf32>, %arg19: tensor<6xi32>) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<16xf32> {jax.result_info = "result[1]"}, tensor<12xf32> {jax.result_info = "result[2]"}, tensor<5xf32> {jax.result_info = "result[3]"}, tensor<8x16xf32> {jax.result_info = "result[4]"}, tensor<16x12xf32> {jax.result_info = "result[5]"}, tensor<12x5xf32> {jax.result_info = "result[6]"}, tensor<16xf32> {jax.result_info = "result[7]"}, tensor<12xf32> {jax.result_info = "result[8]"}, tensor<5xf32> {jax.result_info = "result[9]"}, tensor<8x16xf32> {jax.result_info = "result[10]"}, tensor<16x12xf32> {jax.result_info = "result[11]"}, tensor<12x5xf32> {jax.result_info = "result[12]"}, tensor<16xf32> {jax.result_info = "result[13]"}, tensor<12xf32> {jax.result_info = "result[14]"}, tensor<5xf32> {jax.result_info = "result[15]"}, tensor<8x16xf32> {jax.result_info = "result[16]"}, tensor<16x12xf32> {jax.result_info = "result[17]"}, tensor<12x5xf32> {jax.result_info = "result[18]"}) {
    %0 = stablehlo.convert %arg0 : (tensor<16xf32>) -> tensor<16xf16>
    %1 = stablehlo.convert %arg1 : (tensor<12xf32>) -> tensor<12xf16>
    %2 = stablehlo.convert %arg2 : (tensor<5xf32>) -> tensor<5xf16>
    %3 = stablehlo.convert %arg3 : (tensor<8x16xf32>) -> tensor<8x16xf16>
    %4 = stablehlo.convert %arg4 : (tensor<16x12xf32>) -> tensor<16x12xf16>
    %5 = stablehlo.convert %arg5 : (tensor<12x5xf32>) -> tensor<12x5xf16>
    %6 = stablehlo.convert %arg18 : (tensor<6x8xf32>) -> tensor<6x8xf16>
    %7 = stablehlo.dot_general %6, %3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x8xf16>, tensor<8x16xf16>) -> tensor<6x16xf16>
    %8 = stablehlo.broadcast_in_dim %0, dims = [1] : (tensor<16xf16>) -> tensor<1x16xf16>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1] : (tensor<1x16xf16>) -> tensor<6x16xf16>
    %10 = stablehlo.add %7, %9 : tensor<6x16xf16>
    %11 = call @relu(%10) : (tensor<6x16xf16>) -> tensor<6x16xf16>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %12 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f16>) -> tensor<6x16xf16>
    %13 = stablehlo.compare GT, %10, %12, FLOAT : (tensor<6x16xf16>, tensor<6x16xf16>) -> tensor<6x16xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %14 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f16>) -> tensor<6x16xf16>
    %15 = stablehlo.dot_general %11, %4, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf16>, tensor<16x12xf16>) -> tensor<6x12xf16>
    %16 = stablehlo.broadcast_in_dim %1, dims = [1] : (tensor<12xf16>) -> tensor<1x12xf16>
    %17 = stablehlo.broadcast_in_dim %16, dims = [0, 1] : (tensor<1x12xf16>) -> tensor<6x12xf16>
    %18 = stablehlo.add %15, %17 : tensor<6x12xf16>
    %19 = stablehlo.multiply %18, %18 : tensor<6x12xf16>
    %20 = stablehlo.multiply %19, %18 : tensor<6x12xf16>
    %21 = stablehlo.multiply %18, %18 : tensor<6x12xf16>
    %cst_1 = stablehlo.constant dense<3.000000e+00> : tensor<f16>
    %22 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %23 = stablehlo.multiply %22, %21 : tensor<6x12xf16>
    %cst_2 = stablehlo.constant dense<4.470830e-02> : tensor<f16>
    %24 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %25 = stablehlo.multiply %24, %20 : tensor<6x12xf16>
    %26 = stablehlo.add %18, %25 : tensor<6x12xf16>
    %cst_3 = stablehlo.constant dense<7.978520e-01> : tensor<f16>
    %27 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %28 = stablehlo.multiply %27, %26 : tensor<6x12xf16>
    %29 = stablehlo.tanh %28 : tensor<6x12xf16>
    %cst_4 = stablehlo.constant dense<1.000000e+00> : tensor<f16>
    %30 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %31 = stablehlo.subtract %30, %29 : tensor<6x12xf16>
    %cst_5 = stablehlo.constant dense<1.000000e+00> : tensor<f16>
    %32 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %33 = stablehlo.add %32, %29 : tensor<6x12xf16>
    %cst_6 = stablehlo.constant dense<5.000000e-01> : tensor<f16>
    %34 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %35 = stablehlo.multiply %34, %33 : tensor<6x12xf16>
    %36 = stablehlo.multiply %18, %35 : tensor<6x12xf16>
    %37 = stablehlo.dot_general %36, %5, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf16>, tensor<12x5xf16>) -> tensor<6x5xf16>
    %38 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<5xf16>) -> tensor<1x5xf16>
    %39 = stablehlo.broadcast_in_dim %38, dims = [0, 1] : (tensor<1x5xf16>) -> tensor<6x5xf16>
    %40 = stablehlo.add %37, %39 : tensor<6x5xf16>
    %41:3 = call @log_softmax(%40) : (tensor<6x5xf16>) -> (tensor<6x5xf16>, tensor<6x5xf16>, tensor<6x1xf16>)
    %42 = call @_one_hot(%arg19) : (tensor<6xi32>) -> tensor<6x5xf16>
    %43 = stablehlo.multiply %41#0, %42 : tensor<6x5xf16>
    %44 = stablehlo.convert %43 : (tensor<6x5xf16>) -> tensor<6x5xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %45 = stablehlo.reduce(%44 init: %cst_7) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %46 = stablehlo.convert %45 : (tensor<6xf32>) -> tensor<6xf16>
    %47 = stablehlo.convert %46 : (tensor<6xf16>) -> tensor<6xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %48 = stablehlo.reduce(%47 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<6xf32>, tensor<f32>) -> tensor<f32>
    %cst_9 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %49 = stablehlo.divide %48, %cst_9 : tensor<f32>
    %50 = stablehlo.convert %49 : (tensor<f32>) -> tensor<f16>
    %51 = stablehlo.negate %50 : tensor<f16>
    %52 = stablehlo.convert %51 : (tensor<f16>) -> tensor<f32>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f16>
    %53 = stablehlo.negate %cst_10 : tensor<f16>
    %54 = stablehlo.convert %53 : (tensor<f16>) -> tensor<f32>
    %cst_11 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %55 = stablehlo.divide %54, %cst_11 : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %55, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %57 = stablehlo.convert %56 : (tensor<6xf32>) -> tensor<6xf16>
    %58 = stablehlo.convert %57 : (tensor<6xf16>) -> tensor<6xf32>
    %59 = stablehlo.broadcast_in_dim %58, dims = [0] : (tensor<6xf32>) -> tensor<6x5xf32>
    %60 = stablehlo.convert %59 : (tensor<6x5xf32>) -> tensor<6x5xf16>
    %61 = stablehlo.multiply %60, %42 : tensor<6x5xf16>
    %62 = call @log_softmax_0(%41#1, %41#2, %61) : (tensor<6x5xf16>, tensor<6x1xf16>, tensor<6x5xf16>) -> tensor<6x5xf16>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %63 = stablehlo.reduce(%62 init: %cst_12) applies stablehlo.add across dimensions = [0] : (tensor<6x5xf16>, tensor<f16>) -> tensor<5xf16>
    %64 = stablehlo.reshape %63 : (tensor<5xf16>) -> tensor<1x5xf16>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %65 = stablehlo.reduce(%64 init: %cst_13) applies stablehlo.add across dimensions = [0] : (tensor<1x5xf16>, tensor<f16>) -> tensor<5xf16>
    %66 = stablehlo.dot_general %62, %36, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf16>, tensor<6x12xf16>) -> tensor<5x12xf16>
    %67 = stablehlo.transpose %66, dims = [1, 0] : (tensor<5x12xf16>) -> tensor<12x5xf16>
    %68 = stablehlo.dot_general %62, %5, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf16>, tensor<12x5xf16>) -> tensor<6x12xf16>
    %69 = stablehlo.multiply %18, %68 : tensor<6x12xf16>
    %70 = stablehlo.multiply %68, %35 : tensor<6x12xf16>
    %cst_14 = stablehlo.constant dense<5.000000e-01> : tensor<f16>
    %71 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %72 = stablehlo.multiply %71, %69 : tensor<6x12xf16>
    %73 = stablehlo.multiply %72, %31 : tensor<6x12xf16>
    %74 = stablehlo.multiply %73, %29 : tensor<6x12xf16>
    %75 = stablehlo.add %73, %74 : tensor<6x12xf16>
    %cst_15 = stablehlo.constant dense<7.978520e-01> : tensor<f16>
    %76 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %77 = stablehlo.multiply %76, %75 : tensor<6x12xf16>
    %78 = stablehlo.add %70, %77 : tensor<6x12xf16>
    %cst_16 = stablehlo.constant dense<4.470830e-02> : tensor<f16>
    %79 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f16>) -> tensor<6x12xf16>
    %80 = stablehlo.multiply %79, %77 : tensor<6x12xf16>
    %81 = stablehlo.multiply %80, %23 : tensor<6x12xf16>
    %82 = stablehlo.add %78, %81 : tensor<6x12xf16>
    %cst_17 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %83 = stablehlo.reduce(%82 init: %cst_17) applies stablehlo.add across dimensions = [0] : (tensor<6x12xf16>, tensor<f16>) -> tensor<12xf16>
    %84 = stablehlo.reshape %83 : (tensor<12xf16>) -> tensor<1x12xf16>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %85 = stablehlo.reduce(%84 init: %cst_18) applies stablehlo.add across dimensions = [0] : (tensor<1x12xf16>, tensor<f16>) -> tensor<12xf16>
    %86 = stablehlo.dot_general %82, %11, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf16>, tensor<6x16xf16>) -> tensor<12x16xf16>
    %87 = stablehlo.transpose %86, dims = [1, 0] : (tensor<12x16xf16>) -> tensor<16x12xf16>
    %88 = stablehlo.dot_general %82, %4, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf16>, tensor<16x12xf16>) -> tensor<6x16xf16>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %89 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f16>) -> tensor<6x16xf16>
    %90 = stablehlo.select %13, %88, %89 : tensor<6x16xi1>, tensor<6x16xf16>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %91 = stablehlo.reduce(%90 init: %cst_20) applies stablehlo.add across dimensions = [0] : (tensor<6x16xf16>, tensor<f16>) -> tensor<16xf16>
    %92 = stablehlo.reshape %91 : (tensor<16xf16>) -> tensor<1x16xf16>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %93 = stablehlo.reduce(%92 init: %cst_21) applies stablehlo.add across dimensions = [0] : (tensor<1x16xf16>, tensor<f16>) -> tensor<16xf16>
    %94 = stablehlo.dot_general %90, %6, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf16>, tensor<6x8xf16>) -> tensor<16x8xf16>
    %95 = stablehlo.transpose %94, dims = [1, 0] : (tensor<16x8xf16>) -> tensor<8x16xf16>
    %96 = stablehlo.convert %67 : (tensor<12x5xf16>) -> tensor<12x5xf32>
    %97 = stablehlo.convert %87 : (tensor<16x12xf16>) -> tensor<16x12xf32>
    %98 = stablehlo.convert %95 : (tensor<8x16xf16>) -> tensor<8x16xf32>
    %99 = stablehlo.convert %65 : (tensor<5xf16>) -> tensor<5xf32>
    %100 = stablehlo.convert %85 : (tensor<12xf16>) -> tensor<12xf32>
    %101 = stablehlo.convert %93 : (tensor<16xf16>) -> tensor<16xf32>
    %cst_22 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %102 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %103 = stablehlo.multiply %102, %arg6 : tensor<16xf32>
    %cst_23 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %104 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %105 = stablehlo.multiply %104, %101 : tensor<16xf32>
    %106 = stablehlo.add %103, %105 : tensor<16xf32>
    %cst_24 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %107 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %108 = stablehlo.multiply %107, %arg7 : tensor<12xf32>
    %cst_25 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %109 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %110 = stablehlo.multiply %109, %100 : tensor<12xf32>
    %111 = stablehlo.add %108, %110 : tensor<12xf32>
    %cst_26 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %113 = stablehlo.multiply %112, %arg8 : tensor<5xf32>
    %cst_27 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %115 = stablehlo.multiply %114, %99 : tensor<5xf32>
    %116 = stablehlo.add %113, %115 : tensor<5xf32>
    %cst_28 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %117 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %118 = stablehlo.multiply %117, %arg9 : tensor<8x16xf32>
    %cst_29 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %119 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %120 = stablehlo.multiply %119, %98 : tensor<8x16xf32>
    %121 = stablehlo.add %118, %120 : tensor<8x16xf32>
    %cst_30 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %122 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %123 = stablehlo.multiply %122, %arg10 : tensor<16x12xf32>
    %cst_31 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %124 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %125 = stablehlo.multiply %124, %97 : tensor<16x12xf32>
    %126 = stablehlo.add %123, %125 : tensor<16x12xf32>
    %cst_32 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %127 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %128 = stablehlo.multiply %127, %arg11 : tensor<12x5xf32>
    %cst_33 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %129 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %130 = stablehlo.multiply %129, %96 : tensor<12x5xf32>
    %131 = stablehlo.add %128, %130 : tensor<12x5xf32>
    %cst_34 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %132 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %133 = stablehlo.multiply %132, %arg12 : tensor<16xf32>
    %cst_35 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %134 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %135 = stablehlo.multiply %134, %101 : tensor<16xf32>
    %136 = stablehlo.multiply %135, %101 : tensor<16xf32>
    %137 = stablehlo.add %133, %136 : tensor<16xf32>
    %cst_36 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %138 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %139 = stablehlo.multiply %138, %arg13 : tensor<12xf32>
    %cst_37 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %140 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %141 = stablehlo.multiply %140, %100 : tensor<12xf32>
    %142 = stablehlo.multiply %141, %100 : tensor<12xf32>
    %143 = stablehlo.add %139, %142 : tensor<12xf32>
    %cst_38 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %144 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %145 = stablehlo.multiply %144, %arg14 : tensor<5xf32>
    %cst_39 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %146 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %147 = stablehlo.multiply %146, %99 : tensor<5xf32>
    %148 = stablehlo.multiply %147, %99 : tensor<5xf32>
    %149 = stablehlo.add %145, %148 : tensor<5xf32>
    %cst_40 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %150 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %151 = stablehlo.multiply %150, %arg15 : tensor<8x16xf32>
    %cst_41 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %152 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %153 = stablehlo.multiply %152, %98 : tensor<8x16xf32>
    %154 = stablehlo.multiply %153, %98 : tensor<8x16xf32>
    %155 = stablehlo.add %151, %154 : tensor<8x16xf32>
    %cst_42 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %156 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %157 = stablehlo.multiply %156, %arg16 : tensor<16x12xf32>
    %cst_43 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %158 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %159 = stablehlo.multiply %158, %97 : tensor<16x12xf32>
    %160 = stablehlo.multiply %159, %97 : tensor<16x12xf32>
    %161 = stablehlo.add %157, %160 : tensor<16x12xf32>
    %cst_44 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %162 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %163 = stablehlo.multiply %162, %arg17 : tensor<12x5xf32>
    %cst_45 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %164 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %165 = stablehlo.multiply %164, %96 : tensor<12x5xf32>
    %166 = stablehlo.multiply %165, %96 : tensor<12x5xf32>
    %167 = stablehlo.add %163, %166 : tensor<12x5xf32>
    %cst_46 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %168 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %169 = stablehlo.divide %106, %168 : tensor<16xf32>
    %cst_47 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %170 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %171 = stablehlo.multiply %170, %169 : tensor<16xf32>
    %cst_48 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %172 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %173 = stablehlo.divide %137, %172 : tensor<16xf32>
    %174 = stablehlo.sqrt %173 : tensor<16xf32>
    %cst_49 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %175 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %176 = stablehlo.add %174, %175 : tensor<16xf32>
    %177 = stablehlo.divide %171, %176 : tensor<16xf32>
    %178 = stablehlo.subtract %arg0, %177 : tensor<16xf32>
    %cst_50 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %179 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %180 = stablehlo.divide %111, %179 : tensor<12xf32>
    %cst_51 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %181 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %182 = stablehlo.multiply %181, %180 : tensor<12xf32>
    %cst_52 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %183 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %184 = stablehlo.divide %143, %183 : tensor<12xf32>
    %185 = stablehlo.sqrt %184 : tensor<12xf32>
    %cst_53 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %187 = stablehlo.add %185, %186 : tensor<12xf32>
    %188 = stablehlo.divide %182, %187 : tensor<12xf32>
    %189 = stablehlo.subtract %arg1, %188 : tensor<12xf32>
    %cst_54 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %190 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %191 = stablehlo.divide %116, %190 : tensor<5xf32>
    %cst_55 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %192 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %193 = stablehlo.multiply %192, %191 : tensor<5xf32>
    %cst_56 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %194 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %195 = stablehlo.divide %149, %194 : tensor<5xf32>
    %196 = stablehlo.sqrt %195 : tensor<5xf32>
    %cst_57 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %197 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %198 = stablehlo.add %196, %197 : tensor<5xf32>
    %199 = stablehlo.divide %193, %198 : tensor<5xf32>
    %200 = stablehlo.subtract %arg2, %199 : tensor<5xf32>
    %cst_58 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %201 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %202 = stablehlo.divide %121, %201 : tensor<8x16xf32>
    %cst_59 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %203 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %204 = stablehlo.multiply %203, %202 : tensor<8x16xf32>
    %cst_60 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %205 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %206 = stablehlo.divide %155, %205 : tensor<8x16xf32>
    %207 = stablehlo.sqrt %206 : tensor<8x16xf32>
    %cst_61 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %208 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %209 = stablehlo.add %207, %208 : tensor<8x16xf32>
    %210 = stablehlo.divide %204, %209 : tensor<8x16xf32>
    %211 = stablehlo.subtract %arg3, %210 : tensor<8x16xf32>
    %cst_62 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %212 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %213 = stablehlo.divide %126, %212 : tensor<16x12xf32>
    %cst_63 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %214 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %215 = stablehlo.multiply %214, %213 : tensor<16x12xf32>
    %cst_64 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %216 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %217 = stablehlo.divide %161, %216 : tensor<16x12xf32>
    %218 = stablehlo.sqrt %217 : tensor<16x12xf32>
    %cst_65 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %219 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %220 = stablehlo.add %218, %219 : tensor<16x12xf32>
    %221 = stablehlo.divide %215, %220 : tensor<16x12xf32>
    %222 = stablehlo.subtract %arg4, %221 : tensor<16x12xf32>
    %cst_66 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %223 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %224 = stablehlo.divide %131, %223 : tensor<12x5xf32>
    %cst_67 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %225 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %226 = stablehlo.multiply %225, %224 : tensor<12x5xf32>
    %cst_68 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %227 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %228 = stablehlo.divide %167, %227 : tensor<12x5xf32>
    %229 = stablehlo.sqrt %228 : tensor<12x5xf32>
    %cst_69 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %230 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %231 = stablehlo.add %229, %230 : tensor<12x5xf32>
    %232 = stablehlo.divide %226, %231 : tensor<12x5xf32>
    %233 = stablehlo.subtract %arg5, %232 : tensor<12x5xf32>
    return %52, %178, %189, %200, %211, %222, %233, %106, %111, %116, %121, %126, %131, %137, %143, %149, %155, %161, %167 : tensor<f32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>
  }
  func.func private @relu(%arg0: tensor<6x16xf16>) -> tensor<6x16xf16> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f16>) -> tensor<6x16xf16>
    %1 = stablehlo.maximum %arg0, %0 : tensor<6x16xf16>
    return %1 : tensor<6x16xf16>
  }
  func.func private @log_softmax(%arg0: tensor<6x5xf16>) -> (tensor<6x5xf16>, tensor<6x5xf16>, tensor<6x1xf16>) {
    %cst = stablehlo.constant dense<0xFC00> : tensor<f16>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<6x5xf16>, tensor<f16>) -> tensor<6xf16>
    %cst_0 = stablehlo.constant dense<0xFC00> : tensor<f16>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f16>) -> tensor<6xf16>
    %2 = stablehlo.maximum %1, %0 : tensor<6xf16>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<6xf16>) -> tensor<6x1xf16>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<6x1xf16>) -> tensor<6x5xf16>
    %5 = stablehlo.subtract %arg0, %4 : tensor<6x5xf16>
    %6 = stablehlo.exponential %5 : tensor<6x5xf16>
    %7 = stablehlo.convert %6 : (tensor<6x5xf16>) -> tensor<6x5xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %8 = stablehlo.reduce(%7 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0] : (tensor<6xf32>) -> tensor<6x1xf32>
    %10 = stablehlo.convert %9 : (tensor<6x1xf32>) -> tensor<6x1xf16>
    %11 = stablehlo.log %10 : tensor<6x1xf16>
    %12 = stablehlo.broadcast_in_dim %11, dims = [0, 1] : (tensor<6x1xf16>) -> tensor<6x5xf16>
    %13 = stablehlo.subtract %5, %12 : tensor<6x5xf16>
    return %13, %6, %10 : tensor<6x5xf16>, tensor<6x5xf16>, tensor<6x1xf16>
  }
  func.func private @_one_hot(%arg0: tensor<6xi32>) -> tensor<6x5xf16> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<6xi32>) -> tensor<6x1xi32>
    %1 = stablehlo.iota dim = 1 : tensor<1x5xi32>
    %2 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<6x1xi32>) -> tensor<6x5xi32>
    %3 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x5xi32>) -> tensor<6x5xi32>
    %4 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<6x5xi32>, tensor<6x5xi32>) -> tensor<6x5xi1>
    %5 = stablehlo.convert %4 : (tensor<6x5xi1>) -> tensor<6x5xf16>
    return %5 : tensor<6x5xf16>
  }
  func.func private @log_softmax_0(%arg0: tensor<6x5xf16>, %arg1: tensor<6x1xf16>, %arg2: tensor<6x5xf16>) -> tensor<6x5xf16> {
    %0 = stablehlo.negate %arg2 : tensor<6x5xf16>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f16>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf16>, tensor<f16>) -> tensor<6xf16>
    %2 = stablehlo.reshape %1 : (tensor<6xf16>) -> tensor<6x1xf16>
    %3 = stablehlo.divide %2, %arg1 : tensor<6x1xf16>
    %4 = stablehlo.convert %3 : (tensor<6x1xf16>) -> tensor<6x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %5 = stablehlo.reduce(%4 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<6x1xf32>, tensor<f32>) -> tensor<6xf32>
    %6 = stablehlo.broadcast_in_dim %5, dims = [0] : (tensor<6xf32>) -> tensor<6x5xf32>
    %7 = stablehlo.convert %6 : (tensor<6x5xf32>) -> tensor<6x5xf16>
    %8 = stablehlo.multiply %7, %arg0 : tensor<6x5xf16>
    %9 = stablehlo.add %arg2, %8 : tensor<6x5xf16>
    return %9 : tensor<6x5xf16>
  }
}
