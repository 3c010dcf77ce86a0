//! What layers and models have in common.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::{Parameter, saving};
use crate::tensor::{Inputs, Parts, recorded};
use crate::{Lazy, Mode, Operands, Recorded, Result, TensorError, Value};

/// What a module is run for. Some layers do otherwise in training: dropout drops, batch normalization takes the
/// statistics of its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Phase {
    /// Its parameters are to be learned; what layers count and average meanwhile changes.
    Training,
    /// It is used as it is, and nothing of it changes.
    #[default]
    Inference,
}

/// A layer, or a model made of them: a function on recorded tensors, with parameters.
///
/// ```
/// use runahead::nn::{Linear, Module, Parameter, Phase, Source, Store};
/// use runahead::{ElementType, Lazy, Result, ops};
///
/// struct Perceptron {
///     hidden: Linear,
///     output: Linear,
/// }
///
/// impl Perceptron {
///     fn new(source: &Source) -> Result<Perceptron> {
///         Ok(Perceptron {
///             hidden: Linear::new(784, 64, &source.pp("hidden"))?,
///             output: Linear::new(64, 10, &source.pp("output"))?,
///         })
///     }
/// }
///
/// impl Module for Perceptron {
///     type Input = Lazy;
///     type Output = Lazy;
///
///     fn forward(&self, x: Lazy, phase: Phase) -> Result<Lazy> {
///         self.output.forward(ops::relu(self.hidden.forward(x, phase)?)?, phase)
///     }
///
///     fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
///         self.hidden.visit(visit);
///         self.output.visit(visit);
///     }
/// }
///
/// let device = runahead::device("cpu")?;
/// let model = Perceptron::new(&Store::fresh(42, &device).source())?;
/// let x = ops::randn([32, 784], ElementType::F32, 1, &device)?;
/// let now = model.call(&x)?; // one program, which has run
/// let later = model.call(x.to_async())?; // submitted
/// let lazy = model.call(x.lazy())?; // recorded
/// assert_eq!(now.to_vec::<f32>()?, later.wait()?.to_vec::<f32>()?);
/// assert_eq!(lazy.dims(), [32, 10]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Module: Send + Sync {
    /// What it takes: [`Lazy`], or a tuple, vector or option of them.
    type Input;
    /// What it gives.
    type Output: Recorded;

    /// Records what it computes. In training, its state may be set to what is recorded then; that is computed with what
    /// is asked for by [`call_in`](Self::call_in), and by an optimiser's step.
    ///
    /// # Errors
    /// Where the input does not suit it.
    fn forward(&self, input: Self::Input, phase: Phase) -> Result<Self::Output>;

    /// Shows its parameters, in an order that does not change, those of the modules within it too.
    fn visit(&self, visit: &mut dyn FnMut(&Parameter));

    /// Its parameters, each once.
    fn parameters(&self) -> Vec<Parameter>
    where
        Self: Sized,
    {
        let (mut seen, mut parameters) = (HashSet::new(), Vec::new());
        self.visit(&mut |parameter| {
            if seen.insert(parameter.clone()) {
                parameters.push(parameter.clone());
            }
        });
        parameters
    }

    /// Applies it for inference to a tensor in any mode, or to several where it takes several: given tensors, it has run
    /// as one program when the call returns; with one in flight, it is submitted; with one recorded, it is recorded.
    ///
    /// # Errors
    /// Those of [`forward`](Self::forward), found at the call in every mode; where arguments are on several devices; where
    /// the program cannot be compiled or submitted; where it runs now, what goes wrong.
    fn call<O>(&self, input: O) -> Result<<Self::Output as Value>::In<O::Mode>>
    where
        Self: Sized,
        O: Operands<Recorded = Self::Input>,
    {
        self.call_in(Phase::Inference, input)
    }

    /// As [`call`](Self::call), in either phase. Where it is run or submitted in training, so is what becomes of its state.
    ///
    /// # Errors
    /// As for [`call`](Self::call).
    fn call_in<O>(&self, phase: Phase, input: O) -> Result<<Self::Output as Value>::In<O::Mode>>
    where
        Self: Sized,
        O: Operands<Recorded = Self::Input>,
    {
        let mut inputs = Inputs::new();
        input.inputs(&mut inputs);
        let given = recorded(&inputs)?;
        let output = self.forward(input.recorded(&mut given.into_iter()), phase)?;
        let Parts { tensors, lengths } = Parts::of(output);
        let tensors = <O::Mode as Mode>::settle(tensors, || pending(&self.parameters()))?;
        Ok(<Self::Output as Value>::assemble::<O::Mode>(&mut tensors.into_iter(), &mut lengths.into_iter()))
    }

    /// Writes its parameters to a file by their names, `.safetensors` or `.npz`; waits for their values.
    ///
    /// # Errors
    /// Where a value cannot be computed, two parameters have one name, or the file cannot be written.
    fn save(&self, path: impl AsRef<Path>) -> Result<()>
    where
        Self: Sized,
    {
        saving::save(&self.parameters(), path.as_ref())
    }

    /// Sets its parameters to what a file has for their names, a file that [`ArrayFile`](crate::files::ArrayFile) opens;
    /// floats are cast to the parameters' elements. The data are on their way when this returns.
    ///
    /// # Errors
    /// Where the file cannot be opened, or its names or shapes are not those of the parameters: then all that are missing,
    /// extra or ill-shaped are named, and no parameter is set.
    fn load(&self, path: impl AsRef<Path>) -> Result<()>
    where
        Self: Sized,
    {
        saving::load(&self.parameters(), path.as_ref())
    }
}

