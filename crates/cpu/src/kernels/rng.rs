//! Random numbers: `rng_bit_generator`, whose bits its algorithms settle, and `rng`.
//!
//! How the bits of ThreeFry and Philox are laid out in a tensor is XLA's: programs that were tested there get the same
//! bits here.

use std::f64::consts::TAU;

use runahead_ir::{ElementType, RngAlgorithm, RngDistribution, float};

use super::shape::{operand, plain, product, result, shown};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::process::{Draw, Process};

/// A block of ThreeFry-2x32 with 20 rounds.
fn threefry(key: [u32; 2], counter: [u32; 2]) -> [u32; 2] {
    const ROTATIONS: [[u32; 4]; 2] = [[13, 15, 26, 6], [17, 29, 16, 24]];
    let keys = [key[0], key[1], key[0] ^ key[1] ^ 0x1BD1_1BDA];
    let [mut a, mut b] = counter;
    a = a.wrapping_add(keys[0]);
    b = b.wrapping_add(keys[1]);
    for round in 0..5 {
        for rotation in ROTATIONS[round % 2] {
            a = a.wrapping_add(b);
            b = b.rotate_left(rotation) ^ a;
        }
        a = a.wrapping_add(keys[(round + 1) % 3]);
        b = b.wrapping_add(keys[(round + 2) % 3]).wrapping_add(round as u32 + 1);
    }
    [a, b]
}

/// A block of Philox-4x32 with 10 rounds.
fn philox(mut key: [u32; 2], mut counter: [u32; 4]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key = [key[0].wrapping_add(0x9E37_79B9), key[1].wrapping_add(0xBB67_AE85)];
        }
        let first = u64::from(counter[0]) * 0xD251_1F53;
        let second = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
    }
    counter
}

fn halves(x: u64) -> [u32; 2] {
    [x as u32, (x >> 32) as u32]
}

#[derive(Debug)]
struct Generator {
    algorithm: RngAlgorithm,
    dims: Vec<usize>,
    element: ElementType,
}

/// A kernel for `rng_bit_generator`.
pub(super) fn bit_generator(site: Site<'_>, algorithm: RngAlgorithm) -> Result<Box<dyn Kernel>, Unsupported> {
    let (state, bits) = (operand(site, 0)?, result(site, 1)?);
    if plain(state)? != ElementType::U64 || !(2..=3).contains(&product(&state.dims)) {
        return Err(Unsupported(format!(
            "with a state of {state}; expected tensor<2xui64> or tensor<3xui64>"
        )));
    }
    if bits.element.is_complex() || bits.element == ElementType::Bool {
        return Err(Unsupported(format!("of {bits}; expected integers or floats")));
    }
    Ok(Box::new(Generator { algorithm, dims: bits.dims.to_vec(), element: plain(bits)? }))
}

impl Generator {
    /// Writes ThreeFry's bits, in words of 32 or 64 bits; gives how many blocks were used.
    ///
    /// A block gives one wide word, or two narrow ones that are neighbours along the first axis of even length (or where
    /// there is none, the longest).
    fn threefry(&self, key: u64, start: u64, to: &mut Words<'_>) -> u64 {
        let block = |i: usize| threefry(halves(key), halves(start.wrapping_add(i as u64)));
        let count = product(&self.dims);
        if self.is_wide() {
            (0..count).for_each(|i| to.push(joined(block(i))));
            return count as u64;
        }
        let even = self.dims.iter().position(|size| size % 2 == 0);
        let longest = self.dims.iter().enumerate().max_by_key(|(i, size)| (**size, std::cmp::Reverse(*i)));
        let Some(axis) = even.or(longest.map(|(i, _)| i)) else {
            to.push(block(0)[0].into());
            return 1;
        };
        if count == 0 {
            return 0;
        }
        let (outer, size, inner) =
            (product(&self.dims[..axis]), self.dims[axis], product(&self.dims[axis + 1..]));
        let blocks_along = size.div_ceil(2);
        for outer in 0..outer {
            for along in 0..size {
                let first = (outer * blocks_along + along / 2) * inner;
                (first..first + inner).for_each(|i| to.push(block(i)[along % 2].into()));
            }
        }
        (outer * blocks_along * inner) as u64
    }

