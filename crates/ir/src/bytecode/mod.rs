//! MLIR bytecode and StableHLO's portable artifacts, read and written without LLVM.
//!
//! A *portable artifact* is bytecode in which StableHLO stands as VHLO, a dialect whose operations carry versions, so
//! that readers of other releases understand it: it is what JAX serialises exported programs as and hands to devices.
//! The reader takes every released version of it, and also bytecode of StableHLO itself and of the dialects that come
//! with it. The same program is the same [`Module`], whether it was read from text or from bytecode.
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
//! Nothing in the bytes is believed before it is checked: a number of things that follow is compared with the bytes
//! that are left, an index with the length of its table, and what refers to what is bounded in depth and in copies.

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

use std::string::FromUtf8Error;
use std::sync::Arc;

pub use error::BytecodeError;
pub use versions::ArtifactVersion;
pub use write::{WriteError, write_artifact};

use crate::{Module, ParseError, Source, parse, parse_sections};

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
    read_file(name, bytes).map_err(|fault| BytecodeError::new(name, fault))
}

/// Why a file holds no program.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReadError {
    /// It is text, but no program.
    #[error(transparent)]
    Text(#[from] ParseError),
    /// It is bytecode, but no program.
    #[error(transparent)]
    Bytecode(#[from] BytecodeError),
    /// It is neither text nor bytecode.
    #[error(
        "{name}: byte {offset} is not UTF-8 text; expected StableHLO as text, or bytecode, which begins with `ML\\xEFR`"
    )]
    Neither {
        /// What the file is called.
        name: Arc<str>,
        /// Where it stops being text.
        offset: usize,
    },
}

impl ReadError {
    /// What was wrong, without the file and the place.
    pub fn message(&self) -> String {
        match self {
            ReadError::Text(error) => error.message().to_string(),
            ReadError::Bytecode(error) => error.message().to_string(),
            ReadError::Neither { .. } => {
                "this is neither text nor bytecode; expected StableHLO as UTF-8 text, or bytecode, which begins with \
                 `ML\\xEFR`"
                    .into()
            }
        }
    }

    /// The place in the file: `line:column` of a text, the byte of bytecode.
    pub fn place(&self) -> String {
        match self {
            ReadError::Text(error) => {
                let position = error.position();
                format!("{}:{}", position.line, position.column)
            }
            ReadError::Bytecode(error) => error.place(),
            ReadError::Neither { offset, .. } => format!("byte {offset}"),
        }
    }
}

/// Reads a program from text or from bytecode, told apart by what the bytes begin with. `name` is what messages call
/// it, usually the name of its file.
///
/// ```
/// let text = "func.func @main(%a: tensor<4xf32>) -> tensor<4xf32> {
///   return %a : tensor<4xf32>
/// }";
/// let from_text = runahead_ir::read("copy.mlir", text)?;
/// let artifact = runahead_ir::write_artifact(&from_text, runahead_ir::ArtifactVersion::CURRENT)?;
/// assert!(runahead_ir::read("copy.mlirbc", artifact)?.same_program(&from_text));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Where the bytes are no program; the error says where and what was expected.
pub fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Module, ReadError> {
    let bytes = bytes.into();
    if is_bytecode(&bytes) {
        return Ok(read_bytecode(name, &bytes)?);
    }
    Ok(parse(name, text_of(name, bytes)?)?)
}

/// Reads the programs of a file: one of bytecode, or those of a text, as [`parse_sections`] does.
///
/// ```
/// let programs = runahead_ir::read_sections("two.mlir", "module @a {}\n// -----\nmodule @b {}");
/// assert_eq!(programs.len(), 2);
/// ```
pub fn read_sections(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Module, ReadError>> {
    let bytes = bytes.into();
    if is_bytecode(&bytes) {
        return vec![read_bytecode(name, &bytes).map_err(ReadError::from)];
    }
    match text_of(name, bytes) {
        Ok(text) => {
            parse_sections(name, text).into_iter().map(|section| section.map_err(ReadError::from)).collect()
        }
        Err(error) => vec![Err(error)],
    }
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let neither = |error: FromUtf8Error| ReadError::Neither {
        name: name.into(),
        offset: error.utf8_error().valid_up_to(),
    };
    String::from_utf8(bytes).map_err(neither)
}

fn read_file(name: &str, bytes: &[u8]) -> error::Read<Module> {
    let file = file::File::new(bytes)?;
    let strings = tables::Strings::read(&file)?;
    let dialects = tables::Dialects::read(&file, &strings)?;
    let pool = pool::Pool::read(&file, strings, &dialects)?;
    let (mut module, origins) = ir::IrReader::new(&file, pool, dialects)?.program(&file)?;
    module.source = Some(Arc::new(Source::of_bytecode(name, origins)));
    Ok(module)
}
