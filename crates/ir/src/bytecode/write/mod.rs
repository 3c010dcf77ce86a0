//! Portable artifacts, written.
//!
//! ```text
//! Module ── module ──┬── operation  from StableHLO's operations to VHLO's of a version
//!                    └── pool       attributes, types and strings, each once ── emitter ── bytes
//! ```

mod attributes;
mod emitter;
mod module;
mod operation;
mod parse;
mod pool;
mod types;

use super::versions::ArtifactVersion;
use crate::Module;

/// Why a program cannot be written as a portable artifact of a version.
///
/// Displays as `file:line:column: operation: what cannot be said; expected …`.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct WriteError(String);

impl WriteError {
    pub(super) fn new(message: impl Into<String>) -> WriteError {
        WriteError(message.into())
    }

    /// The same, with the place before it.
    fn within(self, place: &str) -> WriteError {
        WriteError(format!("{place}: {}", self.0))
    }
}

/// Writes a program as a portable artifact, which JAX and other users of StableHLO load.
///
/// Readers understand versions up to their own, so an old version reaches more of them; what a version does not have
/// is an error. Operations of other dialects, such as CHLO, stand in artifacts as they are, from version 1.11 on; who
/// loads one must know them. How tensors are spread over devices is left out, with the meshes that a [`Module`] does
/// not keep.
///
/// ```
/// use runahead_ir::{ArtifactVersion, parse, read_bytecode, write_artifact};
/// let module = parse(
///     "tan.mlir",
///     "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
///        %y = stablehlo.tan %x : tensor<4xf32>
///        return %y : tensor<4xf32>
///      }",
/// )?;
/// let artifact = write_artifact(&module, ArtifactVersion::CURRENT)?;
/// assert!(module.same_program(&read_bytecode("tan", &artifact)?));
///
/// let error = write_artifact(&module, ArtifactVersion::MINIMUM).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "@main: tan.mlir:2:13: stablehlo.tan: it is in no portable artifact of version 0.9.0; expected version 1.4.0 or \
///      newer"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the version has no operation, type or attribute that says the same, or the module is not valid.
pub fn write_artifact(module: &Module, version: ArtifactVersion) -> Result<Vec<u8>, WriteError> {
    if version < ArtifactVersion::MINIMUM || version > ArtifactVersion::CURRENT {
        let (least, most) = (ArtifactVersion::MINIMUM, ArtifactVersion::CURRENT);
        return Err(WriteError::new(format!(
            "version {version} is not written; expected one from {least} to {most}"
        )));
    }
    module::Writer::new(module, version).write()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, read_bytecode};

    /// Operations as versions newer than any that is written have them.
    #[test]
    fn newer_versions_are_read() {
        let text = "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
          %0 = stablehlo.custom_call @f(%x) : (tensor<4xf32>) -> tensor<4xf32>
          %1 = \"stablehlo.collective_broadcast\"(%0) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}>
            : (tensor<4xf32>) -> tensor<4xf32>
          return %1 : tensor<4xf32>
        }";
        let module = parse("newer.mlir", text).unwrap();
        let newer = ArtifactVersion::new(1, 22, 0);
        let artifact = module::Writer::new(&module, newer).write().unwrap();
        let holds = |name: &[u8]| artifact.windows(name.len()).any(|window| window == name);
        assert!(holds(b"custom_call_v2") && holds(b"collective_broadcast_v2"));
        assert!(module.same_program(&read_bytecode("newer", &artifact).unwrap()));
        assert!(
            write_artifact(&module, newer)
                .unwrap_err()
                .to_string()
                .contains("expected one from 0.9.0 to 1.17.0")
        );
    }

    #[test]
    fn what_a_version_has_not_is_refused() {
        let refused = |version: &str, operation: &str| {
            let text = format!(
                "func.func @main(%x: tensor<4xf32>, %y: tensor<4x4xf8E4M3>) {{ {operation} return }}"
            );
            let module = parse("t.mlir", text).unwrap();
            write_artifact(&module, version.parse().unwrap()).unwrap_err().to_string()
        };
        let tan = "%0 = stablehlo.tan %x : tensor<4xf32>";
        assert!(refused("1.3.0", tan).contains("the type f8E4M3"));
        for (version, operation, since) in [
            (
                "1.8.0",
                "%0 = stablehlo.tanh %x {result_accuracy = #stablehlo.result_accuracy<ulps = 1, mode = \
                 #stablehlo.result_accuracy_mode<TOLERANCE>>} : tensor<4xf32>",
                "1.10.0",
            ),
            ("1.10.0", "%0 = chlo.erf %x : tensor<4xf32> -> tensor<4xf32>", "1.11.0"),
        ] {
            let error = refused(version, operation);
            assert!(error.ends_with(&format!("expected version {since} or newer")), "{error}");
        }
    }
}
