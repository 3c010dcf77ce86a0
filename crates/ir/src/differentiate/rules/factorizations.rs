//! Factorizations that programs ask for by `custom_call`: LAPACK's, as JAX names them, and Runahead's own.

use super::super::Differentiated;
use super::super::linearize::Linearizer;
use super::super::tape::Tangent;
use super::linear_algebra::{
    cholesky, last_two_swapped, matmul, self_adjoint, transposed, triangle, triangular_solve,
};
use super::{Applied, with_element};
use crate::{
    Attribute, Binary, ComparisonDirection, CustomCall, ElementType, Op, OpKind, TensorType,
    TriangularTranspose, Unary, ValueId,
};

/// The rule of a call by its target; `lapack_` and the letter of the elements before a routine's name do not matter.
pub(super) fn custom_call<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
    call: &CustomCall,
) -> Differentiated<Option<Tangent>> {
    let routine = call.target.strip_prefix("lapack_").and_then(|name| name.strip_suffix("_ffi"));
    let routine = routine.and_then(|name| name.get(1..)).unwrap_or(&call.target);
    let letter = |name: &str| letter(a.op, call, name);
    let reason = match (routine, t.first().copied().flatten()) {
        ("trsm", _) => {
            let transpose_a = match letter("trans_x") {
                Some('T') => TriangularTranspose::Transpose,
                Some('C') => TriangularTranspose::Adjoint,
                _ => TriangularTranspose::NoTranspose,
            };
            let (lower, unit_diagonal) = (letter("uplo") == Some('L'), letter("diag") == Some('U'));
            let left_side = letter("side") == Some('L');
            let kind = OpKind::TriangularSolve { left_side, lower, unit_diagonal, transpose_a };
            return triangular_solve(l, a, t, &kind);
        }
        ("potrf", Some(t)) => return potrf(l, a, t, letter("uplo") == Some('L')).map(Some),
        ("syevd" | "heevd", Some(t)) if letter("mode") == Some('V') => {
            return eigh(l, a, t, letter("uplo") == Some('L'));
        }
        ("syevd" | "heevd" | "gesdd", _) if letter("mode") == Some('N') => {
            "it is known where the vectors are asked for, too".to_owned()
        }
        ("gesdd", Some(t)) => match vectors_are_thin(l, a) {
            true => return svd(l, a, t),
            false => {
                "it is known of the thin factorization alone; ask for no more vectors than values".to_owned()
            }
        },
        ("runahead.lu", Some(t)) => match square(l, a) {
            true => return lu(l, a, t),
            false => format!("{} is not square", l.ty(a.x())),
        },
        ("runahead.qr", Some(t)) => {
            match l.ty(a.x()).dims.last() == l.ty(a.results[1]).dims.get(axis(l, a)) {
                true => return qr(l, a, t),
                false => format!("{} has fewer rows than columns", l.ty(a.x())),
            }
        }
        _ => format!("what @{} does is not known to change with its operands", call.target),
    };
    l.unsupported(a.op, reason);
    Ok(None)
}

/// An option that LAPACK names by a letter.
fn letter(op: &Op, call: &CustomCall, name: &str) -> Option<char> {
    match CustomCall::option(call.backend_config.as_ref(), &op.attributes, name)? {
        Attribute::Integer(code, _) => u8::try_from(*code).ok().map(char::from),
        _ => None,
    }
}

/// The axis of the rows.
fn axis(l: &Linearizer<'_>, a: &Applied<'_>) -> usize {
    l.ty(a.x()).rank() - 2
}

fn square(l: &Linearizer<'_>, a: &Applied<'_>) -> bool {
    matches!(l.ty(a.x()).dims[..], [.., rows, columns] if rows == columns)
}

/// Whether there are as many singular vectors as values.
fn vectors_are_thin(l: &Linearizer<'_>, a: &Applied<'_>) -> bool {
    let [values, left, right] = [1, 2, 3].map(|i| l.ty(a.results[i]));
    let count = values.dims.last();
    left.dims.last() == count && right.dims.get(axis(l, a)) == count
}

/// `cholesky`, of which the other triangle holds what the operand held there.
fn potrf<'f>(l: &mut Linearizer<'f>, a: &Applied<'f>, t: Tangent, lower: bool) -> Differentiated<Tangent> {
    let ty = l.ty(a.y());
    let mask = triangle(l, &ty, lower, 1.0)?;
    let factor = l.multiply(a.y(), mask)?;
    let inside = cholesky(l, factor, t, lower)?;
    let outside = triangle(l, &ty, !lower, 0.0)?;
    let kept = l.scale(t, outside);
    Ok(l.add(inside, kept))
}

