//! Resources: data that attributes refer to by a handle.

use std::sync::Arc;

use super::cursor::Cursor;
use super::error::Read;
use super::file::{self, File};
use super::tables::Strings;

/// A resource of a dialect.
struct Resource<'a> {
    key: Arc<str>,
    blob: Option<Cursor<'a>>,
}

/// The resources of dialects, in the order by which handles count them.
pub(super) struct Resources<'a>(Vec<Resource<'a>>);

/// A resource that is bytes, before which stands what they are aligned to.
const BLOB: u8 = 0;

impl<'a> Resources<'a> {
    pub(super) fn read(file: &File<'a>, strings: &Strings, dialects: usize) -> Read<Resources<'a>> {
        let mut resources = Vec::new();
        let Some(mut offsets) = file.optional(file::RESOURCE_OFFSETS) else {
            return Ok(Resources(resources));
        };
        let mut data = file.section(file::RESOURCES)?;
        // Groups of external resources come first; they are of tools, not of the program.
        for _ in 0..offsets.count("groups")? {
            strings.next(&mut offsets)?;
            group(&mut offsets, &mut data, strings, |_, _| {})?;
        }
        while !offsets.is_empty() {
            offsets.index(dialects, "dialect")?;
            group(&mut offsets, &mut data, strings, |key, blob| resources.push(Resource { key, blob }))?;
        }
        Ok(Resources(resources))
    }

    /// The bytes of the resource whose handle is next.
    pub(super) fn next(&self, cursor: &mut Cursor<'a>) -> Read<&'a [u8]> {
        let at = cursor.at;
        let index = cursor.index(self.0.len(), "resource")?;
        let Resource { key, blob } = &self.0[index];
        match blob.clone() {
            Some(mut blob) => {
                let aligned_at = blob.at;
                let alignment = blob.varint()?;
                let size = blob.count("bytes")?;
                blob.align_to(aligned_at, alignment)?;
                blob.bytes(size)
            }
            None => Err(cursor.fault(at, format!("the resource {key} holds no bytes; expected a blob"))),
        }
    }
}

/// The keys of a group, each with its data where it is a blob.
fn group<'a>(
    offsets: &mut Cursor<'a>,
    data: &mut Cursor<'a>,
    strings: &Strings,
    mut found: impl FnMut(Arc<str>, Option<Cursor<'a>>),
) -> Read<()> {
    for _ in 0..offsets.count("resources")? {
        let key = strings.next(offsets)?;
        let at = offsets.at;
        let size = offsets.varint()?;
        let kind = offsets.byte()?;
        let size = match usize::try_from(size) {
            Ok(size) if size <= data.remaining() => size,
            _ => {
                let left = data.remaining();
                let message =
                    format!("the resource {key} takes {size} bytes; expected at most the {left} left");
                return Err(offsets.fault(at, message));
            }
        };
        let part = data.part(data.at, data.at + size);
        data.at += size;
        found(key, (kind == BLOB && size > 0).then_some(part));
    }
    Ok(())
}
