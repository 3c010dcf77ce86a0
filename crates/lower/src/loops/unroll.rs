//! Writing out short loops.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::writer::fold;
use super::{Argument, Constant, Loops, Place, Statement, Value};

/// Writes out loops of at most that many statements each, and at most that many together; indices become numbers, and what
/// is computed from them.
pub fn unroll(loops: &mut Loops, each: usize, together: usize) {
    let mut unroller = Unroller { types: &mut loops.types, known: HashMap::new(), each, left: together };
    loops.statements = unroller.list(&loops.statements);
}

struct Unroller<'a> {
    types: &'a mut Vec<runahead_ir::ElementType>,
    /// What values stand for.
    known: HashMap<Value, Argument>,
    each: usize,
    left: usize,
}

impl Unroller<'_> {
    fn list(&mut self, statements: &[Statement]) -> Vec<Statement> {
        let mut list = Vec::with_capacity(statements.len());
        statements.iter().for_each(|statement| self.statement(statement, &mut list));
        list
    }

    fn argument(&self, argument: Argument) -> Argument {
        match argument {
            Argument::Value(value) => self.known.get(&value).copied().unwrap_or(argument),
            Argument::Constant(_) => argument,
        }
    }

    /// A new name for a value, as the statement that defines it may be written several times.
    fn define(&mut self, value: Value) -> Value {
        self.types.push(self.types[value.0 as usize]);
        let new = Value(self.types.len() as u32 - 1);
        self.known.insert(value, Argument::Value(new));
        new
    }

    fn place(&self, place: &Place) -> Place {
        let mut to = Place { terms: SmallVec::new(), ..place.clone() };
        for &(value, step) in &place.terms {
            match self.argument(Argument::Value(value)) {
                Argument::Constant(constant) => to.start += constant.bits() as i64 * step,
                Argument::Value(value) => to.terms.push((value, step)),
            }
        }
        to
    }

    fn statement(&mut self, statement: &Statement, list: &mut Vec<Statement>) {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                let arguments: SmallVec<[Argument; 3]> =
                    arguments.iter().map(|&a| self.argument(a)).collect();
                if let Some(known) =
                    fold(*operation, &arguments).or_else(|| fold_index(*operation, &arguments))
                {
                    self.known.insert(*value, known);
                    return;
                }
                let value = self.define(*value);
                list.push(Statement::Compute { value, operation: *operation, arguments });
            }
            Statement::Read { value, from } => {
                let from = self.place(from);
                let value = self.define(*value);
                list.push(Statement::Read { value, from });
            }
            Statement::Write { to, value } => {
                list.push(Statement::Write { to: self.place(to), value: self.argument(*value) });
            }
            Statement::Copy { .. } | Statement::Call { .. } => list.push(statement.clone()),
            Statement::For { index, count: turns, carried, body } => {
                let statements = turns.saturating_mul(expanded(body, self.each));
                if statements <= self.each && statements <= self.left {
                    self.left -= statements;
                    let mut values: Vec<Argument> =
                        carried.iter().map(|c| self.argument(c.initial)).collect();
                    for turn in 0..*turns {
                        self.known.insert(*index, Argument::index(turn as i64));
                        carried.iter().zip(&values).for_each(|(c, &value)| {
                            self.known.insert(c.parameter, value);
                        });
                        body.iter().for_each(|statement| self.statement(statement, list));
                        values = carried.iter().map(|c| self.argument(c.next)).collect();
                    }
                    carried.iter().zip(values).for_each(|(c, value)| {
                        self.known.insert(c.result, value);
                    });
                    return;
                }
                let initial: Vec<Argument> = carried.iter().map(|c| self.argument(c.initial)).collect();
                let index = self.define(*index);
                let parameters: Vec<Value> = carried.iter().map(|c| self.define(c.parameter)).collect();
                let body = self.list(body);
                let mut new = Vec::with_capacity(carried.len());
                for ((c, initial), parameter) in carried.iter().zip(initial).zip(parameters) {
                    let next = self.argument(c.next);
                    new.push(super::Carried { initial, parameter, next, result: self.define(c.result) });
                }
                list.push(Statement::For { index, count: *turns, carried: new, body });
            }
            Statement::If { condition, then } => match self.argument(*condition) {
                Argument::Constant(constant) => {
                    if constant.bits() != 0 {
                        then.iter().for_each(|statement| self.statement(statement, list));
                    }
                }
                condition => {
                    let then = self.list(then);
                    list.push(Statement::If { condition, then });
                }
            },
            Statement::While { condition, predicate, body } => {
                let condition = self.list(condition);
                let predicate = self.argument(*predicate);
                let body = self.list(body);
                list.push(Statement::While { condition, predicate, body });
            }
            Statement::Choose { index, branches } => {
                let index = self.argument(*index);
                let branches = branches.iter().map(|branch| self.list(branch)).collect();
                list.push(Statement::Choose { index, branches });
            }
        }
    }
}

/// How many statements a list is with its short loops written out.
fn expanded(statements: &[Statement], each: usize) -> usize {
    let of = |statement: &Statement| match statement {
        Statement::For { count, body, .. } => {
            let body = expanded(body, each);
            let all = count.saturating_mul(body);
            if all <= each { all } else { 1 + body }
        }
        other => 1 + other.bodies().iter().map(|body| expanded(body, each)).sum::<usize>(),
    };
    statements.iter().map(of).fold(0, usize::saturating_add)
}

/// What conversions and comparisons of known indices give.
fn fold_index(operation: super::Operation, arguments: &[Argument]) -> Option<Argument> {
    use super::Operation;
    use runahead_ir::{ComparisonDirection, ElementType};
    match (operation, arguments) {
        (Operation::BitcastConvert, [Argument::Constant(constant)])
            if constant.element == ElementType::I64 =>
        {
            Some(Argument::Constant(Constant { element: ElementType::U64, ..*constant }))
        }
        (
            Operation::Compare { direction: ComparisonDirection::Lt, compare_type: None },
            [Argument::Constant(a), Argument::Constant(b)],
        ) if a.element == ElementType::U64 => {
            let less = u8::from(a.bits() < b.bits());
            Some(Argument::Constant(Constant::new(ElementType::Bool, &[less])))
        }
        (Operation::Select, [Argument::Constant(chosen), a, b]) => {
            Some(if chosen.bits() != 0 { *a } else { *b })
        }
        _ => None,
    }
}
