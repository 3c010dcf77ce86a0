//! Attributes, types and strings as they are collected: each is written once, and referred to by its number.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::super::file::{self, since};
use super::super::versions::ArtifactVersion;
use super::WriteError;
use super::emitter::Emitter;

/// Which dialect an attribute or a type is to be of: that of artifacts, or MLIR's own, for what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Vhlo,
    Builtin,
}

pub(super) type Written<T> = Result<T, WriteError>;

/// An encoded attribute or type.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Encoded {
    dialect: usize,
    /// Whether it is in the dialect's own encoding, not text.
    custom: bool,
    bytes: Vec<u8>,
}

/// Things that are numbered in the order in which they are first used.
struct Numbered<T> {
    numbers: HashMap<T, usize>,
    things: Vec<T>,
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    fn new() -> Numbered<T> {
        Numbered { numbers: HashMap::new(), things: Vec::new() }
    }

    fn number(&mut self, thing: T) -> usize {
        match self.numbers.entry(thing) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let number = self.things.len();
                self.things.push(entry.key().clone());
                *entry.insert(number)
            }
        }
    }
}

pub(super) struct Pool {
    version: ArtifactVersion,
    strings: Numbered<Arc<str>>,
    dialects: Numbered<Arc<str>>,
    /// Each with its dialect, and whether its properties are in an encoding of its own.
    operations: Numbered<(usize, Arc<str>, bool)>,
    attributes: Numbered<Encoded>,
    types: Numbered<Encoded>,
    properties: Numbered<Vec<u8>>,
}

impl Pool {
    pub(super) fn new(version: ArtifactVersion) -> Pool {
        Pool {
            version,
            strings: Numbered::new(),
            dialects: Numbered::new(),
            operations: Numbered::new(),
            attributes: Numbered::new(),
            types: Numbered::new(),
            properties: Numbered::new(),
        }
    }

    // Numbers.

    pub(super) fn string(&mut self, text: &str) -> usize {
        self.strings.number(text.into())
    }

    fn dialect(&mut self, name: &str) -> usize {
        self.dialects.number(name.into())
    }

    /// The operation of a name with its dialect.
    pub(super) fn operation(&mut self, name: &str, registered: bool) -> usize {
        let (dialect, name) = name.split_once('.').unwrap_or(("builtin", name));
        let dialect = self.dialect(dialect);
        self.operations.number((dialect, name.into(), registered))
    }

    pub(super) fn properties(&mut self, properties: Emitter) -> usize {
        self.properties.number(properties.0)
    }

    pub(super) fn custom_attribute(&mut self, form: Form, bytes: Emitter) -> usize {
        let dialect = self.dialect(form.name());
        self.attributes.number(Encoded { dialect, custom: true, bytes: bytes.0 })
    }

    pub(super) fn custom_type(&mut self, form: Form, bytes: Emitter) -> usize {
        self.type_of(form.name(), bytes)
    }

    /// A type in the encoding of the dialect of a name.
    pub(super) fn type_of(&mut self, dialect: &str, bytes: Emitter) -> usize {
        let dialect = self.dialect(dialect);
        self.types.number(Encoded { dialect, custom: true, bytes: bytes.0 })
    }

    /// An attribute of another dialect, as text.
    pub(super) fn text(&mut self, text: &str) -> Written<usize> {
        let name = text.strip_prefix('#').map(|rest| rest.split(['.', '<']).next().unwrap_or(rest));
        let Some(name) = name.filter(|name| *name == "sdy" || *name == "chlo") else {
            return Err(WriteError::new(format!(
                "the attribute `{text}` is in no portable artifact; leave it out"
            )));
        };
        self.need((1, 11), &format!("the attribute `{text}`"))?;
        let dialect = self.dialect(name);
        Ok(self.attributes.number(Encoded {
            dialect,
            custom: false,
            bytes: [text.as_bytes(), b"\0"].concat(),
        }))
    }

