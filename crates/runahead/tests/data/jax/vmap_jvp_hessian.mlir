module @jit attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<3x4xf32>) -> (tensor<3x4xf32> {jax.result_info = "result[0]"}, tensor<f32> {jax.result_info = "result[1][0]"}, tensor<f32> {jax.result_info = "result[1][1]"}, tensor<4x4xf32> {jax.result_info = "result[2]"}) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<3x4xf32>
    %2 = stablehlo.multiply %1, %arg1 : tensor<3x4xf32>
    %3 = stablehlo.tanh %2 : tensor<3x4xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x4xf32>
    %5 = stablehlo.subtract %4, %3 : tensor<3x4xf32>
    %6 = stablehlo.multiply %3, %3 : tensor<3x4xf32>
    %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3x4xf32>
    %8 = stablehlo.multiply %7, %3 : tensor<3x4xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %9 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [1] : (tensor<3x4xf32>, tensor<f32>) -> tensor<3xf32>
    %10 = stablehlo.cosine %arg0 : tensor<4xf32>
    %11 = stablehlo.sine %arg0 : tensor<4xf32>
    %12 = stablehlo.slice %10 [0:2] : (tensor<4xf32>) -> tensor<2xf32>
    %13 = stablehlo.slice %10 [2:4] : (tensor<4xf32>) -> tensor<2xf32>
    %14 = stablehlo.multiply %12, %13 : tensor<2xf32>
    %15 = stablehlo.slice %14 [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %16 = stablehlo.slice %14 [1:2] : (tensor<2xf32>) -> tensor<1xf32>
    %17 = stablehlo.multiply %15, %16 : tensor<1xf32>
    %18 = stablehlo.reshape %17 : (tensor<1xf32>) -> tensor<f32>
    %19 = stablehlo.broadcast_in_dim %18, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %20 = stablehlo.multiply %9, %19 : tensor<3xf32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %22 = stablehlo.multiply %9, %21 : tensor<3xf32>
    %cst_3 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %23 = stablehlo.multiply %cst_3, %18 : tensor<f32>
    %24 = stablehlo.broadcast_in_dim %22, dims = [0] : (tensor<3xf32>) -> tensor<3x1xf32>
    %25 = stablehlo.broadcast_in_dim %15, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %26 = stablehlo.broadcast_in_dim %25, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<3x1xf32>
    %27 = stablehlo.multiply %26, %24 : tensor<3x1xf32>
    %28 = stablehlo.broadcast_in_dim %16, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %29 = stablehlo.broadcast_in_dim %28, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<3x1xf32>
    %30 = stablehlo.multiply %24, %29 : tensor<3x1xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %31 = stablehlo.pad %27, %cst_4, low = [0, 1], high = [0, 0], interior = [0, 0] : (tensor<3x1xf32>, tensor<f32>) -> tensor<3x2xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %32 = stablehlo.pad %30, %cst_5, low = [0, 0], high = [0, 1], interior = [0, 0] : (tensor<3x1xf32>, tensor<f32>) -> tensor<3x2xf32>
    %33 = stablehlo.add %31, %32 : tensor<3x2xf32>
    %34 = stablehlo.broadcast_in_dim %12, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %35 = stablehlo.broadcast_in_dim %34, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %36 = stablehlo.multiply %35, %33 : tensor<3x2xf32>
    %37 = stablehlo.broadcast_in_dim %13, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %38 = stablehlo.broadcast_in_dim %37, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<3x2xf32>
    %39 = stablehlo.multiply %33, %38 : tensor<3x2xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %40 = stablehlo.pad %36, %cst_6, low = [0, 2], high = [0, 0], interior = [0, 0] : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x4xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %41 = stablehlo.pad %39, %cst_7, low = [0, 0], high = [0, 2], interior = [0, 0] : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x4xf32>
    %42 = stablehlo.add %40, %41 : tensor<3x4xf32>
    %43 = stablehlo.negate %42 : tensor<3x4xf32>
    %44 = stablehlo.broadcast_in_dim %11, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<3x4xf32>
    %46 = stablehlo.multiply %43, %45 : tensor<3x4xf32>
    %47 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %48 = stablehlo.broadcast_in_dim %47, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %49 = stablehlo.broadcast_in_dim %48, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<3x4xf32>
    %50 = stablehlo.multiply %49, %8 : tensor<3x4xf32>
    %51 = stablehlo.multiply %50, %5 : tensor<3x4xf32>
    %52 = stablehlo.multiply %51, %3 : tensor<3x4xf32>
    %53 = stablehlo.add %51, %52 : tensor<3x4xf32>
    %54 = stablehlo.multiply %53, %arg1 : tensor<3x4xf32>
    %55 = stablehlo.add %46, %54 : tensor<3x4xf32>
    %56 = stablehlo.slice %arg1 [1:2, 0:4] : (tensor<3x4xf32>) -> tensor<1x4xf32>
    %57 = stablehlo.reshape %56 : (tensor<1x4xf32>) -> tensor<4xf32>
    %58 = stablehlo.slice %arg1 [0:1, 0:4] : (tensor<3x4xf32>) -> tensor<1x4xf32>
    %59 = stablehlo.reshape %58 : (tensor<1x4xf32>) -> tensor<4xf32>
    %60 = stablehlo.multiply %arg0, %59 : tensor<4xf32>
    %61 = stablehlo.multiply %57, %59 : tensor<4xf32>
    %62 = stablehlo.tanh %60 : tensor<4xf32>
    %63 = stablehlo.multiply %61, %62 : tensor<4xf32>
    %64 = stablehlo.add %61, %63 : tensor<4xf32>
    %cst_8 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %65 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %66 = stablehlo.subtract %65, %62 : tensor<4xf32>
    %67 = stablehlo.multiply %64, %66 : tensor<4xf32>
    %68 = stablehlo.multiply %62, %62 : tensor<4xf32>
    %cst_9 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %69 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %70 = stablehlo.multiply %69, %62 : tensor<4xf32>
    %71 = stablehlo.multiply %67, %70 : tensor<4xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %72 = stablehlo.reduce(%68 init: %cst_10) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %73 = stablehlo.reduce(%71 init: %cst_11) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %74 = stablehlo.cosine %arg0 : tensor<4xf32>
    %75 = stablehlo.sine %arg0 : tensor<4xf32>
    %76 = stablehlo.multiply %57, %75 : tensor<4xf32>
    %77 = stablehlo.negate %76 : tensor<4xf32>
    %78 = stablehlo.slice %74 [0:2] : (tensor<4xf32>) -> tensor<2xf32>
    %79 = stablehlo.slice %77 [0:2] : (tensor<4xf32>) -> tensor<2xf32>
    %80 = stablehlo.slice %74 [2:4] : (tensor<4xf32>) -> tensor<2xf32>
    %81 = stablehlo.slice %77 [2:4] : (tensor<4xf32>) -> tensor<2xf32>
    %82 = stablehlo.multiply %78, %80 : tensor<2xf32>
    %83 = stablehlo.multiply %79, %80 : tensor<2xf32>
    %84 = stablehlo.multiply %78, %81 : tensor<2xf32>
    %85 = stablehlo.add %83, %84 : tensor<2xf32>
    %86 = stablehlo.slice %82 [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %87 = stablehlo.slice %85 [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %88 = stablehlo.slice %82 [1:2] : (tensor<2xf32>) -> tensor<1xf32>
    %89 = stablehlo.slice %85 [1:2] : (tensor<2xf32>) -> tensor<1xf32>
    %90 = stablehlo.multiply %86, %88 : tensor<1xf32>
    %91 = stablehlo.multiply %87, %88 : tensor<1xf32>
    %92 = stablehlo.multiply %86, %89 : tensor<1xf32>
    %93 = stablehlo.add %91, %92 : tensor<1xf32>
    %94 = stablehlo.reshape %90 : (tensor<1xf32>) -> tensor<f32>
    %95 = stablehlo.reshape %93 : (tensor<1xf32>) -> tensor<f32>
    %96 = stablehlo.multiply %72, %94 : tensor<f32>
    %97 = stablehlo.multiply %73, %94 : tensor<f32>
    %98 = stablehlo.multiply %72, %95 : tensor<f32>
    %99 = stablehlo.add %97, %98 : tensor<f32>
    %100 = stablehlo.slice %arg1 [0:1, 0:4] : (tensor<3x4xf32>) -> tensor<1x4xf32>
    %101 = stablehlo.reshape %100 : (tensor<1x4xf32>) -> tensor<4xf32>
    %102 = stablehlo.iota dim = 0 : tensor<4x4xi64>
    %103 = stablehlo.iota dim = 1 : tensor<4x4xi64>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %104 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<4x4xi64>
    %105 = stablehlo.add %102, %104 : tensor<4x4xi64>
    %106 = stablehlo.compare EQ, %105, %103, SIGNED : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<4x4xi1>
    %107 = stablehlo.convert %106 : (tensor<4x4xi1>) -> tensor<4x4xf32>
    %108 = stablehlo.slice %107 [0:4, 0:4] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    %109 = stablehlo.convert %108 : tensor<4x4xf32>
    %110 = stablehlo.multiply %arg0, %101 : tensor<4xf32>
    %111 = stablehlo.broadcast_in_dim %101, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %112 = stablehlo.broadcast_in_dim %111, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %113 = stablehlo.multiply %109, %112 : tensor<4x4xf32>
    %114 = stablehlo.tanh %110 : tensor<4xf32>
    %115 = stablehlo.broadcast_in_dim %114, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %116 = stablehlo.broadcast_in_dim %115, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %117 = stablehlo.multiply %113, %116 : tensor<4x4xf32>
    %118 = stablehlo.add %113, %117 : tensor<4x4xf32>
    %cst_12 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %119 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %120 = stablehlo.subtract %119, %114 : tensor<4xf32>
    %121 = stablehlo.broadcast_in_dim %120, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %122 = stablehlo.broadcast_in_dim %121, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %123 = stablehlo.multiply %118, %122 : tensor<4x4xf32>
    %cst_13 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %124 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %125 = stablehlo.subtract %124, %114 : tensor<4xf32>
    %126 = stablehlo.negate %123 : tensor<4x4xf32>
    %127 = stablehlo.multiply %114, %114 : tensor<4xf32>
    %cst_14 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %128 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %129 = stablehlo.multiply %128, %114 : tensor<4xf32>
    %130 = stablehlo.broadcast_in_dim %129, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %131 = stablehlo.broadcast_in_dim %130, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %132 = stablehlo.multiply %123, %131 : tensor<4x4xf32>
    %cst_15 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %133 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %134 = stablehlo.multiply %133, %114 : tensor<4xf32>
    %cst_16 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %135 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<4x4xf32>
    %136 = stablehlo.multiply %135, %123 : tensor<4x4xf32>
    %cst_17 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %137 = stablehlo.reduce(%127 init: %cst_17) applies stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %138 = stablehlo.reduce(%132 init: %cst_18) applies stablehlo.add across dimensions = [1] : (tensor<4x4xf32>, tensor<f32>) -> tensor<4xf32>
    %139 = stablehlo.cosine %arg0 : tensor<4xf32>
    %140 = stablehlo.sine %arg0 : tensor<4xf32>
    %141 = stablehlo.broadcast_in_dim %140, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %142 = stablehlo.broadcast_in_dim %141, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %143 = stablehlo.multiply %109, %142 : tensor<4x4xf32>
    %144 = stablehlo.negate %143 : tensor<4x4xf32>
    %145 = stablehlo.sine %arg0 : tensor<4xf32>
    %146 = stablehlo.cosine %arg0 : tensor<4xf32>
    %147 = stablehlo.broadcast_in_dim %146, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %148 = stablehlo.broadcast_in_dim %147, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %149 = stablehlo.multiply %109, %148 : tensor<4x4xf32>
    %150 = stablehlo.slice %139 [0:2] : (tensor<4xf32>) -> tensor<2xf32>
    %151 = stablehlo.slice %144 [0:4, 0:2] : (tensor<4x4xf32>) -> tensor<4x2xf32>
    %152 = stablehlo.slice %139 [2:4] : (tensor<4xf32>) -> tensor<2xf32>
    %153 = stablehlo.slice %144 [0:4, 2:4] : (tensor<4x4xf32>) -> tensor<4x2xf32>
    %154 = stablehlo.multiply %150, %152 : tensor<2xf32>
    %155 = stablehlo.broadcast_in_dim %152, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %156 = stablehlo.broadcast_in_dim %155, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<4x2xf32>
    %157 = stablehlo.multiply %151, %156 : tensor<4x2xf32>
    %158 = stablehlo.broadcast_in_dim %150, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %159 = stablehlo.broadcast_in_dim %158, dims = [0, 1] : (tensor<1x2xf32>) -> tensor<4x2xf32>
    %160 = stablehlo.multiply %159, %153 : tensor<4x2xf32>
    %161 = stablehlo.add %157, %160 : tensor<4x2xf32>
    %162 = stablehlo.slice %154 [0:1] : (tensor<2xf32>) -> tensor<1xf32>
    %163 = stablehlo.slice %161 [0:4, 0:1] : (tensor<4x2xf32>) -> tensor<4x1xf32>
    %164 = stablehlo.slice %154 [1:2] : (tensor<2xf32>) -> tensor<1xf32>
    %165 = stablehlo.slice %161 [0:4, 1:2] : (tensor<4x2xf32>) -> tensor<4x1xf32>
    %166 = stablehlo.multiply %162, %164 : tensor<1xf32>
    %167 = stablehlo.broadcast_in_dim %164, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %168 = stablehlo.broadcast_in_dim %167, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<4x1xf32>
    %169 = stablehlo.multiply %163, %168 : tensor<4x1xf32>
    %170 = stablehlo.broadcast_in_dim %162, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %171 = stablehlo.broadcast_in_dim %170, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<4x1xf32>
    %172 = stablehlo.multiply %171, %165 : tensor<4x1xf32>
    %173 = stablehlo.add %169, %172 : tensor<4x1xf32>
    %174 = stablehlo.reshape %166 : (tensor<1xf32>) -> tensor<f32>
    %175 = stablehlo.reshape %173 : (tensor<4x1xf32>) -> tensor<4xf32>
    %176 = stablehlo.multiply %137, %174 : tensor<f32>
    %177 = stablehlo.broadcast_in_dim %174, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %178 = stablehlo.multiply %138, %177 : tensor<4xf32>
    %179 = stablehlo.broadcast_in_dim %137, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %180 = stablehlo.multiply %179, %175 : tensor<4xf32>
    %181 = stablehlo.add %178, %180 : tensor<4xf32>
    %182 = stablehlo.iota dim = 0 : tensor<1x1xi64>
    %183 = stablehlo.iota dim = 1 : tensor<1x1xi64>
    %c_19 = stablehlo.constant dense<0> : tensor<i64>
    %184 = stablehlo.broadcast_in_dim %c_19, dims = [] : (tensor<i64>) -> tensor<1x1xi64>
    %185 = stablehlo.add %182, %184 : tensor<1x1xi64>
    %186 = stablehlo.compare EQ, %185, %183, SIGNED : (tensor<1x1xi64>, tensor<1x1xi64>) -> tensor<1x1xi1>
    %187 = stablehlo.convert %186 : (tensor<1x1xi1>) -> tensor<1x1xf32>
    %188 = stablehlo.slice %187 [0:1, 0:1] : (tensor<1x1xf32>) -> tensor<1x1xf32>
    %189 = stablehlo.reshape %188 : (tensor<1x1xf32>) -> tensor<1xf32>
    %190 = stablehlo.convert %189 : tensor<1xf32>
    %191 = stablehlo.broadcast_in_dim %137, dims = [] : (tensor<f32>) -> tensor<1xf32>
    %192 = stablehlo.multiply %191, %190 : tensor<1xf32>
    %193 = stablehlo.broadcast_in_dim %190, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %194 = stablehlo.broadcast_in_dim %138, dims = [0] : (tensor<4xf32>) -> tensor<4x1xf32>
    %195 = stablehlo.broadcast_in_dim %193, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<4x1xf32>
    %196 = stablehlo.multiply %194, %195 : tensor<4x1xf32>
    %197 = stablehlo.broadcast_in_dim %174, dims = [] : (tensor<f32>) -> tensor<1xf32>
    %198 = stablehlo.multiply %190, %197 : tensor<1xf32>
    %199 = stablehlo.broadcast_in_dim %190, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %200 = stablehlo.broadcast_in_dim %175, dims = [0] : (tensor<4xf32>) -> tensor<4x1xf32>
    %201 = stablehlo.broadcast_in_dim %199, dims = [0, 1] : (tensor<1x1xf32>) -> tensor<4x1xf32>
    %202 = stablehlo.multiply %201, %200 : tensor<4x1xf32>
    %203 = stablehlo.broadcast_in_dim %192, dims = [0] : (tensor<1xf32>) -> tensor<1x1xf32>
    %204 = stablehlo.broadcast_in_dim %196, dims = [0, 1] : (tensor<4x1xf32>) -> tensor<4x1x1xf32>
    %205 = stablehlo.broadcast_in_dim %162, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %206 = stablehlo.broadcast_in_dim %163, dims = [0, 2] : (tensor<4x1xf32>) -> tensor<4x1x1xf32>
    %207 = stablehlo.multiply %205, %203 : tensor<1x1xf32>
    %208 = stablehlo.broadcast_in_dim %203, dims = [1, 2] : (tensor<1x1xf32>) -> tensor<1x1x1xf32>
    %209 = stablehlo.broadcast_in_dim %208, dims = [0, 1, 2] : (tensor<1x1x1xf32>) -> tensor<4x1x1xf32>
    %210 = stablehlo.multiply %206, %209 : tensor<4x1x1xf32>
    %211 = stablehlo.broadcast_in_dim %205, dims = [1, 2] : (tensor<1x1xf32>) -> tensor<1x1x1xf32>
    %212 = stablehlo.broadcast_in_dim %211, dims = [0, 1, 2] : (tensor<1x1x1xf32>) -> tensor<4x1x1xf32>
    %213 = stablehlo.multiply %212, %204 : tensor<4x1x1xf32>
    %214 = stablehlo.add %210, %213 : tensor<4x1x1xf32>
    %215 = stablehlo.broadcast_in_dim %164, dims = [1] : (tensor<1xf32>) -> tensor<1x1xf32>
    %216 = stablehlo.broadcast_in_dim %165, dims = [0, 2] : (tensor<4x1xf32>) -> tensor<4x1x1xf32>
    %217 = stablehlo.multiply %203, %215 : tensor<1x1xf32>
    %218 = stablehlo.broadcast_in_dim %215, dims = [1, 2] : (tensor<1x1xf32>) -> tensor<1x1x1xf32>
    %219 = stablehlo.broadcast_in_dim %218, dims = [0, 1, 2] : (tensor<1x1x1xf32>) -> tensor<4x1x1xf32>
    %220 = stablehlo.multiply %204, %219 : tensor<4x1x1xf32>
    %221 = stablehlo.broadcast_in_dim %203, dims = [1, 2] : (tensor<1x1xf32>) -> tensor<1x1x1xf32>
    %222 = stablehlo.broadcast_in_dim %221, dims = [0, 1, 2] : (tensor<1x1x1xf32>) -> tensor<4x1x1xf32>
    %223 = stablehlo.multiply %222, %216 : tensor<4x1x1xf32>
    %224 = stablehlo.add %220, %223 : tensor<4x1x1xf32>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %225 = stablehlo.pad %207, %cst_20, low = [0, 1], high = [0, 0], interior = [0, 0] : (tensor<1x1xf32>, tensor<f32>) -> tensor<1x2xf32>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %226 = stablehlo.pad %214, %cst_21, low = [0, 0, 1], high = [0, 0, 0], interior = [0, 0, 0] : (tensor<4x1x1xf32>, tensor<f32>) -> tensor<4x1x2xf32>
    %cst_22 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %227 = stablehlo.pad %217, %cst_22, low = [0, 0], high = [0, 1], interior = [0, 0] : (tensor<1x1xf32>, tensor<f32>) -> tensor<1x2xf32>
    %cst_23 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %228 = stablehlo.pad %224, %cst_23, low = [0, 0, 0], high = [0, 0, 1], interior = [0, 0, 0] : (tensor<4x1x1xf32>, tensor<f32>) -> tensor<4x1x2xf32>
    %229 = stablehlo.add %225, %227 : tensor<1x2xf32>
    %230 = stablehlo.add %226, %228 : tensor<4x1x2xf32>
    %231 = stablehlo.broadcast_in_dim %150, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %232 = stablehlo.broadcast_in_dim %151, dims = [0, 2] : (tensor<4x2xf32>) -> tensor<4x1x2xf32>
    %233 = stablehlo.multiply %231, %229 : tensor<1x2xf32>
    %234 = stablehlo.broadcast_in_dim %229, dims = [1, 2] : (tensor<1x2xf32>) -> tensor<1x1x2xf32>
    %235 = stablehlo.broadcast_in_dim %234, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<4x1x2xf32>
    %236 = stablehlo.multiply %232, %235 : tensor<4x1x2xf32>
    %237 = stablehlo.broadcast_in_dim %231, dims = [1, 2] : (tensor<1x2xf32>) -> tensor<1x1x2xf32>
    %238 = stablehlo.broadcast_in_dim %237, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<4x1x2xf32>
    %239 = stablehlo.multiply %238, %230 : tensor<4x1x2xf32>
    %240 = stablehlo.add %236, %239 : tensor<4x1x2xf32>
    %241 = stablehlo.broadcast_in_dim %152, dims = [1] : (tensor<2xf32>) -> tensor<1x2xf32>
    %242 = stablehlo.broadcast_in_dim %153, dims = [0, 2] : (tensor<4x2xf32>) -> tensor<4x1x2xf32>
    %243 = stablehlo.multiply %229, %241 : tensor<1x2xf32>
    %244 = stablehlo.broadcast_in_dim %241, dims = [1, 2] : (tensor<1x2xf32>) -> tensor<1x1x2xf32>
    %245 = stablehlo.broadcast_in_dim %244, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<4x1x2xf32>
    %246 = stablehlo.multiply %230, %245 : tensor<4x1x2xf32>
    %247 = stablehlo.broadcast_in_dim %229, dims = [1, 2] : (tensor<1x2xf32>) -> tensor<1x1x2xf32>
    %248 = stablehlo.broadcast_in_dim %247, dims = [0, 1, 2] : (tensor<1x1x2xf32>) -> tensor<4x1x2xf32>
    %249 = stablehlo.multiply %248, %242 : tensor<4x1x2xf32>
    %250 = stablehlo.add %246, %249 : tensor<4x1x2xf32>
    %cst_24 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %251 = stablehlo.pad %233, %cst_24, low = [0, 2], high = [0, 0], interior = [0, 0] : (tensor<1x2xf32>, tensor<f32>) -> tensor<1x4xf32>
    %cst_25 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %252 = stablehlo.pad %240, %cst_25, low = [0, 0, 2], high = [0, 0, 0], interior = [0, 0, 0] : (tensor<4x1x2xf32>, tensor<f32>) -> tensor<4x1x4xf32>
    %cst_26 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %253 = stablehlo.pad %243, %cst_26, low = [0, 0], high = [0, 2], interior = [0, 0] : (tensor<1x2xf32>, tensor<f32>) -> tensor<1x4xf32>
    %cst_27 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %254 = stablehlo.pad %250, %cst_27, low = [0, 0, 0], high = [0, 0, 2], interior = [0, 0, 0] : (tensor<4x1x2xf32>, tensor<f32>) -> tensor<4x1x4xf32>
    %255 = stablehlo.add %251, %253 : tensor<1x4xf32>
    %256 = stablehlo.add %252, %254 : tensor<4x1x4xf32>
    %257 = stablehlo.negate %255 : tensor<1x4xf32>
    %258 = stablehlo.negate %256 : tensor<4x1x4xf32>
    %259 = stablehlo.broadcast_in_dim %145, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %260 = stablehlo.broadcast_in_dim %149, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %261 = stablehlo.multiply %257, %259 : tensor<1x4xf32>
    %262 = stablehlo.broadcast_in_dim %259, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %263 = stablehlo.broadcast_in_dim %262, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %264 = stablehlo.multiply %258, %263 : tensor<4x1x4xf32>
    %265 = stablehlo.broadcast_in_dim %257, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %266 = stablehlo.broadcast_in_dim %265, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %267 = stablehlo.multiply %266, %260 : tensor<4x1x4xf32>
    %268 = stablehlo.add %264, %267 : tensor<4x1x4xf32>
    %269 = stablehlo.broadcast_in_dim %198, dims = [0] : (tensor<1xf32>) -> tensor<1x4xf32>
    %270 = stablehlo.broadcast_in_dim %202, dims = [0, 1] : (tensor<4x1xf32>) -> tensor<4x1x4xf32>
    %271 = stablehlo.broadcast_in_dim %134, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %272 = stablehlo.broadcast_in_dim %136, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %273 = stablehlo.multiply %269, %271 : tensor<1x4xf32>
    %274 = stablehlo.broadcast_in_dim %271, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %275 = stablehlo.broadcast_in_dim %274, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %276 = stablehlo.multiply %270, %275 : tensor<4x1x4xf32>
    %277 = stablehlo.broadcast_in_dim %269, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %278 = stablehlo.broadcast_in_dim %277, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %279 = stablehlo.multiply %278, %272 : tensor<4x1x4xf32>
    %280 = stablehlo.add %276, %279 : tensor<4x1x4xf32>
    %281 = stablehlo.broadcast_in_dim %125, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %282 = stablehlo.broadcast_in_dim %126, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %283 = stablehlo.multiply %273, %281 : tensor<1x4xf32>
    %284 = stablehlo.broadcast_in_dim %281, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %285 = stablehlo.broadcast_in_dim %284, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %286 = stablehlo.multiply %280, %285 : tensor<4x1x4xf32>
    %287 = stablehlo.broadcast_in_dim %273, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %288 = stablehlo.broadcast_in_dim %287, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %289 = stablehlo.multiply %288, %282 : tensor<4x1x4xf32>
    %290 = stablehlo.add %286, %289 : tensor<4x1x4xf32>
    %291 = stablehlo.broadcast_in_dim %114, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %292 = stablehlo.broadcast_in_dim %123, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %293 = stablehlo.multiply %283, %291 : tensor<1x4xf32>
    %294 = stablehlo.broadcast_in_dim %291, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %295 = stablehlo.broadcast_in_dim %294, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %296 = stablehlo.multiply %290, %295 : tensor<4x1x4xf32>
    %297 = stablehlo.broadcast_in_dim %283, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %298 = stablehlo.broadcast_in_dim %297, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %299 = stablehlo.multiply %298, %292 : tensor<4x1x4xf32>
    %300 = stablehlo.add %296, %299 : tensor<4x1x4xf32>
    %301 = stablehlo.add %283, %293 : tensor<1x4xf32>
    %302 = stablehlo.add %290, %300 : tensor<4x1x4xf32>
    %303 = stablehlo.broadcast_in_dim %101, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %304 = stablehlo.multiply %301, %303 : tensor<1x4xf32>
    %305 = stablehlo.broadcast_in_dim %303, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %306 = stablehlo.broadcast_in_dim %305, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %307 = stablehlo.multiply %302, %306 : tensor<4x1x4xf32>
    %308 = stablehlo.add %261, %304 : tensor<1x4xf32>
    %309 = stablehlo.add %268, %307 : tensor<4x1x4xf32>
    %310 = stablehlo.slice %308 [0:1, 0:4] : (tensor<1x4xf32>) -> tensor<1x4xf32>
    %311 = stablehlo.slice %309 [0:4, 0:1, 0:4] : (tensor<4x1x4xf32>) -> tensor<4x1x4xf32>
    %312 = stablehlo.reshape %310 : (tensor<1x4xf32>) -> tensor<4xf32>
    %313 = stablehlo.reshape %311 : (tensor<4x1x4xf32>) -> tensor<4x4xf32>
    %314 = stablehlo.transpose %313, dims = [1, 0] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    %315 = stablehlo.slice %314 [0:4, 0:4] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    return %55, %96, %99, %315 : tensor<3x4xf32>, tensor<f32>, tensor<f32>, tensor<4x4xf32>
  }
}