/// The values of parameters that are recorded and not computed yet.
pub(crate) fn pending(parameters: &[Parameter]) -> Vec<Lazy> {
    parameters.iter().map(Parameter::get).filter(|value| !value.is_evaluated()).collect()
}

macro_rules! handles {
    ($($handle:ty),*) => {
        $(impl<M: Module + ?Sized> Module for $handle {
            type Input = M::Input;
            type Output = M::Output;

            fn forward(&self, input: Self::Input, phase: Phase) -> Result<Self::Output> {
                (**self).forward(input, phase)
            }

            fn visit(&self, visit: &mut dyn FnMut(&Parameter)) {
                (**self).visit(visit);
            }
        })*
    };
}

handles!(&M, Box<M>, Arc<M>);

/// Does a layer's work, and names the layer in what goes wrong: its kind, and where it is in the model.
pub(super) fn in_layer<R>(
    kind: &'static str,
    path: &str,
    operands: &[&Lazy],
    work: impl FnOnce() -> Result<R>,
) -> Result<R> {
    work().map_err(|error| {
        let name = if path.is_empty() { kind.to_owned() } else { format!("{kind} {path}") };
        error.within(name, || operands.iter().map(|operand| operand.ty().to_string()).collect())
    })
}

/// Fails where an input's elements, or its size along an axis, are not what a parameter takes.
pub(super) fn check_input(x: &Lazy, axis: isize, parameter: &Parameter, size: usize) -> Result<()> {
    let (name, ty) = (parameter.name(), parameter.ty());
    if x.element() != ty.element {
        let message = format!("elements are {}; {name}, {ty}, takes {}", x.element(), ty.element);
        return Err(TensorError::invalid(message));
    }
    let rank = x.dims().len();
    let at = if axis < 0 { rank.checked_sub(axis.unsigned_abs()) } else { Some(axis.unsigned_abs()) };
    let found = at.and_then(|at| x.dims().get(at));
    if found == Some(&size) {
        return Ok(());
    }
    Err(TensorError::invalid(match found {
        Some(found) => format!("axis {axis} has size {found}; {name}, {ty}, takes {size}"),
        None => format!("there is no axis {axis}; {name}, {ty}, takes one of size {size}"),
    }))
}
