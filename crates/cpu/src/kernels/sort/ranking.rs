//! Sorting the numbers of a row's elements instead of the elements.

use super::keys::keys;
use super::order::Order;

/// Below this many elements comparisons beat counting.
const FEW: usize = 128;

/// Elements that are sorted by insertion before they are merged.
const RUN: usize = 8;

/// Memory to sort a row in.
pub(in crate::kernels) struct Workspace<'a> {
    pub(in crate::kernels) keys: &'a mut [u64],
    pub(in crate::kernels) spare: &'a mut [u64],
    pub(in crate::kernels) ranking: &'a mut [u32],
}

impl Workspace<'_> {
    /// Ranks a row's elements by their keys, equal ones in the order in which they stand.
    pub(in crate::kernels) fn rank_by_keys(&mut self, row: &[u8], order: &Order) {
        let Workspace { keys: pairs, spare, ranking } = self;
        keys(row, order, pairs);
        let width = order.element.size();
        if width == 8 {
            ranking.iter_mut().zip(0..).for_each(|(rank, i)| *rank = i);
            // The numbers make all elements different, so that the order is that of a stable sort.
            ranking.sort_unstable_by_key(|&i| (pairs[i as usize], i));
            return;
        }
        pairs.iter_mut().zip(0..).for_each(|(pair, i)| *pair = *pair << 32 | i);
        if pairs.len() < FEW {
            pairs.sort_unstable();
        } else {
            sort_by_digits(pairs, spare, width);
        }
        ranking.iter_mut().zip(pairs.iter()).for_each(|(rank, &pair)| *rank = pair as u32);
    }

    /// Ranks a row's elements by a comparator: a merge sort, which ends in some order whatever the comparator says.
    pub(super) fn rank_by(&mut self, less: &mut dyn FnMut(u32, u32) -> bool) {
        let len = self.ranking.len();
        self.ranking.iter_mut().zip(0..).for_each(|(rank, i)| *rank = i);
        for run in self.ranking.chunks_mut(RUN) {
            for end in 1..run.len() {
                let mut at = end;
                while at > 0 && less(run[at], run[at - 1]) {
                    run.swap(at, at - 1);
                    at -= 1;
                }
            }
        }
        let spare: &mut [u32] = &mut bytemuck::cast_slice_mut(self.spare)[..len];
        let mut width = RUN;
        while width < len {
            for (from, to) in self.ranking.chunks(2 * width).zip(spare.chunks_mut(2 * width)) {
                let (left, right) = from.split_at(width.min(from.len()));
                merge(left, right, to, less);
            }
            self.ranking.copy_from_slice(spare);
            width *= 2;
        }
    }
}

/// Merges two sorted runs; of equal elements the left one's come first.
fn merge<'a>(
    mut left: &'a [u32],
    mut right: &'a [u32],
    to: &mut [u32],
    less: &mut dyn FnMut(u32, u32) -> bool,
) {
    for to in to {
        let from = match (left, right) {
            ([l, ..], [r, ..]) if less(*r, *l) => &mut right,
            ([], _) => &mut right,
            _ => &mut left,
        };
        let Some((first, rest)) = from.split_first() else { return };
        (*to, *from) = (*first, rest);
    }
}

/// Sorts by the upper half of each number, a byte at a time from the lowest of the `bytes` that keys have. Numbers
/// with the same upper half stay in order.
fn sort_by_digits(numbers: &mut [u64], spare: &mut [u64], bytes: usize) {
    let digit = |number: u64, byte: usize| (number >> (32 + 8 * byte)) as usize & 0xFF;
    let mut counts = [[0usize; 256]; 4];
    for &number in numbers.iter() {
        for (byte, counts) in counts.iter_mut().enumerate().take(bytes) {
            counts[digit(number, byte)] += 1;
        }
    }
    let (mut from, mut to) = (&mut *numbers, &mut *spare);
    let mut swapped = false;
    for (byte, counts) in counts.iter_mut().enumerate().take(bytes) {
        if counts[digit(from[0], byte)] == from.len() {
            continue;
        }
        let mut start = 0;
        for count in counts.iter_mut() {
            (*count, start) = (start, start + *count);
        }
        for &number in from.iter() {
            let place = &mut counts[digit(number, byte)];
            to[*place] = number;
            *place += 1;
        }
        (from, to) = (to, from);
        swapped = !swapped;
    }
    if swapped {
        to.copy_from_slice(from);
    }
}
