//! Tensors that are given for keeps: the same values, in less memory, and errors for who uses them afterwards.

use std::sync::Barrier;

use runahead::asynchronous::{CancelToken, Deterministic, Pool};
use runahead::{
    AsyncTensor, Buffer, ElementType, ExecuteError, ForkOptions, Lazy, Literal, Program, Result, Tensor,
    TensorError, device, donate, fork, jit, ops,
};

fn tensor(elements: &[f32]) -> Tensor {
    on("cpu", elements)
}

fn on(name: &str, elements: &[f32]) -> Tensor {
    Tensor::from_slice(elements, [elements.len()], &device(name).unwrap()).unwrap()
}

fn double(x: Lazy) -> Result<Lazy> {
    ops::add(&x, &x)
}

#[test]
fn use_after_donation_says_so_in_every_way_of_use() -> Result<()> {
    let x = tensor(&[1.0, 2.0]);
    let (clone, recorded, later) = (x.clone(), ops::exp(x.lazy())?, x.to_async());
    let step = jit("step", double);
    assert_eq!(step.call(donate(x))?.to_vec::<f32>()?, [2.0, 4.0]);
    let gone = "the tensor<2xf32> was donated to step";
    let errors = [
        step.call(&clone).unwrap_err(),
        step.call(donate(clone.clone())).unwrap_err(),
        ops::add(&clone, 1).unwrap_err(),
        ops::add(&later, 1).map(drop).unwrap_err(),
        recorded.eval().unwrap_err(),
        clone.to_vec::<f32>().unwrap_err(),
        later.wait().unwrap_err(),
        fork(double, &clone).unwrap_err(),
    ];
    for error in errors {
        assert!(error.to_string().contains(gone), "{error}");
    }
    assert!(format!("{:?}", clone.as_buffer()).contains("donated"));
    assert!(clone.to_string().contains(gone), "{clone}");
    Ok(())
}

#[test]
fn one_tensor_is_not_given_twice() {
    let sum = jit("sum", |(a, b): (Lazy, Lazy)| ops::add(a, b));
    let x = tensor(&[1.0, 1.0]);
    for error in [
        sum.call((donate(x.clone()), &x)).unwrap_err(),
        sum.call((&x, donate(x.clone()))).unwrap_err(),
        sum.call((donate(x.clone()), donate(x.clone()))).unwrap_err(),
    ] {
        assert!(matches!(&error, TensorError::Execute(ExecuteError::DonatedTwice { .. })), "{error}");
    }
    // A call that is an error takes nothing.
    assert_eq!(sum.call((&x, &x)).unwrap().to_vec::<f32>().unwrap(), [2.0, 2.0]);
    let other = tensor(&[1.0, 2.0, 3.0]);
    sum.call((donate(x.clone()), &other)).unwrap_err();
    assert_eq!(x.to_vec::<f32>().unwrap(), [1.0, 1.0]);
}

#[test]
fn earlier_readers_go_first() -> Result<()> {
    let step = jit("step", double);
    let run = || -> Result<()> {
        let x = tensor(&[3.0; 64]).to_async();
        let before: Vec<AsyncTensor> = (1..4).map(|i| ops::multiply(&x, i)).collect::<Result<_>>()?;
        let host = x.to_host_async();
        let forked = fork(|x: Lazy| ops::multiply(x, 5), &x)?;
        let mut y = step.call(donate(x))?;
        for _ in 0..3 {
            y = step.call(donate(y))?;
        }
        assert_eq!(y.wait()?.to_vec::<f32>()?, [48.0; 64]);
        for (i, before) in (1..4).zip(before) {
            assert_eq!(before.wait()?.to_vec::<f32>()?, [3.0 * i as f32; 64]);
        }
        assert_eq!(forked.wait()?.to_vec::<f32>()?, [15.0; 64]);
        assert_eq!(host.wait()?.to_elements::<f32>().unwrap(), [3.0; 64]);
        Ok(())
    };
    for seed in 0..100 {
        Deterministic::new(seed).run(run)?;
    }
    for workers in [1, 2] {
        Pool::new(workers).run(run)?;
    }
    Ok(())
}

