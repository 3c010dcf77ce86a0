//! Operations that go through tensors element by element.

use super::*;
use crate::{Binary, ComparisonType, Unary};

/// Which element types an operation takes.
#[derive(Clone, Copy)]
enum Accepts {
    Any,
    Integer,
    BoolOrInteger,
    Float,
    FloatOrComplex,
    SignedFloatOrComplex,
    Number,
    Complex,
}

impl Accepts {
    fn takes(self, t: ElementType) -> bool {
        match self {
            Accepts::Any => true,
            Accepts::Integer => t.is_integer(),
            Accepts::BoolOrInteger => t.is_integer() || t == ElementType::Bool,
            Accepts::Float => t.is_float(),
            Accepts::FloatOrComplex => t.is_float() || t.is_complex(),
            Accepts::SignedFloatOrComplex => t.is_signed_integer() || t.is_float() || t.is_complex(),
            Accepts::Number => t != ElementType::Bool,
            Accepts::Complex => t.is_complex(),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Accepts::Any => "any elements",
            Accepts::Integer => "integers",
            Accepts::BoolOrInteger => "booleans or integers",
            Accepts::Float => "floats",
            Accepts::FloatOrComplex => "floats or complex numbers",
            Accepts::SignedFloatOrComplex => "signed integers, floats or complex numbers",
            Accepts::Number => "numbers",
            Accepts::Complex => "complex numbers",
        }
    }

    /// Quantized tensors stand for floats whatever they store.
    fn check(self, ty: &TensorType) -> Ruled<()> {
        let element = ty.quantization.as_ref().map_or(ty.element, |q| q.expressed);
        ensure!(self.takes(element), "an operand is {ty}; expected {}", self.words());
        Ok(())
    }
}

pub(super) fn unary(op: Unary, operands: &[&Type]) -> Ruled<Inferred> {
    use Unary::*;
    let [x] = tensors(operands)?;
    let accepts = match op {
        Convert | ChloSquare => Accepts::Any,
        CountLeadingZeros | PopulationCount => Accepts::Integer,
        Not => Accepts::BoolOrInteger,
        Abs | Sign => Accepts::SignedFloatOrComplex,
        Negate => Accepts::Number,
        Ceil | Floor | RoundNearestAfz | RoundNearestEven | IsFinite | ChloIsInf | ChloIsNegInf
        | ChloIsPosInf | ChloBesselI1e | ChloDigamma | ChloErf | ChloErfInv | ChloErfc | ChloLgamma => {
            Accepts::Float
        }
        ChloAsinAcosKernel => Accepts::Complex,
        _ => Accepts::FloatOrComplex,
    };
    match op {
        UniformDequantize => {
            let Some(q) = &x.quantization else {
                return problem(format!("the operand is {x}; expected a quantized tensor"));
            };
            return Inferred::one(TensorType { element: q.expressed, quantization: None, ..x.clone() });
        }
        // The result says how it is quantized, or converted to what.
        UniformQuantize | Convert => return Ok(Inferred::Open),
        _ => accepts.check(x)?,
    }
    let element = match op {
        Abs | Real | Imag => x.element.real_part(),
        IsFinite | ChloIsInf | ChloIsNegInf | ChloIsPosInf => ElementType::Bool,
        _ => x.element,
    };
    let quantization = x.quantization.clone().filter(|_| element == x.element);
    Inferred::one(TensorType { element, quantization, ..x.clone() })
}

/// `convert` and `uniform_quantize`: the same shape, whatever the elements.
pub(super) fn check_unary(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let ([x], result) = (tensors(operands)?, one_result(results)?);
    ensure!(
        same_dims(&x.dims, &result.dims),
        "the operand is {x} and the result {result}; expected one shape"
    );
    Ok(())
}

