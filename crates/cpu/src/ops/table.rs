//! From an operation and the types of its operands to compiled code.

use half::{bf16, f16};
use num_complex::Complex as Cx;
use runahead_ir::{
    Binary, ComparisonDirection, ComparisonType, ElementType, OpKind, Unary, default_comparison_type,
};

use runahead_lower::loops::Operation;

use super::elementwise::*;
use super::functions::*;
use super::narrow::{self, Round, Widen, Wrap};
use super::scalar::Scalar;
use crate::element::Bool;
use crate::halves::{self, Half, Loop, rounded, through_f32};
use crate::tile::{Map1, Map2, Map3, TileFn, scalar1, scalar2, scalar2_swapped, scalar3, tile2_swapped};

/// An elementwise operation, compiled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Code {
    /// The operation itself.
    pub(crate) operation: Operation,
    /// The number of operands, `constant` not among them.
    pub(crate) arity: usize,
    /// The operation over a tile.
    pub(crate) tile: TileFn,
    /// The operation on one element; operands beyond the arity are not looked at.
    pub(crate) scalar: fn(&Scalar, &Scalar, &Scalar) -> Scalar,
    /// A last operand that the operation's attributes give.
    pub(crate) constant: Option<Scalar>,
}

fn one<O: Map1>() -> Code {
    Code { operation: Operation::Same, arity: 1, tile: O::TILE, scalar: scalar1::<O>, constant: None }
}

fn two<O: Map2>() -> Code {
    Code { operation: Operation::Same, arity: 2, tile: O::TILE, scalar: scalar2::<O>, constant: None }
}

fn two_swapped<O: Map2>() -> Code {
    Code {
        operation: Operation::Same,
        arity: 2,
        tile: tile2_swapped::<O>,
        scalar: scalar2_swapped::<O>,
        constant: None,
    }
}

fn three<O: Map3>() -> Code {
    Code { operation: Operation::Same, arity: 3, tile: O::TILE, scalar: scalar3::<O>, constant: None }
}

