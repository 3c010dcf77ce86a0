//! Variables: values with gradients.

mod node;
mod operation;
mod operators;

use std::panic::Location;
use std::sync::Arc;

use crate::access::ReadBuffer;
use crate::error::Error;
use crate::form::Addend;
use crate::guard::ReadGuard;
use crate::scalar::{Ring, Scalar};
use crate::task::TaskBuilder;
use crate::value::Async;
use operation::{binary, unary};

use node::{Node, Ready, close_all, contained, launch, run};

/// A variable: a value, and the gradient of what is computed with it.
///
/// Operations on variables give variables, and are tasks, as everywhere. Each notes how the gradient of its result leads
/// to those of its arguments. Where the program [seeds](Self::seed) a result, most often by
/// [`backward`](Self::backward), the gradients of what it was made of can be asked for: reverse-mode differentiation, by
/// the same dataflow.
///
/// ```
/// use runahead_async::Var;
/// let (x, y) = (Var::from(3.0), Var::from(2.0));
/// let z = &x * &x * &y + x.sin();
/// z.backward();
/// assert_eq!(*x.gradient().wait()?, 2.0 * 3.0 * 2.0 + 3.0f64.cos());
/// assert_eq!(*y.gradient().wait()?, 9.0);
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// What was never seeded contributes nothing: its arguments' gradients are zero, where nothing else contributes to them.
/// An error that a value or a seed has becomes an error of the gradients that depend on it.
///
/// # When gradients are complete
///
/// A gradient is the sum of contributions, one of each use of the variable, in the order of the uses, whichever is there
/// first. To ask for it is to say that there will be no more: [`gradient`](Self::gradient) *closes* the variable and all
/// that were made of it, and using or seeding one of them afterwards panics. To have a gradient in hand before that, take
/// it by [`gradient_later`](Self::gradient_later); it is there when the variable is closed, or nobody can use it any more.
///
/// # Complex variables
///
/// The gradient of a real function `f` by `z = x + iy` is `∂f/∂x + i ∂f/∂y`, which points where `f` grows fastest: twice
/// the Wirtinger derivative by the conjugate of `z`. A holomorphic operation `w = h(z)` takes the gradient `g` by `w` to
/// `g · conj(h'(z))` by `z`; `conj` takes it to `conj(g)`; `re` takes a real `g` to `g`, and `im` takes it to `i g`.
/// A complex result seeded with `s` stands for the real function `re(conj(s) w)`.
///
/// ```
/// use num_complex::Complex;
/// use runahead_async::Var;
/// let z = Var::from(Complex::new(3.0, 4.0));
/// let square = (&z * z.conj()).re(); // |z|²
/// square.backward();
/// assert_eq!(*z.gradient().wait()?, Complex::new(6.0, 8.0)); // 2 z
/// # Ok::<(), runahead_async::Error>(())
/// ```
///
/// # Cost
///
/// An operation is a task forward. Backward, operations that follow from each other share a task, and those that do not
/// have tasks of their own.
pub struct Var<T: Ring>(Arc<Node<T>>);

impl<T: Ring> Clone for Var<T> {
    /// Another handle on the same variable.
    fn clone(&self) -> Var<T> {
        self.0.add_handle();
        Var(Arc::clone(&self.0))
    }
}

impl<T: Ring> Drop for Var<T> {
    fn drop(&mut self) {
        self.0.drop_handle();
    }
}

impl<T: Ring> From<T> for Var<T> {
    #[track_caller]
    fn from(value: T) -> Var<T> {
        Var::from(Async::from(value))
    }
}

impl<T: Ring> From<Async<T>> for Var<T> {
    /// A variable with that value, as it is in program order when operations use it. A change of the value goes after what
    /// the operations before it do, forward and backward: to wait for it before a gradient is asked for is to wait for
    /// oneself.
    #[track_caller]
    fn from(value: Async<T>) -> Var<T> {
        Var(Arc::new(Node::new(value, None, Location::caller())))
    }
}

