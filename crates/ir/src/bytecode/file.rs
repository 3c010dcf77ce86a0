//! The outermost structure: magic bytes, version, producer, and a list of sections.

use super::MAGIC;
use super::cursor::Cursor;
use super::error::Read;

/// The newest version of the format that is read, and that which is written.
pub(super) const NEWEST: u64 = 6;

/// From which version of the format something holds.
pub(super) mod since {
    /// Dialects may say their version.
    pub(in crate::bytecode) const DIALECT_VERSIONS: u64 = 1;
    /// Regions that see nothing around them stand in sections of their own.
    pub(in crate::bytecode) const LAZY_REGIONS: u64 = 2;
    /// The order in which values are used is kept.
    pub(in crate::bytecode) const USE_ORDERS: u64 = 3;
    /// Unknown locations of block arguments are left out; names of operations are counted.
    pub(in crate::bytecode) const NO_UNKNOWN_LOCATIONS: u64 = 4;
    /// Operations have properties beside attributes.
    pub(in crate::bytecode) const PROPERTIES: u64 = 5;
    /// Counts of operands in groups are no attributes any more.
    pub(in crate::bytecode) const SEGMENTS: u64 = 6;
}

pub(super) const STRINGS: u8 = 0;
pub(super) const DIALECTS: u8 = 1;
pub(super) const ATTRIBUTES: u8 = 2;
pub(super) const ATTRIBUTE_OFFSETS: u8 = 3;
pub(super) const IR: u8 = 4;
pub(super) const RESOURCES: u8 = 5;
pub(super) const RESOURCE_OFFSETS: u8 = 6;
pub(super) const DIALECT_VERSIONS: u8 = 7;
pub(super) const PROPERTIES: u8 = 8;

/// The sections as messages call them, by their numbers.
pub(super) const SECTIONS: [&str; 9] = [
    "string section",
    "dialect section",
    "attribute and type section",
    "attribute and type offset section",
    "IR section",
    "resource section",
    "resource offset section",
    "dialect version section",
    "property section",
];

/// A file taken apart into its sections.
pub(super) struct File<'a> {
    pub(super) version: u64,
    sections: [Option<Cursor<'a>>; SECTIONS.len()],
    end: Cursor<'a>,
}

impl<'a> File<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Read<File<'a>> {
        let mut cursor = Cursor::new(bytes);
        if cursor.bytes(MAGIC.len()).ok() != Some(MAGIC) {
            return Cursor::new(bytes).fail("these are not the magic bytes of bytecode; expected `ML\\xEFR`");
        }
        let at = cursor.at;
        let version = cursor.varint()?;
        if version > NEWEST {
            let message = format!("the bytecode is of version {version}; expected one up to {NEWEST}");
            return Err(cursor.fault(at, message));
        }
        cursor.terminated("the producer's name")?;
        let mut sections = [const { None }; SECTIONS.len()];
        while !cursor.is_empty() {
            let at = cursor.at;
            let (id, section) = cursor.section()?;
            match sections.get_mut(usize::from(id)) {
                Some(slot @ None) => *slot = Some(section),
                Some(_) => {
                    let message = format!("there is a second {}; expected one", SECTIONS[usize::from(id)]);
                    return Err(cursor.fault(at, message));
                }
                None => {
                    let message = format!("section {id} is not known; expected one up to {PROPERTIES}");
                    return Err(cursor.fault(at, message));
                }
            }
        }
        Ok(File { version, sections, end: cursor })
    }

    /// A section that has to be there.
    pub(super) fn section(&self, id: u8) -> Read<Cursor<'a>> {
        match self.optional(id) {
            Some(section) => Ok(section),
            None => self.end.fail(format!("there is no {}; expected one", SECTIONS[usize::from(id)])),
        }
    }

    pub(super) fn optional(&self, id: u8) -> Option<Cursor<'a>> {
        self.sections[usize::from(id)].clone()
    }
}