/// A match over element types that names the Rust type `$T` in each arm; `None` for types without an arm.
macro_rules! by_type {
    ($ty:expr, $T:ident in [$($class:ident),*] => $code:expr) => {
        by_type!(@arms $ty, $T, $code, [$($class)*] [])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [bool $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* Bool = Bool,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [signed $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* I8 = i8, I16 = i16, I32 = i32, I64 = i64,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [bytes $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* I8 = i8, U8 = u8,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [i32 $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* I32 = i32,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [f64 $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* F64 = f64,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [unsigned $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* U8 = u8, U16 = u16, U32 = u32, U64 = u64,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [float $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* BF16 = bf16, F16 = f16, F32 = f32, F64 = f64,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [complex $($rest:ident)*] [$($arms:tt)*]) => {
        by_type!(@arms $ty, $T, $code, [$($rest)*] [$($arms)* C64 = Cx<f32>, C128 = Cx<f64>,])
    };
    (@arms $ty:expr, $T:ident, $code:expr, [] [$($name:ident = $rust:ty,)*]) => {
        match $ty {
            $(ElementType::$name => {
                type $T = $rust;
                Some($code)
            })*
            #[allow(unreachable_patterns)]
            _ => None,
        }
    };
}

/// The code of an elementwise operation on operands of these types; `None` where the operation is not elementwise or
/// not defined on them.
pub(crate) fn code_for(kind: &OpKind, operands: &[ElementType], result: ElementType) -> Option<Code> {
    let code = compiled(kind, operands, result)?;
    Some(Code { operation: Operation::of(kind)?, ..code })
}

/// The code, which does not know yet what operation it is.
fn compiled(kind: &OpKind, operands: &[ElementType], result: ElementType) -> Option<Code> {
    match (kind, operands) {
        (OpKind::Unary(Unary::Convert), &[from]) => conversion(from, result),
        (OpKind::Unary(op), &[ty]) => unary(*op, ty).filter(|_| unary_result(*op, ty) == result),
        (OpKind::Binary(Binary::Complex), &[a, b]) if a == b && a.to_complex() == Some(result) => {
            by_type!(result, T in [complex] => two::<Complex<T>>())
        }
        (OpKind::Binary(op), &[a, b]) if a == b && a == result => binary(*op, a),
        (OpKind::Compare { direction, compare_type }, &[a, b]) if a == b && result == ElementType::Bool => {
            compare(*direction, compare_type.unwrap_or_else(|| default_comparison_type(a)), a)
        }
        (OpKind::Select, &[ElementType::Bool, a, b]) if a == b && a == result => select(a),
        (OpKind::Clamp, &[a, b, c]) if a == b && b == c && c == result => {
            by_type!(a, T in [bool, signed, unsigned, float, complex] => three::<Clamp<T>>())
        }
        (OpKind::ReducePrecision { exponent_bits, mantissa_bits }, &[ty]) if ty == result => {
            let sizes = exponent_bits & 0xffff | mantissa_bits.min(&0xffff) << 16;
            let code = by_type!(ty, T in [float] => two::<ReducePrecision<T>>())?;
            Some(Code { arity: 1, constant: Some(Scalar::of(sizes)), ..code })
        }
        (OpKind::BitcastConvert, &[ty]) if ty.size() == result.size() && ty.bits() == result.bits() => {
            same(ty)
        }
        (OpKind::OptimizationBarrier, &[ty]) if ty == result => same(ty),
        _ => None,
    }
}

fn unary_result(op: Unary, ty: ElementType) -> ElementType {
    match op {
        Unary::IsFinite | Unary::ChloIsInf | Unary::ChloIsNegInf | Unary::ChloIsPosInf => ElementType::Bool,
        Unary::Abs | Unary::Real | Unary::Imag => ty.real_part(),
        _ => ty,
    }
}

fn unary(op: Unary, ty: ElementType) -> Option<Code> {
    match (op, ty.is_complex()) {
        (Unary::Abs, false) => by_type!(ty, T in [signed, float] => one::<Absolute<T>>()),
        (Unary::Abs, true) => by_type!(ty, T in [complex] => one::<ComplexSize<T>>()),
        (Unary::Cbrt, false) => by_type!(ty, T in [float] => one::<CubeRoot<T>>()),
        (Unary::Cbrt, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexCubeRoot>>()),
        (Unary::Ceil, _) => by_type!(ty, T in [float] => one::<Ceiling<T>>()),
        (Unary::Cosine, false) => by_type!(ty, T in [float] => one::<Cosine<T>>()),
        (Unary::Cosine, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexCosine>>()),
        (Unary::CountLeadingZeros, _) => by_type!(ty, T in [signed, unsigned] => one::<LeadingZeros<T>>()),
        (Unary::Exponential, false) => by_type!(ty, T in [float] => one::<Exponential<T>>()),
        (Unary::Exponential, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexExponential>>())
        }
        (Unary::ExponentialMinusOne, false) => by_type!(ty, T in [float] => one::<ExponentialMinusOne<T>>()),
        (Unary::ExponentialMinusOne, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexExponentialMinusOne>>())
        }
        (Unary::Floor, _) => by_type!(ty, T in [float] => one::<Floor<T>>()),
        (Unary::Real, true) => by_type!(ty, T in [complex] => one::<RealPart<T>>()),
        (Unary::Imag, true) => by_type!(ty, T in [complex] => one::<ImaginaryPart<T>>()),
        (Unary::Real, false) if ty.is_float() => same(ty),
        (Unary::IsFinite, false) => by_type!(ty, T in [float] => one::<IsFinite<T>>()),
        (Unary::IsFinite, true) => by_type!(ty, T in [complex] => one::<ComplexIsFinite<T>>()),
        (Unary::Log, false) => by_type!(ty, T in [float] => one::<Logarithm<T>>()),
        (Unary::Log, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexLogarithm>>()),
        (Unary::LogPlusOne, false) => by_type!(ty, T in [float] => one::<LogarithmPlusOne<T>>()),
        (Unary::LogPlusOne, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexLogarithmPlusOne>>())
        }
        (Unary::Logistic, false) => by_type!(ty, T in [float] => one::<Logistic<T>>()),
        (Unary::Logistic, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexLogistic>>()),
        (Unary::Negate, _) => by_type!(ty, T in [signed, unsigned, float, complex] => one::<Negate<T>>()),
        (Unary::Not, _) => by_type!(ty, T in [bool, signed, unsigned] => one::<Not<T>>()),
        (Unary::PopulationCount, _) => by_type!(ty, T in [signed, unsigned] => one::<Ones<T>>()),
        (Unary::RoundNearestAfz, _) => by_type!(ty, T in [float] => one::<RoundAway<T>>()),
        (Unary::RoundNearestEven, _) => by_type!(ty, T in [float] => one::<RoundEven<T>>()),
        (Unary::Rsqrt, false) => by_type!(ty, T in [float] => one::<ReciprocalRoot<T>>()),
        (Unary::Rsqrt, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexReciprocalRoot>>())
        }
        (Unary::Sign, _) => by_type!(ty, T in [signed, float, complex] => one::<Sign<T>>()),
        (Unary::Sine, false) => by_type!(ty, T in [float] => one::<Sine<T>>()),
        (Unary::Sine, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexSine>>()),
        (Unary::Sqrt, false) => by_type!(ty, T in [float] => one::<Root<T>>()),
        (Unary::Sqrt, true) => by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexRoot>>()),
        (Unary::Tan | Unary::ChloTan, false) => by_type!(ty, T in [float] => one::<Tangent<T>>()),
        (Unary::Tan | Unary::ChloTan, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexTangent>>())
        }
        (Unary::Tanh, false) => by_type!(ty, T in [float] => one::<HyperbolicTangent<T>>()),
        (Unary::Tanh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexHyperbolicTangent>>())
        }
        (Unary::ChloSquare, _) if ty != ElementType::Bool => {
            by_type!(ty, T in [signed, unsigned, float, complex] => one::<Square<T>>())
        }
        (Unary::ChloConj, false) if ty.is_float() => same(ty),
        (Unary::Imag, false) => by_type!(ty, T in [float] => one::<Through<T, ImaginaryOfReal>>()),
        (Unary::ChloSquare, _) if ty == ElementType::Bool => same(ty),
        (Unary::ChloConj, true) => by_type!(ty, T in [complex] => one::<Conjugate<T>>()),
        (Unary::ChloAcos, false) => by_type!(ty, T in [float] => one::<Through<T, InverseCosine>>()),
        (Unary::ChloAcos, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseCosine>>())
        }
        (Unary::ChloAcosh, false) => {
            by_type!(ty, T in [float] => one::<Through<T, InverseHyperbolicCosine>>())
        }
        (Unary::ChloAcosh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseHyperbolicCosine>>())
        }
        (Unary::ChloAsin, false) => by_type!(ty, T in [float] => one::<Through<T, InverseSine>>()),
        (Unary::ChloAsin, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseSine>>())
        }
        (Unary::ChloAsinh, false) => by_type!(ty, T in [float] => one::<Through<T, InverseHyperbolicSine>>()),
        (Unary::ChloAsinh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseHyperbolicSine>>())
        }
        (Unary::ChloAtan, false) => by_type!(ty, T in [float] => one::<Through<T, InverseTangent>>()),
        (Unary::ChloAtan, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseTangent>>())
        }
        (Unary::ChloAtanh, false) => {
            by_type!(ty, T in [float] => one::<Through<T, InverseHyperbolicTangent>>())
        }
        (Unary::ChloAtanh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseHyperbolicTangent>>())
        }
        (Unary::ChloCosh, false) => by_type!(ty, T in [float] => one::<HyperbolicCosine<T>>()),
        (Unary::ChloCosh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexHyperbolicCosine>>())
        }
        (Unary::ChloSinh, false) => by_type!(ty, T in [float] => one::<HyperbolicSine<T>>()),
        (Unary::ChloSinh, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexHyperbolicSine>>())
        }
        (Unary::ChloBesselI1e, false) => by_type!(ty, T in [float] => one::<Through<T, BesselI1e>>()),
        (Unary::ChloDigamma, false) => by_type!(ty, T in [float] => one::<Through<T, Digamma>>()),
        (Unary::ChloErf, false) => by_type!(ty, T in [float] => one::<Through<T, Erf>>()),
        (Unary::ChloErfInv, false) => by_type!(ty, T in [float] => one::<Through<T, ErfInv>>()),
        (Unary::ChloErfc, false) => by_type!(ty, T in [float] => one::<Through<T, Erfc>>()),
        (Unary::ChloLgamma, false) => by_type!(ty, T in [float] => one::<Through<T, LogGamma>>()),
        (Unary::ChloAsinAcosKernel, true) => {
            by_type!(ty, T in [complex] => one::<ThroughPlane<T, ComplexInverseSineParts>>())
        }
        (Unary::ChloIsInf, _) => by_type!(ty, T in [float] => one::<IsInfinite<T>>()),
        (Unary::ChloIsNegInf, _) => by_type!(ty, T in [float] => one::<IsNegativeInfinity<T>>()),
        (Unary::ChloIsPosInf, _) => by_type!(ty, T in [float] => one::<IsPositiveInfinity<T>>()),
        _ => None,
    }
}

