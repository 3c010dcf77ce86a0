//! Every family of operations on random shapes and types, compared with an evaluation one element at a time.
#![allow(dead_code, unreachable_pub)] // The exercise is shared.

#[path = "../exercise/mod.rs"]
mod exercise;

use std::collections::HashSet;

use exercise::{LIMITS, run_on};
use runahead_cpu::{CompileOptions, Support, compile, coverage};
use runahead_ir::{Binary, ElementType, FunctionBuilder, Module, OpKind, TensorType, Unary};
use runahead_testing::choices::random_bytes;
use runahead_testing::evaluate::{MOST_WORK, Number, Tensor, close, evaluate};
use runahead_testing::families::{FAMILIES, Make};
use runahead_testing::generate;
use runahead_testing::values::{Draw, elements};

/// Families whose results the specification does not settle, or whose conditioning a comparison with one bound cannot
/// follow, and where they are tested.
const ELSEWHERE: &[(&str, &str)] = &[
    ("batch_norm", "training and gradients: crates/cli/tests/programs/composed.mlir"),
    ("cholesky", "crates/cpu/src/kernels/linalg and crates/linalg"),
    ("rng", "crates/cli/tests/programs/random_bits.mlir"),
    ("rng_bit_generator", "crates/cli/tests/programs/random_bits.mlir"),
    ("triangular_solve", "crates/cpu/src/kernels/linalg and crates/linalg"),
];

/// Sums of anything depend on their order, and sorting needs an order.
fn draw(family: &str, seed: u64) -> Draw {
    let elementwise = [
        "unary",
        "binary",
        "convert",
        "select",
        "clamp",
        "compare",
        "reduce_precision",
        "bitcast_convert",
        "reshape",
        "transpose",
        "reverse",
        "concatenate",
        "slice",
        "pad",
        "dynamic_slice",
        "dynamic_update_slice",
        "gather",
        "broadcast_in_dim",
        "broadcast",
    ];
    if elementwise.contains(&family) && seed.is_multiple_of(2) { Draw::Any } else { Draw::Small }
}

/// Operations that no family makes, and where they are tested.
const OTHER_OPERATIONS: &[(&str, &[&str])] = &[
    (
        "crates/cli/tests/programs/processes.mlir",
        &[
            "stablehlo.after_all",
            "stablehlo.all_gather",
            "stablehlo.all_reduce",
            "stablehlo.all_to_all",
            "stablehlo.collective_broadcast",
            "stablehlo.collective_permute",
            "stablehlo.collective_reduce",
            "stablehlo.create_token",
            "stablehlo.cross-replica-sum",
            "stablehlo.infeed",
            "stablehlo.outfeed",
            "stablehlo.partition_id",
            "stablehlo.recv",
            "stablehlo.reduce_scatter",
            "stablehlo.replica_id",
            "stablehlo.send",
        ],
    ),
    (
        "crates/cli/tests/programs/shapes.mlir and composed.mlir, for what is written out in others",
        &[
            "stablehlo.composite",
            "stablehlo.custom_call",
            "stablehlo.dynamic_conv",
            "stablehlo.dynamic_gather",
            "stablehlo.dynamic_iota",
            "stablehlo.dynamic_pad",
            "stablehlo.einsum",
            "stablehlo.set_dimension_size",
            "stablehlo.unary_einsum",
        ],
    ),
    (
        "crates/cli/tests/programs/chlo.mlir, and composed.mlir for `chlo.broadcast_`",
        &["chlo.constant", "chlo.constant_like", "chlo.dynamic_reshape", "chlo.ragged_dot", "chlo.scan"],
    ),
];

/// Functions that are evaluated nowhere but in the crate's own tests.
const FUNCTIONS_ELSEWHERE: &[&str] =
    &["chlo._asin_acos_kernel", "stablehlo.uniform_dequantize", "stablehlo.uniform_quantize"];

/// Compares a module's results with their evaluation; gives how many numbers the specification settles, or none where it
/// does not run.
fn compare(module: &Module, seed: u64, draw: Draw, what: &str) -> Option<usize> {
    let options = CompileOptions { limits: LIMITS, ..CompileOptions::default() };
    let program = match compile(module, &options) {
        Ok(program) => program,
        Err(error) => panic!("{what}: {error}\n{module}"),
    };
    let types: Vec<_> = program.parameters().iter().map(|parameter| parameter.ty.clone()).collect();
    let inputs: Vec<Vec<u8>> =
        types.iter().enumerate().map(|(i, ty)| elements(ty, seed + i as u64, draw)).collect();
    let tensors = types.iter().zip(&inputs).map(|(ty, bytes)| Tensor::decode(ty, bytes)).collect();
    let expected = evaluate(module, tensors, MOST_WORK).filter(|evaluation| evaluation.complete)?.results;
    let found = run_on(&program, &inputs, 0xA5)?;
    assert_eq!(expected.len(), found.len());
    let mut settled = 0;
    for (r, (expected, found)) in expected.iter().zip(&found).enumerate() {
        let found = Tensor::decode(&expected.ty, found);
        for (i, (&e, &f)) in expected.numbers.iter().zip(found.numbers.iter()).enumerate() {
            assert!(
                close(expected.ty.element, e, f),
                "{what}: element {i} of result {r} is {f:?}, expected {e:?}\n{module}"
            );
            settled += usize::from(e != Number::Any);
        }
    }
    Some(settled)
}