/// With A = V w Vᴴ: dV = V (F ∘ Vᴴ dA V) with Fᵢⱼ = 1 / (wⱼ - wᵢ) off the diagonal, dw = diag(Vᴴ dA V). (M. Giles, An
/// extended collection of matrix derivative results, 2008.)
fn eigh<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: Tangent,
    lower: bool,
) -> Differentiated<Option<Tangent>> {
    let [vectors, values] = [a.results[0], a.results[1]];
    let ty = l.ty(vectors);
    let change = self_adjoint(l, t, lower)?;
    let adjoint = adjoint(l, vectors)?;
    let left = matmul(l, adjoint.into(), change.into(), ty.clone());
    let inner = matmul(l, left.into(), vectors.into(), ty.clone());
    let [along_columns, along_rows] = [ty.rank() - 1, ty.rank() - 2];
    let columns = spread(l, values, &ty, along_columns)?;
    let rows = spread(l, values, &ty, along_rows)?;
    let difference = l.binary(Binary::Subtract, columns, rows)?;
    let factor = off_diagonal_inverse(l, difference)?;
    let factor = l.builder.convert(factor, ty.element)?;
    let scaled = l.scale(inner, factor);
    let by_vectors = matmul(l, vectors.into(), scaled.into(), ty);
    let by_values = diagonal(l, inner, &l.ty(values))?;
    l.tangents.insert(a.op.results[0], by_vectors);
    l.tangents.insert(a.op.results[1], by_values);
    Ok(None)
}

/// With A = U s Vᴴ, thin, S = Uᴴ dA V and Fᵢⱼ = 1 / (sⱼ² - sᵢ²) off the diagonal: ds = re diag S,
/// dU = U (F ∘ (S s + s Sᴴ)) + (1 - U Uᴴ) dA V s⁻¹, dV = V (F ∘ (s S + Sᴴ s)) + (1 - V Vᴴ) dAᴴ U s⁻¹; where there are
/// imaginary parts on the diagonal of S, U takes them. (J. Townsend, Differentiating the singular value decomposition, 2016.)
fn svd<'f>(l: &mut Linearizer<'f>, a: &Applied<'f>, t: Tangent) -> Differentiated<Option<Tangent>> {
    let [values, u, vt] = [1, 2, 3].map(|i| a.results[i]);
    let (ty, real) = (l.ty(a.x()), l.ty(values));
    let [rows, columns] = [ty.rank() - 2, ty.rank() - 1];
    let (m, n, k) = (ty.dims[rows], ty.dims[columns], real.dims[rows]);
    let batch = ty.dims[..rows].to_vec();
    let matrix = |m: usize, n: usize| ty.with_dims(batch.iter().copied().chain([m, n]));
    let (ut, v) = (adjoint(l, u)?, adjoint(l, vt)?);
    let times_v = matmul(l, t.into(), v.into(), matrix(m, k));
    let inner = matmul(l, ut.into(), times_v.into(), matrix(k, k));
    let by_values = diagonal(l, inner, &real)?;

    let s_columns = spread(l, values, &matrix(k, k), columns)?;
    let s_rows = spread(l, values, &matrix(k, k), rows)?;
    let (sum, difference) =
        (l.binary(Binary::Add, s_columns, s_rows)?, l.binary(Binary::Subtract, s_columns, s_rows)?);
    let squares = l.multiply(sum, difference)?;
    let factor = off_diagonal_inverse(l, squares)?;
    let [factor, s_columns, s_rows] =
        [factor, s_columns, s_rows].map(|value| l.builder.convert(value, ty.element));
    let (factor, s_columns, s_rows) = (factor?, s_columns?, s_rows?);
    let turn = |l: &mut Linearizer<'f>, scale: ValueId| {
        let scaled = l.scale(inner, scale);
        let other = transposed(l, scaled, true);
        let both = l.add(scaled, other);
        l.scale(both, factor)
    };
    let (mut turn_u, turn_v) = (turn(l, s_columns), turn(l, s_rows));
    if ty.element.is_complex() {
        let other = transposed(l, inner, true);
        let other = l.negate(other);
        let skew = l.add(inner, other);
        let half = l.number(&matrix(k, k), 0.5)?;
        let inverse = inverse_or_zero(l, s_columns)?;
        let eye = diagonal_mask(l, &matrix(k, k))?;
        let scale = l.multiply(half, inverse)?;
        let scale = l.multiply(scale, eye)?;
        let phase = l.scale(skew, scale);
        turn_u = l.add(turn_u, phase);
    }
    let mut by_u = matmul(l, u.into(), turn_u.into(), matrix(m, k));
    let mut by_v = matmul(l, v.into(), turn_v.into(), matrix(n, k));
    if m > k {
        let outside = outside_of(l, u, ut, times_v, values, matrix(k, k))?;
        by_u = l.add(by_u, outside);
    }
    if n > k {
        let adjoint_change = transposed(l, t, true);
        let times_u = matmul(l, adjoint_change.into(), u.into(), matrix(n, k));
        let outside = outside_of(l, v, vt, times_u, values, matrix(k, k))?;
        by_v = l.add(by_v, outside);
    }
    let by_vt = transposed(l, by_v, true);
    for (result, tangent) in [(1, by_values), (2, by_u), (3, by_vt)] {
        l.tangents.insert(a.op.results[result], tangent);
    }
    Ok(None)
}

