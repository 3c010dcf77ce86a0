//! What may be done with any text, and texts that are nearly programs: what fuzzing and the tests share.
#![allow(dead_code, unreachable_pub)] // Each test and target uses a part.

use runahead_ir::{parse, passes, verify};

/// Everything that may be done with a text.
pub fn exercise(text: &str) {
    let Ok(module) = parse("t.mlir", text).inspect_err(|e| drop(e.to_string())) else { return };
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
