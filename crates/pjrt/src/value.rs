//! Named values: options for clients, and what plugins and devices tell of themselves.

use std::ffi::c_char;
use std::fmt;

use runahead_pjrt_sys::{PJRT_NamedValue, PJRT_NamedValue_Type, PJRT_NamedValue_Union};

use crate::error::{slice, text};

/// A value that has a name: an option of a client, or a fact about a plugin or a device.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum AttributeValue {
    /// A text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// Several whole numbers.
    Integers(Vec<i64>),
    /// A number.
    Float(f32),
    /// `true` or `false`.
    Bool(bool),
    /// One of a kind that this crate does not know.
    Unknown,
}

impl AttributeValue {
    /// What a text means as an option: a truth value, a number, numbers in brackets, or itself.
    ///
    /// ```
    /// use runahead_pjrt::AttributeValue;
    /// assert_eq!(AttributeValue::parse("2"), AttributeValue::Integer(2));
    /// assert_eq!(AttributeValue::parse("0.75"), AttributeValue::Float(0.75));
    /// assert_eq!(AttributeValue::parse("[0,1]"), AttributeValue::Integers(vec![0, 1]));
    /// assert_eq!(AttributeValue::parse("bfc"), AttributeValue::String("bfc".into()));
    /// ```
    pub fn parse(text: &str) -> AttributeValue {
        let integers = || {
            let inner = text.strip_prefix('[')?.strip_suffix(']')?;
            inner.split(',').map(|number| number.trim().parse().ok()).collect::<Option<Vec<i64>>>()
        };
        match text {
            "true" => AttributeValue::Bool(true),
            "false" => AttributeValue::Bool(false),
            _ => (text.parse().ok().map(AttributeValue::Integer))
                .or_else(|| text.parse().ok().map(AttributeValue::Float))
                .or_else(|| integers().map(AttributeValue::Integers))
                .unwrap_or_else(|| AttributeValue::String(text.to_owned())),
        }
    }
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AttributeValue::String(value) => f.write_str(value),
            AttributeValue::Integer(value) => write!(f, "{value}"),
            AttributeValue::Integers(value) => write!(f, "{value:?}"),
            AttributeValue::Float(value) => write!(f, "{value}"),
            AttributeValue::Bool(value) => write!(f, "{value}"),
            AttributeValue::Unknown => f.write_str("?"),
        }
    }
}

/// What is behind a plugin's pointer to named values.
///
/// # Safety
/// The pointer is null, or there are so many values behind it, each as it says.
pub(crate) unsafe fn attributes(
    start: *const PJRT_NamedValue,
    count: usize,
) -> Vec<(String, AttributeValue)> {
    // SAFETY: as promised; which field of the union is set is said by the type.
    unsafe {
        let attribute = |value: &PJRT_NamedValue| match value.r#type {
            PJRT_NamedValue_Type::kString => {
                AttributeValue::String(text(value.value.string_value, value.value_size))
            }
            PJRT_NamedValue_Type::kInt64 => AttributeValue::Integer(value.value.int64_value),
            PJRT_NamedValue_Type::kInt64List => {
                AttributeValue::Integers(slice(value.value.int64_array_value, value.value_size).to_vec())
            }
            PJRT_NamedValue_Type::kFloat => AttributeValue::Float(value.value.float_value),
            PJRT_NamedValue_Type::kBool => AttributeValue::Bool(value.value.bool_value),
            _ => AttributeValue::Unknown,
        };
        let values = slice(start, count).iter();
        values.map(|value| (text(value.name, value.name_size), attribute(value))).collect()
    }
}

/// Named values as plugins take them; they point into what they are made of.
pub(crate) fn named_values(options: &[(String, AttributeValue)]) -> Vec<PJRT_NamedValue> {
    let values = options.iter().filter_map(|(name, attribute)| {
        let (kind, value, size) = match attribute {
            AttributeValue::String(text) => (
                PJRT_NamedValue_Type::kString,
                PJRT_NamedValue_Union { string_value: text.as_ptr().cast() },
                text.len(),
            ),
            AttributeValue::Integer(value) => {
                (PJRT_NamedValue_Type::kInt64, PJRT_NamedValue_Union { int64_value: *value }, 1)
            }
            AttributeValue::Integers(values) => (
                PJRT_NamedValue_Type::kInt64List,
                PJRT_NamedValue_Union { int64_array_value: values.as_ptr() },
                values.len(),
            ),
            AttributeValue::Float(value) => {
                (PJRT_NamedValue_Type::kFloat, PJRT_NamedValue_Union { float_value: *value }, 1)
            }
            AttributeValue::Bool(value) => {
                (PJRT_NamedValue_Type::kBool, PJRT_NamedValue_Union { bool_value: *value }, 1)
            }
            AttributeValue::Unknown => return None,
        };
        let mut named = PJRT_NamedValue::new();
        named.name = name.as_ptr().cast::<c_char>();
        named.name_size = name.len();
        named.r#type = kind;
        named.value = value;
        named.value_size = size;
        Some(named)
    });
    values.collect()
}
