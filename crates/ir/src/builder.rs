//! Building functions without text.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::rules::{Inferred, Problem, Signature, check_open, infer};
use crate::{
    Attributes, Binary, ComparisonDirection, DotDimensions, Function, Literal, Location, Module, Op, OpKind,
    Precision, Region, TensorType, Type, Unary, ValueId, Values, Visibility,
};

/// Builds a function, operation by operation; each gives the values that it defines.
///
/// The types of results are inferred by the rules that [`verify`](crate::verify) checks, so what is built without an
/// error is a valid program. Where a rule is broken, nothing is added.
///
/// ```
/// use runahead_ir::{Binary, ElementType, FunctionBuilder, TensorType};
/// let x = TensorType::new(ElementType::F32, [2, 3]);
/// let mut b = FunctionBuilder::new("main", [x.clone(), x]);
/// let [p, q] = [b.parameter(0), b.parameter(1)];
/// let sum = b.binary(Binary::Add, p, q)?;
/// let total = b.reduce(Binary::Add, sum, &[1])?;
/// let module = b.finish(&[total]).into_module();
/// assert!(runahead_ir::verify(&module).is_ok());
/// assert_eq!(module.functions[0].result_types[0].to_string(), "tensor<2xf32>");
/// # Ok::<(), runahead_ir::Problem>(())
/// ```
#[derive(Debug)]
pub struct FunctionBuilder {
    function: Function,
    /// The operations of the region that is being built.
    ops: Vec<Op>,
}

/// What building an operation gives.
pub type Built<T> = Result<T, Problem>;

impl FunctionBuilder {
    /// A function of that name with parameters of those types.
    pub fn new<T: Into<Type>>(
        name: impl Into<Arc<str>>,
        parameters: impl IntoIterator<Item = T>,
    ) -> FunctionBuilder {
        let mut values = Values::default();
        let parameters: Vec<ValueId> = parameters.into_iter().map(|ty| values.add(ty.into())).collect();
        let count = parameters.len();
        let function = Function {
            name: name.into(),
            visibility: Some(Visibility::Public),
            parameter_names: vec![None; count],
            parameter_attributes: vec![Attributes::default(); count],
            result_types: Vec::new(),
            result_attributes: Vec::new(),
            attributes: Attributes::default(),
            body: Region { parameters, ..Region::default() },
            values,
            location: Location::UNKNOWN,
        };
        FunctionBuilder { function, ops: Vec::new() }
    }

    /// The value of a parameter.
    ///
    /// # Panics
    /// Where there is no such parameter.
    pub fn parameter(&self, index: usize) -> ValueId {
        self.function.body.parameters[index]
    }

    /// Gives a parameter a name.
    ///
    /// # Panics
    /// Where there is no such parameter.
    pub fn name_parameter(&mut self, index: usize, name: impl Into<Arc<str>>) {
        self.function.parameter_names[index] = Some(name.into());
    }

    /// The type of a value.
    ///
    /// # Panics
    /// Where the value is not one of this function's.
    pub fn type_of(&self, value: ValueId) -> &Type {
        self.function.type_of(value)
    }

    /// The function, returning those values.
    ///
    /// # Panics
    /// Where a value is not one of this function's.
    pub fn finish(mut self, returns: &[ValueId]) -> Function {
        self.function.result_types = returns.iter().map(|&v| self.type_of(v).clone()).collect();
        self.function.result_attributes = vec![Attributes::default(); returns.len()];
        self.function.body.ops = self.ops;
        self.function.body.returns = returns.to_vec();
        self.function
    }

    // Any operation.

    /// Adds an operation with results of given types, which nothing checks.
    pub fn op(
        &mut self,
        kind: OpKind,
        operands: &[ValueId],
        result_types: impl IntoIterator<Item = Type>,
        regions: Vec<Region>,
    ) -> SmallVec<[ValueId; 1]> {
        let results: SmallVec<[ValueId; 1]> =
            result_types.into_iter().map(|ty| self.function.values.add(ty)).collect();
        self.ops.push(Op {
            kind,
            operands: operands.iter().copied().collect(),
            results: results.clone(),
            regions,
            attributes: Attributes::default(),
            location: Location::UNKNOWN,
        });
        results
    }

