module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<40xf32>) -> (tensor<40xf32> {jax.result_info = "result[0]"}, tensor<40xf32> {jax.result_info = "result[1]"}, tensor<40xf32> {jax.result_info = "result[2]"}, tensor<40xf32> {jax.result_info = "result[3]"}, tensor<40xf32> {jax.result_info = "result[4]"}, tensor<40xf32> {jax.result_info = "result[5]"}, tensor<40xf32> {jax.result_info = "result[6]"}, tensor<40xf32> {jax.result_info = "result[7]"}, tensor<40xf32> {jax.result_info = "result[8]"}, tensor<40xf32> {jax.result_info = "result[9]"}, tensor<40xf32> {jax.result_info = "result[10]"}, tensor<40xf32> {jax.result_info = "result[11]"}, tensor<40xf32> {jax.result_info = "result[12]"}, tensor<40xf32> {jax.result_info = "result[13]"}) {
    %cst = stablehlo.constant dense<[-59.9633484, 98.0010757, -56.6762848, 13.9312611, -1.23916578]> : tensor<5xf32>
    %cst_0 = stablehlo.constant dense<[1.000000e+00, 1.95448864, 4.67627907, 86.3602447, -225.462692, 200.260208, -82.0372238, 15.9056225, -1.18331623]> : tensor<9xf32>
    %cst_1 = stablehlo.constant dense<[3.23774886, 6.91522884, 3.93881035, 1.33303463, 0.201485395, 0.0123716639, 3.01581546E-4, 2.65806966E-6, 6.23974561E-9]> : tensor<9xf32>
    %cst_2 = stablehlo.constant dense<[1.000000e+00, 6.02427053, 3.67983556, 1.37702096, 2.162370e-01, 1.342040e-02, 3.28014459E-4, 2.89247873E-6, 6.79019418E-9]> : tensor<9xf32>
    %cst_3 = stablehlo.constant dense<[4.05544901, 31.5251102, 57.1628189, 44.0805092, 14.6849566, 2.18663311, -0.140256077, -0.035042461, -8.57456762E-4]> : tensor<9xf32>
    %cst_4 = stablehlo.constant dense<[1.000000e+00, 15.7799883, 45.3907623, 41.3172035, 15.0425386, 2.5046494, -0.142182916, -0.0380806401, -9.33259492E-4]> : tensor<9xf32>
    %0 = stablehlo.abs %arg0 : tensor<40xf32>
    %cst_5 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.add %0, %1 : tensor<40xf32>
    %3 = chlo.erf %arg0 : tensor<40xf32> -> tensor<40xf32>
    %4 = chlo.erfc %arg0 : tensor<40xf32> -> tensor<40xf32>
    %5 = stablehlo.tanh %arg0 : tensor<40xf32>
    %cst_6 = stablehlo.constant dense<0.899999976> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %7 = stablehlo.multiply %6, %5 : tensor<40xf32>
    %8 = chlo.erf_inv %7 : tensor<40xf32> -> tensor<40xf32>
    %9 = chlo.lgamma %2 : tensor<40xf32> -> tensor<40xf32>
    %10 = chlo.digamma %2 : tensor<40xf32> -> tensor<40xf32>
    %11 = stablehlo.abs %arg0 : tensor<40xf32>
    %cst_7 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_8 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_9 = stablehlo.constant dense<3.200000e+01> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %15 = stablehlo.multiply %12, %11 : tensor<40xf32>
    %16 = stablehlo.subtract %15, %13 : tensor<40xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %20 = stablehlo.multiply %16, %17 : tensor<40xf32>
    %21 = stablehlo.subtract %20, %18 : tensor<40xf32>
    %cst_13 = stablehlo.constant dense<-1.30002498E-8> : tensor<f32>
    %22 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %23 = stablehlo.add %21, %22 : tensor<40xf32>
    %24 = stablehlo.multiply %16, %23 : tensor<40xf32>
    %25 = stablehlo.subtract %24, %17 : tensor<40xf32>
    %cst_14 = stablehlo.constant dense<6.04699508E-8> : tensor<f32>
    %26 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %27 = stablehlo.add %25, %26 : tensor<40xf32>
    %28 = stablehlo.multiply %16, %27 : tensor<40xf32>
    %29 = stablehlo.subtract %28, %23 : tensor<40xf32>
    %cst_15 = stablehlo.constant dense<-2.67079372E-7> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %31 = stablehlo.add %29, %30 : tensor<40xf32>
    %32 = stablehlo.multiply %16, %31 : tensor<40xf32>
    %33 = stablehlo.subtract %32, %27 : tensor<40xf32>
    %cst_16 = stablehlo.constant dense<1.11738757E-6> : tensor<f32>
    %34 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %35 = stablehlo.add %33, %34 : tensor<40xf32>
    %36 = stablehlo.multiply %16, %35 : tensor<40xf32>
    %37 = stablehlo.subtract %36, %31 : tensor<40xf32>
    %cst_17 = stablehlo.constant dense<-4.41673819E-6> : tensor<f32>
    %38 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %39 = stablehlo.add %37, %38 : tensor<40xf32>
    %40 = stablehlo.multiply %16, %39 : tensor<40xf32>
    %41 = stablehlo.subtract %40, %35 : tensor<40xf32>
    %cst_18 = stablehlo.constant dense<1.64484482E-5> : tensor<f32>
    %42 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %43 = stablehlo.add %41, %42 : tensor<40xf32>
    %44 = stablehlo.multiply %16, %43 : tensor<40xf32>
    %45 = stablehlo.subtract %44, %39 : tensor<40xf32>
    %cst_19 = stablehlo.constant dense<-5.75419508E-5> : tensor<f32>
    %46 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %47 = stablehlo.add %45, %46 : tensor<40xf32>
    %48 = stablehlo.multiply %16, %47 : tensor<40xf32>
    %49 = stablehlo.subtract %48, %43 : tensor<40xf32>
    %cst_20 = stablehlo.constant dense<1.88502891E-4> : tensor<f32>
    %50 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %51 = stablehlo.add %49, %50 : tensor<40xf32>
    %52 = stablehlo.multiply %16, %51 : tensor<40xf32>
    %53 = stablehlo.subtract %52, %47 : tensor<40xf32>
    %cst_21 = stablehlo.constant dense<-5.76375576E-4> : tensor<f32>
    %54 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %55 = stablehlo.add %53, %54 : tensor<40xf32>
    %56 = stablehlo.multiply %16, %55 : tensor<40xf32>
    %57 = stablehlo.subtract %56, %51 : tensor<40xf32>
    %cst_22 = stablehlo.constant dense<0.00163947558> : tensor<f32>
    %58 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %59 = stablehlo.add %57, %58 : tensor<40xf32>
    %60 = stablehlo.multiply %16, %59 : tensor<40xf32>
    %61 = stablehlo.subtract %60, %55 : tensor<40xf32>
    %cst_23 = stablehlo.constant dense<-4.324310e-03> : tensor<f32>
    %62 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %63 = stablehlo.add %61, %62 : tensor<40xf32>
    %64 = stablehlo.multiply %16, %63 : tensor<40xf32>
    %65 = stablehlo.subtract %64, %59 : tensor<40xf32>
    %cst_24 = stablehlo.constant dense<0.0105464607> : tensor<f32>
    %66 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %67 = stablehlo.add %65, %66 : tensor<40xf32>
    %68 = stablehlo.multiply %16, %67 : tensor<40xf32>
    %69 = stablehlo.subtract %68, %63 : tensor<40xf32>
    %cst_25 = stablehlo.constant dense<-0.0237374157> : tensor<f32>
    %70 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %71 = stablehlo.add %69, %70 : tensor<40xf32>
    %72 = stablehlo.multiply %16, %71 : tensor<40xf32>
    %73 = stablehlo.subtract %72, %67 : tensor<40xf32>
    %cst_26 = stablehlo.constant dense<0.0493052825> : tensor<f32>
    %74 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %75 = stablehlo.add %73, %74 : tensor<40xf32>
    %76 = stablehlo.multiply %16, %75 : tensor<40xf32>
    %77 = stablehlo.subtract %76, %71 : tensor<40xf32>
    %cst_27 = stablehlo.constant dense<-9.490110e-02> : tensor<f32>
    %78 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %79 = stablehlo.add %77, %78 : tensor<40xf32>
    %80 = stablehlo.multiply %16, %79 : tensor<40xf32>
    %81 = stablehlo.subtract %80, %75 : tensor<40xf32>
    %cst_28 = stablehlo.constant dense<0.171620905> : tensor<f32>
    %82 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %83 = stablehlo.add %81, %82 : tensor<40xf32>
    %84 = stablehlo.multiply %16, %83 : tensor<40xf32>
    %85 = stablehlo.subtract %84, %79 : tensor<40xf32>
    %cst_29 = stablehlo.constant dense<-0.304682672> : tensor<f32>
    %86 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %87 = stablehlo.add %85, %86 : tensor<40xf32>
    %88 = stablehlo.multiply %16, %87 : tensor<40xf32>
    %89 = stablehlo.subtract %88, %83 : tensor<40xf32>
    %cst_30 = stablehlo.constant dense<0.676795303> : tensor<f32>
    %90 = stablehlo.broadcast_in_dim %cst_30, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %91 = stablehlo.add %89, %90 : tensor<40xf32>
    %92 = stablehlo.subtract %91, %83 : tensor<40xf32>
    %cst_31 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %93 = stablehlo.broadcast_in_dim %cst_31, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %94 = stablehlo.multiply %93, %92 : tensor<40xf32>
    %95 = stablehlo.divide %14, %11 : tensor<40xf32>
    %96 = stablehlo.subtract %95, %13 : tensor<40xf32>
    %cst_32 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %97 = stablehlo.broadcast_in_dim %cst_32, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_33 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %98 = stablehlo.broadcast_in_dim %cst_33, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_34 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %99 = stablehlo.broadcast_in_dim %cst_34, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %100 = stablehlo.multiply %96, %97 : tensor<40xf32>
    %101 = stablehlo.subtract %100, %98 : tensor<40xf32>
    %cst_35 = stablehlo.constant dense<3.39623196E-9> : tensor<f32>
    %102 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %103 = stablehlo.add %101, %102 : tensor<40xf32>
    %104 = stablehlo.multiply %96, %103 : tensor<40xf32>
    %105 = stablehlo.subtract %104, %97 : tensor<40xf32>
    %cst_36 = stablehlo.constant dense<2.26666899E-8> : tensor<f32>
    %106 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %107 = stablehlo.add %105, %106 : tensor<40xf32>
    %108 = stablehlo.multiply %96, %107 : tensor<40xf32>
    %109 = stablehlo.subtract %108, %103 : tensor<40xf32>
    %cst_37 = stablehlo.constant dense<2.04891862E-7> : tensor<f32>
    %110 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %111 = stablehlo.add %109, %110 : tensor<40xf32>
    %112 = stablehlo.multiply %96, %111 : tensor<40xf32>
    %113 = stablehlo.subtract %112, %107 : tensor<40xf32>
    %cst_38 = stablehlo.constant dense<2.89137051E-6> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %115 = stablehlo.add %113, %114 : tensor<40xf32>
    %116 = stablehlo.multiply %96, %115 : tensor<40xf32>
    %117 = stablehlo.subtract %116, %111 : tensor<40xf32>
    %cst_39 = stablehlo.constant dense<6.88975852E-5> : tensor<f32>
    %118 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %119 = stablehlo.add %117, %118 : tensor<40xf32>
    %120 = stablehlo.multiply %96, %119 : tensor<40xf32>
    %121 = stablehlo.subtract %120, %115 : tensor<40xf32>
    %cst_40 = stablehlo.constant dense<0.00336911646> : tensor<f32>
    %122 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %123 = stablehlo.add %121, %122 : tensor<40xf32>
    %124 = stablehlo.multiply %96, %123 : tensor<40xf32>
    %125 = stablehlo.subtract %124, %119 : tensor<40xf32>
    %cst_41 = stablehlo.constant dense<0.804490387> : tensor<f32>
    %126 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %127 = stablehlo.add %125, %126 : tensor<40xf32>
    %128 = stablehlo.subtract %127, %119 : tensor<40xf32>
    %cst_42 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %129 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %130 = stablehlo.multiply %129, %128 : tensor<40xf32>
    %131 = stablehlo.sqrt %11 : tensor<40xf32>
    %132 = stablehlo.divide %130, %131 : tensor<40xf32>
    %cst_43 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %133 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %134 = stablehlo.compare LE, %11, %133, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %135 = stablehlo.select %134, %94, %132 : tensor<40xi1>, tensor<40xf32>
    %136 = chlo.bessel_i1e %arg0 : tensor<40xf32> -> tensor<40xf32>
    %137 = stablehlo.negate %arg0 : tensor<40xf32>
    %138 = stablehlo.exponential %137 : tensor<40xf32>
    %cst_44 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %139 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %140 = stablehlo.add %139, %138 : tensor<40xf32>
    %cst_45 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %141 = stablehlo.broadcast_in_dim %cst_45, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %142 = stablehlo.divide %141, %140 : tensor<40xf32>
    %cst_46 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %143 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %144 = stablehlo.subtract %143, %142 : tensor<40xf32>
    %145 = stablehlo.divide %142, %144 : tensor<40xf32>
    %146 = stablehlo.log %145 : tensor<40xf32>
    %cst_47 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %147 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %148 = stablehlo.compare NE, %2, %147, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %149 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %150 = stablehlo.or %148, %149 : tensor<40xi1>
    %151 = stablehlo.log %2 : tensor<40xf32>
    %152 = stablehlo.multiply %2, %151 : tensor<40xf32>
    %cst_48 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %153 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %154 = call @_where(%150, %152, %153) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_49 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %cst_50 = stablehlo.constant dense<4.000000e-01> : tensor<f32>
    %155 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %156 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_51 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %157 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %158 = stablehlo.compare EQ, %2, %157, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_52 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %159 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %160 = stablehlo.compare EQ, %155, %159, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %161 = stablehlo.or %158, %160 : tensor<40xi1>
    %cst_53 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %162 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %163 = stablehlo.compare EQ, %155, %162, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_54 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %164 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %165 = stablehlo.compare EQ, %2, %164, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %166 = stablehlo.or %163, %165 : tensor<40xi1>
    %cst_55 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %167 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %168 = stablehlo.compare EQ, %156, %167, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_56 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %169 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %170 = stablehlo.compare EQ, %156, %169, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %171 = stablehlo.not %168 : tensor<40xi1>
    %172 = stablehlo.not %170 : tensor<40xi1>
    %173 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %174 = stablehlo.compare NE, %155, %155, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %175 = stablehlo.or %173, %174 : tensor<40xi1>
    %176 = stablehlo.compare NE, %156, %156, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %177 = stablehlo.or %175, %176 : tensor<40xi1>
    %178 = stablehlo.and %166, %172 : tensor<40xi1>
    %179 = stablehlo.and %161, %168 : tensor<40xi1>
    %180 = stablehlo.or %178, %179 : tensor<40xi1>
    %181 = stablehlo.and %161, %171 : tensor<40xi1>
    %182 = stablehlo.and %166, %170 : tensor<40xi1>
    %183 = stablehlo.or %181, %182 : tensor<40xi1>
    %cst_57 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %184 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %185 = stablehlo.compare LT, %2, %184, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_58 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %186 = stablehlo.broadcast_in_dim %cst_58, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %187 = stablehlo.compare LT, %155, %186, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %188 = stablehlo.or %185, %187 : tensor<40xi1>
    %cst_59 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %189 = stablehlo.broadcast_in_dim %cst_59, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %190 = stablehlo.compare LT, %156, %189, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %191 = stablehlo.or %188, %190 : tensor<40xi1>
    %cst_60 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %192 = stablehlo.broadcast_in_dim %cst_60, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %193 = stablehlo.compare GT, %156, %192, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %194 = stablehlo.or %191, %193 : tensor<40xi1>
    %195 = stablehlo.and %161, %166 : tensor<40xi1>
    %196 = stablehlo.or %195, %177 : tensor<40xi1>
    %197 = stablehlo.or %194, %196 : tensor<40xi1>
    %cst_61 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %198 = stablehlo.broadcast_in_dim %cst_61, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %199 = stablehlo.add %2, %198 : tensor<40xf32>
    %200 = stablehlo.add %2, %155 : tensor<40xf32>
    %cst_62 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %201 = stablehlo.broadcast_in_dim %cst_62, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %202 = stablehlo.add %200, %201 : tensor<40xf32>
    %203 = stablehlo.divide %199, %202 : tensor<40xf32>
    %204 = stablehlo.compare LT, %156, %203, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %205 = stablehlo.select %204, %2, %155 : tensor<40xi1>, tensor<40xf32>
    %206 = stablehlo.select %204, %155, %2 : tensor<40xi1>, tensor<40xf32>
    %cst_63 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %207 = stablehlo.broadcast_in_dim %cst_63, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %208 = stablehlo.subtract %207, %156 : tensor<40xf32>
    %209 = stablehlo.select %204, %156, %208 : tensor<40xi1>, tensor<40xf32>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %210 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %c_64 = stablehlo.constant dense<0> : tensor<i64>
    %211 = stablehlo.broadcast_in_dim %c_64, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %212 = stablehlo.compare EQ, %210, %211, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %cst_65 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %213 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_66 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %214 = stablehlo.broadcast_in_dim %cst_66, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %215 = stablehlo.select %212, %213, %214 : tensor<40xi1>, tensor<40xf32>
    %216 = stablehlo.abs %215 : tensor<40xf32>
    %cst_67 = stablehlo.constant dense<5.96046448E-8> : tensor<f32>
    %217 = stablehlo.broadcast_in_dim %cst_67, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %218 = stablehlo.compare LT, %216, %217, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_68 = stablehlo.constant dense<5.96046448E-8> : tensor<f32>
    %219 = stablehlo.broadcast_in_dim %cst_68, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %220 = stablehlo.select %218, %219, %215 : tensor<40xi1>, tensor<40xf32>
    %cst_69 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %221 = stablehlo.broadcast_in_dim %cst_69, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %c_70 = stablehlo.constant dense<1> : tensor<i64>
    %c_71 = stablehlo.constant dense<true> : tensor<i1>
    %222:8 = stablehlo.while(%iterArg = %205, %iterArg_123 = %206, %iterArg_124 = %209, %iterArg_125 = %c_70, %iterArg_126 = %c_71, %iterArg_127 = %220, %iterArg_128 = %221, %iterArg_129 = %220) : tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<i64>, tensor<i1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    cond {
      %c_130 = stablehlo.constant dense<200> : tensor<i64>
      %405 = stablehlo.compare LT, %iterArg_125, %c_130, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      %406 = stablehlo.and %405, %iterArg_126 : tensor<i1>
      stablehlo.return %406 : tensor<i1>
    } do {
      %405 = stablehlo.broadcast_in_dim %iterArg_125, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %c_130 = stablehlo.constant dense<2> : tensor<i64>
      %406 = stablehlo.broadcast_in_dim %c_130, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %407 = func.call @remainder(%405, %406) : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi64>
      %c_131 = stablehlo.constant dense<0> : tensor<i64>
      %408 = stablehlo.broadcast_in_dim %c_131, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %409 = stablehlo.compare EQ, %407, %408, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
      %c_132 = stablehlo.constant dense<1> : tensor<i64>
      %410 = stablehlo.broadcast_in_dim %c_132, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %411 = stablehlo.compare EQ, %405, %410, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
      %c_133 = stablehlo.constant dense<1> : tensor<i64>
      %412 = stablehlo.broadcast_in_dim %c_133, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %413 = stablehlo.subtract %405, %412 : tensor<40xi64>
      %c_134 = stablehlo.constant dense<2> : tensor<i64>
      %414 = stablehlo.broadcast_in_dim %c_134, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %415 = func.call @floor_divide(%413, %414) : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi64>
      %c_135 = stablehlo.constant dense<0> : tensor<i64>
      %416 = stablehlo.broadcast_in_dim %c_135, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %417 = stablehlo.compare EQ, %415, %416, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
      %418 = stablehlo.convert %415 : (tensor<40xi64>) -> tensor<40xf32>
      %cst_136 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %419 = stablehlo.broadcast_in_dim %cst_136, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %cst_137 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
      %420 = stablehlo.broadcast_in_dim %cst_137, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %421 = stablehlo.add %iterArg, %iterArg_123 : tensor<40xf32>
      %422 = stablehlo.negate %421 : tensor<40xf32>
      %423 = stablehlo.multiply %422, %iterArg_124 : tensor<40xf32>
      %424 = stablehlo.add %iterArg, %419 : tensor<40xf32>
      %425 = stablehlo.divide %423, %424 : tensor<40xf32>
      %426 = stablehlo.add %iterArg, %418 : tensor<40xf32>
      %427 = stablehlo.negate %426 : tensor<40xf32>
      %428 = stablehlo.add %iterArg, %iterArg_123 : tensor<40xf32>
      %429 = stablehlo.add %428, %418 : tensor<40xf32>
      %430 = stablehlo.multiply %427, %429 : tensor<40xf32>
      %431 = stablehlo.multiply %430, %iterArg_124 : tensor<40xf32>
      %432 = stablehlo.multiply %420, %418 : tensor<40xf32>
      %433 = stablehlo.add %iterArg, %432 : tensor<40xf32>
      %434 = stablehlo.multiply %420, %418 : tensor<40xf32>
      %435 = stablehlo.add %iterArg, %434 : tensor<40xf32>
      %436 = stablehlo.add %435, %419 : tensor<40xf32>
      %437 = stablehlo.multiply %433, %436 : tensor<40xf32>
      %438 = stablehlo.divide %431, %437 : tensor<40xf32>
      %439 = stablehlo.select %417, %425, %438 : tensor<40xi1>, tensor<40xf32>
      %440 = stablehlo.subtract %iterArg_123, %418 : tensor<40xf32>
      %441 = stablehlo.multiply %418, %440 : tensor<40xf32>
      %442 = stablehlo.multiply %441, %iterArg_124 : tensor<40xf32>
      %443 = stablehlo.multiply %420, %418 : tensor<40xf32>
      %444 = stablehlo.add %iterArg, %443 : tensor<40xf32>
      %445 = stablehlo.subtract %444, %419 : tensor<40xf32>
      %446 = stablehlo.multiply %420, %418 : tensor<40xf32>
      %447 = stablehlo.add %iterArg, %446 : tensor<40xf32>
      %448 = stablehlo.multiply %445, %447 : tensor<40xf32>
      %449 = stablehlo.divide %442, %448 : tensor<40xf32>
      %cst_138 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %450 = stablehlo.broadcast_in_dim %cst_138, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %451 = stablehlo.select %409, %439, %449 : tensor<40xi1>, tensor<40xf32>
      %452 = stablehlo.select %411, %450, %451 : tensor<40xi1>, tensor<40xf32>
      %453 = stablehlo.broadcast_in_dim %iterArg_125, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %c_139 = stablehlo.constant dense<0> : tensor<i64>
      %454 = stablehlo.broadcast_in_dim %c_139, dims = [] : (tensor<i64>) -> tensor<40xi64>
      %455 = stablehlo.compare EQ, %453, %454, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
      %cst_140 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
      %456 = stablehlo.broadcast_in_dim %cst_140, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %cst_141 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %457 = stablehlo.broadcast_in_dim %cst_141, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %458 = stablehlo.select %455, %456, %457 : tensor<40xi1>, tensor<40xf32>
      %459 = stablehlo.divide %452, %iterArg_127 : tensor<40xf32>
      %460 = stablehlo.add %458, %459 : tensor<40xf32>
      %cst_142 = stablehlo.constant dense<5.96046448E-8> : tensor<f32>
      %461 = stablehlo.broadcast_in_dim %cst_142, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %462 = stablehlo.abs %460 : tensor<40xf32>
      %463 = stablehlo.compare LT, %462, %461, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %464 = stablehlo.select %463, %461, %460 : tensor<40xi1>, tensor<40xf32>
      %465 = stablehlo.multiply %452, %iterArg_128 : tensor<40xf32>
      %466 = stablehlo.add %458, %465 : tensor<40xf32>
      %467 = stablehlo.abs %466 : tensor<40xf32>
      %468 = stablehlo.compare LT, %467, %461, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %469 = stablehlo.select %468, %461, %466 : tensor<40xi1>, tensor<40xf32>
      %cst_143 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %470 = stablehlo.broadcast_in_dim %cst_143, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %471 = stablehlo.divide %470, %469 : tensor<40xf32>
      %472 = stablehlo.multiply %464, %471 : tensor<40xf32>
      %473 = stablehlo.multiply %iterArg_129, %472 : tensor<40xf32>
      %c_144 = stablehlo.constant dense<1> : tensor<i64>
      %474 = stablehlo.add %iterArg_125, %c_144 : tensor<i64>
      %cst_145 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %475 = stablehlo.broadcast_in_dim %cst_145, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %476 = stablehlo.subtract %472, %475 : tensor<40xf32>
      %477 = stablehlo.abs %476 : tensor<40xf32>
      %cst_146 = stablehlo.constant dense<5.96046448E-8> : tensor<f32>
      %478 = stablehlo.broadcast_in_dim %cst_146, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %479 = stablehlo.compare GE, %477, %478, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %c_147 = stablehlo.constant dense<false> : tensor<i1>
      %480 = stablehlo.reduce(%479 init: %c_147) applies stablehlo.or across dimensions = [0] : (tensor<40xi1>, tensor<i1>) -> tensor<i1>
      stablehlo.return %iterArg, %iterArg_123, %iterArg_124, %474, %480, %464, %471, %473 : tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<i64>, tensor<i1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    }
    %223 = chlo.lgamma %206 : tensor<40xf32> -> tensor<40xf32>
    %224 = stablehlo.add %205, %206 : tensor<40xf32>
    %225 = chlo.lgamma %224 : tensor<40xf32> -> tensor<40xf32>
    %226 = stablehlo.subtract %223, %225 : tensor<40xf32>
    %227 = chlo.lgamma %205 : tensor<40xf32> -> tensor<40xf32>
    %228 = stablehlo.add %227, %226 : tensor<40xf32>
    %cst_72 = stablehlo.constant dense<2.3509887E-38> : tensor<f32>
    %229 = stablehlo.broadcast_in_dim %cst_72, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %230 = stablehlo.compare LT, %205, %229, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %231 = stablehlo.negate %209 : tensor<40xf32>
    %232 = stablehlo.log_plus_one %231 : tensor<40xf32>
    %233 = stablehlo.multiply %232, %206 : tensor<40xf32>
    %234 = stablehlo.subtract %233, %226 : tensor<40xf32>
    %235 = stablehlo.exponential %234 : tensor<40xf32>
    %236 = stablehlo.log %209 : tensor<40xf32>
    %237 = stablehlo.multiply %236, %205 : tensor<40xf32>
    %238 = stablehlo.negate %209 : tensor<40xf32>
    %239 = stablehlo.log_plus_one %238 : tensor<40xf32>
    %240 = stablehlo.multiply %239, %206 : tensor<40xf32>
    %241 = stablehlo.add %237, %240 : tensor<40xf32>
    %242 = stablehlo.subtract %241, %228 : tensor<40xf32>
    %243 = stablehlo.exponential %242 : tensor<40xf32>
    %244 = stablehlo.divide %243, %205 : tensor<40xf32>
    %245 = stablehlo.select %230, %235, %244 : tensor<40xi1>, tensor<40xf32>
    %246 = stablehlo.multiply %222#7, %245 : tensor<40xf32>
    %cst_73 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %247 = stablehlo.broadcast_in_dim %cst_73, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %248 = stablehlo.subtract %247, %246 : tensor<40xf32>
    %249 = stablehlo.select %204, %246, %248 : tensor<40xi1>, tensor<40xf32>
    %cst_74 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %250 = stablehlo.broadcast_in_dim %cst_74, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %251 = stablehlo.select %180, %250, %249 : tensor<40xi1>, tensor<40xf32>
    %cst_75 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %252 = stablehlo.broadcast_in_dim %cst_75, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %253 = stablehlo.select %183, %252, %251 : tensor<40xi1>, tensor<40xf32>
    %cst_76 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %254 = stablehlo.broadcast_in_dim %cst_76, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %255 = stablehlo.select %197, %254, %253 : tensor<40xi1>, tensor<40xf32>
    %cst_77 = stablehlo.constant dense<1.500000e+00> : tensor<f32>
    %256 = stablehlo.broadcast_in_dim %cst_77, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %257 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %258 = stablehlo.compare NE, %256, %256, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %259 = stablehlo.or %257, %258 : tensor<40xi1>
    %cst_78 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %260 = stablehlo.broadcast_in_dim %cst_78, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %261 = stablehlo.compare EQ, %256, %260, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_79 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %262 = stablehlo.broadcast_in_dim %cst_79, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %263 = stablehlo.compare EQ, %2, %262, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_80 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %264 = stablehlo.broadcast_in_dim %cst_80, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %265 = stablehlo.compare EQ, %256, %264, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_81 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %266 = stablehlo.broadcast_in_dim %cst_81, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %267 = stablehlo.compare LT, %256, %266, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_82 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %268 = stablehlo.broadcast_in_dim %cst_82, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %269 = stablehlo.compare LT, %2, %268, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %270 = stablehlo.and %263, %265 : tensor<40xi1>
    %271 = stablehlo.or %267, %269 : tensor<40xi1>
    %272 = stablehlo.or %271, %270 : tensor<40xi1>
    %273 = stablehlo.or %272, %259 : tensor<40xi1>
    %cst_83 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %274 = stablehlo.broadcast_in_dim %cst_83, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %275 = stablehlo.compare GE, %256, %274, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %276 = stablehlo.compare GT, %256, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %277 = stablehlo.and %275, %276 : tensor<40xi1>
    %278 = stablehlo.log %256 : tensor<40xf32>
    %279 = stablehlo.multiply %2, %278 : tensor<40xf32>
    %280 = stablehlo.subtract %279, %256 : tensor<40xf32>
    %281 = chlo.lgamma %2 : tensor<40xf32> -> tensor<40xf32>
    %282 = stablehlo.subtract %280, %281 : tensor<40xf32>
    %cst_84 = stablehlo.constant dense<3.40282347E+38> : tensor<f32>
    %283 = stablehlo.log %cst_84 : tensor<f32>
    %284 = stablehlo.negate %283 : tensor<f32>
    %285 = stablehlo.broadcast_in_dim %284, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %286 = stablehlo.compare LT, %282, %285, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %287 = stablehlo.exponential %282 : tensor<40xf32>
    %288 = stablehlo.or %265, %273 : tensor<40xi1>
    %289 = stablehlo.or %288, %286 : tensor<40xi1>
    %290 = stablehlo.or %289, %261 : tensor<40xi1>
    %291 = stablehlo.not %290 : tensor<40xi1>
    %292 = stablehlo.and %291, %277 : tensor<40xi1>
    %cst_85 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %293 = stablehlo.broadcast_in_dim %cst_85, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %294 = stablehlo.subtract %293, %2 : tensor<40xf32>
    %295 = stablehlo.add %256, %294 : tensor<40xf32>
    %cst_86 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %296 = stablehlo.broadcast_in_dim %cst_86, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %297 = stablehlo.add %295, %296 : tensor<40xf32>
    %cst_87 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %298 = stablehlo.broadcast_in_dim %cst_87, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_88 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %299 = stablehlo.broadcast_in_dim %cst_88, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %300 = stablehlo.add %256, %299 : tensor<40xf32>
    %301 = stablehlo.multiply %297, %256 : tensor<40xf32>
    %302 = stablehlo.divide %300, %301 : tensor<40xf32>
    %cst_89 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %303 = stablehlo.broadcast_in_dim %cst_89, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_90 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %304 = stablehlo.broadcast_in_dim %cst_90, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_91 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %305 = stablehlo.broadcast_in_dim %cst_91, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_92 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %306 = stablehlo.broadcast_in_dim %cst_92, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %307 = stablehlo.negate %256 : tensor<40xf32>
    %308 = stablehlo.multiply %302, %307 : tensor<40xf32>
    %309 = stablehlo.subtract %306, %308 : tensor<40xf32>
    %310 = stablehlo.divide %309, %301 : tensor<40xf32>
    %cst_93 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %311:15 = stablehlo.while(%iterArg = %292, %iterArg_123 = %302, %iterArg_124 = %303, %iterArg_125 = %294, %iterArg_126 = %297, %iterArg_127 = %cst_93, %iterArg_128 = %300, %iterArg_129 = %301, %iterArg_130 = %298, %iterArg_131 = %256, %iterArg_132 = %304, %iterArg_133 = %305, %iterArg_134 = %306, %iterArg_135 = %307, %iterArg_136 = %310) : tensor<40xi1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<f32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    cond {
      %cst_137 = stablehlo.constant dense<2.000000e+03> : tensor<f32>
      %405 = stablehlo.compare LT, %iterArg_127, %cst_137, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %c_138 = stablehlo.constant dense<false> : tensor<i1>
      %406 = stablehlo.reduce(%iterArg init: %c_138) applies stablehlo.or across dimensions = [0] : (tensor<40xi1>, tensor<i1>) -> tensor<i1>
      %407 = stablehlo.and %405, %406 : tensor<i1>
      stablehlo.return %407 : tensor<i1>
    } do {
      %cst_137 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %405 = stablehlo.add %iterArg_127, %cst_137 : tensor<f32>
      %cst_138 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %406 = stablehlo.broadcast_in_dim %cst_138, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %407 = stablehlo.add %iterArg_125, %406 : tensor<40xf32>
      %cst_139 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
      %408 = stablehlo.broadcast_in_dim %cst_139, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %409 = stablehlo.add %iterArg_126, %408 : tensor<40xf32>
      %410 = stablehlo.broadcast_in_dim %405, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %411 = stablehlo.multiply %407, %410 : tensor<40xf32>
      %412 = stablehlo.multiply %iterArg_128, %409 : tensor<40xf32>
      %413 = stablehlo.multiply %iterArg_130, %411 : tensor<40xf32>
      %414 = stablehlo.subtract %412, %413 : tensor<40xf32>
      %415 = stablehlo.multiply %iterArg_129, %409 : tensor<40xf32>
      %416 = stablehlo.multiply %iterArg_131, %411 : tensor<40xf32>
      %417 = stablehlo.subtract %415, %416 : tensor<40xf32>
      %cst_140 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
      %418 = stablehlo.broadcast_in_dim %cst_140, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %419 = stablehlo.compare NE, %417, %418, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %420 = stablehlo.divide %414, %417 : tensor<40xf32>
      %421 = stablehlo.subtract %iterArg_123, %420 : tensor<40xf32>
      %422 = stablehlo.divide %421, %420 : tensor<40xf32>
      %423 = stablehlo.abs %422 : tensor<40xf32>
      %cst_141 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %424 = stablehlo.broadcast_in_dim %cst_141, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %425 = stablehlo.select %419, %423, %424 : tensor<40xi1>, tensor<40xf32>
      %426 = stablehlo.select %419, %420, %iterArg_123 : tensor<40xi1>, tensor<40xf32>
      %427 = stablehlo.multiply %iterArg_134, %409 : tensor<40xf32>
      %428 = stablehlo.subtract %427, %iterArg_128 : tensor<40xf32>
      %429 = stablehlo.multiply %iterArg_132, %411 : tensor<40xf32>
      %430 = stablehlo.subtract %428, %429 : tensor<40xf32>
      %431 = stablehlo.broadcast_in_dim %405, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %432 = stablehlo.multiply %iterArg_130, %431 : tensor<40xf32>
      %433 = stablehlo.add %430, %432 : tensor<40xf32>
      %434 = stablehlo.multiply %iterArg_135, %409 : tensor<40xf32>
      %435 = stablehlo.subtract %434, %iterArg_129 : tensor<40xf32>
      %436 = stablehlo.multiply %iterArg_133, %411 : tensor<40xf32>
      %437 = stablehlo.subtract %435, %436 : tensor<40xf32>
      %438 = stablehlo.broadcast_in_dim %405, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %439 = stablehlo.multiply %iterArg_131, %438 : tensor<40xf32>
      %440 = stablehlo.add %437, %439 : tensor<40xf32>
      %441 = stablehlo.multiply %426, %440 : tensor<40xf32>
      %442 = stablehlo.subtract %433, %441 : tensor<40xf32>
      %443 = stablehlo.divide %442, %417 : tensor<40xf32>
      %444 = stablehlo.select %419, %443, %iterArg_136 : tensor<40xi1>, tensor<40xf32>
      %445 = stablehlo.subtract %444, %iterArg_136 : tensor<40xf32>
      %446 = stablehlo.abs %445 : tensor<40xf32>
      %cst_142 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %447 = stablehlo.broadcast_in_dim %cst_142, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %448 = stablehlo.select %419, %446, %447 : tensor<40xi1>, tensor<40xf32>
      %449 = stablehlo.abs %414 : tensor<40xf32>
      %cst_143 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %cst_144 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %450 = stablehlo.broadcast_in_dim %cst_144, dims = [] : (tensor<f32>) -> tensor<f32>
      %451 = stablehlo.divide %450, %cst_143 : tensor<f32>
      %452 = stablehlo.broadcast_in_dim %451, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %453 = stablehlo.compare GT, %449, %452, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %cst_145 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %454 = stablehlo.broadcast_in_dim %cst_145, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %455 = stablehlo.multiply %iterArg_128, %454 : tensor<40xf32>
      %456 = stablehlo.select %453, %455, %iterArg_128 : tensor<40xi1>, tensor<40xf32>
      %cst_146 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %457 = stablehlo.broadcast_in_dim %cst_146, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %458 = stablehlo.multiply %414, %457 : tensor<40xf32>
      %459 = stablehlo.select %453, %458, %414 : tensor<40xi1>, tensor<40xf32>
      %cst_147 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %460 = stablehlo.broadcast_in_dim %cst_147, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %461 = stablehlo.multiply %iterArg_129, %460 : tensor<40xf32>
      %462 = stablehlo.select %453, %461, %iterArg_129 : tensor<40xi1>, tensor<40xf32>
      %cst_148 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %463 = stablehlo.broadcast_in_dim %cst_148, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %464 = stablehlo.multiply %417, %463 : tensor<40xf32>
      %465 = stablehlo.select %453, %464, %417 : tensor<40xi1>, tensor<40xf32>
      %cst_149 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %466 = stablehlo.broadcast_in_dim %cst_149, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %467 = stablehlo.multiply %iterArg_134, %466 : tensor<40xf32>
      %468 = stablehlo.select %453, %467, %iterArg_134 : tensor<40xi1>, tensor<40xf32>
      %cst_150 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %469 = stablehlo.broadcast_in_dim %cst_150, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %470 = stablehlo.multiply %iterArg_135, %469 : tensor<40xf32>
      %471 = stablehlo.select %453, %470, %iterArg_135 : tensor<40xi1>, tensor<40xf32>
      %cst_151 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %472 = stablehlo.broadcast_in_dim %cst_151, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %473 = stablehlo.multiply %433, %472 : tensor<40xf32>
      %474 = stablehlo.select %453, %473, %433 : tensor<40xi1>, tensor<40xf32>
      %cst_152 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %475 = stablehlo.broadcast_in_dim %cst_152, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %476 = stablehlo.multiply %440, %475 : tensor<40xf32>
      %477 = stablehlo.select %453, %476, %440 : tensor<40xi1>, tensor<40xf32>
      %cst_153 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %478 = stablehlo.broadcast_in_dim %cst_153, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %479 = stablehlo.compare GT, %425, %478, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %480 = stablehlo.and %iterArg, %479 : tensor<40xi1>
      %481 = stablehlo.select %iterArg, %426, %iterArg_123 : tensor<40xi1>, tensor<40xf32>
      %482 = stablehlo.select %iterArg, %425, %iterArg_124 : tensor<40xi1>, tensor<40xf32>
      %483 = stablehlo.select %iterArg, %407, %iterArg_125 : tensor<40xi1>, tensor<40xf32>
      %484 = stablehlo.select %iterArg, %409, %iterArg_126 : tensor<40xi1>, tensor<40xf32>
      %485 = stablehlo.select %iterArg, %459, %iterArg_128 : tensor<40xi1>, tensor<40xf32>
      %486 = stablehlo.select %iterArg, %465, %iterArg_129 : tensor<40xi1>, tensor<40xf32>
      %487 = stablehlo.select %iterArg, %456, %iterArg_130 : tensor<40xi1>, tensor<40xf32>
      %488 = stablehlo.select %iterArg, %462, %iterArg_131 : tensor<40xi1>, tensor<40xf32>
      %489 = stablehlo.select %iterArg, %468, %iterArg_132 : tensor<40xi1>, tensor<40xf32>
      %490 = stablehlo.select %iterArg, %471, %iterArg_133 : tensor<40xi1>, tensor<40xf32>
      %491 = stablehlo.select %iterArg, %474, %iterArg_134 : tensor<40xi1>, tensor<40xf32>
      %492 = stablehlo.select %iterArg, %477, %iterArg_135 : tensor<40xi1>, tensor<40xf32>
      %493 = stablehlo.select %iterArg, %444, %iterArg_136 : tensor<40xi1>, tensor<40xf32>
      stablehlo.return %480, %481, %482, %483, %484, %405, %485, %486, %487, %488, %489, %490, %491, %492, %493 : tensor<40xi1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<f32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    }
    %312 = stablehlo.multiply %311#1, %287 : tensor<40xf32>
    %cst_94 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %313 = stablehlo.broadcast_in_dim %cst_94, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %314 = stablehlo.subtract %313, %312 : tensor<40xf32>
    %315 = stablehlo.not %277 : tensor<40xi1>
    %316 = stablehlo.and %291, %315 : tensor<40xi1>
    %cst_95 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %317 = stablehlo.broadcast_in_dim %cst_95, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_96 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %318 = stablehlo.broadcast_in_dim %cst_96, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_97 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %319 = stablehlo.broadcast_in_dim %cst_97, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_98 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %320 = stablehlo.broadcast_in_dim %cst_98, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %321:7 = stablehlo.while(%iterArg = %316, %iterArg_123 = %2, %iterArg_124 = %317, %iterArg_125 = %318, %iterArg_126 = %256, %iterArg_127 = %319, %iterArg_128 = %320) : tensor<40xi1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    cond {
      %c_129 = stablehlo.constant dense<false> : tensor<i1>
      %405 = stablehlo.reduce(%iterArg init: %c_129) applies stablehlo.or across dimensions = [0] : (tensor<40xi1>, tensor<i1>) -> tensor<i1>
      stablehlo.return %405 : tensor<i1>
    } do {
      %cst_129 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %405 = stablehlo.broadcast_in_dim %cst_129, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %406 = stablehlo.add %iterArg_123, %405 : tensor<40xf32>
      %407 = stablehlo.divide %iterArg_126, %406 : tensor<40xf32>
      %408 = stablehlo.multiply %iterArg_127, %407 : tensor<40xf32>
      %409 = stablehlo.multiply %iterArg_124, %iterArg_126 : tensor<40xf32>
      %410 = stablehlo.multiply %406, %406 : tensor<40xf32>
      %411 = stablehlo.divide %409, %410 : tensor<40xf32>
      %412 = stablehlo.subtract %408, %411 : tensor<40xf32>
      %413 = stablehlo.add %iterArg_128, %412 : tensor<40xf32>
      %414 = stablehlo.divide %iterArg_126, %406 : tensor<40xf32>
      %415 = stablehlo.multiply %iterArg_124, %414 : tensor<40xf32>
      %416 = stablehlo.add %iterArg_125, %415 : tensor<40xf32>
      %417 = stablehlo.divide %415, %416 : tensor<40xf32>
      %cst_130 = stablehlo.constant dense<1.1920929E-7> : tensor<f32>
      %418 = stablehlo.broadcast_in_dim %cst_130, dims = [] : (tensor<f32>) -> tensor<40xf32>
      %419 = stablehlo.compare GT, %417, %418, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
      %420 = stablehlo.and %iterArg, %419 : tensor<40xi1>
      %421 = stablehlo.select %iterArg, %406, %iterArg_123 : tensor<40xi1>, tensor<40xf32>
      %422 = stablehlo.select %iterArg, %415, %iterArg_124 : tensor<40xi1>, tensor<40xf32>
      %423 = stablehlo.select %iterArg, %416, %iterArg_125 : tensor<40xi1>, tensor<40xf32>
      %424 = stablehlo.select %iterArg, %iterArg_126, %iterArg_126 : tensor<40xi1>, tensor<40xf32>
      %425 = stablehlo.select %iterArg, %412, %iterArg_127 : tensor<40xi1>, tensor<40xf32>
      %426 = stablehlo.select %iterArg, %413, %iterArg_128 : tensor<40xi1>, tensor<40xf32>
      stablehlo.return %420, %421, %422, %423, %424, %425, %426 : tensor<40xi1>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
    }
    %322 = stablehlo.multiply %321#3, %287 : tensor<40xf32>
    %323 = stablehlo.divide %322, %2 : tensor<40xf32>
    %324 = stablehlo.select %277, %314, %323 : tensor<40xi1>, tensor<40xf32>
    %cst_99 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %325 = stablehlo.broadcast_in_dim %cst_99, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %326 = stablehlo.select %265, %325, %324 : tensor<40xi1>, tensor<40xf32>
    %cst_100 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %327 = stablehlo.broadcast_in_dim %cst_100, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %328 = stablehlo.select %261, %327, %326 : tensor<40xi1>, tensor<40xf32>
    %cst_101 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %329 = stablehlo.broadcast_in_dim %cst_101, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %330 = stablehlo.select %273, %329, %328 : tensor<40xi1>, tensor<40xf32>
    %cst_102 = stablehlo.constant dense<1.100000e+00> : tensor<f32>
    %331 = stablehlo.broadcast_in_dim %cst_102, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %332 = stablehlo.add %2, %331 : tensor<40xf32>
    %333 = chlo.zeta %332, %2 : tensor<40xf32>, tensor<40xf32> -> tensor<40xf32>
    %cst_103 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %334 = stablehlo.broadcast_in_dim %cst_103, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %335 = chlo.polygamma %334, %2 : tensor<40xf32>, tensor<40xf32> -> tensor<40xf32>
    %336 = stablehlo.negate %arg0 : tensor<40xf32>
    %337 = stablehlo.exponential %336 : tensor<40xf32>
    %cst_104 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %338 = stablehlo.broadcast_in_dim %cst_104, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %339 = stablehlo.add %338, %337 : tensor<40xf32>
    %cst_105 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %340 = stablehlo.broadcast_in_dim %cst_105, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %341 = stablehlo.divide %340, %339 : tensor<40xf32>
    %cst_106 = stablehlo.constant dense<0.864664733> : tensor<f32>
    %342 = stablehlo.broadcast_in_dim %cst_106, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %343 = stablehlo.compare GT, %341, %342, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_107 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %344 = stablehlo.broadcast_in_dim %cst_107, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %345 = stablehlo.subtract %344, %341 : tensor<40xf32>
    %346 = call @_where(%343, %345, %341) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_108 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %347 = stablehlo.broadcast_in_dim %cst_108, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %348 = stablehlo.compare EQ, %346, %347, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_109 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %349 = stablehlo.broadcast_in_dim %cst_109, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %350 = call @_where(%348, %349, %346) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_110 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %351 = stablehlo.broadcast_in_dim %cst_110, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %352 = stablehlo.subtract %350, %351 : tensor<40xf32>
    %353 = chlo.square %352 : tensor<40xf32> -> tensor<40xf32>
    %354 = stablehlo.multiply %352, %353 : tensor<40xf32>
    %355 = call @polyval(%cst, %353) : (tensor<5xf32>, tensor<40xf32>) -> tensor<40xf32>
    %356 = call @polyval_2(%cst_0, %353) : (tensor<9xf32>, tensor<40xf32>) -> tensor<40xf32>
    %357 = stablehlo.divide %355, %356 : tensor<40xf32>
    %358 = stablehlo.multiply %354, %357 : tensor<40xf32>
    %359 = stablehlo.add %352, %358 : tensor<40xf32>
    %cst_111 = stablehlo.constant dense<-2.50662827> : tensor<f32>
    %360 = stablehlo.broadcast_in_dim %cst_111, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %361 = stablehlo.multiply %359, %360 : tensor<40xf32>
    %362 = stablehlo.log %350 : tensor<40xf32>
    %cst_112 = stablehlo.constant dense<-2.000000e+00> : tensor<f32>
    %363 = stablehlo.broadcast_in_dim %cst_112, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %364 = stablehlo.multiply %363, %362 : tensor<40xf32>
    %365 = stablehlo.sqrt %364 : tensor<40xf32>
    %366 = stablehlo.log %365 : tensor<40xf32>
    %367 = stablehlo.divide %366, %365 : tensor<40xf32>
    %368 = stablehlo.subtract %365, %367 : tensor<40xf32>
    %cst_113 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %369 = stablehlo.broadcast_in_dim %cst_113, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %370 = stablehlo.divide %369, %365 : tensor<40xf32>
    %371 = call @polyval_2(%cst_1, %370) : (tensor<9xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_114 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %372 = stablehlo.broadcast_in_dim %cst_114, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %373 = stablehlo.divide %372, %365 : tensor<40xf32>
    %374 = call @polyval_2(%cst_2, %373) : (tensor<9xf32>, tensor<40xf32>) -> tensor<40xf32>
    %375 = stablehlo.divide %371, %374 : tensor<40xf32>
    %376 = stablehlo.divide %375, %365 : tensor<40xf32>
    %cst_115 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %377 = stablehlo.broadcast_in_dim %cst_115, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %378 = stablehlo.divide %377, %365 : tensor<40xf32>
    %379 = call @polyval_2(%cst_3, %378) : (tensor<9xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_116 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %380 = stablehlo.broadcast_in_dim %cst_116, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %381 = stablehlo.divide %380, %365 : tensor<40xf32>
    %382 = call @polyval_2(%cst_4, %381) : (tensor<9xf32>, tensor<40xf32>) -> tensor<40xf32>
    %383 = stablehlo.divide %379, %382 : tensor<40xf32>
    %384 = stablehlo.divide %383, %365 : tensor<40xf32>
    %385 = stablehlo.subtract %368, %376 : tensor<40xf32>
    %386 = stablehlo.subtract %368, %384 : tensor<40xf32>
    %cst_117 = stablehlo.constant dense<0.135335281> : tensor<f32>
    %387 = stablehlo.broadcast_in_dim %cst_117, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %388 = stablehlo.compare GT, %350, %387, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_118 = stablehlo.constant dense<8.000000e+00> : tensor<f32>
    %389 = stablehlo.broadcast_in_dim %cst_118, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %390 = stablehlo.compare GE, %365, %389, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %391 = call @_where(%390, %385, %386) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %392 = call @_where(%388, %361, %391) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_119 = stablehlo.constant dense<0.864664733> : tensor<f32>
    %393 = stablehlo.broadcast_in_dim %cst_119, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %394 = stablehlo.compare GT, %341, %393, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %395 = stablehlo.negate %392 : tensor<40xf32>
    %396 = call @_where(%394, %392, %395) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_120 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %397 = stablehlo.broadcast_in_dim %cst_120, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %cst_121 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %398 = stablehlo.broadcast_in_dim %cst_121, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %399 = stablehlo.compare EQ, %341, %398, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %400 = stablehlo.negate %397 : tensor<40xf32>
    %cst_122 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %401 = stablehlo.broadcast_in_dim %cst_122, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %402 = stablehlo.compare EQ, %341, %401, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %403 = call @_where(%402, %397, %396) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %404 = call @_where(%399, %400, %403) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    return %3, %4, %8, %9, %10, %135, %136, %146, %154, %255, %330, %333, %335, %404 : tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>
  }
  func.func private @_where(%arg0: tensor<40xi1>, %arg1: tensor<40xf32>, %arg2: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<40xi1>, tensor<40xf32>
    return %0 : tensor<40xf32>
  }
  func.func private @remainder(%arg0: tensor<40xi64>, %arg1: tensor<40xi64>) -> tensor<40xi64> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %1 = stablehlo.compare EQ, %arg1, %0, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %c_0 = stablehlo.constant dense<1> : tensor<i64>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %3 = call @_where_0(%1, %2, %arg1) : (tensor<40xi1>, tensor<40xi64>, tensor<40xi64>) -> tensor<40xi64>
    %4 = stablehlo.remainder %arg0, %3 : tensor<40xi64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %5 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %c_2 = stablehlo.constant dense<0> : tensor<i64>
    %7 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %8 = stablehlo.compare LT, %4, %7, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %c_3 = stablehlo.constant dense<0> : tensor<i64>
    %9 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %10 = stablehlo.compare LT, %3, %9, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %11 = stablehlo.compare NE, %8, %10, UNSIGNED : (tensor<40xi1>, tensor<40xi1>) -> tensor<40xi1>
    %12 = stablehlo.and %11, %6 : tensor<40xi1>
    %13 = stablehlo.add %4, %3 : tensor<40xi64>
    %14 = stablehlo.select %12, %13, %4 : tensor<40xi1>, tensor<40xi64>
    return %14 : tensor<40xi64>
  }
  func.func private @_where_0(%arg0: tensor<40xi1>, %arg1: tensor<40xi64>, %arg2: tensor<40xi64>) -> tensor<40xi64> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<40xi1>, tensor<40xi64>
    return %0 : tensor<40xi64>
  }
  func.func private @floor_divide(%arg0: tensor<40xi64>, %arg1: tensor<40xi64>) -> tensor<40xi64> {
    %0 = stablehlo.divide %arg0, %arg1 : tensor<40xi64>
    %1 = stablehlo.sign %arg0 : tensor<40xi64>
    %2 = stablehlo.sign %arg1 : tensor<40xi64>
    %3 = stablehlo.compare NE, %1, %2, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %4 = stablehlo.remainder %arg0, %arg1 : tensor<40xi64>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %5 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<40xi64>, tensor<40xi64>) -> tensor<40xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %7 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<40xi1>
    %8 = stablehlo.compare NE, %3, %7, UNSIGNED : (tensor<40xi1>, tensor<40xi1>) -> tensor<40xi1>
    %9 = stablehlo.convert %8 : tensor<40xi1>
    %c_1 = stablehlo.constant dense<false> : tensor<i1>
    %10 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i1>) -> tensor<40xi1>
    %11 = stablehlo.compare NE, %6, %10, UNSIGNED : (tensor<40xi1>, tensor<40xi1>) -> tensor<40xi1>
    %12 = stablehlo.convert %11 : tensor<40xi1>
    %13 = stablehlo.and %9, %12 : tensor<40xi1>
    %c_2 = stablehlo.constant dense<1> : tensor<i64>
    %14 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i64>) -> tensor<40xi64>
    %15 = stablehlo.subtract %0, %14 : tensor<40xi64>
    %16 = call @_where_1(%13, %15, %0) : (tensor<40xi1>, tensor<40xi64>, tensor<40xi64>) -> tensor<40xi64>
    return %16 : tensor<40xi64>
  }
  func.func private @_where_1(%arg0: tensor<40xi1>, %arg1: tensor<40xi64>, %arg2: tensor<40xi64>) -> tensor<40xi64> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<40xi1>, tensor<40xi64>
    return %0 : tensor<40xi64>
  }
  func.func private @polyval(%arg0: tensor<5xf32>, %arg1: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.slice %arg0 [0:0] : (tensor<5xf32>) -> tensor<0xf32>
    %2 = stablehlo.slice %arg0 [0:5] : (tensor<5xf32>) -> tensor<5xf32>
    %3 = stablehlo.slice %2 [0:1] : (tensor<5xf32>) -> tensor<1xf32>
    %4 = stablehlo.reshape %3 : (tensor<1xf32>) -> tensor<f32>
    %5 = call @closed_call(%arg1, %0, %4) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %6 = stablehlo.slice %2 [1:2] : (tensor<5xf32>) -> tensor<1xf32>
    %7 = stablehlo.reshape %6 : (tensor<1xf32>) -> tensor<f32>
    %8 = call @closed_call(%arg1, %5, %7) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %9 = stablehlo.slice %2 [2:3] : (tensor<5xf32>) -> tensor<1xf32>
    %10 = stablehlo.reshape %9 : (tensor<1xf32>) -> tensor<f32>
    %11 = call @closed_call(%arg1, %8, %10) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %12 = stablehlo.slice %2 [3:4] : (tensor<5xf32>) -> tensor<1xf32>
    %13 = stablehlo.reshape %12 : (tensor<1xf32>) -> tensor<f32>
    %14 = call @closed_call(%arg1, %11, %13) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %15 = stablehlo.slice %2 [4:5] : (tensor<5xf32>) -> tensor<1xf32>
    %16 = stablehlo.reshape %15 : (tensor<1xf32>) -> tensor<f32>
    %17 = call @closed_call(%arg1, %14, %16) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    return %17 : tensor<40xf32>
  }
  func.func private @closed_call(%arg0: tensor<40xf32>, %arg1: tensor<40xf32>, %arg2: tensor<f32>) -> tensor<40xf32> {
    %0 = stablehlo.multiply %arg1, %arg0 : tensor<40xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.add %0, %1 : tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @polyval_2(%arg0: tensor<9xf32>, %arg1: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.slice %arg0 [0:0] : (tensor<9xf32>) -> tensor<0xf32>
    %2 = stablehlo.slice %arg0 [0:9] : (tensor<9xf32>) -> tensor<9xf32>
    %3 = stablehlo.slice %2 [0:1] : (tensor<9xf32>) -> tensor<1xf32>
    %4 = stablehlo.reshape %3 : (tensor<1xf32>) -> tensor<f32>
    %5 = call @closed_call_3(%arg1, %0, %4) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %6 = stablehlo.slice %2 [1:2] : (tensor<9xf32>) -> tensor<1xf32>
    %7 = stablehlo.reshape %6 : (tensor<1xf32>) -> tensor<f32>
    %8 = call @closed_call_3(%arg1, %5, %7) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %9 = stablehlo.slice %2 [2:3] : (tensor<9xf32>) -> tensor<1xf32>
    %10 = stablehlo.reshape %9 : (tensor<1xf32>) -> tensor<f32>
    %11 = call @closed_call_3(%arg1, %8, %10) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %12 = stablehlo.slice %2 [3:4] : (tensor<9xf32>) -> tensor<1xf32>
    %13 = stablehlo.reshape %12 : (tensor<1xf32>) -> tensor<f32>
    %14 = call @closed_call_3(%arg1, %11, %13) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %15 = stablehlo.slice %2 [4:5] : (tensor<9xf32>) -> tensor<1xf32>
    %16 = stablehlo.reshape %15 : (tensor<1xf32>) -> tensor<f32>
    %17 = call @closed_call_3(%arg1, %14, %16) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %18 = stablehlo.slice %2 [5:6] : (tensor<9xf32>) -> tensor<1xf32>
    %19 = stablehlo.reshape %18 : (tensor<1xf32>) -> tensor<f32>
    %20 = call @closed_call_3(%arg1, %17, %19) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %21 = stablehlo.slice %2 [6:7] : (tensor<9xf32>) -> tensor<1xf32>
    %22 = stablehlo.reshape %21 : (tensor<1xf32>) -> tensor<f32>
    %23 = call @closed_call_3(%arg1, %20, %22) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %24 = stablehlo.slice %2 [7:8] : (tensor<9xf32>) -> tensor<1xf32>
    %25 = stablehlo.reshape %24 : (tensor<1xf32>) -> tensor<f32>
    %26 = call @closed_call_3(%arg1, %23, %25) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %27 = stablehlo.slice %2 [8:9] : (tensor<9xf32>) -> tensor<1xf32>
    %28 = stablehlo.reshape %27 : (tensor<1xf32>) -> tensor<f32>
    %29 = call @closed_call_3(%arg1, %26, %28) : (tensor<40xf32>, tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    return %29 : tensor<40xf32>
  }
  func.func private @closed_call_3(%arg0: tensor<40xf32>, %arg1: tensor<40xf32>, %arg2: tensor<f32>) -> tensor<40xf32> {
    %0 = stablehlo.multiply %arg1, %arg0 : tensor<40xf32>
    %1 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.add %0, %1 : tensor<40xf32>
    return %2 : tensor<40xf32>
  }
}
