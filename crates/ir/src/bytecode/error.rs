//! What is said about bytes that are no program.

use std::fmt;
use std::sync::Arc;

/// Why bytecode could not be read, and where.
///
/// Displays as `file: byte N, section, operation: what was wrong; expected …`.
///
/// ```
/// let error = runahead_ir::read_bytecode("a.mlirbc", b"ML\xEFR\x0F").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a.mlirbc: byte 4, header: the bytecode is of version 7; expected one up to 6"
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct BytecodeError(Box<Named>);

#[derive(Clone, Debug, PartialEq)]
struct Named {
    file: Arc<str>,
    fault: Fault,
}

impl BytecodeError {
    pub(super) fn new(file: &str, fault: Fault) -> BytecodeError {
        BytecodeError(Box::new(Named { file: file.into(), fault }))
    }

    /// The offset of the byte at which it was noticed.
    pub fn offset(&self) -> usize {
        self.0.fault.0.offset
    }

    /// What was wrong, without the file and the place.
    pub fn message(&self) -> &str {
        &self.0.fault.0.message
    }

    /// The place in the file: the byte, the section and the operation.
    pub fn place(&self) -> String {
        let Detail { offset, section, operation, .. } = &*self.0.fault.0;
        let operation = operation.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        format!("byte {offset}, {section}{operation}")
    }
}

impl fmt::Display for BytecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.0.file, self.place(), self.message())
    }
}

impl std::error::Error for BytecodeError {}

/// An error on its way to whoever knows the file's name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault(Box<Detail>);

#[derive(Clone, Debug, PartialEq)]
struct Detail {
    offset: usize,
    section: &'static str,
    operation: Option<Arc<str>>,
    message: String,
}

impl Fault {
    pub(super) fn new(offset: usize, section: &'static str, message: impl Into<String>) -> Fault {
        Fault(Box::new(Detail { offset, section, operation: None, message: message.into() }))
    }

    /// Names the operation that was being read, where none is named yet.
    pub(super) fn in_operation(mut self, name: &Arc<str>) -> Fault {
        self.0.operation.get_or_insert_with(|| Arc::clone(name));
        self
    }
}

pub(super) type Read<T> = Result<T, Fault>;
