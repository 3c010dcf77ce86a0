//! Operations of StableHLO as loops.
//!
//! A [`Form`] is an operation with the types of its operands and results, which [`write`](Form::write) puts into
//! statements: the specification's formula, index by index.
//!
//! - `moves`: what carries elements to other places, which the program's text names;
//! - `index`: the same, where operands name the places;
//! - `reduce`: what combines elements by a region.

mod contract;
mod index;
mod moves;
mod reduce;

use runahead_ir::{Dims, ElementType, Function, Op, OpKind, TensorType, Type, ValueId};

use crate::loops::body::Body;
use crate::loops::{Argument, Bytes, Statement, Tensor, Writer};

/// An operation that can be written as loops.
#[derive(Clone, Debug)]
pub struct Form {
    kind: OpKind,
    operands: Vec<TensorType>,
    /// What each operand of the form is of the operation's.
    sources: Vec<Source>,
    results: Vec<TensorType>,
    body: Option<Body>,
}

/// An operand of a form: one of the operation's, or the part of one that is at an index along an axis, without that axis.
/// The components of index vectors are operands by themselves, so that each may be where it likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The number of the operation's operand.
    pub operand: usize,
    /// The axis and the index along it.
    pub part: Option<(usize, usize)>,
}

impl Form {
    /// The operation; `None` where there is no form for it.
    pub fn of(op: &Op, function: &Function) -> Option<Form> {
        let tensor = |value: &ValueId| match function.type_of(*value) {
            Type::Tensor(ty) if ty.byte_count().is_some() && ty.quantization.is_none() => Some(ty.clone()),
            _ => None,
        };
        let operands = op.operands.iter().map(tensor).collect::<Option<Vec<_>>>()?;
        let results = op.results.iter().map(tensor).collect::<Option<Vec<_>>>()?;
        let body = match &op.regions[..] {
            [] => None,
            [region] => Some(Body::of(region, function)?),
            _ => return None,
        };
        let (operands, sources) = split(&op.kind, operands, results.len());
        let form = Form { kind: op.kind.clone(), operands, sources, results, body };
        form.is_known().then_some(form)
    }

    fn is_known(&self) -> bool {
        let integers = |operands: &[TensorType]| operands.iter().all(|ty| ty.element.is_integer());
        match &self.kind {
            OpKind::Iota { .. } => !self.results[0].element.is_complex(),
            OpKind::BroadcastInDim { .. }
            | OpKind::Reshape
            | OpKind::Transpose { .. }
            | OpKind::Reverse { .. }
            | OpKind::Slice { .. }
            | OpKind::Concatenate { .. }
            | OpKind::Pad { .. } => true,
            OpKind::DynamicSlice { .. } => integers(&self.operands[1..]),
            OpKind::DynamicUpdateSlice => integers(&self.operands[2..]),
            OpKind::Gather { slice_sizes, .. } => {
                integers(&self.operands[1..]) && !slice_sizes.contains(&0) && !self.is_empty()
            }
            OpKind::Scatter { .. } => {
                let (inputs, updates) = (self.results.len(), self.operands.len() - self.results.len());
                // Updates of one element in half precision are added up before they are rounded.
                let is_half = |ty: &TensorType| matches!(ty.element, ElementType::F16 | ElementType::BF16);
                integers(&self.operands[inputs..updates])
                    && self.takes([&self.operands[..inputs], &self.operands[updates..]])
                    && !self.results.iter().any(is_half)
            }
            OpKind::Reduce { .. } => {
                let (inputs, initial) = self.operands.split_at(self.operands.len() / 2);
                self.takes([initial, inputs])
            }
            OpKind::Map { .. } => self.takes([&self.operands[..], &[]]),
            OpKind::DotGeneral { .. } => contract::is_known(self),
            _ => false,
        }
    }

