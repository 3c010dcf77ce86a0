//! Enumerations: their numbers in bytecode and their names in text.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::Read;
use crate::Attribute;

/// An enumeration of StableHLO.
pub(super) struct Enumeration {
    /// What it is called between `#stablehlo<` and the value.
    pub(super) word: &'static str,
    /// The number of this kind of attribute in VHLO, and in StableHLO's own bytecode.
    pub(super) vhlo: u64,
    pub(super) stablehlo: u64,
    pub(super) values: &'static [(u64, &'static str)],
}

const NOWHERE: u64 = u64::MAX;

pub(super) static ENUMERATIONS: [Enumeration; 9] = [
    Enumeration {
        word: "comparison_direction",
        vhlo: 3,
        stablehlo: 2,
        values: &[(0, "EQ"), (1, "NE"), (2, "GE"), (3, "GT"), (4, "LE"), (5, "LT")],
    },
    Enumeration {
        word: "comparison_type",
        vhlo: 4,
        stablehlo: 3,
        values: &[
            (0, "NOTYPE"),
            (1, "FLOAT"),
            (2, "TOTALORDER"),
            (3, "SIGNED"),
            (4, "UNSIGNED"),
            (5, "WEAKORDER"),
        ],
    },
    Enumeration {
        word: "custom_call_api_version",
        vhlo: 5,
        stablehlo: NOWHERE,
        values: &[(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")],
    },
    Enumeration {
        word: "fft_type",
        vhlo: 7,
        stablehlo: 6,
        values: &[(0, "FFT"), (1, "IFFT"), (2, "RFFT"), (3, "IRFFT")],
    },
    Enumeration {
        word: "precision",
        vhlo: 11,
        stablehlo: 8,
        values: &[(0, "DEFAULT"), (1, "HIGH"), (2, "HIGHEST")],
    },
    Enumeration {
        word: "rng_algorithm",
        vhlo: 12,
        stablehlo: 9,
        values: &[(0, "DEFAULT"), (1, "THREE_FRY"), (2, "PHILOX")],
    },
    Enumeration {
        word: "rng_distribution",
        vhlo: 13,
        stablehlo: 10,
        values: &[(1, "UNIFORM"), (2, "NORMAL")],
    },
    Enumeration {
        word: "transpose",
        vhlo: 16,
        stablehlo: 12,
        values: &[(0, "TRANSPOSE_INVALID"), (1, "NO_TRANSPOSE"), (2, "TRANSPOSE"), (3, "ADJOINT")],
    },
    Enumeration {
        word: "result_accuracy_mode",
        vhlo: 19,
        stablehlo: 16,
        values: &[(0, "DEFAULT"), (1, "HIGHEST"), (2, "TOLERANCE")],
    },
];

impl Enumeration {
    /// The name of the value whose number is next.
    pub(super) fn name(&self, cursor: &mut Cursor<'_>) -> Read<&'static str> {
        let at = cursor.at;
        let number = cursor.varint()?;
        match self.values.iter().find(|(n, _)| *n == number) {
            Some((_, name)) => Ok(name),
            None => {
                let names: Vec<&str> = self.values.iter().map(|(_, name)| *name).collect();
                let message =
                    format!("{} {number} is not known; expected that of {}", self.word, names.join(", "));
                Err(cursor.fault(at, message))
            }
        }
    }

    /// The value whose number is next, as text spells it.
    pub(super) fn value(&self, cursor: &mut Cursor<'_>) -> Read<Attribute> {
        let name = self.name(cursor)?;
        let text: Arc<str> = match self.word {
            "custom_call_api_version" => {
                return Ok(Attribute::Integer(name.parse().unwrap_or(0), crate::Type::Other("i32".into())));
            }
            // This one has a mnemonic of its own.
            "result_accuracy_mode" => format!("#stablehlo.result_accuracy_mode<{name}>").into(),
            word => format!("#stablehlo<{word} {name}>").into(),
        };
        Ok(Attribute::Opaque(text))
    }
}
