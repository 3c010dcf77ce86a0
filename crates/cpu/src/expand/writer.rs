//! Going through a function and writing down what it expands to.

use std::collections::{HashMap, HashSet};

use runahead_ir::{
    Attributes, Binary, Dims, ElementType, Function, Literal, Location, Module, Op, OpKind, Region,
    Signature, TensorType, Type, Unary, ValueId, Values, float,
};
use smallvec::SmallVec;

use super::{accumulate, compose, dynamic, norm, quantized, scan, wide};
use crate::error::CompileError;

/// How deep calls may be nested.
const DEEPEST: usize = 128;

/// The values that stand for one of the original function: one for a tensor, none for a token, the parts of a tuple.
pub(super) type Parts = SmallVec<[ValueId; 1]>;

/// Writes an expanded function.
pub(super) struct Writer<'m> {
    module: &'m Module,
    /// The types of the new values; quantized ones lose how they are quantized when all is written.
    values: Values,
    /// For each function that is being written, from its values to new ones.
    frames: Vec<(&'m Function, HashMap<ValueId, Parts>)>,
    /// The operations of the region that is being written.
    ops: Vec<Op>,
    /// Small tensors of integers whose elements are known.
    pub(super) known: HashMap<ValueId, Vec<i64>>,
    /// The constants that are one number.
    numbers: HashMap<ValueId, Literal>,
    written: usize,
    /// The most operations that may be written.
    most: usize,
    op: &'m str,
    location: Location,
}

/// Operations of other dialects that give what they take.
const HANDING_ON: [&str; 4] =
    ["interpreter.probe", "sdy.sharding_constraint", "sdy.reshard", "sdy.propagation_barrier"];

pub(super) type Written<T> = Result<T, CompileError>;

