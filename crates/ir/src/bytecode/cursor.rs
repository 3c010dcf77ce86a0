//! Bytes, variable-width integers and sections.

use super::error::{Fault, Read};

/// What fills the space before data that is aligned.
pub(super) const PADDING: u8 = 0xCB;

/// The largest alignment that is taken for one.
const MAX_ALIGNMENT: u64 = 1 << 20;

/// A part of the file and how far it has been read. Offsets count from the beginning of the file, which is what data is
/// aligned to.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    file: &'a [u8],
    pub(super) at: usize,
    end: usize,
    /// What the part is called in messages.
    section: &'static str,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(file: &'a [u8]) -> Cursor<'a> {
        Cursor { file, at: 0, end: file.len(), section: "header" }
    }

    /// The part of the same file from `start` to `end`, which lie in it.
    pub(super) fn part(&self, start: usize, end: usize) -> Cursor<'a> {
        Cursor { at: start, end, ..self.clone() }
    }

    pub(super) fn remaining(&self) -> usize {
        self.end - self.at
    }

    pub(super) fn is_empty(&self) -> bool {
        self.remaining() == 0
    }

    /// An error at an offset.
    pub(super) fn fault(&self, offset: usize, message: impl Into<String>) -> Fault {
        Fault::new(offset, self.section, message)
    }

    /// An error here.
    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Read<T> {
        Err(self.fault(self.at, message))
    }

    /// Nothing may be left.
    pub(super) fn finish(&self, what: &str) -> Read<()> {
        match self.remaining() {
            0 => Ok(()),
            left => self.fail(format!("{left} bytes are left after {what}; expected none")),
        }
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        if self.is_empty() {
            return self.fail("the bytes end here; expected more");
        }
        self.at += 1;
        Ok(self.file[self.at - 1])
    }

    pub(super) fn bytes(&mut self, count: usize) -> Read<&'a [u8]> {
        if count > self.remaining() {
            return self.fail(format!("{} bytes are left; expected {count}", self.remaining()));
        }
        self.at += count;
        Ok(&self.file[self.at - count..self.at])
    }

    /// An unsigned integer: the zeros at the low end of the first byte count the bytes that follow it.
    pub(super) fn varint(&mut self) -> Read<u64> {
        let first = self.byte()?;
        if first & 1 == 1 {
            return Ok(u64::from(first >> 1));
        }
        let more = first.trailing_zeros().min(8) as usize;
        let mut wide = [0; 8];
        if more == 8 {
            wide.copy_from_slice(self.bytes(8)?);
            return Ok(u64::from_le_bytes(wide));
        }
        wide[0] = first;
        wide[1..=more].copy_from_slice(self.bytes(more)?);
        Ok(u64::from_le_bytes(wide) >> (more + 1))
    }

    /// A signed integer, whose sign is the lowest bit.
    pub(super) fn signed(&mut self) -> Read<i64> {
        let coded = self.varint()?;
        Ok((coded >> 1) as i64 ^ -((coded & 1) as i64))
    }

    /// An integer above a bit.
    pub(super) fn flagged(&mut self) -> Read<(u64, bool)> {
        let coded = self.varint()?;
        Ok((coded >> 1, coded & 1 == 1))
    }

    /// The number of things that follow, each of which takes a byte at least: what may be allocated for them.
    pub(super) fn count(&mut self, what: &str) -> Read<usize> {
        let at = self.at;
        let count = self.varint()?;
        self.check_count(at, count, what)
    }

    pub(super) fn check_count(&self, at: usize, count: u64, what: &str) -> Read<usize> {
        match usize::try_from(count) {
            Ok(count) if count <= self.remaining() => Ok(count),
            _ => {
                let message = format!(
                    "{count} {what} are announced; expected at most the {} bytes left",
                    self.remaining()
                );
                Err(self.fault(at, message))
            }
        }
    }

    /// An index into something of `count` things.
    pub(super) fn index(&mut self, count: usize, what: &str) -> Read<usize> {
        let at = self.at;
        let index = self.varint()?;
        self.check_index(at, index, count, what)
    }

    pub(super) fn check_index(&self, at: usize, index: u64, count: usize, what: &str) -> Read<usize> {
        match usize::try_from(index) {
            Ok(index) if index < count => Ok(index),
            _ => Err(self.fault(at, format!("{what} {index} is asked for; expected one below {count}"))),
        }
    }

    /// A list of signed integers after their number.
    pub(super) fn signed_list(&mut self) -> Read<Vec<i64>> {
        let count = self.count("integers")?;
        (0..count).map(|_| self.signed()).collect()
    }

    /// The bits of an integer of so many bits: a byte, or a signed integer, or several words.
    pub(super) fn bits(&mut self, width: usize) -> Read<u128> {
        let at = self.at;
        let value = if width <= 8 {
            u128::from(self.byte()?)
        } else if width <= 64 {
            u128::from(self.signed()? as u64)
        } else {
            let words = self.count("words")?;
            if words > 2 {
                return Err(self.fault(at, format!("an integer of {words} words; expected at most 2")));
            }
            let mut value = 0;
            for i in 0..words {
                value |= u128::from(self.signed()? as u64) << (64 * i);
            }
            value
        };
        Ok(if width >= 128 { value } else { value & ((1 << width) - 1) })
    }

    /// Text up to a zero byte.
    pub(super) fn terminated(&mut self, what: &str) -> Read<&'a [u8]> {
        let Some(length) = self.file[self.at..self.end].iter().position(|&b| b == 0) else {
            return self.fail(format!("{what} has no end; expected a zero byte after it"));
        };
        let text = self.bytes(length)?;
        self.at += 1;
        Ok(text)
    }

    /// Bytes after their number.
    pub(super) fn blob(&mut self) -> Read<&'a [u8]> {
        let count = self.count("bytes")?;
        self.bytes(count)
    }

    /// Moves past the padding before aligned data; the alignment comes first.
    pub(super) fn align(&mut self) -> Read<()> {
        let at = self.at;
        let alignment = self.varint()?;
        self.align_to(at, alignment)
    }

    pub(super) fn align_to(&mut self, at: usize, alignment: u64) -> Read<()> {
        if !alignment.is_power_of_two() || alignment > MAX_ALIGNMENT {
            let message =
                format!("an alignment of {alignment}; expected a power of two up to {MAX_ALIGNMENT}");
            return Err(self.fault(at, message));
        }
        while !self.at.is_multiple_of(alignment as usize) {
            if self.byte()? != PADDING {
                self.at -= 1;
                return self.fail(format!("padding is not 0x{PADDING:X}; expected that up to the alignment"));
            }
        }
        Ok(())
    }

    /// A section: its number and what is in it.
    pub(super) fn section(&mut self) -> Read<(u8, Cursor<'a>)> {
        let head = self.byte()?;
        let at = self.at;
        let length = self.varint()?;
        if head & 0x80 != 0 {
            self.align()?;
        }
        let length = self.check_count(at, length, "bytes of a section")?;
        let id = head & 0x7F;
        let start = self.at;
        self.at += length;
        let section = super::file::SECTIONS.get(usize::from(id)).copied().unwrap_or("unknown section");
        Ok((id, Cursor { section, ..self.part(start, start + length) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_every_length() {
        let read = |bytes: &[u8]| {
            let mut cursor = Cursor::new(bytes);
            let value = cursor.varint().unwrap();
            assert!(cursor.is_empty());
            value
        };
        assert_eq!(read(&[0x01]), 0);
        assert_eq!(read(&[0xFF]), 127);
        assert_eq!(read(&[0x02, 0x02]), 128);
        assert_eq!(read(&[0xFE, 0xFF]), (1 << 14) - 1);
        assert_eq!(read(&[0x80, 1, 0, 0, 0, 0, 0, 0]), 1);
        assert_eq!(read(&[0, 255, 255, 255, 255, 255, 255, 255, 255]), u64::MAX);
        assert!(Cursor::new(&[0x02]).varint().is_err());
        assert_eq!(Cursor::new(&[0x07]).signed().unwrap(), -2);
    }

    #[test]
    fn alignment_counts_from_the_beginning_of_the_file() {
        let mut bytes = vec![0x84, 0x05, 0x09, 0xCB, 7, 8];
        let (id, mut section) = Cursor::new(&bytes).section().unwrap();
        assert_eq!((id, section.bytes(2).unwrap()), (4, &[7, 8][..]));
        bytes[3] = 0;
        assert!(Cursor::new(&bytes).section().is_err());
    }
}
