//! Operations whose regions are several operations, on several operands.

use runahead_ir::{
    Binary, Built, ComparisonDirection, ElementType, OpKind, Region, TensorType, Type, ValueId, Window,
};

use crate::families::none;
use crate::generate::Generator;

/// An operation that takes two sets of scalars in any grouping, and what it begins with.
struct Combination {
    operands: Vec<ValueId>,
    initial: Vec<ValueId>,
    body: Region,
}

impl Generator<'_> {
    pub(super) fn regional(&mut self) -> Built<Vec<ValueId>> {
        let ty = loop {
            let ty = self.palette_type();
            if ty.rank() > 0 {
                break ty;
            }
            if self.choices.is_empty() {
                return none();
            }
        };
        match self.choices.below(8) {
            0..=3 => {
                let Combination { mut operands, initial, body } = self.combination(&ty)?;
                operands.extend(initial);
                let dimensions = self.choices.some_below(ty.rank());
                Ok(self.builder.inferred(OpKind::Reduce { dimensions }, &operands, vec![body])?.to_vec())
            }
            4 => {
                let Combination { mut operands, initial, body } = self.combination(&ty)?;
                operands.extend(initial);
                let window = self.small_window(ty.rank());
                let kind = OpKind::ReduceWindow(Box::new(window));
                Ok(self.builder.inferred(kind, &operands, vec![body])?.to_vec())
            }
            5 => self.map_of_several(&ty),
            _ => self.sort_by_keys(&ty),
        }
    }

    fn combination(&mut self, ty: &TensorType) -> Built<Combination> {
        match self.choices.below(6) {
            0 => self.largest_and_where(ty),
            1 => self.independent(ty),
            2 => self.wider(ty),
            3 => self.compositions(ty),
            4 => self.several_steps(ty),
            _ => self.by_select(ty),
        }
    }

    /// The largest element and its index, the first of several.
    fn largest_and_where(&mut self, ty: &TensorType) -> Built<Combination> {
        use ComparisonDirection::*;
        let element = self.ordered(ty.element);
        let index = self.choices.one_of(&[ElementType::I32, ElementType::I64, ElementType::U32]);
        let values = self.operand(element, &ty.dims);
        let axis = self.choices.below(ty.rank());
        let places = self.builder.iota(TensorType::new(index, ty.dims.iter().copied()), axis)?;
        let scalars: Vec<Type> =
            [element, index, element, index].map(|e| TensorType::scalar(e).into()).to_vec();
        let body = self.region(scalars, |g, v| {
            let larger = g.builder.compare(Gt, v[0], v[2])?;
            let same = g.builder.compare(Eq, v[0], v[2])?;
            let earlier = g.builder.compare(Lt, v[1], v[3])?;
            let tie = g.builder.binary(Binary::And, same, earlier)?;
            let first = g.builder.binary(Binary::Or, larger, tie)?;
            Ok(vec![g.builder.select(first, v[0], v[2])?, g.builder.select(first, v[1], v[3])?])
        })?;
        let Some(least) = Binary::Maximum.neutral(element) else { return none() };
        let least = self.builder.splat(TensorType::scalar(element), &least)?;
        let nowhere = Binary::Minimum.neutral(index).expect("integers have a greatest");
        let nowhere = self.builder.splat(TensorType::scalar(index), &nowhere)?;
        Ok(Combination { operands: vec![values, places], initial: vec![least, nowhere], body })
    }

    /// Several reductions side by side.
    fn independent(&mut self, ty: &TensorType) -> Built<Combination> {
        let count = 2 + self.choices.below(2);
        let (mut operands, mut initial, mut parts) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            let element = self.element();
            let op = match element {
                ElementType::Bool => Binary::Or,
                _ if element.is_complex() => Binary::Add,
                _ => self.choices.one_of(&[Binary::Add, Binary::Maximum, Binary::Minimum]),
            };
            let Some(neutral) = op.neutral(element) else { return none() };
            operands.push(self.operand(element, &ty.dims));
            initial.push(self.builder.splat(TensorType::scalar(element), &neutral)?);
            parts.push((element, op));
        }
        let scalars: Vec<Type> = parts.iter().map(|(e, _)| TensorType::scalar(*e).into()).collect();
        let body = self.region([scalars.clone(), scalars].concat(), |g, v| {
            let part =
                |(i, (_, op)): (usize, &(ElementType, Binary))| g.builder.binary(*op, v[i], v[count + i]);
            parts.iter().enumerate().map(part).collect()
        })?;
        Ok(Combination { operands, initial, body })
    }

    /// A sum in a wider type than the elements'.
    fn wider(&mut self, ty: &TensorType) -> Built<Combination> {
        use ElementType::*;
        let (from, to) = self.choices.one_of(&[
            (BF16, F32),
            (F16, F32),
            (F32, F64),
            (I8, I32),
            (U8, U32),
            (I16, I64),
            (F8E5M2, F32),
            (BF16, F64),
        ]);
        let x = self.operand(from, &ty.dims);
        let zero = self.constant_scalar(to, 0);
        let scalar: Type = TensorType::scalar(to).into();
        let op = self.choices.one_of(&[Binary::Add, Binary::Maximum]);
        let body =
            self.region(vec![scalar.clone(), scalar], |g, v| Ok(vec![g.builder.binary(op, v[0], v[1])?]))?;
        Ok(Combination { operands: vec![x], initial: vec![zero], body })
    }

    /// Affine maps after one another, which must stay in order.
    fn compositions(&mut self, ty: &TensorType) -> Built<Combination> {
        let element = self.choices.one_of(&[ElementType::I32, ElementType::I64, ElementType::U8]);
        let (a, b) = (self.operand(element, &ty.dims), self.operand(element, &ty.dims));
        let scalar: Type = TensorType::scalar(element).into();
        let body = self.region(vec![scalar; 4], |g, v| {
            let slope = g.builder.binary(Binary::Multiply, v[0], v[2])?;
            let moved = g.builder.binary(Binary::Multiply, v[1], v[2])?;
            Ok(vec![slope, g.builder.binary(Binary::Add, moved, v[3])?])
        })?;
        let initial = vec![self.constant_scalar(element, 1), self.constant_scalar(element, 0)];
        Ok(Combination { operands: vec![a, b], initial, body })
    }

    /// A sum or the like in several operations that cancel.
    fn several_steps(&mut self, ty: &TensorType) -> Built<Combination> {
        let element =
            self.choices.one_of(&[ElementType::I32, ElementType::I64, ElementType::I8, ElementType::F32]);
        let x = self.operand(element, &ty.dims);
        let scalar: Type = TensorType::scalar(element).into();
        let body = self.region(vec![scalar.clone(), scalar], |g, v| {
            let minus = g.builder.unary(runahead_ir::Unary::Negate, v[1])?;
            let difference = g.builder.binary(Binary::Subtract, v[0], minus)?;
            Ok(vec![difference])
        })?;
        let initial = vec![self.constant_scalar(element, 0)];
        Ok(Combination { operands: vec![x], initial, body })
    }

    /// The larger, or the smaller, by a comparison.
    fn by_select(&mut self, ty: &TensorType) -> Built<Combination> {
        use ComparisonDirection::*;
        let element = self.ordered(ty.element);
        let x = self.operand(element, &ty.dims);
        let scalar: Type = TensorType::scalar(element).into();
        let largest = self.choices.once_in(2);
        let body = self.region(vec![scalar.clone(), scalar], |g, v| {
            let first = g.builder.compare(if largest { Ge } else { Le }, v[0], v[1])?;
            Ok(vec![g.builder.select(first, v[0], v[1])?])
        })?;
        let op = if largest { Binary::Maximum } else { Binary::Minimum };
        let Some(neutral) = op.neutral(element) else { return none() };
        let initial = vec![self.builder.splat(TensorType::scalar(element), &neutral)?];
        Ok(Combination { operands: vec![x], initial, body })
    }

    fn ordered(&mut self, element: ElementType) -> ElementType {
        match element {
            _ if element.is_complex() => ElementType::F32,
            ElementType::Bool => ElementType::I32,
            other => other,
        }
    }

    fn small_window(&mut self, rank: usize) -> Window {
        let mut window = Window {
            dimensions: Vec::new(),
            strides: Vec::new(),
            base_dilations: Vec::new(),
            window_dilations: Vec::new(),
            padding: Vec::new(),
        };
        for _ in 0..rank {
            window.dimensions.push(self.choices.one_of(&[1, 2, 3, 1]));
            window.strides.push(self.choices.one_of(&[1, 1, 2]));
            window.base_dilations.push(self.choices.one_of(&[1, 1, 1, 2]));
            window.window_dilations.push(self.choices.one_of(&[1, 1, 1, 2]));
            window.padding.push((self.choices.one_of(&[0, 1, 2]), self.choices.one_of(&[0, 1, -1])));
        }
        window
    }

    fn map_of_several(&mut self, ty: &TensorType) -> Built<Vec<ValueId>> {
        let element = self.element();
        let operands: Vec<ValueId> =
            (0..1 + self.choices.below(3)).map(|_| self.operand(element, &ty.dims)).collect();
        let scalar: Type = TensorType::scalar(element).into();
        let body = self.region(vec![scalar; operands.len()], |g, v| {
            let mut last = v[0];
            for _ in 0..1 + g.choices.below(4) {
                let other = g.choices.one_of(v);
                let op =
                    g.choices.one_of(&[Binary::Add, Binary::Multiply, Binary::Maximum, Binary::Subtract]);
                last = g.builder.binary(op, last, other).unwrap_or(last);
            }
            Ok(vec![last])
        })?;
        let dimensions = (0..ty.rank()).collect();
        Ok(self.builder.inferred(OpKind::Map { dimensions }, &operands, vec![body])?.to_vec())
    }

    /// Rows in the order of one key and then another.
    fn sort_by_keys(&mut self, ty: &TensorType) -> Built<Vec<ValueId>> {
        use ComparisonDirection::*;
        let count = 1 + self.choices.below(4);
        let elements: Vec<ElementType> = (0..count)
            .map(|_| {
                let element = self.element();
                self.ordered(element)
            })
            .collect();
        let operands: Vec<ValueId> = elements.iter().map(|&e| self.operand(e, &ty.dims)).collect();
        let scalars: Vec<Type> = elements
            .iter()
            .flat_map(|&e| [TensorType::scalar(e).into(), TensorType::scalar(e).into()])
            .collect();
        let keys = 1 + self.choices.below(count);
        let comparator = self.region(scalars, |g, v| {
            let mut result = None;
            for key in (0..keys).rev() {
                let (a, b) = (v[2 * key], v[2 * key + 1]);
                let direction = g.choices.one_of(&[Lt, Gt]);
                let before = g.builder.compare(direction, a, b)?;
                result = Some(match result {
                    None => before,
                    Some(rest) => {
                        let same = g.builder.compare(Eq, a, b)?;
                        let tie = g.builder.binary(Binary::And, same, rest)?;
                        g.builder.binary(Binary::Or, before, tie)?
                    }
                });
            }
            Ok(vec![result.expect("one key or more")])
        })?;
        let dimension = self.choices.below(ty.rank());
        let is_stable = !self.choices.once_in(4);
        Ok(self
            .builder
            .inferred(OpKind::Sort { dimension, is_stable }, &operands, vec![comparator])?
            .to_vec())
    }
}
