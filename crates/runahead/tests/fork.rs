//! Forks: of recorded functions and of the host's, waited for in any order, nested, cancelled and failing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use runahead::asynchronous::{Async, CancelToken, Deterministic, ErrorKind, Pool};
use runahead::{
    AsyncTensor, Fork, ForkOptions, HostFork, Lazy, Operations, Result, Tensor, TensorError, device, fork,
    fork_host, jit, ops, select, synchronize, wait, wait_all,
};

fn tensor(elements: &[f32]) -> Tensor {
    Tensor::from_slice(elements, [elements.len()], &device("cpu").unwrap()).unwrap()
}

fn double(x: Lazy) -> Result<Lazy> {
    x.multiply(2)
}

#[test]
fn a_fork_is_an_operand_of_forks_and_operations() -> Result<()> {
    let x = tensor(&[1.0, 2.0]);
    let both = fork(|(x, y): (Lazy, Lazy)| Ok((ops::add(&x, &y)?, ops::subtract(&x, &y)?)), (&x, 5.0))?;
    assert_eq!(both.0.ty().to_string(), "tensor<2xf32>");
    let again = fork(double, &both.0)?;
    let sum = ops::add(&again, &both.1)?;
    assert_eq!(sum.wait()?.to_vec::<f32>()?, [8.0, 11.0]);
    let list = fork(
        |xs: Vec<Lazy>| xs.into_iter().map(double).collect::<Result<Vec<_>>>(),
        vec![again, fork(double, &x)?],
    )?;
    let list: Vec<Tensor> = list.wait()?;
    assert_eq!(list[0].to_vec::<f32>()?, [24.0, 28.0]);
    assert_eq!(list[1].to_vec::<f32>()?, [4.0, 8.0]);
    Ok(())
}

#[test]
fn a_compiled_function_can_be_forked() -> Result<()> {
    let scale = tensor(&[3.0, 4.0]);
    let scaled = jit("scaled", |x: Lazy| ops::multiply(x, &scale));
    let (a, b) = wait((fork(&scaled, tensor(&[1.0, 2.0]))?, fork(&scaled, tensor(&[5.0, 6.0]).to_async())?))?;
    assert_eq!((a.to_vec::<f32>()?, b.to_vec::<f32>()?), (vec![3.0, 8.0], vec![15.0, 24.0]));
    Ok(())
}

#[test]
fn what_is_wrong_with_operands_is_found_at_the_call() {
    let product = jit("product", |(a, b): (Lazy, Lazy)| ops::matmul(a, b));
    let error = fork(&product, (tensor(&[1.0]), tensor(&[1.0, 2.0]))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "product: matmul of tensor<1xf32>, tensor<2xf32>: 1 columns meet 2 rows; expected as many"
    );
}

#[test]
fn a_fork_of_recorded_values_is_recorded() -> Result<()> {
    let x = tensor(&[1.0, 2.0]);
    let network = |x: Lazy| {
        let (left, right) = (fork(double, &x)?, fork(|x: Lazy| x.exp(), &x)?);
        let (left, right) = wait((left, right))?;
        ops::add(left, right)
    };
    let expected = [2.0 + 1f32.exp(), 4.0 + 2f32.exp()];
    let close = |found: Vec<f32>| found.iter().zip(expected).all(|(x, y)| (x - y).abs() < 1e-5);
    assert!(close(fork(network, &x)?.wait()?.to_vec()?));
    assert!(close(network(x.lazy())?.eval()?.to_vec()?));
    Ok(())
}

#[test]
fn outputs_and_order_are_the_same_under_every_scheduler() -> Result<()> {
    let run = || -> Result<Vec<f32>> {
        let x = tensor(&[0.5, 1.5, 2.5]);
        let forks: Vec<_> = (0..6).map(|i| fork(move |x: Lazy| x.multiply(i), &x)).collect::<Result<_>>()?;
        let mut total = fork(double, &x)?.into_outputs();
        for each in &forks {
            total =
                fork(|(a, b): (Lazy, Lazy)| ops::add(a.multiply(0.5)?, b), (&total, each))?.into_outputs();
        }
        total.wait()?.to_vec()
    };
    let expected = run()?;
    for seed in 0..50 {
        assert_eq!(Deterministic::new(seed).run(run)?, expected, "seed {seed}");
    }
    for workers in [1, 2, 4] {
        assert_eq!(Pool::new(workers).run(run)?, expected, "{workers} workers");
    }
    Ok(())
}

