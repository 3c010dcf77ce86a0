module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<16xf64>, %arg1: tensor<12xf64>, %arg2: tensor<5xf64>, %arg3: tensor<8x16xf64>, %arg4: tensor<16x12xf64>, %arg5: tensor<12x5xf64>, %arg6: tensor<16xf64>, %arg7: tensor<12xf64>, %arg8: tensor<5xf64>, %arg9: tensor<8x16xf64>, %arg10: tensor<16x12xf64>, %arg11: tensor<12x5xf64>, %arg12: tensor<16xf64>, %arg13: tensor<12xf64>, %arg14: tensor<5xf64>, %arg15: tensor<8x16xf64>, %arg16: tensor<16x12xf64>, %arg17: tensor<12x5xf64>, %arg18: tensor<6x8xf64>, %arg19: tensor<6xi32>) -> (tensor<f64> {jax.result_info = "result[0]"}, tensor<16xf64> {jax.result_info = "result[1]"}, tensor<12xf64> {jax.result_info = "result[2]"}, tensor<5xf64> {jax.result_info = "result[3]"}, tensor<8x16xf64> {jax.result_info = "result[4]"}, tensor<16x12xf64> {jax.result_info = "result[5]"}, tensor<12x5xf64> {jax.result_info = "result[6]"}, tensor<16xf64> {jax.result_info = "result[7]"}, tensor<12xf64> {jax.result_info = "result[8]"}, tensor<5xf64> {jax.result_info = "result[9]"}, tensor<8x16xf64> {jax.result_info = "result[10]"}, tensor<16x12xf64> {jax.result_info = "result[11]"}, tensor<12x5xf64> {jax.result_info = "result[12]"}, tensor<16xf64> {jax.result_info = "result[13]"}, tensor<12xf64> {jax.result_info = "result[14]"}, tensor<5xf64> {jax.result_info = "result[15]"}, tensor<8x16xf64> {jax.result_info = "result[16]"}, tensor<16x12xf64> {jax.result_info = "result[17]"}, tensor<12x5xf64> {jax.result_info = "result[18]"}) {
    %0 = stablehlo.dot_general %arg18, %arg3, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x8xf64>, tensor<8x16xf64>) -> tensor<6x16xf64>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<16xf64>) -> tensor<1x16xf64>
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x16xf64>) -> tensor<6x16xf64>
    %3 = stablehlo.add %0, %2 : tensor<6x16xf64>
    %4 = call @relu(%3) : (tensor<6x16xf64>) -> tensor<6x16xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<6x16xf64>
    %6 = stablehlo.compare GT, %3, %5, FLOAT : (tensor<6x16xf64>, tensor<6x16xf64>) -> tensor<6x16xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<6x16xf64>
    %8 = stablehlo.dot_general %4, %arg4, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf64>, tensor<16x12xf64>) -> tensor<6x12xf64>
    %9 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<12xf64>) -> tensor<1x12xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<1x12xf64>) -> tensor<6x12xf64>
    %11 = stablehlo.add %8, %10 : tensor<6x12xf64>
    %12 = stablehlo.multiply %11, %11 : tensor<6x12xf64>
    %13 = stablehlo.multiply %12, %11 : tensor<6x12xf64>
    %14 = stablehlo.multiply %11, %11 : tensor<6x12xf64>
    %cst_1 = stablehlo.constant dense<3.000000e+00> : tensor<f64>
    %15 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %16 = stablehlo.multiply %15, %14 : tensor<6x12xf64>
    %cst_2 = stablehlo.constant dense<4.471500e-02> : tensor<f64>
    %17 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %18 = stablehlo.multiply %17, %13 : tensor<6x12xf64>
    %19 = stablehlo.add %11, %18 : tensor<6x12xf64>
    %cst_3 = stablehlo.constant dense<0.79788456080286541> : tensor<f64>
    %20 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %21 = stablehlo.multiply %20, %19 : tensor<6x12xf64>
    %22 = stablehlo.tanh %21 : tensor<6x12xf64>
    %cst_4 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %23 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %24 = stablehlo.subtract %23, %22 : tensor<6x12xf64>
    %cst_5 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %25 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %26 = stablehlo.add %25, %22 : tensor<6x12xf64>
    %cst_6 = stablehlo.constant dense<5.000000e-01> : tensor<f64>
    %27 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %28 = stablehlo.multiply %27, %26 : tensor<6x12xf64>
    %29 = stablehlo.multiply %11, %28 : tensor<6x12xf64>
    %30 = stablehlo.dot_general %29, %arg5, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf64>, tensor<12x5xf64>) -> tensor<6x5xf64>
    %31 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<5xf64>) -> tensor<1x5xf64>
    %32 = stablehlo.broadcast_in_dim %31, dims = [0, 1] : (tensor<1x5xf64>) -> tensor<6x5xf64>
    %33 = stablehlo.add %30, %32 : tensor<6x5xf64>
    %34:3 = call @log_softmax(%33) : (tensor<6x5xf64>) -> (tensor<6x5xf64>, tensor<6x5xf64>, tensor<6x1xf64>)
    %35 = call @_one_hot(%arg19) : (tensor<6xi32>) -> tensor<6x5xf64>
    %36 = stablehlo.multiply %34#0, %35 : tensor<6x5xf64>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %37 = stablehlo.reduce(%36 init: %cst_7) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf64>, tensor<f64>) -> tensor<6xf64>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %38 = stablehlo.reduce(%37 init: %cst_8) applies stablehlo.add across dimensions = [0] : (tensor<6xf64>, tensor<f64>) -> tensor<f64>
    %cst_9 = stablehlo.constant dense<6.000000e+00> : tensor<f64>
    %39 = stablehlo.divide %38, %cst_9 : tensor<f64>
    %40 = stablehlo.negate %39 : tensor<f64>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %41 = stablehlo.negate %cst_10 : tensor<f64>
    %cst_11 = stablehlo.constant dense<6.000000e+00> : tensor<f64>
    %42 = stablehlo.divide %41, %cst_11 : tensor<f64>
    %43 = stablehlo.broadcast_in_dim %42, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0] : (tensor<6xf64>) -> tensor<6x5xf64>
    %45 = stablehlo.multiply %44, %35 : tensor<6x5xf64>
    %46 = call @log_softmax_0(%34#1, %34#2, %45) : (tensor<6x5xf64>, tensor<6x1xf64>, tensor<6x5xf64>) -> tensor<6x5xf64>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %47 = stablehlo.reduce(%46 init: %cst_12) applies stablehlo.add across dimensions = [0] : (tensor<6x5xf64>, tensor<f64>) -> tensor<5xf64>
    %48 = stablehlo.reshape %47 : (tensor<5xf64>) -> tensor<1x5xf64>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %49 = stablehlo.reduce(%48 init: %cst_13) applies stablehlo.add across dimensions = [0] : (tensor<1x5xf64>, tensor<f64>) -> tensor<5xf64>
    %50 = stablehlo.dot_general %46, %29, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf64>, tensor<6x12xf64>) -> tensor<5x12xf64>
    %51 = stablehlo.transpose %50, dims = [1, 0] : (tensor<5x12xf64>) -> tensor<12x5xf64>
    %52 = stablehlo.dot_general %46, %arg5, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x5xf64>, tensor<12x5xf64>) -> tensor<6x12xf64>
    %53 = stablehlo.multiply %11, %52 : tensor<6x12xf64>
    %54 = stablehlo.multiply %52, %28 : tensor<6x12xf64>
    %cst_14 = stablehlo.constant dense<5.000000e-01> : tensor<f64>
    %55 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %56 = stablehlo.multiply %55, %53 : tensor<6x12xf64>
    %57 = stablehlo.multiply %56, %24 : tensor<6x12xf64>
    %58 = stablehlo.multiply %57, %22 : tensor<6x12xf64>
    %59 = stablehlo.add %57, %58 : tensor<6x12xf64>
    %cst_15 = stablehlo.constant dense<0.79788456080286541> : tensor<f64>
    %60 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %61 = stablehlo.multiply %60, %59 : tensor<6x12xf64>
    %62 = stablehlo.add %54, %61 : tensor<6x12xf64>
    %cst_16 = stablehlo.constant dense<4.471500e-02> : tensor<f64>
    %63 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f64>) -> tensor<6x12xf64>
    %64 = stablehlo.multiply %63, %61 : tensor<6x12xf64>
    %65 = stablehlo.multiply %64, %16 : tensor<6x12xf64>
    %66 = stablehlo.add %62, %65 : tensor<6x12xf64>
    %cst_17 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %67 = stablehlo.reduce(%66 init: %cst_17) applies stablehlo.add across dimensions = [0] : (tensor<6x12xf64>, tensor<f64>) -> tensor<12xf64>
    %68 = stablehlo.reshape %67 : (tensor<12xf64>) -> tensor<1x12xf64>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %69 = stablehlo.reduce(%68 init: %cst_18) applies stablehlo.add across dimensions = [0] : (tensor<1x12xf64>, tensor<f64>) -> tensor<12xf64>
    %70 = stablehlo.dot_general %66, %4, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf64>, tensor<6x16xf64>) -> tensor<12x16xf64>
    %71 = stablehlo.transpose %70, dims = [1, 0] : (tensor<12x16xf64>) -> tensor<16x12xf64>
    %72 = stablehlo.dot_general %66, %arg4, contracting_dims = [1] x [1], precision = [DEFAULT, DEFAULT] : (tensor<6x12xf64>, tensor<16x12xf64>) -> tensor<6x16xf64>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %73 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f64>) -> tensor<6x16xf64>
    %74 = stablehlo.select %6, %72, %73 : tensor<6x16xi1>, tensor<6x16xf64>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %75 = stablehlo.reduce(%74 init: %cst_20) applies stablehlo.add across dimensions = [0] : (tensor<6x16xf64>, tensor<f64>) -> tensor<16xf64>
    %76 = stablehlo.reshape %75 : (tensor<16xf64>) -> tensor<1x16xf64>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %77 = stablehlo.reduce(%76 init: %cst_21) applies stablehlo.add across dimensions = [0] : (tensor<1x16xf64>, tensor<f64>) -> tensor<16xf64>
    %78 = stablehlo.dot_general %74, %arg18, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<6x16xf64>, tensor<6x8xf64>) -> tensor<16x8xf64>
    %79 = stablehlo.transpose %78, dims = [1, 0] : (tensor<16x8xf64>) -> tensor<8x16xf64>
    %cst_22 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %80 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %81 = stablehlo.multiply %80, %arg6 : tensor<16xf64>
    %cst_23 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %82 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %83 = stablehlo.multiply %82, %77 : tensor<16xf64>
    %84 = stablehlo.add %81, %83 : tensor<16xf64>
    %cst_24 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %85 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %86 = stablehlo.multiply %85, %arg7 : tensor<12xf64>
    %cst_25 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %87 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %88 = stablehlo.multiply %87, %69 : tensor<12xf64>
    %89 = stablehlo.add %86, %88 : tensor<12xf64>
    %cst_26 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %90 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %91 = stablehlo.multiply %90, %arg8 : tensor<5xf64>
    %cst_27 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %92 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %93 = stablehlo.multiply %92, %49 : tensor<5xf64>
    %94 = stablehlo.add %91, %93 : tensor<5xf64>
    %cst_28 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %95 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %96 = stablehlo.multiply %95, %arg9 : tensor<8x16xf64>
    %cst_29 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %97 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %98 = stablehlo.multiply %97, %79 : tensor<8x16xf64>
    %99 = stablehlo.add %96, %98 : tensor<8x16xf64>
    %cst_30 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %100 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %101 = stablehlo.multiply %100, %arg10 : tensor<16x12xf64>
    %cst_31 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %102 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %103 = stablehlo.multiply %102, %71 : tensor<16x12xf64>
    %104 = stablehlo.add %101, %103 : tensor<16x12xf64>
    %cst_32 = stablehlo.constant dense<9.000000e-01> : tensor<f64>
    %105 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %106 = stablehlo.multiply %105, %arg11 : tensor<12x5xf64>
    %cst_33 = stablehlo.constant dense<1.000000e-01> : tensor<f64>
    %107 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %108 = stablehlo.multiply %107, %51 : tensor<12x5xf64>
    %109 = stablehlo.add %106, %108 : tensor<12x5xf64>
    %cst_34 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %110 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %111 = stablehlo.multiply %110, %arg12 : tensor<16xf64>
    %cst_35 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %112 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %113 = stablehlo.multiply %112, %77 : tensor<16xf64>
    %114 = stablehlo.multiply %113, %77 : tensor<16xf64>
    %115 = stablehlo.add %111, %114 : tensor<16xf64>
    %cst_36 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %116 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %117 = stablehlo.multiply %116, %arg13 : tensor<12xf64>
    %cst_37 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %118 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %119 = stablehlo.multiply %118, %69 : tensor<12xf64>
    %120 = stablehlo.multiply %119, %69 : tensor<12xf64>
    %121 = stablehlo.add %117, %120 : tensor<12xf64>
    %cst_38 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %122 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %123 = stablehlo.multiply %122, %arg14 : tensor<5xf64>
    %cst_39 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %124 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %125 = stablehlo.multiply %124, %49 : tensor<5xf64>
    %126 = stablehlo.multiply %125, %49 : tensor<5xf64>
    %127 = stablehlo.add %123, %126 : tensor<5xf64>
    %cst_40 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %128 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %129 = stablehlo.multiply %128, %arg15 : tensor<8x16xf64>
    %cst_41 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %130 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %131 = stablehlo.multiply %130, %79 : tensor<8x16xf64>
    %132 = stablehlo.multiply %131, %79 : tensor<8x16xf64>
    %133 = stablehlo.add %129, %132 : tensor<8x16xf64>
    %cst_42 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %134 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %135 = stablehlo.multiply %134, %arg16 : tensor<16x12xf64>
    %cst_43 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %136 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %137 = stablehlo.multiply %136, %71 : tensor<16x12xf64>
    %138 = stablehlo.multiply %137, %71 : tensor<16x12xf64>
    %139 = stablehlo.add %135, %138 : tensor<16x12xf64>
    %cst_44 = stablehlo.constant dense<0.99899999999999999> : tensor<f64>
    %140 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %141 = stablehlo.multiply %140, %arg17 : tensor<12x5xf64>
    %cst_45 = stablehlo.constant dense<1.000000e-03> : tensor<f64>
    %142 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %143 = stablehlo.multiply %142, %51 : tensor<12x5xf64>
    %144 = stablehlo.multiply %143, %51 : tensor<12x5xf64>
    %145 = stablehlo.add %141, %144 : tensor<12x5xf64>
    %cst_46 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %146 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %147 = stablehlo.divide %84, %146 : tensor<16xf64>
    %cst_47 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %148 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %149 = stablehlo.multiply %148, %147 : tensor<16xf64>
    %cst_48 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %150 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %151 = stablehlo.divide %115, %150 : tensor<16xf64>
    %152 = stablehlo.sqrt %151 : tensor<16xf64>
    %cst_49 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %153 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f64>) -> tensor<16xf64>
    %154 = stablehlo.add %152, %153 : tensor<16xf64>
    %155 = stablehlo.divide %149, %154 : tensor<16xf64>
    %156 = stablehlo.subtract %arg0, %155 : tensor<16xf64>
    %cst_50 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %157 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %158 = stablehlo.divide %89, %157 : tensor<12xf64>
    %cst_51 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %159 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %160 = stablehlo.multiply %159, %158 : tensor<12xf64>
    %cst_52 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %161 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %162 = stablehlo.divide %121, %161 : tensor<12xf64>
    %163 = stablehlo.sqrt %162 : tensor<12xf64>
    %cst_53 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %164 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f64>) -> tensor<12xf64>
    %165 = stablehlo.add %163, %164 : tensor<12xf64>
    %166 = stablehlo.divide %160, %165 : tensor<12xf64>
    %167 = stablehlo.subtract %arg1, %166 : tensor<12xf64>
    %cst_54 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %168 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %169 = stablehlo.divide %94, %168 : tensor<5xf64>
    %cst_55 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %170 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %171 = stablehlo.multiply %170, %169 : tensor<5xf64>
    %cst_56 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %172 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %173 = stablehlo.divide %127, %172 : tensor<5xf64>
    %174 = stablehlo.sqrt %173 : tensor<5xf64>
    %cst_57 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %175 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %176 = stablehlo.add %174, %175 : tensor<5xf64>
    %177 = stablehlo.divide %171, %176 : tensor<5xf64>
    %178 = stablehlo.subtract %arg2, %177 : tensor<5xf64>
    %cst_58 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %179 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %180 = stablehlo.divide %99, %179 : tensor<8x16xf64>
    %cst_59 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %181 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %182 = stablehlo.multiply %181, %180 : tensor<8x16xf64>
    %cst_60 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %183 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %184 = stablehlo.divide %133, %183 : tensor<8x16xf64>
    %185 = stablehlo.sqrt %184 : tensor<8x16xf64>
    %cst_61 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %186 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f64>) -> tensor<8x16xf64>
    %187 = stablehlo.add %185, %186 : tensor<8x16xf64>
    %188 = stablehlo.divide %182, %187 : tensor<8x16xf64>
    %189 = stablehlo.subtract %arg3, %188 : tensor<8x16xf64>
    %cst_62 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %190 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %191 = stablehlo.divide %104, %190 : tensor<16x12xf64>
    %cst_63 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %192 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %193 = stablehlo.multiply %192, %191 : tensor<16x12xf64>
    %cst_64 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %194 = stablehlo.broadcast_in_dim %cst_64, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %195 = stablehlo.divide %139, %194 : tensor<16x12xf64>
    %196 = stablehlo.sqrt %195 : tensor<16x12xf64>
    %cst_65 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %197 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f64>) -> tensor<16x12xf64>
    %198 = stablehlo.add %196, %197 : tensor<16x12xf64>
    %199 = stablehlo.divide %193, %198 : tensor<16x12xf64>
    %200 = stablehlo.subtract %arg4, %199 : tensor<16x12xf64>
    %cst_66 = stablehlo.constant dense<3.439000e-01> : tensor<f64>
    %201 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %202 = stablehlo.divide %109, %201 : tensor<12x5xf64>
    %cst_67 = stablehlo.constant dense<1.000000e-02> : tensor<f64>
    %203 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %204 = stablehlo.multiply %203, %202 : tensor<12x5xf64>
    %cst_68 = stablehlo.constant dense<0.0039940039989999621> : tensor<f64>
    %205 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %206 = stablehlo.divide %145, %205 : tensor<12x5xf64>
    %207 = stablehlo.sqrt %206 : tensor<12x5xf64>
    %cst_69 = stablehlo.constant dense<1.000000e-08> : tensor<f64>
    %208 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f64>) -> tensor<12x5xf64>
    %209 = stablehlo.add %207, %208 : tensor<12x5xf64>
    %210 = stablehlo.divide %204, %209 : tensor<12x5xf64>
    %211 = stablehlo.subtract %arg5, %210 : tensor<12x5xf64>
    return %40, %156, %167, %178, %189, %200, %211, %84, %89, %94, %99, %104, %109, %115, %121, %127, %133, %139, %145 : tensor<f64>, tensor<16xf64>, tensor<12xf64>, tensor<5xf64>, tensor<8x16xf64>, tensor<16x12xf64>, tensor<12x5xf64>, tensor<16xf64>, tensor<12xf64>, tensor<5xf64>, tensor<8x16xf64>, tensor<16x12xf64>, tensor<12x5xf64>, tensor<16xf64>, tensor<12xf64>, tensor<5xf64>, tensor<8x16xf64>, tensor<16x12xf64>, tensor<12x5xf64>
  }
  func.func private @relu(%arg0: tensor<6x16xf64>) -> tensor<6x16xf64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<6x16xf64>
    %1 = stablehlo.maximum %arg0, %0 : tensor<6x16xf64>
    return %1 : tensor<6x16xf64>
  }
  func.func private @log_softmax(%arg0: tensor<6x5xf64>) -> (tensor<6x5xf64>, tensor<6x5xf64>, tensor<6x1xf64>) {
    %cst = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [1] : (tensor<6x5xf64>, tensor<f64>) -> tensor<6xf64>
    %cst_0 = stablehlo.constant dense<0xFFF0000000000000> : tensor<f64>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f64>) -> tensor<6xf64>
    %2 = stablehlo.maximum %1, %0 : tensor<6xf64>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<6xf64>) -> tensor<6x1xf64>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<6x1xf64>) -> tensor<6x5xf64>
    %5 = stablehlo.subtract %arg0, %4 : tensor<6x5xf64>
    %6 = stablehlo.exponential %5 : tensor<6x5xf64>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf64>, tensor<f64>) -> tensor<6xf64>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0] : (tensor<6xf64>) -> tensor<6x1xf64>
    %9 = stablehlo.log %8 : tensor<6x1xf64>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<6x1xf64>) -> tensor<6x5xf64>
    %11 = stablehlo.subtract %5, %10 : tensor<6x5xf64>
    return %11, %6, %8 : tensor<6x5xf64>, tensor<6x5xf64>, tensor<6x1xf64>
  }
  func.func private @_one_hot(%arg0: tensor<6xi32>) -> tensor<6x5xf64> {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<6xi32>) -> tensor<6x1xi32>
    %1 = stablehlo.iota dim = 1 : tensor<1x5xi32>
    %2 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<6x1xi32>) -> tensor<6x5xi32>
    %3 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x5xi32>) -> tensor<6x5xi32>
    %4 = stablehlo.compare EQ, %2, %3, SIGNED : (tensor<6x5xi32>, tensor<6x5xi32>) -> tensor<6x5xi1>
    %5 = stablehlo.convert %4 : (tensor<6x5xi1>) -> tensor<6x5xf64>
    return %5 : tensor<6x5xf64>
  }
  func.func private @log_softmax_0(%arg0: tensor<6x5xf64>, %arg1: tensor<6x1xf64>, %arg2: tensor<6x5xf64>) -> tensor<6x5xf64> {
    %0 = stablehlo.negate %arg2 : tensor<6x5xf64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [1] : (tensor<6x5xf64>, tensor<f64>) -> tensor<6xf64>
    %2 = stablehlo.reshape %1 : (tensor<6xf64>) -> tensor<6x1xf64>
    %3 = stablehlo.divide %2, %arg1 : tensor<6x1xf64>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [1] : (tensor<6x1xf64>, tensor<f64>) -> tensor<6xf64>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<6xf64>) -> tensor<6x5xf64>
    %6 = stablehlo.multiply %5, %arg0 : tensor<6x5xf64>
    %7 = stablehlo.add %arg2, %6 : tensor<6x5xf64>
    return %7 : tensor<6x5xf64>
  }
}
