//! Derivatives of every operation on tensors, and of programs, against what JAX computes: `data/ops/make.py` and
//! `data/derivatives/make.py` say how the arrays were made.

mod common;
#[path = "common/operations.rs"]
mod operations;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{difference, parts};
use runahead::ir::differentiate::has_tangent;
use runahead::{Lazy, Literal, Program, Result, Tensor, device, files, gradients, jvp, ops, vjp};

/// Arrays by case, and within it by kind: those of a name and a number.
type Arrays = BTreeMap<String, BTreeMap<String, Vec<Literal>>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

fn read(into: &mut Arrays, path: PathBuf) {
    for (name, literal) in files::read(path).unwrap() {
        let (case, kind) = name.split_once('/').unwrap();
        let kind = kind.trim_end_matches(|c: char| c.is_ascii_digit());
        // Members come in the order in which they were written.
        into.entry(case.to_owned()).or_default().entry(kind.to_owned()).or_default().push(literal);
    }
}

fn lazy(literals: &[Literal]) -> Vec<Lazy> {
    let device = device("cpu").unwrap();
    literals.iter().map(|literal| Tensor::from_literal(literal, &device).unwrap().lazy()).collect()
}

fn is_continuous(lazy: &Lazy) -> bool {
    has_tangent(&lazy.ty().clone().into())
}

/// Those of the inputs that are of floats, and the function of them alone, with those of its results that are of floats.
fn of_floats(
    inputs: &[Lazy],
    function: impl Fn(&[Lazy]) -> Result<Vec<Lazy>>,
) -> (Vec<Lazy>, impl Fn(Vec<Lazy>) -> Result<Vec<Lazy>>) {
    let places: Vec<usize> = (0..inputs.len()).filter(|&i| is_continuous(&inputs[i])).collect();
    let at = places.iter().map(|&i| inputs[i].clone()).collect();
    let of_floats = move |values: Vec<Lazy>| {
        let mut all = inputs.to_vec();
        places.iter().zip(values).for_each(|(&i, value)| all[i] = value);
        Ok(function(&all)?.into_iter().filter(is_continuous).collect())
    };
    (at, of_floats)
}

/// Derivatives of a function by those of its inputs that are of floats, against arrays.
fn check(
    name: &str,
    arrays: &BTreeMap<String, Vec<Literal>>,
    function: impl Fn(&[Lazy]) -> Result<Vec<Lazy>>,
    tolerance: f64,
) {
    let inputs = lazy(&arrays["in"]);
    let (at, of_floats) = of_floats(&inputs, function);
    let compare = |kind: &str, found: Vec<Lazy>| {
        let expected = &arrays[kind];
        assert_eq!(found.len(), expected.len(), "{name} has another number of {kind}s");
        for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
            let found = found.eval().unwrap_or_else(|error| panic!("{name}: {error}"));
            if let Some(difference) = difference(&found.to_literal().unwrap(), expected, tolerance) {
                panic!("{kind} {i} of {name} {difference}");
            }
        }
    };
    let along = lazy(&arrays["along"]);
    let (_, changes) = jvp(&of_floats, at.clone(), along).unwrap_or_else(|error| panic!("{name}: {error}"));
    compare("change", changes);
    let (_, pull) = vjp(&of_floats, at).unwrap_or_else(|error| panic!("{name}: {error}"));
    let found = pull(lazy(&arrays["weight"])).unwrap_or_else(|error| panic!("{name}: {error}"));
    compare("gradient", found);
}

#[test]
fn of_operations() {
    let mut arrays = Arrays::new();
    read(&mut arrays, folder().join("ops/ops.npz"));
    read(&mut arrays, folder().join("ops/derivatives.npz"));
    let mut count = 0;
    for (name, function) in operations::lazily() {
        if arrays[name].contains_key("along") {
            check(name, &arrays[name], function, 5e-6);
            count += 1;
        }
    }
    assert!(count > 80, "{count} operations have derivatives");
}

