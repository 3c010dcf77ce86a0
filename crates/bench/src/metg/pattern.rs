//! Which points of the step before a point reads.

use std::str::FromStr;

use serde::Serialize;

/// A pattern of dependencies, as in Task Bench.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// None.
    Trivial,
    /// The same point.
    NoComm,
    /// The point and its two neighbours.
    #[serde(rename = "stencil_1d")]
    Stencil1d,
    /// The point and those at a distance that doubles from step to step, then begins again.
    Fft,
    /// The parent in a binary tree, which is as wide as the step's number allows.
    Tree,
    /// The five nearest.
    Nearest,
    /// About half of the five nearest.
    RandomNearest,
    /// Five, spread over the width.
    Spread,
    /// All.
    AllToAll,
}

/// How many a point reads, where the pattern leaves that open.
const RADIX: usize = 5;

/// After so many steps the random choices are made again as before.
const RANDOM_PERIOD: usize = 10;

/// After so many steps the spread is as before.
const SPREAD_PERIOD: usize = 2;

impl Pattern {
    /// From half of so many steps on, the dependencies of a step are those of the step half of so many before: a multiple
    /// of all periods, and longer than a tree grows.
    pub(super) const PERIOD: usize = 2 * 60;

    /// All of them.
    pub const ALL: [Pattern; 9] = [
        Pattern::Trivial,
        Pattern::NoComm,
        Pattern::Stencil1d,
        Pattern::Fft,
        Pattern::Tree,
        Pattern::Nearest,
        Pattern::RandomNearest,
        Pattern::Spread,
        Pattern::AllToAll,
    ];

    /// The pattern's name.
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Trivial => "trivial",
            Pattern::NoComm => "no_comm",
            Pattern::Stencil1d => "stencil_1d",
            Pattern::Fft => "fft",
            Pattern::Tree => "tree",
            Pattern::Nearest => "nearest",
            Pattern::RandomNearest => "random_nearest",
            Pattern::Spread => "spread",
            Pattern::AllToAll => "all_to_all",
        }
    }

    /// How many points a step has.
    pub(super) fn width(self, step: usize, width: usize) -> usize {
        match self {
            Pattern::Tree => 1usize.checked_shl(step as u32).map_or(width, |points| points.min(width)),
            _ => width,
        }
    }

    /// The points of the step before that a point reads; none at the first step.
    pub(super) fn dependencies(self, step: usize, point: usize, width: usize) -> Vec<usize> {
        if step == 0 {
            return Vec::new();
        }
        let near = |distance: usize| point.saturating_sub(distance)..=(point + distance).min(width - 1);
        match self {
            Pattern::Trivial => Vec::new(),
            Pattern::NoComm => vec![point],
            Pattern::Stencil1d => near(1).collect(),
            Pattern::Fft => {
                let stages = width.ilog2().max(1) as usize;
                let distance = 1 << ((step - 1) % stages);
                let below = point.checked_sub(distance);
                let above = Some(point + distance).filter(|&above| above < width);
                [below, Some(point), above].into_iter().flatten().collect()
            }
            Pattern::Tree => vec![point / 2],
            Pattern::Nearest => near(RADIX / 2).collect(),
            Pattern::RandomNearest => near(RADIX / 2)
                .filter(|&other| half_of_the_time(step % RANDOM_PERIOD, point, other))
                .collect(),
            Pattern::Spread => {
                let turn = (step - 1) % SPREAD_PERIOD;
                let one = |i: usize| (point + i * width / RADIX + if i > 0 { turn } else { 0 }) % width;
                let mut points: Vec<usize> = (0..RADIX).map(one).collect();
                points.sort_unstable();
                points.dedup();
                points
            }
            Pattern::AllToAll => (0..width).collect(),
        }
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(name: &str) -> Result<Pattern, String> {
        Pattern::ALL.into_iter().find(|pattern| pattern.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Pattern::ALL.iter().map(|pattern| pattern.name()).collect();
            format!("give one of {}", names.join(", "))
        })
    }
}

/// A coin that falls the same way whenever it is tossed for the same three numbers (SplitMix64: Steele, Lea, Flood 2014).
fn half_of_the_time(step: usize, point: usize, other: usize) -> bool {
    let mut z = ((step * 1009 + point) * 1009 + other) as u64;
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) & 1 == 0
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn names_are_read_back() {
        for pattern in Pattern::ALL {
            assert_eq!(pattern.name().parse(), Ok(pattern));
            assert_eq!(serde_json::to_value(pattern).unwrap(), pattern.name());
        }
        assert!("ring".parse::<Pattern>().unwrap_err().contains("stencil_1d"));
    }

    #[test]
    fn steps_repeat() {
        for pattern in Pattern::ALL {
            for width in [1, 2, 5, 8, 30] {
                for step in Pattern::PERIOD / 2..Pattern::PERIOD {
                    for point in 0..width {
                        let dependencies = |step| pattern.dependencies(step, point, width);
                        assert_eq!(
                            dependencies(step),
                            dependencies(step + Pattern::PERIOD / 2),
                            "{pattern:?} {width}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn points_read_points_of_the_step_before() {
        for pattern in Pattern::ALL {
            for step in 1..20 {
                for point in 0..pattern.width(step, 8) {
                    let read = pattern.dependencies(step, point, 8);
                    assert!(
                        read.is_sorted() && read.iter().all(|&read| read < pattern.width(step - 1, 8)),
                        "{read:?}"
                    );
                }
            }
        }
        assert_eq!(Pattern::Stencil1d.dependencies(1, 0, 8), [0, 1]);
        assert_eq!(Pattern::Fft.dependencies(3, 3, 8), [3, 7]);
        assert_eq!(Pattern::Tree.dependencies(2, 3, 8), [1]);
        assert_eq!(Pattern::Nearest.dependencies(1, 4, 8), [2, 3, 4, 5, 6]);
        assert_eq!(Pattern::Spread.dependencies(1, 0, 8), [0, 1, 3, 4, 6]);
        assert_eq!(Pattern::AllToAll.dependencies(1, 4, 8).len(), 8);
    }
}
