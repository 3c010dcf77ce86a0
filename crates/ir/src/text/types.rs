//! Types: `tensor<2x?xf32, #encoding>`, quantized elements, tuples, tokens, aliases.

use std::sync::Arc;

use super::lexer::Kind;
use super::parser::{Parser, Read, shorten};
use crate::types::MAX_RANK;
use crate::{DYNAMIC, Dims, ElementType, Quantization, TensorType, Type};

/// An element type as text spells it.
enum Element {
    Plain(ElementType),
    Quantized(ElementType, Quantization),
    /// `index` or another dialect's type, which no operation here computes with.
    Foreign,
}

impl<'a> Parser<'a> {
    pub(super) fn ty(&mut self) -> Read<Type> {
        match self.token.kind {
            Kind::Word => match self.token_text() {
                "tensor" => self.tensor(),
                "tuple" => self.nested(|p| {
                    p.advance();
                    Ok(Type::Tuple(p.list(b'<', b'>', Self::ty)?))
                }),
                name if is_builtin(name) => {
                    let start = self.token.start;
                    self.advance();
                    if self.is(b'<') {
                        self.balanced()?;
                    }
                    Ok(Type::Other(self.text[start..self.previous_end].into()))
                }
                _ => self.unexpected("a type such as `tensor<4xf32>`"),
            },
            Kind::Bang => self.dialect_type(),
            _ => self.unexpected("a type such as `tensor<4xf32>`"),
        }
    }

    /// `(a, b) -> (c, d)` or `(a) -> c`, from the parenthesis on.
    pub(super) fn function_type(&mut self) -> Read<(Vec<Type>, Vec<Type>)> {
        let operands = self.list(b'(', b')', Self::ty)?;
        self.expect_arrow()?;
        Ok((operands, self.result_types()?))
    }

    /// `(a, b)` or `a`.
    pub(super) fn result_types(&mut self) -> Read<Vec<Type>> {
        if self.is(b'(') { self.list(b'(', b')', Self::ty) } else { Ok(vec![self.ty()?]) }
    }

    fn dialect_type(&mut self) -> Read<Type> {
        let (start, name) = (self.token.start, self.token_text());
        self.advance();
        if self.is(b'<') && self.is_adjacent() {
            self.balanced()?;
        } else if let Some((ty, size)) = self.type_aliases.get(name) {
            let (ty, size) = (ty.clone(), *size);
            self.expand(size, start)?;
            return Ok(ty);
        } else if !name.contains('.') {
            return self.error_at(
                start,
                format!("`{name}` is not defined; expected a type or an alias defined before"),
            );
        }
        Ok(match &self.text[start..self.previous_end] {
            "!stablehlo.token" | "!mhlo.token" => Type::Token,
            other => Type::Other(other.into()),
        })
    }

    fn tensor(&mut self) -> Read<Type> {
        let start = self.token.start;
        self.advance();
        if !self.is(b'<') {
            return self.unexpected("`<` after `tensor`");
        }
        // A shape is no sequence of tokens: `2x3xf32` would begin with the integer 2 and the word `x3xf32`.
        self.lexer.at = self.token.end;
        let dims = self.dims()?;
        self.resume_at(self.lexer.at);
        let element = self.element()?;
        let mut encoding = None;
        if self.eat(b',') {
            if self.token.kind != Kind::Hash {
                return self.unexpected("an encoding such as `#stablehlo.bounds<?, 4>`");
            }
            let at = self.token.start;
            self.advance();
            if self.is(b'<') && self.is_adjacent() {
                self.balanced()?;
            }
            encoding = Some(Arc::from(&self.text[at..self.previous_end]));
        }
        if !self.eat(b'>') {
            return self.unexpected("`>` at the end of a tensor type");
        }
        let (element, quantization) = match element {
            Element::Plain(element) => (element, None),
            Element::Quantized(storage, quantization) => (storage, Some(Arc::new(quantization))),
            Element::Foreign => return Ok(Type::Other(self.text[start..self.previous_end].into())),
        };
        Ok(Type::Tensor(TensorType { element, dims, quantization, encoding }))
    }

