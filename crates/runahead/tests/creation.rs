//! Tensors from nothing, and numbers among operands.

use runahead::asynchronous::Deterministic;
use runahead::{
    Async, ElementType, InFlight, Lazy, Operations, Recording, Result, Tensor, TensorError, device, ops,
};

#[test]
fn tensors_are_created_in_every_mode() -> Result<()> {
    let device = device("cpu")?;
    let now: Tensor = ops::eye(2, 3, ElementType::F32, &device)?;
    let later: Async<Tensor> = ops::eye(2, 3, ElementType::F32, InFlight(&device))?;
    let lazy: Lazy = ops::eye(2, 3, ElementType::F32, Recording)?;
    for tensor in [now, later.wait()?, lazy.eval()?] {
        assert_eq!(tensor.to_vec::<f32>()?, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    }
    assert_eq!(ops::arange(4, ElementType::I64, &device)?.to_vec::<i64>()?, [0, 1, 2, 3]);
    assert_eq!(
        ops::ones([2], ElementType::Bool, &device)?.to_string(),
        "[ True  True]\ntensor<2xi1> on cpu:0"
    );
    let ends = ops::linspace(-0.1, 0.7, 11, ElementType::F32, &device)?.to_vec::<f32>()?;
    assert_eq!((ends[0], ends[10], ends.len()), (-0.1, 0.7, 11));
    assert_eq!(ops::linspace(2.0, 3.0, 1, ElementType::F32, &device)?.to_vec::<f32>()?, [2.0]);
    Ok(())
}

#[test]
fn a_tensor_is_created_on_the_device_that_was_named() -> Result<()> {
    let device = device("cpu:4")?;
    assert_eq!(*ops::zeros([2], ElementType::F32, &device)?.device(), device);
    assert_eq!(*ops::randn([2], ElementType::F32, 1, InFlight(&device))?.device(), device);
    Ok(())
}

#[test]
fn random_numbers_are_distributed_as_they_should_be() -> Result<()> {
    const COUNT: usize = 100_000;
    let device = device("cpu")?;
    let moments = |numbers: &[f64]| {
        let mean = numbers.iter().sum::<f64>() / COUNT as f64;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / COUNT as f64;
        (mean, variance)
    };
    for element in [ElementType::F32, ElementType::F64, ElementType::F16, ElementType::BF16] {
        let wide = |x: Tensor| ops::cast(&x, ElementType::F64)?.to_vec::<f64>();
        let uniform = wide(ops::rand([COUNT], element, 5, &device)?)?;
        assert!(uniform.iter().all(|x| (0.0..1.0).contains(x)), "{element}");
        let (mean, variance) = moments(&uniform);
        // Five deviations of the means of so many numbers, and what rounding down to 8 bits moves them by.
        assert!(
            (mean - 0.5).abs() < 0.007 && (variance - 1.0 / 12.0).abs() < 0.002,
            "{element}: {mean} {variance}"
        );
        let (mean, variance) = moments(&wide(ops::randn([COUNT], element, 5, &device)?)?);
        assert!(mean.abs() < 0.016 && (variance - 1.0).abs() < 0.025, "{element}: {mean} {variance}");
    }
    let one = ops::rand([8], ElementType::F32, 1, &device)?.to_vec::<f32>()?;
    assert_ne!(one, ops::rand([8], ElementType::F32, 2, &device)?.to_vec::<f32>()?);
    assert_eq!(one, ops::rand([8], ElementType::F32, 1, Recording)?.eval()?.to_vec::<f32>()?);
    Ok(())
}

#[test]
fn numbers_take_the_type_of_the_tensor_beside_them() -> Result<()> {
    let device = device("cpu")?;
    let half = ops::ones([2], ElementType::BF16, &device)?;
    assert_eq!((&half * 3)?.element(), ElementType::BF16);
    let whole = ops::ones([2], ElementType::I8, &device)?;
    assert_eq!((1.0 - &whole)?.to_vec::<i8>()?, [0, 0]);
    for (value, name) in [(128.0, "128"), (0.5, "0.5"), (f64::NAN, "NaN")] {
        let error = (&whole + value).unwrap_err().to_string();
        assert!(error.contains(&format!("{name} is no i8")), "{error}");
    }
    let mask = whole.gt(0)?;
    assert_eq!(mask.and(false)?.to_string(), "[False False]\ntensor<2xi1> on cpu:0");
    Ok(())
}

#[test]
fn shapes_that_no_memory_holds_are_refused_at_the_call() -> Result<()> {
    let device = device("cpu")?;
    for result in [
        ops::zeros([1 << 40, 1 << 40], ElementType::F32, &device).map(drop),
        ops::arange(usize::MAX, ElementType::I64, &device).map(drop),
        ops::ones([2], ElementType::F32, Recording)?.broadcast([1 << 62, 2]).map(drop),
        ops::ones([2], ElementType::F32, &device)?.reshape([usize::MAX, 2]).map(drop),
    ] {
        assert!(matches!(result, Err(TensorError::Invalid { .. } | TensorError::Elements(_))), "{result:?}");
    }
    Ok(())
}

#[test]
fn bad_axes_and_sizes_are_errors() -> Result<()> {
    let x = ops::ones([2, 3], ElementType::F32, &device("cpu")?)?;
    let messages = [
        x.sum([2]).map(drop),
        x.sum([0, -2]).map(drop),
        x.narrow(1, 2, 2).map(drop),
        x.split([1, 1], 1).map(drop),
        x.chunk(4, 1).map(drop),
        x.top_k(4, 1).map(drop),
        x.squeeze([0]).map(drop),
        x.permute([0, 0]).map(drop),
        x.reshape([5]).map(drop),
        x.index_select(&x, 0).map(drop),
        x.layer_norm(Some(&x), None::<&Tensor>, 1e-5).map(drop),
        ops::concat(Vec::<Tensor>::new(), 0).map(drop),
    ]
    .map(|result| result.unwrap_err().to_string());
    let expected = [
        "axis 2 is none of tensor<2x3xf32>; expected -2 to 1",
        "axis 0 is named twice",
        "2 elements from 2 are more than axis 1 of tensor<2x3xf32> has",
        "the sizes [1, 1] are 2 together; expected 3, the size of axis 1",
        "4 parts are asked for; the axis has 3 elements",
        "axis 1 has 3 elements; expected 4 or more",
        "axis 0 of tensor<2x3xf32> has size 2; expected 1",
        "permutation",
        "elements",
        "indices are f32; expected integers",
        "the weight is tensor<2x3xf32>; expected one axis of size 3",
        "there are no tensors; expected at least one",
    ];
    for (message, expected) in messages.iter().zip(expected) {
        assert!(message.contains(expected), "{message:?} lacks {expected:?}");
    }
    Ok(())
}

#[test]
fn what_takes_long_to_write_is_not_written_by_the_thread_that_asks_for_it() -> Result<()> {
    const COUNT: usize = 1 << 20;
    let device = device("cpu:5")?;
    type Create = fn(usize, &runahead::Device) -> Result<Async<Tensor>>;
    let creations: [(&str, Create); 6] = [
        ("arange", |count, device| ops::arange(count, ElementType::F32, InFlight(device))),
        ("zeros", |count, device| ops::zeros([count], ElementType::F32, InFlight(device))),
        ("full", |count, device| ops::full([2, count / 2], 7, ElementType::I8, InFlight(device))),
        ("eye", |count, device| ops::eye(2, count, ElementType::F32, InFlight(device))),
        ("linspace", |count, device| ops::linspace(0.0, 1.0, count, ElementType::F32, InFlight(device))),
        ("rand", |count, device| ops::rand([count], ElementType::F32, 1, InFlight(device))),
    ];
    for (name, create) in creations {
        // Once more when the program is compiled: little is done in the call, a lot is not.
        for (count, at_once) in [(4, true), (COUNT, false)] {
            create(count, &device)?.wait()?;
            let ready = Deterministic::new(0).run(|| create(count, &device).map(|x| x.is_ready()))?;
            assert!(!ready || at_once, "{name} of {count}");
        }
    }
    Ok(())
}
