//! A program as a graph: what is left of a module when calls are inlined and shapes are known.

use std::sync::Arc;

use runahead_ir::{Binary, Dims, Function, Literal, Module, Op, TensorType};
use runahead_lower::forms::Form;
use smallvec::SmallVec;

use super::CompileOptions;
use super::view::View;
use crate::kernel::Site;
use crate::ops::Code;

/// A value of a [`Graph`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Val(pub(crate) u32);

/// All values of a program, of its blocks at every depth.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    values: Vec<Info>,
}

/// What is known about a value.
#[derive(Clone, Debug)]
pub(crate) struct Info {
    pub(crate) ty: TensorType,
    /// Where the elements are also found, without running what computes this value. A value that is not made from
    /// another is a view of itself.
    pub(crate) view: View,
    /// The elements, where the value is a constant.
    pub(crate) literal: Option<Literal>,
    /// Where the elements are also found, part by part: of what is put together of others' elements.
    pub(crate) pieces: Option<Arc<[Piece]>>,
}

/// A box of a value's elements, which are found elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The box's first index along each axis.
    pub(crate) low: Dims,
    /// The index after its last.
    pub(crate) high: Dims,
    /// Where its elements are, for indices that are counted from its first.
    pub(crate) view: View,
}

/// Nodes that run in order, and the values that they are for.
#[derive(Debug, Default)]
pub(crate) struct Block<'m> {
    pub(crate) parameters: Vec<Val>,
    pub(crate) nodes: Vec<Node<'m>>,
    pub(crate) returns: Vec<Val>,
}

/// An operation on values of the graph.
#[derive(Debug)]
pub(crate) struct Node<'m> {
    pub(crate) work: Work<'m>,
    pub(crate) operands: SmallVec<[Val; 4]>,
    pub(crate) results: SmallVec<[Val; 2]>,
    pub(crate) op: &'m Op,
    pub(crate) function: &'m Function,
}

/// What a node does.
#[derive(Debug)]
pub(crate) enum Work<'m> {
    /// An operation on each element.
    Map(Code),
    /// A reduction of the first operand by a known operation, begun with the second.
    Reduce { by: Binary, dimensions: Vec<usize> },
    /// An operation with a kernel of its own.
    Kernel,
    /// An operation that becomes machine code by itself, and reads its operands through views.
    Code(Box<Form>),
    /// A loop. The operands are the initial values of the body's parameters, which the condition's stand for too.
    While { condition: Block<'m>, body: Block<'m> },
    /// The branch that the first operand chooses: the last for an index out of range, or the first of two for `true`.
    Choose { branches: Vec<Block<'m>> },
}

impl Graph {
    /// Adds a value that is not made from another.
    pub(crate) fn add(&mut self, ty: TensorType) -> Val {
        let val = self.next();
        let view = View::whole(val, &ty.dims);
        self.values.push(Info { ty, view, literal: None, pieces: None });
        val
    }

    /// Adds a value that is another one seen through strides.
    pub(crate) fn add_view(&mut self, ty: TensorType, mut view: View) -> Val {
        let val = self.next();
        if ty.dims.contains(&0) {
            // No elements may be a slice of the end, which lies outside; who reads nothing may as well begin at the start.
            view.offset = 0;
        }
        self.values.push(Info { ty, view, literal: None, pieces: None });
        val
    }

    /// Adds a constant.
    pub(crate) fn add_constant(&mut self, literal: Literal) -> Val {
        let val = self.add(literal.ty().clone());
        self.values[val.0 as usize].literal = Some(literal);
        val
    }

    /// Notes that a value is put together of these pieces, which together are all of it.
    pub(crate) fn put_together(&mut self, val: Val, pieces: Vec<Piece>) {
        self.values[val.0 as usize].pieces = Some(pieces.into());
    }

    /// The values in whose memory the elements of an operand are found that is read through views: several where it is put
    /// together.
    pub(crate) fn bases(&self, val: Val) -> SmallVec<[Val; 4]> {
        let info = self.info(val);
        match &info.pieces {
            Some(pieces) => pieces.iter().map(|piece| piece.view.base).collect(),
            None => [info.view.base].into_iter().collect(),
        }
    }

    fn next(&self) -> Val {
        Val(u32::try_from(self.values.len()).expect("fewer than 2^32 values"))
    }

    /// What is known about a value.
    pub(crate) fn info(&self, val: Val) -> &Info {
        &self.values[val.0 as usize]
    }

    /// The sizes of a value's axes.
    pub(crate) fn dims(&self, val: Val) -> &[usize] {
        &self.info(val).ty.dims
    }

    /// The number of a value's elements.
    pub(crate) fn count(&self, val: Val) -> usize {
        self.dims(val).iter().product()
    }

    /// The size of a value in bytes.
    pub(crate) fn bytes(&self, val: Val) -> usize {
        self.count(val) * self.info(val).ty.element.size()
    }

    /// The bytes of the one element that all of a value's elements equal, where that is known.
    pub(crate) fn splat(&self, val: Val) -> Option<&[u8]> {
        let info = self.info(val);
        match &info.literal {
            Some(literal) => literal.as_splat(),
            None if info.view.base != val => {
                self.info(info.view.base).literal.as_ref().and_then(|literal| literal.as_splat())
            }
            None => None,
        }
    }

    /// The value whose memory holds this one, and where in it, in bytes: another than itself where it is a dense view
    /// of that.
    pub(crate) fn storage(&self, val: Val) -> (Val, usize) {
        let Info { ty, view, .. } = self.info(val);
        let offset = view.offset * ty.element.size();
        if view.base == val || !view.is_dense(&ty.dims) || !offset.is_multiple_of(runahead_runtime::ALIGNMENT)
        {
            return (val, 0);
        }
        let (root, start) = self.storage(view.base);
        (root, start + offset)
    }
}

impl<'m> Node<'m> {
    /// What a kernel is built from.
    pub(crate) fn site<'a>(&self, module: &'a Module, options: &'a CompileOptions) -> Site<'a>
    where
        'm: 'a,
    {
        Site { op: self.op, function: self.function, module, options }
    }

    /// Whether the node does more than give its results, so that it stays, and in its place among others such.
    pub(crate) fn has_effects(&self) -> bool {
        match &self.work {
            Work::While { .. } | Work::Choose { .. } => {
                self.blocks().iter().any(|block| block.nodes.iter().any(Node::has_effects))
            }
            _ => !self.op.is_removable(),
        }
    }

    /// The node's regions.
    pub(crate) fn blocks(&self) -> SmallVec<[&Block<'m>; 2]> {
        match &self.work {
            Work::While { condition, body } => [condition, body].into_iter().collect(),
            Work::Choose { branches } => branches.iter().collect(),
            _ => SmallVec::new(),
        }
    }
}