/// The sum of `2^depth` leaves, each node of the tree a fork that forks and waits.
fn tree(depth: usize, x: AsyncTensor) -> HostFork<Tensor> {
    fork_host(move || {
        if depth == 0 {
            return fork(double, &x)?.wait();
        }
        let (left, right) = wait((tree(depth - 1, x.clone()), tree(depth - 1, x)))?;
        ops::add(left, right)
    })
}

#[test]
fn forks_within_forks_end_with_one_worker() -> Result<()> {
    for workers in [1, 2, 3] {
        let sum = Pool::new(workers).run(|| tree(6, tensor(&[1.0, -1.0]).to_async()).wait())?;
        assert_eq!(sum.to_vec::<f32>()?, [128.0, -128.0]);
    }
    for seed in 0..20 {
        let sum = Deterministic::new(seed).run(|| tree(4, tensor(&[1.0, -1.0]).to_async()).wait())?;
        assert_eq!(sum.to_vec::<f32>()?, [32.0, -32.0]);
    }
    Ok(())
}

#[test]
fn a_deep_line_of_forks_ends() -> Result<()> {
    fn line(depth: usize) -> HostFork<usize> {
        fork_host(move || if depth == 0 { Ok(0) } else { Ok(line(depth - 1).wait()? + 1) })
    }
    assert_eq!(Pool::new(1).run(|| line(200).wait())?, 200);
    Ok(())
}

#[test]
fn the_first_that_ends_is_selected() -> Result<()> {
    for seed in 0..50 {
        Deterministic::new(seed).run(|| -> Result<()> {
            let gates: Vec<Async<usize>> = (0..3).map(|_| Async::new()).collect();
            let places: Vec<_> = gates.iter().map(|gate| gate.defer()).collect();
            let mut forks: Vec<_> = gates
                .iter()
                .map(|gate| {
                    let read = gate.read();
                    fork_host(move || Ok(*read.wait()?))
                })
                .collect();
            let mut left = vec![0, 1, 2];
            let mut places: Vec<_> = places.into_iter().map(Some).collect();
            for which in [1, 2, 0] {
                // Each gate is opened only when the one before was selected.
                places[which].take().unwrap().set(which);
                let first = select(std::mem::take(&mut forks))?;
                assert_eq!((left.remove(first.index), first.value?), (which, which));
                forks = first.rest;
            }
            Ok(())
        })?;
    }
    assert!(select(Vec::<HostFork<()>>::new()).is_err());
    Ok(())
}

#[test]
fn a_selected_failure_is_its_own_value() -> Result<()> {
    let never = Async::<usize>::new();
    let read = never.read();
    let fails = fork_host(|| Err(TensorError::invalid("on purpose")));
    let first = select([fork_host(move || Ok(*read.wait()?)), fails])?;
    assert_eq!(first.index, 1);
    assert!(first.value.unwrap_err().to_string().contains("on purpose"));
    drop(never);
    assert!(wait_all(first.rest).is_err());
    Ok(())
}

#[test]
fn a_failure_reaches_what_is_fed_and_panics_are_errors() -> Result<()> {
    let failing =
        ForkOptions::new().named("loader").fork_host(|| -> Result<Tensor> { panic!("no such batch") });
    let error = failing.wait().unwrap_err();
    assert!(error.to_string().contains("loader") && error.to_string().contains("no such batch"), "{error}");
    let cancelled = CancelToken::new();
    cancelled.cancel();
    let x = ForkOptions::new().cancel_by(&cancelled).fork(|x: Lazy| x.multiply(19), &tensor(&[1.0]))?;
    let fed = fork(|x: Lazy| x.add(19), &x)?;
    let TensorError::Failed(error) = fed.wait().unwrap_err() else { panic!("it was cancelled") };
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    Ok(())
}

