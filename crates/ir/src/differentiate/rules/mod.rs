//! How results change with operands: a rule for each operation, in files by family.
//!
//! A rule is given an operation whose copy is in the new function, and adds the steps that lead from its operands'
//! tangents to its results'. What it gives no tangent does not change: integers, and what is constant but for jumps.

mod control;
mod elementwise;
mod factorizations;
mod indexing;
mod linear_algebra;
mod movement;
mod products;
mod reduction;

use super::Differentiated;
use super::linearize::Linearizer;
use super::tape::Tangent;
use crate::{Op, OpKind, TensorType, ValueId};

pub(super) use control::free_values;
pub(super) use indexing::{gather_of, scatter_of};
pub(super) use reduction::{inverse, windowed};

/// An operation whose copy is there.
pub(super) struct Applied<'f> {
    op: &'f Op,
    /// Operands and results in the new function.
    operands: Vec<ValueId>,
    results: Vec<ValueId>,
}

impl Applied<'_> {
    fn x(&self) -> ValueId {
        self.operands[0]
    }

    fn y(&self) -> ValueId {
        self.results[0]
    }
}

/// Copies an operation into the new function, with its steps.
pub(super) fn linearize<'f>(l: &mut Linearizer<'f>, op: &'f Op) -> Differentiated<()> {
    let is_active = op.operands.iter().any(|&value| l.tangent(value).is_some())
        || op.regions.iter().any(|region| free_values(region).iter().any(|&v| l.tangent(v).is_some()));
    if !is_active {
        l.copy(op)?;
        return Ok(());
    }
    match &op.kind {
        OpKind::While => return control::while_loop(l, op),
        OpKind::If | OpKind::Case => return control::branches(l, op),
        OpKind::Sort { dimension, is_stable } => return indexing::sort(l, op, *dimension, *is_stable),
        _ => {}
    }
    let operands = op.operands.iter().map(|&value| l.value(value)).collect();
    let results = l.copy(op)?.to_vec();
    let applied = Applied { op, operands, results };
    let tangents: Vec<Option<Tangent>> = op.operands.iter().map(|&value| l.tangent(value)).collect();
    let result = rule(l, &applied, &tangents)?;
    if let Some(tangent) = result {
        l.tangents.insert(op.results[0], tangent);
    }
    Ok(())
}

/// The tangent of an operation's first result, where it has one.
fn rule<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    let ty = |l: &Linearizer<'f>| l.ty(a.y());
    match &a.op.kind {
        OpKind::Unary(op) => elementwise::unary(l, a, *op, t[0]),
        OpKind::Binary(op) => elementwise::binary(l, a, *op, t),
        OpKind::Select => l.choose(a.operands[0], t[1], t[2]),
        OpKind::Clamp => elementwise::clamp(l, a, t),
        OpKind::ReducePrecision { .. } => Ok(t[0].map(|t| l.step_like(a.op.kind.clone(), t))),
        OpKind::Compare { .. } | OpKind::BitcastConvert => Ok(None),

        OpKind::Reshape
        | OpKind::Transpose { .. }
        | OpKind::BroadcastInDim { .. }
        | OpKind::Broadcast { .. }
        | OpKind::Reverse { .. }
        | OpKind::Slice { .. }
        | OpKind::Fft { .. } => {
            let ty = ty(l);
            Ok(t[0].map(|t| l.step(a.op.kind.clone(), [t.into()], ty)))
        }
        OpKind::Concatenate { .. } | OpKind::Pad { .. } | OpKind::DynamicUpdateSlice => {
            movement::parts(l, a, t)
        }
        OpKind::DynamicSlice { .. } | OpKind::Gather { .. } => {
            let ty = ty(l);
            let Some(tangent) = t[0] else { return Ok(None) };
            let indices = a.operands[1..].iter().map(|&index| index.into());
            Ok(Some(l.step(a.op.kind.clone(), std::iter::once(tangent.into()).chain(indices), ty)))
        }
        OpKind::Scatter { dimension_numbers, unique_indices, .. } => {
            indexing::scatter(l, a, t, dimension_numbers, *unique_indices)
        }
        OpKind::TopK { .. } => indexing::top_k(l, a, t[0]),

        OpKind::DotGeneral { .. } | OpKind::Convolution(_) => products::bilinear(l, a, t),
        OpKind::Dot { .. } => products::dot(l, a, t),
        OpKind::Reduce { dimensions } => reduction::reduce(l, a, t, dimensions),
        OpKind::ReduceWindow(window) => reduction::reduce_window(l, a, t, window),
        OpKind::Cholesky { lower } => t[0].map(|t| linear_algebra::cholesky(l, a.y(), t, *lower)).transpose(),
        OpKind::TriangularSolve { .. } => linear_algebra::triangular_solve(l, a, t, &a.op.kind),
        OpKind::CustomCall(call) => factorizations::custom_call(l, a, t, call),
        OpKind::OptimizationBarrier => {
            for (i, tangent) in t.iter().enumerate() {
                if let Some(tangent) = *tangent {
                    l.tangents.insert(a.op.results[i], tangent);
                }
            }
            Ok(None)
        }
        _ => {
            l.unsupported(a.op, "there is no rule for it; write what it does by other operations");
            Ok(None)
        }
    }
}

/// The same shape, with elements of another type.
fn with_element(ty: &TensorType, element: crate::ElementType) -> TensorType {
    TensorType { element, ..ty.clone() }
}
