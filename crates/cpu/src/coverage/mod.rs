//! Which operations are supported on which types.
//!
//! Nothing is listed here that could differ from what the compiler does: for each operation and type there is a small
//! program ([`probes`]), and what becomes of it when it is verified and compiled is the answer.

mod probes;

use runahead_ir::{ElementType, parse, verify};

use crate::compile::{CompileOptions, compile};

/// Whether an operation is supported on a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// A program of it compiles.
    Supported,
    /// It is valid, but the compiler refuses it, for this reason.
    Unsupported(String),
    /// It is not valid: the operation is not defined on the type.
    Undefined,
}

/// The support of an operation on each type.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The operation's name with its dialect.
    pub operation: String,
    /// What is said of each of [`coverage_types`], in their order.
    pub support: Vec<Support>,
}

/// The names of the types that coverage is told for: all element types, and `quantized`.
pub fn coverage_types() -> Vec<&'static str> {
    ElementType::ALL.iter().map(|ty| ty.name()).chain(["quantized"]).collect()
}

/// The support of every operation of StableHLO and CHLO.
pub fn coverage() -> Vec<Coverage> {
    let types = coverage_types();
    let support = |operation: &str, program: &dyn Fn(&str) -> String| Coverage {
        operation: operation.to_owned(),
        support: types.iter().map(|ty| support(&program(spelled(ty)))).collect(),
    };
    let mut all = Vec::new();
    for operation in probes::unary() {
        all.push(support(operation, &|ty| probes::unary_program(operation, ty)));
    }
    for operation in probes::binary() {
        all.push(support(operation, &|ty| probes::binary_program(operation, ty)));
    }
    for probe in probes::OTHERS {
        all.push(support(probe.0, &|ty| probes::other_program(probe, ty)));
    }
    all.sort_by(|a, b| a.operation.cmp(&b.operation));
    all
}

/// For each operation of StableHLO and CHLO its name and the small program of it, on elements of that type, that
/// [`coverage`] compiles. It need not be valid: not every operation is defined on every type.
pub fn coverage_programs(ty: &str) -> Vec<(&'static str, String)> {
    let ty = spelled(ty);
    let unary = probes::unary().map(|operation| (operation, probes::unary_program(operation, ty)));
    let binary = probes::binary().map(|operation| (operation, probes::binary_program(operation, ty)));
    let others = probes::OTHERS.iter().map(|probe| (probe.0, probes::other_program(probe, ty)));
    unary.chain(binary).chain(others).collect()
}

/// The operations that are supported on no type, and why: those of StableHLO and CHLO that [`coverage`] does not tell of.
pub const UNSUPPORTED_OPERATIONS: &[(&str, &str)] = &[
    ("chlo.minimum_broadcast_shapes", "computes shapes, and shapes are known when a program is compiled"),
    (
        "chlo.rank_specialization_cluster",
        "chooses among ranks, and ranks are known when a program is compiled",
    ),
    ("stablehlo.async_done", "takes a future, which is no type of the specification"),
    ("stablehlo.async_start", "gives a future, which is no type of the specification"),
];

/// How a type is written in a tensor's type.
fn spelled(ty: &str) -> &str {
    if ty == "quantized" { "!quant.uniform<i8:f32, 0.5:3>" } else { ty }
}

fn support(program: &str) -> Support {
    let Ok(module) = parse("probe", program) else { return Support::Undefined };
    if verify(&module).is_err() {
        return Support::Undefined;
    }
    match compile(&module, &CompileOptions::default()) {
        Ok(_) => Support::Supported,
        Err(error) => Support::Unsupported(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(table: &[Coverage], operation: &str, ty: &str) -> Support {
        let row =
            table.iter().find(|row| row.operation == operation).unwrap_or_else(|| panic!("{operation}"));
        row.support[coverage_types().iter().position(|t| *t == ty).unwrap()].clone()
    }

    #[test]
    fn every_operation_is_defined_somewhere_and_all_that_is_defined_is_supported() {
        let table = coverage();
        let mut missing = Vec::new();
        for row in &table {
            assert!(
                row.support.iter().any(|s| *s != Support::Undefined),
                "{} is valid on no type",
                row.operation
            );
            for (ty, support) in coverage_types().iter().zip(&row.support) {
                if let Support::Unsupported(reason) = support {
                    missing.push(format!("{} on {ty}: {reason}", row.operation));
                }
            }
        }
        assert!(missing.is_empty(), "{} are missing:\n{}", missing.len(), missing.join("\n"));
        let count = |dialect: &str| table.iter().filter(|row| row.operation.starts_with(dialect)).count();
        assert!(count("stablehlo.") >= 108, "{}", count("stablehlo."));
        assert!(count("chlo.") >= 51, "{}", count("chlo."));
    }

    #[test]
    fn what_is_said_to_be_unsupported_is_refused() {
        let table = coverage();
        for (operation, _) in UNSUPPORTED_OPERATIONS {
            assert!(table.iter().all(|row| row.operation != *operation), "{operation} is in the table");
            let program = format!(
                "func.func @main(%x: tensor<2xi64>) -> tensor<2xi64> {{
                   %r = \"{operation}\"(%x) : (tensor<2xi64>) -> tensor<2xi64>
                   return %r : tensor<2xi64>
                 }}"
            );
            assert!(!matches!(support(&program), Support::Supported), "{operation} is supported");
        }
    }

    #[test]
    fn the_answer_is_the_compilers() {
        let table = coverage();
        assert_eq!(of(&table, "stablehlo.add", "f32"), Support::Supported);
        assert_eq!(of(&table, "stablehlo.add", "quantized"), Support::Supported);
        assert_eq!(of(&table, "stablehlo.popcnt", "f32"), Support::Undefined);
        assert_eq!(of(&table, "stablehlo.fft", "complex<f32>"), Support::Supported);
        assert_eq!(of(&table, "stablehlo.fft", "i8"), Support::Undefined);
        let refused = "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
            %r = stablehlo.custom_call @nobody_knows(%x) : (tensor<2xf32>) -> tensor<2xf32>
            return %r : tensor<2xf32> }";
        assert!(matches!(support(refused), Support::Unsupported(reason) if reason.contains("@nobody_knows")));
    }
}
