//! One operation: its results' names, its quoted or pretty form, its regions.

use std::collections::HashSet;

use smallvec::SmallVec;

use super::lexer::Kind;
use super::parser::{Parser, Read, Use, shorten};
use crate::generic::{kind_from_attributes, settle_constant};
use crate::{Attributes, Location, Op, OpKind, Region, Type, ValueId};

/// What an operation says of itself after its results' names.
pub(super) struct Statement<'a> {
    pub(super) kind: OpKind,
    pub(super) operands: Vec<Use<'a>>,
    pub(super) result_types: Vec<Type>,
    pub(super) regions: Vec<Region>,
    pub(super) attributes: Attributes,
}

/// A line of a region.
pub(super) enum Line<'a> {
    Op(Box<Statement<'a>>),
    Return(Vec<Use<'a>>),
}

/// What a name before `=` stands for.
struct ResultName<'a> {
    name: &'a str,
    count: u32,
    at: usize,
}

impl<'a> Parser<'a> {
    /// The operations of a region up to its `}`, into a region whose parameters are there already.
    pub(super) fn region_body(&mut self, region: &mut Region) -> Read<()> {
        loop {
            match self.token.kind {
                Kind::Punctuation(b'}') if region.ops.is_empty() => return Ok(()),
                Kind::Punctuation(b'}') => {
                    return self.unexpected("an operation, or a `return` before the end of the region");
                }
                Kind::Block => {
                    return self.unexpected("an operation: regions of several blocks are not read");
                }
                _ => {}
            }
            let start = self.token.start;
            let names = self.result_names()?;
            let location = self.location();
            match self.line()? {
                Line::Return(values) => {
                    if !names.is_empty() {
                        return self
                            .error_at(start, "a return gives no results; expected no names before it");
                    }
                    self.skip_location()?;
                    region.returns = values.iter().map(|u| u.value).collect();
                    region.return_location = location;
                    if !self.is(b'}') {
                        return self.unexpected("`}` after the return");
                    }
                    return Ok(());
                }
                Line::Op(statement) => {
                    self.skip_location()?;
                    let op = self.finish(*statement, &names, location)?;
                    region.ops.push(op);
                }
            }
        }
    }

    /// `%0:2, %a =`, if names are next.
    fn result_names(&mut self) -> Read<SmallVec<[ResultName<'a>; 1]>> {
        let mut names = SmallVec::new();
        if self.token.kind != Kind::Value {
            return Ok(names);
        }
        loop {
            if self.token.kind != Kind::Value {
                return self.unexpected("the name of a result such as `%0`");
            }
            let (name, at) = (self.token_text(), self.token.start);
            self.advance();
            let mut count = 1;
            if self.eat(b':') {
                let at = self.token.start;
                count = self.integer_as("the number of results")?;
                if count == 0 {
                    return self.error_at(at, "a name for no results; expected their number, at least 1");
                }
            }
            names.push(ResultName { name, count, at });
            if self.eat(b'=') {
                return Ok(names);
            }
            if !self.eat(b',') {
                return self.unexpected("`=` after the names of the results");
            }
        }
    }