/// CHLO's operations that broadcast their operands first: what they do then must be defined on the elements.
pub(super) fn broadcasting(name: &str, operands: &[&Type]) -> Ruled<Inferred> {
    let plain = name.strip_prefix("chlo.broadcast_").unwrap_or(name);
    let named = |dialect: &str| Binary::from_name(&format!("{dialect}.{plain}"));
    if let Some(op) = named("stablehlo").or_else(|| named("chlo")) {
        let scalars: Vec<Type> = all_tensors(operands)?.into_iter().map(|t| t.with_dims([]).into()).collect();
        binary(op, &scalars.iter().collect::<Vec<_>>())?;
    }
    Ok(Inferred::Open)
}

/// The attribute of CHLO's operations that broadcast which says which axes of the larger operand those of the smaller are; and
/// the result, whose shape the operands settle.
pub(crate) fn check_broadcasting(
    dimensions: Option<&crate::Attribute>,
    operands: &[&Type],
    results: &[&Type],
) -> Ruled<()> {
    let (all, result) = (all_tensors(operands)?, one_result(results)?);
    let ranks = || all.iter().map(|t| t.rank());
    let (least, rank) = (ranks().min().unwrap_or(0), ranks().max().unwrap_or(0));
    let mut axes: Vec<usize> = (rank - least..rank).collect();
    if let Some(given) = dimensions {
        let crate::Attribute::DenseIntegers(given, _) = given else {
            return problem(
                "broadcast_dimensions is no list of integers; expected one such as array<i64: 0, 1>",
            );
        };
        axes.clear();
        for &axis in given.iter() {
            // What is below zero is beyond any rank.
            axes.push(usize::try_from(axis).unwrap_or(usize::MAX));
        }
        check_length("broadcast_dimensions", axes.len(), least)?;
        check_axes("broadcast_dimensions", &axes, rank)?;
        check_sorted("broadcast_dimensions", &axes)?;
    }
    let mut dims: Dims = (0..rank).map(|_| 1).collect();
    for x in &all {
        let whole: Vec<usize> = (0..rank).collect();
        for (&axis, &size) in if x.rank() == rank { &whole } else { &axes }.iter().zip(&x.dims) {
            let known = dims[axis];
            ensure!(
                size == 1 || known == 1 || same_size(known, size),
                "the operands are {}; expected shapes that broadcast to one",
                list(operands.iter().copied())
            );
            dims[axis] = match (known, size) {
                (1, other) | (other, 1) => other,
                // The size that is known says more.
                (a, b) => a.min(b),
            };
        }
    }
    let fits = same_dims(&dims, &result.dims);
    ensure!(
        fits,
        "the operands are {} and the result {result}; expected a result of type {}",
        list(operands.iter().copied()),
        result.with_dims(dims.iter().copied())
    );
    Ok(())
}

pub(super) fn binary(op: Binary, operands: &[&Type]) -> Ruled<Inferred> {
    use Binary::*;
    let [a, b] = tensors(operands)?;
    ensure!(
        same_dims(&a.dims, &b.dims) && same_element(a, b),
        "the operands are {a} and {b}; expected operands of one type"
    );
    let accepts = match op {
        Add | Multiply | Maximum | Minimum => Accepts::Any,
        And | Or | Xor => Accepts::BoolOrInteger,
        ShiftLeft | ShiftRightArithmetic | ShiftRightLogical | ChloMulhi => Accepts::Integer,
        Subtract | Divide | Remainder | Power => Accepts::Number,
        Atan2 => Accepts::FloatOrComplex,
        Complex | ChloNextAfter | ChloPolygamma | ChloZeta => Accepts::Float,
    };
    accepts.check(a)?;
    let known = known_dims(&[a, b]);
    if op == Complex {
        let Some(element) = a.element.to_complex() else {
            return problem(format!("the operands are {a}; expected tensors of f32 or f64"));
        };
        return Inferred::one(TensorType { element, dims: known, ..a.clone() });
    }
    Inferred::one(TensorType { dims: known, ..a.clone() })
}

/// The sizes of tensors of one shape, each taken from one that knows it.
fn known_dims(all: &[&TensorType]) -> Dims {
    (0..all[0].rank()).map(|i| all.iter().map(|t| t.dims[i]).min().unwrap_or(DYNAMIC)).collect()
}

