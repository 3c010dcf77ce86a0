//! Loops over floats of 16 bits.
//!
//! Their operations are computed in `f32` and rounded once for each. A loop over them widens a few hundred elements of its
//! operands, runs the loop of the same operation on `f32`, and rounds what that leaves: three short loops of vector code,
//! and nothing to compile for each operation and type.

use half::{bf16, f16};

use crate::element::{elements, elements_mut};
use crate::simd::{self, Machine, vectorized};
use crate::tile::{Grid, Source, Target, TileFn, flattened};

/// Elements that are widened at a time.
const CHUNK: usize = 512;

/// How the elements of a type of 16 bits become `f32` and are made of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Half {
    widen: fn(&[u16], &mut [f32]),
    narrow: fn(&[f32], &mut [u16]),
}

pub(crate) const BF16: Half = Half {
    widen: |from, to| vectorized(Each { from, to, function: bf16_to_f32 }),
    narrow: |from, to| vectorized(Each { from, to, function: bf16_bits_of }),
};

pub(crate) const F16: Half = Half {
    widen: |from, to| vectorized(Each { from, to, function: f16_to_f32 }),
    narrow: |from, to| vectorized(Each { from, to, function: f16_bits_of }),
};

struct Each<'a, A, B, F> {
    from: &'a [A],
    to: &'a mut [B],
    function: F,
}

impl<A: Copy, B, F: Fn(A) -> B> simd::Loop for Each<'_, A, B, F> {
    #[inline(always)]
    fn run<M: Machine>(self) {
        for (to, &from) in self.to.iter_mut().zip(self.from) {
            *to = (self.function)(from);
        }
    }
}

/// The number that those bits are as a [`bf16`]. A signalling NaN becomes a quiet one.
#[inline(always)]
fn bf16_to_f32(bits: u16) -> f32 {
    let quiet = if bits & 0x7fff > 0x7f80 { 0x40 } else { 0 };
    f32::from_bits(u32::from(bits | quiet) << 16)
}

/// The bits of the nearest [`bf16`], the even one of two as near.
#[inline(always)]
fn bf16_bits_of(x: f32) -> u16 {
    let bits = x.to_bits();
    let rounded = bits.wrapping_add(0x7fff + (bits >> 16 & 1));
    let kept = if x.is_nan() { bits | 0x40_0000 } else { rounded };
    (kept >> 16) as u16
}

/// The number that those bits are as an [`f16`]. A signalling NaN becomes a quiet one.
#[inline(always)]
fn f16_to_f32(bits: u16) -> f32 {
    let bits = u32::from(bits);
    let size = (bits & 0x7fff) << 13;
    // A subnormal number is the difference between the two powers of two that it stands between.
    const LEAST: u32 = 113 << 23;
    let subnormal = (f32::from_bits(size | LEAST) - f32::from_bits(LEAST)).to_bits();
    let exponent = if size >= 0x0f80_0000 { (255 - 31) << 23 } else { (127 - 15) << 23 };
    let quiet = if size > 0x0f80_0000 { 0x40_0000 } else { 0 };
    let normal = (size + exponent) | quiet;
    let size = if size < 1 << 23 { subnormal } else { normal };
    f32::from_bits(size | (bits & 0x8000) << 16)
}

/// The bits of the nearest [`f16`], the even one of two as near.
#[inline(always)]
fn f16_bits_of(x: f32) -> u16 {
    let bits = x.to_bits();
    let size = bits & 0x7fff_ffff;
    // Added to a number below 2⁻¹⁴, leaves the multiple of 2⁻²⁴ that is nearest in the low bits of the sum.
    const ROUNDER: f32 = 0.5;
    let small = (f32::from_bits(size) + ROUNDER).to_bits().wrapping_sub(ROUNDER.to_bits());
    let rounded = size.wrapping_add(0xfff + (size >> 13 & 1)).wrapping_sub((127 - 15) << 23) >> 13;
    let half = if size < 113 << 23 { small } else { rounded };
    // From 65520 on, the nearest is infinity.
    let half = if size >= 0x477f_f000 { 0x7c00 } else { half };
    let half = if size > 0x7f80_0000 { 0x7e00 | size >> 13 & 0x3ff } else { half };
    (half | bits >> 16 & 0x8000) as u16
}

