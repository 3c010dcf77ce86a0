//! Programs captured once and replayed.

use std::fmt;

use runahead_runtime::{Buffer, Capture, Device, Executable};

use crate::tensor::{AllInFlight, Arguments, Inputs, operand};
use crate::{Operands, Result, TensorError};

/// What was captured by [`capture`], to be replayed.
pub struct Replay<R> {
    name: &'static str,
    program: Executable,
    /// What the programs use beside the inputs; the replay owns it.
    buffers: Vec<Buffer>,
    inputs: usize,
    /// The results' structure.
    results: R,
}

/// Captures the programs that a function calls, with the buffers that they use, to be replayed as one.
///
/// The function is called once, with tensors that stand for the inputs: of the same types as those given, but without data.
/// What it calls with them, operations, compiled functions, [`Program`](crate::Program)s, is noted and not run. All of it
/// becomes one program, which one task runs: a replay costs what one call does, however many were captured. The function
/// must do the same each time, and cannot look at values.
///
/// What is used beside the inputs is kept as long as the replay is, so nothing can be freed under it. Each replay gives new
/// results.
///
/// ```
/// use runahead::{Operations, Tensor, capture, ops};
/// let device = runahead::device("cpu")?;
/// let w = Tensor::from_slice(&[2f32, 0.0, 0.0, 2.0], [2, 2], &device)?;
/// let x = Tensor::from_slice(&[1f32, -1.0], [1, 2], &device)?;
/// let layers = capture("layers", x.to_async(), |mut x| {
///     for _ in 0..3 {
///         x = ops::matmul(x, &w)?.relu()?;
///     }
///     Ok(x)
/// })?;
/// drop(w); // the replay has it
/// let y = layers.replay(&x)?; // on its way
/// assert_eq!(y.wait()?.to_vec::<f32>()?, [8.0, 0.0]);
/// let error = layers.replay(Tensor::from_slice(&[1f32], [1, 1], &device)?).unwrap_err();
/// assert_eq!(error.to_string(), "layers takes a tensor<1x2xf32> as arg0, but a tensor<1x1xf32> was given");
/// # Ok::<(), runahead::TensorError>(())
/// ```
///
/// # Errors
/// Those of the function; where something is captured on this thread already, where what is used is on several devices or
/// was donated, or the program cannot be compiled.
pub fn capture<I, R, F>(name: &'static str, inputs: I, function: F) -> Result<Replay<R>>
where
    I: AllInFlight,
    R: AllInFlight,
    F: FnOnce(I) -> Result<R>,
{
    let mut given = Vec::new();
    inputs.buffers(&mut given);
    let device = device_of(&given)?;
    let types: Vec<_> = given.iter().map(|buffer| buffer.ty().clone()).collect();
    let Some((capture, placed)) = Capture::begin(&device, &types) else {
        let message = "something is captured on this thread already; capture one after the other";
        return Err(TensorError::invalid(message).within(name, Vec::new));
    };
    let results = function(inputs.with(&mut placed.into_iter()))?;
    let mut buffers = Vec::new();
    results.buffers(&mut buffers);
    let captured = capture.finish(name, &device, &buffers)?;
    Ok(Replay { name, program: captured.program, buffers: captured.buffers, inputs: given.len(), results })
}

fn device_of(buffers: &[Buffer]) -> Result<Device> {
    match buffers.first() {
        Some(first) => Ok(first.device().clone()),
        None => Ok(crate::device("cpu")?),
    }
}

impl<R: AllInFlight> Replay<R> {
    /// Replays what was captured on other inputs; returns at once, with the results on their way. Inputs may be
    /// [donated](crate::donate).
    ///
    /// # Errors
    /// Where the inputs have other types than those that it was captured with, or they, or what was captured, were donated.
    pub fn replay<O: Operands>(&self, inputs: O) -> Result<R> {
        let mut given = Inputs::new();
        inputs.inputs(&mut given);
        let donated = operand::donated(&given);
        if given.len() != self.inputs {
            let message = format!("{} inputs are given; expected {}", given.len(), self.inputs);
            return Err(TensorError::invalid(message).within(self.name, || operand::describe(&given)));
        }
        let mut buffers = Arguments::new();
        operand::buffers(self.name, &given, Some(self.program.device()), &mut buffers)?;
        let mut arguments = operand::references(&buffers);
        arguments.extend(&self.buffers);
        let results = self.program.submission(&arguments).donating(&donated).submit()?;
        Ok(self.results.with(&mut results.into_iter()))
    }

    /// The one program that was made of those captured.
    pub fn program(&self) -> &Executable {
        &self.program
    }
}

impl<R> fmt::Debug for Replay<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replay({}, {} inputs, {} captured)", self.name, self.inputs, self.buffers.len())
    }
}
