//! What operations take.

use std::borrow::Cow;
use std::fmt;

use half::{bf16, f16};
use num_complex::Complex;
use runahead_ir::{ElementType, Literal, TensorType, float};
use runahead_runtime::{Buffer, Device};
use smallvec::SmallVec;

use super::error::{Result, TensorError};
use super::mode::{Later, Lazily, Lengths, Mode, Now};
use super::{AsyncTensor, Lazy, Tensor};

/// What an operation may be given in place of one tensor: a tensor in any mode, or a plain number.
///
/// Of numbers, `i64`, `f64` and `bool` are given as they are, others as [`Number::from`] them.
pub trait Operand {
    /// What an operation on this alone gives.
    type Mode: Mode;
    /// What this is.
    fn input(&self) -> Input<'_>;
}

/// An operand, whatever its type was.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// Data on a device, there or on its way.
    Buffer(&'a Buffer),
    /// The same, given for keeps.
    Donated(&'a Buffer),
    /// A recorded value.
    Lazy(&'a Lazy),
    /// Data on the host.
    Literal(Cow<'a, Literal>),
    /// A plain number: a scalar of the element type that the first tensor among the operands has that is not of booleans.
    Number(Number),
}

/// What a function is given, operand by operand.
pub(crate) type Inputs<'a> = SmallVec<[Input<'a>; 4]>;

/// Data on a device, that was there or was brought there.
pub(crate) type Arguments<'a> = SmallVec<[Cow<'a, Buffer>; 4]>;

/// A plain number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A boolean.
    Bool(bool),
    /// An integer.
    Integer(i128),
    /// A real number.
    Real(f64),
    /// A complex number.
    Complex(Complex<f64>),
}

macro_rules! numbers {
    ($($variant:ident of $($t:ty),*;)*) => {
        $($(impl From<$t> for Number {
            fn from(value: $t) -> Number {
                Number::$variant(value.into())
            }
        })*)*
    };
}

numbers! {
    Bool of bool;
    Integer of i8, i16, i32, i64, u8, u16, u32, u64, i128;
    Real of f16, bf16, f32, f64;
    Complex of Complex<f64>;
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Bool(value) => value.fmt(f),
            Number::Integer(value) => value.fmt(f),
            Number::Real(value) => value.fmt(f),
            Number::Complex(value) => value.fmt(f),
        }
    }
}

impl Number {
    /// The element type of a number that is not among tensors.
    fn own_type(self) -> ElementType {
        match self {
            Number::Bool(_) => ElementType::Bool,
            Number::Integer(_) => ElementType::I32,
            Number::Real(_) => ElementType::F32,
            Number::Complex(_) => ElementType::C64,
        }
    }

    /// The number as an element of a type, rounded to it where that is a float.
    ///
    /// ```
    /// use runahead::{ElementType, Number};
    /// assert_eq!(Number::Integer(3).element(ElementType::F32).ok(), Some(3f32.to_le_bytes().to_vec()));
    /// assert!(Number::Real(0.5).element(ElementType::I32).is_err());
    /// assert!(Number::Integer(300).element(ElementType::U8).is_err());
    /// ```
    ///
    /// # Errors
    /// Where the type has no such number: a fraction as an integer, an integer out of its range.
    pub fn element(self, ty: ElementType) -> Result<Vec<u8>> {
        let unfit =
            || TensorError::invalid(format!("{self} is no {ty}; cast the tensor, or give another number"));
        if ty == ElementType::Bool {
            let Number::Bool(value) = self else { return Err(unfit()) };
            return Ok(vec![value.into()]);
        }
        if ty.is_complex() {
            let value = match self {
                Number::Complex(value) => value,
                _ => Complex::from(self.real().ok_or_else(unfit)?),
            };
            return Ok(match ty {
                ElementType::C64 => {
                    [(value.re as f32).to_le_bytes(), (value.im as f32).to_le_bytes()].concat()
                }
                _ => [value.re.to_le_bytes(), value.im.to_le_bytes()].concat(),
            });
        }
        if ty.is_float() {
            let bits = float::encode(ty, self.real().ok_or_else(unfit)?);
            return Ok(bits.to_le_bytes()[..ty.size()].to_vec());
        }
        let value = match self {
            Number::Bool(value) => value.into(),
            Number::Integer(value) => value,
            Number::Real(value) if value.fract() == 0.0 && value.abs() < 1e30 => value as i128,
            _ => return Err(unfit()),
        };
        let bits = ty.bits() as u32;
        let (low, high) = match ty.is_signed_integer() {
            true => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
            false => (0, (1i128 << bits) - 1),
        };
        if !(low..=high).contains(&value) {
            return Err(unfit());
        }
        Ok(value.to_le_bytes()[..ty.size()].to_vec())
    }

