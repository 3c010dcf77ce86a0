//! Simplifications that need no arithmetic on elements.

use super::Replacements;
use crate::{Function, Literal, Op, OpKind, Region, TensorType, Unary, ValueId, Values};

/// Simplifies what is plain from shapes and splats alone:
///
/// - `reshape`, `transpose`, `convert`, `slice`, `pad`, `reverse`, `broadcast_in_dim` and `concatenate` that change
///   nothing become their operand;
/// - a `reshape` of a reshape is one, a `transpose` of a transpose is one;
/// - a `reshape` of a constant is a constant; `broadcast_in_dim`, `broadcast`, `transpose`, `slice`, `reverse` of a
///   splat are splats;
/// - `select` by a splat is the value that it selects; a part of a tuple that was just made is that part.
///
/// What is left without use is for [`dce`](super::dce). Quantized tensors are left alone.
///
/// ```
/// let mut module = runahead_ir::parse(
///     "a.mlir",
///     "func.func @main(%a: tensor<2x3xf32>) -> tensor<2x3xf32> {
///        %0 = stablehlo.transpose %a, dims = [1, 0] : (tensor<2x3xf32>) -> tensor<3x2xf32>
///        %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<3x2xf32>) -> tensor<2x3xf32>
///        return %1 : tensor<2x3xf32>
///      }",
/// )?;
/// let main = &mut module.functions[0];
/// runahead_ir::passes::fold(main);
/// assert_eq!(main.body.returns, main.body.parameters);
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
pub fn fold(function: &mut Function) {
    let Function { body, values, .. } = function;
    let mut pass = Fold {
        values,
        replacements: Replacements::new(values.len()),
        definitions: vec![Definition::Other; values.len()],
    };
    pass.region(body);
}

/// What is known of how a value came about.
#[derive(Clone)]
enum Definition {
    Constant(Literal),
    Reshape(ValueId),
    Transpose(ValueId, Vec<usize>),
    Tuple(Vec<ValueId>),
    Other,
}

/// What becomes of an operation.
enum Outcome {
    Same,
    /// Its result is another value.
    Value(ValueId),
    /// It does something simpler with an operand.
    Op(OpKind, ValueId),
    /// Its result is a constant.
    Constant(Literal),
}

struct Fold<'f> {
    values: &'f Values,
    replacements: Replacements,
    definitions: Vec<Definition>,
}