    /// `2x?x` up to the element type.
    fn dims(&mut self) -> Read<Dims> {
        let mut dims = Dims::new();
        loop {
            self.lexer.skip_blank();
            let start = self.lexer.at;
            let size = match self.lexer.peek_byte() {
                Some(b'?') => {
                    self.lexer.at += 1;
                    DYNAMIC
                }
                Some(b'0'..=b'9') => {
                    let mut size = Some(0usize);
                    while let Some(digit @ b'0'..=b'9') = self.lexer.peek_byte() {
                        size = size
                            .and_then(|n| n.checked_mul(10)?.checked_add(usize::from(digit - b'0')))
                            .filter(|&n| n <= isize::MAX as usize);
                        self.lexer.at += 1;
                    }
                    match size {
                        Some(size) => size,
                        None => {
                            let digits = shorten(&self.text[start..self.lexer.at]);
                            return self.error_at(
                                start,
                                format!("the size `{digits}` is too large; expected one below 2^63"),
                            );
                        }
                    }
                }
                _ => return Ok(dims),
            };
            if self.lexer.peek_byte() != Some(b'x') {
                self.resume_at(self.lexer.at);
                return self.unexpected("`x` after the size of an axis");
            }
            self.lexer.at += 1;
            if dims.len() == MAX_RANK {
                return self.error_at(start, format!("there are too many axes; expected at most {MAX_RANK}"));
            }
            dims.push(size);
        }
    }

    fn element(&mut self) -> Read<Element> {
        const EXPECTED: &str = "an element type such as f32, bf16, i32, ui8, i1 or complex<f32>";
        let start = self.token.start;
        match self.token.kind {
            Kind::Bang => {
                let name = self.token_text();
                self.advance();
                if name == "!quant.uniform" && self.is(b'<') {
                    let (storage, quantization) = self.quantization()?;
                    return Ok(Element::Quantized(storage, quantization));
                }
                if self.is(b'<') && self.is_adjacent() {
                    self.balanced()?;
                } else if let Some((ty, _)) = self.type_aliases.get(name) {
                    return match ty {
                        Type::Other(text) => match parse_quantized(text) {
                            Some((storage, q)) => Ok(Element::Quantized(storage, q)),
                            None => Ok(Element::Foreign),
                        },
                        _ => {
                            self.error_at(start, format!("`{name}` is no element type; expected {EXPECTED}"))
                        }
                    };
                }
                Ok(Element::Foreign)
            }
            Kind::Word => {
                let element = self.plain_element(EXPECTED)?;
                match element {
                    Some(element) => Ok(Element::Plain(element)),
                    None => Ok(Element::Foreign),
                }
            }
            _ => self.unexpected(EXPECTED),
        }
    }

    /// A number type by its name; none for `index`.
    fn plain_element(&mut self, expected: &str) -> Read<Option<ElementType>> {
        if self.token.kind != Kind::Word {
            return self.unexpected(expected);
        }
        let start = self.token.start;
        let mut name = self.token_text();
        if name == "index" {
            self.advance();
            return Ok(None);
        }
        if name == "complex" {
            self.advance();
            self.expect(b'<')?;
            let part = self.word("f32 or f64")?;
            self.expect(b'>')?;
            name = match part {
                "f32" => "complex<f32>",
                "f64" => "complex<f64>",
                _ => {
                    return self.error_at(
                        start,
                        format!(
                            "complex<{}> is not supported; expected complex<f32> or complex<f64>",
                            shorten(part)
                        ),
                    );
                }
            };
            return Ok(ElementType::from_name(name));
        }
        match ElementType::from_name(name) {
            Some(element) => {
                self.advance();
                Ok(Some(element))
            }
            None => self.unexpected(expected),
        }
    }

