//! From a module to a graph.
//!
//! Calls are inlined, constants folded, repeated operations found, and what only carries elements on (`reshape`,
//! `broadcast_in_dim`, slices) is noted as a view, so that who reads it can read through it. Values that a loop passes
//! on unchanged become values from outside the loop.

use std::collections::HashMap;

use runahead_ir::{
    DYNAMIC, ElementType, Function, Literal, Module, Op, OpKind, Region, TensorType, Type, Unary, ValueId,
};
use runahead_lower::forms::{Form, Source};
use smallvec::SmallVec;

use super::Limits;
use super::graph::{Block, Graph, Info, Node, Val, Work};
use super::view::View;
use crate::error::CompileError;
use crate::fused::{Mode, identity};
use crate::native;
use crate::ops::{Scalar, code_for};

/// How many operations back what makes an operand is looked for.
const FAR: usize = 256;
/// How deep calls and regions may be nested.
const DEEPEST: usize = 128;

/// Builds the graph of a function and what it calls.
pub(super) fn build<'m>(
    module: &'m Module,
    function: &'m Function,
    limits: Limits,
) -> Result<(Graph, Block<'m>), CompileError> {
    let mut builder =
        Builder { module, graph: Graph::default(), constants: HashMap::new(), depth: 0, limits };
    let mut frame = Frame::new(function);
    let mut block = Block::default();
    for &parameter in &function.body.parameters {
        let ty = builder
            .tensor(function, parameter, || (function.name.to_string(), builder.place(function.location)))?;
        let val = builder.graph.add(ty);
        frame.set(parameter, val);
        block.parameters.push(val);
    }
    builder.region(&function.body, &mut frame, &mut block)?;
    Ok((builder.graph, block))
}

/// The values of one function while it is built: where it is called twice, each call has its own.
struct Frame<'m> {
    function: &'m Function,
    values: Vec<Option<Val>>,
}

impl<'m> Frame<'m> {
    fn new(function: &'m Function) -> Frame<'m> {
        Frame { function, values: vec![None; function.values.len()] }
    }

    fn set(&mut self, value: ValueId, val: Val) {
        self.values[value.0 as usize] = Some(val);
    }
}

struct Builder<'m> {
    module: &'m Module,
    graph: Graph,
    /// Small constants by type and elements.
    constants: HashMap<(ElementType, Vec<usize>, Vec<u8>), Val>,
    depth: usize,
    /// How large a value may be.
    limits: Limits,
}

impl<'m> Builder<'m> {
    fn place(&self, location: runahead_ir::Location) -> String {
        self.module.source.as_ref().map(|s| s.describe(location)).unwrap_or_default()
    }

    fn error(&self, op: &Op, reason: impl Into<String>) -> CompileError {
        CompileError::new(op.kind.name(), self.place(op.location), reason)
    }

    /// The type of a value, which must be a tensor of known shape that memory can hold.
    fn tensor(
        &self,
        function: &Function,
        value: ValueId,
        subject: impl FnOnce() -> (String, String),
    ) -> Result<TensorType, CompileError> {
        let ty = function.type_of(value);
        let reason = match ty {
            Type::Tensor(t) if t.dims.contains(&DYNAMIC) => format!("has a value of unknown shape, {ty}"),
            Type::Tensor(t) if t.byte_count().is_none() => format!("has a value too large for memory, {ty}"),
            Type::Tensor(t) if t.byte_count().is_some_and(|bytes| bytes > self.limits.bytes) => {
                self.limits.exceeded(&format!("a value, {ty},"), t.byte_count().unwrap_or(usize::MAX))
            }
            Type::Tensor(t) if t.quantization.is_some() => format!("has a quantized value, {ty}"),
            Type::Tensor(t) => return Ok(t.clone()),
            other => format!("has a value that is no tensor, {other}"),
        };
        let (operation, place) = subject();
        Err(CompileError::new(&operation, place, reason))
    }

