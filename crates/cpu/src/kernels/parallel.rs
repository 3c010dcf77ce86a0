//! Writing disjoint parts of one slice side by side.
//!
//! All `unsafe` that this takes is here. Its invariant: two parts that are handed out never overlap, and none
//! outlives the call that hands it out.

use std::marker::PhantomData;
use std::sync::OnceLock;
use std::thread::available_parallelism;

use runahead_async::{parallel_for, parallelism};

/// Bytes below which work that only moves data stays on the calling thread.
const BYTES_PER_PART: usize = 128 << 10;

/// Into how many parts to split work that reads and writes that many bytes and does little else.
pub(crate) fn parts_for_bytes(bytes: usize) -> usize {
    parts_for(bytes, BYTES_PER_PART)
}

/// Into how many parts to split work of `units`, each part being worth at least `units_per_part`.
///
/// Several parts for each thread, so that one that starts late does not hold up the rest.
pub(crate) fn parts_for(units: usize, units_per_part: usize) -> usize {
    #[cfg(test)]
    if let Some(parts) = super::testing::forced_parts() {
        return parts;
    }
    match parallelism() {
        1 => 1,
        threads => (units / units_per_part.max(1)).clamp(1, 4 * threads),
    }
}

/// As [`parts_for`], but at most one part for each thread: for work where every part costs something of its own.
pub(crate) fn threads_for(units: usize, units_per_part: usize) -> usize {
    #[cfg(test)]
    if let Some(parts) = super::testing::forced_parts() {
        return parts;
    }
    (units / units_per_part.max(1)).clamp(1, parallelism().min(most_threads()))
}

/// The most parts that [`threads_for`] ever gives for that work, whatever threads run it: so many pieces of scratch memory
/// are needed where each part has its own.
pub(crate) fn most_threads_for(units: usize, units_per_part: usize) -> usize {
    // Tests may force as many parts as there can be.
    if cfg!(test) { most_threads() } else { (units / units_per_part.max(1)).clamp(1, most_threads()) }
}

fn most_threads() -> usize {
    static THREADS: OnceLock<usize> = OnceLock::new();
    let threads = *THREADS.get_or_init(|| available_parallelism().map_or(1, |n| n.get()));
    #[cfg(test)]
    let threads = threads.max(super::testing::MOST_PARTS);
    threads
}

/// The first index of part `part` where `count` things are split into `parts` parts that differ by at most one.
pub(crate) fn split_point(count: usize, parts: usize, part: usize) -> usize {
    // As `count * part / parts`, which could overflow.
    count / parts * part + count % parts * part / parts
}

/// Runs `body` on each of `0..count`, on this thread where there is one only.
pub(crate) fn for_each(count: usize, body: &(dyn Fn(usize) + Sync)) {
    match count {
        0 => {}
        1 => body(0),
        _ => parallel_for(count, body),
    }
}

/// Runs `body(i, slice[bound(i)..bound(i + 1)])` for each `i` of `0..parts`.
///
/// # Panics
/// Where the bounds fall or leave the slice.
pub(crate) fn for_each_part_mut<T: Send>(
    slice: &mut [T],
    parts: usize,
    bound: &(dyn Fn(usize) -> usize + Sync),
    body: &(dyn Fn(usize, &mut [T]) + Sync),
) {
    if parts == 1 {
        return body(0, &mut slice[bound(0)..bound(1)]);
    }
    // A bound is asked for once, so that what was checked is what is used.
    let bounds: Vec<usize> = (0..=parts).map(bound).collect();
    assert!(bounds.is_sorted() && bounds.last().is_none_or(|&end| end <= slice.len()), "parts overlap");
    let start = Shared(slice.as_mut_ptr());
    for_each(parts, &|i| {
        let (from, to) = (bounds[i], bounds[i + 1]);
        // SAFETY: the bounds rise and stay within the slice, so that parts lie inside it and do not overlap; each `i`
        // is run once, and `slice` stays borrowed until all are done.
        let part = unsafe { std::slice::from_raw_parts_mut(start.get().add(from), to - from) };
        body(i, part);
    });
}

