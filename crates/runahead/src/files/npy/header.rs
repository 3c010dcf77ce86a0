//! The header of an `.npy` file: a magic number, a version, a length and a Python dictionary such as
//! `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.

use std::io::Read;

use runahead_ir::TensorType;

use super::MAX_RANK;
use super::dtype::Dtype;
use crate::files::open::fill;
use crate::files::{Fault, Format};

/// How every `.npy` file begins.
pub(in crate::files) const MAGIC: &[u8] = b"\x93NUMPY";

/// The longest dictionary that is read. Only structured types, which are refused, need more.
const MAX_LENGTH: u64 = u16::MAX as u64;

/// What a header says, and where it ends.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) dtype: Dtype,
    pub(super) fortran_order: bool,
    pub(super) dims: Vec<usize>,
    pub(super) end: u64,
}

/// Reads a header from a stream that claims to be `length` bytes long.
pub(super) fn read(reader: &mut impl Read, length: u64) -> Result<Header, Fault> {
    let mut start = [0; 12];
    let count = fill(reader, &mut start[..10])?;
    if count == 0 {
        return Err(Fault::Empty);
    }
    if !MAGIC.starts_with(&start[..count.min(MAGIC.len())]) {
        return Err(Fault::wrong_magic(Format::Npy, &start[..count]));
    }
    if count < 10 {
        return Err(Fault::TruncatedHeader { expected: 10, found: count as u64 });
    }
    let text_start = match (start[6], start[7]) {
        (1, 0) => 10,
        (2 | 3, 0) => 12,
        (major, minor) => return Err(Fault::UnknownVersion { major, minor }),
    };
    let count = 10 + fill(reader, &mut start[10..text_start])? as u64;
    let text_start = text_start as u64;
    if count < text_start {
        return Err(Fault::TruncatedHeader { expected: text_start, found: count });
    }
    let text_length = u64::from(u32::from_le_bytes([start[8], start[9], start[10], start[11]]));
    let end = text_start + text_length;
    if end > length {
        return Err(Fault::TruncatedHeader { expected: end, found: length });
    }
    if text_length > MAX_LENGTH {
        let problem =
            format!("it is {text_length} bytes long, and no plain array needs more than {MAX_LENGTH}");
        return Err(Fault::bad_header(8, problem));
    }
    let mut text = vec![0; text_length as usize];
    let count = fill(reader, &mut text)? as u64;
    if count < text_length {
        return Err(Fault::TruncatedHeader { expected: end, found: text_start + count });
    }
    Parser { text: &text, at: 0, start: text_start }.header(end)
}

/// The bytes of the header that NumPy would write for an array of this type.
pub(super) fn text(ty: &TensorType) -> Result<Vec<u8>, Fault> {
    let name = Dtype::name(ty.element)
        .ok_or(Fault::UnsupportedElement { format: Format::Npy, element: ty.element })?;
    if ty.rank() > MAX_RANK {
        return Err(Fault::TooManyAxes { rank: ty.rank() });
    }
    let dims: Vec<String> = ty.dims.iter().map(usize::to_string).collect();
    let comma = if dims.len() == 1 { "," } else { "" };
    let mut dictionary =
        format!("{{'descr': '{name}', 'fortran_order': False, 'shape': ({}{comma}), }}", dims.join(", "));
    // Data begin at a multiple of 64 bytes, so that they can be mapped into memory and used there.
    const START: usize = 10;
    let end = (START + dictionary.len() + 1).next_multiple_of(64);
    dictionary.extend(std::iter::repeat_n(' ', end - START - dictionary.len() - 1));
    dictionary.push('\n');

    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    // 64 sizes of at most 20 digits are far from the 64 KiB that two bytes can count.
    bytes.extend((dictionary.len() as u16).to_le_bytes());
    bytes.extend(dictionary.bytes());
    Ok(bytes)
}

/// Reads the dictionary. Nothing in it nests deeper than a tuple of numbers, so nothing here recurses.
struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    /// Where the text begins in the file.
    start: u64,
}

