//! Functions compiled once for each signature.

use std::cell::Cell;

use runahead::{ElementType, Lazy, Operations, Recording, Result, Tensor, TensorError, device, jit, ops};

fn tensor(elements: &[f32]) -> Tensor {
    Tensor::from_slice(elements, [elements.len()], &device("cpu").unwrap()).unwrap()
}

#[test]
fn a_function_is_traced_once_for_each_signature() -> Result<()> {
    let traced = Cell::new(0);
    let double = jit("double", |x: Lazy| {
        traced.set(traced.get() + 1);
        x.multiply(2)
    });
    for n in 1..4 {
        let x: Vec<f32> = (0..n).map(|i| i as f32).collect();
        for _ in 0..3 {
            let doubled: Vec<f32> = x.iter().map(|x| x * 2.0).collect();
            assert_eq!(double.call(tensor(&x))?.to_vec::<f32>()?, doubled);
            assert_eq!(double.call(tensor(&x).to_async())?.wait()?.to_vec::<f32>()?, doubled);
        }
        assert_eq!(traced.get(), n);
    }
    let other = ops::ones([1], ElementType::F32, &device("cpu:5")?)?;
    double.call(&other)?;
    assert_eq!(traced.get(), 4);
    Ok(())
}

#[test]
fn programs_of_few_signatures_are_kept() -> Result<()> {
    let double = jit("double", |x: Lazy| x.multiply(2)).keep(4);
    for n in 1..40 {
        double.call(ops::ones([n], ElementType::F32, &device("cpu")?)?)?;
    }
    let kept = format!("{double:?}");
    let kept: usize = kept.split([' ', ',']).find_map(|word| word.parse().ok()).unwrap();
    assert!((1..=4).contains(&kept), "{double:?}");
    Ok(())
}

#[test]
fn tensors_from_outside_are_captured() -> Result<()> {
    let scale = tensor(&[3.0, 4.0]);
    let scaled = jit("scaled", |x: Lazy| ops::multiply(x, &scale));
    assert_eq!(scaled.call(tensor(&[1.0, 2.0]))?.to_vec::<f32>()?, [3.0, 8.0]);
    assert_eq!(scaled.call(tensor(&[2.0, 2.0]))?.to_vec::<f32>()?, [6.0, 8.0]);
    assert_eq!(scaled.call(tensor(&[2.0, 1.0]).lazy())?.eval()?.to_vec::<f32>()?, [6.0, 4.0]);
    Ok(())
}

#[test]
fn arguments_and_results_have_structure() -> Result<()> {
    let function = jit("sum_and_scaled", |(xs, scale): (Vec<Lazy>, Option<Lazy>)| {
        let sum = ops::stack(xs.clone(), 0)?.sum([0])?;
        let scaled = scale.map_or(Ok(sum.clone()), |scale| sum.multiply(scale))?;
        Ok((sum, scaled))
    });
    let [x, y] = [tensor(&[1.0, 2.0]), tensor(&[10.0, 20.0])];
    let (sum, scaled) = function.call((vec![&x, &y], Some(&y)))?;
    assert_eq!(sum.to_vec::<f32>()?, [11.0, 22.0]);
    assert_eq!(scaled.to_vec::<f32>()?, [110.0, 440.0]);
    let (_, scaled) = function.call((vec![&x, &y, &y], None::<&Tensor>))?;
    assert_eq!(scaled.to_vec::<f32>()?, [21.0, 42.0]);
    // As many tensors, in another structure.
    let (sum, _) = function.call((vec![&x, &y, &y, &y], None::<&Tensor>))?;
    assert_eq!(sum.to_vec::<f32>()?, [31.0, 62.0]);
    Ok(())
}

#[test]
fn errors_name_the_function_and_what_it_was_given() {
    let product = jit("product", |(a, b): (Lazy, Lazy)| ops::matmul(a, b));
    let error = product.call((tensor(&[1.0]), tensor(&[1.0, 2.0]))).unwrap_err();
    assert_eq!(
        error.to_string(),
        "product: matmul of tensor<1xf32>, tensor<2xf32>: 1 columns meet 2 rows; expected as many"
    );
}

#[test]
fn what_is_traced_has_no_value_outside() -> Result<()> {
    let leaked = Cell::new(None);
    let leak = jit("leak", |x: Lazy| {
        leaked.set(Some(x.exp()?));
        x.eval().err().map_or(Ok(x), Err)
    });
    assert!(matches!(leak.call(tensor(&[1.0])), Err(TensorError::Traced { .. })));
    let leaked = leaked.take().unwrap();
    assert!(matches!(leaked.eval(), Err(TensorError::Traced { .. })));
    assert!(matches!(
        ops::add(leaked, ops::ones([1], ElementType::F32, Recording)?)?.eval(),
        Err(TensorError::Traced { .. })
    ));
    Ok(())
}
