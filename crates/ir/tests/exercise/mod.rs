//! What may be done with any text and any bytes, and such as are nearly programs: what fuzzing and the tests share.
#![allow(dead_code, unreachable_pub)] // Each test and target uses a part.

use runahead_ir::{ArtifactVersion, Module, parse, passes, read_bytecode, verify, write_artifact};

/// Everything that may be done with a text.
pub fn exercise(text: &str) {
    let Ok(module) = parse("t.mlir", text).inspect_err(|e| drop(e.to_string())) else { return };
    exercise_module(module, text);
}

/// Everything that may be done with bytes.
pub fn exercise_bytes(bytes: &[u8]) {
    let Ok(module) = read_bytecode("t.mlirbc", bytes).inspect_err(|e| drop(e.to_string())) else { return };
    for version in [ArtifactVersion::MINIMUM, ArtifactVersion::CURRENT] {
        // What cannot be written is an error; what can be is the same program when it is read again.
        let Ok(artifact) = write_artifact(&module, version).inspect_err(|e| drop(e.to_string())) else {
            continue;
        };
        let again = read_bytecode("written", &artifact).unwrap_or_else(|e| panic!("{e}\nfrom\n{module}"));
        let left_out = module.to_string().contains("sdy");
        assert!(
            left_out || again.functions.len() == module.functions.len(),
            "{module}\nis written as\n{again}"
        );
        let rewritten = write_artifact(&again, version).unwrap_or_else(|e| panic!("{e}\nfrom\n{again}"));
        let third = read_bytecode("rewritten", &rewritten).unwrap_or_else(|e| panic!("{e}\nfrom\n{again}"));
        assert!(again.same_program(&third), "{again}\nis written as\n{third}");
    }
    exercise_module(module, "bytecode");
}

fn exercise_module(module: Module, text: &str) {
    let printed = module.to_string();
    if verify(&module).inspect_err(|errors| errors.iter().for_each(|e| drop(e.to_string()))).is_err() {
        return;
    }
    let again = parse("printed", &*printed).unwrap_or_else(|e| panic!("{e}\nfrom\n{text}"));
    assert!(module.same_program(&again), "{text}\nprints as\n{printed}");
    let mut module = module;
    let _ = passes::inline_calls(&mut module, 10_000);
    for function in &mut module.functions {
        passes::fold(function);
        passes::cse(function);
        passes::dce(function);
    }
    if let Err(errors) = verify(&module) {
        panic!("{}\nafter the passes on\n{text}\nwhich gave\n{module}", errors[0]);
    }
}

/// Numbers that look random and are the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// What may stand anywhere in a program, and mostly breaks it.
const PIECES: &[&str] = &[
    "0",
    "1",
    "-1",
    "4",
    "?",
    "x",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    ",",
    ":",
    "=",
    "->",
    "%0",
    "%arg0",
    "#1",
    "\"",
    "@main",
    "^bb0",
    "tensor<4xf32>",
    "tensor<0xi1>",
    "tensor<?x2xui8>",
    "dense<0>",
    "f64",
    "i1",
    "9223372036854775807",
    "18446744073709551615",
    "0x7F",
    "1.0e10",
    "\n",
    "//",
    "array<i64: 3, 1>",
    "true",
    "!quant.uniform<i8:f32, 0.5>",
];

/// Bytes that may stand anywhere in bytecode, and mostly break it: large and small numbers.
const NUMBERS: &[&[u8]] = &[
    &[0x01],
    &[0x03],
    &[0xFF],
    &[0xFE, 0xFF],
    &[0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    &[0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0xF0, 0xFF, 0xFF, 0xFF, 0xFF],
    &[0x00],
];

/// The bytes with a few things about them changed.
pub fn damaged_bytes(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + random.below(4) {
        let at = random.below(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..at, NUMBERS[random.below(NUMBERS.len())].iter().copied())),
            2 => {
                let number = NUMBERS[random.below(NUMBERS.len())];
                let end = (at + number.len()).min(bytes.len());
                bytes[at..end].copy_from_slice(&number[..end - at]);
            }
            // Small changes of numbers keep the most of a file readable.
            3 | 4 if at < bytes.len() => bytes[at] = bytes[at].wrapping_add(2),
            5 if at < bytes.len() => bytes[at] = bytes[at].wrapping_sub(2),
            6 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {
                let from = random.below(bytes.len());
                let part = bytes[from..(from + random.below(12)).min(bytes.len())].to_vec();
                let end = (at + part.len()).min(bytes.len());
                bytes[at..end].copy_from_slice(&part[..end - at]);
            }
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// The text with a few things about it changed.
pub fn damaged(text: &str, random: &mut Random) -> String {
    let mut text: Vec<char> = text.chars().collect();
    // Few programs are short; a part of a long one is as good.
    for _ in 0..1 + random.below(3) {
        let at = random.below(text.len());
        let until = (at + random.below(8)).min(text.len());
        match random.below(5) {
            0 => drop(text.drain(at..until)),
            1 => drop(text.splice(at..until, PIECES[random.below(PIECES.len())].chars())),
            2 => drop(text.splice(at..at, PIECES[random.below(PIECES.len())].chars())),
            3 => {
                let from = random.below(text.len());
                let part: Vec<char> = text[from..(from + random.below(60)).min(text.len())].to_vec();
                drop(text.splice(at..at, part));
            }
            _ => {
                if let Some(digit) = (at..text.len()).find(|&i| text[i].is_ascii_digit()) {
                    text[digit] = char::from(b'0' + random.below(10) as u8);
                }
            }
        }
    }
    text.into_iter().collect()
}
