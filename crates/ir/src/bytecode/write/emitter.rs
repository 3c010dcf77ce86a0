//! Bytes, variable-width integers and sections, written.

/// Bytes that grow.
#[derive(Default)]
pub(super) struct Emitter(pub(super) Vec<u8>);

impl Emitter {
    pub(super) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// An unsigned integer: the zeros at the low end of the first byte count the bytes that follow it.
    pub(super) fn varint(&mut self, value: u64) {
        let bits = 64 - value.leading_zeros() as usize;
        let length = bits.div_ceil(7).max(1);
        if length > 8 {
            self.byte(0);
            self.0.extend(value.to_le_bytes());
            return;
        }
        let coded = (value << 1 | 1) << (length - 1);
        self.0.extend(&coded.to_le_bytes()[..length]);
    }

    pub(super) fn size(&mut self, value: usize) {
        self.varint(value as u64);
    }

    /// A signed integer, whose sign is the lowest bit.
    pub(super) fn signed(&mut self, value: i64) {
        self.varint((value << 1 ^ value >> 63) as u64);
    }

    /// An integer above a bit.
    pub(super) fn flagged(&mut self, value: usize, flag: bool) {
        self.varint((value as u64) << 1 | u64::from(flag));
    }

    /// An index, or nothing.
    pub(super) fn optional(&mut self, index: Option<usize>) {
        match index {
            Some(index) => self.flagged(index, true),
            None => self.varint(0),
        }
    }

    pub(super) fn signed_list(&mut self, values: impl ExactSizeIterator<Item = i64>) {
        self.size(values.len());
        values.for_each(|value| self.signed(value));
    }

    pub(super) fn indices(&mut self, indices: &[usize]) {
        self.size(indices.len());
        indices.iter().for_each(|&index| self.size(index));
    }

    /// Bytes after their number.
    pub(super) fn blob(&mut self, bytes: &[u8]) {
        self.size(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    /// The bits of an integer of so many bits, at most 64.
    pub(super) fn bits(&mut self, value: u64, width: usize) {
        if width <= 8 {
            self.byte(value as u8);
        } else {
            self.signed(value as i64);
        }
    }

    pub(super) fn section(&mut self, id: u8, content: &Emitter) {
        self.byte(id);
        self.blob(&content.0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cursor::Cursor;
    use super::*;

    #[test]
    fn integers_are_read_back() {
        let values = (0..64).flat_map(|bit| [1u64 << bit, (1u64 << bit) - 1, !(1u64 << bit)]);
        for value in values.chain([0, u64::MAX]) {
            let mut emitter = Emitter::default();
            emitter.varint(value);
            emitter.signed(value as i64);
            let mut cursor = Cursor::new(&emitter.0);
            assert_eq!((cursor.varint().unwrap(), cursor.signed().unwrap()), (value, value as i64));
            assert!(cursor.is_empty());
        }
    }
}
