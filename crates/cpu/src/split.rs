//! Splitting a kernel's results over threads.

use std::ops::Range;

use smallvec::SmallVec;

/// The pieces of several slices that one call of a parallel loop may write.
pub(crate) type Pieces<'a> = SmallVec<[&'a mut [u8]; 4]>;

/// Runs `body(0, …)`, …, `body(count - 1, …)` with [`runahead_async::parallel_for`]. Call `i` gets, of each slice `s`,
/// the bytes `range(s, i)` to write.
///
/// # Panics
/// Where the ranges of a slice do not follow one another in order, or reach beyond it.
pub(crate) fn parallel_pieces(
    slices: &mut [&mut [u8]],
    count: usize,
    range: &(dyn Fn(usize, usize) -> Range<usize> + Sync),
    body: &(dyn Fn(usize, Pieces<'_>) + Sync),
) {
    for (s, slice) in slices.iter().enumerate() {
        let mut end = 0;
        for i in 0..count {
            let piece = range(s, i);
            assert!(end <= piece.start && piece.start <= piece.end, "pieces follow one another");
            end = piece.end;
        }
        assert!(end <= slice.len(), "pieces lie within their slice");
    }
    if count == 1 {
        let pieces = slices.iter_mut().enumerate().map(|(s, slice)| &mut slice[range(s, 0)]).collect();
        return body(0, pieces);
    }
    let shared: SmallVec<[Shared; 4]> =
        slices.iter_mut().map(|s| Shared { start: s.as_mut_ptr(), len: s.len() }).collect();
    let shared = &shared[..];
    runahead_async::parallel_for(count, &|i| {
        let pieces = shared
            .iter()
            .enumerate()
            .map(|(s, slice)| {
                let piece = range(s, i);
                assert!(piece.start <= piece.end && piece.end <= slice.len);
                // SAFETY: the piece lies within the slice, which outlives this call. `parallel_for` calls once for each
                // `i`, and the ranges of different `i` were seen above to be disjoint, so nobody else has these bytes.
                unsafe { std::slice::from_raw_parts_mut(slice.start.add(piece.start), piece.len()) }
            })
            .collect();
        body(i, pieces);
    });
}

/// A slice whose parts several threads write.
struct Shared {
    start: *mut u8,
    len: usize,
}

// SAFETY: the threads that share it reach disjoint bytes, as `parallel_pieces` makes sure.
unsafe impl Sync for Shared {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_call_writes_its_own_piece() {
        let (mut a, mut b) = (vec![0; 10], vec![0; 5]);
        parallel_pieces(
            &mut [&mut a, &mut b],
            5,
            &|s, i| if s == 0 { 2 * i..2 * i + 2 } else { i..i + 1 },
            &|i, mut pieces| pieces.iter_mut().for_each(|p| p.fill(i as u8)),
        );
        assert_eq!(a, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(b, [0, 1, 2, 3, 4]);
    }

    #[test]
    #[should_panic(expected = "pieces follow one another")]
    fn overlapping_pieces_are_refused() {
        parallel_pieces(&mut [&mut [0; 4]], 2, &|_, i| i..i + 2, &|_, _| ());
    }
}
