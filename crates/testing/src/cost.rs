//! How much work a program is, roughly: what is not run because it would take long.

use runahead_ir::{Function, Module, Op, OpKind, Region, TensorType, ValueId};

/// More element operations than this are not worth a test's time.
pub const MOST: u64 = 1 << 22;

/// About how many element operations the program's functions take, each loop turning once.
pub fn of(module: &Module) -> u64 {
    module.functions.iter().map(|function| region(&function.body, function)).fold(0, u64::saturating_add)
}

fn region(region: &Region, function: &Function) -> u64 {
    region.ops.iter().map(|op| operation(op, function)).fold(0, u64::saturating_add)
}

fn operation(op: &Op, function: &Function) -> u64 {
    let tensor = |value: &ValueId| function.type_of(*value).as_tensor();
    let elements =
        |ty: &TensorType| ty.dims.iter().fold(1, |n: u64, &size| n.saturating_mul(size.max(1) as u64));
    let largest = op.operands.iter().chain(&op.results).filter_map(tensor).map(elements).max().unwrap_or(1);
    let product = |sizes: &[usize]| sizes.iter().fold(1, |n: u64, &size| n.saturating_mul(size as u64));
    let second = op.operands.get(1).and_then(tensor).map_or(1, elements);
    let each = match &op.kind {
        OpKind::ReduceWindow(window) | OpKind::SelectAndScatter(window) => product(&window.dimensions),
        OpKind::Dot { .. }
        | OpKind::DotGeneral { .. }
        | OpKind::Einsum { .. }
        | OpKind::Convolution(_)
        | OpKind::DynamicConv(_) => second,
        // Every step of a factorization goes over a matrix; every loop of a series over a number.
        OpKind::Cholesky { .. } | OpKind::TriangularSolve { .. } | OpKind::CustomCall(_) => largest,
        _ => 16,
    };
    let inside = op.regions.iter().map(|r| region(r, function)).fold(0, u64::saturating_add);
    largest.saturating_mul(each).saturating_add(inside.saturating_mul(match op.kind {
        OpKind::Sort { .. } | OpKind::Reduce { .. } | OpKind::Map { .. } | OpKind::Scatter { .. } => largest,
        _ => 1,
    }))
}
