module {
  func.func @main(%arg0: tensor<2x3xf32>, %arg1: tensor<i1>, %arg2: !stablehlo.token) -> tensor<2x3xf32> attributes {w = array<i1: true, false>, x = #stablehlo.channel_handle<handle = 1, type = 2>, y = dense<[true, false, true]> : tensor<3xi1>, z = dense<true> : tensor<30xi1>} {
    %c = stablehlo.constant dense<true> : tensor<3xi1>
    %c_0 = stablehlo.constant dense<true> : tensor<30xi1>
    %c_1 = stablehlo.constant dense<[1, 2, -3]> : tensor<3xi4>
    %cst = stablehlo.constant dense<(1.000000e+00,2.000000e+00)> : tensor<3xcomplex<f32>>
    %cst_2 = stablehlo.constant dense<[(1.000000e+00,2.000000e+00), (0x7FC00000,3.000000e+00)]> : tensor<2xcomplex<f32>>
    %cst_3 = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf8E4M3FN>
    %cst_4 = stablehlo.constant dense<[1.000000e+00, 5.000000e-01]> : tensor<2xf4E2M1FN>
    %cst_5 = stablehlo.constant dense<> : tensor<0xf32>
    %cst_6 = stablehlo.constant dense<> : tensor<3x0xf32>
    %c_7 = stablehlo.constant dense<[63, -1]> : tensor<2xi8>
    %c_8 = stablehlo.constant dense<[255, 1]> : tensor<2xui8>
    %0 = stablehlo.while(%iterArg = %arg0) : tensor<2x3xf32> attributes {"a b" = 1 : index, dd = {a = 1 : i64}, ff = 1.000000e+00 : f64, mhlo.foo = 1.500000e+00 : f32, n = 3 : i64, q = @foo::@bar, t = tensor<3x?xf32, #stablehlo.bounds<?, 3>>, u, xx = #stablehlo<precision HIGH>}
    cond {
      stablehlo.return %arg1 : tensor<i1>
    } do {
      stablehlo.return %iterArg : tensor<2x3xf32>
    }
    %c_9 = stablehlo.constant dense<0> : tensor<i32>
    %1 = "stablehlo.case"(%c_9) ({
      stablehlo.return %0 : tensor<2x3xf32>
    }, {
      stablehlo.return %arg0 : tensor<2x3xf32>
    }) : (tensor<i32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}
