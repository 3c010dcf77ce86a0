//! Locations: where an operation came from, as whoever wrote the bytecode says.

use std::collections::HashMap;
use std::sync::Arc;

use super::builtin::location;
use super::cursor::Cursor;
use super::error::Read;
use super::pool::Pool;

/// After this many steps into a location the rest is not looked at.
const MOST_STEPS: usize = 64;

/// What a location says.
#[derive(Clone, Default)]
pub(super) struct Place {
    /// `file:line:column` and the name of an operation, as far as they are given.
    pub(super) text: Option<Arc<str>>,
    /// The name, where the location is nothing but that.
    pub(super) name: Option<Arc<str>>,
}

/// The locations of a file that have been looked at.
#[derive(Default)]
pub(super) struct Places(HashMap<usize, Place>);

impl Places {
    /// The location whose index is next.
    pub(super) fn next<'a>(&mut self, cursor: &mut Cursor<'a>, pool: &mut Pool<'a>) -> Read<Place> {
        let index = cursor.index(pool.count_of_attributes(), "location")?;
        if let Some(place) = self.0.get(&index) {
            return Ok(place.clone());
        }
        let place = read(index, pool)?;
        self.0.insert(index, place.clone());
        Ok(place)
    }
}

/// Follows a location to the file that it leads to: through names, to the callee of a call and the first of several.
fn read(index: usize, pool: &mut Pool<'_>) -> Read<Place> {
    let (mut index, mut name, mut alone) = (index, None, true);
    for _ in 0..MOST_STEPS {
        // What is no location of the builtin dialect says nothing that is understood.
        let Some(mut entry) = pool.builtin_entry(index) else { break };
        match entry.varint()? {
            location::NAME => {
                let text = pool.string_attribute(&mut entry)?;
                alone &= name.is_none();
                name.get_or_insert(text);
            }
            location::CALL_SITE => alone = false,
            location::FUSED | location::FUSED_WITH_METADATA => {
                alone = false;
                if entry.count("locations")? == 0 {
                    break;
                }
            }
            location::FILE_LINE_COLUMN => {
                let file = pool.string_attribute(&mut entry)?;
                let (line, column) = (entry.varint()?, entry.varint()?);
                return Ok(in_file(&file, line, column, name));
            }
            location::FILE_RANGE => {
                let file = pool.string_attribute(&mut entry)?;
                let count = entry.count("positions")?;
                let line = if count > 0 { entry.varint()? } else { 0 };
                let column = if count > 1 { entry.varint()? } else { 0 };
                return Ok(in_file(&file, line, column, name));
            }
            _ => break,
        }
        index = entry.index(pool.count_of_attributes(), "location")?;
    }
    let text = name.as_ref().map(|name: &Arc<str>| format!("\"{name}\"").into());
    Ok(Place { text, name: name.filter(|_| alone) })
}

fn in_file(file: &str, line: u64, column: u64, name: Option<Arc<str>>) -> Place {
    let name = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
    Place { text: Some(format!("{file}:{line}:{column}{name}").into()), name: None }
}
