//! The reader's state and its small steps: tokens, errors, names, nesting.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::lexer::{Kind, Lexer, Token};
use super::{MAX_EXPANSION, MAX_NESTING, ParseError};
use crate::{Attribute, Location, Source, Type, ValueId, Values};

pub(super) type Read<T> = Result<T, ParseError>;

/// Reads one program. The current token is the next one that has not been used.
pub(super) struct Parser<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) text: &'a str,
    pub(super) lexer: Lexer<'a>,
    pub(super) token: Token,
    /// Where the token before the current one ended.
    pub(super) previous_end: usize,
    depth: usize,
    /// Parts copied out of aliases so far: an alias of aliases of aliases must not fill memory.
    expanded: usize,
    pub(super) attribute_aliases: HashMap<&'a str, (Attribute, usize)>,
    pub(super) type_aliases: HashMap<&'a str, (Type, usize)>,
    /// The names that location aliases stand for.
    pub(super) location_names: HashMap<&'a str, Arc<str>>,
    pub(super) function_names: HashSet<Arc<str>>,
    pub(super) scope: Scope<'a>,
    /// The types of the current function's values.
    pub(super) values: Values,
    pub(super) i64_type: Type,
}

/// Which values the names stand for at this place of a function.
#[derive(Default)]
pub(super) struct Scope<'a> {
    names: HashMap<&'a str, (ValueId, u32)>,
    /// Names in the order in which they were defined; leaving a region forgets those that it defined.
    defined: Vec<&'a str>,
}

/// The name of a value as it is used: its text, which of its results, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) name: &'a str,
    pub(super) value: ValueId,
    pub(super) at: usize,
}

impl<'a> Parser<'a> {
    /// Reads the part of a source from `start` to `end`.
    pub(super) fn new(source: &'a Arc<Source>, start: usize, end: usize) -> Parser<'a> {
        let text = &source.text()[..end];
        let mut lexer = Lexer::new(text.as_bytes(), start);
        let token = lexer.next();
        Parser {
            source,
            text,
            lexer,
            token,
            previous_end: start,
            depth: 0,
            expanded: 0,
            attribute_aliases: HashMap::new(),
            type_aliases: HashMap::new(),
            location_names: HashMap::new(),
            function_names: HashSet::new(),
            scope: Scope::default(),
            values: Values::default(),
            i64_type: Type::Other("i64".into()),
        }
    }

    /// What `read` reads, and nothing after it.
    pub(super) fn alone<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let value = read(self)?;
        if self.token.kind != Kind::End { self.unexpected("nothing more") } else { Ok(value) }
    }

    // Errors.

    pub(super) fn error_at<T>(&self, offset: usize, message: impl Into<String>) -> Read<T> {
        Err(ParseError::new(self.source, offset, message.into()))
    }

    /// The current token is not what must stand here.
    pub(super) fn unexpected<T>(&self, expected: &str) -> Read<T> {
        let found = match self.token.kind {
            Kind::End => "the text ends".to_string(),
            Kind::OpenString => "a string has no closing `\"` on its line".to_string(),
            _ => format!("found `{}`", shorten(self.token_text())),
        };
        self.error_at(self.token.start, format!("{found}; expected {expected}"))
    }

    // Tokens.

