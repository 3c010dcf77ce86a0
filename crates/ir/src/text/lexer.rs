//! Splits a text into tokens, on demand and without copying.

/// What a token is; its text is the slice between its ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The end of the text.
    End,
    /// A bare identifier, dots included: `func.func`, `dims`, `x3xf32`.
    Word,
    /// `%name`, without a `#1` that may follow.
    Value,
    /// `@name` or `@"name"`.
    Symbol,
    /// `^name`.
    Block,
    /// `#name`, dots included.
    Hash,
    /// `!name`, dots included.
    Bang,
    /// Decimal or hexadecimal digits.
    Integer,
    /// Digits with a point or an exponent.
    Float,
    /// A quoted string, quotes and escapes as written.
    String,
    /// `->`.
    Arrow,
    /// Any other single character that programs use.
    Punctuation(u8),
    /// A string without an end on its line.
    OpenString,
    /// A character that no token starts with.
    Stray,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// A place in a text from which the next token is read.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$')
}

fn is_suffix(b: u8) -> bool {
    is_word(b) || b == b'-'
}

impl<'a> Lexer<'a> {
    /// Reads `bytes` up to their end, beginning at `at`.
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Lexer<'a> {
        Lexer { bytes, at }
    }

    pub(crate) fn peek_byte(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Moves past white space and comments.
    pub(crate) fn skip_blank(&mut self) {
        while let Some(b) = self.peek_byte() {
            match b {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                b'/' if self.bytes.get(self.at + 1) == Some(&b'/') => {
                    let rest = &self.bytes[self.at..];
                    self.at += rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                }
                _ => break,
            }
        }
    }

    /// Moves past a comment whose first slash lies just before this place; past nothing where there is none.
    pub(crate) fn skip_blank_after_slash(&mut self) {
        if self.peek_byte() == Some(b'/') {
            self.at -= 1;
            self.skip_blank();
        }
    }

    fn skip_while(&mut self, accept: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|&b| !accept(b)).unwrap_or(rest.len());
    }

    /// The next token; at the end of the text, `End` again and again.
    pub(crate) fn next(&mut self) -> Token {
        self.skip_blank();
        let start = self.at;
        let kind = self.scan();
        Token { kind, start, end: self.at }
    }

    fn scan(&mut self) -> Kind {
        let Some(first) = self.peek_byte() else { return Kind::End };
        self.at += 1;
        match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                self.skip_while(is_word);
                Kind::Word
            }
            b'%' => self.name(Kind::Value),
            b'^' => self.name(Kind::Block),
            b'#' => self.name(Kind::Hash),
            b'!' => self.name(Kind::Bang),
            b'@' if self.peek_byte() == Some(b'"') => {
                self.at += 1;
                if self.string() == Kind::String { Kind::Symbol } else { Kind::OpenString }
            }
            b'@' => self.name(Kind::Symbol),
            b'0'..=b'9' => self.number(first),
            b'"' => self.string(),
            b'-' if self.peek_byte() == Some(b'>') => {
                self.at += 1;
                Kind::Arrow
            }
            b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'<' | b'>' | b',' | b':' | b'=' | b'-' | b'+'
            | b'?' | b'*' | b'/' | b'|' => Kind::Punctuation(first),
            _ => {
                // A stray character beyond ASCII is taken whole, so that messages can quote it.
                self.skip_while(|b| b & 0xC0 == 0x80);
                Kind::Stray
            }
        }
    }

    /// The name after a sigil. A bare sigil is a token too: `#` alone starts `#stablehlo<…>`-like text never.
    fn name(&mut self, kind: Kind) -> Kind {
        let start = self.at;
        self.skip_while(is_suffix);
        // `%a->` is not a name that ends in a dash.
        while self.at > start && self.bytes[self.at - 1] == b'-' {
            self.at -= 1;
        }
        if self.at == start { Kind::Stray } else { kind }
    }

    fn number(&mut self, first: u8) -> Kind {
        if first == b'0' && self.peek_byte() == Some(b'x') && self.byte_after(1).is_ascii_hexdigit() {
            self.at += 1;
            self.skip_while(|b| b.is_ascii_hexdigit());
            return Kind::Integer;
        }
        self.skip_while(|b| b.is_ascii_digit());
        let mut kind = Kind::Integer;
        if self.peek_byte() == Some(b'.') {
            self.at += 1;
            self.skip_while(|b| b.is_ascii_digit());
            kind = Kind::Float;
        }
        if matches!(self.peek_byte(), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(self.byte_after(1), b'-' | b'+'));
            if self.byte_after(1 + sign).is_ascii_digit() {
                self.at += 1 + sign;
                self.skip_while(|b| b.is_ascii_digit());
                kind = Kind::Float;
            }
        }
        kind
    }

    fn byte_after(&self, n: usize) -> u8 {
        self.bytes.get(self.at + n).copied().unwrap_or(0)
    }

    fn string(&mut self) -> Kind {
        loop {
            let rest = &self.bytes[self.at..];
            let Some(stop) = rest.iter().position(|&b| matches!(b, b'"' | b'\\' | b'\n')) else {
                self.at = self.bytes.len();
                return Kind::OpenString;
            };
            self.at += stop + 1;
            match rest[stop] {
                b'"' => return Kind::String,
                b'\\' if self.at < self.bytes.len() => self.at += 1,
                _ => return Kind::OpenString,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        let mut lexer = Lexer::new(text.as_bytes(), 0);
        std::iter::from_fn(|| {
            let t = lexer.next();
            (t.kind != Kind::End).then(|| (t.kind, &text[t.start..t.end]))
        })
        .collect()
    }

    #[test]
    fn splits_an_operation() {
        use Kind::*;
        assert_eq!(
            kinds("%0:2 = \"a.b\"(%arg0#1) // say\n -> 1.5e-3 0xFF @\"q r\" ^bb0 !t #a.b"),
            [
                (Value, "%0"),
                (Punctuation(b':'), ":"),
                (Integer, "2"),
                (Punctuation(b'='), "="),
                (String, "\"a.b\""),
                (Punctuation(b'('), "("),
                (Value, "%arg0"),
                (Hash, "#1"),
                (Punctuation(b')'), ")"),
                (Arrow, "->"),
                (Float, "1.5e-3"),
                (Integer, "0xFF"),
                (Symbol, "@\"q r\""),
                (Block, "^bb0"),
                (Bang, "!t"),
                (Hash, "#a.b"),
            ]
        );
    }

    #[test]
    fn odd_ends() {
        assert_eq!(kinds("\"abc"), [(Kind::OpenString, "\"abc")]);
        assert_eq!(kinds("\"a\nb"), [(Kind::OpenString, "\"a\n"), (Kind::Word, "b")]);
        assert_eq!(kinds("é"), [(Kind::Stray, "é")]);
        assert_eq!(kinds("%"), [(Kind::Stray, "%")]);
        assert_eq!(kinds("1."), [(Kind::Float, "1.")]);
        assert_eq!(kinds("0x"), [(Kind::Integer, "0"), (Kind::Word, "x")]);
    }
}
