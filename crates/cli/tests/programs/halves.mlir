// Sums of narrow floats are kept in f32 and rounded once; regions may compute in wider types than their elements have.
// Ones are added up beyond where the narrow type could count on: 256 for bf16, 2048 for f16, 16 for f8E4M3FN.

func.func @all_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<70000xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<70000xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<70000xbf16>, tensor<bf16>) -> tensor<bf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<70144.0> : tensor<bf16>
  return
}

// -----

func.func @columns_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<5000x3xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<5000x3xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5000x3xbf16>, tensor<bf16>) -> tensor<3xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<4992.0> : tensor<3xbf16>
  return
}

// -----

func.func @wide_columns_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<4096x300xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<4096x300xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<4096x300xbf16>, tensor<bf16>) -> tensor<300xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<4.096000e+03> : tensor<300xbf16>
  return
}

// -----

func.func @rows_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<3x5000xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<3x5000xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<3x5000xbf16>, tensor<bf16>) -> tensor<3xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<4992.0> : tensor<3xbf16>
  return
}

// -----

func.func @long_rows_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<2x40000xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<2x40000xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<2x40000xbf16>, tensor<bf16>) -> tensor<2xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<39936.0> : tensor<2xbf16>
  return
}

// -----

func.func @middle_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<3x4096x5xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<3x4096x5xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<3x4096x5xbf16>, tensor<bf16>) -> tensor<3x5xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<4096.0> : tensor<3x5xbf16>
  return
}

// -----

func.func @apart_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<64x3x64xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<64x3x64xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 2] : (tensor<64x3x64xbf16>, tensor<bf16>) -> tensor<3xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<4096.0> : tensor<3xbf16>
  return
}

// -----

func.func @begun_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<512x1x8xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<512x1x8xbf16>
  %z = stablehlo.constant dense<512.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 1] : (tensor<512x1x8xbf16>, tensor<bf16>) -> tensor<8xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<1024.0> : tensor<8xbf16>
  return
}

// -----

func.func @one_row_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<1x1x8xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<1x1x8xbf16>
  %z = stablehlo.constant dense<0.5> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 1] : (tensor<1x1x8xbf16>, tensor<bf16>) -> tensor<8xbf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<8xbf16>
  return
}

// -----

func.func @product_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<4096xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<4096xbf16>
  %z = stablehlo.constant dense<1.0> : tensor<bf16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<4096xbf16>, tensor<bf16>) -> tensor<bf16>
    reducer(%a: tensor<bf16>, %b: tensor<bf16>) {
      %s = stablehlo.multiply %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
    }
  check.expect_eq_const %r, dense<1.0> : tensor<bf16>
  return
}

// -----

func.func @into_f32_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001xbf16>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<f32>
  return
}

// -----

func.func @into_f32_columns_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001x2xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001x2xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001x2xbf16>, tensor<f32>) -> tensor<2xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<2xf32>
  return
}

// -----

func.func @into_f64_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<f64>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001xbf16>, tensor<f64>) -> tensor<f64>
    reducer(%a: tensor<f64>, %b: tensor<f64>) {
      %s = stablehlo.add %a, %b : tensor<f64>
      stablehlo.return %s : tensor<f64>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<f64>
  return
}

// -----

func.func @largest_into_f32_bf16() {
  %c = stablehlo.constant dense<1.5> : tensor<33x2xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<33x2xbf16>
  %z = stablehlo.constant dense<-1.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<33x2xbf16>, tensor<f32>) -> tensor<2xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.maximum %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<2xf32>
  return
}

// -----

func.func @one_row_into_f32_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<1x8xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<1x8xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<1x8xbf16>, tensor<f32>) -> tensor<8xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.0> : tensor<8xf32>
  return
}

// -----

func.func @nothing_into_f32_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<0x8xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<0x8xbf16>
  %z = stablehlo.constant dense<7.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<0x8xbf16>, tensor<f32>) -> tensor<8xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<7.0> : tensor<8xf32>
  return
}

// -----

func.func @no_axes_into_f32_bf16() {
  %c = stablehlo.constant dense<1.5> : tensor<4xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<4xbf16>
  %z = stablehlo.constant dense<7.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [] : (tensor<4xbf16>, tensor<f32>) -> tensor<4xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<4xf32>
  return
}

// -----

func.func @all_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<60000xf16>
  %x = stablehlo.optimization_barrier %c : tensor<60000xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<60000xf16>, tensor<f16>) -> tensor<f16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<60000.0> : tensor<f16>
  return
}

// -----

func.func @columns_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<5000x3xf16>
  %x = stablehlo.optimization_barrier %c : tensor<5000x3xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5000x3xf16>, tensor<f16>) -> tensor<3xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<5000.0> : tensor<3xf16>
  return
}

// -----

func.func @wide_columns_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<4096x300xf16>
  %x = stablehlo.optimization_barrier %c : tensor<4096x300xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<4096x300xf16>, tensor<f16>) -> tensor<300xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<4.096000e+03> : tensor<300xf16>
  return
}

// -----

func.func @rows_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<3x5000xf16>
  %x = stablehlo.optimization_barrier %c : tensor<3x5000xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<3x5000xf16>, tensor<f16>) -> tensor<3xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<5000.0> : tensor<3xf16>
  return
}

// -----

func.func @long_rows_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<2x40000xf16>
  %x = stablehlo.optimization_barrier %c : tensor<2x40000xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<2x40000xf16>, tensor<f16>) -> tensor<2xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<40000.0> : tensor<2xf16>
  return
}

// -----

