//! Functions that code calls: those of the mathematics that are more than a few instructions, and any operation that has
//! no instructions of its own.

use runahead_ir::{Binary, ElementType, Unary};
use runahead_lower::loops::Operation;

use crate::ops::{Real, Remainder, Scalar};
use crate::simd::Plain;

/// An operation on elements of any type.
pub(super) type ScalarFn = fn(&Scalar, &Scalar, &Scalar) -> Scalar;

/// Calls an operation: its operands are the first three of the scalars, and its result becomes the fourth.
///
/// # Safety
/// `scalars` are four that nobody else uses, and `operation` takes operands of their types.
#[allow(improper_ctypes_definitions)] // The pointer comes from here and goes back to here.
pub(super) unsafe extern "C" fn call_operation(operation: ScalarFn, scalars: *mut Scalar) {
    // SAFETY: as the caller makes sure.
    let scalars = unsafe { &mut *scalars.cast::<[Scalar; 4]>() };
    scalars[3] = operation(&scalars[0], &scalars[1], &scalars[2]);
}

/// A function of floats of one type.
#[derive(Clone, Copy, Debug)]
pub(super) struct FloatFunction {
    pub(super) address: usize,
    pub(super) arguments: usize,
}

fn one<T>(function: extern "C" fn(T) -> T) -> Option<FloatFunction> {
    Some(FloatFunction { address: function as usize, arguments: 1 })
}

fn two<T>(function: extern "C" fn(T, T) -> T) -> Option<FloatFunction> {
    Some(FloatFunction { address: function as usize, arguments: 2 })
}

macro_rules! functions {
    ($($name:ident($($x:ident),*) $body:expr;)*) => {
        $(extern "C" fn $name<T: Real + Remainder>($($x: T),*) -> T {
            $body
        })*
    };
}

functions! {
    cosine(x) x.cosine::<Plain>();
    sine(x) x.sine::<Plain>();
    tangent(x) x.tangent::<Plain>();
    exponential(x) x.exponential::<Plain>();
    exponential_minus_one(x) x.exponential_minus_one::<Plain>();
    logarithm(x) x.logarithm::<Plain>();
    logarithm_plus_one(x) x.logarithm_plus_one::<Plain>();
    logistic(x) x.logistic::<Plain>();
    hyperbolic_tangent(x) x.hyperbolic_tangent::<Plain>();
    cube_root(x) x.cube_root::<Plain>();
    power(x, y) x.power::<Plain>(y);
    remainder(x, y) x.remainder(y);
    angle(x, y) x.angle::<Plain>(y);
}

/// The function for an operation on floats of that type, where it has one.
pub(super) fn of(operation: Operation, element: ElementType) -> Option<FloatFunction> {
    match element {
        ElementType::F32 => of_type::<f32>(operation),
        ElementType::F64 => of_type::<f64>(operation),
        _ => None,
    }
}

fn of_type<T: Real + Remainder>(operation: Operation) -> Option<FloatFunction> {
    match operation {
        Operation::Unary(unary) => match unary {
            Unary::Cosine => one(cosine::<T>),
            Unary::Sine => one(sine::<T>),
            Unary::Tan | Unary::ChloTan => one(tangent::<T>),
            Unary::Exponential => one(exponential::<T>),
            Unary::ExponentialMinusOne => one(exponential_minus_one::<T>),
            Unary::Log => one(logarithm::<T>),
            Unary::LogPlusOne => one(logarithm_plus_one::<T>),
            Unary::Logistic => one(logistic::<T>),
            Unary::Tanh => one(hyperbolic_tangent::<T>),
            Unary::Cbrt => one(cube_root::<T>),
            _ => None,
        },
        Operation::Binary(binary) => match binary {
            Binary::Power => two(power::<T>),
            Binary::Remainder => two(remainder::<T>),
            Binary::Atan2 => two(angle::<T>),
            _ => None,
        },
        _ => None,
    }
}
