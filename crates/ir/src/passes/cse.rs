//! Doing once what is done twice.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::Replacements;
use crate::{Function, Op, OpKind, Region, Type, Values};

/// Lets the first of several equal operations stand in for the others, also in regions inside the first one's.
///
/// Operations with regions are left alone, but what is inside them is not.
///
/// ```
/// let mut module = runahead_ir::parse(
///     "a.mlir",
///     "func.func @main(%a: tensor<f32>) -> tensor<f32> {
///        %0 = stablehlo.sine %a : tensor<f32>
///        %1 = stablehlo.sine %a : tensor<f32>
///        %2 = stablehlo.add %0, %1 : tensor<f32>
///        return %2 : tensor<f32>
///      }",
/// )?;
/// runahead_ir::passes::cse(&mut module.functions[0]);
/// assert_eq!(module.functions[0].body.ops.len(), 2);
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
pub fn cse(function: &mut Function) {
    let Function { body, values, .. } = function;
    let mut pass = Cse { values, replacements: Replacements::new(values.len()), known: HashMap::new() };
    pass.region(body);
}

struct Cse<'f> {
    values: &'f Values,
    replacements: Replacements,
    /// Operations that may be used at this place, by their hash.
    known: HashMap<u64, Vec<Op>>,
}

impl Cse<'_> {
    fn region(&mut self, region: &mut Region) {
        let mut added = Vec::new();
        region.ops.retain_mut(|op| {
            self.replacements.apply(&mut op.operands);
            op.regions.iter_mut().for_each(|region| self.region(region));
            if !op.regions.is_empty() || !op.is_repeatable() {
                return true;
            }
            let hash = self.hash(op);
            let known = self.known.entry(hash).or_default();
            let values = self.values;
            match known.iter().find(|other| same(op, other, values)) {
                Some(other) => {
                    for (&old, &new) in op.results.iter().zip(&other.results) {
                        self.replacements.set(old, new);
                    }
                    false
                }
                None => {
                    // A constant's bytes are shared, so that this costs little.
                    known.push(op.clone());
                    added.push(hash);
                    true
                }
            }
        });
        self.replacements.apply(&mut region.returns);
        for hash in added {
            if let Some(known) = self.known.get_mut(&hash) {
                known.pop();
            }
        }
    }

    fn hash(&self, op: &Op) -> u64 {
        let mut hasher = DefaultHasher::new();
        op.kind.name().hash(&mut hasher);
        op.operands.hash(&mut hasher);
        if let Some(Type::Tensor(t)) = op.results.first().map(|&r| &self.values[r]) {
            t.element.hash(&mut hasher);
            t.dims.hash(&mut hasher);
        }
        if let OpKind::Constant(value) = &op.kind {
            // The ends of a large constant tell it from others; equality looks at the whole.
            if let Some(bytes) = value.as_splat().or(value.as_dense()) {
                bytes.len().hash(&mut hasher);
                bytes[..bytes.len().min(64)].hash(&mut hasher);
                bytes[bytes.len().saturating_sub(64)..].hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

fn same(a: &Op, b: &Op, values: &Values) -> bool {
    a.operands == b.operands
        && a.kind == b.kind
        && a.attributes == b.attributes
        && a.results.iter().map(|&r| &values[r]).eq(b.results.iter().map(|&r| &values[r]))
}
