//! Normalization, linear algebra, Fourier transforms, random numbers.

use super::*;
use crate::{FftType, RngAlgorithm, RngDistribution, TriangularTranspose};

/// An operand to normalize and the type of a value for each of its features.
fn features<'t>(
    feature_index: usize,
    operands: &[&'t Type],
    vectors: std::ops::Range<usize>,
) -> Ruled<(&'t TensorType, TensorType)> {
    let x = tensor(operands, 0)?;
    check_axis("feature_index", feature_index, x.rank())?;
    ensure!(x.element.is_float() || x.quantization.is_some(), "the operand is {x}; expected floats");
    let vector = TensorType { quantization: None, ..x.with_dims([x.dims[feature_index]]) };
    for i in vectors {
        let other = tensor(operands, i)?;
        ensure!(
            same_dims(&other.dims, &vector.dims) && same_element(other, x),
            "operand {i} is {other}; expected {vector}, one value for each feature"
        );
    }
    Ok((x, vector))
}

pub(super) fn batch_norm_inference(feature_index: usize, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 5)?;
    let (x, _) = features(feature_index, operands, 1..5)?;
    Inferred::one(x.clone())
}

pub(super) fn batch_norm_training(feature_index: usize, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 3)?;
    let (x, vector) = features(feature_index, operands, 1..3)?;
    Ok(Inferred::Types(vec![x.clone().into(), vector.clone().into(), vector.into()]))
}

pub(super) fn batch_norm_grad(feature_index: usize, operands: &[&Type]) -> Ruled<Inferred> {
    arity(operands, 5)?;
    let (x, vector) = features(feature_index, operands, 1..4)?;
    let gradient = tensor(operands, 4)?;
    ensure!(
        same_dims(&gradient.dims, &x.dims) && same_element(gradient, x),
        "the gradient is {gradient}; expected {x}"
    );
    Ok(Inferred::Types(vec![x.clone().into(), vector.clone().into(), vector.into()]))
}

/// The last two axes of a stack of square matrices.
fn check_square(x: &TensorType) -> Ruled<()> {
    let square = matches!(x.dims[..], [.., n, m] if same_size(n, m));
    ensure!(square, "the operand is {x}; expected square matrices in its last two axes");
    ensure!(
        x.element.is_float() || x.element.is_complex() || x.quantization.is_some(),
        "the operand is {x}; expected floats or complex numbers"
    );
    Ok(())
}

pub(super) fn cholesky(operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    check_square(x)?;
    Inferred::one(x.clone())
}

pub(super) fn triangular_solve(
    left_side: bool,
    _transpose_a: TriangularTranspose,
    operands: &[&Type],
) -> Ruled<Inferred> {
    let [a, b] = tensors(operands)?;
    check_square(a)?;
    let rank = a.rank();
    let fits = b.rank() == rank
        && same_element(a, b)
        && same_dims(&a.dims[..rank - 2], &b.dims[..rank - 2])
        && same_size(a.dims[rank - 1], b.dims[if left_side { rank - 2 } else { rank - 1 }]);
    ensure!(
        fits,
        "the operands are {a} and {b}; expected the same elements, rank and batch, and a {} as long as the matrix",
        if left_side { "second last axis" } else { "last axis" }
    );
    Inferred::one(b.clone())
}

pub(super) fn fft(fft_type: FftType, length: &[usize], operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    ensure!(
        (1..=3).contains(&length.len()) && length.len() <= x.rank(),
        "fft_length is {length:?} for {x}; expected one to three lengths, those of the last axes"
    );
    let (batch, last) = x.dims.split_at(x.rank() - length.len());
    let n = length[length.len() - 1];
    let halved = n / 2 + 1;
    let wrong_elements =
        |expected: &str| problem(format!("the operand of {fft_type:?} is {x}; expected {expected}"));
    let (element, expected_last, result_last) = match fft_type {
        FftType::Fft | FftType::Ifft if x.element.is_complex() => (x.element, n, n),
        FftType::Fft | FftType::Ifft => return wrong_elements("complex numbers"),
        FftType::Rfft => match x.element.to_complex() {
            Some(complex) => (complex, n, if n == 0 { 0 } else { halved }),
            None => return wrong_elements("f32 or f64"),
        },
        FftType::Irfft if x.element.is_complex() => {
            (x.element.real_part(), if n == 0 { 0 } else { halved }, n)
        }
        FftType::Irfft => return wrong_elements("complex numbers"),
    };
    let expected: Dims = length[..length.len() - 1].iter().copied().chain([expected_last]).collect();
    ensure!(
        same_dims(last, &expected),
        "the last axes of {x} are transformed with fft_length {length:?}; expected them to be {expected:?}"
    );
    let dims = batch.iter().chain(&length[..length.len() - 1]).copied().chain([result_last]);
    Inferred::one(TensorType::new(element, dims))
}

pub(super) fn rng(distribution: RngDistribution, operands: &[&Type]) -> Ruled<Inferred> {
    let [a, b, shape] = tensors(operands)?;
    ensure!(
        a.rank() == 0 && b.rank() == 0 && a.element == b.element && !a.element.is_complex(),
        "the parameters are {a} and {b}; expected two scalars of one type"
    );
    ensure!(
        distribution == RngDistribution::Uniform || a.element.is_float(),
        "the parameters are {a} for NORMAL numbers; expected floats"
    );
    ensure!(
        shape.rank() == 1 && shape.element.is_integer(),
        "the shape is {shape}; expected integers in a tensor of rank 1"
    );
    Ok(Inferred::Open)
}

pub(super) fn check_rng(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    shape::check_shape_operand(operands, 2, results)?;
    shape::check_same_element(operands, results)
}

pub(super) fn rng_bit_generator(algorithm: RngAlgorithm, operands: &[&Type]) -> Ruled<Inferred> {
    let [state] = tensors(operands)?;
    let sizes: &[usize] = match algorithm {
        RngAlgorithm::ThreeFry => &[2],
        RngAlgorithm::Philox => &[2, 3],
        RngAlgorithm::Default => &[],
    };
    let fits = state.rank() == 1
        && state.element == ElementType::U64
        && (sizes.is_empty() || state.dims[0] == DYNAMIC || sizes.contains(&state.dims[0]));
    ensure!(
        fits,
        "the state of {algorithm:?} is {state}; expected tensor<2xui64>, or for Philox also tensor<3xui64>"
    );
    Ok(Inferred::Open)
}

pub(super) fn check_rng_bit_generator(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let state = tensor(operands, 0)?;
    let [Type::Tensor(next), Type::Tensor(bits)] = results else {
        return problem(format!(
            "{} results are declared; expected the next state and the bits",
            results.len()
        ));
    };
    ensure!(
        next.element == state.element && same_dims(&next.dims, &state.dims),
        "the next state is {next}; expected {state}"
    );
    ensure!(
        bits.element.is_integer() || bits.element.is_float(),
        "the bits are {bits}; expected integers or floats"
    );
    Ok(())
}
