//! Taking attributes of a known type out of a dictionary.

use std::sync::Arc;

use crate::{Attribute, Attributes, Literal};

/// Why a dictionary does not describe the operation that it belongs to.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AttributeError {
    /// A required attribute is not there.
    #[error("attribute `{name}` is missing; expected {expected}")]
    Missing {
        /// The attribute's name.
        name: String,
        /// What it should be.
        expected: String,
    },
    /// An attribute is of another kind or range than the operation needs.
    #[error("attribute `{name}` does not fit; expected {expected}")]
    Unfit {
        /// The attribute's name.
        name: String,
        /// What it should be.
        expected: String,
    },
}

pub(super) type Taken<T> = Result<T, AttributeError>;

/// What is left of an operation's attributes while they are taken out.
pub(super) struct Dictionary(pub(super) Attributes);

impl Dictionary {
    pub(super) fn optional<T>(
        &mut self,
        name: &str,
        expected: &str,
        convert: impl FnOnce(Attribute) -> Option<T>,
    ) -> Taken<Option<T>> {
        let Some(attribute) = self.0.remove(name) else { return Ok(None) };
        match convert(attribute) {
            Some(value) => Ok(Some(value)),
            None => Err(AttributeError::Unfit { name: name.into(), expected: expected.into() }),
        }
    }

    pub(super) fn required<T>(
        &mut self,
        name: &str,
        expected: &str,
        convert: impl FnOnce(Attribute) -> Option<T>,
    ) -> Taken<T> {
        self.optional(name, expected, convert)?
            .ok_or_else(|| AttributeError::Missing { name: name.into(), expected: expected.into() })
    }

    pub(super) fn axis(&mut self, name: &str) -> Taken<usize> {
        self.required(name, "an integer from 0", to_number)
    }

    /// A list of integers from 0.
    pub(super) fn axes(&mut self, name: &str) -> Taken<Vec<usize>> {
        self.required(name, AXES, to_numbers)
    }

    pub(super) fn optional_axes(&mut self, name: &str) -> Taken<Option<Vec<usize>>> {
        self.optional(name, AXES, to_numbers)
    }

    pub(super) fn integers(&mut self, name: &str) -> Taken<Vec<i64>> {
        self.required(name, "a list of integers such as `array<i64: 0, -1>`", to_integers)
    }

    pub(super) fn flag(&mut self, name: &str, default: bool) -> Taken<bool> {
        Ok(self.optional(name, "true or false", to_flag)?.unwrap_or(default))
    }

    pub(super) fn string(&mut self, name: &str) -> Taken<Arc<str>> {
        self.required(name, "a string", to_string)
    }

    pub(super) fn string_or_empty(&mut self, name: &str) -> Taken<Arc<str>> {
        Ok(self.optional(name, "a string", to_string)?.unwrap_or_else(|| "".into()))
    }

    pub(super) fn symbol(&mut self, name: &str) -> Taken<Arc<str>> {
        self.required(name, "a function such as `@f`", to_symbol)
    }

    /// Two columns of integers, as in `dense<[[0, 1], [2, 3]]> : tensor<2x2xi64>`.
    pub(super) fn pairs(&mut self, name: &str) -> Taken<Option<Vec<(i64, i64)>>> {
        self.optional(name, "pairs of integers such as `dense<[[0, 1]]> : tensor<1x2xi64>`", |a| {
            Some(to_rows(a, Some(2))?.into_iter().map(|row| (row[0], row[1])).collect())
        })
    }
}

const AXES: &str = "a list of integers from 0 such as `array<i64: 0, 1>`";

/// The most integers that a splat or a mesh may stand for in an attribute: no operation has as many axes or groups.
pub(super) const MOST: usize = 1 << 20;

pub(super) fn to_integer(attribute: Attribute) -> Option<i64> {
    match attribute {
        Attribute::Integer(value, _) => i64::try_from(value).ok(),
        _ => None,
    }
}

pub(super) fn to_number(attribute: Attribute) -> Option<usize> {
    to_integer(attribute).and_then(|n| usize::try_from(n).ok())
}

pub(super) fn to_flag(attribute: Attribute) -> Option<bool> {
    match attribute {
        Attribute::Bool(value) => Some(value),
        Attribute::Unit => Some(true),
        Attribute::Integer(value, _) => Some(value != 0),
        _ => None,
    }
}

pub(super) fn to_string(attribute: Attribute) -> Option<Arc<str>> {
    match attribute {
        Attribute::String(text) => Some(text),
        _ => None,
    }
}

pub(super) fn to_symbol(attribute: Attribute) -> Option<Arc<str>> {
    match attribute {
        Attribute::Symbol(name) => Some(name),
        _ => None,
    }
}

pub(super) fn to_float(attribute: Attribute) -> Option<f64> {
    match attribute {
        Attribute::Float(value, _) => Some(value),
        _ => None,
    }
}

pub(super) fn to_literal(attribute: Attribute) -> Option<Literal> {
    match attribute {
        Attribute::Dense(literal) => Some(literal),
        _ => None,
    }
}

/// `array<i64: …>`, `dense<…>` of integers or booleans, or `[1, 2]`.
pub(super) fn to_integers(attribute: Attribute) -> Option<Vec<i64>> {
    match attribute {
        Attribute::DenseIntegers(values, _) => Some(values),
        Attribute::Dense(literal) => literal_integers(&literal),
        Attribute::Array(items) => items.into_iter().map(to_integer).collect(),
        _ => None,
    }
}

pub(crate) fn to_numbers(attribute: Attribute) -> Option<Vec<usize>> {
    to_integers(attribute)?.into_iter().map(|n| usize::try_from(n).ok()).collect()
}

pub(super) fn to_rows(attribute: Attribute, width: Option<usize>) -> Option<Vec<Vec<i64>>> {
    let Attribute::Dense(literal) = attribute else { return None };
    let values = literal_integers(&literal)?;
    let (rows, columns) = match literal.ty().dims[..] {
        [rows, columns] => (rows, columns),
        // An older printer leaves out the shape of an empty list.
        [0] => (0, width.unwrap_or(0)),
        _ => return None,
    };
    if width.is_some_and(|w| w != columns) || rows > MOST {
        return None;
    }
    Some((0..rows).map(|r| values[r * columns..(r + 1) * columns].to_vec()).collect())
}

/// The elements of a literal of integers or booleans, where there are not too many.
fn literal_integers(literal: &Literal) -> Option<Vec<i64>> {
    let element = literal.ty().element;
    if element.is_float() || element.is_complex() || literal.ty().element_count()? > MOST {
        return None;
    }
    let size = element.size();
    let read = |bytes: &[u8]| {
        let mut wide = [0; 8];
        wide[..size].copy_from_slice(bytes);
        let value = i64::from_le_bytes(wide);
        let unused = 64 - 8 * size as u32;
        if element.is_signed_integer() { value << unused >> unused } else { value }
    };
    Some(literal.to_dense().chunks_exact(size).map(read).collect())
}