    fn region(
        &mut self,
        region: &'m Region,
        frame: &mut Frame<'m>,
        block: &mut Block<'m>,
    ) -> Result<(), CompileError> {
        if self.depth == DEEPEST {
            let name = frame.function.name.to_string();
            let reason = format!("is nested more than {DEEPEST} deep");
            return Err(CompileError::new(&name, self.place(region.return_location), reason));
        }
        self.depth += 1;
        for op in &region.ops {
            self.op(op, frame, block)?;
        }
        for &value in &region.returns {
            let val = frame.values[value.0 as usize].ok_or_else(|| {
                let name = frame.function.name.to_string();
                CompileError::new(
                    &name,
                    self.place(region.return_location),
                    "returns a value that it does not define",
                )
            })?;
            block.returns.push(val);
        }
        self.depth -= 1;
        Ok(())
    }

    fn op(&mut self, op: &'m Op, frame: &mut Frame<'m>, block: &mut Block<'m>) -> Result<(), CompileError> {
        let operands = op
            .operands
            .iter()
            .map(|&v| {
                frame.values[v.0 as usize].ok_or_else(|| self.error(op, "uses a value before it is defined"))
            })
            .collect::<Result<SmallVec<[Val; 4]>, _>>()?;
        let types = op
            .results
            .iter()
            .map(|&v| self.tensor(frame.function, v, || (op.kind.name().into(), self.place(op.location))))
            .collect::<Result<SmallVec<[TensorType; 1]>, _>>()?;

        if op.results.is_empty() && op.is_removable() && op.regions.is_empty() {
            return Ok(());
        }
        let results: SmallVec<[Val; 2]> = match &op.kind {
            OpKind::Constant(literal) => SmallVec::from_slice(&[self.constant(literal)]),
            OpKind::Call { callee } => self.call(op, callee, &operands, block)?,
            OpKind::Composite { decomposition, .. } => self.call(op, decomposition, &operands, block)?,
            OpKind::OptimizationBarrier => SmallVec::from_slice(&operands),
            OpKind::While => self.repeat(op, &operands, frame, block)?,
            OpKind::If | OpKind::Case => self.choose(op, &operands, &types, frame, block)?,
            _ => self.plain(op, operands, types, frame, block)?,
        };
        if results.len() != op.results.len() {
            return Err(self.error(op, "has a number of results that does not fit"));
        }
        for (&value, val) in op.results.iter().zip(results) {
            frame.set(value, val);
        }
        Ok(())
    }

    fn constant(&mut self, literal: &Literal) -> Val {
        let Some(bytes) = literal.as_splat() else { return self.graph.add_constant(literal.clone()) };
        let key = (literal.ty().element, literal.ty().dims.to_vec(), bytes.to_vec());
        if let Some(&val) = self.constants.get(&key) {
            return val;
        }
        let val = self.graph.add_constant(literal.clone());
        self.constants.insert(key, val);
        val
    }

    fn call(
        &mut self,
        op: &'m Op,
        callee: &str,
        operands: &[Val],
        block: &mut Block<'m>,
    ) -> Result<SmallVec<[Val; 2]>, CompileError> {
        let function = self
            .module
            .function(callee)
            .ok_or_else(|| self.error(op, format!("calls @{callee}, which is not there")))?;
        let mut frame = Frame::new(function);
        let parameters = &function.body.parameters;
        let fits = parameters.len() == operands.len()
            && parameters.iter().zip(operands).all(|(&p, &o)| {
                function.type_of(p).as_tensor().is_some_and(|t| t.dims[..] == *self.graph.dims(o))
            });
        if !fits {
            return Err(self.error(op, format!("calls @{callee} with operands of other types than it takes")));
        }
        for (&parameter, &val) in parameters.iter().zip(operands) {
            frame.set(parameter, val);
        }
        let returned = std::mem::take(&mut block.returns);
        self.region(&function.body, &mut frame, block)?;
        Ok(std::mem::replace(&mut block.returns, returned).into())
    }

