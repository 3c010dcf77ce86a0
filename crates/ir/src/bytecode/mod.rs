//! MLIR bytecode and StableHLO's portable artifacts, read and written without LLVM.
//!
//! A *portable artifact* is bytecode in which StableHLO stands as VHLO, a dialect whose operations carry versions, so that
//! readers of other releases understand it: it is what JAX serialises exported programs as and hands to devices. The
//! reader takes every released version of it, and also bytecode of StableHLO itself and of the dialects that come with it.
//! The same program is the same [`Module`], whether it was read from text or from bytecode.
//!
//! # The way through the reader
//!
//! ```text
//! bytes ── cursor ── file ──┬── tables      strings, dialects, names of operations
//!                           ├── pool        attributes and types, read when something refers to them:
//!                           │               builtin, vhlo, stablehlo, quant, enums, elements, resources
//!                           ├── properties  attributes in an operation's own encoding
//!                           └── ir ── upgrade ── generic ── Module
//! ```
//!
//! Nothing in the bytes is believed before it is checked: a number of things that follow is compared with the bytes that
//! are left, an index with the length of its table, and what refers to what is bounded in depth and in copies.

mod builtin;
mod cursor;
mod elements;
mod enums;
mod error;
mod file;
mod ir;
mod place;
mod pool;
mod properties;
mod quant;
mod resources;
mod sdy;
mod stablehlo;
mod tables;
mod upgrade;
mod versions;
mod vhlo;
mod write;

use std::sync::Arc;

pub use error::BytecodeError;
pub use versions::ArtifactVersion;
pub use write::WriteError;

use crate::{Module, Source};

/// What every file of bytecode begins with.
const MAGIC: &[u8] = b"ML\xEFR";

/// Whether bytes are meant as bytecode: whether they begin with its magic number.
pub fn is_bytecode(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads a program from MLIR bytecode or from a portable artifact. `name` is what messages call it, usually the name of
/// its file.
///
/// ```no_run
/// let bytes = std::fs::read("model.mlirbc")?;
/// let module = runahead_ir::read_bytecode("model.mlirbc", &bytes)?;
/// println!("{module}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the bytes are no program; the error says where and what was expected.
pub fn read_bytecode(name: &str, bytes: &[u8]) -> Result<Module, BytecodeError> {
    read(name, bytes).map_err(|fault| BytecodeError::new(name, fault))
}

fn read(name: &str, bytes: &[u8]) -> error::Read<Module> {
    let file = file::File::new(bytes)?;
    let strings = tables::Strings::read(&file)?;
    let dialects = tables::Dialects::read(&file, &strings)?;
    let pool = pool::Pool::read(&file, strings, &dialects)?;
    let (mut module, origins) = ir::IrReader::new(&file, pool, dialects)?.program(&file)?;
    module.source = Some(Arc::new(Source::of_bytecode(name, origins)));
    Ok(module)
}