    /// An error where what an artifact is to hold came later than its version.
    pub(super) fn need(&self, since: (u32, u32), what: &str) -> Written<()> {
        if self.version.has(since) {
            return Ok(());
        }
        let (major, minor) = since;
        let message = format!(
            "{what} is in no portable artifact of version {}; expected version {major}.{minor}.0 or newer",
            self.version
        );
        Err(WriteError::new(message))
    }

    // Locations.

    pub(super) fn unknown_location(&mut self) -> usize {
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::UNKNOWN);
        self.custom_attribute(Form::Builtin, e)
    }

    /// A location that is a name.
    pub(super) fn name_location(&mut self, name: &str) -> usize {
        let (name, unknown) = (self.plain_string(name), self.unknown_location());
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::NAME);
        e.size(name);
        e.size(unknown);
        self.custom_attribute(Form::Builtin, e)
    }

    pub(super) fn file_location(&mut self, file: &str, line: usize, column: usize) -> usize {
        let file = self.plain_string(file);
        let mut e = Emitter::default();
        e.varint(super::super::builtin::location::FILE_LINE_COLUMN);
        e.size(file);
        e.size(line);
        e.size(column);
        self.custom_attribute(Form::Builtin, e)
    }

    fn plain_string(&mut self, text: &str) -> usize {
        let mut e = Emitter::default();
        e.varint(2);
        e.size(self.string(text));
        self.custom_attribute(Form::Builtin, e)
    }

    // Sections.

    /// The file around an IR section.
    pub(super) fn file(mut self, ir: &Emitter) -> Vec<u8> {
        let format = self.version.format();
        let mut out = Emitter(super::super::MAGIC.to_vec());
        out.varint(format);
        out.0.extend(format!("StableHLO_v{}\0", self.version).bytes());
        let dialects = self.dialect_section(format);
        out.section(file::DIALECTS, &dialects);
        let (offsets, data) = self.entry_sections();
        out.section(file::ATTRIBUTE_OFFSETS, &offsets);
        out.section(file::ATTRIBUTES, &data);
        out.section(file::IR, ir);
        if format >= since::PROPERTIES {
            let mut properties = Emitter::default();
            properties.size(self.properties.things.len());
            self.properties.things.iter().for_each(|entry| properties.blob(entry));
            out.section(file::PROPERTIES, &properties);
        }
        let mut strings = Emitter::default();
        strings.size(self.strings.things.len());
        self.strings.things.iter().rev().for_each(|text| strings.size(text.len() + 1));
        self.strings.things.iter().for_each(|text| strings.0.extend(text.bytes().chain([0])));
        out.section(file::STRINGS, &strings);
        out.0
    }

    fn dialect_section(&mut self, format: u64) -> Emitter {
        let mut e = Emitter::default();
        e.size(self.dialects.things.len());
        for name in self.dialects.things.clone() {
            let name = self.string(&name);
            if format >= since::DIALECT_VERSIONS { e.flagged(name, false) } else { e.size(name) }
        }
        if format >= since::NO_UNKNOWN_LOCATIONS {
            e.size(self.operations.things.len());
        }
        // Groups may be of one operation each; those that follow one another make one.
        let operations = self.operations.things.clone();
        for group in operations.chunk_by(|a, b| a.0 == b.0) {
            e.size(group[0].0);
            e.size(group.len());
            for (_, name, registered) in group {
                let name = self.string(name);
                if format >= since::PROPERTIES { e.flagged(name, *registered) } else { e.size(name) }
            }
        }
        e
    }

    fn entry_sections(&self) -> (Emitter, Emitter) {
        let (mut offsets, mut data) = (Emitter::default(), Emitter::default());
        offsets.size(self.attributes.things.len());
        offsets.size(self.types.things.len());
        for entries in [&self.attributes.things, &self.types.things] {
            for group in entries.chunk_by(|a, b| a.dialect == b.dialect) {
                offsets.size(group[0].dialect);
                offsets.size(group.len());
                for entry in group {
                    offsets.flagged(entry.bytes.len(), entry.custom);
                    data.0.extend_from_slice(&entry.bytes);
                }
            }
        }
        (offsets, data)
    }
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Form::Vhlo => "vhlo",
            Form::Builtin => "builtin",
        }
    }
}