func.func @middle_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<3x4096x5xf16>
  %x = stablehlo.optimization_barrier %c : tensor<3x4096x5xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [1] : (tensor<3x4096x5xf16>, tensor<f16>) -> tensor<3x5xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<4096.0> : tensor<3x5xf16>
  return
}

// -----

func.func @apart_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<64x3x64xf16>
  %x = stablehlo.optimization_barrier %c : tensor<64x3x64xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 2] : (tensor<64x3x64xf16>, tensor<f16>) -> tensor<3xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<4096.0> : tensor<3xf16>
  return
}

// -----

func.func @begun_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<512x1x8xf16>
  %x = stablehlo.optimization_barrier %c : tensor<512x1x8xf16>
  %z = stablehlo.constant dense<512.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 1] : (tensor<512x1x8xf16>, tensor<f16>) -> tensor<8xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<1024.0> : tensor<8xf16>
  return
}

// -----

func.func @one_row_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<1x1x8xf16>
  %x = stablehlo.optimization_barrier %c : tensor<1x1x8xf16>
  %z = stablehlo.constant dense<0.5> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0, 1] : (tensor<1x1x8xf16>, tensor<f16>) -> tensor<8xf16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<8xf16>
  return
}

// -----

func.func @product_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<4096xf16>
  %x = stablehlo.optimization_barrier %c : tensor<4096xf16>
  %z = stablehlo.constant dense<1.0> : tensor<f16>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<4096xf16>, tensor<f16>) -> tensor<f16>
    reducer(%a: tensor<f16>, %b: tensor<f16>) {
      %s = stablehlo.multiply %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
    }
  check.expect_eq_const %r, dense<1.0> : tensor<f16>
  return
}

// -----

func.func @into_f32_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001xf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001xf16>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<f32>
  return
}

// -----

func.func @into_f32_columns_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001x2xf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001x2xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001x2xf16>, tensor<f32>) -> tensor<2xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<2xf32>
  return
}

// -----

func.func @into_f64_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<5001xf16>
  %x = stablehlo.optimization_barrier %c : tensor<5001xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f64>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<5001xf16>, tensor<f64>) -> tensor<f64>
    reducer(%a: tensor<f64>, %b: tensor<f64>) {
      %s = stablehlo.add %a, %b : tensor<f64>
      stablehlo.return %s : tensor<f64>
    }
  check.expect_eq_const %r, dense<5001.0> : tensor<f64>
  return
}

// -----

func.func @largest_into_f32_f16() {
  %c = stablehlo.constant dense<1.5> : tensor<33x2xf16>
  %x = stablehlo.optimization_barrier %c : tensor<33x2xf16>
  %z = stablehlo.constant dense<-1.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<33x2xf16>, tensor<f32>) -> tensor<2xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.maximum %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<2xf32>
  return
}

// -----

func.func @one_row_into_f32_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<1x8xf16>
  %x = stablehlo.optimization_barrier %c : tensor<1x8xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<1x8xf16>, tensor<f32>) -> tensor<8xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.0> : tensor<8xf32>
  return
}

// -----

func.func @nothing_into_f32_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<0x8xf16>
  %x = stablehlo.optimization_barrier %c : tensor<0x8xf16>
  %z = stablehlo.constant dense<7.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<0x8xf16>, tensor<f32>) -> tensor<8xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<7.0> : tensor<8xf32>
  return
}

// -----

func.func @no_axes_into_f32_f16() {
  %c = stablehlo.constant dense<1.5> : tensor<4xf16>
  %x = stablehlo.optimization_barrier %c : tensor<4xf16>
  %z = stablehlo.constant dense<7.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [] : (tensor<4xf16>, tensor<f32>) -> tensor<4xf32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<1.5> : tensor<4xf32>
  return
}

// -----

func.func @sum_f8() {
  %c = stablehlo.constant dense<1.0> : tensor<100xf8E4M3FN>
  %x = stablehlo.optimization_barrier %c : tensor<100xf8E4M3FN>
  %z = stablehlo.constant dense<0.0> : tensor<f8E4M3FN>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<100xf8E4M3FN>, tensor<f8E4M3FN>) -> tensor<f8E4M3FN>
    reducer(%a: tensor<f8E4M3FN>, %b: tensor<f8E4M3FN>) {
      %s = stablehlo.add %a, %b : tensor<f8E4M3FN>
      stablehlo.return %s : tensor<f8E4M3FN>
    }
  check.expect_eq_const %r, dense<96.0> : tensor<f8E4M3FN>
  return
}

// -----

func.func @columns_f8() {
  %c = stablehlo.constant dense<1.0> : tensor<100x2xf8E5M2>
  %x = stablehlo.optimization_barrier %c : tensor<100x2xf8E5M2>
  %z = stablehlo.constant dense<0.0> : tensor<f8E5M2>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<100x2xf8E5M2>, tensor<f8E5M2>) -> tensor<2xf8E5M2>
    reducer(%a: tensor<f8E5M2>, %b: tensor<f8E5M2>) {
      %s = stablehlo.add %a, %b : tensor<f8E5M2>
      stablehlo.return %s : tensor<f8E5M2>
    }
  check.expect_eq_const %r, dense<96.0> : tensor<2xf8E5M2>
  return
}

// -----

func.func @f8_into_f32() {
  %c = stablehlo.constant dense<1.0> : tensor<101xf8E4M3FN>
  %x = stablehlo.optimization_barrier %c : tensor<101xf8E4M3FN>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<101xf8E4M3FN>, tensor<f32>) -> tensor<f32>
    reducer(%a: tensor<f32>, %b: tensor<f32>) {
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
    }
  check.expect_eq_const %r, dense<101.0> : tensor<f32>
  return
}

