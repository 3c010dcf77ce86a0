//! Scalars that are computed from what there is: what loops and branches go by.

use runahead_ir::{Binary, Built, ComparisonDirection, ElementType, OpKind, TensorType, Type, ValueId};

use crate::families::none;
use crate::generate::Generator;
use crate::values::{Draw, elements};

impl Generator<'_> {
    /// A boolean that depends on one of these values, or on any.
    pub(super) fn predicate(&mut self, of: &[ValueId]) -> ValueId {
        let scalar = self.scalar_of(of);
        let made = match self.element_of(scalar) {
            ElementType::Bool => Ok(scalar),
            element => {
                let bytes =
                    elements(&TensorType::scalar(element), self.choices.below(256) as u64, Draw::Whole);
                let bound = self.builder.splat(TensorType::scalar(element), &bytes);
                bound.and_then(|bound| self.compare(scalar, bound))
            }
        };
        let made = made.unwrap_or_else(|_| self.constant_scalar(ElementType::Bool, 1));
        if self.choices.once_in(6) {
            return self.builder.unary(runahead_ir::Unary::Not, made).unwrap_or(made);
        }
        made
    }

    /// A scalar of an element type that counts something.
    pub(super) fn index_scalar(&mut self) -> ValueId {
        let scalar = self.scalar_of(&[]);
        let integer = self.element_of(scalar).is_integer();
        let made = if integer { self.builder.convert(scalar, ElementType::I32) } else { none() };
        made.unwrap_or_else(|_| {
            let index = self.choices.below(4) as i64;
            self.constant_scalar(ElementType::I32, index)
        })
    }

    pub(super) fn constant_scalar(&mut self, element: ElementType, value: i64) -> ValueId {
        let bytes = runahead_ir::float::element_bytes(element, value as f64);
        self.builder.splat(TensorType::scalar(element), &bytes).expect("a scalar's bytes")
    }

    /// A scalar that depends on a value: itself, a reduction of it, an element of it, what sorting or an update left there.
    fn scalar_of(&mut self, of: &[ValueId]) -> ValueId {
        let x = if of.is_empty() { self.any() } else { self.choices.one_of(of) };
        let ty = match self.tensor(x) {
            Some(ty) if ty.quantization.is_none() => ty.clone(),
            _ => return self.constant_scalar(ElementType::Bool, 1),
        };
        if ty.rank() == 0 {
            return x;
        }
        let made = match self.choices.below(5) {
            0 | 1 => self.reduced(x, &ty),
            2 => self.updated(x, &ty).and_then(|x| self.element_at(x, &ty)),
            3 => self.sorted(x).and_then(|x| self.element_at(x, &ty)),
            _ => self.element_at(x, &ty),
        };
        made.unwrap_or_else(|_| self.constant_scalar(ElementType::Bool, 1))
    }

    fn reduced(&mut self, x: ValueId, ty: &TensorType) -> Built<ValueId> {
        let all: Vec<usize> = (0..ty.rank()).collect();
        let op = match ty.element {
            ElementType::Bool => self.choices.one_of(&[Binary::Or, Binary::And]),
            _ => self.choices.one_of(&[Binary::Maximum, Binary::Minimum, Binary::Add]),
        };
        self.builder.reduce(op, x, &all)
    }

    fn element_at(&mut self, x: ValueId, ty: &TensorType) -> Built<ValueId> {
        if ty.element_count() == Some(0) {
            return none();
        }
        let start: Vec<usize> = ty.dims.iter().map(|&size| self.choices.below(size)).collect();
        let limit: Vec<usize> = start.iter().map(|at| at + 1).collect();
        let one = self.builder.slice(x, &start, &limit, &vec![1; ty.rank()])?;
        self.builder.reshape(one, &[])
    }

    fn updated(&mut self, x: ValueId, ty: &TensorType) -> Built<ValueId> {
        let sizes: Vec<usize> = ty.dims.iter().map(|&size| size.min(1)).collect();
        let update = self.operand(ty.element, &sizes);
        let mut operands = vec![x, update];
        for &size in &ty.dims {
            let at = self.choices.below(size + 2) as i64;
            operands.push(self.constant_scalar(ElementType::I32, at));
        }
        Ok(self.builder.inferred(OpKind::DynamicUpdateSlice, &operands, Vec::new())?[0])
    }

    fn sorted(&mut self, x: ValueId) -> Built<ValueId> {
        let ty = self.tensor(x).cloned().expect("a tensor");
        let scalar: Type = TensorType::scalar(ty.element).into();
        let comparator = self.region(vec![scalar.clone(), scalar], |g, values| {
            Ok(vec![g.builder.compare(ComparisonDirection::Lt, values[0], values[1])?])
        })?;
        let dimension = self.choices.below(ty.rank());
        let kind = OpKind::Sort { dimension, is_stable: true };
        Ok(self.builder.inferred(kind, &[x], vec![comparator])?[0])
    }
}
