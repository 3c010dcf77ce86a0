//! Options that a caller wants the compiler to have.
//!
//! JAX's `compiler_options` are those of XLA's compiler. None means anything here, so that what is set for XLA's sake may
//! stay; but one that XLA does not know, or whose value is of another kind, is a mistake, as it is there.

use std::collections::HashMap;
use std::sync::LazyLock;

use runahead::pjrt::proto::{self, Field};

use crate::error::Fault;

/// What values an option has.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bool,
    Int32,
    Int64,
    Float,
    Text,
    Enum,
    /// Lists and structures, which are written in ways of their own.
    Other,
}

/// The options by name, each with the names of its values where it is an enum.
static KNOWN: LazyLock<HashMap<&str, (Kind, Vec<&str>)>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let mut kind = Kind::Other;
    for line in include_str!("overrides.txt").lines().filter(|line| !line.starts_with('#')) {
        match line {
            "[bool]" => kind = Kind::Bool,
            "[int32]" => kind = Kind::Int32,
            "[int64]" => kind = Kind::Int64,
            "[float]" => kind = Kind::Float,
            "[string]" => kind = Kind::Text,
            "[enum]" => kind = Kind::Enum,
            "[other]" => kind = Kind::Other,
            _ => {
                let mut words = line.split_whitespace();
                let Some(name) = words.next() else { continue };
                known.insert(name, (kind, words.collect()));
            }
        }
    }
    known
});

/// A value as a caller gives it.
enum Value<'a> {
    Text(&'a str),
    Bool(bool),
    Integer(i64),
    /// One whose digits do not matter.
    Float,
}

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Bool(value) => write!(f, "{}", if *value { "True" } else { "False" }),
            Value::Integer(value) => write!(f, "{value}"),
            Value::Float => f.write_str("a number with a fraction"),
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Bool => "bool",
            Kind::Int32 => "int32",
            Kind::Int64 => "int64",
            Kind::Float => "float",
            Kind::Text => "string",
            Kind::Enum => "enum",
            Kind::Other => "structured",
        }
    }

    fn takes(self, value: &Value<'_>, names: &[&str]) -> bool {
        match (self, value) {
            (Kind::Bool, Value::Bool(_)) => true,
            (Kind::Bool, Value::Text(text)) => matches!(*text, "True" | "False"),
            (Kind::Int32, Value::Integer(value)) => i32::try_from(*value).is_ok(),
            (Kind::Int32, Value::Text(text)) => text.parse::<i32>().is_ok(),
            (Kind::Int64, Value::Integer(_)) => true,
            (Kind::Int64, Value::Text(text)) => text.parse::<i64>().is_ok(),
            (Kind::Float, Value::Float) => true,
            (Kind::Float, Value::Text(text)) => text.parse::<f64>().is_ok(),
            (Kind::Text, Value::Text(_)) => true,
            (Kind::Enum, Value::Integer(value)) => i32::try_from(*value).is_ok(),
            (Kind::Enum, Value::Text(text)) => names.contains(text) || text.parse::<i32>().is_ok(),
            (Kind::Other, _) => true,
            _ => false,
        }
    }
}

/// Checks an entry of `CompileOptionsProto.env_option_overrides`.
///
/// # Errors
/// Where there is no such option, or its value is not of its kind.
pub(crate) fn check(entry: &[u8]) -> Result<(), Fault> {
    let (mut name, mut value) = ("", Value::Float);
    let text =
        |bytes| std::str::from_utf8(bytes).map_err(|_| Fault::invalid("a compile option that is no text"));
    for field in proto::fields(entry) {
        match field? {
            (1, Field::Bytes(key)) => name = text(key)?,
            (2, Field::Bytes(given)) => {
                for field in proto::fields(given) {
                    match field? {
                        (1, Field::Bytes(given)) => value = Value::Text(text(given)?),
                        (2, Field::Number(given)) => value = Value::Bool(given != 0),
                        // Negative numbers are written as their two's complement.
                        (3, Field::Number(given)) => value = Value::Integer(given.cast_signed()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    let Some((kind, names)) = KNOWN.get(name) else {
        return Err(Fault::invalid(format!(
            "No such compile option: '{name}'; expected one of XLA's compiler"
        )));
    };
    if kind.takes(&value, names) {
        return Ok(());
    }
    let expected =
        if names.is_empty() { String::new() } else { format!(" Expected one of {}.", names.join(", ")) };
    let kind = kind.name();
    Err(Fault::invalid(format!(
        "While setting option {name}, '{value}' is not a valid {kind} value.{expected}"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry with a text, a boolean, an integer or a double.
    fn entry(name: &str, field: u64, value: &[u8]) -> Vec<u8> {
        let (mut inner, mut entry) = (Vec::new(), Vec::new());
        match field {
            1 => proto::put_bytes(&mut inner, 1, value),
            4 => inner.extend([&[0x21], value].concat()),
            _ => {
                inner.push((field << 3) as u8);
                inner.extend(value);
            }
        }
        proto::put_bytes(&mut entry, 1, name.as_bytes());
        proto::put_bytes(&mut entry, 2, &inner);
        entry
    }

    #[test]
    fn values_of_each_kind_as_xla_takes_them() {
        // What jaxlib 0.10.2's CPU backend takes and refuses.
        let double = 2.5f64.to_le_bytes();
        for (name, field, value, is_taken) in [
            ("invalid_key", 1, &b"no"[..], false),
            ("xla_embed_ir_in_executable", 1, b"invalid_value", false),
            ("xla_embed_ir_in_executable", 3, b"\x03", false),
            ("xla_embed_ir_in_executable", 1, b"true", false),
            ("xla_embed_ir_in_executable", 1, b"True", true),
            ("xla_embed_ir_in_executable", 2, b"\x01", true),
            ("xla_gpu_autotune_level", 1, b"4", true),
            ("xla_gpu_autotune_level", 1, b"x", false),
            ("xla_gpu_autotune_level", 4, &double, false),
            ("xla_gpu_autotune_level", 2, b"\x01", false),
            ("xla_gpu_autotune_level", 3, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", true),
            ("xla_gpu_autotune_level", 3, b"\xff\xff\xff\xff\xff\x01", false),
            ("xla_dump_to", 3, b"\x03", false),
            ("xla_dump_to", 1, b"x", true),
            ("xla_gpu_pgle_accuracy_checker", 1, b"bla", false),
            ("xla_gpu_pgle_accuracy_checker", 3, b"\x01", true),
            ("xla_gpu_pgle_accuracy_checker", 1, b"PGLE_STRICTNESS_LEVEL_OFF", true),
            ("xla_disable_hlo_passes", 1, b"a,b", true),
            ("exec_time_optimization_effort", 4, &double, true),
        ] {
            let checked = check(&entry(name, field, value));
            assert_eq!(checked.is_ok(), is_taken, "{name} {field} {value:?}: {checked:?}");
        }
    }
}