    /// Adds an operation whose operands settle the types of its results.
    ///
    /// # Errors
    /// Where a rule is broken, or operands do not settle the types.
    pub fn inferred(
        &mut self,
        kind: OpKind,
        operands: &[ValueId],
        regions: Vec<Region>,
    ) -> Built<SmallVec<[ValueId; 1]>> {
        let types = match self.infer(&kind, operands, &regions)? {
            Inferred::Types(types) => types,
            Inferred::Shape(ty) => vec![ty.into()],
            Inferred::Open => {
                return crate::rules::problem(format!(
                    "{} does not settle its results' types; expected them",
                    kind.name()
                ));
            }
        };
        Ok(self.op(kind, operands, types, regions))
    }

    /// Adds an operation with one result of a given type, within the operation's rules.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn typed(&mut self, kind: OpKind, operands: &[ValueId], result: impl Into<Type>) -> Built<ValueId> {
        let result = result.into();
        self.infer(&kind, operands, &[])?;
        let types: Vec<&Type> = operands.iter().map(|&v| self.type_of(v)).collect();
        check_open(&kind, &types, &[&result])?;
        Ok(self.op(kind, operands, [result], Vec::new())[0])
    }

    fn infer(&self, kind: &OpKind, operands: &[ValueId], regions: &[Region]) -> Built<Inferred> {
        let operands: Vec<&Type> = operands.iter().map(|&v| self.type_of(v)).collect();
        let types = |values: &[ValueId]| values.iter().map(|&v| self.type_of(v).clone()).collect();
        let signature =
            |r: &Region| Signature { parameters: types(&r.parameters), returns: types(&r.returns) };
        infer(kind, &operands, &regions.iter().map(signature).collect::<Vec<_>>())
    }

    fn one(&mut self, kind: OpKind, operands: &[ValueId]) -> Built<ValueId> {
        Ok(self.inferred(kind, operands, Vec::new())?[0])
    }

    fn tensor(&self, value: ValueId) -> Built<&TensorType> {
        let ty = self.type_of(value);
        ty.as_tensor().ok_or_else(|| Problem(format!("the operand is {ty}; expected a tensor")))
    }

    /// A region with parameters of those types, for an operation to be added. `build` gives what the region returns.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn region(
        &mut self,
        parameters: impl IntoIterator<Item = Type>,
        build: impl FnOnce(&mut FunctionBuilder, &[ValueId]) -> Built<Vec<ValueId>>,
    ) -> Built<Region> {
        let (parameters, around) = self.open_region(parameters);
        let returns = build(self, &parameters);
        let region = self.close_region(parameters, around);
        Ok(Region { returns: returns?, ..region })
    }

    /// Begins a region: its parameters, and the operations around it, which [`close_region`](Self::close_region) is to
    /// be given.
    pub(crate) fn open_region(
        &mut self,
        parameters: impl IntoIterator<Item = Type>,
    ) -> (Vec<ValueId>, Vec<Op>) {
        let parameters = parameters.into_iter().map(|ty| self.function.values.add(ty)).collect();
        (parameters, std::mem::take(&mut self.ops))
    }

    /// Ends a region, which returns nothing yet.
    pub(crate) fn close_region(&mut self, parameters: Vec<ValueId>, around: Vec<Op>) -> Region {
        let ops = std::mem::replace(&mut self.ops, around);
        Region { parameters, ops, ..Region::default() }
    }

    /// The operation that was added last.
    pub(crate) fn last_mut(&mut self) -> Option<&mut Op> {
        self.ops.last_mut()
    }

    /// The values of the parameters.
    pub(crate) fn parameters(&self) -> &[ValueId] {
        &self.function.body.parameters
    }

    // Operations that programs use most.

    /// A constant.
    pub fn constant(&mut self, value: Literal) -> ValueId {
        let ty = value.ty().clone();
        self.op(OpKind::Constant(value), &[], [ty.into()], Vec::new())[0]
    }

    /// A constant whose elements are all the same; `element` holds the bytes of one.
    ///
    /// # Errors
    /// Where the bytes are not one element's, or the type has no size.
    pub fn splat(&mut self, ty: TensorType, element: &[u8]) -> Built<ValueId> {
        let value = Literal::splat(ty, element).map_err(|e| Problem(e.to_string()))?;
        Ok(self.constant(value))
    }

    /// An elementwise operation of one operand whose result type follows from it; not `convert`.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn unary(&mut self, op: Unary, x: ValueId) -> Built<ValueId> {
        self.one(OpKind::Unary(op), &[x])
    }

    /// An elementwise operation of two operands of one type.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn binary(&mut self, op: Binary, a: ValueId, b: ValueId) -> Built<ValueId> {
        self.one(OpKind::Binary(op), &[a, b])
    }

    /// The same values as elements of another type.
    ///
    /// # Errors
    /// Where the operand is no tensor.
    pub fn convert(&mut self, x: ValueId, element: crate::ElementType) -> Built<ValueId> {
        let ty = TensorType { element, quantization: None, ..self.tensor(x)?.clone() };
        self.typed(OpKind::Unary(Unary::Convert), &[x], ty)
    }

    /// Compares element by element, in the order that is usual for the type.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn compare(&mut self, direction: ComparisonDirection, a: ValueId, b: ValueId) -> Built<ValueId> {
        let compare_type = Some(crate::default_comparison_type(self.tensor(a)?.element));
        self.one(OpKind::Compare { direction, compare_type }, &[a, b])
    }

    /// Elements of `a` where the predicate is true, of `b` elsewhere.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn select(&mut self, predicate: ValueId, a: ValueId, b: ValueId) -> Built<ValueId> {
        self.one(OpKind::Select, &[predicate, a, b])
    }

    /// The operand's axes at the axes `dimensions` of a tensor of sizes `dims`, repeated along the others.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn broadcast_in_dim(&mut self, x: ValueId, dims: &[usize], dimensions: &[usize]) -> Built<ValueId> {
        let ty = self.tensor(x)?.with_dims(dims.iter().copied());
        self.typed(OpKind::BroadcastInDim { dimensions: dimensions.to_vec() }, &[x], ty)
    }

    /// The same elements in another shape.
    ///
    /// # Errors
    /// Where the shape has another number of elements.
    pub fn reshape(&mut self, x: ValueId, dims: &[usize]) -> Built<ValueId> {
        let ty = self.tensor(x)?.with_dims(dims.iter().copied());
        self.typed(OpKind::Reshape, &[x], ty)
    }

    /// The operand's axes in another order.
    ///
    /// # Errors
    /// Where `permutation` is none.
    pub fn transpose(&mut self, x: ValueId, permutation: &[usize]) -> Built<ValueId> {
        self.one(OpKind::Transpose { permutation: permutation.to_vec() }, &[x])
    }

    /// Tensors one after the other along an axis.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn concatenate(&mut self, operands: &[ValueId], dimension: usize) -> Built<ValueId> {
        self.one(OpKind::Concatenate { dimension }, operands)
    }

    /// Every `strides`-th element from `start` up to and without `limit`.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn slice(
        &mut self,
        x: ValueId,
        start: &[usize],
        limit: &[usize],
        strides: &[usize],
    ) -> Built<ValueId> {
        let kind = OpKind::Slice { start: start.to_vec(), limit: limit.to_vec(), strides: strides.to_vec() };
        self.one(kind, &[x])
    }

    /// Counts along an axis.
    ///
    /// # Errors
    /// Where the type has no such axis.
    pub fn iota(&mut self, ty: TensorType, dimension: usize) -> Built<ValueId> {
        self.typed(OpKind::Iota { dimension }, &[], ty)
    }

    /// A product that contracts and batches axes, with elements of the operands' type.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn dot_general(
        &mut self,
        a: ValueId,
        b: ValueId,
        dimension_numbers: DotDimensions,
    ) -> Built<ValueId> {
        let precision = vec![Precision::Default; 2];
        self.one(OpKind::DotGeneral { dimension_numbers, precision, algorithm: None }, &[a, b])
    }

    /// The product of two matrices.
    ///
    /// # Errors
    /// Where the operands are no matrices that fit.
    pub fn matmul(&mut self, a: ValueId, b: ValueId) -> Built<ValueId> {
        let numbers =
            DotDimensions { lhs_contracting: vec![1], rhs_contracting: vec![0], ..Default::default() };
        self.dot_general(a, b, numbers)
    }

    /// Reduces axes by an operation, from the value that leaves every other as it is: 0 for a sum, 1 for a product,
    /// the least for a maximum, the greatest for a minimum.
    ///
    /// # Errors
    /// Where a rule is broken, or the operation has no such value.
    pub fn reduce(&mut self, op: Binary, x: ValueId, dimensions: &[usize]) -> Built<ValueId> {
        let ty = self.tensor(x)?.with_dims([]);
        let Some(neutral) = op.neutral(ty.element) else {
            return crate::rules::problem(format!(
                "{} has no neutral value for {ty}; expected one that has",
                op.name()
            ));
        };
        let initial = self.splat(ty, &neutral)?;
        self.reduce_from(op, x, initial, dimensions)
    }

    /// Reduces axes by an operation, from an initial scalar.
    ///
    /// # Errors
    /// Where a rule is broken.
    pub fn reduce_from(
        &mut self,
        op: Binary,
        x: ValueId,
        initial: ValueId,
        dimensions: &[usize],
    ) -> Built<ValueId> {
        let scalar = self.tensor(initial)?.clone();
        let region = self.combining(op, scalar)?;
        let kind = OpKind::Reduce { dimensions: dimensions.to_vec() };
        Ok(self.inferred(kind, &[x, initial], vec![region])?[0])
    }

    /// The region of a reduction by an operation, of elements of a type: what [`Region::combiner`] tells from others.
    ///
    /// # Errors
    /// Where the operation has no such operands.
    pub(crate) fn combining(&mut self, op: Binary, scalar: TensorType) -> Built<Region> {
        let scalar = Type::Tensor(scalar);
        self.region([scalar.clone(), scalar], |b, p| Ok(vec![b.binary(op, p[0], p[1])?]))
    }

    /// A loop over values: while `condition` returns true, `body` gives the next ones.
    ///
    /// # Errors
    /// Where a rule is broken, and those of the closures.
    pub fn while_loop(
        &mut self,
        initial: &[ValueId],
        condition: impl FnOnce(&mut FunctionBuilder, &[ValueId]) -> Built<ValueId>,
        body: impl FnOnce(&mut FunctionBuilder, &[ValueId]) -> Built<Vec<ValueId>>,
    ) -> Built<SmallVec<[ValueId; 1]>> {
        let types: Vec<Type> = initial.iter().map(|&v| self.type_of(v).clone()).collect();
        let condition = self.region(types.clone(), |b, p| Ok(vec![condition(b, p)?]))?;
        let body = self.region(types, body)?;
        self.inferred(OpKind::While, initial, vec![condition, body])
    }

    /// Calls a function of the module.
    pub fn call(&mut self, callee: &Function, operands: &[ValueId]) -> SmallVec<[ValueId; 1]> {
        let kind = OpKind::Call { callee: Arc::clone(&callee.name) };
        self.op(kind, operands, callee.result_types.iter().cloned(), Vec::new())
    }
}

impl Function {
    /// A module of this function alone.
    pub fn into_module(self) -> Module {
        Module { functions: vec![self], ..Module::default() }
    }
}
