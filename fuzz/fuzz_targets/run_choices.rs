//! Bytes as choices that make a valid program of small shapes: compiled for the CPU and run, within bounds.
#![no_main]

#[path = "../../crates/cpu/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::choices(bytes));
