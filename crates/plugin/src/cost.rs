//! What a program costs, by a count of its operations as they stand: loops once, what is fused as if it were not.

use runahead::TensorType;
use runahead::ir::{Function, OpKind, Region};

use crate::program::Program;

/// Costs by name, as XLA calls them.
pub(crate) fn of(program: &Program) -> Vec<(&'static str, f64)> {
    let mut flops = 0.0;
    for function in &program.module.functions {
        flops += of_region(function, &function.body);
    }
    let bytes = |ty: &TensorType| ty.byte_count().unwrap_or(0) as f64;
    let taken: f64 = program.signature().parameters.iter().map(|parameter| bytes(&parameter.ty)).sum();
    let given: f64 = program.signature().results.iter().map(bytes).sum();
    vec![("flops", flops), ("bytes accessed", taken + given), ("bytes accessedout{}", given)]
}

fn of_region(function: &Function, region: &Region) -> f64 {
    let elements =
        |value| function.type_of(value).as_tensor().and_then(TensorType::element_count).unwrap_or(0) as f64;
    let mut flops = 0.0;
    for op in &region.ops {
        let given: f64 = op.results.iter().map(|&value| elements(value)).sum();
        let taken: f64 = op.operands.iter().map(|&value| elements(value)).sum();
        flops += match &op.kind {
            OpKind::Unary(_)
            | OpKind::Binary(_)
            | OpKind::Compare { .. }
            | OpKind::Select
            | OpKind::Clamp => given,
            OpKind::Reduce { .. } => taken,
            OpKind::DotGeneral { dimension_numbers, .. } => {
                let lhs = function.type_of(op.operands[0]).as_tensor();
                let size =
                    |axis: &usize| lhs.and_then(|lhs| lhs.dims.get(*axis)).copied().unwrap_or(1) as f64;
                2.0 * given * dimension_numbers.lhs_contracting.iter().map(size).product::<f64>()
            }
            _ => 0.0,
        };
        flops += match &op.kind {
            OpKind::Reduce { .. } => 0.0,
            _ => op.regions.iter().map(|region| of_region(function, region)).sum(),
        };
    }
    flops
}
