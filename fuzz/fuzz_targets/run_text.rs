//! Text as a program: compiled for the CPU and run, within bounds of memory and turns of loops.
#![no_main]

#[path = "../../crates/cpu/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|text: &str| exercise::text(text));
