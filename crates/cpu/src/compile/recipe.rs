//! From a fused group of nodes to what its kernel computes.

use std::collections::HashMap;

use runahead_ir::{Binary, Dims, ElementType, OpKind};

use super::fusion::{Space, Unit};
use super::graph::{self, Block, Graph, Val, Work};
use crate::fused::{Argument, Leaf, Level, Operation, Piece, Recipe, Source, Step};
use crate::ops::{Scalar, code_for};

/// A group's recipe, and the values that the kernel's operands and results are.
pub(super) struct Fused {
    pub(super) recipe: Recipe,
    pub(super) operands: Vec<Val>,
    pub(super) results: Vec<Val>,
}

/// The recipe of a fused group, whose results are the values that others need.
pub(super) fn of_group(
    graph: &Graph,
    block: &Block<'_>,
    unit: &Unit,
    space: &Space,
    levels: &HashMap<Val, Level>,
    needed: &dyn Fn(Val) -> bool,
) -> Fused {
    let mut writer = Writer {
        graph,
        space,
        steps: HashMap::new(),
        operands: Vec::new(),
        recipe: Recipe {
            dims: space.dims.clone(),
            mode: space.mode,
            leaves: Vec::new(),
            pieces: Vec::new(),
            steps: Vec::new(),
            results: Vec::new(),
        },
    };
    let mut results = Vec::new();
    for &node in &unit.nodes {
        let node = &block.nodes[node];
        let result = node.results[0];
        let level = levels[&result];
        let element = graph.info(result).ty.element;
        let (operation, arguments) = match &node.work {
            Work::Map(_) if node.op.kind == OpKind::Clamp => writer.clamp(&node.operands, element, level),
            Work::Map(code) => {
                let arguments =
                    node.operands.iter().map(|&operand| writer.argument(operand, level)).collect();
                (Operation::Map(*code), arguments)
            }
            Work::Reduce { by, .. } => {
                let input = writer.argument(node.operands[0], Level::Element);
                let initial = writer.leaf(node.operands[1], level);
                (Operation::Reduce(*by), vec![input, initial])
            }
            _ => unreachable!("only elementwise operations and reductions fuse"),
        };
        writer.recipe.steps.push(Step { operation, arguments, element, level });
        let step = writer.recipe.steps.len() - 1;
        writer.steps.insert(result, step);
        if needed(result) {
            writer.recipe.results.push(step);
            results.push(result);
        }
    }
    Fused { recipe: writer.recipe, operands: writer.operands, results }
}

struct Writer<'a> {
    graph: &'a Graph,
    space: &'a Space,
    /// The steps that compute values of the group.
    steps: HashMap<Val, usize>,
    operands: Vec<Val>,
    recipe: Recipe,
}

impl Writer<'_> {
    /// A clamp as a maximum and, to be the next step, a minimum.
    fn clamp(&mut self, operands: &[Val], element: ElementType, level: Level) -> (Operation, Vec<Argument>) {
        let code =
            |op| code_for(&OpKind::Binary(op), &[element; 2], element).expect("what clamps has an order");
        let arguments: Vec<Argument> =
            operands.iter().map(|&operand| self.argument(operand, level)).collect();
        let operation = Operation::Map(code(Binary::Maximum));
        self.recipe.steps.push(Step {
            operation,
            arguments: vec![arguments[1], arguments[0]],
            element,
            level,
        });
        let raised = Argument::Step(self.recipe.steps.len() - 1);
        (Operation::Map(code(Binary::Minimum)), vec![raised, arguments[2]])
    }

    fn argument(&mut self, operand: Val, level: Level) -> Argument {
        match self.steps.get(&self.graph.info(operand).view.base) {
            Some(&step) => Argument::Step(step),
            None => self.leaf(operand, level),
        }
    }

    fn leaf(&mut self, operand: Val, level: Level) -> Argument {
        let graph = self.graph;
        let info = graph.info(operand);
        let element = info.ty.element;
        if let Some(pieces) = &info.pieces
            && self.graph.splat(operand).is_none()
        {
            let pieces: Vec<Piece> = pieces.iter().map(|piece| self.piece(&info.ty.dims, piece)).collect();
            let known = self.recipe.pieces.iter().position(|known| *known == pieces);
            let number = known.unwrap_or_else(|| {
                self.recipe.pieces.push(pieces);
                self.recipe.pieces.len() - 1
            });
            return self.known(Leaf {
                source: Source::Pieces(number),
                element,
                offset: 0,
                strides: Vec::new(),
                level,
            });
        }
        let (source, offset) = match self.graph.splat(operand) {
            Some(bytes) => (Source::Constant(Scalar::from_bytes(bytes)), 0),
            None => {
                let offset = info.view.offset;
                (Source::Operand(self.operand(info.view.base)), offset)
            }
        };
        let shape: Dims = info.ty.dims.iter().copied().filter(|&d| d != 1).collect();
        let strides = if shape.is_empty() || matches!(source, Source::Constant(_)) {
            // One element stands for the whole space.
            vec![0; self.space.dims.len()]
        } else if level == Level::Element && shape != self.space.dims {
            let reshaped = info.view.reshaped(&info.ty.dims, &self.space.dims);
            reshaped.expect("a group's space fits what it reads").strides.to_vec()
        } else {
            let axes = info.ty.dims.iter().zip(&info.view.strides);
            axes.filter(|(size, _)| **size != 1).map(|(_, &stride)| stride).collect()
        };
        self.known(Leaf { source, element, offset, strides, level })
    }

    /// The number of an operand of the kernel.
    fn operand(&mut self, base: Val) -> usize {
        self.operands.iter().position(|&o| o == base).unwrap_or_else(|| {
            self.operands.push(base);
            self.operands.len() - 1
        })
    }

    /// A piece of a value of that shape, without the axes of size 1.
    fn piece(&mut self, dims: &[usize], piece: &graph::Piece) -> Piece {
        let kept = |values: &[usize]| -> Vec<usize> {
            dims.iter().zip(values).filter(|(size, _)| **size != 1).map(|(_, &value)| value).collect()
        };
        Piece {
            low: kept(&piece.low),
            high: kept(&piece.high),
            operand: self.operand(piece.view.base),
            offset: piece.view.offset,
            strides: kept(&piece.view.strides),
        }
    }

    fn known(&mut self, leaf: Leaf) -> Argument {
        let known = self.recipe.leaves.iter().position(|l| *l == leaf);
        Argument::Leaf(known.unwrap_or_else(|| {
            self.recipe.leaves.push(leaf);
            self.recipe.leaves.len() - 1
        }))
    }
}
