//! Derivatives of functions of tensors, as functions of tensors.
//!
//! All of these take functions of recorded tensors and give recorded tensors, so they are used within each other and within
//! [`jit`](crate::jit): `jit("slope", grad(f))` is compiled as one program and called in any mode.

use runahead_ir::differentiate::{has_tangent, jvp as forward, vjp as backward, vjp_of as backward_of};
use runahead_ir::{Function, TensorType};

use crate::tensor::{Inputs, Lengths, Parts, form};
use crate::{Lazily, Lazy, Number, Operands, Recorded, Result, TensorError, Value, ops};

/// The gradient of a function: of the scalar that it gives, by each of the tensors that it is given.
///
/// For complex tensors it is the conjugate of the direction in which the function grows most, as in JAX.
///
/// ```
/// use runahead::{Lazy, Tensor, grad, jit, ops};
/// let x = Tensor::from_slice(&[1f32, 2.0, 3.0], [3], &runahead::device("cpu")?)?;
/// let slope = jit("slope", grad(|x: Lazy| ops::sum(ops::multiply(&x, &x)?, [])));
/// assert_eq!(slope.call(&x)?.to_vec::<f32>()?, [2.0, 4.0, 6.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The function that is given back fails where the function fails, what it is given is not of floats, what it gives is no
/// scalar of floats, or depends on what it is given by an operation that has no derivative.
pub fn grad<P, F>(function: F) -> impl Fn(P) -> Result<P>
where
    P: Operands<Recorded = P>,
    F: Fn(P) -> Result<Lazy>,
{
    let both = value_and_grad(function);
    move |at| Ok(both(at)?.1)
}

/// The value of a function that gives a scalar, and its [gradient](grad).
///
/// ```
/// use runahead::{Lazy, Tensor, jit, ops, value_and_grad};
/// let device = runahead::device("cpu")?;
/// let w = Tensor::from_slice(&[1f32, -1.0], [2], &device)?;
/// let x = Tensor::from_slice(&[3f32, 4.0], [2], &device)?;
/// let step = jit("step", |(w, x): (Lazy, Lazy)| {
///     value_and_grad(|w| ops::sum(ops::multiply(w, &x)?, []))(w)
/// });
/// let (loss, gradient) = step.call((&w, &x))?;
/// assert_eq!(loss.to_vec::<f32>()?, [-1.0]);
/// assert_eq!(gradient.to_vec::<f32>()?, [3.0, 4.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`grad`].
pub fn value_and_grad<P, F>(function: F) -> impl Fn(P) -> Result<(Lazy, P)>
where
    P: Operands<Recorded = P>,
    F: Fn(P) -> Result<Lazy>,
{
    move |at| {
        let traced = Traceable::new("value_and_grad", &function, at)?;
        let one = seed(&traced.results[0])?;
        traced.pull_back(&[one])
    }
}

/// The gradients of a recorded scalar by recorded tensors that it is computed from; zeros by those that it is not.
///
/// ```
/// use runahead::{Operations, Tensor, gradients, ops};
/// let x = Tensor::from_slice(&[1f32, 2.0], [2], &runahead::device("cpu")?)?.lazy();
/// let loss = ops::sum(ops::exp(&x)?, [])?;
/// let gradient = gradients(&loss, &[&x])?.remove(0);
/// assert!((gradient.eval()?.to_vec::<f32>()?[1] - 2f32.exp()).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the value is no scalar of floats, a tensor is not of floats, or there is an operation between them that has no
/// derivative.
pub fn gradients(value: &Lazy, by: &[&Lazy]) -> Result<Vec<Lazy>> {
    let by: Vec<Lazy> = by.iter().map(|&lazy| lazy.clone()).collect();
    Ok(with_gradients(std::slice::from_ref(value), &by)?.1)
}

/// Recorded values as what is computed on the way to the gradients of the first one, a scalar; and these gradients. So
/// nothing is computed twice that the others have in common with the first.
///
/// # Errors
/// As for [`gradients`].
pub(crate) fn with_gradients(values: &[Lazy], by: &[Lazy]) -> Result<(Vec<Lazy>, Vec<Lazy>)> {
    let one = seed(values[0].ty())?;
    let function = Differentiable::new("gradients", values, by)?;
    let derivative = backward_of(&function.function, &function.by, &[0])?;
    let mut values_and_gradients = function.with(derivative, &[one])?;
    let gradients = values_and_gradients.split_off(values.len());
    Ok((values_and_gradients, gradients))
}

