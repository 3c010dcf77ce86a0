//! Operations on one element, or on as many elements of several tensors.

use runahead_ir::{Binary, ComparisonDirection, ElementType, OpKind, Unary, default_comparison_type};

use super::axes::{broadcast_both, broadcast_dims, broadcast_to};
use crate::{Lazy, Operand, Output, Result, TensorError, operation};

macro_rules! unary {
    ($($(#[$doc:meta])* $name:ident = $op:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// Where elements have a type that the operation is not defined on.
        pub fn $name<X: Operand>(x: X) -> Result<Output<X>> {
            operation(stringify!($name), x, (), |x, ()| record(OpKind::Unary(Unary::$op), &[&x]))
        }
    )*};
}

/// Records an operation with one result that its operands settle.
pub(super) fn record(kind: OpKind, operands: &[&Lazy]) -> Result<Lazy> {
    Ok(Lazy::record(kind, operands)?.remove(0))
}

unary! {
    /// The magnitude.
    abs = Abs;
    /// The cube root.
    cbrt = Cbrt;
    /// The least integer that is no less.
    ceil = Ceil;
    /// The cosine.
    cos = Cosine;
    /// The exponential.
    exp = Exponential;
    /// The exponential less one, exact near zero.
    expm1 = ExponentialMinusOne;
    /// The greatest integer that is no greater.
    floor = Floor;
    /// Whether the number is neither infinite nor NaN.
    is_finite = IsFinite;
    /// The natural logarithm.
    log = Log;
    /// The natural logarithm of one more, exact near zero.
    log1p = LogPlusOne;
    /// The number with its sign changed.
    negate = Negate;
    /// The complement: of a boolean, or of an integer's bits.
    not = Not;
    /// The nearest integer, the even one of two.
    round = RoundNearestEven;
    /// One by the square root.
    rsqrt = Rsqrt;
    /// `1 / (1 + exp(-x))`.
    sigmoid = Logistic;
    /// -1, 0 or 1.
    sign = Sign;
    /// The sine.
    sin = Sine;
    /// The square root.
    sqrt = Sqrt;
    /// The tangent.
    tan = Tan;
    /// The hyperbolic tangent.
    tanh = Tanh;
    /// The inverse cosine.
    acos = ChloAcos;
    /// The inverse hyperbolic cosine.
    acosh = ChloAcosh;
    /// The inverse sine.
    asin = ChloAsin;
    /// The inverse hyperbolic sine.
    asinh = ChloAsinh;
    /// The inverse tangent.
    atan = ChloAtan;
    /// The inverse hyperbolic tangent.
    atanh = ChloAtanh;
    /// The hyperbolic cosine.
    cosh = ChloCosh;
    /// The hyperbolic sine.
    sinh = ChloSinh;
    /// The error function.
    erf = ChloErf;
    /// One less the error function, exact where that is near one.
    erfc = ChloErfc;
    /// The inverse of the error function.
    erf_inv = ChloErfInv;
    /// The logarithm of the magnitude of the gamma function.
    lgamma = ChloLgamma;
    /// The derivative of the logarithm of the gamma function.
    digamma = ChloDigamma;
    /// The number times itself.
    square = ChloSquare;
    /// The complex conjugate.
    conj = ChloConj;
    /// The real part.
    real = Real;
    /// The imaginary part.
    imag = Imag;
}

macro_rules! binary {
    ($($(#[$doc:meta])* $name:ident = $op:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// Where shapes cannot be broadcast to one, or elements are of several types, or of one that the operation is
        /// not defined on.
        pub fn $name<A: Operand, B: Operand>(a: A, b: B) -> Result<Output<(A, B)>> {
            operation(stringify!($name), (a, b), (), |(a, b), ()| binary(Binary::$op, &a, &b))
        }
    )*};
}

/// Records an operation of two operands that are broadcast to one shape.
pub(super) fn binary(op: Binary, a: &Lazy, b: &Lazy) -> Result<Lazy> {
    let (a, b) = broadcast_both(a, b)?;
    same_element(&a, &b)?;
    record(OpKind::Binary(op), &[&a, &b])
}

/// Fails where elements are of two types.
pub(super) fn same_element(a: &Lazy, b: &Lazy) -> Result<()> {
    if a.element() == b.element() {
        return Ok(());
    }
    let message = format!("elements are {} and {}; cast one of them", a.element(), b.element());
    Err(TensorError::invalid(message))
}

binary! {
    /// The sum.
    add = Add;
    /// The angle of the point with ordinate `a` and abscissa `b`.
    atan2 = Atan2;
    /// The quotient.
    divide = Divide;
    /// The greater of the two; NaN where either is.
    maximum = Maximum;
    /// The lesser of the two; NaN where either is.
    minimum = Minimum;
    /// The product.
    multiply = Multiply;
    /// The first to the power of the second.
    power = Power;
    /// What the quotient, rounded to zero, leaves: it has the first operand's sign.
    remainder = Remainder;
    /// The difference.
    subtract = Subtract;
    /// The conjunction: of booleans, or of integers' bits.
    and = And;
    /// The disjunction: of booleans, or of integers' bits.
    or = Or;
    /// The exclusive disjunction: of booleans, or of integers' bits.
    xor = Xor;
    /// The first operand's bits, moved up by the second's number of places.
    shift_left = ShiftLeft;
    /// The first operand's bits, moved down by the second's number of places, with zeros coming in.
    shift_right = ShiftRightLogical;
    /// The complex number with those parts.
    complex = Complex;
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident = $direction:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// Where shapes cannot be broadcast to one, or elements are of several types.
        pub fn $name<A: Operand, B: Operand>(a: A, b: B) -> Result<Output<(A, B)>> {
            operation(stringify!($name), (a, b), (), |(a, b), ()| compare(ComparisonDirection::$direction, &a, &b))
        }
    )*};
}

