//! Operations on variables, each with its derivative.
//!
//! Products are taken in an order that holds for matrices too: the gradient by `a` of `a b` is `g b*`, and by `b` it is
//! `a* g`, where the star is the adjoint.

use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use num_complex::Complex;

use crate::scalar::{Ring, Scalar};
use crate::var::Var;

/// Operations as plain functions, and what they do to gradients.
mod rules {
    use super::*;

    pub(super) fn add<T: Ring>(a: &T, b: &T) -> T {
        a.clone() + b
    }

    pub(super) fn add_back<T: Ring>(g: &T, _a: &T, _b: &T) -> (T, T) {
        (g.clone(), g.clone())
    }

    pub(super) fn sub<T: Ring>(a: &T, b: &T) -> T {
        a.clone() - b
    }

    pub(super) fn sub_back<T: Ring>(g: &T, _a: &T, _b: &T) -> (T, T) {
        (g.clone(), -g.clone())
    }

    pub(super) fn mul<T: Ring>(a: &T, b: &T) -> T {
        a.clone() * b
    }

    pub(super) fn mul_back<T: Ring>(g: &T, a: &T, b: &T) -> (T, T) {
        (g.clone() * &b.adjoint(), a.adjoint() * g)
    }

    pub(super) fn div<T: Scalar>(a: &T, b: &T) -> T {
        a.clone() / b
    }

    pub(super) fn div_back<T: Scalar>(g: &T, a: &T, b: &T) -> (T, T) {
        let b = b.conj();
        let to_a = g.clone() / &b;
        let to_b = -(to_a.clone() * &a.conj() / &b);
        (to_a, to_b)
    }
}

/// An operator: between variables, with a plain value on the right, and its assigning form.
macro_rules! operator {
    ($bound:ident: $trait:ident $method:ident, $assign:ident $assign_method:ident, $rule:ident $back:ident) => {
        impl<T: $bound> $trait<&Var<T>> for &Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: &Var<T>) -> Var<T> {
                self.zip(right, rules::$rule, rules::$back)
            }
        }

        impl<T: $bound> $trait<Var<T>> for &Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: Var<T>) -> Var<T> {
                $trait::$method(self, &right)
            }
        }

        impl<T: $bound> $trait<&Var<T>> for Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: &Var<T>) -> Var<T> {
                $trait::$method(&self, right)
            }
        }

        impl<T: $bound> $trait<Var<T>> for Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: Var<T>) -> Var<T> {
                $trait::$method(&self, &right)
            }
        }

        impl<T: $bound> $trait<T> for &Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: T) -> Var<T> {
                let kept = right.clone();
                self.map(move |a| rules::$rule(a, &kept), move |g, a, _| rules::$back(g, a, &right).0)
            }
        }

        impl<T: $bound> $trait<T> for Var<T> {
            type Output = Var<T>;

            #[track_caller]
            fn $method(self, right: T) -> Var<T> {
                $trait::$method(&self, right)
            }
        }

        /// The handle becomes one on the result; other handles on the variable stay as they are.
        impl<T: $bound> $assign<&Var<T>> for Var<T> {
            #[track_caller]
            fn $assign_method(&mut self, right: &Var<T>) {
                *self = $trait::$method(&*self, right);
            }
        }

        /// The handle becomes one on the result; other handles on the variable stay as they are.
        impl<T: $bound> $assign<Var<T>> for Var<T> {
            #[track_caller]
            fn $assign_method(&mut self, right: Var<T>) {
                *self = $trait::$method(&*self, &right);
            }
        }

        /// The handle becomes one on the result; other handles on the variable stay as they are.
        impl<T: $bound> $assign<T> for Var<T> {
            #[track_caller]
            fn $assign_method(&mut self, right: T) {
                *self = $trait::$method(&*self, right);
            }
        }
    };
}

operator! { Ring: Add add, AddAssign add_assign, add add_back }
operator! { Ring: Sub sub, SubAssign sub_assign, sub sub_back }
operator! { Ring: Mul mul, MulAssign mul_assign, mul mul_back }
operator! { Scalar: Div div, DivAssign div_assign, div div_back }

/// A number on the left of an operator.
macro_rules! number_on_the_left {
    ($($number:ty)*) => {
        $(number_on_the_left! { $number: Add add add add_back, Sub sub sub sub_back, Mul mul mul mul_back, Div div div div_back })*
    };
    ($number:ty: $($trait:ident $method:ident $rule:ident $back:ident),*) => {
        $(
            impl $trait<&Var<$number>> for $number {
                type Output = Var<$number>;

                #[track_caller]
                fn $method(self, right: &Var<$number>) -> Var<$number> {
                    right.map(move |b| rules::$rule(&self, b), move |g, b, _| rules::$back(g, &self, b).1)
                }
            }

            impl $trait<Var<$number>> for $number {
                type Output = Var<$number>;

                #[track_caller]
                fn $method(self, right: Var<$number>) -> Var<$number> {
                    $trait::$method(self, &right)
                }
            }
        )*
    };
}

