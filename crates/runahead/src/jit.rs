//! Functions compiled once for each signature.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use runahead_runtime::Buffer;

use crate::tensor::{
    Arguments, Compiled, Parts, Programs, Signature, SignatureRef, insert, kept, run, trace,
};
use crate::{Operands, Recorded, Result, Value};

/// So many signatures are kept by a function that does not say otherwise.
const SIGNATURES_KEPT: usize = 64;

/// A function of tensors that is compiled as one program, on first use for each signature; [`jit`] makes it.
pub struct Jit<F, I, R> {
    name: &'static str,
    function: F,
    programs: Programs<Signature, Arc<Program>>,
    types: PhantomData<fn(I) -> R>,
}

struct Program {
    compiled: Arc<Compiled>,
    /// Tensors that the function uses beside its arguments.
    captured: Vec<Buffer>,
}

/// Makes a function that is compiled as one program.
///
/// The function is traced, called with recorded values, when it is first called with arguments of such types on such a
/// device; then the compiled program is called. So it should do the same each time: what it prints it prints once, and
/// tensors that it uses beside its arguments are taken as they were when it was traced. It has one argument: a tensor, or
/// a tuple, vector or option of them. Given tensors the program is run, given some in flight it is submitted, given
/// recorded ones the function is recorded as part of what they belong to.
///
/// ```
/// use runahead::{Lazy, Operations, Tensor, jit, ops};
/// let device = runahead::device("cpu")?;
/// let layer = jit("layer", |(x, w): (Lazy, Lazy)| ops::matmul(x, w)?.relu());
/// let x = Tensor::from_slice(&[1f32, -1.0], [1, 2], &device)?;
/// let w = Tensor::from_slice(&[1f32, 0.0, 0.0, 1.0], [2, 2], &device)?;
/// assert_eq!(layer.call((&x, &w))?.to_vec::<f32>()?, [1.0, 0.0]);
///
/// let mut y = x.to_async();
/// for _ in 0..100 {
///     y = layer.call((&y, &w))?; // returns at once
/// }
/// assert_eq!(y.wait()?.to_vec::<f32>()?, [1.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn jit<F, I, R>(name: &'static str, function: F) -> Jit<F, I, R>
where
    F: Fn(I) -> Result<R>,
    R: Recorded,
{
    Jit { name, function, programs: kept(SIGNATURES_KEPT), types: PhantomData }
}

impl<F, I, R> Jit<F, I, R>
where
    F: Fn(I) -> Result<R>,
    R: Recorded,
{
    /// Keeps the programs of so many signatures, at least one; those used least are dropped and compiled anew when they
    /// are needed again.
    pub fn keep(self, signatures: usize) -> Self {
        Jit { programs: kept(signatures.max(1)), ..self }
    }

    /// Calls the function.
    ///
    /// # Errors
    /// Those of the function, with its name and the types of the arguments; where arguments are on several devices;
    /// where the program cannot be compiled or submitted; where it runs now, what goes wrong.
    pub fn call<O>(&self, arguments: O) -> Result<<R as Value>::In<O::Mode>>
    where
        O: Operands<Recorded = I>,
    {
        run(
            self.name,
            &arguments,
            |recorded| (self.function)(recorded),
            |device, buffers, donated| {
                let signature = SignatureRef::new(device, &arguments, buffers);
                if let Some(program) = self.programs.get(&signature) {
                    return Ok(program.with(buffers));
                }
                let (compiled, captured) = trace(self.name, device, buffers, donated, |parameters| {
                    Ok(Parts::of((self.function)(arguments.recorded(parameters))?))
                })?;
                let program =
                    insert(&self.programs, signature.to_owned(), Program { compiled, captured }.into());
                Ok(program.with(buffers))
            },
        )
    }
}

impl<F, I, R> Jit<F, I, R> {
    /// What messages and traces call the function.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Calls the function on recorded values.
    pub(crate) fn record(&self, input: I) -> Result<R>
    where
        F: Fn(I) -> Result<R>,
    {
        (self.function)(input)
    }
}

impl Program {
    fn with(&self, buffers: &mut Arguments<'_>) -> Arc<Compiled> {
        buffers.extend(self.captured.iter().cloned().map(Cow::Owned));
        Arc::clone(&self.compiled)
    }
}

impl<F, I, R> std::fmt::Debug for Jit<F, I, R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Jit({}, {} signatures compiled)", self.name, self.programs.len())
    }
}