#[test]
fn a_donated_input_is_updated_in_place() -> Result<()> {
    const BYTES: usize = 4 * 100_000;
    let peak = |name: &str, donating: bool| -> Result<usize> {
        let device = device(name)?;
        let step = jit("step", double);
        let mut x = ops::full([BYTES / 4], 1, ElementType::F32, &device)?;
        for _ in 0..3 {
            x = if donating { step.call(donate(x))? } else { step.call(&x)? };
        }
        assert_eq!(x.to_vec::<f32>()?, vec![8.0; BYTES / 4]);
        device.reset_peak();
        let at = x.as_buffer().view()?.bytes().unwrap().as_ptr();
        let y = if donating { step.call(donate(x))? } else { step.call(&x)? };
        let same = at == y.as_buffer().view()?.bytes().unwrap().as_ptr();
        assert_eq!(same, donating);
        Ok(device.memory_use().peak)
    };
    assert_eq!(peak("cpu:40", false)?, 2 * BYTES);
    assert_eq!(peak("cpu:41", true)?, BYTES);
    assert_eq!(device("cpu:41")?.memory_use().live, 0);
    Ok(())
}

#[test]
fn a_budget_of_one_tensor_is_enough_for_a_loop_that_donates() -> Result<()> {
    let device = device("cpu:42")?;
    let step = jit("step", double);
    let mut x = ops::full([1000], 1, ElementType::F32, &device)?.to_async();
    device.set_budget(Some(4100));
    for _ in 0..20 {
        x = step.call(donate(x))?;
    }
    assert_eq!(x.wait()?.to_vec::<f32>()?, [2f32.powi(20); 1000]);
    assert!(matches!(step.call(&x), Err(TensorError::Execute(ExecuteError::Budget { .. }))));
    // What is gone is told as such, with no memory left to submit anything.
    let y = x.clone();
    x = step.call(donate(x))?;
    assert!(matches!(step.call(&y), Err(TensorError::Execute(ExecuteError::Gone { .. }))));
    drop(x);
    device.set_budget(None);
    Ok(())
}

#[test]
fn recorded_values_donate_when_they_are_evaluated() -> Result<()> {
    let x = tensor(&[1.0, 2.0]);
    let y = ops::multiply(ops::exp(ops::multiply(donate(x.clone()), 0)?.lazy())?, 3)?;
    assert_eq!(y.eval()?.to_vec::<f32>()?, [3.0, 3.0]);
    assert!(x.to_vec::<f32>().is_err());
    let z = tensor(&[1.0, 2.0]);
    let sum = ops::add(Lazy::constant(tensor(&[1.0, 1.0]).to_literal()?), donate(z.clone()))?;
    // Recorded, but not done.
    assert_eq!(z.to_vec::<f32>()?, [1.0, 2.0]);
    assert_eq!(sum.eval()?.to_vec::<f32>()?, [2.0, 3.0]);
    assert!(z.to_vec::<f32>().is_err());
    Ok(())
}

#[test]
fn a_fork_takes_what_it_is_given() -> Result<()> {
    for seed in 0..30 {
        let (x, given) = Deterministic::new(seed).run(|| -> Result<_> {
            let x = tensor(&[1.0, seed as f32 + 2.0]);
            let forked = fork(move |x: Lazy| ops::multiply(&x, seed as i64 + 1000), donate(x.clone()))?;
            Ok((forked.wait()?.to_vec::<f32>()?, x))
        })?;
        let factor = (seed + 1000) as f32;
        assert_eq!(x, [factor, (seed as f32 + 2.0) * factor]);
        assert!(given.to_vec::<f32>().unwrap_err().to_string().contains("was donated to fork"));
    }
    Ok(())
}

