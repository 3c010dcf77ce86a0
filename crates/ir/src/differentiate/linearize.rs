//! A function copied into a new one, with the tape of what its results change by.

use std::cell::OnceCell;
use std::collections::HashMap;

use smallvec::SmallVec;

use super::tape::{Operand, Step, Tangent, Tape};
use super::{DifferentiateError, Differentiated, has_tangent, rules};
use crate::{
    Binary, ComparisonDirection, ElementType, Function, FunctionBuilder, Literal, Op, OpKind, Region,
    TensorType, Type, Unary, ValueId, float,
};

/// What the tape is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Goal {
    /// To be run as it is.
    Forward,
    /// To be transposed: loops keep what their turns begin with.
    Backward,
}

pub(super) struct Linearizer<'f> {
    pub(super) source: &'f Function,
    pub(super) builder: FunctionBuilder,
    pub(super) goal: Goal,
    /// Values of the new function that stand for those of the old.
    values: Vec<Option<ValueId>>,
    /// The tangents of values of the old function.
    pub(super) tangents: HashMap<ValueId, Tangent>,
    /// Values of the old function that count along an axis.
    pub(super) counting: HashMap<ValueId, usize>,
    /// The operation that defines each value of the old function, once somebody asked.
    definitions: OnceCell<HashMap<ValueId, &'f Op>>,
    pub(super) tape: Tape<'f>,
}

impl<'f> Linearizer<'f> {
    /// A new function with the parameters of the old, and more.
    pub(super) fn new(source: &'f Function, more: impl Iterator<Item = Type>, goal: Goal) -> Linearizer<'f> {
        let parameters = source.parameter_types().cloned().chain(more);
        let builder = FunctionBuilder::new(source.name.clone(), parameters);
        let mut linearizer = Linearizer {
            source,
            builder,
            goal,
            values: vec![None; source.values.len()],
            tangents: HashMap::new(),
            counting: HashMap::new(),
            definitions: OnceCell::new(),
            tape: Tape::default(),
        };
        let parameters = linearizer.builder.parameters().to_vec();
        linearizer.set_values(&source.body.parameters, &parameters);
        linearizer
    }

    pub(super) fn finish(self, returns: &[ValueId]) -> Function {
        self.builder.finish(returns)
    }

    /// The new function's parameters from one on.
    pub(super) fn parameters_from(&self, first: usize) -> Vec<ValueId> {
        self.builder.parameters()[first..].to_vec()
    }

    /// Gives tangents to some of the parameters.
    pub(super) fn inputs(&mut self, parameters: &[ValueId], wrt: &[usize]) -> Vec<Tangent> {
        wrt.iter().map(|&i| self.input(parameters[i])).collect()
    }

    /// Gives a tangent to a value of the old function, or the one that it has.
    pub(super) fn input(&mut self, value: ValueId) -> Tangent {
        if let Some(&tangent) = self.tangents.get(&value) {
            return tangent;
        }
        let ty = self.source.type_of(value).as_tensor().expect("what has a tangent is a tensor").clone();
        let tangent = self.tape.tangent(ty);
        self.tangents.insert(value, tangent);
        tangent
    }

    // Values of the old function.

    /// What stands for a value of the old function.
    pub(super) fn value(&self, value: ValueId) -> ValueId {
        self.values[value.0 as usize].expect("values are copied before they are used")
    }

    /// Lets new values stand for the old ones; there may be more of the new.
    pub(super) fn set_values(&mut self, old: &[ValueId], new: &[ValueId]) {
        old.iter().zip(new).for_each(|(&old, &new)| self.values[old.0 as usize] = Some(new));
    }

    pub(super) fn tangent(&self, value: ValueId) -> Option<Tangent> {
        self.tangents.get(&value).copied()
    }

    /// The operation that defines each value of the old function, also inside regions.
    pub(super) fn definitions(&self) -> &HashMap<ValueId, &'f Op> {
        self.definitions.get_or_init(|| {
            let mut definitions = HashMap::new();
            let mut open = vec![&self.source.body];
            while let Some(region) = open.pop() {
                for op in &region.ops {
                    definitions.extend(op.results.iter().map(|&value| (value, op)));
                    open.extend(&op.regions);
                }
            }
            definitions
        })
    }

