//! Innermost loops over vectors of 128 bits, where each turn is by itself.

use cranelift_codegen::ir::{BlockArg, InstBuilder, Type, Value as Register, condcodes::IntCC, types};
use runahead_ir::ElementType;
use runahead_lower::loops::{Argument, Carried, Loops, Operation, Place, Statement, Value};

use super::emit::{Emitter, flags};
use super::operations::{Applied, inline, machine};

/// Vectors that are computed in a turn, so that the machine has several to do at a time.
const AT_ONCE: usize = 4;

/// How a loop goes over vectors.
pub(super) struct Vectors {
    lanes: usize,
}

/// Whether a loop can go over vectors: each turn reads and writes next to what the one before did, no turn reads what
/// another writes, and all elements are of the same size.
pub(super) fn plan(
    loops: &Loops,
    index: Value,
    count: usize,
    carried: &[Carried],
    body: &[Statement],
) -> Option<Vectors> {
    if !carried.is_empty() {
        return None;
    }
    let mut size = None;
    let mut inside: Vec<Value> = vec![index];
    let (mut reads, mut writes): (Vec<&Place>, Vec<&Place>) = (Vec::new(), Vec::new());
    let mut fits = |element: ElementType| {
        element == ElementType::Bool
            || *size.get_or_insert(element.size()) == element.size() && element.size() >= 4
    };
    let step =
        |place: &Place| place.terms.iter().find(|(value, _)| *value == index).map_or(0, |(_, step)| *step);
    for statement in body {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                let element = loops.types[value.0 as usize];
                let types_fit = fits(element) && arguments.iter().all(|&a| fits(loops.type_of(a)));
                let uses_index = arguments.contains(&Argument::Value(index));
                // A boolean from outside is a byte, not a lane.
                let outside = |a: &Argument| match a {
                    Argument::Value(value) => !inside.contains(value),
                    Argument::Constant(_) => true,
                };
                let boolean_outside =
                    arguments.iter().any(|a| loops.type_of(*a) == ElementType::Bool && outside(a));
                if !types_fit
                    || uses_index
                    || boolean_outside
                    || !has_vectors(loops, *operation, arguments, element)
                {
                    return None;
                }
                inside.push(*value);
            }
            Statement::Read { value, from } => {
                let whole = step(from) == 0 || step(from) == from.element.size() as i64;
                if !whole
                    || from.element == ElementType::Bool
                    || !fits(from.element)
                    || uses(from, &inside[1..])
                {
                    return None;
                }
                reads.push(from);
                inside.push(*value);
            }
            Statement::Write { to, .. } => {
                if step(to) != to.element.size() as i64
                    || to.element == ElementType::Bool
                    || !fits(to.element)
                    || uses(to, &inside[1..])
                {
                    return None;
                }
                writes.push(to);
            }
            _ => return None,
        }
    }
    let lanes = 16 / size?;
    let same = |a: &Place, b: &Place| {
        a.start == b.start && a.terms == b.terms && a.element.size() == b.element.size()
    };
    let apart = |a: &Place, b: &Place| a.memory != b.memory || !a.within.overlap(&b.within);
    let independent = writes.iter().enumerate().all(|(i, write)| {
        reads.iter().all(|read| apart(write, read) || same(write, read))
            && writes[i + 1..].iter().all(|other| apart(write, other))
    });
    (independent && lanes > 1 && count >= lanes && !writes.is_empty()).then_some(Vectors { lanes })
}

fn uses(place: &Place, values: &[Value]) -> bool {
    place.terms.iter().any(|(value, _)| values.contains(value))
}

/// Whether an operation has instructions for vectors, as [`inline`] has them.
fn has_vectors(loops: &Loops, operation: Operation, arguments: &[Argument], result: ElementType) -> bool {
    use runahead_ir::{Binary as B, Unary as U};
    let from = loops.type_of(arguments[0]);
    let real = matches!(from, ElementType::F32 | ElementType::F64);
    let boolean = from == ElementType::Bool;
    let integer = from.is_integer() && from.size() >= 4;
    let word = from.size() == 4;
    match operation {
        Operation::Same => true,
        Operation::Unary(unary) => match unary {
            U::Convert => matches!(
                (from, result),
                (ElementType::I32, ElementType::F32)
                    | (ElementType::F32, ElementType::I32)
                    | (ElementType::I32, ElementType::U32)
                    | (ElementType::U32, ElementType::I32)
                    | (ElementType::Bool, ElementType::I32 | ElementType::U32 | ElementType::F32)
            ),
            U::Abs => real || integer && word && from.is_signed_integer(),
            U::Negate => real || integer,
            U::Not => boolean || integer,
            U::Sqrt | U::Rsqrt | U::Ceil | U::Floor | U::RoundNearestEven => real,
            U::ChloSquare => real || integer && word,
            _ => false,
        },
        Operation::Binary(binary) => match binary {
            B::Add | B::Subtract => real || integer,
            B::Multiply => real || integer && word,
            B::Divide => real,
            B::Maximum | B::Minimum => real || integer && word,
            B::And | B::Or | B::Xor => integer || boolean,
            B::ShiftLeft | B::ShiftRightLogical => integer && matches!(arguments[1], Argument::Constant(_)),
            B::ShiftRightArithmetic => integer && word && matches!(arguments[1], Argument::Constant(_)),
            _ => false,
        },
        Operation::Compare { compare_type, .. } => {
            let total = matches!(compare_type, Some(runahead_ir::ComparisonType::TotalOrder));
            (real && !total) || integer && word
        }
        Operation::Select => true,
        Operation::Clamp => real || integer && word,
        Operation::BitcastConvert => from.size() == result.size() && !boolean && result != ElementType::Bool,
        Operation::ReducePrecision { .. } => false,
    }
}