/// The types of 16 bits, as loops read and write their elements.
pub(crate) trait HalfElement: Sized {
    fn wide(self) -> f32;
    fn nearest(wide: f32) -> Self;
}

macro_rules! half_elements {
    ($($t:ty: $wide:ident, $bits_of:ident;)*) => {$(
        impl HalfElement for $t {
            #[inline(always)]
            fn wide(self) -> f32 {
                $wide(self.to_bits())
            }
            #[inline(always)]
            fn nearest(wide: f32) -> $t {
                <$t>::from_bits($bits_of(wide))
            }
        }
    )*};
}

half_elements! {
    bf16: bf16_to_f32, bf16_bits_of;
    f16: f16_to_f32, f16_bits_of;
}

/// Widens all of a tile.
pub(crate) fn widened(half: Half, grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    converted(grid, &sources[0], target, half.widen);
}

/// Rounds all of a tile.
pub(crate) fn narrowed(half: Half, grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    converted(grid, &sources[0], target, half.narrow);
}

fn converted<A, B>(grid: Grid, source: &Source<'_>, target: Target<'_>, convert: fn(&[A], &mut [B]))
where
    A: crate::element::Element,
    B: crate::element::Element,
{
    let Grid { rows, cols } = flattened(grid, std::slice::from_ref(source), &target);
    let (from, to) = (elements::<A>(source.bytes), elements_mut::<B>(target.bytes));
    for row in 0..rows {
        let to = &mut to[row * target.row_stride..][..cols];
        let from = &from[row * source.row_stride..];
        if source.per_column {
            convert(&from[..cols], to);
        } else if let Some((first, rest)) = to.split_first_mut() {
            convert(&from[..1], std::slice::from_mut(first));
            rest.fill(*first);
        }
    }
}

/// A loop whose results, or else operands, are `f32`, and the size of an element of the others.
#[derive(Clone, Copy)]
pub(crate) struct Loop {
    pub(crate) tile: TileFn,
    pub(crate) size: usize,
}

impl Loop {
    /// A loop from or to a type.
    pub(crate) const fn of<T>(tile: TileFn) -> Loop {
        Loop { tile, size: size_of::<T>() }
    }
}

