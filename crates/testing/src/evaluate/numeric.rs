//! The largest elements, normalization and Fourier transforms.

use num_complex::Complex64;
use runahead_ir::{ElementType, FftType, TensorType};

use super::number::Number::{Any, Complex, Integer, Real};
use super::number::{Tensor, epsilon, indices, linear, tiny};

pub(super) fn top_k(k: usize, x: &Tensor) -> Option<Vec<Tensor>> {
    let length = *x.ty.dims.last()?;
    let dims: Vec<usize> = x.ty.dims[..x.ty.rank() - 1].iter().copied().chain([k]).collect();
    let (mut values, mut places) = (Vec::new(), Vec::new());
    for row in x.numbers.chunks(length.max(1)) {
        let mut order: Vec<usize> = (0..length).collect();
        // Which zero is larger is not settled.
        let mut known = row.iter().all(|n| match n {
            Integer(_) => true,
            Real(value) => !(value.is_nan() || *value == 0.0 && value.is_sign_negative()),
            _ => false,
        });
        if known {
            order.sort_by(|&a, &b| match (row[b], row[a]) {
                (Integer(b), Integer(a)) => b.cmp(&a),
                (Real(b), Real(a)) => b.total_cmp(&a),
                _ => std::cmp::Ordering::Equal,
            });
        }
        known &= order.len() >= k;
        values.extend(order[..k].iter().map(|&i| if known { row[i] } else { Any }));
        places.extend(order[..k].iter().map(|&i| if known { Integer(i as i128) } else { Any }));
    }
    if x.numbers.is_empty() {
        return None;
    }
    let indices = TensorType::new(ElementType::I32, dims.iter().copied());
    Some(vec![Tensor::new(x.ty.with_dims(dims), values), Tensor::new(indices, places)])
}

pub(super) fn normalized(
    x: &Tensor,
    [scale, offset, mean, variance]: [&Tensor; 4],
    epsilon_: f64,
    feature: usize,
) -> Tensor {
    let exact = [x, scale, offset, mean, variance].iter().all(|x| x.error() == 0.0);
    let number = |at: Vec<usize>| {
        let of = |x: &Tensor| x.at(&at[feature..=feature]).complex();
        let parts = (x.at(&at).complex(), of(scale), of(offset), of(mean), of(variance));
        let (Some(x), Some(scale), Some(offset), Some(mean), Some(variance)) = parts else { return Any };
        if !exact || variance.re < 0.1 || variance.im != 0.0 {
            return Any;
        }
        // Real numbers as such: infinite ones have no complex products.
        if scale.im == 0.0 && x.im == 0.0 && offset.im == 0.0 && mean.im == 0.0 {
            Real((x.re - mean.re) / (variance.re + epsilon_).sqrt() * scale.re + offset.re)
        } else {
            Complex((x - mean) / (variance + epsilon_).sqrt() * scale + offset)
        }
    };
    let element = x.ty.element;
    let numbers = indices(&x.ty.dims)
        .map(number)
        .map(|n| if element.is_complex() { n.complex().map_or(Any, Complex) } else { n });
    let result = Tensor::new(x.ty.clone(), numbers.map(|n| n.rounded(element)).collect());
    let largest = result.numbers.iter().map(|n| n.size()).fold(4.0, f64::max);
    result.off_by(64.0 * epsilon(element) * largest)
}

/// The discrete Fourier transform by its definition, along one axis after the other.
pub(super) fn fft(kind: FftType, length: &[usize], x: &Tensor, to: &TensorType) -> Tensor {
    if !x.error().is_finite() || x.numbers.iter().any(|n| !n.size().is_finite()) {
        return Tensor::open(to);
    }
    let rank = x.ty.rank();
    let first = rank - length.len();
    let inverse = matches!(kind, FftType::Ifft | FftType::Irfft);
    let mut dims = x.ty.dims.to_vec();
    let mut numbers: Vec<Complex64> = x.numbers.iter().filter_map(|n| n.complex()).collect();
    if kind == FftType::Irfft {
        // The other half of the last axis is the conjugate of what lies opposite.
        let full: Vec<usize> = dims[..first].iter().chain(length).copied().collect();
        numbers = indices(&full)
            .map(|mut at| {
                let last = at[rank - 1];
                if last < dims[rank - 1] {
                    return numbers[linear(&dims, &at)];
                }
                (first..rank).for_each(|axis| at[axis] = (full[axis] - at[axis]) % full[axis]);
                numbers[linear(&dims, &at)].conj()
            })
            .collect();
        dims = full;
    }
    for axis in first..rank {
        let n = dims[axis];
        numbers = indices(&dims)
            .map(|mut at| {
                let k = at[axis];
                let term = |j: usize| {
                    let turn = (j * k % n) as f64 / n as f64 * if inverse { 1.0 } else { -1.0 };
                    at[axis] = j;
                    numbers[linear(&dims, &at)] * Complex64::from_polar(1.0, turn * std::f64::consts::TAU)
                };
                let sum: Complex64 = (0..n).map(term).sum();
                if inverse { sum / n as f64 } else { sum }
            })
            .collect();
    }
    let result = indices(&to.dims).map(|at| {
        let value = numbers[linear(&dims, &at)];
        if to.element.is_complex() { Complex(value) } else { Real(value.re) }
    });
    let result = Tensor::new(to.clone(), result.collect());
    let units = epsilon(to.element) * result.numbers.iter().map(|n| n.size()).fold(0.0, f64::max);
    // Every product with a root of unity may be rounded below the normal numbers.
    let least = (2 * x.numbers.len()) as f64 * tiny(to.element.real_part());
    result.off_by(8.0 * epsilon(to.element) * x.weight() + x.error() + units + least)
}
