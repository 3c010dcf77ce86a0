//! Copies between strided layouts: what most operations that only move data come down to.

use std::ops::Range;

use bytemuck::Pod;
use smallvec::SmallVec;

use super::dispatch::by_width;
use super::parallel::{for_each_chunk_mut, for_each_part_mut, parts_for_bytes, split_point};
use super::shape::row_major;
use crate::ops::Scalar;

/// One axis of a copy: how many steps, and how far each goes, in elements.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Axis {
    size: usize,
    to: usize,
    from: isize,
}

/// A copy of a box of elements from one strided layout into another.
///
/// The destination's layout is *nested*: along each axis a step goes at least as far as the whole of the axes inside
/// it reaches. So every element is written once, and a range of the outermost axis is a range of memory. The source's
/// strides are free: zero repeats, negative ones walk backwards.
#[derive(Clone, Debug)]
pub(super) struct StridedCopy {
    /// Axes longer than one, outermost first, neighbours merged where both layouts allow.
    axes: SmallVec<[Axis; 6]>,
    /// The axis before the last that is next to contiguous in the source, where the last one is not.
    transposed: Option<usize>,
    /// Bytes of an element.
    width: usize,
    /// Elements before the box in the source.
    from_start: usize,
    empty: bool,
}

impl StridedCopy {
    /// A copy of a box of that many elements along each axis, with these strides in elements.
    pub(super) fn new(width: usize, dims: &[usize], to: &[isize], from: &[isize]) -> StridedCopy {
        let mut axes: SmallVec<[Axis; 6]> = SmallVec::new();
        for ((&size, &to), &from) in dims.iter().zip(to).zip(from).filter(|((size, _), _)| **size != 1) {
            let axis = Axis { size, to: to as usize, from };
            match axes.last_mut() {
                Some(outer)
                    if outer.to == axis.size.wrapping_mul(axis.to)
                        && outer.from == (axis.size as isize).wrapping_mul(axis.from) =>
                {
                    *outer = Axis { size: outer.size * axis.size, ..axis };
                }
                _ => axes.push(axis),
            }
        }
        let transposed = match axes.split_last() {
            Some((last, outer)) if last.to == 1 && !matches!(last.from, 0 | 1) => {
                outer.iter().position(|axis| axis.from == 1)
            }
            _ => None,
        };
        StridedCopy { axes, transposed, width, from_start: 0, empty: dims.contains(&0) }
    }

    /// A copy that fills a dense row-major tensor.
    pub(super) fn dense(width: usize, dims: &[usize], from: &[isize]) -> StridedCopy {
        StridedCopy::new(width, dims, &row_major(dims), from)
    }

    /// The same copy from a box that begins so many elements further into the source.
    pub(super) fn starting_at(self, from_start: usize) -> StridedCopy {
        StridedCopy { from_start, ..self }
    }

    /// The same copy of elements that are so many bytes wide.
    pub(super) fn of_width(self, width: usize) -> StridedCopy {
        StridedCopy { width, ..self }
    }

    /// The same copy seen with wider elements, where whole groups of elements move together.
    ///
    /// Only for copies that always start at a multiple of the group: whole tensors.
    pub(super) fn widened(mut self) -> StridedCopy {
        if self.from_start == 0
            && let Some((&last, outer)) = self.axes.split_last()
            && last.to == 1
            && last.from == 1
            && !outer.is_empty()
        {
            let fits = |factor: usize| {
                last.size.is_multiple_of(factor)
                    && outer
                        .iter()
                        .all(|a| a.to.is_multiple_of(factor) && a.from.unsigned_abs().is_multiple_of(factor))
            };
            let Some(factor) = [16, 8, 4, 2]
                .into_iter()
                .find(|&f| f * self.width <= 16 && fits(f) && last.size * self.width <= 16)
            else {
                return self;
            };
            let axes = self.axes.iter().take(outer.len()).map(|a| Axis {
                size: a.size,
                to: a.to / factor,
                from: a.from / factor as isize,
            });
            let axes: Vec<Axis> = axes
                .chain((last.size > factor).then_some(Axis { size: last.size / factor, ..last }))
                .collect();
            let dims: Vec<usize> = axes.iter().map(|a| a.size).collect();
            let to: Vec<isize> = axes.iter().map(|a| a.to as isize).collect();
            let from: Vec<isize> = axes.iter().map(|a| a.from).collect();
            self =
                StridedCopy { empty: self.empty, ..StridedCopy::new(self.width * factor, &dims, &to, &from) };
        }
        self
    }