#[test]
fn cancelling_a_fork_cancels_those_made_in_it() -> Result<()> {
    for seed in 0..50 {
        Deterministic::new(seed).run(|| -> Result<()> {
            let (gate, ran) = (Async::<i32>::new(), Arc::new(AtomicUsize::new(0)));
            let (open, inner) = (gate.defer(), Arc::new(Async::new()));
            let (read, made, count) = (gate.read(), Arc::clone(&inner), Arc::clone(&ran));
            let outer = fork_host(move || {
                read.wait()?;
                // Made when the fork around it was cancelled already.
                let within = fork_host(move || {
                    count.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                });
                made.write().wait()?.set(within.wait().is_err());
                Ok(())
            });
            // Whether it has begun by then is the scheduler's to say.
            fork_host(|| Ok(())).wait()?;
            outer.cancel();
            open.set(1);
            let outcome = outer.wait();
            assert_eq!(ran.load(Ordering::Relaxed), 0);
            // Where the outer one had begun, the inner one was cancelled; else the outer one was.
            match outcome {
                Ok(()) => assert!(*inner.wait()?),
                Err(error) => assert!(error.to_string().contains("cancelled"), "{error}"),
            }
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn a_deadline_that_has_passed_fails_the_fork_alone() -> Result<()> {
    let late = ForkOptions::new().deadline(Instant::now());
    let x = tensor(&[1.0, 2.0]);
    let (a, b) = (late.clone().fork(double, &x)?, late.fork_host(|| Ok(1)));
    assert!(a.wait().unwrap_err().to_string().contains("its deadline has passed"));
    assert!(b.wait().unwrap_err().to_string().contains("its deadline has passed"));
    assert_eq!(fork(double, &x)?.wait()?.to_vec::<f32>()?, [2.0, 4.0]);
    Ok(())
}

#[test]
fn forks_are_awaited() -> Result<()> {
    let pool = Pool::new(2);
    let result = pool.run(|| {
        runahead::asynchronous::spawn(async {
            let x = tensor(&[1.0, 2.0]);
            let (a, b) = (fork(double, &x)?, fork_host(|| Ok(3.0)));
            let (a, b) = (a.await?, b.await?);
            ops::add(a, b)?.to_vec::<f32>()
        })
    });
    assert_eq!(*result.wait()?, [5.0, 7.0]);
    Ok(())
}

#[test]
fn a_device_is_synchronized_with_all_that_was_submitted_before() -> Result<()> {
    let device = device("cpu:30")?;
    for seed in 0..50 {
        Deterministic::new(seed).run(|| -> Result<()> {
            let x = Tensor::from_slice(&[1f32; 3], [3], &device)?;
            let mut y = x.to_async();
            for _ in 0..5 {
                y = y.multiply(2)?;
            }
            let forked: Fork<AsyncTensor> = fork(move |x: Lazy| x.multiply(seed as i64 + 2), &y)?;
            let host = y.to_host_async();
            synchronize(&device)?;
            assert!(y.is_ready() && forked.is_ready() && host.is_ready());
            assert_eq!(forked.wait()?.to_vec::<f32>()?, [32.0 * (seed + 2) as f32; 3]);
            Ok(())
        })?;
    }
    Ok(())
}

#[test]
fn those_who_synchronize_at_once_all_wait() -> Result<()> {
    let device = device("cpu:31")?;
    let pool = Pool::new(2);
    pool.run(|| -> Result<()> {
        let forks = (0..8).map(|_| {
            let device = device.clone();
            fork_host(move || {
                let x = ops::multiply(Tensor::from_slice(&[1f32; 1000], [1000], &device)?.to_async(), 3)?;
                synchronize(&device)?;
                assert!(x.is_ready());
                Ok(())
            })
        });
        wait_all(forks.collect::<Vec<_>>()).map(drop)
    })
}
