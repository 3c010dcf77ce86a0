// RUN: verify
#a = #stablehlo.channel_handle<handle=1, type=2>
func.func @main(%a: tensor<2x3xf32>, %p: tensor<i1>, %t: !stablehlo.token) -> tensor<2x3xf32> attributes {x = #a, y= dense<[true,false,true]> : tensor<3xi1>, z= dense<true> : tensor<30xi1>, w = array<i1: true,false>} {
  %c = stablehlo.constant dense<"0x05"> : tensor<3xi1>
  %c1 = stablehlo.constant dense<"0xFF"> : tensor<30xi1>
  %c3 = stablehlo.constant dense<[1,2,-3]> : tensor<3xi4>
  %c4 = stablehlo.constant dense<(1.0,2.0)> : tensor<3xcomplex<f32>>
  %c5 = stablehlo.constant dense<[(1.0,2.0),(0x7FC00000, 3.0)]> : tensor<2xcomplex<f32>>
  %c6 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf8E4M3FN>
  %c7 = stablehlo.constant dense<[1.0, 0.5]> : tensor<2xf4E2M1FN>
  %c8 = stablehlo.constant dense<> : tensor<0xf32>
  %d8 = stablehlo.constant dense<> : tensor<3x0xf32>
  %c9 = stablehlo.constant dense<[0x3F, -1]> : tensor<2xi8>
  %c10 = stablehlo.constant dense<[255, 1]> : tensor<2xui8>
  %0 = "stablehlo.while"(%a) ({
    ^bb0(%x: tensor<2x3xf32>):
      "stablehlo.return"(%p) : (tensor<i1>) -> ()
    }, {
    ^bb0(%x: tensor<2x3xf32>):
      "stablehlo.return"(%x) : (tensor<2x3xf32>) -> ()
  }) {mhlo.foo = 1.5 : f32, q = @foo::@bar, u, n = 3, ff = 1.0, dd = {a = 1}, xx = #stablehlo<precision HIGH>, t = tensor<3x?xf32, #stablehlo.bounds<?, 3>>, "a b" = 1 : index } : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %p2 = stablehlo.constant dense<0> : tensor<i32>
  %1 = "stablehlo.case"(%p2) ({ stablehlo.return %0 : tensor<2x3xf32> }, { stablehlo.return %a : tensor<2x3xf32>}) : (tensor<i32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}
//| func.func @main(%arg0: tensor<2x3xf32>, %arg1: tensor<i1>, %arg2: !stablehlo.token) -> tensor<2x3xf32> attributes {x = #stablehlo.channel_handle<handle=1, type=2>, y = dense<[true, false, true]> : tensor<3xi1>, z = dense<true> : tensor<30xi1>, w = array<i1: true, false>} {
//| %0 = stablehlo.constant dense<true> : tensor<3xi1>
//| %1 = stablehlo.constant dense<true> : tensor<30xi1>
//| %2 = stablehlo.constant dense<[1, 2, -3]> : tensor<3xi4>
//| %3 = stablehlo.constant dense<(1.000000e+00,2.000000e+00)> : tensor<3xcomplex<f32>>
//| %4 = stablehlo.constant dense<[(1.000000e+00,2.000000e+00), (0x7FC00000,3.000000e+00)]> : tensor<2xcomplex<f32>>
//| %5 = stablehlo.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf8E4M3FN>
//| %6 = stablehlo.constant dense<[1.000000e+00, 5.000000e-01]> : tensor<2xf4E2M1FN>
//| %7 = stablehlo.constant dense<> : tensor<0xf32>
//| %8 = stablehlo.constant dense<> : tensor<3x0xf32>
//| %9 = stablehlo.constant dense<[63, -1]> : tensor<2xi8>
//| %10 = stablehlo.constant dense<[255, 1]> : tensor<2xui8>
//| %11 = stablehlo.while(%arg3 = %arg0) : tensor<2x3xf32> attributes {mhlo.foo = 1.500000e+00 : f32, q = @foo::@bar, u, n = 3 : i64, ff = 1.000000e+00 : f64, dd = {a = 1 : i64}, xx = #stablehlo<precision HIGH>, t = tensor<3x?xf32, #stablehlo.bounds<?, 3>>, "a b" = 1 : index}
//| cond {
//| stablehlo.return %arg1 : tensor<i1>
//| } do {
//| stablehlo.return %arg3 : tensor<2x3xf32>
//| }
//| %12 = stablehlo.constant dense<0> : tensor<i32>
//| %13 = "stablehlo.case"(%12) ({
//| stablehlo.return %11 : tensor<2x3xf32>
//| }, {
//| stablehlo.return %arg0 : tensor<2x3xf32>
//| }) : (tensor<i32>) -> tensor<2x3xf32>
//| return %11 : tensor<2x3xf32>
//| }
