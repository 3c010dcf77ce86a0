//! The reader of text: whatever it reads is verified, printed and read again, and goes through the passes.
#![no_main]

#[path = "../../crates/ir/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|text: &str| exercise::exercise(text));
