//! Operations in three modes.

use runahead::{Async, ElementType, Lazy, Operand, Output, Result, Tensor, TensorError, operation, ops};

fn tensor(elements: &[f32], dims: &[usize]) -> Tensor {
    Tensor::from_slice(elements, dims, &runahead::device("cpu").unwrap()).unwrap()
}

/// Two layers and a softmax.
fn network<X: Operand, W: Operand, V: Operand>(x: X, w: W, v: V) -> Result<Output<(X, W, V)>> {
    operation("network", (x, w, v), (), |(x, w, v), ()| {
        let hidden = ops::relu(ops::matmul(x, w)?)?;
        ops::softmax(ops::matmul(hidden, v)?, -1)
    })
}

#[test]
fn a_function_gives_the_same_in_every_mode() -> Result<()> {
    let x = tensor(&[1.0, -2.0, 3.0, 0.5, 0.25, -1.0], &[2, 3]);
    let w = tensor(&[0.5, -1.0, 0.25, 2.0, 1.0, -0.5], &[3, 2]);
    let v = tensor(&[1.0, 2.0, -1.0, 0.5], &[2, 2]);
    let now: Tensor = network(&x, &w, &v)?;
    let later: Async<Tensor> = network(x.to_async(), &w, &v)?;
    let lazy: Lazy = network(&x, w.lazy(), v.to_async())?;
    assert_eq!(later.dims(), [2, 2]);
    assert_eq!(lazy.dims(), [2, 2]);
    // By hand: relu(x w) = [[3, 0], [0, 0.5]]; times v; each row's softmax.
    let hidden = [[3.0f64, 0.0], [0.0, 0.5]];
    let expected = hidden.map(|[a, b]| {
        let logits = [a - b, 2.0 * a + 0.5 * b];
        let sum: f64 = logits.iter().map(|logit| logit.exp()).sum();
        logits.map(|logit| (logit.exp() / sum) as f32)
    });
    for found in [now, later.wait()?, lazy.eval()?] {
        for (found, expected) in found.to_vec::<f32>()?.iter().zip(expected.as_flattened()) {
            assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        }
    }
    Ok(())
}

#[test]
fn errors_are_found_at_the_call_in_every_mode() {
    let (x, y) = (tensor(&[0.0; 6], &[2, 3]), tensor(&[0.0; 4], &[2, 2]));
    let now = ops::matmul(&x, &y).map(drop).unwrap_err();
    let later = ops::matmul(x.to_async(), &y).map(drop).unwrap_err();
    let lazy = ops::matmul(x.lazy(), &y).map(drop).unwrap_err();
    for error in [now, later, lazy] {
        assert_eq!(
            error.to_string(),
            "matmul of tensor<2x3xf32>, tensor<2x2xf32>: 3 columns meet 2 rows; expected as many"
        );
    }
    let nested = ops::softmax(&x, 2).unwrap_err();
    assert_eq!(
        nested.to_string(),
        "softmax: max of tensor<2x3xf32>: axis 2 is none of tensor<2x3xf32>; expected -2 to 1"
    );
    let mixed = ops::add(&x, ops::cast(&x, ElementType::F64).unwrap()).unwrap_err();
    assert!(mixed.to_string().ends_with("elements are f32 and f64; cast one of them"), "{mixed}");
    let fraction = ops::add(ops::cast(&x, ElementType::I32).unwrap(), 0.5).unwrap_err();
    assert!(fraction.to_string().contains("0.5 is no i32"), "{fraction}");
}

#[test]
fn operands_on_two_devices_are_refused() {
    let x = tensor(&[1.0], &[1]);
    let y = Tensor::from_slice(&[1f32], [1], &runahead::device("cpu:1").unwrap()).unwrap();
    let error = ops::add(&x, &y).unwrap_err();
    assert!(matches!(error, TensorError::Devices { .. }), "{error}");
    let error = ops::add(x.lazy(), &y).unwrap_err();
    assert!(matches!(error, TensorError::Devices { .. }), "{error}");
}

#[test]
fn an_evaluated_value_is_kept_and_what_led_to_it_let_go() -> Result<()> {
    // Each step holds a tensor of its own; with all of them held, this would be 400 MB.
    let device = runahead::device("cpu:2")?;
    let mut x = Tensor::from_slice(&vec![0f32; 100_000], [100_000], &device)?.lazy();
    for _ in 0..1000 {
        x = ops::add(&x, 1)?;
        x.eval()?;
    }
    assert_eq!(x.eval()?.to_vec::<f32>()?[..3], [1000.0; 3]);
    assert!(device.memory_use().peak < 20_000_000, "{:?}", device.memory_use());
    Ok(())
}

#[test]
fn a_long_recording_is_dropped_and_compared_without_recursion() -> Result<()> {
    let x = tensor(&[1.0], &[]);
    let mut long = x.lazy();
    for _ in 0..200_000 {
        long = ops::negate(&long)?;
    }
    drop(long);
    Ok(())
}

#[test]
fn what_is_shared_is_computed_once_and_evaluated_together() -> Result<()> {
    let x = tensor(&[2.0, 3.0], &[2]).lazy();
    let shared = ops::exp(&x)?;
    let values = [ops::add(&shared, 1)?, ops::multiply(&shared, &shared)?];
    let [a, b] = [0, 1].map(|i| Lazy::eval_all(&values).unwrap()[i].to_vec::<f32>().unwrap());
    for (i, x) in [2f32, 3.0].into_iter().enumerate() {
        assert!((a[i] - (x.exp() + 1.0)).abs() < 1e-5);
        assert!((b[i] - x.exp() * x.exp()).abs() < 1e-3);
    }
    Ok(())
}