impl Parser<'_> {
    fn header(mut self, end: u64) -> Result<Header, Fault> {
        let (mut dtype, mut fortran_order, mut dims) = (None, None, None);
        self.expect(b'{')?;
        while !self.take(b'}') {
            let key_at = self.at;
            let key = self.string()?;
            self.expect(b':')?;
            let seen = match key.as_str() {
                "descr" => dtype.replace(self.dtype()?).is_some(),
                "fortran_order" => fortran_order.replace(self.boolean()?).is_some(),
                "shape" => dims.replace(self.tuple()?).is_some(),
                _ => {
                    return Err(
                        self.wrong_at(key_at, "a key that is none of 'descr', 'fortran_order' and 'shape'")
                    );
                }
            };
            if seen {
                return Err(self.wrong_at(key_at, "a key that was there before"));
            }
            if !self.take(b',') {
                self.expect(b'}')?;
                break;
            }
        }
        self.skip_space();
        if self.at < self.text.len() {
            return Err(self.wrong("text after the dictionary's '}'"));
        }
        let missing = |key| Fault::bad_header(end, format!("the dictionary ends without the key '{key}'"));
        Ok(Header {
            dtype: dtype.ok_or_else(|| missing("descr"))?,
            fortran_order: fortran_order.ok_or_else(|| missing("fortran_order"))?,
            dims: dims.ok_or_else(|| missing("shape"))?,
            end,
        })
    }

    fn dtype(&mut self) -> Result<Dtype, Fault> {
        self.skip_space();
        if let Some(b'[' | b'(' | b'{') = self.peek() {
            return Err(Fault::UnsupportedDtype {
                dtype: "structure".to_string(),
                advice: "save each field as an array of its own",
            });
        }
        Dtype::parse(&self.string()?)
    }

    fn boolean(&mut self) -> Result<bool, Fault> {
        self.skip_space();
        for (word, value) in [("True", true), ("False", false)] {
            if self.text[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.expected("True or False"))
    }

    fn tuple(&mut self) -> Result<Vec<usize>, Fault> {
        let mut dims = Vec::new();
        self.expect(b'(')?;
        while !self.take(b')') {
            if dims.len() == MAX_RANK {
                return Err(self.wrong(&format!("more than {MAX_RANK} axes")));
            }
            dims.push(self.number()?);
            if !self.take(b',') {
                self.expect(b')')?;
                break;
            }
        }
        Ok(dims)
    }

    fn number(&mut self) -> Result<usize, Fault> {
        self.skip_space();
        let from = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = String::from_utf8_lossy(&self.text[from..self.at]);
        if digits.is_empty() {
            return Err(self.expected("the size of an axis, a whole number of at least 0"));
        }
        let number = digits
            .parse()
            .map_err(|_| self.wrong_at(from, "the size of an axis that no machine can address"));
        // Python 2 marked large integers so.
        if self.peek() == Some(b'L') {
            self.at += 1;
        }
        number
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.skip_space();
        let quote = match self.peek() {
            Some(quote @ (b'\'' | b'"')) => quote,
            _ => return Err(self.expected("a string in quotes")),
        };
        let from = self.at + 1;
        let Some(length) = self.text[from..].iter().position(|&byte| byte == quote) else {
            return Err(self.wrong("a string without its closing quote"));
        };
        self.at = from + length + 1;
        Ok(String::from_utf8_lossy(&self.text[from..from + length]).into_owned())
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.take(byte) { Ok(()) } else { Err(self.expected(&format!("'{}'", byte as char))) }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn expected(&self, what: &str) -> Fault {
        let found = match self.peek() {
            Some(byte) => format!("'{}'", byte.escape_ascii()),
            None => "the end of the header".to_string(),
        };
        self.wrong(&format!("{found} where {what} should be"))
    }

    fn wrong(&self, what: &str) -> Fault {
        self.wrong_at(self.at, what)
    }

    fn wrong_at(&self, at: usize, what: &str) -> Fault {
        Fault::bad_header(self.start + at as u64, format!("there is {what}"))
    }
}

#[cfg(test)]
mod tests {
    use runahead_ir::ElementType;

    use super::*;

    fn parse(text: &str) -> Result<Header, Fault> {
        Parser { text: text.as_bytes(), at: 0, start: 10 }.header(10 + text.len() as u64)
    }

    #[test]
    fn spelling_may_vary() {
        let header = parse(r#" {"shape":(2,3L,),'fortran_order' : True,"descr":'>i2'}  "#).unwrap();
        assert_eq!(header.dims, [2, 3]);
        assert!(header.fortran_order);
        assert_eq!(header.dtype, Dtype { element: ElementType::I16, big_endian: true });
        assert_eq!(
            parse("{'descr': '<f4', 'fortran_order': False, 'shape': (), }").unwrap().dims,
            Vec::<usize>::new()
        );
    }

    #[test]
    fn faults_are_located() {
        for (text, message) in [
            ("", "byte 10: there is the end of the header where '{' should be"),
            ("{'descr' '<f4'}", "byte 19: there is '\\'' where ':' should be"),
            ("{'descr': 3}", "byte 20: there is '3' where a string in quotes should be"),
            ("{'descr': '<f4", "byte 20: there is a string without its closing quote"),
            ("{'colour': '<f4'}", "byte 11: there is a key that is none of"),
            ("{'shape': (), 'shape': ()}", "byte 24: there is a key that was there before"),
            ("{'shape': (-1,)}", "byte 21: there is '-' where the size of an axis"),
            ("{'shape': (99999999999999999999,)}", "byte 21: there is the size of an axis that no machine"),
            ("{'shape': 3}", "byte 20: there is '3' where '(' should be"),
            ("{'shape': (3 4)}", "byte 23: there is '4' where ')' should be"),
            ("{'fortran_order': 0}", "byte 28: there is '0' where True or False should be"),
            ("{'shape': ()}", "byte 23: the dictionary ends without the key 'descr'"),
            ("{'descr': '<f4', 'shape': ()} x", "byte 40: there is text after the dictionary's '}'"),
        ] {
            let fault = parse(text).unwrap_err().to_string();
            assert!(fault.contains(message), "{text}\n{fault}");
        }
    }

    #[test]
    fn nesting_is_refused_without_recursion() {
        for opening in ["{'descr': ", "{'shape': ", "{'fortran_order': ", ""] {
            assert!(parse(&(opening.to_string() + &"(".repeat(60_000))).is_err());
            assert!(parse(&(opening.to_string() + &"[".repeat(60_000))).is_err());
        }
        assert!(parse(&format!("{{'shape': ({})}}", "1,".repeat(1000))).is_err());
    }

    #[test]
    fn written_headers_are_read_back() {
        for dims in [vec![], vec![5], vec![2, 0, 3], vec![usize::MAX; MAX_RANK]] {
            let ty = TensorType::new(ElementType::C128, dims.clone());
            let bytes = text(&ty).unwrap();
            assert_eq!(bytes.len() % 64, 0);
            let header = read(&mut &bytes[..], bytes.len() as u64).unwrap();
            assert_eq!(header.dims, dims);
            assert_eq!(header.end, bytes.len() as u64);
        }
    }
}
