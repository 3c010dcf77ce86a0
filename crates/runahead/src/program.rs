//! Programs in files.

use std::path::{Path, PathBuf};

use runahead_ir::Module;
use runahead_runtime::{CompileError, Device, Executable};

/// A StableHLO program, read and verified, to be compiled for devices.
///
/// ```
/// use runahead::Program;
/// let program = Program::from_text(
///     "square.mlir",
///     "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
///        %y = stablehlo.multiply %x, %x : tensor<4xf32>
///        return %y : tensor<4xf32>
///      }",
/// )?;
/// let square = program.compile(&runahead::device("cpu")?)?;
/// assert_eq!(square.signature().parameters.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    module: Module,
}

/// Why a program could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// The file could not be read.
    #[error("{}: {source}; give a file of StableHLO, as text or as bytecode", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no program.
    #[error(transparent)]
    Read(#[from] runahead_ir::ReadError),
    /// The program breaks the rules.
    #[error("{0}")]
    Invalid(String),
}

impl Program {
    /// Reads and verifies the program in a file of StableHLO: text, or bytecode such as the portable artifacts that JAX
    /// exports, told apart by content.
    ///
    /// # Errors
    /// Where the file cannot be read or holds no valid program; the message gives the place.
    pub fn load(path: impl AsRef<Path>) -> Result<Program, ProgramError> {
        let bytes = read_program(path.as_ref())?;
        Program::from_bytes(&path.as_ref().to_string_lossy(), bytes)
    }

    /// Reads and verifies a program in StableHLO text or bytecode; `name` is what messages call it by.
    ///
    /// # Errors
    /// Where the bytes hold no valid program; the message gives the place.
    pub fn from_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Program, ProgramError> {
        Program::from_module(runahead_ir::read(name, bytes)?)
    }

    /// Reads and verifies a program in StableHLO text; `name` is what messages call it by.
    ///
    /// # Errors
    /// Where the text holds no valid program; the message gives the place.
    pub fn from_text(name: &str, text: impl Into<std::sync::Arc<str>>) -> Result<Program, ProgramError> {
        Program::from_module(runahead_ir::parse(name, text).map_err(runahead_ir::ReadError::from)?)
    }

    /// Verifies a program.
    ///
    /// # Errors
    /// Where it breaks a rule.
    pub fn from_module(module: Module) -> Result<Program, ProgramError> {
        runahead_ir::verify(&module).map_err(|errors| {
            let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
            ProgramError::Invalid(lines.join("\n"))
        })?;
        Ok(Program { module })
    }

    /// The program as data.
    pub fn module(&self) -> &Module {
        &self.module
    }

    /// Compiles the program for a device.
    ///
    /// # Errors
    /// Where the program has what the device's backend does not support; the message names it and its place.
    pub fn compile(&self, device: &Device) -> Result<Executable, CompileError> {
        device.compile(&self.module)
    }
}

/// What is in a program's file.
///
/// # Errors
/// Where the file cannot be read.
pub fn read_program(path: &Path) -> Result<Vec<u8>, ProgramError> {
    std::fs::read(path).map_err(|source| ProgramError::Unreadable { path: path.to_owned(), source })
}
