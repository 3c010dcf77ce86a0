//! Tensors from and for `ndarray`, and awaited from tokio.

use std::sync::Arc;

use ndarray::{Array, Array2, ArrayD, Axis, Ix1, arr0, array, s};
use runahead::asynchronous::{Async, Attached};
use runahead::{Lazy, Operations, Result, Tensor, device, donate, fork, fork_host, ops, synchronize};

#[test]
fn arrays_become_tensors_and_come_back() -> Result<()> {
    let device = device("cpu")?;
    let dense: Array2<f64> = Array::from_shape_fn((3, 4), |(i, j)| (10 * i + j) as f64);
    let x = Tensor::from_ndarray(dense.clone(), &device)?;
    assert_eq!((x.dims(), x.to_ndarray::<f64>()?), (&[3, 4][..], dense.clone().into_dyn()));
    // Transposed, cut, with steps, turned around: the elements in the order of their axes.
    let cut = dense.slice(s![1.., ..;2]);
    for view in [dense.t(), cut, dense.slice(s![..;-1, 1..3])] {
        let of_view = Tensor::from_ndarray_ref(&view, &device)?;
        assert_eq!(of_view.to_ndarray::<f64>()?, view.to_owned().into_dyn());
        let owned = Tensor::from_ndarray(view.to_owned(), &device)?;
        assert_eq!(owned.to_ndarray::<f64>()?, view.to_owned().into_dyn());
    }
    // An owned array that begins within its memory.
    let mut late = dense.clone();
    late.slice_collapse(s![1.., ..]);
    assert_eq!(Tensor::from_ndarray(late.clone(), &device)?.to_ndarray::<f64>()?, late.into_dyn());
    let turned = dense.clone().reversed_axes();
    assert_eq!(Tensor::from_ndarray(turned.clone(), &device)?.to_ndarray::<f64>()?, turned.into_dyn());
    // No axes, and no elements.
    assert_eq!(Tensor::from_ndarray(arr0(7i32), &device)?.to_scalar::<i32>()?, 7);
    let none = Tensor::from_ndarray(Array2::<f32>::zeros((0, 3)), &device)?;
    assert_eq!((none.dims(), none.to_ndarray::<f32>()?.len()), (&[0, 3][..], 0));
    let error = x.to_ndarray::<f32>().unwrap_err().to_string();
    assert_eq!(error, "view of tensor<3x4xf64>: elements are f64; they cannot be had as f32");
    Ok(())
}

#[test]
fn aligned_memory_is_not_copied() -> Result<()> {
    let device = device("cpu:60")?;
    // A part of the memory that begins at a multiple of 64 bytes.
    let memory = vec![3f32; 1000];
    let at = memory.as_ptr().addr();
    let first = (at.next_multiple_of(64) - at) / 4;
    let mut array = Array::from_vec(memory);
    array.slice_collapse(s![first..first + 900]);
    let address = array.as_ptr().addr();
    let x = Tensor::from_ndarray(array, &device)?;
    assert_eq!(x.view::<f32>()?.as_ptr().addr(), address);
    assert_eq!(device.memory_use().live, 3600);
    assert_eq!(ops::add(&x, 1)?.to_vec::<f32>()?, [4.0; 900]);
    // What is the program's own is not overwritten where it is donated: it may lie beside what is still used.
    assert_eq!(ops::add(donate(x.clone()), 1)?.to_vec::<f32>()?, [4.0; 900]);
    assert!(x.view::<f32>().is_err());
    drop(x);
    synchronize(&device)?;
    assert_eq!(device.memory_use().live, 0);
    Ok(())
}

#[test]
fn a_view_is_the_tensors_own_memory_and_keeps_it() -> Result<()> {
    let device = device("cpu:61")?;
    let x = Tensor::from_slice(&[1f32, 2.0, 3.0, 4.0], [2, 2], &device)?;
    let view = x.view::<f32>()?;
    assert_eq!(view.array().sum_axis(Axis(0)), array![4.0, 6.0].into_dyn());
    let doubled = ops::multiply(donate(x.to_async()), 2)?;
    assert!(!doubled.is_ready());
    assert_eq!(&view[..], [1.0, 2.0, 3.0, 4.0]);
    drop(view);
    assert_eq!(doubled.wait()?.to_vec::<f32>()?, [2.0, 4.0, 6.0, 8.0]);
    assert_eq!(
        ArrayD::<f32>::try_from(&Tensor::from_vec(vec![1f32], [1], &device)?)?,
        array![1.0].into_dyn()
    );
    Ok(())
}

/// While one task awaits what cannot be there yet, others of a runtime of one thread go on.
#[test]
fn awaiting_blocks_no_thread_of_a_runtime() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let sum = runtime.block_on(async {
        let gate = Async::<i32>::new();
        let (open, read) = (gate.defer(), gate.read());
        let first = fork_host(move || {
            let value = *read.wait()?;
            Tensor::from_slice(&[value], [1], &device("cpu")?)
        });
        let waiting = async {
            let first = first.await?;
            let again = fork(|x: Lazy| x.multiply(21), &first)?.await?;
            ops::add(again.to_async(), &first)?.await
        };
        // On the one thread that there is.
        let (sum, ()) = tokio::join!(waiting, async { open.set(2) });
        sum
    })?;
    assert_eq!(sum.to_vec::<i32>()?, [44]);
    Ok(())
}

#[test]
fn a_fork_in_a_runtime_waits_for_memory_without_blocking() -> Result<()> {
    let device = device("cpu:62")?;
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let x = Tensor::from_slice(&[1f32; 1000], [1000], &device)?;
        let w = Tensor::from_slice(&[3f32; 1000], [1000], &device)?;
        let twice = |x: Lazy| x.multiply(2);
        fork(twice, &x)?.await?; // compiled before
        // In flight as long as the view is there.
        let view = w.view::<f32>()?;
        drop(fork(twice, donate(w))?);
        device.set_budget(Some(8000));
        // All of the memory is in use: this waits for some, and the thread goes on and frees it.
        let more = fork(twice, &x)?;
        assert!(!more.is_ready());
        assert_eq!(view.iter().sum::<f32>(), 3000.0);
        drop(view);
        assert_eq!(more.await?.to_vec::<f32>()?, [2.0; 1000]);
        device.set_budget(None);
        Ok(())
    })
}

#[test]
fn tasks_run_on_the_workers_of_a_runtime() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let tasks = Arc::new(Attached::tokio(runtime.handle().clone()));
    let served: Vec<_> = (0..16)
        .map(|i| {
            let tasks = Arc::clone(&tasks);
            runtime.spawn(async move {
                let y = tasks.run(|| {
                    let x = Tensor::from_slice(&[i as f32], [1], &device("cpu")?)?;
                    fork(|x: Lazy| x.add(1), &x)
                })?;
                y.await?.to_vec::<f32>()
            })
        })
        .collect();
    runtime.block_on(async {
        for (i, served) in served.into_iter().enumerate() {
            assert_eq!(served.await.unwrap()?, [i as f32 + 1.0]);
        }
        Ok(())
    })
}

#[test]
fn shapes_of_any_rank_are_kept() -> Result<()> {
    let line = Array::<i64, Ix1>::from_iter(0..5);
    let x = Tensor::from_ndarray(line.clone(), &device("cpu")?)?;
    assert_eq!(x.to_ndarray::<i64>()?.into_dimensionality::<Ix1>().unwrap(), line);
    Ok(())
}
