//! Operations written as loops, run by a plain interpreter and compared with their evaluation: a second target, beside the
//! machine code of the CPU backend, that knows nothing of either.

use std::collections::{HashMap, HashSet};

use runahead_ir::{Binary, ComparisonDirection, ElementType, Module, OpKind, Type, Unary, ValueId};
use runahead_lower::forms::Form;
use runahead_lower::loops::{
    Argument, Loops, Operation, Place, Statement, Tensor as Placed, Value, Writer, bounds, unroll,
};
use runahead_testing::choices::random_bytes;
use runahead_testing::compare::compare;
use runahead_testing::evaluate::{MOST_WORK, Tensor, evaluate};
use runahead_testing::families::FAMILIES;
use runahead_testing::generate::one_operation;
use runahead_testing::values::{Draw, elements};

/// Runs loops statement by statement. A scalar is its bits.
struct Interpreter<'a> {
    loops: &'a Loops,
    memories: Vec<Vec<u8>>,
    values: HashMap<Value, u128>,
}

/// Something that the interpreter has no arithmetic for.
struct Unknown;

impl Interpreter<'_> {
    fn argument(&self, argument: Argument) -> u128 {
        match argument {
            Argument::Value(value) => self.values[&value],
            Argument::Constant(constant) => constant.bits(),
        }
    }

    fn range(&self, place: &Place) -> std::ops::Range<usize> {
        let terms = place.terms.iter().map(|&(value, step)| self.values[&value] as i64 * step);
        let start = usize::try_from(place.start + terms.sum::<i64>()).expect("within the memory");
        start..start + place.element.size()
    }

    fn list(&mut self, statements: &[Statement]) -> Result<(), Unknown> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), Unknown> {
        match statement {
            Statement::Compute { value, operation, arguments } => {
                let from = self.loops.type_of(arguments[0]);
                let to = self.loops.types[value.0 as usize];
                let bits: Vec<u128> = arguments.iter().map(|&a| self.argument(a)).collect();
                let bits = compute(*operation, &bits, from, to).ok_or(Unknown)?;
                self.values.insert(*value, bits);
            }
            Statement::Read { value, from } => {
                let mut bytes = [0; 16];
                let range = self.range(from);
                bytes[..range.len()].copy_from_slice(&self.memories[from.memory][range]);
                self.values.insert(*value, u128::from_le_bytes(bytes));
            }
            Statement::Write { to, value } => {
                let (bits, range) = (self.argument(*value), self.range(to));
                let len = range.len();
                self.memories[to.memory][range].copy_from_slice(&bits.to_le_bytes()[..len]);
            }
            Statement::Copy { from: (memory, bytes), to: (target, start) } => {
                let copied = self.memories[*memory][bytes.start..bytes.start + bytes.len].to_vec();
                self.memories[*target][*start..start + bytes.len].copy_from_slice(&copied);
            }
            Statement::For { index, count, carried, body } => {
                let mut turn: Vec<u128> = carried.iter().map(|c| self.argument(c.initial)).collect();
                for i in 0..*count {
                    self.values.insert(*index, i as u128);
                    self.values.extend(carried.iter().map(|c| c.parameter).zip(turn));
                    self.list(body)?;
                    turn = carried.iter().map(|c| self.argument(c.next)).collect();
                }
                self.values.extend(carried.iter().map(|c| c.result).zip(turn));
            }
            Statement::If { condition, then } => {
                if self.argument(*condition) != 0 {
                    self.list(then)?;
                }
            }
            Statement::While { .. } | Statement::Choose { .. } | Statement::Call { .. } => {
                unreachable!("an operation by itself has no such statements")
            }
        }
        Ok(())
    }
}

/// An integer of that type from its bits.
fn integer(bits: u128, element: ElementType) -> i128 {
    let unused = 128 - 8 * element.size() as u32;
    match element.is_signed_integer() {
        true => ((bits << unused) as i128) >> unused,
        false => ((bits << unused) >> unused) as i128,
    }
}

fn real(bits: u128, element: ElementType) -> f64 {
    match element {
        ElementType::F32 => f32::from_bits(bits as u32).into(),
        _ => f64::from_bits(bits as u64),
    }
}

