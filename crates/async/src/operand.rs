//! What stands beside an operator: handles and plain values.

use std::mem::ManuallyDrop;

use num_complex::Complex;

use crate::access::ReadBuffer;
use crate::acquire::{Request, acquire};
use crate::error::Error;
use crate::form::HeldWith;
use crate::task::{Access, Open};
use crate::value::Async;
use crate::view::{ReadView, View};

/// What can stand beside an operator: an [`Async`], a [`View`], a number, or any other value as a [`Constant`].
///
/// ```
/// use runahead_async::{Async, Operand};
/// /// One half of the sum of two things.
/// fn mean(a: impl Operand<Value = f64>, b: &Async<f64>) -> Async<f64> {
///     b.zip(a, |b, a| (a + b) / 2.0)
/// }
/// let b = Async::from(3.0);
/// assert_eq!((*mean(1.0, &b).wait()?, *mean(&b, &b).wait()?), (2.0, 3.0));
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand beside an `Async` in an operation",
    note = "give a number or an `Async`, or wrap a value of another type: `Constant(value)`"
)]
pub trait Operand: Sized {
    /// The type of the value.
    type Value: Send + Sync + 'static;
    /// A read of the value, as [`dispatch`](crate::dispatch()) takes it.
    type Access: for<'a> Access<Args<'a> = &'a Self::Value>;

    /// Acquires the read.
    fn access(self) -> Self::Access;

    /// Acquires the read and something else, as one step where this is a handle.
    #[doc(hidden)]
    fn acquire_with<R: Request>(self, other: R) -> (Self::Access, R::Places) {
        (self.access(), acquire(other))
    }

    /// Acquires both reads, as one step where both are handles.
    #[doc(hidden)]
    fn acquire_both<R: Operand>(self, right: R) -> (Self::Access, R::Access) {
        (self.access(), right.access())
    }

    #[doc(hidden)]
    fn address(&self) -> Option<usize> {
        None
    }
}

/// A plain value of any type where a task or an operator takes an asynchronous one. Numbers need no such wrapping.
///
/// ```
/// use runahead_async::{Async, Constant, dispatch};
/// let name = Async::from(String::from("Ada"));
/// let greeting = Async::new();
/// let accesses = (Constant(String::from("Hello, ")), name.read(), greeting.write());
/// dispatch(accesses, |(hello, name, greeting)| greeting.set(hello.clone() + name));
/// assert_eq!(*greeting.wait()?, "Hello, Ada");
/// # Ok::<(), runahead_async::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Constant<T>(pub T);

impl<T: Send + 'static> Access for Constant<T> {
    type Args<'a> = &'a T;
    type Held = HeldWith<(), Constant<T>>;

    fn hold(self) -> Self::Held {
        HeldWith { held: (), with: ManuallyDrop::new(self) }
    }
}

impl<T: Send + 'static> Open for HeldWith<(), Constant<T>> {
    type Args<'a> = &'a T;

    unsafe fn open(&mut self) -> Result<&T, Error> {
        Ok(&self.with.0)
    }
}

impl<T: Send + Sync + 'static> Operand for Constant<T> {
    type Value = T;
    type Access = Constant<T>;

    fn access(self) -> Constant<T> {
        self
    }
}

/// The value that a handle is one on.
fn owner<T: Send + Sync + 'static>(handle: &Async<T>) -> &Async<T> {
    handle
}

/// A handle is an operand by reference and by value.
macro_rules! handles {
    ($($handle:ty, <$($param:ident),*>, $value:ty, $access:ty, $owner:expr, $read:expr;)*) => {
        $(handles! { @ &$handle, <$($param),*>, $value, $access, $owner, $read })*
        $(handles! { @ $handle, <$($param),*>, $value, $access, $owner, $read })*
    };
    (@ $handle:ty, <$($param:ident),*>, $value:ty, $access:ty, $owner:expr, $read:expr) => {
        impl<$($param: Send + Sync + 'static),*> Operand for $handle {
            type Value = $value;
            type Access = $access;

            fn access(self) -> $access {
                self.read()
            }

            fn acquire_with<R: Request>(self, other: R) -> ($access, R::Places) {
                let (read, other) = acquire(($owner(&self).reading(), other));
                ($read(&self, read), other)
            }

            fn acquire_both<R: Operand>(self, right: R) -> ($access, R::Access) {
                let (right, read) = right.acquire_with($owner(&self).reading());
                ($read(&self, read), right)
            }

            fn address(&self) -> Option<usize> {
                Some($owner(self).address())
            }
        }
    };
}

handles! {
    Async<T>, <T>, T, ReadBuffer<T>, owner, |_: &Self, read| read;
    View<T, U>, <T, U>, U, ReadView<T, U>, View::owner, |view: &View<T, U>, read| view.read_by(read);
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(
            impl Operand for $number {
                type Value = $number;
                type Access = Constant<$number>;

                fn access(self) -> Constant<$number> {
                    Constant(self)
                }
            }
        )*
    };
}

numbers! { f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize bool char Complex<f32> Complex<f64> }
