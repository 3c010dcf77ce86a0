// RUN: verify
// A program as JAX prints it with locations, which name the parameters.
#loc = loc(unknown)
#loc1 = loc("params['b']")
#loc2 = loc("params['w1']")
#loc3 = loc("x")
#loc5 = loc("loss.py":6:2 to :114)
#loc15 = loc("loss.py":5:70 to :86)
#loc19 = loc("reduce")
#loc21 = loc("<module>"(#loc5))
#loc31 = loc("loss"(#loc15))
#loc35 = loc("reduce:"(#loc19))
#loc46 = loc(callsite(#loc31 at #loc21))
#loc71 = loc("jit(loss)"(#loc46))
module @jit_loss attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<5xf32> loc("params['b']"), %arg1: tensor<4x5xf32> loc("params['w1']"), %arg2: tensor<3x4xf32> loc("x")) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<3xi32> {jax.result_info = "result[1]"}) {
    %0 = stablehlo.dot_general %arg2, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32> loc(#loc57)
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<5xf32>) -> tensor<1x5xf32> loc(#loc58)
    %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x5xf32>) -> tensor<3x5xf32> loc(#loc59)
    %3 = stablehlo.add %0, %2 : tensor<3x5xf32> loc(#loc59)
    %4 = stablehlo.tanh %3 : tensor<3x5xf32> loc(#loc60)
    %5 = stablehlo.slice %arg2 [0:1, 0:1] : (tensor<3x4xf32>) -> tensor<1x1xf32> loc(#loc61)
    %6 = stablehlo.reshape %5 : (tensor<1x1xf32>) -> tensor<f32> loc(#loc62)
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc(#loc41)
    %7 = stablehlo.compare GT, %6, %cst, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc(#loc63)
    %8 = stablehlo.convert %7 : (tensor<i1>) -> tensor<i32> loc(#loc64)
    %9 = "stablehlo.case"(%8) ({
      %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32> loc(#loc65)
      %12 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<3x5xf32> loc(#loc81)
      %13 = stablehlo.subtract %4, %12 : tensor<3x5xf32> loc(#loc81)
      stablehlo.return %13 : tensor<3x5xf32> loc(#loc65)
    }, {
      %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32> loc(#loc65)
      %12 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<3x5xf32> loc(#loc82)
      %13 = stablehlo.multiply %4, %12 : tensor<3x5xf32> loc(#loc82)
      stablehlo.return %13 : tensor<3x5xf32> loc(#loc65)
    }) : (tensor<i32>) -> tensor<3x5xf32> loc(#loc65)
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc(#loc41)
    %c = stablehlo.constant dense<0> : tensor<i32> loc(#loc68)
    %10:3 = stablehlo.while(%iterArg = %9, %iterArg_1 = %c, %iterArg_2 = %cst_0) : tensor<3x5xf32>, tensor<i32>, tensor<f32>
    cond {
      %c_3 = stablehlo.constant dense<3> : tensor<i32> loc(#loc83)
      %12 = stablehlo.compare LT, %iterArg_1, %c_3, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc(#loc84)
      stablehlo.return %12 : tensor<i1> loc(#loc83)
    } do {
      %12 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_1) : (tensor<3x5xf32>, tensor<i32>) -> tensor<5xf32> loc(#loc85)
      %13 = func.call @closed_call(%iterArg_2, %12) : (tensor<f32>, tensor<5xf32>) -> tensor<f32> loc(#loc86)
      %c_3 = stablehlo.constant dense<1> : tensor<i32> loc(#loc83)
      %14 = stablehlo.add %iterArg_1, %c_3 : tensor<i32> loc(#loc87)
      stablehlo.return %iterArg, %14, %13 : tensor<3x5xf32>, tensor<i32>, tensor<f32> loc(#loc83)
    } loc(#loc83)
    %11 = call @argmax(%9) : (tensor<3x5xf32>) -> tensor<3xi32> loc(#loc71)
    return %10#2, %11 : tensor<f32>, tensor<3xi32> loc(#loc41)
  } loc(#loc)
  func.func private @dynamic_index_in_dim(%arg0: tensor<3x5xf32> loc(unknown), %arg1: tensor<i32> loc(unknown)) -> tensor<5xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32> loc(#loc)
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, sizes = [1, 5] : (tensor<3x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x5xf32> loc(#loc48)
    %1 = stablehlo.reshape %0 : (tensor<1x5xf32>) -> tensor<5xf32> loc(#loc49)
    return %1 : tensor<5xf32> loc(#loc)
  } loc(#loc72)
  func.func private @closed_call(%arg0: tensor<f32> loc(unknown), %arg1: tensor<5xf32> loc(unknown)) -> tensor<f32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32> loc(#loc51)
    %0 = stablehlo.reduce(%arg1 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5xf32>, tensor<f32>) -> tensor<f32> loc(#loc51)
    %1 = stablehlo.convert %arg0 : tensor<f32> loc(#loc52)
    %2 = stablehlo.add %1, %0 : tensor<f32> loc(#loc53)
    return %2 : tensor<f32> loc(#loc)
  } loc(#loc73)
  func.func private @argmax(%arg0: tensor<3x5xf32> loc("jit(loss)"(#loc46))) -> tensor<3xi32> {
    %0 = stablehlo.iota dim = 1 : tensor<3x5xi32> loc(#loc54)
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32> loc(#loc34)
    %c = stablehlo.constant dense<0> : tensor<i32> loc(#loc34)
    %1:2 = stablehlo.reduce(%arg0 init: %cst), (%0 init: %c) across dimensions = [1] : (tensor<3x5xf32>, tensor<3x5xi32>, tensor<f32>, tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>)
     reducer(%arg1: tensor<f32> loc("reduce:"(#loc19)), %arg3: tensor<f32> loc("reduce:"(#loc19))) (%arg2: tensor<i32> loc("reduce:"(#loc19)), %arg4: tensor<i32> loc("reduce:"(#loc19)))  {
      %2 = stablehlo.compare GT, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc(#loc74)
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc(#loc75)
      %4 = stablehlo.or %2, %3 : tensor<i1> loc(#loc76)
      %5 = stablehlo.compare EQ, %arg1, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1> loc(#loc77)
      %6 = stablehlo.compare LT, %arg2, %arg4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1> loc(#loc78)
      %7 = stablehlo.and %5, %6 : tensor<i1> loc(#loc79)
      %8 = stablehlo.or %4, %7 : tensor<i1> loc(#loc76)
      %9 = stablehlo.select %4, %arg1, %arg3 : tensor<i1>, tensor<f32> loc(#loc80)
      %10 = stablehlo.select %8, %arg2, %arg4 : tensor<i1>, tensor<i32> loc(#loc80)
      stablehlo.return %9, %10 : tensor<f32>, tensor<i32> loc(#loc55)
    } loc(#loc55)
    return %1#1 : tensor<3xi32> loc(#loc71)
  } loc(#loc71)
} loc(#loc)
#loc4 = loc("loss.py":3:17 to :33)
#loc6 = loc("loss.py":3:36 to :53)
#loc7 = loc("loss.py":3:17 to :53)
#loc8 = loc("loss.py":3:8 to :54)
#loc9 = loc("loss.py":4:21 to :27)
#loc10 = loc("loss.py":4:21 to :29)
#loc11 = loc("loss.py":4:8 to :63)
#loc12 = loc("loss.py":4:56 to :59)
#loc13 = loc("loss.py":4:41 to :44)
#loc14 = loc("loss.py":5:11 to :65)
#loc16 = loc("loss.py":5:42 to :49)
#loc17 = loc("loss.py":5:38 to :49)
#loc18 = loc("argmax")
#loc20 = loc("loss"(#loc4))
#loc22 = loc("loss"(#loc6))
#loc23 = loc("loss"(#loc7))
#loc24 = loc("loss"(#loc8))
#loc25 = loc("loss"(#loc9))
#loc26 = loc("loss"(#loc10))
#loc27 = loc("loss"(#loc11))
#loc28 = loc("loss.<locals>.<lambda>"(#loc12))
#loc29 = loc("loss.<locals>.<lambda>"(#loc13))
#loc30 = loc("loss"(#loc14))
#loc32 = loc("loss.<locals>.<lambda>"(#loc16))
#loc33 = loc("loss.<locals>.<lambda>"(#loc17))
#loc34 = loc("argmax:"(#loc18))
#loc36 = loc(callsite(#loc20 at #loc21))
#loc37 = loc(callsite(#loc22 at #loc21))
#loc38 = loc(callsite(#loc23 at #loc21))
#loc39 = loc(callsite(#loc24 at #loc21))
#loc40 = loc(callsite(#loc25 at #loc21))
#loc41 = loc("jit(loss)"(#loc21))
#loc42 = loc(callsite(#loc26 at #loc21))
#loc43 = loc(callsite(#loc27 at #loc21))
#loc44 = loc(callsite(#loc30 at #loc21))
#loc45 = loc(callsite(#loc30 at #loc30))
#loc47 = loc("while/body/jit"(#loc30))
#loc48 = loc("dynamic_slice"(#loc30))
#loc49 = loc("squeeze"(#loc30))
#loc50 = loc("while/body/closed_call"(#loc30))
#loc51 = loc("reduce_sum"(#loc32))
#loc52 = loc("convert_element_type"(#loc33))
#loc53 = loc("add"(#loc33))
#loc54 = loc("iota"(#loc31))
#loc55 = loc("reduce"(#loc31))
#loc56 = loc(callsite(#loc31 at #loc31))
#loc57 = loc("jit(loss)/dot_general"(#loc36))
#loc58 = loc("jit(loss)/broadcast_in_dim"(#loc37))
#loc59 = loc("jit(loss)/add"(#loc38))
#loc60 = loc("jit(loss)/tanh"(#loc39))
#loc61 = loc("jit(loss)/slice"(#loc40))
#loc62 = loc("jit(loss)/squeeze"(#loc40))
#loc63 = loc("jit(loss)/gt"(#loc42))
#loc64 = loc("jit(loss)/convert_element_type"(#loc43))
#loc65 = loc("jit(loss)/cond"(#loc43))
#loc66 = loc(callsite(#loc28 at #loc43))
#loc67 = loc(callsite(#loc29 at #loc43))
#loc68 = loc("jit(loss)/scan"(#loc44))
#loc69 = loc(callsite(#loc30 at #loc44))
#loc70 = loc(callsite(#loc45 at #loc44))
#loc72 = loc("jit:"(#loc47))
#loc73 = loc("closed_call:"(#loc50))
#loc74 = loc("gt"(#loc56))
#loc75 = loc("ne"(#loc56))
#loc76 = loc("or"(#loc56))
#loc77 = loc("eq"(#loc56))
#loc78 = loc("lt"(#loc56))
#loc79 = loc("and"(#loc56))
#loc80 = loc("select_n"(#loc56))
#loc81 = loc("jit(loss)/cond/branch_0_fun/sub"(#loc66))
#loc82 = loc("jit(loss)/cond/branch_1_fun/mul"(#loc67))
#loc83 = loc("jit(loss)/while"(#loc69))
#loc84 = loc("jit(loss)/while/cond/lt"(#loc70))
#loc85 = loc("jit(loss)/while/body/jit(dynamic_index_in_dim)"(#loc70))
#loc86 = loc("jit(loss)/while/body/closed_call"(#loc70))
#loc87 = loc("jit(loss)/while/body/add"(#loc70))
//| func.func public @main(%arg0: tensor<5xf32> loc("params['b']"), %arg1: tensor<4x5xf32> loc("params['w1']"), %arg2: tensor<3x4xf32> loc("x")) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<3xi32> {jax.result_info = "result[1]"}) {
//| %0 = stablehlo.dot_general %arg2, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x4xf32>, tensor<4x5xf32>) -> tensor<3x5xf32>
//| %1 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<5xf32>) -> tensor<1x5xf32>
//| %2 = stablehlo.broadcast_in_dim %1, dims = [0, 1] : (tensor<1x5xf32>) -> tensor<3x5xf32>
//| %3 = stablehlo.add %0, %2 : tensor<3x5xf32>
//| %4 = stablehlo.tanh %3 : tensor<3x5xf32>
//| %5 = stablehlo.slice %arg2 [0:1, 0:1] : (tensor<3x4xf32>) -> tensor<1x1xf32>
//| %6 = stablehlo.reshape %5 : (tensor<1x1xf32>) -> tensor<f32>
//| %7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
//| %8 = stablehlo.compare GT, %6, %7, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
//| %9 = stablehlo.convert %8 : (tensor<i1>) -> tensor<i32>
//| %10 = "stablehlo.case"(%9) ({
//| %11 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
//| %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<f32>) -> tensor<3x5xf32>
//| %13 = stablehlo.subtract %4, %12 : tensor<3x5xf32>
//| stablehlo.return %13 : tensor<3x5xf32>
//| }, {
//| %14 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
//| %15 = stablehlo.broadcast_in_dim %14, dims = [] : (tensor<f32>) -> tensor<3x5xf32>
//| %16 = stablehlo.multiply %4, %15 : tensor<3x5xf32>
//| stablehlo.return %16 : tensor<3x5xf32>
//| }) : (tensor<i32>) -> tensor<3x5xf32>
//| %17 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
//| %18 = stablehlo.constant dense<0> : tensor<i32>
//| %19:3 = stablehlo.while(%arg3 = %10, %arg4 = %18, %arg5 = %17) : tensor<3x5xf32>, tensor<i32>, tensor<f32>
//| cond {
//| %20 = stablehlo.constant dense<3> : tensor<i32>
//| %21 = stablehlo.compare LT, %arg4, %20, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
//| stablehlo.return %21 : tensor<i1>
//| } do {
//| %22 = func.call @dynamic_index_in_dim(%arg3, %arg4) : (tensor<3x5xf32>, tensor<i32>) -> tensor<5xf32>
//| %23 = func.call @closed_call(%arg5, %22) : (tensor<f32>, tensor<5xf32>) -> tensor<f32>
//| %24 = stablehlo.constant dense<1> : tensor<i32>
//| %25 = stablehlo.add %arg4, %24 : tensor<i32>
//| stablehlo.return %arg3, %25, %23 : tensor<3x5xf32>, tensor<i32>, tensor<f32>
//| }
//| %26 = call @argmax(%10) : (tensor<3x5xf32>) -> tensor<3xi32>
//| return %19#2, %26 : tensor<f32>, tensor<3xi32>
//| }
//| func.func private @dynamic_index_in_dim(%arg0: tensor<3x5xf32>, %arg1: tensor<i32>) -> tensor<5xf32> {
//| %0 = stablehlo.constant dense<0> : tensor<i32>
//| %1 = stablehlo.dynamic_slice %arg0, %arg1, %0, sizes = [1, 5] : (tensor<3x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x5xf32>
//| %2 = stablehlo.reshape %1 : (tensor<1x5xf32>) -> tensor<5xf32>
//| return %2 : tensor<5xf32>
//| }
//| func.func private @closed_call(%arg0: tensor<f32>, %arg1: tensor<5xf32>) -> tensor<f32> {
//| %0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
//| %1 = stablehlo.reduce(%arg1 init: %0) applies stablehlo.add across dimensions = [0] : (tensor<5xf32>, tensor<f32>) -> tensor<f32>
//| %2 = stablehlo.convert %arg0 : tensor<f32>
//| %3 = stablehlo.add %2, %1 : tensor<f32>
//| return %3 : tensor<f32>
//| }
//| func.func private @argmax(%arg0: tensor<3x5xf32>) -> tensor<3xi32> {
//| %0 = stablehlo.iota dim = 1 : tensor<3x5xi32>
//| %1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
//| %2 = stablehlo.constant dense<0> : tensor<i32>
//| %3:2 = stablehlo.reduce(%arg0 init: %1), (%0 init: %2) across dimensions = [1] : (tensor<3x5xf32>, tensor<3x5xi32>, tensor<f32>, tensor<i32>) -> (tensor<3xf32>, tensor<3xi32>)
//| reducer(%arg1: tensor<f32>, %arg2: tensor<f32>) (%arg3: tensor<i32>, %arg4: tensor<i32>) {
//| %4 = stablehlo.compare GT, %arg1, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
//| %5 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
//| %6 = stablehlo.or %4, %5 : tensor<i1>
//| %7 = stablehlo.compare EQ, %arg1, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
//| %8 = stablehlo.compare LT, %arg3, %arg4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
//| %9 = stablehlo.and %7, %8 : tensor<i1>
//| %10 = stablehlo.or %6, %9 : tensor<i1>
//| %11 = stablehlo.select %6, %arg1, %arg2 : tensor<i1>, tensor<f32>
//| %12 = stablehlo.select %10, %arg3, %arg4 : tensor<i1>, tensor<i32>
//| stablehlo.return %11, %12 : tensor<f32>, tensor<i32>
//| }
//| return %3#1 : tensor<3xi32>
//| }