    /// A loop, without the values that its body returns as it was given them.
    fn repeat(
        &mut self,
        op: &'m Op,
        operands: &[Val],
        frame: &mut Frame<'m>,
        block: &mut Block<'m>,
    ) -> Result<SmallVec<[Val; 2]>, CompileError> {
        let [condition_region, body_region] = &op.regions[..] else {
            return Err(self.error(op, "needs a condition and a body"));
        };
        let count = operands.len();
        let fits =
            [condition_region.parameters.len(), body_region.parameters.len(), body_region.returns.len()];
        if fits != [count; 3] || condition_region.returns.len() != 1 {
            return Err(
                self.error(op, "has a condition or body that takes or returns another number of values")
            );
        }
        let (mut condition, mut body) = (Block::default(), Block::default());
        let mut results: SmallVec<[Val; 2]> = SmallVec::from_slice(operands);
        let mut carried = SmallVec::<[Val; 4]>::new();
        let mut carried_at = Vec::new();
        for (i, &operand) in operands.iter().enumerate() {
            let (in_condition, in_body) = (condition_region.parameters[i], body_region.parameters[i]);
            let val = if body_region.returns[i] == in_body {
                operand
            } else {
                let val = self.graph.add(self.graph.info(operand).ty.clone());
                condition.parameters.push(val);
                body.parameters.push(val);
                carried.push(operand);
                carried_at.push(i);
                val
            };
            frame.set(in_condition, val);
            frame.set(in_body, val);
        }
        self.region(condition_region, frame, &mut condition)?;
        self.region(body_region, frame, &mut body)?;
        if self.graph.info(condition.returns[0]).ty != TensorType::scalar(ElementType::Bool) {
            return Err(self.error(op, "has a condition that is no boolean"));
        }
        body.returns = carried_at.iter().map(|&i| body.returns[i]).collect();
        let mut loop_results = SmallVec::<[Val; 2]>::new();
        for (&i, &returned) in carried_at.iter().zip(&body.returns) {
            let ty = self.graph.info(operands[i]).ty.clone();
            if self.graph.info(returned).ty != ty {
                return Err(self.error(op, format!("carries {ty}, but its body returns another type")));
            }
            results[i] = self.graph.add(ty);
            loop_results.push(results[i]);
        }
        block.nodes.push(Node {
            work: Work::While { condition, body },
            operands: carried,
            results: loop_results,
            op,
            function: frame.function,
        });
        Ok(results)
    }

    fn choose(
        &mut self,
        op: &'m Op,
        operands: &[Val],
        types: &[TensorType],
        frame: &mut Frame<'m>,
        block: &mut Block<'m>,
    ) -> Result<SmallVec<[Val; 2]>, CompileError> {
        let index = if op.kind == OpKind::If { ElementType::Bool } else { ElementType::I32 };
        let chosen = |b: &Self| matches!(operands, [i] if b.graph.info(*i).ty == TensorType::scalar(index));
        if !chosen(self) || op.regions.is_empty() || op.kind == OpKind::If && op.regions.len() != 2 {
            return Err(self.error(op, "needs one scalar that chooses among its branches"));
        }
        let mut branches = Vec::new();
        for region in &op.regions {
            let mut branch = Block::default();
            self.region(region, frame, &mut branch)?;
            let fits = branch.returns.len() == types.len()
                && branch.returns.iter().zip(types).all(|(&v, ty)| self.graph.info(v).ty == *ty);
            if !fits {
                return Err(self.error(op, "has a branch that returns other types than it"));
            }
            branches.push(branch);
        }
        let results: SmallVec<[Val; 2]> = types.iter().map(|ty| self.graph.add(ty.clone())).collect();
        block.nodes.push(Node {
            work: Work::Choose { branches },
            operands: SmallVec::from_slice(operands),
            results: results.clone(),
            op,
            function: frame.function,
        });
        Ok(results)
    }

