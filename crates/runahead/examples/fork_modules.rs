//! A network of four linear layers, two after the other on each of two sides, run as two forks.
//!
//! ```sh
//! cargo run --release -p runahead --example fork_modules
//! ```

use std::time::{Duration, Instant};

use runahead::nn::{Linear, Module, Parameter, Phase, Source, Store};
use runahead::{ElementType, Lazy, Operations, Result, Tensor, device, fork, ops, wait};

/// Rows, and features of each layer.
const SHAPE: [usize; 2] = [256, 256];

/// Two layers with a nonlinearity between them.
struct Side {
    first: Linear,
    second: Linear,
}

impl Side {
    fn new(source: &Source) -> Result<Side> {
        let layer = |name| Linear::new(SHAPE[1], SHAPE[1], &source.pp(name));
        Ok(Side { first: layer("first")?, second: layer("second")? })
    }
}

impl Module for Side {
    type Input = Lazy;
    type Output = Lazy;

    fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
        self.second.forward(self.first.forward(x, phase)?.relu()?, phase)
    }

    fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
        self.first.visit(visit);
        self.second.visit(visit);
    }
}

fn main() -> Result<()> {
    let device = device("cpu")?;
    let source = Store::fresh(7, &device).source();
    let (left, right) = (Side::new(&source.pp("left"))?, Side::new(&source.pp("right"))?);
    let x = ops::randn(SHAPE, ElementType::F32, 5, &device)?;

    let in_turn = || -> Result<(Tensor, Tensor)> { Ok((left.call(&x)?, right.call(&x)?)) };
    let forked = || -> Result<(Tensor, Tensor)> { wait((fork(&left, &x)?, fork(&right, &x)?)) };

    let (expected, found) = (in_turn()?, forked()?);
    assert_eq!(found.0.to_vec::<f32>()?, expected.0.to_vec::<f32>()?);
    assert_eq!(found.1.to_vec::<f32>()?, expected.1.to_vec::<f32>()?);

    // A fork is an operand: nothing is waited for between the layers, the sum, and what follows.
    let sum = ops::add(fork(&left, &x)?, fork(&right, &x)?)?;
    let norm = fork(|y: Lazy| ops::multiply(&y, &y)?.sum([0, 1])?.sqrt(), &sum)?;
    println!("norm of the sum: {}", norm.wait()?.to_scalar::<f32>()?);

    println!("one after the other: {:.2?}", typical(in_turn)?);
    println!("as two forks:        {:.2?}", typical(forked)?);
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