    pub(super) fn token_text(&self) -> &'a str {
        &self.text[self.token.start..self.token.end]
    }

    pub(super) fn location(&self) -> Location {
        Location::at(self.token.start)
    }

    pub(super) fn advance(&mut self) -> Token {
        self.previous_end = self.token.end;
        std::mem::replace(&mut self.token, self.lexer.next())
    }

    /// Continues at a byte that was reached by other means than tokens.
    pub(super) fn resume_at(&mut self, offset: usize) {
        self.previous_end = offset;
        self.lexer.at = offset;
        self.token = self.lexer.next();
    }

    pub(super) fn is(&self, punctuation: u8) -> bool {
        self.token.kind == Kind::Punctuation(punctuation)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.token.kind == Kind::Word && self.token_text() == word
    }

    /// Whether the current token follows the one before without space.
    pub(super) fn is_adjacent(&self) -> bool {
        self.token.start == self.previous_end
    }

    /// Uses the punctuation if it is next.
    pub(super) fn eat(&mut self, punctuation: u8) -> bool {
        let found = self.is(punctuation);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, punctuation: u8) -> Read<()> {
        if self.eat(punctuation) { Ok(()) } else { self.unexpected(&format!("`{}`", punctuation as char)) }
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Read<()> {
        if self.eat_word(word) { Ok(()) } else { self.unexpected(&format!("`{word}`")) }
    }

    pub(super) fn expect_arrow(&mut self) -> Read<()> {
        if self.token.kind != Kind::Arrow {
            return self.unexpected("`->`");
        }
        self.advance();
        Ok(())
    }

    /// A bare word, whichever it is.
    pub(super) fn word(&mut self, expected: &str) -> Read<&'a str> {
        if self.token.kind != Kind::Word {
            return self.unexpected(expected);
        }
        let text = self.token_text();
        self.advance();
        Ok(text)
    }

    /// A quoted string, its escapes resolved.
    pub(super) fn string(&mut self, expected: &str) -> Read<String> {
        if self.token.kind != Kind::String {
            return self.unexpected(expected);
        }
        let text = self.token_text();
        let string = self.unescape(self.token.start, text)?;
        self.advance();
        Ok(string)
    }

    /// The content of a quoted text that begins at `offset`.
    fn unescape(&self, offset: usize, quoted: &str) -> Read<String> {
        let inner = &quoted[1..quoted.len() - 1];
        if !inner.contains('\\') {
            return Ok(inner.to_string());
        }
        let bytes = inner.as_bytes();
        let mut out = Vec::with_capacity(bytes.len());
        let mut i = 0;
        while i < bytes.len() {
            if bytes[i] != b'\\' {
                out.push(bytes[i]);
                i += 1;
                continue;
            }
            let hex = |k: usize| bytes.get(i + k).and_then(|&b| (b as char).to_digit(16));
            match (bytes.get(i + 1), hex(1), hex(2)) {
                (Some(b'\\' | b'"'), ..) => out.push(bytes[i + 1]),
                (Some(b'n'), ..) => out.push(b'\n'),
                (Some(b't'), ..) => out.push(b'\t'),
                (_, Some(high), Some(low)) => {
                    out.push((high * 16 + low) as u8);
                    i += 1;
                }
                _ => {
                    let message = "unknown escape in a string; expected `\\\\`, `\\\"`, `\\n`, `\\t` or two \
                                   hexadecimal digits after the backslash";
                    return self.error_at(offset + 1 + i, message);
                }
            }
            i += 2;
        }
        // Strings are text here; bytes that are none (serialized configurations) keep only their readable part.
        Ok(String::from_utf8(out).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
    }

    /// `@name`, `@"name"` and nested `@a::@b`, without the first `@`.
    pub(super) fn symbol(&mut self, expected: &str) -> Read<Arc<str>> {
        if self.token.kind != Kind::Symbol {
            return self.unexpected(expected);
        }
        let mut name = String::new();
        loop {
            let part = &self.token_text()[1..];
            if part.starts_with('"') {
                name += &self.unescape(self.token.start + 1, part)?;
            } else {
                name += part;
            }
            self.advance();
            if !(self.is(b':') && self.text[self.token.start..].starts_with("::@")) {
                return Ok(name.into());
            }
            self.advance();
            self.advance();
            if self.token.kind != Kind::Symbol {
                return self.unexpected("a symbol after `::`");
            }
            name += "::@";
        }
    }

    /// An integer with an optional sign, decimal or hexadecimal.
    pub(super) fn integer(&mut self, expected: &str) -> Read<i128> {
        let start = self.token.start;
        let negative = self.eat(b'-');
        if self.token.kind != Kind::Integer {
            return self.unexpected(expected);
        }
        let text = self.token_text();
        let magnitude = match text.strip_prefix("0x") {
            Some(hex) => i128::from_str_radix(hex, 16),
            None => text.parse::<i128>(),
        };
        let Ok(magnitude) = magnitude else {
            return self.error_at(start, format!("`{}` is too large; expected {expected}", shorten(text)));
        };
        self.advance();
        Ok(if negative { -magnitude } else { magnitude })
    }

    pub(super) fn integer_as<T: TryFrom<i128>>(&mut self, expected: &str) -> Read<T> {
        let start = self.token.start;
        let value = self.integer(expected)?;
        match T::try_from(value) {
            Ok(value) => Ok(value),
            Err(_) => self.error_at(start, format!("`{value}` is out of range; expected {expected}")),
        }
    }

    /// Items between two punctuation marks, separated by commas; there may be none.
    pub(super) fn list<T>(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Read<T>,
    ) -> Read<Vec<T>> {
        self.expect(open)?;
        let mut items = Vec::new();
        if self.eat(close) {
            return Ok(items);
        }
        loop {
            items.push(item(self)?);
            if self.eat(close) {
                return Ok(items);
            }
            if !self.eat(b',') {
                return self.unexpected(&format!("`,` or `{}`", close as char));
            }
        }
    }

    /// `[1, 0]`, `[true, false]`.
    pub(super) fn integer_list(&mut self) -> Read<Vec<i64>> {
        self.list(b'[', b']', |p| {
            if p.is_word("true") || p.is_word("false") {
                return Ok(i64::from(p.word("")? == "true"));
            }
            p.integer_as("an integer")
        })
    }

    /// Runs `read` one level deeper. Nesting is bounded so that no text can overflow the stack of whoever walks it.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_NESTING {
            return self.unexpected(&format!("no more than {MAX_NESTING} levels of nesting"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Moves past a balanced run of brackets that starts at the current token and gives the text of it.
    pub(super) fn balanced(&mut self) -> Read<&'a str> {
        let start = self.token.start;
        let mut open = Vec::new();
        loop {
            match self.token.kind {
                Kind::Punctuation(b @ (b'(' | b'[' | b'{' | b'<')) => open.push(b),
                Kind::Punctuation(b @ (b')' | b']' | b'}' | b'>')) => {
                    let matching = match b {
                        b')' => b'(',
                        b']' => b'[',
                        b'}' => b'{',
                        _ => b'<',
                    };
                    if open.pop() != Some(matching) {
                        return self.unexpected("brackets that match");
                    }
                }
                Kind::End | Kind::OpenString => {
                    return self.unexpected("the bracket that closes this one");
                }
                _ => {}
            }
            self.advance();
            if open.is_empty() {
                return Ok(&self.text[start..self.previous_end]);
            }
        }
    }

    /// Counts what an alias is about to copy.
    pub(super) fn expand(&mut self, size: usize, at: usize) -> Read<()> {
        self.expanded = self.expanded.saturating_add(size);
        if self.expanded > MAX_EXPANSION {
            return self.error_at(
                at,
                format!("aliases stand for more than {MAX_EXPANSION} parts; expected a program that they shorten less"),
            );
        }
        Ok(())
    }

    // Names of values.

    /// Lets a name of `count` consecutive values stand for them until the current region ends.
    pub(super) fn define(&mut self, name: &'a str, first: ValueId, count: u32, at: usize) -> Read<()> {
        if self.scope.names.insert(name, (first, count)).is_some() {
            return self
                .error_at(at, format!("`{name}` is defined already; expected a name that nothing here has"));
        }
        self.scope.defined.push(name);
        Ok(())
    }

    /// Runs `read` and forgets the names that it defined.
    pub(super) fn scoped<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let before = self.scope.defined.len();
        let result = read(self);
        for name in self.scope.defined.drain(before..) {
            self.scope.names.remove(name);
        }
        result
    }

    /// `%name` or `%name#1`.
    pub(super) fn operand(&mut self) -> Read<Use<'a>> {
        if self.token.kind != Kind::Value {
            return self.unexpected("a value such as `%0`");
        }
        let Token { start: at, .. } = self.token;
        let name = self.token_text();
        self.advance();
        let Some(&(first, count)) = self.scope.names.get(name) else {
            return self.error_at(
                at,
                format!("`{name}` is not defined here; expected a value defined before its use"),
            );
        };
        let mut index = 0;
        if self.token.kind == Kind::Hash && self.is_adjacent() {
            let text = self.token_text();
            match text[1..].parse::<u32>() {
                Ok(i) if i < count => index = i,
                _ => {
                    let results = if count == 1 { "1 result" } else { &format!("{count} results") };
                    return self.error_at(
                        self.token.start,
                        format!(
                            "`{name}` has no result `{}`; expected an index from 0, of {results}",
                            shorten(text)
                        ),
                    );
                }
            }
            self.advance();
        }
        Ok(Use { name, value: ValueId(first.0 + index), at })
    }
}

/// At most 40 characters of a text, for a message.
pub(crate) fn shorten(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or("");
    if line.chars().count() <= 40 {
        return line.to_string();
    }
    line.chars().take(40).chain(['…']).collect()
}