// -----

func.func @bytes_into_words() {
  %c = stablehlo.constant dense<100> : tensor<1000xi8>
  %x = stablehlo.optimization_barrier %c : tensor<1000xi8>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<1000xi8>, tensor<i32>) -> tensor<i32>
    reducer(%a: tensor<i32>, %b: tensor<i32>) {
      %s = stablehlo.add %a, %b : tensor<i32>
      stablehlo.return %s : tensor<i32>
    }
  check.expect_eq_const %r, dense<100000> : tensor<i32>
  return
}

// -----

func.func @bytes_into_words_columns() {
  %c = stablehlo.constant dense<-100> : tensor<1000x3xi8>
  %x = stablehlo.optimization_barrier %c : tensor<1000x3xi8>
  %z = stablehlo.constant dense<0> : tensor<i64>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<1000x3xi8>, tensor<i64>) -> tensor<3xi64>
    reducer(%a: tensor<i64>, %b: tensor<i64>) {
      %s = stablehlo.add %a, %b : tensor<i64>
      stablehlo.return %s : tensor<i64>
    }
  check.expect_eq_const %r, dense<-100000> : tensor<3xi64>
  return
}

// -----

func.func @unsigned_bytes() {
  %c = stablehlo.constant dense<200> : tensor<1000xui8>
  %x = stablehlo.optimization_barrier %c : tensor<1000xui8>
  %z = stablehlo.constant dense<0> : tensor<ui32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<1000xui8>, tensor<ui32>) -> tensor<ui32>
    reducer(%a: tensor<ui32>, %b: tensor<ui32>) {
      %s = stablehlo.add %a, %b : tensor<ui32>
      stablehlo.return %s : tensor<ui32>
    }
  check.expect_eq_const %r, dense<200000> : tensor<ui32>
  return
}

// -----

func.func @nibbles() {
  %c = stablehlo.constant dense<7> : tensor<100xi4>
  %x = stablehlo.optimization_barrier %c : tensor<100xi4>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<100xi4>, tensor<i32>) -> tensor<i32>
    reducer(%a: tensor<i32>, %b: tensor<i32>) {
      %s = stablehlo.add %a, %b : tensor<i32>
      stablehlo.return %s : tensor<i32>
    }
  check.expect_eq_const %r, dense<700> : tensor<i32>
  return
}

// -----

func.func @singles_into_doubles() {
  %c = stablehlo.constant dense<16777217.0> : tensor<3xf32>
  %x = stablehlo.optimization_barrier %c : tensor<3xf32>
  %z = stablehlo.constant dense<0.0> : tensor<f64>
  %r = stablehlo.reduce(%x init: %z) across dimensions = [0] : (tensor<3xf32>, tensor<f64>) -> tensor<f64>
    reducer(%a: tensor<f64>, %b: tensor<f64>) {
      %s = stablehlo.add %a, %b : tensor<f64>
      stablehlo.return %s : tensor<f64>
    }
  check.expect_eq_const %r, dense<50331648.0> : tensor<f64>
  return
}

// -----

func.func @complex_into_wider() {
  %c = stablehlo.constant dense<(1.0, 2.0)> : tensor<3xcomplex<f32>>
  %z = stablehlo.constant dense<(0.0, 0.0)> : tensor<complex<f64>>
  %r = stablehlo.reduce(%c init: %z) across dimensions = [0] : (tensor<3xcomplex<f32>>, tensor<complex<f64>>) -> tensor<complex<f64>>
    reducer(%a: tensor<complex<f64>>, %b: tensor<complex<f64>>) {
      %s = stablehlo.add %a, %b : tensor<complex<f64>>
      stablehlo.return %s : tensor<complex<f64>>
    }
  check.expect_eq_const %r, dense<(3.0, 6.0)> : tensor<complex<f64>>
  return
}

// -----

// The initial value may be of another type than the region's.
func.func @narrow_initial_value() {
  %x = stablehlo.constant dense<1.0> : tensor<1001xbf16>
  %z = stablehlo.constant dense<1.0> : tensor<f16>
  %r = "stablehlo.reduce"(%x, %z) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) : (tensor<1001xbf16>, tensor<f16>) -> tensor<f32>
  check.expect_eq_const %r, dense<1002.0> : tensor<f32>
  return
}

// -----

// A region that converts there and back, as programs have it that want to add in f32.
func.func @converted_in_the_region() {
  %x = stablehlo.constant dense<1.0> : tensor<4096xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.reduce"(%x, %z) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %p = stablehlo.convert %a : (tensor<bf16>) -> tensor<f32>
      %q = stablehlo.convert %b : (tensor<bf16>) -> tensor<f32>
      %s = stablehlo.add %p, %q : tensor<f32>
      %t = stablehlo.convert %s : (tensor<f32>) -> tensor<bf16>
      stablehlo.return %t : tensor<bf16>
  }) : (tensor<4096xbf16>, tensor<bf16>) -> tensor<bf16>
  check.expect_eq_const %r, dense<4096.0> : tensor<bf16>
  return
}

// -----

