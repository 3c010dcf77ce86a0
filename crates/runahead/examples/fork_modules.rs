//! A network of four linear layers, two after the other on each of two sides, run as two forks.
//!
//! ```sh
//! cargo run --release -p runahead --example fork_modules
//! ```

use std::time::{Duration, Instant};

use runahead::{ElementType, Jit, Lazy, Operations, Result, Tensor, device, fork, jit, ops, wait};

/// Rows, features.
const SHAPE: [usize; 2] = [256, 256];

/// `x · w + b`.
struct Linear {
    weight: Tensor,
    bias: Tensor,
}

impl Linear {
    fn new(seed: u64) -> Result<Linear> {
        let device = device("cpu")?;
        let weight = ops::randn([SHAPE[1], SHAPE[1]], ElementType::F32, seed, &device)?;
        let weight = weight.multiply(1.0 / SHAPE[1] as f64)?.named(format!("linear{seed}.weight"));
        let bias = ops::zeros([SHAPE[1]], ElementType::F32, &device)?.named(format!("linear{seed}.bias"));
        Ok(Linear { weight, bias })
    }

    fn forward(&self, x: Lazy) -> Result<Lazy> {
        ops::add(ops::matmul(x, &self.weight)?, &self.bias)
    }
}

/// Two layers with a nonlinearity between them, compiled as one program.
fn side(first: Linear, second: Linear) -> Jit<impl Fn(Lazy) -> Result<Lazy>, Lazy, Lazy> {
    jit("side", move |x: Lazy| second.forward(first.forward(x)?.relu()?))
}

fn main() -> Result<()> {
    let left = side(Linear::new(1)?, Linear::new(2)?);
    let right = side(Linear::new(3)?, Linear::new(4)?);
    let x = ops::randn(SHAPE, ElementType::F32, 5, device("cpu")?)?;

    let in_turn = || -> Result<(Tensor, Tensor)> { Ok((left.call(&x)?, right.call(&x)?)) };
    let forked = || -> Result<(Tensor, Tensor)> { wait((fork(&left, &x)?, fork(&right, &x)?)) };

    let (expected, found) = (in_turn()?, forked()?);
    assert_eq!(found.0.to_vec::<f32>()?, expected.0.to_vec::<f32>()?);
    assert_eq!(found.1.to_vec::<f32>()?, expected.1.to_vec::<f32>()?);

    // A fork is an operand: nothing is waited for between the layers, the sum, and what follows.
    let sum = ops::add(fork(&left, &x)?, fork(&right, &x)?)?;
    let norm = fork(|y: Lazy| ops::multiply(&y, &y)?.sum([0, 1])?.sqrt(), &sum)?;
    println!("norm of the sum: {}", norm.wait()?.to_scalar::<f32>()?);

    println!("one after the other: {:?}", typical(in_turn)?);
    println!("as two forks:        {:?}", typical(forked)?);
    println!("\n{}", runahead::memory_report());
    Ok(())
}

/// The median time of a call.
fn typical<R>(call: impl Fn() -> Result<R>) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..25 {
        let start = Instant::now();
        call()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[times.len() / 2])
}