impl<T: Ring> Var<T> {
    /// The value.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0);
    /// let square = (&x * &x).value();
    /// assert_eq!(*(square + 1.0).wait()?, 5.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn value(&self) -> Async<T> {
        self.0.value.clone()
    }

    /// Takes a place in line for reading the value.
    ///
    /// ```
    /// use runahead_async::{Var, compute};
    /// let x = Var::from(2.0);
    /// let text = compute(x.read(), |x| format!("x = {x}"));
    /// assert_eq!(*text.wait()?, "x = 2");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn read(&self) -> ReadBuffer<T> {
        self.0.value.read()
    }

    /// Waits for the value and reads it.
    ///
    /// ```
    /// use runahead_async::Var;
    /// assert_eq!(*Var::from(2.0).powi(3).wait()?, 8.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Errors
    /// Where what was to compute it failed.
    #[track_caller]
    pub fn wait(&self) -> Result<ReadGuard<T>, Error> {
        self.read().wait()
    }

    /// Adds to the gradient of this variable: what it is differentiated for. Seeds add up.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0);
    /// let y = &x * 3.0;
    /// y.seed(10.0);
    /// assert_eq!(*x.gradient().wait()?, 30.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the gradient of this variable, or of one that it was made of, has been asked for.
    #[track_caller]
    pub fn seed(&self, seed: T) {
        let mut ready = Ready::new();
        self.0.contribution(None, Location::caller()).deliver(Ok(Some(seed)), &mut ready);
        launch(&mut ready);
    }

    /// Adds to the gradient of this variable what the value is now, in program order, when that is there. Where it was not
    /// written, or was cancelled, it counts as absent.
    ///
    /// ```
    /// use runahead_async::{Promise, Var};
    /// let (x, seed) = (Var::from(2.0), Promise::new());
    /// (&x * 3.0).seed_with(&seed.value());
    /// let gradient = x.gradient();
    /// seed.set(10.0);
    /// assert_eq!(*gradient.wait()?, 30.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the gradient of this variable, or of one that it was made of, has been asked for.
    #[track_caller]
    pub fn seed_with(&self, seed: &Async<T>) {
        let contribution = self.0.contribution(None, Location::caller());
        TaskBuilder::new(Location::caller()).dispatch(Addend(seed.read()), |seed| {
            let mut ready = Ready::new();
            contribution.deliver(seed.map(Option::<&T>::cloned), &mut ready);
            run(ready);
        });
    }

    /// Seeds this variable with one, and lets it go.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0);
    /// x.powi(3).backward();
    /// assert_eq!(*x.gradient().wait()?, 12.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the gradient of this variable, or of one that it was made of, has been asked for.
    #[track_caller]
    pub fn backward(self)
    where
        T: Scalar,
    {
        let contribution = self.0.contribution(None, Location::caller());
        let location = Location::caller();
        TaskBuilder::new(location).dispatch(self.read().result(), move |value| {
            let one = value.and_then(|value| contained(|| value.one_like(), location));
            let mut ready = Ready::new();
            contribution.deliver(one.map(Some), &mut ready);
            run(ready);
        });
    }

    /// The gradient of all that was seeded and computed with this variable, which may not be computed with any more.
    ///
    /// Zero where nothing contributes to it. It can be asked for again, and is the same value.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let (x, y) = (Var::from(2.0), Var::from(5.0));
    /// (&x * 3.0).backward();
    /// assert_eq!((*x.gradient().wait()?, *y.gradient().wait()?), (3.0, 0.0));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    pub fn gradient(&self) -> Async<T> {
        let gradient = self.0.gradient();
        close_all(self.0.clone());
        gradient
    }

    /// The gradient, to be read when it is complete: when that of this variable, or of one that it was made of, is asked
    /// for by [`gradient`](Self::gradient), or when nothing that could use it is left.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(3.0);
    /// let slope = x.gradient_later().map(|g| format!("slope {g}"));
    /// let square = &x * &x;
    /// square.backward();
    /// drop(x);
    /// assert_eq!(*slope.wait()?, "slope 6");
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// To wait for it while holding what could still use it is to wait for oneself.
    pub fn gradient_later(&self) -> Async<T> {
        self.0.gradient()
    }

    /// A variable computed from this one: the value by `forward`, and the contribution to this one's gradient by
    /// `backward`, from the gradient by the result, this variable's value, and the result's value.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let x = Var::from(2.0);
    /// let cube = x.map(|x| x * x * x, |g, x, _| g * 3.0 * x * x);
    /// cube.backward();
    /// assert_eq!(*x.gradient().wait()?, 12.0);
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the gradient of this variable, or of one that it was made of, has been asked for.
    #[track_caller]
    pub fn map<U: Ring>(
        &self,
        forward: impl FnOnce(&T) -> U + Send + 'static,
        backward: impl FnOnce(&U, &T, &U) -> T + Send + 'static,
    ) -> Var<U> {
        Var(unary(&self.0, forward, backward))
    }

    /// A variable computed from this one and another one: the value by `forward`, and the contributions to the gradients
    /// of the two by `backward`, from the gradient by the result and the two values.
    ///
    /// ```
    /// use runahead_async::Var;
    /// let (x, y) = (Var::from(3.0f64), Var::from(4.0));
    /// let length = x.zip(&y, |x, y| x.hypot(*y), |g, x, y| (g * x / x.hypot(*y), g * y / x.hypot(*y)));
    /// length.backward();
    /// assert_eq!((*x.gradient().wait()?, *y.gradient().wait()?), (0.6, 0.8));
    /// # Ok::<(), runahead_async::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where the gradient of either variable, or of one that it was made of, has been asked for.
    #[track_caller]
    pub fn zip<U: Ring, V: Ring>(
        &self,
        other: &Var<U>,
        forward: impl FnOnce(&T, &U) -> V + Send + 'static,
        backward: impl FnOnce(&V, &T, &U) -> (T, U) + Send + 'static,
    ) -> Var<V> {
        Var(binary(&self.0, &other.0, forward, backward))
    }
}

/// Never waits: it tells whether the value is ready, not what it is.
impl<T: Ring> std::fmt::Debug for Var<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.value.is_ready() { "Var(ready)" } else { "Var(pending)" })
    }
}
