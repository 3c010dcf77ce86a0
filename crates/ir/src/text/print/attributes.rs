//! Attributes as text.

use std::fmt::{self, Write};

use super::numbers::{float_text, literal};
use crate::{Attribute, Attributes, ElementType, Type, float};

/// `{a = 1 : i64, b}`.
pub(super) fn dictionary(out: &mut dyn Write, attributes: &Attributes) -> fmt::Result {
    items(out, attributes.0.iter().map(|(name, value)| (&**name, value)))
}

/// A dictionary of those items.
pub(super) fn items<'a>(
    out: &mut dyn Write,
    items: impl Iterator<Item = (&'a str, &'a Attribute)>,
) -> fmt::Result {
    out.write_char('{')?;
    for (i, (name, value)) in items.enumerate() {
        out.write_str(if i > 0 { ", " } else { "" })?;
        if is_word(name) {
            out.write_str(name)?
        } else {
            string(out, name)?
        }
        if *value != Attribute::Unit {
            out.write_str(" = ")?;
            attribute(out, value)?;
        }
    }
    out.write_char('}')
}

pub(super) fn attribute(out: &mut dyn Write, value: &Attribute) -> fmt::Result {
    match value {
        Attribute::Unit => out.write_str("unit"),
        Attribute::Bool(value) => write!(out, "{value}"),
        Attribute::Integer(value, ty) => write!(out, "{value} : {ty}"),
        Attribute::Float(value, ty) => float_attribute(out, *value, ty),
        Attribute::String(text) => string(out, text),
        Attribute::Symbol(name) => symbol(out, name),
        Attribute::Type(ty) => write!(out, "{ty}"),
        Attribute::FunctionType(operands, results) => {
            types(out, operands)?;
            out.write_str(" -> ")?;
            types(out, results)
        }
        Attribute::Array(values) => {
            out.write_char('[')?;
            for (i, value) in values.iter().enumerate() {
                out.write_str(if i > 0 { ", " } else { "" })?;
                attribute(out, value)?;
            }
            out.write_char(']')
        }
        Attribute::DenseIntegers(values, element) => {
            write!(out, "array<{element}")?;
            for (i, value) in values.iter().enumerate() {
                out.write_str(if i > 0 { ", " } else { ": " })?;
                match element {
                    ElementType::Bool => write!(out, "{}", *value != 0)?,
                    _ => write!(out, "{value}")?,
                }
            }
            out.write_char('>')
        }
        Attribute::Dense(value) => literal(out, value),
        Attribute::Dictionary(attributes) => dictionary(out, attributes),
        Attribute::Opaque(text) => out.write_str(text),
    }
}

fn types(out: &mut dyn Write, types: &[Type]) -> fmt::Result {
    out.write_char('(')?;
    for (i, ty) in types.iter().enumerate() {
        write!(out, "{}{ty}", if i > 0 { ", " } else { "" })?;
    }
    out.write_char(')')
}

fn float_attribute(out: &mut dyn Write, value: f64, ty: &Type) -> fmt::Result {
    let element = float_type(ty).unwrap_or(ElementType::F64);
    match float_text(element, value) {
        Some(text) => write!(out, "{text} : {ty}"),
        None => {
            let bits = float::encode(element, value);
            write!(out, "0x{bits:0width$X} : {ty}", width = element.bits().div_ceil(4))
        }
    }
}

/// The floating-point type that an attribute's type names.
pub(crate) fn float_type(ty: &Type) -> Option<ElementType> {
    match ty {
        Type::Other(name) => ElementType::from_name(name).filter(|t| t.is_float()),
        _ => None,
    }
}

/// Whether a name may stand without quotes.
pub(super) fn is_word(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$'))
}

/// `"text"`, escaped.
pub(super) fn string(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(out, "\\{c}")?,
            c if c.is_ascii_control() => write!(out, "\\{:02X}", c as u32)?,
            c => out.write_char(c)?,
        }
    }
    out.write_char('"')
}

/// A string as [`string`] writes it.
pub(crate) fn quoted(text: &str) -> String {
    written(|out| string(out, text))
}

/// A symbol as [`symbol`] writes it.
pub(crate) fn symbol_text(name: &str) -> String {
    written(|out| symbol(out, name))
}

fn written(write: impl FnOnce(&mut dyn Write) -> fmt::Result) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write(&mut text);
    text
}

/// `@name`, quoted where it must be; nested names each with their own sign.
pub(super) fn symbol(out: &mut dyn Write, name: &str) -> fmt::Result {
    for (i, part) in name.split("::@").enumerate() {
        out.write_str(if i > 0 { "::@" } else { "@" })?;
        let bare = !part.is_empty()
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$' | b'-'));
        if bare { out.write_str(part)? } else { string(out, part)? }
    }
    Ok(())
}