    /// Whether the body takes elements of the first operands, then of the others.
    fn takes(&self, operands: [&[TensorType]; 2]) -> bool {
        let given = operands.into_iter().flatten().map(|ty| ty.element);
        self.body.as_ref().is_some_and(|body| given.eq(body.parameters.iter().copied()))
    }

    fn is_empty(&self) -> bool {
        self.results.iter().any(|ty| ty.dims.contains(&0))
    }

    /// About how many scalar operations the loops do, reads and writes among them.
    pub fn work(&self) -> usize {
        let elements = |types: &[TensorType]| {
            types.iter().map(|ty| ty.element_count().unwrap_or(usize::MAX)).fold(0, usize::saturating_add)
        };
        let body = self.body.as_ref().map_or(0, Body::len);
        match &self.kind {
            OpKind::Gather { .. } => elements(&self.results).saturating_mul(4),
            OpKind::Scatter { .. } => elements(&self.operands[self.results.len()..]).saturating_mul(body + 6),
            OpKind::Reduce { .. } | OpKind::Map { .. } => elements(&self.operands).saturating_mul(body + 2),
            OpKind::DynamicUpdateSlice => elements(&self.operands[1..2]).saturating_mul(2),
            OpKind::DotGeneral { .. } => contract::work(self),
            _ => elements(&self.results).saturating_mul(2),
        }
    }

    /// What each operand is of the operation's.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The types of the operands.
    pub fn operands(&self) -> &[TensorType] {
        &self.operands
    }

    /// The types of the results.
    pub fn results(&self) -> &[TensorType] {
        &self.results
    }

    /// Whether an operand may be in the memory of a result: what the loops write there was read before.
    pub fn may_share(&self, operand: usize, result: usize) -> bool {
        match &self.kind {
            OpKind::DynamicUpdateSlice => operand == 0 && result == 0,
            OpKind::Scatter { .. } => operand == result,
            _ => false,
        }
    }

    /// Writes the operation on tensors of its types.
    pub fn write(&self, writer: &mut Writer, operands: &[Tensor], results: &[Tensor]) {
        match &self.kind {
            OpKind::Iota { dimension } => moves::iota(writer, *dimension, &results[0]),
            OpKind::BroadcastInDim { dimensions } => {
                moves::broadcast(writer, dimensions, &operands[0], &results[0]);
            }
            OpKind::Reshape => copy(writer, &operands[0], &results[0]),
            OpKind::Transpose { permutation } => {
                moves::transpose(writer, permutation, &operands[0], &results[0])
            }
            OpKind::Reverse { dimensions } => moves::reverse(writer, dimensions, &operands[0], &results[0]),
            OpKind::Slice { start, strides, .. } => {
                moves::slice(writer, start, strides, &operands[0], &results[0]);
            }
            OpKind::Concatenate { dimension } => {
                moves::concatenate(writer, *dimension, operands, &results[0])
            }
            OpKind::Pad { low, interior, .. } => moves::pad(writer, low, interior, operands, &results[0]),
            OpKind::DynamicSlice { sizes } => index::dynamic_slice(writer, sizes, operands, &results[0]),
            OpKind::DynamicUpdateSlice => index::dynamic_update_slice(writer, operands, &results[0]),
            OpKind::Gather { dimension_numbers, slice_sizes, .. } => {
                index::gather(writer, dimension_numbers, slice_sizes, operands, &results[0]);
            }
            OpKind::Scatter { dimension_numbers, .. } => {
                index::scatter(writer, dimension_numbers, self.body(), operands, results);
            }
            OpKind::Reduce { dimensions } => {
                reduce::reduce(writer, dimensions, self.body(), operands, results)
            }
            OpKind::Map { .. } => reduce::map(writer, self.body(), operands, &results[0]),
            OpKind::DotGeneral { dimension_numbers, .. } => {
                contract::dot_general(writer, dimension_numbers, operands, &results[0]);
            }
            _ => unreachable!("a form is made of what can be written"),
        }
    }

