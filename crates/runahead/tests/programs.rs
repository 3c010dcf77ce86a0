//! Programs called with tensors in any mode.

use runahead::{Lazy, Literal, Program, Result, Tensor, device, ops};

const AXPY: &str = "module @axpy {
  func.func @main(%a: tensor<f32>, %x: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xi1>) {
    %s = call @scaled(%a, %x) : (tensor<f32>, tensor<2xf32>) -> tensor<2xf32>
    %p = stablehlo.compare GT, %s, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
    return %s, %p : tensor<2xf32>, tensor<2xi1>
  }
  func.func private @scaled(%a: tensor<f32>, %x: tensor<2xf32>) -> tensor<2xf32> {
    %b = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %y = stablehlo.multiply %b, %x : tensor<2xf32>
    return %y : tensor<2xf32>
  }
}";

fn axpy() -> Program {
    Program::from_text("axpy.mlir", AXPY).unwrap()
}

fn tensor(elements: &[f32]) -> Tensor {
    Tensor::from_slice(elements, [elements.len()], &device("cpu").unwrap()).unwrap()
}

#[test]
fn a_program_gives_the_same_in_every_mode() -> Result<()> {
    let (program, x) = (axpy(), tensor(&[1.0, -2.0]));
    let now = program.call((2.0, &x))?;
    assert_eq!(now[0].to_vec::<f32>()?, [2.0, -4.0]);
    let later = program.call((2.0, x.to_async()))?;
    assert_eq!(later[0].dims(), [2]);
    assert_eq!(later[0].wait()?.to_vec::<f32>()?, [2.0, -4.0]);
    let recorded: Vec<Lazy> = program.call((2, ops::negate(x.lazy())?))?;
    let both = ops::select(&recorded[1], &recorded[0], 7)?;
    assert_eq!(both.eval()?.to_vec::<f32>()?, [7.0, 4.0]);
    Ok(())
}

#[test]
fn operands_of_the_host_and_numbers_take_the_parameters_types() -> Result<()> {
    let text = "func.func @main(%n: tensor<i64>, %x: tensor<2xf64>) -> tensor<2xf64> {
      %f = stablehlo.convert %n : (tensor<i64>) -> tensor<f64>
      %b = stablehlo.broadcast_in_dim %f, dims = [] : (tensor<f64>) -> tensor<2xf64>
      %y = stablehlo.add %b, %x : tensor<2xf64>
      return %y : tensor<2xf64>
    }";
    let program = Program::from_text("add.mlir", text).unwrap();
    let x = Literal::from_elements([2], &[0.5f64, 1.5])?;
    assert_eq!(program.call((40, &x))?[0].to_vec::<f64>()?, [40.5, 41.5]);
    let error = program.call((0.5, &x)).unwrap_err();
    assert!(error.to_string().contains("0.5 is no i64"), "{error}");
    let error = program.call((1, 2)).unwrap_err().to_string();
    assert_eq!(error, "main takes a tensor<2xf64> as arg1, but a number 2 was given");
    Ok(())
}

#[test]
fn wrong_operands_are_named_in_every_mode() {
    let (program, x) = (axpy(), tensor(&[1.0, 2.0, 3.0]));
    let expected = "axpy takes a tensor<2xf32> as arg1, but a tensor<3xf32> was given";
    assert_eq!(program.call((1, &x)).unwrap_err().to_string(), expected);
    assert_eq!(program.call((1, x.to_async())).unwrap_err().to_string(), expected);
    assert_eq!(program.call((1, x.lazy())).unwrap_err().to_string(), expected);
    let expected = "axpy takes 2 arguments, but 1 were given";
    assert_eq!(program.call(&x).unwrap_err().to_string(), expected);
    assert_eq!(program.call(x.lazy()).unwrap_err().to_string(), expected);
}

#[test]
fn a_program_is_compiled_once_for_each_device() -> Result<()> {
    let program = axpy();
    let device = device("cpu:45")?;
    let before = device.memory_use().programs;
    for _ in 0..3 {
        let x = Tensor::from_slice(&[1f32, 2.0], [2], &device)?;
        program.call((1, &x))?;
        program.clone().call((1, x.to_async()))?[0].wait()?;
    }
    assert_eq!(device.memory_use().programs, before + 1);
    drop(program);
    assert_eq!(device.memory_use().programs, before);
    Ok(())
}
