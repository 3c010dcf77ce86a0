//! About how long a program takes.

use runahead_ir::Binary::{Add, Maximum, Minimum, Multiply, Subtract};
use runahead_ir::{Function, Op, OpKind, Type, ValueId};

/// Nanoseconds that one thread needs for a run, by a rough count of what operations do to elements; the most there is for
/// what may take any time: loops, calls of others' code, and what waits.
pub(super) fn nanoseconds(function: &Function) -> u64 {
    function.body.ops.iter().fold(0, |sum: u64, op| sum.saturating_add(of_operation(function, op)))
}

/// Nanoseconds that it takes to write so many bytes, which is the least that a run takes: however little is computed, as for
/// indices and for copies of one element, it has to be written down.
pub(super) fn of_writing(bytes: usize) -> u64 {
    // To memory that is in the caches; to other memory it takes several times as long.
    bytes as u64 / 32
}

fn of_operation(function: &Function, op: &Op) -> u64 {
    use OpKind::*;
    let elements = |value: &ValueId| match function.type_of(*value) {
        Type::Tensor(ty) => ty.element_count().map_or(u64::MAX, |count| count as u64),
        _ => 0,
    };
    let all = |values: &[ValueId]| values.iter().map(elements).fold(0, u64::saturating_add);
    let moved = all(&op.operands).saturating_add(all(&op.results));
    match &op.kind {
        // What of these is written at all is counted by its bytes.
        Constant(_) | Iota { .. } | Reshape | BroadcastInDim { .. } | Tuple | GetTupleElement { .. } => 0,
        // Vector code does some four elements in a nanosecond, with what it reads and writes in the caches.
        Binary(Add | Subtract | Multiply | Maximum | Minimum)
        | Select
        | Clamp
        | Compare { .. }
        | BitcastConvert => all(&op.results) / 4,
        Unary(_) | Binary(_) | ReducePrecision { .. } => all(&op.results),
        DotGeneral { dimension_numbers, .. } => {
            let Type::Tensor(lhs) = function.type_of(op.operands[0]) else { return u64::MAX };
            let contracted = dimension_numbers.lhs_contracting.iter().map(|&axis| lhs.dims[axis] as u64);
            // Some sixteen products in a nanosecond.
            let products = contracted.fold(all(&op.results), u64::saturating_mul);
            (products / 16).saturating_add(moved)
        }
        Transpose { .. }
        | Reverse { .. }
        | Concatenate { .. }
        | Slice { .. }
        | Pad { .. }
        | DynamicSlice { .. }
        | DynamicUpdateSlice => moved,
        Gather { .. } | Reduce { .. } | RngBitGenerator { .. } => moved.saturating_mul(4),
        _ => u64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> u64 {
        nanoseconds(runahead_ir::parse("estimate", text).unwrap().main().unwrap())
    }

    #[test]
    fn small_and_large_are_told_apart() {
        let product = |n: usize| {
            of(&format!(
                "func.func @main(%a: tensor<{n}x{n}xf32>) -> tensor<{n}x{n}xf32> {{
                   %b = stablehlo.dot_general %a, %a, contracting_dims = [1] x [0] : (tensor<{n}x{n}xf32>, tensor<{n}x{n}xf32>) -> tensor<{n}x{n}xf32>
                   return %b : tensor<{n}x{n}xf32>
                 }}"
            ))
        };
        assert!(product(8) < 1_000);
        assert!(product(512) > 1_000_000);
        let endless = "func.func @main(%x: tensor<i1>) -> tensor<i1> {
             %y = stablehlo.while(%c = %x) : tensor<i1>
               cond { stablehlo.return %c : tensor<i1> } do { stablehlo.return %c : tensor<i1> }
             return %y : tensor<i1>
           }";
        assert_eq!(of(endless), u64::MAX);
    }
}