/// The value of a function, and a function that pulls cotangents of the value back to cotangents of what it was given:
/// the transpose of its derivative.
///
/// Cotangents are given for every tensor of the value; those for integers do not matter.
///
/// ```
/// use runahead::{Lazy, Tensor, ops, vjp};
/// let x = Tensor::from_slice(&[0f32, 1.0], [2], &runahead::device("cpu")?)?;
/// let (value, pull) = vjp(|x: Lazy| ops::sin(x), x.lazy())?;
/// let cotangent = pull(ops::ones([2], runahead::ElementType::F32, runahead::Recording)?)?;
/// assert!((cotangent.eval()?.to_vec::<f32>()?[1] - 1f32.cos()).abs() < 1e-6);
/// assert_eq!(value.eval()?.dims(), [2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`grad`], but that the value may be anything; the function that pulls back fails where a cotangent is not of its
/// tensor's type.
pub fn vjp<P, R, F>(function: F, at: P) -> Result<(R, impl FnOnce(R) -> Result<P>)>
where
    P: Operands<Recorded = P>,
    R: Recorded + Value<In<Lazily> = R>,
    F: Fn(P) -> Result<R>,
{
    let traced = Traceable::new("vjp", function, at)?;
    let value = traced.assemble(traced.function.value()?);
    let pull = move |cotangents: R| {
        let kept = traced.with_tangents(&Parts::of(cotangents).tensors)?;
        let (_, parts): (R, P) = traced.pull_back(&kept)?;
        Ok(parts)
    };
    Ok((value, pull))
}

/// The value of a function, and what it changes by when what it is given changes by tangents: the derivative along them.
///
/// Of tensors of the value that are integers, the tangents are zeros.
///
/// ```
/// use runahead::{Lazy, Tensor, jvp, ops};
/// let device = runahead::device("cpu")?;
/// let x = Tensor::from_slice(&[1f32, 2.0], [2], &device)?;
/// let along = Tensor::from_slice(&[1f32, 0.5], [2], &device)?;
/// let (_, change) = jvp(|x: Lazy| ops::multiply(&x, &x), x.lazy(), along.lazy())?;
/// assert_eq!(change.eval()?.to_vec::<f32>()?, [2.0, 2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As for [`grad`], but that the value may be anything; where a tangent is not of its tensor's type.
pub fn jvp<P, R, F>(function: F, at: P, tangents: P) -> Result<(R, R)>
where
    P: Operands<Recorded = P>,
    R: Recorded + Value<In<Lazily> = R>,
    F: Fn(P) -> Result<R>,
{
    let traced = Traceable::new("jvp", function, at)?;
    let tangents = flat(&tangents)?;
    let mut results = traced.function.forward(&tangents)?;
    let mut changes = results.split_off(traced.results.len()).into_iter();
    let mut all = Vec::with_capacity(results.len());
    for ty in &traced.results {
        all.push(match has_tangent(&ty.clone().into()) {
            true => changes.next().expect("there is a tangent for each result that can have one"),
            false => ops::zeros(&ty.dims, ty.element, crate::Recording)?,
        });
    }
    Ok((traced.assemble(results), traced.assemble(all)))
}

/// A function, traced at recorded operands.
struct Traceable<P> {
    function: Differentiable,
    at: P,
    results: Vec<TensorType>,
    lengths: Lengths,
}

impl<P: Operands<Recorded = P>> Traceable<P> {
    fn new<R: Recorded>(
        name: &'static str,
        function: impl Fn(P) -> Result<R>,
        at: P,
    ) -> Result<Traceable<P>> {
        let operands = flat(&at)?;
        // Traced on values of its own, so that what the operands were made of stays outside.
        let inner: Vec<Lazy> = operands.iter().map(|lazy| Lazy::parameter(lazy.ty().clone())).collect();
        let Parts { tensors, lengths } = Parts::of(function(at.recorded(&mut inner.iter().cloned()))?);
        let results = tensors.iter().map(|lazy| lazy.ty().clone()).collect();
        // What was recorded before the arguments does not depend on them.
        let is_outside = |lazy: &Lazy| inner.first().is_some_and(|first| lazy.is_older_than(first));
        let function = Differentiable::traced(name, &tensors, &inner, operands, is_outside)?;
        Ok(Traceable { function, at, results, lengths })
    }

