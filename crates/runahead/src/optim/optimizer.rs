//! What all optimisers have in common.

use std::fmt;
use std::path::Path;

use runahead_ir::Literal;

use super::{Clip, Schedule};
use crate::differentiate::with_gradients;
use crate::nn::{Parameter, pending, saving};
use crate::{AsyncTensor, ElementType, Lazy, Result, TensorError, ops};

/// How an optimiser changes one parameter.
///
/// Numbers that change from step to step are operands of the recorded program, so that every step is the same program.
///
/// ```
/// use runahead::optim::{Rule, Update};
/// use runahead::{Lazy, Operations, Result, ops};
///
/// /// Steps of one length, whatever the gradient's is.
/// struct SignDescent;
///
/// impl Rule for SignDescent {
///     fn update(&self, Update { value, gradient, rate, .. }: Update<'_>) -> Result<(Lazy, Vec<Lazy>)> {
///         Ok((value.subtract(gradient.sign()?.multiply(rate)?)?, Vec::new()))
///     }
/// }
/// # let _ = SignDescent;
/// ```
pub trait Rule {
    /// What is kept for each parameter from step to step, by name: tensors of its shape that begin as zeros.
    fn states(&self) -> &'static [&'static str] {
        &[]
    }

    /// Other numbers that depend on the step, which is counted from 1.
    fn numbers(&self, _step: u64) -> Vec<f64> {
        Vec::new()
    }

    /// Records a parameter's next value and its next states.
    ///
    /// # Errors
    /// Where they cannot be recorded.
    fn update(&self, update: Update<'_>) -> Result<(Lazy, Vec<Lazy>)>;
}

/// What a [`Rule`] is told of a parameter. All elements have one type: `f32`, or `f64` where the parameter's have.
#[derive(Clone, Copy, Debug)]
pub struct Update<'a> {
    /// The value.
    pub value: &'a Lazy,
    /// How the loss changes with it.
    pub gradient: &'a Lazy,
    /// What was kept, in the order of [`Rule::states`].
    pub states: &'a [Lazy],
    /// The learning rate, a scalar.
    pub rate: &'a Lazy,
    /// The rule's own numbers, scalars in the order of [`Rule::numbers`].
    pub numbers: &'a [Lazy],
}

/// Changes parameters by a rule, step by step; the [module](super) has an example.
pub struct Optimizer<R> {
    rule: R,
    schedule: Schedule,
    clip: Option<Clip>,
    /// Those of the model that are not trained; what becomes of them is computed with those that are.
    others: Vec<Parameter>,
    trained: Vec<Trained>,
    /// Steps that were taken.
    steps: u64,
}

struct Trained {
    parameter: Parameter,
    states: Vec<Parameter>,
}

impl<R: Rule> Optimizer<R> {
    /// An optimiser of those of the parameters that are trainable now. Give it all of a model's: a step also computes what
    /// training makes of the others, such as running statistics.
    ///
    /// # Errors
    /// Where a trainable parameter has elements that are no floats.
    pub fn new(rule: R, parameters: Vec<Parameter>, rate: impl Into<Schedule>) -> Result<Optimizer<R>> {
        let (trainable, others): (Vec<_>, Vec<_>) = parameters.into_iter().partition(Parameter::is_trainable);
        let trained = trainable.into_iter().map(|parameter| {
            if !parameter.element().is_float() {
                let message = format!("it is {}, and cannot be trained; expected floats", parameter.ty());
                return Err(TensorError::invalid(message).within(parameter.name().to_owned(), Vec::new));
            }
            let device = match parameter.get().device() {
                Some(device) => device.clone(),
                None => crate::device("cpu")?,
            };
            let element = wide(parameter.element());
            let states = rule.states().iter().map(|state| {
                let ty = runahead_ir::TensorType::new(element, parameter.dims().iter().copied());
                let zeros = Literal::splat(ty, vec![0; element.size()])?;
                let name = format!("{state}.{}", parameter.name());
                Parameter::state(name, AsyncTensor::upload(&zeros, &device)?)
            });
            let states = states.collect::<Result<_>>()?;
            Ok(Trained { parameter, states })
        });
        let trained = trained.collect::<Result<_>>()?;
        Ok(Optimizer { rule, schedule: rate.into(), clip: None, others, trained, steps: 0 })
    }