impl Vectors {
    /// How many of so many elements whole vectors are.
    pub(super) fn done(&self, count: usize) -> usize {
        count / self.lanes * self.lanes
    }
}

/// Makes the code for whole vectors from one index up to another; gives the index from which elements are left.
pub(super) fn emit(
    emitter: &mut Emitter<'_, '_>,
    vectors: &Vectors,
    index: Value,
    (from, to): (Register, Register),
    body: &[Statement],
) -> Register {
    let from = turns(emitter, vectors.lanes, index, (from, to), AT_ONCE, body);
    turns(emitter, vectors.lanes, index, (from, to), 1, body)
}

/// The turns of a loop from one index up to another, so many vectors in each, as long as there are so many elements; gives
/// the index from which elements are left.
fn turns(
    emitter: &mut Emitter<'_, '_>,
    lanes: usize,
    index: Value,
    (from, to): (Register, Register),
    at_once: usize,
    body: &[Statement],
) -> Register {
    let (head, turn, after) = (emitter.b.create_block(), emitter.b.create_block(), emitter.b.create_block());
    let counter = emitter.b.append_block_param(head, types::I64);
    emitter.b.ins().jump(head, &[BlockArg::Value(from)]);
    emitter.b.switch_to_block(head);
    let step = emitter.b.ins().iconst(types::I64, (at_once * lanes) as i64);
    let next = emitter.b.ins().iadd(counter, step);
    let more = emitter.b.ins().icmp(IntCC::SignedLessThanOrEqual, next, to);
    emitter.b.ins().brif(more, turn, &[], after, &[]);
    emitter.b.switch_to_block(turn);
    for i in 0..at_once {
        let offset = emitter.b.ins().iconst(types::I64, (i * lanes) as i64);
        let at = emitter.b.ins().iadd(counter, offset);
        emitter.define(index, at);
        let mut vectors = Lanes { emitter, lanes, registers: Vec::new() };
        body.iter().for_each(|statement| vectors.statement(index, statement));
    }
    emitter.b.ins().jump(head, &[BlockArg::Value(next)]);
    emitter.b.switch_to_block(after);
    counter
}

/// One vector of each value.
struct Lanes<'e, 'a, 'b> {
    emitter: &'e mut Emitter<'a, 'b>,
    lanes: usize,
    registers: Vec<(Value, Register)>,
}

impl Lanes<'_, '_, '_> {
    fn ty(&self, element: ElementType) -> Type {
        match element {
            ElementType::Bool if self.lanes == 4 => types::I32X4,
            ElementType::Bool => types::I64X2,
            element => machine(element).by(self.lanes as u32).unwrap_or(types::I8X16),
        }
    }

    fn argument(&mut self, argument: Argument) -> Register {
        if let Argument::Value(value) = argument
            && let Some((_, register)) = self.registers.iter().rfind(|(known, _)| *known == value)
        {
            return *register;
        }
        let ty = self.ty(self.emitter.loops.type_of(argument));
        let value = self.emitter.argument(argument);
        self.emitter.b.ins().splat(ty, value)
    }

    fn statement(&mut self, index: Value, statement: &Statement) {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                let elements: Vec<ElementType> =
                    arguments.iter().map(|&a| self.emitter.loops.type_of(a)).collect();
                let known: Vec<Option<u128>> = arguments
                    .iter()
                    .map(|a| match a {
                        Argument::Constant(constant) => Some(constant.bits()),
                        Argument::Value(_) => None,
                    })
                    .collect();
                let registers: Vec<Register> = arguments.iter().map(|&a| self.argument(a)).collect();
                let applied = Applied {
                    operation: *operation,
                    arguments: &registers,
                    elements: &elements,
                    known: &known,
                    result: self.emitter.loops.types[value.0 as usize],
                    lanes: self.lanes as u32,
                };
                match inline(self.emitter.b, &applied) {
                    Some(register) => self.registers.push((*value, register)),
                    None => self.emitter.failed = true,
                }
            }
            Statement::Read { value, from } => {
                let ty = self.ty(from.element);
                let (address, offset) = self.emitter.address(from);
                let register = match from.terms.iter().any(|(value, _)| *value == index) {
                    true => self.emitter.b.ins().load(ty, flags(), address, offset),
                    false => {
                        let element = self.emitter.read(from);
                        self.emitter.b.ins().splat(ty, element)
                    }
                };
                self.registers.push((*value, register));
            }
            Statement::Write { to, value } => {
                let register = self.argument(*value);
                let (address, offset) = self.emitter.address(to);
                self.emitter.b.ins().store(flags(), register, address, offset);
            }
            _ => self.emitter.failed = true,
        }
    }
}
