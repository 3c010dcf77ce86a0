//! The text of a program and places in it.

use std::fmt;
use std::sync::Arc;

use crate::Location;

/// What a program was read from, under the name of its file: its text, or for bytecode what that says of where its
/// operations came from.
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// For a program that was read from bytecode.
    origins: Option<Origins>,
}

/// Where the operations of bytecode came from, by the offset of the byte at which each begins.
#[derive(Default)]
pub(crate) struct Origins {
    /// In the order of the offsets.
    places: Vec<(u32, Arc<str>)>,
}

impl Origins {
    /// Notes where the operation came from that begins at an offset, which is higher than those before.
    pub(crate) fn note(&mut self, offset: usize, place: Option<&Arc<str>>) {
        if let (Ok(offset), Some(place)) = (u32::try_from(offset), place) {
            self.places.push((offset, Arc::clone(place)));
        }
    }

    fn at(&self, offset: usize) -> Option<&str> {
        let found = self.places.binary_search_by_key(&offset, |(at, _)| *at as usize).ok()?;
        Some(&self.places[found].1)
    }
}

/// The lines of a text, for finding the places of many offsets.
pub(crate) struct Lines<'s> {
    source: &'s Source,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl Lines<'_> {
    /// The lines of a source that is text.
    pub(crate) fn new(source: &Source) -> Option<Lines<'_>> {
        if source.origins.is_some() {
            return None;
        }
        let ends = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Some(Lines { source, starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect() })
    }

    pub(crate) fn name(&self) -> &str {
        self.source.name()
    }

    /// The line and the column of an offset, both counted from 1; the column counts bytes.
    pub(crate) fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|&start| start <= offset);
        (line, offset - self.starts[line - 1] + 1)
    }
}

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Source {
    /// A text and the name to call it by in messages.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Source {
        Source { name: name.into(), text: text.into(), origins: None }
    }

    /// What there is of bytecode: where its operations came from.
    pub(crate) fn of_bytecode(name: impl Into<Arc<str>>, origins: Origins) -> Source {
        Source { name: name.into(), text: "".into(), origins: Some(origins) }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text; empty for bytecode.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; the end of the text for one beyond it.
    pub fn position(&self, offset: usize) -> Position {
        let before = &self.text.as_bytes()[..offset.min(self.text.len())];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        Position {
            line: 1 + before.iter().filter(|&&b| b == b'\n').count(),
            column: 1 + String::from_utf8_lossy(&before[line_start..]).chars().count(),
        }
    }

    /// Writes the line of a byte offset and, on a line of its own, a caret under the place; each after a line feed.
    ///
    /// A line of more than `width` characters is cut around the place. Tabs before the place are repeated before the
    /// caret, so that both stand in one column. Nothing is written where the line is blank.
    pub(crate) fn show_line(&self, offset: usize, width: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.text.as_bytes();
        let offset = offset.min(bytes.len());
        let start = bytes[..offset].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let end = bytes[offset..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |at| offset + at);
        // Only what may be shown is looked at: a line can hold a constant of many megabytes.
        let from = char_start(bytes, start.max(offset.saturating_sub(4 * width)));
        let until = char_start(bytes, end.min(offset + 4 * width));
        let before = String::from_utf8_lossy(&bytes[from..offset]);
        let after = String::from_utf8_lossy(&bytes[offset..until.max(offset)]);
        let (before, after) = (before.trim_end_matches('\r'), after.trim_end());
        if before.trim().is_empty() && after.is_empty() {
            return Ok(());
        }
        let (count_before, count_after) = (before.chars().count(), after.chars().count());
        let keep_after = count_after.min(width.saturating_sub(count_before).max(width / 2));
        let keep_before = count_before.min(width - keep_after);
        let cut_before = from > start || keep_before < count_before;
        let cut_after = until < end || keep_after < count_after;
        let before: String = before.chars().skip(count_before - keep_before).collect();
        let after: String = after.chars().take(keep_after).collect();
        let dots = |cut: bool| if cut { "…" } else { "" };
        write!(f, "\n{}{before}{after}{}\n", dots(cut_before), dots(cut_after))?;
        let indent: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        write!(f, "{}{indent}^", if cut_before { " " } else { "" })
    }

    /// What bytecode says of where an operation of it came from, such as `model.py:12:8 "jit(f)/add"`.
    ///
    /// The location of an operation of bytecode is the offset of its first byte.
    pub fn origin(&self, location: Location) -> Option<&str> {
        self.origins.as_ref()?.at(location.offset()?)
    }

    /// The place in the file: `line:column` of a text, the byte of bytecode and where the operation there came from.
    /// None where it is unknown.
    pub fn place(&self, location: Location) -> Option<String> {
        let offset = location.offset()?;
        if self.origins.is_none() {
            let Position { line, column } = self.position(offset);
            return Some(format!("{line}:{column}"));
        }
        let origin = self.origin(location).map(|origin| format!(" ({origin})")).unwrap_or_default();
        Some(format!("byte {offset}{origin}"))
    }

    /// The file's name and the place in it, as far as it is known.
    pub fn describe(&self, location: Location) -> String {
        match self.place(location) {
            Some(place) => format!("{}:{place}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// The first byte at or after `at` that starts a character, or the end.
fn char_start(bytes: &[u8], at: usize) -> usize {
    (at..bytes.len()).find(|&i| bytes[i] & 0xC0 != 0x80).unwrap_or(bytes.len())
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.name, self.text.len())
    }
}
