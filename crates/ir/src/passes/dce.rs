//! Leaving out what nobody uses.

use crate::{Function, Region, ValueId};

/// Removes operations whose results are not used and that nobody notices otherwise.
///
/// ```
/// let mut module = runahead_ir::parse(
///     "a.mlir",
///     "func.func @main(%a: tensor<f32>) -> tensor<f32> {
///        %0 = stablehlo.add %a, %a : tensor<f32>
///        return %a : tensor<f32>
///      }",
/// )?;
/// runahead_ir::passes::dce(&mut module.functions[0]);
/// assert!(module.functions[0].body.ops.is_empty());
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
pub fn dce(function: &mut Function) {
    let mut used = vec![false; function.values.len()];
    sweep(&mut function.body, &mut used);
}

fn sweep(region: &mut Region, used: &mut [bool]) {
    let mark = |values: &[ValueId], used: &mut [bool]| values.iter().for_each(|v| used[v.0 as usize] = true);
    mark(&region.returns, used);
    // From the end, so that all uses of a result are known when its operation is looked at.
    let mut kept: Vec<_> = std::mem::take(&mut region.ops)
        .into_iter()
        .rev()
        .filter_map(|mut op| {
            let needed = op.results.iter().any(|r| used[r.0 as usize]) || !op.is_removable();
            needed.then(|| {
                mark(&op.operands, used);
                op.regions.iter_mut().for_each(|region| sweep(region, used));
                op
            })
        })
        .collect();
    kept.reverse();
    region.ops = kept;
}
