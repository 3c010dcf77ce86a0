//! From operands in any mode to results in the mode that follows.

use std::borrow::Cow;
use std::sync::Arc;

use runahead_runtime::{Buffer, Device};

use super::error::Result;
use super::evaluate::compile;
use super::lazy::{Lazy, form};
use super::mode::{Compiled, Done, Mode, Parts, Recorded, Value};
use super::operand::{self, Arguments, Inputs, Operands};

/// Does what a function does: by recording it, or by the program that `program` gives for a device and the buffers
/// there, to which it may add, and of which some are donated.
///
/// # Errors
/// Those of the function and of `program`, with the name and the types of the operands; where operands are on several
/// devices; where the program cannot be submitted; where it runs now, what goes wrong.
pub(crate) fn run<O: Operands, R: Recorded>(
    name: &'static str,
    operands: &O,
    function: impl Fn(O::Recorded) -> Result<R>,
    program: impl Fn(&Device, &mut Arguments<'_>, &[usize]) -> Result<Arc<Compiled>>,
) -> Result<<R as Value>::In<O::Mode>> {
    let mut inputs = Inputs::new();
    operands.inputs(&mut inputs);
    let done = <O::Mode as Mode>::run(
        |in_call| {
            let mut buffers = Arguments::new();
            let device = operand::buffers(name, &inputs, operands.place(), &mut buffers)?;
            let donated = operand::donated(&inputs);
            let program = program(&device, &mut buffers, &donated)?;
            let arguments = operand::references(&buffers);
            let submission = program.executable.submission(&arguments).donating(&donated);
            let tensors = submission.in_call(in_call).submit()?;
            Ok(Done { tensors, lengths: program.lengths.clone() })
        },
        || {
            let recorded = operand::recorded(&inputs)?;
            Ok(Parts::of(function(operands.recorded(&mut recorded.into_iter()))?))
        },
    );
    let Done { tensors, lengths } =
        done.map_err(|error| error.within(name, || operand::describe(&inputs)))?;
    Ok(R::assemble::<O::Mode>(&mut tensors.into_iter(), &mut lengths.iter().copied()))
}

/// Traces a function on arguments of the buffers' types and compiles it, for some that are donated. The program takes the
/// arguments and then the buffers that the function used beside them, which are given too.
///
/// # Errors
/// Those of the function, and where the program cannot be compiled.
pub(crate) fn trace(
    name: &str,
    device: &Device,
    buffers: &[Cow<'_, Buffer>],
    donated: &[usize],
    function: impl FnOnce(&mut dyn Iterator<Item = Lazy>) -> Result<Parts>,
) -> Result<(Arc<Compiled>, Vec<Buffer>)> {
    let parameters: Vec<Lazy> = buffers.iter().map(|buffer| Lazy::parameter(buffer.ty().clone())).collect();
    let Parts { tensors, lengths } = function(&mut parameters.iter().cloned())?;
    let (form, captured) = form(&tensors, &parameters, &mut |lazy| lazy.kept().is_some())?;
    let captured = captured.iter().map(|leaf| leaf.kept().expect("a leaf has a value").clone()).collect();
    let executable = compile(name, &form, device, donated)?;
    Ok((Arc::new(Compiled { executable, lengths }), captured))
}