pub(super) fn select(operands: &[&Type]) -> Ruled<Inferred> {
    let [predicate, a, b] = tensors(operands)?;
    ensure!(predicate.element == ElementType::Bool, "the predicate is {predicate}; expected a tensor of i1");
    ensure!(
        same_dims(&a.dims, &b.dims) && same_element(a, b),
        "the values are {a} and {b}; expected values of one type"
    );
    ensure!(
        predicate.rank() == 0 || same_dims(&predicate.dims, &a.dims),
        "the predicate is {predicate} for values of type {a}; expected a scalar or the values' shape"
    );
    Inferred::one(TensorType { dims: known_dims(&[a, b]), ..a.clone() })
}

pub(super) fn clamp(operands: &[&Type]) -> Ruled<Inferred> {
    let [min, x, max] = tensors(operands)?;
    for (what, bound) in [("minimum", min), ("maximum", max)] {
        ensure!(
            same_element(bound, x) && (bound.rank() == 0 || same_dims(&bound.dims, &x.dims)),
            "the {what} is {bound} for {x}; expected the same elements in a scalar or the same shape"
        );
    }
    Accepts::Any.check(x)?;
    Inferred::one(x.clone())
}

pub(super) fn compare(compare_type: Option<ComparisonType>, operands: &[&Type]) -> Ruled<Inferred> {
    let [a, b] = tensors(operands)?;
    ensure!(
        same_dims(&a.dims, &b.dims) && same_element(a, b),
        "the operands are {a} and {b}; expected operands of one type"
    );
    let element = a.element;
    let fits = match compare_type {
        _ if a.quantization.is_some() => true,
        None => true,
        Some(ComparisonType::Float) => element.is_float() || element.is_complex(),
        Some(ComparisonType::TotalOrder) => element.is_float(),
        Some(ComparisonType::Signed) => element.is_signed_integer(),
        Some(ComparisonType::Unsigned) => element.is_unsigned_integer() || element == ElementType::Bool,
    };
    ensure!(
        fits,
        "elements of type {element} are compared as {}; expected {} or none",
        compare_type.map_or("", crate::generic::enums::Named::name),
        crate::generic::enums::Named::name(crate::default_comparison_type(element)),
    );
    Inferred::one(TensorType::new(ElementType::Bool, known_dims(&[a, b])))
}

pub(super) fn reduce_precision(exponent_bits: u32, operands: &[&Type]) -> Ruled<Inferred> {
    let [x] = tensors(operands)?;
    Accepts::Float.check(x)?;
    ensure!(exponent_bits >= 1, "exponent_bits is 0; expected at least 1");
    Inferred::one(x.clone())
}

/// The same bits: as many elements of the same width, or an axis more or less where the widths differ.
pub(super) fn check_bitcast_convert(operands: &[&Type], results: &[&Type]) -> Ruled<()> {
    let ([x], result) = (tensors(operands)?, one_result(results)?);
    let (from, to) = (x.element.bits(), result.element.bits());
    // The wider side lacks the last axis of the narrower, which is as long as the one width holds the other.
    let (wide, narrow, ratio) = if from >= to { (x, result, from / to) } else { (result, x, to / from) };
    let fits = from.max(to) % from.min(to) == 0
        && match (ratio, narrow.dims.split_last()) {
            (1, _) => same_dims(&wide.dims, &narrow.dims),
            (_, Some((&last, rest))) => same_dims(&wide.dims, rest) && same_size(last, ratio),
            _ => false,
        };
    ensure!(
        fits,
        "{x} cannot have the bits of {result}; expected one shape for elements of one width, or a last axis of \
         {ratio} on the side of the narrower"
    );
    ensure!(
        x.element.is_complex() == result.element.is_complex(),
        "{x} cannot have the bits of {result}; expected complex elements on both sides or on neither"
    );
    Ok(())
}
