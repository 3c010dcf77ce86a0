//! What numbers can do, and the same for numbers that are yet to come.

use std::ops::{Add, Div, Mul, Neg, Sub};

use num_complex::Complex;

use crate::value::Async;

/// What can be summed: it has `+`, `-` and negation. Every type that has them, the right side by reference, is one.
pub trait Additive:
    Clone
    + Send
    + Sync
    + Neg<Output = Self>
    + for<'a> Add<&'a Self, Output = Self>
    + for<'a> Sub<&'a Self, Output = Self>
    + 'static
{
}

impl<T> Additive for T where
    T: Clone
        + Send
        + Sync
        + Neg<Output = T>
        + for<'a> Add<&'a T, Output = T>
        + for<'a> Sub<&'a T, Output = T>
        + 'static
{
}

/// What can be differentiated with respect to: sums and products, a zero, and what a product is transposed into. Numbers
/// are, and a program's own types can be: matrices, arrays with elementwise operations.
///
/// ```
/// use std::ops::{Add, Mul, Neg, Sub};
/// use runahead_async::{Ring, Var};
///
/// /// Two numbers, with elementwise operations.
/// #[derive(Clone, Debug, PartialEq)]
/// struct Pair(f64, f64);
///
/// impl Add<&Pair> for Pair {
///     type Output = Pair;
///     fn add(self, other: &Pair) -> Pair {
///         Pair(self.0 + other.0, self.1 + other.1)
///     }
/// }
/// # impl Sub<&Pair> for Pair {
/// #     type Output = Pair;
/// #     fn sub(self, other: &Pair) -> Pair {
/// #         Pair(self.0 - other.0, self.1 - other.1)
/// #     }
/// # }
/// # impl Mul<&Pair> for Pair {
/// #     type Output = Pair;
/// #     fn mul(self, other: &Pair) -> Pair {
/// #         Pair(self.0 * other.0, self.1 * other.1)
/// #     }
/// # }
/// # impl Neg for Pair {
/// #     type Output = Pair;
/// #     fn neg(self) -> Pair {
/// #         Pair(-self.0, -self.1)
/// #     }
/// # }
/// // and Sub, Mul and Neg in the same way
///
/// impl Ring for Pair {
///     fn zero_like(&self) -> Pair {
///         Pair(0.0, 0.0)
///     }
/// }
///
/// let x = Var::from(Pair(2.0, 3.0));
/// let y = &x * &x;
/// y.seed(Pair(1.0, 10.0));
/// assert_eq!(*x.gradient().wait()?, Pair(4.0, 60.0));
/// # Ok::<(), runahead_async::Error>(())
/// ```
pub trait Ring: Additive + for<'a> Mul<&'a Self, Output = Self> {
    /// Zero, of the shape that this has.
    fn zero_like(&self) -> Self;

    /// The complex conjugate; of a matrix, the conjugate transpose; of what is real and commutes, itself.
    fn adjoint(&self) -> Self {
        self.clone()
    }
}

/// A real or complex number, or an array of them with elementwise operations.
///
/// ```
/// use num_complex::Complex;
/// use runahead_async::Scalar;
/// fn square_of_modulus<T: Scalar>(x: &T) -> T::Real {
///     (x.clone() * &x.conj()).re()
/// }
/// assert_eq!(square_of_modulus(&3.0), 9.0);
/// assert_eq!(square_of_modulus(&Complex::new(3.0, 4.0)), 25.0);
/// ```
pub trait Scalar: Ring + for<'a> Div<&'a Self, Output = Self> {
    /// The type of the real and the imaginary part.
    type Real: Scalar<Real = Self::Real>;

