//! StableHLO programs as data.

mod attribute;
mod compare;
pub mod float;
pub mod generic;
mod literal;
mod module;
mod op;
mod source;
mod text;
mod types;

pub use attribute::{Attribute, Attributes};
pub use literal::{Literal, LiteralError};
pub use module::{Function, Location, Module, Op, Region, ValueId, Values, Visibility};
pub use op::*;
pub use source::{Position, Source};
pub use text::{ParseError, parse, parse_sections};
pub use types::{DYNAMIC, Dims, ElementType, Quantization, TensorType, Type};
