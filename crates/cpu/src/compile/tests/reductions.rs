//! Patterns around reductions, and how many steps they take.

use crate::testing::{Random, compiled, run_f32};

fn close(found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        assert!(
            (f64::from(found) - expected).abs() <= 1e-5 * expected.abs().max(1e-3),
            "[{i}]: {found}, not {expected}"
        );
    }
}

fn softmax(rows: usize, cols: usize) -> String {
    format!(
        "func.func @main(%x: tensor<{rows}x{cols}xf32>) -> tensor<{rows}x{cols}xf32> {{
          %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
          %m = stablehlo.reduce(%x init: %low) applies stablehlo.maximum across dimensions = [1] : (tensor<{rows}x{cols}xf32>, tensor<f32>) -> tensor<{rows}xf32>
          %mb = stablehlo.broadcast_in_dim %m, dims = [0] : (tensor<{rows}xf32>) -> tensor<{rows}x{cols}xf32>
          %s = stablehlo.subtract %x, %mb : tensor<{rows}x{cols}xf32>
          %e = stablehlo.exponential %s : tensor<{rows}x{cols}xf32>
          %zero = stablehlo.constant dense<0.0> : tensor<f32>
          %t = stablehlo.reduce(%e init: %zero) applies stablehlo.add across dimensions = [1] : (tensor<{rows}x{cols}xf32>, tensor<f32>) -> tensor<{rows}xf32>
          %t1 = stablehlo.broadcast_in_dim %t, dims = [0] : (tensor<{rows}xf32>) -> tensor<{rows}x1xf32>
          %tb = stablehlo.broadcast_in_dim %t1, dims = [0, 1] : (tensor<{rows}x1xf32>) -> tensor<{rows}x{cols}xf32>
          %r = stablehlo.divide %e, %tb : tensor<{rows}x{cols}xf32>
          return %r : tensor<{rows}x{cols}xf32>
        }}"
    )
}

#[test]
fn softmax_is_one_step_without_memory() {
    for (rows, cols) in [(1, 1), (3, 10), (7, 1000), (2, 4097), (5, 12_345), (130, 64)] {
        let text = softmax(rows, cols);
        let program = compiled(&text);
        if cols > 1 {
            assert_eq!((program.describe().steps.len(), program.arena_bytes()), (1, 0), "{rows}x{cols}");
        }
        let x = Random::new(cols as u64).floats(rows * cols);
        let expected: Vec<f64> = x
            .chunks(cols)
            .flat_map(|row| {
                let e: Vec<f64> = row.iter().map(|&x| f64::from(x).exp()).collect();
                let total: f64 = e.iter().sum();
                e.into_iter().map(move |e| e / total)
            })
            .collect();
        close(&run_f32(&text, &[&x]), &expected);
    }
}

#[test]
fn nan_and_infinity_go_through_a_softmax() {
    let found =
        run_f32(&softmax(3, 3), &[&[f32::NAN, 0.0, 1.0, 0.0, f32::NEG_INFINITY, 0.0, 1e30, 0.0, -1e30]]);
    assert!(found[..3].iter().all(|x| x.is_nan()));
    assert_eq!(found[3..], [0.5, 0.0, 0.5, 1.0, 0.0, 0.0]);
}

#[test]
fn long_sums_stay_accurate() {
    let count = 1 << 20;
    let text = |dims: &str, over: &str, to: &str| {
        format!(
            "func.func @main(%x: tensor<{dims}xf32>) -> tensor<{to}f32> {{
              %zero = stablehlo.constant dense<0.0> : tensor<f32>
              %r = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [{over}] : (tensor<{dims}xf32>, tensor<f32>) -> tensor<{to}f32>
              return %r : tensor<{to}f32>
            }}"
        )
    };
    // Adding tenths one after the other is off by a hundredth by then.
    let x = vec![0.1f32; count];
    let truth = f64::from(0.1f32) * count as f64;
    for (dims, over, to) in [("1048576", "0", ""), ("524288x2", "0", "2x"), ("1x1048576", "1", "1x")] {
        for found in run_f32(&text(dims, over, to), &[&x]) {
            let truth = if to == "2x" { truth / 2.0 } else { truth };
            assert!((f64::from(found) / truth - 1.0).abs() < 2e-6, "{dims}: {found}, not {truth}");
        }
    }
}

#[test]
fn reductions_of_one_operand_share_a_pass() {
    let text = "func.func @main(%x: tensor<300x40xf32>) -> (tensor<40xf32>, tensor<40xf32>) {
      %zero = stablehlo.constant dense<0.0> : tensor<f32>
      %low = stablehlo.constant dense<0xFF800000> : tensor<f32>
      %s = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0] : (tensor<300x40xf32>, tensor<f32>) -> tensor<40xf32>
      %m = stablehlo.reduce(%x init: %low) applies stablehlo.maximum across dimensions = [0] : (tensor<300x40xf32>, tensor<f32>) -> tensor<40xf32>
      return %s, %m : tensor<40xf32>, tensor<40xf32>
    }";
    assert_eq!(compiled(text).describe().steps.len(), 1);
    let x = Random::new(5).floats(300 * 40);
    let column = |c: usize| x.iter().skip(c).step_by(40).map(|&x| f64::from(x));
    let sums: Vec<f64> = (0..40).map(|c| column(c).sum()).collect();
    close(&run_f32(text, &[&x]), &sums);
}

#[test]
fn axes_apart_reduce_in_two_steps() {
    let text = "func.func @main(%x: tensor<4x5x6xf32>) -> tensor<5xf32> {
      %half = stablehlo.constant dense<0.5> : tensor<f32>
      %s = stablehlo.reduce(%x init: %half) applies stablehlo.add across dimensions = [0, 2] : (tensor<4x5x6xf32>, tensor<f32>) -> tensor<5xf32>
      return %s : tensor<5xf32>
    }";
    let x = Random::new(9).floats(120);
    let mut expected = vec![0.5f64; 5];
    x.iter().enumerate().for_each(|(i, &x)| expected[i / 6 % 5] += f64::from(x));
    close(&run_f32(text, &[&x]), &expected);
}

#[test]
fn extremes_know_nan_and_signed_zeros() {
    let text = |op: &str, initial: &str| {
        format!(
            "func.func @main(%x: tensor<2x100xf32>) -> tensor<2xf32> {{
              %i = stablehlo.constant dense<{initial}> : tensor<f32>
              %r = stablehlo.reduce(%x init: %i) applies stablehlo.{op} across dimensions = [1] : (tensor<2x100xf32>, tensor<f32>) -> tensor<2xf32>
              return %r : tensor<2xf32>
            }}"
        )
    };
    for place in [0, 50, 70, 99] {
        let mut x = vec![-0.0f32; 200];
        x[place] = f32::NAN;
        x[100 + place] = 0.0;
        let found = run_f32(&text("maximum", "0xFF800000"), &[&x]);
        assert!(found[0].is_nan());
        assert_eq!(found[1].to_bits(), 0.0f32.to_bits());
        x[100..].iter_mut().for_each(|x| *x = -*x);
        let found = run_f32(&text("minimum", "0x7F800000"), &[&x]);
        assert!(found[0].is_nan());
        assert_eq!(found[1].to_bits(), (-0.0f32).to_bits());
    }
}
