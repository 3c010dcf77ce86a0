//! `custom_call`: what users register, LAPACK, and the few targets that only hand on their operands.

use std::fmt;

use runahead_ir::CustomCall;

use super::linalg::lapack;
use super::shape::{operand, result};
use crate::custom_call::{CallSite, CustomFunction, registered};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::process::Process;

/// Targets that say how a value is to be laid out over devices, of which a program of one process has one.
const HAND_ON: [&str; 4] =
    ["Sharding", "SPMDFullToShardShape", "SPMDShardToFullShape", "annotate_device_placement"];

struct Custom {
    target: String,
    function: CustomFunction,
}

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "custom_call @{}", self.target)
    }
}

/// The kernel of a custom call.
pub(super) fn kernel(site: Site<'_>, call: &CustomCall) -> Result<Box<dyn Kernel>, Unsupported> {
    let operands = (0..site.op.operands.len()).map(|i| operand(site, i)).collect::<Result<Vec<_>, _>>()?;
    let results = (0..site.op.results.len()).map(|i| result(site, i)).collect::<Result<Vec<_>, _>>()?;
    let target = &*call.target;
    let attributes = &site.op.attributes;
    let place = CallSite { target, operands, results, config: call.backend_config.as_ref(), attributes };
    if let Some(function) = registered(&place) {
        let function = function.map_err(|reason| Unsupported(format!("@{target} {reason}")))?;
        return Ok(Box::new(Custom { target: target.into(), function }));
    }
    if let Some(kernel) = lapack::kernel(site, &place) {
        return kernel;
    }
    if HAND_ON.contains(&target) && place.operands == place.results {
        let function: CustomFunction = Box::new(|operands, results| {
            results.iter_mut().zip(operands).for_each(|(to, from)| to.copy_from_slice(from));
            Ok(())
        });
        return Ok(Box::new(Custom { target: target.into(), function }));
    }
    Err(Unsupported(format!(
        "on the CPU: @{target} has no kernel; register one with register_custom_call, or export the program without it"
    )))
}

impl Kernel for Custom {
    fn describe(&self) -> String {
        format!("{self:?}")
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        let operands: Vec<&[u8]> = operands.iter().map(|operand| operand.bytes()).collect();
        if let Err(reason) = (self.function)(&operands, results) {
            process.fail(format!("stablehlo.custom_call @{}: {reason}", self.target));
        }
    }
}
