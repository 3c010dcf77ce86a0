module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16xf32>, %arg1: tensor<12xf32>, %arg2: tensor<5xf32>, %arg3: tensor<8x16xf32>, %arg4: tensor<16x12xf32>, %arg5: tensor<12x5xf32>, %arg6: tensor<16xf32>, %arg7: tensor<12xf32>, %arg8: tensor<5xf32>, %arg9: tensor<8x16xf32>, %arg10: tensor<16x12xf32>, %arg11: tensor<12x5xf32>, %arg12: tensor<16xf32>, %arg13: tensor<12xf32>, %arg14: tensor<5xf32>, %arg15: tensor<8x16xf32>, %arg16: tensor<16x12xf32>, %arg17: tensor<12x5xf32>, %arg18: tensor<6x8xf32>, %arg19: tensor<6xi32>) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<16xf32> {jax.result_info = "result[1]"}, tensor<12xf32> {jax.result_info = "result[2]"}, tensor<5xf32> {jax.result_info = "result[3]"}, tensor<8x16xf32> {jax.result_info = "result[4]"}, tensor<16x12xf32> {jax.result_info = "result[5]"}, tensor<12x5xf32> {jax.result_info = "result[6]"}, tensor<16xf32> {jax.result_info = "result[7]"}, tensor<12xf32> {jax.result_info = "result[8]"}, tensor<5xf32> {jax.result_info = "result[9]"}, tensor<8x16xf32> {jax.result_info = "result[10]"}, tensor<16x12xf32> {jax.result_info = "result[11]"}, tensor<12x5xf32> {jax.result_info = "result[12]"}, tensor<16xf32> {jax.result_info = "result[13]"}, tensor<12xf32> {jax.result_info = "result[14]"}, tensor<5xf32> {jax.result_info = "result[15]"}, tensor<8x16xf32> {jax.result_info = "result[16]"}, tensor<16x12xf32> {jax.result_info = "result[17]"}, tensor<12x5xf32> {jax.result_info = "result[18]"}) {
    %0 = stablehlo.dot_general %arg18, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x8xf32>, tensor<8x16xf32>) -> tensor<6x16xf32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<16xf32>) -> tensor<1x16xf32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x16xf32>) -> tensor<6x16xf32>
    %3 = stablehlo.add %0, %2 : tensor<6x16xf32>
    %4 = call @relu(%3) : (tensor<6x16xf32>) -> tensor<6x16xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<6x16xf32>
    %6 = stablehlo.compare GT, %3, %5, FLOAT : (tensor<6x16xf32>, tensor<6x16xf32>) -> tensor<6x16xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<6x16xf32>
    %8 = stablehlo.dot_general %4, %arg4, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf32>, tensor<16x12xf32>) -> tensor<6x12xf32>
    %9 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<12xf32>) -> tensor<1x12xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<1x12xf32>) -> tensor<6x12xf32>
    %11 = stablehlo.add %8, %10 : tensor<6x12xf32>
    %12 = stablehlo.multiply %11, %11 : tensor<6x12xf32>
    %13 = stablehlo.multiply %12, %11 : tensor<6x12xf32>
    %14 = stablehlo.multiply %11, %11 : tensor<6x12xf32>
    %cst_1 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %16 = stablehlo.multiply %15, %14 : tensor<6x12xf32>
    %cst_2 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %18 = stablehlo.multiply %17, %13 : tensor<6x12xf32>
    %19 = stablehlo.add %11, %18 : tensor<6x12xf32>
    %cst_3 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %20 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %21 = stablehlo.multiply %20, %19 : tensor<6x12xf32>
    %22 = stablehlo.tanh %21 : tensor<6x12xf32>
    %cst_4 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %24 = stablehlo.subtract %23, %22 : tensor<6x12xf32>
    %cst_5 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %25 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %26 = stablehlo.add %25, %22 : tensor<6x12xf32>
    %cst_6 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %27 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %28 = stablehlo.multiply %27, %26 : tensor<6x12xf32>
    %29 = stablehlo.multiply %11, %28 : tensor<6x12xf32>
    %30 = stablehlo.dot_general %29, %arg5, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf32>, tensor<12x5xf32>) -> tensor<6x5xf32>
    %31 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<5xf32>) -> tensor<1x5xf32>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 1] : (tensor<1x5xf32>) -> tensor<6x5xf32>
    %33 = stablehlo.add %30, %32 : tensor<6x5xf32>
    %34:3 = call @log_softmax(%33) : (tensor<6x5xf32>) -> (tensor<6x5xf32>, tensor<6x5xf32>, tensor<6x1xf32>)
    %35 = call @_one_hot(%arg19) : (tensor<6xi32>) -> tensor<6x5xf32>
    %36 = stablehlo.multiply %34#0, %35 : tensor<6x5xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %37 = stablehlo.reduce(%36 init: %cst_7) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %38 = stablehlo.reduce(%37 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<6xf32>, tensor<f32>) -> tensor<f32>
    %cst_9 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %39 = stablehlo.divide %38, %cst_9 : tensor<f32>
    %40 = stablehlo.negate %39 : tensor<f32>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %41 = stablehlo.negate %cst_10 : tensor<f32>
    %cst_11 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %42 = stablehlo.divide %41, %cst_11 : tensor<f32>
    %43 = stablehlo.broadcast_in_dim %42, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0] : (tensor<6xf32>) -> tensor<6x5xf32>
    %45 = stablehlo.multiply %44, %35 : tensor<6x5xf32>
    %46 = call @log_softmax_0(%34#1, %34#2, %45) : (tensor<6x5xf32>, tensor<6x1xf32>, tensor<6x5xf32>) -> tensor<6x5xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %47 = stablehlo.reduce(%46 init: %cst_12) applies stablehlo.add across dimensions = [0] : (tensor<6x5xf32>, tensor<f32>) -> tensor<5xf32>
    %48 = stablehlo.reshape %47 : (tensor<5xf32>) -> tensor<1x5xf32>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %49 = stablehlo.reduce(%48 init: %cst_13) applies stablehlo.add across dimensions = [0] : (tensor<1x5xf32>, tensor<f32>) -> tensor<5xf32>
    %50 = stablehlo.dot_general %46, %29, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf32>, tensor<6x12xf32>) -> tensor<5x12xf32>
    %51 = stablehlo.transpose %50, dims = [1, 0] : (tensor<5x12xf32>) -> tensor<12x5xf32>
    %52 = stablehlo.dot_general %46, %arg5, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf32>, tensor<12x5xf32>) -> tensor<6x12xf32>
    %53 = stablehlo.multiply %11, %52 : tensor<6x12xf32>
    %54 = stablehlo.multiply %52, %28 : tensor<6x12xf32>
    %cst_14 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %55 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %56 = stablehlo.multiply %55, %53 : tensor<6x12xf32>
    %57 = stablehlo.multiply %56, %24 : tensor<6x12xf32>
    %58 = stablehlo.multiply %57, %22 : tensor<6x12xf32>
    %59 = stablehlo.add %57, %58 : tensor<6x12xf32>
    %cst_15 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %60 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %61 = stablehlo.multiply %60, %59 : tensor<6x12xf32>
    %62 = stablehlo.add %54, %61 : tensor<6x12xf32>
    %cst_16 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %63 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<6x12xf32>
    %64 = stablehlo.multiply %63, %61 : tensor<6x12xf32>
    %65 = stablehlo.multiply %64, %16 : tensor<6x12xf32>
    %66 = stablehlo.add %62, %65 : tensor<6x12xf32>
    %cst_17 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %67 = stablehlo.reduce(%66 init: %cst_17) applies stablehlo.add across dimensions = [0] : (tensor<6x12xf32>, tensor<f32>) -> tensor<12xf32>
    %68 = stablehlo.reshape %67 : (tensor<12xf32>) -> tensor<1x12xf32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %69 = stablehlo.reduce(%68 init: %cst_18) applies stablehlo.add across dimensions = [0] : (tensor<1x12xf32>, tensor<f32>) -> tensor<12xf32>
    %70 = stablehlo.dot_general %66, %4, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf32>, tensor<6x16xf32>) -> tensor<12x16xf32>
    %71 = stablehlo.transpose %70, dims = [1, 0] : (tensor<12x16xf32>) -> tensor<16x12xf32>
    %72 = stablehlo.dot_general %66, %arg4, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf32>, tensor<16x12xf32>) -> tensor<6x16xf32>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %73 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<6x16xf32>
    %74 = stablehlo.select %6, %72, %73 : tensor<6x16xi1>, tensor<6x16xf32>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %75 = stablehlo.reduce(%74 init: %cst_20) applies stablehlo.add across dimensions = [0] : (tensor<6x16xf32>, tensor<f32>) -> tensor<16xf32>
    %76 = stablehlo.reshape %75 : (tensor<16xf32>) -> tensor<1x16xf32>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %77 = stablehlo.reduce(%76 init: %cst_21) applies stablehlo.add across dimensions = [0] : (tensor<1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %78 = stablehlo.dot_general %74, %arg18, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf32>, tensor<6x8xf32>) -> tensor<16x8xf32>
    %79 = stablehlo.transpose %78, dims = [1, 0] : (tensor<16x8xf32>) -> tensor<8x16xf32>
    %cst_22 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %80 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %81 = stablehlo.multiply %80, %arg6 : tensor<16xf32>
    %cst_23 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %82 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %83 = stablehlo.multiply %82, %77 : tensor<16xf32>
    %84 = stablehlo.add %81, %83 : tensor<16xf32>
    %cst_24 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %85 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %86 = stablehlo.multiply %85, %arg7 : tensor<12xf32>
    %cst_25 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %87 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %88 = stablehlo.multiply %87, %69 : tensor<12xf32>
    %89 = stablehlo.add %86, %88 : tensor<12xf32>
    %cst_26 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %90 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %91 = stablehlo.multiply %90, %arg8 : tensor<5xf32>
    %cst_27 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %92 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %93 = stablehlo.multiply %92, %49 : tensor<5xf32>
    %94 = stablehlo.add %91, %93 : tensor<5xf32>
    %cst_28 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %95 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %96 = stablehlo.multiply %95, %arg9 : tensor<8x16xf32>
    %cst_29 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %97 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %98 = stablehlo.multiply %97, %79 : tensor<8x16xf32>
    %99 = stablehlo.add %96, %98 : tensor<8x16xf32>
    %cst_30 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %100 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %101 = stablehlo.multiply %100, %arg10 : tensor<16x12xf32>
    %cst_31 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %102 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %103 = stablehlo.multiply %102, %71 : tensor<16x12xf32>
    %104 = stablehlo.add %101, %103 : tensor<16x12xf32>
    %cst_32 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %105 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %106 = stablehlo.multiply %105, %arg11 : tensor<12x5xf32>
    %cst_33 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %107 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %108 = stablehlo.multiply %107, %51 : tensor<12x5xf32>
    %109 = stablehlo.add %106, %108 : tensor<12x5xf32>
    %cst_34 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %110 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %111 = stablehlo.multiply %110, %arg12 : tensor<16xf32>
    %cst_35 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %112 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %113 = stablehlo.multiply %112, %77 : tensor<16xf32>
    %114 = stablehlo.multiply %113, %77 : tensor<16xf32>
    %115 = stablehlo.add %111, %114 : tensor<16xf32>
    %cst_36 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %116 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %117 = stablehlo.multiply %116, %arg13 : tensor<12xf32>
    %cst_37 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %118 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %119 = stablehlo.multiply %118, %69 : tensor<12xf32>
    %120 = stablehlo.multiply %119, %69 : tensor<12xf32>
    %121 = stablehlo.add %117, %120 : tensor<12xf32>
    %cst_38 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %122 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %123 = stablehlo.multiply %122, %arg14 : tensor<5xf32>
    %cst_39 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %124 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %125 = stablehlo.multiply %124, %49 : tensor<5xf32>
    %126 = stablehlo.multiply %125, %49 : tensor<5xf32>
    %127 = stablehlo.add %123, %126 : tensor<5xf32>
    %cst_40 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %128 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %129 = stablehlo.multiply %128, %arg15 : tensor<8x16xf32>
    %cst_41 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %130 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %131 = stablehlo.multiply %130, %79 : tensor<8x16xf32>
    %132 = stablehlo.multiply %131, %79 : tensor<8x16xf32>
    %133 = stablehlo.add %129, %132 : tensor<8x16xf32>
    %cst_42 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %134 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %135 = stablehlo.multiply %134, %arg16 : tensor<16x12xf32>
    %cst_43 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %136 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %137 = stablehlo.multiply %136, %71 : tensor<16x12xf32>
    %138 = stablehlo.multiply %137, %71 : tensor<16x12xf32>
    %139 = stablehlo.add %135, %138 : tensor<16x12xf32>
    %cst_44 = stablehlo.constant dense<9.990000e-01> : tensor<f32>
    %140 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %141 = stablehlo.multiply %140, %arg17 : tensor<12x5xf32>
    %cst_45 = stablehlo.constant dense<1.000000e-03> : tensor<f32>
    %142 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %143 = stablehlo.multiply %142, %51 : tensor<12x5xf32>
    %144 = stablehlo.multiply %143, %51 : tensor<12x5xf32>
    %145 = stablehlo.add %141, %144 : tensor<12x5xf32>
    %cst_46 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %146 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %147 = stablehlo.divide %84, %146 : tensor<16xf32>
    %cst_47 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %148 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %149 = stablehlo.multiply %148, %147 : tensor<16xf32>
    %cst_48 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %150 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %151 = stablehlo.divide %115, %150 : tensor<16xf32>
    %152 = stablehlo.sqrt %151 : tensor<16xf32>
    %cst_49 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %153 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<16xf32>
    %154 = stablehlo.add %152, %153 : tensor<16xf32>
    %155 = stablehlo.divide %149, %154 : tensor<16xf32>
    %156 = stablehlo.subtract %arg0, %155 : tensor<16xf32>
    %cst_50 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %157 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %158 = stablehlo.divide %89, %157 : tensor<12xf32>
    %cst_51 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %159 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %160 = stablehlo.multiply %159, %158 : tensor<12xf32>
    %cst_52 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %161 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %162 = stablehlo.divide %121, %161 : tensor<12xf32>
    %163 = stablehlo.sqrt %162 : tensor<12xf32>
    %cst_53 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %164 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<12xf32>
    %165 = stablehlo.add %163, %164 : tensor<12xf32>
    %166 = stablehlo.divide %160, %165 : tensor<12xf32>
    %167 = stablehlo.subtract %arg1, %166 : tensor<12xf32>
    %cst_54 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %168 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %169 = stablehlo.divide %94, %168 : tensor<5xf32>
    %cst_55 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %170 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %171 = stablehlo.multiply %170, %169 : tensor<5xf32>
    %cst_56 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %172 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %173 = stablehlo.divide %127, %172 : tensor<5xf32>
    %174 = stablehlo.sqrt %173 : tensor<5xf32>
    %cst_57 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %175 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<5xf32>
    %176 = stablehlo.add %174, %175 : tensor<5xf32>
    %177 = stablehlo.divide %171, %176 : tensor<5xf32>
    %178 = stablehlo.subtract %arg2, %177 : tensor<5xf32>
    %cst_58 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %179 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %180 = stablehlo.divide %99, %179 : tensor<8x16xf32>
    %cst_59 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %181 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %182 = stablehlo.multiply %181, %180 : tensor<8x16xf32>
    %cst_60 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %183 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %184 = stablehlo.divide %133, %183 : tensor<8x16xf32>
    %185 = stablehlo.sqrt %184 : tensor<8x16xf32>
    %cst_61 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<8x16xf32>
    %187 = stablehlo.add %185, %186 : tensor<8x16xf32>
    %188 = stablehlo.divide %182, %187 : tensor<8x16xf32>
    %189 = stablehlo.subtract %arg3, %188 : tensor<8x16xf32>
    %cst_62 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %190 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %191 = stablehlo.divide %104, %190 : tensor<16x12xf32>
    %cst_63 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %192 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %193 = stablehlo.multiply %192, %191 : tensor<16x12xf32>
    %cst_64 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %194 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %195 = stablehlo.divide %139, %194 : tensor<16x12xf32>
    %196 = stablehlo.sqrt %195 : tensor<16x12xf32>
    %cst_65 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %197 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f32>) -> tensor<16x12xf32>
    %198 = stablehlo.add %196, %197 : tensor<16x12xf32>
    %199 = stablehlo.divide %193, %198 : tensor<16x12xf32>
    %200 = stablehlo.subtract %arg4, %199 : tensor<16x12xf32>
    %cst_66 = stablehlo.constant dense<0.343900084> : tensor<f32>
    %201 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %202 = stablehlo.divide %109, %201 : tensor<12x5xf32>
    %cst_67 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %203 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %204 = stablehlo.multiply %203, %202 : tensor<12x5xf32>
    %cst_68 = stablehlo.constant dense<0.00399392843> : tensor<f32>
    %205 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %206 = stablehlo.divide %145, %205 : tensor<12x5xf32>
    %207 = stablehlo.sqrt %206 : tensor<12x5xf32>
    %cst_69 = stablehlo.constant dense<9.99999993E-9> : tensor<f32>
    %208 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<12x5xf32>
    %209 = stablehlo.add %207, %208 : tensor<12x5xf32>
    %210 = stablehlo.divide %204, %209 : tensor<12x5xf32>
    %211 = stablehlo.subtract %arg5, %210 : tensor<12x5xf32>
    return %40, %156, %167, %178, %189, %200, %211, %84, %89, %94, %99, %104, %109, %115, %121, %127, %133, %139, %145 : tensor<f32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>, tensor<16xf32>, tensor<12xf32>, tensor<5xf32>, tensor<8x16xf32>, tensor<16x12xf32>, tensor<12x5xf32>
  }
  func.func private @relu(%arg0: tensor<6x16xf32>) -> tensor<6x16xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<6x16xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<6x16xf32>
    return %1 : tensor<6x16xf32>
  }
  func.func private @log_softmax(%arg0: tensor<6x5xf32>) -> (tensor<6x5xf32>, tensor<6x5xf32>, tensor<6x1xf32>) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<6xf32>
    %2 = stablehlo.maximum %1, %0 : tensor<6xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<6xf32>) -> tensor<6x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<6x1xf32>) -> tensor<6x5xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<6x5xf32>
    %6 = stablehlo.exponential %5 : tensor<6x5xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<6xf32>) -> tensor<6x1xf32>
    %9 = stablehlo.log %8 : tensor<6x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<6x1xf32>) -> tensor<6x5xf32>
    %11 = stablehlo.subtract %5, %10 : tensor<6x5xf32>
    return %11, %6, %8 : tensor<6x5xf32>, tensor<6x5xf32>, tensor<6x1xf32>
  }
  func.func private @_one_hot(%arg0: tensor<6xi32>) -> tensor<6x5xf32> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<6xi32>) -> tensor<6x1xi32>
    %1 = stablehlo.iota dim = 1 : tensor<1x5xi32>
    %2 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<6x1xi32>) -> tensor<6x5xi32>
    %3 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x5xi32>) -> tensor<6x5xi32>
    %4 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<6x5xi32>, tensor<6x5xi32>) -> tensor<6x5xi1>
    %5 = stablehlo.convert %4 : (tensor<6x5xi1>) -> tensor<6x5xf32>
    return %5 : tensor<6x5xf32>
  }
  func.func private @log_softmax_0(%arg0: tensor<6x5xf32>, %arg1: tensor<6x1xf32>, %arg2: tensor<6x5xf32>) -> tensor<6x5xf32> {
    %0 = stablehlo.negate %arg2 : tensor<6x5xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf32>, tensor<f32>) -> tensor<6xf32>
    %2 = stablehlo.reshape %1 : (tensor<6xf32>) -> tensor<6x1xf32>
    %3 = stablehlo.divide %2, %arg1 : tensor<6x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<6x1xf32>, tensor<f32>) -> tensor<6xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<6xf32>) -> tensor<6x5xf32>
    %6 = stablehlo.multiply %5, %arg0 : tensor<6x5xf32>
    %7 = stablehlo.add %arg2, %6 : tensor<6x5xf32>
    return %7 : tensor<6x5xf32>
  }
}
