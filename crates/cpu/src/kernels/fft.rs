//! `fft`: Fourier transforms over the last axes.

use std::fmt;
use std::sync::Arc;

use num_complex::Complex;
use runahead_ir::{ElementType, FftType};
use runahead_linalg::{Fft, FftDirection, Fourier, fourier_table_bytes};

use super::scratch::Carver;
use super::shape::{operand, product, result, shown};
use crate::element::{Element, elements, elements_mut};
use crate::kernel::{Kernel, Operand, Site, Unsupported};

/// Transforms of complex parts of one type, along each axis.
struct Transform<T: Fourier> {
    kind: FftType,
    /// The lengths of the transformed axes, outermost first, and a plan for each, once they are made.
    lengths: Vec<usize>,
    plans: Vec<Arc<dyn Fft<T>>>,
}

impl<T: Fourier> fmt::Debug for Transform<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// A kernel for a transform of that kind over axes of those lengths.
pub(super) fn kernel(
    site: Site<'_>,
    kind: FftType,
    lengths: &[usize],
) -> Result<Box<dyn Kernel>, Unsupported> {
    let (from, to) = (operand(site, 0)?, result(site, 0)?);
    match from.element.real_part() {
        ElementType::F32 => Ok(Box::new(Transform::<f32>::new(kind, lengths))),
        ElementType::F64 => Ok(Box::new(Transform::<f64>::new(kind, lengths))),
        _ => Err(Unsupported(format!("from {from} to {to}"))),
    }
}

impl<T: Fourier> Transform<T> {
    fn new(kind: FftType, lengths: &[usize]) -> Transform<T> {
        Transform { kind, lengths: lengths.to_vec(), plans: Vec::new() }
    }

    /// How many numbers there are of each kind of scratch memory: of a tensor, of a line, and of a plan.
    fn space(&self) -> [usize; 3] {
        let whole = match self.kind {
            FftType::Fft | FftType::Ifft => 0,
            FftType::Rfft | FftType::Irfft => product(&self.lengths),
        };
        let is_apart = |axis: &usize| product(&self.lengths[axis + 1..]) != 1;
        let line = (0..self.lengths.len()).filter(is_apart).map(|axis| self.lengths[axis]).max();
        let spare = self.plans.iter().map(|plan| plan.get_inplace_scratch_len()).max();
        [whole, line.unwrap_or(0), spare.unwrap_or(0)]
    }

    fn shown(&self) -> String {
        format!("fft {:?} over {}", self.kind, shown(&self.lengths))
    }

    /// Transforms one tensor of the lengths along every axis.
    fn transform(&self, data: &mut [Complex<T>], line: &mut [Complex<T>], spare: &mut [Complex<T>]) {
        for (axis, (&length, plan)) in self.lengths.iter().zip(&self.plans).enumerate() {
            let inner = product(&self.lengths[axis + 1..]);
            if inner == 1 {
                plan.process_with_scratch(data, spare);
                continue;
            }
            let line = &mut line[..length];
            for start in (0..data.len()).step_by(length * inner) {
                for inside in 0..inner {
                    let at = |i: usize| start + i * inner + inside;
                    line.iter_mut().enumerate().for_each(|(i, to)| *to = data[at(i)]);
                    plan.process_with_scratch(line, spare);
                    line.iter().enumerate().for_each(|(i, from)| data[at(i)] = *from);
                }
            }
        }
    }

    /// Divides by the number of elements, which the inverse leaves to be done.
    fn normalize(&self, data: &mut [Complex<T>]) {
        let count = T::from_usize(product(&self.lengths)).unwrap_or_else(T::one);
        data.iter_mut().for_each(|x| *x = x.unscale(count));
    }
}

impl<T: Fourier + Element> Kernel for Transform<T>
where
    Complex<T>: Element,
{
    fn describe(&self) -> String {
        self.shown()
    }

    fn table_bytes(&self) -> usize {
        self.lengths.iter().map(|&length| fourier_table_bytes::<T>(length)).fold(0, usize::saturating_add)
    }

    fn make_tables(&mut self) {
        let direction = match self.kind {
            FftType::Fft | FftType::Rfft => FftDirection::Forward,
            FftType::Ifft | FftType::Irfft => FftDirection::Inverse,
        };
        // A tensor of no elements is not transformed.
        if product(&self.lengths) > 0 {
            self.plans = self.lengths.iter().map(|&length| T::plan(length, direction)).collect();
        }
    }

    fn scratch_bytes(&self) -> usize {
        let bytes = |count: usize| Carver::size(count.saturating_mul(size_of::<Complex<T>>()));
        self.space().into_iter().map(bytes).fold(0, usize::saturating_add)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        let from = operands[0].bytes();
        let size = product(&self.lengths);
        if results[0].is_empty() || size == 0 {
            return;
        }
        let last = self.lengths[self.lengths.len() - 1];
        let half = last / 2 + 1;
        let mut scratch = Carver::new(scratch);
        let [data, line, spare] = self
            .space()
            .map(|count| elements_mut::<Complex<T>>(scratch.take(count * size_of::<Complex<T>>())));
        match self.kind {
            FftType::Fft | FftType::Ifft => {
                let to = elements_mut::<Complex<T>>(results[0]);
                to.copy_from_slice(elements(from));
                for to in to.chunks_exact_mut(size) {
                    self.transform(to, line, spare);
                    if self.kind == FftType::Ifft {
                        self.normalize(to);
                    }
                }
            }
            FftType::Rfft => {
                let to = elements_mut::<Complex<T>>(results[0]);
                let halved = size / last * half;
                for (from, to) in elements::<T>(from).chunks_exact(size).zip(to.chunks_exact_mut(halved)) {
                    data.iter_mut().zip(from).for_each(|(to, &re)| *to = Complex::new(re, T::zero()));
                    self.transform(data, line, spare);
                    for (to, row) in to.chunks_exact_mut(half).zip(data.chunks_exact(last)) {
                        to.copy_from_slice(&row[..half]);
                    }
                }
            }
            FftType::Irfft => {
                let to = elements_mut::<T>(results[0]);
                let halved = size / last * half;
                for (from, to) in
                    elements::<Complex<T>>(from).chunks_exact(halved).zip(to.chunks_exact_mut(size))
                {
                    self.unfold(from, half, last, data);
                    self.transform(data, line, spare);
                    self.normalize(data);
                    to.iter_mut().zip(&*data).for_each(|(to, x)| *to = x.re);
                }
            }
        }
    }
}