impl Fold<'_> {
    fn region(&mut self, region: &mut Region) {
        region.ops.retain_mut(|op| {
            self.replacements.apply(&mut op.operands);
            op.regions.iter_mut().for_each(|region| self.region(region));
            // An operation that carries more attributes than its own may mean something by them.
            if op.attributes.is_empty() && op.results.len() == 1 {
                match self.simplify(op) {
                    Outcome::Same => {}
                    Outcome::Value(value) => {
                        self.replacements.set(op.results[0], value);
                        return false;
                    }
                    Outcome::Op(kind, operand) => {
                        op.kind = kind;
                        op.operands.clear();
                        op.operands.push(operand);
                    }
                    Outcome::Constant(value) => {
                        op.kind = OpKind::Constant(value);
                        op.operands.clear();
                    }
                }
            }
            self.remember(op);
            true
        });
        self.replacements.apply(&mut region.returns);
    }

    fn remember(&mut self, op: &Op) {
        let definition = match &op.kind {
            OpKind::Constant(value) => Definition::Constant(value.clone()),
            OpKind::Reshape => Definition::Reshape(op.operands[0]),
            OpKind::Transpose { permutation } => Definition::Transpose(op.operands[0], permutation.clone()),
            OpKind::Tuple => Definition::Tuple(op.operands.to_vec()),
            _ => return,
        };
        self.definitions[op.results[0].0 as usize] = definition;
    }

    fn definition(&self, value: ValueId) -> &Definition {
        &self.definitions[value.0 as usize]
    }

    /// The splat of the result's type that has the elements of a constant splat operand.
    fn splat_of(&self, operand: ValueId, result: &TensorType) -> Outcome {
        let Definition::Constant(value) = self.definition(operand) else { return Outcome::Same };
        match value.as_splat().map(|element| Literal::splat(result.clone(), element)) {
            Some(Ok(splat)) => Outcome::Constant(splat),
            _ => Outcome::Same,
        }
    }

    fn simplify(&self, op: &Op) -> Outcome {
        let result_type = &self.values[op.results[0]];
        if let (OpKind::GetTupleElement { index }, [tuple]) = (&op.kind, &op.operands[..]) {
            return match self.definition(*tuple) {
                Definition::Tuple(parts) if self.values[parts[*index]] == *result_type => {
                    Outcome::Value(parts[*index])
                }
                _ => Outcome::Same,
            };
        }
        let (Some(result), Some(&x)) = (result_type.as_tensor(), op.operands.first()) else {
            return Outcome::Same;
        };
        if result.quantization.is_some() {
            return Outcome::Same;
        }
        let unchanged = &self.values[x] == result_type;
        match &op.kind {
            OpKind::Unary(Unary::Convert) | OpKind::Reshape | OpKind::Slice { .. } if unchanged => {
                Outcome::Value(x)
            }
            // Of one type, a slice takes all: a stride beyond one or a later start would leave less.
            OpKind::Slice { .. } => self.splat_of(x, result),
            OpKind::Reshape => match self.definition(x) {
                Definition::Reshape(inner) if self.values[*inner] == *result_type => Outcome::Value(*inner),
                Definition::Reshape(inner) => Outcome::Op(OpKind::Reshape, *inner),
                Definition::Constant(value) => match value.reshaped(result.clone()) {
                    Ok(value) => Outcome::Constant(value),
                    Err(_) => Outcome::Same,
                },
                _ => Outcome::Same,
            },
            OpKind::Transpose { permutation } => self.transpose(x, permutation, result, unchanged),
            OpKind::BroadcastInDim { dimensions } if unchanged && is_identity(dimensions) => {
                Outcome::Value(x)
            }
            OpKind::Reverse { dimensions } if dimensions.is_empty() => Outcome::Value(x),
            OpKind::BroadcastInDim { .. } | OpKind::Broadcast { .. } | OpKind::Reverse { .. } => {
                self.splat_of(x, result)
            }
            OpKind::Concatenate { .. } if op.operands.len() == 1 && unchanged => Outcome::Value(x),
            OpKind::Pad { low, high, interior }
                if unchanged && [low, high, interior].into_iter().flatten().all(|&n| n == 0) =>
            {
                Outcome::Value(x)
            }
            OpKind::Select => self.select(op),
            _ => Outcome::Same,
        }
    }

    fn transpose(&self, x: ValueId, permutation: &[usize], result: &TensorType, unchanged: bool) -> Outcome {
        if unchanged && is_identity(permutation) {
            return Outcome::Value(x);
        }
        let Definition::Transpose(inner, first) = self.definition(x) else { return self.splat_of(x, result) };
        let both: Vec<usize> = permutation.iter().map(|&p| first[p]).collect();
        if is_identity(&both) && self.values[*inner].as_tensor() == Some(result) {
            return Outcome::Value(*inner);
        }
        Outcome::Op(OpKind::Transpose { permutation: both }, *inner)
    }

    fn select(&self, op: &Op) -> Outcome {
        let Definition::Constant(predicate) = self.definition(op.operands[0]) else { return Outcome::Same };
        let chosen = match predicate.as_splat() {
            Some([0]) => op.operands[2],
            Some(_) => op.operands[1],
            None => return Outcome::Same,
        };
        if self.values[chosen] == self.values[op.results[0]] { Outcome::Value(chosen) } else { Outcome::Same }
    }
}

fn is_identity(axes: &[usize]) -> bool {
    axes.iter().copied().eq(0..axes.len())
}
