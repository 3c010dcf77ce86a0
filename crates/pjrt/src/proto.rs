//! As much of the protocol buffers' wire format as compile options and device assignments take.

/// What is read is no message, or is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Malformed(&'static str);

/// The value of a field of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field<'a> {
    /// A number.
    Number(u64),
    /// A text, a message, a packed list.
    Bytes(&'a [u8]),
}

/// The numbers and the values of the fields of a message; fields of four and eight bytes are passed over.
///
/// The last one is an error where the message is none.
pub fn fields(mut message: &[u8]) -> impl Iterator<Item = Result<(u64, Field<'_>), Malformed>> {
    std::iter::from_fn(move || {
        while !message.is_empty() {
            match field(&mut message) {
                Some((_, None)) => {}
                Some((number, Some(value))) => return Some(Ok((number, value))),
                None => {
                    message = &[];
                    return Some(Err(Malformed("a message of protocol buffers is cut off or is none")));
                }
            }
        }
        None
    })
}

fn field<'a>(message: &mut &'a [u8]) -> Option<(u64, Option<Field<'a>>)> {
    let key = varint(message)?;
    let value = match key & 7 {
        0 => Some(Field::Number(varint(message)?)),
        1 => take(message, 8).map(|_| None)?,
        2 => {
            let len = usize::try_from(varint(message)?).ok()?;
            Some(Field::Bytes(take(message, len)?))
        }
        5 => take(message, 4).map(|_| None)?,
        _ => return None,
    };
    Some((key >> 3, value))
}

fn take<'a>(message: &mut &'a [u8], len: usize) -> Option<&'a [u8]> {
    let (taken, rest) = message.split_at_checked(len)?;
    *message = rest;
    Some(taken)
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
///
/// # Errors
/// Where they are cut off.
pub fn packed(mut bytes: &[u8]) -> Result<Vec<u64>, Malformed> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        let number = varint(&mut bytes);
        numbers.push(number.ok_or(Malformed("a list of protocol buffers is cut off"))?);
    }
    Ok(numbers)
}

/// Writes a field that is a number.
pub fn put_number(message: &mut Vec<u8>, field: u64, value: u64) {
    put_varint(message, field << 3);
    put_varint(message, value);
}

/// Writes a field that is bytes: a text, a message, a packed list.
pub fn put_bytes(message: &mut Vec<u8>, field: u64, value: &[u8]) {
    put_varint(message, field << 3 | 2);
    put_varint(message, value.len() as u64);
    message.extend_from_slice(value);
}

/// Writes a number of a packed list.
pub fn put_varint(message: &mut Vec<u8>, mut value: u64) {
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
        let seen: Vec<_> = fields(&message).collect::<Result<_, _>>().unwrap();
        assert_eq!(seen, [(4, Field::Number(300)), (9, Field::Bytes(b"abc"))]);
        for len in 1..message.len() {
            if len != 3 {
                assert!(fields(&message[..len]).any(|field| field.is_err()), "{len}");
            }
        }
    }
}