/// What does the same to the bits of several types is compiled for one of them.
fn compiled_once(op: Binary, ty: ElementType) -> (Binary, ElementType) {
    use Binary::*;
    match (op, ty) {
        (Add | Or | Maximum, ElementType::Bool) => (Or, ElementType::U8),
        (Multiply | And | Minimum, ElementType::Bool) => (And, ElementType::U8),
        (Xor, ElementType::Bool) => (Xor, ElementType::U8),
        (Add | Subtract | Multiply | And | Or | Xor, _) => (op, unsigned(ty)),
        (ShiftLeft | ShiftRightLogical, _) => (op, unsigned(ty)),
        _ => (op, ty),
    }
}

fn binary(op: Binary, ty: ElementType) -> Option<Code> {
    let (op, ty) = compiled_once(op, ty);
    match op {
        Binary::Add => by_type!(ty, T in [unsigned, float, complex] => two::<Add<T>>()),
        Binary::Multiply => {
            by_type!(ty, T in [unsigned, float, complex] => two::<Multiply<T>>())
        }
        Binary::Subtract => by_type!(ty, T in [unsigned, float, complex] => two::<Subtract<T>>()),
        Binary::Divide => by_type!(ty, T in [signed, unsigned, float, complex] => two::<Divide<T>>()),
        Binary::Remainder if ty.is_complex() => {
            by_type!(ty, T in [complex] => two::<ThroughPlane2<T, ComplexRemainder>>())
        }
        Binary::Remainder => by_type!(ty, T in [signed, unsigned, float] => two::<RemainderOf<T>>()),
        Binary::Power if ty.is_complex() => {
            by_type!(ty, T in [complex] => two::<ThroughPlane2<T, ComplexPower>>())
        }
        Binary::Power => by_type!(ty, T in [signed, unsigned, float] => two::<Power<T>>()),
        Binary::Atan2 if ty.is_complex() => {
            by_type!(ty, T in [complex] => two::<ThroughPlane2<T, ComplexAngle>>())
        }
        Binary::Atan2 => by_type!(ty, T in [float] => two::<Angle<T>>()),
        Binary::ChloNextAfter => by_type!(ty, T in [float] => two::<NextAfter<T>>()),
        Binary::ChloPolygamma => by_type!(ty, T in [float] => two::<Through2<T, Polygamma>>()),
        Binary::ChloZeta => by_type!(ty, T in [float] => two::<Through2<T, Zeta>>()),
        Binary::Maximum => by_type!(ty, T in [signed, unsigned, float, complex] => two::<Maximum<T>>()),
        Binary::Minimum => by_type!(ty, T in [signed, unsigned, float, complex] => two::<Minimum<T>>()),
        Binary::And => by_type!(ty, T in [unsigned] => two::<And<T>>()),
        Binary::Or => by_type!(ty, T in [unsigned] => two::<Or<T>>()),
        Binary::Xor => by_type!(ty, T in [unsigned] => two::<Xor<T>>()),
        Binary::ShiftLeft => by_type!(ty, T in [unsigned] => two::<ShiftLeft<T>>()),
        Binary::ShiftRightLogical => by_type!(ty, T in [unsigned] => two::<ShiftRight<T>>()),
        Binary::ShiftRightArithmetic => by_type!(ty, T in [signed, unsigned] => two::<ShiftRightSigned<T>>()),
        _ => None,
    }
}