/// The bits of the result: for integers of whole bytes, booleans and the floats of four and eight.
fn compute(operation: Operation, bits: &[u128], from: ElementType, to: ElementType) -> Option<u128> {
    match operation {
        Operation::Select => return Some(if bits[0] != 0 { bits[1] } else { bits[2] }),
        Operation::BitcastConvert => return Some(bits[0]),
        _ => {}
    }
    let is_real = |element| matches!(element, ElementType::F32 | ElementType::F64);
    let is_whole = |e: ElementType| e == ElementType::Bool || e.is_integer() && e.bits() == 8 * e.size();
    if is_real(from) {
        let [a, b] = [bits[0], *bits.last()?].map(|bits| real(bits, from));
        let rounded = |x: f64| match to {
            ElementType::F32 => u128::from((x as f32).to_bits()),
            _ => u128::from(x.to_bits()),
        };
        return Some(match operation {
            Operation::Binary(Binary::Add) => rounded(a + b),
            Operation::Binary(Binary::Subtract) => rounded(a - b),
            Operation::Binary(Binary::Multiply) => rounded(a * b),
            Operation::Compare { direction, compare_type: None } => match direction {
                ComparisonDirection::Eq => u128::from(a == b),
                ComparisonDirection::Ne => u128::from(a != b),
                ComparisonDirection::Lt => u128::from(a < b),
                ComparisonDirection::Le => u128::from(a <= b),
                ComparisonDirection::Gt => u128::from(a > b),
                ComparisonDirection::Ge => u128::from(a >= b),
            },
            _ => return None,
        });
    }
    if !is_whole(from) {
        return None;
    }
    let [a, b] = [bits[0], *bits.last()?].map(|bits| integer(bits, from));
    let boolean = from == ElementType::Bool;
    let wrapped = |x: i128| x as u128 & (u128::MAX >> (128 - 8 * to.size() as u32));
    Some(match operation {
        Operation::Unary(Unary::Convert) if is_real(to) => match to {
            ElementType::F32 => u128::from((a as f32).to_bits()),
            _ => u128::from((a as f64).to_bits()),
        },
        Operation::Unary(Unary::Convert) if to == ElementType::Bool => u128::from(a != 0),
        Operation::Unary(Unary::Convert) if is_whole(to) => wrapped(a),
        Operation::Binary(Binary::Add) if boolean => wrapped(a | b),
        Operation::Binary(Binary::Add) => wrapped(a + b),
        Operation::Binary(Binary::Subtract) if !boolean => wrapped(a - b),
        Operation::Binary(Binary::Multiply) => wrapped(a.wrapping_mul(b)),
        Operation::Binary(Binary::Maximum) => wrapped(a.max(b)),
        Operation::Binary(Binary::Minimum) => wrapped(a.min(b)),
        Operation::Binary(Binary::And) => wrapped(a & b),
        Operation::Binary(Binary::Or) => wrapped(a | b),
        Operation::Binary(Binary::Xor) => wrapped(a ^ b),
        Operation::Compare { direction, .. } => match direction {
            ComparisonDirection::Eq => u128::from(a == b),
            ComparisonDirection::Ne => u128::from(a != b),
            ComparisonDirection::Lt => u128::from(a < b),
            ComparisonDirection::Le => u128::from(a <= b),
            ComparisonDirection::Gt => u128::from(a > b),
            ComparisonDirection::Ge => u128::from(a >= b),
        },
        _ => return None,
    })
}

