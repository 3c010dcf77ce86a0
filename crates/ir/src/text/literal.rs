//! Dense literals: `dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>`, splats and hexadecimal strings.
//!
//! The type stands after the elements, so the elements are skipped first and read once the type is known. They are
//! read from the bytes, not from tokens: a constant can be nearly the whole of a program.

use std::sync::Arc;

use super::parser::{Parser, Read, shorten};
use crate::{Attribute, ElementType, Literal, TensorType, Type, float};

impl<'a> Parser<'a> {
    /// `dense<…> : type`, from the word on. Elements of types that nothing computes with are kept as written.
    pub(super) fn dense(&mut self) -> Read<Attribute> {
        let start = self.token.start;
        self.advance();
        if !self.is(b'<') {
            return self.unexpected("`<` after `dense`");
        }
        self.lexer.at = self.token.end;
        let (from, to) = self.skip_elements()?;
        self.resume_at(to + 1);
        self.expect(b':')?;
        match self.ty()? {
            Type::Tensor(ty) => Ok(Attribute::Dense(self.elements(ty, from, to)?)),
            Type::Other(_) => Ok(Attribute::Opaque(self.text[start..self.previous_end].into())),
            ty => self.error_at(start, format!("dense elements of type {ty}; expected a tensor type")),
        }
    }

    /// Where the elements begin and where the `>` after them is.
    fn skip_elements(&mut self) -> Read<(usize, usize)> {
        self.lexer.skip_blank();
        let from = self.lexer.at;
        loop {
            let rest = &self.lexer.bytes[self.lexer.at..];
            let Some(stop) = rest.iter().position(|&b| matches!(b, b'>' | b'"' | b'/')) else {
                return self.error_at(from, "the elements have no end; expected `>` after them");
            };
            self.lexer.at += stop;
            match rest[stop] {
                b'>' => return Ok((from, self.lexer.at)),
                b'"' => {
                    let inner = &self.text[self.lexer.at + 1..];
                    let Some(end) = inner.find('"') else {
                        return self.error_at(self.lexer.at, "a string has no closing `\"`");
                    };
                    self.lexer.at += end + 2;
                }
                _ => {
                    self.lexer.at += 1;
                    self.lexer.skip_blank_after_slash();
                }
            }
        }
    }

    fn elements(&self, ty: TensorType, from: usize, to: usize) -> Read<Literal> {
        let mut reader = Elements { parser: self, at: from, end: to, ty: &ty };
        reader.skip_blank();
        let (splat, bytes) = match reader.peek() {
            Some(b'"') => reader.hex_string()?,
            Some(b'[') => {
                let mut bytes = reader.nested_lists()?;
                let size = ty.element.size();
                let splat = bytes.len() > size && bytes.chunks_exact(size).all(|e| *e == bytes[..size]);
                bytes.truncate(if splat { size } else { bytes.len() });
                (splat, bytes.into())
            }
            None if ty.dims.contains(&0) => (false, Arc::from([])),
            None => return self.error_at(from, format!("there are no elements; expected those of {ty}")),
            Some(_) => {
                let mut bytes = Vec::with_capacity(ty.element.size());
                reader.element(&mut bytes)?;
                (true, bytes.into())
            }
        };
        reader.skip_blank();
        if reader.at < to {
            return self.error_at(reader.at, "the literal goes on; expected `>`");
        }
        let literal = if splat { Literal::splat(ty, bytes) } else { Literal::new(ty, bytes) };
        literal.or_else(|e| self.error_at(from, format!("{e}; expected as many elements as the type has")))
    }
}

struct Elements<'p, 'a> {
    parser: &'p Parser<'a>,
    at: usize,
    end: usize,
    ty: &'p TensorType,
}

