//! Loops, branches, and what only hands values on.

use runahead_ir::{Binary, Built, ElementType, OpKind, Type, ValueId};

use super::{one, typed};
use crate::generate::Generator;

pub(super) fn while_loop(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let mut carried = vec![g.operand(ElementType::I32, &[])];
    for _ in 0..g.choices.below(3) {
        carried.push(g.any());
    }
    let types: Vec<Type> = carried.iter().map(|&v| g.builder.type_of(v).clone()).collect();
    let condition = g.region(types.clone(), |g, values| {
        let limit = g.operand(ElementType::I32, &[]);
        Ok(vec![g.compare(values[0], limit)?])
    })?;
    let body_types = types.clone();
    let body = g.region(types, |g, values| {
        let operations = g.choices.below(4);
        let step = g.vector(ElementType::I32, &[1]);
        let step = g.builder.reshape(step, &[])?;
        let next = g.builder.binary(Binary::Add, values[0], step)?;
        g.body(values, operations);
        let mut returns = vec![next];
        returns.extend(body_types[1..].iter().map(|ty| g.result(ty)));
        Ok(returns)
    })?;
    Ok(g.builder.inferred(OpKind::While, &carried, vec![condition, body])?.to_vec())
}

fn branches(g: &mut Generator<'_>, count: usize) -> Built<Vec<runahead_ir::Region>> {
    let values = [g.any(), g.any()];
    let types = values.map(|v| g.builder.type_of(v).clone());
    (0..count)
        .map(|_| {
            g.region(Vec::new(), |g, _| {
                let operations = g.choices.below(4);
                g.body(&[], operations);
                Ok(types.iter().map(|ty| g.result(ty)).collect())
            })
        })
        .collect()
}

pub(super) fn if_else(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let predicate = g.operand(ElementType::Bool, &[]);
    let regions = branches(g, 2)?;
    Ok(g.builder.inferred(OpKind::If, &[predicate], regions)?.to_vec())
}

pub(super) fn case(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let index = g.operand(ElementType::I32, &[]);
    let count = 1 + g.choices.below(3);
    let regions = branches(g, count)?;
    Ok(g.builder.inferred(OpKind::Case, &[index], regions)?.to_vec())
}

pub(super) fn optimization_barrier(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let values = [g.any(), g.any()];
    one(g, OpKind::OptimizationBarrier, &values)
}

pub(super) fn tuple(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let values = [g.any(), g.any()];
    let tuple = one(g, OpKind::Tuple, &values)?;
    let index = g.choices.below(2);
    one(g, OpKind::GetTupleElement { index }, &tuple)
}

/// Operations whose shapes are operands, given as constants.
pub(super) fn dynamic(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let x = g.any();
    let dims = g.dims_of(x);
    let sizes: Vec<i64> = dims.iter().map(|&size| size as i64).collect();
    let element = g.choices.one_of(&[ElementType::I64, ElementType::I32]);
    let ty = g.tensor(x).cloned().expect("a tensor");
    let unknown = ty.with_dims(dims.iter().map(|_| runahead_ir::DYNAMIC));
    let ty = if g.choices.once_in(2) { unknown } else { ty };
    let dynamic = match g.choices.below(3) {
        0 => {
            let shape = g.vector(element, &sizes);
            g.builder.typed(OpKind::DynamicReshape, &[x, shape], ty)?
        }
        1 => {
            let shape = g.vector(element, &sizes);
            let kind = OpKind::DynamicBroadcastInDim {
                dimensions: (0..dims.len()).collect(),
                known_expanding: None,
                known_nonexpanding: None,
            };
            g.builder.typed(kind, &[x, shape], ty)?
        }
        _ => {
            let zeros = vec![0; dims.len()];
            let ones = vec![1; dims.len()];
            let operands =
                [x, g.vector(element, &zeros), g.vector(element, &sizes), g.vector(element, &ones)];
            g.builder.typed(OpKind::RealDynamicSlice, &operands, ty)?
        }
    };
    // Back to a known shape.
    let shape = g.vector(element, &sizes);
    let ty = g.tensor(dynamic).expect("a tensor").with_dims(dims);
    typed(g, OpKind::DynamicReshape, &[dynamic, shape], ty)
}
