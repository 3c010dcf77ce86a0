//! Branches and loops, whose regions are linearized again where the derivative runs them.

use std::collections::{HashMap, HashSet};

use super::super::linearize::{Goal, Linearizer};
use super::super::tape::{Branches, Kept, Loop, Step, Tangent, Turns};
use super::super::{Differentiated, has_tangent};
use crate::{
    Binary, ComparisonDirection, ElementType, Literal, Op, OpKind, Region, TensorType, Type, Unary, ValueId,
};

/// The values that a region uses and does not define, each once.
pub(in super::super) fn free_values(region: &Region) -> Vec<ValueId> {
    fn collect(region: &Region, own: &mut HashSet<ValueId>, free: &mut Vec<ValueId>) {
        own.extend(&region.parameters);
        let mut used = |value: &ValueId, own: &HashSet<ValueId>| {
            if !own.contains(value) && !free.contains(value) {
                free.push(*value);
            }
        };
        for op in &region.ops {
            op.operands.iter().for_each(|value| used(value, own));
            own.extend(&op.results);
        }
        region.returns.iter().for_each(|value| used(value, own));
        for op in &region.ops {
            op.regions.iter().for_each(|inner| collect(inner, own, free));
        }
    }
    let mut free = Vec::new();
    collect(region, &mut HashSet::new(), &mut free);
    free
}

/// The values that regions use from outside and that have tangents.
fn captured(l: &Linearizer<'_>, regions: &[Region]) -> Vec<(ValueId, Tangent)> {
    let mut seen = HashSet::new();
    let free = regions.iter().flat_map(free_values).filter(|&value| seen.insert(value));
    free.filter_map(|value| Some((value, l.tangent(value)?))).collect()
}

pub(super) fn branches<'f>(l: &mut Linearizer<'f>, op: &'f Op) -> Differentiated<()> {
    let captured = captured(l, &op.regions);
    let index = l.value(op.operands[0]);
    l.copy(op)?;
    let mut results = Vec::new();
    for (i, &value) in op.results.iter().enumerate() {
        if has_tangent(l.source.type_of(value)) {
            let ty = l.source.type_of(value).as_tensor().expect("it has a tangent").clone();
            let tangent = l.tape.tangent(ty);
            l.tangents.insert(value, tangent);
            results.push((i, tangent));
        }
    }
    l.tape.steps.push(Step::Branches(Box::new(Branches { op, index, captured, results })));
    Ok(())
}

pub(super) fn while_loop<'f>(l: &mut Linearizer<'f>, op: &'f Op) -> Differentiated<()> {
    let body = &op.regions[1];
    let captured = captured(l, &op.regions[1..]);
    let active = active(l, op, &captured)?;
    if !active.contains(&true) {
        l.copy(op)?;
        return Ok(());
    }
    let initial: Vec<ValueId> = op.operands.iter().map(|&value| l.value(value)).collect();
    let turns = match l.goal {
        Goal::Forward => {
            l.copy(op)?;
            None
        }
        Goal::Backward => match trip_count(l, op) {
            Some(count) => Some(loop_that_keeps(l, op, &initial, count)?),
            None => {
                l.copy(op)?;
                let reason = "the number of its turns is not known before it runs; expected a counter that \
                              starts at a constant, is stepped by a constant and compared with a constant";
                l.unsupported(op, reason);
                return Ok(());
            }
        },
    };
    let mut carried = Vec::new();
    for i in (0..active.len()).filter(|&i| active[i]) {
        let ty = l.source.type_of(body.parameters[i]).as_tensor().expect("it has a tangent").clone();
        let result = l.tape.tangent(ty);
        carried.push((i, l.tangent(op.operands[i]), result));
        l.tangents.insert(op.results[i], result);
    }
    l.tape.steps.push(Step::Loop(Box::new(Loop { op, captured, carried, turns, initial })));
    Ok(())
}

