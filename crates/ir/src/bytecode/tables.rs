//! The tables that everything else points into: strings, dialects, and names of operations.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::Read;
use super::file::{self, File, since};

/// The strings of a file.
pub(super) struct Strings(Vec<Arc<str>>);

impl Strings {
    /// The lengths stand first, those of the last string foremost; each counts a zero byte at the end.
    pub(super) fn read(file: &File<'_>) -> Read<Strings> {
        let mut section = file.section(file::STRINGS)?;
        let count = section.count("strings")?;
        let lengths = (0..count).map(|_| section.varint()).collect::<Read<Vec<u64>>>()?;
        let mut strings = Vec::with_capacity(count);
        for &length in lengths.iter().rev() {
            let at = section.at;
            let length = section.check_count(at, length, "bytes of a string")?;
            let bytes = match section.bytes(length)?.split_last() {
                Some((0, bytes)) => bytes,
                _ => return Err(section.fault(at, "a string does not end in a zero byte; expected one")),
            };
            // Strings are text here, as they are when text is read; bytes that are none keep only their readable part.
            strings.push(String::from_utf8_lossy(bytes).into());
        }
        section.finish("the last string")?;
        Ok(Strings(strings))
    }

    /// The string whose index is next.
    pub(super) fn next(&self, cursor: &mut Cursor<'_>) -> Read<Arc<str>> {
        let index = cursor.index(self.0.len(), "string")?;
        Ok(Arc::clone(&self.0[index]))
    }

    /// The string of an index that was read at `at`.
    pub(super) fn get(&self, cursor: &Cursor<'_>, at: usize, index: u64) -> Read<Arc<str>> {
        let index = cursor.check_index(at, index, self.0.len(), "string")?;
        Ok(Arc::clone(&self.0[index]))
    }
}

/// The name of an operation.
pub(super) struct OpName {
    /// With its dialect, as in `vhlo.add_v1`.
    pub(super) name: Arc<str>,
    /// Whether whoever wrote it knew the operation, so that its properties are in the operation's own encoding.
    pub(super) registered: bool,
}

/// The dialects of a file and the operations of theirs that it uses.
pub(super) struct Dialects {
    pub(super) names: Vec<Arc<str>>,
    pub(super) operations: Vec<OpName>,
}

impl Dialects {
    pub(super) fn read(file: &File<'_>, strings: &Strings) -> Read<Dialects> {
        let mut section = file.section(file::DIALECTS)?;
        let count = section.count("dialects")?;
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            if file.version < since::DIALECT_VERSIONS {
                names.push(strings.next(&mut section)?);
                continue;
            }
            let at = section.at;
            let (index, versioned) = section.flagged()?;
            names.push(strings.get(&section, at, index)?);
            if versioned {
                let at = section.at;
                if section.section()?.0 != file::DIALECT_VERSIONS {
                    return Err(section.fault(at, "this is not the version of a dialect; expected that"));
                }
            }
        }
        if file.version >= since::NO_UNKNOWN_LOCATIONS {
            section.count("operations")?;
        }
        let mut operations = Vec::new();
        while !section.is_empty() {
            let dialect = section.index(names.len(), "dialect")?;
            for _ in 0..section.count("operations")? {
                let at = section.at;
                let (index, registered) = match file.version < since::PROPERTIES {
                    true => (section.varint()?, true),
                    false => section.flagged()?,
                };
                let name = strings.get(&section, at, index)?;
                let dialect = &names[dialect];
                let name = if dialect.is_empty() { name } else { format!("{dialect}.{name}").into() };
                operations.push(OpName { name, registered });
            }
        }
        Ok(Dialects { names, operations })
    }
}