number_on_the_left! { f32 f64 Complex<f32> Complex<f64> }

impl<T: Ring> Neg for &Var<T> {
    type Output = Var<T>;

    #[track_caller]
    fn neg(self) -> Var<T> {
        self.map(|x| -x.clone(), |g, _, _| -g.clone())
    }
}

impl<T: Ring> Neg for Var<T> {
    type Output = Var<T>;

    #[track_caller]
    fn neg(self) -> Var<T> {
        -&self
    }
}

/// Functions of real and complex numbers.
///
/// ```
/// use runahead_async::Var;
/// let x = Var::from(0.5f64);
/// let y = x.tanh().exp();
/// y.backward();
/// let tanh = 0.5f64.tanh();
/// assert!((*x.gradient().wait()? - tanh.exp() * (1.0 - tanh * tanh)).abs() < 1e-15);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// # Panics
/// Where the gradient of the variable, or of one that it was made of, has been asked for.
impl<T: Scalar> Var<T> {
    /// The exponential.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(0.0_f64);
    /// let y = x.exp();
    /// assert_eq!(*y.wait()?, 1.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 1.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn exp(&self) -> Var<T> {
        self.map(T::exp, |g, _, y| g.clone() * &y.conj())
    }

    /// The natural logarithm, of a complex number its principal value.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(1.0_f64);
    /// let y = x.ln();
    /// assert_eq!(*y.wait()?, 0.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 1.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn ln(&self) -> Var<T> {
        self.map(T::ln, |g, x, _| g.clone() / &x.conj())
    }

    /// The square root, of a complex number its principal value.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(4.0_f64);
    /// let y = x.sqrt();
    /// assert_eq!(*y.wait()?, 2.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 0.25);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn sqrt(&self) -> Var<T> {
        self.map(T::sqrt, |g, _, y| g.scaled(0.5) / &y.conj())
    }

    /// The sine.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(0.0_f64);
    /// let y = x.sin();
    /// assert_eq!(*y.wait()?, 0.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 1.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn sin(&self) -> Var<T> {
        self.map(T::sin, |g, x, _| g.clone() * &x.cos().conj())
    }

    /// The cosine.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(0.0_f64);
    /// let y = x.cos();
    /// assert_eq!(*y.wait()?, 1.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 0.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn cos(&self) -> Var<T> {
        self.map(T::cos, |g, x, _| -(g.clone() * &x.sin().conj()))
    }

    /// The hyperbolic tangent.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(0.0_f64);
    /// let y = x.tanh();
    /// assert_eq!(*y.wait()?, 0.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 1.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn tanh(&self) -> Var<T> {
        self.map(T::tanh, |g, _, y| {
            let square = y.conj() * &y.conj();
            g.clone() - &(g.clone() * &square)
        })
    }

    /// An integer power.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0);
    /// let y = x.powi(3);
    /// assert_eq!(*y.wait()?, 8.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 12.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn powi(&self, n: i32) -> Var<T> {
        self.map(
            move |x| x.powi(n),
            move |g, x, _| match n {
                0 => g.zero_like(),
                n => g.clone() * &x.conj().powi(n - 1).scaled(f64::from(n)),
            },
        )
    }

    /// The complex conjugate.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0_f64);
    /// let y = x.conj();
    /// assert_eq!(*y.wait()?, 2.0);
    /// y.backward();
    /// assert_eq!(*x.gradient().wait()?, 1.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn conj(&self) -> Var<T> {
        self.map(T::conj, |g, _, _| g.conj())
    }

    /// The real part.
    ///
    /// ```
    /// use num_complex::Complex;
    /// use runahead_async::Var;
    /// let z = Var::from(Complex::new(3.0, 4.0));
    /// let part = z.re();
    /// assert_eq!(*part.wait()?, 3.0);
    /// part.backward();
    /// assert_eq!(*z.gradient().wait()?, Complex::new(1.0, 0.0));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn re(&self) -> Var<T::Real> {
        self.map(T::re, |g, _, _| T::from_parts(g.clone(), g.zero_like()))
    }

    /// The imaginary part; of a real number, zero.
    ///
    /// ```
    /// use num_complex::Complex;
    /// use runahead_async::Var;
    /// let z = Var::from(Complex::new(3.0, 4.0));
    /// let part = z.im();
    /// assert_eq!(*part.wait()?, 4.0);
    /// part.backward();
    /// assert_eq!(*z.gradient().wait()?, Complex::new(0.0, 1.0));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    #[track_caller]
    pub fn im(&self) -> Var<T::Real> {
        self.map(T::im, |g, _, _| T::from_parts(g.zero_like(), g.clone()))
    }
}