impl Elements<'_, '_> {
    fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.parser.lexer.bytes[self.at])
    }

    fn skip_blank(&mut self) {
        if matches!(self.peek(), Some(b' ' | b'\n' | b'\t' | b'\r' | b'/')) {
            let mut lexer = self.parser.lexer.clone();
            lexer.at = self.at;
            lexer.skip_blank();
            self.at = lexer.at;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// Lists nested as deep as the tensor has axes, each as long as its axis. An explicit stack, for any rank.
    fn nested_lists(&mut self) -> Read<Vec<u8>> {
        let Some(size) = self.ty.byte_count() else {
            let message = format!("{} has no size that fits in memory; expected a type that has", self.ty);
            return self.parser.error_at(self.at, message);
        };
        // An element takes a character and a comma at least, so that a short text cannot ask for much memory.
        let at_most = ((self.end - self.at) / 2 + 1).saturating_mul(self.ty.element.size());
        let mut bytes = Vec::with_capacity(size.min(at_most));
        let dims = &self.ty.dims;
        let mut counts: Vec<usize> = Vec::new();
        loop {
            self.skip_blank();
            let at = self.at;
            let opened = self.eat(b'[');
            if opened {
                if counts.len() == dims.len() {
                    let message =
                        format!("a list where an element belongs; expected lists nested {} deep", dims.len());
                    return self.parser.error_at(at, message);
                }
                counts.push(0);
                self.skip_blank();
                if self.peek() != Some(b']') {
                    continue;
                }
            } else if counts.len() == dims.len() {
                self.element(&mut bytes)?;
            } else {
                let message = format!(
                    "an element where a list belongs; expected lists nested {} deep for {}",
                    dims.len(),
                    self.ty
                );
                return self.parser.error_at(at, message);
            }
            // After an element or an opened empty list: close what ends here.
            let mut after_item = !opened;
            loop {
                if let (true, Some(count)) = (after_item, counts.last_mut()) {
                    *count += 1;
                }
                self.skip_blank();
                if after_item && self.eat(b',') {
                    break;
                }
                let at = self.at;
                if !self.eat(b']') {
                    return self
                        .parser
                        .error_at(at, "the list does not go on like this; expected `,` or `]`");
                }
                let count = counts.pop().unwrap_or(0);
                let expected = dims[counts.len()];
                if count != expected {
                    let message =
                        format!("the list ends after {count} items; expected {expected} for {}", self.ty);
                    return self.parser.error_at(at, message);
                }
                if counts.is_empty() {
                    return Ok(bytes);
                }
                after_item = true;
            }
        }
    }

    /// One element, appended to `out`.
    fn element(&mut self, out: &mut Vec<u8>) -> Read<()> {
        if self.ty.element.is_complex() {
            let part = self.ty.element.real_part();
            let at = self.at;
            if !self.eat(b'(') {
                return self.parser.error_at(at, "expected a complex number such as `(1.0, 0.0)`");
            }
            self.skip_blank();
            self.real(part, out)?;
            self.skip_blank();
            let at = self.at;
            if !self.eat(b',') {
                return self.parser.error_at(at, "expected `,` before the imaginary part");
            }
            self.skip_blank();
            self.real(part, out)?;
            self.skip_blank();
            let at = self.at;
            return if self.eat(b')') {
                Ok(())
            } else {
                self.parser.error_at(at, "expected `)` after the imaginary part")
            };
        }
        self.real(self.ty.element, out)
    }

    fn real(&mut self, element: ElementType, out: &mut Vec<u8>) -> Read<()> {
        let start = self.at;
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_');
        while self.peek().is_some_and(word) {
            self.at += 1;
        }
        let text = &self.parser.text[start..self.at];
        let bits = if element.is_float() { float_bits(element, text) } else { integer_bits(element, text) };
        match bits {
            Ok(bits) => {
                out.extend_from_slice(&bits.to_le_bytes()[..element.size()]);
                Ok(())
            }
            Err(expected) => {
                let shown = if text.is_empty() { self.rest_of_line() } else { shorten(text) };
                let hint = if text == "__elided__" {
                    " (its data was left out when the program was printed)"
                } else {
                    ""
                };
                self.parser.error_at(start, format!("`{shown}` is no element{hint}; expected {expected}"))
            }
        }
    }

    fn rest_of_line(&self) -> String {
        self.parser.text[self.at..].chars().next().map_or(String::new(), String::from)
    }

    /// `"0x…"`: the bytes of one element, which all are, or of all elements.
    fn hex_string(&mut self) -> Read<(bool, Arc<[u8]>)> {
        let start = self.at;
        let bytes = self.parser.lexer.bytes;
        let close =
            bytes[start + 1..self.end].iter().position(|&b| b == b'"').map_or(self.end, |n| start + 1 + n);
        self.at = close + 1;
        let digits = match bytes[start + 1..close].strip_prefix(b"0x") {
            Some(digits) if digits.len() % 2 == 0 => digits,
            _ => {
                let message = "expected hexadecimal digits after `0x`, two for each byte";
                return self.parser.error_at(start, message);
            }
        };
        let data = match decode_hex(digits) {
            Ok(data) => data,
            Err(at) => {
                return self
                    .parser
                    .error_at(start + 3 + at, "this is no hexadecimal digit; expected 0-9, A-F");
            }
        };
        let Some(size) = self.ty.byte_count() else {
            let message = format!("{} has no size that fits in memory; expected a type that has", self.ty);
            return self.parser.error_at(start, message);
        };
        let (element, count) = (self.ty.element, size / self.ty.element.size());
        let splat = data.len() == element.size() && count != 1;
        // Booleans come one to a byte, or from older printers eight to a byte.
        let packed =
            element == ElementType::Bool && !splat && data.len() != count && data.len() == count.div_ceil(8);
        if !splat && !packed && data.len() != size {
            let message = format!(
                "the string holds {} bytes; expected {size} for {}, or {} for one element that all are",
                data.len(),
                self.ty,
                element.size()
            );
            return self.parser.error_at(start, message);
        }
        if packed {
            return Ok((false, (0..count).map(|i| data[i / 8] >> (i % 8) & 1).collect()));
        }
        Ok((
            splat,
            if element.bits() < 8 { data.iter().map(|&b| extend(element, b)).collect() } else { data },
        ))
    }
}

/// The one byte of a type narrower than a byte as [`ElementType`] says that it is kept.
pub(crate) fn extend(element: ElementType, byte: u8) -> u8 {
    let unused = 8 - element.bits();
    if element == ElementType::Bool {
        u8::from(byte != 0)
    } else if element.is_signed_integer() {
        ((byte << unused) as i8 >> unused) as u8
    } else {
        byte << unused >> unused
    }
}

/// The bytes that an even number of digits stands for, or where the first byte is that is no digit.
fn decode_hex(digits: &[u8]) -> Result<Arc<[u8]>, usize> {
    // The bytes are written where they stay. All of this is plain arithmetic on blocks, which compilers vectorize.
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, digits.len() / 2).collect();
    let Some(out) = Arc::get_mut(&mut bytes) else { return Ok(bytes) };
    let mut wrong = 0;
    let (mut from, mut to) = (digits.chunks_exact(64), out.chunks_exact_mut(32));
    for (from, to) in (&mut from).zip(&mut to) {
        let mut nibbles = [0; 64];
        for (nibble, &digit) in nibbles.iter_mut().zip(from) {
            let (value, error) = nibble_of(digit);
            *nibble = value;
            wrong |= error;
        }
        for (byte, pair) in to.iter_mut().zip(nibbles.as_chunks::<2>().0) {
            *byte = pair[0] << 4 | pair[1];
        }
    }
    for (byte, pair) in to.into_remainder().iter_mut().zip(from.remainder().chunks_exact(2)) {
        let (high, low) = (nibble_of(pair[0]), nibble_of(pair[1]));
        *byte = high.0 << 4 | low.0;
        wrong |= high.1 | low.1;
    }
    if wrong == 0 {
        return Ok(bytes);
    }
    Err(digits.iter().position(|d| !d.is_ascii_hexdigit()).unwrap_or(0))
}