    /// The same optimiser, which limits gradients before it applies them.
    pub fn with_clip(self, clip: Clip) -> Optimizer<R> {
        Optimizer { clip: Some(clip), ..self }
    }

    /// The parameters that are trained, in the order in which [`update`](Self::update) takes gradients.
    pub fn trained(&self) -> impl ExactSizeIterator<Item = &Parameter> {
        self.trained.iter().map(|trained| &trained.parameter)
    }

    /// How many steps were taken.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The learning rate of the next step.
    pub fn rate(&self) -> f64 {
        self.schedule.rate(self.steps)
    }

    /// Records a step by gradients, one for each of the [trained](Self::trained) parameters: sets the parameters to what
    /// they become. Nothing is computed before it is submitted or asked for.
    ///
    /// # Errors
    /// Where there is not a gradient of each parameter's type.
    pub fn update(&mut self, gradients: &[Lazy]) -> Result<()> {
        self.record(gradients, Parameter::get)
    }

    /// Records a step; `old` gives the states before it.
    fn record(&mut self, gradients: &[Lazy], old: impl Fn(&Parameter) -> Lazy) -> Result<()> {
        self.check(gradients)?;
        let number = |value: f64| -> Result<Lazy> {
            let literal = Literal::from_elements([], &[value])?;
            match self.trained.iter().find_map(|trained| trained.parameter.get().device().cloned()) {
                // An operand: as a constant it would make another program of each step.
                Some(device) => Ok(AsyncTensor::upload(&literal, &device)?.lazy()),
                None => Ok(Lazy::constant(literal)),
            }
        };
        let rate = number(self.rate())?;
        let numbers =
            self.rule.numbers(self.steps + 1).into_iter().map(number).collect::<Result<Vec<_>>>()?;

        let mut gradients = gradients
            .iter()
            .map(|gradient| ops::cast(gradient, wide(gradient.element())))
            .collect::<Result<Vec<_>>>()?;
        if let Some(clip) = self.clip {
            gradients = clip.apply(&gradients)?;
        }
        let mut changes = Vec::new();
        for (Trained { parameter, states }, gradient) in self.trained.iter().zip(&gradients) {
            let element = gradient.element();
            let value = ops::cast(parameter.get(), element)?;
            let numbers =
                numbers.iter().map(|number| ops::cast(number, element)).collect::<Result<Vec<_>>>()?;
            let kept: Vec<Lazy> = states.iter().map(&old).collect();
            let rate = ops::cast(&rate, element)?;
            let update = Update { value: &value, gradient, states: &kept, rate: &rate, numbers: &numbers };
            let (value, kept) = self
                .rule
                .update(update)
                .map_err(|error| error.within(parameter.name().to_owned(), Vec::new))?;
            changes.push((parameter, ops::cast(value, parameter.element())?));
            changes.extend(states.iter().zip(kept));
        }
        for (parameter, value) in changes {
            parameter.set(value)?;
        }
        self.steps += 1;
        Ok(())
    }

    /// Takes a step that makes a loss less, a scalar that was recorded from the parameters as they are: records its
    /// gradients and the [`update`](Self::update), and [submits](Self::submit) all as one program. Gives the loss, on its
    /// way.
    ///
    /// Nothing here waits. A loop should wait for losses of some steps before, so that what is in flight stays bounded.
    ///
    /// # Errors
    /// Where the loss is no scalar, or what led to it has no derivative; where the program cannot be compiled or submitted.
    pub fn step(&mut self, loss: &Lazy) -> Result<AsyncTensor> {
        Ok(self.step_with(loss, &[])?.remove(0))
    }