    /// Copies a region's operations here, with their steps, and gives what it returns.
    pub(super) fn region(&mut self, region: &'f Region) -> Differentiated<Vec<ValueId>> {
        for op in &region.ops {
            rules::linearize(self, op)?;
        }
        Ok(region.returns.iter().map(|&value| self.value(value)).collect())
    }

    /// Copies an operation, without steps.
    pub(super) fn copy(&mut self, op: &Op) -> Differentiated<SmallVec<[ValueId; 1]>> {
        let operands: Vec<ValueId> = op.operands.iter().map(|&value| self.value(value)).collect();
        let regions = op.regions.iter().map(|region| self.copy_region(region)).collect::<Result<_, _>>()?;
        let types = op.results.iter().map(|&value| self.source.type_of(value).clone());
        let results = self.builder.op(op.kind.clone(), &operands, types, regions);
        let copy = self.builder.last_mut().expect("an operation was added");
        copy.attributes = op.attributes.clone();
        copy.location = op.location;
        if let OpKind::Iota { dimension } = op.kind {
            self.counting.insert(op.results[0], dimension);
        }
        self.set_values(&op.results, &results);
        Ok(results)
    }

    pub(super) fn copy_region(&mut self, region: &Region) -> Differentiated<Region> {
        let types: Vec<Type> =
            region.parameters.iter().map(|&value| self.source.type_of(value).clone()).collect();
        self.new_region(types, |l, parameters| l.copy_body(region, parameters))
    }

    /// Copies a region's operations here, without steps, and gives what it returns; there may be more parameters than it
    /// has.
    pub(super) fn copy_body(
        &mut self,
        region: &Region,
        parameters: &[ValueId],
    ) -> Differentiated<Vec<ValueId>> {
        self.set_values(&region.parameters, parameters);
        for op in &region.ops {
            self.copy(op)?;
        }
        Ok(region.returns.iter().map(|&value| self.value(value)).collect())
    }

    /// A region of the new function.
    pub(super) fn new_region(
        &mut self,
        parameters: Vec<Type>,
        build: impl FnOnce(&mut Self, &[ValueId]) -> Differentiated<Vec<ValueId>>,
    ) -> Differentiated<Region> {
        let (parameters, around) = self.builder.open_region(parameters);
        let returns = build(self, &parameters);
        let region = self.builder.close_region(parameters, around);
        Ok(Region { returns: returns?, ..region })
    }

    // Steps.

    pub(super) fn step(
        &mut self,
        kind: OpKind,
        operands: impl IntoIterator<Item = Operand>,
        ty: TensorType,
    ) -> Tangent {
        let result = self.tape.tangent(ty);
        self.tape.steps.push(Step::Op { kind, operands: operands.into_iter().collect(), result });
        result
    }

    /// A step whose result is of the type that its operand is of.
    pub(super) fn step_like(&mut self, kind: OpKind, tangent: Tangent) -> Tangent {
        let ty = self.tape.ty(tangent).clone();
        self.step(kind, [tangent.into()], ty)
    }

    pub(super) fn scale(&mut self, tangent: Tangent, factor: ValueId) -> Tangent {
        let ty = self.tape.ty(tangent).clone();
        self.step(OpKind::Binary(Binary::Multiply), [tangent.into(), factor.into()], ty)
    }

    pub(super) fn divide(&mut self, tangent: Tangent, divisor: ValueId) -> Tangent {
        let ty = self.tape.ty(tangent).clone();
        self.step(OpKind::Binary(Binary::Divide), [tangent.into(), divisor.into()], ty)
    }

    pub(super) fn negate(&mut self, tangent: Tangent) -> Tangent {
        self.step_like(OpKind::Unary(Unary::Negate), tangent)
    }

    pub(super) fn convert(&mut self, tangent: Tangent, element: ElementType) -> Tangent {
        let from = self.tape.ty(tangent).clone();
        if from.element == element {
            return tangent;
        }
        self.step(OpKind::Unary(Unary::Convert), [tangent.into()], TensorType { element, ..from })
    }

    pub(super) fn sum(&mut self, a: Option<Tangent>, b: Option<Tangent>) -> Option<Tangent> {
        let (Some(a), Some(b)) = (a, b) else { return a.or(b) };
        Some(self.add(a, b))
    }

