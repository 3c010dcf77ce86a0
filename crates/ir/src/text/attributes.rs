//! Attributes: numbers, strings, lists, dictionaries, dense literals, and what other dialects write.

use std::sync::Arc;

use super::lexer::Kind;
use super::parser::{Parser, Read, shorten};
use super::print::float_type;
use crate::{Attribute, Attributes, ElementType, Type, float};

impl<'a> Parser<'a> {
    pub(super) fn attribute(&mut self) -> Read<Attribute> {
        match self.token.kind {
            Kind::String => {
                let text = self.string("a string")?;
                if self.eat(b':') {
                    self.ty()?;
                }
                Ok(Attribute::String(text.into()))
            }
            Kind::Symbol => Ok(Attribute::Symbol(self.symbol("a symbol")?)),
            Kind::Integer | Kind::Float | Kind::Punctuation(b'-') => self.number(),
            Kind::Hash => self.dialect_attribute(),
            Kind::Bang => Ok(Attribute::Type(self.ty()?)),
            Kind::Punctuation(b'[') => {
                self.nested(|p| Ok(Attribute::Array(p.list(b'[', b']', Self::attribute)?)))
            }
            Kind::Punctuation(b'{') => self.nested(|p| Ok(Attribute::Dictionary(p.dictionary()?))),
            Kind::Punctuation(b'(') => {
                let (operands, results) = self.nested(Self::function_type)?;
                Ok(Attribute::FunctionType(operands, results))
            }
            Kind::Word => self.word_attribute(),
            _ => self.unexpected("an attribute"),
        }
    }

    fn word_attribute(&mut self) -> Read<Attribute> {
        let start = self.token.start;
        match self.token_text() {
            "true" | "false" => Ok(Attribute::Bool(self.word("")? == "true")),
            "unit" => {
                self.advance();
                Ok(Attribute::Unit)
            }
            "dense" => self.dense(),
            "array" => self.dense_array(),
            "dense_resource" => self.unexpected(
                "the elements themselves: constants kept in a resource section are not read; print the program \
                 without resources",
            ),
            "sparse" => self.unexpected("a dense literal: sparse ones are not read"),
            // Kept as they are written; nothing here computes with them.
            "affine_map" | "affine_set" | "loc" | "opaque" | "strided" | "distinct" => {
                self.advance();
                self.balanced()?;
                if self.is(b'<') {
                    self.balanced()?;
                }
                Ok(Attribute::Opaque(self.text[start..self.previous_end].into()))
            }
            _ => Ok(Attribute::Type(self.ty().or_else(|_| {
                self.error_at(
                    start,
                    format!("found `{}`; expected an attribute or a type", shorten(&self.text[start..])),
                )
            })?)),
        }
    }

    /// `#alias`, `#dialect.name<…>` or `#dialect<…>`.
    fn dialect_attribute(&mut self) -> Read<Attribute> {
        let (start, name) = (self.token.start, self.token_text());
        self.advance();
        if self.is(b'<') && self.is_adjacent() {
            self.balanced()?;
        } else if let Some((attribute, size)) = self.attribute_aliases.get(name) {
            let (attribute, size) = (attribute.clone(), *size);
            self.expand(size, start)?;
            return Ok(attribute);
        } else if !name.contains('.') {
            return self.error_at(
                start,
                format!("`{name}` is not defined; expected an attribute or an alias defined before"),
            );
        }
        Ok(Attribute::Opaque(self.text[start..self.previous_end].into()))
    }

