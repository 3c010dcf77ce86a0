//! Programs in files.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use runahead_ir::passes::inline_calls;
use runahead_ir::{Function, Module, TensorType, Type};
use runahead_runtime::{CompileError, Device, Executable, ExecuteError};

use crate::tensor::{Arguments, Done, Inputs, Lengths, Parts, operand};
use crate::{Input, Lazy, Mode, Operands, Result, TensorError};

/// A program that is recorded has at most so many operations, calls inlined.
const OPERATIONS: usize = 1 << 20;

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
///
/// It is called with tensors in any mode: see [`call`](Self::call). Clones are the same program.
#[derive(Clone)]
pub struct Program(Arc<Inner>);

struct Inner {
    module: Module,
    /// What it was compiled to for calls, by the device's name.
    compiled: Mutex<HashMap<String, Executable>>,
    /// The program without calls, for recording it; or why it cannot be had.
    inlined: OnceLock<std::result::Result<Module, String>>,
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
        Ok(Program(Arc::new(Inner { module, compiled: Mutex::default(), inlined: OnceLock::new() })))
    }

    /// The program as data.
    pub fn module(&self) -> &Module {
        &self.0.module
    }

    /// Compiles the program for a device.
    ///
    /// # Errors
    /// Where the program has what the device's backend does not support; the message names it and its place.
    pub fn compile(&self, device: &Device) -> Result<Executable, CompileError> {
        device.compile(&self.0.module)
    }

    /// Calls the program with tensors: given some that are there it is run, given some in flight it is submitted, given
    /// recorded ones it is recorded as part of what they belong to. It is compiled at the first call for each device, and
    /// kept. Plain numbers are given for scalar parameters, of whatever type. Results come in the program's order.
    ///
    /// ```
    /// use runahead::{Program, Tensor, donate};
    /// let program = Program::from_text(
    ///     "axpy.mlir",
    ///     "func.func @main(%a: tensor<f32>, %x: tensor<2xf32>, %y: tensor<2xf32>) -> tensor<2xf32> {
    ///        %s = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<2xf32>
    ///        %p = stablehlo.multiply %s, %x : tensor<2xf32>
    ///        %r = stablehlo.add %p, %y : tensor<2xf32>
    ///        return %r : tensor<2xf32>
    ///      }",
    /// )?;
    /// let device = runahead::device("cpu")?;
    /// let x = Tensor::from_slice(&[1f32, 2.0], [2], &device)?;
    /// let y = Tensor::from_slice(&[10f32, 10.0], [2], &device)?;
    /// assert_eq!(program.call((3, &x, &y))?[0].to_vec::<f32>()?, [13.0, 16.0]);
    /// let later = program.call((0.5, &x, donate(y.to_async())))?; // in place of y
    /// assert_eq!(later[0].wait()?.to_vec::<f32>()?, [10.5, 11.0]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Where the operands are not what the program takes: the error names the parameter and both types. Where they are on
    /// several devices; where the program cannot be compiled or submitted; where it runs now, what goes wrong.
    pub fn call<O: Operands>(&self, operands: O) -> Result<Vec<<O::Mode as Mode>::Tensor>> {
        let mut inputs = Inputs::new();
        operands.inputs(&mut inputs);
        let done = <O::Mode as Mode>::run(
            |in_call| {
                let device = operand::device_of("call", &inputs, operands.place())?;
                let program = self.compiled(&device, &operand::donated(&inputs))?;
                let types: Vec<_> = program.signature().parameters.iter().map(|p| p.ty.clone()).collect();
                let donated = operand::donated(&inputs);
                let (inputs, mut buffers) = (self.numbered(&inputs, &types)?, Arguments::new());
                operand::buffers("call", &inputs, Some(&device), &mut buffers)?;
                let arguments = operand::references(&buffers);
                let tensors = program.submission(&arguments).donating(&donated).in_call(in_call).submit()?;
                Ok(Done { tensors, lengths: Lengths::new() })
            },
            || {
                let types = self.parameter_types()?;
                let recorded = operand::recorded(&self.numbered(&inputs, &types)?)?;
                Ok(Parts { tensors: self.record(recorded, &types)?, lengths: Lengths::new() })
            },
        );
        Ok(done?.tensors)
    }

    /// The program, compiled for a device, and first for calls to which those of the arguments are donated.
    fn compiled(&self, device: &Device, donated: &[usize]) -> Result<Executable> {
        if let Some(program) = self.0.compiled.lock().get(device.name()) {
            return Ok(program.clone());
        }
        let program = device.compile_donating(&self.0.module, donated)?;
        // Another thread may have compiled the same meanwhile: there is one that counts its executions.
        Ok(self.0.compiled.lock().entry(device.name().to_owned()).or_insert(program).clone())
    }
}

