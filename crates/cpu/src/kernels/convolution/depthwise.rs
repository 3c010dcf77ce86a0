//! Convolutions with one input feature to a group: every feature is convolved by itself.

use super::super::dot_general::Multiply;
use super::super::parallel::{for_each_part_mut, parts_for, split_point};
use super::super::window::line_under;
use super::{PRODUCTS_PER_PART, Shape};
use crate::simd::{Loop, Machine, vectorized};

pub(super) fn convolve<T: Multiply>(shape: &Shape, input: &[T], kernel: &[T], out: &mut [T]) {
    let parts = parts_for(shape.work(), PRODUCTS_PER_PART / 4).min(shape.positions);
    let first = |part| split_point(shape.positions, parts, part);
    for_each_part_mut(out, parts, &|part| first(part) * shape.features, &|part, out| {
        vectorized(Range { shape, first: first(part), input, kernel, out });
    });
}

/// Some positions of the output, from the first on.
struct Range<'a, T> {
    shape: &'a Shape,
    first: usize,
    input: &'a [T],
    kernel: &'a [T],
    out: &'a mut [T],
}

impl<T: Multiply> Loop for Range<'_, T> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        convolve_range(self);
    }
}

#[inline(always)]
fn convolve_range<T: Multiply>(range: Range<'_, T>) {
    let Range { shape, first, input, kernel, out } = range;
    let patches = &shape.patches;
    let channels = patches.all_channels;
    let each = shape.features / channels.max(1);
    for (i, out) in out.chunks_exact_mut(shape.features).enumerate() {
        out.fill(T::zeroed());
        let (batch, place) = patches.place(first + i);
        let start = batch * patches.input_len();
        let mut taps = kernel.chunks_exact(shape.features);
        let (row, outer) = match patches.axes.split_last() {
            Some((row, outer)) => (Some(row), outer),
            None => (None, &[][..]),
        };
        let lines: usize = outer.iter().map(|a| a.window).product();
        for line in 0..lines {
            let line = line_under(outer, &place[..outer.len()], line);
            for tap in 0..row.map_or(1, |row| row.window) {
                let Some(kernel) = taps.next() else { return };
                let at = match row {
                    Some(row) => {
                        row.source(place[outer.len()], tap).zip(line).map(|(at, line)| line * row.input + at)
                    }
                    None => line,
                };
                let Some(at) = at else { continue };
                let input = &input[start + at * channels..][..channels];
                if each == 1 {
                    for ((out, &x), &k) in out.iter_mut().zip(input).zip(kernel) {
                        *out = x.multiply_add(k, *out);
                    }
                } else {
                    for ((out, x), k) in out.chunks_mut(each).zip(input).zip(kernel.chunks(each)) {
                        for (out, k) in out.iter_mut().zip(k) {
                            *out = x.multiply_add(*k, *out);
                        }
                    }
                }
            }
        }
    }
}
