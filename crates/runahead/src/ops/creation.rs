//! Tensors from nothing.

use runahead_ir::{ElementType, Literal, OpKind, RngAlgorithm, TensorType};

use super::{add, cast, divide, eq, erf_inv, multiply, or, shift_right, subtract};
use crate::{Lazy, Number, Output, Place, Result, TensorError, operation};

/// Records a constant of one element everywhere.
pub(super) fn splat(dims: &[usize], element: ElementType, value: &[u8]) -> Result<Lazy> {
    let ty = TensorType::new(element, dims.iter().copied());
    Ok(Lazy::constant(Literal::splat(ty, value)?))
}

/// Records the indices along an axis, as elements of a type.
pub(super) fn iota(dims: &[usize], element: ElementType, axis: usize) -> Result<Lazy> {
    Lazy::record_as(OpKind::Iota { dimension: axis }, &[], TensorType::new(element, dims.iter().copied()))
}

/// A tensor of one number everywhere.
///
/// ```
/// use runahead::{ElementType, ops};
/// let x = ops::full([2, 2], 7, ElementType::I32, &runahead::device("cpu")?)?;
/// assert_eq!(x.to_vec::<i32>()?, [7; 4]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the type has no such number, or the shape does not fit in memory.
pub fn full<P: Place>(
    dims: impl AsRef<[usize]>,
    value: impl Into<Number>,
    element: ElementType,
    place: P,
) -> Result<Output<P>> {
    let value = value.into().element(element).map_err(|error| error.within("full", Vec::new))?;
    operation("full", place, (dims.as_ref().to_vec(), element, value), |_, (dims, element, value)| {
        splat(dims, *element, value)
    })
}

/// A tensor of zeros; of `false`, where it is of booleans.
///
/// # Errors
/// Where the shape does not fit in memory.
pub fn zeros<P: Place>(dims: impl AsRef<[usize]>, element: ElementType, place: P) -> Result<Output<P>> {
    full(dims, constant(element, 0), element, place)
}

/// A tensor of ones; of `true`, where it is of booleans.
///
/// # Errors
/// Where the shape does not fit in memory.
pub fn ones<P: Place>(dims: impl AsRef<[usize]>, element: ElementType, place: P) -> Result<Output<P>> {
    full(dims, constant(element, 1), element, place)
}

fn constant(element: ElementType, value: u8) -> Number {
    match element {
        ElementType::Bool => Number::Bool(value != 0),
        _ => Number::Integer(value.into()),
    }
}

/// The numbers `0, 1, …, count - 1`; for others, multiply and add.
///
/// # Errors
/// Where elements are booleans, or the shape does not fit in memory.
pub fn arange<P: Place>(count: usize, element: ElementType, place: P) -> Result<Output<P>> {
    operation("arange", place, (count, element), |_, &(count, element)| iota(&[count], element, 0))
}

/// So many numbers from one to another, both among them, the same distance apart.
///
/// ```
/// use runahead::{ElementType, ops};
/// let x = ops::linspace(0.0, 1.0, 5, ElementType::F32, &runahead::device("cpu")?)?;
/// assert_eq!(x.to_vec::<f32>()?, [0.0, 0.25, 0.5, 0.75, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where elements are no floats.
pub fn linspace<P: Place>(
    from: f64,
    to: f64,
    count: usize,
    element: ElementType,
    place: P,
) -> Result<Output<P>> {
    let bounds = (crate::Exactly(from), crate::Exactly(to));
    operation("linspace", place, (bounds, count, element), |_, &((from, to), count, element)| {
        floats(element)?;
        let steps = count.saturating_sub(1).max(1) as f64;
        // A mean of the ends, so that both are met exactly.
        let share = divide(iota(&[count], element, 0)?, steps)?;
        add(multiply(subtract(1.0, &share)?, from.0)?, multiply(share, to.0)?)
    })
}

fn floats(element: ElementType) -> Result<()> {
    if element.is_float() {
        return Ok(());
    }
    Err(TensorError::invalid(format!("elements are {element}; expected a float")))
}

/// The matrix of so many rows and columns with ones along its diagonal.
///
/// # Errors
/// Where the shape does not fit in memory.
pub fn eye<P: Place>(rows: usize, columns: usize, element: ElementType, place: P) -> Result<Output<P>> {
    operation("eye", place, (rows, columns, element), |_, &(rows, columns, element)| {
        let dims = [rows, columns];
        cast(eq(iota(&dims, ElementType::I64, 0)?, iota(&dims, ElementType::I64, 1)?)?, element)
    })
}