// Two sums at once, and a constant in the region.
func.func @two_sums() {
  %x = stablehlo.constant dense<1.0> : tensor<4096xf16>
  %y = stablehlo.constant dense<2.0> : tensor<4096xbf16>
  %p = stablehlo.constant dense<0.0> : tensor<f16>
  %q = stablehlo.constant dense<0.0> : tensor<bf16>
  %r:2 = "stablehlo.reduce"(%x, %y, %p, %q) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<f16>, %b: tensor<bf16>, %c: tensor<f16>, %d: tensor<bf16>):
      %s = stablehlo.add %a, %c : tensor<f16>
      %half = stablehlo.constant dense<0.5> : tensor<bf16>
      %h = stablehlo.multiply %d, %half : tensor<bf16>
      %t = stablehlo.add %b, %h : tensor<bf16>
      stablehlo.return %s, %t : tensor<f16>, tensor<bf16>
  }) : (tensor<4096xf16>, tensor<4096xbf16>, tensor<f16>, tensor<bf16>) -> (tensor<f16>, tensor<bf16>)
  check.expect_eq_const %r#0, dense<4096.0> : tensor<f16>
  check.expect_eq_const %r#1, dense<4096.0> : tensor<bf16>
  return
}

// -----

// In a fused loop, between other operations.
func.func @fused_norm() {
  %c = stablehlo.constant dense<1.0> : tensor<4x2048xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<4x2048xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %s = stablehlo.multiply %x, %x : tensor<4x2048xbf16>
  %r = stablehlo.reduce(%s init: %z) applies stablehlo.add across dimensions = [1] : (tensor<4x2048xbf16>, tensor<bf16>) -> tensor<4xbf16>
  %b = stablehlo.broadcast_in_dim %r, dims = [0] : (tensor<4xbf16>) -> tensor<4x2048xbf16>
  %d = stablehlo.divide %x, %b : tensor<4x2048xbf16>
  check.expect_eq_const %d, dense<4.8828125e-4> : tensor<4x2048xbf16>
  return
}

// -----

func.func @summed_windows() {
  %x = stablehlo.constant dense<1.0> : tensor<1x1500xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.reduce_window"(%x, %z) <{window_dimensions = array<i64: 1, 1024>, window_strides = array<i64: 1, 238>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<1x1500xbf16>, tensor<bf16>) -> tensor<1x3xbf16>
  check.expect_eq_const %r, dense<1024.0> : tensor<1x3xbf16>
  return
}

// -----

func.func @summed_windows_into_f32() {
  %x = stablehlo.constant dense<1.0> : tensor<1500xf16>
  %z = stablehlo.constant dense<0.0> : tensor<f32>
  %r = "stablehlo.reduce_window"(%x, %z) <{window_dimensions = array<i64: 1025>, base_dilations = array<i64: 2>, window_dilations = array<i64: 2>, window_strides = array<i64: 800>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) : (tensor<1500xf16>, tensor<f32>) -> tensor<2xf32>
  check.expect_eq_const %r, dense<1025.0> : tensor<2xf32>
  return
}

// -----

// A cumulative sum: each is rounded from the sum of all before it.
func.func @cumulative() {
  %x = stablehlo.constant dense<1.0> : tensor<1024xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.reduce_window"(%x, %z) <{window_dimensions = array<i64: 1024>, padding = dense<[[1023, 0]]> : tensor<1x2xi64>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<1024xbf16>, tensor<bf16>) -> tensor<1024xbf16>
  %i = stablehlo.iota dim = 0 : tensor<1024xi32>
  %one = stablehlo.constant dense<1> : tensor<1024xi32>
  %n = stablehlo.add %i, %one : tensor<1024xi32>
  %e = stablehlo.convert %n : (tensor<1024xi32>) -> tensor<1024xbf16>
  check.expect_eq %r, %e : tensor<1024xbf16>
  return
}

// -----

// Of few elements, each sum is rounded from the one before it.
func.func @short_cumulative() {
  %x = stablehlo.constant dense<[256.0, 1.0, 1.0, 1.0]> : tensor<4xbf16>
  %z = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.reduce_window"(%x, %z) <{window_dimensions = array<i64: 4>, padding = dense<[[3, 0]]> : tensor<1x2xi64>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<4xbf16>, tensor<bf16>) -> tensor<4xbf16>
  check.expect_eq_const %r, dense<256.0> : tensor<4xbf16>
  return
}

// -----

func.func @scatter_two() {
  %x = stablehlo.constant dense<256.0> : tensor<3xbf16>
  %at = stablehlo.constant dense<1> : tensor<2x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<2xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<3xbf16>, tensor<2x1xi32>, tensor<2xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %r, dense<256.0> : tensor<3xbf16>
  return
}

// -----

// A region of more than arithmetic is computed as it is written: each exponential here is rounded to bf16, and so is each
// sum.
func.func @exponentials_in_the_region() {
  %x = stablehlo.constant dense<[0.0, 0.0, 0.0]> : tensor<3xbf16>
  %z = stablehlo.constant dense<256.0> : tensor<bf16>
  %r = "stablehlo.reduce"(%x, %z) <{dimensions = array<i64: 0>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %e = stablehlo.exponential %b : tensor<bf16>
      %s = stablehlo.add %a, %e : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<3xbf16>, tensor<bf16>) -> tensor<bf16>
  check.expect_eq_const %r, dense<256.0> : tensor<bf16>
  return
}

// -----

func.func @scatter_into_few_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<8xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<8xbf16>
  %at = stablehlo.constant dense<3> : tensor<4095x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4095xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<8xbf16>, tensor<4095x1xi32>, tensor<4095xbf16>) -> tensor<8xbf16>
  %s = stablehlo.slice %r [2:5] : (tensor<8xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %s, dense<[1.0, 4096.0, 1.0]> : tensor<3xbf16>
  return
}

// -----

