//! Programs captured once and replayed.

use std::panic::{AssertUnwindSafe, catch_unwind};

use runahead::asynchronous::{Deterministic, Pool};
use runahead::{
    AsyncTensor, Lazy, Literal, Operations, Program, Result, Tensor, capture, device, donate, fork, jit, ops,
};

fn tensor(elements: &[f32]) -> Tensor {
    Tensor::from_slice(elements, [elements.len()], &device("cpu").unwrap()).unwrap()
}

/// Programs of several kinds, one after the other.
fn steps(x: AsyncTensor, scale: &Tensor) -> Result<(AsyncTensor, AsyncTensor)> {
    let program = Program::from_text(
        "halve.mlir",
        "func.func @main(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
           %y = call @sum(%x) : (tensor<3xf32>) -> tensor<3xf32>
           return %y, %x : tensor<3xf32>, tensor<3xf32>
         }
         func.func private @sum(%x: tensor<3xf32>) -> tensor<3xf32> {
           %y = stablehlo.add %x, %x : tensor<3xf32>
           return %y : tensor<3xf32>
         }",
    );
    let program = program.unwrap();
    let scaled = jit("scaled", |(x, by): (Lazy, Lazy)| ops::multiply(x, by));
    let mut parts = program.call(&x)?;
    let (second, first) = (parts.remove(1), parts.remove(0));
    let product = scaled.call((&first, scale))?;
    let again = program.call(&product)?.remove(0);
    let forked = fork(|x: Lazy| x.add(1), &again)?;
    Ok((ops::add(&forked, &second)?, second))
}

#[test]
fn a_replay_gives_what_the_programs_give() -> Result<()> {
    let scale = tensor(&[1.0, 0.5, -1.0]);
    let captured = capture("steps", tensor(&[0.0; 3]).to_async(), |x| steps(x, &scale))?;
    let run = || -> Result<()> {
        for i in 0..5 {
            let x = tensor(&[i as f32, 1.0, -3.0]);
            let (expected, kept) = steps(x.to_async(), &scale)?;
            let (found, same) = captured.replay(&x)?;
            assert_eq!(found.wait()?.to_vec::<f32>()?, expected.wait()?.to_vec::<f32>()?);
            assert_eq!(same.wait()?.to_vec::<f32>()?, kept.wait()?.to_vec::<f32>()?);
        }
        Ok(())
    };
    run()?;
    for seed in 0..10 {
        Deterministic::new(seed).run(run)?;
    }
    Pool::new(1).run(run)
}

#[test]
fn replays_are_chained_and_donate() -> Result<()> {
    let captured = capture("twice", tensor(&[0.0; 4]).to_async(), |x| ops::multiply(ops::add(x, 1)?, 2))?;
    let mut x = tensor(&[0.0, 1.0, 2.0, 3.0]).to_async();
    for _ in 0..3 {
        let before = x.clone();
        x = captured.replay(donate(x))?;
        assert!(captured.replay(before).unwrap_err().to_string().contains("was donated to twice"));
    }
    assert_eq!(x.wait()?.to_vec::<f32>()?, [14.0, 22.0, 30.0, 38.0]);
    Ok(())
}

#[test]
fn what_is_captured_is_kept_and_cannot_be_given_away_under_it() -> Result<()> {
    let device = device("cpu:50")?;
    let w = Tensor::from_slice(&[2f32; 100], [100], &device)?;
    let x = Tensor::from_slice(&[3f32; 100], [100], &device)?;
    let captured = capture("product", x.to_async(), |x| ops::multiply(x, &w))?;
    let handle = w.clone();
    drop(w);
    assert_eq!(captured.replay(&x)?.wait()?.to_vec::<f32>()?, [6.0; 100]);
    ops::add(donate(handle), 1)?;
    let error = captured.replay(&x).unwrap_err().to_string();
    assert!(error.contains("was donated to add"), "{error}");
    drop((captured, x));
    runahead::synchronize(&device)?;
    assert_eq!(device.memory_use().live, 0);
    Ok(())
}

#[test]
fn wrong_inputs_are_errors() -> Result<()> {
    let captured =
        capture("sum", (tensor(&[0.0]).to_async(), tensor(&[0.0]).to_async()), |(a, b)| ops::add(a, b))?;
    let x = tensor(&[1.0]);
    assert_eq!(
        captured.replay((&x, tensor(&[1.0, 2.0]))).unwrap_err().to_string(),
        "sum takes a tensor<1xf32> as arg1, but a tensor<2xf32> was given"
    );
    assert_eq!(
        captured.replay(&x).unwrap_err().to_string(),
        "sum of tensor<1xf32>: 1 inputs are given; expected 2"
    );
    // Data of the host is sent first.
    let two = Literal::from_elements([1], &[2f32])?;
    assert_eq!(captured.replay((&x, two))?.wait()?.to_vec::<f32>()?, [3.0]);
    Ok(())
}

#[test]
fn values_cannot_be_looked_at_while_they_are_captured() -> Result<()> {
    let x = tensor(&[1.0]);
    let looks = capture("looks", x.to_async(), |x| {
        let y = x.add(1)?;
        y.wait()?;
        Ok(y)
    });
    let error = looks.unwrap_err().to_string();
    assert!(error.contains("stands for a value of what is captured"), "{error}");
    // An operation that is to run now has to be looked at, too.
    assert!(capture("now", x.to_async(), |later| ops::add(later, ops::exp(&x)?)).is_err());
    // A value that is carried out of a capture has no data.
    let mut leaked = None;
    capture("leaks", x.to_async(), |x| {
        leaked = Some(x.add(1)?);
        Ok(x)
    })?;
    assert!(ops::add(leaked.unwrap(), 1).map(drop).is_err());
    let nested = capture("outer", x.to_async(), |x| capture("inner", x.clone(), |x| x.add(1))?.replay(x));
    assert!(nested.unwrap_err().to_string().contains("captured on this thread already"));
    // Nothing is left of those.
    assert_eq!(ops::add(&x, 1)?.to_vec::<f32>()?, [2.0]);
    Ok(())
}

#[test]
fn a_panic_ends_the_capture() -> Result<()> {
    let x = tensor(&[1.0]);
    let panics =
        AssertUnwindSafe(|| capture("panics", x.to_async(), |_| -> Result<AsyncTensor> { panic!() }));
    let panics = catch_unwind(panics);
    assert!(panics.is_err());
    assert_eq!(ops::add(&x, 1)?.to_vec::<f32>()?, [2.0]);
    Ok(())
}
