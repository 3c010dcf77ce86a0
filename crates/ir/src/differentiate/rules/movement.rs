//! Operations of several parts that are moved.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::{Operand, Tangent};
use super::Applied;
use crate::OpKind;

/// The same operation on tangents, with zeros for parts that do not change.
pub(super) fn parts<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    let parts = match a.op.kind {
        OpKind::Concatenate { .. } => a.operands.len(),
        // The rest are indices.
        _ => 2,
    };
    let mut operands: Vec<Operand> = Vec::with_capacity(a.operands.len());
    for (i, &operand) in a.operands.iter().enumerate() {
        let ty = l.ty(operand);
        operands.push(if i < parts { l.or_zeros(t[i], &ty)? } else { operand.into() });
    }
    let ty = l.ty(a.y());
    Ok(t[..parts].iter().any(Option::is_some).then(|| l.step(a.op.kind.clone(), operands, ty)))
}