/// Compares a program of a family; gives whether there was one.
fn compares(family: &str, make: Make, seed: u64) -> bool {
    let Some(module) = drawn(family, make, seed) else { return false };
    compare(&module, seed, draw(family, seed), &format!("{family}, seed {seed}")).is_some()
}

fn drawn(family: &str, make: Make, seed: u64) -> Option<Module> {
    // Now and then large, so that work is split and long rows are met.
    let most = [40, 300, 40, 3000][(seed % 4) as usize];
    let bytes = random_bytes(seed.wrapping_mul(31).wrapping_add(family.len() as u64), 120);
    generate::one_operation(make, &bytes, most)
}

/// A function of one or two operands of a type.
fn elementwise_module(op: OpKind, element: ElementType, dims: &[usize], operands: usize) -> Option<Module> {
    let ty = TensorType::new(element, dims.iter().copied());
    let mut builder = FunctionBuilder::new("main", vec![ty; operands]);
    let parameters: Vec<_> = (0..operands).map(|i| builder.parameter(i)).collect();
    let results = builder.inferred(op, &parameters, Vec::new()).ok()?;
    Some(builder.finish(&results).into_module())
}

#[test]
fn elementwise_operations_on_every_type() {
    let unary = Unary::ALL.iter().map(|op| (OpKind::Unary(*op), 1));
    let binary = Binary::ALL.iter().map(|op| (OpKind::Binary(*op), 2));
    for (op, operands) in unary.chain(binary) {
        let (mut settled, mut types) = (0, 0);
        for (t, element) in ElementType::ALL.into_iter().enumerate() {
            for (i, dims) in [&[][..], &[1], &[0, 3], &[3, 37], &[700]].into_iter().enumerate() {
                let Some(module) = elementwise_module(op.clone(), element, dims, operands) else { continue };
                types += 1;
                let what = format!("{} on {element} of {dims:?}", op.name());
                settled += compare(&module, (31 * t + i) as u64, Draw::Any, &what).unwrap_or(0);
            }
        }
        let elsewhere = FUNCTIONS_ELSEWHERE.contains(&op.name()) || op == OpKind::Unary(Unary::Convert);
        assert!(elsewhere || settled > 100 && types > 0, "{}: {settled} numbers are compared", op.name());
    }
}

#[test]
fn every_operation_has_a_case() {
    let mut made: HashSet<String> = HashSet::new();
    for &(family, make) in FAMILIES {
        for seed in 0..300 {
            let Some(module) = drawn(family, make, seed) else { continue };
            for function in &module.functions {
                function.for_each_op(|op| {
                    made.insert(op.kind.name().to_owned());
                });
            }
        }
    }
    made.extend(Unary::ALL.iter().map(|op| op.name().to_owned()));
    made.extend(Binary::ALL.iter().map(|op| op.name().to_owned()));
    for row in coverage() {
        let broadcast = row.operation.starts_with("chlo.broadcast_");
        let elsewhere = OTHER_OPERATIONS.iter().any(|(_, names)| names.contains(&&*row.operation));
        let supported = row.support.contains(&Support::Supported);
        assert!(
            !supported || broadcast || made.contains(&row.operation) != elsewhere,
            "{} is made by {}",
            row.operation,
            if elsewhere { "a family and said to be tested elsewhere" } else { "no family" }
        );
    }
}

#[test]
fn operations_compute_what_the_specification_says() {
    let rounds = std::env::var("RUNAHEAD_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let only = std::env::var("RUNAHEAD_FAMILY").ok();
    let first = std::env::var("RUNAHEAD_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut failed = Vec::new();
    for &(family, make) in FAMILIES {
        if only.as_ref().is_some_and(|only| only != family) {
            continue;
        }
        let mut compared = 0;
        for seed in first..first + rounds {
            match std::panic::catch_unwind(|| compares(family, make, seed)) {
                Ok(done) => compared += u64::from(done),
                Err(_) => failed.push((family, seed)),
            }
        }
        let elsewhere = ELSEWHERE.iter().any(|(name, _)| *name == family);
        assert!(
            rounds < 300 || compared >= 60 || elsewhere,
            "{family}: {compared} of {rounds} programs compared"
        );
    }
    assert!(failed.is_empty(), "{} fail: {:?}", failed.len(), &failed[..failed.len().min(40)]);
}