func.func @scatter_into_many_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<30000xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<30000xbf16>
  %at = stablehlo.constant dense<3> : tensor<4095x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4095xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<30000xbf16>, tensor<4095x1xi32>, tensor<4095xbf16>) -> tensor<30000xbf16>
  %s = stablehlo.slice %r [2:5] : (tensor<30000xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %s, dense<[1.0, 4096.0, 1.0]> : tensor<3xbf16>
  return
}

// -----

func.func @scatter_into_f32_bf16() {
  %c = stablehlo.constant dense<1.0> : tensor<30000xbf16>
  %x = stablehlo.optimization_barrier %c : tensor<30000xbf16>
  %at = stablehlo.constant dense<3> : tensor<4100x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4100xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) : (tensor<30000xbf16>, tensor<4100x1xi32>, tensor<4100xbf16>) -> tensor<30000xf32>
  %s = stablehlo.slice %r [2:5] : (tensor<30000xf32>) -> tensor<3xf32>
  check.expect_eq_const %s, dense<[1.0, 4101.0, 1.0]> : tensor<3xf32>
  return
}

// -----

func.func @scatter_into_few_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<8xf16>
  %x = stablehlo.optimization_barrier %c : tensor<8xf16>
  %at = stablehlo.constant dense<3> : tensor<4095x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4095xf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<f16>, %b: tensor<f16>):
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
  }) : (tensor<8xf16>, tensor<4095x1xi32>, tensor<4095xf16>) -> tensor<8xf16>
  %s = stablehlo.slice %r [2:5] : (tensor<8xf16>) -> tensor<3xf16>
  check.expect_eq_const %s, dense<[1.0, 4096.0, 1.0]> : tensor<3xf16>
  return
}

// -----

func.func @scatter_into_many_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<30000xf16>
  %x = stablehlo.optimization_barrier %c : tensor<30000xf16>
  %at = stablehlo.constant dense<3> : tensor<4095x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4095xf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<f16>, %b: tensor<f16>):
      %s = stablehlo.add %a, %b : tensor<f16>
      stablehlo.return %s : tensor<f16>
  }) : (tensor<30000xf16>, tensor<4095x1xi32>, tensor<4095xf16>) -> tensor<30000xf16>
  %s = stablehlo.slice %r [2:5] : (tensor<30000xf16>) -> tensor<3xf16>
  check.expect_eq_const %s, dense<[1.0, 4096.0, 1.0]> : tensor<3xf16>
  return
}

// -----

func.func @scatter_into_f32_f16() {
  %c = stablehlo.constant dense<1.0> : tensor<30000xf16>
  %x = stablehlo.optimization_barrier %c : tensor<30000xf16>
  %at = stablehlo.constant dense<3> : tensor<4100x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4100xf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %s = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) : (tensor<30000xf16>, tensor<4100x1xi32>, tensor<4100xf16>) -> tensor<30000xf32>
  %s = stablehlo.slice %r [2:5] : (tensor<30000xf32>) -> tensor<3xf32>
  check.expect_eq_const %s, dense<[1.0, 4101.0, 1.0]> : tensor<3xf32>
  return
}

// -----

func.func @scatter_f8() {
  %c = stablehlo.constant dense<1.0> : tensor<300xf8E5M2>
  %x = stablehlo.optimization_barrier %c : tensor<300xf8E5M2>
  %at = stablehlo.constant dense<3> : tensor<31x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<31xf8E5M2>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<f8E5M2>, %b: tensor<f8E5M2>):
      %s = stablehlo.add %a, %b : tensor<f8E5M2>
      stablehlo.return %s : tensor<f8E5M2>
  }) : (tensor<300xf8E5M2>, tensor<31x1xi32>, tensor<31xf8E5M2>) -> tensor<300xf8E5M2>
  %s = stablehlo.slice %r [2:5] : (tensor<300xf8E5M2>) -> tensor<3xf8E5M2>
  check.expect_eq_const %s, dense<[1.0, 32.0, 1.0]> : tensor<3xf8E5M2>
  return
}

// -----

// Rows, of which several go to one place and one to none.
func.func @scatter_rows() {
  %x = stablehlo.constant dense<256.0> : tensor<100x300xbf16>
  %at = stablehlo.constant dense<[[7], [100], [7], [-1], [7], [99]]> : tensor<6x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<6x300xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<100x300xbf16>, tensor<6x1xi32>, tensor<6x300xbf16>) -> tensor<100x300xbf16>
  // Three are added to row 7: 259, of which the nearest even are 258 and 260.
  %seven = stablehlo.slice %r [7:8, 0:300] : (tensor<100x300xbf16>) -> tensor<1x300xbf16>
  check.expect_eq_const %seven, dense<260.0> : tensor<1x300xbf16>
  %last = stablehlo.slice %r [98:100, 0:300] : (tensor<100x300xbf16>) -> tensor<2x300xbf16>
  check.expect_eq_const %last, dense<256.0> : tensor<2x300xbf16>
  return
}

// -----

// Windows that overlap.
func.func @scatter_overlapping() {
  %x = stablehlo.constant dense<256.0> : tensor<100xbf16>
  %at = stablehlo.constant dense<[[10], [11], [12], [98]]> : tensor<4x1xi32>
  %u = stablehlo.constant dense<1.0> : tensor<4x3xbf16>
  %r = "stablehlo.scatter"(%x, %at, %u) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, unique_indices = false}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %s = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %s : tensor<bf16>
  }) : (tensor<100xbf16>, tensor<4x1xi32>, tensor<4x3xbf16>) -> tensor<100xbf16>
  %s = stablehlo.slice %r [9:16] : (tensor<100xbf16>) -> tensor<7xbf16>
  check.expect_eq_const %s, dense<[256.0, 256.0, 258.0, 260.0, 258.0, 256.0, 256.0]> : tensor<7xbf16>
  %end = stablehlo.slice %r [97:100] : (tensor<100xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %end, dense<256.0> : tensor<3xbf16>
  return
}

