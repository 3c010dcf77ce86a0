//! Tensors as text.

use std::fmt;

use runahead_ir::Literal;

pub(crate) fn write(f: &mut fmt::Formatter<'_>, literal: &Literal, device: &str) -> fmt::Result {
    write!(f, "{} on {device}", literal.ty())
}
