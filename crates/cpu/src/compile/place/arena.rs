//! Where in the arena each buffer lies.

use runahead_runtime::ALIGNMENT;

use super::live::Ranges;

/// A buffer and when it is needed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needed<'a> {
    pub(super) live: &'a Ranges,
    pub(super) bytes: usize,
}

/// As far as offsets go: what would lie beyond lies there, and makes the total too large for any memory.
const FAR: usize = 1 << 62;

/// An offset for each buffer, such that buffers that are needed at the same time do not overlap, and the bytes of them all.
///
/// The largest buffers are placed first, each in the lowest gap that is wide enough.
pub(super) fn assign(buffers: &[Needed<'_>]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..buffers.len()).filter(|&b| buffers[b].bytes > 0).collect();
    order.sort_by_key(|&b| (std::cmp::Reverse(buffers[b].bytes), buffers[b].live.first(), b));
    let mut offsets = vec![0; buffers.len()];
    // Placed buffers by offset.
    let mut placed: Vec<usize> = Vec::new();
    let mut total = 0;
    for b in order {
        let mut offset = 0usize;
        for &other in &placed {
            if !buffers[b].live.meets(buffers[other].live) {
                continue;
            }
            if offset.saturating_add(buffers[b].bytes) <= offsets[other] {
                break;
            }
            let end = offsets[other].saturating_add(buffers[other].bytes).min(FAR);
            offset = offset.max(end.next_multiple_of(ALIGNMENT));
        }
        offsets[b] = offset;
        total = total.max(offset.saturating_add(buffers[b].bytes));
        let at = placed.partition_point(|&other| offsets[other] <= offset);
        placed.insert(at, b);
    }
    (offsets, total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_in_use_together_never_overlap() {
        let mut seed = 1u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for round in 0..200 {
            let times = 1 + random(40);
            let count = random(60);
            let live: Vec<Ranges> = (0..count)
                .map(|_| {
                    let mut live = Ranges::default();
                    for _ in 0..1 + random(3) {
                        let first = random(times);
                        live = live.union(&Ranges::of(first, first + random(times - first)));
                    }
                    live
                })
                .collect();
            let buffers: Vec<Needed<'_>> =
                live.iter().map(|live| Needed { live, bytes: random(5) * random(300) }).collect();
            let (offsets, total) = assign(&buffers);
            for (i, a) in buffers.iter().enumerate() {
                assert_eq!(offsets[i] % ALIGNMENT, 0);
                assert!(a.bytes == 0 || offsets[i] + a.bytes <= total);
                for (j, b) in buffers.iter().enumerate().skip(i + 1) {
                    let apart = offsets[i] + a.bytes <= offsets[j] || offsets[j] + b.bytes <= offsets[i];
                    assert!(
                        !a.live.meets(b.live) || apart || a.bytes == 0 || b.bytes == 0,
                        "round {round}: {i} and {j}"
                    );
                }
            }
            // No more than all of them side by side.
            let side_by_side: usize = buffers.iter().map(|b| b.bytes.next_multiple_of(ALIGNMENT)).sum();
            assert!(total <= side_by_side);
        }
    }

    #[test]
    fn memory_is_used_again() {
        let live = [(0, 1), (1, 2), (2, 3), (3, 4)].map(|(first, last)| Ranges::of(first, last));
        let needed = live.iter().zip([64, 128, 64, 128]).map(|(live, bytes)| Needed { live, bytes });
        let (offsets, total) = assign(&needed.collect::<Vec<_>>());
        assert_eq!((offsets, total), (vec![128, 0, 128, 0], 192));
    }
}