    /// Whether compiling the loops pays, for one operation by itself: what it computes for each element is not what
    /// kernels over many elements at a time are made for.
    pub fn is_for_code(&self) -> bool {
        let count = |ty: &TensorType| ty.element_count().unwrap_or(0);
        match &self.kind {
            OpKind::Reduce { .. } | OpKind::Map { .. } => count(&self.operands[0]) >= FEWEST_ELEMENTS,
            OpKind::Gather { slice_sizes, .. } => {
                slice_sizes.iter().product::<usize>() <= LARGEST_SLICE
                    && count(&self.results[0]) >= FEWEST_ELEMENTS
            }
            OpKind::Scatter { dimension_numbers, .. } => {
                let updates = &self.operands[self.operands.len() - self.results.len()];
                let window = dimension_numbers.update_window_dims.iter().map(|&axis| updates.dims[axis]);
                window.product::<usize>() <= LARGEST_SLICE && count(updates) >= FEWEST_ELEMENTS
            }
            _ => false,
        }
    }

    fn body(&self) -> &Body {
        self.body.as_ref().expect("seen when the form was made")
    }
}

/// The operands of a form, and what each is of the operation's.
fn split(kind: &OpKind, operands: Vec<TensorType>, results: usize) -> (Vec<TensorType>, Vec<Source>) {
    let (at, axis, components) = match kind {
        OpKind::Gather { dimension_numbers: d, .. } => (1, d.index_vector_dim, d.start_index_map.len()),
        OpKind::Scatter { dimension_numbers: d, .. } => {
            (results, d.index_vector_dim, d.scatter_dims_to_operand_dims.len())
        }
        _ => (operands.len(), 0, 0),
    };
    let mut split: (Vec<TensorType>, Vec<Source>) = (Vec::new(), Vec::new());
    for (operand, ty) in operands.into_iter().enumerate() {
        if operand != at {
            split.0.push(ty);
            split.1.push(Source { operand, part: None });
            continue;
        }
        let dims = sizes_where(&ty.dims, |a| a != axis);
        for component in 0..components {
            split.0.push(ty.with_dims(dims.iter().copied()));
            // Where vectors are scalars there may be no axis of them.
            let part = (axis < ty.dims.len()).then_some((axis, component));
            split.1.push(Source { operand, part });
        }
    }
    split
}

/// Elements below which an operation by itself is not worth compiling.
const FEWEST_ELEMENTS: usize = 1024;
/// Elements of a slice above which copying or combining it by vectors pays.
const LARGEST_SLICE: usize = 8;
/// Elements of a tensor that is copied one by one, so that they may stay in registers.
const COPIED_ONE_BY_ONE: usize = 16;

/// Copies a tensor into another of as many elements, where they are not the same memory.
fn copy(writer: &mut Writer, from: &Tensor, to: &Tensor) {
    if from.count() == 0 || (from.memory, from.start) == (to.memory, to.start) {
        return;
    }
    if from.is_dense() && to.is_dense() && from.count() > COPIED_ONE_BY_ONE {
        let bytes = Bytes { start: from.start, len: from.count() * from.element.size() };
        return writer.push(Statement::Copy { from: (from.memory, bytes), to: (to.memory, to.start) });
    }
    // Of as many elements, but maybe of other axes where both are dense.
    let flat = |tensor: &Tensor, index: &[Argument]| match index.len() == tensor.dims.len() {
        true => tensor.at(index),
        false => tensor.at_sum(0, &[(index[0], 1)]),
    };
    let dims: Dims =
        if from.dims == to.dims { from.dims.clone() } else { [from.count()].into_iter().collect() };
    writer.nest(&dims, &mut |writer, index| {
        let value = writer.read(flat(from, index));
        writer.write(flat(to, index), value);
    });
}

/// The sizes of the axes that a predicate holds for.
fn sizes_where(dims: &[usize], holds: impl Fn(usize) -> bool) -> Dims {
    (0..dims.len()).filter(|&axis| holds(axis)).map(|axis| dims[axis]).collect()
}
