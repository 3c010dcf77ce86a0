//! `infeed` and `outfeed`: tensors from and to the host's queues.

use runahead_ir::{Literal, OpKind, TensorType};

use super::shape::{bytes_of, operand, result};
use crate::kernel::{Kernel, Operand, Site, Unsupported};
use crate::process::Process;

#[derive(Debug)]
struct Infeed {
    results: Vec<TensorType>,
}

#[derive(Debug)]
struct Outfeed {
    operands: Vec<TensorType>,
}

/// A kernel that takes from, or gives to, the host.
pub(super) fn kernel(site: Site<'_>) -> Result<Box<dyn Kernel>, Unsupported> {
    if matches!(site.op.kind, OpKind::Infeed { .. }) {
        let results =
            (0..site.op.results.len()).map(|i| result(site, i).cloned()).collect::<Result<_, _>>()?;
        return Ok(Box::new(Infeed { results }));
    }
    let operands =
        (0..site.op.operands.len()).map(|i| operand(site, i).cloned()).collect::<Result<_, _>>()?;
    Ok(Box::new(Outfeed { operands }))
}

fn listed(types: &[TensorType]) -> String {
    types.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Kernel for Infeed {
    fn describe(&self) -> String {
        format!("infeed {}", listed(&self.results))
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, _: &[Operand<'_>], results: &mut [&mut [u8]], _: &mut [u8]) {
        results.iter_mut().for_each(|result| result.fill(0));
        if process.is_to_end() {
            return;
        }
        let fed = match process.infeed() {
            Ok(fed) => fed,
            Err(reason) => return process.fail(format!("stablehlo.infeed {reason}")),
        };
        let fits = fed.len() == self.results.len()
            && fed
                .iter()
                .zip(&self.results)
                .all(|(fed, ty)| (fed.ty().element, &fed.ty().dims) == (ty.element, &ty.dims));
        if !fits {
            let given: Vec<TensorType> = fed.iter().map(|literal| literal.ty().clone()).collect();
            let (given, expected) = (listed(&given), listed(&self.results));
            return process.fail(format!("stablehlo.infeed is given {given}; expected {expected}"));
        }
        for (result, literal) in results.iter_mut().zip(fed) {
            literal.write_to(result);
        }
    }
}

impl Kernel for Outfeed {
    fn describe(&self) -> String {
        format!("outfeed {}", listed(&self.operands))
    }

    fn allocated_bytes(&self) -> usize {
        // What the queue takes, and a copy on the way.
        bytes_of(&self.operands).saturating_mul(2)
    }

    fn run(&self, operands: &[Operand<'_>], results: &mut [&mut [u8]], scratch: &mut [u8]) {
        self.run_as(&Process::alone(None), operands, results, scratch);
    }

    fn run_as(&self, process: &Process, operands: &[Operand<'_>], _: &mut [&mut [u8]], _: &mut [u8]) {
        let literal =
            |(operand, ty): (&Operand<'_>, &TensorType)| Literal::new(ty.clone(), operand.bytes().to_vec());
        if process.is_to_end() {
            return;
        }
        let tensors: Result<Vec<_>, _> = operands.iter().zip(&self.operands).map(literal).collect();
        let added = tensors.map_err(|error| error.to_string()).and_then(|tensors| process.outfeed(tensors));
        if let Err(reason) = added {
            process.fail(format!("stablehlo.outfeed {reason}"));
        }
    }
}
