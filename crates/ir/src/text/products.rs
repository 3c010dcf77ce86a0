//! The pretty forms of products: `dot_general` and `convolution`.

use std::sync::Arc;

use super::forms::DOT_GENERAL;
use super::operation::Line;
use super::parser::{Parser, Read, shorten};
use crate::{Attribute, Attributes, ElementType, Literal, TensorType};

impl<'a> Parser<'a> {
    pub(super) fn dot_general(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = self.operands()?;
        let mut fields = String::new();
        for (key, attribute) in [("batching_dims", "batching"), ("contracting_dims", "contracting")] {
            let next = self.lexer.clone().next();
            if !(self.is(b',') && &self.text[next.start..next.end] == key) {
                continue;
            }
            self.advance();
            self.advance();
            self.expect(b'=')?;
            let lhs = self.integer_list()?;
            self.expect_word("x")?;
            let rhs = self.integer_list()?;
            for (side, axes) in [("lhs", lhs), ("rhs", rhs)] {
                let comma = if fields.is_empty() { "" } else { ", " };
                fields += &format!("{comma}{side}_{attribute}_dimensions = {axes:?}");
            }
        }
        let numbers = Attribute::Opaque(format!("#stablehlo.dot<{fields}>").into());
        let mut attributes = Attributes(vec![("dot_dimension_numbers".into(), numbers)]);
        for field in &DOT_GENERAL {
            self.field(field, false, &mut attributes)?;
        }
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.dot_general", operands, results, Vec::new(), attributes)
    }

    /// `(%a, %b) dim_numbers = […]x[…]->[…], window = {…} {…} : (types) -> type`.
    pub(super) fn convolution(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = self.list(b'(', b')', Self::operand)?;
        self.expect_word("dim_numbers")?;
        self.expect(b'=')?;
        let start = self.token.start;
        self.balanced()?;
        self.expect_word("x")?;
        self.balanced()?;
        self.expect_arrow()?;
        self.balanced()?;
        let numbers = format!("#stablehlo.conv<{}>", &self.text[start..self.previous_end]);
        let mut attributes =
            Attributes(vec![("dimension_numbers".into(), Attribute::Opaque(numbers.into()))]);
        self.expect(b',')?;
        self.expect_word("window")?;
        self.expect(b'=')?;
        for (name, value) in self.list(b'{', b'}', Self::window_item)? {
            attributes.0.push((name, value));
        }
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.convolution", operands, results, Vec::new(), attributes)
    }

    /// `stride = [1, 1]`, `pad = [[0, 0], [1, 1]]`, … of a convolution's window.
    fn window_item(&mut self) -> Read<(Arc<str>, Attribute)> {
        const EXPECTED: &str = "`stride`, `pad`, `lhs_dilate`, `rhs_dilate` or `reverse`";
        let (at, key) = (self.token.start, self.word(EXPECTED)?);
        self.expect(b'=')?;
        let attribute = match key {
            "stride" => "window_strides",
            "lhs_dilate" => "lhs_dilation",
            "rhs_dilate" => "rhs_dilation",
            "reverse" => "window_reversal",
            "pad" => {
                let rows = self.list(b'[', b']', |p| {
                    let at = p.token.start;
                    match p.integer_list()?[..] {
                        [low, high] => Ok([low, high]),
                        _ => p.error_at(at, "expected the low and the high padding, `[0, 0]`"),
                    }
                })?;
                let ty = TensorType::new(ElementType::I64, [rows.len(), 2]);
                let bytes: Vec<u8> = rows.as_flattened().iter().flat_map(|n| n.to_le_bytes()).collect();
                return match Literal::new(ty, bytes) {
                    Ok(literal) => Ok(("padding".into(), Attribute::Dense(literal))),
                    Err(error) => self.error_at(at, error.to_string()),
                };
            }
            _ => return self.error_at(at, format!("`{}` is not known; expected {EXPECTED}", shorten(key))),
        };
        Ok((attribute.into(), Attribute::DenseIntegers(self.integer_list()?, ElementType::I64)))
    }
}