    fn real(self) -> Option<f64> {
        match self {
            Number::Bool(value) => Some(value.into()),
            Number::Integer(value) => Some(value as f64),
            Number::Real(value) => Some(value),
            Number::Complex(_) => None,
        }
    }
}

macro_rules! tensors {
    ($($tensor:ty: $mode:ty, |$x:ident| $input:expr;)*) => {
        $(impl Operand for $tensor {
            type Mode = $mode;
            fn input(&self) -> Input<'_> {
                let $x = self;
                $input
            }
        })*
    };
}

tensors! {
    Tensor: Now, |x| Input::Buffer(x.as_buffer());
    AsyncTensor: Later, |x| Input::Buffer(x.as_buffer());
    Lazy: Lazily, |x| Input::Lazy(x);
    Literal: Now, |x| Input::Literal(Cow::Borrowed(x));
    Number: Now, |x| Input::Number(*x);
    bool: Now, |x| Input::Number((*x).into());
    // One type each, so that a literal is of it.
    i64: Now, |x| Input::Number((*x).into());
    f64: Now, |x| Input::Number((*x).into());
    Complex<f64>: Now, |x| Input::Number((*x).into());
}

impl<T: Operand + ?Sized> Operand for &T {
    type Mode = T::Mode;
    fn input(&self) -> Input<'_> {
        (**self).input()
    }
}

/// Operands of an operation: one, a tuple, a vector, an option, and these within each other.
pub trait Operands {
    /// The mode of all of them together.
    type Mode: Mode;
    /// The same, recorded: what the body of an operation is given.
    type Recorded;
    /// Adds the operands, in order.
    #[doc(hidden)]
    fn inputs<'a>(&'a self, into: &mut Inputs<'a>);
    /// The same from recorded operands, in the same order.
    #[doc(hidden)]
    fn recorded(&self, from: &mut dyn Iterator<Item = Lazy>) -> Self::Recorded;
    /// Adds what the number of operands does not tell: how many there are in each part that may have more or fewer.
    #[doc(hidden)]
    fn structure(&self, _into: &mut Lengths) {}
    /// The device to be used where no operand is on one.
    #[doc(hidden)]
    fn place(&self) -> Option<&Device> {
        None
    }
}

/// Where a new tensor is to be: a device, for one that is there; [`InFlight`] on a device, for one on its way;
/// [`Recording`], for a recorded one.
pub trait Place: Operands<Recorded = ()> {}

impl<P: Operands<Recorded = ()>> Place for P {}

/// On a device, in flight.
///
/// ```
/// use runahead::{Async, InFlight, Tensor, ElementType, ops};
/// let device = runahead::device("cpu")?;
/// let x: Async<Tensor> = ops::zeros([2, 2], ElementType::F32, InFlight(&device))?;
/// assert_eq!(x.wait()?.to_vec::<f32>()?, [0.0; 4]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct InFlight<'a>(pub &'a Device);

/// In a recorded program, on whatever device that is evaluated.
#[derive(Clone, Copy, Debug)]
pub struct Recording;

macro_rules! places {
    ($($place:ty: $mode:ty, |$x:ident| $device:expr;)*) => {
        $(impl Operands for $place {
            type Mode = $mode;
            type Recorded = ();
            fn inputs<'a>(&'a self, _: &mut Inputs<'a>) {}
            fn recorded(&self, _: &mut dyn Iterator<Item = Lazy>) {}
            fn place(&self) -> Option<&Device> {
                let $x = self;
                $device
            }
        })*
    };
}

