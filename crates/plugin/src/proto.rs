//! As much of the protocol buffers' wire format as compile options and device assignments take.

use crate::error::Fault;

/// A field of a message.
pub(crate) enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// Calls `each` with the number and the value of every field of a message; fields of four and eight bytes are passed over.
pub(crate) fn fields<'a>(
    mut message: &'a [u8],
    mut each: impl FnMut(u64, Field<'a>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let cut = || Fault::invalid("a message of protocol buffers is cut off or is none");
    while !message.is_empty() {
        let key = varint(&mut message).ok_or_else(cut)?;
        match key & 7 {
            0 => each(key >> 3, Field::Number(varint(&mut message).ok_or_else(cut)?))?,
            1 => message = message.get(8..).ok_or_else(cut)?,
            2 => {
                let len = varint(&mut message).ok_or_else(cut)?;
                let (bytes, rest) = usize::try_from(len)
                    .ok()
                    .and_then(|len| message.split_at_checked(len))
                    .ok_or_else(cut)?;
                message = rest;
                each(key >> 3, Field::Bytes(bytes))?;
            }
            5 => message = message.get(4..).ok_or_else(cut)?,
            _ => return Err(cut()),
        }
    }
    Ok(())
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (&first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(first & 0x7f) << shift;
        if first < 0x80 {
            return Some(value);
        }
    }
    None
}

/// The numbers of a repeated field, packed in one.
pub(crate) fn packed(mut bytes: &[u8]) -> Result<Vec<u64>, Fault> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        let number = varint(&mut bytes);
        numbers.push(number.ok_or_else(|| Fault::invalid("a list of protocol buffers is cut off"))?);
    }
    Ok(numbers)
}

/// Writes a field that is a number.
pub(crate) fn put_number(message: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(message, field << 3);
    put_varint(message, value);
}

/// Writes a field that is bytes: a text, a message, a packed list.
pub(crate) fn put_bytes(message: &mut Vec<u8>, field: u64, value: &[u8]) {
    put_varint(message, field << 3 | 2);
    put_varint(message, value.len() as u64);
    message.extend_from_slice(value);
}

pub(crate) fn put_varint(message: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        message.push(value as u8 | 0x80);
        value >>= 7;
    }
    message.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut message = Vec::new();
        put_number(&mut message, 4, 300);
        put_bytes(&mut message, 9, b"abc");
        let mut seen = Vec::new();
        fields(&message, |field, value| {
            seen.push((
                field,
                match value {
                    Field::Number(number) => number.to_string(),
                    Field::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                },
            ));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, [(4, "300".to_owned()), (9, "abc".to_owned())]);
        for len in 1..message.len() {
            if len != 3 {
                assert!(fields(&message[..len], |_, _| Ok(())).is_err(), "{len}");
            }
        }
    }
}