impl Program {
    /// The types of the main function's parameters.
    fn parameter_types(&self) -> Result<Vec<TensorType>> {
        let main = self.main()?;
        let tensor = |ty: &Type| match ty {
            Type::Tensor(ty) => Ok(ty.clone()),
            other => Err(invalid(format!("{} takes a {other}; only tensors can be recorded", self.name()))),
        };
        main.parameter_types().map(tensor).collect()
    }

    fn main(&self) -> Result<&Function> {
        self.0.module.main().ok_or_else(|| invalid(format!("{} has no @main", self.name())))
    }

    fn name(&self) -> &str {
        self.0.module.name.as_deref().unwrap_or("main")
    }

    /// What messages call a parameter.
    fn parameter_name(&self, position: usize) -> String {
        let names = self.0.module.main().map(|main| &main.parameter_names);
        match names.and_then(|names| names.get(position)?.as_deref()) {
            Some(name) => name.to_owned(),
            None => format!("arg{position}"),
        }
    }

    /// The inputs with plain numbers of their parameters' types.
    fn numbered<'a>(&self, inputs: &[Input<'a>], types: &[TensorType]) -> Result<Inputs<'a>> {
        let numbered = inputs.iter().enumerate().map(|(i, input)| match (input, types.get(i)) {
            (Input::Number(number), Some(ty)) if ty.rank() == 0 => {
                Ok(Input::Literal(Cow::Owned(operand::scalar(*number, Some(ty.element))?)))
            }
            (Input::Number(number), Some(ty)) => Err(self.wrong_type(i, ty, format!("number {number}"))),
            (input, _) => Ok(input.clone()),
        });
        numbered.collect()
    }

    fn wrong_type(&self, position: usize, expected: &TensorType, found: String) -> TensorError {
        let (program, argument) = (self.name().into(), self.parameter_name(position));
        ExecuteError::ArgumentType { program, argument, expected: expected.to_string(), found }.into()
    }

    fn record(&self, operands: Vec<Lazy>, types: &[TensorType]) -> Result<Vec<Lazy>> {
        let (expected, found) = (types.len(), operands.len());
        if expected != found {
            let program = self.name().into();
            return Err(ExecuteError::ArgumentCount { program, expected, found }.into());
        }
        for (i, (operand, ty)) in operands.iter().zip(types).enumerate() {
            if operand.ty() != ty {
                return Err(self.wrong_type(i, ty, operand.ty().to_string()));
            }
        }
        let inlined = self.0.inlined.get_or_init(|| {
            let mut module = self.0.module.clone();
            inline_calls(&mut module, OPERATIONS).map(|()| module).map_err(|error| error.to_string())
        });
        match inlined.as_ref().map(Module::main) {
            Ok(Some(main)) => Lazy::inline(main, &operands),
            Ok(None) => Err(invalid(format!("{} has no @main", self.name()))),
            Err(error) => Err(invalid(format!("{}: {error}", self.name()))),
        }
    }
}

fn invalid(message: String) -> TensorError {
    TensorError::invalid(message).within("call", Vec::new)
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Program({})", self.name())
    }
}

/// What is in a program's file.
///
/// # Errors
/// Where the file cannot be read.
pub fn read_program(path: &Path) -> Result<Vec<u8>, ProgramError> {
    std::fs::read(path).map_err(|source| ProgramError::Unreadable { path: path.to_owned(), source })
}