impl<'m> Writer<'m> {
    pub(super) fn new(module: &'m Module, most: usize) -> Writer<'m> {
        Writer {
            module,
            values: Values::default(),
            frames: Vec::new(),
            ops: Vec::new(),
            known: HashMap::new(),
            numbers: HashMap::new(),
            written: 0,
            most,
            op: "the module",
            location: Location::UNKNOWN,
        }
    }

    /// An error at the operation that is being expanded: a phrase that goes on after its name.
    pub(super) fn error(&self, reason: impl Into<String>) -> CompileError {
        let place = self.module.source.as_ref().map(|s| s.describe(self.location)).unwrap_or_default();
        CompileError::new(self.op, place, reason)
    }

    /// The types of the new values, as they are stored.
    pub(super) fn finish(self) -> Values {
        let mut values = Values::default();
        for i in 0..self.values.len() {
            let ty = match &self.values[ValueId(i as u32)] {
                Type::Tensor(t) => Type::Tensor(stored(t)),
                other => other.clone(),
            };
            values.add(ty);
        }
        values
    }

    /// The type of a new value.
    pub(super) fn ty(&self, value: ValueId) -> &TensorType {
        match &self.values[value] {
            Type::Tensor(t) => t,
            other => unreachable!("values are tensors, and this is {other}"),
        }
    }

    /// The body of the main function.
    pub(super) fn function_body(&mut self, function: &'m Function) -> Written<Region> {
        self.location = function.location;
        self.op = &function.name;
        self.frames.push((function, HashMap::new()));
        let body = self.region(&function.body)?;
        self.frames.pop();
        Ok(body)
    }

    fn frame(&mut self) -> &mut (&'m Function, HashMap<ValueId, Parts>) {
        self.frames.last_mut().expect("a function is being written")
    }

    /// The tensors that a type is made of.
    fn leaves(&self, ty: &Type) -> Written<Vec<TensorType>> {
        match ty {
            Type::Tensor(t) => Ok(vec![TensorType { encoding: None, ..t.clone() }]),
            Type::Token => Ok(Vec::new()),
            Type::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.leaves(part)).collect::<Written<Vec<_>>>()?;
                Ok(parts.concat())
            }
            Type::Other(_) => Err(self.error(format!("has a value that is no tensor, {ty}"))),
        }
    }

    fn bind(&mut self, value: ValueId, parts: Parts) {
        self.frame().1.insert(value, parts);
    }

    fn parts(&mut self, value: ValueId) -> Written<Parts> {
        match self.frame().1.get(&value) {
            Some(parts) => Ok(parts.clone()),
            None => Err(self.error("uses a value before it is defined")),
        }
    }

    fn all_parts(&mut self, values: &[ValueId]) -> Written<Vec<ValueId>> {
        let mut all = Vec::new();
        for &value in values {
            all.extend(self.parts(value)?);
        }
        Ok(all)
    }

    pub(super) fn add(&mut self, ty: TensorType) -> ValueId {
        self.values.add(Type::Tensor(ty))
    }

    /// A region, its parameters of the types that it declares.
    fn region(&mut self, region: &'m Region) -> Written<Region> {
        let mut parameters = Vec::new();
        for &parameter in &region.parameters {
            let function = self.frame().0;
            let types = self.leaves(function.type_of(parameter))?;
            let parts: Parts = types.into_iter().map(|ty| self.add(ty)).collect();
            parameters.extend(parts.iter().copied());
            self.bind(parameter, parts);
        }
        self.region_with(region, parameters)
    }

    /// A region that a kernel applies to elements. Numbers that it takes from outside, as readers of bytecode do where
    /// several of its operations take the same, become its own: kernels look no further.
    fn body(&mut self, region: &'m Region) -> Written<Region> {
        let mut region = self.region(region)?;
        let defined: HashSet<ValueId> = region.ops.iter().flat_map(|op| op.results.iter().copied()).collect();
        let mut own: Vec<(ValueId, ValueId, Literal)> = Vec::new();
        let operands = region.ops.iter_mut().flat_map(|op| op.operands.iter_mut());
        for value in operands.chain(&mut region.returns).filter(|value| !defined.contains(value)) {
            let Some(literal) = self.numbers.get(value) else { continue };
            let known = own.iter().find(|(outer, ..)| outer == value).map(|&(_, inner, _)| inner);
            let inner = known.unwrap_or_else(|| {
                let inner = self.values.add(literal.ty().clone().into());
                own.push((*value, inner, literal.clone()));
                inner
            });
            *value = inner;
        }
        let location = self.location;
        let constants = own.into_iter().map(|(_, inner, literal)| Op {
            kind: OpKind::Constant(literal),
            operands: SmallVec::new(),
            results: SmallVec::from_slice(&[inner]),
            regions: Vec::new(),
            attributes: Attributes::default(),
            location,
        });
        region.ops.splice(0..0, constants);
        Ok(region)
    }

    /// A region whose parameters have these types, which are known better than what it declares.
    fn region_of(&mut self, region: &'m Region, types: &[TensorType]) -> Written<Region> {
        let mut types = types.iter();
        let mut parameters = Vec::new();
        for &parameter in &region.parameters {
            let function = self.frame().0;
            let count = self.leaves(function.type_of(parameter))?.len();
            let parts: Parts =
                types.by_ref().take(count).map(|ty| self.values.add(ty.clone().into())).collect();
            parameters.extend(parts.iter().copied());
            self.bind(parameter, parts);
        }
        self.region_with(region, parameters)
    }

    fn region_with(&mut self, region: &'m Region, parameters: Vec<ValueId>) -> Written<Region> {
        let outer = std::mem::take(&mut self.ops);
        let (op, location) = (self.op, self.location);
        for op in &region.ops {
            self.operation(op)?;
        }
        (self.op, self.location) = (op, location);
        let returns = self.all_parts(&region.returns)?;
        let ops = std::mem::replace(&mut self.ops, outer);
        Ok(Region { parameters, ops, returns, return_location: region.return_location })
    }

    /// The operations of a region, written here for these arguments; gives what it returns.
    pub(super) fn inlined(&mut self, region: &'m Region, arguments: Vec<ValueId>) -> Written<Vec<ValueId>> {
        let mut arguments = arguments.into_iter();
        for &parameter in &region.parameters {
            let function = self.frame().0;
            let count = self.leaves(function.type_of(parameter))?.len();
            self.bind(parameter, arguments.by_ref().take(count).collect());
        }
        let (op, location) = (self.op, self.location);
        for op in &region.ops {
            self.operation(op)?;
        }
        (self.op, self.location) = (op, location);
        self.all_parts(&region.returns)
    }

    /// A new region of parameters of those types; `write` writes its operations and gives what it returns.
    pub(super) fn written_region(
        &mut self,
        types: &[TensorType],
        write: impl FnOnce(&mut Self, &[ValueId]) -> Written<Vec<ValueId>>,
    ) -> Written<Region> {
        let parameters: Vec<ValueId> = types.iter().map(|ty| self.add(ty.clone())).collect();
        let outer = std::mem::take(&mut self.ops);
        let returns = write(self, &parameters)?;
        let ops = std::mem::replace(&mut self.ops, outer);
        Ok(Region { parameters, ops, returns, return_location: self.location })
    }

    fn operation(&mut self, op: &'m Op) -> Written<()> {
        (self.op, self.location) = (op.kind.name(), op.location);
        if self.written > self.most {
            return Err(
                self.error(format!("is one of more than {} operations when calls are inlined", self.most))
            );
        }
        let operands = self.all_parts(&op.operands)?;
        let function = self.frame().0;
        let mut declared = Vec::new();
        let mut counts = Vec::new();
        for &result in &op.results {
            let types = self.leaves(function.type_of(result))?;
            counts.push(types.len());
            declared.extend(types);
        }
        let results = self.expanded(op, &operands, declared.clone())?;
        if results.len() != counts.iter().sum::<usize>() {
            return Err(self.error("has a number of results that does not fit"));
        }
        for (&result, declared) in results.iter().zip(&declared) {
            if !self.fits(result, declared) {
                let found = self.ty(result);
                return Err(
                    self.error(format!("has a result of type {found}, which is declared as {declared}"))
                );
            }
        }
        let mut rest = &results[..];
        for (&result, count) in op.results.iter().zip(counts) {
            let (parts, others) = rest.split_at(count);
            self.bind(result, parts.into());
            rest = others;
        }
        Ok(())
    }

    /// Whether a value has the type that it is declared to have, as far as that is known: later operations were checked for it.
    fn fits(&self, value: ValueId, declared: &TensorType) -> bool {
        let found = self.ty(value);
        let quantized = found.quantization.is_some() || declared.quantization.is_some();
        let same =
            |(&a, &b): (&usize, &usize)| a == b || a == runahead_ir::DYNAMIC || b == runahead_ir::DYNAMIC;
        (quantized || found.element == declared.element)
            && found.rank() == declared.rank()
            && found.dims.iter().zip(&declared.dims).all(same)
    }

    /// Writes what an operation expands to; gives its results.
    fn expanded(
        &mut self,
        op: &'m Op,
        operands: &[ValueId],
        declared: Vec<TensorType>,
    ) -> Written<Vec<ValueId>> {
        match &op.kind {
            OpKind::Tuple | OpKind::OptimizationBarrier => Ok(operands.to_vec()),
            // What a probe sees is for who checks the program, and what Shardy asks for of who spreads it over devices.
            OpKind::Unknown { name } if HANDING_ON.contains(&&**name) => Ok(operands.to_vec()),
            OpKind::AfterAll | OpKind::CreateToken => Ok(Vec::new()),
            OpKind::GetTupleElement { index } => self.tuple_element(op, *index, operands),
            OpKind::Call { callee } | OpKind::Composite { decomposition: callee, .. } => {
                self.call(callee, operands)
            }
            OpKind::While => {
                let types: Vec<TensorType> = operands.iter().map(|&v| self.ty(v).clone()).collect();
                let [condition, body] = &op.regions[..] else {
                    return Err(self.error("needs a condition and a body"));
                };
                let regions = vec![self.region_of(condition, &types)?, self.region_of(body, &types)?];
                Ok(self.emit_in(op, op.kind.clone(), operands, types, regions))
            }
            OpKind::If | OpKind::Case => {
                let regions =
                    op.regions.iter().map(|region| self.region(region)).collect::<Written<Vec<_>>>()?;
                let types = regions[0].returns.iter().map(|&v| self.ty(v).clone()).collect();
                Ok(self.emit_in(op, op.kind.clone(), operands, types, regions))
            }
            OpKind::Scan { .. } => scan::written_out(self, op, operands, &declared),
            _ => {
                if let Some(results) = dynamic::settled(self, op, operands, &declared)? {
                    return Ok(results);
                }
                let regions =
                    op.regions.iter().map(|region| self.body(region)).collect::<Written<Vec<_>>>()?;
                let types = self.refined(&op.kind, operands, &regions, declared);
                if let Some(results) = compose::written_out(self, op, operands, &types)? {
                    return Ok(results);
                }
                if let Some(results) = norm::written_out(self, &op.kind, operands)? {
                    return Ok(results);
                }
                if let Some(results) = wide::computed(self, op, operands, &types)? {
                    return Ok(results);
                }
                if let Some(results) =
                    accumulate::written_out(self, Some(op), &op.kind, operands, &regions, &types)?
                {
                    return Ok(results);
                }
                Ok(self.emit_in(op, op.kind.clone(), operands, types, regions))
            }
        }
    }

    fn tuple_element(&mut self, op: &'m Op, index: usize, operands: &[ValueId]) -> Written<Vec<ValueId>> {
        let function = self.frame().0;
        let Type::Tuple(parts) = function.type_of(op.operands[0]) else {
            return Err(self.error("takes a part of what is no tuple"));
        };
        let counts = parts.iter().map(|part| Ok(self.leaves(part)?.len())).collect::<Written<Vec<_>>>()?;
        let start: usize = counts.iter().take(index).sum();
        let count = counts.get(index).copied().unwrap_or(0);
        Ok(operands[start..start + count].to_vec())
    }

    /// The function of that name.
    pub(super) fn function(&self, name: &str) -> Written<&'m Function> {
        let module = self.module;
        module.function(name).ok_or_else(|| self.error(format!("calls @{name}, which is not there")))
    }

    /// What a function does, written here for these arguments; gives what it returns.
    pub(super) fn call(&mut self, callee: &str, operands: &[ValueId]) -> Written<Vec<ValueId>> {
        let function = self.function(callee)?;
        if self.frames.len() == DEEPEST {
            return Err(self.error(format!("is called more than {DEEPEST} deep")));
        }
        self.frames.push((function, HashMap::new()));
        let mut rest = operands;
        for &parameter in &function.body.parameters {
            let count = self.leaves(function.type_of(parameter))?.len();
            if count > rest.len() {
                return Err(self.error(format!("calls @{callee} with fewer operands than it takes")));
            }
            let (parts, others) = rest.split_at(count);
            self.bind(parameter, parts.into());
            rest = others;
        }
        for op in &function.body.ops {
            self.operation(op)?;
        }
        let returns = self.all_parts(&function.body.returns)?;
        self.frames.pop();
        Ok(returns)
    }

    /// The types of results, with the sizes that follow from those of the operands.
    fn refined(
        &self,
        kind: &OpKind,
        operands: &[ValueId],
        regions: &[Region],
        declared: Vec<TensorType>,
    ) -> Vec<TensorType> {
        if declared.iter().all(TensorType::is_static) {
            return declared;
        }
        let types: Vec<&Type> = operands.iter().map(|&v| &self.values[v]).collect();
        let signature = |region: &Region| Signature {
            parameters: region.parameters.iter().map(|&v| self.values[v].clone()).collect(),
            returns: region.returns.iter().map(|&v| self.values[v].clone()).collect(),
        };
        let regions: Vec<Signature> = regions.iter().map(signature).collect();
        let inferred: Vec<Dims> = match (kind, runahead_ir::infer(kind, &types, &regions)) {
            (_, Ok(runahead_ir::Inferred::Types(types))) => {
                types.iter().filter_map(|ty| ty.as_tensor().map(|t| t.dims.clone())).collect()
            }
            (_, Ok(runahead_ir::Inferred::Shape(ty))) => vec![ty.dims],
            (OpKind::Unary(_), _) => operands.first().map(|&v| self.ty(v).dims.clone()).into_iter().collect(),
            _ => return declared,
        };
        if inferred.len() != declared.len() {
            return declared;
        }
        declared.into_iter().zip(inferred).map(|(ty, dims)| ty.with_dims(dims)).collect()
    }

    // Writing operations.

    /// Writes an operation with the attributes of the original one.
    pub(super) fn emit_in(
        &mut self,
        op: &Op,
        kind: OpKind,
        operands: &[ValueId],
        types: Vec<TensorType>,
        regions: Vec<Region>,
    ) -> Vec<ValueId> {
        let results = self.emit(kind, operands, types, regions);
        if let Some(last) = self.ops.last_mut() {
            last.attributes = op.attributes.clone();
        }
        results
    }

    /// Writes an operation.
    pub(super) fn emit(
        &mut self,
        kind: OpKind,
        operands: &[ValueId],
        types: Vec<TensorType>,
        regions: Vec<Region>,
    ) -> Vec<ValueId> {
        self.written += 1;
        let kind = match kind {
            OpKind::Constant(literal) => OpKind::Constant(match literal.reshaped(stored(literal.ty())) {
                Ok(plain) => plain,
                Err(_) => literal,
            }),
            other => other,
        };
        let results: SmallVec<[ValueId; 1]> = types.into_iter().map(|ty| self.add(ty)).collect();
        if let OpKind::Constant(literal) = &kind
            && literal.ty().dims.is_empty()
        {
            self.numbers.insert(results[0], literal.clone());
        }
        dynamic::note(self, &kind, operands, &results);
        self.ops.push(Op {
            kind,
            operands: operands.into(),
            results: results.clone(),
            regions,
            attributes: Attributes::default(),
            location: self.location,
        });
        results.into_vec()
    }

    /// Writes an operation of one result.
    pub(super) fn one(&mut self, kind: OpKind, operands: &[ValueId], ty: TensorType) -> ValueId {
        self.emit(kind, operands, vec![ty], Vec::new())[0]
    }

    pub(super) fn unary(&mut self, op: Unary, x: ValueId) -> ValueId {
        let ty = self.ty(x).clone();
        self.one(OpKind::Unary(op), &[x], ty)
    }

    pub(super) fn binary(&mut self, op: Binary, a: ValueId, b: ValueId) -> ValueId {
        let ty = self.ty(a).clone();
        self.one(OpKind::Binary(op), &[a, b], ty)
    }

    /// The value converted to plain elements of that type.
    pub(super) fn convert(&mut self, x: ValueId, element: ElementType) -> ValueId {
        if self.ty(x).element == element {
            return x;
        }
        let ty = TensorType { element, quantization: None, ..self.ty(x).clone() };
        self.one(OpKind::Unary(Unary::Convert), &[x], ty)
    }

    pub(super) fn constant(&mut self, literal: Literal) -> ValueId {
        let ty = literal.ty().clone();
        self.one(OpKind::Constant(literal), &[], ty)
    }

    /// A tensor of one number everywhere.
    pub(super) fn splat(&mut self, ty: TensorType, value: f64) -> Written<ValueId> {
        match Literal::splat(ty.clone(), float::element_bytes(ty.element, value)) {
            Ok(literal) => Ok(self.constant(literal)),
            Err(error) => Err(self.error(format!("needs a constant that cannot be: {error}"))),
        }
    }

    /// A constant vector.
    pub(super) fn vector(&mut self, element: ElementType, values: &[f64]) -> Written<ValueId> {
        let bytes: Vec<u8> = values.iter().flat_map(|&v| float::element_bytes(element, v)).collect();
        match Literal::new(TensorType::new(element, [values.len()]), bytes) {
            Ok(literal) => Ok(self.constant(literal)),
            Err(error) => Err(self.error(format!("needs a constant that cannot be: {error}"))),
        }
    }

    pub(super) fn broadcast(&mut self, x: ValueId, dims: &[usize], dimensions: &[usize]) -> ValueId {
        let ty = self.ty(x).with_dims(dims.iter().copied());
        self.one(OpKind::BroadcastInDim { dimensions: dimensions.to_vec() }, &[x], ty)
    }

    pub(super) fn reshape(&mut self, x: ValueId, dims: &[usize]) -> ValueId {
        let ty = self.ty(x).with_dims(dims.iter().copied());
        self.one(OpKind::Reshape, &[x], ty)
    }

    pub(super) fn transpose(&mut self, x: ValueId, permutation: &[usize]) -> ValueId {
        let ty = self.ty(x);
        let ty = ty.with_dims(permutation.iter().map(|&axis| ty.dims[axis]));
        self.one(OpKind::Transpose { permutation: permutation.to_vec() }, &[x], ty)
    }

    /// A body that adds two scalars of a type.
    pub(super) fn sum_body(&mut self, scalar: &TensorType) -> Written<Region> {
        let (a, b) = (self.add(scalar.clone()), self.add(scalar.clone()));
        let outer = std::mem::take(&mut self.ops);
        let mut numbers = [a, b];
        for number in &mut numbers {
            let wide = quantized::dequantized(self, *number)?;
            *number = self.convert(wide, wide::element(self.ty(wide).element));
        }
        let total = self.binary(Binary::Add, numbers[0], numbers[1]);
        let total = wide::narrowed(self, total, scalar)?;
        let ops = std::mem::replace(&mut self.ops, outer);
        Ok(Region { parameters: vec![a, b], ops, returns: vec![total], return_location: self.location })
    }

    /// The sum over some axes.
    pub(super) fn sum(&mut self, x: ValueId, dimensions: &[usize]) -> Written<ValueId> {
        let ty = self.ty(x).clone();
        let scalar = TensorType::scalar(ty.element);
        let zero = self.splat(scalar, 0.0)?;
        let body = self.sum_body(&TensorType::scalar(ty.element))?;
        let kept = (0..ty.rank()).filter(|axis| !dimensions.contains(axis)).map(|axis| ty.dims[axis]);
        let result = TensorType::new(ty.element, kept);
        let kind = OpKind::Reduce { dimensions: dimensions.to_vec() };
        Ok(self.combined(kind, &[x, zero], vec![result], vec![body])?[0])
    }

    /// Writes an operation that combines elements by a region, in the type that it is to be done in.
    pub(super) fn combined(
        &mut self,
        kind: OpKind,
        operands: &[ValueId],
        types: Vec<TensorType>,
        regions: Vec<Region>,
    ) -> Written<Vec<ValueId>> {
        match accumulate::written_out(self, None, &kind, operands, &regions, &types)? {
            Some(results) => Ok(results),
            None => Ok(self.emit(kind, operands, types, regions)),
        }
    }
}

/// A type as it is stored: without what its integers stand for.
fn stored(ty: &TensorType) -> TensorType {
    TensorType::new(ty.element, ty.dims.iter().copied())
}
