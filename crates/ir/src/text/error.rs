//! What is said about a text that is no program.

use std::fmt;
use std::sync::Arc;

use crate::{Position, Source};

/// Why a text could not be read, and where.
///
/// Displays as `file:line:column: what was wrong; expected …`, then the line of the text, then a caret under the
/// place.
///
/// ```
/// let error = runahead_ir::parse("a.mlir", "func.func @f( {").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a.mlir:1:15: found `{`; expected a parameter such as `%arg0: tensor<4xf32>`\n\
///      func.func @f( {\n\
///      \x20             ^"
/// );
/// ```
#[derive(Clone)]
pub struct ParseError(Box<Fault>);

#[derive(Clone)]
struct Fault {
    source: Arc<Source>,
    offset: usize,
    message: String,
}

/// The longest part of a line that is shown, in characters.
const SHOWN: usize = 120;

impl ParseError {
    pub(crate) fn new(source: &Arc<Source>, offset: usize, message: String) -> ParseError {
        ParseError(Box::new(Fault { source: Arc::clone(source), offset, message }))
    }

    /// The line and column of the place.
    pub fn position(&self) -> Position {
        self.0.source.position(self.0.offset)
    }

    /// What was wrong, without place and source line.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The text in which the place is.
    pub fn source_text(&self) -> &Arc<Source> {
        &self.0.source
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position();
        write!(f, "{}:{line}:{column}: {}", self.0.source.name(), self.0.message)?;
        self.0.source.show_line(self.0.offset, SHOWN, f)
    }
}

impl fmt::Debug for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for ParseError {}
