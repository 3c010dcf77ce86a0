//! Loops, and the ways in which they hand values on.

use runahead_ir::{Binary, Built, ComparisonDirection, ElementType, OpKind, Type, ValueId};

use crate::generate::Generator;
use crate::palette::Palette;

impl Generator<'_> {
    /// A loop that ends: one of the carried values counts its turns.
    pub(super) fn while_loop(&mut self) -> Built<Vec<ValueId>> {
        use ComparisonDirection::*;
        let large = self.palette.as_ref().is_some_and(Palette::is_large);
        let turns = match (self.depth, large) {
            (0, false) => self.choices.one_of(&[2, 3, 1, 0, 5, 2, 9, 3]),
            _ => self.choices.one_of(&[2, 1, 3, 0, 2]),
        };
        let element = {
            use ElementType::*;
            self.choices.one_of(&[I32, I32, I64, I8, U8, U32, U64, F32, I16])
        };
        let (mut carried, counter) = self.carried_first(element);
        let types: Vec<Type> = carried.iter().map(|&v| self.builder.type_of(v).clone()).collect();
        let up = self.choices.once_in(2) || element.is_unsigned_integer();
        let (first, last) = if up { (0, turns) } else { (turns, 0) };
        let way = self.choices.below(3);
        carried[counter] = self.constant_scalar(element, first);
        // The bound stands outside now and then.
        let outside = self.choices.once_in(3).then(|| self.constant_scalar(element, last));
        let condition = self.region(types.clone(), |g, values| {
            let bound = outside.unwrap_or_else(|| g.constant_scalar(element, last));
            let (low, high) = if up { (values[counter], bound) } else { (bound, values[counter]) };
            let goes_on = match way {
                0 => g.builder.compare(Lt, low, high)?,
                1 => g.builder.compare(Gt, high, low)?,
                _ => g.builder.compare(Ne, values[counter], bound)?,
            };
            if values.len() == 1 || !g.choices.once_in(3) {
                return Ok(vec![goes_on]);
            }
            g.values.extend(values);
            for _ in 0..g.choices.below(3) {
                g.step();
            }
            let other = g.predicate(values);
            let (a, b) = if g.choices.once_in(2) { (other, goes_on) } else { (goes_on, other) };
            Ok(vec![g.builder.binary(Binary::And, a, b)?])
        })?;
        let body = self.region(types.clone(), |g, values| {
            let one = g.constant_scalar(element, 1);
            let step = if up { Binary::Add } else { Binary::Subtract };
            // Before everything else, after it, or in between.
            let early =
                g.choices.once_in(2).then(|| g.builder.binary(step, values[counter], one)).transpose()?;
            g.values.extend(values);
            let operations = g.choices.one_of(&[0, 1, 2, 3, 4, 6, 8]);
            for _ in 0..operations.min(g.budget) {
                g.step();
            }
            let next = match early {
                Some(next) => next,
                None => g.builder.binary(step, values[counter], one)?,
            };
            let mut returns = g.carried_on(&types, values);
            returns[counter] = next;
            Ok(returns)
        })?;
        Ok(self.builder.inferred(OpKind::While, &carried, vec![condition, body])?.to_vec())
    }

    /// What a loop carries first, and the position of its counter among it.
    fn carried_first(&mut self, element: ElementType) -> (Vec<ValueId>, usize) {
        let count = 1 + self.choices.below(6);
        let counter = if self.choices.once_in(2) { 0 } else { self.choices.below(count) };
        let mut carried: Vec<ValueId> = Vec::new();
        for i in 0..count {
            if i == counter {
                carried.push(self.constant_scalar(element, 0));
                continue;
            }
            let known: Vec<ValueId> = (0..i).filter(|&j| j != counter).map(|j| carried[j]).collect();
            carried.push(match self.choices.below(6) {
                // The same value for two.
                0 if !known.is_empty() => self.choices.one_of(&known),
                // Another of a type that is carried, so that there is something to exchange.
                1..=3 if !known.is_empty() => {
                    let like = self.choices.one_of(&known);
                    let ty = self.tensor(like).cloned().expect("a tensor is carried");
                    self.typed_operand(ty)
                }
                4 => {
                    let ty = self.palette_type();
                    let of = self.typed_operand(ty);
                    self.view_of_same_type(of)
                }
                _ => self.any(),
            });
        }
        (carried, counter)
    }

    /// What a block that was given these values gives of those types.
    pub(super) fn carried_on(&mut self, types: &[Type], given: &[ValueId]) -> Vec<ValueId> {
        let rotate = self.choices.once_in(4);
        let mut returns: Vec<ValueId> = Vec::new();
        for (i, ty) in types.iter().enumerate() {
            let alike: Vec<ValueId> =
                given.iter().copied().filter(|&v| self.builder.type_of(v) == ty).collect();
            if rotate && alike.len() > 1 {
                let at = alike.iter().position(|v| given.get(i) == Some(v)).unwrap_or(0);
                returns.push(alike[(at + 1) % alike.len()]);
                continue;
            }
            let next = match self.choices.below(12) {
                0 if i < given.len() => given[i],
                1 | 2 if !alike.is_empty() => self.choices.one_of(&alike),
                3 => {
                    let same: Vec<ValueId> =
                        returns.iter().copied().filter(|&v| self.builder.type_of(v) == ty).collect();
                    if same.is_empty() { self.result(ty) } else { self.choices.one_of(&same) }
                }
                4 | 5 if !alike.is_empty() => {
                    // In place of what is still read, if the order is right.
                    let (a, b) = (self.choices.one_of(&alike), self.choices.one_of(&alike));
                    self.in_place(a, b)
                }
                6 => {
                    let of = if alike.is_empty() { self.result(ty) } else { self.choices.one_of(&alike) };
                    self.view_of_same_type(of)
                }
                7 => {
                    // From anywhere, outside too.
                    let ty = ty.as_tensor().expect("a tensor is carried").clone();
                    self.typed_operand(ty)
                }
                8 => {
                    let ty = ty.as_tensor().expect("a tensor is carried").clone();
                    self.adapted(ty)
                }
                _ => self.result(ty),
            };
            returns.push(next);
        }
        returns
    }

    /// An operation that may write where its operand is.
    fn in_place(&mut self, a: ValueId, b: ValueId) -> ValueId {
        let op = self.choices.one_of(&[Binary::Add, Binary::Subtract, Binary::Maximum, Binary::Xor]);
        let made = match self.choices.below(3) {
            0 => self.builder.unary(runahead_ir::Unary::Negate, a),
            1 => self.builder.binary(op, a, b),
            _ => self.by_update(a),
        };
        made.unwrap_or(a)
    }

    fn by_update(&mut self, x: ValueId) -> Built<ValueId> {
        let ty = self.tensor(x).cloned().expect("a tensor is carried");
        let sizes: Vec<usize> = ty.dims.iter().map(|&size| self.choices.below(size + 1)).collect();
        let update = self.operand(ty.element, &sizes);
        let mut operands = vec![x, update];
        for &size in &ty.dims {
            let at = self.choices.below(size + 2) as i64;
            operands.push(self.constant_scalar(ElementType::I32, at));
        }
        Ok(self.builder.inferred(OpKind::DynamicUpdateSlice, &operands, Vec::new())?[0])
    }
}