impl<T: Fourier> Transform<T> {
    /// The whole spectrum of a real tensor from its half: what is missing mirrors what is there, along all axes.
    fn unfold(&self, from: &[Complex<T>], half: usize, last: usize, to: &mut [Complex<T>]) {
        let outer = &self.lengths[..self.lengths.len() - 1];
        for row in 0..product(outer) {
            // The row at the mirrored index of every outer axis.
            let (mut rest, mut mirrored, mut stride) = (row, 0, 1);
            for &length in outer.iter().rev() {
                mirrored += (length - rest % length) % length * stride;
                stride *= length;
                rest /= length;
            }
            for i in 0..last {
                let mut value = match i < half {
                    true => from[row * half + i],
                    false => from[mirrored * half + last - i].conj(),
                };
                // Of a real tensor these are real, and what else is there does not count.
                if outer.is_empty() && (i == 0 || 2 * i == last) {
                    value.im = T::zero();
                }
                to[row * last + i] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::{ElementType, OpKind};

    use super::super::testing::{Case, Random, cast, ty};
    use super::*;

    /// By the definition, as a sum over all elements.
    fn by_definition(x: &[Complex<f64>], lengths: &[usize], sign: f64) -> Vec<Complex<f64>> {
        let indices = |mut at: usize| -> Vec<usize> {
            let mut index: Vec<usize> = lengths
                .iter()
                .rev()
                .map(|&n| {
                    let i = at % n;
                    at /= n;
                    i
                })
                .collect();
            index.reverse();
            index
        };
        (0..x.len())
            .map(|k| {
                let k = indices(k);
                let term = |(n, x): (usize, &Complex<f64>)| {
                    let n = indices(n);
                    let turns: f64 = k
                        .iter()
                        .zip(&n)
                        .zip(lengths)
                        .map(|((&k, &n), &of)| (k * n % of) as f64 / of as f64)
                        .sum();
                    x * Complex::from_polar(1.0, sign * std::f64::consts::TAU * turns)
                };
                x.iter().enumerate().map(term).sum()
            })
            .collect()
    }

    #[test]
    fn all_kinds_follow_the_definition() {
        let mut random = Random::new(4);
        for lengths in [&[1usize][..], &[8], &[7], &[3, 4], &[2, 3, 5], &[4, 6]] {
            let size = product(lengths);
            let x: Vec<Complex<f64>> =
                (0..size).map(|_| Complex::new(random.float().into(), random.float().into())).collect();
            let last = lengths[lengths.len() - 1];
            let half = last / 2 + 1;
            let mut half_dims = lengths.to_vec();
            half_dims[lengths.len() - 1] = half;
            let run = |kind, from: ElementType, from_dims: &[usize], to, to_dims: &[usize], bytes: &[u8]| {
                let kind = OpKind::Fft { fft_type: kind, length: lengths.to_vec() };
                Case::new(kind, &[ty(from, from_dims)], &[ty(to, to_dims)]).run(&[bytes]).remove(0)
            };
            let close = |found: &[Complex<f64>], expected: &[Complex<f64>]| {
                found
                    .iter()
                    .zip(expected)
                    .for_each(|(a, b)| assert!((a - b).norm() < 1e-12, "{lengths:?} {a} {b}"));
            };
            use ElementType::{C128, F64};
            let forward = cast(&run(FftType::Fft, C128, lengths, C128, lengths, bytemuck::cast_slice(&x)));
            close(&forward, &by_definition(&x, lengths, -1.0));
            let back =
                cast(&run(FftType::Ifft, C128, lengths, C128, lengths, bytemuck::cast_slice(&forward)));
            close(&back, &x);
            let real: Vec<f64> = x.iter().map(|x| x.re).collect();
            let found: Vec<Complex<f64>> =
                cast(&run(FftType::Rfft, F64, lengths, C128, &half_dims, bytemuck::cast_slice(&real)));
            let wide: Vec<Complex<f64>> = real.iter().map(|&re| Complex::new(re, 0.0)).collect();
            let expected = by_definition(&wide, lengths, -1.0);
            let halves: Vec<_> = expected.chunks_exact(last).flat_map(|row| row[..half].to_vec()).collect();
            close(&found, &halves);
            let back: Vec<f64> =
                cast(&run(FftType::Irfft, C128, &half_dims, F64, lengths, bytemuck::cast_slice(&found)));
            back.iter().zip(&real).for_each(|(a, b)| assert!((a - b).abs() < 1e-12));
        }
    }
}