    /// As [`step`](Self::step); gives the loss and then other values that were recorded with it, all of one program.
    ///
    /// # Errors
    /// As for [`step`](Self::step).
    pub fn step_with(&mut self, loss: &Lazy, others: &[Lazy]) -> Result<Vec<AsyncTensor>> {
        let by: Vec<Lazy> = self.trained().map(Parameter::get).collect();
        // What training made of the other parameters was recorded on the way to the loss, as other values were.
        let kept: Vec<Parameter> =
            self.others.iter().filter(|kept| !kept.get().is_evaluated()).cloned().collect();
        let mut values = vec![loss.clone()];
        values.extend_from_slice(others);
        values.extend(kept.iter().map(Parameter::get));
        let (mut values, gradients) = with_gradients(&values, &by)?;
        let states = values.split_off(1 + others.len());
        // Nobody else has the states, and all that is computed from them is submitted at once.
        self.record(&gradients, donated)?;
        for (parameter, state) in kept.iter().zip(states) {
            parameter.set(state)?;
        }
        self.submit(&values)
    }

    fn check(&self, gradients: &[Lazy]) -> Result<()> {
        let (found, expected) = (gradients.len(), self.trained.len());
        if found != expected {
            let message = format!("there are {found} gradients; expected {expected}, one for each parameter");
            return Err(TensorError::invalid(message).within("update", Vec::new));
        }
        match self.trained().zip(gradients).find(|(parameter, gradient)| parameter.ty() != gradient.ty()) {
            Some((parameter, gradient)) => {
                let message = format!("its gradient is {}; expected {}", gradient.ty(), parameter.ty());
                Err(TensorError::invalid(message).within(parameter.name().to_owned(), Vec::new))
            }
            None => Ok(()),
        }
    }

    /// Submits what was recorded of parameters and states, with other values, as one program, and gives those on their way.
    ///
    /// # Errors
    /// Where the program cannot be compiled or submitted.
    pub fn submit(&self, values: &[Lazy]) -> Result<Vec<AsyncTensor>> {
        let trained = self
            .trained
            .iter()
            .flat_map(|Trained { parameter, states }| std::iter::once(parameter).chain(states).cloned());
        let all: Vec<Parameter> = trained.chain(self.others.iter().cloned()).collect();
        let mut roots = values.to_vec();
        roots.extend(pending(&all));
        let mut tensors = Lazy::eval_all_async(&roots)?;
        tensors.truncate(values.len());
        all.iter().for_each(Parameter::name_memory);
        Ok(tensors)
    }

    /// Writes what is kept, and the number of steps, to a file, `.safetensors` or `.npz`; waits for the values.
    ///
    /// # Errors
    /// Where a value cannot be computed, two parameters have one name, or the file cannot be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::save(&self.kept()?, path.as_ref())
    }

    /// Reads what [`save`](Self::save) wrote: with the same parameters, training goes on as if it had not been interrupted,
    /// bit for bit.
    ///
    /// # Errors
    /// Where the file cannot be read, or is of another rule or other parameters; all names that are missing, extra or
    /// ill-shaped are told together.
    pub fn load(&mut self, path: impl AsRef<Path>) -> Result<()> {
        let kept = self.kept()?;
        saving::load(&kept, path.as_ref())?;
        let steps = kept[0].get().eval()?.to_scalar::<i64>()?;
        self.steps = u64::try_from(steps).map_err(|_| {
            let message =
                format!("{} has {steps} steps; expected no negative number", path.as_ref().display());
            TensorError::invalid(message).within("load", Vec::new)
        })?;
        Ok(())
    }

    /// The number of steps as a parameter, then the states.
    fn kept(&self) -> Result<Vec<Parameter>> {
        let steps = i64::try_from(self.steps).unwrap_or(i64::MAX);
        let mut kept = vec![Parameter::state("steps", Literal::from_elements([], &[steps])?)?];
        kept.extend(self.trained.iter().flat_map(|trained| &trained.states).cloned());
        Ok(kept)
    }
}

/// The value of a state, for keeps.
fn donated(state: &Parameter) -> Lazy {
    let value = state.get();
    value.kept().cloned().map_or(value, Lazy::donated)
}

/// The elements that a parameter's updates are computed in: narrow ones would lose small steps.
fn wide(element: ElementType) -> ElementType {
    if element == ElementType::F64 { element } else { ElementType::F32 }
}

impl<R: fmt::Debug> fmt::Debug for Optimizer<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Optimizer { rule, trained, steps, .. } = self;
        write!(f, "Optimizer({rule:?}, {} parameters, {steps} steps)", trained.len())
    }
}
