//! Every operation in every mode, against what JAX computes: `data/ops/make.py` says how the arrays were made.

mod common;
#[path = "common/operations.rs"]
mod operations;

use std::collections::BTreeMap;
use std::path::Path;

use common::difference;
use operations::Cases;
use runahead::{Literal, Operands, Result, Tensor, device, files};

/// The arrays of each case: inputs, and what is expected.
fn arrays() -> BTreeMap<String, (Vec<Literal>, Vec<Literal>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ops/ops.npz");
    let mut cases = BTreeMap::<_, (Vec<_>, Vec<_>)>::new();
    for (name, literal) in files::read(path).unwrap() {
        let (case, kind) = name.split_once('/').unwrap();
        let (inputs, outputs) = cases.entry(case.to_owned()).or_default();
        // Members come in the order in which they were written.
        if kind.starts_with("in") { inputs.push(literal) } else { outputs.push(literal) }
    }
    cases
}

fn check<T>(cases: Cases<T>, from: impl Fn(Tensor) -> T, value: impl Fn(T) -> Result<Tensor>)
where
    T: Clone,
    for<'a> &'a [T]: Operands,
{
    let mut arrays = arrays();
    let device = device("cpu:31").unwrap();
    for (name, function) in cases {
        let (inputs, expected) =
            arrays.remove(name).unwrap_or_else(|| panic!("there are no arrays for {name}"));
        let inputs: Vec<T> =
            inputs.iter().map(|input| from(Tensor::from_literal(input, &device).unwrap())).collect();
        let found = function(&inputs).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(found.len(), expected.len(), "{name} gives another number of results");
        for (found, expected) in found.into_iter().zip(expected) {
            let found = value(found).unwrap_or_else(|error| panic!("{name}: {error}"));
            if let Some(difference) = difference(&found.to_literal().unwrap(), &expected, 2e-6) {
                panic!("{name} {difference}");
            }
        }
    }
    assert!(arrays.is_empty(), "nothing computes {:?}", arrays.keys());
}

#[test]
fn now() {
    check(operations::now(), |tensor| tensor, Ok);
}

#[test]
fn later() {
    check(operations::later(), |tensor| tensor.to_async(), |tensor| tensor.wait());
}

#[test]
fn lazily() {
    check(operations::lazily(), |tensor| tensor.lazy(), |lazy| lazy.eval());
}