fn compare(direction: ComparisonDirection, order: ComparisonType, ty: ElementType) -> Option<Code> {
    use ComparisonDirection::*;
    if order == ComparisonType::TotalOrder && ty.is_float() {
        return match direction {
            Eq => by_type!(ty, T in [float] => two::<TotalEqual<T>>()),
            Ne => by_type!(ty, T in [float] => two::<TotalNotEqual<T>>()),
            Lt => by_type!(ty, T in [float] => two::<TotalLess<T>>()),
            Le => by_type!(ty, T in [float] => two::<TotalLessOrEqual<T>>()),
            Gt => by_type!(ty, T in [float] => two_swapped::<TotalLess<T>>()),
            Ge => by_type!(ty, T in [float] => two_swapped::<TotalLessOrEqual<T>>()),
        };
    }
    let bits = unsigned(ty);
    match direction {
        Eq => by_type!(bits, T in [unsigned, float, complex] => two::<Equal<T>>()),
        Ne => by_type!(bits, T in [unsigned, float, complex] => two::<NotEqual<T>>()),
        Lt => by_type!(ty, T in [bool, signed, unsigned, float, complex] => two::<Less<T>>()),
        Le => by_type!(ty, T in [bool, signed, unsigned, float, complex] => two::<LessOrEqual<T>>()),
        Gt => by_type!(ty, T in [bool, signed, unsigned, float, complex] => two_swapped::<Less<T>>()),
        Ge => by_type!(ty, T in [bool, signed, unsigned, float, complex] => two_swapped::<LessOrEqual<T>>()),
    }
}

