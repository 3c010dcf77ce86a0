//! Operations as instructions, on one element or on as many as a vector holds.
//!
//! A boolean is a byte of 0 or 1; in vectors, a lane of zeros or of ones as wide as the lanes that it goes with.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, types};
use cranelift_frontend::FunctionBuilder;
use runahead_ir::{Binary, ComparisonDirection, ComparisonType, ElementType, Unary};
use runahead_lower::loops::Operation;

/// An operation, and what it is applied to.
pub(super) struct Applied<'a> {
    pub(super) operation: Operation,
    pub(super) arguments: &'a [Value],
    /// The types of the arguments, and their bits where they are known.
    pub(super) elements: &'a [ElementType],
    pub(super) known: &'a [Option<u128>],
    pub(super) result: ElementType,
    /// How many elements each argument is.
    pub(super) lanes: u32,
}

/// The machine's type for an element: an integer of the size of what is no float of the machine's own.
pub(super) fn machine(element: ElementType) -> Type {
    match (element, element.size()) {
        (ElementType::F32, _) => types::F32,
        (ElementType::F64, _) => types::F64,
        (_, 1) => types::I8,
        (_, 2) => types::I16,
        (_, 4) => types::I32,
        (_, 8) => types::I64,
        _ => types::I128,
    }
}

/// The same bits as another type.
pub(super) fn bitcast(b: &mut FunctionBuilder<'_>, to: Type, value: Value) -> Value {
    match b.func.dfg.value_type(value) == to {
        true => value,
        false => b.ins().bitcast(
            to,
            MemFlagsData::new().with_endianness(cranelift_codegen::ir::Endianness::Little),
            value,
        ),
    }
}

fn is_real(element: ElementType) -> bool {
    matches!(element, ElementType::F32 | ElementType::F64)
}

/// Integers of whole bytes.
fn is_plain_integer(element: ElementType) -> bool {
    element.is_integer() && element.bits() == 8 * element.size()
}

/// The instructions of an operation; `None` where it has none.
pub(super) fn inline(b: &mut FunctionBuilder<'_>, a: &Applied<'_>) -> Option<Value> {
    if a.elements.contains(&ElementType::BF16) {
        return in_f32(b, a);
    }
    match a.operation {
        Operation::Same => Some(a.arguments[0]),
        Operation::Unary(Unary::Convert) => convert(b, a.arguments[0], a.elements[0], a.result, a.lanes),
        Operation::Unary(unary) => one(b, unary, a),
        Operation::Binary(binary) => two(b, binary, a),
        Operation::Compare { direction, compare_type } => compare(b, direction, compare_type, a),
        Operation::Select => Some(select(b, a.arguments[0], a.arguments[1], a.arguments[2], a.lanes)),
        Operation::Clamp if is_real(a.result) || is_plain_integer(a.result) => {
            let raised = larger(b, a.result, a.arguments[1], a.arguments[0]);
            Some(smaller(b, a.result, raised, a.arguments[2]))
        }
        Operation::BitcastConvert if a.elements[0].size() == a.result.size() => {
            let to = machine(a.result);
            let to = if a.lanes > 1 { to.by(a.lanes)? } else { to };
            Some(bitcast(b, to, a.arguments[0]))
        }
        _ => None,
    }
}

/// An operation of `bf16`: computed in `f32` and rounded.
fn in_f32(b: &mut FunctionBuilder<'_>, a: &Applied<'_>) -> Option<Value> {
    use Operation::{BitcastConvert, Compare, Same, Select};
    if a.lanes > 1 {
        return None;
    }
    match a.operation {
        Same | BitcastConvert => return inline(b, &Applied { elements: &[ElementType::I16], ..*a }),
        Select => return Some(select(b, a.arguments[0], a.arguments[1], a.arguments[2], 1)),
        Operation::Unary(Unary::Convert) => {
            let wide = widened(b, a.arguments[0]);
            return convert(b, wide, ElementType::F32, a.result, 1);
        }
        Operation::Unary(Unary::Abs | Unary::Negate | Unary::Sqrt | Unary::Ceil | Unary::Floor)
        | Operation::Binary(
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Maximum
            | Binary::Minimum,
        )
        | Operation::Clamp
        | Compare { compare_type: None | Some(ComparisonType::Float), .. } => {}
        _ => return None,
    }
    let arguments: Vec<Value> = a.arguments.iter().map(|&value| widened(b, value)).collect();
    let elements = vec![ElementType::F32; arguments.len()];
    let result = if a.result == ElementType::BF16 { ElementType::F32 } else { a.result };
    let known = vec![None; arguments.len()];
    let value = inline(
        b,
        &Applied {
            arguments: &arguments,
            elements: &elements,
            known: &known,
            result,
            operation: a.operation,
            lanes: 1,
        },
    )?;
    if a.result == ElementType::BF16 { Some(narrowed(b, value)) } else { Some(value) }
}

