//! Why a program does not compile.

use std::fmt;

/// Why a program does not compile for the CPU: the operation, where it stands, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    operation: Box<str>,
    place: Box<str>,
    reason: Box<str>,
}

impl CompileError {
    pub(crate) fn new(operation: &str, place: String, reason: impl Into<String>) -> CompileError {
        CompileError { operation: operation.into(), place: place.into(), reason: reason.into().into() }
    }

    /// The name of the operation, such as `stablehlo.add`, or of the function where none is to blame.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// Where the operation stands: `file:line:column` where that is known; empty where nothing is.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong: a phrase that goes on after the operation's name.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{} {}", self.operation, self.reason)
    }
}

impl std::error::Error for CompileError {}
