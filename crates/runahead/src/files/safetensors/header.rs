//! The JSON header: an object of arrays by name.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use ::safetensors::tensor::TensorInfo;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::{Fault, FileError, START};
use crate::files::names::METADATA;

/// What the header says of one array.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) info: TensorInfo,
}

/// Reads a header.
///
/// The `safetensors` crate collects the entries in a map, where the last of two with the same name wins; here that
/// is an error.
pub(super) fn parse(path: &Path, text: &[u8]) -> Result<Vec<Entry>, FileError> {
    let mut entries = Entries::default();
    let mut json = serde_json::Deserializer::from_slice(text);
    let result = entries.deserialize(&mut json).and_then(|()| json.end());
    let Err(error) = result else { return Ok(entries.read) };
    let fault = if entries.duplicate {
        Fault::DuplicateName
    } else {
        Fault::bad_header(START + offset(text, &error), problem(&error))
    };
    Err(match entries.current {
        Some(name) => FileError::in_array(path, name, fault),
        None => FileError::new(path, fault),
    })
}

/// The entries read so far, and the one that is being read.
#[derive(Default)]
struct Entries {
    read: Vec<Entry>,
    current: Option<String>,
    duplicate: bool,
}

impl<'de> DeserializeSeed<'de> for &mut Entries {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Entries {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of arrays by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            self.current = Some(name.clone());
            if !names.insert(name.clone()) {
                self.duplicate = true;
                return Err(A::Error::custom("two arrays have the same name"));
            }
            if name == METADATA {
                map.next_value::<IgnoredAny>()?;
            } else {
                let info = map.next_value()?;
                self.read.push(Entry { name, info });
            }
            self.current = None;
        }
        Ok(())
    }
}

/// The offset in the text to which an error's line and column lead.
fn offset(text: &[u8], error: &serde_json::Error) -> u64 {
    let lines_before = text.split_inclusive(|&byte| byte == b'\n').take(error.line().saturating_sub(1));
    let start: usize = lines_before.map(<[u8]>::len).sum();
    (start + error.column().saturating_sub(1)) as u64
}

/// The error's text without its line and column, which count in the header and not in the file.
fn problem(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_string(),
        None => text,
    }
}