/// A `bf16` as an `f32`.
fn widened(b: &mut FunctionBuilder<'_>, value: Value) -> Value {
    let bits = b.ins().uextend(types::I32, value);
    let sixteen = b.ins().iconst(types::I32, 16);
    let bits = b.ins().ishl(bits, sixteen);
    bitcast(b, types::F32, bits)
}

/// An `f32` rounded to the nearest `bf16`, the even one of two.
fn narrowed(b: &mut FunctionBuilder<'_>, value: Value) -> Value {
    let bits = bitcast(b, types::I32, value);
    let sixteen = b.ins().iconst(types::I32, 16);
    let high = b.ins().ushr(bits, sixteen);
    let one = b.ins().iconst(types::I32, 1);
    let odd = b.ins().band(high, one);
    let half = b.ins().iconst(types::I32, 0x7fff);
    let bias = b.ins().iadd(odd, half);
    let rounded = b.ins().iadd(bits, bias);
    let rounded = b.ins().ushr(rounded, sixteen);
    // A NaN stays one, whatever bits are cut off.
    let quiet = b.ins().iconst(types::I32, 0x40);
    let quieted = b.ins().bor(high, quiet);
    let is_nan = b.ins().fcmp(FloatCC::Unordered, value, value);
    let chosen = b.ins().select(is_nan, quieted, rounded);
    b.ins().ireduce(types::I16, chosen)
}

/// A number of the type of a value.
fn number(b: &mut FunctionBuilder<'_>, like: Value, number: i64) -> Value {
    let ty = b.func.dfg.value_type(like);
    let lane = ty.lane_type();
    let value = match lane {
        types::F32 => b.ins().f32const(number as f32),
        types::F64 => b.ins().f64const(number as f64),
        types::I128 => {
            let low = b.ins().iconst(types::I64, number);
            b.ins().sextend(types::I128, low)
        }
        _ => {
            let mask = if lane.bits() >= 64 { u64::MAX } else { (1 << lane.bits()) - 1 };
            b.ins().iconst(lane, (number as u64 & mask) as i64)
        }
    };
    if ty.is_vector() { b.ins().splat(ty, value) } else { value }
}

fn one(b: &mut FunctionBuilder<'_>, unary: Unary, a: &Applied<'_>) -> Option<Value> {
    let (x, element) = (a.arguments[0], a.elements[0]);
    let real = is_real(element);
    let integer = is_plain_integer(element);
    let scalar = a.lanes == 1;
    Some(match unary {
        Unary::Abs if real => b.ins().fabs(x),
        Unary::Abs if integer && element.is_signed_integer() => b.ins().iabs(x),
        Unary::Negate if real => b.ins().fneg(x),
        Unary::Negate if integer => b.ins().ineg(x),
        Unary::Not if element == ElementType::Bool && scalar => {
            let one = number(b, x, 1);
            b.ins().bxor(x, one)
        }
        Unary::Not if element == ElementType::Bool || integer => b.ins().bnot(x),
        Unary::Sqrt if real => b.ins().sqrt(x),
        Unary::Rsqrt if real => {
            let (root, one) = (b.ins().sqrt(x), number(b, x, 1));
            b.ins().fdiv(one, root)
        }
        Unary::Ceil if real => b.ins().ceil(x),
        Unary::Floor if real => b.ins().floor(x),
        Unary::RoundNearestEven if real => b.ins().nearest(x),
        Unary::ChloSquare if real => b.ins().fmul(x, x),
        Unary::ChloSquare if integer => b.ins().imul(x, x),
        Unary::Sign if real && scalar => {
            let (one, zero) = (number(b, x, 1), number(b, x, 0));
            let sign = b.ins().fcopysign(one, x);
            // Zeros and NaN are their own sign.
            let is_own = b.ins().fcmp(FloatCC::UnorderedOrEqual, x, zero);
            b.ins().select(is_own, x, sign)
        }
        Unary::IsFinite if real && scalar => {
            let size = b.ins().fabs(x);
            let infinity = match element {
                ElementType::F32 => b.ins().f32const(f32::INFINITY),
                _ => b.ins().f64const(f64::INFINITY),
            };
            b.ins().fcmp(FloatCC::LessThan, size, infinity)
        }
        Unary::PopulationCount if integer && scalar => b.ins().popcnt(x),
        Unary::CountLeadingZeros if integer && scalar => b.ins().clz(x),
        _ => return None,
    })
}