    /// The exponential.
    fn exp(&self) -> Self;
    /// The natural logarithm, of a complex number its principal value.
    fn ln(&self) -> Self;
    /// The square root, of a complex number its principal value.
    fn sqrt(&self) -> Self;
    /// The sine.
    fn sin(&self) -> Self;
    /// The cosine.
    fn cos(&self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(&self) -> Self;
    /// An integer power.
    fn powi(&self, n: i32) -> Self;
    /// The real part.
    fn re(&self) -> Self::Real;
    /// The imaginary part.
    fn im(&self) -> Self::Real;
    /// The number with this real and this imaginary part; where numbers are real, the real part.
    fn from_parts(re: Self::Real, im: Self::Real) -> Self;
    /// This number times a real one.
    fn scaled(&self, factor: f64) -> Self;

    /// The complex conjugate.
    fn conj(&self) -> Self {
        self.adjoint()
    }

    /// One, of the shape that this has.
    fn one_like(&self) -> Self {
        self.powi(0)
    }
}

/// Functions that the types have themselves, by the same name.
macro_rules! inherent {
    ($type:ty: $($function:ident)*) => {
        $(
            fn $function(&self) -> Self {
                <$type>::$function(*self)
            }
        )*
    };
}

macro_rules! scalars {
    ($($real:ty)*) => {
        $(
            impl Ring for $real {
                fn zero_like(&self) -> $real {
                    0.0
                }
            }

            impl Scalar for $real {
                type Real = $real;

                inherent! { $real: exp ln sqrt sin cos tanh }

                fn powi(&self, n: i32) -> $real {
                    <$real>::powi(*self, n)
                }

                fn re(&self) -> $real {
                    *self
                }

                fn im(&self) -> $real {
                    0.0
                }

                fn from_parts(re: $real, _im: $real) -> $real {
                    re
                }

                fn scaled(&self, factor: f64) -> $real {
                    self * factor as $real
                }
            }

            impl Ring for Complex<$real> {
                fn zero_like(&self) -> Complex<$real> {
                    Complex::new(0.0, 0.0)
                }

                fn adjoint(&self) -> Complex<$real> {
                    Complex::conj(self)
                }
            }

            impl Scalar for Complex<$real> {
                type Real = $real;

                inherent! { Complex<$real>: exp ln sqrt sin cos tanh }

                fn powi(&self, n: i32) -> Complex<$real> {
                    Complex::powi(self, n)
                }

                fn re(&self) -> $real {
                    self.re
                }

                fn im(&self) -> $real {
                    self.im
                }

                fn from_parts(re: $real, im: $real) -> Complex<$real> {
                    Complex::new(re, im)
                }

                fn scaled(&self, factor: f64) -> Complex<$real> {
                    self * factor as $real
                }
            }
        )*
    };
}

scalars! { f32 f64 }

macro_rules! functions {
    ($($function:ident $doc:literal $argument:literal $expected:literal;)*) => {
        $(
            #[doc = $doc]
            ///
            /// ```
            /// use runahead_async::Async;
            #[doc = concat!("let result = Async::from(", $argument, "_f64).", stringify!($function), "();")]
            #[doc = concat!("assert!((*result.wait()? - ", $expected, "_f64).abs() < 1e-12);")]
            /// # Ok::<(), runahead_async::Error>(())
            /// ```
            #[track_caller]
            pub fn $function(&self) -> Async<T> {
                self.map(T::$function)
            }
        )*
    };
}

/// Functions of real and complex numbers.
impl<T: Scalar> Async<T> {
    functions! {
        exp "The exponential." "0.0" "1.0";
        ln "The natural logarithm, of a complex number its principal value." "1.0" "0.0";
        sqrt "The square root, of a complex number its principal value." "9.0" "3.0";
        sin "The sine." "0.0" "0.0";
        cos "The cosine." "0.0" "1.0";
        tanh "The hyperbolic tangent." "0.0" "0.0";
        conj "The complex conjugate." "2.0" "2.0";
    }

    /// An integer power.
    ///
    /// ```
    /// use runahead_async::Async;
    /// assert_eq!(*Async::from(2.0).powi(10).wait()?, 1024.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn powi(&self, n: i32) -> Async<T> {
        self.map(move |value| value.powi(n))
    }

    /// The real part.
    ///
    /// ```
    /// use num_complex::Complex;
    /// use runahead_async::Async;
    /// assert_eq!(*Async::from(Complex::new(3.0, 4.0)).re().wait()?, 3.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn re(&self) -> Async<T::Real> {
        self.map(T::re)
    }

    /// The imaginary part.
    ///
    /// ```
    /// use num_complex::Complex;
    /// use runahead_async::Async;
    /// assert_eq!(*Async::from(Complex::new(3.0, 4.0)).im().wait()?, 4.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn im(&self) -> Async<T::Real> {
        self.map(T::im)
    }
}
