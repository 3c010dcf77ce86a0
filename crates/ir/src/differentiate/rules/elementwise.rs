//! Elementwise operations: the tangent times the derivative at the element.

use super::super::linearize::Linearizer;
use super::super::tape::Tangent;
use super::super::{Differentiated, has_tangent};
use super::{Applied, with_element};
use crate::{Binary, ComparisonDirection, ElementType, OpKind, Unary, ValueId};

pub(super) fn unary<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    op: Unary,
    t: Option<Tangent>,
) -> Differentiated<Option<Tangent>> {
    use Unary::*;
    let Some(t) = t else { return Ok(None) };
    let (x, y) = (a.x(), a.y());
    if !has_tangent(l.builder.type_of(y)) {
        return Ok(None);
    }
    let is_complex = l.ty(x).element.is_complex();
    Ok(Some(match op {
        Negate | ChloConj => l.step_like(a.op.kind.clone(), t),
        Real | Imag => {
            let ty = l.ty(y);
            if is_complex {
                l.step(a.op.kind.clone(), [t.into()], ty)
            } else if op == Real {
                t
            } else {
                return Ok(None);
            }
        }
        Convert => convert(l, t, is_complex, l.ty(y).element),
        Ceil | Floor | RoundNearestAfz | RoundNearestEven => return Ok(None),
        Sign if !is_complex => return Ok(None),
        Abs if is_complex => {
            // The part of the tangent along x: Re(conj(x) t) / |x|.
            let complex = l.ty(x).element;
            let length = l.builder.convert(y, complex)?;
            let length = or_one(l, length)?;
            let direction = l.unary(ChloConj, x)?;
            let direction = l.binary(Binary::Divide, direction, length)?;
            let along = l.scale(t, direction);
            let ty = l.ty(y);
            l.step(OpKind::Unary(Real), [along.into()], ty)
        }
        UniformDequantize | UniformQuantize | Sign | ChloAsinAcosKernel | ChloBesselI1e => {
            l.unsupported(a.op, "there is no operation that is its derivative");
            return Ok(None);
        }
        _ => {
            let factor = derivative(l, op, x, y)?;
            l.scale(t, factor)
        }
    }))
}

fn convert(l: &mut Linearizer<'_>, t: Tangent, from_complex: bool, to: ElementType) -> Tangent {
    if from_complex && !to.is_complex() {
        let ty = l.tape.ty(t).clone();
        let ty = with_element(&ty, ty.element.real_part());
        let real = l.step(OpKind::Unary(Unary::Real), [t.into()], ty);
        return l.convert(real, to);
    }
    l.convert(t, to)
}

/// The derivative at x, where y is the value there.
fn derivative(l: &mut Linearizer<'_>, op: Unary, x: ValueId, y: ValueId) -> Differentiated<ValueId> {
    use Unary::*;
    let pi = std::f64::consts::PI;
    match op {
        Abs => l.unary(Sign, x),
        Cbrt => {
            // y / 3x = 1 / 3y²
            let square = l.multiply(y, y)?;
            over(l, 1.0 / 3.0, square)
        }
        Cosine => {
            let sine = l.unary(Sine, x)?;
            l.unary(Negate, sine)
        }
        Exponential => Ok(y),
        ExponentialMinusOne => plus(l, y, 1.0),
        Log => over(l, 1.0, x),
        LogPlusOne => {
            let x = plus(l, x, 1.0)?;
            over(l, 1.0, x)
        }
        Logistic => {
            let rest = minus_from(l, 1.0, y)?;
            l.multiply(y, rest)
        }
        Rsqrt => {
            let ratio = l.binary(Binary::Divide, y, x)?;
            times(l, ratio, -0.5)
        }
        Sine => l.unary(Cosine, x),
        Sqrt => over(l, 0.5, y),
        Tan | ChloTan => {
            let square = l.multiply(y, y)?;
            plus(l, square, 1.0)
        }
        Tanh => {
            let square = l.multiply(y, y)?;
            minus_from(l, 1.0, square)
        }
        ChloAcos => {
            let slope = over_root_of_one_minus_square(l, x)?;
            l.unary(Negate, slope)
        }
        ChloAsin => over_root_of_one_minus_square(l, x),
        ChloAcosh => {
            let (below, above) = (plus(l, x, -1.0)?, plus(l, x, 1.0)?);
            let (below, above) = (l.unary(Rsqrt, below)?, l.unary(Rsqrt, above)?);
            l.multiply(below, above)
        }
        ChloAsinh => {
            let square = l.multiply(x, x)?;
            let square = plus(l, square, 1.0)?;
            l.unary(Rsqrt, square)
        }
        ChloAtan => {
            let square = l.multiply(x, x)?;
            let square = plus(l, square, 1.0)?;
            over(l, 1.0, square)
        }
        ChloAtanh => {
            let (below, above) = (minus_from(l, 1.0, x)?, plus(l, x, 1.0)?);
            let product = l.multiply(below, above)?;
            over(l, 1.0, product)
        }
        ChloCosh => l.unary(ChloSinh, x),
        ChloSinh => l.unary(ChloCosh, x),
        ChloSquare => times(l, x, 2.0),
        ChloErf | ChloErfc => {
            // ±2/√π exp(-x²)
            let square = l.multiply(x, x)?;
            let square = l.unary(Negate, square)?;
            let bell = l.unary(Exponential, square)?;
            times(l, bell, if op == ChloErf { 2.0 } else { -2.0 } / pi.sqrt())
        }
        ChloErfInv => {
            let square = l.multiply(y, y)?;
            let bell = l.unary(Exponential, square)?;
            times(l, bell, pi.sqrt() / 2.0)
        }
        ChloLgamma => l.unary(ChloDigamma, x),
        ChloDigamma => {
            let one = l.number_like(x, 1.0)?;
            l.binary(Binary::ChloPolygamma, one, x)
        }
        Ceil | CountLeadingZeros | Convert | Floor | Imag | IsFinite | Negate | Not | PopulationCount
        | Real | RoundNearestAfz | RoundNearestEven | Sign | UniformDequantize | UniformQuantize
        | ChloAsinAcosKernel | ChloBesselI1e | ChloConj | ChloIsInf | ChloIsNegInf | ChloIsPosInf => {
            unreachable!("operations without a factor have rules of their own")
        }
    }
}