#[test]
fn a_donated_value_that_failed_fails_the_results() -> Result<()> {
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let given_up = ForkOptions::new().cancel_by(&cancelled);
    let x = given_up.fork(|x: Lazy| ops::multiply(x, 77), tensor(&[1.0]))?.into_outputs();
    let y = jit("step", double).call(donate(x))?;
    assert!(y.wait().unwrap_err().to_string().contains("was cancelled"));
    Ok(())
}

#[test]
fn programs_are_given_inputs_for_keeps() -> Result<()> {
    let program = Program::from_text(
        "update.mlir",
        "module @update { func.func @main(%p: tensor<3xf32> {tf.aliasing_output = 1 : i32}, %g: tensor<3xf32>)
             -> (tensor<f32>, tensor<3xf32>) {
           %z = stablehlo.constant dense<0.0> : tensor<f32>
           %s = stablehlo.reduce(%g init: %z) applies stablehlo.add across dimensions = [0]
               : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
           %q = stablehlo.subtract %p, %g : tensor<3xf32>
           return %s, %q : tensor<f32>, tensor<3xf32>
         } }",
    )
    .unwrap();
    let (p, g) = (tensor(&[1.0, 2.0, 3.0]), tensor(&[0.5, 0.5, 0.5]));
    // What the program allows, only the caller can do.
    assert_eq!(program.call((&p, &g))?[1].to_vec::<f32>()?, [0.5, 1.5, 2.5]);
    let at = p.as_buffer().view()?.bytes().unwrap().as_ptr();
    let results = program.call((donate(p.clone()), &g))?;
    assert_eq!(results[0].to_scalar::<f32>()?, 1.5);
    assert_eq!(results[1].to_vec::<f32>()?, [0.5, 1.5, 2.5]);
    assert_eq!(results[1].as_buffer().view()?.bytes().unwrap().as_ptr(), at);
    let error = program.call((&p, &g)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "update takes arg0, but the tensor<3xf32> was donated to update, which uses its memory again; donate what is not \
         needed any more, or a copy"
    );
    Ok(())
}

#[test]
fn buffers_that_two_threads_donate_crosswise_are_given_once() {
    const ROUNDS: usize = 3000;
    let device = device("cpu:64").unwrap();
    let text = "func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
      %s = stablehlo.add %x, %y : tensor<4xf32>
      %d = stablehlo.subtract %x, %y : tensor<4xf32>
      return %s, %d : tensor<4xf32>, tensor<4xf32>
    }";
    let program = Program::from_text("cross.mlir", text).unwrap().compile(&device).unwrap();
    let upload = |x: f32| device.upload(&Literal::from_elements([4], &[x; 4]).unwrap()).unwrap();
    let first = |buffer: &Buffer| buffer.to_host().wait().unwrap().to_elements::<f32>().unwrap()[0];
    for donated in [[&[0, 1][..], &[0, 1]], [&[0], &[0]], [&[1], &[0]], [&[0], &[]]] {
        let pairs: Vec<[Buffer; 2]> = (0..ROUNDS).map(|_| [upload(5.0), upload(3.0)]).collect();
        let round = Barrier::new(2);
        let submit = |thread: usize| {
            let each = |pair: &[Buffer; 2]| {
                round.wait();
                let arguments = [&pair[thread], &pair[1 - thread]];
                program.submission(&arguments).donating(donated[thread]).submit()
            };
            pairs.iter().map(each).collect::<Vec<_>>()
        };
        let (here, there) = std::thread::scope(|scope| {
            let there = scope.spawn(|| submit(1));
            (submit(0), there.join().unwrap())
        });
        for (here, there) in here.into_iter().zip(there) {
            let results = [here, there];
            // One comes after the other, and finds gone what that one was given.
            let came = results.iter().filter(|result| result.is_ok()).count();
            assert!((1..=2).contains(&came), "{results:?}");
            for (results, difference) in results.into_iter().zip([2.0, -2.0]) {
                match results {
                    Ok(results) => {
                        assert_eq!((first(&results[0]), first(&results[1])), (8.0, difference));
                    }
                    Err(error) => assert!(matches!(error, ExecuteError::Gone { .. }), "{error}"),
                }
            }
        }
    }
}