fn larger(b: &mut FunctionBuilder<'_>, element: ElementType, x: Value, y: Value) -> Value {
    match element {
        _ if is_real(element) => b.ins().fmax(x, y),
        _ if element.is_signed_integer() => b.ins().smax(x, y),
        _ => b.ins().umax(x, y),
    }
}

fn smaller(b: &mut FunctionBuilder<'_>, element: ElementType, x: Value, y: Value) -> Value {
    match element {
        _ if is_real(element) => b.ins().fmin(x, y),
        _ if element.is_signed_integer() => b.ins().smin(x, y),
        _ => b.ins().umin(x, y),
    }
}

fn two(b: &mut FunctionBuilder<'_>, binary: Binary, a: &Applied<'_>) -> Option<Value> {
    let (x, y, element) = (a.arguments[0], a.arguments[1], a.elements[0]);
    let real = is_real(element);
    let integer = is_plain_integer(element);
    let boolean = element == ElementType::Bool;
    let scalar = a.lanes == 1;
    Some(match binary {
        Binary::Add if real => b.ins().fadd(x, y),
        Binary::Subtract if real => b.ins().fsub(x, y),
        Binary::Multiply if real => b.ins().fmul(x, y),
        Binary::Divide if real => b.ins().fdiv(x, y),
        Binary::Add if integer => b.ins().iadd(x, y),
        Binary::Subtract if integer => b.ins().isub(x, y),
        Binary::Multiply if integer => b.ins().imul(x, y),
        Binary::Or | Binary::Add | Binary::Maximum if boolean => b.ins().bor(x, y),
        Binary::And | Binary::Multiply | Binary::Minimum if boolean => b.ins().band(x, y),
        Binary::Maximum if real || integer => larger(b, element, x, y),
        Binary::Minimum if real || integer => smaller(b, element, x, y),
        Binary::And if integer => b.ins().band(x, y),
        Binary::Or if integer => b.ins().bor(x, y),
        Binary::Xor if integer || boolean => b.ins().bxor(x, y),
        Binary::Divide if integer && scalar => quotient(b, element, x, y, false),
        Binary::Remainder if integer && scalar => quotient(b, element, x, y, true),
        Binary::ShiftLeft | Binary::ShiftRightLogical | Binary::ShiftRightArithmetic if integer => {
            return shift(b, binary, a);
        }
        _ => return None,
    })
}

/// A shift: by the width or more, nothing of the number is left but, to the right, its sign.
fn shift(b: &mut FunctionBuilder<'_>, binary: Binary, a: &Applied<'_>) -> Option<Value> {
    let (x, y, element) = (a.arguments[0], a.arguments[1], a.elements[0]);
    let bits = element.bits() as i64;
    if let Some(by) = a.known[1] {
        let by = by.min(bits as u128) as i64;
        return Some(match binary {
            Binary::ShiftRightArithmetic => {
                let by = b.ins().iconst(types::I32, by.min(bits - 1));
                b.ins().sshr(x, by)
            }
            _ if by == bits => number(b, x, 0),
            Binary::ShiftLeft => {
                let by = b.ins().iconst(types::I32, by);
                b.ins().ishl(x, by)
            }
            _ => {
                let by = b.ins().iconst(types::I32, by);
                b.ins().ushr(x, by)
            }
        });
    }
    if a.lanes > 1 {
        return None;
    }
    if binary == Binary::ShiftRightArithmetic {
        let most = number(b, y, bits - 1);
        let by = b.ins().umin(y, most);
        return Some(b.ins().sshr(x, by));
    }
    let shifted = if binary == Binary::ShiftLeft { b.ins().ishl(x, y) } else { b.ins().ushr(x, y) };
    let (width, zero) = (number(b, y, bits), number(b, x, 0));
    let within = b.ins().icmp(IntCC::UnsignedLessThan, y, width);
    Some(b.ins().select(within, shifted, zero))
}