/// The value of a hexadecimal digit, and something else than zero where it is none.
fn nibble_of(digit: u8) -> (u8, u8) {
    let number = digit.wrapping_sub(b'0');
    let letter = (digit | 0x20).wrapping_sub(b'a');
    let value = if number < 10 { number } else { letter.wrapping_add(10) };
    (value, u8::from(number >= 10) & u8::from(letter >= 6))
}

/// The bits of an integer or boolean, sign-extended; else what was expected.
fn integer_bits(element: ElementType, text: &str) -> Result<u64, String> {
    if element == ElementType::Bool {
        return match text {
            "true" | "1" | "-1" => Ok(1),
            "false" | "0" => Ok(0),
            _ => Err("true or false".into()),
        };
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let magnitude = match digits.strip_prefix("0x") {
        Some(hex) if !hex.starts_with(['+', '-']) => u64::from_str_radix(hex, 16),
        _ if digits.starts_with(['+', '-']) => "".parse(),
        _ => digits.parse::<u64>(),
    };
    let bits = element.bits();
    // A signless integer may be written by its unsigned value too: 255 is -1 for i8.
    let (low, high) = if element.is_signed_integer() {
        (-(1i128 << (bits - 1)), (1i128 << bits) - 1)
    } else {
        (0, (1i128 << bits) - 1)
    };
    let value = magnitude.ok().map(|m| if negative { -i128::from(m) } else { i128::from(m) });
    match value {
        Some(value) if (low..=high).contains(&value) => {
            let unused = 64 - bits;
            let bits = value as u64;
            Ok(if element.is_signed_integer() { ((bits << unused) as i64 >> unused) as u64 } else { bits })
        }
        _ => {
            let high = if element.is_signed_integer() { high / 2 } else { high };
            Err(format!("an integer from {low} to {high} for {element}"))
        }
    }
}

/// The bits of a real number, written as a decimal or as the hexadecimal bits; else what was expected.
fn float_bits(element: ElementType, text: &str) -> Result<u64, String> {
    let expected = || format!("a number such as 1.0 or its bits such as 0x7FC0, for {element}");
    if let Some(hex) = text.strip_prefix("0x") {
        let bits =
            u64::from_str_radix(hex, 16).ok().filter(|_| !hex.starts_with('+')).ok_or_else(expected)?;
        if element.bits() < 64 && bits >> element.bits() != 0 {
            return Err(format!("at most {} bits for {element}", element.bits()));
        }
        return Ok(bits);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.contains(['.', 'e', 'E']) {
        return Err(expected());
    }
    // Each type is read directly: rounding to `f64` first could round twice.
    let (bits, finite) = match element {
        ElementType::F32 => text.parse::<f32>().map(|x| (x.to_bits().into(), x.is_finite())),
        ElementType::F64 => text.parse::<f64>().map(|x| (x.to_bits(), x.is_finite())),
        _ => text.parse::<f64>().map(|x| (float::encode(element, x), x.is_finite())),
    }
    .map_err(|_| expected())?;
    if finite {
        Ok(bits)
    } else {
        Err(format!("a number that {element} can hold; infinity is written by its bits"))
    }
}