// -----

func.func @select_and_scatter_bf16() {
  %z = stablehlo.constant dense<0.0> : tensor<1023xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1xbf16>
  %at = stablehlo.constant dense<511> : tensor<i32>
  %x = stablehlo.dynamic_update_slice %z, %one, %at : (tensor<1023xbf16>, tensor<1xbf16>, tensor<i32>) -> tensor<1023xbf16>
  %s = stablehlo.constant dense<1.0> : tensor<512xbf16>
  %i = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{window_dimensions = array<i64: 512>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %c = stablehlo.compare GE, %a, %b : (tensor<bf16>, tensor<bf16>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }, {
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %c = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %c : tensor<bf16>
  }) : (tensor<1023xbf16>, tensor<512xbf16>, tensor<bf16>) -> tensor<1023xbf16>
  %m = stablehlo.slice %r [510:513] : (tensor<1023xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %m, dense<[0.0, 512.0, 0.0]> : tensor<3xbf16>
  return
}

// -----

func.func @select_and_scatter_bf16_by_another() {
  %z = stablehlo.constant dense<0.0> : tensor<1023xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1xbf16>
  %at = stablehlo.constant dense<511> : tensor<i32>
  %x = stablehlo.dynamic_update_slice %z, %one, %at : (tensor<1023xbf16>, tensor<1xbf16>, tensor<i32>) -> tensor<1023xbf16>
  %s = stablehlo.constant dense<1.0> : tensor<512xbf16>
  %i = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{window_dimensions = array<i64: 512>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %c = stablehlo.compare GT, %a, %b : (tensor<bf16>, tensor<bf16>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }, {
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %c = stablehlo.add %a, %b : tensor<bf16>
      stablehlo.return %c : tensor<bf16>
  }) : (tensor<1023xbf16>, tensor<512xbf16>, tensor<bf16>) -> tensor<1023xbf16>
  %m = stablehlo.slice %r [510:513] : (tensor<1023xbf16>) -> tensor<3xbf16>
  check.expect_eq_const %m, dense<[0.0, 512.0, 0.0]> : tensor<3xbf16>
  return
}

// -----

func.func @select_and_scatter_into_f32() {
  %z = stablehlo.constant dense<0.0> : tensor<1023xbf16>
  %one = stablehlo.constant dense<1.0> : tensor<1xbf16>
  %at = stablehlo.constant dense<511> : tensor<i32>
  %x = stablehlo.dynamic_update_slice %z, %one, %at : (tensor<1023xbf16>, tensor<1xbf16>, tensor<i32>) -> tensor<1023xbf16>
  %s = stablehlo.constant dense<1.0> : tensor<512xbf16>
  %i = stablehlo.constant dense<0.0> : tensor<bf16>
  %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{window_dimensions = array<i64: 512>}> ({
    ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
      %c = stablehlo.compare GE, %a, %b : (tensor<bf16>, tensor<bf16>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }, {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %c : tensor<f32>
  }) : (tensor<1023xbf16>, tensor<512xbf16>, tensor<bf16>) -> tensor<1023xf32>
  %m = stablehlo.slice %r [510:513] : (tensor<1023xf32>) -> tensor<3xf32>
  check.expect_eq_const %m, dense<[0.0, 512.0, 0.0]> : tensor<3xf32>
  return
}

// -----

func.func @select_and_scatter_f8_into_f32() {
  %z = stablehlo.constant dense<0.0> : tensor<1023xf8E4M3FN>
  %one = stablehlo.constant dense<1.0> : tensor<1xf8E4M3FN>
  %at = stablehlo.constant dense<511> : tensor<i32>
  %x = stablehlo.dynamic_update_slice %z, %one, %at : (tensor<1023xf8E4M3FN>, tensor<1xf8E4M3FN>, tensor<i32>) -> tensor<1023xf8E4M3FN>
  %s = stablehlo.constant dense<1.0> : tensor<512xf8E4M3FN>
  %i = stablehlo.constant dense<0.0> : tensor<f8E4M3FN>
  %r = "stablehlo.select_and_scatter"(%x, %s, %i) <{window_dimensions = array<i64: 512>}> ({
    ^bb0(%a: tensor<f8E4M3FN>, %b: tensor<f8E4M3FN>):
      %c = stablehlo.compare GE, %a, %b : (tensor<f8E4M3FN>, tensor<f8E4M3FN>) -> tensor<i1>
      stablehlo.return %c : tensor<i1>
  }, {
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %c = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %c : tensor<f32>
  }) : (tensor<1023xf8E4M3FN>, tensor<512xf8E4M3FN>, tensor<f8E4M3FN>) -> tensor<1023xf32>
  %m = stablehlo.slice %r [510:513] : (tensor<1023xf32>) -> tensor<3xf32>
  check.expect_eq_const %m, dense<[0.0, 512.0, 0.0]> : tensor<3xf32>
  return
}

// -----

module @all_reduce_bf16 {
  func.func @f(%x: tensor<2xbf16>) -> tensor<2xbf16> {
    %r = "stablehlo.all_reduce"(%x) ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        %s = stablehlo.add %a, %b : tensor<bf16>
        stablehlo.return %s : tensor<bf16>
    }) {replica_groups = dense<[[0, 1, 2]]> : tensor<1x3xi64>} : (tensor<2xbf16>) -> tensor<2xbf16>
    return %r : tensor<2xbf16>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<256.0> : tensor<2xbf16>
    %i1 = stablehlo.constant dense<1.0> : tensor<2xbf16>
    %i2 = stablehlo.constant dense<1.0> : tensor<2xbf16>
    %r:3 = "interpreter.run_parallel"(%i0, %i1, %i2) {programs = [[@f], [@f], [@f]]} : (tensor<2xbf16>, tensor<2xbf16>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>, tensor<2xbf16>)
    check.expect_eq_const %r#0, dense<258.0> : tensor<2xbf16>
    check.expect_eq_const %r#1, dense<258.0> : tensor<2xbf16>
    check.expect_eq_const %r#2, dense<258.0> : tensor<2xbf16>
    return
  }
}