    /// Copies, with the box beginning at these elements of the destination and the source.
    ///
    /// # Panics
    /// Where the box leaves either of them.
    pub(super) fn run(&self, to: &mut [u8], to_start: usize, from: &[u8], from_start: usize) {
        by_width!(self.width, T => self.run_as::<T>(
            bytemuck::cast_slice_mut(to), to_start, bytemuck::cast_slice(from), from_start))
    }

    /// As [`run`](Self::run), on this thread alone.
    pub(super) fn run_here(&self, to: &mut [u8], to_start: usize, from: &[u8], from_start: usize) {
        if !self.empty {
            by_width!(self.width, T => self.copy_box::<T>(
                &self.sizes(), bytemuck::cast_slice_mut(to), to_start, bytemuck::cast_slice(from), from_start))
        }
    }

    /// Whether the box is one run of memory in both layouts.
    pub(super) fn is_contiguous(&self) -> bool {
        match &self.axes[..] {
            [] => true,
            [axis] => axis.to == 1 && axis.from == 1,
            _ => false,
        }
    }

    /// Gives each run of elements that are neighbours in both layouts: where it begins in either, and its length.
    pub(super) fn for_each_run(
        &self,
        to_start: usize,
        from_start: usize,
        body: &mut dyn FnMut(usize, usize, usize),
    ) {
        let (outer, len) = match self.axes.split_last() {
            _ if self.empty => return,
            Some((Axis { size, to: 1, from: 1 }, outer)) => (outer, *size),
            _ => (&self.axes[..], 1),
        };
        for_each_start(outer, to_start, self.from_start + from_start, &mut |to, from| body(to, from, len));
    }

    fn sizes(&self) -> SmallVec<[usize; 6]> {
        self.axes.iter().map(|a| a.size).collect()
    }

    fn run_as<T: Pod + Send + Sync>(&self, to: &mut [T], to_start: usize, from: &[T], from_start: usize) {
        if self.empty {
            return;
        }
        let count: usize = self.axes.iter().map(|a| a.size).product();
        let wanted = parts_for_bytes(2 * count * self.width);
        if wanted == 1 || self.axes.is_empty() {
            return self.copy_box(&self.sizes(), to, to_start, from, from_start);
        }
        // The first axis at which there are enough parts; the axes before it are walked one index at a time.
        let mut before = 1;
        let mut split = 0;
        while split + 1 < self.axes.len() && before * self.axes[split].size < wanted {
            before *= self.axes[split].size;
            split += 1;
        }
        let axis = self.axes[split];
        let chunks = wanted.div_ceil(before).min(axis.size);
        let place = |part: usize| -> (usize, isize, Range<usize>) {
            let (mut outer, chunk) = (part / chunks, part % chunks);
            let range = split_point(axis.size, chunks, chunk)..split_point(axis.size, chunks, chunk + 1);
            let mut to = to_start + range.start * axis.to;
            let mut from = range.start as isize * axis.from;
            for a in self.axes[..split].iter().rev() {
                to += outer % a.size * a.to;
                from += (outer % a.size) as isize * a.from;
                outer /= a.size;
            }
            (to, from, range)
        };
        let parts = before * chunks;
        let len = to.len();
        let bound = |part| if part == parts { len } else { place(part).0 };
        for_each_part_mut(to, parts, &bound, &|part, to| {
            let (_, from_offset, range) = place(part);
            let mut sizes = self.sizes();
            sizes[..split].fill(1);
            sizes[split] = range.len();
            self.copy_box(&sizes, to, 0, from, from_start.wrapping_add_signed(from_offset));
        });
    }

    /// Copies the box of `sizes`, which are at most the axes' own.
    fn copy_box<T: Pod>(
        &self,
        sizes: &[usize],
        to: &mut [T],
        to_start: usize,
        from: &[T],
        from_start: usize,
    ) {
        let axes: SmallVec<[Axis; 6]> =
            self.axes.iter().zip(sizes).map(|(&axis, &size)| Axis { size, ..axis }).collect();
        let unit = Axis { size: 1, to: 0, from: 0 };
        let last = axes.last().copied().unwrap_or(unit);
        let from_start = self.from_start.wrapping_add(from_start);
        let second = self.transposed.or(axes.len().checked_sub(2));
        let outer: SmallVec<[Axis; 6]> =
            (0..axes.len().saturating_sub(1)).filter(|&i| Some(i) != second).map(|i| axes[i]).collect();
        let second = second.map_or(unit, |i| axes[i]);
        for_each_start(&outer, to_start, from_start, &mut |t, f| match (last.to, last.from) {
            (1, 1) => copy_rows(second, last.size, to, t, from, f),
            (1, 0) => fill_rows(second, last.size, to, t, from, f),
            _ if self.transposed.is_some() => transpose(second, last, to, t, from, f),
            _ => copy_elements(second, last, to, t, from, f),
        });
    }
}