pub(super) fn binary<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    op: Binary,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    use Binary::*;
    use ComparisonDirection::{Eq, Gt, Lt};
    let (x, z, y) = (a.operands[0], a.operands[1], a.y());
    let scale = |l: &mut Linearizer<'f>, t: Option<Tangent>, factor| t.map(|t| l.scale(t, factor));
    let (dx, dz) = match op {
        Add => (t[0], t[1]),
        Subtract => (t[0], t[1].map(|t| l.negate(t))),
        Multiply => (scale(l, t[0], z), scale(l, t[1], x)),
        Divide => {
            let dx = t[0].map(|t| l.divide(t, z));
            let dz = match t[1] {
                Some(t) => {
                    let ratio = l.binary(Divide, y, z)?;
                    let scaled = l.scale(t, ratio);
                    Some(l.negate(scaled))
                }
                None => None,
            };
            (dx, dz)
        }
        Maximum | Minimum => {
            // Where both are equal, each has a half.
            let direction = if op == Maximum { Gt } else { Lt };
            let share = |l: &mut Linearizer<'f>, t: Option<Tangent>, from, other| {
                let Some(t) = t else { return Ok(None) };
                let (one, half, zero) =
                    (l.number_like(y, 1.0)?, l.number_like(y, 0.5)?, l.number_like(y, 0.0)?);
                let wins = l.compare(direction, from, other)?;
                let equal = l.compare(Eq, from, other)?;
                let rest = l.select(equal, half, zero)?;
                let factor = l.select(wins, one, rest)?;
                Differentiated::Ok(Some(l.scale(t, factor)))
            };
            (share(l, t[0], x, z)?, share(l, t[1], z, x)?)
        }
        Power => (power_by_base(l, t[0], x, z)?, power_by_exponent(l, t[1], x, y)?),
        Atan2 => {
            // (z dx - x dz) / (x² + z²)
            let (xx, zz) = (l.multiply(x, x)?, l.multiply(z, z)?);
            let square = l.binary(Add, xx, zz)?;
            let by_x = l.binary(Divide, z, square)?;
            let by_z = l.binary(Divide, x, square)?;
            let dz = scale(l, t[1], by_z).map(|t| l.negate(t));
            (scale(l, t[0], by_x), dz)
        }
        Remainder => {
            let dz = match t[1] {
                Some(t) => {
                    // The quotient, rounded towards zero.
                    let ratio = l.binary(Divide, x, z)?;
                    let (sign, size) = (l.unary(Unary::Sign, ratio)?, l.unary(Unary::Abs, ratio)?);
                    let whole = l.unary(Unary::Floor, size)?;
                    let quotient = l.multiply(sign, whole)?;
                    let scaled = l.scale(t, quotient);
                    Some(l.negate(scaled))
                }
                None => None,
            };
            (t[0], dz)
        }
        Complex => {
            let ty = l.ty(y);
            let part = with_element(&ty, ty.element.real_part());
            let (real, imaginary) = (l.or_zeros(t[0], &part)?, l.or_zeros(t[1], &part)?);
            return Ok(Some(l.step(a.op.kind.clone(), [real, imaginary], ty)));
        }
        ChloNextAfter => (t[0], None),
        ChloPolygamma | ChloZeta => {
            if t[0].is_some() {
                l.unsupported(a.op, "there is no derivative by its first operand; hold that constant");
                return Ok(None);
            }
            let one = l.number_like(x, 1.0)?;
            let next = l.binary(Add, x, one)?;
            let slope = l.binary(op, next, z)?;
            let factor = if op == ChloZeta {
                let negative = l.unary(Unary::Negate, x)?;
                l.multiply(negative, slope)?
            } else {
                slope
            };
            (None, scale(l, t[1], factor))
        }
        And | Or | Xor | ShiftLeft | ShiftRightArithmetic | ShiftRightLogical | ChloMulhi => (None, None),
    };
    Ok(l.sum(dx, dz))
}

