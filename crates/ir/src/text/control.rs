//! The pretty forms that hold regions: `while`, `reduce` and `scan`.

use smallvec::smallvec;

use super::operation::{Line, Statement};
use super::parser::{Parser, Read, Use, shorten};
use crate::{Attribute, Attributes, Binary, ElementType, Location, Op, OpKind, Region, TensorType, Type};

impl<'a> Parser<'a> {
    /// `(%i = %a, %j = %b) : types attributes {…} cond {…} do {…}`.
    pub(super) fn while_loop(&mut self) -> Read<Line<'a>> {
        let pairs = self.list(b'(', b')', |p| {
            let (name, at) = (p.token_text(), p.token.start);
            if p.token.kind != super::lexer::Kind::Value {
                return p.unexpected("a parameter of the loop such as `%iterArg = %0`");
            }
            p.advance();
            p.expect(b'=')?;
            Ok((name, at, p.operand()?))
        })?;
        let operands: Vec<Use<'a>> = pairs.iter().map(|pair| pair.2).collect();
        let mut types = Vec::new();
        let types_at = self.token.start;
        if !pairs.is_empty() || self.is(b':') {
            if !self.eat(b':') {
                return self.unexpected("`:` and the types of the loop's values");
            }
            types = self.type_list()?;
        }
        self.check_operands(&operands, &types, types_at)?;
        let attributes =
            if self.eat_word("attributes") { self.optional_dictionary()? } else { Attributes::default() };
        let parameters: Vec<_> =
            pairs.iter().zip(&types).map(|((name, at, _), ty)| (*name, *at, ty.clone())).collect();
        self.expect_word("cond")?;
        let condition = self.region_with(&parameters)?;
        self.expect_word("do")?;
        let body = self.region_with(&parameters)?;
        Ok(Line::Op(Box::new(Statement {
            kind: OpKind::While,
            operands,
            result_types: types,
            regions: vec![condition, body],
            attributes,
        })))
    }

    /// `(%a init: %b), (%c init: %d) applies stablehlo.add across dimensions = [1] : types`, or with a `reducer(…)`
    /// region after the types in place of `applies`.
    pub(super) fn reduce(&mut self, at: usize) -> Read<Line<'a>> {
        let (mut inputs, mut initial) = (Vec::new(), Vec::new());
        loop {
            self.expect(b'(')?;
            inputs.push(self.operand()?);
            self.expect_word("init")?;
            self.expect(b':')?;
            initial.push(self.operand()?);
            self.expect(b')')?;
            if !self.eat(b',') {
                break;
            }
        }
        let applied = if self.eat_word("applies") { Some(self.applied(&initial)?) } else { None };
        self.expect_word("across")?;
        self.expect_word("dimensions")?;
        self.expect(b'=')?;
        let dimensions = Attribute::DenseIntegers(self.integer_list()?, ElementType::I64);
        let mut attributes = Attributes(vec![("dimensions".into(), dimensions)]);
        self.more_attributes(&mut attributes)?;
        let count = inputs.len();
        let operands: Vec<Use<'a>> = inputs.into_iter().chain(initial).collect();
        let results = self.function_tail(&operands)?;
        let region = match applied {
            Some(region) => region,
            None => self.reducer(count)?,
        };
        self.statement(at, "stablehlo.reduce", operands, results, vec![region], attributes)
    }

    /// `(%a, %b) inits(%c) dimension=0 attributes {…} {…} : types -> types`.
    pub(super) fn scan(&mut self, at: usize) -> Read<Line<'a>> {
        let mut operands = self.list(b'(', b')', Self::operand)?;
        let inputs = operands.len();
        self.expect_word("inits")?;
        operands.extend(self.list(b'(', b')', Self::operand)?);
        let mut attributes = Attributes::default();
        self.expect_word("dimension")?;
        self.expect(b'=')?;
        let dimension = Attribute::Integer(self.integer("the axis")?, self.i64_type.clone());
        attributes.0.push(("dimension".into(), dimension));
        if self.eat_word("attributes") {
            attributes.0.extend(self.optional_dictionary()?.0);
        }
        let region = self.region()?;
        let results = self.function_tail(&operands)?;
        let carries = operands.len() - inputs;
        for (name, first) in
            [("operandSegmentSizes", inputs), ("resultSegmentSizes", results.len().saturating_sub(carries))]
        {
            let counts = vec![first as i64, carries as i64];
            attributes.0.push((name.into(), Attribute::DenseIntegers(counts, ElementType::I32)));
        }
        self.statement(at, "chlo.scan", operands, results, vec![region], attributes)
    }

    /// The region that applies one operation of two operands.
    fn applied(&mut self, initial: &[Use<'a>]) -> Read<Region> {
        let (at, location) = (self.token.start, self.location());
        let name = self.word("the operation to reduce with, such as `stablehlo.add`")?;
        let Some(op) = Binary::from_name(name) else {
            return self.error_at(
                at,
                format!(
                    "`{}` cannot reduce; expected an operation of two operands such as stablehlo.add",
                    shorten(name)
                ),
            );
        };
        let [initial] = initial else {
            return self.error_at(at, "several inputs; expected one where an operation is applied");
        };
        let ty = match &self.values[initial.value] {
            Type::Tensor(t) => Type::Tensor(TensorType { dims: Default::default(), ..t.clone() }),
            other => {
                return self.error_at(initial.at, format!("the initial value is {other}; expected a tensor"));
            }
        };
        let [lhs, rhs, result] = [0; 3].map(|_| self.values.add(ty.clone()));
        let op = Op {
            kind: OpKind::Binary(op),
            operands: smallvec![lhs, rhs],
            results: smallvec![result],
            regions: Vec::new(),
            attributes: Attributes::default(),
            location,
        };
        Ok(Region {
            parameters: vec![lhs, rhs],
            ops: vec![op],
            returns: vec![result],
            return_location: Location::UNKNOWN,
        })
    }

    /// `reducer(%a: t, %b: t) (%c: t, %d: t) {…}`: a pair for each input, of which the region takes the first ones
    /// first.
    fn reducer(&mut self, count: usize) -> Read<Region> {
        self.expect_word("reducer")?;
        self.nested(|p| {
            p.scoped(|p| {
                let mut pairs = Vec::new();
                while p.is(b'(') {
                    let at = p.token.start;
                    match p.list(b'(', b')', Self::parameter)?[..] {
                        [a, b] => pairs.push((a, b)),
                        _ => return p.error_at(at, "expected a pair of parameters for each input"),
                    }
                }
                if pairs.len() != count {
                    return p.unexpected(&format!("{count} pairs of parameters, one for each input"));
                }
                let parameters = pairs.iter().map(|p| p.0).chain(pairs.iter().map(|p| p.1)).collect();
                let mut region = Region { parameters, ..Region::default() };
                p.expect(b'{')?;
                p.region_body(&mut region)?;
                p.expect(b'}')?;
                Ok(region)
            })
        })
    }
}