/// Runs `body` on each chunk of `chunk` elements (the last may be shorter), several chunks to a part.
pub(crate) fn for_each_chunk_mut<T: Send>(
    slice: &mut [T],
    chunk: usize,
    parts: usize,
    body: &(dyn Fn(usize, &mut [T]) + Sync),
) {
    if slice.is_empty() {
        return;
    }
    let (len, chunks) = (slice.len(), slice.len().div_ceil(chunk));
    let parts = parts.clamp(1, chunks);
    let bound = |part| (split_point(chunks, parts, part) * chunk).min(len);
    for_each_part_mut(slice, parts, &bound, &|part, slice| {
        let first = split_point(chunks, parts, part);
        slice.chunks_mut(chunk).enumerate().for_each(|(i, chunk)| body(first + i, chunk));
    });
}

/// Runs `body(i, columns bound(i)..bound(i + 1))` for each `i` of `0..parts`, on a row-major matrix with rows of
/// `row_len` elements.
///
/// # Panics
/// Where the bounds fall or leave the row, or the slice is not a whole number of rows.
pub(crate) fn for_each_column_block_mut<T: Send>(
    slice: &mut [T],
    row_len: usize,
    parts: usize,
    bound: &(dyn Fn(usize) -> usize + Sync),
    body: &(dyn Fn(usize, ColumnBlock<'_, T>) + Sync),
) {
    if slice.is_empty() {
        return;
    }
    assert!(slice.len().is_multiple_of(row_len), "a matrix has whole rows");
    let rows = slice.len() / row_len;
    let bounds: Vec<usize> = (0..=parts).map(bound).collect();
    assert!(bounds.is_sorted() && bounds.last().is_none_or(|&end| end <= row_len), "blocks overlap");
    let start = Shared(slice.as_mut_ptr());
    for_each(parts, &|i| {
        let (first, columns) = (bounds[i], bounds[i + 1] - bounds[i]);
        // SAFETY: at most a row from the start of a slice of one row or more. Blocks have different columns, as the
        // bounds rise; each is made once, and `slice` stays borrowed until all are done.
        let start = unsafe { start.get().add(first) };
        body(i, ColumnBlock { start, rows, columns, row_len, slice: PhantomData });
    });
}

/// Some adjacent columns of a row-major matrix: the only access to them while it lives.
pub(crate) struct ColumnBlock<'a, T> {
    start: *mut T,
    rows: usize,
    columns: usize,
    row_len: usize,
    slice: PhantomData<&'a mut [T]>,
}

impl<'a, T> ColumnBlock<'a, T> {
    /// The first `columns` columns of a matrix of `rows` rows that begin `row_len` elements apart.
    ///
    /// # Panics
    /// Where the slice does not hold them, or rows would overlap.
    pub(crate) fn whole(slice: &'a mut [T], rows: usize, columns: usize, row_len: usize) -> Self {
        let reach = rows.checked_sub(1).map(|last| last.checked_mul(row_len)?.checked_add(columns));
        let fits = reach.is_none_or(|end| end.is_some_and(|end| end <= slice.len()));
        assert!(fits && (columns <= row_len || rows <= 1), "the matrix is not in the slice");
        ColumnBlock { start: slice.as_mut_ptr(), rows, columns, row_len, slice: PhantomData }
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// The distance from a row to the next, in elements.
    pub(crate) fn row_len(&self) -> usize {
        self.row_len
    }

    /// This block's parts of two different rows, the first one to be read.
    pub(crate) fn two_rows(&mut self, read: usize, row: usize) -> (&[T], &mut [T]) {
        assert!(read != row && read < self.rows && row < self.rows);
        // SAFETY: as in `row`; different rows do not overlap.
        unsafe {
            (
                std::slice::from_raw_parts(self.start.add(read * self.row_len), self.columns),
                std::slice::from_raw_parts_mut(self.start.add(row * self.row_len), self.columns),
            )
        }
    }

    /// The first element. Valid for writes to all rows' parts of this block, while the block lives.
    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.start
    }

    /// This block's part of a row.
    pub(crate) fn row(&mut self, row: usize) -> &mut [T] {
        assert!(row < self.rows);
        // SAFETY: the block starts `columns` or more elements before the end of a row, so that its part of each row
        // lies within the matrix; other blocks have other columns, and `&mut self` excludes other rows.
        unsafe { std::slice::from_raw_parts_mut(self.start.add(row * self.row_len), self.columns) }
    }
}

/// Memory that several threads write, each to parts of its own.
pub(crate) struct SharedMut<'a, T> {
    start: Shared<T>,
    len: usize,
    slice: PhantomData<&'a mut [T]>,
}

