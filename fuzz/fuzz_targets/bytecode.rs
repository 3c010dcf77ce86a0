//! The reader of bytecode: whatever it reads is written and read again, verified and printed, and goes through the passes.
#![no_main]

#[path = "../../crates/ir/tests/exercise/mod.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::exercise_bytes(bytes));