/// Records a comparison, in the order that is usual for the type.
pub(super) fn compare(direction: ComparisonDirection, a: &Lazy, b: &Lazy) -> Result<Lazy> {
    let (a, b) = broadcast_both(a, b)?;
    same_element(&a, &b)?;
    let compare_type = Some(default_comparison_type(a.element()));
    record(OpKind::Compare { direction, compare_type }, &[&a, &b])
}

comparisons! {
    /// Whether elements are equal.
    eq = Eq;
    /// Whether elements are not equal.
    ne = Ne;
    /// Whether the first is greater.
    gt = Gt;
    /// Whether the first is no less.
    ge = Ge;
    /// Whether the first is less.
    lt = Lt;
    /// Whether the first is no greater.
    le = Le;
}

/// Elements of `a` where the condition is true, of `b` elsewhere; all are broadcast to one shape.
///
/// ```
/// use runahead::{Tensor, ops};
/// let x = Tensor::from_slice(&[-1f32, 2.0], [2], &runahead::device("cpu")?)?;
/// assert_eq!(ops::select(ops::gt(&x, 0.0)?, &x, ops::negate(&x)?)?.to_vec::<f32>()?, [1.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where shapes cannot be broadcast to one, the condition is not boolean, or elements are of several types.
pub fn select<C: Operand, A: Operand, B: Operand>(condition: C, a: A, b: B) -> Result<Output<(C, (A, B))>> {
    operation("select", (condition, (a, b)), (), |(condition, (a, b)), ()| {
        let (a, b) = broadcast_both(&a, &b)?;
        same_element(&a, &b)?;
        let Some(dims) = broadcast_dims(condition.dims(), a.dims()) else {
            let message = format!("the condition {} does not suit {}", condition.ty(), a.ty());
            return Err(TensorError::invalid(message));
        };
        let (condition, a, b) =
            (broadcast_to(&condition, &dims)?, broadcast_to(&a, &dims)?, broadcast_to(&b, &dims)?);
        record(OpKind::Select, &[&condition, &a, &b])
    })
}

/// The values moved between a least and a greatest one.
///
/// # Errors
/// Where shapes cannot be broadcast to that of `x`, or elements are of several types.
pub fn clamp<X: Operand, L: Operand, H: Operand>(x: X, low: L, high: H) -> Result<Output<(X, (L, H))>> {
    operation("clamp", (x, (low, high)), (), |(x, (low, high)), ()| minimum(maximum(x, low)?, high))
}

/// The same values as elements of another type, rounded or cut as StableHLO's `convert` does.
///
/// # Errors
/// Where there is no such conversion.
pub fn cast<X: Operand>(x: X, element: ElementType) -> Result<Output<X>> {
    operation("cast", x, element, |x, &element| {
        if x.element() == element {
            return Ok(x);
        }
        let mut ty = x.ty().clone();
        ty.element = element;
        Lazy::record_as(OpKind::Unary(Unary::Convert), &[&x], ty)
    })
}