/// Walks the axes and gives the offsets of each position.
fn for_each_start(axes: &[Axis], to: usize, from: usize, body: &mut dyn FnMut(usize, usize)) {
    let mut index: SmallVec<[usize; 6]> = axes.iter().map(|_| 0).collect();
    let (mut t, mut f) = (to, from);
    loop {
        body(t, f);
        let mut axis = axes.len();
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            let Axis { size, to, from } = axes[axis];
            index[axis] += 1;
            t += to;
            f = f.wrapping_add_signed(from);
            if index[axis] < size {
                break;
            }
            index[axis] = 0;
            t -= size * to;
            f = f.wrapping_add_signed(-(size as isize * from));
        }
    }
}

fn copy_rows<T: Pod>(rows: Axis, len: usize, to: &mut [T], mut t: usize, from: &[T], mut f: usize) {
    for _ in 0..rows.size {
        to[t..t + len].copy_from_slice(&from[f..f + len]);
        t += rows.to;
        f = f.wrapping_add_signed(rows.from);
    }
}

fn fill_rows<T: Pod>(rows: Axis, len: usize, to: &mut [T], mut t: usize, from: &[T], mut f: usize) {
    for _ in 0..rows.size {
        to[t..t + len].fill(from[f]);
        t += rows.to;
        f = f.wrapping_add_signed(rows.from);
    }
}

fn copy_elements<T: Pod>(rows: Axis, row: Axis, to: &mut [T], t: usize, from: &[T], f: usize) {
    for i in 0..rows.size {
        let t = t + i * rows.to;
        let f = f.wrapping_add_signed(i as isize * rows.from);
        if row.to == 1 && row.from == -1 {
            // The source's first element is its last in memory.
            let from = &from[f + 1 - row.size..=f];
            to[t..t + row.size].iter_mut().zip(from.iter().rev()).for_each(|(to, from)| *to = *from);
        } else {
            for j in 0..row.size {
                to[t + j * row.to] = from[f.wrapping_add_signed(j as isize * row.from)];
            }
        }
    }
}

/// Copies where columns of the source (`column.from` is 1) become rows of the destination (`row.to` is 1).
///
/// Not compiled for wide vectors: the compiler gathers with them, which is several times slower.
fn transpose<T: Pod>(column: Axis, row: Axis, to: &mut [T], t: usize, from: &[T], f: usize) {
    match size_of::<T>() {
        1 | 2 => transpose_tiles::<T, 32>(column, row, to, t, from, f),
        4 => transpose_tiles::<T, 16>(column, row, to, t, from, f),
        8 => transpose_tiles::<T, 8>(column, row, to, t, from, f),
        _ => transpose_tiles::<T, 4>(column, row, to, t, from, f),
    }
}

/// Square tiles, a cache line wide where it pays: a line is then read and written whole while it is at hand, whatever
/// the strides do to the cache's sets.
fn transpose_tiles<T: Pod, const N: usize>(
    column: Axis,
    row: Axis,
    to: &mut [T],
    t: usize,
    from: &[T],
    f: usize,
) {
    let (whole_columns, whole_rows) = (column.size / N * N, row.size / N * N);
    let source = |i: usize, j: usize| f.wrapping_add_signed(j as isize * row.from).wrapping_add(i);
    for j in (0..whole_rows).step_by(N) {
        for i in (0..whole_columns).step_by(N) {
            let mut tile = [[T::zeroed(); N]; N];
            for (k, tile) in tile.iter_mut().enumerate() {
                let f = source(i, j + k);
                tile.copy_from_slice(&from[f..f + N]);
            }
            for k in 0..N {
                let t = t + (i + k) * column.to + j;
                let line: &mut [T; N] = (&mut to[t..t + N]).try_into().expect("as long as a tile");
                for (to, tile) in line.iter_mut().zip(&tile) {
                    *to = tile[k];
                }
            }
        }
    }
    // What is left at the right edge, then at the bottom.
    for (rows, columns) in
        [(whole_rows..row.size, 0..column.size), (0..whole_rows, whole_columns..column.size)]
    {
        for i in columns {
            for j in rows.clone() {
                to[t + i * column.to + j] = from[source(i, j)];
            }
        }
    }
}

