//! StableHLO programs as data.

mod attribute;
mod builder;
mod compare;
pub mod float;
pub mod generic;
mod literal;
mod module;
mod neutral;
mod op;
mod rules;
mod source;
mod text;
mod types;
mod verify;

pub use attribute::{Attribute, Attributes};
pub use builder::{Built, FunctionBuilder};
pub use literal::{Literal, LiteralError};
pub use module::{Function, Location, Module, Op, Region, ValueId, Values, Visibility};
pub use op::*;
pub use rules::{Inferred, Problem, Signature, infer};
pub use source::{Position, Source};
pub use text::{ParseError, parse, parse_sections};
pub use types::{DYNAMIC, Dims, ElementType, MAX_RANK, Quantization, TensorType, Type};
pub use verify::{VerifyError, verify};
