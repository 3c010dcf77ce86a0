//! Pretty forms: those of the table in [`forms`](super::forms), and those with a syntax of their own.

use super::forms::{Field, Form, Shape, Types, form_of};
use super::lexer::Kind;
use super::operation::{Line, Statement};
use super::parser::{Parser, Read, Use, shorten};
use crate::{Attribute, Attributes, ElementType, OpKind, TensorType, Type};

/// The types after the colon.
pub(super) enum Tail {
    Function(Vec<Type>, Vec<Type>),
    List(Vec<Type>),
}

impl<'a> Parser<'a> {
    /// An operation whose name is not quoted.
    pub(super) fn pretty(&mut self) -> Read<Line<'a>> {
        let (at, name) = (self.token.start, self.token_text());
        self.advance();
        match name {
            "return" => self.pretty_return(),
            "call" | "func.call" => self.call(at),
            "stablehlo.constant" | "chlo.constant" => self.constant(at, name),
            "stablehlo.compare" => self.compare(at),
            "stablehlo.slice" => self.slice(at),
            "stablehlo.reduce_precision" => self.reduce_precision(at),
            "stablehlo.dot_general" => self.dot_general(at),
            "stablehlo.convolution" => self.convolution(at),
            "stablehlo.reduce" => self.reduce(at),
            "stablehlo.while" => self.while_loop(),
            "stablehlo.custom_call" => self.custom_call(at),
            "stablehlo.composite" => self.composite(at),
            "stablehlo.tuple" => self.tuple(),
            "stablehlo.get_tuple_element" => self.get_tuple_element(at),
            "stablehlo.optimization_barrier" => self.optimization_barrier(),
            "chlo.top_k" => self.top_k(at),
            "chlo.scan" => self.scan(at),
            "sdy.sharding_constraint" => self.sharding_constraint(at),
            "interpreter.probe" => self.probe(at),
            _ if name.starts_with("check.") => self.check(at, name),
            _ if name.ends_with(".return") => self.pretty_return(),
            _ => match form_of(name) {
                Some(form) => self.pattern(at, name, form),
                None => self.error_at(
                    at,
                    format!(
                        "`{}` is not known; expected an operation of StableHLO, or the quoted form \
                         `\"{}\"(…) : (…) -> …` of any other",
                        shorten(name),
                        shorten(name)
                    ),
                ),
            },
        }
    }

    /// Values separated by commas, none where no value is next. A comma that is followed by something else than a
    /// value is left alone together with it.
    pub(super) fn operands(&mut self) -> Read<Vec<Use<'a>>> {
        let mut operands = Vec::new();
        if self.token.kind != Kind::Value {
            return Ok(operands);
        }
        loop {
            operands.push(self.operand()?);
            if !self.is(b',') || self.lexer.clone().next().kind != Kind::Value {
                return Ok(operands);
            }
            self.advance();
        }
    }

    fn pretty_return(&mut self) -> Read<Line<'a>> {
        let operands = self.operands()?;
        let attributes = self.optional_dictionary()?;
        if operands.is_empty() {
            return Ok(Line::Return(operands));
        }
        drop(attributes);
        let at = self.token.start;
        if !self.eat(b':') {
            return self.unexpected("`:` and the types of the values");
        }
        let types = self.type_list()?;
        self.check_operands(&operands, &types, at)?;
        Ok(Line::Return(operands))
    }

    pub(super) fn type_list(&mut self) -> Read<Vec<Type>> {
        let mut types = vec![self.ty()?];
        while self.eat(b',') {
            types.push(self.ty()?);
        }
        Ok(types)
    }

    /// `: (a, b) -> c`, `: a, b -> c` or `: a, b`.
    pub(super) fn tail(&mut self) -> Read<Tail> {
        if !self.eat(b':') {
            return self.unexpected("`:` and the operation's type");
        }
        if self.is(b'(') {
            let (operands, results) = self.function_type()?;
            return Ok(Tail::Function(operands, results));
        }
        let types = self.type_list()?;
        if self.token.kind == Kind::Arrow {
            self.advance();
            let results = self.result_types()?;
            return Ok(Tail::Function(types, results));
        }
        Ok(Tail::List(types))
    }

    /// A function type, its operand types compared with those of the operands.
    pub(super) fn function_tail(&mut self, operands: &[Use<'a>]) -> Read<Vec<Type>> {
        let at = self.token.start;
        match self.tail()? {
            Tail::Function(types, results) => {
                self.check_operands(operands, &types, at)?;
                Ok(results)
            }
            Tail::List(_) => self.unexpected("`->` and the types of the results"),
        }
    }

    fn pattern(&mut self, at: usize, name: &str, form: &Form) -> Read<Line<'a>> {
        // Some printers put the operands in parentheses.
        let operands = if self.is(b'(') { self.list(b'(', b')', Self::operand)? } else { self.operands()? };
        let mut attributes = Attributes::default();
        for (i, field) in form.fields.iter().enumerate() {
            let first = i == 0 && operands.is_empty();
            self.field(field, first, &mut attributes)?;
        }
        self.more_attributes(&mut attributes)?;
        let results = self.pattern_types(form.types, &operands)?;
        self.statement(at, name, operands, results, Vec::new(), attributes)
    }

    /// A dictionary that adds to the attributes.
    pub(super) fn more_attributes(&mut self, attributes: &mut Attributes) -> Read<()> {
        let at = self.token.start;
        for (name, value) in self.optional_dictionary()?.0 {
            // The pretty part names a few attributes only, so this looks through a short list.
            if attributes.0.iter().take(8).any(|(n, _)| *n == name) {
                return self.error_at(at, format!("`{}` is given twice; expected it once", shorten(&name)));
            }
            attributes.0.push((name, value));
        }
        Ok(())
    }

    fn pattern_types(&mut self, rule: Types, operands: &[Use<'a>]) -> Read<Vec<Type>> {
        let at = self.token.start;
        let types = match self.tail()? {
            Tail::Function(types, results) => {
                self.check_operands(operands, &types, at)?;
                return Ok(results);
            }
            Tail::List(types) => types,
        };
        match (rule, &types[..]) {
            (Types::Same, [ty]) => {
                operands.iter().try_for_each(|operand| self.check_operand(*operand, ty))?;
                Ok(types)
            }
            (Types::Result, [ty]) => {
                let part = match ty {
                    Type::Tensor(t) if t.element.is_complex() => {
                        Type::Tensor(TensorType { element: t.element.real_part(), ..t.clone() })
                    }
                    other => other.clone(),
                };
                operands.iter().try_for_each(|operand| self.check_operand(*operand, &part))?;
                Ok(types)
            }
            (Types::Select, [predicate, ty]) => {
                let [p, a, b] = operands else {
                    return self.error_at(at, "expected three operands: a predicate and two values");
                };
                self.check_operand(*p, predicate)?;
                self.check_operand(*a, ty)?;
                self.check_operand(*b, ty)?;
                Ok(vec![ty.clone()])
            }
            (Types::Each, types_each) => {
                self.check_operands(operands, types_each, at)?;
                Ok(types)
            }
            (Types::Function | Types::Arrow, _) => self.unexpected("`->` and the types of the results"),
            (Types::Select, _) => self.error_at(at, "expected two types: the predicate's and the values'"),
            _ => self.error_at(at, format!("{} types are given; expected one", types.len())),
        }
    }

    /// `, key = value`; without the comma where it is the first thing of all.
    pub(super) fn field(&mut self, field: &Field, first: bool, attributes: &mut Attributes) -> Read<()> {
        if !first {
            let next = self.lexer.clone().next();
            let key = &self.text[next.start..next.end];
            if !(self.is(b',') && key == field.key) {
                return if field.optional {
                    Ok(())
                } else {
                    self.unexpected(&format!("`, {} =`", field.key))
                };
            }
            self.advance();
        }
        self.expect_word(field.key)?;
        self.expect(b'=')?;
        let value = self.field_value(field)?;
        attributes.0.push((field.attribute.into(), value));
        Ok(())
    }

    fn field_value(&mut self, field: &Field) -> Read<Attribute> {
        Ok(match field.shape {
            Shape::Integers => Attribute::DenseIntegers(self.integer_list()?, ElementType::I64),
            Shape::Integer => Attribute::Integer(self.integer("an integer")?, self.i64_type.clone()),
            Shape::String => Attribute::String(self.string("a string")?.into()),
            Shape::Bool => match self.token_text() {
                word @ ("true" | "false") => {
                    self.advance();
                    Attribute::Bool(word == "true")
                }
                _ => return self.unexpected("`true` or `false`"),
            },
            Shape::Enum(word) => self.enumerated(word)?,
            Shape::Enums(word) => Attribute::Array(self.list(b'[', b']', |p| p.enumerated(word))?),
            Shape::Struct(name) => {
                if !self.is(b'<') {
                    return self.unexpected("`<`");
                }
                Attribute::Opaque(format!("#stablehlo.{name}{}", self.balanced()?).into())
            }
        })
    }

    /// `NAME` for `#stablehlo<word NAME>`, or the latter itself.
    fn enumerated(&mut self, word: &str) -> Read<Attribute> {
        if self.token.kind == Kind::Hash {
            return self.attribute();
        }
        let name = self.word(&format!("the name of a {}", word.replace('_', " ")))?;
        Ok(Attribute::Opaque(format!("#stablehlo<{word} {name}>").into()))
    }

    // Forms of their own.

    fn call(&mut self, at: usize) -> Read<Line<'a>> {
        let callee = self.symbol("the function to call, such as `@f`")?;
        let operands = self.list(b'(', b')', Self::operand)?;
        let mut attributes = Attributes(vec![("callee".into(), Attribute::Symbol(callee))]);
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "func.call", operands, results, Vec::new(), attributes)
    }

    fn constant(&mut self, at: usize, name: &str) -> Read<Line<'a>> {
        let mut attributes = Attributes::default();
        if self.eat(b'(') {
            // The form of a literal whose type is not the result's: `() {value = dense<…>} : () -> type`.
            self.expect(b')')?;
            self.more_attributes(&mut attributes)?;
            let results = self.function_tail(&[])?;
            return self.statement(at, name, Vec::new(), results, Vec::new(), attributes);
        }
        self.more_attributes(&mut attributes)?;
        let value_at = self.token.start;
        let value = self.attribute()?;
        let Attribute::Dense(literal) = &value else {
            return self.error_at(value_at, "this is no constant; expected a literal `dense<…> : tensor<…>`");
        };
        let ty = Type::Tensor(literal.ty().clone());
        attributes.0.push(("value".into(), value));
        self.statement(at, name, Vec::new(), vec![ty], Vec::new(), attributes)
    }

    fn compare(&mut self, at: usize) -> Read<Line<'a>> {
        let mut attributes = Attributes::default();
        let direction = self.enumerated("comparison_direction")?;
        attributes.0.push(("comparison_direction".into(), direction));
        self.expect(b',')?;
        let operands = self.operands()?;
        if self.eat(b',') {
            let compare_type = self.enumerated("comparison_type")?;
            attributes.0.push(("compare_type".into(), compare_type));
        }
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.compare", operands, results, Vec::new(), attributes)
    }

    fn slice(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = vec![self.operand()?];
        let ranges = self.list(b'[', b']', |p| {
            let start: i64 = p.integer_as("the first index of a slice")?;
            p.expect(b':')?;
            let limit: i64 = p.integer_as("the limit of a slice")?;
            let stride: i64 = if p.eat(b':') { p.integer_as("the stride of a slice")? } else { 1 };
            Ok([start, limit, stride])
        })?;
        let column =
            |i: usize| Attribute::DenseIntegers(ranges.iter().map(|r| r[i]).collect(), ElementType::I64);
        let mut attributes = Attributes(vec![
            ("start_indices".into(), column(0)),
            ("limit_indices".into(), column(1)),
            ("strides".into(), column(2)),
        ]);
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.slice", operands, results, Vec::new(), attributes)
    }

    /// `%a, format = e5m10 : type`.
    fn reduce_precision(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = vec![self.operand()?];
        self.expect(b',')?;
        self.expect_word("format")?;
        self.expect(b'=')?;
        let format = if self.token.kind == Kind::Word { self.token_text() } else { "" };
        let bits = format
            .strip_prefix('e')
            .and_then(|rest| rest.split_once('m'))
            .and_then(|(e, m)| Some((e.parse::<u16>().ok()?, m.parse::<u16>().ok()?)));
        let Some((exponent, mantissa)) = bits else { return self.unexpected("a format such as `e5m10`") };
        self.advance();
        let i32_type = || Type::Other("i32".into());
        let mut attributes = Attributes(vec![
            ("exponent_bits".into(), Attribute::Integer(exponent.into(), i32_type())),
            ("mantissa_bits".into(), Attribute::Integer(mantissa.into(), i32_type())),
        ]);
        self.more_attributes(&mut attributes)?;
        let results = self.pattern_types(Types::Same, &operands)?;
        self.statement(at, "stablehlo.reduce_precision", operands, results, Vec::new(), attributes)
    }

    fn custom_call(&mut self, at: usize) -> Read<Line<'a>> {
        let target = self.symbol("the target, such as `@target`")?;
        let operands = self.list(b'(', b')', Self::operand)?;
        let mut attributes = Attributes(vec![("call_target_name".into(), Attribute::String(target))]);
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.custom_call", operands, results, Vec::new(), attributes)
    }

    fn composite(&mut self, at: usize) -> Read<Line<'a>> {
        let name = self.string("the name of a composite, such as `\"a.b\"`")?;
        let operands = self.operands()?;
        let mut attributes = Attributes(vec![("name".into(), Attribute::String(name.into()))]);
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.composite", operands, results, Vec::new(), attributes)
    }

    fn tuple(&mut self) -> Read<Line<'a>> {
        let operands = self.operands()?;
        let attributes = self.optional_dictionary()?;
        let at = self.token.start;
        match self.tail()? {
            Tail::List(types) if matches!(types[..], [Type::Tuple(_)]) => {
                if let [Type::Tuple(parts)] = &types[..] {
                    self.check_operands(&operands, parts, at)?;
                }
                Ok(simple(OpKind::Tuple, operands, types, attributes))
            }
            _ => self.error_at(at, "expected the type of the tuple, `tuple<…>`"),
        }
    }

    /// `%t[1] : (tuple<…>) -> type`.
    fn get_tuple_element(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = vec![self.operand()?];
        self.expect(b'[')?;
        let index = self.integer("the index of a part of the tuple")?;
        self.expect(b']')?;
        let index = Attribute::Integer(index, Type::Other("i32".into()));
        let mut attributes = Attributes(vec![("index".into(), index)]);
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "stablehlo.get_tuple_element", operands, results, Vec::new(), attributes)
    }

    fn optimization_barrier(&mut self) -> Read<Line<'a>> {
        if self.eat(b'(') {
            self.expect(b')')?;
            let attributes = self.optional_dictionary()?;
            return Ok(simple(OpKind::OptimizationBarrier, Vec::new(), Vec::new(), attributes));
        }
        let operands = self.operands()?;
        let attributes = self.optional_dictionary()?;
        let results = self.pattern_types(Types::Each, &operands)?;
        Ok(simple(OpKind::OptimizationBarrier, operands, results, attributes))
    }

    /// `(%a, k = 2) : type -> (type, type)`.
    fn top_k(&mut self, at: usize) -> Read<Line<'a>> {
        self.expect(b'(')?;
        let operands = vec![self.operand()?];
        let mut attributes = Attributes::default();
        let field = Field { key: "k", attribute: "k", shape: Shape::Integer, optional: false };
        self.field(&field, false, &mut attributes)?;
        self.expect(b')')?;
        self.more_attributes(&mut attributes)?;
        let results = self.function_tail(&operands)?;
        self.statement(at, "chlo.top_k", operands, results, Vec::new(), attributes)
    }

    /// `%a <@mesh, [{"x"}]> : type`.
    fn sharding_constraint(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = vec![self.operand()?];
        if !self.is(b'<') {
            return self.unexpected("a sharding `<@mesh, […]>`");
        }
        let sharding = Attribute::Opaque(format!("#sdy.sharding{}", self.balanced()?).into());
        let mut attributes = Attributes(vec![("sharding".into(), sharding)]);
        self.more_attributes(&mut attributes)?;
        let results = self.pattern_types(Types::Same, &operands)?;
        self.statement(at, "sdy.sharding_constraint", operands, results, Vec::new(), attributes)
    }

    /// The `check` dialect: `check.expect_eq_const %0, dense<…> : type`, `check.expect_close %0, %1, key = 3 : types`.
    fn check(&mut self, at: usize, name: &str) -> Read<Line<'a>> {
        let operands = self.operands()?;
        let mut attributes = Attributes::default();
        while self.eat(b',') {
            if self.is_word("dense") {
                let value = self.dense()?;
                attributes.0.push(("value".into(), value));
            } else {
                let key = self.word("a literal, or an attribute such as `tolerance = 0.1`")?;
                self.expect(b'=')?;
                let value = self.untyped_value()?;
                // The name is short for the attribute's.
                let name = if key == "iter" { "iteration" } else { key };
                attributes.0.push((name.into(), value));
            }
        }
        self.more_attributes(&mut attributes)?;
        // The literal's type has been read as the type of the operand.
        let has_literal = attributes.get("value").is_some();
        let types_at = self.token.start;
        if self.is(b':') {
            match self.tail()? {
                Tail::Function(types, _) => self.check_operands(&operands, &types, types_at)?,
                Tail::List(types) if types.len() == 1 => {
                    operands.iter().try_for_each(|operand| self.check_operand(*operand, &types[0]))?;
                }
                Tail::List(types) => self.check_operands(&operands, &types, types_at)?,
            }
        } else if !has_literal {
            return self.unexpected("`:` and the types of the operands");
        }
        self.statement(at, name, operands, Vec::new(), Vec::new(), attributes)
    }

    /// `%a, probe_id = "name" : type`: gives what it is given, and lets the checks of a program see it.
    fn probe(&mut self, at: usize) -> Read<Line<'a>> {
        let operands = vec![self.operand()?];
        let mut attributes = Attributes::default();
        self.expect(b',')?;
        self.expect_word("probe_id")?;
        self.expect(b'=')?;
        attributes.0.push(("probe_id".into(), self.untyped_value()?));
        self.more_attributes(&mut attributes)?;
        let results = self.pattern_types(Types::Same, &operands)?;
        self.statement(at, "interpreter.probe", operands, results, Vec::new(), attributes)
    }

    /// A string, or a number whose type is not written, because a colon after it is the operation's.
    fn untyped_value(&mut self) -> Read<Attribute> {
        if self.token.kind == Kind::String {
            return Ok(Attribute::String(self.string("a string")?.into()));
        }
        if self.token.kind == Kind::Float {
            return Ok(Attribute::Float(self.float("a number")?, Type::Other("f64".into())));
        }
        Ok(Attribute::Integer(self.integer("a number")?, self.i64_type.clone()))
    }
}

/// An operation without attributes that say what it does.
pub(super) fn simple<'a>(
    kind: OpKind,
    operands: Vec<Use<'a>>,
    result_types: Vec<Type>,
    attributes: Attributes,
) -> Line<'a> {
    Line::Op(Box::new(Statement { kind, operands, result_types, regions: Vec::new(), attributes }))
}