    /// An operation without control flow.
    fn plain(
        &mut self,
        op: &'m Op,
        operands: SmallVec<[Val; 4]>,
        types: SmallVec<[TensorType; 1]>,
        frame: &Frame<'m>,
        block: &mut Block<'m>,
    ) -> Result<SmallVec<[Val; 2]>, CompileError> {
        let (mut work, mut operands) = (Work::Kernel, operands);
        if let [ty] = &types[..] {
            if let Some(same) = self.unchanged(op, &operands, ty) {
                return Ok(SmallVec::from_slice(&[same]));
            }
            let elements: SmallVec<[ElementType; 4]> =
                operands.iter().map(|&v| self.graph.info(v).ty.element).collect();
            let code = code_for(&op.kind, &elements, ty.element);
            if code.is_none() && is_elementwise(&op.kind) {
                let types: Vec<&str> = elements.iter().map(|e| e.name()).collect();
                let reason =
                    format!("is not supported on the CPU from {} to {}", types.join(", "), ty.element);
                return Err(self.error(op, reason));
            }
            if let Some(code) = code {
                for operand in &mut operands {
                    *operand = self.spread(*operand, ty).ok_or_else(|| {
                        let found = &self.graph.info(*operand).ty;
                        self.error(op, format!("has an operand of type {found} for a result of type {ty}"))
                    })?;
                }
                if let Some(folded) = self.fold(&code, &operands, ty) {
                    return Ok(SmallVec::from_slice(&[folded]));
                }
                work = Work::Map(code);
            } else if let Some(reduced) = self.reduction(op, &mut operands, ty, frame, block) {
                work = reduced;
            }
        }
        if matches!(work, Work::Kernel)
            && let Some(form) = self.code(op, frame)
        {
            operands = form.sources().iter().map(|source| self.source(source, &operands, block)).collect();
            operands.iter_mut().for_each(|operand| self.narrow(operand));
            work = Work::Code(Box::new(form));
        }
        if let Some(results) = self.repeated(op, &work, &operands, &types, block) {
            return Ok(results);
        }
        let results: SmallVec<[Val; 2]> = match &types[..] {
            [ty] => {
                let view = self.view(op, &operands, &ty.dims);
                let pieces = super::pieces::of(&self.graph, &op.kind, &operands, &ty.dims);
                let val = match view {
                    Some(view) => self.graph.add_view(ty.clone(), view),
                    None => self.graph.add(ty.clone()),
                };
                if let Some(pieces) = pieces {
                    self.graph.put_together(val, pieces);
                }
                SmallVec::from_slice(&[val])
            }
            _ => types.iter().map(|ty| self.graph.add(ty.clone())).collect(),
        };
        block.nodes.push(Node { work, operands, results: results.clone(), op, function: frame.function });
        Ok(results)
    }

    /// What a form takes of an operation's operands: a part of one as a view, of what a concatenation puts there where that
    /// makes the operand.
    fn source(&mut self, source: &Source, operands: &[Val], block: &Block<'m>) -> Val {
        let mut operand = operands[source.operand];
        let Some((axis, mut index)) = source.part else { return operand };
        let made = block.nodes.iter().rev().take(FAR).find(|node| node.results.contains(&operand));
        if let Some(node) = made
            && let OpKind::Concatenate { dimension } = node.op.kind
            && dimension == axis
        {
            for &piece in &node.operands {
                let size = self.graph.dims(piece)[axis];
                if index < size {
                    operand = piece;
                    break;
                }
                index -= size;
            }
        }
        let Info { ty, view, .. } = self.graph.info(operand).clone();
        let mut view = view;
        view.offset += index * view.strides.remove(axis);
        let dims = (0..ty.dims.len()).filter(|&a| a != axis).map(|a| ty.dims[a]);
        self.graph.add_view(ty.with_dims(dims), view)
    }

    /// A constant of equal elements as one element seen as many.
    fn narrow(&mut self, operand: &mut Val) {
        let ty = self.graph.info(*operand).ty.clone();
        let Some(bytes) = self.graph.splat(*operand).filter(|_| !ty.dims.is_empty()) else { return };
        let Ok(one) = Literal::new(TensorType::scalar(ty.element), bytes.to_vec()) else { return };
        let one = self.constant(&one);
        let view = self.graph.info(one).view.broadcast(&[], &[], &ty.dims);
        *operand = self.graph.add_view(ty, view);
    }

