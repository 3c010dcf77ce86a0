//! Factorizations, transforms and random numbers.

use runahead_ir::{
    Built, ElementType, FftType, OpKind, RngAlgorithm, RngDistribution, TensorType, TriangularTranspose,
    Type, ValueId,
};

use super::{one, typed};
use crate::generate::Generator;

pub(super) fn batch_norm(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let rank = 1 + g.choices.below(4);
    let (element, dims) = (g.float(), g.dims(rank));
    let feature_index = g.choices.below(rank);
    let x = g.operand(element, &dims);
    let mut vector = || g.operand(element, &dims[feature_index..=feature_index]);
    let vectors = [vector(), vector(), vector(), vector()];
    let epsilon = 0.001;
    match g.choices.below(3) {
        0 => {
            let operands = [x, vectors[0], vectors[1], vectors[2], vectors[3]];
            one(g, OpKind::BatchNormInference { epsilon, feature_index }, &operands)
        }
        1 => one(g, OpKind::BatchNormTraining { epsilon, feature_index }, &[x, vectors[0], vectors[1]]),
        _ => {
            let y = g.operand(element, &dims);
            one(
                g,
                OpKind::BatchNormGrad { epsilon, feature_index },
                &[x, vectors[0], vectors[1], vectors[2], y],
            )
        }
    }
}

fn matrices(g: &mut Generator<'_>) -> (ElementType, Vec<usize>, usize) {
    let rank = g.choices.below(2);
    let batch = (0..rank).map(|_| g.choices.one_of(&[1, 2, 3, 0])).collect();
    (g.float(), batch, g.choices.one_of(&[2, 3, 1, 0, 5, 8]))
}

pub(super) fn cholesky(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, batch, n) = matrices(g);
    let x = g.operand(element, &[&batch[..], &[n, n]].concat());
    let lower = g.choices.once_in(2);
    one(g, OpKind::Cholesky { lower }, &[x])
}

pub(super) fn triangular_solve(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use TriangularTranspose::*;
    let (element, batch, n) = matrices(g);
    let other = g.choices.one_of(&[1, 2, 0, 4]);
    let left_side = g.choices.once_in(2);
    let a = g.operand(element, &[&batch[..], &[n, n]].concat());
    let sides = if left_side { [n, other] } else { [other, n] };
    let b = g.operand(element, &[&batch[..], &sides].concat());
    let kind = OpKind::TriangularSolve {
        left_side,
        lower: g.choices.once_in(2),
        unit_diagonal: g.choices.once_in(2),
        transpose_a: g.choices.one_of(&[NoTranspose, Transpose, Adjoint]),
    };
    one(g, kind, &[a, b])
}

pub(super) fn fft(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let fft_type = g.choices.one_of(&[FftType::Fft, FftType::Ifft, FftType::Rfft, FftType::Irfft]);
    let rank = 1 + g.choices.below(3);
    let mut dims = g.dims(rank);
    let count = 1 + g.choices.below(rank.min(3));
    let length: Vec<usize> = match fft_type {
        FftType::Irfft => {
            let mut length = dims[rank - count..].to_vec();
            let last = dims[rank - 1];
            length[count - 1] = 2 * last.saturating_sub(1) + g.choices.below(2);
            length
        }
        _ => dims[rank - count..].to_vec(),
    };
    if fft_type == FftType::Irfft {
        dims[rank - 1] = length[count - 1] / 2 + 1;
    }
    let element = if fft_type == FftType::Rfft {
        g.choices.one_of(&[F32, F64])
    } else {
        g.choices.one_of(&[C64, C128])
    };
    let x = g.operand(element, &dims);
    one(g, OpKind::Fft { fft_type, length }, &[x])
}

pub(super) fn rng(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    let (element, shape) = (g.element(), g.shape());
    let (a, b) = (g.operand(element, &[]), g.operand(element, &[]));
    let sizes: Vec<i64> = shape.iter().map(|&size| size as i64).collect();
    let dims = g.vector(ElementType::I64, &sizes);
    let distribution = g.choices.one_of(&[RngDistribution::Uniform, RngDistribution::Normal]);
    typed(g, OpKind::Rng { distribution }, &[a, b, dims], TensorType::new(element, shape))
}

pub(super) fn rng_bit_generator(g: &mut Generator<'_>) -> Built<Vec<ValueId>> {
    use ElementType::*;
    let algorithm = g.choices.one_of(&[RngAlgorithm::ThreeFry, RngAlgorithm::Philox, RngAlgorithm::Default]);
    let words = if algorithm == RngAlgorithm::ThreeFry { 2 } else { 2 + g.choices.below(2) };
    let state = g.operand(U64, &[words]);
    let (element, shape) = (g.choices.one_of(&[U32, U64, U8, U16, I32, F32]), g.shape());
    let kind = OpKind::RngBitGenerator { algorithm };
    let types: [Type; 2] = [TensorType::new(U64, [words]).into(), TensorType::new(element, shape).into()];
    Ok(g.builder.op(kind, &[state], types, Vec::new()).to_vec())
}
