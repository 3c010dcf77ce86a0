// Probes, and the checks that compare with what they saw; the forms of the other checks.

func.func @a_probe_sees_what_it_is_given() {
  %a = stablehlo.constant dense<[[1.5], [-2.0]]> : tensor<2x1xbf16>
  %b = stablehlo.add %a, %a : tensor<2x1xbf16>
  %seen = interpreter.probe %b, probe_id = "the/sum" : tensor<2x1xbf16>
  check.expect_eq_const %seen, dense<[[3.0], [-4.0]]> : tensor<2x1xbf16>
  check.expect_serialized_eq %b, probe_id = "the/sum" : tensor<2x1xbf16>
  func.return
}

// -----

func.func @main() { // a probe sees several values
  %one = stablehlo.constant dense<1> : tensor<ui64>
  %two = stablehlo.constant dense<2> : tensor<ui64>
  %0 = call @watched(%one) : (tensor<ui64>) -> tensor<ui64>
  %1 = call @watched(%two) : (tensor<ui64>) -> tensor<ui64>
  check.expect_serialized_eq %one, probe_id = "watched", iter = 0 : tensor<ui64>
  check.expect_serialized_eq %two, probe_id = "watched", iter = 1 : tensor<ui64>
  func.return
}
func.func private @watched(%x: tensor<ui64>) -> tensor<ui64> {
  %0 = interpreter.probe %x, probe_id = "watched" : tensor<ui64>
  return %0 : tensor<ui64>
}

// -----

func.func @a_probe_in_a_loop_gives_what_it_is_given() {
  %zero = stablehlo.constant dense<0> : tensor<i64>
  %three = stablehlo.constant dense<3> : tensor<i64>
  %one = stablehlo.constant dense<1> : tensor<i64>
  %r = stablehlo.while(%i = %zero) : tensor<i64> cond {
    %c = stablehlo.compare LT, %i, %three : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %c : tensor<i1>
  } do {
    %n = stablehlo.add %i, %one : tensor<i64>
    %p = interpreter.probe %n, probe_id = "turns" : tensor<i64>
    stablehlo.return %p : tensor<i64>
  }
  check.expect_eq_const %r, dense<3> : tensor<i64>
  check.expect_serialized_eq %one, probe_id = "turns" : tensor<i64>
  check.expect_serialized_eq %three, probe_id = "turns", iter = 2 : tensor<i64>
  func.return
}

// -----

func.func @forms_of_checks() {
  %a = stablehlo.constant dense<5.0> : tensor<f64>
  %b = stablehlo.constant dense<5.0001> : tensor<f64>
  check.expect_almost_eq%a, %b : tensor<f64>
  check.expect_almost_eq %a, %b, tolerance = 0.1 : tensor<f64>
  check.expect_almost_eq_const %a, dense<5.1> : tensor<f64> {tolerance = 0.2 : f64}
  %h = stablehlo.constant dense<5.0> : tensor<f16>
  %k = stablehlo.constant dense<5.01> : tensor<f16>
  check.expect_close %h, %k, max_ulp_difference = 3 : tensor<f16>, tensor<f16>
  func.return
}