/// (1 - U Uᴴ) X s⁻¹.
fn outside_of(
    l: &mut Linearizer<'_>,
    u: ValueId,
    adjoint: ValueId,
    x: Tangent,
    values: ValueId,
    inner: TensorType,
) -> Differentiated<Tangent> {
    let ty = l.ty(u);
    let inside = matmul(l, adjoint.into(), x.into(), inner);
    let inside = matmul(l, u.into(), inside.into(), ty.clone());
    let inside = l.negate(inside);
    let outside = l.add(x, inside);
    let values = spread(l, values, &ty, ty.rank() - 1)?;
    let values = l.builder.convert(values, ty.element)?;
    Ok(l.divide(outside, values))
}

/// With A = Q R, X = Qᴴ dA R⁻¹ and Ω the skew part that X's lower triangle gives: dQ = Q (Ω - X) + dA R⁻¹,
/// dR = (X - Ω) R. (S. Walter, L. Lehmann, Algorithmic differentiation of linear algebra functions, 2010.)
fn qr<'f>(l: &mut Linearizer<'f>, a: &Applied<'f>, t: Tangent) -> Differentiated<Option<Tangent>> {
    let [q, r] = [a.results[0], a.results[1]];
    let (tall, square) = (l.ty(q), l.ty(r));
    let solve = OpKind::TriangularSolve {
        left_side: false,
        lower: false,
        unit_diagonal: false,
        transpose_a: TriangularTranspose::NoTranspose,
    };
    let solved = l.step(solve, [r.into(), t.into()], tall.clone());
    let adjoint = adjoint(l, q)?;
    let inner = matmul(l, adjoint.into(), solved.into(), square.clone());
    let strict = triangle(l, &square, true, 0.0)?;
    let lower = l.scale(inner, strict);
    let upper = transposed(l, lower, true);
    let upper = l.negate(upper);
    let mut skew = l.add(lower, upper);
    if square.element.is_complex() {
        let conjugate = l.step_like(OpKind::Unary(Unary::ChloConj), inner);
        let conjugate = l.negate(conjugate);
        let imaginary = l.add(inner, conjugate);
        let half = l.number(&square, 0.5)?;
        let eye = diagonal_mask(l, &square)?;
        let scale = l.multiply(half, eye)?;
        let imaginary = l.scale(imaginary, scale);
        skew = l.add(skew, imaginary);
    }
    let minus = l.negate(skew);
    let rest = l.add(inner, minus);
    let minus = l.negate(rest);
    let turned = matmul(l, q.into(), minus.into(), tall);
    let by_q = l.add(turned, solved);
    let by_r = matmul(l, rest.into(), r.into(), square);
    l.tangents.insert(a.op.results[0], by_q);
    l.tangents.insert(a.op.results[1], by_r);
    Ok(None)
}

