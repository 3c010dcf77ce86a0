//! Changes of one operation, wherever it stands.

use runahead_ir::{
    Function, Literal, Location, Op, OpKind, Region, TensorType, Type, ValueId, Values, float,
};

use super::tensor;

/// How many operations a region holds, with those of the regions in it.
pub(super) fn ops_in(region: &Region) -> usize {
    region.ops.iter().map(|op| 1 + op.regions.iter().map(ops_in).sum::<usize>()).sum()
}

/// An operation that is to be changed.
pub(super) struct Edit<'m> {
    ops: &'m mut Vec<Op>,
    at: usize,
    values: &'m mut Values,
    /// Which values are to stand for which, everywhere in the function.
    replaced: Vec<(ValueId, ValueId)>,
    /// Which values are used.
    used: &'m dyn Fn(ValueId) -> bool,
}

/// Changes the so-manieth operation of a function, counted as they are read; none where there is nothing to change.
pub(super) fn edit(
    function: &mut Function,
    at: usize,
    change: &mut dyn FnMut(&mut Edit<'_>) -> Option<()>,
) -> Option<()> {
    let mut values = std::mem::take(&mut function.values);
    let mut seen = std::collections::HashSet::new();
    uses(&function.body, &mut |value| {
        seen.insert(value);
    });
    let mut left = at;
    let mut replaced = Vec::new();
    let changed = in_region(&mut function.body, &mut left, &mut |ops, at| {
        let mut edit =
            Edit { ops, at, values: &mut values, replaced: Vec::new(), used: &|v| seen.contains(&v) };
        let changed = change(&mut edit);
        replaced = std::mem::take(&mut edit.replaced);
        changed
    });
    function.values = values;
    changed.flatten()?;
    replace(&mut function.body, &replaced);
    Some(())
}

type Change<'c> = &'c mut dyn FnMut(&mut Vec<Op>, usize) -> Option<()>;

/// Regions of elements are left as they are: what is left of one need not be what a reduction may be given.
fn in_region(region: &mut Region, left: &mut usize, change: Change<'_>) -> Option<Option<()>> {
    for i in 0..region.ops.len() {
        if *left == 0 {
            return Some(change(&mut region.ops, i));
        }
        *left -= 1;
        let op = &mut region.ops[i];
        let of_elements = !matches!(op.kind, OpKind::While | OpKind::If | OpKind::Case);
        let inside: usize = op.regions.iter().map(ops_in).sum();
        if of_elements && *left < inside {
            return Some(None);
        }
        for inner in &mut op.regions {
            if let Some(done) = in_region(inner, left, change) {
                return Some(done);
            }
        }
    }
    None
}

/// Lets values stand for others wherever these are used.
pub(super) fn replace(region: &mut Region, replaced: &[(ValueId, ValueId)]) {
    if replaced.is_empty() {
        return;
    }
    let of = |value: &mut ValueId| {
        // One may stand for another that stands for a third.
        for _ in 0..replaced.len() {
            match replaced.iter().find(|(from, _)| from == value) {
                Some(&(_, to)) => *value = to,
                None => return,
            }
        }
    };
    region.returns.iter_mut().for_each(of);
    for op in &mut region.ops {
        op.operands.iter_mut().for_each(of);
        op.regions.iter_mut().for_each(|inner| replace(inner, replaced));
    }
}

/// Calls a function with every use of a value.
pub(super) fn uses(region: &Region, seen: &mut dyn FnMut(ValueId)) {
    region.returns.iter().for_each(|&value| seen(value));
    for op in &region.ops {
        op.operands.iter().for_each(|&value| seen(value));
        op.regions.iter().for_each(|inner| uses(inner, seen));
    }
}

pub(super) fn constant(literal: Literal, result: ValueId) -> Op {
    Op {
        kind: OpKind::Constant(literal),
        operands: Default::default(),
        results: [result].into_iter().collect(),
        regions: Vec::new(),
        attributes: Default::default(),
        location: Location::UNKNOWN,
    }
}

/// Makes the result of an operation of the function's own block a parameter; gives its type.
pub(super) fn by_argument(function: &mut Function, at: usize) -> Option<TensorType> {
    let mut left = at;
    let index = function.body.ops.iter().position(|op| {
        let here = left == 0;
        left = left.wrapping_sub(1 + op.regions.iter().map(ops_in).sum::<usize>());
        here
    })?;
    let op = &function.body.ops[index];
    let [result] = op.results[..] else { return None };
    let plain = !matches!(op.kind, OpKind::Constant(_)) && !op.operands.is_empty();
    let ty = tensor(function.type_of(result)).filter(|_| plain)?.clone();
    function.body.ops.remove(index);
    function.body.parameters.push(result);
    function.parameter_names.push(None);
    function.parameter_attributes.push(Default::default());
    Some(ty)
}

impl Edit<'_> {
    fn op(&mut self) -> &mut Op {
        &mut self.ops[self.at]
    }

    fn remove(&mut self) -> Op {
        self.ops.remove(self.at)
    }

    /// Each result by the operand at the same position.
    pub(super) fn by_operands(&mut self) -> Option<()> {
        let op = &self.ops[self.at];
        let pairs: Vec<(ValueId, ValueId)> =
            op.results.iter().copied().zip(op.operands.iter().copied()).collect();
        let fits = pairs.len() == op.results.len()
            && pairs.iter().all(|&(result, operand)| self.values[result] == self.values[operand]);
        fits.then_some(())?;
        self.replaced = pairs;
        self.remove();
        Some(())
    }

    /// The only result by an operand.
    pub(super) fn by_operand(&mut self, operand: usize) -> Option<()> {
        let op = &self.ops[self.at];
        let ([result], Some(&operand)) = (&op.results[..], op.operands.get(operand)) else { return None };
        (self.values[*result] == self.values[operand]).then_some(())?;
        self.replaced = vec![(*result, operand)];
        self.remove();
        Some(())
    }

    /// The results by constants of one number.
    pub(super) fn by_constants(&mut self, number: i64) -> Option<()> {
        let op = &self.ops[self.at];
        if matches!(op.kind, OpKind::Constant(_)) {
            return None;
        }
        let constants: Option<Vec<Op>> = op
            .results
            .iter()
            .map(|&result| {
                let ty = tensor(&self.values[result])?.clone();
                let element = float::element_bytes(ty.element, number as f64);
                Some(constant(Literal::splat(ty, element).ok()?, result))
            })
            .collect();
        let constants = constants?;
        self.ops.splice(self.at..=self.at, constants);
        Some(())
    }

    /// A constant by one whose elements are all the same.
    pub(super) fn by_splat(&mut self) -> Option<()> {
        let OpKind::Constant(literal) = &self.op().kind else { return None };
        if literal.as_splat().is_some() {
            return None;
        }
        let element = literal.to_dense().get(..literal.ty().element.size())?.to_vec();
        let splat = Literal::splat(literal.ty().clone(), element).ok()?;
        self.op().kind = OpKind::Constant(splat);
        Some(())
    }

    /// A branch for the branches, one turn for a loop.
    pub(super) fn by_region(&mut self, region: usize) -> Option<()> {
        let op = &self.ops[self.at];
        let fits = match op.kind {
            OpKind::If | OpKind::Case => region < op.regions.len(),
            OpKind::While => region == 1,
            _ => false,
        };
        fits.then_some(())?;
        let mut op = self.remove();
        let inner = op.regions.swap_remove(region);
        if matches!(op.kind, OpKind::While) {
            self.replaced.extend(inner.parameters.iter().copied().zip(op.operands.iter().copied()));
        }
        self.replaced.extend(op.results.iter().copied().zip(inner.returns));
        self.ops.splice(self.at..self.at, inner.ops);
        Some(())
    }

    pub(super) fn without_branch(&mut self, region: usize) -> Option<()> {
        let op = self.op();
        (matches!(op.kind, OpKind::Case) && op.regions.len() > 1 && region < op.regions.len())
            .then_some(())?;
        op.regions.remove(region);
        Some(())
    }

    /// Without one of the values that a loop carries, or that branches give.
    pub(super) fn without_slot(&mut self, slot: usize) -> Option<()> {
        let op = &self.ops[self.at];
        (op.results.len() > 1 && slot < op.results.len()).then_some(())?;
        let result = op.results[slot];
        match op.kind {
            OpKind::While => {
                let operand = op.operands[slot];
                self.replaced.push((result, operand));
                for region in &op.regions {
                    self.replaced.push((region.parameters[slot], operand));
                }
                let op = self.op();
                op.operands.remove(slot);
                op.regions.iter_mut().for_each(|region| {
                    region.parameters.remove(slot);
                });
                op.regions[1].returns.remove(slot);
            }
            OpKind::If | OpKind::Case if !(self.used)(result) => {
                self.op().regions.iter_mut().for_each(|region| {
                    region.returns.remove(slot);
                });
            }
            // The unused results of a reduction and of a sort depend on the others.
            _ => return None,
        }
        self.op().results.remove(slot);
        Some(())
    }

    /// A region's return by the region's parameter, or for a branch by a constant.
    pub(super) fn return_own_parameter(&mut self, region: usize, position: usize) -> Option<()> {
        let op = &mut self.ops[self.at];
        let is_loop = matches!(op.kind, OpKind::While);
        let inner = op.regions.get_mut(region)?;
        let returned = *inner.returns.get(position)?;
        if is_loop && region == 1 {
            let own = inner.parameters[position];
            (own != returned).then_some(())?;
            inner.returns[position] = own;
            return Some(());
        }
        matches!(op.kind, OpKind::If | OpKind::Case).then_some(())?;
        let ty = tensor(&self.values[returned])?.clone();
        let element = float::element_bytes(ty.element, 1.0);
        let new = self.values.add(Type::Tensor(ty.clone()));
        inner.ops.push(constant(Literal::splat(ty, element).ok()?, new));
        inner.returns[position] = new;
        Some(())
    }
}
