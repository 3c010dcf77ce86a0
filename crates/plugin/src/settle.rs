//! What says something to compilers that cut programs up or leave parts of them out, and nothing to one that does neither.

use runahead::ir::{Module, Op, OpKind, Region};

/// Takes out of a program what only marks values: those that are to be spread alike over devices, and those that are to be
/// computed though nobody reads them.
pub(crate) fn settle(module: &mut Module) {
    for function in &mut module.functions {
        settle_region(&mut function.body);
    }
}

fn settle_region(region: &mut Region) {
    region.ops.retain(|op| !is_mark(op));
    region.ops.iter_mut().flat_map(|op| &mut op.regions).for_each(settle_region);
}

fn is_mark(op: &Op) -> bool {
    match &op.kind {
        OpKind::Unknown { name } => &**name == "sdy.sharding_group",
        OpKind::CustomCall(call) => &*call.target == "dce_sink" && op.results.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_everywhere() {
        let text = r#"func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> tensor<4xf32> {
          "sdy.sharding_group"(%x) {group_id = 0 : i64} : (tensor<4xf32>) -> ()
          %y = "stablehlo.if"(%c) ({
            stablehlo.custom_call @dce_sink(%x) {has_side_effect = true} : (tensor<4xf32>) -> ()
            stablehlo.return %x : tensor<4xf32>
          }, {
            stablehlo.return %x : tensor<4xf32>
          }) : (tensor<i1>) -> tensor<4xf32>
          return %y : tensor<4xf32>
        }"#;
        let mut module = runahead::ir::parse("marks", text).unwrap();
        settle(&mut module);
        let main = module.main().unwrap();
        assert_eq!(main.body.ops.len(), 1);
        assert!(main.body.ops[0].regions.iter().all(|region| region.ops.is_empty()));
    }
}
