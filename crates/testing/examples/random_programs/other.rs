//! What another compiler's program gives: XLA's, say, by its plugin.

use runahead_ir::TensorType;
use runahead_pjrt::{Client, DeviceBuffer, Form, HostUse, Plugin};
use runahead_testing::Case;
use runahead_testing::evaluate::{Evaluation, Number, Tensor, close};

use crate::harness::{Failure, Way};

/// A plugin's first device.
pub(crate) struct Other(Client);

impl Other {
    pub(crate) fn new(path: &std::path::Path) -> Result<Other, Box<dyn std::error::Error>> {
        Ok(Other(Client::new(Plugin::load(path)?, &[])?))
    }

    /// Runs a case and compares it with its evaluation; false where the plugin does not take it.
    pub(crate) fn compare(&self, case: &Case, evaluation: &Evaluation) -> Result<bool, Failure> {
        let Some(found) = self.run(case) else { return Ok(false) };
        for (result, (expected, found)) in evaluation.results.iter().zip(&found).enumerate() {
            let found = Tensor::decode(&expected.ty, found);
            for (element, (&e, &f)) in expected.numbers.iter().zip(found.numbers.iter()).enumerate() {
                if !close(expected.ty.element, about(&expected.ty, e), f) {
                    let text = format!("element {element} of result {result}: expected {e:?}, found {f:?}");
                    return Err(Failure { way: Way::OtherDiffers, text });
                }
            }
        }
        Ok(true)
    }

    fn run(&self, case: &Case) -> Option<Vec<Vec<u8>>> {
        let executable = self.0.compile(&case.module, &[0], &[], Form::Artifact).ok()?;
        let types = case.types();
        let buffers: Vec<DeviceBuffer> = types
            .iter()
            .zip(&case.arguments)
            .map(|(ty, bytes)| {
                DeviceBuffer::from_host(&self.0, 0, ty, bytes.clone(), HostUse::UntilCopied, || {}).ok()
            })
            .collect::<Option<_>>()?;
        let arguments: Vec<&DeviceBuffer> = buffers.iter().collect();
        let results = executable.execute(&[&arguments]).ok()?.results.pop()?;
        let types = case.main().result_types.iter().map(|ty| ty.as_tensor().cloned());
        let types: Vec<TensorType> = types.collect::<Option<_>>()?;
        let fetch = |(buffer, ty): (&DeviceBuffer, &TensorType)| {
            Some(buffer.fetch(ty).read().wait().ok()?.to_dense().to_vec())
        };
        results.iter().zip(&types).map(fetch).collect()
    }
}

/// A number as far off as another compiler's may be, which rounds elsewhere; what is narrower rounds too much.
fn about(ty: &TensorType, number: Number) -> Number {
    let part = ty.element.real_part();
    match number {
        _ if !part.is_float() => number,
        _ if part.bits() < 16 => Number::Any,
        // Where numbers leave the range, and whether they do, goes by the order of operations.
        Number::Real(x) | Number::Near(x, _) if !x.is_finite() || x.abs() > 1e4 => Number::Any,
        _ => number.off_by(0.02 * (number.size() + 1.0)),
    }
}
