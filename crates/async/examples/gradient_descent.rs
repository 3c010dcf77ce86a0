//! A neuron learns: gradient descent through variables, with all steps queued before the first one has run.
//!
//! The weights are asynchronous values, and so are their gradients. A step changes the weights in place, which goes after
//! all that reads them, forward and backward; and nothing waits before the end.
//!
//! ```sh
//! cargo run --release -p runahead-async --example gradient_descent
//! ```

use runahead_async::{Async, Error, Var};

const STEPS: usize = 400;
const RATE: f64 = 1.0;
const WEIGHT: f64 = 1.5;
const BIAS: f64 = -0.5;

/// The mean of the squares by which `tanh(weight x + bias)` misses the data.
fn loss(weight: &Var<f64>, bias: &Var<f64>, data: &[(f64, f64)]) -> Var<f64> {
    let mut sum = Var::from(0.0);
    for &(x, y) in data {
        sum += ((weight * x + bias).tanh() - y).powi(2);
    }
    sum / data.len() as f64
}

/// The same, and its gradient, by the rules of calculus.
fn loss_directly(weight: f64, bias: f64, data: &[(f64, f64)]) -> (f64, f64, f64) {
    let mut sums = (0.0, 0.0, 0.0);
    for &(x, y) in data {
        let out = (weight * x + bias).tanh();
        let slope = 2.0 * (out - y) * (1.0 - out * out);
        sums = (sums.0 + (out - y).powi(2), sums.1 + slope * x, sums.2 + slope);
    }
    let n = data.len() as f64;
    (sums.0 / n, sums.1 / n, sums.2 / n)
}

fn main() -> Result<(), Error> {
    let data: Vec<_> =
        (-10..=10).map(|i| f64::from(i) / 5.0).map(|x| (x, (WEIGHT * x + BIAS).tanh())).collect();

    let (mut weight, mut bias) = (Async::from(0.1), Async::from(0.2));
    let mut losses = Vec::new();
    for _ in 0..STEPS {
        let (w, b) = (Var::from(weight.clone()), Var::from(bias.clone()));
        let loss = loss(&w, &b, &data);
        losses.push(loss.value());
        loss.backward();
        weight -= w.gradient() * RATE;
        bias -= b.gradient() * RATE;
    }

    let (mut expected_weight, mut expected_bias) = (0.1, 0.2);
    for (step, loss) in losses.iter().enumerate() {
        let (expected, by_weight, by_bias) = loss_directly(expected_weight, expected_bias, &data);
        let loss = *loss.wait()?;
        assert!((loss - expected).abs() < 1e-12, "step {step}: {loss}, not {expected}");
        if step % 100 == 0 {
            println!("step {step}: loss {loss:.2e}");
        }
        expected_weight -= RATE * by_weight;
        expected_bias -= RATE * by_bias;
    }
    let (weight, bias) = (*weight.wait()?, *bias.wait()?);
    println!("weight {weight:.4}, bias {bias:.4}");
    assert!((weight - WEIGHT).abs() < 1e-3 && (bias - BIAS).abs() < 1e-3);
    Ok(())
}