#[test]
fn of_programs() {
    let mut arrays = Arrays::new();
    read(&mut arrays, folder().join("derivatives/programs.npz"));
    for (name, arrays) in &arrays {
        let program = Program::load(folder().join(format!("derivatives/{name}.mlir"))).unwrap();
        let mut module = program.module().clone();
        runahead::ir::passes::inline_calls(&mut module, 100_000).unwrap();
        let main = module.main().unwrap();
        check(name, arrays, |inputs| Lazy::inline(main, inputs), 2e-5);
    }
}

/// Every operation in double precision: what changes by its derivative is what changes by a small step, and the transpose
/// gives the same number when weighed from the other side.
#[test]
fn agree_with_differences() {
    let mut arrays = Arrays::new();
    read(&mut arrays, folder().join("ops/ops.npz"));
    read(&mut arrays, folder().join("ops/derivatives.npz"));
    let double = |lazy: Lazy| {
        if is_continuous(&lazy) { ops::cast(lazy, runahead::ElementType::F64) } else { Ok(lazy) }
    };
    for (name, function) in operations::lazily() {
        let arrays = &arrays[name];
        // Equal elements, which `sort` is given, have no order that a small step keeps.
        if !arrays.contains_key("along") || name == "sort" {
            continue;
        }
        let inputs: Vec<Lazy> = lazy(&arrays["in"]).into_iter().map(|x| double(x).unwrap()).collect();
        let (at, of_floats) = of_floats(&inputs, function);
        let along: Vec<Lazy> = lazy(&arrays["along"]).into_iter().map(|x| double(x).unwrap()).collect();
        let weights: Vec<Lazy> = lazy(&arrays["weight"]).into_iter().map(|x| double(x).unwrap()).collect();
        let (_, changes) = jvp(&of_floats, at.clone(), along.clone()).unwrap();
        let step = 1e-6;
        let moved = |by: f64| {
            let at = at.iter().zip(&along).map(|(x, d)| ops::add(x, ops::multiply(d, by)?));
            of_floats(at.collect::<Result<_>>()?)
        };
        let (above, below) = (moved(step).unwrap(), moved(-step).unwrap());
        for (i, change) in changes.iter().enumerate() {
            let slope = ops::divide(ops::subtract(&above[i], &below[i]).unwrap(), 2.0 * step).unwrap();
            let (found, expected) = (change.eval().unwrap(), slope.eval().unwrap());
            if let Some(difference) =
                difference(&found.to_literal().unwrap(), &expected.to_literal().unwrap(), 2e-7)
            {
                panic!("the change of {name} {difference}");
            }
        }
        let (_, pull) = vjp(&of_floats, at).unwrap();
        let pulled = pull(weights.clone()).unwrap();
        let (there, back) = (inner(&weights, &changes), inner(&pulled, &along));
        let size = there.1.max(back.1);
        assert!((there.0 - back.0).abs() <= 1e-12 * size, "{name}: {} is not {}", there.0, back.0);
    }
}

/// The sum of products of elements, and of their magnitudes.
fn inner(a: &[Lazy], b: &[Lazy]) -> (f64, f64) {
    let products = a.iter().zip(b).flat_map(|(a, b)| {
        let value = |lazy: &Lazy| parts(&lazy.eval().unwrap().to_literal().unwrap());
        value(a).into_iter().zip(value(b)).map(|(a, b)| a * b).collect::<Vec<f64>>()
    });
    products.fold((0.0, 0.0), |(sum, size), product| (sum + product, size + product.abs()))
}

#[test]
fn of_derivatives() {
    // d/dx of (the gradient of x³) along 1 is 6x; and the gradient of the gradient too.
    let x = lazy(&[Literal::from_elements([2], &[0.5f64, -2.0]).unwrap()]).remove(0);
    let cube = |x: Lazy| ops::sum(ops::multiply(&x, ops::multiply(&x, &x)?)?, [0]);
    let slope = runahead::grad(cube);
    let one = ops::ones([2], runahead::ElementType::F64, runahead::Recording).unwrap();
    let (_, second) = jvp(&slope, x.clone(), one).unwrap();
    assert_eq!(second.eval().unwrap().to_vec::<f64>().unwrap(), [3.0, -12.0]);
    let total = runahead::grad(|x: Lazy| ops::sum(slope(x)?, [0]))(x).unwrap();
    assert_eq!(total.eval().unwrap().to_vec::<f64>().unwrap(), [3.0, -12.0]);
}