/// With P A = L U and X = L⁻¹ P dA U⁻¹: the change of both factors, packed, is L tril(X, -1) + triu(X) U.
fn lu<'f>(l: &mut Linearizer<'f>, a: &Applied<'f>, t: Tangent) -> Differentiated<Option<Tangent>> {
    let [packed, order] = [a.results[0], a.results[1]];
    let ty = l.ty(packed);
    let rows = ty.rank() - 2;
    let index = with_element(&ty, l.ty(order).element);
    let columns = l.builder.iota(index.clone(), rows + 1)?;
    let taken = spread(l, order, &index, rows)?;
    let is_taken = l.compare(ComparisonDirection::Eq, columns, taken)?;
    let permutation = l.builder.convert(is_taken, ty.element)?;
    let permuted = matmul(l, permutation.into(), t.into(), ty.clone());

    let (strict, upper) = (triangle(l, &ty, true, 0.0)?, triangle(l, &ty, false, 1.0)?);
    let eye = diagonal_mask(l, &ty)?;
    let below = l.multiply(packed, strict)?;
    let (left, right) = (l.binary(Binary::Add, below, eye)?, l.multiply(packed, upper)?);
    let solve = |l: &mut Linearizer<'f>, left_side: bool, lower: bool, t: Tangent| {
        let transpose_a = TriangularTranspose::NoTranspose;
        let kind = OpKind::TriangularSolve { left_side, lower, unit_diagonal: lower, transpose_a };
        l.step(kind, [packed.into(), t.into()], ty.clone())
    };
    let solved = solve(l, true, true, permuted);
    let inner = solve(l, false, false, solved);
    let (low, high) = (l.scale(inner, strict), l.scale(inner, upper));
    let by_left = matmul(l, left.into(), low.into(), ty.clone());
    let by_right = matmul(l, high.into(), right.into(), ty.clone());
    Ok(Some(l.add(by_left, by_right)))
}

/// The conjugate transpose of matrices in the last two axes.
fn adjoint(l: &mut Linearizer<'_>, x: ValueId) -> Differentiated<ValueId> {
    let ty = l.ty(x);
    let turned = l.builder.transpose(x, &last_two_swapped(ty.rank()))?;
    if ty.element.is_complex() { l.unary(Unary::ChloConj, turned) } else { Ok(turned) }
}

/// Vectors, repeated to matrices along the axis that they do not have: they lie along the axis of that number.
fn spread(l: &mut Linearizer<'_>, x: ValueId, matrix: &TensorType, along: usize) -> Differentiated<ValueId> {
    let batch = 0..matrix.rank() - 2;
    Ok(l.builder.broadcast_in_dim(x, &matrix.dims, &batch.chain([along]).collect::<Vec<_>>())?)
}

/// One on the diagonals of the last two axes, zero elsewhere.
fn diagonal_mask(l: &mut Linearizer<'_>, ty: &TensorType) -> Differentiated<ValueId> {
    let (with, without) = (triangle(l, ty, true, 1.0)?, triangle(l, ty, true, 0.0)?);
    l.binary(Binary::Subtract, with, without)
}

/// The inverse of each element, and zero on the diagonal.
fn off_diagonal_inverse(l: &mut Linearizer<'_>, x: ValueId) -> Differentiated<ValueId> {
    let ty = l.ty(x);
    let eye = diagonal_mask(l, &ty)?;
    let (one, sum) = (l.number(&ty, 1.0)?, l.binary(Binary::Add, x, eye)?);
    let inverse = l.binary(Binary::Divide, one, sum)?;
    l.binary(Binary::Subtract, inverse, eye)
}

/// The inverse of each element that is not zero.
fn inverse_or_zero(l: &mut Linearizer<'_>, x: ValueId) -> Differentiated<ValueId> {
    let (zero, one) = (l.number_like(x, 0.0)?, l.number_like(x, 1.0)?);
    let is_zero = l.compare(ComparisonDirection::Eq, x, zero)?;
    let inverse = l.binary(Binary::Divide, one, x)?;
    l.select(is_zero, zero, inverse)
}

/// The real parts of the diagonals of square matrices.
fn diagonal(l: &mut Linearizer<'_>, t: Tangent, ty: &TensorType) -> Differentiated<Tangent> {
    let matrix = l.tape.ty(t).clone();
    let eye = diagonal_mask(l, &matrix)?;
    let kept = l.scale(t, eye);
    let column = matrix.with_dims(ty.dims.iter().copied().chain([1]));
    let ones = l.number(&column, 1.0)?;
    let sums = matmul(l, kept.into(), ones.into(), column);
    let vector = TensorType { element: matrix.element, ..ty.clone() };
    let vector = l.step(OpKind::Reshape, [sums.into()], vector);
    if matrix.element == ElementType::C64 || matrix.element == ElementType::C128 {
        return Ok(l.step(OpKind::Unary(Unary::Real), [vector.into()], ty.clone()));
    }
    Ok(vector)
}
