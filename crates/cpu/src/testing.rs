//! What the crate's tests share: running programs on memory full of rubbish, random numbers.

use runahead_ir::parse;
use runahead_runtime::AlignedBytes;

use crate::compile::{CompileOptions, compile};
use crate::element::Element;
use crate::plan::Program;

/// Compiles a program's text.
#[track_caller]
pub(crate) fn compiled(text: &str) -> Program {
    let module = parse("test", text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    compile(&module, &CompileOptions::default()).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

/// Memory that holds anything at first.
pub(crate) fn rubbish(size: usize) -> AlignedBytes {
    let mut bytes = AlignedBytes::zeroed(size).unwrap();
    bytes.fill(0xFF);
    bytes
}

/// Runs a program, with results and arena holding anything at first, twice in the same arena.
pub(crate) fn run(program: &Program, inputs: &[&[u8]]) -> Vec<Vec<u8>> {
    let inputs: Vec<AlignedBytes> = inputs.iter().map(|i| AlignedBytes::copy_of(i).unwrap()).collect();
    let inputs: Vec<&[u8]> = inputs.iter().map(|i| &i[..]).collect();
    let mut arena = rubbish(program.arena_bytes());
    let mut once = || {
        let mut results: Vec<AlignedBytes> =
            program.results().iter().map(|ty| rubbish(ty.byte_count().unwrap())).collect();
        let mut slices: Vec<&mut [u8]> = results.iter_mut().map(|r| &mut r[..]).collect();
        program.run(&inputs, &mut slices, &mut arena);
        results.iter().map(|r| r.to_vec()).collect::<Vec<_>>()
    };
    let first = once();
    assert!(first == once(), "a second run gives other results");
    first
}

/// The elements that the bytes hold.
pub(crate) fn cast<T: Element>(bytes: &[u8]) -> Vec<T> {
    bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned).collect()
}

/// Runs a program of `f32` parameters and one `f32` result.
#[track_caller]
pub(crate) fn run_f32(text: &str, inputs: &[&[f32]]) -> Vec<f32> {
    let inputs: Vec<&[u8]> = inputs.iter().map(|i| bytemuck::cast_slice(i)).collect();
    cast(&run(&compiled(text), &inputs)[0])
}

/// Numbers that look random and are the same each time.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        // A 64-bit linear congruential generator, whose high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) ^ (self.0 << 29)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (((self.next() & 0xffff_ffff) * end as u64) >> 32) as usize
    }

    pub(crate) fn range(&mut self, start: i64, end: i64) -> i64 {
        start + self.below((end - start) as usize) as i64
    }

    /// A multiple of 1/64 in [-2, 2): sums and products of a few of them are exact in `f32`.
    pub(crate) fn float(&mut self) -> f32 {
        (self.below(256) as f32 - 128.0) / 64.0
    }

    pub(crate) fn floats(&mut self, count: usize) -> Vec<f32> {
        (0..count).map(|_| self.float()).collect()
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