places! {
    &Device: Now, |device| Some(device);
    InFlight<'_>: Later, |place| Some(place.0);
    Recording: Lazily, |_place| None;
}

impl<T: Operand> Operands for T {
    type Mode = T::Mode;
    type Recorded = Lazy;
    fn inputs<'a>(&'a self, into: &mut Inputs<'a>) {
        into.push(self.input());
    }
    fn recorded(&self, from: &mut dyn Iterator<Item = Lazy>) -> Lazy {
        from.next().expect("there is a recorded value for each operand")
    }
}

impl<T: Operands> Operands for Option<T> {
    type Mode = T::Mode;
    type Recorded = Option<T::Recorded>;
    fn inputs<'a>(&'a self, into: &mut Inputs<'a>) {
        self.iter().for_each(|operands| operands.inputs(into));
    }
    fn recorded(&self, from: &mut dyn Iterator<Item = Lazy>) -> Option<T::Recorded> {
        self.as_ref().map(|operands| operands.recorded(from))
    }
    fn structure(&self, into: &mut Lengths) {
        into.push(self.is_some().into());
        self.iter().for_each(|operands| operands.structure(into));
    }
}

macro_rules! lists {
    ($([$($generic:tt)*] $list:ty;)*) => {
        $(impl<T: Operands, $($generic)*> Operands for $list {
            type Mode = T::Mode;
            type Recorded = Vec<T::Recorded>;
            fn inputs<'a>(&'a self, into: &mut Inputs<'a>) {
                self.iter().for_each(|operands| operands.inputs(into));
            }
            fn recorded(&self, from: &mut dyn Iterator<Item = Lazy>) -> Vec<T::Recorded> {
                self.iter().map(|operands| operands.recorded(from)).collect()
            }
            fn structure(&self, into: &mut Lengths) {
                into.push(self.len());
                self.iter().for_each(|operands| operands.structure(into));
            }
        })*
    };
}

lists! {
    [] Vec<T>;
    [] &[T];
    [] &Vec<T>;
    [const N: usize] [T; N];
    [const N: usize] &[T; N];
}

macro_rules! tuples {
    ($(($($part:ident)*) = $mode:ty;)*) => {$(
        impl<$($part: Operands),*> Operands for ($($part,)*) {
            type Mode = $mode;
            type Recorded = ($($part::Recorded,)*);
            #[allow(non_snake_case)]
            fn inputs<'a>(&'a self, into: &mut Inputs<'a>) {
                let ($($part,)*) = self;
                $($part.inputs(into);)*
            }
            #[allow(non_snake_case)]
            fn recorded(&self, from: &mut dyn Iterator<Item = Lazy>) -> Self::Recorded {
                let ($($part,)*) = self;
                ($($part.recorded(from),)*)
            }
            #[allow(non_snake_case)]
            fn structure(&self, into: &mut Lengths) {
                let ($($part,)*) = self;
                $($part.structure(into);)*
            }
            #[allow(non_snake_case)]
            fn place(&self) -> Option<&Device> {
                let ($($part,)*) = self;
                [$($part.place()),*].into_iter().flatten().next()
            }
        }
    )*};
}

type With<A, B> = <<A as Operands>::Mode as Mode>::With<<B as Operands>::Mode>;

tuples! {
    (A) = A::Mode;
    (A B) = With<A, B>;
    (A B C) = With<A, (B, C)>;
    (A B C D) = With<A, (B, C, D)>;
    (A B C D E) = With<A, (B, C, D, E)>;
    (A B C D E F) = With<A, (B, C, D, E, F)>;
}