/// Which of the carried values have tangents in some turn.
fn active<'f>(
    l: &mut Linearizer<'f>,
    op: &'f Op,
    captured: &[(ValueId, Tangent)],
) -> Differentiated<Vec<bool>> {
    let body = &op.regions[1];
    let mut active: Vec<bool> = op.operands.iter().map(|&value| l.tangent(value).is_some()).collect();
    loop {
        let types = body.parameters.iter().map(|&value| l.source.type_of(value).clone()).collect();
        let mut next = active.clone();
        // The region is only looked at.
        l.new_region(types, |l, parameters| {
            l.nested(|l| {
                l.set_values(&body.parameters, parameters);
                let own = body.parameters.iter().zip(&active).filter(|(_, active)| **active);
                own.for_each(|(&value, _)| _ = l.input(value));
                captured.iter().for_each(|&(value, _)| _ = l.input(value));
                let returned = l.region(body)?;
                for (next, &value) in next.iter_mut().zip(&body.returns) {
                    *next |= l.tangent(value).is_some();
                }
                Ok(returned)
            })
        })?;
        if next == active {
            return Ok(active);
        }
        active = next;
    }
}

/// The loop, which also keeps what each turn begins with.
fn loop_that_keeps<'f>(
    l: &mut Linearizer<'f>,
    op: &'f Op,
    initial: &[ValueId],
    count: usize,
) -> Differentiated<Turns> {
    let (condition, body) = (&op.regions[0], &op.regions[1]);
    let used = used(body);
    let is_kept = |i: usize| used.contains(&body.parameters[i]) && body.returns[i] != body.parameters[i];
    let kept: Vec<usize> = (0..initial.len()).filter(|&i| is_kept(i)).collect();
    let counter = TensorType::scalar(ElementType::I64);
    let mut carried = initial.to_vec();
    carried.push(l.zeros(&counter)?);
    for &i in &kept {
        let ty = l.ty(initial[i]);
        let all = ty.with_dims([count].into_iter().chain(ty.dims.iter().copied()));
        carried.push(filled(l, &all)?);
    }
    let types: Vec<Type> = carried.iter().map(|&value| l.builder.type_of(value).clone()).collect();
    let condition = l.new_region(types.clone(), |l, parameters| l.copy_body(condition, parameters))?;
    let turn = l.new_region(types.clone(), |l, parameters| {
        let mut returns = l.copy_body(body, parameters)?;
        let turn = parameters[initial.len()];
        let one = l.number(&counter, 1.0)?;
        returns.push(l.binary(Binary::Add, turn, one)?);
        let zero = l.zeros(&counter)?;
        for (&i, &all) in kept.iter().zip(&parameters[initial.len() + 1..]) {
            let ty = l.ty(parameters[i]);
            let slice: Vec<usize> = [1].into_iter().chain(ty.dims.iter().copied()).collect();
            let slice = l.builder.reshape(parameters[i], &slice)?;
            let mut operands = vec![all, slice, turn];
            operands.resize(3 + ty.rank(), zero);
            returns.push(l.builder.inferred(OpKind::DynamicUpdateSlice, &operands, Vec::new())?[0]);
        }
        Ok(returns)
    })?;
    let results = l.builder.op(OpKind::While, &carried, types, vec![condition, turn]);
    l.builder.last_mut().expect("the loop was added").location = op.location;
    l.set_values(&op.results, &results);
    let mut all = results[initial.len() + 1..].iter();
    let kept = (0..initial.len()).map(|i| match is_kept(i) {
        true => Kept::Each(*all.next().expect("there is one for each that is kept")),
        false => Kept::Same(initial[i]),
    });
    Ok(Turns { count, kept: kept.collect() })
}

/// Values of any type to be overwritten.
fn filled(l: &mut Linearizer<'_>, ty: &TensorType) -> Differentiated<ValueId> {
    Ok(l.builder.splat(ty.clone(), &vec![0; ty.element.size()])?)
}

/// The values that operations of a region use, here or in regions inside.
fn used(region: &Region) -> HashSet<ValueId> {
    let mut used = HashSet::new();
    let mut open = vec![region];
    while let Some(region) = open.pop() {
        for op in &region.ops {
            used.extend(&op.operands);
            for inner in &op.regions {
                used.extend(&inner.returns);
                open.push(inner);
            }
        }
    }
    // What goes on to another place is used there.
    used.extend(region.returns.iter().enumerate().filter_map(|(i, value)| {
        let place = region.parameters.iter().position(|parameter| parameter == value)?;
        (place != i).then_some(*value)
    }));
    used
}