#[test]
fn a_value_with_its_gradient_is_computed_once() {
    let x = lazy(&[Literal::from_elements([2], &[0.5f32, 1.0]).unwrap()]).remove(0);
    let path = folder().join("derivatives/power_by_turns.mlir");
    let mut module = Program::load(path).unwrap().module().clone();
    runahead::ir::passes::inline_calls(&mut module, 100_000).unwrap();
    let main = module.main().unwrap();
    let x = ops::concat(&[&x, &x], 0).unwrap();
    let (value, slope) =
        runahead::value_and_grad(|x: Lazy| ops::sum(Lazy::inline(main, &[x.clone(), x])?.remove(0), []))(x)
            .unwrap();
    let both = ops::add(value, ops::sum(slope, []).unwrap()).unwrap();
    let module = both.to_module().unwrap();
    let mut loops = 0;
    module.functions[0].for_each_op(|op| loops += usize::from(op.kind.name() == "stablehlo.while"));
    assert_eq!(loops, 2, "one forwards and one backwards");
}

#[test]
fn by_what_a_value_does_not_depend_on() {
    let [x, y] = [1f32, 2.0].map(|x| lazy(&[Literal::from_elements([1], &[x]).unwrap()]).remove(0));
    let loss = ops::sum(ops::multiply(&x, &x).unwrap(), [0]).unwrap();
    let found = gradients(&loss, &[&x, &y]).unwrap();
    assert_eq!(found[0].eval().unwrap().to_vec::<f32>().unwrap(), [2.0]);
    assert_eq!(found[1].eval().unwrap().to_vec::<f32>().unwrap(), [0.0]);
}

#[test]
fn errors_say_what_is_wrong() {
    let x = lazy(&[Literal::from_elements([2], &[1f32, 2.0]).unwrap()]).remove(0);
    let no_scalar = gradients(&ops::exp(&x).unwrap(), &[&x]).unwrap_err().to_string();
    assert!(no_scalar.contains("tensor<2xf32>; expected a scalar of floats"), "{no_scalar}");
    let integer = ops::cast(&x, runahead::ElementType::I32).unwrap();
    let of_integers = gradients(&ops::sum(&x, [0]).unwrap(), &[&integer]).unwrap_err().to_string();
    assert!(
        of_integers.contains("parameter 0 is tensor<2xi32>; expected a tensor of floats"),
        "{of_integers}"
    );
    let endless = Program::from_text(
        "until.mlir",
        "func.func @main(%x: tensor<f32>) -> tensor<f32> {
           %r = stablehlo.while(%y = %x) : tensor<f32>
             cond {
               %ten = stablehlo.constant dense<10.0> : tensor<f32>
               %c = stablehlo.compare LT, %y, %ten : (tensor<f32>, tensor<f32>) -> tensor<i1>
               stablehlo.return %c : tensor<i1>
             } do {
               %n = stablehlo.add %y, %y : tensor<f32>
               stablehlo.return %n : tensor<f32>
             }
           return %r : tensor<f32>
         }",
    )
    .unwrap();
    let main = endless.module().main().unwrap();
    let x = lazy(&[Literal::from_elements([], &[3f32]).unwrap()]).remove(0);
    let value = Lazy::inline(main, std::slice::from_ref(&x)).unwrap().remove(0);
    let message = gradients(&value, &[&x]).unwrap_err().to_string();
    assert!(
        message.contains("stablehlo.while cannot be differentiated: the number of its turns"),
        "{message}"
    );
    // Forwards, the number of turns does not matter.
    let one = ops::ones([], runahead::ElementType::F32, runahead::Recording).unwrap();
    let (_, change) = jvp(|x: Lazy| Ok(Lazy::inline(main, &[x])?.remove(0)), x, one).unwrap();
    assert_eq!(change.eval().unwrap().to_vec::<f32>().unwrap(), [4.0]);
}