    fn line(&mut self) -> Read<Line<'a>> {
        match self.token.kind {
            Kind::String => self.quoted(),
            Kind::Word => self.pretty(),
            _ => self.unexpected("an operation such as `stablehlo.add` or `return`"),
        }
    }

    fn finish(&mut self, statement: Statement<'a>, names: &[ResultName<'a>], location: Location) -> Read<Op> {
        let Statement { kind, operands, result_types, regions, attributes } = statement;
        let named: u64 = names.iter().map(|n| u64::from(n.count)).sum();
        let given = result_types.len();
        if !names.is_empty() && named != given as u64 {
            return self.error_at(
                names[0].at,
                format!("{named} results are named; expected {given}, as many as {} has", kind.name()),
            );
        }
        let results: SmallVec<[ValueId; 1]> =
            result_types.into_iter().map(|ty| self.values.add(ty)).collect();
        let mut next = 0;
        for name in names {
            self.define(name.name, results[next], name.count, name.at)?;
            next += name.count as usize;
        }
        Ok(Op {
            kind,
            operands: operands.iter().map(|u| u.value).collect(),
            results,
            regions,
            attributes,
            location,
        })
    }

    /// `"name"(%a, %b) <{…}> ({…}, {…}) {…} : (types) -> types`.
    fn quoted(&mut self) -> Read<Line<'a>> {
        let at = self.token.start;
        let name = self.string("the name of an operation")?;
        let operands = self.list(b'(', b')', Self::operand)?;
        if self.is(b'[') {
            return self.unexpected("an operation without successor blocks: those are not read");
        }
        let mut attributes = Attributes::default();
        if self.is(b'<') {
            self.advance();
            attributes = self.nested(Self::dictionary)?;
            self.expect(b'>')?;
        }
        let mut regions = Vec::new();
        if self.is(b'(') {
            regions = self.nested(|p| p.list(b'(', b')', Self::region))?;
        }
        let more_at = self.token.start;
        let more = self.optional_dictionary()?;
        let properties: HashSet<&str> = attributes.0.iter().map(|(name, _)| &**name).collect();
        if let Some((twice, _)) = more.0.iter().find(|(name, _)| properties.contains(&**name)) {
            return self.error_at(
                more_at,
                format!("`{}` is among the properties too; expected each name once", shorten(twice)),
            );
        }
        attributes.0.extend(more.0);
        if !self.eat(b':') {
            return self.unexpected("`:` and the operation's type");
        }
        if !self.is(b'(') {
            return self.unexpected("the types of the operands in parentheses");
        }
        let types_at = self.token.start;
        let (operand_types, result_types) = self.function_type()?;
        self.check_operands(&operands, &operand_types, types_at)?;
        if name == "return" || name.ends_with(".return") {
            return Ok(Line::Return(operands));
        }
        self.statement(at, &name, operands, result_types, regions, attributes)
    }

    /// An operation of a name and attributes.
    pub(super) fn statement(
        &self,
        at: usize,
        name: &str,
        operands: Vec<Use<'a>>,
        result_types: Vec<Type>,
        regions: Vec<Region>,
        attributes: Attributes,
    ) -> Read<Line<'a>> {
        let types: SmallVec<[&Type; 4]> = operands.iter().map(|u| &self.values[u.value]).collect();
        let (mut kind, attributes) = match kind_from_attributes(name, attributes, &types) {
            Ok(found) => found,
            Err(error) => return self.error_at(at, format!("{name}: {error}")),
        };
        settle_constant(&mut kind, &result_types);
        Ok(Line::Op(Box::new(Statement { kind, operands, result_types, regions, attributes })))
    }

    /// Whether the types that are written for the operands are those that they have.
    pub(super) fn check_operands(&self, operands: &[Use<'a>], types: &[Type], types_at: usize) -> Read<()> {
        if operands.len() != types.len() {
            return self.error_at(
                types_at,
                format!("{} types for {} operands; expected one for each", types.len(), operands.len()),
            );
        }
        operands.iter().zip(types).try_for_each(|(operand, ty)| self.check_operand(*operand, ty))
    }

    pub(super) fn check_operand(&self, operand: Use<'a>, written: &Type) -> Read<()> {
        let ty = &self.values[operand.value];
        if ty == written {
            return Ok(());
        }
        self.error_at(
            operand.at,
            format!(
                "`{}` is {ty}, but the operation says {written}; expected one type in both",
                operand.name
            ),
        )
    }

    /// `{ ^bb0(%a: type): operations }`.
    pub(super) fn region(&mut self) -> Read<Region> {
        self.nested(|p| {
            p.scoped(|p| {
                p.expect(b'{')?;
                let mut region = Region::default();
                if p.token.kind == Kind::Block {
                    p.advance();
                    if p.is(b'(') {
                        region.parameters = p.list(b'(', b')', Self::parameter)?;
                    }
                    p.expect(b':')?;
                }
                p.region_body(&mut region)?;
                p.expect(b'}')?;
                Ok(region)
            })
        })
    }

    /// `%name: type`, defined.
    pub(super) fn parameter(&mut self) -> Read<ValueId> {
        if self.token.kind != Kind::Value {
            return self.unexpected("a parameter such as `%arg0: tensor<4xf32>`");
        }
        let (name, at) = (self.token_text(), self.token.start);
        self.advance();
        self.expect(b':')?;
        let ty = self.ty()?;
        self.skip_location()?;
        let value = self.values.add(ty);
        self.define(name, value, 1, at)?;
        Ok(value)
    }

    /// A region in braces whose parameters have the given names and types.
    pub(super) fn region_with(&mut self, parameters: &[(&'a str, usize, Type)]) -> Read<Region> {
        self.nested(|p| {
            p.scoped(|p| {
                let mut region = Region::default();
                for (name, at, ty) in parameters {
                    let value = p.values.add(ty.clone());
                    p.define(name, value, 1, *at)?;
                    region.parameters.push(value);
                }
                p.expect(b'{')?;
                p.region_body(&mut region)?;
                p.expect(b'}')?;
                Ok(region)
            })
        })
    }

    /// `loc(…)`, if it is next.
    pub(super) fn skip_location(&mut self) -> Read<()> {
        if self.is_word("loc") {
            self.advance();
            if !self.is(b'(') {
                return self.unexpected("`(` after `loc`");
            }
            self.balanced()?;
        }
        Ok(())
    }
}