/// The unsigned integer as wide as an integer or boolean; any other type itself.
fn unsigned(ty: ElementType) -> ElementType {
    use ElementType::*;
    match ty {
        Bool | I8 => U8,
        I16 => U16,
        I32 => U32,
        I64 => U64,
        other => other,
    }
}

/// Selection only moves elements, so it is compiled by size.
fn select(ty: ElementType) -> Option<Code> {
    Some(match ty.size() {
        1 => three::<Select<u8>>(),
        2 => three::<Select<u16>>(),
        4 => three::<Select<u32>>(),
        8 => three::<Select<u64>>(),
        _ => three::<Select<Cx<f64>>>(),
    })
}

/// The operation that changes nothing.
fn same(ty: ElementType) -> Option<Code> {
    Some(match ty.size() {
        1 => one::<Same<u8>>(),
        2 => one::<Same<u16>>(),
        4 => one::<Same<u32>>(),
        8 => one::<Same<u64>>(),
        _ => one::<Same<Cx<f64>>>(),
    })
}

fn conversion(from: ElementType, to: ElementType) -> Option<Code> {
    if from == to {
        return same(from);
    }
    let tile = half_conversion(from, to);
    let code = element_conversion(from, to)?;
    Some(Code { tile: tile.unwrap_or(code.tile), ..code })
}