/// How often a loop turns, where its counter tells.
fn trip_count(l: &Linearizer<'_>, op: &Op) -> Option<usize> {
    let definitions = l.definitions();
    let (condition, body) = (&op.regions[0], &op.regions[1]);
    let comparison = definitions.get(&condition.returns[0])?;
    let OpKind::Compare { direction, .. } = comparison.kind else { return None };
    let [a, b] = [comparison.operands[0], comparison.operands[1]];
    let place = |value: ValueId| condition.parameters.iter().position(|&parameter| parameter == value);
    // A limit may be carried along without being changed.
    let constant = |value: ValueId| match place(value) {
        Some(i) if body.returns[i] == body.parameters[i] => integer(definitions, op.operands[i]),
        Some(_) => None,
        None => integer(definitions, value),
    };
    let (counter, limit, direction) = match (constant(a), constant(b)) {
        (None, Some(limit)) => (place(a)?, limit, direction),
        (Some(limit), None) => (place(b)?, limit, mirrored(direction)),
        _ => return None,
    };
    let start = integer(definitions, op.operands[counter])?;
    let step = definitions.get(&body.returns[counter])?;
    let parameter = body.parameters[counter];
    let step = match step.kind {
        OpKind::Binary(Binary::Add) if step.operands[0] == parameter => {
            integer(definitions, step.operands[1])?
        }
        OpKind::Binary(Binary::Add) if step.operands[1] == parameter => {
            integer(definitions, step.operands[0])?
        }
        OpKind::Binary(Binary::Subtract) if step.operands[0] == parameter => {
            -integer(definitions, step.operands[1])?
        }
        _ => return None,
    };
    turns(direction, start, step, limit)
}

/// How many turns there are from `start` by `step` while the counter stands so to the limit.
fn turns(direction: ComparisonDirection, start: i128, step: i128, limit: i128) -> Option<usize> {
    use ComparisonDirection::*;
    let distance = match (direction, step.signum()) {
        (Lt, 1) | (Gt, -1) => limit - start,
        (Le, 1) => limit - start + 1,
        (Ge, -1) => limit - start - 1,
        (Ne, 1 | -1) if (limit - start) % step == 0 && (limit - start) / step >= 0 => limit - start,
        _ => return None,
    };
    let distance = distance * step.signum();
    usize::try_from(if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 }).ok()
}

fn mirrored(direction: ComparisonDirection) -> ComparisonDirection {
    use ComparisonDirection::*;
    match direction {
        Lt => Gt,
        Le => Ge,
        Gt => Lt,
        Ge => Le,
        Eq | Ne => direction,
    }
}

/// The integer that a scalar constant is, however it was brought into shape.
fn integer(definitions: &HashMap<ValueId, &Op>, mut value: ValueId) -> Option<i128> {
    loop {
        let op = definitions.get(&value)?;
        match &op.kind {
            OpKind::Constant(literal) => return integer_of(literal),
            OpKind::Unary(Unary::Convert) | OpKind::Reshape | OpKind::BroadcastInDim { .. } => {
                value = op.operands[0];
            }
            _ => return None,
        }
    }
}

fn integer_of(literal: &Literal) -> Option<i128> {
    let element = literal.ty().element;
    if literal.ty().element_count() != Some(1) || !element.is_integer() {
        return None;
    }
    let mut bytes = [0; 8];
    bytes[..element.size()].copy_from_slice(&literal.to_dense());
    let value = u64::from_le_bytes(bytes);
    if element.is_signed_integer() {
        let unused = 64 - 8 * element.size() as u32;
        return Some((((value << unused) as i64) >> unused).into());
    }
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_counted() {
        use ComparisonDirection::*;
        for (direction, start, step, limit) in [
            (Lt, 0, 1, 5),
            (Lt, 0, 2, 5),
            (Lt, 3, 1, 3),
            (Lt, 4, 1, 3),
            (Le, 0, 1, 5),
            (Le, 1, 3, 7),
            (Gt, 5, -1, 0),
            (Ge, 5, -2, 0),
            (Ge, -1, -1, 0),
            (Ne, 0, 2, 6),
        ] {
            let (mut counter, mut expected) = (start, 0);
            let goes_on = |counter: i128| match direction {
                Lt => counter < limit,
                Le => counter <= limit,
                Gt => counter > limit,
                Ge => counter >= limit,
                _ => counter != limit,
            };
            while goes_on(counter) {
                counter += step;
                expected += 1;
            }
            let found = turns(direction, start, step, limit);
            assert_eq!(found, Some(expected), "{direction:?} from {start} by {step} to {limit}");
        }
        assert_eq!(turns(Lt, 0, -1, 5), None);
        assert_eq!(turns(Ne, 0, 2, 5), None);
    }
}