// -----

module @all_reduce_into_f32 {
  func.func @f(%x: tensor<2xbf16>) -> tensor<2xf32> {
    %r = "stablehlo.all_reduce"(%x) ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %s = stablehlo.add %a, %b : tensor<f32>
        stablehlo.return %s : tensor<f32>
    }) {replica_groups = dense<[[0, 1, 2]]> : tensor<1x3xi64>} : (tensor<2xbf16>) -> tensor<2xf32>
    return %r : tensor<2xf32>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<256.0> : tensor<2xbf16>
    %i1 = stablehlo.constant dense<1.0> : tensor<2xbf16>
    %i2 = stablehlo.constant dense<2.0> : tensor<2xbf16>
    %r:3 = "interpreter.run_parallel"(%i0, %i1, %i2) {programs = [[@f], [@f], [@f]]} : (tensor<2xbf16>, tensor<2xbf16>, tensor<2xbf16>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
    check.expect_eq_const %r#0, dense<259.0> : tensor<2xf32>
    check.expect_eq_const %r#1, dense<259.0> : tensor<2xf32>
    check.expect_eq_const %r#2, dense<259.0> : tensor<2xf32>
    return
  }
}

// -----

module @reduce_scatter_bf16 {
  func.func @f(%x: tensor<3xbf16>) -> tensor<1xbf16> {
    %r = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%a: tensor<bf16>, %b: tensor<bf16>):
        %s = stablehlo.add %a, %b : tensor<bf16>
        stablehlo.return %s : tensor<bf16>
    }) {replica_groups = dense<[[0, 1, 2]]> : tensor<1x3xi64>, scatter_dimension = 0 : i64} : (tensor<3xbf16>) -> tensor<1xbf16>
    return %r : tensor<1xbf16>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<256.0> : tensor<3xbf16>
    %i1 = stablehlo.constant dense<1.0> : tensor<3xbf16>
    %i2 = stablehlo.constant dense<1.0> : tensor<3xbf16>
    %r:3 = "interpreter.run_parallel"(%i0, %i1, %i2) {programs = [[@f], [@f], [@f]]} : (tensor<3xbf16>, tensor<3xbf16>, tensor<3xbf16>) -> (tensor<1xbf16>, tensor<1xbf16>, tensor<1xbf16>)
    check.expect_eq_const %r#0, dense<258.0> : tensor<1xbf16>
    check.expect_eq_const %r#1, dense<258.0> : tensor<1xbf16>
    check.expect_eq_const %r#2, dense<258.0> : tensor<1xbf16>
    return
  }
}

// -----

module @reduce_scatter_into_f32 {
  func.func @f(%x: tensor<3xf16>) -> tensor<1xf32> {
    %r = "stablehlo.reduce_scatter"(%x) ({
      ^bb0(%a: tensor<f32>, %b: tensor<f32>):
        %s = stablehlo.add %a, %b : tensor<f32>
        stablehlo.return %s : tensor<f32>
    }) {replica_groups = dense<[[0, 1, 2]]> : tensor<1x3xi64>, scatter_dimension = 0 : i64} : (tensor<3xf16>) -> tensor<1xf32>
    return %r : tensor<1xf32>
  }
  func.func @main() {
    %i0 = stablehlo.constant dense<2048.0> : tensor<3xf16>
    %i1 = stablehlo.constant dense<1.0> : tensor<3xf16>
    %i2 = stablehlo.constant dense<2.0> : tensor<3xf16>
    %r:3 = "interpreter.run_parallel"(%i0, %i1, %i2) {programs = [[@f], [@f], [@f]]} : (tensor<3xf16>, tensor<3xf16>, tensor<3xf16>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>)
    check.expect_eq_const %r#0, dense<2051.0> : tensor<1xf32>
    check.expect_eq_const %r#1, dense<2051.0> : tensor<1xf32>
    check.expect_eq_const %r#2, dense<2051.0> : tensor<1xf32>
    return
  }
}

// -----

func.func @batch_norm_bf16() {
  %x = stablehlo.constant dense<1.0> : tensor<2048x1xbf16>
  %s = stablehlo.constant dense<1.0> : tensor<1xbf16>
  %o = stablehlo.constant dense<0.5> : tensor<1xbf16>
  %r:3 = "stablehlo.batch_norm_training"(%x, %s, %o) <{epsilon = 1.0 : f32, feature_index = 1 : i64}> : (tensor<2048x1xbf16>, tensor<1xbf16>, tensor<1xbf16>) -> (tensor<2048x1xbf16>, tensor<1xbf16>, tensor<1xbf16>)
  check.expect_eq_const %r#0, dense<0.5> : tensor<2048x1xbf16>
  check.expect_eq_const %r#1, dense<1.0> : tensor<1xbf16>
  check.expect_eq_const %r#2, dense<0.0> : tensor<1xbf16>
  return
}