/// The loop of a conversion from or to floats of 16 bits, by way of `f32` where that holds all numbers of the other type.
fn half_conversion(from: ElementType, to: ElementType) -> Option<TileFn> {
    use ElementType::{BF16, F16, F32};
    macro_rules! by_half {
        ($ty:expr, $half:ident => $tile:expr) => {
            match $ty {
                BF16 => {
                    const $half: Half = halves::BF16;
                    $tile
                }
                _ => {
                    const $half: Half = halves::F16;
                    $tile
                }
            }
        };
    }
    match (from, to) {
        (BF16 | F16, F32) => by_half!(from, H => Some(|g, s, t| halves::widened(H, g, s, t))),
        (F32, BF16 | F16) => by_half!(to, H => Some(|g, s, t| halves::narrowed(H, g, s, t))),
        (BF16 | F16, _) => by_half!(from, H => by_type!(to, B in [bool, i32, f64] => {
            |g, s, t| through_f32(H, 1, Loop::of::<B>(Convert::<f32, B>::TILE), g, s, t)
        })),
        (_, BF16 | F16) => by_half!(to, H => by_type!(from, A in [bool, bytes] => {
            |g, s, t| rounded(H, Loop::of::<A>(Convert::<A, f32>::TILE), g, s, t)
        })),
        _ => None,
    }
}

/// A conversion, compiled for its two types alone.
fn element_conversion(from: ElementType, to: ElementType) -> Option<Code> {
    macro_rules! into {
        ($A:ident) => {
            by_type!(to, B in [bool, signed, unsigned, float, complex] => one::<Convert<$A, B>>())
        };
    }
    if is_narrow(from) || is_narrow(to) {
        return narrow_conversion(from, to);
    }
    by_type!(from, A in [bool, signed, unsigned, float, complex] => into!(A)).flatten()
}

/// Whether only conversions are defined on the type: it has fewer than eight bits, or is a float of eight.
pub(crate) fn is_narrow(ty: ElementType) -> bool {
    ty.size() == 1 && !matches!(ty, ElementType::Bool | ElementType::I8 | ElementType::U8)
}

/// Narrow integers are kept extended to a byte, so that widening them changes nothing; narrow floats go to `f32`, and
/// come from there, from `f64` and from the widest integers.
fn narrow_conversion(from: ElementType, to: ElementType) -> Option<Code> {
    use ElementType::*;
    macro_rules! narrow_float {
        ($ty:expr, $T:ident => $code:expr) => {
            match $ty {
                F4E2M1FN => {
                    type $T = narrow::F4E2M1FN;
                    Some($code)
                }
                F6E2M3FN => {
                    type $T = narrow::F6E2M3FN;
                    Some($code)
                }
                F6E3M2FN => {
                    type $T = narrow::F6E3M2FN;
                    Some($code)
                }
                F8E3M4 => {
                    type $T = narrow::F8E3M4;
                    Some($code)
                }
                F8E4M3 => {
                    type $T = narrow::F8E4M3;
                    Some($code)
                }
                F8E4M3FN => {
                    type $T = narrow::F8E4M3FN;
                    Some($code)
                }
                F8E4M3FNUZ => {
                    type $T = narrow::F8E4M3FNUZ;
                    Some($code)
                }
                F8E4M3B11FNUZ => {
                    type $T = narrow::F8E4M3B11FNUZ;
                    Some($code)
                }
                F8E5M2 => {
                    type $T = narrow::F8E5M2;
                    Some($code)
                }
                F8E5M2FNUZ => {
                    type $T = narrow::F8E5M2FNUZ;
                    Some($code)
                }
                F8E8M0FNU => {
                    type $T = narrow::F8E8M0FNU;
                    Some($code)
                }
                _ => None,
            }
        };
    }
    match (from, to) {
        (I2 | I4, I8) | (U2 | U4, U8) => same(to),
        (I8 | U8, I2) => Some(one::<Wrap<narrow::I2>>()),
        (I8 | U8, I4) => Some(one::<Wrap<narrow::I4>>()),
        (I8 | U8, U2) => Some(one::<Wrap<narrow::U2>>()),
        (I8 | U8, U4) => Some(one::<Wrap<narrow::U4>>()),
        (_, F32) => narrow_float!(from, T => one::<Widen<T>>()),
        (F32, _) => narrow_float!(to, T => one::<Round<f32, T>>()),
        (F64, _) => narrow_float!(to, T => one::<Round<f64, T>>()),
        (I64, _) => narrow_float!(to, T => one::<Round<i64, T>>()),
        (U64, _) => narrow_float!(to, T => one::<Round<u64, T>>()),
        _ => None,
    }
}