/// z x^(z-1), and 0 where z is 0.
fn power_by_base(
    l: &mut Linearizer<'_>,
    t: Option<Tangent>,
    x: ValueId,
    z: ValueId,
) -> Differentiated<Option<Tangent>> {
    let Some(t) = t else { return Ok(None) };
    let (zero, one) = (l.number_like(z, 0.0)?, l.number_like(z, 1.0)?);
    let is_zero = l.compare(ComparisonDirection::Eq, z, zero)?;
    let less = l.binary(Binary::Subtract, z, one)?;
    let exponent = l.select(is_zero, one, less)?;
    let power = l.binary(Binary::Power, x, exponent)?;
    let factor = l.multiply(z, power)?;
    Ok(Some(l.scale(t, factor)))
}

/// ln(x) x^z, and 0 where x is 0.
fn power_by_exponent(
    l: &mut Linearizer<'_>,
    t: Option<Tangent>,
    x: ValueId,
    y: ValueId,
) -> Differentiated<Option<Tangent>> {
    let Some(t) = t else { return Ok(None) };
    let base = or_one(l, x)?;
    let log = l.unary(Unary::Log, base)?;
    let factor = l.multiply(log, y)?;
    Ok(Some(l.scale(t, factor)))
}

pub(super) fn clamp<'f>(
    l: &mut Linearizer<'f>,
    a: &Applied<'f>,
    t: &[Option<Tangent>],
) -> Differentiated<Option<Tangent>> {
    use ComparisonDirection::{Gt, Lt};
    let x = a.operands[1];
    let shape = l.ty(x);
    let mut bounds = [a.operands[0], a.operands[2]];
    let mut tangents = [t[0], t[2]];
    for (bound, tangent) in bounds.iter_mut().zip(&mut tangents) {
        if l.ty(*bound).rank() < shape.rank() {
            *bound = l.builder.broadcast_in_dim(*bound, &shape.dims, &[])?;
            let kind = OpKind::BroadcastInDim { dimensions: Vec::new() };
            *tangent = tangent.map(|t| l.step(kind, [t.into()], shape.clone()));
        }
    }
    let (above, below) = (l.compare(Gt, x, bounds[0])?, l.compare(Lt, x, bounds[1])?);
    let within = l.binary(Binary::And, above, below)?;
    let own = l.choose(within, t[1], None)?;
    let too_low = l.compare(Gt, bounds[0], x)?;
    let low = l.choose(too_low, tangents[0], None)?;
    let too_high = l.compare(Lt, bounds[1], x)?;
    let high = l.choose(too_high, tangents[1], None)?;
    let bounded = l.sum(low, high);
    Ok(l.sum(own, bounded))
}

fn plus(l: &mut Linearizer<'_>, x: ValueId, number: f64) -> Differentiated<ValueId> {
    let number = l.number_like(x, number)?;
    l.binary(Binary::Add, x, number)
}

fn minus_from(l: &mut Linearizer<'_>, number: f64, x: ValueId) -> Differentiated<ValueId> {
    let number = l.number_like(x, number)?;
    l.binary(Binary::Subtract, number, x)
}

fn times(l: &mut Linearizer<'_>, x: ValueId, number: f64) -> Differentiated<ValueId> {
    let number = l.number_like(x, number)?;
    l.multiply(x, number)
}

fn over(l: &mut Linearizer<'_>, number: f64, x: ValueId) -> Differentiated<ValueId> {
    let number = l.number_like(x, number)?;
    l.binary(Binary::Divide, number, x)
}

fn over_root_of_one_minus_square(l: &mut Linearizer<'_>, x: ValueId) -> Differentiated<ValueId> {
    let square = l.multiply(x, x)?;
    let rest = minus_from(l, 1.0, square)?;
    l.unary(Unary::Rsqrt, rest)
}

/// The value, and 1 where it is 0.
fn or_one(l: &mut Linearizer<'_>, x: ValueId) -> Differentiated<ValueId> {
    let (zero, one) = (l.number_like(x, 0.0)?, l.number_like(x, 1.0)?);
    let is_zero = l.compare(ComparisonDirection::Eq, x, zero)?;
    l.select(is_zero, one, x)
}