/// Writes the same element everywhere.
pub(super) fn fill(to: &mut [u8], width: usize, element: Scalar) {
    by_width!(width, T => {
        let element: T = bytemuck::pod_read_unaligned(element.bytes(width));
        bytemuck::cast_slice_mut(to).fill(element);
    });
}

/// Copies bytes, by several threads where there are many.
pub(super) fn copy_bytes(to: &mut [u8], from: &[u8]) {
    const CHUNK: usize = 64 << 10;
    let parts = parts_for_bytes(2 * to.len());
    for_each_chunk_mut(to, CHUNK, parts, &|i, to| to.copy_from_slice(&from[i * CHUNK..][..to.len()]));
}

#[cfg(test)]
mod tests {
    use super::super::shape::for_each_index;
    use super::super::testing::{Random, with_parts};
    use super::*;

    #[test]
    fn any_box_is_copied_element_by_element() {
        let mut random = Random::new(7);
        for round in 0..400 {
            let rank = random.below(5);
            let dims: Vec<usize> = (0..rank).map(|_| [0, 1, 2, 3, 5, 16, 33][random.below(7)]).collect();
            // A nested destination with gaps, and a source whose axes are in any order, reversed or repeated.
            let mut to: Vec<isize> = vec![0; rank];
            let mut stride = 1 + random.below(2);
            for axis in (0..rank).rev() {
                to[axis] = stride as isize;
                stride *= dims[axis].max(1) + random.below(2);
            }
            let mut order: Vec<usize> = (0..rank).collect();
            random.shuffle(&mut order);
            let (mut from, mut stride, mut from_start) = (vec![0; rank], 1, random.below(3));
            for &axis in &order {
                match random.below(6) {
                    0 => continue,
                    1 => {
                        from[axis] = -(stride as isize);
                        from_start += (dims[axis].max(1) - 1) * stride;
                    }
                    _ => from[axis] = stride as isize,
                }
                stride *= dims[axis].max(1);
            }
            let to_start = random.below(3);
            let reach = |start: usize, strides: &[isize]| {
                let steps = dims.iter().zip(strides).map(|(&d, &s)| (d.max(1) - 1) * s.max(0) as usize);
                start + steps.sum::<usize>() + 1
            };
            let source: Vec<u32> = (0..reach(from_start, &from) as u32).collect();
            let mut expected = vec![u32::MAX; reach(to_start, &to)];
            for_each_index(&dims, |index| {
                let place = |start: usize, strides: &[isize]| {
                    index.iter().zip(strides).fold(start as isize, |at, (&i, &s)| at + i as isize * s)
                        as usize
                };
                expected[place(to_start, &to)] = source[place(from_start, &from)];
            });
            for parts in [1, 3, 100] {
                let mut found = vec![u32::MAX; expected.len()];
                let copy = StridedCopy::new(4, &dims, &to, &from);
                with_parts(parts, || {
                    let found = bytemuck::cast_slice_mut(&mut found);
                    copy.run(found, to_start, bytemuck::cast_slice(&source), from_start);
                });
                assert_eq!(
                    found, expected,
                    "round {round}: {dims:?} to {to:?} from {from:?} in {parts} parts"
                );
            }
        }
    }

    #[test]
    fn neighbouring_axes_are_merged() {
        let copy = StridedCopy::dense(4, &[2, 1, 3, 4], &[12, 5, 4, 1]);
        assert_eq!(&copy.axes[..], [Axis { size: 24, to: 1, from: 1 }]);
        let copy = StridedCopy::dense(4, &[2, 3, 4], &[0, 0, 0]);
        assert_eq!(&copy.axes[..], [Axis { size: 24, to: 1, from: 0 }]);
        let copy = StridedCopy::dense(4, &[2, 3, 4], &[4, 8, 1]);
        assert_eq!(copy.axes.len(), 3);
    }

    #[test]
    fn whole_copies_of_short_runs_move_wider_elements() {
        let copy = StridedCopy::dense(4, &[3, 5, 2], &[2, 6, 1]).widened();
        assert_eq!(copy.width, 8);
        assert_eq!(&copy.axes[..], [Axis { size: 3, to: 5, from: 1 }, Axis { size: 5, to: 1, from: 3 }]);
        assert_eq!(copy.transposed, Some(0));
    }
}