    /// The operation as loops, where compiling them pays.
    fn code(&self, op: &Op, frame: &Frame<'m>) -> Option<Form> {
        let may = matches!(
            op.kind,
            OpKind::Reduce { .. } | OpKind::Map { .. } | OpKind::Gather { .. } | OpKind::Scatter { .. }
        );
        if !may {
            return None;
        }
        Form::of(op, frame.function).filter(|form| native::is_for_code(form) && native::is_on())
    }

    /// The operand, where the operation changes nothing about it.
    fn unchanged(&self, op: &Op, operands: &[Val], ty: &TensorType) -> Option<Val> {
        let carries = matches!(
            op.kind,
            OpKind::Unary(Unary::Convert)
                | OpKind::Reshape
                | OpKind::BroadcastInDim { .. }
                | OpKind::Transpose { .. }
                | OpKind::Slice { .. }
        );
        let &operand = operands.first()?;
        let same_order = match &op.kind {
            OpKind::Transpose { permutation } => permutation.is_sorted(),
            OpKind::BroadcastInDim { dimensions } => dimensions.is_sorted(),
            _ => true,
        };
        (carries && same_order && self.graph.info(operand).ty == *ty).then_some(operand)
    }

    /// An operand of an elementwise operation with the result's shape: scalars stand for a tensor of equal elements.
    fn spread(&mut self, operand: Val, ty: &TensorType) -> Option<Val> {
        let info = self.graph.info(operand);
        if info.ty.dims == ty.dims {
            return Some(operand);
        }
        if !info.ty.dims.is_empty() {
            return None;
        }
        let view = info.view.broadcast(&[], &[], &ty.dims);
        let ty = TensorType::new(info.ty.element, ty.dims.iter().copied());
        Some(self.graph.add_view(ty, view))
    }

    /// The result of an operation on constants whose elements are all equal.
    fn fold(&mut self, code: &crate::ops::Code, operands: &[Val], ty: &TensorType) -> Option<Val> {
        let mut arguments = [Scalar::default(); 3];
        for (argument, &operand) in arguments.iter_mut().zip(operands) {
            *argument = Scalar::from_bytes(self.graph.splat(operand)?);
        }
        if let Some(constant) = code.constant {
            arguments[code.arity] = constant;
        }
        let [a, b, c] = &arguments;
        let result = (code.scalar)(a, b, c);
        let literal = Literal::splat(ty.clone(), result.bytes(ty.element.size()).to_vec()).ok()?;
        Some(self.constant(&literal))
    }