    /// Writes Philox's bits, four narrow or two wide words of each block; gives how many blocks were used.
    fn philox(&self, key: u64, start: u128, to: &mut Words<'_>) -> u64 {
        let count = product(&self.dims);
        let words_in_block = if self.is_wide() { 2 } else { 4 };
        let blocks = count.div_ceil(words_in_block);
        for i in 0..blocks {
            let at = start.wrapping_add(i as u128);
            let ([a, b], [c, d]) = (halves(at as u64), halves((at >> 64) as u64));
            let words = philox(halves(key), [a, b, c, d]);
            let left = count - i * words_in_block;
            match self.is_wide() {
                true => words.chunks_exact(2).take(left).for_each(|w| to.push(joined([w[0], w[1]]))),
                false => words.iter().take(left).for_each(|&word| to.push(word.into())),
            }
        }
        blocks as u64
    }

    fn is_wide(&self) -> bool {
        self.element.size() == 8
    }
}

/// A wide word of two narrow ones, the lower first.
fn joined([low, high]: [u32; 2]) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

/// Elements that are made of words, one after the other.
struct Words<'a> {
    to: std::slice::ChunksExactMut<'a, u8>,
    size: usize,
    /// The bits of a word that an element has.
    kept: u64,
}

impl<'a> Words<'a> {
    fn new(element: ElementType, to: &'a mut [u8]) -> Words<'a> {
        let kept = if element.bits() < 8 { (1 << element.bits()) - 1 } else { u64::MAX };
        Words { to: to.chunks_exact_mut(element.size()), size: element.size(), kept }
    }

    #[inline]
    fn push(&mut self, word: u64) {
        if let Some(to) = self.to.next() {
            to.copy_from_slice(&(word & self.kept).to_le_bytes()[..self.size]);
        }
    }
}

impl Kernel for Generator {
    fn describe(&self) -> String {
        format!("rng_bit_generator {:?} {} {}", self.algorithm, shown(&self.dims), self.element)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let [next, bits] = results else { return };
        next.copy_from_slice(operands[0].bytes());
        let next: &mut [u64] = bytemuck::cast_slice_mut(next);
        let mut words = Words::new(self.element, bits);
        match self.algorithm {
            RngAlgorithm::ThreeFry => {
                let used = self.threefry(next[0], next[1], &mut words);
                next[1] = next[1].wrapping_add(used);
            }
            RngAlgorithm::Philox | RngAlgorithm::Default => {
                // A state of two words has the key for the high word of its counter.
                let high = next.get(2).copied().unwrap_or(next[0]);
                let start = u128::from(high) << 64 | u128::from(next[1]);
                let used = self.philox(next[0], start, &mut words);
                let end = start.wrapping_add(used.into());
                next[1] = end as u64;
                if let Some(next) = next.get_mut(2) {
                    *next = (end >> 64) as u64;
                }
            }
        }
    }
}

/// `rng`: numbers of a distribution. Which ones is the implementation's to say: they follow from the operation and from how
/// many runs of the program were submitted before, so that each run has others, and a program that is compiled and run the same
/// gets the same, whatever ran at the same time.
#[derive(Debug)]
struct Rng {
    distribution: RngDistribution,
    element: ElementType,
    count: usize,
    stream: u64,
}

/// A kernel for `rng`.
pub(super) fn kernel(site: Site<'_>, distribution: RngDistribution) -> Result<Box<dyn Kernel>, Unsupported> {
    let to = result(site, 0)?;
    let element = plain(to)?;
    let supported = match distribution {
        RngDistribution::Uniform => !element.is_complex(),
        RngDistribution::Normal => element.is_float(),
    };
    if !supported {
        return Err(Unsupported(format!("of {distribution:?} numbers in {to}")));
    }
    // Operations are told apart by where they stand, and where that is not known by their results.
    let place = site.op.location.offset().map_or(0, |offset| offset as u64 + 1);
    let stream = place << 32 | site.op.results.first().map_or(0, |value| u64::from(value.0));
    let count = product(&to.dims);
    Ok(Box::new(Rng { distribution, element, count, stream }))
}

/// A number in `[0, 1)` of 53 random bits.
fn fraction(high: u32, low: u32) -> f64 {
    (u64::from(high) << 21 | u64::from(low) >> 11) as f64 * 2f64.powi(-53)
}

impl Rng {
    /// The key for the numbers of one draw: the operation's stream, or one that follows from it.
    fn key(&self, Draw { draw, process, .. }: Draw) -> [u32; 2] {
        if (draw, process) == (0, 0) {
            return halves(self.stream);
        }
        let [d0, d1] = halves(draw);
        // Runs never come to have this number, whose numbers these would be.
        let [a, b, ..] = philox(halves(self.stream), [d0, d1, process as u32, u32::MAX]);
        [a, b]
    }
}

impl Kernel for Rng {
    fn describe(&self) -> String {
        format!("rng {:?} of {} {}", self.distribution, self.count, self.element)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let drawn = process.draw();
        let (run, key) = (drawn.run, self.key(drawn));
        let size = self.element.size();
        let (a, b) = (operands[0].bytes(), operands[1].bytes());
        for (i, to) in results[0].chunks_exact_mut(size).enumerate() {
            let ([r0, r1], [i0, i1]) = (halves(run), halves(i as u64));
            let [w, x, y, z] = philox(key, [i0, i1, r0, r1]);
            let bits = match self.distribution {
                RngDistribution::Uniform if self.element.is_float() => {
                    let [low, high] = [a, b].map(|bytes| real(self.element, bytes));
                    let value = low + (high - low) * fraction(w, x);
                    let bits = float::encode(self.element, value);
                    // Rounding may reach the end, which is not part of the interval.
                    if float::decode(self.element, bits) >= high && high > low {
                        float::encode(self.element, low)
                    } else {
                        bits
                    }
                }
                RngDistribution::Uniform => {
                    let [low, high] = [a, b].map(|bytes| integer(self.element, bytes));
                    let range = (high - low).max(0) as u128;
                    let random = u128::from(u64::from(w) << 32 | u64::from(x)) << 64
                        | u128::from(u64::from(y) << 32 | u64::from(z));
                    let offset = if range == 0 { 0 } else { random % range };
                    (low + offset as i128) as u64
                }
                RngDistribution::Normal => {
                    let [mean, deviation] = [a, b].map(|bytes| real(self.element, bytes));
                    // The transform of Box and Muller; the logarithm's argument is above zero.
                    let radius = (-2.0 * (1.0 - fraction(w, x)).ln()).sqrt();
                    float::encode(self.element, mean + deviation * radius * (TAU * fraction(y, z)).cos())
                }
            };
            to.copy_from_slice(&bits.to_le_bytes()[..size]);
        }
    }
}

fn read(bytes: &[u8]) -> u64 {
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(wide)
}

fn real(element: ElementType, bytes: &[u8]) -> f64 {
    float::decode(element, read(bytes))
}

fn integer(element: ElementType, bytes: &[u8]) -> i128 {
    let bits = read(bytes);
    let unused = 64 - 8 * bytes.len() as u32;
    if element.is_signed_integer() { i128::from((bits << unused) as i64 >> unused) } else { bits.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors() {
        // The known answers that come with Random123.
        assert_eq!(threefry([0; 2], [0; 2]), [0x6b20_0159, 0x99ba_4efe]);
        assert_eq!(threefry([u32::MAX; 2], [u32::MAX; 2]), [0x1cb9_96fc, 0xbb00_2be7]);
        assert_eq!(
            threefry([0x1319_8a2e, 0x0370_7344], [0x243f_6a88, 0x85a3_08d3]),
            [0xc492_3a9c, 0x483d_f7a0]
        );
        assert_eq!(philox([0; 2], [0; 4]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox([u32::MAX; 2], [u32::MAX; 4]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
    }
}