impl<'a, T: Send> SharedMut<'a, T> {
    /// Takes the slice for as long as it is shared.
    pub(crate) fn new(slice: &'a mut [T]) -> Self {
        SharedMut { start: Shared(slice.as_mut_ptr()), len: slice.len(), slice: PhantomData }
    }

    /// The elements `start..start + len`.
    ///
    /// # Safety
    /// While the part lives, no other part that overlaps it may be asked for, by any thread.
    ///
    /// # Panics
    /// Where the part is not within the slice.
    #[allow(clippy::mut_from_ref)]
    pub(crate) unsafe fn part(&self, start: usize, len: usize) -> &mut [T] {
        assert!(start.checked_add(len).is_some_and(|end| end <= self.len));
        // SAFETY: within the slice, and the caller keeps parts apart.
        unsafe { std::slice::from_raw_parts_mut(self.start.get().add(start), len) }
    }
}

/// A pointer that threads may share because what they do with it is kept apart.
struct Shared<T>(*mut T);

impl<T> Shared<T> {
    fn get(&self) -> *mut T {
        self.0
    }
}

// SAFETY: used only to make slices that do not overlap, of elements that may be sent.
unsafe impl<T: Send> Sync for Shared<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_points_share_out_everything() {
        for (count, parts) in [(0, 3), (1, 3), (7, 3), (9, 3), (usize::MAX, 7)] {
            assert_eq!(split_point(count, parts, 0), 0);
            assert_eq!(split_point(count, parts, parts), count);
            for part in 0..parts {
                let len = split_point(count, parts, part + 1) - split_point(count, parts, part);
                assert!(len == count / parts || len == count / parts + 1);
            }
        }
    }

    #[test]
    fn chunks_are_all_seen_once() {
        for (len, chunk, parts) in [(0, 4, 2), (1, 4, 2), (10, 3, 1), (10, 3, 2), (10, 3, 9), (12, 3, 4)] {
            let mut data = vec![0usize; len];
            for_each_chunk_mut(&mut data, chunk, parts, &|i, chunk| {
                chunk.iter_mut().for_each(|x| *x += i + 1)
            });
            let expected: Vec<usize> = (0..len).map(|i| i / chunk + 1).collect();
            assert_eq!(data, expected);
        }
    }

    #[test]
    fn column_blocks_cover_a_matrix() {
        let (rows, row_len) = (3, 7);
        let mut data = vec![0usize; rows * row_len];
        for_each_column_block_mut(&mut data, row_len, 3, &|i| (3 * i).min(row_len), &|i, mut block| {
            for row in 0..block.rows() {
                block.row(row).fill(10 * row + i);
            }
        });
        let expected: Vec<usize> =
            (0..rows * row_len).map(|i| 10 * (i / row_len) + i % row_len / 3).collect();
        assert_eq!(data, expected);
    }

    #[test]
    #[should_panic(expected = "parts overlap")]
    fn bounds_that_fall_are_refused() {
        for_each_part_mut(&mut [0; 4], 2, &|i| [2, 1, 4][i], &|_, _| {});
    }
}