/// The element type that plain numbers among the inputs take: that of the first tensor that is not of booleans, since
/// those are conditions; else that of booleans.
fn number_type(inputs: &[Input<'_>]) -> Option<ElementType> {
    let types = inputs.iter().filter_map(|input| match input {
        Input::Buffer(buffer) | Input::Donated(buffer) => Some(buffer.ty().element),
        Input::Lazy(lazy) => Some(lazy.element()),
        Input::Literal(literal) => Some(literal.ty().element),
        Input::Number(_) => None,
    });
    types.reduce(|first, other| if first == ElementType::Bool { other } else { first })
}

pub(crate) fn scalar(number: Number, ty: Option<ElementType>) -> Result<Literal> {
    let ty = ty.unwrap_or_else(|| number.own_type());
    Ok(Literal::new(TensorType::new(ty, []), number.element(ty)?)?)
}

/// The inputs as recorded values.
pub(crate) fn recorded(inputs: &[Input<'_>]) -> Result<Vec<Lazy>> {
    let ty = number_type(inputs);
    let recorded = inputs.iter().map(|input| match input {
        Input::Buffer(buffer) => Ok(Lazy::buffer((*buffer).clone())),
        Input::Donated(buffer) => Ok(Lazy::donated((*buffer).clone())),
        Input::Lazy(lazy) => Ok((*lazy).clone()),
        Input::Literal(literal) => Ok(Lazy::constant(literal.clone().into_owned())),
        Input::Number(number) => Ok(Lazy::constant(scalar(*number, ty)?)),
    });
    recorded.collect()
}

/// The device that inputs are on: that of those that are on one, else the place's, else the default one.
pub(crate) fn device_of<'a>(
    operation: &'static str,
    inputs: &[Input<'a>],
    place: Option<&'a Device>,
) -> Result<Cow<'a, Device>> {
    let on_device = inputs.iter().filter_map(|input| match input {
        Input::Buffer(buffer) | Input::Donated(buffer) => Some(buffer.device()),
        _ => None,
    });
    let mut devices = place.into_iter().chain(on_device);
    let device = match devices.next() {
        Some(device) => Cow::Borrowed(device),
        None => Cow::Owned(crate::device("cpu")?),
    };
    if let Some(other) = devices.find(|&other| *other != *device) {
        let (first, second) = (device.to_string(), other.to_string());
        return Err(TensorError::Devices { operation, first, second });
    }
    Ok(device)
}

/// Adds the inputs as data on one device, which it gives; see [`device_of`].
pub(crate) fn buffers<'a>(
    operation: &'static str,
    inputs: &[Input<'a>],
    place: Option<&'a Device>,
    into: &mut Arguments<'a>,
) -> Result<Cow<'a, Device>> {
    let ty = number_type(inputs);
    let device = device_of(operation, inputs, place)?;
    for input in inputs {
        into.push(match input {
            Input::Buffer(buffer) | Input::Donated(buffer) => Cow::Borrowed(buffer),
            Input::Literal(literal) => Cow::Owned(device.upload(literal)?),
            Input::Number(number) => Cow::Owned(device.upload(&scalar(*number, ty)?)?),
            Input::Lazy(_) => unreachable!("an operation with a recorded operand is recorded"),
        });
    }
    Ok(device)
}

/// The buffers, as executions take them.
pub(crate) fn references<'b>(buffers: &'b Arguments<'_>) -> SmallVec<[&'b Buffer; 8]> {
    let mut references = SmallVec::new();
    // Pushed one by one, which for the few there are takes less time than to collect them.
    buffers.iter().for_each(|buffer| references.push(&**buffer));
    references
}

/// The inputs that are given for keeps.
pub(crate) fn donated(inputs: &[Input<'_>]) -> Vec<usize> {
    (0..inputs.len()).filter(|&i| matches!(inputs[i], Input::Donated(_))).collect()
}

/// The types of inputs, for messages.
pub(crate) fn describe(inputs: &[Input<'_>]) -> Vec<String> {
    let describe = |input: &Input<'_>| match input {
        Input::Buffer(buffer) | Input::Donated(buffer) => buffer.ty().to_string(),
        Input::Lazy(lazy) => lazy.ty().to_string(),
        Input::Literal(literal) => literal.ty().to_string(),
        Input::Number(number) => number.to_string(),
    };
    inputs.iter().map(describe).collect()
}
