//! Operators on values and between them: each a task, whose result is a value.
//!
//! The left value is cloned and the right one taken by reference: `T: Add<&U>`. A bound on `&T` would say the same of most
//! types, but leads the compiler into an endless search wherever it does not know `T` yet.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};
use std::panic::Location;

use num_complex::Complex;

use crate::combine::compute;
use crate::operand::{Constant, Operand};
use crate::task::TaskBuilder;
use crate::value::Async;
use crate::view::View;

/// `left op right`, for each operator.
#[track_caller]
fn binary<L: Operand, R: Operand, O: Send + Sync + 'static>(
    left: L,
    right: R,
    f: impl FnOnce(&L::Value, &R::Value) -> O + Send + 'static,
) -> Async<O> {
    compute(left.acquire_both(right), move |(left, right)| f(left, right))
}

/// `value op= right`, for each operator.
#[track_caller]
fn assigning<T, R>(value: &Async<T>, right: R, f: impl FnOnce(&mut T, &R::Value) + Send + 'static)
where
    T: Send + Sync + 'static,
    R: Operand<Value: Clone>,
{
    let task = TaskBuilder::new(Location::caller());
    if right.address() == Some(value.address()) {
        // A task cannot change a value behind its own read of it, so what it reads is a copy.
        let copy = compute(right.access(), R::Value::clone);
        task.dispatch((copy.read(), value.mutate()), |(right, value)| f(value, right));
    } else {
        task.dispatch(right.acquire_with(value.mutating()), |(right, value)| f(value, right));
    }
}

/// An operator with something asynchronous on its left, and anything on its right.
macro_rules! operator {
    ($trait:ident $method:ident $op:tt: $($left:ty, <$($param:ident),*>, $value:ty;)*) => {
        $(
            impl<$($param,)* R, O> $trait<R> for $left
            where
                $($param: Send + Sync + 'static,)*
                R: Operand,
                O: Send + Sync + 'static,
                $value: Clone + for<'a> $trait<&'a R::Value, Output = O>,
            {
                type Output = Async<O>;

                #[track_caller]
                fn $method(self, right: R) -> Async<O> {
                    binary(self, right, |left, right| left.clone() $op right)
                }
            }
        )*
    };
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:tt, $assign:ident $assign_method:ident $assign_op:tt;)*) => {
        $(
            operator! { $trait $method $op:
                Async<T>, <T>, T;
                &Async<T>, <T>, T;
                View<T, U>, <T, U>, U;
                &View<T, U>, <T, U>, U;
                Constant<T>, <T>, T;
            }

            /// A task that changes the value. Where the right side is the value itself, or a part of it, a copy of that
            /// is made first.
            impl<T, R> $assign<R> for Async<T>
            where
                T: for<'a> $assign<&'a R::Value> + Send + Sync + 'static,
                R: Operand<Value: Clone>,
            {
                #[track_caller]
                fn $assign_method(&mut self, right: R) {
                    assigning(self, right, |value, right| *value $assign_op right);
                }
            }
        )*
    };
}

operators! {
    Add add +, AddAssign add_assign +=;
    Sub sub -, SubAssign sub_assign -=;
    Mul mul *, MulAssign mul_assign *=;
    Div div /, DivAssign div_assign /=;
}

/// A number on the left of an operator, and what may be on its right.
macro_rules! number_on_the_left {
    ($($number:ty, $right:ty;)*) => {
        $(number_on_the_left! { $number, $right: Add add +, Sub sub -, Mul mul *, Div div / })*
    };
    ($number:ty, $right:ty: $($trait:ident $method:ident $op:tt),*) => {
        $(
            impl $trait<&Async<$right>> for $number {
                type Output = Async<$right>;

                #[track_caller]
                fn $method(self, right: &Async<$right>) -> Async<$right> {
                    binary(self, right, |left, right| left $op right)
                }
            }

            impl $trait<Async<$right>> for $number {
                type Output = Async<$right>;

                #[track_caller]
                fn $method(self, right: Async<$right>) -> Async<$right> {
                    $trait::$method(self, &right)
                }
            }
        )*
    };
}

number_on_the_left! {
    f32, f32;
    f32, Complex<f32>;
    f64, f64;
    f64, Complex<f64>;
    Complex<f32>, Complex<f32>;
    Complex<f64>, Complex<f64>;
    i8, i8;
    i16, i16;
    i32, i32;
    i64, i64;
    i128, i128;
    isize, isize;
    u8, u8;
    u16, u16;
    u32, u32;
    u64, u64;
    u128, u128;
    usize, usize;
}

impl<T, O> Neg for &Async<T>
where
    T: Clone + Neg<Output = O> + Send + Sync + 'static,
    O: Send + Sync + 'static,
{
    type Output = Async<O>;

    #[track_caller]
    fn neg(self) -> Async<O> {
        compute(self.read(), |value| -value.clone())
    }
}

impl<T, O> Neg for Async<T>
where
    T: Clone + Neg<Output = O> + Send + Sync + 'static,
    O: Send + Sync + 'static,
{
    type Output = Async<O>;

    #[track_caller]
    fn neg(self) -> Async<O> {
        -&self
    }
}

macro_rules! comparisons {
    ($($method:ident $op:tt $trait:ident $doc:literal;)*) => {
        $(
            #[doc = concat!("Whether the value is ", $doc, " the other one, an [`Async`] or a plain value.")]
            ///
            /// ```
            /// use runahead_async::Async;
            /// let (one, two) = (Async::from(1), Async::from(2));
            #[doc = concat!("assert_eq!(*one.", stringify!($method), "(&two).wait()?, 1 ", stringify!($op), " 2);")]
            #[doc = concat!("assert_eq!(*one.", stringify!($method), "(1).wait()?, 1 ", stringify!($op), " 1);")]
            /// # Ok::<(), runahead_async::Error>(())
            /// ```
            #[track_caller]
            pub fn $method<R: Operand>(&self, other: R) -> Async<bool>
            where
                T: $trait<R::Value>,
            {
                binary(self, other, |left, right| left $op right)
            }
        )*
    };
}

/// Comparison.
impl<T: Send + Sync + 'static> Async<T> {
    comparisons! {
        eq == PartialEq "equal to";
        ne != PartialEq "different from";
        lt < PartialOrd "less than";
        le <= PartialOrd "at most";
        gt > PartialOrd "greater than";
        ge >= PartialOrd "at least";
    }
}