/// A quotient of integers, or its remainder. By zero it is all ones, and the remainder the dividend; the smallest number by
/// -1 is itself, and leaves none.
fn quotient(b: &mut FunctionBuilder<'_>, element: ElementType, x: Value, y: Value, remainder: bool) -> Value {
    let narrow = b.func.dfg.value_type(x);
    let signed = element.is_signed_integer();
    let wide = if narrow.bits() < 32 { types::I32 } else { narrow };
    let widen = |b: &mut FunctionBuilder<'_>, value: Value| match (narrow == wide, signed) {
        (true, _) => value,
        (false, true) => b.ins().sextend(wide, value),
        (false, false) => b.ins().uextend(wide, value),
    };
    let (x, y) = (widen(b, x), widen(b, y));
    let (zero, one) = (number(b, y, 0), number(b, y, 1));
    let by_zero = b.ins().icmp(IntCC::Equal, y, zero);
    // The machine traps for what the specification defines.
    let mut divisor = b.ins().select(by_zero, one, y);
    let minus_one = number(b, y, -1);
    let by_minus_one = b.ins().icmp(IntCC::Equal, y, minus_one);
    if signed {
        divisor = b.ins().select(by_minus_one, one, divisor);
    }
    let value = if remainder {
        let left = if signed { b.ins().srem(x, divisor) } else { b.ins().urem(x, divisor) };
        b.ins().select(by_zero, x, left)
    } else {
        let mut value = if signed { b.ins().sdiv(x, divisor) } else { b.ins().udiv(x, divisor) };
        if signed {
            let negated = b.ins().ineg(x);
            value = b.ins().select(by_minus_one, negated, value);
        }
        b.ins().select(by_zero, minus_one, value)
    };
    if narrow == wide { value } else { b.ins().ireduce(narrow, value) }
}

fn compare(
    b: &mut FunctionBuilder<'_>,
    direction: ComparisonDirection,
    compare_type: Option<ComparisonType>,
    a: &Applied<'_>,
) -> Option<Value> {
    use ComparisonDirection::{Eq, Ge, Gt, Le, Lt, Ne};
    let (x, y, element) = (a.arguments[0], a.arguments[1], a.elements[0]);
    if is_real(element) && !matches!(compare_type, Some(ComparisonType::TotalOrder)) {
        let by = match direction {
            Eq => FloatCC::Equal,
            Ne => FloatCC::NotEqual,
            Lt => FloatCC::LessThan,
            Le => FloatCC::LessThanOrEqual,
            Gt => FloatCC::GreaterThan,
            Ge => FloatCC::GreaterThanOrEqual,
        };
        return Some(b.ins().fcmp(by, x, y));
    }
    if !is_plain_integer(element) && (element != ElementType::Bool || a.lanes > 1) {
        return None;
    }
    let signed = element.is_signed_integer();
    let by = match (direction, signed) {
        (Eq, _) => IntCC::Equal,
        (Ne, _) => IntCC::NotEqual,
        (Lt, true) => IntCC::SignedLessThan,
        (Le, true) => IntCC::SignedLessThanOrEqual,
        (Gt, true) => IntCC::SignedGreaterThan,
        (Ge, true) => IntCC::SignedGreaterThanOrEqual,
        (Lt, false) => IntCC::UnsignedLessThan,
        (Le, false) => IntCC::UnsignedLessThanOrEqual,
        (Gt, false) => IntCC::UnsignedGreaterThan,
        (Ge, false) => IntCC::UnsignedGreaterThanOrEqual,
    };
    Some(b.ins().icmp(by, x, y))
}

fn select(b: &mut FunctionBuilder<'_>, chosen: Value, x: Value, y: Value, lanes: u32) -> Value {
    if lanes == 1 {
        return b.ins().select(chosen, x, y);
    }
    let ty = b.func.dfg.value_type(x);
    let mask = bitcast(b, ty, chosen);
    b.ins().bitselect(mask, x, y)
}

