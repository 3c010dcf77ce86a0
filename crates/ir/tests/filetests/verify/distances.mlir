// RUN: verify

func.func @paddings_are_distances(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{the low padding of axis 0 is 4611686018427387904; expected at most 1152921504606846976}}
  %0 = stablehlo.pad %x, %v, low = [4611686018427387904], high = [-4611686018427387904], interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @gaps_are_distances(%x: tensor<400xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{the length of axis 0 with its interior padding is 11490000000000000592; expected at most}}
  %0 = stablehlo.pad %x, %v, low = [-1], high = [0], interior = [28796992481203008] : (tensor<400xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @steps_are_distances(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+1 {{the stride along axis 0 of the result is 9223372036854775807; expected at most}}
  %0 = "stablehlo.reduce_window"(%x, %v) ({ ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %s = stablehlo.add %a, %b : tensor<f32>
    stablehlo.return %s : tensor<f32>
  }) {window_dimensions = array<i64: 2>, window_strides = array<i64: 9223372036854775807>} : (tensor<4xf32>, tensor<f32>) -> tensor<1xf32>
  return
}
