//! Factorizations and solves.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::{Operand, Tangent};
use super::Applied;
use crate::{
    ComparisonDirection, DotDimensions, ElementType, OpKind, Precision, TensorType, TriangularTranspose,
    Unary, ValueId,
};

/// With A = L Lᴴ: dL = L Φ(L⁻¹ dA L⁻ᴴ), where Φ takes the lower triangle and half of the diagonal. (I. Murray,
/// Differentiation of the Cholesky decomposition, 2016.) Of dA the triangle counts that is read; of the factor, too.
pub(super) fn cholesky<'f>(
    l: &mut Linearizer<'f>,
    factor: ValueId,
    t: Tangent,
    lower: bool,
) -> Differentiated<Tangent> {
    use TriangularTranspose::{Adjoint, NoTranspose};
    let ty = l.ty(factor);
    let symmetric = self_adjoint(l, t, lower)?;
    let solve = |l: &mut Linearizer<'f>, left_side, transpose_a, t: Tangent| {
        let kind = OpKind::TriangularSolve { left_side, lower, unit_diagonal: false, transpose_a };
        l.step(kind, [factor.into(), t.into()], ty.clone())
    };
    let half = self::triangle(l, &ty, lower, 0.5)?;
    if lower {
        let left = solve(l, true, NoTranspose, symmetric);
        let both = solve(l, false, Adjoint, left);
        let half = l.scale(both, half);
        Ok(matmul(l, factor.into(), half.into(), ty))
    } else {
        let left = solve(l, true, Adjoint, symmetric);
        let both = solve(l, false, NoTranspose, left);
        let half = l.scale(both, half);
        Ok(matmul(l, half.into(), factor.into(), ty))
    }
}

/// With op(A) X = B: dX = op(A)⁻¹ (dB - op(dA) X); likewise from the right.
pub(super) fn triangular_solve<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    kind: &OpKind,
) -> Differentiated<Option<Tangent>> {
    let OpKind::TriangularSolve { left_side, lower, unit_diagonal, transpose_a } = *kind else {
        unreachable!("the rule is for `triangular_solve`")
    };
    let (matrix, solution) = (a.operands[0], a.y());
    let ty = l.ty(solution);
    let by_matrix = match t[0] {
        None => None,
        Some(t) => {
            let matrix_type = l.ty(matrix);
            let mask = triangle(l, &matrix_type, lower, if unit_diagonal { 0.0 } else { 1.0 })?;
            let mut change = l.scale(t, mask);
            if transpose_a != TriangularTranspose::NoTranspose {
                change = transposed(l, change, transpose_a == TriangularTranspose::Adjoint);
            }
            let moved = match left_side {
                true => matmul(l, change.into(), solution.into(), ty.clone()),
                false => matmul(l, solution.into(), change.into(), ty.clone()),
            };
            Some(l.negate(moved))
        }
    };
    let right = l.sum(t[1], by_matrix);
    Ok(right.map(|t| l.step(kind.clone(), [matrix.into(), t.into()], ty)))
}

/// The change of a self-adjoint matrix of which one triangle is read.
pub(super) fn self_adjoint(l: &mut Linearizer<'_>, t: Tangent, lower: bool) -> Differentiated<Tangent> {
    let ty = l.tape.ty(t).clone();
    let (own, strict) = (triangle(l, &ty, lower, 1.0)?, triangle(l, &ty, lower, 0.0)?);
    let (own, other) = (l.scale(t, own), l.scale(t, strict));
    let other = transposed(l, other, true);
    Ok(l.add(own, other))
}

/// Ones in a triangle, a number on the diagonal, zeros elsewhere, for the last two axes.
pub(super) fn triangle(
    l: &mut Linearizer<'_>,
    ty: &TensorType,
    lower: bool,
    diagonal: f64,
) -> Differentiated<ValueId> {
    let rank = ty.rank();
    let index = ty.with_dims(ty.dims[rank - 2..].iter().copied());
    let index = TensorType { element: ElementType::I64, ..index };
    let (rows, columns) = (l.builder.iota(index.clone(), 0)?, l.builder.iota(index, 1)?);
    let direction = if lower { ComparisonDirection::Gt } else { ComparisonDirection::Lt };
    let is_inside = l.compare(direction, rows, columns)?;
    let is_diagonal = l.compare(ComparisonDirection::Eq, rows, columns)?;
    let matrix = ty.with_dims(ty.dims[rank - 2..].iter().copied());
    let [zero, one, diagonal] = [0.0, 1.0, diagonal].map(|number| l.number(&matrix, number));
    let rest = l.select(is_diagonal, diagonal?, zero?)?;
    let mask = l.select(is_inside, one?, rest)?;
    Ok(l.builder.broadcast_in_dim(mask, &ty.dims, &[rank - 2, rank - 1])?)
}

/// With the last two axes exchanged.
pub(super) fn transposed(l: &mut Linearizer<'_>, t: Tangent, conjugated: bool) -> Tangent {
    let ty = l.tape.ty(t).clone();
    let permutation = last_two_swapped(ty.rank());
    let turned = ty.with_dims(permutation.iter().map(|&i| ty.dims[i]));
    let t = l.step(OpKind::Transpose { permutation }, [t.into()], turned);
    if conjugated && ty.element.is_complex() {
        return l.step_like(OpKind::Unary(Unary::ChloConj), t);
    }
    t
}

/// The permutation that transposes the last two axes.
pub(super) fn last_two_swapped(rank: usize) -> Vec<usize> {
    let mut permutation: Vec<usize> = (0..rank).collect();
    permutation.swap(rank - 2, rank - 1);
    permutation
}

/// The product of matrices in the last two axes.
pub(super) fn matmul(l: &mut Linearizer<'_>, a: Operand, b: Operand, ty: TensorType) -> Tangent {
    let rank = ty.rank();
    let dimension_numbers = DotDimensions {
        lhs_batching: (0..rank - 2).collect(),
        rhs_batching: (0..rank - 2).collect(),
        lhs_contracting: vec![rank - 1],
        rhs_contracting: vec![rank - 2],
    };
    let precision = vec![Precision::Default; 2];
    let kind = OpKind::DotGeneral { dimension_numbers, precision, algorithm: None };
    l.step(kind, [a, b], ty)
}