/// A conversion, rounded once.
fn convert(
    b: &mut FunctionBuilder<'_>,
    x: Value,
    from: ElementType,
    to: ElementType,
    lanes: u32,
) -> Option<Value> {
    if from == to {
        return Some(x);
    }
    if lanes > 1 {
        return Some(match (from, to) {
            (ElementType::I32, ElementType::F32) => b.ins().fcvt_from_sint(types::F32X4, x),
            (ElementType::F32, ElementType::I32) => b.ins().fcvt_to_sint_sat(types::I32X4, x),
            (ElementType::I32, ElementType::U32) | (ElementType::U32, ElementType::I32) => x,
            (ElementType::I64, ElementType::U64) | (ElementType::U64, ElementType::I64) => x,
            (ElementType::Bool, ElementType::I32 | ElementType::U32) if lanes == 4 => {
                let one = number(b, x, 1);
                b.ins().band(x, one)
            }
            (ElementType::Bool, ElementType::F32) if lanes == 4 => {
                // The bits of 1.
                let one = b.ins().iconst(types::I32, 0x3f80_0000);
                let one = b.ins().splat(types::I32X4, one);
                let bits = b.ins().band(x, one);
                bitcast(b, types::F32X4, bits)
            }
            _ => return None,
        });
    }
    let integer = |element: ElementType| is_plain_integer(element) || element == ElementType::Bool;
    match (from, to) {
        (_, ElementType::Bool) if is_real(from) || integer(from) => {
            let zero = number(b, x, 0);
            Some(match is_real(from) {
                true => b.ins().fcmp(FloatCC::NotEqual, x, zero),
                false => b.ins().icmp(IntCC::NotEqual, x, zero),
            })
        }
        (_, ElementType::BF16) if from == ElementType::F32 || integer(from) && from.size() <= 2 => {
            let real = convert(b, x, from, ElementType::F32, 1)?;
            Some(narrowed(b, real))
        }
        (ElementType::F32, ElementType::F64) => Some(b.ins().fpromote(types::F64, x)),
        (ElementType::F64, ElementType::F32) => Some(b.ins().fdemote(types::F32, x)),
        _ if integer(from) && integer(to) => Some(resized(b, x, from, machine(to))),
        _ if integer(from) && is_real(to) => {
            let wide = if from.size() < 4 { types::I32 } else { types::I64 };
            if from == ElementType::U64 {
                return Some(b.ins().fcvt_from_uint(machine(to), x));
            }
            let keep = from == ElementType::I32;
            let x = if keep { x } else { resized(b, x, from, wide) };
            Some(b.ins().fcvt_from_sint(machine(to), x))
        }
        _ if is_real(from) && is_plain_integer(to) => Some(match (to.size(), to.is_signed_integer()) {
            (4 | 8, true) => b.ins().fcvt_to_sint_sat(machine(to), x),
            (4 | 8, false) => b.ins().fcvt_to_uint_sat(machine(to), x),
            (_, signed) => {
                let bits = to.bits() as u32;
                let (least, most) = match signed {
                    true => (-(1i64 << (bits - 1)), (1i64 << (bits - 1)) - 1),
                    false => (0, (1i64 << bits) - 1),
                };
                let wide = b.ins().fcvt_to_sint_sat(types::I32, x);
                let (least, most) = (number(b, wide, least), number(b, wide, most));
                let raised = b.ins().smax(wide, least);
                let bounded = b.ins().smin(raised, most);
                b.ins().ireduce(machine(to), bounded)
            }
        }),
        _ => None,
    }
}

/// An integer of another size.
fn resized(b: &mut FunctionBuilder<'_>, x: Value, from: ElementType, to: Type) -> Value {
    let have = b.func.dfg.value_type(x);
    match have.bits().cmp(&to.bits()) {
        std::cmp::Ordering::Equal => x,
        std::cmp::Ordering::Greater => b.ins().ireduce(to, x),
        std::cmp::Ordering::Less if from.is_signed_integer() => b.ins().sextend(to, x),
        std::cmp::Ordering::Less => b.ins().uextend(to, x),
    }
}
