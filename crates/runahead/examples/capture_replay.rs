//! A chain of programs, submitted one by one and as a replay of what was captured once.
//!
//! ```sh
//! cargo run --release -p runahead --example capture_replay
//! ```

use std::time::{Duration, Instant};

use runahead::{AsyncTensor, Jit, Lazy, Operations, Result, Tensor, capture, device, jit, ops};

/// Programs of the chain.
const STEPS: usize = 50;
/// Rounds that are measured.
const ROUNDS: usize = 201;

fn chain<F>(steps: &[Jit<F, (Lazy, Lazy), Lazy>], mut x: AsyncTensor, w: &Tensor) -> Result<AsyncTensor>
where
    F: Fn((Lazy, Lazy)) -> Result<Lazy>,
{
    for step in steps {
        x = step.call((x, w))?;
    }
    Ok(x)
}

fn main() -> Result<()> {
    let device = device("cpu")?;
    let w: Vec<f32> = (0..64).map(|i| if i % 9 == 0 { 0.9 } else { 0.01 }).collect();
    let w = Tensor::from_slice(&w, [8, 8], &device)?;
    let x = Tensor::from_slice(&[1f32; 32], [4, 8], &device)?;
    let steps: Vec<_> =
        (0..STEPS).map(|_| jit("step", |(x, w): (Lazy, Lazy)| ops::matmul(x, w)?.tanh())).collect();

    let captured = capture("chain", x.to_async(), |x| chain(&steps, x, &w))?;
    let one_by_one = || -> Result<Tensor> { chain(&steps, x.to_async(), &w)?.wait() };
    let replayed = || -> Result<Tensor> { captured.replay(&x)?.wait() };
    assert_eq!(one_by_one()?.to_vec::<f32>()?, replayed()?.to_vec::<f32>()?);

    let (mut apart, mut together) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        apart.push(timed(one_by_one)?);
        together.push(timed(replayed)?);
    }
    let (apart, together) = (median(apart), median(together));
    println!("{STEPS} programs one by one: {apart:.2?}");
    println!(
        "as one replay:          {together:.2?}, {:.1} times as fast",
        apart.as_secs_f64() / together.as_secs_f64()
    );
    Ok(())
}

fn timed(run: impl Fn() -> Result<Tensor>) -> Result<Duration> {
    let start = Instant::now();
    run()?;
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