    /// The work of a reduction by a known operation.
    ///
    /// Where the axes that it goes over all have size 1, it is that operation on each element. Where they are not next
    /// to each other, the inner ones are reduced first, by a node of their own.
    fn reduction(
        &mut self,
        op: &'m Op,
        operands: &mut [Val],
        ty: &TensorType,
        frame: &Frame<'m>,
        block: &mut Block<'m>,
    ) -> Option<Work<'m>> {
        let (OpKind::Reduce { dimensions }, [region], &mut [input, initial]) =
            (&op.kind, &op.regions[..], &mut *operands)
        else {
            return None;
        };
        let by = region.combiner()?;
        let from = self.graph.info(input).ty.element;
        let identity = identity(by, from, ty.element)?;
        let code = code_for(&OpKind::Binary(by), &[ty.element; 2], ty.element)?;
        let dims = self.graph.info(input).ty.dims.clone();
        let mut left: Vec<usize> = dimensions.iter().copied().filter(|&d| dims[d] != 1).collect();
        left.sort_unstable();
        if left.is_empty() {
            let view = self.graph.info(input).view.reshaped(&dims, &ty.dims)?;
            let narrow = self.graph.add_view(TensorType::new(from, ty.dims.iter().copied()), view);
            operands[0] = match from == ty.element {
                true => narrow,
                false => self.widened(narrow, ty, op, frame, block)?,
            };
            operands[1] = self.spread(initial, ty)?;
            return Some(Work::Map(code));
        }
        let nothing =
            Literal::new(TensorType::scalar(ty.element), identity.bytes(ty.element.size()).to_vec());
        let nothing = self.constant(&nothing.ok()?);
        let mut partly = |builder: &mut Self, input: Val, over: Vec<usize>, to: &[usize]| {
            let reduced = builder.graph.add(TensorType::new(ty.element, to.iter().copied()));
            block.nodes.push(Node {
                work: Work::Reduce { by, dimensions: over },
                operands: SmallVec::from_slice(&[input, nothing]),
                results: SmallVec::from_slice(&[reduced]),
                op,
                function: frame.function,
            });
            reduced
        };
        let mut sizes: Vec<usize> = dims.to_vec();
        while Mode::of_reduction(&sizes, &left).is_none() {
            let mut run = vec![left.pop()?];
            let between = |from: usize, to: usize| sizes[from + 1..to].iter().all(|&size| size == 1);
            while left.last().is_some_and(|&next| between(next, run[run.len() - 1])) {
                run.extend(left.pop());
            }
            run.iter().for_each(|&axis| sizes[axis] = 1);
            operands[0] = partly(self, operands[0], run, &sizes);
        }
        if let Some((to, over, then)) = in_pieces(&sizes, &left)
            && let Some(view) = self.graph.info(operands[0]).view.reshaped(&sizes, &to)
        {
            let element = self.graph.info(operands[0]).ty.element;
            let input = self.graph.add_view(TensorType::new(element, to.iter().copied()), view);
            let reduced = [&to[..over], &to[over + 1..]].concat();
            operands[0] = partly(self, input, vec![over], &reduced);
            return Some(Work::Reduce { by, dimensions: vec![then] });
        }
        Some(Work::Reduce { by, dimensions: left })
    }

    /// A value converted to the type of a reduction's result.
    fn widened(
        &mut self,
        value: Val,
        ty: &TensorType,
        op: &'m Op,
        frame: &Frame<'m>,
        block: &mut Block<'m>,
    ) -> Option<Val> {
        let from = self.graph.info(value).ty.element;
        let code = code_for(&OpKind::Unary(Unary::Convert), &[from], ty.element)?;
        let widened = self.graph.add(ty.clone());
        block.nodes.push(Node {
            work: Work::Map(code),
            operands: SmallVec::from_slice(&[value]),
            results: SmallVec::from_slice(&[widened]),
            op,
            function: frame.function,
        });
        Some(widened)
    }

    /// The results of an earlier node of the block that computes the same.
    fn repeated(
        &self,
        op: &Op,
        work: &Work<'m>,
        operands: &[Val],
        types: &[TensorType],
        block: &Block<'m>,
    ) -> Option<SmallVec<[Val; 2]>> {
        const RECENT: usize = 64;
        let pure = match work {
            Work::Map(_) | Work::Reduce { .. } => true,
            Work::Kernel | Work::Code(_) => op.regions.is_empty() && op.is_repeatable(),
            _ => false,
        };
        if !pure {
            return None;
        }
        let found = block.nodes.iter().rev().take(RECENT).find(|node| {
            let same_work = match (work, &node.work) {
                (Work::Reduce { by: a, dimensions: x }, Work::Reduce { by: b, dimensions: y }) => {
                    a == b && x == y
                }
                (Work::Map(a), Work::Map(b)) => {
                    std::ptr::fn_addr_eq(a.tile, b.tile)
                        && a.constant == b.constant
                        && op.kind == node.op.kind
                }
                (Work::Kernel, Work::Kernel) | (Work::Code(_), Work::Code(_)) => {
                    op.kind == node.op.kind && node.op.regions.is_empty()
                }
                _ => false,
            };
            same_work
                && self.are_same(&node.operands, operands)
                && node.results.iter().map(|&r| &self.graph.info(r).ty).eq(types)
        })?;
        Some(found.results.clone())
    }

    /// Whether operands are the same values, or the same elements of the same values.
    fn are_same(&self, one: &[Val], other: &[Val]) -> bool {
        let seen = |val: Val| {
            let Info { ty, view, pieces, .. } = self.graph.info(val);
            (ty, view, pieces)
        };
        one.len() == other.len() && one.iter().zip(other).all(|(&a, &b)| a == b || seen(a) == seen(b))
    }

    /// How the result of an operation that only moves elements is found in its operand, where strides can say it and
    /// reading through them is as good as reading a copy.
    fn view(&self, op: &Op, operands: &[Val], to: &[usize]) -> Option<View> {
        let info = self.graph.info(*operands.first()?);
        let dims = &info.ty.dims;
        match &op.kind {
            OpKind::Reshape => {
                let count =
                    |dims: &[usize]| if dims.contains(&0) { 0 } else { dims.iter().product::<usize>() };
                (count(dims) == count(to)).then(|| info.view.reshaped(dims, to))?.or_else(|| {
                    // Of a view that strides cannot reshape, the copy can be.
                    View::whole(operands[0], dims).reshaped(dims, to)
                })
            }
            OpKind::BroadcastInDim { dimensions } => {
                let fits = dimensions.len() == dims.len()
                    && dimensions
                        .iter()
                        .zip(dims)
                        .all(|(&d, &size)| to.get(d).is_some_and(|&target| size == target || size == 1));
                fits.then(|| info.view.broadcast(dims, dimensions, to))
            }
            OpKind::Transpose { permutation } => {
                let last = dims.len().checked_sub(1)?;
                let fits = permutation.len() == dims.len() && permutation.iter().all(|&axis| axis <= last);
                (fits && permutation[last] == last).then(|| info.view.transposed(permutation))
            }
            OpKind::Slice { start, strides, .. } => {
                let fits = start.len() == dims.len() && strides.len() == dims.len();
                // A step beyond the end is as good as one to it.
                let steps: SmallVec<[usize; 6]> =
                    strides.iter().zip(dims).map(|(&step, &size)| step.min(size.max(1))).collect();
                (fits && steps.last().is_none_or(|&step| step == 1)).then(|| info.view.sliced(start, &steps))
            }
            _ => None,
        }
    }
}