    /// A number and, where one is written, its type.
    fn number(&mut self) -> Read<Attribute> {
        const EXPECTED: &str = "a number";
        let start = self.token.start;
        let mut ahead = self.lexer.clone();
        let digits = if self.is(b'-') { ahead.next() } else { self.token };
        if digits.kind == Kind::Float {
            let value = self.float(EXPECTED)?;
            let ty = if self.eat(b':') { self.ty()? } else { Type::Other("f64".into()) };
            // Rounded to its type, a value reads back from however many digits it is printed with.
            let rounded = float_type(&ty).map_or(value, |t| float::decode(t, float::encode(t, value)));
            return Ok(Attribute::Float(rounded, ty));
        }
        let value = self.integer(EXPECTED)?;
        if !self.eat(b':') {
            return Ok(Attribute::Integer(value, self.i64_type.clone()));
        }
        let ty = self.ty()?;
        match float_type(&ty) {
            // Bits of a float, as infinities and NaNs are written.
            Some(element) => match u64::try_from(value) {
                Ok(bits) if element.bits() == 64 || bits >> element.bits() == 0 => {
                    Ok(Attribute::Float(float::decode(element, bits), ty))
                }
                _ => self.error_at(
                    start,
                    format!("`{value}` is not the bits of a number of type {ty}; expected those"),
                ),
            },
            None => Ok(Attribute::Integer(value, ty)),
        }
    }

    /// `array<i64: 1, 2>`, from the word on.
    fn dense_array(&mut self) -> Read<Attribute> {
        let start = self.token.start;
        self.advance();
        self.expect(b'<')?;
        let at = self.token.start;
        let element = match self.word("an integer type such as i64")? {
            "i1" => ElementType::Bool,
            "i8" => ElementType::I8,
            "i16" => ElementType::I16,
            "i32" => ElementType::I32,
            "i64" => ElementType::I64,
            "f32" | "f64" => {
                while !self.is(b'>') && self.token.kind != Kind::End {
                    self.advance();
                }
                self.expect(b'>')?;
                return Ok(Attribute::Opaque(self.text[start..self.previous_end].into()));
            }
            other => {
                return self.error_at(
                    at,
                    format!("`{}` is no type of an array; expected i1, i8, i16, i32 or i64", shorten(other)),
                );
            }
        };
        let mut values = Vec::new();
        if self.eat(b':') {
            loop {
                let boolean = self.is_word("true") || self.is_word("false");
                values.push(if boolean {
                    i64::from(self.word("")? == "true")
                } else {
                    self.integer_as("an integer")?
                });
                if !self.eat(b',') {
                    break;
                }
            }
        }
        if !self.eat(b'>') {
            return self.unexpected("`,` or `>`");
        }
        Ok(Attribute::DenseIntegers(values, element))
    }

    /// `{a = 1, b, "c d" = 2}`.
    pub(super) fn dictionary(&mut self) -> Read<Attributes> {
        let items = self.list(b'{', b'}', |p| {
            let at = p.token.start;
            let name: Arc<str> = match p.token.kind {
                Kind::String => p.string("")?.into(),
                Kind::Word => p.word("")?.into(),
                _ => return p.unexpected("the name of an attribute"),
            };
            let value = if p.eat(b'=') { p.attribute()? } else { Attribute::Unit };
            Ok((at, name, value))
        })?;
        let mut seen = std::collections::HashSet::new();
        for (at, name, _) in &items {
            if !seen.insert(name) {
                return self
                    .error_at(*at, format!("`{}` is given twice; expected each name once", shorten(name)));
            }
        }
        drop(seen);
        Ok(Attributes(items.into_iter().map(|(_, name, value)| (name, value)).collect()))
    }

    /// A dictionary, if one is next.
    pub(super) fn optional_dictionary(&mut self) -> Read<Attributes> {
        if self.is(b'{') { self.nested(Self::dictionary) } else { Ok(Attributes::default()) }
    }
}

/// The number of parts of an attribute, for bounding what aliases may copy.
pub(crate) fn size_of_attribute(attribute: &Attribute) -> usize {
    1 + match attribute {
        Attribute::Array(items) => items.iter().map(size_of_attribute).sum(),
        Attribute::Dictionary(items) => items.0.iter().map(|(_, a)| size_of_attribute(a)).sum(),
        Attribute::DenseIntegers(items, _) => items.len(),
        Attribute::Type(ty) => size_of_type(ty),
        Attribute::FunctionType(a, b) => a.iter().chain(b).map(size_of_type).sum(),
        _ => 0,
    }
}

pub(crate) fn size_of_type(ty: &Type) -> usize {
    1 + match ty {
        Type::Tuple(parts) => parts.iter().map(size_of_type).sum(),
        Type::Tensor(t) => t.dims.len(),
        _ => 0,
    }
}
