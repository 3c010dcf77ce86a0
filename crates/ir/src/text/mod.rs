//! Programs as text: what JAX and `stablehlo-opt` print, read and written.
//!
//! The reader takes the pretty form of every operation that has one and the quoted form of every operation. Both end
//! in [`generic`](crate::generic): a name and attributes become an [`OpKind`](crate::OpKind) in one place.

mod attributes;
mod control;
mod error;
mod forms;
pub(crate) mod lexer;
mod literal;
mod operation;
mod parser;
mod pretty;
mod print;
mod products;
mod program;
mod types;

use std::sync::Arc;

pub(crate) use attributes::{size_of_attribute, size_of_type};
pub use error::ParseError;
pub(crate) use literal::extend;
pub(crate) use parser::shorten;
pub(crate) use print::{float_text, quoted, symbol_text as symbol};
pub(crate) use program::{dictionaries, name_in_attributes};
pub(crate) use types::parse_quantized;

use crate::{Attribute, Module, Source, Type};

/// How deep regions, types and attributes may nest, all levels counted together.
pub(crate) const MAX_NESTING: usize = 128;

/// How many parts aliases may stand for in one program.
pub(crate) const MAX_EXPANSION: usize = 1 << 22;

/// Reads a program. `name` is what messages call the text, usually the name of its file.
///
/// ```
/// let module = runahead_ir::parse(
///     "add.mlir",
///     "func.func @main(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
///        %0 = stablehlo.add %a, %b : tensor<4xf32>
///        return %0 : tensor<4xf32>
///      }",
/// )?;
/// assert_eq!(module.functions[0].body.ops[0].kind.name(), "stablehlo.add");
/// # Ok::<(), runahead_ir::ParseError>(())
/// ```
///
/// # Errors
/// Where the text is no program; the error says where and what was expected.
pub fn parse(name: &str, text: impl Into<Arc<str>>) -> Result<Module, ParseError> {
    let source = Arc::new(Source::new(name, text));
    parse_part(&source, 0, source.text().len())
}

/// Reads several programs from one text, separated by lines that begin with `// -----`. Lines are counted through the
/// whole text.
///
/// ```
/// let programs = runahead_ir::parse_sections("two.mlir", "module @a {}\n// -----\nmodule @b {");
/// assert!(programs[0].is_ok());
/// assert_eq!(programs[1].as_ref().unwrap_err().position().line, 3);
/// ```
pub fn parse_sections(name: &str, text: impl Into<Arc<str>>) -> Vec<Result<Module, ParseError>> {
    let source = Arc::new(Source::new(name, text));
    let text = source.text();
    let mut results = Vec::new();
    let (mut start, mut line) = (0, 0);
    while line < text.len() {
        let next = text[line..].find('\n').map_or(text.len(), |at| line + at + 1);
        if text[line..].starts_with("// -----") {
            results.push(parse_part(&source, start, line));
            start = next;
        }
        line = next;
    }
    results.push(parse_part(&source, start, text.len()));
    results
}

/// Reads an attribute that stands alone.
pub(crate) fn parse_attribute(text: &str) -> Result<Attribute, ParseError> {
    let source = Arc::new(Source::new("", text));
    parser::Parser::new(&source, 0, text.len()).alone(|p| p.attribute())
}

/// Reads a type that stands alone.
pub(crate) fn parse_type(text: &str) -> Result<Type, ParseError> {
    let source = Arc::new(Source::new("", text));
    parser::Parser::new(&source, 0, text.len()).alone(|p| p.ty())
}

fn parse_part(source: &Arc<Source>, start: usize, end: usize) -> Result<Module, ParseError> {
    // Places are kept in 32 bits.
    if u32::try_from(end).is_err() {
        return Err(ParseError::new(source, 0, "the text is too long; expected less than 4 GiB".into()));
    }
    parser::Parser::new(source, start, end).program()
}