/// How a reduction over neighbouring axes is done in two, where in one it would be slow: a shape for the operand, the
/// axis to reduce it over first, and the axis to reduce the result of that over.
///
/// Few long rows are cut into pieces, which are reduced side by side. Of many short rows that are added up, as many as
/// make one long row are added up like that.
fn in_pieces(dims: &[usize], over: &[usize]) -> Option<(Vec<usize>, usize, usize)> {
    const FEW: usize = 32;
    const LONG: usize = 1 << 15;
    const PIECE: std::ops::RangeInclusive<usize> = 512..=8192;
    let product = |range: &[usize]| range.iter().product::<usize>();
    let dims = super::view::without_ones_noting(dims, over);
    let (dims, first, end) = (&dims.0[..], dims.1, dims.2);
    let length = product(&dims[first..end]);
    let (outer, inner) = (&dims[..first], &dims[end..]);
    if inner.is_empty() {
        if product(outer) > FEW || length < LONG {
            return None;
        }
        let short = PIECE.rev().find(|piece| length.is_multiple_of(*piece))?;
        return Some(([outer, &[length / short, short]].concat(), first + 1, first));
    }
    let width = product(inner);
    if width == 0 || width >= *PIECE.start() / 4 || length * width < LONG {
        return None;
    }
    let joined = (*PIECE.start() / width..=*PIECE.end() / width).find(|rows| length.is_multiple_of(*rows))?;
    (joined < length).then(|| ([outer, &[length / joined, joined], inner].concat(), first, first))
}

fn is_elementwise(kind: &OpKind) -> bool {
    use OpKind::*;
    matches!(kind, Unary(_) | Binary(_) | Select | Clamp | Compare { .. } | ReducePrecision { .. })
}