/// Numbers distributed uniformly from 0 up to and without 1, made by ThreeFry from the seed and their places alone: the
/// same on every device and for any number of threads.
///
/// ```
/// use runahead::{ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let x = ops::rand([1000], ElementType::F32, 42, &device)?.to_vec::<f32>()?;
/// assert!(x.iter().all(|x| (0.0..1.0).contains(x)));
/// assert_eq!(x, ops::rand([1000], ElementType::F32, 42, &device)?.to_vec::<f32>()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where elements are no floats of 16 bits or more.
pub fn rand<P: Place>(
    dims: impl AsRef<[usize]>,
    element: ElementType,
    seed: u64,
    place: P,
) -> Result<Output<(P, Literal)>> {
    let attributes = (dims.as_ref().to_vec(), element);
    operation("rand", (place, key(seed)?), attributes, |(_, key), (dims, element)| {
        Ok(uniform(&key, dims, *element)?.0)
    })
}

/// Numbers distributed normally with mean 0 and deviation 1, made as those of [`rand`] are.
///
/// # Errors
/// As for [`rand`].
pub fn randn<P: Place>(
    dims: impl AsRef<[usize]>,
    element: ElementType,
    seed: u64,
    place: P,
) -> Result<Output<(P, Literal)>> {
    let attributes = (dims.as_ref().to_vec(), element);
    operation("randn", (place, key(seed)?), attributes, |(_, key), (dims, element)| {
        Ok(normal(&key, dims, *element)?.0)
    })
}

/// The state of the generator for a seed.
pub(crate) fn key(seed: u64) -> Result<Literal> {
    Ok(Literal::from_elements([2], &[seed, 0])?)
}

/// Records numbers distributed normally, and the generator's next state.
pub(crate) fn normal(state: &Lazy, dims: &[usize], element: ElementType) -> Result<(Lazy, Lazy)> {
    floats(element)?;
    // In the middle between the uniform numbers, so that neither end is met.
    let wide = if element == ElementType::F64 { ElementType::F64 } else { ElementType::F32 };
    let half_step = if wide == ElementType::F64 { 2f64.powi(-53) } else { 2f64.powi(-24) };
    let (drawn, next) = uniform(state, dims, wide)?;
    let centred = subtract(multiply(add(drawn, half_step)?, 2)?, 1)?;
    Ok((cast(multiply(erf_inv(centred)?, std::f64::consts::SQRT_2)?, element)?, next))
}

/// Records numbers distributed uniformly from 0 up to and without 1, and the generator's next state.
pub(crate) fn uniform(state: &Lazy, dims: &[usize], element: ElementType) -> Result<(Lazy, Lazy)> {
    let (bits, keep, one) = match element {
        ElementType::F64 => (ElementType::U64, 12, 1f64.to_bits()),
        ElementType::F32 | ElementType::F16 | ElementType::BF16 => {
            (ElementType::U32, 9, 1f32.to_bits().into())
        }
        _ => {
            let message = format!("elements are {element}; expected a float of 16 bits or more");
            return Err(TensorError::invalid(message));
        }
    };
    let (drawn, next) = random_bits(state, dims, bits)?;
    if !matches!(element, ElementType::F64 | ElementType::F32) {
        // Few digits are enough for the narrow types, so that rounding never gives one.
        let digits = if element == ElementType::F16 { 11 } else { 8 };
        let drawn = shift_right(drawn, 32 - digits)?;
        let scaled = multiply(cast(drawn, ElementType::F32)?, 2f64.powi(-digits as i32))?;
        return Ok((cast(scaled, element)?, next));
    }
    // The digits of a number from 1 up to and without 2, less 1.
    let drawn = or(shift_right(drawn, keep)?, one as i64)?;
    let ty = TensorType::new(element, dims.iter().copied());
    Ok((subtract(Lazy::record_as(OpKind::BitcastConvert, &[&drawn], ty)?, 1)?, next))
}

/// Records random bits, and the generator's next state.
fn random_bits(state: &Lazy, dims: &[usize], element: ElementType) -> Result<(Lazy, Lazy)> {
    let kind = OpKind::RngBitGenerator { algorithm: RngAlgorithm::ThreeFry };
    let ty = TensorType::new(element, dims.iter().copied());
    let mut results = Lazy::record_all(kind, &[state], [state.ty().clone(), ty])?;
    let bits = results.remove(1);
    Ok((bits, results.remove(0)))
}