/// The results of a module's only operation with a form, by its loops, written out or not; `None` where there is no form or
/// no arithmetic for it.
fn by_loops(module: &Module, inputs: &[Vec<u8>], written_out: bool) -> Option<(String, Vec<Vec<u8>>)> {
    let main = module.main()?;
    let (op, constants) = main.body.ops.split_last()?;
    let form = Form::of(op, main)?;
    let mut memories = inputs.to_vec();
    let mut known = main.body.parameters.clone();
    for constant in constants {
        let OpKind::Constant(literal) = &constant.kind else { return None };
        let mut bytes = vec![0; literal.ty().byte_count()?];
        literal.write_to(&mut bytes);
        memories.push(bytes);
        known.push(constant.results[0]);
    }
    // Where one value is several operands they are one memory.
    let operand = |&value: &ValueId| known.iter().position(|&k| k == value);
    let memory = op.operands.iter().map(operand).collect::<Option<Vec<usize>>>()?;
    let first_result = memories.len();
    for result in &op.results {
        let Type::Tensor(ty) = main.type_of(*result) else { return None };
        memories.push(vec![0xa5; ty.byte_count()?]);
        known.push(*result);
    }
    let tensor = |memory: usize, value| match main.type_of(value) {
        Type::Tensor(ty) => Placed::new(memory, 0, ty),
        _ => unreachable!("a form is of tensors"),
    };
    let operands: Vec<Placed> = form
        .sources()
        .iter()
        .zip(form.operands())
        .map(|(source, ty)| {
            let whole = tensor(memory[source.operand], op.operands[source.operand]);
            let mut strides: Vec<usize> = whole.strides.iter().map(|&stride| stride as usize).collect();
            let offset = source.part.map_or(0, |(axis, index)| index * strides.remove(axis));
            whole.viewed(offset, &ty.dims, &strides)
        })
        .collect();
    let results: Vec<Placed> =
        op.results.iter().enumerate().map(|(i, &value)| tensor(first_result + i, value)).collect();
    let mut writer = Writer::default();
    form.write(&mut writer, &operands, &results);
    let mut loops = writer.finish();
    assert_eq!(bounds::check(&loops), Ok(()), "{}", op.kind.name());
    if written_out {
        unroll(&mut loops, 200, 2000);
        assert_eq!(bounds::check(&loops), Ok(()), "{} written out", op.kind.name());
    }
    let mut interpreter = Interpreter { loops: &loops, memories, values: HashMap::new() };
    interpreter.list(&loops.statements).ok()?;
    let found = main.body.returns.iter().map(|value| {
        let at = known.iter().position(|k| k == value)?;
        Some(interpreter.memories[at].clone())
    });
    Some((op.kind.name().to_owned(), found.collect::<Option<_>>()?))
}

#[test]
fn loops_give_what_operations_give() {
    let mut seen: HashSet<String> = HashSet::new();
    for (f, &(family, make)) in FAMILIES.iter().enumerate() {
        for seed in 0..150u64 {
            let Some(module) = one_operation(make, &random_bytes(seed * 97 + f as u64, 400), 150) else {
                continue;
            };
            let Some(main) = module.main() else { continue };
            let types: Option<Vec<_>> =
                main.body.parameters.iter().map(|&p| main.type_of(p).as_tensor().cloned()).collect();
            let Some(types) = types else { continue };
            let inputs: Vec<Vec<u8>> = types
                .iter()
                .enumerate()
                .map(|(i, ty)| {
                    elements(ty, seed + i as u64, if seed % 2 == 0 { Draw::Any } else { Draw::Whole })
                })
                .collect();
            let Some((name, found)) = by_loops(&module, &inputs, false) else { continue };
            let numbers = types.iter().zip(&inputs).map(|(ty, bytes)| Tensor::decode(ty, bytes)).collect();
            let expected = evaluate(&module, numbers, MOST_WORK).expect("it is little work").results;
            let same = compare(&expected, &found).is_ok();
            assert!(same, "{family}, seed {seed}: {name} gives {found:?}\n{module}");
            let written_out = by_loops(&module, &inputs, true).map(|(_, results)| results);
            assert_eq!(written_out, Some(found), "{family}, seed {seed}: {name} written out");
            seen.insert(name);
        }
    }
    for name in [
        "broadcast_in_dim",
        "concatenate",
        "dynamic_slice",
        "dynamic_update_slice",
        "gather",
        "pad",
        "reduce",
        "reverse",
        "scatter",
        "slice",
        "transpose",
    ] {
        assert!(seen.contains(&format!("stablehlo.{name}")), "no case of {name}: {seen:?}");
    }
}
