//! Products: linear in each factor.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::Tangent;
use super::Applied;
use crate::{DotDimensions, OpKind};

pub(super) fn bilinear<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    product(l, a, t, &a.op.kind)
}

/// The older `dot`: the last axis of the first factor by the first of the second.
pub(super) fn dot<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    let OpKind::Dot { precision } = &a.op.kind else { unreachable!("the rule is for `dot`") };
    let dimension_numbers = DotDimensions {
        lhs_contracting: vec![l.ty(a.x()).rank() - 1],
        rhs_contracting: vec![0],
        ..DotDimensions::default()
    };
    let kind = OpKind::DotGeneral { dimension_numbers, precision: precision.clone(), algorithm: None };
    product(l, a, t, &kind)
}

fn product<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    kind: &OpKind,
) -> Differentiated<Option<Tangent>> {
    let ty = l.ty(a.y());
    let [x, z] = [a.operands[0], a.operands[1]];
    let by_x = t[0].map(|t| l.step(kind.clone(), [t.into(), z.into()], ty.clone()));
    let by_z = t[1].map(|t| l.step(kind.clone(), [x.into(), t.into()], ty));
    Ok(l.sum(by_x, by_z))
}