    /// The value, and the operands' cotangents from those of the results that have tangents.
    fn pull_back<R: Value<In<Lazily> = R>>(&self, cotangents: &[Lazy]) -> Result<(R, P)> {
        let mut results = self.function.backward(cotangents)?;
        let parts = results.split_off(self.results.len());
        Ok((self.assemble(results), self.at.recorded(&mut parts.into_iter())))
    }

    fn assemble<R: Value<In<Lazily> = R>>(&self, tensors: Vec<Lazy>) -> R {
        R::assemble::<Lazily>(&mut tensors.into_iter(), &mut self.lengths.iter().copied())
    }

    /// Of one tensor for each result, those whose results have tangents.
    fn with_tangents(&self, all: &[Lazy]) -> Result<Vec<Lazy>> {
        if all.len() != self.results.len() {
            let message = format!("{} cotangents are given for {} results", all.len(), self.results.len());
            return Err(TensorError::invalid(message));
        }
        let kept = self.results.iter().zip(all).filter(|(ty, _)| has_tangent(&(*ty).clone().into()));
        Ok(kept.map(|(_, lazy)| lazy.clone()).collect())
    }
}

/// A recorded function as one of the intermediate representation, and what it is applied to: by the first operands it is
/// differentiated, the others it has from outside.
struct Differentiable {
    function: Function,
    operands: Vec<Lazy>,
    by: Vec<usize>,
}

impl Differentiable {
    /// How recorded values depend on others.
    fn new(name: &str, results: &[Lazy], by: &[Lazy]) -> Result<Differentiable> {
        Differentiable::traced(name, results, by, by.to_vec(), |_| false)
    }

    fn traced(
        name: &str,
        results: &[Lazy],
        parameters: &[Lazy],
        mut operands: Vec<Lazy>,
        is_outside: impl Fn(&Lazy) -> bool,
    ) -> Result<Differentiable> {
        let (form, leaves) = form(results, parameters, &mut |lazy| lazy.is_leaf() || is_outside(lazy))?;
        let by = (0..operands.len()).collect();
        operands.extend(leaves);
        Ok(Differentiable { function: form.to_function(name), operands, by })
    }

    fn value(&self) -> Result<Vec<Lazy>> {
        Lazy::inline(&self.function, &self.operands)
    }

    fn backward(&self, cotangents: &[Lazy]) -> Result<Vec<Lazy>> {
        self.with(backward(&self.function, &self.by)?, cotangents)
    }

    fn forward(&self, tangents: &[Lazy]) -> Result<Vec<Lazy>> {
        self.with(forward(&self.function, &self.by)?, tangents)
    }

    fn with(&self, mut derivative: Function, more: &[Lazy]) -> Result<Vec<Lazy>> {
        runahead_ir::passes::fold(&mut derivative);
        runahead_ir::passes::cse(&mut derivative);
        runahead_ir::passes::dce(&mut derivative);
        Lazy::inline(&derivative, &[&self.operands, more].concat())
    }
}

/// The recorded tensors of a value.
fn flat<P: Operands<Recorded = P>>(value: &P) -> Result<Vec<Lazy>> {
    let mut inputs = Inputs::new();
    value.inputs(&mut inputs);
    crate::tensor::recorded(&inputs)
}

/// The cotangent 1 of a scalar.
fn seed(ty: &TensorType) -> Result<Lazy> {
    let is_real = ty.element.is_float();
    if !ty.dims.is_empty() || !is_real {
        let message = format!("the function gives {ty}; expected a scalar of floats to take the gradient of");
        return Err(TensorError::invalid(message));
    }
    let one = Number::Real(1.0).element(ty.element)?;
    Ok(Lazy::constant(runahead_ir::Literal::new(ty.clone(), one)?))
}