// -----

func.func @dot_bf16() {
  %x = stablehlo.constant dense<1.0> : tensor<2x1024xbf16>
  %y = stablehlo.constant dense<1.0> : tensor<1024x2xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x1024xbf16>, tensor<1024x2xbf16>) -> tensor<2x2xbf16>
  check.expect_eq_const %r, dense<1024.0> : tensor<2x2xbf16>
  return
}

// -----

func.func @dot_f32_bf16() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf32>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x2xbf16>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_bf16_f32() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xbf16>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xbf16>, tensor<3x2xf32>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_f16_bf16() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf16>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf16>, tensor<3x2xbf16>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_f32_f64() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf32>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf32>, tensor<3x2xf64>) -> tensor<2x2xf64>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf64>
  return
}

// -----

func.func @dot_f64_f32_to_f32() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf64>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xf32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf64>, tensor<3x2xf32>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_f64_to_bf16() {
  %x = stablehlo.constant dense<1.0039062500000002> : tensor<2x1xf64>
  %y = stablehlo.constant dense<1.0> : tensor<1x2xf64>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x1xf64>, tensor<1x2xf64>) -> tensor<2x2xbf16>
  check.expect_eq_const %r, dense<1.0078125> : tensor<2x2xbf16>
  return
}

// -----

func.func @dot_f8_bf16() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf8E4M3FN>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xbf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf8E4M3FN>, tensor<3x2xbf16>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_f8_f8() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf8E4M3FN>
  %y = stablehlo.constant dense<1.5> : tensor<3x2xf8E5M2>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xf8E4M3FN>, tensor<3x2xf8E5M2>) -> tensor<2x2xbf16>
  check.expect_eq_const %r, dense<5.625> : tensor<2x2xbf16>
  return
}

// -----

func.func @dot_i8_i8_f32() {
  %x = stablehlo.constant dense<100> : tensor<2x3xi8>
  %y = stablehlo.constant dense<-100> : tensor<3x2xi8>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xi8>, tensor<3x2xi8>) -> tensor<2x2xf32>
  check.expect_eq_const %r, dense<-30000.0> : tensor<2x2xf32>
  return
}

// -----

func.func @dot_i8_i32() {
  %x = stablehlo.constant dense<100> : tensor<2x3xi8>
  %y = stablehlo.constant dense<1000> : tensor<3x2xi32>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xi8>, tensor<3x2xi32>) -> tensor<2x2xi32>
  check.expect_eq_const %r, dense<300000> : tensor<2x2xi32>
  return
}

// -----

func.func @dot_i8_ui8() {
  %x = stablehlo.constant dense<-100> : tensor<2x3xi8>
  %y = stablehlo.constant dense<200> : tensor<3x2xui8>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xi8>, tensor<3x2xui8>) -> tensor<2x2xi32>
  check.expect_eq_const %r, dense<-60000> : tensor<2x2xi32>
  return
}

// -----

func.func @dot_i4_i8() {
  %x = stablehlo.constant dense<-8> : tensor<2x3xi4>
  %y = stablehlo.constant dense<100> : tensor<3x2xi8>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x3xi4>, tensor<3x2xi8>) -> tensor<2x2xi32>
  check.expect_eq_const %r, dense<-2400> : tensor<2x2xi32>
  return
}

// -----

func.func @dot_f16_to_bf16() {
  %x = stablehlo.constant dense<1.0> : tensor<2x2048xf16>
  %y = stablehlo.constant dense<1.0> : tensor<2048x2xf16>
  %r = stablehlo.dot_general %x, %y, contracting_dims = [1] x [0] : (tensor<2x2048xf16>, tensor<2048x2xf16>) -> tensor<2x2xbf16>
  check.expect_eq_const %r, dense<2048.0> : tensor<2x2xbf16>
  return
}

// -----

func.func @old_dot_mixed() {
  %x = stablehlo.constant dense<1.25> : tensor<2x3xf32>
  %y = stablehlo.constant dense<1.5> : tensor<3xbf16>
  %r = "stablehlo.dot"(%x, %y) : (tensor<2x3xf32>, tensor<3xbf16>) -> tensor<2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<2xf32>
  return
}

// -----

func.func @convolution_mixed() {
  %x = stablehlo.constant dense<1.25> : tensor<1x3x1xf32>
  %k = stablehlo.constant dense<1.5> : tensor<3x1x2xbf16>
  %r = "stablehlo.convolution"(%x, %k) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, feature_group_count = 1 : i64}> : (tensor<1x3x1xf32>, tensor<3x1x2xbf16>) -> tensor<1x1x2xf32>
  check.expect_eq_const %r, dense<5.625> : tensor<1x1x2xf32>
  return
}

// -----

func.func @convolution_bf16() {
  %x = stablehlo.constant dense<1.0> : tensor<1x1024x1xbf16>
  %k = stablehlo.constant dense<1.0> : tensor<1024x1x2xbf16>
  %r = "stablehlo.convolution"(%x, %k) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, f]x[0, i, o]->[b, 0, f]>, feature_group_count = 1 : i64}> : (tensor<1x1024x1xbf16>, tensor<1024x1x2xbf16>) -> tensor<1x1x2xbf16>
  check.expect_eq_const %r, dense<1024.0> : tensor<1x1x2xbf16>
  return
}