    /// `<i8<-127:127>:f32:1, {0.1:0, 0.2}>` after `!quant.uniform`.
    fn quantization(&mut self) -> Read<(ElementType, Quantization)> {
        self.expect(b'<')?;
        let start = self.token.start;
        let name = self.word("a storage type such as i8 or u8")?;
        // The quant dialect spells unsigned storage `u8` where tensors spell it `ui8`.
        let spelled = if let Some(bits) = name.strip_prefix('u') {
            format!("ui{}", bits.trim_start_matches('i'))
        } else {
            name.into()
        };
        let range = ElementType::from_name(&spelled).and_then(|s| Some((s, Quantization::storage_range(s)?)));
        let Some((storage, (mut storage_min, mut storage_max))) = range else {
            return self.error_at(
                start,
                format!("`{}` cannot store quantized values; expected an integer of at most 32 bits such as i8 or u8", shorten(name)),
            );
        };
        if self.is(b'<') {
            let at = self.token.start;
            self.advance();
            let (low, high) = (self.integer_as("the smallest stored value")?, {
                self.expect(b':')?;
                self.integer_as("the largest stored value")?
            });
            self.expect(b'>')?;
            if low < storage_min || high > storage_max || low >= high {
                return self.error_at(
                    at,
                    format!("{low}:{high} is no range of {storage}; expected one within {storage_min}:{storage_max}"),
                );
            }
            (storage_min, storage_max) = (low, high);
        }
        self.expect(b':')?;
        let at = self.token.start;
        let expressed = match self.plain_element("the type that is stood for, such as f32")? {
            Some(expressed) if expressed.is_float() => expressed,
            _ => return self.error_at(at, "expected a floating-point type to stand for, such as f32"),
        };
        let mut axis = None;
        if self.eat(b':') {
            if self.is(b'{') {
                return self.unexpected("one axis: quantization by blocks of several axes is not supported");
            }
            axis = Some(self.integer_as::<usize>("the axis along which scales differ")?);
        }
        self.expect(b',')?;
        let pairs = match axis {
            Some(_) => {
                let at = self.token.start;
                let pairs = self.list(b'{', b'}', Self::scale)?;
                if pairs.is_empty() {
                    return self
                        .error_at(at, "there is no scale; expected one for each index along the axis");
                }
                pairs
            }
            None => vec![self.scale()?],
        };
        self.expect(b'>')?;
        let (scales, zero_points) = pairs.into_iter().unzip();
        Ok((storage, Quantization { expressed, storage_min, storage_max, axis, scales, zero_points }))
    }

    /// `0.5:-128` or `0.5`.
    fn scale(&mut self) -> Read<(f64, i64)> {
        let at = self.token.start;
        let scale = self.float("a scale such as 0.5")?;
        if !(scale.is_finite() && scale > 0.0) {
            return self.error_at(at, format!("the scale {scale} is of no use; expected one above zero"));
        }
        let zero_point = if self.eat(b':') { self.integer_as("a zero point")? } else { 0 };
        Ok((scale, zero_point))
    }

    /// A decimal number.
    pub(super) fn float(&mut self, expected: &str) -> Read<f64> {
        let negative = self.eat(b'-');
        if !matches!(self.token.kind, Kind::Float | Kind::Integer) {
            return self.unexpected(expected);
        }
        let Ok(value) = self.token_text().parse::<f64>() else { return self.unexpected(expected) };
        self.advance();
        Ok(if negative { -value } else { value })
    }
}

/// Scalar types and containers of other dialects, which only attributes speak of.
fn is_builtin(name: &str) -> bool {
    let integer = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    matches!(name, "index" | "none" | "vector" | "memref" | "complex" | "tf32")
        || ElementType::from_name(name).is_some()
        || name.strip_prefix('i').is_some_and(integer)
        || name.strip_prefix("si").is_some_and(integer)
        || name.strip_prefix("ui").is_some_and(integer)
}

/// The quantized element type that a text stands for.
pub(crate) fn parse_quantized(text: &str) -> Option<(ElementType, Quantization)> {
    let source = Arc::new(crate::Source::new("", text));
    let mut parser = Parser::new(&source, 0, text.len());
    if parser.token_text() != "!quant.uniform" {
        return None;
    }
    parser.advance();
    parser.quantization().ok()
}