    pub(super) fn add(&mut self, a: Tangent, b: Tangent) -> Tangent {
        let ty = self.tape.ty(a).clone();
        self.step(OpKind::Binary(Binary::Add), [a.into(), b.into()], ty)
    }

    /// Tangents where the predicate is true and where it is not; none stands for zeros.
    pub(super) fn choose(
        &mut self,
        predicate: ValueId,
        a: Option<Tangent>,
        b: Option<Tangent>,
    ) -> Differentiated<Option<Tangent>> {
        let Some(some) = a.or(b) else { return Ok(None) };
        let ty = self.tape.ty(some).clone();
        let (a, b) = (self.or_zeros(a, &ty)?, self.or_zeros(b, &ty)?);
        Ok(Some(self.step(OpKind::Select, [predicate.into(), a, b], ty)))
    }

    pub(super) fn or_zeros(&mut self, tangent: Option<Tangent>, ty: &TensorType) -> Differentiated<Operand> {
        match tangent {
            Some(tangent) => Ok(tangent.into()),
            None => Ok(self.zeros(ty)?.into()),
        }
    }

    /// Says that there is no rule, to whom it concerns: those who ask for a derivative that depends on it.
    pub(super) fn unsupported(&mut self, op: &Op, reason: impl Into<String>) {
        let operands: Vec<Tangent> = op.operands.iter().filter_map(|&value| self.tangent(value)).collect();
        let error = DifferentiateError::Unsupported {
            operation: op.kind.name().to_owned(),
            reason: reason.into(),
            location: op.location,
        };
        let mut results = Vec::new();
        for &value in &op.results {
            let ty = self.source.type_of(value);
            if let (true, Some(ty)) = (has_tangent(ty), ty.as_tensor()) {
                let tangent = self.tape.tangent(ty.clone());
                self.tangents.insert(value, tangent);
                results.push(tangent);
            }
        }
        self.tape.steps.push(Step::Unsupported { error, operands, results });
    }

    // Values of the new function.

    pub(super) fn ty(&self, value: ValueId) -> TensorType {
        self.builder.type_of(value).as_tensor().expect("rules are applied to tensors").clone()
    }

    pub(super) fn constant(&mut self, value: Literal) -> ValueId {
        self.builder.constant(value)
    }

    /// A number, repeated.
    pub(super) fn number(&mut self, ty: &TensorType, value: f64) -> Differentiated<ValueId> {
        let element = float::element_bytes(ty.element, value);
        Ok(self.builder.splat(ty.clone(), &element)?)
    }

    /// A number in the shape and type of a value.
    pub(super) fn number_like(&mut self, like: ValueId, value: f64) -> Differentiated<ValueId> {
        let ty = self.ty(like);
        self.number(&ty, value)
    }

    pub(super) fn zeros(&mut self, ty: &TensorType) -> Differentiated<ValueId> {
        self.number(ty, 0.0)
    }

    pub(super) fn unary(&mut self, op: Unary, x: ValueId) -> Differentiated<ValueId> {
        Ok(self.builder.unary(op, x)?)
    }

    pub(super) fn binary(&mut self, op: Binary, a: ValueId, b: ValueId) -> Differentiated<ValueId> {
        Ok(self.builder.binary(op, a, b)?)
    }

    pub(super) fn multiply(&mut self, a: ValueId, b: ValueId) -> Differentiated<ValueId> {
        self.binary(Binary::Multiply, a, b)
    }

    pub(super) fn compare(
        &mut self,
        direction: ComparisonDirection,
        a: ValueId,
        b: ValueId,
    ) -> Differentiated<ValueId> {
        Ok(self.builder.compare(direction, a, b)?)
    }

    pub(super) fn select(&mut self, predicate: ValueId, a: ValueId, b: ValueId) -> Differentiated<ValueId> {
        Ok(self.builder.select(predicate, a, b)?)
    }

    pub(super) fn sum_over(&mut self, x: ValueId, dimensions: &[usize]) -> Differentiated<ValueId> {
        if dimensions.is_empty() {
            return Ok(x);
        }
        Ok(self.builder.reduce(Binary::Add, x, dimensions)?)
    }
}