/// Runs a loop over `f32` on operands of a type of 16 bits, as many as `arity`. Results of 16 bits are of that type, too, and
/// rounded from `f32`.
pub(crate) fn through_f32(
    half: Half,
    arity: usize,
    of_f32: Loop,
    grid: Grid,
    sources: &[Source<'_>; 3],
    target: Target<'_>,
) {
    let Target { bytes, row_stride } = target;
    let mut buffers = [[0f32; CHUNK]; 3];
    let mut results = [0f32; CHUNK];
    each_part(grid, &sources[..arity], Target { bytes, row_stride }, |bytes, part, row, col| {
        let mut wide = [Source::NONE; 3];
        for ((wide, source), buffer) in wide.iter_mut().zip(&sources[..arity]).zip(&mut buffers) {
            *wide = widen_part(half, source, (row, col), part, buffer);
        }
        let start = row * row_stride + col;
        if of_f32.size != 2 {
            let bytes = &mut bytes[start * of_f32.size..];
            return (of_f32.tile)(part, &wide, Target { bytes, row_stride });
        }
        let wide_target = Target { bytes: bytemuck::bytes_of_mut(&mut results), row_stride: part.cols };
        (of_f32.tile)(part, &wide, wide_target);
        narrow_part(half, &results, part, &mut elements_mut(bytes)[start..], row_stride);
    });
}

/// Runs a loop that leaves `f32`, and rounds what it leaves.
pub(crate) fn rounded(half: Half, to_f32: Loop, grid: Grid, sources: &[Source<'_>; 3], target: Target<'_>) {
    let Target { bytes, row_stride } = target;
    let mut results = [0f32; CHUNK];
    let source = sources[0];
    each_part(grid, &sources[..1], Target { bytes, row_stride }, |bytes, part, row, col| {
        let first = row * source.row_stride + if source.per_column { col } else { 0 };
        let source = Source { bytes: &source.bytes[first * to_f32.size..], ..source };
        let wide_target = Target { bytes: bytemuck::bytes_of_mut(&mut results), row_stride: part.cols };
        (to_f32.tile)(part, &[source, Source::NONE, Source::NONE], wide_target);
        let start = row * row_stride + col;
        narrow_part(half, &results, part, &mut elements_mut(bytes)[start..], row_stride);
    });
}

/// Calls a function with each part of a tile, of at most [`CHUNK`] elements, and where it begins.
fn each_part(
    grid: Grid,
    sources: &[Source<'_>],
    target: Target<'_>,
    mut body: impl FnMut(&mut [u8], Grid, usize, usize),
) {
    let Grid { rows, cols } = flattened(grid, sources, &target);
    if cols == 0 {
        return;
    }
    let (height, width) = ((CHUNK / cols).max(1), cols.min(CHUNK));
    for row in (0..rows).step_by(height) {
        for col in (0..cols).step_by(width) {
            let part = Grid { rows: height.min(rows - row), cols: width.min(cols - col) };
            body(target.bytes, part, row, col);
        }
    }
}

/// Rounds the results of a part of a tile.
fn narrow_part(half: Half, results: &[f32], part: Grid, to: &mut [u16], row_stride: usize) {
    if row_stride == part.cols || part.rows == 1 {
        let count = part.rows * part.cols;
        return (half.narrow)(&results[..count], &mut to[..count]);
    }
    for (from, to) in results.chunks_exact(part.cols).zip(to.chunks_mut(row_stride)).take(part.rows) {
        (half.narrow)(from, &mut to[..part.cols]);
    }
}

/// The elements of a part of a tile, widened.
fn widen_part<'b>(
    half: Half,
    source: &Source<'_>,
    (row, col): (usize, usize),
    part: Grid,
    buffer: &'b mut [f32; CHUNK],
) -> Source<'b> {
    let stride = source.row_stride;
    let from = &elements::<u16>(source.bytes)[row * stride..];
    // Without a stride, one row stands for all.
    let rows = if stride == 0 { 1 } else { part.rows };
    let width = if source.per_column { part.cols } else { 1 };
    let from = if source.per_column { &from[col..] } else { from };
    if stride == width || rows == 1 {
        (half.widen)(&from[..rows * width], &mut buffer[..rows * width]);
    } else {
        for (row, to) in buffer.chunks_exact_mut(width).take(rows).enumerate() {
            (half.widen)(&from[row * stride..][..width], to);
        }
    }
    let row_stride = if stride == 0 { 0 } else { width };
    Source { bytes: bytemuck::bytes_of(&*buffer), row_stride, per_column: source.per_column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_numbers_of_sixteen_bits_are_widened() {
        let all: Vec<u16> = (0..=u16::MAX).collect();
        let mut wide = vec![0f32; all.len()];
        (BF16.widen)(&all, &mut wide);
        for (&bits, wide) in all.iter().zip(&wide) {
            assert_eq!(wide.to_bits(), bf16::from_bits(bits).to_f32().to_bits(), "bf16 {bits:x}");
        }
        (F16.widen)(&all, &mut wide);
        for (&bits, wide) in all.iter().zip(&wide) {
            assert_eq!(wide.to_bits(), f16::from_bits(bits).to_f32().to_bits(), "f16 {bits:x}");
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest() {
        // Every 509th number, and around every number of 16 bits and the middle to the next those next to it.
        let mut all: Vec<f32> = (0..=u32::MAX).step_by(509).map(f32::from_bits).collect();
        for bits in 0..=u16::MAX {
            for wide in [bf16::from_bits(bits).to_f32().to_bits(), f16::from_bits(bits).to_f32().to_bits()] {
                for middle in [0, 0x1000, 0x8000] {
                    all.extend(
                        (0..3).map(|i| f32::from_bits((wide | middle).wrapping_add(i).wrapping_sub(1))),
                    );
                }
            }
            // The middle between subnormal numbers.
            let subnormal = f32::from(bits & 0x3ff) * 2f32.powi(-24) + 2f32.powi(-25);
            all.extend([subnormal.next_down(), subnormal, subnormal.next_up(), -subnormal]);
        }
        let mut narrow = vec![0u16; all.len()];
        (BF16.narrow)(&all, &mut narrow);
        for (x, &found) in all.iter().zip(&narrow) {
            assert_eq!(found, bf16::from_f32(*x).to_bits(), "bf16 of {x:e}");
        }
        (F16.narrow)(&all, &mut narrow);
        for (x, &found) in all.iter().zip(&narrow) {
            assert_eq!(found, f16::from_f32(*x).to_bits(), "f16 of {x:e}");
        }
    }
}
