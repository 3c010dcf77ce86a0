//! Operations that are done on parts: those on each element by itself, products and reductions.

use runahead::ir::{Binary, Op, OpKind, Region, ValueId};
use runahead::{ElementType, TensorType};
use smallvec::SmallVec;

use super::{Cutter, Lacking, among, operation};
use crate::error::Fault;
use crate::spread::Spread;

impl Cutter<'_> {
    /// Adds what one device does of an operation, where that can be done on parts; whether it could.
    pub(super) fn on_parts(&mut self, op: &Op, ops: &mut Vec<Op>) -> Result<bool, Fault> {
        if let Some(spread) = self.elementwise(op) {
            let spreads = vec![spread.clone(); op.operands.len()];
            return self.done_on_parts(op, &spreads, spread, ops);
        }
        match &op.kind {
            OpKind::DotGeneral { .. } => match self.product(op) {
                Some((spreads, spread)) => self.done_on_parts(op, &spreads, spread, ops),
                None => Ok(false),
            },
            OpKind::Reduce { dimensions } => self.reduction(op, dimensions, ops),
            _ => Ok(false),
        }
    }

    /// Adds an operation whose result's part comes of its operands' parts alone.
    fn done_on_parts(
        &mut self,
        op: &Op,
        spreads: &[Spread],
        spread: Spread,
        ops: &mut Vec<Op>,
    ) -> Result<bool, Fault> {
        let operands =
            op.operands.iter().zip(spreads).map(|(&operand, spread)| self.part(operand, spread, ops));
        let operands = operands.collect::<Result<SmallVec<_>, _>>()?;
        let result = op.results[0];
        let part = self.value_like(result, &spread)?;
        self.known(result, spread, part, Lacking::Gathered);
        ops.push(Op { operands, results: [part].into(), ..op.clone() });
        Ok(true)
    }

    /// How an operation on each element by itself can be done on parts.
    fn elementwise(&self, op: &Op) -> Option<Spread> {
        let is_elementwise = matches!(
            op.kind,
            OpKind::Unary(_)
                | OpKind::Binary(_)
                | OpKind::Compare { .. }
                | OpKind::Select
                | OpKind::Clamp
                | OpKind::ReducePrecision { .. }
        );
        let [result] = op.results[..] else { return None };
        let dims = &self.values[result].as_tensor()?.dims;
        let alike = |value: &&ValueId| self.values[**value].as_tensor().is_some_and(|ty| ty.dims == *dims);
        if !is_elementwise || !op.operands.iter().all(|value| alike(&value)) {
            return None;
        }
        op.operands.iter().find_map(|&value| self.cut(value)).cloned()
    }

    /// How a value is spread whose parts are known. A function of sums is not the sum of its values.
    fn cut(&self, value: ValueId) -> Option<&Spread> {
        self.parts.get(&value).map(|(spread, _)| spread).filter(|spread| spread.sums.is_empty())
    }

    /// How a product can be done on parts: its operands', and how it is spread then, which is as one of the operands is in the
    /// dimensions that it has of that. Along what is added up everything is there.
    fn product(&self, op: &Op) -> Option<(Vec<Spread>, Spread)> {
        let OpKind::DotGeneral { dimension_numbers: numbers, .. } = &op.kind else { return None };
        let &[lhs, rhs] = &op.operands[..] else { return None };
        let ranks = [self.values[lhs].as_tensor()?.rank(), self.values[rhs].as_tensor()?.rank()];
        let batching = [&numbers.lhs_batching, &numbers.rhs_batching];
        let contracting = [&numbers.lhs_contracting, &numbers.rhs_contracting];
        let free: [Vec<usize>; 2] = [0, 1].map(|side| {
            let is_free = |dim: &usize| !batching[side].contains(dim) && !contracting[side].contains(dim);
            (0..ranks[side]).filter(is_free).collect()
        });
        // Which dimension of each operand the result's are.
        let from: [Vec<Option<usize>>; 2] = [0, 1].map(|side| {
            let of = |of: usize| free[of].iter().map(move |&dim| (of == side).then_some(dim));
            batching[side].iter().copied().map(Some).chain(of(0)).chain(of(1)).collect()
        });
        let spread = [lhs, rhs].into_iter().zip(&from).find_map(|(value, from)| {
            let spread = self.cut(value)?.rearranged(from);
            spread.is_cut().then_some(spread)
        })?;
        let spreads = [0, 1].map(|side| {
            let place = |dim| from[side].iter().position(|&from| from == Some(dim));
            spread.rearranged(&(0..ranks[side]).map(place).collect::<Vec<_>>())
        });
        Some((spreads.into(), spread))
    }

    /// Reduces parts, and where the operand is spread along what is reduced, the parts' results among the devices.
    fn reduction(&mut self, op: &Op, dimensions: &[usize], ops: &mut Vec<Op>) -> Result<bool, Fault> {
        let (&[operand, initial], &[result]) = (&op.operands[..], &op.results[..]) else { return Ok(false) };
        let (Some(kind), Some(spread)) = (combination(&op.regions), self.cut(operand).cloned()) else {
            return Ok(false);
        };
        let across: Vec<usize> = dimensions.iter().copied().filter(|&dim| spread.counts[dim] > 1).collect();
        // The initial value is taken in by every device.
        let takes_it_often = matches!(kind, Binary::Maximum | Binary::Minimum | Binary::And | Binary::Or)
            || (kind == Binary::Add && self.zeros.contains(&initial));
        if !across.is_empty() && !takes_it_often {
            return Ok(false);
        }
        self.whole(initial, ops)?;
        let part = self.part(operand, &spread, ops)?;
        let kept = (0..spread.counts.len()).filter(|dim| !dimensions.contains(dim)).map(Some);
        let of_result = spread.rearranged(&kept.collect::<Vec<_>>());
        let ty = of_result.part_of(self.tensor(result)?)?;
        let mut reduced = self.values.add(ty.clone().into());
        ops.push(Op {
            operands: SmallVec::from_slice(&[part, initial]),
            results: [reduced].into(),
            ..op.clone()
        });
        for dim in across {
            let region = self.combining(kind, ty.element);
            let groups = among(&spread.groups[dim]);
            reduced = self.give(ops, OpKind::AllReduce { groups }, &[reduced], ty.clone());
            ops.last_mut().expect("it was added").regions.push(region);
        }
        if of_result.is_whole() {
            ops.last_mut().expect("something was added").results = [result].into();
        } else {
            self.known(result, of_result, reduced, Lacking::Gathered);
        }
        Ok(true)
    }

    /// What makes one number of two.
    pub(super) fn combining(&mut self, kind: Binary, element: ElementType) -> Region {
        let [a, b, both] = [(); 3].map(|()| self.values.add(TensorType::scalar(element).into()));
        Region {
            parameters: vec![a, b],
            ops: vec![operation(OpKind::Binary(kind), &[a, b], &[both])],
            returns: vec![both],
            ..Region::default()
        }
    }
}

/// The operation by which a reduction makes one number of two, where it is one that devices may do in any order.
fn combination(regions: &[Region]) -> Option<Binary> {
    let [region] = regions else { return None };
    let ([op], [a, b]) = (&region.ops[..], &region.parameters[..]) else { return None };
    let OpKind::Binary(kind) = op.kind else { return None };
    let takes_both = op.operands[..] == [*a, *b] || op.operands[..] == [*b, *a];
    let orders = [Binary::Add, Binary::Maximum, Binary::Minimum, Binary::And, Binary::Or];
    (takes_both && op.results[..] == region.returns[..] && orders.contains(&kind)).then_some(kind)
}
